//! Programmes, their tasks and lines in the state database.

use manara_model::{Micros, Tlp, Viewer};
use manara_store::{Arg, Db, Row, StoreError, Tx};

use super::{LINES, Line, LineKind, Part, People, Programme, TASKS, Task, TaskState, days_off};
use crate::plan::{Day, Week};

const COLUMNS: &str = "p.id, p.design_id, d.assessment_id, a.subject, p.name, p.start, p.weekend, p.people, p.roles, p.currency, p.state, p.made_by, p.made, p.changed, p.version, p.days_off, a.tlp";
const FROM: &str = "framework_programme p JOIN framework_design d ON d.id = p.design_id JOIN framework_assessment a ON a.id = d.assessment_id";

const PUT: &str = "
    INSERT INTO framework_programme (id, design_id, name, start, weekend, people, roles, currency, state, made_by, made, changed, version, days_off)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'running', $9, $10, $10, 1, $11)";
const GET: &str = "SELECT {columns} FROM {from} WHERE p.id = $1 AND a.tlp <= $2";
const PAGE: &str = "SELECT {columns} FROM {from} WHERE a.tlp <= $1 AND p.id > $2 ORDER BY p.id LIMIT $3";
const OF_DESIGN: &str = "
    SELECT {columns} FROM {from} WHERE p.design_id = $1 AND a.tlp <= $2 ORDER BY p.id DESC LIMIT 200";
const COUNT: &str = "SELECT COUNT(*) FROM framework_programme WHERE design_id = $1";
const SET_STATE: &str = "
    UPDATE framework_programme SET state = $2, changed = $3, version = version + 1 WHERE id = $1";
const TOUCH: &str = "UPDATE framework_programme SET changed = $2 WHERE id = $1";

pub(super) const TASK_COLUMNS: &str = "id, number, part, block, needs, roles, effort_low, effort_high, weeks_low, weeks_high, days, money_low, money_high, payer, owner, planned_start, planned_end, actual_start, actual_end, state, proof, evidence, sha256, accepted_by, accepted, version, name, deliverable";
const PUT_TASK: &str = "
    INSERT INTO framework_task (id, programme_id, number, part, block, needs, roles, effort_low, effort_high, weeks_low,
        weeks_high, days, money_low, money_high, payer, owner, planned_start, planned_end, actual_start, actual_end, state,
        proof, evidence, sha256, accepted_by, accepted, version, name, deliverable)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, '', '', 'open', '', '', '', '', '', 1, $19, $20)";
const TASKS_OF: &str =
    "SELECT {columns} FROM framework_task WHERE programme_id = $1 AND removed = '' ORDER BY number LIMIT $2";
const TASK: &str = "SELECT {columns} FROM framework_task WHERE programme_id = $1 AND id = $2 AND removed = ''";
const OPEN_OF_BLOCK: &str = "
    SELECT {columns}, programme_id FROM framework_task
     WHERE block = $1 AND state <> 'accepted' AND removed = ''
       AND programme_id IN (SELECT id FROM framework_programme WHERE state = 'running')
     ORDER BY programme_id, number LIMIT 500";
const SAVE_TASK: &str = "
    UPDATE framework_task SET owner = $3, planned_start = $4, planned_end = $5, days = $6, actual_start = $7,
        actual_end = $8, state = $9, proof = $10, evidence = $11, sha256 = $12, accepted_by = $13, accepted = $14,
        version = version + 1
     WHERE programme_id = $1 AND id = $2";

pub(super) const LINE_COLUMNS: &str = "id, kind, code, text, likelihood, impact, answer, owner, done_by, done, version";
const PUT_LINE: &str = "
    INSERT INTO framework_line (id, programme_id, kind, code, text, likelihood, impact, answer, owner, done_by, done)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', '')";
const LINES_OF: &str = "
    SELECT {columns} FROM framework_line WHERE programme_id = $1 AND removed = '' ORDER BY kind, id LIMIT $2";
const COUNT_LINES: &str = "SELECT COUNT(*) FROM framework_line WHERE programme_id = $1";
const SET_DONE: &str = "
    UPDATE framework_line SET done_by = $3, done = $4 WHERE programme_id = $1 AND id = $2";

