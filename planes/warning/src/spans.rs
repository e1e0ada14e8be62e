//! How long notices took to leave and to be answered, for figures of quality.

use manara_model::{Micros, Viewer};
use manara_store::{Db, Row, StoreError};

/// Reminders and letters to those above are about another notice, and left out.
const LEFT: &str = "
    SELECT n.created, n.sent, (SELECT MIN(a.at) FROM warning_answer a WHERE a.notice_id = n.id) FROM warning_notice n
     WHERE n.sent >= $1 AND n.sent < $2 AND n.tlp <= $3 AND n.state = 'sent' AND n.about = ''
     ORDER BY n.sent DESC, n.id LIMIT $4";

/// A notice that left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Left {
    /// When it was drafted.
    pub created: Micros,
    /// When it left.
    pub sent: Micros,
    /// When it was answered first.
    pub answered: Option<Micros>,
}

/// By their marking; reminders and letters to those above are left out. What was answered was answered by the page of its link.
// By the state SQLite would walk all that ever left; `|| ''` keeps it to those since the moment.
const SINCE: &str = "
    SELECT n.tlp, COUNT(*), CAST(SUM(CASE WHEN n.state = 'failed' THEN 1 ELSE 0 END) AS BIGINT),
        CAST(SUM(CASE WHEN EXISTS (SELECT 1 FROM warning_answer a WHERE a.notice_id = n.id) THEN 1 ELSE 0 END) AS BIGINT),
        CAST(SUM(n.findings) AS BIGINT)
      FROM warning_notice n WHERE n.sent >= $1 AND (n.state || '') IN ('sent', 'failed') AND n.about = ''
     GROUP BY n.tlp ORDER BY n.tlp LIMIT 10";

/// How many notices of one marking left, and what became of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftSum {
    /// The rank of their marking.
    pub tlp: i64,
    /// All of them.
    pub left: i64,
    /// Those that came back from everybody.
    pub returned: i64,
    /// Those somebody answered by their link.
    pub opened: i64,
    /// Findings they told of.
    pub findings: i64,
}

/// How many notices left since a moment, by their marking.
pub async fn left_since(db: &Db, since: Micros) -> Result<Vec<LeftSum>, StoreError> {
    let sum = |row: &Row| {
        Ok(LeftSum {
            tlp: row.int(0)?,
            left: row.int(1)?,
            returned: row.int(2)?,
            opened: row.int(3)?,
            findings: row.int(4)?,
        })
    };
    db.read(SINCE, &[since.into()]).await?.iter().map(sum).collect()
}

fn left(row: &Row) -> Result<Left, StoreError> {
    let answered = row.opt_text(2)?.map(|at| Micros::parse_rfc3339(&at).ok_or_else(|| StoreError::unknown("at", at)));
    Ok(Left { created: row.moment(0)?, sent: row.moment(1)?, answered: answered.transpose()? })
}

/// The notices that left from a moment until before another, the newest first.
pub async fn told_spans(
    db: &Db,
    viewer: &Viewer,
    (from, until): (Micros, Micros),
    limit: i64,
) -> Result<Vec<Left>, StoreError> {
    let args = [from.into(), until.into(), viewer.clearance.rank().into(), limit.into()];
    db.read(LEFT, &args).await?.iter().map(left).collect()
}
