//! What is kept of changes of many.

use manara_model::Micros;
use manara_store::{Arg, Db, Row, StoreError, Tx};
use serde_json::Value;

use super::{Did, KEPT_DAYS};

const ADD: &str = "
    INSERT INTO web_bulk (id, plane, change, who, at, rows, back, state, ended) VALUES ($1, $2, $3, $4, $5, $6, $7, 'chosen', '')";
const ROW_HEAD: &str = "INSERT INTO web_bulk_row (bulk, place, record, name, outcome, reason, before, after) VALUES";
const ROW_TAIL: &str = "ON CONFLICT (bulk, place) DO UPDATE SET name = excluded.name, outcome = excluded.outcome,
    reason = excluded.reason, before = excluded.before, after = excluded.after";
/// What is older than it is kept, and what was chosen a day ago and never confirmed; a few at a time.
const OLD: &str = "SELECT id FROM web_bulk WHERE at < $1 OR (state = 'chosen' AND at < $2) ORDER BY at LIMIT 20";
const FORGET_ROWS: &str = "DELETE FROM web_bulk_row WHERE bulk IN (…)";
const FORGET: &str = "DELETE FROM web_bulk WHERE id IN (…)";
const ONE: &str = "
    SELECT id, plane, change, who, at, rows, back, state FROM web_bulk WHERE id = $1 AND who = $2";
const LAST: &str = "
    SELECT id, plane, change, who, at, rows, back, state FROM web_bulk
     WHERE who = $1 AND plane = $2 AND at >= $3 AND state IN ('begun', 'done', 'undoing') ORDER BY at DESC, id DESC LIMIT 1";
const SUMS: &str = "
    SELECT outcome, reason, COUNT(*) FROM web_bulk_row WHERE bulk = $1 GROUP BY outcome, reason ORDER BY outcome, reason LIMIT 200";
const ROWS: &str = "
    SELECT place, record, name, outcome, reason, before, after FROM web_bulk_row
     WHERE bulk = $1 AND place > $2 ORDER BY place LIMIT $3";
const ROWS_OF: &str = "
    SELECT place, record, name, outcome, reason, before, after FROM web_bulk_row
     WHERE bulk = $1 AND outcome = $2 ORDER BY place LIMIT $3";
/// Whoever goes on with a change holds its row.
const HOLD: &str = "
    UPDATE web_bulk SET state = $3 WHERE id = $1 AND who = $2 AND (state = $3 OR state = $4 OR state = $5)";
const END: &str = "UPDATE web_bulk SET state = $2, ended = $3 WHERE id = $1";

/// How far a change of many is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BulkState {
    /// The records were chosen; nothing was done.
    Chosen,
    /// It is being made, or was interrupted.
    Begun,
    /// It was made.
    Done,
    /// It is being taken back, or that was interrupted.
    Undoing,
    /// It was taken back.
    Undone,
}

impl BulkState {
    /// All, in the order of a life.
    pub const ALL: [BulkState; 5] = [Self::Chosen, Self::Begun, Self::Done, Self::Undoing, Self::Undone];

    /// The word used in SQL and by programs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Chosen => "chosen",
            Self::Begun => "begun",
            Self::Done => "done",
            Self::Undoing => "undoing",
            Self::Undone => "undone",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

/// What became of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Nothing yet.
    Waiting,
    /// It was changed.
    Changed,
    /// It stood so already.
    Same,
    /// It cannot be changed so.
    Refused,
    /// It is as it was before.
    Restored,
    /// It was changed, and stays so: something happened since.
    Left,
}

impl Outcome {
    /// All, in the order they are shown.
    pub const ALL: [Outcome; 6] = [Self::Waiting, Self::Changed, Self::Same, Self::Refused, Self::Restored, Self::Left];

    /// The word used in SQL, by programs and in message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Changed => "changed",
            Self::Same => "same",
            Self::Refused => "refused",
            Self::Restored => "restored",
            Self::Left => "left",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.as_str() == text)
    }
}

/// A change of many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bulk {
    /// UUIDv7.
    pub id: String,
    /// The plane whose records it changes.
    pub plane: String,
    change: String,
    /// Who made it: nobody else sees it, or takes it back.
    pub who: String,
    /// When its records were chosen.
    pub at: Micros,
    /// How many were chosen.
    pub rows: i64,
    /// The list they were chosen on, as it was asked for.
    pub back: String,
    /// How far it is.
    pub state: BulkState,
}

impl Bulk {
    /// What is to be done.
    pub fn change(&self) -> Value {
        serde_json::from_str(&self.change).unwrap_or_default()
    }
}

/// One of its records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkRow {
    /// Its place among them.
    pub place: i64,
    /// Its id.
    pub record: String,
    /// What people call it; empty before anything was done.
    pub name: String,
    /// What became of it.
    pub outcome: Outcome,
    /// Why it was refused or left.
    pub reason: String,
    /// What brings it back.
    pub before: String,
    /// How it stood when the change was made.
    pub after: String,
}

/// How many records came out the same way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sum {
    pub outcome: Outcome,
    pub reason: String,
    pub rows: i64,
}

