//! A thousand records changed at once, and changed back: given to somebody, rejected, linked to one incident.

use std::time::Instant;

use anyhow::{Context as _, ensure};
use manara_model::{Micros, Severity, Tlp, Viewer};
use manara_response::{Impact, NewIncident, Pap, Policy, get, many_incidents, many_tickets, open};
use manara_web::bulk::{Many, Outcome, begin, go_on, rows, take_back};
use serde_json::{Value, json};

use super::{Line, served};
use crate::house::House;

/// Records that are changed at once.
const MANY: i64 = 1_000;
/// The most that a change, or its undo, may take, in milliseconds.
const GOAL_MS: f64 = 1_000.0;

const INCIDENTS: &str =
    "SELECT id FROM response_incident WHERE state IN ('new', 'open') ORDER BY created DESC, id DESC LIMIT $1";
/// Of many incidents: those of the one with the most would be all there are.
const REPORTS: &str = "
    SELECT t.id FROM response_ticket t
     WHERE t.closed = '' AND t.merged_into = '' AND (t.kind || '') = 'report' AND NOT EXISTS
        (SELECT 1 FROM response_ticket_incident l WHERE l.ticket_id = t.id AND l.incident_id = $2)
     ORDER BY t.created DESC, t.id DESC LIMIT $1";

/// Makes each change once, and takes it back. `wide` is the number of the incident with the most reports.
pub async fn measure(house: &House, viewer: &Viewer, wide: &str) -> anyhow::Result<Vec<Line>> {
    let (db, policy) = (&house.db, Policy::built_in()?);
    let of_wide = get(db, viewer, wide).await?.context("the incident with the most reports is gone")?.id;
    let new = NewIncident {
        id: String::new(),
        title: "What a thousand reports are linked to".into(),
        taxonomy: "fraud".into(),
        kind: "phishing".into(),
        impact: Impact::Low,
        urgency: Severity::Low,
        tlp: Tlp::Amber,
        pap: Pap::USUAL,
        owner: String::new(),
        due: None,
        constituents: Vec::new(),
    };
    let taker = open(db, viewer, &policy, &new, &[], Micros::now()).await?.number;
    let ids = |found: Vec<manara_store::Row>| found.iter().map(|row| row.text(0)).collect::<Result<Vec<String>, _>>();
    let incidents = ids(db.read(INCIDENTS, &[MANY.into()]).await?)?;
    let reports = ids(db.read(REPORTS, &[MANY.into(), (&of_wide).into()]).await?)?;
    let (many_incidents, many_tickets) = (many_incidents(policy), many_tickets());
    let mut lines = Vec::new();
    for (what, many, change, ids) in [
        ("assign", &many_incidents, json!({ "do": "assign", "person": served::NAME }), &incidents),
        ("reject", &many_tickets, json!({ "do": "move", "state": "rejected" }), &reports),
        ("link", &many_tickets, json!({ "do": "link", "incident": taker }), &reports),
    ] {
        lines.extend(both_ways(house, viewer, &**many, (what, &change), ids).await?);
    }
    Ok(lines)
}

/// One change and its undo: each from the choice of its records to its last transaction.
async fn both_ways(
    house: &House,
    viewer: &Viewer,
    many: &dyn Many,
    (what, change): (&str, &Value),
    ids: &[String],
) -> anyhow::Result<[Line; 2]> {
    let now = Micros::now();
    let start = Instant::now();
    let bulk = begin(&house.db, many, viewer, change, ids, "", now).await?;
    let bulk = go_on(&house.db, many, viewer, &bulk, now).await?;
    let changed = start.elapsed();
    let told = rows(&house.db, &bulk.id, 0, MANY).await?;
    let count = told.iter().filter(|row| row.outcome == Outcome::Changed).count();
    ensure!(count == ids.len(), "bulk {what}: {count} of {} were changed", ids.len());
    let start = Instant::now();
    take_back(&house.db, many, viewer, &bulk, Micros::now()).await?;
    let undone = start.elapsed();
    let told = rows(&house.db, &bulk.id, 0, MANY).await?;
    let back = told.iter().filter(|row| row.outcome == Outcome::Restored).count();
    ensure!(back == ids.len(), "the undo of bulk {what}: {back} of {} were restored", ids.len());
    let remark = format!("{count} of {}", many.list().0);
    Ok([
        Line::of(&format!("bulk {what} 1,000"), vec![changed], GOAL_MS).saying(remark.clone()),
        Line::of(&format!("undo of bulk {what} 1,000"), vec![undone], GOAL_MS).saying(remark),
    ])
}
