//! The rules of the models, on sheets written by hand.

use manara_framework::assessments::{Action, Answer, Consensus, Evidence, Sheet, Voice, read_table};
use manara_framework::catalogues::read_catalogue;
use manara_framework::scoring::{Change, Score, compare, score};
use proptest::prelude::*;

use crate::house::{boats, catalogue};

fn sheet(answers: &[(&str, &str, Option<i64>)]) -> Sheet {
    let mut sheet = Sheet { day: "2026-01-15".into(), ..Sheet::default() };
    for (voice, item, level) in answers {
        if !sheet.voices.iter().any(|known| known.id == *voice) {
            let text = |text: &str| text.to_string();
            sheet.voices.push(Voice { id: text(voice), name: text(voice), organisation: text("Port"), role: text("") });
        }
        sheet.answers.push(Answer {
            voice: (*voice).into(),
            item: (*item).into(),
            level: *level,
            not_applicable: level.is_none(),
            state: Some(Action::InPlace),
            comment: String::new(),
        });
    }
    sheet
}

fn evidence(item: &str, expires: &str, supports: Option<i64>) -> Evidence {
    Evidence {
        id: format!("{item}{expires}{supports:?}"),
        item: item.into(),
        voice: "a".into(),
        label: "a paper".into(),
        sha256: String::new(),
        expires: expires.into(),
        supports,
        revision: 1,
    }
}

fn item<'s>(score: &'s Score, id: &str) -> &'s manara_framework::scoring::ItemScore {
    score.items.iter().find(|item| item.item == id).expect("an item")
}

#[test]
fn a_profile_is_met_only_when_no_item_lies_below() {
    let boats = catalogue("minima", 5);
    let all = [("a", "H-1", Some(1)), ("a", "H-2", Some(2)), ("a", "C-1", Some(1)), ("a", "C-2", Some(1))];
    let harbour = boats.profile("harbour");
    let met = score(&boats, &sheet(&all), harbour);
    assert_eq!((met.figures.meets_claimed, met.figures.below), (Some(true), Some(0)));
    assert_eq!(met.figures.meets_supported, Some(false), "nothing was shown");
    let mut less = all;
    less[3].2 = Some(0);
    let short = score(&boats, &sheet(&less), harbour);
    assert_eq!((short.figures.meets_claimed, item(&short, "C-2").gap), (Some(false), Some(1)));
    assert_eq!(short.figures.mean_ours, Some(1.0));
    let unknown = score(&boats, &sheet(&all), boats.profile("open"));
    assert_eq!((unknown.figures.meets_claimed, unknown.figures.unknown_minima), (None, Some(1)), "null is not guessed");
    assert_eq!(item(&unknown, "H-2").gap, None);
    let mut hull = harbour.unwrap().clone();
    hull.minima.retain(|item, _| item.starts_with("H-"));
    let part = score(&boats, &sheet(&all[..2]), Some(&hull));
    let asked = (part.figures.meets_claimed, part.figures.below, part.figures.unknown_minima);
    assert_eq!(asked, (Some(true), Some(0), Some(0)), "what a profile does not name is not asked for");
    assert!(score(&boats, &sheet(&all), None).gaps.is_empty(), "no profile, no target");
    let silent = score(&boats, &sheet(&all[..3]), harbour);
    assert_eq!((silent.figures.unanswered, silent.figures.meets_claimed), (1, Some(false)));
}

#[test]
fn what_does_not_apply_leaves_both_sides_and_silence_counts_as_nothing() {
    let boats = catalogue("points", 2);
    let some = sheet(&[("a", "H-1", Some(1)), ("a", "H-2", None), ("a", "C-1", Some(0))]);
    let points = score(&boats, &some, None).figures;
    assert_eq!(
        (points.points_claimed, points.points_applicable, points.percent_claimed),
        (Some(2.0), Some(4.0), Some(50.0))
    );
    assert_eq!((points.answered, points.unanswered, points.not_applicable), (2, 1, 1));
    assert_eq!((points.percent_supported, points.mean_ours), (Some(0.0), None));
}

#[test]
fn a_model_of_states_is_a_distribution_and_law_is_covered_by_halves() {
    let states = catalogue("status", 6);
    let some = sheet(&[("a", "H-1", Some(5)), ("a", "H-2", Some(2)), ("a", "C-1", Some(2))]);
    let figures = score(&states, &some, None).figures;
    let claimed: Vec<usize> = figures.levels.iter().map(|at| at.claimed).collect();
    assert_eq!((claimed, figures.mean_ours, figures.percent_claimed), (vec![0, 0, 2, 0, 0, 1], Some(3.0), None));
    let law = catalogue("coverage", 3);
    let some = sheet(&[("a", "H-1", Some(1)), ("a", "H-2", None), ("a", "C-1", Some(2)), ("a", "C-2", Some(0))]);
    let found = score(&law, &some, None);
    assert_eq!(found.figures.percent_claimed, Some(50.0));
    let by: Vec<_> = found.sections.iter().map(|section| section.figures.percent_claimed).collect();
    assert_eq!(by, [Some(50.0), Some(50.0)]);
}

