//! Mail into a house from outside: by `manara deliver`, by LMTP while it serves, and through kills.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use manara_store::Blobs;
use serde_json::Value;

use crate::given::Random;
use crate::house::{House, Ran, Schema};
use crate::post::Post;

/// A mail with a number, by which it is known again.
pub fn mail(number: usize, subject: &str, more: &str) -> String {
    format!(
        "From: Ana <ana{number}@harbour.example>\r\nTo: cirt@cirt.example\r\nSubject: {subject}\r\n\
         Message-ID: <{number}@harbour.example>\r\nDate: Thu, 15 Jan 2026 11:00:00 +0000\r\n{more}\r\n\
         We see 192.0.2.{} again.\r\n",
        number % 250
    )
}

fn deliver(house: &House, args: &[&str], bytes: &[u8]) -> Ran {
    let mut command = house.command(&[&["deliver"], args].concat());
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("its input").write_all(bytes).expect("taken");
    Ran::of(child.wait_with_output().expect("an end"))
}

/// What `deliver` says of a mail.
pub fn outcome(house: &House, args: &[&str], text: &str) -> Value {
    let ran = deliver(house, &[&["--json"], args].concat(), text.as_bytes());
    assert_eq!(ran.code, 0, "{}\n{}", ran.out, ran.err);
    serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {}", ran.out))
}

#[test]
fn a_pipe_hears_what_became_of_its_mail() {
    let folder = tempfile::tempdir().expect("a folder");
    let house = House::new(folder.path().join("data"));
    let nowhere = deliver(&house, &[], mail(1, "x", "").as_bytes());
    assert_eq!(nowhere.code, 75, "without a house it is to come again: {}", nowhere.err);
    house.done(&["init", "--json"]);
    let first = outcome(&house, &["--to", "cirt@cirt.example"], &mail(1, "phishing", ""));
    for (key, want) in [
        ("kind", Value::from("report")),
        ("report", Value::from(first["report"].as_str().unwrap_or_default())),
        ("incident", Value::Null),
        ("answered", Value::from(true)),
        ("signed_by", Value::Null),
        ("decrypted", Value::from(false)),
        ("failed_recipient", Value::Null),
        ("class", Value::Null),
    ] {
        assert_eq!(first[key], want, "{key} of {first}");
    }
    assert_eq!(first["observables"][0]["value"], "192.0.2.1", "{first}");
    let number = first["report"].as_str().expect("a number").to_string();
    let second = outcome(&house, &["--to", "abuse@cirt.example"], &mail(1, "phishing", ""));
    assert_eq!((second["kind"].as_str(), second["report"].as_str()), (Some("duplicate"), Some(number.as_str())));
    let reply = outcome(&house, &[], &mail(2, "Re: phishing", "In-Reply-To: <1@harbour.example>\r\n"));
    assert_eq!((reply["kind"].as_str(), reply["report"].as_str()), (Some("reply"), Some(number.as_str())));
    let stranger = outcome(&house, &[], &mail(3, &format!("[CIRT #{number}] me too"), ""));
    assert_eq!((stranger["kind"].as_str(), stranger["answered"].as_bool()), (Some("quarantined"), Some(false)));
    let away = outcome(&house, &[], &mail(4, "Out of office", "Auto-Submitted: auto-replied\r\n"));
    assert_eq!((away["kind"].as_str(), away["answered"].as_bool()), (Some("automatic"), Some(false)));
    // What is no mail is never taken.
    for bytes in [&b""[..], b"\x00\xff\xfe", b"no head at all"] {
        let ran = deliver(&house, &[], bytes);
        assert_eq!(ran.code, 65, "{bytes:?}: {} {}", ran.out, ran.err);
        assert!(!ran.err.is_empty() && !ran.err.contains("panicked"), "{}", ran.err);
    }
    // The terminal shows the same, decides, links, answers and sends.
    let tickets = house.json(&["tickets", "list", "--json"]);
    assert_eq!(tickets.as_array().map(Vec::len), Some(1), "{tickets}");
    let held = house.json(&["mail", "held", "--json"]);
    let id = held[0]["id"].as_str().expect("an id").to_string();
    assert_eq!(house.json(&["mail", "decide", &id, "join", "--json"])["ticket"], Value::from(number.as_str()));
    let opened = house.json(&["incidents", "open", "--title", "phishing", "--json"]);
    let incident = opened["number"].as_str().expect("a number");
    house.done(&["tickets", "link", &number, incident]);
    house.done(&["tickets", "reply", &number, "Thank you, we are looking at it."]);
    let waiting = house.json(&["mail", "queue", "--json"]);
    assert_eq!(waiting.as_array().map(Vec::len), Some(2), "the acknowledgement and the answer: {waiting}");
    assert_eq!(house.json(&["work", "--json"])["messages"], 2);
    assert_eq!(house.json(&["mail", "queue", "--json"]).as_array().map(Vec::len), Some(0));
    let shown = house.json(&["tickets", "show", &number, "--json"]);
    assert_eq!(shown["incidents"][0], Value::from(incident));
    let states: Vec<&str> =
        shown["deliveries"].as_array().unwrap().iter().filter_map(|one| one["state"].as_str()).collect();
    assert_eq!(states, ["sent", "sent"]);
    house.done(&["incidents", "close", incident, "--resolution", "resolved"]);
    assert_eq!(house.json(&["tickets", "show", &number, "--json"])["state"], "resolved");
    house.verified();
}

