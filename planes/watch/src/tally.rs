//! How many findings there are of each kind: one pass over an index. A batch at work shows when it ends.

use std::collections::{BTreeMap, HashMap};

use manara_model::{FindingState, Severity};
use manara_store::{Db, StoreError};

use crate::picture::OwnerFacts;

/// The columns are those of the index `watch_finding_tally`, in its order.
const TALLIES: &str = "
    SELECT constituent_id, type, severity, state, COUNT(*) FROM watch_finding
     GROUP BY constituent_id, type, severity, state
     ORDER BY constituent_id, type, severity, state LIMIT 2000000";

/// The findings of one constituent that are alike in type, severity and state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// Id of the constituent.
    pub constituent_id: String,
    /// RSIT type.
    pub kind: String,
    /// How bad.
    pub severity: Severity,
    /// Where they stand.
    pub state: FindingState,
    /// How many.
    pub count: i64,
}

/// All of them.
#[derive(Debug, Clone, Default)]
pub struct Tallies(Vec<Tally>);

impl Tallies {
    /// How many findings there are.
    pub fn all(&self) -> i64 {
        self.0.iter().map(|tally| tally.count).sum()
    }

    /// Findings that are live.
    pub fn live(&self) -> i64 {
        self.0.iter().filter(|tally| tally.state.is_live()).map(|tally| tally.count).sum()
    }

    /// How many are in each state that any is in.
    pub fn by_state(&self) -> Vec<(FindingState, i64)> {
        let mut counts: Vec<(FindingState, i64)> = Vec::new();
        for tally in &self.0 {
            match counts.iter_mut().find(|(state, _)| *state == tally.state) {
                Some((_, count)) => *count += tally.count,
                None => counts.push((tally.state, tally.count)),
            }
        }
        counts
    }

    /// Findings that nobody was told of yet, opened or reopened, by severity and by the criticality of whom they concern (none
    /// when that is not known).
    pub fn new_by_criticality<'f>(
        &self,
        facts: &'f HashMap<String, OwnerFacts>,
    ) -> BTreeMap<(Severity, Option<&'f str>), i64> {
        let mut counts: BTreeMap<(Severity, Option<&str>), i64> = BTreeMap::new();
        for owner in self.by_owner() {
            let criticality = owner.first().and_then(|tally| facts.get(&tally.constituent_id));
            let criticality = criticality.map(|facts| facts.criticality.as_str());
            for tally in owner.iter().filter(|tally| matches!(tally.state, FindingState::Open | FindingState::Reopened))
            {
                *counts.entry((tally.severity, criticality)).or_default() += tally.count;
            }
        }
        counts
    }

    /// Live findings by the sector of whom they concern, as far as it is known, the most first.
    pub fn live_by_sector(&self, facts: &HashMap<String, OwnerFacts>) -> Vec<(String, i64)> {
        let mut counts: HashMap<&str, i64> = HashMap::new();
        for owner in self.by_owner() {
            let live: i64 = owner.iter().filter(|tally| tally.state.is_live()).map(|tally| tally.count).sum();
            if let (1.., Some(facts)) = (live, owner.first().and_then(|tally| facts.get(&tally.constituent_id))) {
                *counts.entry(&facts.sector).or_default() += live;
            }
        }
        most_first(counts)
    }

    /// Constituents by how many findings they have, the most first.
    pub fn by_constituent(&self) -> Vec<(String, i64)> {
        self.most(|_| true, |tally| &tally.constituent_id)
    }

    /// Constituents by how many live findings they have, the most first.
    pub fn live_by_constituent(&self) -> Vec<(String, i64)> {
        self.most(|tally| tally.state.is_live(), |tally| &tally.constituent_id)
    }

    /// Types by how many live findings there are of each, the most first.
    pub fn live_by_type(&self) -> Vec<(String, i64)> {
        self.most(|tally| tally.state.is_live(), |tally| &tally.kind)
    }

    fn most(&self, wanted: impl Fn(&Tally) -> bool, key: impl Fn(&Tally) -> &str) -> Vec<(String, i64)> {
        let mut counts: HashMap<&str, i64> = HashMap::new();
        for tally in self.0.iter().filter(|tally| wanted(tally)) {
            *counts.entry(key(tally)).or_default() += tally.count;
        }
        most_first(counts)
    }

    /// What there is of each constituent: tallies are counted in the order of constituents.
    fn by_owner(&self) -> impl Iterator<Item = &[Tally]> {
        self.0.chunk_by(|a, b| a.constituent_id == b.constituent_id)
    }
}

fn most_first(counts: HashMap<&str, i64>) -> Vec<(String, i64)> {
    let mut counts: Vec<(&str, i64)> = counts.into_iter().collect();
    counts.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    counts.into_iter().map(|(key, count)| (key.to_string(), count)).collect()
}

/// Counts them.
pub(crate) async fn count(db: &Db) -> Result<Tallies, StoreError> {
    let rows = db.read(TALLIES, &[]).await?;
    let tally = |row: &manara_store::Row| {
        Ok(Tally {
            constituent_id: row.text(0)?,
            kind: row.text(1)?,
            severity: row.severity(2)?,
            state: crate::sql::state_of(row.text(3)?)?,
            count: row.int(4)?,
        })
    };
    Ok(Tallies(rows.iter().map(tally).collect::<Result<_, StoreError>>()?))
}

#[cfg(test)]
mod tests {
    use manara_model::{FindingState, Severity};

    use super::{HashMap, OwnerFacts, Tallies, Tally};

    #[test]
    fn one_count_answers_what_every_page_asks() {
        let tally = |id: &str, kind: &str, severity, state, count| Tally {
            constituent_id: id.into(),
            kind: kind.into(),
            severity,
            state,
            count,
        };
        let tallies = Tallies(vec![
            tally("a", "scanner", Severity::Low, FindingState::Open, 2),
            tally("a", "scanner", Severity::Low, FindingState::Reopened, 1),
            tally("a", "ddos", Severity::High, FindingState::Fixed, 5),
            tally("b", "ddos", Severity::High, FindingState::Notified, 4),
        ]);
        assert_eq!((tallies.all(), tallies.live()), (12, 7));
        let facts = OwnerFacts { id: "a".into(), sector: "energy".into(), criticality: "vital".into() };
        let facts = HashMap::from([("a".to_string(), facts)]);
        let new: Vec<_> = tallies.new_by_criticality(&facts).into_iter().collect();
        assert_eq!(new, [((Severity::Low, Some("vital")), 3)]);
        let none = HashMap::new();
        assert_eq!(tallies.new_by_criticality(&none).into_keys().collect::<Vec<_>>(), [(Severity::Low, None)]);
        assert_eq!(tallies.live_by_sector(&facts), [("energy".to_string(), 3)]);
        assert_eq!(tallies.live_by_constituent(), [("b".to_string(), 4), ("a".to_string(), 3)]);
        assert_eq!(tallies.by_constituent(), [("a".to_string(), 8), ("b".to_string(), 4)]);
        assert_eq!(tallies.live_by_type(), [("ddos".to_string(), 4), ("scanner".to_string(), 3)]);
        assert_eq!(tallies.by_state().iter().map(|(_, count)| count).sum::<i64>(), 12);
    }
}
