//! Folding the findings of a part into the database, inside the transaction of the part.

use std::collections::HashMap;

use manara_model::{FindingState, Micros, Reliability};
use manara_store::{Journal, StoreError, Tx};

use crate::finding::{Delta, Finding, id_text};
use crate::opened::{self, Opened};
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
fn first_seen(key: u128, delta: &Delta, owners: &Owners, now: Micros) -> Option<Finding> {
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
        asn: 0,
    })
}

/// How far each feed can be believed.
pub(crate) async fn reliabilities(tx: &mut Tx) -> Result<HashMap<String, f64>, StoreError> {
    let rows = tx.read(sql::FEED_MEANS, &[]).await?;
    rows.iter()
        .map(|row| Ok((row.text(0)?, Reliability { alpha: row.real(1)?, beta: row.real(2)?, n: 0 }.mean())))
        .collect()
}

/// From how many findings on it is worth asking whether the indexes are better built anew at the end.
const MANY: usize = 20_000;
/// Keeping an index in order costs about eight times what building it costs, by row.
const INDEX_COST: usize = 8;
/// Findings looked up and changed at once.
const AT_ONCE: usize = 20_000;

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
    let mut indexes = Vec::new();
    let mut any_known = true;
    if keys.len() >= MANY {
        let there = sql::count_all_findings(tx).await? as usize;
        any_known = there > 0;
        if there <= keys.len() * INDEX_COST {
            indexes = tx.drop_indexes("watch_finding").await?;
        }
    }
    let mut counts = Counts::default();
    let mut sums = Opened::default();
    for chunk in keys.chunks(AT_ONCE) {
        let mut known: HashMap<String, (Finding, String)> = HashMap::new();
        if any_known {
            let ids: Vec<String> = chunk.iter().map(|key| id_text(*key)).collect();
            known.extend(sql::findings_by_id(tx, &ids).await?.into_iter().map(|found| (found.0.id.clone(), found)));
        }
        let mut reopened = Vec::new();
        let findings = chunk.iter().filter_map(|key| {
            let delta = folded.get(key)?;
            let mut finding = match known.remove(&id_text(*key)) {
                Some((mut finding, last_batch)) => {
                    let (before, place) = (finding.state, opened::place(&finding));
                    finding.add(feed, delta, now);
                    sums.moved(place, &finding);
                    if finding.state != before {
                        reopened.push((finding.id.clone(), before));
                        counts.opened += 1;
                    } else if last_batch != batch {
                        counts.updated += 1;
                    }
                    finding
                }
                None => {
                    let mut finding = first_seen(*key, delta, owners, now)?;
                    finding.add(feed, delta, now);
                    sums.add(&finding);
                    counts.opened += 1;
                    finding
                }
            };
            finding.weigh(mean);
            Some((finding, batch))
        });
        sql::put_findings(tx, findings).await?;
        for (id, before) in reopened {
            let detail = serde_json::json!({ "from": before.as_str(), "batch": batch }).to_string();
            Journal::write(tx, "manara", "watch", "finding_reopened", &id, &detail, now).await?;
        }
    }
    sums.write(tx).await?;
    for index in indexes {
        tx.run(&index, &[]).await?;
    }
    Ok(counts)
}
