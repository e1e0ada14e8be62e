//! Writing the strategy, for programs: a record of each kind is added, read, replaced whole, taken out of sight and brought back.

use std::collections::BTreeMap;

use axum::extract::{Path, State as Stated};
use axum::response::Response;
use manara_model::Tlp;
use manara_web::api::{ApiAnswer, Given, Match, Op, Problem, etag_of, json as answer, made, record, schema, with_etag};
use manara_web::{Right, Site, Visit};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::super::works::{OpenWorks, Works};
use super::operations::{action_json, function_json, review_json, stakeholder_json};
use crate::assessment::NAME_CHARS;
use crate::jobs::{self, FrameworkError, Refusal};
use crate::sql_strategy as sql;
use crate::strategy::{
    ELEMENTS, Function, LINKS, Part, Progress, REMARK_CHARS, REVIEWS, Record, Review, Stakeholder, TITLE_CHARS,
    Undertaking, goals,
};

const STAKEHOLDERS: &str = "/api/v1/strategy/stakeholders";
const STAKEHOLDER: &str = "/api/v1/strategy/stakeholders/{id}";
const ACTIONS: &str = "/api/v1/strategy/actions";
const ACTION: &str = "/api/v1/strategy/actions/{id}";
const FUNCTIONS: &str = "/api/v1/strategy/functions";
const FUNCTION: &str = "/api/v1/strategy/functions/{id}";
const REVIEW_LIST: &str = "/api/v1/strategy/reviews";
const REVIEW: &str = "/api/v1/strategy/reviews/{id}";

/// The operations.
pub(in super::super) fn site() -> Site<OpenWorks> {
    let (read, moderate) = (Right::ReadFramework, Right::ModerateAssessments);
    let adds = |path, id, says, one, given| Op::make(path, id, moderate, says, one).takes(given).etag();
    let replaces = |path, id, says, one, given| Op::put(path, id, moderate, says, one).takes(given).etag();
    Site::new()
        .api(
            adds(
                STAKEHOLDERS,
                "addStakeholder",
                "Adds a stakeholder, with what it is to goals",
                "Stakeholder",
                "StakeholderGiven",
            ),
            add_stakeholder,
        )
        .api(Op::get(STAKEHOLDER, "getStakeholder", read, "One stakeholder", "Stakeholder").etag(), one_stakeholder)
        .api(
            replaces(STAKEHOLDER, "putStakeholder", "Replaces a stakeholder", "Stakeholder", "StakeholderGiven"),
            put_stakeholder,
        )
        .api(
            adds(
                ACTIONS,
                "addStrategyAction",
                "Adds an action of the strategy",
                "StrategyAction",
                "StrategyActionGiven",
            ),
            add_action,
        )
        .api(Op::get(ACTION, "getStrategyAction", read, "One action", "StrategyAction").etag(), one_action)
        .api(
            replaces(ACTION, "putStrategyAction", "Replaces an action", "StrategyAction", "StrategyActionGiven"),
            put_action,
        )
        .api(
            adds(
                FUNCTIONS,
                "addCriticalFunction",
                "Adds a critical function",
                "CriticalFunction",
                "CriticalFunctionGiven",
            ),
            add_function,
        )
        .api(
            Op::get(FUNCTION, "getCriticalFunction", read, "One critical function", "CriticalFunction").etag(),
            one_function,
        )
        .api(
            replaces(
                FUNCTION,
                "putCriticalFunction",
                "Replaces a critical function",
                "CriticalFunction",
                "CriticalFunctionGiven",
            ),
            put_function,
        )
        .api(
            adds(REVIEW_LIST, "addStrategyReview", "Adds a review", "StrategyReview", "StrategyReviewGiven"),
            add_review,
        )
        .api(Op::get(REVIEW, "getStrategyReview", read, "One review", "StrategyReview").etag(), one_review)
        .api(
            replaces(REVIEW, "putStrategyReview", "Replaces a review", "StrategyReview", "StrategyReviewGiven"),
            put_review,
        )
        .api(
            Op::post(
                "/api/v1/strategy/reviews/{id}/done",
                "doneStrategyReview",
                moderate,
                "Notes that a review was done today; one that comes again gets its next day",
                "StrategyReview",
            )
            .etag(),
            done,
        )
        .api(
            Op::post(
                "/api/v1/strategy/{kind}/{id}/remove",
                "removeFromStrategy",
                moderate,
                "Takes a record out of sight; kind is stakeholders, actions, functions or reviews",
                "StrategyRecord",
            ),
            remove,
        )
        .api(
            Op::post(
                "/api/v1/strategy/{kind}/{id}/restore",
                "restoreToStrategy",
                moderate,
                "Brings a record back that was taken out of sight",
                "StrategyRecord",
            ),
            restore,
        )
        .schemas(schemas())
}

