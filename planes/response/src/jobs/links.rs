//! What belongs to an incident: findings, and other incidents.

use manara_model::{Micros, Viewer};
use manara_store::Db;
use serde_json::json;

use super::open::attach;
use super::{Refusal, ResponseError, Wanted, begin, finish, journal, standing, workable};
use crate::incident::{FindingInput, Incident};
use crate::sql;

/// Links findings to an incident; says how many were not linked before.
pub async fn link<'a>(
    db: &Db,
    viewer: &Viewer,
    name: impl Into<Wanted<'a>>,
    findings: &[FindingInput],
    now: Micros,
) -> Result<(Incident, usize), ResponseError> {
    let mut tx = begin(db, now).await?;
    let mut one = workable(&mut tx, viewer, name.into()).await?;
    let ids: Vec<&str> = findings.iter().map(|finding| finding.id.as_str()).collect();
    let there = sql::linked_already(&mut tx, &one.id, &ids).await?;
    let new: Vec<&FindingInput> = findings.iter().filter(|finding| !there.contains(&finding.id)).collect();
    if new.is_empty() {
        return Ok((one, 0));
    }
    attach(&mut tx, &mut one, &new, now).await?;
    let count = new.len();
    let done = finish(tx, one, &viewer.name, "findings_linked", json!({ "findings": count }), now).await?;
    Ok((done, count))
}

/// Takes findings off an incident; says how many. No rule puts them back.
pub async fn unlink<'a>(
    db: &Db,
    viewer: &Viewer,
    name: impl Into<Wanted<'a>>,
    findings: &[String],
    now: Micros,
) -> Result<(Incident, u64), ResponseError> {
    let mut tx = begin(db, now).await?;
    let mut one = workable(&mut tx, viewer, name.into()).await?;
    let ids: Vec<&str> = findings.iter().map(String::as_str).collect();
    let count = sql::remove_findings(&mut tx, &one.id, &ids, now).await?;
    if count == 0 {
        return Ok((one, 0));
    }
    sql::recount(&mut tx, &mut one).await?;
    let done = finish(tx, one, &viewer.name, "findings_unlinked", json!({ "findings": count }), now).await?;
    Ok((done, count))
}

/// Relates two incidents; false when they were related.
pub async fn relate<'a>(
    db: &Db,
    viewer: &Viewer,
    name: impl Into<Wanted<'a>>,
    other: &str,
    now: Micros,
) -> Result<bool, ResponseError> {
    set_related(db, viewer, (name.into(), other), true, now).await
}

/// Takes the relation of two incidents back; false when there was none.
pub async fn unrelate<'a>(
    db: &Db,
    viewer: &Viewer,
    name: impl Into<Wanted<'a>>,
    other: &str,
    now: Micros,
) -> Result<bool, ResponseError> {
    set_related(db, viewer, (name.into(), other), false, now).await
}

async fn set_related(
    db: &Db,
    viewer: &Viewer,
    (name, other): (Wanted<'_>, &str),
    related: bool,
    now: Micros,
) -> Result<bool, ResponseError> {
    let mut tx = begin(db, now).await?;
    let one = standing(&mut tx, viewer, name).await?;
    let other = sql::get_in(&mut tx, viewer, other).await?.ok_or(Refusal::NotFound)?;
    if one.id == other.id {
        return Err(Refusal::Itself.into());
    }
    if !sql::set_related(&mut tx, (&one.id, &other.id), related, &viewer.name, now).await? {
        return Ok(false);
    }
    let verb = if related { "incidents_related" } else { "incidents_unrelated" };
    for (this, that) in [(&one, &other), (&other, &one)] {
        journal(&mut tx, &viewer.name, verb, this, json!({ "other": that.number }), now).await?;
    }
    tx.commit().await?;
    Ok(true)
}
