//! Finding records by what they say, in every language of ours, at the next request after they were written.
//!
//! What is said is brought into one form here, in Rust ([`form`]), and only then given to the engine's index: FTS5 of SQLite,
//! `tsvector` of PostgreSQL. So both find the same, accents, harakat and letter variants apart, and no index ever lags behind.

mod best;
mod form;
mod index;
mod seek;

pub(crate) use best::{Places, Weights};
pub use form::{form, terms};
pub use index::prepare;
pub(crate) use index::{
    Formed, Said, add, add_next, as_usual, at_once, forget, forming, move_notes, move_part, note, part_alone,
};
pub use seek::{Found, seek};
pub(crate) use seek::{asked_of_postgres, asked_of_sqlite, newest_in_postgres, newest_in_sqlite, rows_saying};
