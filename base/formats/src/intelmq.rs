//! IntelMQ events as JSON, in and out: its 89 keys are our fields.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::io::Read;
use std::sync::OnceLock;

use chrono::SecondsFormat;
use manara_model::{FIELDS, Field, class_of_type};

use crate::draft::{Draft, Place};
use crate::json::{Json, Kind, Tape, check_object};
use crate::json_rows::each_item;
use crate::{ExtraJson, Limits, Outcome, ReadError, Reject, Sink, SourceZone, Stop, Value};

/// Types of older versions and what they are called since.
const OLD_TYPES: &[(&str, &str)] = &[
    ("backdoor", "system-compromise"),
    ("botnet drone", "infected-system"),
    ("c&c", "c2-server"),
    ("c2server", "c2-server"),
    ("compromised", "system-compromise"),
    ("ddos-amplifier", "ddos-amplifier"),
    ("defacement", "unauthorised-information-modification"),
    ("dropzone", "other"),
    ("infected system", "infected-system"),
    ("leak", "data-leak"),
    ("malware", "infected-system"),
    ("malware configuration", "malware-configuration"),
    ("ransomware", "infected-system"),
    ("unauthorized-command", "system-compromise"),
    ("unauthorized-login", "unprivileged-account-compromise"),
    ("unauthorized-use-of-resources", "unauthorised-use-of-resources"),
    ("unknown", "undetermined"),
    ("vulnerable client", "vulnerable-system"),
    ("vulnerable service", "vulnerable-system"),
];

fn fields() -> &'static HashMap<&'static str, Field> {
    static MAP: OnceLock<HashMap<&'static str, Field>> = OnceLock::new();
    MAP.get_or_init(|| FIELDS.iter().map(|spec| (spec.intelmq, spec.field)).collect())
}

/// Reads events, one a line or in an array, with flat keys (`source.ip`) or nested ones. What has no field is kept in
/// `extra` under its own name. An event without `time.source` is of its `time.observation`.
pub fn read_intelmq(input: impl Read, limits: &Limits, sink: &mut dyn Sink) -> Result<(), ReadError> {
    each_item(input, "time.source", limits, sink, |place, json, extra, sink| {
        read_event(place, json, limits, extra, sink)
    })
}

fn read_event(
    place: Place<'_>,
    json: Json<'_>,
    limits: &Limits,
    extra: &mut ExtraJson,
    sink: &mut dyn Sink,
) -> Result<(), Stop> {
    let kind = json.get("__type").and_then(|value| value.text());
    if let Some(kind) = kind.filter(|kind| kind != "Event") {
        return sink.reject(Reject::new(place.line, "__type", "unknown-kind", &kind, place.raw));
    }
    let mut draft = Draft::new();
    for (name, value) in json.members() {
        if name != "__type" {
            read_member(&mut draft, &name, value, limits, extra);
        }
    }
    if !draft.has(Field::Time) {
        let said = json.path("time.source").and_then(|value| value.scalar()).filter(|text| !text.is_empty());
        if let Some(text) = said {
            return sink.reject(Reject::new(place.line, "time.source", "bad-time", &text, place.raw));
        }
        let observed = draft.fields.iter().find(|(field, _)| *field == Field::Observed).map(|(_, value)| value.clone());
        if let Some(observed) = observed {
            draft.add(Field::Time, observed);
        }
    }
    classify(&mut draft, extra);
    draft.give(place, Outcome::Event, extra.finish(), sink)
}

fn read_member<'a>(draft: &mut Draft<'a>, name: &str, value: Json<'a>, limits: &Limits, extra: &mut ExtraJson) {
    if value.kind() == Kind::Null {
        return;
    }
    if name == "extra" {
        return read_extra(value, limits, extra);
    }
    if let Some(name) = name.strip_prefix("extra.") {
        return extra.json(name, value.raw());
    }
    let field = fields().get(name);
    if let (Some(field), Some(text)) = (field, value.scalar())
        && draft.read(*field, text, SourceZone::Utc).is_ok()
    {
        return;
    }
    match field {
        None if value.kind() == Kind::Object && is_prefix(name) => {
            for (inner, value) in value.members() {
                read_member(draft, &format!("{name}.{inner}"), value, limits, extra);
            }
        }
        _ => extra.json(name, value.raw()),
    }
}

/// Whether fields have names that begin with this one and a dot.
fn is_prefix(name: &str) -> bool {
    FIELDS.iter().any(|spec| spec.intelmq.strip_prefix(name).is_some_and(|rest| rest.starts_with('.')))
}

/// `extra` as an object, or as a text that holds one.
fn read_extra(value: Json<'_>, limits: &Limits, extra: &mut ExtraJson) {
    if value.kind() == Kind::Object {
        for (name, value) in value.members() {
            extra.json(&name, value.raw());
        }
        return;
    }
    let mut tape = Tape::default();
    let text = value.text().and_then(|text| check_object(&mut tape, text, limits).ok());
    match text {
        Some(text) => read_extra(tape.again(&text), limits, extra),
        None => extra.json("extra", value.raw()),
    }
}

