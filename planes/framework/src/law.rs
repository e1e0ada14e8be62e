//! What domestic law says to the articles of a catalogue of law. The gap table is an assessment by coverage; a provision adds to
//! an item the text, where it stands and what is still to be drafted.

use manara_model::Micros;

use crate::assessment::{line, words};
use crate::catalogue::{Catalogue, Item, Rule};
use crate::jobs::Refusal;
use crate::score::{ItemScore, Score};

/// Catalogues of law are named so, and scored by coverage.
const LAW: &str = "-law";
/// The section with the duties of a contact by day and night.
const NIGHT: &str = "N247";
/// Characters of a citation.
pub const CITATION_CHARS: usize = 300;
/// Characters of an address.
pub const LINK_CHARS: usize = 500;
/// Characters of the text of a provision.
pub const BODY_CHARS: usize = 20_000;
/// Characters of a drafting note.
pub const NOTE_CHARS: usize = 4_000;

/// Whether a catalogue is one of law.
pub fn is_law(catalogue: &Catalogue) -> bool {
    catalogue.told.rule == Rule::Coverage && is_law_id(catalogue.id())
}

/// The same by its id alone.
pub(crate) fn is_law_id(id: &str) -> bool {
    id.ends_with(LAW)
}

/// What domestic law says to one article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Provision {
    /// Where it stands: law, article.
    pub citation: String,
    /// Where it can be read.
    pub link: String,
    /// In which language the text is: a tag such as ar.
    pub language: String,
    /// The text.
    pub body: String,
    /// What is still to be drafted.
    pub note: String,
}

impl Provision {
    /// The same, tidied; or what is wrong with it.
    pub(crate) fn checked(&self) -> Result<Provision, Refusal> {
        let one_line = |text: &str, most: usize| match text.trim() {
            "" => Some(String::new()),
            text => line(text, most),
        };
        let link = one_line(&self.link, LINK_CHARS).ok_or(Refusal::Link)?;
        let is_address = link.starts_with("https://") || link.starts_with("http://");
        if !link.is_empty() && (!is_address || link.contains(char::is_whitespace)) {
            return Err(Refusal::Link);
        }
        let language = self.language.trim().to_ascii_lowercase();
        let is_tag = (2..=12).contains(&language.len()) && language.chars().all(|c| c.is_ascii_lowercase() || c == '-');
        if !language.is_empty() && !is_tag {
            return Err(Refusal::Language);
        }
        Ok(Provision {
            citation: one_line(&self.citation, CITATION_CHARS).ok_or(Refusal::Text)?,
            link,
            language,
            body: words(&self.body, BODY_CHARS).ok_or(Refusal::Text)?,
            note: words(&self.note, NOTE_CHARS).ok_or(Refusal::Text)?,
        })
    }
}

/// A provision with who wrote it and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The item.
    pub item: String,
    /// What it says.
    pub provision: Provision,
    /// Who wrote it.
    pub who: String,
    /// When.
    pub at: Micros,
    /// Grows with every change.
    pub version: i64,
}

/// How an article stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Domestic law covers it.
    Covered,
    /// In part.
    Partly,
    /// It does not.
    No,
    /// It does not apply.
    NotApplicable,
    /// Nobody said.
    Open,
}

impl Standing {
    /// All, from the best.
    pub const ALL: [Standing; 5] = [Self::Covered, Self::Partly, Self::No, Self::NotApplicable, Self::Open];

    /// The word in exports and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Covered => "covered",
            Self::Partly => "partly",
            Self::No => "no",
            Self::NotApplicable => "n/a",
            Self::Open => "open",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|standing| standing.as_str() == text)
    }

    /// How an item stands by its score.
    pub fn of(catalogue: &Catalogue, score: &ItemScore) -> Standing {
        Self::said(catalogue, score.claimed, score.not_applicable)
    }

    /// The standing that a level says.
    pub(crate) fn said(catalogue: &Catalogue, level: Option<i64>, not_applicable: bool) -> Standing {
        let (lowest, highest) = catalogue.ends();
        match level {
            _ if not_applicable => Self::NotApplicable,
            None => Self::Open,
            Some(level) if level >= highest => Self::Covered,
            Some(level) if level > lowest => Self::Partly,
            Some(_) => Self::No,
        }
    }

    /// The level that says so; nothing for what has none.
    pub fn level(self, catalogue: &Catalogue) -> Option<i64> {
        let (lowest, highest) = catalogue.ends();
        match self {
            Self::Covered => Some(highest),
            Self::Partly => {
                let between = catalogue.told.scale.iter().find(|level| level.value > lowest && level.value < highest);
                between.map(|level| level.value)
            }
            Self::No => Some(lowest),
            Self::NotApplicable | Self::Open => None,
        }
    }
}

