//! How well a record says what somebody looks for.
//!
//! The engines' own ranks are not asked: they differ from each other, and read everything that holds a common word. What is known of
//! the newest places that say all the words is weighed here, so that the order is the same on both.

use std::collections::HashMap;

use manara_store::{Db, Engine, StoreError};

use super::seek::{asked_of_postgres, asked_of_sqlite, newest_in_postgres, newest_in_sqlite};
use super::{form, terms};

/// The newest places that say the words, of all kinds, that are looked through; the lists do the same.
const PLACES: i64 = 5_000;

/// Places by the record of the kind that is asked for, and all others together under no name.
const PLACES_IN_SQLITE: &str = concat!(
    "SELECT CASE WHEN s.record_kind = $2 THEN s.record_id ELSE '' END, COUNT(*) FROM response_said s WHERE s.doc IN (",
    newest_in_sqlite!("$1"),
    ") GROUP BY 1 ORDER BY 1 LIMIT $3"
);
const PLACES_IN_POSTGRES: &str = concat!(
    "SELECT CASE WHEN s.record_kind = $2 THEN s.record_id ELSE '' END, COUNT(*) FROM response_said s WHERE s.doc IN (",
    newest_in_postgres!("$1"),
    ") GROUP BY 1 ORDER BY 1 LIMIT $3"
);

/// In how many places records say all the words: what they are called, and each message or note of them, is one.
#[derive(Debug, Default)]
pub(crate) struct Places {
    of: HashMap<String, i64>,
    all: i64,
}

impl Places {
    /// Reads them; `kind` is ticket or incident.
    pub async fn read(db: &Db, text: &str, kind: &str) -> Result<Places, StoreError> {
        let (sql, query) = match db.engine() {
            Engine::Sqlite => (PLACES_IN_SQLITE, asked_of_sqlite(text)),
            Engine::Postgres => (PLACES_IN_POSTGRES, asked_of_postgres(text)),
        };
        let mut places = Places::default();
        for row in db.read(sql, &[query.into(), kind.into(), PLACES.into()]).await? {
            let (record, count) = (row.text(0)?, row.int(1)?);
            places.all += count;
            if !record.is_empty() {
                places.of.insert(record, count);
            }
        }
        Ok(places)
    }

    /// How many a record has. One that is in a list has one, even where it is older than what was looked through.
    pub fn of(&self, record: &str) -> i64 {
        self.of.get(record).copied().unwrap_or(1)
    }

    /// Whether there may be older ones that no list goes through.
    pub fn are_cut(&self) -> bool {
        self.all >= PLACES
    }
}

/// What is looked for, to weigh records by.
#[derive(Debug)]
pub(crate) struct Weights {
    terms: Vec<Vec<String>>,
}

impl Weights {
    /// Of the text somebody looks for.
    pub fn of(text: &str) -> Weights {
        Weights { terms: terms(text) }
    }

    /// The points of a record, the more the better: up to 100 for the words in its title (where one is only begun, three quarters of
    /// its part), 50 when they follow each other there, up to 50 for the share of the title that they are, and 10 for each place,
    /// up to five.
    pub fn points(&self, title: &str, places: i64) -> i64 {
        let title = form(title);
        let title: Vec<&str> = title.split(' ').filter(|word| !word.is_empty()).collect();
        let asked: Vec<&str> = self.terms.iter().flatten().map(String::as_str).collect();
        let said: i64 = self.terms.iter().map(|term| quarters(term, &title)).sum();
        let all_quarters = 4 * i64::try_from(self.terms.len().max(1)).unwrap_or(i64::MAX);
        let mut points = 100 * said / all_quarters + 10 * places.clamp(1, 5);
        if said > 0 {
            let longer = i64::try_from(asked.len().max(title.len())).unwrap_or(i64::MAX);
            points += 50 * i64::try_from(asked.len()).unwrap_or(0) / longer;
        }
        if quarters(&asked, &title) > 0 { points + 50 } else { points }
    }
}

/// Four where the words stand in the title one after the other, three where the last of them only begins one there, else none.
fn quarters<T: AsRef<str>>(words: &[T], title: &[&str]) -> i64 {
    let Some((last, before)) = words.split_last() else { return 0 };
    let follow = |row: &&[&str]| row.iter().zip(before).all(|(word, wanted)| *word == wanted.as_ref());
    let ends = title.windows(words.len()).filter(follow).filter_map(|row| row.last());
    let mut most = 0;
    for word in ends {
        if *word == last.as_ref() {
            return 4;
        }
        if word.starts_with(last.as_ref()) {
            most = 3;
        }
    }
    most
}

#[cfg(test)]
mod tests {
    use super::Weights;

    #[test]
    fn the_best_is_called_so() {
        let best_first = [
            ("Phishing bank", 1),
            ("Phishing bank of the north", 1),
            ("Phishing banks everywhere", 1),
            ("A bank: phishing", 1),
            ("Phishing against a bank", 1),
            ("A note of phishing", 5),
            ("Phishing", 1),
            ("A note of phishing in the night", 1),
            ("Somewhere in the mail", 5),
            ("Somewhere in the mail", 2),
            ("Somewhere in the mail", 1),
        ];
        let weights = Weights::of("phishing bank");
        let mut points: Vec<(i64, &str)> =
            best_first.iter().map(|(title, places)| (weights.points(title, *places), *title)).collect();
        assert_eq!(points[0].0, 210);
        assert_eq!(points[10].0, 10);
        let said = points.clone();
        points.sort_by_key(|(points, _)| std::cmp::Reverse(*points));
        assert_eq!(said, points);
    }

    #[test]
    fn words_are_weighed_in_the_form_in_which_they_are_compared() {
        for (text, title) in [
            ("élève", "ELEVE"),
            ("مدرسه", "المدرسة"),
            ("大学", "東京大学"),
            ("192.0.2.1", "192.0.2.1"),
            ("2026", "٢٠٢٦"),
        ] {
            assert!(Weights::of(text).points(title, 1) >= 170, "{text} {title}");
        }
        assert_eq!(Weights::of("192.0.2.1").points("2.192.0.1", 9), 50);
        assert_eq!(Weights::of("--").points("", 0), 10);
        assert_eq!(Weights::of("x").points(&"word ".repeat(300), 1), 10);
    }
}
