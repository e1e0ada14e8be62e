//! OpenPGP keys as the house knows them: whose they are is decided by people.

use manara_crypt::{Certificate, KeyState};
use manara_model::Micros;

/// What was decided about a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyStanding {
    /// It is ours.
    Own,
    /// It came with a mail or out of a file, and nobody looked at it yet.
    Unverified,
    /// A person made sure whose it is.
    Accepted,
    /// A person does not believe it.
    Rejected,
}

impl KeyStanding {
    /// All.
    pub const ALL: [KeyStanding; 4] = [Self::Own, Self::Unverified, Self::Accepted, Self::Rejected];

    /// The word used in SQL, files and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Unverified => "unverified",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|standing| standing.as_str() == text)
    }

    /// Whether what is signed with it is believed, and mail may be encrypted to it.
    pub fn is_believed(self) -> bool {
        matches!(self, Self::Own | Self::Accepted)
    }
}

/// How a key came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeySource {
    /// It was made here.
    Generated,
    /// A person brought a file.
    Imported,
    /// It hung on a mail of its owner.
    Attached,
    /// It stood in the head of a mail of its owner.
    Autocrypt,
    /// The domain of its address gave it out (Web Key Directory).
    Directory,
}

impl KeySource {
    /// All.
    pub const ALL: [KeySource; 5] = [Self::Generated, Self::Imported, Self::Attached, Self::Autocrypt, Self::Directory];

    /// The word used in SQL, files and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Generated => "generated",
            Self::Imported => "imported",
            Self::Attached => "attached",
            Self::Autocrypt => "autocrypt",
            Self::Directory => "directory",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.as_str() == text)
    }
}

/// A key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailKey {
    /// The certificate.
    pub certificate: Certificate,
    /// What was decided about it.
    pub standing: KeyStanding,
    /// How it came.
    pub source: KeySource,
    /// When it came.
    pub added: Micros,
    /// When somebody decided about it.
    pub decided: Option<Micros>,
    /// Who did; empty for nobody.
    pub decided_by: String,
    /// When a signature of it was checked, or mail was encrypted to it or opened by it, to the hour.
    pub used: Option<Micros>,
    /// When it was put away: it is kept, and neither believed nor asked.
    pub removed: Option<Micros>,
}

impl MailKey {
    /// A key that was not here before, about which nobody decided anything.
    pub fn new(certificate: Certificate, standing: KeyStanding, source: KeySource, now: Micros) -> Self {
        MailKey {
            certificate,
            standing,
            source,
            added: now,
            decided: None,
            decided_by: String::new(),
            used: None,
            removed: None,
        }
    }

    /// Where it stands, in one word: what was decided about it, or `removed`.
    pub fn mark(&self) -> &'static str {
        if self.removed.is_some() { "removed" } else { self.standing.as_str() }
    }

    /// Whether mail may be encrypted to it at a moment.
    pub fn may_encrypt(&self, now: Micros) -> bool {
        self.removed.is_none() && self.standing.is_believed() && self.certificate.facts(now).can_encrypt
    }

    /// What is to be done about it soon.
    pub fn warning(&self, warn_days: i64, now: Micros) -> Option<KeyWarning> {
        if self.removed.is_some() || !self.standing.is_believed() {
            return None;
        }
        let facts = self.certificate.facts(now);
        match (facts.state, facts.expires) {
            (KeyState::Revoked, _) => Some(KeyWarning::Revoked),
            (KeyState::Expired, _) => Some(KeyWarning::Expired),
            (KeyState::Good, Some(end)) if end <= now.plus_days(warn_days) => {
                Some(KeyWarning::Expires((end.0 - now.0).max(0) / Micros::DAY))
            }
            (KeyState::Good, _) => None,
        }
    }
}

/// Why a key will not do for long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyWarning {
    /// Its owner took it back.
    Revoked,
    /// Its time has passed.
    Expired,
    /// Its time passes in so many days.
    Expires(i64),
}

impl KeyWarning {
    /// The word in answers to programs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Revoked => "revoked",
            Self::Expired => "expired",
            Self::Expires(_) => "expires",
        }
    }
}

/// A fingerprint as it is compared: hexadecimal digits, capital letters, no spaces.
pub fn fingerprint_key(text: &str) -> String {
    let text = text.trim();
    let text = text.strip_prefix("0x").unwrap_or(text);
    text.chars().filter(|c| !c.is_whitespace() && *c != ':').map(|c| c.to_ascii_uppercase()).collect()
}

/// A fingerprint as people compare it: in groups of four.
pub fn grouped(fingerprint: &str) -> String {
    let mut text = String::with_capacity(fingerprint.len() + fingerprint.len() / 4);
    for (at, c) in fingerprint.chars().enumerate() {
        if at > 0 && at.is_multiple_of(4) {
            text.push(' ');
        }
        text.push(c);
    }
    text
}

#[cfg(test)]
mod tests {
    use manara_crypt::OwnKey;
    use manara_model::Micros;

    use super::{KeySource, KeyStanding, KeyWarning, MailKey, fingerprint_key, grouped};

    #[test]
    fn a_key_is_told_before_its_time_has_passed() {
        let now = Micros(1_768_435_200_000_000);
        let made = OwnKey::generate("CIRT <cirt@cirt.example>", 100, now).unwrap();
        let key = |standing| MailKey::new(made.certificate().clone(), standing, KeySource::Generated, now);
        for (standing, days, want) in [
            (KeyStanding::Own, 0, None),
            (KeyStanding::Own, 71, Some(KeyWarning::Expires(29))),
            (KeyStanding::Accepted, 101, Some(KeyWarning::Expired)),
            (KeyStanding::Unverified, 101, None),
            (KeyStanding::Rejected, 71, None),
        ] {
            assert_eq!(key(standing).warning(30, now.plus_days(days)), want, "{standing:?} {days}");
        }
        assert!(key(KeyStanding::Accepted).may_encrypt(now) && !key(KeyStanding::Unverified).may_encrypt(now));
        let away = MailKey { removed: Some(now), ..key(KeyStanding::Accepted) };
        assert!(!away.may_encrypt(now) && away.warning(30, now.plus_days(101)).is_none());
        assert_eq!((away.mark(), key(KeyStanding::Own).mark()), ("removed", "own"));
        assert_eq!(fingerprint_key(" 0xab cd:12 "), "ABCD12");
        assert_eq!((grouped("ABCDEF0123"), grouped("")), ("ABCD EF01 23".to_string(), String::new()));
        for standing in KeyStanding::ALL {
            assert_eq!(KeyStanding::parse(standing.as_str()), Some(standing));
        }
        for source in KeySource::ALL {
            assert_eq!(KeySource::parse(source.as_str()), Some(source));
        }
    }
}
