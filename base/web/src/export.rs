//! Tables to take away: CSV that no spreadsheet runs, JSON, and workbooks.

use std::fmt::Write as _;

use axum::response::{IntoResponse as _, Response};
use manara_model::{Tlp, neutral_cell};
use rust_xlsxwriter::{DocProperties, Format as Look, Workbook, Worksheet, XlsxError};

use crate::error::PageError;
use crate::visit::Visit;

/// Characters a cell of a workbook takes at most (ECMA-376 leaves it open; this is what spreadsheets take).
const CELL_CHARS: usize = 32_767;

/// In which form a list is taken away: `?format=csv`, `?format=json` or `?format=xlsx`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values, UTF-8, RFC 4180.
    Csv,
    /// A JSON array of objects.
    Json,
    /// A workbook of one sheet (Office Open XML, ECMA-376).
    Xlsx,
}

impl Format {
    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "csv" => Some(Self::Csv),
            "json" => Some(Self::Json),
            "xlsx" => Some(Self::Xlsx),
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

/// The table as a workbook whose first row stays in sight. A text is a text, even where it looks like a formula; one that is
/// longer than a cell ends with `…`.
pub fn xlsx_bytes(head: &[&str], rows: &[Vec<Cell>], right_to_left: bool) -> Result<Vec<u8>, XlsxError> {
    workbook_of(head, rows, right_to_left, None)
}

/// The same workbook with its marking: above and below every printed page, and in what the file says of itself.
pub fn xlsx_marked(head: &[&str], rows: &[Vec<Cell>], right_to_left: bool, marking: Tlp) -> Result<Vec<u8>, XlsxError> {
    workbook_of(head, rows, right_to_left, Some(marking))
}

/// Puts a marking above and below every printed page of a sheet.
pub fn mark_pages(sheet: &mut Worksheet, marking: Tlp) {
    sheet.set_header(format!("&C{}", marking.label())).set_footer(format!("&C{}", marking.label()));
}

/// What a workbook with a marking says of itself.
pub fn marked_properties(marking: Tlp) -> DocProperties {
    DocProperties::new().set_category(marking.label()).set_keywords(marking.label())
}

fn workbook_of(
    head: &[&str],
    rows: &[Vec<Cell>],
    right_to_left: bool,
    marking: Option<Tlp>,
) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    if let Some(marking) = marking {
        workbook.set_properties(&marked_properties(marking));
    }
    let sheet = workbook.add_worksheet();
    if let Some(marking) = marking {
        mark_pages(sheet, marking);
    }
    sheet.set_right_to_left(right_to_left);
    let bold = Look::new().set_bold();
    for (column, name) in (0..).zip(head) {
        sheet.write_string_with_format(0, column, *name, &bold)?;
    }
    for (line, row) in (1..).zip(rows) {
        for (column, cell) in (0..).zip(row) {
            match cell {
                Cell::Null => continue,
                Cell::Text(text) if text.chars().count() > CELL_CHARS => {
                    let short: String = text.chars().take(CELL_CHARS - 1).chain(['…']).collect();
                    sheet.write_string(line, column, short)?
                }
                Cell::Text(text) => sheet.write_string(line, column, text)?,
                Cell::Int(number) if number.unsigned_abs() < 1 << 53 => {
                    sheet.write_number(line, column, *number as f64)?
                }
                // A spreadsheet's numbers are floating: a longer one would change.
                Cell::Int(number) => sheet.write_string(line, column, number.to_string())?,
                Cell::Real(number) if number.is_finite() => sheet.write_number(line, column, *number)?,
                Cell::Real(number) => sheet.write_string(line, column, number.to_string())?,
                Cell::Bool(value) => sheet.write_boolean(line, column, *value)?,
            };
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    workbook.save_to_buffer()
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
            Format::Xlsx => match xlsx_bytes(head, rows, self.lang.dir() == "rtl") {
                Ok(bytes) => {
                    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
                    self.download(&format!("{name}.xlsx"), kind, bytes)
                }
                Err(error) => PageError::internal(error).into_response(),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read as _};

    use super::{CELL_CHARS, Cell, csv_text, json_text, xlsx_bytes};

    #[test]
    fn a_workbook_holds_texts_as_texts_and_numbers_as_numbers() {
        let rows = [
            vec![Cell::from("=1+1"), Cell::from(-3), Cell::Null],
            vec!["منارة".into(), i64::MAX.into(), 0.5.into()],
            vec!["x".repeat(CELL_CHARS + 5).into(), true.into(), f64::NAN.into()],
        ];
        let bytes = xlsx_bytes(&["name", "n", "x"], &rows, true).expect("a workbook");
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
        let mut part = |name: &str| {
            let mut text = String::new();
            archive.by_name(name).expect(name).read_to_string(&mut text).expect("text");
            text
        };
        let (sheet, texts) = (part("xl/worksheets/sheet1.xml"), part("xl/sharedStrings.xml"));
        assert!(!sheet.contains("<f>") && texts.contains("<t>=1+1</t>") && texts.contains("<t>منارة</t>"), "{texts}");
        assert!(sheet.contains("<v>-3</v>") && sheet.contains("<v>0.5</v>") && sheet.contains("rightToLeft=\"1\""));
        assert!(texts.contains(&i64::MAX.to_string()) && texts.contains("NaN") && texts.contains("x…</t>"));
    }

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
