//! What of a country or a team a building block is about: by the capability it gives first.

use crate::blocks::{Block, Blocks, Kind};

/// A side of the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aspect {
    /// Strategy, law, national policy.
    Policy,
    /// Mandate, home, oversight, money.
    Institution,
    /// What is offered, and how well.
    Services,
    /// Rules of the team.
    Rules,
    /// How work is done.
    Procedures,
    /// Who is served, and how they are reached.
    Constituency,
    /// Relations inside government.
    Government,
    /// Relations with industry.
    Industry,
    /// Relations with teams abroad.
    Abroad,
    /// Machines and programs.
    Technology,
    /// Rooms, power, workplaces.
    Premises,
    /// People and what they know.
    People,
}

/// Capabilities of the built-in blocks by aspect.
const CAPABILITIES: [(Aspect, &[&str]); 12] = [
    (
        Aspect::Policy,
        &[
            "national-direction",
            "risk-method",
            "critical-functions",
            "crisis-coordination",
            "law-gaps-known",
            "cybercrime-law",
            "data-protection-law",
        ],
    ),
    (
        Aspect::Institution,
        &[
            "legal-mandate",
            "legal-powers",
            "institutional-home",
            "oversight",
            "governance-reporting",
            "recurrent-funding",
        ],
    ),
    (Aspect::Services, &["services-described", "service-levels"]),
    (
        Aspect::Rules,
        &[
            "internal-security-rules",
            "information-marking",
            "incident-classes",
            "media-rules",
            "conduct-rules",
            "evidence-rules",
            "disclosure-rules",
            "privacy-rules",
            "continuity-rules",
        ],
    ),
    (
        Aspect::Procedures,
        &[
            "report-intake",
            "triage",
            "incident-playbooks",
            "owner-notification",
            "incident-coordination",
            "escalation",
            "lessons-learned",
            "advisories",
            "source-management",
            "monitoring-procedure",
            "forensic-procedure",
            "emergency-reachability",
            "staff-lifecycle",
            "public-figures",
            "team-meetings",
        ],
    ),
    (
        Aspect::Constituency,
        &[
            "constituency-defined",
            "public-profile",
            "tested-contacts",
            "outreach",
            "baseline-guide",
            "constituent-contacts",
            "network-ownership",
            "awareness-reach",
            "awareness-material",
        ],
    ),
    (Aspect::Government, &["state-coordination", "police-cooperation"]),
    (Aspect::Industry, &["operator-cooperation", "trusted-forum", "sector-response", "botnet-clean-up"]),
    (
        Aspect::Abroad,
        &[
            "regional-community",
            "world-community",
            "night-contact",
            "outside-review",
            "readiness-assessment",
            "research",
        ],
    ),
    (
        Aspect::Technology,
        &[
            "hosting",
            "sole-control",
            "secured-network",
            "data-backup",
            "second-line",
            "second-telephone",
            "evidence-capture",
            "isolated-analysis",
            "sensor-hosts",
            "incident-records",
            "feed-processing",
            "external-feeds",
            "threat-exchange",
            "secure-messaging",
            "team-messaging",
            "web-presence",
            "log-analysis",
            "malware-analysis",
            "forensic-analysis",
            "network-detection",
            "exposure-checks",
            "team-knowledge",
        ],
    ),
    (Aspect::Premises, &["secure-premises", "evidence-storage", "standby-power", "second-site", "workplaces"]),
    (
        Aspect::People,
        &[
            "staff",
            "staff-several",
            "staff-depth",
            "staff-thirty",
            "staff-sixty",
            "staffed-nights",
            "out-of-hours-cover",
            "handling-skills",
            "analysis-skills",
            "forensic-skills",
            "malware-skills",
            "communication-skills",
            "justice-trained",
            "exercises",
            "technical-exercises",
            "skills-described",
            "training-planned",
        ],
    ),
];

impl Aspect {
    /// The aspect of a block. One whose capability is not known here (a block of the operator) is told by what it is made of.
    pub fn of(block: &Block) -> Aspect {
        let first = block.provides.first().and_then(|given| Self::of_capability(given));
        first.unwrap_or(match block.kind {
            Kind::Hardware | Kind::Software => Self::Technology,
            Kind::Documentation => Self::Procedures,
            Kind::Training => Self::People,
            Kind::Community => Self::Constituency,
        })
    }

    fn of_capability(capability: &str) -> Option<Aspect> {
        CAPABILITIES.iter().find(|(_, known)| known.contains(&capability)).map(|(aspect, _)| *aspect)
    }
}

/// A line of the snapshot of a report: some aspects together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// The last part of its message key: `document-theme-<name>`.
    pub name: &'static str,
    aspects: &'static [Aspect],
}

/// The lines of the snapshot, in order.
pub const THEMES: [Theme; 7] = [
    Theme { name: "policy", aspects: &[Aspect::Policy, Aspect::Rules] },
    Theme { name: "institutions", aspects: &[Aspect::Institution, Aspect::Services] },
    Theme { name: "people", aspects: &[Aspect::People] },
    Theme { name: "government", aspects: &[Aspect::Government] },
    Theme { name: "industry", aspects: &[Aspect::Industry] },
    Theme { name: "others", aspects: &[Aspect::Constituency, Aspect::Abroad] },
    Theme { name: "means", aspects: &[Aspect::Procedures, Aspect::Technology, Aspect::Premises] },
];

impl Theme {
    /// Whether an item with these blocks belongs here; it may belong to several themes, or to none.
    pub fn holds(&self, blocks: &Blocks, ids: &[String]) -> bool {
        ids.iter().filter_map(|id| blocks.get(id)).any(|block| self.aspects.contains(&Aspect::of(block)))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Aspect, CAPABILITIES, THEMES};
    use crate::shelf::Shelf;

    #[test]
    fn every_built_in_block_has_its_aspect_and_no_capability_has_two() {
        let shelf = Shelf::load(None);
        for block in shelf.blocks.all() {
            let first = block.provides.first().map(String::as_str).unwrap_or_default();
            assert!(Aspect::of_capability(first).is_some(), "{} gives {first}, which has no aspect", block.ref_id);
        }
        let all: Vec<&str> = CAPABILITIES.iter().flat_map(|(_, known)| known.iter().copied()).collect();
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
        for (aspect, _) in CAPABILITIES {
            assert_eq!(THEMES.iter().filter(|theme| theme.aspects.contains(&aspect)).count(), 1, "{aspect:?}");
        }
    }
}
