//! Statements about playbooks, tasks, mentions, techniques and handovers.

use std::collections::HashMap;

use manara_model::{Mailboxes, Micros, Tlp, Viewer};
use manara_store::{Arg, Db, Row, StoreError, Tx};

use crate::hours::Span;
use crate::task::{Task, TaskKind, TaskState};
use crate::texts::Texts;

/// The columns of [`task`], in its order.
const COLUMNS: &str = "t.id, t.incident_id, t.playbook, t.step, t.kind, t.position, t.title, t.body, t.role, t.letter, t.needs, \
     t.span, t.decision, t.decided, t.state, t.reason, t.owner, t.due, t.note, t.version, t.created_by, t.created, \
     t.changed_by, t.changed, t.done_by, t.done, t.removed";
const WIDTH: usize = 27;
const PUT_HEAD: &str = "INSERT INTO response_task (id, incident_id, playbook, step, kind, position, title, body, role, letter, \
     needs, span, decision, decided, state, reason, owner, due, note, version, created_by, created, changed_by, changed, \
     done_by, done, removed) VALUES";
const PUT_TAIL: &str = "ON CONFLICT (id) DO UPDATE SET title = excluded.title, body = excluded.body, decided = excluded.decided, \
     state = excluded.state, reason = excluded.reason, owner = excluded.owner, due = excluded.due, note = excluded.note, \
     version = excluded.version, changed_by = excluded.changed_by, changed = excluded.changed, \
     done_by = excluded.done_by, done = excluded.done, removed = excluded.removed";
/// Tasks of one incident at most.
pub(crate) const TASKS: i64 = 2_000;
const OF_INCIDENT: &str = "
    SELECT {} FROM response_task t WHERE t.incident_id = $1 ORDER BY t.position, t.id LIMIT $2";
const ALL: &str = "
    SELECT {}, i.number, i.title, i.tlp FROM response_task t JOIN response_incident i ON i.id = t.incident_id
     WHERE i.tlp <= $1 AND t.state = 'open' AND t.removed = '' AND i.merged_into = '' AND ($2 = '' OR t.owner = $2)
       AND (CASE WHEN t.due = '' THEN '9' ELSE t.due END || t.id) > $3
     ORDER BY (CASE WHEN t.due = '' THEN '9' ELSE t.due END || t.id) LIMIT $4";
const COUNT_MINE: &str = "
    SELECT COUNT(*) FROM response_task t JOIN response_incident i ON i.id = t.incident_id
     WHERE i.tlp <= $1 AND t.state = 'open' AND t.removed = '' AND i.merged_into = '' AND t.owner = $2";
const PUT_PLAYBOOK: &str = "
    INSERT INTO response_playbook (incident_id, playbook, title, who, at, removed) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (incident_id, playbook) DO UPDATE SET removed = excluded.removed";
const PLAYBOOKS: &str = "
    SELECT playbook, title FROM response_playbook WHERE incident_id = $1 AND removed = '' ORDER BY at, playbook LIMIT 100";
const CALL: &str = "
    INSERT INTO response_mention (person, record_id, incident_id, kind, who, at, seen) VALUES ($1, $2, $3, $4, $5, $6, '')
    ON CONFLICT (person, record_id) DO NOTHING";
/// To the same ticket somebody is called again when something happens again.
const CALL_TO_TICKET: &str = "
    INSERT INTO response_mention (person, record_id, incident_id, kind, who, at, seen) VALUES ($1, $2, $2, 'ticket', $3, $4, '')
    ON CONFLICT (person, record_id) DO UPDATE SET who = excluded.who, at = excluded.at, seen = ''";
/// What `incident_id` names is an incident, or the ticket that the call is about.
const CALLS: &str = "
    SELECT m.kind, m.record_id, m.who, m.at AS called, i.number, i.title
      FROM response_mention m JOIN response_incident i ON i.id = m.incident_id
     WHERE m.person = $1 AND m.seen = '' AND i.tlp <= $2
     UNION ALL
    SELECT m.kind, m.record_id, m.who, m.at AS called, t.number, t.subject
      FROM response_mention m JOIN response_ticket t ON t.id = m.incident_id
     WHERE m.person = $1 AND m.seen = '' AND t.tlp <= $2
     ORDER BY called DESC, record_id LIMIT $3";
const SEE: &str = "UPDATE response_mention SET seen = $3 WHERE person = $1 AND record_id = $2 AND seen = ''";
const SEE_INCIDENT: &str = "
    UPDATE response_mention SET seen = $3 WHERE person = $1 AND incident_id = $2 AND seen = ''";
const TAG: &str = "
    INSERT INTO response_technique (incident_id, technique, record_id, who, at) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (incident_id, technique, record_id) DO NOTHING";
