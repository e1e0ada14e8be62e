//! Every statement of this plane, and the reads its pages and the command line make.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use futures::future::BoxFuture;
use manara_lake::{LakeFile, LakeFiles};
use manara_model::{FindingState, Micros, Owners, Reliability, Severity, combined_confidence};
use manara_store::{Arg, Db, Remembered, Row, StoreError, Tx};

use crate::batch::{Batch, BatchState, FeedRow};
use crate::finding::{Delta, Finding, SourceSeen, id_text};
use crate::tally::{self, Tallies};

/// Findings somebody touched since they were opened, in the words of the partial index `watch_finding_changed`: both engines
/// use it only for a statement that repeats them.
macro_rules! touched {
    () => {
        "state IN ('reopened', 'fixed', 'false_positive', 'expired')"
    };
}
pub(crate) use touched;

/// The same for statements that are put together.
pub const TOUCHED: &str = touched!();

const BATCH_COLUMNS: &str =
    "id, feed, sha256, file_name, format, received_at, finished_at, state, bytes, rows, events, contexts,
    rejects, duplicates, unowned, findings_opened, findings_updated, parts, generation, millis, error";
pub(crate) const BATCH_BY_ID: &str = "SELECT {} FROM watch_batch WHERE id = $1";
pub(crate) const BATCH_BY_HASH: &str = "SELECT {} FROM watch_batch WHERE feed = $1 AND sha256 = $2";
pub(crate) const BATCH_BY_SIZE: &str = "SELECT 1 FROM watch_batch WHERE feed = $1 AND bytes = $2 LIMIT 1";
pub(crate) const BATCHES_WAITING: &str =
    "SELECT {} FROM watch_batch WHERE state = 'received' ORDER BY received_at, id LIMIT 10000";
pub(crate) const BATCHES_IN_ORDER: &str =
    "SELECT {} FROM watch_batch WHERE state <> 'failed' ORDER BY received_at, id LIMIT 1000000";
pub(crate) const ADD_BATCH: &str = "
    INSERT INTO watch_batch (id, feed, sha256, file_name, format, received_at, finished_at, state, bytes, rows, events,
        contexts, rejects, duplicates, unowned, findings_opened, findings_updated, parts, generation, millis, error)
    VALUES ($1, $2, $3, $4, $5, $6, NULL, 'received', $7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '')";
/// Adds one part to the sums, but only if it is the next: a part counts exactly once.
pub(crate) const ADD_PART: &str = "
    UPDATE watch_batch SET rows = rows + $3, events = events + $4, contexts = contexts + $5, rejects = rejects + $6,
        duplicates = duplicates + $7, unowned = unowned + $8, findings_opened = findings_opened + $9,
        findings_updated = findings_updated + $10, parts = parts + 1, millis = millis + $11
     WHERE id = $1 AND parts = $2 AND state = 'received'";
pub(crate) const FINISH_BATCH: &str = "
    UPDATE watch_batch SET state = $2, finished_at = $3, error = $4 WHERE id = $1 AND state = 'received'";
pub(crate) const RESET_BATCH: &str = "
    UPDATE watch_batch SET state = 'received', rows = 0, events = 0, contexts = 0, rejects = 0, duplicates = 0, unowned = 0,
        findings_opened = 0, findings_updated = 0, parts = 0, generation = generation + 1, millis = 0, error = '', format = $2
     WHERE id = $1";
pub(crate) const ADD_FILE: &str = "
    INSERT INTO watch_file (batch, part, kind, generation, path, bytes, hash, rows, time_min, time_max)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
pub(crate) const DROP_FILES: &str = "DELETE FROM watch_file WHERE batch = $1";
pub(crate) const DROP_DRIFT: &str = "DELETE FROM watch_drift WHERE batch = $1";
pub(crate) const ADD_DRIFT: &str = "
    INSERT INTO watch_drift (batch, kind, column_name) VALUES ($1, $2, $3) ON CONFLICT (batch, kind, column_name) DO NOTHING";
pub(crate) const ADD_FEED: &str = "
    INSERT INTO watch_feed (name, title, format, accuracy, alpha, beta, answers, silent_hours, last_received, last_event)
    VALUES ($1, $2, $3, $4, $5, $6, 0, $7, '', '') ON CONFLICT (name) DO NOTHING";
pub(crate) const TOUCH_FEED: &str = "
    UPDATE watch_feed SET format = $2,
        last_received = CASE WHEN last_received < $3 THEN $3 ELSE last_received END,
        last_event = CASE WHEN last_event < $4 THEN $4 ELSE last_event END
     WHERE name = $1";
