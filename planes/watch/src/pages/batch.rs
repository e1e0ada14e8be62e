//! One batch: its sums, its drift, its rejects, its bytes.

use std::io::Read as _;
use std::sync::atomic::Ordering;

use askama::Template;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use futures::StreamExt as _;
use manara_formats::Reject;
use manara_lake::{QueryError, Tables};
use manara_web::{
    Answer, Ask, Cell, EXPORT_MOST, Filter, Key, Kind, ListSpec, ListView, Markup, Page, PageError, Right, Sort, Visit,
    progress,
};

use super::events::is_batch_id;
use super::{Desk, Room, batches, href_of, journal, literal, pictures, sql_box, words_or_value};
use crate::batch::{Batch, BatchState};

/// Pages of rejects that can be turned to.
pub(super) const PAGES: usize = 2000;
/// Seconds the rejects may take.
const SECONDS: u64 = 30;
/// Bytes of a raw file handed on at once.
const STEP: usize = 64 << 10;

pub(super) static REJECTS: ListSpec = ListSpec {
    columns: &[],
    from: "rejects",
    only: "",
    filters: &[
        Filter {
            name: "code",
            label: "watch-rejects-reason",
            kind: Kind::Choice { values: Reject::CODES, words: "watch-reject-" },
            sql: "",
        },
        Filter { name: "column", label: "watch-rejects-column", kind: Kind::Exact, sql: "" },
        Filter { name: "q", label: "watch-rejects-found", kind: Kind::Contains, sql: "" },
    ],
    sorts: &[Sort { name: "line", label: "watch-rejects-line", column: "line", key: Key::Int, descending: false }],
    key: "line",
    key_kind: Key::Int,
};

pub(super) struct RejectLine {
    pub line: i64,
    pub column: String,
    pub code: String,
    pub found: String,
    pub raw: String,
}

#[derive(Template)]
#[template(path = "watch/batch.html")]
struct BatchPage {
    page: Page,
    batch: Batch,
    state: Markup,
    stack: Markup,
    accounted: i64,
    bar: Option<Markup>,
    refreshes: bool,
    waits: bool,
    drift: Vec<(String, String)>,
    list: ListView,
    rejects: Vec<RejectLine>,
    trouble: Option<String>,
    journal: Vec<journal::Line>,
    reads_raw: bool,
    may_run: bool,
}

impl BatchPage {
    fn adds_up(&self) -> bool {
        self.accounted == self.batch.rows
    }

    fn feed_href(&self) -> String {
        format!("/feeds/{}", self.batch.feed)
    }

    fn events_href(&self) -> String {
        href_of("/events", "batch", &self.batch.id)
    }

    fn context_href(&self) -> String {
        format!("{}&table=context", self.events_href())
    }

    fn reason(&self, reject: &RejectLine) -> String {
        words_or_value(&self.page, "watch-reject-", &reject.code)
    }

    fn drift_words(&self, kind: &str) -> String {
        words_or_value(&self.page, "watch-drift-", kind)
    }

    fn size(&self) -> String {
        size(&self.page, self.batch.bytes)
    }

    fn took(&self) -> String {
        self.page.visit.locale.numbers.decimal(self.batch.millis as f64 / 1000.0, 1)
    }

    fn rate(&self) -> i64 {
        self.batch.rows.saturating_mul(1000) / self.batch.millis.max(1)
    }
}

/// A number of bytes in words.
fn size(page: &Page, bytes: i64) -> String {
    let (key, number, decimals) = match bytes {
        i64::MIN..1_000 => ("watch-size-bytes", bytes as f64, 0),
        1_000..1_000_000 => ("watch-size-kilobytes", bytes as f64 / 1e3, 1),
        1_000_000..1_000_000_000 => ("watch-size-megabytes", bytes as f64 / 1e6, 1),
        _ => ("watch-size-gigabytes", bytes as f64 / 1e9, 2),
    };
    page.t1(key, "size", page.visit.locale.numbers.decimal(number, decimals))
}

pub(super) async fn batch_of(room: &Desk, id: &str) -> Result<Batch, PageError> {
    if !is_batch_id(id) {
        return Err(PageError::not_found());
    }
    room.watch.batch(id).await?.ok_or_else(PageError::not_found)
}

pub(super) async fn one(visit: Visit, State(room): State<Room>, Path(id): Path<String>) -> Answer {
    let batch = batch_of(&room, &id).await?;
    let ask = REJECTS.read(&visit)?;
    let reads_raw = visit.may(Right::ReadEvents);
    if let Some(format) = ask.format() {
        let rows = rejects(&room, &batch, &ask, 0, EXPORT_MOST).await?.map_err(PageError::internal)?;
        let cells: Vec<_> = rows.into_iter().map(|reject| cells(&visit, reject, reads_raw)).collect();
        return Ok(visit.export(format, "rejects", &["line", "column", "code", "reason", "found", "raw"], &cells));
    }
    let number = page_number(&visit)?;
    let (mut found, trouble) = match batch.rejects {
        0 => (Vec::new(), None),
        _ => match rejects(&room, &batch, &ask, number * ask.rows(), ask.rows() + 1).await? {
            Ok(found) => (found, None),
            Err(error) => (Vec::new(), Some(sql_box::words(&visit, &error))),
        },
    };
    let more = found.len() > ask.rows() && number + 1 < PAGES;
    found.truncate(ask.rows());
    let mut columns =
        vec![("column", "watch-rejects-column"), ("reason", "watch-rejects-reason"), ("found", "watch-rejects-found")];
    if reads_raw {
        columns.push(("raw", "watch-rejects-raw"));
    }
    let list = ask.view_of(&visit, found.len(), more.then(|| ("page", (number + 1).to_string())));
    let list = list.with_columns(&visit, &columns);
    let page = visit.page_titled(batch.file_name.clone()).under("/batches", "watch-batches-title");
    let at_work = room.progress_of(&batch.id);
    let waits = batch.state == BatchState::Received;
    let bar = at_work.as_ref().filter(|_| waits).map(|at_work| bar(&page, &batch, at_work));
    // A page that loads itself anew can be told to stay.
    let refreshes = bar.is_some() && visit.query("stay").is_none();
    let shown = BatchPage {
        state: batches::state(&page, &batch, at_work.is_some()),
        stack: pictures::stack(&page, &batch),
        accounted: batch.events + batch.contexts + batch.duplicates + batch.rejects,
        bar,
        refreshes,
        waits,
        drift: room.watch.drift_of_batch(&batch.id).await?,
        list,
        rejects: found,
        trouble,
        journal: journal::of_record(&visit.db, &page, &batch.id).await?,
        reads_raw,
        may_run: visit.may(Right::RunBatches),
        page,
        batch,
    };
    let mut response = visit.html(&shown)?;
    if refreshes {
        response.headers_mut().insert(header::REFRESH, HeaderValue::from_static("3"));
    }
    Ok(response)
}

