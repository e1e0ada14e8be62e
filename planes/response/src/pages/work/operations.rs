//! Tasks, clocks, review and report for programs.

mod evidence;
mod own_fields;
mod shift;
mod tags;

use axum::extract::{Path, State as Stated};
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse as _;
use manara_document::{Form, PrintError};
use manara_model::Micros;
use manara_web::api::{
    ApiAnswer, Code, Given, Match, Op, Param, Problem, json as answer, limit_of, made, page_number, page_of,
    read_list_usually, schema, with_etag,
};
use manara_web::{Right, Site, Visit};
use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};

use super::Room;
use super::clock_list::{self, STAGES};
use super::paper::{document, language, printed};
use super::task_list::{self, TASKS};
use crate::clock::{Clock, ClockStage, Moments, Standing};
use crate::hours::{Hours, Time};
use crate::incident::{Incident, NOTE_CHARS, REASON_CHARS, TITLE_CHARS};
use crate::jobs::{self, IncidentMoments, NewTask, Refusal, ResponseError, StageMet, TaskChange, TaskStep, Wanted};
use crate::playbook::Playbook;
use crate::sql_clock::{self, Review, RunningStage, running_stage};
use crate::sql_figures;
use crate::sql_task::{self, OpenTask, open_task};
use crate::task::{TASK_CHARS, Task, TaskKind, TaskState};
use crate::texts::Texts;

/// Pages of a list that are counted by their number.
const PAGES: usize = 5_000;
/// The types of a report.
const KINDS: [&str; 4] = [
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "text/html; charset=utf-8",
    "text/markdown; charset=utf-8",
];

