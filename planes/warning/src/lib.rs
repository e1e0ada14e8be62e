//! From knowing to telling: notices.

mod attachment;
mod compose;
mod config;
mod jobs;
mod letters;
mod notice;
mod pages;
mod policy;
mod sql;

use manara_store::{Migration, Schema};

pub use attachment::{ATTACHMENT_BYTES, ATTACHMENT_ROWS, EventFile, event_files};
pub use compose::{
    Address, ComposeInput, ConstituentInput, ContactInput, FindingInput, Group, Known, LeftOut, Pending, Told, address,
    is_quiet, plan,
};
pub use config::{Config, Office};
pub use jobs::{
    Changed, ComposeReport, Filling, SEND_JOB, SendReport, Wanting, WantingFinding, WarningError, approve,
    attach_events, cancel, compose_drafts, outgoing, readdress, recover, redraft, retry, send_due, wanting_events,
};
pub use letters::{
    Files, LANGUAGES, LetterFacts, LetterFailed, LetterRow, Letters, ROWS_SHOWN, Written, plural_category,
};
pub use notice::{
    Format, Notice, NoticeFile, NoticeFinding, NoticeState, Step, StepError, class, class_parts, next_try, number,
};
pub use pages::{Mailroom, site};
pub use policy::{AnswerDays, Approval, Judged, LoadError, Rule, Rules};
pub use sql::{
    Captured, FullNotice, NoticeFilter, NoticePage, NoticeRow, blobs_in_use, captured, count_by_state, finding_ids,
    get, get_by_number, list, rows_for_sql, sent_of_findings,
};

/// The tables of the plane.
pub const SCHEMA: Schema = Schema {
    plane: "warning",
    tables: &[
        "warning_turn",
        "warning_number",
        "warning_notice",
        "warning_notice_finding",
        "warning_attachment",
        "warning_told",
        "warning_captured",
    ],
    migrations: &[Migration { number: 1, sql: include_str!("../migrations/001_warning.sql") }],
};
