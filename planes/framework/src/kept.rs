//! A design as it is kept: what was asked, the whole answer of the solver, who accepted it.

mod jobs;
mod sql;

use std::collections::{BTreeMap, BTreeSet};

use manara_model::Micros;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use crate::design::{Aim, Ask, Design, REASONS, Unmet};
use crate::staffing::Hours;

pub use jobs::{NewDesign, keep_design, set_design_state};
pub use sql::{design_answer, designs_of, kept_design, kept_designs};
pub(crate) use sql::{design_in, read as read_kept_design};

/// Designs that are kept of one assessment.
pub const DESIGNS: i64 = 200;

/// Where a kept design stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DesignState {
    /// It is talked about.
    Draft,
    /// It is what will be done.
    Accepted,
    /// It will not be done.
    Withdrawn,
}

impl DesignState {
    /// All of them.
    pub const ALL: [DesignState; 3] = [Self::Draft, Self::Accepted, Self::Withdrawn];

    /// The word in SQL and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Accepted => "accepted",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

/// What a kept design was asked to do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct Asked {
    /// The profile the gaps were measured by; empty for none.
    pub profile: String,
    /// Services that were wished.
    pub services: Vec<String>,
    /// What the first year may cost at most.
    pub budget: Option<i64>,
    /// In how many months all must be there.
    pub months: Option<i64>,
    /// When the team was to be on duty.
    pub hours: Option<Hours>,
    /// How many organisations it was to serve.
    pub constituents: Option<i64>,
    /// Who pays for which block, where it was said.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub payers: BTreeMap<String, String>,
}

impl Asked {
    /// What was asked of the solver, with the profile it was measured by.
    pub fn of(ask: &Ask, profile: &str) -> Asked {
        let Ask { services, budget, months, hours, constituents, payers } = ask.clone();
        Asked { profile: profile.into(), services, budget, months, hours, constituents, payers }
    }

    /// What the solver was asked.
    pub fn ask(&self) -> Ask {
        let Asked { services, budget, months, hours, constituents, payers, .. } = self.clone();
        Ask { services, budget, months, hours, constituents, payers }
    }
}

/// A design that was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptDesign {
    /// Its id.
    pub id: String,
    /// Of which assessment.
    pub assessment_id: String,
    /// What is assessed there.
    pub subject: String,
    /// How it is called.
    pub name: String,
    /// What was asked.
    pub asked: Asked,
    /// Which of the answers was chosen.
    pub aim: Aim,
    /// The SHA-256 of the answer as canonical JSON.
    pub sha256: String,
    /// Where it stands.
    pub state: DesignState,
    /// Who kept it.
    pub made_by: String,
    /// When.
    pub made: Micros,
    /// When its state changed last.
    pub changed: Micros,
    /// Grows with every change.
    pub version: i64,
}

/// What two designs share and where they differ.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Beside {
    /// Blocks of the first alone.
    pub first: Vec<String>,
    /// Blocks of the second alone.
    pub second: Vec<String>,
    /// Blocks of both.
    pub both: Vec<String>,
}

impl Beside {
    /// Holds the blocks of two designs against each other.
    pub fn of(first: &Design, second: &Design) -> Beside {
        let blocks = |design: &Design| design.blocks.iter().map(|one| one.block.clone()).collect::<BTreeSet<_>>();
        let (first, second) = (blocks(first), blocks(second));
        Beside {
            first: first.difference(&second).cloned().collect(),
            second: second.difference(&first).cloned().collect(),
            both: first.intersection(&second).cloned().collect(),
        }
    }
}

/// The word of an aim, read.
pub fn aim(text: &str) -> Option<Aim> {
    Aim::ALL.into_iter().find(|aim| aim.as_str() == text)
}

/// A wish that was not met, as it was kept.
#[derive(Deserialize)]
struct UnmetKept {
    wish: String,
    why: String,
    about: String,
}

impl<'de> Deserialize<'de> for Unmet {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Unmet, D::Error> {
        let UnmetKept { wish, why, about } = UnmetKept::deserialize(from)?;
        let known = REASONS.into_iter().find(|reason| *reason == why);
        let why = known.ok_or_else(|| {
            D::Error::custom(format!("{why:.40} is no reason; expected one of {}", REASONS.join(", ")))
        })?;
        Ok(Unmet { wish, why, about })
    }
}

#[cfg(test)]
mod tests {
    use super::{Aim, DesignState, aim};
    use crate::design::Unmet;

    #[test]
    fn what_is_kept_is_read_again() {
        for state in DesignState::ALL {
            assert_eq!(DesignState::parse(state.as_str()), Some(state));
        }
        assert_eq!((aim("effort"), aim("beauty")), (Some(Aim::Effort), None));
        let unmet = Unmet { wish: "6.1".into(), why: "too-late", about: "40".into() };
        let text = serde_json::to_string(&unmet).unwrap();
        assert_eq!(serde_json::from_str::<Unmet>(&text).unwrap(), unmet);
        assert!(serde_json::from_str::<Unmet>(&text.replace("too-late", "soon")).is_err());
    }
}
