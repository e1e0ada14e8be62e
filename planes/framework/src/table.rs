//! Answers as a table: `item,respondent,organisation,role,level,state,comment,evidence`.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::io::Read;

use crate::assessment::{LABEL_CHARS, NAME_CHARS, line};
use crate::catalogue::Catalogue;
use crate::exchange::plain;
use crate::jobs::{Given, Refusal};
use crate::sheet::Action;

/// The columns, in the order they are written; they are read in any.
pub const HEAD: [&str; 8] = ["item", "respondent", "organisation", "role", "level", "state", "comment", "evidence"];
/// Bytes of a table.
pub const TABLE_BYTES: usize = 8 << 20;
/// Rows of a table.
pub const ROWS: usize = 100_000;
/// What stands for "does not apply" among the levels.
pub const NOT_APPLICABLE: &str = "n/a";
/// Refused rows that are told.
const TOLD: usize = 1_000;

/// A row that can be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The line, from 1.
    pub line: u64,
    /// The name of the respondent.
    pub respondent: String,
    /// Whom they speak for.
    pub organisation: String,
    /// What they are there.
    pub role: String,
    /// What they say.
    pub given: Given,
    /// The documents and addresses they name, separated by `|` in the table.
    pub evidence: Vec<String>,
}

/// A row that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Refused {
    /// The line, from 1.
    pub line: u64,
    /// The column.
    pub column: &'static str,
    /// Why, and what was expected.
    pub reason: String,
}

/// Reads a table; what cannot be taken is told with its line. The whole is refused only when it is no table of answers.
pub fn read_table(catalogue: &Catalogue, input: impl Read) -> Result<(Vec<Row>, Vec<Refused>), Refused> {
    let whole = |line: u64, column: &'static str, reason: String| Refused { line, column, reason };
    // One byte more shows that it is too long.
    let mut bytes = Vec::new();
    let read = input.take(TABLE_BYTES as u64 + 1).read_to_end(&mut bytes);
    read.map_err(|error| whole(0, "", error.to_string()))?;
    if bytes.len() > TABLE_BYTES {
        return Err(whole(0, "", format!("the table is too large; expected at most {TABLE_BYTES} bytes")));
    }
    let bytes = one_line_end(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes));
    let mut reader =
        csv::ReaderBuilder::new().delimiter(separator(&bytes)).flexible(true).from_reader(bytes.as_slice());
    let head = reader.headers().map_err(|error| whole(1, "", format!("the header is unreadable: {error}")))?.clone();
    let head: Vec<String> = head.iter().map(str::to_string).collect();
    let records = reader.records().map(|record| match record {
        Err(error) => {
            let line = error.position().map_or(0, csv::Position::line);
            Err(whole(line, "", "the line is unreadable; expected UTF-8 with commas, semicolons or tabs".into()))
        }
        Ok(record) => {
            let line = record.position().map_or(0, csv::Position::line);
            Ok((line, record.iter().map(str::to_string).collect()))
        }
    });
    read_rows(catalogue, &head, records)
}

/// What parts the columns: the sign that stands most often in the header. Spreadsheets write semicolons where a comma parts decimals.
fn separator(bytes: &[u8]) -> u8 {
    let head = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |sign: &u8| head.iter().filter(|byte| *byte == sign).count();
    // Of signs that stand there equally often the last counts: the comma.
    [b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b',')
}

/// The bytes with one sign at the end of each line: where there are two, lines are counted wrong.
pub(crate) fn one_line_end(bytes: &[u8]) -> Vec<u8> {
    let next = bytes.iter().skip(1).map(Some).chain([None]);
    bytes.iter().zip(next).filter(|both| *both != (&b'\r', Some(&b'\n'))).map(|(byte, _)| *byte).collect()
}

