//! A constituent answers: from a day's file to the letter, by its link to the answers, and to the next day's file, through the
//! real program, on both databases.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Stdio};

use serde_json::{Value, json};

use crate::house::House;

pub const PASSWORD: &str = "a short sentence";
const CONSTITUENCY: &str = "\
name,sector,kind,criticality,networks,as_numbers,contact_role,contact_mail,contact_language,contact_format
Mangrove ISP,telecom,isp,high,192.0.2.0/24,64500,abuse,abuse@isp.example,fr,csv
Harbour School,education,school,low,198.51.100.0/28,,security,it@school.example,ar,both
";
const HEADER: &str = "timestamp,severity,ip,protocol,port,hostname,tag,asn,geo\n";

fn report(day: &str, hosts: &[&str]) -> String {
    let row = |host: &&str| format!("{day} 01:00:00,high,{host},tcp,23,,telnet,,XS\n");
    HEADER.to_string() + &hosts.iter().map(row).collect::<String>()
}

/// The program while it serves; ended with it.
pub struct Server {
    child: Child,
    address: String,
    // Kept open: the program goes on speaking.
    says: std::io::Lines<BufReader<std::process::ChildStdout>>,
}

impl Server {
    pub fn start(house: &House) -> Server {
        Self::begin(house.command(&["serve", "--listen", "127.0.0.1:0"]))
    }

    /// The same, with what it writes into its log.
    pub fn start_with_log(house: &House) -> (Server, std::process::ChildStderr) {
        let mut command = house.command(&["serve", "--listen", "127.0.0.1:0"]);
        command.stderr(Stdio::piped());
        let mut server = Self::begin(command);
        let log = server.child.stderr.take().expect("its log");
        (server, log)
    }

    /// The demo of a folder that holds it, which speaks before it says where it is; with what it said.
    pub fn start_demo(house: &House) -> (Server, Vec<String>) {
        let mut server = Self::begin(house.command(&["demo", "--listen", "127.0.0.1:0"]));
        let mut before = vec![std::mem::take(&mut server.address)];
        loop {
            let line = server.says();
            if let Some(address) = line.strip_prefix("Manara is at http://") {
                server.address = address.trim_end_matches('/').to_string();
                return (server, before);
            }
            before.push(line);
        }
    }

    fn begin(mut command: std::process::Command) -> Server {
        let mut child = command.stdout(Stdio::piped()).spawn().expect("the program starts");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let first = lines.next().expect("a line").expect("text");
        let address = first.trim_start_matches("Manara is at http://").trim_end_matches('/').to_string();
        Server { child, address, says: lines }
    }

    /// The next line it says.
    pub fn says(&mut self) -> String {
        self.says.next().expect("a line").expect("text")
    }

    /// One request; gives status, headers and body.
    pub fn ask(&self, method: &str, path: &str, cookie: &str, kind: &str, body: &str) -> (u16, String, String) {
        self.send(method, path, &[("cookie", cookie), ("content-type", kind)], body)
    }

    /// One request without a body, with headers of its own.
    pub fn ask_with(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> (u16, String, String) {
        self.send(method, path, headers, "")
    }

    /// One request with headers of its own.
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> (u16, String, String) {
        let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let mut stream = TcpStream::connect(&self.address).expect("the server");
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n{headers}content-length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        )
        .expect("sent");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("an answer");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").expect("a head");
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status");
        let body = if head.to_ascii_lowercase().contains("transfer-encoding: chunked") {
            unchunked(body)
        } else {
            body.into()
        };
        (status, head.to_string(), body)
    }

    pub fn get(&self, path: &str, cookie: &str) -> (u16, String, String) {
        self.ask("GET", path, cookie, "", "")
    }

    pub fn post(&self, path: &str, cookie: &str, fields: &[(&str, &str)]) -> (u16, String, String) {
        let body: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", coded(value))).collect();
        self.ask("POST", path, cookie, "application/x-www-form-urlencoded", &body.join("&"))
    }

