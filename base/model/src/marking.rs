//! Traffic Light Protocol 2.0, and the one rule of row visibility.

use crate::mailboxes::Mailboxes;

/// TLP 2.0 (FIRST, August 2022), from freest to strictest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tlp {
    /// No limit on disclosure.
    Clear,
    /// Within the recipient's community.
    Green,
    /// Within the recipient's organisation and its clients, on a need-to-know basis.
    Amber,
    /// Within the recipient's organisation only.
    AmberStrict,
    /// For the eyes of the individual recipients only.
    Red,
}

impl Tlp {
    /// All labels, from freest to strictest.
    pub const ALL: [Tlp; 5] = [Self::Clear, Self::Green, Self::Amber, Self::AmberStrict, Self::Red];

    /// The label as TLP 2.0 spells it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Clear => "TLP:CLEAR",
            Self::Green => "TLP:GREEN",
            Self::Amber => "TLP:AMBER",
            Self::AmberStrict => "TLP:AMBER+STRICT",
            Self::Red => "TLP:RED",
        }
    }

    /// The label as a part of a file's name: `TLP-AMBER-STRICT`.
    pub fn in_file_name(self) -> String {
        self.label().replace([':', '+'], "-")
    }

    /// Reads a label, with or without `TLP:`, in any case; TLP 1.0's WHITE is CLEAR.
    pub fn parse(text: &str) -> Option<Self> {
        let upper = text.trim().to_ascii_uppercase();
        let word = upper.strip_prefix("TLP:").unwrap_or(&upper);
        match word {
            "CLEAR" | "WHITE" => Some(Self::Clear),
            "GREEN" => Some(Self::Green),
            "AMBER" => Some(Self::Amber),
            "AMBER+STRICT" => Some(Self::AmberStrict),
            "RED" => Some(Self::Red),
            _ => None,
        }
    }

    /// 0 for clear to 4 for red: what the database compares.
    pub fn rank(self) -> i64 {
        self as i64
    }

    /// The label of a rank; ranks outside 0 to 4 give none.
    pub fn from_rank(rank: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|t| t.rank() == rank)
    }
}

/// Whether what is marked so may only leave when two people have let it go. `above` is the strictest marking that one may.
#[must_use]
pub fn needs_second(above: Option<Tlp>, marking: Tlp) -> bool {
    above.is_some_and(|above| marking > above)
}

/// Whoever reads: how far up the TLP ladder they may look, and at whose records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewer {
    /// The login name, as the journal will show it.
    pub name: String,
    /// The strictest marking this viewer may see.
    pub clearance: Tlp,
    /// The mailboxes whose incidents and tickets they may see.
    pub mailboxes: Mailboxes,
}

impl Viewer {
    /// The team's own programs: sees all.
    pub fn system() -> Self {
        Viewer::cleared("manara", Tlp::Red)
    }

    /// Somebody who may see all mailboxes.
    pub fn cleared(name: impl Into<String>, clearance: Tlp) -> Self {
        Viewer { name: name.into(), clearance, mailboxes: Mailboxes::all() }
    }

    /// The one rule of who may see an incident or a ticket: its marking, and its mailbox (empty for none). `store` mirrors it in
    /// SQL when a viewer is bound.
    pub fn may_see_of(&self, marking: Tlp, mailbox: &str) -> bool {
        may_see(self, marking) && self.mailboxes.has(mailbox)
    }
}

/// The rule of row visibility for what has no mailbox. `store` mirrors it in SQL as `tlp <= $viewer`; a test holds the two equal.
pub fn may_see(viewer: &Viewer, marking: Tlp) -> bool {
    marking <= viewer.clearance
}

#[cfg(test)]
mod tests {
    use super::{Tlp, needs_second};

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
    }
}
