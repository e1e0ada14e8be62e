//! What the team handles: incidents, from findings, from rules, or from a call.

mod asked;
mod attached;
mod automation;
mod clock;
mod clock_rule;
mod config;
mod content;
mod evidence;
mod figures;
mod group;
mod hours;
pub mod import;
mod incident;
mod jobs;
pub mod made;
pub mod mail;
mod mail_key;
mod message;
mod observable;
mod own_field;
mod pages;
mod pap;
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
mod sql_asked;
mod sql_certificate;
mod sql_clock;
mod sql_evidence;
mod sql_field;
mod sql_figures;
mod sql_import;
mod sql_key;
mod sql_message;
mod sql_observable;
mod sql_release;
mod sql_tag;
mod sql_task;
mod sql_ticket;
mod sql_upload;
mod tag;
mod task;
mod taught;
mod texts;
mod ticket;
mod timeline;
mod words;

use manara_store::{Migration, Schema};

pub use asked::{About, Asked, Said, Way, kept, read_rdap, read_whois, refers_to, registry};
pub use attached::{Export, FILES, FILES_BYTES};
pub use automation::{FollowRule, StandingRule, follow_rules, switch_rule};
pub use clock::{Clock, ClockStage, Met, Moments, Standing};
pub use clock_rule::{ClockRule, RuleStage, Trigger};
pub use config::{Config, DirectoryConfig, MailConfig, MailboxConfig, PgpConfig, PublicConfig, SmimeConfig};
pub use content::{LeftOut, WorkContent};
pub use evidence::{Check as EvidenceCheck, Custody, EVIDENCE_BYTES, Evidence, EvidenceKind, Outcome};
pub use figures::{
    Aside as FigureAside, By, Case as FigureCase, Change as FigureChange, ContactQuality, Counts as MeasureCounts,
    Every, Figure, FigureEyes, FigureLine, FigurePaper, FigureTable, MEASURES, Measure, NOTICE_DAYS, NoticeQuality,
    NoticeSum, Origins, Period, Traits as FigureTraits, figure_paper, measure_of, percentile, value_words,
};
pub use group::{Group, Groups, key};
pub use hours::{Hours, Span, Time, Unit};
pub use incident::{
    FindingInput, Impact, Incident, LINKED_AT_ONCE, Linked, NOTE_CHARS, Note, REASON_CHARS, State, TITLE_CHARS,
    TRANSITIONS, Verdict, Wording, neighbourhood, number, plain, title,
};
pub use jobs::{
    AskedAbout, Brought, CertificateProblem, Change, Closing, Decision, Draft, ExportDesk, Field, FigureGround,
    FileError, FirstSteps, IncidentMoments, KeptFile, KeyProblem, MESSAGE_CHARS, NewCustody, NewEvidence, NewFile,
    NewIncident, NewTask, NewTicket, OriginOf, OwnWritten, PARTED_AT_ONCE, Parting, Preview, RECIPIENTS, REPORTERS,
    ReachDesk, ReachError, Refusal, ResponseError, RuleReport, StageMet, TaskChange, TaskStep, TellsOf, TicketChange,
    ToReporters, Told, Wanted, add_event, add_evidence, add_note, add_task, answer_review, apply_playbook, assign,
    assign_ticket, bring_certificates, bring_evidence_file, bring_keys, change, change_task, change_ticket,
    check_evidence, close, comment, count_due, count_figures, count_in, decide_held, decide_key, drafts_to_reporters,
    edit_note, export, figures_wait, find_keys, follow_clocks, follow_figures, give_to_mailbox, hand_evidence,
    hand_over, incident_to_export, keep_asked, keep_files, keyless, launch, launch_asking, link, link_ticket,
    list_evidence, list_observable, make_key, may_ask, meet_stage, merge, merge_ticket, move_message, move_ticket,
    name_observables, note_contacts, note_moments, note_notices, note_observable, noted_contacts, noted_notices, open,
    open_by_rules, open_ticket, open_with, part_incident, preview, recount_figures, relate, release_message,
    remove_key, remove_playbook, reopen, reporters, restore_key, restore_note, return_message, rotate_key,
    see_mentions, set_moments, shelve_certificate, split, split_ticket, start_clock, step_task, stop_clock,
    strike_note, tag_incident, tag_technique, tag_ticket, take_over, tell_clocks, told_by_letter, told_by_notice,
    unlink, unlink_ticket, unrelate, watch, withdraw_message, write_message, write_own_fields, write_to_reporters,
    write_with_files,
};
pub use jobs::{Reached, Reporter, ReporterDraft};
pub use mail_key::{KeySource, KeyStanding, KeyWarning, MailKey, fingerprint_key, grouped};
pub use message::{DeliveryState, MailDelivery, Message, MessageFile, MessageKind, Seen};
pub use observable::{NAMED_AT_ONCE, Observable, SeenElsewhere, named_in};
pub use own_field::{
    Belongs, OWN_FIELDS, OwnField, OwnFieldGroup, OwnFieldKind, OwnFields, OwnOption, OwnValue, WrongValue, values_in,
};
pub use pages::{
    Bench, Contacts, DaysOff, Facts, FigureDesk, First, Guests, Happened, History, ImportDesk, MailContact, MailDesk,
    Named, Panel, PublicDesk, Take, Taken, figures_site, find_incidents, find_tickets, import_site,
    incidents_panel_of_constituent, incidents_panel_of_finding, many_held, many_incidents, many_tickets, public_site,
    site, tickets_site, work_site,
};
pub use pap::Pap;
pub use playbook::{Check, DecisionAnswer, Playbook, Step, StepDecision};
pub use policy::{DUPLICATE, Policy, PolicyError, Resolution, Rule};
pub use questions::{Question, QuestionGroup, QuestionKind, QuestionOption, Questions, SCALE};
pub use related::{Reason, SUGGESTED, Suggestion, suggest};
pub use release::{Release, ReleaseState};
pub use report::{IncidentReport, custody_sheet, evidence_with_custody, gather, report};
pub use search::{search, speaking_of};
pub use spans::{Closed, Opened, closed_spans, opened_by_rule};
pub use sql::{
    Counts, constituents, counts, findings, get, list, moved_between, notes, visible, watchers, worst_findings,
};
pub use sql_asked::{asked_of, asked_since, asking_forbidden};
pub use sql_certificate::{CertificateStanding, KeptCertificate, list_certificates};
pub use sql_clock::{Review, ReviewAnswer, RunningStage, clocks_of, count_late_stages, review_of, running_stages};
pub use sql_evidence::{custody_of, evidence_of, get_evidence};
pub use sql_field::{belongs, own_values};
pub use sql_figures::{ListedCase, Waiting, measured, moments_of, waiting_by_owner};
pub use sql_key::list_keys;
pub use sql_message::{
    deliveries_of, files_of, files_of_many, get_message, loose_messages, messages_of, queue, thread,
};
pub use sql_observable::{all_observables, seen_elsewhere};
pub use sql_release::{releases_of, waiting_releases};
pub use sql_tag::used_tags;
pub use sql_task::{
    Handover, Mention, OpenTask, Technique, count_tasks, handovers, mentions, open_tasks, playbooks_of, tasks_of,
    techniques,
};
pub use sql_ticket::{
    TicketCounts, get_ticket, incidents_of_ticket, list_tickets, observables_of, participants, ticket_counts,
    tickets_of_incident,
};
pub use tag::{Predicate, TAG_CHARS, TAGS, TagValue, Taxonomies, Taxonomy, tag};
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
        "response_moment",
        "response_mail_certificate",
        "response_imported",
        "response_imported_waiting",
        "response_release",
        "response_import",
        "response_import_refused",
        "response_evidence",
        "response_custody",
        "response_tag",
        "response_field_value",
        "response_asked",
        "response_due",
        "response_automation",
        "response_signed",
        "response_upload",
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
        Migration { number: 8, sql: include_str!("../migrations/008_keys.sql") },
        Migration { number: 9, sql: include_str!("../migrations/009_release.sql") },
        Migration { number: 10, sql: include_str!("../migrations/010_cases.sql") },
        Migration { number: 11, sql: include_str!("../migrations/011_figures.sql") },
        Migration { number: 12, sql: include_str!("../migrations/012_imports.sql") },
        Migration { number: 13, sql: include_str!("../migrations/013_search.sql") },
        Migration { number: 14, sql: include_str!("../migrations/014_mailboxes.sql") },
        Migration { number: 15, sql: include_str!("../migrations/015_figures.sql") },
        Migration { number: 16, sql: include_str!("../migrations/016_follow.sql") },
        Migration { number: 17, sql: include_str!("../migrations/017_reach.sql") },
        Migration { number: 18, sql: include_str!("../migrations/018_lists.sql") },
        Migration { number: 19, sql: include_str!("../migrations/019_figures_by.sql") },
        Migration { number: 20, sql: include_str!("../migrations/020_asked.sql") },
    ],
};
