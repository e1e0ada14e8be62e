//! Orders that are carried out once, however often they are given: by a key the one who gives them chose.
//!
//! The order is noted before the work, marked by the journal in the transaction of the fact, and gets its answer after it.
//! Whatever a crash leaves therefore says whether the fact is there.

use manara_model::Micros;

use crate::{Db, StoreError, Tx};

/// How long an order is remembered.
pub const REMEMBERED_HOURS: i64 = 24;
/// An order without an answer is taken for running so long; no request runs longer.
const RUNNING: i64 = 5 * 60 * 1_000_000;

const FORGET_OLD: &str = "DELETE FROM store_once WHERE at < $1";
const NOTE: &str = "
    INSERT INTO store_once (id, asked, at, record, answer) VALUES ($1, $2, $3, '', '') ON CONFLICT (id) DO NOTHING";
const READ: &str = "SELECT asked, at, record, answer FROM store_once WHERE id = $1";
const AGAIN: &str = "UPDATE store_once SET at = $2 WHERE id = $1 AND at = $3 AND record = '' AND answer = ''";
const MARK: &str = "UPDATE store_once SET record = $2 WHERE id = $1 AND record = ''";
const ANSWER: &str = "UPDATE store_once SET answer = $2 WHERE id = $1";
const FORGET: &str = "DELETE FROM store_once WHERE id = $1 AND record = '' AND answer = ''";

/// What is to be done with an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turn {
    /// Carry it out.
    Yours,
    /// It was answered: give this answer again.
    Answered(String),
    /// Somebody carries it out now.
    Running,
    /// It was done, and its answer was lost in a crash: the plane and the record, as `plane/record`.
    Done(String),
    /// The key was used for something else.
    OtherOrder,
}

/// The orders of a database.
pub struct Once;

impl Once {
    /// Takes an order up. `asked` stands for what was asked: the same key with another is refused.
    pub async fn begin(db: &Db, id: &str, asked: &str, now: Micros) -> Result<Turn, StoreError> {
        let mut tx = db.begin().await?;
        tx.run(FORGET_OLD, &[Micros(now.0 - REMEMBERED_HOURS * 3_600_000_000).into()]).await?;
        if tx.run(NOTE, &[id.into(), asked.into(), now.into()]).await? > 0 {
            tx.commit().await?;
            return Ok(Turn::Yours);
        }
        let Some(row) = tx.read_one(READ, &[id.into()]).await? else { return Ok(Turn::Running) };
        let (known, at, record, answer) = (row.text(0)?, row.moment(1)?, row.text(2)?, row.text(3)?);
        if known != asked {
            return Ok(Turn::OtherOrder);
        }
        if !answer.is_empty() {
            return Ok(Turn::Answered(answer));
        }
        if at.0 + RUNNING > now.0 {
            return Ok(Turn::Running);
        }
        if !record.is_empty() {
            return Ok(Turn::Done(record));
        }
        // Whoever had it is gone, and nothing was done. Of two that come now only one moves the time.
        let mine = tx.run(AGAIN, &[id.into(), now.into(), at.into()]).await? > 0;
        tx.commit().await?;
        Ok(if mine { Turn::Yours } else { Turn::Running })
    }

    /// Keeps the answer.
    pub async fn answered(db: &Db, id: &str, answer: &str) -> Result<(), StoreError> {
        let mut tx = db.begin().await?;
        tx.run(ANSWER, &[id.into(), answer.into()]).await?;
        tx.commit().await
    }

    /// Forgets an order of which nothing was done, so that it may be given again at once.
    pub async fn undone(db: &Db, id: &str) -> Result<(), StoreError> {
        let mut tx = db.begin().await?;
        tx.run(FORGET, &[id.into()]).await?;
        tx.commit().await
    }

    /// Notes what was done, in the transaction of the fact.
    pub(crate) async fn mark(tx: &mut Tx, id: &str, plane: &str, record: &str) -> Result<(), StoreError> {
        tx.run(MARK, &[id.into(), format!("{plane}/{record}").into()]).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use manara_model::Micros;

    use super::{Once, REMEMBERED_HOURS, RUNNING, Turn};
    use crate::{Acting, Db, Journal, migrate};

    const NOW: Micros = Micros(1_768_478_400_000_000);

    async fn begin(db: &Db, id: &str, asked: &str, later: i64) -> Turn {
        Once::begin(db, id, asked, Micros(NOW.0 + later)).await.expect("asked")
    }

    async fn lives(db: Db) {
        migrate(&db, &[crate::SCHEMA]).await.expect("tables");
        assert_eq!(begin(&db, "a", "x", 0).await, Turn::Yours);
        assert_eq!(begin(&db, "a", "x", 1).await, Turn::Running, "not twice at once");
        assert_eq!(begin(&db, "a", "y", 1).await, Turn::OtherOrder);
        Once::answered(&db, "a", "{}").await.expect("kept");
        assert_eq!(begin(&db, "a", "x", RUNNING * 2).await, Turn::Answered("{}".into()));
        assert_eq!(begin(&db, "a", "x", (REMEMBERED_HOURS + 1) * 3_600_000_000).await, Turn::Yours, "a day later");

        assert_eq!(begin(&db, "b", "x", 0).await, Turn::Yours);
        Once::undone(&db, "b").await.expect("forgotten");
        assert_eq!(begin(&db, "b", "x", 1).await, Turn::Yours, "nothing was done: it may be tried at once");
        assert_eq!(begin(&db, "b", "x", RUNNING + 2).await, Turn::Yours, "whoever had it is gone");

        assert_eq!(begin(&db, "c", "x", 0).await, Turn::Yours);
        let acting = Acting { token: "t".into(), order: Some("c".into()) };
        let mut tx = db.begin().await.expect("begun");
        acting.clone().scope(Journal::write(&mut tx, "sara", "watch", "done", "r", "{}", NOW)).await.expect("written");
        drop(tx);
        assert_eq!(begin(&db, "c", "x", RUNNING + 1).await, Turn::Yours, "what was not committed was not done");
        let mut tx = db.begin().await.expect("begun");
        acting.scope(Journal::write(&mut tx, "sara", "watch", "done", "r", "{}", NOW)).await.expect("written");
        tx.commit().await.expect("committed");
        assert_eq!(begin(&db, "c", "x", RUNNING * 3).await, Turn::Done("watch/r".into()));
        Once::undone(&db, "c").await.expect("no error");
        assert_eq!(begin(&db, "c", "x", RUNNING * 3).await, Turn::Done("watch/r".into()), "what was done stays");
        assert_eq!(Journal::after(&db, 0, 10).await.expect("read").pop().map(|e| e.who), Some("sara/t".into()));
    }

    #[tokio::test]
    async fn an_order_is_carried_out_once_whatever_happens_between() {
        let folder = tempfile::tempdir().expect("a folder");
        lives(Db::open_sqlite(&folder.path().join("state.sqlite")).await.expect("SQLite")).await;
        match crate::testing::postgres("once").await {
            Some(db) => lives(db).await,
            None => println!("MANARA_TEST_POSTGRES is not set: tested on SQLite only"),
        }
    }
}
