//! The example: a demo that was killed goes on and serves, and every file of its month comes to what `truth.json` says.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::Stdio;

use manara_store::Db;
use serde_json::{Value, json};
use tokio::runtime::{Builder, Runtime};

use crate::answers::{Server, between, cookie};
use crate::house::{House, copy_folder};

/// The last two days of the month: enough for a kill between two days and within one.
const DEMO: [&str; 4] = ["demo", "--no-serve", "--days", "2"];
const DAYS: usize = 2;
/// Files in the lake after which the demo is killed: less than half of what two days give.
const HALF_WAY: usize = 10;
/// What is seen of the last parts of the story, in its order: mail, assessments, programme, exercises, and the nation's own.
const PLACES: [&str; 27] = [
    "response_message WHERE kind = 'report'",
    "response_message WHERE kind = 'sent'",
    "response_incident WHERE title LIKE 'Phishing in the name%'",
    "response_ticket WHERE kind = 'investigation'",
    "response_message WHERE kind = 'bounce'",
    "response_ticket WHERE kind = 'countermeasure'",
    "response_message WHERE kind = 'quarantined'",
    "framework_assessment",
    "framework_answer",
    "framework_consensus",
    "framework_snapshot",
    "framework_design",
    "framework_design WHERE state = 'withdrawn'",
    "framework_programme",
    "framework_task WHERE owner <> ''",
    "framework_task WHERE state = 'accepted'",
    "framework_line WHERE text <> ''",
    "framework_assessment WHERE subject LIKE '%2026'",
    "framework_exercise",
    "framework_lesson",
    "framework_provision",
    "framework_stakeholder",
    "framework_function",
    "framework_release",
    "framework_progress",
    "framework_applied",
    "framework_attempt",
];
/// Every table; of the index of words only what is in it, for the rest is how it is laid out.
const TABLES: &str = "
    SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'response_word%'
     ORDER BY name";
const VERBS: &str = "
    SELECT plane || ' ' || verb, COUNT(*) FROM store_journal GROUP BY plane, verb ORDER BY plane, verb";
const PASSWORD: &str = "lighthouse-demo";
/// Who may sign in, and the language of their pages.
const PEOPLE: [(&str, &str); 5] =
    [("admin", "en"), ("duty", "ar"), ("handler", "en"), ("analyst", "fr"), ("viewer", "en")];
const BATCHES: &str = "
    SELECT feed, file_name, received_at, sha256, rows, events, contexts AS context, duplicates, rejects FROM batches
     WHERE state = 'finished'";
const COUNTS: &str = "
    SELECT 'events' AS name, count(*) AS n FROM events
     UNION ALL SELECT 'context' AS name, count(*) AS n FROM context
     UNION ALL SELECT 'rejects' AS name, count(*) AS n FROM rejects
     UNION ALL SELECT 'findings' AS name, count(*) AS n FROM findings
     UNION ALL SELECT 'constituents' AS name, count(*) AS n FROM constituents
     UNION ALL SELECT 'incidents' AS name, count(*) AS n FROM incidents
     UNION ALL SELECT 'notices' AS name, count(*) AS n FROM notices
     UNION ALL SELECT 'answers' AS name, count(*) AS n FROM answers
     UNION ALL SELECT 'batches' AS name, count(*) AS n FROM batches
     UNION ALL SELECT 'feeds' AS name, count(*) AS n FROM feeds
     ORDER BY name";
const REJECTS: &str = "
    SELECT b.sha256, r.line, r.\"column\", r.code FROM rejects r JOIN batches b ON b.id = r.batch
     ORDER BY b.sha256, r.line";
/// The feeds of the month that are not Shadowserver's; a mapping of the example reads each.
const MAPPED: [&str; 5] = ["gov-sensor-eve", "moh-sensor-zeek", "phishing-reports", BLOCK_LIST, "reef-idea"];
const BLOCK_LIST: &str = "reef-blocklist";

fn example() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../examples/small-nation")
}

fn truth() -> Value {
    serde_json::from_slice(&std::fs::read(example().join("truth.json")).unwrap()).unwrap()
}

/// The text of a member.
fn text<'a>(of: &'a Value, key: &str) -> &'a str {
    of[key].as_str().unwrap_or_else(|| panic!("{key} in {of}"))
}

/// The day a file of the truth came, and its name: `feeds/2026-11-20/reef-idea-2026-11-20.json`.
fn day_and_name(file: &Value) -> (&str, &str) {
    text(file, "file").strip_prefix("feeds/").and_then(|path| path.split_once('/')).expect("a day and a name")
}

/// What is compared of a file: its sums, its feed and its bytes.
fn said(of: &Value, day: &str, name: &str) -> String {
    let keys = ["feed", "sha256", "rows", "events", "context", "duplicates", "rejects"];
    let values: Vec<String> = keys.iter().map(|key| format!("{key}={}", of[*key])).collect();
    format!("{day} {name} {}", values.join(" "))
}

