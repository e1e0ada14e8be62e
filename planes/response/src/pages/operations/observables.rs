//! The observables of an incident for programs.

use axum::extract::Path;
use manara_model::Micros;
use manara_web::api::{ApiAnswer, Given, Op, Param, Problem, json as answer, schema};
use manara_web::{Right, Site, Visit};
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::Room;
use super::super::work::operations::paged;
use super::{found, not_done};
use crate::incident::{Incident, REASON_CHARS};
use crate::jobs;
use crate::message::Seen;
use crate::observable::{Observable, SeenElsewhere};
use crate::sql_observable;

/// Observables that can be turned to.
const MOST: i64 = 5_000;
/// Characters of a text that names observables.
const TEXT_CHARS: usize = 100_000;

/// The operations.
pub(super) fn site() -> Site<Room> {
    let (read, handle) = (Right::ReadIncidents, Right::HandleIncidents);
    let step = |path, id, says| Op::post(path, id, handle, says, "IncidentObservable").takes("ObservableGiven");
    Site::new()
        .api(
            Op::pages(
                "/api/v1/incidents/{id}/observables",
                "listObservables",
                read,
                "What an incident speaks of, with what people say of it; those that were taken off stand last",
                "IncidentObservable",
            )
            .with(Param::new(
                "kind",
                json!({ "type": "string" }),
                "only those of this kind, such as ip or hash_sha256",
            )),
            list,
        )
        .api(
            Op::post(
                "/api/v1/incidents/{id}/observables",
                "nameObservables",
                handle,
                "Names the observables of a text, with a note for all of them",
                "ObservablesNamed",
            )
            .takes("ObservablesText"),
            add,
        )
        .api(
            step(
                "/api/v1/incidents/{id}/observables/note",
                "noteObservable",
                "Says something of one; empty takes it back",
            ),
            note,
        )
        .api(
            step(
                "/api/v1/incidents/{id}/observables/remove",
                "removeObservable",
                "Takes one off, so that it counts nowhere and mail does not bring it back",
            ),
            remove,
        )
        .api(step("/api/v1/incidents/{id}/observables/restore", "restoreObservable", "Brings one back"), restore)
        .api(
            Op::pages(
                "/api/v1/incidents/{id}/seen-before",
                "listSeenBefore",
                read,
                "Other records that know what an incident speaks of: tickets, incidents, findings, evidence",
                "SeenBefore",
            ),
            before,
        )
        .schemas(schemas())
}

fn schemas() -> Vec<(&'static str, Value)> {
    let text = schema::text;
    vec![
        (
            "IncidentObservable",
            schema::object(&[
                ("kind", text()),
                ("value", text()),
                ("source", text()),
                ("who", text()),
                ("at", schema::moment()),
                ("note", text()),
                ("removed", schema::maybe_moment()),
            ]),
        ),
        (
            "ObservablesText",
            schema::given(
                1,
                &[
                    ("text", schema::words(1, TEXT_CHARS)),
                    ("note", json!({ "type": "string", "maxLength": REASON_CHARS })),
                ],
            ),
        ),
        (
            "ObservablesNamed",
            schema::object(&[("named", schema::many(schema::object(&[("kind", text()), ("value", text())])))]),
        ),
        (
            "ObservableGiven",
            schema::given(
                2,
                &[
                    ("kind", schema::words(1, 40)),
                    ("value", schema::words(1, 2_000)),
                    ("note", json!({ "type": "string", "maxLength": REASON_CHARS })),
                ],
            ),
        ),
        ("SeenBefore", schema::object(&[("value", text()), ("kind", text()), ("number", text()), ("title", text())])),
    ]
}

fn shown(one: &Observable) -> Value {
    json!({ "kind": one.kind, "value": one.value, "source": one.source, "who": one.who, "at": one.at.rfc3339(),
        "note": one.note, "removed": one.removed.map(Micros::rfc3339) })
}

async fn list(visit: Visit, Path(name): Path<String>) -> ApiAnswer {
    let one = found(&visit, &name).await?;
    let mut all = sql_observable::all_observables(&visit.db, &one.id, MOST).await?;
    if let Some(kind) = visit.query("kind").filter(|kind| !kind.is_empty()) {
        all.retain(|one| one.kind == kind);
    }
    paged(&visit, &all, shown)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ObservablesText {
    text: String,
    #[serde(default)]
    note: String,
}

async fn add(visit: Visit, Path(name): Path<String>, Given(given): Given<ObservablesText>) -> ApiAnswer {
    let one = found(&visit, &name).await?;
    let said = (given.text.as_str(), given.note.as_str());
    let named = jobs::name_observables(&visit.db, &visit.viewer, &one.id, said, visit.now).await.map_err(not_done)?;
    let named: Vec<Value> = named.iter().map(|one| json!({ "kind": one.kind, "value": one.value })).collect();
    Ok(answer(&json!({ "named": named })))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ObservableGiven {
    kind: String,
    value: String,
    #[serde(default)]
    note: String,
}

/// An observable as it is after what was done.
async fn now_as(visit: &Visit, incident: &Incident, seen: &Seen) -> ApiAnswer {
    let one = sql_observable::one(&visit.db, &incident.id, seen).await?.ok_or_else(Problem::not_found)?;
    Ok(answer(&shown(&one)))
}

async fn note(visit: Visit, Path(name): Path<String>, Given(given): Given<ObservableGiven>) -> ApiAnswer {
    let one = found(&visit, &name).await?;
    let seen = Seen { kind: given.kind, value: given.value };
    let did = jobs::note_observable(&visit.db, &visit.viewer, (&one.id, &seen), &given.note, visit.now).await;
    did.map_err(not_done)?;
    now_as(&visit, &one, &seen).await
}

async fn listed(visit: Visit, name: String, given: ObservableGiven, is_listed: bool) -> ApiAnswer {
    let one = found(&visit, &name).await?;
    let seen = Seen { kind: given.kind, value: given.value };
    let did = jobs::list_observable(&visit.db, &visit.viewer, (&one.id, &seen), is_listed, visit.now).await;
    did.map_err(not_done)?;
    now_as(&visit, &one, &seen).await
}

async fn remove(visit: Visit, Path(name): Path<String>, Given(given): Given<ObservableGiven>) -> ApiAnswer {
    listed(visit, name, given, false).await
}

async fn restore(visit: Visit, Path(name): Path<String>, Given(given): Given<ObservableGiven>) -> ApiAnswer {
    listed(visit, name, given, true).await
}

async fn before(visit: Visit, Path(name): Path<String>) -> ApiAnswer {
    let one = found(&visit, &name).await?;
    let all = sql_observable::seen_elsewhere(&visit.db, &visit.viewer, &one.id).await?;
    let of =
        |one: &SeenElsewhere| json!({ "value": one.value, "kind": one.kind, "number": one.number, "title": one.title });
    paged(&visit, &all, of)
}