#[test]
fn a_pipe_hears_of_complaints_and_of_the_incident_of_a_reply() {
    let folder = tempfile::tempdir().expect("a folder");
    let house = House::new(folder.path().join("data"));
    house.done(&["init", "--json"]);
    for (text, kind, class) in [
        (include_str!("../../../base/formats/tests/mail/arf/full.eml"), "arf", "abusive-content/spam"),
        (
            include_str!("../../../base/formats/tests/mail/xarf/mail/v4-attached.eml"),
            "xarf",
            "intrusion-attempts/brute-force",
        ),
    ] {
        let said = outcome(&house, &["--to", "cert@cirt.example"], text);
        assert_eq!((&said["kind"], &said["class"]), (&kind.into(), &class.into()), "{said}");
        assert_eq!((&said["answered"], &said["incident"]), (&false.into(), &Value::Null), "{said}");
        let number = said["report"].as_str().expect("a number");
        let shown = house.json(&["tickets", "show", number, "--json"]);
        assert_eq!((&shown["class"], &shown["source"]), (&class.into(), &kind.into()), "{shown}");
    }
    let report = outcome(&house, &[], &mail(1, "phishing", ""));
    let number = report["report"].as_str().expect("a number");
    let incident = house.json(&["incidents", "open", "--title", "phishing", "--json"]);
    house.done(&["tickets", "link", number, incident["number"].as_str().expect("a number")]);
    let reply = outcome(&house, &[], &mail(2, "Re: phishing", "In-Reply-To: <1@harbour.example>\r\n"));
    let want = (&"reply".into(), &report["report"], &incident["number"]);
    assert_eq!((&reply["kind"], &reply["report"], &reply["incident"]), want, "{reply}");
    house.verified();
}

