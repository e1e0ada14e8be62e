//! The tasks of an incident, and one of them.

use askama::Template;
use axum::extract::{Path, RawForm, State as Given};
use axum::http::StatusCode;
use manara_model::Micros;
use manara_web::{Answer, Choice, Mistake, Page, PageError, Tone, Undo, Visit, Word};

use super::super::fields::{Fields, local_moment, local_text};
use super::{Room, found, href, may_work, mistake, page_of, review, seen_version, team, why};
use crate::incident::{Incident, NOTE_CHARS, REASON_CHARS, TITLE_CHARS};
use crate::jobs::{self, NewTask, Refusal, ResponseError, TaskChange, TaskStep};
use crate::sql_task::{self, Technique};
use crate::task::{Progress, TASK_CHARS, Task, TaskKind, TaskState};
use crate::texts::Texts;

/// What stands in the form of a new task.
#[derive(Debug, Clone, Default)]
pub(super) struct Typed {
    pub title: String,
    pub body: String,
    pub owner: String,
    pub due: String,
}

#[derive(Template)]
#[template(path = "response/work/tasks.html")]
struct TasksPage {
    page: Page,
    one: Incident,
    typed: Typed,
    mistake: Mistake,
    groups: Vec<(&'static str, Vec<Task>)>,
    waiting: Vec<Task>,
    removed: Vec<Task>,
    progress: Progress,
    playbooks: Vec<(String, Texts)>,
    /// Playbooks that can be applied: those for this type, and the others.
    offered: [Vec<Choice>; 2],
    techniques: Vec<Technique>,
    team: Vec<Choice>,
    can_work: bool,
    limits: [usize; 2],
    now: Micros,
}

impl TasksPage {
    /// What a technique is called, where we have words for it.
    fn technique(&self, one: &Technique) -> String {
        crate::task::technique_key(&one.id).map(|key| self.page.t(key)).unwrap_or_default()
    }

    fn href(&self) -> String {
        href(&self.one)
    }

    fn words<'t>(&self, texts: &'t Texts) -> &'t str {
        texts.of(self.page.lang.tag())
    }

    fn tone(&self, task: &Task) -> &'static str {
        tone(task)
    }

    fn state_key(&self, task: &Task) -> String {
        format!("work-task-{}", task.state.as_str())
    }

    fn action(&self, task: &Task, step: &str) -> String {
        format!("{}/tasks/{}/{step}?version={}", self.href(), task.id, task.version)
    }

    fn is_open(&self, task: &Task) -> bool {
        task.state == TaskState::Open
    }
}

fn tone(task: &Task) -> &'static str {
    match task.state {
        TaskState::Waiting | TaskState::Skipped => "mute",
        TaskState::Open => "info",
        TaskState::Done => "good",
    }
}

/// `GET /incidents/{id}/tasks`
pub(super) async fn tasks(visit: Visit, Given(room): Given<Room>, Path(name): Path<String>) -> Answer {
    let one = found(&visit, &name).await?;
    shown(&visit, &room, one, Typed::default(), Mistake::default()).await
}

async fn shown(visit: &Visit, room: &Room, one: Incident, typed: Typed, mistake: Mistake) -> Answer {
    let all = sql_task::tasks_of(&visit.db, &one.id).await?;
    let progress = Progress::of(&all, visit.now);
    let (removed, there): (Vec<Task>, Vec<Task>) = all.into_iter().partition(|task| task.removed.is_some());
    let (waiting, there): (Vec<Task>, Vec<Task>) = there.into_iter().partition(|task| task.state == TaskState::Waiting);
    let group = |kind: TaskKind, key: &'static str| {
        (key, there.iter().filter(|task| task.kind == kind).cloned().collect::<Vec<_>>())
    };
    let groups = vec![
        group(TaskKind::Step, "work-steps"),
        group(TaskKind::Own, "work-own"),
        group(TaskKind::Check, "work-checks"),
        group(TaskKind::Lesson, "work-lessons"),
    ];
    let playbooks = sql_task::playbooks_of(&visit.db, &one.id).await?;
    let language = visit.lang.tag();
    let (mut fitting, mut others) = room.content.offered(&one);
    let first = (room.first)().await?;
    for offered in [&mut fitting, &mut others] {
        offered.sort_by_key(|playbook| !first.contains(&playbook.id));
    }
    let choices = |of: Vec<&crate::playbook::Playbook>| {
        of.into_iter()
            .filter(|playbook| !playbooks.iter().any(|(id, _)| *id == playbook.id))
            .map(|playbook| Choice {
                value: playbook.id.clone(),
                label: format!("{} {}", playbook.sop, playbook.title.of(language)).trim().to_string(),
            })
            .collect()
    };
    let titles = playbooks
        .iter()
        .map(|(id, title)| {
            let known = room.content.playbooks.get(id).map(|playbook| playbook.title.clone());
            (id.clone(), known.unwrap_or_else(|| title.clone()))
        })
        .collect();
    let status = if mistake.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = TasksPage {
        page: page_of(visit, &one, "work-tasks-title"),
        typed,
        mistake,
        groups: groups.into_iter().filter(|(_, tasks)| !tasks.is_empty()).collect(),
        waiting,
        removed,
        progress,
        offered: [choices(fitting), choices(others)],
        playbooks: titles,
        techniques: sql_task::techniques(&visit.db, &one.id).await?,
        team: team(visit, "").await?,
        can_work: may_work(visit, &one),
        limits: [TITLE_CHARS, TASK_CHARS],
        now: visit.now,
        one,
    };
    visit.html_status(status, &page)
}

