//! Establishing a service: a building block is applied, and what it names is really there.

mod acceptance;
mod apply;
mod holdings;
mod house;
mod matter;
mod posts;
pub(crate) mod sql;
mod standing;

pub use acceptance::{ACCEPT_CHARS, Accepting, Proof, accept, assign, is_alone, refuse, show};
pub(crate) use apply::missing_needs;
pub use apply::{Applied, Outcome, Refused, Step, Undone, apply, preview, undo};
pub use holdings::{Holding, Holdings};
pub use house::{Check, Clock, Facts, FollowUpFacts, House, Office, PostFact, Work};
pub use matter::{Establishes, InForce, Matter};
pub use posts::{Post, fill_post, give_rights, leave_post};
pub use sql::{Acceptance, Application, acceptance, acceptances, applications, in_force, live_of, posts};
pub use standing::{Holder, MatterStand, NowInForce, PostStand, in_force_json, now_in_force};

use manara_store::StoreError;

/// Why something was not established.
#[derive(Debug, thiserror::Error)]
pub enum EstablishError {
    /// It may not be, or makes no sense.
    #[error("{0}")]
    Refused(#[from] Refused),
    /// The state database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Where a building block stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stand {
    /// It was not applied, or that was taken back.
    Missing,
    /// It was applied; what proves it is not accepted yet.
    Begun,
    /// It was applied, and what proves it was accepted.
    InPlace,
}

impl Stand {
    /// All, the most urgent first.
    pub const ALL: [Stand; 3] = [Self::Missing, Self::Begun, Self::InPlace];

    /// The word in addresses and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Begun => "begun",
            Self::InPlace => "in-place",
        }
    }

    /// Where a block stands by its application and what was accepted of it.
    pub fn of(application: Option<&Application>, acceptance: Option<&Acceptance>) -> Stand {
        match (application, acceptance) {
            (None, _) => Self::Missing,
            (Some(_), Some(acceptance)) if acceptance.accepted.is_some() => Self::InPlace,
            (Some(_), _) => Self::Begun,
        }
    }
}
