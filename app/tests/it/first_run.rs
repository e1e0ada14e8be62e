//! From an empty folder to the first findings: the program, its terminal and its pages, killed between any two steps, on both
//! databases.

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::answers::{PASSWORD, Server, between, cookie};
use crate::house::{House, Schema};
use crate::post::Post;

const NETWORKS: &str = "cidr,asn,org,sector,abuse_contact\n192.0.2.0/25,,Ministry of Light,government,it@light.example\n\
                        198.51.100.0/24,64500,Mangrove Telecom,telecom,abuse@mangrove.example\n";
const REPORT: &str = "timestamp,severity,ip,protocol,port,hostname,tag,asn,geo\n\
                      DAY 01:00:00,high,192.0.2.5,tcp,23,,telnet,,XS\n\
                      DAY 01:00:01,high,192.0.2.6,tcp,23,,telnet,,XS\n\
                      DAY 01:00:02,high,198.51.100.9,tcp,23,,telnet,64500,XS\n\
                      DAY 01:00:03,high,203.0.113.9,tcp,23,,telnet,,XS\n";

/// Starts the program on a folder without people, and gives the token it prints.
fn first_start(house: &House) -> (Server, String) {
    let mut server = Server::start(house);
    assert!(server.says().contains("/setup"), "the terminal says where to go on");
    let token = server.says().trim().split(' ').next().expect("a token").to_string();
    (server, token)
}

