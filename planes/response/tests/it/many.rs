//! Changes of many incidents.

use manara_model::Tlp;
use manara_response::{
    Closing, Kind, NewTask, NewTicket, Source, State, TicketState, Verdict, add_task, close, get_ticket,
    give_to_mailbox, link_ticket, list_tickets, move_ticket, notes, open_ticket, reopen,
};
use manara_store::columns;
use manara_web::bulk::{Bulk, BulkRow, BulkState, Outcome, begin, go_on, last, rows, take_back};
use serde_json::{Value, json};

use crate::house::{House, NOON, duty, finding, person};

async fn make(house: &House, change: &Value, ids: &[String]) -> Bulk {
    let many = manara_response::many_incidents(house.policy.clone());
    let change = many.read(change).expect("a change");
    let bulk = begin(&house.db, &*many, &duty(), &change, ids, "/incidents", NOON).await.expect("chosen");
    go_on(&house.db, &*many, &duty(), &bulk, NOON).await.expect("made")
}

async fn undo(house: &House, bulk: &Bulk) -> Bulk {
    let many = manara_response::many_incidents(house.policy.clone());
    take_back(&house.db, &*many, &duty(), bulk, NOON).await.expect("undone")
}

async fn told(house: &House, bulk: &Bulk) -> Vec<BulkRow> {
    rows(&house.db, &bulk.id, 0, 20_000).await.expect("read")
}

fn count(rows: &[BulkRow], outcome: Outcome) -> usize {
    rows.iter().filter(|row| row.outcome == outcome).count()
}

#[test]
fn a_change_of_many_has_one_undo_that_leaves_what_changed_since() {
    crate::house::on_both(|house: House| async move {
        let mut ids = Vec::new();
        for at in 0..5 {
            ids.push(house.open(&format!("Number {at}"), &[], NOON).await.id);
        }
        let closed = Closing { resolution: "resolved".into(), verdict: Verdict::Left };
        close(&house.db, &duty(), &house.policy, &ids[4], &closed, NOON).await.expect("closed");
        let mut asked = ids.clone();
        asked.extend(["nowhere".to_string(), ids[0].clone()]);
        let step = json!({ "do": "close", "resolution": "no-answer" });
        let bulk = make(&house, &step, &asked).await;
        let report = told(&house, &bulk).await;
        assert_eq!((report.len(), count(&report, Outcome::Changed), count(&report, Outcome::Refused)), (6, 4, 2));
        let why: Vec<(&str, &str)> = report[4..].iter().map(|row| (row.name.as_str(), row.reason.as_str())).collect();
        assert_eq!(why, [("INC-2026-0005", "not-from"), ("", "not-found")]);
        let again = make(&house, &step, &ids[..4]).await;
        assert_eq!(count(&told(&house, &again).await, Outcome::Same), 4);

        reopen(&house.db, &duty(), &ids[0], "Not yet", NOON).await.expect("open");
        let offered = last(&house.db, "response", "duty", NOON).await.expect("read").expect("one");
        assert_eq!(offered.id, again.id);
        assert!(last(&house.db, "response", "handler", NOON).await.expect("read").is_none());
        let other = manara_response::many_incidents(house.policy.clone());
        let denied = take_back(&house.db, &*other, &person("handler", Tlp::Red), &bulk, NOON).await;
        assert!(denied.is_err(), "only whoever made it takes it back");
        assert_eq!(undo(&house, &bulk).await.state, BulkState::Undone);
        let report = told(&house, &bulk).await;
        assert_eq!((count(&report, Outcome::Restored), count(&report, Outcome::Left)), (3, 1));
        assert_eq!(report[0].reason, "changed");
        assert_eq!(undo(&house, &bulk).await.state, BulkState::Undone, "twice is once");
        let after = house.get(&ids[1]).await;
        assert_eq!((after.state, after.resolution.as_str(), after.closed), (State::New, "", None));

        let taken = make(&house, &json!({ "do": "assign", "person": "duty" }), &ids[1..4]).await;
        let after = house.get(&ids[1]).await;
        assert_eq!((after.state, after.owner.as_str()), (State::Open, "duty"));
        undo(&house, &taken).await;
        let after = house.get(&ids[1]).await;
        assert_eq!((after.state, after.owner.as_str()), (State::New, ""));
    });
}

