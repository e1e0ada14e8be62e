//! Commands that write or serve answer in one line of JSON: what was made or changed.

use std::io::{BufRead as _, BufReader};
use std::net::TcpStream;
use std::path::Path;
use std::process::Stdio;

use serde_json::{Value, json};

use crate::house::House;

fn house(folder: &Path) -> House {
    let house = House::new(folder.join("data"));
    house.done(&["init", "--json"]);
    let set = house.json(&["setup", "nation", "--country", "EG", "--json"]);
    assert_eq!(set["country"], "EG");
    assert!(set["file"].as_str().unwrap().ends_with("cirt.toml"), "{set}");
    house
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or_else(|| panic!("no {name} in {value}"))
}

#[test]
fn a_record_of_the_strategy_is_told_as_it_is_after_each_step() {
    let folder = tempfile::tempdir().unwrap();
    let house = house(folder.path());
    let added = house.json(&["strategy", "add", "--title", "Name the leads", "--item", "NS-S2", "--json"]);
    let id = text(&added, "id");
    assert_eq!((&added["state"], &added["version"]), (&json!("planned"), &json!(1)));
    let changed = house.json(&["strategy", "change", id, "--progress", "doing", "--json"]);
    assert_eq!((text(&changed, "id"), &changed["state"], &changed["version"]), (id, &json!("doing"), &json!(2)));
    let removed = house.json(&["strategy", "remove", "action", id, "--json"]);
    assert_eq!(removed, json!({ "kind": "action", "id": id, "removed": true }));
    assert_eq!(text(&house.json(&["strategy", "restore", "action", id, "--json"]), "id"), id);
    let person = ["strategy", "stakeholder", "--name", "Layla", "--organisation", "Ministry", "--json"];
    assert_eq!(house.json(&person)["organisation"], "Ministry");
    assert_eq!(house.json(&["strategy", "function", "--name", "Water", "--json"])["name"], "Water");
    let review = ["strategy", "review", "--kind", "law", "--title", "The act", "--next", "2027-01-01", "--json"];
    let review = house.json(&review);
    let done = house.json(&["strategy", "done", text(&review, "id"), "--json"]);
    assert_eq!((&done["id"], &done["removed"]), (&review["id"], &json!(true)), "what is looked at once is gone");
    assert_eq!(done["version"], 2);
    let rules = ["strategy", "review", "--kind", "law", "--title", "The rules", "--next", "2027-01-01"];
    let review = house.json(&[&rules[..], &["--every", "12", "--owner", "Layla", "--json"]].concat());
    let mut done = house.json(&["strategy", "done", text(&review, "id"), "--json"]);
    assert_eq!(done.as_object_mut().unwrap().remove("removed"), Some(json!(false)), "it comes again");
    assert_eq!((&done["owner"], &done["version"]), (&json!("Layla"), &json!(2)));
    assert_eq!(house.json(&["strategy", "show", "--json"])["reviews"], json!([done]), "as it stands then");
}

#[test]
fn access_is_told_without_its_secrets() {
    let folder = tempfile::tempdir().unwrap();
    let house = house(folder.path());
    let limited = house.json(&["users", "limit", "admin", "--all", "--json"]);
    assert_eq!(limited, json!({ "name": "admin", "mailboxes": [] }));
    house.done(&["tokens", "make", "admin", "import", "--scope", "findings:read"]);
    let listed = house.json(&["tokens", "list", "--json"]);
    let token = text(&listed[0], "id");
    let revoked = house.json(&["tokens", "revoke", token, "--json"]);
    assert_eq!(revoked, json!({ "id": token, "revoked": true }));
    let hook = ["webhooks", "add", "https://hook.example/x", "--kind", "incident.opened", "--json"];
    let hook = house.json(&hook);
    let hook = text(&hook, "id");
    assert_eq!(house.json(&["webhooks", "remove", hook, "--json"]), json!({ "id": hook, "removed": true }));
    let password = folder.path().join("password");
    std::fs::write(&password, "not-to-be-told").unwrap();
    let mail = ["setup", "mail", "--from", "cirt@cirt.example", "--host", "mail.cirt.example", "--login", "cirt"];
    let password = ["--password-file", password.to_str().unwrap(), "--json"];
    let told = house.done(&[&mail[..], &password[..]].concat());
    assert!(told.contains("mail.cirt.example") && !told.contains("not-to-be-told"), "{told}");
    house.done(&["setup", "mail", "--capture"]);
    let letter = house.run(&["setup", "test-letter", "duty@cirt.example", "--json"]);
    let said: Value = serde_json::from_str(&letter.out).unwrap();
    assert_eq!((letter.code, &said["sent"]), (1, &json!(false)), "{letter:?}");
}

