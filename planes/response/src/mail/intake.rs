//! A mail comes in: one transaction, and whoever brought it hears "kept" only after that.

use std::collections::HashMap;

use manara_formats::mail::Automatic;
use manara_model::{Micros, Tlp, Viewer};
use manara_store::{Db, Jobs, Journal, StoreError, Tx};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::letters::LetterAbout;
use super::read::{Incoming, Proof, clean, marking_of};
use super::thread::{Place, place};
use super::{MailHouse, mail_key, returned, sealed, without_detail};
use crate::automation::{FirstWords, FollowRule, first_words, is_on};
use crate::incident::title;
use crate::jobs::{
    MACHINE, ReportAbout, after_tickets, answered_state, call_handler, new_id, observe_mail, report_from,
};
use crate::message::{DeliveryState, MailDelivery, Message, MessageKind, Seen};
use crate::ticket::{Source, Ticket, TicketState};
use crate::{PLANE, sql, sql_import, sql_message, sql_task, sql_ticket, words};

/// The kind of the jobs that send mail.
pub const SEND_JOB: &str = "response.send";

/// The class of what nobody has classified.
pub(crate) const UNCLASSIFIED: (&str, &str) = ("other", "undetermined");
/// How often in 24 hours a ticket is opened again by mail alone.
const REOPENED_A_DAY: usize = 5;

/// What became of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutcomeKind {
    /// It opened a report.
    Report,
    /// It joined a ticket.
    Reply,
    /// It tells of mail that did not arrive.
    Bounce,
    /// A machine sent it.
    Automatic,
    /// It was here before.
    Duplicate,
    /// A stranger knew a number: a person decides.
    Quarantined,
    /// A report of abuse opened a report.
    Arf,
    /// A report in XARF opened one.
    Xarf,
}

impl OutcomeKind {
    /// The word in answers to programs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::Reply => "reply",
            Self::Bounce => "bounce",
            Self::Automatic => "automatic",
            Self::Duplicate => "duplicate",
            Self::Quarantined => "quarantined",
            Self::Arf => "arf",
            Self::Xarf => "xarf",
        }
    }
}

/// What became of a mail, for whoever brought it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// In one word.
    pub kind: OutcomeKind,
    /// Id of the message.
    pub message: String,
    /// Number of the ticket it belongs to, or may belong to.
    pub ticket: Option<String>,
    /// Number of the incident that ticket belongs to.
    pub incident: Option<String>,
    /// What it speaks of.
    pub seen: Vec<Seen>,
    /// Whether an automatic answer is on its way.
    pub answered: bool,
    /// Fingerprint of the key that signed it; none when that is not proven.
    pub signed_by: Option<String>,
    /// What came of the check of its signature: a word; empty for none.
    pub signature: String,
    /// Whether it came encrypted and was opened.
    pub decrypted: bool,
    /// The recipient that did not work.
    pub failed_recipient: Option<String>,
    /// RSIT class and type of the report.
    pub class: Option<String>,
}

/// Takes mails in, all in one transaction; says of each what became of it.
pub async fn take(db: &Db, house: &MailHouse, mails: &[Incoming], now: Micros) -> Result<Vec<Outcome>, StoreError> {
    take_all(db, house, mails, |_| When { at: now, now }, now).await
}

async fn take_all(
    db: &Db,
    house: &MailHouse,
    mails: &[Incoming],
    when: impl Fn(&Incoming) -> When,
    now: Micros,
) -> Result<Vec<Outcome>, StoreError> {
    let mut tx = db.begin().await?;
    sql::turn(&mut tx, now).await?;
    let names: Vec<String> = mails.iter().map(name_of).collect();
    let mut gathered = Gathered { here: sql_message::taken(&mut tx, &names).await?, ..Gathered::default() };
    let mut outcomes = Vec::with_capacity(mails.len());
    for (one, name) in mails.iter().zip(names) {
        outcomes.push(take_one(&mut tx, house, (one, name), &mut gathered, when(one)).await?);
    }
    gathered.write(&mut tx).await?;
    tx.commit().await?;
    Ok(outcomes)
}

