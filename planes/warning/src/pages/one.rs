//! One notice: what it says, what is attached, where it stands.

use std::collections::HashMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use manara_model::{Entry, Micros, Severity, needs_second};
use manara_net::Addressee;
use manara_store::{Blobs, Journal};
use manara_web::{Answer, Markup, Page, PageError, Right, Visit, Word};

use serde_json::{Value, json};

use super::{Mailroom, class_key, tone};
use crate::answer::{AnswerRow, Said};
use crate::jobs::outgoing;
use crate::notice::{LetterKind, Notice, NoticeFile, NoticeState, Step};
use crate::seal::Leaves;
use crate::sql::{self, Bounce, FullNotice, Held};

/// Findings shown on the page; all are in the attachment.
const FINDINGS_SHOWN: usize = 200;
/// Answers that are looked up: those of all findings a notice can be asked for at once.
pub(super) const ANSWERS_SHOWN: i64 = 1_000;
/// Earlier and later answers shown.
pub(super) const HISTORY_SHOWN: i64 = 100;
/// Lines of the journal shown.
const JOURNAL_SHOWN: i64 = 50;

struct FindingLine {
    id: String,
    asset: String,
    subject: String,
    severity: Severity,
    first_seen: Micros,
    last_seen: Micros,
    count: i64,
    held: Option<Held>,
}

/// A recipient, and since when its address bounces.
struct RecipientLine {
    shown: String,
    bounce: Option<Bounce>,
}

/// A notice this one is about, or one that is about this one.
struct OtherNotice {
    id: String,
    number: String,
    letter_key: String,
    state_key: String,
}

struct JournalLine {
    at: Micros,
    who: String,
    verb: String,
}

struct Button {
    action: &'static str,
    key: &'static str,
    main: bool,
}

#[derive(Template)]
#[template(path = "warning/notice.html")]
struct NoticePage {
    page: Page,
    notice: Notice,
    state_key: String,
    state_tone: &'static str,
    class_key: String,
    language_key: String,
    format_key: String,
    letter_key: String,
    recipients: Vec<RecipientLine>,
    others: Vec<OtherNotice>,
    answers: Vec<AnswerRow>,
    until: Option<Micros>,
    may_answer: bool,
    sender: String,
    /// How it leaves, or how it left; empty where that was not noted.
    leaves_key: String,
    header: String,
    problem: String,
    body: String,
    dir: &'static str,
    files: Vec<NoticeFile>,
    findings: Vec<FindingLine>,
    more: i64,
    journal: Vec<JournalLine>,
    buttons: Vec<Button>,
    /// What it waits for, when it waits for people.
    waits_key: Option<&'static str>,
    captured: bool,
}

/// A recipient as one reads it in a mail program.
pub(super) fn addressee(to: &Addressee) -> String {
    if to.name.is_empty() { to.mail.clone() } else { format!("{} <{}>", to.name, to.mail) }
}

/// The direction a language is written in.
pub(super) fn direction(language: &str) -> &'static str {
    if language == "ar" { "rtl" } else { "ltr" }
}

/// What a notice waits for that needs two people, as somebody reads it.
fn waits_for(visit: &Visit, room: &Mailroom, notice: &Notice) -> Option<&'static str> {
    if !needs_second(room.four_eyes_above, notice.tlp) {
        return None;
    }
    match notice.state {
        NoticeState::Draft => Some("warning-one-needs-two"),
        NoticeState::Waiting if notice.approved_by.is_empty() => Some("warning-one-needs-two"),
        NoticeState::Waiting if notice.approved_by == visit.viewer.name => Some("warning-one-waits-own"),
        NoticeState::Waiting => Some("warning-one-waits"),
        _ => None,
    }
}

/// What a person may do to a notice in its state.
fn buttons(notice: &Notice) -> Vec<Button> {
    let all = [
        (Step::Approve, Button { action: "/notices/approve", key: "warning-do-approve", main: true }),
        (Step::Retry, Button { action: "/notices/retry", key: "warning-do-retry", main: true }),
        (Step::Redraft, Button { action: "/notices/redraft", key: "warning-do-redraft", main: false }),
        (Step::Cancel, Button { action: "/notices/cancel", key: "warning-do-cancel", main: false }),
    ];
    let changes = |step: Step| notice.state.after(step).is_ok_and(|state| state != notice.state);
    all.into_iter().filter(|(step, _)| changes(*step) && !notice.sending).map(|(_, button)| button).collect()
}

