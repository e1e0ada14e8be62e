//! The plane from outside.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod expiry;
mod lists;
mod many;
mod pages;
mod resume;
mod take;
