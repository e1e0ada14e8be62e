//! Tasks: playbooks applied and taken off, tasks done, passed over, changed; people called by name.

use manara_model::{Micros, Viewer};
use manara_store::{Db, StoreError, Tx};
use manara_web::team_in;
use serde_json::{Value, json};

use super::{Refusal, ResponseError, begin, journal, new_id, workable};
use crate::content::WorkContent;
use crate::hours::{Hours, Span, Time};
use crate::incident::{Incident, NOTE_CHARS, REASON_CHARS, plain, title};
use crate::playbook::Playbook;
use crate::sql_task::{self, TASKS};
use crate::task::{Task, TaskKind, TaskState, called, follow_decisions, technique};
use crate::texts::Texts;

/// Between the places of two tasks, so that the order of playbooks stays.
const PLACE: i64 = 1_000;

/// Applies a playbook to an incident: its steps and closing checks become tasks. One that was taken off comes back as it was. Gives
/// how many tasks there are of it.
pub async fn apply_playbook(
    db: &Db,
    viewer: &Viewer,
    content: &WorkContent,
    (name, playbook): (&str, &str),
    now: Micros,
) -> Result<usize, ResponseError> {
    let playbook = content.playbooks.get(playbook).ok_or(Refusal::NoPlaybook)?;
    let mut tx = begin(db, now).await?;
    let one = workable(&mut tx, viewer, name.into()).await?;
    let all = sql_task::tasks_in(&mut tx, &one.id).await?;
    let mut tasks: Vec<Task> = all.iter().filter(|task| task.playbook == playbook.id).cloned().collect();
    let count = tasks.len();
    if count > 0 && tasks.iter().all(|task| task.removed.is_none()) {
        return Ok(count); // The form may be sent twice.
    }
    if count > 0 {
        tasks.retain(|task| task.removed.is_some());
        tasks.iter_mut().for_each(|task| change_by(task, viewer, now, |task| task.removed = None));
    } else {
        let after = all.iter().map(|task| task.position).max().unwrap_or_default();
        tasks = tasks_of(playbook, &one, (after / PLACE + 1) * PLACE, &content.hours, &viewer.name, now);
    }
    let room = usize::try_from(TASKS).unwrap_or_default();
    if all.len() + tasks.len() > room {
        return Err(Refusal::TooMany.into());
    }
    sql_task::put_tasks(&mut tx, &tasks).await?;
    sql_task::put_playbook(&mut tx, (&one.id, &playbook.id), &playbook.title, &viewer.name, None, now).await?;
    journal(&mut tx, &viewer.name, "playbook_applied", &one, json!({ "playbook": playbook.id }), now).await?;
    tx.commit().await?;
    Ok(count.max(tasks.len()))
}

fn tasks_of(playbook: &Playbook, one: &Incident, first: i64, hours: &Hours, who: &str, now: Micros) -> Vec<Task> {
    let conditional = playbook.conditional();
    let blank = |kind: TaskKind, step: &str, title: &Texts| Task {
        id: new_id(now),
        incident_id: one.id.clone(),
        playbook: playbook.id.clone(),
        step: step.to_string(),
        kind,
        position: 0,
        title: title.clone(),
        body: Texts::default(),
        role: String::new(),
        letter: String::new(),
        needs: Vec::new(),
        span: None,
        decision: None,
        decided: String::new(),
        state: TaskState::Open,
        reason: String::new(),
        owner: String::new(),
        due: None,
        note: String::new(),
        version: 1,
        created: (who.to_string(), now),
        changed: (who.to_string(), now),
        done: None,
        removed: None,
    };
    let steps = playbook.steps.iter().map(|step| {
        let is_waiting = conditional.contains(step.id.as_str());
        let span = Span::parse(&step.within);
        Task {
            body: step.text.clone(),
            role: step.role.clone(),
            letter: step.letter.clone(),
            needs: step.needs.clone(),
            span,
            decision: step.decision.clone(),
            state: if is_waiting { TaskState::Waiting } else { TaskState::Open },
            due: span.filter(|_| !is_waiting).map(|span| hours.due(now, span, Time::Calendar)),
            ..blank(TaskKind::Step, &step.id, &step.title)
        }
    });
    let checks = playbook.closing.iter().map(|check| blank(TaskKind::Check, &check.id, &check.title));
    let mut tasks: Vec<Task> = steps.chain(checks).collect();
    for (task, position) in tasks.iter_mut().zip(first..) {
        task.position = position;
    }
    tasks
}

