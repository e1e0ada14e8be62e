//! What was said and agreed, when, by whom, and what it was before.

use std::collections::HashMap;

use manara_model::Micros;
use manara_store::{Db, Row, StoreError, Tx};

use super::{consensus, each};
use crate::sheet::{Answer, Consensus};

const TOLD: &str = "
    SELECT a.respondent_id, a.item, a.level, a.not_applicable, a.state, a.comment, a.who, a.at, a.version
      FROM framework_answer a JOIN framework_respondent r ON r.id = a.respondent_id
     WHERE a.assessment_id = $1 AND r.withdrawn = '' AND a.item IN (…) ORDER BY a.item, a.respondent_id LIMIT 100000";
const TOLD_BEFORE: &str = "
    SELECT b.respondent_id, b.item, b.level, b.not_applicable, b.state, b.comment, b.who, b.at, b.version
      FROM framework_answer_before b JOIN framework_respondent r ON r.id = b.respondent_id
     WHERE r.assessment_id = $1 AND r.withdrawn = '' AND b.item IN (…) ORDER BY b.at DESC, b.version DESC LIMIT 2000";
const TOLD_OF: &str = "
    SELECT respondent_id, item, level, not_applicable, state, comment, who, at, version FROM framework_answer
     WHERE respondent_id = $1 ORDER BY item LIMIT 2000";
const ANSWER_AT: &str = "
    SELECT respondent_id, item, level, not_applicable, state, comment FROM framework_answer_before
     WHERE respondent_id = $1 AND item = $2 AND version = $3";
const WAITING_OF: &str = "
    SELECT respondent_id, item, level, not_applicable, state, comment FROM framework_conflict
     WHERE respondent_id = $1 AND decision = '' ORDER BY item, id LIMIT 2000";

const AGREED: &str = "
    SELECT item, level, not_applicable, reason, who, at, version FROM framework_consensus
     WHERE assessment_id = $1 ORDER BY item LIMIT 2000";
const ONE_AGREED: &str = "
    SELECT item, level, not_applicable, reason, who, at, version FROM framework_consensus
     WHERE assessment_id = $1 AND item = $2";
const AGREED_BEFORE: &str = "
    SELECT item, level, not_applicable, reason, who, at, version, ended_by, ended FROM framework_consensus_before
     WHERE assessment_id = $1 AND item IN (…) ORDER BY ended DESC, version DESC LIMIT 2000";
const KEEP_AGREED: &str = "
    INSERT INTO framework_consensus_before (assessment_id, item, version, level, not_applicable, reason, who, at, ended_by, ended)
    SELECT assessment_id, item, version, level, not_applicable, reason, who, at, $3, $4 FROM framework_consensus
     WHERE assessment_id = $1 AND item = $2";
const DROP_AGREED: &str = "DELETE FROM framework_consensus WHERE assessment_id = $1 AND item = $2";

/// An answer, who wrote it and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The answer.
    pub answer: Answer,
    /// Who wrote it.
    pub who: String,
    /// When.
    pub at: Micros,
    /// Grows with every change of it.
    pub version: i64,
}

/// What was agreed about an item, and until when it stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreed {
    /// What was agreed.
    pub consensus: Consensus,
    /// When it was recorded.
    pub at: Micros,
    /// Grows with every change of what is agreed about the item.
    pub version: i64,
    /// Who ended it, and when; nothing while it stands.
    pub ended: Option<(String, Micros)>,
}

fn told_row(row: &Row) -> Result<Told, StoreError> {
    Ok(Told { answer: super::answer(row)?, who: row.text(6)?, at: row.moment(7)?, version: row.int(8)? })
}

fn standing(row: &Row) -> Result<Agreed, StoreError> {
    Ok(Agreed { consensus: consensus(row)?, at: row.moment(5)?, version: row.int(6)?, ended: None })
}

fn ended(row: &Row) -> Result<Agreed, StoreError> {
    Ok(Agreed { ended: Some((row.text(7)?, row.moment(8)?)), ..standing(row)? })
}

/// What is said of some items, by those who count.
pub async fn told(db: &Db, assessment: &str, items: &[String]) -> Result<Vec<Told>, StoreError> {
    each(&db.read_in(TOLD, &[assessment.into()], items).await?, told_row)
}

/// What was said of some items before, newest first.
pub async fn told_before(db: &Db, assessment: &str, items: &[String]) -> Result<Vec<Told>, StoreError> {
    each(&db.read_in(TOLD_BEFORE, &[assessment.into()], items).await?, told_row)
}

/// The answers of a respondent by item.
pub async fn told_of(db: &Db, voice: &str) -> Result<HashMap<String, Told>, StoreError> {
    let all = each(&db.read(TOLD_OF, &[voice.into()]).await?, told_row)?;
    Ok(all.into_iter().map(|told| (told.answer.item.clone(), told)).collect())
}

/// The same inside a transaction.
pub(crate) async fn answers_timed(tx: &mut Tx, voice: &str) -> Result<HashMap<String, Told>, StoreError> {
    let all = each(&tx.read(TOLD_OF, &[voice.into()]).await?, told_row)?;
    Ok(all.into_iter().map(|told| (told.answer.item.clone(), told)).collect())
}

/// What an answer was in a version that another one followed.
pub(crate) async fn answer_at(
    tx: &mut Tx,
    voice: &str,
    item: &str,
    version: i64,
) -> Result<Option<Answer>, StoreError> {
    let args = [voice.into(), item.into(), version.into()];
    tx.read_one(ANSWER_AT, &args).await?.as_ref().map(super::answer).transpose()
}

/// What came in the name of a respondent and waits for a decision.
pub(crate) async fn waiting_of(tx: &mut Tx, voice: &str) -> Result<Vec<Answer>, StoreError> {
    each(&tx.read(WAITING_OF, &[voice.into()]).await?, super::answer)
}

/// What is agreed, by item.
pub async fn agreed(db: &Db, assessment: &str) -> Result<HashMap<String, Agreed>, StoreError> {
    let all = each(&db.read(AGREED, &[assessment.into()]).await?, standing)?;
    Ok(all.into_iter().map(|agreed| (agreed.consensus.item.clone(), agreed)).collect())
}

/// What was agreed about some items before, newest first.
pub async fn agreed_before(db: &Db, assessment: &str, items: &[String]) -> Result<Vec<Agreed>, StoreError> {
    each(&db.read_in(AGREED_BEFORE, &[assessment.into()], items).await?, ended)
}

/// What is agreed about an item.
pub(crate) async fn agreed_in(tx: &mut Tx, assessment: &str, item: &str) -> Result<Option<Agreed>, StoreError> {
    tx.read_one(ONE_AGREED, &[assessment.into(), item.into()]).await?.as_ref().map(standing).transpose()
}

/// Ends what is agreed about an item, if anything is, and keeps it.
pub(crate) async fn end_consensus(
    tx: &mut Tx,
    assessment: &str,
    item: &str,
    who: &str,
    now: Micros,
) -> Result<(), StoreError> {
    tx.run(KEEP_AGREED, &[assessment.into(), item.into(), who.into(), now.into()]).await?;
    tx.run(DROP_AGREED, &[assessment.into(), item.into()]).await.map(|_| ())
}
