//! The days the national picture is of, and those before them.

use manara_model::Micros;
use manara_watch::Days;

/// So many days up to today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// Today.
    Day,
    /// Seven days.
    Week,
    /// Thirty days.
    Month,
    /// Ninety days.
    Quarter,
}

impl Span {
    /// All, the shortest first.
    pub const ALL: [Span; 4] = [Self::Day, Self::Week, Self::Month, Self::Quarter];

    /// How many days it has.
    pub fn days(self) -> i64 {
        match self {
            Self::Day => 1,
            Self::Week => 7,
            Self::Month => 30,
            Self::Quarter => 90,
        }
    }

    /// Reads the number of days.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|span| span.days().to_string() == text)
    }

    /// The days themselves, up to today.
    pub fn now(self, now: Micros) -> Days {
        Days::up_to(now, self.days())
    }

    /// As many days before them.
    pub fn before(self, now: Micros) -> Days {
        Days::up_to(now.plus_days(-self.days()), self.days())
    }

    /// Each of the days, the oldest first.
    pub fn each(self, now: Micros) -> Vec<String> {
        (0..self.days()).rev().map(|back| now.plus_days(-back).day()).collect()
    }
}

#[cfg(test)]
mod tests {
    use manara_model::Micros;

    use super::Span;

    #[test]
    fn the_span_before_ends_where_the_span_begins_and_is_as_long() {
        let now = Micros::parse_rfc3339("2026-03-01T00:00:00Z").expect("a moment");
        for (span, from, before) in [
            (Span::Day, "2026-03-01", ("2026-02-28", "2026-02-28")),
            (Span::Week, "2026-02-23", ("2026-02-16", "2026-02-22")),
            (Span::Month, "2026-01-31", ("2026-01-01", "2026-01-30")),
            (Span::Quarter, "2025-12-02", ("2025-09-03", "2025-12-01")),
        ] {
            let (days, was) = (span.now(now), span.before(now));
            assert_eq!((days.from.as_str(), days.until.as_str()), (from, "2026-03-01"), "{span:?}");
            assert_eq!((was.from.as_str(), was.until.as_str()), before, "{span:?}");
            let each = span.each(now);
            assert_eq!((each.len() as i64, each.first().map(String::as_str)), (span.days(), Some(from)));
            assert_eq!(Span::parse(&span.days().to_string()), Some(span));
        }
        assert_eq!(Span::parse("8"), None);
    }
}
