//! The figures of a period beside those of the period before.

use std::collections::{BTreeMap, BTreeSet};

use manara_model::{Micros, Severity, Tlp, Viewer};
use manara_store::{Db, StoreError};
use manara_web::Cell;
use serde_json::{Value, json};

use super::measure::{BACKLOG, By, Counts, MEASURES, Measure, measure_of};
use super::period::Period;
use super::summary::{Figure, Summed};
use crate::hours::Hours;
use crate::jobs::{figures_by_constituent, figures_of_one, figures_seen};
use crate::sql_figures;

/// Values of one dimension that are told apart.
const VALUES: usize = 200;

/// For whom figures are read.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureEyes {
    /// How far they see.
    pub viewer: Viewer,
    /// When the team works, and where its clock stands.
    pub hours: Hours,
    /// The moment it is now.
    pub now: Micros,
}

/// What was made of the cases of a period, by measure.
type OfPeriod = Vec<(&'static str, Summed)>;
/// Figures by period and measure.
type Known = BTreeMap<(String, String), Figure>;

/// The figures of a period, of all cases or of those with one value.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureTable {
    /// The period.
    pub period: Period,
    /// By what its cases were chosen.
    pub by: By,
    /// Which; empty for all.
    pub value: String,
    /// Up to which marking records were counted.
    pub tlp: Tlp,
    /// A line for each measure.
    pub lines: Vec<FigureLine>,
    /// When the period was counted last.
    pub counted_at: Option<Micros>,
    /// Whether something in it changed since.
    pub is_behind: bool,
    /// What is told apart further; nothing where the cases are those of one value.
    pub aside: Aside,
    eyes: FigureEyes,
    /// The period and the one before, as counted for whoever sees some mailboxes alone.
    seen: Option<[OfPeriod; 2]>,
}

/// What of the cases of a period is told apart further than its lines.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Aside {
    /// Deadlines met by stage and severity.
    pub stages: Vec<StageLine>,
    /// Time to takedown by whom it went to, and by the end of the name; most cases first.
    pub takedowns: Vec<(By, String, Figure)>,
    /// The backlog at the end of each day, the oldest first.
    pub days: Vec<DayLine>,
}

/// Deadlines met of one stage of a clock.
#[derive(Debug, Clone, PartialEq)]
pub struct StageLine {
    /// The rule and its stage: `eu-nis2/early`.
    pub stage: String,
    /// Of all.
    pub all: Figure,
    /// Of incidents of each severity, in the order of [`Severity::ALL`].
    pub by_severity: [Figure; 5],
}

/// The backlog at the end of a day; today it is that of the moment it was counted.
#[derive(Debug, Clone, PartialEq)]
pub struct DayLine {
    /// The day on the clock of the team: `2026-10-17`.
    pub day: String,
    /// How old the open incidents were.
    pub open: Figure,
    /// Those of them that nobody had.
    pub unowned: Figure,
}

/// A measure in a period, and in the one before.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureLine {
    /// What.
    pub measure: &'static Measure,
    /// In the period.
    pub figure: Figure,
    /// In the period before.
    pub before: Figure,
}

/// How a figure differs from the one before.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// Of a share by how much of the whole, else by which part of the median before.
    pub by: f64,
    /// Whether that is good; nothing where neither is, or nothing changed.
    pub is_better: Option<bool>,
}

impl FigureLine {
    /// The change against the period before; nothing where one of them has no case, or began at nought.
    pub fn change(&self) -> Option<Change> {
        if self.figure.n == 0 || self.before.n == 0 {
            return None;
        }
        let by = match self.measure.counts {
            Counts::Share => self.figure.share()? - self.before.share()?,
            Counts::Time | Counts::Number => {
                let (now, before) = (self.figure.median(false) as f64, self.before.median(false) as f64);
                if before == 0.0 {
                    return None;
                }
                (now - before) / before
            }
        };
        let is_better = self.measure.less_is_better.filter(|_| by != 0.0).map(|less| less == (by < 0.0));
        Some(Change { by, is_better })
    }

    fn json(&self) -> Value {
        let of = |figure: &Figure| match (figure.n, self.measure.counts) {
            (0, _) => json!({ "n": 0 }),
            (n, Counts::Share) => json!({ "n": n, "yes": figure.total, "share": figure.share() }),
            (n, Counts::Number) => json!({ "n": n, "total": figure.total, "count": three(figure.calendar) }),
            (n, Counts::Time) => {
                json!({ "n": n, "calendar_seconds": three(figure.calendar), "business_seconds": three(figure.business) })
            }
        };
        json!({ "measure": self.measure.id, "counts": self.measure.counts.as_str(), "now": of(&self.figure),
            "before": of(&self.before), "change": self.change().map(|change| change.by) })
    }
}