/// What a demo of the last days holds of each file. Its first copy of the block list is all new.
fn last_days(truth: &Value) -> Vec<String> {
    let files = truth["files"].as_array().unwrap();
    let days: BTreeSet<&str> = files.iter().map(|file| day_and_name(file).0).collect();
    let days: Vec<&str> = days.into_iter().rev().take(DAYS).collect();
    let mut lines = Vec::new();
    for file in files.iter().filter(|file| days.contains(&day_and_name(file).0)) {
        let (day, name) = day_and_name(file);
        let mut file = file.clone();
        if file["feed"] == BLOCK_LIST && Some(&day) == days.last() {
            (file["events"], file["duplicates"]) = (file["rows"].clone(), json!(0));
        }
        lines.push(said(&file, day, name));
    }
    lines.sort();
    lines
}

fn finished(house: &House) -> Vec<String> {
    let rows = house.json(&["query", BATCHES, "--format", "json"]);
    let rows = rows.as_array().unwrap();
    let mut lines: Vec<String> =
        rows.iter().map(|row| said(row, &text(row, "received_at")[..10], text(row, "file_name"))).collect();
    lines.sort();
    lines
}

/// Signs in as the demo says, and gives the page that comes first.
fn first_page(server: &Server, name: &str) -> String {
    let (status, head, page) = server.get("/login", "");
    assert_eq!(status, 200, "{head}");
    let (seed, token) = (cookie(&head, "manara-seed"), between(&page, r#"name="csrf" value=""#, "\""));
    let fields = [("csrf", token.as_str()), ("name", name), ("password", PASSWORD), ("next", "/")];
    let (status, head, _) = server.post("/login", &seed, &fields);
    assert_eq!(status, 303, "{name}: {head}");
    let (status, head, page) = server.get("/", &cookie(&head, "manara-session"));
    assert_eq!(status, 200, "{name}: {head}");
    page
}

#[test]
fn a_demo_killed_half_way_goes_on_to_its_end_and_serves() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::new(folder.path().join("data"));
    let want = last_days(&truth());
    let mut child = house.command(&DEMO).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    while house.lake_files() < HALF_WAY {
        assert_eq!(child.try_wait().unwrap(), None, "it ends only after all of its files");
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let begun = finished(&house).len();
    assert!(begun > 0 && begun < want.len(), "{begun} of {} files: killed between them", want.len());

    let loaded = house.done(&DEMO);
    assert!(loaded.contains("Loaded 2 days of feeds of the Siraj Islands"), "{loaded}");
    assert_eq!(finished(&house), want, "as if nothing had been");
    let listed = house.verified()["files"].as_u64();
    assert_eq!(Some(house.lake_files() as u64), listed, "the kill leaves no file that nothing lists");
    let counts = house.json(&["query", COUNTS, "--format", "json"]);
    assert!(counts.as_array().unwrap().len() == 10 && !counts.to_string().contains("null"), "{counts}");
    assert_eq!(house.number("SELECT count(*) FROM constituents"), 55);
    assert!(house.number("SELECT count(*) FROM findings") > 50, "{counts}");

    let again = house.done(&DEMO);
    assert_eq!(again, "The demo is loaded already; going on with it.\n");
    assert_eq!(house.json(&["query", COUNTS, "--format", "json"]), counts, "nothing is added");

    let (mut server, before) = Server::start_demo(&house);
    assert_eq!(before, ["The demo is loaded already; going on with it."]);
    assert_eq!(server.says(), format!("Sign in with the password {PASSWORD} as"));
    for (name, lang) in PEOPLE {
        let line = server.says();
        // Of these five, each is named after the role.
        assert_eq!(line.split_whitespace().take(2).collect::<Vec<_>>(), [name, name], "{line}");
        let page = first_page(&server, name);
        assert!(page.contains(&format!("<html lang=\"{lang}\"")), "{name}: {page:.200}");
    }
}

/// The state of a house, read while somebody else writes it.
struct State {
    db: Db,
    runtime: Runtime,
}

impl State {
    fn of(house: &House) -> State {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let db = runtime.block_on(Db::open_sqlite(&house.data.join("manara.sqlite"))).unwrap();
        State { db, runtime }
    }

    fn count(&self, table: &str) -> i64 {
        self.runtime.block_on(self.db.read_int(&format!("SELECT COUNT(*) FROM {table}"), &[])).unwrap()
    }

    /// How many rows each table has, and how often the journal tells of what.
    fn counts(&self) -> Vec<(String, i64)> {
        let read = |sql: &str| self.runtime.block_on(self.db.read(sql, &[])).unwrap();
        let tables = read(TABLES).into_iter().map(|row| row.text(0).unwrap());
        let mut counts: Vec<(String, i64)> = tables.map(|name| (name.clone(), self.count(&name))).collect();
        counts.extend(read(VERBS).into_iter().map(|row| (row.text(0).unwrap(), row.int(1).unwrap())));
        counts
    }

    fn close(self) {
        self.runtime.block_on(self.db.close());
    }
}

/// What a house holds when it is whole and was opened again.
fn counts(house: &House) -> Vec<(String, i64)> {
    house.verified();
    let state = State::of(house);
    let counts = state.counts();
    state.close();
    counts
}

#[test]
fn a_demo_killed_anywhere_in_its_last_parts_comes_to_what_an_undisturbed_one_holds() {
    let folder = tempfile::tempdir().unwrap();
    let [calm, house] = ["calm", "killed"].map(|name| House::new(folder.path().join(name)));
    calm.done(&DEMO);
    let begin = || house.command(&DEMO).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let mut child = begin();
    while house.lake_files() < HALF_WAY {
        assert_eq!(child.try_wait().unwrap(), None, "it ends only after all of its files");
        std::thread::yield_now();
    }
    let (state, mut kills) = (State::of(&house), 0);
    for place in PLACES {
        // The last kill came a little later than what it waited for.
        if kills > 0 && state.count(place) > 0 {
            continue;
        }
        while state.count(place) == 0 {
            assert!(child.try_wait().unwrap().is_none() || state.count(place) > 0, "it ends before {place}");
            std::thread::yield_now();
        }
        let _ = child.kill();
        child.wait().unwrap();
        kills += 1;
        child = begin();
    }
    assert!(child.wait().unwrap().success());
    state.close();
    assert!(2 * kills > PLACES.len(), "{kills} kills at {} places", PLACES.len());
    assert_eq!(house.done(&DEMO), "The demo is loaded already; going on with it.\n");
    let (got, want) = (counts(&house), counts(&calm));
    assert!(got == want, "after {kills} kills {:?} instead of {:?}", beside(&got, &want), beside(&want, &got));
}

/// What one has and the other has not.
fn beside<'a>(one: &'a [(String, i64)], other: &[(String, i64)]) -> Vec<&'a (String, i64)> {
    one.iter().filter(|line| !other.contains(line)).collect()
}

