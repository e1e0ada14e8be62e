//! Notes for programs.

use axum::extract::Path;
use manara_model::Micros;
use manara_web::Visit;
use manara_web::api::{
    ApiAnswer, Given, Match, Problem, json as answer, limit_of, made, page_number, page_of, with_etag,
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{found, moment, not_done, word};
use crate::incident::Note;
use crate::jobs::{self, TellsOf};
use crate::sql;

/// Pages of notes that can be turned to.
const PAGES: usize = 200;

fn shown(note: &Note) -> Value {
    let who = |signed: &Option<(String, Micros)>| signed.as_ref().map(|(who, _)| who.clone());
    let when = |signed: &Option<(String, Micros)>| signed.as_ref().map(|(_, at)| at.rfc3339());
    json!({
        "id": note.id, "text": note.body, "who": note.who, "at": note.at.rfc3339(), "version": note.version,
        "happened": note.happened.map(Micros::rfc3339), "technique": note.technique,
        "edited_by": who(&note.edited), "edited_at": when(&note.edited),
        "struck_by": who(&note.struck), "struck_at": when(&note.struck),
    })
}

/// The state of a note: its wordings, and whether it was struck out.
fn state(note: &Note) -> String {
    format!("{}{}", note.version, if note.struck.is_some() { "-struck" } else { "" })
}

async fn whole(visit: &Visit, incident: &str, id: &str) -> ApiAnswer {
    let note = note_of(visit, incident, id).await?;
    Ok(with_etag(&state(&note), answer(&shown(&note))))
}

async fn note_of(visit: &Visit, incident: &str, id: &str) -> Result<Note, Problem> {
    sql::one_note(&visit.db, incident, id).await?.ok_or_else(Problem::not_found)
}

pub(super) async fn list(visit: Visit, Path(name): Path<String>) -> ApiAnswer {
    let one = found(&visit, &name).await?;
    let number = page_number(visit.query("cursor").filter(|cursor| !cursor.is_empty()), PAGES)?;
    let rows = usize::from(limit_of(&visit)?);
    let upto = (number + 1) * rows;
    let notes = sql::notes(&visit.db, &one.id, i64::try_from(upto + 1).unwrap_or(i64::MAX)).await?;
    let more = notes.len() > upto && number + 1 < PAGES;
    let items = notes.iter().skip(number * rows).take(rows).map(shown).collect();
    Ok(page_of(items, more.then(|| (number + 1).to_string())))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NoteGiven {
    text: String,
    happened: Option<String>,
    #[serde(default)]
    technique: String,
}

pub(super) async fn add(visit: Visit, Path(name): Path<String>, Given(given): Given<NoteGiven>) -> ApiAnswer {
    let one = found(&visit, &name).await?;
    let happened = given.happened.map(|text| word("happened", &text, moment)).transpose()?;
    let of = TellsOf { happened, technique: given.technique };
    let did = jobs::add_event(&visit.db, &visit.viewer, &one.id, (&given.text, &of), visit.now).await;
    let id = did.map_err(not_done)?;
    let note = note_of(&visit, &one.id, &id).await?;
    let path = format!("/api/v1/incidents/{}/notes/{id}", one.number);
    Ok(with_etag(&state(&note), made(&path, &shown(&note))))
}

pub(super) async fn edit(
    visit: Visit,
    Path((name, id)): Path<(String, String)>,
    is: Match,
    Given(given): Given<NoteGiven>,
) -> ApiAnswer {
    let one = found(&visit, &name).await?;
    let note = note_of(&visit, &one.id, &id).await?;
    is.check(&state(&note))?;
    let names = (one.id.as_str(), id.as_str());
    jobs::edit_note(&visit.db, &visit.viewer, names, note.version, &given.text, visit.now).await.map_err(not_done)?;
    whole(&visit, &one.id, &id).await
}

pub(super) async fn strike(visit: Visit, Path((name, id)): Path<(String, String)>, is: Match) -> ApiAnswer {
    let one = found(&visit, &name).await?;
    is.check(&state(&note_of(&visit, &one.id, &id).await?))?;
    jobs::strike_note(&visit.db, &visit.viewer, (&one.id, &id), visit.now).await.map_err(not_done)?;
    whole(&visit, &one.id, &id).await
}

pub(super) async fn restore(visit: Visit, Path((name, id)): Path<(String, String)>, is: Match) -> ApiAnswer {
    let one = found(&visit, &name).await?;
    is.check(&state(&note_of(&visit, &one.id, &id).await?))?;
    jobs::restore_note(&visit.db, &visit.viewer, (&one.id, &id), visit.now).await.map_err(not_done)?;
    whole(&visit, &one.id, &id).await
}
