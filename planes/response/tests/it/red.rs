//! What is marked more strictly than somebody may see is nowhere for them: not found, counted, suggested, seen before.
//! Whoever may see it finds it.

use std::collections::BTreeMap;
use std::fmt::Debug;

use axum::http::StatusCode;
use manara_model::{Mailboxes, Tlp, Viewer};
use manara_response::mail::{MailHouse, OutcomeKind};
use manara_response::{
    Change, Decision, EvidenceKind, Incident, NewEvidence, NewIncident, Said, Taxonomies, Ticket, TicketChange, Way,
    add_evidence, add_note, asked_of, change, change_ticket, comment, counts, decide_held, find_incidents,
    find_tickets, get_ticket, keep_asked, launch, list, list_tickets, name_observables, open, search, seek,
    seen_elsewhere, speaking_of, tag_incident, ticket_counts, used_tags,
};
use manara_web::{Role, Wanted};

use crate::follow::{brought, later, mail, office};
use crate::house::{House, duty, finding, new, on_both, person};
use crate::pages::door;

/// What is looked up: an address, a domain, a mail address, a vulnerability, hashes.
const SUBJECTS: [&str; 6] = [
    "192.0.2.66",
    "evil.example.com",
    "spam@evil.example.com",
    "CVE-2026-1234",
    "d41d8cd98f00b204e9800998ecf8427e",
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
];
/// A word of everything that is strict, and of nothing else.
const SECRET: &str = "zanzibar";

async fn report(house: &House, office: &MailHouse, (subject, id): (&str, &str), text: &str, at: i64) -> Ticket {
    let bytes = mail("Ana <ana@harbour.example>", subject, &format!("{id}@harbour.example"), "", text);
    let came = brought(house, office, &bytes, later(at)).await;
    assert_eq!(came.kind, OutcomeKind::Report, "{subject}");
    standing(house, &came.ticket.expect("a number")).await
}

async fn standing(house: &House, name: &str) -> Ticket {
    get_ticket(&house.db, &duty(), name).await.expect("asked").expect("there")
}

/// What everybody may see: a report by mail, and an incident of a finding, that speak of all subjects.
async fn mild(house: &House, office: &MailHouse) -> (Ticket, Incident) {
    let said = SUBJECTS.join(" and ");
    let one = report(house, office, ("A call", "mild"), &said, 1).await;
    let ours = house.open("By hand", &[finding("f1", "a", SUBJECTS[0])], later(2)).await;
    name_observables(&house.db, &duty(), &ours.id, (&said, ""), later(3)).await.expect("named");
    (one, house.get(&ours.id).await)
}

/// What is strict: a report by mail, and an incident of a finding with all it can hold and what a registry said for it.
async fn strict(house: &House, office: &MailHouse) -> (Ticket, Incident) {
    let (db, said) = (&house.db, SUBJECTS.join(" and "));
    let red = report(house, office, ("TLP:RED zanzibar calls", "red"), &said, 10).await;
    let asked = NewIncident { tlp: Tlp::Red, ..new("zanzibar is inside") };
    let found = [finding("f9", "z", SUBJECTS[0])];
    let one = open(db, &duty(), &house.policy, &asked, &found, later(11)).await.expect("opened");
    name_observables(db, &duty(), &one.id, (&said, SECRET), later(12)).await.expect("named");
    add_note(db, &duty(), &one.id, &format!("zanzibar speaks of {said}"), later(12)).await.expect("noted");
    let tags = [SECRET.to_string()];
    tag_incident(db, &duty(), &Taxonomies::default(), &one.id, (&tags, true), later(12)).await.expect("tagged");
    let disk = NewEvidence {
        name: "Disk of zanzibar".into(),
        kind: EvidenceKind::Disk,
        note: String::new(),
        sha256: SUBJECTS[5].into(),
        bytes: 0,
        acquired: later(12),
        acquired_by: "Layla".into(),
        source: "The harbour".into(),
        place: "Shelf 4".into(),
    };
    add_evidence(db, &duty(), &one.id, &disk, None, later(12)).await.expect("added");
    let answer = (Way::Rdap, "rdap.example", Said::default(), SECRET.to_string());
    keep_asked(db, &duty(), ("ip", SUBJECTS[0]), answer, Some(&one), later(13)).await.expect("kept");
    (red, house.get(&one.id).await)
}

