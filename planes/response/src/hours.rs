//! The hours of work, and until when a span lasts that begins at some moment: by the calendar, or by working time.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike as _, Days, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone as _};
use chrono_tz::Tz;
use manara_model::Micros;
use serde::Deserialize;

/// Days of rest a file may name.
const HOLIDAYS: usize = 2_000;
/// How many of each unit a span may have.
const MOST: i64 = 10_000;
/// Days that are looked at for working time: two hundred years.
const DAYS: usize = 73_050;
/// The days of a week, as content names them.
const WEEK: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// What a span counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Minutes.
    Minutes,
    /// Hours.
    Hours,
    /// Days of the calendar.
    Days,
    /// Working days.
    BusinessDays,
    /// Months of the calendar.
    Months,
}

impl Unit {
    /// All, the longer words before those they begin like.
    const ALL: [(Unit, &'static str); 5] = [
        (Self::Minutes, "min"),
        (Self::Months, "mo"),
        (Self::BusinessDays, "bd"),
        (Self::Hours, "h"),
        (Self::Days, "d"),
    ];
}

/// How long: `72h`, `30d`, `4bd`, `1mo`, `15min`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// How many.
    pub count: i64,
    /// Of what.
    pub unit: Unit,
}

impl Span {
    /// Reads one.
    pub fn parse(text: &str) -> Option<Span> {
        let (unit, word) = Unit::ALL.into_iter().find(|(_, word)| text.ends_with(word))?;
        let digits = text.strip_suffix(word)?;
        let plain = !digits.is_empty() && digits.len() <= 5 && digits.bytes().all(|byte| byte.is_ascii_digit());
        let count = digits.parse().ok().filter(|count| plain && (1..=MOST).contains(count))?;
        Some(Span { count, unit })
    }

    /// The unit as message keys have it.
    pub fn unit_word(self) -> &'static str {
        Unit::ALL.into_iter().find(|(unit, _)| *unit == self.unit).map_or("", |(_, word)| word)
    }
}

impl std::fmt::Display for Span {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.count, self.unit_word())
    }
}

/// By which time a span is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Time {
    /// Every hour counts.
    Calendar,
    /// Only the hours of work count.
    Business,
}

impl Time {
    /// Both.
    const ALL: [Time; 2] = [Self::Calendar, Self::Business];

    /// The word of content, SQL and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Calendar => "calendar",
            Self::Business => "business",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|time| time.as_str() == text)
    }
}

/// A day of rest: of one year, or of every year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rest {
    Once(NaiveDate),
    Yearly(u32, u32),
}

/// When the team works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hours {
    /// Where its clock stands.
    pub zone: Tz,
    days: [bool; 7],
    from: NaiveTime,
    until: NaiveTime,
    holidays: BTreeSet<Rest>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    zone: String,
    days: Vec<String>,
    from: String,
    until: String,
    #[serde(default)]
    holidays: Vec<String>,
}

impl Default for Hours {
    /// Monday to Friday from eight to four, in UTC.
    fn default() -> Self {
        let at = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
        let days = [true, true, true, true, true, false, false];
        Hours { zone: Tz::UTC, days, from: at(8), until: at(16), holidays: BTreeSet::new() }
    }
}

impl Hours {
    /// The usual hours in a zone.
    pub fn usual(zone: Tz) -> Hours {
        Hours { zone, ..Hours::default() }
    }

    /// Reads the file of the hours; `usual` is the zone of the house.
    pub(crate) fn read(text: &str, usual: Tz) -> Result<Hours, serde_yaml_ng::Error> {
        let written: Written = serde_yaml_ng::from_str(text)?;
        written.check(usual).map_err(serde::de::Error::custom)
    }

