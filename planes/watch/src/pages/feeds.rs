//! Feeds: what they send, how late, how right, and how their shape changes.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, State};
use manara_model::{Micros, Reliability};
use manara_store::{Row, StoreError};
use manara_web::{
    Answer, Ask, Cell, EXPORT_MOST, Filter, Key, Kind, ListSpec, ListView, Markup, Page, PageError, Sort, Visit, Word,
    sparkline,
};

use super::{Room, batches, href_of, pictures, words_or_value};
use crate::batch::{Batch, FeedRow};
use crate::sql::ListCounts;

/// Days shown.
const DAYS: i64 = 30;
/// Pages that can be turned to.
pub(super) const PAGES: usize = 1000;
/// Batches on the page of a feed.
const BATCHES_SHOWN: usize = 20;

pub(super) static FEEDS: ListSpec = ListSpec {
    columns: &[],
    from: "watch_feed",
    only: "",
    filters: &[
        Filter { name: "q", label: "watch-feeds-name", kind: Kind::Contains, sql: "" },
        Filter {
            name: "show",
            label: "watch-feeds-show",
            kind: Kind::Choice { values: &["silent", "drift", "rejects"], words: "watch-feeds-show-" },
            sql: "",
        },
    ],
    sorts: &[
        Sort { name: "name", label: "watch-feeds-name", column: "name", key: Key::Text, descending: false },
        Sort {
            name: "received",
            label: "watch-feeds-received",
            column: "last_received",
            key: Key::Text,
            descending: true,
        },
        Sort { name: "events", label: "watch-feeds-events", column: "events", key: Key::Int, descending: true },
        Sort { name: "rejects", label: "watch-feeds-rejects", column: "rejects", key: Key::Int, descending: true },
        Sort {
            name: "reliability",
            label: "watch-feeds-reliability",
            column: "alpha",
            key: Key::Int,
            descending: true,
        },
    ],
    key: "name",
    key_kind: Key::Text,
};

const EXPORT_COLUMNS: [&str; 13] = [
    "name",
    "title",
    "format",
    "batches",
    "events",
    "rejects",
    "duplicates",
    "last_received",
    "last_event",
    "silent_since",
    "reliability",
    "answers",
    "drift_columns",
];

struct FeedLine {
    feed: FeedRow,
    mean: f64,
    rejected: f64,
    lag: Option<String>,
    silent: Option<Micros>,
    drift: i64,
    spark: Markup,
}

#[derive(Template)]
#[template(path = "watch/feeds.html")]
struct FeedsPage {
    page: Page,
    list: ListView,
    rows: Vec<FeedLine>,
    none_yet: bool,
}

impl FeedsPage {
    fn batches_href(&self, line: &FeedLine) -> String {
        href_of("/batches", "feed", &line.feed.name)
    }
}

/// The part of the rows that could not be read.
fn rejected(feed: &FeedRow) -> f64 {
    let all = feed.events + feed.duplicates + feed.rejects;
    if all == 0 { 0.0 } else { feed.rejects as f64 / all as f64 }
}

/// A span of time in words, in one unit.
fn span(page: &Page, seconds: i64) -> String {
    let (key, count) = match seconds {
        i64::MIN..3_600 => ("watch-span-minutes", seconds.max(0) / 60),
        3_600..172_800 => ("watch-span-hours", seconds / 3_600),
        _ => ("watch-span-days", seconds / 86_400),
    };
    page.t1(key, "count", count)
}

/// The last days, oldest first.
fn last_days(now: Micros) -> Vec<String> {
    (0..DAYS).rev().map(|back| now.plus_days(-back).day()).collect()
}

fn first_day(now: Micros) -> Micros {
    let start = now.plus_days(-(DAYS - 1));
    Micros(start.0 - start.0.rem_euclid(Micros::DAY))
}

