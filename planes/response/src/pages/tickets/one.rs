//! One report, investigation or countermeasure: what it is, what was said, and what can be done.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, State as Given};
use manara_formats::mail::{MailFault, PassageKind, Security, fold};
use manara_model::Micros;
use manara_store::Journal;
use manara_web::{Answer, Page, PageError, Right, Visit};

use super::{MailDesk, Room, found, kind_key, state_key, tone};
use crate::incident::Incident;
use crate::mail::{Fact, SIGNATURES, facts_of, happened};
use crate::message::{DeliveryState, MailDelivery, Message, MessageFile, MessageKind, Seen};
use crate::observable::SeenElsewhere;
use crate::release::{Release, ReleaseState};
use crate::ticket::{Kind, Ticket, TicketState};
use crate::{PLANE, sql_message, sql_release, sql_ticket};

/// Messages shown at once.
const MESSAGES: usize = 100;
/// Characters of a message that are shown; its bytes have all.
const BODY_CHARS: usize = 20_000;
/// Deliveries shown of a message; the others are counted.
const DELIVERIES: usize = 100;
/// Observables shown.
const OBSERVABLES: i64 = 200;
/// Lines of the journal shown.
const LINES: i64 = 200;

/// A piece of a message's text.
pub(super) struct Piece {
    /// Whether it is folded away: what is quoted, and a signature.
    pub folded: Option<&'static str>,
    pub text: String,
}

/// A message as it is shown.
pub(super) struct Shown {
    pub message: Message,
    /// What a complaint says in its fields.
    pub facts: Vec<Fact>,
    pub pieces: Vec<Piece>,
    /// Whether more was said than is shown.
    pub is_cut: bool,
    pub files: Vec<MessageFile>,
    pub deliveries: Vec<MailDelivery>,
    pub more_deliveries: usize,
    /// Where its bytes and files are.
    pub href: String,
    /// The number of the ticket it came for, when that was merged into this one.
    pub of: String,
    /// What a second person said of it, or is asked.
    pub release: Option<Release>,
    /// When its writer signed it, as the signature says.
    pub signed: Option<Micros>,
}

/// Why a mail that came encrypted could not be opened.
const SEALED: [&str; 3] = ["sealed-no-key", "sealed-broken", "sealed-too-much"];

/// Whether the marking of a ticket keeps its mail in the house altogether: without keys nothing stricter may leave.
pub(super) fn is_kept(room: &MailDesk, one: &Ticket) -> bool {
    one.tlp > room.office.plain_up_to && !room.office.pgp.on
}

impl Shown {
    /// A message that came in and may go elsewhere.
    pub fn may_move(&self) -> bool {
        matches!(self.message.kind, MessageKind::Report | MessageKind::Reply | MessageKind::Automatic)
    }

    pub fn faults(&self) -> Vec<&str> {
        self.message
            .faults
            .split(' ')
            .filter(|word| MailFault::parse(word).is_some() || SEALED.contains(word))
            .collect()
    }

    /// What the line about a second person says: its tone, and its key.
    pub fn release_words(&self) -> Option<(&'static str, String)> {
        let one = self.release.as_ref()?;
        let tone = match one.state {
            ReleaseState::Waiting | ReleaseState::Returned => "warn",
            ReleaseState::Released => "good",
            ReleaseState::Withdrawn => "mute",
        };
        let own = if one.is_own { "-own" } else { "" };
        Some((tone, format!("tickets-release-{}{own}", one.state.as_str())))
    }

    /// Whether it waits for a second person.
    pub fn is_waiting(&self) -> bool {
        self.release.as_ref().is_some_and(|one| one.state == ReleaseState::Waiting)
    }

    /// Whether somebody wrote what waits, or was sent back.
    pub fn is_of(&self, person: &str) -> bool {
        self.release.as_ref().is_some_and(|one| one.written_by == person)
    }

