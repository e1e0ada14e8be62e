//! Days, weeks and their days off.

use std::collections::BTreeSet;
use std::fmt;

use manara_model::Micros;

/// The days of a week, from Monday.
const NAMES: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
/// The weekends that can be chosen.
pub const WEEKENDS: [&str; 5] = ["sat,sun", "fri,sat", "thu,fri", "fri", "sun"];
/// Countries whose weekend is Friday and Saturday (Unicode CLDR, weekData); in others it is Saturday and Sunday.
const FRIDAY_SATURDAY: [&str; 13] = ["BH", "DZ", "EG", "IQ", "JO", "KW", "LY", "OM", "QA", "SA", "SD", "SY", "YE"];
/// The days that can be planned with: 1970-01-01 to 2299-12-31.
const LAST: i64 = 120_529;

/// A day: how many have passed since 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i64);

impl Day {
    /// The day of a moment, in UTC.
    pub fn of(moment: Micros) -> Day {
        Day(moment.0.div_euclid(Micros::DAY))
    }

    /// Reads `2027-01-04`.
    pub fn parse(text: &str) -> Option<Day> {
        let text = text.trim();
        let moment = (text.len() == 10).then(|| Micros::parse_rfc3339(&format!("{text}T00:00:00Z"))).flatten()?;
        Some(Day::of(moment)).filter(|day| (0..=LAST).contains(&day.0))
    }

    /// Its first moment.
    pub fn moment(self) -> Micros {
        Micros(self.0.saturating_mul(Micros::DAY))
    }

    /// Its place in the week: 0 is Monday.
    pub fn weekday(self) -> usize {
        // 1970-01-01 was a Thursday.
        usize::try_from((self.0 + 3).rem_euclid(7)).unwrap_or(0)
    }

    /// Its month: `2027-01`.
    pub fn month(self) -> String {
        self.to_string().chars().take(7).collect()
    }

    /// The day so many days later.
    #[must_use]
    pub fn plus(self, days: i64) -> Day {
        Day(self.0.saturating_add(days))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.moment().day())
    }
}

/// Which days of a week are worked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Week {
    off: [bool; 7],
}

impl Week {
    /// Reads the days off: one of [`WEEKENDS`].
    pub fn parse(text: &str) -> Option<Week> {
        let text = WEEKENDS.into_iter().find(|known| *known == text.trim())?;
        Some(Week { off: NAMES.map(|name| text.split(',').any(|off| off == name)) })
    }

    /// The week of a country by its two letters.
    pub fn of_country(code: &str) -> Week {
        let is_friday = FRIDAY_SATURDAY.iter().any(|known| known.eq_ignore_ascii_case(code));
        let text = if is_friday { "fri,sat" } else { "sat,sun" };
        Week { off: NAMES.map(|name| text.split(',').any(|off| off == name)) }
    }

    /// The days off, as [`Week::parse`] reads them.
    pub fn as_text(&self) -> String {
        let off = NAMES.into_iter().zip(self.off).filter(|(_, off)| *off).map(|(name, _)| name);
        off.collect::<Vec<_>>().join(",")
    }

    /// How many days of it are worked.
    pub fn days(&self) -> i64 {
        self.off.iter().map(|off| i64::from(!off)).sum()
    }

    /// Whether a day is worked.
    pub fn is_worked(&self, day: Day) -> bool {
        self.off.get(day.weekday()).is_none_or(|off| !off)
    }
}

/// Working days counted from a first one, which is 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    first: Day,
    week: Week,
    /// The days off from the first on that the week would work, in order.
    off: Vec<Day>,
}

impl Calendar {
    /// Counted from a day, or from the next that is worked.
    pub fn new(start: Day, week: Week) -> Calendar {
        Calendar::without(start, week, &[])
    }

    /// The same, and these days are not worked either.
    pub fn without(start: Day, week: Week, off: &[Day]) -> Calendar {
        let off: BTreeSet<Day> = off.iter().copied().filter(|day| *day >= start && week.is_worked(*day)).collect();
        let mut first = start;
        // A week has a working day, and there are only so many days off.
        while !week.is_worked(first) || off.contains(&first) {
            first = first.plus(1);
        }
        Calendar { first, week, off: off.into_iter().filter(|day| *day > first).collect() }
    }

