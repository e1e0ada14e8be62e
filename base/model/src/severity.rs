//! How bad one observation is.

/// Shadowserver's and IntelMQ's five words, ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing, nothing to do.
    Info,
    /// To be mended in the usual course.
    Low,
    /// To be mended soon.
    Medium,
    /// To be mended now.
    High,
    /// Somebody is already inside, or can walk in.
    Critical,
}

impl Severity {
    /// All, from least to worst.
    pub const ALL: [Severity; 5] = [Self::Info, Self::Low, Self::Medium, Self::High, Self::Critical];

    /// The word used in files, SQL and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }

    /// Reads the word, in any case.
    pub fn parse(text: &str) -> Option<Self> {
        let exact = Self::ALL.into_iter().find(|s| s.as_str() == text);
        exact.or_else(|| Self::ALL.into_iter().find(|s| s.as_str().eq_ignore_ascii_case(text.trim())))
    }

    /// 0 for info to 4 for critical: what the database sorts by.
    pub fn rank(self) -> i64 {
        self as i64
    }

    /// The severity of a rank; ranks outside 0 to 4 give none.
    pub fn from_rank(rank: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.rank() == rank)
    }
}
