//! Reads what a mapping file describes, whatever its format.

use std::borrow::Cow;
use std::collections::HashSet;
use std::io::Read;

use manara_model::{Field, Micros, class_of_type};

use crate::draft::{Draft, Place, SUBJECTS};
use crate::json::{Json, Kind};
use crate::json_rows::each_item;
use crate::list::{Network, add_host, read_entry};
use crate::mapping::{Column, Feed, FeedFormat, Table, Target};
use crate::{
    CsvRows, Drift, DriftKind, ExtraJson, Limits, Outcome, ReadError, Record, Reject, ReportType, Row, Shadowserver,
    Sink, Stop, Value, decode, read_idea, read_intelmq, read_list, read_suricata, read_zeek,
};

/// Reads a file of a feed. `file_name` says the report type or the log where the mapping does not; `observed` is the
/// moment the file was got, and the time of rows that have none of their own.
pub fn read_feed(
    input: impl Read,
    feed: &Feed,
    file_name: Option<&str>,
    observed: Micros,
    limits: &Limits,
    sink: &mut dyn Sink,
) -> Result<(), ReadError> {
    let mut filling = Filling { constants: &feed.constants, sink };
    let said = Some(feed.kind.as_str()).filter(|kind| !kind.is_empty());
    match feed.format {
        FeedFormat::Csv | FeedFormat::Tsv => read_csv(input, feed, observed, limits, filling.sink),
        FeedFormat::Json => read_json(input, feed, observed, limits, filling.sink),
        FeedFormat::List => read_list(input, observed, &feed.constants, limits, filling.sink),
        FeedFormat::Suricata => read_suricata(input, limits, &mut filling),
        FeedFormat::Idea => read_idea(input, limits, &mut filling),
        FeedFormat::IntelMq => read_intelmq(input, limits, &mut filling),
        FeedFormat::Zeek => {
            let base =
                file_name.and_then(|name| name.rsplit(['/', '\\']).next()).and_then(|name| name.split('.').next());
            read_zeek(input, said.or(base), limits, &mut filling)
        }
        FeedFormat::Shadowserver => {
            let id = said.or_else(|| file_name.and_then(ReportType::id_in_file_name)).ok_or_else(|| {
                ReadError::NotThisFormat {
                    line: 0,
                    found: format!("no report type in the file name {}", file_name.unwrap_or("-")),
                    expected: "a name such as 2026-01-15-scan_telnet-zz-geo.csv, or kind: in the mapping file"
                        .to_string(),
                }
            })?;
            Shadowserver::of_type(id).read(input, limits, &mut filling)
        }
    }
}

/// Gives the events of other readers the feed's own fields, where they have none.
struct Filling<'s> {
    constants: &'s [(Field, Value<'static>)],
    sink: &'s mut dyn Sink,
}

impl Sink for Filling<'_> {
    fn row(&mut self, mut row: Row<'_>) -> Result<(), Stop> {
        if row.outcome == Outcome::Event {
            for (field, value) in self.constants {
                if row.get(*field).is_none() {
                    row.fields.push((*field, value.clone()));
                }
            }
        }
        self.sink.row(row)
    }

    fn reject(&mut self, reject: Reject) -> Result<(), Stop> {
        self.sink.reject(reject)
    }

    fn drift(&mut self, drift: Drift) {
        self.sink.drift(drift);
    }
}

/// A row on its way from columns to fields.
struct Reading<'f, 'a> {
    feed: &'f Feed,
    place: Place<'a>,
    draft: Draft<'a>,
    /// The first column that should have said whom it is about, and did not.
    bad: Option<(&'f str, &'static str, String)>,
    context: bool,
}

impl<'f, 'a> Reading<'f, 'a> {
    fn new(feed: &'f Feed, place: Place<'a>) -> Self {
        Reading { feed, place, draft: Draft::new(), bad: None, context: false }
    }

    /// Reads the value of a column; true when it needs no place in `extra`.
    fn read(&mut self, column: &'f Column, text: Cow<'a, str>, extra: &mut ExtraJson) -> Result<bool, Reject> {
        let trimmed = text.trim();
        if trimmed.is_empty() {
            return Ok(true);
        }
        self.mark(&column.name, trimmed);
        let ours = column.values.get(trimmed).or_else(|| column.values.get("*"));
        // Their own word is kept beside ours.
        let whole = ours.is_none();
        let text = ours.map_or(text, |ours| Cow::Owned(ours.clone()));
        let reject = |code, found: &str| Reject::new(self.place.line, &column.name, code, found, self.place.raw);
        match &column.target {
            Target::Extra(name) => {
                extra.text(name, &text);
                Ok(true)
            }
            Target::AnySource => match read_entry(&mut self.draft, &text, extra) {
                Ok(()) => Ok(true),
                Err(code) => Ok(self.unread(column, code, &text)),
            },
            Target::Field(Field::Type) if class_of_type(text.trim()).is_none() => Err(reject("unclassified", &text)),
            Target::Field(field) => match self.draft.read(*field, text.clone(), self.feed.zone) {
                Ok(()) => Ok(whole),
                Err("bad-time") if *field == Field::Time => Err(reject("bad-time", &text)),
                Err(code) if SUBJECTS.contains(field) => Ok(self.unread(column, code, &text)),
                Err(_) => Ok(false),
            },
        }
    }