fn filled(sql: &str) -> String {
    sql.replace("{columns}", COLUMNS).replace("{from}", FROM)
}

fn day(column: &'static str, text: String) -> Result<Day, StoreError> {
    Day::parse(&text).ok_or_else(|| StoreError::unknown(column, text))
}

pub(super) fn maybe_day(column: &'static str, text: String) -> Result<Option<Day>, StoreError> {
    if text.is_empty() { Ok(None) } else { day(column, text).map(Some) }
}

pub(super) fn json<T: serde::de::DeserializeOwned>(column: &'static str, text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::unknown(column, error))
}

pub(super) fn written(value: &impl serde::Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::unknown("framework_programme", error))
}

/// Reads a row of the columns of a programme.
pub(crate) fn read(row: &Row) -> Result<Programme, StoreError> {
    let (weekend, state, tlp) = (row.text(6)?, row.text(10)?, row.int(16)?);
    Ok(Programme {
        id: row.text(0)?,
        design_id: row.text(1)?,
        assessment_id: row.text(2)?,
        subject: row.text(3)?,
        name: row.text(4)?,
        start: day("framework_programme.start", row.text(5)?)?,
        week: Week::parse(&weekend).ok_or_else(|| StoreError::unknown("framework_programme.weekend", weekend))?,
        people: People { all: row.opt_int(7)?, roles: json("framework_programme.roles", &row.text(8)?)? },
        currency: row.text(9)?,
        is_closed: match state.as_str() {
            "running" => false,
            "closed" => true,
            _ => return Err(StoreError::unknown("framework_programme.state", state)),
        },
        made_by: row.text(11)?,
        made: row.moment(12)?,
        changed: row.moment(13)?,
        version: row.int(14)?,
        off: days_off::unpacked(&row.text(15)?)?,
        tlp: Tlp::from_rank(tlp).ok_or_else(|| StoreError::unknown("tlp", tlp))?,
    })
}

pub(super) fn task(row: &Row) -> Result<Task, StoreError> {
    let (part, state) = (row.text(2)?, row.text(19)?);
    Ok(Task {
        id: row.text(0)?,
        number: row.int(1)?,
        part: Part::parse(&part).ok_or_else(|| StoreError::unknown("framework_task.part", part))?,
        block: row.text(3)?,
        needs: json("framework_task.needs", &row.text(4)?)?,
        roles: json("framework_task.roles", &row.text(5)?)?,
        effort: [row.int(6)?, row.int(7)?],
        weeks: [row.int(8)?, row.int(9)?],
        days: row.int(10)?.max(1),
        money: [row.int(11)?, row.int(12)?],
        payer: row.text(13)?,
        owner: row.text(14)?,
        planned_start: day("framework_task.planned_start", row.text(15)?)?,
        planned_end: day("framework_task.planned_end", row.text(16)?)?,
        actual_start: maybe_day("framework_task.actual_start", row.text(17)?)?,
        actual_end: maybe_day("framework_task.actual_end", row.text(18)?)?,
        state: TaskState::parse(&state).ok_or_else(|| StoreError::unknown("framework_task.state", state))?,
        proof: row.text(20)?,
        evidence: row.text(21)?,
        sha256: row.text(22)?,
        accepted_by: row.text(23)?,
        accepted: row.opt_moment(24)?,
        version: row.int(25)?,
        name: row.text(26)?,
        deliverable: row.text(27)?,
    })
}

pub(super) fn line(row: &Row) -> Result<Line, StoreError> {
    let kind = row.text(1)?;
    Ok(Line {
        id: row.text(0)?,
        kind: LineKind::parse(&kind).ok_or_else(|| StoreError::unknown("framework_line.kind", kind))?,
        code: row.text(2)?,
        text: row.text(3)?,
        likelihood: row.int(4)?,
        impact: row.int(5)?,
        answer: row.text(6)?,
        owner: row.text(7)?,
        done_by: row.text(8)?,
        done: row.opt_moment(9)?,
        version: row.int(10)?,
    })
}

