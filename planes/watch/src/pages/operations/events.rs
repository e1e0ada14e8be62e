//! Events for programs, and SQL.

use axum::extract::State;
use manara_lake::{QueryError, Rows};
use manara_model::Micros;
use manara_web::Visit;
use manara_web::api::{ApiAnswer, Code, Given, Problem, json as answer, page_of, read_placed};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::super::events::{self, EVENTS, Place};
use super::super::{Room, event, sql_box};

/// What is shown of an event: what the list gives to take away.
pub(super) use super::super::events::EXPORT_COLUMNS as COLUMNS;

pub(super) async fn list(visit: Visit, State(room): State<Room>) -> ApiAnswer {
    let (ask, cursor) = read_placed(&EVENTS, &visit)?;
    let conditions = events::conditions(|name| ask.value(name).map(str::to_string), &visit.viewer, visit.locale)?;
    let table = if ask.value("table") == Some("context") { "context" } else { "events" };
    let bad_cursor = || Problem::new(Code::Unreadable, "cursor is next of the page before");
    let place = cursor.map(|text| Place::parse(&text).ok_or_else(bad_cursor)).transpose()?;
    let files = room.watch.files().await?;
    let columns = event::names(&COLUMNS);
    let read = |rows: &Rows| rows.json().map_err(manara_web::PageError::internal);
    let found = events::newest(&room, &ask, (table, &columns), &conditions, place.as_ref(), &files, read).await?;
    let mut found = found.map_err(|error| not_found_in_time(&error))?;
    let more = found.len() > ask.rows();
    found.truncate(ask.rows());
    let next = found.last().filter(|_| more).and_then(place_of).map(|place| place.text());
    Ok(page_of(found.into_iter().map(whole).collect(), next))
}

/// What the list asks for, whole, as IntelMQ reads it.
pub(super) async fn intelmq(visit: Visit, State(room): State<Room>) -> ApiAnswer {
    let (ask, _) = read_placed(&EVENTS, &visit)?;
    let lines = events::intelmq_of(&visit, &room, &ask).await?;
    Ok(visit.download("events.jsonl", events::INTELMQ_KIND, lines))
}

/// Where an event stands in the order of the list.
fn place_of(event: &Map<String, Value>) -> Option<Place> {
    Some(Place {
        time: Micros::parse_rfc3339(event.get("time")?.as_str()?)?,
        batch: event.get("batch")?.as_str()?.to_string(),
        line: event.get("line")?.as_i64()?,
    })
}

/// An event with all its members; those that the files of today do not have are null.
fn whole(mut event: Map<String, Value>) -> Value {
    for column in COLUMNS {
        event.entry(column).or_insert(Value::Null);
    }
    Value::Object(event)
}

fn not_found_in_time(error: &QueryError) -> Problem {
    match error {
        QueryError::TooSlow(_) => Problem::new(Code::Unavailable, format!("{error}; ask for fewer days")),
        QueryError::Sql(_) => Problem::internal(error),
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct QueryGiven {
    sql: String,
}

pub(super) async fn query(visit: Visit, State(room): State<Room>, Given(given): Given<QueryGiven>) -> ApiAnswer {
    let sql = given.sql.trim().trim_end_matches(';');
    if sql.is_empty() || sql.chars().count() > sql_box::LENGTH {
        return Err(Problem::invalid("sql", "length", given.sql.chars().count()));
    }
    if sql_box::holds_hidden(&room, &visit.viewer).await? {
        let detail = "there are events this token's person may not see, so statements of one's own are refused; use /api/v1/events";
        return Err(Problem::refused("hidden", detail));
    }
    match sql_box::rows_of(&room, &visit.viewer, sql).await? {
        Ok(rows) => {
            let found = rows.json().map_err(Problem::internal)?;
            Ok(answer(&json!({ "columns": rows.names(), "rows": found, "more": rows.more })))
        }
        Err(QueryError::TooSlow(seconds)) => Err(Problem::invalid("sql", "too-slow", format!("{seconds} s"))),
        Err(error @ QueryError::Sql(_)) => {
            Err(Problem { detail: error.to_string(), ..Problem::invalid("sql", "sql", sql) })
        }
    }
}
