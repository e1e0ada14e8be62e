//! How well the services run: figures of what the team did, each with its n, its period and the version of its definition.
//!
//! A figure is made of cases alone. Where there is no case there is no figure.

mod month;
mod offer;
mod report;
mod target;

use manara_model::Micros;
use serde::Serialize;

pub use month::{MONTHS, Month, months};
pub use offer::{Offer, offers, offers_json};
pub use report::{Quality, QualityLine, quality};
pub use target::{Speaks, Target, Targets};

use crate::canonical::{canonical, hash};

/// Cases a figure is made of at most: the newest.
pub const CASES: i64 = 200_000;

/// What a figure counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Hours: the middle, and what nine of ten stay under.
    Hours,
    /// Days: the same.
    Days,
    /// A part of the whole, 0 to 1.
    Share,
    /// People: the middle.
    People,
    /// How often something was so: the sum.
    Times,
}

impl Unit {
    /// The word in files and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hours => "hours",
            Self::Days => "days",
            Self::Share => "share",
            Self::People => "people",
            Self::Times => "times",
        }
    }
}

/// What is measured. Its definition in words is `quality-figure-…-how`.
#[derive(Debug, PartialEq, Eq)]
pub struct Measure {
    /// Its name.
    pub id: &'static str,
    /// What it counts in.
    pub unit: Unit,
    /// The version of its definition: a figure of another one is not to be compared.
    pub revision: i64,
    /// Whether less is better.
    pub less_is_better: bool,
    /// Whether it has a course over time, or is only known as it stands now.
    pub has_course: bool,
    /// The list its cases stand in.
    pub href: &'static str,
}

const fn measure(id: &'static str, unit: Unit, less_is_better: bool, has_course: bool, href: &'static str) -> Measure {
    Measure { id, unit, revision: 1, less_is_better, has_course, href }
}

/// All of them, in the order of the page.
pub const MEASURES: &[Measure] = &[
    measure("acknowledge", Unit::Hours, true, true, "/incidents?state=all"),
    measure("notify", Unit::Hours, true, true, "/notices?state=sent"),
    measure("resolve", Unit::Hours, true, true, "/incidents?state=resolved"),
    measure("in-time", Unit::Share, false, true, "/incidents?state=all&sort=due"),
    measure("reply", Unit::Hours, true, true, "/figures/response?measure=reply-person"),
    measure("takedown", Unit::Hours, true, true, "/figures/response?measure=takedown"),
    measure("deadlines", Unit::Share, false, true, "/figures/response?measure=in-time"),
    measure("reopened", Unit::Share, true, true, "/figures/response?measure=reopened"),
    measure("answered", Unit::Share, false, true, "/notices?answered=none"),
    measure("answer-days", Unit::Days, true, true, "/notices?state=sent"),
    measure("false-positives", Unit::Share, true, true, "/findings?state=false_positive"),
    measure("contacts", Unit::Share, false, false, "/constituents"),
    measure("networks", Unit::Share, false, false, "/constituents"),
    measure("watch-days", Unit::Share, false, true, "/journal"),
    measure("watch-people", Unit::People, false, true, "/journal"),
    measure("trained", Unit::Share, false, false, "/framework/training"),
    measure("manual-read", Unit::Share, false, false, "/framework/manual"),
    measure("exercises", Unit::Times, false, true, "/framework/exercises"),
    measure("exercise-objectives", Unit::Share, false, true, "/framework/exercises?state=held"),
    measure("exercise-lessons", Unit::Share, false, true, "/framework/exercises/lessons"),
];

/// The measure of a name.
pub fn measure_of(id: &str) -> Option<&'static Measure> {
    MEASURES.iter().find(|measure| measure.id == id)
}

/// One case, or several that are alike.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Case {
    /// When it counts.
    pub at: Micros,
    /// What was measured; of a share 1 or 0. Nothing while it still waits.
    pub value: Option<f64>,
    /// How many are alike.
    pub count: i64,
}

/// The cases of one measure.
#[derive(Debug, Clone, PartialEq)]
pub struct Cases {
    /// Its name.
    pub measure: &'static str,
    /// The cases.
    pub cases: Vec<Case>,
    /// Whether there were more than [`CASES`], and older ones were left out.
    pub is_cut: bool,
}

/// From a moment until before another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The first moment.
    pub from: Micros,
    /// The first moment after it.
    pub until: Micros,
}

impl Period {
    /// Days it may have.
    pub const MOST_DAYS: i64 = 1_100;

    /// So many days up to the end of the day of a moment.
    pub fn up_to(now: Micros, days: i64) -> Period {
        let until = midnight(now).plus_days(1);
        Period { from: until.plus_days(-days), until }
    }

