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

impl Watch {
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
