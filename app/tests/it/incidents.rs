//! From a file to an incident by rule, to its end with the verdict false alarm, to a source that is believed less: through the
//! real program, on both databases.

use std::path::Path;

use serde_json::{Value, json};

use crate::answers::{PASSWORD, Server, between};
use crate::house::{House, Schema};

const CONSTITUENTS: &str = "\
name,sector,kind,criticality,networks,contact_role,contact_mail,contact_language,contact_format
Ministry of Light,government,ministry,vital,192.0.2.0/24,security,security@light.example,en,csv
";

/// The day before is filled in: findings of long ago would have expired.
const REPORT: &str = "\
timestamp,protocol,src_ip,src_port,src_asn,src_geo,severity,dst_ip,dst_port,infection,family,tag
DAY 01:00:00,tcp,192.0.2.5,1025,64500,XS,high,203.0.113.1,80,andromeda,andromeda,andromeda
DAY 02:00:00,tcp,192.0.2.6,1026,64500,XS,high,203.0.113.1,80,andromeda,andromeda,andromeda
";

fn walk(folder: &Path, house: &House) {
    let write = |name: &str, text: &str| {
        let path = folder.join(name);
        std::fs::write(&path, text).expect("a writable folder");
        path.display().to_string()
    };
    house.done(&["init", "--json"]);
    house.done(&["constituency", "import", &write("c.csv", CONSTITUENTS)]);
    let day = manara_model::Micros::now().plus_days(-1).day();
    let file = write(&format!("{day}-event4_sinkhole-xs.csv"), &REPORT.replace("DAY", &day));
    house.done(&["ingest", "--json", &file]);
    house.done(&["work", "--json"]);
    house.done(&["ingest", "--json", &file]);
    house.done(&["work", "--json"]);

    let incidents = house.json(&["incidents", "list", "--json"]);
    assert_eq!(incidents.as_array().map(Vec::len), Some(1), "the same file twice makes one: {incidents}");
    let number = incidents[0]["number"].as_str().expect("a number").to_string();
    assert!(number.starts_with("INC-") && number.ends_with("-0001"), "{number}");
    for (key, want) in [
        ("title", json!("andromeda: Ministry of Light")),
        ("state", json!("new")),
        ("severity", json!("critical")),
        ("findings", json!(2)),
        ("owner", json!("")),
    ] {
        assert_eq!(incidents[0][key], want, "{key}");
    }

    house.done(&["incidents", "note", &number, "They say it is a test machine."]);
    let before = reliability(house);
    let closed =
        house.json(&["incidents", "close", &number, "--resolution", "false-alarm", "--verdict", "false", "--json"]);
    assert_eq!((&closed["state"], &closed["verdict"]), (&json!("abandoned"), &json!("false")));
    house.done(&["work", "--json"]);
    let states = house.json(&["query", "--json", "SELECT state, count(*) AS n FROM findings GROUP BY state"]);
    assert_eq!(states, json!([{ "state": "false_positive", "n": 2 }]));
    let after = reliability(house);
    assert!(after < before, "{after} is not below {before}");
    assert_eq!(house.number("SELECT answers FROM feeds"), 2);
    house.done(&["work", "--json"]);
    assert_eq!(house.number("SELECT answers FROM feeds"), 2, "what was taught once is not taught again");

    let shown = house.json(&["incidents", "show", &number, "--json"]);
    assert_eq!(shown["notes"][0]["text"], "They say it is a test machine.");
    assert_eq!(shown["linked"].as_array().map(Vec::len), Some(2));
    let id = shown["linked"][0]["id"].as_str().expect("an id").to_string();
    let opened = house.json(&["incidents", "open", "--title", "By hand", "--finding", &id, "--json"]);
    assert_eq!((&opened["type"], &opened["findings"]), (&json!("infected-system"), &json!(1)));
    let rows = house.json(&["query", "--json", "SELECT number, state, findings FROM incidents ORDER BY number"]);
    assert_eq!(rows.as_array().map(Vec::len), Some(2));
    assert_eq!(rows[0], json!({ "number": number, "state": "abandoned", "findings": 2 }));

    let figures = measured(house);
    assert_eq!(figures("false"), json!({ "n": 1, "yes": 1, "share": 1.0 }));
    assert_eq!(figures("backlog")["n"], json!(1));
    assert_eq!(figures("detect"), json!({ "n": 0 }));
    house.done(&["incidents", "moments", &number, "--occurred", "2026-01-01T00:00:00Z", "--json"]);
    assert_eq!(measured(house)("detect")["n"], json!(1));
    let shown = house.json(&["incidents", "show", &number, "--json"]);
    let year = manara_model::Micros::now().day()[..4].to_string();
    let csv = house.done(&["figures", "response", "--period", &year, "--tlp", "red", "--format", "csv"]);
    assert!(csv.contains(&format!("{year},all,,false,share,1,1,1,")), "{csv}");
    for lang in ["en", "ar", "fr"] {
        house.done(&["figures", "response", "--tlp", "red", "--recount", "--format", "md", "--lang", lang]);
    }
    assert!(house.done(&["figures", "response", "--of", "severity:critical"]).contains("no case"));
    let one = "stage-severity:nis2/early-warning:high";
    let text = house.done(&["figures", "response", "--of", one, "--format", "md", "--lang", "en"]);
    assert!(text.contains("Early warning · High"), "{text}");

    for (args, want) in [
        (vec!["figures", "response", "--period", "2026-13"], "expected such as 2026-10"),
        (vec!["figures", "response", "--of", "colour:red"], "says nothing"),
        (vec!["figures", "response", "--format", "gif"], "is no format"),
        (vec!["incidents", "moments", &number, "--contained", "noon"], "is no moment"),
        (vec!["incidents", "show", "INC-1999-0001"], "there is no incident INC-1999-0001"),
        (vec!["incidents", "close", &number, "--resolution", "vanished"], "expected resolved, handed-over"),
        (vec!["incidents", "open", "--title", "x", "--finding", "none"], "there is no finding none"),
        (vec!["incidents", "open", "--title", "x", "--class", "fraud"], "is no class of the taxonomy"),
        (vec!["incidents", "list", "--state", "gone"], "expected new, open"),
    ] {
        let ran = house.run(&args);
        assert!(ran.code == 1 && ran.err.contains(want), "{args:?}: {}", ran.err);
    }

    let backup = folder.join("all.backup");
    house.done(&["backup", &backup.display().to_string()]);
    let copy = House::new(folder.join("copy"));
    copy.done(&["restore", &backup.display().to_string()]);
    assert_eq!(copy.json(&["incidents", "show", &number, "--json"]), shown);
    assert_eq!(measured(&copy)("false"), json!({ "n": 1, "yes": 1, "share": 1.0 }), "measured anew after a restore");
}

