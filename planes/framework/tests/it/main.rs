//! The plane as its callers meet it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod content;
mod exchange;
mod house;
mod life;
mod models;
mod pages;
mod workshop;
