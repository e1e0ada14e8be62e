//! How well the team could reach its constituents: whether a contact works, was tried, and has a key.

use std::collections::{BTreeMap, HashSet};

use manara_model::Micros;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Constituents by how well they can be reached.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactQuality {
    /// All that are active.
    pub constituents: i64,
    /// Those with a contact that has a mail address.
    pub named: i64,
    /// Those with one whose mail does not come back.
    pub working: i64,
    /// Those with one that works and to which a mail of a report, investigation or countermeasure left.
    pub tested: i64,
    /// Those with one for which there is a key a person accepted.
    pub keyed: i64,
    /// Those with one that is all of it.
    pub whole: i64,
}

impl ContactQuality {
    /// Each count with the last part of its message key.
    pub fn lines(&self) -> [(&'static str, i64); 6] {
        [
            ("all", self.constituents),
            ("named", self.named),
            ("working", self.working),
            ("tested", self.tested),
            ("keyed", self.keyed),
            ("whole", self.whole),
        ]
    }

    /// For programs.
    pub fn json(&self, at: Micros) -> Value {
        let mut counts: serde_json::Map<String, Value> =
            self.lines().into_iter().map(|(name, count)| (name.to_string(), count.into())).collect();
        counts.insert("at".into(), json!(at.rfc3339()));
        Value::Object(counts)
    }
}

/// What is known of mail addresses.
#[derive(Debug, Default)]
pub(crate) struct KnownMails {
    /// Those whose mail comes back.
    pub dead: HashSet<String>,
    /// Those to which mail left.
    pub tested: HashSet<String>,
    /// Those with an accepted key.
    pub keyed: HashSet<String>,
}

/// Counts constituents; each comes with its mail addresses one after the other, and with an empty one when it has none.
pub(crate) fn contact_quality(contacts: &[(String, String)], known: &KnownMails) -> ContactQuality {
    let mut by_constituent: BTreeMap<&str, [bool; 5]> = BTreeMap::new();
    for (constituent, mail) in contacts {
        let so_far = by_constituent.entry(constituent).or_default();
        if mail.is_empty() {
            continue;
        }
        let works = !known.dead.contains(mail);
        let tested = works && known.tested.contains(mail);
        let keyed = known.keyed.contains(mail);
        for (of_all, of_one) in so_far.iter_mut().zip([true, works, tested, keyed, tested && keyed]) {
            *of_all |= of_one;
        }
    }
    let mut quality = ContactQuality::default();
    for [named, working, tested, keyed, whole] in by_constituent.into_values() {
        quality.constituents += 1;
        quality.named += i64::from(named);
        quality.working += i64::from(working);
        quality.tested += i64::from(tested);
        quality.keyed += i64::from(keyed);
        quality.whole += i64::from(whole);
    }
    quality
}

#[cfg(test)]
mod tests {
    use super::{KnownMails, contact_quality};

    #[test]
    fn a_constituent_counts_by_the_best_of_its_contacts() {
        let contacts = [("a", "x@a"), ("a", "y@a"), ("b", ""), ("c", "z@c"), ("d", "w@d")];
        let contacts = contacts.map(|(id, mail)| (id.to_string(), mail.to_string()));
        let set = |mails: &[&str]| mails.iter().map(|mail| (*mail).to_string()).collect();
        let known =
            KnownMails { dead: set(&["x@a", "z@c"]), tested: set(&["y@a", "z@c", "w@d"]), keyed: set(&["x@a", "w@d"]) };
        let counts = contact_quality(&contacts, &known).lines().map(|(_, count)| count);
        assert_eq!(counts, [4, 3, 2, 2, 2, 1], "the key of a is that of a dead address");
    }
}
