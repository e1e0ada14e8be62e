//! Mail as it comes in, and what becomes of it.

use std::sync::Arc;

use manara_model::{Micros, Tlp, Viewer};
use manara_net::Mailer;
use manara_response::mail::{MailHouse, Outcome, OutcomeKind, due, read, recover, send, take, take_past};
use manara_response::{
    Closing, Config, Decision, DeliveryState, Draft, Found, Kind, NewTicket, Refusal, ResponseError, Source,
    TicketChange, TicketState, Verdict, assign_ticket, change_ticket, close, decide_held, deliveries_of, get_ticket,
    launch, link_ticket, list_tickets, loose_messages, many_held, messages_of, move_ticket, observables_of,
    open_ticket, queue, seek, seen_elsewhere, tickets_of_incident, unlink_ticket, write_message,
};
use manara_store::{Blobs, Journal};
use manara_web::bulk::{Bulk, Outcome as BulkOutcome, begin, go_on, rows, take_back};
use serde_json::json;

use crate::house::{House, MINUTE, NOON, beside, duty, new, on_both, person};

const ANA: &str = "Ana <ana@harbour.example>";

/// A mail with the usual fields; `more` stands in the header.
fn mail(from: &str, subject: &str, id: &str, more: &str, body: &str) -> Vec<u8> {
    format!(
        "Return-Path: <{}>\r\nFrom: {from}\r\nTo: cirt@cirt.example\r\nSubject: {subject}\r\nMessage-ID: <{id}>\r\n\
         Date: Thu, 15 Jan 2026 11:00:00 +0000\r\n{more}Content-Type: text/plain; charset=utf-8\r\n\r\n{body}\r\n",
        from.rsplit_once('<').map_or(from, |(_, mail)| mail).trim_end_matches('>')
    )
    .into_bytes()
}

async fn office(house: &House) -> MailHouse {
    office_of(house, &Config::default()).await
}

async fn office_of(house: &House, config: &Config) -> MailHouse {
    MailHouse::open(&house.db, config, ("CIRT", "cirt@cirt.example"), "en").await.expect("mail")
}

async fn bring(house: &House, office: &MailHouse, bytes: &[u8], to: &str, now: Micros) -> Outcome {
    let one = read(office, &house.blobs, bytes, &[to.to_string()]).expect("read");
    take(&house.db, office, &[one], now).await.expect("taken").remove(0)
}

async fn brought(house: &House, office: &MailHouse, bytes: &[u8], now: Micros) -> Outcome {
    bring(house, office, bytes, "cirt@cirt.example", now).await
}

fn later(minutes: i64) -> Micros {
    Micros(NOON.0 + minutes * MINUTE)
}

#[test]
fn a_mail_is_one_report_however_often_it_comes() {
    on_both(|house| async move {
        let house = &house;
        let office = office(house).await;
        let bytes = mail(
            ANA,
            "Phishing TLP:GREEN",
            "1@harbour.example",
            "",
            "See hxxp://login[.]bank.example/a and 192.0.2.7, CVE-2026-1234",
        );
        let one = brought(house, &office, &bytes, NOON).await;
        assert_eq!((one.kind, one.answered), (OutcomeKind::Report, true));
        let number = one.ticket.clone().expect("a number");
        assert_eq!(number, "2026-0000001");
        let seen: Vec<(&str, &str)> = one.seen.iter().map(|one| (one.kind.as_str(), one.value.as_str())).collect();
        for want in [("ip", "192.0.2.7"), ("cve", "CVE-2026-1234")] {
            assert!(seen.contains(&want), "{seen:?}");
        }
        assert!(
            !seen.iter().any(|(_, value)| value.contains("cirt.example")),
            "what is ours is no observable: {seen:?}"
        );
        // Fetched again, and sent to another address of ours over another way: the same mail.
        for bytes in [bytes.clone(), [b"Received: from elsewhere\r\n".to_vec(), bytes].concat()] {
            let again = bring(house, &office, &bytes, "abuse@cirt.example", later(1)).await;
            assert_eq!(
                (again.kind, again.ticket.as_ref(), again.answered),
                (OutcomeKind::Duplicate, Some(&number), false)
            );
        }
        // Whoever knows a Message-ID cannot make another mail vanish with it.
        let other =
            mail("Eve <eve@evil.example>", "Order", "1@harbour.example", "", "The beacon at 198.51.100.7 is dark.");
        let other = brought(house, &office, &other, later(1)).await;
        assert!(other.kind == OutcomeKind::Report && other.ticket.as_ref() != Some(&number), "{other:?}");
        let ticket = get_ticket(&house.db, &duty(), &number).await.expect("asked").expect("there");
        assert_eq!((ticket.state, ticket.tlp, ticket.messages), (TicketState::New, Tlp::Green, 2));
        assert_eq!(ticket.correspondent, "ana@harbour.example");
        let messages = messages_of(&house.db, &ticket.id, ("", ""), 10).await.expect("read");
        assert_eq!(messages.len(), 2, "the mail and its acknowledgement");
        let answer = messages.iter().find(|one| one.kind.is_ours()).expect("an acknowledgement");
        assert!(answer.subject.starts_with("[CIRT #2026-0000001]") && answer.body.contains(&number), "{answer:?}");
        // What an acknowledgement says came from us alone.
        assert!(!answer.body.contains("bank") && !answer.subject.contains("Phishing"));
        let waiting = queue(&house.db, &[DeliveryState::Queued], 10).await.expect("read");
        let mut waiting: Vec<&str> = waiting.iter().map(|one| one.mail.as_str()).collect();
        waiting.sort_unstable();
        assert_eq!(waiting, ["ana@harbour.example", "eve@evil.example"]);
        assert_eq!(house.verbs(&ticket.id).await, ["report_opened"]);
        // A stricter marking is seen by nobody below it.
        let bytes = mail("b@harbour.example", "[TLP:RED] for you", "2@harbour.example", "", "x");
        let red = brought(house, &office, &bytes, NOON).await.ticket.expect("a number");
        let below = person("viewer", Tlp::Amber);
        assert!(get_ticket(&house.db, &below, &red).await.expect("asked").is_none());
        assert_eq!(list_tickets(&house.db, &below, None, None, 10).await.expect("read").len(), 2);
    });
}

