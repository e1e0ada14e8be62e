use proptest::prelude::*;
use serde_json::{Value, json};

use super::{read_library, write_library};
use crate::canonical::{canonical, from_yaml};
use crate::check::Trouble;
use crate::check::read_catalogue;
use crate::exchange::write_catalogue;
use crate::shelf::Shelf;

const BOATS: &str = "\
urn: urn:example:risk:library:boats
locale: fr
ref_id: BOATS-1
name: Bateaux
description: Une bibliothèque
copyright: Le port
version: 3
publication_date: 2026-01-02
provider: Port
packager: example
dependencies: [urn:example:risk:library:sea]
translations:
  en: {name: Boats, description: A library, copyright: The port}
objects:
  threats:
  - {urn: urn:example:risk:threat:storm, ref_id: STORM, name: Tempête}
  framework:
    urn: urn:example:risk:framework:boats
    ref_id: Boats 2026
    name: Bateaux
    description: null
    min_score: 1
    max_score: 3
    scores_definition:
    - {score: 1, name: Bas, description: rien}
    - {score: 2, name: Moyen}
    - {score: 3, name: Haut}
    implementation_groups_definition:
    - {ref_id: B, name: base}
    requirement_nodes:
    - urn: urn:example:risk:req_node:boats:hull
      assessable: false
      depth: 1
      ref_id: Hull
      name: Coque
      translations: {en: {name: Hull}, ar: {name: بدن}}
    - urn: urn:example:risk:req_node:boats:node2
      assessable: true
      depth: 2
      parent_urn: urn:example:risk:req_node:boats:hull
      description: Les planches sont étanches.
      annotation: Regardez.
      typical_evidence: Un rapport
      implementation_groups: [B]
      weight: 2
      threats: ['urn:example:risk:threat:storm']
      questions: {'urn:q:1': {type: unique_choice, text: Oui ?, choices: [{urn: 'urn:q:1:a', value: Oui, add_score: 1}]}}
    - urn: urn:example:risk:req_node:boats:mast
      assessable: true
      depth: 2
      parent_urn: urn:example:risk:req_node:boats:hull
      ref_id: a b/c
      name: Mât
      importance: mandatory
";

fn value(yaml: &str) -> Value {
    from_yaml(&serde_yaml_ng::from_str(yaml).unwrap()).unwrap()
}

fn same(library: &str) {
    let imported = read_library("boats.yaml", library).unwrap_or_else(|found| panic!("{found:?}"));
    // By its own file, as an operator would bring it in and take it out again.
    let read = read_catalogue(&format!("{}.yaml", imported.catalogue.id()), &imported.yaml).unwrap();
    assert_eq!(canonical(&value(&write_library(&read))), canonical(&value(library)));
}

#[test]
fn a_library_becomes_a_catalogue_and_a_library_again() {
    same(BOATS);
    let imported = read_library("boats.yaml", BOATS).unwrap();
    let told = &imported.catalogue.told;
    assert_eq!((told.ref_id.as_str(), told.edition.as_str(), told.rule.as_str()), ("boats-2026", "3", "points"));
    assert_eq!(
        told.scale.iter().map(|level| (level.value, level.name.of("fr"))).collect::<Vec<_>>(),
        [(1, "Bas"), (2, "Moyen"), (3, "Haut")]
    );
    let [hull, planks, mast] = told.items.as_slice() else { panic!("three items") };
    assert_eq!((hull.name.of("en"), hull.name.of("ar"), hull.assessable), ("Hull", "بدن", false));
    assert_eq!((planks.ref_id.as_str(), planks.parent.as_str(), planks.weight), ("node2", "Hull", 2.0));
    assert_eq!(planks.question.as_ref().map(|text| text.of("fr")), Some("Les planches sont étanches."));
    assert_eq!(planks.description.as_ref().map(|text| text.of("fr")), Some("Regardez."));
    assert_eq!((mast.ref_id.as_str(), mast.name.of("en"), imported.kept), ("a-b-c", "Mât", 2));
}

#[test]
fn what_is_changed_here_is_changed_there() {
    let imported = read_library("boats.yaml", BOATS).unwrap();
    let changed = imported.yaml.replace("fr: Mât", "fr: Grand mât");
    let read = read_catalogue("boats-2026.yaml", &changed).unwrap();
    let written = value(&write_library(&read));
    let node = written.pointer("/objects/framework/requirement_nodes/2").unwrap();
    assert_eq!(
        (&node["name"], &node["importance"], &node["ref_id"]),
        (&json!("Grand mât"), &json!("mandatory"), &json!("a b/c"))
    );
}

#[test]
fn every_catalogue_of_ours_goes_out_as_a_library_and_comes_back() {
    for one in Shelf::load(None).all() {
        let library = write_library(one);
        let back = read_library("back.yaml", &library).unwrap_or_else(|found| panic!("{}: {found:?}", one.id()));
        let ids = |catalogue: &crate::catalogue::Catalogue| {
            catalogue
                .told
                .items
                .iter()
                .map(|item| (item.ref_id.clone(), item.parent.clone(), item.assessable))
                .collect::<Vec<_>>()
        };
        assert_eq!(ids(&back.catalogue), ids(one));
        same(&library);
        let again = read_catalogue(&format!("{}.yaml", one.id()), &write_catalogue(one)).unwrap();
        assert_eq!(again.hash, one.hash, "the same catalogue, written anew");
    }
}

