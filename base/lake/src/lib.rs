//! The lake: SQL over the files of events and the tables beside them.

mod query;
mod table;

pub use query::{Lake, LakeFiles, QueryError, Rows, Tables};
pub use table::{LakeFile, LakeTable};
