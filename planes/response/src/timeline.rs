//! What happened to an incident, newest last: its own changes, its notes, and what other planes tell of its findings.

use std::collections::HashMap;

use manara_model::{Entry, Micros};
use serde_json::Value;

use crate::incident::Note;

/// Something another plane tells of the findings of an incident, in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happened {
    /// When.
    pub at: Micros,
    /// Who did it.
    pub who: String,
    /// What.
    pub what: String,
    /// What it was done to, as the link shows it; empty for no link.
    pub label: String,
    /// Where that is.
    pub href: String,
}

/// One line of the timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Line {
    /// The incident itself changed.
    Own(Own),
    /// A note.
    Note(Note),
    /// Something happened to its findings, so many times alike.
    Elsewhere(Happened, usize),
}

/// A change of the incident itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Own {
    pub at: Micros,
    pub who: String,
    pub verb: String,
    /// Field, before, after.
    pub changes: Vec<[String; 3]>,
    /// How many findings it was about; 0 when it was not about findings.
    pub findings: i64,
    /// The number of the other incident it was about; empty for none.
    pub other: String,
    /// The number of the ticket it was about; empty for none.
    pub ticket: String,
    /// How it ended and what that said of the findings; empty when it did not.
    pub ending: (String, String),
    /// The id of the task or clock it was about, the technique, the number of the evidence, or the own
    /// fields; empty for none.
    pub about: String,
    /// Closing checks that were open at the end.
    pub checks_open: i64,
}

impl Line {
    pub(crate) fn at(&self) -> Micros {
        match self {
            Self::Own(own) => own.at,
            Self::Note(note) => note.happened.unwrap_or(note.at),
            Self::Elsewhere(happened, _) => happened.at,
        }
    }
}

/// The lines in order, the oldest first; what happened alike at one moment is one line. At most `most`, the newest; says
/// whether there were more.
pub(crate) fn timeline(
    journal: Vec<Entry>,
    titles: &HashMap<i64, (String, String)>,
    notes: Vec<Note>,
    elsewhere: Vec<Happened>,
    most: usize,
) -> (Vec<Line>, bool) {
    let own =
        journal.into_iter().filter(|entry| !entry.verb.starts_with("note_")).map(|entry| Line::Own(own(entry, titles)));
    let mut lines: Vec<Line> = own.collect();
    lines.extend(notes.into_iter().map(Line::Note));
    lines.extend(alike(elsewhere).into_iter().map(|(happened, count)| Line::Elsewhere(happened, count)));
    lines.sort_by_key(Line::at);
    let more = lines.len().saturating_sub(most);
    lines.drain(..more);
    (lines, more > 0)
}

fn alike(mut all: Vec<Happened>) -> Vec<(Happened, usize)> {
    all.sort_by(|a, b| (a.at, &a.who, &a.what, &a.label).cmp(&(b.at, &b.who, &b.what, &b.label)));
    let mut lines: Vec<(Happened, usize)> = Vec::new();
    for happened in all {
        match lines.last_mut() {
            Some((last, count)) if (last.at, &last.who, &last.what) == (happened.at, &happened.who, &happened.what) => {
                *count += 1;
            }
            _ => lines.push((happened, 1)),
        }
    }
    lines
}

fn own(entry: Entry, titles: &HashMap<i64, (String, String)>) -> Own {
    let detail: Value = serde_json::from_str(&entry.detail).unwrap_or_default();
    let text = |name: &str| detail.get(name).and_then(Value::as_str).unwrap_or_default().to_string();
    let mut changes: Vec<[String; 3]> =
        detail.get("changes").cloned().and_then(|value| serde_json::from_value(value).ok()).unwrap_or_default();
    let title = detail.get("version").and_then(Value::as_i64).and_then(|version| titles.get(&version));
    if let Some((before, after)) = title
        && let Some(change) = changes.iter_mut().find(|[field, ..]| field == "title")
    {
        *change = ["title".into(), before.clone(), after.clone()];
    }
    let (from, to) = (text("from"), text("to"));
    if !from.is_empty() && from != to {
        changes.push(["state".into(), from, to]);
    }
    let other = text("other");
    Own {
        at: entry.at,
        who: entry.who,
        verb: entry.verb,
        changes,
        findings: detail.get("findings").and_then(Value::as_i64).unwrap_or_default(),
        ticket: text("ticket"),
        other: if other.is_empty() { text("into") } else { other },
        ending: (text("resolution"), text("verdict")),
        about: ["task", "clock", "technique", "evidence", "field"]
            .map(text)
            .into_iter()
            .find(|about| !about.is_empty())
            .unwrap_or_default(),
        checks_open: detail.get("checks_open").and_then(Value::as_i64).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use manara_model::{Entry, Micros};

    use super::{Happened, Line, timeline};
    use crate::incident::Note;

    #[test]
    fn everything_stands_in_order_and_what_is_alike_is_one_line() {
        let entry = |at: i64, verb: &str, detail: &str| Entry {
            id: at,
            at: Micros(at),
            who: "duty".into(),
            plane: "response".into(),
            verb: verb.into(),
            record: "i".into(),
            detail: detail.into(),
        };
        let note = Note {
            id: "n".into(),
            incident_id: "i".into(),
            body: "called them".into(),
            who: "duty".into(),
            at: Micros(25),
            version: 1,
            edited: None,
            struck: None,
            happened: None,
            technique: String::new(),
        };
        let happened = |at: i64, label: &str| Happened {
            at: Micros(at),
            who: "duty".into(),
            what: "answered a finding".into(),
            label: label.into(),
            href: "/findings/x".into(),
        };
        let journal = vec![
            entry(
                40,
                "incident_closed",
                r#"{"from":"open","to":"abandoned","resolution":"no-answer","verdict":"left"}"#,
            ),
            entry(25, "note_added", r#"{"note":"n"}"#),
            entry(20, "incident_changed", r#"{"changes":[["title","",""]],"version":2}"#),
            entry(10, "incident_opened", "not JSON"),
        ];
        let elsewhere = vec![happened(30, "b"), happened(30, "a"), happened(31, "c")];
        let titles = HashMap::from([(2, ("Old".to_string(), "New".to_string()))]);
        let (lines, more) = timeline(journal.clone(), &titles, vec![note.clone()], elsewhere.clone(), 100);
        assert!(!more);
        let at: Vec<i64> = lines.iter().map(|line| line.at().0).collect();
        assert_eq!(at, [10, 20, 25, 30, 31, 40]);
        assert!(matches!(&lines[3], Line::Elsewhere(first, 2) if first.label == "a"), "{lines:?}");
        let Line::Own(renamed) = &lines[1] else { panic!("{lines:?}") };
        assert_eq!(renamed.changes, [["title", "Old", "New"]]);
        let Line::Own(last) = &lines[5] else { panic!("{lines:?}") };
        assert_eq!(last.changes, [["state", "open", "abandoned"]]);
        assert_eq!(last.ending, ("no-answer".to_string(), "left".to_string()));
        let (newest, more) = timeline(journal, &titles, vec![note], elsewhere, 2);
        assert!(more && newest.len() == 2 && newest[1].at() == Micros(40));
    }
}
