//! Answers as a table: what is offered on the page of a link, and what comes back filled in.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use manara_formats::{CsvRows, Limits, Record, decode_file, delimiter_of};
use manara_model::neutral_cell;

use crate::answer::{Given, Said, comment};
use crate::attachment::csv_cell;

/// The columns, in the order they are offered; they are read by name, in any order.
pub const SHEET_COLUMNS: [&str; 5] = ["finding", "asset", "subject", "answer", "comment"];
/// The largest table that is read.
pub const SHEET_BYTES: usize = 4 << 20;
/// How many lines of a table are read.
pub const SHEET_LINES: usize = 100_000;
/// A value in a report is cut here.
const FOUND_CHARS: usize = 80;

/// Other names of the columns.
const ALSO: &[(&str, &str)] = &[
    ("finding_id", "finding"),
    ("id", "finding"),
    ("réponse", "answer"),
    ("reponse", "answer"),
    ("commentaire", "comment"),
    ("الرد", "answer"),
    ("التعليق", "comment"),
];

/// One line of the table that is offered.
#[derive(Debug, Clone, Copy)]
pub struct SheetLine<'a> {
    /// The finding.
    pub finding_id: &'a str,
    /// Its asset.
    pub asset: &'a str,
    /// What it is.
    pub subject: &'a str,
    /// What was said of it.
    pub said: Option<Said>,
    /// The words with it.
    pub comment: &'a str,
}

/// Why a table cannot be read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SheetError {
    /// There is nothing in it.
    #[error("the table is empty")]
    Empty,
    /// It is larger than what is read.
    #[error("the table is larger than {0} bytes")]
    TooLarge(usize),
    /// A column is missing.
    #[error("the column {0} is missing; the columns are: {1}")]
    NoColumn(&'static str, String),
    /// Two columns have one meaning.
    #[error("the column {0} is there twice")]
    ColumnTwice(&'static str),
    /// It does not end.
    #[error("the table cannot be read: {0}")]
    Unreadable(String),
}

/// Why a line was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LineReason {
    /// The finding is none of this notice.
    OtherFinding,
    /// The answer is not one of the four.
    NoAnswer,
    /// There is a comment and no answer.
    CommentAlone,
    /// The comment is too long.
    CommentTooLong,
    /// The finding has an answer further up.
    Twice,
    /// A quote is opened and not closed, or the line is too long.
    Broken,
    /// It has more fields than the header, or fewer.
    Fields,
    /// There are more lines than are read.
    TooMany,
}

impl LineReason {
    /// All.
    pub const ALL: [LineReason; 8] = [
        Self::OtherFinding,
        Self::NoAnswer,
        Self::CommentAlone,
        Self::CommentTooLong,
        Self::Twice,
        Self::Broken,
        Self::Fields,
        Self::TooMany,
    ];

    /// The last part of the message key: `warning-sheet-…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::OtherFinding => "other-finding",
            Self::NoAnswer => "no-answer",
            Self::CommentAlone => "comment-alone",
            Self::CommentTooLong => "comment-too-long",
            Self::Twice => "twice",
            Self::Broken => "broken",
            Self::Fields => "fields",
            Self::TooMany => "too-many",
        }
    }
}

/// A line that was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedLine {
    /// 1-based line of the file.
    pub line: u64,
    /// The column, as [`SHEET_COLUMNS`] names it; empty for the whole line.
    pub column: &'static str,
    /// Why.
    pub reason: LineReason,
    /// What stands there, shortened.
    pub found: String,
}

/// A table, read.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The answers, with the line each stands on.
    pub given: Vec<(u64, Given)>,
    /// Lines without an answer: nothing is said of them.
    pub blank: usize,
    /// Lines that were not taken.
    pub refused: Vec<RefusedLine>,
}

impl Sheet {
    fn refuse(&mut self, line: u64, column: &'static str, reason: LineReason, found: &str) {
        let mut short: String = found.chars().filter(|c| !c.is_control()).take(FOUND_CHARS).collect();
        if found.chars().count() > FOUND_CHARS {
            short.push('…');
        }
        self.refused.push(RefusedLine { line, column, reason, found: short });
    }
}

