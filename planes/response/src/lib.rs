//! What the team handles: incidents, from findings, from rules, or from a call.

mod config;
mod group;
mod incident;
mod jobs;
pub mod mail;
mod message;
mod pages;
mod policy;
mod related;
mod search;
mod spans;
mod sql;
mod sql_message;
mod sql_ticket;
mod taught;
mod ticket;
mod timeline;
mod words;

use manara_store::{Migration, Schema};

pub use config::{Config, MailConfig};
pub use group::{Group, Groups, key};
pub use incident::{
    FindingInput, Impact, Incident, LINKED_AT_ONCE, Linked, NOTE_CHARS, Note, REASON_CHARS, State, TITLE_CHARS,
    TRANSITIONS, Verdict, Wording, neighbourhood, number, plain, title,
};
pub use jobs::{
    Change, Closing, Decision, Draft, Field, MESSAGE_CHARS, NewIncident, NewTicket, Preview, RECIPIENTS, Refusal,
    ResponseError, RuleReport, TicketChange, Wanted, add_note, assign, assign_ticket, change, change_ticket, close,
    comment, count_in, decide_held, edit_note, launch, link, link_ticket, merge, merge_ticket, move_message,
    move_ticket, open, open_by_rules, open_ticket, preview, relate, reopen, restore_note, split, split_ticket,
    strike_note, unlink, unlink_ticket, unrelate, watch, write_message,
};
pub use message::{DeliveryState, MailDelivery, Message, MessageFile, MessageKind, Seen};
pub use pages::{
    Facts, Guests, Happened, History, MailDesk, Named, Panel, Take, Taken, incidents_panel_of_constituent,
    incidents_panel_of_finding, many_incidents, site, tickets_site,
};
pub use policy::{DUPLICATE, Policy, PolicyError, Resolution, Rule};
pub use related::{Reason, SUGGESTED, Suggestion, suggest};
pub use search::search;
pub use spans::{Closed, Opened, closed_spans, opened_by_rule};
pub use sql::{
    Counts, constituents, counts, findings, get, list, moved_between, notes, visible, watchers, worst_findings,
};
pub use sql_message::{
    DeadAddress, dead_addresses, deliveries_of, files_of, files_of_many, get_message, loose_messages, messages_of,
    queue, queue_seen, thread,
};
pub use sql_ticket::{
    SeenBefore, TicketCounts, get_ticket, incidents_of_ticket, list_tickets, observables_of, participants, seen_before,
    ticket_counts, tickets_of_incident,
};
pub use taught::{Lesson, lessons};
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
        // Of earlier versions, for their backups: changes of many are kept by the shell now.
        "response_bulk",
        "response_bulk_row",
    ],
    migrations: &[
        Migration { number: 1, sql: include_str!("../migrations/001_response.sql") },
        Migration { number: 2, sql: include_str!("../migrations/002_counts.sql") },
        Migration { number: 3, sql: include_str!("../migrations/003_mail.sql") },
    ],
};