/// What is the same few statements for all mails of a transaction. No mail is sorted by any of it.
#[derive(Debug, Default)]
struct Gathered {
    /// The messages that came in under the names of these mails: the name, and the id of the message.
    here: HashMap<String, String>,
    /// Names that are new: the name, the id of the message, when.
    taken: Vec<(String, String, Micros)>,
    /// New reports and messages, whose rows are written: what they say goes into the index of words.
    tickets: Vec<Ticket>,
    messages: Vec<Message>,
}

impl Gathered {
    async fn write(&self, tx: &mut Tx) -> Result<(), StoreError> {
        sql_message::take(tx, &self.taken).await?;
        sql_ticket::keep_policy_due(tx, &self.tickets).await?;
        let tickets = self.tickets.iter().map(sql_ticket::said);
        let said: Vec<_> = tickets.chain(self.messages.iter().map(sql_message::said)).collect();
        words::note(tx, &said).await
    }
}

/// At which moment the records of a mail stand, and when it is taken: one moment, but for old mail.
#[derive(Debug, Clone, Copy)]
pub(super) struct When {
    pub at: Micros,
    pub now: Micros,
}

impl When {
    /// What the journal says of old mail besides: it was done now, and its date is another.
    pub(super) fn dated(self, mut detail: Value) -> String {
        if let Some(map) = detail.as_object_mut().filter(|_| self.at != self.now) {
            map.insert("dated".into(), self.at.rfc3339().into());
        }
        detail.to_string()
    }
}

/// The earliest date of a mail that is believed: 1980-01-01.
const EARLIEST: Micros = Micros(315_532_800_000_000);

/// Takes old mails in, each at the date it says, which is none to come; all in one transaction. What the journal tells is done
/// now, with that date beside it. A house for this acknowledges nothing: nobody is answered about mail of years ago.
pub async fn take_past(
    db: &Db,
    house: &MailHouse,
    mails: &[Incoming],
    now: Micros,
) -> Result<Vec<Outcome>, StoreError> {
    let dated = |one: &Incoming| {
        let at = one.mail.date.filter(|date| *date >= EARLIEST).unwrap_or(now).min(now);
        When { at, now }
    };
    take_all(db, house, mails, dated, now).await
}

/// Which of some mails are here already.
pub async fn taken_already(db: &Db, mails: &[Incoming]) -> Result<Vec<bool>, StoreError> {
    let names: Vec<String> = mails.iter().map(name_of).collect();
    let known = sql_message::taken_of(db, &names).await?;
    let mut once = std::collections::HashSet::new();
    Ok(names.iter().map(|name| known.contains(name) || !once.insert(name)).collect())
}

async fn take_one(
    tx: &mut Tx,
    house: &MailHouse,
    (one, name): (&Incoming, String),
    gathered: &mut Gathered,
    when: When,
) -> Result<Outcome, StoreError> {
    if let Some(there) = gathered.here.get(&name) {
        let proof = sealed::proof(tx, one, when.at).await?;
        return duplicate(tx, one, (there, &proof)).await;
    }
    sealed::keep_offered(tx, one, when.now).await?;
    let proof = sealed::proof(tx, one, when.at).await?;
    let mut message = message_of(one, &proof, when.at);
    gathered.here.insert(name.clone(), message.id.clone());
    gathered.taken.push((name, message.id.clone(), when.at));
    let mut outcome = sort(tx, house, one, &mut message, gathered, when).await?;
    outcome.signed_by = proven(&proof);
    sql_message::put_rows(tx, &[&message]).await?;
    if let Some(mail) = answer_to(house, one) {
        sql_message::set_reply_to(tx, &message.id, &mail).await?;
    }
    sql_message::put_files(tx, &message.id, &one.files).await?;
    // Who wrote last is not who wrote what is brought last.
    if when.at != when.now && outcome.kind == OutcomeKind::Reply {
        sql_ticket::recount_waits(tx, &message.ticket_id).await?;
    }
    if let Some(made) = proof.made.filter(|_| !proof.signature.is_empty()) {
        sql_message::put_signed(tx, &message.id, made).await?;
    }
    if !proof.signature.is_empty() {
        let made = proof.made.map(Micros::rfc3339);
        let detail =
            json!({ "message": message.id, "signed_by": proof.signed_by, "signature": proof.signature, "made": made });
        let record = if message.ticket_id.is_empty() { &message.id } else { &message.ticket_id };
        Journal::write(tx, MACHINE, PLANE, "signature_checked", record, &when.dated(detail), when.now).await?;
    }
    gathered.messages.push(message);
    Ok(outcome)
}