/// Takes a playbook off: what is not done goes; applying it again brings it back.
pub async fn remove_playbook(
    db: &Db,
    viewer: &Viewer,
    (name, playbook): (&str, &str),
    now: Micros,
) -> Result<usize, ResponseError> {
    let mut tx = begin(db, now).await?;
    let one = workable(&mut tx, viewer, name.into()).await?;
    let mut tasks = sql_task::tasks_in(&mut tx, &one.id).await?;
    tasks.retain(|task| task.playbook == playbook);
    let title = tasks.first().map(|task| task.title.clone()).ok_or(Refusal::NoPlaybook)?;
    tasks.retain(|task| task.removed.is_none() && matches!(task.state, TaskState::Waiting | TaskState::Open));
    tasks.iter_mut().for_each(|task| change_by(task, viewer, now, |task| task.removed = Some(now)));
    sql_task::put_tasks(&mut tx, &tasks).await?;
    sql_task::put_playbook(&mut tx, (&one.id, playbook), &title, &viewer.name, Some(now), now).await?;
    journal(&mut tx, &viewer.name, "playbook_removed", &one, json!({ "playbook": playbook }), now).await?;
    tx.commit().await?;
    Ok(tasks.len())
}

/// A task of one's own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewTask {
    /// One line.
    pub title: String,
    /// What to do; may be empty.
    pub body: String,
    /// Login name of whoever does it; empty for nobody.
    pub owner: String,
    /// Until when.
    pub due: Option<Micros>,
    /// Whether it is a lesson of the review.
    pub is_lesson: bool,
}

/// Adds a task of one's own.
pub async fn add_task(db: &Db, viewer: &Viewer, name: &str, new: &NewTask, now: Micros) -> Result<Task, ResponseError> {
    let words = title(&new.title).ok_or(Refusal::Title)?;
    let body = text(&new.body)?;
    let mut tx = begin(db, now).await?;
    let one = workable(&mut tx, viewer, name.into()).await?;
    known_owner(&mut tx, &new.owner, "").await?;
    let all = sql_task::tasks_in(&mut tx, &one.id).await?;
    if i64::try_from(all.len()).unwrap_or(i64::MAX) >= TASKS {
        return Err(Refusal::TooMany.into());
    }
    let task = Task {
        id: new_id(now),
        incident_id: one.id.clone(),
        playbook: String::new(),
        step: String::new(),
        kind: if new.is_lesson { TaskKind::Lesson } else { TaskKind::Own },
        position: all.iter().map(|task| task.position).max().unwrap_or_default() + 1,
        title: Texts::said(&words),
        body: if body.is_empty() { Texts::default() } else { Texts::said(&body) },
        role: String::new(),
        letter: String::new(),
        needs: Vec::new(),
        span: None,
        decision: None,
        decided: String::new(),
        state: TaskState::Open,
        reason: String::new(),
        owner: new.owner.clone(),
        due: new.due,
        note: String::new(),
        version: 1,
        created: (viewer.name.clone(), now),
        changed: (viewer.name.clone(), now),
        done: None,
        removed: None,
    };
    sql_task::put_tasks(&mut tx, std::slice::from_ref(&task)).await?;
    call(&mut tx, &one, ("task", &task.id), &format!("{words}\n{body}"), &viewer.name, now).await?;
    journal(&mut tx, &viewer.name, "task_added", &one, json!({ "task": task.id }), now).await?;
    tx.commit().await?;
    Ok(task)
}

