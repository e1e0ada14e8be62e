//! Deciding: what people, or a rule, say of notices.

use std::collections::HashMap;

use manara_model::{Micros, Tlp};
use manara_store::{Db, Jobs, StoreError, Tx};
use manara_web::{Right, is_alone_in};
use serde_json::Value;

use super::send::{SEND_JOB, job_id};
use super::{WarningError, detail, write_lines};
use crate::notice::{Notice, NoticeState, Step, StepError};
use crate::second::approval;
use crate::sql;

/// How many notices one transaction decides about.
const AT_ONCE: usize = 500;

/// What a decision changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changed {
    /// Ids that are as they were asked to be.
    pub done: Vec<String>,
    /// Those of them that were approved and wait for a second person.
    pub waiting: Vec<String>,
    /// Ids that are not, and why.
    pub refused: Vec<(String, StepError)>,
}

/// Who decides, for which change of many, and in which house.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Decider<'a> {
    /// Their name.
    pub who: &'a str,
    /// The change of many it belongs to; empty for none.
    pub bulk: &'a str,
    /// The strictest marking for which one person is enough; none when one always is.
    pub above: Option<Tlp>,
}

/// Says that drafts may go; those with their attachments are queued. What is marked more strictly than `above` needs two people: the
/// approval of the first lets it wait for that of the second.
pub async fn approve(
    db: &Db,
    ids: &[String],
    who: &str,
    above: Option<Tlp>,
    now: Micros,
) -> Result<Changed, WarningError> {
    decide(db, ids, Decider { who, bulk: "", above }, Step::Approve, now).await
}

/// Says that notices shall not go. What they tell of is not drafted again on that day.
pub async fn cancel(db: &Db, ids: &[String], who: &str, now: Micros) -> Result<Changed, WarningError> {
    decide(db, ids, Decider::of(who), Step::Cancel, now).await
}

/// Takes a decision back: the notice is a draft again.
pub async fn redraft(db: &Db, ids: &[String], who: &str, now: Micros) -> Result<Changed, WarningError> {
    decide(db, ids, Decider::of(who), Step::Redraft, now).await
}

/// Queues notices that failed once more.
pub async fn retry(db: &Db, ids: &[String], who: &str, now: Micros) -> Result<Changed, WarningError> {
    decide(db, ids, Decider::of(who), Step::Retry, now).await
}

impl<'a> Decider<'a> {
    /// Somebody who decides what one person may.
    pub(crate) fn of(who: &'a str) -> Self {
        Decider { who, bulk: "", above: None }
    }
}

/// Takes a step with one notice, or notes that help was given to it, if it is in the state the caller has read; `None` when it
/// is in another. An empty `expected` is any.
pub(crate) async fn decide_one(
    db: &Db,
    (id, expected): (&str, &str),
    by: Decider<'_>,
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
        Some(step) => drop(decide_in(&mut tx, heads, &ids, by, step, now, &mut changed).await?),
        None => drop(super::answers::help_given_in(&mut tx, &ids, by.who, now).await?),
    }
    tx.commit().await?;
    Ok(Some(changed))
}

async fn decide(db: &Db, ids: &[String], by: Decider<'_>, step: Step, now: Micros) -> Result<Changed, WarningError> {
    let mut changed = Changed::default();
    for part in ids.chunks(AT_ONCE) {
        decide_part(db, part, by, step, now, &mut changed).await?;
    }
    Ok(changed)
}