pub(crate) const FEED_MEANS: &str = "SELECT name, alpha, beta FROM watch_feed ORDER BY name LIMIT 100000";
pub(crate) const LEARN: &str = "
    UPDATE watch_feed SET alpha = alpha + $2, beta = beta + $3, answers = answers + $4 WHERE name = $1";
/// A new lesson stands in the place of the last one, which then is for good.
const LESSON_HEAD: &str = "INSERT INTO watch_lesson (finding, feed, confirmed) VALUES";
const LESSON_TAIL: &str = "ON CONFLICT (finding, feed) DO UPDATE SET confirmed = excluded.confirmed";
const LESSONS: &str =
    "SELECT finding, feed, confirmed FROM watch_lesson WHERE finding IN (…) ORDER BY finding, feed LIMIT 500000";
pub(crate) const FORGET_LESSONS: &str = "DELETE FROM watch_lesson WHERE finding IN (…)";
pub(crate) const UNLEARN: &str = "
    UPDATE watch_feed SET alpha = alpha - $2, beta = beta - $3, answers = answers - $4 WHERE name = $1 AND answers >= $4";
pub(crate) const EARLIER_FILES: &str = "
    SELECT f.path FROM watch_file f JOIN watch_batch b ON b.id = f.batch
     WHERE b.feed = $1 AND f.kind <> 'rejects' AND f.time_max >= $2 AND f.time_min < $3 AND b.received_at >= $4
       AND (b.received_at < $5 OR (b.received_at = $5 AND b.id <= $6))
     ORDER BY f.path LIMIT 100000";
const FILES: &str = "
    SELECT f.kind, f.path, f.bytes, b.feed, f.batch, f.time_min, f.time_max
      FROM watch_file f JOIN watch_batch b ON b.id = f.batch ORDER BY f.path LIMIT 1000000";
pub(crate) const ALL_EVENTS: &str = "SELECT CAST(COALESCE(SUM(events), 0) AS BIGINT) FROM watch_batch";
pub(crate) const ALL_FILES: &str = "SELECT path, hash, rows, batch FROM watch_file ORDER BY path LIMIT 1000000";

const FINDING_COLUMNS: &str =
    "id, constituent_id, constituent, taxonomy, type, subject, asset, state, severity, confidence,
    first_seen, last_seen, count, sources, changed_at, told_at, last_batch, asn";
const FINDING_HEAD: &str = "INSERT INTO watch_finding (id, constituent_id, constituent, taxonomy, type, subject, asset,
    state, severity, confidence, first_seen, last_seen, count, sources, changed_at, told_at, last_batch, asn) VALUES";
const FINDING_TAIL: &str = "ON CONFLICT (id) DO UPDATE SET constituent = excluded.constituent, state = excluded.state,
    severity = excluded.severity, confidence = excluded.confidence, first_seen = excluded.first_seen,
    last_seen = excluded.last_seen, count = excluded.count, sources = excluded.sources, changed_at = excluded.changed_at,
    told_at = excluded.told_at, last_batch = excluded.last_batch, asn = excluded.asn";
const FINDING_WIDTH: usize = 18;
/// New findings: first what all of a batch have.
const NEW_HEAD: &str = "INSERT INTO watch_finding (state, confidence, changed_at, told_at, last_batch,
    id, constituent_id, constituent, taxonomy, type, subject, asset, severity, first_seen, last_seen, count, sources, asn) VALUES";
const NEW_WIDTH: usize = 13;
const ANY_FINDING: &str = "SELECT 1 FROM watch_finding LIMIT 1";
const ASSETS: &str = "SELECT id, asset FROM watch_finding WHERE id IN (…)";
const ALL_FINDINGS: &str = "SELECT COUNT(*) FROM watch_finding";

const FEEDS: &str = "
    SELECT f.name, f.title, f.format, f.alpha, f.beta, f.answers, f.silent_hours, f.last_received, f.last_event,
        COUNT(b.id), CAST(COALESCE(SUM(b.events), 0) AS BIGINT), CAST(COALESCE(SUM(b.rejects), 0) AS BIGINT),
        CAST(COALESCE(SUM(b.duplicates), 0) AS BIGINT)
      FROM watch_feed f LEFT JOIN watch_batch b ON b.feed = f.name
     WHERE $1 = '' OR f.name = $1
     GROUP BY f.name, f.title, f.format, f.alpha, f.beta, f.answers, f.silent_hours, f.last_received, f.last_event
     ORDER BY f.name LIMIT 10000";
const FEED_NAMES: &str = "SELECT name FROM watch_feed ORDER BY name LIMIT 500";
const FEED_RELIABILITY: &str = "SELECT alpha, beta, answers FROM watch_feed WHERE name = $1";
const FEED_ACCURACY: &str = "SELECT accuracy FROM watch_feed WHERE name = $1";
/// The name as the newest finding has it: one step into an index for each.
const CONSTITUENT_NAMES: &str = "
    SELECT w.column1,
        (SELECT f.constituent FROM watch_finding f WHERE f.constituent_id = w.column1 ORDER BY f.last_seen DESC LIMIT 1)
      FROM (VALUES (…)) w LIMIT 1000";