/// The form's token of a page, with the cookies it goes with.
fn form(server: &Server, path: &str, cookies: &str) -> (String, String) {
    let (status, head, page) = server.get(path, cookies);
    assert_eq!(status, 200, "{path}: {head}{page}");
    let cookies = if cookies.is_empty() { cookie(&head, "manara-seed") } else { cookies.to_string() };
    let last = page.rsplit_once(r#"name="csrf" value=""#).expect("a form").1;
    (last.split('"').next().expect("a token").to_string(), cookies)
}

fn location(head: &str) -> String {
    let line = head.lines().find(|line| line.to_ascii_lowercase().starts_with("location:")).unwrap_or_default();
    line.split_once(' ').map(|(_, path)| path.trim().to_string()).unwrap_or_default()
}

fn offer(server: &Server, token: &str, password: &str) -> (u16, String, String) {
    let (csrf, seed) = form(server, "/setup", "");
    let fields =
        [("csrf", csrf.as_str()), ("token", token), ("name", "amina"), ("password", password), ("again", password)];
    server.post("/setup", &seed, &fields)
}

/// A form with files, one text field after the other; of a file its name goes before its content.
fn upload(
    server: &Server,
    to: (&str, &str),
    cookies: &str,
    texts: &[(&str, &str)],
    file: Option<(&str, &str)>,
) -> (u16, String, String) {
    let (page, action) = to;
    let (csrf, _) = form(server, page, cookies);
    let mut body = String::new();
    for (name, value) in [("csrf", csrf.as_str())].iter().chain(texts) {
        body.push_str(&format!("--edge\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"));
    }
    if let Some((name, content)) = file {
        let head = format!("content-disposition: form-data; name=\"files\"; filename=\"{name}\"");
        body.push_str(&format!("--edge\r\n{head}\r\n\r\n{content}\r\n"));
    }
    body.push_str("--edge--\r\n");
    server.ask("POST", action, cookies, "multipart/form-data; boundary=edge", &body)
}

/// Killed, and started again: whoever was signed in still is.
fn killed(server: Server, house: &House) -> Server {
    drop(server);
    let mut server = Server::start(house);
    assert!(server.says().contains("Ctrl-C"), "no token is printed where there is somebody");
    server
}

fn walk(folder: &Path, house: &House) {
    let (server, first) = first_start(house);
    for path in ["/", "/findings", "/setup/nation", "/login"] {
        let (status, head, _) = server.get(path, "");
        assert_eq!((status, location(&head).as_str()), (303, "/setup"), "{path}");
    }
    assert_eq!((server.get("/api/v1/findings", "").0, server.get("/health/ready", "").0), (401, 200));
    assert_eq!(offer(&server, "not-the-token", PASSWORD).0, 403);
    drop(server);

    // Started again there is another token, and the first one is worth nothing.
    let (server, token) = first_start(house);
    assert_ne!(first, token);
    assert_eq!(offer(&server, &first, PASSWORD).0, 403);
    assert_eq!(offer(&server, &token, "short").0, 422);
    let (status, head, page) = offer(&server, &token, PASSWORD);
    assert_eq!((status, location(&head).as_str()), (303, "/setup/nation"), "{page}");
    let session = cookie(&head, "manara-session");
    assert_eq!(location(&server.get("/setup", "").1), "/login");
    assert_eq!(location(&server.get("/setup", &session).1), "/setup/steps");
    let server = killed(server, house);

    let nation = |country: &str| {
        let (csrf, _) = form(&server, "/setup/nation", &session);
        let fields = [
            ("csrf", csrf.as_str()),
            ("country", country),
            ("zone", "Africa/Cairo"),
            ("languages", "en"),
            ("languages", "ar"),
            ("language", "ar"),
            ("name_en", "National \"CIRT\""),
            ("name_ar", "المركز الوطني"),
        ];
        server.post("/setup/nation", &session, &fields)
    };
    assert_eq!(nation("Atlantis").0, 422);
    let (status, head, page) = nation("EG");
    assert_eq!((status, location(&head).as_str()), (303, "/setup/mail"), "{page}");
    // It holds at once: two languages, the usual one for strangers, the zone for those who set none.
    let (_, _, door) = server.get("/login", "");
    assert!(door.contains(r#"<html lang="ar" dir="rtl""#) && !door.contains(r#"hreflang="fr""#), "{door}");
    let (_, _, steps) = server.get("/setup/steps?x", &session);
    assert!(steps.contains("Africa/Cairo"), "{steps}");
    let toml = house.data.join("cirt.toml");
    let text = std::fs::read_to_string(&toml).expect("a configuration");
    assert!(text.contains("country = \"EG\"") && text.contains("# PostgreSQL for the state"), "{text}");
    let server = killed(server, house);

    let post = Post::open();
    let port = post.port().to_string();
    let mail = |to: &str, then: &str, password: &str| {
        let (csrf, _) = form(&server, "/setup/mail", &session);
        let fields = [
            ("csrf", csrf.as_str()),
            ("transport", "smtp"),
            ("from_name", "المركز الوطني"),
            ("from_mail", "cirt@cirt.example"),
            ("host", "127.0.0.1"),
            ("port", port.as_str()),
            ("tls", "none"),
            ("login", "cirt"),
            ("password", password),
            ("test_to", to),
            ("then", then),
        ];
        server.post("/setup/mail", &session, &fields)
    };
    assert_eq!(mail("duty@cirt.example", "test", "").0, 422, "a login without its password");
    assert_eq!(mail("nobody", "test", "open sesame").0, 422, "no address to write to");
    assert_eq!(location(&mail("duty@cirt.example", "test", "open sesame").1), "/setup/mail");
    let (_, _, page) = server.get("/setup/mail", &session);
    assert!(page.contains("queued as T1") && !page.contains("sesame"), "what the server said is shown: {page}");
    assert_eq!(location(&mail("nobody@cirt.example", "test", "").1), "/setup/mail", "the password is kept");
    let (_, _, page) = server.get("/setup/mail", &session);
    assert!(page.contains("550 5.1.1 no such desk"), "{page}");
    assert_eq!((post.letters().len(), post.logins().len()), (1, 2));
    assert_eq!(location(&mail("", "", "").1), "/setup/networks");
    let text = std::fs::read_to_string(&toml).expect("a configuration");
    assert!(text.contains("transport = \"smtp\"") && !text.contains("sesame"), "{text}");
    secret_is_for_its_owner(&house.data.join("mail.secret"));
    let server = killed(server, house);

    let networks = ("/setup/networks", "/constituents/import");
    let then = ("then", "/setup/feed");
    let bad = NETWORKS.replace("192.0.2.0/25", "192.0.2.999/25");
    let (status, _, page) = upload(&server, networks, &session, &[then, ("paste", &bad)], None);
    assert!(status == 422 && page.contains("192.0.2.999/25") && page.contains("Mangrove Telecom"), "{page}");
    let (status, _, page) = upload(&server, networks, &session, &[then, ("paste", NETWORKS)], None);
    assert_eq!(status, 200, "{page}");
    let held = between(&page, r#"name="held" value=""#, "\"");
    let (_, rest) = page.split_once("/constituents/import/confirm").expect("a form to confirm");
    let csrf = between(rest, r#"name="csrf" value=""#, "\"");
    let fields = [("csrf", csrf.as_str()), ("held", &held), then];
    let (status, head, _) = server.post("/constituents/import/confirm", &session, &fields);
    assert_eq!((status, location(&head).as_str()), (303, "/setup/feed"));
    let server = killed(server, house);

    // A report of today: what an old one finds is expired at once.
    let day = manara_model::Micros::now().day();
    let (name, report) = (format!("{day}-scan_telnet-eg-geo.csv"), REPORT.replace("DAY", &day));
    let file = Some((&*name, &*report));
    let (status, head, page) = upload(&server, ("/setup/feed", "/batches"), &session, &[], file);
    assert!(status == 303 && location(&head).starts_with("/batches/"), "{head}{page}");
    let findings = || -> Value {
        let (status, _, body) = server.get("/findings?state=all&format=json", &session);
        assert_eq!(status, 200, "{body}");
        serde_json::from_str(&body).expect("JSON")
    };
    let begun = Instant::now();
    while findings().as_array().expect("rows").len() < 3 {
        assert!(begun.elapsed() < Duration::from_secs(60), "{}", findings());
        std::thread::yield_now();
    }
    let (_, _, batch) = server.get(&location(&head), &session);
    assert!(batch.contains("scan_telnet"), "{batch}");
    // Numbers are counted anew when the batch is said to be finished, a moment after its findings are there.
    let home = loop {
        let (_, _, home) = server.get("/", &session);
        if home.contains("Ministry of Light") {
            break home;
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "home shows what was handed in: {home}");
        std::thread::yield_now();
    };
    assert!(home.contains("/findings?state=new") && home.contains(r#"action="/setup/dismiss""#), "{home}");
    let steps = house.json(&["setup", "list", "--json"]);
    let done: Vec<&Value> =
        steps.as_array().expect("steps").iter().filter(|step| step["done"] == json!(true)).collect();
    assert_eq!(done.len(), 4, "{steps}");
    let (csrf, _) = form(&server, "/setup/steps", &session);
    assert_eq!(server.post("/setup/dismiss", &session, &[("csrf", &csrf)]).0, 303);
    let (_, _, _) = server.get("/", &session);
    let (_, _, home) = server.get("/", &session);
    assert!(!home.contains("/setup/dismiss"), "{home}");
    let (_, _, journal) = server.get("/journal?format=json", &session);
    for verb in ["first_token_refused", "user_added", "nation_set", "mail_set", "setup_dismissed", "imported"] {
        assert!(journal.contains(verb), "{verb}: {journal}");
    }
    assert!(!journal.contains("sesame") && !journal.contains(&token), "{journal}");
    drop(server);
    house.verified();
    let _ = folder;
}

#[cfg(unix)]
fn secret_is_for_its_owner(path: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    assert_eq!(std::fs::metadata(path).expect("the secret").permissions().mode() & 0o777, 0o600);
    assert_eq!(std::fs::read_to_string(path).expect("the secret"), "cirt\nopen sesame\n");
}

#[test]
fn an_empty_folder_becomes_a_house_with_findings_on_sqlite() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    walk(folder.path(), &House::new(folder.path().join("data")));
}

#[test]
fn an_empty_folder_becomes_a_house_with_findings_on_postgresql() {
    let Some(schema) = Schema::make() else { return };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let house = House { database: Some(schema.url.clone()), ..House::new(folder.path().join("data")) };
    walk(folder.path(), &house);
}

#[test]
fn who_would_rather_type_makes_the_administrator_on_the_terminal() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let house = House::new(folder.path().join("data"));
    let (server, token) = first_start(&house);
    let password = folder.path().join("password");
    std::fs::write(&password, PASSWORD).expect("a writable folder");
    house.done(&["init", "--admin", "omar", "--password-file", password.to_str().expect("a path")]);
    // The server that is running takes notice by itself, and its token is worth nothing.
    assert_eq!(location(&server.get("/setup", "").1), "/login");
    let (csrf, seed) = form(&server, "/login", "");
    assert_eq!(server.post("/setup", &seed, &[("csrf", &csrf), ("token", &token)]).0, 404);
    server.sign_in("omar");
}
