//! What other tools hold: read from their files, and taken over.

use std::collections::HashSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use manara_model::{Severity, Tlp, Viewer};
use manara_response::import::{
    Becomes, Foreign, Format, Made, Outcome, Queue, RECORD_BYTES, Reading, Refused, Takeover, Voice, records,
};
use manara_response::{
    Found, Incident, Kind, MessageKind, State, TicketState, custody_of, evidence_of, files_of, get, get_ticket,
    incidents_of_ticket, list_tickets, messages_of, notes, observables_of, seek, tasks_of, techniques,
};
use proptest::prelude::{Strategy, any, prop, prop_assert, prop_oneof, proptest};
use serde_json::json;

use crate::house::{House, NOON, duty, on_both};

const RTIR: &str = include_str!("import/rtir.json");
const THEHIVE: &str = include_str!("import/thehive.jsonl");
const TABLE: &str = include_str!("import/incidents.csv");

fn reading(format: Format) -> Reading {
    Reading { format, tlp: Tlp::Amber, queues: Vec::new(), now: NOON }
}

fn read(text: &str, reading: Reading) -> (Vec<Foreign>, Vec<Refused>) {
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    for one in records(std::io::Cursor::new(text.as_bytes().to_vec()), reading) {
        match one.expect("the file can be read") {
            Ok(one) => good.push(one),
            Err(refused) => bad.push(refused),
        }
    }
    (good, bad)
}

fn key<'a>(all: &'a [Foreign], key: &str) -> &'a Foreign {
    all.iter().find(|one| one.key == key).unwrap_or_else(|| panic!("no {key} in {all:?}"))
}

#[test]
fn tickets_of_rtir_are_read_as_what_they_are() {
    let (good, bad) = read(RTIR, reading(Format::Rtir));
    let keys: Vec<&str> = good.iter().map(|one| one.key.as_str()).collect();
    assert_eq!(keys, ["1201", "1300", "1301", "1400", "1500"]);
    let report = key(&good, "1201");
    assert_eq!(report.becomes, Becomes::Ticket(Kind::Report, TicketState::Open));
    assert_eq!((report.label.as_str(), report.owner.as_str()), ("RT #1201", "duty"));
    assert_eq!(report.others, ["ana@harbour.example"]);
    assert_eq!(report.links, ["1300"]);
    assert_eq!((report.closed, report.due), (None, None));
    let texts: Vec<(Voice, &str)> = report.texts.iter().map(|text| (text.voice, text.body.as_str())).collect();
    assert_eq!(texts[0].0, Voice::Theirs);
    assert_eq!(texts[1], (Voice::Ours, "Thank you, we are looking."));
    assert_eq!(texts[2], (Voice::Within, "Called the hosting company."));
    let seen: Vec<&str> = report.seen.iter().map(|one| one.value.as_str()).collect();
    assert_eq!(seen, ["192.0.2.44", "192.0.2.45"]);
    let incident = key(&good, "1300");
    assert_eq!(incident.becomes, Becomes::Incident(State::Resolved, "resolved"));
    assert_eq!((incident.class, incident.severity), (("fraud", "phishing"), Severity::High));
    assert_eq!(incident.created.rfc3339(), "2023-05-02T08:30:00.000000Z");
    assert_eq!(incident.closed.map(|at| at.day()).as_deref(), Some("2023-05-04"));
    let strange = key(&good, "1301");
    assert_eq!(strange.class, ("other", "undetermined"));
    assert!(strange.facts.contains(&("Classification".into(), "Strange thing".into())), "{:?}", strange.facts);
    assert_eq!((strange.links.as_slice(), strange.owner.as_str()), (&["1300".to_string()][..], ""));
    assert_eq!(key(&good, "1400").becomes, Becomes::Ticket(Kind::Investigation, TicketState::Open));
    let block = key(&good, "1500");
    assert_eq!(block.becomes, Becomes::Ticket(Kind::Countermeasure, TicketState::PendingActivation));
    assert_eq!(block.target, ("192.0.2.44 443".to_string(), "border router".to_string()));
    assert_eq!(block.links, ["1300"]);
    for (refused, (id, said)) in bad.iter().zip([
        ("1600", "Queue = \"9\""),
        ("1601", "deleted"),
        ("1602", "Status = \"sleeping\""),
        ("1603", "a time that has come"),
        ("1604", "Created = \"one day\""),
    ]) {
        assert_eq!(refused.id, id);
        assert!(refused.why.contains(said) && refused.why.contains("expected"), "{refused:?}");
        assert!(refused.place.contains("line"), "{refused:?}");
    }
    assert_eq!(bad.len(), 5);
    let with_queue = Reading { queues: vec![("9".into(), Queue::Incidents)], ..reading(Format::Rtir) };
    assert_eq!(read(RTIR, with_queue).0.len(), 6);
}