#[test]
fn mail_that_was_not_taken_is_sent_again_from_the_terminal() {
    let folder = tempfile::tempdir().expect("a folder");
    let house = House::new(folder.path().join("data"));
    house.done(&["init", "--json"]);
    let post = Post::open();
    let port = post.port().to_string();
    let server = ["--from", "cirt@cirt.example", "--host", "127.0.0.1", "--tls", "none", "--port", &port];
    house.done(&[&["setup", "mail"], server.as_slice()].concat());
    let write = |correspondent: &str| {
        let args = ["tickets", "open", "--subject", "phishing", "--correspondent", correspondent, "--json"];
        let ticket = house.json(&args)["number"].as_str().expect("a number").to_string();
        house.done(&["tickets", "reply", &ticket, "Please look."]);
    };
    write("nobody@isp.example");
    write("nobody@other.example");
    assert_eq!(house.json(&["work", "--json"])["messages"], 0);
    let queue = || {
        let waits = house.json(&["mail", "queue", "--json"]);
        let one = |one: &Value| ["id", "state"].map(|key| one[key].as_str().expect("a text").to_string());
        let mut all: Vec<[String; 2]> = waits.as_array().expect("a list").iter().map(one).collect();
        all.sort();
        all
    };
    let failed = queue();
    let ids: Vec<&str> = failed.iter().map(|[id, _]| id.as_str()).collect();
    assert!(ids.len() == 2 && failed.iter().all(|[_, state]| state == "failed"), "{failed:?}");
    // One by its id; what is on its way and what is not there at all is no such delivery.
    assert_eq!(house.json(&["mail", "retry", ids[0], "--json"]), serde_json::json!({ "queued": [ids[0]] }));
    let states = |all: &[[String; 2]]| all.iter().map(|[_, state]| state.clone()).collect::<Vec<_>>();
    assert_eq!(states(&queue()), ["queued", "failed"]);
    for id in [ids[0], "nothing"] {
        let ran = house.run(&["mail", "retry", id]);
        assert!(ran.code == 1 && ran.err.contains("no delivery that failed"), "{id}: {}", ran.err);
    }
    let ran = house.run(&["mail", "retry"]);
    assert!(ran.code == 1 && ran.err.contains("--all"), "{}", ran.err);
    // Then all that failed.
    assert_eq!(house.json(&["mail", "retry", "--all", "--json"]), serde_json::json!({ "queued": [ids[1]] }));
    assert_eq!(states(&queue()), ["queued", "queued"]);
    assert_eq!(house.json(&["mail", "retry", "--all", "--json"]), serde_json::json!({ "queued": [] }));
    house.done(&["setup", "mail", "--capture"]);
    assert_eq!(house.json(&["work", "--json"])["messages"], 2);
    assert!(queue().is_empty() && post.letters().is_empty());
    house.verified();
}

/// A house that serves, and where it takes mail; ended with it.
pub struct Serving {
    child: Child,
    /// Where a server of ours brings mail.
    pub lmtp: Door,
    /// Where any server does.
    pub smtp: Door,
}

