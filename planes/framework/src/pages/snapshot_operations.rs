//! Snapshots of assessments, for programs.

use axum::extract::{Path, State as Stated};
use manara_web::api::{ApiAnswer, Given, Op, Param, Problem, made, record, schema};
use manara_web::{Right, Site, Visit};
use serde::Deserialize;
use serde_json::{Value, json};

use super::operations::{not_done, profile_of};
use super::{OpenDesk, Room};
use crate::assessment::{NAME_CHARS, Snapshot};
use crate::jobs;
use crate::score::score;
use crate::sql;

const ALL: &str = "/api/v1/assessments/{id}/snapshots";
const ONE: &str = "/api/v1/assessments/{id}/snapshots/{snapshot}";

/// The operations.
pub(super) fn site() -> Site<OpenDesk> {
    let (read, moderate) = (Right::ReadFramework, Right::ModerateAssessments);
    let profile = Param::new("profile", schema::words(0, 64), "a profile of the catalogue to compare with");
    let shows = "A snapshot with the figures of the model, as they were then";
    Site::new()
        .api(Op::get(ALL, "listSnapshots", read, "The snapshots of an assessment, newest first", "Snapshots"), list)
        .api(
            Op::make(ALL, "takeSnapshot", moderate, "Keeps how an assessment stands, for ever", "Snapshot")
                .takes("SnapshotGiven"),
            take,
        )
        .api(Op::get(ONE, "getSnapshot", read, shows, "SnapshotScored").with(profile), one)
        .schemas(schemas())
}

fn schemas() -> Vec<(&'static str, Value)> {
    let text = schema::text;
    let facts = [
        ("id", text()),
        ("assessment", text()),
        ("name", text()),
        ("version", text()),
        ("rules", schema::count()),
        ("sha256", text()),
        ("who", text()),
        ("at", schema::moment()),
    ];
    let scored: Vec<(&str, Value)> = facts.iter().cloned().chain([("score", json!({ "type": "object" }))]).collect();
    vec![
        ("Snapshot", schema::object(&facts)),
        ("SnapshotScored", schema::object(&scored)),
        ("Snapshots", schema::object(&[("items", schema::many(schema::of("Snapshot")))])),
        ("SnapshotGiven", schema::given(1, &[("name", schema::words(1, NAME_CHARS))])),
    ]
}

/// A snapshot as a program reads it.
pub fn snapshot_json(one: &Snapshot) -> Value {
    json!({ "id": one.id, "assessment": one.assessment_id, "name": one.name, "version": one.hash, "rules": one.rules,
        "sha256": one.sha256, "who": one.who, "at": one.at.rfc3339() })
}

async fn list(visit: Visit, Path(id): Path<String>) -> ApiAnswer {
    let one = sql::get(&visit.db, &visit.viewer, &id).await?.ok_or_else(Problem::not_found)?;
    let all = sql::snapshots(&visit.db, &one.id).await?;
    Ok(record(&json!({ "items": all.iter().map(snapshot_json).collect::<Vec<_>>() })))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SnapshotGiven {
    name: String,
}

async fn take(visit: Visit, Path(id): Path<String>, Given(given): Given<SnapshotGiven>) -> ApiAnswer {
    let taken = jobs::take_snapshot(&visit.db, &visit.viewer, &id, &given.name, visit.now).await;
    let taken = taken.map_err(|error| match error {
        // Here the name is that of the snapshot, not of what is assessed.
        jobs::FrameworkError::Refused(why @ jobs::Refusal::Name) => {
            Problem { detail: why.to_string(), ..Problem::invalid("name", why.code(), &given.name) }
        }
        error => not_done(error),
    })?;
    let path = format!("/api/v1/assessments/{}/snapshots/{}", taken.assessment_id, taken.id);
    Ok(made(&path, &snapshot_json(&taken)))
}

async fn one(visit: Visit, Stated(room): Stated<Room>, Path((id, snapshot)): Path<(String, String)>) -> ApiAnswer {
    let found = sql::one_snapshot(&visit.db, &visit.viewer, &snapshot).await?;
    let found = found.filter(|(snapshot, _)| snapshot.assessment_id == id);
    let (snapshot, sheet) = found.ok_or_else(Problem::not_found)?;
    let catalogue = room.version(&visit, &snapshot.hash).await?;
    let mut shown = snapshot_json(&snapshot);
    let scored = score(&catalogue, &sheet, profile_of(&visit, &catalogue)?);
    if let Some(members) = shown.as_object_mut() {
        members.insert("score".into(), serde_json::to_value(scored).map_err(Problem::internal)?);
    }
    Ok(record(&shown))
}
