//! Findings that are one matter: of one constituent, one type and one subject.

use std::collections::BTreeMap;

use manara_model::Severity;

use crate::incident::{FindingInput, Impact};

/// What a rule looks at.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Whom it concerns.
    pub constituent_id: String,
    /// Their name.
    pub constituent: String,
    /// How much depends on them.
    pub impact: Impact,
    /// RSIT class.
    pub taxonomy: String,
    /// RSIT type.
    pub kind: String,
    /// What exactly.
    pub subject: String,
    /// Of the worst finding.
    pub severity: Severity,
    /// Of the surest finding.
    pub confidence: f64,
    /// How many.
    pub findings: i64,
}

/// The groups of many findings; it grows with the matters, not with the findings.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Groups {
    by_key: BTreeMap<String, Group>,
}

impl Groups {
    /// Counts a finding in.
    pub fn add(&mut self, finding: &FindingInput) {
        let group = self.by_key.entry(key(finding)).or_insert_with(|| Group {
            constituent_id: finding.constituent_id.clone(),
            constituent: finding.constituent.clone(),
            impact: finding.impact,
            taxonomy: finding.taxonomy.clone(),
            kind: finding.kind.clone(),
            subject: finding.subject.clone(),
            severity: finding.severity,
            confidence: finding.confidence,
            findings: 0,
        });
        group.severity = group.severity.max(finding.severity);
        group.confidence = group.confidence.max(finding.confidence);
        group.findings += 1;
    }

    /// The group of a key.
    pub fn get(&self, key: &str) -> Option<&Group> {
        self.by_key.get(key)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.by_key.is_empty()
    }
}

/// The name of a finding's group. Ids and types have no slash, so no two groups have one name.
pub fn key(finding: &FindingInput) -> String {
    format!("{}/{}/{}", finding.constituent_id, finding.kind, finding.subject)
}
