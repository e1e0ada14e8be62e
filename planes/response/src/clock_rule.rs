//! A rule of law, or of the team: by when who has to be told what.

use std::collections::BTreeSet;

use manara_model::Severity;
use serde::Deserialize;

use crate::hours::{Span, Time};
use crate::playbook::is_id;
use crate::texts::Texts;

/// Stages of a rule; lines of contents of a stage.
const STAGES: usize = 40;
/// Characters of a title, of a line.
const CHARS: [usize; 2] = [200, 1_000];

/// A rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockRule {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: Texts,
    /// Where it is written.
    pub source: String,
    /// Whether somebody compared it with its source.
    pub verified: bool,
    /// Whether it begins by itself with every incident; others are begun by hand.
    pub enabled: bool,
    /// Its stages, in their order.
    pub stages: Vec<RuleStage>,
}

/// A stage of a rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleStage {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: Texts,
    /// From when it is counted.
    #[serde(deserialize_with = "trigger")]
    pub trigger: Trigger,
    /// How long.
    #[serde(deserialize_with = "span")]
    pub offset: Span,
    /// By which time.
    pub time: Time,
    /// Of which incidents; empty for all.
    #[serde(default, deserialize_with = "severities")]
    pub severities: Vec<Severity>,
    /// Who has to be told.
    pub recipient: Texts,
    /// What.
    #[serde(default)]
    pub contents: Vec<Texts>,
    /// The stages it comes before.
    #[serde(default)]
    pub before: Vec<String>,
}

/// From when a stage is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trigger {
    /// Whoever has the duty became aware.
    Aware,
    /// It was reported to the team.
    Reported,
    /// It was decided what it is.
    Classified,
    /// The incident was closed.
    Closed,
    /// Another stage was met.
    Stage(String),
}

impl Trigger {
    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "aware" => Some(Self::Aware),
            "reported" => Some(Self::Reported),
            "classified" => Some(Self::Classified),
            "closed" => Some(Self::Closed),
            _ => text.strip_prefix("stage:").map(|stage| Self::Stage(stage.to_string())),
        }
    }
}

impl std::fmt::Display for Trigger {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Aware => f.write_str("aware"),
            Self::Reported => f.write_str("reported"),
            Self::Classified => f.write_str("classified"),
            Self::Closed => f.write_str("closed"),
            Self::Stage(stage) => write!(f, "stage:{stage}"),
        }
    }
}

fn trigger<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Trigger, D::Error> {
    let text = String::deserialize(from)?;
    Trigger::parse(&text).ok_or_else(|| {
        let known = "aware, reported, classified, closed or stage:<id>";
        serde::de::Error::custom(format!("trigger: {text:?} is none; expected {known}"))
    })
}

fn span<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Span, D::Error> {
    let text = String::deserialize(from)?;
    let wrong = || serde::de::Error::custom(format!("offset: {text:?} is no span; expected such as 72h, 4bd or 1mo"));
    Span::parse(&text).ok_or_else(wrong)
}

fn severities<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Vec<Severity>, D::Error> {
    let words = Vec::<String>::deserialize(from)?;
    let one = |word: &String| {
        let known = "info, low, medium, high, critical";
        Severity::parse(word)
            .ok_or_else(|| serde::de::Error::custom(format!("severities: {word:?} is none; expected {known}")))
    };
    words.iter().map(one).collect()
}

impl ClockRule {
    /// Whether it makes sense.
    pub(crate) fn check(&self) -> Result<(), String> {
        is_id("id", &self.id)?;
        self.title.check("title", CHARS[0])?;
        if self.source.trim().is_empty() || self.source.chars().count() > CHARS[1] {
            return Err(format!("source: it has 1 to {} characters", CHARS[1]));
        }
        if self.stages.is_empty() || self.stages.len() > STAGES {
            return Err(format!("stages: there are 1 to {STAGES}"));
        }
        let mut ids = BTreeSet::new();
        for stage in &self.stages {
            is_id("stage", &stage.id)?;
            let of = |what: &str| format!("stage {:?}: {what}", stage.id);
            stage.title.check(&of("title"), CHARS[0])?;
            stage.recipient.check(&of("recipient"), CHARS[0])?;
            if stage.contents.len() > STAGES {
                return Err(of(&format!("contents: at most {STAGES} lines")));
            }
            for line in &stage.contents {
                line.check(&of("contents"), CHARS[1])?;
            }
            // A stage is counted from one before it: so no stage waits for itself.
            if let Trigger::Stage(other) = &stage.trigger
                && !ids.contains(other.as_str())
            {
                return Err(of(&format!("trigger: there is no stage {other:?} above it")));
            }
            if !ids.insert(stage.id.as_str()) {
                return Err(of("it is there twice"));
            }
        }
        let missing = |stage: &&RuleStage| stage.before.iter().any(|other| !ids.contains(other.as_str()));
        match self.stages.iter().find(missing) {
            Some(stage) => Err(format!("stage {:?}: before names a stage that is not there", stage.id)),
            None => Ok(()),
        }
    }
}
