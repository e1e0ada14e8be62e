//! The three nouns around an incident that mail belongs to: a report, an investigation, a countermeasure.
//!
//! A report is what somebody told us; an investigation is what we ask somebody; a countermeasure is what we ask somebody to
//! do, such as to block an address. States and transitions are those of RTIR.

use manara_model::{Micros, Tlp};

/// What a ticket is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// What somebody told us.
    Report,
    /// What we ask somebody: it belongs to one incident.
    Investigation,
    /// What we ask somebody to do: it belongs to one incident.
    Countermeasure,
}

impl Kind {
    /// All, in the order of a usual life.
    pub const ALL: [Kind; 3] = [Self::Report, Self::Investigation, Self::Countermeasure];

    /// The word used in SQL, files, addresses and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::Investigation => "investigation",
            Self::Countermeasure => "countermeasure",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// Where one begins.
    pub fn first(self) -> TicketState {
        match self {
            Self::Report => TicketState::New,
            Self::Investigation => TicketState::Open,
            Self::Countermeasure => TicketState::PendingActivation,
        }
    }

    /// The states it may have, in the order of a usual life.
    pub fn states(self) -> &'static [TicketState] {
        use TicketState::{Active, New, Open, PendingActivation, PendingRemoval, Rejected, Removed, Resolved};
        match self {
            Self::Report => &[New, Open, Resolved, Rejected],
            Self::Investigation => &[Open, Resolved],
            Self::Countermeasure => &[PendingActivation, Active, PendingRemoval, Removed],
        }
    }

    /// Which state may follow which; what is not here is refused.
    pub fn transitions(self) -> &'static [(TicketState, TicketState)] {
        use TicketState::{Active, New, Open, PendingActivation, PendingRemoval, Rejected, Removed, Resolved};
        match self {
            Self::Report => &[
                (New, Open),
                (New, Resolved),
                (New, Rejected),
                (Open, Resolved),
                (Open, Rejected),
                (Resolved, Open),
                (Rejected, Open),
            ],
            Self::Investigation => &[(Open, Resolved), (Resolved, Open)],
            Self::Countermeasure => &[
                (PendingActivation, Active),
                (PendingActivation, Removed),
                (Active, PendingRemoval),
                (Active, Removed),
                (PendingRemoval, Removed),
                (Removed, Active),
            ],
        }
    }

    /// Where one goes when its incident ends: resolved or abandoned.
    pub fn ended(self, resolved: bool) -> TicketState {
        match (self, resolved) {
            (Self::Report, false) => TicketState::Rejected,
            (Self::Countermeasure, _) => TicketState::Removed,
            _ => TicketState::Resolved,
        }
    }

    /// Where one goes when it is taken up, or taken up again.
    pub fn taken_up(self) -> TicketState {
        match self {
            Self::Countermeasure => TicketState::Active,
            _ => TicketState::Open,
        }
    }
}

/// Where a ticket stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TicketState {
    /// A report nobody has taken up.
    New,
    /// Somebody works on it, or waits for an answer.
    Open,
    /// Done.
    Resolved,
    /// A report that is none of ours, or nothing.
    Rejected,
    /// A countermeasure that was asked for.
    PendingActivation,
    /// A countermeasure that holds.
    Active,
    /// A countermeasure whose end was asked for.
    PendingRemoval,
    /// A countermeasure that holds no more.
    Removed,
}

impl TicketState {
    /// All.
    pub const ALL: [TicketState; 8] = [
        Self::New,
        Self::Open,
        Self::Resolved,
        Self::Rejected,
        Self::PendingActivation,
        Self::Active,
        Self::PendingRemoval,
        Self::Removed,
    ];

    /// The word used in SQL, files and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Open => "open",
            Self::Resolved => "resolved",
            Self::Rejected => "rejected",
            Self::PendingActivation => "pending-activation",
            Self::Active => "active",
            Self::PendingRemoval => "pending-removal",
            Self::Removed => "removed",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Whether somebody still has something to do.
    pub fn is_live(self) -> bool {
        !matches!(self, Self::Resolved | Self::Rejected | Self::Removed)
    }
}

/// How a ticket came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Source {
    /// A mail.
    Mail,
    /// A mail with a report of abuse in the form of RFC 5965.
    Arf,
    /// A mail, or a call of the API, with a report in the form of XARF.
    Xarf,
    /// The public form.
    Web,
    /// A person of the team, after a call.
    Telephone,
    /// A program.
    Api,
    /// Another system, when its records were taken over.
    Import,
    /// A person of the team.
    Person,
}

impl Source {
    /// All.
    pub const ALL: [Source; 8] =
        [Self::Mail, Self::Arf, Self::Xarf, Self::Web, Self::Telephone, Self::Api, Self::Import, Self::Person];

