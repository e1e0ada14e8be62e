//! Services, blocks and the manual for programs.

use axum::extract::{Path, State as Stated};
use manara_web::api::{ApiAnswer, Op, Problem, json as answer, record, schema};
use manara_web::{Right, Service, Site, Visit};
use serde_json::{Value, json};

use super::list::{Line, Standing};
use super::{Ground, OpenFounding, not_written};
use crate::establish::{EstablishError, Refused, Stand, apply as applied, preview, undo as undone};
use crate::manual::written;

/// The operations.
pub(super) fn site() -> Site<OpenFounding> {
    let (read, change) = (Right::ReadFramework, Right::ChangeRules);
    Site::new()
        .api(Op::get("/api/v1/services", "listServices", read, "The services, and which are on", "Services"), services)
        .api(
            Op::get("/api/v1/blocks", "listBlocks", read, "The building blocks, and where each stands", "Blocks"),
            blocks,
        )
        .api(
            Op::get("/api/v1/blocks/{id}", "previewBlock", read, "What applying a block would do now", "BlockSteps"),
            one,
        )
        .api(
            Op::post(
                "/api/v1/blocks/{id}/apply",
                "applyBlock",
                change,
                "Applies a block: its services are switched on; what a person has to do is said",
                "BlockSteps",
            ),
            apply,
        )
        .api(
            Op::post(
                "/api/v1/blocks/{id}/undo",
                "undoBlock",
                change,
                "Takes the application of a block back, as far as nothing changed since",
                "BlockSteps",
            ),
            undo,
        )
        .api(
            Op::get(
                "/api/v1/manual",
                "getManual",
                read,
                "The procedures as they are now, in Markdown",
                "ManualOfHouse",
            ),
            manual,
        )
        .schemas(schemas())
}

fn schemas() -> Vec<(&'static str, Value)> {
    let (text, flag) = (schema::text, schema::flag);
    let outcome = schema::one_of(["done", "already-so", "needs-person", "stays"]);
    let items = |of: &str| schema::object(&[("items", schema::many(schema::of(of)))]);
    vec![
        ("Service", schema::object(&[("id", text()), ("name", text()), ("on", flag()), ("basic", flag())])),
        ("Services", items("Service")),
        (
            "Block",
            schema::object(&[
                ("id", text()),
                ("name", text()),
                ("kind", text()),
                ("stage", schema::one_of(["basic", "enhanced"])),
                ("stand", schema::one_of(Stand::ALL.map(Stand::as_str))),
                ("services", schema::many(text())),
                ("person", text()),
                ("due", text()),
            ]),
        ),
        ("Blocks", items("Block")),
        (
            "BlockStep",
            schema::object(&[
                ("name", text()),
                ("what", text()),
                ("service", text()),
                ("outcome", outcome),
                ("found", text()),
                ("href", text()),
            ]),
        ),
        ("BlockSteps", schema::object(&[("block", text()), ("steps", schema::many(schema::of("BlockStep")))])),
        ("ManualDocument", schema::object(&[("id", text()), ("title", text()), ("version", text()), ("text", text())])),
        ("ManualOfHouse", items("ManualDocument")),
    ]
}

pub(super) fn not_done(error: EstablishError) -> Problem {
    match error {
        EstablishError::Refused(Refused::NoBlock) => Problem::not_found(),
        EstablishError::Refused(why) => Problem::refused(why.code(), why),
        EstablishError::Store(error) => error.into(),
    }
}

async fn services(visit: Visit) -> ApiAnswer {
    let line = |service: Service| {
        json!({ "id": service.as_str(), "name": visit.t(&format!("service-{}", service.as_str())),
            "on": visit.has(service), "basic": service.is_basic() })
    };
    Ok(record(&json!({ "items": Service::ALL.map(line) })))
}

async fn blocks(visit: Visit, Stated(ground): Stated<Ground>) -> ApiAnswer {
    let standing = Standing::read(&visit).await?;
    let line = |block| {
        let line = Line::of(block, visit.lang.tag(), &standing);
        let services: Vec<&str> = line.services.iter().map(|service| service.as_str()).collect();
        json!({ "id": line.id, "name": line.name, "kind": line.kind.as_str(),
            "stage": if line.is_basic { "basic" } else { "enhanced" }, "stand": line.stand.as_str(),
            "services": services, "person": line.person, "due": line.due })
    };
    Ok(record(&json!({ "items": ground.shelf.blocks.all().map(line).collect::<Vec<_>>() })))
}

async fn one(visit: Visit, Stated(ground): Stated<Ground>, Path(id): Path<String>) -> ApiAnswer {
    let steps = preview(&visit.db, ground.house.as_ref(), &ground.shelf.blocks, &id).await.map_err(not_done)?;
    Ok(record(&json!({ "block": id, "steps": steps })))
}

async fn apply(visit: Visit, Stated(ground): Stated<Ground>, Path(id): Path<String>) -> ApiAnswer {
    let house = ground.house.as_ref();
    let done =
        applied(&visit.db, house, &ground.shelf.blocks, &id, &visit.viewer.name, visit.now).await.map_err(not_done)?;
    Ok(answer(&json!({ "block": done.block, "steps": done.steps })))
}

async fn undo(visit: Visit, Stated(ground): Stated<Ground>, Path(id): Path<String>) -> ApiAnswer {
    let done = undone(&visit.db, &ground.shelf.blocks, &id, &visit.viewer.name, visit.now).await.map_err(not_done)?;
    Ok(answer(&json!({ "block": done.block, "steps": done.steps })))
}

async fn manual(visit: Visit, Stated(ground): Stated<Ground>) -> ApiAnswer {
    let all = written(&visit.db, ground.house.as_ref(), &ground.manual, visit.words(), visit.lang).await;
    let all = all.map_err(|error| Problem::from(not_written(error)))?;
    let line = |one: crate::manual::Written| json!({ "id": one.id, "title": one.title, "version": one.hash, "text": one.text });
    Ok(record(&json!({ "items": all.into_iter().map(line).collect::<Vec<_>>() })))
}
