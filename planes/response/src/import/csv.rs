//! Incidents of a table. What a cell holds is kept as it stands, formulas too: it is text here, and neutral again where it
//! leaves as a table.

use std::io::{Cursor, Read};

use manara_formats::{CsvRows, Limits, Record, SourceZone, decode, delimiter_of, parse_time};
use manara_model::{Micros, Severity, Tlp};
use sha2::{Digest as _, Sha256};

use super::value::{Facts, UNCLASSIFIED, class, clean, observe};
use super::{Becomes, Fault, Foreign, Reading, Refused, Text, Voice, sound};
use crate::incident::State;

/// The columns that are known; others are kept as facts.
const COLUMNS: [&str; 13] = [
    "number",
    "title",
    "class",
    "taxonomy",
    "type",
    "severity",
    "tlp",
    "state",
    "owner",
    "created",
    "closed",
    "note",
    "observables",
];
/// Bytes of the file in which its header ends.
const HEAD_BYTES: u64 = 64 << 10;

type Input = std::io::Chain<Cursor<Vec<u8>>, Box<dyn Read>>;

/// The rows of a table.
pub(super) struct Rows {
    rows: Option<CsvRows<Input>>,
    error: Option<std::io::Error>,
    reading: Reading,
    header: Vec<String>,
    record: Record,
}

impl Rows {
    pub(super) fn new<R: Read + 'static>(input: R, reading: Reading) -> Self {
        let mut this = Rows { rows: None, error: None, reading, header: Vec::new(), record: Record::default() };
        match this.begin(Box::new(input)) {
            Ok(rows) => this.rows = Some(rows),
            Err(error) => this.error = Some(error),
        }
        this
    }

    /// Reads the header.
    fn begin(&mut self, mut input: Box<dyn Read>) -> std::io::Result<CsvRows<Input>> {
        let mut head = Vec::new();
        (&mut input).take(HEAD_BYTES).read_to_end(&mut head)?;
        let name = |name: &str| name.trim().trim_matches('"').to_lowercase();
        let delimiter = {
            let text = decode(head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&head));
            delimiter_of(&text, b"\t;,", |column| COLUMNS.contains(&name(column).as_str()))
        };
        let mut rows = CsvRows::new(Cursor::new(head).chain(input), delimiter, &Limits::default());
        if let Some(row) = rows.next(&mut self.record, 0)? {
            let raw = row.raw.to_vec();
            self.header = (0..self.record.len()).map(|at| name(&cell(&self.record, &raw, at))).collect();
        }
        if !self.header.iter().any(|column| column == "title") {
            let message = format!("line 1 is no header with a column title; expected some of {}", COLUMNS.join(", "));
            return Err(std::io::Error::new(std::io::ErrorKind::InvalidData, message));
        }
        Ok(rows)
    }
}

fn cell(record: &Record, raw: &[u8], at: usize) -> String {
    record.get(raw, at).map(|bytes| clean(&decode(&bytes))).unwrap_or_default()
}

impl Iterator for Rows {
    type Item = std::io::Result<Result<Foreign, Refused>>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(error) = self.error.take() {
            self.rows = None;
            return Some(Err(error));
        }
        let width = self.header.len();
        let row = match self.rows.as_mut()?.next(&mut self.record, width) {
            Ok(row) => row?,
            Err(error) => {
                self.rows = None;
                return Some(Err(error));
            }
        };
        let (place, raw, broken) = (format!("line {}", row.line), row.raw.to_vec(), row.broken);
        let cells: Vec<String> = (0..width).map(|at| cell(&self.record, &raw, at)).collect();
        let row = Row { header: &self.header, cells, raw: &raw };
        let id = row.get("number").to_string();
        let read = match broken {
            Some(code) => Err(Fault::Row(code)),
            None if self.record.len() > width => Err(Fault::Row("more cells than the header has")),
            None => row.read(&self.reading).and_then(|one| sound(one, self.reading.now)),
        };
        Some(Ok(match read {
            Ok(mut one) => {
                one.place = place;
                Ok(one)
            }
            Err(fault) => Err(Refused { place, id, why: fault.to_string() }),
        }))
    }
}