/// What makes two mails the same: Message-ID, sender, subject, date, text and files. Not the way it took.
fn name_of(one: &Incoming) -> String {
    let mut hash = Sha256::new();
    let mut add = |text: &str| {
        hash.update(text.len().to_be_bytes());
        hash.update(text.as_bytes());
    };
    add(one.mail.message_id.as_deref().unwrap_or_default());
    add(one.mail.from.as_ref().map_or("", |from| &from.address));
    add(&one.mail.subject);
    add(&one.mail.date.map(Micros::rfc3339).unwrap_or_default());
    add(&one.mail.text);
    for file in &one.files {
        add(&file.sha256);
    }
    format!("{:x}", hash.finalize())
}

/// The key that is named to programs.
fn proven(proof: &Proof) -> Option<String> {
    sealed::is_proven(&proof.signature).then(|| proof.signed_by.clone())
}

fn message_of(one: &Incoming, proof: &Proof, now: Micros) -> Message {
    let from = one.mail.from.as_ref();
    let said = (from.and_then(|from| from.name.as_deref()).unwrap_or_default(), from.map_or("", |from| &from.address));
    // The mail of a form is of our own making: its sender is whoever filled it in.
    let (from_name, from_mail) = one.form.as_ref().map_or(said, |form| (&form.from.0, &form.from.1));
    let mut recipients: Vec<&str> = one.mail.to.iter().chain(&one.mail.cc).map(|to| to.address.as_str()).collect();
    recipients.truncate(200);
    Message {
        id: new_id(now),
        ticket_id: String::new(),
        kind: MessageKind::Automatic,
        at: now,
        written: one.mail.date,
        message_id: clean(one.mail.message_id.as_deref().unwrap_or_default(), 998),
        in_reply_to: clean(one.mail.in_reply_to.first().map_or("", String::as_str), 998),
        from_name: clean(from_name, 200),
        from_mail: clean(&mail_key(from_mail), 320),
        recipients: clean(&recipients.join(", "), 4_000),
        subject: subject_of(one),
        body: one.text.clone(),
        automatic: one.mail.automatic.as_ref().map_or("", |why| why.as_str()).into(),
        faults: faults_of(one),
        security: if one.form.is_some() { crate::public::BY_FORM } else { one.mail.security.as_str() }.into(),
        signed_by: proof.signed_by.clone(),
        signature: proof.signature.clone(),
        decrypted: proof.decrypted,
        held_for: String::new(),
        who: String::new(),
        sha256: one.sha256.clone(),
        bytes: one.bytes,
    }
}

fn faults_of(one: &Incoming) -> String {
    let faults = one.mail.faults.iter().map(|fault| fault.as_str()).chain([one.sealed_fault]);
    faults.filter(|fault| !fault.is_empty()).collect::<Vec<_>>().join(" ")
}

fn subject_of(one: &Incoming) -> String {
    title(&clean(&one.mail.subject, crate::incident::TITLE_CHARS)).unwrap_or_default()
}