    /// Whether it can be written anew: nothing of it has left.
    pub fn may_rewrite(&self) -> bool {
        self.message.kind == MessageKind::Draft && !self.is_waiting()
    }

    /// How it was protected, when it was.
    pub fn security(&self) -> Option<&str> {
        let known = Security::parse(&self.message.security)?;
        (known != Security::Plain).then_some(self.message.security.as_str())
    }
}

/// What a text says, without what is folded away.
pub(super) fn pieces(body: &str) -> (Vec<Piece>, bool) {
    let is_cut = body.chars().count() > BODY_CHARS;
    let shown: String = body.chars().take(BODY_CHARS).collect();
    let all = fold(&shown)
        .into_iter()
        .map(|passage| Piece {
            folded: match passage.kind {
                PassageKind::Own | PassageKind::Forwarded => None,
                PassageKind::Quoted => Some("tickets-message-quoted"),
                PassageKind::Signature => Some("tickets-message-signature"),
            },
            text: passage.text.trim_end().to_string(),
        })
        .filter(|piece| !piece.text.trim().is_empty())
        .collect();
    (all, is_cut)
}

/// Brings messages together with their files and deliveries.
pub(super) async fn shown(
    visit: &Visit,
    messages: Vec<Message>,
    href: impl Fn(&Message) -> String,
    of: impl Fn(&Message) -> String,
) -> Result<Vec<Shown>, PageError> {
    let ids: Vec<String> = messages.iter().map(|one| one.id.clone()).collect();
    let mut files: HashMap<String, Vec<MessageFile>> = HashMap::new();
    for (id, file) in sql_message::files_of_many(&visit.db, &ids).await? {
        files.entry(id).or_default().push(file);
    }
    let mut deliveries: HashMap<String, Vec<MailDelivery>> = HashMap::new();
    for one in sql_message::deliveries_of(&visit.db, &ids).await? {
        deliveries.entry(one.message_id.clone()).or_default().push(one);
    }
    let mut releases: HashMap<String, Release> = HashMap::new();
    for one in sql_release::releases_of(&visit.db, &ids).await? {
        releases.insert(one.message_id.clone(), one);
    }
    let signed = sql_message::signed_at(&visit.db, &ids).await?;
    let of_each = |message: Message| {
        let (text, facts) = facts_of(&message);
        let (pieces, is_cut) = pieces(text);
        let mut deliveries = deliveries.remove(&message.id).unwrap_or_default();
        let more_deliveries = deliveries.len().saturating_sub(DELIVERIES);
        deliveries.truncate(DELIVERIES);
        Shown {
            facts,
            pieces,
            is_cut,
            files: files.remove(&message.id).unwrap_or_default(),
            deliveries,
            more_deliveries,
            href: href(&message),
            of: of(&message),
            release: releases.remove(&message.id),
            signed: signed.get(&message.id).copied(),
            message,
        }
    };
    Ok(messages.into_iter().map(of_each).collect())
}

/// A line of the journal of a ticket, as far as the page tells it.
struct Line {
    at: Micros,
    who: String,
    key: String,
    /// From which state into which.
    moved: Option<(TicketState, TicketState)>,
    /// Number of the other ticket or the incident it was about, with its address.
    other: Option<(String, String)>,
    /// The address it was about.
    mail: Option<String>,
}

#[derive(Template)]
#[template(path = "response/tickets/ticket.html")]
struct TicketPage {
    page: Page,
    one: Ticket,
    /// When that happened which it complains of.
    happened: Option<Micros>,
    into: Option<Ticket>,
    merged_here: Vec<Ticket>,
    incidents: Vec<Incident>,
    messages: Vec<Shown>,
    /// The id of the oldest message that is shown, when there are older ones.
    earlier: Option<String>,
    /// Whether these are not the newest.
    is_earlier: bool,
    participants: Vec<String>,
    observables: Vec<Seen>,
    before: Vec<SeenElsewhere>,
    lines: Vec<Line>,
    /// Whether its marking keeps it from leaving as plain mail.
    is_kept: bool,
    may_handle: bool,
    now: Micros,
}