/// An address that takes mail, and how it is greeted.
#[derive(Clone)]
pub struct Door {
    /// Where it is.
    pub address: String,
    /// The line of the greeting.
    pub greeting: &'static str,
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Serving {
    /// Serves at free ports.
    pub fn start(house: &House) -> Serving {
        let here = "127.0.0.1:0";
        let mut command = house.command(&["serve", "--listen", here, "--lmtp", here, "--smtp", here]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn().expect("the program starts");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let mut door = |begin: &str, greeting| {
            let mut all = lines.by_ref().map_while(Result::ok);
            let address = all.find_map(|line| line.strip_prefix(begin).map(str::to_string));
            Door { address: address.expect("where mail comes in"), greeting }
        };
        let lmtp = door("Mail comes in by LMTP at ", "LHLO test\r\n");
        let smtp = door("Mail comes in by SMTP at ", "EHLO test\r\n");
        // Read on, or the program would wait for a reader.
        std::thread::spawn(move || lines.for_each(drop));
        Serving { child, lmtp, smtp }
    }

    /// The number of its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Ends it at once.
    pub fn kill(mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("an end");
    }
}

/// Says something and hears the last line of the answer.
fn say(mut stream: &TcpStream, lines: &mut impl Iterator<Item = String>, text: &str) -> Option<String> {
    stream.write_all(text.as_bytes()).ok()?;
    lines.find(|line| line.as_bytes().get(3) != Some(&b'-'))
}

/// The mail of a number in the walk through kills: every third has a file of its own.
fn numbered(number: usize) -> String {
    let subject = format!("mail {number}");
    if !number.is_multiple_of(3) {
        return mail(number, &subject, "");
    }
    let more = "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=edge\r\n";
    let head = mail(number, &subject, more);
    let (head, text) = head.split_once("\r\n\r\n").expect("a head");
    format!(
        "{head}\r\n\r\n--edge\r\nContent-Type: text/plain\r\n\r\n{text}--edge\r\n\
         Content-Type: application/octet-stream\r\n\
         Content-Disposition: attachment; filename=\"log-{number}.txt\"\r\n\r\nline of mail {number}\r\n--edge--\r\n"
    )
}

/// The numbers of the mails whose file stands whole in the bytes that were kept.
fn kept_files(house: &House) -> BTreeSet<usize> {
    let blobs = Blobs::new(house.data.join("blobs"));
    let mut found = BTreeSet::new();
    let folders = std::fs::read_dir(house.data.join("blobs")).expect("what was kept");
    for folder in folders.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_dir()) {
        for file in std::fs::read_dir(folder).expect("a folder") {
            let path = file.expect("an entry").path();
            let sha256 = path.file_stem().and_then(|name| name.to_str()).expect("a hash").to_string();
            blobs.verify(&sha256).expect("whole");
            let text = String::from_utf8(blobs.read(&sha256, 1 << 20).expect("its bytes")).expect("text");
            let rest = text.split_once("line of mail ").map(|(_, rest)| rest);
            found.extend(rest.and_then(|rest| rest.split_once("\r\n--edge--")?.0.parse::<usize>().ok()));
        }
    }
    found
}

/// Brings mails until the other side is gone; notes the numbers of those that were kept.
fn bring(door: &Door, next: &AtomicUsize, until: usize, kept: &Mutex<BTreeSet<usize>>) -> Option<()> {
    let stream = TcpStream::connect(&door.address).ok()?;
    let mut lines = BufReader::new(stream.try_clone().ok()?).lines().map_while(Result::ok);
    lines.next()?;
    say(&stream, &mut lines, door.greeting)?;
    loop {
        let number = next.fetch_add(1, Ordering::SeqCst);
        if number >= until {
            return say(&stream, &mut lines, "QUIT\r\n").map(|_| ());
        }
        say(&stream, &mut lines, &format!("MAIL FROM:<ana{number}@harbour.example>\r\n"))?;
        say(&stream, &mut lines, "RCPT TO:<cirt@cirt.example>\r\n")?;
        say(&stream, &mut lines, "DATA\r\n")?;
        let answer = say(&stream, &mut lines, &format!("{}.\r\n", numbered(number)))?;
        if answer.starts_with("250") {
            kept.lock().expect("kept").insert(number);
        }
    }
}

/// Kills the program while mail comes in, and brings again what was not answered, as a mail server does.
fn through_kills(house: &House, kills: usize, seed: u64) {
    let mut random = Random(seed);
    let kept: Arc<Mutex<BTreeSet<usize>>> = Arc::default();
    let next = Arc::new(AtomicUsize::new(0));
    for _ in 0..kills {
        let serving = Serving::start(house);
        let bringers: Vec<_> = [&serving.lmtp, &serving.smtp, &serving.lmtp, &serving.smtp]
            .into_iter()
            .map(|door| {
                let (door, next, kept) = (door.clone(), Arc::clone(&next), Arc::clone(&kept));
                std::thread::spawn(move || bring(&door, &next, usize::MAX, &kept))
            })
            .collect();
        let begun = next.load(Ordering::SeqCst);
        let start = Instant::now();
        // Not before something is under way; then at any moment of the next mails.
        let wanted = begun + 1 + usize::try_from(random.below(12)).expect("small");
        while next.load(Ordering::SeqCst) < wanted && start.elapsed() < Duration::from_secs(20) {
            std::thread::yield_now();
        }
        // The mail under way takes some milliseconds, and each of its steps is to be the last one sometimes.
        std::thread::sleep(Duration::from_micros(random.below(8_000)));
        serving.kill();
        for bringer in bringers {
            bringer.join().expect("an end");
        }
    }
    // What was never answered comes again; some of it was kept all the same.
    let serving = Serving::start(house);
    let all = next.load(Ordering::SeqCst);
    let known = kept.lock().expect("kept").clone();
    for number in (0..all).filter(|number| !known.contains(number)) {
        let one = AtomicUsize::new(number);
        bring(&serving.lmtp, &one, number + 1, &kept).expect("taken");
    }
    serving.kill();
    assert_eq!(kept.lock().expect("kept").len(), all, "seed {seed}");
    let tickets = house.json(&["tickets", "list", "--most", "100000", "--json"]);
    let mut subjects: Vec<String> = tickets
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| one["subject"].as_str().unwrap_or_default().to_string())
        .collect();
    subjects.sort();
    let mut want: Vec<String> = (0..all).map(|number| format!("mail {number}")).collect();
    want.sort();
    assert_eq!(subjects, want, "every mail once; MANARA_CRASH_SEED={seed}");
    println!("{all} mails through {kills} kills, seed {seed}");
    house.verified();
    let files: BTreeSet<usize> = (0..all).step_by(3).collect();
    assert_eq!(kept_files(house), files, "the file of every third; MANARA_CRASH_SEED={seed}");
}

