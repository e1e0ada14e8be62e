//! The months, quarters and years that figures are made for, on the clock of the team.

use chrono::{Datelike as _, NaiveDate};
use manara_model::Micros;

use crate::hours::Hours;

/// The first and the last year that can be asked for.
const YEARS: std::ops::RangeInclusive<i64> = 1970..=9000;
/// Days of a period.
const DAYS_MOST: usize = 366;

/// How long a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Every {
    /// A month.
    Month,
    /// Three months.
    Quarter,
    /// Twelve.
    Year,
}

impl Every {
    /// All, the shortest first.
    pub const ALL: [Every; 3] = [Self::Month, Self::Quarter, Self::Year];

    /// The word used in addresses and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|every| every.as_str() == text)
    }

    fn months(self) -> i64 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Year => 12,
        }
    }
}

/// A month, a quarter or a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// How long it is.
    pub every: Every,
    /// Its first month, counted from the year 0.
    first: i64,
}

impl Period {
    /// The one a moment lies in.
    pub fn of(at: Micros, every: Every, hours: &Hours) -> Period {
        let day = hours.day(at);
        let month = i64::from(day.year()) * 12 + i64::from(day.month0());
        Period { every, first: month - month.rem_euclid(every.months()) }
    }

    /// Reads one: `2026-10`, `2026-Q4` or `2026`.
    pub fn parse(text: &str) -> Option<Period> {
        let (year, rest) = text.split_at_checked(4)?;
        if !year.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let year = year.parse::<i64>().ok().filter(|year| YEARS.contains(year))?;
        let number = |digits: &str, most: i64| {
            let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
            digits.parse::<i64>().ok().filter(|number| plain && (1..=most).contains(number))
        };
        let (every, within) = match (rest.strip_prefix("-Q"), rest.strip_prefix('-')) {
            (Some(quarter), _) if quarter.len() == 1 => (Every::Quarter, (number(quarter, 4)? - 1) * 3),
            (None, Some(month)) if month.len() == 2 => (Every::Month, number(month, 12)? - 1),
            (None, None) if rest.is_empty() => (Every::Year, 0),
            _ => return None,
        };
        Some(Period { every, first: year * 12 + within })
    }

    /// The one so many after this one; before it when negative.
    #[must_use]
    pub fn plus(self, count: i64) -> Period {
        Period { first: self.first + count * self.every.months(), ..self }
    }

    /// The one of another length in which this one begins.
    #[must_use]
    pub fn within(self, every: Every) -> Period {
        Period { every, first: self.first - self.first.rem_euclid(every.months()) }
    }

    /// Its days, the first first.
    pub fn days(self) -> Vec<NaiveDate> {
        let (from, until) = (self.first_day(), self.plus(1).first_day());
        let days = from.map(|day| day.iter_days().take(DAYS_MOST));
        days.into_iter().flatten().take_while(|day| until.is_some_and(|until| *day < until)).collect()
    }

    /// Its first moment on the clock of the team.
    pub fn begin(self, hours: &Hours) -> Micros {
        self.first_day().map_or(Micros::FAR, |day| hours.midnight(day))
    }

    fn first_day(self) -> Option<NaiveDate> {
        let month = u32::try_from(self.first.rem_euclid(12)).unwrap_or_default() + 1;
        let year = i32::try_from(self.first.div_euclid(12)).unwrap_or_default();
        NaiveDate::from_ymd_opt(year, month, 1)
    }

    /// The first moment after it.
    pub fn end(self, hours: &Hours) -> Micros {
        self.plus(1).begin(hours)
    }
}

impl std::fmt::Display for Period {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (year, month) = (self.first.div_euclid(12), self.first.rem_euclid(12));
        match self.every {
            Every::Month => write!(f, "{year:04}-{:02}", month + 1),
            Every::Quarter => write!(f, "{year:04}-Q{}", month / 3 + 1),
            Every::Year => write!(f, "{year:04}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use manara_model::Micros;

    use super::{Every, Period};
    use crate::hours::Hours;

    #[test]
    fn a_period_is_read_written_and_lies_on_the_clock_of_the_team() {
        for text in ["2026-10", "2026-Q4", "2026", "1999-01"] {
            assert_eq!(Period::parse(text).map(|period| period.to_string()).as_deref(), Some(text));
        }
        for text in [
            "",
            "26",
            "2026-13",
            "2026-00",
            "2026-1",
            "2026-Q5",
            "2026-Q",
            "2026-10-01",
            "2026-Q10",
            "+026-10",
            "é026-1",
        ] {
            assert_eq!(Period::parse(text), None, "{text}");
        }
        let cairo = Hours::usual(chrono_tz::Africa::Cairo);
        let late = Micros::parse_rfc3339("2026-09-30T22:30:00Z").expect("a moment");
        let month = Period::of(late, Every::Month, &cairo);
        assert_eq!(month.to_string(), "2026-10", "it is October where the team works");
        assert_eq!(month.begin(&cairo).rfc3339(), "2026-09-30T21:00:00.000000Z");
        assert_eq!(
            (month.plus(-1).to_string(), month.within(Every::Quarter).to_string()),
            ("2026-09".into(), "2026-Q4".into())
        );
        let year = Period::parse("2026").expect("a year");
        assert_eq!(year.end(&Hours::default()).rfc3339(), "2027-01-01T00:00:00.000000Z");
        for (period, count, last) in
            [("2028-02", 29, "2028-02-29"), ("2026-Q4", 92, "2026-12-31"), ("2028", 366, "2028-12-31")]
        {
            let days = Period::parse(period).expect("a period").days();
            assert_eq!((days.len(), days.last().map(ToString::to_string)), (count, Some(last.into())));
        }
        assert_eq!(Period::parse("2026-01").map(|month| month.plus(-1).to_string()).as_deref(), Some("2025-12"));
    }
}
