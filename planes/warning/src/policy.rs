//! The policy of notices: when one may leave by itself, how long an asset is left in peace, how soon an answer is asked for.

use std::path::Path;

use manara_model::{Micros, Severity, Tlp};
use serde::Deserialize;

use crate::notice::{LetterKind, Notice};

const BUILT_IN: &str = include_str!("../../../content/policies/notices.yaml");

/// Why a policy, a letter or a word list cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
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

/// Who decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Approval {
    /// The rule.
    Automatic,
    /// A person.
    Manual,
}

/// Days to answer, by the worst severity of a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerDays {
    critical: i64,
    high: i64,
    medium: i64,
    low: i64,
    info: i64,
}

/// One rule. A condition that is not written always holds.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// What the journal and the page of the notice show.
    pub name: String,
    /// Taxonomies, types, or both as `taxonomy/type`; one must be the notice's.
    #[serde(default)]
    pub classes: Vec<String>,
    /// Criticalities of the constituent; one must be its.
    #[serde(default)]
    pub criticality: Vec<String>,
    /// The worst finding is at least so bad.
    #[serde(default)]
    pub severity_at_least: Option<String>,
    /// The worst finding is at most so bad.
    #[serde(default)]
    pub severity_at_most: Option<String>,
    /// The least certain finding is at least so certain.
    #[serde(default)]
    pub confidence_at_least: Option<f64>,
    /// So many findings at most.
    #[serde(default)]
    pub findings_at_most: Option<i64>,
    /// `notice`, `reminder`, `escalation`; one must be what is judged. Without it a rule is of notices and reminders: what
    /// goes to others than the constituent is only decided by a rule that says so.
    #[serde(default)]
    pub letters: Vec<String>,
    /// Who decides.
    pub approve: Approval,
}

/// What a rule looks at.
#[derive(Debug, Clone, Copy)]
pub struct Judged<'a> {
    /// Taxonomy and type.
    pub class: &'a str,
    /// Of the constituent.
    pub criticality: &'a str,
    /// Of the worst finding.
    pub severity: Severity,
    /// Of the least certain finding.
    pub confidence: f64,
    /// How many.
    pub findings: i64,
    /// What would leave.
    pub letter: LetterKind,
}

/// What follows when nobody answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FollowUp {
    /// Days after a notice was sent, or a reminder left, until the next reminder.
    pub after_days: i64,
    /// How many reminders at most.
    pub reminders: i64,
    /// Days after the last of them until those above the constituent are told; none for never.
    #[serde(default)]
    pub escalate_after_days: Option<i64>,
}

/// What is to be done about a notice nobody answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Nothing yet, or nothing more.
    Wait,
    /// A reminder to the constituent.
    Remind,
    /// A letter to those above it.
    Escalate,
}

impl FollowUp {
    fn check(&self) -> Result<(), String> {
        if !(1..=365).contains(&self.after_days)
            || self.escalate_after_days.is_some_and(|days| !(1..=365).contains(&days))
        {
            return Err("follow_up: days must be between 1 and 365".into());
        }
        if !(0..=20).contains(&self.reminders) {
            return Err("follow_up: reminders must be between 0 and 20".into());
        }
        Ok(())
    }

    /// What is due for a sent notice of which not every finding has an answer.
    pub fn next(&self, notice: &Notice, now: Micros) -> Next {
        let Some(sent) = notice.sent else { return Next::Wait };
        let heard = notice.followed.unwrap_or(sent).max(sent);
        let is_answered = notice.answered > 0 && notice.answered >= notice.findings;
        if is_answered || notice.escalated.is_some() || !notice.about.is_empty() {
            return Next::Wait;
        }
        if notice.reminders < self.reminders {
            return if now >= heard.plus_days(self.after_days) { Next::Remind } else { Next::Wait };
        }
        match self.escalate_after_days {
            Some(days) if now >= heard.plus_days(days) => Next::Escalate,
            _ => Next::Wait,
        }
    }

    /// The least days after which anything can be due.
    pub fn soonest_days(&self) -> i64 {
        match (self.reminders, self.escalate_after_days) {
            (0, Some(days)) => days,
            _ => self.after_days,
        }
    }

    /// Whether those above a constituent may know of a notice that is so marked: its name, the class and the numbers.
    pub fn may_escalate(tlp: Tlp) -> bool {
        tlp <= Tlp::Amber
    }
}

/// The policy.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// How many days an asset is left in peace after it was told of.
    pub quiet_days: i64,
    answer_days: AnswerDays,
    /// What follows when nobody answers; nothing without it.
    #[serde(default)]
    pub follow_up: Option<FollowUp>,
    /// From the top; the first that matches decides.
    pub rules: Vec<Rule>,
    /// The strictest marking that a rule may approve; what is stricter needs two people. None: a rule may approve all.
    #[serde(skip)]
    pub four_eyes_above: Option<Tlp>,
}

impl Rules {
    /// The policy that is built in.
    pub fn built_in() -> Result<Self, LoadError> {
        Rules::read(BUILT_IN, "content/policies/notices.yaml")
    }