fn given(name: &str, usual: u64) -> u64 {
    std::env::var(name).map_or(usual, |text| text.parse().unwrap_or_else(|_| panic!("a number in {name}")))
}

#[test]
fn every_mail_that_was_answered_250_is_there_once_through_kills() {
    let seed = given("MANARA_CRASH_SEED", Random::from_clock().next());
    let kills = usize::try_from(given("MANARA_CRASH_KILLS", 50)).expect("a number");
    let folder = tempfile::tempdir().expect("a folder");
    let house = House::new(folder.path().join("data"));
    house.done(&["init", "--json"]);
    through_kills(&house, kills, seed);
    let Some(schema) = Schema::make() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let house = House { data: folder.path().join("data"), database: Some(schema.url.clone()) };
    house.done(&["init", "--json"]);
    // As many as were asked for; a tenth when nobody asked.
    let is_asked = std::env::var_os("MANARA_CRASH_KILLS").is_some();
    through_kills(&house, if is_asked { kills } else { kills.div_ceil(10) }, seed);
}

#[test]
fn an_address_that_a_block_puts_in_force_is_one_of_ours_until_it_is_taken_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let house = House::new(folder.path().join("data"));
    house.done(&["init", "--json"]);
    let addresses = || {
        let now = house.json(&["establish", "in-force", "--json"]);
        let matters = now["matters"].as_array().expect("matters").clone();
        let of = |one: &&Value| one["matter"] == "address" && one["in_force"] == true;
        matters.iter().filter(of).map(|one| one["id"].as_str().expect("an id").to_string()).collect::<Vec<_>>()
    };
    let usual = addresses().first().cloned().expect("the sender of mail");
    let (_, domain) = usual.rsplit_once('@').expect("a domain");
    // Nobody answers a mail that says it is from ourselves.
    let from_ours = |number: usize| {
        let text = mail(number, "phishing", "")
            .replace(&format!("ana{number}@harbour.example>"), &format!("security@{domain}>"));
        outcome(&house, &["--to", &usual], &text)["answered"].clone()
    };
    assert_eq!(from_ours(1), true, "not ours yet");
    house.run(&["establish", "apply", "team-mailbox", "core-team-small"]);
    assert!(addresses().contains(&format!("security@{domain}")), "{:?}", addresses());
    assert_eq!(from_ours(2), false);
    house.done(&["establish", "undo", "team-mailbox"]);
    assert_eq!(addresses(), std::slice::from_ref(&usual));
    // A post waits for somebody, and the manual names who fills it.
    let admin = house.json(&["establish", "post", "handler", "--person", "admin", "--rights", "--json"]);
    let posts = admin["posts"].as_array().expect("posts");
    let handler = posts.iter().find(|post| post["id"] == "handler").expect("the post");
    assert_eq!((&handler["people"][0]["name"], &handler["people"][0]["has_rights"]), (&"admin".into(), &true.into()));
    let out = folder.path().join("manual");
    house.done(&["establish", "manual", "--out", out.to_str().expect("a path")]);
    let manual = std::fs::read_to_string(out.join("01-operating-manual.md")).expect("the manual");
    assert!(manual.contains("- Incident handler: `admin`") && manual.contains("- Analyst: **nobody yet**"), "{manual}");
    let none = house.run(&["establish", "post", "auditor", "--person", "admin"]);
    assert!(none.code == 1 && none.err.contains("no applied building block brings this post"), "{}", none.err);
}

