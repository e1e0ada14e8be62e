//! Reports, investigations, countermeasures and their mail, by forms and by programs.

use axum::http::StatusCode;
use manara_model::{Micros, Tlp};
use manara_response::mail::{MailHouse, Outcome, read, take};
use manara_response::{
    Config, Decision, DeliveryState, Kind, MessageKind, TicketChange, TicketState, change_ticket, decide_held,
    deliveries_of, get_ticket, list_tickets, loose_messages, merge_ticket, messages_of, queue, split_ticket,
};
use manara_web::Role;

use crate::house::{House, NOON, duty, on_both};
use crate::pages::{Reader, door};

const ANA: &str = "Ana <ana@harbour.example>";

fn mail(from: &str, subject: &str, id: &str, more: &str, body: &str) -> Vec<u8> {
    format!(
        "Return-Path: <{}>\r\nFrom: {from}\r\nTo: cirt@cirt.example\r\nSubject: {subject}\r\nMessage-ID: <{id}>\r\n{more}\r\n{body}\r\n",
        from.rsplit_once('<').map_or(from, |(_, mail)| mail).trim_end_matches('>')
    )
    .into_bytes()
}

async fn office(house: &House) -> MailHouse {
    MailHouse::open(&house.db, &Config::default(), ("CIRT", "cirt@cirt.example"), "en").await.expect("mail")
}

async fn bring(house: &House, bytes: &[u8], now: Micros) -> Outcome {
    let office = office(house).await;
    let one = read(&office, &house.blobs, bytes, &["cirt@cirt.example".to_string()]).expect("read");
    take(&house.db, &office, &[one], now).await.expect("taken").remove(0)
}

/// A mail with a file.
fn with_file() -> Vec<u8> {
    let body = "--edge\r\nContent-Type: text/plain\r\n\r\nSee the file.\r\n\r\nOn Monday, CIRT wrote:\r\n> older words\r\n-- \r\nAna of the harbour\r\n\
        --edge\r\nContent-Type: text/html; name=\"page.html\"\r\nContent-Disposition: attachment; filename=\"page.html\"\r\n\r\n<script>x</script>\r\n--edge--\r\n";
    let more = "Content-Type: multipart/mixed; boundary=edge\r\n";
    mail(ANA, "Phishing <page>", "1@harbour.example", more, body)
}

