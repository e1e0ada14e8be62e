//! A thousand rows of a list changed at once by its form, and one undo: all stand as before, but for what others changed meanwhile.

use manara_model::{Tlp, Viewer};
use manara_response::{
    Incident, Kind, State, Ticket, TicketState, assign, assign_ticket, list, list_tickets, move_ticket, observables_of,
    reopen, tickets_of_incident, unlink_ticket,
};
use manara_store::columns;
use manara_web::Role;

use crate::follow::{brought, later, mail, office};
use crate::house::{House, NOON, duty, on_both, person};
use crate::pages::{Reader, door};

const MANY: usize = 1_000;

/// Lets what a table has be there a thousand times, each with names of its own: opening so many is not what is tested here.
async fn copies(house: &House, table: &str, own: &[&str]) {
    let mut tx = house.db.begin().await.expect("begun");
    let columns = columns(&mut tx, table).await.expect("columns");
    let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
    let value = |name: &&str| match own.contains(name) {
        true => format!("w.{name} || '-' || CAST(n.i AS TEXT)"),
        false => format!("w.{name}"),
    };
    let copy = format!(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {})
         INSERT INTO {table} ({}) SELECT {} FROM {table} w, n",
        MANY - 1,
        names.join(", "),
        names.iter().map(value).collect::<Vec<_>>().join(", ")
    );
    tx.run_script(&copy).await.expect("copied");
    tx.commit().await.expect("kept");
}

/// A thousand reports that came by mail, each due by the policy and speaking of something of its own.
async fn reports(house: &House) -> Vec<Ticket> {
    let office = office(house).await;
    let one = mail("Ana <ana@harbour.example>", "spam", "1@harbour.example", "", "see 192.0.2.7");
    brought(house, &office, &one, NOON).await;
    copies(house, "response_ticket", &["id", "number"]).await;
    copies(house, "response_due", &["incident_id"]).await;
    copies(house, "response_observable", &["record_id", "value"]).await;
    let all = tickets(house).await;
    assert!(all.len() == MANY && all.iter().all(|one| one.due.is_some() && one.state == TicketState::New));
    all
}

async fn tickets(house: &House) -> Vec<Ticket> {
    list_tickets(&house.db, &duty(), Some(Kind::Report), None, 5_000).await.expect("read")
}

async fn incidents(house: &House) -> Vec<Incident> {
    list(&house.db, &duty(), None, "", 5_000).await.expect("read")
}

/// What a report is, whenever and however often it was changed.
fn plain(one: &Ticket) -> Ticket {
    Ticket { version: 0, changed: NOON, ..one.clone() }
}

/// The same of an incident.
fn plain_incident(one: &Incident) -> Incident {
    Incident { version: 0, changed: NOON, ..one.clone() }
}

/// The form of a list: what is done, and the rows that are ticked.
fn ticked<'a>(step: &[(&'a str, &'a str)], ids: &'a [String]) -> Vec<(&'a str, &'a str)> {
    step.iter().copied().chain(ids.iter().map(|id| ("id", id.as_str()))).collect()
}

/// The page of the last change, by the undo that the list offers.
async fn last_change(reader: &mut Reader, list: &str) -> String {
    let page = reader.page(list).await.body;
    let (_, rest) = page.split_once("action=\"/bulk/").expect("an undo");
    let (id, _) = rest.split_once("/undo\"").expect("an undo");
    format!("/bulk/{id}")
}

/// Takes a change back with the button of the list; gives the page that tells what became of it.
async fn undone(reader: &mut Reader, change: &str, list: &str) -> String {
    let back = reader.post(&format!("{change}/undo"), list, &[("back", list)]).await;
    assert_eq!(back.header("location"), change, "something was left, and is told: {}", back.body);
    reader.page(change).await.body
}

/// How many rows of a change came out one way.
async fn count(reader: &mut Reader, change: &str, outcome: &str) -> usize {
    let rows = reader.get(&format!("{change}?format=csv")).await.body;
    rows.lines().filter(|line| line.contains(outcome)).count()
}

fn omar() -> Viewer {
    person("omar", Tlp::Red)
}