    /// The policy of a file, or the built-in one.
    pub fn load(file: Option<&Path>) -> Result<Self, LoadError> {
        let Some(file) = file else { return Rules::built_in() };
        let path = file.display().to_string();
        let text = std::fs::read_to_string(file).map_err(|error| LoadError::File { path: path.clone(), error })?;
        Rules::read(&text, &path)
    }

    /// Reads a policy; `path` is for the message.
    pub fn read(text: &str, path: &str) -> Result<Self, LoadError> {
        let wrong = |reason: String| LoadError::Content { path: path.into(), reason };
        let rules: Rules = serde_yaml_ng::from_str(text).map_err(|error| wrong(error.to_string()))?;
        if !(0..=365).contains(&rules.quiet_days) {
            return Err(wrong("quiet_days must be between 0 and 365".into()));
        }
        if let Some(follow_up) = &rules.follow_up {
            follow_up.check().map_err(wrong)?;
        }
        for rule in &rules.rules {
            rule.check().map_err(|reason| wrong(format!("rule {:?}: {reason}", rule.name)))?;
        }
        Ok(rules)
    }

    /// The same policy in a house where two people must approve what is marked more strictly.
    #[must_use]
    pub fn with_four_eyes(self, above: Option<Tlp>) -> Self {
        Rules { four_eyes_above: above, ..self }
    }

    /// How many days the constituent has to answer.
    pub fn answer_days(&self, severity: Severity) -> i64 {
        let days = match severity {
            Severity::Critical => self.answer_days.critical,
            Severity::High => self.answer_days.high,
            Severity::Medium => self.answer_days.medium,
            Severity::Low => self.answer_days.low,
            Severity::Info => self.answer_days.info,
        };
        days.clamp(1, 365)
    }

    /// The rule that decides, if one matches; without one a person decides.
    pub fn decide(&self, judged: Judged<'_>) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.matches(judged))
    }
}

impl Rule {
    fn check(&self) -> Result<(), String> {
        for word in self.severity_at_least.iter().chain(&self.severity_at_most) {
            Severity::parse(word).ok_or(format!("{word:?} is not a severity (info, low, medium, high, critical)"))?;
        }
        for class in &self.classes {
            let (taxonomy, kind) = class.split_once('/').unwrap_or((class, ""));
            let known = if kind.is_empty() {
                manara_model::class_of_type(taxonomy).is_some()
                    || manara_model::CLASSES.iter().any(|known| known.value == taxonomy)
            } else {
                manara_model::is_known(taxonomy, kind)
            };
            if !known {
                return Err(format!("{class:?} is not a class or type of the taxonomy"));
            }
        }
        for word in &self.criticality {
            if !["low", "medium", "high", "vital"].contains(&word.as_str()) {
                return Err(format!("{word:?} is not a criticality (low, medium, high, vital)"));
            }
        }
        for word in &self.letters {
            LetterKind::parse(word).ok_or(format!("{word:?} is not a letter (notice, reminder, escalation)"))?;
        }
        if self.confidence_at_least.is_some_and(|confidence| !(0.0..=1.0).contains(&confidence)) {
            return Err("confidence_at_least must be between 0 and 1".into());
        }
        Ok(())
    }

    fn matches(&self, judged: Judged<'_>) -> bool {
        let (taxonomy, kind) = judged.class.split_once('/').unwrap_or((judged.class, ""));
        let of_class = |class: &String| class == judged.class || class == taxonomy || class == kind;
        let rank = |word: &String| Severity::parse(word);
        let of_letter = match self.letters.as_slice() {
            [] => judged.letter != LetterKind::Escalation,
            letters => letters.iter().any(|word| word == judged.letter.as_str()),
        };
        of_letter
            && (self.classes.is_empty() || self.classes.iter().any(of_class))
            && (self.criticality.is_empty() || self.criticality.iter().any(|word| word == judged.criticality))
            && self.severity_at_least.as_ref().and_then(rank).is_none_or(|least| judged.severity >= least)
            && self.severity_at_most.as_ref().and_then(rank).is_none_or(|most| judged.severity <= most)
            && self.confidence_at_least.is_none_or(|least| judged.confidence >= least)
            && self.findings_at_most.is_none_or(|most| judged.findings <= most)
    }
}

#[cfg(test)]
mod tests {
    use manara_model::{Micros, Severity, Tlp};

    use super::{Approval, FollowUp, Judged, Next, Rules};
    use crate::notice::{LetterKind, Notice};

    const TEXT: &str = "
quiet_days: 7
answer_days: { critical: 1, high: 3, medium: 7, low: 14, info: 30 }
rules:
  - { name: crime, classes: [malicious-code/c2-server, intrusions], approve: manual }
  - { name: vital, criticality: [vital], approve: manual }
  - { name: worst, severity_at_least: critical, approve: manual }
  - { name: routine, classes: [vulnerable, scanner], severity_at_most: medium, confidence_at_least: 0.7, findings_at_most: 500, approve: automatic }
";

