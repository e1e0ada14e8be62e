//! A busy hour: fifty handlers each open a page a second, ten notes a second are written, and mail comes in, all at the same time.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use axum::http::StatusCode;
use manara_model::Viewer;
use manara_response::list_tickets;

use super::Line;
use super::post::Post;
use super::served::Served;
use crate::house::House;

/// Handlers, each opening a page a second.
const HANDLERS: u32 = 50;
const EACH: Duration = Duration::from_secs(1);
/// Notes that are written a second, and mails that come.
const WRITES: u64 = 10;
const MAILS: u64 = 50;
/// Conversations over which mails come.
const CONNECTIONS: u64 = 8;

/// What went wrong: pages and forms that were answered with an error, and mails.
#[derive(Default)]
struct Wrong {
    pages: AtomicU64,
    writes: AtomicU64,
    mails: AtomicU64,
}

/// Lets all of it happen for some seconds.
pub async fn measure(house: &House, served: &Served, seconds: u64) -> anyhow::Result<Vec<Line>> {
    let rows = house
        .db
        .read(
            "SELECT number FROM response_incident WHERE state IN ('new', 'open') ORDER BY created DESC, id DESC LIMIT 200",
            &[],
        )
        .await?;
    let incidents: Vec<String> = rows.iter().map(|row| row.text(0)).collect::<Result<_, _>>()?;
    let tickets = list_tickets(&house.db, &Viewer::system(), None, None, 200).await?;
    let mut paths: Vec<String> =
        vec!["/".into(), "/incidents".into(), "/tickets".into(), "/incidents?show=unowned".into()];
    paths.extend(incidents.iter().take(50).map(|number| format!("/incidents/{number}")));
    paths.extend(tickets.iter().take(50).map(|one| format!("/tickets/{}", one.number)));
    let (paths, incidents, wrong) = (Arc::new(paths), Arc::new(incidents), Arc::new(Wrong::default()));
    let token_of = format!("/incidents/{}", incidents.first().context("there is no live incident")?);
    let begin = tokio::time::Instant::now();
    let until = Instant::now() + Duration::from_secs(seconds);
    let mut readers = Vec::new();
    for place in 0..HANDLERS {
        let (seat, paths, wrong) = (served.seat.clone(), Arc::clone(&paths), Arc::clone(&wrong));
        readers.push(tokio::spawn(async move {
            let mut times = Vec::new();
            // Each has a moment of the second: fifty people do not click at once.
            let mut turn = tokio::time::interval_at(begin + EACH * place / HANDLERS, EACH);
            for path in paths.iter().cycle().skip(place as usize * 7) {
                turn.tick().await;
                if Instant::now() >= until {
                    break;
                }
                let begin = Instant::now();
                match seat.ask(path).await {
                    Ok((StatusCode::OK, _)) => times.push(begin.elapsed()),
                    _ => _ = wrong.pages.fetch_add(1, Ordering::Relaxed),
                }
            }
            times
        }));
    }
    let writing = tokio::spawn(write(served.seat.clone(), token_of, incidents, Arc::clone(&wrong), until));
    let mut bringers = Vec::new();
    for first in 0..CONNECTIONS {
        bringers.push(tokio::spawn(bring(served.lmtp.clone(), first, Arc::clone(&wrong), until)));
    }
    let mut times = Vec::new();
    for reader in readers {
        times.extend(reader.await?);
    }
    let written = writing.await??;
    let mut mails = Vec::new();
    for bringer in bringers {
        mails.extend(bringer.await??);
    }
    let count = |number: &AtomicU64| number.load(Ordering::Relaxed);
    let told = |what: &str, failed: u64| {
        if failed == 0 { format!("no {what} failed") } else { format!("{failed} {what} FAILED") }
    };
    let kept = mails.len();
    Ok(vec![
        Line::of("a page while all happens", times, 150.0).saying(told("page", count(&wrong.pages))),
        Line::of("a note while all happens", written, 1_000.0).saying(told("note", count(&wrong.writes))),
        Line::of("a mail while all happens", mails, 1_000.0)
            .saying(format!("{kept} kept, {}", told("mail", count(&wrong.mails)))),
    ])
}

async fn write(
    seat: super::super::pages::Seat,
    token_of: String,
    incidents: Arc<Vec<String>>,
    wrong: Arc<Wrong>,
    until: Instant,
) -> anyhow::Result<Vec<Duration>> {
    let token = seat.token(&token_of).await?;
    let mut turn = tokio::time::interval(Duration::from_millis(1_000 / WRITES));
    let mut writes = tokio::task::JoinSet::new();
    for (count, number) in incidents.iter().cycle().enumerate() {
        turn.tick().await;
        if Instant::now() >= until {
            break;
        }
        let (seat, token, path) = (seat.clone(), token.clone(), format!("/incidents/{number}/notes"));
        writes.spawn(async move {
            let begin = Instant::now();
            let body = format!("A note of a busy hour, number {count}.");
            let done = seat.send(&path, &token, &[("body", &body)]).await;
            (done.is_ok_and(|status| status == StatusCode::SEE_OTHER), begin.elapsed())
        });
    }
    let mut times = Vec::new();
    while let Some(one) = writes.join_next().await {
        match one? {
            (true, took) => times.push(took),
            (false, _) => _ = wrong.writes.fetch_add(1, Ordering::Relaxed),
        }
    }
    Ok(times)
}

async fn bring(address: String, first: u64, wrong: Arc<Wrong>, until: Instant) -> anyhow::Result<Vec<Duration>> {
    let mut post = Post::open(&address).await?;
    let mut turn = tokio::time::interval(Duration::from_millis(1_000 * CONNECTIONS / MAILS));
    let mut times = Vec::new();
    // Other mails than those that were brought as fast as they were taken.
    let mut number = 1_000_000 + first;
    loop {
        turn.tick().await;
        if Instant::now() >= until {
            return Ok(times);
        }
        match post.bring(number).await {
            Ok(took) => times.push(took),
            Err(_) => {
                wrong.mails.fetch_add(1, Ordering::Relaxed);
                post = Post::open(&address).await?;
            }
        }
        number += CONNECTIONS;
    }
}
