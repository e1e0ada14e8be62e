//! A batch through the whole pipeline: read, steps, files, one transaction a part.
//!
//! Three stages run side by side, joined by short queues so that a slow one holds the others back: reading with
//! deduplication, steps with encoding, and storing. A part is one set of files and one transaction; a crash between parts
//! costs nothing but the part at hand, which is read again and written under the same names. While the findings of a part go
//! into the database, its files are ended, and the bytes of a batch that was read first are kept; the commit waits for both.

use std::collections::HashSet;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::sync_channel;
use std::time::{Duration, Instant};

use manara_events::arrow::array::{ArrayRef, Int64Array, RecordBatch, StringArray};
use manara_events::{FileWriter, WrittenFile, read_keys, reject_schema};
use manara_formats::{Drift, ReadError, Reject, Row, Shadowserver, Value};
use manara_model::{Field, Micros};
use manara_store::{Arg, Db, Journal};
use serde::Serialize;

use crate::batch::Batch;
use crate::chunk::{Chunk, Chunker};
use crate::fold;
use crate::folded::Folded;
use crate::ingest::{Format, Ingest, IngestError, Unkept, note};
use crate::lists::ListDiff;
use crate::origins::Origins;
use crate::seen::Seen;
use crate::sql;
use crate::steps::{self, BatchFacts};
use crate::twice::ReadTwice;
use crate::unlisted::Unlisted;

/// Different findings a part takes at most, so that folding them takes bounded memory.
const PART_FINDINGS: usize = 250_000;
/// Days within which the same row of the same feed is a duplicate, when the feed does not say.
const DEDUP_DAYS: i64 = 30;

/// How far a batch is, for whoever watches.
#[derive(Debug, Default)]
pub struct Progress {
    /// Plain bytes read so far.
    pub bytes: AtomicU64,
    /// Rows taken so far.
    pub rows: AtomicU64,
}

/// Where the time went, in milliseconds. Reading overlaps with steps and encoding, storing with ending files and, where the
/// file was read first, with keeping.
#[derive(Debug, Clone, Copy, Default, Serialize, PartialEq, Eq)]
pub struct Stages {
    /// Hashing, compressing and syncing the raw bytes.
    pub keep: u64,
    /// Reading, parsing, deduplicating, building columns.
    pub read: u64,
    /// Enriching, owning, classifying, weighing, folding.
    pub steps: u64,
    /// Encoding and compressing Parquet.
    pub encode: u64,
    /// Ending and syncing files.
    pub sync: u64,
    /// The transaction: findings, sums, journal.
    pub store: u64,
}

/// What became of a batch.
#[derive(Debug, Clone, Default, Serialize, PartialEq, Eq)]
pub struct Summary {
    /// Rows read.
    pub rows: i64,
    /// Rows that became events.
    pub events: i64,
    /// Rows that became context.
    pub context: i64,
    /// Rows that could not be read.
    pub rejects: i64,
    /// Rows that were there already.
    pub duplicates: i64,
    /// Events that belong to no constituent.
    pub unowned: i64,
    /// Findings that are new or were reopened.
    pub findings_opened: i64,
    /// Findings seen again.
    pub findings_updated: i64,
    /// Where the time went.
    pub stages: Stages,
    /// What ended the reading early, in words; empty when the file was read to its end.
    pub error: String,
}

impl Summary {
    /// Adds another batch's.
    pub fn add(&mut self, other: &Summary) {
        self.rows += other.rows;
        self.events += other.events;
        self.context += other.context;
        self.rejects += other.rejects;
        self.duplicates += other.duplicates;
        self.unowned += other.unowned;
        self.findings_opened += other.findings_opened;
        self.findings_updated += other.findings_updated;
        self.stages.keep += other.stages.keep;
        self.stages.read += other.stages.read;
        self.stages.steps += other.stages.steps;
        self.stages.encode += other.stages.encode;
        self.stages.sync += other.stages.sync;
        self.stages.store += other.stages.store;
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    rows: u64,
    events: u64,
    contexts: u64,
    rejects: u64,
    duplicates: u64,
    unowned: u64,
    last_event: i64,
}

/// Counts the bytes that pass.
struct Counting<'a> {
    inner: Box<dyn Read + Send>,
    progress: &'a Progress,
}

