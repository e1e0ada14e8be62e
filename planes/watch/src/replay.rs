//! History through today's mappings, tables and rules.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use manara_events::arrow::array::{Array as _, AsArray as _};
use manara_events::arrow::datatypes::{Int64Type, TimestampMicrosecondType};
use manara_model::{FindingState, Micros, Severity};
use manara_store::{Db, Journal, Settings, StoreError, Tx};
use serde::Serialize;

use crate::batch::Batch;
use crate::finding::{Finding, SourceSeen};
use crate::fold::reliabilities;
use crate::ingest::{Ingest, IngestError};
use crate::lists;
use crate::opened;
use crate::origins::{self, Origins};
use crate::process::{Progress, Summary};
use crate::sql::{self, Watch};

/// What a replay did.
#[derive(Debug, Clone, Default, Serialize, PartialEq)]
pub struct ReplayReport {
    /// Batches read again.
    pub batches: u64,
    /// Their sums.
    pub summary: Summary,
    /// Findings that were not there before.
    pub findings_new: u64,
    /// Findings that no event supports any more: expired.
    pub findings_gone: u64,
}

/// The setting that says a replay has begun and the findings are not made anew yet.
const PENDING: &str = "watch.replay";

/// What the lake says of every finding: the same columns the fold of a batch makes, from all events at once.
pub(crate) const FOLD: &str = "
    SELECT finding, feed, max(constituent_id), max(constituent), max(taxonomy), max(type), max(subject), max(asset),
           max(CASE severity WHEN 'critical' THEN 4 WHEN 'high' THEN 3 WHEN 'medium' THEN 2 WHEN 'low' THEN 1 ELSE 0 END),
           min(time), max(time), count(*),
           max(COALESCE(CASE WHEN asset IN (source_ip, source_url, source_fqdn, source_account, source_network)
               THEN source_asn ELSE destination_asn END, 0))
      FROM events WHERE finding IS NOT NULL GROUP BY finding, feed";

/// Folds all events of the lake into findings, as they would be had nobody ever answered.
pub(crate) async fn fold_lake(
    watch: &Watch,
    lake: &manara_lake::Lake,
) -> Result<HashMap<String, Finding>, IngestError> {
    let files = watch.files().await?;
    let mut findings: HashMap<String, Finding> = HashMap::new();
    let mut take = |batch: manara_events::arrow::array::RecordBatch| {
        // All texts of an aggregate over Utf8 columns come back as Utf8 or Utf8View: both are read through one cast.
        let text = |at: usize| {
            manara_events::arrow::compute::cast(batch.column(at), &manara_events::arrow::datatypes::DataType::Utf8)
        };
        let columns: Vec<_> = (0..8).filter_map(|at| text(at).ok()).collect();
        let [finding, feed, constituent_id, constituent, taxonomy, kind, subject, asset] = columns.as_slice() else {
            return;
        };
        let value = |column: &manara_events::arrow::array::ArrayRef, row: usize| {
            column.as_string::<i32>().value(row).to_string()
        };
        let (severity, count) =
            (batch.column(8).as_primitive::<Int64Type>(), batch.column(11).as_primitive::<Int64Type>());
        let first = batch.column(9).as_primitive::<TimestampMicrosecondType>();
        let asns = batch.column(12).as_primitive::<Int64Type>();
        let last = batch.column(10).as_primitive::<TimestampMicrosecondType>();
        for row in 0..finding.len() {
            let severity = Severity::from_rank(severity.value(row)).unwrap_or(Severity::Info);
            let (first, last) = (Micros(first.value(row)), Micros(last.value(row)));
            let source = SourceSeen { feed: value(feed, row), count: count.value(row) };
            let entry = findings.entry(value(finding, row)).or_insert_with_key(|id| Finding {
                id: id.clone(),
                constituent_id: value(constituent_id, row),
                constituent: value(constituent, row),
                taxonomy: value(taxonomy, row),
                kind: value(kind, row),
                subject: value(subject, row),
                asset: value(asset, row),
                state: FindingState::Open,
                severity,
                confidence: 0.0,
                first_seen: first,
                last_seen: last,
                count: 0,
                sources: Vec::new(),
                changed_at: first,
                told_at: None,
                asn: 0,
            });
            entry.asn = entry.asn.max(asns.value(row));
            entry.severity = entry.severity.max(severity);
            entry.first_seen = entry.first_seen.min(first);
            entry.last_seen = entry.last_seen.max(last);
            entry.count += source.count;
            entry.sources.push(source);
        }
    };
    lake.fold(FOLD, &files, &mut take).await?;
    for finding in findings.values_mut() {
        finding.sources.sort_by(|a, b| a.feed.cmp(&b.feed));
    }
    Ok(findings)
}

