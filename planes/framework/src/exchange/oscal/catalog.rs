//! A catalogue as an OSCAL `catalog`: what is answered becomes controls, headings become groups.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::{NS, OSCAL, add, line, markup, prop, set, statement, token, uuid_of, written};
use crate::catalogue::{Catalogue, Item};
use crate::text::Text;

/// A catalogue has no date of its own, its hash is its version; the field may not be left out, and the same catalogue is to give
/// the same bytes.
const UNDATED: &str = "2026-01-01T00:00:00Z";

/// Writes a catalogue, with its texts in a language.
pub fn oscal_catalog(catalogue: &Catalogue, lang: &str) -> String {
    let told = &catalogue.told;
    let mut under: HashMap<&str, Vec<&Item>> = HashMap::new();
    for item in &told.items {
        under.entry(&item.parent).or_default().push(item);
    }
    let props = [
        prop("catalogue", catalogue.id()),
        prop("edition", &told.edition),
        prop("rule", told.rule.as_str()),
        prop("language", lang),
    ];
    let mut metadata = json!({
        "title": line(told.name.of(lang)),
        "last-modified": UNDATED,
        "version": catalogue.hash,
        "oscal-version": OSCAL,
        "props": props.into_iter().flatten().collect::<Vec<_>>(),
    });
    let publisher = line(&told.publisher);
    if !publisher.is_empty() {
        let party = uuid_of(&["publisher", &publisher]);
        add(&mut metadata, "parties", vec![json!({ "uuid": party, "type": "organization", "name": publisher })]);
    }
    if let Some(text) = &told.attribution {
        set(&mut metadata, "remarks", markup(text.of(lang)).into());
    }
    let mut document =
        json!({ "uuid": uuid_of(&["catalog", catalogue.id(), &catalogue.hash, lang]), "metadata": metadata });
    let (groups, controls) = children("", &under, lang, 0);
    add(&mut document, "groups", groups);
    add(&mut document, "controls", controls);
    let resources = told.source.iter().map(|source| {
        let mut resource = json!({
            "uuid": uuid_of(&["source", catalogue.id(), &source.id]),
            "title": line(&source.title),
        });
        if !source.url.is_empty() {
            add(&mut resource, "rlinks", vec![json!({ "href": source.url })]);
        }
        resource
    });
    let resources: Vec<Value> = resources.collect();
    if !resources.is_empty() {
        set(&mut document, "back-matter", json!({ "resources": resources }));
    }
    written("catalog", document)
}

/// Deeper than a catalogue may be.
const DEPTH: usize = 16;

fn children(id: &str, under: &HashMap<&str, Vec<&Item>>, lang: &str, depth: usize) -> (Vec<Value>, Vec<Value>) {
    let (mut groups, mut controls) = (Vec::new(), Vec::new());
    for item in under.get(id).into_iter().flatten().filter(|_| depth < DEPTH) {
        match item.assessable {
            false => groups.push(group(item, under, lang, depth)),
            true => controls.push(control(item, under, lang, depth)),
        }
    }
    (groups, controls)
}

fn group(item: &Item, under: &HashMap<&str, Vec<&Item>>, lang: &str, depth: usize) -> Value {
    let mut group = head(item, "section", lang);
    let overview = item.description.as_ref().map(|text| part(item, "overview", "ovw", text, lang));
    add(&mut group, "parts", overview.into_iter().collect());
    let (groups, controls) = children(&item.ref_id, under, lang, depth + 1);
    add(&mut group, "groups", groups);
    add(&mut group, "controls", controls);
    group
}

fn control(item: &Item, under: &HashMap<&str, Vec<&Item>>, lang: &str, depth: usize) -> Value {
    let mut control = head(item, "item", lang);
    let mut parts = vec![json!({
        "id": statement(item),
        "name": "statement",
        "prose": markup(item.question.as_ref().unwrap_or(&item.name).of(lang)),
    })];
    let texts = [
        ("guidance", "gdn", &item.description),
        ("typical-evidence", "evd", &item.typical_evidence),
        ("recommendation", "rec", &item.recommendation),
    ];
    parts.extend(texts.into_iter().filter_map(|(name, end, text)| Some(part(item, name, end, text.as_ref()?, lang))));
    add(&mut control, "parts", parts);
    // A control holds controls only: what stands under it is one, whether it is answered or not.
    let (groups, mut controls) = children(&item.ref_id, under, lang, depth + 1);
    controls.extend(groups.into_iter().map(|mut group| {
        let inner = group.as_object_mut().and_then(|group| group.remove("groups"));
        if let Some(Value::Array(inner)) = inner {
            let mut all = group.get("controls").and_then(Value::as_array).cloned().unwrap_or_default();
            all.extend(inner);
            add(&mut group, "controls", all);
        }
        group
    }));
    add(&mut control, "controls", controls);
    control
}

fn head(item: &Item, class: &str, lang: &str) -> Value {
    json!({
        "id": token(&item.ref_id),
        "class": class,
        "title": line(item.name.of(lang)),
        "props": [{ "name": "label", "value": item.ref_id }],
    })
}

fn part(item: &Item, name: &str, end: &str, text: &Text, lang: &str) -> Value {
    let mut part = json!({
        "id": format!("{}_{end}", token(&item.ref_id)),
        "name": name,
        "prose": markup(text.of(lang)),
    });
    // Names beside OSCAL's own stand in a space of their own.
    if !matches!(name, "overview" | "guidance") {
        set(&mut part, "ns", NS.into());
    }
    part
}
