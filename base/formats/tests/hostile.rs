//! Whatever the bytes, a reader does not panic, keeps the shape of its rows, and accounts for every row of the input.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests may")]

mod kept;

use std::fs;
use std::io::{self, Cursor, Read};
use std::path::Path;

use kept::{Kept, OBSERVED, READERS, check, mapping, read};
use manara_formats::mail::{Bounce, FeedbackReport, Mail, MailLimits, Tlds, Xarf, fold, observables};
use manara_formats::{Feed, Limits, ReadError, Reject, Row, Sink, Stop, guess, open, read_feed};
use proptest::prelude::*;

fn small() -> Limits {
    Limits { row_bytes: 4 << 10, row_lines: 20, columns: 100, ..Limits::default() }
}

fn run(reader: &str, input: &[u8]) -> (Kept, Result<(), ReadError>) {
    let mut kept = Kept::default();
    let ended = read(reader, input, None, &small(), &mut kept);
    check(&kept);
    (kept, ended)
}

/// The plain inputs of the golden folders of a reader.
fn corpus(reader: &str) -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(reader);
    let mut all = Vec::new();
    let mut cases: Vec<_> = fs::read_dir(root).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    cases.sort();
    for file in cases.iter().flat_map(|case| fs::read_dir(case).into_iter().flatten().flatten()) {
        let path = file.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if name.starts_with("input.") && !name.ends_with("gz") && !name.ends_with("zip") {
            all.push(fs::read(&path).expect("an input"));
        }
    }
    if all.is_empty() {
        all.push(b"\"timestamp\",\"ip\",\"port\"\n\"2026-01-15 00:00:00\",\"192.0.2.1\",\"23\"\n".to_vec());
    }
    all
}

/// Changes that real files suffer: bytes flipped, cut out, doubled, and lines moved.
#[derive(Debug, Clone)]
enum Harm {
    Flip(usize, u8),
    Cut(usize, usize),
    Insert(usize, Vec<u8>),
    Double(usize, usize),
}

fn harm() -> impl Strategy<Value = Harm> {
    prop_oneof![
        (any::<usize>(), any::<u8>()).prop_map(|(at, byte)| Harm::Flip(at, byte)),
        (any::<usize>(), 0usize..200).prop_map(|(at, len)| Harm::Cut(at, len)),
        (
            any::<usize>(),
            prop_oneof![
                prop::collection::vec(any::<u8>(), 0..6),
                prop::sample::select(vec![
                    "\"",
                    "\n",
                    "\\",
                    "{",
                    "}",
                    "[",
                    "\t",
                    "#fields\tts\n",
                    "\r\n",
                    "\u{feff}",
                    "-",
                    "\\u00",
                    ",,",
                    "\0"
                ])
                .prop_map(|text| text.as_bytes().to_vec()),
            ]
        )
            .prop_map(|(at, bytes)| Harm::Insert(at, bytes)),
        (any::<usize>(), 0usize..400).prop_map(|(at, len)| Harm::Double(at, len)),
    ]
}

