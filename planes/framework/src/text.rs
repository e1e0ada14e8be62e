//! A text in several languages.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// A text by language tag. A plain string counts as English.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text(BTreeMap<String, String>);

impl Text {
    /// The text in a language, else in English, else in the first there is.
    pub fn of(&self, lang: &str) -> &str {
        let found = self.0.get(lang).or_else(|| self.0.get("en")).or_else(|| self.0.values().next());
        found.map_or("", String::as_str)
    }

    /// Whether there is a text in the language.
    pub fn has(&self, lang: &str) -> bool {
        self.0.contains_key(lang)
    }

    /// Language tag and text.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(lang, text)| (lang.as_str(), text.as_str()))
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Languages)
    }
}

struct Languages;

impl<'de> Visitor<'de> for Languages {
    type Value = Text;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, or texts by language such as {en: …, fr: …, ar: …}")
    }

    fn visit_str<E>(self, text: &str) -> Result<Text, E> {
        Ok(Text(BTreeMap::from([("en".to_string(), text.to_string())])))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Text, A::Error> {
        let mut texts = BTreeMap::new();
        while let Some((lang, text)) = map.next_entry::<String, String>()? {
            let is_tag = (2..=12).contains(&lang.len())
                && lang.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_uppercase() || c == '-');
            if !is_tag {
                return Err(A::Error::custom(format!(
                    "{lang:.40} is no language; expected a tag such as en, fr or ar"
                )));
            }
            texts.insert(lang, text);
        }
        if !texts.contains_key("en") {
            return Err(A::Error::custom("the English text is missing; expected en: …"));
        }
        Ok(Text(texts))
    }
}

#[cfg(test)]
mod tests {
    use super::Text;

    #[test]
    fn a_reader_gets_their_language_or_english() {
        let text: Text = serde_yaml_ng::from_str("{en: Mandate, ar: التفويض}").unwrap();
        assert_eq!((text.of("ar"), text.of("fr"), text.of("en")), ("التفويض", "Mandate", "Mandate"));
        let plain: Text = serde_yaml_ng::from_str("Mandate").unwrap();
        assert_eq!(plain.of("fr"), "Mandate");
        for bad in ["{fr: Mandat}", "{en: a, 'x y z': b}", "[en]", "3"] {
            assert!(serde_yaml_ng::from_str::<Text>(bad).is_err(), "{bad}");
        }
    }
}
