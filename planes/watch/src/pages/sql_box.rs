//! SQL over events, context, rejects and the tables beside them, for reading.

use std::time::Instant;

use askama::Template;
use axum::extract::State;
use manara_events::own_columns;
use manara_lake::{QueryError, Rows, Tables};
use manara_model::{FIELDS, Viewer};
use manara_web::{Answer, Cell, Format, Page, PageError, Visit};

use super::{Desk, Room, event, href_of};

/// Rows shown and taken away.
const ROWS: usize = 1000;
/// Seconds a statement may take.
const SECONDS: u64 = 30;
/// Characters a statement may have.
pub(super) const LENGTH: usize = 10_000;

/// A statement to begin with.
pub(super) struct Example {
    pub key: &'static str,
    pub href: String,
}

const EXAMPLES: [(&str, &str); 4] = [
    (
        "watch-sql-example-types",
        "SELECT \"type\", COUNT(*) AS events, COUNT(DISTINCT source_ip) AS addresses\nFROM events\nGROUP BY \"type\"\nORDER BY events DESC",
    ),
    (
        "watch-sql-example-networks",
        "SELECT source_asn, source_country, COUNT(DISTINCT source_ip) AS addresses\nFROM events\nGROUP BY source_asn, source_country\nORDER BY addresses DESC\nLIMIT 50",
    ),
    (
        "watch-sql-example-unowned",
        "SELECT source_ip, COUNT(*) AS events, MAX(time) AS last_seen\nFROM events\nWHERE constituent IS NULL\nGROUP BY source_ip\nORDER BY events DESC\nLIMIT 100",
    ),
    (
        "watch-sql-example-rejects",
        "SELECT feed, code, \"column\", COUNT(*) AS refused\nFROM rejects\nGROUP BY feed, code, \"column\"\nORDER BY refused DESC",
    ),
];

/// The statements to begin with, as links.
pub(super) fn examples() -> Vec<Example> {
    EXAMPLES.iter().map(|(key, sql)| Example { key, href: href_of("/events/sql", "sql", sql) }).collect()
}

/// Why a query gave no answer, in words.
pub(super) fn words(visit: &Visit, error: &QueryError) -> String {
    match error {
        QueryError::TooSlow(seconds) => {
            let seconds = i64::try_from(*seconds).unwrap_or(i64::MAX);
            visit.t_args("watch-sql-too-slow", &[("count", seconds.into())])
        }
        QueryError::Sql(_) => visit.t("watch-sql-wrong"),
    }
}

/// A text of an answer as a cell; the empty one is nothing.
pub(super) fn cell(text: String) -> Cell {
    if text.is_empty() { Cell::Null } else { Cell::Text(text) }
}

#[derive(Template)]
#[template(path = "watch/sql.html")]
struct SqlPage {
    page: Page,
    sql: String,
    asked: bool,
    names: Vec<String>,
    rows: Vec<Vec<String>>,
    more: bool,
    seconds: String,
    trouble: Option<String>,
    detail: Option<String>,
    take_away: Vec<(&'static str, String)>,
    examples: Vec<Example>,
    fields: Vec<(&'static str, &'static str)>,
    own: Vec<(&'static str, &'static str)>,
}

struct Asked {
    names: Vec<String>,
    rows: Vec<Vec<String>>,
    more: bool,
}

pub(super) async fn ask(visit: Visit, State(room): State<Room>) -> Answer {
    let sql = visit.query("sql").unwrap_or_default().trim().trim_end_matches(';').to_string();
    if sql.chars().count() > LENGTH {
        return Err(PageError::unreadable("a statement that long"));
    }
    let started = Instant::now();
    let refused = !sql.is_empty() && holds_hidden(&room, &visit.viewer).await?;
    let outcome = match sql.is_empty() || refused {
        true => None,
        false => Some(run(&room, &visit.viewer, &sql).await?),
    };
    let format = visit.query("format").as_deref().and_then(Format::parse);
    if let (Some(format), Some(Ok(asked))) = (format, &outcome) {
        let names: Vec<&str> = asked.names.iter().map(String::as_str).collect();
        let rows: Vec<Vec<Cell>> = asked.rows.iter().map(|row| row.iter().cloned().map(cell).collect()).collect();
        return Ok(visit.export(format, "query", &names, &rows));
    }
    let page = visit.page("watch-sql-title").under("/events", "watch-events-title");
    let seconds = page.visit.locale.numbers.decimal(started.elapsed().as_secs_f64(), 1);
    let with_format = |word: &str| format!("{}&format={word}", href_of("/events/sql", "sql", &sql));
    let mut shown = SqlPage {
        page,
        asked: outcome.is_some(),
        names: Vec::new(),
        rows: Vec::new(),
        more: false,
        seconds,
        trouble: refused.then(|| visit.t("watch-sql-hidden")),
        detail: None,
        take_away: vec![
            ("web-list-csv", with_format("csv")),
            ("web-list-xlsx", with_format("xlsx")),
            ("web-list-json", with_format("json")),
        ],
        examples: examples(),
        fields: FIELDS.iter().map(|spec| (spec.column, spec.intelmq)).collect(),
        own: own_columns().iter().map(|(_, name, says)| (*name, *says)).collect(),
        sql,
    };
    let status = match outcome {
        Some(Ok(asked)) => {
            (shown.names, shown.rows, shown.more) = (asked.names, asked.rows, asked.more);
            axum::http::StatusCode::OK
        }
        Some(Err(error)) => {
            shown.trouble = Some(words(&visit, &error));
            shown.detail = matches!(error, QueryError::Sql(_)).then(|| error.to_string());
            axum::http::StatusCode::UNPROCESSABLE_ENTITY
        }
        None => axum::http::StatusCode::OK,
    };
    visit.html_status(status, &shown)
}

/// Whether the lake holds rows above the viewer's clearance. A statement of the reader's own cannot be kept from them, so it
/// is refused then.
pub(super) async fn holds_hidden(room: &Desk, viewer: &Viewer) -> Result<bool, PageError> {
    let Some(hidden) = event::hidden(viewer) else { return Ok(false) };
    for table in ["events", "context"] {
        let sql = format!("SELECT 1 FROM {table} WHERE {hidden} LIMIT 1");
        let files = room.watch.files().await?;
        let rows = room.query(&sql, files, Tables::new(), 1, SECONDS).await.map_err(PageError::internal)?;
        if !rows.is_empty() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Runs a statement over what the viewer may see.
pub(super) async fn rows_of(room: &Desk, viewer: &Viewer, sql: &str) -> Result<Result<Rows, QueryError>, PageError> {
    let names = room.lake.tables_of(sql);
    let beside = match &room.guests.beside {
        Some(beside) => beside(viewer.clone(), names).await.map_err(PageError::internal)?,
        None => Tables::new(),
    };
    let files = room.watch.files().await?;
    Ok(room.query(sql, files, beside, ROWS, SECONDS).await)
}

async fn run(room: &Desk, viewer: &Viewer, sql: &str) -> Result<Result<Asked, QueryError>, PageError> {
    let rows = rows_of(room, viewer, sql).await?;
    Ok(rows.and_then(|rows| rows.texts().map(|texts| Asked { names: rows.names(), rows: texts, more: rows.more })))
}