pub(super) async fn list(visit: Visit, State(room): State<Room>) -> Answer {
    let ask = FEEDS.read(&visit)?;
    let drifting: HashMap<String, i64> = room.watch.drifting().await?.into_iter().collect();
    let all = room.watch.feeds("").await?;
    let none_yet = all.is_empty();
    let feeds = wanted(all, &ask, &drifting, visit.now);
    if let Some(format) = ask.format() {
        let cells: Vec<_> = feeds.into_iter().map(|feed| cells(feed, &drifting, visit.now)).collect();
        return Ok(visit.export(format, "feeds", &EXPORT_COLUMNS, &cells));
    }
    let number = visit.query("page").map_or(Ok(0), |text| text.parse::<usize>());
    let number = number.ok().filter(|number| *number < PAGES).ok_or_else(|| PageError::unreadable("page"))?;
    let more = feeds.len() > (number + 1) * ask.rows();
    let shown: Vec<FeedRow> = feeds.into_iter().skip(number * ask.rows()).take(ask.rows()).collect();
    let columns = [
        ("received", "watch-feeds-received"),
        ("lag", "watch-feeds-lag"),
        ("days", "watch-feeds-days"),
        ("events", "watch-feeds-events"),
        ("rejects", "watch-feeds-rejects"),
        ("batches", "watch-feeds-batches"),
        ("reliability", "watch-feeds-reliability"),
        ("marks", "watch-feeds-marks"),
    ];
    let list = ask.view_of(&visit, shown.len(), more.then(|| ("page", (number + 1).to_string())));
    let list = list.with_columns(&visit, &columns);
    let page = visit.page("watch-feeds-title");
    let days = last_days(visit.now);
    let mut by_feed: HashMap<String, HashMap<String, i64>> = HashMap::new();
    for (feed, day, events) in room.watch.events_by_feed_and_day(first_day(visit.now)).await? {
        by_feed.entry(feed).or_default().insert(day, events);
    }
    let rows = shown
        .into_iter()
        .map(|feed| {
            let of_day = by_feed.get(&feed.name);
            let counts: Vec<i64> =
                days.iter().map(|day| of_day.and_then(|of_day| of_day.get(day)).copied().unwrap_or(0)).collect();
            let title = page.t1("watch-feeds-spark", "count", counts.iter().sum::<i64>());
            FeedLine {
                mean: feed.reliability.mean(),
                rejected: rejected(&feed),
                lag: feed.lag_seconds().map(|seconds| span(&page, seconds)),
                silent: feed.silent_since(visit.now),
                drift: drifting.get(&feed.name).copied().unwrap_or(0),
                spark: pictures::spark(title, &counts),
                feed,
            }
        })
        .collect();
    visit.html(&FeedsPage { page, list, rows, none_yet })
}

/// The feeds that are asked for, in the order that is asked for.
pub(super) fn wanted(mut feeds: Vec<FeedRow>, ask: &Ask, drifting: &HashMap<String, i64>, now: Micros) -> Vec<FeedRow> {
    let part = ask.value("q").map(str::to_lowercase).unwrap_or_default();
    feeds.retain(|feed| feed.name.to_lowercase().contains(&part) || feed.title.to_lowercase().contains(&part));
    feeds.retain(|feed| match ask.value("show") {
        Some("silent") => feed.silent_since(now).is_some(),
        Some("drift") => drifting.contains_key(&feed.name),
        Some("rejects") => feed.rejects > 0,
        _ => true,
    });
    sort(&mut feeds, ask.order());
    feeds
}

fn sort(feeds: &mut [FeedRow], (name, descending): (&str, bool)) {
    match name {
        "received" => feeds.sort_by_key(|feed| feed.last_received),
        "events" => feeds.sort_by_key(|feed| feed.events),
        "rejects" => feeds.sort_by(|a, b| rejected(a).total_cmp(&rejected(b))),
        "reliability" => feeds.sort_by(|a, b| a.reliability.mean().total_cmp(&b.reliability.mean())),
        _ => feeds.sort_by(|a, b| a.name.cmp(&b.name)),
    }
    if descending {
        feeds.reverse();
    }
}

fn cells(feed: FeedRow, drifting: &HashMap<String, i64>, now: Micros) -> Vec<Cell> {
    let silent = feed.silent_since(now);
    let drift = drifting.get(&feed.name).copied().unwrap_or(0);
    vec![
        feed.name.into(),
        feed.title.into(),
        feed.format.into(),
        feed.batches.into(),
        feed.events.into(),
        feed.rejects.into(),
        feed.duplicates.into(),
        feed.last_received.into(),
        feed.last_event.into(),
        silent.into(),
        feed.reliability.mean().into(),
        feed.reliability.n.into(),
        drift.into(),
    ]
}

