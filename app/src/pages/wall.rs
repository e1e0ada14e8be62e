//! The wall screen: the few numbers a room needs, read from across it, made anew by itself.

use std::sync::Arc;

use askama::Template;
use axum::extract::State as Given;
use manara_web::{Answer, Markup, Page, Right, Site, Visit};

use super::home::Home;
use super::tiles::{TILES, comparison};
use crate::picture::{Counts, Standing, change_of, figures_of, figures_on};

/// Seconds between two pages.
const EVERY: u32 = 60;
/// The figures of the wall, in order: those of [`TILES`] that a room acts on.
const SHOWN: [&str; 9] = ["new-high", "new", "live", "drafts", "unanswered", "unowned", "overdue", "silent", "failed"];

/// The page, with its right.
pub fn site(home: Arc<Home>) -> Site {
    Site::<Arc<Home>>::new().page("/wall", Right::ReadFindings, show).with_state(home)
}

/// One number.
struct Number {
    href: &'static str,
    key: &'static str,
    count: i64,
    tone: &'static str,
    change: Markup,
}

#[derive(Template)]
#[template(path = "wall.html")]
struct Wall {
    page: Page,
    still: bool,
    every: u32,
    numbers: Vec<Number>,
}

async fn show(visit: Visit, Given(home): Given<Arc<Home>>) -> Answer {
    let page = visit.page("picture-wall-title");
    let counts = Counts::read(&home.db, &home.watch, &Standing::new(), &visit.viewer, visit.now).await?;
    let figures = figures_of(&counts);
    let before = figures_on(&visit.db, &visit.viewer, &visit.now.plus_days(-7).day()).await?;
    let number = |name: &&str| {
        let tile = TILES.iter().find(|tile| tile.figure == *name && page.may(tile.right))?;
        let count = figures.get(*name).copied().unwrap_or(0);
        Some(Number {
            href: tile.href,
            key: tile.key,
            count,
            tone: tile.tone_of(count),
            change: comparison(&page, change_of(count, before.as_ref(), name)),
        })
    };
    let numbers = SHOWN.iter().filter_map(number).collect();
    visit.html(&Wall { still: visit.query("still").is_some(), every: EVERY, numbers, page })
}
