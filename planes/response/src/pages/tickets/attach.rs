//! Files of a message that is written: what was brought, what is made for it, and what other messages of its ticket brought.

use axum::extract::{FromRequest as _, Multipart, Request};
use axum::http::header::CONTENT_TYPE;
use manara_web::{Choice, Fault, Lang, Locale, PageError, Visit, Word};

use super::super::fields::Fields;
use super::super::why_words;
use super::post::{read_at_most, unreadable};
use super::{MailDesk, files, write};
use crate::attached::{Export, FILES, FILES_BYTES};
use crate::jobs::{self, ExportDesk, FileError, MESSAGE_CHARS, NewFile, REPORTERS};
use crate::message::{Message, MessageFile, MessageKind};
use crate::ticket::Ticket;
use crate::{sql_message, sql_ticket, sql_upload};

/// The largest form: the files, and the text beside them.
pub(super) const FORM_BYTES: usize = 9_000_000;
/// The largest request of a program: the files in base64, and the text.
pub(super) const API_BYTES: usize = 11_000_000;
/// Parts of a form that are read: a form to all who reported names each of them.
const PARTS: usize = REPORTERS + 300;
/// Messages whose files are offered.
const MESSAGES: usize = 50;
/// Files that are offered.
const OFFERED: usize = 60;

/// Reads a form, with files or without.
pub(super) async fn read(request: Request) -> Result<(Fields, Vec<NewFile>), PageError> {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("multipart/form-data") {
        let bytes = axum::body::to_bytes(request.into_body(), FORM_BYTES).await;
        let bytes = bytes.map_err(|_| PageError::from(Fault::TooLarge))?;
        return Ok((Fields::read(&bytes), Vec::new()));
    }
    let mut parts = Multipart::from_request(request, &()).await.map_err(PageError::unreadable)?;
    let (mut texts, mut new) = (Vec::new(), Vec::new());
    for _ in 0..PARTS {
        let Some(part) = parts.next_field().await.map_err(unreadable)? else { break };
        let name = part.name().unwrap_or_default().to_string();
        if name != "file" {
            // A character has at most four bytes.
            let text = read_at_most(part, 4 * MESSAGE_CHARS).await?;
            texts.push((name, String::from_utf8_lossy(&text).into_owned()));
            continue;
        }
        let called = part.file_name().unwrap_or_default().to_string();
        let media_type = part.content_type().unwrap_or_default().to_string();
        let bytes = read_at_most(part, FORM_BYTES).await?;
        // A field of files in which none was chosen comes as one without a name.
        if !called.is_empty() || !bytes.is_empty() {
            new.push(NewFile { name: called, media_type, bytes });
        }
    }
    Ok((Fields::of(texts), new))
}

/// What a form wants to go with its message, kept until that is written: what waited for it and is still ticked, what was
/// brought, and what is to be made. In words why that is not done.
pub(super) async fn gather(
    visit: &Visit,
    room: &MailDesk,
    one: &Ticket,
    id: &str,
    (fields, mut new): (&Fields, Vec<NewFile>),
) -> Result<Result<Vec<MessageFile>, String>, PageError> {
    for name in fields.all("from", FILES) {
        new.extend(of_thread(visit, room, one, &name).await?);
    }
    for word in fields.all("export", FILES) {
        let what = Export::parse(&word).ok_or_else(|| PageError::unreadable("export"))?;
        match made(visit, room, one, what).await {
            Ok(file) => new.push(file),
            Err(error) => return Ok(Err(words(visit, error)?)),
        }
    }
    brought(visit, room, id, (fields, new)).await
}

/// Keeps what a form brings until its message is written: what waited for it and is still ticked, and what is new.
pub(super) async fn brought(
    visit: &Visit,
    room: &MailDesk,
    id: &str,
    (fields, new): (&Fields, Vec<NewFile>),
) -> Result<Result<Vec<MessageFile>, String>, PageError> {
    let waiting = sql_upload::of_message(&visit.db, id, &visit.viewer.name).await?;
    let keep = fields.all("keep", FILES);
    let kept: Vec<MessageFile> = waiting.into_iter().filter(|file| keep.contains(&file.name)).collect();
    match jobs::keep_files(&room.blobs, kept, new).await {
        Ok(files) => {
            sql_upload::set(&visit.db, id, &visit.viewer.name, &files, visit.now).await?;
            Ok(Ok(files))
        }
        Err(error) => Ok(Err(words(visit, error)?)),
    }
}

