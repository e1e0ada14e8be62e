//! The report of figures of a period, to print and to take away.

use std::collections::HashMap;

use manara_document::{Cell, Direction, Document, Part, Table};
use manara_model::{Micros, Severity};
use manara_store::{Db, StoreError};
use manara_web::{Locale, Word, Words};

use super::contacts::ContactQuality;
use super::measure::{By, Counts, Measure, measure_of};
use super::notices::NoticeQuality;
use super::period::Period;
use super::summary::Figure;
use super::table::{FigureLine, FigureTable};
use crate::jobs::{noted_contacts, noted_notices};
use crate::sql_figures::{Waiting, constituent_names, waiting_by_owner};

/// Periods of a course.
pub(crate) const COURSE: i64 = 13;
/// Changes that are told in words.
const TOLD: usize = 8;
/// A figure of fewer cases changes by chance.
const ENOUGH: i64 = 5;
/// Parts that stand in a report.
const PARTS: usize = 40;
/// The columns of the backlog by day.
pub(crate) const DAY_HEADS: [&str; 6] =
    ["figures-day", "figures-open", "figures-unowned", "figures-median", "figures-p90", "figures-p95"];
/// The measures whose course and parts stand in a report.
const CHOSEN: [&str; 3] = ["triage", "resolve", "in-time"];
const APART: [By; 9] = [
    By::Class,
    By::Severity,
    By::Sector,
    By::Constituent,
    By::Mailbox,
    By::Source,
    By::Country,
    By::Asn,
    By::Technique,
];
/// Days of the backlog that are shown: the last of a period.
pub(crate) const DAYS: usize = 31;

/// The figures of a measure for each value that tells cases apart.
type Parts = Vec<(String, Figure)>;

