//! Sheets that came back, and what they are at odds about.

use std::collections::HashMap;

use manara_model::Micros;
use manara_store::{Arg, Db, Row, StoreError, Tx};

use super::{action, each};
use crate::jobs::Conflict;
use crate::sheet::{Action, Answer, Voice};

const VOICE_BY_ID: &str = "
    SELECT id, name, organisation, role FROM framework_respondent WHERE assessment_id = $1 AND id = $2";
const NOTE_BROUGHT: &str = "
    INSERT INTO framework_brought (content, assessment_id, respondent_id, issued, brought, who)
    VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (content) DO NOTHING";
const NOTE_BOUND: &str = "UPDATE framework_brought SET bound = $2, bound_by = $3 WHERE content = $1";
// What a table says otherwise than somebody with an account is noted here as well; it was never issued.
const BROUGHT: &str = "
    SELECT r.id, r.name, r.organisation, r.role, b.issued, b.brought, b.who, b.bound, b.bound_by
      FROM framework_brought b JOIN framework_respondent r ON r.id = b.respondent_id
     WHERE b.assessment_id = $1 AND b.issued <> b.brought ORDER BY b.brought DESC, b.content LIMIT 200";
const ANSWERS_WITH_TIMES: &str = "
    SELECT respondent_id, item, level, not_applicable, state, comment, at, version FROM framework_answer
     WHERE respondent_id = $1 ORDER BY item LIMIT 2000";
const ANSWERS_BEFORE: &str = "
    SELECT respondent_id, item, level, not_applicable, state, comment, at, version FROM framework_answer_before
     WHERE respondent_id = $1 AND at <= $2 ORDER BY item, version LIMIT 100000";
const ADD_CONFLICT: &str = "
    INSERT INTO framework_conflict (id, assessment_id, respondent_id, item, content, level, not_applicable, state, comment,
        issued, brought, decision, decided_by, decided)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '', '', '')";
const CONFLICTS: &str = "
    SELECT c.id, c.item, c.level, c.not_applicable, c.state, c.comment, c.issued, c.brought,
           r.id, r.name, r.organisation, r.role,
           a.level, a.not_applicable, a.state, a.comment, a.at, a.version
      FROM framework_conflict c JOIN framework_respondent r ON r.id = c.respondent_id
      LEFT JOIN framework_answer a ON a.respondent_id = c.respondent_id AND a.item = c.item
     WHERE c.assessment_id = $1 AND c.decision = '' AND r.withdrawn = '' AND (c.item > $2 OR (c.item = $2 AND c.id > $3))
     ORDER BY c.item, c.id LIMIT $4";
const ONE_CONFLICT: &str = "
    SELECT c.id, c.item, c.level, c.not_applicable, c.state, c.comment, c.issued, c.brought,
           r.id, r.name, r.organisation, r.role,
           a.level, a.not_applicable, a.state, a.comment, a.at, a.version
      FROM framework_conflict c JOIN framework_respondent r ON r.id = c.respondent_id
      LEFT JOIN framework_answer a ON a.respondent_id = c.respondent_id AND a.item = c.item
     WHERE c.assessment_id = $1 AND c.decision = '' AND r.withdrawn = '' AND c.id = $2";
const COUNT_CONFLICTS: &str = "
    SELECT COUNT(*) FROM framework_conflict c JOIN framework_respondent r ON r.id = c.respondent_id
     WHERE c.assessment_id = $1 AND c.decision = '' AND r.withdrawn = ''";
const DECIDE: &str = "
    UPDATE framework_conflict SET decision = $2, decided_by = $3, decided = $4 WHERE id = $1 AND decision = ''";

/// An answer with when it was given.
pub(crate) struct Timed {
    pub answer: Answer,
    pub at: Micros,
}

fn timed(row: &Row) -> Result<Timed, StoreError> {
    Ok(Timed { answer: super::answer(row)?, at: row.moment(6)? })
}

fn conflict(row: &Row) -> Result<Conflict, StoreError> {
    let voice = Voice { id: row.text(8)?, name: row.text(9)?, organisation: row.text(10)?, role: row.text(11)? };
    let item = row.text(1)?;
    let came = Answer {
        voice: voice.id.clone(),
        item: item.clone(),
        level: row.opt_int(2)?,
        not_applicable: row.bool(3)?,
        state: action(row.text(4)?)?,
        comment: row.text(5)?,
    };
    let version = row.opt_int(17)?;
    let kept = match version {
        None => None,
        Some(_) => {
            let answer = Answer {
                voice: voice.id.clone(),
                item,
                level: row.opt_int(12)?,
                not_applicable: row.bool(13)?,
                state: action(row.text(14)?)?,
                comment: row.text(15)?,
            };
            Some((answer, row.moment(16)?))
        }
    };
    let version = version.unwrap_or(0);
    Ok(Conflict { id: row.text(0)?, voice, came, kept, version, issued: row.moment(6)?, brought: row.moment(7)? })
}

