//! A library of CISO Assistant becomes a catalogue.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{KEPT, LOCALE, Nodes, difference, framework_of, header_of};
use crate::catalogue::{Catalogue, Told};
use crate::check::{TEXT_CHARS, Trouble, read, read_catalogue};
use crate::exchange::catalogue_yaml;

/// Characters of a name that is made of a description.
const NAME_CHARS: usize = 120;
/// Levels a scale may have.
const LEVELS: usize = 20;

/// A library that was read.
#[derive(Debug, Clone)]
pub struct Imported {
    /// The catalogue it became.
    pub catalogue: Catalogue,
    /// Its file, ready to be put into `content/frameworks/`.
    pub yaml: String,
    /// How many nodes carry something a catalogue does not know: it is kept, and written again.
    pub kept: usize,
}

/// The shape of a library, as far as it is looked at.
#[derive(Deserialize)]
struct Library {
    urn: String,
    #[serde(default)]
    locale: Option<String>,
    objects: Objects,
}

#[derive(Deserialize)]
struct Objects {
    #[serde(default)]
    framework: Option<Framework>,
    #[serde(default)]
    frameworks: Option<Vec<Framework>>,
}

#[derive(Deserialize)]
struct Framework {
    urn: String,
    #[serde(default)]
    ref_id: Option<String>,
    requirement_nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    urn: String,
    #[serde(default)]
    parent_urn: Option<String>,
    #[serde(default)]
    ref_id: Option<String>,
    #[serde(default)]
    assessable: Option<bool>,
}

/// Reads a library; `file` is how it is called.
pub fn read_library(file: &str, text: &str) -> Result<Imported, Vec<Trouble>> {
    let (library, canonical): (Library, String) = read(file, text)?;
    let whole: Value = serde_json::from_str(&canonical).map_err(|error| trouble(file, 0, "", error))?;
    let locale = library.locale.clone().unwrap_or_else(|| LOCALE.into());
    let (framework, raw, path, in_list) = match (&library.objects.framework, &library.objects.frameworks) {
        (Some(one), None) => (one, whole.pointer("/objects/framework"), "objects.framework", false),
        (None, Some(all)) => match all.as_slice() {
            [one] => (one, whole.pointer("/objects/frameworks/0"), "objects.frameworks[0]", true),
            _ => {
                let what = format!("there are {} frameworks; expected one: split the library", all.len());
                return Err(trouble(file, line_of(text, "frameworks:"), "objects.frameworks", what));
            }
        },
        (Some(_), Some(_)) => {
            let what = "there is framework and frameworks; expected one of them";
            return Err(trouble(file, line_of(text, "frameworks:"), "objects", what));
        }
        (None, None) => {
            let what = "there is no framework in it; expected objects.framework with requirement_nodes";
            return Err(trouble(file, line_of(text, "objects:"), "objects", what));
        }
    };
    let empty = Map::new();
    let raw = raw.and_then(Value::as_object).unwrap_or(&empty);
    let source = Source { file, text, path, framework, raw, locale: &locale };
    let ids = source.ids()?;
    let mut made = source.catalogue(&library, &whole, &ids);
    let told: Told =
        serde_json::from_value(made.clone()).map_err(|error| trouble(file, line_of(text, path), path, error))?;
    let kept = source.keep(&mut made, &told, &whole, in_list);
    let yaml = catalogue_yaml(&made);
    let catalogue = read_catalogue(&format!("{}.yaml", told.ref_id), &yaml).map_err(|found| source.named(found))?;
    Ok(Imported { catalogue, yaml, kept })
}

fn trouble(file: &str, line: usize, path: &str, what: impl ToString) -> Vec<Trouble> {
    vec![Trouble { file: file.into(), line, path: path.into(), what: what.to_string() }]
}

/// The line on which a word stands for the first time, from 1; 0 when it stands nowhere.
fn line_of(text: &str, word: &str) -> usize {
    text.lines().position(|line| line.contains(word)).map_or(0, |at| at + 1)
}