/// Decides what a mail is, does what follows, and says where its message belongs.
async fn sort(
    tx: &mut Tx,
    house: &MailHouse,
    one: &Incoming,
    message: &mut Message,
    gathered: &mut Gathered,
    when: When,
) -> Result<Outcome, StoreError> {
    let mut outcome = Outcome {
        kind: OutcomeKind::Automatic,
        message: message.id.clone(),
        ticket: None,
        incident: None,
        seen: one.seen.clone(),
        answered: false,
        signed_by: None,
        signature: message.signature.clone(),
        decrypted: message.decrypted,
        failed_recipient: None,
        class: None,
    };
    if let Some(form) = &one.form {
        return match sql_ticket::get_in(tx, &Viewer::system(), &form.adds_to).await? {
            Some(ticket) => joined(tx, one, message, (ticket, false), outcome, when).await,
            None => opened(tx, house, one, message, (outcome, gathered), when).await,
        };
    }
    // Our own mail, come back by some list or forwarding.
    if one.mail.header("X-Manara-Loop").is_some_and(|mark| mark.trim() == house.tokens.loop_mark()) {
        message.automatic = "own".into();
        return Ok(outcome);
    }
    if let Some(bounce) = &one.bounce {
        let returned = returned::note(tx, house, one, (&message.id, bounce), when).await?;
        outcome.kind = OutcomeKind::Bounce;
        outcome.failed_recipient = bounce.recipients.first().map(|failed| failed.address.clone()).or(returned.mail);
        outcome.seen.clear();
        message.kind = MessageKind::Bounce;
        message.ticket_id = returned.ticket_id;
        return named(tx, outcome, &message.ticket_id).await;
    }
    let reported = one.feedback.is_some() || one.xarf.is_some();
    match place(tx, house, one).await? {
        Place::In(ticket) if !reported => joined(tx, one, message, (*ticket, true), outcome, when).await,
        Place::Named(ticket) if !reported => joined(tx, one, message, (*ticket, false), outcome, when).await,
        Place::Held(ticket) if !reported => {
            outcome.kind = OutcomeKind::Quarantined;
            message.kind = MessageKind::Quarantined;
            message.held_for.clone_from(&ticket.id);
            let detail = json!({ "number": ticket.number, "message": message.id });
            journal(tx, "message_held", &ticket, detail, when).await?;
            Ok(outcome)
        }
        // What a machine answers to nothing of ours opens nothing; what a machine tells is a report.
        _ if !reported && is_answer_of_machine(one) => Ok(outcome),
        _ => opened(tx, house, one, message, (outcome, gathered), when).await,
    }
}

/// Whether a machine answers to something, and does not tell something of its own.
fn is_answer_of_machine(one: &Incoming) -> bool {
    let Some(why) = one.mail.automatic else { return false };
    let replied = |field: &str| field.trim_start().to_ascii_lowercase().starts_with("auto-replied");
    matches!(why, Automatic::Absence | Automatic::Calendar | Automatic::Report | Automatic::Loop)
        || one.mail.header("Auto-Submitted").is_some_and(replied)
        || !one.mail.in_reply_to.is_empty()
}

async fn duplicate(tx: &mut Tx, one: &Incoming, (there, proof): (&str, &Proof)) -> Result<Outcome, StoreError> {
    let before = sql_message::get_in(tx, there).await?;
    let outcome = Outcome {
        kind: OutcomeKind::Duplicate,
        message: there.into(),
        ticket: None,
        incident: None,
        seen: one.seen.clone(),
        answered: false,
        signed_by: proven(proof),
        signature: proof.signature.clone(),
        decrypted: proof.decrypted,
        failed_recipient: None,
        class: None,
    };
    named(tx, outcome, &before.map(|before| before.ticket_id).unwrap_or_default()).await
}

/// Says which ticket and which incident.
async fn named(tx: &mut Tx, mut outcome: Outcome, ticket_id: &str) -> Result<Outcome, StoreError> {
    if ticket_id.is_empty() {
        return Ok(outcome);
    }
    if let Some(ticket) = sql_ticket::get_in(tx, &Viewer::system(), ticket_id).await? {
        outcome.class = class_of(&ticket);
        outcome.ticket = Some(ticket.number);
    }
    if let Some(incident) = sql_ticket::incidents_of(tx, ticket_id).await?.first() {
        outcome.incident = sql::whole_in(tx, incident).await?.map(|incident| incident.number);
    }
    Ok(outcome)
}

fn class_of(ticket: &Ticket) -> Option<String> {
    ((ticket.taxonomy.as_str(), ticket.rsit.as_str()) != UNCLASSIFIED)
        .then(|| format!("{}/{}", ticket.taxonomy, ticket.rsit))
}