/// Reads rows under a header, each with its line.
pub(crate) fn read_rows(
    catalogue: &Catalogue,
    head: &[String],
    records: impl Iterator<Item = Result<(u64, Vec<String>), Refused>>,
) -> Result<(Vec<Row>, Vec<Refused>), Refused> {
    let whole = |line: u64, column: &'static str, reason: String| Refused { line, column, reason };
    let place = |name: &str| head.iter().position(|found| found.trim().eq_ignore_ascii_case(name));
    let mut places = [None; HEAD.len()];
    for (at, name) in HEAD.iter().enumerate() {
        let found = place(name);
        if found.is_none() && matches!(*name, "item" | "respondent" | "organisation" | "level") {
            return Err(whole(
                1,
                name,
                format!("the column {name} is missing; expected the header {}", HEAD.join(",")),
            ));
        }
        if let Some(slot) = places.get_mut(at) {
            *slot = found;
        }
    }
    let (mut rows, mut refused) = (Vec::new(), Vec::new());
    // What each respondent says of each item, and on which line they said it.
    let mut said: HashMap<(String, String, String), (u64, Given)> = HashMap::new();
    for (count, record) in records.enumerate() {
        if count >= ROWS {
            return Err(whole(0, "", format!("the table has too many rows; expected at most {ROWS}")));
        }
        let bad = match record {
            Err(bad) => bad,
            Ok((line, record)) => {
                let value = |name: &str| {
                    let at =
                        HEAD.iter().position(|column| *column == name).and_then(|at| places.get(at).copied().flatten());
                    plain(at.and_then(|at| record.get(at)).map_or("", String::as_str)).trim()
                };
                match row(catalogue, line, value) {
                    Ok(row) => {
                        let key = (row.respondent.clone(), row.organisation.clone(), row.given.item.clone());
                        match said.entry(key) {
                            Entry::Vacant(place) => drop(place.insert((line, row.given.clone()))),
                            Entry::Occupied(first) if first.get().1 == row.given => {}
                            Entry::Occupied(first) => {
                                let first = first.get().0;
                                refused_at(&mut refused, whole(line, "item", twice(&row.given.item, first)));
                                continue;
                            }
                        }
                        rows.push(row);
                        continue;
                    }
                    Err((column, reason)) => whole(line, column, reason),
                }
            }
        };
        refused_at(&mut refused, bad);
    }
    Ok((rows, refused))
}

fn refused_at(refused: &mut Vec<Refused>, bad: Refused) {
    if refused.len() < TOLD {
        refused.push(bad);
    }
}

fn twice(item: &str, first: u64) -> String {
    format!(
        "line {first} says something else of {item:.64} for this respondent; expected one row for each item of a respondent"
    )
}

fn row<'v>(
    catalogue: &Catalogue,
    line_number: u64,
    value: impl Fn(&str) -> &'v str,
) -> Result<Row, (&'static str, String)> {
    let name = |column: &'static str| {
        let expected = format!("expected 1 to {NAME_CHARS} characters on one line");
        line(value(column), NAME_CHARS).ok_or((column, expected))
    };
    let respondent = name("respondent")?;
    let organisation = name("organisation")?;
    let role = if value("role").is_empty() { String::new() } else { name("role")? };
    let scale = || catalogue.told.scale.iter().map(|level| level.value.to_string()).collect::<Vec<_>>().join(", ");
    let (level, not_applicable) = match value("level") {
        "" => (None, false),
        text if text.eq_ignore_ascii_case(NOT_APPLICABLE) => (None, true),
        text => {
            let level = text.parse::<i64>().ok().filter(|level| catalogue.level(*level).is_some());
            let why = || ("level", format!("{text:.40} is no level; expected {} or {NOT_APPLICABLE}", scale()));
            (Some(level.ok_or_else(why)?), false)
        }
    };
    let state = match value("state") {
        "" => None,
        text => Some(Action::parse(text).ok_or_else(|| {
            let known = Action::ALL.map(Action::as_str).join(", ");
            ("state", format!("{text:.40} is no state; expected {known}"))
        })?),
    };
    let given =
        Given { item: value("item").into(), level, not_applicable, state, comment: value("comment").to_string() };
    let given = given.checked(catalogue).map_err(|why| {
        let column = match why {
            Refusal::Item => "item",
            Refusal::Text => "comment",
            _ => "level",
        };
        (column, format!("{:.80}: {why}", value(column)))
    })?;
    let mut evidence = Vec::new();
    for label in value("evidence").split('|').map(str::trim).filter(|label| !label.is_empty()).take(20) {
        let label = line(label, LABEL_CHARS);
        evidence.push(label.ok_or(("evidence", format!("expected at most {LABEL_CHARS} characters on one line")))?);
    }
    Ok(Row { line: line_number, respondent, organisation, role, given, evidence })
}
