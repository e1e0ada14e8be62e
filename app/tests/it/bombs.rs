//! Mail that is meant to break the house, through its real doors: each is answered by its code, kept once as it came, and says
//! what was not read of it; and the next mail is taken as if nothing had been.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use manara_store::Blobs;
use serde_json::Value;

use crate::deliver::{Door, Serving, mail, outcome};
use crate::house::House;
use crate::sealed::Gnupg;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(120);
/// The longest mail that the doors offer to take.
const OFFERED: usize = 30_000_000;
/// Recipients of one mail that are taken.
const RECIPIENTS: usize = 100;
/// What unfolds when nobody looks at the limit.
const UNFOLDED: u64 = 512 << 20;

/// A conversation with a door.
struct Talk {
    stream: TcpStream,
    answers: BufReader<TcpStream>,
}

impl Talk {
    /// Connects and greets.
    fn begin(door: &Door) -> Talk {
        let stream = TcpStream::connect(&door.address).expect("the door");
        stream.set_read_timeout(Some(PATIENCE)).expect("set");
        let answers = BufReader::new(stream.try_clone().expect("the same"));
        let mut talk = Talk { stream, answers };
        assert!(talk.hear().starts_with("220 "));
        talk.say(door.greeting);
        assert!(talk.hear().starts_with("250 "));
        talk
    }

    fn say(&mut self, bytes: impl AsRef<[u8]>) {
        self.stream.write_all(bytes.as_ref()).expect("said");
    }

    /// The last line of the next answer; nothing when the conversation is over.
    fn hear(&mut self) -> String {
        loop {
            let mut line = String::new();
            let read = self.answers.read_line(&mut line).unwrap_or(0);
            if read == 0 || line.as_bytes().get(3) != Some(&b'-') {
                return line.trim_end().to_string();
            }
        }
    }

    fn ask(&mut self, line: &str) -> String {
        self.say(format!("{line}\r\n"));
        self.hear()
    }

    /// Brings a mail to one address of ours, and gives the answer.
    fn bring(&mut self, mail: impl AsRef<[u8]>) -> String {
        for (line, code) in
            [("MAIL FROM:<ana@harbour.example>", "250 "), ("RCPT TO:<cirt@cirt.example>", "250 "), ("DATA", "354 ")]
        {
            let heard = self.ask(line);
            assert!(heard.starts_with(code), "{line}: {heard}");
        }
        self.say(mail);
        self.say(".\r\n");
        self.hear()
    }
}

/// Brings an ordinary mail by a connection of its own: it is a report.
fn next_is_taken(door: &Door, number: usize) {
    let heard = Talk::begin(door).bring(mail(number, &format!("after {number}"), ""));
    assert!(heard.starts_with("250 2.0.0 2"), "{heard}");
}

/// The most memory a program had so far.
fn peak_bytes(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).expect("what the system says of it");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("its peak");
    line.trim().trim_end_matches(" kB").parse::<u64>().expect("a number") * 1024
}

/// A mail with lines of its own; `rest` is what else stands in the head, and the body.
fn with(subject: &str, rest: &str) -> Vec<u8> {
    let id = subject.replace(' ', "-");
    format!(
        "From: Ana <ana@harbour.example>\r\nTo: cirt@cirt.example\r\nSubject: {subject}\r\n\
         Message-ID: <{id}@harbour.example>\r\nDate: Thu, 15 Jan 2026 11:00:00 +0000\r\n{rest}"
    )
    .into_bytes()
}

/// Multiparts inside each other.
fn deep(levels: usize) -> String {
    let open = |level: usize| format!("Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n");
    let begin: String = (0..levels).map(open).collect();
    let end: String = (0..levels).rev().map(|level| format!("--b{level}--\r\n")).collect();
    format!("{begin}Content-Type: text/plain\r\n\r\nWe see 198.51.100.76.\r\n{end}")
}

/// A mail of exactly so many bytes, nearly all of them in a file.
fn of_length(subject: &str, bytes: usize) -> Vec<u8> {
    let begin = "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n\
                 We see 198.51.100.77.\r\n--b\r\nContent-Type: application/octet-stream; name=log\r\n\r\n";
    let (mut mail, end) = (with(subject, begin), b"\r\n--b--\r\n");
    let line = [vec![b'x'; 998], b"\r\n".to_vec()].concat();
    while mail.len() + line.len() + end.len() <= bytes {
        mail.extend_from_slice(&line);
    }
    mail.resize(bytes - end.len(), b'x');
    mail.extend_from_slice(end);
    mail
}

