//! The Permissible Actions Protocol: what may be done with what an incident knows.

/// PAP, from freest to strictest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pap {
    /// No limit on what is done with it.
    Clear,
    /// Active steps are allowed, such as blocking, or asking those concerned.
    Green,
    /// Only what the other side cannot see, and what is not asked of their infrastructure.
    Amber,
    /// Only what stays inside: nothing that could be seen from outside.
    Red,
}

impl Pap {
    /// All, from freest to strictest.
    pub const ALL: [Pap; 4] = [Self::Clear, Self::Green, Self::Amber, Self::Red];
    /// What an incident begins with.
    pub const USUAL: Pap = Self::Green;

    /// The label as it is written.
    pub fn label(self) -> &'static str {
        match self {
            Self::Clear => "PAP:CLEAR",
            Self::Green => "PAP:GREEN",
            Self::Amber => "PAP:AMBER",
            Self::Red => "PAP:RED",
        }
    }

    /// The last part of the message keys: `response-pap-…`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Clear => "clear",
            Self::Green => "green",
            Self::Amber => "amber",
            Self::Red => "red",
        }
    }

    /// Reads a label, with or without `PAP:`, in any case; WHITE is CLEAR.
    pub fn parse(text: &str) -> Option<Self> {
        let upper = text.trim().to_ascii_uppercase();
        let word = upper.strip_prefix("PAP:").unwrap_or(&upper);
        if word == "WHITE" {
            return Some(Self::Clear);
        }
        Self::ALL.into_iter().find(|pap| pap.as_str().eq_ignore_ascii_case(word))
    }

    /// 0 for clear to 3 for red: what the database holds.
    pub fn rank(self) -> i64 {
        self as i64
    }

    /// The label of a rank; ranks outside 0 to 3 give none.
    pub fn from_rank(rank: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|pap| pap.rank() == rank)
    }

    /// Whether registries outside may be asked about what belongs to the incident: a question may reach whoever it is about.
    pub fn allows_asking(self) -> bool {
        self <= Self::Green
    }
}

#[cfg(test)]
mod tests {
    use super::Pap;

    #[test]
    fn labels_and_ranks_come_back_as_they_went() {
        for pap in Pap::ALL {
            assert_eq!(Pap::parse(pap.label()), Some(pap));
            assert_eq!(Pap::parse(pap.as_str()), Some(pap));
            assert_eq!(Pap::from_rank(pap.rank()), Some(pap));
        }
        assert_eq!(Pap::parse(" pap:white "), Some(Pap::Clear));
        for bad in ["", "PAP", "AMBER+STRICT", "TLP:RED"] {
            assert_eq!(Pap::parse(bad), None, "{bad}");
        }
        assert_eq!(Pap::from_rank(4), None);
    }

    #[test]
    fn nobody_outside_is_asked_above_green() {
        let asked: Vec<bool> = Pap::ALL.map(Pap::allows_asking).to_vec();
        assert_eq!(asked, [true, true, false, false]);
    }
}
