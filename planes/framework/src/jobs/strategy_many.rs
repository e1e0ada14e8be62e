//! The state of many actions of the strategy, and its undo: each a part of it, in the transaction it is given.

use manara_store::{Journal, StoreError, Tx};
use manara_web::bulk::{BulkRow, Did, Order};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::PLANE;
use crate::sql_strategy as sql;
use crate::strategy::{Progress, Undertaking};

/// What is done to many actions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "lowercase", deny_unknown_fields)]
pub(crate) enum ActionStep {
    /// How far they are.
    State {
        /// The word of it.
        state: String,
    },
}

impl ActionStep {
    /// How far they are from then on; nothing when there is no such word.
    pub(crate) fn progress(&self) -> Option<Progress> {
        match self {
            Self::State { state } => Progress::parse(state),
        }
    }
}

/// Sets the state of actions, as far as the viewer may see them.
pub(crate) async fn set_states(
    tx: &mut Tx,
    progress: Progress,
    order: &Order,
    ids: &[String],
) -> Result<Vec<Did>, StoreError> {
    let mut there = sql::undertakings_in(tx, &order.viewer, ids).await?;
    let mut did = Vec::with_capacity(ids.len());
    for id in ids {
        let Some(mut one) = there.remove(id) else {
            did.push(Did::refused(id, "", "not-found"));
            continue;
        };
        let before = one.progress;
        if before == progress {
            did.push(Did::same(id, &one.title));
            continue;
        }
        one.progress = progress;
        put(tx, &one, order).await?;
        let after = (one.version + 1).to_string();
        did.push(Did::changed(id, &one.title, before.as_str().into(), after));
    }
    Ok(did)
}

/// Gives actions the state they had, where nobody changed them since.
pub(crate) async fn restore_states(tx: &mut Tx, order: &Order, rows: &[BulkRow]) -> Result<Vec<Did>, StoreError> {
    let ids: Vec<String> = rows.iter().map(|row| row.record.clone()).collect();
    let mut there = sql::undertakings_in(tx, &order.viewer, &ids).await?;
    let mut did = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(mut one) = there.remove(&row.record) else {
            did.push(Did::left(row, "not-found"));
            continue;
        };
        if one.version.to_string() != row.after {
            did.push(Did::left(row, "changed"));
            continue;
        }
        one.progress = Progress::parse(&row.before).ok_or_else(|| StoreError::unknown("state", &row.before))?;
        put(tx, &one, order).await?;
        did.push(Did::restored(row));
    }
    Ok(did)
}

async fn put(tx: &mut Tx, one: &Undertaking, order: &Order) -> Result<(), StoreError> {
    sql::put_undertaking(tx, one, order.now).await?;
    // Never what the record says: who reads the journal may not see it.
    let detail = json!({ "state": one.progress.as_str(), "bulk": order.id }).to_string();
    Journal::write(tx, &order.viewer.name, PLANE, "action_changed", &one.id, &detail, order.now).await
}
