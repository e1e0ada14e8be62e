//! The course of a figure, month by month.

use manara_model::Micros;
use serde::Serialize;

use super::{Cases, Measure, Period, figure};

/// Months that are shown.
pub const MONTHS: usize = 12;

/// A figure of one month.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Month {
    /// The month, as 2026-11.
    pub month: String,
    /// The middle, or the share; nothing without a case.
    pub value: Option<f64>,
    /// Of how many cases.
    pub n: i64,
}

/// The months up to that of a period's last day, the oldest first.
fn spans(period: &Period) -> Vec<(String, Period)> {
    let last = period.last_day();
    let part = |from: usize, to: usize| last.get(from..to).and_then(|text| text.parse::<i64>().ok()).unwrap_or(1);
    let mut at = part(0, 4) * 12 + part(5, 7) - 1;
    let begin = |at: i64| {
        let day = format!("{:04}-{:02}", at.div_euclid(12), at.rem_euclid(12) + 1);
        (Micros::parse_rfc3339(&format!("{day}-01T00:00:00Z")), day)
    };
    let mut found = Vec::with_capacity(MONTHS);
    for _ in 0..MONTHS {
        if let ((Some(from), name), (Some(until), _)) = (begin(at), begin(at + 1)) {
            // A month that goes on ends with the period.
            found.push((name, Period { from, until: until.min(period.until) }));
        }
        at -= 1;
    }
    found.reverse();
    found
}

/// What must be read for a period and its months.
pub(crate) fn wanted(period: &Period) -> Period {
    let from = spans(period).first().map_or(period.from, |(_, first)| first.from);
    Period { from: from.min(period.from), until: period.until }
}

/// The course of a measure; nothing for one that has none.
pub fn months(measure: &Measure, cases: Option<&Cases>, period: &Period) -> Vec<Month> {
    let Some(cases) = cases.filter(|_| measure.has_course) else { return Vec::new() };
    let of = |(month, span): (String, Period)| {
        let found = figure(measure, cases, &span);
        Month { month, value: found.value, n: found.n }
    };
    spans(period).into_iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use manara_model::Micros;

    use super::super::{Case, measure_of};
    use super::{Cases, MONTHS, Period, months, spans, wanted};

    #[test]
    fn twelve_months_end_with_the_period() {
        let noon = Micros::parse_rfc3339("2026-02-10T12:00:00Z").expect("a moment");
        let period = Period::up_to(noon, 30);
        let all = spans(&period);
        assert_eq!((all.len(), all[0].0.as_str(), all[11].0.as_str()), (MONTHS, "2025-03", "2026-02"));
        assert_eq!((all[10].1.last_day().as_str(), all[11].1.until), ("2026-01-31", period.until));
        assert_eq!(wanted(&period).from.day(), "2025-03-01");
        assert_eq!(wanted(&Period::up_to(noon, 1_000)).from, Period::up_to(noon, 1_000).from);
        let cases =
            Cases { measure: "notify", cases: vec![Case { at: noon, value: Some(2.0), count: 1 }], is_cut: false };
        let course = months(measure_of("notify").expect("a measure"), Some(&cases), &period);
        assert_eq!((course[11].value, course[11].n, course[10].value), (Some(2.0), 1, None));
        assert!(months(measure_of("contacts").expect("a measure"), Some(&cases), &period).is_empty());
    }
}