fn bulk(row: &Row) -> Result<Bulk, StoreError> {
    let state = row.text(7)?;
    Ok(Bulk {
        id: row.text(0)?,
        plane: row.text(1)?,
        change: row.text(2)?,
        who: row.text(3)?,
        at: row.moment(4)?,
        rows: row.int(5)?,
        back: row.text(6)?,
        state: BulkState::parse(&state).ok_or_else(|| StoreError::unknown("web_bulk.state", state))?,
    })
}

fn outcome(text: String) -> Result<Outcome, StoreError> {
    Outcome::parse(&text).ok_or_else(|| StoreError::unknown("web_bulk_row.outcome", text))
}

fn bulk_row(row: &Row) -> Result<BulkRow, StoreError> {
    Ok(BulkRow {
        place: row.int(0)?,
        record: row.text(1)?,
        name: row.text(2)?,
        outcome: outcome(row.text(3)?)?,
        reason: row.text(4)?,
        before: row.text(5)?,
        after: row.text(6)?,
    })
}

/// Notes what was chosen, and forgets what is too old.
pub(super) async fn add(
    tx: &mut Tx,
    (id, plane): (&str, &str),
    change: &Value,
    who: &str,
    records: &[String],
    back: &str,
    now: Micros,
) -> Result<(), StoreError> {
    let old = tx.read(OLD, &[now.plus_days(-KEPT_DAYS).into(), now.plus_days(-1).into()]).await?;
    let old: Vec<String> = old.iter().map(|row| row.text(0)).collect::<Result<_, _>>()?;
    tx.run_in(FORGET_ROWS, &[], &old).await?;
    tx.run_in(FORGET, &[], &old).await?;
    let count = i64::try_from(records.len()).unwrap_or(i64::MAX);
    let args: [Arg<'_>; 7] =
        [id.into(), plane.into(), change.to_string().into(), who.into(), now.into(), count.into(), back.into()];
    tx.run(ADD, &args).await?;
    let args = records.iter().zip(1i64..).flat_map(|(record, place)| {
        [id.into(), place.into(), record.into(), "".into(), "waiting".into(), "".into(), "".into(), "".into()]
            as [Arg<'_>; 8]
    });
    tx.run_many(ROW_HEAD, 8, args, "").await
}

/// A change of somebody's.
pub(super) async fn one(db: &Db, id: &str, who: &str) -> Result<Option<Bulk>, StoreError> {
    db.read_one(ONE, &[id.into(), who.into()]).await?.as_ref().map(bulk).transpose()
}

/// The newest change of the records of a plane that somebody made since a moment and has not taken back.
pub async fn last(db: &Db, plane: &str, who: &str, since: Micros) -> Result<Option<Bulk>, StoreError> {
    db.read_one(LAST, &[who.into(), plane.into(), since.into()]).await?.as_ref().map(bulk).transpose()
}

/// What became of its records, counted.
pub(super) async fn sums(db: &Db, id: &str) -> Result<Vec<Sum>, StoreError> {
    let rows = db.read(SUMS, &[id.into()]).await?;
    rows.iter()
        .map(|row| Ok(Sum { outcome: outcome(row.text(0)?)?, reason: row.text(1)?, rows: row.int(2)? }))
        .collect()
}

/// Its records after a place, in their order.
pub async fn rows(db: &Db, id: &str, after: i64, limit: i64) -> Result<Vec<BulkRow>, StoreError> {
    db.read(ROWS, &[id.into(), after.into(), limit.into()]).await?.iter().map(bulk_row).collect()
}

/// The first of its records that came out one way.
pub(super) async fn rows_of(db: &Db, id: &str, outcome: Outcome, limit: i64) -> Result<Vec<BulkRow>, StoreError> {
    db.read(ROWS_OF, &[id.into(), outcome.as_str().into(), limit.into()]).await?.iter().map(bulk_row).collect()
}

/// Takes a change up, alone: from one of two states into a third, in which it may be already.
pub(super) async fn hold(
    tx: &mut Tx,
    id: &str,
    who: &str,
    from: [BulkState; 2],
    into: BulkState,
) -> Result<bool, StoreError> {
    let [first, second] = from.map(|state| Arg::from(state.as_str()));
    Ok(tx.run(HOLD, &[id.into(), who.into(), into.as_str().into(), first, second]).await? == 1)
}

/// The next records of an outcome, at most so many.
pub(super) async fn part(tx: &mut Tx, id: &str, outcome: Outcome, most: i64) -> Result<Vec<BulkRow>, StoreError> {
    tx.read(ROWS_OF, &[id.into(), outcome.as_str().into(), most.into()]).await?.iter().map(bulk_row).collect()
}

/// Keeps what became of records.
pub(super) async fn keep(tx: &mut Tx, id: &str, did: &[(i64, &Did)]) -> Result<(), StoreError> {
    let args = did.iter().flat_map(|(place, did)| {
        [
            id.into(),
            (*place).into(),
            (&did.record).into(),
            (&did.name).into(),
            did.outcome.as_str().into(),
            did.reason.into(),
            (&did.before).into(),
            (&did.after).into(),
        ] as [Arg<'_>; 8]
    });
    tx.run_many(ROW_HEAD, 8, args, ROW_TAIL).await
}

pub(super) async fn end(tx: &mut Tx, id: &str, state: BulkState, now: Micros) -> Result<(), StoreError> {
    tx.run(END, &[id.into(), state.as_str().into(), now.into()]).await.map(|_| ())
}