/// `GET /tickets/{id}`
pub(super) async fn ticket(visit: Visit, Given(room): Given<Room>, Path(name): Path<String>) -> Answer {
    let one = found(&visit, &name).await?;
    if visit.query("format").as_deref() == Some("json") || visit.wants_json() {
        return super::operations::whole_json(&visit, &one).await;
    }
    let (db, viewer) = (&visit.db, &visit.viewer);
    let into = match one.merged_into.as_str() {
        "" => None,
        id => sql_ticket::get_ticket(db, viewer, id).await?,
    };
    let merged_here = sql_ticket::merged_here(db, viewer, &one.id).await?;
    let ids: Vec<String> =
        std::iter::once(one.id.clone()).chain(merged_here.iter().map(|other| other.id.clone())).collect();
    let before = match visit.query("before") {
        Some(id) => sql_message::get_message(db, &id).await?.filter(|message| ids.contains(&message.ticket_id)),
        None => None,
    };
    let (messages, more) = sql_message::thread(db, &ids, before.as_ref(), MESSAGES).await?;
    let earlier = messages.first().filter(|_| more).map(|message| message.id.clone());
    let of = |message: &Message| {
        let other = merged_here.iter().find(|other| other.id == message.ticket_id);
        other.map(|other| other.number.clone()).unwrap_or_default()
    };
    let number_of = |message: &Message| {
        let other = of(message);
        if other.is_empty() { one.number.clone() } else { other }
    };
    let href = |message: &Message| format!("/tickets/{}/messages/{}", number_of(message), message.id);
    let messages = shown(&visit, messages, href, of).await?;
    let entries = Journal::of_record(db, PLANE, &one.id, LINES).await?;
    let title = one.number.clone();
    visit.html(&TicketPage {
        page: visit.page_titled(title).under("/tickets", "tickets-list-title"),
        happened: sql_message::complaint_of(db, &one.id).await?.as_ref().and_then(happened),
        into,
        incidents: sql_ticket::incidents_of_ticket(db, viewer, &one.id).await?,
        messages,
        earlier,
        is_earlier: before.is_some(),
        participants: sql_ticket::participants(db, &one.id).await?,
        observables: sql_ticket::observables_of(db, &one.id, OBSERVABLES).await?,
        before: crate::sql_observable::seen_elsewhere(db, viewer, &one.id).await?,
        lines: entries.into_iter().rev().map(line).collect(),
        is_kept: is_kept(&room, &one),
        may_handle: visit.may(Right::HandleIncidents),
        now: visit.now,
        merged_here,
        one,
    })
}

fn line(entry: manara_model::Entry) -> Line {
    let detail: serde_json::Value = serde_json::from_str(&entry.detail).unwrap_or_default();
    let text = |name: &str| detail.get(name).and_then(serde_json::Value::as_str).unwrap_or_default().to_string();
    let states = TicketState::parse(&text("from")).zip(TicketState::parse(&text("to")));
    // Of who has it, the same words are names.
    let moved = states.filter(|(from, to)| from != to && entry.verb != "ticket_assigned");
    let ticket = [text("other"), text("into")].into_iter().find(|number| !number.is_empty());
    let incident = Some(text("incident")).filter(|number| !number.is_empty());
    let other = incident
        .map(|number| (format!("/incidents/{number}"), number))
        .or_else(|| ticket.map(|number| (format!("/tickets/{number}"), number)))
        .map(|(href, number)| (number, href));
    let mail = Some(text("mail")).filter(|mail| !mail.is_empty());
    let key = format!("response-verb-{}", entry.verb.replace('_', "-"));
    Line { at: entry.at, who: entry.who, key, moved, other, mail }
}