fn suffer(mut bytes: Vec<u8>, harms: &[Harm]) -> Vec<u8> {
    for harm in harms {
        let place = |at: usize| at % (bytes.len() + 1);
        match harm {
            Harm::Flip(at, byte) => {
                let at = place(*at);
                if let Some(old) = bytes.get_mut(at) {
                    *old ^= byte;
                }
            }
            Harm::Cut(at, len) => {
                let at = place(*at);
                bytes.drain(at..(at + len).min(bytes.len()));
            }
            Harm::Insert(at, new) => {
                let at = place(*at);
                bytes.splice(at..at, new.iter().copied());
            }
            Harm::Double(at, len) => {
                let at = place(*at);
                let part = bytes[at..(at + len).min(bytes.len())].to_vec();
                bytes.splice(at..at, part);
            }
        }
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn arbitrary_bytes_never_break_a_reader(bytes in prop::collection::vec(any::<u8>(), 0..400), text in "[ -~\\n\\t\"{}\\[\\],:#]{0,300}") {
        for reader in READERS {
            let _ = run(reader, &bytes);
            let _ = run(reader, text.as_bytes());
        }
        guess(None, &bytes);
    }

    #[test]
    fn files_that_suffered_never_break_a_reader(which in any::<usize>(), harms in prop::collection::vec(harm(), 1..8)) {
        for reader in READERS {
            let corpus = corpus(reader);
            let input = suffer(corpus[which % corpus.len()].clone(), &harms);
            let _ = run(reader, &input);
            guess(None, &input);
        }
    }

    /// One row or reject for every line that is not blank, whatever is on it, for the formats whose row is a line.
    #[test]
    fn every_line_is_accounted_for(lines in prop::collection::vec(line(), 0..30)) {
        let input = lines.join(&b'\n');
        let wanted: Vec<u64> = lines.iter().enumerate().filter(|(_, line)| !line.trim_ascii().is_empty()).map(|(at, _)| at as u64 + 1).collect();
        let (kept, _) = run("suricata", &input);
        let mut got: Vec<u64> = kept.rows.iter().map(|row| row.line).chain(kept.rejects.iter().map(|reject| reject.line)).collect();
        got.sort_unstable();
        prop_assert_eq!(&got, &wanted);
        // The header of a Zeek log makes every line a row or a header line.
        let zeek = [b"#fields\tts\tid.orig_h\n".as_slice(), &input].concat();
        let wanted: Vec<u64> = lines.iter().enumerate().filter(|(_, line)| !line.trim_ascii().is_empty() && !line.starts_with(b"#")).map(|(at, _)| at as u64 + 2).collect();
        let (kept, ended) = run("zeek", &zeek);
        prop_assert!(ended.is_ok(), "{:?}", ended);
        let mut got: Vec<u64> = kept.rows.iter().map(|row| row.line).chain(kept.rejects.iter().map(|reject| reject.line)).collect();
        got.sort_unstable();
        prop_assert_eq!(got, wanted);
    }

    /// A table whose quotes are whole: each record is one row or reject, at its own line.
    #[test]
    fn every_record_of_a_table_is_accounted_for(cells in prop::collection::vec(("[0-9.:a-z/]{0,12}", "[ -~é]{0,12}", "[0-9a-z]{0,6}"), 0..30)) {
        for (reader, delimiter) in [("csv", ","), ("tsv", "\t")] {
            let quote = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
            let mut text = ["ip", "note", "port"].join(delimiter) + "\n";
            for (ip, note, port) in &cells {
                text += &[quote(ip), quote(note), quote(port)].join(delimiter);
                text += "\r\n";
            }
            let feed = Feed::from_yaml("test", &mapping(reader).replace("  time: time.source\n", "").replace("  what: source.any\n", "")).expect("good");
            let mut kept = Kept::default();
            let ended = read_feed(text.as_bytes(), &feed, None, OBSERVED, &small(), &mut kept);
            check(&kept);
            prop_assert!(ended.is_ok(), "{:?}", ended);
            let mut got: Vec<u64> = kept.rows.iter().map(|row| row.line).chain(kept.rejects.iter().map(|reject| reject.line)).collect();
            got.sort_unstable();
            prop_assert_eq!(got, (2..cells.len() as u64 + 2).collect::<Vec<_>>());
        }
    }

    /// Every line of a list that is neither blank nor a comment gives something of its own line.
    #[test]
    fn every_line_of_a_list_is_accounted_for(lines in prop::collection::vec(entry(), 0..30)) {
        let input = lines.join("\n");
        let wanted: Vec<u64> = lines.iter().enumerate().filter(|(_, line)| !line.trim().is_empty()).map(|(at, _)| at as u64 + 1).collect();
        let (kept, _) = run("list", input.as_bytes());
        let mut got: Vec<u64> = kept.rows.iter().map(|row| row.line).chain(kept.rejects.iter().map(|reject| reject.line)).collect();
        got.sort_unstable();
        got.dedup();
        prop_assert_eq!(got, wanted);
    }

    /// Objects one a line, among lines that are none: each gives what belongs to its own line.
    #[test]
    fn every_object_is_accounted_for(lines in prop::collection::vec(prop_oneof![
        Just("{\"time.source\":\"2026-01-15T10:00:00Z\",\"source.ip\":\"192.0.2.1\"}"),
        Just("{\"x\":\"}{\\\"[\"}"), Just("{\"a\":[{\"b\":{}}]}"), Just("garbage"), Just("{\"a\":\"open"), Just(""), Just("{\"a\":1"),
    ], 0..30)) {
        let input = lines.join("\n");
        let wanted: Vec<u64> = lines.iter().enumerate().filter(|(_, line)| !line.is_empty()).map(|(at, _)| at as u64 + 1).collect();
        for reader in ["intelmq", "json"] {
            let (kept, _) = run(reader, input.as_bytes());
            let mut got: Vec<u64> = kept.rows.iter().map(|row| row.line).chain(kept.rejects.iter().map(|reject| reject.line)).collect();
            got.sort_unstable();
            // A line that leaves a brace open may take in what follows as long as nothing else begins there.
            for line in &got {
                prop_assert!(wanted.contains(line));
            }
            let whole = |line: &&u64| {
                let text = lines[**line as usize - 1];
                text.starts_with('{') && text.ends_with('}')
            };
            for line in wanted.iter().filter(whole) {
                prop_assert!(got.contains(line), "line {} of {:?} gave nothing: {:?}", line, lines, got);
            }
        }
    }
}

fn line() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        prop::collection::vec(any::<u8>().prop_filter("one line", |byte| *byte != b'\n'), 0..60),
        Just(b"{\"timestamp\":\"2026-01-15T10:00:00.000000+0000\",\"event_type\":\"flow\"}".to_vec()),
        Just(b"1768435200.5\t192.0.2.1".to_vec()),
        Just(b"  \t ".to_vec()),
        Just(vec![b'x'; 5_000]),
    ]
    // A byte order mark is no part of a first line.
    .prop_map(|line| if line.starts_with(b"\xEF\xBB\xBF") { b"x".to_vec() } else { line })
    // The header must stay as it is.
    .prop_map(|line| if line.starts_with(b"#") { b"#".to_vec() } else { line })
    .prop_map(|line| line.strip_suffix(b"\r").map(<[u8]>::to_vec).unwrap_or(line))
}

