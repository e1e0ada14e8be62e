//! What other tools hold, taken over by the real program.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::house::House;

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../planes/response/tests/it/import").join(name)
}

fn house(folder: &Path) -> House {
    let house = House::new(folder.join("data"));
    house.done(&["init", "--json"]);
    house
}

fn import(house: &House, args: &[&str]) -> Value {
    house.json(&[&["import"], args, &["--json"]].concat())
}

/// The counts of what was made, without those that are nothing.
fn made(answer: &Value) -> Value {
    let made = answer["made"].as_object().expect("counts");
    made.iter()
        .filter(|(_, count)| count.as_u64() != Some(0))
        .map(|(name, count)| (name.clone(), count.clone()))
        .collect()
}

#[test]
fn tickets_of_rtir_are_tried_taken_over_and_taken_over_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let house = house(folder.path());
    let file = sample("rtir.json");
    let file = file.to_str().expect("text");
    let trial = import(&house, &["rtir", file, "--dry-run"]);
    assert_eq!((trial["dry_run"].as_bool(), trial["format"].as_str()), (Some(true), Some("rtir")));
    assert_eq!((trial["made"]["incidents"].as_u64(), trial["made"]["reports"].as_u64()), (Some(2), Some(1)));
    assert_eq!(trial["refused"].as_array().map(Vec::len), Some(5), "{trial}");
    assert_eq!(house.json(&["incidents", "list", "--json"]), json!([]), "a trial makes nothing");
    let told = house.done(&["import", "rtir", file, "--dry-run"]);
    assert!(told.contains("RT #1201") && told.contains("dry run: nothing was written"), "{told}");
    assert!(told.contains("id 1602: Status = \"sleeping\"; expected new, open, resolved or abandoned"), "{told}");
    let first = import(&house, &["rtir", file, "--queue", "9=incidents"]);
    assert_eq!(first["made"]["incidents"], 3, "{first}");
    assert_eq!(first["made"]["links"], 4, "{first}");
    assert_eq!((first["already"].as_u64(), first["refused"].as_array().map(Vec::len)), (Some(0), Some(4)));
    let again = import(&house, &["rtir", file, "--queue", "9=incidents"]);
    assert_eq!((made(&again), again["already"].as_u64()), (json!({}), Some(6)));
    // Another RT has numbers of its own.
    let other = import(&house, &["rtir", file, "--tool", "rt-of-the-bank"]);
    assert_eq!((other["made"]["incidents"].as_u64(), other["already"].as_u64()), (Some(2), Some(0)));
    let tickets = house.json(&["tickets", "list", "--json"]);
    assert_eq!(tickets.as_array().map(Vec::len), Some(6), "{tickets}");
    house.verified();
}

#[test]
fn cases_of_thehive_and_tables_are_taken_over() {
    let folder = tempfile::tempdir().expect("a folder");
    let house = house(folder.path());
    let (cases, table) = (sample("thehive.jsonl"), sample("incidents.csv"));
    let first = import(&house, &["thehive", cases.to_str().expect("text")]);
    assert_eq!((first["made"]["incidents"].as_u64(), first["made"]["observables"].as_u64()), (Some(3), Some(2)));
    assert_eq!(first["refused"].as_array().map(Vec::len), Some(4), "{first}");
    let second = import(&house, &["csv", table.to_str().expect("text")]);
    assert_eq!((second["made"]["incidents"].as_u64(), second["already"].as_u64()), (Some(2), Some(1)), "{second}");
    let again = import(&house, &["csv", table.to_str().expect("text")]);
    assert_eq!((made(&again), again["already"].as_u64()), (json!({}), Some(3)));
    house.verified();
}

fn mail(number: usize, more: &str) -> String {
    format!(
        "From ana@harbour.example Thu Jan 15 11:00:00 2015\nFrom: Ana <ana@harbour.example>\nTo: cirt@cirt.example\n\
         Subject: mail {number}\nMessage-ID: <{number}@harbour.example>\n{more}\nWe see 192.0.2.{number}.\n\n"
    )
}

