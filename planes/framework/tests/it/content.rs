//! The files that are built in, and those of an operator.

use std::collections::BTreeSet;

use manara_document::{Form, Part, Printer};
use manara_framework::assessments::Sheet;
use manara_framework::catalogues::{SCHEMAS, Shelf, read_draft};
use manara_framework::designs::{Ask, Design, DesignPaper, Hours, design, design_document, read_payers};
use manara_framework::reports::{Report, Wording, report};
use manara_framework::scoring::score;
use manara_web::{Lang, Words};
use serde_json::Value;

use crate::house::{boats, catalogue};

/// What of a value breaks a schema; of JSON Schema as far as the published ones use it, without `pattern`.
fn breaks(root: &Value, schema: &Value, value: &Value, path: &str, out: &mut Vec<String>) {
    let mut bad = |why: String| out.push(format!("{path}: {why}"));
    if let Some(name) = schema["$ref"].as_str().and_then(|name| name.strip_prefix("#/$defs/")) {
        return breaks(root, &root["$defs"][name], value, path, out);
    }
    if let Some(any) = schema["anyOf"].as_array() {
        let fits = any.iter().any(|one| {
            let mut found = Vec::new();
            breaks(root, one, value, path, &mut found);
            found.is_empty()
        });
        if !fits {
            bad("none of the forms".into());
        }
        return;
    }
    let is_kind = |kind: &str| match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        _ => value.is_null(),
    };
    let kinds: Vec<&str> = match &schema["type"] {
        Value::String(kind) => vec![kind],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    if !kinds.is_empty() && !kinds.iter().any(|kind| is_kind(kind)) {
        return bad(format!("is no {kinds:?}"));
    }
    if schema["enum"].as_array().is_some_and(|all| !all.contains(value)) {
        bad(format!("{value} is none of {}", schema["enum"]));
    }
    let number = |name: &str| schema[name].as_f64();
    let size = value.as_str().map(|text| text.chars().count()).or(value.as_array().map(Vec::len));
    for (least, most) in [("minLength", "maxLength"), ("minItems", "maxItems")] {
        let of_kind = (least == "minLength") == value.is_string();
        if let Some(size) = size.filter(|_| of_kind)
            && (number(least).is_some_and(|least| (size as f64) < least)
                || number(most).is_some_and(|most| size as f64 > most))
        {
            bad(format!("has a size of {size}"));
        }
    }
    if let Some(found) = value.as_f64()
        && (number("minimum").is_some_and(|least| found < least) || number("maximum").is_some_and(|most| found > most))
    {
        bad(format!("{found} is out of bounds"));
    }
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if value.is_object() && value.get(name).is_none() {
            out.push(format!("{path}: {name} is missing"));
        }
    }
    for (name, inner) in value.as_object().into_iter().flatten() {
        let known = &schema["properties"][name];
        let of = if known.is_null() { &schema["additionalProperties"] } else { known };
        if of.is_object() {
            breaks(root, of, inner, &format!("{path}.{name}"), out);
        }
    }
    for (at, inner) in value.as_array().into_iter().flatten().enumerate() {
        if schema["items"].is_object() {
            breaks(root, &schema["items"], inner, &format!("{path}[{at}]"), out);
        }
    }
}

#[test]
fn the_committed_files_satisfy_the_published_schemas_and_every_check() {
    for (folder, schema) in SCHEMAS {
        let schema: Value = serde_json::from_str(schema).unwrap();
        let path = format!("{}/../../content/{folder}", env!("CARGO_MANIFEST_DIR"));
        for entry in std::fs::read_dir(path).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|end| end == "yaml") {
                let value: Value = serde_yaml_ng::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
                let mut found = Vec::new();
                breaks(&schema, &schema, &value, "", &mut found);
                assert!(found.is_empty(), "{}: {found:#?}", path.display());
            }
        }
    }
    let shelf = Shelf::load(None);
    assert!(shelf.left_out.is_empty(), "{:#?}", shelf.left_out);
    for catalogue in shelf.all() {
        for item in &catalogue.told.items {
            for text in [Some(&item.name), item.question.as_ref(), item.recommendation.as_ref()].into_iter().flatten() {
                assert!(["en", "fr", "ar"].iter().all(|lang| text.has(lang)), "{} {}", catalogue.id(), item.ref_id);
            }
            for block in &item.blocks {
                assert!(shelf.blocks.get(block).is_some(), "{} {}: no block {block}", catalogue.id(), item.ref_id);
            }
        }
    }
}