/// Reads every batch (of one feed, or of all) again, in the order they came, then makes the findings anew from the lake. What
/// people said of a finding stays with it; a finding without events left expires.
pub async fn replay(
    ingest: &Ingest,
    lake: &manara_lake::Lake,
    feed: Option<&str>,
    who: &str,
    now: Micros,
    mut told: impl FnMut(u64, u64),
) -> Result<ReplayReport, IngestError> {
    let _lock = ingest.lock().await?;
    let watch = Watch::new(ingest.db.clone(), &ingest.data);
    let rows = ingest.db.read(&sql::with_columns(sql::BATCHES_IN_ORDER), &[]).await?;
    let batches: Vec<_> = rows.iter().map(sql::batch_of).collect::<Result<_, _>>()?;
    let wanted: Vec<_> = batches.into_iter().filter(|batch| feed.is_none_or(|feed| batch.feed == feed)).collect();
    let mut report = ReplayReport::default();
    // Copies of a list say what changed since the copy before: all of a list begin anew at once, so that one that is broken off goes
    // on to the newest.
    let (lists, others): (Vec<_>, Vec<_>) = wanted.iter().partition(|batch| ingest.is_list(&batch.format));
    let mut tx = ingest.db.begin().await?;
    Settings::set(&mut tx, PENDING, "yes").await?;
    for feed in lists.iter().map(|batch| batch.feed.as_str()).collect::<HashSet<_>>() {
        lists::forget(&mut tx, feed).await?;
    }
    for batch in &lists {
        reset(&mut tx, batch).await?;
    }
    tx.commit().await?;
    for batch in lists.into_iter().chain(others) {
        if !ingest.is_list(&batch.format) {
            let mut tx = ingest.db.begin().await?;
            reset(&mut tx, batch).await?;
            tx.commit().await?;
        }
        let Some(fresh) = watch.batch(&batch.id).await? else { continue };
        let summary = ingest.process(&fresh, batch.received_at, now, Arc::new(Progress::default())).await?;
        report.summary.add(&summary);
        report.batches += 1;
        told(report.batches, wanted.len() as u64);
    }
    rebuild(ingest, lake, &mut report, now).await?;
    let mut tx = ingest.db.begin().await?;
    let detail = serde_json::to_string(&report).unwrap_or_default();
    Journal::write(&mut tx, who, "watch", "replayed", feed.unwrap_or("*"), &detail, now).await?;
    tx.commit().await?;
    let rows = ingest.db.read(sql::ALL_FILES, &[]).await?;
    let listed: HashSet<PathBuf> =
        rows.iter().map(|row| Ok(ingest.data.join(row.text(0)?))).collect::<Result<_, IngestError>>()?;
    tokio::task::block_in_place(|| remove_unlisted(&ingest.data.join("lake"), &listed));
    Ok(report)
}

/// Takes back what a batch gave, so that it is read again.
async fn reset(tx: &mut Tx, batch: &Batch) -> Result<(), StoreError> {
    tx.run(sql::DROP_FILES, &[(&batch.id).into()]).await?;
    tx.run(sql::DROP_DRIFT, &[(&batch.id).into()]).await?;
    tx.run(sql::RESET_BATCH, &[(&batch.id).into(), (&batch.format).into()]).await.map(drop)
}

