//! A team's own tasks in a programme: added, changed, removed, brought back. They are laid among the others, and what waits for
//! them moves as far as it must.

use std::collections::BTreeSet;

use manara_model::{Micros, Viewer};
use manara_store::{Arg, Db, Row, StoreError, Tx};
use serde_json::json;

use super::draft::empty;
use super::jobs::{found, journal, open};
use super::lay::{by_work, circle, lay_around};
use super::sql::{json as parsed, written};
use super::{Part, People, Programme, Task, TaskState, sql};
use crate::assessment::{COMMENT_CHARS, LABEL_CHARS, NAME_CHARS, line, words};
use crate::blocks::Blocks;
use crate::hindrance::{Hindrance, Named, ProgrammeError};
use crate::jobs::new_id;
use crate::plan::Day;

/// Own tasks of a programme, removed ones too.
pub const OWN: usize = 200;
/// Days of work of an own task.
pub const EFFORT: i64 = 10_000;
/// Money an own task costs.
pub const MONEY: i64 = 1_000_000_000_000;
/// Working days an own task lasts.
const DAYS: i64 = 2_000;
/// Who pays for a task.
pub const PAYERS: [&str; 3] = ["member-state", "donor", "itu"];

const COUNT: &str = "SELECT COUNT(*), MAX(number) FROM framework_task WHERE programme_id = $1";
const COUNT_OWN: &str = "SELECT COUNT(*) FROM framework_task WHERE programme_id = $1 AND part = 'own'";
const SAVE_OWN: &str = "
    UPDATE framework_task SET name = $3, deliverable = $4, roles = $5, effort_low = $6, effort_high = $7, money_low = $8,
        money_high = $9, payer = $10
     WHERE programme_id = $1 AND id = $2";
const SAVE_NEEDS: &str = "UPDATE framework_task SET needs = $3 WHERE programme_id = $1 AND id = $2";
const REMOVE: &str = "
    UPDATE framework_task SET removed = $3, removed_by = $4, removed_why = $5, needed_by = $6, version = version + 1
     WHERE programme_id = $1 AND id = $2";
const RESTORE: &str = "
    UPDATE framework_task SET removed = '', removed_by = '', removed_why = '', needed_by = '[]', version = version + 1
     WHERE programme_id = $1 AND id = $2";
const REMOVED: &str = "
    SELECT {columns}, removed, removed_by, removed_why, needed_by FROM framework_task
     WHERE programme_id = $1 AND removed <> '' ORDER BY number LIMIT 200";

/// What a team says of a task of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnTask {
    /// How it is called.
    pub name: String,
    /// What is there when it is done; may be empty.
    pub deliverable: String,
    /// Who sees to it; empty for nobody.
    pub owner: String,
    /// Whom it takes.
    pub roles: Vec<String>,
    /// Days of work, from and to.
    pub effort: [i64; 2],
    /// Working days it lasts; nothing for as long as its work takes.
    pub days: Option<i64>,
    /// What it costs, from and to.
    pub money: [i64; 2],
    /// Who pays: one of [`PAYERS`], or empty.
    pub payer: String,
    /// The numbers of the tasks that must be done before.
    pub needs: Vec<i64>,
    /// The numbers of the tasks that wait for it.
    pub needed_by: Vec<i64>,
    /// The version that was looked at; nothing when it does not matter.
    pub version: Option<i64>,
}

/// A task that was removed and can come back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    /// The task as it was.
    pub task: Task,
    /// When it was removed.
    pub at: Micros,
    /// By whom.
    pub by: String,
    /// Why; empty when nobody had to say.
    pub why: String,
    /// The numbers of the tasks that waited for it.
    pub needed_by: Vec<i64>,
}

/// The roles a task of a programme can have: those that have a name, and those of its tasks.
pub fn own_roles(blocks: &Blocks, tasks: &[Task]) -> BTreeSet<String> {
    let of_tasks = tasks.iter().flat_map(|task| task.roles.iter().map(String::as_str));
    blocks.roles().chain(of_tasks).map(String::from).collect()
}