/// What a form says of a task.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TaskChange {
    /// One line; only of a task that a person wrote, elsewhere it is not looked at.
    pub title: String,
    /// Login name of whoever does it; empty for nobody.
    pub owner: String,
    /// Until when.
    pub due: Option<Micros>,
    /// What is noted about it.
    pub note: String,
}

impl TaskChange {
    /// What a task says now.
    pub fn of(task: &Task) -> TaskChange {
        TaskChange {
            title: task.title.of("").to_string(),
            owner: task.owner.clone(),
            due: task.due,
            note: task.note.clone(),
        }
    }
}

/// Changes owner, due time and note of a task, and the title of one's own, if it is still in the version that was shown.
pub async fn change_task(
    db: &Db,
    viewer: &Viewer,
    (name, id): (&str, &str),
    version: Option<i64>,
    change: &TaskChange,
    now: Micros,
) -> Result<Task, ResponseError> {
    let note = match change.note.trim() {
        "" => String::new(),
        note => plain(note, NOTE_CHARS).ok_or(Refusal::Text)?,
    };
    let mut tx = begin(db, now).await?;
    let one = workable(&mut tx, viewer, name.into()).await?;
    let mut task = there(&sql_task::tasks_in(&mut tx, &one.id).await?, id)?;
    let words = match task.kind.is_written() {
        true => Texts::said(&title(&change.title).ok_or(Refusal::Title)?),
        false => task.title.clone(),
    };
    if (&task.title, &task.owner, task.due, &task.note) == (&words, &change.owner, change.due, &note) {
        return Ok(task); // The form may be sent twice.
    }
    if version.is_some_and(|version| version != task.version) {
        return Err(ResponseError::Stale);
    }
    known_owner(&mut tx, &change.owner, &task.owner).await?;
    let fields = [
        ("title", task.title != words),
        ("owner", task.owner != change.owner),
        ("due", task.due != change.due),
        ("note", task.note != note),
    ];
    let changed: Vec<&str> = fields.into_iter().filter(|(_, is_other)| *is_other).map(|(field, _)| field).collect();
    change_by(&mut task, viewer, now, |task| {
        (task.title, task.owner, task.due, task.note) = (words, change.owner.clone(), change.due, note);
    });
    sql_task::put_tasks(&mut tx, std::slice::from_ref(&task)).await?;
    call(&mut tx, &one, ("task", &task.id), &task.note, &viewer.name, now).await?;
    let more = json!({ "task": task.id, "fields": changed });
    journal(&mut tx, &viewer.name, "task_changed", &one, more, now).await?;
    tx.commit().await?;
    Ok(task)
}

/// What is done with a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TaskStep {
    /// It was done; of a decision, with its answer.
    Done(String),
    /// It is passed over, for a reason.
    Skip(String),
    /// It is to be done after all.
    Reopen,
    /// It is taken away.
    Remove,
    /// It comes back.
    Restore,
}

impl TaskStep {
    fn verb(&self) -> &'static str {
        match self {
            Self::Done(_) => "task_done",
            Self::Skip(_) => "task_skipped",
            Self::Reopen => "task_reopened",
            Self::Remove => "task_removed",
            Self::Restore => "task_restored",
        }
    }
}

