//! Keys and mail against GnuPG and OpenSSL, and against what nobody should send.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on stops"
)]

mod gnupg;
mod hostile;
mod smime;
