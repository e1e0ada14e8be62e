//! Words by language: of content in every language of ours, of a person in the one they wrote.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Words by language tag; what a person wrote stands under the empty tag.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Texts(BTreeMap<String, String>);

impl Texts {
    /// What a person wrote.
    pub fn said(text: &str) -> Texts {
        Texts(BTreeMap::from([(String::new(), text.to_string())]))
    }

    /// The words in a language: else in English, else what a person wrote.
    pub fn of(&self, language: &str) -> &str {
        [language, "en", ""].into_iter().find_map(|tag| self.0.get(tag)).map_or("", String::as_str)
    }

    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.0.values().all(String::is_empty)
    }

    /// As the state database keeps them.
    pub(crate) fn stored(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads what [`Texts::stored`] wrote; what cannot be read stands as it is.
    pub(crate) fn read(stored: &str) -> Texts {
        serde_json::from_str(stored).unwrap_or_else(|_| Texts::said(stored))
    }

    /// Whether content says it as it has to be said: in English at least, nowhere longer than `most` characters.
    pub(crate) fn check(&self, what: &str, most: usize) -> Result<(), String> {
        if self.0.get("en").is_none_or(|words| words.trim().is_empty()) {
            return Err(format!("{what}: there are no words in en"));
        }
        match self.0.iter().find(|(tag, words)| tag.is_empty() || words.chars().count() > most) {
            Some((tag, _)) if tag.is_empty() => Err(format!("{what}: words without a language; expected such as en")),
            Some((tag, _)) => Err(format!("{what}: the words in {tag} are longer than {most} characters")),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Texts;

    #[test]
    fn words_are_found_in_the_readers_language_or_the_next_best() {
        let both: Texts = serde_yaml_ng::from_str("{ en: Stop, fr: Arrêtez }").unwrap();
        assert_eq!((both.of("fr"), both.of("ar"), both.of("en")), ("Arrêtez", "Stop", "Stop"));
        let own = Texts::said("توقف");
        assert_eq!((own.of("fr"), own.is_empty()), ("توقف", false));
        for texts in [both, own, Texts::default()] {
            assert_eq!(Texts::read(&texts.stored()), texts);
        }
        assert_eq!(Texts::read("not JSON").of("en"), "not JSON");
        assert!(Texts::default().check("title", 9).is_err() && Texts::said("x").check("title", 9).is_err());
        let long: Texts = serde_yaml_ng::from_str("{ en: Stop, fr: Arrêtez tout }").unwrap();
        assert!(long.check("title", 9).unwrap_err().contains("in fr"));
    }
}