pub(super) async fn whole(visit: &Visit, id: &str) -> Result<FullNotice, PageError> {
    let full = match id.starts_with("N-") {
        true => sql::get_by_number(&visit.db, &visit.viewer, id).await?,
        false => sql::get(&visit.db, &visit.viewer, id).await?,
    };
    full.ok_or_else(PageError::not_found)
}

/// `GET /notices/{id}`, where the id may be the number.
pub(super) async fn notice(visit: Visit, State(room): State<Arc<Mailroom>>, Path(id): Path<String>) -> Answer {
    let FullNotice { notice, body, findings, files } = whole(&visit, &id).await?;
    let entries = Journal::of_record(&visit.db, "warning", &notice.id, JOURNAL_SHOWN).await?;
    let captured = sql::captured(&visit.db, &visit.viewer, &notice.id).await?.is_some();
    let Leaving { leaves, header, problem } = leaving(&visit, &room, &notice, &body, &files).await?;
    let leaves_key = if leaves.is_empty() { leaves } else { format!("warning-leaves-{leaves}") };
    let mut held = sql::held_of(&visit.db, &notice.id, ANSWERS_SHOWN).await?;
    let answers = sql::answers_of_notice(&visit.db, &visit.viewer, &notice.id, HISTORY_SHOWN).await?;
    if visit.wants_json() {
        let full = FullNotice { notice, body: String::new(), findings, files };
        return Ok(visit.json(notice_json(&full, &held, &answers).to_string()));
    }
    let recipients = recipients(&visit, &notice).await?;
    let others = others(&visit, &notice).await?;
    // A link opens the constituent's own page: whoever looks on does not get it.
    let body = room.links.cover(&body, &notice, &visit.t("warning-one-link-here"));
    let until = notice.sent.filter(|_| notice.letter != LetterKind::Escalation).map(|_| room.links.expires(&notice));
    let more = notice.findings - i64::try_from(findings.len().min(FINDINGS_SHOWN)).unwrap_or(0);
    let page = visit.page_titled(notice.number.clone()).under("/notices", "warning-list-title");
    visit.html(&NoticePage {
        state_key: format!("warning-state-{}", notice.state.as_str()),
        state_tone: tone(notice.state),
        class_key: class_key(&notice.class),
        language_key: format!("web-lang-{}", notice.language),
        format_key: format!("warning-format-{}", notice.format.as_str()),
        letter_key: format!("warning-letter-{}", notice.letter.as_str()),
        recipients,
        others,
        answers,
        until,
        may_answer: visit.may(Right::AnswerFindings),
        sender: room.mailer.sender(),
        leaves_key,
        header,
        problem,
        dir: direction(&notice.language),
        findings: findings
            .into_iter()
            .take(FINDINGS_SHOWN)
            .map(|finding| FindingLine {
                held: held.remove(&finding.finding_id),
                id: finding.finding_id,
                asset: finding.asset,
                subject: finding.subject,
                severity: finding.severity,
                first_seen: finding.first_seen,
                last_seen: finding.last_seen,
                count: finding.count,
            })
            .collect(),
        more,
        journal: entries.into_iter().map(|entry| journal_line(&page, entry)).collect(),
        waits_key: waits_for(&visit, &room, &notice),
        buttons: if visit.may(Right::SendNotices) { buttons(&notice) } else { Vec::new() },
        captured,
        page,
        notice,
        body,
        files,
    })
}

async fn recipients(visit: &Visit, notice: &Notice) -> Result<Vec<RecipientLine>, PageError> {
    let mails: Vec<String> = notice.recipients.iter().map(|to| to.mail.clone()).collect();
    let bounces = sql::bounces(&visit.db, &mails).await?;
    let bounce = |to: &Addressee| bounces.iter().find(|bounce| bounce.mail == sql::mail_key(&to.mail)).cloned();
    Ok(notice.recipients.iter().map(|to| RecipientLine { shown: addressee(to), bounce: bounce(to) }).collect())
}

