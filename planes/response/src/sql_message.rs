//! Statements about messages, their recipients and the addresses that do not work.

use std::collections::HashMap;

use manara_model::{Micros, Tlp, Viewer};
use manara_store::{Arg, Db, Row, StoreError, Tx};

use crate::mail::Sealed;
use crate::message::{DeliveryState, MailDelivery, Message, MessageFile, MessageKind};
use crate::words::{self, Said};

/// The columns of [`message`], in its order.
const COLUMNS: &str = "id, ticket_id, direction, kind, at, written, message_id, in_reply_to, from_name, from_mail, recipients, \
     subject, body, automatic, faults, security, signed_by, signature, decrypted, held_for, who, sha256, bytes";
const WIDTH: usize = 23;
const DELIVERY_COLUMNS: &str = "id, message_id, ticket_id, mail, name, state, attempts, queued, sent, remark";
const PUT_FILE_HEAD: &str =
    "INSERT INTO response_attachment (message_id, position, name, media_type, sha256, bytes, text) VALUES";
const FILES: &str = "
    SELECT position, name, media_type, sha256, bytes, text FROM response_attachment WHERE message_id = $1
     ORDER BY position LIMIT 1000";
const TAKEN: &str = "SELECT name, message_id FROM response_taken WHERE name IN (…)";
const TAKE: &str = "INSERT INTO response_taken (name, message_id, at) VALUES";
const TICKETS_OF: &str = "
    SELECT DISTINCT ticket_id FROM response_message WHERE ticket_id <> '' AND message_id IN (…)";
const MOVE: &str = "UPDATE response_message SET ticket_id = $2, kind = $3, held_for = '' WHERE id = $1 AND kind = $4";
const NEWEST_IN: &str = "
    SELECT message_id FROM response_message WHERE ticket_id = $1 AND direction = 'in' ORDER BY at DESC, id DESC LIMIT 1";
const ANSWERED_SINCE: &str =
    "SELECT COUNT(*), COALESCE(MAX(at), '') FROM response_answered WHERE mail = $1 AND at > $2";
const ANSWERED: &str = "
    INSERT INTO response_answered (mail, at, ticket_id) VALUES ($1, $2, $3) ON CONFLICT (mail, at) DO NOTHING";
const DELIVERIES_OF_MAIL: &str = "
    SELECT {} FROM response_delivery WHERE mail = $2 AND message_id IN
        (SELECT id FROM response_message WHERE message_id = $1 AND direction = 'out') ORDER BY id LIMIT 10";
const SET_DELIVERY: &str =
    "UPDATE response_delivery SET state = $2, remark = $3, sent = $4, attempts = $5 WHERE id = $1";
const CLAIM: &str = "UPDATE response_delivery SET state = 'sending' WHERE id = $1 AND state = 'queued'";
const UNCLAIM: &str = "UPDATE response_delivery SET state = 'queued' WHERE id = $1 AND state = 'sending'";
const ADDRESS: &str = "SELECT state, count FROM response_address WHERE mail = $1";
const SET_ADDRESS: &str = "
    INSERT INTO response_address (mail, state, reason, count, since, at) VALUES ($1, $2, $3, $4, $5, $5)
    ON CONFLICT (mail) DO UPDATE SET state = excluded.state, reason = excluded.reason, count = excluded.count, at = excluded.at";

fn message(row: &Row) -> Result<Message, StoreError> {
    let kind = row.text(3)?;
    Ok(Message {
        id: row.text(0)?,
        ticket_id: row.text(1)?,
        kind: MessageKind::parse(&kind).ok_or_else(|| StoreError::unknown("kind", kind))?,
        at: row.moment(4)?,
        written: row.opt_moment(5)?,
        message_id: row.text(6)?,
        in_reply_to: row.text(7)?,
        from_name: row.text(8)?,
        from_mail: row.text(9)?,
        recipients: row.text(10)?,
        subject: row.text(11)?,
        body: row.text(12)?,
        automatic: row.text(13)?,
        faults: row.text(14)?,
        security: row.text(15)?,
        signed_by: row.text(16)?,
        signature: row.text(17)?,
        decrypted: row.bool(18)?,
        held_for: row.text(19)?,
        who: row.text(20)?,
        sha256: row.text(21)?,
        bytes: row.int(22)?,
    })
}

