//! When the team works: what business time counts, and which days off it passes over.

use askama::Template;
use axum::extract::State as Given;
use manara_web::api::{ApiAnswer, json as answer, schema as shape};
use manara_web::{Answer, Page, PageError, Visit};
use serde_json::{Value, json};

use super::Room;

/// A day off of the next twelve months, and how the nation calls it; empty where only the file of the hours names it.
struct Rest {
    day: String,
    name: String,
}

/// What counts now.
struct Working {
    zone: String,
    week: Vec<&'static str>,
    span: [String; 2],
    rests: Vec<Rest>,
}

async fn working(visit: &Visit, room: &Room) -> Result<Working, PageError> {
    let (hours, off) = (room.hours().await?, (room.days_off)().await?);
    let named = |day: String| {
        let name = off.iter().find(|(known, _)| *known == day).map(|(_, name)| name.clone());
        Rest { name: name.unwrap_or_default(), day }
    };
    Ok(Working {
        zone: hours.zone.name().to_string(),
        week: hours.week(),
        span: hours.span(),
        rests: hours.rests(visit.now).into_iter().map(named).collect(),
    })
}

#[derive(Template)]
#[template(path = "response/work/hours.html")]
struct HoursPage {
    page: Page,
    working: Working,
}

impl HoursPage {
    fn week(&self) -> Vec<String> {
        self.working.week.iter().map(|day| self.page.t(format!("hours-day-{day}"))).collect()
    }
}

/// `GET /clocks/hours`
pub(super) async fn hours(visit: Visit, Given(room): Given<Room>) -> Answer {
    let page = visit.page("hours-title").under("/clocks", "work-running-title");
    visit.html(&HoursPage { page, working: working(&visit, &room).await? })
}

/// The same for programs.
pub(super) async fn given(visit: Visit, Given(room): Given<Room>) -> ApiAnswer {
    let Working { zone, week, span: [from, until], rests } = working(&visit, &room).await?;
    let rests: Vec<Value> = rests.iter().map(|rest| json!({ "day": rest.day, "name": rest.name })).collect();
    Ok(answer(&json!({ "zone": zone, "days": week, "from": from, "until": until, "days_off": rests })))
}

/// Its shape.
pub(super) fn schema() -> Value {
    shape::object(&[
        ("zone", shape::text()),
        ("days", shape::many(shape::text())),
        ("from", shape::text()),
        ("until", shape::text()),
        ("days_off", shape::many(shape::object(&[("day", shape::text()), ("name", shape::text())]))),
    ])
}
