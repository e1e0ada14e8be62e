//! What was told twice, and what was told at once: due times, markings and letters of tickets that are merged, parted and divided.

use manara_model::{Micros, Tlp};
use manara_response::mail::{MailHouse, OutcomeKind};
use manara_response::{
    Change, Decision, Draft, Incident, Kind, Message, MessageKind, State, Ticket, TicketChange, TicketState,
    change as change_incident, change_ticket, decide_held, launch, link_ticket, list_tickets, merge, merge_ticket,
    messages_of, move_message, move_ticket, participants, split, split_ticket, unlink_ticket, write_message,
};
use manara_store::Journal;

use crate::follow::{brought, later, mail, office, standing};
use crate::house::{House, NOON, duty, new, on_both};

/// A report that came by mail from an address of that name.
async fn report(house: &House, office: &MailHouse, name: &str, at: Micros) -> Ticket {
    let bytes = mail(&format!("{name}@{name}.example"), name, &format!("1@{name}.example"), "", "see 192.0.2.1");
    standing(house, &brought(house, office, &bytes, at).await.ticket.expect("a number")).await
}

async fn launched(house: &House, report: &Ticket, at: Micros) -> Incident {
    launch(&house.db, &duty(), &house.policy, &report.number, &new("one"), at).await.expect("launched").1
}

async fn answer(house: &House, office: &MailHouse, one: &Ticket, at: Micros) {
    let draft = Draft { id: String::new(), to: Vec::new(), subject: String::new(), body: "We look.".into() };
    write_message(&house.db, &duty(), office, &one.number, &draft, at).await.expect("written");
}

async fn mark(house: &House, one: &Ticket, tlp: Tlp, at: Micros) -> Ticket {
    let change = TicketChange { tlp, ..TicketChange::of(one) };
    change_ticket(&house.db, &duty(), &one.number, one.version, &change, at).await.expect("marked")
}

/// The mail that a ticket came with.
async fn first_mail(house: &House, one: &Ticket) -> Message {
    let all = messages_of(&house.db, &one.id, ("", ""), 20).await.expect("read");
    all.into_iter().find(|one| !one.kind.is_ours()).expect("a mail")
}

async fn give(
    house: &House,
    office: &MailHouse,
    (from, message): (&Ticket, &str),
    to: Option<&str>,
) -> (Ticket, Ticket) {
    let names = (from.id.as_str(), message);
    move_message(&house.db, &duty(), (office, &house.blobs), names, to, later(9)).await.expect("moved")
}

/// More lines about a record than anybody reads at once.
async fn busy(house: &House, record: &str) {
    let mut tx = house.db.begin().await.expect("begun");
    let lines = vec![("ticket_tagged", record, "{}"); 1_100];
    Journal::write_many(&mut tx, "duty", "response", &lines, later(5)).await.expect("written");
    tx.commit().await.expect("committed");
}

#[test]
fn a_due_time_of_the_policy_comes_along_only_where_it_counts() {
    on_both(|house: House| async move {
        let house = &house;
        let office = office(house).await;
        let of = async |name: &str| report(house, &office, name, NOON).await;
        // Of an incident: that says until when.
        let (held, gone) = (of("held").await, of("gone").await);
        let incident = launched(house, &held, later(1)).await;
        let whole = merge_ticket(&house.db, &duty(), &gone.number, &held.number, later(2)).await.expect("merged");
        assert_eq!((whole.due, house.get(&incident.id).await.due), (None, incident.due));
        // Answered.
        let (told, gone) = (of("told").await, of("second").await);
        answer(house, &office, &told, later(1)).await;
        let whole = merge_ticket(&house.db, &duty(), &gone.number, &told.number, later(2)).await.expect("merged");
        assert_eq!(whole.due, None);
        // Both wait: the older says until when, and the answer meets it.
        let earlier = report(house, &office, "earlier", later(-60)).await;
        let whole = of("whole").await;
        let merged = merge_ticket(&house.db, &duty(), &earlier.number, &whole.number, later(2)).await.expect("merged");
        assert_eq!(merged.due, earlier.due);
        split_ticket(&house.db, &duty(), &earlier.number, later(3)).await.expect("split");
        assert_eq!(standing(house, &whole.number).await.due, whole.due);
        merge_ticket(&house.db, &duty(), &earlier.number, &whole.number, later(4)).await.expect("merged");
        answer(house, &office, &whole, later(5)).await;
        assert_eq!(standing(house, &whole.number).await.due, None);
        // After it came apart, too.
        let (earlier, whole) = (report(house, &office, "old", later(-60)).await, of("late").await);
        merge_ticket(&house.db, &duty(), &earlier.number, &whole.number, later(2)).await.expect("merged");
        split_ticket(&house.db, &duty(), &earlier.number, later(3)).await.expect("split");
        answer(house, &office, &whole, later(5)).await;
        assert_eq!(standing(house, &whole.number).await.due, None);
    });
}

