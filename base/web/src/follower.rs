//! One reader of the journal for everybody who listens, pages and programs: it begins with the first and ends with the last.

use std::collections::{HashMap, HashSet};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use manara_model::{Entry, Mailboxes, Viewer};
use manara_store::{Db, Journal, StoreError};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, watch};
use tokio::time::{MissedTickBehavior, interval};

/// How often the journal is looked at.
const LOOK: Duration = Duration::from_secs(1);
/// Entries read at once.
const STEP: i64 = 200;
/// Pieces of news that wait for a slow listener; whoever is slower reads the journal itself.
const WAITING: usize = 16;

/// Which of some entries a viewer may see: those about records whose marking allows it. It depends on the
/// viewer's clearance and mailboxes alone.
pub type Visible = Arc<
    dyn Fn(Viewer, Vec<Entry>) -> Pin<Box<dyn Future<Output = Result<Vec<Entry>, StoreError>> + Send>> + Send + Sync,
>;

/// The reader, and what it works with.
pub(crate) struct Follower {
    db: Db,
    visible: Visible,
    news: Mutex<Option<broadcast::Sender<Arc<News>>>>,
}

/// Ids of lines of the journal.
type Ids = Arc<HashSet<i64>>;

/// What stands in the journal after a place.
struct News {
    from: i64,
    entries: Vec<Entry>,
    /// Which of them may be seen by clearance and mailboxes, asked once for all listeners who have the same.
    seen: tokio::sync::Mutex<HashMap<(i64, Mailboxes), Ids>>,
}

impl News {
    fn new(from: i64, entries: Vec<Entry>) -> News {
        News { from, entries, seen: tokio::sync::Mutex::default() }
    }

    async fn seen_by(&self, visible: &Visible, viewer: &Viewer) -> Result<Arc<HashSet<i64>>, StoreError> {
        let mut seen = self.seen.lock().await;
        let sight = (viewer.clearance.rank(), viewer.mailboxes.clone());
        if let Some(known) = seen.get(&sight) {
            return Ok(Arc::clone(known));
        }
        let may = visible(viewer.clone(), self.entries.clone()).await?;
        let may: Arc<HashSet<i64>> = Arc::new(may.iter().map(|entry| entry.id).collect());
        seen.insert(sight, Arc::clone(&may));
        Ok(may)
    }
}

impl Follower {
    /// Nobody listens yet, so nothing is read.
    pub(crate) fn new(db: Db, visible: Visible) -> Arc<Follower> {
        Arc::new(Follower { db, visible, news: Mutex::default() })
    }

    /// Listens to what comes after a place in the journal, with a viewer's eyes.
    pub(crate) fn listen(self: &Arc<Self>, viewer: Viewer, after: i64, closing: watch::Receiver<bool>) -> Ear {
        let mut news = self.news.lock().unwrap_or_else(PoisonError::into_inner);
        let receiver = match news.as_ref() {
            Some(sender) => sender.subscribe(),
            None => {
                let (sender, receiver) = broadcast::channel(WAITING);
                *news = Some(sender.clone());
                tokio::spawn(Arc::clone(self).read_on(sender, closing));
                receiver
            }
        };
        Ear { follower: Arc::clone(self), receiver, viewer, after, behind: true }
    }

    /// Reads on while anybody listens and the server does not end.
    async fn read_on(self: Arc<Self>, sender: broadcast::Sender<Arc<News>>, mut closing: watch::Receiver<bool>) {
        let mut look = interval(LOOK);
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut place = None;
        loop {
            tokio::select! {
                _ = closing.changed() => break,
                _ = look.tick() => {}
            }
            {
                // Under the lock under which others begin to listen: nobody comes in between.
                let mut news = self.news.lock().unwrap_or_else(PoisonError::into_inner);
                if sender.receiver_count() == 0 {
                    *news = None;
                    return;
                }
            }
            match self.step(place).await {
                Ok(Some(news)) => {
                    place = Some(news.entries.last().map_or(news.from, |entry| entry.id));
                    let _ = sender.send(Arc::new(news));
                }
                Ok(None) => {}
                Err(error) => {
                    tracing::error!(%error, "those who listen are sent away: the journal cannot be read");
                    break;
                }
            }
        }
        *self.news.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// What is new after a place. The first time it says where it begins: whoever stands before that reads up to there.
    async fn step(&self, place: Option<i64>) -> Result<Option<News>, StoreError> {
        let Some(place) = place else { return Ok(Some(News::new(Journal::last(&self.db).await?, Vec::new()))) };
        let entries = Journal::after(&self.db, place, STEP).await?;
        Ok((!entries.is_empty()).then(|| News::new(place, entries)))
    }
}

/// Somebody who listens.
pub(crate) struct Ear {
    follower: Arc<Follower>,
    receiver: broadcast::Receiver<Arc<News>>,
    viewer: Viewer,
    after: i64,
    behind: bool,
}

impl Ear {
    /// What comes next that the viewer may see; perhaps nothing of it. `None` when the reader has ended.
    pub(crate) async fn next(&mut self) -> Result<Option<Vec<Entry>>, StoreError> {
        loop {
            if self.behind {
                return self.catch_up().await.map(Some);
            }
            match self.receiver.recv().await {
                // Something lies between: it is read from the journal.
                Ok(news) if news.from > self.after => self.behind = true,
                // All of it was read from the journal already.
                Ok(news) if news.entries.last().is_none_or(|entry| entry.id <= self.after) => {}
                Ok(news) => {
                    // Whoever stops waiting here comes back: what was taken is then read from the journal.
                    self.behind = true;
                    let seen = news.seen_by(&self.follower.visible, &self.viewer).await?;
                    let is_new = |entry: &&Entry| entry.id > self.after && seen.contains(&entry.id);
                    let found = news.entries.iter().filter(is_new).cloned().collect();
                    self.after = news.entries.last().map_or(self.after, |entry| entry.id.max(self.after));
                    self.behind = false;
                    return Ok(Some(found));
                }
                Err(RecvError::Lagged(_)) => self.behind = true,
                Err(RecvError::Closed) => return Ok(None),
            }
        }
    }

    /// One step of what the journal holds after the place.
    async fn catch_up(&mut self) -> Result<Vec<Entry>, StoreError> {
        let entries = Journal::after(&self.follower.db, self.after, STEP).await?;
        let (last, count) = (entries.last().map_or(self.after, |entry| entry.id), entries.len());
        let seen = match count {
            0 => entries,
            _ => (self.follower.visible)(self.viewer.clone(), entries).await?,
        };
        self.after = last;
        self.behind = i64::try_from(count).is_ok_and(|count| count == STEP);
        Ok(seen)
    }
}
