//! The nation: where the house is, what it is called, which languages it speaks.

use std::collections::BTreeMap;

use manara_web::{Lang, Usual};
use toml::{Table, Value};

use crate::config::{Change, Config};
use crate::picture::countries;

/// Characters of the name of a team.
const NAME_CHARS: usize = 120;

/// What is said of the nation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Nation {
    /// Two letters of the country.
    pub country: String,
    /// Time zone.
    pub zone: String,
    /// Language of readers of whom nothing is known.
    pub language: String,
    /// Languages that can be chosen.
    pub languages: Vec<String>,
    /// What the team is called, by language.
    pub names: BTreeMap<String, String>,
}

/// What is wrong with it; the words are `setup-nation-<code>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NationTrouble {
    /// There is no such country.
    #[error("country: expected two letters of ISO 3166-1, such as EG")]
    Country,
    /// There is no such time zone.
    #[error("zone: expected a time zone such as Africa/Cairo")]
    Zone,
    /// No language, an unknown one, or the usual one is not offered.
    #[error("language: expected en, ar or fr, and it has to be among those offered")]
    Language,
    /// A name is too long, or holds what is no character.
    #[error("name: at most {NAME_CHARS} characters on one line")]
    Name,
}

impl NationTrouble {
    /// The word in message keys.
    pub fn code(self) -> &'static str {
        match self {
            Self::Country => "bad-country",
            Self::Zone => "bad-zone",
            Self::Language => "bad-language",
            Self::Name => "bad-name",
        }
    }

    /// The field it is about.
    pub fn field(self) -> &'static str {
        match self {
            Self::Country => "country",
            Self::Zone => "zone",
            Self::Language => "language",
            Self::Name => "names",
        }
    }
}

impl Nation {
    /// What the configuration says now.
    pub fn of(config: &Config) -> Nation {
        let usual = config.nation.usual().unwrap_or_default();
        let mut names = match config.warning.office.name == manara_warning::Office::default().name {
            true => BTreeMap::new(),
            false => config.warning.office.name.clone(),
        };
        if names.is_empty() && !config.team.is_empty() {
            names.insert(usual.lang.tag().to_string(), config.team.clone());
        }
        Nation {
            country: config.nation.country.clone(),
            zone: usual.zone.name().to_string(),
            language: usual.lang.tag().to_string(),
            languages: usual.offered.iter().map(|lang| lang.tag().to_string()).collect(),
            names,
        }
    }

    /// The first thing that is wrong.
    pub fn check(&self) -> Result<(), NationTrouble> {
        if !countries().any(|code| code == self.country) {
            return Err(NationTrouble::Country);
        }
        if self.languages.is_empty() || self.language.is_empty() {
            return Err(NationTrouble::Language);
        }
        Usual::read(&self.language, &self.languages, "", "").map_err(|_| NationTrouble::Language)?;
        Usual::read("", &[], &self.zone, "").map_err(|_| NationTrouble::Zone)?;
        let fits = |name: &String| name.chars().count() <= NAME_CHARS && !name.chars().any(char::is_control);
        if !self.names.values().all(fits) {
            return Err(NationTrouble::Name);
        }
        Ok(())
    }

    /// The same as changes of `cirt.toml`.
    pub fn changes(&self) -> Vec<Change> {
        let languages: Vec<Value> = self.languages.iter().map(|tag| tag.as_str().into()).collect();
        let mut changes = vec![
            Change::set("nation", "country", self.country.as_str()),
            Change::set("nation", "zone", self.zone.as_str()),
            Change::set("nation", "language", self.language.as_str()),
            Change::set("nation", "languages", languages),
        ];
        let named: Vec<(&String, &String)> = self.names.iter().filter(|(_, name)| !name.is_empty()).collect();
        let team = self.names.get(&self.language).filter(|name| !name.is_empty());
        changes.push(Change::set("", "team", team.or(named.first().map(|(_, name)| *name)).map_or("", String::as_str)));
        if named.is_empty() {
            changes.push(Change::remove("warning.office", "name"));
        } else {
            let names: Table = named.into_iter().map(|(tag, name)| (tag.clone(), name.as_str().into())).collect();
            changes.push(Change::set("warning.office", "name", names));
        }
        changes
    }

    /// The name in a language, as a form shows it.
    pub fn name(&self, lang: &Lang) -> &str {
        self.names.get(lang.tag()).map_or("", String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::{Nation, NationTrouble};
    use crate::config::{Config, TEMPLATE, changed};

    fn nation() -> Nation {
        Nation {
            country: "EG".into(),
            zone: "Africa/Cairo".into(),
            language: "ar".into(),
            languages: vec!["en".into(), "ar".into()],
            names: [("ar", "المركز الوطني"), ("en", "The \"Centre\""), ("fr", "")]
                .map(|(tag, name)| (tag.to_string(), name.to_string()))
                .into(),
        }
    }

    #[test]
    fn what_is_entered_is_what_the_configuration_says() {
        let folder = std::path::Path::new("/somewhere");
        assert_eq!(nation().check(), Ok(()));
        let text = changed(TEMPLATE, &nation().changes()).expect("changed");
        let config = Config::of(&text, folder).expect("valid");
        assert_eq!(config.team, "المركز الوطني");
        let mut read = Nation::of(&config);
        read.names.insert("fr".into(), String::new());
        assert_eq!(read, nation());
        assert_eq!(config.warning.office.name("fr"), "The \"Centre\"", "English stands in for what is missing");
        // Without a name letters bear the built-in one again.
        let nameless = Nation { names: Default::default(), ..nation() };
        let config = Config::of(&changed(&text, &nameless.changes()).expect("changed"), folder).expect("valid");
        assert!(config.team.is_empty() && config.warning.office.name("en") == "The National CIRT");
    }

    #[test]
    fn nonsense_is_told() {
        let of = |change: fn(&mut Nation)| {
            let mut nation = nation();
            change(&mut nation);
            nation.check()
        };
        assert_eq!(of(|n| n.country = "eg".into()), Err(NationTrouble::Country));
        assert_eq!(of(|n| n.zone = "Cairo".into()), Err(NationTrouble::Zone));
        assert_eq!(of(|n| n.language = "fr".into()), Err(NationTrouble::Language));
        assert_eq!(of(|n| n.languages.clear()), Err(NationTrouble::Language));
        assert_eq!(of(|n| n.languages.push("de".into())), Err(NationTrouble::Language));
        assert_eq!(of(|n| _ = n.names.insert("en".into(), "a\nb".into())), Err(NationTrouble::Name));
        assert_eq!(of(|n| _ = n.names.insert("en".into(), "a".repeat(121))), Err(NationTrouble::Name));
    }
}