impl Read for Counting<'_> {
    fn read(&mut self, space: &mut [u8]) -> std::io::Result<usize> {
        let got = self.inner.read(space)?;
        self.progress.bytes.fetch_add(got as u64, Ordering::Relaxed);
        Ok(got)
    }
}

/// The hashes of earlier rows of a feed, loaded day by day as the rows at hand call for them.
struct Earlier {
    seen: Seen,
    db: Db,
    runtime: tokio::runtime::Handle,
    data: PathBuf,
    feed: String,
    batch: String,
    since: Micros,
    until: Micros,
    days: HashSet<i64>,
    last_day: i64,
    files: HashSet<String>,
}

impl Earlier {
    fn is_new(&mut self, time: i64, hash: u128) -> std::io::Result<bool> {
        let day = time.div_euclid(Micros::DAY);
        if day != self.last_day {
            self.last_day = day;
            if self.days.insert(day) {
                self.load(day)?;
            }
        }
        self.seen.insert(hash)
    }

    fn load(&mut self, day: i64) -> std::io::Result<()> {
        let (from, to) = (day.saturating_mul(Micros::DAY), day.saturating_add(1).saturating_mul(Micros::DAY));
        let args: [Arg<'_>; 6] =
            [(&self.feed).into(), from.into(), to.into(), self.since.into(), self.until.into(), (&self.batch).into()];
        let rows = self.runtime.block_on(self.db.read(sql::EARLIER_FILES, &args)).map_err(std::io::Error::other)?;
        for row in rows {
            let path = row.text(0).map_err(std::io::Error::other)?;
            if !self.files.insert(path.clone()) {
                continue;
            }
            for key in read_keys(&self.data.join(&path)).map_err(std::io::Error::other)? {
                self.seen.insert(key)?;
            }
        }
        Ok(())
    }
}

impl Ingest {
    /// Reads one batch to its end, or goes on with it after a crash. `until` is the moment up to which earlier batches
    /// count for deduplication: now for a new batch, its own arrival for a replay.
    pub async fn process(
        &self,
        batch: &Batch,
        until: Micros,
        now: Micros,
        progress: Arc<Progress>,
    ) -> Result<Summary, IngestError> {
        self.process_from(batch, None, until, now, progress).await
    }

