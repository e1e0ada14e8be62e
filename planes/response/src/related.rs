//! Incidents that may have to do with one another, and why.

use std::collections::BTreeMap;

/// Incidents suggested at most.
pub const SUGGESTED: usize = 20;

/// Why two incidents may belong together, from the strongest reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// The same asset.
    Asset,
    /// Both speak of the same address, name, hash or the like, and few others do.
    Observable,
    /// The same /24 or /64.
    Neighbourhood,
    /// The same malware or identifier.
    Subject,
    /// The same constituent.
    Constituent,
}

impl Reason {
    /// All, from the strongest.
    pub const ALL: [Reason; 5] = [Self::Asset, Self::Observable, Self::Neighbourhood, Self::Subject, Self::Constituent];

    /// The last part of the message key: `response-related-…`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Asset => "asset",
            Self::Observable => "observable",
            Self::Neighbourhood => "neighbourhood",
            Self::Subject => "subject",
            Self::Constituent => "constituent",
        }
    }
}

/// An incident that may have to do with another, with what both have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// Id of the incident.
    pub incident_id: String,
    /// The reasons, from the strongest, each with an example.
    pub reasons: Vec<(Reason, String)>,
}

/// The suggestions out of everything that is shared: the strongest are kept, the newest stand first.
pub fn suggest(shared: Vec<(Reason, String, String)>) -> Vec<Suggestion> {
    let mut by_incident: BTreeMap<String, Vec<(Reason, String)>> = BTreeMap::new();
    for (reason, incident_id, example) in shared {
        by_incident.entry(incident_id).or_default().push((reason, example));
    }
    let mut all: Vec<Suggestion> = by_incident
        .into_iter()
        .map(|(incident_id, mut reasons)| {
            reasons.sort();
            reasons.dedup_by_key(|(reason, _)| *reason);
            Suggestion { incident_id, reasons }
        })
        .collect();
    let strength = |one: &Suggestion| one.reasons.first().map(|(reason, _)| *reason);
    // Ids are of the time they were made, so they sort by age.
    all.sort_by(|a, b| strength(a).cmp(&strength(b)).then(b.incident_id.cmp(&a.incident_id)));
    all.truncate(SUGGESTED);
    all.sort_by(|a, b| b.incident_id.cmp(&a.incident_id));
    all
}

#[cfg(test)]
mod tests {
    use super::{Reason, SUGGESTED, suggest};

    #[test]
    fn a_stronger_reason_is_kept_though_every_weaker_one_is_newer() {
        assert!(Reason::ALL.is_sorted(), "they compare in the order of their strength");
        for (at, strong) in Reason::ALL.into_iter().enumerate() {
            for weak in Reason::ALL.into_iter().skip(at + 1) {
                let mut shared: Vec<_> = (1..=SUGGESTED).map(|n| (weak, format!("i{n:02}"), "both".into())).collect();
                shared.push((strong, "i00".into(), "both".into()));
                let found = suggest(shared);
                assert_eq!(found.len(), SUGGESTED);
                let last = found.last().expect("one");
                assert_eq!((last.incident_id.as_str(), last.reasons[0].0), ("i00", strong), "{strong:?} {weak:?}");
                assert!(!found.iter().any(|one| one.incident_id == "i01"), "the oldest by {weak:?} makes room");
            }
        }
    }

    #[test]
    fn all_that_two_incidents_share_stands_from_the_strongest_each_reason_once() {
        let shared = Reason::ALL.into_iter().rev().flat_map(|reason| {
            let example = |letter: &str| format!("{letter} {}", reason.as_str());
            [(reason, "i".to_string(), example("b")), (reason, "i".to_string(), example("a"))]
        });
        let found = suggest(shared.collect());
        let want: Vec<_> = Reason::ALL.into_iter().map(|reason| (reason, format!("a {}", reason.as_str()))).collect();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].reasons, want);
        assert!(suggest(Vec::new()).is_empty());
    }

    #[test]
    fn the_strongest_are_kept_and_the_newest_stand_first() {
        let mut shared: Vec<_> =
            (0..50).map(|at| (Reason::Constituent, format!("i{at:02}"), "Harbour".to_string())).collect();
        shared.push((Reason::Asset, "i03".into(), "192.0.2.1".into()));
        shared.push((Reason::Subject, "i03".into(), "mirai".into()));
        let found = suggest(shared);
        assert_eq!(found.len(), SUGGESTED);
        assert_eq!(found[0].incident_id, "i49");
        let last = found.last().expect("one");
        assert_eq!(
            last.incident_id, "i03",
            "an old one with the same asset is worth more than a new one of the same house"
        );
        let reasons: Vec<_> = last.reasons.iter().map(|(reason, _)| *reason).collect();
        assert_eq!(reasons, [Reason::Asset, Reason::Subject, Reason::Constituent]);
    }
}