fn back(one: &Incident) -> String {
    format!("{}/tasks", href(one))
}

/// `POST /incidents/{id}/playbooks`
pub(super) async fn apply(
    visit: Visit,
    Given(room): Given<Room>,
    Path(name): Path<String>,
    RawForm(form): RawForm,
) -> Answer {
    let one = found(&visit, &name).await?;
    let playbook = Fields::read(&form).text("playbook").to_string();
    let content = room.content().await?;
    let did = jobs::apply_playbook(&visit.db, &visit.viewer, &content, (&one.id, &playbook), visit.now).await;
    match did {
        Ok(_) => {
            let undo = Undo::at(format!("{}/playbooks/{playbook}/remove", href(&one)));
            Ok(visit.go_undoable(&back(&one), "work-did-apply", &[], undo))
        }
        Err(error) => why(&visit, &back(&one), error),
    }
}

/// `POST /incidents/{id}/playbooks/{playbook}/remove`
pub(super) async fn remove(visit: Visit, Path((name, playbook)): Path<(String, String)>) -> Answer {
    let one = found(&visit, &name).await?;
    match jobs::remove_playbook(&visit.db, &visit.viewer, (&one.id, &playbook), visit.now).await {
        Ok(_) => {
            let undo = Undo::at(format!("{}/playbooks", href(&one))).with("playbook", playbook);
            Ok(visit.go_undoable(&back(&one), "work-did-remove-playbook", &[], undo))
        }
        Err(error) => why(&visit, &back(&one), error),
    }
}

fn due_of(fields: &Fields) -> Result<Option<Micros>, PageError> {
    local_moment(fields.text("due")).map_err(|()| PageError::unreadable("due"))
}

/// `POST /incidents/{id}/tasks`
pub(super) async fn add(
    visit: Visit,
    Given(room): Given<Room>,
    Path(name): Path<String>,
    RawForm(form): RawForm,
) -> Answer {
    let one = found(&visit, &name).await?;
    let fields = Fields::read(&form);
    let text = |name: &str| fields.text(name).to_string();
    let typed = Typed { title: text("title"), body: text("body"), owner: text("owner"), due: text("due") };
    let is_lesson = fields.text("kind") == TaskKind::Lesson.as_str();
    let to = if is_lesson { format!("{}/review", href(&one)) } else { back(&one) };
    let mistake = match local_moment(&typed.due) {
        Err(()) => Mistake::at("due", visit.t("work-due-wrong")),
        Ok(due) => {
            let (title, body, owner) = (typed.title.clone(), typed.body.clone(), typed.owner.clone());
            let new = NewTask { title, body, owner, due, is_lesson };
            match jobs::add_task(&visit.db, &visit.viewer, &one.id, &new, visit.now).await {
                Ok(task) => {
                    let undo = Undo::at(format!("{}/tasks/{}/remove", href(&one), task.id));
                    return Ok(visit.go_undoable(&to, "work-did-add", &[], undo));
                }
                Err(ResponseError::Refused(reason)) if reason != Refusal::NotFound => mistake(&visit, "body", reason),
                Err(error) => return why(&visit, &to, error),
            }
        }
    };
    match is_lesson {
        true => review::shown(&visit, &room, one, typed, mistake).await,
        false => shown(&visit, &room, one, typed, mistake).await,
    }
}

