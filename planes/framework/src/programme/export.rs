//! A programme to take away: a table, a plan for other planners, a calendar.

mod ics;
mod mspdi;

use manara_model::Micros;
use manara_web::{Cell, csv_text};

use super::{Names, Programme, Status, Task};

/// In which form a programme is taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProgrammeForm {
    /// A table of its tasks, RFC 4180.
    Csv,
    /// Microsoft Project's XML for data interchange (MSPDI), which other planners read as well.
    Xml,
    /// A calendar, RFC 5545.
    Ics,
}

impl ProgrammeForm {
    /// All of them.
    pub const ALL: [ProgrammeForm; 3] = [Self::Csv, Self::Xml, Self::Ics];

    /// The ending of the file's name, and the word that asks for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xml => "xml",
            Self::Ics => "ics",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.as_str() == text)
    }

    /// The media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xml => "application/xml; charset=utf-8",
            Self::Ics => "text/calendar; charset=utf-8",
        }
    }
}

/// What is written.
#[derive(Debug, Clone, Copy)]
pub struct Sheet<'a> {
    /// The programme.
    pub programme: &'a Programme,
    /// Its tasks in their order.
    pub tasks: &'a [Task],
    /// How it stands.
    pub status: &'a Status,
    /// In whose words.
    pub names: Names<'a>,
    /// When it is written.
    pub now: Micros,
}

impl Sheet<'_> {
    /// What its file is called: the day and, where it is given, the language, then the marking.
    pub fn file_name(&self, lang: Option<&str>, form: ProgrammeForm) -> String {
        let lang = lang.map(|tag| format!("-{tag}")).unwrap_or_default();
        let marking = self.programme.tlp.in_file_name();
        format!("programme-{}{lang}-{marking}.{}", self.status.today, form.as_str())
    }
}

/// The columns of the table; the last is the marking.
const HEAD: [&str; 26] = [
    "number",
    "task",
    "part",
    "block",
    "state",
    "needs",
    "roles",
    "owner",
    "planned_start",
    "planned_end",
    "days",
    "actual_start",
    "actual_end",
    "forecast_start",
    "forecast_end",
    "slack_days",
    "critical",
    "late",
    "effort_days_low",
    "effort_days_high",
    "money_low",
    "money_high",
    "currency",
    "payer",
    "deliverable",
    "tlp",
];

/// The programme as a file.
pub fn programme_file(sheet: &Sheet<'_>, form: ProgrammeForm) -> String {
    match form {
        ProgrammeForm::Csv => csv(sheet),
        ProgrammeForm::Xml => mspdi::written(sheet),
        ProgrammeForm::Ics => ics::written(sheet),
    }
}

fn csv(sheet: &Sheet<'_>) -> String {
    let rows = sheet.tasks.iter().zip(&sheet.status.lines).map(|(task, line)| {
        let needs: Vec<String> = task.needs.iter().map(i64::to_string).collect();
        let ([effort_low, effort_high], [money_low, money_high]) = (task.effort, task.money);
        vec![
            Cell::from(task.number),
            sheet.names.task(task).into(),
            task.part.as_str().into(),
            (&task.block).into(),
            task.state.as_str().into(),
            needs.join(" ").into(),
            sheet.names.roles(task).join(" · ").into(),
            (&task.owner).into(),
            task.planned_start.to_string().into(),
            task.planned_end.to_string().into(),
            task.days.into(),
            task.actual_start.map(|day| day.to_string()).into(),
            task.actual_end.map(|day| day.to_string()).into(),
            line.forecast_start.to_string().into(),
            line.forecast_end.to_string().into(),
            line.slack.into(),
            line.is_critical().into(),
            line.late.map(|late| late.as_str()).into(),
            effort_low.into(),
            effort_high.into(),
            money_low.into(),
            money_high.into(),
            (&sheet.programme.currency).into(),
            sheet.names.payer(&task.payer).into(),
            sheet.names.deliverable(task).into(),
            sheet.programme.tlp.label().into(),
        ]
    });
    csv_text(&HEAD, &rows.collect::<Vec<_>>())
}
