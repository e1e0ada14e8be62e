//! What is done to a task: begun, done, accepted, opened again, changed.

use manara_model::{Micros, Viewer};
use manara_store::{Db, Journal, StoreError, Tx};
use serde_json::json;

use super::jobs::{found, journal, open};
use super::proofs::keep_proof;
use super::{Task, TaskState, sql};
use crate::PLANE;
use crate::assessment::{COMMENT_CHARS, LABEL_CHARS, NAME_CHARS, line, words};
use crate::hindrance::{Hindrance, ProgrammeError};
use crate::plan::Day;

/// What proves that a task is done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proof {
    /// In words.
    pub words: String,
    /// A document by name or address; empty for none.
    pub evidence: String,
    /// The SHA-256 of a file that was kept; empty for none.
    pub sha256: String,
}

/// What changes about a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Who sees to it; empty for nobody.
    pub owner: String,
    /// Its first day as planned.
    pub start: Day,
    /// Its last day as planned.
    pub end: Day,
    /// The version that was looked at; nothing when it does not matter.
    pub version: Option<i64>,
}

/// Begins a task, says that it is done, or opens it again: what was accepted is kept with what proved it. `day` is when it happened.
pub async fn step_task(
    db: &Db,
    viewer: &Viewer,
    (programme, id): (&str, &str),
    to: TaskState,
    day: Day,
    now: Micros,
) -> Result<Task, ProgrammeError> {
    let mut tx = db.begin().await?;
    open(&mut tx, viewer, programme, now).await?;
    let mut task = found(&sql::tasks_in(&mut tx, programme).await?, id)?;
    if task.state == to {
        return Ok(task);
    }
    if day > Day::of(now).plus(1) {
        // What is yet to come has not happened. One day, because elsewhere it is tomorrow already.
        return Err(Hindrance::Day.into());
    }
    let verb = match (task.state, to) {
        (TaskState::Open, TaskState::Started) => {
            task.actual_start = Some(day);
            "task_started"
        }
        (TaskState::Started, TaskState::Finished) => {
            if task.actual_start.is_some_and(|start| day < start) {
                return Err(Hindrance::Day.into());
            }
            task.actual_end = Some(day);
            "task_finished"
        }
        (_, TaskState::Open) => {
            task.actual_start = None;
            taken_back(&mut task);
            "task_put_back"
        }
        (_, TaskState::Started) => {
            taken_back(&mut task);
            "task_reopened"
        }
        _ => return Err(Hindrance::Step.into()),
    };
    let from = task.state;
    task.state = to;
    keep_proof(&mut tx, &task.id, &viewer.name, now).await?;
    sql::save_task(&mut tx, programme, &task).await?;
    let detail = json!({ "task": task.number, "from": from.as_str(), "day": day.to_string() });
    journal(&mut tx, viewer, verb, programme, detail, now).await?;
    tx.commit().await?;
    task.version += 1;
    Ok(task)
}

fn taken_back(task: &mut Task) {
    (task.actual_end, task.accepted) = (None, None);
    for text in [&mut task.proof, &mut task.evidence, &mut task.sha256, &mut task.accepted_by] {
        text.clear();
    }
}

/// Accepts what a task gives, with what proves it. A task that nobody began or ended is accepted as done on that day.
pub async fn accept_task(
    db: &Db,
    viewer: &Viewer,
    (programme, id): (&str, &str),
    proof: &Proof,
    now: Micros,
) -> Result<Task, ProgrammeError> {
    let told = words(&proof.words, COMMENT_CHARS).ok_or(Hindrance::Text)?;
    let evidence = match proof.evidence.trim() {
        "" => String::new(),
        text => line(text, LABEL_CHARS).ok_or(Hindrance::Text)?,
    };
    if told.is_empty() && evidence.is_empty() && proof.sha256.is_empty() {
        return Err(Hindrance::Proof.into());
    }
    let mut tx = db.begin().await?;
    open(&mut tx, viewer, programme, now).await?;
    let mut task = found(&sql::tasks_in(&mut tx, programme).await?, id)?;
    if task.state == TaskState::Accepted {
        return Err(Hindrance::Step.into());
    }
    let proof = Proof { words: told, evidence, sha256: proof.sha256.clone() };
    put_accepted(&mut tx, programme, &mut task, &proof, &viewer.name, now).await?;
    tx.commit().await?;
    task.version += 1;
    Ok(task)
}