#[test]
fn the_verdict_of_many_stands_in_the_journal_and_so_does_its_undo() {
    crate::house::on_both(|house: House| async move {
        let one = house.open("One", &[finding("f1", "a", "192.0.2.1")], NOON).await;
        let step = json!({ "do": "close", "resolution": "resolved", "verdict": "fixed" });
        let bulk = make(&house, &step, std::slice::from_ref(&one.id)).await;
        assert_eq!(house.get(&one.id).await.verdict, Some(Verdict::Fixed));
        undo(&house, &bulk).await;
        assert_eq!(house.get(&one.id).await.verdict, None);
        let lines = manara_store::Journal::of_record(&house.db, "response", &one.id, 2).await.expect("read");
        for (line, verb) in lines.iter().zip(["incident_restored", "incident_closed"]) {
            let detail: Value = serde_json::from_str(&line.detail).expect("JSON");
            assert_eq!(line.verb, verb);
            assert_eq!((&detail["verdict"], &detail["bulk"]), (&json!("fixed"), &json!(bulk.id)));
        }
        let whole = manara_store::Journal::of_record(&house.db, "web", &bulk.id, 9).await.expect("read");
        assert_eq!(whole.iter().map(|line| line.verb.as_str()).collect::<Vec<_>>(), ["many_restored", "many_changed"]);
    });
}

#[test]
fn what_makes_no_sense_is_refused_before_anything_is_chosen() {
    let many = manara_response::many_incidents(manara_response::Policy::built_in().expect("sound"));
    for bad in [
        json!({}),
        json!({ "do": "merge" }),
        json!({ "do": "close" }),
        json!({ "do": "close", "resolution": "gone" }),
        json!({ "do": "close", "resolution": "resolved", "verdict": "perhaps" }),
        json!({ "do": "open", "person": "x" }),
        json!({ "do": "assign", "person": "x".repeat(41) }),
        json!([1]),
    ] {
        assert!(many.read(&bad).is_err(), "{bad}");
    }
    let read = many.read(&json!({ "do": "close", "resolution": "resolved" })).expect("good");
    assert_eq!(read["verdict"], "left");
}

#[test]
fn ten_thousand_are_changed_and_changed_back() {
    crate::house::on_both(|house: House| async move {
        house.open("One", &[], NOON).await;
        let mut tx = house.db.begin().await.expect("begun");
        // The same incident again and again: opening ten thousand is not what is tested here.
        let columns = columns(&mut tx, "response_incident").await.expect("columns");
        let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
        let value = |name: &&str| match *name {
            "id" | "number" => format!("w.{name} || '-' || CAST(n.i AS TEXT)"),
            name => format!("w.{name}"),
        };
        let copy = format!(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9999)
             INSERT INTO response_incident ({}) SELECT {} FROM response_incident w, n",
            names.join(", "),
            names.iter().map(value).collect::<Vec<_>>().join(", ")
        );
        tx.run_script(&copy).await.expect("copied");
        let rows = tx.read("SELECT id FROM response_incident ORDER BY id LIMIT 20000", &[]).await.expect("read");
        tx.commit().await.expect("kept");
        let ids: Vec<String> = rows.iter().map(|row| row.text(0).expect("an id")).collect();
        assert_eq!(ids.len(), 10_000);
        let bulk = make(&house, &json!({ "do": "assign", "person": "duty" }), &ids).await;
        assert_eq!(bulk.state, BulkState::Done);
        assert_eq!(count(&told(&house, &bulk).await, Outcome::Changed), 10_000);
        undo(&house, &bulk).await;
        assert_eq!(count(&told(&house, &bulk).await, Outcome::Restored), 10_000);
        assert_eq!(house.get(&ids[9_999]).await.owner, "");
    });
}

fn ticket_of(incident: &str) -> NewTicket {
    NewTicket {
        id: String::new(),
        kind: Kind::Investigation,
        source: Source::Person,
        subject: "please look".into(),
        class: ("other".into(), "undetermined".into()),
        tlp: Tlp::Amber,
        owner: String::new(),
        correspondent: "noc@isp.example".into(),
        correspondent_name: String::new(),
        language: "en".into(),
        incident: incident.into(),
        target: (String::new(), String::new()),
        due: None,
    }
}