/// The operations.
pub(super) fn site() -> Site<Room> {
    let (read, handle) = (Right::ReadIncidents, Right::HandleIncidents);
    let post = |path, id, says, gives| Op::post(path, id, handle, says, gives).etag();
    Site::new()
        .api(Op::pages("/api/v1/playbooks", "listPlaybooks", read, "The playbooks of the house", "Playbook"), playbooks)
        .api(
            Op::list(
                "/api/v1/tasks",
                "listOpenTasks",
                read,
                "Tasks, those due first; open ones unless state is said, and words (q) are looked for in open ones only",
                &TASKS,
                "OpenTask",
            ),
            open_tasks,
        )
        .api(
            Op::list(
                "/api/v1/clocks",
                "listRunningStages",
                read,
                "Stages of clocks, those due first; those that run unless state is said",
                &STAGES,
                "RunningStage",
            ),
            running,
        )
        .api(Op::pages("/api/v1/incidents/{id}/tasks", "listTasks", read, "The tasks of an incident", "Task"), tasks)
        .api(
            Op::make("/api/v1/incidents/{id}/tasks", "addTask", handle, "Adds a task of one's own", "Task")
                .takes("TaskGiven")
                .etag(),
            add,
        )
        .api(
            Op::get("/api/v1/working-hours", "getWorkingHours", read, "When the team works", "WorkingHours"),
            super::hours::given,
        )
        .api(
            Op::pages(
                "/api/v1/clock-rules",
                "listClockRules",
                read,
                "The rules that clocks are started by",
                "ClockRule",
            ),
            super::clock_rules::given,
        )
        .api(Op::get("/api/v1/incidents/{id}/tasks/{task}", "getTask", read, "One task", "Task"), task)
        .api(
            Op::patch(
                "/api/v1/incidents/{id}/tasks/{task}",
                "changeTask",
                handle,
                "Changes what is said of a task",
                "Task",
            )
            .takes("TaskChange"),
            change,
        )
        .api(
            post("/api/v1/incidents/{id}/tasks/{task}/done", "doTask", "Says that a task was done", "Task")
                .takes("TaskDone"),
            done,
        )
        .api(
            post("/api/v1/incidents/{id}/tasks/{task}/skip", "skipTask", "Passes a task over, for a reason", "Task")
                .takes("WithReason"),
            skip,
        )
        .api(
            post("/api/v1/incidents/{id}/tasks/{task}/reopen", "reopenTask", "A task is to be done after all", "Task"),
            reopen,
        )
        .api(post("/api/v1/incidents/{id}/tasks/{task}/remove", "removeTask", "Takes a task away", "Task"), remove)
        .api(post("/api/v1/incidents/{id}/tasks/{task}/restore", "restoreTask", "Brings a task back", "Task"), restore)
        .api(
            Op::post(
                "/api/v1/incidents/{id}/playbooks/{playbook}/apply",
                "applyPlaybook",
                handle,
                "Applies a playbook: its steps become tasks",
                "PlaybookApplied",
            ),
            apply,
        )
        .api(
            Op::post(
                "/api/v1/incidents/{id}/playbooks/{playbook}/remove",
                "removePlaybook",
                handle,
                "Takes a playbook off: what is not done goes",
                "PlaybookApplied",
            ),
            unapply,
        )
        .api(
            Op::pages("/api/v1/incidents/{id}/clocks", "listClocks", read, "The clocks of an incident", "Clock"),
            clocks,
        )
        .api(
            Op::make("/api/v1/incidents/{id}/clocks", "startClock", handle, "Starts the clock of a rule", "Clock")
                .takes("ClockGiven")
                .etag(),
            start,
        )
        .api(
            Op::get(
                "/api/v1/incidents/{id}/moments",
                "getMoments",
                read,
                "When an incident began and when it was contained",
                "IncidentMoments",
            ),
            said,
        )
        .api(
            post(
                "/api/v1/incidents/{id}/moments",
                "noteMoments",
                "Notes when an incident began and when it was contained; what is left out is not known any more",
                "IncidentMoments",
            )
            .takes("MomentsGiven"),
            note,
        )
        .api(
            post(
                "/api/v1/incidents/{id}/clocks/{clock}/moments",
                "setClockMoments",
                "Says anew from when a clock counts; what is left out is not known any more",
                "Clock",
            )
            .takes("ClockMoments"),
            moments,
        )
        .api(
            post(
                "/api/v1/incidents/{id}/clocks/{clock}/met",
                "meetStage",
                "Records that a stage was met; late stays late",
                "Clock",
            )
            .takes("StageMet"),
            met,
        )
        .api(
            post("/api/v1/incidents/{id}/clocks/{clock}/unmet", "unmeetStage", "Takes that back", "Clock")
                .takes("StageNamed"),
            unmet,
        )
        .api(
            post("/api/v1/incidents/{id}/clocks/{clock}/stop", "stopClock", "Stops a clock, for a reason", "Clock")
                .takes("WithReason"),
            stop,
        )
        .api(
            Op::get(
                "/api/v1/incidents/{id}/review",
                "getReview",
                read,
                "What the team says of an incident when it looks back",
                "Review",
            ),
            review,
        )
        .api(
            post("/api/v1/incidents/{id}/review", "answerReview", "Writes answers of the review", "Review")
                .takes("ReviewGiven"),
            answer_review,
        )
        .api(
            Op::file(
                "/api/v1/incidents/{id}/report",
                "printIncident",
                read,
                "The report of an incident as a document",
                &KINDS,
            )
            .with(Param::new(
                "format",
                schema::one_of(["pdf", "docx", "html", "md"]),
                "as what it is printed; pdf when it is left out",
            ))
            .with(Param::new(
                "in",
                schema::one_of(["en", "ar", "fr"]),
                "the language; that of the token's person when it is left out",
            )),
            report,
        )
        .merge(shift::site())
        .merge(evidence::site())
        .merge(own_fields::site())
        .merge(tags::site())
        .merge(super::rules::site())
        .schemas(schemas())
        .schemas(vec![("WorkingHours", super::hours::schema()), ("ClockRule", super::clock_rules::schema())])
}

fn not_done(error: ResponseError) -> Problem {
    let why = match error {
        ResponseError::Refused(why) => why,
        ResponseError::Stale => return Match::stale(),
        ResponseError::Store(error) => return error.into(),
    };
    let field = match why {
        Refusal::NotFound | Refusal::NoTask | Refusal::NoClock | Refusal::NoPlaybook | Refusal::NoEvidence => {
            return Problem::not_found();
        }
        Refusal::NoTicket => return Problem::not_found(),
        Refusal::Tag => "tags",
        Refusal::Hash => "sha256",
        Refusal::Earlier => "at",
        Refusal::Title => "title",
        Refusal::Text => "reason",
        Refusal::Person => "owner",
        Refusal::Answer => "answer",
        Refusal::Future => "at",
        _ => return Problem::refused(why.code(), why),
    };
    Problem { detail: why.to_string(), ..Problem::invalid(field, why.code(), "") }
}

async fn found(visit: &Visit, name: &str) -> Result<Incident, Problem> {
    crate::sql::get(&visit.db, &visit.viewer, name).await?.ok_or_else(Problem::not_found)
}