    /// The same for a batch that may not be kept and noted yet: that is done with its first part, or at its end.
    pub(crate) async fn process_from(
        &self,
        batch: &Batch,
        mut unkept: Option<Unkept>,
        until: Micros,
        now: Micros,
        progress: Arc<Progress>,
    ) -> Result<Summary, IngestError> {
        let format = Format::parse(&batch.format)
            .or_else(|| batch.format.strip_prefix("shadowserver:").map(|kind| Format::Shadowserver(kind.into())))
            .ok_or_else(|| IngestError::NoSuchFeed(batch.format.clone()))?;
        let mapped = match &format {
            Format::Feed(name) => {
                let feed = self.feeds.iter().find(|feed| feed.name == *name);
                Some(feed.cloned().ok_or_else(|| IngestError::NoSuchFeed(name.clone()))?)
            }
            _ => None,
        };
        let is_list = self.is_list(&batch.format);
        let list = if is_list { Some(ListDiff::load(&self.db, &batch.feed).await?) } else { None };
        let dedup_days = mapped.as_ref().and_then(|feed| feed.dedup_days).map_or(DEDUP_DAYS, i64::from);
        let earlier = Earlier {
            seen: Seen::new(&self.scratch_folder()),
            db: self.db.clone(),
            runtime: tokio::runtime::Handle::current(),
            data: self.data.clone(),
            feed: batch.feed.clone(),
            batch: batch.id.clone(),
            since: batch.received_at.plus_days(-dedup_days),
            until,
            days: HashSet::new(),
            last_day: i64::MIN,
            files: HashSet::new(),
        };
        let (to_store, mut parts) = tokio::sync::mpsc::channel::<Part>(1);
        let worker = {
            let (ingest, batch) = (self.clone(), batch.clone());
            let file = unkept.as_ref().map(|unkept| Arc::clone(&unkept.file));
            tokio::task::spawn_blocking(move || {
                let file = file.as_ref();
                ingest.read_and_encode(&batch, file, &format, mapped.as_ref(), earlier, list, &to_store, &progress)
            })
        };
        let mut summary = Summary {
            rows: batch.rows,
            events: batch.events,
            context: batch.contexts,
            rejects: batch.rejects,
            duplicates: batch.duplicates,
            unowned: batch.unowned,
            findings_opened: batch.findings_opened,
            findings_updated: batch.findings_updated,
            ..Summary::default()
        };
        let mut number = batch.parts;
        let mut last_event = 0;
        let mut written_back = None;
        while let Some(part) = parts.recv().await {
            let start = Instant::now();
            if let Some(end) = written_back.take() {
                // Cut off only when the program ends, and then the log is read again at the next start.
                let _: Result<(), tokio::task::JoinError> = end.await;
            }
            let is_large = fold::is_large(&part.folded);
            last_event = last_event.max(part.sums.last_event);
            let stored = self.store(batch, unkept.take(), number, part, now, &mut summary).await;
            if is_large {
                written_back = Some(self.db.checkpoint_beside());
            }
            stored?;
            number += 1;
            summary.stages.store += start.elapsed().as_millis() as u64;
        }
        let (outcome, list, stages) = worker.await.map_err(|error| IngestError::Input {
            name: batch.file_name.clone(),
            error: std::io::Error::other(error),
        })?;
        (summary.stages.read, summary.stages.steps, summary.stages.encode) = (stages.read, stages.steps, stages.encode);
        if let (Some(unkept), Ok(()) | Err(IngestError::Read { .. })) = (&unkept, &outcome) {
            // It ends without a part.
            let (blob, keep) = self.keep(batch, unkept).await?;
            summary.stages.keep = keep;
            let mut tx = self.db.begin().await?;
            self.note_feed(&mut tx, batch, &unkept.format).await?;
            note(&mut tx, batch, &blob, &unkept.who).await?;
            tx.commit().await?;
        }
        self.end(batch, outcome, list, last_event, now, &mut summary).await?;
        Ok(summary)
    }

