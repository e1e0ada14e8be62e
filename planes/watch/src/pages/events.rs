//! Single events, searched in the lake.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use askama::Template;
use axum::extract::State;
use manara_lake::{LakeFile, LakeFiles, QueryError, Rows, Tables};
use manara_model::{CLASSES, FIELDS, Micros, Viewer};
use manara_web::{
    Answer, Ask, Cell, Choice, Filter, Key, Kind, ListSpec, ListView, Locale, Markup, Page, PageError, Sort, Visit,
};

use super::event::{self, EventLine};
use super::{Desk, Room, href_of, literal, sql_box, words_or_value};

/// Rows taken away at most.
const EXPORT_MOST: usize = 50_000;
/// Seconds a page may take, and an export.
pub(super) const PAGE_SECONDS: u64 = 30;
const EXPORT_SECONDS: u64 = 50;
/// The type of JSON lines.
pub(super) const INTELMQ_KIND: &str = "application/x-ndjson";

pub(super) static EVENTS: ListSpec = ListSpec {
    columns: &[],
    from: "events",
    only: "",
    filters: &[
        Filter { name: "q", label: "watch-events-text", kind: Kind::Contains, sql: "" },
        Filter { name: "from", label: "web-list-from", kind: Kind::FromDay, sql: "" },
        Filter { name: "until", label: "web-list-until", kind: Kind::UntilDay, sql: "" },
        Filter { name: "source_ip", label: "watch-events-source-ip", kind: Kind::Exact, sql: "" },
        Filter { name: "destination_ip", label: "watch-events-destination-ip", kind: Kind::Exact, sql: "" },
        Filter { name: "port", label: "watch-events-port", kind: Kind::Exact, sql: "" },
        Filter { name: "asn", label: "watch-events-asn", kind: Kind::Exact, sql: "" },
        Filter { name: "country", label: "watch-events-country", kind: Kind::Exact, sql: "" },
        Filter { name: "source_asn", label: "watch-events-source-asn", kind: Kind::Exact, sql: "" },
        Filter { name: "source_country", label: "watch-events-source-country", kind: Kind::Exact, sql: "" },
        Filter { name: "type", label: "watch-events-type", kind: Kind::Pick, sql: "" },
        Filter {
            name: "severity",
            label: "watch-events-severity",
            kind: Kind::Choice { values: &["critical", "high", "medium", "low", "info"], words: "web-severity-" },
            sql: "",
        },
        Filter { name: "constituent", label: "watch-events-constituent", kind: Kind::Exact, sql: "" },
        Filter { name: "feed", label: "watch-events-feed", kind: Kind::Pick, sql: "" },
        Filter { name: "batch", label: "watch-events-batch", kind: Kind::Exact, sql: "" },
        Filter { name: "finding", label: "watch-events-finding", kind: Kind::Exact, sql: "" },
        Filter {
            name: "table",
            label: "watch-events-table",
            kind: Kind::Choice { values: &["context"], words: "watch-events-table-" },
            sql: "",
        },
        Filter { name: "context", label: "watch-events-context", kind: Kind::Exact, sql: "" },
    ],
    sorts: &[Sort { name: "time", label: "watch-events-time", column: "time", key: Key::Text, descending: true }],
    key: "line",
    key_kind: Key::Text,
};

pub(super) const EXPORT_COLUMNS: [&str; 30] = [
    "time",
    "feed",
    "batch",
    "line",
    "taxonomy",
    "type",
    "identifier",
    "severity",
    "source_ip",
    "source_port",
    "source_asn",
    "source_as_name",
    "source_country",
    "source_fqdn",
    "source_url",
    "source_account",
    "destination_ip",
    "destination_port",
    "destination_fqdn",
    "destination_url",
    "protocol_transport",
    "protocol_application",
    "malware_name",
    "constituent",
    "constituent_id",
    "asset",
    "subject",
    "finding",
    "tlp",
    "extra",
];