fn moment(field: &str, text: &str) -> Result<Micros, Problem> {
    let sorts = |moment: &Micros| {
        let text = moment.rfc3339();
        text.len() == 27 && text.starts_with(|c: char| c.is_ascii_digit())
    };
    Micros::parse_rfc3339(text).filter(sorts).ok_or_else(|| Problem::invalid(field, "word", text))
}

/// A page of something of which all is at hand.
pub(in crate::pages) fn paged<T>(visit: &Visit, all: &[T], shown: impl Fn(&T) -> Value) -> ApiAnswer {
    let number = page_number(visit.query("cursor").filter(|cursor| !cursor.is_empty()), PAGES)?;
    let rows = usize::from(limit_of(visit)?);
    let items = all.iter().skip(number * rows).take(rows).map(shown).collect();
    let next = (all.len() > (number + 1) * rows && number + 1 < PAGES).then(|| (number + 1).to_string());
    Ok(page_of(items, next))
}

fn words(texts: &Texts) -> Value {
    serde_json::to_value(texts).unwrap_or_default()
}

fn shown(task: &Task) -> Value {
    json!({
        "id": task.id, "playbook": task.playbook, "step": task.step, "kind": task.kind.as_str(),
        "state": task.state.as_str(), "title": words(&task.title), "text": words(&task.body), "role": task.role,
        "letter": task.letter, "needs": task.needs,
        "answers": task.decision.iter().flat_map(|one| &one.answers).map(|one| one.id.clone()).collect::<Vec<_>>(),
        "decided": task.decided, "reason": task.reason, "owner": task.owner, "note": task.note,
        "due": task.due.map(Micros::rfc3339), "done": task.done.as_ref().map(|(_, at)| at.rfc3339()),
        "done_by": task.done.as_ref().map(|(who, _)| who.clone()), "removed": task.removed.map(Micros::rfc3339),
        "changed": task.changed.1.rfc3339(), "version": task.version,
    })
}

fn whole(task: &Task) -> ApiAnswer {
    Ok(with_etag(&task.version.to_string(), answer(&shown(task))))
}

async fn playbooks(visit: Visit, Stated(room): Stated<Room>) -> ApiAnswer {
    let all: Vec<&Playbook> = room.content.playbooks.values().collect();
    paged(&visit, &all, |one| {
        json!({ "id": one.id, "title": words(&one.title), "purpose": words(&one.purpose), "types": one.types,
            "steps": one.steps.len(), "checks": one.closing.len() })
    })
}

async fn open_tasks(visit: Visit) -> ApiAnswer {
    let ask = read_list_usually(&TASKS, &visit, ("state", "open"))?;
    let found = ask.fetch(&visit.db, &task_list::fixed(&visit), open_task).await?;
    let item =
        |one: &OpenTask| json!({ "incident": one.number, "incident_title": one.incident, "task": shown(&one.task) });
    Ok(page_of(found.rows.iter().map(item).collect(), found.next()))
}

async fn tasks(visit: Visit, Path(name): Path<String>) -> ApiAnswer {
    let one = found(&visit, &name).await?;
    let all = sql_task::tasks_of(&visit.db, &one.id).await?;
    paged(&visit, &all, shown)
}

async fn task_of(visit: &Visit, one: &Incident, id: &str) -> Result<Task, Problem> {
    let all = sql_task::tasks_of(&visit.db, &one.id).await?;
    all.into_iter().find(|task| task.id == id).ok_or_else(Problem::not_found)
}

