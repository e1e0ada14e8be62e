//! What is marked more strictly than somebody may see is told them neither by research nor by search, by
//! palette nor by API; whoever may see it is told of it. Through the real program, on both databases.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::json;

use crate::answers::{PASSWORD, Server, between};
use crate::deliver::outcome;
use crate::house::{House, Schema};

/// What is looked up: an address, a domain, a mail address, a vulnerability, a hash.
const SUBJECTS: [&str; 5] =
    ["192.0.2.5", "evil.example.com", "spam@evil.example.com", "CVE-2026-1234", "d41d8cd98f00b204e9800998ecf8427e"];
/// A word of everything that is strict, and of nothing else.
const SECRET: &str = "zanzibar";

/// Somebody with a session and a token.
struct Reader<'s> {
    server: &'s Server,
    session: String,
    bearer: String,
}

impl Reader<'_> {
    /// A page as the browser shows it: the words of its middle.
    fn page(&self, path: &str) -> String {
        let (status, _, body) = self.server.get(path, &self.session);
        assert_eq!(status, 200, "{path}: {body}");
        let middle = between(&body, "<main", "</main>");
        middle.split('<').map(|part| part.split_once('>').map_or("", |(_, text)| text)).collect()
    }

    /// What a page tells its scripts.
    fn script(&self, path: &str) -> String {
        let headers = [("cookie", self.session.as_str()), ("accept", "application/json")];
        let (status, _, body) = self.server.ask_with("GET", path, &headers);
        assert_eq!(status, 200, "{path}: {body}");
        body
    }

    /// What a program is told.
    fn program(&self, path: &str) -> String {
        let (status, _, body) = self.server.ask_with("GET", path, &[("authorization", &self.bearer)]);
        assert_eq!(status, 200, "{path}: {body}");
        body
    }

    /// All that is told of the subjects and of the word, by what was asked.
    fn told(&self, incident: &str) -> BTreeMap<String, String> {
        let mut all = BTreeMap::new();
        for subject in SUBJECTS {
            let (page, api) = (format!("/research?q={subject}"), format!("/api/v1/research?q={subject}"));
            all.insert(format!("{page} as a page"), self.page(&page));
            all.insert(format!("{page} as JSON"), self.script(&page));
            all.insert(api.clone(), self.program(&api));
        }
        for text in SUBJECTS.into_iter().chain([SECRET]) {
            let (page, api) = (format!("/search?q={text}"), format!("/api/v1/search?q={text}"));
            all.insert(format!("{page} as a page"), self.page(&page));
            all.insert(format!("{page} in the palette"), self.script(&page));
            all.insert(api.clone(), self.program(&api));
        }
        let before = format!("/api/v1/incidents/{incident}/seen-before");
        all.insert(before.clone(), self.program(&before));
        all
    }
}

fn number(house: &House, args: &[&str]) -> String {
    house.json(args)["number"].as_str().expect("a number").to_string()
}

/// A report, and an incident that does not belong to it, that speak of all subjects.
fn spoken_of(house: &House, (subject, title): (&str, &str), tlp: &str) -> [String; 2] {
    let said = SUBJECTS.join(" and ");
    let report = number(house, &["tickets", "open", "--subject", subject, "--tlp", tlp, "--json"]);
    house.done(&["tickets", "comment", &report, &said]);
    let incident = number(house, &["incidents", "open", "--title", title, "--tlp", tlp, "--json"]);
    house.done(&["incidents", "observables", &incident, "--add", &said]);
    [report, incident]
}

/// A mail that says itself how strict it is; the number of its report.
fn delivered(house: &House) -> String {
    let mail = format!(
        "From: Ana <ana@harbour.example>\r\nTo: cirt@cirt.example\r\nSubject: TLP:RED {SECRET} calls\r\n\
         Message-ID: <1@harbour.example>\r\n\r\n{}\r\n",
        SUBJECTS.join(" and ")
    );
    let told = outcome(house, &["--to", "cirt@cirt.example"], &mail);
    told["report"].as_str().unwrap_or_else(|| panic!("{told}")).to_string()
}

