//! The built-in box: messages that did not leave the house.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use manara_model::Micros;
use manara_store::{Arg, Row, StoreError};
use manara_web::api::{ApiAnswer, Op, page_of, read_list, record, schema};
use manara_web::{Answer, Cell, Filter, Key, Kind, ListSpec, ListView, Page, PageError, Right, Site, Sort, Visit};
use serde_json::json;

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

/// The text of a message; its link for those alone who may answer.
async fn body_of(visit: &Visit, room: &Mailroom, message: &Captured) -> Result<String, PageError> {
    match sql::get(&visit.db, &visit.viewer, &message.notice_id).await? {
        Some(full) if visit.may(Right::AnswerFindings) => Ok(room.links.fill(&message.body, &full.notice)),
        Some(full) => Ok(room.links.cover(&message.body, &full.notice, &visit.t("warning-one-link-here"))),
        None => Err(PageError::not_found()),
    }
}

/// `GET /notices/mailbox/{id}`, by the id of the notice.
pub(super) async fn message(visit: Visit, State(room): State<Arc<Mailroom>>, Path(id): Path<String>) -> Answer {
    let message = find(&visit, &id).await?;
    let body = body_of(&visit, &room, &message).await?;
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

/// The box for programs.
pub(super) fn operations() -> Site<Arc<Mailroom>> {
    let read = Right::ReadNotices;
    let text = schema::text;
    let line = || {
        vec![
            ("notice", text()),
            ("at", schema::moment()),
            ("to", text()),
            ("subject", text()),
            ("language", text()),
            ("bytes", schema::count()),
        ]
    };
    let mut whole = line();
    whole.extend([("sender", text()), ("tlp", schema::tlp()), ("text", text())]);
    Site::new()
        .api(
            Op::list("/api/v1/mailbox", "listCaptured", read, "Messages that did not leave", &MESSAGES, "CapturedLine"),
            list_by_program,
        )
        .api(
            Op::get(
                "/api/v1/mailbox/{notice}",
                "getCaptured",
                read,
                "The message of a notice; its link is covered for tokens without findings:answer",
                "Captured",
            ),
            one_by_program,
        )
        .api(
            Op::file(
                "/api/v1/mailbox/{notice}/raw",
                "getRawCaptured",
                super::WHOLE_MESSAGE,
                "The message as it would have left",
                &["message/rfc822"],
            ),
            raw_by_program,
        )
        .schemas(vec![("CapturedLine", schema::object(&line())), ("Captured", schema::object(&whole))])
}

async fn list_by_program(visit: Visit) -> ApiAnswer {
    let fixed: [Arg<'_>; 1] = [visit.viewer.clearance.rank().into()];
    let found = read_list(&MESSAGES, &visit)?.fetch(&visit.db, &fixed, line).await?;
    let next = found.next();
    let shown = |row: &Line| {
        json!({ "notice": row.notice_id, "at": row.at.rfc3339(), "to": row.to, "subject": row.subject,
            "language": row.language, "bytes": row.bytes })
    };
    Ok(page_of(found.rows.iter().map(shown).collect(), next))
}

async fn one_by_program(visit: Visit, State(room): State<Arc<Mailroom>>, Path(id): Path<String>) -> ApiAnswer {
    let one = find(&visit, &id).await?;
    let to: Vec<String> = one.recipients.iter().map(addressee).collect();
    let text = body_of(&visit, &room, &one).await?;
    Ok(record(&json!({ "notice": one.notice_id, "at": one.at.rfc3339(), "to": to.join(", "), "subject": one.subject,
        "language": one.language, "bytes": one.bytes, "sender": one.sender, "tlp": one.tlp.label(), "text": text })))
}

async fn raw_by_program(visit: Visit, room: State<Arc<Mailroom>>, id: Path<String>) -> ApiAnswer {
    Ok(whole(visit, room, id).await?)
}

impl MessagePage {
    fn is_rtl(&self) -> bool {
        self.dir == "rtl"
    }
}
