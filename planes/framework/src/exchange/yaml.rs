//! JSON written as YAML, with the names in an order that people expect.

use serde_json::Value;
use serde_yaml_ng::{Mapping, Value as Yaml};

/// Writes a value; the names of `order` come first, in that order, then the others by the alphabet.
pub(super) fn to_yaml(value: &Value, order: &[&str]) -> String {
    // A JSON value has nothing that YAML cannot say.
    serde_yaml_ng::to_string(&ordered(value, order)).unwrap_or_default()
}

fn ordered(value: &Value, order: &[&str]) -> Yaml {
    match value {
        Value::Null => Yaml::Null,
        Value::Bool(flag) => Yaml::Bool(*flag),
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => Yaml::Number(whole.into()),
            (None, real) => Yaml::Number(real.unwrap_or_default().into()),
        },
        Value::String(text) => Yaml::String(text.clone()),
        Value::Array(items) => Yaml::Sequence(items.iter().map(|item| ordered(item, order)).collect()),
        Value::Object(members) => {
            let rank = |name: &str| order.iter().position(|known| *known == name).unwrap_or(order.len());
            let mut names: Vec<&String> = members.keys().collect();
            names.sort_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| a.cmp(b)));
            let pairs = names
                .into_iter()
                .filter_map(|name| members.get(name).map(|value| (Yaml::String(name.clone()), ordered(value, order))));
            Yaml::Mapping(pairs.collect::<Mapping>())
        }
    }
}