/// The notice this one is about, and those that are about this one.
async fn others(visit: &Visit, notice: &Notice) -> Result<Vec<OtherNotice>, PageError> {
    let others = sql::related(&visit.db, &visit.viewer, notice).await?;
    Ok(others
        .into_iter()
        .map(|other| OtherNotice {
            id: other.id,
            number: other.number,
            letter_key: format!("warning-letter-{}", other.letter.as_str()),
            state_key: format!("warning-state-{}", other.state.as_str()),
        })
        .collect())
}

/// A notice with its findings and what was said of them, for programs: the page and the command line give the same.
pub fn notice_json(full: &FullNotice, held: &HashMap<String, Held>, answers: &[AnswerRow]) -> Value {
    let one = &full.notice;
    let findings: Vec<Value> = full
        .findings
        .iter()
        .map(|finding| {
            let held = held.get(&finding.finding_id);
            json!({
                "finding": finding.finding_id, "asset": finding.asset, "subject": finding.subject,
                "severity": finding.severity.as_str(), "first_seen": finding.first_seen.rfc3339(),
                "last_seen": finding.last_seen.rfc3339(), "events": finding.count,
                "answer": held.map(|held| held.said.as_str()), "comment": held.map(|held| held.comment.as_str()),
                "answered_at": held.and_then(|held| held.at).map(Micros::rfc3339),
            })
        })
        .collect();
    let history: Vec<Value> = answers
        .iter()
        .map(|row| {
            json!({
                "at": row.at.rfc3339(), "finding": row.finding_id, "asset": row.asset, "answer": row.said.as_str(),
                "before": row.before.map(Said::as_str), "comment": row.comment, "via": row.via,
            })
        })
        .collect();
    json!({
        "id": one.id, "number": one.number, "letter": one.letter.as_str(), "state": one.state.as_str(),
        "constituent": one.constituent, "constituent_id": one.constituent_id, "class": one.class, "day": one.day,
        "language": one.language, "tlp": one.tlp.label(), "subject": one.subject, "sent": one.sent.map(Micros::rfc3339),
        "error": one.error, "approved_by": one.approved_by, "seconded_by": one.seconded_by, "answered": one.answered, "helps": one.helps, "reminders": one.reminders, "findings": findings,
        "answers": history,
    })
}

/// How the message of a notice leaves, or how it left.
pub(super) struct Leaving {
    /// The word of [`Leaves::as_str`]; empty where it left and that was not noted.
    pub leaves: String,
    /// Its header as it will travel, or as it travelled; empty where that was not kept.
    pub header: String,
    /// Why there can be no message; empty when there can.
    pub problem: String,
}

impl Leaving {
    fn of(leaves: &str, header: String) -> Leaving {
        Leaving { leaves: leaves.to_string(), header, problem: String::new() }
    }
}

/// How a notice leaves by the keys and settings of now; of one that left, how it did.
pub(super) async fn leaving(
    visit: &Visit,
    room: &Arc<Mailroom>,
    notice: &Notice,
    body: &str,
    files: &[NoticeFile],
) -> Result<Leaving, PageError> {
    let is_gone = notice.sent.is_some() && matches!(notice.state, NoticeState::Sent | NoticeState::Failed);
    if is_gone {
        return left(visit, room, notice, body, files).await;
    }
    let mails: Vec<String> = notice.recipients.iter().map(|to| to.mail.clone()).collect();
    let leaves = (room.seals)(mails, notice.tlp).await?;
    let word = leaves.as_str();
    if let Leaves::NoKey(mails) = &leaves {
        let tlp = Word::from(notice.tlp.label().to_string());
        let args = [("tlp", tlp), ("mails", Word::from(mails.join(", ")))];
        return Ok(Leaving { problem: visit.t_args("warning-one-no-key", &args), ..Leaving::of(word, String::new()) });
    }
    Ok(match header(room, notice, leaves, body, files).await {
        Ok(header) => Leaving::of(word, header),
        Err(problem) => Leaving { problem, ..Leaving::of(word, String::new()) },
    })
}

