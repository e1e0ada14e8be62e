//! Changes of many for programs.

use std::sync::Arc;

use axum::extract::Path;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::page::found;
use super::sql::{self, Bulk, BulkState, Outcome};
use super::{BULK_MOST, Many, work};
use crate::api::{ApiAnswer, Code, Op, Problem, filter_param, json as answer, record, schema as shape, sees_all};
use crate::list::ListSpec;
use crate::rights::Right;
use crate::site::Site;
use crate::visit::Visit;

/// What can be asked of every change, whatever it changes.
pub(crate) fn site() -> Site {
    Site::new()
        .api(
            Op::get(
                "/api/v1/bulk/{id}",
                "getBulk",
                Right::Enter,
                "A change of many of the person of the token, with what became of each record",
                "Bulk",
            ),
            one,
        )
        .api(
            Op::post(
                "/api/v1/bulk/{id}/undo",
                "undoBulk",
                Right::Enter,
                "Takes a change of many back: each record that nobody changed since",
                "Bulk",
            ),
            undo,
        )
        .api(
            Op::post(
                "/api/v1/bulk/{id}/resume",
                "resumeBulk",
                Right::Enter,
                "Goes on with a change of many that was interrupted",
                "Bulk",
            ),
            resume,
        )
        .schemas(vec![
            (
                "Bulk",
                shape::object(&[
                    ("id", shape::text()),
                    ("plane", shape::text()),
                    ("change", json!({ "type": "object" })),
                    ("at", shape::moment()),
                    ("state", shape::one_of(BulkState::ALL.map(BulkState::as_str))),
                    ("waiting", shape::count()),
                    ("changed", shape::count()),
                    ("same", shape::count()),
                    ("refused", shape::count()),
                    ("restored", shape::count()),
                    ("left", shape::count()),
                    ("items", shape::many(shape::of("BulkItem"))),
                ]),
            ),
            (
                "BulkItem",
                shape::object(&[
                    ("id", shape::text()),
                    ("name", shape::text()),
                    ("outcome", shape::one_of(Outcome::ALL.map(Outcome::as_str))),
                    ("reason", shape::maybe_text()),
                ]),
            ),
        ])
}

/// The operation that changes many records of a list. `given` is the schema that [`schema`] makes of its changes.
pub fn op(path: &'static str, id: &'static str, right: Right, says: &'static str, given: &'static str) -> Op {
    Op::post(path, id, right, says, "Bulk").takes(given)
}

/// What such an operation takes: either `ids`, or `filter` as the list takes it; and one of the changes.
pub fn schema(spec: &ListSpec, changes: &[Value]) -> Value {
    let common = |which: &str, what: Value| {
        json!({ "type": "object", "properties": { which: what, "change": { "oneOf": changes } },
            "required": [which, "change"], "additionalProperties": false })
    };
    let filters = spec.filters.iter().map(|filter| (filter.name, filter_param(filter.name, &filter.kind).schema));
    let mut filter = shape::given(0, &filters.collect::<Vec<_>>());
    if let Value::Object(filter) = &mut filter {
        filter.insert("minProperties".into(), 1.into());
    }
    json!({ "oneOf": [common("ids", shape::some(1, BULK_MOST, shape::words(1, 200))), common("filter", filter)] })
}

/// What a program sends.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct BulkGiven {
    ids: Option<Vec<String>>,
    filter: Option<Map<String, Value>>,
    change: Value,
}

/// Changes many records for a program, and says what became of each.
pub async fn program(visit: Visit, many: &dyn Many, given: Value) -> ApiAnswer {
    if many.opens_all() {
        sees_all(&visit)?;
    }
    let given: BulkGiven = serde_json::from_value(given).map_err(|error| Problem::new(Code::Invalid, error))?;
    let wrong = |wrong| Problem { errors: vec![wrong], ..Code::Invalid.into() };
    let change = many.read(&given.change).map_err(wrong)?;
    let right = many.right(&change);
    if !visit.may(right) {
        let scope = right.scope().unwrap_or_default();
        return Err(Problem::new(
            Code::Scope,
            format!("this change wants the scope {scope}, and that its person has that right"),
        ));
    }
    let records = match (given.ids, given.filter) {
        (Some(ids), None) => ids,
        (None, Some(filter)) => matching(&visit, many, filter).await?,
        _ => return Err(Problem::new(Code::Invalid, "send either ids or filter")),
    };
    if records.len() > BULK_MOST {
        let detail =
            format!("a change of many takes {BULK_MOST} records; narrow the filter, or send some of them at a time");
        return Err(Problem::refused("too-many", detail));
    }
    let bulk = work::begin(&visit.db, many, &visit.viewer, &change, &records, "", visit.now).await?;
    let bulk = work::go_on(&visit.db, many, &visit.viewer, &bulk, visit.now).await?;
    shown(&visit, &bulk).await
}

