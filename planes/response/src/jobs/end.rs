//! Ending an incident, opening it again, merging it into another and splitting it off.

use manara_model::{Micros, Tlp, Viewer};
use manara_store::{Db, StoreError, Tx};
use serde_json::{Value, json};

use super::follow::due_by_rule;
use super::own_fields::nothing_missing;
use super::ticket_merge::merger_of;
use super::tickets::{end_tickets, ticket_detail};
use super::{Refusal, ResponseError, Wanted, begin, finish, journal, new_id, standing, touch, workable, write_lines};
use crate::incident::{Incident, REASON_CHARS, State, Verdict, plain};
use crate::pap::Pap;
use crate::policy::{DUPLICATE, Policy};
use crate::task::Progress;
use crate::{sql, sql_task, sql_ticket};

/// How an incident ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// An id of the policy's resolutions.
    pub resolution: String,
    /// What it says of the findings.
    pub verdict: Verdict,
}

/// Closes an incident. What the verdict teaches follows by a flow.
pub async fn close<'a>(
    db: &Db,
    viewer: &Viewer,
    policy: &Policy,
    name: impl Into<Wanted<'a>>,
    closing: &Closing,
    now: Micros,
) -> Result<Incident, ResponseError> {
    let resolution = policy.resolution(&closing.resolution).ok_or(Refusal::Resolution)?;
    let mut tx = begin(db, now).await?;
    let mut one = workable(&mut tx, viewer, name.into()).await?;
    if one.state == resolution.state && one.resolution == resolution.id && one.verdict == Some(closing.verdict) {
        return Ok(one); // The form may be sent twice.
    }
    if resolution.state == State::Resolved {
        nothing_missing(&mut tx, &policy.own_fields, &one).await?;
    }
    let from = one.state;
    end(&mut one, resolution.state, &resolution.id, closing.verdict, now)?;
    end_tickets(&mut tx, &viewer.name, &[&one], now).await?;
    let open = Progress::of(&sql_task::tasks_in(&mut tx, &one.id).await?, now);
    let more = json!({ "from": from.as_str(), "to": one.state.as_str(), "resolution": one.resolution,
        "verdict": closing.verdict.as_str(), "tasks_open": open.all - open.ended, "checks_open": open.checks });
    finish(tx, one, &viewer.name, "incident_closed", more, now).await
}

/// Puts an incident into a closed state, if it may go there.
pub(super) fn end(
    one: &mut Incident,
    state: State,
    resolution: &str,
    verdict: Verdict,
    now: Micros,
) -> Result<(), Refusal> {
    if !one.state.may_become(state) {
        return Err(Refusal::NotFrom(one.state, state));
    }
    one.state = state;
    one.resolution = resolution.to_string();
    one.verdict = Some(verdict);
    one.closed = Some(now);
    Ok(())
}

/// Opens an incident again, and keeps the reason as a note. Its findings stay as they are.
pub async fn reopen<'a>(
    db: &Db,
    viewer: &Viewer,
    name: impl Into<Wanted<'a>>,
    reason: &str,
    now: Micros,
) -> Result<Incident, ResponseError> {
    let reason = plain(reason, REASON_CHARS).ok_or(Refusal::Text)?;
    let mut tx = begin(db, now).await?;
    let mut one = workable(&mut tx, viewer, name.into()).await?;
    if one.state.is_live() {
        return Ok(one); // The form may be sent twice.
    }
    let from = one.state;
    revive(&mut one);
    due_by_rule(&mut tx, &mut one, None).await?;
    let note = new_id(now);
    sql::add_note(&mut tx, &note, &one.id, &reason, &viewer.name, now).await?;
    let more = json!({ "from": from.as_str(), "to": one.state.as_str(), "note": note });
    finish(tx, one, &viewer.name, "incident_reopened", more, now).await
}

/// Takes the end back.
pub(super) fn revive(one: &mut Incident) {
    one.state = State::Open;
    one.resolution.clear();
    one.verdict = None;
    one.closed = None;
}

/// Merges an incident into another: its findings, notes, reports, investigations, countermeasures and all else it knows go over,
/// and so does what is still to come. It is closed as a duplicate and points to the other; [`split`] takes it back.
pub async fn merge<'a>(
    db: &Db,
    viewer: &Viewer,
    policy: &Policy,
    name: impl Into<Wanted<'a>>,
    into: &str,
    now: Micros,
) -> Result<Incident, ResponseError> {
    let resolution = policy.resolution(DUPLICATE).ok_or(Refusal::Resolution)?;
    let mut tx = begin(db, now).await?;
    let mut gone = standing(&mut tx, viewer, name.into()).await?;
    let mut whole = sql::get_in(&mut tx, viewer, into).await?.ok_or(Refusal::NotFound)?;
    if gone.id == whole.id {
        return Err(Refusal::Itself.into());
    }
    if gone.merged_into == whole.id {
        return Ok(whole); // The form may be sent twice.
    }
    if !gone.merged_into.is_empty() || !whole.merged_into.is_empty() {
        return Err(Refusal::Merged.into());
    }
    if !whole.state.is_live() {
        return Err(Refusal::IntoClosed.into());
    }
    let from = gone.state;
    if gone.state.is_live() {
        end(&mut gone, resolution.state, DUPLICATE, Verdict::Left, now)?;
    }
    gone.merged_into.clone_from(&whole.id);
    // What was marked more strictly stays so where it goes.
    let (tlp, pap) = (whole.tlp, whole.pap);
    whole.tlp = whole.tlp.max(gone.tlp);
    whole.pap = whole.pap.max(gone.pap);
    sql::move_over(&mut tx, &gone.id, &whole.id).await?;
    for one in [&mut gone, &mut whole] {
        sql::recount(&mut tx, one).await?;
        due_by_rule(&mut tx, one, None).await?;
        touch(one, now);
    }
    sql::put(&mut tx, &[gone.clone(), whole.clone()]).await?;
    let tickets = sql::moved_tickets(&mut tx, &gone.id).await?;
    tell_tickets(&mut tx, &viewer.name, &tickets, &whole, now).await?;
    let more = json!({ "into": whole.number, "from": from.as_str(), "to": gone.state.as_str(), "tickets": tickets.len(),
        "marked": [tlp.label(), whole.tlp.label(), pap.label(), whole.pap.label()] });
    journal(&mut tx, &viewer.name, "incident_merged", &gone, more, now).await?;
    journal(&mut tx, &viewer.name, "incident_joined", &whole, json!({ "other": gone.number }), now).await?;
    tx.commit().await?;
    Ok(whole)
}

