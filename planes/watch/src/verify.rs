//! Everything that was ever stored, read again.

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
    /// Raw files, mails, attachments and evidence: every blob whose SHA-256 was computed again.
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
    check_batches(ingest, &watch, &mut report).await?;
    read_blobs(ingest, &watch, &mut report).await?;
    let mut lake_is_whole = true;
    for row in ingest.db.read(sql::ALL_FILES, &[]).await? {
        let (path, hash) = (row.text(0)?, row.text(1)?);
        report.files += 1;
        let problem = match tokio::task::block_in_place(|| verify_file(&ingest.data.join(&path), &hash)) {
            Ok(true) => continue,
            Ok(false) => format!("{path}: its bytes have another hash than when it was written"),
            Err(error) => error.to_string(),
        };
        lake_is_whole = false;
        report.problems.push(problem);
    }
    if lake_is_whole {
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

/// Looks whether the raw file of every batch is there, and whether its rows are all accounted for.
async fn check_batches(ingest: &Ingest, watch: &Watch, report: &mut VerifyReport) -> Result<(), IngestError> {
    let mut after = String::new();
    loop {
        let page = watch.batches("id > $1", &[(&after).into()], "id", 10_000).await?;
        let Some(last) = page.last() else { return Ok(()) };
        after = last.id.clone();
        for batch in page {
            if !ingest.blobs.has(&batch.sha256) {
                let (id, name, sha256) = (&batch.id, &batch.file_name, &batch.sha256);
                report.problems.push(format!("batch {id} ({name}): blob {sha256} is not there"));
            }
            let sum = batch.events + batch.contexts + batch.duplicates + batch.rejects;
            if batch.rows != sum {
                report.problems.push(format!("batch {}: {} rows but {sum} accounted for", batch.id, batch.rows));
            }
        }
    }
}

/// Reads every blob again, whoever kept it; a damaged one is told with the batch it is of, if it is of one.
async fn read_blobs(ingest: &Ingest, watch: &Watch, report: &mut VerifyReport) -> Result<(), IngestError> {
    let mut damaged = Vec::new();
    let walked = tokio::task::block_in_place(|| {
        ingest.blobs.each(&mut |sha256| {
            report.blobs += 1;
            if let Err(error) = ingest.blobs.verify(sha256) {
                damaged.push((sha256.to_string(), error));
            }
        })
    });
    walked.map_err(|error| IngestError::Disk { path: ingest.data.join("blobs").display().to_string(), error })?;
    for (sha256, error) in damaged {
        let batches = watch.batches("sha256 = $1", &[(&sha256).into()], "id", 1).await?;
        report.problems.push(match batches.first() {
            Some(batch) => format!("batch {} ({}): {error}", batch.id, batch.file_name),
            None => error.to_string(),
        });
    }
    Ok(())
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