#[test]
fn a_thousand_reports_are_rejected_and_stand_as_before_after_one_undo() {
    on_both(|house: House| async move {
        let (house, db) = (&house, &house.db);
        let sign_in = door(house).await;
        let mut reader = sign_in(Role::Duty).await;
        let before = reports(house).await;
        let ids: Vec<String> = before.iter().map(|one| one.id.clone()).collect();
        let step = [("do", "move"), ("to", "rejected"), ("back", "/tickets")];
        let done = reader.post("/tickets/bulk", "/tickets", &ticked(&step, &ids)).await;
        assert_eq!(done.header("location"), "/tickets", "{}", done.body);
        let rejected = tickets(house).await;
        assert!(rejected.iter().all(|one| one.state == TicketState::Rejected && one.closed.is_some()));

        move_ticket(db, &omar(), &ids[3], None, TicketState::Open, later(5)).await.expect("opened again");
        assign_ticket(db, &omar(), &ids[7], "omar", later(5)).await.expect("given");
        let change = last_change(&mut reader, "/tickets").await;
        let page = undone(&mut reader, &change, "/tickets").await;
        assert!(page.contains("As before: 998. Left as they are: 2; the reasons are below."), "{page}");
        for at in [3, 7] {
            assert!(page.contains(&format!(">{}<", before[at].number)), "{}: {page}", before[at].number);
        }
        assert!(page.contains("somebody changed it since"), "{page}");
        assert_eq!(count(&mut reader, &change, ",restored,").await, 998);
        assert_eq!(count(&mut reader, &change, ",left,changed").await, 2);
        let after = tickets(house).await;
        assert_eq!((after[3].state, after[3].owner.as_str()), (TicketState::Open, ""));
        assert_eq!((after[7].state, after[7].owner.as_str()), (TicketState::Rejected, "omar"));
        for (at, (was, is)) in before.iter().zip(&after).enumerate() {
            assert!(at == 3 || at == 7 || plain(was) == plain(is), "{was:?} is {is:?}");
        }
    });
}

#[test]
fn what_another_changes_between_choosing_and_confirming_is_told_and_left() {
    on_both(|house: House| async move {
        let (house, db) = (&house, &house.db);
        let sign_in = door(house).await;
        let mut reader = sign_in(Role::Duty).await;
        let before = reports(house).await;
        let step = [("do", "move"), ("to", "rejected"), ("back", "/tickets"), ("all", "1")];
        let chosen = reader.post("/tickets/bulk", "/tickets", &step).await;
        let change = chosen.header("location").to_string();
        let page = reader.page(&change).await.body;
        assert!(page.contains("1,000") && page.contains(&format!("action=\"{change}/do\"")), "{page}");
        move_ticket(db, &omar(), &before[11].id, None, TicketState::Resolved, later(5)).await.expect("resolved");
        reader.post(&format!("{change}/do"), &change, &[]).await;
        let page = reader.page(&change).await.body;
        assert!(page.contains(&format!(">{}<", before[11].number)), "{page}");
        assert!(page.contains("its state does not allow it"), "{page}");
        assert_eq!(count(&mut reader, &change, ",changed,").await, 999);
        assert_eq!(count(&mut reader, &change, ",refused,ticket-not-from").await, 1);
        let rejected = tickets(house).await;
        assert_eq!(rejected[11].state, TicketState::Resolved);
        assert_eq!(rejected.iter().filter(|one| one.state == TicketState::Rejected).count(), 999);

        reader.post(&format!("{change}/undo"), &change, &[]).await;
        assert_eq!(count(&mut reader, &change, ",restored,").await, 999);
        let after = tickets(house).await;
        assert_eq!(after[11].state, TicketState::Resolved);
        for (at, (was, is)) in before.iter().zip(&after).enumerate() {
            assert!(at == 11 || plain(was) == plain(is), "{was:?} is {is:?}");
        }
    });
}