#[derive(Template)]
#[template(path = "response/work/task.html")]
struct TaskPage {
    page: Page,
    one: Incident,
    task: Task,
    /// What the reader wrote, when it was not taken.
    mine: Option<TaskChange>,
    mistake: Mistake,
    /// The version the form was made from.
    version: i64,
    /// The titles of the steps that come before, with whether they are ended.
    needs: Vec<(Task, bool)>,
    /// The steps each answer makes needed.
    then: Vec<(String, Vec<String>)>,
    team: Vec<Choice>,
    can_work: bool,
    limits: [usize; 3],
    now: Micros,
}

impl TaskPage {
    fn href(&self) -> String {
        href(&self.one)
    }

    fn words<'t>(&self, texts: &'t Texts) -> &'t str {
        texts.of(self.page.lang.tag())
    }

    /// What the letter of the task is called; a letter of the house's own by its name.
    fn letter(&self) -> String {
        let id = &self.task.letter;
        crate::mail::built_in_title(id, self.page.lang.tag()).unwrap_or_else(|| id.clone())
    }

    fn tone(&self) -> &'static str {
        tone(&self.task)
    }

    fn state_key(&self) -> String {
        format!("work-task-{}", self.task.state.as_str())
    }

    fn action(&self, step: &str) -> String {
        format!("{}/tasks/{}/{step}?version={}", self.href(), self.task.id, self.task.version)
    }

    fn typed(&self) -> TaskChange {
        self.mine.clone().unwrap_or_else(|| TaskChange::of(&self.task))
    }

    fn due(&self) -> String {
        local_text(self.typed().due)
    }

    fn is(&self, state: &str) -> bool {
        self.task.state.as_str() == state
    }

    fn after(&self, answer: &str) -> String {
        let titles = self.then.iter().find(|(id, _)| id == answer).map(|(_, titles)| titles.join(" · "));
        titles.unwrap_or_default()
    }
}

async fn task_of(visit: &Visit, one: &Incident, id: &str) -> Result<(Task, Vec<Task>), PageError> {
    let all = sql_task::tasks_of(&visit.db, &one.id).await?;
    let task = all.iter().find(|task| task.id == id).cloned().ok_or_else(PageError::not_found)?;
    Ok((task, all))
}

/// `GET /incidents/{id}/tasks/{task}`
pub(super) async fn one(visit: Visit, Path((name, id)): Path<(String, String)>) -> Answer {
    let one = found(&visit, &name).await?;
    show(&visit, one, &id, None).await
}

/// A change that was not taken.
struct NotTaken {
    change: TaskChange,
    mistake: Mistake,
    /// The version it was made from; nothing when somebody else changed the task meanwhile, and the reader sees what stands now.
    version: Option<i64>,
}