#[test]
fn a_mistake_is_told_with_line_path_and_what_was_expected() {
    let told = |library: &str| -> Vec<(usize, String)> {
        let found: Vec<Trouble> = read_library("x.yaml", library).expect_err("refused");
        assert!(found.iter().all(|one| one.file == "x.yaml" && !one.what.is_empty()), "{found:?}");
        found.into_iter().map(|one| (one.line, one.path)).collect()
    };
    let at = |line: &str| BOATS.lines().position(|found| found.contains(line)).unwrap() + 1;
    let orphan = BOATS.replacen("parent_urn: urn:example:risk:req_node:boats:hull", "parent_urn: urn:none", 1);
    let path = |at: usize, part: &str| format!("objects.framework.requirement_nodes[{at}].{part}");
    assert_eq!(told(&orphan), [(at("urn: urn:example:risk:req_node:boats:node2"), path(1, "parent_urn"))]);
    let twice = BOATS.replace("boats:mast", "boats:node2");
    assert_eq!(told(&twice), [(at("boats:node2"), path(2, "urn"))]);
    let wrong = BOATS.replace("assessable: false", "assessable: perhaps");
    assert_eq!(told(&wrong)[0].0, at("assessable: false"));
    assert_eq!(told("urn: a\nobjects: {}\n"), [(2, "objects".into())]);
    assert_eq!(told("urn: a\nobjects:\n  frameworks: []\n"), [(3, "objects.frameworks".into())]);
    assert_eq!(told("[")[0].1, "");
    let none = BOATS.replace("assessable: true", "assessable: false");
    assert_eq!(told(&none), [(0, "objects.framework.items".into())]);
}

#[test]
fn a_library_without_scores_is_found_to_be_met_or_not() {
    let plain = BOATS.replace("min_score: 1", "x: 1").replace("scores_definition", "y");
    same(&plain);
    let told = read_library("x.yaml", &plain).unwrap().catalogue.told;
    assert_eq!((told.rule.as_str(), told.scale.len()), ("coverage", 3));
    let ends = BOATS.replace("scores_definition", "y");
    let told = read_library("x.yaml", &ends).unwrap().catalogue.told;
    assert_eq!((told.rule.as_str(), told.scale.len()), ("points", 3));
    let list = BOATS.replace("  framework:\n", "  frameworks:\n  -\n");
    same(&list);
}

fn words() -> impl Strategy<Value = String> {
    "[a-zé'\"#:&*!|>%@`{}\\[\\],?\\- \n0-9.]{0,40}"
}

fn other() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        (-1000..1000i32).prop_map(|n| Value::from(f64::from(n) / 8.0)),
        words().prop_map(Value::from),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::btree_map("[a-z_]{1,8}", inner, 0..3)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

prop_compose! {
    fn node()(
        name in prop::option::of(words()), description in prop::option::of(words()), ref_id in prop::option::of(words()),
        annotation in prop::option::of(words()), assessable in any::<bool>(), depth in prop::option::of(0..9i32),
        weight in prop::option::of(-1..5i32), locale in "en|fr|ar|pt_BR", translated in prop::option::of(words()),
        more in prop::collection::btree_map("x_[a-z]{1,5}", other(), 0..3), above in 0..4usize,
    ) -> (Value, usize) {
        let mut node: serde_json::Map<String, Value> = more.into_iter().collect();
        let texts = [("name", name), ("description", description), ("ref_id", ref_id), ("annotation", annotation)];
        node.extend(texts.into_iter().filter_map(|(field, text)| Some((field.to_string(), Value::from(text?)))));
        node.insert("assessable".into(), assessable.into());
        node.extend(depth.map(|depth| ("depth".to_string(), depth.into())));
        node.extend(weight.map(|weight| ("weight".to_string(), weight.into())));
        node.extend(translated.map(|text| ("translations".to_string(), json!({ locale: { "name": text } }))));
        (Value::Object(node), above)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn whatever_a_library_says_survives(nodes in prop::collection::vec(node(), 0..6), locale in "en|fr|xx", more in other(), list in any::<bool>()) {
        let mut written: Vec<Value> = Vec::new();
        // One that can be answered, whatever the others are.
        let first = (json!({ "assessable": true, "ref_id": "first" }), 0);
        for (at, (mut node, above)) in std::iter::once(first).chain(nodes).enumerate() {
            node["urn"] = format!("urn:x:risk:req_node:f:{at}").into();
            if above > 0 && above < at {
                node["parent_urn"] = format!("urn:x:risk:req_node:f:{above}").into();
            }
            written.push(node);
        }
        let framework = json!({ "urn": "urn:x:risk:framework:f", "ref_id": "f", "more": more, "requirement_nodes": written });
        let objects = if list { json!({ "frameworks": [framework], "metrics": more }) } else { json!({ "framework": framework }) };
        let library = json!({ "urn": "urn:x:risk:library:f", "locale": locale, "more": more, "objects": objects });
        let text = serde_yaml_ng::to_string(&library).unwrap();
        // A text that YAML would not read back as it was is no library; nor is one that is too deep.
        let Ok(yaml) = serde_yaml_ng::from_str(&text) else { return Ok(()) };
        let Ok(read) = from_yaml(&yaml) else { return Ok(()) };
        let Ok(imported) = read_library("f.yaml", &text) else { return Ok(()) };
        let back = read_catalogue("f.yaml", &imported.yaml).unwrap();
        prop_assert_eq!(canonical(&value(&write_library(&back))), canonical(&read));
    }

    #[test]
    fn any_text_is_a_library_or_an_error(text in "[a-z_:\\-{}\\[\\], \n\"]{0,120}") {
        let _ = read_library("x.yaml", &text);
        let _ = read_library("x.yaml", &format!("urn: a\nobjects:\n  framework:\n    urn: b\n    requirement_nodes:\n{text}"));
    }
}
