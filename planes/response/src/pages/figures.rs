//! The figures of the work on reports and incidents: on a page, to take away, and the records behind each number.

mod operations;

use std::collections::HashMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::State as Given;
use manara_document::{Document, Form, PrintError, Printer};
use manara_model::{Micros, Severity, Tlp, Viewer};
use manara_web::{Answer, Cell, Choice, Format, Lang, Locale, Markup, Page, PageError, Right, Site, Tone, Visit, Word};

use crate::figures::{
    Aside, By, COURSE, ContactQuality, Counts, DAY_HEADS, DAYS, Every, FigureEyes, FigureLine, FigurePaper,
    FigureTable, MEASURES, Measure, NoticeQuality, Period, Say, figure_paper, measure_of, value_words,
};
use crate::hours::Hours;
use crate::jobs::{noted_contacts, noted_notices};
use crate::sql_figures::{self, ListedCase, Waiting, waiting_by_owner};

/// Cases on one page.
const ROWS: i64 = 100;
/// Cases taken away at most.
const EXPORT_MOST: i64 = 100_000;
/// Periods that can be chosen of each length.
const CHOICES: [(Every, i64); 3] = [(Every::Month, 24), (Every::Quarter, 8), (Every::Year, 6)];
/// The forms a report is given away in.
const FORMS: [&str; 4] = ["pdf", "docx", "html", "md"];
/// The columns of the list of cases.
const CASE_COLUMNS: [&str; 8] = ["measure", "kind", "number", "title", "tlp", "at", "value", "business"];

/// What a stage of a clock is called, by its id and the tag of a language.
type StageTitle = Arc<dyn Fn(&str, &str) -> String + Send + Sync>;

/// What the pages of figures are made with.
#[derive(Clone)]
pub struct FigureDesk {
    /// When the team works, and where its clock stands.
    pub hours: Hours,
    /// What reports are printed with.
    pub printer: Printer,
    /// What a sector is called in a language.
    pub sector: fn(&str, &str) -> String,
    /// What a stage of a clock, as `rule/stage`, is called in a language.
    pub stage: StageTitle,
    /// What the team is called in a language; empty as long as nobody gave it a name.
    pub team: Arc<dyn Fn(Lang) -> String + Send + Sync>,
}

type Room = Arc<FigureDesk>;

/// The routes of the figures.
pub fn figures_site(desk: FigureDesk) -> Site {
    let read = Right::ReadIncidents;
    Site::<Room>::new()
        .page("/figures/response", read, figures)
        .page("/figures/response/cases", read, cases)
        .page("/figures/response/report", read, report)
        .merge(operations::site())
        .with_state(Arc::new(desk))
}

/// What is asked for.
struct Asked {
    period: Period,
    by: By,
    value: String,
    tlp: Tlp,
}

impl Asked {
    /// Reads the query: `period`, `by` with `value`, or both as `of=severity:high`, and `tlp`.
    fn read(visit: &Visit, hours: &Hours) -> Result<Asked, String> {
        let text = |name: &str| visit.query(name).unwrap_or_default().trim().to_string();
        let period = match text("period") {
            empty if empty.is_empty() => Period::of(visit.now, Every::Month, hours),
            name => Period::parse(&name).ok_or("period is a month, a quarter or a year: 2026-10, 2026-Q4 or 2026")?,
        };
        let (by, value) = match text("of") {
            of if of.is_empty() => (text("by"), text("value")),
            of => {
                of.split_once(':').map(|(by, value)| (by.to_string(), value.to_string())).unwrap_or((of, String::new()))
            }
        };
        let by = if by.is_empty() { Some(By::All) } else { By::parse(&by) };
        let by = by.ok_or_else(|| format!("by is one of {}", By::ALL.map(By::as_str).join(", ")))?;
        if by != By::All && (value.is_empty() || value.chars().count() > 200) {
            return Err("value says which, such as by=severity&value=high".into());
        }
        let tlp = match text("tlp") {
            empty if empty.is_empty() => visit.viewer.clearance,
            label => Tlp::parse(&label).ok_or("tlp is one of clear, green, amber, amber+strict and red")?,
        };
        let value = if by == By::All { String::new() } else { value };
        Ok(Asked { period, by, value, tlp: tlp.min(visit.viewer.clearance) })
    }

