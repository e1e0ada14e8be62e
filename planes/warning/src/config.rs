//! The section `[warning]` of the configuration.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Deserialize;

/// Who writes the letters.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Office {
    /// The name of the team, by language (`en`, `ar`, `fr`); `en` stands in for a missing one.
    pub name: BTreeMap<String, String>,
    /// The address below a letter.
    pub mail: String,
    /// The telephone number below a letter; empty for none.
    pub phone: String,
    /// The site below a letter; empty for none.
    pub url: String,
}

impl Default for Office {
    fn default() -> Self {
        let names = [
            ("en", "The National CIRT"),
            ("fr", "Le CIRT national"),
            ("ar", "الفريق الوطني للاستجابة للحوادث السيبرانية"),
        ];
        Office {
            name: names.into_iter().map(|(language, name)| (language.to_string(), name.to_string())).collect(),
            mail: String::new(),
            phone: String::new(),
            url: String::new(),
        }
    }
}

impl Office {
    /// The name in a language.
    pub fn name(&self, language: &str) -> &str {
        let any = self.name.values().next();
        self.name.get(language).or(self.name.get("en")).or(any).map_or("CIRT", String::as_str)
    }
}

/// The section `[warning]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Who writes.
    pub office: Office,
    /// A folder of letters, `<language>/<name>.txt`, each of which replaces the built-in one of that name.
    pub letters_folder: Option<PathBuf>,
    /// A policy of notices instead of the built-in one.
    pub policy_file: Option<PathBuf>,
    /// Whether letters carry a link by which the constituent answers without an account.
    pub answer_links: bool,
    /// How many days such a link works beyond the days to answer.
    pub link_grace_days: i64,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            office: Office::default(),
            letters_folder: None,
            policy_file: None,
            answer_links: true,
            link_grace_days: 14,
        }
    }
}