/// The figures of this year, by name.
fn measured(house: &House) -> impl Fn(&str) -> Value {
    let year = manara_model::Micros::now().day()[..4].to_string();
    let table = house.json(&["figures", "response", "--period", &year, "--tlp", "red", "--format", "json"]);
    move |name| {
        let all = table["figures"].as_array().expect("figures");
        all.iter().find(|one| one["measure"] == name).expect("a figure")["now"].clone()
    }
}

/// A day off of the nation is no working day of what begins after it was named; what runs already keeps its time.
#[test]
fn clocks_pass_over_the_days_off_of_the_nation() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let house = House::new(folder.path().join("data"));
    house.done(&["init", "--json"]);
    assert_eq!(house.json(&["clocks", "hours", "--json"])["days_off"], json!([]));
    // When the reporter is to hear of us: at the end of the next working day.
    let promised = |number: &str| {
        house.done(&["work", "--json"]);
        let stages = house.json(&["clocks", "list", "--incident", number, "--json"]);
        let stage = stages.as_array().expect("stages").iter().find(|stage| stage["stage"] == "acknowledge");
        stage.expect("the stage")["due"].as_str().expect("a moment").to_string()
    };
    let open = || {
        let opened = house.json(&["incidents", "open", "--title", "A call", "--class", "fraud/phishing", "--json"]);
        opened["number"].as_str().expect("a number").to_string()
    };
    let first = open();
    let before = promised(&first);
    let now = manara_model::Micros::now();
    let days: Vec<String> = (0..14).map(|days| now.plus_days(days).day()).collect();
    let list = folder.path().join("off.csv");
    std::fs::write(&list, days.iter().map(|day| format!("{day},Long feast\n")).collect::<String>()).expect("written");
    house.done(&["programme", "days-off", "set", "--file", list.to_str().expect("a path")]);
    let hours = house.json(&["clocks", "hours", "--json"]);
    assert_eq!(hours["days_off"].as_array().map(Vec::len), Some(10), "two weeks without their weekends: {hours}");
    let second = open();
    let after = promised(&second);
    assert!(before < days[7] && after > days[13], "{before} {after} {days:?}");
    assert_eq!(promised(&first), before, "what runs keeps its time");
}