/// One row with its header.
struct Row<'a> {
    header: &'a [String],
    cells: Vec<String>,
    raw: &'a [u8],
}

impl Row<'_> {
    fn get(&self, column: &str) -> &str {
        let at = self.header.iter().position(|name| name == column);
        at.and_then(|at| self.cells.get(at)).map_or("", String::as_str)
    }

    fn read(&self, reading: &Reading) -> Result<Foreign, Fault> {
        let (number, title) = (self.get("number"), self.get("title"));
        if title.is_empty() {
            return Err(Fault::Missing("title", "what happened, in one line"));
        }
        let created = self.moment("created")?.unwrap_or(reading.now);
        let closed = self.moment("closed")?;
        let becomes = match self.get("state").to_lowercase().as_str() {
            "" if closed.is_some() => Becomes::Incident(State::Resolved, "resolved"),
            "" | "open" => Becomes::Incident(State::Open, ""),
            "new" => Becomes::Incident(State::New, ""),
            "resolved" | "closed" => Becomes::Incident(State::Resolved, "resolved"),
            "abandoned" => Becomes::Incident(State::Abandoned, "no-resolution"),
            other => return Err(Fault::value("state", other, "new, open, resolved or abandoned")),
        };
        let mut facts = Facts::default();
        for (name, said) in self.header.iter().zip(&self.cells) {
            if !COLUMNS.contains(&name.as_str()) {
                facts.add(name, said);
            }
        }
        let mut seen = Vec::new();
        for word in self.get("observables").split([' ', '\n', '\t', ',', ';']).filter(|word| !word.is_empty()) {
            if observe(&mut seen, word) == 0 && !seen.iter().any(|one: &crate::message::Seen| one.value == word) {
                facts.add("observables", word);
            }
        }
        let note = self.get("note");
        let texts = match note {
            "" => Vec::new(),
            body => vec![Text {
                at: created,
                who: String::new(),
                voice: Voice::Within,
                body: body.into(),
                message_id: String::new(),
                files: Vec::new(),
            }],
        };
        Ok(Foreign {
            key: if number.is_empty() { format!("{:x}", Sha256::digest(self.raw)) } else { number.into() },
            place: String::new(),
            label: number.into(),
            becomes,
            title: title.into(),
            class: self.class()?,
            severity: match self.get("severity") {
                "" => Severity::Medium,
                word => Severity::parse(word)
                    .ok_or_else(|| Fault::value("severity", word, "info, low, medium, high or critical"))?,
            },
            tlp: match self.get("tlp") {
                "" => reading.tlp,
                word => Tlp::parse(word)
                    .ok_or_else(|| Fault::value("tlp", word, "CLEAR, GREEN, AMBER, AMBER+STRICT or RED"))?,
            },
            owner: self.get("owner").into(),
            created,
            changed: closed.unwrap_or(created),
            closed,
            due: None,
            others: Vec::new(),
            target: Default::default(),
            facts: facts.0,
            texts,
            seen,
            tasks: Vec::new(),
            techniques: Vec::new(),
            links: Vec::new(),
            bytes: self.raw.len(),
        })
    }

    fn moment(&self, column: &'static str) -> Result<Option<Micros>, Fault> {
        match self.get(column) {
            "" => Ok(None),
            said => parse_time(said, SourceZone::Utc)
                .map(Some)
                .ok_or_else(|| Fault::value(column, said, "a time such as 2024-01-31T08:00:00Z, or a day")),
        }
    }

    /// By `type` with its `taxonomy`, or by `class`, which is a type alone or both.
    fn class(&self) -> Result<(&'static str, &'static str), Fault> {
        let said = if self.get("type").is_empty() { self.get("class") } else { self.get("type") };
        if said.is_empty() {
            return Ok(UNCLASSIFIED);
        }
        let expected = "a type of RSIT, such as phishing or fraud/phishing";
        let found = class(said).ok_or_else(|| Fault::value("class", said, expected))?;
        let taxonomy = self.get("taxonomy");
        if !taxonomy.is_empty() && taxonomy != found.0 {
            return Err(Fault::value("taxonomy", taxonomy, "the class of RSIT that the type belongs to"));
        }
        Ok(found)
    }
}
