//! The lake: event columns, Parquet files, and SQL over them.

mod columns;
mod file;
mod query;
mod schema;
mod table;

pub use columns::{Columns, text_of_ip};
pub use datafusion::arrow;
pub use file::{FileError, FileWriter, Keys, WrittenFile, read_keys, verify_file};
pub use query::{Lake, LakeFiles, QueryError, Rows, Tables};
pub use schema::{Own, event_schema, own_columns, reject_schema};
pub use table::{LakeFile, LakeTable};