/// Removes the files of the lake that no batch lists any more: those of the generation before.
fn remove_unlisted(folder: &Path, listed: &HashSet<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            remove_unlisted(&path, listed);
        } else if path.extension().is_some_and(|extension| extension == "parquet") && !listed.contains(&path) {
            let _ = std::fs::remove_file(path);
        }
    }
}

/// Whether the findings are to be made anew from the lake: a replay did not end, or a newer Manara counts what an older one did
/// not.
pub async fn replay_pending(db: &Db) -> Result<bool, StoreError> {
    Ok(Settings::get(db, PENDING).await?.as_deref() == Some("yes"))
}

/// The same within a transaction.
pub(crate) async fn is_pending(tx: &mut Tx) -> Result<bool, StoreError> {
    Ok(Settings::get_in(tx, PENDING).await?.as_deref() == Some("yes"))
}

/// After a crash inside a replay: makes the findings anew from the lake, once no batch waits any more. Nothing to do when no
/// replay was under way; true when there was.
pub async fn finish_replay(ingest: &Ingest, lake: &manara_lake::Lake, now: Micros) -> Result<bool, IngestError> {
    if !replay_pending(&ingest.db).await? {
        return Ok(false);
    }
    rebuild(ingest, lake, &mut ReplayReport::default(), now).await?;
    Ok(true)
}

/// Sets what is observed of every finding to what the lake says, and leaves what people said.
async fn rebuild(
    ingest: &Ingest,
    lake: &manara_lake::Lake,
    report: &mut ReplayReport,
    now: Micros,
) -> Result<(), IngestError> {
    let watch = Watch::new(ingest.db.clone(), &ingest.data);
    let mut from_lake = fold_lake(&watch, lake).await?;
    let mut origins = Origins::default();
    lake.fold(origins::FROM_LAKE, &watch.files().await?, &mut |batch| origins.take_counted(&batch)).await?;
    let mut tx = ingest.db.begin().await?;
    let means = reliabilities(&mut tx).await?;
    let mut after = String::new();
    let mut known: HashSet<String> = HashSet::new();
    loop {
        let page = format!("SELECT id FROM watch_finding WHERE id > $1 ORDER BY id LIMIT {}", 10_000);
        let ids: Vec<String> =
            tx.read(&page, &[(&after).into()]).await?.iter().map(|row| row.text(0)).collect::<Result<_, _>>()?;
        let Some(last) = ids.last() else { break };
        after = last.clone();
        let mut changed = Vec::new();
        for (mut finding, batch) in sql::findings_by_id(&mut tx, &ids).await? {
            known.insert(finding.id.clone());
            match from_lake.remove(&finding.id) {
                Some(seen) => {
                    finding.constituent = seen.constituent;
                    finding.severity = seen.severity;
                    finding.first_seen = seen.first_seen;
                    finding.last_seen = seen.last_seen;
                    finding.count = seen.count;
                    finding.asn = seen.asn;
                    finding.sources = seen.sources;
                }
                None => {
                    finding.count = 0;
                    finding.sources.clear();
                    if finding.state.is_live() {
                        finding.state = FindingState::Expired;
                        finding.changed_at = now;
                        report.findings_gone += 1;
                    }
                }
            }
            finding.weigh(|name| means.get(name).copied().unwrap_or(0.5));
            changed.push((finding, batch));
        }
        sql::put_findings(&mut tx, changed.iter().map(|(finding, batch)| (finding.clone(), batch.as_str()))).await?;
    }
    let mut fresh: Vec<Finding> = from_lake.into_values().filter(|finding| !known.contains(&finding.id)).collect();
    fresh.sort_by(|a, b| a.id.cmp(&b.id));
    report.findings_new = fresh.len() as u64;
    for finding in &mut fresh {
        finding.weigh(|name| means.get(name).copied().unwrap_or(0.5));
    }
    sql::put_findings(&mut tx, fresh.into_iter().map(|finding| (finding, ""))).await?;
    opened::count_anew(&mut tx).await?;
    origins.replace(&mut tx).await?;
    lists::still_here(&mut tx).await?;
    Settings::set(&mut tx, PENDING, "no").await?;
    tx.commit().await?;
    Ok(())
}