fn three([median, p90, p95]: [i64; 3]) -> Value {
    json!({ "median": median, "p90": p90, "p95": p95 })
}

/// The columns of [`FigureTable::cells`].
pub(crate) const COLUMNS: [&str; 18] = [
    "period",
    "by",
    "value",
    "measure",
    "counts",
    "n",
    "total",
    "share",
    "median",
    "p90",
    "p95",
    "business_median",
    "business_p90",
    "business_p95",
    "before_n",
    "before_share",
    "before_median",
    "change",
];

/// The figures of one value, by measure: the strictest marking of each comes last, and holds all that are marked less.
fn last_of<'s>(
    summed: &'s [(&'static str, Summed)],
    by: By,
    value: &'s str,
) -> impl Iterator<Item = (&'static str, Figure)> + 's {
    let found: BTreeMap<&'static str, Figure> = summed
        .iter()
        .filter(|(_, one)| one.by == by && one.value == value)
        .map(|(measure, one)| (*measure, one.figure))
        .collect();
    found.into_iter()
}

impl FigureTable {
    /// For whom it was read.
    pub fn eyes(&self) -> &FigureEyes {
        &self.eyes
    }

    /// Reads the figures of a period, as far as somebody sees: those that were counted for a marking, or, for whoever sees some
    /// mailboxes alone, what is counted now.
    pub async fn read(
        db: &Db,
        period: Period,
        (by, value): (By, &str),
        eyes: FigureEyes,
    ) -> Result<FigureTable, StoreError> {
        let value = if by == By::All { "" } else { value };
        let (now, before) = (period.to_string(), period.plus(-1).to_string());
        let names = [now.clone(), before.clone()];
        let tlp = eyes.viewer.clearance;
        let seen = match eyes.viewer.mailboxes.is_all() {
            true => None,
            false => Some([
                figures_seen(db, &eyes, period, MEASURES).await?,
                figures_seen(db, &eyes, period.plus(-1), MEASURES).await?,
            ]),
        };
        let known_of = |both: &[OfPeriod; 2], by: By, value: &str| -> Known {
            let of = |(name, summed): (&String, &OfPeriod)| -> Vec<((String, String), Figure)> {
                last_of(summed, by, value).map(|(measure, one)| ((name.clone(), measure.to_string()), one)).collect()
            };
            names.iter().zip(both).flat_map(of).collect()
        };
        let mut known = match &seen {
            _ if by == By::Constituent => {
                let of_one = [
                    figures_of_one(db, &eyes, period, (MEASURES, value)).await?,
                    figures_of_one(db, &eyes, period.plus(-1), (MEASURES, value)).await?,
                ];
                known_of(&of_one, By::All, "")
            }
            Some(both) => known_of(both, by, value),
            None => sql_figures::figures(db, &names, (by.as_str(), value), tlp).await?,
        };
        let mut of = |name: &str, measure: &Measure| {
            known.remove(&(name.to_string(), measure.id.to_string())).unwrap_or_default()
        };
        let lines = MEASURES
            .iter()
            .map(|measure| FigureLine { measure, figure: of(&now, measure), before: of(&before, measure) })
            .collect();
        let is_of_now = seen.is_some() || by == By::Constituent;
        let row = if is_of_now { None } else { sql_figures::period(db, &now).await? };
        let (counted_at, is_behind) = match row {
            Some(row) => (row.counted_at, row.touched != row.counted),
            None => (is_of_now.then_some(eyes.now), false),
        };
        // Aside is counted for all mailboxes together.
        let is_whole = by == By::All && seen.is_none();
        let aside = if is_whole { Aside::read(db, period, tlp).await? } else { Aside::default() };
        Ok(FigureTable { period, by, value: value.to_string(), tlp, lines, counted_at, is_behind, aside, eyes, seen })
    }

    /// The line of a measure.
    pub fn line(&self, measure: &str) -> Option<&FigureLine> {
        self.lines.iter().find(|line| line.measure.id == measure)
    }

    /// Whether there is a case in it at all.
    pub fn is_empty(&self) -> bool {
        self.lines.iter().all(|line| line.figure.n == 0)
    }

    /// One measure in this period and in those before it, the oldest first.
    pub async fn course(&self, db: &Db, measure: &Measure, count: i64) -> Result<Vec<(Period, Figure)>, StoreError> {
        let periods: Vec<Period> = (0..count).rev().map(|back| self.period.plus(-back)).collect();
        if self.seen.is_some() || self.by == By::Constituent {
            let measures = std::slice::from_ref(measure);
            let mut points = Vec::new();
            for period in periods {
                let figure = if self.by == By::Constituent {
                    let summed = figures_of_one(db, &self.eyes, period, (measures, &self.value)).await?;
                    last_of(&summed, By::All, "").next().map(|(_, figure)| figure)
                } else {
                    let summed = figures_seen(db, &self.eyes, period, measures).await?;
                    last_of(&summed, self.by, &self.value).next().map(|(_, figure)| figure)
                };
                points.push((period, figure.unwrap_or_default()));
            }
            return Ok(points);
        }
        let names: Vec<String> = periods.iter().map(Period::to_string).collect();
        let mut known = sql_figures::figures(db, &names, (self.by.as_str(), &self.value), self.tlp).await?;
        let mut of = |name: &str| known.remove(&(name.to_string(), measure.id.to_string())).unwrap_or_default();
        Ok(periods.into_iter().zip(&names).map(|(period, name)| (period, of(name))).collect())
    }

    /// One measure in this period, told apart; most cases first. Of all cases, whatever this table is of.
    pub async fn parts(&self, db: &Db, measure: &Measure, by: By) -> Result<Vec<(String, Figure)>, StoreError> {
        let name = self.period.to_string();
        let known: BTreeMap<String, Figure> = match &self.seen {
            _ if by == By::Constituent => {
                let summed = figures_by_constituent(db, &self.eyes, self.period, measure).await?;
                summed.into_iter().map(|one| (one.value, one.figure)).collect()
            }
            // The strictest marking of each value comes last, and holds all that are marked less.
            Some([now, _]) => now
                .iter()
                .filter(|(id, one)| *id == measure.id && one.by == by)
                .map(|(_, one)| (one.value.clone(), one.figure))
                .collect(),
            None => sql_figures::parts(db, &name, (measure.id, by.as_str()), self.tlp).await?,
        };
        Ok(most_first(known))
    }

    /// The values that cases of this period and of the one before have; no constituents, of which there may be very many.
    pub async fn values(&self, db: &Db, by: By) -> Result<Vec<String>, StoreError> {
        if let Some(both) = &self.seen {
            let values = both.iter().flatten().filter(|(_, one)| one.by == by).map(|(_, one)| one.value.clone());
            return Ok(values.collect::<BTreeSet<_>>().into_iter().collect());
        }
        let names = [self.period.to_string(), self.period.plus(-1).to_string()];
        sql_figures::values(db, &names, by.as_str(), self.tlp).await
    }

    /// For programs.
    pub fn json(&self) -> Value {
        json!({ "period": self.period.to_string(), "by": self.by.as_str(), "value": self.value,
            "tlp": self.tlp.label(), "counted_at": self.counted_at.map(Micros::rfc3339), "is_behind": self.is_behind,
            "before": self.period.plus(-1).to_string(),
            "figures": self.lines.iter().map(FigureLine::json).collect::<Vec<_>>(),
            "stages": self.aside.stages.iter().map(StageLine::json).collect::<Vec<_>>(),
            "takedowns": self.aside.takedowns.iter().map(takedown_json).collect::<Vec<_>>(),
            "days": self.aside.days.iter().map(DayLine::json).collect::<Vec<_>>() })
    }

    /// As a table to take away: names of columns, and rows. What was not measured is empty.
    pub fn cells(&self) -> (&'static [&'static str], Vec<Vec<Cell>>) {
        let period = self.period.to_string();
        let mut rows: Vec<Vec<Cell>> = self.lines.iter().map(|line| self.row(line)).collect();
        let in_time = measure_of("in-time");
        for line in &self.aside.stages {
            for (severity, figure) in Severity::ALL.iter().zip(&line.by_severity).filter(|(_, figure)| figure.n > 0) {
                let value = format!("{}:{}", line.stage, severity.as_str());
                rows.extend(in_time.map(|measure| alone(&period, (By::StageSeverity, &value), measure, figure)));
            }
        }
        for (by, value, figure) in &self.aside.takedowns {
            rows.extend(measure_of("takedown").map(|measure| alone(&period, (*by, value), measure, figure)));
        }
        for day in &self.aside.days {
            for (by, figure) in [(By::All, &day.open), (By::Owner, &day.unowned)] {
                rows.extend(measure_of(BACKLOG).map(|measure| alone(&day.day, (by, ""), measure, figure)));
            }
        }
        (&COLUMNS, rows)
    }

    fn row(&self, line: &FigureLine) -> Vec<Cell> {
        let (counts, before) = (line.measure.counts, &line.before);
        let mut row = row(&self.period.to_string(), (self.by, &self.value), line.measure, &line.figure);
        row.extend([
            before.n.into(),
            before.share().filter(|_| counts == Counts::Share).into(),
            known(counts != Counts::Share && before.n > 0, before.median(false)),
            line.change().map(|change| change.by).into(),
        ]);
        row
    }
}

