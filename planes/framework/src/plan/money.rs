//! Money by month and by who pays it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::calendar::Calendar;

/// Money that is spent evenly over a stretch of working days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// Its first working day.
    pub start: i64,
    /// The working day after its last.
    pub end: i64,
    /// Who pays.
    pub payer: String,
    /// How much, from and to.
    pub money: [i64; 2],
}

/// What a month costs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Month {
    /// Which: `2027-01`.
    pub month: String,
    /// What all of it costs, from and to.
    pub money: [i64; 2],
    /// What each payer pays, from and to.
    pub payers: BTreeMap<String, [i64; 2]>,
}

/// What each month costs, to the last coin: the months together are what all costs together.
pub fn by_month(all: &[Due], calendar: &Calendar) -> Vec<Month> {
    let mut months: BTreeMap<String, Month> = BTreeMap::new();
    for due in all.iter().filter(|due| due.money != [0, 0]) {
        let days = (due.end - due.start).max(1);
        let until = |passed: i64| due.money.map(|amount| amount / days * passed + amount % days * passed / days);
        for passed in 0..days {
            let name = calendar.day(due.start + passed).month();
            let (before, after) = (until(passed), until(passed + 1));
            let month = months.entry(name.clone()).or_insert_with(|| Month { month: name, ..Month::default() });
            let payer = month.payers.entry(due.payer.clone()).or_default();
            for sum in [&mut month.money, payer] {
                let [low, high] = sum;
                let ([low_before, high_before], [low_after, high_after]) = (before, after);
                *low += low_after - low_before;
                *high += high_after - high_before;
            }
        }
    }
    months.into_values().collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::calendar::{Calendar, Day, Week};
    use super::{Due, by_month};

    fn calendar() -> Calendar {
        Calendar::new(Day::parse("2027-01-25").unwrap(), Week::of_country("FR"))
    }

    #[test]
    fn money_is_spent_evenly_over_the_days_of_the_work() {
        let due = Due { start: 0, end: 10, payer: "donor".into(), money: [100, 1_000] };
        let months = by_month(&[due], &calendar());
        let told: Vec<_> = months.iter().map(|month| (month.month.as_str(), month.money)).collect();
        assert_eq!(told, [("2027-01", [50, 500]), ("2027-02", [50, 500])]);
        assert_eq!(months[0].payers["donor"], [50, 500]);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_added(all in prop::collection::vec((0_i64..300, 0_i64..90, 0_i64..1_000_000_000), 0..12)) {
            let due = all.iter().map(|(start, days, money)| Due {
                start: *start, end: start + days, payer: if money % 2 == 0 { "itu" } else { "donor" }.into(), money: [money / 3, *money],
            });
            let months = by_month(&due.collect::<Vec<_>>(), &calendar());
            let sum: i64 = months.iter().map(|month| month.money[1]).sum();
            prop_assert_eq!(sum, all.iter().map(|(_, _, money)| money).sum::<i64>());
            for month in &months {
                prop_assert_eq!(month.payers.values().map(|paid| paid[1]).sum::<i64>(), month.money[1]);
            }
        }
    }
}
