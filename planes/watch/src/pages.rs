//! The pages of the watch: findings, events, batches, feeds.

mod batch;
mod batches;
mod event;
mod events;
mod feeds;
mod findings;
mod hand_in;
mod journal;
mod many;
mod operations;
mod panels;
mod pictures;
mod sql_box;

pub(crate) use event::visible;
pub use many::many_findings;
pub use panels::findings_panel;

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use manara_lake::{Lake, LakeFiles, QueryError, Rows, Tables};
use manara_model::Viewer;
use manara_web::{Choice, Markup, Page, PageError, Right, Site, Visit};
use tokio::sync::Semaphore;

use crate::ingest::Ingest;
use crate::process::Progress;
use crate::sql::Watch;

/// The largest upload. What is larger goes through the command line.
const UPLOAD_BYTES: usize = 256 << 20;
/// Queries of readers that run at once; further ones wait.
const QUERIES_AT_ONCE: usize = 2;

/// What the pages work with.
#[derive(Clone)]
pub struct WatchPages {
    /// The plane's reads.
    pub watch: Watch,
    /// The pipeline, for files handed in.
    pub ingest: Ingest,
    /// SQL over the events.
    pub lake: Lake,
}

type Later<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// Makes the tables beside the events that a query names, as far as a viewer may see them; the error is for the log.
pub type Beside = Arc<dyn Fn(Viewer, Vec<String>) -> Later<Result<Tables, String>> + Send + Sync>;

/// A fragment that another plane shows on the page of a finding, given its id; empty when it has nothing to say.
pub type Panel = Arc<dyn Fn(Visit, String) -> Later<Result<Markup, PageError>> + Send + Sync>;

/// What another plane does with the findings that are ticked on the list: a form that posts their ids as `id`, the page to
/// come back to as `back`; with `page`, those of `shown` are meant.
#[derive(Debug, Clone, Copy)]
pub struct Many {
    /// Where the form goes.
    pub action: &'static str,
    /// The words of the button.
    pub key: &'static str,
    /// Who sees it.
    pub right: Right,
}

/// The sectors a constituent can be of, in the reader's words.
pub type Sectors = fn(&Visit) -> Vec<Choice>;

/// What other planes add to these pages.
#[derive(Clone)]
pub struct Guests {
    /// The tables of the state database, for the SQL page.
    pub beside: Option<Beside>,
    /// Fragments on the page of a finding, in this order.
    pub panels: Vec<Panel>,
    /// What can be done with many findings at once.
    pub many: Vec<Many>,
    /// The sectors of the constituency, in the reader's words.
    pub sectors: Sectors,
}

impl Default for Guests {
    fn default() -> Self {
        Guests { beside: None, panels: Vec::new(), many: Vec::new(), sectors: |_| Vec::new() }
    }
}

/// What all handlers share.
struct Desk {
    watch: Watch,
    ingest: Ingest,
    lake: Lake,
    guests: Guests,
    at_work: Mutex<HashMap<String, Arc<Progress>>>,
    asking: Semaphore,
    looked: events::Looked,
}

type Room = Arc<Desk>;

/// The pages, with their rights.
pub fn site(state: Arc<WatchPages>) -> Site {
    site_with(state, Guests::default())
}

/// The pages with what other planes add to them.
pub fn site_with(state: Arc<WatchPages>, guests: Guests) -> Site {
    let WatchPages { watch, ingest, lake } = (*state).clone();
    let at_work = Mutex::default();
    let room: Room = Arc::new(Desk {
        watch,
        ingest,
        lake,
        guests,
        at_work,
        asking: Semaphore::new(QUERIES_AT_ONCE),
        looked: events::Looked::default(),
    });
    Site::<Room>::new()
        .page("/findings", Right::ReadFindings, findings::list)
        .post("/findings/bulk", Right::AnswerFindings, findings::change_many)
        .page("/findings/{id}", Right::ReadFindings, findings::one)
        .post("/findings/{id}/answer", Right::AnswerFindings, findings::answer)
        .page("/events", Right::ReadEvents, events::list)
        .page("/events/intelmq", Right::ReadEvents, events::intelmq)
        .page("/events/sql", Right::ReadEvents, sql_box::ask)
        .page("/batches", Right::ReadBatches, batches::list)
        .upload("/batches", Right::RunBatches, UPLOAD_BYTES, hand_in::hand_in)
        .page("/batches/{id}", Right::ReadBatches, batch::one)
        .page("/batches/{id}/raw", Right::ReadEvents, batch::raw)
        .post("/batches/{id}/process", Right::RunBatches, hand_in::process)
        .page("/feeds", Right::ReadFeeds, feeds::list)
        .page("/feeds/{name}", Right::ReadFeeds, feeds::one)
        .many(Arc::new(many::Findings))
        .merge(operations::site())
        .with_state(room)
}

impl Desk {
    /// How far a batch is that this server processes now.
    fn progress_of(&self, batch: &str) -> Option<Arc<Progress>> {
        self.at_work.lock().unwrap_or_else(PoisonError::into_inner).get(batch).cloned()
    }

    /// Notes that a batch is taken; `None` when it is already.
    fn take(&self, batch: &str) -> Option<Arc<Progress>> {
        let mut at_work = self.at_work.lock().unwrap_or_else(PoisonError::into_inner);
        if at_work.contains_key(batch) {
            return None;
        }
        let progress = Arc::new(Progress::default());
        at_work.insert(batch.to_string(), Arc::clone(&progress));
        Some(progress)
    }

    fn put_back(&self, batch: &str) {
        self.at_work.lock().unwrap_or_else(PoisonError::into_inner).remove(batch);
    }

    /// Asks the lake, when it is this query's turn.
    async fn query(
        &self,
        sql: &str,
        files: LakeFiles,
        tables: Tables,
        limit: usize,
        seconds: u64,
    ) -> Result<Rows, QueryError> {
        // The semaphore is never closed; without a permit the query runs all the same.
        let _turn = self.asking.acquire().await.ok();
        self.lake.query(sql, files, tables, limit, seconds).await
    }
}

/// A text as a literal of SQL.
pub(crate) fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// The words for a value that comes from outside, or the value when there are none for it.
fn words_or_value(page: &Page, prefix: &str, value: &str) -> String {
    let key = format!("{prefix}{}", value.replace('_', "-"));
    let words = page.t(&key);
    if words == key { value.to_string() } else { words }
}

/// The address of a list with one filter set.
fn href_of(path: &str, name: &str, value: &str) -> String {
    // Percent-encodes what could end the value; askama escapes the rest.
    let mut out = format!("{path}?{name}=");
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~:".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{href_of, literal};

    #[test]
    fn a_literal_cannot_end_early() {
        assert_eq!(literal("x' OR '1'='1"), "'x'' OR ''1''=''1'");
        assert_eq!(literal(""), "''");
    }

    #[test]
    fn an_address_keeps_its_value_whole() {
        assert_eq!(href_of("/events", "source_ip", "2001:db8::1"), "/events?source_ip=2001:db8::1");
        assert_eq!(href_of("/feeds", "q", "a&b=c é"), "/feeds?q=a%26b%3Dc%20%C3%A9");
    }
}