/// Writes the table that is offered. No cell runs as a formula.
pub fn write_sheet<'a>(lines: impl Iterator<Item = SheetLine<'a>>) -> Vec<u8> {
    // The mark tells spreadsheets that the letters of all languages are in it.
    let mut out = b"\xEF\xBB\xBF".to_vec();
    csv_line(&SHEET_COLUMNS, &mut out);
    for line in lines {
        let said = line.said.map_or("", Said::as_str);
        csv_line(&[line.finding_id, line.asset, line.subject, said, line.comment], &mut out);
    }
    out
}

fn csv_line(cells: &[&str], out: &mut Vec<u8>) {
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        let cell = if could_run(cell) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(*cell) };
        csv_cell(&cell, out);
    }
    out.extend_from_slice(b"\r\n");
}

/// Reads a table back. Good lines are kept, the others are told with line, column and reason. `belongs` says whether a
/// finding is one of the notice.
pub fn read_sheet(bytes: &[u8], belongs: impl Fn(&str) -> bool) -> Result<Sheet, SheetError> {
    if bytes.len() > SHEET_BYTES {
        return Err(SheetError::TooLarge(SHEET_BYTES));
    }
    let text = decode_file(bytes);
    if text.trim().is_empty() {
        return Err(SheetError::Empty);
    }
    let unreadable = |error: std::io::Error| SheetError::Unreadable(error.to_string());
    let mut rows = CsvRows::new(text.as_bytes(), delimiter(&text), &Limits::default());
    let mut record = Record::default();
    let cells = |record: &Record, raw: &[u8]| -> Vec<String> {
        let cell = |at| String::from_utf8_lossy(&record.get(raw, at).unwrap_or_default()).into_owned();
        (0..record.len()).map(cell).collect()
    };
    let header = match rows.next(&mut record, 0).map_err(unreadable)? {
        Some(row) => cells(&record, row.raw),
        None => return Err(SheetError::Empty),
    };
    let columns = columns(&header)?;
    let mut sheet = Sheet::default();
    let mut seen: HashSet<String> = HashSet::new();
    let mut lines = 0;
    while let Some(row) = rows.next(&mut record, header.len()).map_err(unreadable)? {
        let line = row.line;
        lines += 1;
        if lines > SHEET_LINES {
            sheet.refuse(line, "", LineReason::TooMany, "");
            break;
        }
        if row.broken.is_some() {
            sheet.refuse(line, "", LineReason::Broken, &String::from_utf8_lossy(row.raw));
            continue;
        }
        let fields = cells(&record, row.raw);
        if fields.iter().all(|field| field.trim().is_empty()) {
            continue; // Spreadsheets leave such lines behind.
        }
        let more = fields.iter().skip(header.len()).any(|field| !field.trim().is_empty());
        if more || fields.len() < header.len() {
            sheet.refuse(line, "", LineReason::Fields, &String::from_utf8_lossy(row.raw));
            continue;
        }
        take_line(&mut sheet, &mut seen, line, &columns, &fields, &belongs);
    }
    Ok(sheet)
}

fn take_line(
    sheet: &mut Sheet,
    seen: &mut HashSet<String>,
    line: u64,
    columns: &HashMap<&'static str, usize>,
    fields: &[String],
    belongs: impl Fn(&str) -> bool,
) {
    let cell = |name: &str| {
        let field = columns.get(name).and_then(|at| fields.get(*at)).map_or("", String::as_str);
        shown_plainly(field)
    };
    let (finding, answer, words) = (cell("finding").trim(), cell("answer").trim(), cell("comment"));
    if answer.is_empty() {
        match words.trim().is_empty() {
            true => sheet.blank += 1,
            false => sheet.refuse(line, "answer", LineReason::CommentAlone, words),
        }
        return;
    }
    if !belongs(finding) {
        return sheet.refuse(line, "finding", LineReason::OtherFinding, finding);
    }
    let Some(said) = Said::read(answer) else {
        return sheet.refuse(line, "answer", LineReason::NoAnswer, answer);
    };
    let Some(comment) = comment(words) else {
        return sheet.refuse(line, "comment", LineReason::CommentTooLong, words);
    };
    if !seen.insert(finding.to_string()) {
        return sheet.refuse(line, "finding", LineReason::Twice, finding);
    }
    sheet.given.push((line, Given { finding_id: finding.into(), said, comment }));
}

