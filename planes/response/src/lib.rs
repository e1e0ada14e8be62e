//! What the team handles: incidents, from findings, from rules, or from a call.

mod config;
mod group;
mod incident;
mod jobs;
mod pages;
mod policy;
mod related;
mod search;
mod spans;
mod sql;
mod taught;
mod timeline;

use manara_store::{Migration, Schema};

pub use config::Config;
pub use group::{Group, Groups, key};
pub use incident::{
    FindingInput, Impact, Incident, LINKED_AT_ONCE, Linked, NOTE_CHARS, Note, REASON_CHARS, State, TITLE_CHARS,
    TRANSITIONS, Verdict, Wording, neighbourhood, number, plain, title,
};
pub use jobs::{
    Change, Closing, Field, NewIncident, Refusal, ResponseError, RuleReport, Wanted, add_note, assign, change, close,
    count_in, edit_note, link, merge, open, open_by_rules, relate, reopen, restore_note, split, strike_note, unlink,
    unrelate, watch,
};
pub use pages::{
    Facts, Guests, Happened, History, Named, Panel, incidents_panel_of_constituent, incidents_panel_of_finding,
    many_incidents, site,
};
pub use policy::{DUPLICATE, Policy, PolicyError, Resolution, Rule};
pub use related::{Reason, SUGGESTED, Suggestion, suggest};
pub use search::search;
pub use spans::{Closed, Opened, closed_spans, opened_by_rule};
pub use sql::{
    Counts, constituents, counts, findings, get, list, moved_between, notes, visible, watchers, worst_findings,
};
pub use taught::{Lesson, lessons};

/// The name of this plane, in the journal and everywhere.
pub const PLANE: &str = "response";

/// The tables of this plane.
pub const SCHEMA: Schema = Schema {
    plane: PLANE,
    tables: &[
        "response_turn",
        "response_number",
        "response_incident",
        "response_title",
        "response_incident_constituent",
        "response_incident_finding",
        "response_key",
        "response_note",
        "response_note_before",
        "response_watcher",
        "response_related",
        "response_moved",
        // Of earlier versions, for their backups: changes of many are kept by the shell now.
        "response_bulk",
        "response_bulk_row",
    ],
    migrations: &[
        Migration { number: 1, sql: include_str!("../migrations/001_response.sql") },
        Migration { number: 2, sql: include_str!("../migrations/002_counts.sql") },
    ],
};
