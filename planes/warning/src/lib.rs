//! From knowing to telling: notices.

mod answer;
mod answer_sheet;
mod attachment;
mod compose;
mod config;
mod event_sheet;
mod jobs;
mod letters;
mod link;
mod notice;
mod pages;
mod policy;
mod seal;
mod search;
mod second;
mod spans;
mod sql;

use manara_store::{Migration, Schema};

pub use answer::{AnswerRow, COMMENT_CHARS, Given, Said, Via};
pub use answer_sheet::{
    LineReason, RefusedLine, SHEET_BYTES, SHEET_COLUMNS, SHEET_LINES, Sheet, SheetError, SheetLine, read_sheet,
    write_sheet,
};
pub use attachment::{ATTACHMENT_BYTES, ATTACHMENT_ROWS, EventFile, event_files};
pub use compose::{
    Address, Bouncing, ComposeInput, ConstituentInput, ContactInput, FindingInput, Group, Known, LeftOut, Pending,
    Told, address, is_quiet, plan,
};
pub use config::{Config, Office};
pub use event_sheet::Press;
pub use jobs::{
    Changed, ComposeReport, Filling, FollowInput, Followed, ReturnedInput, SEND_JOB, SendReport, Taken, Unanswered,
    Wanting, WantingFinding, WarningError, approve, attach_events, came_back, cancel, compose_drafts, drop_reminders,
    follow_up, give_answers, has_due, help_given, opened, outgoing, readdress, recover, redraft, retry, send_due,
    unanswered_due, wanting_events,
};
pub use letters::{Files, LANGUAGES, LetterFacts, LetterFailed, LetterRow, Letters, More, ROWS_SHOWN, Written};
pub use link::{Links, Pass, Refusal};
pub use notice::{
    Format, LetterKind, Notice, NoticeFile, NoticeFinding, NoticeState, Step, StepError, class, class_parts, number,
};
pub use pages::{Mailroom, Panel, answers_panel, bounces_markup, many_notices, notice_json, site};
pub use policy::{AnswerDays, Approval, FollowUp, Judged, LoadError, Next, Rule, Rules};
pub use seal::{Leaves, Seal, Seals, unsealed};
pub use search::search;
pub use spans::{Left, LeftSum, left_since, told_spans};
pub use sql::{
    Bounce, Captured, FullNotice, Held, NoticeFilter, NoticePage, NoticeRow, ToldSums, all_bounces, answers_for_sql,
    answers_of_findings, answers_of_notice, answers_of_submission, blobs_in_use, bounces, captured, count_by_state,
    count_helps, count_unanswered, finding_ids, get, get_by_number, held_of, list, rows_for_sql, sent_of_findings,
    told_between, visible,
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
        "warning_answer",
        "warning_bounce",
    ],
    migrations: &[
        Migration { number: 1, sql: include_str!("../migrations/001_warning.sql") },
        Migration { number: 2, sql: include_str!("../migrations/002_answers.sql") },
        Migration { number: 3, sql: include_str!("../migrations/003_rest.sql") },
        Migration { number: 4, sql: include_str!("../migrations/004_counts.sql") },
        Migration { number: 5, sql: include_str!("../migrations/005_classes.sql") },
        Migration { number: 6, sql: include_str!("../migrations/006_second.sql") },
        Migration { number: 7, sql: include_str!("../migrations/007_sent.sql") },
    ],
};
