//! One task: begun, done, accepted with its evidence, opened again, changed.

use askama::Template;
use axum::extract::{Multipart, Path, RawForm, State as Given};
use axum::http::StatusCode;
use manara_web::{Answer, Fault, Markup, Mistake, Page, PageError, Right, Tone, Undo, Visit};

use super::Room;
use super::fields::Fields;
use super::kept::{hindrance_words, range, refused};
use super::programmes::{found, frame, href, names, task_badge};
use super::uploaded::{Uploaded, kept_evidence};
use crate::assessment::{COMMENT_CHARS, EVIDENCE_BYTES, LABEL_CHARS, NAME_CHARS, words};
use crate::hindrance::{Hindrance, ProgrammeError};
use crate::plan::Day;
use crate::programme::{
    Change, Names, Part, PastProof, Programme, Proof, Task, TaskLine, TaskState, accept_task, change_task, past_proofs,
    programme, step_task, task_of,
};

/// What stands in the fields of the forms.
#[derive(Debug, Clone, Default)]
struct Typed {
    /// The version the planned card was changed from.
    version: i64,
    owner: String,
    start: String,
    end: String,
    /// When it began or ended.
    day: String,
    proof: String,
    evidence: String,
    /// Whether a file came along, which a browser does not choose again by itself.
    has_file: bool,
    /// Whether it is what proves the task that was not taken.
    is_proving: bool,
}

impl Typed {
    fn of(task: &Task, today: Day) -> Typed {
        Typed {
            version: task.version,
            owner: task.owner.clone(),
            start: task.planned_start.to_string(),
            end: task.planned_end.to_string(),
            day: today.to_string(),
            ..Typed::default()
        }
    }
}

/// A form that was not taken.
struct Refused {
    /// The fields as they are shown again.
    typed: Typed,
    why: Hindrance,
    /// The field that must be another; empty when it is none alone.
    field: &'static str,
}

#[derive(Template)]
#[template(path = "framework/programme_task.html")]
struct TaskPage {
    page: Page,
    mistake: Mistake,
    /// Whether somebody else changed it while the form was open.
    is_stale: bool,
    typed: Typed,
    room: Room,
    one: Programme,
    task: Task,
    line: TaskLine,
    /// What it needs, and what needs it.
    before: Vec<Task>,
    after: Vec<Task>,
    /// What proved it before it was opened again, newest first.
    past: Vec<PastProof>,
    today: Day,
    limits: [usize; 3],
}

impl TaskPage {
    fn path(&self) -> String {
        format!("{}/tasks/{}", href(&self.one), self.task.id)
    }

    fn names(&self) -> Names<'_> {
        names(&self.page.visit, &self.room)
    }

    fn task_href(&self, task: &Task) -> String {
        format!("{}/tasks/{}", href(&self.one), task.id)
    }

    fn name(&self, task: &Task) -> String {
        format!("{}. {}", self.page.visit.locale.numbers.digits(&task.number.to_string()), self.names().task(task))
    }

    fn about(&self) -> String {
        let known = self.room.shelf.blocks.get(&self.task.block).and_then(|block| block.description.as_ref());
        match self.task.part {
            Part::Block => known.map_or("", |text| text.of(self.page.lang.tag())).to_string(),
            Part::Own => String::new(),
            part => self.page.t(format!("programme-part-{}-how", part.as_str())),
        }
    }

    fn deliverable(&self) -> String {
        self.names().deliverable(&self.task)
    }

    fn roles(&self) -> String {
        self.names().roles(&self.task).join(" · ")
    }

    fn payer(&self) -> String {
        self.names().payer(&self.task.payer)
    }

    fn state(&self, task: &Task) -> Markup {
        task_badge(&self.page, task.state)
    }

    fn day(&self, day: &Day) -> Markup {
        self.page.mono(&day.to_string())
    }

    fn iso(&self, day: &Day) -> String {
        day.to_string()
    }

    /// Whether the form that accepts is shown unfolded.
    fn is_proving(&self) -> bool {
        self.is("finished") || self.typed.is_proving
    }

    /// Whether something was typed to prove it and not taken.
    fn has_proof(&self) -> bool {
        !self.typed.proof.is_empty() || !self.typed.evidence.is_empty()
    }

    fn range(&self, of: &[i64; 2]) -> Markup {
        range(&self.page, *of)
    }

    fn is(&self, state: &str) -> bool {
        self.task.state.as_str() == state
    }

    fn is_own(&self) -> bool {
        self.task.part == Part::Own
    }

    fn programme_path(&self) -> String {
        href(&self.one)
    }

    fn may_work(&self) -> bool {
        !self.one.is_closed && self.page.may(Right::AnswerAssessments)
    }

    fn may_decide(&self) -> bool {
        !self.one.is_closed && self.page.may(Right::ModerateAssessments)
    }

    fn late_key(&self) -> &'static str {
        if self.task.planned_end < self.today { "programme-late-end" } else { "programme-late-start" }
    }
}