#[test]
fn cases_of_thehive_are_read_with_all_that_is_in_them() {
    let (good, bad) = read(THEHIVE, reading(Format::TheHive));
    let keys: Vec<&str> = good.iter().map(|one| one.key.as_str()).collect();
    assert_eq!(keys, ["~4096", "~8192", "~16384"]);
    let case = key(&good, "~4096");
    assert_eq!(case.becomes, Becomes::Incident(State::Resolved, "resolved"));
    assert_eq!((case.label.as_str(), case.class), ("TheHive #12", ("malicious-code", "infected-system")));
    assert_eq!(case.severity, Severity::Critical);
    assert_eq!(case.tlp, Tlp::Red, "an observable is stricter than its case");
    let seen: Vec<(&str, &str)> = case.seen.iter().map(|one| (one.kind.as_str(), one.value.as_str())).collect();
    assert_eq!(seen, [("ip", "198.51.100.7"), ("hash_md5", "d41d8cd98f00b204e9800998ecf8427e")]);
    for fact in [("filename", "invoice.exe"), ("sector", "health"), ("ip", "198.51.100.7: command server")] {
        assert!(case.facts.contains(&(fact.0.into(), fact.1.into())), "{fact:?} in {:?}", case.facts);
    }
    let bodies: Vec<&str> = case.texts.iter().map(|text| text.body.as_str()).collect();
    assert_eq!(bodies, ["Two servers are locked.", "The backup is from Friday.", "Restored from backup."]);
    let tasks: Vec<(&str, &str, &str)> =
        case.tasks.iter().map(|task| (task.title.as_str(), task.state.as_str(), task.owner.as_str())).collect();
    assert_eq!(tasks, [("Isolate", "done", "sami"), ("Tell the ministry", "open", "")]);
    assert!(case.facts.iter().all(|(name, _)| name != "Left in TheHive"), "{:?}", case.facts);
    assert_eq!(key(&good, "~8192").becomes, Becomes::Incident(State::Open, ""));
    assert_eq!(key(&good, "~8192").tlp, Tlp::Clear);
    let why: Vec<&str> = bad.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(why, ["~1", "~2", "~3", ""], "{bad:?}");
    assert!(bad[3].place.contains("line 6"), "{:?}", bad[3]);
}

#[test]
fn rows_of_a_table_are_read_by_the_names_of_their_columns() {
    let (good, bad) = read(TABLE, reading(Format::Csv));
    let titles: Vec<&str> = good.iter().map(|one| one.title.as_str()).collect();
    assert_eq!(titles, ["Phishing, again", "No number here", "The same number again"]);
    assert_eq!(good[0].texts[0].body, "=HYPERLINK(\"http://evil.example\")", "cells stay as they are");
    assert_eq!((good[0].class, good[0].tlp), (("fraud", "phishing"), Tlp::Green));
    assert_eq!(good[0].facts, [("sector".to_string(), "banks".to_string())]);
    assert_eq!(good[1].key.len(), 64);
    let places: Vec<(&str, &str)> = bad.iter().map(|one| (one.place.as_str(), one.id.as_str())).collect();
    assert_eq!(places, [("line 4", "A-2"), ("line 5", "A-3"), ("line 6", "A-4"), ("line 7", "A-5")]);
    let mut none = records(std::io::Cursor::new(b"a,b\n1,2\n".to_vec()), reading(Format::Csv));
    let error = none.next().expect("something").expect_err("no title");
    assert!(error.to_string().contains("title"), "{error}");
    assert!(none.next().is_none());
}

