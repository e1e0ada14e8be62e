//! The policy of incidents: severity, due times, endings, and the rules that open one without a person.

use std::collections::BTreeMap;
use std::path::Path;

use manara_model::{CLASSES, Micros, Severity, Tlp};
use serde::Deserialize;

use crate::group::Group;
use crate::incident::{Impact, State, TITLE_CHARS, title};
use crate::own_field::OwnFields;

const BUILT_IN: &str = include_str!("../../../content/policies/incidents.yaml");

/// What merging writes.
pub const DUPLICATE: &str = "duplicate";

/// Why a policy cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PolicyError {
    /// The file cannot be read.
    #[error("{path}: {error}")]
    File {
        /// The file.
        path: String,
        /// Why.
        error: std::io::Error,
    },
    /// Something in it is wrong.
    #[error("{path}: {reason}")]
    Content {
        /// The file.
        path: String,
        /// What, with the line where it is known.
        reason: String,
    },
}

/// The file, as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    severity: BTreeMap<String, Vec<String>>,
    due_hours: BTreeMap<String, i64>,
    report_due_hours: Option<i64>,
    resolutions: Vec<WrittenResolution>,
    #[serde(default)]
    rules: Vec<WrittenRule>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenResolution {
    id: String,
    state: String,
    title: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRule {
    name: WrittenName,
    #[serde(default)]
    classes: Vec<String>,
    #[serde(default)]
    criticality: Vec<String>,
    severity_at_least: Option<String>,
    severity_at_most: Option<String>,
    confidence_at_least: Option<f64>,
    findings_at_least: Option<i64>,
    tlp: Option<String>,
    title: String,
}

/// The name of a rule: in each language, or one for all.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum WrittenName {
    One(String),
    Each(BTreeMap<String, String>),
}

impl WrittenName {
    /// What the database holds, and the names by language.
    fn read(self) -> Result<(String, BTreeMap<String, String>), String> {
        let (name, names) = match self {
            Self::One(name) => (name, BTreeMap::new()),
            Self::Each(names) => {
                let english = names.get("en").cloned().ok_or("a name in several languages has one in en")?;
                (english, names)
            }
        };
        for one in names.values().chain([&name]) {
            title(one).ok_or(format!("a name has 1 to {TITLE_CHARS} characters"))?;
        }
        Ok((name, names))
    }
}

/// One way to end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolution {
    /// What the database holds.
    pub id: String,
    /// The state it leads to.
    pub state: State,
    title: BTreeMap<String, String>,
}

impl Resolution {
    /// The title in a language, else in English, else the id.
    pub fn title(&self, language: &str) -> &str {
        self.title.get(language).or_else(|| self.title.get("en")).unwrap_or(&self.id)
    }
}

/// One rule. A condition that was not written always holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// What the journal and the database hold: the name in English, or the only one there is.
    pub name: String,
    names: BTreeMap<String, String>,
    classes: Vec<String>,
    impacts: Vec<Impact>,
    severity_at_least: Severity,
    severity_at_most: Severity,
    confidence_at_least: f64,
    findings_at_least: i64,
    /// The marking of the incidents it opens.
    pub tlp: Tlp,
    title: String,
}

/// The policy.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// By impact, then by urgency.
    matrix: [[Severity; 5]; 4],
    /// By severity.
    due_hours: [i64; 5],
    /// Hours until a report that came in and belongs to no incident is due; none: it is not due by itself.
    report_due_hours: Option<i64>,
    /// The ways to end, in the order of the form.
    pub resolutions: Vec<Resolution>,
    /// The own fields of the house: some are required before an incident is resolved. They are content of their own.
    pub own_fields: OwnFields,
    /// From the top; the first that matches opens.
    pub rules: Vec<Rule>,
}

impl Policy {
    /// The policy that is built in.
    pub fn built_in() -> Result<Self, PolicyError> {
        Policy::read(BUILT_IN, "content/policies/incidents.yaml")
    }

    /// The policy of a file, or the built-in one.
    pub fn load(file: Option<&Path>) -> Result<Self, PolicyError> {
        let Some(file) = file else { return Policy::built_in() };
        let path = file.display().to_string();
        let text = std::fs::read_to_string(file).map_err(|error| PolicyError::File { path: path.clone(), error })?;
        Policy::read(&text, &path)
    }

    /// Reads a policy; `path` is for the message.
    pub fn read(text: &str, path: &str) -> Result<Self, PolicyError> {
        let wrong = |reason: String| PolicyError::Content { path: path.into(), reason };
        let written: Written = serde_yaml_ng::from_str(text).map_err(|error| wrong(error.to_string()))?;
        written.check().map_err(wrong)
    }