/// Where a page ended: the next one begins after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub time: Micros,
    pub batch: String,
    pub line: i64,
}

impl Place {
    pub fn text(&self) -> String {
        format!("{}.{}.{}", self.time.0, self.batch, self.line)
    }

    pub fn parse(text: &str) -> Option<Place> {
        let (time, rest) = text.split_once('.')?;
        let (batch, line) = rest.split_once('.')?;
        let is_batch = is_batch_id(batch);
        is_batch.then_some(())?;
        Some(Place { time: Micros(time.parse().ok()?), batch: batch.to_string(), line: line.parse().ok()? })
    }

    /// The events after it, newest first. The first condition lets whole files be passed over.
    fn condition(&self) -> String {
        let (time, batch, line) = (event::moment(self.time), literal(&self.batch), self.line);
        format!("\"time\" <= {time} AND (\"time\" < {time} OR batch < {batch} OR (batch = {batch} AND line < {line}))")
    }
}

/// Whether a text can be the id of a batch: a UUID.
pub(super) fn is_batch_id(text: &str) -> bool {
    text.len() == 36 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b) || b == b'-')
}

/// What the filters say, as SQL. Every value is either checked or a literal.
pub(super) fn conditions(
    value: impl Fn(&str) -> Option<String>,
    viewer: &Viewer,
    locale: Locale,
) -> Result<Vec<String>, PageError> {
    let refuse = |name: &str| PageError::unreadable(format!("the events cannot be searched by this {name}"));
    let mut all: Vec<String> = event::visible(viewer).into_iter().collect();
    if let Some(from) = value("from").and_then(|text| locale.day_start(&text, 0)) {
        all.push(format!("\"time\" >= {}", event::moment(from)));
    }
    if let Some(until) = value("until").and_then(|text| locale.day_start(&text, 1)) {
        all.push(format!("\"time\" < {}", event::moment(until)));
    }
    for (name, column) in [("source_ip", "source_ip"), ("destination_ip", "destination_ip")] {
        if let Some(text) = value(name) {
            all.push(address(column, &text).ok_or_else(|| refuse(name))?);
        }
    }
    if let Some(text) = value("port") {
        let port: u16 = text.parse().map_err(|_| refuse("port"))?;
        all.push(format!("(source_port = {port} OR destination_port = {port})"));
    }
    if let Some(text) = value("asn") {
        let asn = as_number(&text).ok_or_else(|| refuse("asn"))?;
        all.push(format!("(source_asn = {asn} OR destination_asn = {asn})"));
    }
    if let Some(text) = value("country") {
        let country = two_letters(&text).ok_or_else(|| refuse("country"))?;
        all.push(format!("(source_country = {country} OR destination_country = {country})"));
    }
    if let Some(text) = value("source_asn") {
        all.push(format!("source_asn = {}", as_number(&text).ok_or_else(|| refuse("source_asn"))?));
    }
    if let Some(text) = value("source_country") {
        all.push(format!("source_country = {}", two_letters(&text).ok_or_else(|| refuse("source_country"))?));
    }
    for (name, column) in [("type", "\"type\""), ("severity", "severity"), ("feed", "feed"), ("context", "context")] {
        if let Some(text) = value(name) {
            all.push(format!("{column} = {}", literal(&text)));
        }
    }
    if let Some(text) = value("batch") {
        all.push(format!("batch = {}", literal(&is_batch_id(&text).then_some(text).ok_or_else(|| refuse("batch"))?)));
    }
    if let Some(text) = value("finding") {
        let is_id = text.len() == 32 && text.bytes().all(|b| b.is_ascii_hexdigit());
        all.push(format!("finding = {}", literal(&is_id.then_some(text).ok_or_else(|| refuse("finding"))?)));
    }
    if let Some(text) = value("constituent") {
        let part = literal(&text.to_lowercase());
        all.push(format!("(constituent_id = {} OR strpos(lower(constituent), {part}) > 0)", literal(&text)));
    }
    if let Some(text) = value("q") {
        let part = literal(&text.to_lowercase());
        let columns =
            ["subject", "identifier", "malware_name", "asset", "source_fqdn", "source_url", "event_description_text"];
        let any: Vec<String> = columns.iter().map(|column| format!("strpos(lower({column}), {part}) > 0")).collect();
        all.push(format!("({})", any.join(" OR ")));
    }
    Ok(all)
}