/// Writes new messages.
pub(crate) async fn put(tx: &mut Tx, messages: &[&Message]) -> Result<(), StoreError> {
    put_rows(tx, messages).await?;
    words::note(tx, &messages.iter().map(|one| said(one)).collect::<Vec<_>>()).await
}

/// What a message says.
pub(crate) fn said(one: &Message) -> Said<'_> {
    let of_ticket = !one.ticket_id.is_empty();
    Said {
        name: &one.id,
        record_kind: if of_ticket { "ticket" } else { "message" },
        record_id: if of_ticket { &one.ticket_id } else { &one.id },
        text: format!("{} {} {} {}", one.subject, one.from_mail, one.from_name, one.body),
    }
}

/// Writes their rows alone.
pub(crate) async fn put_rows(tx: &mut Tx, messages: &[&Message]) -> Result<(), StoreError> {
    let mut args: Vec<Arg<'_>> = Vec::with_capacity(messages.len() * WIDTH);
    for one in messages {
        args.extend([
            (&one.id).into(),
            (&one.ticket_id).into(),
            one.kind.direction().into(),
            one.kind.as_str().into(),
            one.at.into(),
            one.written.into(),
            (&one.message_id).into(),
            (&one.in_reply_to).into(),
            (&one.from_name).into(),
            (&one.from_mail).into(),
            (&one.recipients).into(),
            (&one.subject).into(),
            (&one.body).into(),
            (&one.automatic).into(),
            (&one.faults).into(),
            (&one.security).into(),
            (&one.signed_by).into(),
            (&one.signature).into(),
            one.decrypted.into(),
            (&one.held_for).into(),
            (&one.who).into(),
            (&one.sha256).into(),
            one.bytes.into(),
        ] as [Arg<'_>; WIDTH]);
    }
    tx.run_many(&format!("INSERT INTO response_message ({COLUMNS}) VALUES"), WIDTH, args, "").await
}

/// Notes where an answer to a message goes, if not to its sender.
pub(crate) async fn set_reply_to(tx: &mut Tx, id: &str, mail: &str) -> Result<(), StoreError> {
    const SET: &str = "UPDATE response_message SET reply_to = $2 WHERE id = $1";
    tx.run(SET, &[id.into(), mail.into()]).await.map(|_| ())
}

const REPLY_TO: &str = "SELECT reply_to FROM response_message WHERE id = $1 AND reply_to <> ''";

/// Where an answer to a message goes, if not to its sender.
pub(crate) async fn reply_to(db: &Db, id: &str) -> Result<Option<String>, StoreError> {
    db.read_one(REPLY_TO, &[id.into()]).await?.map(|row| row.text(0)).transpose()
}

/// The same inside a transaction.
pub(crate) async fn reply_to_in(tx: &mut Tx, id: &str) -> Result<Option<String>, StoreError> {
    tx.read_one(REPLY_TO, &[id.into()]).await?.map(|row| row.text(0)).transpose()
}

/// Writes the files of a new message.
pub(crate) async fn put_files(tx: &mut Tx, message_id: &str, files: &[MessageFile]) -> Result<(), StoreError> {
    let mut args: Vec<Arg<'_>> = Vec::with_capacity(files.len() * 7);
    for file in files {
        args.extend([
            Arg::Text(message_id),
            file.position.into(),
            (&file.name).into(),
            (&file.media_type).into(),
            (&file.sha256).into(),
            file.bytes.into(),
            (&file.text).into(),
        ] as [Arg<'_>; 7]);
    }
    tx.run_many(PUT_FILE_HEAD, 7, args, "").await
}

/// Keeps when the writer of a message signed it.
pub(crate) async fn put_signed(tx: &mut Tx, message_id: &str, at: Micros) -> Result<(), StoreError> {
    const PUT: &str = "
        INSERT INTO response_signed (message_id, at) VALUES ($1, $2) ON CONFLICT (message_id) DO NOTHING";
    tx.run(PUT, &[message_id.into(), at.into()]).await.map(|_| ())
}

/// When the writers of some messages signed them, by message.
pub(crate) async fn signed_at(db: &Db, messages: &[String]) -> Result<HashMap<String, Micros>, StoreError> {
    const SIGNED: &str = "SELECT message_id, at FROM response_signed WHERE message_id IN (…)";
    db.read_in(SIGNED, &[], messages).await?.iter().map(|row| Ok((row.text(0)?, row.moment(1)?))).collect()
}

/// Whether a person of ours wrote to an address about a ticket.
pub(crate) async fn was_written_to(tx: &mut Tx, ticket_id: &str, mail: &str) -> Result<bool, StoreError> {
    const WRITTEN: &str = "
        SELECT COUNT(*) FROM response_delivery d JOIN response_message m ON m.id = d.message_id
         WHERE d.ticket_id = $1 AND d.mail = $2 AND m.kind = 'sent'";
    let row = tx.read_one(WRITTEN, &[ticket_id.into(), mail.into()]).await?;
    row.map_or(Ok(false), |row| Ok(row.int(0)? > 0))
}

/// Whether a delivery to an address that did not work was taken since, and did not come back until a moment.
pub(crate) async fn was_taken_since(tx: &mut Tx, mail: &str, until: Micros) -> Result<bool, StoreError> {
    const TAKEN: &str = "
        SELECT COUNT(*) FROM response_delivery d JOIN response_address a ON a.mail = d.mail
         WHERE d.mail = $1 AND d.state = 'sent' AND d.sent > a.at AND d.sent <= $2";
    let row = tx.read_one(TAKEN, &[mail.into(), until.into()]).await?;
    row.map_or(Ok(false), |row| Ok(row.int(0)? > 0))
}

/// One message.
pub async fn get_message(db: &Db, id: &str) -> Result<Option<Message>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM response_message WHERE id = $1");
    db.read_one(&sql, &[id.into()]).await?.as_ref().map(message).transpose()
}

/// The same inside a transaction.
pub(crate) async fn get_in(tx: &mut Tx, id: &str) -> Result<Option<Message>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM response_message WHERE id = $1");
    tx.read_one(&sql, &[id.into()]).await?.as_ref().map(message).transpose()
}

/// The first complaint among the messages of a ticket.
pub(crate) async fn complaint_of(db: &Db, ticket_id: &str) -> Result<Option<Message>, StoreError> {
    db.read_one(&complaint(), &[ticket_id.into()]).await?.as_ref().map(message).transpose()
}

/// The same inside a transaction.
pub(crate) async fn complaint_in(tx: &mut Tx, ticket_id: &str) -> Result<Option<Message>, StoreError> {
    tx.read_one(&complaint(), &[ticket_id.into()]).await?.as_ref().map(message).transpose()
}

fn complaint() -> String {
    format!(
        "SELECT {COLUMNS} FROM response_message WHERE ticket_id = $1 AND kind IN ('arf', 'xarf') ORDER BY at, id LIMIT 1"
    )
}

/// Those of some messages that are there, by id.
pub(crate) async fn some_in(tx: &mut Tx, ids: &[String]) -> Result<HashMap<String, Message>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM response_message WHERE id IN (…)");
    tx.read_in(&sql, &[], ids).await?.iter().map(|row| message(row).map(|one| (one.id.clone(), one))).collect()
}

/// The same outside of a transaction.
pub(crate) async fn some_of(db: &Db, ids: &[String]) -> Result<HashMap<String, Message>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM response_message WHERE id IN (…)");
    db.read_in(&sql, &[], ids).await?.iter().map(|row| message(row).map(|one| (one.id.clone(), one))).collect()
}

