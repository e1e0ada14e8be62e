//! What the team asks itself after an incident.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::playbook::is_id;
use crate::texts::Texts;

/// Questions of a review; options of a question.
const QUESTIONS: usize = 100;
/// Characters of a question and of what stands around it.
const CHARS: usize = 1_000;
/// The steps of a scale.
pub const SCALE: std::ops::RangeInclusive<i64> = 1..=5;

/// The questions of a review, in groups.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Questions {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: Texts,
    /// What it is for.
    pub purpose: Texts,
    /// Its groups, in their order.
    pub groups: Vec<QuestionGroup>,
}

/// A group of questions.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionGroup {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: Texts,
    /// Its questions.
    pub questions: Vec<Question>,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Its id.
    pub id: String,
    /// How it is answered.
    pub kind: QuestionKind,
    /// Whether the review cannot be finished without it.
    #[serde(default)]
    pub required: bool,
    /// What is asked.
    pub text: Texts,
    /// What helps to answer.
    #[serde(default)]
    pub hint: Texts,
    /// What the lowest step of a scale means.
    #[serde(default)]
    pub low: Texts,
    /// What the highest means.
    #[serde(default)]
    pub high: Texts,
    /// What can be chosen.
    #[serde(default)]
    pub options: Vec<QuestionOption>,
}

/// What can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionOption {
    /// Its id.
    pub id: String,
    /// In words.
    pub title: Texts,
}

/// How a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum QuestionKind {
    /// In free words.
    Text,
    /// With yes or no.
    YesNo,
    /// With one of the options.
    Choice,
    /// From 1 to 5.
    Scale,
}

impl QuestionKind {
    /// The word of SQL.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::YesNo => "yes-no",
            Self::Choice => "choice",
            Self::Scale => "scale",
        }
    }
}

impl Question {
    /// Whether an answer is one that can be given.
    pub fn takes(&self, answer: &str) -> bool {
        match self.kind {
            QuestionKind::Text => true,
            QuestionKind::YesNo => matches!(answer, "yes" | "no"),
            QuestionKind::Choice => self.options.iter().any(|option| option.id == answer),
            QuestionKind::Scale => answer.parse().is_ok_and(|step: i64| SCALE.contains(&step)),
        }
    }

    /// The words of an answer that was chosen; empty where the answer speaks for itself.
    pub fn words(&self, answer: &str) -> Texts {
        self.options.iter().find(|option| option.id == answer).map(|option| option.title.clone()).unwrap_or_default()
    }
}

impl Questions {
    /// All questions, in their order.
    pub fn all(&self) -> impl Iterator<Item = &Question> {
        self.groups.iter().flat_map(|group| &group.questions)
    }

    /// Whether it makes sense.
    pub(crate) fn check(&self) -> Result<(), String> {
        is_id("id", &self.id)?;
        self.title.check("title", CHARS)?;
        self.purpose.check("purpose", CHARS)?;
        let count = self.all().count();
        if count == 0 || count > QUESTIONS || self.groups.len() > QUESTIONS {
            return Err(format!("groups: there are 1 to {QUESTIONS} questions"));
        }
        let mut ids = BTreeSet::new();
        for group in &self.groups {
            is_id("group", &group.id)?;
            group.title.check(&format!("group {:?}", group.id), CHARS)?;
        }
        for question in self.all() {
            is_id("question", &question.id)?;
            let what = format!("question {:?}", question.id);
            question.text.check(&what, CHARS)?;
            let is_choice = question.kind == QuestionKind::Choice;
            if is_choice != (2..=QUESTIONS).contains(&question.options.len()) {
                return Err(format!("{what}: a choice has 2 to {QUESTIONS} options, other kinds have none"));
            }
            for option in &question.options {
                is_id("option", &option.id)?;
                option.title.check(&format!("option {:?}", option.id), CHARS)?;
            }
            if !ids.insert(&question.id) {
                return Err(format!("{what} is there twice"));
            }
        }
        Ok(())
    }
}
