//! Work that is to be done once, later, and again when it fails.

use manara_model::Micros;

use crate::{Arg, Db, StoreError, Tx};

const ADD: &str = "
    INSERT INTO store_job (id, kind, payload, state, attempts, run_at, error) VALUES ($1, $2, $3, 'due', 0, $4, '')
    ON CONFLICT (id) DO NOTHING";
const DUE: &str = "
    SELECT id, kind, payload, attempts FROM store_job WHERE state = 'due' AND run_at <= $1 ORDER BY run_at, id LIMIT $2";
const DONE: &str = "UPDATE store_job SET state = 'done', error = '' WHERE id = $1";
const LATER: &str = "UPDATE store_job SET attempts = attempts + 1, run_at = $2, error = $3 WHERE id = $1";
const CLAIM: &str = "UPDATE store_job SET run_at = $3 WHERE id = $1 AND state = 'due' AND run_at <= $2";
const GIVEN_UP: &str = "UPDATE store_job SET state = 'failed', attempts = attempts + 1, error = $2 WHERE id = $1";
const WAITING: &str = "SELECT COUNT(*) FROM store_job WHERE state = 'due'";

/// One piece of work.
#[derive(Debug, Clone)]
pub struct Job {
    /// Its key: adding it twice is adding it once.
    pub id: String,
    /// What is to be done.
    pub kind: String,
    /// With what, as a JSON text.
    pub payload: String,
    /// How often it failed.
    pub attempts: i64,
}

/// The queue.
pub struct Jobs;

impl Jobs {
    /// Adds work in the transaction that wants it. The same `id` again changes nothing.
    pub async fn add(tx: &mut Tx, id: &str, kind: &str, payload: &str, run_at: Micros) -> Result<(), StoreError> {
        let args: [Arg<'_>; 4] = [id.into(), kind.into(), payload.into(), run_at.into()];
        tx.run(ADD, &args).await?;
        Ok(())
    }

    /// What is due now, oldest first.
    pub async fn due(db: &Db, now: Micros, limit: i64) -> Result<Vec<Job>, StoreError> {
        let rows = db.read(DUE, &[now.into(), limit.into()]).await?;
        rows.iter()
            .map(|row| Ok(Job { id: row.text(0)?, kind: row.text(1)?, payload: row.text(2)?, attempts: row.int(3)? }))
            .collect()
    }

    /// Takes a job that is due for oneself until a moment: false when somebody else was faster. Whoever is killed in between
    /// leaves it to be taken again after that.
    pub async fn claim(tx: &mut Tx, id: &str, now: Micros, until: Micros) -> Result<bool, StoreError> {
        Ok(tx.run(CLAIM, &[id.into(), now.into(), until.into()]).await? == 1)
    }

    /// Ends a job, in the transaction of what it did.
    pub async fn done(tx: &mut Tx, id: &str) -> Result<(), StoreError> {
        tx.run(DONE, &[id.into()]).await?;
        Ok(())
    }

    /// Puts a job off until `run_at`, with the reason it failed.
    pub async fn later(tx: &mut Tx, id: &str, run_at: Micros, error: &str) -> Result<(), StoreError> {
        tx.run(LATER, &[id.into(), run_at.into(), error.into()]).await?;
        Ok(())
    }

    /// Gives a job up.
    pub async fn give_up(tx: &mut Tx, id: &str, error: &str) -> Result<(), StoreError> {
        tx.run(GIVEN_UP, &[id.into(), error.into()]).await?;
        Ok(())
    }

    /// How many jobs wait.
    pub async fn waiting(db: &Db) -> Result<i64, StoreError> {
        db.read_int(WAITING, &[]).await
    }
}