    async fn table(&self, visit: &Visit, hours: &Hours) -> Result<FigureTable, PageError> {
        let eyes = FigureEyes { viewer: self.viewer(visit), hours: hours.clone(), now: visit.now };
        Ok(FigureTable::read(&visit.db, self.period, (self.by, &self.value), eyes).await?)
    }

    /// The reader, as far as they ask to look.
    fn viewer(&self, visit: &Visit) -> Viewer {
        Viewer { clearance: self.tlp, ..visit.viewer.clone() }
    }

    /// The query of another period, of other cases, or of another measure.
    fn query(&self, more: &[(&str, &str)]) -> String {
        let period = self.period.to_string();
        let tlp = self.tlp.label().to_lowercase();
        let mut pairs = vec![("period", period.as_str())];
        if self.by != By::All {
            pairs.extend([("by", self.by.as_str()), ("value", self.value.as_str())]);
        }
        pairs.push(("tlp", tlp.as_str()));
        pairs.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
        pairs.extend(more.iter().copied().filter(|(_, value)| !value.is_empty()));
        form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
    }
}

fn asked(visit: &Visit, room: &Room) -> Result<Asked, PageError> {
    Asked::read(visit, &room.hours).map_err(PageError::unreadable)
}

/// What a value of a dimension is called.
fn named(visit: &Visit, lang: Lang, room: &Room, by: By, value: &str) -> String {
    value_words(visit.words(), lang, (by, value), &room.sector, &*room.stage)
}

/// What the constituents that are shown are called, by id.
async fn constituents(
    visit: &Visit,
    asked: &Asked,
    pieces: &[(String, crate::figures::Figure)],
    by: By,
) -> Result<HashMap<String, String>, PageError> {
    let mut ids: Vec<&str> = if asked.by == By::Constituent { vec![asked.value.as_str()] } else { Vec::new() };
    if by == By::Constituent {
        ids.extend(pieces.iter().map(|(id, _)| id.as_str()));
    }
    Ok(sql_figures::constituent_names(&visit.db, &asked.viewer(visit), &ids).await?)
}

/// A line as it is shown.
struct Shown {
    name: String,
    /// The page with this measure chosen.
    href: String,
    is_chosen: bool,
    n: i64,
    /// The records behind it.
    cases: String,
    cells: Vec<String>,
    before: String,
    change: String,
    tone: &'static str,
}

/// The lines of one kind.
struct Block {
    key: &'static str,
    heads: Vec<&'static str>,
    rows: Vec<Shown>,
}

const TIME_HEADS: [&str; 6] = [
    "figures-median",
    "figures-p90",
    "figures-p95",
    "figures-business-median",
    "figures-business-p90",
    "figures-business-p95",
];
const SHARE_HEADS: [&str; 2] = ["figures-share", "figures-yes"];
const NUMBER_HEADS: [&str; 4] = ["figures-median", "figures-p90", "figures-p95", "figures-total"];

fn heads(counts: Counts) -> (&'static str, Vec<&'static str>) {
    match counts {
        Counts::Time => ("figures-times", TIME_HEADS.to_vec()),
        Counts::Share => ("figures-shares", SHARE_HEADS.to_vec()),
        Counts::Number => ("figures-numbers", NUMBER_HEADS.to_vec()),
    }
}

const NOTHING: &str = "–";

fn shown(line: &FigureLine, asked: &Asked, say: &Say<'_>, chosen: &Measure) -> Shown {
    let id = line.measure.id;
    let change = line.change();
    let cells = say.cells(line.measure, &line.figure).into_iter();
    Shown {
        name: say.name(line.measure),
        href: format!("/figures/response?{}#chosen", asked.query(&[("measure", id)])),
        is_chosen: line.measure == chosen,
        n: line.figure.n,
        cases: format!("/figures/response/cases?{}", asked.query(&[("measure", id)])),
        cells: cells.map(|cell| cell.unwrap_or_else(|| NOTHING.into())).collect(),
        before: if line.before.n > 0 { say.value(line.measure, &line.before) } else { NOTHING.into() },
        change: say.change(line).unwrap_or_else(|| NOTHING.into()),
        tone: match change.and_then(|change| change.is_better) {
            Some(true) => "good",
            Some(false) => "warn",
            None => "plain",
        },
    }
}

/// A part of a figure as it is shown.
struct PartShown {
    name: String,
    /// The figures of this value.
    href: String,
    n: i64,
    cases: String,
    cells: Vec<String>,
}