    /// From a day to another, both as 2026-11-22 and both in it; what is empty is taken from the ninety days up to today.
    pub fn read(from: &str, to: &str, now: Micros) -> Option<Period> {
        let usual = Period::up_to(now, 90);
        let read = |text: &str| Micros::parse_rfc3339(&format!("{text}T00:00:00Z")).filter(|_| text.len() == 10);
        let until = if to.is_empty() { usual.until } else { read(to)?.plus_days(1) };
        let from = if from.is_empty() { usual.from.min(until.plus_days(-1)) } else { read(from)? };
        let days = (until.0 - from.0) / Micros::DAY;
        (1..=Period::MOST_DAYS).contains(&days).then_some(Period { from, until })
    }

    /// Its last day.
    pub fn last_day(&self) -> String {
        self.until.plus_days(-1).day()
    }

    pub(crate) fn has(&self, at: Micros) -> bool {
        self.from <= at && at < self.until
    }
}

pub(crate) fn midnight(at: Micros) -> Micros {
    Micros(at.0 - at.0.rem_euclid(Micros::DAY))
}

/// One figure of a period. It has a value exactly when it has a case.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// The measure.
    pub figure: &'static str,
    /// What it counts in.
    pub unit: Unit,
    /// The middle, the share or the sum.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// What nine of ten stay under; of hours and days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub p90: Option<f64>,
    /// Of how many cases.
    pub n: i64,
    /// Cases that still wait, and are not in it.
    pub waiting: i64,
    /// The first day.
    pub from: String,
    /// The last day.
    pub until: String,
    /// The version of the definition.
    pub revision: i64,
    /// Whether only the newest cases are in it.
    pub is_cut: bool,
}

impl Figure {
    /// Its canonical JSON, and the hash of that.
    pub fn sealed(&self) -> (String, String) {
        let text = canonical(&serde_json::to_value(self).unwrap_or_default());
        let sha256 = hash(&text);
        (text, sha256)
    }

    /// Its measure.
    pub fn measure(&self) -> Option<&'static Measure> {
        measure_of(self.figure)
    }
}

/// The figure of some cases in a period.
pub fn figure(measure: &Measure, cases: &Cases, period: &Period) -> Figure {
    let inside: Vec<Case> = cases.cases.iter().filter(|case| period.has(case.at)).copied().collect();
    let summed = sum(measure.unit, &inside);
    Figure {
        figure: measure.id,
        unit: measure.unit,
        value: summed.value,
        p90: summed.p90,
        n: summed.n,
        waiting: inside.iter().filter(|case| case.value.is_none()).map(|case| case.count).sum(),
        from: period.from.day(),
        until: period.last_day(),
        revision: measure.revision,
        is_cut: cases.is_cut,
    }
}

/// All figures of a period, in the order of [`MEASURES`].
pub fn figures(all: &[Cases], period: &Period) -> Vec<Figure> {
    let of = |measure: &Measure| {
        let none = Cases { measure: "", cases: Vec::new(), is_cut: false };
        figure(measure, all.iter().find(|cases| cases.measure == measure.id).unwrap_or(&none), period)
    };
    MEASURES.iter().map(of).collect()
}

#[derive(Default)]
struct Sum {
    value: Option<f64>,
    p90: Option<f64>,
    n: i64,
}

fn sum(unit: Unit, cases: &[Case]) -> Sum {
    let mut known: Vec<(f64, i64)> = cases.iter().filter_map(|case| Some((case.value?, case.count))).collect();
    let n: i64 = known.iter().map(|(_, count)| count).sum();
    if n == 0 {
        return Sum::default();
    }
    if unit == Unit::Share || unit == Unit::Times {
        let whole: f64 = known.iter().map(|(value, count)| value * *count as f64).sum();
        let value = if unit == Unit::Share { rounded(whole / n as f64, 1_000.0) } else { whole };
        return Sum { value: Some(value), p90: None, n };
    }
    known.sort_by(|a, b| a.0.total_cmp(&b.0));
    let p90 = (unit != Unit::People).then(|| rank(&known, n, 9, 10));
    Sum { value: Some(rank(&known, n, 1, 2)), p90, n }
}

/// The value that so many of so many parts of the cases do not pass: the nearest rank, so that it is one that was measured.
fn rank(sorted: &[(f64, i64)], n: i64, part: i64, of: i64) -> f64 {
    let wanted = (n * part + of - 1) / of;
    let mut passed = 0;
    let found = sorted.iter().find(|(_, count)| {
        passed += count;
        passed >= wanted
    });
    rounded(found.map_or(0.0, |(value, _)| *value), 10.0)
}