fn known(is_there: bool, value: i64) -> Cell {
    if is_there { Cell::Int(value) } else { Cell::Null }
}

/// What has cases, most cases first.
fn most_first(known: BTreeMap<String, Figure>) -> Vec<(String, Figure)> {
    let mut all: Vec<(String, Figure)> = known.into_iter().filter(|(_, figure)| figure.n > 0).collect();
    all.sort_by_key(|(_, figure)| std::cmp::Reverse(figure.n));
    all.truncate(VALUES);
    all
}

/// A figure as a row that has nothing beside it of the period before.
fn alone(period: &str, of: (By, &str), measure: &Measure, figure: &Figure) -> Vec<Cell> {
    let mut row = row(period, of, measure, figure);
    row.resize_with(COLUMNS.len(), || Cell::Null);
    row
}

/// The first cells of a row: the figure, without the period before.
fn row(period: &str, (by, value): (By, &str), measure: &Measure, of: &Figure) -> Vec<Cell> {
    let counts = measure.counts;
    // The backlog of a day is told by the calendar alone.
    let has_business = counts == Counts::Time && of.n > 0 && (measure.id != BACKLOG || of.business != [0; 3]);
    let mut row: Vec<Cell> = vec![
        period.into(),
        by.as_str().into(),
        value.into(),
        measure.id.into(),
        counts.as_str().into(),
        of.n.into(),
        known(counts != Counts::Time && of.n > 0, of.total),
        of.share().filter(|_| counts == Counts::Share).into(),
    ];
    row.extend(of.calendar.map(|value| known(counts != Counts::Share && of.n > 0, value)));
    row.extend(of.business.map(|value| known(has_business, value)));
    row
}

