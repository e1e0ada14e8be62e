//! How many findings there are of each kind: one pass over an index, remembered until something happens.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use manara_model::{FindingState, Severity};
use manara_store::{Db, Journal, StoreError};

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

    /// Findings that nobody was told of yet, opened or reopened: id of the constituent, severity, how many.
    pub fn new_ones(&self) -> Vec<(String, Severity, i64)> {
        let mut counts: BTreeMap<(&str, Severity), i64> = BTreeMap::new();
        let is_new = |tally: &&Tally| matches!(tally.state, FindingState::Open | FindingState::Reopened);
        for tally in self.0.iter().filter(is_new) {
            *counts.entry((&tally.constituent_id, tally.severity)).or_default() += tally.count;
        }
        counts.into_iter().map(|((id, severity), count)| (id.to_string(), severity, count)).collect()
    }

    /// Constituents by how many findings they have of those that are asked for, the most first.
    pub fn by_constituent(&self, wanted: impl Fn(&Tally) -> bool) -> Vec<(String, i64)> {
        self.most(wanted, |tally| &tally.constituent_id)
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
        let mut counts: Vec<(String, i64)> = counts.into_iter().map(|(key, count)| (key.to_string(), count)).collect();
        counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        counts
    }
}

/// What was counted last, and where the journal stood then. Every change of a finding is in the journal, so what stands
/// there still holds; a batch at work shows when it ends.
#[derive(Debug, Clone, Default)]
pub(crate) struct Remembered(Arc<Mutex<Option<Counted>>>);

/// Where the journal stood, and what was counted.
type Counted = (i64, Arc<Tallies>);

impl Remembered {
    pub(crate) async fn read(&self, db: &Db) -> Result<Arc<Tallies>, StoreError> {
        let at = Journal::last(db).await?;
        if let Some((counted, tallies)) = &*self.0.lock().unwrap_or_else(PoisonError::into_inner)
            && *counted == at
        {
            return Ok(Arc::clone(tallies));
        }
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
        let tallies = Arc::new(Tallies(rows.iter().map(tally).collect::<Result<_, StoreError>>()?));
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((at, Arc::clone(&tallies)));
        Ok(tallies)
    }
}

#[cfg(test)]
mod tests {
    use manara_model::{FindingState, Severity};

    use super::{Tallies, Tally};

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
        assert_eq!(tallies.new_ones(), [("a".to_string(), Severity::Low, 3)]);
        let live = tallies.by_constituent(|tally| tally.state.is_live());
        assert_eq!(live, [("b".to_string(), 4), ("a".to_string(), 3)]);
        assert_eq!(tallies.live_by_type(), [("ddos".to_string(), 4), ("scanner".to_string(), 3)]);
        assert_eq!(tallies.by_state().iter().map(|(_, count)| count).sum::<i64>(), 12);
    }
}
