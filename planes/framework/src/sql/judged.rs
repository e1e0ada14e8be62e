//! What moderators judged of evidence, and what they judged before.

use std::collections::HashMap;

use manara_model::Micros;
use manara_store::{Db, Row, StoreError, Tx};

use super::each;

const JUDGED: &str = "
    SELECT e.id, e.judgement, e.supports, e.judged_by, e.judged
      FROM framework_evidence e
     WHERE e.assessment_id = $1 AND e.judged <> '' AND e.removed = '' ORDER BY e.id LIMIT 100000";
const ONE: &str = "
    SELECT id, judgement, supports, judged_by, judged FROM framework_evidence
     WHERE assessment_id = $1 AND id = $2 AND removed = ''";
const BEFORE: &str = "
    SELECT b.evidence_id, b.version, b.supports, b.judged_by, b.judged, b.ended_by, b.ended
      FROM framework_judgement_before b JOIN framework_evidence e ON e.id = b.evidence_id
     WHERE e.assessment_id = $1 AND e.removed = '' AND e.item IN (…) ORDER BY b.ended DESC, b.version DESC LIMIT 2000";
const KEEP: &str = "
    INSERT INTO framework_judgement_before (evidence_id, version, supports, judged_by, judged, ended_by, ended)
    SELECT id, judgement, supports, judged_by, judged, $2, $3 FROM framework_evidence WHERE id = $1 AND judged <> ''";
const JUDGE: &str = "
    UPDATE framework_evidence SET supports = $2, judged_by = $3, judged = $4, judgement = judgement + 1 WHERE id = $1";

/// What somebody judged of a piece of evidence, and until when that stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// The evidence.
    pub evidence: String,
    /// Grows with every judgement of it; 0 while nobody judged.
    pub version: i64,
    /// Up to which level it proves its item; nothing when it proves nothing.
    pub supports: Option<i64>,
    /// Who judged.
    pub who: String,
    /// When; nothing while nobody did.
    pub at: Option<Micros>,
    /// Who judged anew, and when; nothing while it stands.
    pub ended: Option<(String, Micros)>,
}

fn standing(row: &Row) -> Result<Judged, StoreError> {
    Ok(Judged {
        evidence: row.text(0)?,
        version: row.int(1)?,
        supports: row.opt_int(2)?,
        who: row.text(3)?,
        at: row.opt_moment(4)?,
        ended: None,
    })
}

fn ended(row: &Row) -> Result<Judged, StoreError> {
    Ok(Judged { ended: Some((row.text(5)?, row.moment(6)?)), ..standing(row)? })
}

/// What stands of the evidence of an assessment that somebody judged, by its id.
pub async fn judged(db: &Db, assessment: &str) -> Result<HashMap<String, Judged>, StoreError> {
    let all = each(&db.read(JUDGED, &[assessment.into()]).await?, standing)?;
    Ok(all.into_iter().map(|judged| (judged.evidence.clone(), judged)).collect())
}

/// What was judged of the evidence of some items before, newest first.
pub async fn judged_before(db: &Db, assessment: &str, items: &[String]) -> Result<Vec<Judged>, StoreError> {
    each(&db.read_in(BEFORE, &[assessment.into()], items).await?, ended)
}

/// What stands of a piece of evidence; nothing when there is no such evidence.
pub(crate) async fn judged_in(tx: &mut Tx, assessment: &str, id: &str) -> Result<Option<Judged>, StoreError> {
    tx.read_one(ONE, &[assessment.into(), id.into()]).await?.as_ref().map(standing).transpose()
}

/// Judges a piece of evidence; what was judged of it before is kept.
pub(crate) async fn judge(
    tx: &mut Tx,
    id: &str,
    supports: Option<i64>,
    who: &str,
    now: Micros,
) -> Result<(), StoreError> {
    tx.run(KEEP, &[id.into(), who.into(), now.into()]).await?;
    tx.run(JUDGE, &[id.into(), supports.into(), who.into(), now.into()]).await.map(|_| ())
}