#[test]
fn every_file_of_the_month_comes_to_what_its_truth_says() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::new(folder.path().join("data"));
    copy_folder(&example().join("feeds/mappings"), &house.data.join("content/feeds"));
    let truth = truth();
    let (files, last) = (truth["files"].as_array().unwrap(), text(&truth, "last"));
    // One call takes a month of a feed; of the block list it takes a day, for its entries are of the moment they come.
    let mut calls: BTreeMap<(&str, &str), Vec<&Value>> = BTreeMap::new();
    for file in files {
        let feed = MAPPED.into_iter().find(|name| file["feed"] == *name).unwrap_or_default();
        let day = if feed == BLOCK_LIST { day_and_name(file).0 } else { last };
        calls.entry((feed, day)).or_default().push(file);
    }
    assert_eq!(calls.len(), 5 + 30, "Shadowserver, four feeds, a list of thirty days");
    for ((feed, day), files) in &calls {
        let received = format!("{day}T06:00:00Z");
        let paths: Vec<String> =
            files.iter().map(|file| example().join(text(file, "file")).display().to_string()).collect();
        let mut args = vec!["ingest", "--json", "--received", &received];
        if !feed.is_empty() {
            args.extend(["--feed", *feed]);
        }
        args.extend(paths.iter().map(String::as_str));
        let answer = house.json(&args);
        let answers = answer["files"].as_array().unwrap();
        assert_eq!(answers.len(), files.len(), "{feed} {day}");
        for (file, got) in files.iter().zip(answers) {
            for key in ["feed", "rows", "events", "context", "duplicates", "rejects"] {
                assert_eq!(got[key], file[key], "{key} of {}: {got}", file["file"]);
            }
            // The report that comes a second time, byte for byte, is told as such.
            assert_eq!(got["known"], file.get("repeats_file").is_some(), "{}", file["file"]);
        }
    }

    let totals = &truth["totals"];
    for (table, key) in [("events", "events"), ("context", "context"), ("rejects", "rejects")] {
        assert_eq!(house.number(&format!("SELECT count(*) FROM {table}")), totals[key], "{table}");
    }
    let mut context: BTreeMap<&str, i64> = BTreeMap::new();
    for file in files.iter().filter(|file| file["context"] != 0) {
        *context.entry(text(file, "feed")).or_default() += file["context"].as_i64().unwrap();
    }
    let context: Vec<Value> = context.into_iter().map(|(feed, n)| json!({ "feed": feed, "n": n })).collect();
    let sql = "SELECT feed, count(*) AS n FROM context GROUP BY feed ORDER BY feed";
    assert_eq!(house.json(&["query", sql, "--format", "json"]), json!(context));
    let mut rejects: Vec<Value> = Vec::new();
    let mut broken: Vec<&Value> = files.iter().filter(|file| file.get("reject_lines").is_some()).collect();
    broken.sort_by_key(|file| text(file, "sha256").to_string());
    for file in broken {
        for line in file["reject_lines"].as_array().unwrap() {
            let mut line = line.clone();
            line["sha256"] = file["sha256"].clone();
            rejects.push(line);
        }
    }
    assert_eq!(rejects.len() as i64, totals["rejects"].as_i64().unwrap());
    assert_eq!(house.json(&["query", REJECTS, "--format", "json"]), json!(rejects), "each with its line and reason");
}
