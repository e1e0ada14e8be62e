//! The figures of a model from the answers of an assessment. The same catalogue and answers give the same bytes.
//!
//! A level counts as claimed when the moderator recorded it, else when half of those who answered claim it or more (the lower
//! middle). It counts as supported as far as evidence proves it that a moderator looked at and that has not expired.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::catalogue::{Catalogue, Item, Profile, Rule};
use crate::sheet::{Action, Answer, Evidence, Sheet};
use crate::xray::{Check, xray};

/// The version of these rules; it stands in every result.
pub const RULES: i64 = 1;

/// How far the answers to an item lie apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Spread {
    /// The lowest level.
    pub least: i64,
    /// The highest level.
    pub most: i64,
}

/// One item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ItemScore {
    /// Its id.
    pub item: String,
    /// The top item above it.
    pub section: String,
    /// The level that is claimed.
    pub claimed: Option<i64>,
    /// The level that evidence proves.
    pub supported: Option<i64>,
    /// Whether it was said not to apply.
    pub not_applicable: bool,
    /// The least level of the profile.
    pub minimum: Option<i64>,
    /// From the claimed level to the target; nothing where no target is known.
    pub gap: Option<i64>,
    /// From the supported level to the target.
    pub gap_supported: Option<i64>,
    /// How far the answers lie apart.
    pub spread: Option<Spread>,
    /// Whether they lie apart too far to pass over it.
    pub disagreement: bool,
    /// Whether the moderator recorded what was agreed.
    pub agreed: bool,
    /// How far action is: the lower middle of the answers.
    pub state: Option<Action>,
    /// How many respondents answered.
    pub answers: usize,
}

/// How many items stand at a level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AtLevel {
    /// The level.
    pub level: i64,
    /// As claimed.
    pub claimed: usize,
    /// As supported.
    pub supported: usize,
}

/// The figures of all items or of a section. What a rule does not give is left out.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Figures {
    /// Items that are answered by somebody.
    pub answered: usize,
    /// Items nobody answered.
    pub unanswered: usize,
    /// Items that do not apply.
    pub not_applicable: usize,
    /// How many items stand at each level.
    pub levels: Vec<AtLevel>,
    /// With a profile: whether every item has its minimum; nothing while a minimum is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meets_claimed: Option<bool>,
    /// The same with supported levels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meets_supported: Option<bool>,
    /// With a profile: items under their minimum.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub below: Option<usize>,
    /// With a profile: items of it whose minimum is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unknown_minima: Option<usize>,
    /// Points and coverage: what was reached of what applies, in per cent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percent_claimed: Option<f64>,
    /// The same with supported levels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percent_supported: Option<f64>,
    /// Points: what was reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points_claimed: Option<f64>,
    /// The same with supported levels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points_supported: Option<f64>,
    /// Points: what applies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points_applicable: Option<f64>,
    /// Minima and status: the mean of the claimed levels that were answered. Ours, for the trend; no model has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mean_ours: Option<f64>,
}

/// The figures of a section.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SectionScore {
    /// The top item.
    pub section: String,
    /// Its figures.
    #[serde(flatten)]
    pub figures: Figures,
    /// Where it stands between the lowest and the highest level, 0 to 1, for pictures.
    pub part_claimed: f64,
    /// The same with supported levels.
    pub part_supported: f64,
}

/// A gap in the order in which to close them: how wide × priority / effort.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Gap {
    /// The item.
    pub item: String,
    /// Steps of the scale to the target.
    pub steps: i64,
    /// How much it matters.
    pub priority: i64,
    /// How much work it is.
    pub effort: i64,
    /// What orders them: steps × priority × 60 / effort.
    pub rank: i64,
}