const UNTAG: &str = "DELETE FROM response_technique WHERE incident_id = $1 AND technique = $2 AND record_id = $3";
const TAGS: &str = "
    SELECT technique, record_id, who, at FROM response_technique WHERE incident_id = $1
     ORDER BY technique, record_id LIMIT 500";
const HAND: &str = "
    INSERT INTO response_handover (id, body, tlp, who, at, taken_by, taken, mailboxes)
    VALUES ($1, $2, $3, $4, $5, '', '', $6)";
const HANDED: &str = "
    SELECT id, body, tlp, who, at, taken_by, taken, mailboxes FROM response_handover
     WHERE tlp <= $1 ORDER BY at DESC, id DESC LIMIT $2";
const HANDED_OF: &str = "SELECT mailboxes FROM response_handover WHERE id = $1";
const TAKE: &str = "UPDATE response_handover SET taken_by = $2, taken = $3 WHERE id = $1 AND tlp <= $4 AND taken = ''";

fn with_columns(sql: &str) -> String {
    sql.replace("{}", COLUMNS)
}

/// Reads a row of [`COLUMNS`].
fn task(row: &Row) -> Result<Task, StoreError> {
    let (kind, state) = (row.text(4)?, row.text(14)?);
    let done = row.opt_moment(25)?;
    Ok(Task {
        id: row.text(0)?,
        incident_id: row.text(1)?,
        playbook: row.text(2)?,
        step: row.text(3)?,
        kind: TaskKind::parse(&kind).ok_or_else(|| StoreError::unknown("kind", kind))?,
        position: row.int(5)?,
        title: Texts::read(&row.text(6)?),
        body: Texts::read(&row.text(7)?),
        role: row.text(8)?,
        letter: row.text(9)?,
        needs: row.text(10)?.split_whitespace().map(str::to_string).collect(),
        span: Span::parse(&row.text(11)?),
        decision: serde_json::from_str(&row.text(12)?).ok(),
        decided: row.text(13)?,
        state: TaskState::parse(&state).ok_or_else(|| StoreError::unknown("state", state))?,
        reason: row.text(15)?,
        owner: row.text(16)?,
        due: row.opt_moment(17)?,
        note: row.text(18)?,
        version: row.int(19)?,
        created: (row.text(20)?, row.moment(21)?),
        changed: (row.text(22)?, row.moment(23)?),
        done: done.map(|at| row.text(24).map(|who| (who, at))).transpose()?,
        removed: row.opt_moment(26)?,
    })
}

/// Writes tasks, new or changed.
pub(crate) async fn put_tasks(tx: &mut Tx, tasks: &[Task]) -> Result<(), StoreError> {
    let mut args: Vec<Arg<'_>> = Vec::with_capacity(tasks.len() * WIDTH);
    for task in tasks {
        let decision = task.decision.as_ref().and_then(|decision| serde_json::to_string(decision).ok());
        let (done_by, done) = task.done.as_ref().map_or(("", None), |(who, at)| (who.as_str(), Some(*at)));
        args.extend([
            (&task.id).into(),
            (&task.incident_id).into(),
            (&task.playbook).into(),
            (&task.step).into(),
            task.kind.as_str().into(),
            task.position.into(),
            task.title.stored().into(),
            task.body.stored().into(),
            (&task.role).into(),
            (&task.letter).into(),
            task.needs.join(" ").into(),
            task.span.map(|span| span.to_string()).unwrap_or_default().into(),
            decision.unwrap_or_default().into(),
            (&task.decided).into(),
            task.state.as_str().into(),
            (&task.reason).into(),
            (&task.owner).into(),
            task.due.into(),
            (&task.note).into(),
            task.version.into(),
            (&task.created.0).into(),
            task.created.1.into(),
            (&task.changed.0).into(),
            task.changed.1.into(),
            done_by.into(),
            done.into(),
            task.removed.into(),
        ]);
    }
    tx.run_many(PUT_HEAD, WIDTH, args, PUT_TAIL).await?;
    Ok(())
}

fn tasks(rows: &[Row]) -> Result<Vec<Task>, StoreError> {
    rows.iter().map(task).collect()
}

/// The tasks of an incident, those that were taken away too, in their order.
pub async fn tasks_of(db: &Db, incident: &str) -> Result<Vec<Task>, StoreError> {
    tasks(&db.read(&with_columns(OF_INCIDENT), &[incident.into(), TASKS.into()]).await?)
}

pub(crate) async fn tasks_in(tx: &mut Tx, incident: &str) -> Result<Vec<Task>, StoreError> {
    tasks(&tx.read(&with_columns(OF_INCIDENT), &[incident.into(), TASKS.into()]).await?)
}