#[test]
fn a_report_is_taken_linked_answered_and_resolved_by_forms_alone() {
    on_both(|house: House| async move {
        let sign_in = door(&house).await;
        let mut duty_reader = sign_in(Role::Duty).await;
        assert!(duty_reader.page("/tickets").await.body.contains("There are no reports yet"));
        let number = bring(&house, &with_file(), NOON).await.ticket.expect("a number");
        let path = format!("/tickets/{number}");
        assert!(duty_reader.page("/tickets?q=phish").await.body.contains(&number));
        assert!(!duty_reader.page("/tickets?q=nowhere").await.body.contains(&path));
        for query in ["q=--", "kind=report&show=unowned", "show=unanswered", "correspondent=ANA@harbour.example"] {
            duty_reader.page(&format!("/tickets?{query}")).await;
        }
        assert!(duty_reader.get("/tickets?format=csv").await.body.starts_with("id,number,kind"));
        let page = duty_reader.page(&path).await.body;
        for there in ["Phishing &lt;page&gt;", "See the file.", "Quoted text", "page.html", "Acknowledgement"] {
            assert!(page.contains(there), "{there} missing in {page}");
        }
        assert!(!page.contains("<script>x"), "{page}");

        // Bytes are downloads and nothing else.
        let ticket = get_ticket(&house.db, &duty(), &number).await.expect("asked").expect("there");
        let messages = messages_of(&house.db, &ticket.id, ("", ""), 10).await.expect("read");
        // The acknowledgement is of the same moment.
        let message = messages.into_iter().find(|one| one.kind == MessageKind::Report).expect("the report");
        for file in ["raw", "files/0"] {
            let reply = duty_reader.get(&format!("{path}/messages/{}/{file}", message.id)).await;
            assert_eq!(reply.status, StatusCode::OK, "{file}: {}", reply.body);
            assert_eq!(reply.header("content-type"), "application/octet-stream");
            assert_eq!(reply.header("x-content-type-options"), "nosniff");
            assert!(reply.header("content-disposition").starts_with("attachment"), "{file}");
        }
        let none = duty_reader.get(&format!("{path}/messages/{}/files/9", message.id)).await;
        assert_eq!(none.status, StatusCode::NOT_FOUND);

        duty_reader.post(&format!("{path}/take"), &path, &[]).await;
        let opened = duty_reader
            .post(
                &format!("{path}/incident"),
                &format!("{path}/incident"),
                &[
                    ("title", "Phishing of the harbour"),
                    ("class", "fraud/phishing"),
                    ("impact", "high"),
                    ("urgency", "high"),
                    ("tlp", "TLP:AMBER"),
                    ("owner", "duty"),
                    ("due", ""),
                ],
            )
            .await;
        let incident = opened.header("location").to_string();
        assert!(incident.starts_with("/incidents/INC-"), "{}", opened.body);
        let page = duty_reader.page(&incident).await.body;
        assert!(page.contains(&number) && page.contains("Launch an investigation"), "{page}");

        let write = format!("{path}/write");
        let letter = duty_reader.page(&format!("{write}?letter=question&language=fr")).await.body;
        assert!(letter.contains(&number), "{letter}");
        let at = |text: &str| letter.find(text).unwrap_or_else(|| panic!("{text} is not in {letter}"));
        let (in_force, fitting) = (at("label=\"In force\""), at("label=\"For this kind of record\""));
        let offered = [in_force, at("value=\"takedown-request\""), fitting, at("value=\"question\"")];
        assert!(offered.is_sorted(), "what a block put in force stands first: {offered:?}");
        let form = [("to", "ana@harbour.example"), ("subject", ""), ("body", "Thank you."), ("do", "preview")];
        let seen = duty_reader.post(&write, &write, &form).await;
        assert!(seen.status == StatusCode::OK && seen.body.contains(&format!("[CIRT #{number}]")), "{}", seen.body);
        let id = seen.value("id");
        let form = [("id", id.as_str()), ("to", "ana@harbour.example"), ("body", "Thank you."), ("do", "send")];
        for _ in 0..2 {
            let sent = duty_reader.post(&write, &write, &form).await;
            assert_eq!(sent.header("location"), path, "{}", sent.body);
        }
        let messages = messages_of(&house.db, &ticket.id, ("", ""), 10).await.expect("read");
        assert_eq!(messages.iter().filter(|one| one.body == "Thank you.").count(), 1, "sent twice is one");
        let refused = duty_reader.post(&write, &write, &[("to", "no address"), ("body", "x"), ("do", "send")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("no address"), "what was written is not lost");

        duty_reader.post(&format!("{path}/comment"), &path, &[("text", "Called <her>.")]).await;
        assert!(duty_reader.page(&path).await.body.contains("Called &lt;her&gt;."));
        let now = get_ticket(&house.db, &duty(), &number).await.expect("asked").expect("there");
        let stale = format!("{path}/state?to=resolved&version={}", now.version - 1);
        duty_reader.post(&stale, &path, &[]).await;
        assert!(duty_reader.page(&path).await.body.contains("Somebody changed the record"));
        duty_reader.post(&format!("{path}/state?to=resolved&version={}", now.version), &path, &[]).await;
        let now = get_ticket(&house.db, &duty(), &number).await.expect("asked").expect("there");
        assert_eq!((now.state, now.owner.as_str()), (TicketState::Resolved, "duty"));
        // What the button said is read first: its undo names the report, too.
        duty_reader.page(&path).await;
        assert!(!duty_reader.page("/tickets").await.body.contains(&path), "live ones stand in the list");
        let json: serde_json::Value =
            serde_json::from_str(&duty_reader.get(&format!("{path}?format=json")).await.body).expect("JSON");
        assert_eq!(json["number"], number.as_str());
    });
}

#[test]
fn an_investigation_and_a_countermeasure_are_opened_and_changed() {
    on_both(|house: House| async move {
        let sign_in = door(&house).await;
        let mut duty_reader = sign_in(Role::Duty).await;
        let incident = house.open("A page", &[], NOON).await;
        let new = format!("/tickets/new?kind=countermeasure&incident={}", incident.number);
        let form = duty_reader.page(&new).await;
        let mut fields = vec![
            ("id".to_string(), form.value("id")),
            ("kind".to_string(), "countermeasure".to_string()),
            ("subject".to_string(), "Block it".to_string()),
            ("class".to_string(), "fraud/phishing".to_string()),
            ("tlp".to_string(), "TLP:GREEN".to_string()),
            ("owner".to_string(), "duty".to_string()),
            ("correspondent".to_string(), "no address".to_string()),
            ("language".to_string(), "en".to_string()),
            ("incident".to_string(), incident.number.to_lowercase()),
            ("target".to_string(), "192.0.2.9".to_string()),
        ];
        let send = async |reader: &mut Reader, fields: &[(String, String)]| {
            let pairs: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            reader.post("/tickets/new", &new, &pairs).await
        };
        let refused = send(&mut duty_reader, &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("Block it"), "what was written is not lost");
        fields[6].1 = "noc@isp.example".into();
        for _ in 0..2 {
            assert_eq!(send(&mut duty_reader, &fields).await.status, StatusCode::SEE_OTHER);
        }
        let all = list_tickets(&house.db, &duty(), Some(Kind::Countermeasure), None, 10).await.expect("read");
        assert_eq!(all.len(), 1, "sent twice is one");
        let path = format!("/tickets/{}", all[0].number);
        assert!(duty_reader.page(&path).await.body.contains("Activation asked for"));
        let edit = format!("{path}/edit");
        let form = duty_reader.page(&edit).await;
        let version = form.value("version");
        let change = |subject: &'static str, (due, target, place): (&str, &str, &str), version: String| {
            [
                ("version", version),
                ("subject", subject.to_string()),
                ("class", "fraud/phishing".to_string()),
                ("tlp", "TLP:GREEN".to_string()),
                ("owner", "duty".to_string()),
                ("due", due.to_string()),
                ("target", target.to_string()),
                ("place", place.to_string()),
            ]
        };
        let (first, second) =
            (("2026-02-01T10:00", "192.0.2.10", "borders"), ("2026-02-03T10:00", "192.0.2.99", "the core"));
        for (subject, rest, want) in [("First", first, StatusCode::SEE_OTHER), ("Second", second, StatusCode::CONFLICT)]
        {
            let fields = change(subject, rest, version.clone());
            let pairs: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let reply = duty_reader.post(&edit, &edit, &pairs).await;
            assert_eq!(reply.status, want, "{}", reply.body);
            if subject == "Second" {
                for typed in ["Second", "2026-02-03T10:00", "192.0.2.99", "the core"] {
                    assert!(reply.body.contains(&format!(r#"value="{typed}""#)), "{typed}: {}", reply.body);
                }
                for stands in ["First", "2026-02-01 10:00", "192.0.2.10", "borders"] {
                    assert!(reply.body.contains(&format!(">{stands}<")), "{stands}: {}", reply.body);
                }
                assert_eq!(reply.body.matches("Stands now:").count(), 4, "the rest is the same: {}", reply.body);
                // Whoever read it and saves again means it.
                let again = change(subject, rest, reply.value("version"));
                let pairs: Vec<(&str, &str)> = again.iter().map(|(name, value)| (*name, value.as_str())).collect();
                assert_eq!(duty_reader.post(&edit, &edit, &pairs).await.status, StatusCode::SEE_OTHER);
            }
        }
    });
}

#[test]
fn held_mail_is_decided_and_nobody_below_its_marking_sees_it() {
    on_both(|house: House| async move {
        let sign_in = door(&house).await;
        let mut duty_reader = sign_in(Role::Duty).await;
        let red = bring(&house, &mail(ANA, "TLP:RED secret", "1@h.example", "", "x"), NOON).await;
        let number = red.ticket.expect("a number");
        let stranger = mail("x@evil.example", &format!("[CIRT #{number}] hi"), "2@evil.example", "", "let me in");
        bring(&house, &stranger, Micros(NOON.0 + 60_000_000)).await;
        let held = loose_messages(&house.db, true, 10).await.expect("read").remove(0);
        let path = format!("/mail/held/{}", held.id);
        assert!(duty_reader.page("/mail").await.body.contains(&path));
        assert!(duty_reader.page(&path).await.body.contains("let me in"));
        let raw = duty_reader.get(&format!("{path}/raw")).await;
        assert_eq!((raw.status, raw.header("x-content-type-options")), (StatusCode::OK, "nosniff"));
        for role in [Role::Analyst, Role::Viewer] {
            let mut reader = sign_in(role).await;
            assert!(!reader.page("/tickets").await.body.contains(&number));
            assert_eq!(reader.get(&format!("/tickets/{number}")).await.status, StatusCode::NOT_FOUND);
            let ticket = get_ticket(&house.db, &duty(), &number).await.expect("asked").expect("there");
            let message = messages_of(&house.db, &ticket.id, ("", ""), 10).await.expect("read").remove(0);
            for file in ["raw", "files/0"] {
                let reply = reader.get(&format!("/tickets/{number}/messages/{}/{file}", message.id)).await;
                assert_eq!(reply.status, StatusCode::NOT_FOUND, "{file}");
            }
            assert_eq!(reader.get("/mail").await.status, StatusCode::FORBIDDEN);
            assert_eq!(reader.get(&path).await.status, StatusCode::FORBIDDEN);
        }
        // What its marking keeps in does not leave.
        let write = format!("/tickets/{number}/write");
        let refused = duty_reader.post(&write, &write, &[("body", "x"), ("do", "preview")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("only allows it to leave encrypted"), "{}", refused.body);
        // Many at once, and back.
        let ticked = [("do", "discard"), ("id", held.id.as_str()), ("back", "/mail/held")];
        let many = duty_reader.post("/mail/held/bulk", "/mail/held", &ticked).await;
        assert_eq!(many.header("location"), "/mail/held");
        let page = duty_reader.page("/mail/held").await.body;
        assert!(!page.contains(&path) && page.contains("/undo\""), "{page}");
        let (_, rest) = page.split_once("action=\"/bulk/").expect("an undo");
        let undo = format!("/bulk/{}", rest.split('"').next().expect("an address"));
        duty_reader.post(&undo, "/mail/held", &[("back", "/mail/held")]).await;
        assert!(duty_reader.page("/mail/held").await.body.contains(&path), "it waits again");
        let all = [("do", "report"), ("all", "1"), ("back", "/mail/held")];
        let asked = duty_reader.post("/mail/held/bulk", "/mail/held", &all).await;
        assert!(asked.header("location").starts_with("/bulk/"), "{}", asked.header("location"));
        let question = duty_reader.page(asked.header("location")).await.body;
        assert!(question.contains("rejects the new reports"), "{question}");
        let decided = duty_reader.post(&path, &path, &[("do", "join")]).await;
        assert_eq!(decided.header("location"), format!("/tickets/{number}"));
        assert_eq!(duty_reader.get(&path).await.header("location"), format!("/tickets/{number}"));
        assert!(duty_reader.page(&format!("/tickets/{number}")).await.body.contains("let me in"));
    });
}

#[test]
fn mergers_are_taken_back_and_messages_find_their_place() {
    on_both(|house: House| async move {
        let sign_in = door(&house).await;
        let mut duty_reader = sign_in(Role::Duty).await;
        let mut numbers = Vec::new();
        for (at, from) in ["a@h.example", "b@h.example"].into_iter().enumerate() {
            let bytes = mail(from, &format!("subject {at}"), &format!("{at}@h.example"), "", &format!("words {at}"));
            numbers.push(bring(&house, &bytes, Micros(NOON.0 + at as i64)).await.ticket.expect("a number"));
        }
        let (first, second) = (format!("/tickets/{}", numbers[0]), format!("/tickets/{}", numbers[1]));
        duty_reader.post(&format!("{second}/merge"), &second, &[("other", &numbers[0])]).await;
        let page = duty_reader.page(&first).await.body;
        assert!(page.contains("words 0") && page.contains("words 1"), "{page}");
        // A mail that came with it is answered to whoever wrote it.
        let other = get_ticket(&house.db, &duty(), &numbers[1]).await.expect("asked").expect("there");
        let theirs = messages_of(&house.db, &other.id, ("", ""), 10).await.expect("read");
        let theirs = theirs.iter().find(|one| one.kind == MessageKind::Report).expect("the report");
        let answer = format!("{first}/write?answer={}", theirs.id);
        assert!(page.contains(&answer), "{page}");
        let form = duty_reader.page(&answer).await.body;
        assert!(form.contains(">b@h.example</textarea>") && form.contains("words 1"), "{form}");
        // Not with mail of a ticket that is marked more mildly by now.
        let whole = get_ticket(&house.db, &duty(), &numbers[0]).await.expect("asked").expect("there");
        let milder = TicketChange { tlp: Tlp::Green, ..TicketChange::of(&whole) };
        change_ticket(&house.db, &duty(), &whole.number, whole.version, &milder, Micros(NOON.0 + 8))
            .await
            .expect("marked");
        assert!(!duty_reader.page(&answer).await.body.contains("words 1"));
        // What still comes for the one goes to the other.
        let again = mail("b@h.example", &format!("Re: [CIRT #{}]", numbers[1]), "3@h.example", "", "later words");
        assert_eq!(bring(&house, &again, Micros(NOON.0 + 9)).await.ticket.as_ref(), Some(&numbers[0]));
        let itself = merge_ticket(&house.db, &duty(), &numbers[0], &numbers[0], NOON).await;
        assert!(itself.is_err());
        duty_reader.post(&format!("{second}/split"), &second, &[]).await;
        assert!(!duty_reader.page(&first).await.body.contains("words 1"));
        let apart = get_ticket(&house.db, &duty(), &numbers[1]).await.expect("asked").expect("there");
        assert_eq!((apart.state, apart.merged_into.as_str()), (TicketState::New, ""));
        assert!(split_ticket(&house.db, &duty(), &numbers[1], NOON).await.is_err());

        let ticket = get_ticket(&house.db, &duty(), &numbers[0]).await.expect("asked").expect("there");
        let messages = messages_of(&house.db, &ticket.id, ("", ""), 10).await.expect("read");
        let reply = messages.iter().find(|one| one.body.contains("later")).expect("the reply");
        let path = format!("{first}/messages/{}/move", reply.id);
        duty_reader.post(&path, &first, &[("to", &numbers[1])]).await;
        assert!(duty_reader.page(&second).await.body.contains("later words"));
        let back = format!("{second}/messages/{}/move", reply.id);
        duty_reader.post(&back, &second, &[("to", "")]).await;
        let all = list_tickets(&house.db, &duty(), Some(Kind::Report), None, 10).await.expect("read");
        assert_eq!(all.len(), 3, "it is a report of its own");
        let ours = messages.iter().find(|one| one.kind.is_ours()).expect("an acknowledgement");
        duty_reader.post(&format!("{first}/messages/{}/move", ours.id), &first, &[("to", "")]).await;
        assert!(duty_reader.page(&first).await.body.contains("only mail that we received can be moved"));
    });
}

#[test]
fn mail_that_somebody_has_as_a_file_is_taken_like_mail_that_arrives() {
    on_both(|house: House| async move {
        let sign_in = door(&house).await;
        let mut duty_reader = sign_in(Role::Duty).await;
        let reports = async || list_tickets(&house.db, &duty(), Some(Kind::Report), None, 2_000).await.expect("read");
        let one = mail(ANA, "help", "1@h.example", "", "from 192.0.2.9");
        for round in 0..2 {
            let did = duty_reader.upload("/mail", "/mail", &[], &one).await;
            let all = reports().await;
            assert_eq!(all.len(), 1, "round {round}: {}", did.body);
            assert_eq!(did.header("location"), format!("/tickets/{}", all[0].number));
            assert_eq!((all[0].correspondent.as_str(), all[0].subject.as_str()), ("ana@harbour.example", "help"));
        }
        assert!(duty_reader.page("/mail").await.body.contains("This mail was already here."));
        // A whole mailbox: one that is here, one that is new.
        let mbox = |mails: &[Vec<u8>]| {
            let line = b"From x Thu Jan 15 11:00:00 2026\r\n".as_slice();
            let whole = mails.iter().map(|one| [line, one.as_slice(), b"\r\n"].concat());
            whole.collect::<Vec<_>>().concat()
        };
        let two = mail("Bob <bob@h.example>", "scan", "2@h.example", "", "from 192.0.2.8");
        let did = duty_reader.upload("/mail", "/mail", &[], &mbox(&[one.clone(), two])).await;
        assert_eq!(did.header("location"), "/mail", "{}", did.body);
        assert_eq!(reports().await.len(), 2);
        assert!(duty_reader.page("/mail").await.body.contains("Mails taken: 1; here already: 1."));
        // Nothing of a file with more than are taken at once, and nothing of none.
        let many: Vec<Vec<u8>> = (0..1_001).map(|at| mail(ANA, "x", &format!("m{at}@h.example"), "", "y")).collect();
        duty_reader.upload("/mail", "/mail", &[], &mbox(&many)).await;
        assert!(duty_reader.page("/mail").await.body.contains("Nothing was taken; split it."));
        duty_reader.upload("/mail", "/mail", &[], b"").await;
        assert!(duty_reader.page("/mail").await.body.contains("No file was chosen"));
        assert_eq!(reports().await.len(), 2);
        // Whoever only looks hands nothing in.
        let mut viewer = sign_in(Role::Viewer).await;
        let refused = viewer.upload("/mail", "/tickets", &[], &one).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.body);
    });
}

#[test]
fn deliveries_are_stopped_and_sent_again_and_addresses_lifted() {
    on_both(|house: House| async move {
        let sign_in = door(&house).await;
        let mut duty_reader = sign_in(Role::Duty).await;
        bring(&house, &mail(ANA, "help", "1@h.example", "", "x"), NOON).await;
        let waiting = queue(&house.db, &[DeliveryState::Queued], 10).await.expect("read").remove(0);
        let path = format!("/mail/deliveries/{}", waiting.id);
        duty_reader.post(&format!("{path}/stop"), "/mail", &[]).await;
        let state = async || {
            deliveries_of(&house.db, std::slice::from_ref(&waiting.message_id)).await.expect("read").remove(0).state
        };
        assert_eq!(state().await, DeliveryState::Stopped);
        duty_reader.post(&format!("{path}/retry"), "/mail", &[]).await;
        assert_eq!(state().await, DeliveryState::Queued);
        let fields = [("mail", "Dead@isp.example"), ("reason", "gone")];
        duty_reader.post("/mail/addresses/suspend", "/mail", &fields).await;
        assert!(duty_reader.page("/mail").await.body.contains("dead@isp.example"));
        duty_reader.post("/mail/addresses/lift", "/mail", &[("mail", "dead@isp.example")]).await;
        assert!(duty_reader.page("/mail").await.body.contains("All addresses work."));
        let fields = [("mail", "not an address"), ("reason", "moved <away>")];
        let bad = duty_reader.post("/mail/addresses/suspend", "/mail", &fields).await;
        assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
        for part in [r#"value="not an address""#, "moved &#60;away&#62;", r#"aria-describedby="mail-wrong""#] {
            assert!(bad.body.contains(part), "{part}: {}", bad.body);
        }
        let office = office(&house).await;
        let none =
            decide_held(&house.db, &duty(), (&office, &house.blobs), &waiting.message_id, Decision::Join, NOON).await;
        assert!(none.is_err(), "what is not held is not decided");
    });
}

#[test]
fn many_are_linked_and_rejected_with_one_undo() {
    on_both(|house: House| async move {
        let sign_in = door(&house).await;
        let mut duty_reader = sign_in(Role::Duty).await;
        let mut ids = Vec::new();
        for at in 0..3 {
            let bytes = mail("a@h.example", "spam", &format!("{at}@h.example"), "", &format!("words {at}"));
            let number = bring(&house, &bytes, Micros(NOON.0 + at)).await.ticket.expect("a number");
            ids.push(get_ticket(&house.db, &duty(), &number).await.expect("asked").expect("there").id);
        }
        let incident = house.open("One", &[], NOON).await;
        let state = async |id: &str| get_ticket(&house.db, &duty(), id).await.expect("asked").expect("there").state;
        let form = [("do", "move"), ("to", "rejected"), ("id", ids[0].as_str()), ("id", ids[1].as_str())];
        duty_reader.post("/tickets/bulk", "/tickets", &form).await;
        assert_eq!(state(&ids[0]).await, TicketState::Rejected);
        let list = duty_reader.page("/tickets").await.body;
        let (_, bulk) = list.split_once("action=\"/bulk/").expect("an undo");
        let undo = format!("/bulk/{}", bulk.split('"').next().expect("an address"));
        duty_reader.post(&undo, "/tickets", &[("back", "/tickets")]).await;
        assert_eq!(state(&ids[0]).await, TicketState::New);
        let form = [("do", "link"), ("incident", incident.number.as_str()), ("id", ids[2].as_str())];
        duty_reader.post("/tickets/bulk", "/tickets", &form).await;
        assert_eq!(state(&ids[2]).await, TicketState::Open);
        let of = manara_response::tickets_of_incident(&house.db, &duty(), &incident.id, 10).await.expect("read");
        assert_eq!(of.len(), 1);
        // The undo of that makes it due by the policy again.
        let due = async |id: &str| get_ticket(&house.db, &duty(), id).await.expect("asked").expect("there").due;
        let by_policy = due(&ids[1]).await;
        assert_eq!((due(&ids[2]).await, by_policy.is_some()), (None, true));
        let list = duty_reader.page("/tickets").await.body;
        let (_, bulk) = list.split_once("action=\"/bulk/").expect("an undo");
        let undo = format!("/bulk/{}", bulk.split('"').next().expect("an address"));
        duty_reader.post(&undo, "/tickets", &[("back", "/tickets")]).await;
        assert_eq!((state(&ids[2]).await, due(&ids[2]).await.is_some()), (TicketState::New, true));
    });
}

#[test]
fn a_signed_out_reader_and_a_red_marking_keep_tickets_shut() {
    on_both(|house: House| async move {
        let sign_in = door(&house).await;
        let mut viewer = sign_in(Role::Viewer).await;
        let number = bring(&house, &mail(ANA, "help", "1@h.example", "", "x"), NOON).await.ticket.expect("a number");
        let path = format!("/tickets/{number}");
        let page = viewer.page(&path).await.body;
        assert!(!page.contains("/write") && !page.contains("/comment"), "{page}");
        assert_eq!(viewer.post(&format!("{path}/take"), &path, &[]).await.status, StatusCode::FORBIDDEN);
        assert_eq!(viewer.get(&format!("{path}/write")).await.status, StatusCode::FORBIDDEN);
        let ticket = get_ticket(&house.db, &crate::house::person("x", Tlp::Clear), &number).await.expect("asked");
        assert!(ticket.is_none());
    });
}
