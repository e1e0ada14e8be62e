//! Sheets that come back, and tables of answers to take away.

use std::collections::HashSet;

use manara_model::Tlp;
use manara_web::{Cell, Lang, Locale, Words, csv_text, xlsx_bytes, xlsx_marked};
use rust_xlsxwriter::XlsxError;
use serde_json::json;

use super::answers::{ANSWERS, Bound, bound, row_of};
use super::form::{COLUMNS, Form, SEAL, guarded, marked, plain, question};
use super::grid::{Grid, GridError, read_grid};
use super::seal::{Broken, Keys, Seal};
use crate::assessment::{Assessment, LABEL_CHARS, line};
use crate::canonical::{canonical, hash};
use crate::catalogue::Catalogue;
use crate::jobs::{Given, Refusal};
use crate::sheet::{Action, Sheet};
use crate::table::{HEAD, NOT_APPLICABLE, Refused, Row, read_rows, read_table};

/// Rows that were not taken and are told.
const TOLD: usize = 200;
/// Characters of what stands in a cell that is told.
const FOUND_CHARS: usize = 80;

/// The words of a sheet in every language, for reading it back.
#[derive(Debug, Clone)]
pub struct Heads {
    columns: Vec<(String, &'static str)>,
    states: Vec<(String, Action)>,
}

impl Heads {
    /// The words there are.
    pub fn of(words: &Words) -> Heads {
        let each = |key: &str| Lang::ALL.map(|lang| folded(&words.t(Locale::from(lang), key)));
        let mut heads = Heads { columns: Vec::new(), states: Vec::new() };
        for name in COLUMNS {
            heads.columns.push((name.to_string(), name));
            heads.columns.extend(each(&format!("exchange-head-{name}")).map(|words| (words, name)));
        }
        for action in Action::ALL {
            heads.states.extend(each(&format!("framework-action-{}", action.as_str())).map(|words| (words, action)));
        }
        heads
    }

    fn column(&self, text: &str) -> Option<&'static str> {
        let text = folded(text);
        self.columns.iter().find(|(words, _)| *words == text).map(|(_, name)| *name)
    }

    fn state(&self, text: &str) -> Option<Action> {
        let found = folded(text);
        let known = self.states.iter().find(|(words, _)| *words == found).map(|(_, action)| *action);
        known.or_else(|| Action::parse(text))
    }
}

fn folded(text: &str) -> String {
    text.trim().to_lowercase()
}

/// Why a sheet was not taken at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SheetError {
    /// It is no table.
    #[error(transparent)]
    Grid(#[from] GridError),
    /// There is no seal in it.
    #[error("there is no seal in the file; hand in the file that was issued, saved in the same form")]
    NoSeal,
    /// The seal counts for nothing.
    #[error(transparent)]
    Seal(#[from] Broken),
    /// It belongs to another assessment.
    #[error("the sheet belongs to another assessment")]
    OtherAssessment,
    /// It asks for another version of the catalogue.
    #[error("the sheet asks by another version of the catalogue")]
    OtherVersion,
    /// The answers are not those that were sealed.
    #[error("the answers were changed after they were sealed; ask the respondent for the file as they sealed it")]
    Changed,
    /// The signature is not one of these answers.
    #[error("the signature of the answers is false; ask the respondent for the file as they sealed it")]
    NotSigned,
    /// A column is missing.
    #[error("the column {0} is missing")]
    NoColumn(&'static str),
}

impl SheetError {
    /// The last part of the message key: `exchange-sheet-bad-…`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Grid(GridError::TooLarge) => "large",
            Self::Grid(GridError::Damaged(_)) => "damaged",
            Self::Grid(GridError::Unknown) => "unknown",
            Self::NoSeal => "no-seal",
            Self::Seal(Broken::Damaged) => "seal-damaged",
            Self::Seal(Broken::Foreign) => "seal-foreign",
            Self::Seal(Broken::Form) => "seal-form",
            Self::OtherAssessment => "other-assessment",
            Self::OtherVersion => "other-version",
            Self::Changed => "changed",
            Self::NotSigned => "not-signed",
            Self::NoColumn(_) => "no-column",
        }
    }
}

