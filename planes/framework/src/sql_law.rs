//! Provisions of domestic law, and what they said before.

use manara_model::{Micros, Viewer};
use manara_store::{Arg, Db, Row, StoreError, Tx};

use crate::assessment::Assessment;
use crate::law::{Provision, Written};
use crate::sql;

const COLUMNS: &str = "item, citation, link, language, body, note, who, at, version";
const OF_ASSESSMENT: &str = "SELECT {} FROM framework_provision WHERE assessment_id = $1 ORDER BY item LIMIT 2000";
const ONE: &str = "SELECT {} FROM framework_provision WHERE assessment_id = $1 AND item = $2";
const BEFORE: &str = "
    SELECT {} FROM framework_provision_before WHERE assessment_id = $1 AND item = $2 ORDER BY version DESC LIMIT 50";
const KEEP: &str = "
    INSERT INTO framework_provision_before (assessment_id, item, citation, link, language, body, note, who, at, version)
    SELECT assessment_id, item, citation, link, language, body, note, who, at, version FROM framework_provision
     WHERE assessment_id = $1 AND item = $2";
const PUT: &str = "
    INSERT INTO framework_provision (assessment_id, item, citation, link, language, body, note, who, at, version)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)
    ON CONFLICT (assessment_id, item) DO UPDATE SET citation = excluded.citation, link = excluded.link,
        language = excluded.language, body = excluded.body, note = excluded.note, who = excluded.who, at = excluded.at,
        version = framework_provision.version + 1";
const OF_CATALOGUES: &str = "
    SELECT id, subject, catalogue, hash, tlp, state, made_by, made, changed, version, kind FROM framework_assessment
     WHERE tlp <= $1 AND catalogue IN (…) ORDER BY changed DESC, id DESC LIMIT 200";

fn written(row: &Row) -> Result<Written, StoreError> {
    let provision = Provision {
        citation: row.text(1)?,
        link: row.text(2)?,
        language: row.text(3)?,
        body: row.text(4)?,
        note: row.text(5)?,
    };
    Ok(Written { item: row.text(0)?, provision, who: row.text(6)?, at: row.moment(7)?, version: row.int(8)? })
}

/// The provisions of an assessment, by item.
pub async fn provisions(db: &Db, assessment: &str) -> Result<Vec<Written>, StoreError> {
    let rows = db.read(&OF_ASSESSMENT.replace("{}", COLUMNS), &[assessment.into()]).await?;
    rows.iter().map(written).collect()
}

/// What a provision said before, the newest first.
pub async fn provisions_before(db: &Db, assessment: &str, item: &str) -> Result<Vec<Written>, StoreError> {
    let rows = db.read(&BEFORE.replace("{}", COLUMNS), &[assessment.into(), item.into()]).await?;
    rows.iter().map(written).collect()
}

pub(crate) async fn one_in(tx: &mut Tx, assessment: &str, item: &str) -> Result<Option<Written>, StoreError> {
    let row = tx.read_one(&ONE.replace("{}", COLUMNS), &[assessment.into(), item.into()]).await?;
    row.as_ref().map(written).transpose()
}

/// Writes a provision; what it said before is kept.
pub(crate) async fn put(
    tx: &mut Tx,
    assessment: &str,
    item: &str,
    one: &Provision,
    who: &str,
    now: Micros,
) -> Result<(), StoreError> {
    tx.run(KEEP, &[assessment.into(), item.into()]).await?;
    let args: [Arg<'_>; 9] = [
        assessment.into(),
        item.into(),
        (&one.citation).into(),
        (&one.link).into(),
        (&one.language).into(),
        (&one.body).into(),
        (&one.note).into(),
        who.into(),
        now.into(),
    ];
    tx.run(PUT, &args).await.map(|_| ())
}

/// The assessments of some catalogues that a viewer may see, those of which something was said last first.
pub async fn of_catalogues(db: &Db, viewer: &Viewer, catalogues: &[String]) -> Result<Vec<Assessment>, StoreError> {
    let rows = db.read_in(OF_CATALOGUES, &[viewer.clearance.rank().into()], catalogues).await?;
    rows.iter().map(sql::assessment).collect()
}
