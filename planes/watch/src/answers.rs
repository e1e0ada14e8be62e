//! What people say of findings, and what the sources learn from it.

use manara_model::{Answer, FindingState, Micros};
use manara_store::{Db, Journal, StoreError, Tx};

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

/// Gives one answer to many findings, in one transaction. Answers that settle whether it was so (`Fixed`, `False`) teach the
/// sources; one that is taken back (`Undone`) takes its lesson with it. The same answer again changes nothing.
pub async fn answer(db: &Db, ids: &[String], answer: Answer, who: &str, now: Micros) -> Result<Answered, StoreError> {
    let mut tx = db.begin().await?;
    let answered = answer_in(&mut tx, ids, answer, who, now).await?;
    tx.commit().await?;
    Ok(answered)
}

/// The same inside a transaction of the caller's: for flows.
pub async fn answer_in(
    tx: &mut Tx,
    ids: &[String],
    answer: Answer,
    who: &str,
    now: Micros,
) -> Result<Answered, StoreError> {
    let mut answered = Answered::default();
    let mut findings: Vec<(Finding, String)> = sql::findings_by_id(tx, ids).await?;
    answered.missing = ids.iter().filter(|id| !findings.iter().any(|(known, _)| known.id == **id)).cloned().collect();
    for (finding, _) in &mut findings {
        let before = finding.state;
        let after = before.after(answer);
        if answer == Answer::Told {
            finding.told_at = Some(now);
        }
        if after == before {
            continue;
        }
        finding.state = after;
        finding.changed_at = now;
        if let Some(confirmed) = settles(answer) {
            for source in &finding.sources {
                let (alpha, beta) = if confirmed { (1.0, 0.0) } else { (0.0, 1.0) };
                tx.run(sql::LEARN, &[(&source.feed).into(), alpha.into(), beta.into()]).await?;
                let lesson = [(&finding.id).into(), (&source.feed).into(), confirmed.into()];
                tx.run(sql::KEEP_LESSON, &lesson).await?;
            }
        }
        if answer == Answer::Undone {
            unlearn(tx, &finding.id).await?;
        }
        // Being told is noted by the notice that told; a word of a person has a line of its own.
        if answer != Answer::Told {
            let detail = serde_json::json!({ "from": before.as_str(), "to": after.as_str() }).to_string();
            Journal::write(tx, who, "watch", "finding_answered", &finding.id, &detail, now).await?;
        }
        answered.changed.push((finding.id.clone(), before));
    }
    let means = reliabilities(tx).await?;
    for (finding, _) in &mut findings {
        finding.weigh(|name| means.get(name).copied().unwrap_or(0.5));
    }
    sql::put_findings(tx, findings.iter().map(|(finding, batch)| (finding.clone(), batch.as_str()))).await?;
    Ok(answered)
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

/// Takes back what the last word about a finding taught: whoever changes their mind, however often, has one word.
async fn unlearn(tx: &mut Tx, finding: &str) -> Result<(), StoreError> {
    for row in tx.read(sql::LESSONS, &[finding.into()]).await? {
        let (feed, confirmed) = (row.text(0)?, row.bool(1)?);
        let (alpha, beta) = if confirmed { (1.0, 0.0) } else { (0.0, 1.0) };
        tx.run(sql::UNLEARN, &[feed.into(), alpha.into(), beta.into()]).await?;
    }
    tx.run(sql::FORGET_LESSONS, &[finding.into()]).await?;
    Ok(())
}

/// Whether an answer says that the observation was right.
fn settles(answer: Answer) -> Option<bool> {
    match answer {
        Answer::Fixed => Some(true),
        Answer::False => Some(false),
        _ => None,
    }
}
