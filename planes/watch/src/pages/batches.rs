//! Batches: what arrived, and what became of every row.

use askama::Template;
use axum::extract::State;
use manara_store::Row;
use manara_web::{
    Answer, Cell, Choice, EXPORT_MOST, Filter, Key, Kind, ListSpec, ListView, Markup, Page, Right, Sort, Visit,
};

use super::{Room, pictures};
use crate::batch::{Batch, BatchState};
use crate::sql;

pub(super) static BATCHES: ListSpec = ListSpec {
    // The order of `sql::batch_of`.
    columns: &[
        "id",
        "feed",
        "sha256",
        "file_name",
        "format",
        "received_at",
        "finished_at",
        "state",
        "bytes",
        "rows",
        "events",
        "contexts",
        "rejects",
        "duplicates",
        "unowned",
        "findings_opened",
        "findings_updated",
        "parts",
        "generation",
        "millis",
        "error",
    ],
    from: "watch_batch",
    only: "",
    filters: &[
        Filter {
            name: "q",
            label: "watch-batches-file",
            kind: Kind::Contains,
            sql: r"LOWER(file_name) LIKE ? ESCAPE '\'",
        },
        Filter { name: "feed", label: "watch-batches-feed", kind: Kind::Pick, sql: "feed = ?" },
        Filter {
            name: "state",
            label: "watch-batches-state",
            kind: Kind::Case {
                words: "watch-batches-state-",
                cases: &[
                    ("received", "state = 'received'"),
                    ("finished", "state = 'finished'"),
                    ("failed", "state = 'failed'"),
                    ("rejects", "rejects > 0"),
                    ("cut_short", "state = 'finished' AND error <> ''"),
                ],
            },
            sql: "",
        },
        Filter { name: "from", label: "web-list-from", kind: Kind::FromDay, sql: "received_at >= ?" },
        Filter { name: "until", label: "web-list-until", kind: Kind::UntilDay, sql: "received_at < ?" },
    ],
    sorts: &[
        Sort {
            name: "received",
            label: "watch-batches-received",
            column: "received_at",
            key: Key::Text,
            descending: true,
        },
        Sort { name: "rows", label: "watch-batches-rows", column: "rows", key: Key::Int, descending: true },
        Sort { name: "rejects", label: "watch-batches-rejects", column: "rejects", key: Key::Int, descending: true },
    ],
    key: "id",
    key_kind: Key::Text,
};

const EXPORT_COLUMNS: [&str; 18] = [
    "id",
    "feed",
    "file_name",
    "format",
    "sha256",
    "bytes",
    "received_at",
    "finished_at",
    "state",
    "rows",
    "events",
    "contexts",
    "duplicates",
    "rejects",
    "unowned",
    "findings_opened",
    "findings_updated",
    "error",
];

struct BatchLine {
    batch: Batch,
    stack: Markup,
    at_work: bool,
}

#[derive(Template)]
#[template(path = "watch/batches.html")]
struct BatchesPage {
    page: Page,
    list: ListView,
    rows: Vec<BatchLine>,
    may_run: bool,
    feeds: Vec<String>,
    most: i64,
}

impl BatchesPage {
    fn state(&self, line: &BatchLine) -> Markup {
        state(&self.page, &line.batch, line.at_work)
    }
}

/// Where a batch stands, in words.
pub(super) fn state(page: &Page, batch: &Batch, at_work: bool) -> Markup {
    match batch.state {
        BatchState::Received if at_work => page.badge("info", "watch-batch-at-work"),
        BatchState::Received => page.badge("warn", "watch-batch-received"),
        BatchState::Finished if !batch.error.is_empty() => page.badge("warn", "watch-batch-cut-short"),
        BatchState::Finished => page.badge("good", "watch-batch-finished"),
        BatchState::Failed => page.badge("bad", "watch-batch-failed"),
    }
}

pub(super) async fn list(visit: Visit, State(room): State<Room>) -> Answer {
    let ask = BATCHES.read(&visit)?;
    let read = |row: &Row| sql::batch_of(row);
    if let Some(format) = ask.format() {
        let found = ask.fetch_all(&visit.db, &[], EXPORT_MOST, read).await?;
        let cells: Vec<_> = found.into_iter().map(cells).collect();
        return Ok(visit.export(format, "batches", &EXPORT_COLUMNS, &cells));
    }
    let found = ask.fetch(&visit.db, &[], read).await?;
    let feeds = room.watch.feed_names().await?;
    let choices = feeds.iter().map(|name| Choice { value: name.clone(), label: name.clone() }).collect();
    let columns = [
        ("feed", "watch-batches-feed"),
        ("state", "watch-batches-state"),
        ("rows", "watch-batches-rows"),
        ("became", "watch-batches-became"),
        ("rejects", "watch-batches-rejects"),
        ("findings", "watch-batches-findings"),
    ];
    let list = ask.view(&visit, &found).with_choices("feed", choices).with_columns(&visit, &columns);
    let page = visit.page("watch-batches-title");
    let rows = found
        .rows
        .into_iter()
        .map(|batch| BatchLine {
            stack: pictures::stack(&page, &batch),
            at_work: room.progress_of(&batch.id).is_some(),
            batch,
        })
        .collect();
    // Feeds by mapping files can be named before they sent anything.
    let mut named: Vec<String> = room.ingest.feeds.iter().map(|feed| feed.name.clone()).chain(feeds).collect();
    named.sort();
    named.dedup();
    let most = i64::try_from(super::UPLOAD_BYTES >> 20).unwrap_or(i64::MAX);
    visit.html(&BatchesPage { page, list, rows, may_run: visit.may(Right::RunBatches), feeds: named, most })
}

fn cells(one: Batch) -> Vec<Cell> {
    vec![
        one.id.into(),
        one.feed.into(),
        one.file_name.into(),
        one.format.into(),
        one.sha256.into(),
        one.bytes.into(),
        one.received_at.into(),
        one.finished_at.into(),
        one.state.as_str().into(),
        one.rows.into(),
        one.events.into(),
        one.contexts.into(),
        one.duplicates.into(),
        one.rejects.into(),
        one.unowned.into(),
        one.findings_opened.into(),
        one.findings_updated.into(),
        one.error.into(),
    ]
}