pub(super) static ENTRIES: ListSpec = ListSpec {
    columns: &["e.entry", "e.state", "e.first_seen", "e.last_seen", "e.changed_at"],
    from: "watch_list_entry e JOIN watch_feed f ON f.name = e.feed",
    only: "e.feed = $1",
    filters: &[
        Filter {
            name: "q",
            label: "watch-entries-entry",
            kind: Kind::Contains,
            sql: r"LOWER(e.entry) LIKE ? ESCAPE '\'",
        },
        Filter {
            name: "state",
            label: "watch-entries-state",
            kind: Kind::Case {
                words: "watch-entries-state-",
                cases: &[
                    ("listed", "e.state = 'listed'"),
                    ("new", "e.state = 'listed' AND e.changed_at = f.last_received AND e.first_seen = f.last_received"),
                    (
                        "changed",
                        "e.state = 'listed' AND e.changed_at = f.last_received AND e.first_seen < f.last_received",
                    ),
                    ("delisted", "e.state = 'delisted'"),
                    ("expired", "e.state = 'expired'"),
                ],
            },
            sql: "",
        },
    ],
    sorts: &[
        Sort {
            name: "changed",
            label: "watch-entries-changed",
            column: "e.changed_at",
            key: Key::Text,
            descending: true,
        },
        Sort { name: "entry", label: "watch-entries-entry", column: "e.entry", key: Key::Text, descending: false },
        Sort {
            name: "first_seen",
            label: "watch-entries-first-seen",
            column: "e.first_seen",
            key: Key::Text,
            descending: true,
        },
    ],
    key: "e.entry",
    key_kind: Key::Text,
};

/// An entry of a feed that is a list.
pub(super) struct EntryLine {
    pub entry: String,
    pub state: String,
    pub first_seen: Micros,
    pub last_seen: Micros,
    pub changed_at: Micros,
}

pub(super) fn entry_of(row: &Row) -> Result<EntryLine, StoreError> {
    Ok(EntryLine {
        entry: row.text(0)?,
        state: row.text(1)?,
        first_seen: row.moment(2)?,
        last_seen: row.moment(3)?,
        changed_at: row.moment(4)?,
    })
}

struct DriftLine {
    kind: String,
    column: String,
    batches: i64,
    first: Option<Micros>,
    last: Option<Micros>,
}

struct BatchLine {
    batch: Batch,
    state: Markup,
    stack: Markup,
}

#[derive(Template)]
#[template(path = "watch/feed.html")]
struct FeedPage {
    page: Page,
    feed: FeedRow,
    rejected: f64,
    lag: Option<String>,
    silent: Option<Micros>,
    reliable: String,
    per_day: i64,
    events_chart: Markup,
    rejects_chart: Option<Markup>,
    drift: Vec<DriftLine>,
    batches: Vec<BatchLine>,
    counts: ListCounts,
    list: ListView,
    entries: Vec<EntryLine>,
}

impl FeedPage {
    fn drift_words(&self, line: &DriftLine) -> String {
        words_or_value(&self.page, "watch-drift-", &line.kind)
    }

    fn entry_state(&self, line: &EntryLine) -> Markup {
        let tone = match line.state.as_str() {
            "listed" => "bad",
            "delisted" => "good",
            _ => "mute",
        };
        self.page.badge(tone, &format!("watch-entries-state-{}", line.state))
    }

    fn filtered(&self, path: &str, filter: &str) -> String {
        href_of(path, filter, &self.feed.name)
    }

    fn entries_href(&self, state: &str) -> String {
        format!("{}#entries", href_of(&format!("/feeds/{}", self.feed.name), "state", state))
    }
}