pub(super) async fn put(tx: &mut Tx, one: &Programme) -> Result<(), StoreError> {
    let args: [Arg<'_>; 11] = [
        (&one.id).into(),
        (&one.design_id).into(),
        (&one.name).into(),
        one.start.to_string().into(),
        one.week.as_text().into(),
        one.people.all.into(),
        written(&one.people.roles)?.into(),
        (&one.currency).into(),
        (&one.made_by).into(),
        one.made.into(),
        days_off::packed(&one.off)?.into(),
    ];
    tx.run(PUT, &args).await.map(|_| ())
}

pub(super) async fn put_task(tx: &mut Tx, programme: &str, one: &Task) -> Result<(), StoreError> {
    let ([effort_low, effort_high], [weeks_low, weeks_high], [money_low, money_high]) =
        (one.effort, one.weeks, one.money);
    let args: [Arg<'_>; 20] = [
        (&one.id).into(),
        programme.into(),
        one.number.into(),
        one.part.as_str().into(),
        (&one.block).into(),
        written(&one.needs)?.into(),
        written(&one.roles)?.into(),
        effort_low.into(),
        effort_high.into(),
        weeks_low.into(),
        weeks_high.into(),
        one.days.into(),
        money_low.into(),
        money_high.into(),
        (&one.payer).into(),
        (&one.owner).into(),
        one.planned_start.to_string().into(),
        one.planned_end.to_string().into(),
        (&one.name).into(),
        (&one.deliverable).into(),
    ];
    tx.run(PUT_TASK, &args).await.map(|_| ())
}

pub(super) async fn save_task(tx: &mut Tx, programme: &str, one: &Task) -> Result<(), StoreError> {
    let maybe = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
    let args: [Arg<'_>; 14] = [
        programme.into(),
        (&one.id).into(),
        (&one.owner).into(),
        one.planned_start.to_string().into(),
        one.planned_end.to_string().into(),
        one.days.into(),
        maybe(one.actual_start).into(),
        maybe(one.actual_end).into(),
        one.state.as_str().into(),
        (&one.proof).into(),
        (&one.evidence).into(),
        (&one.sha256).into(),
        (&one.accepted_by).into(),
        one.accepted.into(),
    ];
    tx.run(SAVE_TASK, &args).await.map(|_| ())
}

pub(super) async fn put_line(tx: &mut Tx, programme: &str, one: &Line) -> Result<(), StoreError> {
    let args: [Arg<'_>; 9] = [
        (&one.id).into(),
        programme.into(),
        one.kind.as_str().into(),
        (&one.code).into(),
        (&one.text).into(),
        one.likelihood.into(),
        one.impact.into(),
        (&one.answer).into(),
        (&one.owner).into(),
    ];
    tx.run(PUT_LINE, &args).await.map(|_| ())
}

pub(super) async fn set_done(
    tx: &mut Tx,
    (programme, id): (&str, &str),
    done: Option<(&str, Micros)>,
) -> Result<u64, StoreError> {
    let (who, when) = done.unzip();
    tx.run(SET_DONE, &[programme.into(), id.into(), who.unwrap_or_default().into(), when.into()]).await
}

pub(super) async fn set_state(tx: &mut Tx, id: &str, is_closed: bool, now: Micros) -> Result<(), StoreError> {
    let state = if is_closed { "closed" } else { "running" };
    tx.run(SET_STATE, &[id.into(), state.into(), now.into()]).await.map(|_| ())
}

pub(super) async fn touch(tx: &mut Tx, id: &str, now: Micros) -> Result<(), StoreError> {
    tx.run(TOUCH, &[id.into(), now.into()]).await.map(|_| ())
}

pub(super) async fn count(tx: &mut Tx, design: &str) -> Result<i64, StoreError> {
    tx.read_one(COUNT, &[design.into()]).await?.map_or(Ok(0), |row| row.int(0))
}

pub(super) async fn count_lines(tx: &mut Tx, programme: &str) -> Result<i64, StoreError> {
    tx.read_one(COUNT_LINES, &[programme.into()]).await?.map_or(Ok(0), |row| row.int(0))
}

