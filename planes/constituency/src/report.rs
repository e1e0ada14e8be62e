//! What an import read, would do and did.

use crate::constituent::Reason;

/// In which form a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ImportFormat {
    /// JSON when it begins like JSON, else CSV.
    #[default]
    Auto,
    /// CSV, with any of the known columns.
    Csv,
    /// A JSON array of organisations, or one JSON object after the other.
    Json,
}

/// How an import is done.
#[derive(Debug, Clone)]
pub struct ImportOptions {
    /// Only tell what would be done.
    pub dry_run: bool,
    /// Remove what the file does not name. Without it an import only adds and updates.
    pub replace: bool,
    /// The language of new contacts of which the file does not say it.
    pub language: String,
}

impl Default for ImportOptions {
    fn default() -> Self {
        ImportOptions { dry_run: false, replace: false, language: "en".into() }
    }
}

/// Why nothing could be imported. A file with refused lines is not an error but a report.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// It is larger than is taken.
    #[error("the file has {bytes} bytes, more than {limit}")]
    TooLarge {
        /// Its size.
        bytes: usize,
        /// What is taken.
        limit: usize,
    },
    /// No column says who.
    #[error("no column is the name of an organisation (name, or org); the columns are: {found}")]
    NoNameColumn {
        /// The header.
        found: String,
    },
    /// Two columns mean the same.
    #[error("the columns {first} and {second} mean the same")]
    ColumnTwice {
        /// One.
        first: String,
        /// The other.
        second: String,
    },
    /// It is not JSON.
    #[error("line {line}, column {column}: {reason}")]
    Json {
        /// 1-based line.
        line: u64,
        /// 1-based column.
        column: u64,
        /// What is wrong there.
        reason: String,
    },
    /// The file could not be read.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// The state database.
    #[error("{0}")]
    Store(#[from] manara_store::StoreError),
}

/// What an import read and did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImportReport {
    /// Rows of data in the file.
    pub read: usize,
    /// Constituents that are new, or came back.
    pub added: usize,
    /// Constituents that became different.
    pub changed: usize,
    /// Constituents that are named and stay as they are.
    pub unchanged: usize,
    /// Constituents that were removed, because the file is to replace everything.
    pub removed: usize,
    /// Every value that was refused, by line. With one of them nothing is written.
    pub refused: Vec<Refused>,
    /// What to look at; it was imported all the same.
    pub warnings: Vec<Warning>,
    /// Whether it was written: not in a dry run, and not when something was refused.
    pub written: bool,
}

/// A value that was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// 1-based line of the file.
    pub line: u64,
    /// The column, as the file calls it; empty for the whole line.
    pub column: String,
    /// Why.
    pub reason: Reason,
    /// What stands there.
    pub found: String,
}

/// Something that was taken, and that a person should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// 1-based line of the file.
    pub line: u64,
    /// The column, as the file calls it.
    pub column: String,
    /// What it is about.
    pub kind: WarningKind,
    /// What stands there.
    pub found: String,
}

/// What a warning is about.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WarningKind {
    /// The column was not read.
    #[error("this column is not known and was not read")]
    UnknownColumn,
    /// The sector is not in the taxonomy.
    #[error("this sector is not known; it is kept under other")]
    UnknownSector,
    /// The kind is not in the taxonomy.
    #[error("this kind is not known; it is kept under other")]
    UnknownKind,
    /// There is no such organisation.
    #[error("no constituent has this name")]
    UnknownAssociation,
    /// An AS number of several organisations.
    #[error("{owner} has this AS number too")]
    SharedAs {
        /// Name of another owner.
        owner: String,
    },
    /// Two lines of one organisation say different things.
    #[error("line {line} says otherwise of the same organisation and counts")]
    Differs {
        /// The line that counts.
        line: u64,
    },
}

impl WarningKind {
    /// The word for message keys (`constituency-warning-<code>`) and for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownColumn => "unknown-column",
            Self::UnknownSector => "unknown-sector",
            Self::UnknownKind => "unknown-kind",
            Self::UnknownAssociation => "unknown-association",
            Self::SharedAs { .. } => "shared-as",
            Self::Differs { .. } => "differs",
        }
    }

    /// What the message names: argument names and values.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::SharedAs { owner } => vec![("owner", owner.clone())],
            Self::Differs { line } => vec![("line", line.to_string())],
            _ => Vec::new(),
        }
    }
}
