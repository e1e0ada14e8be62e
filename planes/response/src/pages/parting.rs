//! Dividing an incident that is two.

use askama::Template;
use axum::extract::{Path, RawForm, State as Given};
use axum::http::StatusCode;
use manara_web::api::{ApiAnswer, Given as Body, Problem, made};
use manara_web::{Answer, Mistake, Page, Undo, Visit, Word};
use serde::Deserialize;

use super::fields::Fields;
use super::{Room, found, href, say, why_words};
use crate::incident::{Incident, Linked, TITLE_CHARS};
use crate::jobs::{self, PARTED_AT_ONCE, Parting, ResponseError};
use crate::message::Seen;
use crate::ticket::Ticket;
use crate::{sql, sql_ticket};

/// Findings, tickets and observables that can be ticked, of each.
const SHOWN: i64 = 300;

#[derive(Template)]
#[template(path = "response/part.html")]
struct PartPage {
    page: Page,
    one: Incident,
    written: Parting,
    findings: Vec<Linked>,
    tickets: Vec<Ticket>,
    observables: Vec<Seen>,
    mistake: Mistake,
    title_chars: usize,
}

impl PartPage {
    fn kind_words(&self, kind: &str) -> String {
        super::observables::kind_words(&self.page.visit, kind)
    }

    fn has_finding(&self, one: &Linked) -> bool {
        self.written.findings.contains(&one.finding_id)
    }

    fn has_ticket(&self, one: &Ticket) -> bool {
        self.written.tickets.contains(&one.number)
    }

    fn has_observable(&self, one: &Seen) -> bool {
        self.written.observables.contains(one)
    }
}

async fn show(visit: &Visit, one: Incident, written: Parting, mistake: Mistake) -> Answer {
    let status = if mistake.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let title = visit.t_args("response-part-title", &[("number", one.number.clone().into())]);
    let page = PartPage {
        page: visit.page_titled(title).under("/incidents", "response-list-title").under_named(&href(&one), &one.number),
        findings: sql::worst_findings(&visit.db, &one.id, SHOWN).await?,
        tickets: sql_ticket::tickets_of_incident(&visit.db, &visit.viewer, &one.id, SHOWN).await?,
        observables: sql_ticket::observables_of(&visit.db, &one.id, SHOWN).await?,
        title_chars: TITLE_CHARS,
        one,
        written,
        mistake,
    };
    visit.html_status(status, &page)
}

/// `GET /incidents/{id}/part`
pub(super) async fn form(visit: Visit, Path(name): Path<String>) -> Answer {
    let one = found(&visit, &name).await?;
    let id = uuid::Uuid::now_v7().to_string();
    let written = Parting { id, title: one.title.clone(), ..Parting::default() };
    show(&visit, one, written, Mistake::default()).await
}

/// `POST /incidents/{id}/part`
pub(super) async fn part(
    visit: Visit,
    Given(room): Given<Room>,
    Path(name): Path<String>,
    RawForm(form): RawForm,
) -> Answer {
    let one = found(&visit, &name).await?;
    let fields = Fields::read(&form);
    let observable = |text: String| {
        let (kind, value) = text.split_once(' ')?;
        Some(Seen { kind: kind.into(), value: value.into() })
    };
    let written = Parting {
        id: fields.text("id").to_string(),
        title: fields.text("title").to_string(),
        findings: fields.all("finding", PARTED_AT_ONCE),
        tickets: fields.all("ticket", PARTED_AT_ONCE),
        observables: fields.all("observable", PARTED_AT_ONCE).into_iter().filter_map(observable).collect(),
    };
    match jobs::part_incident(&visit.db, &visit.viewer, &room.policy, &one.id, &written, visit.now).await {
        Ok(other) => {
            let undo = Undo::at(format!("{}/merge", href(&other))).with("other", one.number.clone());
            let number = Word::from(other.number.clone());
            Ok(visit.go_undoable(&href(&other), "response-did-part", &[("number", number)], undo))
        }
        Err(ResponseError::Refused(why)) if why != jobs::Refusal::NotFound => {
            let field = if why == jobs::Refusal::Title { "title" } else { "" };
            show(&visit, one, written, Mistake::at(field, why_words(&visit, why))).await
        }
        Err(error) => say(&visit, &href(&one), Err::<(), ResponseError>(error), "response-did-part"),
    }
}

/// What a program divides off.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PartGiven {
    title: String,
    #[serde(default)]
    findings: Vec<String>,
    #[serde(default)]
    tickets: Vec<String>,
    #[serde(default)]
    observables: Vec<ObservableNamed>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ObservableNamed {
    kind: String,
    value: String,
}

/// `POST /api/v1/incidents/{id}/part`
pub(super) async fn by_program(
    visit: Visit,
    Given(room): Given<Room>,
    Path(name): Path<String>,
    Body(given): Body<PartGiven>,
) -> ApiAnswer {
    let one = sql::get(&visit.db, &visit.viewer, &name).await?.ok_or_else(Problem::not_found)?;
    let observables = given.observables.into_iter().map(|one| Seen { kind: one.kind, value: one.value }).collect();
    let what = Parting {
        id: String::new(),
        title: given.title,
        findings: given.findings,
        tickets: given.tickets,
        observables,
    };
    let did = jobs::part_incident(&visit.db, &visit.viewer, &room.policy, &one.id, &what, visit.now).await;
    let other = did.map_err(super::operations::not_done)?;
    Ok(made(&format!("/api/v1/incidents/{}", other.number), &super::operations::incident_shown(&other)))
}
