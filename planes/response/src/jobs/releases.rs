//! Mail under four eyes: what somebody wrote leaves when another person has let it go. Where nobody else may, its writer does,
//! and record and journal say so.

use manara_model::{Micros, Viewer};
use manara_store::{Db, Jobs, StoreError, Tx};
use manara_web::Right;
use serde_json::json;

use super::messages::leave;
use super::tickets::finish_ticket;
use super::{Refusal, ResponseError, begin};
use crate::incident::{REASON_CHARS, plain};
use crate::mail::SEND_JOB;
use crate::message::{DeliveryState, Message, MessageKind};
use crate::release::{Release, ReleaseState};
use crate::ticket::Ticket;
use crate::{sql_message, sql_release, sql_ticket};

/// Lets a message wait for a second person from now on.
pub(crate) async fn ask(tx: &mut Tx, message: &Message, now: Micros) -> Result<(), StoreError> {
    let one = Release {
        message_id: message.id.clone(),
        ticket_id: message.ticket_id.clone(),
        state: ReleaseState::Waiting,
        written_by: message.who.clone(),
        asked: now,
        decided_by: String::new(),
        decided: None,
        reason: String::new(),
        is_own: false,
    };
    sql_release::put(tx, &one).await
}

/// Whether nobody but a person may handle incidents and see the ticket: there is nobody else to ask.
async fn is_alone(tx: &mut Tx, who: &str, ticket: &Ticket) -> Result<bool, StoreError> {
    manara_web::is_alone_in(tx, who, Right::HandleIncidents, (ticket.tlp, Some(ticket.mailbox.as_str()))).await
}

/// What a decision is about: the message, what is asked of it, and its ticket.
async fn waiting(tx: &mut Tx, viewer: &Viewer, message_id: &str) -> Result<(Message, Release, Ticket), ResponseError> {
    let message = sql_message::get_in(tx, message_id).await?.ok_or(Refusal::NotWaiting)?;
    let ticket = sql_ticket::get_in(tx, viewer, &message.ticket_id).await?.ok_or(Refusal::NoTicket)?;
    let asked = sql_release::of_message(tx, &message.id).await?.ok_or(Refusal::NotWaiting)?;
    Ok((message, asked, ticket))
}

/// Lets a message go that somebody else wrote. Gives whether it was the person's own, because nobody else may.
pub async fn release_message(
    db: &Db,
    viewer: &Viewer,
    message_id: &str,
    now: Micros,
) -> Result<(Ticket, bool), ResponseError> {
    let mut tx = begin(db, now).await?;
    let (mut message, asked, mut ticket) = waiting(&mut tx, viewer, message_id).await?;
    match asked.state {
        ReleaseState::Waiting => {}
        ReleaseState::Released => return Ok((ticket, asked.is_own)), // The button may be pressed twice.
        _ => return Err(Refusal::NotWaiting.into()),
    }
    let is_own = asked.written_by == viewer.name;
    if is_own && !is_alone(&mut tx, &viewer.name, &ticket).await? {
        return Err(Refusal::OwnMessage.into());
    }
    if message.kind == MessageKind::Draft {
        let to: Vec<String> =
            message.recipients.split(", ").filter(|mail| !mail.is_empty()).map(String::from).collect();
        sql_release::forget_waiting(&mut tx, &message.id).await?;
        sql_release::let_go(&mut tx, &message.id, now).await?;
        (message.kind, message.at) = (MessageKind::Sent, now);
        leave(&mut tx, &mut ticket, &message, &to, now).await?;
    } else {
        for mut one in sql_message::deliveries_in(&mut tx, &message.id).await? {
            if one.state == DeliveryState::Waiting {
                (one.state, one.attempts, one.queued) = (DeliveryState::Queued, 0, now);
                sql_message::requeue(&mut tx, &one).await?;
                // A name of its own: the job that found it waiting is ended.
                Jobs::add(&mut tx, &format!("{SEND_JOB}/{}/{}", one.id, now.0), SEND_JOB, &one.id, now).await?;
            }
        }
    }
    let decided = Release { state: ReleaseState::Released, is_own, ..decided(asked, viewer, now) };
    sql_release::put(&mut tx, &decided).await?;
    let verb = if is_own { "own_message_released" } else { "message_released" };
    let more = json!({ "message": message.id, "written_by": decided.written_by, "own": is_own });
    Ok((finish_ticket(tx, ticket, &viewer.name, verb, more, now).await?, is_own))
}

/// Sends a message back to its writer, with the reason.
pub async fn return_message(
    db: &Db,
    viewer: &Viewer,
    message_id: &str,
    reason: &str,
    now: Micros,
) -> Result<Ticket, ResponseError> {
    let reason = plain(reason, REASON_CHARS).ok_or(Refusal::Text)?;
    let mut tx = begin(db, now).await?;
    let (message, asked, ticket) = waiting(&mut tx, viewer, message_id).await?;
    match asked.state {
        ReleaseState::Waiting => {}
        ReleaseState::Returned => return Ok(ticket), // The form may be sent twice.
        _ => return Err(Refusal::NotWaiting.into()),
    }
    keep_back(&mut tx, &message).await?;
    let decided = Release { state: ReleaseState::Returned, reason, ..decided(asked, viewer, now) };
    sql_release::put(&mut tx, &decided).await?;
    let more = json!({ "message": message.id, "written_by": decided.written_by });
    finish_ticket(tx, ticket, &viewer.name, "message_returned", more, now).await
}

/// Takes a message of one's own back before it has left.
pub async fn withdraw_message(
    db: &Db,
    viewer: &Viewer,
    message_id: &str,
    now: Micros,
) -> Result<Ticket, ResponseError> {
    let mut tx = begin(db, now).await?;
    let (message, asked, ticket) = waiting(&mut tx, viewer, message_id).await?;
    match asked.state {
        ReleaseState::Waiting => {}
        ReleaseState::Withdrawn => return Ok(ticket), // The button may be pressed twice.
        _ => return Err(Refusal::NotWaiting.into()),
    }
    if asked.written_by != viewer.name {
        return Err(Refusal::NotWriter.into());
    }
    keep_back(&mut tx, &message).await?;
    let decided = Release { state: ReleaseState::Withdrawn, ..decided(asked, viewer, now) };
    sql_release::put(&mut tx, &decided).await?;
    let more = json!({ "message": message.id });
    finish_ticket(tx, ticket, &viewer.name, "message_withdrawn", more, now).await
}

fn decided(asked: Release, viewer: &Viewer, now: Micros) -> Release {
    Release { decided_by: viewer.name.clone(), decided: Some(now), ..asked }
}

/// Lets nothing more of a message leave.
async fn keep_back(tx: &mut Tx, message: &Message) -> Result<(), StoreError> {
    match message.kind {
        MessageKind::Draft => sql_release::forget_waiting(tx, &message.id).await,
        _ => sql_release::stop_waiting(tx, &message.id).await,
    }
}
