//! An incident: what people handle, from one or many findings, or from nothing but a call.

use std::net::IpAddr;

use manara_model::{FindingState, Micros, Severity, Tlp};

use crate::pap::Pap;

/// Characters of a title.
pub const TITLE_CHARS: usize = 200;
/// Characters of a note.
pub const NOTE_CHARS: usize = 20_000;
/// Characters of the reason for opening again.
pub const REASON_CHARS: usize = 2_000;
/// Findings that one form links.
pub const LINKED_AT_ONCE: usize = 1_000;

/// Where an incident stands. The order is the order of a usual life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Nobody has taken it up.
    New,
    /// Somebody works on it.
    Open,
    /// Closed, with an end that was reached.
    Resolved,
    /// Closed without one.
    Abandoned,
}

/// Which state may follow which. What is not here is refused.
pub const TRANSITIONS: &[(State, State)] = &[
    (State::New, State::Open),
    (State::New, State::Resolved),
    (State::New, State::Abandoned),
    (State::Open, State::Resolved),
    (State::Open, State::Abandoned),
    (State::Resolved, State::Open),
    (State::Abandoned, State::Open),
];

impl State {
    /// All, in the order of a usual life.
    pub const ALL: [State; 4] = [Self::New, Self::Open, Self::Resolved, Self::Abandoned];

    /// The word used in SQL, files and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Open => "open",
            Self::Resolved => "resolved",
            Self::Abandoned => "abandoned",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Whether somebody still has something to do.
    pub fn is_live(self) -> bool {
        matches!(self, Self::New | Self::Open)
    }

    /// Whether another state may follow.
    pub fn may_become(self, next: State) -> bool {
        TRANSITIONS.contains(&(self, next))
    }
}

/// How much depends on what is hit: the criticality of the constituent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Impact {
    /// Little.
    Low,
    /// Some.
    Medium,
    /// Much.
    High,
    /// The country.
    Vital,
}

impl Impact {
    /// All, from least to most.
    pub const ALL: [Impact; 4] = [Self::Low, Self::Medium, Self::High, Self::Vital];

    /// The word used in SQL, files and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Vital => "vital",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|impact| impact.as_str() == text)
    }
}

/// What the end of an incident says of its findings, and so of their sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Nothing: they stay as they are.
    Left,
    /// They were so and are mended; their sources were right.
    Fixed,
    /// They never were; their sources were wrong.
    False,
}

impl Verdict {
    /// All, in the order of the form.
    pub const ALL: [Verdict; 3] = [Self::Left, Self::Fixed, Self::False];

    /// The word used in SQL, files and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Fixed => "fixed",
            Self::False => "false",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.as_str() == text)
    }

    /// The answer that every finding of the incident is given.
    pub fn answer(self) -> Option<manara_model::Answer> {
        match self {
            Self::Left => None,
            Self::Fixed => Some(manara_model::Answer::Fixed),
            Self::False => Some(manara_model::Answer::False),
        }
    }
}

/// An incident, without its notes and links.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incident {
    /// UUIDv7.
    pub id: String,
    /// What people call it: `INC-2026-0001`.
    pub number: String,
    /// One line.
    pub title: String,
    /// RSIT class.
    pub taxonomy: String,
    /// RSIT type.
    pub kind: String,
    /// How much depends on what is hit.
    pub impact: Impact,
    /// How bad what happens there is.
    pub urgency: Severity,
    /// What the matrix makes of both.
    pub severity: Severity,
    /// How far it may travel.
    pub tlp: Tlp,
    /// What may be done with what it knows.
    pub pap: Pap,
    /// Login name of whoever handles it; empty for nobody.
    pub owner: String,
    /// Where it stands.
    pub state: State,
    /// How it ended: an id of the policy's list; empty while it is live.
    pub resolution: String,
    /// What the end said of its findings; `None` while it is live.
    pub verdict: Option<Verdict>,
    /// Id of the incident it was merged into; empty for none.
    pub merged_into: String,
    /// The rule that opened it; empty when a person did.
    pub rule: String,
    /// Who opened it.
    pub opened_by: String,
    /// Counts its changes; a form carries the one it was filled in from.
    pub version: i64,
    /// How many findings are linked.
    pub findings: i64,
    /// The names of its constituents, as they were when they were linked.
    pub constituents: String,
    /// Its tags, one a line.
    pub tags: String,
    /// The values of its own fields: a JSON object by the ids of fields; empty for none.
    pub fields: String,
    /// When it was opened.
    pub created: Micros,
    /// When it changed last.
    pub changed: Micros,
    /// When it was closed.
    pub closed: Option<Micros>,
    /// Until when something is to be done.
    pub due: Option<Micros>,
    /// The address of ours it is of; empty for none.
    pub mailbox: String,
}

impl Incident {
    /// Its tags, in their order.
    pub fn tag_list(&self) -> Vec<&str> {
        crate::tag::tags_in(&self.tags).collect()
    }

    /// Whether its time is over.
    pub fn is_overdue(&self, now: Micros) -> bool {
        self.state.is_live() && self.due.is_some_and(|due| due < now)
    }
}

/// A finding, as far as incidents need it.
#[derive(Debug, Clone, PartialEq)]
pub struct FindingInput {
    /// Id in the watch plane.
    pub id: String,
    /// Whom it concerns.
    pub constituent_id: String,
    /// Their name.
    pub constituent: String,
    /// How much depends on them.
    pub impact: Impact,
    /// RSIT class.
    pub taxonomy: String,
    /// RSIT type.
    pub kind: String,
    /// What exactly.
    pub subject: String,
    /// The address, name, URL or account.
    pub asset: String,
    /// The worst any source said.
    pub severity: Severity,
    /// How sure.
    pub confidence: f64,
    /// Where it stands.
    pub state: FindingState,
    /// Since when.
    pub state_since: Micros,
    /// Latest event.
    pub last_seen: Micros,
    /// The feeds that saw it.
    pub feeds: Vec<String>,
}

