//! One notice: what it says, what is attached, where it stands.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use manara_model::{Entry, Micros, Severity};
use manara_net::Addressee;
use manara_store::{Blobs, Journal};
use manara_web::{Answer, Page, PageError, Right, Visit};

use super::{Mailroom, class_key, tone};
use crate::jobs::outgoing;
use crate::notice::{Notice, NoticeFile, NoticeState, Step};
use crate::sql::{self, FullNotice};

/// Findings shown on the page; all are in the attachment.
const FINDINGS_SHOWN: usize = 200;
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
    recipients: Vec<String>,
    sender: String,
    header: String,
    problem: String,
    body: String,
    dir: &'static str,
    files: Vec<NoticeFile>,
    findings: Vec<FindingLine>,
    more: i64,
    journal: Vec<JournalLine>,
    buttons: Vec<Button>,
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

async fn whole(visit: &Visit, id: &str) -> Result<FullNotice, PageError> {
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
    let (header, problem) = header(&room, &notice, &body, &files).await;
    let more = notice.findings - i64::try_from(findings.len().min(FINDINGS_SHOWN)).unwrap_or(0);
    let page = visit.page_titled(notice.number.clone()).under("/notices", "warning-list-title");
    visit.html(&NoticePage {
        state_key: format!("warning-state-{}", notice.state.as_str()),
        state_tone: tone(notice.state),
        class_key: class_key(&notice.class),
        language_key: format!("web-lang-{}", notice.language),
        format_key: format!("warning-format-{}", notice.format.as_str()),
        recipients: notice.recipients.iter().map(addressee).collect(),
        sender: room.mailer.sender(),
        header,
        problem,
        dir: direction(&notice.language),
        findings: findings
            .into_iter()
            .take(FINDINGS_SHOWN)
            .map(|finding| FindingLine {
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
        buttons: if visit.may(Right::SendNotices) { buttons(&notice) } else { Vec::new() },
        captured,
        page,
        notice,
        body,
        files,
    })
}

/// The header of the message as it will travel; or, when there can be no message, why.
async fn header(room: &Arc<Mailroom>, notice: &Notice, body: &str, files: &[NoticeFile]) -> (String, String) {
    let room = room.clone();
    let (notice, body, files) = (notice.clone(), body.to_string(), files.to_vec());
    let built = tokio::task::spawn_blocking(move || outgoing(&room.mailer, &room.blobs, &notice, &body, &files)).await;
    match built {
        Ok(Ok(Ok(mail))) => (mail.header().to_string(), String::new()),
        Ok(Ok(Err(error))) => (String::new(), error.to_string()),
        Ok(Err(error)) => (String::new(), error.to_string()),
        Err(error) => (String::new(), error.to_string()),
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
    let media_type = if file.name.ends_with(".json") { "application/json" } else { "text/csv; charset=utf-8" };
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
    fn is_waiting(&self) -> bool {
        !self.notice.filled && matches!(self.notice.state, NoticeState::Draft | NoticeState::Approved)
    }
}
