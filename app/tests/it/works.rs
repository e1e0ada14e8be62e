//! Quality, law, strategy and the programme office, by the command line.

use serde_json::Value;

use crate::house::House;

/// An empty house of a country.
fn nation(folder: &std::path::Path, name: &str, code: &str) -> House {
    let house = House::new(folder.join(name));
    house.done(&["init", "--json"]);
    house.done(&["setup", "nation", "--country", code]);
    house
}

#[test]
fn quality_has_a_figure_exactly_where_there_is_a_case() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::new(folder.path().join("data"));
    house.furnish(folder.path());
    let ran = house.run(&["quality", "--json"]);
    assert!([0, 3].contains(&ran.code), "{ran:?}");
    let quality: Value = serde_json::from_str(&ran.out).unwrap();
    let figures = quality["figures"].as_array().unwrap();
    assert_eq!(figures.len(), 20);
    for line in figures {
        let figure = &line["figure"];
        assert_eq!(figure.get("value").is_some(), figure["n"].as_i64().unwrap() > 0, "{line}");
        assert_eq!(line["sha256"].as_str().unwrap().len(), 64);
    }
    let of = |name: &str| figures.iter().find(|line| line["figure"]["figure"] == name).unwrap();
    assert!(of("contacts")["figure"]["n"].as_i64().unwrap() > 0, "the constituents are there");
    assert_eq!(of("notify")["figure"]["n"], 0, "and nobody was told yet");
    let wrong = house.run(&["quality", "--from", "soon"]);
    assert!(wrong.code == 1 && wrong.err.contains("such as 2026-11-22"), "{wrong:?}");
}

#[test]
fn law_and_strategy_are_written_and_shown() {
    let folder = tempfile::tempdir().unwrap();
    let house = nation(folder.path(), "data", "EG");
    let id = house.done(&["assess", "new", "--catalogue", "cybercrime-law", "--subject", "Aldermere"]);
    let id = id.trim();
    let write = ["law", "write", id, "--item", "BC-02", "--standing", "partly", "--citation", "Law 12"];
    assert_eq!(house.done(&write).trim(), "written");
    assert_eq!(house.done(&write).trim(), "the same as before");
    let shown = house.json(&["law", "show", id, "--json"]);
    let line = shown["articles"].as_array().unwrap().iter().find(|line| line["item"] == "BC-02").unwrap();
    assert_eq!(
        (&line["standing"], &line["citation"], &line["who"]),
        (&"partly".into(), &"Law 12".into(), &"cli".into())
    );
    let wrong = house.run(&["law", "write", id, "--item", "BC-02", "--standing", "maybe"]);
    assert!(wrong.code == 1 && wrong.err.contains("expected covered, partly, no or n/a"), "{wrong:?}");
    let other = house.done(&["assess", "new", "--catalogue", "sim3", "--subject", "Aldermere"]);
    assert_eq!(house.run(&["law", "show", other.trim()]).code, 1);

    house.done(&["strategy", "add", "--title", "Name the leads", "--item", "NS-S2", "--due", "2020-01-31"]);
    let late = house.run(&["strategy", "show"]);
    assert!(late.code == 3 && late.out.contains("Name the leads"), "{late:?}");
    let ran = house.run(&["strategy", "show", "--json"]);
    let all: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((&all["actions"][0]["is_late"], &all["actions"][0]["item"]), (&true.into(), &"NS-S2".into()));
    let action = all["actions"][0]["id"].as_str().unwrap();
    house.done(&["strategy", "change", action, "--progress", "doing", "--due", "2099-01-31"]);
    let changed = house.json(&["strategy", "show", "--json"])["actions"][0].clone();
    assert_eq!((&changed["due"], &changed["title"]), (&"2099-01-31".into(), &all["actions"][0]["title"]), "{changed}");
    let version = changed["version"].to_string();
    house.done(&["strategy", "change", action, "--owner", "Cabinet", "--version", &version]);
    let stale = house.run(&["strategy", "change", action, "--owner", "Ministry", "--version", &version]);
    assert!(stale.code == 1 && stale.err.contains("somebody else changed the action since"), "{stale:?}");
    let kept = house.json(&["strategy", "show", "--json"])["actions"][0].clone();
    assert_eq!(kept["owner"], "Cabinet", "{kept}");
    for nothing in [&["strategy", "change", action][..], &["office", "withdraw"]] {
        assert_eq!(house.run(nothing).code, 2, "{nothing:?} says nothing");
    }
    let wrong = house.run(&["office", "withdraw", "--snapshot", "none"]);
    assert!(
        wrong.code == 1 && wrong.err.contains("the snapshot none: a value makes no sense or names nothing"),
        "{wrong:?}"
    );
    let wrong = house.run(&["strategy", "change", action, "--progress", "soon"]);
    assert!(wrong.code == 1 && wrong.err.contains("expected one of planned, doing"), "{wrong:?}");
    assert!(house.done(&["strategy", "calendar", "--lang", "ar"]).starts_with("BEGIN:VCALENDAR\r\n"));

    let add = ["strategy", "stakeholder", "--name", "Cabinet", "--organisation", "Prime Minister"];
    house.done(&[&add[..], &["--part", "NS-G2=accountable"]].concat());
    let wrong = house.run(&[&add[..], &["--part", "NS-G2=king"]].concat());
    assert!(wrong.code == 1 && wrong.err.contains("expected responsible"), "{wrong:?}");
    house.done(&["strategy", "function", "--name", "Power"]);
    house.done(&["strategy", "function", "--name", "Water", "--needs", "Power"]);
    assert_eq!(house.run(&["strategy", "function", "--name", "Food", "--needs", "Sun"]).code, 1);
    let review = ["strategy", "review", "--kind", "law", "--title", "Law 12", "--next", "2020-01-31", "--every", "12"];
    let review = house.done(&review);
    house.done(&["strategy", "done", review.trim()]);
    let ran = house.run(&["strategy", "show", "--json"]);
    let all: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(all["stakeholders"][0]["parts"]["NS-G2"], "accountable");
    assert_eq!(all["functions"].as_array().map(Vec::len), Some(2));
    assert!(all["reviews"][0]["last"] != "" && all["reviews"][0]["next"].as_str() > Some("2026"), "{all}");
    house.done(&["strategy", "remove", "review", review.trim()]);
    assert_eq!(house.run(&["strategy", "remove", "review", review.trim()]).code, 1);
    house.done(&["strategy", "restore", "review", review.trim()]);
    house.done(&["strategy", "remove", "review", review.trim()]);
    for (step, state) in [("close", "closed"), ("reopen", "open")] {
        assert_eq!(house.json(&["assess", step, id, "--json"])["state"], state);
    }
}

