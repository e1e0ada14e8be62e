//! The section `[profile]` of `cirt.toml`.

use std::collections::BTreeMap;

use manara_model::Micros;
use manara_web::Lang;
use serde::Deserialize;
use toml::{Table, Value};

use crate::config::Change;

/// Characters of a text; each is one line.
pub const TEXT_CHARS: usize = 1_000;
/// Characters of a value.
const VALUE_CHARS: usize = 300;

/// What is written for the public description alone; name, mail and telephone are those of letters.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ProfileConfig {
    /// Whether everybody may read `/rfc2350` and `/.well-known/security.txt`.
    pub published: bool,
    /// The day somebody last read it through, such as 2026-11-22; `security.txt` expires a year later.
    pub reviewed: String,
    /// The postal address.
    pub address: String,
    /// The telephone outside hours of duty; empty for none.
    pub emergency: String,
    /// The fingerprint of the team's public key.
    pub key_fingerprint: String,
    /// Where the key is.
    pub key_url: String,
    /// Hours of duty, by language.
    pub hours: BTreeMap<String, String>,
    /// What the team is for, by language.
    pub mission: BTreeMap<String, String>,
    /// Who bears it, by language.
    pub sponsor: BTreeMap<String, String>,
    /// What it may order, ask or advise, by language.
    pub authority: BTreeMap<String, String>,
    /// Which incidents it helps with and how far, by language.
    pub support: BTreeMap<String, String>,
    /// What it does not answer for, by language.
    pub disclaimer: BTreeMap<String, String>,
}

/// A value of one line: its key, and how it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// The key in the section.
    pub key: &'static str,
    /// What it has to be.
    pub kind: Kind,
}

/// What a value has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A line.
    Line,
    /// A day.
    Day,
    /// An address that begins with `https://`.
    Https,
}

/// The values of one line.
pub const FIELDS: [Field; 5] = [
    Field { key: "reviewed", kind: Kind::Day },
    Field { key: "address", kind: Kind::Line },
    Field { key: "emergency", kind: Kind::Line },
    Field { key: "key_fingerprint", kind: Kind::Line },
    Field { key: "key_url", kind: Kind::Https },
];

/// The texts by language.
pub const TEXTS: [&str; 6] = ["hours", "mission", "sponsor", "authority", "support", "disclaimer"];