#[test]
fn assessments_and_the_office_tell_what_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let house = house(folder.path());
    let file = |name: &str| folder.path().join(name).to_str().unwrap().to_string();
    let law = house.json(&["assess", "new", "--catalogue", "cybercrime-law", "--subject", "Aldermere", "--json"]);
    let id = text(&law, "id");
    let write = ["law", "write", id, "--item", "BC-02", "--standing", "partly", "--json"];
    assert_eq!(house.json(&write), json!({ "id": id, "item": "BC-02", "changed": true }));
    assert_eq!(house.json(&write)["changed"], false);
    let voices = house.json(&["assess", "respondent", "list", id, "--json"]);
    let voice = text(&voices[0], "id");
    assert_eq!(house.json(&["assess", "respondent", "withdraw", id, voice, "--json"])["withdrawn"], true);
    assert_eq!(house.json(&["assess", "respondent", "restore", id, voice, "--json"])["withdrawn"], false);
    let add = ["assess", "evidence", "add", id, "BC-02", "--respondent", voice, "--link", "Law 12", "--json"];
    let shown = house.json(&add);
    let withdrawn = house.json(&["assess", "evidence", "withdraw", id, text(&shown, "id"), "--json"]);
    assert_eq!(withdrawn, json!({ "assessment": id, "id": shown["id"], "withdrawn": true }));

    let (sheet, key, sealed) = (file("sheet.csv"), file("key"), file("sealed.csv"));
    let asked = ["--respondent", "Omar", "--organisation", "Harbour", "--format", "csv", "--out", &sheet, "--json"];
    let issued = house.json(&[&["assess", "sheet", id][..], &asked[..]].concat());
    assert_eq!(issued["file"], json!(sheet));
    let made = house.json(&["assess", "key", "--out", &key, "--json"]);
    let signed = house.json(&["assess", "seal", &sheet, "--out", &sealed, "--key", &key, "--json"]);
    assert_eq!((&signed["bound"], &signed["key"]), (&json!("signed"), &made["key"]));

    let released = house.json(&["office", "release", "--name", "Egypt", "--teams", "2", "--json"]);
    assert_eq!(released["changed"][1], json!({ "what": "number", "name": "teams", "value": 2 }));
    let taken = house.json(&["office", "withdraw", "--number", "teams", "--json"]);
    assert_eq!(taken["changed"][0], json!({ "what": "number", "name": "teams", "value": null }));
    let practice = house.json(&["office", "practice", "sim3/O", "--text", "A rota of three", "--json"]);
    assert_eq!(practice["changed"][0], json!({ "what": "draft", "about": "sim3/O", "kept": true }));
    house.done(&["office", "release", "--stage", "design"]);
    let exported = house.json(&["office", "export", "--out", &file("progress"), "--json"]);
    assert!(!text(&exported, "fingerprint").is_empty());
}

