//! What is done to programmes as a whole. Every function is one transaction with its line of the journal.

use manara_model::{Micros, Viewer};
use manara_store::{Db, Journal, StoreError, Tx};
use serde_json::{Value, json};

use super::days_off::{nation_days_off, together};
use super::draft::{Setup, draft_like};
use super::{Line, LineKind, Programme, Task, TaskState, sql};
use crate::PLANE;
use crate::assessment::{NAME_CHARS, line};
use crate::hindrance::{Hindrance, ProgrammeError};
use crate::jobs::new_id;
use crate::kept::{self, DesignState};
use crate::sql as assessments;

/// Programmes of one design.
const PROGRAMMES: i64 = 50;

/// A programme to plan.
#[derive(Debug, Clone)]
pub struct NewProgramme {
    /// The kept design.
    pub design: String,
    /// How it is called; empty for the name of the design.
    pub name: String,
    /// From when and with whom.
    pub setup: Setup,
    /// A programme of the same design whose own tasks and days off it takes along; empty for none.
    pub like: String,
}

/// Plans a programme from a kept design.
pub async fn plan_programme(
    db: &Db,
    viewer: &Viewer,
    new: &NewProgramme,
    now: Micros,
) -> Result<Programme, ProgrammeError> {
    let kept = kept::kept_design(db, viewer, &new.design).await?.ok_or(Hindrance::NotFound)?;
    let name = if new.name.trim().is_empty() { &kept.name } else { &new.name };
    let name = line(name, NAME_CHARS).ok_or(Hindrance::Name)?;
    // What a kept design keeps never changes, so it may be read before the transaction.
    let designs = kept::design_answer(db, viewer, &kept.id).await?;
    let design = designs.into_iter().find(|design| design.aim == kept.aim).ok_or(Hindrance::Aim)?;
    let (mut off, mut like) = (nation_days_off(db).await?, Vec::new());
    if !new.like.is_empty() {
        let other = sql::programme(db, viewer, &new.like).await?.filter(|other| other.design_id == kept.id);
        off = together(off, other.ok_or(Hindrance::NotFound)?.off);
        like = sql::tasks_of(db, &new.like).await?;
    }
    let mut tasks = draft_like(&design, &new.setup, &like, &off)?;
    let mut tx = db.begin().await?;
    let kept = kept::design_in(&mut tx, viewer, &kept.id).await?.ok_or(Hindrance::NotFound)?;
    if kept.state == DesignState::Withdrawn {
        return Err(Hindrance::Withdrawn.into());
    }
    if sql::count(&mut tx, &kept.id).await? >= PROGRAMMES {
        return Err(Hindrance::TooMany.into());
    }
    let of = assessments::get_in(&mut tx, viewer, &kept.assessment_id).await?.ok_or(Hindrance::NotFound)?;
    let one = Programme {
        id: new_id(now),
        design_id: kept.id,
        assessment_id: kept.assessment_id,
        subject: kept.subject,
        tlp: of.tlp,
        name,
        start: new.setup.start,
        week: new.setup.week,
        off,
        people: new.setup.people.clone(),
        currency: design.currency,
        is_closed: false,
        made_by: viewer.name.clone(),
        made: now,
        changed: now,
        version: 1,
    };
    sql::put(&mut tx, &one).await?;
    for task in &mut tasks {
        task.id = new_id(now);
        sql::put_task(&mut tx, &one.id, task).await?;
    }
    for kind in LineKind::ALL {
        for code in kind.usual() {
            let usual = Line { id: new_id(now), kind, code: (*code).into(), ..Line::empty() };
            sql::put_line(&mut tx, &one.id, &usual).await?;
        }
    }
    let detail = json!({ "design": one.design_id, "tasks": tasks.len(), "start": one.start.to_string() });
    journal(&mut tx, viewer, "programme_planned", &one.id, detail, now).await?;
    tx.commit().await?;
    Ok(one)
}

/// Closes a programme when all of it is accepted and ticked off, or opens it again.
pub async fn set_programme_state(
    db: &Db,
    viewer: &Viewer,
    id: &str,
    is_closed: bool,
    now: Micros,
) -> Result<Programme, ProgrammeError> {
    let mut tx = db.begin().await?;
    let before = sql::get_in(&mut tx, viewer, id).await?.ok_or(Hindrance::NotFound)?;
    if is_closed && !before.is_closed {
        let (tasks, lines) = (sql::tasks_in(&mut tx, id).await?, sql::lines_in(&mut tx, id).await?);
        let is_open = |line: &Line| line.kind != LineKind::Risk && line.done.is_none();
        if tasks.iter().any(|task| task.state != TaskState::Accepted) || lines.iter().any(is_open) {
            return Err(Hindrance::Unfinished.into());
        }
    }
    if before.is_closed != is_closed {
        sql::set_state(&mut tx, id, is_closed, now).await?;
        let verb = if is_closed { "programme_closed" } else { "programme_reopened" };
        journal(&mut tx, viewer, verb, id, json!({}), now).await?;
    }
    let one = sql::get_in(&mut tx, viewer, id).await?.ok_or(Hindrance::NotFound)?;
    tx.commit().await?;
    Ok(one)
}

/// A programme that takes changes; until the transaction ends nobody else makes any.
pub(super) async fn open(tx: &mut Tx, viewer: &Viewer, id: &str, now: Micros) -> Result<Programme, ProgrammeError> {
    sql::get_in(tx, viewer, id).await?.ok_or(Hindrance::NotFound)?;
    sql::touch(tx, id, now).await?;
    let one = sql::get_in(tx, viewer, id).await?.ok_or(Hindrance::NotFound)?;
    if one.is_closed { Err(Hindrance::Closed.into()) } else { Ok(one) }
}

/// The task of an id among those of its programme.
pub(super) fn found(tasks: &[Task], id: &str) -> Result<Task, Hindrance> {
    tasks.iter().find(|task| task.id == id).cloned().ok_or(Hindrance::NotFound)
}

/// Writes one line of the journal. Never names or what somebody wrote: who reads the journal may not see every programme.
pub(super) async fn journal(
    tx: &mut Tx,
    viewer: &Viewer,
    verb: &str,
    id: &str,
    detail: Value,
    now: Micros,
) -> Result<(), StoreError> {
    Journal::write(tx, &viewer.name, PLANE, verb, id, &detail.to_string(), now).await
}
