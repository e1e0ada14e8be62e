//! The public description of the team: its RFC 2350 page and its `security.txt` (RFC 9116), from the living configuration.
//!
//! What nobody configured is missing, and said to be: nothing is made up.

mod config;
mod fields;
mod security_txt;

use manara_document::{Cell, Document, Part};
use manara_framework::catalogues::Shelf;
use manara_framework::reports::Wording;
use manara_model::{Micros, Tlp};
use manara_store::StoreError;
use manara_web::{Lang, Word, Words};

use crate::house::House;
use crate::papers;

pub use config::{FIELDS, ProfileConfig, ProfileTrouble, TEXTS, changes};
pub use security_txt::{DAYS, security_txt};

/// Where the page is, below the public address.
pub const PAGE: &str = "/rfc2350";
/// Where RFC 9116 looks.
pub const SECURITY_TXT: &str = "/.well-known/security.txt";
/// The catalogue that gives the order and the titles.
const CATALOGUE: &str = "rfc2350";
/// Its parts that are sections of the page; the others are checks and applications.
const SECTIONS: [&str; 7] = ["T1", "T2", "T3", "T4", "T5", "T6", "T7"];

/// What the description is made of, in one language.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// What was written for it.
    pub config: ProfileConfig,
    /// The name of the team.
    pub team: String,
    /// Its mail address.
    pub mail: String,
    /// Its telephone.
    pub phone: String,
    /// Its site.
    pub url: String,
    /// Its time zone.
    pub zone: String,
    /// The tags of its languages, the usual one first.
    pub languages: Vec<String>,
    /// What addresses outside begin with; empty as long as nobody set one.
    pub address: String,
    /// Who is served, by sector.
    pub sectors: Vec<(String, i64)>,
    /// Whether reports come in by feed.
    pub has_feeds: bool,
    /// Whether notices really leave.
    pub sends_mail: bool,
    /// Whether constituents answer by a link.
    pub has_links: bool,
}

/// Something that is missing: the title of the field, and the key of `cirt.toml` that mends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// The id of the field in the catalogue.
    pub field: String,
    /// Its title.
    pub title: String,
    /// Where it is set.
    pub key: &'static str,
}

impl Facts {
    /// Asks the house.
    pub async fn of(house: &House, words: &Words, lang: Lang) -> Result<Facts, StoreError> {
        let config = &house.config;
        let office = &config.warning.office;
        let usual = config.nation.usual().unwrap_or_default();
        let mut languages: Vec<String> = vec![usual.lang.tag().to_string()];
        languages
            .extend(usual.offered.iter().map(|lang| lang.tag().to_string()).filter(|tag| *tag != usual.lang.tag()));
        Ok(Facts {
            config: config.profile.clone(),
            team: papers::team(house, lang),
            mail: office.mail.clone(),
            phone: office.phone.clone(),
            url: office.url.clone(),
            zone: config.nation.zone.clone(),
            languages,
            address: config.public_address.trim_end_matches('/').to_string(),
            sectors: papers::nation(house, words, lang).await?.sectors,
            has_feeds: house.watch.has_batches().await?,
            sends_mail: config.mail.transport == manara_net::TransportKind::Smtp,
            has_links: config.warning.answer_links,
        })
    }

    /// The page, and what it lacks that RFC 2350 asks for.
    pub fn page(&self, shelf: &Shelf, wording: Wording<'_>) -> (Document, Vec<Missing>) {
        self.written(shelf, wording, false)
    }

    /// The same as a draft to fill in: what it lacks stands in its place, as still to be written. Nobody outside sees it.
    pub fn draft(&self, shelf: &Shelf, wording: Wording<'_>) -> (Document, Vec<Missing>) {
        self.written(shelf, wording, true)
    }