fn entry() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z0-9./:\\[\\] -]{0,30}".prop_filter("no comment", |text| !text.contains("//")),
        Just("192.0.2.1".to_string()),
        Just("example.com # x".to_string()),
        Just("0.0.0.0 a.example b.example".to_string()),
    ]
}

#[test]
fn every_seed_of_the_fuzzers_is_read() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds");
    let mut seeds = 0;
    for target in fs::read_dir(root).expect("the seeds").flatten() {
        let name = target.file_name().to_string_lossy().into_owned();
        for seed in fs::read_dir(target.path()).expect("seeds").flatten() {
            seeds += 1;
            let bytes = fs::read(seed.path()).expect("a seed");
            match name.as_str() {
                "open" => drop(
                    open(Cursor::new(bytes), &small()).map(|opened| opened.take(1 << 20).read_to_end(&mut Vec::new())),
                ),
                "guess" => drop(guess(Some("file"), &bytes)),
                "mapping" => drop(Feed::from_yaml("seed", &String::from_utf8_lossy(&bytes))),
                // Read by another room, which reads its seeds itself.
                "answers" | "constituency" | "library" | "pgp_keys" | "pgp_mail" | "rtir" | "smime_mail" | "tables"
                | "thehive" | "workbook" => {}
                "mail" => read_mail(&bytes),
                "dsn" => ["message/delivery-status", "text/plain"]
                    .iter()
                    .for_each(|kind| read_mail(&from_daemon(kind, &bytes))),
                "arf" => read_mail(&from_daemon("message/feedback-report", &bytes)),
                "xarf" => drop(Xarf::read(&bytes)),
                "observables" => drop(observables(&String::from_utf8_lossy(&bytes), Tlds::built_in())),
                reader => drop(run(reader, &bytes)),
            }
        }
    }
    assert!(seeds >= 20, "only {seeds} seeds");
}

/// What the fuzzers put before the fields and texts that they are given.
fn from_daemon(kind: &str, bytes: &[u8]) -> Vec<u8> {
    let head =
        format!("Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nSubject: Undelivered Mail\nContent-Type: {kind}\n\n");
    [head.as_bytes(), bytes].concat()
}