    /// What the matrix makes of impact and urgency.
    pub fn severity(&self, impact: Impact, urgency: Severity) -> Severity {
        let row = self.matrix.get(impact as usize);
        row.and_then(|row| row.get(urgency as usize)).copied().unwrap_or(urgency)
    }

    /// Until when an incident of a severity is due, to the minute.
    pub fn due(&self, severity: Severity, now: Micros) -> Micros {
        after_hours(now, self.due_hours(severity))
    }

    /// Until when a report that came in is to be answered or given to an incident, to the minute; none where it may wait.
    pub fn report_due(&self, came: Micros) -> Option<Micros> {
        self.report_due_hours.map(|hours| after_hours(came, hours))
    }

    /// The hours until an incident of a severity is due.
    pub fn due_hours(&self, severity: Severity) -> i64 {
        self.due_hours.get(severity as usize).copied().unwrap_or_default()
    }

    /// A way to end, by its id.
    pub fn resolution(&self, id: &str) -> Option<&Resolution> {
        self.resolutions.iter().find(|resolution| resolution.id == id)
    }

    /// The name of a rule in a language, by the name the database holds; that name, when the policy no longer has the rule.
    pub fn rule_name<'a>(&'a self, name: &'a str, language: &str) -> &'a str {
        let rule = self.rules.iter().find(|rule| rule.name == name);
        rule.and_then(|rule| rule.names.get(language)).map_or(name, String::as_str)
    }

    /// The rule that opens an incident for findings, if one matches.
    pub fn decide(&self, group: &Group) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.matches(group))
    }
}

/// A number of hours later, to the minute.
fn after_hours(from: Micros, hours: i64) -> Micros {
    const MINUTE: i64 = 60_000_000;
    let due = from.0.saturating_add(hours.saturating_mul(60 * MINUTE));
    Micros(due - due.rem_euclid(MINUTE))
}

impl Rule {
    fn matches(&self, group: &Group) -> bool {
        let whole = format!("{}/{}", group.taxonomy, group.kind);
        let of_class = |class: &String| *class == whole || *class == group.taxonomy || *class == group.kind;
        (self.classes.is_empty() || self.classes.iter().any(of_class))
            && (self.impacts.is_empty() || self.impacts.contains(&group.impact))
            && (self.severity_at_least..=self.severity_at_most).contains(&group.severity)
            && group.confidence >= self.confidence_at_least
            && group.findings >= self.findings_at_least
    }

    /// The title of an incident for these findings.
    pub fn title(&self, group: &Group) -> String {
        let types = CLASSES.iter().flat_map(|class| class.types);
        let kind =
            types.into_iter().find(|kind| kind.value == group.kind).map_or(group.kind.as_str(), |kind| kind.title);
        let mut text = String::new();
        // One pass, so that a subject that looks like a place for a value stays what it is.
        let mut rest = self.title.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            match name {
                "subject" => text.push_str(if group.subject.is_empty() { kind } else { &group.subject }),
                "type" => text.push_str(kind),
                "constituent" => text.push_str(&group.constituent),
                _ => text.push_str(&group.findings.to_string()),
            }
            rest = after;
        }
        text.push_str(rest);
        let short: String = text.chars().take(TITLE_CHARS).collect();
        title(&short).unwrap_or_else(|| kind.to_string())
    }
}