/// The line of the node of a URN, and not of those that name it as their parent.
fn line_of_node(text: &str, urn: &str) -> usize {
    let is_it = |line: &str| {
        let line = line.trim_start_matches([' ', '-', '{']);
        line.strip_prefix("urn:").is_some_and(|rest| {
            let rest = rest.trim().trim_matches(['"', '\'']);
            rest == urn || rest.strip_prefix(urn).is_some_and(|after| after.starts_with([',', '"', '\'']))
        })
    };
    text.lines().position(is_it).map_or(0, |at| at + 1)
}

struct Source<'l> {
    file: &'l str,
    text: &'l str,
    path: &'l str,
    framework: &'l Framework,
    raw: &'l Map<String, Value>,
    locale: &'l str,
}

impl Source<'_> {
    fn nodes(&self) -> impl Iterator<Item = (&Node, &Map<String, Value>)> {
        let raw = self.raw.get("requirement_nodes").and_then(Value::as_array).into_iter().flatten();
        self.framework.requirement_nodes.iter().zip(raw.filter_map(Value::as_object))
    }

    /// Our id of each node, in their order, after everything that could be wrong with them was looked at.
    fn ids(&self) -> Result<Vec<String>, Vec<Trouble>> {
        let (mut troubles, mut urns, mut ids) = (Vec::new(), HashSet::new(), Vec::new());
        let (mut taken, mut counts) = (HashSet::new(), HashMap::<String, usize>::new());
        for (at, node) in self.framework.requirement_nodes.iter().enumerate() {
            let path = |part: &str| format!("{}.requirement_nodes[{at}].{part}", self.path);
            let line = || line_of_node(self.text, &node.urn);
            if node.urn.is_empty() || node.urn.len() > 500 {
                troubles.extend(trouble(self.file, line(), &path("urn"), "expected a URN of 1 to 500 characters"));
            }
            if let Some(parent) = node.parent_urn.as_deref().filter(|parent| !urns.contains(parent)) {
                let what = format!("there is no node {parent:.200} before it; expected the urn of a node above");
                troubles.extend(trouble(self.file, line(), &path("parent_urn"), what));
            }
            if !urns.insert(node.urn.as_str()) {
                let what = format!("{:.200} is there twice; expected a urn of its own", node.urn);
                troubles.extend(trouble(self.file, line(), &path("urn"), what));
            }
            let told = node.ref_id.as_deref().filter(|id| !id.trim().is_empty());
            let base = id_of(told.or(node.urn.rsplit(':').next()).unwrap_or_default());
            let mut id = base.clone();
            while !taken.insert(id.clone()) {
                let count = counts.entry(base.clone()).or_insert(1);
                *count += 1;
                id = format!("{base}-{count}");
            }
            ids.push(id);
        }
        troubles.truncate(50);
        if troubles.is_empty() { Ok(ids) } else { Err(troubles) }
    }

    /// The catalogue without what only the library knows.
    fn catalogue(&self, library: &Library, whole: &Value, ids: &[String]) -> Value {
        let by_urn: HashMap<&str, &String> =
            self.framework.requirement_nodes.iter().map(|node| node.urn.as_str()).zip(ids).collect();
        let head = whole.as_object().cloned().unwrap_or_default();
        let word = |name: &str| head.get(name).and_then(Value::as_str).unwrap_or_default();
        let id = self.framework.ref_id.as_deref().or(self.framework.urn.rsplit(':').next()).unwrap_or_default();
        let scale = scale(self.raw, self.locale);
        let items = self.nodes().zip(ids).map(|((node, raw), id)| self.item(node, raw, id, &by_urn));
        let name = text(self.raw, "name", self.locale).or_else(|| text(&head, "name", self.locale));
        let name = name.unwrap_or_else(|| json!({ "en": library.urn }));
        let mut made = json!({
            "format": 1,
            "ref_id": id_of(&id.to_lowercase()),
            "edition": head.get("version").map_or(String::new(), |version| version.to_string().trim_matches('"').into()),
            "publisher": word("provider").chars().take(200).collect::<String>(),
            "source": [{ "id": "library", "title": library.urn }],
            "rule": if scale.is_some() { "points" } else { "coverage" },
            "scale": scale.unwrap_or_else(results),
            "name": name,
            "items": items.collect::<Vec<_>>(),
        });
        let description =
            text(self.raw, "description", self.locale).or_else(|| text(&head, "description", self.locale));
        if let Some(map) = made.as_object_mut() {
            map.extend(description.map(|text| ("description".to_string(), text)));
            map.extend(text(&head, "copyright", self.locale).map(|text| ("attribution".to_string(), text)));
        }
        made
    }

    fn item(&self, node: &Node, raw: &Map<String, Value>, id: &str, by_urn: &HashMap<&str, &String>) -> Value {
        let assessable = node.assessable.unwrap_or_default();
        let mut item = Map::new();
        item.insert("ref_id".into(), id.into());
        if let Some(parent) = node.parent_urn.as_deref().and_then(|urn| by_urn.get(urn)) {
            item.insert("parent".into(), (*parent).clone().into());
        }
        let described = text(raw, "description", self.locale);
        let name = text(raw, "name", self.locale).unwrap_or_else(|| named(described.as_ref(), id));
        item.insert("name".into(), name);
        if assessable {
            item.insert("assessable".into(), true.into());
            item.insert("not_applicable".into(), true.into());
        }
        let (question, help) = match assessable {
            true => (described, text(raw, "annotation", self.locale)),
            false => (None, described),
        };
        let proof = text(raw, "typical_evidence", self.locale);
        for (field, text) in [("question", question), ("description", help), ("typical_evidence", proof)] {
            item.extend(text.map(|text| (field.to_string(), text)));
        }
        let weight = raw.get("weight").filter(|one| one.as_f64().is_some_and(|one| (0.001..=1_000.0).contains(&one)));
        item.extend(weight.map(|weight| ("weight".to_string(), weight.clone())));
        item.insert("source".into(), "library".into());
        item.into()
    }

    /// Puts beside each part of the catalogue what only the library knows of it; gives how many nodes have such.
    fn keep(&self, made: &mut Value, told: &Told, whole: &Value, in_list: bool) -> usize {
        let mut head = whole.as_object().cloned().unwrap_or_default();
        let mut objects = head.remove("objects").and_then(|one| one.as_object().cloned()).unwrap_or_default();
        objects.remove(if in_list { "frameworks" } else { "framework" });
        let mut framework = self.raw.clone();
        framework.remove("requirement_nodes");
        let mut kept = Map::new();
        let parts = [
            ("library", difference(&header_of(told, self.locale), &head)),
            ("framework", difference(&framework_of(told, made, self.locale), &framework)),
            ("objects", (!objects.is_empty()).then_some(Value::Object(objects))),
            ("list", in_list.then_some(Value::Bool(true))),
        ];
        kept.extend(parts.into_iter().filter_map(|(name, part)| Some((name.to_string(), part?))));
        let mut nodes = Nodes::of(&framework);
        let mut count = 0;
        let items = made.get_mut("items").and_then(Value::as_array_mut).into_iter().flatten();
        for ((item, made), (_, raw)) in told.items.iter().zip(items).zip(self.nodes()) {
            let more = difference(&nodes.node(item, self.locale), raw);
            nodes.note(&item.ref_id, raw);
            if let (Some(more), Some(made)) = (more, made.as_object_mut()) {
                count += 1;
                made.insert(KEPT.into(), more);
            }
        }
        if let Some(made) = made.as_object_mut().filter(|_| !kept.is_empty()) {
            made.insert(KEPT.into(), kept.into());
        }
        count
    }

    /// Mistakes of the catalogue that was made, told of the library they come from.
    fn named(&self, troubles: Vec<Trouble>) -> Vec<Trouble> {
        let named = |found: Trouble| {
            let at = found.path.strip_prefix("items[").and_then(|rest| rest.split(']').next()?.parse::<usize>().ok());
            let urn = at.and_then(|at| self.framework.requirement_nodes.get(at)).map(|node| node.urn.as_str());
            let path = match at {
                Some(_) => found.path.replacen("items", &format!("{}.requirement_nodes", self.path), 1),
                None => format!("{}.{}", self.path, found.path),
            };
            Trouble { file: self.file.into(), line: urn.map_or(0, |urn| line_of_node(self.text, urn)), path, ..found }
        };
        troubles.into_iter().map(named).collect()
    }
}

