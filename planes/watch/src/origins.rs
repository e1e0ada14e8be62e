//! Events by day and where their source is: kept with every part, so that no page has to read the lake.

use hashbrown::HashMap;
use manara_events::arrow::array::{Array as _, ArrayRef, AsArray as _, PrimitiveArray, RecordBatch, StringArray};
use manara_events::arrow::compute::cast;
use manara_events::arrow::datatypes::{ArrowPrimitiveType, DataType, Int64Type, TimestampMicrosecondType};
use manara_model::{Field, Micros, Tlp};
use manara_store::{Arg, StoreError, Tx};

/// Different sums one part or one count takes: what a hostile file invents beyond them is counted as unknown.
const MOST: usize = 20_000;
/// An event older than this when it came, or so far ahead, is counted on the day it came: its time cannot be meant.
const DAYS_BACK: i64 = 366;
const DAYS_AHEAD: i64 = 2;

const HEAD: &str = "INSERT INTO watch_origin (day, country, asn, tlp, events) VALUES";
const TAIL: &str = "ON CONFLICT (day, country, asn, tlp) DO UPDATE SET events = watch_origin.events + excluded.events";
const EMPTY: &str = "DELETE FROM watch_origin";
pub(crate) const ALL: &str = "SELECT CAST(COALESCE(SUM(events), 0) AS BIGINT) FROM watch_origin";
/// The same sums from the lake: days are counted from 1970.
pub(crate) const FROM_LAKE: &str = "
    SELECT CAST(time AS BIGINT) / 86400000000, CAST(observed AS BIGINT) / 86400000000, source_country, source_asn, tlp, count(*)
      FROM events GROUP BY 1, 2, 3, 4, 5";

/// A day since 1970, a country, an AS number and the rank of a marking; `None` and 0 are unknown.
type Key = (i64, Option<[u8; 2]>, i64, i64);

/// Events counted by where their source is.
#[derive(Debug, Default)]
pub(crate) struct Origins {
    counts: HashMap<Key, i64>,
}

/// A country as its two capital letters; anything else is unknown.
fn country(text: &str) -> Option<[u8; 2]> {
    let two: [u8; 2] = text.as_bytes().try_into().ok()?;
    two.iter().all(u8::is_ascii_uppercase).then_some(two)
}

fn text_at(array: Option<&StringArray>, row: usize) -> &str {
    array.filter(|array| array.is_valid(row)).map_or("", |array| array.value(row))
}

fn number_at<T: ArrowPrimitiveType<Native = i64>>(array: Option<&PrimitiveArray<T>>, row: usize) -> i64 {
    array.filter(|array| array.is_valid(row)).map_or(0, |array| array.value(row))
}

impl Origins {
    fn add(&mut self, day: i64, came: i64, place: (&str, i64, &str), events: i64) {
        let day = if (came - DAYS_BACK..=came + DAYS_AHEAD).contains(&day) { day } else { came };
        let (text, asn, tlp) = place;
        let tlp = if tlp.is_empty() { 0 } else { Tlp::parse(tlp).map_or(0, Tlp::rank) };
        let key = (day, country(text), asn.clamp(0, i64::from(u32::MAX)), tlp);
        if let Some(count) = self.counts.get_mut(&key) {
            *count += events;
        } else if self.counts.len() < MOST {
            self.counts.insert(key, events);
        } else {
            *self.counts.entry((came, None, 0, tlp)).or_default() += events;
        }
    }

    /// Counts the rows of a chunk that came at a moment, when the steps are done with it.
    pub(crate) fn take(&mut self, batch: &RecordBatch, received: Micros) {
        let came = received.0.div_euclid(Micros::DAY);
        let column = |field: Field| batch.columns().get(field as usize);
        let texts = |field| column(field).and_then(|column| column.as_string_opt::<i32>());
        let times = column(Field::Time).and_then(|column| column.as_primitive_opt::<TimestampMicrosecondType>());
        let asns = column(Field::SourceAsn).and_then(|column| column.as_primitive_opt::<Int64Type>());
        let (countries, markings) = (texts(Field::SourceCountry), texts(Field::Tlp));
        for row in 0..batch.num_rows() {
            let day = number_at(times, row).div_euclid(Micros::DAY);
            let place = (text_at(countries, row), number_at(asns, row), text_at(markings, row));
            self.add(day, came, place, 1);
        }
    }

    /// Takes rows of the answer to [`FROM_LAKE`].
    pub(crate) fn take_counted(&mut self, batch: &RecordBatch) {
        let numbers = |at: usize| batch.columns().get(at).and_then(|column| cast(column, &DataType::Int64).ok());
        let texts = |at: usize| batch.columns().get(at).and_then(|column| cast(column, &DataType::Utf8).ok());
        let (Some(day), Some(came), Some(asn), Some(count)) = (numbers(0), numbers(1), numbers(3), numbers(5)) else {
            return;
        };
        let (countries, markings) = (texts(2), texts(4));
        let countries = countries.as_ref().and_then(|column| column.as_string_opt::<i32>());
        let markings = markings.as_ref().and_then(|column| column.as_string_opt::<i32>());
        for row in 0..batch.num_rows() {
            let number = |column: &ArrayRef| number_at(column.as_primitive_opt::<Int64Type>(), row);
            let place = (text_at(countries, row), number(&asn), text_at(markings, row));
            self.add(number(&day), number(&came), place, number(&count));
        }
    }

    /// Adds the counts to the sums, in the order of the keys.
    pub(crate) async fn write(&self, tx: &mut Tx) -> Result<(), StoreError> {
        let mut rows: Vec<(&Key, &i64)> = self.counts.iter().collect();
        rows.sort();
        let args = rows.into_iter().flat_map(|((day, country, asn, tlp), events)| {
            let country = country.map(|two| String::from_utf8_lossy(&two).into_owned()).unwrap_or_default();
            let day = Micros(day.saturating_mul(Micros::DAY)).day();
            [day.into(), country.into(), Arg::Int(*asn), Arg::Int(*tlp), Arg::Int(*events)]
        });
        tx.run_many(HEAD, 5, args, TAIL).await
    }

    /// Puts the counts in the place of all sums.
    pub(crate) async fn replace(&self, tx: &mut Tx) -> Result<(), StoreError> {
        tx.run(EMPTY, &[]).await?;
        self.write(tx).await
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST, Origins, country};

    #[test]
    fn what_is_no_country_is_unknown() {
        for (text, want) in [("EG", Some(*b"EG")), ("eg", None), ("", None), ("EGY", None), ("É", None), ("E1", None)]
        {
            assert_eq!(country(text), want, "{text}");
        }
    }

    #[test]
    fn an_event_counts_on_its_day_unless_that_cannot_be_meant() {
        let mut origins = Origins::default();
        let came = 20_000;
        for (day, want) in
            [(came, came), (came - 366, came - 366), (came + 2, came + 2), (came - 367, came), (came + 3, came)]
        {
            origins.counts.clear();
            origins.add(day, came, ("EG", 1, ""), 5);
            assert_eq!(origins.counts.into_iter().collect::<Vec<_>>(), [((want, Some(*b"EG"), 1, 0), 5)]);
            origins = Origins::default();
        }
    }

    #[test]
    fn a_hostile_file_makes_no_more_sums_than_there_is_room_for_and_loses_no_event() {
        let mut origins = Origins::default();
        for asn in 0..(MOST as i64 + 500) {
            origins.add(20_000, 20_000, ("EG", asn, "TLP:RED"), 1);
        }
        assert_eq!((origins.counts.len(), origins.counts.values().sum::<i64>()), (MOST + 1, MOST as i64 + 500));
    }
}
