//! Bytes of the world to rows of ours, and back. Pure: no network, disk, clock or database in its dependency tree.
//!
//! Every reader has the same shape: it is given the bytes as a [`std::io::Read`], what is known of the feed, and a
//! [`Sink`]; it gives the sink each row once, as an event, as context, or as a reject with line and reason. A row is
//! never dropped in silence, and no input can make a reader panic or take memory without bound.

mod csv_rows;
mod extra;
mod limits;
mod lines;
mod row;
mod shadowserver;
mod text;
mod times;

pub use csv_rows::{CsvRow, CsvRows, Record};
pub use extra::ExtraJson;
pub use limits::Limits;
pub use lines::{Line, Lines};
pub use row::{Drift, DriftKind, Outcome, ReadError, Reject, Row, Sink, Stop, Value};
pub use shadowserver::{ReportType, Shadowserver, is_domain, parse_ip};
pub use text::decode;
pub use times::{SourceZone, parse_time};
