//! One line of the journal.

use crate::Micros;

/// What happened: written in the transaction of the fact it tells of, never changed afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Position in the journal; grows with every entry.
    pub id: i64,
    /// When.
    pub at: Micros,
    /// Login name, or `manara` for the program itself.
    pub who: String,
    /// The plane it happened in: `watch`, `warning`, `constituency`, `web`.
    pub plane: String,
    /// What was done, a past participle: `batch_finished`.
    pub verb: String,
    /// Id of the record it was done to.
    pub record: String,
    /// More, as a JSON object.
    pub detail: String,
}
