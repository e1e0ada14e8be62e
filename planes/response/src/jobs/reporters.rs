//! Writing to all who reported an incident: each gets a mail of their own, in the thread of their report.

use manara_model::{Micros, Viewer};
use manara_net::LetterFailed;
use manara_store::{Db, StoreError};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{Draft, Refusal, ResponseError, write_message};
use crate::incident::Incident;
use crate::mail::{LetterAbout, MailHouse};
use crate::message::Message;
use crate::sql_ticket;
use crate::ticket::{Kind, Source, Ticket};

/// Reports that are written to at once.
pub const REPORTERS: usize = 500;
/// Observables a letter may name.
const OBSERVABLES: i64 = 50;

/// What all who reported are written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ToReporters {
    /// Chosen before it is written, so that the form may be sent twice; empty for none.
    pub id: String,
    /// One line; that of the letter, or of each report, when it is empty.
    pub subject: String,
    /// Plain text; that of the letter in the language of each when it is empty.
    pub body: String,
    /// A letter; empty for none.
    pub letter: String,
    /// The reports that are meant, by id or number; empty for all.
    pub reports: Vec<String>,
}

/// Why nothing was written to anybody.
#[derive(Debug, thiserror::Error)]
pub enum ReachError {
    /// It may not be.
    #[error("{0}")]
    Refused(#[from] Refusal),
    /// The letter.
    #[error(transparent)]
    Letter(#[from] LetterFailed),
    /// The state database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The reports of an incident whose writers can be written to, the oldest first.
pub async fn reporters(db: &Db, viewer: &Viewer, incident: &Incident) -> Result<Vec<Ticket>, StoreError> {
    let most = i64::try_from(REPORTERS).unwrap_or(i64::MAX);
    let mut all = sql_ticket::tickets_of_incident(db, viewer, &incident.id, most * 4).await?;
    all.retain(|one| one.kind == Kind::Report && (!one.correspondent.is_empty() || one.source == Source::Web));
    all.truncate(REPORTERS);
    Ok(all)
}

/// What is written to each of those who are meant.
pub async fn drafts_to_reporters(
    db: &Db,
    viewer: &Viewer,
    house: &MailHouse,
    incident: &Incident,
    what: &ToReporters,
) -> Result<Vec<(Ticket, Draft)>, ReachError> {
    let mut all = reporters(db, viewer, incident).await?;
    if !what.reports.is_empty() {
        all.retain(|one| what.reports.iter().any(|name| *name == one.id || *name == one.number));
    }
    if all.is_empty() {
        return Err(Refusal::NoRecipient.into());
    }
    let mut drafts = Vec::with_capacity(all.len());
    for ticket in all {
        let (mut subject, mut body) = (what.subject.clone(), what.body.clone());
        if body.trim().is_empty() && !what.letter.is_empty() {
            let observables = sql_ticket::observables_of(db, &ticket.id, OBSERVABLES).await?;
            let about = LetterAbout {
                report: &ticket.number,
                incident: (&incident.number, &incident.title),
                person: &ticket.correspondent_name,
                observables: &observables,
                tlp: Some(ticket.tlp),
                team: house.mailbox(&ticket.mailbox).map_or(("", ""), |own| (own.name.as_str(), own.address.as_str())),
            };
            let written = house.letters.write(&ticket.language, &what.letter, &about)?;
            body = written.body;
            if subject.trim().is_empty() {
                subject = written.subject;
            }
        }
        let draft = Draft { id: id_for(&what.id, &ticket), to: Vec::new(), subject, body };
        drafts.push((ticket, draft));
    }
    Ok(drafts)
}

/// The id of the message to one of them: the same however often the form is sent.
fn id_for(form: &str, ticket: &Ticket) -> String {
    if form.is_empty() {
        return String::new();
    }
    let hash = Sha256::digest(format!("{form}/{}", ticket.id));
    let mut bytes = [0; 16];
    for (byte, from) in bytes.iter_mut().zip(hash) {
        *byte = from;
    }
    uuid::Builder::from_custom_bytes(bytes).into_uuid().hyphenated().to_string()
}

/// Writes to all who are meant; gives for each report its message, or why there is none.
pub async fn write_to_reporters(
    db: &Db,
    viewer: &Viewer,
    house: &MailHouse,
    incident: &Incident,
    what: &ToReporters,
    now: Micros,
) -> Result<Vec<(Ticket, Result<Message, Refusal>)>, ReachError> {
    let mut all = Vec::new();
    for (ticket, draft) in drafts_to_reporters(db, viewer, house, incident, what).await? {
        match write_message(db, viewer, house, &ticket.id, &draft, now).await {
            Ok((ticket, message)) => all.push((ticket, Ok(message))),
            Err(ResponseError::Refused(why)) => all.push((ticket, Err(why))),
            // An id that is somebody else's message: nothing of theirs is touched.
            Err(ResponseError::Stale) => all.push((ticket, Err(Refusal::NoMessage))),
            Err(ResponseError::Store(error)) => return Err(error.into()),
        }
    }
    Ok(all)
}

/// Whether a text that was typed is an id of a form.
pub(crate) fn form_id(text: &str) -> String {
    Uuid::try_parse(text).unwrap_or_else(|_| Uuid::now_v7()).to_string()
}
