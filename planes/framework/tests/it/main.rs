//! The plane as its callers meet it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod beside;
mod content;
mod enhance;
mod evidence_api;
mod exchange;
mod exercise;
mod exercise_api;
mod exercise_pages;
mod founding;
mod founding_alone;
mod founding_api;
mod house;
mod in_force;
mod kept_before;
mod life;
mod models;
mod office;
mod open_shelf;
mod own;
mod own_pages;
mod pages;
mod program;
mod programme;
mod programme_pages;
mod shown;
mod strategy_api;
mod strategy_lists;
mod voices;
mod voices_pages;
mod workshop;
