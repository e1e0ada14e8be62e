//! Bytes of the world to rows of ours, and back. Pure: no network, disk, clock or database in its dependency tree.
//!
//! Every reader has the same shape: it is given the bytes as a [`std::io::Read`], what is known of the feed, and a
//! [`Sink`]; it gives the sink each row once, as an event, as context, or as a reject with line and reason. A row is
//! never dropped in silence, and no input can make a reader panic or take memory without bound.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

mod csv_rows;
mod draft;
mod extra;
mod guess;
mod idea;
mod intelmq;
mod json;
mod json_rows;
mod limits;
mod lines;
mod list;
pub mod mail;
mod mapped;
mod mapping;
mod open;
mod row;
mod shadowserver;
mod suricata;
mod text;
mod times;
mod zeek;

pub use csv_rows::{CsvRow, CsvRows, Record, delimiter_of};
pub use extra::ExtraJson;
pub use guess::{FormatGuess, guess};
pub use idea::read_idea;
pub use intelmq::{read_intelmq, to_intelmq};
pub use limits::Limits;
pub use lines::{Line, Lines};
pub use list::read_list;
pub use mapped::read_feed;
pub use mapping::{Feed, FeedFormat, ListState, MappingError};
pub use open::open;
pub use row::{Drift, DriftKind, Outcome, ReadError, Reject, Row, Sink, Stop, Value};
pub use shadowserver::{ReportType, Shadowserver, is_domain, parse_ip};
pub use suricata::read_suricata;
pub use text::{decode, decode_file};
pub use times::{SourceZone, parse_time};
pub use zeek::read_zeek;
