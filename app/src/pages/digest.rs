//! The daily digest as its readers get it, before they get it.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::State as Given;
use axum::http::StatusCode;
use manara_model::Micros;
use manara_web::api::{ApiAnswer, Code, Given as Body, Problem, json as answer, record};
use manara_web::{Answer, Page, PageError, Right, Tone, Visit};
use serde::Deserialize;
use serde_json::json;

use super::picture::Room;
use crate::picture::{Digest, Posted, Wish, in_words, posted, stop_wish, wish_for, wish_of, wishes};

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
    /// What the form of the reader's own wish shows.
    wish: Wish,
    has_wish: bool,
    trouble: bool,
}

impl DigestPage {
    fn clock(&self, hour: &i64) -> String {
        self.page.visit.locale.numbers.digits(&format!("{hour:02}:00"))
    }

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

/// The digest of a day for programs, as far as the token's person sees.
pub async fn by_program(visit: Visit, Given(room): Given<Arc<Room>>) -> ApiAnswer {
    let day = day_of(&visit)?;
    let digest = Digest::read(&room.db, &room.watch, &visit.viewer, day, visit.now).await?;
    Ok(record(&digest.json()))
}

fn wish_json(wish: Option<&Wish>) -> serde_json::Value {
    json!({ "wanted": wish.is_some(), "mail": wish.map(|wish| wish.mail.as_str()), "hour": wish.map(|wish| wish.hour) })
}

/// Whether the token's person gets the digest by mail.
pub async fn wish_by_program(visit: Visit) -> ApiAnswer {
    let wish = wish_of(&visit.db, visit.user_id()).await?;
    Ok(record(&wish_json(wish.as_ref())))
}

/// What a program asks for its person.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DigestWish {
    mail: String,
    hour: i64,
}

/// Lets the token's person have the digest from now on.
pub async fn want_by_program(visit: Visit, Body(given): Body<DigestWish>) -> ApiAnswer {
    // The digest tells what its person sees, for longer than the token lives: a program that may read less orders none.
    if !visit.may(Right::ReadFindings) || visit.sees_less_than_its_person() {
        let detail =
            "ordering the digest wants the scope findings:read too, and a token for all mailboxes of its person";
        return Err(Problem::new(Code::Scope, detail));
    }
    let wish = Wish { user_id: visit.user_id().to_string(), mail: given.mail.trim().to_string(), hour: given.hour };
    if !(0..=23).contains(&wish.hour) {
        return Err(Problem::invalid("hour", "not-good", given.hour));
    }
    if !wish.is_good() {
        let detail = "mail is one address, hour a full hour from 0 to 23 of the person's own clock";
        return Err(Problem { detail: detail.into(), ..Problem::invalid("mail", "not-good", &given.mail) });
    }
    wish_for(&visit.db, &visit.viewer.name, &wish, visit.now).await?;
    Ok(answer(&wish_json(Some(&wish))))
}

/// Sends it to them no more.
pub async fn stop_by_program(visit: Visit) -> ApiAnswer {
    stop_wish(&visit.db, &visit.viewer.name, visit.user_id(), visit.now).await?;
    Ok(answer(&wish_json(None)))
}

/// `GET /picture/digest`
pub async fn show(visit: Visit, Given(room): Given<Arc<Room>>) -> Answer {
    page(&visit, &room, None).await
}

/// The page; with a wish that cannot be kept, and with what is wrong with it.
async fn page(visit: &Visit, room: &Room, refused: Option<Wish>) -> Answer {
    let day = day_of(visit)?;
    let digest = Digest::read(&room.db, &room.watch, &visit.viewer, day, visit.now).await?;
    if visit.wants_json() {
        return Ok(visit.json(digest.json().to_string()));
    }
    let (subject, text) = in_words(visit.words(), visit.lang, &room.config.team, &digest, None);
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
    let kept = wish_of(&visit.db, visit.user_id()).await?;
    let (trouble, has_wish) = (refused.is_some(), kept.is_some());
    let nothing = || Wish { user_id: String::new(), mail: String::new(), hour: 6 };
    let wish = refused.or(kept).unwrap_or_else(nothing);
    let status = if trouble { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let template = DigestPage {
        page: visit.page("picture-digest-title").under("/picture", "picture-title"),
        today: visit.now.day(),
        subject,
        text,
        links: links.into_iter().flatten().collect(),
        readers: room.config.digest.to.len() + wishes(&visit.db).await?.len(),
        posted: if sees_readers { posted(&visit.db, SHOWN).await? } else { Vec::new() },
        sees_readers,
        day,
        wish,
        has_wish,
        trouble,
    };
    visit.html_status(status, &template)
}

/// What somebody asks for.
#[derive(Deserialize)]
pub struct Wanted {
    #[serde(default)]
    mail: String,
    #[serde(default)]
    hour: String,
}

/// `POST /picture/digest`
pub async fn want(visit: Visit, Given(room): Given<Arc<Room>>, Form(given): Form<Wanted>) -> Answer {
    let hour = given.hour.parse().unwrap_or(-1);
    let wish = Wish { user_id: visit.user_id().to_string(), mail: given.mail.trim().to_string(), hour };
    if !wish.is_good() {
        return page(&visit, &room, Some(wish)).await;
    }
    wish_for(&visit.db, &visit.viewer.name, &wish, visit.now).await?;
    Ok(visit.go_saying("/picture/digest", Tone::Good, "picture-digest-wanted", &[("mail", wish.mail.into())]))
}

/// `POST /picture/digest/stop`
pub async fn stop(visit: Visit) -> Answer {
    stop_wish(&visit.db, &visit.viewer.name, visit.user_id(), visit.now).await?;
    Ok(visit.go_saying("/picture/digest", Tone::Good, "picture-digest-unwanted", &[]))
}
