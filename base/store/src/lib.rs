//! The state database (SQLite or PostgreSQL, one SQL text), the journal, the job queue and the blobs.

mod acting;
mod archive;
mod blobs;
mod db;
mod dump;
mod eyes;
mod files;
mod jobs;
mod journal;
mod many;
mod migrate;
mod once;
mod patience;
mod remembered;
mod settings;
#[cfg(test)]
mod testing;

pub use acting::Acting;
pub use archive::{ArchiveEntry, ArchiveError, ArchiveIndex, ArchiveWriter, read_archive};
pub use blobs::{BlobError, Blobs, StoredBlob};
pub use db::{Arg, Db, Engine, Row, StoreError, Tx};
pub use dump::{Column, ColumnKind, Dump, TableSum, columns, count_rows, reset_counters};
pub use files::{write_durably, write_secret};
pub use jobs::{Job, Jobs};
pub use journal::{Journal, JournalFilter};
pub use migrate::{Migration, Schema, migrate};
pub use once::{Once, REMEMBERED_HOURS, Turn};
pub use patience::patient;
pub use remembered::Remembered;
pub use settings::Settings;

/// The tables of this crate itself: journal, jobs, settings, how far each flow has read, and the orders that are carried out
/// once.
pub const SCHEMA: Schema = Schema {
    plane: "store",
    tables: &["store_journal", "store_job", "store_setting", "store_flow", "store_once"],
    migrations: &[
        Migration { number: 1, sql: include_str!("../migrations/001_store.sql") },
        Migration { number: 2, sql: include_str!("../migrations/002_journal_by_time.sql") },
        Migration { number: 3, sql: include_str!("../migrations/003_once.sql") },
    ],
};