/// Constituents a filter offers.
const CONSTITUENTS: usize = 200;
const EVENTS_BY_DAY: &str = "
    SELECT SUBSTR(received_at, 1, 10), CAST(SUM(events) AS BIGINT), CAST(SUM(rejects) AS BIGINT) FROM watch_batch
     WHERE received_at >= $1 AND ($2 = '' OR feed = $2) GROUP BY SUBSTR(received_at, 1, 10) ORDER BY 1 LIMIT 1000";
const EVENTS_BY_FEED_AND_DAY: &str = "
    SELECT feed, SUBSTR(received_at, 1, 10), CAST(SUM(events) AS BIGINT) FROM watch_batch
     WHERE received_at >= $1 GROUP BY feed, SUBSTR(received_at, 1, 10) ORDER BY 1, 2 LIMIT 100000";
const DRIFTING: &str = "
    SELECT b.feed, COUNT(*) FROM watch_feed f
      JOIN watch_batch b ON b.feed = f.name AND b.received_at = (
          SELECT l.received_at FROM watch_batch l WHERE l.feed = f.name AND l.state = 'finished'
           ORDER BY l.received_at DESC LIMIT 1)
      JOIN watch_drift d ON d.batch = b.id
     GROUP BY b.feed ORDER BY b.feed LIMIT 10000";
const LIVE_OF: &str = "
    SELECT COUNT(*) FROM watch_finding
     WHERE constituent_id = $1 AND state IN ('open', 'notified', 'acknowledged', 'reopened')";
const OPENED_BY_DAY: &str = "
    SELECT day, CAST(SUM(findings) AS BIGINT) FROM watch_opened WHERE day >= $1 GROUP BY day ORDER BY day LIMIT 4000";
const CLOSED_BY_DAY: &str = concat!(
    "
    SELECT SUBSTR(changed_at, 1, 10), state, COUNT(*) FROM watch_finding
     WHERE changed_at >= $1 AND ",
    touched!(),
    " AND state <> 'reopened'
     GROUP BY SUBSTR(changed_at, 1, 10), state ORDER BY 1, 2 LIMIT 3000"
);
const OPENED_BY_DAY_OF: &str = "
    SELECT SUBSTR(first_seen, 1, 10), COUNT(*) FROM watch_finding WHERE constituent_id = $1 AND first_seen >= $2
     GROUP BY SUBSTR(first_seen, 1, 10) ORDER BY 1 LIMIT 1000";
const MENDED: &str = concat!(
    "
    SELECT constituent_id, first_seen, told_at, changed_at FROM watch_finding
     WHERE ",
    touched!(),
    " AND state = 'fixed' AND changed_at >= $1
     ORDER BY changed_at DESC LIMIT 200000"
);
const BATCHES_BY_STATE: &str = "SELECT state, COUNT(*) FROM watch_batch GROUP BY state ORDER BY state LIMIT 100";
const ANY_BATCH: &str = "SELECT 1 FROM watch_batch LIMIT 1";
const ANY_TABLE: &str = "SELECT 1 FROM watch_table LIMIT 1";
const LIST_COUNTS: &str = "
    SELECT COUNT(*), CAST(COALESCE(SUM(CASE WHEN state = 'listed' THEN 1 ELSE 0 END), 0) AS BIGINT),
        CAST(COALESCE(SUM(CASE WHEN state = 'listed' AND changed_at = $2 AND first_seen = $2 THEN 1 ELSE 0 END), 0) AS BIGINT),
        CAST(COALESCE(SUM(CASE WHEN state = 'listed' AND changed_at = $2 AND first_seen < $2 THEN 1 ELSE 0 END), 0) AS BIGINT),
        CAST(COALESCE(SUM(CASE WHEN state = 'delisted' THEN 1 ELSE 0 END), 0) AS BIGINT),
        CAST(COALESCE(SUM(CASE WHEN state = 'expired' THEN 1 ELSE 0 END), 0) AS BIGINT)
      FROM watch_list_entry WHERE feed = $1";
const DRIFT_OF_BATCH: &str =
    "SELECT kind, column_name FROM watch_drift WHERE batch = $1 ORDER BY kind, column_name LIMIT 5000";
const DRIFT_OF_FEED: &str = "
    SELECT d.kind, d.column_name, COUNT(*), MIN(b.received_at), MAX(b.received_at)
      FROM watch_drift d JOIN watch_batch b ON b.id = d.batch WHERE b.feed = $1
     GROUP BY d.kind, d.column_name ORDER BY MAX(b.received_at) DESC, d.kind, d.column_name LIMIT 500";

