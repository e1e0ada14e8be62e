//! A reported mail becomes a closed incident: a citizen, a provider and a handler, with real servers of mail and GnuPG between
//! them, on both databases. Who handles it uses the API alone.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

use crate::house::{House, Schema};
use crate::sealed::Gnupg;
use crate::servers::{Dovecot, PASSWORD, Postfix, free_port, is_missing, until};

const OURS: &str = "cirt@cirt.example";
/// Another address of ours, whose mail waits in a mailbox of somebody else's server.
const DESK: &str = "reports@desk.example";
/// Addresses and whose mailbox they are; `gone@isp.example` is nobody's.
const BOXES: [(&str, &str); 5] = [
    (DESK, "desk"),
    ("ana@harbour.example", "ana"),
    ("omar@harbour.example", "omar"),
    ("abuse@isp.example", "isp"),
    ("mallory@elsewhere.example", "mallory"),
];

/// The program while it serves, and whoever handles incidents with it.
struct Serving {
    child: Child,
    address: String,
    lmtp: String,
    token: String,
}

impl Serving {
    fn start(house: &House, token: String) -> Serving {
        let mut command = house.command(&["serve", "--listen", "127.0.0.1:0", "--lmtp", "127.0.0.1:0"]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn().expect("the program starts");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines().map_while(Result::ok);
        let mut after = |begin: &str| {
            let found = lines.by_ref().find_map(|line| line.strip_prefix(begin).map(str::to_string));
            found.unwrap_or_else(|| panic!("it does not say {begin:?}"))
        };
        let address = after("Manara is at http://").trim_end_matches('/').to_string();
        let lmtp = after("Mail comes in by LMTP at ");
        // Read on, or the program would wait for a reader.
        std::thread::spawn(move || lines.for_each(drop));
        Serving { child, address, lmtp, token }
    }

    /// One request; status and body.
    fn ask(&self, method: &str, path: &str, body: Option<&Value>) -> (u16, Vec<u8>) {
        let body = body.map(Value::to_string).unwrap_or_default();
        let kind = if body.is_empty() { "" } else { "content-type: application/json\r\n" };
        let request = format!(
            "{method} {path} HTTP/1.0\r\nhost: {}\r\nauthorization: Bearer {}\r\n{kind}content-length: {}\r\n\r\n{body}",
            self.address,
            self.token,
            body.len()
        );
        let mut stream = TcpStream::connect(&self.address).expect("the server");
        stream.write_all(request.as_bytes()).expect("sent");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("an answer");
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("a head") + 4;
        let body = bytes.split_off(end);
        let head = String::from_utf8_lossy(&bytes).into_owned();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        (status, body)
    }

    fn json(&self, method: &str, path: &str, body: Option<&Value>) -> Value {
        let (status, bytes) = self.ask(method, path, body);
        let text = String::from_utf8_lossy(&bytes);
        assert!((200..300).contains(&status), "{method} {path}: {status} {text}");
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{method} {path}: {error}: {text}"))
    }

    fn get(&self, path: &str) -> Value {
        self.json("GET", path, None)
    }

    fn post(&self, path: &str, body: &Value) -> Value {
        self.json("POST", path, Some(body))
    }

    /// The items of a list.
    fn list(&self, path: &str) -> Vec<Value> {
        self.get(path)["items"].as_array().expect("items").clone()
    }

    fn ticket(&self, number: &str) -> Value {
        self.get(&format!("/api/v1/tickets/{number}"))
    }

    fn messages(&self, number: &str) -> Vec<Value> {
        self.list(&format!("/api/v1/tickets/{number}/messages"))
    }

    fn state_of(&self, number: &str) -> String {
        text(&self.ticket(number)["state"])
    }

    fn incident(&self, number: &str) -> Value {
        self.get(&format!("/api/v1/incidents/{number}"))
    }

    /// How often something was done, as the journal tells it.
    fn told(&self, verb: &str) -> usize {
        self.list(&format!("/api/v1/journal?verb={verb}&limit=200")).len()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text")).to_string()
}

/// A field of a mail's head, in one line.
fn field(mail: &str, name: &str) -> String {
    let mail = mail.replace("\r\n", "\n");
    let head = mail.split("\n\n").next().unwrap_or_default().replace("\n ", " ").replace("\n\t", " ");
    let found = head.lines().find_map(|line| {
        let (known, value) = line.split_once(':')?;
        known.eq_ignore_ascii_case(name).then(|| value.trim().to_string())
    });
    found.unwrap_or_else(|| panic!("no {name} in {mail}"))
}

/// A mail in the clear.
fn plain(from: &str, to: &str, id: &str, subject: &str, more: &str, text: &str) -> String {
    format!("From: {from}\r\nTo: {to}\r\nSubject: {subject}\r\nMessage-ID: <{id}>\r\n{more}\r\n{text}\r\n")
}

/// The address within `Name <address>`.
fn address(text: &str) -> String {
    text.rsplit_once('<').and_then(|(_, rest)| rest.split_once('>')).map_or(text, |(inside, _)| inside).to_string()
}

/// What the whole walk has at hand.
struct World {
    house: House,
    serving: Serving,
    postfix: Postfix,
    dovecot: Dovecot,
    ana: Gnupg,
    isp: Gnupg,
    /// Fingerprint of our key.
    ours: String,
}

impl World {
    fn new(folder: &Path, database: Option<String>) -> World {
        let house = House { data: folder.join("data"), database };
        house.done(&["init", "--json"]);
        let dovecot = Dovecot::start();
        let port = free_port();
        let secret = folder.join("desk.secret");
        std::fs::write(&secret, format!("desk\n{PASSWORD}\n")).expect("written");
        let private = std::os::unix::fs::PermissionsExt::from_mode(0o600);
        std::fs::set_permissions(&secret, private).expect("set");
        // The mailbox is asked once in ten minutes: what comes sooner was told of by the server itself.
        let config = format!(
            "team = \"CIRT of the lighthouse\"
[api]
requests_per_minute = 1000000
[mail]
transport = \"smtp\"
from = \"CIRT <{OURS}>\"
[mail.smtp]
host = \"127.0.0.1\"
port = {port}
tls = \"none\"
[response.mail]
addresses = [\"{OURS}\", \"{DESK}\"]
plus_addresses = true
[[imap]]
host = \"127.0.0.1\"
port = {}
tls = \"none\"
credentials_file = \"{}\"
recipient = \"{DESK}\"
poll_seconds = 600
",
            dovecot.port,
            secret.display()
        );
        std::fs::write(house.data.join("cirt.toml"), config).expect("written");
        let (ana, isp) = (Gnupg::of("Ana <ana@harbour.example>"), Gnupg::of("Abuse desk <abuse@isp.example>"));
        let made = house.json(&["mail", "keys", "generate", "--user-id", &format!("CIRT <{OURS}>"), "--json"]);
        let ours = text(&made["fingerprint"]);
        let certificate = house.done(&["mail", "keys", "export"]);
        for other in [&ana, &isp] {
            other.done(&["--import"], certificate.as_bytes());
            let path = folder.join("theirs.asc");
            std::fs::write(&path, other.certificate()).expect("written");
            house.done(&["mail", "keys", "import", path.to_str().expect("a path"), "--accept"]);
        }
        let scopes = ["--scope", "incidents:read", "--scope", "incidents:handle", "--scope", "journal:read"];
        let token = house.done(&[&["tokens", "make", "admin", "handler", "--days", "1"][..], &scopes].concat());
        let serving = Serving::start(&house, token.trim().to_string());
        let way = format!("lmtp:inet:{}", serving.lmtp);
        let postfix = Postfix::start(port, "cirt.example", &way, &BOXES, &dovecot.mail());
        World { house, serving, postfix, dovecot, ana, isp, ours }
    }

    /// Asks until there is an answer.
    fn until<T>(&self, what: &str, ask: impl FnMut() -> Option<T>) -> T {
        let told = || format!("{}\n{}", self.postfix.log(), self.serving.get("/api/v1/mail/queue"));
        until(what, told, ask)
    }

    /// The newest mail of a mailbox, when it holds so many.
    fn newest(&self, name: &str, count: usize) -> String {
        let all = self.dovecot.wait(name, count, || self.postfix.log());
        assert_eq!(all.len(), count, "{name} got {all:#?}");
        all.into_iter().next_back().expect("a mail")
    }

    /// Writes in a ticket.
    fn write(&self, number: &str, body: &Value) {
        self.serving.post(&format!("/api/v1/tickets/{number}/messages"), body);
    }
}

/// A citizen's mail, signed and encrypted, becomes a report with what it speaks of, and is acknowledged. Gives its number.
fn is_reported(world: &World) -> String {
    let said = "Somebody imitates our bank at hxxps://login.bank[.]example.com/sign-in\r\n\
                and it answers from 198.51.100[.]7. It was sent by 192.0.2.66.";
    let mail = world.ana.writes("1@harbour.example", "A false bank", said, &world.ours);
    world.postfix.post(world.ana.mail(), OURS, &mail);
    let report = world.until("a report", || world.serving.list("/api/v1/tickets?kind=report").first().cloned());
    let number = text(&report["number"]);
    assert_eq!(
        (&report["state"], &report["source"], &report["subject"]),
        (&json!("new"), &json!("mail"), &json!("A false bank"))
    );
    let first = &world.serving.messages(&number)[0];
    assert_eq!(
        (&first["kind"], &first["security"], &first["signature"], &first["decrypted"]),
        (&json!("report"), &json!("pgp-mime-encrypted"), &json!("good"), &json!(true))
    );
    let whole = world.serving.ticket(&number);
    let seen: Vec<String> =
        whole["observables"].as_array().expect("observables").iter().map(|one| text(&one["value"])).collect();
    for value in ["https://login.bank.example.com/sign-in", "198.51.100.7", "192.0.2.66"] {
        assert!(seen.iter().any(|one| one == value), "{value} is not in {seen:?}");
    }
    let receipt = world.newest("ana", 1);
    assert_eq!(field(&receipt, "Auto-Submitted"), "auto-replied");
    assert!(field(&receipt, "Subject").contains(&format!("#{number}]")), "{receipt}");
    number
}

/// Somebody else's mail comes by the mailbox that is watched. Gives the number of its report.
fn is_fetched(world: &World) -> String {
    let mail = plain("Omar <omar@harbour.example>", DESK, "2@harbour.example", "The same bank", "", "I got it, too.");
    world.postfix.post("omar@harbour.example", DESK, &mail);
    let number = world.until("a report out of the mailbox", || {
        let all = world.serving.list("/api/v1/tickets?kind=report");
        all.iter().find(|one| one["correspondent"] == "omar@harbour.example").map(|one| text(&one["number"]))
    });
    let receipt = world.newest("omar", 1);
    assert_eq!(field(&receipt, "Auto-Submitted"), "auto-replied");
    number
}

/// Asks the provider, encrypted, and is answered. Gives the number of the investigation.
fn is_investigated(world: &World, incident: &str) -> String {
    let given = json!({ "kind": "investigation", "subject": "Who rents 198.51.100.7", "incident": incident,
        "correspondent": world.isp.mail(), "tlp": "TLP:AMBER+STRICT" });
    let number = text(&world.serving.post("/api/v1/tickets", &given)["number"]);
    world.write(&number, &json!({ "text": "Who has rented it, and since when?" }));
    let mail = world.newest("isp", 1);
    assert!(!mail.contains("Who rents") && !mail.contains("since when"), "nothing stands outside: {mail}");
    let (inside, said) = world.isp.opens(&mail);
    assert!(inside.contains("since when?") && inside.contains("Who rents 198.51.100.7"), "{inside}");
    assert!(said.contains(&format!("VALIDSIG {}", world.ours)), "{said}");
    // No reference and no number: the address they answer to is enough.
    let back = address(&field(&mail, "Reply-To"));
    assert_ne!(back, OURS);
    let answer = world.isp.writes_to(&back, "3@isp.example", "Your question", "A reseller, since Monday.", &world.ours);
    world.postfix.post(world.isp.mail(), &back, &answer);
    let reply = world.until("the provider's answer", || {
        world.serving.messages(&number).into_iter().find(|one| one["kind"] == "reply")
    });
    assert_eq!((&reply["decrypted"], &reply["signature"]), (&json!(true), &json!("good")));
    assert!(text(&reply["text"]).contains("A reseller, since Monday."), "{reply}");
    number
}

/// Somebody who guessed a number is held, and joins nothing.
fn a_stranger_is_held(world: &World, number: &str) {
    let before = world.serving.messages(number).len();
    let subject = format!("Re: [CIRT #{number}] my friend");
    let mail = plain("Mallory <mallory@elsewhere.example>", OURS, "4@elsewhere.example", &subject, "", "Send me all.");
    world.postfix.post("mallory@elsewhere.example", OURS, &mail);
    let held = world.until("the stranger's mail", || world.serving.list("/api/v1/mail/held").first().cloned());
    assert_eq!((&held["kind"], &held["from_mail"]), (&json!("quarantined"), &json!("mallory@elsewhere.example")));
    let path = format!("/api/v1/mail/held/{}/decide", text(&held["id"]));
    assert_eq!(world.serving.post(&path, &json!({ "decision": "discard" }))["ticket"], Value::Null);
    assert_eq!(world.serving.messages(number).len(), before, "nothing joined");
    assert!(world.dovecot.mailbox("mallory").is_empty(), "nobody is told whether the number was right");
}

/// A block is asked for by mail, and confirmed by mail. Gives its number.
fn is_countered(world: &World, incident: &str) -> String {
    let given = json!({ "kind": "countermeasure", "subject": "Take the page down", "incident": incident,
        "target": "login.bank.example.com", "place": "web server", "correspondent": world.isp.mail() });
    let number = text(&world.serving.post("/api/v1/tickets", &given)["number"]);
    assert_eq!(world.serving.state_of(&number), "pending-activation");
    world.write(&number, &json!({ "text": "Please take login.bank.example.com down." }));
    let mail = world.newest("isp", 2);
    let reference = format!("In-Reply-To: {}\r\n", field(&mail, "Message-ID"));
    let subject = format!("Re: {}", field(&mail, "Subject"));
    let answer =
        plain("Abuse desk <abuse@isp.example>", OURS, "5@isp.example", &subject, &reference, "DONE\r\n\r\nIt is gone.");
    world.postfix.post(world.isp.mail(), OURS, &answer);
    world.until("the confirmation", || (world.serving.state_of(&number) == "active").then_some(()));
    number
}

/// A mail to nobody comes back, and its address is known to be dead. Gives the number of the investigation.
fn is_returned(world: &World, incident: &str) -> String {
    let given = json!({ "kind": "investigation", "subject": "Is the sender yours", "incident": incident,
        "correspondent": "gone@isp.example" });
    let number = text(&world.serving.post("/api/v1/tickets", &given)["number"]);
    world.write(&number, &json!({ "text": "192.0.2.66 sent it." }));
    let dead = world.until("a bounce", || world.serving.list("/api/v1/mail/addresses").first().cloned());
    assert_eq!((&dead["mail"], &dead["state"]), (&json!("gone@isp.example"), &json!("hard")));
    let messages = world.serving.messages(&number);
    let sent = messages.iter().find(|one| one["kind"] == "sent").expect("what was sent");
    assert_eq!(sent["deliveries"][0]["state"], "bounced", "{sent}");
    assert!(messages.iter().any(|one| one["kind"] == "bounce"), "{messages:?}");
    number
}

/// Does the first task of the playbook, and passes the others over with a reason.
fn is_worked(world: &World, incident: &str) {
    let path = format!("/api/v1/incidents/{incident}");
    let applied = world.serving.post(&format!("{path}/playbooks/s21-phishing/apply"), &json!({}));
    assert!(applied["tasks"].as_i64().is_some_and(|count| count > 5), "{applied}");
    let open = || -> Vec<Value> {
        let all = world.serving.list(&format!("{path}/tasks?limit=200"));
        all.into_iter().filter(|task| task["state"] == "open").collect()
    };
    let first = open().into_iter().find(|task| task["answers"].as_array().is_some_and(Vec::is_empty)).expect("a task");
    let done = world.serving.post(&format!("{path}/tasks/{}/done", text(&first["id"])), &json!({}));
    assert_eq!((&done["state"], &done["done_by"]), (&json!("done"), &json!("admin")));
    while let Some(task) = open().first() {
        let skip = format!("{path}/tasks/{}/skip", text(&task["id"]));
        let skipped = world.serving.post(&skip, &json!({ "reason": "The provider was quicker." }));
        assert_eq!(skipped["state"], "skipped");
    }
}

fn walk(folder: &Path, database: Option<String>) {
    let world = World::new(folder, database);
    let serving = &world.serving;
    let report = is_reported(&world);
    let second = is_fetched(&world);

    let given =
        json!({ "title": "False bank", "class": "fraud", "type": "phishing", "impact": "high", "urgency": "high" });
    let opened = serving.post(&format!("/api/v1/tickets/{report}/incident"), &given);
    let incident = text(&opened["number"]);
    serving.post(&format!("/api/v1/tickets/{second}/link"), &json!({ "incident": incident }));
    assert_eq!((serving.state_of(&report).as_str(), serving.state_of(&second).as_str()), ("open", "open"));
    let clocks = world.until("a clock", || {
        Some(serving.list(&format!("/api/v1/incidents/{incident}/clocks"))).filter(|all| !all.is_empty())
    });
    let stages = clocks[0]["stages"].as_array().expect("stages");
    assert!(stages.iter().any(|stage| stage["due"].is_string() && stage["standing"] == "running"), "{clocks:?}");

    let investigation = is_investigated(&world, &incident);
    a_stranger_is_held(&world, &investigation);
    let countermeasure = is_countered(&world, &incident);
    let returned = is_returned(&world, &incident);
    is_worked(&world, &incident);

    // Whoever reported hears of it as it was written: encrypted.
    world.write(&report, &json!({ "text": "The page is gone. Thank you." }));
    let told = world.newest("ana", 2);
    let (inside, said) = world.ana.opens(&told);
    assert!(
        inside.contains("The page is gone.") && said.contains(&format!("VALIDSIG {}", world.ours)),
        "{inside} {said}"
    );
    let close = format!("/api/v1/incidents/{incident}/close");
    let closed = serving.post(&close, &json!({ "resolution": "resolved" }));
    assert_eq!((&closed["state"], &closed["resolution"]), (&json!("resolved"), &json!("resolved")));
    let all = [&report, &second, &investigation, &returned, &countermeasure];
    let states = || all.map(|number| serving.state_of(number));
    assert_eq!(states(), ["resolved", "resolved", "resolved", "resolved", "pending-removal"]);

    // It is not over for the citizen: an answer opens the report and its incident again.
    let reference = format!("In-Reply-To: {}\r\n", field(&told, "Message-ID"));
    let again = plain("Ana <ana@harbour.example>", OURS, "6@harbour.example", "Re: [...]", &reference, "It is back.");
    world.postfix.post(world.ana.mail(), OURS, &again);
    world.until("the report open again", || (serving.state_of(&report) == "open").then_some(()));
    assert_eq!(serving.incident(&incident)["state"], "open");
    world.write(&report, &json!({ "text": "It was a copy in your cache." }));
    world.newest("ana", 3);
    serving.post(&close, &json!({ "resolution": "handed-over" }));
    assert_eq!(states(), ["resolved", "resolved", "resolved", "resolved", "pending-removal"]);
    assert_eq!(serving.incident(&incident)["resolution"], "handed-over");

    is_printed(&world, &incident, &[&report, &countermeasure]);
    for (verb, count) in [
        ("report_opened", 2),
        ("incident_opened", 1),
        ("clock_started", 1),
        ("investigation_opened", 2),
        ("countermeasure_opened", 1),
        ("message_held", 1),
        ("message_discarded", 1),
        ("contact_dead", 1),
        ("playbook_applied", 1),
        ("task_done", 1),
        ("incident_closed", 2),
        ("incident_reopened", 1),
        // Five of a person, two of a machine.
        ("message_sent", 7),
        ("message_joined", 3),
    ] {
        // A mail is in its mailbox before the house notes that it left.
        world.until(verb, || (serving.told(verb) >= count).then_some(()));
        assert_eq!(serving.told(verb), count, "{verb}");
    }
    let by_machine =
        world.dovecot.mailbox("ana").iter().filter(|mail| mail.contains("Auto-Submitted: auto-replied")).count();
    assert_eq!(by_machine, 1, "a report is acknowledged once");
    let World { house, serving, .. } = world;
    drop(serving);
    house.verified();
}

/// The report of the incident holds it.
fn is_printed(world: &World, incident: &str, tickets: &[&str]) {
    let path = format!("/api/v1/incidents/{incident}/report");
    let (status, words) = world.serving.ask("GET", &format!("{path}?format=md&in=en"), None);
    let words = String::from_utf8_lossy(&words).into_owned();
    assert_eq!(status, 200, "{words}");
    for said in [incident, "False bank", "198.51.100.7", "The provider was quicker."].iter().chain(tickets) {
        assert!(words.contains(said), "{said} is not in {words}");
    }
    let (status, pdf) = world.serving.ask("GET", &format!("{path}?format=pdf&in=en"), None);
    assert!(status == 200 && pdf.starts_with(b"%PDF-"), "{status}");
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), pdf).expect("written");
    match Command::new("pdftotext").args(["-layout".as_ref(), file.path().as_os_str(), "-".as_ref()]).output() {
        Ok(read) => {
            let words = String::from_utf8_lossy(&read.stdout).into_owned();
            for said in [incident].iter().chain(tickets) {
                assert!(words.contains(said), "{said} is not in {words}");
            }
        }
        Err(_) => println!("pdftotext is not here: the words of the pages were not read"),
    }
}

#[test]
fn a_reported_mail_becomes_a_closed_incident_on_sqlite() {
    if is_missing() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    walk(folder.path(), None);
}

#[test]
fn a_reported_mail_becomes_a_closed_incident_on_postgresql() {
    if is_missing() {
        return;
    }
    let Some(schema) = Schema::make() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    walk(folder.path(), Some(schema.url.clone()));
}
