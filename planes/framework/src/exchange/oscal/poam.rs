//! The gaps of an assessment and what closes them, as an OSCAL `plan-of-action-and-milestones`.

use serde_json::{Value, json};

use super::results::finding_uuid;
use super::{Found, add, line, markup, prop, token, written};
use crate::blocks::Blocks;
use crate::catalogue::Item;
use crate::design::{Chosen, Design};
use crate::score::Gap;

/// Writes the gaps in the order in which to close them; the building blocks of a design become the tasks of their gaps.
pub fn oscal_poam(found: &Found<'_>, blocks: &Blocks, design: Option<&Design>) -> String {
    let title = format!("{}: {}", line(&found.assessment.subject), line(found.catalogue.told.name.of(found.lang)));
    let gaps = || found.score.gaps.iter().filter_map(|gap| Some((gap, found.catalogue.item(&gap.item)?)));
    let risks: Vec<Value> = gaps().map(|(gap, item)| risk(found, gap, item, blocks, design)).collect();
    let items: Vec<Value> = gaps().map(|(gap, item)| poam_item(found, gap, item)).collect();
    let mut document = json!({
        "uuid": found.uuid("poam", found.lang),
        "metadata": found.metadata(title),
        "system-id": { "identifier-type": "http://ietf.org/rfc/rfc4122", "id": found.assessment.id },
        "back-matter": found.resources(),
    });
    add(&mut document, "risks", risks);
    // The list may not be left out, nor be empty: where no gap is known, one line says so.
    let none = || {
        json!({
            "uuid": found.uuid("poam-item", ""),
            "title": "No gap is known",
            "description": "Nothing lies below a known target.",
        })
    };
    let items = if items.is_empty() { vec![none()] } else { items };
    add(&mut document, "poam-items", items);
    written("plan-of-action-and-milestones", document)
}

fn advice(found: &Found<'_>, item: &Item) -> String {
    let text = item.recommendation.as_ref().or(item.question.as_ref()).unwrap_or(&item.name);
    markup(text.of(found.lang))
}

fn poam_item(found: &Found<'_>, gap: &Gap, item: &Item) -> Value {
    let mut made = json!({
        "uuid": found.lasting("poam-item", &gap.item),
        "title": line(item.name.of(found.lang)),
        "description": advice(found, item),
        "related-risks": [{ "risk-uuid": found.lasting("risk", &gap.item) }],
    });
    let props = [
        prop("item", &token(&gap.item)),
        prop("steps", &gap.steps.to_string()),
        prop("priority", &gap.priority.to_string()),
        prop("effort", &gap.effort.to_string()),
        prop("rank", &gap.rank.to_string()),
    ];
    add(&mut made, "props", props.into_iter().flatten().collect());
    let is_found = found.score.items.iter().any(|score| score.item == gap.item && score.gap_supported.is_some());
    if is_found {
        // It stands in the assessment results of the same moment.
        add(&mut made, "related-findings", vec![json!({ "finding-uuid": finding_uuid(found, item) })]);
    }
    made
}

fn risk(found: &Found<'_>, gap: &Gap, item: &Item, blocks: &Blocks, design: Option<&Design>) -> Value {
    let is_for = |chosen: &&Chosen| chosen.because.contains(&gap.item);
    let tasks: Vec<Value> = design
        .into_iter()
        .flat_map(|design| &design.blocks)
        .filter(is_for)
        .map(|chosen| task(found, gap, chosen, blocks, design))
        .collect();
    let mut remediation = json!({
        "uuid": found.lasting("remediation", &gap.item),
        "lifecycle": if tasks.is_empty() { "recommendation" } else { "planned" },
        "title": line(item.name.of(found.lang)),
        "description": advice(found, item),
    });
    add(&mut remediation, "tasks", tasks);
    json!({
        "uuid": found.lasting("risk", &gap.item),
        "title": line(item.name.of(found.lang)),
        "description": format!("The level lies {} of the scale below its target.", steps(gap.steps)),
        "statement": markup(item.question.as_ref().unwrap_or(&item.name).of(found.lang)),
        "status": "open",
        "remediations": [remediation],
    })
}

fn steps(count: i64) -> String {
    if count == 1 { "one step".into() } else { format!("{count} steps") }
}

fn task(found: &Found<'_>, gap: &Gap, chosen: &Chosen, blocks: &Blocks, design: Option<&Design>) -> Value {
    let name = blocks.get(&chosen.block).map_or(chosen.block.as_str(), |block| block.name.of(found.lang));
    let range = |[low, high]: [i64; 2]| format!("{low} to {high}");
    let mut task = json!({
        "uuid": found.lasting("task", &format!("{} {}", gap.item, chosen.block)),
        "type": "action",
        "title": line(name),
    });
    let currency = design.map_or("", |design| design.currency.as_str());
    let props = [
        prop("block", &chosen.block),
        prop("week", &chosen.week.to_string()),
        prop("first-year", &format!("{} {currency}", range(chosen.first_year))),
        prop("yearly", &format!("{} {currency}", range(chosen.yearly))),
        prop("effort-days", &range(chosen.effort_days)),
    ];
    add(&mut task, "props", props.into_iter().flatten().collect());
    task
}
