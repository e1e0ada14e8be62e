//! How well the services run.

use std::fmt::Write as _;
use std::sync::Arc;

use askama::Template;
use axum::extract::State as Given;
use manara_web::api::{ApiAnswer, Code, Op, Param, Problem, record, schema};
use manara_web::{Answer, Markup, Page, PageError, Right, Visit, Word};

use super::Room;
use super::works::Works;
use crate::quality::{Period, Quality, QualityLine, Target, Unit, measure_of, quality as measured};
use crate::sql_figures::Accepted;

#[derive(Template)]
#[template(path = "framework/quality.html")]
struct QualityPage {
    page: Page,
    room: Room,
    quality: Quality,
}

/// A number in its unit.
pub(super) fn in_words(page: &Page, unit: Unit, value: f64) -> String {
    let numbers = page.visit.locale.numbers;
    if unit == Unit::Share {
        return numbers.percent(value);
    }
    let decimals = usize::from(value.fract() != 0.0);
    let args: [(&str, Word); 2] = [("count", value.into()), ("value", numbers.decimal(value, decimals).into())];
    page.t_args(&format!("quality-in-{}", unit.as_str()), &args)
}

/// A figure that became evidence: its name, what it was, of how many cases, in which days.
pub(super) fn figure_words(page: &Page, one: &Accepted) -> String {
    let (name, value) = match measure_of(&one.figure) {
        Some(measure) => (page.t(format!("quality-figure-{}", measure.id)), in_words(page, measure.unit, one.value)),
        None => (page.t("quality-figure-gone"), one.value.to_string()),
    };
    let args: [(&str, Word); 5] = [
        ("figure", name.into()),
        ("value", value.into()),
        ("cases", page.t_args("quality-cases", &[("count", one.n.into())]).into()),
        ("from", one.first_day.clone().into()),
        ("until", one.last_day.clone().into()),
    ];
    page.t_args("quality-evidence", &args)
}

impl QualityPage {
    fn lang(&self) -> &'static str {
        self.page.lang.tag()
    }

    fn name_key(&self, line: &QualityLine) -> String {
        format!("quality-figure-{}", line.figure.figure)
    }

    fn how_key(&self, line: &QualityLine) -> String {
        format!("quality-figure-{}-how", line.figure.figure)
    }

    fn href(&self, line: &QualityLine) -> &'static str {
        line.figure.measure().map_or("/", |measure| measure.href)
    }

    fn words(&self, line: &QualityLine, value: &f64) -> String {
        in_words(&self.page, line.figure.unit, *value)
    }

    fn target(&self, line: &QualityLine, target: &Target) -> String {
        let key = if target.at_most.is_some() { "quality-at-most" } else { "quality-at-least" };
        let number = target.number().map(|number| in_words(&self.page, line.figure.unit, number)).unwrap_or_default();
        self.page.t1(key, "value", number)
    }

    fn missed(&self) -> Vec<&QualityLine> {
        self.quality.lines.iter().filter(|line| line.is_met == Some(false)).collect()
    }

    fn block(&self, id: &str) -> String {
        self.room.shelf.blocks.get(id).map_or(id, |block| block.name.of(self.lang())).to_string()
    }

    fn from(&self) -> String {
        self.quality.period.from.day()
    }

    fn until(&self) -> String {
        self.quality.period.last_day()
    }

    fn course(&self, line: &QualityLine) -> Markup {
        course(&self.page, line)
    }

    fn has_course(&self, line: &QualityLine) -> bool {
        line.months.iter().any(|month| month.value.is_some())
    }
}

/// The course as bars, a month without a case left empty, and the target as a line. The table with the same numbers stands
/// beside it.
fn course(page: &Page, line: &QualityLine) -> Markup {
    const STEP: f64 = 20.0;
    const HEIGHT: f64 = 48.0;
    let target = line.target.as_ref().and_then(Target::number);
    let values = line.months.iter().filter_map(|month| month.value).chain(target);
    let most = if line.figure.unit == Unit::Share { 1.0 } else { values.fold(0.0, f64::max).max(0.1) };
    let mut svg = String::new();
    for (at, month) in line.months.iter().enumerate() {
        if let Some(value) = month.value {
            let height = (value / most * HEIGHT).clamp(1.0, HEIGHT);
            let _ = write!(
                svg,
                r#"<rect x="{:.1}" y="{:.1}" width="{:.1}" height="{height:.1}"/>"#,
                at as f64 * STEP + 3.0,
                HEIGHT - height,
                STEP - 6.0
            );
        }
    }
    if let Some(target) = target {
        let y = HEIGHT - (target / most * HEIGHT).clamp(0.0, HEIGHT);
        let _ = write!(svg, r#"<line x1="0" x2="{:.1}" y1="{y:.1}" y2="{y:.1}"/>"#, line.months.len() as f64 * STEP);
    }
    let rows = line.months.iter().map(|month| {
        let value = month.value.map_or("–".into(), |value| in_words(page, line.figure.unit, value));
        (month.month.clone(), value, month.n)
    });
    let ends = (line.months.first(), line.months.last());
    let ends = match ends {
        (Some(first), Some(last)) => (first.month.clone(), last.month.clone()),
        _ => Default::default(),
    };
    Markup::of(&Course { page, svg, width: line.months.len() * STEP as usize, rows: rows.collect(), ends })
}

#[derive(Template)]
#[template(path = "framework/quality_course.html")]
struct Course<'a> {
    page: &'a Page,
    svg: String,
    width: usize,
    rows: Vec<(String, String, i64)>,
    ends: (String, String),
}

/// The period of the query string.
pub(super) fn period(visit: &Visit) -> Option<Period> {
    let day = |name: &str| visit.query(name).unwrap_or_default().trim().to_string();
    Period::read(&day("from"), &day("to"), visit.now)
}

/// `GET /framework/quality`
pub(super) async fn quality(visit: Visit, Given(works): Given<Works>) -> Answer {
    let most = Period::MOST_DAYS;
    let period = period(&visit)
        .ok_or_else(|| PageError::unreadable(format!("from and to are days, such as 2026-11-22, {most} at most")))?;
    let quality = measured(&*works.beside, &works.desk.shelf.targets, &visit.viewer, period, visit.now).await?;
    if visit.query("format").as_deref() == Some("json") {
        return Ok(visit.json(quality.json().to_string()));
    }
    let page = visit.page("quality-title").under("/framework", "framework-title");
    visit.html(&QualityPage { page, room: Arc::clone(&works.desk), quality })
}

/// The operation for programs.
pub(super) fn operation() -> Op {
    let day = |name, says| Param::new(name, schema::words(0, 10), says);
    let path = "/api/v1/quality";
    Op::get(path, "getQuality", Right::ReadFramework, "The figures of quality with their targets", "Quality")
        .with(day("from", "the first day, as 2026-11-22; ninety days up to today without it"))
        .with(day("to", "the last day"))
}

pub(super) async fn asked(visit: Visit, Given(works): Given<Works>) -> ApiAnswer {
    let period = period(&visit).ok_or_else(|| Problem::new(Code::Unreadable, "from and to are days, in order"))?;
    let quality = measured(&*works.beside, &works.desk.shelf.targets, &visit.viewer, period, visit.now).await?;
    Ok(record(&quality.json()))
}
