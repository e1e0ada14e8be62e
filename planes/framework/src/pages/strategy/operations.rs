//! The strategy for programs: whole, and each of its lists in pages.

use std::collections::HashMap;

use manara_model::Viewer;
use manara_store::{Db, StoreError};
use manara_web::api::{ApiAnswer, Op, page_of, read_list, record, schema};
use manara_web::{Right, Site, Visit};
use serde_json::{Map, Value, json};

use super::super::works::OpenWorks;
use super::ACTIONS;
use super::functions::FUNCTIONS;
use super::reviews::REVIEWS;
use super::roles::STAKEHOLDERS;
use crate::sql_strategy as sql;
use crate::strategy::{Function, Progress, Review, Stakeholder, Undertaking};

pub(super) fn stakeholder_json(one: &Stakeholder, parts: Map<String, Value>) -> Value {
    json!({ "id": one.id, "name": one.name, "organisation": one.organisation, "contact": one.contact, "parts": parts,
        "version": one.version })
}

pub(super) fn action_json(one: &Undertaking, today: &str) -> Value {
    json!({ "id": one.id, "item": one.item, "title": one.title, "owner": one.owner, "due": one.due,
        "state": one.progress.as_str(), "is_late": one.is_late(today), "note": one.note, "tlp": one.tlp.label(),
        "version": one.version })
}

pub(super) fn function_json(one: &Function) -> Value {
    let providers = one.providers.iter().map(|(id, name)| json!({ "constituent": id, "name": name }));
    json!({ "id": one.id, "name": one.name, "owner": one.owner, "note": one.note, "tlp": one.tlp.label(),
        "needs": one.needs, "providers": providers.collect::<Vec<_>>(), "version": one.version })
}

/// A review as a program reads it.
pub fn review_json(one: &Review) -> Value {
    json!({ "id": one.id, "kind": one.kind, "title": one.title, "owner": one.owner, "next": one.next,
        "every_months": one.every_months, "last": one.last, "version": one.version })
}

/// The strategy as a program reads it, as far as a viewer may see it.
pub async fn whole(db: &Db, viewer: &Viewer, today: &str) -> Result<Value, StoreError> {
    let stakeholders = sql::stakeholders(db).await?;
    let mut parts: HashMap<String, Map<String, Value>> = HashMap::new();
    for (id, item, part) in sql::parts(db).await? {
        parts.entry(id).or_default().insert(item, part.as_str().into());
    }
    let mut of = |one: &Stakeholder| stakeholder_json(one, parts.remove(&one.id).unwrap_or_default());
    let actions = sql::undertakings(db, viewer).await?;
    Ok(json!({
        "stakeholders": stakeholders.iter().map(&mut of).collect::<Vec<_>>(),
        "actions": actions.iter().map(|one| action_json(one, today)).collect::<Vec<_>>(),
        "functions": sql::functions(db, viewer).await?.iter().map(function_json).collect::<Vec<_>>(),
        "reviews": sql::reviews(db).await?.iter().map(review_json).collect::<Vec<_>>(),
    }))
}

/// The operations on the lists.
pub(in super::super) fn lists() -> Site<OpenWorks> {
    let read = Right::ReadFramework;
    Site::new()
        .api(
            Op::list(
                "/api/v1/strategy/stakeholders",
                "listStakeholders",
                read,
                "The stakeholders of the strategy, with what each is to the goals",
                &STAKEHOLDERS,
                "Stakeholder",
            ),
            stakeholders,
        )
        .api(
            Op::list(
                "/api/v1/strategy/actions",
                "listActions",
                read,
                "The actions of the strategy",
                &ACTIONS,
                "StrategyAction",
            ),
            actions,
        )
        .api(
            Op::list(
                "/api/v1/strategy/functions",
                "listFunctions",
                read,
                "The critical functions",
                &FUNCTIONS,
                "CriticalFunction",
            ),
            functions,
        )
        .api(
            Op::list(
                "/api/v1/strategy/reviews",
                "listReviews",
                read,
                "The reviews of the strategy",
                &REVIEWS,
                "StrategyReview",
            ),
            reviews,
        )
        .schemas(schemas())
}

