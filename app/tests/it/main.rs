//! The real program, run as people run it: its command line, crashes, full disks, backups.
//!
//! What needs PostgreSQL runs when `MANARA_TEST_POSTGRES` is the address of a server (`scripts/test` starts one).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod alarms;
mod answers;
mod api;
mod asking;
mod away;
mod backup;
mod bombs;
mod cli;
mod crash;
mod deliver;
mod demo;
mod digest_mail;
mod disk_full;
mod documents;
mod empty;
mod first_run;
mod formats;
mod forms;
mod founding;
mod given;
mod handbook;
mod house;
mod import;
mod incidents;
mod json;
mod lists;
mod mail_api;
mod own_settings;
mod picture;
mod post;
mod programme;
mod relayed;
mod reported;
mod research;
mod scenario;
mod sealed;
mod servers;
mod standing;
mod training;
mod unread;
mod works;