    /// One part in one transaction: findings, files, sums. Applied only if it is the next part. Meanwhile its files are ended
    /// and, with the first part of a batch that was read first, the raw bytes are kept.
    async fn store(
        &self,
        batch: &Batch,
        unkept: Option<Unkept>,
        number: i64,
        part: Part,
        now: Micros,
        summary: &mut Summary,
    ) -> Result<(), IngestError> {
        let Part { sums, files, folded, origins, drift, started } = part;
        let elapsed = started.elapsed();
        let owners = self.owners.load_full();
        let unlisted = unkept.as_ref().map(|_| {
            let paths = files.iter().map(|file| self.listed(&file.path));
            Arc::new(Unlisted::of(&self.scratch_folder(), &batch.id, paths))
        });
        let keeping = async {
            match &unkept {
                Some(unkept) => self.keep(batch, unkept).await.map(Some),
                None => Ok(None),
            }
        };
        let folding = async {
            let mut tx = self.db.begin().await?;
            if let Some(unkept) = &unkept {
                self.note_feed(&mut tx, batch, &unkept.format).await?;
            }
            let counts = fold::write(&mut tx, &batch.feed, &batch.id, &folded, &owners, now).await?;
            origins.write(&mut tx).await?;
            Ok::<_, IngestError>((tx, counts))
        };
        // All three come to their end, whichever fails: nothing is left half-written.
        let (kept, ended, folded) = tokio::join!(keeping, end_files(files, unlisted.clone()), folding);
        let (kept, (files, sync), (mut tx, counts)) = (kept?, ended?, folded?);
        summary.stages.sync += sync;
        if let (Some(unkept), Some((blob, keep))) = (&unkept, &kept) {
            note(&mut tx, batch, blob, &unkept.who).await.map_err(|error| match error.is_duplicate() {
                true => IngestError::Busy(batch.file_name.clone()),
                false => error.into(),
            })?;
            summary.stages.keep += keep;
        }
        for (kind, path, written, first, last) in &files {
            let path = self.listed(path).display().to_string();
            let args: [Arg<'_>; 10] = [
                (&batch.id).into(),
                number.into(),
                (*kind).into(),
                batch.generation.into(),
                path.into(),
                (written.bytes as i64).into(),
                (&written.hash).into(),
                (written.rows as i64).into(),
                (*first).into(),
                (*last).into(),
            ];
            tx.run(sql::ADD_FILE, &args).await?;
        }
        let drift: Vec<Arg<'_>> = drift
            .iter()
            .flat_map(|drift| [Arg::from(&batch.id), drift.kind.as_str().into(), (&drift.column).into()])
            .collect();
        for drift in drift.chunks(3) {
            tx.run(sql::ADD_DRIFT, drift).await?;
        }
        let args: [Arg<'_>; 11] = [
            (&batch.id).into(),
            number.into(),
            (sums.rows as i64).into(),
            (sums.events as i64).into(),
            (sums.contexts as i64).into(),
            (sums.rejects as i64).into(),
            (sums.duplicates as i64).into(),
            (sums.unowned as i64).into(),
            counts.opened.into(),
            counts.updated.into(),
            (elapsed.as_millis() as i64).into(),
        ];
        if tx.run(sql::ADD_PART, &args).await? != 1 {
            return Err(IngestError::Busy(batch.id.clone()));
        }
        tx.commit().await?;
        if let Some(unlisted) = unlisted {
            unlisted.forget();
        }
        summary.rows += sums.rows as i64;
        summary.events += sums.events as i64;
        summary.context += sums.contexts as i64;
        summary.rejects += sums.rejects as i64;
        summary.duplicates += sums.duplicates as i64;
        summary.unowned += sums.unowned as i64;
        summary.findings_opened += counts.opened;
        summary.findings_updated += counts.updated;
        Ok(())
    }

    /// Whether batches of a format are copies of a list.
    pub(crate) fn is_list(&self, format: &str) -> bool {
        match Format::parse(format) {
            Some(Format::List) => true,
            Some(Format::Feed(name)) => self.feeds.iter().any(|feed| feed.name == name && feed.state.is_some()),
            _ => false,
        }
    }