/// All that somebody is told of the subjects and of the word, of some records, and of how many there are.
async fn told(house: &House, viewer: &Viewer, records: &[&str]) -> BTreeMap<String, String> {
    let (db, now) = (&house.db, later(99));
    let mut all = BTreeMap::new();
    let mut tell = |what: String, found: &dyn Debug| _ = all.insert(what, format!("{found:?}"));
    for text in SUBJECTS.into_iter().chain([SECRET]) {
        let wanted = Wanted { db, viewer, text, limit: 50 };
        tell(format!("search {text}"), &search(&wanted).await.expect("searched"));
        tell(format!("words {text}"), &seek(db, viewer, text, 50).await.expect("sought"));
        let found = find_incidents(db, viewer, (text, true), 50, now).await.expect("found");
        tell(format!("incidents {text}"), &found);
        tell(format!("tickets {text}"), &find_tickets(db, viewer, (text, true), 50, now).await.expect("found"));
    }
    for text in SUBJECTS {
        tell(format!("speaking {text}"), &speaking_of(db, viewer, text, 50).await.expect("read"));
    }
    for record in records {
        tell(format!("seen before {record}"), &seen_elsewhere(db, viewer, record).await.expect("read"));
    }
    tell("asked".into(), &asked_of(db, viewer, ("ip", SUBJECTS[0]), 50).await.expect("read"));
    tell("list".into(), &list(db, viewer, None, "", 50).await.expect("read"));
    tell("list of tickets".into(), &list_tickets(db, viewer, None, None, 50).await.expect("read"));
    tell("count".into(), &counts(db, viewer, now).await.expect("counted"));
    tell("count of tickets".into(), &ticket_counts(db, viewer, now).await.expect("counted"));
    tell("tags".into(), &used_tags(db, viewer, false).await.expect("read"));
    all
}

#[test]
fn what_is_strict_changes_nothing_for_whom_it_is_too_strict() {
    on_both(|house: House| async move {
        let house = &house;
        let office = office(house).await;
        let (mild, ours) = mild(house, &office).await;
        let records = [mild.id.as_str(), ours.id.as_str()];
        let (weak, strong) = (person("viewer", Tlp::AmberStrict), duty());
        let before = [told(house, &weak, &records).await, told(house, &strong, &records).await];
        let (red, incident) = strict(house, &office).await;
        assert_eq!((red.tlp, incident.tlp), (Tlp::Red, Tlp::Red));
        assert_eq!(told(house, &weak, &records).await, before[0]);
        // Whoever may see it is told of it by each of these ways.
        for (what, now) in told(house, &strong, &records).await {
            assert_ne!(now, before[1][&what], "{what}");
        }
        for text in SUBJECTS {
            let hits = speaking_of(&house.db, &strong, text, 50).await.expect("read");
            for number in [&red.number, &incident.number] {
                assert!(hits.iter().any(|hit| hit.name == *number), "{text} {number}: {hits:?}");
            }
        }
        // Of another mailbox it is as strict.
        let limited = Viewer { mailboxes: Mailboxes::parse("gov@cirt.example").expect("a mailbox"), ..duty() };
        assert!(asked_of(&house.db, &limited, ("ip", SUBJECTS[0]), 9).await.expect("read").is_empty());
    });
}

