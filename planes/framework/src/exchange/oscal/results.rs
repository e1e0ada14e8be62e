//! What an assessment found, as OSCAL `assessment-results`.

use serde_json::{Value, json};

use super::{Found, add, line, markup, prop, set, statement, token, written};
use crate::catalogue::Item;
use crate::score::ItemScore;
use crate::sheet::Evidence;

/// Writes the results of an assessment. Whether an item is satisfied is said only where a target is known, and by the level that
/// evidence supports.
pub fn oscal_results(found: &Found<'_>) -> String {
    let title = format!("{}: {}", line(&found.assessment.subject), line(found.catalogue.told.name.of(found.lang)));
    let items = || found.score.items.iter().filter_map(|score| Some((found.catalogue.item(&score.item)?, score)));
    let observations: Vec<Value> = items()
        .filter(|(_, score)| is_observed(found, score))
        .map(|(item, score)| observation(found, item, score))
        .collect();
    let findings: Vec<Value> = items().filter_map(|(item, score)| finding(found, item, score)).collect();
    let reviewed: Vec<Value> = items().map(|(item, _)| json!({ "control-id": token(&item.ref_id) })).collect();
    let props = [
        prop("rule", found.score.rule),
        prop("rule-version", &found.score.rules.to_string()),
        prop("day", &found.score.day),
        prop("respondents", &found.score.respondents.to_string()),
    ];
    let mut result = json!({
        "uuid": found.uuid("result", ""),
        "title": title,
        "description": "Claimed levels are those of the respondents or of what was agreed; supported levels are those that evidence proves.",
        "start": found.assessment.made.rfc3339(),
        "end": found.at.rfc3339(),
        "props": props.into_iter().flatten().collect::<Vec<_>>(),
        "reviewed-controls": { "control-selections": [{ "include-controls": reviewed }] },
    });
    add(&mut result, "observations", observations);
    add(&mut result, "findings", findings);
    let document = json!({
        "uuid": found.uuid("assessment-results", found.lang),
        "metadata": found.metadata(title),
        "import-ap": {
            "href": format!("#{}", found.resource()),
            "remarks": "There is no assessment plan: the catalogue that was answered stands in its place.",
        },
        "results": [result],
        "back-matter": found.resources(),
    });
    written("assessment-results", document)
}

/// Whether anything was said or shown of an item.
pub(super) fn is_observed(found: &Found<'_>, score: &ItemScore) -> bool {
    score.answers > 0 || score.agreed || found.sheet.evidence.iter().any(|evidence| evidence.item == score.item)
}

fn observation(found: &Found<'_>, item: &Item, score: &ItemScore) -> Value {
    let evidence: Vec<&Evidence> = found.sheet.evidence.iter().filter(|one| one.item == item.ref_id).collect();
    let mut methods = vec!["INTERVIEW"];
    if evidence.iter().any(|one| one.supports.is_some()) {
        methods.push("EXAMINE");
    }
    let number = |value: Option<i64>| value.map(|value| value.to_string()).unwrap_or_default();
    let props = [
        prop("claimed", &number(score.claimed)),
        prop("supported", &number(score.supported)),
        prop("least", &number(score.spread.map(|spread| spread.least))),
        prop("most", &number(score.spread.map(|spread| spread.most))),
        prop("not-applicable", if score.not_applicable { "yes" } else { "" }),
        prop("agreed", if score.agreed { "yes" } else { "" }),
        prop("state", score.state.map_or("", |state| state.as_str())),
    ];
    let mut observation = json!({
        "uuid": found.uuid("observation", &item.ref_id),
        "title": line(item.name.of(found.lang)),
        "description": described(found, item, score),
        "methods": methods,
        "collected": found.at.rfc3339(),
    });
    add(&mut observation, "props", props.into_iter().flatten().collect());
    let mut speakers: Vec<&str> = found
        .sheet
        .answers
        .iter()
        .filter(|answer| answer.item == item.ref_id && (answer.level.is_some() || answer.not_applicable))
        .filter_map(|answer| found.sheet.voices.iter().find(|voice| voice.id == answer.voice))
        .map(|voice| voice.organisation.as_str())
        .collect();
    speakers.sort_unstable();
    speakers.dedup();
    let subject = |name: &&str| json!({ "subject-uuid": found.party(name), "type": "party" });
    add(&mut observation, "subjects", speakers.iter().map(subject).collect());
    add(&mut observation, "relevant-evidence", evidence.into_iter().map(shown).collect());
    observation
}

fn described(found: &Found<'_>, item: &Item, score: &ItemScore) -> String {
    if score.not_applicable {
        return "Said not to apply.".into();
    }
    let level = |value: Option<i64>| match value.and_then(|value| found.catalogue.level(value)) {
        Some(level) => format!("{} ({})", level.value, markup(level.name.of(found.lang))),
        None => "none".into(),
    };
    let agreed = found.sheet.consensus.iter().find(|agreed| agreed.item == item.ref_id);
    let why = agreed.map_or(String::new(), |agreed| format!(" Agreed: {}", markup(&agreed.reason)));
    format!("Claimed: {}. Supported: {}.{why}", level(score.claimed), level(score.supported))
}

fn shown(evidence: &Evidence) -> Value {
    let props = [
        prop("sha-256", &evidence.sha256),
        prop("counts-until", &evidence.expires),
        prop("proves", &evidence.supports.map(|level| level.to_string()).unwrap_or_default()),
    ];
    let mut shown = json!({ "description": markup(&evidence.label) });
    let label = evidence.label.trim();
    let is_address = label.starts_with("https://") || label.starts_with("http://");
    if is_address
        && label
            .chars()
            .all(|c| c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}'))
    {
        set(&mut shown, "href", label.into());
    }
    add(&mut shown, "props", props.into_iter().flatten().collect());
    shown
}

fn finding(found: &Found<'_>, item: &Item, score: &ItemScore) -> Option<Value> {
    let gap = score.gap_supported.filter(|_| !score.not_applicable)?;
    let (state, reason) = if gap == 0 { ("satisfied", "pass") } else { ("not-satisfied", "fail") };
    let mut finding = json!({
        "uuid": finding_uuid(found, item),
        "title": line(item.name.of(found.lang)),
        "description": described(found, item, score),
        "target": {
            "type": "statement-id",
            "target-id": statement(item),
            "status": { "state": state, "reason": reason },
        },
    });
    let gaps = [
        prop("gap", &score.gap.map(|gap| gap.to_string()).unwrap_or_default()),
        prop("gap-supported", &gap.to_string()),
        prop("minimum", &score.minimum.map(|level| level.to_string()).unwrap_or_default()),
    ];
    add(&mut finding, "props", gaps.into_iter().flatten().collect());
    if is_observed(found, score) {
        let seen = json!({ "observation-uuid": found.uuid("observation", &item.ref_id) });
        add(&mut finding, "related-observations", vec![seen]);
    }
    Some(finding)
}

pub(super) fn finding_uuid(found: &Found<'_>, item: &Item) -> String {
    found.uuid("finding", &item.ref_id)
}
