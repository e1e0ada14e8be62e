//! Workshops and who sits in them.

use manara_model::{Micros, Viewer};
use manara_store::{Db, Row, StoreError, Tx};

use super::{each, voice};
use crate::assessment::State;
use crate::sheet::Voice;
use crate::workshop::Workshop;

const OF: &str = "
    SELECT id, assessment_id, code, state, item, revealed, expires, made_by, version FROM framework_workshop
     WHERE assessment_id = $1 AND state = 'open' ORDER BY made DESC, id DESC LIMIT 1";
const OPEN: &str = "
    SELECT w.id, w.assessment_id, w.code, w.state, w.item, w.revealed, w.expires, w.made_by, w.version, a.subject
      FROM framework_workshop w JOIN framework_assessment a ON a.id = w.assessment_id
     WHERE w.state = 'open' AND w.expires > $1 AND a.tlp <= $2 ORDER BY w.made DESC, w.id LIMIT 50";
const BY_CODE: &str = "
    SELECT id, assessment_id, code, state, item, revealed, expires, made_by, version FROM framework_workshop
     WHERE code = $1 AND state = 'open' AND expires > $2 ORDER BY made DESC, id DESC LIMIT 1";
const PUT: &str = "
    INSERT INTO framework_workshop (id, assessment_id, code, state, item, revealed, expires, made_by, made, version)
    VALUES ($1, $2, $3, 'open', $4, $5, $6, $7, $8, 1)";
const STEP: &str = "
    UPDATE framework_workshop SET item = $2, revealed = $3, version = version + 1 WHERE id = $1 AND state = 'open'";
const CLOSE: &str = "
    UPDATE framework_workshop SET state = 'closed', code = '', version = version + 1
     WHERE assessment_id = $1 AND state = 'open'";
const ADD_SEAT: &str = "
    INSERT INTO framework_seat (token_hash, workshop_id, respondent_id, seated, released) VALUES ($1, $2, $3, $4, '')";
const SEAT: &str = "
    SELECT r.id, r.name, r.organisation, r.role, w.assessment_id
      FROM framework_seat s JOIN framework_workshop w ON w.id = s.workshop_id
      JOIN framework_respondent r ON r.id = s.respondent_id
     WHERE s.token_hash = $1 AND s.released = '' AND w.state = 'open' AND w.expires > $2";
const SEATED: &str = "
    SELECT r.id, r.name, r.organisation, r.role FROM framework_respondent r
     WHERE r.withdrawn = '' AND r.id IN (SELECT respondent_id FROM framework_seat WHERE workshop_id = $1 AND released = '')
     ORDER BY r.organisation, r.name, r.id LIMIT 1000";
/// Seats somebody ever had, and those that are theirs still.
const SEATS_OF: &str = "
    SELECT COUNT(*), COALESCE(SUM(CASE WHEN s.released = '' AND w.state = 'open' AND w.expires > $2 THEN 1 ELSE 0 END), 0)
      FROM framework_seat s JOIN framework_workshop w ON w.id = s.workshop_id WHERE s.respondent_id = $1";
const RELEASE: &str = "
    UPDATE framework_seat SET released = $3 WHERE workshop_id = $1 AND respondent_id = $2 AND released = ''";
const PERSON_OF: &str = "SELECT person FROM framework_respondent WHERE id = $1";
const ANSWERED_BY: &str = "
    SELECT COUNT(*) FROM framework_answer a
     WHERE a.assessment_id = $1 AND a.item = $2 AND (a.level IS NOT NULL OR a.not_applicable)
       AND a.respondent_id IN (SELECT s.respondent_id FROM framework_seat s JOIN framework_respondent r ON r.id = s.respondent_id
            WHERE s.workshop_id = $3 AND s.released = '' AND r.withdrawn = '')";

const VERSION_OF: &str = "SELECT hash, state FROM framework_assessment WHERE id = $1";

fn workshop(row: &Row) -> Result<Workshop, StoreError> {
    Ok(Workshop {
        id: row.text(0)?,
        assessment_id: row.text(1)?,
        code: row.text(2)?,
        is_open: row.text(3)? == "open",
        item: row.text(4)?,
        revealed: row.bool(5)?,
        expires: row.moment(6)?,
        made_by: row.text(7)?,
        version: row.int(8)?,
    })
}

/// The workshop of an assessment that was not closed.
pub async fn workshop_of(db: &Db, assessment: &str) -> Result<Option<Workshop>, StoreError> {
    db.read_one(OF, &[assessment.into()]).await?.as_ref().map(workshop).transpose()
}

pub(crate) async fn workshop_of_in(tx: &mut Tx, assessment: &str) -> Result<Option<Workshop>, StoreError> {
    tx.read_one(OF, &[assessment.into()]).await?.as_ref().map(workshop).transpose()
}