/// A row of a sheet that was not taken.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Bad {
    /// The line, from 1.
    pub line: u64,
    /// The column, as [`COLUMNS`] names it.
    pub column: &'static str,
    /// The last part of the message key: `exchange-row-…`.
    pub code: &'static str,
    /// What stands there, shortened.
    pub found: String,
}

impl Bad {
    /// Every code.
    pub const CODES: [&'static str; 8] =
        ["item", "twice", "question", "level", "applies", "state", "comment", "evidence"];
}

/// A sheet that came back, read and found to be ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brought {
    /// What its seal says.
    pub seal: Seal,
    /// What was said, with the evidence that was named; rows in which nothing is said are not here.
    pub given: Vec<(Given, Vec<String>)>,
    /// Rows that were not taken.
    pub bad: Vec<Bad>,
    /// What binds the answers to whoever gave them.
    pub bound: Bound,
    /// The SHA-256 of what was said: the same however often the file was saved.
    pub content: String,
}

/// Reads a sheet that a respondent filled in: its seal first, then whether it is of this assessment and version, then row by row.
pub fn read_form(
    one: &Assessment,
    catalogue: &Catalogue,
    keys: &Keys,
    heads: &Heads,
    bytes: &[u8],
) -> Result<Brought, SheetError> {
    let grid = read_grid(bytes)?;
    let is_book = bytes.starts_with(b"PK");
    let cell = |row: &[String], at: usize| row.get(at).map_or("", |text| text.trim()).to_string();
    let sealed = row_of(&grid, SEAL).ok_or(SheetError::NoSeal)?;
    let seal = keys.check(sealed)?;
    if seal.assessment != one.id {
        return Err(SheetError::OtherAssessment);
    }
    if seal.version != one.hash || seal.version != catalogue.hash {
        return Err(SheetError::OtherVersion);
    }
    let (head, places) = find_head(&grid, heads)?;
    let bound = bound(sealed, (&grid, head), &places, is_book)?;
    let (mut given, mut bad, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
    for (line, row) in grid.iter().skip(head + 1) {
        let value = |name: &str| value_of(row, &places, is_book, name);
        let is_mark = |text: &str| text == SEAL || text == ANSWERS;
        if row.iter().all(|text| text.trim().is_empty()) || is_mark(&value("item")) || is_mark(&cell(row, 0)) {
            continue;
        }
        // Beyond the questions there are the lists of the workbook, which have no question.
        if value("question").is_empty() && catalogue.item(&value("item")).is_none() {
            continue;
        }
        match read_row(catalogue, heads, &seal.lang, &mut seen, value) {
            Ok(Some(said)) => given.push(said),
            Ok(None) => {}
            Err((column, code, found)) if bad.len() < TOLD => {
                let found = found.chars().filter(|c| !c.is_control()).take(FOUND_CHARS).collect();
                bad.push(Bad { line: *line, column, code, found });
            }
            Err(_) => {}
        }
    }
    let said: Vec<_> = given
        .iter()
        .map(|(one, evidence): &(Given, Vec<String>)| {
            json!([one.item, one.level, one.not_applicable, one.state.map(Action::as_str), one.comment, evidence])
        })
        .collect();
    let content = hash(&canonical(&json!([seal.assessment, seal.respondent, seal.issued, said])));
    Ok(Brought { seal, given, bad, bound, content })
}

/// Where each column stands.
pub(super) type Places = Vec<(&'static str, usize)>;

/// What a row says in a column, as it was typed.
pub(super) fn value_of(row: &[String], places: &Places, is_book: bool, name: &str) -> String {
    let at = places.iter().find(|(known, _)| *known == name).map(|(_, at)| *at);
    let text = at.and_then(|at| row.get(at)).map_or("", String::as_str);
    // Only CSV needs apostrophes: in a workbook a text is a text.
    if is_book { text.trim().to_string() } else { plain(text).trim().to_string() }
}

/// The row of the heading, and where each column stands.
pub(super) fn find_head(grid: &Grid, heads: &Heads) -> Result<(usize, Places), SheetError> {
    let places = |row: &[String]| -> Places {
        let mut found = Places::new();
        for (at, text) in row.iter().enumerate() {
            if let Some(name) = heads.column(text).filter(|name| !found.iter().any(|(known, _)| known == name)) {
                found.push((name, at));
            }
        }
        found
    };
    let rows = grid.iter().take(50).map(|(_, row)| places(row)).enumerate();
    let (at, found) = rows.max_by_key(|(at, found)| (found.len(), std::cmp::Reverse(*at))).unwrap_or_default();
    for needed in ["item", "question", "level"] {
        if !found.iter().any(|(name, _)| *name == needed) {
            return Err(SheetError::NoColumn(needed));
        }
    }
    Ok((at, found))
}

type Wrong = (&'static str, &'static str, String);

fn read_row(
    catalogue: &Catalogue,
    heads: &Heads,
    lang: &str,
    seen: &mut HashSet<String>,
    value: impl Fn(&str) -> String,
) -> Result<Option<(Given, Vec<String>)>, Wrong> {
    let id = value("item");
    let item = catalogue.item(&id).filter(|item| item.assessable).ok_or(("item", "item", id.clone()))?;
    if !seen.insert(id.clone()) {
        return Err(("item", "twice", id));
    }
    let same = |a: &str, b: &str| a.split_whitespace().eq(b.split_whitespace());
    let asked = value("question");
    if !same(&asked, &question(item, lang)) {
        return Err(("question", "question", asked));
    }
    let (level, not_applicable) = level(catalogue, &value("level")).ok_or(("level", "level", value("level")))?;
    let state = match value("state") {
        text if text.is_empty() => None,
        text => Some(heads.state(&text).ok_or(("state", "state", text))?),
    };
    let given = Given { item: id.clone(), level, not_applicable, state, comment: value("comment") };
    let mut evidence = Vec::new();
    for label in value("evidence").split('|').map(str::trim).filter(|label| !label.is_empty()).take(20) {
        evidence.push(line(label, LABEL_CHARS).ok_or(("evidence", "evidence", label.to_string()))?);
    }
    if given == (Given { item: id, ..Given::default() }) && evidence.is_empty() {
        return Ok(None);
    }
    let given = given.checked(catalogue).map_err(|why| match why {
        Refusal::Text => ("comment", "comment", given.comment.clone()),
        Refusal::Applies => ("level", "applies", value("level")),
        _ => ("level", "level", value("level")),
    })?;
    Ok(Some((given, evidence)))
}

/// A level as people write it: `3`, `3 · Explicit`, its name in any language, `n/a`; nothing when it is none of the scale.
fn level(catalogue: &Catalogue, text: &str) -> Option<(Option<i64>, bool)> {
    let text = folded(text);
    if text.is_empty() {
        return Some((None, false));
    }
    let first = text.split('·').next().unwrap_or_default().trim();
    if first == NOT_APPLICABLE {
        return Some((None, true));
    }
    // Some write the digits of their own script.
    let digit = |c: char| match c {
        '٠'..='٩' => char::from_digit(u32::from(c) - u32::from('٠'), 10),
        '۰'..='۹' => char::from_digit(u32::from(c) - u32::from('۰'), 10),
        c => Some(c),
    };
    let number: Option<String> = first.chars().map(digit).collect();
    let value = number.and_then(|number| number.parse::<i64>().ok());
    let is_named = |level: &&crate::catalogue::Level| level.name.all().any(|(_, name)| folded(name) == text);
    let named = catalogue.told.scale.iter().find(is_named).map(|level| level.value);
    let value = value.filter(|value| catalogue.level(*value).is_some()).or(named)?;
    Some((Some(value), false))
}

/// Reads a table of answers of any number of respondents, CSV or a workbook.
pub fn read_answers(catalogue: &Catalogue, bytes: &[u8]) -> Result<(Vec<Row>, Vec<Refused>), Refused> {
    if !bytes.starts_with(b"PK\x03\x04") {
        return read_table(catalogue, bytes);
    }
    let grid = read_grid(bytes).map_err(|why| Refused { line: 0, column: "", reason: why.to_string() })?;
    let is_head = |row: &[String]| {
        let has = |name: &str| row.iter().any(|text| folded(text) == name);
        has("item") && has("respondent")
    };
    let mut rows = grid.into_iter().skip_while(|(_, row)| !is_head(row));
    let head = rows.next().map(|(_, row)| row).unwrap_or_default();
    let filled = rows.filter(|(_, row)| row.iter().any(|text| !text.trim().is_empty()));
    read_rows(catalogue, &head, filled.map(Ok))
}

/// Writes all answers as the table that [`read_answers`] takes. The marking stands in a column of its own, which is not read again,
/// and on every page of a workbook.
pub fn export_answers(sheet: &Sheet, tlp: Tlp, form: Form, right_to_left: bool) -> Result<Vec<u8>, XlsxError> {
    let rows = sheet.answers.iter().filter_map(|answer| {
        let voice = sheet.voices.iter().find(|voice| voice.id == answer.voice)?;
        let level = match (answer.not_applicable, answer.level) {
            (true, _) => NOT_APPLICABLE.to_string(),
            (false, level) => level.map(|level| level.to_string()).unwrap_or_default(),
        };
        let own = sheet.evidence.iter().filter(|one| one.voice == answer.voice && one.item == answer.item);
        let evidence: Vec<&str> = own.map(|one| one.label.as_str()).collect();
        let state = answer.state.map_or("", Action::as_str);
        let texts = [
            answer.item.as_str(),
            &voice.name,
            &voice.organisation,
            &voice.role,
            &level,
            state,
            &answer.comment,
            &evidence.join("|"),
            tlp.label(),
        ];
        Some(texts.map(|text| Cell::Text(guarded(text))).to_vec())
    });
    let rows: Vec<Vec<Cell>> = rows.collect();
    match form {
        Form::Csv => Ok(format!("\u{feff}{}", csv_text(&marked(HEAD), &rows)).into_bytes()),
        Form::Xlsx => xlsx_marked(&marked(HEAD), &rows, right_to_left, tlp),
    }
}

/// Writes the items of a catalogue as a workbook, in a language.
pub fn export_items(catalogue: &Catalogue, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let head = [
        "item",
        "parent",
        "depth",
        "answered",
        "name",
        "question",
        "description",
        "typical_evidence",
        "recommendation",
        "priority",
        "effort",
        "weight",
        "source",
        "verified",
    ];
    let tag = lang.tag();
    let rows = catalogue.told.items.iter().map(|item| {
        let text =
            |text: &Option<crate::text::Text>| Cell::Text(guarded(text.as_ref().map_or("", |text| text.of(tag))));
        vec![
            Cell::Text(guarded(&item.ref_id)),
            Cell::Text(guarded(&item.parent)),
            Cell::Int(i64::try_from(catalogue.depth(item)).unwrap_or_default()),
            item.assessable.into(),
            Cell::Text(guarded(item.name.of(tag))),
            text(&item.question),
            text(&item.description),
            text(&item.typical_evidence),
            text(&item.recommendation),
            item.priority.into(),
            item.effort.into(),
            item.weight.into(),
            Cell::Text(guarded(&item.source)),
            item.verified.into(),
        ]
    });
    xlsx_bytes(&head, &rows.collect::<Vec<_>>(), lang.dir() == "rtl")
}