    /// Signs in and gives the cookie.
    pub fn sign_in(&self, name: &str) -> String {
        let (_, head, page) = self.get("/login", "");
        let seed = cookie(&head, "manara-seed");
        let token = between(&page, r#"name="csrf" value=""#, "\"");
        let fields = [("csrf", token.as_str()), ("name", name), ("password", PASSWORD), ("next", "/")];
        let (status, head, _) = self.post("/login", &seed, &fields);
        assert_eq!(status, 303, "{head}");
        cookie(&head, "manara-session")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn unchunked(mut body: &str) -> String {
    let mut out = String::new();
    while let Some((size, rest)) = body.split_once("\r\n") {
        let size = usize::from_str_radix(size.trim(), 16).unwrap_or(0);
        // A chunk may end in the middle of a letter: then the bytes were replaced, and counting goes on by hand.
        let Some(chunk) = rest.get(..size).filter(|_| size > 0) else { break };
        out.push_str(chunk);
        body = rest.get(size + 2..).unwrap_or_default();
    }
    out
}

fn coded(text: &str) -> String {
    text.bytes()
        .map(|b| {
            if b.is_ascii_alphanumeric() || b == b'-' || b == b'_' {
                char::from(b).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect()
}

pub fn cookie(head: &str, name: &str) -> String {
    let line =
        head.lines().find(|line| line.to_ascii_lowercase().starts_with(&format!("set-cookie: {name}="))).expect(name);
    line.split_once(": ").expect("a header").1.split(';').next().expect("a cookie").to_string()
}

pub fn between(text: &str, begin: &str, end: &str) -> String {
    let (_, rest) = text.split_once(begin).unwrap_or_else(|| panic!("{begin} is not in {text}"));
    rest.split(end).next().unwrap_or_default().to_string()
}

fn states(house: &House) -> Value {
    house.json(&[
        "query",
        "--json",
        "SELECT asset, state FROM findings WHERE constituent = 'Mangrove ISP' ORDER BY asset",
    ])
}

fn walk(database: Option<String>) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let house = House { data: folder.path().join("data"), database };
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("a writable folder");
        path.display().to_string()
    };
    house.done(&["init", "--password-file", &write("password", PASSWORD), "--json"]);
    house.done(&["constituency", "import", &write("c.csv", CONSTITUENCY)]);
    let now = manara_model::Micros::now();
    let (day, next) = (now.plus_days(-1).day(), now.plus_days(1).day());
    let hosts = ["192.0.2.5", "192.0.2.6", "192.0.2.7", "192.0.2.8", "192.0.2.9", "198.51.100.3"];
    house.done(&["ingest", "--json", &write(&format!("{day}-scan_telnet-xs.csv"), &report(&day, &hosts))]);
    house.done(&["work", "--json"]);
    house.done(&["notices", "approve", "--all", "--json"]);
    assert_eq!(house.json(&["work", "--json"])["sent"], 2);
    let unanswered = house.json(&["notices", "list", "--unanswered", "--json"]);
    assert_eq!(unanswered.as_array().map(Vec::len), Some(2));
    let notice = house.json(&["query", "--json", "SELECT id, number FROM notices WHERE constituent = 'Mangrove ISP'"]);
    let (id, number) = (notice[0]["id"].as_str().expect("an id"), notice[0]["number"].as_str().expect("a number"));
    let before = house.number("SELECT answers FROM feeds WHERE name = 'shadowserver-scan_telnet'");
    assert!(!house.done(&["notices", "show", number]).contains("/a/"), "the link is not for a screen");

    let server = Server::start(&house);
    let admin = server.sign_in("admin");
    // The link out of the captured message, as the constituent has it.
    let (status, _, message) = server.get(&format!("/notices/mailbox/{id}"), &admin);
    assert_eq!(status, 200, "{message}");
    let link = format!("/a/{}", between(&message, "/a/", "\n").trim());
    let (status, head, page) = server.get(&link, "");
    assert_eq!(status, 200, "{page}");
    assert!(page.contains(r#"<html lang="fr" dir="ltr""#) && page.contains("Mangrove ISP"), "{page}");
    assert!(
        !head.to_ascii_lowercase().contains("set-cookie")
            && head.to_ascii_lowercase().contains("referrer-policy: no-referrer")
    );
    assert!(page.contains("192.0.2.5") && page.contains("192.0.2.9") && !page.contains("198.51.100.3"), "{page}");
    assert_eq!(states(&house)[0]["state"], "notified", "a link that is opened answers nothing");

    let finding = |asset: &str| {
        let sql = format!("SELECT id FROM findings WHERE asset = '{asset}'");
        house.json(&["query", "--json", &sql])[0]["id"].as_str().expect("an id").to_string()
    };
    let tag = between(&page, r#"name="tag" value=""#, "\"");
    let (five, six, seven) = (finding("192.0.2.5"), finding("192.0.2.6"), finding("192.0.2.7"));
    let fields = [
        ("tag", tag.clone()),
        ("for", "rows".to_string()),
        (&*format!("answer.{five}"), "fixed".into()),
        (&*format!("answer.{six}"), "false".into()),
        (&*format!("answer.{seven}"), "help".into()),
        (&*format!("comment.{seven}"), "Appelez-nous, s'il vous plaît".into()),
    ];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let (status, head, _) = server.post(&link, "", &fields);
    assert!(status == 303 && head.contains("kept=3&same=0"), "{head}");
    let (_, head, _) = server.post(&link, "", &fields);
    assert!(head.contains("kept=0&same=3"), "the same form twice: {head}");

    let (_, _, table) = server.get(&format!("{link}/answers.csv"), "");
    let table = table
        .replace("192.0.2.8,open-telnet,,", "192.0.2.8,open-telnet,fixed,")
        .replace("192.0.2.9,open-telnet,,", "192.0.2.9,open-telnet,received,noté");
    assert!(table.contains("noté"), "{table}");
    let table = format!("{table}{},x,x,fixed,\r\n", finding("198.51.100.3"));
    let body = format!(
        "--edge\r\ncontent-disposition: form-data; name=\"tag\"\r\n\r\n{tag}\r\n\
         --edge\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n{table}\r\n--edge--\r\n"
    );
    let (status, _, page) =
        server.ask("POST", &format!("{link}/table"), "", "multipart/form-data; boundary=edge", &body);
    assert_eq!(status, 200, "{page}");
    assert!(page.contains("Merci. 2 réponses") || page.contains("réponses ont été enregistrées"), "{page}");
    assert!(page.contains("pas à cette notification"), "a row of somebody else is refused: {page}");

    let (_, _, home) = server.get("/", &admin);
    assert!(home.contains("/notices?answered=help"), "help is wanted: {home}");
    let (_, _, one) = server.get(&format!("/findings/{seven}"), &admin);
    assert!(one.contains("What the constituent says") && one.contains("Appelez-nous"), "{one}");
    let (_, _, one) = server.get(&format!("/notices/{id}"), &admin);
    assert!(one.contains("Appelez-nous") && one.contains("/notices/help-given") && !one.contains(&link), "{one}");
    let sql = "SELECT id FROM constituents WHERE name = 'Mangrove ISP'";
    let constituent = house.json(&["query", "--json", sql])[0]["id"].as_str().expect("an id").to_string();
    let (_, _, one) = server.get(&format!("/constituents/{constituent}"), &admin);
    assert!(one.contains("Current situation") && one.contains("Findings first seen, by week"), "{one}");
    let last = if link.ends_with('A') { 'B' } else { 'A' };
    let forged = format!("{}{last}", link.get(..link.len() - 1).unwrap_or_default());
    assert_eq!(server.get(&forged, "").0, 404);
    drop(server);

    house.done(&["work", "--json"]);
    let want = json!([
        { "asset": "192.0.2.5", "state": "fixed" },
        { "asset": "192.0.2.6", "state": "false_positive" },
        { "asset": "192.0.2.7", "state": "acknowledged" },
        { "asset": "192.0.2.8", "state": "fixed" },
        { "asset": "192.0.2.9", "state": "acknowledged" },
    ]);
    assert_eq!(states(&house), want);
    let after = house.number("SELECT answers FROM feeds WHERE name = 'shadowserver-scan_telnet'");
    assert_eq!(after - before, 3, "two were right, one was not");
    let answers = house.json(&["query", "--json", "SELECT asset, answer, via, comment FROM answers ORDER BY asset"]);
    assert_eq!(answers.as_array().map(Vec::len), Some(5));
    assert_eq!(answers[4], json!({ "asset": "192.0.2.9", "answer": "received", "via": "table", "comment": "noté" }));
    let unanswered = house.json(&["notices", "list", "--unanswered", "--json"]);
    assert_eq!(unanswered[0]["constituent"], "Harbour School");
    assert_eq!(unanswered.as_array().map(Vec::len), Some(1));
    let shown = house.json(&["notices", "show", number, "--json"]);
    assert_eq!(
        (&shown["answered"], &shown["helps"], shown["findings"].as_array().map(Vec::len)),
        (&json!(5), &json!(1), Some(5))
    );

    // The next day the system that was fixed is seen again; the one that never was stays so.
    let seen = write(&format!("{next}-scan_telnet-xs.csv"), &report(&next, &["192.0.2.5", "192.0.2.6"]));
    house.done(&["ingest", "--json", &seen]);
    let after = states(&house);
    assert_eq!((&after[0]["state"], &after[1]["state"]), (&json!("reopened"), &json!("false_positive")));
    house.verified();
}

#[test]
fn a_constituent_answers_by_its_link_and_what_comes_back_reopens_on_sqlite() {
    walk(None);
}

#[test]
fn a_constituent_answers_by_its_link_and_what_comes_back_reopens_on_postgresql() {
    let Some(schema) = crate::house::Schema::make() else { return };
    walk(Some(schema.url.clone()));
}