/// The messages of a ticket after one of them, the oldest first.
pub async fn messages_of(
    db: &Db,
    ticket_id: &str,
    (at, id): (&str, &str),
    limit: i64,
) -> Result<Vec<Message>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM response_message WHERE ticket_id = $1 AND (at > $2 OR (at = $2 AND id > $3)) \
         ORDER BY at, id LIMIT $4"
    );
    db.read(&sql, &[ticket_id.into(), at.into(), id.into(), limit.into()]).await?.iter().map(message).collect()
}

/// The newest messages of some tickets before one of them, the oldest of them first; says whether there are older ones.
pub async fn thread(
    db: &Db,
    tickets: &[String],
    before: Option<&Message>,
    limit: usize,
) -> Result<(Vec<Message>, bool), StoreError> {
    let most = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
    let mut all = Vec::new();
    // Tickets that were merged into one are few; each is asked by the index of its own messages.
    for ticket in tickets {
        let sql = format!(
            "SELECT {COLUMNS} FROM response_message WHERE ticket_id = $1 \
             AND ($2 = '' OR at < $2 OR (at = $2 AND id < $3)) ORDER BY at DESC, id DESC LIMIT $4"
        );
        let (at, id) = (before.map(|one| one.at), before.map_or("", |one| one.id.as_str()));
        let rows = db.read(&sql, &[ticket.into(), at.into(), id.into(), most.into()]).await?;
        for row in &rows {
            all.push(message(row)?);
        }
    }
    all.sort_by(|a, b| (b.at, &b.id).cmp(&(a.at, &a.id)));
    let more = all.len() > limit;
    all.truncate(limit);
    all.reverse();
    Ok((all, more))
}

