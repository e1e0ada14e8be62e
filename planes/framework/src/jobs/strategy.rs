//! What is done to the records of the strategy. Every function is one transaction with its line of the journal.

use manara_model::{Micros, Viewer};
use manara_store::{Db, Journal, StoreError, Tx};
use serde_json::{Value, json};

use super::{FrameworkError, Refusal, new_id};
use crate::PLANE;
use crate::catalogue::Catalogue;
use crate::sql_strategy as sql;
use crate::strategy::{Function, Part, RECORDS, Record, Review, Stakeholder, Undertaking, goals};

/// Writes one line of the journal. Never what the record says: who reads the journal may not see it.
async fn journal(
    tx: &mut Tx,
    viewer: &Viewer,
    (record, done): (Record, &str),
    id: &str,
    more: Value,
    now: Micros,
) -> Result<(), StoreError> {
    let verb = format!("{}_{done}", record.as_str());
    Journal::write(tx, &viewer.name, PLANE, &verb, id, &more.to_string(), now).await
}

/// The id of a record that is saved: its own when it stands as the writer saw it, a new one when it is new.
async fn placed(
    tx: &mut Tx,
    viewer: &Viewer,
    record: Record,
    (id, version): (&str, i64),
    now: Micros,
) -> Result<(String, &'static str), FrameworkError> {
    if id.is_empty() {
        return match sql::count(tx, record).await? {
            RECORDS.. => Err(Refusal::TooMany.into()),
            _ => Ok((new_id(now), "added")),
        };
    }
    let found = sql::version(tx, viewer, record, id).await?.ok_or(Refusal::NotFound)?;
    if found == version { Ok((id.to_string(), "changed")) } else { Err(Refusal::Stale.into()) }
}

/// What a stakeholder is to some goals of a catalogue; nothing takes the part away.
pub type Parts<'p> = (&'p Catalogue, &'p [(String, Option<Part>)]);

/// Adds a stakeholder, or changes one with what it is to some goals; gives the id. One alone answers for a goal.
pub async fn save_stakeholder(
    db: &Db,
    viewer: &Viewer,
    one: &Stakeholder,
    parts: Option<Parts<'_>>,
    now: Micros,
) -> Result<String, FrameworkError> {
    let mut one = one.checked()?;
    if let Some((catalogue, parts)) = parts
        && parts.iter().any(|(item, _)| !goals(catalogue).any(|goal| goal.ref_id == *item))
    {
        return Err(Refusal::Item.into());
    }
    let mut tx = db.begin().await?;
    let (id, done) = placed(&mut tx, viewer, Record::Stakeholder, (&one.id, one.version), now).await?;
    one.id = id;
    sql::put_stakeholder(&mut tx, &one, now).await?;
    journal(&mut tx, viewer, (Record::Stakeholder, done), &one.id, json!({}), now).await?;
    if let Some((_, parts)) = parts.filter(|(_, parts)| !parts.is_empty()) {
        for (item, part) in parts {
            if *part == Some(Part::Accountable) && sql::has_other_accountable(&mut tx, item, &one.id).await? {
                return Err(Refusal::Accountable.into());
            }
            sql::put_part(&mut tx, (&one.id, item), *part, &viewer.name, now).await?;
        }
        let detail = json!({ "goals": parts.len() });
        journal(&mut tx, viewer, (Record::Stakeholder, "placed"), &one.id, detail, now).await?;
    }
    tx.commit().await?;
    Ok(one.id)
}

/// Adds an undertaking, or changes one; gives the id.
pub async fn save_undertaking(
    db: &Db,
    viewer: &Viewer,
    catalogue: Option<&Catalogue>,
    one: &Undertaking,
    now: Micros,
) -> Result<String, FrameworkError> {
    let mut one = one.checked(catalogue)?;
    if one.tlp > viewer.clearance {
        return Err(Refusal::Clearance.into());
    }
    let mut tx = db.begin().await?;
    let (id, done) = placed(&mut tx, viewer, Record::Undertaking, (&one.id, one.version), now).await?;
    one.id = id;
    sql::put_undertaking(&mut tx, &one, now).await?;
    let detail = json!({ "state": one.progress.as_str() });
    journal(&mut tx, viewer, (Record::Undertaking, done), &one.id, detail, now).await?;
    tx.commit().await?;
    Ok(one.id)
}

