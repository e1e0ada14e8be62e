//! Rows on their way from the reader to the steps.

use std::net::IpAddr;
use std::sync::mpsc::SyncSender;

use manara_events::Columns;
use manara_formats::{Drift, Outcome, Reject, Row, Sink, Stop, Value};
use manara_model::Field;
use xxhash_rust::xxh3::xxh3_128;

/// Rows a chunk takes before it is handed on: what a step works over at once.
const CHUNK_ROWS: u64 = 16 * 1024;

/// Columns of one kind of row, with what the steps look at most in its parsed form.
#[derive(Default)]
pub(crate) struct ChunkRows {
    pub columns: Columns,
    pub times: Vec<i64>,
    pub source_ips: Vec<Option<IpAddr>>,
    pub destination_ips: Vec<Option<IpAddr>>,
}

impl ChunkRows {
    /// None yet, with room for as many.
    fn like(&self) -> Self {
        ChunkRows {
            columns: self.columns.like(),
            times: Vec::with_capacity(self.times.len()),
            source_ips: Vec::with_capacity(self.times.len()),
            destination_ips: Vec::with_capacity(self.times.len()),
        }
    }

    fn push(&mut self, row: &Row<'_>, hash: u128) {
        let (mut time, mut source, mut destination) = (0, None, None);
        for (field, value) in &row.fields {
            match value {
                Value::Text(text) => self.columns.text(*field, text),
                Value::Ip(address) => {
                    match field {
                        Field::SourceIp => source = Some(*address),
                        Field::DestinationIp => destination = Some(*address),
                        _ => {}
                    }
                    self.columns.ip(*field, *address);
                }
                Value::Number(number) => self.columns.number(*field, *number as i64),
                Value::Real(number) => self.columns.real(*field, *number),
                Value::Bool(value) => self.columns.bool(*field, *value),
                Value::Time(moment) => {
                    if *field == Field::Time {
                        time = moment.0;
                    }
                    self.columns.time(*field, *moment);
                }
            }
        }
        if !row.extra.is_empty() {
            self.columns.text(Field::Extra, row.extra);
        }
        self.columns.hash(hash);
        self.columns.line(row.line);
        self.times.push(time);
        self.source_ips.push(source);
        self.destination_ips.push(destination);
        if let Outcome::Context(kind) = row.outcome {
            self.columns.own(manara_events::Own::Context, kind);
        }
        self.columns.end_row();
    }
}

/// Some rows of one batch, in order.
#[derive(Default)]
pub(crate) struct Chunk {
    /// Rows taken in, whatever became of them.
    pub rows: u64,
    pub duplicates: u64,
    pub events: ChunkRows,
    pub contexts: ChunkRows,
    pub rejects: Vec<Reject>,
    pub drift: Vec<Drift>,
}

/// Says of a row and its hash whether it is new.
pub(crate) type IsNew<'a> = dyn FnMut(&Row<'_>, u128) -> std::io::Result<bool> + Send + 'a;

/// Takes rows from a reader, drops the duplicates, and hands chunks on.
///
/// Deduplication sits here and not among the steps over columns, because its key is the row as it arrived, which nobody
/// after this point has.
pub(crate) struct Chunker<'a, 'b> {
    chunk: Chunk,
    out: SyncSender<Chunk>,
    is_new: &'a mut IsNew<'b>,
    /// Rows that an earlier run of this batch has stored already.
    skip: u64,
    /// A list is compared with the one before it as a whole: rows that are stored already belong to it.
    is_list: bool,
    /// Rows of a chunk: the usual number, or fewer when a part is smaller.
    chunk_rows: u64,
    /// Said once the disk refused.
    pub failed: Option<std::io::Error>,
}

impl<'a, 'b> Chunker<'a, 'b> {
    pub(crate) fn new(
        out: SyncSender<Chunk>,
        (skip, is_list): (u64, bool),
        part_rows: u64,
        is_new: &'a mut IsNew<'b>,
    ) -> Self {
        let chunk_rows = CHUNK_ROWS.min(part_rows.max(1));
        Chunker { chunk: Chunk::default(), out, is_new, skip, is_list, chunk_rows, failed: None }
    }

    fn counted(&mut self) -> Result<(), Stop> {
        self.chunk.rows += 1;
        if self.chunk.rows < self.chunk_rows {
            return Ok(());
        }
        self.hand_on()
    }

    fn hand_on(&mut self) -> Result<(), Stop> {
        let next = Chunk { events: self.chunk.events.like(), contexts: self.chunk.contexts.like(), ..Chunk::default() };
        self.out.send(std::mem::replace(&mut self.chunk, next)).map_err(|_| Stop)
    }

    /// Hands on what is left.
    pub(crate) fn finish(mut self) -> (Result<(), Stop>, Option<std::io::Error>) {
        let result = if self.chunk.rows > 0 || !self.chunk.drift.is_empty() { self.hand_on() } else { Ok(()) };
        (result, self.failed)
    }
}

impl Sink for Chunker<'_, '_> {
    fn row(&mut self, row: Row<'_>) -> Result<(), Stop> {
        let is_stored = self.skip > 0;
        self.skip = self.skip.saturating_sub(1);
        if is_stored && !self.is_list {
            return Ok(());
        }
        // Rows of one message are not each other's repeats; the same message later gives the same hashes.
        let hash = xxh3_128(row.raw).wrapping_add(row.nth.into());
        match (self.is_new)(&row, hash) {
            Ok(_) if is_stored => return Ok(()),
            Ok(true) => match row.outcome {
                Outcome::Event => self.chunk.events.push(&row, hash),
                Outcome::Context(_) => self.chunk.contexts.push(&row, hash),
            },
            Ok(false) => self.chunk.duplicates += 1,
            Err(error) => {
                self.failed = Some(error);
                return Err(Stop);
            }
        }
        self.counted()
    }

    fn reject(&mut self, reject: Reject) -> Result<(), Stop> {
        if self.skip > 0 {
            self.skip -= 1;
            return Ok(());
        }
        self.chunk.rejects.push(reject);
        self.counted()
    }

    fn drift(&mut self, drift: Drift) {
        // What is told before rows that are stored was stored with them.
        if self.skip == 0 {
            self.chunk.drift.push(drift);
        }
    }
}
