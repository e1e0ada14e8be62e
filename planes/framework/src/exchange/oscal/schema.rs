//! What the JSON schemas of OSCAL 1.1 demand of the parts we write, told as a table: which members an object may have and must have,
//! and of what form they are. A member that is not here is one we do not write; the schemas refuse what they do not know.

use serde_json::Value;

use super::tests::{boats, one, read};
use super::{Found, oscal_catalog, oscal_poam, oscal_results};
use crate::check::read_catalogue;
use crate::design::Ask;
use crate::design::design;
use crate::score::score;
use crate::shelf::Shelf;

/// The form of a member.
enum Form {
    /// Version 4 or 5 of RFC 9562, variant 1.
    Uuid,
    /// `^(\p{L}|_)(\p{L}|\p{N}|[.\-_])*$`
    Token,
    /// `^\S(.*\S)?$`, on one line.
    Str,
    /// Markup: any text that is not empty.
    Text,
    /// A moment with its zone.
    Time,
    /// A URI with its scheme.
    Uri,
    /// A URI or what is relative to one.
    Reference,
    /// One of these words.
    Pick(&'static [&'static str]),
    /// Some of these words.
    Picks(&'static [&'static str]),
    /// An object.
    One(&'static str),
    /// A list of objects with at least one.
    Many(&'static str),
}

use Form::*;

type Members = &'static [(&'static str, bool, Form)];

const MUST: bool = true;
const MAY: bool = false;