impl Aside {
    /// Reads it, as far as a marking goes.
    async fn read(db: &Db, period: Period, tlp: Tlp) -> Result<Aside, StoreError> {
        let name = period.to_string();
        let of_stages = ("in-time", By::StageSeverity.as_str());
        let mut apart = sql_figures::parts(db, &name, of_stages, tlp).await?;
        let all = sql_figures::parts(db, &name, ("in-time", By::Stage.as_str()), tlp).await?.into_iter();
        let stages = all.filter(|(_, figure)| figure.n > 0).take(VALUES).map(|(stage, all)| {
            let of = |severity: Severity| apart.remove(&format!("{stage}:{}", severity.as_str())).unwrap_or_default();
            let by_severity = Severity::ALL.map(of);
            StageLine { stage, all, by_severity }
        });
        let stages = stages.collect();
        let mut takedowns = Vec::new();
        for by in [By::Hoster, By::Tld] {
            let found = sql_figures::parts(db, &name, ("takedown", by.as_str()), tlp).await?;
            takedowns.extend(most_first(found).into_iter().map(|(value, figure)| (by, value, figure)));
        }
        let names: Vec<String> = period.days().iter().map(ToString::to_string).collect();
        let mut open = sql_figures::figures(db, &names, (By::All.as_str(), ""), tlp).await?;
        let mut unowned = sql_figures::figures(db, &names, (By::Owner.as_str(), ""), tlp).await?;
        let day = |day: String| {
            let key = (day, BACKLOG.to_string());
            let open = open.remove(&key)?;
            Some(DayLine { open, unowned: unowned.remove(&key).unwrap_or_default(), day: key.0 })
        };
        Ok(Aside { stages, takedowns, days: names.into_iter().filter_map(day).collect() })
    }

    /// Who had how much of the backlog at the end of a day, most first; nobody is empty.
    pub async fn owners(db: &Db, day: &str, tlp: Tlp) -> Result<Vec<(String, Figure)>, StoreError> {
        Ok(most_first(sql_figures::parts(db, day, (BACKLOG, By::Owner.as_str()), tlp).await?))
    }
}

impl StageLine {
    fn json(&self) -> Value {
        let of = |figure: &Figure| json!({ "n": figure.n, "yes": figure.total, "share": figure.share() });
        let apart = Severity::ALL.iter().zip(&self.by_severity);
        let apart: serde_json::Map<String, Value> =
            apart.map(|(severity, figure)| (severity.as_str().to_string(), of(figure))).collect();
        json!({ "stage": self.stage, "all": of(&self.all), "severities": apart })
    }
}

impl DayLine {
    fn json(&self) -> Value {
        let age = (self.open.n > 0).then(|| three(self.open.calendar));
        json!({ "day": self.day, "open": self.open.n, "unowned": self.unowned.n, "age_seconds": age })
    }
}

fn takedown_json((by, value, figure): &(By, String, Figure)) -> Value {
    json!({ "by": by.as_str(), "value": value, "n": figure.n, "calendar_seconds": three(figure.calendar),
        "business_seconds": three(figure.business) })
}
