//! The journal: one append-only table that audit, timelines, statistics and the flows read.

use std::collections::{HashMap, HashSet};

use manara_model::{Entry, Micros};

use crate::{Acting, Arg, Db, Once, Row, StoreError, Tx};

const WRITE: &str = "
    INSERT INTO store_journal (at, who, plane, verb, record, detail) VALUES ($1, $2, $3, $4, $5, $6)";
const WRITE_HEAD: &str = "INSERT INTO store_journal (at, who, plane, verb, record, detail) VALUES";
const LAST: &str = "SELECT id FROM store_journal ORDER BY id DESC LIMIT 1";
/// PostgreSQL only: whoever writes a line waits for the one before.
const TURN: &str = "SELECT pg_advisory_xact_lock(77210002)";
const AFTER: &str = "
    SELECT id, at, who, plane, verb, record, detail FROM store_journal WHERE id > $1 ORDER BY id LIMIT $2";
const OF_RECORD: &str = "
    SELECT id, at, who, plane, verb, record, detail FROM store_journal
     WHERE plane = $1 AND record = $2 ORDER BY id DESC LIMIT $3";
const OF_RECORDS: &str = "
    SELECT id, at, who, plane, verb, record, detail FROM store_journal
     WHERE plane = $1 AND record IN (…) ORDER BY id DESC LIMIT $2";
/// The verbs go where `{}` stands.
const OF_RECORDS_BY: &str = "
    SELECT id, at, who, plane, verb, record, detail FROM store_journal
     WHERE plane = $1 AND verb IN ({}) AND record IN (…) ORDER BY id LIMIT 1000000";
const OF_RECORD_SINCE: &str = "
    SELECT id, at, who, plane, verb, record, detail FROM store_journal
     WHERE plane = $1 AND verb = $2 AND record = $3 AND at > $4 ORDER BY id LIMIT 1000000";
const NEWEST_OF: &str = "
    SELECT id, at, who, plane, verb, record, detail FROM store_journal WHERE id IN
        (SELECT MAX(id) FROM store_journal WHERE plane = $1 AND record IN (…) GROUP BY record) ORDER BY id LIMIT 10000";
const TOUCHED: &str = "
    SELECT DISTINCT record FROM store_journal WHERE plane = $1 AND at > $2 AND who <> 'manara' AND record IN (…)
     ORDER BY record LIMIT 10000";
const PAGE: &str = "
    SELECT id, at, who, plane, verb, record, detail FROM store_journal
     WHERE id < $1 AND ($2 = '' OR plane = $2) AND ($3 = '' OR who = $3) ORDER BY id DESC LIMIT $4";

const OF_VERB: &str = "
    SELECT id, at, who, plane, verb, record, detail FROM store_journal
     WHERE at >= $1 AND at < $2 AND id > $3 AND plane = $4 AND verb = $5 ORDER BY id LIMIT $6";
const TALLY: &str = "
    SELECT plane, verb, COUNT(*) FROM store_journal WHERE at >= $1 AND at < $2 GROUP BY plane, verb ORDER BY plane, verb
     LIMIT 1000";
const FIRST_TOUCH: &str = "
    SELECT record, MIN(at) FROM store_journal WHERE plane = $1 AND who <> 'manara' AND record IN (…)
     GROUP BY record ORDER BY record LIMIT 10000";
const PEOPLE_BY_DAY: &str = "
    SELECT DISTINCT SUBSTR(at, 1, 10), who FROM store_journal WHERE at >= $1 AND at < $2 AND who <> 'manara'
     ORDER BY 1, 2 LIMIT 200000";

/// What of the journal is wanted, newest first.
#[derive(Debug, Clone, Default)]
pub struct JournalFilter {
    /// Only entries before this id; 0 for the newest.
    pub before: i64,
    /// Only this plane; empty for all.
    pub plane: String,
    /// Only this person; empty for all.
    pub who: String,
}

/// The journal of a database.
pub struct Journal;