    /// The last transaction of a batch: finished, or failed when nothing of it could be read.
    async fn end(
        &self,
        batch: &Batch,
        outcome: Result<(), IngestError>,
        list: Option<ListDiff>,
        last_event: i64,
        now: Micros,
        summary: &mut Summary,
    ) -> Result<(), IngestError> {
        let error = match outcome {
            Ok(()) => None,
            Err(error @ IngestError::Read { .. }) => Some(error),
            // The disk, the database or the program: the batch stays as it is and goes on later.
            Err(other) => return Err(other),
        };
        let failed = error.is_some() && summary.rows == 0;
        let text = error.as_ref().map(ToString::to_string).unwrap_or_default();
        let mut tx = self.db.begin().await?;
        let state = if failed { "failed" } else { "finished" };
        let args: [Arg<'_>; 4] = [(&batch.id).into(), state.into(), now.into(), (&text).into()];
        tx.run(sql::FINISH_BATCH, &args).await?;
        if let Some(list) = list.filter(|_| error.is_none()) {
            list.write(&mut tx, batch).await?;
        }
        if !failed {
            let latest = if last_event == 0 { String::new() } else { Micros(last_event).rfc3339() };
            let args: [Arg<'_>; 4] =
                [(&batch.feed).into(), (&batch.format).into(), batch.received_at.into(), latest.into()];
            tx.run(sql::TOUCH_FEED, &args).await?;
        }
        let verb = if failed { "batch_failed" } else { "batch_finished" };
        let detail = serde_json::json!({
            "feed": batch.feed, "rows": summary.rows, "events": summary.events, "context": summary.context,
            "rejects": summary.rejects, "duplicates": summary.duplicates, "findings_opened": summary.findings_opened,
            "findings_updated": summary.findings_updated, "error": text,
        });
        Journal::write(&mut tx, "manara", "watch", verb, &batch.id, &detail.to_string(), now).await?;
        tx.commit().await?;
        summary.error = text;
        match error {
            Some(error) if failed => Err(error),
            _ => Ok(()),
        }
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "each is one thing the two stages share; a struct would only be taken apart again"
    )]
    /// The two blocking stages: a thread that reads, and this one that runs the steps and encodes.
    fn read_and_encode(
        &self,
        batch: &Batch,
        file: Option<&Arc<ReadTwice>>,
        format: &Format,
        mapped: Option<&manara_formats::Feed>,
        mut earlier: Earlier,
        mut list: Option<ListDiff>,
        to_store: &tokio::sync::mpsc::Sender<Part>,
        progress: &Progress,
    ) -> (Result<(), IngestError>, Option<ListDiff>, Stages) {
        let mut stages = Stages::default();
        // A list is compared with the one before it as a whole, so it is one part whatever its length.
        let is_list = list.is_some();
        let outcome = std::thread::scope(|scope| {
            let (send, chunks) = sync_channel::<Chunk>(2);
            let list = &mut list;
            let reader = scope.spawn(move || {
                let start = Instant::now();
                let mut is_new = |row: &Row<'_>, hash: u128| match list {
                    Some(list) => Ok(list.take(row, hash)),
                    None => {
                        let time = match row.get(Field::Time) {
                            Some(Value::Time(moment)) => moment.0,
                            _ => 0,
                        };
                        earlier.is_new(time, hash)
                    }
                };
                let mut chunker = Chunker::new(send, (batch.rows as u64, is_list), self.part_rows, &mut is_new);
                let result = self.read(batch, file, format, mapped, progress, &mut chunker);
                let (handed, disk) = chunker.finish();
                let result = match (result, handed, disk) {
                    (_, _, Some(error)) if error.kind() == std::io::ErrorKind::StorageFull => {
                        Err(IngestError::DiskFull { path: self.scratch_folder().display().to_string() })
                    }
                    (_, _, Some(error)) => {
                        Err(IngestError::Disk { path: self.scratch_folder().display().to_string(), error })
                    }
                    (Err(IngestError::Read { error: ReadError::Stopped, .. }), ..) | (Ok(()), Err(_), _) => {
                        Err(IngestError::Stopped)
                    }
                    (result, ..) => result,
                };
                (result, start.elapsed())
            });
            let encoded = self.encode(batch, &chunks, is_list, to_store, progress, &mut stages);
            // A failed encoder must not leave the reader waiting for room.
            drop(chunks);
            let (read, took) = match reader.join() {
                Ok(done) => done,
                Err(_) => (Err(IngestError::Stopped), Duration::ZERO),
            };
            stages.read = took.as_millis() as u64;
            match (encoded, read) {
                (Err(error), _) => Err(error),
                (Ok(()), read) => read,
            }
        });
        (outcome, list, stages)
    }

    fn read(
        &self,
        batch: &Batch,
        file: Option<&Arc<ReadTwice>>,
        format: &Format,
        mapped: Option<&manara_formats::Feed>,
        progress: &Progress,
        sink: &mut Chunker<'_, '_>,
    ) -> Result<(), IngestError> {
        let inner = match file {
            Some(file) => self.open_plain(Box::new(file.reader()), &batch.file_name)?,
            None => self.open_blob(&batch.sha256)?,
        };
        let input = Counting { inner, progress };
        let limits = &self.limits;
        let result = match (format, mapped) {
            (Format::Shadowserver(kind), _) => Shadowserver::of_type(kind).read(input, limits, sink),
            (Format::Suricata, _) => manara_formats::read_suricata(input, limits, sink),
            (Format::Zeek(path), _) => manara_formats::read_zeek(input, path.as_deref(), limits, sink),
            (Format::Idea, _) => manara_formats::read_idea(input, limits, sink),
            (Format::IntelMq, _) => manara_formats::read_intelmq(input, limits, sink),
            (Format::List, _) => manara_formats::read_list(input, batch.received_at, &[], limits, sink),
            (Format::Feed(_), Some(feed)) => {
                manara_formats::read_feed(input, feed, Some(&batch.file_name), batch.received_at, limits, sink)
            }
            (Format::Feed(name), None) => return Err(IngestError::NoSuchFeed(name.clone())),
        };
        result.map_err(|error| IngestError::reading(&batch.file_name, error))
    }