#[test]
fn evidence_is_shown_written_anew_and_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let house = nation(folder.path(), "data", "EG");
    let id = house.done(&["assess", "new", "--catalogue", "sim3", "--subject", "Aldermere"]);
    let id = id.trim();
    let table = folder.path().join("answers.csv");
    std::fs::write(&table, "item;respondent;organisation;role;level\nO-1;Amina;Port;head;2\n").unwrap();
    house.done(&["assess", "answer", id, table.to_str().unwrap()]);
    let people = house.json(&["assess", "respondent", "list", id, "--json"]);
    let amina = people[0]["id"].as_str().unwrap();
    let charter = folder.path().join("charter.txt");
    std::fs::write(&charter, "We help.").unwrap();
    let add = ["assess", "evidence", "add", id, "O-1", "--respondent", amina];
    let first = house.done(&[&add[..], &["--file", charter.to_str().unwrap()]].concat());
    house.misses(b"We help.", "evidence of an assessment");
    let anew = ["--link", "https://aldermere.example/charter", "--replaces", first.trim(), "--json"];
    let anew = house.json(&[&add[..], &anew].concat());
    assert_eq!(anew["revision"], 2);
    let listed = house.json(&["assess", "evidence", "list", id, "--json"]);
    assert_eq!((listed.as_array().map(Vec::len), &listed[0]["id"]), (Some(1), &anew["id"]), "{listed}");
    let nobody = house.run(&["assess", "evidence", "add", id, "O-1", "--respondent", "nobody", "--link", "x"]);
    assert!(nobody.code == 1 && nobody.err.contains("assess respondent list"), "{nobody:?}");
    let shown = anew["id"].as_str().unwrap();
    house.done(&["assess", "evidence", "withdraw", id, shown]);
    assert_eq!(house.json(&["assess", "evidence", "list", id, "--json"]).as_array().map(Vec::len), Some(0));
    assert_eq!(house.run(&["assess", "evidence", "withdraw", id, shown]).code, 1);
    let lead = |step: &[&str]| house.json(&[&["assess", "workshop"], step, &["--json"]].concat());
    let none = house.run(&["assess", "workshop", "reveal", id]);
    assert!(none.code == 1 && none.err.contains("no such workshop"), "{none:?}");
    assert_eq!(lead(&["show", id])["open"], false);
    assert_eq!((&lead(&["open", id])["item"], &lead(&["show", id])["answered"]), (&"O-1".into(), &0.into()));
    assert_eq!(lead(&["to", id, "O-2"])["item"], "O-2");
    assert_eq!((&lead(&["reveal", id])["revealed"], &lead(&["cover", id])["revealed"]), (&true.into(), &false.into()));
    assert_eq!(house.run(&["assess", "workshop", "release", id, amina]).code, 1, "nobody sits there");
    assert_eq!(lead(&["close", id])["open"], false);
}