async fn matching(visit: &Visit, many: &dyn Many, filter: Map<String, Value>) -> Result<Vec<String>, Problem> {
    // What is not understood must not come to mean all there is.
    if filter.is_empty() {
        return Err(Problem::invalid("filter", "empty", ""));
    }
    let mut pairs = Vec::with_capacity(filter.len());
    for (name, value) in filter {
        if !many.spec().filters.iter().any(|known| known.name == name) {
            return Err(Problem::invalid(&format!("filter.{name}"), "word", ""));
        }
        match value {
            Value::String(text) => pairs.push((name, text)),
            other => return Err(Problem::invalid(&format!("filter.{name}"), "text", other)),
        }
    }
    // Without a word of the state a list for people shows what is live; for programs it is all there is.
    if !pairs.iter().any(|(name, _)| name == "state") {
        pairs.push(("state".into(), String::new()));
    }
    Ok(many.matching(visit, pairs, BULK_MOST + 1).await?)
}

async fn whole(visit: &Visit, bulk: &Bulk) -> Result<Value, Problem> {
    let rows = sql::rows(&visit.db, &bulk.id, 0, i64::try_from(BULK_MOST).unwrap_or(i64::MAX)).await?;
    let items: Vec<Value> = rows
        .iter()
        .map(|row| {
            let reason = (!row.reason.is_empty()).then_some(row.reason.as_str());
            json!({ "id": row.record, "name": row.name, "outcome": row.outcome.as_str(), "reason": reason })
        })
        .collect();
    let mut value = json!({
        "id": bulk.id, "plane": bulk.plane, "change": bulk.change(), "at": bulk.at.rfc3339(), "state": bulk.state.as_str(),
        "items": items,
    });
    if let Value::Object(value) = &mut value {
        for outcome in Outcome::ALL {
            value.insert(outcome.as_str().into(), rows.iter().filter(|row| row.outcome == outcome).count().into());
        }
    }
    Ok(value)
}

async fn shown(visit: &Visit, bulk: &Bulk) -> ApiAnswer {
    Ok(answer(&whole(visit, bulk).await?))
}

/// A change of the program's person, with what makes it. One that a person chose may go further than a program sees that is
/// limited to mailboxes: it neither reads it nor ends it half-way.
async fn of_person(visit: &Visit, id: &str) -> Result<(Bulk, Arc<dyn Many>), Problem> {
    if visit.sees_less_than_its_person() {
        return Err(Problem::new(
            Code::Scope,
            "a token limited to mailboxes neither reads nor takes back what was changed",
        ));
    }
    Ok(found(visit, id).await?)
}

async fn one(visit: Visit, Path(id): Path<String>) -> ApiAnswer {
    let (bulk, _) = of_person(&visit, &id).await?;
    Ok(record(&whole(&visit, &bulk).await?))
}

async fn undo(visit: Visit, Path(id): Path<String>) -> ApiAnswer {
    let (bulk, many) = of_person(&visit, &id).await?;
    if bulk.state == BulkState::Chosen {
        return Err(Problem::refused("nothing-done", "nothing of it was done yet"));
    }
    let bulk = work::take_back(&visit.db, &*many, &visit.viewer, &bulk, visit.now).await?;
    shown(&visit, &bulk).await
}

async fn resume(visit: Visit, Path(id): Path<String>) -> ApiAnswer {
    let (bulk, many) = of_person(&visit, &id).await?;
    let bulk = match bulk.state {
        BulkState::Undoing => work::take_back(&visit.db, &*many, &visit.viewer, &bulk, visit.now).await?,
        _ => work::go_on(&visit.db, &*many, &visit.viewer, &bulk, visit.now).await?,
    };
    shown(&visit, &bulk).await
}
