//! JSON schemas in few words.

use serde_json::{Map, Value, json};

/// An object with exactly these members, all of them there.
pub fn object(members: &[(&str, Value)]) -> Value {
    let all: Vec<&str> = members.iter().map(|(name, _)| *name).collect();
    written(members, &all)
}

/// An object with these members, of which the first `needed` must be there. What else is sent is refused.
pub fn given(needed: usize, members: &[(&str, Value)]) -> Value {
    let names: Vec<&str> = members.iter().take(needed).map(|(name, _)| *name).collect();
    written(members, &names)
}

fn written(members: &[(&str, Value)], required: &[&str]) -> Value {
    let properties: Map<String, Value> =
        members.iter().map(|(name, schema)| ((*name).into(), schema.clone())).collect();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

/// A text.
pub fn text() -> Value {
    json!({ "type": "string" })
}

/// A text of so many characters, from `least` to `most`.
pub fn words(least: usize, most: usize) -> Value {
    json!({ "type": "string", "minLength": least, "maxLength": most })
}

/// A moment in UTC: `2026-01-15T06:00:00.000000Z`.
pub fn moment() -> Value {
    json!({ "type": "string", "format": "date-time" })
}

/// A moment, or none.
pub fn maybe_moment() -> Value {
    json!({ "type": ["string", "null"], "format": "date-time" })
}

/// A text, or none.
pub fn maybe_text() -> Value {
    json!({ "type": ["string", "null"] })
}

/// A whole number from 0.
pub fn count() -> Value {
    json!({ "type": "integer", "minimum": 0 })
}

/// A number from 0 to 1.
pub fn part() -> Value {
    json!({ "type": "number", "minimum": 0, "maximum": 1 })
}

/// Yes or no.
pub fn flag() -> Value {
    json!({ "type": "boolean" })
}

/// One of some words.
pub fn one_of<'a>(values: impl IntoIterator<Item = &'a str>) -> Value {
    json!({ "type": "string", "enum": values.into_iter().collect::<Vec<_>>() })
}

/// Any number of something.
pub fn many(item: Value) -> Value {
    json!({ "type": "array", "items": item })
}

/// From `least` to `most` of something.
pub fn some(least: usize, most: usize, item: Value) -> Value {
    json!({ "type": "array", "items": item, "minItems": least, "maxItems": most })
}

/// A schema of this API.
pub fn of(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// The severities.
pub fn severity() -> Value {
    one_of(manara_model::Severity::ALL.map(manara_model::Severity::as_str))
}

/// The markings.
pub fn tlp() -> Value {
    one_of(manara_model::Tlp::ALL.map(manara_model::Tlp::label))
}
