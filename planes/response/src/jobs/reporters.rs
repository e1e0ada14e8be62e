//! Writing to all who reported an incident: each gets a mail of their own, in the thread of their report.

use std::collections::{HashMap, HashSet};

use manara_model::{Micros, Viewer};
use manara_net::LetterFailed;
use manara_store::{Blobs, Db, StoreError};
use manara_web::{Lang, Locale};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::attached::{ExportDesk, FileError, NewFile, export_of, keep_files};
use super::{Draft, Refusal, ResponseError, write_with_files};
use crate::attached::Export;
use crate::incident::Incident;
use crate::mail::{LetterAbout, MailHouse, mail_key};
use crate::message::{Message, MessageFile};
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
    /// Kept files that go with each mail.
    pub files: Vec<MessageFile>,
    /// What is made to go with each.
    pub exports: Vec<Export>,
}

impl ToReporters {
    /// Whether the text is that of the letter, which names the incident.
    fn is_letter(&self) -> bool {
        self.body.trim().is_empty() && !self.letter.is_empty()
    }

    /// Whether exports of the incident may go with the mail of a report: it may be marked no more strictly than that.
    pub(crate) fn fits(&self, incident: &Incident, ticket: &Ticket) -> Result<(), Refusal> {
        if self.exports.is_empty() || incident.tlp <= ticket.tlp { Ok(()) } else { Err(Refusal::NothingToAttach) }
    }
}

/// What writing to reporters works with.
pub struct ReachDesk<'a> {
    /// The mail of the house.
    pub house: &'a MailHouse,
    /// Where files are kept.
    pub blobs: &'a Blobs,
    /// What exports are made with; each in the language of its report.
    pub exports: ExportDesk<'a>,
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
    /// What goes with it cannot be made.
    #[error("{0}")]
    Made(String),
}

/// A report of an incident, and who is written to about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reporter {
    /// The report.
    pub report: Ticket,
    /// The mail address of whoever made it, and of those whose reports were merged into it; empty where none left one.
    pub mails: Vec<String>,
}

/// What the writers of a report are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReporterDraft {
    /// The report.
    pub report: Ticket,
    /// What is written, and to whom.
    pub draft: Draft,
    /// Addresses of merged reports that are left out, since mail to them would be refused and with it that to all others.
    pub left_out: Vec<String>,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    /// The report.
    pub report: Ticket,
    /// The message, or why there is none.
    pub did: Result<Message, Refusal>,
    /// See [`ReporterDraft::left_out`].
    pub left_out: Vec<String>,
}

/// The reports of an incident whose writers can be written to, the oldest first.
pub async fn reporters(db: &Db, viewer: &Viewer, incident: &Incident) -> Result<Vec<Reporter>, StoreError> {
    let most = i64::try_from(REPORTERS).unwrap_or(i64::MAX);
    let mut reports = sql_ticket::tickets_of_incident(db, viewer, &incident.id, most * 4).await?;
    reports.retain(|one| one.kind == Kind::Report);
    let ids: Vec<&str> = reports.iter().map(|one| one.id.as_str()).collect();
    let whole = sql_ticket::with_merged(db, &ids).await?;
    let mut all = Vec::new();
    for report in reports {
        let mut mails = vec![report.correspondent.clone()];
        if whole.contains(&report.id) {
            let merged = sql_ticket::merged_here(db, viewer, &report.id).await?;
            mails.extend(merged.into_iter().map(|one| one.correspondent));
        }
        let mut once = HashSet::new();
        mails.retain(|mail| !mail.is_empty() && once.insert(mail.clone()));
        if !mails.is_empty() || report.source == Source::Web {
            all.push(Reporter { report, mails });
        }
        if all.len() == REPORTERS {
            break;
        }
    }
    Ok(all)
}