/// What pages ask again and again.
#[derive(Debug, Default)]
struct Answers {
    tallies: Remembered<(), Tallies>,
    /// By the day they begin with.
    trends: Remembered<String, FindingTrend>,
    /// By the one that is wanted.
    constituents: Remembered<String, Vec<(String, String)>>,
}

/// The watch plane over a database: what pages, flows and the command line ask.
#[derive(Debug, Clone)]
pub struct Watch {
    /// The state database.
    pub db: Db,
    /// The data folder.
    pub data: PathBuf,
    remembered: Arc<Answers>,
}

impl Watch {
    /// The plane over a database and a data folder.
    pub fn new(db: Db, data: &Path) -> Self {
        Watch { db, data: data.to_path_buf(), remembered: Arc::default() }
    }

    /// How many findings there are of each kind, counted again when the journal has moved.
    pub async fn tallies(&self) -> Result<Arc<Tallies>, StoreError> {
        self.remembered.tallies.get(&self.db, (), tally::count(&self.db)).await
    }

    /// The constituents with the most findings, by name: id and name. `wanted` is among them when it has any.
    pub async fn constituents_with_findings(&self, wanted: &str) -> Result<Arc<Vec<(String, String)>>, StoreError> {
        self.remembered.constituents.get(&self.db, wanted.into(), self.read_constituents(wanted)).await
    }

    async fn read_constituents(&self, wanted: &str) -> Result<Vec<(String, String)>, StoreError> {
        let tallies = self.tallies().await?;
        let counts = tallies.by_constituent();
        let wanted = counts.iter().find(|(id, _)| id == wanted);
        let mut ids: Vec<&str> =
            wanted.into_iter().chain(counts.iter().take(CONSTITUENTS)).map(|(id, _)| id.as_str()).collect();
        ids.dedup();
        let mut named: Vec<(String, String)> = self.constituent_names(&ids).await?.into_iter().collect();
        named.sort_by(|a, b| a.1.cmp(&b.1).then(a.0.cmp(&b.0)));
        Ok(named)
    }

    /// The names of some constituents (a few hundred) as their newest findings say them, by id.
    pub async fn constituent_names(&self, ids: &[&str]) -> Result<HashMap<String, String>, StoreError> {
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let places: Vec<String> = (1..=ids.len()).map(|place| format!("(${place})")).collect();
        let args: Vec<Arg<'_>> = ids.iter().map(|id| Arg::Text(id)).collect();
        let rows = self.db.read(&CONSTITUENT_NAMES.replace("(…)", &places.join(", ")), &args).await?;
        rows.iter().map(|row| Ok((row.text(0)?, row.opt_text(1)?.unwrap_or_default()))).collect()
    }

    /// The committed files of the lake.
    pub async fn files(&self) -> Result<LakeFiles, StoreError> {
        let (mut events, mut context, mut rejects) = (Vec::new(), Vec::new(), Vec::new());
        for row in self.db.read(FILES, &[]).await? {
            let file = LakeFile {
                path: self.data.join(row.text(1)?),
                bytes: row.int(2)? as u64,
                feed: row.text(3)?,
                batch: row.text(4)?,
                time_min: row.int(5)?,
                time_max: row.int(6)?,
            };
            match row.text(0)?.as_str() {
                "events" => events.push(file),
                "context" => context.push(file),
                _ => rejects.push(file),
            }
        }
        Ok(LakeFiles { events: Arc::new(events), context: Arc::new(context), rejects: Arc::new(rejects) })
    }

    /// A batch by its id.
    pub async fn batch(&self, id: &str) -> Result<Option<Batch>, StoreError> {
        self.db.read_one(&with_columns(BATCH_BY_ID), &[id.into()]).await?.as_ref().map(batch_of).transpose()
    }