/// Takes a merger back: what went over comes back, also from where it went since, and both stand as before it, but for what happened
/// meanwhile.
pub async fn split<'a>(
    db: &Db,
    viewer: &Viewer,
    name: impl Into<Wanted<'a>>,
    now: Micros,
) -> Result<Incident, ResponseError> {
    let mut tx = begin(db, now).await?;
    let mut one = standing(&mut tx, viewer, name.into()).await?;
    if one.merged_into.is_empty() {
        return Err(Refusal::NotMerged.into());
    }
    // What it was merged into, and what that was merged into since.
    let mut chain: Vec<Incident> = Vec::new();
    let mut next = one.merged_into.clone();
    while !next.is_empty() && chain.len() < sql::MERGERS {
        let whole = sql::get_in(&mut tx, viewer, &next).await?.ok_or(Refusal::NotFound)?;
        next.clone_from(&whole.merged_into);
        chain.push(whole);
    }
    let merger = merger_of(&mut tx, ("incident_merged", &one.id)).await?;
    let moved = sql::moved_tickets(&mut tx, &one.id).await?;
    let through: Vec<&str> = chain.iter().map(|whole| whole.id.as_str()).collect();
    sql::move_back(&mut tx, &one.id, &through).await?;
    one.merged_into.clear();
    let from = one.state;
    let before = merger.get("from").and_then(Value::as_str).and_then(State::parse).unwrap_or(State::Open);
    // What was closed by itself stays closed.
    if before.is_live() {
        revive(&mut one);
        one.state = before;
    }
    sql::put(&mut tx, std::slice::from_ref(&one)).await?;
    if let Some(whole) = chain.first_mut() {
        loosen(&mut tx, whole, &merger).await?;
    }
    for one in chain.iter_mut().chain([&mut one]) {
        sql::recount(&mut tx, one).await?;
        due_by_rule(&mut tx, one, None).await?;
        touch(one, now);
    }
    let all: Vec<Incident> = chain.iter().chain([&one]).cloned().collect();
    sql::put(&mut tx, &all).await?;
    let mut tickets = Vec::new();
    for ticket in moved {
        // Somebody may have taken it off the other meanwhile.
        if sql_ticket::incidents_of(&mut tx, &ticket).await?.contains(&one.id) {
            tickets.push(ticket);
        }
    }
    tell_tickets(&mut tx, &viewer.name, &tickets, &one, now).await?;
    let whole = chain.first().map(|whole| whole.number.as_str()).unwrap_or_default();
    let more = json!({ "other": whole, "from": from.as_str(), "to": one.state.as_str(), "tickets": tickets.len() });
    journal(&mut tx, &viewer.name, "incident_split", &one, more, now).await?;
    for whole in &chain {
        journal(&mut tx, &viewer.name, "incident_parted", whole, json!({ "other": one.number }), now).await?;
    }
    tx.commit().await?;
    Ok(one)
}

/// Takes back what a merger made stricter: only where nobody marked it anew since, and never below what it still holds.
async fn loosen(tx: &mut Tx, whole: &mut Incident, merger: &Value) -> Result<(), StoreError> {
    let marked = |at: usize| merger.get("marked").and_then(|all| all.get(at)).and_then(Value::as_str);
    let (tlp, pap) = (|at| marked(at).and_then(Tlp::parse), |at| marked(at).and_then(Pap::parse));
    let (held_tlp, held_pap) = sql::strictest_of_parts(tx, &whole.id).await?;
    if let Some(before) = tlp(0).filter(|_| tlp(1) == Some(whole.tlp)) {
        whole.tlp = whole.tlp.min(before.max(held_tlp));
    }
    if let Some(before) = pap(2).filter(|_| pap(3) == Some(whole.pap)) {
        whole.pap = whole.pap.min(before.max(held_pap));
    }
    Ok(())
}

/// Says in the journal of tickets which incident they belong to from now on.
async fn tell_tickets(tx: &mut Tx, who: &str, ids: &[String], one: &Incident, now: Micros) -> Result<(), StoreError> {
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let tickets = sql_ticket::some(tx, &Viewer::system(), &ids).await?;
    let mut lines: Vec<(String, String)> = tickets
        .into_values()
        .map(|ticket| (ticket.id.clone(), ticket_detail(&ticket, json!({ "incident": one.number }))))
        .collect();
    lines.sort();
    write_lines(tx, who, "ticket_linked", &lines, now).await
}
