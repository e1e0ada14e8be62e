//! The mailboxes of the house that somebody works for.

use std::sync::Arc;

/// The word for the mailbox of records that came to none: opened by hand, by a rule, or taken over. They leave from the main one.
const USUAL: &str = "usual";
/// The most mailboxes one person is limited to.
const MOST: usize = 50;
/// The most characters of an address.
const CHARS: usize = 254;

/// The mailboxes whose incidents and tickets somebody may see: all, unless they were limited to some.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Mailboxes(Option<Arc<[String]>>);

impl Mailboxes {
    /// No limit.
    pub fn all() -> Self {
        Mailboxes(None)
    }

    /// Reads addresses between spaces, `usual` for records of no mailbox; nothing at all is no limit. `None` when one is no
    /// address, or when they are too many.
    pub fn parse(text: &str) -> Option<Self> {
        let mut names: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
        names.sort_unstable();
        names.dedup();
        if names.is_empty() {
            return Some(Self::all());
        }
        let is_address = |name: &String| {
            let has_both = name.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty());
            (has_both || name == USUAL)
                && name.chars().count() <= CHARS
                && !name.chars().any(|c| c.is_control() || c == '\\')
        };
        (names.len() <= MOST && names.iter().all(is_address)).then(|| Mailboxes(Some(names.into())))
    }

    /// As [`Mailboxes::parse`] reads it.
    pub fn as_text(&self) -> String {
        self.names().join(" ")
    }

    /// Whether there is no limit.
    pub fn is_all(&self) -> bool {
        self.0.is_none()
    }

    /// What the limit names, by name; nothing when there is none.
    pub fn names(&self) -> &[String] {
        self.0.as_deref().unwrap_or_default()
    }

    /// The addresses the limit names.
    pub fn addresses(&self) -> impl Iterator<Item = &str> {
        self.names().iter().map(String::as_str).filter(|name| *name != USUAL)
    }

    /// The mailboxes as records hold them, to compare with: empty for records of none.
    pub fn of_records(&self) -> impl Iterator<Item = &str> {
        self.names().iter().map(|name| if name == USUAL { "" } else { name.as_str() })
    }

    /// Whether records of a mailbox, or of none (empty), are among them.
    pub fn has(&self, mailbox: &str) -> bool {
        self.is_all() || self.of_records().any(|own| own == mailbox)
    }

    /// Whether all of these are among others.
    pub fn are_within(&self, others: &Mailboxes) -> bool {
        others.is_all() || (!self.is_all() && self.of_records().all(|own| others.has(own)))
    }

    /// Those that both have.
    #[must_use]
    pub fn and(&self, others: &Mailboxes) -> Mailboxes {
        match (&self.0, &others.0) {
            (None, _) => others.clone(),
            (_, None) => self.clone(),
            (Some(own), Some(others)) => {
                let both: Vec<String> = own.iter().filter(|name| others.contains(name)).cloned().collect();
                Mailboxes(Some(both.into()))
            }
        }
    }

    /// With records of no mailbox when the main one is among them: it is where their mail leaves from.
    #[must_use]
    pub fn with_usual(&self, main: &str) -> Mailboxes {
        match &self.0 {
            Some(names) if names.iter().any(|name| name == main) && !names.iter().any(|name| name == USUAL) => {
                let mut names = names.to_vec();
                names.push(USUAL.into());
                names.sort_unstable();
                Mailboxes(Some(names.into()))
            }
            _ => self.clone(),
        }
    }

    /// The mailbox that what somebody opens is of: none where they see what has none, else their first.
    pub fn of_new(&self) -> &str {
        if self.has("") { "" } else { self.addresses().next().unwrap_or_default() }
    }
}

#[cfg(test)]
mod tests {
    use super::Mailboxes;

    #[test]
    fn a_limit_is_read_written_and_never_grows() {
        let read = |text: &str| Mailboxes::parse(text).expect(text);
        let (all, both, gov) = (read(" "), read("Gov@x.example edu@x.example gov@x.example"), read("gov@x.example"));
        assert!(all.is_all() && all.has("") && all.has("any@x.example"));
        assert_eq!(both.as_text(), "edu@x.example gov@x.example");
        assert!(both.has("gov@x.example") && !both.has("") && !both.has("ov@x.example"));
        assert_eq!(read(&both.as_text()), both);
        assert_eq!(both.and(&all), both);
        assert_eq!(all.and(&gov), gov);
        assert_eq!(both.and(&gov), gov);
        let none = gov.and(&read("edu@x.example"));
        assert!(!none.is_all() && !none.has("gov@x.example") && !none.has("") && none.of_new().is_empty());
        assert!(gov.are_within(&both) && !both.are_within(&gov) && both.are_within(&all) && !all.are_within(&both));
        let main = gov.with_usual("gov@x.example");
        assert_eq!((main.as_text().as_str(), main.of_new()), ("gov@x.example usual", ""));
        assert!(main.has("") && gov.of_new() == "gov@x.example" && gov.with_usual("edu@x.example") == gov);
        assert_eq!(main.addresses().collect::<Vec<_>>(), ["gov@x.example"]);
        for wrong in ["gov", "@x.example", "gov@", "a\\b@x.example", "gov@x.example\u{0}"] {
            assert_eq!(Mailboxes::parse(wrong), None, "{wrong}");
        }
        let many: Vec<String> = (0..51).map(|n| format!("a{n}@x.example")).collect();
        assert_eq!(Mailboxes::parse(&many.join(" ")), None);
    }
}