async fn decide_part(
    db: &Db,
    ids: &[String],
    by: Decider<'_>,
    step: Step,
    now: Micros,
    changed: &mut Changed,
) -> Result<(), WarningError> {
    let mut tx = db.begin().await?;
    sql::turn(&mut tx, now).await?;
    let asked: Vec<&str> = ids.iter().map(String::as_str).collect();
    let heads = sql::notices(&mut tx, &asked).await?;
    decide_in(&mut tx, heads, ids, by, step, now, changed).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes a step with the notices of some ids that are there, in the turn of the caller's; says which moved, as they were
/// before.
pub(super) async fn decide_in(
    tx: &mut Tx,
    mut heads: HashMap<String, Notice>,
    ids: &[String],
    by: Decider<'_>,
    step: Step,
    now: Micros,
    changed: &mut Changed,
) -> Result<Vec<Notice>, StoreError> {
    let mut moved: Vec<(Step, Notice)> = Vec::new();
    let mut alone = HashMap::new();
    for id in ids {
        let Some(notice) = heads.remove(id) else {
            if !changed.done.contains(id) {
                changed.refused.push((id.clone(), StepError::NotFound));
            }
            continue;
        };
        let taken = match step {
            Step::Approve => approval_of(tx, &notice, by, &mut alone).await?,
            _ => Ok(step),
        };
        let state = match taken {
            Ok(taken) => may(tx, &notice, taken).await?.map(|state| (taken, state)),
            Err(why) => Err(why),
        };
        match state {
            Ok((taken, state)) => {
                changed.done.push(id.clone());
                if state == NoticeState::Waiting {
                    changed.waiting.push(id.clone());
                }
                // What was kept back from leaving waits already, but not for a second person.
                if state != notice.state || (taken == Step::First && notice.approved_by.is_empty()) {
                    // One by one, so that of two notices of one day only the first becomes the draft.
                    if taken == Step::Redraft {
                        sql::set_redrafted(tx, id).await?;
                    }
                    moved.push((taken, notice));
                }
            }
            Err(why) => changed.refused.push((id.clone(), why)),
        }
    }
    write_step(tx, &moved, by, now).await?;
    for (_, notice) in moved.iter().filter(|(_, notice)| notice.state == NoticeState::Queued) {
        Jobs::done(tx, &job_id(&notice.id, notice.rounds)).await?;
    }
    let ready = |(taken, notice): &&(Step, Notice)| match taken {
        Step::Approve | Step::Second => notice.filled,
        Step::Retry => true,
        _ => false,
    };
    let ready: Vec<Notice> = moved.iter().filter(ready).map(|(_, notice)| notice.clone()).collect();
    queue(tx, &ready, by.who, now).await?;
    Ok(moved.into_iter().map(|(_, notice)| notice).collect())
}

/// Which of the steps of two people an approval is. `alone` keeps for each marking whether nobody else may: that is asked once for
/// all notices of a change.
async fn approval_of(
    tx: &mut Tx,
    notice: &Notice,
    by: Decider<'_>,
    alone: &mut HashMap<Tlp, bool>,
) -> Result<Result<Step, StepError>, StoreError> {
    let own = notice.state == NoticeState::Waiting && notice.approved_by == by.who;
    let is_alone = match (own, alone.get(&notice.tlp).copied()) {
        (false, _) => false,
        (true, Some(known)) => known,
        (true, None) => {
            // Limits to mailboxes hide no notice.
            let found = is_alone_in(tx, by.who, Right::SendNotices, (notice.tlp, None)).await?;
            alone.insert(notice.tlp, found);
            found
        }
    };
    Ok(approval(by.above, notice, by.who, is_alone))
}

/// Writes the steps that were taken with notices, and what the journal says of each.
async fn write_step(tx: &mut Tx, moved: &[(Step, Notice)], by: Decider<'_>, now: Micros) -> Result<(), StoreError> {
    for (step, verb) in [
        (Step::Approve, "notice_approved"),
        (Step::First, "notice_first_approved"),
        (Step::Second, "notice_approved"),
        (Step::Cancel, "notice_cancelled"),
        (Step::Retry, "notice_retried"),
        (Step::Redraft, "notice_redrafted"),
    ] {
        let these: Vec<&Notice> = moved.iter().filter(|(taken, _)| *taken == step).map(|(_, notice)| notice).collect();
        if these.is_empty() {
            continue;
        }
        let ids: Vec<&str> = these.iter().map(|notice| notice.id.as_str()).collect();
        match step {
            Step::Approve => sql::set_approved(tx, &ids, (by.who, now), ("", now)).await?,
            Step::First => sql::set_waiting(tx, &ids, by.who, now).await?,
            Step::Second => sql::set_seconded(tx, &ids, by.who, now).await?,
            Step::Cancel => sql::set_cancelled(tx, &ids, now).await?,
            _ => {}
        }
        let line = |notice: &&Notice| {
            let mut more = vec![("from", Value::from(notice.state.as_str()))];
            if step == Step::Second {
                more.push(("first", Value::from(notice.approved_by.as_str())));
                // Somebody who is alone approves both times; the record says so for good.
                more.push(("own", Value::from(notice.approved_by == by.who)));
            }
            more.extend((!by.bulk.is_empty()).then(|| ("bulk", Value::from(by.bulk))));
            (notice.id.clone(), detail(notice, &more))
        };
        write_lines(tx, by.who, verb, these.iter().map(line).collect(), now).await?;
    }
    Ok(())
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
    if matches!(step, Step::Approve | Step::First | Step::Second | Step::Retry) && notice.recipients.is_empty() {
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