impl TicketPage {
    fn tone(&self, one: &Ticket) -> &'static str {
        tone(one.state)
    }

    fn state_key(&self, one: &Ticket) -> String {
        state_key(one.state)
    }

    fn state_words(&self, state: &TicketState) -> String {
        self.page.t(state_key(*state))
    }

    fn kind_words(&self) -> String {
        self.page.t(kind_key(self.one.kind))
    }

    fn is_countermeasure(&self) -> bool {
        self.one.kind == Kind::Countermeasure
    }

    fn is_report(&self) -> bool {
        self.one.kind == Kind::Report
    }

    fn incident_tone(&self, one: &Incident) -> &'static str {
        super::super::tone(one.state)
    }

    fn incident_state(&self, one: &Incident) -> String {
        format!("response-state-{}", one.state.as_str())
    }

    fn can_work(&self) -> bool {
        self.may_handle && self.one.merged_into.is_empty()
    }

    fn is_mine(&self) -> bool {
        self.one.owner == self.reader()
    }

    fn reader(&self) -> &str {
        &self.page.visit.viewer.name
    }

    fn is_overdue(&self) -> bool {
        self.one.due.is_some_and(|due| due < self.now) && self.one.state.is_live()
    }

    /// The states it may go into, each with what its button says.
    fn next(&self) -> Vec<(&'static str, String)> {
        let of = |(from, to): &(TicketState, TicketState)| {
            (*from == self.one.state).then(|| (to.as_str(), format!("tickets-do-{}", to.as_str())))
        };
        self.one.kind.transitions().iter().filter_map(of).collect()
    }

    fn message_tone(&self, message: &Message) -> &'static str {
        match message.kind {
            MessageKind::Sent | MessageKind::Acknowledgement => "info",
            MessageKind::Comment => "mute",
            MessageKind::Draft => "warn",
            MessageKind::Bounce => "bad",
            MessageKind::Automatic => "mute",
            _ => "plain",
        }
    }

    fn message_key(&self, message: &Message) -> String {
        format!("tickets-message-{}", message.kind.as_str())
    }

    fn observable_key(&self, kind: &str) -> String {
        super::super::observables::kind_words(&self.page.visit, kind)
    }

    fn record_words(&self, one: &SeenElsewhere) -> String {
        super::super::observables::record_words(&self.page.visit, one)
    }

    fn signature_key(&self, message: &Message) -> String {
        signature_key(&message.signature)
    }

    fn automatic_key(&self, message: &Message) -> Option<String> {
        automatic_key(message)
    }
}

/// How pages show the state of a delivery.
impl DeliveryState {
    /// The tone of its badge.
    pub(super) fn tone(self) -> &'static str {
        match self {
            Self::Queued | Self::Sending | Self::Waiting => "warn",
            Self::Sent => "good",
            Self::Failed | Self::Bounced => "bad",
            Self::Stopped => "mute",
        }
    }

    /// The key of its words.
    pub(super) fn key(self) -> String {
        format!("tickets-delivery-{}", self.as_str())
    }

    /// Whether it may be tried again.
    pub(super) fn may_retry(self) -> bool {
        matches!(self, Self::Failed | Self::Bounced | Self::Stopped)
    }

    /// Whether it may be stopped.
    pub(super) fn may_stop(self) -> bool {
        self == Self::Queued
    }
}

/// What came of the check of a signature, in words.
pub(super) fn signature_key(signature: &str) -> String {
    format!("tickets-signature-{}", if SIGNATURES.contains(&signature) { signature } else { "unchecked" })
}

/// Why a machine sent it, in words; nothing for a person's, and for our own acknowledgement, whose kind says it.
pub(super) fn automatic_key(message: &Message) -> Option<String> {
    let is_own = message.automatic == "own";
    let known = manara_formats::mail::Automatic::parse(&message.automatic).is_some();
    (known || is_own).then(|| format!("tickets-automatic-{}", message.automatic))
}
