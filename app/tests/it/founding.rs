//! A questionnaire answer becomes a running service: a new team answers, reads the report in Arabic, lets the design be found,
//! applies its block, and the service, its procedure and its course are there. Through the real program, on both databases.

use std::path::Path;

use serde_json::Value;

use crate::answers::{PASSWORD, Server, between, cookie};
use crate::house::{House, Schema};

/// Everything of one's own readiness is there, but nobody writes to the owners of what is wrong.
fn answers(house: &House) -> String {
    let framework = house.json(&["framework", "list", "--json"]);
    let readiness =
        framework.as_array().unwrap().iter().find(|one| one["id"] == "itu-readiness").expect("the catalogue");
    assert!(readiness["items"]["assessable"].as_i64().unwrap() > 10, "{readiness}");
    let mut lines = "item,respondent,organisation,role,level,state,comment,evidence\n".to_string();
    for item in ["S-5", "N-2", "T-2"] {
        let level = if item == "S-5" { 0 } else { 4 };
        lines.push_str(&format!("{item},Amina,Ministry of Light,head,{level},,,\n"));
    }
    lines
}

fn walk(folder: &Path, house: &House) {
    // A new installation: the first administrator is made in the browser, and the team begins with the basic services.
    let mut server = Server::start(house);
    assert!(server.says().contains("/setup"));
    let token = server.says().trim().split(' ').next().expect("a token").to_string();
    let (_, head, page) = server.get("/setup", "");
    let csrf = between(&page, r#"name="csrf" value=""#, "\"");
    let fields = [
        ("csrf", csrf.as_str()),
        ("token", token.as_str()),
        ("name", "amina"),
        ("password", PASSWORD),
        ("again", PASSWORD),
    ];
    let (status, head, page) = server.post("/setup", &cookie(&head, "manara-seed"), &fields);
    assert_eq!(status, 303, "{page}");
    let session = cookie(&head, "manara-session");
    let (_, _, home) = server.get("/", &session);
    assert!(home.contains(r#"href="/incidents""#) && home.contains(r#"href="/findings""#), "{home}");
    assert!(!home.contains(r#"href="/notices""#) && !home.contains(r#"href="/picture""#), "{home}");
    let (status, _, off) = server.get("/notices", &session);
    assert_eq!(status, 403);
    assert!(off.contains("/framework/establish?service=warning"), "{off}");
    let (status, _, blocks) = server.get("/framework/establish?service=warning", &session);
    assert!(status == 200 && blocks.contains("/framework/establish/sop-notification"), "{blocks}");
    assert_eq!(server.get("/framework/manual/finding-to-notice", &session).0, 404);
    assert_eq!(server.get("/framework/training/warning", &session).0, 404);

    // What is off is off for programs, too; what is switched on is on for both.
    let scopes = ["framework:read", "rules:change", "notices:read"].map(|scope| ["--scope", scope]);
    let make: Vec<&str> =
        ["tokens", "make", "amina", "programs"].into_iter().chain(scopes.into_iter().flatten()).collect();
    let made = house.done(&make);
    let token = made.split_whitespace().find(|word| word.starts_with("mnr_")).expect("a token").to_string();
    let bearer = format!("Bearer {token}");
    let api = |method: &str, path: &str| server.ask_with(method, path, &[("authorization", &bearer)]);
    let (status, _, problem) = api("GET", "/api/v1/services");
    assert!(status == 403 && problem.contains("service-off") && problem.contains("service api"), "{problem}");
    house.done(&["establish", "service", "api", "on"]);
    let (status, _, problem) = api("GET", "/api/v1/notices");
    assert!(status == 403 && problem.contains("service warning"), "{problem}");
    let (status, _, all) = api("GET", "/api/v1/services");
    assert!(status == 200 && all.contains(r#""id":"warning""#), "{all}");
    let (status, _, preview) = api("GET", "/api/v1/blocks/sop-notification");
    assert!(status == 200 && preview.contains(r#""outcome":"done""#), "{preview}");
    assert_eq!(api("GET", "/api/v1/blocks/no-such").0, 404);
    let (status, _, problem) = api("POST", "/api/v1/blocks/sop-notification/undo");
    assert!(status == 409 && problem.contains("not-applied"), "{problem}");
    let (status, _, manual) = api("GET", "/api/v1/manual");
    assert!(status == 200 && manual.contains("duty-day") && !manual.contains("finding-to-notice"), "{manual}");

    // The assessment that lacks a service, its report in Arabic, and the design that closes the gap.
    let new = ["assess", "new", "--catalogue", "itu-readiness", "--subject", "Siraj CIRT", "--json"];
    let id = house.json(&new)["id"].as_str().expect("an id").to_string();
    let file = folder.join("answers.csv");
    std::fs::write(&file, answers(house)).unwrap();
    house.done(&["assess", "answer", &id, file.to_str().unwrap(), "--json"]);
    let report = folder.join("report.html");
    house.done(&["assess", "report", &id, "--lang", "ar", "--format", "html", "--out", report.to_str().unwrap()]);
    let report = std::fs::read_to_string(&report).unwrap();
    assert!(report.contains(r#"lang="ar" dir="rtl""#) && report.contains("Siraj CIRT"), "{report}");
    let ran = house.run(&["design", "solve", "--assessment", &id, "--profile", "ready-to-open", "--json"]);
    assert!(matches!(ran.code, 0 | 3), "{}", ran.err);
    let designs: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert!(ran.out.contains(r#""sop-notification""#), "the design closes the gap: {designs}");

    // Applied, the service is there; what is left for people is said.
    let ran = house.run(&["establish", "apply", "sop-notification", "--json"]);
    assert_eq!(ran.code, 3, "mail is not set, so a person has something to do: {}", ran.err);
    let steps: Value = serde_json::from_str(&ran.out).expect("JSON");
    let steps = steps[0]["steps"].as_array().expect("steps").clone();
    let outcome = |name: &str| steps.iter().find(|step| step["name"] == name).expect(name)["outcome"].clone();
    assert_eq!((outcome("service"), outcome("mail")), ("done".into(), "needs-person".into()), "{steps:?}");
    let (status, _, notices) = server.get("/notices", &session);
    assert_eq!(status, 200, "{notices}");
    let (_, _, home) = server.get("/", &session);
    assert!(home.contains(r#"href="/notices""#), "{home}");
    let (status, _, page) = server.get("/framework/manual/finding-to-notice", &session);
    assert!(status == 200 && page.contains(r#"href="/notices?state=draft""#), "{page}");
    let (status, _, page) = server.get("/framework/training/warning", &session);
    assert!(status == 200 && page.contains("/framework/manual/finding-to-notice"), "{page}");
    let out = folder.join("manual");
    house.done(&["establish", "manual", "--lang", "ar", "--out", out.to_str().unwrap()]);
    let written: Vec<String> =
        std::fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert!(written.iter().any(|name| name.ends_with("finding-to-notice.md")), "{written:?}");
    assert!(!written.iter().any(|name| name.contains("daily-digest")), "the picture is off: {written:?}");

    // Taken back, it is gone again, and its data with nothing lost.
    house.done(&["establish", "undo", "sop-notification"]);
    assert_eq!(server.get("/notices", &session).0, 403);
    let all = house.json(&["establish", "service", "--json"]);
    let warning = all.as_array().unwrap().iter().find(|one| one["id"] == "warning").expect("a service").clone();
    assert_eq!((warning["on"].clone(), warning["basic"].clone()), (false.into(), false.into()), "{all}");
    house.done(&["establish", "service", "warning", "on"]);
    assert_eq!(server.get("/notices", &session).0, 200);
    let blocks = house.json(&["establish", "list", "--service", "warning", "--json"]);
    let stands: Vec<&str> = blocks.as_array().unwrap().iter().map(|one| one["stand"].as_str().unwrap()).collect();
    assert!(!stands.is_empty() && stands.iter().all(|stand| *stand == "missing"), "{blocks}");
    let (_, _, journal) = server.get("/journal?format=json", &session);
    for verb in ["basic_stage_begun", "block_applied", "block_undone", "service_switched_on", "service_switched_off"] {
        assert!(journal.contains(verb), "{verb}: {journal}");
    }
    drop(server);
    house.verified();
}

#[test]
fn a_questionnaire_answer_becomes_a_running_service_on_sqlite() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    walk(folder.path(), &House::new(folder.path().join("data")));
}

#[test]
fn a_questionnaire_answer_becomes_a_running_service_on_postgresql() {
    let Some(schema) = Schema::make() else { return };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let house = House { database: Some(schema.url.clone()), ..House::new(folder.path().join("data")) };
    walk(folder.path(), &house);
}

#[test]
fn what_is_wrong_with_a_block_or_a_service_is_said() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let house = House::new(folder.path().join("data"));
    house.done(&["init", "--json"]);
    for (args, part) in [
        (vec!["establish", "apply", "no-such-block"], "no such building block"),
        (vec!["establish", "undo", "sop-notification"], "was not applied"),
        (vec!["establish", "service", "notices", "on"], "there are constituency, watch"),
        (vec!["establish", "service", "framework", "off"], "never off"),
        (vec!["establish", "manual", "--lang", "de", "--out", "x"], "expected en, ar or fr"),
    ] {
        let ran = house.run(&args);
        assert!(ran.code == 1 && ran.err.contains(part), "{args:?}: {} {}", ran.code, ran.err);
    }
    let all = house.json(&["establish", "service", "--json"]);
    assert!(
        all.as_array().unwrap().iter().all(|one| one["on"] == true),
        "made on the terminal, everything is on: {all}"
    );
    let preview = house.run(&["establish", "apply", "sop-notification", "--preview", "--json"]);
    assert!(preview.code == 3 && preview.out.contains("already-so"), "{}", preview.out);
    let stands = house.json(&["establish", "list", "--json"]);
    assert!(stands.as_array().unwrap().iter().all(|one| one["stand"] == "missing"), "a preview applies nothing");
}