async fn task(visit: Visit, Path((name, id)): Path<(String, String)>) -> ApiAnswer {
    let one = found(&visit, &name).await?;
    whole(&task_of(&visit, &one, &id).await?)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TaskGiven {
    title: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    owner: String,
    due: Option<String>,
    #[serde(default)]
    lesson: bool,
}

async fn add(visit: Visit, Path(name): Path<String>, Given(given): Given<TaskGiven>) -> ApiAnswer {
    let one = found(&visit, &name).await?;
    let new = NewTask {
        title: given.title,
        body: given.text,
        owner: given.owner,
        due: given.due.map(|text| moment("due", &text)).transpose()?,
        is_lesson: given.lesson,
    };
    let task = jobs::add_task(&visit.db, &visit.viewer, &one.id, &new, visit.now).await.map_err(not_done)?;
    let path = format!("/api/v1/incidents/{}/tasks/{}", one.number, task.id);
    Ok(with_etag(&task.version.to_string(), made(&path, &shown(&task))))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TaskChanged {
    title: Option<String>,
    owner: Option<String>,
    note: Option<String>,
    /// Not named is left; null is none.
    #[serde(default, deserialize_with = "named")]
    due: Option<Option<String>>,
}

fn named<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(from).map(Some)
}

async fn change(
    visit: Visit,
    Path((name, id)): Path<(String, String)>,
    is: Match,
    Given(given): Given<TaskChanged>,
) -> ApiAnswer {
    let one = found(&visit, &name).await?;
    let task = task_of(&visit, &one, &id).await?;
    is.check(&task.version.to_string())?;
    let mut change = TaskChange::of(&task);
    change.title = given.title.unwrap_or(change.title);
    change.owner = given.owner.unwrap_or(change.owner);
    change.note = given.note.unwrap_or(change.note);
    if let Some(due) = given.due {
        change.due = due.map(|text| moment("due", &text)).transpose()?;
    }
    let version = Some(task.version);
    let did = jobs::change_task(&visit.db, &visit.viewer, (&one.id, &id), version, &change, visit.now).await;
    whole(&did.map_err(not_done)?)
}

async fn step(visit: &Visit, room: &Room, (name, id): (&str, &str), is: &Match, step: TaskStep) -> ApiAnswer {
    let one = found(visit, name).await?;
    let task = task_of(visit, &one, id).await?;
    let state = task.version.to_string();
    let is_named = !is.expected(&state)?.is_empty();
    let version = is_named.then_some(task.version);
    let hours = room.hours().await?;
    let with = (&step, &hours);
    let did = jobs::step_task(&visit.db, &visit.viewer, (&one.id, id), version, with, visit.now).await;
    whole(&did.map_err(not_done)?)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TaskDone {
    #[serde(default)]
    answer: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WithReason {
    reason: String,
}

async fn done(
    visit: Visit,
    Stated(room): Stated<Room>,
    Path((name, id)): Path<(String, String)>,
    is: Match,
    Given(given): Given<TaskDone>,
) -> ApiAnswer {
    step(&visit, &room, (&name, &id), &is, TaskStep::Done(given.answer)).await
}

async fn skip(
    visit: Visit,
    Stated(room): Stated<Room>,
    Path((name, id)): Path<(String, String)>,
    is: Match,
    Given(given): Given<WithReason>,
) -> ApiAnswer {
    step(&visit, &room, (&name, &id), &is, TaskStep::Skip(given.reason)).await
}

type Ids = Path<(String, String)>;

async fn reopen(visit: Visit, Stated(room): Stated<Room>, Path((name, id)): Ids, is: Match) -> ApiAnswer {
    step(&visit, &room, (&name, &id), &is, TaskStep::Reopen).await
}

async fn remove(visit: Visit, Stated(room): Stated<Room>, Path((name, id)): Ids, is: Match) -> ApiAnswer {
    step(&visit, &room, (&name, &id), &is, TaskStep::Remove).await
}

async fn restore(visit: Visit, Stated(room): Stated<Room>, Path((name, id)): Ids, is: Match) -> ApiAnswer {
    step(&visit, &room, (&name, &id), &is, TaskStep::Restore).await
}

async fn apply(visit: Visit, Stated(room): Stated<Room>, Path((name, id)): Ids) -> ApiAnswer {
    let one = found(&visit, &name).await?;
    let content = room.content().await?;
    let did = jobs::apply_playbook(&visit.db, &visit.viewer, &content, (&one.id, &id), visit.now).await;
    let count = did.map_err(not_done)?;
    Ok(answer(&json!({ "incident": one.number, "playbook": id, "tasks": count })))
}

async fn unapply(visit: Visit, Path((name, id)): Ids) -> ApiAnswer {
    let one = found(&visit, &name).await?;
    let did = jobs::remove_playbook(&visit.db, &visit.viewer, (&one.id, &id), visit.now).await;
    let count = did.map_err(not_done)?;
    Ok(answer(&json!({ "incident": one.number, "playbook": id, "tasks": count })))
}

fn stage_shown(stage: &ClockStage, now: Micros) -> Value {
    let met = stage.met.as_ref();
    json!({
        "stage": stage.stage, "title": words(&stage.title), "recipient": words(&stage.recipient),
        "contents": stage.contents.iter().map(words).collect::<Vec<_>>(), "from": stage.trigger.to_string(),
        "span": stage.span.to_string(), "time": stage.time.as_str(),
        "severities": stage.severities.iter().map(|one| one.as_str()).collect::<Vec<_>>(), "before": stage.before,
        "since": stage.since.map(Micros::rfc3339), "due": stage.due.map(Micros::rfc3339),
        "standing": stage.standing(now).as_str(), "met": met.map(|met| met.at.rfc3339()),
        "met_by": met.map(|met| met.who.clone()), "recorded": met.map(|met| met.recorded.rfc3339()),
        "remark": met.map_or("", |met| met.remark.as_str()),
    })
}

fn clock_shown(clock: &Clock, now: Micros) -> Value {
    json!({
        "id": clock.id, "rule": clock.rule, "title": words(&clock.title), "source": clock.source,
        "verified": clock.verified, "aware": clock.from.aware.map(Micros::rfc3339),
        "reported": clock.from.reported.map(Micros::rfc3339), "classified": clock.from.classified.map(Micros::rfc3339),
        "started_by": clock.started.0, "started": clock.started.1.rfc3339(),
        "stopped": clock.stopped.as_ref().map(|(_, at)| at.rfc3339()), "reason": clock.reason,
        "stages": clock.stages.iter().map(|stage| stage_shown(stage, now)).collect::<Vec<_>>(),
        "version": clock.version,
    })
}

fn whole_clock(visit: &Visit, clock: &Clock) -> ApiAnswer {
    Ok(with_etag(&clock.version.to_string(), answer(&clock_shown(clock, visit.now))))
}

async fn clocks(visit: Visit, Path(name): Path<String>) -> ApiAnswer {
    let one = found(&visit, &name).await?;
    let all = sql_clock::clocks_of(&visit.db, &one.id).await?;
    paged(&visit, &all, |clock| clock_shown(clock, visit.now))
}

async fn running(visit: Visit) -> ApiAnswer {
    let ask = read_list_usually(&STAGES, &visit, ("state", "running"))?;
    let found = ask.fetch(&visit.db, &clock_list::fixed(&visit), running_stage).await?;
    let item = |one: &RunningStage| {
        json!({ "incident": one.number, "incident_title": one.incident, "owner": one.owner, "clock": one.clock,
            "rule": one.rule, "title": words(&one.title), "verified": one.verified,
            "stage": stage_shown(&one.stage, visit.now) })
    };
    Ok(page_of(found.rows.iter().map(item).collect(), found.next()))
}

fn moments_shown(one: &Incident, said: IncidentMoments) -> Value {
    json!({ "incident": one.number, "version": one.version, "occurred": said.occurred.map(Micros::rfc3339),
        "contained": said.contained.map(Micros::rfc3339) })
}

async fn said(visit: Visit, Path(name): Path<String>) -> ApiAnswer {
    let one = found(&visit, &name).await?;
    let said = sql_figures::moments_of(&visit.db, &one.id).await?;
    Ok(with_etag(&one.version.to_string(), answer(&moments_shown(&one, said))))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MomentsGiven {
    occurred: Option<String>,
    contained: Option<String>,
}

async fn note(visit: Visit, is: Match, Path(name): Path<String>, Given(given): Given<MomentsGiven>) -> ApiAnswer {
    let one = found(&visit, &name).await?;
    let of = |field: &str, text: Option<String>| text.map(|text| moment(field, &text)).transpose();
    let said =
        IncidentMoments { occurred: of("occurred", given.occurred)?, contained: of("contained", given.contained)? };
    let version = one.version.to_string();
    let is_named = !is.expected(&version)?.is_empty();
    let wanted = Wanted::in_version(&one.id, is_named.then_some(one.version));
    let one = jobs::note_moments(&visit.db, &visit.viewer, wanted, said, visit.now).await.map_err(not_done)?;
    Ok(with_etag(&one.version.to_string(), answer(&moments_shown(&one, said))))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ClockGiven {
    rule: String,
    aware: Option<String>,
    reported: Option<String>,
    classified: Option<String>,
}

async fn start(
    visit: Visit,
    Stated(room): Stated<Room>,
    Path(name): Path<String>,
    Given(given): Given<ClockGiven>,
) -> ApiAnswer {
    let one = found(&visit, &name).await?;
    let of = |field: &str, text: Option<String>| text.map(|text| moment(field, &text)).transpose();
    let from = Moments {
        aware: of("aware", given.aware)?,
        reported: of("reported", given.reported)?,
        classified: of("classified", given.classified)?,
    };
    let named = (one.id.as_str(), given.rule.as_str());
    let content = room.content().await?;
    let did = jobs::start_clock(&visit.db, &visit.viewer, &content, named, from, visit.now).await;
    let clock = did.map_err(not_done)?;
    let path = format!("/api/v1/incidents/{}/clocks", one.number);
    Ok(with_etag(&clock.version.to_string(), made(&path, &clock_shown(&clock, visit.now))))
}

/// The clock of a path, in the version that `If-Match` names, if it names one.
async fn named_clock(
    visit: &Visit,
    (name, id): (&str, &str),
    is: &Match,
) -> Result<(Incident, Clock, Option<i64>), Problem> {
    let one = found(visit, name).await?;
    let all = sql_clock::clocks_of(&visit.db, &one.id).await?;
    let clock = all.into_iter().find(|clock| clock.id == id || clock.rule == id).ok_or_else(Problem::not_found)?;
    let state = clock.version.to_string();
    let is_named = !is.expected(&state)?.is_empty();
    let version = is_named.then_some(clock.version);
    Ok((one, clock, version))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ClockMoments {
    aware: Option<String>,
    reported: Option<String>,
    classified: Option<String>,
}

async fn moments(
    visit: Visit,
    Stated(room): Stated<Room>,
    Path((name, id)): Ids,
    is: Match,
    Given(given): Given<ClockMoments>,
) -> ApiAnswer {
    let (one, clock, version) = named_clock(&visit, (&name, &id), &is).await?;
    let of = |field: &str, text: Option<String>| text.map(|text| moment(field, &text)).transpose();
    let from = Moments {
        aware: of("aware", given.aware)?,
        reported: of("reported", given.reported)?,
        classified: of("classified", given.classified)?,
    };
    let hours = room.hours().await?;
    let (ids, said) = ((one.id.as_str(), clock.id.as_str()), (from, &hours));
    let did = jobs::set_moments(&visit.db, &visit.viewer, ids, version, said, visit.now).await;
    whole_clock(&visit, &did.map_err(not_done)?)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct StageMetGiven {
    stage: String,
    at: Option<String>,
    #[serde(default)]
    remark: String,
}

async fn met(
    visit: Visit,
    Stated(room): Stated<Room>,
    Path((name, id)): Ids,
    is: Match,
    Given(given): Given<StageMetGiven>,
) -> ApiAnswer {
    let at = given.at.map(|text| moment("at", &text)).transpose()?.or(Some(visit.now));
    let said = StageMet { stage: given.stage, at, remark: given.remark };
    meet(&visit, &room.hours().await?, (&name, &id), &is, &said).await
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct StageNamed {
    stage: String,
}

async fn unmet(
    visit: Visit,
    Stated(room): Stated<Room>,
    Path((name, id)): Ids,
    is: Match,
    Given(given): Given<StageNamed>,
) -> ApiAnswer {
    let said = StageMet { stage: given.stage, at: None, remark: String::new() };
    meet(&visit, &room.hours().await?, (&name, &id), &is, &said).await
}

async fn meet(visit: &Visit, hours: &Hours, names: (&str, &str), is: &Match, said: &StageMet) -> ApiAnswer {
    let (one, clock, version) = named_clock(visit, names, is).await?;
    let ids = (one.id.as_str(), clock.id.as_str());
    let did = jobs::meet_stage(&visit.db, &visit.viewer, ids, version, (said, hours), visit.now).await;
    whole_clock(visit, &did.map_err(not_done)?)
}

async fn stop(
    visit: Visit,
    Stated(room): Stated<Room>,
    Path((name, id)): Ids,
    is: Match,
    Given(given): Given<WithReason>,
) -> ApiAnswer {
    let (one, clock, version) = named_clock(&visit, (&name, &id), &is).await?;
    let ids = (one.id.as_str(), clock.id.as_str());
    let hours = room.hours().await?;
    let said = (given.reason.as_str(), &hours);
    let did = jobs::stop_clock(&visit.db, &visit.viewer, ids, version, said, visit.now).await;
    whole_clock(&visit, &did.map_err(not_done)?)
}

fn review_shown(one: &Incident, review: Option<&Review>) -> Value {
    let answers = review.map(|review| review.answers.as_slice()).unwrap_or_default();
    let said = |answer: &crate::sql_clock::ReviewAnswer| {
        json!({ "question": answer.question, "kind": answer.kind, "words": words(&answer.words),
            "answer": answer.answer, "who": answer.who, "at": answer.at.rfc3339() })
    };
    json!({
        "incident": one.number,
        "finished": review.and_then(|review| review.finished.as_ref()).map(|(_, at)| at.rfc3339()),
        "version": review.map_or(0, |review| review.version),
        "answers": answers.iter().filter(|answer| !answer.answer.is_empty()).map(said).collect::<Vec<_>>(),
    })
}

fn whole_review(one: &Incident, review: Option<&Review>) -> ApiAnswer {
    let version = review.map_or(0, |review| review.version);
    Ok(with_etag(&version.to_string(), answer(&review_shown(one, review))))
}

async fn review(visit: Visit, Path(name): Path<String>) -> ApiAnswer {
    let one = found(&visit, &name).await?;
    let review = sql_clock::review_of(&visit.db, &one.id).await?;
    whole_review(&one, review.as_ref())
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReviewGiven {
    answers: std::collections::BTreeMap<String, String>,
    #[serde(default)]
    finish: bool,
}

async fn answer_review(
    visit: Visit,
    Stated(room): Stated<Room>,
    Path(name): Path<String>,
    is: Match,
    Given(given): Given<ReviewGiven>,
) -> ApiAnswer {
    let one = found(&visit, &name).await?;
    let questions = room.content.questions.as_ref().ok_or_else(Problem::not_found)?;
    let before = sql_clock::review_of(&visit.db, &one.id).await?.map_or(0, |review| review.version);
    let state = before.to_string();
    let is_named = !is.expected(&state)?.is_empty();
    let named = (one.id.as_str(), is_named.then_some(before));
    let answers: Vec<(String, String)> = given.answers.into_iter().collect();
    let said = (answers.as_slice(), given.finish);
    let did = jobs::answer_review(&visit.db, &visit.viewer, questions, named, said, visit.now).await;
    whole_review(&one, Some(&did.map_err(not_done)?))
}

async fn report(visit: Visit, Stated(room): Stated<Room>, Path(name): Path<String>) -> ApiAnswer {
    let one = found(&visit, &name).await?;
    let form = visit.query("format").map_or(Some(Form::Pdf), |text| Form::parse(&text));
    let form = form.ok_or_else(|| Problem::new(Code::Unreadable, "format is one of pdf, docx, html and md"))?;
    let document = document(&visit, &room, one, language(&visit)).await?;
    let bytes = printed(&room, document, form).await?.map_err(not_printed)?;
    Ok(([(CONTENT_TYPE, form.content_type())], bytes).into_response())
}

fn not_printed(why: PrintError) -> Problem {
    match why {
        PrintError::Layout(_) => Problem::internal(why),
        PrintError::Busy | PrintError::TooSlow(_) => Problem::new(Code::Unavailable, why),
        _ => Problem::refused("not-printed", why),
    }
}

/// The shapes of what programs send and get.
fn schemas() -> Vec<(&'static str, Value)> {
    let (text, count, moment) = (schema::text, schema::count, schema::moment);
    let texts = || json!({ "type": "object", "additionalProperties": { "type": "string" } });
    let name = || schema::words(1, 60);
    let owner = || json!({ "type": "string", "maxLength": 40, "description": "a login name; empty for nobody" });
    let due = || json!({ "type": ["string", "null"], "format": "date-time" });
    let reason = || schema::words(1, REASON_CHARS);
    let texts_of = || schema::many(text());
    let stage = schema::object(&[
        ("stage", text()),
        ("title", texts()),
        ("recipient", texts()),
        ("contents", schema::many(texts())),
        ("from", text()),
        ("span", text()),
        ("time", schema::one_of([Time::Calendar.as_str(), Time::Business.as_str()])),
        ("severities", schema::many(schema::severity())),
        ("before", texts_of()),
        ("since", schema::maybe_moment()),
        ("due", schema::maybe_moment()),
        ("standing", schema::one_of(Standing::ALL.map(Standing::as_str))),
        ("met", schema::maybe_moment()),
        ("met_by", schema::maybe_text()),
        ("recorded", schema::maybe_moment()),
        ("remark", text()),
    ]);
    vec![
        (
            "Task",
            schema::object(&[
                ("id", text()),
                ("playbook", text()),
                ("step", text()),
                ("kind", schema::one_of(TaskKind::ALL.map(TaskKind::as_str))),
                ("state", schema::one_of(TaskState::ALL.map(TaskState::as_str))),
                ("title", texts()),
                ("text", texts()),
                ("role", text()),
                ("letter", text()),
                ("needs", texts_of()),
                ("answers", texts_of()),
                ("decided", text()),
                ("reason", text()),
                ("owner", text()),
                ("note", text()),
                ("due", schema::maybe_moment()),
                ("done", schema::maybe_moment()),
                ("done_by", schema::maybe_text()),
                ("removed", schema::maybe_moment()),
                ("changed", moment()),
                ("version", count()),
            ]),
        ),
        ("OpenTask", schema::object(&[("incident", text()), ("incident_title", text()), ("task", schema::of("Task"))])),
        (
            "TaskGiven",
            schema::given(
                1,
                &[
                    ("title", schema::words(1, TITLE_CHARS)),
                    ("text", schema::words(0, TASK_CHARS)),
                    ("owner", owner()),
                    ("due", moment()),
                    ("lesson", schema::flag()),
                ],
            ),
        ),
        (
            "TaskChange",
            schema::given(
                0,
                &[
                    ("title", schema::words(1, TITLE_CHARS)),
                    ("owner", owner()),
                    ("note", schema::words(0, NOTE_CHARS)),
                    ("due", due()),
                ],
            ),
        ),
        ("TaskDone", schema::given(0, &[("answer", schema::words(0, 60))])),
        ("WithReason", schema::given(1, &[("reason", reason())])),
        (
            "Playbook",
            schema::object(&[
                ("id", text()),
                ("title", texts()),
                ("purpose", texts()),
                ("types", texts_of()),
                ("steps", count()),
                ("checks", count()),
            ]),
        ),
        ("PlaybookApplied", schema::object(&[("incident", text()), ("playbook", text()), ("tasks", count())])),
        ("ClockStage", stage),
        (
            "Clock",
            schema::object(&[
                ("id", text()),
                ("rule", text()),
                ("title", texts()),
                ("source", text()),
                ("verified", schema::flag()),
                ("aware", schema::maybe_moment()),
                ("reported", schema::maybe_moment()),
                ("classified", schema::maybe_moment()),
                ("started_by", text()),
                ("started", moment()),
                ("stopped", schema::maybe_moment()),
                ("reason", text()),
                ("stages", schema::many(schema::of("ClockStage"))),
                ("version", count()),
            ]),
        ),
        (
            "RunningStage",
            schema::object(&[
                ("incident", text()),
                ("incident_title", text()),
                ("owner", text()),
                ("clock", text()),
                ("rule", text()),
                ("title", texts()),
                ("verified", schema::flag()),
                ("stage", schema::of("ClockStage")),
            ]),
        ),
        (
            "ClockGiven",
            schema::given(
                1,
                &[("rule", name()), ("aware", moment()), ("reported", moment()), ("classified", moment())],
            ),
        ),
        ("ClockMoments", schema::given(0, &[("aware", moment()), ("reported", moment()), ("classified", moment())])),
        ("MomentsGiven", schema::given(0, &[("occurred", moment()), ("contained", moment())])),
        (
            "IncidentMoments",
            schema::object(&[
                ("incident", text()),
                ("version", count()),
                ("occurred", schema::maybe_moment()),
                ("contained", schema::maybe_moment()),
            ]),
        ),
        (
            "StageMet",
            schema::given(1, &[("stage", name()), ("at", moment()), ("remark", schema::words(0, REASON_CHARS))]),
        ),
        ("StageNamed", schema::given(1, &[("stage", name())])),
        (
            "Review",
            schema::object(&[
                ("incident", text()),
                ("finished", schema::maybe_moment()),
                ("version", count()),
                (
                    "answers",
                    schema::many(schema::object(&[
                        ("question", text()),
                        ("kind", text()),
                        ("words", texts()),
                        ("answer", text()),
                        ("who", text()),
                        ("at", moment()),
                    ])),
                ),
            ]),
        ),
        (
            "ReviewGiven",
            schema::given(
                1,
                &[
                    (
                        "answers",
                        json!({ "type": "object", "additionalProperties": schema::words(0, NOTE_CHARS),
                            "description": "the answers by the id of their question; an empty one takes an answer back" }),
                    ),
                    ("finish", schema::flag()),
                ],
            ),
        ),
    ]
}