/// What is said, as a task of this programme; its days are still to be laid.
fn checked(said: &OwnTask, task: Task, roles: &BTreeSet<String>, one: &Programme) -> Result<Task, Hindrance> {
    let name = line(&said.name, NAME_CHARS).ok_or(Hindrance::Name)?;
    let deliverable = match said.deliverable.trim() {
        "" => String::new(),
        text => line(text, LABEL_CHARS).ok_or(Hindrance::Text)?,
    };
    let owner = match said.owner.trim() {
        "" => String::new(),
        text => line(text, NAME_CHARS).ok_or(Hindrance::Name)?,
    };
    let is_range = |[low, high]: [i64; 2], most: i64| 0 <= low && low <= high && high <= most;
    let is_length = said.days.is_none_or(|days| (1..=DAYS).contains(&days));
    if !is_range(said.effort, EFFORT) || !is_range(said.money, MONEY) || !is_length {
        return Err(Hindrance::Amount);
    }
    if !said.roles.iter().all(|role| roles.contains(role)) {
        return Err(Hindrance::Role);
    }
    let payer = PAYERS.into_iter().find(|known| *known == said.payer).unwrap_or_default().to_string();
    let own: BTreeSet<String> = said.roles.iter().cloned().collect();
    let needs: BTreeSet<i64> = said.needs.iter().copied().collect();
    let mut task = Task {
        name,
        deliverable,
        owner,
        roles: own.into_iter().collect(),
        effort: said.effort,
        money: said.money,
        payer,
        needs: needs.into_iter().collect(),
        ..task
    };
    task.days = by_work(&task, &one.people).max(said.days.unwrap_or(1));
    Ok(task)
}

/// Puts the task among the others with what waits for it, and lays it. What changed of the others is saved.
async fn placed(
    tx: &mut Tx,
    one: &Programme,
    mut tasks: Vec<Task>,
    (task, needed_by): (Task, &[i64]),
    not_before: i64,
) -> Result<(Task, usize), ProgrammeError> {
    let number = task.number;
    let is_there = |wanted: &i64| tasks.iter().any(|known| known.number == *wanted && *wanted != number);
    let of_others = |wanted: &[i64]| wanted.iter().all(is_there);
    // What waits for itself is the smallest circle, and is told as one.
    let of_itself = task.needs.contains(&number) || needed_by.contains(&number);
    if !of_itself && (!of_others(&task.needs) || !of_others(needed_by)) {
        return Err(Hindrance::Need.into());
    }
    let mut changed = Vec::new();
    for other in tasks.iter_mut().filter(|other| other.number != number) {
        let (waits, will_wait) = (other.needs.contains(&number), needed_by.contains(&other.number));
        if will_wait && !waits {
            if other.state != TaskState::Open {
                return Err(Hindrance::Begun.into());
            }
            other.needs.push(number);
            other.needs.sort_unstable();
        } else if waits && !will_wait {
            other.needs.retain(|need| *need != number);
        }
        if waits != will_wait {
            changed.push(other.number);
        }
    }
    tasks.retain(|other| other.number != number);
    tasks.push(task);
    tasks.sort_by_key(|task| task.number);
    let round = if of_itself { Some(vec![number]) } else { circle(&tasks) };
    if let Some(round) = round {
        let name = |number: i64| tasks.iter().find(|task| task.number == number).map(named);
        return Err(ProgrammeError::Circle(round.into_iter().filter_map(name).collect()));
    }
    let moved = lay_around(&mut tasks, number, not_before, &one.people, &one.calendar())?;
    let mut own = None;
    for task in tasks {
        if changed.contains(&task.number) {
            tx.run(SAVE_NEEDS, &[(&one.id).into(), (&task.id).into(), written(&task.needs)?.into()]).await?;
        }
        if task.number == number {
            own = Some(task);
        } else if moved.contains(&task.number) || changed.contains(&task.number) {
            sql::save_task(tx, &one.id, &task).await?;
        }
    }
    let others = moved.iter().filter(|moved| **moved != number).count();
    Ok((own.ok_or(Hindrance::NotFound)?, others))
}

fn named(task: &Task) -> Named {
    let name = match task.part {
        Part::Own => &task.name,
        Part::Block => &task.block,
        part => return Named { number: task.number, name: part.as_str().into() },
    };
    Named { number: task.number, name: name.clone() }
}

