//! The course of an incident, read from its lines in the journal: when it was taken up, and when it ended.

use manara_model::{Entry, Micros};
use serde_json::Value;

use crate::incident::State;

/// A change of the state of an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Step {
    /// When.
    pub at: Micros,
    /// The state before; nothing when it was opened.
    pub from: Option<State>,
    /// The state after.
    pub to: State,
    /// How.
    pub how: How,
}

/// How a state changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    /// Somebody did it.
    Done,
    /// By merging, or by taking a merger back.
    Merging,
    /// A change of many was taken back: what it did never was.
    TakenBack,
}

impl Step {
    /// What a line of the journal says of the state; nothing when it says nothing.
    fn of(entry: &Entry) -> Option<Step> {
        let detail: Value = serde_json::from_str(&entry.detail).ok()?;
        let text = |name: &str| detail.get(name).and_then(Value::as_str).unwrap_or_default();
        let how = match entry.verb.as_str() {
            "incident_merged" | "incident_split" => How::Merging,
            "incident_restored" => How::TakenBack,
            _ => How::Done,
        };
        if entry.verb == "incident_opened" {
            let to = if text("owner").is_empty() { State::New } else { State::Open };
            return Some(Step { at: entry.at, from: None, to, how });
        }
        let of_list = detail.get("changes").and_then(Value::as_array).and_then(|changes| {
            changes.iter().find_map(|change| match change.as_array().map(Vec::as_slice) {
                Some([name, from, to]) if name == "state" => Some((from.as_str()?, to.as_str()?)),
                _ => None,
            })
        });
        let (from, to) = of_list.unwrap_or((text("from"), text("to")));
        Some(Step { at: entry.at, from: Some(State::parse(from)?), to: State::parse(to)?, how })
    }
}

/// An end of an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct End {
    /// When.
    pub at: Micros,
    /// Whether it ended because it was merged into another.
    pub by_merging: bool,
    /// Whether it was opened again after it.
    pub is_reopened: bool,
}

/// A change of who handles an incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Handed {
    /// When.
    pub at: Micros,
    /// Who had it before; empty for nobody.
    pub from: String,
}

impl Handed {
    /// What a line of the journal says of it; nothing when it says nothing.
    fn of(entry: &Entry) -> Option<Handed> {
        let detail: Value = serde_json::from_str(&entry.detail).ok()?;
        let from =
            detail.get("changes")?.as_array()?.iter().find_map(|change| match change.as_array()?.as_slice() {
                [name, from, _] if name == "owner" => from.as_str(),
                _ => None,
            })?;
        Some(Handed { at: entry.at, from: from.to_string() })
    }
}

/// When an incident was taken up first, its ends, and who had it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Course {
    /// Since when somebody worked on it.
    pub taken_up: Option<Micros>,
    /// Its ends, the first first.
    pub ends: Vec<End>,
    /// When it went from one to another, the first first.
    pub owners: Vec<Handed>,
}

/// The course of an incident by its lines of the journal, oldest first.
pub(crate) fn course<'e>(entries: impl IntoIterator<Item = &'e Entry>) -> Course {
    let mut course = Course::default();
    for entry in entries {
        if let Some(step) = Step::of(entry) {
            course.take(step);
        }
        course.owners.extend(Handed::of(entry));
    }
    course
}

impl Course {
    fn take(&mut self, step: Step) {
        let was_live = step.from.is_none_or(State::is_live);
        match (step.how, was_live, step.to.is_live()) {
            (How::TakenBack, false, true) => {
                self.ends.pop();
            }
            (How::TakenBack, true, false) => self.reopened(false),
            (_, true, false) => {
                let by_merging = step.how == How::Merging;
                self.ends.push(End { at: step.at, by_merging, is_reopened: false });
            }
            (How::Merging, false, true) if self.ends.last().is_some_and(|end| end.by_merging) => {
                self.ends.pop();
            }
            (_, false, true) => self.reopened(true),
            _ => {}
        }
        match (step.how, step.to) {
            (How::TakenBack, State::New) => self.taken_up = None,
            (How::TakenBack, _) => {}
            (_, State::Open) => _ = self.taken_up.get_or_insert(step.at),
            _ => {}
        }
    }

    fn reopened(&mut self, is_reopened: bool) {
        if let Some(end) = self.ends.last_mut() {
            end.is_reopened = is_reopened;
        }
    }
}

#[cfg(test)]
mod tests {
    use manara_model::{Entry, Micros};

    use super::course;

    fn line(at: i64, verb: &str, detail: &str) -> Entry {
        Entry {
            id: at,
            at: Micros(at),
            who: "duty".into(),
            plane: "response".into(),
            verb: verb.into(),
            record: "i".into(),
            detail: detail.into(),
        }
    }

    #[test]
    fn a_course_is_read_from_the_lines_of_the_journal() {
        let opened = |owner: &str| line(1, "incident_opened", &format!(r#"{{"owner":"{owner}"}}"#));
        let taken = line(2, "incident_changed", r#"{"changes":[["owner","","sara"],["state","new","open"]]}"#);
        let closed = line(3, "incident_closed", r#"{"from":"open","to":"resolved"}"#);
        let reopened = line(4, "incident_reopened", r#"{"from":"resolved","to":"open"}"#);
        let again = line(5, "incident_closed", r#"{"from":"open","to":"abandoned"}"#);
        let undone = line(6, "incident_restored", r#"{"changes":[["state","abandoned","open"]]}"#);
        let merged = line(7, "incident_merged", r#"{"from":"open","to":"abandoned"}"#);
        let split = line(8, "incident_split", r#"{"from":"abandoned","to":"open"}"#);
        let untaken = line(9, "incident_restored", r#"{"changes":[["state","open","new"],["owner","sara",""]]}"#);
        let linked = line(2, "ticket_linked", r#"{"ticket":"2026-0000001"}"#);
        for (lines, taken_up, ends) in [
            (vec![opened("")], None, vec![]),
            (vec![opened("sara")], Some(1), vec![]),
            (vec![opened(""), linked.clone(), taken.clone()], Some(2), vec![]),
            (vec![opened(""), closed.clone()], None, vec![(3, false)]),
            (vec![opened(""), taken.clone(), closed.clone(), reopened.clone()], Some(2), vec![(3, true)]),
            (vec![opened("a"), closed.clone(), reopened.clone(), again.clone()], Some(1), vec![(3, true), (5, false)]),
            (vec![opened("a"), closed.clone(), reopened.clone(), again, undone], Some(1), vec![(3, true)]),
            (vec![opened("a"), merged.clone()], Some(1), vec![(7, false)]),
            (vec![opened("a"), merged, split], Some(1), vec![]),
            (vec![opened(""), taken, untaken], None, vec![]),
        ] {
            let found = course(&lines);
            assert_eq!(found.taken_up.map(|at| at.0), taken_up, "{lines:?}");
            let found: Vec<(i64, bool)> = found.ends.iter().map(|end| (end.at.0, end.is_reopened)).collect();
            assert_eq!(found, ends, "{lines:?}");
        }
        let given = |at: i64, from: &str, to: &str| {
            line(at, "incident_changed", &format!(r#"{{"changes":[["owner","{from}","{to}"]]}}"#))
        };
        let found = course(&[opened(""), given(2, "", "sara"), given(3, "sara", ""), linked]).owners;
        let found: Vec<(i64, String)> = found.into_iter().map(|one| (one.at.0, one.from)).collect();
        assert_eq!(found, [(2, String::new()), (3, "sara".into())]);
    }
}
