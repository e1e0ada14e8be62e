//! What was said in an assessment: who speaks, their answers, evidence, and what was agreed.

use serde::{Deserialize, Serialize};

/// How far action on an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// Nothing is done.
    None,
    /// It is talked about.
    Considered,
    /// It is decided and planned.
    Planned,
    /// Somebody works on it.
    InProgress,
    /// It is there.
    InPlace,
    /// It is there, and somebody looked whether it works.
    Reviewed,
}

impl Action {
    /// All, from nothing on.
    pub const ALL: [Action; 6] =
        [Self::None, Self::Considered, Self::Planned, Self::InProgress, Self::InPlace, Self::Reviewed];

    /// The word in SQL, files and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Considered => "considered",
            Self::Planned => "planned",
            Self::InProgress => "in-progress",
            Self::InPlace => "in-place",
            Self::Reviewed => "reviewed",
        }
    }

    /// Reads the word; `_` and blanks count as dashes. What is reviewed is in place, and may be called so.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase().replace([' ', '_'], "-");
        if text == "in-place-and-reviewed" {
            return Some(Self::Reviewed);
        }
        Self::ALL.into_iter().find(|action| action.as_str() == text)
    }
}

/// A respondent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voice {
    /// Its id.
    pub id: String,
    /// Their name.
    pub name: String,
    /// Whom they speak for.
    pub organisation: String,
    /// What they are there.
    pub role: String,
}

impl Voice {
    /// Name and organisation: no two respondents of an assessment have both.
    pub fn called(&self) -> String {
        if self.organisation.is_empty() { self.name.clone() } else { format!("{} · {}", self.name, self.organisation) }
    }
}

/// What one respondent says of one item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The id of the respondent.
    pub voice: String,
    /// The item.
    pub item: String,
    /// The level they claim.
    pub level: Option<i64>,
    /// Whether they say that it does not apply.
    pub not_applicable: bool,
    /// How far action is.
    pub state: Option<Action>,
    /// In their words.
    pub comment: String,
}

/// What is shown for an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Its id.
    pub id: String,
    /// The item.
    pub item: String,
    /// The id of the respondent who showed it.
    pub voice: String,
    /// The name of a document, an address, or the name of a file.
    pub label: String,
    /// The SHA-256 of the file; empty when there is none.
    pub sha256: String,
    /// The last day it counts, as 2026-11-22; empty for ever.
    pub expires: String,
    /// The level it proves, as the moderator found; nothing until they looked.
    pub supports: Option<i64>,
    /// Which writing of it this is, from 1. A newer one takes the place of the one before.
    #[serde(default = "first", skip_serializing_if = "is_first")]
    pub revision: i64,
}

fn first() -> i64 {
    1
}

/// A first writing is kept as sheets were before there were others, so that they stay the same bytes.
fn is_first(revision: &i64) -> bool {
    *revision == 1
}

impl Evidence {
    /// Whether it no longer counts on a day.
    pub fn is_expired(&self, day: &str) -> bool {
        !self.expires.is_empty() && self.expires.as_str() < day
    }
}

/// What the moderator recorded as agreed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consensus {
    /// The item.
    pub item: String,
    /// The level.
    pub level: Option<i64>,
    /// Whether it does not apply.
    pub not_applicable: bool,
    /// Why.
    pub reason: String,
    /// Who recorded it.
    pub who: String,
}

/// All of an assessment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// The day for which evidence is judged, as 2026-11-22.
    pub day: String,
    /// Who speaks.
    pub voices: Vec<Voice>,
    /// What they say.
    pub answers: Vec<Answer>,
    /// What is shown.
    pub evidence: Vec<Evidence>,
    /// What was agreed.
    pub consensus: Vec<Consensus>,
}