/// An AS number, with or without the letters before it.
fn as_number(text: &str) -> Option<u32> {
    text.trim_start_matches(['A', 'a', 'S', 's']).parse().ok()
}

/// The letters of a country as a literal.
fn two_letters(text: &str) -> Option<String> {
    let good = text.len() == 2 && text.bytes().all(|b| b.is_ascii_alphabetic());
    good.then(|| literal(&text.to_ascii_uppercase()))
}

/// An address, or the beginning of one that ends with a dot or a colon.
fn address(column: &str, text: &str) -> Option<String> {
    if let Ok(ip) = text.parse::<IpAddr>() {
        return Some(format!("{column} = {}", literal(&ip.to_string())));
    }
    let beginning = text.ends_with(['.', ':']) && text.bytes().all(|b| b.is_ascii_hexdigit() || b == b'.' || b == b':');
    beginning.then(|| format!("starts_with({column}, {})", literal(&text.to_ascii_lowercase())))
}

const MINUTE: i64 = 60 * 1_000_000;
const HOUR: i64 = 60 * MINUTE;
/// What the first look should read, in bytes of the lake: some thousand events.
const FIRST_LOOK: i64 = 256 * 1024;

/// How far back to look, step by step, so that the newest rows are found without reading the years before them.
fn steps(files: &[LakeFile], from: Option<Micros>) -> Vec<Option<Micros>> {
    let newest = files.iter().map(|file| file.time_max).max().unwrap_or_default();
    let newest = from.map_or(newest, |from| from.0.min(newest));
    let oldest = files.iter().map(|file| file.time_min).min().unwrap_or_default();
    let mut steps: Vec<Option<Micros>> = [first_look(files, newest), HOUR, 24 * HOUR, 7 * 24 * HOUR, 60 * 24 * HOUR]
        .into_iter()
        .map(|back| Micros(newest.saturating_sub(back)))
        .filter(|moment| moment.0 > oldest)
        .map(Some)
        .collect();
    steps.dedup();
    steps.push(None);
    steps
}

/// How far back the first look goes: an hour, and less where so much comes in an hour that less will do.
fn first_look(files: &[LakeFile], newest: i64) -> i64 {
    let of_the_hour = files.iter().filter(|file| file.time_min <= newest && file.time_max >= newest - HOUR);
    let an_hour: i64 = of_the_hour
        .map(|file| {
            let bytes = i64::try_from(file.bytes).unwrap_or(i64::MAX);
            let hours = (file.time_max - file.time_min) / HOUR + 1;
            bytes / hours
        })
        .fold(0, i64::saturating_add);
    if an_hour <= FIRST_LOOK { HOUR } else { (HOUR / (an_hour / FIRST_LOOK + 1)).max(MINUTE) }
}

#[derive(Template)]
#[template(path = "watch/events.html")]
struct EventsPage {
    page: Page,
    list: ListView,
    rows: Vec<EventLine>,
    trouble: Option<String>,
    is_context: bool,
    none_yet: bool,
    examples: Vec<sql_box::Example>,
}

impl EventsPage {
    fn kind(&self, event: &EventLine) -> String {
        words_or_value(&self.page, "web-type-", &event.kind)
    }

    fn network(&self, event: &EventLine) -> Markup {
        self.page.mono(&format!("AS{}", event.asn))
    }

    fn href(&self, name: &str, value: &str) -> String {
        href_of("/events", name, value)
    }
}

