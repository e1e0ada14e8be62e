//! Feeds that are lists: an entry is new, changed, delisted or expired, and otherwise nothing has happened.

use std::collections::HashMap;

use manara_formats::{Row, Value};
use manara_model::{Answer, Field, FindingState, Micros};
use manara_store::{Arg, Db, Journal, StoreError, Tx};

use crate::batch::Batch;
use crate::replay;

const LISTED: &str =
    "SELECT entry, hash, state, first_seen FROM watch_list_entry WHERE feed = $1 ORDER BY entry LIMIT 10000000";
const ENTRY_HEAD: &str =
    "INSERT INTO watch_list_entry (feed, entry, hash, state, first_seen, last_seen, changed_at, batch) VALUES";
const ENTRY_TAIL: &str = "ON CONFLICT (feed, entry) DO UPDATE SET hash = excluded.hash, state = excluded.state,
    first_seen = excluded.first_seen, last_seen = excluded.last_seen, batch = excluded.batch,
    changed_at = CASE WHEN watch_list_entry.hash = excluded.hash AND watch_list_entry.state = excluded.state
        THEN watch_list_entry.changed_at ELSE excluded.changed_at END";
const DELIST: &str = "
    UPDATE watch_list_entry SET state = 'delisted', changed_at = $2 WHERE feed = $1 AND state = 'listed' AND batch <> $3";
const GONE: &str = "
    SELECT f.id, f.state, f.sources FROM watch_finding f JOIN watch_list_entry e ON e.entry = f.asset
     WHERE e.feed = $1 AND e.state = 'delisted' AND e.changed_at = $2 AND f.state IN ('open', 'notified', 'acknowledged', 'reopened')
       AND f.id > $3
     ORDER BY f.id LIMIT 10000";
const SET_STATE: &str = "UPDATE watch_finding SET state = $2, changed_at = $3 WHERE id = $1";
const STILL: &str = "
    UPDATE watch_list_entry SET state = 'listed', last_seen = $3,
        changed_at = CASE WHEN state = 'expired' THEN $3 ELSE changed_at END
     WHERE feed = $1 AND batch = $2 AND state IN ('listed', 'expired') AND last_seen < $3
       AND NOT EXISTS (SELECT 1 FROM watch_list_entry n WHERE n.feed = $1 AND n.state = 'listed' AND n.batch <> $2)";
const CAME_LAST: &str = "
    UPDATE watch_list_entry SET last_seen = (SELECT f.last_received FROM watch_feed f WHERE f.name = watch_list_entry.feed)
     WHERE state = 'listed'
       AND last_seen < (SELECT f.last_received FROM watch_feed f WHERE f.name = watch_list_entry.feed)";
const FORGET: &str = "DELETE FROM watch_list_entry WHERE feed = $1";
const LISTS: &str = "SELECT DISTINCT feed FROM watch_list_entry WHERE state = 'listed' ORDER BY feed LIMIT 10000";
const EXPIRE: &str = "
    UPDATE watch_list_entry SET state = 'expired', changed_at = $3 WHERE feed = $1 AND state = 'listed' AND last_seen < $2";

struct Entry {
    hash: String,
    listed: bool,
    first_seen: String,
}

/// What was listed before, and what the file at hand lists.
pub(crate) struct ListDiff {
    before: HashMap<String, Entry>,
    now: HashMap<String, String>,
    pub new: i64,
    pub changed: i64,
    pub unchanged: i64,
}

/// What an entry of a list is known by: its network, address, name, URL or account.
fn entry_of(row: &Row<'_>) -> String {
    let fields = [
        Field::SourceNetwork,
        Field::SourceUrl,
        Field::SourceFqdn,
        Field::SourceIp,
        Field::SourceAccount,
        Field::MalwareHashSha256,
    ];
    let text = fields.into_iter().find_map(|field| match row.get(field)? {
        Value::Text(text) => Some(text.to_string()),
        Value::Ip(address) => Some(address.to_string()),
        _ => None,
    });
    text.unwrap_or_else(|| String::from_utf8_lossy(row.raw).into_owned())
}

impl ListDiff {
    /// Loads what the feed listed so far.
    pub(crate) async fn load(db: &Db, feed: &str) -> Result<Self, StoreError> {
        let mut before = HashMap::new();
        for row in db.read(LISTED, &[feed.into()]).await? {
            let entry = Entry { hash: row.text(1)?, listed: row.text(2)? == "listed", first_seen: row.text(3)? };
            before.insert(row.text(0)?, entry);
        }
        Ok(ListDiff { before, now: HashMap::new(), new: 0, changed: 0, unchanged: 0 })
    }