/// A file that says nothing, as long as it is.
fn zeros(folder: &Path) -> String {
    let path = folder.join("zeros");
    File::create(&path).expect("a file").set_len(UNFOLDED).expect("as long as that");
    path.to_str().expect("a path").to_string()
}

/// A mail with a packed file.
fn packed(zeros: &str) -> Vec<u8> {
    let ran = Command::new("sh").args(["-c", "gzip -c \"$1\" | base64 -w 76", "sh", zeros]).output().expect("gzip");
    let packed = String::from_utf8(ran.stdout).expect("base64").replace('\n', "\r\n");
    assert!(ran.status.success() && (1 << 18..1 << 20).contains(&packed.len()), "{} bytes", packed.len());
    with(
        "a packed bomb",
        &format!(
            "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n\
             We see 198.51.100.78.\r\n--b\r\nContent-Type: application/gzip; name=\"feed.csv.gz\"\r\n\
             Content-Disposition: attachment; filename=\"feed.csv.gz\"\r\nContent-Transfer-Encoding: base64\r\n\r\n\
             {packed}--b--\r\n"
        ),
    )
}

/// A mail that is encrypted to a key of the house, and unfolds when it is opened.
fn sealed(house: &House, zeros: &str) -> Vec<u8> {
    let made = house.json(&["mail", "keys", "generate", "--user-id", "CIRT <cirt@cirt.example>", "--json"]);
    let ours = made["fingerprint"].as_str().expect("a fingerprint");
    let ana = Gnupg::of("Ana <ana@harbour.example>");
    ana.done(&["--import"], house.done(&["mail", "keys", "export"]).as_bytes());
    let to_us = ["--armor", "--compress-algo", "zlib", "--output", "-", "--recipient", ours, "--encrypt", zeros];
    let message = String::from_utf8(ana.done(&to_us, b"")).expect("armor");
    assert!(message.len() < 2 << 20, "{} bytes", message.len());
    let message = message.replace("\r\n", "\n").replace('\n', "\r\n");
    with(
        "a sealed bomb",
        &format!(
            "MIME-Version: 1.0\r\n\
             Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b\r\n\r\n\
             --b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n\r\n\
             --b\r\nContent-Type: application/octet-stream\r\n\r\n{message}\r\n--b--\r\n"
        ),
    )
}

/// A mail that is too much.
struct Bomb {
    subject: &'static str,
    mail: Vec<u8>,
    /// What is said of it; empty when all of it was read.
    fault: &'static str,
    /// An address that its text names all the same; empty for none.
    sees: &'static str,
}

fn bombs(house: &House, folder: &Path) -> Vec<Bomb> {
    let zeros = zeros(folder);
    let fields: String = (0..100_000).map(|at| format!("X-Field-{at}: one of a hundred thousand\r\n")).collect();
    let parts = "--b\r\n\r\none of many\r\n".repeat(100_000);
    let bomb = |subject, rest: String, fault, sees| Bomb { subject, mail: with(subject, &rest), fault, sees };
    let (packed, sealed) = (packed(&zeros), sealed(house, &zeros));
    vec![
        bomb("a thousand deep", deep(1_000), "too-deep", ""),
        bomb("many fields", format!("{fields}\r\nWe see 198.51.100.71.\r\n"), "head-cut", "198.51.100.71"),
        bomb(
            "a field without end",
            format!("X-Long: {}\r\n\r\nWe see 198.51.100.72.\r\n", "y".repeat(5 << 20)),
            "head-cut",
            "198.51.100.72",
        ),
        bomb(
            "many parts",
            format!("Content-Type: multipart/mixed; boundary=b\r\n\r\n{parts}--b--\r\n"),
            "too-many-parts",
            "",
        ),
        bomb(
            "a line without end",
            format!("\r\nWe see 198.51.100.73. {}\r\n", "z".repeat(3 << 20)),
            "text-cut",
            "198.51.100.73",
        ),
        Bomb { subject: "a packed bomb", mail: packed, fault: "", sees: "198.51.100.78" },
        Bomb { subject: "a sealed bomb", mail: sealed, fault: "sealed-too-much", sees: "" },
        Bomb {
            subject: "as long as may be",
            mail: of_length("as long as may be", OFFERED),
            fault: "",
            sees: "198.51.100.77",
        },
    ]
}

