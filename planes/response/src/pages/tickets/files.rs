//! The bytes of mails and of what hangs on them: always downloads, never shown.

use std::sync::Arc;

use axum::extract::{Path, State as Given};
use manara_formats::mail::MailLimits;
use manara_store::Db;
use manara_web::api::{ApiAnswer, Problem};
use manara_web::{Answer, PageError, Visit};

use super::{MailDesk, Room, found};
use crate::mail::read_again;
use crate::message::{Message, MessageKind};
use crate::{sql_message, sql_ticket};

/// What files are said to be, whatever their mail says: nothing opens them by itself.
const BYTES: &str = "application/octet-stream";

/// `GET /tickets/{id}/messages/{message}/raw`
pub(super) async fn raw(visit: Visit, Given(room): Given<Room>, Path(names): Path<(String, String)>) -> Answer {
    let (name, message) = of_ticket(&visit, &names).await?;
    let bytes = kept(&room, &message).await?;
    Ok(visit.download(&name, BYTES, bytes))
}

/// `GET /tickets/{id}/messages/{message}/files/{position}`
pub(super) async fn file(
    visit: Visit,
    Given(room): Given<Room>,
    Path((ticket, message, position)): Path<(String, String, usize)>,
) -> Answer {
    let (_, message) = of_ticket(&visit, &(ticket, message)).await?;
    let (name, bytes) = file_of(&visit.db, &room, &message, position).await?;
    Ok(visit.download(&name, BYTES, bytes))
}

/// `GET /mail/held/{id}/raw`
pub(super) async fn held_raw(visit: Visit, Given(room): Given<Room>, Path(id): Path<String>) -> Answer {
    let message = loose(&visit, &id).await?;
    let bytes = kept(&room, &message).await?;
    Ok(visit.download(&format!("{}.eml", message.id), BYTES, bytes))
}

/// `GET /mail/held/{id}/files/{position}`
pub(super) async fn held_file(
    visit: Visit,
    Given(room): Given<Room>,
    Path((id, position)): Path<(String, usize)>,
) -> Answer {
    let message = loose(&visit, &id).await?;
    let (name, bytes) = part(&room, &message, position).await?;
    Ok(visit.download(&name, BYTES, bytes))
}

/// The bytes of a mail that belongs to no ticket, for programs; with a position, of a file of it.
pub(super) async fn held_for_programs(visit: &Visit, room: &MailDesk, id: &str, position: Option<usize>) -> ApiAnswer {
    let message = loose(visit, id).await?;
    let (name, bytes) = match position {
        None => (format!("{}.eml", message.id), kept(room, &message).await?),
        Some(position) => part(room, &message, position).await?,
    };
    Ok(visit.download(&name, BYTES, bytes))
}

/// The raw mail, for programs.
pub(super) async fn raw_for_programs(visit: &Visit, room: &MailDesk, names: &(String, String)) -> ApiAnswer {
    let (name, message) = of_ticket(visit, names).await.map_err(Problem::from)?;
    let bytes = kept(room, &message).await?;
    Ok(visit.download(&name, BYTES, bytes))
}

/// A file of a mail, for programs.
pub(super) async fn file_for_programs(
    visit: &Visit,
    room: &MailDesk,
    (ticket, message, position): (String, String, usize),
) -> ApiAnswer {
    let (_, message) = of_ticket(visit, &(ticket, message)).await?;
    let (name, bytes) = file_of(&visit.db, room, &message, position).await?;
    Ok(visit.download(&name, BYTES, bytes))
}

/// The message of a ticket that the reader may see, and what its bytes are called.
async fn of_ticket(visit: &Visit, (name, id): &(String, String)) -> Result<(String, Message), PageError> {
    let one = found(visit, name).await?;
    let message = sql_message::get_message(&visit.db, id).await?.filter(|message| message.ticket_id == one.id);
    let message = message.ok_or_else(PageError::not_found)?;
    Ok((format!("{}-{}.eml", one.number, message.id), message))
}

/// A message that belongs to no ticket yet. Where it names one, whoever may not see that one does not see it.
pub(super) async fn loose(visit: &Visit, id: &str) -> Result<Message, PageError> {
    let message = sql_message::get_message(&visit.db, id).await?.filter(|message| {
        message.ticket_id.is_empty() && matches!(message.kind, MessageKind::Quarantined | MessageKind::Automatic)
    });
    let message = message.ok_or_else(PageError::not_found)?;
    if message.held_for.is_empty() {
        // It is of no ticket, and so of no mailbox.
        return if visit.viewer.mailboxes.has("") { Ok(message) } else { Err(PageError::not_found()) };
    }
    if sql_ticket::get_ticket(&visit.db, &visit.viewer, &message.held_for).await?.is_none() {
        return Err(PageError::not_found());
    }
    Ok(message)
}

/// The bytes of a mail as it came, or as it left first.
pub(super) async fn kept(room: &MailDesk, message: &Message) -> Result<Vec<u8>, PageError> {
    if message.sha256.is_empty() {
        return Err(PageError::not_found());
    }
    let (blobs, sha256) = (room.blobs.clone(), message.sha256.clone());
    let most = MailLimits::default().bytes as u64;
    let read = tokio::task::spawn_blocking(move || blobs.read(&sha256, most));
    read.await.map_err(PageError::internal)?.map_err(PageError::internal)
}

/// A file that is kept by itself: of a message of ours it is there before the message leaves.
async fn own_file(
    db: &Db,
    room: &MailDesk,
    message: &Message,
    position: usize,
) -> Result<(String, Vec<u8>), PageError> {
    let file =
        sql_message::files_of(db, &message.id).await?.into_iter().nth(position).ok_or_else(PageError::not_found)?;
    let (blobs, sha256) = (room.blobs.clone(), file.sha256);
    let read = tokio::task::spawn_blocking(move || blobs.read(&sha256, file.bytes.unsigned_abs()));
    Ok((file.name, read.await.map_err(PageError::internal)?.map_err(PageError::internal)?))
}

/// A file of a message, whoever wrote it.
pub(super) async fn file_of(
    db: &Db,
    room: &MailDesk,
    message: &Message,
    position: usize,
) -> Result<(String, Vec<u8>), PageError> {
    match message.kind {
        MessageKind::Sent | MessageKind::Draft => own_file(db, room, message, position).await,
        // Of what was taken over from another tool only the files are kept, not the mail.
        _ if message.sha256.is_empty() => own_file(db, room, message, position).await,
        _ => part(room, message, position).await,
    }
}

/// A file of a mail that came in: what it is called, and its bytes.
async fn part(room: &MailDesk, message: &Message, position: usize) -> Result<(String, Vec<u8>), PageError> {
    let bytes = kept(room, message).await?;
    // Positions count what intake saw: the opened mail, where it came encrypted.
    let office = Arc::clone(&room.office);
    let read = tokio::task::spawn_blocking(move || read_again(&office, &bytes));
    let mail = read.await.map_err(PageError::internal)?.map_err(PageError::internal)?;
    let part = mail.parts.into_iter().nth(position).ok_or_else(PageError::not_found)?;
    let name = if part.name.is_empty() { format!("file-{position}") } else { part.name };
    Ok((name, part.bytes))
}
