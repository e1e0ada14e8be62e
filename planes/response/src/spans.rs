//! How long the lives of incidents took, for figures of quality.

use manara_model::{Micros, Viewer};
use manara_store::{Db, StoreError};

use crate::incident::State;

const OPENED: &str = "
    SELECT id, created FROM response_incident
     WHERE created >= $1 AND created < $2 AND tlp <= $3 AND rule <> '' AND merged_into = ''
     ORDER BY created DESC, id LIMIT $4";
const CLOSED: &str = "
    SELECT created, closed, due, state FROM response_incident
     WHERE closed >= $1 AND closed < $2 AND closed <> '' AND tlp <= $3 AND merged_into = ''
     ORDER BY closed DESC, id LIMIT $4";

/// An incident that a rule opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// Its id.
    pub id: String,
    /// When it was opened.
    pub created: Micros,
}

/// An incident that was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Closed {
    /// When it was opened.
    pub created: Micros,
    /// When it was closed.
    pub closed: Micros,
    /// Until when something was to be done, at its end.
    pub due: Option<Micros>,
    /// Whether an end was reached.
    pub is_resolved: bool,
}

/// The incidents that a rule opened from a moment until before another, the newest first; merged ones left out.
pub async fn opened_by_rule(
    db: &Db,
    viewer: &Viewer,
    (from, until): (Micros, Micros),
    limit: i64,
) -> Result<Vec<Opened>, StoreError> {
    let args = [from.into(), until.into(), viewer.into(), limit.into()];
    let rows = db.read(OPENED, &args).await?;
    rows.iter().map(|row| Ok(Opened { id: row.text(0)?, created: row.moment(1)? })).collect()
}

/// The incidents that were closed from a moment until before another, the newest first; merged ones left out.
pub async fn closed_spans(
    db: &Db,
    viewer: &Viewer,
    (from, until): (Micros, Micros),
    limit: i64,
) -> Result<Vec<Closed>, StoreError> {
    let args = [from.into(), until.into(), viewer.into(), limit.into()];
    let rows = db.read(CLOSED, &args).await?;
    rows.iter()
        .map(|row| {
            Ok(Closed {
                created: row.moment(0)?,
                closed: row.moment(1)?,
                due: row.opt_moment(2)?,
                is_resolved: row.text(3)? == State::Resolved.as_str(),
            })
        })
        .collect()
}
