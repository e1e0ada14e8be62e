//! What is done to incidents. Every function is one transaction with its lines of the journal.

mod asked;
mod attached;
mod bulk;
mod certificates;
mod clocks;
mod edit;
mod end;
mod evidence;
mod figures;
mod follow;
mod held_many;
mod keys;
mod links;
mod mailboxes;
mod mailed_report;
mod messages;
mod moments;
mod notes;
mod observables;
mod open;
mod own_fields;
mod parting;
mod releases;
mod reporters;
mod reviews;
mod rules;
mod tags;
mod tasks;
mod ticket_many;
mod ticket_merge;
mod tickets;

pub(crate) use manara_model::new_id;
use manara_model::{Micros, Viewer};
use manara_store::{Db, Journal, StoreError, Tx};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::PLANE;
use crate::incident::{Incident, State};
use crate::sql;
use crate::ticket::TicketState;

pub use asked::{AskedAbout, keep_asked, may_ask};
pub use attached::{ExportDesk, FileError, NewFile, export, incident_to_export, keep_files};
pub(crate) use bulk::{ManyStep, change_many, undo_many};
pub use certificates::{CertificateProblem, bring_certificates, shelve_certificate};
pub use clocks::{
    StageMet, Told, follow_clocks, meet_stage, set_moments, start_clock, stop_clock, tell_clocks, told_by_letter,
    told_by_notice,
};
pub use edit::{Change, Field, assign, change, watch};
pub use end::{Closing, close, merge, reopen, split};
pub use evidence::{
    KeptFile, NewCustody, NewEvidence, add_evidence, bring_evidence_file, check_evidence, hand_evidence, list_evidence,
};
pub use figures::{
    FigureGround, OriginOf, count_due, count_figures, figures_wait, follow_figures, note_contacts, note_notices,
    noted_contacts, noted_notices, recount_figures,
};
pub(crate) use figures::{figures_by_constituent, figures_of_one, figures_seen, waiting};
pub(crate) use follow::{after_tickets, answered_state, call_handler, observe_mail};
pub(crate) use held_many::{HeldStep, change_many_held, undo_many_held};
pub use keys::{
    Brought, KeyProblem, bring_keys, decide_key, find_keys, keyless, make_key, remove_key, restore_key, rotate_key,
};
pub(crate) use keys::{KeyStep, has_secret, journal as key_journal, keyless_in, step_key};
pub use links::{link, relate, unlink, unrelate};
pub use mailboxes::give_to_mailbox;
pub(crate) use mailed_report::{ReportAbout, report_from};
pub use messages::{
    Decision, Draft, MESSAGE_CHARS, Preview, RECIPIENTS, comment, decide_held, preview, write_message, write_with_files,
};
pub use moments::{IncidentMoments, note_moments};
pub use notes::{TellsOf, add_event, add_note, edit_note, restore_note, strike_note};
pub use observables::{list_observable, name_observables, note_observable};
pub use open::{FirstSteps, NewIncident, open, open_with};
pub use own_fields::{OwnWritten, write_own_fields};
pub use parting::{PARTED_AT_ONCE, Parting, part_incident};
pub(crate) use releases::ask as ask_second;
pub use releases::{release_message, return_message, withdraw_message};
pub(crate) use reporters::form_id;
pub use reporters::{
    REPORTERS, ReachDesk, ReachError, Reached, Reporter, ReporterDraft, ToReporters, drafts_to_reporters, reporters,
    write_to_reporters,
};
pub use reviews::answer_review;
pub use rules::{RuleReport, count_in, open_by_rules};
pub use tags::{tag_incident, tag_ticket};
pub use tasks::{
    NewTask, TaskChange, TaskStep, add_task, apply_playbook, change_task, hand_over, remove_playbook, see_mentions,
    step_task, tag_technique, take_over,
};
pub(crate) use ticket_many::{TicketStep, change_many_tickets, undo_many_tickets};
pub use ticket_merge::{merge_ticket, move_message, split_ticket};
pub(crate) use tickets::mail as mail_address;
pub use tickets::{
    NewTicket, TicketChange, assign_ticket, change_ticket, launch, launch_asking, link_ticket, move_ticket,
    open_ticket, unlink_ticket,
};

/// Who the journal names when no person acted.
pub(crate) const MACHINE: &str = "manara";

