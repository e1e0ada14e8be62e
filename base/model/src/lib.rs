//! The nouns that cross a border, and the one rule of who may see what. No I/O.

mod cell;
mod field;
mod finding;
mod id;
mod journal;
mod mailboxes;
mod marking;
mod markup;
mod owners;
mod ranges;
mod rsit;
mod severity;
mod time;

pub use cell::neutral_cell;
pub use field::{FIELDS, Field, FieldSpec, Kind};
pub use finding::{Answer, FindingState, Reliability, combined_confidence};
pub use id::new_id;
pub use journal::Entry;
pub use mailboxes::Mailboxes;
pub use marking::{Tlp, Viewer, may_see, needs_second};
pub use markup::escaped;
pub use owners::{Owner, Owners};
pub use ranges::{DuplicateNetwork, DuplicatePrefix, IpTable, RangeKey, RangeTable, TableError};
pub use rsit::{CLASSES, Class, Type, class_of_type, is_known};
pub use severity::Severity;
pub use time::Micros;
