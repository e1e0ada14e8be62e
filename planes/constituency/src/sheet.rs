//! A file of organisations, as CSV or JSON, to rows of named cells.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use manara_formats::{CsvRows, Limits, Record, decode_file, delimiter_of};
use manara_model::neutral_cell;
use serde_json::Value;

use crate::constituent::Reason;
use crate::report::{ImportError, ImportFormat, Refused, Warning, WarningKind};

/// The columns that are known, with other ways to write them. A name in another language is `name_` and its code.
pub(crate) const COLUMNS: &[(&str, &[&str])] = &[
    ("id", &["uuid"]),
    ("name", &["org", "organisation", "organization", "constituent"]),
    ("sector", &[]),
    ("kind", &["type"]),
    ("criticality", &[]),
    ("association", &["parent", "above"]),
    ("networks", &["cidr", "network", "cidrs", "prefix", "prefixes"]),
    ("as_numbers", &["asn", "as", "as_number", "asns"]),
    ("domains", &["domain"]),
    ("abuse_contact", &["abuse_mail", "abuse"]),
    ("contact_role", &["contact_roles"]),
    ("contact_name", &["contact_names"]),
    ("contact_mail", &["contact_mails", "contact_email", "contact"]),
    ("contact_phone", &["contact_telephone", "contact_phones"]),
    ("contact_language", &["contact_languages"]),
    ("contact_format", &["contact_formats"]),
    ("contact_active", &[]),
    ("active", &[]),
    ("notes", &["note", "comment"]),
];

/// Columns whose cells are lists of words that hold neither space nor comma.
const WORD_LISTS: [&str; 4] = ["networks", "as_numbers", "domains", "abuse_contact"];
/// The same, said in JSON.
const JSON_CONTACT: [(&str, &str); 7] = [
    ("role", "contact_role"),
    ("name", "contact_name"),
    ("mail", "contact_mail"),
    ("telephone", "contact_phone"),
    ("language", "contact_language"),
    ("format", "contact_format"),
    ("active", "contact_active"),
];
/// With one of these in the header a file has one line for each network, and an organisation may have many lines.
const LINE_COLUMNS: [&str; 3] = ["cidr", "network", "prefix"];

/// The rows of a file.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    /// Whether one organisation may have many lines.
    pub lines: bool,
    /// What the file calls each column.
    pub headers: BTreeMap<&'static str, String>,
    /// The rows that could be read.
    pub rows: Vec<SheetRow>,
    /// Rows of data, those that could not be read included.
    pub read: usize,
    /// The rows that could not be read.
    pub refused: Vec<Refused>,
    /// What to look at.
    pub warnings: Vec<Warning>,
}

/// One row.
#[derive(Debug, Default)]
pub(crate) struct SheetRow {
    /// 1-based line on which it begins.
    pub line: u64,
    /// The cells of the columns that the file has, each a list; an empty cell is an empty list.
    pub cells: BTreeMap<&'static str, Vec<String>>,
    /// The names in other languages; empty text for an empty cell.
    pub names: BTreeMap<String, String>,
}

/// Reads a file.
pub(crate) fn read_sheet(bytes: &[u8], format: ImportFormat) -> Result<Sheet, ImportError> {
    let text = decode_file(bytes);
    let begin = text.trim_start();
    if begin.is_empty() {
        return Err(ImportError::Empty);
    }
    let json = match format {
        ImportFormat::Json => true,
        ImportFormat::Csv => false,
        ImportFormat::Auto => begin.starts_with(['[', '{']),
    };
    if json { read_json(&text) } else { read_csv(&text) }
}

/// How many rows of a file can be read, and how many cannot, without importing any.
pub fn check_sheet(bytes: &[u8], format: ImportFormat) -> Result<(usize, usize), ImportError> {
    read_sheet(bytes, format).map(|sheet| (sheet.rows.len(), sheet.refused.len()))
}