#[test]
fn the_catalogues_have_the_numbers_of_their_models() {
    let shelf = Shelf::load(None);
    let sections = |id: &str| -> Vec<(String, usize)> {
        let counts = shelf.get(id).unwrap_or_else(|| panic!("no {id}")).counts();
        counts.sections.into_iter().collect()
    };
    let of = |name: &str, count: usize| (name.to_string(), count);
    assert_eq!(sections("sim3"), [of("H", 7), of("O", 11), of("P", 17), of("T", 10)]);
    assert_eq!(shelf.get("unga-64-211").unwrap().counts().assessable, 18);
    let services = shelf.get("first-services").unwrap().counts();
    assert_eq!(services.levels, [5, 21, 76]);
    let kinds: [(&str, &[(&str, usize)]); 12] = [
        ("botnet", &[("item", 19), ("measure", 11), ("part", 4)]),
        ("culture", &[("element", 20), ("group", 2)]),
        ("cybercrime-law", &[("article", 75), ("duty", 10), ("group", 8), ("topic", 6)]),
        ("first-services", &[("area", 5), ("function", 76), ("service", 21)]),
        ("five-elements", &[("element", 5), ("goal", 11), ("policy", 5), ("step", 36)]),
        ("gci", &[("indicator", 20), ("pillar", 5)]),
        (
            "itu-cirt",
            &[
                ("activity", 24),
                ("basic-service", 3),
                ("deliverable", 11),
                ("enhanced-service", 2),
                ("group", 2),
                ("measure", 4),
                ("stage", 4),
            ],
        ),
        ("itu-readiness", &[("question", 76), ("section", 11)]),
        ("resiliency", &[("step", 7)]),
        ("rfc2350", &[("check", 8), ("field", 34), ("section", 11), ("step", 11)]),
        ("sim3", &[("category", 4), ("parameter", 45)]),
        ("unga-64-211", &[("question", 18), ("section", 7)]),
    ];
    assert_eq!(shelf.all().map(|catalogue| catalogue.id()).collect::<Vec<_>>(), kinds.map(|(id, _)| id));
    for (id, known) in kinds {
        let found: Vec<(String, usize)> = shelf.get(id).unwrap().counts().kinds.into_iter().collect();
        assert_eq!(found, known.iter().map(|(kind, count)| of(kind, *count)).collect::<Vec<_>>(), "{id}");
    }
    assert_eq!(sections("culture"), [of("CII", 11), of("CUL", 9)]);
    let law = [
        of("ARAB", 39),
        of("BC-cooperation", 13),
        of("BC-final", 1),
        of("BC-procedural", 9),
        of("BC-substantive", 12),
        of("BC-use", 1),
        of("ESCWA", 6),
        of("N247", 10),
    ];
    assert_eq!(sections("cybercrime-law"), law);
}

