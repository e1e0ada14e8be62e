//! Everything that was ever stored, read again.

use std::collections::HashSet;

use manara_events::verify_file;
use manara_lake::Lake;
use serde::Serialize;

use crate::ingest::{Ingest, IngestError};
use crate::opened;
use crate::origins;
use crate::replay::{fold_lake, replay_pending};
use crate::sql::{self, Watch};

/// What reading everything again found.
#[derive(Debug, Clone, Default, Serialize, PartialEq, Eq)]
pub struct VerifyReport {
    /// Raw files whose SHA-256 was computed again.
    pub blobs: u64,
    /// Files of the lake whose hash was computed again.
    pub files: u64,
    /// Findings whose sums were counted again from the events.
    pub findings: u64,
    /// What is wrong, one sentence each; empty when all is well.
    pub problems: Vec<String>,
}

/// Reads every blob and every file of the lake again, and counts every finding again from its events.
pub async fn verify(ingest: &Ingest, lake: &Lake) -> Result<VerifyReport, IngestError> {
    let watch = Watch::new(ingest.db.clone(), &ingest.data);
    let mut report = VerifyReport::default();
    let batches = watch.batches("1 = 1", &[], "id", 1_000_000).await?;
    let mut checked = HashSet::new();
    for batch in &batches {
        if checked.insert(batch.sha256.clone()) {
            report.blobs += 1;
            if let Err(error) = tokio::task::block_in_place(|| ingest.blobs.verify(&batch.sha256)) {
                report.problems.push(format!("batch {} ({}): {error}", batch.id, batch.file_name));
            }
        }
        let sum = batch.events + batch.contexts + batch.duplicates + batch.rejects;
        if batch.rows != sum {
            report.problems.push(format!("batch {}: {} rows but {sum} accounted for", batch.id, batch.rows));
        }
    }
    for row in ingest.db.read(sql::ALL_FILES, &[]).await? {
        let (path, hash) = (row.text(0)?, row.text(1)?);
        report.files += 1;
        match tokio::task::block_in_place(|| verify_file(&ingest.data.join(&path), &hash)) {
            Ok(true) => {}
            Ok(false) => report.problems.push(format!("{path}: its bytes have another hash than when it was written")),
            Err(error) => report.problems.push(error.to_string()),
        }
    }
    if report.problems.is_empty() {
        let mut from_lake = fold_lake(&watch, lake).await?;
        let mut after = String::new();
        loop {
            let page = watch.findings("id > $1", &[(&after).into()], "id", 10_000).await?;
            let Some(last) = page.last() else { break };
            after = last.id.clone();
            for finding in page {
                report.findings += 1;
                let said = (finding.count, finding.first_seen, finding.last_seen);
                match from_lake.remove(&finding.id) {
                    Some(seen)
                        if (seen.count, seen.first_seen, seen.last_seen) == said && seen.sources == finding.sources => {
                    }
                    Some(seen) => {
                        report.problems.push(format!(
                            "finding {}: {} events noted, {} in the lake",
                            finding.id, finding.count, seen.count
                        ));
                    }
                    None if finding.count == 0 => {}
                    None => report.problems.push(format!("finding {}: no event of it is in the lake", finding.id)),
                }
            }
        }
        if !replay_pending(&ingest.db).await? {
            check_sums(ingest, &mut report).await?;
        }
        for id in from_lake.keys() {
            report.problems.push(format!("finding {id}: its events are in the lake, the finding is not there"));
        }
    }
    Ok(report)
}

/// Compares the sums that pages read with what they are sums of.
async fn check_sums(ingest: &Ingest, report: &mut VerifyReport) -> Result<(), IngestError> {
    report.problems.extend(opened::check(&ingest.db, report.findings).await?);
    let counted = ingest.db.read_int(origins::ALL, &[]).await?;
    let events = ingest.db.read_int(sql::ALL_EVENTS, &[]).await?;
    if counted != events {
        report.problems.push(format!("sums of events by day and country: {counted} counted of {events}"));
    }
    Ok(())
}
