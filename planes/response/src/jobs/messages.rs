//! What people do with messages: writing one, and deciding about one that is held.

use manara_model::{Micros, Tlp, Viewer, needs_second};
use manara_store::{Blobs, Db, Jobs, StoreError, Tx};
use serde_json::json;

use super::follow::{answered_state, observe, observe_mail};
use super::mailed_report::{ReportAbout, join_takers, report_from};
use super::releases::ask;
use super::tickets::{finish_ticket, standing_ticket, ticket_journal};
use super::{Refusal, ResponseError, begin, id_of, new_id};
use crate::incident::{plain, title};
use crate::mail::{KeptSays, MailHouse, SEND_JOB, mail_key, without_detail};
use crate::message::{DeliveryState, MailDelivery, Message, MessageFile, MessageKind};
use crate::ticket::{Source, Ticket, TicketState};
use crate::{sql_message, sql_ticket, sql_upload};

/// Recipients of one message.
pub const RECIPIENTS: usize = 100;
/// Characters of a message that is written here.
pub const MESSAGE_CHARS: usize = 100_000;

/// A message to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Id of the message, chosen before it is written, so that the form may be sent twice; empty for none.
    pub id: String,
    /// To whom, each as a delivery of its own; empty for the other side of the ticket.
    pub to: Vec<String>,
    /// One line; the subject of the ticket when it is empty.
    pub subject: String,
    /// Plain text.
    pub body: String,
}

/// Writes a message of a ticket and queues it for each recipient; where its marking wants a second person it waits for one, as a
/// draft. Where its marking does not let it leave as plain mail, nothing is written.
pub async fn write_message(
    db: &Db,
    viewer: &Viewer,
    house: &MailHouse,
    name: &str,
    draft: &Draft,
    now: Micros,
) -> Result<(Ticket, Message), ResponseError> {
    write_with_files(db, viewer, house, name, (draft, &[]), now).await
}

/// The same with files, whose bytes are among the blobs.
pub async fn write_with_files(
    db: &Db,
    viewer: &Viewer,
    house: &MailHouse,
    name: &str,
    (draft, files): (&Draft, &[MessageFile]),
    now: Micros,
) -> Result<(Ticket, Message), ResponseError> {
    super::attached::fit(files.iter().map(|file| file.bytes))?;
    let body = plain(&draft.body, MESSAGE_CHARS).ok_or(Refusal::Text)?;
    let id = id_of(&draft.id, now);
    let mut tx = begin(db, now).await?;
    let mut ticket = standing_ticket(&mut tx, viewer, name, None).await?;
    if let Some(there) = sql_message::get_in(&mut tx, &id).await? {
        // Written already; an id of something else is no way to see it.
        let is_it = there.ticket_id == ticket.id
            && there.who == viewer.name
            && matches!(there.kind, MessageKind::Sent | MessageKind::Draft);
        return if is_it { Ok((ticket, there)) } else { Err(ResponseError::Stale) };
    }
    let to = recipients(&ticket, draft)?;
    if ticket.tlp > house.plain_up_to {
        if !house.pgp.on {
            return Err(Refusal::PlainMail.into());
        }
        if !super::keyless_in(&mut tx, &to, now).await?.is_empty() {
            return Err(Refusal::NoKey.into());
        }
    }
    let waits = needs_second(house.four_eyes_above, ticket.tlp);
    let answers = sql_message::newest_in(&mut tx, &ticket.id).await?;
    let subject = title(&draft.subject).unwrap_or_else(|| ticket.subject.clone());
    let kind = if waits { MessageKind::Draft } else { MessageKind::Sent };
    let message = Message {
        message_id: house.message_id(&id, &ticket.number),
        in_reply_to: answers.unwrap_or_default(),
        from_mail: house.sender(&ticket.mailbox).into(),
        recipients: to.join(", "),
        subject: house.tagged(&ticket.mailbox, &ticket.number, &subject),
        ..Message::ours((id, kind), &ticket.id, (&viewer.name, body), now)
    };
    sql_message::put(&mut tx, &[&message]).await?;
    sql_message::put_files(&mut tx, &message.id, files).await?;
    sql_upload::forget(&mut tx, &message.id, &viewer.name).await?;
    ticket.messages += 1;
    if waits {
        let deliveries: Vec<MailDelivery> =
            to.iter().map(|mail| delivery(&message, mail, DeliveryState::Waiting, now)).collect();
        sql_message::put_deliveries(&mut tx, &deliveries).await?;
        ask(&mut tx, &message, now).await?;
    } else {
        leave(&mut tx, &mut ticket, &message, &to, now).await?;
    }
    if ticket.state == TicketState::New {
        ticket.state = TicketState::Open;
    }
    if ticket.owner.is_empty() {
        ticket.owner.clone_from(&viewer.name);
    }
    let more = json!({ "message": message.id, "recipients": to.len(), "files": files.len() });
    let verb = if waits { "message_drafted" } else { "message_written" };
    let ticket = finish_ticket(tx, ticket, &viewer.name, verb, more, now).await?;
    Ok((ticket, message))
}

