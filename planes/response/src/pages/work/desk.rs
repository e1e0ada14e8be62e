//! Places where one was called; and what one shift tells the next.

use askama::Template;
use axum::extract::{Path, RawForm};
use axum::http::StatusCode;
use manara_model::Tlp;
use manara_web::{Answer, Choice, Page, PageError, Tone, Visit};

use super::super::fields::{Fields, tlps};
use super::say;
use crate::incident::NOTE_CHARS;
use crate::jobs::{self, Refusal, ResponseError};
use crate::sql_task::{self, Handover};

/// Handovers shown.
const HANDOVERS: i64 = 20;

/// `POST /tasks/seen`
pub(super) async fn seen(visit: Visit, RawForm(form): RawForm) -> Answer {
    let record = Fields::read(&form).text("record").to_string();
    let did = jobs::see_mentions(&visit.db, &visit.viewer, &record, visit.now).await;
    say(&visit, "/tasks", did, "work-did-see")
}

#[derive(Template)]
#[template(path = "response/work/handover.html")]
struct HandoverPage {
    page: Page,
    handovers: Vec<Handover>,
    tlps: Vec<Choice>,
    /// What the reader wrote, when it could not be kept as it is.
    mine: String,
    trouble: bool,
    most: usize,
}

async fn handover_page(visit: &Visit, mine: String, trouble: bool) -> Answer {
    let status = if trouble { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = HandoverPage {
        page: visit.page("work-handover-title"),
        handovers: sql_task::handovers(&visit.db, &visit.viewer, HANDOVERS).await?,
        tlps: tlps(visit),
        mine,
        trouble,
        most: NOTE_CHARS,
    };
    visit.html_status(status, &page)
}

/// `GET /handover`
pub(super) async fn handover(visit: Visit) -> Answer {
    handover_page(&visit, String::new(), false).await
}

/// `POST /handover`
pub(super) async fn hand_over(visit: Visit, RawForm(form): RawForm) -> Answer {
    let fields = Fields::read(&form);
    let tlp = Tlp::parse(fields.text("tlp")).ok_or_else(|| PageError::unreadable("tlp"))?;
    let body = fields.text("body").to_string();
    match jobs::hand_over(&visit.db, &visit.viewer, (&body, tlp), visit.now).await {
        Err(ResponseError::Refused(Refusal::Text)) => handover_page(&visit, body, true).await,
        did => say(&visit, "/handover", did, "work-did-hand-over"),
    }
}

/// `POST /handover/{id}/take`
pub(super) async fn take_over(visit: Visit, Path(id): Path<String>) -> Answer {
    match jobs::take_over(&visit.db, &visit.viewer, &id, visit.now).await {
        Ok(()) => Ok(visit.go_saying("/handover", Tone::Good, "work-did-take-over", &[])),
        did => say(&visit, "/handover", did, "work-did-take-over"),
    }
}
