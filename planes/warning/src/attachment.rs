//! The events of a notice as files: a table for spreadsheets, objects for programs.

use std::io::Write;

use manara_model::{Field, Kind, neutral_cell};
use serde_json::{Map, Number, Value};

use crate::notice::Format;

/// How many events one notice carries at most.
pub const ATTACHMENT_ROWS: usize = 50_000;
/// How large all files of one notice may be together: in Base64, mail servers still take them.
pub const ATTACHMENT_BYTES: usize = 6 * 1024 * 1024;

/// One file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventFile {
    /// `N-2026-000123-events.csv`.
    pub name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Writes the table and the objects of a notice as the wanted format has them; says how many of the rows they hold. Both hold the same
/// rows: as many as fit into the limits. The pages to read are printed of the first of them ([`crate::event_sheet`]).
pub fn event_files(number: &str, format: Format, columns: &[String], rows: &[Vec<String>]) -> (Vec<EventFile>, usize) {
    let kinds: Vec<Kind> =
        columns.iter().map(|column| Field::by_name(column).map_or(Kind::Text, |field| field.spec().kind)).collect();
    let (csv, json) = (format.has_csv(), format.has_json());
    let mut table = Vec::new();
    let mut objects = vec![b'['];
    let mut line = Vec::new();
    if csv {
        csv_line(columns.iter().map(|column| (Kind::Text, column.as_str())), &mut table);
    }
    let mut held = 0;
    for row in rows.iter().take(ATTACHMENT_ROWS) {
        let (table_before, objects_before) = (table.len(), objects.len());
        if csv {
            line.clear();
            csv_line(
                kinds.iter().enumerate().map(|(at, kind)| (*kind, row.get(at).map_or("", String::as_str))),
                &mut line,
            );
            table.extend_from_slice(&line);
        }
        if json {
            objects.extend_from_slice(if held == 0 { b"\n" } else { b",\n" });
            json_object(columns, &kinds, row, &mut objects);
        }
        if table.len() + objects.len() > ATTACHMENT_BYTES {
            table.truncate(table_before);
            objects.truncate(objects_before);
            break;
        }
        held += 1;
    }
    if held == 0 {
        return (Vec::new(), 0);
    }
    let mut files = Vec::new();
    if csv {
        files.push(EventFile {
            name: format!("{number}-events.csv"),
            media_type: "text/csv; charset=utf-8",
            bytes: table,
        });
    }
    if json {
        objects.extend_from_slice(b"\n]\n");
        files.push(EventFile { name: format!("{number}-events.json"), media_type: "application/json", bytes: objects });
    }
    (files, held)
}

fn csv_line<'a>(cells: impl Iterator<Item = (Kind, &'a str)>, out: &mut Vec<u8>) {
    let mut first = true;
    for (kind, cell) in cells {
        if !first {
            out.push(b',');
        }
        first = false;
        // A longitude of -7.6 is a number, not a formula.
        let number = kind == Kind::Real
            && cell.bytes().all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b))
            && cell.parse::<f64>().is_ok();
        let cell = if number { cell.into() } else { neutral_cell(cell) };
        csv_cell(&cell, out);
    }
    out.extend_from_slice(b"\r\n");
}

/// Writes a cell of a CSV table, in quotes where it needs them.
pub(crate) fn csv_cell(cell: &str, out: &mut Vec<u8>) {
    if cell.contains(['"', ',', '\n', '\r', ';', '\t']) || cell.starts_with(' ') || cell.ends_with(' ') {
        out.push(b'"');
        out.extend_from_slice(cell.replace('"', "\"\"").as_bytes());
        out.push(b'"');
    } else {
        out.extend_from_slice(cell.as_bytes());
    }
}

fn json_object(columns: &[String], kinds: &[Kind], row: &[String], out: &mut Vec<u8>) {
    let mut object = Map::new();
    for ((column, kind), cell) in columns.iter().zip(kinds).zip(row) {
        if !cell.is_empty() {
            object.insert(column.clone(), json_value(*kind, cell));
        }
    }
    // Writing into memory cannot fail.
    let _ = serde_json::to_writer(&mut *out, &Value::Object(object));
    let _ = out.flush();
}