#[test]
fn no_page_list_or_program_shows_what_is_strict() {
    on_both(|house: House| async move {
        let house = &house;
        let office = office(house).await;
        let (mild, ours) = mild(house, &office).await;
        let (red, incident) = strict(house, &office).await;
        let sign_in = door(house).await;
        let (mut weak, mut strong) = (sign_in(Role::Viewer).await, sign_in(Role::Duty).await);
        let hidden = [SECRET, &red.number, &red.id, &incident.number, &incident.id, "rdap.example"];
        let shows = |body: &str| hidden.into_iter().find(|word| body.contains(word)).map(str::to_string);
        // Seen before, and what may be related.
        for path in [
            format!("/incidents/{}", ours.number),
            format!("/incidents/{}/observables", ours.number),
            format!("/tickets/{}", mild.number),
        ] {
            let body = weak.page(&path).await.body;
            assert_eq!(shows(&body), None, "{path}: {body}");
            let body = strong.page(&path).await.body;
            assert!(body.contains(&red.number) || body.contains(&incident.number), "{path}: {body}");
        }
        let suggested = strong.page(&format!("/incidents/{}", ours.number)).await.body;
        let (_, suggested) = suggested.split_once("<h3>May be related</h3>").expect("a list");
        assert!(suggested.contains(&incident.number), "{suggested}");
        for path in [
            format!("/incidents/{}", incident.number),
            format!("/incidents/{}/observables", incident.number),
            format!("/tickets/{}", red.number),
        ] {
            assert_eq!(weak.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
            assert_eq!(strong.get(&path).await.status, StatusCode::OK, "{path}");
        }
        // Every list there is, as a page, as a file and narrowed down to the address.
        let (mut listed, routes) = (0, weak.routes.clone());
        for (_, path) in routes.iter().filter(|(method, path)| method == "GET" && !path.contains('{')) {
            if path.ends_with("/live") || path.ends_with("/stream") || path.contains("/import") {
                continue;
            }
            for more in ["", "?state=", "?format=csv", "?format=json", "?q=192.0.2.66", "?state=&q=192.0.2.66"] {
                let address = format!("{path}{more}");
                let body = weak.get(&address).await.body;
                assert_eq!(shows(&body), None, "{address}: {body}");
                listed += usize::from(body.contains(&ours.number) || body.contains(&mild.number));
            }
        }
        assert!(listed > 5, "{listed} lists show what they may see");
        for path in ["/incidents?state=&q=192.0.2.66", "/tickets?state=&q=192.0.2.66"] {
            assert!(shows(&strong.page(path).await.body).is_some(), "{path}");
        }
    });
}

#[test]
fn a_mail_that_says_it_is_stricter_marks_its_ticket_and_what_learns_from_it() {
    on_both(|house: House| async move {
        let house = &house;
        let office = office(house).await;
        let launched = async |name: &str, at: i64| -> (Ticket, Incident) {
            let one = report(house, &office, (name, name), "Something is wrong.", at).await;
            launch(&house.db, &duty(), &house.policy, &one.number, &new(name), later(at)).await.expect("launched")
        };
        let answers = async |(to, id, more): (&str, &str, &str), text: &str, at: i64| {
            let more = format!("In-Reply-To: <{to}@harbour.example>\r\n{more}");
            let bytes = mail("Ana <ana@harbour.example>", &format!("Re: {to}"), id, &more, text);
            assert_eq!(brought(house, &office, &bytes, later(at)).await.kind, OutcomeKind::Reply, "{id}");
        };
        let marked = async |ticket: &Ticket, incident: &Incident| -> (Tlp, Tlp) {
            (standing(house, &ticket.id).await.tlp, house.get(&incident.id).await.tlp)
        };
        let weak = person("viewer", Tlp::AmberStrict);
        let hears = async |viewer: &Viewer, of: &str| -> usize {
            speaking_of(&house.db, viewer, of, 9).await.expect("read").len()
        };

        // What says less than its ticket, or nothing, changes nothing.
        let (one, whole) = launched("one", 1).await;
        answers(("one", "a@h.example", "X-TLP: TLP:GREEN\r\n"), "See 192.0.2.70.", 2).await;
        answers(("one", "b@h.example", ""), "See 192.0.2.71.", 3).await;
        assert_eq!(marked(&one, &whole).await, (Tlp::Amber, Tlp::Amber));
        assert_eq!(hears(&weak, "192.0.2.71").await, 2, "the report and its incident");
        // Of what names nothing the incident learns nothing.
        let (bare, mild) = launched("bare", 4).await;
        answers(("bare", "c@h.example", "X-TLP: TLP:RED\r\n"), "It is worse.", 5).await;
        assert_eq!(marked(&bare, &mild).await, (Tlp::Red, Tlp::Amber));
        assert!(house.verbs(&bare.id).await.contains(&"ticket_changed".to_string()));
        // Of what names something it learns, whoever lets it in.
        answers(("one", "d@h.example", "X-TLP: TLP:RED\r\n"), "See 192.0.2.72.", 6).await;
        assert_eq!(marked(&one, &whole).await, (Tlp::Red, Tlp::Red));
        assert_eq!((hears(&weak, "192.0.2.72").await, hears(&duty(), "192.0.2.72").await), (0, 2));
        assert_eq!(hears(&weak, "192.0.2.71").await, 0, "nor what was there before");
        let (held, learns) = launched("held", 7).await;
        let tag = format!("Re: [CIRT #{}] held", held.number);
        let strange = mail("x@else.example", &tag, "x@else.example", "X-TLP: TLP:RED\r\n", "See 192.0.2.73.");
        let strange = brought(house, &office, &strange, later(8)).await;
        assert_eq!(strange.kind, OutcomeKind::Quarantined);
        let with = (&office, &house.blobs);
        decide_held(&house.db, &duty(), with, &strange.message, Decision::Join, later(9)).await.expect("let in");
        assert_eq!(marked(&held, &learns).await, (Tlp::Red, Tlp::Red));
        assert_eq!((hears(&weak, "192.0.2.73").await, hears(&duty(), "192.0.2.73").await), (0, 2));
        // A person says that the incident may be seen; the next that it learns is strict all the same.
        let lowered = house.get(&learns.id).await;
        let milder = Change { tlp: Tlp::Amber, ..Change::of(&lowered) };
        let version = lowered.version;
        change(&house.db, &duty(), &house.policy, &learns.id, version, &milder, later(10)).await.expect("lowered");
        assert_eq!(hears(&weak, "192.0.2.73").await, 1);
        comment(&house.db, &duty(), &office, &held.number, "See 192.0.2.74.", later(11)).await.expect("commented");
        assert_eq!(marked(&held, &learns).await, (Tlp::Red, Tlp::Red));
        assert_eq!(hears(&weak, "192.0.2.74").await, 0);
    });
}

#[test]
fn a_report_that_is_marked_more_strictly_later_takes_what_its_incident_learnt_along() {
    on_both(|house: House| async move {
        let house = &house;
        let office = office(house).await;
        let weak = person("viewer", Tlp::AmberStrict);
        let mark = async |one: &Ticket, tlp: Tlp, at: i64| {
            let now = standing(house, &one.id).await;
            let change = TicketChange { tlp, ..TicketChange::of(&now) };
            change_ticket(&house.db, &duty(), &one.number, now.version, &change, later(at)).await.expect("marked");
        };
        for (name, text, of_incident) in
            [("names", "See 192.0.2.80.", Tlp::Red), ("bare", "Something is wrong.", Tlp::Amber)]
        {
            let one = report(house, &office, (name, name), text, 1).await;
            let launched = launch(&house.db, &duty(), &house.policy, &one.number, &new(name), later(2)).await;
            let (_, incident) = launched.expect("launched");
            mark(&one, Tlp::Red, 3).await;
            assert_eq!(house.get(&incident.id).await.tlp, of_incident, "{name}");
            // Back again it is for a person to say what the incident may tell.
            mark(&one, Tlp::Green, 4).await;
            assert_eq!(house.get(&incident.id).await.tlp, of_incident, "{name}");
        }
        let spoken = speaking_of(&house.db, &weak, "192.0.2.80", 9).await.expect("read");
        assert_eq!(spoken.len(), 1, "the report alone: {spoken:?}");
    });
}

#[test]
fn what_was_asked_for_an_incident_before_that_was_noted_is_found_by_the_journal() {
    on_both(|house: House| async move {
        // All of it, with the folder that the database is in.
        let house = house;
        let red = NewIncident { tlp: Tlp::Red, ..new("Red") };
        let one = open(&house.db, &duty(), &house.policy, &red, &[], later(1)).await.expect("opened");
        let answer = || (Way::Whois, "whois.example", Said::default(), "answer".to_string());
        for (value, of, at) in [("192.0.2.1", Some(&one), 2), ("192.0.2.2", None, 3)] {
            keep_asked(&house.db, &duty(), ("ip", value), answer(), of, later(at)).await.expect("kept");
        }
        // As an older version left it.
        let script = include_str!("../../migrations/020_asked.sql");
        let (_, again) = script.split_once("UPDATE").expect("what mends it");
        let mut tx = house.db.begin().await.expect("begun");
        tx.run("UPDATE response_asked SET incident_id = ''", &[]).await.expect("forgotten");
        tx.run_script(&format!("UPDATE{again}")).await.expect("mended");
        tx.commit().await.expect("committed");
        let weak = person("viewer", Tlp::Amber);
        let known = async |viewer: &Viewer, value: &str| {
            asked_of(&house.db, viewer, ("ip", value), 9).await.expect("read").len()
        };
        assert_eq!((known(&weak, "192.0.2.1").await, known(&duty(), "192.0.2.1").await), (0, 1));
        assert_eq!((known(&weak, "192.0.2.2").await, known(&duty(), "192.0.2.2").await), (1, 1));
    });
}
