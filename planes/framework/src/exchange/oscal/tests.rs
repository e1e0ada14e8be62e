use std::collections::HashSet;

use manara_model::{Micros, Tlp};
use serde_json::Value;

use super::{Found, OSCAL, oscal_catalog, oscal_poam, oscal_results};
use crate::assessment::Assessment;
use crate::assessment::State;
use crate::catalogue::Catalogue;
use crate::check::read_catalogue;
use crate::design::Ask;
use crate::design::design;
use crate::score::score;
use crate::sheet::Sheet;
use crate::sheet::{Answer, Consensus, Evidence, Voice};
use crate::shelf::Shelf;

pub(super) const AT: Micros = Micros(1_768_478_400_000_000);

pub(super) fn boats() -> Catalogue {
    let text = "format: 1\nref_id: boats\nrule: status\npublisher: Port\nedition: '2'\nname: {en: Boats, ar: قوارب}\n\
        source: [{id: sea, title: The sea, url: 'https://sea.example/'}]\n\
        scale: [{value: 0, name: No}, {value: 1, name: Half}, {value: 2, name: Yes}]\n\
        items:\n- {ref_id: '1', name: Hull, description: 'All of *wood*'}\n\
        - {ref_id: '1.1', parent: '1', assessable: true, name: Planks, question: 'Tight <5 mm?', recommendation: Caulk}\n\
        - {ref_id: '1.1.1', parent: '1.1', name: More, assessable: true}\n\
        - {ref_id: Mast, assessable: true, name: Mast, not_applicable: true}\n";
    read_catalogue("boats.yaml", text).unwrap()
}

pub(super) fn one(catalogue: &Catalogue) -> (Assessment, Sheet) {
    let assessment = Assessment {
        id: "0190a8c2-0000-7000-8000-000000000001".into(),
        subject: "The fleet".into(),
        catalogue: catalogue.id().into(),
        hash: catalogue.hash.clone(),
        tlp: Tlp::Amber,
        state: State::Open,
        made_by: "duty".into(),
        made: AT,
        changed: AT,
        version: 1,
        kind: None,
    };
    let said = |item: &str, level| Answer {
        voice: "v1".into(),
        item: item.into(),
        level,
        not_applicable: level.is_none(),
        state: None,
        comment: String::new(),
    };
    let shown = |item: &str, label: &str, supports| Evidence {
        id: item.into(),
        item: item.into(),
        voice: "v1".into(),
        label: label.into(),
        sha256: String::new(),
        expires: String::new(),
        supports,
        revision: 1,
    };
    let sheet = Sheet {
        day: "2026-01-15".into(),
        voices: vec![Voice { id: "v1".into(), name: "Ana".into(), organisation: "Port".into(), role: "".into() }],
        answers: vec![said("1.1", Some(2)), said("1.1.1", Some(2)), said("Mast", None)],
        evidence: vec![shown("1.1", "https://port.example/log", Some(2)), shown("1.1.1", "Log", None)],
        consensus: vec![Consensus {
            item: "1.1".into(),
            level: Some(2),
            not_applicable: false,
            reason: "seen".into(),
            who: "duty".into(),
        }],
    };
    (assessment, sheet)
}