/// How many tasks of some incidents are open, and of them closing checks; incidents without are left out.
pub(crate) async fn open_of(tx: &mut Tx, incidents: &[&str]) -> Result<HashMap<String, (i64, i64)>, StoreError> {
    const OPEN: &str = "
        SELECT incident_id, COUNT(*), COUNT(CASE WHEN kind = 'check' THEN 1 END) FROM response_task
         WHERE state = 'open' AND removed = '' AND kind <> 'lesson' AND incident_id IN (…)
         GROUP BY incident_id ORDER BY incident_id LIMIT 1000";
    let rows = tx.read_in(OPEN, &[], incidents).await?;
    rows.iter().map(|row| Ok((row.text(0)?, (row.int(1)?, row.int(2)?)))).collect()
}

/// A task with the incident it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenTask {
    /// The task.
    pub task: Task,
    /// Number of the incident.
    pub number: String,
    /// Its title.
    pub incident: String,
    /// Who may know of it.
    pub tlp: Tlp,
}

impl OpenTask {
    /// Where the next page of a list goes on.
    pub fn key(&self) -> String {
        format!("{}{}", self.task.due.map_or("9".into(), Micros::rfc3339), self.task.id)
    }
}

/// Open tasks a viewer may see, those that are due first; of one person, or of all when no name is given.
pub async fn open_tasks(
    db: &Db,
    viewer: &Viewer,
    owner: &str,
    after: &str,
    limit: i64,
) -> Result<Vec<OpenTask>, StoreError> {
    let args: [Arg<'_>; 4] = [viewer.into(), owner.into(), after.into(), limit.clamp(1, 20_000).into()];
    let rows = db.read(&with_columns(ALL), &args).await?;
    rows.iter().map(open_task).collect()
}

/// Reads a row of [`COLUMNS`], and after them number, title and TLP of the incident.
pub(crate) fn open_task(row: &Row) -> Result<OpenTask, StoreError> {
    let tlp = row.int(WIDTH + 2)?;
    Ok(OpenTask {
        task: task(row)?,
        number: row.text(WIDTH)?,
        incident: row.text(WIDTH + 1)?,
        tlp: Tlp::from_rank(tlp).ok_or_else(|| StoreError::unknown("tlp", tlp))?,
    })
}

/// How many open tasks a person has.
pub async fn count_tasks(db: &Db, viewer: &Viewer) -> Result<i64, StoreError> {
    db.read_int(COUNT_MINE, &[viewer.into(), (&viewer.name).into()]).await
}

/// Notes that a playbook belongs to an incident, or since when it no longer does.
pub(crate) async fn put_playbook(
    tx: &mut Tx,
    (incident, playbook): (&str, &str),
    title: &Texts,
    who: &str,
    removed: Option<Micros>,
    now: Micros,
) -> Result<(), StoreError> {
    let args = [incident.into(), playbook.into(), title.stored().into(), who.into(), now.into(), removed.into()];
    tx.run(PUT_PLAYBOOK, &args).await.map(|_| ())
}

/// The playbooks of an incident: id and title.
pub async fn playbooks_of(db: &Db, incident: &str) -> Result<Vec<(String, Texts)>, StoreError> {
    let rows = db.read(PLAYBOOKS, &[incident.into()]).await?;
    rows.iter().map(|row| Ok((row.text(0)?, Texts::read(&row.text(1)?)))).collect()
}

/// Calls somebody to a record of an incident or of a ticket, once.
pub(crate) async fn call(
    tx: &mut Tx,
    person: &str,
    (kind, record): (&str, &str),
    of: &str,
    who: &str,
    now: Micros,
) -> Result<(), StoreError> {
    let args = [person.into(), record.into(), of.into(), kind.into(), who.into(), now.into()];
    tx.run(CALL, &args).await.map(|_| ())
}

/// Calls somebody to a ticket: something happened there that they have to know.
pub(crate) async fn call_to_ticket(
    tx: &mut Tx,
    person: &str,
    ticket: &str,
    who: &str,
    now: Micros,
) -> Result<(), StoreError> {
    tx.run(CALL_TO_TICKET, &[person.into(), ticket.into(), who.into(), now.into()]).await.map(|_| ())
}

/// That somebody was called by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// `note`, `task`, `mail` or `ticket`.
    pub kind: String,
    /// Its id.
    pub record: String,
    /// Who called.
    pub who: String,
    /// When.
    pub at: Micros,
    /// Number of the incident, or of the ticket.
    pub number: String,
    /// Its title or subject.
    pub incident: String,
}

