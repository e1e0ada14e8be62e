//! The sheet a respondent fills in without this server: a workbook with drop-down lists, or CSV. What could be taken for a formula
//! is text.

use std::borrow::Cow;

use manara_model::neutral_cell;
use manara_web::{Cell, Lang, Locale, Words, csv_text, mark_pages, marked_properties};
use rust_xlsxwriter::{
    Color, DataValidation, Format as Look, FormatAlign, FormatBorder, Formula, ProtectionOptions, Workbook, Worksheet,
    XlsxError,
};

use crate::assessment::Assessment;
use crate::catalogue::{Catalogue, Item};
use crate::sheet::{Action, Answer, Evidence, Voice};
use crate::table::NOT_APPLICABLE;

/// The columns of a sheet, in their order; they are found by name when they come back.
pub(super) const COLUMNS: [&str; 8] = ["item", "section", "question", "help", "level", "state", "comment", "evidence"];
/// The column of the marking; nothing is read from it.
const MARKING: &str = "tlp";
/// The word before the seal.
pub(super) const SEAL: &str = "#seal";
/// Rows a spreadsheet shows above the questions.
const HEAD_ROWS: u32 = 4;

/// In which form a sheet is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A workbook.
    Xlsx,
    /// Comma-separated values.
    Csv,
}

impl Form {
    /// Both.
    pub const ALL: [Form; 2] = [Self::Xlsx, Self::Csv];

    /// The word, which is also the end of the file's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Form> {
        Self::ALL.into_iter().find(|form| form.as_str() == text)
    }

    /// What the file is.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv; charset=utf-8",
        }
    }
}

/// What a sheet is made of.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// The assessment.
    pub assessment: &'a Assessment,
    /// The version of its catalogue.
    pub catalogue: &'a Catalogue,
    /// Who is asked.
    pub voice: &'a Voice,
    /// What they said so far.
    pub answers: &'a [Answer],
    /// What they showed so far.
    pub evidence: &'a [Evidence],
    /// The seal.
    pub seal: &'a str,
    /// All messages.
    pub words: &'a Words,
    /// The language of the questions.
    pub lang: Lang,
}

/// Writes the sheet.
pub fn write_form(of: &Asked<'_>, form: Form) -> Result<Vec<u8>, XlsxError> {
    match form {
        Form::Xlsx => workbook(of),
        Form::Csv => Ok(comma_separated(of).into_bytes()),
    }
}

/// Columns with that of the marking after them.
pub(super) fn marked(columns: [&'static str; 8]) -> Vec<&'static str> {
    columns.into_iter().chain([MARKING]).collect()
}

/// What is asked about an item: the same text goes out and is looked for when the sheet comes back.
pub(super) fn question(item: &Item, lang: &str) -> String {
    item.question.as_ref().unwrap_or(&item.name).of(lang).trim().to_string()
}

/// A text that a spreadsheet could take for a formula, or we for one that got an apostrophe.
fn could_run(text: &str) -> bool {
    let is_formula = |text: &str| matches!(neutral_cell(text), Cow::Owned(_));
    is_formula(text) || is_formula(text.trim_start_matches('\''))
}

/// The text with an apostrophe before it when it could run.
pub(crate) fn guarded(text: &str) -> String {
    if could_run(text) { format!("'{text}") } else { text.to_string() }
}

/// The text as it was before it got an apostrophe.
pub(crate) fn plain(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| could_run(rest)).unwrap_or(text)
}

impl Asked<'_> {
    fn t(&self, key: &str) -> String {
        self.words.t(Locale::from(self.lang), key)
    }

    fn level(&self, value: i64) -> String {
        let name = self.catalogue.level(value).map_or("", |level| level.name.of(self.lang.tag()));
        format!("{value} · {name}")
    }

    fn not_applicable(&self) -> String {
        format!("{NOT_APPLICABLE} · {}", self.t("framework-not-applicable"))
    }

    fn action(&self, action: Action) -> String {
        self.t(&format!("framework-action-{}", action.as_str()))
    }

    fn said(&self, item: &Item) -> Option<&Answer> {
        self.answers.iter().find(|answer| answer.item == item.ref_id && answer.voice == self.voice.id)
    }

    fn shown(&self, item: &Item) -> String {
        let own = |one: &&Evidence| one.item == item.ref_id && one.voice == self.voice.id;
        self.evidence.iter().filter(own).map(|one| one.label.as_str()).collect::<Vec<_>>().join(" | ")
    }

    fn help(&self, item: &Item) -> String {
        let texts = [&item.description, &item.typical_evidence];
        let texts = texts.into_iter().flatten().map(|text| text.of(self.lang.tag()));
        texts.collect::<Vec<_>>().join("\n")
    }
}