/// What a mail server says of a letter that did not arrive (RFC 3464).
pub fn not_delivered(original: &str, to: &str, number: usize) -> String {
    format!(
        "Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example\r\nTo: cirt@cirt.example\r\nSubject: Undelivered\r\n\
         Message-ID: <d{number}@mx.example>\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\
         Content-Type: text/plain\r\n\r\nno\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n\
         Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; {to}\r\nAction: failed\r\nStatus: 5.1.1\r\n\
         Diagnostic-Code: smtp; 550 no such user\r\n\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\n\
         Message-ID: <{original}>\r\n\r\n--b--\r\n"
    )
}

#[test]
fn a_notice_that_comes_back_fails_and_its_contact_is_shown_dead() {
    let folder = tempfile::tempdir().expect("a folder");
    let house = House::new(folder.path().join("data"));
    house.done(&["init", "--json"]);
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("written");
        path.display().to_string()
    };
    let constituents = "name,sector,kind,criticality,networks,as_numbers,contact_role,contact_mail,contact_language,contact_format\n\
        Mangrove ISP,telecom,isp,high,192.0.2.0/24,64500,abuse,Abuse@isp.example,en,csv\n";
    house.done(&["constituency", "import", &write("c.csv", constituents)]);
    let day = manara_model::Micros::now().plus_days(-1).day();
    let report = format!(
        "timestamp,severity,ip,protocol,port,hostname,tag,asn,geo\n{day} 01:00:00,high,192.0.2.5,tcp,23,,telnet,,XS\n"
    );
    house.done(&["ingest", &write(&format!("{day}-scan_telnet-xs.csv"), &report)]);
    house.done(&["work"]);
    house.done(&["notices", "approve", "--all"]);
    assert_eq!(house.json(&["work", "--json"])["sent"], 1);
    let notices = || house.json(&["notices", "list", "--json"])[0].clone();
    let (id, number) = (notices()["id"].clone(), notices()["number"].clone());
    let original = format!("{}@cirt.example", id.as_str().expect("an id"));
    // Another recipient than it was sent to proves nothing, and neither does another message.
    for (at, (mail, to)) in [
        (original.as_str(), "boss@isp.example"),
        ("0190a8c2-0000-7000-8000-000000000001@cirt.example", "abuse@isp.example"),
    ]
    .into_iter()
    .enumerate()
    {
        assert_eq!(outcome(&house, &[], &not_delivered(mail, to, at))["kind"], "bounce");
    }
    house.done(&["work"]);
    assert_eq!(notices()["state"], "sent");
    let said = outcome(&house, &[], &not_delivered(&original, "abuse@isp.example", 7));
    assert_eq!((&said["kind"], &said["failed_recipient"]), (&"bounce".into(), &"abuse@isp.example".into()));
    house.done(&["work"]);
    house.done(&["work"]);
    assert_eq!(notices()["state"], "failed");
    let shown = house.done(&["notices", "show", number.as_str().expect("a number"), "--json"]);
    assert!(shown.contains("550 no such user"), "{shown}");
    let health = house.run(&["doctor", "--json"]);
    let checks: Value = serde_json::from_str(&health.out).expect("JSON");
    let dead = checks["checks"].as_array().expect("checks").iter().find(|one| one["name"] == "dead contacts");
    assert!(dead.is_some_and(|dead| dead.to_string().contains("abuse@isp.example of Mangrove ISP")), "{checks}");
    // Corrected and sent again, it has reached somebody.
    house.done(&["notices", "retry", number.as_str().expect("a number")]);
    house.done(&["work"]);
    assert_eq!(notices()["state"], "sent");
    house.verified();
}