fn schemas() -> Vec<(&'static str, Value)> {
    let text = schema::text;
    let parts = json!({ "type": "object", "additionalProperties": { "type": "string" } });
    let provider = schema::object(&[("constituent", text()), ("name", text())]);
    let states = schema::one_of(Progress::ALL.map(Progress::as_str));
    vec![
        (
            "Stakeholder",
            schema::object(&[
                ("id", text()),
                ("name", text()),
                ("organisation", text()),
                ("contact", text()),
                ("parts", parts),
                ("version", schema::count()),
            ]),
        ),
        (
            "StrategyAction",
            schema::object(&[
                ("id", text()),
                ("item", text()),
                ("title", text()),
                ("owner", text()),
                ("due", text()),
                ("state", states),
                ("is_late", schema::flag()),
                ("note", text()),
                ("tlp", text()),
                ("version", schema::count()),
            ]),
        ),
        (
            "CriticalFunction",
            schema::object(&[
                ("id", text()),
                ("name", text()),
                ("owner", text()),
                ("note", text()),
                ("tlp", text()),
                ("needs", schema::many(text())),
                ("providers", schema::many(provider)),
                ("version", schema::count()),
            ]),
        ),
        (
            "StrategyReview",
            schema::object(&[
                ("id", text()),
                ("kind", text()),
                ("title", text()),
                ("owner", text()),
                ("next", text()),
                ("every_months", json!({ "type": "integer" })),
                ("last", text()),
                ("version", schema::count()),
            ]),
        ),
    ]
}

async fn stakeholders(visit: Visit) -> ApiAnswer {
    let found = read_list(&STAKEHOLDERS, &visit)?.fetch(&visit.db, &[], sql::stakeholder).await?;
    let next = found.next();
    let ids: Vec<String> = found.rows.iter().map(|one| one.id.clone()).collect();
    let mut parts: HashMap<String, Map<String, Value>> = HashMap::new();
    for ((id, item), part) in sql::parts_of(&visit.db, &ids).await? {
        parts.entry(id).or_default().insert(item, part.as_str().into());
    }
    let shown = found.rows.iter().map(|one| stakeholder_json(one, parts.remove(&one.id).unwrap_or_default()));
    Ok(page_of(shown.collect(), next))
}

async fn actions(visit: Visit) -> ApiAnswer {
    let today = visit.now.day();
    let fixed = [visit.viewer.clearance.rank().into(), (&today).into()];
    let found = read_list(&ACTIONS, &visit)?.fetch(&visit.db, &fixed, sql::undertaking).await?;
    let next = found.next();
    Ok(page_of(found.rows.iter().map(|one| action_json(one, &today)).collect(), next))
}

async fn functions(visit: Visit) -> ApiAnswer {
    let fixed = [visit.viewer.clearance.rank().into()];
    let found = read_list(&FUNCTIONS, &visit)?.fetch(&visit.db, &fixed, sql::function).await?;
    let next = found.next();
    let ids: Vec<String> = found.rows.iter().map(|one| one.id.clone()).collect();
    let mut links = sql::links(&visit.db, &visit.viewer, &ids).await?;
    let shown = found.rows.into_iter().map(|mut one| {
        let needs = links.needs.remove(&one.id).unwrap_or_default();
        one.needs = needs.into_iter().map(|(id, _)| id).collect();
        one.providers = links.providers.remove(&one.id).unwrap_or_default();
        function_json(&one)
    });
    Ok(page_of(shown.collect(), next))
}

async fn reviews(visit: Visit) -> ApiAnswer {
    let today = visit.now.day();
    let found = read_list(&REVIEWS, &visit)?.fetch(&visit.db, &[(&today).into()], sql::review).await?;
    let next = found.next();
    Ok(page_of(found.rows.iter().map(review_json).collect(), next))
}

/// The operation for programs.
pub(in super::super) fn operation() -> Op {
    let says = "The national strategy: stakeholders, actions, critical functions, reviews";
    Op::get("/api/v1/strategy", "getStrategy", Right::ReadFramework, says, "Anything")
}

pub(in super::super) async fn asked(visit: Visit) -> ApiAnswer {
    Ok(record(&whole(&visit.db, &visit.viewer, &visit.now.day()).await?))
}
