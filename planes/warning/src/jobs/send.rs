//! Sending: each queued notice once, again when it may be taken later, never when it will not.
//!
//! Into the built-in box a notice goes in the transaction that marks it as sent. To a mail server it goes between two
//! transactions; a crash between them sends the same message with the same Message-ID again.

use std::collections::HashMap;

use manara_model::{Micros, Tlp};
use manara_net::{Attached, Blame, Delivery, Letter, LetterError, Mail, Mailer, Refused, SendError, next_try};
use manara_store::{Blobs, Db, Job, Jobs, Tx};
use serde::Deserialize;
use serde_json::Value;

use super::{MACHINE, WarningError, journal};
use crate::link::Links;
use crate::notice::{Notice, NoticeFile, NoticeState};
use crate::seal::{Leaves, Seals};
use crate::second::lacks_second;
use crate::sql::{self, Captured};

/// The kind of the jobs this plane leaves in the queue; [`send_due`] does them.
pub const SEND_JOB: &str = "warning.send";

/// How many jobs one call looks at.
const LOOK_AT: i64 = 5_000;
/// How many messages one call hands to a mail server.
const SEND_AT_ONCE: usize = 100;
/// How many messages one transaction puts into the box.
const CAPTURE_AT_ONCE: usize = 100;

/// What sending did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SendReport {
    /// Ids of notices the server (or the box) took.
    pub sent: Vec<String>,
    /// Ids of notices that will never be taken.
    pub failed: Vec<String>,
    /// How many will be tried again.
    pub later: usize,
    /// When to call again, if before long.
    pub come_back_at: Option<Micros>,
}

#[derive(Deserialize)]
struct Payload {
    notice: String,
    round: i64,
}

/// The key of the job of a notice's so-many-th queueing.
pub(super) fn job_id(notice_id: &str, rounds: i64) -> String {
    format!("{SEND_JOB}/{notice_id}/{rounds}")
}

/// A queued notice with all that goes into its message.
struct Outgoing {
    notice: Notice,
    body: String,
    files: Vec<NoticeFile>,
    attempts: i64,
}

/// Takes back the marks "being sent" that a killed program left behind. For the start of the one program that sends.
pub async fn recover(db: &Db, now: Micros) -> Result<u64, WarningError> {
    let mut tx = db.begin().await?;
    sql::turn(&mut tx, now).await?;
    let taken_back = sql::recover(&mut tx).await?;
    tx.commit().await?;
    Ok(taken_back)
}

/// Whether something is to be sent now.
pub async fn has_due(db: &Db, now: Micros) -> Result<bool, WarningError> {
    Ok(Jobs::due(db, now, LOOK_AT).await?.iter().any(|job| job.kind == SEND_JOB))
}

/// Sends what is due, as much as the throttle allows now; never waits for it. What is marked more strictly than `above` and was not
/// approved by two people is kept back.
pub async fn send_due(
    db: &Db,
    blobs: &Blobs,
    mailer: &Mailer,
    (links, seals): (&Links, &Seals),
    above: Option<Tlp>,
    now: Micros,
) -> Result<SendReport, WarningError> {
    let post = Post { db, blobs, mailer, links, seals, above };
    let mut report = SendReport::default();
    let jobs: Vec<Job> = Jobs::due(db, now, LOOK_AT).await?.into_iter().filter(|job| job.kind == SEND_JOB).collect();
    if mailer.is_capture() {
        for part in jobs.chunks(CAPTURE_AT_ONCE) {
            capture(&post, part, now, &mut report).await?;
        }
        return Ok(report);
    }
    let some = jobs.get(..SEND_AT_ONCE).unwrap_or(&jobs);
    if some.len() < jobs.len() {
        report.come_back_at = Some(now);
    }
    for (job, outgoing) in load(&post, some, now).await? {
        if let Err(at) = mailer.may_send(Micros::now().max(now)) {
            report.come_back_at = Some(at);
            break;
        }
        if !send_one(&post, &job, outgoing, now, &mut report).await? {
            break;
        }
    }
    Ok(report)
}

