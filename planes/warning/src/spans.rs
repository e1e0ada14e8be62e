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
