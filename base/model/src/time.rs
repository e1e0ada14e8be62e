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
        self.written().unwrap_or_else(|| self.utc().to_rfc3339_opts(SecondsFormat::Micros, true))
    }

    /// The same text for the years 1970 to 9999, which nearly every moment is in, without the cost of a calendar for all.
    fn written(self) -> Option<String> {
        let micros = u64::try_from(self.0).ok().filter(|_| self <= Self::FAR)?;
        let (days, of_day) = (micros / Self::DAY as u64, micros % Self::DAY as u64);
        // Civil from days: years begin in March, so that the day that is left out now and then is the last of the year.
        let days = days + 719_468;
        let (era, of_era) = (days / 146_097, days % 146_097);
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * march + 2) / 5 + 1;
        let month = if march < 10 { march + 3 } else { march - 9 };
        let year = year + era * 400 + u64::from(month <= 2);
        let (seconds, fraction) = (of_day / 1_000_000, of_day % 1_000_000);
        let mut text = *b"0000-00-00T00:00:00.000000Z";
        let mut put = |from: usize, to: usize, mut number: u64| {
            for place in text.get_mut(from..to).unwrap_or_default().iter_mut().rev() {
                *place = b'0' + (number % 10) as u8;
                number /= 10;
            }
        };
        put(0, 4, year);
        put(5, 7, month);
        put(8, 10, day);
        put(11, 13, seconds / 3600);
        put(14, 16, seconds / 60 % 60);
        put(17, 19, seconds % 60);
        put(20, 26, fraction);
        String::from_utf8(text.to_vec()).ok()
    }

    /// The day, `YYYY-MM-DD`.
    pub fn day(self) -> String {
        self.utc().format("%Y-%m-%d").to_string()
    }

    /// The year, `YYYY`.
    pub fn year(self) -> String {
        self.utc().format("%Y").to_string()
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

    #[test]
    fn a_moment_is_written_as_the_calendar_says() {
        // Steps that meet every hour, leap days and the turns of centuries.
        for step in 0..200_000 {
            let moment = Micros(step * 1_267_011_503_993 + step);
            let calendar = moment.utc().to_rfc3339_opts(chrono::SecondsFormat::Micros, true);
            assert_eq!(moment.rfc3339(), calendar);
        }
        for moment in [Micros(0), Micros(-1), Micros::FAR, Micros(951_782_400_000_000), Micros(4_107_542_399_999_999)] {
            assert_eq!(moment.rfc3339(), moment.utc().to_rfc3339_opts(chrono::SecondsFormat::Micros, true));
        }
    }
}
