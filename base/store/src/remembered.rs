//! What was asked of the database, kept until something happens.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

use crate::{Db, Journal, StoreError};

/// Answers kept at once; with one more all are forgotten.
const MOST: usize = 64;

/// Answers by what they were asked for. Every change stands in the journal, so an answer holds until the journal moves; what changes
/// without a line of the journal must not be kept here.
#[derive(Debug)]
pub struct Remembered<K, V>(Mutex<Kept<K, V>>);

/// Where the journal stood, and the answers.
type Kept<K, V> = (i64, HashMap<K, Arc<V>>);

impl<K, V> Default for Remembered<K, V> {
    fn default() -> Self {
        Remembered(Mutex::new((0, HashMap::new())))
    }
}

impl<K: Eq + Hash, V> Remembered<K, V> {
    /// The answer to a question as it was kept, or as `ask` gives it now.
    pub async fn get(
        &self,
        db: &Db,
        key: K,
        ask: impl Future<Output = Result<V, StoreError>>,
    ) -> Result<Arc<V>, StoreError> {
        let at = Journal::last(db).await?;
        {
            let (kept_at, kept) = &*self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if let (true, Some(known)) = (*kept_at == at, kept.get(&key)) {
                return Ok(Arc::clone(known));
            }
        }
        let answer = Arc::new(ask.await?);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.0 != at || kept.1.len() >= MOST {
            *kept = (at, HashMap::new());
        }
        kept.1.insert(key, Arc::clone(&answer));
        Ok(answer)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use manara_model::Micros;

    use super::{MOST, Remembered};
    use crate::{Db, Journal, StoreError, migrate};

    async fn holds_until_the_journal_moves(db: Db) {
        migrate(&db, &[crate::SCHEMA]).await.expect("tables");
        let (remembered, asked) = (Remembered::default(), AtomicUsize::new(0));
        let get = async |key: usize| {
            let ask = async { Ok::<_, StoreError>((key, asked.fetch_add(1, Ordering::Relaxed))) };
            *remembered.get(&db, key, ask).await.expect("an answer")
        };
        assert_eq!((get(1).await, get(1).await, get(2).await), ((1, 0), (1, 0), (2, 1)));
        let mut tx = db.begin().await.expect("begun");
        Journal::write(&mut tx, "sara", "watch", "done", "r", "{}", Micros(1)).await.expect("written");
        tx.commit().await.expect("kept");
        assert_eq!((get(1).await, get(2).await), ((1, 2), (2, 3)));
        // Many questions don't fill the memory.
        for key in 0..MOST + 2 {
            get(key).await;
        }
        assert!(remembered.0.lock().expect("not poisoned").1.len() <= MOST);
        // What failed is asked again.
        let failed = remembered.get(&db, 1_000, async { Err(StoreError::NotFound("x".into())) }).await;
        assert!(failed.is_err() && get(1_000).await.0 == 1_000);
    }

    #[tokio::test]
    async fn an_answer_holds_until_the_journal_moves() {
        let folder = tempfile::tempdir().expect("a folder");
        let db = Db::open_sqlite(&folder.path().join("state.sqlite")).await.expect("SQLite");
        holds_until_the_journal_moves(db).await;
        match crate::testing::postgres("remembered").await {
            Some(db) => holds_until_the_journal_moves(db).await,
            None => println!("MANARA_TEST_POSTGRES is not set: tested on SQLite only"),
        }
    }
}