fn rounded(value: f64, by: f64) -> f64 {
    (value * by).round() / by
}

#[cfg(test)]
mod tests {
    use manara_model::Micros;
    use proptest::prelude::*;

    use super::{Case, Cases, Figure, MEASURES, Period, Unit, figure, figures, measure_of};

    const NOON: Micros = Micros(1_768_478_400_000_000);

    fn cases(values: &[(Option<f64>, i64)]) -> Cases {
        let cases = values.iter().map(|(value, count)| Case { at: NOON, value: *value, count: *count }).collect();
        Cases { measure: "notify", cases, is_cut: false }
    }

    fn of(id: &str, values: &[(Option<f64>, i64)]) -> Figure {
        figure(measure_of(id).expect("a measure"), &cases(values), &Period::up_to(NOON, 30))
    }

    #[test]
    fn a_figure_is_made_of_cases_and_without_one_there_is_none() {
        let hours = of("notify", &[(Some(1.0), 1), (Some(3.04), 1), (Some(9.0), 1), (Some(40.0), 1), (None, 2)]);
        assert_eq!((hours.value, hours.p90, hours.n, hours.waiting), (Some(3.0), Some(40.0), 4, 2));
        assert_eq!((hours.from.as_str(), hours.until.as_str()), ("2025-12-17", "2026-01-15"));
        let share = of("answered", &[(Some(1.0), 2), (Some(0.0), 1)]);
        assert_eq!((share.value, share.p90, share.n), (Some(0.667), None, 3));
        let times = of("exercises", &[(Some(1.0), 2), (Some(0.0), 1), (None, 1)]);
        assert_eq!((times.value, times.p90, times.n, times.waiting), (Some(2.0), None, 3, 1));
        let none = of("notify", &[(None, 3)]);
        assert_eq!((none.value, none.p90, none.n, none.waiting), (None, None, 0, 3));
        let early = figure(&MEASURES[1], &cases(&[(Some(1.0), 1)]), &Period::up_to(NOON.plus_days(60), 30));
        assert_eq!((early.value, early.n), (None, 0), "outside the period");
        assert_eq!(figures(&[], &Period::up_to(NOON, 1)).len(), MEASURES.len());
        assert!(figures(&[], &Period::up_to(NOON, 1)).iter().all(|figure| figure.value.is_none()));
    }

    #[test]
    fn the_same_cases_give_the_same_bytes() {
        let one = of("notify", &[(Some(1.0), 1), (Some(2.0), 1)]);
        let two = of("notify", &[(Some(2.0), 1), (Some(1.0), 1)]);
        assert_eq!(one.sealed(), two.sealed());
        assert_eq!(one.sealed().1.len(), 64);
        assert!(one.sealed().0.starts_with(r#"{"figure":"notify","from":"2025-12-17""#), "{}", one.sealed().0);
        assert_ne!(one.sealed().1, of("notify", &[(Some(1.0), 1), (Some(2.0), 2)]).sealed().1);
    }

    #[test]
    fn a_period_is_read_from_days_and_has_bounds() {
        let read = |from, to| Period::read(from, to, NOON).map(|period| (period.from.day(), period.last_day()));
        assert_eq!(read("", ""), Some(("2025-10-18".into(), "2026-01-15".into())));
        assert_eq!(read("2026-01-02", "2026-01-02"), Some(("2026-01-02".into(), "2026-01-02".into())));
        assert_eq!(read("", "2025-01-01"), Some(("2025-01-01".into(), "2025-01-01".into())));
        for (from, to) in [("2026-01-03", "2026-01-02"), ("soon", ""), ("2001-01-01", ""), ("", "2026-13-01")] {
            assert_eq!(read(from, to), None, "{from} {to}");
        }
    }

    proptest! {
        #[test]
        fn middle_and_ninth_tenth_are_measured_values_in_order(
            values in proptest::collection::vec((0u32..5_000, 1i64..9), 1..60)
        ) {
            let cases: Vec<(Option<f64>, i64)> =
                values.iter().map(|(value, count)| (Some(f64::from(*value)), *count)).collect();
            let figure = of("notify", &cases);
            let (middle, most) = (figure.value.expect("a middle"), figure.p90.expect("a ninth tenth"));
            prop_assert!(middle <= most);
            prop_assert!(values.iter().any(|(value, _)| f64::from(*value) == middle));
            let under = |limit: f64| -> i64 {
                values.iter().filter(|(value, _)| f64::from(*value) <= limit).map(|(_, count)| count).sum()
            };
            prop_assert!(under(middle) * 2 >= figure.n && under(most) * 10 >= figure.n * 9);
            prop_assert_eq!(figure.unit, Unit::Hours);
        }
    }
}
