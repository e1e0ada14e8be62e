//! Libraries of CISO Assistant (YAML): read into a catalogue, and written from one.
//!
//! What a library says and a catalogue does not know is kept beside what it became: the difference between the library and what
//! would be written from the catalogue. So nothing is lost on the way there and back, and what is changed here is changed there.

mod read;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use crate::catalogue::{Catalogue, Item, Told};
use crate::text::Text;

use super::yaml::to_yaml;

pub use read::{Imported, read_library};

/// The member in which a catalogue keeps what only the library knows.
const KEPT: &str = "ciso";
/// The language of a library that names none.
const LOCALE: &str = "en";

/// The names in the order in which libraries have them; others follow by the alphabet.
const ORDER: &[&str] = &[
    "urn",
    "parent_urn",
    "assessable",
    "depth",
    "locale",
    "ref_id",
    "score",
    "name",
    "description",
    "annotation",
    "typical_evidence",
    "copyright",
    "version",
    "publication_date",
    "provider",
    "packager",
    "dependencies",
    "min_score",
    "max_score",
    "scores_definition",
    "weight",
    "translations",
    "objects",
    "framework",
    "requirement_nodes",
];

/// Writes a catalogue as a library, with all that the library it came from said.
pub fn write_library(catalogue: &Catalogue) -> String {
    // The text was read before it was kept, so there is nothing here that JSON could not read.
    let whole: Value = serde_json::from_str(&catalogue.text).unwrap_or_default();
    to_yaml(&library_of(&catalogue.told, &whole), ORDER)
}

fn library_of(told: &Told, whole: &Value) -> Value {
    let kept = whole.get(KEPT).cloned().unwrap_or_default();
    let part = |name: &str| kept.get(name).cloned().unwrap_or_default();
    let locale = kept.pointer("/library/more/locale").and_then(Value::as_str).unwrap_or(LOCALE).to_string();
    let mut library = header_of(told, &locale);
    apply(&mut library, &part("library"));
    let mut framework = framework_of(told, whole, &locale);
    apply(&mut framework, &part("framework"));
    let mut nodes = Nodes::of(&framework);
    let items = whole.get("items").and_then(Value::as_array);
    let written = told.items.iter().enumerate().map(|(at, item)| {
        let mut node = nodes.node(item, &locale);
        let extra = items.and_then(|items| items.get(at)).and_then(|item| item.get(KEPT));
        apply(&mut node, extra.unwrap_or(&Value::Null));
        nodes.note(&item.ref_id, &node);
        Value::Object(node)
    });
    let written: Vec<Value> = written.collect();
    framework.insert("requirement_nodes".into(), written.into());
    let mut objects = part("objects").as_object().cloned().unwrap_or_default();
    match kept.get("list").and_then(Value::as_bool) {
        Some(true) => objects.insert("frameworks".into(), json!([framework])),
        _ => objects.insert("framework".into(), framework.into()),
    };
    library.insert("objects".into(), objects.into());
    library.into()
}

/// The head of a library as it would be written.
fn header_of(told: &Told, locale: &str) -> Map<String, Value> {
    let mut head = Map::new();
    head.insert("urn".into(), format!("urn:manara:risk:library:{}", told.ref_id).into());
    head.insert("locale".into(), LOCALE.into());
    head.insert("ref_id".into(), told.ref_id.clone().into());
    put(&mut head, "name", Some(&told.name), locale);
    put(&mut head, "description", told.description.as_ref(), locale);
    put(&mut head, "copyright", told.attribution.as_ref(), locale);
    head.insert("version".into(), told.edition.parse::<i64>().unwrap_or(1).into());
    if !told.publisher.is_empty() {
        head.insert("provider".into(), told.publisher.clone().into());
    }
    head.insert("packager".into(), "manara".into());
    head
}

/// The framework without its nodes as it would be written.
fn framework_of(told: &Told, whole: &Value, locale: &str) -> Map<String, Value> {
    let mut framework = Map::new();
    framework.insert("urn".into(), format!("urn:manara:risk:framework:{}", told.ref_id).into());
    framework.insert("ref_id".into(), told.ref_id.clone().into());
    put(&mut framework, "name", Some(&told.name), locale);
    put(&mut framework, "description", told.description.as_ref(), locale);
    let ends = told.scale.first().zip(told.scale.last());
    if let Some((first, last)) = ends {
        framework.insert("min_score".into(), first.value.into());
        framework.insert("max_score".into(), last.value.into());
    }
    let levels = whole.get("scale").and_then(Value::as_array);
    let level = |(at, level): (usize, &crate::catalogue::Level)| {
        let mut written = Map::new();
        written.insert("score".into(), level.value.into());
        put(&mut written, "name", Some(&level.name), locale);
        let more = levels.and_then(|levels| levels.get(at)).and_then(|level| level.get("description"));
        let more: Option<Text> = more.and_then(|text| serde_json::from_value(text.clone()).ok());
        put(&mut written, "description", more.as_ref(), locale);
        Value::Object(written)
    };
    let levels: Vec<Value> = told.scale.iter().enumerate().map(level).collect();
    framework.insert("scores_definition".into(), levels.into());
    framework
}