#[derive(Template)]
#[template(path = "response/figures/figures.html")]
struct FiguresPage {
    page: Page,
    period: String,
    before: String,
    previous: String,
    next: Option<String>,
    counted_at: Option<Micros>,
    is_behind: bool,
    is_empty: bool,
    tlp: Tlp,
    markings: Vec<(String, &'static str, bool)>,
    periods: Vec<(&'static str, Vec<(Choice, bool)>)>,
    of: Vec<(&'static str, Vec<(Choice, bool)>)>,
    is_of_all: bool,
    measures: Vec<(Choice, bool)>,
    aparts: Vec<(By, bool)>,
    blocks: Vec<Block>,
    measure: &'static Measure,
    course: Markup,
    part_heads: Vec<&'static str>,
    by: By,
    pieces: Vec<PartShown>,
    stage_heads: Vec<String>,
    /// What each stage is called, and how often it was met: by severity, and of all.
    stages: Vec<(String, Vec<String>)>,
    day_heads: [&'static str; 6],
    days: Vec<DayShown>,
    /// The day whose backlog is told apart, and who had how much of it: how many, and the oldest of 90 of a hundred.
    day: String,
    owners: Vec<(String, i64, String)>,
    waiting: Vec<Waiting>,
    /// When it was noted, and each count with its message key.
    contacts: Option<(Micros, Vec<(String, i64)>)>,
    /// The same of notices.
    notices: Option<(Micros, Vec<(String, i64)>)>,
    query: String,
    forms: [&'static str; 4],
}

impl FiguresPage {
    fn name_key(&self) -> String {
        format!("figures-measure-{}", self.measure.id)
    }

    fn how_key(&self) -> String {
        format!("figures-measure-{}-how", self.measure.id)
    }

    fn out_key(&self) -> String {
        format!("figures-measure-{}-out", self.measure.id)
    }

    fn by_how(&self) -> Option<&'static str> {
        self.by.how()
    }

    fn by_key(&self, by: &By) -> String {
        format!("figures-by-{}", by.as_str())
    }

    fn owner_href(&self, one: &Waiting) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        match one.owner.as_str() {
            "" => query.append_pair("show", "unowned"),
            owner => query.append_pair("owner", owner),
        };
        format!("/incidents?{}", query.finish())
    }
}

/// The backlog of a day as it is shown.
struct DayShown {
    day: String,
    href: String,
    is_chosen: bool,
    open: i64,
    unowned: i64,
    ages: Vec<String>,
}

/// The last days of the period, the newest first.
fn days(table: &FigureTable, asked: &Asked, say: &Say<'_>, (measure, chosen): (&Measure, &str)) -> Vec<DayShown> {
    let of = |line: &crate::figures::DayLine| DayShown {
        day: say.locale.numbers.digits(&line.day),
        href: format!("/figures/response?{}#days", asked.query(&[("measure", measure.id), ("day", &line.day)])),
        is_chosen: line.day == chosen,
        open: line.open.n,
        unowned: line.unowned.n,
        ages: line
            .open
            .calendar
            .map(|seconds| if line.open.n > 0 { say.long(seconds, false) } else { NOTHING.into() })
            .to_vec(),
    };
    table.aside.days.iter().rev().take(DAYS).map(of).collect()
}

fn contact_lines(quality: &ContactQuality) -> Vec<(String, i64)> {
    quality.lines().into_iter().map(|(name, count)| (format!("figures-contacts-{name}"), count)).collect()
}

fn notice_lines(quality: &NoticeQuality, tlp: Tlp) -> Vec<(String, i64)> {
    quality.lines(tlp).into_iter().map(|(name, count)| (format!("figures-notices-{name}"), count)).collect()
}

#[derive(Template)]
#[template(path = "response/figures/course.html")]
struct CoursePart<'a> {
    page: &'a Page,
    svg: String,
    width: usize,
    rows: Vec<(String, String, i64)>,
    ends: (String, String),
}

/// The course of a measure as bars, with the table of the same numbers beside it. A period without a case is left empty.
fn course(page: &Page, say: &Say<'_>, measure: &Measure, points: &[(Period, crate::figures::Figure)]) -> Markup {
    use std::fmt::Write as _;
    const STEP: f64 = 24.0;
    const HEIGHT: f64 = 60.0;
    let value = |figure: &crate::figures::Figure| match measure.counts {
        Counts::Share => figure.share(),
        _ => (figure.n > 0).then(|| figure.median(false) as f64),
    };
    let most = match measure.counts {
        Counts::Share => 1.0,
        _ => points.iter().filter_map(|(_, figure)| value(figure)).fold(1.0, f64::max),
    };
    let mut svg = String::new();
    for (at, (_, figure)) in points.iter().enumerate() {
        if let Some(value) = value(figure) {
            let height = (value / most * HEIGHT).clamp(1.0, HEIGHT);
            let (x, y, width) = (at as f64 * STEP + 3.0, HEIGHT - height, STEP - 6.0);
            let _ = write!(svg, r#"<rect x="{x:.1}" y="{y:.1}" width="{width:.1}" height="{height:.1}"/>"#);
        }
    }
    let row = |(period, figure): &(Period, crate::figures::Figure)| {
        let value = if figure.n > 0 { say.value(measure, figure) } else { NOTHING.into() };
        (period.to_string(), value, figure.n)
    };
    let rows: Vec<(String, String, i64)> = points.iter().map(row).collect();
    let end = |row: Option<&(String, String, i64)>| row.map(|(period, ..)| period.clone()).unwrap_or_default();
    let ends = (end(rows.first()), end(rows.last()));
    Markup::of(&CoursePart { page, svg, width: points.len() * STEP as usize, rows, ends })
}

fn choice(value: impl Into<String>, label: impl Into<String>) -> Choice {
    Choice { value: value.into(), label: label.into() }
}

/// The periods that can be chosen, the newest first, and the one that is shown.
fn period_choices(
    asked: &Asked,
    now: Micros,
    hours: &Hours,
    say: &Say<'_>,
) -> Vec<(&'static str, Vec<(Choice, bool)>)> {
    let of = |(every, count): (Every, i64)| {
        let newest = Period::of(now, every, hours);
        let mut all: Vec<Period> = (0..count).map(|back| newest.plus(-back)).collect();
        if asked.period.every == every && !all.contains(&asked.period) {
            all.push(asked.period);
        }
        let key = match every {
            Every::Month => "figures-every-month",
            Every::Quarter => "figures-every-quarter",
            Every::Year => "figures-every-year",
        };
        let one = |period: Period| (choice(period.to_string(), say.period(period)), period == asked.period);
        (key, all.into_iter().map(one).collect())
    };
    CHOICES.into_iter().map(of).collect()
}

async fn of_choices(
    visit: &Visit,
    asked: &Asked,
    (table, pieces): (&FigureTable, &[(String, crate::figures::Figure)]),
    by_now: By,
    called: &(dyn Fn(By, &str) -> String + Sync),
) -> Result<Vec<(&'static str, Vec<(Choice, bool)>)>, PageError> {
    let mut all = Vec::new();
    for (by, key) in [
        (By::Class, "figures-by-class"),
        (By::Type, "figures-by-type"),
        (By::Severity, "figures-by-severity"),
        (By::Sector, "figures-by-sector"),
        (By::Mailbox, "figures-by-mailbox"),
        (By::Source, "figures-by-source"),
        (By::Stage, "figures-by-stage"),
        (By::Hoster, "figures-by-hoster"),
        (By::Tld, "figures-by-tld"),
        (By::Constituent, "figures-by-constituent"),
        (By::Country, "figures-by-country"),
        (By::Asn, "figures-by-asn"),
        (By::Technique, "figures-by-technique"),
    ] {
        let mut values = match by {
            // There may be very many constituents: those that are told apart now can be chosen.
            By::Constituent if by_now == by => pieces.iter().map(|(id, _)| id.clone()).collect(),
            By::Constituent => Vec::new(),
            by => table.values(&visit.db, by).await?,
        };
        if asked.by == by && !values.contains(&asked.value) {
            values.push(asked.value.clone());
        }
        let one = |value: String| {
            let is_chosen = asked.by == by && asked.value == value;
            (choice(format!("{}:{value}", by.as_str()), called(by, &value)), is_chosen)
        };
        all.push((key, values.into_iter().map(one).collect::<Vec<_>>()));
    }
    all.retain(|(_, values)| !values.is_empty());
    Ok(all)
}

/// `GET /figures/response?period=…&of=…&measure=…&apart=…&tlp=…&format=…`
async fn figures(visit: Visit, Given(room): Given<Room>) -> Answer {
    let asked = asked(&visit, &room)?;
    let table = asked.table(&visit, &room.hours).await?;
    if let Some(format) = visit.query("format") {
        let format =
            Format::parse(&format).ok_or_else(|| PageError::unreadable("format is one of csv, json and xlsx"))?;
        let (head, rows) = table.cells();
        return Ok(visit.export(format, &format!("figures-response-{}", asked.period), head, &rows));
    }
    let measure = visit.query("measure").unwrap_or_else(|| "resolve".into());
    let measure = measure_of(&measure).ok_or_else(|| PageError::unreadable("measure is none that is known"))?;
    let by = visit.query("apart").and_then(|text| By::parse(&text)).filter(|by| *by != By::All).unwrap_or(By::Severity);
    let say = Say { words: visit.words(), locale: visit.locale };
    let blocks = [Counts::Time, Counts::Share, Counts::Number].map(|counts| {
        let (key, heads) = heads(counts);
        let lines = table.lines.iter().filter(|line| line.measure.counts == counts);
        Block { key, heads, rows: lines.map(|line| shown(line, &asked, &say, measure)).collect() }
    });
    let page = visit.page("figures-title").under("/incidents", "response-list-title");
    let points = table.course(&visit.db, measure, COURSE).await?;
    let parts = table.parts(&visit.db, measure, by).await?;
    let names = constituents(&visit, &asked, &parts, by).await?;
    let called = |by: By, value: &str| match names.get(value) {
        Some(name) if by == By::Constituent => name.clone(),
        _ => named(&visit, visit.lang, &room, by, value),
    };
    let of = of_choices(&visit, &asked, (&table, &parts), by, &called).await?;
    let part = |(value, figure): (String, crate::figures::Figure)| PartShown {
        name: called(by, &value),
        href: format!(
            "/figures/response?{}#chosen",
            asked.query(&[
                ("by", by.as_str()),
                ("value", value.as_str()),
                ("measure", measure.id),
                ("apart", by.as_str())
            ])
        ),
        n: figure.n,
        cases: format!(
            "/figures/response/cases?{}",
            asked.query(&[("measure", measure.id), ("by", by.as_str()), ("value", value.as_str())])
        ),
        cells: say.cells(measure, &figure).into_iter().map(|cell| cell.unwrap_or_else(|| NOTHING.into())).collect(),
    };
    let pieces = parts.into_iter().map(part).collect();
    let day = visit.query("day").filter(|day| table.aside.days.iter().any(|line| line.day == *day));
    let day = day.or_else(|| table.aside.days.last().map(|line| line.day.clone())).unwrap_or_default();
    let owner = |(owner, figure): (String, crate::figures::Figure)| {
        let [_, p90, _] = figure.calendar;
        (owner, figure.n, say.long(p90, false))
    };
    let stage = |line: &crate::figures::StageLine| {
        let met = line.by_severity.iter().rev().chain([&line.all]);
        let cells = met.map(|figure| say.met(figure).unwrap_or_else(|| NOTHING.into()));
        (named(&visit, visit.lang, &room, By::Stage, &line.stage), cells.collect())
    };
    let severities = Severity::ALL.iter().rev().map(|severity| say.t(&format!("web-severity-{}", severity.as_str())));
    let current = Period::of(visit.now, asked.period.every, &room.hours);
    let step = |count: i64| {
        let period = asked.period.plus(count).to_string();
        format!("/figures/response?{}", asked.query(&[("period", period.as_str()), ("measure", measure.id)]))
    };
    let owners = match table.aside.days.is_empty() {
        true => Vec::new(),
        false => Aside::owners(&visit.db, &day, asked.tlp).await?.into_iter().map(owner).collect(),
    };
    visit.html(&FiguresPage {
        period: say.period(asked.period),
        before: say.period(asked.period.plus(-1)),
        previous: step(-1),
        next: (asked.period < current).then(|| step(1)),
        counted_at: table.counted_at,
        is_behind: table.is_behind,
        is_empty: table.is_empty(),
        tlp: asked.tlp,
        markings: Tlp::ALL
            .into_iter()
            .filter(|tlp| *tlp <= visit.viewer.clearance)
            .map(|tlp| (tlp.label().to_lowercase(), tlp.label(), tlp == asked.tlp))
            .collect(),
        periods: period_choices(&asked, visit.now, &room.hours, &say),
        of,
        is_of_all: asked.by == By::All,
        measures: MEASURES.iter().map(|one| (choice(one.id, say.name(one)), one == measure)).collect(),
        aparts: By::ALL.into_iter().skip(1).map(|one| (one, one == by)).collect(),
        blocks: blocks.into_iter().collect(),
        measure,
        course: course(&page, &say, measure, &points),
        part_heads: heads(measure.counts).1,
        by,
        pieces,
        stage_heads: severities.chain([say.t("figures-of-all")]).collect(),
        stages: table.aside.stages.iter().map(stage).collect(),
        day_heads: DAY_HEADS,
        days: days(&table, &asked, &say, (measure, &day)),
        owners,
        day,
        waiting: waiting_by_owner(&visit.db, &asked.viewer(&visit)).await?,
        contacts: noted_contacts(&visit.db).await?.map(|(at, quality)| (at, contact_lines(&quality))),
        notices: noted_notices(&visit.db).await?.map(|(at, quality)| (at, notice_lines(&quality, asked.tlp))),
        query: asked.query(&[]),
        forms: FORMS,
        page,
    })
}

/// The cases behind a figure.
async fn listed(
    visit: &Visit,
    room: &Room,
    asked: &Asked,
    measure: &Measure,
    (after, limit): (&str, i64),
) -> Result<Vec<ListedCase>, PageError> {
    let of = (asked.by, asked.value.as_str());
    let (from, until) = (asked.period.begin(&room.hours), asked.period.end(&room.hours));
    if measure.id != crate::figures::BACKLOG {
        return Ok(
            sql_figures::case_list(&visit.db, measure, (from, until), of, &asked.viewer(visit), (after, limit)).await?
        );
    }
    // As it was when it was counted, so that the list and the number are the same.
    let counted = match visit.viewer.mailboxes.is_all() && asked.by != By::Constituent {
        true => sql_figures::period(&visit.db, &asked.period.to_string()).await?,
        false => None,
    };
    let at = counted.and_then(|row| row.counted_at).unwrap_or(visit.now).min(until);
    Ok(sql_figures::open_list(&visit.db, (at, &room.hours), of, &asked.viewer(visit), (after, limit)).await?)
}

fn measure_asked(visit: &Visit) -> Option<&'static Measure> {
    measure_of(&visit.query("measure").unwrap_or_default())
}

#[derive(Template)]
#[template(path = "response/figures/cases.html")]
struct CasesPage {
    page: Page,
    back: String,
    of: String,
    is_time: bool,
    rows: Vec<CaseShown>,
    next: Option<String>,
    query: String,
}

struct CaseShown {
    href: String,
    value: String,
    business: String,
    one: ListedCase,
}

/// `GET /figures/response/cases?measure=…&period=…&of=…`
async fn cases(visit: Visit, Given(room): Given<Room>) -> Answer {
    let asked = asked(&visit, &room)?;
    let measure = measure_asked(&visit).ok_or_else(|| PageError::unreadable("measure is none that is known"))?;
    if let Some(format) = visit.query("format") {
        let format =
            Format::parse(&format).ok_or_else(|| PageError::unreadable("format is one of csv, json and xlsx"))?;
        let rows = listed(&visit, &room, &asked, measure, ("", EXPORT_MOST)).await?;
        let rows: Vec<Vec<Cell>> = rows.into_iter().map(|one| cells(measure, one)).collect();
        let name = format!("figures-response-{}-{}", measure.id, asked.period);
        return Ok(visit.export(format, &name, &CASE_COLUMNS, &rows));
    }
    let after = visit.query("after").unwrap_or_default();
    let mut rows = listed(&visit, &room, &asked, measure, (&after, ROWS + 1)).await?;
    let has_more = i64::try_from(rows.len()).unwrap_or(i64::MAX) > ROWS;
    rows.truncate(usize::try_from(ROWS).unwrap_or_default());
    let query = asked.query(&[("measure", measure.id)]);
    let last = rows.last().filter(|_| has_more).map(|one| one.key.clone());
    let next = last.map(|key| {
        format!("/figures/response/cases?{}", asked.query(&[("measure", measure.id), ("after", key.as_str())]))
    });
    let say = Say { words: visit.words(), locale: visit.locale };
    let names = constituents(&visit, &asked, &[], asked.by).await?;
    let of = match asked.by {
        By::All => say.period(asked.period),
        by => {
            let name = names.get(&asked.value).cloned();
            let name = name.unwrap_or_else(|| named(&visit, visit.lang, &room, by, &asked.value));
            format!("{} · {name}", say.period(asked.period))
        }
    };
    let shown = |one: ListedCase| CaseShown {
        href: if one.kind == "incident" {
            format!("/incidents/{}", one.number)
        } else {
            format!("/tickets/{}", one.number)
        },
        value: match measure.counts {
            Counts::Time => say.long(one.value, false),
            Counts::Number => say.whole(one.value),
            Counts::Share if one.value == 0 => say.t("figures-no"),
            Counts::Share => say.t("figures-is-so"),
        },
        business: say.long(one.business, true),
        one,
    };
    visit.html(&CasesPage {
        page: visit.page_titled(say.name(measure)).under("/figures/response", "figures-title"),
        back: format!("/figures/response?{query}"),
        of,
        is_time: measure.counts == Counts::Time,
        rows: rows.into_iter().map(shown).collect(),
        next,
        query,
    })
}

fn cells(measure: &Measure, one: ListedCase) -> Vec<Cell> {
    let business = if measure.counts == Counts::Time { Cell::Int(one.business) } else { Cell::Null };
    vec![
        measure.id.into(),
        one.kind.into(),
        one.number.into(),
        one.title.into(),
        one.tlp.label().into(),
        one.at.into(),
        one.value.into(),
        business,
    ]
}

/// The report in a language, its moments on the reader's clock.
async fn document(visit: &Visit, room: &Room, asked: &Asked, lang: Lang) -> Result<Document, PageError> {
    let mut locale: Locale = if lang == visit.lang { visit.locale } else { lang.into() };
    locale.zone = visit.locale.zone;
    let paper = FigurePaper::gather(&visit.db, asked.table(visit, &room.hours).await?, (room.team)(lang)).await?;
    let named = |by: By, value: &str| named(visit, lang, room, by, value);
    Ok(figure_paper(&paper, visit.words(), locale, &named, visit.now))
}

/// The language that is asked for; the reader's when none is.
fn language(visit: &Visit) -> Lang {
    visit.query("in").and_then(|tag| Lang::parse(&tag)).unwrap_or(visit.lang)
}

/// Prints where nobody waits for the thread.
async fn printed(room: &Room, document: Document, form: Form) -> Result<Result<Vec<u8>, PrintError>, PageError> {
    let room = Arc::clone(room);
    tokio::task::spawn_blocking(move || room.printer.print(&document, form)).await.map_err(PageError::internal)
}

#[derive(Template)]
#[template(path = "response/figures/report.html")]
struct ReportPage {
    page: Page,
    tlp: Tlp,
    /// Escaped by its printer.
    body: String,
    lang: Lang,
    langs: [Lang; 3],
    forms: [&'static str; 4],
    query: String,
}

/// `GET /figures/response/report?period=…&format=…&in=…`; without a format as a page.
async fn report(visit: Visit, Given(room): Given<Room>) -> Answer {
    let asked = asked(&visit, &room)?;
    let lang = language(&visit);
    let document = document(&visit, &room, &asked, lang).await?;
    let query = asked.query(&[]);
    let Some(format) = visit.query("format") else {
        return visit.html(&ReportPage {
            page: visit.page("figures-report").under("/figures/response", "figures-title"),
            tlp: asked.tlp,
            body: manara_document::html_parts(&document),
            lang,
            langs: Lang::ALL,
            forms: FORMS,
            query,
        });
    };
    let form = Form::parse(&format).ok_or_else(|| PageError::unreadable("format is one of pdf, docx, html and md"))?;
    match printed(&room, document, form).await? {
        Ok(bytes) => {
            let file = format!("figures-response-{}-{}.{}", asked.period, lang.tag(), form.as_str());
            Ok(visit.download(&file, form.content_type(), bytes))
        }
        Err(why) => {
            tracing::warn!(%why, "a report of figures was not printed");
            let why = Word::from(why.to_string());
            Ok(visit.go_saying(
                &format!("/figures/response/report?{query}"),
                Tone::Bad,
                "document-not-printed",
                &[("why", why)],
            ))
        }
    }
}
