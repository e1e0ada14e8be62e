//! Sectors and kinds: words of `content/taxonomies/`, and how other people's words map to them.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use serde::Deserialize;

/// The entry for what nothing else fits.
pub const OTHER: &str = "other";

/// A list of words with titles in several languages.
#[derive(Debug, Default)]
pub struct Taxonomy {
    entries: Vec<Entry>,
    by_word: HashMap<String, usize>,
}

/// One word of a taxonomy.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// What files and tables hold.
    pub id: String,
    /// The title in each language.
    pub title: BTreeMap<String, String>,
    /// Other ways to write it.
    #[serde(default)]
    pub aliases: Vec<String>,
}

/// A word of a taxonomy, with the text that was given where no word fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Id of an entry.
    pub id: String,
    /// The text as it was given, when the id is [`OTHER`] and the text said more; else empty.
    pub text: String,
}

impl Term {
    /// The term for what is not known.
    pub fn other() -> Self {
        Term { id: OTHER.into(), text: String::new() }
    }

    /// What a file shows: the id, or the kept text.
    pub fn word(&self) -> &str {
        if self.text.is_empty() { &self.id } else { &self.text }
    }
}

/// Why a file is no taxonomy.
#[derive(Debug, thiserror::Error)]
pub enum TaxonomyError {
    /// It is not the YAML that is wanted.
    #[error("{0}")]
    Yaml(#[from] serde_yaml_ng::Error),
    /// Two entries claim one word.
    #[error("{word} is in {first} and in {second}")]
    Twice {
        /// The word.
        word: String,
        /// Id of one entry.
        first: String,
        /// Id of the other.
        second: String,
    },
    /// There has to be an entry for the rest.
    #[error("there is no entry with the id other")]
    NoOther,
}

impl Taxonomy {
    /// Reads a file of `content/taxonomies/`.
    pub fn parse(yaml: &str) -> Result<Self, TaxonomyError> {
        let entries: Vec<Entry> = serde_yaml_ng::from_str(yaml)?;
        let mut by_word: HashMap<String, usize> = HashMap::new();
        for (at, entry) in entries.iter().enumerate() {
            let words = std::iter::once(&entry.id).chain(entry.title.values()).chain(&entry.aliases);
            for word in words {
                if let Some(before) = by_word.insert(folded(word), at).filter(|before| *before != at) {
                    let first = entries.get(before).map_or_else(String::new, |entry| entry.id.clone());
                    return Err(TaxonomyError::Twice { word: word.clone(), first, second: entry.id.clone() });
                }
            }
        }
        if !entries.iter().any(|entry| entry.id == OTHER) {
            return Err(TaxonomyError::NoOther);
        }
        Ok(Taxonomy { entries, by_word })
    }

    /// All entries, in the order of the file.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Whether an id is there.
    pub fn has(&self, id: &str) -> bool {
        self.entries.iter().any(|entry| entry.id == id)
    }

    /// The title of an id in a language, else in English, else the id.
    pub fn title<'a>(&'a self, id: &'a str, language: &str) -> &'a str {
        let entry = self.entries.iter().find(|entry| entry.id == id);
        entry.and_then(|entry| entry.title.get(language).or_else(|| entry.title.get("en"))).map_or(id, String::as_str)
    }

    /// The term of a text; a text that no entry knows is kept under [`OTHER`].
    pub fn term(&self, text: &str) -> Term {
        let text = text.trim();
        match self.by_word.get(&folded(text)).and_then(|at| self.entries.get(*at)) {
            Some(entry) => Term { id: entry.id.clone(), text: String::new() },
            None => Term { id: OTHER.into(), text: text.into() },
        }
    }
}

/// A text without what does not count: case, punctuation, the words "and" and "sector".
fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let lower = text.to_lowercase();
    for word in lower.split(|c: char| !c.is_alphanumeric()) {
        if !word.is_empty() && !matches!(word, "and" | "et" | "sector" | "secteur" | "قطاع") {
            out.push(' ');
            out.push_str(word);
        }
    }
    out
}

/// The sectors that are built in.
pub fn sectors() -> &'static Taxonomy {
    static SECTORS: OnceLock<Taxonomy> = OnceLock::new();
    SECTORS.get_or_init(|| built_in(include_str!("../../../content/taxonomies/sectors.yaml")))
}

/// The kinds that are built in.
pub fn kinds() -> &'static Taxonomy {
    static KINDS: OnceLock<Taxonomy> = OnceLock::new();
    KINDS.get_or_init(|| built_in(include_str!("../../../content/taxonomies/kinds.yaml")))
}

#[expect(clippy::expect_used, reason = "the file is part of the program, and a test reads it")]
fn built_in(yaml: &str) -> Taxonomy {
    Taxonomy::parse(yaml).expect("a built-in taxonomy is whole")
}

#[cfg(test)]
mod tests {
    use super::{OTHER, Taxonomy, kinds, sectors};

    #[test]
    fn every_entry_has_a_title_in_three_languages() {
        for taxonomy in [sectors(), kinds()] {
            assert!(taxonomy.entries().len() > 10);
            for entry in taxonomy.entries() {
                for language in ["en", "ar", "fr"] {
                    assert!(entry.title.get(language).is_some_and(|t| !t.is_empty()), "{} {language}", entry.id);
                }
            }
        }
    }

    #[test]
    fn words_of_feeds_and_spreadsheets_map_to_sectors_and_kinds() {
        for (text, want) in [
            ("Communications, Service Provider, and Hosting Service", "telecom"),
            ("Information Technology", "digital"),
            ("Government", "government"),
            ("Education", "education"),
            ("Healthcare and Public Health", "health"),
            ("HEALTHCARE & PUBLIC HEALTH", "health"),
            ("Financial Services", "finance"),
            ("Energy sector", "energy"),
            ("Transportation Systems", "transport"),
            ("Retail Trade", "commerce"),
            ("Commercial Facilities", "commerce"),
            ("Water and Wastewater Systems", "water"),
            ("Santé", "health"),
            ("قطاع الطاقة", "energy"),
            ("telecom", "telecom"),
            ("", OTHER),
        ] {
            let term = sectors().term(text);
            assert_eq!((term.id.as_str(), term.text.as_str()), (want, ""), "{text}");
        }
        assert_eq!(sectors().term(" Beekeeping ").text, "Beekeeping");
        assert_eq!(sectors().term("Beekeeping").id, OTHER);
        assert_eq!(sectors().term("Beekeeping").word(), "Beekeeping");
        assert_eq!(kinds().term("ISP").id, "isp");
        assert_eq!(kinds().title("bank", "ar"), "مصرف");
        assert_eq!(kinds().title("bank", "de"), "Bank");
    }

    #[test]
    fn a_word_belongs_to_one_entry_only() {
        let yaml = "- {id: a, title: {en: A}, aliases: [x]}\n- {id: other, title: {en: Other}, aliases: [X]}";
        assert_eq!(Taxonomy::parse(yaml).expect_err("refused").to_string(), "X is in a and in other");
        assert!(Taxonomy::parse("- {id: a, title: {en: A}}").is_err());
    }
}