/// The messages that belong to no ticket, the newest first: all, or those that a person has to decide about.
pub async fn loose_messages(db: &Db, held: bool, limit: i64) -> Result<Vec<Message>, StoreError> {
    let which = if held { "kind = 'quarantined'" } else { "ticket_id = ''" };
    let sql = format!("SELECT {COLUMNS} FROM response_message WHERE {which} ORDER BY at DESC, id DESC LIMIT $1");
    db.read(&sql, &[limit.into()]).await?.iter().map(message).collect()
}

fn file(row: &Row) -> Result<MessageFile, StoreError> {
    Ok(MessageFile {
        position: row.int(0)?,
        name: row.text(1)?,
        media_type: row.text(2)?,
        sha256: row.text(3)?,
        bytes: row.int(4)?,
        text: row.text(5)?,
    })
}

/// The files of a message.
pub async fn files_of(db: &Db, message_id: &str) -> Result<Vec<MessageFile>, StoreError> {
    db.read(FILES, &[message_id.into()]).await?.iter().map(file).collect()
}

/// The files of some messages, with the id of their message.
pub async fn files_of_many(db: &Db, messages: &[String]) -> Result<Vec<(String, MessageFile)>, StoreError> {
    const FILES_OF: &str = "
        SELECT position, name, media_type, sha256, bytes, text, message_id FROM response_attachment WHERE message_id IN (…)";
    let mut found = Vec::new();
    for row in db.read_in(FILES_OF, &[], messages).await? {
        found.push((row.text(6)?, file(&row)?));
    }
    found.sort_by(|a, b| (&a.0, a.1.position).cmp(&(&b.0, b.1.position)));
    Ok(found)
}

/// The messages that came in under some names: the name, and the id of the message.
pub(crate) async fn taken(tx: &mut Tx, names: &[String]) -> Result<HashMap<String, String>, StoreError> {
    tx.read_in(TAKEN, &[], names).await?.iter().map(|row| Ok((row.text(0)?, row.text(1)?))).collect()
}

/// Which of some names messages came in under.
pub(crate) async fn taken_of(db: &Db, names: &[String]) -> Result<std::collections::HashSet<String>, StoreError> {
    const TAKEN_OF: &str = "SELECT name FROM response_taken WHERE name IN (…)";
    db.read_in(TAKEN_OF, &[], names).await?.iter().map(|row| row.text(0)).collect()
}

/// Remembers the names messages came in under: name, id of the message, when.
pub(crate) async fn take(tx: &mut Tx, all: &[(String, String, Micros)]) -> Result<(), StoreError> {
    let args = all.iter().flat_map(|(name, message, at)| [Arg::from(name), message.into(), (*at).into()]);
    let args: Vec<Arg<'_>> = args.collect();
    tx.run_many(TAKE, 3, args, "").await
}

/// Ids of the tickets that messages of some Message-IDs belong to.
pub(crate) async fn tickets_of(tx: &mut Tx, message_ids: &[&str]) -> Result<Vec<String>, StoreError> {
    tx.read_in(TICKETS_OF, &[], message_ids).await?.iter().map(|row| row.text(0)).collect()
}

/// Gives a message to a ticket; false when it is not of the kind it was.
pub(crate) async fn give(
    tx: &mut Tx,
    id: &str,
    ticket_id: &str,
    (from, to): (MessageKind, MessageKind),
) -> Result<bool, StoreError> {
    let args = [id.into(), ticket_id.into(), to.as_str().into(), from.as_str().into()];
    let is_given = tx.run(MOVE, &args).await? == 1;
    if is_given {
        words::move_part(tx, id, ticket_id).await?;
    }
    Ok(is_given)
}

/// Lets a held message wait no longer. It goes on naming its ticket: whoever may not see that one does not see it.
pub(crate) async fn discard(tx: &mut Tx, id: &str) -> Result<(), StoreError> {
    const DISCARD: &str = "
        UPDATE response_message SET kind = 'automatic' WHERE id = $1 AND kind = 'quarantined' AND ticket_id = ''";
    tx.run(DISCARD, &[id.into()]).await.map(|_| ())
}