/// What a report of figures is made of.
pub struct FigurePaper {
    /// The figures.
    pub table: FigureTable,
    courses: Vec<(&'static Measure, Vec<(Period, Figure)>)>,
    apart: Vec<(&'static Measure, By, Parts)>,
    waiting: Vec<Waiting>,
    contacts: Option<(Micros, ContactQuality)>,
    notices: Option<(Micros, NoticeQuality)>,
    /// What the constituents in it are called, by id.
    names: HashMap<String, String>,
    /// The name of the team; empty as long as nobody gave it one.
    pub team: String,
}

impl FigurePaper {
    /// Gathers what stands in a report.
    pub async fn gather(db: &Db, table: FigureTable, team: String) -> Result<FigurePaper, StoreError> {
        let (mut courses, mut apart) = (Vec::new(), Vec::new());
        for measure in CHOSEN.into_iter().filter_map(measure_of) {
            courses.push((measure, table.course(db, measure, COURSE).await?));
            for by in APART {
                if table.by == By::All {
                    apart.push((measure, by, table.parts(db, measure, by).await?));
                }
            }
        }
        for (by, measure) in [By::Hoster, By::Tld].into_iter().filter_map(|by| Some((by, measure_of("takedown")?))) {
            let of = table.aside.takedowns.iter().filter(|(of, ..)| *of == by);
            apart.push((measure, by, of.map(|(_, value, figure)| (value.clone(), *figure)).collect()));
        }
        let viewer = &table.eyes().viewer;
        let parts =
            apart.iter().filter(|(_, by, _)| *by == By::Constituent).flat_map(|(_, _, parts)| parts.iter().take(PARTS));
        let mut ids: Vec<&str> = parts.map(|(id, _)| id.as_str()).collect();
        ids.extend((table.by == By::Constituent).then_some(table.value.as_str()));
        ids.sort_unstable();
        ids.dedup();
        let names = constituent_names(db, viewer, &ids).await?;
        let waiting = waiting_by_owner(db, viewer).await?;
        let contacts = noted_contacts(db).await?;
        let notices = noted_notices(db).await?;
        Ok(FigurePaper { table, courses, apart, waiting, contacts, notices, names, team })
    }
}

/// What names the values of a dimension: sectors have their words elsewhere.
pub type Named<'n> = &'n dyn Fn(By, &str) -> String;

/// The report as a document, in a language. The same figures give the same document.
pub fn figure_paper(of: &FigurePaper, words: &Words, locale: Locale, named: Named<'_>, now: Micros) -> Document {
    let say = Say { words, locale };
    let named = |by: By, value: &str| match of.names.get(value) {
        Some(name) if by == By::Constituent => name.clone(),
        _ => named(by, value),
    };
    let named: Named<'_> = &named;
    let mut parts = Vec::new();
    let table = &of.table;
    parts.push(Part::Pairs(facts(of, &say, named)));
    if table.is_behind {
        parts.push(Part::Note(say.t("figures-behind")));
    }
    parts.push(Part::Heading(1, say.t("figures-changed")));
    let told = told(table, &say);
    match told.is_empty() {
        true => parts.push(Part::Words(say.t("figures-changed-nothing"))),
        false => parts.push(Part::List { numbered: false, items: told }),
    }
    for counts in [Counts::Time, Counts::Share, Counts::Number] {
        parts.push(Part::Heading(1, say.t(&format!("figures-{}s", counts.as_str()))));
        parts.push(lines(table, counts, &say));
    }
    stages(table, &say, named, &mut parts);
    courses(of, &say, &mut parts);
    apart(of, &say, named, &mut parts);
    days(table, &say, &mut parts);
    waiting(of, &say, &mut parts);
    notices(of, &say, &mut parts);
    contacts(of, &say, &mut parts);
    definitions(table, &say, &mut parts);
    let marks = [("n", Word::from("{n}")), ("m", Word::from("{m}"))];
    let is_rtl = locale.lang.dir() == "rtl";
    let day = table.counted_at.unwrap_or(now);
    Document {
        title: say.t1("figures-report-title", "period", say.period(table.period)),
        lang: locale.lang.tag().into(),
        direction: if is_rtl { Direction::RightToLeft } else { Direction::LeftToRight },
        tlp: Some(table.tlp),
        day: locale.local(day).format("%Y-%m-%d").to_string(),
        day_words: words.day(locale, day),
        page_words: words.t_args(locale, "document-page", &marks),
        parts,
    }
}

fn facts(of: &FigurePaper, say: &Say<'_>, named: Named<'_>) -> Vec<(String, Cell)> {
    let table = &of.table;
    let mut pairs = vec![
        (say.t("figures-period"), Cell::Text(say.period(table.period))),
        (say.t("figures-before"), Cell::Text(say.period(table.period.plus(-1)))),
        (say.t("figures-marking"), Cell::Text(say.t1("figures-marking-up-to", "tlp", table.tlp.label().to_string()))),
    ];
    if !of.team.is_empty() {
        pairs.insert(0, (say.t("figures-team"), Cell::Text(of.team.clone())));
    }
    if table.by != By::All {
        let by = say.t(&format!("figures-by-{}", table.by.as_str()));
        pairs.push((by, Cell::Text(named(table.by, &table.value))));
    }
    if let Some(at) = table.counted_at {
        let at = say.locale.local(at).format("%Y-%m-%d %H:%M").to_string();
        pairs.push((say.t("figures-counted-at"), Cell::Id(at)));
    }
    pairs
}

/// What changed most, in sentences: only where enough cases stand behind both figures.
fn told(table: &FigureTable, say: &Say<'_>) -> Vec<String> {
    let mut found: Vec<(&FigureLine, f64)> = table
        .lines
        .iter()
        .filter(|line| line.figure.n.min(line.before.n) >= ENOUGH)
        .filter_map(|line| line.change().map(|change| (line, change.by)))
        .filter(|(_, by)| by.abs() >= 0.05)
        .collect();
    found.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    let sentence = |(line, by): (&FigureLine, f64)| {
        let key = if by > 0.0 { "figures-told-rose" } else { "figures-told-fell" };
        let args = [
            ("measure", Word::from(say.name(line.measure))),
            ("now", say.value(line.measure, &line.figure).into()),
            ("before", say.value(line.measure, &line.before).into()),
            ("cases", say.t1("figures-cases", "count", line.figure.n).into()),
        ];
        say.words.t_args(say.locale, key, &args)
    };
    found.into_iter().take(TOLD).map(sentence).collect()
}

fn lines(table: &FigureTable, counts: Counts, say: &Say<'_>) -> Part {
    let mut head = vec![say.t("figures-measure"), say.t("figures-n")];
    let keys: &[&str] = match counts {
        Counts::Time => &[
            "figures-median",
            "figures-p90",
            "figures-p95",
            "figures-business-median",
            "figures-business-p90",
            "figures-business-p95",
        ],
        Counts::Share => &["figures-share", "figures-yes"],
        Counts::Number => &["figures-median", "figures-p90", "figures-p95", "figures-total"],
    };
    head.extend(keys.iter().map(|key| say.t(key)));
    head.extend([say.t("figures-before"), say.t("figures-change")]);
    let rows = table.lines.iter().filter(|line| line.measure.counts == counts).map(|line| {
        let mut row = vec![Cell::Text(say.name(line.measure)), Cell::Number(say.whole(line.figure.n))];
        row.extend(
            say.cells(line.measure, &line.figure).into_iter().map(|text| text.map_or(Cell::Absent, Cell::Number)),
        );
        let before = (line.before.n > 0).then(|| say.value(line.measure, &line.before));
        row.push(before.map_or(Cell::Absent, Cell::Number));
        row.push(say.change(line).map_or(Cell::Absent, Cell::Number));
        row
    });
    Part::Table(Table { caption: String::new(), head, rows: rows.collect() })
}

/// Deadlines met, a line for each stage and a column for each severity.
fn stages(table: &FigureTable, say: &Say<'_>, named: Named<'_>, parts: &mut Vec<Part>) {
    if table.aside.stages.is_empty() {
        return;
    }
    parts.push(Part::Heading(1, say.t("figures-stages")));
    parts.push(Part::Words(say.t("figures-stages-how")));
    let mut head = vec![say.t("figures-by-stage")];
    head.extend(Severity::ALL.iter().rev().map(|severity| say.t(&format!("web-severity-{}", severity.as_str()))));
    head.push(say.t("figures-of-all"));
    let cell = |figure: &Figure| say.met(figure).map_or(Cell::Absent, Cell::Number);
    let rows = table.aside.stages.iter().map(|line| {
        let mut row = vec![Cell::Text(named(By::Stage, &line.stage))];
        row.extend(line.by_severity.iter().rev().map(cell));
        row.push(cell(&line.all));
        row
    });
    parts.push(Part::Table(Table { caption: String::new(), head, rows: rows.collect() }));
}

/// The backlog at the end of the last days.
fn days(table: &FigureTable, say: &Say<'_>, parts: &mut Vec<Part>) {
    if table.aside.days.is_empty() {
        return;
    }
    parts.push(Part::Heading(1, say.t("figures-days")));
    parts.push(Part::Words(say.t("figures-days-how")));
    let head = DAY_HEADS.map(|key| say.t(key)).to_vec();
    let rows = table.aside.days.iter().rev().take(DAYS).map(|line| {
        let mut row = vec![Cell::Text(say.locale.numbers.digits(&line.day))];
        row.extend([line.open.n, line.unowned.n].map(|count| Cell::Number(say.whole(count))));
        let ages = line.open.calendar.map(|seconds| say.long(seconds, false));
        row.extend(ages.map(|age| if line.open.n > 0 { Cell::Number(age) } else { Cell::Absent }));
        row
    });
    parts.push(Part::Table(Table { caption: String::new(), head, rows: rows.collect() }));
}

fn courses(of: &FigurePaper, say: &Say<'_>, parts: &mut Vec<Part>) {
    parts.push(Part::Heading(1, say.t("figures-course")));
    for (measure, course) in &of.courses {
        parts.push(Part::Heading(2, say.name(measure)));
        let rows = course.iter().map(|(period, figure)| {
            let value = (figure.n > 0).then(|| say.value(measure, figure));
            vec![
                Cell::Text(say.period(*period)),
                value.map_or(Cell::Absent, Cell::Number),
                Cell::Number(say.whole(figure.n)),
            ]
        });
        let head = ["figures-period", "figures-value", "figures-n"].map(|key| say.t(key)).to_vec();
        parts.push(Part::Table(Table { caption: String::new(), head, rows: rows.collect() }));
    }
}

fn apart(of: &FigurePaper, say: &Say<'_>, named: Named<'_>, parts: &mut Vec<Part>) {
    for (measure, by, values) in of.apart.iter().filter(|(_, _, values)| !values.is_empty()) {
        let by_words = say.t(&format!("figures-by-{}", by.as_str()));
        parts.push(Part::Heading(2, format!("{} · {by_words}", say.name(measure))));
        parts.extend(by.how().map(|key| Part::Words(say.t(key))));
        let mut head = vec![by_words, say.t("figures-n")];
        let is_share = measure.counts == Counts::Share;
        let keys: &[&str] =
            if is_share { &["figures-share"] } else { &["figures-median", "figures-p90", "figures-p95"] };
        head.extend(keys.iter().map(|key| say.t(key)));
        let rows = values.iter().take(PARTS).map(|(value, figure)| {
            let mut row = vec![Cell::Text(named(*by, value)), Cell::Number(say.whole(figure.n))];
            let cells = say.cells(measure, figure).into_iter().take(keys.len());
            row.extend(cells.map(|text| text.map_or(Cell::Absent, Cell::Number)));
            row
        });
        parts.push(Part::Table(Table { caption: String::new(), head, rows: rows.collect() }));
    }
}

fn waiting(of: &FigurePaper, say: &Say<'_>, parts: &mut Vec<Part>) {
    if of.waiting.is_empty() {
        return;
    }
    parts.push(Part::Heading(1, say.t("figures-waiting")));
    let head = ["figures-owner", "figures-open", "figures-oldest"].map(|key| say.t(key)).to_vec();
    let rows = of.waiting.iter().map(|one| {
        let owner = if one.owner.is_empty() { say.t("figures-nobody") } else { one.owner.clone() };
        vec![Cell::Text(owner), Cell::Number(say.whole(one.open)), Cell::Id(one.oldest.day())]
    });
    parts.push(Part::Table(Table { caption: String::new(), head, rows: rows.collect() }));
}

fn notices(of: &FigurePaper, say: &Say<'_>, parts: &mut Vec<Part>) {
    let Some((_, quality)) = &of.notices else { return };
    parts.push(Part::Heading(1, say.t("figures-notices")));
    parts.push(Part::Words(say.t("figures-notices-how")));
    let line = |(name, count): (&str, i64)| (say.t(&format!("figures-notices-{name}")), Cell::Number(say.whole(count)));
    parts.push(Part::Pairs(quality.lines(of.table.tlp).map(line).to_vec()));
}

fn contacts(of: &FigurePaper, say: &Say<'_>, parts: &mut Vec<Part>) {
    let Some((_, quality)) = &of.contacts else { return };
    parts.push(Part::Heading(1, say.t("figures-contacts")));
    let line =
        |(name, count): (&str, i64)| (say.t(&format!("figures-contacts-{name}")), Cell::Number(say.whole(count)));
    parts.push(Part::Pairs(quality.lines().map(line).to_vec()));
}

fn definitions(table: &FigureTable, say: &Say<'_>, parts: &mut Vec<Part>) {
    parts.push(Part::Heading(1, say.t("figures-definitions")));
    parts.push(Part::Words(say.t("figures-hint")));
    for line in &table.lines {
        let id = line.measure.id;
        parts.push(Part::Heading(2, say.name(line.measure)));
        parts.push(Part::Words(say.t(&format!("figures-measure-{id}-how"))));
        parts.push(Part::Words(say.t(&format!("figures-measure-{id}-out"))));
    }
}

/// Figures in the words of a reader.
#[derive(Clone, Copy)]
pub(crate) struct Say<'w> {
    pub words: &'w Words,
    pub locale: Locale,
}

impl Say<'_> {
    pub fn t(&self, key: &str) -> String {
        self.words.t(self.locale, key)
    }

