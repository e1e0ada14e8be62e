//! What holds for readers who set nothing: languages, time zone and region of the house.

use chrono_tz::Tz;

use crate::preferences::{Preferences, known_region};
use crate::words::Lang;

/// What holds for readers who set nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Usual {
    /// The language of readers of whom nothing is known.
    pub lang: Lang,
    /// The languages that can be chosen; never empty, and the usual one is among them.
    pub offered: Vec<Lang>,
    /// The time zone.
    pub zone: Tz,
    /// The region that decides on digits and names of months; empty for none.
    pub region: &'static str,
}

impl Default for Usual {
    fn default() -> Self {
        Usual { lang: Lang::En, offered: Lang::ALL.to_vec(), zone: Tz::UTC, region: "" }
    }
}

/// What is wrong with words that say what is usual.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UsualError {
    /// There is no such language.
    #[error("{0:?} is no language; expected en, ar or fr")]
    Language(String),
    /// The usual language cannot be chosen.
    #[error("the usual language {0:?} is not among the languages that are offered")]
    NotOffered(String),
    /// There is no such time zone.
    #[error("{0:?} is no time zone; expected one such as \"Africa/Cairo\"")]
    Zone(String),
}

impl Usual {
    /// Reads it from words; empty ones mean the default. A country whose region changes nothing is taken like no country.
    pub fn read(lang: &str, offered: &[String], zone: &str, country: &str) -> Result<Usual, UsualError> {
        let usual = Usual::default();
        let one = |tag: &str| {
            Lang::ALL.into_iter().find(|lang| lang.tag() == tag).ok_or_else(|| UsualError::Language(tag.into()))
        };
        let mut chosen: Vec<Lang> = offered.iter().map(|tag| one(tag)).collect::<Result<_, _>>()?;
        if chosen.is_empty() {
            chosen = usual.offered;
        }
        let offered: Vec<Lang> = Lang::ALL.into_iter().filter(|lang| chosen.contains(lang)).collect();
        let lang = match lang {
            "" if offered.contains(&usual.lang) => usual.lang,
            "" => offered.first().copied().unwrap_or(usual.lang),
            tag => one(tag)?,
        };
        if !offered.contains(&lang) {
            return Err(UsualError::NotOffered(lang.tag().into()));
        }
        let zone = match zone {
            "" => usual.zone,
            name => name.parse().map_err(|_| UsualError::Zone(name.into()))?,
        };
        Ok(Usual { lang, offered, zone, region: known_region(country).unwrap_or_default() })
    }

    /// The preferences of somebody who set none.
    pub fn preferences(&self) -> Preferences {
        Preferences { zone: self.zone, region: self.region, ..Preferences::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::{Lang, Usual, UsualError};

    fn read(lang: &str, offered: &[&str], zone: &str, country: &str) -> Result<Usual, UsualError> {
        let offered: Vec<String> = offered.iter().map(ToString::to_string).collect();
        Usual::read(lang, &offered, zone, country)
    }

    #[test]
    fn words_say_what_is_usual_or_what_is_wrong_with_them() {
        assert_eq!(read("", &[], "", ""), Ok(Usual::default()));
        let egypt = read("ar", &["fr", "ar", "ar"], "Africa/Cairo", "EG").unwrap();
        assert_eq!((egypt.lang, egypt.offered, egypt.region), (Lang::Ar, vec![Lang::Ar, Lang::Fr], "EG"));
        assert_eq!(egypt.zone.name(), "Africa/Cairo");
        assert_eq!(read("", &["fr"], "", "NO").unwrap().lang, Lang::Fr, "the only one there is");
        assert_eq!(read("de", &[], "", ""), Err(UsualError::Language("de".into())));
        assert_eq!(read("en", &["ar"], "", ""), Err(UsualError::NotOffered("en".into())));
        assert_eq!(read("", &[], "Cairo", ""), Err(UsualError::Zone("Cairo".into())));
    }
}
