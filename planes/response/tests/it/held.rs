//! Mail that is held, or goes elsewhere: what it keeps, and who meets it. Addresses that do not work, and who meets those.

use axum::http::StatusCode;
use manara_model::{Micros, Tlp};
use manara_response::mail::{MailHouse, Outcome, OutcomeKind, lift, read, retry, stop, suspend, take};
use manara_response::{
    Decision, Draft, Ticket, decide_held, deliveries_of, get_ticket, move_message, participants, write_message,
};
use manara_web::Role;

use crate::house::{House, MINUTE, NOON, duty, on_both};
use crate::mailboxes::office;
use crate::pages::door;
use crate::sight::limit;

const GOV: &str = "gov@cirt.example";
const EDU: &str = "edu@cirt.example";

fn later(minutes: i64) -> Micros {
    Micros(NOON.0 + minutes * MINUTE)
}

/// A mail that came to an address of ours, whatever its header says; `more` stands in the header.
async fn bring(
    house: &House,
    office: &MailHouse,
    (from, subject, more): (&str, &str, &str),
    to: &str,
    at: i64,
) -> Outcome {
    let bytes =
        format!("From: {from}\r\nSubject: {subject}\r\nMessage-ID: <{at}@h.example>\r\n{more}\r\n192.0.2.{at}\r\n");
    let one = read(office, &house.blobs, bytes.as_bytes(), &[to.to_string()]).expect("read");
    take(&house.db, office, &[one], later(at)).await.expect("taken").remove(0)
}

async fn ticket(house: &House, name: &str) -> Ticket {
    get_ticket(&house.db, &duty(), name).await.expect("asked").expect("there")
}

#[test]
fn a_held_mail_that_becomes_a_report_is_seen_by_no_more_than_saw_it() {
    on_both(|house| async move {
        let (house, office) = (&house, &office(&house).await);
        let mails = (office, &house.blobs);
        let ana = "Ana <ana@h.example>";
        let strict = bring(house, office, (ana, "TLP:RED help", ""), GOV, 1).await.ticket.expect("a number");
        let usual = bring(house, office, (ana, "help", ""), EDU, 2).await.ticket.expect("a number");
        let tag = |number: &str| format!("Re: [GOV #{number}] help");
        let eve = "Eve <eve@else.example>";
        let hidden = "To: list@else.example\r\nReply-To: desk@else.example\r\nCc: bob@else.example\r\n";
        for (at, number, more, tlp, mailbox, language) in [
            (10, &strict, hidden, Tlp::Red, GOV, "fr"),
            (11, &usual, "To: list@else.example\r\nX-TLP: TLP:RED\r\n", Tlp::Red, EDU, "en"),
            (12, &usual, "To: list@else.example\r\n", Tlp::Amber, EDU, "en"),
        ] {
            let held = bring(house, office, (eve, &tag(number), more), mailbox, at).await;
            assert_eq!(held.kind, OutcomeKind::Quarantined);
            let made = decide_held(&house.db, &duty(), mails, &held.message, Decision::Report, later(at)).await;
            let made = made.expect("decided").expect("a report");
            assert_eq!((made.tlp, made.mailbox.as_str(), made.language.as_str()), (tlp, mailbox, language), "{more}");
            if more == hidden {
                assert_eq!(made.correspondent, "desk@else.example");
                let all = participants(&house.db, &made.id).await.expect("read");
                assert_eq!(all, ["bob@else.example", "desk@else.example", "eve@else.example", "list@else.example"]);
            }
        }
    });
}

#[test]
fn a_discarded_mail_is_seen_by_those_who_saw_it_while_it_was_held() {
    on_both(|house| async move {
        let (house, office) = (&house, &office(&house).await);
        let number = bring(house, office, ("ana@h.example", "help", ""), EDU, 1).await.ticket.expect("a number");
        let subject = format!("Re: [CIRT #{number}] help");
        let held = bring(house, office, ("eve@else.example", &subject, ""), EDU, 2).await;
        let sign_in = door(house).await;
        limit(house, "handler", &format!("{GOV} usual")).await;
        limit(house, "duty", EDU).await;
        let (mut other, mut own) = (sign_in(Role::Handler).await, sign_in(Role::Duty).await);
        let path = format!("/mail/held/{}", held.message);
        for is_discarded in [false, true] {
            for path in [path.clone(), format!("{path}/raw")] {
                assert_eq!(other.get(&path).await.status, StatusCode::NOT_FOUND, "{path} {is_discarded}");
                assert_eq!(own.get(&path).await.status, StatusCode::OK, "{path} {is_discarded}");
            }
            let mails = (office, &house.blobs);
            let did = decide_held(&house.db, &duty(), mails, &held.message, Decision::Discard, later(3)).await;
            assert!(did.expect("discarded").is_none());
        }
        // Nobody has to decide about it any more.
        assert!(!own.page("/mail/held").await.body.contains(&held.message));
    });
}