#[test]
fn a_report_that_is_taken_off_its_incident_is_due_by_the_policy_again() {
    on_both(|house: House| async move {
        let house = &house;
        let office = office(house).await;
        let one = report(house, &office, "one", NOON).await;
        let incident = house.open("one", &[], NOON).await;
        let other = house.open("other", &[], NOON).await;
        for to in [&incident, &other] {
            link_ticket(&house.db, &duty(), &one.number, &to.number, later(1)).await.expect("linked");
        }
        let off = async |from: &Incident, at| {
            unlink_ticket(&house.db, &duty(), &one.number, &from.number, later(at)).await.expect("taken off").due
        };
        assert_eq!(off(&incident, 2).await, None, "the other says until when");
        assert_eq!((off(&other, 3).await, one.due.is_some()), (one.due, true));
        link_ticket(&house.db, &duty(), &one.number, &incident.number, later(4)).await.expect("linked");
        answer(house, &office, &one, later(5)).await;
        assert_eq!(off(&incident, 6).await, None, "it is answered");
        // With a merger, and off with its end.
        let (tied, free) = (report(house, &office, "tied", NOON).await, report(house, &office, "free", NOON).await);
        launched(house, &tied, later(1)).await;
        let whole = merge_ticket(&house.db, &duty(), &tied.number, &free.number, later(2)).await.expect("merged");
        assert_eq!(whole.due, None);
        split_ticket(&house.db, &duty(), &tied.number, later(3)).await.expect("split");
        assert_eq!(standing(house, &free.number).await.due, free.due);
    });
}

#[test]
fn an_incident_is_marked_as_what_it_learns_from() {
    on_both(|house: House| async move {
        let house = &house;
        let office = office(house).await;
        let red = async |name: &str| mark(house, &report(house, &office, name, NOON).await, Tlp::Red, later(1)).await;
        let (strict, lax) = (red("strict").await, report(house, &office, "lax", NOON).await);
        let incident = launched(house, &lax, later(1)).await;
        assert_eq!(incident.tlp, Tlp::Amber);
        merge_ticket(&house.db, &duty(), &strict.number, &lax.number, later(2)).await.expect("merged");
        assert_eq!(house.get(&incident.id).await.tlp, Tlp::Red);
        assert_eq!(house.verbs(&incident.id).await.last().map(String::as_str), Some("incident_changed"));
        split_ticket(&house.db, &duty(), &strict.number, later(3)).await.expect("split");
        let kept = (standing(house, &lax.number).await.tlp, house.get(&incident.id).await.tlp);
        assert_eq!(kept, (Tlp::Amber, Tlp::Red), "what it learnt it keeps");
        // Of what names nothing it learns nothing.
        let bare = mail("bare@bare.example", "bare", "1@bare.example", "", "nothing is named");
        let bare = standing(house, &brought(house, &office, &bare, NOON).await.ticket.expect("a number")).await;
        let (bare, lax) = (mark(house, &bare, Tlp::Red, later(1)).await, report(house, &office, "mild", NOON).await);
        let incident = launched(house, &lax, later(1)).await;
        merge_ticket(&house.db, &duty(), &bare.number, &lax.number, later(2)).await.expect("merged");
        assert_eq!(house.get(&incident.id).await.tlp, Tlp::Amber);
        // By one mail alone.
        let (strict, lax) = (red("other").await, report(house, &office, "plain", NOON).await);
        let incident = launched(house, &lax, later(1)).await;
        let message = first_mail(house, &strict).await;
        give(house, &office, (&strict, &message.id), Some(&lax.id)).await;
        assert_eq!(house.get(&incident.id).await.tlp, Tlp::Red);
    });
}