#[test]
fn mails_that_are_taken_together_know_of_each_other() {
    on_both(|house| async move {
        let house = &house;
        let office = office(house).await;
        let first = mail(ANA, "Phishing", "1@harbour.example", "", "the beacon is dark");
        let answer =
            mail(ANA, "Phishing", "2@harbour.example", "In-Reply-To: <1@harbour.example>\r\n", "the lantern too");
        let other = mail("b@harbour.example", "Scan", "3@harbour.example", "", "from 192.0.2.9");
        let read = |bytes: &[u8]| read(&office, &house.blobs, bytes, &["cirt@cirt.example".into()]).expect("read");
        let mails = [&first, &answer, &first, &other].map(|bytes| read(bytes));
        let outcomes = take(&house.db, &office, &mails, NOON).await.expect("taken");
        let told: Vec<(OutcomeKind, Option<&str>)> =
            outcomes.iter().map(|one| (one.kind, one.ticket.as_deref())).collect();
        let (one, two) = (Some("2026-0000001"), Some("2026-0000002"));
        let want = [
            (OutcomeKind::Report, one),
            (OutcomeKind::Reply, one),
            (OutcomeKind::Duplicate, one),
            (OutcomeKind::Report, two),
        ];
        assert_eq!(told, want);
        let ticket = get_ticket(&house.db, &duty(), "2026-0000001").await.expect("asked").expect("there");
        assert_eq!(ticket.messages, 3, "the mail, its acknowledgement, the answer");
        for words in ["beacon", "lantern", "phishing"] {
            let found = seek(&house.db, &duty(), words, 10).await.expect("sought");
            assert!(
                matches!(found.as_slice(), [Found::Ticket(one)] if one.number == ticket.number),
                "{words}: {found:?}"
            );
        }
        assert_eq!(house.verbs(&ticket.id).await, ["report_opened", "message_joined"]);
        // The next that come find them there.
        let again = take(&house.db, &office, &mails, later(1)).await.expect("taken");
        assert!(again.iter().all(|one| one.kind == OutcomeKind::Duplicate), "{again:?}");
    });
}

#[test]
fn an_answer_joins_by_token_reference_and_tag_and_a_stranger_is_held() {
    on_both(|house| async move {
        let house = &house;
        let office = office(house).await;
        let first = mail(ANA, "help", "1@harbour.example", "Cc: boss@harbour.example\r\n", "x");
        let number = brought(house, &office, &first, NOON).await.ticket.expect("a number");
        let ticket = get_ticket(&house.db, &duty(), &number).await.expect("asked").expect("there");
        let ours = messages_of(&house.db, &ticket.id, ("", ""), 10).await.expect("read");
        let ours = ours.into_iter().find(|one| one.kind.is_ours()).expect("an acknowledgement").message_id;
        let tag = format!("Re: [cirt #{number}] help");
        let address = office.tokens.reply_address("cirt@cirt.example", &number);
        for (at, (from, subject, more, to, want)) in [
            // Whoever answers a mail of ours had it, from wherever.
            ("x@elsewhere.example", "no tag", format!("In-Reply-To: <{ours}>\r\n"), "", OutcomeKind::Reply),
            (
                "y@elsewhere.example",
                "no tag",
                "References: <1@harbour.example>\r\n".to_string(),
                "",
                OutcomeKind::Reply,
            ),
            ("z@elsewhere.example", "no tag", String::new(), address.as_str(), OutcomeKind::Reply),
            // By the number alone only those who take part.
            ("boss@harbour.example", &tag, String::new(), "", OutcomeKind::Reply),
            ("stranger@evil.example", &tag, String::new(), "", OutcomeKind::Quarantined),
            ("stranger@evil.example", "[OTHER #2026-0000001] x", String::new(), "", OutcomeKind::Report),
        ]
        .into_iter()
        .enumerate()
        {
            let bytes = mail(from, subject, &format!("r{at}@elsewhere.example"), &more, "an answer");
            let to = if to.is_empty() { "cirt@cirt.example" } else { to };
            let one = bring(house, &office, &bytes, to, later(60)).await;
            assert_eq!(one.kind, want, "{from} {subject}");
            if want == OutcomeKind::Reply {
                assert_eq!(one.ticket.as_ref(), Some(&number));
                assert!(!one.answered);
            }
        }
        let messages = messages_of(&house.db, &ticket.id, ("", ""), 20).await.expect("read");
        assert!(!messages.iter().any(|one| one.from_mail.contains("evil")), "a stranger is in the ticket");
        let held = loose_messages(&house.db, true, 10).await.expect("read");
        assert_eq!(held.len(), 1);
        // A person lets it join; from then on its sender takes part.
        let joined = decide_held(&house.db, &duty(), (&office, &house.blobs), &held[0].id, Decision::Join, later(90))
            .await
            .expect("done");
        assert_eq!(joined.map(|ticket| ticket.number), Some(number.clone()));
        let again =
            decide_held(&house.db, &duty(), (&office, &house.blobs), &held[0].id, Decision::Join, later(90)).await;
        assert!(matches!(again, Err(ResponseError::Refused(Refusal::NoMessage))), "{again:?}");
        let bytes = mail("stranger@evil.example", &tag, "r9@evil.example", "", "more");
        assert_eq!(brought(house, &office, &bytes, later(95)).await.kind, OutcomeKind::Reply);
        // Another stranger's becomes a report, and one is thrown away.
        for (at, decision) in [Decision::Report, Decision::Discard].into_iter().enumerate() {
            let bytes = mail("other@evil.example", &tag, &format!("o{at}@evil.example"), "", "hello");
            let one = brought(house, &office, &bytes, later(100)).await;
            assert_eq!(one.kind, OutcomeKind::Quarantined);
            let made = decide_held(&house.db, &duty(), (&office, &house.blobs), &one.message, decision, later(101))
                .await
                .expect("done");
            assert_eq!(made.is_some(), decision == Decision::Report);
        }
        assert!(loose_messages(&house.db, true, 10).await.expect("read").is_empty());
    });
}

