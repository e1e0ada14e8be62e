//! The manual: its contents, one document, all of it for paper, and what people say for it.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, RawForm, State as Given};
use axum::http::StatusCode;
use manara_model::Micros;
use manara_web::{Answer, Mistake, Page, PageError, Right, Tone, Visit};

use super::{Ground, mendable};
use crate::check::Trouble;
use crate::manual::{
    Chunk, Mark, Marked, Reading, SAID_CHARS, SaidOfHouse, Written, chunks, compare_texts, keep_said, mark_read,
    readings_of, said, sql,
};
use crate::pages::fields::Fields;
use crate::training::{Known, current_versions};

impl Known {
    pub(super) fn tone(self) -> &'static str {
        match self {
            Self::Never => "mute",
            Self::Changed => "warn",
            Self::Current => "good",
        }
    }

    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Never => "manual-never-read",
            Self::Changed => "manual-changed",
            Self::Current => "manual-current",
        }
    }
}

/// A document on the contents.
struct Line {
    id: &'static str,
    title: String,
    version: String,
    known: Known,
    read: Option<Micros>,
}

#[derive(Template)]
#[template(path = "framework/manual.html")]
struct ContentsPage {
    page: Page,
    lines: Vec<Line>,
    /// Own texts that were left out, for who may mend them.
    left_out: Vec<Trouble>,
    may_change: bool,
}

/// `GET /framework/manual`
pub(super) async fn contents(visit: Visit, Given(ground): Given<Ground>) -> Answer {
    let documents = ground.documents(&visit).await?;
    let readings: HashMap<String, Reading> =
        readings_of(&visit.db, &visit.viewer.name).await?.into_iter().map(|one| (one.document.clone(), one)).collect();
    let current = current_versions(&visit.db).await?;
    let line = |one: Written| {
        let reading = readings.get(one.id);
        Line {
            known: Known::of(reading, &current, &one, visit.lang),
            id: one.id,
            title: one.title,
            version: one.hash.chars().take(8).collect(),
            read: reading.map(|reading| reading.at),
        }
    };
    let lines = documents.into_iter().map(line).collect();
    let page = visit.page("manual-title").under("/framework", "framework-title");
    let may_change = visit.may(Right::ChangeRules);
    let left_out = mendable(&visit, &ground.manual.left_out);
    visit.html(&ContentsPage { page, lines, left_out, may_change })
}

#[derive(Template)]
#[template(path = "framework/manual_document.html")]
struct DocumentPage {
    page: Page,
    one: Written,
    parts: Vec<Marked>,
    changed: bool,
    read: Option<Micros>,
    is_current: bool,
    before: Option<(String, String)>,
    after: Option<(String, String)>,
}

impl DocumentPage {
    fn is_new(&self, part: &Marked) -> bool {
        self.changed && part.mark == Mark::New
    }

    fn is_gone(&self, part: &Marked) -> bool {
        part.mark == Mark::Gone
    }
}

/// `GET /framework/manual/{document}`
pub(super) async fn document(visit: Visit, Given(ground): Given<Ground>, Path(id): Path<String>) -> Answer {
    let documents = ground.documents(&visit).await?;
    let at = documents.iter().position(|one| one.id == id).ok_or_else(PageError::not_found)?;
    let beside = |at: Option<usize>| {
        let one = at.and_then(|at| documents.get(at))?;
        Some((format!("/framework/manual/{}", one.id), one.title.clone()))
    };
    let one = documents.get(at).cloned().ok_or_else(PageError::not_found)?;
    let reading = readings_of(&visit.db, &visit.viewer.name).await?.into_iter().find(|reading| reading.document == id);
    let known = Known::of(reading.as_ref(), &current_versions(&visit.db).await?, &one, visit.lang);
    // Only versions of one language can be compared.
    let before = match reading.as_ref().filter(|reading| known == Known::Changed && reading.lang == visit.lang.tag()) {
        Some(reading) => sql::text(&visit.db, &id, &reading.lang, &reading.hash).await?,
        None => None,
    };
    let parts = match &before {
        Some(before) => compare_texts(before, &one.text),
        None => compare_texts(&one.text, &one.text),
    };
    let page = visit.page_titled(one.title.clone()).under("/framework/manual", "manual-title");
    visit.html(&DocumentPage {
        page,
        parts,
        changed: before.is_some(),
        read: reading.map(|reading| reading.at),
        is_current: known == Known::Current,
        before: beside(at.checked_sub(1)),
        after: beside(Some(at + 1)),
        one,
    })
}

#[derive(Template)]
#[template(path = "framework/manual_whole.html")]
struct WholePage {
    page: Page,
    documents: Vec<(Written, Vec<Chunk>)>,
}

/// `GET /framework/manual/whole`
pub(super) async fn whole(visit: Visit, Given(ground): Given<Ground>) -> Answer {
    let documents = ground.documents(&visit).await?;
    let documents = documents.into_iter().map(|one| (one.clone(), chunks(&one.text))).collect();
    let page = visit.page("manual-whole").under("/framework/manual", "manual-title");
    visit.html(&WholePage { page, documents })
}

/// `POST /framework/manual/{document}/read`: of the version that was on the page; another one has to be read first.
pub(super) async fn mark(
    visit: Visit,
    Given(ground): Given<Ground>,
    Path(id): Path<String>,
    RawForm(form): RawForm,
) -> Answer {
    let documents = ground.documents(&visit).await?;
    let one = documents.iter().find(|one| one.id == id).ok_or_else(PageError::not_found)?;
    let here = format!("/framework/manual/{}", one.id);
    if Fields::read(&form).text("version") != one.hash {
        return Ok(visit.go_saying(&here, Tone::Warn, "manual-other-version", &[]));
    }
    mark_read(&visit.db, &visit.viewer.name, visit.lang, one, visit.now).await?;
    Ok(visit.go_saying("/framework/manual", Tone::Good, "manual-did-read", &[("title", one.title.clone().into())]))
}

#[derive(Template)]
#[template(path = "framework/manual_facts.html")]
struct FactsPage {
    page: Page,
    said: SaidOfHouse,
    mistake: Mistake,
    most: usize,
}

/// `GET /framework/manual/facts`
pub(super) async fn facts(visit: Visit) -> Answer {
    let said = said(&visit.db).await?;
    show_facts(&visit, StatusCode::OK, said, Mistake::default())
}

fn show_facts(visit: &Visit, status: StatusCode, said: SaidOfHouse, mistake: Mistake) -> Answer {
    let page = visit.page("manual-facts").under("/framework/manual", "manual-title");
    visit.html_status(status, &FactsPage { page, said, mistake, most: SAID_CHARS })
}

/// `POST /framework/manual/facts`
pub(super) async fn keep_facts(visit: Visit, RawForm(form): RawForm) -> Answer {
    let fields = Fields::read(&form);
    let text = |name: &str| fields.text(name).trim().to_string();
    let said = SaidOfHouse {
        hours: text("hours"),
        handover: text("handover"),
        head: text("head"),
        police: text("police"),
        backup_place: text("backup_place"),
    };
    if let Some(field) = said.wrong() {
        let words = visit.t_args("manual-facts-too-long", &[("count", i64::try_from(SAID_CHARS).unwrap_or(0).into())]);
        return show_facts(&visit, StatusCode::UNPROCESSABLE_ENTITY, said, Mistake::at(field, words));
    }
    keep_said(&visit.db, &said, None, &visit.viewer.name, visit.now).await?;
    Ok(visit.go_saying("/framework/manual", Tone::Good, "manual-did-facts", &[]))
}