impl Journal {
    /// Writes one line, in the transaction of the change it tells of. `detail` is a JSON object text.
    pub async fn write(
        tx: &mut Tx,
        who: &str,
        plane: &str,
        verb: &str,
        record: &str,
        detail: &str,
        now: Micros,
    ) -> Result<(), StoreError> {
        if let Tx::Pg(_) = tx {
            // Ids are given in the order of commits, or a flow that reads by id could pass over a late one.
            tx.run(TURN, &[]).await?;
        }
        let who = Acting::who(who);
        let args: [Arg<'_>; 6] =
            [now.into(), who.as_ref().into(), plane.into(), verb.into(), record.into(), detail.into()];
        tx.run(WRITE, &args).await?;
        match Acting::order() {
            Some(order) => Once::mark(tx, &order, plane, record).await,
            None => Ok(()),
        }
    }

    /// Writes many lines with few statements: verb, record and detail of each.
    pub async fn write_many(
        tx: &mut Tx,
        who: &str,
        plane: &str,
        lines: &[(&str, &str, &str)],
        now: Micros,
    ) -> Result<(), StoreError> {
        if let Tx::Pg(_) = tx {
            tx.run(TURN, &[]).await?;
        }
        let (at, who) = (now.rfc3339(), Acting::who(who));
        let args = lines
            .iter()
            .flat_map(|(verb, record, detail)| [&at, who.as_ref(), plane, verb, record, detail].map(Arg::Text));
        tx.run_many(WRITE_HEAD, 6, args, "").await?;
        match (Acting::order(), lines.first()) {
            (Some(order), Some((_, record, _))) => Once::mark(tx, &order, plane, record).await,
            _ => Ok(()),
        }
    }

    /// The id of the newest entry; 0 when there is none. The same twice: nothing happened in between.
    pub async fn last(db: &Db) -> Result<i64, StoreError> {
        db.read_int(LAST, &[]).await
    }

    /// The entries after an id, oldest first: what the flows read.
    pub async fn after(db: &Db, id: i64, limit: i64) -> Result<Vec<Entry>, StoreError> {
        db.read(AFTER, &[id.into(), limit.into()]).await?.iter().map(entry).collect()
    }

    /// How often each thing happened from a moment until before another: plane, verb, how often.
    pub async fn tally(db: &Db, from: Micros, until: Micros) -> Result<Vec<(String, String, i64)>, StoreError> {
        let rows = db.read(TALLY, &[from.into(), until.into()]).await?;
        rows.iter().map(|row| Ok((row.text(0)?, row.text(1)?, row.int(2)?))).collect()
    }

    /// The entries of one verb from a moment until before another, after an id, oldest first.
    pub async fn of_verb(
        db: &Db,
        (plane, verb): (&str, &str),
        (from, until): (Micros, Micros),
        after: i64,
        limit: i64,
    ) -> Result<Vec<Entry>, StoreError> {
        let args: [Arg<'_>; 6] = [from.into(), until.into(), after.into(), plane.into(), verb.into(), limit.into()];
        db.read(OF_VERB, &args).await?.iter().map(entry).collect()
    }

    /// What happened to one record, newest first.
    pub async fn of_record(db: &Db, plane: &str, record: &str, limit: i64) -> Result<Vec<Entry>, StoreError> {
        db.read(OF_RECORD, &[plane.into(), record.into(), limit.into()]).await?.iter().map(entry).collect()
    }

    /// What happened to some records of a plane, newest first.
    pub async fn of_records(db: &Db, plane: &str, records: &[String], limit: i64) -> Result<Vec<Entry>, StoreError> {
        let rows = db.read_in(OF_RECORDS, &[plane.into(), limit.into()], records).await?;
        let mut entries: Vec<Entry> = rows.iter().map(entry).collect::<Result<_, _>>()?;
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.id));
        entries.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(entries)
    }

    /// What happened to some records of a plane by some verbs, oldest first.
    pub async fn of_records_by(
        tx: &mut Tx,
        plane: &str,
        verbs: &[&str],
        records: &[&str],
    ) -> Result<Vec<Entry>, StoreError> {
        let places: Vec<String> = (0..verbs.len()).map(|at| format!("${}", at + 2)).collect();
        let mut fixed: Vec<Arg<'_>> = vec![plane.into()];
        fixed.extend(verbs.iter().map(|verb| Arg::from(*verb)));
        let rows = tx.read_in(&OF_RECORDS_BY.replace("{}", &places.join(", ")), &fixed, records).await?;
        rows.iter().map(entry).collect()
    }

    /// What happened to one record of a plane by one verb after a moment, oldest first.
    pub async fn of_record_since(
        tx: &mut Tx,
        (plane, verb): (&str, &str),
        record: &str,
        since: Micros,
    ) -> Result<Vec<Entry>, StoreError> {
        let args: [Arg<'_>; 4] = [plane.into(), verb.into(), record.into(), since.into()];
        tx.read(OF_RECORD_SINCE, &args).await?.iter().map(entry).collect()
    }

    /// The newest entry of each of some records of a plane, oldest first.
    pub async fn newest_of(db: &Db, plane: &str, records: &[String]) -> Result<Vec<Entry>, StoreError> {
        db.read_in(NEWEST_OF, &[plane.into()], records).await?.iter().map(entry).collect()
    }

    /// Those of some records of a plane that somebody changed after a moment; what the program did by itself does not count.
    pub async fn touched_since(
        tx: &mut Tx,
        plane: &str,
        records: &[String],
        since: Micros,
    ) -> Result<HashSet<String>, StoreError> {
        let rows = tx.read_in(TOUCHED, &[plane.into(), since.into()], records).await?;
        rows.iter().map(|row| row.text(0)).collect()
    }

    /// When somebody first did something to each of some records; what the program did by itself does not count.
    pub async fn first_touch(db: &Db, plane: &str, records: &[String]) -> Result<HashMap<String, Micros>, StoreError> {
        let rows = db.read_in(FIRST_TOUCH, &[plane.into()], records).await?;
        rows.iter().map(|row| Ok((row.text(0)?, row.moment(1)?))).collect()
    }

    /// On which day who did something, from a moment until before another: day and name, the oldest first.
    pub async fn people_by_day(db: &Db, from: Micros, until: Micros) -> Result<Vec<(String, String)>, StoreError> {
        let rows = db.read(PEOPLE_BY_DAY, &[from.into(), until.into()]).await?;
        rows.iter().map(|row| Ok((row.text(0)?, row.text(1)?))).collect()
    }

    /// A page of the journal, newest first.
    pub async fn page(db: &Db, filter: &JournalFilter, limit: i64) -> Result<Vec<Entry>, StoreError> {
        let before = if filter.before > 0 { filter.before } else { i64::MAX };
        let args: [Arg<'_>; 4] = [before.into(), (&filter.plane).into(), (&filter.who).into(), limit.into()];
        db.read(PAGE, &args).await?.iter().map(entry).collect()
    }
}

fn entry(row: &Row) -> Result<Entry, StoreError> {
    Ok(Entry {
        id: row.int(0)?,
        at: row.moment(1)?,
        who: row.text(2)?,
        plane: row.text(3)?,
        verb: row.text(4)?,
        record: row.text(5)?,
        detail: row.text(6)?,
    })
}