/// Holds a message again that was let in or discarded; false when it does not stand as it was left.
pub(crate) async fn hold_again(
    tx: &mut Tx,
    id: &str,
    held_for: &str,
    (ticket_id, kind): (&str, MessageKind),
) -> Result<bool, StoreError> {
    const HOLD: &str = "
        UPDATE response_message SET ticket_id = '', kind = 'quarantined', held_for = $2
         WHERE id = $1 AND ticket_id = $3 AND kind = $4 AND (held_for = '' OR held_for = $2)";
    let args = [id.into(), held_for.into(), ticket_id.into(), kind.as_str().into()];
    let is_held = tx.run(HOLD, &args).await? == 1;
    if is_held && !ticket_id.is_empty() {
        words::part_alone(tx, id).await?;
    }
    Ok(is_held)
}

/// The Message-ID of the newest message that came in for a ticket.
pub(crate) async fn newest_in(tx: &mut Tx, ticket_id: &str) -> Result<Option<String>, StoreError> {
    let row = tx.read_one(NEWEST_IN, &[ticket_id.into()]).await?;
    Ok(row.map(|row| row.text(0)).transpose()?.filter(|id| !id.is_empty()))
}

/// How often an address was answered by machine since a moment, and when last.
pub(crate) async fn answered_since(
    tx: &mut Tx,
    mail: &str,
    since: Micros,
) -> Result<(i64, Option<Micros>), StoreError> {
    match tx.read_one(ANSWERED_SINCE, &[mail.into(), since.into()]).await? {
        Some(row) => Ok((row.int(0)?, row.opt_moment(1)?)),
        None => Ok((0, None)),
    }
}

/// Remembers that an address was answered by machine.
pub(crate) async fn note_answered(tx: &mut Tx, mail: &str, ticket_id: &str, now: Micros) -> Result<(), StoreError> {
    tx.run(ANSWERED, &[mail.into(), now.into(), ticket_id.into()]).await.map(|_| ())
}

fn delivery(row: &Row) -> Result<MailDelivery, StoreError> {
    let state = row.text(5)?;
    Ok(MailDelivery {
        id: row.text(0)?,
        message_id: row.text(1)?,
        ticket_id: row.text(2)?,
        mail: row.text(3)?,
        name: row.text(4)?,
        state: DeliveryState::parse(&state).ok_or_else(|| StoreError::unknown("state", state))?,
        attempts: row.int(6)?,
        queued: row.moment(7)?,
        sent: row.opt_moment(8)?,
        remark: row.text(9)?,
    })
}

