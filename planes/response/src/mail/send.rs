//! Mail leaves: each delivery once, again when it may be taken later, never when it will not.
//!
//! A delivery is marked before it is handed over and after; a crash between the two hands the same message with the same
//! Message-ID over again. What one program marked, no other takes.

use std::sync::{Mutex, MutexGuard, PoisonError};

use manara_crypt::Certificate;
use manara_model::{Micros, Viewer, needs_second};
use manara_net::{
    Addressee, Attached, Automatic, Blame, Conversation, Delivery, Letter, LetterError, Mail, Mailer, Refused,
    SendError, next_try,
};
use manara_store::{BlobError, Blobs, Db, Job, Jobs, Journal, StoreError, Tx};
use serde_json::json;

use super::intake::SEND_JOB;
use super::protection::{Protection, key_of};
use super::{MailHouse, mail_key};
use crate::attached::FILES_BYTES;
use crate::jobs::{MACHINE, ask_second, call_handler};
use crate::message::{DeliveryState, MailDelivery, Message, MessageKind};
use crate::release::ReleaseState;
use crate::ticket::Ticket;
use crate::{PLANE, sql_certificate, sql_key, sql_message, sql_release, sql_ticket};

/// How many jobs one call looks at.
const LOOK_AT: i64 = 5_000;
/// How many messages one call hands to a mail server.
const SEND_AT_ONCE: usize = 100;

/// Characters of the reason why nothing more is sent to an address.
const REASON_CHARS: usize = 200;

/// Deliveries that a round of this program marked before it broke off, and that could not be put back yet.
static LEFT_BEHIND: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Why sending stopped.
#[derive(Debug, thiserror::Error)]
pub enum PostError {
    /// The state database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The bytes of a message cannot be kept.
    #[error(transparent)]
    Keep(#[from] BlobError),
}

/// What sending did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Posted {
    /// How many deliveries the server (or the house itself) took.
    pub sent: usize,
    /// How many will never be taken.
    pub failed: usize,
    /// How many will be tried again.
    pub later: usize,
}

/// Takes back the marks "being sent" that a killed program left behind. For the start of the one program that sends.
pub async fn recover(db: &Db) -> Result<u64, StoreError> {
    let mut tx = db.begin().await?;
    let taken_back = sql_message::recover(&mut tx).await?;
    tx.commit().await?;
    Ok(taken_back)
}

/// What is to be sent now.
pub async fn due(db: &Db, now: Micros) -> Result<Vec<Job>, StoreError> {
    Ok(Jobs::due(db, now, LOOK_AT).await?.into_iter().filter(|job| job.kind == SEND_JOB).collect())
}

/// Sends what is due, as much as the throttle allows now; never waits for it.
pub async fn send(
    db: &Db,
    blobs: &Blobs,
    mailer: &Mailer,
    house: &MailHouse,
    jobs: &[Job],
    now: Micros,
) -> Result<Posted, PostError> {
    let left = left_behind().clone();
    put_back(db, &left).await?;
    left_behind().retain(|delivery| !left.contains(delivery));
    let mut posted = Posted::default();
    for job in jobs.iter().take(SEND_AT_ONCE) {
        if mailer.may_send(Micros::now().max(now)).is_err() {
            break;
        }
        if !send_one(&Post { db, blobs, mailer, house }, job, now, &mut posted).await? {
            break;
        }
    }
    Ok(posted)
}

fn left_behind() -> MutexGuard<'static, Vec<String>> {
    LEFT_BEHIND.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Puts what a round marked before it broke off back into the queue.
async fn put_back(db: &Db, deliveries: &[String]) -> Result<(), StoreError> {
    if deliveries.is_empty() {
        return Ok(());
    }
    let mut tx = db.begin().await?;
    for delivery in deliveries {
        sql_message::unclaim(&mut tx, delivery).await?;
    }
    tx.commit().await
}

/// What sending works with.
struct Post<'a> {
    db: &'a Db,
    blobs: &'a Blobs,
    mailer: &'a Mailer,
    house: &'a MailHouse,
}

/// A delivery with its message and ticket.
type Claimed = (MailDelivery, Message, Ticket);