    /// Takes a row; true when it says something new: an entry that was not listed, or is listed otherwise.
    pub(crate) fn take(&mut self, row: &Row<'_>, hash: u128) -> bool {
        let (entry, hash) = (entry_of(row), format!("{hash:032x}"));
        if self.now.contains_key(&entry) {
            self.unchanged += 1;
            return false;
        }
        let known = self.before.get(&entry);
        let is_new = match known {
            Some(before) if before.listed && before.hash == hash => {
                self.unchanged += 1;
                false
            }
            Some(before) if before.listed => {
                self.changed += 1;
                true
            }
            _ => {
                self.new += 1;
                true
            }
        };
        self.now.insert(entry, hash);
        is_new
    }

    /// Writes the list as it is now; what is no longer on it is delisted, and findings only this feed saw expire.
    /// When history is read again, the findings stay as they are: what an old copy no longer had, a later one may have.
    pub(crate) async fn write(&self, tx: &mut Tx, batch: &Batch) -> Result<(), StoreError> {
        let (feed, now) = (batch.feed.as_str(), batch.received_at);
        let moment = now.rfc3339();
        let mut args: Vec<Arg<'_>> = Vec::with_capacity(self.now.len() * 8);
        for (entry, hash) in &self.now {
            let first = self.before.get(entry).map_or(moment.as_str(), |before| before.first_seen.as_str());
            args.extend([
                Arg::Text(feed),
                Arg::Text(entry),
                Arg::Text(hash),
                Arg::Text("listed"),
                Arg::Text(first),
                Arg::Text(&moment),
                Arg::Text(&moment),
                Arg::Text(&batch.id),
            ]);
        }
        tx.run_many(ENTRY_HEAD, 8, args, ENTRY_TAIL).await?;
        let delisted = tx.run(DELIST, &[feed.into(), (&moment).into(), (&batch.id).into()]).await?;
        // A file that could not be read before has a second generation, too.
        let is_replay = batch.generation > 0 && replay::is_pending(tx).await?;
        let expired = if is_replay || delisted == 0 { 0 } else { end_findings(tx, feed, &moment).await? };
        let detail = serde_json::json!({
            "feed": feed, "new": self.new, "changed": self.changed, "unchanged": self.unchanged,
            "delisted": delisted, "findings_expired": expired,
        });
        Journal::write(tx, "manara", "watch", "list_compared", &batch.id, &detail.to_string(), now).await
    }
}

/// Expires the findings that only this feed saw and of which the entries were delisted at a moment; says how many.
async fn end_findings(tx: &mut Tx, feed: &str, moment: &str) -> Result<u64, StoreError> {
    let (mut expired, mut after) = (0, String::new());
    loop {
        let rows = tx.read(GONE, &[feed.into(), moment.into(), (&after).into()]).await?;
        let Some(last) = rows.last() else { return Ok(expired) };
        after = last.text(0)?;
        for row in &rows {
            let only_here = crate::sql::read_sources(&row.text(2)?).iter().all(|source| source.feed == feed);
            let Some(state) = FindingState::parse(&row.text(1)?).filter(|_| only_here) else { continue };
            let silent = state.after(Answer::Silent);
            tx.run(SET_STATE, &[row.text(0)?.into(), silent.as_str().into(), moment.into()]).await?;
            expired += 1;
        }
    }
}

/// The newest copy of a list came again, byte by byte: what it has is listed still, and its feed is not silent.
pub(crate) async fn came_again(tx: &mut Tx, copy: &Batch, now: Micros) -> Result<(), StoreError> {
    if tx.run(STILL, &[(&copy.feed).into(), (&copy.id).into(), now.into()]).await? > 0 {
        let args: [Arg<'_>; 4] = [(&copy.feed).into(), (&copy.format).into(), now.into(), "".into()];
        tx.run(crate::sql::TOUCH_FEED, &args).await?;
    }
    Ok(())
}

/// After all copies were compared anew: copies that came again byte by byte were not among them, and their feeds know of them.
pub(crate) async fn still_here(tx: &mut Tx) -> Result<(), StoreError> {
    tx.run(CAME_LAST, &[]).await.map(drop)
}

/// Forgets what a list had: its copies are compared anew from the first on.
pub(crate) async fn forget(tx: &mut Tx, feed: &str) -> Result<(), StoreError> {
    tx.run(FORGET, &[feed.into()]).await.map(drop)
}

/// The feeds that list something now.
pub(crate) async fn lists(tx: &mut Tx) -> Result<Vec<String>, StoreError> {
    tx.read(LISTS, &[]).await?.iter().map(|row| row.text(0)).collect()
}

/// Expires the entries of a list that sent nothing for its days; says how many.
pub(crate) async fn expire_entries(tx: &mut Tx, feed: &str, days: i64, now: Micros) -> Result<u64, StoreError> {
    tx.run(EXPIRE, &[feed.into(), now.plus_days(-days).into(), now.into()]).await
}