/// Writes new deliveries.
pub(crate) async fn put_deliveries(tx: &mut Tx, deliveries: &[MailDelivery]) -> Result<(), StoreError> {
    let mut args: Vec<Arg<'_>> = Vec::with_capacity(deliveries.len() * 10);
    for one in deliveries {
        args.extend([
            (&one.id).into(),
            (&one.message_id).into(),
            (&one.ticket_id).into(),
            (&one.mail).into(),
            (&one.name).into(),
            one.state.as_str().into(),
            one.attempts.into(),
            one.queued.into(),
            one.sent.into(),
            (&one.remark).into(),
        ] as [Arg<'_>; 10]);
    }
    tx.run_many(&format!("INSERT INTO response_delivery ({DELIVERY_COLUMNS}) VALUES"), 10, args, "").await
}

/// One delivery.
pub(crate) async fn delivery_in(tx: &mut Tx, id: &str) -> Result<Option<MailDelivery>, StoreError> {
    let sql = format!("SELECT {DELIVERY_COLUMNS} FROM response_delivery WHERE id = $1");
    tx.read_one(&sql, &[id.into()]).await?.as_ref().map(delivery).transpose()
}

/// One delivery, outside of a transaction.
pub(crate) async fn delivery_of(db: &Db, id: &str) -> Result<Option<MailDelivery>, StoreError> {
    let sql = format!("SELECT {DELIVERY_COLUMNS} FROM response_delivery WHERE id = $1");
    db.read_one(&sql, &[id.into()]).await?.as_ref().map(delivery).transpose()
}

/// The deliveries of a message.
pub(crate) async fn deliveries_in(tx: &mut Tx, message_id: &str) -> Result<Vec<MailDelivery>, StoreError> {
    let sql = format!("SELECT {DELIVERY_COLUMNS} FROM response_delivery WHERE message_id = $1 ORDER BY id LIMIT 1000");
    tx.read(&sql, &[message_id.into()]).await?.iter().map(delivery).collect()
}

/// Deliveries of a message of ours, by its Message-ID and the recipient.
pub(crate) async fn deliveries_of_mail(
    tx: &mut Tx,
    message_id: &str,
    mail: &str,
) -> Result<Vec<MailDelivery>, StoreError> {
    let sql = DELIVERIES_OF_MAIL.replace("{}", DELIVERY_COLUMNS);
    tx.read(&sql, &[message_id.into(), mail.into()]).await?.iter().map(delivery).collect()
}

/// The deliveries of some messages.
pub async fn deliveries_of(db: &Db, messages: &[String]) -> Result<Vec<MailDelivery>, StoreError> {
    let sql = format!("SELECT {DELIVERY_COLUMNS} FROM response_delivery WHERE message_id IN (…)");
    let mut found: Vec<MailDelivery> =
        db.read_in(&sql, &[], messages).await?.iter().map(delivery).collect::<Result<_, _>>()?;
    found.sort_by(|a, b| (&a.message_id, &a.mail).cmp(&(&b.message_id, &b.mail)));
    Ok(found)
}

/// Deliveries in some states, the oldest first.
pub async fn queue(db: &Db, states: &[DeliveryState], limit: i64) -> Result<Vec<MailDelivery>, StoreError> {
    let words: Vec<&str> = states.iter().map(|state| state.as_str()).collect();
    let sql = format!(
        "SELECT {DELIVERY_COLUMNS} FROM response_delivery WHERE state IN ({}) ORDER BY queued, id LIMIT $1",
        words.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(", ")
    );
    db.read(&sql, &[limit.into()]).await?.iter().map(delivery).collect()
}

/// A mail of ours that has not left, did not arrive, or was stopped, with the ticket it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct QueuedMail {
    pub delivery: MailDelivery,
    /// Number of the ticket.
    pub number: String,
    /// Who may know of the ticket.
    pub tlp: Tlp,
}

/// Reads a row of [`DELIVERY_COLUMNS`], and after them number and TLP of the ticket.
pub(crate) fn queued_mail(row: &Row) -> Result<QueuedMail, StoreError> {
    let tlp = row.int(11)?;
    Ok(QueuedMail {
        delivery: delivery(row)?,
        number: row.text(10)?,
        tlp: Tlp::from_rank(tlp).ok_or_else(|| StoreError::unknown("tlp", tlp))?,
    })
}

/// A mail that waits for a decision, with the ticket that it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HeldMail {
    /// Id of the message.
    pub id: String,
    /// When it came.
    pub at: Micros,
    pub from_name: String,
    pub from_mail: String,
    pub subject: String,
    /// Number of the ticket.
    pub number: String,
    /// Who may know of the ticket.
    pub tlp: Tlp,
}

/// Reads a row of them.
pub(crate) fn held_mail(row: &Row) -> Result<HeldMail, StoreError> {
    let tlp = row.int(6)?;
    Ok(HeldMail {
        id: row.text(0)?,
        at: row.moment(1)?,
        from_name: row.text(2)?,
        from_mail: row.text(3)?,
        subject: row.text(4)?,
        number: row.text(5)?,
        tlp: Tlp::from_rank(tlp).ok_or_else(|| StoreError::unknown("tlp", tlp))?,
    })
}

/// An address that does not work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DeadAddress {
    /// The address.
    pub mail: String,
    /// `soft`, `hard`, or `suspended`.
    pub state: String,
    /// What was said of it last.
    pub reason: String,
    /// How often in a row mail to it failed.
    pub count: i64,
    /// Since when.
    pub since: Micros,
    /// When it was heard of last.
    pub at: Micros,
}

/// Reads a row of address, state, reason, count, since and at.
pub(crate) fn dead_address(row: &Row) -> Result<DeadAddress, StoreError> {
    Ok(DeadAddress {
        mail: row.text(0)?,
        state: row.text(1)?,
        reason: row.text(2)?,
        count: row.int(3)?,
        since: row.moment(4)?,
        at: row.moment(5)?,
    })
}