const SHAPES: &[(&str, Members)] = &[
    (
        "catalog",
        &[
            ("uuid", MUST, Uuid),
            ("metadata", MUST, One("metadata")),
            ("groups", MAY, Many("group")),
            ("controls", MAY, Many("control")),
            ("back-matter", MAY, One("back-matter")),
        ],
    ),
    (
        "metadata",
        &[
            ("title", MUST, Text),
            ("last-modified", MUST, Time),
            ("version", MUST, Str),
            ("oscal-version", MUST, Pick(&["1.1.3"])),
            ("props", MAY, Many("property")),
            ("parties", MAY, Many("party")),
            ("remarks", MAY, Text),
        ],
    ),
    ("property", &[("name", MUST, Token), ("ns", MAY, Uri), ("value", MUST, Str)]),
    ("party", &[("uuid", MUST, Uuid), ("type", MUST, Pick(&["person", "organization"])), ("name", MAY, Str)]),
    (
        "group",
        &[
            ("id", MAY, Token),
            ("class", MAY, Token),
            ("title", MUST, Text),
            ("props", MAY, Many("property")),
            ("parts", MAY, Many("part")),
            ("groups", MAY, Many("group")),
            ("controls", MAY, Many("control")),
        ],
    ),
    (
        "control",
        &[
            ("id", MUST, Token),
            ("class", MAY, Token),
            ("title", MUST, Text),
            ("props", MAY, Many("property")),
            ("parts", MAY, Many("part")),
            ("controls", MAY, Many("control")),
        ],
    ),
    ("part", &[("id", MAY, Token), ("name", MUST, Token), ("ns", MAY, Uri), ("prose", MAY, Text)]),
    ("back-matter", &[("resources", MAY, Many("resource"))]),
    (
        "resource",
        &[
            ("uuid", MUST, Uuid),
            ("title", MAY, Text),
            ("description", MAY, Text),
            ("props", MAY, Many("property")),
            ("rlinks", MAY, Many("rlink")),
        ],
    ),
    ("rlink", &[("href", MUST, Reference)]),
    (
        "assessment-results",
        &[
            ("uuid", MUST, Uuid),
            ("metadata", MUST, One("metadata")),
            ("import-ap", MUST, One("import-ap")),
            ("results", MUST, Many("result")),
            ("back-matter", MAY, One("back-matter")),
        ],
    ),
    ("import-ap", &[("href", MUST, Reference), ("remarks", MAY, Text)]),
    (
        "result",
        &[
            ("uuid", MUST, Uuid),
            ("title", MUST, Text),
            ("description", MUST, Text),
            ("start", MUST, Time),
            ("end", MAY, Time),
            ("props", MAY, Many("property")),
            ("reviewed-controls", MUST, One("reviewed-controls")),
            ("observations", MAY, Many("observation")),
            ("findings", MAY, Many("finding")),
        ],
    ),
    ("reviewed-controls", &[("control-selections", MUST, Many("control-selection"))]),
    ("control-selection", &[("include-controls", MAY, Many("selected"))]),
    ("selected", &[("control-id", MUST, Token)]),
    (
        "observation",
        &[
            ("uuid", MUST, Uuid),
            ("title", MAY, Text),
            ("description", MUST, Text),
            ("props", MAY, Many("property")),
            ("methods", MUST, Picks(&["EXAMINE", "INTERVIEW", "TEST", "UNKNOWN"])),
            ("subjects", MAY, Many("subject")),
            ("relevant-evidence", MAY, Many("evidence")),
            ("collected", MUST, Time),
        ],
    ),
    ("subject", &[("subject-uuid", MUST, Uuid), ("type", MUST, Token)]),
    ("evidence", &[("href", MAY, Reference), ("description", MUST, Text), ("props", MAY, Many("property"))]),
    (
        "finding",
        &[
            ("uuid", MUST, Uuid),
            ("title", MUST, Text),
            ("description", MUST, Text),
            ("props", MAY, Many("property")),
            ("target", MUST, One("target")),
            ("related-observations", MAY, Many("related-observation")),
        ],
    ),
    (
        "target",
        &[
            ("type", MUST, Pick(&["statement-id", "objective-id"])),
            ("target-id", MUST, Token),
            ("status", MUST, One("status")),
        ],
    ),
    (
        "status",
        &[("state", MUST, Pick(&["satisfied", "not-satisfied"])), ("reason", MAY, Pick(&["pass", "fail", "other"]))],
    ),
    ("related-observation", &[("observation-uuid", MUST, Uuid)]),
    (
        "plan-of-action-and-milestones",
        &[
            ("uuid", MUST, Uuid),
            ("metadata", MUST, One("metadata")),
            ("system-id", MAY, One("system-id")),
            ("risks", MAY, Many("risk")),
            ("poam-items", MUST, Many("poam-item")),
            ("back-matter", MAY, One("back-matter")),
        ],
    ),
    ("system-id", &[("identifier-type", MAY, Uri), ("id", MUST, Str)]),
    (
        "poam-item",
        &[
            ("uuid", MAY, Uuid),
            ("title", MUST, Text),
            ("description", MUST, Text),
            ("props", MAY, Many("property")),
            ("related-findings", MAY, Many("related-finding")),
            ("related-risks", MAY, Many("related-risk")),
        ],
    ),
    ("related-finding", &[("finding-uuid", MUST, Uuid)]),
    ("related-risk", &[("risk-uuid", MUST, Uuid)]),
    (
        "risk",
        &[
            ("uuid", MUST, Uuid),
            ("title", MUST, Text),
            ("description", MUST, Text),
            ("statement", MUST, Text),
            ("status", MUST, Token),
            ("remediations", MAY, Many("remediation")),
        ],
    ),
    (
        "remediation",
        &[
            ("uuid", MUST, Uuid),
            ("lifecycle", MUST, Token),
            ("title", MUST, Text),
            ("description", MUST, Text),
            ("tasks", MAY, Many("task")),
        ],
    ),
    ("task", &[("uuid", MUST, Uuid), ("type", MUST, Token), ("title", MUST, Text), ("props", MAY, Many("property"))]),
];

fn is_uuid(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_dash = |at: usize| matches!(at, 8 | 13 | 18 | 23);
    let fits = |(at, byte): (usize, &u8)| if is_dash(at) { *byte == b'-' } else { byte.is_ascii_hexdigit() };
    bytes.len() == 36
        && bytes.iter().enumerate().all(fits)
        && matches!(bytes[14], b'4' | b'5')
        && matches!(bytes[19], b'8' | b'9' | b'a' | b'b' | b'A' | b'B')
}

