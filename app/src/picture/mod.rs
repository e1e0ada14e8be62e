//! The figures of the whole house: what waits now, the national picture, the daily digest.

mod config;
mod digest;
mod figures;
mod post;
mod readers;
mod span;
mod world;

pub use config::{DigestConfig, is_mail_address};
pub use digest::{Digest, in_words};
pub use figures::{Counts, Figures, OWN, Standing, change_of, figures_of, figures_on, note_figures, standing_of};
pub use post::{Posted, posted, send_digests};
pub use readers::{Wish, stop_wish, wish_for, wish_of, wishes};
pub use span::Span;
pub use world::{Place, World, countries, land};

use manara_store::{Migration, Schema};

/// The tables of the house itself.
pub const SCHEMA: Schema = Schema {
    plane: "app",
    tables: &["app_figure", "app_digest", "app_digest_reader"],
    migrations: &[
        Migration { number: 1, sql: include_str!("../../migrations/001_app.sql") },
        Migration { number: 2, sql: include_str!("../../migrations/002_digest_reader.sql") },
    ],
};