/// Whether somebody meets an address `a` that does not work: we wrote to it in a ticket they may see, or in none. `$1` is the viewer.
pub(crate) const ADDRESS_SEEN: &str = "
    EXISTS (SELECT 1 FROM response_delivery d JOIN response_ticket t ON t.id = d.ticket_id
             WHERE d.mail = a.mail AND t.tlp <= $1)
    OR NOT EXISTS (SELECT 1 FROM response_delivery d WHERE d.mail = a.mail)";

/// Whether an address does not work, as far as the viewer meets it.
pub(crate) async fn is_dead_seen(db: &Db, viewer: &Viewer, mail: &str) -> Result<bool, StoreError> {
    let sql = format!("SELECT a.mail FROM response_address a WHERE a.mail = $2 AND ({ADDRESS_SEEN})");
    Ok(db.read_one(&sql, &[viewer.into(), mail.into()]).await?.is_some())
}

/// Writes where a delivery stands.
pub(crate) async fn set_delivery(tx: &mut Tx, one: &MailDelivery) -> Result<(), StoreError> {
    let args = [(&one.id).into(), one.state.as_str().into(), (&one.remark).into(), one.sent.into(), one.attempts.into()]
        as [Arg<'_>; 5];
    tx.run(SET_DELIVERY, &args).await.map(|_| ())
}

/// Marks a delivery as being sent; false when it does not wait in the queue any more.
pub(crate) async fn claim(tx: &mut Tx, id: &str) -> Result<bool, StoreError> {
    Ok(tx.run(CLAIM, &[id.into()]).await? == 1)
}

/// Puts a delivery that was being sent back into the queue.
pub(crate) async fn unclaim(tx: &mut Tx, id: &str) -> Result<(), StoreError> {
    tx.run(UNCLAIM, &[id.into()]).await.map(|_| ())
}

/// Puts all that was being sent back into the queue.
pub(crate) async fn recover(tx: &mut Tx) -> Result<u64, StoreError> {
    tx.run("UPDATE response_delivery SET state = 'queued' WHERE state = 'sending'", &[]).await
}

/// Puts a delivery into the queue anew.
pub(crate) async fn requeue(tx: &mut Tx, one: &MailDelivery) -> Result<(), StoreError> {
    const REQUEUE: &str =
        "UPDATE response_delivery SET state = 'queued', attempts = 0, queued = $2, remark = '' WHERE id = $1";
    tx.run(REQUEUE, &[(&one.id).into(), one.queued.into()]).await.map(|_| ())
}

/// Says where the bytes of a message of ours are kept and how it was protected, as it left first.
pub(crate) async fn set_bytes(
    tx: &mut Tx,
    id: &str,
    (sha256, bytes): (&str, u64),
    sealed: &Sealed,
) -> Result<(), StoreError> {
    const SET: &str = "
        UPDATE response_message SET sha256 = $2, bytes = $3, security = $4, signed_by = $5 WHERE id = $1 AND sha256 = ''";
    let bytes = i64::try_from(bytes).unwrap_or(i64::MAX);
    let args = [id.into(), sha256.into(), bytes.into(), sealed.form.into(), (&sealed.signed_by).into()] as [Arg<'_>; 5];
    tx.run(SET, &args).await.map(|_| ())
}

/// Whether a message of a ticket came encrypted and was opened.
pub(crate) async fn came_encrypted(tx: &mut Tx, ticket_id: &str) -> Result<bool, StoreError> {
    const CAME: &str = "SELECT id FROM response_message WHERE ticket_id = $1 AND decrypted LIMIT 1";
    Ok(tx.read_one(CAME, &[ticket_id.into()]).await?.is_some())
}

/// Believes that an address works.
pub(crate) async fn forgive(tx: &mut Tx, mail: &str) -> Result<(), StoreError> {
    tx.run("DELETE FROM response_address WHERE mail = $1", &[mail.into()]).await.map(|_| ())
}

/// The state of an address that did not work, and how often it did not.
pub(crate) async fn address(tx: &mut Tx, mail: &str) -> Result<Option<(String, i64)>, StoreError> {
    tx.read_one(ADDRESS, &[mail.into()]).await?.map(|row| Ok((row.text(0)?, row.int(1)?))).transpose()
}

/// Writes the state of an address.
pub(crate) async fn set_address(
    tx: &mut Tx,
    mail: &str,
    (state, reason): (&str, &str),
    count: i64,
    now: Micros,
) -> Result<(), StoreError> {
    tx.run(SET_ADDRESS, &[mail.into(), state.into(), reason.into(), count.into(), now.into()]).await.map(|_| ())
}
