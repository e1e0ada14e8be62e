//! What became of the notices of findings that left lately, and of what they told: counted in other planes.

use manara_model::{Micros, Tlp};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Of how many days notices and findings are counted.
pub const NOTICE_DAYS: i64 = 90;

/// Notices of one marking that left in the last [`NOTICE_DAYS`] days.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeSum {
    /// The rank of their marking.
    pub tlp: i64,
    /// All of them.
    pub left: i64,
    /// Those that came back from everybody they were sent to.
    pub returned: i64,
    /// Those whose link somebody opened and answered by.
    pub opened: i64,
    /// Findings they told of.
    pub findings: i64,
}

/// What became of notices and of findings, as it was noted last.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeQuality {
    /// Notices by their marking.
    pub notices: Vec<NoticeSum>,
    /// Findings that were fixed in these days after their constituent was told.
    pub fixed: i64,
    /// Findings that were no longer seen in these days after their constituent was told.
    pub unseen: i64,
}

impl NoticeQuality {
    /// Each count with the last part of its message key, of notices up to a marking.
    pub fn lines(&self, tlp: Tlp) -> [(&'static str, i64); 6] {
        let sum = |of: fn(&NoticeSum) -> i64| -> i64 {
            self.notices.iter().filter(|one| one.tlp <= tlp.rank()).map(of).sum()
        };
        [
            ("left", sum(|one| one.left)),
            ("returned", sum(|one| one.returned)),
            ("opened", sum(|one| one.opened)),
            ("findings", sum(|one| one.findings)),
            ("fixed", self.fixed),
            ("unseen", self.unseen),
        ]
    }

    /// For programs.
    pub fn json(&self, tlp: Tlp, at: Micros) -> Value {
        let mut counts: serde_json::Map<String, Value> =
            self.lines(tlp).into_iter().map(|(name, count)| (name.to_string(), count.into())).collect();
        counts.insert("days".into(), NOTICE_DAYS.into());
        counts.insert("at".into(), json!(at.rfc3339()));
        Value::Object(counts)
    }
}

#[cfg(test)]
mod tests {
    use manara_model::Tlp;

    use super::{NoticeQuality, NoticeSum};

    #[test]
    fn notices_are_counted_up_to_a_marking() {
        let of = |tlp: Tlp, left: i64| NoticeSum { tlp: tlp.rank(), left, ..NoticeSum::default() };
        let all = NoticeQuality { notices: vec![of(Tlp::Green, 2), of(Tlp::Red, 3)], fixed: 1, unseen: 0 };
        for (tlp, left) in [(Tlp::Clear, 0), (Tlp::Green, 2), (Tlp::Amber, 2), (Tlp::Red, 5)] {
            assert_eq!(all.lines(tlp)[0], ("left", left), "{tlp:?}");
        }
    }
}