#[test]
fn an_operators_file_is_taken_and_a_bad_one_is_left_out_with_a_word() {
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("frameworks");
    std::fs::create_dir(&own).unwrap();
    std::fs::write(own.join("boats.yaml"), boats("minima", 5)).unwrap();
    std::fs::write(own.join("ships.yaml"), "format: 1\nref_id: ships\n").unwrap();
    std::fs::write(own.join("latin.yaml"), b"\xff\xfe").unwrap();
    std::fs::write(own.join("notes.txt"), "not a catalogue").unwrap();
    let shelf = Shelf::load(Some(folder.path()));
    assert!(shelf.get("boats").is_some() && shelf.get("ships").is_none());
    let files: BTreeSet<&str> = shelf.left_out.iter().filter_map(|trouble| trouble.file.rsplit('/').next()).collect();
    assert_eq!(files, BTreeSet::from(["latin.yaml", "ships.yaml"]));
    let unknown = "x-own: {a: 1}\n".to_string() + &boats("minima", 5);
    let kept = manara_framework::catalogues::read_catalogue("boats.yaml", &unknown).unwrap();
    assert!(kept.text.contains(r#""x-own":{"a":1}"#), "what is not known is kept");
    assert_ne!(kept.hash, catalogue("minima", 5).hash);
}

/// A house whose blocks are of wood: planks by oak or pine, both need a saw.
fn wooden(folder: &std::path::Path) -> Shelf {
    std::fs::create_dir_all(folder.join("blocks")).unwrap();
    let text = "format: 1\nblocks:\n\
        - {ref_id: oak, kind: hardware, name: Oak, ways: wood, needs: [saw], cost: {first_year: [50, 90], yearly: [1, 1], currency: EUR}, lead_weeks: [1, 2]}\n\
        - {ref_id: pine, kind: hardware, name: Pine, ways: wood, needs: [saw], cost: {first_year: [20, 40], yearly: [9, 9], currency: EUR}, lead_weeks: [3, 6]}\n\
        - {ref_id: hand-saw, kind: hardware, name: Hand saw, provides: [saw], cost: {first_year: [5, 10], yearly: [0, 0], currency: EUR}, lead_weeks: [1, 1], payer: donor}\n\
        - {ref_id: egg, kind: training, name: Egg, provides: [egg-cap], needs: [hen-cap]}\n\
        - {ref_id: hen, kind: training, name: Hen, provides: [hen-cap], needs: [egg-cap]}\n";
    std::fs::write(folder.join("blocks/wood.yaml"), text).unwrap();
    Shelf::load(Some(folder))
}

#[test]
fn blocks_in_another_currency_are_left_out_by_name() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("blocks")).unwrap();
    let text = "format: 1\nblocks:\n\
        - {ref_id: net, kind: hardware, name: Net, cost: {first_year: [5, 9], yearly: [0, 0], currency: YER}}\n";
    std::fs::write(folder.path().join("blocks/nets.yaml"), text).unwrap();
    let shelf = Shelf::load(Some(folder.path()));
    let trouble = shelf.left_out.iter().find(|trouble| trouble.file.ends_with("nets.yaml")).expect("left out");
    assert_eq!((trouble.line, trouble.path.as_str()), (3, "blocks[0].cost.currency"));
    assert!(trouble.what.contains("in YER") && trouble.what.ends_with("expected EUR"), "{trouble}");
    assert!(shelf.blocks.get("net").is_none());
}

#[test]
fn a_draft_may_be_called_as_one_likes_and_names_blocks_that_are_there() {
    let folder = tempfile::tempdir().unwrap();
    let shelf = wooden(folder.path());
    let text = boats("points", 2);
    assert_eq!(read_draft("draft.yaml", &text, &shelf.blocks).unwrap().id(), "boats");
    let troubles = read_draft("draft.yaml", &text.replace("oak, pine", "oak, plastic"), &shelf.blocks).unwrap_err();
    assert_eq!((troubles.len(), troubles[0].path.as_str()), (1, "items[1].blocks"));
    assert!(troubles[0].line > 0 && troubles[0].what.contains("no block plastic"), "{}", troubles[0]);
    // On the shelf the other way is still one.
    let file = folder.path().join("frameworks/boats.yaml");
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(&file, text.replace("oak, pine", "plastic, oak")).unwrap();
    let shelf = Shelf::load(Some(folder.path()));
    let boats = shelf.get("boats").unwrap();
    let scored = score(boats, &Sheet { day: "2026-01-15".into(), ..Sheet::default() }, None);
    let found = design(&shelf, boats, &scored, &Ask::default()).remove(0);
    assert!(found.blocks.iter().any(|one| one.block == "oak"), "{:?}", found.unmet);
}