#[test]
fn an_mbox_becomes_reports_of_its_own_days_and_nobody_is_answered() {
    let folder = tempfile::tempdir().expect("a folder");
    let house = house(folder.path());
    let path = folder.path().join("old.mbox");
    let date = "Date: Thu, 15 Jan 2015 11:00:00 +0000\n";
    let to_come = "Date: Thu, 15 Jan 2099 11:00:00 +0000\n";
    let reply = format!("{date}In-Reply-To: <1@harbour.example>\n");
    let text = [mail(1, date), mail(2, &reply), mail(3, to_come), mail(1, date), "From x Thu\n\n\n\n".into()].concat();
    std::fs::write(&path, text).expect("written");
    let file = path.to_str().expect("text");
    let trial = import(&house, &["mbox", file, "--dry-run"]);
    assert_eq!((made(&trial), trial["already"].as_u64()), (json!({ "messages": 3 }), Some(1)), "{trial}");
    let first = import(&house, &["mbox", file]);
    assert_eq!((first["made"]["messages"].as_u64(), first["made"]["reports"].as_u64()), (Some(3), Some(2)), "{first}");
    assert_eq!((first["already"].as_u64(), first["refused"].as_array().map(Vec::len)), (Some(1), Some(1)), "{first}");
    let again = import(&house, &["mbox", file]);
    assert_eq!((made(&again), again["already"].as_u64()), (json!({}), Some(4)), "{again}");
    assert_eq!(house.json(&["mail", "queue", "--json"]), json!([]), "nobody is answered");
    let tickets = house.json(&["tickets", "list", "--json"]);
    let created: Vec<&str> =
        tickets.as_array().expect("a list").iter().filter_map(|one| one["created"].as_str()).collect();
    assert_eq!(created.len(), 2);
    assert!(created[0] < "2099" && created[1].starts_with("2015-01-15T11:00:00"), "{created:?}");
    house.verified();
}

#[test]
fn what_is_no_such_file_is_said_to_be_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let house = house(folder.path());
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("written");
        path.to_str().expect("text").to_string()
    };
    let deep = write("deep.json", &format!("{{\"id\":1,\"a\":{}", "[{\"a\":".repeat(200_000)));
    let text = write("text.txt", "Dear all,\nthis is no export.\n");
    let empty = write("empty", "");
    for (format, file) in [
        ("rtir", &deep),
        ("thehive", &deep),
        ("csv", &deep),
        ("mbox", &deep),
        ("rtir", &text),
        ("csv", &text),
        ("mbox", &text),
        ("thehive", &empty),
        ("rtir", &empty),
        ("csv", &empty),
        ("mbox", &empty),
    ] {
        let ran = house.run(&["import", format, file]);
        assert_eq!(ran.code, 1, "{format} {file}: {} {}", ran.out, ran.err);
        assert!(ran.err.contains("could be read") && !ran.err.contains("panicked"), "{format} {file}: {}", ran.err);
    }
    let gone = house.run(&["import", "rtir", "/no/such/file"]);
    assert!(gone.code == 1 && gone.err.contains("/no/such/file"), "{}", gone.err);
    for wrong in [["--queue", "9=nothing"], ["--tlp", "BLUE"], ["--mbox-kind", "x"], ["--tool", "a/b"]] {
        let ran = house.run(&[&["import", "rtir", text.as_str()][..], &wrong].concat());
        assert!(ran.code == 1 && ran.err.contains("expected"), "{wrong:?}: {}", ran.err);
    }
    let cut = write(
        "cut.json",
        "[{\"id\":1,\"Queue\":\"Incidents\",\"Subject\":\"x\",\"Status\":\"open\",\"Created\":\"2024-01-01\"},{\"id\":",
    );
    let answer = import(&house, &["rtir", &cut]);
    assert_eq!((made(&answer)["incidents"].as_u64(), answer["refused"].as_array().map(Vec::len)), (Some(1), Some(1)));
}