#[test]
fn a_broken_object_costs_itself_alone() {
    let good = |id: u32| {
        format!(
            "{{\"id\":{id},\"Queue\":\"Incidents\",\"Status\":\"open\",\"Subject\":\"s\",\"Created\":\"2024-01-01\"}}"
        )
    };
    let deep = format!("{{\"id\":5,\"a\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    let long = format!("{{\"id\":6,\"a\":\"{}\"}}", "x".repeat(RECORD_BYTES));
    for (text, ids, refused) in [
        (format!("{}\n{}\n", good(1), good(2)), vec!["1", "2"], 0),
        (format!("\u{feff}[{},\n {}]", good(1), good(2)), vec!["1", "2"], 0),
        (
            format!("{{\"total\":2,\"items\":[{},{}],\"a\":[{{}}]}}\n{}", good(1), good(2), good(3)),
            vec!["1", "2", "3"],
            0,
        ),
        (format!("{{\"id\":1,\n{}\n", good(2)), vec!["2"], 1),
        (format!("{{\"id\":\"a\n{}\n", good(2)), vec!["2"], 1),
        (format!("nonsense\nmore\n{}\n", good(2)), vec!["2"], 1),
        (format!("{}\n{deep}\n{}", good(1), good(2)), vec!["1", "2"], 1),
        (format!("{}\n{long}\n{}", good(1), good(2)), vec!["1", "2"], 1),
        (format!("{}\n{{\"id\":", good(1)), vec!["1"], 1),
        ("[[[[[[".repeat(100_000), vec![], 0),
        (String::new(), vec![], 0),
        ("{\"items\":[]}".into(), vec![], 0),
    ] {
        let (found, bad) = read(&text, reading(Format::Rtir));
        let found: Vec<&str> = found.iter().map(|one| one.key.as_str()).collect();
        let head: String = text.chars().take(60).collect();
        assert_eq!((found, bad.len()), (ids, refused), "{head} {bad:?}");
    }
}

async fn take(house: &House, all: &[Foreign]) -> Outcome {
    let people = HashSet::from(["duty".to_string()]);
    let judged = (&house.policy, "fr");
    let takeover = Takeover::new((&house.db, &house.blobs), judged, ("rtir", "cli"), people, NOON);
    takeover.take(all).await.expect("taken over")
}

/// The incident that is found by a text and has that title.
async fn found(house: &House, text: &str, title: &str) -> Incident {
    let found = seek(&house.db, &Viewer::system(), text, 10).await.expect("sought");
    let mut incidents = found.into_iter().filter_map(|one| match one {
        Found::Incident(one) if one.title == title => Some(*one),
        _ => None,
    });
    incidents.next_back().unwrap_or_else(|| panic!("{text} finds no {title}"))
}

#[test]
fn what_was_taken_over_stands_as_it_stood_and_the_same_again_adds_nothing() {
    on_both(|house| async move {
        let (all, _) = read(RTIR, reading(Format::Rtir));
        let judged = (&house.policy, "en");
        let mut trial = Takeover::new((&house.db, &house.blobs), judged, ("rtir", "cli"), HashSet::new(), NOON);
        let tried = trial.try_out(&all).await.expect("tried");
        assert_eq!((tried.made.incidents, tried.made.reports, tried.already), (2, 1, 0));
        assert_eq!(trial.try_out(&all).await.expect("tried").already, 5);
        // The report comes first, its incident later: the link waits for it.
        let first = take(&house, &all[..1]).await;
        assert_eq!((first.made.reports, first.made.links, first.already), (1, 0, 0));
        let second = take(&house, &all).await;
        assert_eq!(second.already, 1);
        let want = Made { incidents: 2, investigations: 1, countermeasures: 1, links: 4, ..Made::default() };
        let got = Made { notes: 0, messages: 0, observables: 0, ..second.made };
        assert_eq!(got, want, "an investigation belongs to one incident only");
        assert_eq!(take(&house, &all).await, Outcome { already: 5, ..Outcome::default() });
        let incident = found(&house, "RT #1300", "Phishing against Harbour Bank").await;
        assert_eq!((incident.state, incident.resolution.as_str()), (State::Resolved, "resolved"));
        assert_eq!(incident.created.rfc3339(), "2023-05-02T08:30:00.000000Z");
        assert_eq!(incident.closed.map(|at| at.rfc3339()).as_deref(), Some("2023-05-04T16:00:00.000000Z"));
        assert!(incident.number.starts_with("INC-2023-"), "{}", incident.number);
        assert_eq!((incident.owner.as_str(), incident.severity), ("", Severity::High));
        let body = notes(&house.db, &incident.id, 10).await.expect("notes").pop().expect("one").body;
        assert!(body.starts_with("RT #1300\nOwner: sami\n"), "{body}");
        assert_eq!(house.verbs(&incident.id).await, ["incident_imported"]);
        let viewer = Viewer::system();
        let reports = list_tickets(&house.db, &viewer, Some(Kind::Report), None, 10).await.expect("listed");
        let report = &reports[0];
        assert_eq!((report.owner.as_str(), report.correspondent.as_str()), ("duty", "ana@harbour.example"));
        assert_eq!(report.messages, 4);
        assert_eq!(messages_of(&house.db, &report.id, ("", ""), 10).await.expect("read").len(), 4);
        let of = incidents_of_ticket(&house.db, &viewer, &report.id).await.expect("linked");
        assert_eq!(of.iter().map(|one| one.number.as_str()).collect::<Vec<_>>(), [incident.number.as_str()]);
        let seen = observables_of(&house.db, &incident.id, 10).await.expect("seen");
        assert_eq!(seen.len(), 2, "an incident speaks of what its tickets speak of: {seen:?}");
        assert!(get_ticket(&house.db, &viewer, &report.number).await.expect("asked").is_some());
        assert!(get(&house.db, &duty(), &incident.number).await.expect("asked").is_some());
        // What is opened afterwards gets numbers of its own.
        house.open("after", &[], NOON).await;
    });
}

/// Bytes of which most look like the beginning of a file.
fn nearly(format: Format) -> impl Strategy<Value = Vec<u8>> {
    let text = match format {
        Format::Rtir => RTIR,
        Format::TheHive => THEHIVE,
        Format::Csv => TABLE,
    };
    let cut = (0..text.len(), 0..text.len(), any::<u8>()).prop_map(move |(from, at, byte)| {
        let mut bytes = text.as_bytes().to_vec();
        bytes[at] = byte;
        bytes.drain(..from.min(at));
        bytes
    });
    prop_oneof![cut, prop::collection::vec(any::<u8>(), 0..300)]
}

proptest! {
    #[test]
    fn no_file_is_too_strange(
        rtir in nearly(Format::Rtir), cases in nearly(Format::TheHive), table in nearly(Format::Csv),
    ) {
        for (format, bytes) in [(Format::Rtir, rtir), (Format::TheHive, cases), (Format::Csv, table)] {
            for one in records(std::io::Cursor::new(bytes), reading(format)).flatten() {
                match one {
                    Ok(one) => prop_assert!(one.created <= NOON && one.closed.is_none_or(|at| at >= one.created)),
                    Err(refused) => prop_assert!(!refused.why.is_empty() && !refused.place.is_empty()),
                }
            }
        }
    }
}

#[test]
fn files_come_along_with_messages_and_as_evidence_of_incidents() {
    let packed = |bytes: &[u8]| STANDARD.encode(bytes);
    let (log, image) = (b"GET / HTTP/1.1\n".as_slice(), [0u8, 159, 146, 150].as_slice());
    let entry = |files: serde_json::Value| {
        json!({ "Type": "Create", "Creator": "ana@harbour.example", "Created": "2024-03-01T08:00:00Z",
            "Attachments": files })
    };
    let report = json!({ "id": 71, "Queue": "Incident Reports", "Status": "open", "Subject": "Odd requests",
        "Created": "2024-03-01T08:00:00Z", "Requestors": ["ana@harbour.example"],
        "transactions": [
            entry(json!([
                { "ContentType": "text/plain", "Content": packed(b"See the log.") },
                { "ContentType": "text/plain", "Filename": "../access.log", "Content": packed(log) },
                { "ContentType": "image/png", "Filename": "screen.png" },
            ])),
            entry(json!([{ "ContentType": "image/png", "Filename": "page.png", "Content": packed(image) }])),
        ] });
    let incident = json!({ "id": 72, "Queue": "Incidents", "Status": "open", "Subject": "Odd requests at Harbour",
        "Created": "2024-03-01T09:00:00Z",
        "transactions": [entry(json!([{ "ContentType": "image/png", "Filename": "disk.img", "Content": packed(image) }]))] });
    let text = format!("{report}\n{incident}\n");
    on_both(move |house| {
        let text = text.clone();
        async move {
            let (all, bad) = read(&text, reading(Format::Rtir));
            assert!(bad.is_empty(), "{bad:?}");
            let made = take(&house, &all).await.made;
            assert_eq!((made.reports, made.incidents, made.files), (1, 1, 3));
            let ticket = list_tickets(&house.db, &Viewer::system(), None, None, 10).await.expect("listed").remove(0);
            let messages = messages_of(&house.db, &ticket.id, ("", ""), 10).await.expect("read");
            let said: Vec<&str> = messages.iter().map(|one| one.body.as_str()).collect();
            assert!(said.contains(&"See the log.") && said.contains(&"page.png"), "{said:?}");
            assert!(messages.iter().any(|one| one.body.contains("Attachment left in RT: screen.png")), "{said:?}");
            let mut files = Vec::new();
            for message in &messages {
                files.extend(files_of(&house.db, &message.id).await.expect("read"));
            }
            files.sort_by(|one, two| one.name.cmp(&two.name));
            let told: Vec<(&str, &str)> =
                files.iter().map(|file| (file.name.as_str(), file.media_type.as_str())).collect();
            assert_eq!(told, [("access.log", "text/plain"), ("page.png", "image/png")]);
            assert_eq!(house.blobs.read(&files[0].sha256, 1_000).expect("kept"), log);
            let incident = found(&house, "Odd requests Harbour", "Odd requests at Harbour").await;
            let evidence = evidence_of(&house.db, &incident.id).await.expect("read").remove(0);
            assert_eq!((evidence.name.as_str(), evidence.source.as_str()), ("disk.img", "RT #72"));
            assert_eq!(house.blobs.read(&evidence.sha256, 1_000).expect("kept"), image);
            let custody = custody_of(&house.db, &evidence.id).await.expect("read");
            assert_eq!((custody.len(), custody[0].taken_by.as_str()), (1, "ana@harbour.example"));
            assert_eq!(take(&house, &all).await.already, 2);
        }
    });
}

#[test]
fn mail_of_html_alone_keeps_its_words_and_what_the_team_said_to_itself_stays_within() {
    let packed = |text: &str| STANDARD.encode(text);
    let html = "<html><body><p>See <a href=\"http://evil.example/\">page 7</a>.</p><script>no()</script></body></html>";
    let entry = |kind: &str, who: &str, files: serde_json::Value| json!({ "Type": kind, "Creator": who, "Created": "2024-03-01T08:00:00Z", "Attachments": files });
    let report = json!({ "id": 81, "Queue": "Incident Reports", "Status": "open", "Subject": "12345",
        "Created": "2024-03-01T08:00:00Z", "Requestors": ["ana@harbour.example"],
        "transactions": [
            entry("Create", "ana@harbour.example", json!([
                { "ContentType": "multipart/mixed" }, { "ContentType": "TEXT/HTML; charset=utf-8", "Content": packed(html) },
                { "ContentType": "text/calendar", "Content": packed("BEGIN:VCALENDAR") },
            ])),
            entry("Correspond", "duty", json!([
                { "ContentType": "text/plain", "Content": packed("We look.") },
                { "ContentType": "text/html", "Content": packed("<p>We look.</p>") },
            ])),
            entry("Comment", "duty", json!([{ "ContentType": "text/plain", "Content": packed("They pay late.") }])),
            entry("Status", "duty", json!([])), entry("Set", "duty", json!([])), entry("Set", "duty", json!([])),
        ] });
    let text = report.to_string();
    on_both(move |house| {
        let text = text.clone();
        async move {
            let (all, bad) = read(&text, reading(Format::Rtir));
            assert!(bad.is_empty(), "{bad:?}");
            assert!(all[0].facts.contains(&("History left in RT".into(), "Set × 2, Status × 1".into())), "{all:?}");
            take(&house, &all).await;
            let ticket = list_tickets(&house.db, &Viewer::system(), None, None, 10).await.expect("listed").remove(0);
            assert_eq!(ticket.language, "fr", "nothing tells it, so it is that of the house");
            let messages = messages_of(&house.db, &ticket.id, ("", ""), 10).await.expect("read");
            let kind = |said: &str| messages.iter().find(|one| one.body.contains(said)).map(|one| one.kind);
            assert_eq!(kind("RT #81"), Some(MessageKind::Comment));
            assert_eq!(kind("page 7"), Some(MessageKind::Report));
            assert_eq!(kind("We look."), Some(MessageKind::Sent));
            assert_eq!(kind("They pay late."), Some(MessageKind::Comment));
            assert_eq!(messages.len(), 4);
            let first = messages.iter().find(|one| one.kind == MessageKind::Report).expect("there");
            assert!(!first.body.contains("<p>") && !first.body.contains("no()"), "{}", first.body);
            assert_eq!(files_of(&house.db, &first.id).await.expect("read").len(), 1, "the calendar is a file");
        }
    });
}

#[test]
fn cases_of_thehive_come_with_their_logs_pages_and_techniques_and_name_what_stays_there() {
    let case = json!({ "_id": "~9", "_type": "Case", "number": 9, "title": "Locked servers", "stage": "InProgress",
        "status": "InProgress", "startDate": 1_672_650_000_000_i64, "_createdBy": "nora",
        "tasks": [{ "title": "Isolate", "status": "InProgress", "logs": [
            { "message": "The switch port is off.", "date": 1_672_653_600_000_i64, "_createdBy": "sami",
                "attachment": { "name": "port.png" } }] }],
        "ttps": [{ "patternId": "T1566.001", "tactic": "initial-access", "description": "A mail with an invoice.",
            "occurDate": 1_672_600_000_000_i64 }, { "patternId": "CAPEC-98" }],
        "pages": [{ "title": "Findings", "content": "The invoice came on Monday." }],
        "alerts": [{ "title": "An alert of the mail gate" }], "shares": {}, "impact": "two days" });
    let text = case.to_string();
    on_both(move |house| {
        let text = text.clone();
        async move {
            let (all, bad) = read(&text, reading(Format::TheHive));
            assert!(bad.is_empty(), "{bad:?}");
            for (name, said) in [
                ("Left in TheHive", "alerts × 1: An alert of the mail gate"),
                ("impact", "two days"),
                ("ttps", "CAPEC-98"),
            ] {
                assert!(all[0].facts.contains(&(name.into(), said.into())), "{name} in {:?}", all[0].facts);
            }
            let made = take(&house, &all).await.made;
            assert_eq!((made.incidents, made.tasks, made.notes), (1, 1, 4));
            let incident = found(&house, "TheHive #9", "Locked servers").await;
            let noted = notes(&house.db, &incident.id, 10).await.expect("read");
            let said = |word: &str| noted.iter().find(|one| one.body.contains(word)).expect(word);
            assert_eq!(said("The switch port").who, "sami");
            assert!(said("The switch port").body.contains("Attachment left in TheHive: port.png"));
            assert!(said("came on Monday").body.starts_with("Findings"));
            let seen = said("A mail with an invoice.");
            assert_eq!(seen.technique, "T1566.001");
            assert!(seen.happened.is_some_and(|at| at < incident.created));
            let all = techniques(&house.db, &incident.id).await.expect("read");
            assert_eq!(all.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), ["T1566.001"]);
            assert_eq!(tasks_of(&house.db, &incident.id).await.expect("read").len(), 1);
        }
    });
}