#[test]
fn only_evidence_that_was_looked_at_and_counts_today_supports_a_level() {
    let boats = catalogue("minima", 5);
    let mut some = sheet(&[("a", "H-1", Some(3)), ("a", "H-2", Some(3)), ("a", "C-1", Some(2)), ("a", "C-2", Some(1))]);
    some.evidence = vec![
        evidence("H-1", "", None),
        evidence("H-2", "2026-01-14", Some(4)),
        evidence("C-1", "2026-01-15", Some(4)),
        evidence("C-2", "", Some(1)),
    ];
    let found = score(&boats, &some, None);
    let supported: Vec<Option<i64>> = found.items.iter().map(|item| item.supported).collect();
    assert_eq!(supported, [Some(0), Some(0), Some(2), Some(1)], "never above what is claimed");
    let checks: Vec<(&str, &str)> = found.checks.iter().map(|check| (check.check, check.item.as_str())).collect();
    assert_eq!(checks, [("evidence-not-verified", "H-1"), ("evidence-expired", "H-2")]);
}

#[test]
fn answers_that_lie_apart_are_told_until_something_is_agreed() {
    let boats = catalogue("minima", 5);
    let mut some = sheet(&[
        ("a", "H-1", Some(0)),
        ("b", "H-1", Some(3)),
        ("c", "H-1", Some(1)),
        ("a", "C-1", Some(1)),
        ("b", "H-2", Some(0)),
    ]);
    let found = score(&boats, &some, None);
    let planks = item(&found, "H-1");
    assert_eq!((planks.claimed, planks.disagreement, planks.answers), (Some(1), true, 3));
    assert_eq!(planks.spread.map(|spread| (spread.least, spread.most)), Some((0, 3)));
    let kinds: Vec<&str> = found.checks.iter().map(|check| check.check).collect();
    assert_eq!(kinds, ["disagreement", "contradiction", "missing-voice", "missing-voice", "missing-voice"]);
    some.consensus.push(Consensus {
        item: "H-1".into(),
        level: Some(3),
        not_applicable: false,
        reason: "seen in the dock".into(),
        who: "duty".into(),
    });
    let agreed = score(&boats, &some, None);
    assert_eq!((item(&agreed, "H-1").claimed, item(&agreed, "H-1").agreed), (Some(3), true));
    assert!(!agreed.checks.iter().any(|check| check.check == "disagreement"));
}

#[test]
fn gaps_are_ordered_by_width_and_weight_over_work() {
    let boats = catalogue("points", 5);
    let found = score(
        &boats,
        &sheet(&[("a", "H-1", Some(0)), ("a", "H-2", Some(3)), ("a", "C-1", Some(4)), ("a", "C-2", Some(0))]),
        None,
    );
    let order: Vec<(&str, i64)> = found.gaps.iter().map(|gap| (gap.item.as_str(), gap.rank)).collect();
    assert_eq!(order, [("H-2", 300), ("H-1", 240), ("C-2", 240)], "5 / 1 outweighs four steps of 3 / 3");
}

#[test]
fn two_times_are_compared_item_by_item_even_between_versions() {
    let old = catalogue("minima", 5);
    let text = boats("minima", 5)
        .replace("C-2, parent: C, assessable: true, name: Cook", "C-3, parent: C, assessable: true, name: Mate")
        .replace("C-2: 1", "C-3: 1");
    let new = read_catalogue("boats.yaml", &text).expect("a catalogue");
    let before = score(&old, &sheet(&[("a", "H-1", Some(1)), ("a", "H-2", Some(3)), ("a", "C-2", Some(1))]), None);
    let after = score(&new, &sheet(&[("a", "H-1", Some(2)), ("a", "H-2", Some(2)), ("a", "C-3", Some(1))]), None);
    let found = compare((&old, &before), (&new, &after), |item| Some(item.to_string()));
    let lines: Vec<(&str, Change)> = found.lines.iter().map(|line| (line.item.as_str(), line.change)).collect();
    assert_eq!(
        lines,
        [
            ("H-1", Change::Better),
            ("H-2", Change::Worse),
            ("C-1", Change::Open),
            ("C-3", Change::New),
            ("C-2", Change::Gone)
        ]
    );
    assert_ne!(found.before.1, found.after.1, "another text is another version");
}