/// Sends one delivery; false when the next would fare the same.
async fn send_one(post: &Post<'_>, job: &Job, now: Micros, posted: &mut Posted) -> Result<bool, PostError> {
    let Some(claimed) = claim(post, job, now).await? else { return Ok(true) };
    let marked = [claimed.0.id.clone()];
    let did = hand_over(post, job, claimed, now, posted).await;
    // Where that fails as well, the next round begins with it.
    if did.is_err() && put_back(post.db, &marked).await.is_err() {
        left_behind().extend(marked);
    }
    did
}

/// Hands a claimed delivery over and notes what became of it; false when the next would fare the same.
async fn hand_over(
    post: &Post<'_>,
    job: &Job,
    (mut one, message, ticket): Claimed,
    now: Micros,
    posted: &mut Posted,
) -> Result<bool, PostError> {
    let cover = cover(post, &one, &message, &ticket, now).await?;
    let files = attached(post, &message).await?;
    let made = files.and_then(|files| outgoing(post, (&one, &message, &ticket), files, &cover, now));
    let (mail, sealed) = match made {
        Ok(made) => made,
        Err(error) => {
            let mut tx = post.db.begin().await?;
            // What we could not make says nothing of the address.
            fail(&mut tx, job, (&mut one, &message), (error.to_string().as_str(), false), now).await?;
            tx.commit().await?;
            posted.failed += 1;
            return Ok(true);
        }
    };
    let (blobs, bytes) = (post.blobs.clone(), mail.bytes.clone());
    let keeping = tokio::task::spawn_blocking(move || blobs.keep(&mut bytes.as_slice()));
    let kept = keeping.await.unwrap_or_else(|error| Err(BlobError::Input(std::io::Error::other(error))))?;
    let result = post.mailer.send(&mail).await;
    let mut tx = post.db.begin().await?;
    let go_on = match result {
        Ok(delivery) => {
            let refused = match &delivery {
                Delivery::Accepted { refused, .. } => refused.iter().find(|one| one.for_good),
                Delivery::Captured => None,
            };
            match refused {
                Some(refused) => {
                    let said = (refused.reason.as_str(), is_of_address(refused));
                    fail(&mut tx, job, (&mut one, &message), said, now).await?;
                    posted.failed += 1;
                }
                None => {
                    (one.state, one.sent) = (DeliveryState::Sent, Some(now));
                    one.remark = match delivery {
                        Delivery::Accepted { response, .. } => super::read::clean(&response, 500),
                        Delivery::Captured => "captured".into(),
                    };
                    sql_message::set_delivery(&mut tx, &one).await?;
                    sql_message::set_bytes(&mut tx, &message.id, (&kept.sha256, kept.bytes), &sealed).await?;
                    if sealed.form == "smime-signed" {
                        sql_certificate::used(&mut tx, &sealed.signed_by, now).await?;
                    } else if !sealed.signed_by.is_empty() {
                        sql_key::used(&mut tx, &sealed.signed_by, now).await?;
                    }
                    if let Some(key) = &cover.key {
                        sql_key::used(&mut tx, &key.fingerprint(), now).await?;
                    }
                    let detail = json!({ "number": ticket.number, "message": message.id }).to_string();
                    Journal::write(&mut tx, MACHINE, PLANE, "message_sent", &ticket.id, &detail, now).await?;
                    Jobs::done(&mut tx, &job.id).await?;
                    posted.sent += 1;
                }
            }
            true
        }
        // Only what the server said of this very recipient is about the address; the rest is about us or the message.
        Err(SendError::Never { reason, refused }) => {
            let blames = refused.iter().any(is_of_address);
            fail(&mut tx, job, (&mut one, &message), (reason.as_str(), blames), now).await?;
            posted.failed += 1;
            true
        }
        Err(SendError::Later { blame, reason, .. }) => {
            one.attempts += 1;
            match next_try(one.attempts, one.queued, now) {
                Some(at) => {
                    one.state = DeliveryState::Queued;
                    one.remark = super::read::clean(&reason, 500);
                    sql_message::set_delivery(&mut tx, &one).await?;
                    Jobs::later(&mut tx, &job.id, at, &reason).await?;
                    posted.later += 1;
                }
                None => {
                    fail(&mut tx, job, (&mut one, &message), (reason.as_str(), false), now).await?;
                    posted.failed += 1;
                }
            }
            blame == Blame::Message
        }
    };
    tx.commit().await?;
    Ok(go_on)
}