    fn encode(
        &self,
        batch: &Batch,
        chunks: &std::sync::mpsc::Receiver<Chunk>,
        one_part: bool,
        to_store: &tokio::sync::mpsc::Sender<Part>,
        progress: &Progress,
        stages: &mut Stages,
    ) -> Result<(), IngestError> {
        let (tables, owners) = (self.tables.load_full(), self.owners.load_full());
        let facts = BatchFacts { batch: &batch.id, feed: &batch.feed, received: batch.received_at.0 };
        // A part begins when the one before it is being stored: two are in memory, however slow the database is.
        let runtime = tokio::runtime::Handle::current();
        let place = || runtime.block_on(to_store.reserve()).map_err(|_| IngestError::Stopped);
        let mut number = batch.parts;
        let mut open = Part::new();
        let mut free = place()?;
        for mut chunk in chunks {
            progress.rows.fetch_add(chunk.rows, Ordering::Relaxed);
            open.sums.rows += chunk.rows;
            open.sums.duplicates += chunk.duplicates;
            open.sums.rejects += chunk.rejects.len() as u64;
            open.drift.append(&mut chunk.drift);
            for (kind, rows) in [("events", &mut chunk.events), ("context", &mut chunk.contexts)] {
                if rows.times.is_empty() {
                    continue;
                }
                let count = rows.times.len() as u64;
                let (first, last) = rows.times.iter().fold((i64::MAX, i64::MIN), |(a, b), t| (a.min(*t), b.max(*t)));
                let start = Instant::now();
                let folded = (kind == "events").then_some(&mut open.folded);
                let stepped = steps::run(rows, &facts, &tables, &owners, folded)?;
                stages.steps += elapsed(start);
                if kind == "events" {
                    open.sums.events += count;
                    open.origins.take(&stepped.batch, batch.received_at);
                    open.sums.unowned += stepped.unowned;
                    open.sums.last_event = open.sums.last_event.max(last);
                } else {
                    open.sums.contexts += count;
                }
                let start = Instant::now();
                open.write(kind, || self.part_path(kind, batch, number), &stepped.batch, first, last)?;
                stages.encode += elapsed(start);
            }
            if !chunk.rejects.is_empty() {
                let rejects = reject_batch(&chunk.rejects, batch)?;
                open.write("rejects", || self.part_path("rejects", batch, number), &rejects, 0, 0)?;
            }
            if !one_part && (open.sums.rows >= self.part_rows || open.folded.len() >= PART_FINDINGS) {
                open.flush()?;
                free.send(std::mem::replace(&mut open, Part::new()));
                free = place()?;
                number += 1;
            }
        }
        // A file of a header alone is a part of drift alone, once.
        if open.sums.rows > 0 || (batch.parts == 0 && !open.drift.is_empty()) {
            free.send(open);
        }
        Ok(())
    }

    /// The path of a file as its batch lists it.
    fn listed<'p>(&self, path: &'p Path) -> &'p Path {
        path.strip_prefix(&self.data).unwrap_or(path)
    }

    fn part_path(&self, kind: &str, batch: &Batch, number: i64) -> PathBuf {
        let name = match batch.generation {
            0 => format!("{}-{number}.parquet", batch.id),
            generation => format!("{}-{number}-g{generation}.parquet", batch.id),
        };
        let day = format!("day={}", batch.received_at.day());
        self.data.join("lake").join(kind).join(day).join(format!("feed={}", batch.feed)).join(name)
    }
}