/// A finding as it is linked to an incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Linked {
    /// Id in the watch plane.
    pub finding_id: String,
    /// Whom it concerns.
    pub constituent_id: String,
    /// Their name, as it was.
    pub constituent: String,
    /// RSIT type.
    pub kind: String,
    /// What exactly.
    pub subject: String,
    /// The address, name, URL or account.
    pub asset: String,
    /// How bad, as it was.
    pub severity: Severity,
    /// Since when.
    pub linked_at: Micros,
}

/// A note of the timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// UUIDv7.
    pub id: String,
    /// The incident.
    pub incident_id: String,
    /// When that happened which it tells of; none for a note about now.
    pub happened: Option<Micros>,
    /// By which technique of MITRE ATT&CK; empty for none.
    pub technique: String,
    /// Plain text.
    pub body: String,
    /// Who wrote it.
    pub who: String,
    /// When.
    pub at: Micros,
    /// Counts its wordings.
    pub version: i64,
    /// Who worded it last, when it was edited.
    pub edited: Option<(String, Micros)>,
    /// Who struck it out, and when.
    pub struck: Option<(String, Micros)>,
}

/// What a note said before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// Which of its wordings.
    pub version: i64,
    /// Plain text.
    pub body: String,
    /// Whose.
    pub who: String,
    /// Since when it said so.
    pub at: Micros,
}

/// The number of an incident: `INC-2026-0001`.
pub fn number(year: &str, count: i64) -> String {
    format!("INC-{year}-{count:04}")
}

/// The neighbourhood of an address, its /24 or /64; empty for what is no address.
pub fn neighbourhood(asset: &str) -> String {
    let address = asset.split('/').next().unwrap_or_default();
    match address.parse::<IpAddr>() {
        Ok(IpAddr::V4(v4)) => {
            let [a, b, c, _] = v4.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        Ok(IpAddr::V6(v6)) => {
            let [a, b, c, d, ..] = v6.segments();
            format!("{}/64", std::net::Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        Err(_) => String::new(),
    }
}

/// A title as it is kept: one line without control characters; `None` when it is empty or too long.
pub fn title(text: &str) -> Option<String> {
    let one_line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let text = one_line.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty() && text.chars().count() <= TITLE_CHARS).then_some(text)
}

/// A text of several lines as it is kept; `None` when it is empty or longer than `most` characters.
pub fn plain(text: &str, most: usize) -> Option<String> {
    let text: String =
        text.replace("\r\n", "\n").chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    let text = text.trim();
    (!text.is_empty() && text.chars().count() <= most).then(|| text.to_string())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Impact, State, TITLE_CHARS, Verdict, neighbourhood, number, plain, title};

    #[test]
    fn a_state_is_followed_only_by_those_of_the_table() {
        use State::{Abandoned, New, Open, Resolved};
        for (from, to, want) in [
            (New, New, false),
            (New, Open, true),
            (New, Resolved, true),
            (New, Abandoned, true),
            (Open, New, false),
            (Open, Open, false),
            (Open, Resolved, true),
            (Open, Abandoned, true),
            (Resolved, New, false),
            (Resolved, Open, true),
            (Resolved, Resolved, false),
            (Resolved, Abandoned, false),
            (Abandoned, New, false),
            (Abandoned, Open, true),
            (Abandoned, Resolved, false),
            (Abandoned, Abandoned, false),
        ] {
            assert_eq!(from.may_become(to), want, "{from:?} {to:?}");
        }
        for state in State::ALL {
            assert_eq!(State::parse(state.as_str()), Some(state));
            assert!(State::ALL.into_iter().any(|next| state.may_become(next)), "{state:?} is a dead end");
        }
        for impact in Impact::ALL {
            assert_eq!(Impact::parse(impact.as_str()), Some(impact));
        }
        for verdict in Verdict::ALL {
            assert_eq!(Verdict::parse(verdict.as_str()), Some(verdict));
        }
    }

    #[test]
    fn the_neighbours_of_an_address_are_its_24_or_64() {
        for (asset, want) in [
            ("192.0.2.77", "192.0.2.0/24"),
            ("192.0.2.128/25", "192.0.2.0/24"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            ("harbour.example", ""),
            ("", ""),
        ] {
            assert_eq!(neighbourhood(asset), want, "{asset}");
        }
        assert_eq!(number("2026", 1), "INC-2026-0001");
        assert_eq!(number("2026", 12_345), "INC-2026-12345");
    }

    proptest! {
        #[test]
        fn whatever_is_typed_becomes_one_clean_line_or_is_refused(text in "\\PC*|[\\x00-\\x20a-z\u{202e}é]{0,300}") {
            if let Some(kept) = title(&text) {
                prop_assert!(!kept.is_empty() && kept.chars().count() <= TITLE_CHARS);
                prop_assert!(!kept.chars().any(char::is_control));
                prop_assert_eq!(title(&kept), Some(kept.clone()));
            }
            if let Some(kept) = plain(&text, 100) {
                prop_assert!(kept.chars().count() <= 100 && !kept.contains('\0'));
                prop_assert_eq!(plain(&kept, 100), Some(kept.clone()));
            }
        }
    }
}