fn json_value(kind: Kind, cell: &str) -> Value {
    let text = || Value::String(cell.into());
    match kind {
        Kind::Number => cell.parse::<u64>().map_or_else(|_| text(), Value::from),
        Kind::Real => cell.parse::<f64>().ok().and_then(Number::from_f64).map_or_else(text, Value::Number),
        Kind::Bool => cell.parse::<bool>().map_or_else(|_| text(), Value::Bool),
        Kind::Json => serde_json::from_str(cell).unwrap_or_else(|_| text()),
        Kind::Text | Kind::Ip | Kind::Time => text(),
    }
}

#[cfg(test)]
mod tests {
    use super::{ATTACHMENT_BYTES, ATTACHMENT_ROWS, event_files};
    use crate::notice::Format;

    fn columns() -> Vec<String> {
        ["time.source", "source.ip", "source.port", "source.tor_node", "malware.name", "extra"]
            .map(String::from)
            .to_vec()
    }

    fn row(name: &str) -> Vec<String> {
        ["2026-01-15T00:00:00Z", "192.0.2.1", "4711", "false", name, r#"{"a":{"b":1}}"#].map(String::from).to_vec()
    }

    #[test]
    fn formulas_do_not_run_and_types_are_kept() {
        let rows = [row("=HYPERLINK(\"http://evil.example\")"), row("\u{ff0b}1"), row("a;b"), row("")];
        let (files, held) = event_files("N-2026-000001", Format::Both, &columns(), &rows);
        assert_eq!(held, 4);
        let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["N-2026-000001-events.csv", "N-2026-000001-events.json"]);
        let table = String::from_utf8(files[0].bytes.clone()).expect("UTF-8");
        assert!(table.starts_with("time.source,source.ip,source.port,source.tor_node,malware.name,extra\r\n"));
        let mut reader = csv::ReaderBuilder::new().from_reader(table.as_bytes());
        let names: Vec<String> = reader.records().map(|record| record.expect("a record")[4].to_string()).collect();
        assert_eq!(names, ["'=HYPERLINK(\"http://evil.example\")", "'\u{ff0b}1", "a;b", ""]);
        let objects: serde_json::Value = serde_json::from_slice(&files[1].bytes).expect("JSON");
        let first = &objects[0];
        assert_eq!(first["malware.name"], "=HYPERLINK(\"http://evil.example\")");
        assert_eq!(first["source.port"], 4711);
        assert_eq!(first["source.tor_node"], false);
        assert_eq!(first["extra"]["a"]["b"], 1);
        assert!(objects[3].get("malware.name").is_none(), "what is absent is not there");
    }

    #[test]
    fn the_contact_gets_the_format_it_wants_and_never_too_much() {
        let one = [row("x")];
        for (format, want) in [(Format::Csv, 1), (Format::Json, 1), (Format::Both, 2)] {
            assert_eq!(event_files("N", format, &columns(), &one).0.len(), want);
        }
        assert_eq!(event_files("N", Format::Both, &columns(), &[]), (Vec::new(), 0));
        let many = vec![vec!["2026-01-15T00:00:00Z".to_string()]; ATTACHMENT_ROWS + 1];
        assert_eq!(event_files("N", Format::Csv, &columns()[..1], &many).1, ATTACHMENT_ROWS);
        let wide = vec![row(&"x".repeat(1000)); 10_000];
        let (files, held) = event_files("N", Format::Both, &columns(), &wide);
        assert!(files.iter().map(|file| file.bytes.len()).sum::<usize>() <= ATTACHMENT_BYTES + 10);
        let objects: Vec<serde_json::Value> = serde_json::from_slice(&files[1].bytes).expect("JSON");
        assert!(held > 2000 && objects.len() == held);
        assert_eq!(String::from_utf8_lossy(&files[0].bytes).lines().count(), held + 1);
    }
}
