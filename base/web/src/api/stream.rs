//! What happens, told to programs as it happens: server-sent events from the journal, each with its place in it.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use futures::StreamExt as _;
use manara_model::{Entry, Mailboxes, Micros};
use manara_store::{Db, Journal};
use serde_json::Value;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::{Instant, Interval, interval_at};

use super::op::{Op, Param};
use super::own::entry_json;
use super::problem::{ApiAnswer, Code, Problem};
use super::schema;
use crate::follower::{Ear, Follower};
use crate::rights::Right;
use crate::site::Site;
use crate::tokens;
use crate::visit::Visit;

/// Programs that may listen at once.
pub const LISTENERS: usize = 20;
/// Silence after which a comment is sent, so that nobody in between takes the line for dead; and how often it is asked
/// whether the token is still valid.
const ALIVE: Duration = Duration::from_secs(15);

/// One kind of event: what of the journal it is made of, and who may hear it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Happening {
    /// The name programs know it by: `incident.opened`.
    pub kind: &'static str,
    /// The plane of the journal's line.
    pub plane: &'static str,
    /// Its verb.
    pub verb: &'static str,
    /// What the token must hold.
    pub right: Right,
}

/// What listening works with.
#[derive(Clone)]
struct Happenings {
    kinds: &'static [Happening],
    follower: Arc<Follower>,
    seats: Arc<Semaphore>,
}

/// The operation that listens.
pub(crate) fn stream(kinds: &'static [Happening], follower: Arc<Follower>) -> Site {
    let says = "Listens to what happens, as server-sent events; Last-Event-ID goes on where it ended";
    let after = Param::new("after", schema::count(), "the place in the journal to go on after; without it, now");
    let kind = Param::new("kind", schema::one_of(kinds.iter().map(|one| one.kind)), "only this kind");
    Site::<Happenings>::new()
        .api(Op::stream("/api/v1/stream", "listen", Right::Enter, says).with(after).with(kind), listen)
        .with_state(Happenings { kinds, follower, seats: Arc::new(Semaphore::new(LISTENERS)) })
}

async fn listen(visit: Visit, State(all): State<Happenings>, headers: HeaderMap) -> ApiAnswer {
    let unreadable =
        || Problem::new(Code::Unreadable, "Last-Event-ID and after are places in the journal: whole numbers");
    let last = headers.get("last-event-id").map(|value| value.to_str().unwrap_or("x").to_string());
    let after = match last.or_else(|| visit.query("after")) {
        Some(text) => text.parse::<i64>().ok().filter(|id| *id >= 0).ok_or_else(unreadable)?,
        None => Journal::last(&visit.db).await?,
    };
    let wanted = visit.query("kind");
    if wanted.as_ref().is_some_and(|kind| !all.kinds.iter().any(|one| one.kind == kind)) {
        return Err(Problem::new(Code::Unreadable, "there is no such kind of event; the document lists them"));
    }
    let heard = |one: &&Happening| visit.may(one.right) && wanted.as_ref().is_none_or(|kind| one.kind == kind);
    let kinds: Vec<Happening> = all.kinds.iter().filter(heard).copied().collect();
    if kinds.is_empty() {
        return Err(Problem::new(Code::Scope, "none of the token's scopes lets it hear anything"));
    }
    let seat = Arc::clone(&all.seats).try_acquire_owned();
    let seat =
        seat.map_err(|_| Problem { retry_after: Some(60), ..Problem::new(Code::TooMany, "too many programs listen") })?;
    let closing = visit.shell.closing.subscribe();
    let ear = Program {
        db: visit.db.clone(),
        token: visit.token.as_ref().map(|token| token.id.clone()).unwrap_or_default(),
        mailboxes: visit.viewer.mailboxes.clone(),
        kinds,
        ear: all.follower.listen(visit.viewer.clone(), after, closing.clone()),
        ready: VecDeque::from([": Manara\nretry: 2000\n\n".to_string()]),
        alive: interval_at(Instant::now() + ALIVE, ALIVE),
        said: Instant::now(),
        closing,
        _seat: seat,
    };
    let events = futures::stream::unfold(ear, |mut ear| async move {
        ear.next().await.map(|text| (Ok::<_, std::convert::Infallible>(text), ear))
    });
    // Layers may ask once more after the end.
    let kind = [(header::CONTENT_TYPE, "text/event-stream"), (header::CACHE_CONTROL, "no-store")];
    let response: Response = (StatusCode::OK, kind, Body::from_stream(events.fuse())).into_response();
    Ok(response)
}

/// One program that listens.
struct Program {
    db: Db,
    token: String,
    /// What the token let be seen when it began to listen.
    mailboxes: Mailboxes,
    kinds: Vec<Happening>,
    ear: Ear,
    ready: VecDeque<String>,
    alive: Interval,
    said: Instant,
    closing: watch::Receiver<bool>,
    _seat: OwnedSemaphorePermit,
}

impl Program {
    /// The next event or comment; `None` when the server ends, or the token does.
    async fn next(&mut self) -> Option<String> {
        loop {
            if let Some(text) = self.ready.pop_front() {
                self.said = Instant::now();
                return Some(text);
            }
            tokio::select! {
                _ = self.closing.changed() => return None,
                _ = self.alive.tick() => {
                    if !tokens::is_live(&self.db, &self.token, &self.mailboxes, Micros::now()).await.unwrap_or(false) {
                        return None;
                    }
                    if self.said.elapsed() >= ALIVE {
                        self.ready.push_back(": alive\n\n".into());
                    }
                }
                heard = self.ear.next() => match heard {
                    Ok(Some(entries)) => self.hear(&entries),
                    Ok(None) => return None,
                    Err(error) => {
                        tracing::error!(%error, "a program that listens is sent away: the journal cannot be read");
                        return None;
                    }
                }
            }
        }
    }

    fn hear(&mut self, entries: &[Entry]) {
        for entry in entries {
            let kind = self.kinds.iter().find(|one| one.plane == entry.plane && one.verb == entry.verb);
            if let Some(kind) = kind {
                self.ready.push_back(written(kind.kind, entry));
            }
        }
    }
}

/// An event as it travels. JSON has no line ends, so one `data` line holds it.
fn written(kind: &str, entry: &Entry) -> String {
    let mut data = entry_json(entry);
    if let Value::Object(data) = &mut data {
        data.insert("kind".into(), kind.into());
    }
    format!("id: {}\nevent: {kind}\ndata: {data}\n\n", entry.id)
}

#[cfg(test)]
mod tests {
    use manara_model::{Entry, Micros};

    use super::written;

    #[test]
    fn an_event_is_one_block_whatever_it_holds() {
        let entry = Entry {
            id: 7,
            at: Micros(0),
            who: "sara/nightly".into(),
            plane: "watch".into(),
            verb: "finding_answered".into(),
            record: "a\n\ndata: x".into(),
            detail: "no\n\nJSON".into(),
        };
        let text = written("finding.answered", &entry);
        assert!(text.starts_with("id: 7\nevent: finding.answered\ndata: {"), "{text}");
        assert!(text.ends_with("}\n\n") && text.matches('\n').count() == 4, "{text}");
    }
}
