//! A finding: what the fused events say is true now about one asset of one constituent.

use std::sync::Arc;

use manara_model::{Answer, FindingState, Micros, Severity, combined_confidence};
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_128;

/// What one source saw of a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceSeen {
    /// Name of the feed.
    pub feed: String,
    /// Events of it.
    pub count: i64,
}

/// A finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// 32 hex digits, made of constituent, type, subject and asset: the same finding always has the same id.
    pub id: String,
    /// Id of the constituent.
    pub constituent_id: String,
    /// Its name.
    pub constituent: String,
    /// RSIT class.
    pub taxonomy: String,
    /// RSIT type.
    pub kind: String,
    /// What exactly: the malware, or the identifier.
    pub subject: String,
    /// The address, name, URL or account it is about.
    pub asset: String,
    /// Where it stands.
    pub state: FindingState,
    /// The worst any source said.
    pub severity: Severity,
    /// How sure: independent sources combined.
    pub confidence: f64,
    /// Earliest event.
    pub first_seen: Micros,
    /// Latest event.
    pub last_seen: Micros,
    /// Events.
    pub count: i64,
    /// By whom it was seen, sorted by feed.
    pub sources: Vec<SourceSeen>,
    /// When its state last changed.
    pub changed_at: Micros,
    /// When the constituent was last told; `None` when never.
    pub told_at: Option<Micros>,
    /// AS number of the end that is ours, the greatest any event said; 0 when none did.
    pub asn: i64,
}

/// What the events of one part of a batch add to one finding.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Delta {
    pub owner: u32,
    pub taxonomy: Arc<str>,
    pub kind: Arc<str>,
    pub subject: Arc<str>,
    pub asset: Box<str>,
    pub severity: Severity,
    pub first: i64,
    pub last: i64,
    pub count: i64,
    pub asn: i64,
}

/// The id of a finding from what it is about.
pub(crate) fn finding_key(constituent_id: &str, kind: &str, subject: &str, asset: &str, scratch: &mut Vec<u8>) -> u128 {
    scratch.clear();
    for part in [constituent_id, kind, subject, asset] {
        scratch.extend_from_slice(part.as_bytes());
        scratch.push(0);
    }
    xxh3_128(scratch)
}

/// A key as text.
pub(crate) fn id_text(key: u128) -> String {
    hex_text(key, &mut [0; 32]).to_string()
}

/// A key as text, into a buffer.
pub(crate) fn hex_text(key: u128, buffer: &mut [u8; 32]) -> &str {
    let digit = |value: u8| if value < 10 { b'0' + value } else { b'a' + value - 10 };
    for (byte, pair) in key.to_be_bytes().iter().zip(buffer.chunks_exact_mut(2)) {
        if let [high, low] = pair {
            *high = digit(byte >> 4);
            *low = digit(byte & 15);
        }
    }
    std::str::from_utf8(buffer).unwrap_or_default()
}

impl Finding {
    /// Adds what a feed saw, at the moment `now`. Seen after it was fixed or expired, it is reopened.
    pub(crate) fn add(&mut self, feed: &str, delta: &Delta, now: Micros) {
        self.first_seen = self.first_seen.min(Micros(delta.first));
        self.severity = self.severity.max(delta.severity);
        self.count += delta.count;
        self.asn = self.asn.max(delta.asn);
        match self.sources.iter_mut().find(|source| source.feed == feed) {
            Some(source) => source.count += delta.count,
            None => {
                self.sources.push(SourceSeen { feed: feed.into(), count: delta.count });
                self.sources.sort_by(|a, b| a.feed.cmp(&b.feed));
            }
        }
        if Micros(delta.last) > self.last_seen {
            self.last_seen = Micros(delta.last);
            // Only what happened after the word "fixed" contradicts it; a late report of earlier days does not.
            if self.last_seen > self.changed_at || self.state == FindingState::Expired {
                let after = self.state.after(Answer::SeenAgain);
                if after != self.state {
                    self.state = after;
                    self.changed_at = now;
                }
            }
        }
    }

    /// Recomputes the confidence from how far each source can be believed.
    pub(crate) fn weigh(&mut self, mean: impl Fn(&str) -> f64) {
        self.confidence = combined_confidence(self.sources.iter().map(|source| mean(&source.feed)));
    }
}

#[cfg(test)]
mod tests {
    use manara_model::{FindingState, Micros, Severity};

    use super::{Delta, Finding, finding_key, id_text};

    fn finding() -> Finding {
        Finding {
            id: id_text(1),
            constituent_id: "c".into(),
            constituent: "C".into(),
            taxonomy: "malicious-code".into(),
            kind: "infected-system".into(),
            subject: "mirai".into(),
            asset: "192.0.2.1".into(),
            state: FindingState::Open,
            severity: Severity::Low,
            confidence: 0.0,
            first_seen: Micros(100),
            last_seen: Micros(200),
            count: 1,
            sources: vec![],
            changed_at: Micros(0),
            told_at: None,
            asn: 0,
        }
    }

    fn delta(first: i64, last: i64) -> Delta {
        Delta {
            owner: 0,
            taxonomy: "".into(),
            kind: "".into(),
            subject: "".into(),
            asset: "".into(),
            severity: Severity::High,
            first,
            last,
            count: 2,
            asn: 0,
        }
    }

    #[test]
    fn two_feeds_fuse_into_one_finding_and_one_feed_alone_counts_once() {
        let mut one = finding();
        one.add("a", &delta(50, 300), Micros(400));
        one.add("b", &delta(60, 250), Micros(400));
        one.add("a", &delta(60, 250), Micros(400));
        assert_eq!(
            (one.first_seen, one.last_seen, one.count, one.severity),
            (Micros(50), Micros(300), 7, Severity::High)
        );
        one.weigh(|_| 0.5);
        assert_eq!(one.confidence, 0.75);
    }

    #[test]
    fn only_what_happened_after_fixed_reopens() {
        let mut fixed = finding();
        fixed.state = FindingState::Fixed;
        fixed.changed_at = Micros(1_000);
        fixed.add("a", &delta(500, 900), Micros(1_100));
        assert_eq!(fixed.state, FindingState::Fixed);
        fixed.add("a", &delta(1_050, 1_060), Micros(1_200));
        assert_eq!((fixed.state, fixed.changed_at), (FindingState::Reopened, Micros(1_200)));
    }

    #[test]
    fn an_id_tells_apart_what_joins_to_the_same_text() {
        let mut scratch = Vec::new();
        assert_ne!(finding_key("a", "bc", "", "", &mut scratch), finding_key("ab", "c", "", "", &mut scratch));
    }
}