/// Sends a message on its way: its recipients take part, and the ticket counts as answered. Writes the ticket never.
pub(super) async fn leave(
    tx: &mut Tx,
    ticket: &mut Ticket,
    message: &Message,
    to: &[String],
    now: Micros,
) -> Result<(), StoreError> {
    for mail in to {
        sql_ticket::join(tx, &ticket.id, mail).await?;
    }
    queue(tx, message, to, now).await?;
    sql_ticket::set_waits_for(tx, &ticket.id, "them").await?;
    if ticket.answered.is_none() {
        super::clocks::acknowledged(tx, ticket, &message.who, now).await?;
        sql_ticket::drop_policy_due(tx, ticket).await?;
    }
    ticket.answered = ticket.answered.or(Some(now));
    // Whoever reported on the public form without an address stays the other side, whoever else is written to.
    if ticket.correspondent.is_empty() && ticket.source != Source::Web {
        ticket.correspondent = to.first().cloned().unwrap_or_default();
    }
    Ok(())
}

/// A message as it would leave, and why it would not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// From which address.
    pub from: String,
    /// To whom, each as a delivery of its own.
    pub to: Vec<String>,
    /// With the tag of the ticket.
    pub subject: String,
    /// The text.
    pub body: String,
    /// Whether a second person has to let it go.
    pub waits: bool,
    /// Why it cannot be written so.
    pub refused: Option<Refusal>,
}

/// What [`write_message`] would write.
pub async fn preview(
    db: &Db,
    house: &MailHouse,
    ticket: &Ticket,
    draft: &Draft,
    now: Micros,
) -> Result<Preview, StoreError> {
    let (to, of_recipients) = match recipients(ticket, draft) {
        Ok(to) => (to, None),
        Err(why) => (draft.to.clone(), Some(why)),
    };
    let body = plain(&draft.body, MESSAGE_CHARS);
    let of_body = body.is_none().then_some(Refusal::Text);
    let of_marking = match ticket.tlp > house.plain_up_to {
        false => None,
        true if !house.pgp.on => Some(Refusal::PlainMail),
        true => (!super::keys::keyless(db, &to, now).await?.is_empty()).then_some(Refusal::NoKey),
    };
    let subject = title(&draft.subject).unwrap_or_else(|| ticket.subject.clone());
    Ok(Preview {
        from: house.sender(&ticket.mailbox).into(),
        to,
        subject: house.tagged(&ticket.mailbox, &ticket.number, &subject),
        body: body.unwrap_or_default(),
        waits: needs_second(house.four_eyes_above, ticket.tlp),
        refused: of_recipients.or(of_marking).or(of_body),
    })
}

/// Notes something about a ticket for the others of the team; it never leaves.
pub async fn comment(
    db: &Db,
    viewer: &Viewer,
    house: &MailHouse,
    name: &str,
    text: &str,
    now: Micros,
) -> Result<(Ticket, Message), ResponseError> {
    let body = plain(text, MESSAGE_CHARS).ok_or(Refusal::Text)?;
    let mut tx = begin(db, now).await?;
    let mut ticket = standing_ticket(&mut tx, viewer, name, None).await?;
    let message = Message::ours((new_id(now), MessageKind::Comment), &ticket.id, (&viewer.name, body), now);
    sql_message::put(&mut tx, &[&message]).await?;
    let seen = crate::mail::seen_in(house, &message.body);
    observe(&mut tx, &ticket, &seen, "comment", now).await?;
    ticket.messages += 1;
    let more = json!({ "message": message.id });
    let ticket = finish_ticket(tx, ticket, &viewer.name, "ticket_commented", more, now).await?;
    Ok((ticket, message))
}