/// How a notice left: the word is the journal's, the header that of the message in the box. What left neither signed nor
/// encrypted has the same bytes whenever it is made.
async fn left(
    visit: &Visit,
    room: &Arc<Mailroom>,
    notice: &Notice,
    body: &str,
    files: &[NoticeFile],
) -> Result<Leaving, PageError> {
    let mut tx = visit.db.begin_snapshot().await?;
    let sent = Journal::of_records_by(&mut tx, "warning", &["notice_sent"], &[&notice.id]).await?;
    drop(tx);
    let word = sent.last().and_then(left_by).unwrap_or_default();
    let header = match sql::captured(&visit.db, &visit.viewer, &notice.id).await? {
        Some(captured) => captured.header,
        None if word.is_empty() || word == Leaves::Plain.as_str() => {
            header(room, notice, Leaves::Plain, body, files).await.unwrap_or_default()
        }
        None => String::new(),
    };
    Ok(Leaving::of(&word, header))
}

/// How the notice left that a line of the journal tells of.
fn left_by(entry: &Entry) -> Option<String> {
    let detail: Value = serde_json::from_str(&entry.detail).ok()?;
    Some(detail.get("leaves")?.as_str()?.to_string())
}

/// The header of the message of a notice that leaves so; or, when there can be no message, why.
async fn header(
    room: &Arc<Mailroom>,
    notice: &Notice,
    leaves: Leaves,
    body: &str,
    files: &[NoticeFile],
) -> Result<String, String> {
    let room = room.clone();
    let (notice, body, files) = (notice.clone(), body.to_string(), files.to_vec());
    let built = tokio::task::spawn_blocking(move || {
        outgoing(&room.mailer, &room.blobs, &room.links, (&notice, &leaves), &body, &files)
    })
    .await;
    match built {
        Ok(Ok(Ok(mail))) => Ok(mail.header().to_string()),
        Ok(Ok(Err(error))) => Err(error.to_string()),
        Ok(Err(error)) => Err(error.to_string()),
        Err(error) => Err(error.to_string()),
    }
}

fn journal_line(page: &Page, entry: Entry) -> JournalLine {
    let key = format!("warning-verb-{}", entry.verb.replace('_', "-"));
    JournalLine { at: entry.at, who: entry.who, verb: page.t(key) }
}

/// `GET /notices/{id}/files/{name}`: always a file to keep, never shown.
pub(super) async fn file(
    visit: Visit,
    State(room): State<Arc<Mailroom>>,
    Path((id, name)): Path<(String, String)>,
) -> Answer {
    let full = whole(&visit, &id).await?;
    let file = full.files.into_iter().find(|file| file.name == name).ok_or_else(PageError::not_found)?;
    let media_type = match file.name.rsplit_once('.') {
        Some((_, "json")) => "application/json",
        Some((_, "pdf")) => "application/pdf",
        _ => "text/csv; charset=utf-8",
    };
    let bytes = read(&room.blobs, file.sha256, file.bytes).await?;
    Ok(visit.download(&file.name, media_type, bytes))
}

/// Reads a blob beside the other requests.
pub(super) async fn read(blobs: &Blobs, sha256: String, bytes: i64) -> Result<Vec<u8>, PageError> {
    let blobs = blobs.clone();
    let limit = u64::try_from(bytes).unwrap_or(0);
    let read = tokio::task::spawn_blocking(move || blobs.read(&sha256, limit)).await;
    read.map_err(PageError::internal)?.map_err(PageError::internal)
}

impl NoticePage {
    fn is_rtl(&self) -> bool {
        self.dir == "rtl"
    }
    fn said(&self, said: &Said) -> Markup {
        super::said_badge(&self.page, said)
    }
    /// Whether pages to read were wanted and are not there.
    fn lacks_pages(&self) -> bool {
        let is_pdf = |file: &NoticeFile| file.name.ends_with(".pdf");
        self.notice.format.has_pdf() && !self.files.is_empty() && !self.files.iter().any(is_pdf)
    }
    fn is_waiting(&self) -> bool {
        !self.notice.filled
            && matches!(self.notice.state, NoticeState::Draft | NoticeState::Waiting | NoticeState::Approved)
    }
}