#[test]
fn machines_are_never_answered_and_people_not_without_end() {
    on_both(|house| async move {
        let house = &house;
        let office = office(house).await;
        for (at, (more, subject, want, has_ticket)) in [
            ("Auto-Submitted: auto-replied\r\n", "Out of office", OutcomeKind::Automatic, false),
            ("Auto-Submitted: auto-generated\r\n", "alert: disk full", OutcomeKind::Automatic, true),
            ("Precedence: bulk\r\n", "news", OutcomeKind::Automatic, true),
            ("List-Id: <l.example>\r\n", "list", OutcomeKind::Automatic, true),
            ("X-Auto-Response-Suppress: All\r\n", "x", OutcomeKind::Automatic, true),
        ]
        .into_iter()
        .enumerate()
        {
            let bytes =
                mail(&format!("m{at}@machine.example"), subject, &format!("m{at}@machine.example"), more, "text");
            let one = brought(house, &office, &bytes, NOON).await;
            assert_eq!((one.kind, one.answered, one.ticket.is_some()), (want, false, has_ticket), "{more}");
        }
        // What we sent ourselves and came back.
        let mark = format!("X-Manara-Loop: {}\r\n", office.tokens.loop_mark());
        let own = brought(house, &office, &mail("list@l.example", "x", "own@l.example", &mark, "x"), NOON).await;
        assert_eq!((own.kind, own.ticket, own.answered), (OutcomeKind::Automatic, None, false));
        // Somebody whose program answers everything: one answer in ten minutes, five a day.
        let mut answers = 0;
        for minute in 0..300 {
            let bytes = mail("bot@dumb.example", "hello", &format!("b{minute}@dumb.example"), "", &minute.to_string());
            answers += usize::from(brought(house, &office, &bytes, later(minute)).await.answered);
        }
        assert_eq!(answers, 5);
        // Two houses: the acknowledgement of the one is no report at the other.
        let ack = "Auto-Submitted: auto-replied\r\nPrecedence: bulk\r\nX-Manara-Loop: another\r\nIn-Reply-To: <x@y.example>\r\n";
        let bytes =
            mail("cirt@other.example", "[OTHER #2026-0000001] we have your report", "a@other.example", ack, "x");
        let one = brought(house, &office, &bytes, NOON).await;
        assert_eq!((one.kind, one.ticket, one.answered), (OutcomeKind::Automatic, None, false));
    });
}

/// Everything that leaves a house now and has not left before: to whom, whether a machine wrote it, and its bytes.
async fn leaving(house: &House, office: &MailHouse, gone: &mut usize, now: Micros) -> Vec<(String, bool, Vec<u8>)> {
    let mailer = Mailer::capture(office.address()).expect("made");
    let jobs = due(&house.db, now).await.expect("asked");
    send(&house.db, &house.blobs, &mailer, office, &jobs, now).await.expect("sent");
    let sql =
        "SELECT d.mail, m.automatic, m.sha256 FROM response_delivery d JOIN response_message m ON m.id = d.message_id
                WHERE d.state = 'sent' ORDER BY d.id LIMIT 1000";
    let rows = house.db.read(sql, &[]).await.expect("read");
    let fresh: Vec<(String, bool, Vec<u8>)> = rows[*gone..]
        .iter()
        .map(|row| {
            let bytes = house.blobs.read(&row.text(2).expect("a hash"), 1 << 20).expect("kept");
            (row.text(0).expect("an address"), !row.text(1).expect("a word").is_empty(), bytes)
        })
        .collect();
    *gone = rows.len();
    fresh
}

#[test]
fn mail_that_broke_off_on_its_way_leaves_in_the_next_round() {
    on_both(|house| async move {
        let house = &house;
        let office = office(house).await;
        let number = brought(house, &office, &mail(ANA, "help", "1@harbour.example", "", "x"), NOON).await.ticket;
        let number = number.expect("a number");
        let folder = tempfile::tempdir().expect("a folder");
        let full = folder.path().join("full");
        std::fs::write(&full, b"").expect("written");
        // No folder can be made below a file.
        let nowhere = Blobs::new(full.join("blobs"));
        let mailer = Mailer::capture(office.address()).expect("made");
        let round = async |blobs: &Blobs, at: i64| {
            let jobs = due(&house.db, later(at)).await.expect("asked");
            send(&house.db, blobs, &mailer, &office, &jobs, later(at)).await
        };
        let draft = Draft { id: String::new(), to: Vec::new(), subject: String::new(), body: "Thank you.".into() };
        for (at, is_restarted) in [(1, false), (10, true)] {
            write_message(&house.db, &duty(), &office, &number, &draft, later(at)).await.expect("written");
            for more in 0..2 {
                assert!(round(&nowhere, at + 1 + more).await.is_err());
            }
            // A round that breaks off puts back what it marked.
            let on_its_way = "SELECT COUNT(*) FROM response_delivery WHERE state = 'sending'";
            assert_eq!(house.db.read_int(on_its_way, &[]).await.expect("counted"), 0);
            if is_restarted {
                // A program that is killed does not; until it starts anew nobody takes what may be under way.
                let mut tx = house.db.begin().await.expect("begun");
                let kill = "UPDATE response_delivery SET state = 'sending' WHERE state = 'queued'";
                assert_eq!(tx.run(kill, &[]).await.expect("marked"), 1);
                tx.commit().await.expect("committed");
                let posted = round(&house.blobs, at + 3).await.expect("looked");
                assert_eq!((posted.sent, posted.failed, posted.later), (0, 0, 0));
                assert_eq!(recover(&house.db).await.expect("taken back"), 1);
            }
            let posted = round(&house.blobs, at + 4).await.expect("sent");
            assert_eq!((posted.sent, posted.failed), (if is_restarted { 1 } else { 2 }, 0));
            let left = "SELECT COUNT(*) FROM response_delivery WHERE state <> 'sent'";
            assert_eq!(house.db.read_int(left, &[]).await.expect("counted"), 0);
        }
        assert!(due(&house.db, later(60)).await.expect("asked").is_empty());
    });
}