fn reliability(house: &House) -> f64 {
    let rows = house.json(&["query", "--json", "SELECT reliability FROM feeds"]);
    rows[0].get("reliability").and_then(Value::as_f64).expect("a number")
}

#[test]
fn a_false_alarm_makes_its_source_less_believed_on_sqlite() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    walk(folder.path(), &House::new(folder.path().join("data")));
}

#[test]
fn a_false_alarm_makes_its_source_less_believed_on_postgresql() {
    let Some(schema) = Schema::make() else { return };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let house = House { database: Some(schema.url.clone()), ..House::new(folder.path().join("data")) };
    walk(folder.path(), &house);
}

/// One finding from the file to the constituent's answer, and the incident that was opened for it.
fn tells(folder: &Path, house: &House) {
    let write = |name: &str, text: &str| {
        let path = folder.join(name);
        std::fs::write(&path, text).expect("a writable folder");
        path.display().to_string()
    };
    house.done(&["init", "--password-file", &write("password", PASSWORD), "--json"]);
    house.done(&["constituency", "import", &write("c.csv", CONSTITUENTS)]);
    let day = manara_model::Micros::now().plus_days(-1).day();
    let row = format!("{day} 01:00:00,high,192.0.2.5,tcp,23,,telnet,,XS\n");
    let report = format!("timestamp,severity,ip,protocol,port,hostname,tag,asn,geo\n{row}");
    house.done(&["ingest", "--json", &write(&format!("{day}-scan_telnet-xs.csv"), &report)]);
    house.done(&["work", "--json"]);
    let found = house.json(&["query", "--json", "SELECT id FROM findings"]);
    let finding = found[0]["id"].as_str().expect("a finding").to_string();
    let open = ["incidents", "open", "--title", "Telnet at the ministry", "--finding", &finding, "--json"];
    let number = house.json(&open)["number"].as_str().expect("a number").to_string();
    house.done(&["notices", "approve", "--all", "--json"]);
    assert_eq!(house.json(&["work", "--json"])["sent"], 1);
    let told = house.json(&["query", "--json", "SELECT id, number FROM notices"]);
    let (notice, its_number) = (told[0]["id"].as_str().expect("an id"), told[0]["number"].as_str().expect("a number"));

    let server = Server::start(house);
    let message = server.get(&format!("/notices/mailbox/{notice}"), &server.sign_in("admin")).2;
    let link = format!("/a/{}", between(&message, "/a/", "\n").trim());
    let tag = between(&server.get(&link, "").2, r#"name="tag" value=""#, "\"");
    let (answer, comment) = (format!("answer.{finding}"), format!("comment.{finding}"));
    let fields =
        [("tag", tag.as_str()), ("for", "rows"), (answer.as_str(), "fixed"), (comment.as_str(), "Telnet is off.")];
    let (status, head, _) = server.post(&link, "", &fields);
    assert!(status == 303 && head.contains("kept=1"), "{head}");
    drop(server);
    house.done(&["work", "--json"]);
    house.done(&["incidents", "note", &number, "They called, too."]);

    let server = Server::start(house);
    let (_, _, page) = server.get(&format!("/incidents/{number}"), &server.sign_in("admin"));
    let lines = between(&page, r#"aria-label="Timeline">"#, "</table>").replace(['\u{2068}', '\u{2069}'], "");
    let place = |words: &str| lines.find(words).unwrap_or_else(|| panic!("{words:?} is not in the timeline: {lines}"));
    let notice_line = format!(
        r#"notice sent to Ministry of Light <a href="/notices/{notice}"><bdi dir="ltr" class="mono">{its_number}<"#
    );
    let moved_line = format!(r#"finding now: Fixed <a href="/findings/{finding}">"#);
    let answer_line = format!(r#"answered: Fixed — “Telnet is off.” <a href="/findings/{finding}">"#);
    let order = ["opened the incident", &notice_line, &answer_line, "They called, too."].map(place);
    assert!(order.is_sorted(), "the oldest is first: {order:?} in {lines}");
    // The move is of the same moment as the answer that made it.
    let moved = place(&moved_line);
    assert!(order[1] < moved && moved < order[3], "{lines}");
}

#[test]
fn the_timeline_has_the_notice_the_answer_the_move_of_the_finding_and_the_note_on_sqlite() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    tells(folder.path(), &House::new(folder.path().join("data")));
}

#[test]
fn the_timeline_has_the_notice_the_answer_the_move_of_the_finding_and_the_note_on_postgresql() {
    let Some(schema) = Schema::make() else { return };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let house = House { database: Some(schema.url.clone()), ..House::new(folder.path().join("data")) };
    tells(folder.path(), &house);
}
