//! What a reader gives: rows, rejects, and the drift of the format.

use std::borrow::Cow;
use std::net::IpAddr;

use manara_model::{Field, Micros};

/// The value of one field, borrowed from the input where it can be.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// Text, never empty.
    Text(Cow<'a, str>),
    /// An address.
    Ip(IpAddr),
    /// A whole number.
    Number(u64),
    /// A floating point number.
    Real(f64),
    /// True or false.
    Bool(bool),
    /// A moment, already in UTC.
    Time(Micros),
}

/// What a row became.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// An observation about an address or a name: it may become a finding.
    Event,
    /// Something that happened around it, to be searched later (`dns`, `http`, `flow`, …): never a finding.
    Context(&'static str),
}

/// One row of the input, read.
///
/// Shape: `fields` holds each field at most once; `time.source` and at least one of address, name, URL or account are
/// there. `extra` is a JSON object text with everything that has no field, or empty when there is nothing.
#[derive(Debug)]
pub struct Row<'a> {
    /// 1-based line of the decompressed input on which the row begins.
    pub line: u64,
    /// The bytes of the row as it arrived, without the line end. Rows of one record share them.
    pub raw: &'a [u8],
    /// Which of the rows of its record it is, from 0: a message may tell of many sources.
    pub nth: u32,
    /// What it became.
    pub outcome: Outcome,
    /// The fields that have a value.
    pub fields: Vec<(Field, Value<'a>)>,
    /// The rest, as a JSON object text; empty when there is none.
    pub extra: &'a str,
}

impl<'a> Row<'a> {
    /// The value of a field, if the row has it.
    pub fn get(&self, field: Field) -> Option<&Value<'a>> {
        self.fields.iter().find(|(name, _)| *name == field).map(|(_, value)| value)
    }
}

/// A row that could not be read: data, not an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reject {
    /// 1-based line of the decompressed input on which the row begins.
    pub line: u64,
    /// The column it is about, by its name in the input; empty when it is about the whole row.
    pub column: String,
    /// A stable word for the reason, also the message key `reject-<code>`: see [`Reject::CODES`].
    pub code: &'static str,
    /// What was found, shortened to 200 characters.
    pub found: String,
    /// The row as it arrived, lossily decoded, shortened to 2,000 characters.
    pub raw: String,
}

impl Reject {
    /// Every reason there is.
    pub const CODES: &'static [&'static str] = &[
        "bad-address",  // an address that is none
        "bad-time",     // a time that is none, or not in a known form
        "bad-number",   // a number that is none, in a column that must have one
        "bad-url",      // a URL that is none
        "bad-domain",   // a domain name that is none
        "bad-json",     // the line is not a JSON object
        "missing",      // a column that must have a value has none
        "no-subject",   // neither address, name, URL nor account
        "field-count",  // more or fewer fields than the header names
        "open-quote",   // a quote is opened and not closed
        "too-long",     // the row is longer than the limit
        "too-deep",     // JSON nested deeper than the limit
        "unknown-kind", // a record of a kind this reader does not know
        "unclassified", // the mapping gives no class
        "bad-value",    // a value that is not of the kind its column must have
    ];

    /// A reject; `found` and `raw` are shortened here.
    pub fn new(line: u64, column: &str, code: &'static str, found: &str, raw: &[u8]) -> Self {
        let shorten = |text: &str, limit: usize| text.chars().take(limit).collect::<String>();
        let raw_head = raw.get(..raw.len().min(8_000)).unwrap_or_default();
        Reject {
            line,
            column: shorten(column, 100),
            code,
            found: shorten(found, 200),
            raw: shorten(&String::from_utf8_lossy(raw_head), 2_000),
        }
    }
}

/// How a file differs from what its type usually looks like.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Drift {
    /// What is different.
    pub kind: DriftKind,
    /// The column it is about.
    pub column: String,
}

/// The ways a format drifts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DriftKind {
    /// A column the type usually has is not there.
    Missing,
    /// A column the type does not usually have: kept in `extra`.
    Added,
    /// A column is there under an older or newer name.
    Renamed,
    /// The report type itself is not known: read generically.
    UnknownType,
}

impl DriftKind {
    /// The word used in the database and in message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Added => "added",
            Self::Renamed => "renamed",
            Self::UnknownType => "unknown_type",
        }
    }
}

/// Said by a sink that wants no more rows: the disk is full, or the work was cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stop;

/// Whatever takes the rows.
pub trait Sink {
    /// Takes one row. `Err(Stop)` ends the reading.
    fn row(&mut self, row: Row<'_>) -> Result<(), Stop>;
    /// Takes one reject.
    fn reject(&mut self, reject: Reject) -> Result<(), Stop>;
    /// Takes one difference of format; each is told once per file.
    fn drift(&mut self, drift: Drift);
}

/// Why a file as a whole could not be read. Rows given before it stay given.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The bytes could not be got.
    #[error("reading: {0}")]
    Io(#[source] std::io::Error),
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// The header has no column for something every row must have.
    #[error("line 1: no column for {wanted}; expected one of {expected}")]
    NoColumn {
        /// What is needed: `time` or `address`.
        wanted: &'static str,
        /// Column names that would do.
        expected: String,
    },
    /// The format is not what was said.
    #[error("line {line}: {found}; expected {expected}")]
    NotThisFormat {
        /// 1-based line.
        line: u64,
        /// What is there.
        found: String,
        /// What should be there.
        expected: String,
    },
    /// Compressed data that grows beyond the limit: perhaps a bomb.
    #[error("the compressed data grows beyond {limit_bytes} bytes or a ratio of {ratio}: refused")]
    TooLarge {
        /// Most bytes allowed after decompression.
        limit_bytes: u64,
        /// Highest ratio allowed.
        ratio: u64,
    },
    /// The sink wants no more.
    #[error("stopped")]
    Stopped,
}

impl From<Stop> for ReadError {
    fn from(_: Stop) -> Self {
        ReadError::Stopped
    }
}