/// How far the reading is. Compressed files are larger than their size says, so the bar may wait at its end.
fn bar(page: &Page, batch: &Batch, at_work: &crate::process::Progress) -> Markup {
    let part = at_work.bytes.load(Ordering::Relaxed) as f64 / batch.bytes.max(1) as f64;
    // Another program may be the one that reads it: then the stored sums tell.
    let rows = at_work.rows.load(Ordering::Relaxed).max(batch.rows.unsigned_abs());
    progress(page, &page.t1("watch-batch-rows-so-far", "count", rows), part.min(0.99))
}

fn page_number(visit: &Visit) -> Result<usize, PageError> {
    let number = visit.query("page").map_or(Ok(0), |text| text.parse::<usize>());
    number.ok().filter(|number| *number < PAGES).ok_or_else(|| PageError::unreadable("page"))
}

pub(super) async fn rejects(
    room: &Desk,
    batch: &Batch,
    ask: &Ask,
    skip: usize,
    limit: usize,
) -> Result<Result<Vec<RejectLine>, QueryError>, PageError> {
    let mut conditions = vec![format!("batch = {}", literal(&batch.id))];
    for (name, column) in [("code", "code"), ("column", "\"column\"")] {
        conditions.extend(ask.value(name).map(|text| format!("{column} = {}", literal(text))));
    }
    if let Some(text) = ask.value("q") {
        let part = literal(&text.to_lowercase());
        conditions.push(format!("(strpos(lower(found), {part}) > 0 OR strpos(lower(raw), {part}) > 0)"));
    }
    let (_, descending) = ask.order();
    let sql = format!(
        "SELECT line, \"column\", code, found, raw FROM rejects WHERE {} ORDER BY line{way}, \"column\", code LIMIT {limit} OFFSET {skip}",
        conditions.join(" AND "),
        way = if descending { " DESC" } else { "" },
    );
    let rows = match room.query(&sql, room.watch.files().await?, Tables::new(), limit, SECONDS).await {
        Ok(rows) => rows,
        Err(error) => return Ok(Err(error)),
    };
    let texts = rows.texts().map_err(PageError::internal)?;
    Ok(Ok(texts.into_iter().filter_map(reject).collect()))
}

fn reject(cells: Vec<String>) -> Option<RejectLine> {
    let [line, column, code, found, raw] = <[String; 5]>::try_from(cells).ok()?;
    Some(RejectLine { line: line.parse().unwrap_or_default(), column, code, found, raw })
}

fn cells(visit: &Visit, reject: RejectLine, reads_raw: bool) -> Vec<Cell> {
    let reason = visit.t(&format!("watch-reject-{}", reject.code));
    let raw = if reads_raw { sql_box::cell(reject.raw) } else { Cell::Null };
    vec![reject.line.into(), reject.column.into(), reject.code.into(), reason.into(), reject.found.into(), raw]
}

/// The bytes of a batch as they arrived, to keep; a browser never shows them.
pub(super) async fn raw(visit: Visit, State(room): State<Room>, Path(id): Path<String>) -> Answer {
    let batch = batch_of(&room, &id).await?;
    let blobs = room.ingest.blobs.clone();
    let sha256 = batch.sha256.clone();
    let opened = tokio::task::spawn_blocking(move || blobs.open(&sha256)).await.map_err(PageError::internal)?;
    let mut blob = opened.map_err(PageError::internal)?;
    let (send, receive) = tokio::sync::mpsc::channel::<std::io::Result<Vec<u8>>>(4);
    tokio::task::spawn_blocking(move || {
        loop {
            let mut step = Vec::with_capacity(STEP);
            let read = blob.by_ref().take(STEP as u64).read_to_end(&mut step);
            let last = !matches!(read, Ok(bytes) if bytes > 0);
            let item = read.map(|_| step);
            // Nobody waits for it any more: the reader went away.
            if (!last || item.is_err()) && send.blocking_send(item).is_err() {
                return;
            }
            if last {
                return;
            }
        }
    });
    // Layers may ask once more after the end.
    let steps =
        futures::stream::unfold(receive, |mut receive| async move { receive.recv().await.map(|step| (step, receive)) });
    let name = batch.file_name.rsplit(['/', '\\']).next().filter(|name| name.len() > 1).unwrap_or(&batch.id);
    Ok(visit.download(name, "application/octet-stream", Body::from_stream(steps.fuse())))
}