#[test]
fn two_houses_that_face_each_other_stop_by_themselves() {
    on_both(|one: House| async move {
        let other = beside().await;
        let offices = [
            office(&one).await,
            MailHouse::open(&other.db, &Config::default(), ("OTHER", "cirt@other.example"), "en").await.expect("mail"),
        ];
        let houses = [&one, &other];
        // A person of the one writes to the other; then a stranger writes to the one under the name of the other.
        let number = brought(&one, &offices[0], &mail(ANA, "help", "1@harbour.example", "", "x"), NOON).await.ticket;
        let draft = Draft {
            id: String::new(),
            to: vec!["cirt@other.example".into()],
            subject: String::new(),
            body: "Please look at 192.0.2.7.".into(),
        };
        write_message(&one.db, &duty(), &offices[0], &number.expect("a number"), &draft, later(1))
            .await
            .expect("written");
        let forged = mail("cirt@other.example", "help", "2@harbour.example", "", "y");
        let (mut gone, mut by_machine, mut letters) = ([0, 0], [0, 0], 0);
        for round in 0..200 {
            let now = later(2 + round * 20);
            if round == 20 {
                assert!(brought(&one, &offices[0], &forged, now).await.answered);
            }
            for (from, to) in [(0, 1), (1, 0)] {
                for (mail, automatic, bytes) in leaving(houses[from], &offices[from], &mut gone[from], now).await {
                    if !offices[to].is_ours(&mail) {
                        continue;
                    }
                    letters += 1;
                    by_machine[from] += usize::from(automatic);
                    let came = bring(houses[to], &offices[to], &bytes, &mail, now).await;
                    assert!(!(automatic && came.answered), "a machine answered a machine");
                }
            }
        }
        // One letter of a person, and the receipt for the forged one; the other may have given one receipt, too. In more than two
        // days nothing more.
        assert!(letters <= 3 && by_machine[0] == 1 && by_machine[1] <= 1, "{letters} {by_machine:?}");
    });
}

#[test]
fn a_bounce_goes_to_its_delivery_and_only_when_it_proves_itself() {
    on_both(|house| async move {
        let house = &house;
        let office = office(house).await;
        let number = brought(house, &office, &mail(ANA, "help", "1@harbour.example", "", "x"), NOON)
            .await
            .ticket
            .expect("a number");
        let draft = Draft {
            id: String::new(),
            to: vec!["abuse@isp.example".into()],
            subject: String::new(),
            body: "Please look.".into(),
        };
        let (ticket, sent) =
            write_message(&house.db, &duty(), &office, &number, &draft, later(5)).await.expect("written");
        assert_eq!((ticket.state, ticket.owner.as_str(), ticket.answered), (TicketState::Open, "duty", Some(later(5))));
        let bounce = |original: &str| {
            format!(
                "Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example\r\nTo: cirt@cirt.example\r\nSubject: Undelivered\r\n\
                 Message-ID: <{}@mx.example>\r\nMIME-Version: 1.0\r\n\
                 Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n\
                 no\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n\
                 Final-Recipient: rfc822; abuse@isp.example\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 no such user\r\n\r\n\
                 --b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{original}>\r\n\r\n--b--\r\n",
                original.len()
            )
            .into_bytes()
        };
        // Anybody can write such a thing: without a message of ours in it, nothing follows.
        let forged = brought(house, &office, &bounce("invented@cirt.example"), later(6)).await;
        assert_eq!((forged.kind, forged.ticket), (OutcomeKind::Bounce, None));
        let state = |found: &[manara_response::MailDelivery]| found.iter().map(|one| one.state).collect::<Vec<_>>();
        let deliveries = deliveries_of(&house.db, std::slice::from_ref(&sent.id)).await.expect("read");
        assert_eq!(state(&deliveries), [DeliveryState::Queued]);
        let real = brought(house, &office, &bounce(&sent.message_id), later(7)).await;
        assert_eq!((real.kind, real.ticket.as_ref()), (OutcomeKind::Bounce, Some(&number)));
        assert_eq!(real.failed_recipient.as_deref(), Some("abuse@isp.example"));
        let deliveries = deliveries_of(&house.db, std::slice::from_ref(&sent.id)).await.expect("read");
        assert_eq!(state(&deliveries), [DeliveryState::Bounced]);
        assert!(house.verbs(&ticket.id).await.contains(&"contact_dead".to_string()));
        // Nothing more goes there until a person says so.
        let (_, next) = write_message(&house.db, &duty(), &office, &number, &draft, later(8)).await.expect("written");
        let deliveries = deliveries_of(&house.db, &[next.id]).await.expect("read");
        assert_eq!(state(&deliveries), [DeliveryState::Stopped]);
    });
}

