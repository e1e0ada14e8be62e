//! What planes find for a text that somebody looks for everywhere.

use manara_model::Viewer;
use manara_store::Db;

use crate::list::like;
use crate::rights::Right;

/// Characters a text to look for has at most, and at least.
pub const SEARCH_CHARS: std::ops::RangeInclusive<usize> = 2..=200;
/// Records, the newest, that a text is looked for inside; numbers, addresses and names are found in all.
pub const SEARCH_DEPTH: i64 = 10_000;

/// Something found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Its page.
    pub href: String,
    /// What it is called.
    pub name: String,
    /// Whether the name is an address, a number or a hash: always from left to right.
    pub mono: bool,
    /// More about it; may be empty.
    pub about: String,
}

/// What was found of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hits {
    /// The kind: a message.
    pub key: &'static str,
    /// Who may see it.
    pub right: Right,
    /// The best first.
    pub hits: Vec<Hit>,
}

/// What somebody looks for.
#[derive(Debug, Clone)]
pub struct Wanted<'a> {
    /// The database of all planes.
    pub db: &'a Db,
    /// For whose eyes.
    pub viewer: &'a Viewer,
    /// The text, trimmed.
    pub text: &'a str,
    /// Hits of each kind at most.
    pub limit: i64,
}

impl Wanted<'_> {
    /// The text in small letters, for `LIKE … ESCAPE '\'` against what holds it.
    pub fn inside(&self) -> String {
        like(self.text)
    }

    /// The text in small letters.
    pub fn small(&self) -> String {
        self.text.to_lowercase()
    }
}