fn comma_separated(of: &Asked<'_>) -> String {
    let rows = of.catalogue.assessable().map(|item| {
        let said = of.said(item);
        let level = match said {
            Some(said) if said.not_applicable => NOT_APPLICABLE.to_string(),
            _ => said.and_then(|said| said.level).map(|level| level.to_string()).unwrap_or_default(),
        };
        let state = said.and_then(|said| said.state).map_or("", Action::as_str).to_string();
        let comment = said.map(|said| said.comment.clone()).unwrap_or_default();
        let section = of.catalogue.section(item).name.of(of.lang.tag()).to_string();
        let texts = [
            item.ref_id.clone(),
            section,
            question(item, of.lang.tag()),
            of.help(item),
            level,
            state,
            comment,
            of.shown(item),
            of.assessment.tlp.label().to_string(),
        ];
        texts.iter().map(|text| Cell::Text(guarded(text))).collect()
    });
    let mut rows: Vec<Vec<Cell>> = rows.collect();
    rows.push(vec![SEAL.into(), of.seal.into()]);
    // The mark tells spreadsheets that the letters of all languages are in it.
    format!("\u{feff}{}", csv_text(&marked(COLUMNS), &rows))
}

fn workbook(of: &Asked<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&marked_properties(of.assessment.tlp));
    let levels = u32::try_from(of.catalogue.told.scale.len()).unwrap_or(0);
    answers(of, workbook.add_worksheet(), levels)?;
    let lists = workbook.add_worksheet().set_name("lists")?.set_hidden(true).protect();
    for (row, level) in (0..).zip(&of.catalogue.told.scale) {
        lists.write_string(row, 0, of.level(level.value))?;
    }
    lists.write_string(levels, 0, of.not_applicable())?;
    for (row, action) in (0..).zip(Action::ALL) {
        lists.write_string(row, 1, of.action(action))?;
    }
    let seal = workbook.add_worksheet().set_name("seal")?.set_hidden(true).protect();
    seal.write_string(0, 0, SEAL)?;
    seal.write_string(0, 1, of.seal)?;
    workbook.save_to_buffer()
}

fn answers(of: &Asked<'_>, sheet: &mut Worksheet, levels: u32) -> Result<(), XlsxError> {
    let lang = of.lang.tag();
    sheet.set_name("answers")?.set_right_to_left(of.lang.dir() == "rtl");
    mark_pages(sheet, of.assessment.tlp);
    // Against slips, without a password: questions stay as they are, columns and rows can be made wider.
    sheet.protect_with_options(&ProtectionOptions {
        format_columns: true,
        format_rows: true,
        format_cells: true,
        ..ProtectionOptions::default()
    });
    let (bold, text) =
        (Look::new().set_bold().set_font_size(14), Look::new().set_text_wrap().set_align(FormatAlign::Top));
    let head = Look::new().set_bold().set_background_color(Color::RGB(0xE3ECF2)).set_border_bottom(FormatBorder::Thin);
    let fill = head.clone().set_background_color(Color::RGB(0xFFF3CD));
    // A text that looks like a formula stays a text when somebody edits the cell, too.
    let open = text.clone().set_unlocked().set_quote_prefix().set_border(FormatBorder::Hair);
    let subject = [("subject", of.assessment.subject.clone().into())];
    let title = of.words.t_args(Locale::from(of.lang), "exchange-sheet-title", &subject);
    sheet.write_string_with_format(0, 0, title, &bold)?;
    let marking = of.assessment.tlp.label();
    sheet.write_string(1, 0, format!("{} · {} · {marking}", of.voice.name, of.voice.organisation))?;
    sheet.write_string(2, 0, of.t("exchange-sheet-how"))?;
    for ((column, name), width) in (0..).zip(COLUMNS).zip([12, 24, 60, 50, 30, 22, 50, 40]) {
        let look = if column < 4 { &head } else { &fill };
        sheet.write_string_with_format(HEAD_ROWS - 1, column, of.t(&format!("exchange-head-{name}")), look)?;
        sheet.set_column_width(column, width)?;
    }
    let list = |formula: String| {
        DataValidation::new()
            .allow_list_formula(Formula::new(formula))
            .set_error_title(of.t("exchange-sheet-choose-title"))?
            .set_error_message(of.t("exchange-sheet-choose"))
    };
    let states = list(format!("=lists!$B$1:$B${}", Action::ALL.len()))?;
    let (without, with) = (list(format!("=lists!$A$1:$A${levels}"))?, list(format!("=lists!$A$1:$A${}", levels + 1))?);
    for (row, item) in (HEAD_ROWS..).zip(of.catalogue.assessable()) {
        let said = of.said(item);
        let section = of.catalogue.section(item).name.of(lang).to_string();
        for (column, words) in (0..).zip([item.ref_id.clone(), section, question(item, lang), of.help(item)]) {
            sheet.write_string_with_format(row, column, words, &text)?;
        }
        let level = match said {
            Some(said) if said.not_applicable => of.not_applicable(),
            _ => said.and_then(|said| said.level).map(|level| of.level(level)).unwrap_or_default(),
        };
        let state = said.and_then(|said| said.state).map(|state| of.action(state)).unwrap_or_default();
        let comment = said.map(|said| said.comment.clone()).unwrap_or_default();
        for (column, words) in (4..).zip([level, state, comment, of.shown(item)]) {
            match words.is_empty() {
                true => sheet.write_blank(row, column, &open)?,
                false => sheet.write_string_with_format(row, column, words, &open)?,
            };
        }
        sheet.add_data_validation(row, 4, row, 4, if item.not_applicable { &with } else { &without })?;
        sheet.add_data_validation(row, 5, row, 5, &states)?;
    }
    sheet.set_freeze_panes(HEAD_ROWS, 1)?;
    Ok(())
}
