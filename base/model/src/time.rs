//! A moment: microseconds since 1970 in UTC.

use std::fmt;

use chrono::{DateTime, SecondsFormat, Utc};

/// Microseconds since 1970-01-01T00:00:00Z. What the lake stores; the state database holds the same moment as RFC 3339 text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Micros(pub i64);

impl Micros {
    /// Microseconds in a day.
    pub const DAY: i64 = 86_400_000_000;

    /// The last moment that has a text which sorts like the others: the end of the year 9999.
    pub const FAR: Micros = Micros(253_402_300_799_999_999);

    /// Now, from the system clock. For shells only: rules are given the time.
    pub fn now() -> Self {
        Micros(Utc::now().timestamp_micros())
    }

    /// The same moment as a `chrono` value; out-of-range moments give the epoch.
    pub fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0).unwrap_or_default()
    }

    /// RFC 3339 in UTC with whole seconds, or with microseconds when there are any: always sorts like the moment
    /// within one precision. The state database keeps this form.
    pub fn rfc3339(self) -> String {
        self.utc().to_rfc3339_opts(SecondsFormat::Micros, true)
    }

    /// The day, `YYYY-MM-DD`.
    pub fn day(self) -> String {
        self.utc().format("%Y-%m-%d").to_string()
    }

    /// Reads what [`Micros::rfc3339`] wrote (any RFC 3339 text).
    pub fn parse_rfc3339(text: &str) -> Option<Self> {
        DateTime::parse_from_rfc3339(text).ok().map(|t| Micros(t.timestamp_micros()))
    }

    /// This moment moved by a number of days.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        Micros(self.0.saturating_add(days.saturating_mul(Self::DAY)))
    }
}

impl fmt::Display for Micros {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.rfc3339())
    }
}

#[cfg(test)]
mod tests {
    use super::Micros;

    #[test]
    fn a_moment_survives_its_text() {
        for micros in [0, 1, -1, 1_768_435_200_000_000, 1_768_435_200_123_456] {
            let moment = Micros(micros);
            assert_eq!(Micros::parse_rfc3339(&moment.rfc3339()), Some(moment), "{moment}");
            assert!(moment.rfc3339() < Micros::FAR.rfc3339(), "texts sort like moments");
        }
    }
}