#[test]
fn a_mail_that_is_too_much_is_kept_once_and_says_what_was_not_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let house = House::new(folder.path().join("data"));
    house.done(&["init", "--json"]);
    let bombs = bombs(&house, folder.path());
    let serving = Serving::start(&house);
    let mut answers = Vec::new();
    for (at, bomb) in bombs.iter().enumerate() {
        let heard = Talk::begin(&serving.lmtp).bring(&bomb.mail);
        assert!(heard.starts_with("250 2.0.0 2"), "{}: {heard}", bomb.subject);
        // By the other door comes the same mail.
        assert_eq!(Talk::begin(&serving.smtp).bring(&bomb.mail), heard, "{}", bomb.subject);
        next_is_taken(&serving.smtp, at);
        answers.push(heard);
    }
    let peak = peak_bytes(serving.id());
    assert!(peak < 1 << 30, "{peak} bytes were needed");
    serving.kill();
    let tickets = house.json(&["tickets", "list", "--json"]);
    let tickets = tickets.as_array().expect("a list");
    assert_eq!(tickets.len(), 2 * bombs.len(), "each once, and what came after it");
    let blobs = Blobs::new(house.data.join("blobs"));
    for (bomb, heard) in bombs.iter().zip(answers) {
        let subject = bomb.subject;
        let number = tickets.iter().find(|one| one["subject"] == subject).and_then(|one| one["number"].as_str());
        let number = number.unwrap_or_else(|| panic!("no report of {subject}"));
        assert_eq!(heard, format!("250 2.0.0 {number}"), "{subject}");
        let shown = house.json(&["tickets", "show", number, "--json"]);
        let message = &shown["messages"][0];
        let want: Vec<&str> = [bomb.fault].into_iter().filter(|fault| !fault.is_empty()).collect();
        assert_eq!(message["faults"], serde_json::json!(want), "{subject}");
        let seen: Vec<&str> =
            shown["observables"].as_array().expect("a list").iter().filter_map(|one| one["value"].as_str()).collect();
        assert!(bomb.sees.is_empty() || seen.contains(&bomb.sees), "{subject}: {seen:?}");
        // All of it is there, as it came.
        let kept = blobs.read(message["sha256"].as_str().expect("its bytes"), 64 << 20).expect("kept");
        let came = [b"Return-Path: <ana@harbour.example>\r\n".to_vec(), bomb.mail.clone()].concat();
        assert!(kept == came, "{subject}: {} bytes of {}", kept.len(), came.len());
    }
    house.verified();
}

#[test]
fn of_ten_thousand_recipients_each_hears_whether_it_was_taken() {
    let folder = tempfile::tempdir().expect("a folder");
    let house = House::new(folder.path().join("data"));
    house.done(&["init", "--json"]);
    let serving = Serving::start(&house);
    let recipients: String = (0..10_000).map(|at| format!("RCPT TO:<r{at}@cirt.example>\r\n")).collect();
    let commands = format!("MAIL FROM:<ana@harbour.example>\r\n{recipients}DATA\r\n");
    let mut answers = Vec::new();
    // By LMTP each that was taken has an answer of its own, by SMTP there is one for all.
    for (door, count) in [(&serving.lmtp, RECIPIENTS), (&serving.smtp, 1)] {
        let mut talk = Talk::begin(door);
        // All at once, as who does not wait for answers.
        let (mut writes, commands) = (talk.stream.try_clone().expect("the same"), commands.clone());
        let writing = std::thread::spawn(move || writes.write_all(commands.as_bytes()));
        assert!(talk.hear().starts_with("250 2.1.0 "));
        for at in 0..10_000 {
            let want = if at < RECIPIENTS { "250 2.1.5 " } else { "452 4.5.3 too many recipients" };
            let heard = talk.hear();
            assert!(heard.starts_with(want), "{at}: {heard}");
        }
        assert!(talk.hear().starts_with("354 "));
        writing.join().expect("an end").expect("said");
        talk.say(format!("{}.\r\n", mail(1, "to ten thousand", "")));
        for _ in 0..count {
            answers.push(talk.hear());
        }
        next_is_taken(door, 2);
    }
    serving.kill();
    let tickets = house.json(&["tickets", "list", "--json"]);
    let tickets = tickets.as_array().expect("a list");
    assert_eq!(tickets.len(), 2, "{tickets:?}");
    let number = tickets.iter().find(|one| one["subject"] == "to ten thousand").and_then(|one| one["number"].as_str());
    let want = format!("250 2.0.0 {}", number.expect("its report"));
    assert_eq!(answers, vec![want; RECIPIENTS + 1]);
    house.verified();
}