fn is_token(text: &str) -> bool {
    let letter = |c: char| c.is_alphabetic() || c == '_';
    text.starts_with(letter) && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'))
}

/// No space at either end, and one line: the dot of the pattern takes no end of line.
fn is_str(text: &str) -> bool {
    !text.is_empty() && text.trim() == text && !text.contains(['\n', '\r'])
}

fn is_time(text: &str) -> bool {
    manara_model::Micros::parse_rfc3339(text).is_some() && text.ends_with('Z') && text.as_bytes().get(10) == Some(&b'T')
}

fn is_uri(text: &str) -> bool {
    let (scheme, rest) = text.split_once(':').unwrap_or_default();
    let good = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(good) && !rest.is_empty()
}

/// What is wrong with an object of a shape, with its place.
fn wrong(shape: &str, value: &Value, place: &str, told: &mut Vec<String>) {
    let (_, members) = SHAPES.iter().find(|(name, _)| *name == shape).expect("a shape");
    let Some(map) = value.as_object() else { return told.push(format!("{place} is no object")) };
    for name in map.keys().filter(|name| members.iter().all(|(known, ..)| known != name)) {
        told.push(format!("{place}.{name} is unknown"));
    }
    for (name, must, form) in *members {
        let place = format!("{place}.{name}");
        let Some(value) = map.get(*name) else {
            if *must {
                told.push(format!("{place} is missing"));
            }
            continue;
        };
        let text = value.as_str();
        let good = match form {
            Uuid => text.is_some_and(is_uuid),
            Token => text.is_some_and(is_token),
            Str => text.is_some_and(is_str),
            Text => text.is_some_and(|text| !text.trim().is_empty()),
            Time => text.is_some_and(is_time),
            Uri => text.is_some_and(is_uri),
            Reference => text.is_some_and(|text| !text.is_empty() && !text.contains(char::is_whitespace)),
            Pick(words) => text.is_some_and(|text| words.contains(&text)),
            Picks(words) => {
                let good = |one: &Value| one.as_str().is_some_and(|one| words.contains(&one));
                value.as_array().is_some_and(|all| !all.is_empty() && all.iter().all(good))
            }
            One(shape) => {
                wrong(shape, value, &place, told);
                true
            }
            Many(shape) => {
                let all = value.as_array().map(Vec::as_slice).unwrap_or_default();
                all.iter().enumerate().for_each(|(at, one)| wrong(shape, one, &format!("{place}[{at}]"), told));
                !all.is_empty()
            }
        };
        if !good {
            told.push(format!("{place} is not as the schema wants it: {value}"));
        }
    }
}

/// What is wrong with a document, which holds one model and nothing else.
fn of(text: &str, model: &str) -> Vec<String> {
    let whole = read(text);
    let mut told = Vec::new();
    assert_eq!(whole.as_object().map(|map| map.keys().collect::<Vec<_>>()), Some(vec![&model.to_string()]));
    wrong(model, &whole[model], model, &mut told);
    told
}

#[test]
fn every_catalogue_of_ours_is_what_the_schema_of_a_catalog_demands() {
    for one in Shelf::load(None).all() {
        for lang in ["en", "ar", "fr"] {
            assert_eq!(of(&oscal_catalog(one, lang), "catalog"), Vec::<String>::new(), "{} {lang}", one.id());
        }
    }
}