/// What sending works with.
struct Post<'a> {
    db: &'a Db,
    blobs: &'a Blobs,
    mailer: &'a Mailer,
    links: &'a Links,
    seals: &'a Seals,
    /// The strictest marking for which the approval of one person is enough.
    above: Option<Tlp>,
}

impl Post<'_> {
    /// How a notice leaves.
    async fn leaves(&self, notice: &Notice) -> Result<Leaves, WarningError> {
        let mails = notice.recipients.iter().map(|to| to.mail.clone()).collect();
        Ok((self.seals)(mails, notice.tlp).await?)
    }
}

/// The notices of jobs. Jobs of notices that are queued no more, or again since, are ended. The last door: what lacks a second person
/// is kept back, also where the setting was made stricter since it was approved.
async fn load(post: &Post<'_>, jobs: &[Job], now: Micros) -> Result<Vec<(Job, Outgoing)>, WarningError> {
    let db = post.db;
    let payloads: Vec<Payload> = jobs.iter().filter_map(|job| serde_json::from_str(&job.payload).ok()).collect();
    let ids: Vec<&str> = payloads.iter().map(|payload| payload.notice.as_str()).collect();
    let mut tx = db.begin_snapshot().await?;
    let mut heads = sql::notices(&mut tx, &ids).await?;
    let mut bodies = sql::bodies(&mut tx, &ids).await?;
    let mut files = sql::files(&mut tx, &ids).await?;
    drop(tx);
    let rounds: HashMap<String, i64> =
        payloads.into_iter().map(|payload| (job_id(&payload.notice, payload.round), payload.round)).collect();
    let mut ready = Vec::new();
    let (mut over, mut lacking) = (Vec::new(), Vec::new());
    for job in jobs {
        let id = job.id.split('/').nth(1).unwrap_or_default();
        let round = rounds.get(&job.id).copied().unwrap_or(-1);
        match heads.remove(id).filter(|notice| notice.state == NoticeState::Queued && notice.rounds == round) {
            // Whoever is handing it over right now ends it, or the next start does.
            Some(notice) if lacks_second(post.above, &notice) && notice.sending => {}
            Some(notice) if lacks_second(post.above, &notice) => lacking.push((&job.id, notice)),
            Some(notice) => {
                let body = bodies.remove(id).unwrap_or_default();
                let files = files.remove(id).unwrap_or_default();
                ready.push((job.clone(), Outgoing { notice, body, files, attempts: job.attempts }));
            }
            None => over.push(&job.id),
        }
    }
    if !over.is_empty() || !lacking.is_empty() {
        let mut tx = db.begin().await?;
        sql::turn(&mut tx, now).await?;
        for id in over {
            Jobs::done(&mut tx, id).await?;
        }
        for (id, notice) in lacking {
            if sql::set_held(&mut tx, &notice.id, MACHINE).await? {
                journal(&mut tx, MACHINE, "notice_kept_back", &notice, &[], now).await?;
            }
            Jobs::done(&mut tx, id).await?;
        }
        tx.commit().await?;
    }
    Ok(ready)
}

/// The message of a notice, as it will be sent; what is neither signed nor encrypted has the same bytes at every try. Whoever sees
/// the text sees the link in it.
pub fn outgoing(
    mailer: &Mailer,
    blobs: &Blobs,
    links: &Links,
    (notice, leaves): (&Notice, &Leaves),
    body: &str,
    files: &[NoticeFile],
) -> Result<Result<Mail, LetterError>, WarningError> {
    let mut attachments = Vec::new();
    for file in files {
        let limit = u64::try_from(file.bytes).unwrap_or(0);
        attachments.push(Attached {
            name: file.name.clone(),
            media_type: file.media_type.clone(),
            bytes: blobs.read(&file.sha256, limit)?,
        });
    }
    let letter = Letter {
        id: notice.id.clone(),
        reference: notice.number.clone(),
        date: notice.queued.unwrap_or(notice.created),
        to: notice.recipients.clone(),
        subject: notice.subject.clone(),
        text: links.fill(body, notice),
        language: notice.language.clone(),
        tlp: notice.tlp,
        attachments,
    };
    Ok(leaves.build(mailer, &letter))
}