    /// The same hours with days of rest besides, as `2026-12-25` or `12-25`; those that cannot be read are left out.
    #[must_use]
    pub fn with_holidays<'d>(mut self, days: impl IntoIterator<Item = &'d str>) -> Hours {
        self.holidays.extend(days.into_iter().filter_map(rest).take(HOLIDAYS));
        self
    }

    /// From when until when somebody works on a working day, as `08:00` and `16:00`.
    pub fn span(&self) -> [String; 2] {
        [self.from, self.until].map(|at| at.format("%H:%M").to_string())
    }

    /// The days of the week on which somebody works, as content names them.
    pub fn week(&self) -> Vec<&'static str> {
        WEEK.into_iter().zip(self.days).filter(|(_, is_worked)| *is_worked).map(|(word, _)| word).collect()
    }

    /// The days of rest of the year that begins at a moment on which somebody would work otherwise, as `2026-12-25`.
    pub fn rests(&self, now: Micros) -> Vec<String> {
        let week = Hours { holidays: BTreeSet::new(), ..self.clone() };
        let today = now.utc().with_timezone(&self.zone).date_naive();
        let year = today.iter_days().take(366);
        let rests = year.filter(|day| week.is_working(*day) && !self.is_working(*day));
        rests.map(|day| day.format("%Y-%m-%d").to_string()).collect()
    }

    /// Whether somebody works on a day.
    pub fn is_working(&self, day: NaiveDate) -> bool {
        let of_week = usize::try_from(day.weekday().num_days_from_monday()).unwrap_or_default();
        self.days.get(of_week).copied().unwrap_or_default()
            && !self.holidays.contains(&Rest::Once(day))
            && !self.holidays.contains(&Rest::Yearly(day.month(), day.day()))
    }

    /// Until when a span lasts. Hours and minutes pass as they pass; days and months keep the time on the wall, and a day that a
    /// month does not have is its last. In business time hours are counted while somebody works. A working day ends with the
    /// hours of work, and the day on which it begins is not counted.
    pub fn due(&self, since: Micros, span: Span, time: Time) -> Micros {
        let local = since.utc().with_timezone(&self.zone);
        let wall = local.naive_local();
        let found = match (span.unit, time) {
            (Unit::Minutes, Time::Calendar) => return plus_minutes(since, span.count),
            (Unit::Hours, Time::Calendar) => return plus_minutes(since, span.count.saturating_mul(60)),
            (Unit::Minutes, Time::Business) => self.after_work(local, TimeDelta::try_minutes(span.count)),
            (Unit::Hours, Time::Business) => self.after_work(local, TimeDelta::try_hours(span.count)),
            (Unit::Days, Time::Calendar) => {
                wall.checked_add_days(Days::new(span.count.unsigned_abs())).and_then(|wall| self.moment(wall))
            }
            (Unit::Months, _) => u32::try_from(span.count)
                .ok()
                .and_then(|count| wall.checked_add_months(Months::new(count)))
                .and_then(|wall| self.moment(wall)),
            (Unit::BusinessDays, _) | (Unit::Days, Time::Business) => self.after_days(wall.date(), span.count),
        };
        found.unwrap_or(Micros::FAR)
    }

    /// The day of a moment where the team works.
    pub(crate) fn day(&self, at: Micros) -> NaiveDate {
        at.utc().with_timezone(&self.zone).date_naive()
    }

    /// The first moment of a day where the team works.
    pub(crate) fn midnight(&self, day: NaiveDate) -> Micros {
        self.moment(day.and_time(NaiveTime::MIN)).unwrap_or(Micros::FAR)
    }

    /// How many seconds of the hours of work lie between two moments.
    pub fn worked(&self, from: Micros, until: Micros) -> i64 {
        let mut all = 0;
        for day in self.day(from).iter_days().take(DAYS) {
            if self.midnight(day) >= until {
                break;
            }
            let (Some(begin), Some(end)) =
                (self.moment(day.and_time(self.from)), self.moment(day.and_time(self.until)))
            else {
                break;
            };
            if self.is_working(day) {
                all += (end.min(until).0 - begin.max(from).0).max(0);
            }
        }
        all / 1_000_000
    }

    /// The moment of a time on the wall. A time that is there twice is the earlier one, so that nobody is late by an hour; one
    /// that clocks pass over is when they go on.
    fn moment(&self, wall: NaiveDateTime) -> Option<Micros> {
        let step = TimeDelta::try_minutes(15)?;
        let mut wall = wall;
        for _ in 0..13 {
            if let Some(found) = self.zone.from_local_datetime(&wall).earliest() {
                return Some(Micros(found.timestamp_micros()));
            }
            // To the next quarter of an hour: zones change by those.
            let minute = wall.and_utc().timestamp().rem_euclid(900);
            wall = wall.checked_add_signed(step)?.checked_sub_signed(TimeDelta::try_seconds(minute)?)?;
        }
        None
    }

    /// The end of work on the working day so many working days after a day.
    fn after_days(&self, day: NaiveDate, count: i64) -> Option<Micros> {
        let wanted = usize::try_from(count).ok()?.checked_sub(1)?;
        let day = day.iter_days().skip(1).take(DAYS).filter(|day| self.is_working(*day)).nth(wanted)?;
        self.moment(day.and_time(self.until))
    }

    /// When so much working time has passed.
    fn after_work(&self, since: DateTime<Tz>, span: Option<TimeDelta>) -> Option<Micros> {
        let mut left = span?.num_microseconds()?;
        let since_moment = since.timestamp_micros();
        for day in since.date_naive().iter_days().take(DAYS).filter(|day| self.is_working(*day)) {
            let begin = self.moment(day.and_time(self.from))?.0.max(since_moment);
            let there = (self.moment(day.and_time(self.until))?.0 - begin).max(0);
            if there > 0 && left <= there {
                return Some(Micros(begin + left));
            }
            left -= there;
        }
        None
    }
}

