//! Answering: what a constituent says by the link in its letter.

use std::collections::HashMap;

use manara_model::Micros;
use manara_store::{Db, Journal, StoreError, Tx};
use serde_json::{Value, json};

use super::decide::{Changed, Decider, decide_in};
use super::{MACHINE, PLANE, WarningError, journal};
use crate::answer::{Given, Said, Via};
use crate::link::{Links, Pass, Refusal, opens};
use crate::notice::{LetterKind, Notice, Step};
use crate::sql::{self, Fresh};

/// Who the journal names when a constituent acted.
pub(crate) const CONSTITUENT: &str = "constituent";

/// What came of a form or a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taken {
    /// How many answers are new or different.
    pub changed: usize,
    /// How many were there already.
    pub same: usize,
    /// Findings that are not of the notice.
    pub unknown: Vec<String>,
}

/// The notice that a token opens now; else why not. The same is read from the database whatever the token is.
pub async fn opened(
    db: &Db,
    links: &Links,
    token: &str,
    now: Micros,
) -> Result<Result<(Notice, Pass), Refusal>, StoreError> {
    let pass = links.read(token);
    let id = pass.map_or_else(|_| uuid::Uuid::nil(), |pass| pass.notice).to_string();
    let mut tx = db.begin_snapshot().await?;
    let notice = sql::notices(&mut tx, &[&id]).await?.remove(&id);
    drop(tx);
    let pass = match pass {
        Ok(pass) => pass,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if let Err(refusal) = opens(pass, notice.as_ref(), now) {
        return Ok(Err(refusal));
    }
    Ok(notice.map(|notice| (notice, pass)).ok_or(Refusal::NotSent))
}

/// Notes that a link opened nothing, and why; never the link itself.
pub async fn note_refusal(
    db: &Db,
    links: &Links,
    token: &str,
    refusal: Refusal,
    address: &str,
    now: Micros,
) -> Result<(), StoreError> {
    let record = links.read(token).map(|pass| pass.notice.to_string()).unwrap_or_default();
    let detail = json!({ "reason": refusal.as_str(), "address": address }).to_string();
    let mut tx = db.begin().await?;
    Journal::write(&mut tx, CONSTITUENT, PLANE, "link_refused", &record, &detail, now).await?;
    tx.commit().await
}

/// Takes the answers of one form or table. What is as it was before is not an answer anew, so it may be sent twice. Only
/// findings of the notice are answered.
pub async fn give_answers(
    db: &Db,
    pass: Pass,
    given: &[Given],
    via: Via,
    now: Micros,
) -> Result<Result<Taken, Refusal>, StoreError> {
    let id = pass.notice.to_string();
    let mut tx = db.begin().await?;
    sql::turn(&mut tx, now).await?;
    // Read again in its turn: it may have been taken back since the page was opened.
    let notice = sql::notices(&mut tx, &[&id]).await?.remove(&id);
    if let Err(refusal) = opens(pass, notice.as_ref(), now) {
        return Ok(Err(refusal));
    }
    let Some(notice) = notice else { return Ok(Err(Refusal::NotSent)) };
    let ids: Vec<&str> = given.iter().map(|one| one.finding_id.as_str()).collect();
    let holding = sql::holding(&mut tx, &id, &ids).await?;
    let mut taken = Taken::default();
    let mut fresh: HashMap<&str, (&Given, &str)> = HashMap::new();
    for one in given {
        match holding.get(&one.finding_id) {
            None => taken.unknown.push(one.finding_id.clone()),
            Some(held) if held.said == Some(one.said) && held.comment == one.comment => taken.same += 1,
            Some(held) => drop(fresh.insert(&one.finding_id, (one, &held.asset))),
        }
    }
    taken.changed = fresh.len();
    if fresh.is_empty() {
        return Ok(Ok(taken));
    }
    let changed: Vec<&str> = fresh.keys().copied().collect();
    let before = sql::last_said(&mut tx, &changed).await?;
    // In the order of the form, so that what is kept can be read like it.
    let rows: Vec<Fresh<'_>> = given
        .iter()
        .filter_map(|one| fresh.get(one.finding_id.as_str()).filter(|(kept, _)| std::ptr::eq(*kept, one)))
        .map(|(given, asset)| Fresh { given, asset, before: before.get(&given.finding_id).copied() })
        .collect();
    let submission = uuid::Uuid::now_v7().to_string();
    sql::put_answers(&mut tx, &submission, &id, &rows, via, now).await?;
    let mut more = vec![("submission", Value::from(submission.as_str())), ("via", Value::from(via.as_str()))];
    for said in Said::ALL {
        let count = rows.iter().filter(|row| row.given.said == said).count();
        more.push((said.as_str(), Value::from(count)));
    }
    journal(&mut tx, CONSTITUENT, "answers_given", &notice, &more, now).await?;
    tx.commit().await?;
    Ok(Ok(taken))
}

/// Takes back the reminders of a notice that have not left: it was answered. For findings without an answer another one is
/// made when its days are over. Again it changes nothing.
pub async fn drop_reminders(db: &Db, notice: &str, now: Micros) -> Result<usize, WarningError> {
    let mut tx = db.begin().await?;
    sql::turn(&mut tx, now).await?;
    let pending = sql::pending_about(&mut tx, notice).await?;
    let asked: Vec<&str> = pending.iter().map(String::as_str).collect();
    let heads = sql::notices(&mut tx, &asked).await?;
    let mut changed = Changed::default();
    let dropped = decide_in(&mut tx, heads, &pending, Decider::of(MACHINE), Step::Cancel, now, &mut changed).await?;
    let of = |kind: LetterKind| dropped.iter().filter(|one| one.letter == kind).count();
    let reminders = i64::try_from(of(LetterKind::Reminder)).unwrap_or(0);
    sql::set_heard(&mut tx, notice, reminders, of(LetterKind::Escalation) > 0, now).await?;
    tx.commit().await?;
    Ok(changed.done.len())
}

/// Notes that help was given to notices that wanted it; says of how many. Who asks again after that wants help again.
pub async fn help_given(db: &Db, ids: &[String], who: &str, now: Micros) -> Result<usize, WarningError> {
    let mut tx = db.begin().await?;
    sql::turn(&mut tx, now).await?;
    let given = help_given_in(&mut tx, ids, who, now).await?;
    tx.commit().await?;
    Ok(given)
}

/// The same, in the turn of the caller's.
pub(super) async fn help_given_in(tx: &mut Tx, ids: &[String], who: &str, now: Micros) -> Result<usize, WarningError> {
    let asked: Vec<&str> = ids.iter().map(String::as_str).collect();
    let notices = sql::notices(tx, &asked).await?;
    let mut given = 0;
    for notice in notices.values() {
        if sql::set_help_given(tx, &notice.id, now).await? {
            journal(tx, who, "help_given", notice, &[("helps", Value::from(notice.helps))], now).await?;
            given += 1;
        }
    }
    Ok(given)
}
