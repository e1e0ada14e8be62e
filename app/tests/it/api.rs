//! The API of the real program over the wire: the handbook's examples, what happens told as it happens, and thousands of
//! requests made up from its own description, good ones and bad ones.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use crate::given;
use crate::house::{House, Schema};

const SCOPES: [&str; 21] = [
    "findings:read",
    "findings:answer",
    "events:read",
    "batches:read",
    "batches:run",
    "feeds:read",
    "constituents:read",
    "constituents:change",
    "notices:read",
    "notices:send",
    "incidents:read",
    "incidents:handle",
    "framework:read",
    "assessments:answer",
    "assessments:moderate",
    "rules:change",
    "journal:read",
    "webhooks:manage",
    "setup:change",
    "account:change",
    "views:share",
];

/// The program while it serves; ended with it.
struct Server {
    child: Child,
    address: String,
    // Kept open: the program goes on speaking.
    _says: std::io::Lines<BufReader<std::process::ChildStdout>>,
}

impl Server {
    fn start(house: &House) -> Server {
        let mut command = house.command(&["serve", "--listen", "127.0.0.1:0"]);
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let first = lines.next().unwrap().unwrap();
        let address = first.trim_start_matches("Manara is at http://").trim_end_matches('/').to_string();
        Server { child, address, _says: lines }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A house with something of everything, and a token that may all that a token may.
fn furnished(folder: &Path, database: Option<String>) -> (House, String) {
    let mut house = House::new(folder.join("data"));
    house.database = database;
    house.furnish(folder);
    let config = house.data.join("cirt.toml");
    let text = std::fs::read_to_string(&config).unwrap();
    std::fs::write(&config, text.replace("requests_per_minute = 600", "requests_per_minute = 1000000")).unwrap();
    let reports = given::reports(&folder.join("in"), 120);
    let mut args = vec!["ingest", "--json", "--received", given::RECEIVED];
    args.extend(reports.iter().map(String::as_str));
    house.done(&args);
    house.done(&["work", "--json"]);
    house.done(&["incidents", "open", "--title", "By hand", "--class", "fraud/phishing"]);
    let mut args = vec!["tokens", "make", "admin", "everything", "--days", "1"];
    args.extend(SCOPES.iter().flat_map(|scope| ["--scope", scope]));
    let token = house.done(&args).trim().to_string();
    assert!(token.starts_with("mnr_"), "{token}");
    (house, token)
}

/// A program that a test needs beyond Rust; `None` with a loud word where it is not there.
fn needed(name: &str, found: Option<PathBuf>) -> Option<PathBuf> {
    if found.is_none() {
        eprintln!("NOT RUN: {name} is not here; scripts/setup says how to get it");
    }
    found
}

fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// The commands of the handbook's page that ask the server.
fn examples() -> Vec<String> {
    let page = include_str!("../../../docs/handbook/api.md");
    let blocks = page.split("```sh\n").skip(1).map(|block| block.split("```").next().unwrap());
    let mut commands: Vec<String> = Vec::new();
    for block in blocks.filter(|block| block.contains("curl ")) {
        for line in block.lines() {
            match commands.last_mut() {
                Some(last) if last.ends_with('\\') => {
                    last.pop();
                    last.push_str(line);
                }
                _ => commands.push(line.to_string()),
            }
        }
    }
    commands
}

#[test]
fn the_examples_of_the_handbook_do_what_they_say() {
    if needed("curl", on_path("curl")).is_none() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (house, token) = furnished(folder.path(), None);
    let server = Server::start(&house);
    std::fs::write(folder.path().join("report.csv"), given::sinkhole(9, 20).0).unwrap();
    let year = manara_model::Micros::now().day()[..4].to_string();
    let commands = examples();
    assert!(commands.len() >= 11, "{commands:?}");
    for command in commands {
        let ran = Command::new("sh")
            .args(["-c", &command.replace("INC-2026", &format!("INC-{year}"))])
            .current_dir(folder.path())
            .env("MANARA", format!("http://{}", server.address))
            .env("TOKEN", &token)
            .output()
            .unwrap();
        let out = String::from_utf8_lossy(&ran.stdout);
        assert!(ran.status.success(), "{command}\n{out}\n{}", String::from_utf8_lossy(&ran.stderr));
        if command.contains("/api/v1/stream") {
            assert!(out.contains("\nevent: incident.opened\n") && out.contains("\nevent: batch.finished\n"), "{out}");
        } else if !command.contains("format=csv") {
            assert!(serde_json::from_str::<Value>(&out).is_ok_and(|value| value.is_object()), "{command}\n{out}");
        }
    }
    let who = house.json(&["tokens", "list", "--person", "admin", "--json"]);
    assert!(who[0]["used"].is_string() && who[0]["live"] == true, "{who}");
}

#[test]
fn who_listens_hears_what_happens_and_the_server_still_ends() {
    let folder = tempfile::tempdir().unwrap();
    let (house, token) = furnished(folder.path(), None);
    let mut server = Server::start(&house);
    let mut stream = TcpStream::connect(&server.address).unwrap();
    stream.set_read_timeout(Some(std::time::Duration::from_secs(60))).unwrap();
    write!(
        stream,
        "GET /api/v1/stream?kind=incident.opened HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer {token}\r\n\r\n",
        server.address
    )
    .unwrap();
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map(|line| line.unwrap());
    assert!(lines.next().unwrap().contains(" 200 "));
    assert!(lines.any(|line| line == ": Manara"), "it is heard from at once");
    house.done(&["incidents", "open", "--title", "Meanwhile", "--class", "fraud/phishing"]);
    let data = lines.find_map(|line| line.strip_prefix("data: ").map(str::to_string)).unwrap();
    let event: Value = serde_json::from_str(&data).unwrap();
    assert_eq!((event["kind"].as_str(), event["verb"].as_str()), (Some("incident.opened"), Some("incident_opened")));
    let ended = Command::new("kill").args(["-TERM", &server.child.id().to_string()]).status().unwrap();
    assert!(ended.success());
    assert!(server.child.wait().unwrap().success(), "a program that listens does not hold the server up");
}

/// What every answer is held against. That no operation forgets the token is another test's: wrong ones are slowed down here.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,\
                      response_schema_conformance,unsupported_method";

/// Operations that no request is made up for, by their id, and why.
const NOT_TRIED: [(&str, &str); 3] = [
    ("listen", "it answers for as long as one listens; another test does"),
    ("setMailSetup", "mail goes to no server that somebody made up"),
    ("testMail", "mail goes to no server that somebody made up"),
];

/// That requests were made up for every operation there is, but for those that are not to be tried.
fn all_were_tried(report: &Path) {
    let report: Value = serde_json::from_slice(&std::fs::read(report).unwrap()).unwrap();
    let there_are = include_str!("../routes.txt").lines().filter(|line| line.contains(" /api/v1/")).count();
    let told = &report["operations"];
    let counted = ["total", "tested", "errored"].map(|name| told[name].as_u64().unwrap() as usize);
    assert_eq!(counted, [there_are, there_are - NOT_TRIED.len(), 0], "all, tried, broken: {report:#}");
}

/// Made-up requests for every operation, against a server with data.
fn fuzzed(database: Option<String>) {
    let found = std::env::var_os("SCHEMATHESIS").map(PathBuf::from).or_else(|| on_path("schemathesis"));
    let Some(program) = needed("schemathesis", found.filter(|file| file.is_file())) else { return };
    let folder = tempfile::tempdir().unwrap();
    let (house, token) = furnished(folder.path(), database);
    let server = Server::start(&house);
    let report = folder.path().join("tried.json");
    let ran = Command::new(program)
        .arg("run")
        .arg(format!("http://{}/api/openapi.json", server.address))
        .args(["-H", &format!("Authorization: Bearer {token}")])
        .args(NOT_TRIED.iter().flat_map(|(id, _)| ["--exclude-operation-id", id]))
        .args(["--checks", CHECKS])
        // One worker: two threads that build syntax trees at once break CPython before 3.12 (its issue 106905).
        .args(["--phases", "examples,coverage,fuzzing", "--max-examples", "20", "--workers", "1"])
        .args(["--seed", "7", "--request-timeout", "30", "--max-time", "60", "--no-color"])
        .args(["--generation-database", "none", "--suppress-health-check", "all"])
        .args(["--report", "json", "--report-json-path"])
        .arg(&report)
        .current_dir(folder.path())
        .output()
        .unwrap();
    let out = String::from_utf8_lossy(&ran.stdout);
    assert!(ran.status.success(), "{out}\n{}", String::from_utf8_lossy(&ran.stderr));
    all_were_tried(&report);
    house.verified();
}

#[test]
fn requests_made_up_from_the_description_find_no_fault_on_sqlite() {
    fuzzed(None);
}

#[test]
fn requests_made_up_from_the_description_find_no_fault_on_postgresql() {
    let Some(schema) = Schema::make() else { return };
    fuzzed(Some(schema.url.clone()));
}

/// One request as the other side gets it; it is answered with 204.
fn told(listener: &std::net::TcpListener) -> String {
    use std::io::Read as _;
    let (mut line, _) = listener.accept().unwrap();
    line.set_read_timeout(Some(std::time::Duration::from_secs(10))).unwrap();
    let (mut text, mut step) = (Vec::new(), [0; 4096]);
    let whole = |text: &[u8]| {
        let text = String::from_utf8_lossy(text).into_owned();
        let (head, body) = text.split_once("\r\n\r\n")?;
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "))?;
        (body.len() >= length.parse::<usize>().unwrap()).then_some(text.clone())
    };
    loop {
        let read = line.read(&mut step).unwrap();
        text.extend_from_slice(&step[..read]);
        if let Some(text) = whole(&text) {
            line.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").unwrap();
            return text;
        }
    }
}

#[test]
fn a_webhook_tells_the_other_side_what_happens_and_goes_nowhere_inside() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::new(folder.path().join("data"));
    house.done(&["init", "--json"]);
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/in", listener.local_addr().unwrap());
    for inside in [url.as_str(), "https://127.0.0.1/", "https://10.0.0.1/", "https://[fd00::1]/"] {
        let ran = house.run(&["webhooks", "add", inside, "--kind", "incident.opened"]);
        assert!(ran.code == 1, "{inside}: {ran:?}");
    }
    let unknown = house.run(&["webhooks", "add", "https://hooks.example.org/", "--kind", "incident.lost"]);
    assert!(unknown.code == 1 && unknown.err.contains("expected batch.received"), "{}", unknown.err);
    let config = house.data.join("cirt.toml");
    let text = std::fs::read_to_string(&config).unwrap();
    std::fs::write(&config, format!("{text}\n[webhooks]\nallow_loopback = true\n")).unwrap();
    let made = house.json(&["webhooks", "add", &url, "--kind", "incident.opened", "--tlp", "AMBER", "--json"]);
    house.done(&["incidents", "open", "--title", "Heard outside", "--class", "fraud/phishing"]);
    house.done(&["incidents", "open", "--title", "Not for them", "--class", "fraud/phishing", "--tlp", "RED"]);
    let heard = std::thread::spawn(move || told(&listener));
    let done = house.json(&["work", "--json"]);
    assert_eq!((&done["webhooks_sent"], &done["webhooks_failed"]), (&serde_json::json!(1), &serde_json::json!(0)));
    let text = heard.join().unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let header = |name: &str| {
        head.lines()
            .find_map(|line| line.strip_prefix(&format!("{name}: ")))
            .unwrap_or_else(|| panic!("{name}: {head}"))
    };
    let message =
        manara_net::Message { id: header("webhook-id"), at: header("webhook-timestamp").parse().unwrap(), body };
    let secret = made["secret"].as_str().unwrap();
    assert_eq!(manara_net::signature(secret, message).as_deref(), Some(header("webhook-signature")));
    let told: Value = serde_json::from_str(body).unwrap();
    assert_eq!(
        (told["type"].as_str(), told["data"]["verb"].as_str()),
        (Some("incident.opened"), Some("incident_opened"))
    );
    assert!(!body.contains("Heard outside"), "no titles: {body}");
    house.done(&["webhooks", "remove", made["id"].as_str().unwrap()]);
    assert_eq!(house.json(&["webhooks", "list", "--json"]), serde_json::json!([]));
}