/// Why something was not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It is not there, or may not be seen.
    #[error("there is no such incident")]
    NotFound,
    /// The state does not follow.
    #[error("an incident that is {} cannot become {}", .0.as_str(), .1.as_str())]
    NotFrom(State, State),
    /// It was merged: what is to be done is done to the other.
    #[error("it was merged into another incident")]
    Merged,
    /// It was not merged.
    #[error("it was not merged into another incident")]
    NotMerged,
    /// The other incident was closed.
    #[error("the incident to merge into is closed")]
    IntoClosed,
    /// One incident was given twice.
    #[error("it is the same incident")]
    Itself,
    /// The title is empty or too long.
    #[error("a title has 1 to {} characters", crate::incident::TITLE_CHARS)]
    Title,
    /// The note or the reason is empty or too long.
    #[error("the text is empty or too long")]
    Text,
    /// The class and type are not of the taxonomy.
    #[error("the class and type are not of the taxonomy")]
    Class,
    /// The resolution is not of the policy.
    #[error("the resolution is none of the policy")]
    Resolution,
    /// The marking is stricter than what the person may see.
    #[error("the marking is stricter than what you may see")]
    Clearance,
    /// There is no such note, or it was struck out.
    #[error("there is no such note")]
    NoNote,
    /// The ticket is not there, or may not be seen.
    #[error("there is no such report, investigation or countermeasure")]
    NoTicket,
    /// The state of the ticket does not follow.
    #[error("what is {} cannot become {}", .0.as_str(), .1.as_str())]
    TicketNotFrom(TicketState, TicketState),
    /// A countermeasure belongs to an incident.
    #[error("a countermeasure belongs to an incident")]
    NoIncident,
    /// An investigation or a countermeasure belongs to one incident only.
    #[error("it belongs to another incident")]
    HasIncident,
    /// That is no mail address.
    #[error("that is no mail address; expected such as abuse@isp.example")]
    Mail,
    /// There is nobody to write to.
    #[error("there is no address to write to")]
    NoRecipient,
    /// The marking is stricter than what may leave unencrypted.
    #[error("its marking does not allow it to leave as unencrypted mail")]
    PlainMail,
    /// The marking is stricter than what may leave unencrypted, and a recipient has no key.
    #[error(
        "its marking lets it leave encrypted alone, and not every recipient has a valid key that was accepted; see `manara mail keys`"
    )]
    NoKey,
    /// A ticket was named as the other of itself.
    #[error("it is the same report, investigation or countermeasure")]
    ItselfTicket,
    /// Only tickets of one kind are merged.
    #[error("only two reports, two investigations or two countermeasures can be merged")]
    OtherKind,
    /// What we wrote, and what came back of it, stays where it belongs.
    #[error("only a mail that came in can go to another report, investigation or countermeasure")]
    NotMoved,
    /// There is no such message, or it was decided about.
    #[error("there is no such message that waits for a decision")]
    NoMessage,
    /// There is no such playbook.
    #[error("there is no such playbook")]
    NoPlaybook,
    /// There is no such task, or it was taken away.
    #[error("there is no such task, or it was removed")]
    NoTask,
    /// Only a decision makes the task needed.
    #[error("the task waits for a decision")]
    TaskWaits,
    /// The incident has as many tasks as it can have.
    #[error("the incident has as many tasks as it can have")]
    TooMany,
    /// Nobody of the team is called so.
    #[error("nobody of the team is called so")]
    Person,
    /// The answer is none that can be given.
    #[error("the answer is none that can be given")]
    Answer,
    /// There is no such clock or stage.
    #[error("there is no such clock or stage")]
    NoClock,
    /// The moment has not come yet.
    #[error("the time is in the future")]
    Future,
    /// That is no technique.
    #[error("that is no technique of ATT&CK; expected such as T1566 or T1566.002")]
    Technique,
    /// Only of a closed incident.
    #[error("the incident is not closed yet")]
    NotClosed,
    /// Something that is required was not answered.
    #[error("something that is required was not answered")]
    Required,
    /// None of our addresses is that.
    #[error("that is none of our addresses; expected one of `addresses` or `mailboxes` in `[response.mail]`")]
    Mailbox,
    /// Whoever says so may not see that mailbox.
    #[error("you do not see that mailbox; what is given to it would be gone for you")]
    UnseenMailbox,
    /// Closing checks of the incident are open, and no reason was given.
    #[error("closing checks are open; give a reason to close it all the same")]
    ChecksOpen,
    /// Tasks of the incident are open, and no reason was given.
    #[error("tasks are open; give a reason to close it all the same")]
    TasksOpen,
    /// The message does not wait for a second person.
    #[error("the message does not wait for a second person")]
    NotWaiting,
    /// Whoever wrote it is not the second person.
    #[error("somebody else than who wrote it has to let it go")]
    OwnMessage,
    /// Only its writer takes a message back.
    #[error("only its writer can withdraw it")]
    NotWriter,
    /// There is no such piece of evidence, or it was taken off the list.
    #[error("there is no such piece of evidence, or it was removed from the list")]
    NoEvidence,
    /// That is no SHA-256.
    #[error("that is no SHA-256; expected 64 hexadecimal digits")]
    Hash,
    /// The file has another hash than the one that was noted.
    #[error("the SHA-256 of the file is not the one that was noted; record it as separate evidence")]
    OtherHash,
    /// No file of it is kept here.
    #[error("no file is stored here for it")]
    NoFile,
    /// A line of custody lies before the last one.
    #[error("it lies before the last line of its custody")]
    Earlier,
    /// There is no room for more.
    #[error("it has as many as it can have")]
    TooManyItems,
    /// Fields that are required have no value.
    #[error("own fields that are required before an incident is resolved have no value")]
    FieldsMissing,
    /// That is no tag.
    #[error("that is no tag; expected a word, or such as workflow:state=\"needs-review\"")]
    Tag,
    /// Nothing was chosen that goes to the new incident, or too much.
    #[error("choose what goes to the new incident: findings, reports or observables, 1000 at most")]
    NothingToPart,
    /// The text names no observable, or too many.
    #[error("no address, domain, URL, hash or the like was found in it, or more than 500")]
    Observable,
    /// The incident speaks of no such thing.
    #[error("the incident has no such observable")]
    NoObservable,
    /// More files than one message takes.
    #[error("a message takes 20 files of 7 MB together; leave some out, or send them in several messages")]
    Files,
    /// There is nothing that the export could tell of.
    #[error("it belongs to no incident of its marking, or one less strict, that could be exported")]
    NothingToAttach,
    /// There is no such rule.
    #[error("there is no such rule; see `manara incidents rules`")]
    NoRule,
    /// The PAP of the incident forbids to ask outside.
    #[error("the PAP of the incident is stricter than GREEN: nobody outside may be asked about it")]
    Pap,
}