#[test]
fn results_and_plans_are_what_their_schemas_demand() {
    let shelf = Shelf::load(None);
    let own = boats();
    for catalogue in shelf.all().map(|one| &**one).chain([&own]) {
        let (assessment, sheet) = one(catalogue);
        // Answers of the first catalogue say nothing of another: nothing said, and all said.
        let mut all = sheet.clone();
        let highest = catalogue.told.scale.iter().map(|level| level.value).max();
        all.answers = catalogue
            .told
            .items
            .iter()
            .filter(|item| item.assessable)
            .map(|item| crate::sheet::Answer {
                item: item.ref_id.clone(),
                level: highest,
                not_applicable: false,
                ..sheet.answers[0].clone()
            })
            .collect();
        let designs = design(&shelf, catalogue, &score(catalogue, &sheet, None), &Ask::default());
        for sheet in [sheet, all] {
            for profile in std::iter::once(None).chain(catalogue.told.profiles.iter().map(Some)) {
                let scored = score(catalogue, &sheet, profile);
                let found = Found::new(&assessment, catalogue, (&sheet, &scored), super::tests::AT, "ar");
                let results = of(&oscal_results(&found), "assessment-results");
                assert_eq!(results, Vec::<String>::new(), "{}", catalogue.id());
                let plan = oscal_poam(&found, &shelf.blocks, designs.first());
                assert_eq!(of(&plan, "plan-of-action-and-milestones"), Vec::<String>::new(), "{}", catalogue.id());
            }
        }
    }
}

#[test]
fn hostile_words_of_an_assessment_are_still_what_the_schemas_demand() {
    let text = "format: 1\nref_id: 9-x\nrule: minima\nname: '  two   words '\nscale: [{value: 0, name: No}, {value: 1, name: Yes}]\n\
        items:\n- {ref_id: '-1', name: \"a\\nb\", assessable: true}\n- {ref_id: '2', name: x, assessable: true, question: '<b>*'}\n";
    let catalogue = read_catalogue("9-x.yaml", text).expect("a catalogue");
    let (mut assessment, mut sheet) = one(&catalogue);
    assessment.subject = " \u{a0}A\nB\t".into();
    sheet.voices[0].organisation = "Port\u{2028}of  calls".into();
    sheet.answers[0].item = "-1".into();
    sheet.answers[0].level = Some(1);
    sheet.evidence[0].item = "-1".into();
    sheet.evidence[0].label = "https://port.example/a b|<x>".into();
    let scored = score(&catalogue, &sheet, None);
    let found = Found::new(&assessment, &catalogue, (&sheet, &scored), super::tests::AT, "en");
    assert_eq!(of(&oscal_catalog(&catalogue, "en"), "catalog"), Vec::<String>::new());
    assert_eq!(of(&oscal_results(&found), "assessment-results"), Vec::<String>::new());
    let plan = oscal_poam(&found, &Shelf::load(None).blocks, None);
    assert_eq!(of(&plan, "plan-of-action-and-milestones"), Vec::<String>::new());
}

#[test]
fn the_table_refuses_what_the_schemas_refuse() {
    let good = read(&oscal_catalog(&boats(), "en"))["catalog"].clone();
    let told = |change: &dyn Fn(&mut Value)| {
        let (mut changed, mut told) = (good.clone(), Vec::new());
        change(&mut changed);
        wrong("catalog", &changed, "catalog", &mut told);
        told.join("\n")
    };
    assert_eq!(told(&|_| {}), "");
    for (change, part) in [
        (&|one: &mut Value| one["uuid"] = "0190a8c2-0000-7000-8000-000000000001".into(), "catalog.uuid is not"),
        (&|one: &mut Value| one["uuid"] = "6d1f3c0a-5b7e-5c58-1f21-8e0d4b7a2c63".into(), "catalog.uuid is not"),
        (&|one: &mut Value| one["groups"] = Value::Array(Vec::new()), "catalog.groups is not"),
        (&|one: &mut Value| one["more"] = 1.into(), "catalog.more is unknown"),
        (&|one: &mut Value| one["metadata"] = serde_json::json!({}), "metadata.oscal-version is missing"),
        (&|one: &mut Value| one["controls"][0]["id"] = "1.1".into(), "controls[0].id is not"),
        (&|one: &mut Value| one["metadata"]["version"] = " 1".into(), "metadata.version is not"),
        (&|one: &mut Value| one["metadata"]["last-modified"] = "2026-01-01".into(), "last-modified is not"),
    ] as [(&dyn Fn(&mut Value), &str); 8]
    {
        assert!(told(change).contains(part), "{part}: {}", told(change));
    }
}