#[test]
fn closing_many_names_those_with_open_tasks_and_its_undo_brings_tickets_back_as_they_were() {
    crate::house::on_both(|house: House| async move {
        let db = &house.db;
        let free = house.open("Free", &[], NOON).await;
        let busy = house.open("Busy", &[], NOON).await;
        let task = NewTask { title: "Ask the hoster".into(), ..NewTask::default() };
        add_task(db, &duty(), &busy.id, &task, NOON).await.expect("added");
        let mut tickets = Vec::new();
        for one in [&free, &busy] {
            tickets.push(open_ticket(db, &duty(), &ticket_of(&one.number), &[], NOON).await.expect("opened"));
        }
        // A report of both incidents ends when both do.
        let shared = NewTicket { kind: Kind::Report, ..ticket_of(&free.number) };
        let shared = open_ticket(db, &duty(), &shared, &[], NOON).await.expect("opened");
        link_ticket(db, &duty(), &shared.id, &busy.id, NOON).await.expect("linked");
        let ids = [free.id.clone(), busy.id.clone()];
        let close = json!({ "do": "close", "resolution": "resolved" });
        let bulk = make(&house, &close, &ids).await;
        let report = told(&house, &bulk).await;
        let how: Vec<_> = report.iter().map(|row| (row.outcome, row.reason.as_str())).collect();
        assert_eq!(how, [(Outcome::Changed, ""), (Outcome::Refused, "tasks-open")]);
        let state = async |name: &str| get_ticket(db, &duty(), name).await.expect("asked").expect("there").state;
        assert_eq!(state(&tickets[0].id).await, TicketState::Resolved);
        assert_eq!((state(&tickets[1].id).await, state(&shared.id).await), (TicketState::Open, TicketState::Open));
        undo(&house, &bulk).await;
        assert_eq!(state(&tickets[0].id).await, tickets[0].state);

        let close = json!({ "do": "close", "resolution": "resolved", "reason": "The hoster is gone." });
        let bulk = make(&house, &close, &ids).await;
        assert_eq!(count(&told(&house, &bulk).await, Outcome::Changed), 2);
        let said = notes(db, &busy.id, 10).await.expect("read");
        assert_eq!(said.iter().map(|note| note.body.as_str()).collect::<Vec<_>>(), ["The hoster is gone."]);
        assert!(notes(db, &free.id, 10).await.expect("read").is_empty(), "nothing of it was open");
        let line = manara_store::Journal::of_record(db, "response", &busy.id, 1).await.expect("read").remove(0);
        let detail: Value = serde_json::from_str(&line.detail).expect("JSON");
        assert_eq!((&detail["tasks_open"], &detail["checks_open"]), (&json!(1), &json!(0)), "{detail}");
        for one in tickets.iter().chain([&shared]) {
            assert_eq!(state(&one.id).await, TicketState::Resolved);
        }
        // What somebody changed since stays as it is: the ticket, and the incident that opened again with it.
        move_ticket(db, &duty(), &tickets[1].id, None, TicketState::Open, NOON).await.expect("opened again");
        undo(&house, &bulk).await;
        for (one, was) in [(&free, State::New), (&busy, State::Open)] {
            assert_eq!(house.get(&one.id).await.state, was);
        }
        for one in [&tickets[0], &tickets[1], &shared] {
            let after = get_ticket(db, &duty(), &one.id).await.expect("asked").expect("there");
            assert_eq!((after.state, after.closed), (one.state, None), "{}", one.number);
        }
    });
}

#[test]
fn many_are_closed_with_their_tickets_and_opened_again_with_them() {
    crate::house::on_both(|house: House| async move {
        let mut ids = Vec::new();
        for at in 0..60 {
            let one = house.open(&format!("Number {at}"), &[], NOON).await;
            open_ticket(&house.db, &duty(), &ticket_of(&one.number), &[], NOON).await.expect("opened");
            ids.push(one.id);
        }
        let bulk = make(&house, &json!({ "do": "close", "resolution": "resolved" }), &ids).await;
        assert_eq!(count(&told(&house, &bulk).await, Outcome::Changed), 60);
        let live = list_tickets(&house.db, &duty(), None, Some(TicketState::Open), 1_000).await.expect("read");
        assert!(live.is_empty());
        undo(&house, &bulk).await;
        let live = list_tickets(&house.db, &duty(), None, Some(TicketState::Open), 1_000).await.expect("read");
        assert_eq!(live.len(), 60);
    });
}

#[test]
fn a_report_that_got_the_mailbox_of_an_incident_gives_it_back_with_the_undo() {
    crate::house::on_both(|house: House| async move {
        let db = &house.db;
        let office = crate::mailboxes::office(&house).await;
        let incident = house.open("At the ministries", &[], NOON).await;
        let incident =
            give_to_mailbox(db, &duty(), &office, &incident.id, "gov@cirt.example", NOON).await.expect("given");
        let called = NewTicket { kind: Kind::Report, source: Source::Telephone, ..ticket_of("") };
        let called = open_ticket(db, &duty(), &called, &[], NOON).await.expect("opened");
        let stands = async || get_ticket(db, &duty(), &called.id).await.expect("asked").expect("there");
        let many = manara_response::many_tickets();
        let change = many.read(&json!({ "do": "link", "incident": incident.number })).expect("a change");
        let ids = std::slice::from_ref(&called.id);
        let bulk = begin(db, &*many, &duty(), &change, ids, "/tickets", NOON).await.expect("chosen");
        let bulk = go_on(db, &*many, &duty(), &bulk, NOON).await.expect("made");
        let tied = stands().await;
        assert_eq!((tied.mailbox.as_str(), tied.state), ("gov@cirt.example", TicketState::Open));
        take_back(db, &*many, &duty(), &bulk, NOON).await.expect("undone");
        let back = stands().await;
        assert_eq!((back.mailbox.as_str(), back.state), ("", TicketState::New));
    });
}