    /// Batches by a condition of the caller's (`$1`… are its `args`), newest first unless `order` says otherwise.
    pub async fn batches(
        &self,
        condition: &str,
        args: &[Arg<'_>],
        order: &str,
        limit: usize,
    ) -> Result<Vec<Batch>, StoreError> {
        let sql = format!("SELECT {BATCH_COLUMNS} FROM watch_batch WHERE {condition} ORDER BY {order} LIMIT {limit}");
        self.db.read(&sql, args).await?.iter().map(batch_of).collect()
    }

    /// A finding by its id.
    pub async fn finding(&self, id: &str) -> Result<Option<Finding>, StoreError> {
        let sql = format!("SELECT {FINDING_COLUMNS} FROM watch_finding WHERE id = $1");
        Ok(self
            .db
            .read_one(&sql, &[id.into()])
            .await?
            .as_ref()
            .map(finding_of)
            .transpose()?
            .map(|(finding, _)| finding))
    }

    /// Findings by a condition of the caller's (`$1`… are its `args`).
    pub async fn findings(
        &self,
        condition: &str,
        args: &[Arg<'_>],
        order: &str,
        limit: usize,
    ) -> Result<Vec<Finding>, StoreError> {
        let sql =
            format!("SELECT {FINDING_COLUMNS} FROM watch_finding WHERE {condition} ORDER BY {order} LIMIT {limit}");
        self.db.read(&sql, args).await?.iter().map(|row| finding_of(row).map(|(finding, _)| finding)).collect()
    }

    /// The assets of findings, by their ids.
    pub async fn assets(&self, ids: &[String]) -> Result<HashMap<String, String>, StoreError> {
        let rows = self.db.read_in(ASSETS, &[], ids).await?;
        rows.iter().map(|row| Ok((row.text(0)?, row.text(1)?))).collect()
    }

    /// All feeds with their sums, or one of them.
    pub async fn feeds(&self, name: &str) -> Result<Vec<FeedRow>, StoreError> {
        self.db.read(FEEDS, &[name.into()]).await?.iter().map(feed_of).collect()
    }

    /// Live findings of one constituent.
    pub async fn count_live_of(&self, constituent_id: &str) -> Result<i64, StoreError> {
        self.db.read_int(LIVE_OF, &[constituent_id.into()]).await
    }

    /// How findings came and went since a moment, as far as their last change tells.
    pub async fn finding_trend(&self, since: Micros) -> Result<Arc<FindingTrend>, StoreError> {
        self.remembered.trends.get(&self.db, since.day(), self.read_trend(since)).await
    }

    async fn read_trend(&self, since: Micros) -> Result<FindingTrend, StoreError> {
        let mut trend = FindingTrend::default();
        for row in self.db.read(OPENED_BY_DAY, &[since.day().into()]).await? {
            trend.opened.insert(row.text(0)?, row.int(1)?);
        }
        for row in self.db.read(CLOSED_BY_DAY, &[since.into()]).await? {
            let (day, state, count) = (row.text(0)?, row.text(1)?, row.int(2)?);
            if state == "fixed" {
                *trend.fixed.entry(day.clone()).or_default() += count;
            }
            *trend.closed.entry(day).or_default() += count;
        }
        // What is live now, without what came since, with what went since.
        let (came, went) = (trend.opened.values().sum::<i64>(), trend.closed.values().sum::<i64>());
        trend.live_before = (self.tallies().await?.live() + went - came).max(0);
        Ok(trend)
    }

    /// Findings of a constituent by the day they were first seen, since a moment; days without any are left out.
    pub async fn opened_by_day_of(
        &self,
        constituent_id: &str,
        since: Micros,
    ) -> Result<Vec<(String, i64)>, StoreError> {
        let rows = self.db.read(OPENED_BY_DAY_OF, &[constituent_id.into(), since.into()]).await?;
        rows.iter().map(|row| Ok((row.text(0)?, row.int(1)?))).collect()
    }

    /// The findings mended since a moment, and still so, with how long it took.
    pub async fn mended_since(&self, since: Micros) -> Result<Vec<Mended>, StoreError> {
        let rows = self.db.read(MENDED, &[since.into()]).await?;
        rows.iter()
            .map(|row| {
                Ok(Mended {
                    constituent_id: row.text(0)?,
                    first_seen: row.moment(1)?,
                    told_at: moment(&row.text(2)?),
                    mended_at: row.moment(3)?,
                })
            })
            .collect()
    }

    /// How many batches are in each state.
    pub async fn count_batches(&self) -> Result<Vec<(BatchState, i64)>, StoreError> {
        let mut counts = Vec::new();
        for row in self.db.read(BATCHES_BY_STATE, &[]).await? {
            let state = row.text(0)?;
            let state =
                BatchState::parse(&state).ok_or(StoreError::Unknown { column: "watch_batch.state", found: state })?;
            counts.push((state, row.int(1)?));
        }
        Ok(counts)
    }

    /// Whether anything was ever handed in.
    pub async fn has_batches(&self) -> Result<bool, StoreError> {
        Ok(self.db.read_one(ANY_BATCH, &[]).await?.is_some())
    }

    /// Whether any table that enriches events is loaded.
    pub async fn has_tables(&self) -> Result<bool, StoreError> {
        Ok(self.db.read_one(ANY_TABLE, &[]).await?.is_some())
    }

    /// The names of the feeds.
    pub async fn feed_names(&self) -> Result<Vec<String>, StoreError> {
        self.db.read(FEED_NAMES, &[]).await?.iter().map(|row| row.text(0)).collect()
    }

    /// How far a feed can be believed.
    pub async fn reliability(&self, feed: &str) -> Result<Option<Reliability>, StoreError> {
        let row = self.db.read_one(FEED_RELIABILITY, &[feed.into()]).await?;
        row.map(|row| Ok(Reliability { alpha: row.real(0)?, beta: row.real(1)?, n: row.int(2)? })).transpose()
    }

    /// The accuracy a feed was given at first, 0 to 1.
    pub async fn accuracy(&self, feed: &str) -> Result<Option<f64>, StoreError> {
        self.db.read_one(FEED_ACCURACY, &[feed.into()]).await?.map(|row| row.real(0)).transpose()
    }

    /// Whether there is any finding.
    pub async fn has_findings(&self) -> Result<bool, StoreError> {
        Ok(self.db.read_one(ANY_FINDING, &[]).await?.is_some())
    }

    /// Events and rejects by the day their batches came, oldest first, of one feed or of all; days without any are left out.
    pub async fn events_by_day(&self, since: Micros, feed: &str) -> Result<Vec<(String, i64, i64)>, StoreError> {
        let rows = self.db.read(EVENTS_BY_DAY, &[since.into(), feed.into()]).await?;
        rows.iter().map(|row| Ok((row.text(0)?, row.int(1)?, row.int(2)?))).collect()
    }

    /// Events by feed and the day their batches came.
    pub async fn events_by_feed_and_day(&self, since: Micros) -> Result<Vec<(String, String, i64)>, StoreError> {
        let rows = self.db.read(EVENTS_BY_FEED_AND_DAY, &[since.into()]).await?;
        rows.iter().map(|row| Ok((row.text(0)?, row.text(1)?, row.int(2)?))).collect()
    }

    /// The feeds whose newest batch differs from what its type usually looks like, and in how many columns.
    pub async fn drifting(&self) -> Result<Vec<(String, i64)>, StoreError> {
        self.db.read(DRIFTING, &[]).await?.iter().map(|row| Ok((row.text(0)?, row.int(1)?))).collect()
    }

    /// What a list holds: `last` is when its last file came. All nought when the feed is no list.
    pub async fn list_counts(&self, feed: &str, last: &str) -> Result<ListCounts, StoreError> {
        let row = self.db.read_one(LIST_COUNTS, &[feed.into(), last.into()]).await?;
        let Some(row) = row else { return Ok(ListCounts::default()) };
        Ok(ListCounts {
            all: row.int(0)?,
            listed: row.int(1)?,
            new: row.int(2)?,
            changed: row.int(3)?,
            delisted: row.int(4)?,
            expired: row.int(5)?,
        })
    }

    /// How a batch differs from what its type usually looks like: kind and column.
    pub async fn drift_of_batch(&self, batch: &str) -> Result<Vec<(String, String)>, StoreError> {
        self.db
            .read(DRIFT_OF_BATCH, &[batch.into()])
            .await?
            .iter()
            .map(|row| Ok((row.text(0)?, row.text(1)?)))
            .collect()
    }

    /// The drift of a feed: kind, column, in how many batches, first and last.
    pub async fn drift_of_feed(&self, feed: &str) -> Result<Vec<(String, String, i64, String, String)>, StoreError> {
        let rows = self.db.read(DRIFT_OF_FEED, &[feed.into()]).await?;
        rows.iter().map(|row| Ok((row.text(0)?, row.text(1)?, row.int(2)?, row.text(3)?, row.text(4)?))).collect()
    }
}

/// A finding that was mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mended {
    /// Whose it was.
    pub constituent_id: String,
    /// When it was first seen.
    pub first_seen: Micros,
    /// When the constituent was last told; `None` when never.
    pub told_at: Option<Micros>,
    /// When it was said to be mended.
    pub mended_at: Micros,
}

/// How findings came and went, by day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FindingTrend {
    /// Live before the first day.
    pub live_before: i64,
    /// First seen on a day.
    pub opened: HashMap<String, i64>,
    /// Mended, refuted or expired on a day, and still so.
    pub closed: HashMap<String, i64>,
    /// Of these, mended.
    pub fixed: HashMap<String, i64>,
}