#[test]
fn the_cheapest_way_in_time_is_chosen_with_what_it_needs_and_says_because() {
    let folder = tempfile::tempdir().unwrap();
    let shelf = wooden(folder.path());
    assert!(
        shelf
            .left_out
            .iter()
            .any(|trouble| trouble.what.contains("egg → hen → egg") || trouble.what.contains("hen → egg → hen")),
        "circles are named"
    );
    let boats = catalogue("points", 2);
    let scored = score(&boats, &Sheet { day: "2026-01-15".into(), ..Sheet::default() }, None);
    let ids = |ask: Ask| -> (Vec<String>, Vec<(String, &'static str)>) {
        let best = design(&shelf, &boats, &scored, &ask).remove(0);
        assert!(best.proven);
        (
            best.blocks.iter().map(|chosen| chosen.block.clone()).collect(),
            best.unmet.iter().map(|unmet| (unmet.wish.clone(), unmet.why)).collect(),
        )
    };
    let (blocks, unmet) = ids(Ask::default());
    assert_eq!(blocks, ["hand-saw", "pine"]);
    assert!(unmet.contains(&("H-2".into(), "no-block")));
    assert_eq!(
        ids(Ask { months: Some(1), ..Ask::default() }).0,
        ["hand-saw", "oak"],
        "four weeks are too short for pine"
    );
    let (blocks, unmet) = ids(Ask { budget: Some(49), ..Ask::default() });
    assert!(blocks.is_empty() && unmet.contains(&("H-1".into(), "over-budget")));
    assert_eq!(ids(Ask { budget: Some(50), ..Ask::default() }).0, ["hand-saw", "pine"]);
    let (blocks, unmet) = ids(Ask { services: vec!["saw".into(), "moon".into()], budget: Some(10), ..Ask::default() });
    assert_eq!(blocks, ["hand-saw"]);
    assert!(unmet.contains(&("moon".into(), "unknown")));
    let all = design(&shelf, &boats, &scored, &Ask::default());
    let saw = &all[0].blocks[0];
    assert_eq!(
        (saw.because.as_slice(), saw.needed_by.as_slice()),
        (["H-1".to_string()].as_slice(), ["pine".to_string()].as_slice())
    );
    assert_eq!((all[0].first_year, all[0].weeks, all[0].payers["donor"]), ([25, 50], 7, 10));
    assert_eq!(all[1].blocks[1].block, "oak", "the cheapest to keep");
}

#[test]
fn a_design_for_everything_that_is_built_in_is_found_at_once() {
    let shelf = Shelf::load(None);
    for catalogue in shelf.all() {
        let scored =
            score(catalogue, &Sheet { day: "2026-01-15".into(), ..Sheet::default() }, catalogue.told.profiles.first());
        let start = std::time::Instant::now();
        let found = design(&shelf, catalogue, &scored, &Ask::default());
        println!("{}: {} blocks, {:?}", catalogue.id(), found[0].blocks.len(), start.elapsed());
        assert!(found.iter().all(|one| one.proven), "{}", catalogue.id());
        assert!(!found[0].unmet.iter().any(|unmet| unmet.why == "nobody-provides"), "{:?}", found[0].unmet);
    }
}

#[test]
fn a_report_speaks_every_language_and_nothing_in_it_becomes_markup() {
    let boats = catalogue("minima", 5);
    let mut sheet = Sheet { day: "2026-01-15".into(), ..Sheet::default() };
    sheet.voices.push(manara_framework::assessments::Voice {
        id: "a".into(),
        name: "<script>alert(1)</script>".into(),
        organisation: "x".into(),
        role: String::new(),
    });
    let scored = score(&boats, &sheet, boats.profile("harbour"));
    let words = Words::built_in().unwrap();
    let blocks = manara_framework::catalogues::Blocks::default();
    let assessment = manara_framework::assessments::Assessment {
        id: "i".into(),
        subject: "<b>Fleet | of *all*</b>".into(),
        catalogue: "boats".into(),
        hash: boats.hash.clone(),
        tlp: manara_model::Tlp::Amber,
        state: manara_framework::assessments::State::Open,
        made_by: "duty".into(),
        made: crate::house::NOON,
        changed: crate::house::NOON,
        version: 1,
        kind: None,
    };
    let printer = Printer::new(None);
    for lang in Lang::ALL {
        let of = Report {
            assessment: &assessment,
            catalogue: &boats,
            sheet: &sheet,
            score: &scored,
            blocks: &blocks,
            words: &words,
            lang,
        };
        let document = report(&of);
        assert_eq!(report(&of), document, "the same document");
        assert_eq!(document.tlp, Some(manara_model::Tlp::Amber));
        for form in [Form::Html, Form::Md] {
            let text = String::from_utf8(printer.print(&document, form).unwrap()).unwrap();
            // In Markdown a sign with a backslash before it is a letter.
            let bare = text.replace("\\<", "");
            assert!(!bare.contains("<b>") && !bare.contains("<script"), "{lang:?} {form:?}");
            assert!(!text.contains("framework-") && !text.contains("document-"), "a key without words: {text}");
            assert!(text.contains("TLP:AMBER") && text.contains("H-2"));
            assert!(!text.contains("alert"), "respondents stand there by organisation and role, not by name: {text}");
        }
        let html = String::from_utf8(printer.print(&document, Form::Html).unwrap()).unwrap();
        assert!(html.contains(&format!(r#"dir="{}""#, lang.dir())) && html.contains("2026"), "{html}");
    }
    let missing: Vec<_> = words.missing();
    assert!(missing.is_empty(), "{missing:?}");
}

/// A full assessment of a built-in catalogue: every item answered by three, evidence for every other one.
fn answered(catalogue: &manara_framework::catalogues::Catalogue) -> Sheet {
    let mut sheet = Sheet { day: "2026-11-22".into(), ..Sheet::default() };
    let (low, high) = catalogue.ends();
    for (at, name) in ["Ministry", "Regulator", "Police"].iter().enumerate() {
        sheet.voices.push(manara_framework::assessments::Voice {
            id: format!("v{at}"),
            name: format!("Person {at}"),
            organisation: (*name).into(),
            role: "head".into(),
        });
        for (item, place) in catalogue.assessable().zip(0i64..) {
            sheet.answers.push(manara_framework::assessments::Answer {
                voice: format!("v{at}"),
                item: item.ref_id.clone(),
                level: Some(low + (place + at as i64) % (high - low + 1)),
                not_applicable: false,
                state: None,
                comment: String::new(),
            });
        }
    }
    sheet
}

#[test]
fn hours_of_duty_and_the_size_of_the_constituency_count() {
    let shelf = Shelf::load(None);
    let sim3 = shelf.get("sim3").unwrap();
    let scored = score(sim3, &answered(sim3), None);
    let designed = |ask: &Ask| design(&shelf, sim3, &scored, ask).remove(0);
    let night = Ask { hours: Some(Hours::Always), constituents: Some(600), ..Ask::default() };
    let found = designed(&night);
    let shifts = found.blocks.iter().find(|one| one.block == "shift-team").expect("who is there at night");
    assert!(shifts.because.iter().any(|wish| wish == "staffed-nights"), "{:?}", shifts.because);
    let staffing = found.staffing(&night);
    assert_eq!((staffing.hours, staffing.seats, staffing.people), (Hours::Always, 3, 16));
    let call = Ask { hours: Some(Hours::OnCall), ..Ask::default() };
    let found = designed(&call);
    assert!(found.blocks.iter().any(|one| one.block == "oncall-rota"), "the cheaper way: {:?}", found.blocks);
    assert_eq!((found.staffing(&call).hours, found.staffing(&call).people), (Hours::OnCall, 3));
    let two = Ask { hours: Some(Hours::TwoShifts), ..Ask::default() };
    assert_eq!(designed(&two).staffing(&two).hours, Hours::TwoShifts, "people alone");
    // A larger constituency is more people, whom blocks bring and who cost.
    let has = |found: &Design, block: &str| found.blocks.iter().any(|one| one.block == block);
    let mut dear = 0;
    for (constituents, block) in [(600, "team-four-more"), (2_000, "core-team-medium"), (100_000, "team-of-thirty")] {
        let hours = if constituents > 2_000 { Hours::TwoShifts } else { Hours::Office };
        let ask = Ask { hours: Some(hours), constituents: Some(constituents), ..Ask::default() };
        let found = designed(&ask);
        assert!(has(&found, block) && found.first_year[1] > dear, "{constituents}: {:?}", found.first_year);
        dear = found.first_year[1];
    }
    let most = Ask { hours: Some(Hours::Always), constituents: Some(100_000), ..Ask::default() };
    let found = designed(&most);
    assert!(has(&found, "team-of-sixty") && has(&found, "shift-team") && !has(&found, "core-team-small"));
    assert_eq!(found.staffing(&most).people, 63);
}

#[test]
fn a_design_for_a_profile_closes_what_the_profile_names() {
    let shelf = Shelf::load(None);
    let services = shelf.get("first-services").unwrap();
    let sheet = Sheet { day: "2026-01-15".into(), ..Sheet::default() };
    let designed = |profile: &str| {
        let profile = services.profile(profile).unwrap();
        let found = design(&shelf, services, &score(services, &sheet, Some(profile)), &Ask::default()).remove(0);
        let wished = found.met.iter().chain(found.unmet.iter().map(|unmet| &unmet.wish));
        for wish in wished {
            assert!(profile.minima.contains_key(wish), "{wish} is not in {}", profile.ref_id);
        }
        found
    };
    let (basic, enhanced) = (designed("itu-basic"), designed("itu-enhanced"));
    assert!(basic.blocks.len() < enhanced.blocks.len() && basic.first_year[1] < enhanced.first_year[1]);
}

#[test]
fn the_design_document_has_its_eight_chapters_in_every_language() {
    let shelf = Shelf::load(None);
    let sim3 = shelf.get("sim3").unwrap();
    let words = Words::built_in().unwrap();
    let sheet = answered(sim3);
    let scored = score(sim3, &sheet, sim3.told.profiles.first());
    let ask =
        Ask { services: vec!["6.1".into(), "6.2".into()], budget: Some(2_000_000), months: Some(36), ..Ask::default() };
    let course = design(&shelf, sim3, &scored, &ask)[0].blocks[0].block.clone();
    let ask = Ask { payers: read_payers([format!("{course}=itu").as_str()]).unwrap(), ..ask };
    let designs = design(&shelf, sim3, &scored, &ask);
    // Every alternative stays within the budget, not the cheapest alone.
    let dear = design(&shelf, sim3, &scored, &Ask::default())[0].first_year[1];
    for tenths in 3..10 {
        let budget = dear * tenths / 10;
        let all = design(&shelf, sim3, &scored, &Ask { budget: Some(budget), ..Ask::default() });
        assert!(all.iter().all(|one| one.first_year[1] <= budget), "{budget}: {all:?}");
        assert!(!all.is_empty());
    }
    let assessment = manara_framework::assessments::Assessment {
        id: "i".into(),
        subject: "Siraj".into(),
        catalogue: "sim3".into(),
        hash: sim3.hash.clone(),
        tlp: manara_model::Tlp::Green,
        state: manara_framework::assessments::State::Closed,
        made_by: "duty".into(),
        made: crate::house::NOON,
        changed: crate::house::NOON,
        version: 1,
        kind: None,
    };
    let nation = manara_framework::designs::Nation {
        country: "Siraj Islands".into(),
        team: "SIRAJ-CIRT".into(),
        sectors: vec![("Energy".into(), 4), ("Health".into(), 3)],
        languages: vec!["English".into()],
    };
    let of = |lang, nation| DesignPaper {
        assessment: &assessment,
        catalogue: sim3,
        score: &scored,
        designs: &designs,
        ask: &ask,
        shelf: &shelf,
        nation,
        wording: Wording { words: &words, lang },
    };
    for lang in Lang::ALL {
        let document = design_document(&of(lang, &nation)).expect("a design");
        let chapters = document.parts.iter().filter(|part| match part {
            Part::Heading(1, title) => title.chars().next().is_some_and(|c| c.is_numeric()),
            _ => false,
        });
        assert_eq!(chapters.count(), 8, "{lang:?}");
        let text = String::from_utf8(Printer::new(None).print(&document, Form::Md).unwrap()).unwrap();
        assert!(text.contains("SIRAJ-CIRT") && text.contains("5.25") || lang == Lang::Fr && text.contains("5,25"));
        assert!(!text.contains("document-") && !text.contains("framework-"), "a key without words: {text}");
        assert!(lang != Lang::En || text.contains("Paid by ITU") && text.contains("Said for this design"), "{text}");
    }
    let unknown = design_document(&of(Lang::En, &manara_framework::designs::Nation::default())).expect("a design");
    let text = String::from_utf8(Printer::new(None).print(&unknown, Form::Md).unwrap()).unwrap();
    assert!(text.contains("No constituents are recorded yet"), "what is not known is not made up: {text}");
    assert!(words.missing().is_empty(), "{:?}", words.missing());
}

/// The report and the design of a full assessment, in every language and form. `MANARA_KEEP_PAPERS` names a folder to keep them in.
#[test]
fn a_full_report_is_printed_in_every_language_and_form() {
    let shelf = Shelf::load(None);
    let words = Words::built_in().unwrap();
    let printer = Printer::new(None);
    assert!(printer.fonts().missing().is_empty(), "scripts/setup installs the fonts: {:?}", printer.fonts());
    for id in ["sim3", "five-elements"] {
        let catalogue = shelf.get(id).unwrap();
        let sheet = answered(catalogue);
        let scored = score(catalogue, &sheet, catalogue.told.profiles.first());
        let assessment = manara_framework::assessments::Assessment {
            id: "019390a0-0000-7000-8000-000000000000".into(),
            subject: "جزر سراج <Siraj> #set".into(),
            catalogue: id.into(),
            hash: catalogue.hash.clone(),
            tlp: manara_model::Tlp::AmberStrict,
            state: manara_framework::assessments::State::Open,
            made_by: "duty".into(),
            made: crate::house::NOON,
            changed: crate::house::NOON,
            version: 1,
            kind: None,
        };
        for lang in Lang::ALL {
            let document = report(&Report {
                assessment: &assessment,
                catalogue,
                sheet: &sheet,
                score: &scored,
                blocks: &shelf.blocks,
                words: &words,
                lang,
            });
            for form in Form::ALL {
                let bytes =
                    printer.print(&document, form).unwrap_or_else(|why| panic!("{id} {lang:?} {form:?}: {why}"));
                let begins: &[u8] = match form {
                    Form::Pdf => b"%PDF-",
                    Form::Docx => b"PK",
                    Form::Html => b"<!doctype html>",
                    Form::Md => b"TLP:AMBER+STRICT",
                };
                assert!(bytes.starts_with(begins), "{id} {lang:?} {form:?}");
                if let Some(folder) = std::env::var_os("MANARA_KEEP_PAPERS") {
                    let name = format!("{id}-{}.{}", lang.tag(), form.as_str());
                    std::fs::write(std::path::Path::new(&folder).join(name), &bytes).expect("a writable folder");
                }
            }
        }
    }
}

#[test]
fn who_pays_is_said_by_the_block_unless_it_is_said_for_the_design() {
    let shelf = Shelf::load(None);
    let sim3 = shelf.get("sim3").unwrap();
    let sheet = Sheet { day: "2026-01-15".into(), ..Sheet::default() };
    let scored = score(sim3, &sheet, sim3.usual_profile());
    let usual = design(&shelf, sim3, &scored, &Ask::default()).remove(0);
    let paid = |design: &manara_framework::designs::Design| design.payers.values().sum::<i64>();
    assert_eq!(usual.payers.keys().collect::<Vec<_>>(), ["donor", "member-state"]);
    assert_eq!(paid(&usual), usual.first_year[1]);
    let course =
        usual.blocks.iter().find(|one| one.payer == "donor" && one.first_year[1] > 0).expect("a block of a donor");
    let payers = |text: &str| Ask { payers: read_payers([text]).unwrap(), ..Ask::default() };
    let why = payers("training-handlng=itu").check(&shelf).unwrap_err();
    assert!(why.contains("training-handlng"), "{why}");
    let ask = payers(&format!("{}=itu, training-handling=donor", course.block));
    assert_eq!(ask.check(&shelf), Ok(()));
    let said = design(&shelf, sim3, &scored, &ask).remove(0);
    assert_eq!(said.payers.keys().collect::<Vec<_>>(), ["donor", "itu", "member-state"]);
    assert_eq!(
        (paid(&said), said.payers["itu"]),
        (said.first_year[1], course.first_year[1]),
        "the three pay the whole"
    );
    assert_eq!(said.blocks.iter().filter(|one| one.payer_is_said).count(), 2);
    assert_eq!(read_payers([ask.payers_text().as_str()]).unwrap(), ask.payers, "what is written is read again");
    for wrong in ["course", "course=king", "a b=itu", "=itu"] {
        let why = read_payers([wrong]).expect_err(wrong);
        assert!(why.contains("member-state, donor, itu"), "{why}");
    }
    // What was kept before this could be said keeps its bytes.
    assert!(!serde_json::to_string(&usual).unwrap().contains("payer_is_said"));
}

#[test]
fn the_assessment_with_itu_is_paid_by_itu_and_nothing_else_is() {
    let shelf = Shelf::load(None);
    let of_itu: Vec<&str> =
        shelf.blocks.all().filter(|block| block.payer == "itu").map(|block| block.ref_id.as_str()).collect();
    assert_eq!(of_itu, ["itu-assessment"], "ITU's slides give every later stage to the member state or a donor");
    let catalogue = shelf.get("itu-cirt").unwrap();
    let sheet = Sheet { day: "2026-01-15".into(), ..Sheet::default() };
    let found = design(&shelf, catalogue, &score(catalogue, &sheet, None), &Ask::default()).remove(0);
    assert_eq!(found.payers.len(), 3, "{:?}", found.payers);
    assert_eq!(found.payers.values().sum::<i64>(), found.first_year[1]);
    let block = shelf.blocks.get("itu-assessment").unwrap();
    assert_eq!(found.payers["itu"], block.cost.first_year[1]);
}