/// The workshops that go on, with what is assessed.
pub async fn open_workshops(db: &Db, viewer: &Viewer, now: Micros) -> Result<Vec<(Workshop, String)>, StoreError> {
    let rows = db.read(OPEN, &[now.into(), viewer.clearance.rank().into()]).await?;
    each(&rows, |row| Ok((workshop(row)?, row.text(9)?)))
}

pub(crate) async fn workshop_by_code(tx: &mut Tx, code: &str, now: Micros) -> Result<Option<Workshop>, StoreError> {
    tx.read_one(BY_CODE, &[code.into(), now.into()]).await?.as_ref().map(workshop).transpose()
}

pub(crate) async fn put_workshop(tx: &mut Tx, one: &Workshop, now: Micros) -> Result<(), StoreError> {
    let args = [
        (&one.id).into(),
        (&one.assessment_id).into(),
        (&one.code).into(),
        (&one.item).into(),
        one.revealed.into(),
        one.expires.into(),
        (&one.made_by).into(),
        now.into(),
    ];
    tx.run(PUT, &args).await.map(|_| ())
}

pub(crate) async fn step_workshop(tx: &mut Tx, id: &str, item: &str, revealed: bool) -> Result<u64, StoreError> {
    tx.run(STEP, &[id.into(), item.into(), revealed.into()]).await
}

pub(crate) async fn close_workshops(tx: &mut Tx, assessment: &str) -> Result<u64, StoreError> {
    tx.run(CLOSE, &[assessment.into()]).await
}

pub(crate) async fn add_seat(
    tx: &mut Tx,
    hash: &str,
    workshop: &str,
    respondent: &str,
    now: Micros,
) -> Result<(), StoreError> {
    tx.run(ADD_SEAT, &[hash.into(), workshop.into(), respondent.into(), now.into()]).await.map(|_| ())
}

/// Who sits at an address, and in which assessment.
pub async fn seat(db: &Db, hash: &str, now: Micros) -> Result<Option<(Voice, String)>, StoreError> {
    let row = db.read_one(SEAT, &[hash.into(), now.into()]).await?;
    row.map(|row| Ok((voice(&row)?, row.text(4)?))).transpose()
}

/// Who sits in a workshop.
pub async fn seated(db: &Db, workshop: &str) -> Result<Vec<Voice>, StoreError> {
    each(&db.read(SEATED, &[workshop.into()]).await?, voice)
}

/// How many seats a respondent ever had, how many are theirs still, and their login name.
pub(crate) async fn seats_of(tx: &mut Tx, respondent: &str, now: Micros) -> Result<(i64, i64, String), StoreError> {
    let counts = tx.read_one(SEATS_OF, &[respondent.into(), now.into()]).await?;
    let (ever, live) = counts.map_or(Ok((0, 0)), |row| Ok::<_, StoreError>((row.int(0)?, row.int(1)?)))?;
    let person = tx.read_one(PERSON_OF, &[respondent.into()]).await?;
    Ok((ever, live, person.map_or(Ok(String::new()), |row| row.text(0))?))
}

pub(crate) async fn release_seat(
    tx: &mut Tx,
    workshop: &str,
    respondent: &str,
    now: Micros,
) -> Result<u64, StoreError> {
    tx.run(RELEASE, &[workshop.into(), respondent.into(), now.into()]).await
}

/// How many of those who sit in a workshop answered an item.
pub async fn answered_by(db: &Db, assessment: &str, item: &str, workshop: &str) -> Result<i64, StoreError> {
    let row = db.read_one(ANSWERED_BY, &[assessment.into(), item.into(), workshop.into()]).await?;
    row.map_or(Ok(0), |row| row.int(0))
}

/// Which of some records are assessments that a viewer may not see.
pub async fn hidden(db: &Db, viewer: &Viewer, ids: &[String]) -> Result<Vec<String>, StoreError> {
    let sql = "SELECT id FROM framework_assessment WHERE tlp > $1 AND id IN (…)";
    db.read_in(sql, &[viewer.clearance.rank().into()], ids).await?.iter().map(|row| row.text(0)).collect()
}

/// The version of the catalogue of an assessment, and whether answers are taken; for whoever proved a seat in it.
pub(crate) async fn version_of(db: &Db, assessment: &str) -> Result<Option<(String, State)>, StoreError> {
    let Some(row) = db.read_one(VERSION_OF, &[assessment.into()]).await? else { return Ok(None) };
    let state = row.text(1)?;
    Ok(Some((row.text(0)?, State::parse(&state).ok_or_else(|| StoreError::unknown("state", state))?)))
}