    fn unread(&mut self, column: &'f Column, code: &'static str, text: &str) -> bool {
        if self.bad.is_none() && code != "taken" {
            self.bad = Some((&column.name, code, text.to_string()));
        }
        false
    }

    /// Notes when a value says that the row is about the feed itself.
    fn mark(&mut self, column: &str, text: &str) {
        let says = |(name, words): &(String, Vec<String>)| name == column && words.iter().any(|word| word == text);
        self.context |= self.feed.table.context.iter().any(says);
    }

    /// Completes the row and hands it on.
    fn give(mut self, observed: Micros, extra: &mut ExtraJson, sink: &mut dyn Sink) -> Result<(), Stop> {
        let columns = &self.feed.table.columns;
        if !columns.iter().any(|column| column.target == Target::Field(Field::Time)) || self.context {
            self.draft.add(Field::Time, Value::Time(observed));
        }
        if self.context {
            self.draft.fields.retain(|(field, _)| !matches!(field, Field::Taxonomy | Field::Type | Field::Identifier));
            return self.draft.give(self.place, Outcome::Context("metadata"), extra.finish(), sink);
        }
        if !self.draft.has_subject()
            && let Some((column, code, found)) = &self.bad
        {
            return sink.reject(Reject::new(self.place.line, column, code, found, self.place.raw));
        }
        if !self.draft.has(Field::SourceIp) && !self.draft.has(Field::SourceFqdn) {
            let url = self.draft.fields.iter().find_map(|(field, value)| match (field, value) {
                (Field::SourceUrl, Value::Text(url)) => Some(url.clone()),
                _ => None,
            });
            if let Some(url) = url {
                add_host(&mut self.draft, &url);
            }
        }
        let network = self.draft.fields.iter().find_map(|(field, value)| match (field, value) {
            (Field::SourceNetwork, Value::Text(text)) => Network::parse(text),
            _ => None,
        });
        if let Some(network) = network {
            self.draft.add(Field::SourceIp, Value::Ip(network.first()));
        }
        let kind = self.draft.fields.iter().find_map(|(field, value)| match (field, value) {
            (Field::Type, Value::Text(kind)) => class_of_type(kind),
            _ => None,
        });
        if let Some(taxonomy) = kind {
            self.draft.fields.retain(|(field, _)| *field != Field::Taxonomy);
            self.draft.text(Field::Taxonomy, taxonomy);
        }
        for (field, value) in &self.feed.constants {
            self.draft.add(*field, value.clone());
        }
        if !self.draft.has(Field::Type) {
            return sink.reject(Reject::new(
                self.place.line,
                "classification.type",
                "unclassified",
                "",
                self.place.raw,
            ));
        }
        self.draft.text(Field::Identifier, self.feed.name.clone());
        self.draft.give(self.place, Outcome::Event, extra.finish(), sink)
    }

    fn missing(&self, column: &str) -> Reject {
        Reject::new(self.place.line, column, "missing", "", self.place.raw)
    }
}

/// Where the columns of the mapping are in one file.
struct Plan<'f> {
    /// In the order of the mapping: place in the row, and column.
    mapped: Vec<(usize, &'f Column)>,
    /// The rest, kept in `extra`.
    rest: Vec<(usize, String)>,
    width: usize,
}

