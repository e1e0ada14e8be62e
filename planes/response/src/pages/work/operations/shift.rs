//! What one shift tells the next, where one was called by name, and the techniques of an incident, for programs.

use axum::extract::Path;
use manara_model::Tlp;
use manara_web::api::{ApiAnswer, Given, Op, Problem, json as answer, made, schema};
use manara_web::{Right, Site, Visit};
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::Room;
use super::{found, not_done, paged};
use crate::incident::NOTE_CHARS;
use crate::jobs::{self, Refusal, ResponseError};
use crate::sql_task::{self, Handover, Mention, Technique};

/// Handovers, and places where somebody was called, that are given.
const LINES: i64 = 1_000;

/// The operations.
pub(super) fn site() -> Site<Room> {
    let (read, handle) = (Right::ReadIncidents, Right::HandleIncidents);
    let of = "/api/v1/incidents/{id}/techniques";
    Site::new()
        .api(
            Op::pages(
                "/api/v1/handovers",
                "listHandovers",
                handle,
                "What shifts told the next, newest first",
                "Handover",
            ),
            handovers,
        )
        .api(
            Op::make("/api/v1/handovers", "handOver", handle, "Tells the next shift something", "Handover")
                .takes("HandoverGiven"),
            hand_over,
        )
        .api(Op::post("/api/v1/handovers/{id}/take", "takeOver", handle, "Takes a shift over", "Handover"), take_over)
        .api(
            Op::pages(
                "/api/v1/mentions",
                "listMentions",
                read,
                "Where the person of the token was called by name and has not looked yet",
                "Mention",
            ),
            mentions,
        )
        .api(
            Op::post("/api/v1/mentions/seen", "seeMentions", read, "Says that the person has looked", "MentionsSeen")
                .takes("MentionNamed"),
            seen,
        )
        .api(Op::pages(of, "listTechniques", read, "Techniques of ATT&CK that were seen", "Technique"), techniques)
        .api(
            Op::post(of, "addTechnique", handle, "Says that a technique was seen", "TechniqueNamed")
                .takes("TechniqueGiven"),
            tag,
        )
        .api(
            Op::post(
                "/api/v1/incidents/{id}/techniques/remove",
                "removeTechnique",
                handle,
                "Takes that back",
                "TechniqueNamed",
            )
            .takes("TechniqueGiven"),
            untag,
        )
        .schemas(schemas())
}

fn schemas() -> Vec<(&'static str, Value)> {
    let (text, moment) = (schema::text, schema::moment);
    vec![
        (
            "Handover",
            schema::object(&[
                ("id", text()),
                ("text", text()),
                ("tlp", schema::tlp()),
                ("who", text()),
                ("at", moment()),
                ("taken_by", schema::maybe_text()),
                ("taken", schema::maybe_moment()),
            ]),
        ),
        ("HandoverGiven", schema::given(1, &[("text", schema::words(1, NOTE_CHARS)), ("tlp", schema::tlp())])),
        (
            "Mention",
            schema::object(&[
                ("kind", schema::one_of(["note", "task", "mail", "ticket"])),
                ("record", text()),
                ("who", text()),
                ("at", moment()),
                ("incident", text()),
                ("incident_title", text()),
            ]),
        ),
        ("MentionNamed", schema::given(1, &[("record", schema::words(1, 60))])),
        ("MentionsSeen", schema::object(&[("seen", schema::count())])),
        ("Technique", schema::object(&[("technique", text()), ("record", text()), ("who", text()), ("at", moment())])),
        ("TechniqueGiven", schema::given(1, &[("technique", schema::words(1, 20)), ("record", schema::words(0, 60))])),
        ("TechniqueNamed", schema::object(&[("technique", text())])),
    ]
}