/// Does something with a task; what a decision says about others follows.
pub async fn step_task(
    db: &Db,
    viewer: &Viewer,
    (name, id): (&str, &str),
    version: Option<i64>,
    (step, hours): (&TaskStep, &Hours),
    now: Micros,
) -> Result<Task, ResponseError> {
    let mut tx = begin(db, now).await?;
    let one = workable(&mut tx, viewer, name.into()).await?;
    let mut all = sql_task::tasks_in(&mut tx, &one.id).await?;
    let before = there(&all, id)?;
    let Some(after) = stepped(&before, step, &viewer.name, now)? else {
        return Ok(before); // The button may be pressed twice.
    };
    if version.is_some_and(|version| version != before.version) {
        return Err(ResponseError::Stale);
    }
    for task in all.iter_mut().filter(|task| task.id == after.id) {
        task.clone_from(&after);
        change_by(task, viewer, now, |_| {});
    }
    let mut touched = vec![after.id.clone()];
    if after.decision.is_some() {
        let followed = follow_decisions(&mut all, &after.playbook, hours, now);
        for task in all.iter_mut().filter(|task| followed.contains(&task.id)) {
            change_by(task, viewer, now, |_| {});
        }
        touched.extend(followed);
    }
    all.retain(|task| touched.contains(&task.id));
    sql_task::put_tasks(&mut tx, &all).await?;
    let mut more = json!({ "task": after.id });
    if let (Some(map), TaskStep::Done(answer)) = (more.as_object_mut(), step)
        && !answer.is_empty()
    {
        map.insert("answer".into(), Value::from(answer.as_str()));
    }
    journal(&mut tx, &viewer.name, step.verb(), &one, more, now).await?;
    tx.commit().await?;
    there(&all, id).map_err(ResponseError::from)
}

/// A task after a step; nothing when it stands so already.
fn stepped(task: &Task, step: &TaskStep, who: &str, now: Micros) -> Result<Option<Task>, Refusal> {
    let mut after = task.clone();
    let is_gone = task.removed.is_some();
    match step {
        TaskStep::Remove if is_gone => return Ok(None),
        TaskStep::Remove => after.removed = Some(now),
        TaskStep::Restore if !is_gone => return Ok(None),
        TaskStep::Restore => after.removed = None,
        _ if is_gone => return Err(Refusal::NoTask),
        TaskStep::Done(answer) => {
            let answers = task.decision.as_ref().map(|decision| decision.answers.as_slice()).unwrap_or_default();
            if !answers.is_empty() && !answers.iter().any(|known| known.id == *answer) {
                return Err(Refusal::Answer);
            }
            let answer = if answers.is_empty() { "" } else { answer.as_str() };
            if task.state == TaskState::Done && task.decided == answer {
                return Ok(None);
            }
            if task.state == TaskState::Waiting {
                return Err(Refusal::TaskWaits);
            }
            (after.state, after.decided, after.reason) = (TaskState::Done, answer.to_string(), String::new());
            after.done = Some((who.to_string(), now));
        }
        TaskStep::Skip(reason) => {
            let reason = plain(reason, REASON_CHARS).ok_or(Refusal::Text)?;
            if task.state == TaskState::Skipped && task.reason == reason {
                return Ok(None);
            }
            (after.state, after.decided, after.reason) = (TaskState::Skipped, String::new(), reason);
            after.done = Some((who.to_string(), now));
        }
        TaskStep::Reopen if matches!(task.state, TaskState::Open | TaskState::Waiting) => return Ok(None),
        TaskStep::Reopen => {
            (after.state, after.decided, after.reason, after.done) =
                (TaskState::Open, String::new(), String::new(), None);
        }
    }
    Ok(Some(after))
}

fn change_by(task: &mut Task, viewer: &Viewer, now: Micros, change: impl FnOnce(&mut Task)) {
    change(task);
    task.version += 1;
    task.changed = (viewer.name.clone(), now);
}

fn there(all: &[Task], id: &str) -> Result<Task, Refusal> {
    all.iter().find(|task| task.id == id).cloned().ok_or(Refusal::NoTask)
}

/// A text that may be empty.
fn text(text: &str) -> Result<String, Refusal> {
    match text.trim() {
        "" => Ok(String::new()),
        text => plain(text, crate::task::TASK_CHARS).ok_or(Refusal::Text),
    }
}