fn walk(folder: &Path, house: &House) {
    let password = folder.join("password");
    std::fs::write(&password, PASSWORD).expect("a writable folder");
    house.done(&["init", "--password-file", &password.display().to_string(), "--json"]);
    let [mild, ours] = spoken_of(house, ("A call", "By hand"), "AMBER");
    let token = |name: &str, scopes: &[&str]| {
        let mut args = vec!["tokens", "make", name, "reads"];
        args.extend(scopes.iter().flat_map(|scope| ["--scope", scope]));
        format!("Bearer {}", house.done(&args).trim())
    };
    let server = Server::start(house);
    let bearer = token("admin", &["incidents:read", "people:manage"]);
    let person = json!({ "name": "vera", "role": "viewer", "password": PASSWORD, "language": "en" }).to_string();
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
    let (status, _, made) = server.send("POST", "/api/v1/users", &headers, &person);
    assert_eq!(status, 201, "{made}");
    let strong = Reader { server: &server, session: server.sign_in("admin"), bearer };
    let weak = Reader { server: &server, session: server.sign_in("vera"), bearer: token("vera", &["incidents:read"]) };
    let before = [weak.told(&ours), strong.told(&ours)];
    for (what, text) in &before[0] {
        assert!(text.contains(&mild) || text.contains(&ours) || what.contains(SECRET), "{what}: {text}");
    }

    let [red, incident] = spoken_of(house, ("zanzibar writes", "zanzibar is inside"), "RED");
    house.done(&["incidents", "note", &incident, &format!("zanzibar speaks of {}", SUBJECTS.join(" and "))]);
    let mailed = delivered(house);
    assert_eq!(house.json(&["tickets", "show", &mailed, "--json"])["tlp"], "TLP:RED");

    // Whoever may not see it is told what they were told before, word by word.
    assert_eq!(weak.told(&ours), before[0]);
    for (what, text) in strong.told(&ours) {
        assert_ne!(text, before[1][&what], "{what}");
        assert!([&red, &incident, &mailed].into_iter().any(|number| text.contains(number)), "{what}: {text}");
    }
    for number in [&red, &incident, &mailed] {
        let path = format!("/search?q={number}");
        assert!(!weak.script(&path).contains(&format!("/{number}")), "{number}");
        assert!(strong.script(&path).contains(&format!("/{number}")), "{number}");
    }
    for path in [format!("/incidents/{ours}"), format!("/incidents/{ours}/observables"), format!("/tickets/{mild}")] {
        let (seen, all) = (weak.page(&path), strong.page(&path));
        for number in [&red, &incident, &mailed] {
            assert!(!seen.contains(number.as_str()), "{path} {number}: {seen}");
        }
        assert!(!seen.contains(SECRET), "{path}: {seen}");
        assert!(all.contains(&red) && all.contains(&incident), "{path}: {all}");
    }

    // The terminal sees all: whoever sits there has the data folder.
    for subject in SUBJECTS {
        let ran = house.run(&["research", subject, "--json"]);
        assert_eq!(ran.code, 3, "{ran:?}");
        for number in [&red, &incident, &mailed] {
            assert!(ran.out.contains(number.as_str()), "{subject} {number}: {}", ran.out);
        }
    }
    drop(server);
    house.verified();
}

#[test]
fn what_is_strict_is_told_to_nobody_who_may_not_see_it_on_sqlite() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    walk(folder.path(), &House::new(folder.path().join("data")));
}

#[test]
fn what_is_strict_is_told_to_nobody_who_may_not_see_it_on_postgresql() {
    let Some(schema) = Schema::make() else { return };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let house = House { database: Some(schema.url.clone()), ..House::new(folder.path().join("data")) };
    walk(folder.path(), &house);
}