impl<'f> Plan<'f> {
    fn new(table: &'f Table, header: &[String], sink: &mut dyn Sink) -> Result<Plan<'f>, ReadError> {
        let find = |name: &str| header.iter().position(|column| column.eq_ignore_ascii_case(name));
        let mut mapped = Vec::new();
        for column in &table.columns {
            let alias = || column.aliases.iter().find_map(|alias| Some((find(alias)?, alias)));
            if let Some(at) = find(&column.name) {
                mapped.push((at, column));
            } else if let Some((at, alias)) = alias() {
                sink.drift(Drift { kind: DriftKind::Renamed, column: format!("{} ← {alias}", column.name) });
                mapped.push((at, column));
            } else if column.required || column.target == Target::Field(Field::Time) {
                let names = [vec![column.name.clone()], column.aliases.clone()].concat();
                let wanted = if column.required { "a required value" } else { "the time" };
                return Err(ReadError::NoColumn { wanted, expected: names.join(", ") });
            } else {
                sink.drift(Drift { kind: DriftKind::Missing, column: column.name.clone() });
            }
        }
        let subject = |column: &Column| match &column.target {
            Target::AnySource => true,
            Target::Field(field) => SUBJECTS.contains(field),
            Target::Extra(_) => false,
        };
        if !mapped.iter().any(|(_, column)| subject(column)) {
            let names: Vec<&str> = table.columns.iter().filter(|c| subject(c)).map(|c| c.name.as_str()).collect();
            return Err(ReadError::NoColumn { wanted: "the address", expected: names.join(", ") });
        }
        let mut rest = Vec::new();
        for (at, name) in header.iter().enumerate() {
            if !mapped.iter().any(|(place, _)| *place == at) {
                sink.drift(Drift { kind: DriftKind::Added, column: name.clone() });
                rest.push((at, name.clone()));
            }
        }
        Ok(Plan { mapped, rest, width: header.len() })
    }
}

fn names(text: &str, record: &Record) -> Vec<String> {
    let name = |at| record.text(text, at).unwrap_or_default().trim().trim_matches('"').to_string();
    (0..record.len()).map(name).collect()
}

fn read_csv(
    input: impl Read,
    feed: &Feed,
    observed: Micros,
    limits: &Limits,
    sink: &mut dyn Sink,
) -> Result<(), ReadError> {
    let table = &feed.table;
    let mut rows = CsvRows::new(input, table.delimiter, limits);
    let mut record = Record::default();
    let mut extra = ExtraJson::default();
    let mut plan = match table.header.is_empty() {
        true => None,
        false => Some(Plan::new(table, &table.header, sink)?),
    };
    let time_column = table.columns.iter().find(|column| column.target == Target::Field(Field::Time));
    let time_column = time_column.map_or("", |column| column.name.as_str());
    // The last comment before the first row may be the header.
    let mut last_comment = Vec::new();
    let mut empty = true;
    loop {
        // Until the header is known no row may swallow the next one for an open quote.
        let width = plan.as_ref().map_or(usize::MAX, |plan: &Plan<'_>| plan.width);
        let Some(row) = rows.next(&mut record, width)? else { break };
        empty = false;
        let text = decode(row.raw);
        if let Some(comment) = text.strip_prefix(table.comment.as_str()).filter(|_| !table.comment.is_empty()) {
            // A comment with a quote may have taken lines of rows with it: then it is told.
            if comment.contains('\n') {
                sink.reject(Reject::new(row.line, "", "open-quote", "", row.raw))?;
            }
            let comment = comment.trim_start_matches(table.comment.as_str()).trim();
            if plan.is_none() && comment.as_bytes().contains(&table.delimiter) && comment.len() < 10_000 {
                record.split(comment.as_bytes(), table.delimiter);
                last_comment = names(comment, &record);
            }
            continue;
        }
        if let Some(code) = row.broken {
            sink.reject(Reject::new(row.line, "", code, "", row.raw))?;
            continue;
        }
        record.split(text.as_bytes(), table.delimiter);
        let plan = match &plan {
            Some(plan) => plan,
            None => {
                if record.len() > limits.columns {
                    return Err(ReadError::NotThisFormat {
                        line: row.line,
                        found: format!("a header of {} columns", record.len()),
                        expected: format!("at most {}", limits.columns),
                    });
                }
                let header = names(&text, &record);
                let hits = |header: &[String]| {
                    let known = |name: &String| {
                        let same = |other: &String| other.eq_ignore_ascii_case(name);
                        table.columns.iter().any(|column| same(&column.name) || column.aliases.iter().any(same))
                    };
                    header.iter().filter(|name| known(name)).count()
                };
                let in_comment = hits(&last_comment) > hits(&header);
                let made = Plan::new(table, if in_comment { &last_comment } else { &header }, sink)?;
                let made = plan.insert(made);
                if !in_comment {
                    continue;
                }
                made
            }
        };
        if record.len() != plan.width {
            let found = format!("{} fields; the header has {}", record.len(), plan.width);
            sink.reject(Reject::new(row.line, "", "field-count", &found, row.raw))?;
            continue;
        }
        let place = Place { line: row.line, raw: row.raw, time_column, nth: 0 };
        extra.clear();
        let reading = Reading::new(feed, place);
        match read_cells(reading, plan, &text, &record, &mut extra) {
            Ok(reading) => reading.give(observed, &mut extra, sink)?,
            Err(reject) => sink.reject(reject)?,
        }
    }
    if empty { Err(ReadError::Empty) } else { Ok(()) }
}

fn read_cells<'f, 'a>(
    mut reading: Reading<'f, 'a>,
    plan: &Plan<'f>,
    text: &'a str,
    record: &Record,
    extra: &mut ExtraJson,
) -> Result<Reading<'f, 'a>, Reject> {
    for (at, column) in &plan.mapped {
        let cell = record.text(text, *at).unwrap_or_default();
        if cell.trim().is_empty() {
            if column.required && !reading.context {
                return Err(reading.missing(&column.name));
            }
            continue;
        }
        if !reading.read(column, cell.clone(), extra)? {
            extra.text(&column.name, &cell);
        }
    }
    for (at, name) in &plan.rest {
        let cell = record.text(text, *at).unwrap_or_default();
        if !cell.is_empty() {
            reading.mark(name, cell.trim());
            extra.text(name, &cell);
        }
    }
    Ok(reading)
}

fn read_json(
    input: impl Read,
    feed: &Feed,
    observed: Micros,
    limits: &Limits,
    sink: &mut dyn Sink,
) -> Result<(), ReadError> {
    let time_column = feed.table.columns.iter().find(|column| column.target == Target::Field(Field::Time));
    let time_column = time_column.map_or("", |column| column.name.as_str());
    let mut seen: HashSet<&str> = HashSet::new();
    let mut any = false;
    each_item(input, time_column, limits, sink, |place, json, extra, sink| {
        any = true;
        let mut used: HashSet<&str> = HashSet::new();
        match read_members(Reading::new(feed, place), json, &mut used, extra) {
            Ok(reading) => {
                seen.extend(used.iter());
                for (name, value) in json.members() {
                    keep(&name, value, &used, extra);
                }
                reading.give(observed, extra, sink)
            }
            Err(reject) => sink.reject(reject),
        }
    })?;
    for column in feed.table.columns.iter().filter(|_| any) {
        if seen.contains(column.name.as_str()) {
            continue;
        }
        match column.aliases.iter().find(|alias| seen.contains(alias.as_str())) {
            Some(alias) => {
                sink.drift(Drift { kind: DriftKind::Renamed, column: format!("{} ← {alias}", column.name) })
            }
            None => sink.drift(Drift { kind: DriftKind::Missing, column: column.name.clone() }),
        }
    }
    Ok(())
}

fn read_members<'f, 'a>(
    mut reading: Reading<'f, 'a>,
    json: Json<'a>,
    used: &mut HashSet<&'f str>,
    extra: &mut ExtraJson,
) -> Result<Reading<'f, 'a>, Reject> {
    for (name, words) in &reading.feed.table.context {
        let value = json.path(name).and_then(|value| value.scalar());
        reading.context |= value.is_some_and(|text| words.iter().any(|word| *word == text));
    }
    for column in &reading.feed.table.columns {
        let names = std::iter::once(&column.name).chain(&column.aliases);
        let found =
            names.filter_map(|name| Some((name, json.path(name)?))).find(|(_, value)| value.kind() != Kind::Null);
        let value = found.and_then(|(name, value)| Some((name, value, only_scalar(value)?)));
        match value {
            Some((name, value, text)) if !text.trim().is_empty() => match &column.target {
                // In `extra` a value keeps its own kind.
                Target::Extra(target) => {
                    extra.json(target, value.raw());
                    used.insert(name);
                }
                _ => {
                    if reading.read(column, text, extra)? {
                        used.insert(name);
                    }
                }
            },
            _ if column.required && !reading.context => return Err(reading.missing(&column.name)),
            _ => {}
        }
    }
    Ok(reading)
}

/// A scalar, also when it stands alone in an array.
fn only_scalar(value: Json<'_>) -> Option<Cow<'_, str>> {
    let mut items = value.items();
    let only = items.next()?;
    if items.next().is_some() { None } else { only.scalar() }
}

/// Keeps in `extra` what no column has taken.
fn keep(name: &str, value: Json<'_>, used: &HashSet<&str>, extra: &mut ExtraJson) {
    if used.contains(name) || value.kind() == Kind::Null {
        return;
    }
    let inside = |path: &str| path.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'));
    if value.kind() == Kind::Object && used.iter().any(|path| inside(path)) {
        for (inner, value) in value.members() {
            keep(&format!("{name}.{inner}"), value, used, extra);
        }
        return;
    }
    extra.json(name, value.raw());
}