/// A column of the file.
enum Column {
    Known(&'static str),
    Name(String),
    Unknown,
}

fn column(header: &str) -> Column {
    let word = header.trim().to_lowercase().replace([' ', '-'], "_");
    let known = COLUMNS.iter().find(|(name, aliases)| *name == word || aliases.contains(&word.as_str()));
    match (known, word.strip_prefix("name_")) {
        (Some((name, _)), _) => Column::Known(name),
        (None, Some(code)) => match crate::constituent::language(code) {
            Ok(code) => Column::Name(code),
            Err(_) => Column::Unknown,
        },
        (None, None) => Column::Unknown,
    }
}

fn read_csv(text: &str) -> Result<Sheet, ImportError> {
    let delimiter = delimiter(text);
    let mut rows = CsvRows::new(text.as_bytes(), delimiter, &Limits::default());
    let mut record = Record::default();
    let cell = |record: &Record, raw: &[u8], at: usize| {
        let bytes = record.get(raw, at).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    };
    let header = match rows.next(&mut record, 0)? {
        Some(row) => (0..record.len()).map(|at| cell(&record, row.raw, at)).collect::<Vec<String>>(),
        None => return Err(ImportError::Empty),
    };
    let mut sheet = Sheet::default();
    let columns: Vec<Column> = header.iter().map(|header| column(header)).collect();
    for (column, header) in columns.iter().zip(&header) {
        match column {
            Column::Known(name) => {
                if let Some(first) = sheet.headers.insert(name, header.trim().into()) {
                    return Err(ImportError::ColumnTwice { first, second: header.trim().into() });
                }
            }
            Column::Name(_) => {}
            Column::Unknown if header.trim().is_empty() => {}
            Column::Unknown => sheet.warn(1, header.trim(), WarningKind::UnknownColumn, ""),
        }
    }
    if !sheet.headers.contains_key("name") {
        return Err(ImportError::NoNameColumn { found: header.join(", ") });
    }
    sheet.lines = sheet.headers.get("networks").is_some_and(|h| LINE_COLUMNS.contains(&h.to_lowercase().as_str()));
    while let Some(row) = rows.next(&mut record, header.len())? {
        let line = row.line;
        if let Some(broken) = row.broken {
            let reason = if broken == "open-quote" { Reason::OpenQuote } else { Reason::LineTooLong };
            sheet.read += 1;
            sheet.refuse(line, "", reason, &String::from_utf8_lossy(row.raw));
            continue;
        }
        let fields: Vec<String> = (0..record.len()).map(|at| cell(&record, row.raw, at)).collect();
        if fields.iter().all(|field| field.trim().is_empty()) {
            continue; // Spreadsheets leave such lines behind.
        }
        sheet.read += 1;
        let more = fields.iter().skip(header.len()).any(|field| !field.trim().is_empty());
        if more || fields.len() < header.len() {
            let reason = Reason::Fields { wanted: header.len(), found: fields.len() };
            sheet.refuse(line, "", reason, &String::from_utf8_lossy(row.raw));
            continue;
        }
        let mut out = SheetRow { line, ..SheetRow::default() };
        for (column, field) in columns.iter().zip(fields) {
            let field = shown_plainly(&field);
            match column {
                Column::Known(name) => drop(out.cells.insert(name, split(name, field))),
                Column::Name(code) => drop(out.names.insert(code.clone(), field.trim().into())),
                Column::Unknown => {}
            }
        }
        sheet.rows.push(out);
    }
    Ok(sheet)
}

/// The delimiter whose first line has most known columns.
fn delimiter(text: &str) -> u8 {
    delimiter_of(text, b"|\t;,", |name| !matches!(column(name), Column::Unknown))
}

/// A cell as a spreadsheet may show it: one that it would take for a formula begins with an apostrophe.
pub(crate) fn neutral(cell: &str) -> Cow<'_, str> {
    match neutral_cell(cell) {
        Cow::Borrowed(plain) if plain.starts_with('\'') => Cow::Owned(format!("'{plain}")),
        shown => shown,
    }
}

/// Takes back what [`neutral`] did.
fn shown_plainly(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if matches!(neutral(rest), Cow::Owned(_)) => rest,
        _ => cell,
    }
}

/// The items of a cell.
fn split(column: &str, cell: &str) -> Vec<String> {
    if cell.trim().is_empty() {
        return Vec::new();
    }
    if WORD_LISTS.contains(&column) {
        let words = cell.split(|c: char| c.is_whitespace() || matches!(c, ';' | ',' | '|'));
        return words.filter(|word| !word.is_empty()).map(str::to_string).collect();
    }
    if !column.starts_with("contact_") {
        return vec![cell.to_string()];
    }
    let mut items = vec![String::new()];
    let mut escaped = false;
    for c in cell.chars() {
        match c {
            '\\' if !escaped => {
                escaped = true;
                continue;
            }
            ';' if !escaped => items.push(String::new()),
            c => {
                if let Some(item) = items.last_mut() {
                    if escaped && c != '\\' && c != ';' {
                        item.push('\\');
                    }
                    item.push(c);
                }
            }
        }
        escaped = false;
    }
    if escaped && let Some(item) = items.last_mut() {
        item.push('\\');
    }
    items
}

/// Puts items into one cell; [`split`] takes them apart again.
pub(crate) fn join(items: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let items = items.into_iter().map(|item| item.as_ref().replace('\\', "\\\\").replace(';', "\\;"));
    items.collect::<Vec<_>>().join(";")
}

