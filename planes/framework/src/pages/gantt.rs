//! The picture of a programme: a bar for each task over months. Below it stands the table that says the same.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use manara_web::{Markup, Page};

use crate::plan::Day;
use crate::programme::{Programme, Status, Task, TaskState};

/// Tasks that are drawn; of more the table says it better.
const TASKS: usize = 250;
const WIDTH: f64 = 1_000.0;
/// Where the bars begin: before it stand the numbers.
const BEGIN: f64 = 44.0;
const ROW: f64 = 18.0;
const HEAD: f64 = 26.0;
const BAR: f64 = 11.0;
/// Room a month's name takes.
const NAME: f64 = 62.0;

/// Days to places, mirrored where people read from right to left.
struct Scale {
    first: Day,
    days: f64,
    is_mirrored: bool,
}

impl Scale {
    fn x(&self, day: Day) -> f64 {
        let from = BEGIN + (day.0 - self.first.0) as f64 / self.days * (WIDTH - BEGIN - 8.0);
        if self.is_mirrored { WIDTH - from } else { from }
    }

    /// Where a stretch begins on paper, and how wide it is.
    fn stretch(&self, from: Day, until: Day) -> (f64, f64) {
        let (a, b) = (self.x(from), self.x(until));
        (a.min(b), (a - b).abs())
    }
}

