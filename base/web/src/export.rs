//! Tables to take away: CSV that no spreadsheet runs, and JSON.

use std::fmt::Write as _;

use axum::response::Response;
use manara_model::neutral_cell;

use crate::visit::Visit;

/// In which form a list is taken away: `?format=csv` or `?format=json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values, UTF-8, RFC 4180.
    Csv,
    /// A JSON array of objects.
    Json,
}

impl Format {
    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "csv" => Some(Self::Csv),
            "json" => Some(Self::Json),
            _ => None,
        }
    }
}

/// One value of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing.
    Null,
    /// A text.
    Text(String),
    /// A whole number.
    Int(i64),
    /// A number.
    Real(f64),
    /// Yes or no.
    Bool(bool),
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Cell::Text(text)
    }
}
impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Cell::Text(text.to_string())
    }
}
impl From<&String> for Cell {
    fn from(text: &String) -> Self {
        Cell::Text(text.clone())
    }
}
impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Cell::Int(number)
    }
}
impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        Cell::Real(number)
    }
}
impl From<bool> for Cell {
    fn from(value: bool) -> Self {
        Cell::Bool(value)
    }
}
impl From<manara_model::Micros> for Cell {
    fn from(moment: manara_model::Micros) -> Self {
        Cell::Text(moment.rfc3339())
    }
}
impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Cell::Null, Into::into)
    }
}

/// The table as CSV; texts that would be formulas are neutralised.
pub fn csv_text(head: &[&str], rows: &[Vec<Cell>]) -> String {
    let mut text = String::new();
    for (at, name) in head.iter().enumerate() {
        separated(&mut text, at);
        quoted(&mut text, name);
    }
    text.push_str("\r\n");
    for row in rows {
        for (at, cell) in row.iter().enumerate() {
            separated(&mut text, at);
            match cell {
                Cell::Null => {}
                Cell::Text(value) => quoted(&mut text, &neutral_cell(value)),
                Cell::Int(number) => _ = write!(text, "{number}"),
                Cell::Real(number) => _ = write!(text, "{number}"),
                Cell::Bool(value) => _ = write!(text, "{value}"),
            }
        }
        text.push_str("\r\n");
    }
    text
}

fn separated(text: &mut String, at: usize) {
    if at > 0 {
        text.push(',');
    }
}

fn quoted(text: &mut String, value: &str) {
    // A semicolon or tab is quoted too: elsewhere they separate, and what follows could begin a formula.
    if !value.contains(['"', ',', ';', '\t', '\r', '\n']) && value.trim() == value {
        text.push_str(value);
        return;
    }
    text.push('"');
    text.push_str(&value.replace('"', "\"\""));
    text.push('"');
}

/// The table as a JSON array of objects.
pub fn json_text(head: &[&str], rows: &[Vec<Cell>]) -> String {
    let objects: Vec<serde_json::Value> = rows
        .iter()
        .map(|row| {
            let pairs = head.iter().zip(row).map(|(name, cell)| {
                let value = match cell {
                    Cell::Null => serde_json::Value::Null,
                    Cell::Text(text) => text.clone().into(),
                    Cell::Int(number) => (*number).into(),
                    Cell::Real(number) => (*number).into(),
                    Cell::Bool(value) => (*value).into(),
                };
                ((*name).to_string(), value)
            });
            serde_json::Value::Object(pairs.collect())
        })
        .collect();
    serde_json::Value::Array(objects).to_string()
}

impl Visit {
    /// A table to take away; `name` is the file's name without its ending.
    pub fn export(&self, format: Format, name: &str, head: &[&str], rows: &[Vec<Cell>]) -> Response {
        match format {
            Format::Csv => self.download(&format!("{name}.csv"), "text/csv; charset=utf-8", csv_text(head, rows)),
            Format::Json if self.wants_json() => self.json(json_text(head, rows)),
            Format::Json => {
                self.download(&format!("{name}.json"), "application/json; charset=utf-8", json_text(head, rows))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Cell, csv_text, json_text};

    #[test]
    fn a_table_is_taken_away_whole_and_harmless() {
        let rows = [
            vec![Cell::from("=cmd|' /C calc'!A0"), Cell::from(-3), Cell::Null],
            vec!["a\"b,c".into(), true.into(), 0.5.into()],
        ];
        assert_eq!(
            csv_text(&["name", "n", "x"], &rows),
            "name,n,x\r\n'=cmd|' /C calc'!A0,-3,\r\n\"a\"\"b,c\",true,0.5\r\n"
        );
        assert_eq!(
            json_text(&["name", "n", "x"], &rows),
            r#"[{"n":-3,"name":"=cmd|' /C calc'!A0","x":null},{"n":true,"name":"a\"b,c","x":0.5}]"#
        );
    }
}
