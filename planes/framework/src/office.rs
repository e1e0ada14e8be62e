//! A programme office sees many countries, each as far as it released something: a signed file of progress.

mod practice;
mod seal;

use std::collections::{BTreeMap, BTreeSet};

use manara_model::Micros;
use serde::{Deserialize, Serialize};

pub use practice::{By, Own, OwnSection, SectionSpread, Spot, known_sections, spreads, spreads_json};
pub use seal::{Signer, Unsealed, fingerprint, unseal};

use crate::assessment::{NAME_CHARS, day, line};
use crate::catalogue::Catalogue;
use crate::check::is_id;
use crate::score::Score;

/// Bytes a file of progress may have.
pub const PROGRESS_BYTES: usize = 1 << 20;
/// The form of the file.
pub(crate) const FORM: i64 = 1;
/// The stages of the framework, in their order.
pub const STAGES: [&str; 4] = ["assessment", "design", "establishment", "enhancement"];
/// What a country may say of itself in numbers: strategies implemented, teams established, attacks repelled.
pub const KPIS: [&str; 3] = ["strategies", "teams", "repelled"];
/// The regions of the Union.
pub const REGIONS: [&str; 6] = ["africa", "americas", "arab-states", "asia-pacific", "cis", "europe"];
/// Assessments of one file.
pub const RELEASED: usize = 100;
/// Sections of all assessments of one file.
pub const SECTIONS: usize = 2_000;
/// Texts of one file that say what worked.
pub const PRACTICES: usize = 100;
/// Characters of such a text.
pub const PRACTICE_CHARS: usize = 1_000;
/// What a number of a country may be at most.
pub(crate) const MOST: i64 = 1_000_000_000;

/// Why a file of progress was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OfficeRefusal {
    /// It is too long.
    #[error("the file is longer than {PROGRESS_BYTES} bytes")]
    TooLong,
    /// It is no file of progress.
    #[error("it is no file of progress; `manara office export` makes one")]
    NoFile,
    /// The signature does not fit.
    #[error("the signature does not fit: the file was changed after it was signed")]
    Signature,
    /// It is of another version.
    #[error("the file is of another version of the form; expected {FORM}")]
    Version,
    /// A value makes no sense, or names nothing that is here.
    #[error(
        "a value makes no sense or names nothing that is here: name, country, day, stage, number, snapshot or assessment"
    )]
    Value,
    /// It was made on a day that is yet to come.
    #[error("the file says it was made on a day that is yet to come")]
    Early,
    /// The key is not the one the office knows.
    #[error("the country's key is not known, or is another one: say its fingerprint as the country told it")]
    Key,
    /// There is no such region.
    #[error("there is no such region")]
    Region,
    /// There is no such section.
    #[error("a section is named as catalogue/section, such as sim3/O")]
    Section,
    /// A text that says what worked is empty, too long or not plain.
    #[error("a text is one paragraph of at most {PRACTICE_CHARS} characters")]
    Practice,
    /// There are as many as a file may have.
    #[error("a file has at most {RELEASED} snapshots and {PRACTICES} texts")]
    TooMany,
    /// The figures by section would be of more sections than a file may have.
    #[error(
        "the figures by section of a file speak of at most {SECTIONS} sections; withdraw those of another snapshot first"
    )]
    Sections,
    /// The figures of the whole were not released.
    #[error("release the snapshot first; its figures by section go with those of the whole")]
    Whole,
    /// The country, or the stage, was not said.
    #[error("say the country of the house and its stage first")]
    Incomplete,
}

impl OfficeRefusal {
    /// The last part of the message key: `office-refused-…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::TooLong => "too-long",
            Self::NoFile => "no-file",
            Self::Signature => "signature",
            Self::Version => "version",
            Self::Value => "value",
            Self::Early => "early",
            Self::Key => "key",
            Self::Region => "region",
            Self::Section => "section",
            Self::Practice => "practice",
            Self::TooMany => "too-many",
            Self::Sections => "sections",
            Self::Whole => "whole",
            Self::Incomplete => "incomplete",
        }
    }
}

/// The figures of a released assessment. Each model keeps its own; what a rule does not give is left out.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReleasedFigures {
    /// Items that are answered.
    pub answered: i64,
    /// Items nobody answered.
    pub unanswered: i64,
    /// What was reached of what applies, in per cent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent_claimed: Option<f64>,
    /// The same as far as evidence proves it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent_supported: Option<f64>,
    /// The mean level: ours, for the trend.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mean_ours: Option<f64>,
}

/// The figures of one section of a released assessment: a goal, an area, a pillar, an element.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReleasedSection {
    /// The top item.
    pub section: String,
    /// Items that are answered.
    pub answered: i64,
    /// Items nobody answered.
    pub unanswered: i64,
    /// Where it stands between the lowest and the highest level of its model, in per cent, as claimed.
    pub claimed: f64,
    /// The same as far as evidence proves it.
    pub supported: f64,
    /// Items that were not compared with the source of the model.
    pub secondary: i64,
}

/// What worked in a country, in its own words: a text about a section of a model.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Practice {
    /// The catalogue.
    pub catalogue: String,
    /// The section of it.
    pub section: String,
    /// The text, one paragraph.
    pub text: String,
}

/// An assessment that a country released: its figures, never its answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Released {
    /// The catalogue.
    pub catalogue: String,
    /// Its version.
    pub version: String,
    /// The version of the rules.
    pub rules: i64,
    /// The day for which it was scored.
    pub day: String,
    /// Its figures.
    pub figures: ReleasedFigures,
    /// Its figures by section, where the country released them, too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<ReleasedSection>,
}