/// A mail joins a ticket. What a person wrote opens it again; whether it confirms a countermeasure, [`confirmed`] says. `answers`
/// says whether it answers a mail of the ticket, and does not only name it.
async fn joined(
    tx: &mut Tx,
    one: &Incoming,
    message: &mut Message,
    (mut ticket, answers): (Ticket, bool),
    mut outcome: Outcome,
    when: When,
) -> Result<Outcome, StoreError> {
    let at = when.at;
    let by_person = one.mail.automatic.is_none();
    // Mail of years ago is kept and looked into; it opens nothing, confirms nothing and calls nobody.
    let is_past = when.at != when.now;
    message.kind = if by_person { MessageKind::Reply } else { MessageKind::Automatic };
    message.ticket_id.clone_from(&ticket.id);
    outcome.kind = if by_person { OutcomeKind::Reply } else { OutcomeKind::Automatic };
    let before = ticket.clone();
    let from = ticket.state;
    let mut unmoved = None;
    // What it says of itself holds for the whole ticket: nobody sees it there who may not.
    ticket.tlp = marking_of(&one.mail).map_or(ticket.tlp, |said| said.max(ticket.tlp));
    if by_person {
        if let Some(next) = answered_state(&ticket).filter(|_| !is_past)
            && may_reopen(tx, &ticket, at).await?
        {
            ticket.set_state(next, at);
        }
        if !is_past && is_on(tx, FollowRule::ConfirmByMail).await? {
            match confirmed(tx, &ticket, message, answers).await? {
                Some((FirstWords::Done, next)) => ticket.set_state(next, at),
                Some((FirstWords::Declined, _)) => unmoved = Some("answer_declined"),
                Some((FirstWords::Other, _)) => unmoved = Some("answer_unclear"),
                None => {}
            }
        }
        let sender = message.from_mail.as_str();
        if !sender.is_empty() {
            sql_ticket::join(tx, &ticket.id, sender).await?;
        }
        observe_mail(tx, &ticket, &one.seen, at).await?;
    }
    ticket.messages += 1;
    ticket.version += 1;
    ticket.changed = ticket.changed.max(at);
    sql_ticket::put(tx, std::slice::from_ref(&ticket)).await?;
    let detail = json!({ "number": ticket.number, "message": message.id, "from": from.as_str(),
        "to": ticket.state.as_str(), "automatic": message.automatic });
    journal(tx, "message_joined", &ticket, detail, when).await?;
    if ticket.tlp != before.tlp {
        journal(tx, "ticket_changed", &ticket, json!({ "number": ticket.number, "fields": ["tlp"] }), when).await?;
    }
    if let Some(verb) = unmoved {
        journal(tx, verb, &ticket, json!({ "number": ticket.number, "message": message.id }), when).await?;
        call_handler(tx, &ticket, "", when.now).await?;
    }
    if by_person && !is_past {
        answered(tx, &ticket, message, at).await?;
    }
    after_tickets(tx, &[(&before, &ticket)], when.now).await?;
    named(tx, outcome, &ticket.id).await
}

/// Notes that the other side wrote last, and calls to what they wrote: whoever owns the ticket, else the owners of its
/// incidents and whoever watches them.
pub(crate) async fn answered(tx: &mut Tx, ticket: &Ticket, message: &Message, now: Micros) -> Result<(), StoreError> {
    sql_ticket::set_waits_for(tx, &ticket.id, "us").await?;
    let mut people = vec![ticket.owner.clone()];
    if ticket.owner.is_empty() {
        for id in sql_ticket::incidents_of(tx, &ticket.id).await? {
            people.extend(sql::whole_in(tx, &id).await?.map(|one| one.owner));
            people.extend(sql::watchers_in(tx, &id).await?);
        }
        people.sort();
        people.dedup();
    }
    for person in people.iter().filter(|person| !person.is_empty()) {
        sql_task::call(tx, person, ("mail", &message.id), &ticket.id, &message.from_mail, now).await?;
    }
    Ok(())
}

