//! The built-in box: messages that did not leave the house.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use manara_model::Micros;
use manara_store::{Arg, Row, StoreError};
use manara_web::{Answer, Cell, Filter, Key, Kind, ListSpec, ListView, Page, PageError, Right, Sort, Visit};

use super::Mailroom;
use super::one::{addressee, direction, read};
use crate::notice::NoticeFile;
use crate::sql::{self, Captured};

static MESSAGES: ListSpec = ListSpec {
    columns: &["c.notice_id", "c.at", "c.recipients", "c.subject", "c.language", "c.bytes"],
    from: "warning_captured c",
    only: "c.tlp <= $1",
    filters: &[
        Filter {
            name: "q",
            label: "warning-mailbox-search",
            kind: Kind::Contains,
            sql: r"LOWER(c.subject) LIKE ? ESCAPE '\' OR LOWER(c.recipients) LIKE ? ESCAPE '\'",
        },
        Filter {
            name: "language",
            label: "warning-list-language",
            kind: Kind::Choice { values: &["en", "ar", "fr"], words: "web-lang-" },
            sql: "c.language = ?",
        },
        Filter { name: "from", label: "web-list-from", kind: Kind::FromDay, sql: "c.at >= ?" },
        Filter { name: "until", label: "web-list-until", kind: Kind::UntilDay, sql: "c.at < ?" },
    ],
    sorts: &[Sort { name: "at", label: "warning-mailbox-at", column: "c.at", key: Key::Text, descending: true }],
    key: "c.message_id",
    key_kind: Key::Text,
};

struct Line {
    notice_id: String,
    at: Micros,
    to: String,
    subject: String,
    language: String,
    dir: &'static str,
    bytes: i64,
}

fn line(row: &Row) -> Result<Line, StoreError> {
    let to: Vec<String> = sql::recipients(&row.text(2)?)?.iter().map(addressee).collect();
    let language = row.text(4)?;
    Ok(Line {
        notice_id: row.text(0)?,
        at: row.moment(1)?,
        to: to.join(", "),
        subject: row.text(3)?,
        dir: direction(&language),
        language,
        bytes: row.int(5)?,
    })
}

#[derive(Template)]
#[template(path = "warning/mailbox.html")]
struct MailboxPage {
    page: Page,
    list: ListView,
    rows: Vec<Line>,
    is_capture: bool,
}

/// `GET /notices/mailbox`
pub(super) async fn messages(visit: Visit, State(room): State<Arc<Mailroom>>) -> Answer {
    let ask = MESSAGES.read(&visit)?;
    let fixed: [Arg<'_>; 1] = [visit.viewer.clearance.rank().into()];
    if let Some(format) = ask.format() {
        let rows = ask.fetch_all(&visit.db, &fixed, 100_000, line).await?;
        let cells: Vec<Vec<Cell>> = rows
            .into_iter()
            .map(|row| {
                let at = row.at.rfc3339();
                vec![
                    row.notice_id.into(),
                    at.into(),
                    row.to.into(),
                    row.subject.into(),
                    row.language.into(),
                    row.bytes.into(),
                ]
            })
            .collect();
        return Ok(visit.export(format, "mailbox", &["notice", "at", "to", "subject", "language", "bytes"], &cells));
    }
    let found = ask.fetch(&visit.db, &fixed, line).await?;
    let columns = [
        ("to", "warning-one-to"),
        ("subject", "warning-one-subject"),
        ("language", "warning-list-language"),
        ("size", "warning-mailbox-size"),
    ];
    let list = ask.view(&visit, &found).with_columns(&visit, &columns);
    let page = visit.page("warning-mailbox-title").under("/notices", "warning-list-title");
    visit.html(&MailboxPage { page, list, rows: found.rows, is_capture: room.mailer.is_capture() })
}

#[derive(Template)]
#[template(path = "warning/message.html")]
struct MessagePage {
    page: Page,
    message: Captured,
    to: String,
    body: String,
    dir: &'static str,
    files: Vec<NoticeFile>,
}

async fn find(visit: &Visit, id: &str) -> Result<Captured, PageError> {
    sql::captured(&visit.db, &visit.viewer, id).await?.ok_or_else(PageError::not_found)
}

/// `GET /notices/mailbox/{id}`, by the id of the notice.
pub(super) async fn message(visit: Visit, State(room): State<Arc<Mailroom>>, Path(id): Path<String>) -> Answer {
    let message = find(&visit, &id).await?;
    let body = match sql::get(&visit.db, &visit.viewer, &message.notice_id).await? {
        Some(full) if visit.may(Right::AnswerFindings) => room.links.fill(&message.body, &full.notice),
        Some(full) => room.links.cover(&message.body, &full.notice, &visit.t("warning-one-link-here")),
        None => return Err(PageError::not_found()),
    };
    let files = sql::files_of(&visit.db, &message.notice_id).await?;
    let to: Vec<String> = message.recipients.iter().map(addressee).collect();
    let page = visit
        .page_titled(message.subject.clone())
        .under("/notices", "warning-list-title")
        .under("/notices/mailbox", "warning-mailbox-title");
    visit.html(&MessagePage { page, body, to: to.join(", "), dir: direction(&message.language), files, message })
}

/// `GET /notices/mailbox/{id}/message.eml`: the whole message, for a mail program.
pub(super) async fn whole(visit: Visit, State(room): State<Arc<Mailroom>>, Path(id): Path<String>) -> Answer {
    let message = find(&visit, &id).await?;
    let name = format!("{}.eml", message.notice_id);
    let bytes = read(&room.blobs, message.sha256, message.bytes).await?;
    Ok(visit.download(&name, "message/rfc822", bytes))
}

impl MessagePage {
    fn is_rtl(&self) -> bool {
        self.dir == "rtl"
    }
}