async fn show(visit: &Visit, one: Incident, id: &str, not_taken: Option<NotTaken>) -> Answer {
    let (task, all) = task_of(visit, &one, id).await?;
    let of_playbook: Vec<&Task> = all.iter().filter(|other| other.playbook == task.playbook).collect();
    let step = |id: &String| of_playbook.iter().find(|other| other.step == *id && other.kind == TaskKind::Step);
    let language = visit.lang.tag();
    let needs = task
        .needs
        .iter()
        .filter_map(step)
        .map(|other| ((*other).clone(), matches!(other.state, TaskState::Done | TaskState::Skipped)))
        .collect();
    let then = task
        .decision
        .iter()
        .flat_map(|decision| &decision.answers)
        .map(|answer| {
            let titles = answer.then.iter().filter_map(step).map(|other| other.title.of(language).to_string());
            (answer.id.clone(), titles.collect())
        })
        .collect();
    let status = match &not_taken {
        None => StatusCode::OK,
        Some(NotTaken { version: None, .. }) => StatusCode::CONFLICT,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let (mine, mistake, version) = match not_taken {
        None => (None, Mistake::default(), task.version),
        Some(NotTaken { change, mistake, version }) => (Some(change), mistake, version.unwrap_or(task.version)),
    };
    let page = page_of(visit, &one, "work-task-title").under_named(&back(&one), &visit.t("work-tasks"));
    let page = TaskPage {
        page,
        mine,
        mistake,
        version,
        needs,
        then,
        team: team(visit, &task.owner).await?,
        can_work: may_work(visit, &one) && task.removed.is_none(),
        limits: [TITLE_CHARS, NOTE_CHARS, REASON_CHARS],
        now: visit.now,
        task,
        one,
    };
    visit.html_status(status, &page)
}

/// `POST /incidents/{id}/tasks/{task}`
pub(super) async fn change(visit: Visit, Path((name, id)): Path<(String, String)>, RawForm(form): RawForm) -> Answer {
    let one = found(&visit, &name).await?;
    let fields = Fields::read(&form);
    let change = TaskChange {
        title: fields.text("title").to_string(),
        owner: fields.text("owner").to_string(),
        due: due_of(&fields)?,
        note: fields.text("note").to_string(),
    };
    let version = seen_version(&visit).or(Some(fields.int("version")));
    let here = format!("{}/tasks/{id}", href(&one));
    match jobs::change_task(&visit.db, &visit.viewer, (&one.id, &id), version, &change, visit.now).await {
        Ok(_) => Ok(visit.go_saying(&here, Tone::Good, "work-did-change", &[])),
        Err(ResponseError::Stale) => {
            let mistake = Mistake::of_form(visit.t("work-task-stale"));
            show(&visit, one, &id, Some(NotTaken { change, mistake, version: None })).await
        }
        Err(ResponseError::Refused(reason @ (Refusal::Title | Refusal::Text | Refusal::Person))) => {
            let mistake = mistake(&visit, "note", reason);
            show(&visit, one, &id, Some(NotTaken { change, mistake, version })).await
        }
        Err(error) => why(&visit, &here, error),
    }
}

/// `POST /incidents/{id}/tasks/{task}/{step}`: done, skip, reopen, remove or restore.
pub(super) async fn step(
    visit: Visit,
    Given(room): Given<Room>,
    Path((name, id, step)): Path<(String, String, String)>,
    RawForm(form): RawForm,
) -> Answer {
    let one = found(&visit, &name).await?;
    let fields = Fields::read(&form);
    let (step, key, undo) = match step.as_str() {
        "done" => (TaskStep::Done(fields.text("answer").to_string()), "work-did-done", "reopen"),
        "skip" => (TaskStep::Skip(fields.text("reason").to_string()), "work-did-skip", "reopen"),
        "reopen" => (TaskStep::Reopen, "work-did-reopen", ""),
        "remove" => (TaskStep::Remove, "work-did-remove", "restore"),
        "restore" => (TaskStep::Restore, "work-did-restore", ""),
        _ => return Err(PageError::not_found()),
    };
    let (version, hours) = (seen_version(&visit), room.hours().await?);
    let ids = (one.id.as_str(), id.as_str());
    match jobs::step_task(&visit.db, &visit.viewer, ids, version, (&step, &hours), visit.now).await {
        Ok(task) if !undo.is_empty() => {
            let words = [("title", Word::from(task.title.of(visit.lang.tag()).to_string()))];
            let undo = Undo::at(format!("{}/tasks/{id}/{undo}", href(&one)));
            Ok(visit.go_undoable(&back(&one), key, &words, undo))
        }
        Ok(task) => {
            let words = [("title", Word::from(task.title.of(visit.lang.tag()).to_string()))];
            Ok(visit.go_saying(&back(&one), Tone::Good, key, &words))
        }
        Err(error) => why(&visit, &format!("{}/tasks/{id}", href(&one)), error),
    }
}

/// `POST /incidents/{id}/techniques`
pub(super) async fn tag(visit: Visit, Path(name): Path<String>, RawForm(form): RawForm) -> Answer {
    let one = found(&visit, &name).await?;
    let fields = Fields::read(&form);
    let said = (one.id.as_str(), fields.text("technique"), fields.text("record"));
    match jobs::tag_technique(&visit.db, &visit.viewer, said, true, visit.now).await {
        Ok(technique) => {
            let undo = Undo::at(format!("{}/techniques/remove", href(&one)))
                .with("technique", technique)
                .with("record", fields.text("record"));
            Ok(visit.go_undoable(&back(&one), "work-did-tag", &[], undo))
        }
        Err(error) => why(&visit, &back(&one), error),
    }
}

/// `POST /incidents/{id}/techniques/remove`
pub(super) async fn untag(visit: Visit, Path(name): Path<String>, RawForm(form): RawForm) -> Answer {
    let one = found(&visit, &name).await?;
    let fields = Fields::read(&form);
    let said = (one.id.as_str(), fields.text("technique"), fields.text("record"));
    match jobs::tag_technique(&visit.db, &visit.viewer, said, false, visit.now).await {
        Ok(technique) => {
            let undo = Undo::at(format!("{}/techniques", href(&one)))
                .with("technique", technique)
                .with("record", fields.text("record"));
            Ok(visit.go_undoable(&back(&one), "work-did-untag", &[], undo))
        }
        Err(error) => why(&visit, &back(&one), error),
    }
}