/// Adds a task of the team's own. It is laid no earlier than today, after what it needs.
pub async fn add_own_task(
    db: &Db,
    viewer: &Viewer,
    blocks: &Blocks,
    programme: &str,
    said: &OwnTask,
    now: Micros,
) -> Result<Task, ProgrammeError> {
    let mut tx = db.begin().await?;
    let one = open(&mut tx, viewer, programme, now).await?;
    let tasks = sql::tasks_in(&mut tx, programme).await?;
    let own = tx.read_one(COUNT_OWN, &[programme.into()]).await?.map_or(Ok(0), |row| row.int(0))?;
    if usize::try_from(own).unwrap_or(usize::MAX) >= OWN {
        return Err(Hindrance::TooMany.into());
    }
    // The number of a task that was removed is not given again: it may come back.
    let last = tx.read_one(COUNT, &[programme.into()]).await?.map_or(Ok(None), |row| row.opt_int(1))?;
    let calendar = one.calendar();
    let first = calendar.number(Day::of(now));
    let mut task = empty(last.unwrap_or(0) + 1, Part::Own, calendar.day(first));
    task.id = new_id(now);
    let task = checked(said, task, &own_roles(blocks, &tasks), &one)?;
    let (task, moved) = placed(&mut tx, &one, tasks, (task, &said.needed_by), first).await?;
    sql::put_task(&mut tx, programme, &task).await?;
    let detail = json!({ "task": task.number, "start": task.planned_start.to_string(), "moved": moved });
    journal(&mut tx, viewer, "task_added", programme, detail, now).await?;
    tx.commit().await?;
    Ok(task)
}

/// Changes all that a team said of a task of its own; one that is not begun is laid again, no earlier than it is planned.
pub async fn change_own_task(
    db: &Db,
    viewer: &Viewer,
    blocks: &Blocks,
    (programme, id): (&str, &str),
    said: &OwnTask,
    now: Micros,
) -> Result<Task, ProgrammeError> {
    let mut tx = db.begin().await?;
    let one = open(&mut tx, viewer, programme, now).await?;
    let tasks = sql::tasks_in(&mut tx, programme).await?;
    let before = own(&tasks, id)?;
    if said.version.is_some_and(|version| version != before.version) {
        return Err(Hindrance::Stale.into());
    }
    let waits = |task: &&Task| task.needs.contains(&before.number);
    let needed_by: Vec<i64> = tasks.iter().filter(waits).map(|task| task.number).collect();
    let task = checked(said, before.clone(), &own_roles(blocks, &tasks), &one)?;
    if before.state != TaskState::Open && task.needs != before.needs {
        return Err(Hindrance::Begun.into());
    }
    if matches!(before.state, TaskState::Finished | TaskState::Accepted) {
        // What is done is not told anew; it is opened again first.
        return Err(Hindrance::Step.into());
    }
    let sorted: BTreeSet<i64> = said.needed_by.iter().copied().collect();
    if task == before && sorted.into_iter().eq(needed_by) {
        return Ok(before);
    }
    let first = one.calendar().number(before.planned_start);
    let (mut task, moved) = placed(&mut tx, &one, tasks, (task, &said.needed_by), first).await?;
    save(&mut tx, programme, &task).await?;
    let detail = json!({
        "task": task.number, "moved": moved,
        "start": [before.planned_start.to_string(), task.planned_start.to_string()],
        "end": [before.planned_end.to_string(), task.planned_end.to_string()],
    });
    journal(&mut tx, viewer, "task_changed", programme, detail, now).await?;
    tx.commit().await?;
    task.version += 1;
    Ok(task)
}

