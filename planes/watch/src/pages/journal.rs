//! What happened to one record, as its page shows it.

use manara_model::{Entry, FindingState, Micros};
use manara_store::{Db, Journal, StoreError};
use manara_web::Page;

use super::words_or_value;

/// Entries shown.
const SHOWN: i64 = 50;

/// One line.
pub(super) struct Line {
    pub at: Micros,
    pub who: String,
    pub verb: String,
    /// From one state to another, where the entry says so.
    pub moved: Option<(FindingState, FindingState)>,
}

/// The newest lines of a record of this plane.
pub(super) async fn of_record(db: &Db, page: &Page, record: &str) -> Result<Vec<Line>, StoreError> {
    let entries = Journal::of_record(db, "watch", record, SHOWN).await?;
    Ok(entries.into_iter().map(|entry| line(page, entry)).collect())
}

fn line(page: &Page, entry: Entry) -> Line {
    let moved = moved(&entry);
    Line { at: entry.at, verb: words_or_value(page, "watch-verb-", &entry.verb), who: entry.who, moved }
}

fn moved(entry: &Entry) -> Option<(FindingState, FindingState)> {
    let detail: serde_json::Value = serde_json::from_str(&entry.detail).ok()?;
    let state = |name: &str| detail.get(name).and_then(|value| value.as_str()).and_then(FindingState::parse);
    let from = state("from")?;
    let to = state("to").or_else(|| (entry.verb == "finding_reopened").then_some(FindingState::Reopened))?;
    Some((from, to))
}

#[cfg(test)]
mod tests {
    use manara_model::{Entry, FindingState, Micros};

    use super::moved;

    #[test]
    fn a_move_is_shown_only_when_the_entry_tells_it() {
        let entry = |verb: &str, detail: &str| Entry {
            id: 1,
            at: Micros(0),
            who: "manara".into(),
            plane: "watch".into(),
            verb: verb.into(),
            record: "x".into(),
            detail: detail.into(),
        };
        let answered = entry("finding_answered", r#"{"from":"open","to":"fixed"}"#);
        assert_eq!(moved(&answered), Some((FindingState::Open, FindingState::Fixed)));
        let reopened = entry("finding_reopened", r#"{"from":"fixed","batch":"b"}"#);
        assert_eq!(moved(&reopened), Some((FindingState::Fixed, FindingState::Reopened)));
        assert_eq!(moved(&entry("batch_received", r#"{"from":"open"}"#)), None);
        assert_eq!(moved(&entry("finding_answered", "no JSON")), None);
    }
}