impl Written {
    fn check(self) -> Result<Policy, String> {
        let mut matrix = [[Severity::Info; 5]; 4];
        for (impact, row) in Impact::ALL.into_iter().zip(matrix.iter_mut()) {
            let words =
                self.severity.get(impact.as_str()).ok_or(format!("severity: no line for {}", impact.as_str()))?;
            if words.len() != row.len() {
                return Err(format!("severity: the line {} has {} words, not 5", impact.as_str(), words.len()));
            }
            for (cell, word) in row.iter_mut().zip(words) {
                *cell = severity(word)?;
            }
        }
        if let Some(word) = self.severity.keys().find(|word| Impact::parse(word).is_none()) {
            return Err(format!("severity: {word:?} is not a criticality (low, medium, high, vital)"));
        }
        let mut due_hours = [0; 5];
        for (of, hours) in Severity::ALL.into_iter().zip(due_hours.iter_mut()) {
            *hours = *self.due_hours.get(of.as_str()).ok_or(format!("due_hours: none for {}", of.as_str()))?;
            if !(1..=8_784).contains(hours) {
                return Err("due_hours must be between 1 and 8784".into());
            }
        }
        if self.report_due_hours.is_some_and(|hours| !(1..=8_784).contains(&hours)) {
            return Err("report_due_hours must be between 1 and 8784, or not there".into());
        }
        let mut resolutions: Vec<Resolution> = Vec::new();
        for one in self.resolutions {
            let state = State::parse(&one.state).filter(|state| !state.is_live());
            let state = state.ok_or(format!("resolution {:?}: state is resolved or abandoned", one.id))?;
            let fits =
                one.id.len() <= 40 && one.id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
            if one.id.is_empty() || !fits || resolutions.iter().any(|known| known.id == one.id) {
                return Err(format!("resolution {:?}: an id is short, of small letters, and there once", one.id));
            }
            resolutions.push(Resolution { id: one.id, state, title: one.title });
        }
        if !resolutions.iter().any(|resolution| resolution.id == DUPLICATE) {
            return Err(format!("there is no resolution {DUPLICATE:?}, which merging needs"));
        }
        let check = |rule: WrittenRule| {
            let name = match &rule.name {
                WrittenName::One(name) => name.clone(),
                WrittenName::Each(names) => names.get("en").cloned().unwrap_or_default(),
            };
            rule.check().map_err(|reason| format!("rule {name:?}: {reason}"))
        };
        let rules = self.rules.into_iter().map(check).collect::<Result<_, _>>()?;
        Ok(Policy {
            matrix,
            due_hours,
            report_due_hours: self.report_due_hours,
            resolutions,
            rules,
            own_fields: OwnFields::default(),
        })
    }
}

fn severity(word: &str) -> Result<Severity, String> {
    Severity::parse(word).ok_or(format!("{word:?} is not a severity (info, low, medium, high, critical)"))
}

impl WrittenRule {
    fn check(self) -> Result<Rule, String> {
        for class in &self.classes {
            let known = match class.split_once('/') {
                Some((taxonomy, kind)) => manara_model::is_known(taxonomy, kind),
                None => {
                    manara_model::class_of_type(class).is_some() || CLASSES.iter().any(|known| known.value == class)
                }
            };
            if !known {
                return Err(format!("{class:?} is not a class or type of the taxonomy"));
            }
        }
        let impact = |word: &String| {
            Impact::parse(word).ok_or(format!("{word:?} is not a criticality (low, medium, high, vital)"))
        };
        let least = self.severity_at_least.as_deref().map(severity).transpose()?;
        let most = self.severity_at_most.as_deref().map(severity).transpose()?;
        let confidence_at_least = self.confidence_at_least.unwrap_or(0.0);
        if !(0.0..=1.0).contains(&confidence_at_least) {
            return Err("confidence_at_least must be between 0 and 1".into());
        }
        let tlp = self.tlp.as_deref().unwrap_or("AMBER");
        for part in self.title.split('{').skip(1) {
            let name = part.split_once('}').map(|(name, _)| name).unwrap_or_default();
            if !["subject", "type", "constituent", "findings"].contains(&name) {
                return Err(format!(
                    "the title has {{{name}}}; known are {{subject}}, {{type}}, {{constituent}}, {{findings}}"
                ));
            }
        }
        title(&self.title).ok_or(format!("a title has 1 to {TITLE_CHARS} characters"))?;
        let (name, names) = self.name.read()?;
        Ok(Rule {
            impacts: self.criticality.iter().map(impact).collect::<Result<_, _>>()?,
            name,
            names,
            classes: self.classes,
            severity_at_least: least.unwrap_or(Severity::Info),
            severity_at_most: most.unwrap_or(Severity::Critical),
            confidence_at_least,
            findings_at_least: self.findings_at_least.unwrap_or(1),
            tlp: Tlp::parse(tlp).ok_or(format!("{tlp:?} is not a TLP label"))?,
            title: self.title,
        })
    }
}

#[cfg(test)]
mod tests {
    use manara_model::{Micros, Severity};

    use super::{BUILT_IN, Policy};
    use crate::group::Group;
    use crate::incident::{Impact, State};

    fn group() -> Group {
        Group {
            constituent_id: "c".into(),
            constituent: "Harbour {type}".into(),
            impact: Impact::Low,
            taxonomy: "malicious-code".into(),
            kind: "infected-system".into(),
            subject: "mirai".into(),
            severity: Severity::High,
            confidence: 0.8,
            findings: 1,
        }
    }

