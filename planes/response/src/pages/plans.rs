//! Lists over a tenth of the size they are made for: each is read in the order of an index, and gives what it should.

use manara_model::{Mailboxes, Micros, Tlp, Viewer};
use manara_store::{Arg, Db, migrate};

use super::list::{INCIDENTS, find_incidents};
use super::tickets::{ADDRESSES, DRAFTS, HELD, QUEUE, TICKETS, find_tickets};
use super::work::{STAGES, TASKS};
use crate::made::{COMMON_WORD, Desk, MIDDLE_WORD, RARE_WORD, Size, make};
use crate::{sql, sql_ticket, words};

/// Noon of 2026-01-15.
const NOON: Micros = Micros(1_768_478_400_000_000);
const INCIDENTS_MADE: usize = 100_000;

/// How a list is asked for, and the index in whose order it is read.
const INCIDENT_LISTS: [(&str, &str); 17] = [
    ("state=live", "response_incident_live"),
    ("state=live&sort=severity", "response_incident_live_severity"),
    ("state=live&sort=due", "response_incident_live_due"),
    ("state=live&sort=changed", "response_incident_live_changed"),
    ("state=live&sort=findings", "response_incident_live_findings"),
    ("state=live&sort=owner", "response_incident_live_owner"),
    ("state=live&show=unowned", "response_incident_live_of_owner"),
    ("state=live&severity=high_up", "response_incident_live"),
    ("state=new", "response_incident_live"),
    ("state=all", "response_incident_created"),
    ("state=all&sort=severity", "response_incident_severity"),
    ("state=all&sort=due", "response_incident_due"),
    ("state=all&sort=changed", "response_incident_changed"),
    ("state=all&sort=findings", "response_incident_findings"),
    ("state=closed&class=fraud", "response_incident_created"),
    ("state=resolved", "response_incident_created"),
    ("state=all&owner=handler7", "response_incident_of_owner"),
];
const TICKET_LISTS: [(&str, &str); 14] = [
    ("state=live", "response_ticket_live"),
    ("state=live&sort=due", "response_ticket_live_due"),
    ("state=live&sort=changed", "response_ticket_live_changed"),
    ("state=live&sort=owner", "response_ticket_live_owner"),
    ("state=live&kind=report", "response_ticket_live"),
    ("state=live&show=unanswered", "response_ticket_live"),
    ("state=live&owner=handler7", "response_ticket_live_of_owner"),
    ("state=all", "response_ticket_newest"),
    ("state=all&sort=due", "response_ticket_due"),
    ("state=all&sort=changed", "response_ticket_changed"),
    ("state=all&sort=owner", "response_ticket_owner"),
    ("state=all&kind=countermeasure", "response_ticket_created"),
    ("state=all&mailbox=desk3@cirt.example", "response_ticket_newest"),
    ("state=all&constituent=bench-00003", "response_ticket_constituent"),
];

const TASK_LISTS: [(&str, &str); 10] = [
    ("state=open&show=mine", "response_task_open_owner"),
    ("state=open&show=unowned", "response_task_open_owner"),
    ("state=open&show=all", "response_task_open_due"),
    ("state=open&show=late", "response_task_open_due"),
    ("state=open&due=2026-01-20", "response_task_open_due"),
    ("state=open&sort=changed", "response_task_open_changed"),
    ("state=done", "response_task_due"),
    ("state=done&owner=handler7", "response_task_owner"),
    ("state=all", "response_task_due"),
    ("state=all&sort=changed", "response_task_changed"),
];
const STAGE_LISTS: [(&str, &str); 5] = [
    ("state=running", "response_clock_stage_due"),
    ("state=late", "response_clock_stage_due"),
    ("state=running&due=2026-01-20", "response_clock_stage_due"),
    ("state=met", "response_clock_stage_counted"),
    ("state=all", "response_clock_stage_counted"),
];

fn pairs(query: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(query.as_bytes()).map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}

/// Whether a step reads a table from one end to the other, or sorts what it read.
fn is_slow(step: &str) -> bool {
    let is_scan = step.starts_with("SCAN") && !step.contains("INDEX") && !step.contains("VIRTUAL");
    is_scan || step.contains("TEMP B-TREE FOR ORDER BY")
}

async fn desk(folder: &std::path::Path) -> (Db, Desk) {
    let db = Db::open_sqlite(&folder.join("state.sqlite")).await.expect("SQLite");
    migrate(&db, &[manara_store::SCHEMA, manara_web::SCHEMA, crate::SCHEMA]).await.expect("migrated");
    let size = Size { incidents: INCIDENTS_MADE, message_bytes: 1_500 };
    let desk = make(&db, size, NOON, |_| ()).await.expect("made");
    (db, desk)
}