pub(super) fn read(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// Every UUID of a document is one, by the pattern of the schema (version 4 or 5), and names one thing; every reference leads somewhere.
fn whole(document: &Value, seen: &mut HashSet<String>, refs: &mut Vec<String>) {
    match document {
        Value::Object(map) => {
            for (name, value) in map {
                if name == "uuid" {
                    let text = value.as_str().unwrap();
                    let uuid = uuid::Uuid::parse_str(text).unwrap();
                    assert_eq!(uuid.get_version_num(), 5, "{text}");
                    assert!(seen.insert(text.to_string()), "{text} is there twice");
                } else if name.ends_with("-uuid") && name != "finding-uuid" {
                    refs.push(value.as_str().unwrap().to_string());
                }
                assert!(value.as_array().is_none_or(|list| !list.is_empty()), "{name} is empty");
                whole(value, seen, refs);
            }
        }
        Value::Array(list) => list.iter().for_each(|value| whole(value, seen, refs)),
        _ => {}
    }
}

fn has(value: &Value, names: &[&str], section: &str) {
    for name in names {
        assert!(value.get(name).is_some_and(|found| !found.is_null()), "{section} requires {name}: {value}");
    }
}

/// What `metadata` requires in every model (OSCAL 1.1, metadata).
fn metadata(document: &Value) {
    has(&document["metadata"], &["title", "last-modified", "version", "oscal-version"], "metadata");
    assert_eq!(document["metadata"]["oscal-version"], OSCAL);
    for prop in document["metadata"]["props"].as_array().unwrap() {
        has(prop, &["name", "value"], "property");
    }
}

fn is_whole(document: &Value) {
    let (mut seen, mut refs) = (HashSet::new(), Vec::new());
    whole(document, &mut seen, &mut refs);
    refs.iter().for_each(|uuid| assert!(seen.contains(uuid), "{uuid} leads nowhere"));
}

#[test]
fn a_catalogue_is_an_oscal_catalog() {
    let (one, two) = (oscal_catalog(&boats(), "en"), oscal_catalog(&boats(), "en"));
    assert_eq!(one, two, "the same bytes");
    let document = &read(&one)["catalog"];
    has(document, &["uuid", "metadata"], "catalog");
    metadata(document);
    is_whole(document);
    let group = &document["groups"][0];
    has(group, &["title"], "group");
    assert_eq!((&group["id"], &group["parts"][0]["prose"]), (&"_1".into(), &"All of \\*wood\\*".into()));
    let control = &group["controls"][0];
    has(control, &["id", "title"], "control");
    assert_eq!((&control["id"], &control["parts"][0]["prose"]), (&"_1.1".into(), &"Tight &lt;5 mm?".into()));
    assert_eq!(control["controls"][0]["id"], "_1.1.1");
    assert_eq!(document["controls"][0]["id"], "Mast");
    assert_eq!(document["back-matter"]["resources"][0]["rlinks"][0]["href"], "https://sea.example/");
    let arabic = &read(&oscal_catalog(&boats(), "ar"))["catalog"];
    assert_eq!(arabic["metadata"]["title"], "قوارب");
    assert_ne!(arabic["uuid"], document["uuid"], "another document");
}

#[test]
fn every_catalogue_of_ours_has_ids_that_oscal_takes_once() {
    fn ids(value: &Value, seen: &mut HashSet<String>) {
        if let Some(id) = value["id"].as_str() {
            let first = id.chars().next().unwrap();
            assert!(first.is_alphabetic() || first == '_', "{id}");
            assert!(id.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_')), "{id}");
            assert!(seen.insert(id.to_string()), "{id} is there twice");
        }
        for name in ["groups", "controls", "parts"] {
            value[name].as_array().into_iter().flatten().for_each(|inner| ids(inner, seen));
        }
    }
    for one in Shelf::load(None).all() {
        let document = &read(&oscal_catalog(one, "fr"))["catalog"];
        let mut seen = HashSet::new();
        ids(document, &mut seen);
        assert!(seen.len() >= one.told.items.len(), "{}: every item is there", one.id());
        is_whole(document);
    }
}

#[test]
fn an_assessment_is_assessment_results() {
    let catalogue = boats();
    let (assessment, sheet) = one(&catalogue);
    let scored = score(&catalogue, &sheet, None);
    let found = Found::new(&assessment, &catalogue, (&sheet, &scored), AT, "en");
    let text = oscal_results(&found);
    assert_eq!(text, oscal_results(&found), "the same bytes");
    assert!(!text.contains("Ana"), "who answered stays here");
    let document = &read(&text)["assessment-results"];
    has(document, &["uuid", "metadata", "import-ap", "results"], "assessment-results");
    has(&document["import-ap"], &["href"], "import-ap");
    let resource = document["back-matter"]["resources"][0]["uuid"].as_str().unwrap();
    assert_eq!(document["import-ap"]["href"], format!("#{resource}"));
    metadata(document);
    is_whole(document);
    let result = &document["results"][0];
    has(result, &["uuid", "title", "description", "start", "reviewed-controls"], "result");
    assert_eq!(result["reviewed-controls"]["control-selections"][0]["include-controls"].as_array().unwrap().len(), 3);
    for observation in result["observations"].as_array().unwrap() {
        has(observation, &["uuid", "description", "methods", "collected"], "observation");
    }
    let findings = result["findings"].as_array().unwrap();
    let states: Vec<(&str, &str)> = findings
        .iter()
        .map(|finding| {
            has(finding, &["uuid", "title", "description", "target"], "finding");
            has(&finding["target"], &["type", "target-id", "status"], "target");
            (finding["target"]["target-id"].as_str().unwrap(), finding["target"]["status"]["state"].as_str().unwrap())
        })
        .collect();
    assert_eq!(states, [("_1.1_smt", "satisfied"), ("_1.1.1_smt", "not-satisfied")], "only evidence satisfies");
    let mut later = sheet.clone();
    later.answers[0].comment = "x".into();
    let other = Found::new(&assessment, &catalogue, (&later, &scored), AT, "en");
    assert_ne!(
        read(&oscal_results(&other))["assessment-results"]["uuid"],
        document["uuid"],
        "another moment, another document"
    );
}

#[test]
fn gaps_are_a_plan_of_action_and_milestones() {
    let shelf = Shelf::load(None);
    let catalogue = shelf.get("itu-readiness").unwrap();
    let (assessment, _) = one(catalogue);
    let sheet = Sheet { day: "2026-01-15".into(), ..Sheet::default() };
    let scored = score(catalogue, &sheet, None);
    let found = Found::new(&assessment, catalogue, (&sheet, &scored), AT, "fr");
    let designs = design(&shelf, catalogue, &scored, &Ask::default());
    let text = oscal_poam(&found, &shelf.blocks, designs.first());
    assert_eq!(text, oscal_poam(&found, &shelf.blocks, designs.first()), "the same bytes");
    let document = &read(&text)["plan-of-action-and-milestones"];
    has(document, &["uuid", "metadata", "poam-items"], "plan-of-action-and-milestones");
    metadata(document);
    is_whole(document);
    assert_eq!(document["poam-items"].as_array().unwrap().len(), scored.gaps.len());
    for item in document["poam-items"].as_array().unwrap() {
        has(item, &["uuid", "title", "description", "related-risks"], "poam-item");
    }
    let mut tasks = 0;
    for risk in document["risks"].as_array().unwrap() {
        has(risk, &["uuid", "title", "description", "statement", "status"], "risk");
        let remediation = &risk["remediations"][0];
        has(remediation, &["uuid", "lifecycle", "title", "description"], "remediation");
        for task in remediation["tasks"].as_array().into_iter().flatten() {
            has(task, &["uuid", "type", "title"], "task");
            tasks += 1;
        }
    }
    assert!(tasks > 0, "building blocks are the tasks");
    let boats = boats();
    let (assessment, mut sheet) = one(&boats);
    sheet.answers.iter_mut().for_each(|answer| answer.level = answer.level.map(|_| 2));
    let scored = score(&boats, &sheet, None);
    let found = Found::new(&assessment, &boats, (&sheet, &scored), AT, "en");
    let document = read(&oscal_poam(&found, &shelf.blocks, None));
    assert!(
        !document["plan-of-action-and-milestones"]["poam-items"].as_array().unwrap().is_empty(),
        "never an empty list"
    );
}