pub(super) async fn one(visit: Visit, State(room): State<Room>, Path(name): Path<String>) -> Answer {
    // The empty name would mean all feeds.
    let found = if name.is_empty() { None } else { room.watch.feeds(&name).await?.into_iter().next() };
    let feed = found.ok_or_else(PageError::not_found)?;
    let ask = ENTRIES.read(&visit)?;
    let fixed = [(&feed.name).into()];
    if let Some(format) = ask.format() {
        let rows = ask.fetch_all(&visit.db, &fixed, EXPORT_MOST, entry_of).await?;
        let cells: Vec<Vec<Cell>> = rows
            .into_iter()
            .map(|e| vec![e.entry.into(), e.state.into(), e.first_seen.into(), e.last_seen.into(), e.changed_at.into()])
            .collect();
        return Ok(visit.export(
            format,
            "entries",
            &["entry", "state", "first_seen", "last_seen", "changed_at"],
            &cells,
        ));
    }
    let last = feed.last_received.map(Micros::rfc3339).unwrap_or_default();
    let counts = room.watch.list_counts(&feed.name, &last).await?;
    let found = ask.fetch(&visit.db, &fixed, entry_of).await?;
    let columns = [
        ("state", "watch-entries-state"),
        ("changed", "watch-entries-changed"),
        ("first_seen", "watch-entries-first-seen"),
        ("last_seen", "watch-entries-last-seen"),
    ];
    let list = ask.view(&visit, &found).with_columns(&visit, &columns);
    let page = visit.page_titled(feed.title.clone()).under("/feeds", "watch-feeds-title");
    let days = room.watch.events_by_day(first_day(visit.now), &feed.name).await?;
    let drift = room.watch.drift_of_feed(&feed.name).await?.into_iter().map(drift_line).collect();
    let condition = "feed = $1";
    let newest = room.watch.batches(condition, &fixed, "received_at DESC, id DESC", BATCHES_SHOWN).await?;
    let accuracy = room.watch.accuracy(&feed.name).await?.unwrap_or(0.5);
    let shown = FeedPage {
        rejected: rejected(&feed),
        lag: feed.lag_seconds().map(|seconds| span(&page, seconds)),
        silent: feed.silent_since(visit.now),
        reliable: reliable(&page, feed.reliability, accuracy),
        per_day: days.iter().map(|day| day.1).sum::<i64>() / DAYS,
        events_chart: chart(
            &page,
            visit.now,
            "watch-feed-events-chart",
            days.iter().map(|day| (day.0.as_str(), day.1)),
        ),
        rejects_chart: days.iter().any(|day| day.2 > 0).then(|| {
            chart(&page, visit.now, "watch-feed-rejects-chart", days.iter().map(|day| (day.0.as_str(), day.2)))
        }),
        drift,
        batches: newest
            .into_iter()
            .map(|batch| BatchLine {
                state: batches::state(&page, &batch, room.progress_of(&batch.id).is_some()),
                stack: pictures::stack(&page, &batch),
                batch,
            })
            .collect(),
        counts,
        list,
        entries: found.rows,
        page,
        feed,
    };
    visit.html(&shown)
}

fn chart<'a>(page: &Page, now: Micros, key: &str, counts: impl Iterator<Item = (&'a str, i64)>) -> Markup {
    let counts: HashMap<&str, i64> = counts.collect();
    let points: Vec<(String, i64)> =
        last_days(now).into_iter().map(|day| (day.clone(), counts.get(day.as_str()).copied().unwrap_or(0))).collect();
    sparkline(page, &page.t(key), &points)
}

fn drift_line((kind, column, batches, first, last): (String, String, i64, String, String)) -> DriftLine {
    let (first, last) = (Micros::parse_rfc3339(&first), Micros::parse_rfc3339(&last));
    DriftLine { kind, column, batches, first, last }
}

/// How far the feed can be believed and where that comes from, in a sentence.
fn reliable(page: &Page, reliability: Reliability, accuracy: f64) -> String {
    let percent = |part: f64| Word::from(page.visit.locale.numbers.percent(part));
    let prior = Reliability::prior(accuracy);
    let confirmed = (reliability.alpha - prior.alpha).round().max(0.0) as i64;
    page.t_args(
        "watch-feed-reliable",
        &[
            ("mean", percent(reliability.mean())),
            ("prior", percent(prior.mean())),
            ("weight", page.visit.locale.numbers.decimal(Reliability::PRIOR_WEIGHT, 0).into()),
            ("count", reliability.n.into()),
            ("confirmed", page.visit.locale.numbers.whole(confirmed).into()),
        ],
    )
}

#[cfg(test)]
mod tests {
    use manara_model::Micros;

    use super::{DAYS, first_day, last_days};

    #[test]
    fn the_days_end_today_and_begin_where_the_query_begins() {
        let now = Micros::parse_rfc3339("2026-11-21T13:00:00Z").unwrap();
        let days = last_days(now);
        assert_eq!((days.len() as i64, days.last().unwrap().as_str()), (DAYS, "2026-11-21"));
        assert_eq!(days[0], first_day(now).day());
        assert_eq!(first_day(now).0 % Micros::DAY, 0);
    }
}
