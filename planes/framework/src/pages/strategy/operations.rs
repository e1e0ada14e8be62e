//! The strategy for programs.

use manara_model::Viewer;
use manara_store::{Db, StoreError};
use manara_web::api::{ApiAnswer, Op, record};
use manara_web::{Right, Visit};
use serde_json::{Map, Value, json};

use crate::sql_strategy as sql;
use crate::strategy::{Function, Review, Stakeholder, Undertaking};

/// The strategy as a program reads it, as far as a viewer may see it.
pub async fn whole(db: &Db, viewer: &Viewer, today: &str) -> Result<Value, StoreError> {
    let stakeholders = sql::stakeholders(db).await?;
    let parts = sql::parts(db).await?;
    let of = |one: &Stakeholder| {
        let own: Map<String, Value> = parts
            .iter()
            .filter(|(id, _, _)| *id == one.id)
            .map(|(_, item, part)| (item.clone(), part.as_str().into()))
            .collect();
        json!({ "id": one.id, "name": one.name, "organisation": one.organisation, "contact": one.contact, "parts": own })
    };
    let action = |one: &Undertaking| {
        json!({ "id": one.id, "item": one.item, "title": one.title, "owner": one.owner, "due": one.due,
            "state": one.progress.as_str(), "is_late": one.is_late(today), "note": one.note, "tlp": one.tlp.label() })
    };
    let function = |one: &Function| {
        let providers = one.providers.iter().map(|(id, name)| json!({ "constituent": id, "name": name }));
        json!({ "id": one.id, "name": one.name, "owner": one.owner, "note": one.note, "tlp": one.tlp.label(),
            "needs": one.needs, "providers": providers.collect::<Vec<_>>() })
    };
    let review = |one: &Review| {
        json!({ "id": one.id, "kind": one.kind, "title": one.title, "owner": one.owner, "next": one.next,
            "every_months": one.every_months, "last": one.last })
    };
    Ok(json!({
        "stakeholders": stakeholders.iter().map(of).collect::<Vec<_>>(),
        "actions": sql::undertakings(db, viewer).await?.iter().map(action).collect::<Vec<_>>(),
        "functions": sql::functions(db, viewer).await?.iter().map(function).collect::<Vec<_>>(),
        "reviews": sql::reviews(db).await?.iter().map(review).collect::<Vec<_>>(),
    }))
}

/// The operation for programs.
pub(in super::super) fn operation() -> Op {
    let says = "The national strategy: stakeholders, actions, critical functions, reviews";
    Op::get("/api/v1/strategy", "getStrategy", Right::ReadFramework, says, "Anything")
}

pub(in super::super) async fn asked(visit: Visit) -> ApiAnswer {
    Ok(record(&whole(&visit.db, &visit.viewer, &visit.now.day()).await?))
}
