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
    /// What stood when the form was made: by it the next save sees whether somebody else was there.
    was: SaidOfHouse,
    /// Whether somebody else was.
    is_stale: bool,
    mistake: Mistake,
    most: usize,
}

impl FactsPage {
    /// What stands in a field, where something else was typed while somebody else changed it.
    fn now(&self, name: &str) -> Option<String> {
        let of = |said: &SaidOfHouse| of_name(said, name).to_string();
        let kept = Some(of(&self.was)).filter(|kept| self.is_stale && *kept != of(&self.said))?;
        Some(if kept.is_empty() { "–".into() } else { kept })
    }

    fn was(&self) -> [(&'static str, &str); 5] {
        FACTS.map(|name| (name, of_name(&self.was, name)))
    }
}

/// The fields of the form.
const FACTS: [&str; 5] = ["hours", "handover", "head", "police", "backup_place"];

fn of_name<'s>(said: &'s SaidOfHouse, name: &str) -> &'s str {
    match name {
        "hours" => &said.hours,
        "handover" => &said.handover,
        "head" => &said.head,
        "police" => &said.police,
        _ => &said.backup_place,
    }
}

/// `GET /framework/manual/facts`
pub(super) async fn facts(visit: Visit) -> Answer {
    let said = said(&visit.db).await?;
    show_facts(&visit, StatusCode::OK, (said.clone(), said), Mistake::default())
}

fn show_facts(visit: &Visit, status: StatusCode, (said, was): (SaidOfHouse, SaidOfHouse), mistake: Mistake) -> Answer {
    let page = visit.page("manual-facts").under("/framework/manual", "manual-title");
    let is_stale = status == StatusCode::CONFLICT;
    visit.html_status(status, &FactsPage { page, said, was, is_stale, mistake, most: SAID_CHARS })
}

/// `POST /framework/manual/facts`
pub(super) async fn keep_facts(visit: Visit, RawForm(form): RawForm) -> Answer {
    let fields = Fields::read(&form);
    let text = |begins: &str, name: &str| fields.text(&format!("{begins}{name}")).trim().to_string();
    let read = |begins: &str| SaidOfHouse {
        hours: text(begins, "hours"),
        handover: text(begins, "handover"),
        head: text(begins, "head"),
        police: text(begins, "police"),
        backup_place: text(begins, "backup_place"),
    };
    let (new, was) = (read(""), read("was-"));
    if let Some(field) = new.wrong() {
        let words = visit.t_args("manual-facts-too-long", &[("count", i64::try_from(SAID_CHARS).unwrap_or(0).into())]);
        return show_facts(&visit, StatusCode::UNPROCESSABLE_ENTITY, (new, was), Mistake::at(field, words));
    }
    if !keep_said(&visit.db, &new, Some(&was), &visit.viewer.name, visit.now).await? {
        let stands = said(&visit.db).await?;
        // The form may be sent twice.
        if stands != new {
            let mistake = Mistake::of_form(visit.t("web-form-stale"));
            return show_facts(&visit, StatusCode::CONFLICT, (new, stands), mistake);
        }
    }
    Ok(visit.go_saying("/framework/manual", Tone::Good, "manual-did-facts", &[]))
}
