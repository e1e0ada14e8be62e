//! A program hands mail in: it hears what `deliver` says of the same mail, and what is not taken has a code that stays.

use serde_json::{Value, json};

use crate::answers::Server;
use crate::bombs::no_field_was_put_in;
use crate::deliver::{mail, not_delivered, outcome};
use crate::house::House;

/// The largest file that is taken.
const MOST: usize = 32 << 20;

/// A program that may do one thing.
fn token(house: &House, scope: &str) -> String {
    let name = scope.replace(':', "-");
    house.done(&["tokens", "make", "admin", &name, "--scope", scope, "--days", "1"]).trim().to_string()
}

/// Hands something in; status and answer.
fn hand_in(server: &Server, token: &str, path: &str, text: &str) -> (u16, Value) {
    let bearer = format!("Bearer {token}");
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/octet-stream")];
    let headers = if token.is_empty() { &headers[1..] } else { &headers[..] };
    let (status, _, body) = server.send("POST", path, headers, text);
    (status, serde_json::from_str(&body).unwrap_or_else(|error| panic!("{error}: {status} {body}")))
}

/// What became of a mail, without the id of its message, which is another in every house.
fn told(outcome: &Value, number: &str) -> Value {
    let mut told = outcome.clone();
    let members = told.as_object_mut().expect("an object");
    assert!(members.remove("message").is_some_and(|id| id.is_string()), "{outcome}");
    let number = members.remove(number).expect("a number or none");
    members.insert("number".into(), number);
    told
}

#[test]
fn a_program_hears_of_its_mail_what_deliver_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let [piped, asked] = ["piped", "asked"].map(|name| House::new(folder.path().join(name)));
    piped.done(&["init", "--json"]);
    asked.done(&["init", "--json"]);
    let token = token(&asked, "incidents:handle");
    let server = Server::start(&asked);
    let first = mail(1, "phishing", "");
    for (text, kind) in [
        (first.clone(), "report"),
        (first, "duplicate"),
        (mail(2, "Re: phishing", "In-Reply-To: <1@harbour.example>\r\n"), "reply"),
        (mail(3, "Out of office", "Auto-Submitted: auto-replied\r\n"), "automatic"),
        (mail(4, "the disk is full", "Auto-Submitted: auto-generated\r\n"), "automatic"),
        (not_delivered("nothing@cirt.example", "abuse@isp.example", 5), "bounce"),
        (include_str!("../../../base/formats/tests/mail/arf/full.eml").to_string(), "arf"),
    ] {
        let said = outcome(&piped, &[], &text);
        assert_eq!(said["kind"], kind, "{said}");
        let (status, answer) = hand_in(&server, &token, "/api/v1/mail", &text);
        assert_eq!((status, &answer["refused"], &answer["why"]), (200, &json!(0), &json!("")), "{kind}: {answer}");
        let taken = answer["taken"].as_array().expect("a list");
        assert_eq!(taken.len(), 1, "{kind}: {answer}");
        assert_eq!(told(&taken[0], "ticket"), told(&said, "report"), "{kind}");
    }
    // The first of them all the same: what it speaks of, and that it was answered.
    let (_, again) = hand_in(&server, &token, "/api/v1/mail", &mail(6, "scan", ""));
    let one = &again["taken"][0];
    assert_eq!(
        (&one["answered"], &one["observables"]),
        (&json!(true), &json!([{ "kind": "ip", "value": "192.0.2.6" }]))
    );
    // An mbox whose second message is none: the first is taken, and it says why the other is not.
    let from = "From ana@harbour.example Thu Jan 15 11:00:00 2026\r\n";
    let mbox = format!("{from}{}\r\n{from}no head at all\r\n", mail(7, "first of two", ""));
    let (status, answer) = hand_in(&server, &token, "/api/v1/mail?kind=mboxrd", &mbox);
    let taken = answer["taken"].as_array().expect("a list");
    assert_eq!((status, taken.len(), &answer["refused"]), (200, 1, &json!(1)), "{answer}");
    assert_eq!(taken[0]["kind"], "report");
    assert!(answer["why"].as_str().is_some_and(|why| why.starts_with("this is no mail: ")), "{answer}");
    drop(server);
    let tickets = asked.json(&["tickets", "list", "--json"]);
    let mut subjects: Vec<&str> =
        tickets.as_array().expect("a list").iter().filter_map(|one| one["subject"].as_str()).collect();
    subjects.retain(|subject| ["phishing", "scan", "the disk is full", "first of two"].contains(subject));
    subjects.sort_unstable();
    assert_eq!(subjects, ["first of two", "phishing", "scan", "the disk is full"]);
    asked.verified();
}