#[test]
fn what_is_longer_than_offered_and_what_is_no_conversation_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let house = House::new(folder.path().join("data"));
    house.done(&["init", "--json"]);
    let serving = Serving::start(&house);
    let long = of_length("too long", OFFERED + 1);
    for (at, door) in [&serving.lmtp, &serving.smtp].into_iter().enumerate() {
        // As it is announced, and as it comes; then the conversation goes on.
        let mut talk = Talk::begin(door);
        let heard = talk.ask(&format!("MAIL FROM:<ana@harbour.example> SIZE={}", long.len()));
        assert_eq!(heard, "552 5.3.4 the message is too large");
        assert_eq!(talk.bring(&long), "552 5.3.4 the message is too large");
        // Nothing hides in a command: it is one line.
        for line in [
            "MAIL FROM:<ana@harbour.example>\nRCPT TO:<x@evil.example>",
            "MAIL FROM:<ana@harbour.example>\rX-Injected: yes",
            "MAIL FROM:<ana\0@harbour.example>",
        ] {
            let heard = talk.ask(line);
            assert!(heard.starts_with("500 5.5.2 "), "{line:?}: {heard}");
        }
        let heard = talk.bring(mail(10 + at, "on the same connection", ""));
        assert!(heard.starts_with("250 2.0.0 2"), "{heard}");
        // What is no command ends the conversation after a while.
        let mut talk = Talk::begin(door);
        talk.say(b"\x01\x02\xfe garbage\r\n".repeat(20));
        for _ in 0..10 {
            let heard = talk.hear();
            assert!(heard.starts_with("500 5.5.2 "), "{heard}");
        }
        assert_eq!(talk.hear(), "421 4.7.0 too many mistakes");
        assert_eq!(talk.hear(), "");
        // And a line that has no end does at once.
        let mut talk = Talk::begin(door);
        talk.say("x".repeat(100_000));
        assert_eq!(talk.hear(), "500 5.5.2 line too long");
        assert_eq!(talk.hear(), "");
        next_is_taken(door, 20 + at);
    }
    serving.kill();
    let tickets = house.json(&["tickets", "list", "--json"]);
    let mut subjects: Vec<&str> =
        tickets.as_array().expect("a list").iter().filter_map(|one| one["subject"].as_str()).collect();
    subjects.sort_unstable();
    assert_eq!(subjects, ["after 20", "after 21", "on the same connection", "on the same connection"]);
    house.verified();
}

/// The bytes of what left of a ticket.
fn left(house: &House, number: &str) -> Vec<String> {
    let shown = house.json(&["tickets", "show", number, "--json"]);
    let blobs = Blobs::new(house.data.join("blobs"));
    let messages = shown["messages"].as_array().expect("messages").iter();
    let is_ours = |one: &&Value| ["sent", "acknowledgement"].iter().any(|kind| one["kind"] == *kind);
    let read = |one: &Value| blobs.read(one["sha256"].as_str().expect("its bytes"), 1 << 20).expect("kept");
    messages.filter(is_ours).map(|one| String::from_utf8(read(one)).expect("text")).collect()
}