fn read_json(text: &str) -> Result<Sheet, ImportError> {
    let mut sheet = Sheet::default();
    for (name, _) in COLUMNS {
        sheet.headers.insert(name, (*name).into());
    }
    let mut unknown = BTreeSet::new();
    let mut at = 0;
    let mut line = 1;
    let mut counted = 0;
    let in_array = text.trim_start().starts_with('[');
    if in_array {
        at = text.find('[').map_or(0, |found| found + 1);
    }
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let begin = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        at += rest.len() - begin.len();
        line += text.get(counted..at).unwrap_or_default().matches('\n').count() as u64;
        counted = at;
        if begin.is_empty() || (in_array && begin.starts_with(']')) {
            break;
        }
        let mut values = serde_json::Deserializer::from_str(begin).into_iter::<Value>();
        let value = match values.next() {
            Some(Ok(value)) => value,
            Some(Err(error)) => {
                let column = error.column() as u64;
                return Err(ImportError::Json {
                    line: line + error.line() as u64 - 1,
                    column,
                    reason: error.to_string(),
                });
            }
            None => break,
        };
        at += values.byte_offset().max(1);
        sheet.read += 1;
        match value {
            Value::Object(object) => {
                let row = json_row(line, &object, &mut sheet, &mut unknown);
                sheet.rows.push(row);
            }
            other => sheet.refuse(line, "", Reason::JsonType("an object"), &other.to_string()),
        }
    }
    Ok(sheet)
}

fn json_row(
    line: u64,
    object: &serde_json::Map<String, Value>,
    sheet: &mut Sheet,
    unknown: &mut BTreeSet<String>,
) -> SheetRow {
    let mut row = SheetRow { line, ..SheetRow::default() };
    for (key, value) in object {
        match (key.as_str(), column(key), value) {
            (_, _, Value::Null) => {}
            ("names", _, Value::Object(names)) => {
                for (code, name) in names {
                    match name {
                        Value::String(name) => drop(row.names.insert(code.clone(), name.clone())),
                        other => sheet.refuse(line, "names", Reason::JsonType("text"), &other.to_string()),
                    }
                }
            }
            ("names", _, other) => sheet.refuse(line, "names", Reason::JsonType("an object"), &other.to_string()),
            ("contacts", _, Value::Array(contacts)) => json_contacts(line, contacts, &mut row, sheet),
            ("contacts", _, other) => sheet.refuse(line, "contacts", Reason::JsonType("an array"), &other.to_string()),
            (_, Column::Known(name), Value::Array(items)) if WORD_LISTS.contains(&name) => {
                let mut words = Vec::with_capacity(items.len());
                for item in items {
                    match scalar(item) {
                        Some(word) => words.push(word),
                        None => sheet.refuse(line, name, Reason::JsonType("text"), &item.to_string()),
                    }
                }
                row.cells.insert(name, words);
            }
            (_, Column::Known(name), value) => match scalar(value) {
                Some(text) => drop(row.cells.insert(name, split(name, &text))),
                None => sheet.refuse(line, name, Reason::JsonType("text"), &value.to_string()),
            },
            (_, Column::Name(code), Value::String(name)) => drop(row.names.insert(code, name.clone())),
            _ => {
                if unknown.insert(key.clone()) {
                    sheet.warn(line, key, WarningKind::UnknownColumn, "");
                }
            }
        }
    }
    row
}

fn json_contacts(line: u64, contacts: &[Value], row: &mut SheetRow, sheet: &mut Sheet) {
    for (_, column) in JSON_CONTACT {
        row.cells.insert(column, Vec::with_capacity(contacts.len()));
    }
    for contact in contacts {
        let Value::Object(contact) = contact else {
            sheet.refuse(line, "contacts", Reason::JsonType("an object"), &contact.to_string());
            continue;
        };
        for (key, column) in JSON_CONTACT {
            let text = match contact.get(key) {
                None | Some(Value::Null) => String::new(),
                Some(value) => scalar(value).unwrap_or_else(|| {
                    sheet.refuse(line, column, Reason::JsonType("text"), &value.to_string());
                    String::new()
                }),
            };
            row.cells.entry(column).or_default().push(text);
        }
    }
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}

impl Sheet {
    /// Adds a refused row.
    pub fn refuse(&mut self, line: u64, column: &str, reason: Reason, found: &str) {
        let column = self.headers.get(column).map_or(column, String::as_str).to_string();
        self.refused.push(Refused { line, column, reason, found: shortened(found) });
    }

    /// Adds a warning.
    pub fn warn(&mut self, line: u64, column: &str, kind: WarningKind, found: &str) {
        let column = self.headers.get(column).map_or(column, String::as_str).to_string();
        self.warnings.push(Warning { line, column, kind, found: shortened(found) });
    }
}

