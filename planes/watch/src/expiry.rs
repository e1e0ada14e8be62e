//! Findings that nobody sees any more.

use manara_formats::Feed;
use manara_model::Micros;
use manara_store::{Db, Journal};

use crate::ingest::IngestError;
use crate::lists::{expire_entries, lists as lists_now};

/// Days without a new copy after which the entries of a list expire that no mapping describes.
const LIST_DAYS: u32 = 7;

/// Days of silence after which a finding of a type counts as gone.
pub fn quiet_days(kind: &str) -> i64 {
    match kind {
        // Daily sinkhole and sensor data: two weeks without a sign mean it is gone.
        "infected-system" | "c2-server" | "malware-distribution" | "system-compromise" => 14,
        // One-off observations of behaviour.
        "scanner" | "brute-force" | "ids-alert" | "exploit" | "dos" | "ddos" | "spam" | "phishing" => 7,
        // Scans of exposed services skip days; a month is sure.
        _ => 30,
    }
}

const KINDS: &str = "SELECT DISTINCT type FROM watch_finding ORDER BY type LIMIT 1000";
const EXPIRE: &str = "
    UPDATE watch_finding SET state = 'expired', changed_at = $1
     WHERE type = $2 AND last_seen < $3 AND state IN ('open', 'notified', 'acknowledged', 'reopened')
       AND NOT EXISTS (SELECT 1 FROM watch_list_entry e WHERE e.entry = watch_finding.asset AND e.state = 'listed')";

/// Findings that only one feed saw: the texts of `sources` begin with it and hold one object.
const EXPIRE_OF_FEED: &str = "
    UPDATE watch_finding SET state = 'expired', changed_at = $1
     WHERE sources LIKE $2 AND sources NOT LIKE '%},{%' AND last_seen < $3
       AND state IN ('open', 'notified', 'acknowledged', 'reopened')
       AND NOT EXISTS (SELECT 1 FROM watch_list_entry e WHERE e.entry = watch_finding.asset AND e.state = 'listed')";

/// Expires the entries of lists that fell silent, and the live findings that were not seen for the days of their type and are on
/// no list; says how many findings. May run any number of times.
pub async fn expire(db: &Db, feeds: &[Feed], now: Micros) -> Result<u64, IngestError> {
    let mut tx = db.begin().await?;
    let mut expired = 0;
    for list in lists_now(&mut tx).await? {
        let state = feeds.iter().find(|feed| feed.name == list).and_then(|feed| feed.state);
        let days = state.map_or(LIST_DAYS, |state| state.expire_days);
        expire_entries(&mut tx, &list, i64::from(days), now).await?;
    }
    for row in tx.read(KINDS, &[]).await? {
        let kind = row.text(0)?;
        let before = now.plus_days(-quiet_days(&kind));
        let count = tx.run(EXPIRE, &[now.into(), (&kind).into(), before.into()]).await?;
        if count > 0 {
            let detail = serde_json::json!({ "type": kind, "findings": count });
            Journal::write(&mut tx, "manara", "watch", "findings_expired", &kind, &detail.to_string(), now).await?;
        }
        expired += count;
    }
    for feed in feeds {
        if let Some(days) = feed.expire_days {
            let before = now.plus_days(-i64::from(days));
            let name = serde_json::to_string(&feed.name).unwrap_or_default();
            let only = format!("[{{\"feed\":{name},%");
            expired += tx.run(EXPIRE_OF_FEED, &[now.into(), only.into(), before.into()]).await?;
        }
    }
    tx.commit().await?;
    Ok(expired)
}