/// Where each column stands.
fn columns(header: &[String]) -> Result<HashMap<&'static str, usize>, SheetError> {
    let mut columns = HashMap::new();
    for (at, name) in header.iter().enumerate() {
        if let Some(column) = column(name)
            && columns.insert(column, at).is_some()
        {
            return Err(SheetError::ColumnTwice(column));
        }
    }
    for needed in ["finding", "answer"] {
        if !columns.contains_key(needed) {
            let found: String = header.join(", ").chars().take(300).collect();
            return Err(SheetError::NoColumn(needed, found));
        }
    }
    Ok(columns)
}

fn column(header: &str) -> Option<&'static str> {
    let word = header.trim().to_lowercase().replace([' ', '-'], "_");
    let word = ALSO.iter().find(|(also, _)| *also == word).map_or(word.as_str(), |(_, name)| name);
    SHEET_COLUMNS.into_iter().find(|name| *name == word)
}

/// The delimiter whose first line has most known columns; of equals the comma.
fn delimiter(text: &str) -> u8 {
    delimiter_of(text, b"\t;,", |name| column(name).is_some())
}

/// Whether a spreadsheet could take the cell for a formula, or we for one that got an apostrophe.
fn could_run(cell: &str) -> bool {
    matches!(neutral_cell(cell), Cow::Owned(_)) || matches!(neutral_cell(cell.trim_start_matches('\'')), Cow::Owned(_))
}

