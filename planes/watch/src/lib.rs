//! Feed and sensor bytes to owned events to fused findings.

mod answers;
mod batch;
mod chunk;
mod ended;
mod expiry;
mod finding;
mod fold;
mod folded;
mod ingest;
mod intelmq;
mod lists;
mod opened;
mod origins;
mod pages;
mod picture;
mod process;
mod replay;
mod research;
mod search;
mod seen;
mod sql;
mod steps;
mod tables;
mod tally;
mod twice;
mod unlisted;
mod verify;

pub use answers::{Answered, answer, answer_because, answer_in, states, states_in, take_back};
pub use batch::{Batch, BatchState, FeedRow};
pub use expiry::{expire, quiet_days};
pub use finding::{Finding, SourceSeen};
pub use ingest::{FileHint, Format, Ingest, IngestError, IngestLock, Ingested, Received};
pub use intelmq::intelmq_lines;
pub use pages::{Beside, Guests, Many, Panel, WatchPages, findings_panel, many_findings, site, site_with};
pub use picture::{Days, OpenedSum, OriginSum, OwnerFacts, know_owners};
pub use process::{Progress, Stages, Summary};
pub use replay::{ReplayReport, finish_replay, replay, replay_pending};
pub use research::{Named, ResearchError, named_in_events};
pub use search::search;
pub use sql::{FindingTrend, ListCounts, Mended, TOUCHED, Watch};
pub use tables::{LoadReport, TableKind, Tables, check_table, load_table, tables_stamp};
pub use tally::{Tallies, Tally};
pub use verify::{VerifyReport, verify};

use manara_store::{Migration, Schema};

/// The tables of this plane.
pub const SCHEMA: Schema = Schema {
    plane: "watch",
    tables: &[
        "watch_feed",
        "watch_batch",
        "watch_file",
        "watch_drift",
        "watch_finding",
        "watch_list_entry",
        "watch_table",
        "watch_lesson",
        "watch_opened",
        "watch_origin",
        "watch_owner",
    ],
    migrations: &[
        Migration { number: 1, sql: include_str!("../migrations/001_watch.sql") },
        Migration { number: 2, sql: include_str!("../migrations/002_lessons.sql") },
        Migration { number: 3, sql: include_str!("../migrations/003_picture.sql") },
        Migration { number: 4, sql: include_str!("../migrations/004_search.sql") },
        Migration { number: 5, sql: include_str!("../migrations/005_severity.sql") },
        Migration { number: 6, sql: include_str!("../migrations/006_fewer_indexes.sql") },
        Migration { number: 7, sql: include_str!("../migrations/007_on_a_list.sql") },
    ],
};