/// Whoever is given a task is of the team, or has it already.
async fn known_owner(tx: &mut Tx, owner: &str, before: &str) -> Result<(), ResponseError> {
    if owner.is_empty() || owner == before || team_in(tx).await?.iter().any(|(name, _)| name == owner) {
        return Ok(());
    }
    Err(Refusal::Person.into())
}

/// Calls whoever a text names with `@` to a note or a task.
pub(super) async fn call(
    tx: &mut Tx,
    one: &Incident,
    record: (&str, &str),
    text: &str,
    who: &str,
    now: Micros,
) -> Result<(), StoreError> {
    if !text.contains('@') {
        return Ok(());
    }
    let team = team_in(tx).await?;
    for person in called(text, team.iter().map(|(name, _)| name.as_str())) {
        if person != who {
            sql_task::call(tx, person, record, &one.id, who, now).await?;
        }
    }
    Ok(())
}

/// Notes that the viewer has looked where they were called: at one record, or at all of an incident.
pub async fn see_mentions(db: &Db, viewer: &Viewer, record: &str, now: Micros) -> Result<u64, ResponseError> {
    let mut tx = db.begin().await?;
    let seen = sql_task::see(&mut tx, &viewer.name, record, now).await?;
    tx.commit().await?;
    Ok(seen)
}

/// Says that a technique of MITRE ATT&CK was seen in an incident, as a note or task tells when one is named; or takes that back.
pub async fn tag_technique(
    db: &Db,
    viewer: &Viewer,
    (name, typed, record): (&str, &str, &str),
    is_seen: bool,
    now: Micros,
) -> Result<String, ResponseError> {
    let technique = technique(typed).ok_or(Refusal::Technique)?;
    let mut tx = begin(db, now).await?;
    let one = workable(&mut tx, viewer, name.into()).await?;
    if !record.is_empty() {
        let is_note = crate::sql::note_in(&mut tx, &one.id, record).await?.is_some();
        if !is_note {
            there(&sql_task::tasks_in(&mut tx, &one.id).await?, record)?;
        }
    }
    if sql_task::tag(&mut tx, (&one.id, &technique, record), is_seen, &viewer.name, now).await? {
        let verb = if is_seen { "technique_added" } else { "technique_removed" };
        journal(&mut tx, &viewer.name, verb, &one, json!({ "technique": technique }), now).await?;
        tx.commit().await?;
    }
    Ok(technique)
}

/// Writes what this shift tells the next.
pub async fn hand_over(
    db: &Db,
    viewer: &Viewer,
    (body, tlp): (&str, manara_model::Tlp),
    now: Micros,
) -> Result<sql_task::Handover, ResponseError> {
    let body = plain(body, NOTE_CHARS).ok_or(Refusal::Text)?;
    if tlp > viewer.clearance {
        return Err(Refusal::Clearance.into());
    }
    let one = sql_task::Handover { id: new_id(now), body, tlp, who: viewer.name.clone(), at: now, taken: None };
    let mut tx = begin(db, now).await?;
    sql_task::hand(&mut tx, viewer, &one).await?;
    note_handover(&mut tx, &viewer.name, "handover_written", &one.id, now).await?;
    tx.commit().await?;
    Ok(one)
}

/// Takes a shift over.
pub async fn take_over(db: &Db, viewer: &Viewer, id: &str, now: Micros) -> Result<(), ResponseError> {
    let mut tx = begin(db, now).await?;
    if sql_task::take_over(&mut tx, viewer, id, now).await? {
        note_handover(&mut tx, &viewer.name, "handover_taken", id, now).await?;
        tx.commit().await?;
    }
    Ok(())
}

async fn note_handover(tx: &mut Tx, who: &str, verb: &str, id: &str, now: Micros) -> Result<(), StoreError> {
    manara_store::Journal::write(tx, who, crate::PLANE, verb, id, "{}", now).await
}
