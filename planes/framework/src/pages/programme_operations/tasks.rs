//! Tasks and lines of a programme for programs.

use axum::body::Bytes;
use axum::extract::{Path, State as Stated};
use manara_web::api::{ApiAnswer, Code, Given, Problem, json as answer, record};
use manara_web::{Right, Visit};
use serde::Deserialize;
use serde_json::json;

use super::super::Room;
use super::super::programmes::{found, names};
use super::super::task::evidence_of;
use super::super::uploaded::Uploaded;
use super::not_done;
use crate::plan::Day;
use crate::programme::{
    Change, LineKind, NewLine, Proof, TaskState, accept_task, add_line, change_task, line_json, past_proof_json,
    past_proofs, programme, set_line_done, step_task, task_json, task_of,
};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LineGiven {
    kind: String,
    text: String,
    likelihood: Option<i64>,
    impact: Option<i64>,
    #[serde(default)]
    answer: String,
    #[serde(default)]
    owner: String,
}

pub(super) async fn line(
    visit: Visit,
    Stated(room): Stated<Room>,
    Path(id): Path<String>,
    Given(given): Given<LineGiven>,
) -> ApiAnswer {
    let new = NewLine {
        kind: LineKind::parse(&given.kind).ok_or_else(|| Problem::invalid("kind", "word", &given.kind))?,
        text: given.text,
        likelihood: given.likelihood.unwrap_or(1),
        impact: given.impact.unwrap_or(1),
        answer: given.answer,
        owner: given.owner,
    };
    let one = add_line(&visit.db, &visit.viewer, &id, &new, visit.now).await.map_err(not_done)?;
    Ok(answer(&line_json(&one, &names(&visit, &room))))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TickGiven {
    done: bool,
}

pub(super) async fn tick(
    visit: Visit,
    Path((id, line)): Path<(String, String)>,
    Given(given): Given<TickGiven>,
) -> ApiAnswer {
    let done = set_line_done(&visit.db, &visit.viewer, (&id, &line), given.done, visit.now).await;
    done.map_err(not_done)?;
    Ok(answer(&json!({ "done": given.done })))
}

pub(super) async fn get_task(
    visit: Visit,
    Stated(room): Stated<Room>,
    Path((id, task)): Path<(String, String)>,
) -> ApiAnswer {
    let (_, tasks, status) = found(&visit, &id).await?;
    let each = tasks.iter().zip(&status.lines).find(|(known, _)| known.id == task);
    let (task, line) = each.ok_or_else(Problem::not_found)?;
    let mut value = task_json(task, Some(line), &names(&visit, &room));
    let past = past_proofs(&visit.db, &id, &task.id).await?;
    if let Some(members) = value.as_object_mut() {
        members.insert("accepted_before".into(), past.iter().map(past_proof_json).collect());
    }
    Ok(record(&value))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StepGiven {
    to: String,
    day: Option<String>,
}

pub(super) async fn step(
    visit: Visit,
    Stated(room): Stated<Room>,
    Path((id, task)): Path<(String, String)>,
    Given(given): Given<StepGiven>,
) -> ApiAnswer {
    let to = TaskState::parse(&given.to).filter(|to| *to != TaskState::Accepted);
    let to = to.ok_or_else(|| Problem::invalid("to", "word", &given.to))?;
    let day = match &given.day {
        None => Day::of(visit.now),
        Some(text) => Day::parse(text).ok_or_else(|| Problem::invalid("day", "day", text))?,
    };
    programme(&visit.db, &visit.viewer, &id).await?.ok_or_else(Problem::not_found)?;
    let before = task_of(&visit.db, &id, &task).await?.ok_or_else(Problem::not_found)?;
    if before.state == TaskState::Accepted && !visit.may(Right::ModerateAssessments) {
        return Err(Problem::new(Code::Scope, "what is accepted is opened again by who may accept"));
    }
    let done = step_task(&visit.db, &visit.viewer, (&id, &task), to, day, visit.now).await.map_err(not_done)?;
    Ok(answer(&task_json(&done, None, &names(&visit, &room))))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProofGiven {
    #[serde(default)]
    proof: String,
    #[serde(default)]
    evidence: String,
}

pub(super) async fn accept(
    visit: Visit,
    Stated(room): Stated<Room>,
    Path((id, task)): Path<(String, String)>,
    Given(given): Given<ProofGiven>,
) -> ApiAnswer {
    let proof = Proof { words: given.proof, evidence: given.evidence, sha256: String::new() };
    let done = accept_task(&visit.db, &visit.viewer, (&id, &task), &proof, visit.now).await.map_err(not_done)?;
    Ok(answer(&task_json(&done, None, &names(&visit, &room))))
}

pub(super) async fn accept_file(
    visit: Visit,
    Stated(room): Stated<Room>,
    Path((id, task)): Path<(String, String)>,
    bytes: Bytes,
) -> ApiAnswer {
    let asked = |name: &str| visit.query(name).unwrap_or_default().trim().to_string();
    let (evidence, words) = (asked("name"), asked("proof"));
    if evidence.is_empty() {
        return Err(Problem::invalid("name", "words", ""));
    }
    if bytes.is_empty() {
        return Err(Problem::invalid("file", "empty", ""));
    }
    // Seen first: a file of somebody who may not see the programme is not kept.
    programme(&visit.db, &visit.viewer, &id).await?.ok_or_else(Problem::not_found)?;
    task_of(&visit.db, &id, &task).await?.ok_or_else(Problem::not_found)?;
    let file = Uploaded::of(&evidence, bytes);
    let proof = Proof { words, evidence, sha256: file.keep(&room.blobs).await? };
    let done = accept_task(&visit.db, &visit.viewer, (&id, &task), &proof, visit.now).await.map_err(not_done)?;
    Ok(answer(&task_json(&done, None, &names(&visit, &room))))
}

pub(super) async fn evidence(visit: Visit, Stated(room): Stated<Room>, Path(ids): Path<(String, String)>) -> ApiAnswer {
    let (name, bytes) = evidence_of(&visit, &room, &ids).await?;
    Ok(visit.download(&name, "application/octet-stream", bytes))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TaskGiven {
    owner: Option<String>,
    start: Option<String>,
    end: Option<String>,
    version: Option<i64>,
}

pub(super) async fn change(
    visit: Visit,
    Stated(room): Stated<Room>,
    Path((id, task)): Path<(String, String)>,
    Given(given): Given<TaskGiven>,
) -> ApiAnswer {
    programme(&visit.db, &visit.viewer, &id).await?.ok_or_else(Problem::not_found)?;
    let before = task_of(&visit.db, &id, &task).await?.ok_or_else(Problem::not_found)?;
    let day = |field: &str, text: &Option<String>, usual: Day| match text {
        None => Ok(usual),
        Some(text) => Day::parse(text).ok_or_else(|| Problem::invalid(field, "day", text)),
    };
    let change = Change {
        start: day("start", &given.start, before.planned_start)?,
        end: day("end", &given.end, before.planned_end)?,
        owner: given.owner.unwrap_or(before.owner),
        version: given.version,
    };
    let done = change_task(&visit.db, &visit.viewer, (&id, &task), &change, visit.now).await.map_err(not_done)?;
    Ok(answer(&task_json(&done, None, &names(&visit, &room))))
}
