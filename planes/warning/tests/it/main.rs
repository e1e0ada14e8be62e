//! The plane against real databases and a real mail server.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on stops")]

mod answers;
mod follow_up;
mod house;
mod letters_leave;
mod life;
mod many;
mod pages;
mod second;
mod smtp;
