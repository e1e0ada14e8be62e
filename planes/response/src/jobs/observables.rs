//! Observables of an incident by hand: named, noted, taken off and brought back.

use manara_model::{Micros, Viewer};
use manara_store::Db;
use serde_json::json;

use super::{Refusal, ResponseError, begin, journal, workable};
use crate::incident::{REASON_CHARS, plain};
use crate::message::Seen;
use crate::observable::{NAMED_AT_ONCE, named_in};
use crate::sql_observable;

/// Names the observables of a text, with a note for all of them; gives what it named. What was taken off comes back.
pub async fn name_observables(
    db: &Db,
    viewer: &Viewer,
    incident: &str,
    (text, note): (&str, &str),
    now: Micros,
) -> Result<Vec<Seen>, ResponseError> {
    let seen = named_in(text);
    if seen.is_empty() || seen.len() > NAMED_AT_ONCE {
        return Err(Refusal::Observable.into());
    }
    let note = said(note)?;
    let mut tx = begin(db, now).await?;
    let one = workable(&mut tx, viewer, incident.into()).await?;
    let mut new = 0;
    for seen in &seen {
        let there = sql_observable::one_in(&mut tx, &one.id, seen).await?;
        if there.is_some_and(|there| there.removed.is_none() && (note.is_empty() || there.note == note)) {
            continue; // The form may be sent twice.
        }
        sql_observable::name(&mut tx, &one.id, seen, (&note, &viewer.name), now).await?;
        new += 1;
    }
    if new > 0 {
        journal(&mut tx, &viewer.name, "observables_named", &one, json!({ "observables": new }), now).await?;
        tx.commit().await?;
    }
    Ok(seen)
}

/// What is said of an observable: nothing, or a text of some length.
fn said(note: &str) -> Result<String, Refusal> {
    if note.trim().is_empty() { Ok(String::new()) } else { plain(note, REASON_CHARS).ok_or(Refusal::Text) }
}

/// Says something of an observable; an empty text says nothing any more.
pub async fn note_observable(
    db: &Db,
    viewer: &Viewer,
    (incident, seen): (&str, &Seen),
    note: &str,
    now: Micros,
) -> Result<(), ResponseError> {
    let note = said(note)?;
    let mut tx = begin(db, now).await?;
    let one = workable(&mut tx, viewer, incident.into()).await?;
    let there = sql_observable::one_in(&mut tx, &one.id, seen).await?.ok_or(Refusal::NoObservable)?;
    if there.note != note {
        sql_observable::set_note(&mut tx, &one.id, seen, &note).await?;
        let more = json!({ "kind": seen.kind, "value": seen.value });
        journal(&mut tx, &viewer.name, "observable_noted", &one, more, now).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Takes an observable off an incident, so that it counts nowhere and mail does not bring it back; or brings it back.
pub async fn list_observable(
    db: &Db,
    viewer: &Viewer,
    (incident, seen): (&str, &Seen),
    is_listed: bool,
    now: Micros,
) -> Result<(), ResponseError> {
    let mut tx = begin(db, now).await?;
    let one = workable(&mut tx, viewer, incident.into()).await?;
    let there = sql_observable::one_in(&mut tx, &one.id, seen).await?.ok_or(Refusal::NoObservable)?;
    if there.removed.is_none() != is_listed {
        sql_observable::set_removed(&mut tx, &one.id, seen, (!is_listed).then_some(now)).await?;
        let more = json!({ "kind": seen.kind, "value": seen.value });
        let verb = if is_listed { "observable_restored" } else { "observable_removed" };
        journal(&mut tx, &viewer.name, verb, &one, more, now).await?;
        tx.commit().await?;
    }
    Ok(())
}
