//! From an assessment to a programme, typed at the terminal.

use serde_json::Value;

use crate::house::House;

#[test]
fn a_design_is_kept_planned_and_written_from_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::new(folder.path().join("data"));
    house.furnish(folder.path());
    let one = house.json(&["assess", "new", "--catalogue", "sim3", "--subject", "Our team", "--json"]);
    let assessment = one["id"].as_str().unwrap();
    let solve = ["design", "solve", "--assessment", assessment, "--services", "6.1", "--keep", "First", "--json"];
    let solved = house.json(&solve);
    let design = solved["id"].as_str().expect("the id of the kept design");
    assert_eq!(solved["kept"]["name"], "First");
    let listed = house.json(&["design", "list", "--json"]);
    let shown = house.json(&["design", "show", design, "--json"]);
    assert_eq!((&listed[0]["sha256"], &listed[0]["state"]), (&shown["sha256"], &Value::from("draft")));
    assert_eq!(shown["answer"][0]["blocks"], solved["blocks"], "the whole answer is kept");
    house.done(&["design", "decide", design, "accepted"]);
    let people = ["--people", "3,head=1"];
    let plan = ["programme", "plan", "--design", design, "--start", "2027-01-04", people[0], people[1], "--json"];
    let planned = house.json(&plan);
    let id = planned["id"].as_str().unwrap();
    let blocks = solved["blocks"].as_array().unwrap().len();
    assert_eq!(planned["tasks"].as_array().unwrap().len(), blocks + 3, "the blocks, trial, handover and closure");
    assert_eq!((&planned["start"], &planned["weekend"]), (&Value::from("2027-01-04"), &Value::from("sat,sun")));
    assert_eq!((&planned["people"], &planned["roles"]["head"]), (&Value::from(3), &Value::from(1)));
    let status = house.json(&["programme", "status", id, "--json"]);
    assert_eq!(status["end"], planned["end"]);
    assert!(house.done(&["programme", "status", id, "--lang", "fr"]).contains("Remise"));
    assert_eq!(house.json(&["programme", "list", "--json"]).as_array().unwrap().len(), 1);
    for (form, begins) in [("csv", "number,task,"), ("xml", "<?xml version"), ("ics", "BEGIN:VCALENDAR\r\n")] {
        let file = folder.path().join(format!("plan.{form}"));
        house.done(&["programme", "export", id, "--format", form, "--out", file.to_str().unwrap()]);
        assert!(std::fs::read_to_string(file).unwrap().starts_with(begins), "{form}");
    }
    for (args, says) in [
        (&["programme", "plan", "--design", design, "--start", "soon"][..], "expected one such as 2027-01-04"),
        (
            &["programme", "plan", "--design", design, "--start", "2027-01-04", "--people", "0"][..],
            "expected one such as 5",
        ),
        (&["programme", "plan", "--design", "none", "--start", "2027-01-04"][..], "manara design list"),
        (&["programme", "status", "none"][..], "manara programme list"),
        (&["programme", "export", id, "--format", "doc"][..], "expected csv, xml or ics"),
        (&["design", "decide", design, "done"][..], "expected accepted, withdrawn or draft"),
    ] {
        let ran = house.run(args);
        assert_eq!(ran.code, 1, "{args:?}");
        assert!(ran.err.contains(says), "{args:?}: {}", ran.err);
    }
    tasks_go_their_way(&house, folder.path(), id);
    own_tasks_and_days_off(&house, folder.path(), (id, blocks));
    lines_are_corrected(&house, id);
    house.verified();
}

/// A task is begun, done, accepted with what proves it and opened again; a programme with open tasks is not closed.
fn tasks_go_their_way(house: &House, folder: &std::path::Path, id: &str) {
    let typed = |rest: &[&str]| house.run(&[&["programme", "task", rest[0], id], &rest[1..]].concat());
    assert_eq!(typed(&["begin", "1"]).out.trim(), "1 started");
    let early = typed(&["done", "1", "--day", "2020-01-01"]);
    assert!(early.code == 1 && !early.err.is_empty(), "{}", early.err);
    assert!(typed(&["begin", "2", "--day", "soon"]).err.contains("expected one such as 2027-01-04"));
    assert_eq!(typed(&["done", "1"]).out.trim(), "1 finished");
    assert_eq!(typed(&["accept", "1"]).code, 1, "nothing proves it");
    let minutes = folder.join("minutes.txt");
    std::fs::write(&minutes, "Seen and used.").unwrap();
    let taken = typed(&["accept", "1", "--proof", "Shown", "--file", minutes.to_str().unwrap(), "--json"]);
    let taken: Value = serde_json::from_str(&taken.out).expect("JSON");
    assert_eq!(taken["state"], "accepted", "{taken}");
    house.misses(b"Seen and used.", "the proof of a block or a task");
    assert!(house.done(&["programme", "task", "show", id, "1"]).contains("minutes.txt"));
    assert_eq!(typed(&["reopen", "1"]).out.trim(), "1 started");
    let before = house.json(&["programme", "task", "show", id, "1", "--json"])["accepted_before"].clone();
    assert_eq!(before.as_array().map(Vec::len), Some(1), "what proved it is kept: {before}");
    house.misses(b"Seen and used.", "the proof of a block or a task");
    let early = house.run(&["programme", "close", id]);
    assert!(early.code == 1 && !early.err.is_empty(), "{}", early.err);
    assert!(house.done(&["programme", "reopen", id]).contains("running"));
    assert_eq!(typed(&["reopen", "1", "--open"]).out.trim(), "1 open");
}

