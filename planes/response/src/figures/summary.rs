//! What is made of many cases: percentiles by the nearest rank, totals, and how many.

use std::collections::BTreeMap;

use super::case::{Case, Traits};
use super::measure::{By, Counts};

/// What is made of the cases of a measure in a period. Without a case everything in it is nought.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figure {
    /// Of how many cases.
    pub n: i64,
    /// Of a share those that were so; of a number all together; of a time nought.
    pub total: i64,
    /// Median, what 90 and what 95 of a hundred stay under: seconds by the calendar, or how many.
    pub calendar: [i64; 3],
    /// The same in the hours of work, in seconds.
    pub business: [i64; 3],
}

impl Figure {
    /// The part of the cases that were so.
    pub fn share(&self) -> Option<f64> {
        (self.n > 0).then(|| self.total as f64 / self.n as f64)
    }

    /// The median by one clock.
    pub fn median(&self, in_business: bool) -> i64 {
        let [median, ..] = if in_business { self.business } else { self.calendar };
        median
    }
}

/// The value at the nearest rank of sorted values: the smallest that `percent` of a hundred of them do not exceed.
pub fn percentile(sorted: &[i64], percent: usize) -> Option<i64> {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied()
}

fn three(values: &mut [i64]) -> [i64; 3] {
    values.sort_unstable();
    [50, 90, 95].map(|percent| percentile(values, percent).unwrap_or_default())
}

/// Cases that are told apart, by the marking of their record.
#[derive(Debug, Default)]
pub(crate) struct Pile {
    values: BTreeMap<(By, String), BTreeMap<i64, Values>>,
    /// How many cases were added.
    pub cases: i64,
}

#[derive(Debug, Default)]
struct Values {
    calendar: Vec<i64>,
    business: Vec<i64>,
}

/// A figure with what it is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Summed {
    /// By what.
    pub by: By,
    /// Which.
    pub value: String,
    /// Up to which marking.
    pub tlp: i64,
    /// What was made of them.
    pub figure: Figure,
}

impl Pile {
    /// Adds a case.
    pub fn add(&mut self, case: &Case, of: &Traits) {
        self.cases += 1;
        let mut put = |by: By, value: &str| {
            let values = self.values.entry((by, value.to_string())).or_default().entry(of.tlp.rank()).or_default();
            values.calendar.push(case.value);
            values.business.push(case.business);
        };
        put(By::All, "");
        for (by, value) in [
            (By::Class, &of.taxonomy),
            (By::Type, &of.kind),
            (By::Severity, &of.severity),
            (By::Mailbox, &of.mailbox),
            (By::Source, &of.source),
            (By::Stage, &case.stage),
            (By::Hoster, &case.hoster),
            (By::Tld, &case.tld),
        ] {
            if !value.is_empty() {
                put(by, value);
            }
        }
        if !case.stage.is_empty() && !of.severity.is_empty() {
            put(By::StageSeverity, &format!("{}:{}", case.stage, of.severity));
        }
        for (by, values) in [
            (By::Sector, &of.sectors),
            (By::Country, &of.origins.countries),
            (By::Asn, &of.origins.asns),
            (By::Technique, &of.techniques),
        ] {
            for value in values {
                put(by, value);
            }
        }
    }

    /// Adds a case to one value alone.
    pub fn add_to(&mut self, (by, value): (By, &str), case: &Case, tlp: i64) {
        self.cases += 1;
        let values = self.values.entry((by, value.to_string())).or_default().entry(tlp).or_default();
        values.calendar.push(case.value);
        values.business.push(case.business);
    }

    /// Adds an incident that somebody, or nobody, had: how many seconds old it was.
    pub fn add_held(&mut self, owner: &str, seconds: i64, tlp: i64) {
        self.cases += 1;
        for (by, value) in [(By::All, ""), (By::Owner, owner)] {
            let of_tlp = self.values.entry((by, value.to_string())).or_default();
            let values = of_tlp.entry(tlp).or_default();
            values.calendar.push(seconds);
        }
    }

    /// What is made of them: for each marking that a case has, of all that are marked so or less.
    pub fn summed(self, counts: Counts) -> Vec<Summed> {
        let mut all = Vec::new();
        for ((by, value), of_tlp) in self.values {
            let mut so_far = Values::default();
            for (tlp, values) in of_tlp {
                so_far.calendar.extend(values.calendar);
                so_far.business.extend(values.business);
                let figure = so_far.figure(counts);
                all.push(Summed { by, value: value.clone(), tlp, figure });
            }
        }
        all
    }
}

impl Values {
    fn figure(&mut self, counts: Counts) -> Figure {
        let total = if counts == Counts::Time { 0 } else { self.calendar.iter().sum() };
        Figure {
            n: i64::try_from(self.calendar.len()).unwrap_or(i64::MAX),
            total,
            calendar: if counts == Counts::Share { [0; 3] } else { three(&mut self.calendar) },
            business: if counts == Counts::Time { three(&mut self.business) } else { [0; 3] },
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::percentile;

    #[test]
    fn a_percentile_is_a_value_that_was_measured() {
        for (values, want) in [
            (vec![], [None, None, None]),
            (vec![7], [Some(7), Some(7), Some(7)]),
            (vec![1, 9], [Some(1), Some(9), Some(9)]),
            (vec![1, 2, 3], [Some(2), Some(3), Some(3)]),
            ((1..=10).collect(), [Some(5), Some(9), Some(10)]),
            ((1..=100).collect(), [Some(50), Some(90), Some(95)]),
        ] {
            assert_eq!([50, 90, 95].map(|percent| percentile(&values, percent)), want, "{values:?}");
        }
    }

    proptest! {
        #[test]
        fn enough_values_stay_under_it_and_no_smaller_one_would_do(
            mut values in prop::collection::vec(0..1_000i64, 1..200),
            percent in 1usize..=100,
        ) {
            values.sort_unstable();
            let found = percentile(&values, percent).expect("a value");
            let not_over = |limit: i64| values.iter().filter(|value| **value <= limit).count() * 100;
            prop_assert!(values.contains(&found));
            prop_assert!(not_over(found) >= percent * values.len());
            prop_assert!(not_over(found - 1) < percent * values.len());
        }
    }
}
