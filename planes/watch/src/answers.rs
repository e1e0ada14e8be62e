//! What people say of findings, and what the sources learn from it; and how a word is taken back.

use std::collections::{BTreeMap, HashMap};

use manara_model::{Answer, FindingState, Micros};
use manara_store::{Db, Journal, StoreError, Tx};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::finding::Finding;
use crate::fold::reliabilities;
use crate::sql;

/// What answering did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answered {
    /// Ids of the findings whose state changed, with the state before.
    pub changed: Vec<(String, FindingState)>,
    /// Ids that are not there.
    pub missing: Vec<String>,
}

/// How a finding stood before an answer: what takes the answer back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Before {
    state: String,
    since: String,
    /// What the word before had taught: feed, and whether it was confirmed.
    lessons: Vec<(String, bool)>,
}

/// A finding that an answer moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Moved {
    pub id: String,
    pub asset: String,
    pub before: Before,
    /// How it stands now: see [`stamp`].
    pub after: String,
}

/// What many findings were answered.
#[derive(Debug, Clone, Default)]
pub(crate) struct Given {
    pub moved: Vec<Moved>,
    /// Id and asset of those the answer says nothing new of.
    pub same: Vec<(String, String)>,
}

/// What an answer is given for: an id that brings it back, and the journal names.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Because<'a>(pub &'a str);

/// Where a finding stands and since when: another one says that it moved in between.
pub(crate) fn stamp(finding: &Finding) -> String {
    format!("{} {}", finding.state.as_str(), finding.changed_at.rfc3339())
}

/// Gives one answer to many findings, in one transaction. Answers that settle whether it was so (`Fixed`, `False`) teach the
/// sources; one that is taken back (`Undone`) takes its lesson with it. The same answer again changes nothing.
pub async fn answer(db: &Db, ids: &[String], answer: Answer, who: &str, now: Micros) -> Result<Answered, StoreError> {
    let mut tx = db.begin().await?;
    let answered = answer_in(&mut tx, ids, answer, who, now).await?;
    tx.commit().await?;
    Ok(answered)
}

/// Gives one answer to one finding, if it is in the state the caller has read; `None` when it is in another. `state` names
/// the state of a finding; an empty `expected` is any.
pub(crate) async fn answer_one(
    db: &Db,
    id: &str,
    said: Answer,
    (expected, state): (&str, fn(&Finding) -> String),
    who: &str,
    now: Micros,
) -> Result<Option<Answered>, StoreError> {
    let ids = [id.to_string()];
    let mut tx = db.begin().await?;
    let found = sql::findings_to_change(&mut tx, &ids).await?;
    if !expected.is_empty() && found.first().is_none_or(|(finding, _)| state(finding) != expected) {
        return Ok(None);
    }
    let given = give(&mut tx, &ids, said, None, who, now).await?;
    tx.commit().await?;
    Ok(Some(answered(&ids, given)))
}

/// The same, for a reason that takes it back by [`take_back`].
pub async fn answer_because(
    db: &Db,
    ids: &[String],
    answer: Answer,
    because: &str,
    who: &str,
    now: Micros,
) -> Result<Answered, StoreError> {
    let mut tx = db.begin().await?;
    let given = give(&mut tx, ids, answer, Some(Because(because)), who, now).await?;
    tx.commit().await?;
    Ok(answered(ids, given))
}

/// The same inside a transaction of the caller's: for flows.
pub async fn answer_in(
    tx: &mut Tx,
    ids: &[String],
    answer: Answer,
    who: &str,
    now: Micros,
) -> Result<Answered, StoreError> {
    Ok(answered(ids, give(tx, ids, answer, None, who, now).await?))
}

fn answered(ids: &[String], given: Given) -> Answered {
    let known: std::collections::HashSet<&str> =
        given.moved.iter().map(|moved| moved.id.as_str()).chain(given.same.iter().map(|(id, _)| id.as_str())).collect();
    let missing = ids.iter().filter(|id| !known.contains(id.as_str())).cloned().collect();
    let before = |moved: &Moved| FindingState::parse(&moved.before.state).unwrap_or(FindingState::Open);
    Answered { changed: given.moved.iter().map(|moved| (moved.id.clone(), before(moved))).collect(), missing }
}

