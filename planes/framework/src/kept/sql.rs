//! Kept designs in the state database.

use manara_model::{Micros, Viewer};
use manara_store::{Arg, Db, Row, StoreError, Tx};

use super::{DESIGNS, DesignState, KeptDesign, aim};
use crate::design::Design;

const COLUMNS: &str = "d.id, d.assessment_id, a.subject, d.name, d.asked, d.aim, d.sha256, d.state, d.made_by, d.made, d.changed, d.version";
const FROM: &str = "framework_design d JOIN framework_assessment a ON a.id = d.assessment_id";

const PUT: &str = "
    INSERT INTO framework_design (id, assessment_id, name, asked, aim, content, sha256, state, made_by, made, changed, version)
    VALUES ($1, $2, $3, $4, $5, $6, $7, 'draft', $8, $9, $9, 1)";
const GET: &str = "SELECT {columns} FROM {from} WHERE d.id = $1 AND a.tlp <= $2";
const ANSWER: &str = "SELECT d.content FROM {from} WHERE d.id = $1 AND a.tlp <= $2";
const PAGE: &str = "SELECT {columns} FROM {from} WHERE a.tlp <= $1 AND d.id > $2 ORDER BY d.id LIMIT $3";
const OF: &str = "
    SELECT {columns} FROM {from} WHERE d.assessment_id = $1 AND a.tlp <= $2 ORDER BY d.id DESC LIMIT $3";
const COUNT: &str = "SELECT COUNT(*) FROM framework_design WHERE assessment_id = $1";
const SET_STATE: &str = "
    UPDATE framework_design SET state = $2, changed = $3, version = version + 1 WHERE id = $1";

fn filled(sql: &str) -> String {
    sql.replace("{columns}", COLUMNS).replace("{from}", FROM)
}

/// Reads a row of the columns of a kept design.
pub(crate) fn read(row: &Row) -> Result<KeptDesign, StoreError> {
    let (asked, by, state) = (row.text(4)?, row.text(5)?, row.text(7)?);
    Ok(KeptDesign {
        id: row.text(0)?,
        assessment_id: row.text(1)?,
        subject: row.text(2)?,
        name: row.text(3)?,
        asked: serde_json::from_str(&asked).map_err(|error| StoreError::unknown("framework_design.asked", error))?,
        aim: aim(&by).ok_or_else(|| StoreError::unknown("framework_design.aim", by))?,
        sha256: row.text(6)?,
        state: DesignState::parse(&state).ok_or_else(|| StoreError::unknown("framework_design.state", state))?,
        made_by: row.text(8)?,
        made: row.moment(9)?,
        changed: row.moment(10)?,
        version: row.int(11)?,
    })
}

fn each(rows: &[Row]) -> Result<Vec<KeptDesign>, StoreError> {
    rows.iter().map(read).collect()
}

pub(super) async fn put(tx: &mut Tx, one: &KeptDesign, asked: &str, content: &str) -> Result<(), StoreError> {
    let args: [Arg<'_>; 9] = [
        (&one.id).into(),
        (&one.assessment_id).into(),
        (&one.name).into(),
        asked.into(),
        one.aim.as_str().into(),
        content.into(),
        (&one.sha256).into(),
        (&one.made_by).into(),
        one.made.into(),
    ];
    tx.run(PUT, &args).await.map(|_| ())
}

pub(super) async fn set_state(tx: &mut Tx, id: &str, state: DesignState, now: Micros) -> Result<(), StoreError> {
    tx.run(SET_STATE, &[id.into(), state.as_str().into(), now.into()]).await.map(|_| ())
}

pub(super) async fn count(tx: &mut Tx, assessment: &str) -> Result<i64, StoreError> {
    tx.read_one(COUNT, &[assessment.into()]).await?.map_or(Ok(0), |row| row.int(0))
}

/// A kept design inside a transaction.
pub(crate) async fn design_in(tx: &mut Tx, viewer: &Viewer, id: &str) -> Result<Option<KeptDesign>, StoreError> {
    tx.read_one(&filled(GET), &[id.into(), viewer.clearance.rank().into()]).await?.as_ref().map(read).transpose()
}

/// A kept design, if the viewer may see its assessment.
pub async fn kept_design(db: &Db, viewer: &Viewer, id: &str) -> Result<Option<KeptDesign>, StoreError> {
    db.read_one(&filled(GET), &[id.into(), viewer.clearance.rank().into()]).await?.as_ref().map(read).transpose()
}

/// The whole answer of the solver that a kept design keeps: the design of each aim.
pub async fn design_answer(db: &Db, viewer: &Viewer, id: &str) -> Result<Vec<Design>, StoreError> {
    let row = db.read_one(&filled(ANSWER), &[id.into(), viewer.clearance.rank().into()]).await?;
    let text = row.ok_or_else(|| StoreError::NotFound(format!("design {id}")))?.text(0)?;
    serde_json::from_str(&text).map_err(|error| StoreError::unknown("framework_design.content", error))
}

/// Kept designs in the order of their ids, after one of them.
pub async fn kept_designs(db: &Db, viewer: &Viewer, after: &str, rows: i64) -> Result<Vec<KeptDesign>, StoreError> {
    each(&db.read(&filled(PAGE), &[viewer.clearance.rank().into(), after.into(), rows.into()]).await?)
}

/// The designs that were kept of an assessment, newest first.
pub async fn designs_of(db: &Db, viewer: &Viewer, assessment: &str) -> Result<Vec<KeptDesign>, StoreError> {
    each(&db.read(&filled(OF), &[assessment.into(), viewer.clearance.rank().into(), DESIGNS.into()]).await?)
}