#[test]
fn a_bad_file_is_told_with_line_path_and_what_was_expected() {
    for (from, to, line, path, what) in [
        ("rule: minima", "rule: guess", 3, "rule", "expected one of"),
        (
            "parent: C, assessable: true, name: Cook",
            "parent: X, assessable: true, name: Cook",
            26,
            "items[5].parent",
            "before it",
        ),
        ("ref_id: C-2", "ref_id: C-1", 26, "items[5].ref_id", "twice"),
        ("priority: 5", "priority: 9", 23, "items[2].priority", "expected 1 to 5"),
        ("value: 1,", "value: 0,", 0, "scale[1].value", "greater"),
        ("needs: [H-2]", "needs: [Z]", 25, "items[4].needs", "no other item"),
        ("ref_id: boats", "ref_id: ships", 2, "ref_id", "file's name"),
        ("name: Planks", "name: [Planks]", 22, "items[1].name", "a text"),
        ("H-1: 1, H-2: null", "H-1: 7", 17, "profiles[1].minima", "no level"),
    ] {
        let text = boats("minima", 5).replacen(from, to, 1);
        let troubles = read_catalogue("boats.yaml", &text).expect_err(to);
        let found =
            troubles.iter().find(|trouble| trouble.path == path).unwrap_or_else(|| panic!("{to}: {troubles:?}"));
        assert!(found.what.contains(what), "{to}: {found}");
        assert_eq!(found.line, line, "{to}: {found}");
    }
    assert!(read_catalogue("x.yaml", "items: [").is_err() && read_catalogue("x.yaml", "").is_err());
}

#[test]
fn good_rows_are_kept_and_bad_ones_told_with_line_and_column() {
    let boats = catalogue("minima", 5);
    let table = "\u{feff}item,respondent,organisation,role,level,state,comment,evidence\n\
        H-1,Ana,Port,captain,3,in-place,fine,Log book|https://port.example/log\n\
        H-9,Ana,Port,,1,,,\n\
        H-2,Ana,Port,,n/a,,,\n\
        H-1,Ben,Port,,n/a,,,\n\
        H-1,,Port,,1,,,\n\
        C-1,Ben,Port,,7,,,\n\
        C-1,Ben,Port,,1,soon,,\n";
    let (rows, refused) = read_table(&boats, table.as_bytes()).expect("a table");
    assert_eq!(rows.len(), 2);
    assert_eq!((rows[0].evidence.len(), rows[0].given.level, rows[1].given.not_applicable), (2, Some(3), true));
    let told: Vec<(u64, &str)> = refused.iter().map(|bad| (bad.line, bad.column)).collect();
    assert_eq!(told, [(3, "item"), (5, "level"), (6, "respondent"), (7, "level"), (8, "state")]);
    for separator in [";", "\t"] {
        let table =
            "item,respondent,organisation,role,level,state,comment,evidence\nH-1,Ana,Port,,3,In place and reviewed,,\n";
        let (rows, refused) = read_table(&boats, table.replace(',', separator).as_bytes()).expect("a table");
        assert!(rows.len() == 1 && refused.is_empty(), "{separator:?}: {refused:?}");
        assert_eq!(rows[0].given.state.map(|state| state.as_str()), Some("reviewed"));
    }
    assert_eq!(read_table(&boats, "item,level\n".as_bytes()).expect_err("no table").column, "respondent");
}

proptest! {
    #[test]
    fn the_same_answers_in_any_order_give_the_same_bytes(
        levels in proptest::collection::vec((0..4usize, 0..6usize, proptest::option::of(0..5i64)), 0..40),
        seed in any::<u64>(),
    ) {
        let boats = catalogue("minima", 5);
        let items = ["H-1", "H-2", "C-1", "C-2"];
        let voices = ["a", "b", "c", "d", "e", "f"];
        let mut said: Vec<(&str, &str, Option<i64>)> = Vec::new();
        for (item, voice, level) in levels {
            if !said.iter().any(|(v, i, _)| *v == voices[voice] && *i == items[item]) {
                said.push((voices[voice], items[item], level));
            }
        }
        let one = sheet(&said);
        let mut two = one.clone();
        let len = two.answers.len().max(1);
        two.answers.rotate_left(usize::try_from(seed % len as u64).unwrap_or(0));
        let bytes = |sheet: &Sheet| serde_json::to_string(&score(&boats, sheet, boats.profile("harbour"))).unwrap();
        prop_assert_eq!(bytes(&one), bytes(&two));
        let found = score(&boats, &one, None);
        for item in &found.items {
            prop_assert!(item.supported <= item.claimed);
        }
    }
}

#[test]
fn five_hundred_items_of_two_hundred_respondents_are_scored_at_once() {
    let mut text =
        "format: 1\nref_id: big\nrule: status\nname: Big\nscale: [{value: 0, name: a}, {value: 1, name: b}]\nitems:\n"
            .to_string();
    for at in 0..500 {
        text.push_str(&format!("- {{ref_id: I-{at}, assessable: true, name: Item}}\n"));
    }
    let big = read_catalogue("big.yaml", &text).expect("a catalogue");
    let mut all = Sheet { day: "2026-01-15".into(), ..Sheet::default() };
    for voice in 0..200 {
        let id = voice.to_string();
        all.voices.push(Voice { id: id.clone(), name: id.clone(), organisation: id.clone(), role: String::new() });
        all.answers.extend((0..500).map(|at| Answer {
            voice: id.clone(),
            item: format!("I-{at}"),
            level: Some((at + voice) % 2),
            not_applicable: false,
            state: None,
            comment: String::new(),
        }));
    }
    let start = std::time::Instant::now();
    let found = score(&big, &all, None);
    println!("500 items x 200 respondents: {:?}", start.elapsed());
    assert_eq!((found.figures.answered, found.items[0].answers), (500, 200));
}