/// What is written to each of those who are meant.
pub async fn drafts_to_reporters(
    db: &Db,
    viewer: &Viewer,
    house: &MailHouse,
    incident: &Incident,
    what: &ToReporters,
    now: Micros,
) -> Result<Vec<ReporterDraft>, ReachError> {
    let mut all = reporters(db, viewer, incident).await?;
    if !what.reports.is_empty() {
        all.retain(|one| what.reports.iter().any(|name| *name == one.report.id || *name == one.report.number));
    }
    if all.is_empty() {
        return Err(Refusal::NoRecipient.into());
    }
    let mut drafts = Vec::with_capacity(all.len());
    for one in all {
        let left_out = left_out(db, house, &one, now).await?;
        let Reporter { report: ticket, mut mails } = one;
        mails.retain(|mail| !left_out.contains(mail));
        let (mut subject, mut body) = (what.subject.clone(), what.body.clone());
        if what.is_letter() {
            let observables = sql_ticket::observables_of(db, &ticket.id, OBSERVABLES).await?;
            // What is marked more strictly than the report does not leave with its mail, not by name either.
            let is_told = incident.tlp <= ticket.tlp;
            let about = LetterAbout {
                report: &ticket.number,
                incident: if is_told { (incident.number.as_str(), incident.title.as_str()) } else { ("", "") },
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
        let draft = Draft { id: id_for(&what.id, &ticket), to: mails, subject, body };
        drafts.push(ReporterDraft { report: ticket, draft, left_out });
    }
    Ok(drafts)
}

/// The addresses of merged reports that no mail can go to: they are none, or the marking asks for a key and there is none. Whoever
/// made the report itself is never left out.
async fn left_out(db: &Db, house: &MailHouse, one: &Reporter, now: Micros) -> Result<Vec<String>, StoreError> {
    let asks_key = house.pgp.on && one.report.tlp > house.plain_up_to;
    let others: Vec<&String> = one.mails.iter().filter(|mail| **mail != one.report.correspondent).collect();
    let keys: Vec<String> = if asks_key { others.iter().map(|mail| mail_key(mail)).collect() } else { Vec::new() };
    // To look at a preview takes no turn to write where no key is asked for.
    let missing = if keys.is_empty() { Vec::new() } else { super::keyless(db, &keys, now).await? };
    let is_out = |mail: &&String| super::tickets::mail(mail).is_err() || missing.contains(&mail_key(mail));
    Ok(others.into_iter().filter(is_out).cloned().collect())
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

/// Writes to all who are meant; tells of each report what became of it.
pub async fn write_to_reporters(
    db: &Db,
    viewer: &Viewer,
    desk: &ReachDesk<'_>,
    incident: &Incident,
    what: &ToReporters,
    now: Micros,
) -> Result<Vec<Reached>, ReachError> {
    let mut all = Vec::new();
    let mut made = HashMap::new();
    for ReporterDraft { report, draft, left_out } in
        drafts_to_reporters(db, viewer, desk.house, incident, what, now).await?
    {
        let files = match files_for(db, viewer, desk, (incident, &report), (what, &mut made), now).await {
            Ok(files) => files,
            Err(FileError::Refused(why)) => {
                all.push(Reached { report, did: Err(why), left_out });
                continue;
            }
            Err(FileError::Store(error)) => return Err(error.into()),
            Err(FileError::Made(why)) => return Err(ReachError::Made(why)),
        };
        let (report, did) = match write_with_files(db, viewer, desk.house, &report.id, (&draft, &files), now).await {
            Ok((report, message)) => (report, Ok(message)),
            Err(ResponseError::Refused(why)) => (report, Err(why)),
            // An id that is somebody else's message: nothing of theirs is touched.
            Err(ResponseError::Stale) => (report, Err(Refusal::NoMessage)),
            Err(ResponseError::Store(error)) => return Err(error.into()),
        };
        all.push(Reached { report, did, left_out });
    }
    Ok(all)
}

/// The files of the mail to one of them. What tells of the incident alone is made once for each language.
async fn files_for(
    db: &Db,
    viewer: &Viewer,
    desk: &ReachDesk<'_>,
    (incident, ticket): (&Incident, &Ticket),
    (what, made): (&ToReporters, &mut HashMap<(&'static str, String), NewFile>),
    now: Micros,
) -> Result<Vec<MessageFile>, FileError> {
    what.fits(incident, ticket)?;
    let mut locale = Lang::parse(&ticket.language).map_or(desk.exports.locale, Locale::from);
    locale.zone = desk.exports.locale.zone;
    let exports = ExportDesk { locale, ..desk.exports };
    let mut new = Vec::with_capacity(what.exports.len());
    for export in &what.exports {
        let key = (export.as_str(), ticket.language.clone());
        if let Some(file) = made.get(&key) {
            new.push(file.clone());
            continue;
        }
        let file = export_of(db, viewer, &exports, (ticket, Some(incident.clone())), *export, now).await?;
        if export.is_of_incident() {
            made.insert(key, file.clone());
        }
        new.push(file);
    }
    keep_files(desk.blobs, what.files.clone(), new).await
}

/// Whether a text that was typed is an id of a form.
pub(crate) fn form_id(text: &str) -> String {
    Uuid::try_parse(text).unwrap_or_else(|_| Uuid::now_v7()).to_string()
}