/// What somebody says of an article; nothing leaves what they said before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// The item.
    pub item: String,
    /// How it stands.
    pub standing: Option<Standing>,
    /// What is missing.
    pub missing: Option<String>,
}

/// How many articles of a group stand how, and how much of it is covered.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// The top item.
    pub section: String,
    /// In the order of [`Standing::ALL`].
    pub counts: [usize; 5],
    /// What is covered of what applies, in per cent, as said.
    pub claimed: Option<f64>,
    /// As far as evidence proves it.
    pub supported: Option<f64>,
}

/// The gap table by group.
pub fn groups(catalogue: &Catalogue, score: &Score) -> Vec<Group> {
    let of = |section: &crate::score::SectionScore| {
        let items = score.items.iter().filter(|item| item.section == section.section);
        let standings: Vec<Standing> = items.map(|item| Standing::of(catalogue, item)).collect();
        Group {
            section: section.section.clone(),
            counts: Standing::ALL.map(|wanted| standings.iter().filter(|found| **found == wanted).count()),
            claimed: section.figures.percent_claimed,
            supported: section.figures.percent_supported,
        }
    };
    score.sections.iter().map(of).collect()
}

/// The duties of a contact by day and night, with how each stands; empty where the catalogue has none.
pub fn night_contact<'c>(catalogue: &'c Catalogue, score: &Score) -> Vec<(&'c Item, Standing)> {
    let standing = |item: &Item| {
        let found = score.items.iter().find(|found| found.item == item.ref_id);
        found.map_or(Standing::Open, |found| Standing::of(catalogue, found))
    };
    catalogue.of_section(NIGHT).map(|item| (item, standing(item))).collect()
}

#[cfg(test)]
mod tests {
    use super::{Provision, Standing, groups, is_law, night_contact};
    use crate::jobs::Refusal;
    use crate::score::score;
    use crate::sheet::{Answer, Sheet, Voice};
    use crate::shelf::Shelf;

    #[test]
    fn a_provision_is_plain_text_with_an_address_of_the_web() {
        let of = |link: &str, language: &str| {
            let said = Provision { link: link.into(), language: language.into(), ..Provision::default() };
            said.checked().map(|one| (one.link, one.language))
        };
        assert_eq!(of(" https://laws.example/12 ", " AR "), Ok(("https://laws.example/12".into(), "ar".into())));
        assert_eq!(of("", ""), Ok((String::new(), String::new())));
        for link in ["javascript:alert(1)", "https://a b", "laws.example", "https://a\nb"] {
            assert_eq!(of(link, ""), Err(Refusal::Link), "{link}");
        }
        assert_eq!(of("", "Arabic language"), Err(Refusal::Language));
        let long = Provision { citation: "x".repeat(301), ..Provision::default() };
        assert_eq!(long.checked(), Err(Refusal::Text));
    }

    #[test]
    fn the_gap_table_counts_by_group_and_knows_the_night_contact() {
        let shelf = Shelf::load(None);
        let law = shelf.get("cybercrime-law").expect("the catalogue");
        assert!(is_law(law) && !is_law(shelf.get("first-services").expect("services")));
        let text = |text: &str| text.to_string();
        let said = |item: &str, level: Option<i64>| Answer {
            voice: text("a"),
            item: text(item),
            level,
            not_applicable: level.is_none(),
            state: None,
            comment: String::new(),
        };
        let sheet = Sheet {
            day: text("2026-01-15"),
            voices: vec![Voice { id: text("a"), name: text("a"), organisation: text("b"), role: String::new() }],
            answers: vec![
                said("BC-02", Some(2)),
                said("BC-03", Some(1)),
                said("BC-04", Some(0)),
                said("BC-09", None),
                said("N247-1", Some(2)),
            ],
            ..Sheet::default()
        };
        let scored = score(law, &sheet, None);
        let groups = groups(law, &scored);
        let offences = groups.iter().find(|group| group.section == "BC-substantive").expect("offences");
        assert_eq!(offences.counts, [1, 1, 1, 1, 8]);
        assert_eq!(offences.claimed, Some(13.6), "1.5 of the eleven that apply");
        let night = night_contact(law, &scored);
        assert_eq!((night.len(), night[0].1, night[1].1), (10, Standing::Covered, Standing::Open));
        for standing in Standing::ALL {
            assert_eq!(Standing::parse(standing.as_str()), Some(standing));
        }
        assert_eq!(
            [Standing::Covered, Standing::Partly, Standing::No].map(|one| one.level(law)),
            [Some(2), Some(1), Some(0)]
        );
    }
}