#[test]
fn complaints_become_reports_with_their_class() {
    on_both(|house| async move {
        let house = &house;
        let office = office(house).await;
        let arf = "From: fbl@isp.example\r\nTo: abuse@cirt.example\r\nSubject: FW: spam\r\nMessage-ID: <arf@isp.example>\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/report; report-type=feedback-report; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nspam\r\n\
             --b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nUser-Agent: x/1\r\nVersion: 1\r\n\
             Source-IP: 192.0.2.9\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: a@b.example\r\nSubject: buy\r\n\r\nx\r\n--b--\r\n";
        let one = brought(house, &office, arf.as_bytes(), NOON).await;
        assert_eq!(
            (one.kind, one.class.as_deref(), one.answered),
            (OutcomeKind::Arf, Some("abusive-content/spam"), false)
        );
        assert!(one.seen.iter().any(|one| one.value == "192.0.2.9"), "{:?}", one.seen);
        // The same address in a report of a person: both know of each other.
        let other = mail(ANA, "scan", "1@harbour.example", "", "from 192.0.2.9 again");
        let other = brought(house, &office, &other, later(1)).await;
        let ticket =
            get_ticket(&house.db, &duty(), &other.ticket.expect("a number")).await.expect("asked").expect("there");
        let before = seen_elsewhere(&house.db, &duty(), &ticket.id).await.expect("read");
        assert_eq!(before.iter().map(|one| &one.number).collect::<Vec<_>>(), [&one.ticket.expect("a number")]);
    });
}

#[test]
fn tickets_follow_their_incident_and_the_incident_its_tickets() {
    on_both(|house| async move {
        let house = &house;
        let office = office(house).await;
        let report = brought(house, &office, &mail(ANA, "scan", "1@harbour.example", "", "from 192.0.2.9"), NOON).await;
        let number = report.ticket.expect("a number");
        let (ticket, incident) =
            launch(&house.db, &duty(), &house.policy, &number, &new("scan"), later(1)).await.expect("launched");
        assert_eq!(ticket.state, TicketState::Open, "a linked report is taken up");
        let seen = observables_of(&house.db, &incident.id, 10).await.expect("read");
        assert!(seen.iter().any(|one| one.value == "192.0.2.9"), "{seen:?}");
        let other = house.open("another", &[], later(1)).await;
        // A report may belong to two incidents, an investigation to one.
        let second = brought(house, &office, &mail(ANA, "more", "2@harbour.example", "", "x"), later(2))
            .await
            .ticket
            .expect("a number");
        for to in [&incident.number, &other.number] {
            link_ticket(&house.db, &duty(), &second, to, later(3)).await.expect("linked");
        }
        let ask = |kind: Kind, incident: &str| NewTicket {
            id: String::new(),
            kind,
            source: Source::Person,
            subject: "please look".into(),
            class: ("other".into(), "undetermined".into()),
            tlp: Tlp::Amber,
            owner: String::new(),
            correspondent: "noc@isp.example".into(),
            correspondent_name: String::new(),
            language: "en".into(),
            incident: incident.into(),
            target: ("192.0.2.9".into(), "border".into()),
            due: None,
        };
        let none = open_ticket(&house.db, &duty(), &ask(Kind::Countermeasure, ""), &[], later(4)).await;
        assert!(matches!(none, Err(ResponseError::Refused(Refusal::NoIncident))), "{none:?}");
        let investigation = open_ticket(&house.db, &duty(), &ask(Kind::Investigation, &incident.number), &[], later(4))
            .await
            .expect("opened");
        let twice = link_ticket(&house.db, &duty(), &investigation.number, &other.number, later(4)).await;
        assert!(matches!(twice, Err(ResponseError::Refused(Refusal::HasIncident))), "{twice:?}");
        let block = open_ticket(&house.db, &duty(), &ask(Kind::Countermeasure, &incident.number), &[], later(4))
            .await
            .expect("opened");
        assert_eq!(block.state, TicketState::PendingActivation);
        // Their answer says that it holds.
        let draft = Draft { id: String::new(), to: Vec::new(), subject: String::new(), body: "Please block.".into() };
        let (_, asked) =
            write_message(&house.db, &duty(), &office, &block.number, &draft, later(5)).await.expect("written");
        let answer = format!("In-Reply-To: <{}>\r\n", asked.message_id);
        let out = mail(
            "noc@isp.example",
            "away",
            "o@isp.example",
            &format!("Auto-Submitted: auto-replied\r\n{answer}"),
            "away",
        );
        brought(house, &office, &out, later(6)).await;
        let standing =
            async |number: &str| get_ticket(&house.db, &duty(), number).await.expect("asked").expect("there").state;
        assert_eq!(standing(&block.number).await, TicketState::PendingActivation, "a machine confirms nothing");
        brought(house, &office, &mail("noc@isp.example", "done", "d@isp.example", &answer, "done"), later(7)).await;
        assert_eq!(standing(&block.number).await, TicketState::Active);
        let wrong =
            move_ticket(&house.db, &duty(), &block.number, None, TicketState::PendingActivation, later(7)).await;
        assert!(matches!(wrong, Err(ResponseError::Refused(Refusal::TicketNotFrom(..)))), "{wrong:?}");
        // The incident ends, and all that is only its own.
        let closing = Closing { resolution: "resolved".into(), verdict: Verdict::Left };
        close(&house.db, &duty(), &house.policy, &incident.id, &closing, later(8)).await.expect("closed");
        assert_eq!(standing(&number).await, TicketState::Resolved);
        assert_eq!(standing(&second).await, TicketState::Open, "it also belongs to another");
        assert_eq!(standing(&investigation.number).await, TicketState::Resolved);
        assert_eq!(standing(&block.number).await, TicketState::PendingRemoval, "a block in force has to be lifted");
        assert_eq!(tickets_of_incident(&house.db, &duty(), &incident.id, 10).await.expect("read").len(), 4);
        // The reporter writes again: report and incident are open again.
        let again = mail(ANA, "Re: scan", "3@harbour.example", "References: <1@harbour.example>\r\n", "still there");
        let one = brought(house, &office, &again, later(9)).await;
        assert_eq!((one.kind, one.incident.as_ref()), (OutcomeKind::Reply, Some(&incident.number)));
        assert_eq!(standing(&number).await, TicketState::Open);
        assert!(house.get(&incident.number).await.state.is_live());
        // Taken off, it is no more the incident's.
        unlink_ticket(&house.db, &duty(), &number, &incident.number, later(10)).await.expect("taken off");
        assert_eq!(tickets_of_incident(&house.db, &duty(), &incident.id, 10).await.expect("read").len(), 3);
    });
}