/// Gives one answer to findings; says what moved, and how it stood before.
pub(crate) async fn give(
    tx: &mut Tx,
    ids: &[String],
    answer: Answer,
    because: Option<Because<'_>>,
    who: &str,
    now: Micros,
) -> Result<Given, StoreError> {
    let mut findings: Vec<(Finding, String)> = sql::findings_to_change(tx, ids).await?;
    let moving = |finding: &Finding| finding.state.after(answer) != finding.state;
    let touched: Vec<String> =
        findings.iter().filter(|(finding, _)| moving(finding)).map(|(finding, _)| finding.id.clone()).collect();
    let mut lessons = sql::lessons_of(tx, &touched).await?;
    if answer == Answer::Undone {
        unlearn(tx, &lessons).await?;
    }
    let (mut given, mut learnt, mut lines) = (Given::default(), Vec::new(), Vec::new());
    for (finding, _) in &mut findings {
        if answer == Answer::Told {
            finding.told_at = Some(now);
        }
        if !moving(finding) {
            given.same.push((finding.id.clone(), finding.asset.clone()));
            continue;
        }
        let (state, since) = (finding.state, finding.changed_at);
        let before = Before {
            state: state.as_str().into(),
            since: since.rfc3339(),
            lessons: lessons.remove(&finding.id).unwrap_or_default(),
        };
        (finding.state, finding.changed_at) = (state.after(answer), now);
        if let Some(confirmed) = settles(answer) {
            let feeds = finding.sources.iter().map(|source| (finding.id.clone(), source.feed.clone(), confirmed));
            learnt.extend(feeds);
        }
        // Being told is noted by the notice that told; a word of a person has a line of its own.
        if answer != Answer::Told {
            let mut detail = json!({ "from": state.as_str(), "to": finding.state.as_str() });
            if let (Some(Because(because)), Some(detail)) = (because, detail.as_object_mut()) {
                detail.insert("because".into(), because.into());
                detail.insert("before".into(), json!(before));
            }
            lines.push((finding.id.clone(), detail.to_string()));
        }
        let (id, asset, after) = (finding.id.clone(), finding.asset.clone(), stamp(finding));
        given.moved.push(Moved { id, asset, before, after });
    }
    learn(tx, &learnt).await?;
    write_lines(tx, "finding_answered", &lines, who, now).await?;
    put(tx, findings).await?;
    Ok(given)
}

/// Takes answers back where a finding stands as they left it: state, since when, and what the sources had learnt. Gives the
/// ids that are as they were before.
pub(crate) async fn restore(
    tx: &mut Tx,
    rows: &[(String, Before, String)],
    because: Because<'_>,
    who: &str,
    now: Micros,
) -> Result<Vec<String>, StoreError> {
    let ids: Vec<String> = rows.iter().map(|(id, ..)| id.clone()).collect();
    let mut findings = sql::findings_to_change(tx, &ids).await?;
    let rows: HashMap<&str, (&Before, &str)> =
        rows.iter().map(|(id, before, after)| (id.as_str(), (before, after.as_str()))).collect();
    findings.retain(|(finding, _)| rows.get(finding.id.as_str()).is_some_and(|(_, after)| *after == stamp(finding)));
    // Only what settled whether it was so taught anything.
    let has_taught = |state| matches!(state, FindingState::Fixed | FindingState::FalsePositive);
    let taught: Vec<String> = findings
        .iter()
        .filter(|(finding, _)| has_taught(finding.state))
        .map(|(finding, _)| finding.id.clone())
        .collect();
    let lessons = sql::lessons_of(tx, &taught).await?;
    unlearn(tx, &lessons).await?;
    let (mut kept, mut relearnt, mut lines) = (Vec::new(), Vec::new(), Vec::new());
    let mut restored = Vec::with_capacity(findings.len());
    for (finding, _) in &mut findings {
        let Some((before, _)) = rows.get(finding.id.as_str()) else { continue };
        let (Some(state), Some(since)) = (FindingState::parse(&before.state), Micros::parse_rfc3339(&before.since))
        else {
            continue;
        };
        let lessons = before.lessons.iter().map(|(feed, confirmed)| (finding.id.clone(), feed.clone(), *confirmed));
        match finding.state {
            // Its own word stood in the place of the one before, which had stayed learnt.
            state if has_taught(state) => kept.extend(lessons),
            // The word before had been taken back with its lesson.
            FindingState::Reopened => relearnt.extend(lessons),
            _ => {}
        }
        let Because(because) = because;
        let detail = json!({ "from": finding.state.as_str(), "to": state.as_str(), "because": because });
        lines.push((finding.id.clone(), detail.to_string()));
        (finding.state, finding.changed_at) = (state, since);
        restored.push(finding.id.clone());
    }
    learn(tx, &relearnt).await?;
    sql::put_lessons(tx, &kept).await?;
    write_lines(tx, "finding_restored", &lines, who, now).await?;
    put(tx, findings).await?;
    Ok(restored)
}

