//! Pages that hear of changes: how many there were since the page was made, as they happen. What changed, the page itself says
//! when it is loaded again.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use futures::StreamExt as _;
use manara_model::{Entry, Micros};
use manara_store::Journal;
use tokio::sync::watch;
use tokio::time::{Instant, Interval, interval_at};

use crate::error::{Answer, Fault, PageError};
use crate::follower::{Ear, Follower};
use crate::people;
use crate::site::Site;
use crate::visit::Visit;

/// Pages that may listen at once.
pub const PAGES: usize = 200;
/// Pages of one session that may listen at once. A page that is not looked at doesn't.
pub const PAGES_OF_SESSION: usize = 6;
/// Silence after which a comment is sent; and how often it is asked whether the session goes on.
const ALIVE: Duration = Duration::from_secs(15);
/// Lines of the journal that are looked at for a page that was made long ago.
const BACK: i64 = 2_000;
/// Changes that are counted.
const COUNTED: u32 = 999;
/// Lines that may end a session; their record is the person.
const ENDS: [&str; 6] =
    ["logged_out", "sessions_ended", "user_disabled", "password_changed", "mailboxes_changed", "role_changed"];

/// A list, and the pages of its records right under it: what of the journal they show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The list's path.
    pub path: &'static str,
    /// Plane, and how the verb begins; both may be empty for any.
    pub lines: &'static [(&'static str, &'static str)],
}

impl Place {
    fn hears(&self, entry: &Entry) -> bool {
        self.lines
            .iter()
            .any(|(plane, verb)| (plane.is_empty() || *plane == entry.plane) && entry.verb.starts_with(verb))
    }
}

/// A page that hears: of everything in its place, or of one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spot {
    pub place: &'static Place,
    pub record: Option<String>,
}

impl Spot {
    /// The spot of a path: a place itself, or one step under it.
    pub(crate) fn of(places: &[&'static Place], path: &str) -> Option<Spot> {
        places.iter().find_map(|place| {
            let rest = path.strip_prefix(place.path)?;
            let record = rest.strip_prefix('/').filter(|record| !record.is_empty() && !record.contains('/'));
            let is_here = rest.is_empty() || (place.path != "/" && record.is_some());
            is_here.then(|| Spot { place, record: record.map(str::to_string) })
        })
    }

    /// Whether a line is about it. A record is known by the id in the line, or by the number in its detail.
    fn hears(&self, entry: &Entry) -> bool {
        let is_it =
            |record: &String| entry.record == *record || entry.detail.contains(&format!("\"number\":\"{record}\""));
        self.place.hears(entry) && self.record.as_ref().is_none_or(is_it)
    }
}

/// What listening works with.
#[derive(Clone)]
struct Live {
    follower: Arc<Follower>,
    seats: Arc<Seats>,
}

/// The address pages listen at.
pub(crate) fn site(places: &'static [Place], follower: Arc<Follower>) -> Site {
    let live = Live { follower, seats: Arc::default() };
    // For everybody: whoever is signed out is told so there, and hears nothing else.
    Site::<Live>::new().public("/live", listen).with_state(live).hearing(places)
}

/// `GET /live?on=/incidents&after=123`
async fn listen(visit: Visit, State(live): State<Live>) -> Answer {
    if visit.role.is_none() {
        return Ok(told(futures::stream::iter([event("out", "out")])));
    }
    let on = visit.query("on").unwrap_or_default();
    let after = visit.query("after").and_then(|after| after.parse::<i64>().ok()).filter(|after| *after >= 0);
    let after = after.ok_or_else(|| PageError::unreadable("after is a place in the journal: a whole number"))?;
    let spot = visit.shell.spot(&on).ok_or_else(PageError::not_found)?;
    if !visit.shell.may_open(&visit, spot.place.path) {
        return Err(Fault::Forbidden.into());
    }
    let seat = Seats::take(&live.seats, &visit.session).ok_or(Fault::TooMany)?;
    let newest = Journal::last(&visit.db).await?;
    let closing = visit.shell.closing.subscribe();
    let listener = Listener {
        ear: live.follower.listen(visit.viewer.clone(), after.max(newest - BACK), closing.clone()),
        count: 0,
        ended: false,
        spot,
        ready: VecDeque::from([": Manara\nretry: 5000\n\n".to_string()]),
        alive: interval_at(Instant::now() + ALIVE, ALIVE),
        closing,
        visit,
        _seat: seat,
    };
    let events =
        futures::stream::unfold(
            listener,
            |mut listener| async move { listener.next().await.map(|text| (text, listener)) },
        );
    Ok(told(events))
}

fn told(events: impl futures::Stream<Item = String> + Send + 'static) -> Response {
    // A proxy is not to keep back what is said until there is more.
    let unbuffered = (HeaderName::from_static("x-accel-buffering"), "no");
    let kind = [(header::CONTENT_TYPE, "text/event-stream"), (header::CACHE_CONTROL, "no-store"), unbuffered];
    // Layers may ask once more after the end.
    let body = Body::from_stream(events.map(Ok::<_, std::convert::Infallible>).fuse());
    (StatusCode::OK, kind, body).into_response()
}

/// An event as it travels; its words are one line.
fn event(name: &str, words: &str) -> String {
    format!("event: {name}\ndata: {}\n\n", words.replace(['\r', '\n'], " "))
}

/// One page that listens.
struct Listener {
    visit: Visit,
    spot: Spot,
    ear: Ear,
    count: u32,
    ended: bool,
    ready: VecDeque<String>,
    alive: Interval,
    closing: watch::Receiver<bool>,
    _seat: Seat,
}

impl Listener {
    /// The next event or comment; `None` when the server ends, or after the session did.
    async fn next(&mut self) -> Option<String> {
        loop {
            if let Some(text) = self.ready.pop_front() {
                return Some(text);
            }
            if self.ended {
                return None;
            }
            tokio::select! {
                _ = self.closing.changed() => return None,
                _ = self.alive.tick() => {
                    self.ready.push_back(": alive\n\n".into());
                    self.look_at_session().await;
                }
                heard = self.ear.next() => match heard {
                    Ok(Some(entries)) => self.hear(&entries).await,
                    Ok(None) => return None,
                    Err(error) => {
                        tracing::error!(%error, "a page that listens is sent away: the journal cannot be read");
                        return None;
                    }
                }
            }
        }
    }