    pub fn t1(&self, key: &str, name: &str, value: impl Into<Word>) -> String {
        self.words.t_args(self.locale, key, &[(name, value.into())])
    }

    /// What a measure is called.
    pub fn name(&self, measure: &Measure) -> String {
        self.t(&format!("figures-measure-{}", measure.id))
    }

    pub fn whole(&self, number: i64) -> String {
        self.locale.numbers.whole(number)
    }

    /// A period as the reader writes it.
    pub fn period(&self, period: Period) -> String {
        self.locale.numbers.digits(&period.to_string())
    }

    /// How long: in the largest unit of which there are two at least. Working time is never told in days: a day of work is none of
    /// twenty-four hours.
    pub fn long(&self, seconds: i64, in_business: bool) -> String {
        let (unit, size) = match seconds {
            ..120 => ("seconds", 1),
            120..7_200 => ("minutes", 60),
            _ if in_business => ("hours", 3_600),
            7_200..172_800 => ("hours", 3_600),
            _ => ("days", 86_400),
        };
        let value = seconds as f64 / f64::from(size);
        let decimals = usize::from(size > 60 && (value * 10.0).round() % 10.0 != 0.0);
        let shown = self.locale.numbers.decimal(value, decimals);
        let args = [("count", Word::from(value)), ("value", Word::from(shown))];
        self.words.t_args(self.locale, &format!("figures-in-{unit}"), &args)
    }