fn recipients(ticket: &Ticket, draft: &Draft) -> Result<Vec<String>, Refusal> {
    let mut to: Vec<String> = draft.to.iter().map(|mail| mail_key(mail)).filter(|mail| !mail.is_empty()).collect();
    if to.is_empty() && !ticket.correspondent.is_empty() {
        to.push(ticket.correspondent.clone());
    }
    to.sort();
    to.dedup();
    if to.is_empty() && ticket.source == Source::Web {
        // Whoever reported without an address reads the answer with their receipt.
        return Ok(to);
    }
    if to.is_empty() || to.len() > RECIPIENTS {
        return Err(Refusal::NoRecipient);
    }
    for mail in &to {
        super::tickets::mail(mail)?;
    }
    Ok(to)
}

/// Queues a message for its recipients. Addresses that do not work get it no more until a person allows it.
async fn queue(tx: &mut Tx, message: &Message, to: &[String], now: Micros) -> Result<(), StoreError> {
    let mut deliveries = Vec::with_capacity(to.len());
    for mail in to {
        let dead = sql_message::address(tx, mail).await?.filter(|(state, _)| state != "soft");
        let state = if dead.is_some() { DeliveryState::Stopped } else { DeliveryState::Queued };
        let remark = dead.map(|(state, _)| state).unwrap_or_default();
        let one = MailDelivery { remark, ..delivery(message, mail, state, now) };
        if one.state == DeliveryState::Queued {
            Jobs::add(tx, &format!("{SEND_JOB}/{}", one.id), SEND_JOB, &one.id, now).await?;
        }
        deliveries.push(one);
    }
    sql_message::put_deliveries(tx, &deliveries).await
}

fn delivery(message: &Message, mail: &str, state: DeliveryState, now: Micros) -> MailDelivery {
    MailDelivery {
        id: new_id(now),
        message_id: message.id.clone(),
        ticket_id: message.ticket_id.clone(),
        mail: mail.into(),
        name: String::new(),
        state,
        attempts: 0,
        queued: now,
        sent: None,
        remark: String::new(),
    }
}

/// What a person decides about a message that is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// It belongs to the ticket it names; its sender takes part from now on.
    Join,
    /// It is a report of its own.
    Report,
    /// It is nothing; it stays where it is kept.
    Discard,
}

impl Decision {
    /// Reads the word of a form.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "join" => Some(Self::Join),
            "report" => Some(Self::Report),
            "discard" => Some(Self::Discard),
            _ => None,
        }
    }
}