/// The first part of a long text, for a report.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(120) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{check_sheet, delimiter, join, neutral, read_sheet, shown_plainly, split};
    use crate::report::{ImportError, ImportFormat};
    use manara_formats::decode_file;

    #[test]
    fn text_is_read_in_the_encodings_of_spreadsheets() {
        let wide: Vec<u8> = [0xFF, 0xFE].into_iter().chain("é;x".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        for bytes in [b"\xEF\xBB\xBF\xC3\xA9;x".as_slice(), b"\xC3\xA9;x", b"\xE9;x", &wide] {
            assert_eq!(decode_file(bytes), "é;x");
        }
    }

    #[test]
    fn the_delimiter_is_the_one_that_gives_known_columns() {
        for (header, want) in [
            ("cidr,asn,org,sector,abuse_contact", b','),
            ("name;sector;networks", b';'),
            ("\"name\"\t\"sector\"", b'\t'),
            ("org|cidr", b'|'),
            ("name", b','),
        ] {
            assert_eq!(delimiter(header), want, "{header}");
        }
    }

    #[test]
    fn a_file_that_cannot_be_read_says_why() {
        for (text, want) in [
            ("", "the file is empty"),
            ("\u{feff}\n \n", "the file is empty"),
            ("a,b\n1,2", "no column is the name of an organisation (name, or org); the columns are: a, b"),
            ("org,name\nx,y", "the columns org and name mean the same"),
            ("[{\"name\":\"x\"},\n {\"name\":]", "line 2, column 9: expected value"),
        ] {
            let error = read_sheet(text.as_bytes(), ImportFormat::Auto).expect_err(text);
            assert!(error.to_string().starts_with(want), "{error}");
        }
        let error = read_sheet(b"{}", ImportFormat::Csv).expect_err("no header");
        assert!(matches!(error, ImportError::NoNameColumn { .. }));
    }

    #[test]
    fn lines_that_cannot_be_read_are_refused_one_by_one() {
        let text = "name,notes\nA,\"open\nB,b,too many\nC\n,,\n\nD,d\n";
        let sheet = read_sheet(text.as_bytes(), ImportFormat::Auto).expect("read");
        let refused: Vec<String> = sheet.refused.iter().map(|r| format!("{} {}", r.line, r.reason)).collect();
        assert_eq!(
            refused,
            [
                "2 a quote is opened and not closed",
                "3 the line has 3 fields, the header 2",
                "4 the line has 1 fields, the header 2"
            ]
        );
        assert_eq!((sheet.rows.len(), sheet.read), (1, 4));
    }

    #[test]
    fn every_seed_of_the_fuzzer_is_read_and_cut_anywhere_it_is_a_sheet_or_an_error() {
        let seeds = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds/constituency");
        let mut read = std::collections::BTreeMap::new();
        for seed in std::fs::read_dir(seeds).expect("the seeds").flatten() {
            let bytes = std::fs::read(seed.path()).expect("a seed");
            for end in (0..bytes.len()).step_by(7) {
                for format in [ImportFormat::Auto, ImportFormat::Csv, ImportFormat::Json] {
                    if let Ok((rows, refused)) = check_sheet(&bytes[..end], format) {
                        assert!(rows + refused <= end, "{rows} rows and {refused} refused of {end} bytes");
                    }
                }
            }
            let counts = check_sheet(&bytes, ImportFormat::Auto).ok();
            read.insert(seed.file_name().to_string_lossy().into_owned(), counts);
        }
        let of = |name: &str| read.get(name).copied().expect("a seed of that name");
        assert_eq!((of("lines.csv"), of("nation.csv"), of("nation.json")), (Some((2, 0)), Some((7, 0)), Some((1, 0))));
    }

    proptest! {
        #[test]
        fn a_list_survives_its_cell(items in prop::collection::vec("[a-z;\\\\' ]{1,5}", 1..5)) {
            let trimmed = items.iter().any(|item| !item.trim().is_empty());
            prop_assume!(trimmed);
            prop_assert_eq!(split("contact_name", &join(&items)), items);
        }

        #[test]
        fn a_neutral_cell_can_be_undone_and_never_begins_a_formula(cell in "['=+@\\-\ta-z]{0,6}") {
            let shown = neutral(&cell);
            prop_assert!(!shown.starts_with(['=', '+', '-', '@', '\t', '\r']));
            prop_assert_eq!(shown_plainly(&shown), cell.as_str());
        }

        #[test]
        fn any_bytes_are_a_sheet_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..300), json in "[\\[{\"name:,}\\]x 0]{0,60}") {
            let _ = read_sheet(&bytes, ImportFormat::Auto);
            let _ = read_sheet(json.as_bytes(), ImportFormat::Auto);
            let mut headed = b"name;networks;contact_mail\n".to_vec();
            headed.extend(bytes);
            let _ = read_sheet(&headed, ImportFormat::Auto);
        }
    }
}