/// Sends one notice to the mail server; false when the next would fare the same.
async fn send_one(
    post: &Post<'_>,
    job: &Job,
    outgoing: Outgoing,
    now: Micros,
    report: &mut SendReport,
) -> Result<bool, WarningError> {
    let Post { db, blobs, mailer, links, .. } = post;
    let notice = &outgoing.notice;
    let leaves = post.leaves(notice).await?;
    let mut tx = db.begin().await?;
    sql::turn(&mut tx, now).await?;
    if !sql::claim(&mut tx, &notice.id, notice.rounds, now).await? {
        return Ok(true);
    }
    tx.commit().await?;
    let result = match self::outgoing(mailer, blobs, links, (notice, &leaves), &outgoing.body, &outgoing.files) {
        Ok(Ok(mail)) => mailer.send(&mail).await,
        Ok(Err(error)) => Err(SendError::never(error.to_string())),
        Err(error) => Err(SendError::later(Blame::Message, error.to_string())),
    };
    let mut tx = db.begin().await?;
    sql::turn(&mut tx, now).await?;
    let go_on = match result {
        Ok(delivery) => {
            let (response, refused) = match delivery {
                Delivery::Accepted { response, refused } => (response, refused),
                Delivery::Captured => (String::new(), Vec::new()),
            };
            note_delivery(&mut tx, notice, &refused, true, now).await?;
            let remark: Vec<String> = refused.iter().map(|r| format!("{}: {}", r.mail, r.reason)).collect();
            let remark = remark.join("; ");
            if sql::set_sent(&mut tx, notice, &remark, now).await? {
                let more = [
                    ("response", Value::from(response)),
                    ("refused", Value::from(remark)),
                    ("leaves", Value::from(leaves.as_str())),
                ];
                journal(&mut tx, MACHINE, "notice_sent", notice, &more, now).await?;
                report.sent.push(notice.id.clone());
            }
            Jobs::done(&mut tx, &job.id).await?;
            true
        }
        Err(SendError::Never { reason, refused }) => {
            note_delivery(&mut tx, notice, &refused, false, now).await?;
            fail(&mut tx, job, notice, &reason, now, report).await?;
            true
        }
        Err(SendError::Later { blame, reason, refused }) => {
            note_delivery(&mut tx, notice, &refused, false, now).await?;
            match next_try(outgoing.attempts + 1, notice.queued.unwrap_or(now), now) {
                Some(at) => {
                    sql::set_later(&mut tx, &notice.id, &reason).await?;
                    Jobs::later(&mut tx, &job.id, at, &reason).await?;
                    report.later += 1;
                    report.come_back_at = Some(report.come_back_at.map_or(at, |before| before.min(at)));
                }
                None => fail(&mut tx, job, notice, &reason, now, report).await?,
            }
            if blame == Blame::Server {
                tracing::warn!(notice.number, reason, "mail server not reached");
                // The others wait as long: asking a dead server for each of them helps nobody.
                report.come_back_at = next_try(1, now, now);
            }
            blame == Blame::Message
        }
    };
    tx.commit().await?;
    Ok(go_on)
}

