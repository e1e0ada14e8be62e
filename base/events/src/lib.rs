//! Events at rest: their columns under construction, and the Parquet files they end in.

mod columns;
mod file;
mod schema;

pub use arrow;
pub use columns::{Columns, text_of_ip};
pub use file::{FileError, FileWriter, Keys, WrittenFile, read_keys, verify_file};
pub use schema::{Own, event_schema, own_columns, reject_schema};
