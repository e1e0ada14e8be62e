//! One way to write a file's content, so that equal content has one hash: keys sorted, no insignificant space, NFC.

use serde_json::{Map, Number, Value};
use serde_yaml_ng::Value as Yaml;
use sha2::{Digest as _, Sha256};
use unicode_normalization::UnicodeNormalization as _;

/// How deep lists and maps may stand in each other.
const DEPTH: usize = 16;
/// Values a file may hold.
const VALUES: usize = 200_000;

/// What YAML says, as JSON; or the path of what JSON cannot say, and what was expected.
pub(crate) fn from_yaml(yaml: &Yaml) -> Result<Value, (String, String)> {
    let mut left = VALUES;
    convert(yaml, "", DEPTH, &mut left)
}

fn convert(yaml: &Yaml, path: &str, depth: usize, left: &mut usize) -> Result<Value, (String, String)> {
    let refuse = |why: &str| Err((path.to_string(), why.to_string()));
    let (Some(deeper), Some(fewer)) = (depth.checked_sub(1), left.checked_sub(1)) else {
        return refuse(&format!("it is too deep or too long; expected at most {DEPTH} levels and {VALUES} values"));
    };
    *left = fewer;
    Ok(match yaml {
        Yaml::Null => Value::Null,
        Yaml::Bool(flag) => Value::Bool(*flag),
        Yaml::Number(number) => {
            let exact = number.as_i64().map(Number::from);
            match exact.or_else(|| number.as_f64().and_then(Number::from_f64)) {
                Some(number) => Value::Number(number),
                None => return refuse("expected a finite number"),
            }
        }
        Yaml::String(text) => Value::String(text.nfc().collect()),
        Yaml::Sequence(items) => {
            let each = items.iter().enumerate();
            let each = each.map(|(at, item)| convert(item, &format!("{path}[{at}]"), deeper, left));
            Value::Array(each.collect::<Result<_, _>>()?)
        }
        Yaml::Mapping(members) => {
            let mut map = Map::new();
            for (name, value) in members {
                let Yaml::String(name) = name else {
                    return refuse("expected names that are texts; put them in quotes");
                };
                let name: String = name.nfc().collect();
                let inner = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                let value = convert(value, &inner, deeper, left)?;
                if map.insert(name, value).is_some() {
                    return Err((inner, "it is there twice".into()));
                }
            }
            Value::Object(map)
        }
        Yaml::Tagged(_) => return refuse("a tag (!…) is not taken; expected a plain value"),
    })
}

/// The value with sorted names and no space.
pub fn canonical(value: &Value) -> String {
    let mut text = String::new();
    write(value, &mut text);
    text
}

fn write(value: &Value, out: &mut String) {
    match value {
        Value::Object(members) => {
            let mut names: Vec<&String> = members.keys().collect();
            names.sort();
            out.push('{');
            for (at, name) in names.into_iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                out.push_str(&Value::String(name.clone()).to_string());
                out.push(':');
                write(members.get(name).unwrap_or(&Value::Null), out);
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write(item, out);
            }
            out.push(']');
        }
        plain => out.push_str(&plain.to_string()),
    }
}

/// The SHA-256 of a text in lower-case hex.
pub fn hash(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{canonical, from_yaml};

    #[test]
    fn the_same_content_has_the_same_text() {
        let one = from_yaml(&serde_yaml_ng::from_str("{b: [1, 2.5, null], a: \"e\u{301}\"}").unwrap()).unwrap();
        let two = from_yaml(&serde_yaml_ng::from_str("a: é\nb:\n  - 1\n  - 2.50\n  - ~\n").unwrap()).unwrap();
        assert_eq!(canonical(&one), "{\"a\":\"é\",\"b\":[1,2.5,null]}");
        assert_eq!(canonical(&one), canonical(&two));
    }

    #[test]
    fn what_json_cannot_say_is_refused_with_its_path() {
        for (text, path) in [("a: {1: x}", "a"), ("a: [.inf]", "a[0]"), ("a: !x y", "a"), ("{é: 1, e\u{301}: 2}", "é")]
        {
            assert_eq!(from_yaml(&serde_yaml_ng::from_str(text).unwrap()).unwrap_err().0, path, "{text}");
        }
        let deep = format!("{}1{}", "[".repeat(40), "]".repeat(40));
        assert!(from_yaml(&serde_yaml_ng::from_str(&deep).unwrap()).is_err());
    }

    proptest! {
        #[test]
        fn canonical_text_read_again_is_the_same(text in "[a-c{}\\[\\]:, \\n\"0-9.é-]{0,60}") {
            let Ok(yaml) = serde_yaml_ng::from_str(&text) else { return Ok(()) };
            let Ok(value) = from_yaml(&yaml) else { return Ok(()) };
            let once = canonical(&value);
            prop_assert_eq!(canonical(&serde_json::from_str(&once).unwrap()), once);
        }
    }
}
