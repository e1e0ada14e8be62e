//! Deciding: what people, or a rule, say of notices.

use std::collections::HashMap;

use manara_model::Micros;
use manara_store::{Db, Jobs, StoreError, Tx};
use serde_json::Value;

use super::send::{SEND_JOB, job_id};
use super::{WarningError, detail, write_lines};
use crate::notice::{Notice, NoticeState, Step, StepError};
use crate::sql;

/// How many notices one transaction decides about.
const AT_ONCE: usize = 500;

/// What a decision changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changed {
    /// Ids that are as they were asked to be.
    pub done: Vec<String>,
    /// Ids that are not, and why.
    pub refused: Vec<(String, StepError)>,
}

/// Says that drafts may go; those with their attachments are queued.
pub async fn approve(db: &Db, ids: &[String], who: &str, now: Micros) -> Result<Changed, WarningError> {
    decide(db, ids, who, Step::Approve, now).await
}

/// Says that notices shall not go. What they tell of is not drafted again on that day.
pub async fn cancel(db: &Db, ids: &[String], who: &str, now: Micros) -> Result<Changed, WarningError> {
    decide(db, ids, who, Step::Cancel, now).await
}

/// Takes a decision back: the notice is a draft again.
pub async fn redraft(db: &Db, ids: &[String], who: &str, now: Micros) -> Result<Changed, WarningError> {
    decide(db, ids, who, Step::Redraft, now).await
}

/// Queues notices that failed once more.
pub async fn retry(db: &Db, ids: &[String], who: &str, now: Micros) -> Result<Changed, WarningError> {
    decide(db, ids, who, Step::Retry, now).await
}

/// Takes a step with one notice, or notes that help was given to it, if it is in the state the caller has read; `None` when it
/// is in another. An empty `expected` is any.
pub(crate) async fn decide_one(
    db: &Db,
    (id, expected): (&str, &str),
    who: &str,
    step: Option<Step>,
    now: Micros,
) -> Result<Option<Changed>, WarningError> {
    let ids = [id.to_string()];
    let mut tx = db.begin().await?;
    sql::turn(&mut tx, now).await?;
    let heads = sql::notices(&mut tx, &[id]).await?;
    if let (false, Some(notice)) = (expected.is_empty(), heads.get(id))
        && sql::state_in(&mut tx, notice).await? != expected
    {
        return Ok(None);
    }
    let mut changed = Changed::default();
    match step {
        Some(step) => drop(decide_in(&mut tx, heads, &ids, (who, ""), step, now, &mut changed).await?),
        None => drop(super::answers::help_given_in(&mut tx, &ids, who, now).await?),
    }
    tx.commit().await?;
    Ok(Some(changed))
}

async fn decide(db: &Db, ids: &[String], who: &str, step: Step, now: Micros) -> Result<Changed, WarningError> {
    let mut changed = Changed::default();
    for part in ids.chunks(AT_ONCE) {
        decide_part(db, part, who, step, now, &mut changed).await?;
    }
    Ok(changed)
}

async fn decide_part(
    db: &Db,
    ids: &[String],
    who: &str,
    step: Step,
    now: Micros,
    changed: &mut Changed,
) -> Result<(), WarningError> {
    let mut tx = db.begin().await?;
    sql::turn(&mut tx, now).await?;
    let asked: Vec<&str> = ids.iter().map(String::as_str).collect();
    let heads = sql::notices(&mut tx, &asked).await?;
    decide_in(&mut tx, heads, ids, (who, ""), step, now, changed).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes a step with the notices of some ids that are there, in the turn of the caller's; says which moved, as they were
/// before. `bulk` is the change of many it belongs to, when it belongs to one.
pub(super) async fn decide_in(
    tx: &mut Tx,
    mut heads: HashMap<String, Notice>,
    ids: &[String],
    (who, bulk): (&str, &str),
    step: Step,
    now: Micros,
    changed: &mut Changed,
) -> Result<Vec<Notice>, StoreError> {
    let mut moved: Vec<Notice> = Vec::new();
    for id in ids {
        let Some(notice) = heads.remove(id) else {
            if !changed.done.contains(id) {
                changed.refused.push((id.clone(), StepError::NotFound));
            }
            continue;
        };
        match may(tx, &notice, step).await? {
            Ok(state) => {
                changed.done.push(id.clone());
                if state != notice.state {
                    // One by one, so that of two notices of one day only the first becomes the draft.
                    if step == Step::Redraft {
                        sql::set_redrafted(tx, id).await?;
                    }
                    moved.push(notice);
                }
            }
            Err(why) => changed.refused.push((id.clone(), why)),
        }
    }
    let moved_ids: Vec<&str> = moved.iter().map(|notice| notice.id.as_str()).collect();
    let verb = match step {
        Step::Approve => {
            sql::set_approved(tx, &moved_ids, who, now).await?;
            "notice_approved"
        }
        Step::Cancel => {
            sql::set_cancelled(tx, &moved_ids, now).await?;
            "notice_cancelled"
        }
        Step::Retry => "notice_retried",
        _ => "notice_redrafted",
    };
    let line = |notice: &Notice| {
        let mut more = vec![("from", Value::from(notice.state.as_str()))];
        more.extend((!bulk.is_empty()).then(|| ("bulk", Value::from(bulk))));
        (notice.id.clone(), detail(notice, &more))
    };
    write_lines(tx, who, verb, moved.iter().map(line).collect(), now).await?;
    for notice in moved.iter().filter(|notice| notice.state == NoticeState::Queued) {
        Jobs::done(tx, &job_id(&notice.id, notice.rounds)).await?;
    }
    let ready = |notice: &&Notice| match step {
        Step::Approve => notice.filled,
        Step::Retry => true,
        _ => false,
    };
    let ready: Vec<Notice> = moved.iter().filter(ready).cloned().collect();
    queue(tx, &ready, who, now).await?;
    Ok(moved)
}

/// The state after the step, or what is in the way.
async fn may(tx: &mut Tx, notice: &Notice, step: Step) -> Result<Result<NoticeState, StepError>, StoreError> {
    let state = match notice.state.after(step) {
        Ok(state) => state,
        Err(why) => return Ok(Err(why)),
    };
    if notice.state == NoticeState::Queued && notice.sending && state != notice.state {
        return Ok(Err(StepError::BeingSent));
    }
    if matches!(step, Step::Approve | Step::Retry) && notice.recipients.is_empty() {
        return Ok(Err(StepError::NoRecipient));
    }
    if step == Step::Redraft
        && notice.about.is_empty()
        && notice.state != NoticeState::Draft
        && sql::has_other_draft(tx, notice).await?
    {
        return Ok(Err(StepError::OtherDraft));
    }
    Ok(Ok(state))
}

/// Hands complete notices to the sending job.
pub(super) async fn queue(tx: &mut Tx, notices: &[Notice], who: &str, now: Micros) -> Result<(), StoreError> {
    let ids: Vec<&str> = notices.iter().map(|notice| notice.id.as_str()).collect();
    sql::set_queued(tx, &ids, now).await?;
    let mut lines = Vec::with_capacity(notices.len());
    for notice in notices {
        let rounds = notice.rounds + 1;
        let payload = serde_json::json!({ "notice": notice.id, "round": rounds }).to_string();
        Jobs::add(tx, &job_id(&notice.id, rounds), SEND_JOB, &payload, now).await?;
        lines.push((notice.id.clone(), detail(notice, &[("round", Value::from(rounds))])));
    }
    write_lines(tx, who, "notice_queued", lines, now).await
}