/// Adds a critical function, or changes one; gives the id.
pub async fn save_function(db: &Db, viewer: &Viewer, one: &Function, now: Micros) -> Result<String, FrameworkError> {
    let mut one = one.checked()?;
    if one.tlp > viewer.clearance {
        return Err(Refusal::Clearance.into());
    }
    let mut tx = db.begin().await?;
    for needs in &one.needs {
        sql::version(&mut tx, viewer, Record::Function, needs).await?.ok_or(Refusal::NotFound)?;
    }
    let (id, done) = placed(&mut tx, viewer, Record::Function, (&one.id, one.version), now).await?;
    one.id = id;
    sql::put_function(&mut tx, viewer, &one, now).await?;
    journal(&mut tx, viewer, (Record::Function, done), &one.id, json!({}), now).await?;
    tx.commit().await?;
    Ok(one.id)
}

/// Adds a review, or changes one; gives the id.
pub async fn save_review(db: &Db, viewer: &Viewer, one: &Review, now: Micros) -> Result<String, FrameworkError> {
    let mut one = one.checked()?;
    let mut tx = db.begin().await?;
    let (id, done) = placed(&mut tx, viewer, Record::Review, (&one.id, one.version), now).await?;
    one.id = id;
    sql::put_review(&mut tx, &one, now).await?;
    journal(&mut tx, viewer, (Record::Review, done), &one.id, json!({ "kind": one.kind }), now).await?;
    tx.commit().await?;
    Ok(one.id)
}

/// Notes that a review was done today; one that comes again gets its next day, one that does not is taken off the calendar.
pub async fn review_done(db: &Db, viewer: &Viewer, one: &Review, now: Micros) -> Result<Review, FrameworkError> {
    let mut tx = db.begin().await?;
    placed(&mut tx, viewer, Record::Review, (&one.id, one.version), now).await?;
    let next = Review { version: one.version + 1, ..one.done(&now.day()) };
    sql::put_review(&mut tx, &next, now).await?;
    if next.every_months == 0 {
        sql::remove(&mut tx, Record::Review, &one.id, now).await?;
    }
    journal(&mut tx, viewer, (Record::Review, "done"), &one.id, json!({ "next": next.next }), now).await?;
    tx.commit().await?;
    Ok(next)
}

/// Takes a record out of sight.
pub async fn remove_record(
    db: &Db,
    viewer: &Viewer,
    record: Record,
    id: &str,
    now: Micros,
) -> Result<(), FrameworkError> {
    let mut tx = db.begin().await?;
    if record != Record::Stakeholder {
        sql::version(&mut tx, viewer, record, id).await?.ok_or(Refusal::NotFound)?;
    }
    if !sql::remove(&mut tx, record, id, now).await? {
        return Err(Refusal::NotFound.into());
    }
    journal(&mut tx, viewer, (record, "removed"), id, json!({}), now).await?;
    tx.commit().await?;
    Ok(())
}

/// Brings a record back that was taken out of sight.
pub async fn restore_record(
    db: &Db,
    viewer: &Viewer,
    record: Record,
    id: &str,
    now: Micros,
) -> Result<(), FrameworkError> {
    let mut tx = db.begin().await?;
    if !sql::restore(&mut tx, record, id).await? {
        return Err(Refusal::NotFound.into());
    }
    if record != Record::Stakeholder {
        // What may not be seen is not brought back: the transaction ends here without it.
        sql::version(&mut tx, viewer, record, id).await?.ok_or(Refusal::NotFound)?;
    }
    journal(&mut tx, viewer, (record, "restored"), id, json!({}), now).await?;
    tx.commit().await?;
    Ok(())
}
