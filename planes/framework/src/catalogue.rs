//! A catalogue: a framework as data, with its items, its scale and its rule of scoring.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

use crate::text::Text;

/// By which rule a model is scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// Each item against the minimum of a profile.
    Minima,
    /// Points of those that apply.
    Points,
    /// How many items stand at which state.
    Status,
    /// Which part of each group is covered.
    Coverage,
}

impl Rule {
    /// All rules.
    pub const ALL: [Rule; 4] = [Self::Minima, Self::Points, Self::Status, Self::Coverage];

    /// The word in files and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Minima => "minima",
            Self::Points => "points",
            Self::Status => "status",
            Self::Coverage => "coverage",
        }
    }
}

/// One step of a scale.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Level {
    /// Its number; grows from step to step.
    pub value: i64,
    /// Its name.
    pub name: Text,
}

/// Where something was read.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Source {
    /// Its name in the file.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its address.
    #[serde(default)]
    pub url: String,
}

/// Named minima.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Profile {
    /// Its id.
    pub ref_id: String,
    /// Its name.
    pub name: Text,
    /// The id of a source.
    #[serde(default)]
    pub source: String,
    /// Whether the minima were compared with the source.
    #[serde(default)]
    pub verified: bool,
    /// The least level of each item it asks for; `null` where it is not known. Items it does not name are not asked for.
    pub minima: BTreeMap<String, Option<i64>>,
}

fn middle() -> i64 {
    3
}

fn one() -> f64 {
    1.0
}

/// One line of a catalogue.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Item {
    /// What it is in its model: goal, step, article; empty where the model has one kind.
    #[serde(default)]
    pub kind: String,
    /// Its id, unique in the catalogue.
    pub ref_id: String,
    /// The item above it.
    #[serde(default)]
    pub parent: String,
    /// Whether it is answered; the others are headings.
    #[serde(default)]
    pub assessable: bool,
    /// Its title.
    pub name: Text,
    /// What the respondent is asked.
    #[serde(default)]
    pub question: Option<Text>,
    /// What helps to answer.
    #[serde(default)]
    pub description: Option<Text>,
    /// What usually proves it.
    #[serde(default)]
    pub typical_evidence: Option<Text>,
    /// What to do about a gap.
    #[serde(default)]
    pub recommendation: Option<Text>,
    /// The building blocks that close a gap.
    #[serde(default)]
    pub blocks: Vec<String>,
    /// How much it matters, 1 to 5.
    #[serde(default = "middle")]
    pub priority: i64,
    /// How much work it is, 1 to 5.
    #[serde(default = "middle")]
    pub effort: i64,
    /// Its points.
    #[serde(default = "one")]
    pub weight: f64,
    /// Whether it may be answered "does not apply".
    #[serde(default)]
    pub not_applicable: bool,
    /// Items that cannot stand at the lowest level while this one is above it.
    #[serde(default)]
    pub needs: Vec<String>,
    /// The id of a source.
    #[serde(default)]
    pub source: String,
    /// Whether it was compared with the source.
    #[serde(default)]
    pub verified: bool,
}

/// What a file of a catalogue says. What it says besides is kept in the canonical text alone.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Told {
    /// The form of the file: 1.
    pub format: i64,
    /// Its id, also the file's name.
    pub ref_id: String,
    /// What the publisher calls this version.
    #[serde(default)]
    pub edition: String,
    /// Who publishes it.
    #[serde(default)]
    pub publisher: String,
    /// Where it was read.
    #[serde(default)]
    pub source: Vec<Source>,
    /// What use of it asks to be said.
    #[serde(default)]
    pub attribution: Option<Text>,
    /// How it is scored.
    pub rule: Rule,
    /// The levels, lowest first.
    pub scale: Vec<Level>,
    /// Its title.
    pub name: Text,
    /// What it is for.
    #[serde(default)]
    pub description: Option<Text>,
    /// Named minima.
    #[serde(default)]
    pub profiles: Vec<Profile>,
    /// The items, in the order of the document.
    pub items: Vec<Item>,
}

/// A catalogue that passed every check.
#[derive(Debug, Clone, PartialEq)]
pub struct Catalogue {
    /// What the file says.
    pub told: Told,
    /// The SHA-256 of its canonical text: its version.
    pub hash: String,
    /// The canonical text.
    pub text: String,
    places: HashMap<String, usize>,
    sections: Vec<usize>,
}

impl Catalogue {
    pub(crate) fn new(told: Told, text: String) -> Catalogue {
        let places: HashMap<String, usize> =
            told.items.iter().enumerate().map(|(at, item)| (item.ref_id.clone(), at)).collect();
        // A parent stands before its children, so that its section is known.
        let mut sections: Vec<usize> = Vec::with_capacity(told.items.len());
        for (at, item) in told.items.iter().enumerate() {
            let above = places.get(&item.parent).and_then(|parent| sections.get(*parent));
            sections.push(above.copied().unwrap_or(at));
        }
        Catalogue { hash: crate::canonical::hash(&text), told, text, places, sections }
    }

