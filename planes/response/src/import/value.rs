//! What foreign JSON says, in our terms: texts, times, classes, observables.

use std::collections::HashSet;

use manara_formats::mail::{Tlds, observables};
use manara_formats::{SourceZone, parse_time};
use manara_model::{CLASSES, Micros};
use serde_json::Value;

use super::Fault;
use crate::message::Seen;

/// The class of what nobody has classified.
pub(super) const UNCLASSIFIED: (&str, &str) = ("other", "undetermined");
/// Characters of a name or a fact.
const FACT_CHARS: usize = 10_000;

/// The members of a list: of an array, of the list in an answer, or one value that stands for itself.
pub(super) fn list(value: Option<&Value>) -> &[Value] {
    match value {
        None | Some(Value::Null) => &[],
        Some(Value::Array(all)) => all,
        Some(Value::Object(map)) if map.get("items").is_some_and(Value::is_array) => list(map.get("items")),
        Some(one) => std::slice::from_ref(one),
    }
}

/// A text, a number, yes or no as a text; of an object its name. Empty for what is none.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::String(text) => clean(text),
        Value::Number(number) => number.to_string(),
        Value::Bool(yes) => yes.to_string(),
        Value::Object(map) => {
            let names = ["Name", "name", "EmailAddress", "value", "id", "login"];
            names.iter().filter_map(|name| map.get(*name)).map(text).find(|text| !text.is_empty()).unwrap_or_default()
        }
        Value::Null | Value::Array(_) => String::new(),
    }
}

/// The first of some members that says something.
pub(super) fn member(of: &Value, names: &[&str]) -> String {
    names.iter().filter_map(|name| of.get(*name)).map(text).find(|text| !text.is_empty()).unwrap_or_default()
}

/// A text without NUL and without blanks around.
pub(super) fn clean(text: &str) -> String {
    text.trim().chars().filter(|c| *c != '\0').collect()
}

/// A moment, as text or as milliseconds since 1970; what is not set (nothing, or 1970 itself) is none.
pub(super) fn moment(of: &Value, names: &[&'static str]) -> Result<Option<Micros>, Fault> {
    for &name in names {
        let said = of.get(name).map(text).unwrap_or_default();
        if said.is_empty() || said == "0" || said.starts_with("1970-01-01") || said == "Not set" {
            continue;
        }
        let expected = "a time such as 2024-01-31T08:00:00Z";
        let at = parse_time(&said, SourceZone::Utc).ok_or_else(|| Fault::value(name, &said, expected))?;
        return Ok(Some(at));
    }
    Ok(None)
}

/// The RSIT class and type that a word names: the name of a type, `class/type`, or a word many teams use.
pub(super) fn class(word: &str) -> Option<(&'static str, &'static str)> {
    let key =
        |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect() };
    let said = key(word.rsplit(['/', ':', '=']).next().unwrap_or_default());
    if said.is_empty() {
        return None;
    }
    let types = || CLASSES.iter().flat_map(|class| class.types.iter().map(move |kind| (class.value, kind)));
    let named = types().find(|(_, kind)| key(kind.value) == said || key(kind.title) == said);
    let word = || WORDS.iter().find(|(word, _)| *word == said).map(|(_, kind)| *kind);
    let kind = named.map(|(_, kind)| kind.value).or_else(word)?;
    types().find(|(_, one)| one.value == kind).map(|(class, one)| (class, one.value))
}

/// Words for types of RSIT that are not their names.
const WORDS: [(&str, &str); 20] = [
    ("scan", "scanner"),
    ("portscan", "scanner"),
    ("piracy", "copyright"),
    ("copyrightinfringement", "copyright"),
    ("denialofserviceattack", "dos"),
    ("ddosattack", "ddos"),
    ("malware", "infected-system"),
    ("virus", "infected-system"),
    ("ransomware", "infected-system"),
    ("botnet", "infected-system"),
    ("commandandcontrol", "c2-server"),
    ("bruteforceattack", "brute-force"),
    ("compromisedaccount", "unprivileged-account-compromise"),
    ("accountcompromise", "unprivileged-account-compromise"),
    ("defacement", "application-compromise"),
    ("websitedefacement", "application-compromise"),
    ("dataleakage", "data-leak"),
    ("databreach", "data-leak"),
    ("vulnerability", "vulnerable-system"),
    ("query", "other"),
];

/// What a text names, added to what is known already.
pub(super) fn observe(seen: &mut Vec<Seen>, text: &str) -> usize {
    let before = seen.len();
    for one in observables(text, Tlds::built_in()) {
        let one = Seen { kind: one.kind.as_str().into(), value: one.value };
        if !seen.contains(&one) {
            seen.push(one);
        }
    }
    seen.len() - before
}

/// Facts under their names, without empty ones.
#[derive(Debug, Default)]
pub(super) struct Facts(pub(super) Vec<(String, String)>);

impl Facts {
    /// Adds what is said.
    pub(super) fn add(&mut self, name: &str, said: &str) {
        let said: String = clean(said).chars().take(FACT_CHARS).collect();
        if !said.is_empty() {
            self.0.push((clean(name).chars().take(200).collect(), said));
        }
    }

    /// Adds what the members of that name say, with commas between.
    pub(super) fn all(&mut self, name: &str, values: &[Value]) {
        let texts: Vec<String> = values.iter().map(text).filter(|text| !text.is_empty()).collect();
        self.add(name, &texts.join(", "));
    }
}

/// Each once, in its order.
pub(super) fn once(all: Vec<String>) -> Vec<String> {
    let mut known = HashSet::new();
    all.into_iter().filter(|one| !one.is_empty() && known.insert(one.clone())).collect()
}