#[test]
fn a_thousand_reports_are_linked_to_one_incident_and_stand_as_before_after_one_undo() {
    on_both(|house: House| async move {
        let (house, db) = (&house, &house.db);
        let sign_in = door(house).await;
        let mut reader = sign_in(Role::Duty).await;
        let before = reports(house).await;
        let ids: Vec<String> = before.iter().map(|one| one.id.clone()).collect();
        let incident = house.open("A wave", &[], later(1)).await;
        let step = [("do", "link"), ("incident", incident.number.as_str()), ("back", "/tickets")];
        let done = reader.post("/tickets/bulk", "/tickets", &ticked(&step, &ids)).await;
        assert_eq!(done.header("location"), "/tickets", "{}", done.body);
        let linked = async || tickets_of_incident(db, &duty(), &incident.id, 5_000).await.expect("read");
        assert_eq!(linked().await.len(), MANY);
        let tied = tickets(house).await;
        assert!(tied.iter().all(|one| one.state == TicketState::Open && one.due.is_none()));
        // The incident learns what each of them speaks of.
        let each = observables_of(db, &ids[0], 10).await.expect("read").len();
        assert_eq!(observables_of(db, &incident.id, 5_000).await.expect("read").len(), MANY * each);
        let change = last_change(&mut reader, "/tickets").await;
        reader.post("/tickets/bulk", "/tickets", &ticked(&step, &ids[..2])).await;
        assert_eq!(linked().await.len(), MANY, "linked twice is once");

        unlink_ticket(db, &omar(), &ids[5], &incident.number, later(5)).await.expect("taken off");
        let page = undone(&mut reader, &change, "/tickets").await;
        let left = format!(">{}<", before[5].number);
        assert!(page.contains(&left) && page.contains("somebody changed it since"), "{page}");
        assert_eq!(count(&mut reader, &change, ",restored,").await, MANY - 1);
        assert_eq!(count(&mut reader, &change, ",left,changed").await, 1);
        assert!(linked().await.is_empty());
        let after = tickets(house).await;
        assert_eq!(after[5].state, TicketState::Open, "somebody else took it off, and it stays as they left it");
        for (at, (was, is)) in before.iter().zip(&after).enumerate() {
            assert!(at == 5 || plain(was) == plain(is), "{was:?} is {is:?}");
        }
        assert_eq!(house.get(&incident.id).await.due, incident.due);
    });
}

#[test]
fn a_thousand_incidents_are_closed_and_stand_as_before_after_one_undo() {
    on_both(|house: House| async move {
        let (house, db) = (&house, &house.db);
        let sign_in = door(house).await;
        let mut reader = sign_in(Role::Duty).await;
        let one = house.open("One", &[], NOON).await;
        assign(db, &duty(), &one.id, "handler", later(1)).await.expect("given");
        copies(house, "response_incident", &["id", "number"]).await;
        let before = incidents(house).await;
        let ids: Vec<String> = before.iter().map(|one| one.id.clone()).collect();
        assert_eq!(ids.len(), MANY);
        let step = [("do", "close"), ("resolution", "resolved"), ("verdict", "left"), ("back", "/incidents")];
        let done = reader.post("/incidents/bulk", "/incidents", &ticked(&step, &ids)).await;
        assert_eq!(done.header("location"), "/incidents", "{}", done.body);
        let closed = incidents(house).await;
        assert!(closed.iter().all(|one| one.state == State::Resolved && one.closed.is_some()));

        reopen(db, &omar(), &ids[2], "They called back.", later(5)).await.expect("opened again");
        let change = last_change(&mut reader, "/incidents").await;
        let page = undone(&mut reader, &change, "/incidents").await;
        assert!(page.contains("As before: 999. Left as they are: 1; the reasons are below."), "{page}");
        let left = format!(">{}<", before[2].number);
        assert!(page.contains(&left) && page.contains("somebody changed it since"), "{page}");
        assert_eq!(count(&mut reader, &change, ",restored,").await, MANY - 1);
        let after = incidents(house).await;
        assert_eq!((after[2].state, after[2].closed), (State::Open, None));
        for (at, (was, is)) in before.iter().zip(&after).enumerate() {
            assert!(at == 2 || plain_incident(was) == plain_incident(is), "{was:?} is {is:?}");
        }
    });
}
