//! The plane as its callers meet it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod beside;
mod content;
mod enhance;
mod exchange;
mod founding;
mod house;
mod life;
mod models;
mod office;
mod pages;
mod programme;
mod programme_pages;
mod voices;
mod voices_pages;
mod workshop;
