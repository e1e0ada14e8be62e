//! Notes: written on the page of the incident, worded anew on a page of their own.

use askama::Template;
use axum::extract::{Path, RawForm};
use axum::http::StatusCode;
use manara_web::{Answer, Page, PageError, Undo, Visit, Word};

use super::fields::{Fields, local_moment};
use super::{found, href, refused, say, why_words};
use crate::incident::{Incident, NOTE_CHARS, Note, Wording};
use crate::jobs::{self, Refusal, ResponseError, TellsOf};
use crate::sql;

#[derive(Template)]
#[template(path = "response/note.html")]
struct NotePage {
    page: Page,
    one: Incident,
    note: Note,
    /// What the reader wrote, when it could not be kept as it is.
    mine: Option<Mine>,
    is_stale: bool,
    wordings: Vec<Wording>,
}

/// What somebody wrote into a form of a note, and why it was not kept.
#[derive(Default)]
struct Mine {
    body: String,
    /// As the input has it.
    happened: String,
    technique: String,
    trouble: String,
}

/// `POST /incidents/{id}/notes`
pub(super) async fn add(visit: Visit, Path(name): Path<String>, RawForm(form): RawForm) -> Answer {
    let one = found(&visit, &name).await?;
    let fields = Fields::read(&form);
    let body = fields.text("body").to_string();
    let (happened, technique) = (fields.text("happened").to_string(), fields.text("technique").to_string());
    let trouble = match local_moment(&happened) {
        Err(()) => visit.t_args("response-edit-unreadable", &[("field", visit.t("attack-happened").into())]),
        Ok(at) => {
            let of = TellsOf { happened: at, technique: technique.clone() };
            match jobs::add_event(&visit.db, &visit.viewer, &one.id, (&body, &of), visit.now).await {
                Ok(id) => return Ok(visit.go(&format!("{}#note-{id}", href(&one)))),
                Err(ResponseError::Refused(Refusal::Text)) if !body.trim().is_empty() => too_long(&visit),
                Err(ResponseError::Refused(why @ (Refusal::Text | Refusal::Future | Refusal::Technique))) => {
                    why_words(&visit, why)
                }
                failed => return say(&visit, &href(&one), failed, ""),
            }
        }
    };
    // Nothing of what somebody wrote is lost: the form comes back with it.
    let note = Note {
        id: String::new(),
        incident_id: one.id.clone(),
        body: String::new(),
        who: visit.viewer.name.clone(),
        at: visit.now,
        version: 0,
        edited: None,
        struck: None,
        happened: None,
        technique: String::new(),
    };
    show(&visit, one, note, Some(Mine { body, happened, technique, trouble }), false).await
}

fn too_long(visit: &Visit) -> String {
    let most = i64::try_from(NOTE_CHARS).unwrap_or(i64::MAX);
    visit.t_args("response-note-too-long", &[("count", most.into())])
}

async fn note_of(visit: &Visit, one: &Incident, id: &str) -> Result<Note, PageError> {
    sql::one_note(&visit.db, &one.id, id).await?.ok_or_else(PageError::not_found)
}

/// `GET /incidents/{id}/notes/{note}`
pub(super) async fn form(visit: Visit, Path((name, note)): Path<(String, String)>) -> Answer {
    let one = found(&visit, &name).await?;
    let note = note_of(&visit, &one, &note).await?;
    show(&visit, one, note, None, false).await
}

async fn show(visit: &Visit, one: Incident, note: Note, mine: Option<Mine>, is_stale: bool) -> Answer {
    let status = match (is_stale, mine.is_some()) {
        (true, _) => StatusCode::CONFLICT,
        (false, true) => StatusCode::UNPROCESSABLE_ENTITY,
        (false, false) => StatusCode::OK,
    };
    let page = visit
        .page("response-note-title")
        .under("/incidents", "response-list-title")
        .under_named(&href(&one), &one.number);
    let wordings = sql::wordings(&visit.db, &note.id).await?;
    visit.html_status(status, &NotePage { page, one, note, mine, is_stale, wordings })
}

impl NotePage {
    fn action(&self) -> String {
        match self.note.id.as_str() {
            "" => format!("{}/notes", href(&self.one)),
            id => format!("{}/notes/{id}", href(&self.one)),
        }
    }

    fn text(&self) -> &str {
        self.mine.as_ref().map_or(self.note.body.as_str(), |mine| &mine.body)
    }

    /// Whether it is not kept yet: its time and its technique are said with it.
    fn is_new(&self) -> bool {
        self.note.id.is_empty()
    }
}

/// `POST /incidents/{id}/notes/{note}`
pub(super) async fn save(visit: Visit, Path((name, note)): Path<(String, String)>, RawForm(form): RawForm) -> Answer {
    let one = found(&visit, &name).await?;
    let fields = Fields::read(&form);
    let (body, version) = (fields.text("body").to_string(), fields.int("version"));
    let names = (one.id.as_str(), note.as_str());
    match jobs::edit_note(&visit.db, &visit.viewer, names, version, &body, visit.now).await {
        Ok(()) => Ok(visit.go(&format!("{}#note-{note}", href(&one)))),
        Err(ResponseError::Stale) => {
            let now = note_of(&visit, &one, &note).await?;
            show(&visit, one, now, Some(Mine { body, ..Mine::default() }), true).await
        }
        Err(ResponseError::Refused(why @ Refusal::Text)) => {
            let now = note_of(&visit, &one, &note).await?;
            let trouble = if body.trim().is_empty() { why_words(&visit, why) } else { too_long(&visit) };
            show(&visit, one, now, Some(Mine { body, trouble, ..Mine::default() }), false).await
        }
        Err(ResponseError::Refused(why)) => refused(&visit, &href(&one), why),
        Err(ResponseError::Store(error)) => Err(error.into()),
    }
}

/// `POST /incidents/{id}/notes/{note}/strike`
pub(super) async fn strike(visit: Visit, Path((name, note)): Path<(String, String)>) -> Answer {
    let one = found(&visit, &name).await?;
    match jobs::strike_note(&visit.db, &visit.viewer, (&one.id, &note), visit.now).await {
        Ok(()) => {
            let number = Word::from(one.number.clone());
            let undo = Undo::at(format!("{}/notes/{note}/restore", href(&one)));
            Ok(visit.go_undoable(&href(&one), "response-did-strike", &[("number", number)], undo))
        }
        failed => say(&visit, &href(&one), failed, ""),
    }
}

/// `POST /incidents/{id}/notes/{note}/restore`
pub(super) async fn restore(visit: Visit, Path((name, note)): Path<(String, String)>) -> Answer {
    let one = found(&visit, &name).await?;
    let did = jobs::restore_note(&visit.db, &visit.viewer, (&one.id, &note), visit.now).await;
    say(&visit, &format!("{}#note-{note}", href(&one)), did, "response-did-restore-note")
}