/// An export for a message of a ticket, in the language of its mail.
pub(super) async fn made(visit: &Visit, room: &MailDesk, one: &Ticket, what: Export) -> Result<NewFile, FileError> {
    let mut locale: Locale = Lang::parse(&one.language).unwrap_or(visit.lang).into();
    locale.zone = visit.locale.zone;
    let desk = ExportDesk { policy: &room.policy, words: visit.words(), locale, printer: &room.printer };
    jobs::export(&visit.db, &visit.viewer, &desk, one, what, visit.now).await
}

/// Why files do not go with a message, in words.
fn words(visit: &Visit, error: FileError) -> Result<String, PageError> {
    match error {
        FileError::Refused(why) => Ok(why_words(visit, why)),
        FileError::Made(why) => Ok(visit.t_args("document-not-printed", &[("why", Word::from(why))])),
        FileError::Store(error) => Err(error.into()),
    }
}

/// A ticket and those that were merged into it, whose words and files may leave with its mail: they are marked no more strictly.
pub(super) async fn threads(visit: &Visit, one: &Ticket) -> Result<Vec<String>, PageError> {
    let merged = sql_ticket::merged_here(&visit.db, &visit.viewer, &one.id).await?;
    let merged = merged.into_iter().filter(|other| other.tlp <= one.tlp).map(|other| other.id);
    Ok(std::iter::once(one.id.clone()).chain(merged).collect())
}

/// A file of another message of the ticket, or such a message as a file: `MESSAGE/POSITION`, `MESSAGE/mail`.
async fn of_thread(visit: &Visit, room: &MailDesk, one: &Ticket, name: &str) -> Result<Option<NewFile>, PageError> {
    let (id, which) = name.split_once('/').ok_or_else(|| PageError::unreadable("from"))?;
    let Some(message) = write::shown_in(visit, one, id).await? else { return Ok(None) };
    if which == "mail" {
        let bytes = files::kept(room, &message).await?;
        let media_type = "application/octet-stream".to_string();
        return Ok(Some(NewFile { name: format!("{}-{}.eml", one.number, message.id), media_type, bytes }));
    }
    let position: usize = which.parse().map_err(PageError::unreadable)?;
    let kept = sql_message::files_of(&visit.db, &message.id).await?;
    let said = kept.get(position).map(|file| file.media_type.clone()).unwrap_or_default();
    let (name, bytes) = files::file_of(&visit.db, room, &message, position).await?;
    Ok(Some(NewFile { name, media_type: said, bytes }))
}

/// What the form offers.
pub(super) struct Offered {
    /// Exports that can be made.
    pub exports: Vec<Choice>,
    /// Files and mails of the ticket, each with whether it is ticked.
    pub theirs: Vec<(Choice, bool)>,
}

/// What can go with a message of a ticket; `again` is the draft that is written anew, whose files are ticked.
pub(super) async fn offered(visit: &Visit, one: &Ticket, again: &str) -> Result<Offered, PageError> {
    let has_incident = jobs::incident_to_export(&visit.db, &visit.viewer, one).await?.is_some();
    let export = |what: &Export| Choice {
        value: what.as_str().into(),
        label: visit.t(&format!("attach-export-{}", what.as_str())),
    };
    let exports = Export::ALL.iter().filter(|what| has_incident || !what.is_of_incident()).map(export).collect();
    let (messages, _) = sql_message::thread(&visit.db, &threads(visit, one).await?, None, MESSAGES).await?;
    let ids: Vec<String> = messages.iter().map(|message| message.id.clone()).collect();
    let kept = sql_message::files_of_many(&visit.db, &ids).await?;
    let mut theirs = Vec::new();
    for message in messages.iter().rev() {
        if is_mail(message) {
            let from = [("from", Word::from(message.from_mail.clone()))];
            let label = visit.t_args("attach-mail", &from);
            theirs.push((Choice { value: format!("{}/mail", message.id), label }, false));
        }
        for (_, file) in kept.iter().filter(|(id, file)| *id == message.id && file.bytes <= FILES_BYTES) {
            let value = format!("{}/{}", message.id, file.position);
            let label = if file.name.is_empty() { file.media_type.clone() } else { file.name.clone() };
            theirs.push((Choice { value, label }, message.id == again));
        }
    }
    theirs.truncate(OFFERED);
    Ok(Offered { exports, theirs })
}

/// Whether a message came in and can go on as it came.
fn is_mail(message: &Message) -> bool {
    let came = matches!(
        message.kind,
        MessageKind::Report | MessageKind::Reply | MessageKind::Arf | MessageKind::Xarf | MessageKind::Bounce
    );
    came && !message.sha256.is_empty() && message.bytes <= FILES_BYTES
}
