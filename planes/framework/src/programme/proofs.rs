//! What proved a task that was accepted and then opened again. Nothing of it is lost: words, files, who accepted and who opened.

use manara_model::Micros;
use manara_store::{Db, Row, StoreError, Tx};
use serde_json::{Value, json};

use super::{Proof, sql};
use crate::plan::Day;

const KEEP: &str = "
    INSERT INTO framework_task_before (task_id, version, actual_start, actual_end, proof, evidence, sha256, accepted_by, accepted,
        opened_by, opened)
    SELECT id, version, actual_start, actual_end, proof, evidence, sha256, accepted_by, accepted, $2, $3 FROM framework_task
     WHERE id = $1 AND accepted <> ''";
const OF: &str = "
    SELECT b.version, b.actual_start, b.actual_end, b.proof, b.evidence, b.sha256, b.accepted_by, b.accepted, b.opened_by, b.opened
      FROM framework_task_before b JOIN framework_task t ON t.id = b.task_id
     WHERE t.programme_id = $1 AND b.task_id = $2 AND t.removed = '' ORDER BY b.version DESC LIMIT 200";

/// An acceptance that somebody took back by opening the task again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastProof {
    /// The version the task had while it was accepted.
    pub version: i64,
    /// What proved it.
    pub proof: Proof,
    /// The day it was begun.
    pub begun: Option<Day>,
    /// The day it was done.
    pub done: Option<Day>,
    /// Who accepted it.
    pub accepted_by: String,
    /// When.
    pub accepted: Micros,
    /// Who opened the task again.
    pub opened_by: String,
    /// When.
    pub opened: Micros,
}

/// Keeps what proves a task that is about to be opened again; a task that is not accepted has nothing to keep.
pub(super) async fn keep_proof(tx: &mut Tx, task: &str, who: &str, now: Micros) -> Result<(), StoreError> {
    tx.run(KEEP, &[task.into(), who.into(), now.into()]).await.map(|_| ())
}

fn past(row: &Row) -> Result<PastProof, StoreError> {
    Ok(PastProof {
        version: row.int(0)?,
        begun: sql::maybe_day("framework_task_before.actual_start", row.text(1)?)?,
        done: sql::maybe_day("framework_task_before.actual_end", row.text(2)?)?,
        proof: Proof { words: row.text(3)?, evidence: row.text(4)?, sha256: row.text(5)? },
        accepted_by: row.text(6)?,
        accepted: row.moment(7)?,
        opened_by: row.text(8)?,
        opened: row.moment(9)?,
    })
}

/// What proved a task of a programme before it was opened again, newest first.
pub async fn past_proofs(db: &Db, programme: &str, task: &str) -> Result<Vec<PastProof>, StoreError> {
    db.read(OF, &[programme.into(), task.into()]).await?.iter().map(past).collect()
}

/// It as programs read it.
pub fn past_proof_json(one: &PastProof) -> Value {
    json!({
        "version": one.version, "proof": one.proof.words, "evidence": one.proof.evidence, "sha256": one.proof.sha256,
        "actual_start": one.begun.map(|day| day.to_string()), "actual_end": one.done.map(|day| day.to_string()),
        "accepted_by": one.accepted_by, "accepted": one.accepted.rfc3339(), "opened_by": one.opened_by,
        "opened": one.opened.rfc3339(),
    })
}
