//! What a record speaks of, with what people say of it.

use manara_formats::mail::{Observable as Observed, ObservableKind, Tlds, observables};
use manara_model::Micros;

use crate::message::Seen;

/// Observables that are named at once.
pub const NAMED_AT_ONCE: usize = 500;

/// An observable of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observable {
    /// `ip`, `domain`, `url`, `mail`, `hash_sha256`, `cve`, and so on.
    pub kind: String,
    /// Its usual form.
    pub value: String,
    /// How it came: a word such as `mail`, `comment` or `person`.
    pub source: String,
    /// Login name of whoever named it; empty for what was read out of something.
    pub who: String,
    /// Since when.
    pub at: Micros,
    /// What people say of it; may be empty.
    pub note: String,
    /// Since when it counts no more.
    pub removed: Option<Micros>,
}

/// The observables a text of ours names, links that were broken on purpose too.
pub fn named_in(text: &str) -> Vec<Seen> {
    let seen = |one: Observed| Seen { kind: one.kind.as_str().into(), value: one.value };
    observables(text, Tlds::built_in()).into_iter().map(seen).collect()
}

/// The key of the words of a kind; nothing for one that has none.
pub(crate) fn kind_key(kind: &str) -> Option<String> {
    ObservableKind::parse(kind).map(|_| format!("tickets-observable-{}", kind.replace('_', "-")))
}

/// Another record that knows an observable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenElsewhere {
    /// What both speak of.
    pub value: String,
    /// `report`, `investigation`, `countermeasure`, `incident`, `finding` or `evidence`.
    pub kind: String,
    /// Number of the ticket, or of the incident that has the finding or the evidence.
    pub number: String,
    /// Its subject or title.
    pub title: String,
}

impl SeenElsewhere {
    /// The page of the record.
    pub fn href(&self) -> String {
        match self.kind.as_str() {
            "report" | "investigation" | "countermeasure" => format!("/tickets/{}", self.number),
            "evidence" => format!("/incidents/{}/evidence", self.number),
            _ => format!("/incidents/{}", self.number),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{kind_key, named_in};

    #[test]
    fn what_is_typed_is_read_as_mail_is() {
        let all = named_in("hxxp://login[.]example[.]com/a, 192.0.2.7 192.0.2.7\nCVE-2026-1234");
        let kinds: Vec<&str> = all.iter().map(|one| one.kind.as_str()).collect();
        assert!(kinds.contains(&"url") && kinds.contains(&"cve"), "{all:?}");
        assert_eq!(kinds.iter().filter(|kind| **kind == "ip").count(), 1, "{all:?}");
        assert!(named_in("nothing at all").is_empty());
    }

    #[test]
    fn kinds_have_words() {
        assert_eq!(kind_key("hash_sha256").as_deref(), Some("tickets-observable-hash-sha256"));
        assert_eq!(kind_key("other"), None);
    }
}
