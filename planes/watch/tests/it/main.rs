//! The plane from outside.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod pages;
