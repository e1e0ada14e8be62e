//! How long somebody waits for their turn at the database.
//!
//! Work in the background may wait: it is done again. A person at a page may not, and is told instead.

use std::future::Future;
use std::time::Duration;

tokio::task_local! {
    static PATIENCE: Duration;
}

/// Does some work whose every wait for a connection, and for the turn to write, ends after `limit`: what it asks for is then
/// refused with an error that [`crate::StoreError::is_away`] tells apart. Statements that have begun are not cut off.
pub async fn patient<F: Future>(limit: Duration, work: F) -> F::Output {
    PATIENCE.scope(limit, work).await
}

/// Waits for a turn as long as whoever asks has patience.
pub(crate) async fn in_time<T>(turn: impl Future<Output = Result<T, sqlx::Error>>) -> Result<T, sqlx::Error> {
    match PATIENCE.try_with(|limit| *limit) {
        Ok(limit) => tokio::time::timeout(limit, turn).await.unwrap_or(Err(sqlx::Error::PoolTimedOut)),
        Err(_) => turn.await,
    }
}

/// Whether the database is not there, or does not let anybody in now: the same may work a little later.
pub(crate) fn is_away(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => true,
        sqlx::Error::Database(error) => error.code().is_some_and(|code| is_away_code(&code)),
        _ => false,
    }
}

/// PostgreSQL: connections that broke, a server that stops or starts, no connection left. SQLite: busy or locked, the extended
/// codes too.
fn is_away_code(code: &str) -> bool {
    match code.len() {
        5 => code.starts_with("08") || ["57P01", "57P02", "57P03", "53300"].contains(&code),
        _ => code.parse::<u32>().is_ok_and(|code| matches!(code & 0xff, 5 | 6)),
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{is_away_code, patient};
    use crate::Db;

    #[test]
    fn a_database_that_is_away_is_told_from_one_that_says_no() {
        for code in ["08006", "57P01", "57P03", "53300", "5", "517", "6", "262"] {
            assert!(is_away_code(code), "{code}");
        }
        for code in ["23505", "42P01", "40001", "1", "19", "2067", "1555", ""] {
            assert!(!is_away_code(code), "{code}");
        }
    }

    #[tokio::test]
    async fn whoever_has_little_patience_is_refused_and_nothing_is_left_locked() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("state.sqlite");
        let (db, other) =
            (Db::open_sqlite(&path).await.expect("SQLite"), Db::open_sqlite(&path).await.expect("SQLite"));
        let mut tx = other.begin().await.expect("begun");
        tx.run_script("CREATE TABLE boat (name TEXT)").await.expect("made");
        let begun = Instant::now();
        let limit = Duration::from_millis(200);
        let refused = patient(limit, db.begin()).await.err().expect("the turn is somebody else's");
        assert!(refused.is_away() && !refused.is_duplicate(), "{refused}");
        assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
        // Readers go on, and so does everybody when the turn is given back.
        assert!(patient(limit, db.read("SELECT 1", &[])).await.is_ok());
        tx.commit().await.expect("kept");
        let mut tx = db.begin().await.expect("the turn is free again");
        tx.run("INSERT INTO boat (name) VALUES ($1)", &["a".into()]).await.expect("written");
        tx.commit().await.expect("kept");
        assert_eq!(other.read_int("SELECT COUNT(*) FROM boat", &[]).await.expect("read"), 1);
    }
}