/// The picture; nothing when there are no tasks or too many.
pub(super) fn gantt(page: &Page, programme: &Programme, tasks: &[Task], status: &Status) -> Markup {
    let each = || tasks.iter().zip(&status.lines);
    if tasks.is_empty() || tasks.len() > TASKS {
        return Markup::default();
    }
    let begins = each().map(|(task, line)| task.planned_start.min(line.forecast_start));
    let ends = each().map(|(task, line)| task.planned_end.max(line.forecast_end));
    let first = begins.min().unwrap_or(programme.start).min(programme.start);
    let last = ends.max().unwrap_or(first).plus(1);
    let scale = Scale { first, days: ((last.0 - first.0).max(1)) as f64, is_mirrored: page.lang.dir() == "rtl" };
    let height = HEAD + tasks.len() as f64 * ROW + 6.0;
    let mut svg = String::new();
    months(page, &scale, last, height, &mut svg);
    off(&scale, programme, (first, last), height, &mut svg);
    let rows: BTreeMap<i64, usize> = tasks.iter().enumerate().map(|(at, task)| (task.number, at)).collect();
    for (at, (task, line)) in each().enumerate() {
        let y = HEAD + at as f64 * ROW;
        needs(&scale, tasks, status, &rows, (task, y), &mut svg);
        let (number_x, anchor) = if scale.is_mirrored { (WIDTH - BEGIN + 8.0, "start") } else { (BEGIN - 8.0, "end") };
        let mark = if line.is_critical() { "◆ " } else { "" };
        let _ = write!(
            svg,
            r#"<text class="number {anchor}" x="{number_x:.1}" y="{:.1}">{mark}{}</text>"#,
            y + 13.0,
            page.visit.locale.numbers.digits(&task.number.to_string())
        );
        bars(&scale, task, line, y, &mut svg);
    }
    if (first..last).contains(&status.today) {
        let x = scale.x(status.today);
        let _ = write!(svg, r#"<line class="today" x1="{x:.1}" x2="{x:.1}" y1="{HEAD}" y2="{height:.1}"/>"#);
    }
    let stripes = if programme.off.is_empty() { String::new() } else { page.t("programme-off-stripes") };
    Markup::of(&Figure { svg, height, caption: page.t("programme-gantt-how"), stripes })
}

fn months(page: &Page, scale: &Scale, last: Day, height: f64, svg: &mut String) {
    let mut drawn = f64::NEG_INFINITY;
    let mut day = scale.first;
    let mut month = String::new();
    while day < last {
        let now = day.month();
        if now != month {
            let x = scale.x(day);
            let _ = write!(svg, r#"<line class="month" x1="{x:.1}" x2="{x:.1}" y1="18" y2="{height:.1}"/>"#);
            let far = (x - WIDTH * f64::from(u8::from(scale.is_mirrored))).abs();
            if far - drawn >= NAME {
                drawn = far;
                let anchor = if scale.is_mirrored { "end" } else { "start" };
                let label = page.visit.locale.numbers.digits(&now);
                let _ = write!(svg, r#"<text class="name {anchor}" x="{x:.1}" y="12">{label}</text>"#);
            }
            month = now;
        }
        day = day.plus(1);
    }
}

/// A stripe for each day off that is no weekend.
fn off(scale: &Scale, programme: &Programme, (first, last): (Day, Day), height: f64, svg: &mut String) {
    let is_shown = |day: &Day| (first..last).contains(day) && programme.week.is_worked(*day);
    for day in programme.off.iter().map(|off| off.day).filter(is_shown) {
        let (x, width) = scale.stretch(day, day.plus(1));
        let (width, height) = (width.max(1.5), height - HEAD);
        let _ = write!(svg, r#"<rect class="off" x="{x:.1}" y="{HEAD}" width="{width:.1}" height="{height:.1}"/>"#);
    }
}

/// Thin lines from what a task needs.
fn needs(
    scale: &Scale,
    tasks: &[Task],
    status: &Status,
    rows: &BTreeMap<i64, usize>,
    (task, y): (&Task, f64),
    svg: &mut String,
) {
    // What everything before leads to is drawn by its bar alone.
    if task.needs.len() > 12 {
        return;
    }
    for at in task.needs.iter().filter_map(|need| rows.get(need)) {
        let (Some(before), Some(line)) = (tasks.get(*at), status.lines.get(*at)) else { continue };
        let (from, to) = (scale.x(before.planned_end.plus(1)), scale.x(task.planned_start));
        let from_y = HEAD + *at as f64 * ROW + 9.0;
        let class = if line.is_critical() { "need critical" } else { "need" };
        let _ = write!(svg, r#"<path class="{class}" d="M{from:.1} {from_y:.1}V{:.1}H{to:.1}"/>"#, y + 9.0);
    }
}

fn bars(scale: &Scale, task: &Task, line: &crate::programme::TaskLine, y: f64, svg: &mut String) {
    let class = match (task.state, line.late.is_some()) {
        (TaskState::Accepted, _) => "accepted",
        (TaskState::Finished, _) => "finished",
        (_, true) => "late",
        (TaskState::Started, false) => "started",
        (TaskState::Open, false) => "open",
    };
    if line.late_end > task.planned_end && task.state == TaskState::Open {
        let (x, width) = scale.stretch(task.planned_end.plus(1), line.late_end.plus(1));
        let _ = write!(svg, r#"<rect class="slack" x="{x:.1}" y="{:.1}" width="{width:.1}" height="2"/>"#, y + 8.0);
    }
    let moved = (line.forecast_start, line.forecast_end) != (task.planned_start, task.planned_end);
    if moved {
        let (x, width) = scale.stretch(line.forecast_start, line.forecast_end.plus(1));
        let _ = write!(svg, r#"<rect class="forecast" x="{x:.1}" y="{:.1}" width="{width:.1}" height="3"/>"#, y + 15.0);
    }
    let (x, width) = scale.stretch(task.planned_start, task.planned_end.plus(1));
    let critical = if line.is_critical() { " critical" } else { "" };
    let _ = write!(
        svg,
        r#"<rect class="task {class}{critical}" x="{x:.1}" y="{:.1}" width="{:.1}" height="{BAR}" rx="2"/>"#,
        y + 3.5,
        width.max(2.0)
    );
}

#[derive(askama::Template)]
#[template(
    source = r#"<figure class="gantt"><svg dir="ltr" viewBox="0 0 1000 {{ height }}" aria-hidden="true">{{ svg|safe }}</svg><figcaption>{{ caption }}{% if !stripes.is_empty() %} <span>{{ stripes }}</span>{% endif %}</figcaption></figure>"#,
    ext = "html"
)]
struct Figure {
    svg: String,
    height: f64,
    caption: String,
    stripes: String,
}