/// Whether mail may open a ticket again: not without end.
async fn may_reopen(tx: &mut Tx, ticket: &Ticket, now: Micros) -> Result<bool, StoreError> {
    let lines = Journal::of_record_since(tx, (PLANE, "message_joined"), &ticket.id, now.plus_days(-1)).await?;
    let opened = lines.iter().filter(|line| {
        let detail: Value = serde_json::from_str(&line.detail).unwrap_or_default();
        detail.get("from") != detail.get("to")
    });
    Ok(opened.take(REOPENED_A_DAY).count() < REOPENED_A_DAY)
}

/// What an answer says of a countermeasure that waits for a word, and where that word would put it: only an answer to a mail of
/// ours, of whoever was asked. `None` of all else.
async fn confirmed(
    tx: &mut Tx,
    ticket: &Ticket,
    message: &Message,
    answers: bool,
) -> Result<Option<(FirstWords, TicketState)>, StoreError> {
    let next = match ticket.state {
        TicketState::PendingActivation => TicketState::Active,
        TicketState::PendingRemoval => TicketState::Removed,
        _ => return Ok(None),
    };
    let sender = message.from_mail.as_str();
    let was_asked = !sender.is_empty()
        && (sender == ticket.correspondent || sql_message::was_written_to(tx, &ticket.id, sender).await?);
    Ok((answers && was_asked).then(|| (first_words(&message.body), next)))
}

/// A mail opens a report.
async fn opened(
    tx: &mut Tx,
    house: &MailHouse,
    one: &Incoming,
    message: &mut Message,
    (mut outcome, gathered): (Outcome, &mut Gathered),
    when: When,
) -> Result<Outcome, StoreError> {
    let at = when.at;
    let (source, kind, outcome_kind) = match (&one.feedback, &one.xarf, &one.mail.automatic) {
        _ if one.form.is_some() => (Source::Web, MessageKind::Report, OutcomeKind::Report),
        (_, Some(_), _) => (Source::Xarf, MessageKind::Xarf, OutcomeKind::Xarf),
        (Some(_), ..) => (Source::Arf, MessageKind::Arf, OutcomeKind::Arf),
        (_, _, Some(_)) => (Source::Mail, MessageKind::Report, OutcomeKind::Automatic),
        _ => (Source::Mail, MessageKind::Report, OutcomeKind::Report),
    };
    let mut ticket = report(tx, house, one, message, source, at).await?;
    // Nobody has to answer mail of years ago.
    ticket.due = house.policy.report_due(at).filter(|_| at == when.now);
    message.kind = kind;
    message.ticket_id.clone_from(&ticket.id);
    let takers = takers(house, one, message);
    let joined: Vec<(&str, &str)> = takers.iter().map(|mail| (ticket.id.as_str(), mail.as_str())).collect();
    sql_import::join(tx, &joined).await?;
    if is_on(tx, FollowRule::ExtractObservables).await? {
        sql_ticket::observe(tx, ("ticket", &ticket.id), &one.seen, source.as_str(), at).await?;
    }
    outcome.kind = outcome_kind;
    let answer = acknowledge(tx, house, one, message, &mut ticket, at).await?;
    outcome.answered = answer.is_some();
    gathered.messages.extend(answer);
    sql_ticket::put_rows(tx, std::slice::from_ref(&ticket)).await?;
    if kind != MessageKind::Report || outcome.kind == OutcomeKind::Report {
        sql_ticket::set_waits_for(tx, &ticket.id, "us").await?;
    }
    if let Some(form) = &one.form {
        crate::public::put_receipt(tx, &ticket.id, form, at).await?;
    }
    let detail = json!({ "number": ticket.number, "source": source.as_str(), "class": class_of(&ticket),
        "answered": outcome.answered });
    journal(tx, "report_opened", &ticket, detail, when).await?;
    // It belongs to no incident yet.
    outcome.class = class_of(&ticket);
    outcome.ticket = Some(ticket.number.clone());
    gathered.tickets.push(ticket);
    Ok(outcome)
}

