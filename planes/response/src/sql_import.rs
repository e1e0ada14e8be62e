//! Statements about records that were taken over, many at once.

use std::collections::HashMap;

use manara_model::Micros;
use manara_store::{Arg, Db, Row, StoreError, Tx};

use crate::incident::Note;
use crate::words::{self, Said};

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

/// Writes new notes.
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
    tx.run_many(ADD_NOTES, 10, args, "").await?;
    let said: Vec<Said<'_>> = notes
        .iter()
        .map(|one| Said { name: &one.id, record_kind: "incident", record_id: &one.incident_id, text: one.body.clone() })
        .collect();
    words::note(tx, &said).await
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

/// Lets tickets belong to incidents, and the incidents speak of what their tickets speak of.
pub(crate) async fn belong(tx: &mut Tx, all: &[(String, String)], who: &str, now: Micros) -> Result<(), StoreError> {
    tx.run_many(BELONG, 4, ends(all, who, now), BELONG_TAIL).await?;
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