/// The nodes of a framework while they are written one after the other.
struct Nodes {
    /// How their URNs begin.
    base: String,
    /// The URN and the depth of each item that was written.
    written: HashMap<String, (String, i64)>,
}

impl Nodes {
    fn of(framework: &Map<String, Value>) -> Nodes {
        let urn = framework.get("urn").and_then(Value::as_str).unwrap_or_default();
        let base = match urn.contains(":framework:") {
            true => urn.replacen(":framework:", ":req_node:", 1),
            false => format!("{urn}:req_node"),
        };
        Nodes { base, written: HashMap::new() }
    }

    /// A node as it would be written.
    fn node(&self, item: &Item, locale: &str) -> Map<String, Value> {
        let above = self.written.get(&item.parent);
        let mut node = Map::new();
        node.insert("urn".into(), format!("{}:{}", self.base, item.ref_id.to_lowercase()).into());
        if let Some((urn, _)) = above {
            node.insert("parent_urn".into(), urn.clone().into());
        }
        node.insert("assessable".into(), item.assessable.into());
        node.insert("depth".into(), above.map_or(1, |(_, depth)| depth + 1).into());
        node.insert("ref_id".into(), item.ref_id.clone().into());
        put(&mut node, "name", Some(&item.name), locale);
        // What is asked is a requirement's description there, and what helps its annotation.
        let (description, annotation) = match item.assessable {
            true => (item.question.as_ref(), item.description.as_ref()),
            false => (item.description.as_ref(), None),
        };
        put(&mut node, "description", description, locale);
        put(&mut node, "annotation", annotation, locale);
        put(&mut node, "typical_evidence", item.typical_evidence.as_ref(), locale);
        if item.weight.fract() != 0.0 {
            node.insert("weight".into(), item.weight.into());
        } else if item.weight != 1.0 {
            node.insert("weight".into(), (item.weight as i64).into());
        }
        node
    }

    /// Remembers a node as it was written, for those under it.
    fn note(&mut self, id: &str, node: &Map<String, Value>) {
        let urn = node.get("urn").and_then(Value::as_str).unwrap_or_default().to_string();
        let depth = node.get("depth").and_then(Value::as_i64).unwrap_or(1);
        self.written.insert(id.to_string(), (urn, depth));
    }
}

/// Writes a text in the language of the library, its other languages among the translations.
fn put(map: &mut Map<String, Value>, field: &str, text: Option<&Text>, locale: &str) {
    let Some(text) = text else { return };
    let base = text.of(locale).to_string();
    for (lang, words) in text.all() {
        // English that only stands in for a library's own language is no translation.
        if lang == locale || (lang == "en" && words == base) {
            continue;
        }
        let translations = map.entry("translations").or_insert_with(|| json!({}));
        let of_lang = translations.as_object_mut().map(|all| all.entry(lang).or_insert_with(|| json!({})));
        if let Some(of_lang) = of_lang.and_then(Value::as_object_mut) {
            of_lang.insert(field.into(), words.into());
        }
    }
    map.insert(field.into(), base.into());
}

/// What `apply` needs to make `told` of `written`; nothing when they are the same.
fn difference(written: &Map<String, Value>, told: &Map<String, Value>) -> Option<Value> {
    let more: Map<String, Value> = told
        .iter()
        .filter(|(name, value)| written.get(*name) != Some(*value))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    let less: Vec<&String> = written.keys().filter(|name| !told.contains_key(*name)).collect();
    let mut kept = Map::new();
    if !more.is_empty() {
        kept.insert("more".into(), more.into());
    }
    if !less.is_empty() {
        kept.insert("less".into(), json!(less));
    }
    (!kept.is_empty()).then_some(Value::Object(kept))
}

fn apply(written: &mut Map<String, Value>, kept: &Value) {
    for name in kept.get("less").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
        written.remove(name);
    }
    for (name, value) in kept.get("more").and_then(Value::as_object).into_iter().flatten() {
        written.insert(name.clone(), value.clone());
    }
}