/// The delivery of a job with its message and ticket, marked as being sent; `None` when it is not to be sent by this round.
async fn claim(post: &Post<'_>, job: &Job, now: Micros) -> Result<Option<Claimed>, StoreError> {
    let mut tx = post.db.begin().await?;
    let all = match sql_message::delivery_in(&mut tx, &job.payload).await? {
        // Whoever is sending it ends its job.
        Some(one) if one.state == DeliveryState::Sending => return Ok(None),
        Some(one) if one.state == DeliveryState::Queued => {
            let message = sql_message::get_in(&mut tx, &one.message_id).await?;
            let ticket = sql_ticket::get_in(&mut tx, &Viewer::system(), &one.ticket_id).await?;
            message.zip(ticket).map(|(message, ticket)| (one, message, ticket))
        }
        _ => None,
    };
    let Some((one, message, ticket)) = all else {
        Jobs::done(&mut tx, &job.id).await?;
        tx.commit().await?;
        return Ok(None);
    };
    if !sql_message::claim(&mut tx, &one.id).await? {
        return Ok(None);
    }
    // The last door: a marking that was made stricter since it was written holds for it too.
    if lacks_second(&mut tx, post.house, &message, &ticket).await? {
        let waits = MailDelivery { state: DeliveryState::Waiting, ..one };
        sql_message::set_delivery(&mut tx, &waits).await?;
        ask_second(&mut tx, &message, now).await?;
        let detail = json!({ "number": ticket.number, "message": message.id }).to_string();
        Journal::write(&mut tx, MACHINE, PLANE, "message_kept_back", &ticket.id, &detail, now).await?;
        Jobs::done(&mut tx, &job.id).await?;
        tx.commit().await?;
        return Ok(None);
    }
    tx.commit().await?;
    Ok(Some((one, message, ticket)))
}

/// Whether a message may only leave when a second person lets it go, and nobody has.
async fn lacks_second(tx: &mut Tx, house: &MailHouse, message: &Message, ticket: &Ticket) -> Result<bool, StoreError> {
    // What a machine says of itself tells nothing of the matter.
    if message.kind != MessageKind::Sent || !needs_second(house.four_eyes_above, ticket.tlp) {
        return Ok(false);
    }
    let said = sql_release::of_message(tx, &message.id).await?;
    Ok(said.is_none_or(|said| said.state != ReleaseState::Released))
}

/// How a delivery is to be protected.
struct Cover {
    /// The key of the recipient.
    key: Option<Certificate>,
    /// Whether it may not leave without.
    is_needed: bool,
}

/// Whether a delivery leaves encrypted: when its marking asks for it, and, where we have the key, when something of the ticket
/// came encrypted.
async fn cover(
    post: &Post<'_>,
    one: &MailDelivery,
    message: &Message,
    ticket: &Ticket,
    now: Micros,
) -> Result<Cover, StoreError> {
    // What a machine says of itself tells nothing of the matter.
    let is_needed = message.kind == MessageKind::Sent && ticket.tlp > post.house.plain_up_to;
    if !post.house.pgp.on || message.kind != MessageKind::Sent {
        return Ok(Cover { key: None, is_needed });
    }
    let mut tx = post.db.begin().await?;
    let is_wanted = is_needed || sql_message::came_encrypted(&mut tx, &ticket.id).await?;
    let key = if is_wanted { key_of(&mut tx, &one.mail, now).await? } else { None };
    tx.commit().await?;
    Ok(Cover { key, is_needed })
}

/// How a message left: the word for its form, and our key that signed it.
pub(crate) struct Sealed {
    pub form: &'static str,
    pub signed_by: String,
}

/// The files of a message, out of the blobs.
async fn attached(post: &Post<'_>, message: &Message) -> Result<Result<Vec<Attached>, LetterError>, StoreError> {
    let mut files = Vec::new();
    for file in sql_message::files_of(post.db, &message.id).await? {
        let (blobs, sha256) = (post.blobs.clone(), file.sha256.clone());
        let reading = tokio::task::spawn_blocking(move || blobs.read(&sha256, FILES_BYTES.unsigned_abs()));
        let read = match reading.await {
            Ok(read) => read.map_err(|error| error.to_string()),
            Err(error) => Err(error.to_string()),
        };
        match read {
            Ok(bytes) => files.push(Attached { name: file.name, media_type: file.media_type, bytes }),
            Err(error) => {
                return Ok(Err(LetterError::Build(format!("its file {} cannot be read: {error}", file.name))));
            }
        }
    }
    Ok(Ok(files))
}

