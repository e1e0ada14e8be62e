//! Notes: written on the page of the incident, worded anew on a page of their own.

use askama::Template;
use axum::extract::{Path, RawForm};
use axum::http::StatusCode;
use manara_web::{Answer, Page, PageError, Undo, Visit, Word};

use super::fields::{Fields, local_moment};
use super::{found, href, refused, say};
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
    mine: Option<String>,
    is_stale: bool,
    wordings: Vec<Wording>,
    most: usize,
}

/// `POST /incidents/{id}/notes`
pub(super) async fn add(visit: Visit, Path(name): Path<String>, RawForm(form): RawForm) -> Answer {
    let one = found(&visit, &name).await?;
    let fields = Fields::read(&form);
    let body = fields.text("body").to_string();
    let happened = local_moment(fields.text("happened")).map_err(|()| PageError::unreadable("happened"))?;
    let of = TellsOf { happened, technique: fields.text("technique").to_string() };
    match jobs::add_event(&visit.db, &visit.viewer, &one.id, (&body, &of), visit.now).await {
        // Nothing of what somebody wrote is lost: the form comes back with it.
        Err(ResponseError::Refused(Refusal::Text)) if !body.trim().is_empty() => {
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
            show(&visit, one, note, Some(body), false).await
        }
        Ok(id) => Ok(visit.go(&format!("{}#note-{id}", href(&one)))),
        failed => say(&visit, &href(&one), failed, ""),
    }
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

async fn show(visit: &Visit, one: Incident, note: Note, mine: Option<String>, is_stale: bool) -> Answer {
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
    visit.html_status(status, &NotePage { page, one, note, mine, is_stale, wordings, most: NOTE_CHARS })
}

impl NotePage {
    fn action(&self) -> String {
        match self.note.id.as_str() {
            "" => format!("{}/notes", href(&self.one)),
            id => format!("{}/notes/{id}", href(&self.one)),
        }
    }

    fn text(&self) -> &str {
        self.mine.as_deref().unwrap_or(&self.note.body)
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
            show(&visit, one, now, Some(body), true).await
        }
        Err(ResponseError::Refused(Refusal::Text)) => {
            let now = note_of(&visit, &one, &note).await?;
            show(&visit, one, now, Some(body), false).await
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