/// Gives the class its two words. A type that nobody knows is kept in `extra`.
fn classify(draft: &mut Draft<'_>, extra: &mut ExtraJson) {
    let mut said = String::new();
    draft.fields.retain(|(field, value)| match (field, value) {
        (Field::Type, Value::Text(text)) => {
            said = text.to_ascii_lowercase();
            false
        }
        (Field::Taxonomy, _) => false,
        _ => true,
    });
    let renamed = OLD_TYPES.iter().find(|(old, _)| *old == said).map(|(_, new)| *new);
    let kind = renamed.unwrap_or(said.as_str());
    let (taxonomy, kind) = match class_of_type(kind) {
        Some(taxonomy) => (taxonomy, kind.to_string()),
        None => ("other", "undetermined".to_string()),
    };
    if !said.is_empty() && kind != said {
        extra.text("classification.type", &said);
    }
    draft.text(Field::Identifier, kind.clone());
    draft.text(Field::Taxonomy, taxonomy);
    draft.text(Field::Type, kind);
}

/// Writes one event as IntelMQ reads it: a JSON object with flat keys. `extra` is a JSON object text or empty; its
/// names are brought to the letters that IntelMQ allows.
pub fn to_intelmq(fields: &[(Field, Value<'_>)], extra: &str) -> String {
    let mut out = ExtraJson::default();
    for (field, value) in fields {
        let name = field.spec().intelmq;
        match value {
            _ if *field == Field::Extra => {}
            Value::Text(text) => out.text(name, text),
            Value::Ip(address) => out.text(name, &address.to_string()),
            Value::Number(number) => out.json(name, itoa::Buffer::new().format(*number)),
            Value::Real(number) if number.is_finite() => out.json(name, &format!("{number:?}")),
            Value::Real(_) => {}
            Value::Bool(true) => out.json(name, "true"),
            Value::Bool(false) => out.json(name, "false"),
            Value::Time(time) => out.text(name, &time.utc().to_rfc3339_opts(SecondsFormat::AutoSi, false)),
        }
    }
    let mut tape = Tape::default();
    let limits = Limits { json_depth: 128, ..Limits::default() };
    if let Ok(extra) = tape.parse(extra, &limits) {
        let mut names = HashSet::new();
        for (name, value) in extra.members() {
            let name = free_name(&name, &mut names);
            out.json(&format!("extra.{name}"), value.raw());
        }
    }
    match out.finish() {
        "" => "{}".to_string(),
        text => text.to_string(),
    }
}

/// A name of lower-case letters, digits, `_` and `.` that was not given before.
fn free_name(name: &str, names: &mut HashSet<String>) -> String {
    let allowed = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
    let word = |word: &str| {
        word.chars().map(|c| c.to_ascii_lowercase()).map(|c| if allowed(c) { c } else { '_' }).collect::<String>()
    };
    let words: Vec<String> = name.split('.').map(word).filter(|word| !word.is_empty()).collect();
    let base = if words.is_empty() { "unnamed".to_string() } else { words.join(".") };
    let mut free: Cow<'_, str> = Cow::Borrowed(&base);
    let mut count = 1;
    while names.contains(free.as_ref()) {
        count += 1;
        free = Cow::Owned(format!("{base}_{count}"));
    }
    names.insert(free.to_string());
    free.into_owned()
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, HashSet};

    use manara_model::{FIELDS, Field, Kind, Micros, class_of_type};
    use proptest::prelude::*;

    use super::{OLD_TYPES, free_name, read_intelmq, to_intelmq};
    use crate::{Drift, Limits, Reject, Row, Sink, Stop, Value};

    #[derive(Debug, Default)]
    struct Kept {
        rows: Vec<(BTreeMap<Field, String>, serde_json::Value, String)>,
        rejects: Vec<Reject>,
    }

    impl Sink for Kept {
        fn row(&mut self, row: Row<'_>) -> Result<(), Stop> {
            let fields = row
                .fields
                .iter()
                .map(|(field, value)| (*field, format!("{value:?}").replace("Borrowed", "Owned")))
                .collect();
            let extra = if row.extra.is_empty() { "{}" } else { row.extra };
            self.rows.push((fields, serde_json::from_str(extra).expect("JSON"), to_intelmq(&row.fields, row.extra)));
            Ok(())
        }
        fn reject(&mut self, reject: Reject) -> Result<(), Stop> {
            self.rejects.push(reject);
            Ok(())
        }
        fn drift(&mut self, _: Drift) {}
    }

    fn read(text: &str) -> Kept {
        let mut kept = Kept::default();
        read_intelmq(text.as_bytes(), &Limits::default(), &mut kept).expect("read");
        kept
    }

    /// A value for each field that IntelMQ itself would write.
    fn value(field: Field, seed: u64) -> Option<serde_json::Value> {
        use serde_json::json;
        let spec = field.spec();
        let pick = |list: &[&str]| json!(list[seed as usize % list.len()]);
        Some(match field {
            Field::Extra => return None,
            Field::Type => pick(&["scanner", "c2-server", "vulnerable-system", "blocklist"]),
            Field::Taxonomy => return None,
            Field::Severity => pick(&["critical", "high", "medium", "low", "info"]),
            Field::Tlp => pick(&["CLEAR", "TLP:AMBER+STRICT", "RED"]),
            Field::SourceFqdn | Field::DestinationFqdn => pick(&["www.example.com", "xn--bcher-kva.example"]),
            Field::SourceUrl | Field::DestinationUrl => {
                pick(&["http://www.example.com/a?b=c#d", "https://[2001:db8::1]/"])
            }
            Field::SourceNetwork | Field::DestinationNetwork => pick(&["192.0.2.0/24", "2001:db8::/32"]),
            Field::SourceCountry | Field::DestinationCountry => pick(&["TN", "FR"]),
            Field::MalwareHashMd5 => json!("d41d8cd98f00b204e9800998ecf8427e"),
            Field::MalwareHashSha1 => json!("da39a3ee5e6b4b0d3255bfef95601890afd80709"),
            Field::MalwareHashSha256 => json!("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            Field::ProtocolTransport => pick(&["tcp", "udp"]),
            _ => match spec.kind {
                Kind::Text => json!(format!("text {seed} \"é\"")),
                Kind::Ip => pick(&["192.0.2.1", "2001:db8::1"]),
                Kind::Number => json!(seed % 65_536),
                Kind::Real => json!(seed as f64 / 7.0),
                Kind::Bool => json!(seed.is_multiple_of(2)),
                Kind::Time => json!(Micros((seed % 4_000_000_000_000_000) as i64).utc().to_rfc3339()),
                Kind::Json => return None,
            },
        })
    }

    #[test]
    fn every_old_type_has_a_new_one() {
        for (old, new) in OLD_TYPES {
            assert!(class_of_type(new).is_some(), "{old}");
        }
    }

    #[test]
    fn every_key_comes_in_and_goes_out_by_its_own_name() {
        for spec in FIELDS {
            let Some(value) = value(spec.field, 3) else { continue };
            let mut event = serde_json::json!({
                "time.source": "2026-01-15T10:00:00+00:00", "source.ip": "192.0.2.1", "classification.type": "scanner",
            });
            event[spec.intelmq] = value.clone();
            let kept = read(&event.to_string());
            let out: serde_json::Value = serde_json::from_str(&kept.rows[0].2).expect("JSON");
            assert!(kept.rows[0].0.contains_key(&spec.field), "{}", spec.intelmq);
            if spec.kind != Kind::Time {
                assert_eq!(out[spec.intelmq], value, "{}", spec.intelmq);
            }
        }
    }

    #[test]
    fn names_that_intelmq_would_refuse_are_changed_and_stay_apart() {
        let mut names = HashSet::new();
        let given: Vec<String> =
            ["Node", "node", "a b", "", ".x.", "é"].iter().map(|name| free_name(name, &mut names)).collect();
        assert_eq!(given, ["node", "node_2", "a_b", "unnamed", "x", "_"]);
        assert_eq!(to_intelmq(&[], ""), "{}");
        assert_eq!(
            to_intelmq(&[(Field::FeedAccuracy, Value::Real(10.0))], "{\"A\":[1]}"),
            "{\"feed.accuracy\":10.0,\"extra.a\":[1]}"
        );
    }

    proptest! {
        #[test]
        fn what_comes_in_goes_out_and_comes_in_the_same(
            chosen in prop::collection::vec((0usize..FIELDS.len(), any::<u64>()), 0..30),
            extra in prop::collection::btree_map("[a-z][a-z0-9_]{0,6}(\\.[a-z0-9_]{1,5})?", prop_oneof![
                "\\PC{0,12}".prop_map(serde_json::Value::from), any::<i64>().prop_map(serde_json::Value::from), Just(serde_json::json!([1, {"x": null}])),
            ], 0..6),
            unknown in "[A-Z][A-Za-z ]{0,5}",
            nested in any::<bool>(),
        ) {
            let mut event = serde_json::json!({"time.source": "2026-01-15T10:00:00+00:00", "source.ip": "192.0.2.1", "feed.name": unknown});
            for (at, seed) in chosen {
                if let Some(value) = value(FIELDS[at].field, seed) {
                    event[FIELDS[at].intelmq] = value;
                }
            }
            if nested {
                event["extra"] = serde_json::json!(extra);
            } else {
                for (name, value) in &extra {
                    event[format!("extra.{name}")] = value.clone();
                }
            }
            let first = read(&event.to_string());
            prop_assert!(first.rejects.is_empty(), "{:?}", first.rejects);
            let second = read(&first.rows[0].2);
            prop_assert!(second.rejects.is_empty(), "{:?}", second.rejects);
            prop_assert_eq!(&first.rows[0].0, &second.rows[0].0);
            prop_assert_eq!(&first.rows[0].1, &second.rows[0].1);
            prop_assert_eq!(&first.rows[0].2, &second.rows[0].2);
        }
    }
}