#[test]
fn nothing_leaves_as_plain_mail_above_the_limit() {
    on_both(|house| async move {
        let house = &house;
        let office = office(house).await;
        let number = brought(house, &office, &mail(ANA, "TLP:RED x", "1@harbour.example", "", "x"), NOON)
            .await
            .ticket
            .expect("a number");
        let draft = Draft { id: String::new(), to: Vec::new(), subject: String::new(), body: "Thank you.".into() };
        let refused = write_message(&house.db, &duty(), &office, &number, &draft, later(1)).await;
        assert!(matches!(refused, Err(ResponseError::Refused(Refusal::NoKey))), "{refused:?}");
        let mut without = office_of(house, &Config::default()).await;
        without.pgp.on = false;
        let refused = write_message(&house.db, &duty(), &without, &number, &draft, later(1)).await;
        assert!(matches!(refused, Err(ResponseError::Refused(Refusal::PlainMail))), "{refused:?}");
        for (to, why) in [("no address", Refusal::Mail), ("a@b.example\r\nBcc: c@d.example", Refusal::Mail)] {
            let number = brought(house, &office, &mail(ANA, "y", "2@harbour.example", "", "y"), NOON)
                .await
                .ticket
                .expect("a number");
            let draft = Draft { id: String::new(), to: vec![to.into()], ..draft.clone() };
            let refused = write_message(&house.db, &duty(), &office, &number, &draft, later(1)).await;
            assert!(matches!(refused, Err(ResponseError::Refused(found)) if found == why), "{refused:?}");
        }
    });
}

#[test]
fn what_may_leave_encrypted_alone_does_not_leave_when_openpgp_is_switched_off() {
    on_both(|house| async move {
        let house = &house;
        let mut office = office(house).await;
        office.pgp.on = false;
        let number = brought(house, &office, &mail(ANA, "help", "1@harbour.example", "", "x"), NOON).await.ticket;
        let number = number.expect("a number");
        let draft = Draft { id: String::new(), to: Vec::new(), subject: String::new(), body: "Thank you.".into() };
        let (ticket, message) =
            write_message(&house.db, &duty(), &office, &number, &draft, later(1)).await.expect("written");
        let change = TicketChange { tlp: Tlp::Red, ..TicketChange::of(&ticket) };
        change_ticket(&house.db, &duty(), &number, ticket.version, &change, later(2)).await.expect("changed");
        let left = leaving(house, &office, &mut 0, later(3)).await;
        assert!(left.iter().all(|(_, is_automatic, _)| *is_automatic), "only the receipt left: {left:?}");
        let delivery = deliveries_of(&house.db, std::slice::from_ref(&message.id)).await.expect("read").remove(0);
        assert_eq!(delivery.state, DeliveryState::Failed);
        assert!(delivery.remark.contains("OpenPGP is switched off"), "{}", delivery.remark);
    });
}

#[test]
fn a_lively_ticket_opens_again_and_one_that_is_closed_again_and_again_stays_closed() {
    on_both(|house| async move {
        let house = &house;
        let office = office(house).await;
        let number = brought(house, &office, &mail(ANA, "help", "1@harbour.example", "", "x"), NOON).await.ticket;
        let number = number.expect("a number");
        let answer = async |at: i64| {
            let bytes = mail(
                ANA,
                "Re: help",
                &format!("a{at}@harbour.example"),
                "References: <1@harbour.example>\r\n",
                &format!("{at}"),
            );
            assert_eq!(brought(house, &office, &bytes, later(at)).await.kind, OutcomeKind::Reply);
            get_ticket(&house.db, &duty(), &number).await.expect("asked").expect("there").state
        };
        // Replies to what stands open open nothing.
        for at in 1..8 {
            assert_eq!(answer(at).await, TicketState::New);
        }
        for round in 0..6 {
            let at = 10 + round * 10;
            move_ticket(&house.db, &duty(), &number, None, TicketState::Resolved, later(at)).await.expect("closed");
            let want = if round < 5 { TicketState::Open } else { TicketState::Resolved };
            assert_eq!(answer(at + 1).await, want, "{round}");
        }
        assert_eq!(answer(2 * 24 * 60).await, TicketState::Open, "the next day it does again");
    });
}