pub(super) async fn list(visit: Visit, State(room): State<Room>) -> Answer {
    let ask = EVENTS.read(&visit)?;
    let conditions = conditions(|name| ask.value(name).map(str::to_string), &visit.viewer, visit.locale)?;
    let table = if ask.value("table") == Some("context") { "context" } else { "events" };
    let files = room.watch.files().await?;
    if let Some(format) = ask.format() {
        let rows = taken_away(&room, table, &conditions, files).await?;
        return Ok(visit.export(format, table, &EXPORT_COLUMNS, &rows));
    }
    let place = match visit.query("page") {
        Some(text) => Some(Place::parse(&text).ok_or_else(|| PageError::unreadable("page"))?),
        None => None,
    };
    let of_table = if table == "context" { &files.context } else { &files.events };
    let none_yet = of_table.is_empty();
    let (mut rows, trouble) =
        match newest(&room, &ask, (table, &event::columns()), &conditions, place.as_ref(), &files, event::lines).await?
        {
            Ok(rows) => (rows, None),
            Err(error) => (Vec::new(), Some(sql_box::words(&visit, &error))),
        };
    let more = rows.len() > ask.rows();
    rows.truncate(ask.rows());
    let next =
        rows.last().filter(|_| more).map(|last| Place { time: last.time, batch: last.batch.clone(), line: last.line });
    let feeds = room.watch.feed_names().await?;
    let types = CLASSES.iter().flat_map(|class| class.types);
    let list = ask
        .view_of(&visit, rows.len(), next.map(|place| ("page", place.text())))
        .with_choices("feed", feeds.into_iter().map(|name| Choice { value: name.clone(), label: name }).collect())
        .with_choices(
            "type",
            types
                .map(|kind| Choice { value: kind.value.into(), label: visit.t(&format!("web-type-{}", kind.value)) })
                .collect(),
        );
    let what = if table == "context" { "watch-events-context" } else { "watch-events-what" };
    let columns = [
        ("feed", "watch-events-feed"),
        ("what", what),
        ("source", "watch-events-source"),
        ("network", "watch-events-network"),
        ("destination", "watch-events-destination"),
        ("severity", "watch-events-severity"),
        ("constituent", "watch-events-constituent"),
        ("leads", "watch-events-leads"),
    ];
    let list = list.with_columns(&visit, &columns);
    let page = visit.page("watch-events-title");
    let (is_context, examples) = (table == "context", sql_box::examples());
    visit.html(&EventsPage { page, list, rows, trouble, is_context, none_yet, examples })
}

/// Answers of the lake that pages asked for, kept while it holds the same files, which never change: most readers open the same
/// first pages.
#[derive(Default)]
pub(super) struct Looked(Mutex<(Option<LakeFiles>, HashMap<String, Rows>)>);

/// Answers kept at once, each of a page of rows; with one more all are forgotten.
const LOOKED_MOST: usize = 64;

impl Looked {
    fn answer(&self, files: &LakeFiles, sql: &str) -> Option<Rows> {
        let (of, answers) = &*self.0.lock().unwrap_or_else(PoisonError::into_inner);
        answers.get(sql).filter(|_| of.as_ref() == Some(files)).cloned()
    }

    fn keep(&self, files: &LakeFiles, sql: String, rows: Rows) -> Rows {
        let (of, answers) = &mut *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if answers.len() >= LOOKED_MOST || of.as_ref() != Some(files) {
            answers.clear();
            *of = Some(files.clone());
        }
        answers.insert(sql, rows.clone());
        rows
    }
}

