//! Folding the findings of a part into the database, inside the transaction of the part.

use std::collections::HashMap;

use manara_model::{Micros, Reliability};
use manara_store::{Journal, StoreError, Tx};

use crate::finding::{Delta, Finding, id_text};
use crate::folded::Folded;
use crate::opened::{self, Opened};
use crate::sql;
use manara_model::Owners;

/// How many findings a part opened and updated.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub opened: i64,
    pub updated: i64,
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
/// A row costs so many times more while indexes are kept in order than while they are built; some thirty with two million findings.
const INDEX_COST: usize = 24;
/// Findings looked up and changed at once.
const AT_ONCE: usize = 20_000;

/// Whether the part may have its indexes built at the end: then [`manara_store::Db::checkpoint_beside`] is due.
pub(crate) fn is_large(folded: &Folded) -> bool {
    folded.len() >= MANY
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
    // In the order of the primary key: neighbours in the tree are written together.
    let deltas = folded.in_order();
    let means = reliabilities(tx).await?;
    let mean = |name: &str| means.get(name).copied().unwrap_or(0.5);
    let mut indexes = Vec::new();
    let mut any_known = true;
    if is_large(folded) {
        let there = sql::count_all_findings(tx).await? as usize;
        any_known = there > 0;
        if there <= deltas.len() * INDEX_COST {
            indexes = tx.drop_indexes("watch_finding").await?;
        }
    }
    let mut counts = Counts::default();
    let mut sums = Opened::default();
    for chunk in deltas.chunks(AT_ONCE) {
        let mut known: HashMap<String, (Finding, String)> = HashMap::new();
        if any_known {
            let ids: Vec<String> = chunk.iter().map(|(key, _)| id_text(*key)).collect();
            known.extend(sql::findings_by_id(tx, &ids).await?.into_iter().map(|found| (found.0.id.clone(), found)));
        }
        let mut fresh: Vec<(u128, &Delta)> = Vec::with_capacity(chunk.len() - known.len().min(chunk.len()));
        let mut seen_again = Vec::with_capacity(known.len());
        let mut reopened = Vec::new();
        for &(key, delta) in chunk {
            let found = if known.is_empty() { None } else { known.remove(&id_text(key)) };
            let Some((mut finding, last_batch)) = found else {
                if let Some(owner) = owners.get(delta.owner) {
                    sums.add(opened::place_of(Micros(delta.first), delta.asn.max(0)), &owner.id, &delta.taxonomy);
                    counts.opened += 1;
                    fresh.push((key, delta));
                }
                continue;
            };
            let (before, place) = (finding.state, opened::place(&finding));
            finding.add(feed, delta, now);
            sums.moved(place, &finding);
            if finding.state != before {
                reopened.push((finding.id.clone(), before));
                counts.opened += 1;
            } else if last_batch != batch {
                counts.updated += 1;
            }
            finding.weigh(mean);
            seen_again.push((finding, batch));
        }
        sql::add_findings(tx, feed, mean(feed), batch, &fresh, owners, now).await?;
        sql::put_findings(tx, seen_again).await?;
        for (id, before) in reopened {
            let detail = serde_json::json!({ "from": before.as_str(), "batch": batch }).to_string();
            Journal::write(tx, "manara", "watch", "finding_reopened", &id, &detail, now).await?;
        }
    }
    sums.write(tx).await?;
    tx.make_indexes(indexes).await?;
    Ok(counts)
}