impl FindingTrend {
    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.live_before == 0 && self.opened.is_empty() && self.closed.is_empty()
    }
}

pub(crate) fn state_of(text: String) -> Result<FindingState, StoreError> {
    FindingState::parse(&text).ok_or(StoreError::Unknown { column: "watch_finding.state", found: text })
}

/// The entries of a list, counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ListCounts {
    /// All that ever were.
    pub all: i64,
    /// On it now.
    pub listed: i64,
    /// Of these, for the first time with the last file.
    pub new: i64,
    /// Of these, changed or back with the last file.
    pub changed: i64,
    /// No longer on it.
    pub delisted: i64,
    /// Gone because the list sent nothing for too long.
    pub expired: i64,
}

pub(crate) fn with_columns(sql: &str) -> String {
    sql.replacen("{}", BATCH_COLUMNS, 1)
}

fn moment(text: &str) -> Option<Micros> {
    Micros::parse_rfc3339(text)
}

pub(crate) fn batch_of(row: &Row) -> Result<Batch, StoreError> {
    let state = row.text(7)?;
    Ok(Batch {
        id: row.text(0)?,
        feed: row.text(1)?,
        sha256: row.text(2)?,
        file_name: row.text(3)?,
        format: row.text(4)?,
        received_at: row.moment(5)?,
        finished_at: row.opt_text(6)?.as_deref().and_then(moment),
        state: BatchState::parse(&state).ok_or(StoreError::Unknown { column: "watch_batch.state", found: state })?,
        bytes: row.int(8)?,
        rows: row.int(9)?,
        events: row.int(10)?,
        contexts: row.int(11)?,
        rejects: row.int(12)?,
        duplicates: row.int(13)?,
        unowned: row.int(14)?,
        findings_opened: row.int(15)?,
        findings_updated: row.int(16)?,
        parts: row.int(17)?,
        generation: row.int(18)?,
        millis: row.int(19)?,
        error: row.text(20)?,
    })
}

