//! OSCAL of NIST, model version 1.1, as JSON: a catalogue as `catalog`, an assessment as `assessment-results`, its gaps as
//! `plan-of-action-and-milestones`. The same input gives the same bytes: every UUID is made of what it names (RFC 9562, version 5).

mod catalog;
mod poam;
mod results;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod tests;

use manara_model::Micros;
use ring::digest;
use serde_json::{Map, Value, json};
use uuid::{Builder, Uuid, uuid};

use crate::assessment::Assessment;
use crate::canonical::{canonical, hash};
use crate::catalogue::{Catalogue, Item};
use crate::score::Score;
use crate::sheet::Sheet;

pub use catalog::oscal_catalog;
pub use poam::oscal_poam;
pub use results::oscal_results;

/// The version of the models that is written.
pub const OSCAL: &str = "1.1.3";
/// The names of our properties belong to this space.
const NS: &str = "https://manara.invalid/ns/oscal";
/// What UUIDs are made in.
const SPACE: Uuid = uuid!("6d1f3c0a-5b7e-4c58-9f21-8e0d4b7a2c63");

/// What an assessment found, at a moment.
#[derive(Debug, Clone)]
pub struct Found<'f> {
    assessment: &'f Assessment,
    catalogue: &'f Catalogue,
    sheet: &'f Sheet,
    score: &'f Score,
    at: Micros,
    lang: &'f str,
    /// The SHA-256 of what was said.
    said: String,
}

impl<'f> Found<'f> {
    /// What was found `at` a moment: of a snapshot when it was taken, else when something was said last. Texts are in `lang`.
    pub fn new(
        assessment: &'f Assessment,
        catalogue: &'f Catalogue,
        (sheet, score): (&'f Sheet, &'f Score),
        at: Micros,
        lang: &'f str,
    ) -> Found<'f> {
        let said = hash(&canonical(&serde_json::to_value(sheet).unwrap_or_default()));
        Found { assessment, catalogue, sheet, score, at, lang, said }
    }

    /// The UUID of something of this assessment, as it was at this moment.
    fn uuid(&self, kind: &str, name: &str) -> String {
        let profile = self.score.profile.as_deref().unwrap_or_default();
        uuid_of(&[kind, &self.assessment.id, &self.score.version, &self.said, profile, name])
    }

    /// The UUID of something that stays the same from one moment to the next.
    fn lasting(&self, kind: &str, name: &str) -> String {
        uuid_of(&[kind, &self.assessment.id, name])
    }

    fn metadata(&self, title: String) -> Value {
        let mut props = vec![
            prop("marking", self.assessment.tlp.label()),
            prop("assessment", &self.assessment.id),
            prop("catalogue", self.catalogue.id()),
            prop("catalogue-version", &self.catalogue.hash),
            prop("language", self.lang),
        ];
        props.extend(self.score.profile.as_deref().and_then(|profile| prop("profile", profile)).map(Some));
        let mut organisations: Vec<&str> = self.sheet.voices.iter().map(|voice| voice.organisation.as_str()).collect();
        organisations.sort_unstable();
        organisations.dedup();
        // Who answered stays here; for whom they spoke is what a reader elsewhere needs.
        let party = |name: &&str| json!({ "uuid": self.party(name), "type": "organization", "name": line(name) });
        let parties: Vec<Value> = organisations.iter().map(party).collect();
        let mut metadata = json!({
            "title": title,
            "last-modified": self.at.rfc3339(),
            "version": self.assessment.version.to_string(),
            "oscal-version": OSCAL,
            "props": props.into_iter().flatten().collect::<Vec<_>>(),
        });
        add(&mut metadata, "parties", parties);
        metadata
    }

    fn party(&self, organisation: &str) -> String {
        self.lasting("party", organisation)
    }

    /// The catalogue as a resource, to which what has no plan of its own refers.
    fn resources(&self) -> Value {
        let told = &self.catalogue.told;
        let version = |name: &str, value: &str| prop(name, value);
        let props = [version("catalogue", self.catalogue.id()), version("catalogue-version", &self.catalogue.hash)];
        json!({ "resources": [{
            "uuid": self.resource(),
            "title": line(told.name.of(self.lang)),
            "description": markup(told.description.as_ref().map_or(told.ref_id.as_str(), |text| text.of(self.lang))),
            "props": props.into_iter().flatten().collect::<Vec<_>>(),
        }] })
    }

    fn resource(&self) -> String {
        uuid_of(&["resource", self.catalogue.id(), &self.catalogue.hash])
    }
}

/// A UUID made of what it names. The parts are told apart by their length, so that no two lists have one name.
fn uuid_of(parts: &[&str]) -> String {
    // SHA-1 is what version 5 is made of; nothing here depends on its strength.
    let mut context = digest::Context::new(&digest::SHA1_FOR_LEGACY_USE_ONLY);
    context.update(SPACE.as_bytes());
    for part in parts {
        context.update(format!("{}:", part.len()).as_bytes());
        context.update(part.as_bytes());
    }
    let hash = context.finish();
    let mut bytes = [0; 16];
    for (byte, from) in bytes.iter_mut().zip(hash.as_ref()) {
        *byte = *from;
    }
    Builder::from_sha1_bytes(bytes).into_uuid().to_string()
}

/// An id as OSCAL takes it: it begins with a letter or `_`.
fn token(id: &str) -> String {
    match id.chars().next() {
        Some(first) if first.is_alphabetic() || first == '_' => id.to_string(),
        _ => format!("_{id}"),
    }
}

/// The id of what an item asks.
fn statement(item: &Item) -> String {
    format!("{}_smt", token(&item.ref_id))
}

/// One of our properties; nothing when its value is empty.
fn prop(name: &str, value: &str) -> Option<Value> {
    let value = line(value);
    (!value.is_empty()).then(|| json!({ "name": name, "ns": NS, "value": value }))
}

/// A text on one line.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text as Markdown that reads as the text.
fn markup(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.trim().chars() {
        match c {
            '\\' | '*' | '`' | '~' | '^' | '[' | ']' => out.extend(['\\', c]),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            c => out.push(c),
        }
    }
    out
}

/// Adds a member.
fn set(to: &mut Value, name: &str, value: Value) {
    if let Some(map) = to.as_object_mut() {
        map.insert(name.into(), value);
    }
}

/// Adds a list, unless it is empty: OSCAL knows no empty lists.
fn add(to: &mut Value, name: &str, list: Vec<Value>) {
    if let Some(map) = to.as_object_mut().filter(|_| !list.is_empty()) {
        map.insert(name.into(), list.into());
    }
}

fn written(name: &str, document: Value) -> String {
    let whole = Value::Object(Map::from_iter([(name.to_string(), document)]));
    let mut text = serde_json::to_string_pretty(&whole).unwrap_or_default();
    text.push('\n');
    text
}