/// The result of an assessment.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Score {
    /// The id of the catalogue.
    pub catalogue: String,
    /// Its version.
    pub version: String,
    /// The rule of the model.
    pub rule: &'static str,
    /// The version of the rules.
    pub rules: i64,
    /// The day for which evidence was judged.
    pub day: String,
    /// The profile it was compared with.
    pub profile: Option<String>,
    /// Whether that profile was compared with its source.
    pub profile_verified: Option<bool>,
    /// How many respondents there are.
    pub respondents: usize,
    /// The figures of the model.
    pub figures: Figures,
    /// The figures by section.
    pub sections: Vec<SectionScore>,
    /// Every item that is answered, in the order of the document.
    pub items: Vec<ItemScore>,
    /// The gaps, the first to close first.
    pub gaps: Vec<Gap>,
    /// What does not fit together.
    pub checks: Vec<Check>,
}

/// Keys come from files that were checked and counted, and there are many: the hash that is quick.
pub(crate) type HashMap<K, V> = std::collections::HashMap<K, V, foldhash::fast::RandomState>;

/// Everything said of one item.
#[derive(Default)]
pub(crate) struct Said<'s> {
    pub answers: Vec<&'s Answer>,
    pub evidence: Vec<&'s Evidence>,
    pub agreed: Option<(Option<i64>, bool)>,
}

/// Scores an assessment against a profile, or without one.
pub fn score(catalogue: &Catalogue, sheet: &Sheet, profile: Option<&Profile>) -> Score {
    let mut said: HashMap<&str, Said<'_>> =
        HashMap::with_capacity_and_hasher(catalogue.told.items.len(), Default::default());
    for answer in &sheet.answers {
        let answers = &mut said.entry(&answer.item).or_default().answers;
        if answers.is_empty() {
            answers.reserve(sheet.voices.len());
        }
        answers.push(answer);
    }
    for evidence in &sheet.evidence {
        said.entry(&evidence.item).or_default().evidence.push(evidence);
    }
    for agreed in &sheet.consensus {
        said.entry(&agreed.item).or_default().agreed = Some((agreed.level, agreed.not_applicable));
    }
    let nothing = Said::default();
    let items: Vec<ItemScore> = catalogue
        .assessable()
        .map(|item| {
            score_item(catalogue, item, said.get(item.ref_id.as_str()).unwrap_or(&nothing), &sheet.day, profile)
        })
        .collect();
    let all: Vec<&ItemScore> = items.iter().collect();
    let sections = catalogue.sections().into_iter().map(|section| {
        let of: Vec<&ItemScore> = items.iter().filter(|item| item.section == section.ref_id).collect();
        SectionScore {
            section: section.ref_id.clone(),
            figures: figures(catalogue, &of, profile),
            part_claimed: part(catalogue, &of, |item| item.claimed),
            part_supported: part(catalogue, &of, |item| item.supported),
        }
    });
    Score {
        catalogue: catalogue.id().to_string(),
        version: catalogue.hash.clone(),
        rule: catalogue.told.rule.as_str(),
        rules: RULES,
        day: sheet.day.clone(),
        profile: profile.map(|profile| profile.ref_id.clone()),
        profile_verified: profile.map(|profile| profile.verified),
        respondents: sheet.voices.len(),
        figures: figures(catalogue, &all, profile),
        sections: sections.collect(),
        gaps: gaps(catalogue, &items),
        checks: xray(catalogue, sheet, &items, &said),
        items,
    }
}