#[test]
fn a_country_sends_its_progress_to_an_office() {
    let folder = tempfile::tempdir().unwrap();
    let (country, office) = (nation(folder.path(), "country", "EG"), nation(folder.path(), "office", "CH"));
    let file = folder.path().join("progress.json");
    let file = file.to_str().unwrap();
    let half = ["office", "release", "--name", "Egypt", "--stage", "design", "--teams", "1000000001"];
    let wrong = country.run(&half);
    assert!(wrong.code == 1 && wrong.err.contains("the number teams"), "{wrong:?}");
    let half = ["office", "release", "--name", "Egypt", "--stage", "design", "--snapshot", "no-such"];
    let wrong = country.run(&half);
    assert!(wrong.code == 1 && wrong.err.contains("the snapshot no-such"), "{wrong:?}");
    assert_eq!(country.run(&["office", "export", "--out", file]).code, 1, "nothing was released");
    country.done(&["office", "release", "--name", "Egypt", "--stage", "design", "--teams", "1"]);
    let print = country.done(&["office", "export", "--out", file]);
    let print = print.lines().last().unwrap();
    let unknown = office.run(&["office", "import", file, "--region", "arab-states"]);
    assert!(unknown.code == 1 && unknown.err.contains("fingerprint"), "{unknown:?}");
    let import = ["office", "import", file, "--region", "arab-states", "--fingerprint", print];
    assert_eq!(office.done(&import).trim(), "EG taken");
    assert_eq!(office.done(&["office", "import", file]).trim(), "EG was there already");
    let shown = office.json(&["office", "show", "--json"]);
    assert_eq!(shown["countries"][0]["newest"]["stage"], "design");
    assert_eq!((&shown["kpis"]["teams"]["sum"], &shown["kpis"]["repelled"]["countries"]), (&1.into(), &0.into()));
    // What worked is a draft until it is released, and what leaves is shown before it does.
    country.done(&["office", "practice", "sim3/O", "--text", "Two pages, signed."]);
    assert!(country.json(&["office", "preview", "--json"]).get("practices").is_none());
    country.done(&["office", "practice", "sim3/O", "--text", "Two pages, signed.", "--release"]);
    let leaves = country.json(&["office", "preview", "--json"]);
    assert_eq!(leaves["practices"][0]["text"], "Two pages, signed.");
    assert!(country.done(&["office", "preview"]).contains("Two pages, signed."));
    country.done(&["office", "export", "--out", file]);
    assert_eq!(office.done(&["office", "import", file]).trim(), "EG taken");
    let compared = office.json(&["office", "compare", "--catalogue", "sim3", "--json"]);
    let section = &compared["sections"][0];
    assert_eq!((&section["section"], &section["n"]), (&"O".into(), &0.into()), "{compared}");
    assert_eq!(section["practices"][0]["country"], "EG");
    assert!(office.done(&["office", "compare", "--catalogue", "sim3"]).contains("EG: Two pages, signed."));
    let wrong = office.run(&["office", "compare", "--catalogue", "sim3", "--by", "luck"]);
    assert!(wrong.code != 0 && wrong.err.contains("claimed, supported"), "{wrong:?}");
    country.done(&["office", "practice", "sim3/O", "--remove"]);
    country.done(&["office", "withdraw", "--number", "teams"]);
    let leaves = country.json(&["office", "preview", "--json"]);
    assert!(leaves.get("practices").is_none() && leaves["kpis"].get("teams").is_none(), "{leaves}");
    let text = std::fs::read_to_string(file).unwrap().replace("Egypt", "Egipt");
    std::fs::write(file, text).unwrap();
    let changed = office.run(&["office", "import", file]);
    assert!(changed.code == 1 && changed.err.contains("changed after it was signed"), "{changed:?}");
}