#[test]
fn a_programme_tells_each_step_of_its_lines_and_own_tasks() {
    let folder = tempfile::tempdir().unwrap();
    let house = house(folder.path());
    let one = house.json(&["assess", "new", "--catalogue", "sim3", "--subject", "Our team", "--json"]);
    let solve = ["design", "solve", "--assessment", text(&one, "id"), "--services", "6.1", "--keep", "First", "--json"];
    let solved = house.json(&solve);
    let design = text(&solved, "id");
    house.done(&["design", "decide", design, "accepted"]);
    let planned = house.json(&["programme", "plan", "--design", design, "--start", "2027-01-04", "--json"]);
    let id = text(&planned, "id");

    let line = house.json(&["programme", "line", "add", id, "--text", "Money", "--json"]);
    let at = text(&line, "id");
    assert_eq!((&line["kind"], &line["version"]), (&json!("risk"), &json!(1)));
    let changed = house.json(&["programme", "line", "change", id, at, "--owner", "Layla", "--json"]);
    assert_eq!((&changed["owner"], &changed["version"]), (&json!("Layla"), &json!(2)));
    assert!(house.json(&["programme", "line", "tick", id, at, "--json"])["done"].is_string());
    assert!(house.json(&["programme", "line", "remove", id, at, "--json"])["removed"].is_string());
    assert_eq!(text(&house.json(&["programme", "line", "restore", id, at, "--json"]), "id"), at);

    let task = house.json(&["programme", "task", "add", id, "--name", "More", "--days", "3", "--json"]);
    let number = task["number"].to_string();
    assert_eq!(house.json(&["programme", "task", "remove", id, &number, "--json"])["id"], task["id"]);
    assert_eq!(house.json(&["programme", "task", "restore", id, &number, "--json"])["id"], task["id"]);

    let off = folder.path().join("off.csv");
    std::fs::write(&off, "2027-01-06,Feast\n").unwrap();
    let set = house.json(&["programme", "days-off", "set", "--file", off.to_str().unwrap(), "--json"]);
    assert_eq!((&set["programme"], set["days_off"].as_array().unwrap().len()), (&Value::Null, 1));
    assert_eq!(house.json(&["programme", "reopen", id, "--json"])["state"], "running");
}

/// The first line of a program that goes on serving; it has to be JSON with where it listens.
fn listening(house: &House, args: &[&str]) -> Value {
    let mut child = house.command(args).stdout(Stdio::piped()).spawn().expect("the program starts");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("a line");
    let told: Value = serde_json::from_str(&line).unwrap_or_default();
    let address = told["listening"].as_str().map(|at| at.trim_start_matches("http://").trim_end_matches('/'));
    let is_open = address.is_some_and(|address| TcpStream::connect(address).is_ok());
    child.kill().expect("it was there");
    child.wait().expect("it ends");
    assert!(is_open, "{args:?}: nobody listens where it says: {line}");
    told
}

#[test]
fn serve_and_demo_say_in_json_where_they_listen() {
    let folder = tempfile::tempdir().unwrap();
    let empty = House::new(folder.path().join("empty"));
    let told = listening(&empty, &["serve", "--listen", "127.0.0.1:0", "--lmtp", "127.0.0.1:0", "--json"]);
    assert!(!text(&told["first"], "token").is_empty(), "nobody has an account yet");
    assert!(told["mail"][0].as_str().unwrap().contains("LMTP"), "{told}");

    let demo = House::new(folder.path().join("demo"));
    let loaded = demo.json(&["demo", "--days", "1", "--no-serve", "--json"]);
    assert_eq!(loaded["loaded"]["days"], 1);
    let told = listening(&demo, &["demo", "--listen", "127.0.0.1:0", "--json"]);
    assert_eq!((&told["loaded"], &told["first"]), (&Value::Null, &Value::Null), "it was loaded already");
    assert_eq!(told["people"], loaded["people"]);
    let names: Vec<&str> = told["people"].as_array().unwrap().iter().map(|one| text(one, "name")).collect();
    assert_eq!(names, ["admin", "duty", "handler", "analyst", "viewer"]);
}
