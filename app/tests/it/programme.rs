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
    house.verified();
}