#[test]
fn an_exercise_is_planned_held_and_withdrawn() {
    let folder = tempfile::tempdir().unwrap();
    let house = nation(folder.path(), "data", "EG");
    let story = folder.path().join("story.txt");
    std::fs::write(&story, "The cable is gone.").unwrap();
    let new = [
        "exercise",
        "new",
        "--title",
        "Storm",
        "--day",
        "2026-01-10",
        "--minutes",
        "90",
        "--organisation",
        "Pilots",
        "--objective",
        "Who leads",
        "--scenario",
        story.to_str().unwrap(),
    ];
    let id = house.done(&new);
    let id = id.trim();
    let unsaid = house.run(&["exercise", "list"]);
    assert!(unsaid.code == 3 && unsaid.out.contains("held?"), "{unsaid:?}");
    house.done(&["exercise", "edit", id, "--title", "Storm again", "--objective", "A second way"]);
    let wrong = house.run(&["exercise", "result", id, "1", "well"]);
    assert!(wrong.code == 1 && wrong.err.contains("expected met, partly, not-met or not-tried"), "{wrong:?}");
    let wrong = house.run(&["exercise", "result", id, "3", "met"]);
    assert!(wrong.code == 1 && wrong.err.contains("there is no objective 3"), "{wrong:?}");
    house.done(&["exercise", "result", id, "2", "partly", "--remark", "Late"]);
    house.done(&["exercise", "lesson", id, "--text", "Move the telephone", "--due", "2026-02-01"]);
    house.done(&["exercise", "lesson", id, "--number", "1", "--done", "2026-01-20"]);
    let one = house.json(&["exercise", "show", id, "--json"]);
    assert_eq!(
        (&one["title"], &one["state"], &one["scenario"]),
        (&"Storm again".into(), &"held".into(), &"The cable is gone.".into())
    );
    assert_eq!((&one["objectives"][1]["remark"], &one["lessons"][0]["done"]), (&"Late".into(), &"2026-01-20".into()));
    house.done(&["exercise", "withdraw", id]);
    assert_eq!(house.json(&["exercise", "list", "--json"]), serde_json::json!([]));
    assert!(house.done(&["exercise", "list", "--withdrawn"]).contains("Storm again"));
    house.done(&["exercise", "restore", id]);
    assert_eq!(house.run(&["exercise", "list"]).code, 0, "somebody said that it was held");
    house.done(&["exercise", "new", "--title", "Next", "--day", "2299-01-10", "--kind", "drill"]);
    let calendar = house.done(&["exercise", "calendar", "--lang", "fr"]);
    assert!(calendar.contains("SUMMARY:Exercice technique: Next"), "{calendar}");
    let wrong = house.run(&["exercise", "edit", id, "--drop-objective", "3"]);
    assert!(wrong.code == 1 && wrong.err.contains("has no objective 3"), "{wrong:?}");
    house.done(&["exercise", "edit", id, "--drop-objective", "1"]);
    let left = house.json(&["exercise", "show", id, "--json"]);
    assert_eq!((left["objectives"].as_array().unwrap().len(), &left["objectives"][0]["result"]), (1, &"partly".into()));
    house.done(&["exercise", "lesson", id, "--number", "1", "--remove"]);
    assert_eq!(house.json(&["exercise", "show", id, "--json"])["lessons"], serde_json::json!([]));
}

#[test]
fn a_figure_becomes_evidence_and_snapshots_are_listed() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::new(folder.path().join("data"));
    house.furnish(folder.path());
    let id = house.done(&["assess", "new", "--catalogue", "sim3", "--subject", "The team"]);
    let id = id.trim();
    let offers = house.json(&["assess", "figures", id, "--json"]);
    let offers = offers["offers"].as_array().unwrap();
    let offer = offers.iter().find(|offer| offer["figure"]["figure"] == "contacts").expect("constituents are there");
    let item = offer["item"].as_str().unwrap();
    let accept = ["assess", "accept", id, "--figure", "contacts", "--item", item];
    let wrong = house.run(&[&accept[..], &["--sha256", "0000000000"]].concat());
    assert!(wrong.code == 1 && wrong.err.contains("is another one by now"), "{wrong:?}");
    let wrong = house.run(&["assess", "accept", id, "--figure", "speed", "--item", item]);
    assert!(wrong.code == 1 && wrong.err.contains("is not on offer"), "{wrong:?}");
    let kept = house.done(&accept);
    let now = house.json(&["assess", "figures", id, "--json"]);
    assert_eq!(now["accepted"][0]["evidence"], kept.trim());
    let taken = house.done(&["assess", "snapshot", id, "--name", "Today"]);
    let all = house.json(&["assess", "snapshots", id, "--json"]);
    assert_eq!((&all[0]["id"], &all[0]["name"]), (&taken.trim().into(), &"Today".into()));
    house.verified();
}
