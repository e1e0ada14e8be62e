//! The events of a notice as pages to read and to print, in the language of its letter.

use std::sync::Arc;

use manara_document::{Cell, Direction, Document, Form, Part, PrintError, Printer, Table};
use manara_model::Micros;
use manara_web::{Lang, Locale, Word, Words};

use crate::attachment::{ATTACHMENT_BYTES, EventFile};
use crate::notice::{Notice, class_parts};

/// Rows on paper: whoever wants more has the table.
const ROWS: usize = 1_000;
/// Columns on paper.
const WIDE: usize = 6;
/// Characters of one cell.
const CELL_CHARS: usize = 120;

/// What may stand in a column: the key of the events and of its head, and whether it is for machines. The first that hold anything are
/// shown.
const COLUMNS: [(&str, &str, bool); 10] = [
    ("time.source", "warning-sheet-time", true),
    ("source.ip", "warning-sheet-address", true),
    ("source.port", "warning-sheet-port", true),
    ("malware.name", "warning-sheet-malware", false),
    ("classification.identifier", "warning-sheet-identifier", false),
    ("source.fqdn", "warning-sheet-name", true),
    ("source.url", "warning-sheet-url", true),
    ("destination.ip", "warning-sheet-destination", true),
    ("destination.port", "warning-sheet-destination-port", true),
    ("event_description.text", "warning-sheet-description", false),
];

/// What pages are printed with.
#[derive(Clone)]
pub struct Press {
    /// The words on them.
    pub words: Arc<Words>,
    /// What prints them.
    pub printer: Printer,
}

/// The events of a notice.
pub(crate) struct Events<'a> {
    /// IntelMQ keys.
    pub columns: &'a [String],
    /// Those that are attached.
    pub rows: &'a [Vec<String>],
    /// How many there are.
    pub total: i64,
}

/// Why a notice has no pages.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoSheet {
    /// They cannot be printed.
    #[error(transparent)]
    Print(#[from] PrintError),
    /// With the other files they would be more than mail servers take.
    #[error("with its pages the attachments would be larger than {ATTACHMENT_BYTES} bytes")]
    TooLarge,
}

/// Prints the pages of a notice, and says how many rows they hold. `beside` is how large its other files are.
pub(crate) fn event_sheet(
    press: &Press,
    notice: &Notice,
    events: &Events<'_>,
    beside: usize,
) -> Result<(EventFile, usize), NoSheet> {
    let bytes = press.printer.print(&document(&press.words, notice, events), Form::Pdf)?;
    if beside + bytes.len() > ATTACHMENT_BYTES {
        return Err(NoSheet::TooLarge);
    }
    let name = format!("{}-events.pdf", notice.number);
    Ok((EventFile { name, media_type: Form::Pdf.content_type(), bytes }, events.rows.len().min(ROWS)))
}

fn document(words: &Words, notice: &Notice, events: &Events<'_>) -> Document {
    let locale: Locale = Lang::parse(&notice.language).unwrap_or(Lang::En).into();
    let t = |key: &str| words.t(locale, key);
    let rows = events.rows.get(..ROWS).unwrap_or(events.rows);
    let (_, kind) = class_parts(&notice.class);
    let total = locale.numbers.whole(events.total);
    let mut parts = vec![Part::Pairs(vec![
        (t("warning-mailbox-notice"), Cell::Id(notice.number.clone())),
        (t("warning-list-constituent"), Cell::Text(notice.constituent.clone())),
        (t("warning-list-class"), Cell::Text(t(&format!("web-type-{kind}")))),
        (t("warning-sheet-day"), Cell::Id(notice.day.clone())),
        (t("warning-list-findings"), Cell::Number(locale.numbers.whole(notice.findings))),
        (t("warning-list-events"), Cell::Number(total)),
    ])];
    let shown = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    if shown < events.total {
        let args = [("count", Word::from(shown)), ("all", Word::from(events.total))];
        parts.push(Part::Note(words.t_args(locale, "warning-sheet-first", &args)));
    }
    parts.push(Part::Table(table(words, locale, events.columns, rows)));
    let zone = [("zone", Word::from(locale.zone_at(notice.created)))];
    parts.push(Part::Words(words.t_args(locale, "desk-times-in", &zone)));
    let marks = [("n", Word::from("{n}")), ("m", Word::from("{m}"))];
    Document {
        title: words.t_args(locale, "warning-sheet-title", &[("number", Word::from(notice.number.clone()))]),
        lang: locale.lang.tag().into(),
        direction: if locale.lang.dir() == "rtl" { Direction::RightToLeft } else { Direction::LeftToRight },
        tlp: Some(notice.tlp),
        day: notice.day.clone(),
        day_words: words.day(locale, notice.created),
        page_words: words.t_args(locale, "document-page", &marks),
        parts,
    }
}

