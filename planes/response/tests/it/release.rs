//! Mail that leaves under four eyes.

use manara_model::{Micros, Tlp};
use manara_net::{MailConfig as Outwards, Mailer};
use manara_response::mail::{MailHouse, due, read, retry, send, stop, take};
use manara_response::{
    Config, DeliveryState, Draft, MailConfig, Message, MessageKind, Refusal, ReleaseState, ResponseError, Ticket,
    TicketChange, change_ticket, deliveries_of, get_ticket, messages_of, release_message, releases_of, return_message,
    ticket_counts, waiting_releases, withdraw_message, write_message,
};
use manara_web::{Lang, NewPerson, Role, ensure_first_users};

use crate::house::{House, MINUTE, NOON, duty, on_both, person};
use crate::pages::door;

fn later(minutes: i64) -> Micros {
    Micros(NOON.0 + minutes * MINUTE)
}

/// A house in which mail above amber waits for a second person, and a report marked so.
async fn office(house: &House, subject: &str) -> (MailHouse, Ticket) {
    let mail = MailConfig { plain_up_to: "RED".into(), four_eyes_above: "amber".into(), ..MailConfig::default() };
    let config = Config { mail, ..Config::default() };
    let office = MailHouse::open(&house.db, &config, ("CIRT", "cirt@cirt.example"), "en").await.expect("mail");
    let bytes = format!(
        "From: Ana <ana@harbour.example>\r\nTo: cirt@cirt.example\r\nSubject: {subject}\r\nMessage-ID: <1@h.example>\r\n\r\nx\r\n"
    );
    let one = read(&office, &house.blobs, bytes.as_bytes(), &["cirt@cirt.example".into()]).expect("read");
    let outcome = take(&house.db, &office, &[one], NOON).await.expect("taken").remove(0);
    let ticket = ticket(house, &outcome.ticket.expect("a number")).await;
    (office, ticket)
}

async fn ticket(house: &House, name: &str) -> Ticket {
    get_ticket(&house.db, &duty(), name).await.expect("asked").expect("there")
}

async fn write(house: &House, office: &MailHouse, ticket: &Ticket, at: i64) -> Message {
    let draft = Draft { id: String::new(), to: Vec::new(), subject: String::new(), body: "Please look.".into() };
    write_message(&house.db, &duty(), office, &ticket.id, &draft, later(at)).await.expect("written").1
}

async fn states(house: &House, message: &Message) -> Vec<DeliveryState> {
    let all = deliveries_of(&house.db, std::slice::from_ref(&message.id)).await.expect("read");
    all.iter().map(|one| one.state).collect()
}

async fn post(house: &House, office: &MailHouse, at: i64) -> usize {
    let mailer = Mailer::new(&Outwards { from: "CIRT <cirt@cirt.example>".into(), ..Outwards::default() });
    let jobs = due(&house.db, later(at)).await.expect("asked");
    let mailer = mailer.expect("made");
    send(&house.db, &house.blobs, &mailer, office, &jobs, later(at)).await.expect("sent").sent
}

fn refused<T: std::fmt::Debug>(did: Result<T, ResponseError>, why: Refusal) {
    assert!(matches!(did, Err(ResponseError::Refused(found)) if found == why), "{did:?}");
}

#[test]
fn strict_mail_waits_for_another_person_and_nothing_gets_around_that() {
    on_both(|house| async move {
        let house = &house;
        let (office, report) = office(house, "TLP:RED for you").await;
        post(house, &office, 1).await;
        let handler = person("handler", Tlp::Red);
        let message = write(house, &office, &report, 2).await;
        assert_eq!((message.kind, states(house, &message).await), (MessageKind::Draft, vec![DeliveryState::Waiting]));
        assert_eq!(ticket(house, &report.id).await.answered, None, "nobody was answered yet");
        assert_eq!(post(house, &office, 3).await, 0);
        // Neither another try nor the writer lets it go, nor whoever may not see it.
        let delivery = deliveries_of(&house.db, std::slice::from_ref(&message.id)).await.expect("read").remove(0).id;
        assert!(!retry(&house.db, "duty", &delivery, later(3)).await.expect("asked"));
        assert!(!stop(&house.db, "duty", &delivery, later(3)).await.expect("asked"));
        refused(release_message(&house.db, &duty(), &message.id, later(3)).await, Refusal::OwnMessage);
        let below = person("below", Tlp::Amber);
        refused(release_message(&house.db, &below, &message.id, later(3)).await, Refusal::NoTicket);
        assert!(waiting_releases(&house.db, &below, 10).await.expect("read").is_empty());
        let count = async |who| ticket_counts(&house.db, who, later(3)).await.expect("counted").waiting;
        assert_eq!((count(&handler).await, count(&duty()).await, count(&below).await), (1, 0, 0));
        // It goes back with a reason, and what is written anew waits again until it is taken back.
        refused(return_message(&house.db, &handler, &message.id, " ", later(4)).await, Refusal::Text);
        return_message(&house.db, &handler, &message.id, "Names too much.", later(4)).await.expect("returned");
        let said = releases_of(&house.db, std::slice::from_ref(&message.id)).await.expect("read").remove(0);
        assert_eq!((said.state, said.decided_by.as_str()), (ReleaseState::Returned, "handler"));
        assert_eq!(said.reason, "Names too much.");
        assert!(states(house, &message).await.is_empty(), "nothing of it waits any more");
        refused(release_message(&house.db, &handler, &message.id, later(5)).await, Refusal::NotWaiting);
        let second = write(house, &office, &report, 5).await;
        refused(withdraw_message(&house.db, &handler, &second.id, later(5)).await, Refusal::NotWriter);
        withdraw_message(&house.db, &duty(), &second.id, later(6)).await.expect("taken back");
        // Another lets the third go; twice is once.
        let third = write(house, &office, &report, 7).await;
        for at in [8, 9] {
            let (_, is_own) = release_message(&house.db, &handler, &third.id, later(at)).await.expect("let go");
            assert!(!is_own);
        }
        assert_eq!(ticket(house, &report.id).await.answered, Some(later(8)));
        assert_eq!(post(house, &office, 10).await, 1);
        assert_eq!(states(house, &third).await, [DeliveryState::Sent]);
        let all = messages_of(&house.db, &report.id, ("", ""), 20).await.expect("read");
        let sent = all.iter().find(|one| one.id == third.id).expect("there");
        assert_eq!((sent.kind, sent.at), (MessageKind::Sent, later(8)));
        let verbs = house.verbs(&report.id).await;
        for verb in ["message_drafted", "message_returned", "message_withdrawn", "message_released", "message_sent"] {
            assert!(verbs.iter().any(|known| known == verb), "{verb} is not in {verbs:?}");
        }
    });
}

