//! Workshops, for programs of whoever leads one.

use axum::extract::{Path, State as Stated};
use manara_model::Micros;
use manara_store::{Db, StoreError};
use manara_web::api::{ApiAnswer, Given, Op, Problem, json as answer, record, schema};
use manara_web::{Right, Site, Visit};
use serde::Deserialize;
use serde_json::{Value, json};

use super::operations::not_done;
use super::{OpenDesk, Room};
use crate::assessment::Assessment;
use crate::jobs::{self, Step};
use crate::sql;

const WORKSHOP: &str = "/api/v1/assessments/{id}/workshop";

/// The operations.
pub(super) fn site() -> Site<OpenDesk> {
    let moderate = Right::ModerateAssessments;
    let does = |path, id, says| Op::post(path, id, moderate, says, "Workshop");
    Site::new()
        .api(Op::get(WORKSHOP, "getWorkshop", moderate, "The workshop of an assessment as it goes on", "Workshop"), one)
        .api(does(WORKSHOP, "openWorkshop", "Opens a workshop at the first item; one that was open is closed"), open)
        .api(
            does(
                "/api/v1/assessments/{id}/workshop/step",
                "stepWorkshop",
                "Goes to an item, shows the answers to the one that is asked, or covers them again",
            )
            .takes("WorkshopStep"),
            step,
        )
        .api(
            does(
                "/api/v1/assessments/{id}/workshop/release",
                "releaseSeat",
                "Gives a seat up: whoever sat there may sit down again",
            )
            .takes("SeatReleased"),
            release,
        )
        .api(does("/api/v1/assessments/{id}/workshop/close", "closeWorkshop", "Ends the workshop"), close)
        .schemas(schemas())
}

fn schemas() -> Vec<(&'static str, Value)> {
    let text = schema::text;
    let seat = schema::object(&[("respondent", text()), ("name", text()), ("organisation", text())]);
    vec![
        (
            "Workshop",
            schema::object(&[
                ("open", schema::flag()),
                ("code", text()),
                ("item", text()),
                ("revealed", schema::flag()),
                ("expires", schema::maybe_moment()),
                ("seats", schema::many(seat)),
                ("answered", schema::count()),
            ]),
        ),
        (
            "WorkshopStep",
            schema::given(0, &[("do", schema::one_of(["reveal", "cover"])), ("to", schema::words(1, 64))]),
        ),
        ("SeatReleased", schema::given(1, &[("respondent", schema::words(1, 64))])),
    ]
}

/// The workshop of an assessment; closed and empty while none goes on.
///
/// # Errors
/// Storage that refuses.
pub async fn workshop_json(db: &Db, assessment: &str, now: Micros) -> Result<Value, StoreError> {
    let workshop = sql::workshop_of(db, assessment).await?.filter(|workshop| workshop.is_on(now));
    let Some(workshop) = workshop else {
        return Ok(json!({ "open": false, "code": "", "item": "", "revealed": false, "expires": null, "seats": [],
            "answered": 0 }));
    };
    let seated = sql::seated(db, &workshop.id).await?;
    let answered = sql::answered_by(db, assessment, &workshop.item, &workshop.id).await?;
    let seats = seated
        .iter()
        .map(|voice| json!({ "respondent": voice.id, "name": voice.name, "organisation": voice.organisation }));
    Ok(json!({ "open": true, "code": workshop.code, "item": workshop.item, "revealed": workshop.revealed,
        "expires": workshop.expires.rfc3339(), "seats": seats.collect::<Vec<_>>(), "answered": answered }))
}

async fn stands(visit: &Visit, one: &Assessment) -> Result<Value, Problem> {
    Ok(workshop_json(&visit.db, &one.id, visit.now).await?)
}

async fn one(visit: Visit, Stated(room): Stated<Room>, Path(id): Path<String>) -> ApiAnswer {
    let (one, _) = room.found(&visit, &id).await?;
    Ok(record(&stands(&visit, &one).await?))
}

async fn open(visit: Visit, Stated(room): Stated<Room>, Path(id): Path<String>) -> ApiAnswer {
    let (one, catalogue) = room.found(&visit, &id).await?;
    jobs::open_workshop(&visit.db, &visit.viewer, &one.id, &catalogue, visit.now).await.map_err(not_done)?;
    Ok(answer(&stands(&visit, &one).await?))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WorkshopStep {
    #[serde(rename = "do")]
    does: Option<String>,
    to: Option<String>,
}

async fn step(
    visit: Visit,
    Stated(room): Stated<Room>,
    Path(id): Path<String>,
    Given(given): Given<WorkshopStep>,
) -> ApiAnswer {
    let (one, catalogue) = room.found(&visit, &id).await?;
    let step = match (given.does.as_deref(), given.to) {
        (None, Some(item)) => Step::To(item),
        (Some("reveal"), None) => Step::Reveal,
        (Some("cover"), None) => Step::Cover,
        (does, _) => return Err(Problem::invalid("do", "word", does.unwrap_or_default())),
    };
    jobs::step_workshop(&visit.db, &visit.viewer, &one.id, &catalogue, &step, visit.now).await.map_err(not_done)?;
    Ok(answer(&stands(&visit, &one).await?))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SeatReleased {
    respondent: String,
}

async fn release(
    visit: Visit,
    Stated(room): Stated<Room>,
    Path(id): Path<String>,
    Given(given): Given<SeatReleased>,
) -> ApiAnswer {
    let (one, _) = room.found(&visit, &id).await?;
    let did = jobs::release_seat(&visit.db, &visit.viewer, &one.id, &given.respondent, visit.now).await;
    did.map_err(not_done)?;
    Ok(answer(&stands(&visit, &one).await?))
}

async fn close(visit: Visit, Stated(room): Stated<Room>, Path(id): Path<String>) -> ApiAnswer {
    let (one, _) = room.found(&visit, &id).await?;
    jobs::close_workshop(&visit.db, &visit.viewer, &one.id, visit.now).await.map_err(not_done)?;
    Ok(answer(&stands(&visit, &one).await?))
}