#[test]
fn what_was_said_is_found_by_the_next_question() {
    on_both(|house| async move {
        let house = &house;
        let office = office(house).await;
        let numbers = async |text: &str, clearance: Tlp| -> Vec<String> {
            let found = seek(&house.db, &person("reader", clearance), text, 50).await.expect("sought");
            let mut numbers: Vec<String> = found
                .into_iter()
                .map(|found| match found {
                    Found::Ticket(one) => one.number,
                    Found::Incident(one) => one.number,
                })
                .collect();
            numbers.sort();
            numbers
        };
        let body = "وصلتنا رسالة تصيّد من الموقع 192.0.2.7 – voir l’élève à 東京大学";
        let one = brought(house, &office, &mail(ANA, "Câble coupé", "1@harbour.example", "", body), NOON).await;
        let one = one.ticket.expect("a number");
        for words in [
            "cable",
            "CABLE coupe",
            "التصيد",
            "رساله",
            "192.0.2.7",
            "192.0.2",
            "eleve",
            "京大学",
            "大学",
            "harbour",
            &one,
            "câb",
        ] {
            assert_eq!(numbers(words, Tlp::Red).await, std::slice::from_ref(&one), "{words}");
        }
        for words in ["7.2.0.192", "cable nowhere", "able", "\" OR \"", "--", "' | zz"] {
            assert!(numbers(words, Tlp::Red).await.is_empty(), "{words}");
        }
        // Nobody finds what they may not see.
        assert!(numbers("cable", Tlp::Green).await.is_empty());
        let incident = house.open("Cable at the harbour", &[], NOON).await;
        assert_eq!(numbers("cable", Tlp::Red).await, [one.clone(), incident.number.clone()]);
        let note =
            manara_response::add_note(&house.db, &duty(), &incident.id, "The lighthouse keeper called", later(1))
                .await
                .expect("noted");
        assert_eq!(numbers("keeper", Tlp::Red).await, std::slice::from_ref(&incident.number));
        manara_response::strike_note(&house.db, &duty(), (&incident.id, &note), later(2)).await.expect("struck");
        assert!(numbers("keeper", Tlp::Red).await.is_empty(), "what was struck out is found no more");
        manara_response::restore_note(&house.db, &duty(), (&incident.id, &note), later(3)).await.expect("restored");
        assert_eq!(numbers("keeper", Tlp::Red).await, std::slice::from_ref(&incident.number));
        // No backup holds the index: it is made anew from the records.
        let mut tx = house.db.begin().await.expect("begun");
        tx.run_script("DELETE FROM response_said; DELETE FROM response_word").await.expect("gone");
        tx.commit().await.expect("committed");
        assert!(numbers("cable", Tlp::Red).await.is_empty());
        manara_response::prepare(&house.db).await.expect("made anew");
        assert_eq!(numbers("cable", Tlp::Red).await, [one, incident.number.clone()]);
        assert_eq!(numbers("keeper", Tlp::Red).await, [incident.number]);
    });
}

#[test]
fn what_the_journal_tells_of_old_mail_was_done_now_and_says_its_date() {
    on_both(|house| async move {
        let house = &house;
        let office = office(house).await;
        let old = |id: &str, more: &str| {
            let text = String::from_utf8(mail(ANA, "help", id, more, "192.0.2.7")).expect("text");
            text.replace("15 Jan 2026", "15 Jan 2015").into_bytes()
        };
        let first = read(&office, &house.blobs, &old("1@harbour.example", ""), &[]).expect("read");
        let reply = "In-Reply-To: <1@harbour.example>\r\n";
        let second = read(&office, &house.blobs, &old("2@harbour.example", reply), &[]).expect("read");
        take_past(&house.db, &office, &[first, second], NOON).await.expect("taken");
        let tickets = list_tickets(&house.db, &duty(), None, None, 10).await.expect("read");
        let [ticket] = tickets.as_slice() else { panic!("{tickets:?}") };
        let long_ago = "2015-01-15T11:00:00.000000Z";
        assert_eq!((ticket.created.rfc3339(), ticket.changed.rfc3339()), (long_ago.into(), long_ago.into()));
        let lines = Journal::of_record(&house.db, "response", &ticket.id, 10).await.expect("read");
        let told: Vec<(&str, Micros, bool)> = lines
            .iter()
            .map(|line| (line.verb.as_str(), line.at, line.detail.contains(&format!("\"dated\":\"{long_ago}\""))))
            .collect();
        assert_eq!(told, [("message_joined", NOON, true), ("report_opened", NOON, true)]);
    });
}

#[test]
fn old_mail_is_kept_and_opens_confirms_and_calls_nothing() {
    on_both(|house| async move {
        let house = &house;
        let office = office(house).await;
        let old = |id: &str, answers: &str, body: &str| {
            let more = format!("In-Reply-To: <{answers}>\r\n");
            let from = if body == "DONE" { "noc@isp.example" } else { ANA };
            let text = String::from_utf8(mail(from, "help", id, &more, body)).expect("text");
            read(&office, &house.blobs, text.replace("15 Jan 2026", "15 Jan 2015").as_bytes(), &[]).expect("read")
        };
        let number = brought(house, &office, &mail(ANA, "help", "1@harbour.example", "", "x"), NOON).await.ticket;
        let number = number.expect("a number");
        let incident = house.open("Attack", &[], NOON).await;
        link_ticket(&house.db, &duty(), &number, &incident.id, later(1)).await.expect("linked");
        let draft = Draft { id: String::new(), to: Vec::new(), subject: String::new(), body: "Please look.".into() };
        write_message(&house.db, &duty(), &office, &number, &draft, later(2)).await.expect("written");
        let wanted = NewTicket {
            correspondent: "noc@isp.example".into(),
            ..crate::figures::ticket(Kind::Countermeasure, &house.open("Other", &[], NOON).await.id)
        };
        let block = open_ticket(&house.db, &duty(), &wanted, &[], later(2)).await.expect("opened");
        let (_, asked) = write_message(&house.db, &duty(), &office, &block.id, &draft, later(3)).await.expect("asked");
        let closing = Closing { resolution: "resolved".into(), verdict: Verdict::Left };
        close(&house.db, &duty(), &house.policy, &incident.id, &closing, later(4)).await.expect("closed");
        let standing = async |name: &str| get_ticket(&house.db, &duty(), name).await.expect("asked").expect("there");
        let (report, calls) = (standing(&number).await, "SELECT COUNT(*) FROM response_mention");
        assert_eq!(report.state, TicketState::Resolved);
        let called = house.db.read_int(calls, &[]).await.expect("counted");
        let mails = [
            old("2@harbour.example", "1@harbour.example", "from 192.0.2.77"),
            old("3@isp.example", &asked.message_id, "DONE"),
        ];
        let outcomes = take_past(&house.db, &office, &mails, later(5)).await.expect("taken");
        assert!(outcomes.iter().all(|one| one.kind == OutcomeKind::Reply), "{outcomes:?}");
        let after = standing(&number).await;
        assert_eq!((after.state, after.closed, after.changed), (TicketState::Resolved, report.closed, report.changed));
        assert_eq!(after.messages, report.messages + 1);
        assert!(!house.get(&incident.id).await.state.is_live());
        assert_eq!(standing(&block.id).await.state, TicketState::PendingActivation);
        assert_eq!(house.db.read_int(calls, &[]).await.expect("counted"), called);
        let waits = "SELECT waits_for FROM response_ticket WHERE number = $1";
        let row = house.db.read_one(waits, &[(&number).into()]).await.expect("asked").expect("there");
        assert_eq!(row.text(0).expect("text"), "them", "we wrote last");
        let known = observables_of(&house.db, &after.id, 100).await.expect("read");
        assert!(known.iter().any(|one| one.value == "192.0.2.77"), "it is looked into: {known:?}");
    });
}