/// Decides about a message that is held; gives the ticket it belongs to from then on.
pub async fn decide_held(
    db: &Db,
    viewer: &Viewer,
    (house, blobs): (&MailHouse, &Blobs),
    message_id: &str,
    decision: Decision,
    now: Micros,
) -> Result<Option<Ticket>, ResponseError> {
    // Its bytes are read before anything is locked; they never change.
    let says = match sql_message::get_message(db, message_id).await? {
        Some(held) if decision != Decision::Discard => crate::mail::kept_says(house, blobs, &held).await,
        _ => KeptSays::default(),
    };
    let asked = sql_message::reply_to(db, message_id).await?;
    let mut tx = begin(db, now).await?;
    let held = sql_message::get_in(&mut tx, message_id).await?.filter(|one| one.ticket_id.is_empty());
    let held = held.ok_or(Refusal::NoMessage)?;
    let may_be_decided = matches!(held.kind, MessageKind::Quarantined | MessageKind::Automatic);
    if !may_be_decided {
        return Err(Refusal::NoMessage.into());
    }
    match decision {
        Decision::Discard => {
            sql_message::discard(&mut tx, &held.id).await?;
            let about = if held.held_for.is_empty() { &held.id } else { &held.held_for };
            let detail = json!({ "message": held.id }).to_string();
            manara_store::Journal::write(&mut tx, &viewer.name, crate::PLANE, "message_discarded", about, &detail, now)
                .await?;
            tx.commit().await?;
            Ok(None)
        }
        Decision::Join => {
            // The ticket it names may have been merged meanwhile.
            let whole = crate::mail::whole(&mut tx, &held.held_for).await?.ok_or(Refusal::NoTicket)?;
            let mut ticket = standing_ticket(&mut tx, viewer, &whole.id, None).await?;
            let tlp = ticket.tlp;
            // What it says of itself holds for the whole ticket: nobody sees it there who may not.
            ticket.tlp = says.tlp.map_or(tlp, |said| said.max(tlp));
            sql_message::give(&mut tx, &held.id, &ticket.id, (held.kind, MessageKind::Reply)).await?;
            sql_ticket::join(&mut tx, &ticket.id, &held.from_mail).await?;
            observe_mail(&mut tx, &ticket, &says.seen, now).await?;
            crate::mail::answered(&mut tx, &ticket, &held, now).await?;
            if ticket.tlp != tlp {
                let more = json!({ "fields": ["tlp"] });
                ticket_journal(&mut tx, &viewer.name, "ticket_changed", &ticket, more, now).await?;
            }
            ticket.messages += 1;
            let from = ticket.state;
            // A person let it in: it opens again what was closed, as any answer does.
            if let Some(next) = answered_state(&ticket) {
                ticket.set_state(next, now);
            }
            let more = json!({ "message": held.id, "from": from.as_str(), "to": ticket.state.as_str() });
            Ok(Some(finish_ticket(tx, ticket, &viewer.name, "message_allowed", more, now).await?))
        }
        Decision::Report => {
            let named = sql_ticket::get_in(&mut tx, &Viewer::system(), &held.held_for).await?;
            let correspondent = asked.unwrap_or_else(|| held.from_mail.clone());
            let mail = (&held, named.as_ref(), correspondent, &says);
            let ticket = report_of_held(&mut tx, viewer, house, mail, "", now).await?;
            tx.commit().await?;
            Ok(Some(ticket))
        }
    }
}

/// Opens the report that a held message is, with the ticket it names; `bulk` is the change of many it is part of, empty for none.
/// Nobody sees it then who did not see it while it was held: it is of the address of that ticket, and marked no less strictly.
pub(super) async fn report_of_held(
    tx: &mut Tx,
    viewer: &Viewer,
    house: &MailHouse,
    (held, named, correspondent, says): (&Message, Option<&Ticket>, String, &KeptSays),
    bulk: &str,
    now: Micros,
) -> Result<Ticket, StoreError> {
    let own = || {
        let mut to = held.recipients.split(", ").map(|to| without_detail(&mail_key(to)));
        to.find(|to| house.addresses.contains(to)).unwrap_or_default()
    };
    let mailbox = named.map_or_else(own, |named| named.mailbox.clone());
    let usual = house.mailbox(&mailbox).map_or(&house.language, |own| &own.language);
    let tlp = says.tlp.unwrap_or(Tlp::Amber);
    let about = ReportAbout {
        class: crate::mail::UNCLASSIFIED,
        tlp: named.map_or(tlp, |named| named.tlp.max(tlp)),
        source: Source::Mail,
        correspondent,
        constituent: Default::default(),
        language: crate::mail::language_of(&held.body, usual),
        who: &viewer.name,
        mailbox,
    };
    let ticket = Ticket { due: house.policy.report_due(now), ..report_from(tx, held, about, now).await? };
    sql_ticket::keep_policy_due(tx, std::slice::from_ref(&ticket)).await?;
    sql_message::give(tx, &held.id, &ticket.id, (held.kind, MessageKind::Report)).await?;
    join_takers(tx, house, &ticket, held).await?;
    observe_mail(tx, &ticket, &says.seen, now).await?;
    sql_ticket::put(tx, std::slice::from_ref(&ticket)).await?;
    sql_ticket::set_waits_for(tx, &ticket.id, "us").await?;
    let more = match bulk {
        "" => json!({ "source": "mail", "message": held.id }),
        bulk => json!({ "source": "mail", "message": held.id, "bulk": bulk }),
    };
    ticket_journal(tx, &viewer.name, "report_opened", &ticket, more, now).await?;
    Ok(ticket)
}
