//! What the team handles: incidents, from findings, from rules, or from a call.

mod clock;
mod clock_rule;
mod config;
mod content;
mod group;
mod hours;
pub mod import;
mod incident;
mod jobs;
pub mod mail;
mod mail_key;
mod message;
mod pages;
mod playbook;
mod policy;
pub mod public;
mod questions;
mod related;
mod release;
mod report;
mod search;
mod spans;
mod sql;
mod sql_clock;
mod sql_import;
mod sql_key;
mod sql_message;
mod sql_release;
mod sql_task;
mod sql_ticket;
mod task;
mod taught;
mod texts;
mod ticket;
mod timeline;
mod words;

use manara_store::{Migration, Schema};

pub use clock::{Clock, ClockStage, Met, Moments, Standing};
pub use clock_rule::{ClockRule, RuleStage, Trigger};
pub use config::{Config, MailConfig, MailboxConfig, PgpConfig, PublicConfig};
pub use content::{LeftOut, WorkContent};
pub use group::{Group, Groups, key};
pub use hours::{Hours, Span, Time, Unit};
pub use incident::{
    FindingInput, Impact, Incident, LINKED_AT_ONCE, Linked, NOTE_CHARS, Note, REASON_CHARS, State, TITLE_CHARS,
    TRANSITIONS, Verdict, Wording, neighbourhood, number, plain, title,
};
pub use jobs::{
    Brought, Change, Closing, Decision, Draft, Field, KeyProblem, MESSAGE_CHARS, NewIncident, NewTask, NewTicket,
    Preview, RECIPIENTS, Refusal, ResponseError, RuleReport, StageMet, TaskChange, TaskStep, TicketChange, Told,
    Wanted, add_note, add_task, answer_review, apply_playbook, assign, assign_ticket, bring_keys, change, change_task,
    change_ticket, close, comment, count_in, decide_held, decide_key, edit_note, follow_clocks, give_to_mailbox,
    hand_over, keyless, launch, link, link_ticket, make_key, meet_stage, merge, merge_ticket, move_message,
    move_ticket, open, open_by_rules, open_ticket, preview, relate, release_message, remove_playbook, reopen,
    restore_note, return_message, rotate_key, see_mentions, set_moments, split, split_ticket, start_clock, step_task,
    stop_clock, strike_note, tag_technique, take_over, tell_clocks, unlink, unlink_ticket, unrelate, watch,
    withdraw_message, write_message,
};
pub use mail_key::{KeySource, KeyStanding, KeyWarning, MailKey, fingerprint_key};
pub use message::{DeliveryState, MailDelivery, Message, MessageFile, MessageKind, Seen};
pub use pages::{
    Bench, Facts, First, Guests, Happened, History, MailDesk, Named, Panel, PublicDesk, Take, Taken,
    incidents_panel_of_constituent, incidents_panel_of_finding, many_incidents, public_site, site, tickets_site,
    work_site,
};
pub use playbook::{Check, DecisionAnswer, Playbook, Step, StepDecision};
pub use policy::{DUPLICATE, Policy, PolicyError, Resolution, Rule};
pub use questions::{Question, QuestionGroup, QuestionKind, QuestionOption, Questions, SCALE};
pub use related::{Reason, SUGGESTED, Suggestion, suggest};
pub use release::{Release, ReleaseState, needs_second};
pub use report::{IncidentReport, gather, report};
pub use search::{search, speaking_of};
pub use spans::{Closed, Opened, closed_spans, opened_by_rule};
pub use sql::{
    Counts, constituents, counts, findings, get, list, moved_between, notes, visible, watchers, worst_findings,
};
pub use sql_clock::{Review, ReviewAnswer, RunningStage, clocks_of, count_late_stages, review_of, running_stages};
pub use sql_key::list_keys;
pub use sql_message::{
    DeadAddress, dead_addresses, deliveries_of, files_of, files_of_many, get_message, loose_messages, messages_of,
    queue, queue_seen, thread,
};
pub use sql_release::{releases_of, waiting_releases};
pub use sql_task::{
    Handover, Mention, OpenTask, Technique, count_tasks, handovers, mentions, open_tasks, playbooks_of, tasks_of,
    techniques,
};
pub use sql_ticket::{
    SeenBefore, TicketCounts, get_ticket, incidents_of_ticket, list_tickets, observables_of, participants, seen_before,
    ticket_counts, tickets_of_incident,
};
pub use task::{Progress, TASK_CHARS, Task, TaskKind, TaskState, technique};
pub use taught::{Lesson, lessons};
pub use texts::Texts;
pub use ticket::{Kind, Source, Ticket, TicketState, ticket_number};
pub use words::{Found, form, prepare, seek};

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
        "response_ticket",
        "response_ticket_incident",
        "response_participant",
        "response_message",
        "response_attachment",
        "response_taken",
        "response_delivery",
        "response_address",
        "response_answered",
        "response_observable",
        "response_receipt",
        "response_playbook",
        "response_task",
        "response_clock",
        "response_clock_stage",
        "response_review",
        "response_review_answer",
        "response_mention",
        "response_technique",
        "response_handover",
        "response_mail_key",
        "response_mail_key_address",
        "response_mail_key_id",
        "response_imported",
        "response_imported_waiting",
        "response_release",
        // Of earlier versions, for their backups: changes of many are kept by the shell now.
        "response_bulk",
        "response_bulk_row",
    ],
    migrations: &[
        Migration { number: 1, sql: include_str!("../migrations/001_response.sql") },
        Migration { number: 2, sql: include_str!("../migrations/002_counts.sql") },
        Migration { number: 3, sql: include_str!("../migrations/003_mail.sql") },
        Migration { number: 4, sql: include_str!("../migrations/004_work.sql") },
        Migration { number: 5, sql: include_str!("../migrations/005_keys.sql") },
        Migration { number: 6, sql: include_str!("../migrations/006_public.sql") },
        Migration { number: 7, sql: include_str!("../migrations/007_import.sql") },
        Migration { number: 9, sql: include_str!("../migrations/009_release.sql") },
    ],
};