/// The newest rows after a place, one more than asked for when there are more.
pub(super) async fn newest<T>(
    room: &Desk,
    ask: &Ask,
    (table, columns): (&str, &str),
    conditions: &[String],
    place: Option<&Place>,
    files: &LakeFiles,
    read: impl Fn(&Rows) -> Result<Vec<T>, PageError>,
) -> Result<Result<Vec<T>, QueryError>, PageError> {
    let wanted = ask.rows() + 1;
    let of_table = if table == "context" { &files.context } else { &files.events };
    // A batch or a finding is found by its own files; looking back in steps would only repeat the work.
    let steps = match (ask.value("batch"), ask.value("finding")) {
        (None, None) => steps(of_table, place.map(|place| place.time)),
        _ => vec![None],
    };
    let mut found = Vec::new();
    for since in steps {
        let mut all = conditions.to_vec();
        all.extend(place.map(Place::condition));
        all.extend(since.map(|since| format!("\"time\" >= {}", event::moment(since))));
        let sql = select(columns, table, &all, wanted);
        let rows = match room.looked.answer(files, &sql) {
            Some(rows) => rows,
            None => match room.query(&sql, files.clone(), Tables::new(), wanted, PAGE_SECONDS).await {
                Ok(rows) => room.looked.keep(files, sql, rows),
                Err(error) => return Ok(Err(error)),
            },
        };
        found = read(&rows)?;
        if found.len() >= wanted {
            break;
        }
    }
    Ok(Ok(found))
}

fn select(columns: &str, table: &str, conditions: &[String], limit: usize) -> String {
    let where_ = if conditions.is_empty() { String::new() } else { format!(" WHERE {}", conditions.join(" AND ")) };
    format!("SELECT {columns} FROM {table}{where_} ORDER BY \"time\" DESC, batch DESC, line DESC LIMIT {limit}")
}

/// `GET /events/intelmq`: what the list shows, whole, as IntelMQ reads it.
pub(super) async fn intelmq(visit: Visit, State(room): State<Room>) -> Answer {
    let ask = EVENTS.read(&visit)?;
    let lines = intelmq_of(&visit, &room, &ask).await?;
    Ok(visit.download("events.jsonl", INTELMQ_KIND, lines))
}

/// What a list asks for, as JSON lines with IntelMQ's keys.
pub(super) async fn intelmq_of(visit: &Visit, room: &Desk, ask: &Ask) -> Result<String, PageError> {
    let conditions = conditions(|name| ask.value(name).map(str::to_string), &visit.viewer, visit.locale)?;
    let table = if ask.value("table") == Some("context") { "context" } else { "events" };
    let columns: Vec<&str> = FIELDS.iter().map(|spec| spec.column).collect();
    let rows = all_of(room, (table, &columns), &conditions, room.watch.files().await?).await?;
    Ok(crate::intelmq_lines(&rows).map_err(PageError::internal)?.unwrap_or_default())
}

/// Every row that an export takes.
async fn all_of(
    room: &Desk,
    (table, columns): (&str, &[&str]),
    conditions: &[String],
    files: LakeFiles,
) -> Result<Rows, PageError> {
    let sql = select(&event::names(columns), table, conditions, EXPORT_MOST);
    let rows = room.query(&sql, files, Tables::new(), EXPORT_MOST, EXPORT_SECONDS).await;
    rows.map_err(|error| match error {
        QueryError::TooSlow(_) => manara_web::Fault::Unavailable.into(),
        other => PageError::internal(other),
    })
}

