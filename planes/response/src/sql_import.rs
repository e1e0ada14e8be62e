//! Statements about records that were taken over, many at once.

use std::collections::{BTreeMap, HashMap};

use manara_model::{Micros, Tlp, Viewer};
use manara_store::{Arg, Db, Row, StoreError, Tx};

use crate::import::{Import, ImportState, Line, Refused};
use crate::incident::Note;

const IMPORTED: &str = "SELECT name, record_kind, record_id FROM response_imported WHERE name IN (…)";
const IMPORT: &str = "INSERT INTO response_imported (name, record_kind, record_id, at) VALUES";
const WAITING: &str = "SELECT name, waits_for FROM response_imported_waiting WHERE waits_for IN (…)";
const WAIT: &str = "INSERT INTO response_imported_waiting (name, waits_for) VALUES";
const WAIT_TAIL: &str = "ON CONFLICT (name, waits_for) DO NOTHING";
const WAIT_NO_MORE: &str = "DELETE FROM response_imported_waiting WHERE waits_for IN (…)";
const TAKE_NUMBERS: &str = "
    INSERT INTO response_number (year, last) VALUES ($1, $2)
    ON CONFLICT (year) DO UPDATE SET last = response_number.last + $2 RETURNING last";
const ADD_NOTES: &str = "
    INSERT INTO response_note (id, incident_id, body, who, at, version, edited_by, edited_at, struck_by, struck_at) VALUES";
const OBSERVE: &str = "INSERT INTO response_observable (record_kind, record_id, kind, value, source, at) VALUES";
const OBSERVE_TAIL: &str = "ON CONFLICT (record_id, kind, value) DO NOTHING";
const JOIN: &str = "INSERT INTO response_participant (ticket_id, mail) VALUES";
const JOIN_TAIL: &str = "ON CONFLICT (ticket_id, mail) DO NOTHING";
const BELONG: &str = "INSERT INTO response_ticket_incident (ticket_id, incident_id, who, at) VALUES";
const BELONG_TAIL: &str = "ON CONFLICT (ticket_id, incident_id) DO NOTHING";
const BELONGS: &str = "SELECT DISTINCT ticket_id FROM response_ticket_incident WHERE ticket_id IN (…)";
const RELATE: &str = "INSERT INTO response_related (incident_id, other_id, who, at) VALUES";
const RELATE_TAIL: &str = "ON CONFLICT (incident_id, other_id) DO NOTHING";
/// What a ticket speaks of, its incidents speak of.
const PASS_ON: &str = "
    INSERT INTO response_observable (record_kind, record_id, kind, value, source, at)
    SELECT 'incident', l.incident_id, o.kind, o.value, MIN(o.source), MIN(o.at)
      FROM response_ticket_incident l JOIN response_observable o ON o.record_id = l.ticket_id
     WHERE l.ticket_id IN (…) GROUP BY l.incident_id, o.kind, o.value
    ON CONFLICT (record_id, kind, value) DO NOTHING";

const IMPORT_COLUMNS: &str = "id, format, tool, tlp, queues, mbox_kind, file_name, sha256, bytes, state, who, at, changed, \
     records, already, refused, made, first, fault";
const CLAIM_IMPORT: &str = "
    UPDATE response_import SET state = $4, changed = $5, fault = '',
           made = CASE WHEN state = 'tried' THEN '{}' ELSE made END
     WHERE id = $1 AND state = $2 AND changed = $3";
const NOTE_IMPORT: &str = "
    UPDATE response_import SET records = $2, already = $3, refused = $4, made = $5, first = $6, fault = $7, changed = $8
     WHERE id = $1";
const END_IMPORT: &str = "
    UPDATE response_import SET state = $2, fault = COALESCE($3, fault), changed = $4 WHERE id = $1";
const ADD_REFUSED: &str = "INSERT INTO response_import_refused (import_id, position, place, name, why) VALUES";
const FORGET_REFUSED: &str = "DELETE FROM response_import_refused WHERE import_id = $1";
const REFUSED: &str = "
    SELECT place, name, why FROM response_import_refused WHERE import_id = $1 AND position >= $2 ORDER BY position LIMIT $3";