/// The report a mail opens; it is not written yet.
async fn report(
    tx: &mut Tx,
    house: &MailHouse,
    one: &Incoming,
    message: &Message,
    source: Source,
    now: Micros,
) -> Result<Ticket, StoreError> {
    let form = one.form.as_ref();
    let rsit = match (&one.feedback, &one.xarf) {
        _ if form.is_some() => form.map(|form| form.class),
        (_, Some(xarf)) => Some(xarf.rsit),
        (Some(feedback), _) => Some(feedback.rsit()),
        _ => None,
    };
    let mailbox = one.to.iter().map(|to| without_detail(to)).find(|to| house.addresses.contains(to));
    let usual = mailbox.as_deref().and_then(|to| house.mailbox(to)).map_or(&house.language, |own| &own.language);
    let known = one.known.as_ref();
    let language = form.map(|form| form.language.as_str()).or(known.map(|known| known.language.as_str()));
    let language = language.filter(|language| !language.is_empty());
    let language = language.map_or_else(|| language_of(&one.mail.text, usual), String::from);
    let about = ReportAbout {
        class: rsit.filter(|(class, kind)| manara_model::is_known(class, kind)).unwrap_or(UNCLASSIFIED),
        tlp: marking_of(&one.mail).unwrap_or(Tlp::Amber),
        mailbox: mailbox.unwrap_or_default(),
        source,
        correspondent: answer_to(house, one).unwrap_or_else(|| message.from_mail.clone()),
        constituent: known.map(|known| (known.constituent_id.clone(), known.constituent.clone())).unwrap_or_default(),
        language,
        who: MACHINE,
    };
    report_from(tx, message, about, now).await
}

/// Where an answer goes, if not to the sender: the one address a mail asks for, when it is one, and none of ours. A form asks
/// for none.
fn answer_to(house: &MailHouse, one: &Incoming) -> Option<String> {
    let [asked] = one.mail.reply_to.as_slice() else { return None };
    let asked = crate::jobs::mail_address(&asked.address).ok().filter(|mail| !mail.is_empty())?;
    let from = one.mail.from.as_ref().map(|from| mail_key(&from.address)).unwrap_or_default();
    let is_open = !reads_no_answers(&asked);
    (one.form.is_none() && asked != from && is_open && !house.is_ours(&asked)).then_some(asked)
}

/// Whether an address says that nobody reads what is written to it.
fn reads_no_answers(mail: &str) -> bool {
    ["noreply@", "no-reply@", "donotreply@", "do-not-reply@", "mailer-daemon@", "postmaster@"]
        .iter()
        .any(|begin| mail.starts_with(begin))
}

/// The language a text is written in, as far as its letters and most usual words tell.
pub(crate) fn language_of(text: &str, usual: &str) -> String {
    let text: String = text.chars().take(2_000).collect::<String>().to_lowercase();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count().max(1);
    let arabic = text.chars().filter(|c| matches!(c, '\u{600}'..='\u{6ff}')).count();
    if arabic * 3 > letters {
        return "ar".into();
    }
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
    let count = |usual: &[&str]| words.iter().filter(|word| usual.contains(word)).count();
    let french = count(&["le", "la", "les", "des", "une", "est", "nous", "vous", "pour", "dans", "avec", "sur"]);
    let english = count(&["the", "and", "is", "are", "we", "you", "for", "with", "from", "this", "our", "of"]);
    match french.cmp(&english) {
        std::cmp::Ordering::Greater => "fr".into(),
        std::cmp::Ordering::Less => "en".into(),
        std::cmp::Ordering::Equal => usual.into(),
    }
}

/// Who takes part from now on: the sender, and those who were written to besides us.
fn takers(house: &MailHouse, one: &Incoming, message: &Message) -> Vec<String> {
    let written = one.mail.to.iter().chain(&one.mail.cc).chain(&one.mail.reply_to).map(|to| mail_key(&to.address));
    let mut all: Vec<String> = std::iter::once(message.from_mail.clone())
        .chain(written)
        .filter(|mail| mail.contains('@') && mail.len() <= 320 && !house.is_ours(mail))
        .take(100)
        .collect();
    all.sort();
    all.dedup();
    all
}