pub(crate) fn feed_of(row: &Row) -> Result<FeedRow, StoreError> {
    Ok(FeedRow {
        name: row.text(0)?,
        title: row.text(1)?,
        format: row.text(2)?,
        reliability: Reliability { alpha: row.real(3)?, beta: row.real(4)?, n: row.int(5)? },
        silent_hours: row.int(6)?,
        last_received: moment(&row.text(7)?),
        last_event: moment(&row.text(8)?),
        batches: row.int(9)?,
        events: row.int(10)?,
        rejects: row.int(11)?,
        duplicates: row.int(12)?,
    })
}

/// A finding and the batch that touched it last.
pub(crate) fn finding_of(row: &Row) -> Result<(Finding, String), StoreError> {
    let state = row.text(7)?;
    let finding = Finding {
        id: row.text(0)?,
        constituent_id: row.text(1)?,
        constituent: row.text(2)?,
        taxonomy: row.text(3)?,
        kind: row.text(4)?,
        subject: row.text(5)?,
        asset: row.text(6)?,
        state: FindingState::parse(&state)
            .ok_or(StoreError::Unknown { column: "watch_finding.state", found: state })?,
        severity: Severity::from_rank(row.int(8)?).unwrap_or(Severity::Info),
        confidence: row.real(9)?,
        first_seen: row.moment(10)?,
        last_seen: row.moment(11)?,
        count: row.int(12)?,
        sources: read_sources(&row.text(13)?),
        changed_at: row.moment(14)?,
        told_at: moment(&row.text(15)?),
        asn: row.int(17)?,
    };
    Ok((finding, row.text(16)?))
}

pub(crate) fn read_sources(text: &str) -> Vec<SourceSeen> {
    serde_json::from_str(text).unwrap_or_default()
}

/// Writes findings, new or changed, each with the batch that touched it last.
pub(crate) fn put_findings<'t>(
    tx: &'t mut Tx,
    findings: impl IntoIterator<Item = (Finding, &'t str), IntoIter: Send + 't>,
) -> BoxFuture<'t, Result<(), StoreError>> {
    let args = findings.into_iter().flat_map(|(finding, batch)| finding_args(finding, batch));
    tx.run_many(FINDING_HEAD, FINDING_WIDTH, args, FINDING_TAIL)
}

/// The values of a finding in the order of [`FINDING_HEAD`].
fn finding_args(finding: Finding, batch: &str) -> [Arg<'_>; FINDING_WIDTH] {
    let sources = serde_json::to_string(&finding.sources).unwrap_or_else(|_| "[]".into());
    [
        finding.id.into(),
        finding.constituent_id.into(),
        finding.constituent.into(),
        finding.taxonomy.into(),
        finding.kind.into(),
        finding.subject.into(),
        finding.asset.into(),
        Arg::Text(finding.state.as_str()),
        Arg::Int(finding.severity.rank()),
        Arg::Real(finding.confidence),
        finding.first_seen.into(),
        finding.last_seen.into(),
        Arg::Int(finding.count),
        sources.into(),
        finding.changed_at.into(),
        finding.told_at.map(Micros::rfc3339).unwrap_or_default().into(),
        Arg::Text(batch),
        Arg::Int(finding.asn),
    ]
}