    async fn hear(&mut self, entries: &[Entry]) {
        let mine = |entry: &&Entry| entry.plane == "web" && entry.record == self.visit.user_id;
        if entries.iter().filter(mine).any(|entry| ENDS.contains(&entry.verb.as_str())) {
            self.look_at_session().await;
        }
        let heard = entries.iter().filter(|entry| self.spot.hears(entry)).count();
        if heard == 0 {
            return;
        }
        self.count = self.count.saturating_add(u32::try_from(heard).unwrap_or(u32::MAX));
        let words = match self.count {
            count if count <= COUNTED => self.visit.t_args("live-changes", &[("count", i64::from(count).into())]),
            _ => self.visit.t_args("live-changes-many", &[("count", i64::from(COUNTED).into())]),
        };
        self.ready.push_back(event("changed", &words));
    }

    /// Says goodbye when the session is over.
    async fn look_at_session(&mut self) {
        let visit = &self.visit;
        if !people::is_live_session(&visit.db, &visit.session, &visit.viewer.mailboxes, Micros::now())
            .await
            .unwrap_or(false)
        {
            self.ended = true;
            self.ready.push_back(event("out", "out"));
        }
    }
}

/// Who listens: in all, and by session.
#[derive(Default)]
struct Seats {
    taken: Mutex<HashMap<String, usize>>,
}

impl Seats {
    fn take(seats: &Arc<Seats>, session: &str) -> Option<Seat> {
        let mut taken = seats.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let all: usize = taken.values().sum();
        if all >= PAGES || taken.get(session).is_some_and(|own| *own >= PAGES_OF_SESSION) {
            return None;
        }
        *taken.entry(session.to_string()).or_default() += 1;
        drop(taken);
        Some(Seat { seats: Arc::clone(seats), session: session.to_string() })
    }
}

/// A seat, given back when the page goes away.
struct Seat {
    seats: Arc<Seats>,
    session: String,
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self.seats.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = taken.get_mut(&self.session) {
            *own = own.saturating_sub(1);
        }
        taken.retain(|_, own| *own > 0);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use manara_model::{Entry, Micros};

    use super::{PAGES, PAGES_OF_SESSION, Place, Seats, Spot, event};

    static LISTS: [Place; 2] = [
        Place { path: "/", lines: &[("watch", "finding")] },
        Place { path: "/boats", lines: &[("harbour", ""), ("", "sunk")] },
    ];

    fn spot(path: &str) -> Option<Spot> {
        Spot::of(&LISTS.iter().collect::<Vec<_>>(), path)
    }

    fn line(plane: &str, verb: &str, record: &str, detail: &str) -> Entry {
        let [who, plane, verb, record, detail] = ["sara", plane, verb, record, detail].map(str::to_string);
        Entry { id: 1, at: Micros(0), who, plane, verb, record, detail }
    }

    #[test]
    fn a_list_hears_of_all_its_records_and_a_record_of_itself() {
        let list = spot("/boats").unwrap();
        let one = spot("/boats/B-7").unwrap();
        for (entry, by_list, by_one) in [
            (line("harbour", "painted", "B-7", "{}"), true, true),
            (line("harbour", "painted", "id", r#"{"number":"B-7"}"#), true, true),
            (line("harbour", "painted", "id", r#"{"number":"B-77"}"#), true, false),
            (line("sea", "sunk", "B-8", "{}"), true, false),
            (line("sea", "calm", "B-7", "{}"), false, false),
        ] {
            assert_eq!((list.hears(&entry), one.hears(&entry)), (by_list, by_one), "{entry:?}");
        }
        assert_eq!(spot("/").unwrap().record, None);
        for path in ["", "/boats/", "/boats/B-7/edit", "/boatsmen", "/other", "boats"] {
            assert_eq!(spot(path), None, "{path}");
        }
    }

    #[test]
    fn seats_are_counted_and_given_back() {
        let seats = Arc::new(Seats::default());
        let own: Vec<_> = (0..PAGES_OF_SESSION).map(|_| Seats::take(&seats, "a").unwrap()).collect();
        assert!(Seats::take(&seats, "a").is_none(), "one session has not all of them");
        let others: Vec<_> = (PAGES_OF_SESSION..PAGES).map(|n| Seats::take(&seats, &n.to_string()).unwrap()).collect();
        assert!(Seats::take(&seats, "z").is_none(), "the house is full");
        drop((own, others));
        assert!(Seats::take(&seats, "a").is_some() && seats.taken.lock().unwrap().is_empty());
    }

    #[test]
    fn an_event_is_one_block() {
        assert_eq!(event("changed", "a\n\nevent: x"), "event: changed\ndata: a  event: x\n\n");
    }
}