pub(super) async fn get_in(tx: &mut Tx, viewer: &Viewer, id: &str) -> Result<Option<Programme>, StoreError> {
    tx.read_one(&filled(GET), &[id.into(), viewer.clearance.rank().into()]).await?.as_ref().map(read).transpose()
}

pub(super) async fn tasks_in(tx: &mut Tx, programme: &str) -> Result<Vec<Task>, StoreError> {
    let sql = TASKS_OF.replace("{columns}", TASK_COLUMNS);
    tx.read(&sql, &[programme.into(), most_tasks().into()]).await?.iter().map(task).collect()
}

/// The tasks of a block that are not accepted yet, in programmes that run, each after its programme.
pub(super) async fn open_of_block(tx: &mut Tx, block: &str) -> Result<Vec<(String, Task)>, StoreError> {
    let sql = OPEN_OF_BLOCK.replace("{columns}", TASK_COLUMNS);
    tx.read(&sql, &[block.into()]).await?.iter().map(|row| Ok((row.text(28)?, task(row)?))).collect()
}

pub(super) async fn lines_in(tx: &mut Tx, programme: &str) -> Result<Vec<Line>, StoreError> {
    let sql = LINES_OF.replace("{columns}", LINE_COLUMNS);
    tx.read(&sql, &[programme.into(), LINES.into()]).await?.iter().map(line).collect()
}

/// The usual lines of each kind first and in their order, then those that somebody wrote.
fn in_order(mut lines: Vec<Line>) -> Vec<Line> {
    let place = |line: &Line| line.kind.usual().iter().position(|code| *code == line.code).unwrap_or(usize::MAX);
    lines.sort_by(|a, b| (a.kind.as_str(), place(a), &a.id).cmp(&(b.kind.as_str(), place(b), &b.id)));
    lines
}

fn most_tasks() -> i64 {
    i64::try_from(TASKS).unwrap_or(i64::MAX)
}

/// A programme, if the viewer may see its assessment.
pub async fn programme(db: &Db, viewer: &Viewer, id: &str) -> Result<Option<Programme>, StoreError> {
    db.read_one(&filled(GET), &[id.into(), viewer.clearance.rank().into()]).await?.as_ref().map(read).transpose()
}

/// Programmes in the order of their ids, after one of them.
pub async fn programmes(db: &Db, viewer: &Viewer, after: &str, rows: i64) -> Result<Vec<Programme>, StoreError> {
    let args = [viewer.clearance.rank().into(), after.into(), rows.into()];
    db.read(&filled(PAGE), &args).await?.iter().map(read).collect()
}

/// The programmes of a kept design, newest first.
pub async fn programmes_of(db: &Db, viewer: &Viewer, design: &str) -> Result<Vec<Programme>, StoreError> {
    let args = [design.into(), viewer.clearance.rank().into()];
    db.read(&filled(OF_DESIGN), &args).await?.iter().map(read).collect()
}

/// The tasks of a programme in their order.
pub async fn tasks_of(db: &Db, programme: &str) -> Result<Vec<Task>, StoreError> {
    let sql = TASKS_OF.replace("{columns}", TASK_COLUMNS);
    db.read(&sql, &[programme.into(), most_tasks().into()]).await?.iter().map(task).collect()
}

/// One task.
pub async fn task_of(db: &Db, programme: &str, id: &str) -> Result<Option<Task>, StoreError> {
    let sql = TASK.replace("{columns}", TASK_COLUMNS);
    db.read_one(&sql, &[programme.into(), id.into()]).await?.as_ref().map(task).transpose()
}

/// The lines of a programme, by kind.
pub async fn lines_of(db: &Db, programme: &str) -> Result<Vec<Line>, StoreError> {
    let sql = LINES_OF.replace("{columns}", LINE_COLUMNS);
    let lines: Result<Vec<Line>, StoreError> =
        db.read(&sql, &[programme.into(), LINES.into()]).await?.iter().map(line).collect();
    lines.map(in_order)
}