#[test]
fn a_marking_that_became_stricter_keeps_back_what_was_on_its_way() {
    on_both(|house| async move {
        let house = &house;
        let (office, report) = office(house, "help").await;
        post(house, &office, 1).await;
        let message = write(house, &office, &report, 2).await;
        assert_eq!((message.kind, states(house, &message).await), (MessageKind::Sent, vec![DeliveryState::Queued]));
        let standing = ticket(house, &report.id).await;
        let change = TicketChange { tlp: Tlp::Red, ..TicketChange::of(&standing) };
        change_ticket(&house.db, &duty(), &report.id, standing.version, &change, later(3)).await.expect("changed");
        assert_eq!(post(house, &office, 4).await, 0);
        assert_eq!(states(house, &message).await, [DeliveryState::Waiting]);
        let handler = person("handler", Tlp::Red);
        return_message(&house.db, &handler, &message.id, "Wait.", later(5)).await.expect("returned");
        let delivery = deliveries_of(&house.db, std::slice::from_ref(&message.id)).await.expect("read").remove(0);
        assert_eq!(delivery.state, DeliveryState::Stopped);
        // Sent again, it comes to the same door.
        assert!(retry(&house.db, "duty", &delivery.id, later(6)).await.expect("asked"));
        assert_eq!((post(house, &office, 7).await, states(house, &message).await), (0, vec![DeliveryState::Waiting]));
        release_message(&house.db, &handler, &message.id, later(8)).await.expect("let go");
        assert_eq!((post(house, &office, 9).await, states(house, &message).await), (1, vec![DeliveryState::Sent]));
    });
}

#[test]
fn whoever_is_alone_lets_their_own_mail_go_and_the_record_says_so() {
    on_both(|house| async move {
        let house = &house;
        let (office, report) = office(house, "TLP:RED for you").await;
        let someone = |name: &str, role| NewPerson {
            name: name.into(),
            role,
            lang: Lang::En,
            password: "a short sentence".into(),
        };
        // A viewer looks on and is nobody to ask.
        let people = [someone("duty", Role::Duty), someone("guest", Role::Viewer)];
        ensure_first_users(&house.db, &people, NOON).await.expect("made");
        let message = write(house, &office, &report, 2).await;
        let (_, is_own) = release_message(&house.db, &duty(), &message.id, later(3)).await.expect("let go");
        assert!(is_own);
        let said = releases_of(&house.db, std::slice::from_ref(&message.id)).await.expect("read").remove(0);
        assert!(said.is_own && said.state == ReleaseState::Released);
        assert!(house.verbs(&report.id).await.contains(&"own_message_released".to_string()));
    });
}

#[test]
fn a_draft_goes_back_is_taken_again_and_is_let_go_by_forms() {
    on_both(|house| async move {
        let house = &house;
        let sign_in = door(house).await;
        let (office, report) = office(house, "TLP:RED for you").await;
        let message = write(house, &office, &report, 2).await;
        let (mut writer, mut other) = (sign_in(Role::Duty).await, sign_in(Role::Handler).await);
        let path = format!("/tickets/{}", report.number);
        let one = format!("{path}/messages/{}", message.id);
        assert!(writer.page("/mail").await.body.contains(&format!("{path}#message-{}", message.id)));
        let page = writer.page(&path).await.body;
        assert!(page.contains("Waiting for a second person") && page.contains("Withdraw and change"), "{page}");
        assert!(!other.page(&path).await.body.contains(&format!("{one}/withdraw")));
        writer.post(&format!("{one}/release"), &path, &[]).await;
        assert!(writer.page(&path).await.body.contains("somebody else has to release it"));
        other.post(&format!("{one}/return"), &path, &[("reason", "Names <too> much.")]).await;
        let page = writer.page(&path).await.body;
        assert!(page.contains("Names &lt;too&gt; much.") && page.contains("Write again"), "{page}");
        let form = writer.page(&format!("{path}/write?again={}", message.id)).await.body;
        assert!(form.contains("Please look.") && form.contains("ana@harbour.example"), "{form}");
        let second = write(house, &office, &report, 3).await;
        let one = format!("{path}/messages/{}", second.id);
        let back = writer.post(&format!("{one}/withdraw"), &path, &[]).await;
        assert!(back.header("location").contains(&format!("again={}", second.id)), "{}", back.header("location"));
        let third = write(house, &office, &report, 4).await;
        other.post(&format!("{path}/messages/{}/release", third.id), &path, &[]).await;
        assert_eq!(states(house, &third).await, [DeliveryState::Queued]);
        assert!(writer.page(&path).await.body.contains("Released"));
    });
}