/// Takes back, for a reason, what was answered for it: each finding that stands as that answer left it. Says how many.
pub async fn take_back(db: &Db, ids: &[String], because: &str, who: &str, now: Micros) -> Result<usize, StoreError> {
    let mut rows = Vec::new();
    for entry in Journal::newest_of(db, "watch", ids).await? {
        let detail: serde_json::Value = serde_json::from_str(&entry.detail).unwrap_or_default();
        let text = |name: &str| detail.get(name).and_then(serde_json::Value::as_str);
        let before = detail.get("before").and_then(|before| Before::deserialize(before).ok());
        if let (Some(before), Some(to), true) = (before, text("to"), text("because") == Some(because)) {
            rows.push((entry.record.clone(), before, format!("{to} {}", entry.at.rfc3339())));
        }
    }
    let mut tx = db.begin().await?;
    let restored = restore(&mut tx, &rows, Because(because), who, now).await?;
    tx.commit().await?;
    Ok(restored.len())
}

async fn write_lines(
    tx: &mut Tx,
    verb: &str,
    lines: &[(String, String)],
    who: &str,
    now: Micros,
) -> Result<(), StoreError> {
    if lines.is_empty() {
        return Ok(());
    }
    let lines: Vec<_> = lines.iter().map(|(id, detail)| (verb, id.as_str(), detail.as_str())).collect();
    Journal::write_many(tx, who, "watch", &lines, now).await
}

/// Writes findings, weighed by what the sources have learnt by now.
async fn put(tx: &mut Tx, mut findings: Vec<(Finding, String)>) -> Result<(), StoreError> {
    let means = reliabilities(tx).await?;
    for (finding, _) in &mut findings {
        finding.weigh(|name| means.get(name).copied().unwrap_or(0.5));
    }
    sql::put_findings(tx, findings.iter().map(|(finding, batch)| (finding.clone(), batch.as_str()))).await
}

/// Where findings stand; those that are not there are left out.
pub async fn states(db: &Db, ids: &[String]) -> Result<Vec<(String, FindingState)>, StoreError> {
    let mut tx = db.begin_snapshot().await?;
    states_in(&mut tx, ids).await
}

/// The same inside a transaction of the caller's: for flows.
pub async fn states_in(tx: &mut Tx, ids: &[String]) -> Result<Vec<(String, FindingState)>, StoreError> {
    let found = sql::findings_by_id(tx, ids).await?;
    Ok(found.into_iter().map(|(finding, _)| (finding.id, finding.state)).collect())
}

/// How often each feed is confirmed and contradicted.
fn tally<'a>(lessons: impl Iterator<Item = (&'a str, bool)>) -> BTreeMap<&'a str, (i64, i64)> {
    let mut tally: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
    for (feed, confirmed) in lessons {
        let (right, wrong) = tally.entry(feed).or_default();
        *(if confirmed { right } else { wrong }) += 1;
    }
    tally
}

/// Teaches the feeds, and keeps which finding taught which.
async fn learn(tx: &mut Tx, lessons: &[(String, String, bool)]) -> Result<(), StoreError> {
    for (feed, (right, wrong)) in tally(lessons.iter().map(|(_, feed, confirmed)| (feed.as_str(), *confirmed))) {
        let args = [feed.into(), (right as f64).into(), (wrong as f64).into(), (right + wrong).into()];
        tx.run(sql::LEARN, &args).await?;
    }
    sql::put_lessons(tx, lessons).await
}

/// Takes back what the last words about findings taught: whoever changes their mind, however often, has one word.
async fn unlearn(tx: &mut Tx, lessons: &HashMap<String, Vec<(String, bool)>>) -> Result<(), StoreError> {
    for (feed, (right, wrong)) in tally(lessons.values().flatten().map(|(feed, confirmed)| (feed.as_str(), *confirmed)))
    {
        let args = [feed.into(), (right as f64).into(), (wrong as f64).into(), (right + wrong).into()];
        tx.run(sql::UNLEARN, &args).await?;
    }
    let findings: Vec<&String> = lessons.keys().collect();
    tx.run_in(sql::FORGET_LESSONS, &[], &findings).await.map(|_| ())
}

/// Whether an answer says that the observation was right.
fn settles(answer: Answer) -> Option<bool> {
    match answer {
        Answer::Fixed => Some(true),
        Answer::False => Some(false),
        _ => None,
    }
}