impl Refusal {
    /// The last part of the message key: `response-refused-…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotFound => "not-found",
            Self::NotFrom(..) => "not-from",
            Self::Merged => "merged",
            Self::NotMerged => "not-merged",
            Self::IntoClosed => "into-closed",
            Self::Itself => "itself",
            Self::Title => "title",
            Self::Text => "text",
            Self::Class => "class",
            Self::Resolution => "resolution",
            Self::Clearance => "clearance",
            Self::NoNote => "no-note",
            Self::NoTicket => "no-ticket",
            Self::TicketNotFrom(..) => "ticket-not-from",
            Self::NoIncident => "no-incident",
            Self::HasIncident => "has-incident",
            Self::Mail => "mail",
            Self::NoRecipient => "no-recipient",
            Self::PlainMail => "plain-mail",
            Self::NoKey => "no-key",
            Self::ItselfTicket => "itself-ticket",
            Self::OtherKind => "other-kind",
            Self::NotMoved => "not-moved",
            Self::NoMessage => "no-message",
            Self::NoPlaybook => "no-playbook",
            Self::NoTask => "no-task",
            Self::TaskWaits => "task-waits",
            Self::TooMany => "too-many",
            Self::Person => "person",
            Self::Answer => "answer",
            Self::NoClock => "no-clock",
            Self::Future => "future",
            Self::Technique => "technique",
            Self::NotClosed => "not-closed",
            Self::Required => "required",
            Self::Mailbox => "mailbox",
            Self::UnseenMailbox => "unseen-mailbox",
            Self::ChecksOpen => "checks-open",
            Self::TasksOpen => "tasks-open",
            Self::NotWaiting => "not-waiting",
            Self::OwnMessage => "own-message",
            Self::NotWriter => "not-writer",
            Self::NoEvidence => "no-evidence",
            Self::Hash => "hash",
            Self::OtherHash => "other-hash",
            Self::NoFile => "no-file",
            Self::Earlier => "earlier",
            Self::TooManyItems => "too-many-items",
            Self::FieldsMissing => "fields-missing",
            Self::Tag => "tag",
            Self::NothingToPart => "nothing-to-part",
            Self::Observable => "observable",
            Self::NoObservable => "no-observable",
            Self::Files => "files",
            Self::NothingToAttach => "nothing-to-attach",
            Self::NoRule => "no-rule",
            Self::Pap => "pap",
        }
    }
}

