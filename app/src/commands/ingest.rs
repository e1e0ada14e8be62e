//! `ingest`: files through the whole pipeline, or on with what a crash left.

use std::fs::File;
use std::io::IsTerminal as _;
use std::os::fd::AsFd as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use indicatif::{ProgressBar, ProgressStyle};
use manara_model::Micros;
use manara_watch::{Batch, FileHint, IngestError, Ingested, Progress, Stages, Summary};
use serde::Serialize;

use super::{DONE, FAILED};
use crate::cli;
use crate::house::House;
use crate::print;

/// What `--json` prints: one object.
#[derive(Debug, Serialize)]
struct Answer<'a> {
    rows: i64,
    events: i64,
    duplicates: i64,
    rejects: i64,
    context: i64,
    unowned: i64,
    findings_opened: i64,
    findings_updated: i64,
    seconds: f64,
    rows_per_second: f64,
    peak_memory_mb: f64,
    keep_milliseconds: u64,
    stages_milliseconds: Stages,
    files: &'a [FileAnswer],
}

/// What became of one file.
#[derive(Debug, Serialize)]
struct FileAnswer {
    file: String,
    feed: String,
    format: String,
    batch: String,
    known: bool,
    rows: i64,
    events: i64,
    duplicates: i64,
    rejects: i64,
    context: i64,
    #[serde(skip_serializing_if = "String::is_empty")]
    error: String,
}

/// Ingests files. Exit 0 when something could be read, also with rejects; 1 when nothing could be read or stored.
pub async fn run(args: cli::Ingest) -> anyhow::Result<u8> {
    let house = House::make(&args.place).await?;
    house.load_tables().await?;
    let received = match &args.received {
        Some(text) => Some(
            Micros::parse_rfc3339(text)
                .with_context(|| format!("--received {text} is not a time such as 2026-01-15T06:00:00Z"))?,
        ),
        None => None,
    };
    let start = Instant::now();
    let mut total = Summary::default();
    let mut files = Vec::new();
    let mut read_any = false;
    let _lock = house.ingest.lock().await?;
    finish_waiting(&house, args.json).await?;
    for path in &args.files {
        let hint = FileHint {
            feed: args.feed.clone(),
            kind: args.kind.clone(),
            file_name: (path.as_os_str() != "-").then(|| path.display().to_string()),
        };
        let begun = Instant::now();
        match one(&house, path, &hint, received, !args.json).await {
            Ok(Ingested { batch, known, summary }) => {
                read_any = true;
                let error = summary.error.clone();
                if !args.json {
                    say(&batch, known, &summary, begun.elapsed());
                }
                files.push(file_answer(path, &batch, known, &summary, error));
                total.add(&summary);
            }
            Err(error) => {
                let stop = matches!(
                    error.downcast_ref::<IngestError>(),
                    Some(IngestError::DiskFull { .. } | IngestError::Store(_))
                );
                let text = print::chain(&error);
                eprintln!("manara: {text}");
                files.push(FileAnswer {
                    file: path.display().to_string(),
                    feed: String::new(),
                    format: String::new(),
                    batch: String::new(),
                    known: false,
                    rows: 0,
                    events: 0,
                    duplicates: 0,
                    rejects: 0,
                    context: 0,
                    error: text,
                });
                if stop {
                    read_any = false;
                    break;
                }
            }
        }
    }
    let seconds = start.elapsed().as_secs_f64();
    if args.json {
        print::json(&Answer {
            rows: total.rows,
            events: total.events,
            duplicates: total.duplicates,
            rejects: total.rejects,
            context: total.context,
            unowned: total.unowned,
            findings_opened: total.findings_opened,
            findings_updated: total.findings_updated,
            seconds,
            rows_per_second: total.rows as f64 / seconds.max(1e-9),
            peak_memory_mb: peak_memory_mb(),
            keep_milliseconds: total.stages.keep,
            stages_milliseconds: total.stages,
            files: &files,
        })?;
    } else if args.files.len() > 1 {
        println!("{} rows in {seconds:.1} s ({:.0} rows/s)", total.rows, total.rows as f64 / seconds.max(1e-9));
    }
    house.db.close().await;
    Ok(if read_any { DONE } else { FAILED })
}