#[tokio::test]
async fn tasks_stages_and_mail_are_read_in_the_order_of_an_index() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = Db::open_sqlite(&folder.path().join("state.sqlite")).await.expect("SQLite");
    migrate(&db, &[manara_store::SCHEMA, manara_web::SCHEMA, crate::SCHEMA]).await.expect("migrated");
    let all = Viewer::cleared("nobody", Tlp::Red);
    let mailboxes = Mailboxes::parse("desk3@cirt.example usual").expect("mailboxes");
    let limited = Viewer { mailboxes, ..all.clone() };
    for viewer in [&all, &limited] {
        let tasks: [Arg<'_>; 3] = [viewer.into(), "nobody".into(), NOON.into()];
        let stages: [Arg<'_>; 2] = [viewer.into(), NOON.into()];
        let mail: [Arg<'_>; 3] = [viewer.into(), "nobody".into(), NOON.plus_days(-7).into()];
        let lists = TASK_LISTS
            .iter()
            .map(|list| (&TASKS, list, &tasks[..]))
            .chain(STAGE_LISTS.iter().map(|list| (&STAGES, list, &stages[..])))
            .chain([(&HELD, &("", "response_message_held"), &mail[..])])
            .chain([(&DRAFTS, &("", "response_release_waiting"), &mail[..])])
            .chain([(&DRAFTS, &("show=others", "response_release_waiting"), &mail[..])])
            .chain([(&ADDRESSES, &("state=hard", "response_address_at"), &mail[..])])
            .chain([(&QUEUE, &("state=failed", "response_delivery_waiting"), &mail[..])])
            .chain([(&QUEUE, &("show=undelivered", "response_delivery_waiting"), &mail[..])]);
        for (spec, (query, index), args) in lists {
            let ask = spec.read_pairs(&pairs(query)).expect(query);
            let plan = ask.plan(&db, args).await.expect("a plan");
            assert!(plan[0].ends_with(index) || plan[0].contains(&format!("{index} (")), "{query}: {plan:?}");
            assert!(!plan.iter().any(|step| is_slow(step)), "{query}: {plan:?}");
        }
    }
}

#[tokio::test]
async fn what_clocks_ask_of_an_incident_is_read_by_the_incident() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = Db::open_sqlite(&folder.path().join("state.sqlite")).await.expect("SQLite");
    migrate(&db, &[manara_store::SCHEMA, manara_web::SCHEMA, crate::SCHEMA]).await.expect("migrated");
    for sql in [sql_ticket::FIRST_REPORT, sql_ticket::FIRST_ANSWER] {
        let rows = db.read(&format!("EXPLAIN QUERY PLAN {sql}"), &["an incident".into()]).await.expect("a plan");
        let plan: Vec<String> = rows.iter().map(|row| row.text(3).expect("a step")).collect();
        assert!(plan[0].contains("(incident_id=?)"), "{plan:?}");
        let rest: Vec<&String> = plan[1..].iter().filter(|step| step.starts_with("SEARCH")).collect();
        assert!(rest.iter().all(|step| step.contains("(id=?)") || step.contains("(ticket_id=?")), "{plan:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_list_is_read_in_the_order_of_an_index_and_is_right() {
    let folder = tempfile::tempdir().expect("a folder");
    let (db, desk) = desk(folder.path()).await;
    let nobody = "nobody";
    let viewer = Viewer::cleared(nobody, Tlp::Red);
    let mailboxes = Mailboxes::parse("desk3@cirt.example usual").expect("mailboxes");
    let limited = Viewer { mailboxes, ..viewer.clone() };
    let days = [0, -1, -7, -30].map(|days| Arg::from(NOON.plus_days(days)));
    let [now, day, week, month] = days;
    let incident_args_of =
        |viewer: &Viewer| [viewer.into(), nobody.into(), now.clone(), day.clone(), week.clone(), month.clone()];
    let incident_args = incident_args_of(&viewer);
    for (query, index) in INCIDENT_LISTS {
        let ask = INCIDENTS.read_pairs(&pairs(query)).expect(query);
        // Whoever sees some mailboxes alone reads in the order of the same index.
        for viewer in [&viewer, &limited] {
            let plan = ask.plan(&db, &incident_args_of(viewer)).await.expect("a plan");
            assert!(plan[0].ends_with(index) || plan[0].contains(&format!("{index} (")), "{query}: {plan:?}");
            assert!(!plan.iter().any(|step| is_slow(step)), "{query}: {plan:?}");
        }
    }
    let ticket_args_of = |viewer: &Viewer| [viewer.into(), nobody.into(), now.clone(), week.clone()];
    let ticket_args = ticket_args_of(&viewer);
    for (query, index) in TICKET_LISTS {
        let ask = TICKETS.read_pairs(&pairs(query)).expect(query);
        for viewer in [&viewer, &limited] {
            let plan = ask.plan(&db, &ticket_args_of(viewer)).await.expect("a plan");
            assert!(plan[0].ends_with(index) || plan[0].contains(&format!("{index} (")), "{query}: {plan:?}");
            assert!(!plan.iter().any(|step| is_slow(step)), "{query}: {plan:?}");
        }
    }
    // What is found is what a walk through all would find.
    let live = INCIDENTS.read_pairs(&pairs("state=live&sort=due&rows=200")).expect("a query");
    let live = live.fetch(&db, &incident_args, sql::incident).await.expect("read").rows;
    let mut all = Vec::new();
    loop {
        let after = all.last().map_or(String::new(), |one: &crate::Incident| one.id.clone());
        let more = sql::list(&db, &viewer, None, &after, 5_000).await.expect("read");
        if more.is_empty() {
            break;
        }
        all.extend(more);
    }
    assert_eq!(all.len(), desk.incidents);
    let mut want: Vec<&crate::Incident> = all.iter().filter(|one| one.state.is_live()).collect();
    want.sort_by_key(|one| (one.due, one.id.clone()));
    let ids = |some: &[&crate::Incident]| some.iter().map(|one| one.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&live.iter().collect::<Vec<_>>()), ids(&want[..200]));
    let owners = sql::owners(&db, &viewer).await.expect("read");
    assert_eq!(owners.len(), 50);
    let counts = sql_ticket::ticket_counts(&db, &viewer, NOON).await.expect("counted");
    let unowned = TICKETS.read_pairs(&pairs("state=live&show=unowned")).expect("a query");
    let unowned = unowned.fetch_all(&db, &ticket_args, 100_000, sql_ticket::ticket).await.expect("read");
    assert_eq!(counts.unowned, unowned.len() as i64);
    let unanswered = TICKETS.read_pairs(&pairs("state=live&show=unanswered")).expect("a query");
    let unanswered = unanswered.fetch_all(&db, &ticket_args, 100_000, sql_ticket::ticket).await.expect("read");
    assert_eq!(counts.unanswered, unanswered.len() as i64);
    // Words: seldom, sometimes, everywhere, two of them, and the beginning of one.
    for (text, least) in
        [(RARE_WORD, 1), (MIDDLE_WORD, 10), (COMMON_WORD, 50), ("incident phishing", 50), ("phishi", 50)]
    {
        let found = words::seek(&db, &viewer, text, 50).await.expect("found");
        assert!(found.len() >= least && found.len() <= 50, "{text}: {}", found.len());
        let listed = TICKETS.read_pairs(&[("q".into(), text.into()), ("state".into(), "all".into())]).expect("a query");
        let plan = listed.plan(&db, &ticket_args).await.expect("a plan");
        assert!(plan[0].contains("(id=?)"), "{text}: {plan:?}");
        let listed =
            INCIDENTS.read_pairs(&[("q".into(), text.into()), ("state".into(), "all".into())]).expect("a query");
        let plan = listed.plan(&db, &incident_args).await.expect("a plan");
        assert!(plan[0].contains("(id=?)"), "{text}: {plan:?}");
        // The best are weighed of the same, each once.
        let best = find_tickets(&db, &viewer, (text, true), 200, NOON).await.expect("found");
        let newest = find_tickets(&db, &viewer, (text, false), 200, NOON).await.expect("found");
        assert_eq!(best.len(), newest.len(), "{text}");
        let ids: std::collections::HashSet<&str> = best.iter().map(|one| one.id.as_str()).collect();
        assert_eq!(ids.len(), best.len(), "{text}");
        let best = find_incidents(&db, &viewer, (text, true), 200, NOON).await.expect("found");
        assert_eq!(best.len(), find_incidents(&db, &viewer, (text, false), 200, NOON).await.expect("found").len());
    }
    // A thing that a great part speaks of is looked up in as few steps as one that nobody else knows.
    let long = sql::get(&db, &viewer, &desk.long).await.expect("read").expect("there");
    let seen = crate::sql_observable::seen_elsewhere(&db, &viewer, &long.id).await.expect("read");
    assert_eq!(seen.iter().filter(|one| one.href().starts_with("/tickets/")).count(), 50);
}