    /// The word used in SQL, files and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Arf => "arf",
            Self::Xarf => "xarf",
            Self::Web => "web",
            Self::Telephone => "telephone",
            Self::Api => "api",
            Self::Import => "import",
            Self::Person => "person",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.as_str() == text)
    }
}

/// A report, an investigation or a countermeasure, without its messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    /// UUIDv7.
    pub id: String,
    /// What people call it, and what stands in the subject of its mail: `2026-0001234`.
    pub number: String,
    /// What it is.
    pub kind: Kind,
    /// Where it stands.
    pub state: TicketState,
    /// One line.
    pub subject: String,
    /// RSIT class.
    pub taxonomy: String,
    /// RSIT type.
    pub rsit: String,
    /// How far it may travel.
    pub tlp: Tlp,
    /// Login name of whoever handles it; empty for nobody.
    pub owner: String,
    /// The address of ours it belongs to; empty for the usual one.
    pub mailbox: String,
    /// How it came.
    pub source: Source,
    /// Mail address of the other side; may be empty.
    pub correspondent: String,
    /// Their name; may be empty.
    pub correspondent_name: String,
    /// Which constituent they are of; empty when that is not known.
    pub constituent_id: String,
    /// Its name, as it was.
    pub constituent: String,
    /// The language they are written to.
    pub language: String,
    /// Of a countermeasure: what is to be blocked.
    pub target: String,
    /// Of a countermeasure: where.
    pub place: String,
    /// Id of the ticket it was merged into; empty for none.
    pub merged_into: String,
    /// Who opened it.
    pub opened_by: String,
    /// Counts its changes; a form carries the one it was filled in from.
    pub version: i64,
    /// How many messages it has.
    pub messages: i64,
    /// When it was opened.
    pub created: Micros,
    /// When it changed last.
    pub changed: Micros,
    /// When a machine of ours answered first.
    pub acknowledged: Option<Micros>,
    /// When a person of ours answered first.
    pub answered: Option<Micros>,
    /// When it ended.
    pub closed: Option<Micros>,
    /// Until when something is to be done.
    pub due: Option<Micros>,
    /// Its tags, one a line.
    pub tags: String,
}

impl Ticket {
    /// Whether it may go into a state.
    pub fn may_become(&self, next: TicketState) -> bool {
        self.kind.transitions().contains(&(self.state, next))
    }

    /// Puts it into a state, which is one of its kind.
    pub(crate) fn set_state(&mut self, next: TicketState, now: Micros) {
        self.state = next;
        self.closed = (!next.is_live()).then_some(now);
    }
}

/// The number of a ticket: `2026-0001234`.
pub fn ticket_number(year: &str, count: i64) -> String {
    format!("{year}-{count:07}")
}

#[cfg(test)]
mod tests {
    use super::{Kind, Source, TicketState, ticket_number};

    #[test]
    fn every_state_is_reached_and_none_is_a_dead_end() {
        for kind in Kind::ALL {
            assert_eq!(Kind::parse(kind.as_str()), Some(kind));
            let states = kind.states();
            assert!(states.contains(&kind.first()) && states.contains(&kind.taken_up()));
            assert!(states.contains(&kind.ended(true)) && states.contains(&kind.ended(false)));
            for state in states {
                let left = kind.transitions().iter().any(|(from, _)| from == state);
                let reached = *state == kind.first() || kind.transitions().iter().any(|(_, to)| to == state);
                assert!(left && reached, "{kind:?} {state:?}");
            }
            for (from, to) in kind.transitions() {
                assert!(states.contains(from) && states.contains(to), "{kind:?} {from:?} {to:?}");
            }
        }
    }

    #[test]
    fn the_transitions_are_those_of_the_four_nouns() {
        use TicketState::{Active, New, Open, PendingActivation, PendingRemoval, Rejected, Removed, Resolved};
        for (kind, from, to, want) in [
            (Kind::Report, New, Rejected, true),
            (Kind::Report, Resolved, Rejected, false),
            (Kind::Report, Rejected, Open, true),
            (Kind::Investigation, Open, Resolved, true),
            (Kind::Investigation, Open, Rejected, false),
            (Kind::Countermeasure, PendingActivation, Active, true),
            (Kind::Countermeasure, PendingActivation, PendingRemoval, false),
            (Kind::Countermeasure, PendingRemoval, Active, false),
            (Kind::Countermeasure, Removed, Active, true),
        ] {
            assert_eq!(kind.transitions().contains(&(from, to)), want, "{kind:?} {from:?} {to:?}");
        }
        for state in TicketState::ALL {
            assert_eq!(TicketState::parse(state.as_str()), Some(state));
        }
        for source in Source::ALL {
            assert_eq!(Source::parse(source.as_str()), Some(source));
        }
        assert_eq!(ticket_number("2026", 1234), "2026-0001234");
    }
}