    /// The working day of a number.
    pub fn day(&self, number: i64) -> Day {
        // As many days later as there are days off up to there; each turn finds one more of them, or is the last.
        let mut passed_over = 0;
        loop {
            let day = self.by_week(number.max(0).saturating_add(passed_over));
            let off = self.off_before(day.plus(1));
            if off == passed_over {
                return day;
            }
            passed_over = off;
        }
    }

    /// Days off before a day.
    fn off_before(&self, day: Day) -> i64 {
        i64::try_from(self.off.partition_point(|off| *off < day)).unwrap_or(0)
    }

    /// The day of a number when only weekends are off.
    fn by_week(&self, number: i64) -> Day {
        let mut day = self.first.plus(number / self.week.days().max(1) * 7);
        for _ in 0..number % self.week.days().max(1) {
            day = day.plus(1);
            while !self.week.is_worked(day) {
                day = day.plus(1);
            }
        }
        day
    }

    /// The number of a day; of one that is not worked, that of the next. Before the first it is 0.
    pub fn number(&self, day: Day) -> i64 {
        let passed = day.0 - self.first.0;
        if passed <= 0 {
            return 0;
        }
        let rest = (passed / 7 * 7..passed).filter(|days| self.week.is_worked(self.first.plus(*days)));
        passed / 7 * self.week.days() + i64::try_from(rest.count()).unwrap_or(0) - self.off_before(day)
    }

    /// The number after the last working day of a stretch that ends with a day.
    pub fn after(&self, last: Day) -> i64 {
        self.number(last.plus(1))
    }

    /// Its week.
    pub fn week(&self) -> Week {
        self.week
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Calendar, Day, WEEKENDS, Week};

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn a_week_has_the_weekend_of_its_country() {
        assert_eq!(
            (Week::of_country("EG").as_text(), Week::of_country("ae").as_text()),
            ("fri,sat".into(), "sat,sun".into())
        );
        assert_eq!(Week::of_country("").days(), 5);
        assert!(WEEKENDS.iter().all(|text| Week::parse(text).unwrap().as_text() == *text));
        assert_eq!((Week::parse("mon"), Week::parse("")), (None, None));
    }

    #[test]
    fn a_programme_that_begins_on_a_day_off_begins_on_the_next_that_is_worked() {
        let egypt = Calendar::new(day("2027-01-01"), Week::of_country("EG"));
        let days: Vec<String> = [0, 4, 5, 10].map(|number| egypt.day(number).to_string()).into();
        assert_eq!(days, ["2027-01-03", "2027-01-07", "2027-01-10", "2027-01-17"]);
        assert_eq!((egypt.number(day("2027-01-08")), egypt.number(day("2026-12-01"))), (5, 0));
        assert_eq!(egypt.after(day("2027-01-07")), 5);
    }

    #[test]
    fn a_day_is_read_as_people_write_it() {
        assert_eq!((day("2027-01-04").weekday(), day("1970-01-01").weekday()), (0, 3));
        assert_eq!(day("2028-02-29").month(), "2028-02");
        for bad in ["2027-02-29", "2027-1-4", "soon", "", "1969-12-31", "9999-12-31"] {
            assert_eq!(Day::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn days_off_are_passed_over_and_those_on_a_weekend_change_nothing() {
        let off = ["2027-01-04", "2027-01-06", "2027-01-09", "2026-12-31"].map(day);
        let calendar = Calendar::without(day("2027-01-04"), Week::of_country("FR"), &off);
        let days: Vec<String> = [0, 1, 2, 3].map(|number| calendar.day(number).to_string()).into();
        assert_eq!(days, ["2027-01-05", "2027-01-07", "2027-01-08", "2027-01-11"]);
        assert_eq!((calendar.number(day("2027-01-06")), calendar.after(day("2027-01-06"))), (1, 1));
    }

    proptest! {
        #[test]
        fn every_number_has_its_day_and_every_day_its_number(
            start in 0_i64..40_000,
            number in 0_i64..3_000,
            at in 0_usize..5,
            off in prop::collection::vec(0_i64..4_000, 0..60),
        ) {
            let off: Vec<Day> = off.into_iter().map(|days| Day(start + days)).collect();
            let calendar = Calendar::without(Day(start), Week::parse(WEEKENDS[at]).unwrap(), &off);
            let day = calendar.day(number);
            prop_assert!(calendar.week().is_worked(day) && !off.contains(&day));
            prop_assert_eq!(calendar.number(day), number);
            prop_assert_eq!(calendar.after(day), number + 1);
            prop_assert_eq!(Day::parse(&day.to_string()), Some(day));
        }
    }
}