/// Where a viewer was called and has not looked yet, newest first.
pub async fn mentions(db: &Db, viewer: &Viewer, limit: i64) -> Result<Vec<Mention>, StoreError> {
    let args = [(&viewer.name).into(), viewer.into(), limit.into()];
    let read = |row: &Row| {
        Ok(Mention {
            kind: row.text(0)?,
            record: row.text(1)?,
            who: row.text(2)?,
            at: row.moment(3)?,
            number: row.text(4)?,
            incident: row.text(5)?,
        })
    };
    db.read(CALLS, &args).await?.iter().map(read).collect()
}

/// Notes that a person has looked at one record, or at all of an incident.
pub(crate) async fn see(tx: &mut Tx, person: &str, record: &str, now: Micros) -> Result<u64, StoreError> {
    let args = [person.into(), record.into(), now.into()];
    Ok(tx.run(SEE, &args).await? + tx.run(SEE_INCIDENT, &args).await?)
}

/// A technique that was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Technique {
    /// `T1566` or `T1566.002`.
    pub id: String,
    /// The note or task that tells of it; empty for the incident.
    pub record: String,
    /// Who said so.
    pub who: String,
    /// When.
    pub at: Micros,
}

/// The techniques of an incident, in their order.
pub async fn techniques(db: &Db, incident: &str) -> Result<Vec<Technique>, StoreError> {
    let read =
        |row: &Row| Ok(Technique { id: row.text(0)?, record: row.text(1)?, who: row.text(2)?, at: row.moment(3)? });
    db.read(TAGS, &[incident.into()]).await?.iter().map(read).collect()
}

/// Says that a technique was seen, or takes that back; whether that changed anything.
pub(crate) async fn tag(
    tx: &mut Tx,
    (incident, technique, record): (&str, &str, &str),
    is_seen: bool,
    who: &str,
    now: Micros,
) -> Result<bool, StoreError> {
    let touched = match is_seen {
        true => tx.run(TAG, &[incident.into(), technique.into(), record.into(), who.into(), now.into()]).await?,
        false => tx.run(UNTAG, &[incident.into(), technique.into(), record.into()]).await?,
    };
    Ok(touched == 1)
}

/// What one shift tells the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handover {
    /// UUIDv7.
    pub id: String,
    /// Plain text.
    pub body: String,
    /// Who may read it.
    pub tlp: Tlp,
    /// Who wrote it.
    pub who: String,
    /// When.
    pub at: Micros,
    /// Who took over, and when.
    pub taken: Option<(String, Micros)>,
}

/// What was written with the eyes of some mailboxes is read by whoever sees all of them.
fn may_read(viewer: &Viewer, written_with: &str) -> bool {
    Mailboxes::parse(written_with).is_some_and(|mailboxes| mailboxes.are_within(&viewer.mailboxes))
}

/// The handovers a viewer may read, newest first.
pub async fn handovers(db: &Db, viewer: &Viewer, limit: i64) -> Result<Vec<Handover>, StoreError> {
    let read = |row: &Row| {
        let tlp = row.int(2)?;
        let taken_by = row.text(5)?;
        Ok::<_, StoreError>(Handover {
            id: row.text(0)?,
            body: row.text(1)?,
            tlp: Tlp::from_rank(tlp).ok_or_else(|| StoreError::unknown("tlp", tlp))?,
            who: row.text(3)?,
            at: row.moment(4)?,
            taken: row.opt_moment(6)?.map(|at| (taken_by, at)),
        })
    };
    let mut found = Vec::new();
    for row in db.read(HANDED, &[viewer.clearance.rank().into(), limit.into()]).await? {
        if may_read(viewer, &row.text(7)?) {
            found.push(read(&row)?);
        }
    }
    Ok(found)
}

pub(crate) async fn hand(tx: &mut Tx, viewer: &Viewer, one: &Handover) -> Result<(), StoreError> {
    let args = [
        (&one.id).into(),
        (&one.body).into(),
        one.tlp.rank().into(),
        (&one.who).into(),
        one.at.into(),
        viewer.mailboxes.as_text().into(),
    ] as [Arg<'_>; 6];
    tx.run(HAND, &args).await.map(|_| ())
}

pub(crate) async fn take_over(tx: &mut Tx, viewer: &Viewer, id: &str, now: Micros) -> Result<bool, StoreError> {
    let written_with = tx.read_one(HANDED_OF, &[id.into()]).await?.map(|row| row.text(0)).transpose()?;
    if !written_with.is_some_and(|mailboxes| may_read(viewer, &mailboxes)) {
        return Ok(false);
    }
    let args = [id.into(), (&viewer.name).into(), now.into(), viewer.clearance.rank().into()];
    Ok(tx.run(TAKE, &args).await? == 1)
}
