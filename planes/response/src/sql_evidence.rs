//! Statements about evidence and its custody.

use manara_model::Micros;
use manara_store::{Arg, Db, Row, StoreError, Tx};

use crate::evidence::{CUSTODY, Check, Custody, EVIDENCE, Evidence, EvidenceKind, Outcome};

/// The columns of [`evidence`], in its order.
const COLUMNS: &str = "id, incident_id, number, name, kind, note, sha256, bytes, file, acquired, acquired_by, source, place, \
     checked, checked_by, outcome, who, at, version, removed_by, removed";
const WIDTH: usize = 21;
const PUT_HEAD: &str = "INSERT INTO response_evidence (id, incident_id, number, name, kind, note, sha256, bytes, file, acquired, \
     acquired_by, source, place, checked, checked_by, outcome, who, at, version, removed_by, removed) VALUES";
const PUT_TAIL: &str = "ON CONFLICT (id) DO UPDATE SET sha256 = excluded.sha256, bytes = excluded.bytes, file = excluded.file, \
     place = excluded.place, checked = excluded.checked, checked_by = excluded.checked_by, outcome = excluded.outcome, \
     version = excluded.version, removed_by = excluded.removed_by, removed = excluded.removed";
const OF_INCIDENT: &str = "SELECT {} FROM response_evidence WHERE incident_id = $1 ORDER BY at, id LIMIT $2";
const ONE: &str = "SELECT {} FROM response_evidence WHERE incident_id = $1 AND (id = $2 OR number = $2)";
const NUMBERED: &str = "SELECT COUNT(*) FROM response_evidence WHERE number LIKE $1";
const PUT_CUSTODY: &str = "
    INSERT INTO response_custody (evidence_id, position, at, given_by, taken_by, place, reason, who, recorded)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
const CUSTODY_OF: &str = "
    SELECT position, at, given_by, taken_by, place, reason, who, recorded FROM response_custody
     WHERE evidence_id = $1 ORDER BY position LIMIT $2";

fn with_columns(sql: &str) -> String {
    sql.replace("{}", COLUMNS)
}

/// Reads a row of [`COLUMNS`].
fn evidence(row: &Row) -> Result<Evidence, StoreError> {
    let (kind, outcome) = (row.text(4)?, row.text(15)?);
    let check = match (row.opt_moment(13)?, Outcome::parse(&outcome)) {
        (Some(at), Some(outcome)) => Some(Check { at, who: row.text(14)?, outcome }),
        _ => None,
    };
    let removed_by = row.text(19)?;
    Ok(Evidence {
        id: row.text(0)?,
        incident_id: row.text(1)?,
        number: row.text(2)?,
        name: row.text(3)?,
        kind: EvidenceKind::parse(&kind).ok_or_else(|| StoreError::unknown("kind", kind))?,
        note: row.text(5)?,
        sha256: row.text(6)?,
        bytes: row.int(7)?,
        file: row.text(8)?,
        acquired: row.moment(9)?,
        acquired_by: row.text(10)?,
        source: row.text(11)?,
        place: row.text(12)?,
        check,
        added: (row.text(16)?, row.moment(17)?),
        version: row.int(18)?,
        removed: row.opt_moment(20)?.map(|at| (removed_by, at)),
    })
}

/// Writes a piece of evidence, new or changed.
pub(crate) async fn put_evidence(tx: &mut Tx, one: &Evidence) -> Result<(), StoreError> {
    let (checked_by, outcome) =
        one.check.as_ref().map_or(("", ""), |check| (check.who.as_str(), check.outcome.as_str()));
    let args: Vec<Arg<'_>> = vec![
        (&one.id).into(),
        (&one.incident_id).into(),
        (&one.number).into(),
        (&one.name).into(),
        one.kind.as_str().into(),
        (&one.note).into(),
        (&one.sha256).into(),
        one.bytes.into(),
        (&one.file).into(),
        one.acquired.into(),
        (&one.acquired_by).into(),
        (&one.source).into(),
        (&one.place).into(),
        one.check.as_ref().map(|check| check.at).into(),
        checked_by.into(),
        outcome.into(),
        (&one.added.0).into(),
        one.added.1.into(),
        one.version.into(),
        one.removed.as_ref().map_or("", |(who, _)| who.as_str()).into(),
        one.removed.as_ref().map(|(_, at)| *at).into(),
    ];
    tx.run_many(PUT_HEAD, WIDTH, args, PUT_TAIL).await
}

/// The evidence of an incident, what was taken off too, in the order it was written down.
pub async fn evidence_of(db: &Db, incident: &str) -> Result<Vec<Evidence>, StoreError> {
    db.read(&with_columns(OF_INCIDENT), &[incident.into(), EVIDENCE.into()]).await?.iter().map(evidence).collect()
}

/// One piece of evidence of an incident, by its id or its number.
pub async fn get_evidence(db: &Db, incident: &str, name: &str) -> Result<Option<Evidence>, StoreError> {
    db.read_one(&with_columns(ONE), &[incident.into(), name.into()]).await?.as_ref().map(evidence).transpose()
}

pub(crate) async fn evidence_in(tx: &mut Tx, incident: &str, name: &str) -> Result<Option<Evidence>, StoreError> {
    tx.read_one(&with_columns(ONE), &[incident.into(), name.into()]).await?.as_ref().map(evidence).transpose()
}

/// How many pieces were numbered after an incident, wherever they are now.
pub(crate) async fn numbered(tx: &mut Tx, incident_number: &str) -> Result<i64, StoreError> {
    let row = tx.read_one(NUMBERED, &[format!("{incident_number}-E%").into()]).await?;
    row.map_or(Ok(0), |row| row.int(0))
}

fn custody(row: &Row) -> Result<Custody, StoreError> {
    Ok(Custody {
        position: row.int(0)?,
        at: row.moment(1)?,
        given_by: row.text(2)?,
        taken_by: row.text(3)?,
        place: row.text(4)?,
        reason: row.text(5)?,
        who: row.text(6)?,
        recorded: row.moment(7)?,
    })
}

/// Writes a line of custody.
pub(crate) async fn put_custody(tx: &mut Tx, evidence: &str, line: &Custody) -> Result<(), StoreError> {
    let args: [Arg<'_>; 9] = [
        evidence.into(),
        line.position.into(),
        line.at.into(),
        (&line.given_by).into(),
        (&line.taken_by).into(),
        (&line.place).into(),
        (&line.reason).into(),
        (&line.who).into(),
        line.recorded.into(),
    ];
    tx.run(PUT_CUSTODY, &args).await.map(|_| ())
}

/// Through whose hands a piece of evidence went, the first line first.
pub async fn custody_of(db: &Db, evidence: &str) -> Result<Vec<Custody>, StoreError> {
    db.read(CUSTODY_OF, &[evidence.into(), CUSTODY.into()]).await?.iter().map(custody).collect()
}

pub(crate) async fn custody_in(tx: &mut Tx, evidence: &str) -> Result<Vec<Custody>, StoreError> {
    tx.read(CUSTODY_OF, &[evidence.into(), CUSTODY.into()]).await?.iter().map(custody).collect()
}

/// The last moment of a line of custody.
pub(crate) fn last_moment(lines: &[Custody]) -> Option<Micros> {
    lines.iter().map(|line| line.at).max()
}