fn elapsed(start: Instant) -> u64 {
    // Summed over many chunks: micro-precision is kept by rounding half up.
    start.elapsed().as_micros().div_ceil(1000) as u64
}

struct OpenFile {
    kind: &'static str,
    path: PathBuf,
    writer: FileWriter,
    first: i64,
    last: i64,
}

/// A part: it takes rows until it is handed over to be stored.
struct Part {
    sums: Sums,
    files: Vec<OpenFile>,
    folded: Folded,
    origins: Origins,
    drift: Vec<Drift>,
    started: Instant,
}

impl Part {
    fn new() -> Self {
        Part {
            sums: Sums::default(),
            files: Vec::new(),
            folded: Folded::default(),
            origins: Origins::default(),
            drift: Vec::new(),
            started: Instant::now(),
        }
    }

    fn write(
        &mut self,
        kind: &'static str,
        path: impl FnOnce() -> PathBuf,
        rows: &RecordBatch,
        first: i64,
        last: i64,
    ) -> Result<(), IngestError> {
        let at = match self.files.iter().position(|file| file.kind == kind) {
            Some(at) => at,
            None => {
                let path = path();
                let writer = FileWriter::create(&path, rows)?;
                self.files.push(OpenFile { kind, path, writer, first, last });
                self.files.len() - 1
            }
        };
        if let Some(file) = self.files.get_mut(at) {
            file.first = file.first.min(first);
            file.last = file.last.max(last);
            file.writer.write(rows)?;
        }
        Ok(())
    }

    /// Writes out what its files hold, so that it takes little memory while it waits.
    fn flush(&mut self) -> Result<(), IngestError> {
        for file in &mut self.files {
            file.writer.flush()?;
        }
        Ok(())
    }
}

/// A file of the lake that is ended: kind, path, what was written, earliest and latest moment.
type EndedFile = (&'static str, PathBuf, WrittenFile, i64, i64);

/// Ends and syncs the files of a part, noted first where nothing lists them before the commit; says how long it took, too.
async fn end_files(
    files: Vec<OpenFile>,
    unlisted: Option<Arc<Unlisted>>,
) -> Result<(Vec<EndedFile>, u64), IngestError> {
    let ending = tokio::task::spawn_blocking(move || {
        let start = Instant::now();
        if let Some(unlisted) = unlisted {
            unlisted.write()?;
        }
        let mut ended = Vec::with_capacity(files.len());
        for file in files {
            ended.push((file.kind, file.path, file.writer.finish()?, file.first, file.last));
        }
        Ok((ended, elapsed(start)))
    });
    // Only a fault of this program or its end breaks it off.
    ending.await.unwrap_or(Err(IngestError::Stopped))
}

fn reject_batch(rejects: &[Reject], batch: &Batch) -> Result<RecordBatch, IngestError> {
    let text =
        |of: fn(&Reject) -> &str| -> ArrayRef { Arc::new(StringArray::from_iter_values(rejects.iter().map(of))) };
    let same = |text: &str| -> ArrayRef { Arc::new(StringArray::from_iter_values(rejects.iter().map(|_| text))) };
    let lines = Int64Array::from_iter_values(rejects.iter().map(|reject| reject.line as i64));
    let columns = vec![
        same(&batch.id),
        same(&batch.feed),
        Arc::new(lines),
        text(|reject| &reject.column),
        text(|reject| reject.code),
        text(|reject| &reject.found),
        text(|reject| &reject.raw),
    ];
    Ok(RecordBatch::try_new(reject_schema(), columns)?)
}

/// Removes what a crash left behind in the folders of the lake: files that were never finished.
pub(crate) fn sweep(folder: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            sweep(&path);
        } else if path
            .extension()
            .is_some_and(|extension| extension == "part" || extension == "run" || extension == "zip")
        {
            let _ = std::fs::remove_file(path);
        }
    }
}
