//! What the end of an incident teaches: which feeds, by how many findings.

use std::collections::BTreeMap;

use crate::incident::{FindingInput, Verdict};

/// What a verdict would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lesson {
    /// The verdict.
    pub verdict: Verdict,
    /// Findings whose state would change.
    pub findings: usize,
    /// The feeds that saw these, with how many each.
    pub feeds: Vec<(String, usize)>,
}

/// What each verdict would do to these findings. A finding that stands as the verdict says already teaches nothing anew.
pub fn lessons(findings: &[FindingInput]) -> Vec<Lesson> {
    Verdict::ALL.into_iter().map(|verdict| lesson(findings, verdict)).collect()
}

fn lesson(findings: &[FindingInput], verdict: Verdict) -> Lesson {
    let Some(answer) = verdict.answer() else { return Lesson { verdict, findings: 0, feeds: Vec::new() } };
    let mut feeds: BTreeMap<&str, usize> = BTreeMap::new();
    let mut count = 0;
    for finding in findings.iter().filter(|finding| finding.state.after(answer) != finding.state) {
        count += 1;
        for feed in &finding.feeds {
            *feeds.entry(feed).or_default() += 1;
        }
    }
    let feeds = feeds.into_iter().map(|(feed, count)| (feed.to_string(), count)).collect();
    Lesson { verdict, findings: count, feeds }
}

#[cfg(test)]
mod tests {
    use manara_model::{FindingState, Micros, Severity};

    use super::lessons;
    use crate::incident::{FindingInput, Impact, Verdict};

    fn finding(state: FindingState, feeds: &[&str]) -> FindingInput {
        FindingInput {
            id: "f".into(),
            constituent_id: "c".into(),
            constituent: "C".into(),
            impact: Impact::Low,
            taxonomy: "malicious-code".into(),
            kind: "infected-system".into(),
            subject: "mirai".into(),
            asset: "192.0.2.1".into(),
            severity: Severity::High,
            confidence: 0.8,
            state,
            state_since: Micros(0),
            last_seen: Micros(0),
            feeds: feeds.iter().map(ToString::to_string).collect(),
        }
    }

    #[test]
    fn only_findings_that_would_change_teach_their_feeds() {
        let findings = [
            finding(FindingState::Notified, &["a", "b"]),
            finding(FindingState::Fixed, &["a"]),
            finding(FindingState::FalsePositive, &["c"]),
        ];
        let found = lessons(&findings);
        let of = |verdict| found.iter().find(|lesson| lesson.verdict == verdict).expect("there");
        assert_eq!((of(Verdict::Left).findings, of(Verdict::Left).feeds.len()), (0, 0));
        assert_eq!(of(Verdict::Fixed).findings, 1);
        assert_eq!(of(Verdict::Fixed).feeds, [("a".to_string(), 1), ("b".to_string(), 1)]);
        assert_eq!(of(Verdict::False).findings, 2);
        assert_eq!(of(Verdict::False).feeds, [("a".to_string(), 2), ("b".to_string(), 1)]);
    }
}
