//! Figures that were accepted as evidence.

use manara_model::Micros;
use manara_store::{Arg, Db, Row, StoreError, Tx};

const PUT: &str = "
    INSERT INTO framework_figure (evidence_id, assessment_id, item, figure, revision, value, n, first_day, last_day, sha256,
        accepted_by, accepted) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
const OF_ASSESSMENT: &str = "
    SELECT f.evidence_id, f.item, f.figure, f.revision, f.value, f.n, f.first_day, f.last_day, f.sha256, f.accepted_by, f.accepted
      FROM framework_figure f JOIN framework_evidence e ON e.id = f.evidence_id
     WHERE f.assessment_id = $1 AND e.removed = '' ORDER BY f.accepted DESC, f.evidence_id LIMIT 1000";

/// A figure that somebody accepted as evidence.
#[derive(Debug, Clone, PartialEq)]
pub struct Accepted {
    /// The evidence it became.
    pub evidence_id: String,
    /// The item it is shown for.
    pub item: String,
    /// The measure.
    pub figure: String,
    /// The version of its definition.
    pub revision: i64,
    /// What it was.
    pub value: f64,
    /// Of how many cases.
    pub n: i64,
    /// The first day of its period.
    pub first_day: String,
    /// The last.
    pub last_day: String,
    /// The SHA-256 of its canonical JSON.
    pub sha256: String,
    /// Who accepted it.
    pub accepted_by: String,
    /// When.
    pub accepted: Micros,
}

pub(crate) async fn put(tx: &mut Tx, assessment: &str, one: &Accepted) -> Result<(), StoreError> {
    let args: [Arg<'_>; 12] = [
        (&one.evidence_id).into(),
        assessment.into(),
        (&one.item).into(),
        (&one.figure).into(),
        one.revision.into(),
        one.value.into(),
        one.n.into(),
        (&one.first_day).into(),
        (&one.last_day).into(),
        (&one.sha256).into(),
        (&one.accepted_by).into(),
        one.accepted.into(),
    ];
    tx.run(PUT, &args).await.map(|_| ())
}

fn accepted(row: &Row) -> Result<Accepted, StoreError> {
    Ok(Accepted {
        evidence_id: row.text(0)?,
        item: row.text(1)?,
        figure: row.text(2)?,
        revision: row.int(3)?,
        value: row.real(4)?,
        n: row.int(5)?,
        first_day: row.text(6)?,
        last_day: row.text(7)?,
        sha256: row.text(8)?,
        accepted_by: row.text(9)?,
        accepted: row.moment(10)?,
    })
}

/// The figures that were accepted in an assessment and not taken back, the newest first.
pub async fn accepted_figures(db: &Db, assessment: &str) -> Result<Vec<Accepted>, StoreError> {
    db.read(OF_ASSESSMENT, &[assessment.into()]).await?.iter().map(accepted).collect()
}