fn read_mail(bytes: &[u8]) {
    let mail = Mail::read(bytes, &MailLimits::default()).expect("a mail");
    assert_eq!(fold(&mail.text).iter().map(|passage| passage.text).collect::<String>(), mail.text);
    drop((Bounce::of(&mail), FeedbackReport::of(&mail), Xarf::of(&mail), observables(&mail.text, Tlds::built_in())));
}

/// Counts, and keeps nothing.
#[derive(Default)]
struct Counted {
    rows: u64,
    rejects: u64,
    longest: usize,
}

impl Sink for Counted {
    fn row(&mut self, row: Row<'_>) -> Result<(), Stop> {
        self.rows += 1;
        self.longest = self.longest.max(row.raw.len()).max(row.extra.len());
        Ok(())
    }
    fn reject(&mut self, reject: Reject) -> Result<(), Stop> {
        self.rejects += 1;
        self.longest = self.longest.max(reject.raw.len()).max(reject.found.len());
        Ok(())
    }
    fn drift(&mut self, _: manara_formats::Drift) {}
}

#[test]
fn a_stream_without_end_of_line_or_object_is_read_in_bounded_pieces() {
    for reader in READERS {
        for begin in ["", "{\"a\":\"", "{\"a\":[", "\"", "#fields\t", "time,ip\n\""] {
            for byte in [b'x', b'[', b'{', b',', b'\\', b'"'] {
                let endless = begin.as_bytes().chain(io::repeat(byte).take(2 << 20));
                let mut counted = Counted::default();
                // A format error is fine here; growing is not.
                let _ = read(reader, endless, None, &small(), &mut counted);
                assert!(counted.longest <= 16 << 10, "{reader} {begin:?} {byte}: {}", counted.longest);
            }
        }
    }
}

/// A sink that has enough after a few rows.
struct Full(u32);

impl Sink for Full {
    fn row(&mut self, _: Row<'_>) -> Result<(), Stop> {
        self.0 += 1;
        if self.0 >= 3 { Err(Stop) } else { Ok(()) }
    }
    fn reject(&mut self, _: Reject) -> Result<(), Stop> {
        Ok(())
    }
    fn drift(&mut self, _: manara_formats::Drift) {}
}

#[test]
fn a_sink_that_wants_no_more_ends_the_reading() {
    let line = "192.0.2.1\n".repeat(100);
    let mut full = Full(0);
    assert!(matches!(read("list", line.as_bytes(), None, &small(), &mut full), Err(ReadError::Stopped)));
    assert_eq!(full.0, 3);
    let line = "{\"timestamp\":\"2026-01-15T10:00:00Z\",\"event_type\":\"flow\"}\n".repeat(100);
    let mut full = Full(0);
    assert!(matches!(read("suricata", line.as_bytes(), None, &small(), &mut full), Err(ReadError::Stopped)));
    assert_eq!(full.0, 3);
}

#[test]
fn nothing_at_all_is_said_to_be_empty() {
    for reader in READERS {
        let ended = read(reader, io::empty(), None, &small(), &mut Kept::default());
        assert!(matches!(ended, Err(ReadError::Empty)), "{reader}: {ended:?}");
    }
}

#[test]
fn a_category_without_words_is_none() {
    let event = |categories: &str| {
        format!(
            r#"{{"Format":"IDEA0","ID":"4390fc3f-c753-4a3e-bc83-1b44f24baf75","DetectTime":"2026-01-15T10:00:00Z","Category":{categories},"Source":[{{"IP4":["192.0.2.1"]}}]}}"#
        )
    };
    for (categories, class) in [(r#"[""]"#, "other"), (r#"["", "Recon.Scanning"]"#, "information-gathering")] {
        let (kept, ended) = run("idea", event(categories).as_bytes());
        assert!(ended.is_ok() && kept.rows.len() == 1, "{categories}: {ended:?}");
        assert!(format!("{:?}", kept.rows[0]).contains(&format!("{class:?}")), "{categories}: {:?}", kept.rows[0]);
    }
}