/// A record that was taken over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Known {
    /// `incident`, `report`, `investigation` or `countermeasure`.
    pub kind: String,
    /// Its id here.
    pub id: String,
}

fn known(rows: &[Row]) -> Result<HashMap<String, Known>, StoreError> {
    rows.iter().map(|row| Ok((row.text(0)?, Known { kind: row.text(1)?, id: row.text(2)? }))).collect()
}

/// Which of some names were taken over before.
pub(crate) async fn imported(db: &Db, names: &[&str]) -> Result<HashMap<String, Known>, StoreError> {
    known(&db.read_in(IMPORTED, &[], names).await?)
}

/// The same inside a transaction.
pub(crate) async fn imported_in(tx: &mut Tx, names: &[&str]) -> Result<HashMap<String, Known>, StoreError> {
    known(&tx.read_in(IMPORTED, &[], names).await?)
}

/// Remembers what was taken over.
pub(crate) async fn import(tx: &mut Tx, all: &[(&str, &'static str, &str)], now: Micros) -> Result<(), StoreError> {
    let at = now.rfc3339();
    let args: Vec<Arg<'_>> = all
        .iter()
        .flat_map(|(name, kind, id)| [Arg::Text(name), Arg::Text(kind), Arg::Text(id), (&at).into()])
        .collect();
    tx.run_many(IMPORT, 4, args, "").await
}

/// The links that wait for some names: who waits, and for which.
pub(crate) async fn waiting(tx: &mut Tx, names: &[&str]) -> Result<Vec<(String, String)>, StoreError> {
    let rows = tx.read_in(WAITING, &[], names).await?;
    rows.iter().map(|row| Ok((row.text(0)?, row.text(1)?))).collect()
}

/// Links wait until the record at their other end is taken over.
pub(crate) async fn wait(tx: &mut Tx, links: &[(String, String)]) -> Result<(), StoreError> {
    let args: Vec<Arg<'_>> = links.iter().flat_map(|(name, other)| [Arg::Text(name), Arg::Text(other)]).collect();
    tx.run_many(WAIT, 2, args, WAIT_TAIL).await
}

/// Nothing waits for some names any more.
pub(crate) async fn wait_no_more(tx: &mut Tx, names: &[&str]) -> Result<(), StoreError> {
    tx.run_in(WAIT_NO_MORE, &[], names).await.map(|_| ())
}

/// Takes the next numbers of a row of numbers; gives the first.
pub(crate) async fn take_numbers(tx: &mut Tx, row: &str, count: i64) -> Result<i64, StoreError> {
    let last = tx.read_one(TAKE_NUMBERS, &[row.into(), count.into()]).await?;
    Ok(last.ok_or_else(|| StoreError::NotFound("number".into()))?.int(0)? - count + 1)
}

/// Writes the rows of new notes.
pub(crate) async fn add_notes(tx: &mut Tx, notes: &[Note]) -> Result<(), StoreError> {
    let mut args: Vec<Arg<'_>> = Vec::with_capacity(notes.len() * 10);
    for one in notes {
        args.extend([
            (&one.id).into(),
            (&one.incident_id).into(),
            (&one.body).into(),
            (&one.who).into(),
            one.at.into(),
            one.version.into(),
            "".into(),
            "".into(),
            "".into(),
            "".into(),
        ] as [Arg<'_>; 10]);
    }
    tx.run_many(ADD_NOTES, 10, args, "").await
}

/// Keeps what records speak of: kind and id of the record, kind and value of the observable, when.
pub(crate) async fn observe(tx: &mut Tx, all: &[(&'static str, &str, &str, &str, Micros)]) -> Result<(), StoreError> {
    let mut args: Vec<Arg<'_>> = Vec::with_capacity(all.len() * 6);
    for (record_kind, record, kind, value, at) in all {
        args.extend([
            Arg::Text(record_kind),
            Arg::Text(record),
            Arg::Text(kind),
            Arg::Text(value),
            "import".into(),
            (*at).into(),
        ] as [Arg<'_>; 6]);
    }
    tx.run_many(OBSERVE, 6, args, OBSERVE_TAIL).await
}

/// Lets addresses take part in tickets.
pub(crate) async fn join(tx: &mut Tx, all: &[(&str, &str)]) -> Result<(), StoreError> {
    let args: Vec<Arg<'_>> = all.iter().flat_map(|(ticket, mail)| [Arg::Text(ticket), Arg::Text(mail)]).collect();
    tx.run_many(JOIN, 2, args, JOIN_TAIL).await
}

/// Which of some tickets belong to an incident.
pub(crate) async fn belonging(tx: &mut Tx, tickets: &[&str]) -> Result<Vec<String>, StoreError> {
    tx.read_in(BELONGS, &[], tickets).await?.iter().map(|row| row.text(0)).collect()
}

/// Lets tickets belong to incidents.
pub(crate) async fn tie(tx: &mut Tx, all: &[(String, String)], who: &str, now: Micros) -> Result<(), StoreError> {
    tx.run_many(BELONG, 4, ends(all, who, now), BELONG_TAIL).await
}

/// Lets tickets belong to incidents, and the incidents speak of what their tickets speak of.
pub(crate) async fn belong(tx: &mut Tx, all: &[(String, String)], who: &str, now: Micros) -> Result<(), StoreError> {
    tie(tx, all, who, now).await?;
    let tickets: Vec<&str> = all.iter().map(|(ticket, _)| ticket.as_str()).collect();
    tx.run_in(PASS_ON, &[], &tickets).await.map(|_| ())
}

/// Relates incidents, the smaller id first.
pub(crate) async fn relate(tx: &mut Tx, all: &[(String, String)], who: &str, now: Micros) -> Result<(), StoreError> {
    tx.run_many(RELATE, 4, ends(all, who, now), RELATE_TAIL).await
}

fn ends<'a>(all: &'a [(String, String)], who: &'a str, now: Micros) -> Vec<Arg<'a>> {
    all.iter().flat_map(|(one, other)| [Arg::Text(one), Arg::Text(other), Arg::Text(who), now.into()]).collect()
}

fn import_row(row: &Row) -> Result<Import, StoreError> {
    let (tlp, state) = (row.int(3)?, row.text(9)?);
    let (made, first) = (row.text(16)?, row.text(17)?);
    Ok(Import {
        id: row.text(0)?,
        format: row.text(1)?,
        tool: row.text(2)?,
        tlp: Tlp::from_rank(tlp).ok_or_else(|| StoreError::unknown("tlp", tlp))?,
        queues: row.text(4)?,
        mbox_kind: row.text(5)?,
        file_name: row.text(6)?,
        sha256: row.text(7)?,
        bytes: row.int(8)?,
        state: ImportState::parse(&state).ok_or_else(|| StoreError::unknown("state", state))?,
        who: row.text(10)?,
        at: row.moment(11)?,
        changed: row.moment(12)?,
        records: row.int(13)?,
        already: row.int(14)?,
        refused: row.int(15)?,
        made: serde_json::from_str(&made).map_err(|_| StoreError::unknown("made", made))?,
        first: serde_json::from_str(&first).map_err(|_| StoreError::unknown("first", first))?,
        fault: row.text(18)?,
    })
}

fn json_text(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// Notes a file that was brought.
pub(crate) async fn put_import(tx: &mut Tx, one: &Import) -> Result<(), StoreError> {
    let args: Vec<Arg<'_>> = vec![
        (&one.id).into(),
        (&one.format).into(),
        (&one.tool).into(),
        one.tlp.rank().into(),
        (&one.queues).into(),
        (&one.mbox_kind).into(),
        (&one.file_name).into(),
        (&one.sha256).into(),
        one.bytes.into(),
        one.state.as_str().into(),
        (&one.who).into(),
        one.at.into(),
        one.changed.into(),
        one.records.into(),
        one.already.into(),
        one.refused.into(),
        json_text(&one.made).into(),
        json_text(&one.first).into(),
        (&one.fault).into(),
    ];
    let head = format!("INSERT INTO response_import ({IMPORT_COLUMNS}) VALUES");
    tx.run_many(&head, args.len(), args, "").await
}

/// Sets the next state of a file, if it stands as it was seen.
pub(crate) async fn claim_import(
    tx: &mut Tx,
    id: &str,
    (state, changed): (&str, Micros),
    next: &str,
    now: Micros,
) -> Result<bool, StoreError> {
    let args: [Arg<'_>; 5] = [id.into(), state.into(), changed.into(), next.into(), now.into()];
    Ok(tx.run(CLAIM_IMPORT, &args).await? == 1)
}

/// Writes down how far a file is: records, those here already and those refused; what was made, and the first of them.
pub(crate) async fn note_import(
    tx: &mut Tx,
    id: &str,
    [records, already, refused]: [u64; 3],
    (made, first): (&BTreeMap<String, u64>, &[Line]),
    fault: &str,
    now: Micros,
) -> Result<(), StoreError> {
    let count = |number: u64| Arg::Int(i64::try_from(number).unwrap_or(i64::MAX));
    let args = [
        id.into(),
        count(records),
        count(already),
        count(refused),
        json_text(made).into(),
        json_text(&first).into(),
        fault.into(),
        now.into(),
    ];
    tx.run(NOTE_IMPORT, &args).await.map(|_| ())
}

/// Writes down how the work on a file ended; without a fault the one that was noted stays.
pub(crate) async fn end_import(
    tx: &mut Tx,
    id: &str,
    state: &str,
    fault: Option<&str>,
    now: Micros,
) -> Result<(), StoreError> {
    tx.run(END_IMPORT, &[id.into(), state.into(), fault.into(), now.into()]).await.map(|_| ())
}

/// Keeps what was refused, from a position on.
pub(crate) async fn add_refused(tx: &mut Tx, id: &str, from: usize, all: &[Refused]) -> Result<(), StoreError> {
    let positions = i64::try_from(from).unwrap_or(i64::MAX)..;
    let args: Vec<Arg<'_>> = all
        .iter()
        .zip(positions)
        .flat_map(|(one, position)| {
            [id.into(), Arg::Int(position), (&one.place).into(), (&one.id).into(), (&one.why).into()]
        })
        .collect();
    tx.run_many(ADD_REFUSED, 5, args, "").await
}

/// Forgets what was refused when a file is gone through again.
pub(crate) async fn forget_refused(tx: &mut Tx, id: &str) -> Result<(), StoreError> {
    tx.run(FORGET_REFUSED, &[id.into()]).await.map(|_| ())
}

/// A file that was brought, if the viewer may see it.
pub async fn import_of(db: &Db, viewer: &Viewer, id: &str) -> Result<Option<Import>, StoreError> {
    let sql = format!("SELECT {IMPORT_COLUMNS} FROM response_import WHERE id = $1");
    let one = db.read_one(&sql, &[id.into()]).await?.as_ref().map(import_row).transpose()?;
    Ok(one.filter(|one| one.is_for(viewer)))
}

/// The files that were brought, the newest first, as far as the viewer may see them.
pub async fn imports(db: &Db, viewer: &Viewer, limit: i64) -> Result<Vec<Import>, StoreError> {
    let sees_all = Import::are_all_for(viewer);
    let sql = format!(
        "SELECT {IMPORT_COLUMNS} FROM response_import WHERE who = $1 OR $2 = 1 ORDER BY at DESC, id DESC LIMIT $3"
    );
    let args = [(&viewer.name).into(), i64::from(sees_all).into(), limit.into()];
    db.read(&sql, &args).await?.iter().map(import_row).collect()
}

/// What was refused of a file, from a position on.
pub async fn refused_of(db: &Db, id: &str, from: i64, limit: i64) -> Result<Vec<Refused>, StoreError> {
    let rows = db.read(REFUSED, &[id.into(), from.into(), limit.into()]).await?;
    rows.iter().map(|row| Ok(Refused { place: row.text(0)?, id: row.text(1)?, why: row.text(2)? })).collect()
}
