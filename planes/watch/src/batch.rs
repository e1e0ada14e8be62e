//! A batch: one file or message of events as it arrived.

use manara_model::Micros;
use uuid::Uuid;

/// Where a batch stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BatchState {
    /// Its bytes are kept; its rows are still to be read. A crash leaves it here.
    Received,
    /// Every row is an event, context, a duplicate or a reject.
    Finished,
    /// Nothing of it could be read.
    Failed,
}

impl BatchState {
    /// The word in the database and in message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Finished => "finished",
            Self::Failed => "failed",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Received, Self::Finished, Self::Failed].into_iter().find(|state| state.as_str() == text)
    }
}

/// A batch with its sums: `rows = events + contexts + duplicates + rejects`.
#[derive(Debug, Clone, PartialEq)]
pub struct Batch {
    /// UUIDv7.
    pub id: String,
    /// Name of the feed.
    pub feed: String,
    /// SHA-256 of the bytes as they arrived.
    pub sha256: String,
    /// Name of the file, as it was told.
    pub file_name: String,
    /// How it is read: `shadowserver:scan_telnet`, `suricata`, `mapping:feodo`, …
    pub format: String,
    /// When it reached us.
    pub received_at: Micros,
    /// When its last row was stored.
    pub finished_at: Option<Micros>,
    /// Where it stands.
    pub state: BatchState,
    /// Size as it arrived.
    pub bytes: i64,
    /// Rows read.
    pub rows: i64,
    /// Rows that became events.
    pub events: i64,
    /// Rows that became context.
    pub contexts: i64,
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
    /// Parts stored so far.
    pub parts: i64,
    /// How often it was read anew.
    pub generation: i64,
    /// Time the reading took.
    pub millis: i64,
    /// What went wrong, in words; empty when nothing did.
    pub error: String,
}

impl Batch {
    /// A batch that arrives now; its bytes are not kept yet.
    pub(crate) fn arriving(feed: String, file_name: String, format: String, received_at: Micros) -> Self {
        Batch {
            id: Uuid::now_v7().to_string(),
            feed,
            sha256: String::new(),
            file_name,
            format,
            received_at,
            finished_at: None,
            state: BatchState::Received,
            bytes: 0,
            rows: 0,
            events: 0,
            contexts: 0,
            rejects: 0,
            duplicates: 0,
            unowned: 0,
            findings_opened: 0,
            findings_updated: 0,
            parts: 0,
            generation: 0,
            millis: 0,
            error: String::new(),
        }
    }
}

/// A feed as its page shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct FeedRow {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// How its last batch was read.
    pub format: String,
    /// How far it can be believed, from answers.
    pub reliability: manara_model::Reliability,
    /// Hours after which it counts as silent.
    pub silent_hours: i64,
    /// When its last batch came.
    pub last_received: Option<Micros>,
    /// Its latest event.
    pub last_event: Option<Micros>,
    /// Batches it sent.
    pub batches: i64,
    /// Events of all batches.
    pub events: i64,
    /// Rejects of all batches.
    pub rejects: i64,
    /// Duplicates of all batches.
    pub duplicates: i64,
}

impl FeedRow {
    /// Since when the feed is silent, if it is.
    pub fn silent_since(&self, now: Micros) -> Option<Micros> {
        let last = self.last_received?;
        (now.0 - last.0 > self.silent_hours * 3_600_000_000).then_some(last)
    }

    /// How old the newest event was when its batch came, in seconds: the lag of the source.
    pub fn lag_seconds(&self) -> Option<i64> {
        Some((self.last_received?.0 - self.last_event?.0) / 1_000_000)
    }
}
