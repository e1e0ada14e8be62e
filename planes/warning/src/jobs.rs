//! What the plane does over time: compose, fill, decide, send, take answers, follow up.

mod answers;
mod bulk;
mod decide;
mod draft;
mod fill;
mod follow_up;
mod returned;
mod send;

use manara_model::Micros;
use manara_store::{BlobError, Journal, StoreError, Tx};
use serde_json::{Map, Value};

use crate::letters::LetterFailed;
use crate::notice::Notice;

pub(crate) use answers::note_refusal;
pub use answers::{Taken, drop_reminders, give_answers, help_given, opened};
pub(crate) use bulk::{ManyStep, act, undo};
pub use decide::{Changed, approve, cancel, redraft, retry};
pub(crate) use decide::{Decider, decide_one};
pub use draft::{ComposeReport, compose_drafts, readdress};
pub use fill::{Filling, Wanting, WantingFinding, attach_events, wanting_events};
pub use follow_up::{FollowInput, Followed, Unanswered, follow_up, unanswered_due};
pub use returned::{ReturnedInput, came_back};
pub use send::{SEND_JOB, SendReport, has_due, outgoing, recover, send_due};

pub(crate) const PLANE: &str = "warning";
/// Who the journal names when no person acted.
pub(crate) const MACHINE: &str = "manara";

/// Why something could not be done.
#[derive(Debug, thiserror::Error)]
pub enum WarningError {
    /// The state database said no.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file could not be kept or read.
    #[error(transparent)]
    Blob(#[from] BlobError),
    /// A letter could not be written.
    #[error(transparent)]
    Letter(#[from] LetterFailed),
    /// A thread that wrote files ended.
    #[error("the thread that writes attachments ended: {0}")]
    Thread(String),
}

/// Writes one line of the journal about a notice.
async fn journal(
    tx: &mut Tx,
    who: &str,
    verb: &str,
    notice: &Notice,
    more: &[(&str, Value)],
    now: Micros,
) -> Result<(), StoreError> {
    Journal::write(tx, who, PLANE, verb, &notice.id, &detail(notice, more), now).await
}

/// What a line of the journal says of a notice.
fn detail(notice: &Notice, more: &[(&str, Value)]) -> String {
    let mut detail = Map::new();
    for (key, text) in [
        ("number", &notice.number),
        ("constituent_id", &notice.constituent_id),
        ("constituent", &notice.constituent),
        ("class", &notice.class),
    ] {
        detail.insert(key.into(), Value::from(text.as_str()));
    }
    detail.insert("findings".into(), Value::from(notice.findings));
    for (key, value) in more {
        detail.insert((*key).into(), value.clone());
    }
    Value::Object(detail).to_string()
}

/// One verb for many notices: id and detail of each.
async fn write_lines(
    tx: &mut Tx,
    who: &str,
    verb: &str,
    lines: Vec<(String, String)>,
    now: Micros,
) -> Result<(), StoreError> {
    if lines.is_empty() {
        return Ok(());
    }
    let lines: Vec<_> = lines.iter().map(|(id, detail)| (verb, id.as_str(), detail.as_str())).collect();
    Journal::write_many(tx, who, PLANE, &lines, now).await
}
