//! The daily digest as its readers get it, before they get it.

use std::sync::Arc;

use askama::Template;
use axum::extract::State as Given;
use manara_model::Micros;
use manara_web::{Answer, Page, PageError, Right, Visit};

use super::picture::Room;
use crate::picture::{Digest, Posted, in_words, posted};

/// Digests shown that were sent.
const SHOWN: i64 = 30;

/// Where a number of the text can be looked at.
struct Link {
    href: String,
    key: &'static str,
}

#[derive(Template)]
#[template(path = "digest.html")]
struct DigestPage {
    page: Page,
    day: String,
    today: String,
    subject: String,
    text: String,
    links: Vec<Link>,
    readers: usize,
    sees_readers: bool,
    posted: Vec<Posted>,
}

impl DigestPage {
    fn state_key(&self, one: &Posted) -> String {
        format!("picture-digest-state-{}", one.state)
    }

    fn tone(&self, one: &Posted) -> &'static str {
        match one.state.as_str() {
            "sent" | "kept" => "good",
            "failed" => "bad",
            _ => "info",
        }
    }
}

/// The day asked for, yesterday without one.
fn day_of(visit: &Visit) -> Result<Micros, PageError> {
    let refused = || PageError::unreadable("day is no day such as 2026-01-15");
    match visit.query("day").as_deref().map(str::trim) {
        None | Some("") => Ok(visit.now.plus_days(-1)),
        Some(text) if text.len() == 10 => Micros::parse_rfc3339(&format!("{text}T00:00:00Z")).ok_or_else(refused),
        Some(_) => Err(refused()),
    }
}

/// `GET /picture/digest`
pub async fn show(visit: Visit, Given(room): Given<Arc<Room>>) -> Answer {
    let day = day_of(&visit)?;
    let digest = Digest::read(&room.db, &room.watch, &visit.viewer, day, visit.now).await?;
    if visit.wants_json() {
        return Ok(visit.json(digest.json().to_string()));
    }
    let (subject, text) = in_words(visit.words(), visit.lang, &room.config.team, &digest);
    let sees_readers = visit.may(Right::ManageUsers);
    let day = day.day();
    let link = |right, href: String, key| visit.may(right).then_some(Link { href, key });
    let links = [
        link(
            Right::ReadFindings,
            format!("/findings?state=all&first_from={day}&first_until={day}"),
            "picture-digest-to-findings",
        ),
        link(Right::ReadNotices, "/notices?answered=none".into(), "picture-digest-to-notices"),
        link(Right::ReadIncidents, format!("/incidents?state=&from={day}&until={day}"), "picture-digest-to-incidents"),
        link(Right::ReadFeeds, "/feeds?show=silent".into(), "picture-digest-to-feeds"),
    ];
    visit.html(&DigestPage {
        page: visit.page("picture-digest-title").under("/picture", "picture-title"),
        today: visit.now.day(),
        subject,
        text,
        links: links.into_iter().flatten().collect(),
        readers: room.config.digest.to.len(),
        posted: if sees_readers { posted(&visit.db, SHOWN).await? } else { Vec::new() },
        sees_readers,
        day,
    })
}
