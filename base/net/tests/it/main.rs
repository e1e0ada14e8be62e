//! Mail as the servers of others bring, keep and check it: Postfix, Dovecot, and a checker of signatures.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod dovecot;
mod postfix;
mod servers;