#[test]
fn a_merger_is_taken_back_however_much_was_done_since() {
    on_both(|house: House| async move {
        let house = &house;
        let office = office(house).await;
        let (gone, whole) = (report(house, &office, "gone", NOON).await, report(house, &office, "whole", NOON).await);
        merge_ticket(&house.db, &duty(), &gone.number, &whole.number, later(1)).await.expect("merged");
        busy(house, &gone.id).await;
        let back = split_ticket(&house.db, &duty(), &gone.number, later(6)).await.expect("split");
        assert_eq!(back.state, TicketState::New);
        assert_eq!(participants(&house.db, &whole.id).await.expect("read"), ["whole@whole.example"]);
        let (gone, whole) = (house.open("gone", &[], NOON).await, house.open("whole", &[], NOON).await);
        let strict = Change { tlp: Tlp::Red, ..Change::of(&gone) };
        change_incident(&house.db, &duty(), &house.policy, &gone.id, gone.version, &strict, NOON)
            .await
            .expect("marked");
        merge(&house.db, &duty(), &house.policy, &gone.id, &whole.id, later(1)).await.expect("merged");
        busy(house, &gone.id).await;
        let back = split(&house.db, &duty(), &gone.id, later(6)).await.expect("split");
        assert_eq!((back.state, house.get(&whole.id).await.tlp), (State::New, Tlp::Amber));
    });
}

#[test]
fn a_ticket_that_was_closed_before_its_merger_is_closed_since_then() {
    on_both(|house: House| async move {
        let house = &house;
        let office = office(house).await;
        let (gone, whole) = (report(house, &office, "gone", NOON).await, report(house, &office, "whole", NOON).await);
        move_ticket(&house.db, &duty(), &gone.number, None, TicketState::Resolved, later(1)).await.expect("closed");
        merge_ticket(&house.db, &duty(), &gone.number, &whole.number, later(2)).await.expect("merged");
        let back = split_ticket(&house.db, &duty(), &gone.number, later(3)).await.expect("split");
        assert_eq!((back.state, back.closed), (TicketState::Resolved, Some(later(1))));
    });
}

#[test]
fn a_message_that_is_moved_back_is_what_it_was_and_leaves_no_empty_report() {
    on_both(|house: House| async move {
        let house = &house;
        let office = office(house).await;
        let one = report(house, &office, "one", NOON).await;
        let tag = format!("Re: [CIRT #{}] one", one.number);
        let reply = mail("one@one.example", &tag, "2@one.example", "", "and another thing");
        let reply = brought(house, &office, &reply, later(1)).await.message;
        let kind = async |ticket: &Ticket| {
            let all = messages_of(&house.db, &ticket.id, ("", ""), 20).await.expect("read");
            all.into_iter().find(|one| one.id == reply).map(|one| one.kind)
        };
        let (_, fresh) = give(house, &office, (&one, &reply), None).await;
        assert_eq!((fresh.state, kind(&fresh).await), (TicketState::New, Some(MessageKind::Report)));
        let (empty, _) = give(house, &office, (&fresh, &reply), Some(&one.id)).await;
        assert_eq!((empty.messages, empty.state), (0, TicketState::Rejected));
        assert_eq!(kind(&one).await, Some(MessageKind::Reply));
        // What people opened, or what came by itself, stays for people to close.
        let other = report(house, &office, "other", NOON).await;
        let message = first_mail(house, &one).await;
        let (left, _) = give(house, &office, (&one, &message.id), Some(&other.id)).await;
        assert!(left.state.is_live());
        let (_, back) = give(house, &office, (&other, &message.id), Some(&one.id)).await;
        assert_eq!(
            (back.number.as_str(), first_mail(house, &one).await.kind),
            (one.number.as_str(), MessageKind::Report)
        );
        let live = list_tickets(&house.db, &duty(), Some(Kind::Report), None, 10).await.expect("read");
        let live: Vec<&str> = live.iter().filter(|one| one.state.is_live()).map(|one| one.number.as_str()).collect();
        assert_eq!(live.len(), 2, "{live:?}");
    });
}

#[test]
fn a_held_mail_is_let_into_what_its_ticket_was_merged_into() {
    on_both(|house: House| async move {
        let house = &house;
        let office = office(house).await;
        let (gone, whole) = (report(house, &office, "gone", NOON).await, report(house, &office, "whole", NOON).await);
        let tag = format!("Re: [CIRT #{}] gone", gone.number);
        let stranger = mail("x@else.example", &tag, "x@else.example", "", "me too");
        let held = brought(house, &office, &stranger, later(1)).await;
        assert_eq!(held.kind, OutcomeKind::Quarantined);
        merge_ticket(&house.db, &duty(), &gone.number, &whole.number, later(2)).await.expect("merged");
        let desk = (&office, &house.blobs);
        let joined = decide_held(&house.db, &duty(), desk, &held.message, Decision::Join, later(3)).await;
        assert_eq!(joined.expect("let in").map(|one| one.number), Some(whole.number));
    });
}