#[test]
fn tickets_are_opened_worked_on_and_taken_back_in_the_terminal() {
    let folder = tempfile::tempdir().expect("a folder");
    let house = House::new(folder.path().join("data"));
    house.done(&["init", "--json"]);
    let open = |subject: &str| {
        let args = ["tickets", "open", "--subject", subject, "--correspondent", "noc@isp.example", "--json"];
        house.json(&args)["number"].as_str().expect("a number").to_string()
    };
    let (one, two) = (open("phishing"), open("phishing again"));
    assert_eq!(house.json(&["tickets", "assign", &one, "admin", "--json"])["owner"], "admin");
    assert_eq!(house.run(&["tickets", "assign", &one, "nobody-here"]).code, 1);
    house.done(&["tickets", "comment", &one, "They called about 192.0.2.9."]);
    let shown = house.json(&["tickets", "show", &one, "--json"]);
    assert_eq!((&shown["observables"][0]["value"], &shown["state"]), (&"192.0.2.9".into(), &"open".into()));
    assert_eq!(house.json(&["tickets", "move", &one, "resolved", "--json"])["state"], "resolved");
    assert_eq!(house.json(&["tickets", "undo", &one, "--json"])["state"], "open");
    assert_eq!(house.run(&["tickets", "undo", &two]).code, 1, "it was never moved");
    assert_eq!(house.json(&["tickets", "merge", &two, &one, "--json"])["number"], one.as_str());
    assert_eq!(house.json(&["tickets", "split", &two, "--json"])["number"], two.as_str());
    let incident = house.json(&["incidents", "open", "--title", "phishing", "--json"]);
    let incident = incident["number"].as_str().expect("a number").to_string();
    house.done(&["tickets", "link", &one, &incident]);
    house.done(&["tickets", "unlink", &one, &incident]);
    // Techniques, handovers, places where one was called.
    assert_eq!(house.json(&["incidents", "tag", &incident, "t1566.002", "--json"])["technique"], "T1566.002");
    assert_eq!(house.json(&["incidents", "techniques", &incident, "--json"]).as_array().map(Vec::len), Some(1));
    let told = house.json(&["tasks", "hand-over", "The hoster calls at nine.", "--by", "admin", "--json"]);
    let id = told["id"].as_str().expect("an id");
    assert_eq!(house.json(&["tasks", "take-over", id, "--by", "admin", "--json"])["taken_by"], "admin");
    assert_eq!(house.json(&["tasks", "handovers", "--json"]).as_array().map(Vec::len), Some(1));
    house.done(&["incidents", "note", &incident, "@admin please look"]);
    assert_eq!(house.json(&["tasks", "mentions", "admin", "--seen", "--json"]).as_array().map(Vec::len), Some(1));
    assert_eq!(house.json(&["tasks", "mentions", "admin", "--json"]).as_array().map(Vec::len), Some(0));
    // Mail under four eyes, from an address of its own.
    let config = house.data.join("cirt.toml");
    let text = std::fs::read_to_string(&config).expect("a configuration");
    let text = text.replace("four_eyes_above = \"\"", "four_eyes_above = \"CLEAR\"");
    let more = "\n[[response.mail.mailboxes]]\naddress = \"gov@cirt.example\"\n";
    std::fs::write(&config, text + more).expect("written");
    assert_eq!(
        house.json(&["incidents", "mailbox", &incident, "gov@cirt.example", "--json"])["mailbox"],
        "gov@cirt.example"
    );
    assert_eq!(house.run(&["incidents", "mailbox", &incident, "x@y.example"]).code, 1);
    let reply = || house.json(&["tickets", "reply", &one, "Please look.", "--by", "admin", "--json"]);
    let first = reply();
    assert_eq!(first["waits"], true);
    let first = first["message"].as_str().expect("an id");
    let own = house.json(&["mail", "release", first, "--by", "admin", "--json"]);
    assert_eq!(own["own"], true, "nobody else may");
    let (second, third) = (reply(), reply());
    assert_eq!(house.json(&["mail", "drafts", "--json"]).as_array().map(Vec::len), Some(2));
    house.done(&["mail", "withdraw", second["message"].as_str().expect("an id"), "--by", "admin"]);
    house.done(&["mail", "return", third["message"].as_str().expect("an id"), "Names too much.", "--by", "admin"]);
    assert_eq!(house.json(&["mail", "drafts", "--json"]).as_array().map(Vec::len), Some(0));
    assert_eq!(house.json(&["work", "--json"])["messages"], 1);
    house.verified();
}