/// A sheet that came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BroughtSheet {
    /// The respondent.
    pub voice: Voice,
    /// When it was issued.
    pub issued: Micros,
    /// When it came back.
    pub brought: Micros,
    /// Who brought it.
    pub who: String,
    /// What binds its answers: `no`, `digest`, `signed`; empty of those that came before that was asked.
    pub bound: String,
    /// The public key its answers are signed by; empty for none.
    pub key: String,
}

/// The sheets of an assessment that came back, the newest first.
pub async fn brought_sheets(db: &Db, assessment: &str) -> Result<Vec<BroughtSheet>, StoreError> {
    let sheet = |row: &Row| {
        Ok(BroughtSheet {
            voice: super::voice(row)?,
            issued: row.moment(4)?,
            brought: row.moment(5)?,
            who: row.text(6)?,
            bound: row.text(7)?,
            key: row.text(8)?,
        })
    };
    db.read(BROUGHT, &[assessment.into()]).await?.iter().map(sheet).collect()
}

/// The respondent of an id.
pub(crate) async fn voice_by_id(tx: &mut Tx, assessment: &str, id: &str) -> Result<Option<Voice>, StoreError> {
    tx.read_one(VOICE_BY_ID, &[assessment.into(), id.into()]).await?.as_ref().map(super::voice).transpose()
}

/// Notes what binds the answers of a sheet that came back, and by whose key.
pub(crate) async fn note_bound(tx: &mut Tx, content: &str, bound: &str, key: &str) -> Result<(), StoreError> {
    tx.run(NOTE_BOUND, &[content.into(), bound.into(), key.into()]).await.map(|_| ())
}

/// Notes that a sheet came back; false when the same did before.
pub(crate) async fn note_brought(
    tx: &mut Tx,
    content: &str,
    (assessment, respondent): (&str, &str),
    (issued, brought): (Micros, Micros),
    who: &str,
) -> Result<bool, StoreError> {
    let args = [content.into(), assessment.into(), respondent.into(), issued.into(), brought.into(), who.into()];
    Ok(tx.run(NOTE_BROUGHT, &args).await? == 1)
}

/// The answers of a respondent by item: as they are, and as they were at a moment.
pub(crate) async fn answers_then(
    tx: &mut Tx,
    voice: &str,
    then: Micros,
) -> Result<(HashMap<String, Timed>, HashMap<String, Answer>), StoreError> {
    let now = each(&tx.read(ANSWERS_WITH_TIMES, &[voice.into()]).await?, timed)?;
    // In the order of their versions: the last of an item is what it was then.
    let before = each(&tx.read(ANSWERS_BEFORE, &[voice.into(), then.into()]).await?, timed)?;
    let mut base: HashMap<String, Answer> =
        before.into_iter().map(|one| (one.answer.item.clone(), one.answer)).collect();
    for one in now.iter().filter(|one| one.at <= then) {
        base.insert(one.answer.item.clone(), one.answer.clone());
    }
    Ok((now.into_iter().map(|one| (one.answer.item.clone(), one)).collect(), base))
}

/// Keeps what a sheet is at odds about.
pub(crate) async fn add_conflict(
    tx: &mut Tx,
    (id, assessment, content): (&str, &str, &str),
    came: &Answer,
    (issued, brought): (Micros, Micros),
) -> Result<(), StoreError> {
    let args: [Arg<'_>; 11] = [
        id.into(),
        assessment.into(),
        (&came.voice).into(),
        (&came.item).into(),
        content.into(),
        came.level.into(),
        came.not_applicable.into(),
        came.state.map_or("", Action::as_str).into(),
        (&came.comment).into(),
        issued.into(),
        brought.into(),
    ];
    tx.run(ADD_CONFLICT, &args).await.map(|_| ())
}

/// What waits for a decision, in the order of items, after one of them.
pub async fn conflicts(
    db: &Db,
    assessment: &str,
    (item, id): (&str, &str),
    rows: i64,
) -> Result<Vec<Conflict>, StoreError> {
    each(&db.read(CONFLICTS, &[assessment.into(), item.into(), id.into(), rows.into()]).await?, conflict)
}

pub(crate) async fn conflict_in(tx: &mut Tx, assessment: &str, id: &str) -> Result<Option<Conflict>, StoreError> {
    tx.read_one(ONE_CONFLICT, &[assessment.into(), id.into()]).await?.as_ref().map(conflict).transpose()
}

/// How much waits for a decision.
pub async fn count_conflicts(db: &Db, assessment: &str) -> Result<i64, StoreError> {
    db.read_one(COUNT_CONFLICTS, &[assessment.into()]).await?.map_or(Ok(0), |row| row.int(0))
}

pub(crate) async fn decide(tx: &mut Tx, id: &str, decision: &str, who: &str, now: Micros) -> Result<bool, StoreError> {
    Ok(tx.run(DECIDE, &[id.into(), decision.into(), who.into(), now.into()]).await? == 1)
}
