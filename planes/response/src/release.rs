//! Mail under four eyes: what a person wrote leaves when another has seen it.

use manara_model::Micros;

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

#[cfg(test)]
mod tests {
    use super::ReleaseState;

    #[test]
    fn every_state_has_its_word() {
        for state in ReleaseState::ALL {
            assert_eq!(ReleaseState::parse(state.as_str()), Some(state));
        }
    }
}