#[test]
fn many_held_mails_are_decided_at_once_and_wait_again_with_one_undo() {
    on_both(|house| async move {
        let house = &house;
        let office = Arc::new(office(house).await);
        let first = mail(ANA, "help", "1@harbour.example", "", "x");
        let number = brought(house, &office, &first, NOON).await.ticket.expect("a number");
        let named = get_ticket(&house.db, &duty(), &number).await.expect("asked").expect("there");
        let mut held = Vec::new();
        for at in 0..4 {
            let subject = format!("Re: [cirt #{number}] offer {at}");
            let bytes = mail("x@spam.example", &subject, &format!("s{at}@spam.example"), "", "buy lanterns");
            let one = brought(house, &office, &bytes, later(1)).await;
            assert_eq!(one.kind, OutcomeKind::Quarantined);
            held.push(one.message);
        }
        let many = many_held(Arc::clone(&office), house.blobs.clone());
        for bad in [json!({}), json!({ "do": "join" }), json!({ "do": "discard", "why": "spam" }), json!([1])] {
            assert!(many.read(&bad).is_err(), "{bad}");
        }
        let at_once = |step: &str| many.at_once(&json!({ "do": step }));
        assert!(at_once("report") <= 20 && at_once("discard") > 20, "mails are read again while others wait");
        let make = async |who: &Viewer, step: &str, ids: &[String]| {
            let change = many.read(&json!({ "do": step })).expect("a change");
            let bulk = begin(&house.db, &*many, who, &change, ids, "/mail/held", later(2)).await.expect("chosen");
            go_on(&house.db, &*many, who, &bulk, later(2)).await.expect("made")
        };
        let told = async |bulk: &Bulk| {
            let all = rows(&house.db, &bulk.id, 0, 100).await.expect("read");
            all.into_iter().map(|row| (row.outcome, row.reason)).collect::<Vec<_>>()
        };
        let waiting = async || loose_messages(&house.db, true, 10).await.expect("read");
        let as_it_was = |outcome| (outcome, String::new());

        // Nobody decides about what they may not see.
        let blind = make(&person("blind", Tlp::Clear), "discard", &held[..1]).await;
        assert_eq!(told(&blind).await, [(BulkOutcome::Refused, "no-message".to_string())]);
        assert_eq!(waiting().await.len(), 4);

        let asked = [held[0].clone(), held[1].clone(), "nowhere".to_string()];
        let discarded = make(&duty(), "discard", &asked).await;
        let gone = (BulkOutcome::Refused, "not-found".to_string());
        assert_eq!(told(&discarded).await, [as_it_was(BulkOutcome::Changed), as_it_was(BulkOutcome::Changed), gone]);
        assert_eq!(waiting().await.len(), 2);
        assert_eq!(house.verbs(&named.id).await.iter().filter(|verb| verb.as_str() == "message_discarded").count(), 2);
        take_back(&house.db, &*many, &duty(), &discarded, later(3)).await.expect("undone");
        let back = waiting().await;
        assert!(back.len() == 4 && back.iter().all(|one| one.held_for == named.id), "{back:?}");
        let verbs = house.verbs(&named.id).await;
        assert_eq!(verbs.iter().filter(|verb| verb.as_str() == "message_held_again").count(), 2, "{verbs:?}");
        assert!(!verbs.iter().any(|verb| verb == "ticket_restored"), "the ticket itself was not changed: {verbs:?}");

        let reports = make(&duty(), "report", &held[2..]).await;
        assert_eq!(told(&reports).await, [as_it_was(BulkOutcome::Changed), as_it_was(BulkOutcome::Changed)]);
        let all = list_tickets(&house.db, &duty(), Some(Kind::Report), None, 10).await.expect("read");
        let mut made: Vec<_> = all.into_iter().filter(|one| one.correspondent == "x@spam.example").collect();
        made.sort_by(|a, b| a.subject.cmp(&b.subject));
        assert_eq!((made.len(), made[0].state, made[0].messages), (2, TicketState::New, 1));
        // Somebody works on the second: that one stays.
        assign_ticket(&house.db, &duty(), &made[1].number, "duty", later(4)).await.expect("assigned");
        take_back(&house.db, &*many, &duty(), &reports, later(5)).await.expect("undone");
        let left = (BulkOutcome::Left, "changed".to_string());
        assert_eq!(told(&reports).await, [as_it_was(BulkOutcome::Restored), left]);
        assert_eq!(waiting().await.len(), 3);
        let first = get_ticket(&house.db, &duty(), &made[0].number).await.expect("asked").expect("there");
        assert_eq!((first.state, first.messages), (TicketState::Rejected, 0));
        // What it says leads to the mail again, and not to the report that is none.
        let found = seek(&house.db, &duty(), "lanterns", 10).await.expect("sought");
        assert!(!found.iter().any(|one| matches!(one, Found::Ticket(one) if one.id == first.id)), "{found:?}");
        // A mail that waits again can be decided again.
        let again = make(&duty(), "discard", &held).await;
        assert_eq!(told(&again).await.iter().filter(|(outcome, _)| *outcome == BulkOutcome::Changed).count(), 3);
    });
}
