//! Mail as it comes: a folder of messages with what they say, labels of what must not be answered and of what came back, and
//! damage of every kind.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests may")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use manara_formats::mail::{
    Bounce, FeedbackReport, Mail, MailError, MailFault, MailLimits, Tlds, XARF_KINDS, Xarf, XarfVersion, fold,
    html_to_text, observables,
};
use proptest::prelude::*;
use serde_json::{Value, json};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mail").join(name)
}

/// The files of a folder with that end, by name.
fn files(name: &str, end: &str) -> BTreeMap<String, Vec<u8>> {
    let all = fs::read_dir(folder(name)).expect("the folder").flatten().map(|entry| entry.path());
    let read = all
        .filter(|path| path.extension().is_some_and(|found| found == end))
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).expect("a file")));
    read.collect()
}

/// The rows of a table of labels.
fn labels(name: &str) -> Vec<Vec<String>> {
    let text = fs::read_to_string(folder(name).join("labels.tsv")).expect("labels");
    let rows = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    rows.map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

fn read(bytes: &[u8]) -> Mail {
    Mail::read(bytes, &MailLimits::default()).expect("a mail")
}

/// What a person wants to check of a message.
fn told(mail: &Mail) -> Value {
    let address = |one: &manara_formats::mail::Address| match &one.name {
        Some(name) => format!("{name} <{}>", one.address),
        None => one.address.clone(),
    };
    let addresses = |list: &[manara_formats::mail::Address]| match list.len() {
        0..=5 => json!(list.iter().map(address).collect::<Vec<_>>()),
        many => json!(format!("{many} addresses")),
    };
    let part = |part: &manara_formats::mail::Part| {
        let marks = [(part.inline, "inline"), (part.nested, "nested")]
            .iter()
            .filter(|(is, _)| *is)
            .map(|(_, mark)| *mark)
            .collect::<Vec<_>>();
        json!([part.name, part.mime, part.bytes.len(), marks.join(" ")])
    };
    json!({
        "message_id": mail.message_id,
        "in_reply_to": mail.in_reply_to,
        "references": mail.references,
        "from": mail.from.as_ref().map(address),
        "reply_to": addresses(&mail.reply_to),
        "to": addresses(&mail.to),
        "cc": addresses(&mail.cc),
        "return_path": mail.return_path,
        "subject": mail.subject,
        "date": mail.date.map(|date| date.rfc3339()),
        "passages": fold(&mail.text).iter().map(|passage| json!([format!("{:?}", passage.kind), passage.text])).collect::<Vec<_>>(),
        "has_html": mail.html.is_some(),
        "parts": if mail.parts.len() > 10 { json!(format!("{} parts", mail.parts.len())) } else { json!(mail.parts.iter().map(part).collect::<Vec<_>>()) },
        "headers": mail.headers.len(),
        "automatic": mail.automatic.map(|why| why.as_str()),
        "security": mail.security.as_str(),
        "faults": mail.faults.iter().map(|fault| fault.as_str()).collect::<Vec<_>>(),
        "bounce": Bounce::of(mail).map(|bounce| format!("{bounce:?}")),
        "complaint": FeedbackReport::of(mail).map(|found| match found {
            Ok(found) => json!({
                "type": found.feedback_type, "rsit": found.rsit(), "source": found.source_ip.map(|ip| ip.to_string()), "port": found.source_port,
                "arrival": found.arrival_date.map(|date| date.rfc3339()), "incidents": found.incidents, "from": found.original_mail_from,
                "to": found.original_rcpt_to, "domains": found.reported_domains, "uris": found.reported_uris, "mta": found.reporting_mta,
                "results": found.authentication_results, "failure": found.auth_failure, "original": found.original_message_id,
                "fields": found.fields.len(), "original_headers": found.original_headers.len(),
            }),
            Err(why) => json!(why.to_string()),
        }),
        "xarf": Xarf::of(mail).map(|found| match found {
            Ok(found) => xarf(&found),
            Err(why) => json!(why.to_string()),
        }),
        "observables": observables(&mail.text, Tlds::built_in()).iter().map(|one| format!("{} {}", one.kind.as_str(), one.value)).collect::<Vec<_>>(),
    })
}

fn xarf(found: &Xarf) -> Value {
    json!({
        "version": format!("{:?}", found.version), "id": found.report_id, "time": found.timestamp.rfc3339(), "reporter": found.reporter.contact,
        "sender": found.sender.contact, "source": found.source, "ip": found.source_ip.map(|ip| ip.to_string()), "port": found.source_port,
        "is": [found.category, found.kind], "rsit": found.rsit, "url": found.url, "evidence": found.evidence.len(), "fields": found.fields.len(),
    })
}

#[test]
fn every_message_says_what_was_written() {
    let mut count = 0;
    for name in ["threads", "charsets", "broken", "arf", "xarf/mail"] {
        for (file, bytes) in files(name, "eml") {
            let found = told(&read(&bytes));
            let path = folder(name).join(file.replace(".eml", ".expected.json"));
            if std::env::var_os("UPDATE").is_some() {
                fs::write(&path, serde_json::to_string_pretty(&found).unwrap() + "\n").expect("written");
            }
            let expected: Value = serde_json::from_slice(&fs::read(&path).unwrap_or_default()).unwrap_or_default();
            assert_eq!(found, expected, "{name}/{file}");
            count += 1;
        }
    }
    assert!(count >= 45, "{count}");
}

#[test]
fn no_machine_is_answered_and_every_person_may_be() {
    let mails = files("autos", "eml");
    let labels = labels("autos");
    assert_eq!(labels.len(), mails.len());
    assert!(labels.iter().filter(|row| row[1] != "-").count() >= 40);
    for row in labels {
        let why = read(&mails[&row[0]]).automatic.map_or("-", |why| why.as_str());
        assert_eq!(why, row[1], "{}", row[0]);
    }
}

#[test]
fn what_came_back_is_read_with_its_address_and_hope() {
    let mails = files("bounces", "eml");
    let mut expected: BTreeMap<String, (String, Vec<[String; 3]>)> = BTreeMap::new();
    for row in labels("bounces") {
        let entry = expected.entry(row[0].clone()).or_insert_with(|| (row[1].clone(), Vec::new()));
        if !row[2].is_empty() {
            entry.1.push([row[2].clone(), row[3].clone(), row[4].clone()]);
        }
    }
    assert_eq!(expected.len(), mails.len());
    let mut wrong = Vec::new();
    for (file, (id, rows)) in expected {
        let found = Bounce::of(&read(&mails[&file]));
        let (found_id, found_rows) = match &found {
            None => ("-".to_owned(), Vec::new()),
            Some(bounce) => {
                let rows = bounce.recipients.iter();
                let row = |one: &manara_formats::mail::Failed| {
                    [one.address.clone(), one.kind.as_str().to_owned(), one.status.clone().unwrap_or_default()]
                };
                (bounce.original_message_id.clone().unwrap_or_default(), rows.map(row).collect())
            }
        };
        if (&found_id, &found_rows) != (&id, &rows) {
            wrong.push(format!("{file}: {found_id} {found_rows:?}, not {id} {rows:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_bounce_gives_its_reason() {
    let mails = files("bounces", "eml");
    let reason = |file: &str| Bounce::of(&read(&mails[file])).unwrap().recipients.remove(0).reason;
    assert_eq!(reason("dsn-postfix.eml"), "550 5.1.1 <x@gone.example>: Recipient address rejected: User unknown");
    assert!(reason("postfix-plain.eml").starts_with("host mx.gone.example[192.0.2.9] said: 550 5.1.1"));
    assert!(reason("qmail.eml").contains("no mailbox here by that name"));
    assert_eq!(reason("outlook-com.eml"), "");
}

#[test]
fn a_copy_that_names_nobody_gives_no_recipient() {
    let bounce = |to: &str| {
        let text = format!(
            "From: MAILER-DAEMON@gone.example\nTo: cert@cirt.example\nSubject: Undeliverable mail\nReturn-Path: <>\n\
             MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n\
             Your mail could not be delivered: user unknown.\n--b\nContent-Type: message/rfc822\n\n\
             From: cert@cirt.example\nTo: {to}\nMessage-ID: <n7.tok@cirt.example>\n\nText\n--b--\n"
        );
        Bounce::of(&read(text.as_bytes())).expect("a bounce")
    };
    let whole = bounce("X <x@gone.example>");
    assert_eq!(whole.recipients.iter().map(|one| one.address.as_str()).collect::<Vec<_>>(), ["x@gone.example"]);
    let damaged = bounce("X <0100");
    assert_eq!((damaged.recipients.len(), damaged.original_message_id.as_deref()), (0, Some("n7.tok@cirt.example")));
}

#[test]
fn xarf_of_every_type_is_read_and_in_the_taxonomy() {
    let mut kinds: Vec<(String, String)> = Vec::new();
    for (file, bytes) in files("xarf/v4", "json") {
        let found = Xarf::read(&bytes).unwrap_or_else(|why| panic!("{file}: {why}"));
        assert_eq!(file, format!("{}-{}.json", found.category, found.kind));
        assert_eq!(found.version, XarfVersion::V4);
        kinds.push((found.category, found.kind));
    }
    assert_eq!(kinds.len(), 32);
    assert!(XARF_KINDS.iter().all(|known| kinds.contains(&(known.category.to_owned(), known.kind.to_owned()))));
    for (file, bytes) in files("xarf/v3", "json") {
        let found = Xarf::read(&bytes).unwrap_or_else(|why| panic!("{file}: {why}"));
        assert_eq!(
            (found.version, found.source.as_str(), found.evidence.len()),
            (XarfVersion::V3, "192.0.2.66", 1),
            "{file}"
        );
        assert_ne!(found.rsit, ("other", "undetermined"));
    }
    let login = Xarf::read(&files("xarf/v4", "json")["connection-login_attack.json"]).unwrap();
    assert_eq!(login.evidence[0].bytes, b"Jan  8 09:00:01 sshd: Failed password");
    assert_eq!((login.destination_port, login.confidence, login.tags.len()), (Some(22), Some(0.9), 1));
    assert_eq!(
        (login.reporter.contact.as_str(), login.sender.domain.as_str()),
        ("abuse@honey.example", "sender.example")
    );
}

#[test]
fn xarf_that_is_wrong_is_refused_with_the_path() {
    let bad = files("xarf/bad", "json");
    let labels = labels("xarf/bad");
    assert_eq!(labels.len(), bad.len());
    for row in labels {
        let why = Xarf::read(&bad[&row[0]]).map(|found| format!("{found:?}")).expect_err(&row[0]);
        assert_eq!(why.path, row[1], "{}: {why}", row[0]);
        assert!(!why.expected.is_empty() && why.to_string().len() < 400, "{why}");
    }
    let many = format!("{{\"xarf_version\":\"4.2.0\",\"a\":[{}0]}}", "0,".repeat(200_000));
    assert_eq!(Xarf::read(many.as_bytes()).unwrap_err().expected, "at most 100000 values");
    let commas = format!("{{\"xarf_version\":\"4.2.0\",\"a\":\"{}\\\"\"}}", ",".repeat(200_000));
    assert_eq!(Xarf::read(commas.as_bytes()).unwrap_err().path, "$.report_id", "a text is one value");
    let type_of_other = Xarf::read(&bad["type-of-other.json"]).unwrap_err();
    assert_eq!(type_of_other.to_string(), "$.type: a type of the category connection is expected, not “phishing”");
}

fn all_mails() -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    for name in ["threads", "charsets", "broken", "autos", "bounces", "arf", "xarf/mail"] {
        all.extend(files(name, "eml").into_values());
    }
    all
}

#[test]
fn both_line_ends_say_the_same() {
    for bytes in all_mails() {
        let lf: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != b'\r').collect();
        let crlf: Vec<u8> =
            lf.iter().flat_map(|byte| if *byte == b'\n' { vec![b'\r', b'\n'] } else { vec![*byte] }).collect();
        let limits = MailLimits { head_bytes: 1 << 20, field_bytes: 64 << 10, ..MailLimits::default() };
        let (left, right) = (Mail::read(&lf, &limits).unwrap(), Mail::read(&crlf, &limits).unwrap());
        assert_eq!((&left.subject, &left.text, &left.headers), (&right.subject, &right.text, &right.headers));
        assert_eq!((&left.faults, left.automatic, left.security), (&right.faults, right.automatic, right.security));
        assert_eq!(Bounce::of(&left), Bounce::of(&right));
        let names = |mail: &Mail| mail.parts.iter().map(|part| part.name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&left), names(&right));
    }
}

#[test]
fn what_is_no_mail_is_refused_in_words() {
    let limits = MailLimits { bytes: 100, ..MailLimits::default() };
    assert_eq!(Mail::read(b" \n ", &limits), Err(MailError::Empty));
    assert_eq!(Mail::read(&[b'x'; 101], &limits), Err(MailError::TooLarge { bytes: 101, most: 100 }));
    assert_eq!(Mail::read(b"no head here", &limits), Err(MailError::NoHead));
    assert_eq!(
        MailError::TooLarge { bytes: 101, most: 100 }.to_string(),
        "the message has 101 bytes; at most 100 are taken"
    );
}

#[test]
fn a_message_in_a_message_is_read_one_by_one_however_many_there_are() {
    let mut bytes = Vec::new();
    for _ in 0..200_000 {
        bytes.extend_from_slice(b"Content-Type: message/rfc822\n\n");
    }
    let mut mail = read(&bytes);
    for _ in 0..3 {
        assert_eq!(mail.parts.len(), 1);
        assert!(mail.parts[0].nested);
        mail = read(&mail.parts[0].bytes.clone());
    }
}

#[test]
fn hostile_messages_stay_small() {
    let limits = MailLimits::default();
    let head = "From: a@b.example\nContent-Type: ";
    for (bytes, fault) in [
        (format!("{head}multipart/mixed; boundary=b\n\n{}", "--b\n\nx\n".repeat(100_000)), MailFault::TooManyParts),
        (format!("From: a@b.example\nTo: {}\n\nx", "a@b.example, ".repeat(1_200)), MailFault::RecipientsCut),
        (format!("From: a@b.example\nX: {}\n\nx", "y".repeat(1 << 20)), MailFault::HeadCut),
        (format!("{head}text/plain\n\n{}", "y".repeat(3 << 20)), MailFault::TextCut),
        (format!("{head}text/html\n\n{}", "<p>y".repeat(1 << 20)), MailFault::TextCut),
    ] {
        let mail = Mail::read(bytes.as_bytes(), &limits).expect("a mail");
        assert!(mail.faults.contains(&fault), "{:?}", mail.faults);
        check(&mail, &limits);
    }
}

/// What holds for every message.
fn check(mail: &Mail, limits: &MailLimits) {
    assert!(
        mail.text.len() <= limits.text_bytes && mail.parts.len() <= limits.parts && mail.headers.len() <= limits.fields
    );
    assert!(!mail.text.chars().any(|c| c.is_control() && c != '\n' && c != '\t'), "{:?}", mail.text);
    assert!(!mail.subject.chars().any(char::is_control));
    assert!(mail.to.len() <= limits.recipients && mail.references.len() <= 100);
    for part in &mail.parts {
        assert!(
            !part.name.is_empty() && !part.name.contains(['/', '\\', '\0', '\n']) && part.name.chars().count() <= 200,
            "{:?}",
            part.name
        );
    }
    assert_eq!(fold(&mail.text).iter().map(|passage| passage.text).collect::<String>(), mail.text);
    for one in observables(&mail.text, Tlds::built_in()) {
        assert!(mail.text.get(one.at).is_some());
    }
    if let Some(bounce) = Bounce::of(mail) {
        assert!(bounce.recipients.len() <= 500);
        assert!(
            bounce
                .recipients
                .iter()
                .all(|one| one.address.contains('@') && one.reason.len() <= 600 && !one.reason.contains('\n'))
        );
    }
    let _ = FeedbackReport::of(mail);
    let _ = Xarf::of(mail);
}

/// A message with bytes changed, cut out, doubled or put in.
fn damaged() -> impl Strategy<Value = Vec<u8>> {
    let place = any::<prop::sample::Index>();
    let piece = prop::sample::select(vec![
        &b"\n"[..],
        b"\r\n",
        b"\n\n",
        b"--b\n",
        b"--b--\n",
        b"--",
        b"=",
        b"=?UTF-8?B?",
        b"?=",
        b"\"",
        b"<",
        b">",
        b"(",
        b";",
        b":",
        b"\0",
        b"\xff",
        b"\xe2\x80",
        b"Content-Type: multipart/mixed; boundary=b\n",
        b"Content-Type: message/rfc822\n\n",
        b"Content-Transfer-Encoding: base64\n",
        b"; charset=utf-7",
        b"\x1b$B",
        b"boundary=\"\"",
        b"filename*0*=x''%",
        b"<a href=\"",
        b"<!--",
        b"From: ",
        b"> ",
        b"-- \n",
        b"hxxp[:]//",
        b"@",
        b"{",
        b"[",
    ]);
    let harm = (place.clone(), place, 0u8..4, piece, any::<u8>());
    (prop::sample::select(all_mails()), prop::collection::vec(harm, 1..10)).prop_map(|(mut bytes, harms)| {
        for (at, to, kind, piece, byte) in harms {
            let (at, to) = (at.index(bytes.len().max(1)), to.index(bytes.len().max(1)));
            let (from, until) = (at.min(to), at.max(to).min(at.min(to) + 300).min(bytes.len()));
            match kind {
                0 if at < bytes.len() => bytes[at] = byte,
                1 => drop(bytes.drain(from..until)),
                2 => {
                    let doubled = bytes[from..until].to_vec();
                    drop(bytes.splice(from..from, doubled));
                }
                _ => drop(bytes.splice(from..from, piece.iter().copied())),
            }
        }
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn damaged_messages_are_read_within_their_limits(bytes in damaged()) {
        let limits = MailLimits { bytes: 1 << 20, depth: 3, parts: 10, head_bytes: 8 << 10, field_bytes: 1 << 10, fields: 50, recipients: 5, text_bytes: 4 << 10 };
        for limits in [limits, MailLimits::default()] {
            if let Ok(mail) = Mail::read(&bytes, &limits) {
                check(&mail, &limits);
                let opened = mail.clone().opened(mail);
                check(&opened, &limits);
            }
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let limits = MailLimits::default();
        for begin in [&b""[..], b"From: a@b.example\n", b"Content-Type: text/html\n\n", b"Content-Type: multipart/mixed; boundary=b\n\n--b\n", b"Content-Type: text/plain; charset=utf-7\n\n"] {
            if let Ok(mail) = Mail::read(&[begin, &bytes].concat(), &limits) {
                check(&mail, &limits);
            }
        }
        let _ = Xarf::read(&bytes);
        let _ = html_to_text(&String::from_utf8_lossy(&bytes));
    }
}