    #[test]
    fn the_first_rule_that_matches_decides() {
        let rules = Rules::read(TEXT, "test").expect("read");
        let low = Severity::Low;
        let medium = Severity::Medium;
        for (class, criticality, severity, confidence, findings, want) in [
            ("malicious-code/c2-server", "low", low, 0.9, 1, Some(("crime", Approval::Manual))),
            ("intrusions/burglary", "low", low, 0.9, 1, Some(("crime", Approval::Manual))),
            ("vulnerable/weak-crypto", "vital", low, 0.9, 1, Some(("vital", Approval::Manual))),
            ("vulnerable/weak-crypto", "low", Severity::Critical, 0.9, 1, Some(("worst", Approval::Manual))),
            ("vulnerable/weak-crypto", "low", medium, 0.7, 500, Some(("routine", Approval::Automatic))),
            ("information-gathering/scanner", "", medium, 0.7, 500, Some(("routine", Approval::Automatic))),
            ("vulnerable/weak-crypto", "low", Severity::High, 0.9, 1, None),
            ("vulnerable/weak-crypto", "low", medium, 0.69, 1, None),
            ("vulnerable/weak-crypto", "low", medium, 0.9, 501, None),
            ("malicious-code/infected-system", "low", low, 0.9, 1, None),
        ] {
            let judged = Judged { class, criticality, severity, confidence, findings, letter: LetterKind::Notice };
            let reminder = Judged { letter: LetterKind::Reminder, ..judged };
            let above = Judged { letter: LetterKind::Escalation, ..judged };
            assert!(rules.decide(above).is_none(), "no rule says that it is of escalations");
            assert_eq!(rules.decide(reminder).map(|rule| &rule.name), rules.decide(judged).map(|rule| &rule.name));
            let decided = rules.decide(judged).map(|rule| (rule.name.as_str(), rule.approve));
            assert_eq!(decided, want, "{judged:?}");
        }
        assert_eq!(rules.answer_days(Severity::Critical), 1);
        assert_eq!(rules.answer_days(Severity::Info), 30);
    }

    #[test]
    fn the_built_in_policy_is_sound_and_mistakes_are_named() {
        assert!(!Rules::built_in().expect("sound").rules.is_empty());
        for (from, to, want) in [
            ("severity_at_most: medium", "severity_at_most: bad", "\"bad\" is not a severity"),
            ("[vulnerable, scanner]", "[vulnerabel]", "\"vulnerabel\" is not a class"),
            ("[vital]", "[grave]", "\"grave\" is not a criticality"),
            ("confidence_at_least: 0.7", "confidence_at_least: 7", "between 0 and 1"),
            ("quiet_days: 7", "quiet_days: 700", "quiet_days must be"),
            ("approve: automatic", "approve: perhaps", "perhaps"),
            ("findings_at_most", "finding_at_most", "finding_at_most"),
            ("classes: [vulnerable, scanner]", "letters: [letter]", "\"letter\" is not a letter"),
            ("quiet_days: 7", "quiet_days: 7\nfollow_up: { after_days: 0, reminders: 1 }", "days must be"),
            ("quiet_days: 7", "quiet_days: 7\nfollow_up: { after_days: 1, reminders: 99 }", "reminders must be"),
        ] {
            let error = Rules::read(&TEXT.replace(from, to), "notices.yaml").expect_err(to).to_string();
            assert!(error.starts_with("notices.yaml: ") && error.contains(want), "{error}");
        }
    }
    #[test]
    fn who_does_not_answer_is_reminded_so_often_and_then_those_above_know() {
        let rules = FollowUp { after_days: 7, reminders: 2, escalate_after_days: Some(3) };
        let sent = Micros(0);
        let asked = |reminders: i64, followed: Option<i64>| Notice {
            sent: Some(sent),
            reminders,
            followed: followed.map(|days| sent.plus_days(days)),
            ..Notice::draft("N-1".into(), "1970-01-01".into(), sent)
        };
        let answered = Notice { answered: 2, findings: 2, ..asked(0, None) };
        let partly = Notice { answered: 1, findings: 2, ..asked(1, Some(9)) };
        let escalated = Notice { escalated: Some(sent), ..asked(2, Some(14)) };
        for (notice, day, want) in [
            (asked(0, None), 6, Next::Wait),
            (asked(0, None), 7, Next::Remind),
            (asked(1, Some(7)), 13, Next::Wait),
            (asked(1, Some(7)), 14, Next::Remind),
            (asked(2, Some(14)), 16, Next::Wait),
            (asked(2, Some(14)), 17, Next::Escalate),
            (answered, 100, Next::Wait),
            (partly.clone(), 15, Next::Wait),
            (partly, 16, Next::Remind),
            (escalated, 100, Next::Wait),
            (Notice { sent: None, ..asked(0, None) }, 100, Next::Wait),
        ] {
            assert_eq!(rules.next(&notice, sent.plus_days(day)), want, "{} {day}", notice.reminders);
        }
        let never = FollowUp { escalate_after_days: None, ..rules };
        assert_eq!(never.next(&asked(2, Some(14)), sent.plus_days(300)), Next::Wait);
        assert!(FollowUp::may_escalate(Tlp::Amber) && !FollowUp::may_escalate(Tlp::AmberStrict));
    }
}