/// Why a change was not made.
#[derive(Debug, thiserror::Error)]
pub enum ResponseError {
    /// It may not be.
    #[error("{0}")]
    Refused(#[from] Refusal),
    /// Somebody else changed the record since it was read.
    #[error("somebody else changed it in the meantime")]
    Stale,
    /// The state database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Begins a transaction in which nobody else changes incidents.
async fn begin(db: &Db, now: Micros) -> Result<Tx, StoreError> {
    let mut tx = db.begin().await?;
    sql::turn(&mut tx, now).await?;
    Ok(tx)
}

/// An incident by its id or its number; when a version is named, in that version and no other.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    name: &'a str,
    version: Option<i64>,
}

impl<'a> Wanted<'a> {
    /// In a version, when one is named.
    pub fn in_version(name: &'a str, version: Option<i64>) -> Self {
        Wanted { name, version }
    }
}

impl<'a> From<&'a str> for Wanted<'a> {
    fn from(name: &'a str) -> Self {
        Wanted { name, version: None }
    }
}

impl<'a> From<&'a String> for Wanted<'a> {
    fn from(name: &'a String) -> Self {
        Wanted { name, version: None }
    }
}

/// An incident that is there, visible, and in the version that is named.
async fn standing(tx: &mut Tx, viewer: &Viewer, named: Wanted<'_>) -> Result<Incident, ResponseError> {
    let one = sql::get_in(tx, viewer, named.name).await?.ok_or(Refusal::NotFound)?;
    if named.version.is_some_and(|version| version != one.version) {
        return Err(ResponseError::Stale);
    }
    Ok(one)
}

/// An incident that can be worked on: not merged into another.
async fn workable(tx: &mut Tx, viewer: &Viewer, named: Wanted<'_>) -> Result<Incident, ResponseError> {
    let one = standing(tx, viewer, named).await?;
    if !one.merged_into.is_empty() {
        return Err(Refusal::Merged.into());
    }
    Ok(one)
}

/// Writes a changed incident with its line of the journal, and ends the transaction.
async fn finish(
    mut tx: Tx,
    mut one: Incident,
    who: &str,
    verb: &str,
    more: Value,
    now: Micros,
) -> Result<Incident, ResponseError> {
    touch(&mut one, now);
    sql::put(&mut tx, std::slice::from_ref(&one)).await?;
    journal(&mut tx, who, verb, &one, more, now).await?;
    tx.commit().await?;
    Ok(one)
}

/// Writes a changed incident with its line of the journal, within a transaction that does more.
async fn put_changed(
    tx: &mut Tx,
    mut one: Incident,
    who: &str,
    verb: &str,
    more: Value,
    now: Micros,
) -> Result<(), StoreError> {
    touch(&mut one, now);
    sql::put(tx, std::slice::from_ref(&one)).await?;
    journal(tx, who, verb, &one, more, now).await
}

/// Notes that an incident changed.
fn touch(one: &mut Incident, now: Micros) {
    one.version += 1;
    one.changed = now;
}

/// Writes one line of the journal about an incident.
async fn journal(
    tx: &mut Tx,
    who: &str,
    verb: &str,
    one: &Incident,
    more: Value,
    now: Micros,
) -> Result<(), StoreError> {
    Journal::write(tx, who, PLANE, verb, &one.id, &detail(one, more), now).await
}

/// One verb for many records: the id of each, and what its line says.
async fn write_lines(
    tx: &mut Tx,
    who: &str,
    verb: &str,
    lines: &[(String, String)],
    now: Micros,
) -> Result<(), StoreError> {
    if lines.is_empty() {
        return Ok(());
    }
    let lines: Vec<_> = lines.iter().map(|(id, detail)| (verb, id.as_str(), detail.as_str())).collect();
    Journal::write_many(tx, who, PLANE, &lines, now).await
}

/// What a line of the journal says besides its verb. Never the title: it may be stricter than who reads the journal.
fn detail(one: &Incident, more: Value) -> String {
    let mut detail = Map::new();
    detail.insert("number".into(), Value::from(one.number.as_str()));
    if let Value::Object(more) = more {
        detail.extend(more);
    }
    Value::Object(detail).to_string()
}

/// The incident that a form made when it was sent before. An id of somebody else's is no way to see theirs.
async fn made_before(tx: &mut Tx, viewer: &Viewer, id: &str) -> Result<Option<Incident>, ResponseError> {
    match sql::get_in(tx, &Viewer::system(), id).await? {
        Some(there) if there.opened_by == viewer.name && viewer.may_see_of(there.tlp, &there.mailbox) => {
            Ok(Some(there))
        }
        Some(_) => Err(ResponseError::Stale),
        None => Ok(None),
    }
}

/// An id that was chosen before, so that a form may be sent twice, or a new one.
fn id_of(chosen: &str, now: Micros) -> String {
    Uuid::try_parse(chosen).map_or_else(|_| new_id(now), |id| id.hyphenated().to_string())
}