    #[test]
    fn the_first_rule_that_matches_opens_and_names() {
        let policy = Policy::built_in().expect("sound");
        let with = |change: fn(&mut Group)| {
            let mut group = group();
            change(&mut group);
            policy.decide(&group).map(|rule| (rule.name.clone(), rule.title(&group)))
        };
        let titles = |found: Option<(String, String)>| found.map(|(_, title)| title);
        assert_eq!(titles(with(|_| {})), None, "one infected system of a small house is no incident");
        assert_eq!(titles(with(|g| g.impact = Impact::Vital)).as_deref(), Some("mirai: Harbour {type}"));
        assert_eq!(titles(with(|g| g.findings = 25)).as_deref(), Some("mirai (25): Harbour {type}"));
        assert_eq!(titles(with(|g| (g.findings, g.confidence) = (25, 0.4))), None);
        let (rule, title) = with(|g| g.kind = "c2-server".into()).expect("a rule");
        assert_eq!((rule.as_str(), title.as_str()), ("a command server in the country", "C2 mirai: Harbour {type}"));
        assert_eq!(titles(with(|g| (g.taxonomy, g.kind) = ("vulnerable".into(), "weak-crypto".into()))), None);
        let long = with(|g| (g.impact, g.constituent) = (Impact::Vital, "x".repeat(500))).expect("a rule").1;
        assert_eq!(long.chars().count(), 200);
    }

    #[test]
    fn the_matrix_never_falls_when_something_gets_worse() {
        let policy = Policy::built_in().expect("sound");
        for impact in Impact::ALL {
            for pair in Severity::ALL.windows(2) {
                assert!(policy.severity(impact, pair[0]) <= policy.severity(impact, pair[1]), "{impact:?} {pair:?}");
            }
        }
        for urgency in Severity::ALL {
            for pair in Impact::ALL.windows(2) {
                assert!(policy.severity(pair[0], urgency) <= policy.severity(pair[1], urgency), "{urgency:?} {pair:?}");
            }
        }
        assert_eq!(policy.severity(Impact::Vital, Severity::High), Severity::Critical);
        assert_eq!(policy.severity(Impact::Low, Severity::High), Severity::Medium);
        assert_eq!(policy.due(Severity::Critical, Micros(0)), Micros(4 * 3_600_000_000));
        let end = policy.resolution("handed-over").expect("there");
        assert_eq!((end.state, end.title("fr"), end.title("xx")), (State::Resolved, "Transmis", "Handed over"));
        for end in &policy.resolutions {
            assert!(["en", "ar", "fr"].iter().all(|language| end.title.contains_key(*language)), "{}", end.id);
        }
    }

    #[test]
    fn a_rule_is_called_in_the_language_of_its_reader() {
        let policy = Policy::built_in().expect("sound");
        assert_eq!(policy.rule_name("an outbreak", "fr"), "une épidémie");
        assert_eq!(policy.rule_name("an outbreak", "en"), "an outbreak");
        assert_eq!(policy.rule_name("a rule of last year", "ar"), "a rule of last year");
        for rule in &policy.rules {
            assert!(["en", "ar", "fr"].iter().all(|language| rule.names.contains_key(*language)), "{}", rule.name);
        }
        let names = "name: { en: an outbreak, ar: تفشٍّ, fr: une épidémie }";
        assert!(BUILT_IN.contains(names));
        let old = Policy::read(&BUILT_IN.replace(names, "name: my outbreak"), "i.yaml").expect("the old form");
        assert_eq!(old.rule_name("my outbreak", "fr"), "my outbreak");
        let none = BUILT_IN.replace(names, "name: { fr: une épidémie }");
        assert!(Policy::read(&none, "i.yaml").expect_err("no English").to_string().contains("one in en"));
    }

    #[test]
    fn mistakes_are_named() {
        for (from, to, want) in [
            ("low:     [info, low,", "low:     [info,", "has 4 words"),
            ("vital:   [low,", "vital:   [bad,", "\"bad\" is not a severity"),
            ("vital:   [low,", "grave:   [low,", "no line for vital"),
            ("critical: 4,", "critical: 0,", "between 1 and"),
            ("id: duplicate", "id: twin", "merging needs"),
            ("id: handed-over", "id: resolved", "there once"),
            ("state: abandoned", "state: open", "resolved or abandoned"),
            ("[intrusions,", "[intrusion,", "\"intrusion\" is not a class"),
            ("[vital]", "[grave]", "\"grave\" is not a criticality"),
            ("confidence_at_least: 0.6", "confidence_at_least: 6", "between 0 and 1"),
            ("tlp: AMBER+STRICT", "tlp: PINK", "\"PINK\" is not a TLP"),
            ("C2 {subject}", "C2 {owner}", "{owner}"),
            ("findings_at_least: 25", "finding_at_least: 25", "finding_at_least"),
        ] {
            assert!(BUILT_IN.contains(from), "{from}");
            let error = Policy::read(&BUILT_IN.replacen(from, to, 1), "i.yaml").expect_err(to).to_string();
            assert!(error.starts_with("i.yaml: ") && error.contains(want), "{error}");
        }
    }
}