    /// Its id.
    pub fn id(&self) -> &str {
        &self.told.ref_id
    }

    /// The item of an id.
    pub fn item(&self, ref_id: &str) -> Option<&Item> {
        self.told.items.get(*self.places.get(ref_id)?)
    }

    /// Where an item stands in the document.
    pub fn place(&self, ref_id: &str) -> Option<usize> {
        self.places.get(ref_id).copied()
    }

    /// The items that are answered.
    pub fn assessable(&self) -> impl Iterator<Item = &Item> {
        self.told.items.iter().filter(|item| item.assessable)
    }

    /// The top item an item lies under; itself when it lies under none.
    pub fn section<'c>(&'c self, item: &'c Item) -> &'c Item {
        let at = self.places.get(&item.ref_id).and_then(|at| self.sections.get(*at));
        at.and_then(|at| self.told.items.get(*at)).unwrap_or(item)
    }

    /// The top items that have something to answer, in order.
    pub fn sections(&self) -> Vec<&Item> {
        let mut found: Vec<&Item> = Vec::new();
        for item in self.assessable() {
            let section = self.section(item);
            if !found.iter().any(|known| known.ref_id == section.ref_id) {
                found.push(section);
            }
        }
        found
    }

    /// The items of a section that are answered.
    pub fn of_section<'c>(&'c self, section: &'c str) -> impl Iterator<Item = &'c Item> {
        self.assessable().filter(move |item| self.section(item).ref_id == section)
    }

    /// How many items stand between an item and the top.
    pub fn depth(&self, item: &Item) -> usize {
        let mut depth = 0;
        let mut above = self.item(&item.parent);
        while let Some(parent) = above.filter(|_| depth < 64) {
            depth += 1;
            above = self.item(&parent.parent);
        }
        depth
    }

    /// The lowest and the highest level.
    pub fn ends(&self) -> (i64, i64) {
        let value = |level: Option<&Level>| level.map_or(0, |level| level.value);
        (value(self.told.scale.first()), value(self.told.scale.last()))
    }

    /// The level of a number.
    pub fn level(&self, value: i64) -> Option<&Level> {
        self.told.scale.iter().find(|level| level.value == value)
    }

    /// Which step of the scale a level is, from 0.
    pub fn step(&self, value: i64) -> i64 {
        let steps = self.told.scale.iter().filter(|level| level.value < value).count();
        i64::try_from(steps).unwrap_or_default()
    }

    /// The profile of an id.
    pub fn profile(&self, ref_id: &str) -> Option<&Profile> {
        self.told.profiles.iter().find(|profile| profile.ref_id == ref_id)
    }

    /// The profile a reader meets first: the first one of which a minimum is known, else the first one.
    pub fn usual_profile(&self) -> Option<&Profile> {
        let is_known = |profile: &&Profile| profile.minima.values().any(Option::is_some);
        self.told.profiles.iter().find(is_known).or_else(|| self.told.profiles.first())
    }

    /// How many items there are of each kind: headings at each depth, and what is answered.
    pub fn counts(&self) -> Counts {
        let depths = self.told.items.iter().map(|item| self.depth(item));
        let mut levels: Vec<usize> = Vec::new();
        for depth in depths {
            if levels.len() <= depth {
                levels.resize(depth + 1, 0);
            }
            if let Some(level) = levels.get_mut(depth) {
                *level += 1;
            }
        }
        let mut sections = BTreeMap::new();
        for section in self.sections() {
            sections.insert(section.ref_id.clone(), self.of_section(&section.ref_id).count());
        }
        let mut kinds = BTreeMap::new();
        for item in self.told.items.iter().filter(|item| !item.kind.is_empty()) {
            *kinds.entry(item.kind.clone()).or_default() += 1;
        }
        Counts {
            items: self.told.items.len(),
            assessable: self.assessable().count(),
            unverified: self.told.items.iter().filter(|item| !item.verified).count(),
            kinds,
            levels,
            sections,
        }
    }
}

/// How many items a catalogue has.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Counts {
    /// All.
    pub items: usize,
    /// Those that are answered.
    pub assessable: usize,
    /// Those that were not compared with their source.
    pub unverified: usize,
    /// By kind, as the model calls them: goals, steps, questions.
    pub kinds: BTreeMap<String, usize>,
    /// By depth, the top first.
    pub levels: Vec<usize>,
    /// Those that are answered, by section.
    pub sections: BTreeMap<String, usize>,
}