    fn written(&self, shelf: &Shelf, wording: Wording<'_>, is_draft: bool) -> (Document, Vec<Missing>) {
        let mut parts = Vec::new();
        let mut missing = Vec::new();
        let lang = wording.lang.tag();
        let items = shelf.get(CATALOGUE).map(|catalogue| catalogue.told.items.clone()).unwrap_or_default();
        for section in items.iter().filter(|item| SECTIONS.contains(&item.ref_id.as_str())) {
            let mut inner = Vec::new();
            let fields = items.iter().filter(|item| item.parent == section.ref_id);
            for (field, is_section) in std::iter::once((section, true)).chain(fields.map(|item| (item, false))) {
                let title = field.name.of(lang).to_string();
                match fields::value(self, &field.ref_id, wording) {
                    Some(fields::Value::One(cell)) => {
                        let pair = (format!("{} {title}", number(&field.ref_id)), cell);
                        match inner.last_mut() {
                            Some(Part::Pairs(pairs)) => pairs.push(pair),
                            _ => inner.push(Part::Pairs(vec![pair])),
                        }
                    }
                    Some(fields::Value::Parts(found)) => {
                        if !is_section {
                            inner.push(Part::Heading(2, format!("{} {title}", number(&field.ref_id))));
                        }
                        inner.extend(found);
                    }
                    None => {
                        let Some(key) = fields::key(&field.ref_id) else { continue };
                        if is_draft {
                            let open = wording.words.t(wording.lang, "profile-to-write");
                            inner.push(match is_section {
                                true => Part::Words(open),
                                false => {
                                    Part::Pairs(vec![(format!("{} {title}", number(&field.ref_id)), Cell::Text(open))])
                                }
                            });
                        }
                        missing.push(Missing { field: field.ref_id.clone(), title, key });
                    }
                }
            }
            if !inner.is_empty() {
                let title = section.name.of(lang);
                parts.push(Part::Heading(1, format!("{} {title}", number(&section.ref_id))));
                parts.append(&mut inner);
            }
        }
        let title = match self.team.as_str() {
            "" => "RFC 2350".to_string(),
            team => wording.words.t_args(wording.lang, "profile-title", &[("team", Word::from(team.to_string()))]),
        };
        (wording.document(title, Some(Tlp::Clear), &self.config.reviewed, parts), missing)
    }

    /// The day it was read through, in words.
    fn reviewed(&self, wording: Wording<'_>) -> Option<String> {
        let moment = Micros::parse_rfc3339(&format!("{}T00:00:00Z", self.config.reviewed))?;
        Some(wording.words.day(wording.lang, moment))
    }
}

/// The number of a section or a field: its id without the letter.
fn number(id: &str) -> &str {
    id.trim_start_matches(|c: char| c.is_ascii_alphabetic())
}

#[cfg(test)]
pub(crate) mod tests {
    use manara_document::{Form, Printer};
    use manara_framework::catalogues::Shelf;
    use manara_framework::reports::Wording;
    use manara_web::{Lang, Words};

    use super::{Facts, ProfileConfig};

    pub fn full() -> Facts {
        let text = |text: &str| [("en".to_string(), text.to_string())].into();
        Facts {
            config: ProfileConfig {
                published: true,
                reviewed: "2026-11-01".into(),
                address: "1 Harbour Road".into(),
                emergency: "+999 1".into(),
                key_fingerprint: "0123 4567".into(),
                key_url: "https://cirt.example/key.asc".into(),
                hours: text("Sunday to Thursday, 8 to 16"),
                mission: text("To help <the islands>"),
                sponsor: text("The ministry"),
                authority: text("It advises"),
                support: text("All of them"),
                disclaimer: text("No warranty"),
            },
            team: "SIRAJ-CIRT".into(),
            mail: "cirt@cirt.example".into(),
            phone: "+999 2".into(),
            url: "https://cirt.example".into(),
            zone: "Africa/Cairo".into(),
            languages: vec!["ar".into(), "en".into()],
            address: "https://cirt.example".into(),
            sectors: vec![("Energy".into(), 4)],
            has_feeds: true,
            sends_mail: true,
            has_links: true,
        }
    }

    #[test]
    fn what_is_configured_is_there_and_what_is_not_is_named() {
        let (shelf, words) = (Shelf::load(None), Words::built_in().unwrap());
        for lang in Lang::ALL {
            let wording = Wording { words: &words, lang };
            let (document, missing) = full().page(&shelf, wording);
            assert!(missing.is_empty(), "{missing:?}");
            let text = String::from_utf8(Printer::new(None).print(&document, Form::Html).unwrap()).unwrap();
            for said in ["SIRAJ-CIRT", "cirt@cirt.example", "0123 4567", "To help &lt;the islands&gt;", "Energy"] {
                assert!(text.contains(said), "{lang:?} {said}: {text}");
            }
            assert!(!text.contains("profile-"), "a key without words: {text}");
            let (empty, missing) = Facts::default().page(&shelf, wording);
            let keys: Vec<&str> = missing.iter().map(|one| one.key).collect();
            for key in ["public_address", "[warning.office] mail", "[profile] mission", "[nation] zone"] {
                assert!(keys.contains(&key), "{key} is not in {keys:?}");
            }
            let text = String::from_utf8(Printer::new(None).print(&empty, Form::Md).unwrap()).unwrap();
            assert!(!text.contains('@'), "nothing is made up: {text}");
            let (draft, missing) = Facts::default().draft(&shelf, wording);
            let text = String::from_utf8(Printer::new(None).print(&draft, Form::Md).unwrap()).unwrap();
            let open = words.t(lang, "profile-to-write");
            assert_eq!(text.matches(&open).count(), missing.len(), "each has its place: {text}");
        }
        assert!(words.missing().is_empty(), "{:?}", words.missing());
    }
}