fn shown(one: &Handover) -> Value {
    json!({ "id": one.id, "text": one.body, "tlp": one.tlp.label(), "who": one.who, "at": one.at.rfc3339(),
        "taken_by": one.taken.as_ref().map(|(who, _)| who.clone()),
        "taken": one.taken.as_ref().map(|(_, at)| at.rfc3339()) })
}

async fn handovers(visit: Visit) -> ApiAnswer {
    let all = sql_task::handovers(&visit.db, &visit.viewer, LINES).await?;
    paged(&visit, &all, shown)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct HandoverGiven {
    text: String,
    tlp: Option<String>,
}

async fn hand_over(visit: Visit, Given(given): Given<HandoverGiven>) -> ApiAnswer {
    let tlp = match &given.tlp {
        Some(word) => Tlp::parse(word).ok_or_else(|| Problem::invalid("tlp", "word", word))?,
        None => Tlp::Amber,
    };
    let did = jobs::hand_over(&visit.db, &visit.viewer, (&given.text, tlp), visit.now).await;
    let one = did.map_err(|error| match error {
        ResponseError::Refused(why @ Refusal::Text) => Problem::invalid("text", why.code(), ""),
        ResponseError::Refused(why @ Refusal::Clearance) => Problem::invalid("tlp", why.code(), ""),
        error => not_done(error),
    })?;
    Ok(made(&format!("/api/v1/handovers/{}", one.id), &shown(&one)))
}

async fn take_over(visit: Visit, Path(id): Path<String>) -> ApiAnswer {
    jobs::take_over(&visit.db, &visit.viewer, &id, visit.now).await.map_err(not_done)?;
    let all = sql_task::handovers(&visit.db, &visit.viewer, LINES).await?;
    let one = all.into_iter().find(|one| one.id == id).ok_or_else(Problem::not_found)?;
    Ok(answer(&shown(&one)))
}

async fn mentions(visit: Visit) -> ApiAnswer {
    let all = sql_task::mentions(&visit.db, &visit.viewer, LINES).await?;
    paged(&visit, &all, |one: &Mention| {
        json!({ "kind": one.kind, "record": one.record, "who": one.who, "at": one.at.rfc3339(), "incident": one.number,
            "incident_title": one.incident })
    })
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MentionNamed {
    record: String,
}

async fn seen(visit: Visit, Given(given): Given<MentionNamed>) -> ApiAnswer {
    let did = jobs::see_mentions(&visit.db, &visit.viewer, &given.record, visit.now).await;
    Ok(answer(&json!({ "seen": did.map_err(not_done)? })))
}

async fn techniques(visit: Visit, Path(name): Path<String>) -> ApiAnswer {
    let one = found(&visit, &name).await?;
    let all = sql_task::techniques(&visit.db, &one.id).await?;
    paged(
        &visit,
        &all,
        |one: &Technique| json!({ "technique": one.id, "record": one.record, "who": one.who, "at": one.at.rfc3339() }),
    )
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TechniqueGiven {
    technique: String,
    #[serde(default)]
    record: String,
}

async fn set(visit: Visit, name: &str, given: TechniqueGiven, is_seen: bool) -> ApiAnswer {
    let one = found(&visit, name).await?;
    let said = (one.id.as_str(), given.technique.as_str(), given.record.as_str());
    let did = jobs::tag_technique(&visit.db, &visit.viewer, said, is_seen, visit.now).await;
    let technique = did.map_err(|error| match error {
        ResponseError::Refused(why @ Refusal::Technique) => {
            Problem { detail: why.to_string(), ..Problem::invalid("technique", why.code(), &given.technique) }
        }
        error => not_done(error),
    })?;
    Ok(answer(&json!({ "technique": technique })))
}

async fn tag(visit: Visit, Path(name): Path<String>, Given(given): Given<TechniqueGiven>) -> ApiAnswer {
    set(visit, &name, given, true).await
}

async fn untag(visit: Visit, Path(name): Path<String>, Given(given): Given<TechniqueGiven>) -> ApiAnswer {
    set(visit, &name, given, false).await
}
