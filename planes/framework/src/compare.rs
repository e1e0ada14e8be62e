//! Two results, item by item: what got better, worse, stayed, is new or gone.

use std::collections::HashMap;

use serde::Serialize;

use crate::catalogue::Catalogue;
use crate::score::{ItemScore, Score};

/// How an item changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// A higher level is claimed.
    Better,
    /// A lower level is claimed.
    Worse,
    /// The same level is claimed.
    Same,
    /// The earlier catalogue did not have it.
    New,
    /// The later catalogue does not have it.
    Gone,
    /// At one of the times nobody answered it, or it did not apply.
    Open,
}

impl Change {
    /// All changes.
    pub const ALL: [Change; 6] = [Self::Better, Self::Worse, Self::Same, Self::New, Self::Gone, Self::Open];

    /// The word in message keys and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Better => "better",
            Self::Worse => "worse",
            Self::Same => "same",
            Self::New => "new",
            Self::Gone => "gone",
            Self::Open => "open",
        }
    }
}

/// One item at two times.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// The item, of the later catalogue where it has it.
    pub item: String,
    /// How it changed.
    pub change: Change,
    /// The level claimed earlier.
    pub claimed_before: Option<i64>,
    /// The level claimed later.
    pub claimed_after: Option<i64>,
    /// The level supported earlier.
    pub supported_before: Option<i64>,
    /// The level supported later.
    pub supported_after: Option<i64>,
}

/// All items at two times.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// The catalogue of the earlier: id and version.
    pub before: (String, String),
    /// The catalogue of the later: id and version.
    pub after: (String, String),
    /// How many items changed how, in the order of [`Change::ALL`].
    pub counts: Vec<(Change, usize)>,
    /// Every item, in the order of the later document; what is gone comes last.
    pub lines: Vec<Line>,
}

/// Compares two results. `name_before` says how an item of the later catalogue was called in the earlier one.
pub fn compare(
    (old, before): (&Catalogue, &Score),
    (new, after): (&Catalogue, &Score),
    name_before: impl Fn(&str) -> Option<String>,
) -> Comparison {
    let mut earlier: HashMap<&str, &ItemScore> = before.items.iter().map(|item| (item.item.as_str(), item)).collect();
    let mut lines = Vec::with_capacity(after.items.len());
    for item in &after.items {
        let was = name_before(&item.item).and_then(|name| earlier.remove(name.as_str()));
        let change = match was {
            None => Change::New,
            Some(was) => changed((old, was.claimed), (new, item.claimed)),
        };
        lines.push(Line {
            item: item.item.clone(),
            change,
            claimed_before: was.and_then(|was| was.claimed),
            claimed_after: item.claimed,
            supported_before: was.and_then(|was| was.supported),
            supported_after: item.supported,
        });
    }
    for was in before.items.iter().filter(|was| earlier.contains_key(was.item.as_str())) {
        lines.push(Line {
            item: was.item.clone(),
            change: Change::Gone,
            claimed_before: was.claimed,
            claimed_after: None,
            supported_before: was.supported,
            supported_after: None,
        });
    }
    let count = |change: Change| (change, lines.iter().filter(|line| line.change == change).count());
    Comparison {
        before: (old.id().to_string(), old.hash.clone()),
        after: (new.id().to_string(), new.hash.clone()),
        counts: Change::ALL.map(count).to_vec(),
        lines,
    }
}

/// Levels of different scales are compared by the part of the scale they are.
fn changed((old, before): (&Catalogue, Option<i64>), (new, after): (&Catalogue, Option<i64>)) -> Change {
    let (Some(before), Some(after)) = (before, after) else { return Change::Open };
    let steps = |catalogue: &Catalogue| i64::try_from(catalogue.told.scale.len()).unwrap_or(2) - 1;
    let (before, after) = (old.step(before) * steps(new), new.step(after) * steps(old));
    match after.cmp(&before) {
        std::cmp::Ordering::Greater => Change::Better,
        std::cmp::Ordering::Less => Change::Worse,
        std::cmp::Ordering::Equal => Change::Same,
    }
}
