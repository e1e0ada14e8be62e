//! Notes: written, worded anew with the old wording kept, struck out.

use manara_model::{Micros, Viewer};
use manara_store::{Db, Tx};
use serde_json::json;

use super::tasks::call;
use super::{Refusal, ResponseError, begin, journal, new_id, workable};
use crate::incident::{Incident, NOTE_CHARS, Note, plain};
use crate::task::technique;
use crate::{sql, sql_task};

/// What a note tells of, besides its text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TellsOf {
    /// When it happened; none for now.
    pub happened: Option<Micros>,
    /// By which technique of MITRE ATT&CK, as people write it; empty for none.
    pub technique: String,
}

/// Writes a note and gives its id.
pub async fn add_note(db: &Db, viewer: &Viewer, name: &str, body: &str, now: Micros) -> Result<String, ResponseError> {
    add_event(db, viewer, name, (body, &TellsOf::default()), now).await
}

/// Writes a note of something that happened at its own time, which stands there in the timeline; gives its id.
pub async fn add_event(
    db: &Db,
    viewer: &Viewer,
    name: &str,
    (body, of): (&str, &TellsOf),
    now: Micros,
) -> Result<String, ResponseError> {
    let mut tx = begin(db, now).await?;
    let one = workable(&mut tx, viewer, name.into()).await?;
    let id = note_in(&mut tx, viewer, &one, (body, of), now).await?;
    tx.commit().await?;
    Ok(id)
}

/// The same inside a transaction.
pub(super) async fn note_in(
    tx: &mut Tx,
    viewer: &Viewer,
    one: &Incident,
    (body, of): (&str, &TellsOf),
    now: Micros,
) -> Result<String, ResponseError> {
    let body = plain(body, NOTE_CHARS).ok_or(Refusal::Text)?;
    if of.happened.is_some_and(|at| at > now) {
        return Err(Refusal::Future.into());
    }
    let technique = match of.technique.trim() {
        "" => String::new(),
        typed => technique(typed).ok_or(Refusal::Technique)?,
    };
    let id = new_id(now);
    sql::add_note(tx, &id, &one.id, &body, &viewer.name, now).await?;
    if of.happened.is_some() || !technique.is_empty() {
        sql::tells_of(tx, &id, of.happened, &technique).await?;
    }
    if !technique.is_empty() {
        sql_task::tag(tx, (&one.id, &technique, &id), true, &viewer.name, now).await?;
    }
    call(tx, one, ("note", &id), &body, &viewer.name, now).await?;
    let happened = of.happened.map(Micros::rfc3339);
    let more = json!({ "note": id, "happened": happened, "technique": technique });
    journal(tx, &viewer.name, "note_added", one, more, now).await?;
    Ok(id)
}

/// Words a note anew, if it is still in the version the form was filled in from.
pub async fn edit_note(
    db: &Db,
    viewer: &Viewer,
    (name, note): (&str, &str),
    version: i64,
    body: &str,
    now: Micros,
) -> Result<(), ResponseError> {
    let body = plain(body, NOTE_CHARS).ok_or(Refusal::Text)?;
    let mut tx = begin(db, now).await?;
    let one = workable(&mut tx, viewer, name.into()).await?;
    let before = unstruck(sql::note_in(&mut tx, &one.id, note).await?)?;
    if before.body == body {
        return Ok(()); // The form may be sent twice.
    }
    if before.version != version || !sql::edit_note(&mut tx, &before, &body, &viewer.name, now).await? {
        return Err(ResponseError::Stale);
    }
    call(&mut tx, &one, ("note", note), &body, &viewer.name, now).await?;
    journal(&mut tx, &viewer.name, "note_edited", &one, json!({ "note": note }), now).await?;
    tx.commit().await?;
    Ok(())
}

/// Strikes a note out. It stays where it is, with who did it and when.
pub async fn strike_note(
    db: &Db,
    viewer: &Viewer,
    (name, note): (&str, &str),
    now: Micros,
) -> Result<(), ResponseError> {
    let mut tx = begin(db, now).await?;
    let one = workable(&mut tx, viewer, name.into()).await?;
    sql::note_in(&mut tx, &one.id, note).await?.ok_or(Refusal::NoNote)?;
    if sql::strike_note(&mut tx, note, &viewer.name, now).await? {
        journal(&mut tx, &viewer.name, "note_struck", &one, json!({ "note": note }), now).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Brings a note back that was struck out. Who struck it and who brought it back stays in the journal.
pub async fn restore_note(
    db: &Db,
    viewer: &Viewer,
    (name, note): (&str, &str),
    now: Micros,
) -> Result<(), ResponseError> {
    let mut tx = begin(db, now).await?;
    let one = workable(&mut tx, viewer, name.into()).await?;
    sql::note_in(&mut tx, &one.id, note).await?.ok_or(Refusal::NoNote)?;
    if sql::restore_note(&mut tx, note).await? {
        journal(&mut tx, &viewer.name, "note_restored", &one, json!({ "note": note }), now).await?;
        tx.commit().await?;
    }
    Ok(())
}

fn unstruck(note: Option<Note>) -> Result<Note, Refusal> {
    note.filter(|note| note.struck.is_none()).ok_or(Refusal::NoNote)
}