#[test]
fn what_goes_in_circles_is_one_report_and_is_answered_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let house = House::new(folder.path().join("data"));
    house.done(&["init", "--json"]);
    let first = outcome(&house, &[], &mail(1, "phishing", ""));
    let first = first["report"].as_str().expect("a number");
    house.done(&["work"]);
    let receipt = left(&house, first).pop().expect("its acknowledgement");
    let shown = house.json(&["tickets", "show", first, "--json"]);
    let id = shown["messages"][1]["message_id"].as_str().expect("the id of the acknowledgement");
    let serving = Serving::start(&house);
    let hop = "Received: from list.example by mx.cirt.example; Thu, 15 Jan 2026 11:00:00 +0000\r\n";
    let mut talk = Talk::begin(&serving.smtp);
    // What we sent comes back by a list, again and again.
    for (round, want) in ["automatic", "duplicate", "duplicate"].into_iter().enumerate() {
        let heard = talk.bring(format!("{}{}\r\n", hop.repeat(round + 1), receipt.trim_end()));
        assert_eq!(heard, format!("250 2.0.0 {want}"));
    }
    // A machine answers to it: that belongs to the report, and is not answered.
    let answer = format!("Auto-Submitted: auto-replied\r\nIn-Reply-To: <{id}>\r\n");
    assert_eq!(talk.bring(mail(2, "Out of office", &answer)), format!("250 2.0.0 {first}"));
    // A mail that has passed a hundred servers, and then the same ones once more.
    let looped = |hops: usize| format!("{}{}", hop.repeat(hops), mail(3, "goes round", ""));
    let heard = talk.bring(looped(100));
    let second = heard.strip_prefix("250 2.0.0 ").unwrap_or_else(|| panic!("{heard}")).to_string();
    for hops in [101, 102, 200] {
        assert_eq!(talk.bring(looped(hops)), heard, "{hops}");
    }
    next_is_taken(&serving.smtp, 4);
    serving.kill();
    let tickets = house.json(&["tickets", "list", "--json"]);
    assert_eq!(tickets.as_array().map(Vec::len), Some(3), "{tickets}");
    for (number, want) in
        [(first, &["report", "acknowledgement", "automatic"][..]), (&second, &["report", "acknowledgement"][..])]
    {
        let shown = house.json(&["tickets", "show", number, "--json"]);
        let kinds: Vec<&str> =
            shown["messages"].as_array().expect("messages").iter().filter_map(|one| one["kind"].as_str()).collect();
        assert_eq!(kinds, want, "{shown}");
        assert_eq!(shown["deliveries"].as_array().map(Vec::len), Some(1), "answered once: {shown}");
    }
    house.verified();
}

/// Wants every line of the head of what left to be one of our fields: what others say is a value and nothing more.
pub fn no_field_was_put_in(house: &House, number: &str) {
    let left = left(house, number);
    assert!(!left.is_empty(), "nothing left of {number}");
    for mail in left {
        let (head, _) = mail.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no head in {mail}"));
        let lines = head.lines().filter(|line| !line.starts_with([' ', '\t']));
        let names: Vec<String> = lines
            .map(|line| line.split_once(':').map(|(name, _)| name.to_ascii_lowercase()).unwrap_or_default())
            .collect();
        assert!(!names.iter().any(|name| name.is_empty() || name == "bcc"), "{head}");
        for name in ["from", "to", "subject", "date", "message-id"] {
            assert_eq!(names.iter().filter(|one| *one == name).count(), 1, "{name} in {head}");
        }
    }
}

#[test]
fn what_a_stranger_writes_puts_no_field_into_what_leaves() {
    let folder = tempfile::tempdir().expect("a folder");
    let house = House::new(folder.path().join("data"));
    house.done(&["init", "--json"]);
    let serving = Serving::start(&house);
    let evil = "From: =?utf-8?q?Ana=0D=0ABcc=3A_victim=40evil.example?= <ana@harbour.example>\r\n\
                To: cirt@cirt.example\r\nMessage-ID: <evil@harbour.example>\r\n\
                Subject: =?utf-8?q?Phishing=0D=0ABcc=3A_victim=40evil.example=0D=0A=0D=0Abody?=\r\n\
                Date: Thu, 15 Jan 2026 11:00:00 +0000\r\n\r\nWe see 192.0.2.7.\r\n";
    let heard = Talk::begin(&serving.smtp).bring(evil);
    let number = heard.strip_prefix("250 2.0.0 ").unwrap_or_else(|| panic!("{heard}")).to_string();
    next_is_taken(&serving.smtp, 1);
    serving.kill();
    // Whoever answers can do no more: an address with more than one line is none, a subject is one line.
    let two = "a@isp.example\r\nBcc: victim@evil.example";
    let ran = house.run(&["tickets", "reply", &number, "Thank you.", "--to", two]);
    assert!(ran.code == 1 && ran.err.contains("that is no mail address"), "{ran:?}");
    let subject = "Thank you\r\nBcc: victim@evil.example\r\n\r\nbody";
    house.done(&["tickets", "reply", &number, "Thank you.", "--subject", subject]);
    house.done(&["work"]);
    let shown = house.json(&["tickets", "show", &number, "--json"]);
    assert_eq!(shown["subject"], "Phishing Bcc: victim@evil.example body");
    assert_eq!(shown["correspondent_name"], "Ana Bcc: victim@evil.example");
    let to: Vec<&str> =
        shown["deliveries"].as_array().expect("a list").iter().filter_map(|one| one["to"].as_str()).collect();
    assert_eq!(to, ["ana@harbour.example"; 2], "the acknowledgement and the answer");
    no_field_was_put_in(&house, &number);
    house.verified();
}