/// Notes which addresses were refused for good, and, when the message was taken, that the others were not.
async fn note_delivery(
    tx: &mut Tx,
    notice: &Notice,
    refused: &[Refused],
    taken: bool,
    now: Micros,
) -> Result<(), WarningError> {
    for one in refused.iter().filter(|one| one.for_good) {
        sql::set_bounced(tx, &one.mail, &one.reason, &notice.id, now).await?;
        let more = [("mail", Value::from(one.mail.as_str())), ("said", Value::from(one.reason.as_str()))];
        journal(tx, MACHINE, "contact_bounced", notice, &more, now).await?;
    }
    if taken {
        let is_refused = |mail: &str| refused.iter().any(|one| sql::mail_key(&one.mail) == sql::mail_key(mail));
        let reached: Vec<String> =
            notice.recipients.iter().filter(|to| !is_refused(&to.mail)).map(|to| to.mail.clone()).collect();
        if sql::set_recovered(tx, &reached).await? > 0 {
            let more = [("mails", Value::from(reached.join(", ")))];
            journal(tx, MACHINE, "contact_recovered", notice, &more, now).await?;
        }
    }
    Ok(())
}

async fn fail(
    tx: &mut Tx,
    job: &Job,
    notice: &Notice,
    reason: &str,
    now: Micros,
    report: &mut SendReport,
) -> Result<(), WarningError> {
    if sql::set_failed(tx, &notice.id, reason).await? {
        journal(tx, MACHINE, "notice_failed", notice, &[("error", Value::from(reason))], now).await?;
        report.failed.push(notice.id.clone());
    }
    Jobs::give_up(tx, &job.id, reason).await?;
    Ok(())
}

/// Puts notices into the built-in box, in the transaction that marks them as sent.
async fn capture(post: &Post<'_>, jobs: &[Job], now: Micros, report: &mut SendReport) -> Result<(), WarningError> {
    let Post { db, blobs, mailer, links, .. } = post;
    let mut taken: Vec<(Job, Outgoing, Captured, &'static str)> = Vec::new();
    let mut impossible: Vec<(Job, Outgoing, String)> = Vec::new();
    let mut to_keep: Vec<Mail> = Vec::new();
    for (job, one) in load(post, jobs, now).await? {
        let leaves = post.leaves(&one.notice).await?;
        match outgoing(mailer, blobs, links, (&one.notice, &leaves), &one.body, &one.files)? {
            Ok(mail) => {
                let captured = Captured {
                    message_id: mail.message_id.clone(),
                    notice_id: one.notice.id.clone(),
                    at: now,
                    tlp: one.notice.tlp,
                    sender: mailer.sender(),
                    recipients: one.notice.recipients.clone(),
                    subject: one.notice.subject.clone(),
                    language: one.notice.language.clone(),
                    header: mail.header().to_string(),
                    body: one.body.clone(),
                    sha256: String::new(),
                    bytes: i64::try_from(mail.bytes.len()).unwrap_or(i64::MAX),
                };
                to_keep.push(mail);
                taken.push((job, one, captured, leaves.as_str()));
            }
            Err(error) => impossible.push((job, one, error.to_string())),
        }
    }
    let keeper = (*blobs).clone();
    let hashes = tokio::task::spawn_blocking(move || {
        let hashes: Result<Vec<String>, manara_store::BlobError> =
            to_keep.iter().map(|mail| keeper.keep(&mut mail.bytes.as_slice()).map(|kept| kept.sha256)).collect();
        hashes
    });
    let hashes = hashes.await.map_err(|error| WarningError::Thread(error.to_string()))??;
    for ((_, _, captured, _), sha256) in taken.iter_mut().zip(hashes) {
        captured.sha256 = sha256;
    }
    let mut tx = db.begin().await?;
    sql::turn(&mut tx, now).await?;
    let mut messages = Vec::new();
    for (job, one, captured, leaves) in taken {
        if sql::set_sent(&mut tx, &one.notice, "", now).await? {
            let more = [("response", Value::from("")), ("refused", Value::from("")), ("leaves", Value::from(leaves))];
            journal(&mut tx, MACHINE, "notice_sent", &one.notice, &more, now).await?;
            report.sent.push(one.notice.id);
            messages.push(captured);
        }
        Jobs::done(&mut tx, &job.id).await?;
    }
    sql::put_captured(&mut tx, &messages).await?;
    for (job, one, reason) in impossible {
        fail(&mut tx, &job, &one.notice, &reason, now, report).await?;
    }
    tx.commit().await?;
    Ok(())
}