fn plus_minutes(since: Micros, minutes: i64) -> Micros {
    Micros(since.0.saturating_add(minutes.saturating_mul(60_000_000)).min(Micros::FAR.0))
}

/// A day of rest as content writes it.
fn rest(text: &str) -> Option<Rest> {
    if let Ok(day) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        return (text.len() == 10).then_some(Rest::Once(day));
    }
    // A leap year has every day there is.
    let day = NaiveDate::parse_from_str(&format!("2024-{text}"), "%Y-%m-%d").ok().filter(|_| text.len() == 5)?;
    Some(Rest::Yearly(day.month(), day.day()))
}

impl Written {
    fn check(self, usual: Tz) -> Result<Hours, String> {
        let zone = match self.zone.as_str() {
            "" => usual,
            name => name.parse().map_err(|_| format!("zone: {name:?} is none; expected such as \"Africa/Cairo\""))?,
        };
        let mut days = [false; 7];
        for word in &self.days {
            let (_, day) = WEEK
                .into_iter()
                .zip(days.iter_mut())
                .find(|(known, _)| known == word)
                .ok_or_else(|| format!("days: {word:?} is none; expected {}", WEEK.join(", ")))?;
            *day = true;
        }
        if !days.contains(&true) {
            return Err("days: somebody has to work on one day of the week at least".into());
        }
        let at = |what: &str, text: &str| {
            NaiveTime::parse_from_str(text, "%H:%M")
                .map_err(|_| format!("{what}: {text:?} is no time of day; expected such as \"08:00\""))
        };
        let (from, until) = (at("from", &self.from)?, at("until", &self.until)?);
        if from >= until {
            return Err("until has to be later than from".into());
        }
        if self.holidays.len() > HOLIDAYS {
            return Err(format!("holidays: {} are too many; at most {HOLIDAYS}", self.holidays.len()));
        }
        let read = |text: &String| {
            rest(text).ok_or_else(|| format!("holidays: {text:?} is no day; expected 2026-12-25 or 12-25"))
        };
        let holidays = self.holidays.iter().map(read).collect::<Result<_, _>>()?;
        Ok(Hours { zone, days, from, until, holidays })
    }
}

#[cfg(test)]
mod tests;