fn schemas() -> Vec<(&'static str, Value)> {
    let (name, day) = (|| schema::words(1, NAME_CHARS), || schema::words(0, 10));
    let (perhaps, note) = (|| schema::words(0, NAME_CHARS), || schema::words(0, REMARK_CHARS));
    let parts = json!({ "type": "object",
        "additionalProperties": { "enum": Part::ALL.map(Part::as_str) } });
    vec![
        (
            "StakeholderGiven",
            schema::given(2, &[("name", name()), ("organisation", name()), ("contact", perhaps()), ("parts", parts)]),
        ),
        (
            "StrategyActionGiven",
            schema::given(
                1,
                &[
                    ("title", schema::words(1, TITLE_CHARS)),
                    ("item", schema::words(0, 64)),
                    ("owner", perhaps()),
                    ("due", day()),
                    ("state", schema::one_of(Progress::ALL.map(Progress::as_str))),
                    ("note", note()),
                    ("tlp", schema::tlp()),
                ],
            ),
        ),
        (
            "CriticalFunctionGiven",
            schema::given(
                1,
                &[
                    ("name", name()),
                    ("owner", perhaps()),
                    ("note", note()),
                    ("tlp", schema::tlp()),
                    ("needs", schema::some(0, LINKS, schema::words(1, 64))),
                    ("providers", schema::some(0, LINKS, schema::words(1, 300))),
                ],
            ),
        ),
        (
            "StrategyReviewGiven",
            schema::given(
                3,
                &[
                    ("kind", schema::one_of(REVIEWS)),
                    ("title", schema::words(1, TITLE_CHARS)),
                    ("next", schema::words(10, 10)),
                    ("owner", perhaps()),
                    ("every_months", json!({ "type": "integer", "minimum": 0, "maximum": 120 })),
                    ("last", day()),
                ],
            ),
        ),
        ("StrategyRecord", schema::object(&[("kind", schema::text()), ("id", schema::text())])),
    ]
}

/// What a record may not be, by its field.
fn refused(error: FrameworkError) -> Problem {
    let why = match error {
        FrameworkError::Refused(Refusal::NotFound) => return Problem::not_found(),
        FrameworkError::Refused(Refusal::Stale) => return Match::stale(),
        FrameworkError::Refused(why) => why,
        FrameworkError::Store(error) => return error.into(),
    };
    let field = match why {
        Refusal::Name => "name",
        Refusal::Text => "title",
        Refusal::Day => "due",
        Refusal::Item => "item",
        Refusal::Clearance => "tlp",
        _ => return Problem::refused(why.code(), why),
    };
    Problem { detail: why.to_string(), ..Problem::invalid(field, why.code(), "") }
}

/// The marking that was given; without one that of new records, as far as the person of the token may see.
fn marking(visit: &Visit, given: Option<&str>) -> Result<Tlp, Problem> {
    match given {
        None => Ok(Tlp::Amber.min(visit.viewer.clearance)),
        Some(text) => Tlp::parse(text).ok_or_else(|| Problem::invalid("tlp", "word", text)),
    }
}