async fn taken_away(
    room: &Desk,
    table: &str,
    conditions: &[String],
    files: LakeFiles,
) -> Result<Vec<Vec<Cell>>, PageError> {
    let rows = all_of(room, (table, &EXPORT_COLUMNS), conditions, files).await?;
    let texts = rows.texts().map_err(PageError::internal)?;
    Ok(texts.into_iter().map(|row| row.into_iter().map(sql_box::cell).collect()).collect())
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use manara_lake::LakeFile;
    use manara_model::{Micros, Tlp, Viewer};

    use super::{Place, address, conditions, steps};

    fn sql(pairs: &[(&str, &str)]) -> Result<String, ()> {
        let viewer = Viewer::cleared("x", Tlp::Red);
        let value = |name: &str| pairs.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_string());
        conditions(value, &viewer, manara_web::Lang::En.into()).map(|all| all.join(" AND ")).map_err(|_| ())
    }

    #[test]
    fn a_filter_becomes_checked_values_or_literals() {
        for (pairs, want) in [
            (vec![("port", "23")], "(source_port = 23 OR destination_port = 23)"),
            (vec![("asn", "AS64500")], "(source_asn = 64500 OR destination_asn = 64500)"),
            (vec![("source_ip", "2001:DB8::1")], "source_ip = '2001:db8::1'"),
            (vec![("source_ip", "192.0.2.")], "starts_with(source_ip, '192.0.2.')"),
            (vec![("country", "zz")], "(source_country = 'ZZ' OR destination_country = 'ZZ')"),
            (vec![("feed", "x' OR 1=1 --")], "feed = 'x'' OR 1=1 --'"),
            (vec![("from", "2026-11-21")], "\"time\" >= '2026-11-21T00:00:00.000000Z'"),
            (vec![("until", "2026-11-21")], "\"time\" < '2026-11-22T00:00:00.000000Z'"),
        ] {
            assert_eq!(sql(&pairs).as_deref(), Ok(want), "{pairs:?}");
        }
        for bad in [
            ("port", "70000"),
            ("asn", "x"),
            ("source_ip", "192.0.2.1' --"),
            ("country", "'''"),
            ("batch", "x"),
            ("finding", "z"),
        ] {
            assert!(sql(&[bad]).is_err(), "{bad:?}");
        }
        assert!(sql(&[("q", "a'b")]).unwrap().contains("'a''b'"));
    }

    #[test]
    fn an_address_may_be_begun() {
        assert_eq!(address("source_ip", "10.").as_deref(), Some("starts_with(source_ip, '10.')"));
        assert_eq!(address("source_ip", "10"), None);
        assert_eq!(address("source_ip", "x."), None);
    }

    #[test]
    fn a_place_survives_its_text_and_nothing_else_is_one() {
        let place = Place {
            time: Micros(1_700_000_000_000_001),
            batch: "0190a1b2-0000-7000-8000-000000000001".into(),
            line: 42,
        };
        assert_eq!(Place::parse(&place.text()), Some(place));
        for bad in
            ["", "1.2", "1.x.3", "x.0190a1b2-0000-7000-8000-000000000001.1", "1.0190a1b2-0000-7000-8000-00000000000'.1"]
        {
            assert_eq!(Place::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn looking_back_ends_with_everything() {
        let file = |from: i64, to: i64| LakeFile {
            path: PathBuf::new(),
            bytes: 0,
            feed: "f".into(),
            batch: "b".into(),
            time_min: from * Micros::DAY,
            time_max: to * Micros::DAY,
        };
        assert_eq!(steps(&[], None), [None]);
        let hours = |steps: Vec<Option<Micros>>| -> Vec<Option<i64>> {
            steps.into_iter().map(|s| s.map(|s| s.0 / (Micros::DAY / 24))).collect()
        };
        let day = |day: i64| Some(day * 24);
        let begin = Some(100 * 24 - 1);
        assert_eq!(hours(steps(&[file(0, 10), file(50, 100)], None)), [begin, day(99), day(93), day(40), None]);
        assert_eq!(hours(steps(&[file(95, 100)], None)), [begin, day(99), None]);
        let before = Some(Micros(50 * Micros::DAY));
        assert_eq!(hours(steps(&[file(0, 100)], before)), [Some(50 * 24 - 1), day(49), day(43), None]);
        // Much in every hour: a part of an hour is enough to begin with, but never less than a minute.
        let first = |bytes: u64| steps(&[LakeFile { bytes, ..file(99, 100) }], None).first().copied().flatten();
        let minutes = |back: i64| Some(Micros(100 * Micros::DAY - back * 60 * 1_000_000));
        assert_eq!(first(25 * 256 * 1024), minutes(60));
        assert_eq!(first(25 * 1024 * 1024), minutes(12));
        assert_eq!(first(u64::MAX), minutes(1));
    }
}
