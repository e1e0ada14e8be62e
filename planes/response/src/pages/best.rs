//! A list of what says some words, the best first: an order that no column has.

use std::collections::HashMap;

use manara_model::Micros;
use manara_store::{Arg, Db};
use manara_web::api::{Problem, read_list, read_placed};
use manara_web::{Ask, Filter, Found, Kind, ListSpec, ListView, PageError, Visit};

use crate::words::{Places, Weights};

/// The choice of the order; without it a list is in that of its columns.
pub(super) const ORDER: Filter = Filter {
    name: "order",
    label: "response-list-order",
    kind: Kind::Case { words: "response-list-order-", cases: &[("best", "1 = 1")] },
    sql: "",
};

/// Records that are weighed at most; the lists go through no more.
const WEIGHED_MOST: usize = 5_000;

/// Whether the best are asked for: where no words are looked for, none is better than another.
pub(super) fn is_wanted(ask: &Ask) -> bool {
    ask.value(ORDER.name).is_some() && ask.value("q").is_some()
}

fn is_wanted_of(pairs: &[(String, String)]) -> bool {
    let value = |wanted: &str| pairs.iter().any(|(name, value)| name == wanted && !value.trim().is_empty());
    value(ORDER.name) && value("q")
}

/// What is asked of a list, and the place from which on the page of the best goes, where those are asked for.
pub(super) fn read(spec: &'static ListSpec, pairs: Vec<(String, String)>) -> Result<(Ask, Option<String>), PageError> {
    if !is_wanted_of(&pairs) {
        return Ok((spec.read_pairs(&pairs)?, None));
    }
    let (placed, rest): (Vec<_>, Vec<_>) = pairs.into_iter().partition(|(name, _)| name == "after");
    let place = placed.into_iter().map(|(_, place)| place).find(|place| !place.is_empty());
    Ok((spec.read_pairs(&rest)?, place))
}

/// The same for programs.
pub(super) fn read_for_programs(spec: &'static ListSpec, visit: &Visit) -> Result<(Ask, Option<String>), Problem> {
    match is_wanted_of(&visit.query_pairs()) {
        true => read_placed(spec, visit),
        false => Ok((read_list(spec, visit)?, None)),
    }
}

/// What finds the records that say some words, the best or the newest of them, as pairs of name and value.
pub(super) fn looking_for(text: &str, is_best_first: bool, most: usize) -> Vec<(String, String)> {
    let order = if is_best_first { "best" } else { "" };
    let pairs = [("q", text), (ORDER.name, order), ("state", "all"), ("rows", &most.to_string())];
    pairs.map(|(name, value)| (name.to_string(), value.to_string())).into()
}

/// Where a record stands: by its points, then the newest first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    points: i64,
    created: Micros,
    id: String,
}

impl Place {
    fn text(&self) -> String {
        format!("{}.{}.{}", self.points, self.created.0, self.id)
    }

    fn read(text: &str) -> Option<Place> {
        let (points, rest) = text.split_once('.')?;
        let (created, id) = rest.split_once('.')?;
        Some(Place { points: points.parse().ok()?, created: Micros(created.parse().ok()?), id: id.to_string() })
    }
}

/// A page of the best.
#[derive(Debug)]
pub(super) struct Best {
    /// Their ids, in their order.
    pub ids: Vec<String>,
    /// Where the next page begins.
    next: Option<String>,
    /// How many were weighed, where older ones that say the words were not.
    cut: Option<usize>,
}

impl Best {
    /// The page, of what was read by their ids; and how many were weighed, where not all were.
    pub fn page<T>(self, mut read: HashMap<String, T>) -> (Found<T>, Option<usize>) {
        let rows = self.ids.iter().filter_map(|id| read.remove(id)).collect();
        (Found::new(rows, self.next), self.cut)
    }
}

/// Weighs what a list finds. `columns` are those of id, title and the moment it was opened; `kind` is ticket or incident.
pub(super) async fn best(
    db: &Db,
    (ask, kind, columns): (&Ask, &str, &'static [&'static str]),
    after: Option<&str>,
    fixed: &[Arg<'_>],
) -> Result<Best, PageError> {
    let refuse = || PageError::unreadable("the list cannot read after");
    let after = after.map(|text| Place::read(text).ok_or_else(refuse)).transpose()?;
    let text = ask.value("q").unwrap_or_default();
    let places = Places::read(db, text, kind).await?;
    let weights = Weights::of(text);
    let read = |row: &manara_store::Row| Ok((row.text(0)?, row.text(1)?, row.moment(2)?));
    let found = ask.reading(columns).fetch_once(db, fixed, WEIGHED_MOST, read).await?;
    let weighed = found.len();
    let place = |(id, title, created): (String, String, Micros)| Place {
        points: weights.points(&title, places.of(&id)),
        created,
        id,
    };
    let mut all: Vec<Place> = found.into_iter().map(place).collect();
    all.retain(|place| after.as_ref().is_none_or(|after| place < after));
    all.sort_unstable_by(|one, other| other.cmp(one));
    let is_more = all.len() > ask.rows();
    all.truncate(ask.rows());
    let next = all.last().filter(|_| is_more).map(Place::text);
    let ids = all.into_iter().map(|place| place.id).collect();
    Ok(Best { ids, next, cut: places.are_cut().then_some(weighed) })
}

/// What stands around the rows, and what is to be known of their order.
pub(super) fn around<T>(visit: &Visit, ask: &Ask, found: &Found<T>) -> ListView {
    ask.view(visit, found).with_order(ask, ORDER.name, visit.t("response-list-order-newest"))
}

#[cfg(test)]
mod tests {
    use manara_model::Micros;

    use super::Place;

    #[test]
    fn a_place_is_read_as_it_was_written_and_nothing_else_is() {
        for place in [
            Place { points: 210, created: Micros(1_768_478_400_000_000), id: "01-a.b".into() },
            Place { points: 0, created: Micros(-1), id: String::new() },
        ] {
            assert_eq!(Place::read(&place.text()), Some(place));
        }
        for text in ["", "1", "1.2", "x.2.a", "1.x.a", "99999999999999999999.1.a"] {
            assert_eq!(Place::read(text), None, "{text}");
        }
    }
}