/// Accepts the tasks of a block in every programme that runs: what proves that the block is there proves them, too.
pub(crate) async fn accept_block(
    tx: &mut Tx,
    block: &str,
    proof: &Proof,
    who: &str,
    now: Micros,
) -> Result<(), StoreError> {
    for (programme, mut task) in sql::open_of_block(tx, block).await? {
        put_accepted(tx, &programme, &mut task, proof, who, now).await?;
        sql::touch(tx, &programme, now).await?;
    }
    Ok(())
}

async fn put_accepted(
    tx: &mut Tx,
    programme: &str,
    task: &mut Task,
    proof: &Proof,
    who: &str,
    now: Micros,
) -> Result<(), StoreError> {
    let from = task.state;
    let today = Day::of(now);
    task.actual_start = Some(task.actual_start.unwrap_or(today));
    task.actual_end = Some(task.actual_end.or(task.actual_start.max(Some(today))).unwrap_or(today));
    task.state = TaskState::Accepted;
    (task.proof, task.evidence, task.sha256) = (proof.words.clone(), proof.evidence.clone(), proof.sha256.clone());
    (task.accepted_by, task.accepted) = (who.to_string(), Some(now));
    sql::save_task(tx, programme, task).await?;
    let detail = json!({ "task": task.number, "from": from.as_str(), "sha256": task.sha256 });
    Journal::write(tx, who, PLANE, "task_accepted", programme, &detail.to_string(), now).await
}

/// Changes who sees to a task, and its planned days. A task stays after what it needs and before what needs it.
pub async fn change_task(
    db: &Db,
    viewer: &Viewer,
    (programme, id): (&str, &str),
    change: &Change,
    now: Micros,
) -> Result<Task, ProgrammeError> {
    let owner = match change.owner.trim() {
        "" => String::new(),
        name => line(name, NAME_CHARS).ok_or(Hindrance::Name)?,
    };
    let mut tx = db.begin().await?;
    let one = open(&mut tx, viewer, programme, now).await?;
    let tasks = sql::tasks_in(&mut tx, programme).await?;
    let mut task = found(&tasks, id)?;
    if change.version.is_some_and(|version| version != task.version) {
        return Err(Hindrance::Stale.into());
    }
    let before = (task.planned_start, task.planned_end);
    if before != (change.start, change.end) {
        let calendar = one.calendar();
        let is_late = |other: &&Task| task.needs.contains(&other.number) && other.planned_end >= change.start;
        let is_early = |other: &&Task| other.needs.contains(&task.number) && other.planned_start <= change.end;
        let breaks = tasks.iter().any(|other| is_late(&other) || is_early(&other));
        if change.end < change.start || change.start < one.start || breaks {
            return Err(Hindrance::Order.into());
        }
        (task.planned_start, task.planned_end) = (change.start, change.end);
        task.days = (calendar.after(change.end) - calendar.number(change.start)).max(1);
        if task.days > super::WORKING_DAYS {
            return Err(Hindrance::TooLong.into());
        }
    }
    if task.owner == owner && before == (task.planned_start, task.planned_end) {
        return Ok(task);
    }
    task.owner = owner;
    sql::save_task(&mut tx, programme, &task).await?;
    let detail = json!({
        "task": task.number, "start": [before.0.to_string(), task.planned_start.to_string()],
        "end": [before.1.to_string(), task.planned_end.to_string()],
    });
    journal(&mut tx, viewer, "task_changed", programme, detail, now).await?;
    tx.commit().await?;
    task.version += 1;
    Ok(task)
}