#[test]
fn a_message_that_becomes_a_report_is_answered_where_it_asked_for() {
    on_both(|house| async move {
        let (house, office) = (&house, &office(&house).await);
        let number = bring(house, office, ("ana@h.example", "help", ""), GOV, 1).await.ticket.expect("a number");
        let more =
            "To: gov@cirt.example, carol@h.example\r\nReply-To: desk@h.example\r\nIn-Reply-To: <1@h.example>\r\n";
        let answer = bring(house, office, ("bob@h.example", "another thing", more), GOV, 2).await;
        assert_eq!(answer.ticket.as_ref(), Some(&number));
        let names = (number.as_str(), answer.message.as_str());
        let moved = move_message(&house.db, &duty(), (office, &house.blobs), names, None, later(3)).await;
        let (_, made) = moved.expect("moved");
        assert_eq!((made.correspondent.as_str(), made.mailbox.as_str()), ("desk@h.example", GOV));
        assert_eq!((made.messages, made.version, made.subject.as_str()), (1, 1, "another thing"));
        let all = participants(&house.db, &made.id).await.expect("read");
        assert_eq!(all, ["bob@h.example", "carol@h.example", "desk@h.example"]);
        assert_eq!(ticket(house, &made.id).await.correspondent, made.correspondent);
    });
}

#[test]
fn an_address_that_does_not_work_is_met_by_those_who_see_a_ticket_we_wrote_to_it_in() {
    on_both(|house| async move {
        let (house, office) = (&house, &office(&house).await);
        let number = bring(house, office, ("ana@h.example", "help", ""), EDU, 1).await.ticket.expect("a number");
        let draft = Draft { id: String::new(), to: Vec::new(), subject: String::new(), body: "Which?".into() };
        let (_, message) = write_message(&house.db, &duty(), office, &number, &draft, later(2)).await.expect("written");
        let long = format!(" left\nin\tMay {}", "x".repeat(300));
        for mail in ["ana@h.example", "nobody@h.example"] {
            assert!(suspend(&house.db, "duty", mail, &long, later(3)).await.expect("done"));
            let sql = "SELECT reason FROM response_address WHERE mail = $1";
            let row = house.db.read_one(sql, &[mail.into()]).await.expect("asked").expect("there");
            let reason = row.text(0).expect("text");
            assert!(reason.starts_with("leftinMay x") && reason.chars().count() == 200, "{reason}");
        }
        let sign_in = door(house).await;
        limit(house, "handler", GOV).await;
        let (mut other, mut own) = (sign_in(Role::Handler).await, sign_in(Role::Duty).await);
        for path in ["/mail/addresses", "/mail", "/mail/addresses?format=csv"] {
            let page = other.page(path).await.body;
            assert!(!page.contains("ana@h.example") && page.contains("nobody@h.example"), "{path}: {page}");
            assert!(own.page(path).await.body.contains("ana@h.example"), "{path}");
        }
        let there = async || {
            let sql = "SELECT COUNT(*) FROM response_address WHERE mail = 'ana@h.example'";
            house.db.read_int(sql, &[]).await.expect("counted")
        };
        other.post("/mail/addresses/lift", "/mail", &[("mail", "ana@h.example")]).await;
        assert_eq!(there().await, 1);
        for want in ["Mail is sent to", "Nothing to do"] {
            own.post("/mail/addresses/lift", "/mail", &[("mail", "Ana@h.example")]).await;
            assert!(own.page("/mail").await.body.contains(want), "{want}");
        }
        assert_eq!(there().await, 0);
        // Another try lets mail go there again, and says so.
        suspend(&house.db, "duty", "ana@h.example", "", later(4)).await.expect("done");
        let delivery = deliveries_of(&house.db, std::slice::from_ref(&message.id)).await.expect("read").remove(0);
        assert!(stop(&house.db, "duty", &delivery.id, later(5)).await.expect("stopped"));
        assert!(retry(&house.db, "duty", &delivery.id, later(6)).await.expect("queued"));
        assert_eq!(there().await, 0);
        assert!(!lift(&house.db, "duty", "ana@h.example", later(7)).await.expect("asked"));
        let verbs = house.verbs("ana@h.example").await;
        let want = ["address_suspended", "address_lifted", "address_suspended", "address_lifted"];
        assert_eq!(verbs, want);
    });
}
