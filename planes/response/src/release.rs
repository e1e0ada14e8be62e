//! Mail under four eyes: what a person wrote leaves when another has seen it.

use manara_model::{Micros, Tlp};

/// Where a message stands that needs a second person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReleaseState {
    /// It waits for a second person.
    Waiting,
    /// Somebody let it go.
    Released,
    /// Somebody sent it back to its writer.
    Returned,
    /// Its writer took it back.
    Withdrawn,
}

impl ReleaseState {
    /// All.
    pub const ALL: [ReleaseState; 4] = [Self::Waiting, Self::Released, Self::Returned, Self::Withdrawn];

    /// The word used in SQL, files and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Released => "released",
            Self::Returned => "returned",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

/// What a second person has said, or is asked, of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// The message.
    pub message_id: String,
    /// Its ticket.
    pub ticket_id: String,
    /// Where it stands.
    pub state: ReleaseState,
    /// Login name of whoever wrote it.
    pub written_by: String,
    /// Since when it waits.
    pub asked: Micros,
    /// Login name of whoever decided; empty while it waits.
    pub decided_by: String,
    /// When.
    pub decided: Option<Micros>,
    /// Why it was sent back; empty else.
    pub reason: String,
    /// Whether its writer let it go, because there is nobody else who may.
    pub is_own: bool,
}

/// Whether a mail of this marking needs a second person. `above` is the strictest marking that does not.
pub fn needs_second(above: Option<Tlp>, marking: Tlp) -> bool {
    above.is_some_and(|above| marking > above)
}

#[cfg(test)]
mod tests {
    use manara_model::Tlp;

    use super::{ReleaseState, needs_second};

    #[test]
    fn only_what_is_stricter_needs_a_second_person() {
        for (above, marking, want) in [
            (None, Tlp::Red, false),
            (Some(Tlp::Amber), Tlp::Clear, false),
            (Some(Tlp::Amber), Tlp::Amber, false),
            (Some(Tlp::Amber), Tlp::AmberStrict, true),
            (Some(Tlp::Amber), Tlp::Red, true),
            (Some(Tlp::Red), Tlp::Red, false),
        ] {
            assert_eq!(needs_second(above, marking), want, "{above:?} {marking:?}");
        }
        for state in ReleaseState::ALL {
            assert_eq!(ReleaseState::parse(state.as_str()), Some(state));
        }
    }
}
