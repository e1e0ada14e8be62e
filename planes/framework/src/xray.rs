//! What does not fit together in an assessment.

use serde::Serialize;

use crate::catalogue::Catalogue;
use crate::score::{HashMap, ItemScore, Said};
use crate::sheet::{Action, Sheet};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grade {
    /// It cannot be so.
    Error,
    /// Somebody should look.
    Warning,
    /// Good to know.
    Info,
}

/// One thing that does not fit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// Which kind; one of [`CHECKS`].
    pub check: &'static str,
    /// How bad it is.
    pub grade: Grade,
    /// The item; empty when it is about a respondent.
    pub item: String,
    /// What else it is about: another item, a piece of evidence, a respondent.
    pub about: String,
}

/// Every kind of check.
pub const CHECKS: [&str; 7] = [
    "contradiction",
    "state-contradicts",
    "evidence-expired",
    "level-without-evidence",
    "evidence-not-verified",
    "disagreement",
    "missing-voice",
];

/// Looks at everything.
pub(crate) fn xray(
    catalogue: &Catalogue,
    sheet: &Sheet,
    items: &[ItemScore],
    said: &HashMap<&str, Said<'_>>,
) -> Vec<Check> {
    let (low, _) = catalogue.ends();
    let claimed: HashMap<&str, i64> =
        items.iter().filter_map(|score| Some((score.item.as_str(), score.claimed?))).collect();
    let mut checks = Vec::new();
    for score in items {
        let mut add = |check: &'static str, grade: Grade, about: &str| {
            checks.push(Check { check, grade, item: score.item.clone(), about: about.into() });
        };
        let step = score.claimed.map_or(0, |level| catalogue.step(level));
        let needs = catalogue.item(&score.item).map(|item| item.needs.as_slice()).unwrap_or_default();
        for need in needs.iter().filter(|need| step > 0 && claimed.get(need.as_str()) == Some(&low)) {
            add("contradiction", Grade::Error, need);
        }
        let is_begun = !matches!(score.state, Some(Action::None | Action::Considered | Action::Planned));
        if step >= 2 && !is_begun {
            add("state-contradicts", Grade::Warning, score.state.map_or("", Action::as_str));
        }
        let evidence = said.get(score.item.as_str()).map(|said| said.evidence.as_slice()).unwrap_or_default();
        for one in evidence.iter().filter(|one| one.is_expired(&sheet.day)) {
            add("evidence-expired", Grade::Warning, &one.label);
        }
        if step >= 2 && evidence.is_empty() {
            add("level-without-evidence", Grade::Warning, "");
        }
        for one in evidence.iter().filter(|one| one.supports.is_none() && !one.is_expired(&sheet.day)) {
            add("evidence-not-verified", Grade::Info, &one.label);
        }
        if score.disagreement && !score.agreed {
            add("disagreement", Grade::Warning, "");
        }
    }
    // How many items each voice spoke of, and which last: an item may have two answers of one voice.
    let mut spoken: HashMap<&str, (usize, usize)> = HashMap::default();
    for (place, score) in items.iter().enumerate() {
        let answers = said.get(score.item.as_str()).map(|said| said.answers.as_slice()).unwrap_or_default();
        for answer in answers.iter().filter(|answer| answer.level.is_some() || answer.not_applicable) {
            let (count, last) = spoken.entry(&answer.voice).or_insert((0, usize::MAX));
            if *last != place {
                (*count, *last) = (*count + 1, place);
            }
        }
    }
    for voice in &sheet.voices {
        let silent = spoken.get(voice.id.as_str()).map_or(0, |(count, _)| *count) < items.len();
        if silent {
            let about = voice.called();
            checks.push(Check { check: "missing-voice", grade: Grade::Info, item: String::new(), about });
        }
    }
    checks
}