#[test]
fn what_a_program_may_not_hand_in_is_refused_and_nothing_is_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let house = House::new(folder.path().join("data"));
    house.done(&["init", "--json"]);
    let (handles, reads) = (token(&house, "incidents:handle"), token(&house, "incidents:read"));
    let server = Server::start(&house);
    let good = mail(1, "phishing", "");
    let broken = "\0\u{1}\u{ff}";
    let large = format!("{good}{}", "x".repeat(MOST + 1 - good.len()));
    let (here, none) = ("/api/v1/mail", Value::Null);
    for (token, path, text, status, code, reason) in [
        ("", here, good.as_str(), 401, "token", &none),
        ("mnr_nobody", here, &good, 401, "token", &none),
        (&reads, here, &good, 403, "scope", &none),
        (&handles, "/api/v1/mail?kind=maildir", &good, 400, "unreadable", &none),
        (&handles, "/api/v1/mail?to=cirt@cirt.example", &good, 400, "unreadable", &none),
        (&handles, here, "", 409, "refused", &json!("no-mail")),
        (&handles, here, broken, 409, "refused", &json!("no-mail")),
        (&handles, here, "no head at all", 409, "refused", &json!("no-mail")),
        (&handles, here, &large, 413, "too-large", &none),
    ] {
        let (found, problem) = hand_in(&server, token, path, text);
        let begin: String = text.chars().take(40).collect();
        assert_eq!((found, &problem["code"], &problem["reason"]), (status, &json!(code), reason), "{path} {begin:?}");
    }
    let (_, problem) = hand_in(&server, &handles, here, broken);
    let why = problem["detail"].as_str().expect("words");
    assert!(why.starts_with("this is no mail: ") && !why.contains('\u{1}'), "{why}");
    // As long as may be, it is taken.
    let (status, answer) = hand_in(&server, &handles, here, &large[..MOST]);
    assert_eq!((status, &answer["taken"][0]["kind"]), (200, &json!("report")), "{answer}");
    drop(server);
    let tickets = house.json(&["tickets", "list", "--json"]);
    assert_eq!(tickets.as_array().map(Vec::len), Some(1), "{tickets}");
    house.verified();
}

#[test]
fn a_program_puts_no_field_into_mail_that_leaves() {
    let folder = tempfile::tempdir().expect("a folder");
    let house = House::new(folder.path().join("data"));
    house.done(&["init", "--json"]);
    let token = token(&house, "incidents:handle");
    let server = Server::start(&house);
    let (_, answer) = hand_in(&server, &token, "/api/v1/mail", &mail(1, "phishing", ""));
    let number = answer["taken"][0]["ticket"].as_str().expect("a number").to_string();
    let bearer = format!("Bearer {token}");
    let write = |body: &Value| {
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
        let (status, _, said) =
            server.send("POST", &format!("/api/v1/tickets/{number}/messages"), &headers, &body.to_string());
        (status, serde_json::from_str::<Value>(&said).unwrap_or_else(|error| panic!("{error}: {said}")))
    };
    // An address is refused, a subject is one line.
    let (status, problem) =
        write(&json!({ "text": "Thank you.", "to": ["a@isp.example\r\nBcc: victim@evil.example"] }));
    assert_eq!((status, &problem["errors"][0]["field"]), (422, &json!("to")), "{problem}");
    assert_eq!(problem["errors"][0]["code"], "mail");
    let subject = "Thank you\r\nBcc: victim@evil.example\r\n\r\nbody";
    let (status, message) = write(&json!({ "text": "Thank you.", "subject": subject, "to": ["a@isp.example"] }));
    assert_eq!(status, 201, "{message}");
    let kept = message["subject"].as_str().expect("a subject");
    assert!(kept.ends_with("Thank you Bcc: victim@evil.example body"), "{kept}");
    drop(server);
    house.done(&["work"]);
    let shown = house.json(&["tickets", "show", &number, "--json"]);
    let to: Vec<&str> =
        shown["deliveries"].as_array().expect("a list").iter().filter_map(|one| one["to"].as_str()).collect();
    assert_eq!(to.len(), 2, "the acknowledgement and the answer: {to:?}");
    assert!(to.contains(&"a@isp.example") && to.contains(&"ana1@harbour.example"), "{to:?}");
    no_field_was_put_in(&house, &number);
}
