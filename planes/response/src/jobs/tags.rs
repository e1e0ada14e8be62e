//! Tags of incidents and tickets, put on and taken off.

use manara_model::{Micros, Viewer};
use manara_store::Db;
use serde_json::json;

use super::tickets::ticket_journal;
use super::{Refusal, ResponseError, begin, finish, workable};
use crate::incident::Incident;
use crate::tag::{Taxonomies, tag, told, with, without};
use crate::ticket::Ticket;
use crate::{sql_tag, sql_ticket};

/// What is typed or chosen, as it is kept.
fn read(typed: &[String]) -> Result<Vec<String>, Refusal> {
    if typed.is_empty() {
        return Err(Refusal::Tag);
    }
    typed.iter().map(|text| tag(text).ok_or(Refusal::Tag)).collect()
}

/// The column after tags were put on or taken off.
pub(super) fn changed(
    taxonomies: &Taxonomies,
    column: &str,
    tags: &[String],
    is_there: bool,
) -> Result<String, Refusal> {
    match is_there {
        true => with(taxonomies, column, tags).ok_or(Refusal::TooManyItems),
        false => Ok(without(column, tags)),
    }
}

/// Puts tags on an incident, or takes them off.
pub async fn tag_incident(
    db: &Db,
    viewer: &Viewer,
    taxonomies: &Taxonomies,
    name: &str,
    (typed, is_there): (&[String], bool),
    now: Micros,
) -> Result<Incident, ResponseError> {
    let tags = read(typed)?;
    let mut tx = begin(db, now).await?;
    let mut one = workable(&mut tx, viewer, name.into()).await?;
    let after = changed(taxonomies, &one.tags, &tags, is_there)?;
    if after == one.tags {
        return Ok(one); // The form may be sent twice.
    }
    sql_tag::set_tags(&mut tx, ("incident", &one.id), (&one.tags, &after), &viewer.name, now).await?;
    let changes = json!({ "changes": [["tags", told(&one.tags), told(&after)]] });
    one.tags = after;
    finish(tx, one, &viewer.name, "tags_changed", changes, now).await
}

/// Puts tags on a ticket, or takes them off.
pub async fn tag_ticket(
    db: &Db,
    viewer: &Viewer,
    taxonomies: &Taxonomies,
    name: &str,
    (typed, is_there): (&[String], bool),
    now: Micros,
) -> Result<Ticket, ResponseError> {
    let tags = read(typed)?;
    let mut tx = begin(db, now).await?;
    let mut one = sql_ticket::get_in(&mut tx, viewer, name).await?.ok_or(Refusal::NoTicket)?;
    let after = changed(taxonomies, &one.tags, &tags, is_there)?;
    if after == one.tags {
        return Ok(one); // The form may be sent twice.
    }
    sql_tag::set_tags(&mut tx, ("ticket", &one.id), (&one.tags, &after), &viewer.name, now).await?;
    let changes = json!({ "changes": [["tags", told(&one.tags), told(&after)]] });
    one.tags = after;
    one.version += 1;
    one.changed = now;
    sql_ticket::put(&mut tx, std::slice::from_ref(&one)).await?;
    ticket_journal(&mut tx, &viewer.name, "tags_changed", &one, changes, now).await?;
    tx.commit().await?;
    Ok(one)
}