/// An id of ours that looks like theirs.
fn id_of(told: &str) -> String {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let id: String = told.trim().chars().map(|c| if fits(c) { c } else { '-' }).take(56).collect();
    if id.is_empty() { "node".into() } else { id }
}

/// A text with its translations; nothing when there is none in the library's own language.
fn text(map: &Map<String, Value>, field: &str, locale: &str) -> Option<Value> {
    let words = |map: &Map<String, Value>| {
        let words = map.get(field)?.as_str().filter(|words| !words.trim().is_empty() && !words.contains('\0'))?;
        Some(Value::String(cut(words, TEXT_CHARS)))
    };
    let base = words(map)?;
    let is_tag = |tag: &str| (2..=12).contains(&tag.len()) && tag.chars().all(|c| c.is_ascii_alphabetic() || c == '-');
    let mut all = Map::new();
    for (lang, of_lang) in map.get("translations").and_then(Value::as_object).into_iter().flatten() {
        if let Some(words) = of_lang.as_object().filter(|_| is_tag(lang)).and_then(words) {
            all.insert(lang.clone(), words);
        }
    }
    all.insert(if is_tag(locale) { locale } else { LOCALE }.into(), base.clone());
    all.entry(LOCALE).or_insert(base);
    Some(Value::Object(all))
}