/// What is wrong with a value; the words are `profile-bad-<code>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProfileTrouble {
    /// It is no day.
    #[error("{0}: a day is written as 2026-11-22")]
    Day(&'static str),
    /// It is no safe address.
    #[error("{0}: an address begins with https://")]
    Https(&'static str),
    /// It is too long or not on one line.
    #[error("{0}: one line of at most {TEXT_CHARS} characters")]
    Line(&'static str),
}

impl ProfileTrouble {
    /// The last part of its message key, and the key it is about.
    pub fn code(self) -> (&'static str, &'static str) {
        match self {
            Self::Day(key) => ("day", key),
            Self::Https(key) => ("https", key),
            Self::Line(key) => ("line", key),
        }
    }
}

impl ProfileConfig {
    /// A value of one line.
    pub fn value(&self, key: &str) -> &str {
        match key {
            "reviewed" => &self.reviewed,
            "address" => &self.address,
            "emergency" => &self.emergency,
            "key_fingerprint" => &self.key_fingerprint,
            "key_url" => &self.key_url,
            _ => "",
        }
    }

    /// A text in exactly this language; empty when there is none.
    pub fn written(&self, key: &str, lang: Lang) -> &str {
        self.texts(key).and_then(|texts| texts.get(lang.tag())).map_or("", String::as_str)
    }

    /// A text in a language, else in English, else in any.
    pub fn text(&self, key: &str, lang: Lang) -> Option<&str> {
        let texts = self.texts(key)?;
        let found = texts.get(lang.tag()).or_else(|| texts.get("en")).or_else(|| texts.values().next());
        found.map(String::as_str).filter(|text| !text.trim().is_empty())
    }

    fn texts(&self, key: &str) -> Option<&BTreeMap<String, String>> {
        Some(match key {
            "hours" => &self.hours,
            "mission" => &self.mission,
            "sponsor" => &self.sponsor,
            "authority" => &self.authority,
            "support" => &self.support,
            "disclaimer" => &self.disclaimer,
            _ => return None,
        })
    }
}

/// What a form says as changes of `cirt.toml`, or the first thing that is wrong with it. `value` gives what stands under a name.
pub fn changes(value: impl Fn(&str) -> String) -> Result<Vec<Change>, ProfileTrouble> {
    let is_line = |text: &str, most: usize| text.chars().count() <= most && !text.chars().any(char::is_control);
    let mut changes = vec![Change::set("profile", "published", value("published") == "on")];
    for field in FIELDS {
        let text = value(field.key);
        if !is_line(&text, VALUE_CHARS) {
            return Err(ProfileTrouble::Line(field.key));
        }
        let is_day = || text.len() == 10 && Micros::parse_rfc3339(&format!("{text}T00:00:00Z")).is_some();
        match field.kind {
            Kind::Day if !text.is_empty() && !is_day() => return Err(ProfileTrouble::Day(field.key)),
            Kind::Https if !text.is_empty() && !is_https(&text) => return Err(ProfileTrouble::Https(field.key)),
            _ => changes.push(Change::set("profile", field.key, text)),
        }
    }
    for key in TEXTS {
        let mut texts = Table::new();
        for lang in Lang::ALL {
            let text = value(&format!("{key}_{}", lang.tag()));
            if !is_line(&text, TEXT_CHARS) {
                return Err(ProfileTrouble::Line(key));
            }
            if !text.is_empty() {
                texts.insert(lang.tag().into(), text.into());
            }
        }
        changes.push(match texts.is_empty() {
            true => Change::remove("profile", key),
            false => Change::set("profile", key, Value::from(texts)),
        });
    }
    Ok(changes)
}

/// Whether it is an address outside that is safe to publish.
pub fn is_https(text: &str) -> bool {
    let rest = text.strip_prefix("https://").unwrap_or_default();
    !rest.is_empty() && text.chars().all(|c| c.is_ascii_graphic() && !"<>\"\\^`{|}".contains(c))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{ProfileTrouble, changes};
    use crate::config::{Config, TEMPLATE, changed};

    fn form<'f>(pairs: &'f [(&'f str, &'f str)]) -> impl Fn(&str) -> String + 'f {
        |name| pairs.iter().find(|(known, _)| *known == name).map_or(String::new(), |(_, value)| value.to_string())
    }

    #[test]
    fn what_is_entered_is_what_the_configuration_says() {
        let pairs = [
            ("published", "on"),
            ("reviewed", "2026-11-01"),
            ("address", "1 Harbour \"Road\" # 2"),
            ("key_url", "https://cirt.example/key.asc"),
            ("hours_ar", "من الأحد إلى الخميس"),
            ("mission_en", "To help"),
        ];
        let text = changed(TEMPLATE, &changes(form(&pairs)).expect("changes")).expect("changed");
        let config = Config::of(&text, Path::new("/somewhere")).expect("valid").profile;
        assert!(config.published && config.address == "1 Harbour \"Road\" # 2" && config.reviewed == "2026-11-01");
        assert_eq!(config.text("hours", manara_web::Lang::Fr), Some("من الأحد إلى الخميس"));
        assert_eq!(
            (config.text("mission", manara_web::Lang::Ar), config.text("sponsor", manara_web::Lang::En)),
            (Some("To help"), None)
        );
        // What is emptied is gone again.
        let text = changed(&text, &changes(form(&[])).expect("changes")).expect("changed");
        assert_eq!(Config::of(&text, Path::new("/somewhere")).expect("valid").profile, Default::default());
    }

    #[test]
    fn nonsense_is_told() {
        let of = |pairs: &[(&str, &str)]| changes(form(pairs)).err();
        assert_eq!(of(&[("reviewed", "soon")]), Some(ProfileTrouble::Day("reviewed")));
        assert_eq!(of(&[("key_url", "http://a.example")]), Some(ProfileTrouble::Https("key_url")));
        assert_eq!(of(&[("key_url", "https://a.example/\" x")]), Some(ProfileTrouble::Https("key_url")));
        assert_eq!(of(&[("address", "a\nb")]), Some(ProfileTrouble::Line("address")));
        assert_eq!(of(&[("hours_fr", &"a".repeat(1_001))]), Some(ProfileTrouble::Line("hours")));
    }
}