/// Goes on with the batches that a crash or a full disk left. The caller holds the lock.
pub async fn finish_waiting(house: &House, quiet: bool) -> anyhow::Result<()> {
    for batch in house.ingest.waiting().await? {
        if !quiet {
            eprintln!("going on with {} (batch {})", batch.file_name, batch.id);
        }
        let result = house.ingest.process(&batch, Micros::FAR, Micros::now(), Arc::default()).await;
        match result {
            Ok(_) | Err(IngestError::Read { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    manara_watch::finish_replay(&house.ingest, &house.lake, Micros::now()).await?;
    Ok(())
}

async fn one(
    house: &House,
    path: &Path,
    hint: &FileHint,
    received: Option<Micros>,
    show: bool,
) -> anyhow::Result<Ingested> {
    let now = received.unwrap_or_else(Micros::now);
    let file = match path.as_os_str() == "-" {
        true => File::from(std::io::stdin().as_fd().try_clone_to_owned()?),
        false => File::open(path).with_context(|| path.display().to_string())?,
    };
    let progress = Arc::new(Progress::default());
    let bar = match show && std::io::stderr().is_terminal() {
        true => Some(watch_progress(path.display().to_string(), file.metadata()?.len(), Arc::clone(&progress))),
        false => None,
    };
    let taken = house.ingest.take(file, hint, now, "cli", progress).await;
    if let Some(bar) = bar {
        bar.abort();
    }
    Ok(taken?)
}

/// A bar on the terminal; the total is the size of the file, right for what is not compressed.
fn watch_progress(name: String, bytes: u64, progress: Arc<Progress>) -> tokio::task::JoinHandle<()> {
    let bar = ProgressBar::new(bytes.max(1));
    if let Ok(style) = ProgressStyle::with_template("{msg} {bar:30} {bytes}/{total_bytes} {bytes_per_sec}") {
        bar.set_style(style);
    }
    bar.set_message(name);
    tokio::spawn(async move {
        let mut tick = tokio::time::interval(Duration::from_millis(100));
        loop {
            tick.tick().await;
            let bytes = progress.bytes.load(Ordering::Relaxed);
            bar.set_length(bar.length().unwrap_or(0).max(bytes));
            bar.set_position(bytes);
        }
    })
}

fn file_answer(path: &Path, batch: &Batch, known: bool, summary: &Summary, error: String) -> FileAnswer {
    FileAnswer {
        file: path.display().to_string(),
        feed: batch.feed.clone(),
        format: batch.format.clone(),
        batch: batch.id.clone(),
        known,
        rows: summary.rows,
        events: summary.events,
        duplicates: summary.duplicates,
        rejects: summary.rejects,
        context: summary.context,
        error,
    }
}

fn say(batch: &Batch, known: bool, summary: &Summary, took: Duration) {
    let seconds = took.as_secs_f64();
    println!("{}  ({}, batch {})", batch.file_name, batch.feed, batch.id);
    if known {
        println!("  these bytes came before: nothing was added ({} rows)", summary.rows);
        return;
    }
    println!(
        "  {} rows = {} events + {} context + {} duplicates + {} rejects",
        summary.rows, summary.events, summary.context, summary.duplicates, summary.rejects
    );
    println!(
        "  {} findings opened, {} updated; {} events without an owner",
        summary.findings_opened, summary.findings_updated, summary.unowned
    );
    println!("  {seconds:.2} s, {:.0} rows/s", summary.rows as f64 / seconds.max(1e-9));
    if !summary.error.is_empty() {
        println!("  ended early: {}", summary.error);
    }
    if summary.rejects > 0 {
        println!(
            "  see them: manara query \"SELECT line, \\\"column\\\", code, found FROM rejects WHERE batch = '{}'\"",
            batch.id
        );
    }
}

/// The most memory this process ever held, in megabytes; 0 where the system does not tell.
pub fn peak_memory_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse::<f64>().ok());
    kilobytes.unwrap_or(0.0) * 1024.0 / 1e6
}