/// Risks are written down, corrected and removed; nothing of what they said is lost.
fn lines_are_corrected(house: &House, id: &str) {
    let typed = |rest: &[&str]| house.run(&[&["programme", "line", rest[0], id], &rest[1..]].concat());
    let json = |rest: &[&str]| serde_json::from_str::<Value>(&typed(&[rest, &["--json"]].concat()).out).expect("JSON");
    let task = house.json(&["programme", "task", "show", id, "1", "--json"]);
    assert_eq!((&task["number"], task["accepted_before"].as_array().map(Vec::len)), (&Value::from(1), Some(1)));
    assert!(house.done(&["programme", "task", "show", id, "1"]).contains("open"));
    let line = typed(&["add", "--text", "The donor leaves", "--likelihood", "2"]).out;
    let line = line.trim();
    assert_eq!(typed(&["change", line, "--text", "The donor goes", "--version", "1"]).code, 0);
    let stale = typed(&["change", line, "--text", "x", "--version", "1"]);
    assert!(stale.code == 1 && stale.err.contains("somebody else changed this line"), "{}", stale.err);
    let shown = json(&["show", line]);
    assert_eq!((&shown["text"], &shown["likelihood"]), (&Value::from("The donor goes"), &Value::from(2)));
    assert_eq!(
        (&shown["before"][0]["text"], &shown["before"][0]["changed_by"]),
        (&"The donor leaves".into(), &"cli".into())
    );
    assert!(typed(&["show", line]).out.contains("The donor leaves"));
    assert_eq!(typed(&["tick", line]).code, 0);
    assert_eq!(typed(&["remove", line]).code, 0);
    assert_eq!(json(&["list"])["removed"][0]["removed_by"], "cli");
    assert!(typed(&["list"]).out.contains("removed"));
    assert_eq!(typed(&["restore", line]).code, 0);
    assert_eq!(json(&["list"])["removed"], serde_json::json!([]));
    for (args, says) in [
        (&["change", "none", "--text", "x"][..], "manara programme line list"),
        (&["add", "--kind", "wish", "--text", "x"][..], "expected risk, handover or closure"),
        (&["change", line, "--likelihood", "4"][..], "4"),
    ] {
        let ran = typed(args);
        assert!(ran.code != 0 && ran.err.contains(says), "{args:?}: {}", ran.err);
    }
}

/// A task that no block says, and the days nobody works.
fn own_tasks_and_days_off(house: &House, folder: &std::path::Path, (id, blocks): (&str, usize)) {
    fn typed<'a>(id: &'a str, rest: &[&'a str]) -> Vec<&'a str> {
        [&["programme", "task", rest[0], id], &rest[1..]].concat()
    }
    let number = (blocks + 4).to_string();
    let last = (blocks + 3).to_string();
    let added = house.done(&typed(id, &["add", "--name", "Rent a room", "--effort", "2-5", "--needs", "1"]));
    assert_eq!(added.trim(), number, "the number after those of the design");
    let told = |house: &House| {
        let status = house.json(&["programme", "status", id, "--json"]);
        let tasks = status["tasks"].as_array().unwrap().clone();
        (tasks.last().unwrap().clone(), tasks[blocks + 2]["needs"].clone(), status["end"].clone())
    };
    let (own, needs, end) = told(house);
    assert_eq!((own["name"].as_str(), own["days"].as_i64()), (Some("Rent a room"), Some(5)));
    assert!(needs.as_array().unwrap().contains(&Value::from(blocks + 4)), "the closure waits for it: {needs}");
    house.done(&typed(id, &["change", &number, "--effort", "7"]));
    assert_eq!(told(house).0["effort_days"], serde_json::json!([7, 7]));
    let round = house.run(&typed(id, &["change", &number, "--needs", &last]));
    assert!(round.code == 1 && round.err.contains("in a circle") && round.err.contains("Rent a room"), "{}", round.err);
    house.done(&typed(id, &["remove", &number]));
    assert_eq!(told(house).0["number"], Value::from(blocks + 3));
    house.done(&typed(id, &["restore", &number]));
    assert_eq!(told(house).0["name"], "Rent a room");
    let list = folder.join("off.csv");
    std::fs::write(&list, "date,name\n2027-03-09,Day of the Lighthouse\n").unwrap();
    house.done(&["programme", "days-off", "set", id, "--file", list.to_str().unwrap()]);
    assert_eq!(house.done(&["programme", "days-off", "list", id]), "date,name\n2027-03-09,Day of the Lighthouse\n");
    assert_ne!(told(house).2, end, "a day off moves the end");
    assert_eq!(house.done(&["programme", "days-off", "list"]), "date,name\n", "the nation has its own");
    std::fs::write(&list, "soon,X\n").unwrap();
    let bad = house.run(&["programme", "days-off", "set", "--file", list.to_str().unwrap()]);
    assert!(
        bad.code == 1 && bad.err.contains("line 1: \"soon\"") && bad.err.contains("nothing was changed"),
        "{}",
        bad.err
    );
}
