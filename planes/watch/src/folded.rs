//! The findings of a part while its rows pass: one entry for each, in little memory.

use std::sync::Arc;

use hashbrown::{HashMap, HashSet};
use manara_model::Severity;

use crate::finding::Delta;
use crate::seen::UniformState;

/// What an event says of its finding, borrowed from the row.
pub(crate) struct Seen<'a> {
    pub owner: u32,
    pub taxonomy: &'a str,
    pub kind: &'a str,
    pub subject: &'a str,
    pub asset: &'a str,
}

/// Findings of a part, folded.
///
/// The table holds places only, so that it is small and cheap to grow; classes, types and subjects are few and shared.
#[derive(Debug, Default)]
pub(crate) struct Folded {
    places: HashMap<u128, u32, UniformState>,
    deltas: Vec<Delta>,
    words: HashSet<Arc<str>>,
}

impl Folded {
    /// How many findings there are.
    pub(crate) fn len(&self) -> usize {
        self.deltas.len()
    }

    /// What was seen of each, in the order of the keys.
    pub(crate) fn in_order(&self) -> Vec<(u128, &Delta)> {
        let delta = |(key, place): (&u128, &u32)| Some((*key, self.deltas.get(*place as usize)?));
        let mut all: Vec<(u128, &Delta)> = self.places.iter().filter_map(delta).collect();
        all.sort_unstable_by_key(|(key, _)| *key);
        all
    }

    /// Where the findings of some keys are, as far as they are there.
    pub(crate) fn places(&self, keys: impl Iterator<Item = u128>) -> Vec<Option<u32>> {
        keys.map(|key| self.places.get(&key).copied()).collect()
    }

    /// Adds one event; `known` is what [`Folded::places`] said of its key.
    pub(crate) fn add(
        &mut self,
        key: u128,
        known: Option<u32>,
        seen: &Seen<'_>,
        severity: Severity,
        time: i64,
        asn: i64,
    ) {
        let next = self.deltas.len() as u32;
        let place = known.unwrap_or_else(|| *self.places.entry(key).or_insert(next));
        if place == next {
            let [taxonomy, kind, subject] = [seen.taxonomy, seen.kind, seen.subject].map(|word| self.word(word));
            let asset = seen.asset.into();
            let owner = seen.owner;
            let delta =
                Delta { owner, taxonomy, kind, subject, asset, severity, first: time, last: time, count: 1, asn };
            self.deltas.push(delta);
        } else if let Some(delta) = self.deltas.get_mut(place as usize) {
            delta.asn = delta.asn.max(asn);
            delta.severity = delta.severity.max(severity);
            delta.first = delta.first.min(time);
            delta.last = delta.last.max(time);
            delta.count += 1;
        }
    }

    fn word(&mut self, word: &str) -> Arc<str> {
        Arc::clone(self.words.get_or_insert_with(word, |word| Arc::from(word)))
    }
}