    /// The figure in one value: the median, or the share.
    pub fn value(&self, measure: &Measure, figure: &Figure) -> String {
        match measure.counts {
            Counts::Time => self.long(figure.median(false), false),
            Counts::Number => self.whole(figure.median(false)),
            Counts::Share => self.share(figure),
        }
    }

    /// Of how many stages how many were met; nothing without a case.
    pub fn met(&self, figure: &Figure) -> Option<String> {
        let args = [
            ("share", Word::from(self.share(figure))),
            ("yes", self.whole(figure.total).into()),
            ("n", self.whole(figure.n).into()),
        ];
        (figure.n > 0).then(|| self.words.t_args(self.locale, "figures-stages-met", &args))
    }

    fn share(&self, figure: &Figure) -> String {
        figure.share().map_or_else(String::new, |share| self.locale.numbers.percent(share))
    }

    /// Everything a figure says, in the order of its columns; nothing without a case.
    pub fn cells(&self, measure: &Measure, figure: &Figure) -> Vec<Option<String>> {
        let all: Vec<String> = match measure.counts {
            Counts::Time => {
                let calendar = figure.calendar.map(|seconds| self.long(seconds, false));
                let business = figure.business.map(|seconds| self.long(seconds, true));
                calendar.into_iter().chain(business).collect()
            }
            Counts::Share => vec![self.share(figure), self.whole(figure.total)],
            Counts::Number => {
                figure.calendar.into_iter().chain([figure.total]).map(|number| self.whole(number)).collect()
            }
        };
        all.into_iter().map(|text| (figure.n > 0).then_some(text)).collect()
    }

    /// The change in hundredths with its sign; of a share in points.
    pub fn change(&self, line: &FigureLine) -> Option<String> {
        let change = line.change()?;
        let by = (change.by * 100.0).round();
        let sign = if by > 0.0 { "+" } else { "" };
        let number = format!("{sign}{}", self.locale.numbers.decimal(by, 0));
        let key = if line.measure.counts == Counts::Share { "figures-change-points" } else { "figures-change-percent" };
        Some(self.t1(key, "value", number))
    }
}
