//! Traffic Light Protocol 2.0, and the one rule of row visibility.

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

/// Whoever reads: how far up the TLP ladder they may look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewer {
    /// The login name, as the journal will show it.
    pub name: String,
    /// The strictest marking this viewer may see.
    pub clearance: Tlp,
}

impl Viewer {
    /// The team's own programs: sees all.
    pub fn system() -> Self {
        Viewer { name: "manara".into(), clearance: Tlp::Red }
    }
}

/// The one rule of row visibility. `store` mirrors it in SQL as `tlp <= $viewer`; a test holds the two equal.
pub fn may_see(viewer: &Viewer, marking: Tlp) -> bool {
    marking <= viewer.clearance
}
