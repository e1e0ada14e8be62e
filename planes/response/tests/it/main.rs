//! The plane against real databases.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on stops")]

mod attach;
mod cases;
mod certificates;
mod complaints;
mod figures;
mod figures_walk;
mod follow;
mod form;
mod held;
mod house;
mod import;
mod imports;
mod key_pages;
mod keys;
mod life;
mod lists;
mod made;
mod mail;
mod mailboxes;
mod many;
mod mergers;
mod pages;
mod public;
mod reach;
mod red;
mod related;
mod release;
mod rules;
mod search;
mod sight;
mod thousand;
mod tickets;
mod work;
