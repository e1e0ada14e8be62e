//! What ARF and XARF say in their fields becomes part of the report.

use manara_model::Micros;
use manara_response::mail::{Fact, Outcome, OutcomeKind, facts_of};
use manara_response::{Message, MessageKind, launch, messages_of, moments_of, observables_of};
use manara_web::Role;

use crate::follow::{brought, later, office, standing};
use crate::house::{House, NOON, duty, new, on_both};
use crate::pages::door;

/// A mail among the samples of the formats.
fn sample(name: &str) -> Vec<u8> {
    let path = format!("{}/../../base/formats/tests/mail/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(&path).unwrap_or_else(|why| panic!("{path}: {why}"))
}

async fn message(house: &House, number: &str) -> Message {
    let ticket = standing(house, number).await;
    let all = messages_of(&house.db, &ticket.id, ("", ""), 10).await.expect("read");
    all.into_iter().find(|one| matches!(one.kind, MessageKind::Arf | MessageKind::Xarf)).expect("a complaint")
}

fn value<'a>(facts: &'a [Fact], code: &str) -> &'a str {
    facts.iter().find(|fact| fact.code() == code).map_or("", |fact| &fact.value)
}

fn values(one: &Outcome) -> Vec<&str> {
    one.seen.iter().map(|seen| seen.value.as_str()).collect()
}

#[test]
fn a_value_that_ends_like_the_mark_of_the_facts_hides_none_of_them() {
    on_both(|house: House| async move {
        let office = office(&house).await;
        let one = brought(&house, &office, &sample("xarf/mail/v4-attached.eml"), NOON).await;
        let mut one = message(&house, &one.ticket.expect("a number")).await;
        for (kind, mark) in [(MessageKind::Arf, "[ARF]"), (MessageKind::Xarf, "[XARF 4]")] {
            one.kind = kind;
            one.body = format!("Look:\n[XARF 3]\nType: theirs\n\n{mark}\nType: ours\nTags: a {mark}\nprotocol: tcp");
            let (text, facts) = facts_of(&one);
            assert_eq!((value(&facts, "type"), value(&facts, "protocol")), ("ours", "tcp"), "{mark}: {facts:?}");
            assert!(text.ends_with("Type: theirs"), "{text}");
        }
    });
}

#[test]
fn an_automated_report_says_what_when_whence_and_who_on_its_page_and_to_programs() {
    on_both(|house: House| async move {
        let house = &house;
        let office = office(house).await;
        let one = brought(house, &office, &sample("xarf/mail/v4-attached.eml"), NOON).await;
        assert_eq!((one.kind, one.class.as_deref()), (OutcomeKind::Xarf, Some("intrusion-attempts/brute-force")));
        let seen = values(&one);
        assert!(seen.contains(&"192.0.2.66") && seen.contains(&"198.51.100.9"), "{seen:?}");
        assert!(!seen.iter().any(|value| value.contains("honey.example")), "who reports is no observable: {seen:?}");
        let number = one.ticket.expect("a number");
        let message = message(house, &number).await;
        let (text, facts) = facts_of(&message);
        assert_eq!(text, "A report is attached.");
        for (code, expected) in [
            ("type", "connection/login_attack"),
            ("happened", "2026-01-08T09:15:00.000000Z"),
            ("source", "192.0.2.66"),
            ("source_port", "40000"),
            ("destination", "198.51.100.9"),
            ("destination_port", "22"),
            ("reporter", "Honeypots of Example <abuse@honey.example>"),
            ("sender", "Sender of Example <out@sender.example>"),
            ("report_id", "0f8fad5b-d9cb-469f-a165-70867728950e"),
            ("protocol", "tcp"),
        ] {
            assert_eq!(value(&facts, code), expected, "{code}: {facts:?}");
        }
        let happened = Micros::parse_rfc3339("2026-01-08T09:15:00Z");

        let mut reader = door(house).await(Role::Duty).await;
        let page = reader.page(&format!("/tickets/{number}")).await.body;
        for there in ["Source port", "40000", "Target port", "Honeypots of Example", "2026-01-08 09:15", "protocol"] {
            assert!(page.contains(there), "{there} missing in {page}");
        }
        assert!(!page.contains("[XARF 4]"), "the mark is for the text alone");
        let json = reader.get(&format!("/tickets/{number}?format=json")).await.body;
        let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        assert_eq!(json["happened"], "2026-01-08T09:15:00.000000Z");
        let facts = json["thread"][0]["facts"].as_array().expect("facts");
        assert!(facts.iter().any(|fact| fact["name"] == "report_id"), "{facts:?}");

        // The incident began when it happened.
        let (_, incident) =
            launch(&house.db, &duty(), &house.policy, &number, &new("one"), later(1)).await.expect("launched");
        assert_eq!(moments_of(&house.db, &incident.id).await.expect("read").occurred, happened);
        assert!(house.verbs(&incident.id).await.contains(&"moments_noted".to_string()));
        let known = observables_of(&house.db, &incident.id, 10).await.expect("read");
        assert!(known.iter().any(|one| one.value == "192.0.2.66"), "{known:?}");
    });
}

