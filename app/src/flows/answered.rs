//! What constituents answer by the link in their letters moves their findings.

use std::collections::BTreeMap;

use anyhow::Context as _;
use manara_model::{Answer, Entry};
use manara_warning::{AnswerRow, Said};
use serde_json::Value;

use crate::house::House;

/// Answers read at once.
const PAGE: i64 = 5_000;

/// Gives the answers of one form or table to their findings, and takes back the reminders nobody needs any more.
pub async fn move_findings(house: &House, entry: &Entry) -> anyhow::Result<()> {
    let detail: Value = serde_json::from_str(&entry.detail).unwrap_or_default();
    let submission = detail.get("submission").and_then(Value::as_str).context("answers without a submission")?;
    let mut after = 0;
    loop {
        let rows = manara_warning::answers_of_submission(&house.db, submission, after, PAGE).await?;
        let Some(last) = rows.last() else { break };
        after = last.id;
        give(house, &rows, entry).await?;
    }
    manara_warning::drop_reminders(&house.db, &entry.record, entry.at).await?;
    Ok(())
}

async fn give(house: &House, rows: &[AnswerRow], entry: &Entry) -> anyhow::Result<()> {
    let mut tx = house.db.begin().await?;
    for said in [Said::Fixed, Said::False] {
        let ids: Vec<String> =
            rows.iter().filter(|row| takes_back(row, said)).map(|row| row.finding_id.clone()).collect();
        if !ids.is_empty() {
            let ids = still(&mut tx, &ids, said).await?;
            manara_watch::answer_in(&mut tx, &ids, Answer::Undone, &entry.who, entry.at).await?;
        }
    }
    let mut by_answer: BTreeMap<Said, Vec<String>> = BTreeMap::new();
    for row in rows {
        by_answer.entry(row.said).or_default().push(row.finding_id.clone());
    }
    for (said, ids) in by_answer {
        manara_watch::answer_in(&mut tx, &ids, said.answer(), &entry.who, entry.at).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Whether an answer takes back that a finding is mended, or never was: the constituent said so before and says otherwise.
fn takes_back(row: &AnswerRow, said: Said) -> bool {
    row.before == Some(said) && row.said != said
}

/// Those findings that stand where the word that is taken back had put them: what our own people said stays.
async fn still(tx: &mut manara_store::Tx, ids: &[String], said: Said) -> anyhow::Result<Vec<String>> {
    let wanted =
        if said == Said::Fixed { manara_model::FindingState::Fixed } else { manara_model::FindingState::FalsePositive };
    Ok(manara_watch::states_in(tx, ids)
        .await?
        .into_iter()
        .filter(|(_, state)| *state == wanted)
        .map(|(id, _)| id)
        .collect())
}
