//! The plane against real databases.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on stops")]

mod cases;
mod house;
mod import;
mod keys;
mod life;
mod mail;
mod many;
mod pages;
mod public;
mod rules;
mod tickets;
mod work;
