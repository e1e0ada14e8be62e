//! The figures of the whole house: what waits now, the national picture, the daily digest.

mod config;
mod digest;
mod figures;
mod post;
mod span;
mod world;

pub use config::DigestConfig;
pub use digest::{Digest, in_words};
pub use figures::{Counts, Figures, Standing, change_of, figures_of, figures_on, note_figures, standing_of};
pub use post::{Posted, posted, send_digests};
pub use span::Span;
pub use world::{Place, World, land};

use manara_store::{Migration, Schema};

/// The tables of the house itself.
pub const SCHEMA: Schema = Schema {
    plane: "app",
    tables: &["app_figure", "app_digest"],
    migrations: &[Migration { number: 1, sql: include_str!("../../migrations/001_app.sql") }],
};
