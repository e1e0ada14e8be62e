//! Feeds for programs.

use std::collections::HashMap;

use axum::extract::{Path, State};
use manara_model::Micros;
use manara_web::Visit;
use manara_web::api::{ApiAnswer, Problem, page_number, page_of, read_list, read_placed, record};
use serde_json::{Value, json};

use super::super::Room;
use super::super::feeds::{ENTRIES, EntryLine, FEEDS, PAGES, entry_of, wanted};
use crate::batch::FeedRow;

fn shown(feed: &FeedRow, drift: i64, now: Micros) -> Value {
    json!({
        "name": feed.name, "title": feed.title, "format": feed.format, "reliability": feed.reliability.mean(),
        "answers": feed.reliability.n, "silent_hours": feed.silent_hours,
        "silent_since": feed.silent_since(now).map(Micros::rfc3339),
        "last_received": feed.last_received.map(Micros::rfc3339), "last_event": feed.last_event.map(Micros::rfc3339),
        "batches": feed.batches, "events": feed.events, "rejects": feed.rejects, "duplicates": feed.duplicates,
        "drift": drift,
    })
}

pub(super) async fn list(visit: Visit, State(room): State<Room>) -> ApiAnswer {
    let (ask, cursor) = read_placed(&FEEDS, &visit)?;
    let number = page_number(cursor, PAGES)?;
    let drifting: HashMap<String, i64> = room.watch.drifting().await?.into_iter().collect();
    let feeds = wanted(room.watch.feeds("").await?, &ask, &drifting, visit.now);
    let more = feeds.len() > (number + 1) * ask.rows();
    let drift = |feed: &FeedRow| drifting.get(&feed.name).copied().unwrap_or(0);
    let page = feeds.iter().skip(number * ask.rows()).take(ask.rows());
    let items = page.map(|feed| shown(feed, drift(feed), visit.now)).collect();
    Ok(page_of(items, more.then(|| (number + 1).to_string())))
}

pub(super) async fn one(visit: Visit, State(room): State<Room>, Path(name): Path<String>) -> ApiAnswer {
    let found = if name.is_empty() { None } else { room.watch.feeds(&name).await?.into_iter().next() };
    let feed = found.ok_or_else(Problem::not_found)?;
    let drifting = room.watch.drifting().await?;
    let drift = drifting.iter().find(|(name, _)| *name == feed.name).map_or(0, |(_, drift)| *drift);
    Ok(record(&shown(&feed, drift, visit.now)))
}

pub(super) async fn entries(visit: Visit, State(room): State<Room>, Path(name): Path<String>) -> ApiAnswer {
    let found = if name.is_empty() { None } else { room.watch.feeds(&name).await?.into_iter().next() };
    let feed = found.ok_or_else(Problem::not_found)?;
    let ask = read_list(&ENTRIES, &visit)?;
    let found = ask.fetch(&visit.db, &[(&feed.name).into()], entry_of).await?;
    let next = found.next();
    let entry = |one: EntryLine| {
        json!({
            "entry": one.entry, "state": one.state, "first_seen": one.first_seen.rfc3339(),
            "last_seen": one.last_seen.rfc3339(), "changed_at": one.changed_at.rfc3339(),
        })
    };
    Ok(page_of(found.rows.into_iter().map(entry).collect(), next))
}