/// The message as it leaves. What is neither signed nor encrypted has the same bytes at every try.
fn outgoing(
    post: &Post<'_>,
    (one, message, ticket): (&MailDelivery, &Message, &Ticket),
    attachments: Vec<Attached>,
    cover: &Cover,
    now: Micros,
) -> Result<(Mail, Sealed), LetterError> {
    if cover.is_needed && !post.house.pgp.on {
        let why = "OpenPGP is switched off, and its marking lets it leave encrypted alone; see [response.mail.pgp]";
        return Err(LetterError::Build(why.into()));
    }
    if cover.is_needed && cover.key.is_none() {
        let why = format!(
            "there is no valid key of {} that was accepted, and its marking lets it leave encrypted alone; see `manara mail keys`",
            one.mail
        );
        return Err(LetterError::Build(why));
    }
    let letter = Letter {
        id: message.id.clone(),
        reference: ticket.number.clone(),
        date: message.at,
        to: vec![Addressee { name: one.name.clone(), mail: one.mail.clone() }],
        subject: message.subject.clone(),
        text: message.body.clone(),
        language: ticket.language.clone(),
        tlp: ticket.tlp,
        attachments,
    };
    let house = post.house;
    let answers_to =
        house.reply_address(&ticket.mailbox, &ticket.number).map(|mail| Addressee { name: String::new(), mail });
    let conversation = Conversation {
        message_id: message.message_id.clone(),
        in_reply_to: message.in_reply_to.clone(),
        references: Vec::new(),
        cc: Vec::new(),
        from: house.mailbox(&ticket.mailbox).map(|own| Addressee { name: own.name.clone(), mail: own.address.clone() }),
        reply_to: answers_to,
        automatic: match message.kind {
            MessageKind::Acknowledgement => Automatic::Replied,
            _ => Automatic::No,
        },
        house: house.tokens.loop_mark(),
    };
    let protection = Protection::of(house, cover.key.clone().into_iter().collect(), now);
    let sealed = Sealed { form: protection.form(), signed_by: protection.signed_by() };
    let mut mail = post.mailer.build_sealed(&letter, Some(&conversation), |bytes| protection.seal(bytes))?;
    // Nobody is told of an answer of a machine that could not be delivered.
    if let (Some(bounces), true) = (house.bounce_address(&ticket.mailbox, &one.id), mail.from.is_some()) {
        mail.from = bounces.parse().ok().or(mail.from);
    }
    Ok((mail, sealed))
}

/// Whether a recipient was refused because of the address: for good, and not by a rule against us (5.7), because the box is full
/// (5.2.2) or because of the message or the system (5.3).
fn is_of_address(refused: &Refused) -> bool {
    refused.for_good && !["5.7.", "5.2.2", "5.3."].iter().any(|code| refused.reason.contains(code))
}

/// A delivery will never be taken. An address is only believed to be dead when it is to blame; whoever handles the ticket and whoever
/// wrote the message are called in any case.
async fn fail(
    tx: &mut Tx,
    job: &Job,
    (one, message): (&mut MailDelivery, &Message),
    (reason, blames_address): (&str, bool),
    now: Micros,
) -> Result<(), StoreError> {
    let reason = super::read::clean(reason, 500);
    (one.state, one.remark) = (DeliveryState::Failed, reason.clone());
    sql_message::set_delivery(tx, one).await?;
    let mail = mail_key(&one.mail);
    if blames_address {
        let count = sql_message::address(tx, &mail).await?.map_or(0, |(_, count)| count) + 1;
        sql_message::set_address(tx, &mail, ("hard", &reason), count, now).await?;
        let detail = json!({ "mail": mail, "state": "hard", "said": reason }).to_string();
        Journal::write(tx, MACHINE, PLANE, "contact_dead", &one.ticket_id, &detail, now).await?;
    } else {
        let detail = json!({ "mail": mail, "said": reason }).to_string();
        Journal::write(tx, MACHINE, PLANE, "delivery_failed", &one.ticket_id, &detail, now).await?;
    }
    if let Some(ticket) = sql_ticket::get_in(tx, &Viewer::system(), &one.ticket_id).await? {
        call_handler(tx, &ticket, &message.who, now).await?;
    }
    Jobs::give_up(tx, &job.id, &reason).await
}