/// Writes findings that one feed saw for the first time: the rows [`put_findings`] would write for them, in a fraction of its
/// time, because what many of them have is made once.
pub(crate) fn add_findings<'t>(
    tx: &'t mut Tx,
    feed: &'t str,
    mean: f64,
    batch: &'t str,
    fresh: &'t [(u128, &'t Delta)],
    owners: &'t Owners,
    now: Micros,
) -> BoxFuture<'t, Result<(), StoreError>> {
    let alike = vec![
        Arg::Text(FindingState::Open.as_str()),
        Arg::Real(combined_confidence([mean])),
        now.into(),
        Arg::Text(""),
        Arg::Text(batch),
    ];
    let mut sources: hashbrown::HashMap<i64, Arc<str>> = hashbrown::HashMap::new();
    let mut named: Vec<Option<[Arc<str>; 2]>> = vec![None; owners.list.len()];
    let args = fresh.iter().filter_map(move |(key, delta)| {
        let owner = owners.get(delta.owner)?;
        let name = named.get_mut(delta.owner as usize)?;
        let [constituent_id, constituent] =
            name.get_or_insert_with(|| [Arc::from(owner.id.as_str()), Arc::from(owner.name.as_str())]).clone();
        let seen_by = sources.entry(delta.count).or_insert_with(|| {
            let seen = SourceSeen { feed: feed.into(), count: delta.count };
            Arc::from(serde_json::to_string(&[seen]).unwrap_or_else(|_| "[]".into()))
        });
        let row: [Arg<'t>; NEW_WIDTH] = [
            id_text(*key).into(),
            constituent_id.into(),
            constituent.into(),
            Arc::clone(&delta.taxonomy).into(),
            Arc::clone(&delta.kind).into(),
            Arc::clone(&delta.subject).into(),
            Arg::Text(&delta.asset),
            Arg::Int(delta.severity.rank()),
            Micros(delta.first).into(),
            Micros(delta.last).into(),
            Arg::Int(delta.count),
            Arc::clone(seen_by).into(),
            Arg::Int(delta.asn.max(0)),
        ];
        Some(row)
    });
    tx.run_many_alike(NEW_HEAD, alike, NEW_WIDTH, args.flatten(), "")
}

/// How many findings there are.
pub(crate) async fn count_all_findings(tx: &mut Tx) -> Result<i64, StoreError> {
    match tx.read_one(ALL_FINDINGS, &[]).await? {
        Some(row) => row.int(0),
        None => Ok(0),
    }
}

/// The findings of some ids that are there, with the batch that touched each last.
pub(crate) async fn findings_by_id(tx: &mut Tx, ids: &[String]) -> Result<Vec<(Finding, String)>, StoreError> {
    let mut out = Vec::new();
    let select = |tx: &Tx, count: usize| {
        format!("SELECT {FINDING_COLUMNS} FROM watch_finding WHERE id IN ({})", tx.places(count).join(", "))
    };
    const AT_ONCE: usize = 1000;
    let full = select(&*tx, AT_ONCE);
    for chunk in ids.chunks(AT_ONCE) {
        let args: Vec<Arg<'_>> = chunk.iter().map(Arg::from).collect();
        let rows = if chunk.len() == AT_ONCE {
            tx.read(&full, &args).await?
        } else {
            let some = select(&*tx, chunk.len());
            tx.read(&some, &args).await?
        };
        for row in &rows {
            out.push(finding_of(row)?);
        }
    }
    Ok(out)
}

/// The findings of some ids that are there, each once.
pub(crate) async fn findings_to_change(tx: &mut Tx, ids: &[String]) -> Result<Vec<(Finding, String)>, StoreError> {
    let mut ids: Vec<String> = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    findings_by_id(tx, &ids).await
}

/// What the last words about some findings taught, by finding: feed, and whether it was confirmed.
pub(crate) async fn lessons_of(
    tx: &mut Tx,
    ids: &[String],
) -> Result<HashMap<String, Vec<(String, bool)>>, StoreError> {
    let mut lessons: HashMap<String, Vec<(String, bool)>> = HashMap::new();
    for row in tx.read_in(LESSONS, &[], ids).await? {
        lessons.entry(row.text(0)?).or_default().push((row.text(1)?, row.bool(2)?));
    }
    Ok(lessons)
}

/// Keeps which finding taught which feed what.
pub(crate) async fn put_lessons(tx: &mut Tx, lessons: &[(String, String, bool)]) -> Result<(), StoreError> {
    let args = lessons.iter().flat_map(|(finding, feed, confirmed)| {
        [Arg::from(finding), Arg::from(feed), (*confirmed).into()] as [Arg<'_>; 3]
    });
    tx.run_many(LESSON_HEAD, 3, args, LESSON_TAIL).await
}
