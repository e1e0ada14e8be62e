//! A playbook: the steps for some types of incident, decisions among them, and what has to be so at the end.

use std::collections::{BTreeSet, HashMap};

use manara_model::{CLASSES, class_of_type, is_known};
use serde::{Deserialize, Serialize};

use crate::hours::Span;
use crate::texts::Texts;

/// Steps and closing checks of a playbook.
const STEPS: usize = 100;
/// Answers of a decision.
const ANSWERS: usize = 20;
/// Characters of a title, of a text.
const CHARS: [usize; 2] = [200, 4_000];
/// Who a step is for.
const ROLES: [&str; 6] = ["handler", "analyst", "duty-officer", "head", "communication", "administrator"];

/// A playbook.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Playbook {
    /// Its id.
    pub id: String,
    /// The procedure it belongs to.
    #[serde(default)]
    pub sop: String,
    /// What it is called.
    pub title: Texts,
    /// What it is for.
    pub purpose: Texts,
    /// Classes, types or both (`fraud/phishing`) it is offered for.
    pub types: Vec<String>,
    /// Its steps, in their order.
    pub steps: Vec<Step>,
    /// What has to be so before the end.
    #[serde(default)]
    pub closing: Vec<Check>,
}

/// A step.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Its id.
    pub id: String,
    /// One line.
    pub title: Texts,
    /// What to do, and why.
    pub text: Texts,
    /// Who does it.
    #[serde(default)]
    pub role: String,
    /// Within which span.
    #[serde(default)]
    pub within: String,
    /// Steps that come before.
    #[serde(default)]
    pub needs: Vec<String>,
    /// The letter it sends.
    #[serde(default)]
    pub letter: String,
    /// What is decided by it.
    pub decision: Option<StepDecision>,
}

/// A decision: its answer says which other steps are needed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct StepDecision {
    /// What is asked.
    pub question: Texts,
    /// What can be answered.
    pub answers: Vec<DecisionAnswer>,
}

/// An answer of a decision.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionAnswer {
    /// Its id.
    pub id: String,
    /// In words.
    pub title: Texts,
    /// The steps it makes needed.
    #[serde(default)]
    pub then: Vec<String>,
}

/// A closing check.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// Its id.
    pub id: String,
    /// What has to be so.
    pub title: Texts,
}

impl Playbook {
    /// Whether it is for a class and type.
    pub fn fits(&self, taxonomy: &str, kind: &str) -> bool {
        self.types.iter().any(|of| match of.split_once('/') {
            Some(whole) => whole == (taxonomy, kind),
            None => of == taxonomy || of == kind,
        })
    }

    /// The steps that only a decision makes needed.
    pub fn conditional(&self) -> BTreeSet<&str> {
        let answers = self.steps.iter().filter_map(|step| step.decision.as_ref()).flat_map(|one| &one.answers);
        answers.flat_map(|answer| &answer.then).map(String::as_str).collect()
    }

    /// Whether it makes sense.
    pub(crate) fn check(&self) -> Result<(), String> {
        is_id("id", &self.id)?;
        self.title.check("title", CHARS[0])?;
        self.purpose.check("purpose", CHARS[1])?;
        if self.types.is_empty() {
            return Err("types: there is none; expected such as fraud/phishing".into());
        }
        for of in &self.types {
            let known = match of.split_once('/') {
                Some((taxonomy, kind)) => is_known(taxonomy, kind),
                None => class_of_type(of).is_some() || CLASSES.iter().any(|class| class.value == of),
            };
            if !known {
                return Err(format!("types: {of:?} is not a class or type of the taxonomy"));
            }
        }
        if self.steps.is_empty() || self.steps.len() + self.closing.len() > STEPS {
            return Err(format!("steps: with the closing checks there are 1 to {STEPS}"));
        }
        let mut ids = BTreeSet::new();
        for step in &self.steps {
            step.check().map_err(|why| format!("step {:?}: {why}", step.id))?;
            if !ids.insert(step.id.as_str()) {
                return Err(format!("step {:?} is there twice", step.id));
            }
        }
        for step in &self.steps {
            let then = step.decision.iter().flat_map(|one| &one.answers).flat_map(|answer| &answer.then);
            if let Some(missing) = step.needs.iter().chain(then).find(|id| !ids.contains(id.as_str())) {
                return Err(format!("step {:?}: there is no step {missing:?}", step.id));
            }
        }
        self.no_circle()?;
        let mut checks = BTreeSet::new();
        for check in &self.closing {
            is_id("closing", &check.id)?;
            check.title.check(&format!("closing {:?}", check.id), CHARS[0])?;
            if !checks.insert(check.id.as_str()) {
                return Err(format!("closing {:?} is there twice", check.id));
            }
        }
        Ok(())
    }

    /// No step waits for itself.
    fn no_circle(&self) -> Result<(), String> {
        let mut left: HashMap<&str, &Vec<String>> =
            self.steps.iter().map(|step| (step.id.as_str(), &step.needs)).collect();
        loop {
            let free: Vec<&str> = left
                .iter()
                .filter(|(_, needs)| !needs.iter().any(|need| left.contains_key(need.as_str())))
                .map(|(id, _)| *id)
                .collect();
            if free.is_empty() {
                break;
            }
            left.retain(|id, _| !free.contains(id));
        }
        match left.keys().min() {
            Some(id) => Err(format!("step {id:?} waits for itself by what it needs")),
            None => Ok(()),
        }
    }
}

impl Step {
    fn check(&self) -> Result<(), String> {
        is_id("id", &self.id)?;
        self.title.check("title", CHARS[0])?;
        self.text.check("text", CHARS[1])?;
        if !self.role.is_empty() && !ROLES.contains(&self.role.as_str()) {
            return Err(format!("role: {:?} is none; expected {}", self.role, ROLES.join(", ")));
        }
        if !self.within.is_empty() && Span::parse(&self.within).is_none() {
            return Err(format!("within: {:?} is no span; expected such as 4h, 3d or 1bd", self.within));
        }
        if !self.letter.is_empty() {
            is_id("letter", &self.letter)?;
        }
        let Some(decision) = &self.decision else { return Ok(()) };
        decision.question.check("question", CHARS[0])?;
        if decision.answers.is_empty() || decision.answers.len() > ANSWERS {
            return Err(format!("decision: it has 1 to {ANSWERS} answers"));
        }
        let mut ids = BTreeSet::new();
        for answer in &decision.answers {
            is_id("answer", &answer.id)?;
            answer.title.check(&format!("answer {:?}", answer.id), CHARS[0])?;
            if !ids.insert(&answer.id) {
                return Err(format!("answer {:?} is there twice", answer.id));
            }
        }
        Ok(())
    }
}

/// An id is short, of small letters, digits and hyphens.
pub(crate) fn is_id(what: &str, id: &str) -> Result<(), String> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    match !id.is_empty() && id.len() <= 60 && id.bytes().all(plain) {
        true => Ok(()),
        false => Err(format!("{what}: {id:?} is no id; expected 1 to 60 small letters, digits and hyphens")),
    }
}