/// Queues an acknowledgement and gives it, unless the sender is a machine, one of ours, or was answered just now.
async fn acknowledge(
    tx: &mut Tx,
    house: &MailHouse,
    one: &Incoming,
    message: &Message,
    ticket: &mut Ticket,
    now: Micros,
) -> Result<Option<Message>, StoreError> {
    if !house.acknowledge {
        return Ok(None);
    }
    let (to, is_of_person) = match &one.form {
        // Its mail is of our own making: whether it may be answered, the address says that somebody typed.
        Some(_) => (message.from_mail.clone(), !reads_no_answers(&message.from_mail)),
        None => {
            let to = one.mail.reply_to.first().map_or_else(|| message.from_mail.clone(), |to| mail_key(&to.address));
            (to, one.mail.unanswerable(&house.addresses).is_none())
        }
    };
    let may_be_answered = is_of_person && to.contains('@') && !house.is_ours(&to);
    if !may_be_answered || !matches!(ticket.source, Source::Mail | Source::Web) {
        return Ok(None);
    }
    let (times, last) = sql_message::answered_since(tx, &to, now.plus_days(-1)).await?;
    let rest = house.minutes_between.saturating_mul(60_000_000);
    if times >= house.answers_a_day || last.is_some_and(|last| now.0.saturating_sub(last.0) < rest) {
        let detail = json!({ "number": ticket.number, "mail": to });
        journal(tx, "loop_stopped", ticket, detail, When { at: now, now }).await?;
        return Ok(None);
    }
    // Anybody can type the address of somebody else into a form: nothing else of what they typed is sent there.
    let name = if one.form.is_some() { "" } else { ticket.correspondent_name.as_str() };
    let about = LetterAbout {
        report: &ticket.number,
        person: name,
        tlp: Some(ticket.tlp),
        team: house.mailbox(&ticket.mailbox).map_or(("", ""), |own| (own.name.as_str(), own.address.as_str())),
        ..LetterAbout::default()
    };
    // Letters are tried when they are read; one that fails all the same must not keep a report out.
    let written = match house.letters.write(&ticket.language, "acknowledgement", &about) {
        Ok(written) => written,
        Err(error) => {
            tracing::warn!(%error, "no acknowledgement");
            return Ok(None);
        }
    };
    // Both are of one moment: the id, a millisecond later, puts the answer after what it answers.
    let id = new_id(Micros(now.0 + 1_000));
    let answer = Message {
        message_id: house.message_id(&id, &ticket.number),
        in_reply_to: message.message_id.clone(),
        from_mail: house.sender(&ticket.mailbox).into(),
        recipients: to.clone(),
        subject: house.tagged(&ticket.mailbox, &ticket.number, &written.subject),
        automatic: "acknowledgement".into(),
        ..Message::ours((id, MessageKind::Acknowledgement), &ticket.id, (MACHINE, written.body), now)
    };
    let delivery = MailDelivery {
        id: new_id(now),
        message_id: answer.id.clone(),
        ticket_id: ticket.id.clone(),
        mail: to.clone(),
        name: name.into(),
        state: DeliveryState::Queued,
        attempts: 0,
        queued: now,
        sent: None,
        remark: String::new(),
    };
    sql_message::put_rows(tx, &[&answer]).await?;
    sql_message::put_deliveries(tx, std::slice::from_ref(&delivery)).await?;
    Jobs::add(tx, &format!("{SEND_JOB}/{}", delivery.id), SEND_JOB, &delivery.id, now).await?;
    sql_message::note_answered(tx, &to, &ticket.id, now).await?;
    ticket.acknowledged = Some(now);
    ticket.messages += 1;
    Ok(Some(answer))
}

/// Writes one line of the journal about a ticket, of what mail did to it.
async fn journal(tx: &mut Tx, verb: &str, ticket: &Ticket, detail: Value, when: When) -> Result<(), StoreError> {
    Journal::write(tx, MACHINE, PLANE, verb, &ticket.id, &when.dated(detail), when.now).await
}
