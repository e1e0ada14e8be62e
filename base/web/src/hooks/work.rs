//! One round of telling: what is new in the journal becomes deliveries, and what is due is sent.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::Arc;

use manara_model::{Entry, Micros, Viewer};
use manara_store::{Db, Journal, StoreError};
use serde_json::Value;

use super::HookRules;
use super::sql::{self, Delivery, Hook};
use crate::api::entry_json;
use crate::follower::Visible;

/// Lines of the journal one webhook reads in a round.
const STEP: i64 = 500;
/// Deliveries of one round.
const AT_ONCE: i64 = 20;
/// Minutes until the next try, after each that failed; after the last it is given up.
const WAITS: [i64; 7] = [1, 5, 15, 60, 240, 720, 1440];
/// Tries that fail one after the other, whatever they tell of, until the webhook is turned off.
const FAILURES_MOST: i64 = 40;
/// Days an ended delivery is shown.
const SHOWN_DAYS: i64 = 30;

/// What leaves: address, secret, id, seconds since 1970, body. The answer is the status, or why it did not arrive.
pub type Outgoing = Arc<
    dyn Fn(String, String, String, i64, String) -> Pin<Box<dyn Future<Output = Result<u16, String>> + Send>>
        + Send
        + Sync,
>;

/// What a round did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct HookReport {
    /// Deliveries that are new.
    pub new: usize,
    /// That arrived.
    pub sent: usize,
    /// That did not, this time.
    pub failed: usize,
}

/// Does one round.
pub async fn send_hooks(
    db: &Db,
    rules: &HookRules,
    visible: &Visible,
    send: &Outgoing,
    now: Micros,
) -> Result<HookReport, StoreError> {
    let all = sql::hooks(db).await?;
    let mut report = HookReport::default();
    if all.is_empty() {
        return Ok(report);
    }
    for hook in all.iter().filter(|hook| hook.disabled.is_none()) {
        report.new += read_on(db, hook, rules, visible, now).await?;
    }
    let mut failures: HashMap<String, i64> = all.iter().map(|hook| (hook.id.clone(), hook.failures)).collect();
    let due = sql::due(db, now, AT_ONCE).await?;
    // All at once: one that takes its time does not hold the others up.
    let tries = due.into_iter().filter_map(|one| {
        let hook = all.iter().find(|hook| hook.id == one.hook_id)?;
        let sent = send(hook.url.clone(), hook.secret.clone(), one.id.clone(), now.0 / 1_000_000, one.body.clone());
        Some(async move { (one, sent.await) })
    });
    for (one, sent) in futures::future::join_all(tries).await {
        match &sent {
            Ok(_) => report.sent += 1,
            Err(_) => report.failed += 1,
        }
        let failed = failures.entry(one.hook_id.clone()).or_default();
        *failed = if sent.is_ok() { 0 } else { *failed + 1 };
        note(db, &one, sent, *failed, now).await?;
    }
    let mut tx = db.begin().await?;
    sql::forget(&mut tx, now.plus_days(-SHOWN_DAYS), now).await?;
    tx.commit().await?;
    Ok(report)
}

/// Makes deliveries of what is new for one webhook, and moves its place in the journal, in one transaction.
async fn read_on(db: &Db, hook: &Hook, rules: &HookRules, visible: &Visible, now: Micros) -> Result<usize, StoreError> {
    let entries = Journal::after(db, hook.journal_id, STEP).await?;
    let Some(last) = entries.last().map(|entry| entry.id) else { return Ok(0) };
    let kind_of = |entry: &Entry| {
        let known = rules.kinds.iter().find(|one| one.plane == entry.plane && one.verb == entry.verb)?;
        hook.kinds.iter().any(|kind| kind == known.kind).then_some(known.kind)
    };
    let wanted: Vec<Entry> = entries.into_iter().filter(|entry| kind_of(entry).is_some()).collect();
    let eyes = Viewer::cleared("", hook.tlp);
    let seen = if wanted.is_empty() { wanted } else { visible(eyes, wanted).await? };
    let mut tx = db.begin().await?;
    for entry in &seen {
        if let Some(kind) = kind_of(entry) {
            sql::add_delivery(&mut tx, &hook.id, (entry.id, kind, &body(kind, entry)), now).await?;
        }
    }
    sql::move_to(&mut tx, &hook.id, last).await?;
    tx.commit().await?;
    Ok(seen.len())
}

/// What is told: `type` and `timestamp` as the Standard Webhooks name them, and the line of the journal.
fn body(kind: &str, entry: &Entry) -> String {
    let data: Value = entry_json(entry);
    serde_json::json!({ "type": kind, "timestamp": entry.at.rfc3339(), "data": data }).to_string()
}

/// Notes what came of a try, and turns a webhook off that fails again and again.
async fn note(
    db: &Db,
    one: &Delivery,
    sent: Result<u16, String>,
    failures: i64,
    now: Micros,
) -> Result<(), StoreError> {
    let wait = usize::try_from(one.attempts).ok().and_then(|tries| WAITS.get(tries));
    let (state, next, outcome) = match (sent, wait) {
        (Ok(status), _) => ("done", now, status.to_string()),
        (Err(why), Some(minutes)) => ("due", Micros(now.0 + minutes * 60_000_000), why),
        (Err(why), None) => ("failed", now, why),
    };
    let outcome: String = outcome.chars().take(300).collect();
    let mut tx = db.begin().await?;
    sql::tried(&mut tx, one, (state, next), &outcome, now).await?;
    sql::count_failures(&mut tx, &one.hook_id, failures).await?;
    if failures >= FAILURES_MOST {
        sql::set_hook_disabled(&mut tx, "manara", &one.hook_id, Some(&outcome), now).await?;
    }
    tx.commit().await
}