/// `GET /framework/programmes/{id}/tasks/{task}`
pub(super) async fn one(visit: Visit, Given(room): Given<Room>, Path((id, task)): Path<(String, String)>) -> Answer {
    shown(&visit, &room, (&id, &task), None).await
}

/// The page of a task; after a refusal with what was typed, and why it was not taken.
async fn shown(visit: &Visit, room: &Room, (id, task): (&str, &str), refused: Option<Refused>) -> Answer {
    let (one, tasks, status) = found(visit, id).await?;
    let at = tasks.iter().position(|known| known.id == task).ok_or_else(PageError::not_found)?;
    let (Some(task), Some(line)) = (tasks.get(at).cloned(), status.lines.get(at).cloned()) else {
        return Err(PageError::not_found());
    };
    let title = names(visit, room).task(&task);
    let is_stale = refused.as_ref().is_some_and(|refused| refused.why == Hindrance::Stale);
    let code = match &refused {
        None => StatusCode::OK,
        Some(_) if is_stale => StatusCode::CONFLICT,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let (mut typed, mistake) = match refused {
        None => (Typed::of(&task, status.today), Mistake::default()),
        Some(Refused { typed, why, field }) => (typed, mistake(visit, why, field)),
    };
    if is_stale {
        typed.version = task.version;
    }
    let page = TaskPage {
        page: frame(visit, title).under_named(&href(&one), &one.name),
        mistake,
        is_stale,
        typed,
        before: tasks.iter().filter(|other| task.needs.contains(&other.number)).cloned().collect(),
        after: tasks.iter().filter(|other| other.needs.contains(&task.number)).cloned().collect(),
        past: past_proofs(&visit.db, &one.id, &task.id).await?,
        today: status.today,
        limits: [NAME_CHARS, COMMENT_CHARS, LABEL_CHARS],
        room: room.clone(),
        one,
        task,
        line,
    };
    visit.html_status(code, &page)
}

fn mistake(visit: &Visit, why: Hindrance, field: &str) -> Mistake {
    if why == Hindrance::Stale {
        return Mistake::of_form(visit.t("web-form-stale"));
    }
    Mistake::at(field, hindrance_words(visit, why))
}

fn here(id: &str, task: &str) -> String {
    format!("/framework/programmes/{id}/tasks/{task}")
}

/// `POST /framework/programmes/{id}/tasks/{task}/step`: `to` is open, started or finished, `day` when it happened.
pub(super) async fn step(
    visit: Visit,
    Given(room): Given<Room>,
    Path((id, task)): Path<(String, String)>,
    RawForm(form): RawForm,
) -> Answer {
    let fields = Fields::read(&form);
    let here = here(&id, &task);
    let to = TaskState::parse(fields.text("to")).filter(|to| *to != TaskState::Accepted);
    let to = to.ok_or_else(|| PageError::from(Fault::Unreadable))?;
    let day = match fields.text("day").trim() {
        "" => Some(Day::of(visit.now)),
        text => Day::parse(text),
    };
    programme(&visit.db, &visit.viewer, &id).await?.ok_or_else(PageError::not_found)?;
    let before = task_of(&visit.db, &id, &task).await?.ok_or_else(PageError::not_found)?;
    let Some(day) = day else {
        let typed = Typed { day: fields.text("day").to_string(), ..Typed::of(&before, Day::of(visit.now)) };
        let refused = Refused { typed, why: Hindrance::Day, field: "day" };
        return shown(&visit, &room, (&id, &task), Some(refused)).await;
    };
    if before.state == TaskState::Accepted && !visit.may(Right::ModerateAssessments) {
        return Err(Fault::Forbidden.into());
    }
    match step_task(&visit.db, &visit.viewer, (&id, &task), to, day, visit.now).await {
        Ok(_) => {
            let key = match to {
                TaskState::Started if before.state == TaskState::Open => "programme-did-start",
                TaskState::Finished => "programme-did-finish",
                _ => "programme-did-back",
            };
            let is_forward = matches!(
                (before.state, to),
                (TaskState::Open, TaskState::Started) | (TaskState::Started, TaskState::Finished)
            );
            match is_forward {
                true => {
                    let undo = Undo::at(format!("{here}/step")).with("to", before.state.as_str());
                    Ok(visit.go_undoable(&here, key, &[], undo))
                }
                false => Ok(visit.go_saying(&here, Tone::Good, key, &[])),
            }
        }
        Err(error) => refused(&visit, &here, error),
    }
}

/// `POST /framework/programmes/{id}/tasks/{task}/change`: who sees to it, and its planned days.
pub(super) async fn change(
    visit: Visit,
    Given(room): Given<Room>,
    Path((id, task)): Path<(String, String)>,
    RawForm(form): RawForm,
) -> Answer {
    let fields = Fields::read(&form);
    let text = |name: &str| fields.text(name).to_string();
    let version = fields.text("version").parse().ok();
    let typed = Typed {
        version: version.unwrap_or(0),
        owner: text("owner"),
        start: text("start"),
        end: text("end"),
        day: Day::of(visit.now).to_string(),
        ..Typed::default()
    };
    let (start, end) = (Day::parse(&typed.start), Day::parse(&typed.end));
    let done = match (start, end) {
        (Some(start), Some(end)) => {
            let change = Change { owner: typed.owner.clone(), start, end, version };
            change_task(&visit.db, &visit.viewer, (&id, &task), &change, visit.now).await
        }
        _ => Err(Hindrance::Day.into()),
    };
    let here = here(&id, &task);
    match done {
        Ok(_) => Ok(visit.go_saying(&here, Tone::Good, "programme-did-change", &[])),
        Err(ProgrammeError::Refused(why)) if why != Hindrance::NotFound => {
            let field = match why {
                Hindrance::Name => "owner",
                Hindrance::Day if start.is_none() => "start",
                Hindrance::Day | Hindrance::TooLong => "end",
                Hindrance::Order if end < start => "end",
                Hindrance::Order => "start",
                _ => "",
            };
            shown(&visit, &room, (&id, &task), Some(Refused { typed, why, field })).await
        }
        Err(error) => refused(&visit, &here, error),
    }
}

/// `POST /framework/programmes/{id}/tasks/{task}/accept`: what proves it, in words, by a document's name or address, or by a file.
pub(super) async fn accept(
    visit: Visit,
    Given(room): Given<Room>,
    Path((id, task)): Path<(String, String)>,
    form: Multipart,
) -> Answer {
    let here = here(&id, &task);
    // Seen first: a file of somebody who may not see the programme is not kept.
    programme(&visit.db, &visit.viewer, &id).await?.ok_or_else(PageError::not_found)?;
    let before = task_of(&visit.db, &id, &task).await?.ok_or_else(PageError::not_found)?;
    let form = Uploaded::read(form, EVIDENCE_BYTES, COMMENT_CHARS).await?;
    let typed = Typed {
        proof: form.fields.text("proof").to_string(),
        evidence: form.fields.text("evidence").to_string(),
        has_file: !form.file_name.is_empty(),
        is_proving: true,
        ..Typed::of(&before, Day::of(visit.now))
    };
    let evidence = if typed.evidence.is_empty() { form.file_name.clone() } else { typed.evidence.clone() };
    let proof = Proof { words: typed.proof.clone(), evidence, sha256: form.keep(&room.blobs).await? };
    match accept_task(&visit.db, &visit.viewer, (&id, &task), &proof, visit.now).await {
        Ok(_) => {
            let undo = Undo::at(format!("{here}/step")).with("to", TaskState::Started.as_str());
            Ok(visit.go_undoable(&here, "programme-did-accept", &[], undo))
        }
        Err(ProgrammeError::Refused(why)) if why != Hindrance::NotFound => {
            let field = match why {
                Hindrance::Proof => "proof",
                Hindrance::Text if words(&proof.words, COMMENT_CHARS).is_none() => "proof",
                Hindrance::Text => "evidence",
                _ => "",
            };
            shown(&visit, &room, (&id, &task), Some(Refused { typed, why, field })).await
        }
        Err(error) => refused(&visit, &here, error),
    }
}

/// `GET /framework/programmes/{id}/tasks/{task}/evidence`: the file, never shown inline; with `?version=` that of an acceptance before.
pub(super) async fn evidence(visit: Visit, Given(room): Given<Room>, Path(names): Path<(String, String)>) -> Answer {
    let (name, bytes) = evidence_of(&visit, &room, &names).await?;
    Ok(visit.download(&name, "application/octet-stream", bytes))
}

/// The file that proved a task, or the acceptance of the `version` that is asked for: what it is called, and its bytes.
pub(super) async fn evidence_of(
    visit: &Visit,
    room: &Room,
    (id, task): &(String, String),
) -> Result<(String, Vec<u8>), PageError> {
    programme(&visit.db, &visit.viewer, id).await?.ok_or_else(PageError::not_found)?;
    let (name, sha256) = match visit.query("version") {
        None => task_of(&visit.db, id, task).await?.map(|task| (task.evidence, task.sha256)),
        Some(version) => {
            let past = past_proofs(&visit.db, id, task).await?;
            let of_version = past.into_iter().find(|past| past.version.to_string() == version);
            of_version.map(|past| (past.proof.evidence, past.proof.sha256))
        }
    }
    .filter(|(_, sha256)| !sha256.is_empty())
    .ok_or_else(PageError::not_found)?;
    Ok((name, kept_evidence(&room.blobs, &sha256).await?))
}