#[test]
fn a_complaint_of_a_provider_says_the_same_and_the_message_it_is_about_is_looked_into() {
    on_both(|house: House| async move {
        let house = &house;
        let office = office(house).await;
        let inner = "Received: from evil.example.com (unknown [203.0.113.8]) by mx.p.example\r\nFrom: <alert@evil.example.com>\r\n\
            To: victim@p.example\r\nSubject: Pay\r\n\r\nhxxp://login[.]evil.example.com/pay\r\n";
        let arf = format!(
            "From: fbl@isp.example\r\nTo: cirt@cirt.example\r\nSubject: complaint\r\nMessage-ID: <arf@isp.example>\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/report; report-type=feedback-report; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n\
             See attached.\r\n--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nUser-Agent: x/1\r\nVersion: 1\r\n\
             Source-IP: 192.0.2.9\r\nSource-Port: 4711\r\nOriginal-Rcpt-To: <victim@p.example>\r\n\
             Arrival-Date: Thu, 08 Jan 2026 10:00:00 +0200\r\nReporting-MTA: dns; mx.p.example\r\n\r\n\
             --b\r\nContent-Type: message/rfc822\r\n\r\n{inner}\r\n--b--\r\n"
        );
        let one = brought(house, &office, arf.as_bytes(), NOON).await;
        assert_eq!((one.kind, one.class.as_deref()), (OutcomeKind::Arf, Some("abusive-content/spam")));
        let seen = values(&one);
        for there in ["192.0.2.9", "203.0.113.8", "alert@evil.example.com"] {
            assert!(seen.contains(&there), "{there}: {seen:?}");
        }
        assert!(seen.iter().any(|value| value.contains("login.evil.example.com/pay")), "{seen:?}");
        assert!(!seen.iter().any(|value| value.contains("victim@")), "{seen:?}");
        let number = one.ticket.expect("a number");
        let message = message(house, &number).await;
        let (text, facts) = facts_of(&message);
        assert_eq!(text, "See attached.");
        assert_eq!(value(&facts, "happened"), "2026-01-08T08:00:00.000000Z (Thu, 08 Jan 2026 10:00:00 +0200)");
        assert_eq!((value(&facts, "type"), value(&facts, "source_port")), ("abuse", "4711"));
        assert_eq!((value(&facts, "rcpt_to"), value(&facts, "reporter")), ("victim@p.example", "mx.p.example"));
        let mut reader = door(house).await(Role::Duty).await;
        let page = reader.page(&format!("/tickets/{number}")).await.body;
        assert!(page.contains("Recipient of the message") && page.contains("Subject: Pay"), "{page}");
        // Nobody has to say when it began; who said so is not overruled.
        let full = brought(house, &office, &sample("arf/full.eml"), later(1)).await;
        let message = self::message(house, &full.ticket.expect("a number")).await;
        assert_eq!(value(&facts_of(&message).1, "incidents"), "12");
    });
}
