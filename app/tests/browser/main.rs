//! The real pages in a real browser, over the demo's country: how they read, how they are worked by keys alone, with scripts
//! and without, and whether every word of them comes from the words.
//!
//! Needs Chromium and its driver (`scripts/setup` installs them). `CHROMEDRIVER` and `CHROMIUM` say where they are, `AXE`
//! where the checker of accessibility lies.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod browser;
mod first;
mod focus;
mod founding;
mod grid;
mod house;
mod http;
mod keys;
mod live;
mod pages;
mod pictures;
mod pseudo;
mod reported;
mod run;
mod shortcuts;
mod ticked;
mod weight;