/// Sends again what failed or was stopped, to an address that is believed to work from now on; false when it is on its way.
pub async fn retry(db: &Db, who: &str, delivery: &str, now: Micros) -> Result<bool, StoreError> {
    let mut tx = db.begin().await?;
    let Some(mut one) = sql_message::delivery_in(&mut tx, delivery).await? else { return Ok(false) };
    // What waits for a second person is let go by that person alone.
    let is_under_way = [DeliveryState::Queued, DeliveryState::Sending, DeliveryState::Sent, DeliveryState::Waiting];
    if is_under_way.contains(&one.state) {
        return Ok(false);
    }
    lift_in(&mut tx, who, &one.mail, now).await?;
    (one.state, one.attempts, one.queued) = (DeliveryState::Queued, 0, now);
    sql_message::requeue(&mut tx, &one).await?;
    // A name of its own: the job of the first try is ended.
    let job = format!("{SEND_JOB}/{}/{}", one.id, now.0);
    Jobs::add(&mut tx, &job, SEND_JOB, &one.id, now).await?;
    let detail = json!({ "mail": one.mail }).to_string();
    Journal::write(&mut tx, who, PLANE, "message_requeued", &one.ticket_id, &detail, now).await?;
    tx.commit().await?;
    Ok(true)
}

/// Stops a delivery that has not left yet; false when it is too late, or it was stopped.
pub async fn stop(db: &Db, who: &str, delivery: &str, now: Micros) -> Result<bool, StoreError> {
    let mut tx = db.begin().await?;
    let Some(mut one) = sql_message::delivery_in(&mut tx, delivery).await? else { return Ok(false) };
    if one.state != DeliveryState::Queued {
        return Ok(false);
    }
    // Its job finds it stopped, and ends.
    one.state = DeliveryState::Stopped;
    sql_message::set_delivery(&mut tx, &one).await?;
    let detail = json!({ "mail": one.mail }).to_string();
    Journal::write(&mut tx, who, PLANE, "message_stopped", &one.ticket_id, &detail, now).await?;
    tx.commit().await?;
    Ok(true)
}

/// Believes from now on that an address works; false when nothing else was believed.
pub async fn lift(db: &Db, who: &str, mail: &str, now: Micros) -> Result<bool, StoreError> {
    let mut tx = db.begin().await?;
    let did = lift_in(&mut tx, who, &mail_key(mail), now).await?;
    tx.commit().await?;
    Ok(did)
}

async fn lift_in(tx: &mut Tx, who: &str, mail: &str, now: Micros) -> Result<bool, StoreError> {
    let Some((state, _)) = sql_message::address(tx, mail).await? else { return Ok(false) };
    sql_message::forgive(tx, mail).await?;
    let detail = json!({ "mail": mail, "state": state }).to_string();
    Journal::write(tx, who, PLANE, "address_lifted", mail, &detail, now).await?;
    Ok(true)
}

/// Sends nothing more to an address until a person allows it, for a reason of one line; false when that was so.
pub async fn suspend(db: &Db, who: &str, mail: &str, reason: &str, now: Micros) -> Result<bool, StoreError> {
    let mut tx = db.begin().await?;
    let mail = mail_key(mail);
    let before = sql_message::address(&mut tx, &mail).await?;
    if before.as_ref().is_some_and(|(state, _)| state == "suspended") {
        return Ok(false);
    }
    let reason: String = reason.trim().chars().filter(|c| !c.is_control()).take(REASON_CHARS).collect();
    let count = before.map_or(0, |(_, count)| count);
    sql_message::set_address(&mut tx, &mail, ("suspended", &reason), count, now).await?;
    let detail = json!({ "mail": mail }).to_string();
    Journal::write(&mut tx, who, PLANE, "address_suspended", &mail, &detail, now).await?;
    tx.commit().await?;
    Ok(true)
}