fn table(words: &Words, locale: Locale, columns: &[String], rows: &[Vec<String>]) -> Table {
    let place = |key: &str| columns.iter().position(|column| column == key);
    let is_used = |at: usize| rows.iter().any(|row| row.get(at).is_some_and(|cell| !cell.is_empty()));
    let shown: Vec<(usize, &str, bool)> = COLUMNS
        .iter()
        .filter_map(|(key, head, is_id)| Some((place(key).filter(|at| is_used(*at))?, *head, *is_id)))
        .take(WIDE)
        .collect();
    let cell = |row: &Vec<String>, at: usize, head: &str, is_id: bool| {
        let text = row.get(at).map_or("", String::as_str);
        match (text.is_empty(), head) {
            (true, _) => Cell::Absent,
            (false, "warning-sheet-time") => Cell::Id(time(locale, text)),
            (false, _) if is_id => Cell::Id(clip(text)),
            (false, _) => Cell::Text(clip(text)),
        }
    };
    Table {
        caption: words.t(locale, "warning-list-events"),
        head: shown.iter().map(|(_, head, _)| words.t(locale, head)).collect(),
        rows: rows.iter().map(|row| shown.iter().map(|(at, head, id)| cell(row, *at, head, *id)).collect()).collect(),
    }
}

/// A text as a cell holds it.
fn clip(text: &str) -> String {
    match text.char_indices().nth(CELL_CHARS) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.into(),
    }
}

fn time(locale: Locale, text: &str) -> String {
    match Micros::parse_rfc3339(text) {
        Some(at) => locale.local(at).format("%Y-%m-%d %H:%M").to_string(),
        None => clip(text),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use manara_document::{Cell, Direction, Form, Part, Printer};
    use manara_model::Micros;
    use manara_web::Words;

    use super::{Events, NoSheet, Press, ROWS, document, event_sheet};
    use crate::notice::Notice;

    fn notice(language: &str) -> Notice {
        let draft = Notice::draft("N-2026-000001".into(), "2026-01-15".into(), Micros(1_768_478_400_000_000));
        Notice {
            language: language.into(),
            class: "malicious-code/infected-system".into(),
            constituent: "Harbour <b>Office</b>".into(),
            findings: 2,
            ..draft
        }
    }

    fn columns() -> Vec<String> {
        ["time.source", "source.ip", "source.port", "malware.name", "extra"].map(String::from).to_vec()
    }

    fn rows(count: usize) -> Vec<Vec<String>> {
        let row = ["2026-01-15T00:00:00Z", "192.0.2.1", "", "x".repeat(300).as_str(), "{}"].map(String::from);
        vec![row.to_vec(); count]
    }

    #[test]
    fn the_pages_speak_the_language_of_the_letter_and_say_what_they_leave_out() {
        let words = Words::built_in().expect("words");
        for (language, direction) in
            [("en", Direction::LeftToRight), ("fr", Direction::LeftToRight), ("ar", Direction::RightToLeft)]
        {
            let (columns, rows) = (columns(), rows(ROWS + 1));
            let events = Events { columns: &columns, rows: &rows, total: 5_000 };
            let made = document(&words, &notice(language), &events);
            assert_eq!((made.lang.as_str(), made.direction), (language, direction));
            assert!(made.parts.iter().any(|part| matches!(part, Part::Note(_))), "rows are missing and it says so");
            let table = made.parts.iter().find_map(|part| match part {
                Part::Table(table) => Some(table),
                _ => None,
            });
            let table = table.expect("a table");
            assert_eq!((table.head.len(), table.rows.len()), (3, ROWS), "an empty column is none");
            assert_eq!(table.rows[0][0], Cell::Id("2026-01-15 00:00".into()));
            let text = String::from_utf8(Printer::new(None).print(&made, Form::Md).expect("printed")).expect("text");
            assert!(!text.contains("warning-") && !text.contains("web-type"), "a key without words: {text}");
        }
    }

    #[test]
    fn a_pdf_is_made_where_there_are_fonts() {
        let press = Press { words: Arc::new(Words::built_in().expect("words")), printer: Printer::new(None) };
        let (columns, rows) = (columns(), rows(3));
        let events = Events { columns: &columns, rows: &rows, total: 3 };
        match event_sheet(&press, &notice("ar"), &events, 0) {
            Ok((file, held)) => {
                assert!(file.bytes.starts_with(b"%PDF-") && file.name == "N-2026-000001-events.pdf", "{}", file.name);
                assert_eq!((file.media_type, held), ("application/pdf", 3));
            }
            Err(why) => assert!(!press.printer.fonts().missing().is_empty(), "{why}"),
        }
        if press.printer.fonts().missing().is_empty() {
            let too_much = event_sheet(&press, &notice("en"), &events, super::ATTACHMENT_BYTES);
            assert!(matches!(too_much, Err(NoSheet::TooLarge)), "more than mail servers take");
        }
    }
}
