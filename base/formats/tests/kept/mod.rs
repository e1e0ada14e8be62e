//! A sink that keeps what it is given, and the readers by their names.

#![allow(dead_code, reason = "each test file uses its part")]

use std::io::Read;

use manara_formats::{
    Drift, Feed, Limits, Outcome, ReadError, Reject, Row, Shadowserver, Sink, Stop, Value, read_feed, read_idea,
    read_intelmq, read_list, read_suricata, read_zeek,
};
use manara_model::{Field, Kind, Micros, is_known};
use serde_json::{Map, Value as Json, json};

/// The moment at which every test has got its file.
pub const OBSERVED: Micros = Micros(1_768_435_200_000_000);

#[derive(Debug, Default)]
pub struct Kept {
    pub rows: Vec<KeptRow>,
    pub rejects: Vec<Reject>,
    pub drift: Vec<Drift>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct KeptRow {
    pub line: u64,
    pub outcome: String,
    pub fields: Vec<(Field, Value<'static>)>,
    pub extra: String,
}

impl Sink for Kept {
    fn row(&mut self, row: Row<'_>) -> Result<(), Stop> {
        let outcome = match row.outcome {
            Outcome::Event => "event".to_string(),
            Outcome::Context(kind) => format!("context {kind}"),
        };
        let owned = |(field, value): (Field, Value<'_>)| (field, to_owned(value));
        let fields = row.fields.into_iter().map(owned).collect();
        self.rows.push(KeptRow { line: row.line, outcome, fields, extra: row.extra.to_string() });
        Ok(())
    }

    fn reject(&mut self, reject: Reject) -> Result<(), Stop> {
        self.rejects.push(reject);
        Ok(())
    }

    fn drift(&mut self, drift: Drift) {
        self.drift.push(drift);
    }
}

pub fn to_owned(value: Value<'_>) -> Value<'static> {
    match value {
        Value::Text(text) => Value::Text(text.into_owned().into()),
        Value::Ip(ip) => Value::Ip(ip),
        Value::Number(number) => Value::Number(number),
        Value::Real(number) => Value::Real(number),
        Value::Bool(truth) => Value::Bool(truth),
        Value::Time(time) => Value::Time(time),
    }
}

pub fn to_json(value: &Value<'_>) -> Json {
    match value {
        Value::Text(text) => json!(text),
        Value::Ip(ip) => json!(ip.to_string()),
        Value::Number(number) => json!(number),
        Value::Real(number) => json!(number),
        Value::Bool(truth) => json!(truth),
        Value::Time(time) => json!(time.rfc3339()),
    }
}

impl KeptRow {
    pub fn to_json(&self) -> Json {
        let fields: Map<String, Json> =
            self.fields.iter().map(|(field, value)| (field.spec().intelmq.to_string(), to_json(value))).collect();
        let extra: Json = match self.extra.as_str() {
            "" => Json::Null,
            text => serde_json::from_str(text).unwrap_or_else(|error| panic!("extra is no JSON ({error}): {text}")),
        };
        json!({ "line": self.line, "outcome": self.outcome, "fields": fields, "extra": extra })
    }
}

/// What must hold of everything any reader gives.
pub fn check(kept: &Kept) {
    for row in &kept.rows {
        let mut seen = std::collections::HashSet::new();
        for (field, value) in &row.fields {
            assert!(seen.insert(*field), "{field:?} twice in {row:?}");
            let fits = match field.spec().kind {
                Kind::Text | Kind::Json => matches!(value, Value::Text(text) if !text.is_empty()),
                Kind::Ip => matches!(value, Value::Ip(_)),
                Kind::Number => matches!(value, Value::Number(_)),
                Kind::Real => matches!(value, Value::Real(number) if number.is_finite()),
                Kind::Bool => matches!(value, Value::Bool(_)),
                Kind::Time => matches!(value, Value::Time(_)),
            };
            assert!(fits, "{field:?} holds {value:?}");
        }
        assert!(seen.contains(&Field::Time), "no time: {row:?}");
        row.to_json();
        if row.outcome == "event" {
            let text = |wanted: Field| {
                row.fields.iter().find_map(|(field, value)| match value {
                    Value::Text(text) if *field == wanted => Some(text.as_ref()),
                    _ => None,
                })
            };
            let (taxonomy, kind) = (text(Field::Taxonomy), text(Field::Type));
            assert!(is_known(taxonomy.unwrap_or(""), kind.unwrap_or("")), "class {taxonomy:?} {kind:?}");
            assert!(text(Field::Identifier).is_some(), "no identifier: {row:?}");
        }
    }
    for reject in &kept.rejects {
        assert!(Reject::CODES.contains(&reject.code), "{reject:?}");
        assert!(
            reject.line > 0 && reject.raw.chars().count() <= 2_000 && reject.found.chars().count() <= 200,
            "{reject:?}"
        );
    }
}

/// The readers that a name can choose; `mapping` is the text of a feed's file, for those that need one.
pub const READERS: &[&str] = &["suricata", "zeek", "idea", "intelmq", "list", "csv", "tsv", "json", "shadowserver"];

/// A mapping for the reader when a test brings none.
pub fn mapping(reader: &str) -> String {
    format!(
        "name: test\ntitle: Test\nformat: {reader}\ncolumns:\n  time: time.source\n  ip: source.ip\n  port: source.port\n  what: source.any\n\
         constants:\n  classification.type: scanner\n"
    )
}

pub fn read(
    reader: &str,
    input: impl Read,
    feed: Option<&Feed>,
    limits: &Limits,
    sink: &mut dyn Sink,
) -> Result<(), ReadError> {
    if let Some(feed) = feed {
        return read_feed(input, feed, None, OBSERVED, limits, sink);
    }
    match reader {
        "suricata" => read_suricata(input, limits, sink),
        "zeek" => read_zeek(input, None, limits, sink),
        "idea" => read_idea(input, limits, sink),
        "intelmq" => read_intelmq(input, limits, sink),
        "list" => read_list(input, OBSERVED, &[], limits, sink),
        "shadowserver" => Shadowserver::of_type("scan_telnet").read(input, limits, sink),
        "csv" | "tsv" | "json" => {
            let feed = Feed::from_yaml("test", &mapping(reader)).expect("the mapping of the tests");
            read_feed(input, &feed, None, OBSERVED, limits, sink)
        }
        other => panic!("no reader {other}"),
    }
}
