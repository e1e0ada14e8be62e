//! Making a change of many, and taking it back: one transaction for each part, so that whatever interrupts it leaves some
//! records changed and the others waiting, and the same call goes on from there.

use std::collections::HashMap;

use manara_model::{Micros, Viewer};
use manara_store::{Db, Journal, StoreError, Tx};
use serde_json::{Value, json};
use uuid::Uuid;

use super::sql::{self, Bulk, BulkRow, BulkState, Outcome};
use super::{Did, Many, Order};

/// The plane of the journal's lines about a change as a whole; those about records are of their own plane.
const PLANE: &str = "web";

/// Notes what is to be done to which records; each counts once.
pub async fn begin(
    db: &Db,
    many: &dyn Many,
    viewer: &Viewer,
    change: &Value,
    records: &[String],
    back: &str,
    now: Micros,
) -> Result<Bulk, StoreError> {
    let mut seen = std::collections::HashSet::new();
    let records: Vec<String> =
        records.iter().filter(|id| seen.insert(id.as_str())).take(super::BULK_MOST).cloned().collect();
    let id = Uuid::now_v7().to_string();
    let mut tx = db.begin().await?;
    sql::add(&mut tx, (&id, many.name()), change, &viewer.name, &records, back, now).await?;
    tx.commit().await?;
    found(db, &id, viewer).await
}

async fn found(db: &Db, id: &str, viewer: &Viewer) -> Result<Bulk, StoreError> {
    sql::one(db, id, &viewer.name).await?.ok_or_else(|| StoreError::NotFound("change of many".into()))
}

/// Makes a change, or goes on with it where it was interrupted. Made already, it stays as it is.
pub async fn go_on(db: &Db, many: &dyn Many, viewer: &Viewer, bulk: &Bulk, now: Micros) -> Result<Bulk, StoreError> {
    let order = Order { id: bulk.id.clone(), viewer: viewer.clone(), change: bulk.change(), now };
    let from = [BulkState::Chosen, BulkState::Begun];
    loop {
        let mut tx = db.begin().await?;
        if !sql::hold(&mut tx, &bulk.id, &viewer.name, from, BulkState::Begun).await? {
            return found(db, &bulk.id, viewer).await;
        }
        let rows = sql::part(&mut tx, &bulk.id, Outcome::Waiting, many.at_once(&order.change)).await?;
        if rows.first().is_some_and(|row| row.place == 1) {
            write_line(&mut tx, "many_changed", bulk, &order).await?;
        }
        let records: Vec<String> = rows.iter().map(|row| row.record.clone()).collect();
        let did = if records.is_empty() { Vec::new() } else { many.act(&mut tx, &order, &records).await? };
        if finish(tx, bulk, rows, did, BulkState::Done, now).await? {
            return found(db, &bulk.id, viewer).await;
        }
    }
}

/// Takes a change back: each record that nobody changed since. An interrupted change is taken back as far as it went.
pub async fn take_back(
    db: &Db,
    many: &dyn Many,
    viewer: &Viewer,
    bulk: &Bulk,
    now: Micros,
) -> Result<Bulk, StoreError> {
    let order = Order { id: bulk.id.clone(), viewer: viewer.clone(), change: bulk.change(), now };
    let from = [BulkState::Done, BulkState::Begun];
    let mut is_first = matches!(bulk.state, BulkState::Done | BulkState::Begun);
    loop {
        let mut tx = db.begin().await?;
        if !sql::hold(&mut tx, &bulk.id, &viewer.name, from, BulkState::Undoing).await? {
            return found(db, &bulk.id, viewer).await;
        }
        let rows = sql::part(&mut tx, &bulk.id, Outcome::Changed, many.at_once(&order.change)).await?;
        if std::mem::take(&mut is_first) {
            write_line(&mut tx, "many_restored", bulk, &order).await?;
        }
        let did = if rows.is_empty() { Vec::new() } else { many.undo(&mut tx, &order, &rows).await? };
        if finish(tx, bulk, rows, did, BulkState::Undone, now).await? {
            return found(db, &bulk.id, viewer).await;
        }
    }
}

/// Keeps what became of a part, and ends the transaction; says whether it was the last part.
async fn finish(
    mut tx: Tx,
    bulk: &Bulk,
    rows: Vec<BulkRow>,
    did: Vec<Did>,
    into: BulkState,
    now: Micros,
) -> Result<bool, StoreError> {
    let mut did: HashMap<String, Did> = did.into_iter().map(|did| (did.record.clone(), did)).collect();
    let is_last = rows.is_empty();
    let told: Vec<(i64, Did)> = rows
        .into_iter()
        .map(|row| {
            // A record that nobody told of is not there: it must not wait for ever.
            let gone = match into {
                BulkState::Undone => Did::left(&row, "not-found"),
                _ => Did::refused(&row.record, &row.name, "not-found"),
            };
            (row.place, did.remove(&row.record).unwrap_or(gone))
        })
        .collect();
    let told: Vec<(i64, &Did)> = told.iter().map(|(place, did)| (*place, did)).collect();
    sql::keep(&mut tx, &bulk.id, &told).await?;
    if is_last {
        sql::end(&mut tx, &bulk.id, into, now).await?;
    }
    tx.commit().await?;
    Ok(is_last)
}

async fn write_line(tx: &mut Tx, verb: &str, bulk: &Bulk, order: &Order) -> Result<(), StoreError> {
    let detail = json!({ "plane": bulk.plane, "change": order.change.to_string(), "records": bulk.rows }).to_string();
    Journal::write(tx, &order.viewer.name, PLANE, verb, &bulk.id, &detail, order.now).await
}