fn score_item(catalogue: &Catalogue, item: &Item, said: &Said<'_>, day: &str, profile: Option<&Profile>) -> ItemScore {
    let (low, high) = catalogue.ends();
    let mut levels: Vec<i64> = said.answers.iter().filter_map(|answer| answer.level).collect();
    levels.sort_unstable();
    let denials = said.answers.iter().filter(|answer| answer.not_applicable).count();
    let middle = levels.get(levels.len().saturating_sub(1) / 2).copied();
    let (claimed, not_applicable) = match said.agreed {
        Some((_, true)) => (None, true),
        Some((Some(level), false)) => (Some(level), false),
        Some((None, false)) | None if denials > levels.len() => (None, true),
        Some((None, false)) | None => (middle, false),
    };
    let proven = said.evidence.iter().filter(|evidence| !evidence.is_expired(day)).filter_map(|one| one.supports).max();
    let supported = claimed.map(|claimed| proven.map_or(low, |proven| proven.min(claimed).max(low)));
    let minimum = profile.and_then(|profile| profile.minima.get(&item.ref_id).copied().flatten());
    let target = match (profile, catalogue.told.rule) {
        // A minimum that is not known is no target, and never guessed.
        (Some(_), _) | (None, Rule::Minima) => minimum,
        (None, Rule::Points | Rule::Status | Rule::Coverage) => Some(high),
    };
    let gap =
        |level: Option<i64>| target.filter(|_| !not_applicable).map(|target| (target - level.unwrap_or(low)).max(0));
    let spread = levels.first().zip(levels.last()).map(|(least, most)| Spread { least: *least, most: *most });
    let mut states: Vec<Action> = said.answers.iter().filter_map(|answer| answer.state).collect();
    states.sort_unstable();
    ItemScore {
        item: item.ref_id.clone(),
        section: catalogue.section(item).ref_id.clone(),
        claimed,
        supported,
        not_applicable,
        minimum,
        gap: gap(claimed),
        gap_supported: gap(supported),
        spread,
        disagreement: spread.is_some_and(|spread| is_wide(catalogue, spread)) || (denials > 0 && !levels.is_empty()),
        agreed: said.agreed.is_some(),
        state: states.get(states.len().saturating_sub(1) / 2).copied(),
        answers: levels.len() + denials,
    }
}

/// Two steps or more; on a scale of two levels one step.
fn is_wide(catalogue: &Catalogue, spread: Spread) -> bool {
    let steps = catalogue.step(spread.most) - catalogue.step(spread.least);
    steps >= 2 || (catalogue.told.scale.len() == 2 && steps >= 1)
}

fn figures(catalogue: &Catalogue, items: &[&ItemScore], profile: Option<&Profile>) -> Figures {
    let applicable: Vec<&&ItemScore> = items.iter().filter(|item| !item.not_applicable).collect();
    let mut levels: BTreeMap<i64, (usize, usize)> =
        catalogue.told.scale.iter().map(|level| (level.value, (0, 0))).collect();
    for item in &applicable {
        if let Some((claimed, _)) = item.claimed.and_then(|level| levels.get_mut(&level)) {
            *claimed += 1;
        }
        if let Some((_, supported)) = item.supported.and_then(|level| levels.get_mut(&level)) {
            *supported += 1;
        }
    }
    let answered = applicable.iter().filter(|item| item.claimed.is_some()).count();
    let mut figures = Figures {
        answered,
        unanswered: applicable.len() - answered,
        not_applicable: items.len() - applicable.len(),
        levels: levels.into_iter().map(|(level, (claimed, supported))| AtLevel { level, claimed, supported }).collect(),
        ..Figures::default()
    };
    match catalogue.told.rule {
        Rule::Minima => figures.mean_ours = mean(applicable.iter().filter_map(|item| item.claimed)),
        Rule::Points | Rule::Coverage => {
            let whole: i64 = applicable.iter().map(|item| weight(catalogue, item)).sum();
            let claimed = earned(catalogue, &applicable, |item| item.claimed);
            let supported = earned(catalogue, &applicable, |item| item.supported);
            figures.percent_claimed = rounded(claimed * 1000, whole).map(|tenths| tenths as f64 / 10.0);
            figures.percent_supported = rounded(supported * 1000, whole).map(|tenths| tenths as f64 / 10.0);
            if catalogue.told.rule == Rule::Points {
                figures.points_claimed = Some(claimed as f64 / 1000.0);
                figures.points_supported = Some(supported as f64 / 1000.0);
                figures.points_applicable = Some(whole as f64 / 1000.0);
            }
        }
        Rule::Status => {
            figures.mean_ours = mean(applicable.iter().filter_map(|item| Some(catalogue.step(item.claimed?))));
        }
    }
    if let Some(profile) = profile {
        // An item that the profile does not name is not asked for; one whose minimum is `null` is, nobody knows how much.
        let asked: Vec<&&ItemScore> =
            applicable.iter().copied().filter(|item| profile.minima.contains_key(&item.item)).collect();
        against_minima(&mut figures, &asked);
    }
    figures
}

