//! The Reference Security Incident Taxonomy (ENISA / TF-CSIRT task force), version 1003: 11 classes, 39 types.
//! Identifiers and titles are the taxonomy's (CC0-1.0); source: enisaeu/Reference-Security-Incident-Taxonomy-Task-Force,
//! working_copy/machinev1.

/// A class of the taxonomy with its types.
#[derive(Debug)]
pub struct Class {
    /// Machine value, as in IntelMQ's `classification.taxonomy`.
    pub value: &'static str,
    /// English title of the standard.
    pub title: &'static str,
    /// The types of the class.
    pub types: &'static [Type],
}

/// A type of the taxonomy.
#[derive(Debug)]
pub struct Type {
    /// Machine value, as in IntelMQ's `classification.type`.
    pub value: &'static str,
    /// English title of the standard.
    pub title: &'static str,
}

/// The whole taxonomy, in its own order.
pub const CLASSES: &[Class] = &[
    Class {
        value: "abusive-content",
        title: "Abusive Content",
        types: &[
            Type { value: "spam", title: "Spam" },
            Type { value: "harmful-speech", title: "Harmful Speech" },
            Type { value: "violence", title: "(Child) Sexual Exploitation/Sexual/Violent Content" },
        ],
    },
    Class {
        value: "malicious-code",
        title: "Malicious Code",
        types: &[
            Type { value: "infected-system", title: "Infected System" },
            Type { value: "c2-server", title: "C2 Server" },
            Type { value: "malware-distribution", title: "Malware Distribution" },
            Type { value: "malware-configuration", title: "Malware Configuration" },
        ],
    },
    Class {
        value: "information-gathering",
        title: "Information Gathering",
        types: &[
            Type { value: "scanner", title: "Scanning" },
            Type { value: "sniffing", title: "Sniffing" },
            Type { value: "social-engineering", title: "Social Engineering" },
        ],
    },
    Class {
        value: "intrusion-attempts",
        title: "Intrusion Attempts",
        types: &[
            Type { value: "ids-alert", title: "Exploitation of Known Vulnerabilities" },
            Type { value: "brute-force", title: "Login Attempts" },
            Type { value: "exploit", title: "New Attack Signature" },
        ],
    },
    Class {
        value: "intrusions",
        title: "Intrusions",
        types: &[
            Type { value: "privileged-account-compromise", title: "Privileged Account Compromise" },
            Type { value: "unprivileged-account-compromise", title: "Unprivileged Account Compromise" },
            Type { value: "application-compromise", title: "Application Compromise" },
            Type { value: "system-compromise", title: "System Compromise" },
            Type { value: "burglary", title: "Burglary" },
        ],
    },
    Class {
        value: "availability",
        title: "Availability",
        types: &[
            Type { value: "dos", title: "Denial of Service" },
            Type { value: "ddos", title: "Distributed Denial of Service" },
            Type { value: "misconfiguration", title: "Misconfiguration" },
            Type { value: "sabotage", title: "Sabotage" },
            Type { value: "outage", title: "Outage" },
        ],
    },
    Class {
        value: "information-content-security",
        title: "Information Content Security",
        types: &[
            Type { value: "unauthorised-information-access", title: "Unauthorised Access to Information" },
            Type { value: "unauthorised-information-modification", title: "Unauthorised Modification of Information" },
            Type { value: "data-loss", title: "Data Loss" },
            Type { value: "data-leak", title: "Leak of Confidential Information" },
        ],
    },
    Class {
        value: "fraud",
        title: "Fraud",
        types: &[
            Type { value: "unauthorised-use-of-resources", title: "Unauthorised Use of Resources" },
            Type { value: "copyright", title: "Copyright" },
            Type { value: "masquerade", title: "Masquerade" },
            Type { value: "phishing", title: "Phishing" },
        ],
    },
    Class {
        value: "vulnerable",
        title: "Vulnerable",
        types: &[
            Type { value: "weak-crypto", title: "Weak Cryptography" },
            Type { value: "ddos-amplifier", title: "DDoS Amplifier" },
            Type { value: "potentially-unwanted-accessible", title: "Potentially Unwanted Accessible Services" },
            Type { value: "information-disclosure", title: "Information Disclosure" },
            Type { value: "vulnerable-system", title: "Vulnerable System" },
        ],
    },
    Class {
        value: "other",
        title: "Other",
        types: &[
            Type { value: "other", title: "Uncategorised" },
            Type { value: "undetermined", title: "Undetermined" },
        ],
    },
    Class { value: "test", title: "Test", types: &[Type { value: "test", title: "Test" }] },
];

/// The class a type belongs to. IntelMQ's own additions to the types (such as `blocklist`) belong to `other`.
pub fn class_of_type(value: &str) -> Option<&'static str> {
    if value == "blocklist" {
        return Some("other");
    }
    CLASSES.iter().find(|class| class.types.iter().any(|kind| kind.value == value)).map(|class| class.value)
}

/// Whether the taxonomy knows this class with this type.
pub fn is_known(taxonomy: &str, kind: &str) -> bool {
    class_of_type(kind) == Some(taxonomy)
}

#[cfg(test)]
mod tests {
    use super::{CLASSES, class_of_type};

    #[test]
    fn the_taxonomy_has_11_classes_and_39_types_each_of_one_class() {
        assert_eq!(CLASSES.len(), 11);
        let types: Vec<&str> = CLASSES.iter().flat_map(|class| class.types).map(|kind| kind.value).collect();
        assert_eq!(types.len(), 39);
        for class in CLASSES {
            for kind in class.types {
                assert_eq!(class_of_type(kind.value), Some(class.value), "{}", kind.value);
            }
        }
    }
}
