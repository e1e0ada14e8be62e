//! The life of a finding, and how sure we are of it.

/// Where a finding stands. The order is the order of a usual life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingState {
    /// Seen, and nobody was told.
    Open,
    /// The constituent was told.
    Notified,
    /// The constituent said it has the message.
    Acknowledged,
    /// The constituent said it is mended.
    Fixed,
    /// The constituent, or we, say it never was.
    FalsePositive,
    /// Not seen for so long that it counts as gone.
    Expired,
    /// Seen again after fixed or expired.
    Reopened,
}

/// What somebody says of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// We told the constituent.
    Told,
    /// "We have your message."
    Received,
    /// "It is mended."
    Fixed,
    /// "This is not so."
    False,
    /// It was not seen for the days its class allows.
    Silent,
    /// A later event says it is there.
    SeenAgain,
    /// A person of ours takes the last word back.
    Undone,
}

impl FindingState {
    /// All, in the order of a usual life.
    pub const ALL: [FindingState; 7] = [
        Self::Open,
        Self::Notified,
        Self::Acknowledged,
        Self::Fixed,
        Self::FalsePositive,
        Self::Expired,
        Self::Reopened,
    ];

    /// The word used in SQL, files and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Notified => "notified",
            Self::Acknowledged => "acknowledged",
            Self::Fixed => "fixed",
            Self::FalsePositive => "false_positive",
            Self::Expired => "expired",
            Self::Reopened => "reopened",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.as_str() == text)
    }

    /// Whether somebody still has something to do.
    pub fn is_live(self) -> bool {
        matches!(self, Self::Open | Self::Notified | Self::Acknowledged | Self::Reopened)
    }

    /// The state after an answer. An answer that changes nothing gives the same state, so it may arrive twice.
    #[must_use]
    pub fn after(self, answer: Answer) -> Self {
        match (self, answer) {
            (Self::Open | Self::Reopened, Answer::Told) => Self::Notified,
            (Self::Open | Self::Reopened | Self::Notified, Answer::Received) => Self::Acknowledged,
            (Self::FalsePositive, Answer::Fixed) => Self::FalsePositive,
            (_, Answer::Fixed) => Self::Fixed,
            (_, Answer::False) => Self::FalsePositive,
            (state, Answer::Silent) if state.is_live() => Self::Expired,
            (Self::Fixed | Self::Expired, Answer::SeenAgain) => Self::Reopened,
            (Self::Fixed | Self::FalsePositive, Answer::Undone) => Self::Reopened,
            (state, _) => state,
        }
    }
}

/// How far a source can be believed: a Beta posterior that answers move.
///
/// It starts at Beta(8, 2), a mean of 0.8 with the weight of ten answers, unless the feed's `accuracy` says otherwise.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reliability {
    /// Prior plus the answers that confirmed.
    pub alpha: f64,
    /// Prior plus the answers that said false.
    pub beta: f64,
    /// Answers counted, without the prior.
    pub n: i64,
}

impl Reliability {
    /// The weight, in answers, of what is assumed before any answer.
    pub const PRIOR_WEIGHT: f64 = 10.0;

    /// A source of which nothing is known but its stated accuracy, 0 to 1.
    pub fn prior(accuracy: f64) -> Self {
        let mean = accuracy.clamp(0.01, 0.99);
        Reliability { alpha: mean * Self::PRIOR_WEIGHT, beta: (1.0 - mean) * Self::PRIOR_WEIGHT, n: 0 }
    }

    /// The posterior mean: the chance that what the source says is so.
    pub fn mean(self) -> f64 {
        self.alpha / (self.alpha + self.beta)
    }

    /// After one more answer.
    #[must_use]
    pub fn learn(self, confirmed: bool) -> Self {
        let (alpha, beta) = if confirmed { (1.0, 0.0) } else { (0.0, 1.0) };
        Reliability { alpha: self.alpha + alpha, beta: self.beta + beta, n: self.n + 1 }
    }
}

/// Confidence of several independent sources: the chance that not all of them are wrong, rounded to four places so
/// that the order of the sources cannot show. No source gives 0.
pub fn combined_confidence(means: impl IntoIterator<Item = f64>) -> f64 {
    let all_wrong = means.into_iter().map(|mean| 1.0 - mean.clamp(0.0, 1.0)).fold(1.0, |a, b| a * b);
    ((1.0 - all_wrong) * 10_000.0).round() / 10_000.0
}

#[cfg(test)]
mod tests {
    use super::{Answer, FindingState as S, Reliability, combined_confidence};

    #[test]
    fn a_finding_moves_only_as_its_answers_allow() {
        for (state, answer, want) in [
            (S::Open, Answer::Told, S::Notified),
            (S::Notified, Answer::Told, S::Notified),
            (S::Notified, Answer::Received, S::Acknowledged),
            (S::Acknowledged, Answer::Fixed, S::Fixed),
            (S::Fixed, Answer::Fixed, S::Fixed),
            (S::Fixed, Answer::SeenAgain, S::Reopened),
            (S::Expired, Answer::SeenAgain, S::Reopened),
            (S::Reopened, Answer::Told, S::Notified),
            (S::FalsePositive, Answer::SeenAgain, S::FalsePositive),
            (S::FalsePositive, Answer::Silent, S::FalsePositive),
            (S::Fixed, Answer::Silent, S::Fixed),
            (S::Notified, Answer::Silent, S::Expired),
            (S::FalsePositive, Answer::Undone, S::Reopened),
            (S::Open, Answer::SeenAgain, S::Open),
        ] {
            assert_eq!(state.after(answer), want, "{state:?} {answer:?}");
        }
    }

    #[test]
    fn two_sources_are_surer_than_one_and_false_answers_cost() {
        let one = Reliability::prior(0.8);
        assert!((one.mean() - 0.8).abs() < 1e-9);
        assert!((combined_confidence([0.8, 0.5]) - 0.9).abs() < 1e-9);
        assert_eq!(combined_confidence([]), 0.0);
        let taught = one.learn(false).learn(false);
        assert!(taught.mean() < one.mean());
        assert_eq!(taught.n, 2);
    }
}