/// Removes a task of the team's own. One that is begun, done or proven is removed only with a reason. What waited for it keeps its
/// days; the task keeps its row, and can be brought back.
pub async fn remove_own_task(
    db: &Db,
    viewer: &Viewer,
    (programme, id): (&str, &str),
    why: &str,
    now: Micros,
) -> Result<Task, ProgrammeError> {
    let why = words(why, COMMENT_CHARS).ok_or(Hindrance::Text)?;
    let mut tx = db.begin().await?;
    open(&mut tx, viewer, programme, now).await?;
    let mut tasks = sql::tasks_in(&mut tx, programme).await?;
    let task = own(&tasks, id)?;
    let is_proven = [&task.proof, &task.evidence, &task.sha256].into_iter().any(|text| !text.is_empty());
    if why.is_empty() && (task.state != TaskState::Open || is_proven) {
        return Err(Hindrance::Why.into());
    }
    let mut needed_by = Vec::new();
    for other in tasks.iter_mut().filter(|other| other.needs.contains(&task.number)) {
        other.needs.retain(|need| *need != task.number);
        needed_by.push(other.number);
        tx.run(SAVE_NEEDS, &[programme.into(), (&other.id).into(), written(&other.needs)?.into()]).await?;
    }
    let args: [Arg<'_>; 6] =
        [programme.into(), id.into(), now.into(), (&viewer.name).into(), (&why).into(), written(&needed_by)?.into()];
    tx.run(REMOVE, &args).await?;
    let detail = json!({ "task": task.number, "from": task.state.as_str(), "sha256": task.sha256 });
    journal(&mut tx, viewer, "task_removed", programme, detail, now).await?;
    tx.commit().await?;
    Ok(task)
}

/// Brings a removed task back as it was, with what waited for it; what of that is gone or begun no longer waits.
pub async fn restore_own_task(
    db: &Db,
    viewer: &Viewer,
    (programme, id): (&str, &str),
    now: Micros,
) -> Result<Task, ProgrammeError> {
    let mut tx = db.begin().await?;
    let one = open(&mut tx, viewer, programme, now).await?;
    let tasks = sql::tasks_in(&mut tx, programme).await?;
    if let Some(there) = tasks.iter().find(|task| task.id == id && task.part == Part::Own) {
        return Ok(there.clone());
    }
    let sql = REMOVED.replace("{columns}", sql::TASK_COLUMNS);
    let gone: Result<Vec<Removed>, StoreError> =
        tx.read(&sql, &[programme.into()]).await?.iter().map(removed).collect();
    let Removed { mut task, mut needed_by, .. } =
        gone?.into_iter().find(|gone| gone.task.id == id).ok_or(Hindrance::NotFound)?;
    task.needs.retain(|need| tasks.iter().any(|other| other.number == *need));
    let may_wait = |number: &i64| tasks.iter().any(|other| other.number == *number && other.state == TaskState::Open);
    needed_by.retain(may_wait);
    let first = one.calendar().number(task.planned_start);
    let (mut task, moved) = placed(&mut tx, &one, tasks, (task, &needed_by), first).await?;
    tx.run(RESTORE, &[programme.into(), id.into()]).await?;
    save(&mut tx, programme, &task).await?;
    let detail = json!({ "task": task.number, "moved": moved });
    journal(&mut tx, viewer, "task_restored", programme, detail, now).await?;
    tx.commit().await?;
    task.version += 2;
    Ok(task)
}

/// The tasks of a programme that were removed, by their numbers.
pub async fn removed_tasks(db: &Db, programme: &str) -> Result<Vec<Removed>, StoreError> {
    let sql = REMOVED.replace("{columns}", sql::TASK_COLUMNS);
    db.read(&sql, &[programme.into()]).await?.iter().map(removed).collect()
}

fn removed(row: &Row) -> Result<Removed, StoreError> {
    Ok(Removed {
        task: sql::task(row)?,
        at: row.moment(28)?,
        by: row.text(29)?,
        why: row.text(30)?,
        needed_by: parsed("framework_task.needed_by", &row.text(31)?)?,
    })
}

fn own(tasks: &[Task], id: &str) -> Result<Task, Hindrance> {
    let task = found(tasks, id)?;
    if task.part == Part::Own { Ok(task) } else { Err(Hindrance::NotOwn) }
}

async fn save(tx: &mut Tx, programme: &str, task: &Task) -> Result<(), StoreError> {
    let ([effort_low, effort_high], [money_low, money_high]) = (task.effort, task.money);
    let args: [Arg<'_>; 10] = [
        programme.into(),
        (&task.id).into(),
        (&task.name).into(),
        (&task.deliverable).into(),
        written(&task.roles)?.into(),
        effort_low.into(),
        effort_high.into(),
        money_low.into(),
        money_high.into(),
        (&task.payer).into(),
    ];
    tx.run(SAVE_OWN, &args).await?;
    tx.run(SAVE_NEEDS, &[programme.into(), (&task.id).into(), written(&task.needs)?.into()]).await?;
    sql::save_task(tx, programme, task).await
}

/// Puts the own tasks of a programme among those of a new draft of its design, with what needs them. Nothing of them is done yet.
pub(super) fn kept_in(tasks: &mut Vec<Task>, like: &[Task], people: &People) {
    let numbers: BTreeSet<i64> = like.iter().filter(|task| task.part == Part::Own).map(|task| task.number).collect();
    for task in tasks.iter_mut() {
        let before = like.iter().find(|before| before.number == task.number && before.block == task.block);
        task.needs.extend(before.into_iter().flat_map(|before| &before.needs).filter(|need| numbers.contains(need)));
    }
    let Some(first) = tasks.first().map(|task| task.planned_start) else { return };
    for before in like.iter().filter(|task| task.part == Part::Own) {
        let mut task = empty(before.number, Part::Own, first);
        (task.name, task.deliverable) = (before.name.clone(), before.deliverable.clone());
        (task.roles, task.needs) = (before.roles.clone(), before.needs.clone());
        (task.effort, task.money) = (before.effort, before.money);
        (task.payer, task.owner) = (before.payer.clone(), before.owner.clone());
        task.days = before.days.max(by_work(&task, people));
        tasks.push(task);
    }
}
