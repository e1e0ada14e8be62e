//! Proofs of building blocks, courses and certificates on the terminal.

use serde_json::{Value, json};

use crate::house::{House, Schema};

fn walk(house: &House) {
    house.done(&["init", "--json"]);
    let block = "power-backup";
    let early = house.run(&["establish", "proof", "show", block]);
    assert!(early.code == 1 && early.err.contains("was not applied"), "{early:?}");
    assert_eq!(house.run(&["establish", "apply", block]).code, 3, "somebody has to bring the proof");
    let assigned =
        house.json(&["establish", "proof", "assign", block, "--person", "admin", "--due", "2026-12-31", "--json"]);
    assert_eq!((assigned["person"].clone(), assigned["due"].clone()), (json!("admin"), json!("2026-12-31")));
    let nobody = house.run(&["establish", "proof", "bring", block, "--by", "amina", "--text", "x"]);
    assert!(nobody.code == 1 && nobody.err.contains("called amina; there are admin"), "{nobody:?}");
    let nothing = house.run(&["establish", "proof", "accept", block, "--by", "admin"]);
    assert!(nothing.code == 1 && nothing.err.contains("nothing was shown"), "{nothing:?}");
    let file = house.data.join("run.log");
    std::fs::write(&file, "").unwrap();
    let path = file.to_str().unwrap();
    let bring = ["establish", "proof", "bring", block, "--by", "admin", "--text", "Ran", "--file", path, "--json"];
    let empty = house.run(&bring);
    assert!(empty.code == 1 && empty.err.contains("this one has 0"), "{empty:?}");
    std::fs::write(&file, "ran").unwrap();
    let shown = house.json(&bring);
    assert_eq!((shown["shown_by"].clone(), shown["file_name"].clone()), (json!("admin"), json!("run.log")));
    house.misses(b"ran", "the proof of a block or a task");
    // The administrator is alone, so nobody else could accept it.
    let accepted = house.json(&["establish", "proof", "accept", block, "--by", "admin", "--json"]);
    assert_eq!((accepted["stand"].clone(), accepted["own"].clone()), (json!("in-place"), json!(true)));
    let refused = house.json(&["establish", "proof", "refuse", block, "--by", "admin", "--json"]);
    assert_eq!((refused["stand"].clone(), refused["shown_by"].clone()), (json!("begun"), json!("")));
    assert!(house.done(&["establish", "proof", "show", block]).contains("2026-12-31"));

    let courses = house.json(&["training", "list", "--lang", "fr", "--json"]);
    let course = courses.as_array().unwrap().iter().find(|one| one["id"] == "response").expect("a course").clone();
    assert!(course["questions"] == json!(4) && !course["name"].as_str().unwrap().is_empty(), "{course}");
    let asked = house.json(&["training", "ask", "response", "--json"]);
    assert!(!asked.to_string().contains("right"), "what is right is not printed");
    let version = asked["version"].as_str().unwrap();
    assert!(house.done(&["training", "ask", "response"]).contains(version));
    let answer = |version: &str, answers: &[&str]| {
        let mut args = vec!["training", "answer", "response", "--by", "admin", "--version", version];
        args.extend(answers);
        args.push("--json");
        house.run(&args)
    };
    for (version, answers, part) in [
        ("another", vec!["1", "1,2", "2", "1"], "training ask response"),
        (version, vec!["1"], "has 4 questions; 1 were answered"),
        (version, vec!["1", "1,2", "2", "9"], "question 4: 9 is no number from 1 to"),
    ] {
        let ran = answer(version, &answers);
        assert!(ran.code == 1 && ran.err.contains(part), "{part}: {ran:?}");
    }
    assert_eq!(answer(version, &["2", "1", "1", "2"]).code, 3, "not enough was right");
    let passed = answer(version, &["1", "1,2", "2", "1"]);
    assert_eq!(passed.code, 0, "{passed:?}");
    let passed: Value = serde_json::from_str(&passed.out).unwrap();
    let number = passed["certificate"].as_str().unwrap();
    let found = house.json(&["training", "certificate", &number.to_lowercase(), "--json"]);
    assert_eq!((found["person"].clone(), found["course"].clone()), (json!("admin"), json!("response")));
    assert_eq!(house.run(&["training", "certificate", "C-2026-NONE"]).code, 3);
    assert_eq!(house.json(&["training", "attempts", "admin", "--json"]).as_array().unwrap().len(), 2);
    let readers = house.run(&["training", "readers", "--json"]);
    assert_eq!(readers.code, 3, "nobody has read the manual");
    let readers: Value = serde_json::from_str(&readers.out).unwrap();
    let courses = readers[0]["courses"].as_array().unwrap();
    let response = courses.iter().find(|one| one["id"] == "response").unwrap();
    assert!(response["passed"].is_string() && readers[0]["documents"][0]["stand"] == "never", "{readers}");
    // It counts among the figures.
    let figures = house.run(&["quality", "--json"]);
    let figures: Value = serde_json::from_str(&figures.out).unwrap();
    let trained = figures["figures"].as_array().unwrap().iter().find(|one| one["figure"]["figure"] == "trained");
    let trained = &trained.expect("a figure of training")["figure"];
    assert_eq!((trained["value"].as_f64(), trained["n"].as_i64()), (Some(1.0), Some(1)), "{trained}");
    house.verified();
}

#[test]
fn proofs_and_courses_are_done_on_the_terminal_on_sqlite() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    walk(&House::new(folder.path().join("data")));
}

#[test]
fn proofs_and_courses_are_done_on_the_terminal_on_postgresql() {
    let Some(schema) = Schema::make() else { return };
    let folder = tempfile::tempdir().expect("a temporary folder");
    walk(&House { database: Some(schema.url.clone()), ..House::new(folder.path().join("data")) });
}