/// Whether every item of a profile has its minimum: no when one lies below, yes when all are known and answered, else nothing.
fn against_minima(figures: &mut Figures, asked: &[&&ItemScore]) {
    let unknown = asked.iter().filter(|item| item.minimum.is_none()).count();
    let unanswered = asked.iter().any(|item| item.minimum.is_some() && item.claimed.is_none());
    let meets = |gap: fn(&ItemScore) -> Option<i64>| {
        let is_below = asked.iter().any(|item| gap(item).is_some_and(|gap| gap > 0));
        if is_below { Some(false) } else { (unknown == 0 && !unanswered).then_some(true) }
    };
    figures.meets_claimed = meets(|item| item.gap);
    figures.meets_supported = meets(|item| item.gap_supported);
    figures.below = Some(asked.iter().filter(|item| item.gap.is_some_and(|gap| gap > 0)).count());
    figures.unknown_minima = Some(unknown);
}

/// The points of an item in thousandths; every item of a law weighs the same.
fn weight(catalogue: &Catalogue, item: &ItemScore) -> i64 {
    match (catalogue.told.rule, catalogue.item(&item.item)) {
        (Rule::Points, Some(item)) => (item.weight * 1000.0).round() as i64,
        _ => 1000,
    }
}

/// What was reached, in thousandths of points: an item gives the part of its points that its step is of the scale.
fn earned(catalogue: &Catalogue, items: &[&&ItemScore], level: fn(&ItemScore) -> Option<i64>) -> i64 {
    let steps = i64::try_from(catalogue.told.scale.len()).unwrap_or(2) - 1;
    let of = |item: &&&ItemScore| level(item).map_or(0, |level| weight(catalogue, item) * catalogue.step(level));
    rounded(items.iter().map(of).sum(), steps).unwrap_or(0)
}

/// Where items stand between the lowest and the highest level; what nobody answered stands at the lowest.
fn part(catalogue: &Catalogue, items: &[&ItemScore], level: fn(&ItemScore) -> Option<i64>) -> f64 {
    let applicable: Vec<&&ItemScore> = items.iter().filter(|item| !item.not_applicable).collect();
    let whole: i64 = applicable.iter().map(|item| weight(catalogue, item)).sum();
    rounded(earned(catalogue, &applicable, level) * 1000, whole).map_or(0.0, |part| part as f64 / 1000.0)
}

/// The mean with two decimals.
fn mean(numbers: impl Iterator<Item = i64>) -> Option<f64> {
    let (sum, count) = numbers.fold((0, 0), |(sum, count), number| (sum + number, count + 1));
    rounded(sum * 100, count).map(|hundredths| hundredths as f64 / 100.0)
}

/// A fraction of whole numbers, rounded half up; nothing of nothing.
fn rounded(part: i64, whole: i64) -> Option<i64> {
    (whole > 0).then(|| (2 * part + whole) / (2 * whole))
}

fn gaps(catalogue: &Catalogue, items: &[ItemScore]) -> Vec<Gap> {
    let mut gaps: Vec<Gap> = items
        .iter()
        .filter_map(|score| {
            let wide = score.gap.filter(|gap| *gap > 0)?;
            let item = catalogue.item(&score.item)?;
            let from = score.claimed.unwrap_or(catalogue.ends().0);
            let steps = catalogue.step(from + wide) - catalogue.step(from);
            let rank = steps * item.priority * 60 / item.effort.max(1);
            Some(Gap { item: score.item.clone(), steps, priority: item.priority, effort: item.effort, rank })
        })
        .collect();
    // The order of the document among equals: sorting keeps it.
    gaps.sort_by_key(|gap| std::cmp::Reverse(gap.rank));
    gaps
}