/// A cell as it was before it got an apostrophe.
fn shown_plainly(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| could_run(rest)).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{LineReason, SHEET_BYTES, SheetError, SheetLine, read_sheet, write_sheet};
    use crate::answer::Said;

    fn belongs(id: &str) -> bool {
        id.starts_with('f')
    }

    fn refused(text: &str) -> Vec<(u64, &'static str, LineReason)> {
        let sheet = read_sheet(text.as_bytes(), belongs).expect("read");
        sheet.refused.into_iter().map(|line| (line.line, line.column, line.reason)).collect()
    }

    #[test]
    fn every_seed_of_the_fuzzer_is_read() {
        let seeds = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds/answers");
        let mut read = std::collections::BTreeMap::new();
        for seed in std::fs::read_dir(seeds).expect("the seeds").flatten() {
            let sheet = read_sheet(&std::fs::read(seed.path()).expect("a seed"), belongs);
            let counts = sheet.ok().map(|sheet| (sheet.given.len(), sheet.blank, sheet.refused.len()));
            read.insert(seed.file_name().to_string_lossy().into_owned(), counts);
        }
        let of = |name: &str| read.get(name).copied().expect("a seed of that name");
        assert_eq!((of("offered"), of("utf16"), of("twice")), (Some((1, 1, 0)), Some((1, 0, 0)), None));
        assert_eq!((of("arabic"), of("semicolons-latin1")), (Some((1, 0, 1)), Some((1, 0, 1))));
        assert_eq!(of("formulas"), Some((1, 0, 2)));
        assert!(read.len() >= 7, "{read:?}");
    }

    #[test]
    fn what_was_offered_comes_back_the_same() {
        let comment = "=cmd|' /C calc'!A0, \"quoted\"\nsecond line";
        let lines = [
            SheetLine { finding_id: "f1", asset: "192.0.2.1", subject: "x", said: Some(Said::Help), comment },
            SheetLine { finding_id: "f2", asset: "=1+1", subject: "", said: None, comment: "" },
        ];
        let bytes = write_sheet(lines.into_iter());
        let text = String::from_utf8(bytes.clone()).expect("UTF-8");
        assert!(
            text.starts_with("\u{feff}finding,asset,subject,answer,comment\r\nf1,192.0.2.1,x,help,\"'=cmd"),
            "{text}"
        );
        assert!(text.contains("'=1+1"));
        let sheet = read_sheet(&bytes, belongs).expect("read");
        assert_eq!((sheet.given.len(), sheet.blank, sheet.refused.len()), (1, 1, 0));
        assert_eq!((sheet.given[0].1.said, sheet.given[0].1.comment.as_str()), (Said::Help, comment));
    }

    #[test]
    fn columns_are_found_by_name_in_any_order_and_any_spreadsheet() {
        for text in [
            "answer,finding\nfixed,f1\n",
            "Answer;Finding;more\nfixed;f1;x\n",
            "finding\tanswer\nf1\tFIXED\n",
            "\u{feff}Finding ID,Réponse\nf1,corrigé\n",
        ] {
            let sheet = read_sheet(text.as_bytes(), belongs).expect(text);
            assert_eq!(
                sheet.given.iter().map(|(line, g)| (*line, g.said)).collect::<Vec<_>>(),
                [(2, Said::Fixed)],
                "{text}"
            );
        }
        let wide: Vec<u8> = [0xFF, 0xFE]
            .into_iter()
            .chain("finding;answer\nf1;عولجت\n".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        assert_eq!(read_sheet(&wide, belongs).expect("UTF-16").given.len(), 1);
    }

    #[test]
    fn bad_lines_are_told_and_good_ones_kept() {
        let long = "x".repeat(1001);
        let text = format!(
            "finding,answer,comment\nf1,fixed,\nother,fixed,\nf2,perhaps,\nf3,,why\nf4,help,{long}\nf1,false,\nf5,fixed\n\nf6,,\nf7,false,\"ok\"\nf8,fixed,\"open\n"
        );
        assert_eq!(
            refused(&text),
            [
                (3, "finding", LineReason::OtherFinding),
                (4, "answer", LineReason::NoAnswer),
                (5, "answer", LineReason::CommentAlone),
                (6, "comment", LineReason::CommentTooLong),
                (7, "finding", LineReason::Twice),
                (8, "", LineReason::Fields),
                (12, "", LineReason::Broken),
            ]
        );
        let sheet = read_sheet(text.as_bytes(), belongs).expect("read");
        let kept: Vec<(u64, &str)> =
            sheet.given.iter().map(|(line, given)| (*line, given.finding_id.as_str())).collect();
        assert_eq!((kept, sheet.blank), (vec![(2, "f1"), (11, "f7")], 1));
    }

    #[test]
    fn a_table_that_cannot_be_read_says_why() {
        for (text, want) in [
            ("", SheetError::Empty),
            (" \n ", SheetError::Empty),
            ("finding,comment\nf1,x", SheetError::NoColumn("answer", "finding, comment".into())),
            ("a,b", SheetError::NoColumn("finding", "a, b".into())),
            ("finding,id,answer", SheetError::ColumnTwice("finding")),
        ] {
            assert_eq!(read_sheet(text.as_bytes(), belongs).expect_err(text), want);
        }
        let large = vec![b'x'; SHEET_BYTES + 1];
        assert_eq!(read_sheet(&large, belongs).expect_err("large"), SheetError::TooLarge(SHEET_BYTES));
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_table_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = read_sheet(&bytes, |_| true);
            let mut headed = b"finding;answer;comment\n".to_vec();
            headed.extend(&bytes);
            let sheet = read_sheet(&headed, |_| true);
            prop_assert!(sheet.is_ok());
            for (_, given) in sheet.unwrap_or_default().given {
                prop_assert!(given.comment.chars().count() <= 1000);
            }
        }

        #[test]
        fn a_comment_survives_its_table(words in "[=+@\\-a-z\"',;\n é]{0,40}") {
            let line = SheetLine { finding_id: "f1", asset: "a", subject: "s", said: Some(Said::Fixed), comment: &words };
            let sheet = read_sheet(&write_sheet(std::iter::once(line)), |_| true).expect("read");
            let [(_, given)] = sheet.given.as_slice() else { panic!("one line, {:?}", sheet.refused) };
            let kept = crate::answer::comment(&words);
            prop_assert_eq!(Some(&given.comment), kept.as_ref());
        }
    }
}