impl Released {
    /// What is released of a score.
    pub(crate) fn of(score: &Score) -> Released {
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        let figures = &score.figures;
        Released {
            catalogue: score.catalogue.clone(),
            version: score.version.clone(),
            rules: score.rules,
            day: score.day.clone(),
            figures: ReleasedFigures {
                answered: count(figures.answered),
                unanswered: count(figures.unanswered),
                percent_claimed: figures.percent_claimed,
                percent_supported: figures.percent_supported,
                mean_ours: figures.mean_ours,
            },
            sections: Vec::new(),
        }
    }

    /// The same with the figures by section. One of which nobody answered anything is left out.
    pub(crate) fn by_section(score: &Score, catalogue: &Catalogue) -> Released {
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        let percent = |part: f64| (part * 1_000.0).round() / 10.0;
        let answered = score.sections.iter().filter(|one| one.figures.answered > 0);
        let sections = answered.map(|one| ReleasedSection {
            section: one.section.clone(),
            answered: count(one.figures.answered),
            unanswered: count(one.figures.unanswered),
            claimed: percent(one.part_claimed),
            supported: percent(one.part_supported),
            secondary: count(catalogue.of_section(&one.section).filter(|item| !item.verified).count()),
        });
        Released { sections: sections.collect(), ..Released::of(score) }
    }
}

/// What a country releases.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountryProgress {
    /// The form: 1.
    pub format: i64,
    /// The two letters of the country.
    pub country: String,
    /// How it calls itself.
    pub name: String,
    /// The day it was made.
    pub made: String,
    /// One of [`STAGES`].
    pub stage: String,
    /// Numbers by [`KPIS`]; what was not released is not there.
    pub kpis: BTreeMap<String, i64>,
    /// The assessments that were released.
    pub assessments: Vec<Released>,
    /// What worked, by catalogue and section: one text of each at most.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub practices: Vec<Practice>,
}

impl CountryProgress {
    /// What is wrong with it, on a day.
    pub(crate) fn checked(&self, now: Micros) -> Result<(), OfficeRefusal> {
        let is = |fits: bool| if fits { Ok(()) } else { Err(OfficeRefusal::Value) };
        if self.format != FORM {
            return Err(OfficeRefusal::Version);
        }
        is(is_country(&self.country) && line(&self.name, NAME_CHARS).as_deref() == Some(self.name.as_str()))?;
        is(STAGES.contains(&self.stage.as_str()) && is_day(&self.made))?;
        // A day of grace, since the country may be east of the office.
        if self.made > now.plus_days(1).day() {
            return Err(OfficeRefusal::Early);
        }
        is(self.kpis.iter().all(|(name, value)| KPIS.contains(&name.as_str()) && (0..=MOST).contains(value)))?;
        is(self.assessments.len() <= RELEASED)?;
        for one in &self.assessments {
            let figures = &one.figures;
            let is_part = |part: Option<f64>| part.is_none_or(|part| (0.0..=100.0).contains(&part));
            let is_mean = figures.mean_ours.is_none_or(|mean| (-1_000.0..=1_000.0).contains(&mean));
            is(is_id(&one.catalogue) && is_hash(&one.version) && is_day(&one.day) && (1..=MOST).contains(&one.rules))?;
            is((0..=MOST).contains(&figures.answered) && (0..=MOST).contains(&figures.unanswered))?;
            is(is_part(figures.percent_claimed) && is_part(figures.percent_supported) && is_mean)?;
            is(one.sections.iter().all(is_section))?;
            is(is_once(one.sections.iter().map(|one| &one.section)))?;
        }
        is(self.assessments.iter().map(|one| one.sections.len()).sum::<usize>() <= SECTIONS)?;
        is(self.practices.len() <= PRACTICES && self.practices.iter().all(is_practice))?;
        is(is_once(self.practices.iter().map(|one| (&one.catalogue, &one.section))))
    }
}

fn is_section(one: &ReleasedSection) -> bool {
    let is_count = |number: i64| (0..=MOST).contains(&number);
    let is_percent = |number: f64| (0.0..=100.0).contains(&number);
    is_id(&one.section)
        && one.answered > 0
        && is_count(one.answered)
        && is_count(one.unanswered)
        && is_count(one.secondary)
        && is_percent(one.claimed)
        && is_percent(one.supported)
}

fn is_practice(one: &Practice) -> bool {
    is_id(&one.catalogue) && is_id(&one.section) && paragraph(&one.text).as_deref() == Some(one.text.as_str())
}

fn is_once<T: Ord>(all: impl Iterator<Item = T>) -> bool {
    let mut seen = BTreeSet::new();
    all.into_iter().all(|one| seen.insert(one))
}

/// A text of what worked, as one paragraph; nothing when it is empty, too long or not plain.
pub(crate) fn paragraph(text: &str) -> Option<String> {
    line(&text.split_whitespace().collect::<Vec<_>>().join(" "), PRACTICE_CHARS)
}

/// Whether a text is two letters of a country.
pub(crate) fn is_country(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn is_day(text: &str) -> bool {
    day(text).is_some_and(|day| !day.is_empty() && day == text)
}

fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit() && !byte.is_ascii_uppercase())
}

/// A country the office knows, with the newest progress it released.
#[derive(Debug, Clone, PartialEq)]
pub struct Country {
    /// Its two letters.
    pub code: String,
    /// How it calls itself.
    pub name: String,
    /// One of [`REGIONS`].
    pub region: String,
    /// The newest it released.
    pub newest: CountryProgress,
    /// How many files it sent.
    pub files: i64,
}

/// A number over all countries: of how many it is the sum, and the sum.
pub fn kpi(countries: &[Country], name: &str) -> (usize, i64) {
    let said: Vec<i64> = countries.iter().filter_map(|one| one.newest.kpis.get(name).copied()).collect();
    (said.len(), said.iter().sum())
}
