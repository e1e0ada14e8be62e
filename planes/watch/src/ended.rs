//! How findings ended, for figures of quality.

use manara_model::{FindingState, Micros};
use manara_store::StoreError;

use crate::sql::{Watch, touched};

const ENDED: &str = concat!(
    "
    SELECT SUBSTR(changed_at, 1, 10), state, COUNT(*) FROM watch_finding
     WHERE ",
    touched!(),
    " AND state IN ('fixed', 'false_positive')
       AND changed_at >= $1 AND changed_at < $2
     GROUP BY SUBSTR(changed_at, 1, 10), state ORDER BY 1, 2 LIMIT 20000"
);

const ENDED_AFTER_TOLD: &str = concat!(
    "
    SELECT state, COUNT(*) FROM watch_finding
     WHERE ",
    touched!(),
    " AND state IN ('fixed', 'expired')
       AND changed_at >= $1 AND told_at <> '' AND told_at <= changed_at
     GROUP BY state ORDER BY state LIMIT 10"
);

impl Watch {
    /// How many findings were fixed, and how many were no longer seen, since a moment and after their constituent was told.
    pub async fn ended_after_told(&self, since: Micros) -> Result<(i64, i64), StoreError> {
        let (mut fixed, mut unseen) = (0, 0);
        for row in self.db.read(ENDED_AFTER_TOLD, &[since.into()]).await? {
            let of = if row.text(0)? == FindingState::Fixed.as_str() { &mut fixed } else { &mut unseen };
            *of = row.int(1)?;
        }
        Ok((fixed, unseen))
    }

    /// The findings whose last word is "fixed" or "false positive" and was said from a moment until before another: day, state,
    /// how many.
    pub async fn ended(&self, from: Micros, until: Micros) -> Result<Vec<(String, FindingState, i64)>, StoreError> {
        let rows = self.db.read(ENDED, &[from.into(), until.into()]).await?;
        rows.iter()
            .map(|row| {
                let state = row.text(1)?;
                let state = FindingState::parse(&state).ok_or_else(|| StoreError::unknown("state", state))?;
                Ok((row.text(0)?, state, row.int(2)?))
            })
            .collect()
    }
}
