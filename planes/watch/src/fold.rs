//! Folding the findings of a part into the database, inside the transaction of the part.

use std::collections::HashMap;

use manara_model::{FindingState, Micros, Reliability};
use manara_store::{Arg, Journal, StoreError, Tx};

use crate::finding::{Delta, Finding, id_text};
use crate::sql;
use crate::steps::Folded;
use manara_model::Owners;

/// How many findings a part opened and updated.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub opened: i64,
    pub updated: i64,
}

/// A finding seen for the first time.
fn opened(key: u128, delta: &Delta, owners: &Owners, now: Micros) -> Option<Finding> {
    let owner = owners.get(delta.owner)?;
    Some(Finding {
        id: id_text(key),
        constituent_id: owner.id.clone(),
        constituent: owner.name.clone(),
        taxonomy: delta.taxonomy.to_string(),
        kind: delta.kind.to_string(),
        subject: delta.subject.to_string(),
        asset: delta.asset.to_string(),
        state: FindingState::Open,
        severity: delta.severity,
        confidence: 0.0,
        first_seen: Micros(delta.first),
        last_seen: Micros(delta.last),
        count: 0,
        sources: Vec::new(),
        changed_at: now,
        told_at: None,
    })
}

/// How far each feed can be believed.
pub(crate) async fn reliabilities(tx: &mut Tx) -> Result<HashMap<String, f64>, StoreError> {
    let rows = tx.read(sql::FEED_MEANS, &[]).await?;
    rows.iter()
        .map(|row| Ok((row.text(0)?, Reliability { alpha: row.real(1)?, beta: row.real(2)?, n: 0 }.mean())))
        .collect()
}

/// Writes the findings of a part. A finding that an earlier part of the same batch touched is not counted again.
pub(crate) async fn write(
    tx: &mut Tx,
    feed: &str,
    batch: &str,
    folded: &Folded,
    owners: &Owners,
    now: Micros,
) -> Result<Counts, StoreError> {
    let mut keys: Vec<u128> = folded.keys().copied().collect();
    // In the order of the primary key: neighbours in the tree are written together.
    keys.sort_unstable();
    let means = reliabilities(tx).await?;
    let mean = |name: &str| means.get(name).copied().unwrap_or(0.5);
    let mut counts = Counts::default();
    for chunk in keys.chunks(20_000) {
        let ids: Vec<String> = chunk.iter().map(|key| id_text(*key)).collect();
        let mut known: HashMap<String, (Finding, String)> =
            sql::findings_by_id(tx, &ids).await?.into_iter().map(|known| (known.0.id.clone(), known)).collect();
        let mut findings = Vec::with_capacity(chunk.len());
        for (key, id) in chunk.iter().zip(&ids) {
            let Some(delta) = folded.get(key) else { continue };
            match known.remove(id) {
                Some((mut finding, last_batch)) => {
                    let before = finding.state;
                    finding.add(feed, delta, now);
                    if finding.state != before {
                        let detail = serde_json::json!({ "from": before.as_str(), "batch": batch }).to_string();
                        Journal::write(tx, "manara", "watch", "finding_reopened", id, &detail, now).await?;
                        counts.opened += 1;
                    } else if last_batch != batch {
                        counts.updated += 1;
                    }
                    finding.weigh(mean);
                    findings.push(finding);
                }
                None => {
                    let Some(mut finding) = opened(*key, delta, owners, now) else { continue };
                    finding.add(feed, delta, now);
                    finding.weigh(mean);
                    counts.opened += 1;
                    findings.push(finding);
                }
            }
        }
        let mut args: Vec<Arg<'_>> = Vec::with_capacity(findings.len() * sql::FINDING_WIDTH);
        for finding in &findings {
            sql::finding_args(finding, batch, &mut args);
        }
        tx.run_many(sql::FINDING_HEAD, sql::FINDING_WIDTH, &args, sql::FINDING_TAIL).await?;
    }
    Ok(counts)
}