/// The beginning of a text that is too long.
fn cut(words: &str, most: usize) -> String {
    match words.chars().count() > most {
        true => words.chars().take(most - 1).chain(['…']).collect(),
        false => words.to_string(),
    }
}

/// The name of a node that has none: how its description begins, else its id.
fn named(described: Option<&Value>, id: &str) -> Value {
    let all = described.and_then(Value::as_object);
    let first = |words: &str| words.trim().lines().next().map(|line| cut(line.trim(), NAME_CHARS)).unwrap_or_default();
    let begin = |(lang, words): (&String, &Value)| Some((lang.clone(), Value::String(first(words.as_str()?))));
    let names: Map<String, Value> = all.into_iter().flatten().filter_map(begin).collect();
    if names.is_empty() { json!({ "en": id }) } else { names.into() }
}

/// The levels of a framework; nothing when it has none that can be told apart.
fn scale(framework: &Map<String, Value>, locale: &str) -> Option<Value> {
    let defined = framework.get("scores_definition");
    let defined = defined.and_then(|one| one.as_array().or_else(|| one.get("scale").and_then(Value::as_array)));
    let mut levels: Vec<(i64, Value)> = Vec::new();
    for level in defined.into_iter().flatten().filter_map(Value::as_object) {
        let value = level.get("score").and_then(Value::as_i64).filter(|value| (0..=1_000).contains(value))?;
        let name = text(level, "name", locale).unwrap_or_else(|| json!({ "en": value.to_string() }));
        let mut made = json!({ "value": value, "name": name });
        if let Some(map) = made.as_object_mut() {
            map.extend(text(level, "description", locale).map(|text| ("description".to_string(), text)));
        }
        levels.push((value, made));
    }
    if levels.is_empty() {
        let end = |name: &str| framework.get(name).and_then(Value::as_i64);
        let (least, most) = (end("min_score")?, end("max_score")?);
        if least < 0 || most > 1_000 || most - least >= LEVELS as i64 {
            return None;
        }
        levels = (least..=most)
            .map(|value| (value, json!({ "value": value, "name": { "en": value.to_string() } })))
            .collect();
    }
    levels.sort_by_key(|(value, _)| *value);
    levels.dedup_by_key(|(value, _)| *value);
    (2..=LEVELS).contains(&levels.len()).then(|| levels.into_iter().map(|(_, level)| level).collect())
}

/// What a requirement without scores can be found to be.
fn results() -> Value {
    json!([
        { "value": 0, "name": { "en": "Non-compliant", "fr": "Non conforme", "ar": "غير مستوفى" } },
        { "value": 1, "name": { "en": "Partially compliant", "fr": "Partiellement conforme", "ar": "مستوفى جزئيًا" } },
        { "value": 2, "name": { "en": "Compliant", "fr": "Conforme", "ar": "مستوفى" } },
    ])
}