/// A new record, with its address.
fn new(list: &str, value: &Value) -> Response {
    let path = format!("{list}/{}", value.get("id").and_then(Value::as_str).unwrap_or_default());
    with_etag(&etag_of(value), made(&path, value))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct StakeholderGiven {
    name: String,
    organisation: String,
    #[serde(default)]
    contact: String,
    /// What it is to goals: goals that are not named are none of its business.
    #[serde(default)]
    parts: BTreeMap<String, String>,
}

async fn stakeholder(visit: &Visit, id: &str) -> Result<(Stakeholder, Value), Problem> {
    let one = sql::one_stakeholder(&visit.db, id).await?.ok_or_else(Problem::not_found)?;
    let parts = sql::parts_of(&visit.db, std::slice::from_ref(&one.id)).await?;
    let parts: Map<String, Value> = parts.into_iter().map(|((_, item), part)| (item, part.as_str().into())).collect();
    let value = stakeholder_json(&one, parts);
    Ok((one, value))
}

async fn save_stakeholder(
    visit: &Visit,
    works: &Works,
    (id, version): (String, i64),
    given: StakeholderGiven,
) -> Result<Value, Problem> {
    let catalogue = works.desk.shelf.get(ELEMENTS).ok_or_else(Problem::not_found)?;
    let StakeholderGiven { name, organisation, contact, mut parts } = given;
    let mut said: Vec<(String, Option<Part>)> = Vec::new();
    for goal in goals(catalogue) {
        let part = match parts.remove(&goal.ref_id) {
            None => None,
            Some(word) => Some(Part::parse(&word).ok_or_else(|| Problem::invalid("parts", "word", word))?),
        };
        // A new one has nothing to be taken away.
        if part.is_some() || !id.is_empty() {
            said.push((goal.ref_id.clone(), part));
        }
    }
    if let Some((item, _)) = parts.pop_first() {
        return Err(Problem::invalid("parts", "not-found", item));
    }
    let one = Stakeholder { id, name, organisation, contact, version };
    let parts = Some((&**catalogue, said.as_slice()));
    let id = jobs::save_stakeholder(&visit.db, &visit.viewer, &one, parts, visit.now).await.map_err(refused)?;
    Ok(stakeholder(visit, &id).await?.1)
}

async fn add_stakeholder(
    visit: Visit,
    Stated(works): Stated<Works>,
    Given(given): Given<StakeholderGiven>,
) -> ApiAnswer {
    Ok(new(STAKEHOLDERS, &save_stakeholder(&visit, &works, (String::new(), 0), given).await?))
}

async fn one_stakeholder(visit: Visit, Path(id): Path<String>) -> ApiAnswer {
    Ok(record(&stakeholder(&visit, &id).await?.1))
}

async fn put_stakeholder(
    visit: Visit,
    Stated(works): Stated<Works>,
    Path(id): Path<String>,
    is: Match,
    Given(given): Given<StakeholderGiven>,
) -> ApiAnswer {
    let (one, value) = stakeholder(&visit, &id).await?;
    is.check(&etag_of(&value))?;
    Ok(record(&save_stakeholder(&visit, &works, (one.id, one.version), given).await?))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct StrategyActionGiven {
    title: String,
    #[serde(default)]
    item: String,
    #[serde(default)]
    owner: String,
    #[serde(default)]
    due: String,
    state: Option<String>,
    #[serde(default)]
    note: String,
    tlp: Option<String>,
}

async fn action(visit: &Visit, id: &str) -> Result<(Undertaking, Value), Problem> {
    let one = sql::one_undertaking(&visit.db, &visit.viewer, id).await?.ok_or_else(Problem::not_found)?;
    let value = action_json(&one, &visit.now.day());
    Ok((one, value))
}

async fn save_action(
    visit: &Visit,
    works: &Works,
    (id, version): (String, i64),
    given: StrategyActionGiven,
) -> Result<Value, Problem> {
    let tlp = marking(visit, given.tlp.as_deref())?;
    let read = |text: &String| Progress::parse(text).ok_or_else(|| Problem::invalid("state", "word", text));
    let progress = given.state.as_ref().map(read).transpose()?.unwrap_or_default();
    let StrategyActionGiven { title, item, owner, due, note, .. } = given;
    let one = Undertaking { id, item, title, owner, due, progress, note, tlp, version };
    let catalogue = works.desk.shelf.get(ELEMENTS).map(|found| &**found);
    let id = jobs::save_undertaking(&visit.db, &visit.viewer, catalogue, &one, visit.now).await.map_err(refused)?;
    Ok(action(visit, &id).await?.1)
}

async fn add_action(visit: Visit, Stated(works): Stated<Works>, Given(given): Given<StrategyActionGiven>) -> ApiAnswer {
    Ok(new(ACTIONS, &save_action(&visit, &works, (String::new(), 0), given).await?))
}

async fn one_action(visit: Visit, Path(id): Path<String>) -> ApiAnswer {
    Ok(record(&action(&visit, &id).await?.1))
}

async fn put_action(
    visit: Visit,
    Stated(works): Stated<Works>,
    Path(id): Path<String>,
    is: Match,
    Given(given): Given<StrategyActionGiven>,
) -> ApiAnswer {
    let (one, value) = action(&visit, &id).await?;
    is.check(&etag_of(&value))?;
    Ok(record(&save_action(&visit, &works, (one.id, one.version), given).await?))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CriticalFunctionGiven {
    name: String,
    #[serde(default)]
    owner: String,
    #[serde(default)]
    note: String,
    tlp: Option<String>,
    /// Ids of functions.
    #[serde(default)]
    needs: Vec<String>,
    /// Constituents by id or name.
    #[serde(default)]
    providers: Vec<String>,
}

async fn function(visit: &Visit, id: &str) -> Result<(Function, Value), Problem> {
    let one = sql::one_function(&visit.db, &visit.viewer, id).await?.ok_or_else(Problem::not_found)?;
    let value = function_json(&one);
    Ok((one, value))
}

async fn save_function(
    visit: &Visit,
    works: &Works,
    (id, version): (String, i64),
    given: CriticalFunctionGiven,
) -> Result<Value, Problem> {
    let tlp = marking(visit, given.tlp.as_deref())?;
    for (field, list) in [("needs", &given.needs), ("providers", &given.providers)] {
        if list.len() > LINKS {
            return Err(Problem::invalid(field, "too-many", list.len()));
        }
    }
    for need in &given.needs {
        if sql::one_function(&visit.db, &visit.viewer, need).await?.is_none() {
            return Err(Problem::invalid("needs", "not-found", need));
        }
    }
    let mut providers = Vec::with_capacity(given.providers.len());
    for name in &given.providers {
        let found = works.beside.constituent(name).await?;
        providers.push(found.ok_or_else(|| Problem::invalid("providers", "not-found", name))?);
    }
    let CriticalFunctionGiven { name, owner, note, needs, .. } = given;
    let one = Function { id, name, owner, note, tlp, needs, providers, version };
    let id = jobs::save_function(&visit.db, &visit.viewer, &one, visit.now).await.map_err(refused)?;
    Ok(function(visit, &id).await?.1)
}

async fn add_function(
    visit: Visit,
    Stated(works): Stated<Works>,
    Given(given): Given<CriticalFunctionGiven>,
) -> ApiAnswer {
    Ok(new(FUNCTIONS, &save_function(&visit, &works, (String::new(), 0), given).await?))
}

async fn one_function(visit: Visit, Path(id): Path<String>) -> ApiAnswer {
    Ok(record(&function(&visit, &id).await?.1))
}

async fn put_function(
    visit: Visit,
    Stated(works): Stated<Works>,
    Path(id): Path<String>,
    is: Match,
    Given(given): Given<CriticalFunctionGiven>,
) -> ApiAnswer {
    let (one, value) = function(&visit, &id).await?;
    is.check(&etag_of(&value))?;
    Ok(record(&save_function(&visit, &works, (one.id, one.version), given).await?))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct StrategyReviewGiven {
    kind: String,
    title: String,
    next: String,
    #[serde(default)]
    owner: String,
    #[serde(default)]
    every_months: i64,
    #[serde(default)]
    last: String,
}

async fn review(visit: &Visit, id: &str) -> Result<(Review, Value), Problem> {
    let one = sql::one_review(&visit.db, id).await?.ok_or_else(Problem::not_found)?;
    let value = review_json(&one);
    Ok((one, value))
}

async fn save_review(
    visit: &Visit,
    (id, version): (String, i64),
    given: StrategyReviewGiven,
) -> Result<Value, Problem> {
    let StrategyReviewGiven { kind, title, next, owner, every_months, last } = given;
    let one = Review { id, kind, title, owner, next, every_months, last, version };
    let id = jobs::save_review(&visit.db, &visit.viewer, &one, visit.now).await.map_err(refused)?;
    Ok(review(visit, &id).await?.1)
}

async fn add_review(visit: Visit, Given(given): Given<StrategyReviewGiven>) -> ApiAnswer {
    Ok(new(REVIEW_LIST, &save_review(&visit, (String::new(), 0), given).await?))
}

async fn one_review(visit: Visit, Path(id): Path<String>) -> ApiAnswer {
    Ok(record(&review(&visit, &id).await?.1))
}

async fn put_review(
    visit: Visit,
    Path(id): Path<String>,
    is: Match,
    Given(given): Given<StrategyReviewGiven>,
) -> ApiAnswer {
    let (one, value) = review(&visit, &id).await?;
    is.check(&etag_of(&value))?;
    Ok(record(&save_review(&visit, (one.id, one.version), given).await?))
}

async fn done(visit: Visit, Path(id): Path<String>, is: Match) -> ApiAnswer {
    let (one, value) = review(&visit, &id).await?;
    is.check(&etag_of(&value))?;
    let now = jobs::review_done(&visit.db, &visit.viewer, &one, visit.now).await.map_err(refused)?;
    // One that does not come again is off the calendar: what it was is told.
    let value = match review(&visit, &id).await {
        Ok((_, value)) => value,
        Err(_) => review_json(&now),
    };
    Ok(record(&value))
}

fn record_of(kind: &str) -> Result<Record, Problem> {
    Record::parse_many(kind).ok_or_else(Problem::not_found)
}

async fn remove(visit: Visit, Path((kind, id)): Path<(String, String)>) -> ApiAnswer {
    let record = record_of(&kind)?;
    jobs::remove_record(&visit.db, &visit.viewer, record, &id, visit.now).await.map_err(refused)?;
    Ok(answer(&json!({ "kind": record.as_str(), "id": id })))
}

async fn restore(visit: Visit, Path((kind, id)): Path<(String, String)>) -> ApiAnswer {
    let record = record_of(&kind)?;
    jobs::restore_record(&visit.db, &visit.viewer, record, &id, visit.now).await.map_err(refused)?;
    Ok(answer(&json!({ "kind": record.as_str(), "id": id })))
}
