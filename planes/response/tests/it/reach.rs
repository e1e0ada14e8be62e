//! What reaches an incident and whom it reaches: observables by hand and by mail, attached mails, answers, all who reported, lines
//! of the attack, division.

use axum::http::StatusCode;
use manara_model::{Micros, Tlp, Viewer};
use manara_response::import::{Becomes, Foreign, Takeover, Text, Voice};
use manara_response::{
    Change, Decision, Draft, Export, ExportDesk, Incident, Kind, MessageKind, NewFile, NewTicket, Parting, ReachDesk,
    Refusal, ResponseError, Seen, TellsOf, TicketState, ToReporters, add_event, all_observables, assign_ticket, change,
    comment, decide_held, drafts_to_reporters, files_of, findings, get_ticket, keep_files, launch, link_ticket,
    list_observable, list_tickets, loose_messages, mentions, merge, merge_ticket, messages_of, move_message,
    move_ticket, name_observables, note_observable, notes, observables_of, open_ticket, part_incident, seen_elsewhere,
    split_ticket, techniques, ticket_counts, tickets_of_incident, write_message, write_to_reporters,
};
use manara_web::{Lang, Locale, Role, Words};

use crate::follow::{ask, brought as bring, later, office, standing as ticket};
use crate::house::{House, NOON, duty, finding, new, on_both, person};
use crate::pages::door;

fn mail(from: &str, subject: &str, id: &str, more: &str, body: &str) -> Vec<u8> {
    format!(
        "From: {from}\r\nTo: cirt@cirt.example\r\nSubject: {subject}\r\nMessage-ID: <{id}>\r\n{more}\
         Content-Type: text/plain; charset=utf-8\r\n\r\n{body}\r\n"
    )
    .into_bytes()
}

async fn values(house: &House, record: &str) -> Vec<String> {
    let all = observables_of(&house.db, record, 100).await.expect("read");
    all.into_iter().map(|one| one.value).collect()
}

async fn launched(house: &House, number: &str, title: &str, now: Micros) -> Incident {
    launch(&house.db, &duty(), &house.policy, number, &new(title), now).await.expect("launched").1
}

#[test]
fn observables_come_by_hand_and_by_mail_and_what_was_removed_stays_away() {
    on_both(|house| async move {
        let house = &house;
        let office = office(house).await;
        let report =
            bring(house, &office, &mail("Ana <ana@h.example>", "scan", "1@h.example", "", "from 192.0.2.9"), NOON)
                .await;
        let number = report.ticket.expect("a number");
        let one = launched(house, &number, "Scan", later(1)).await;
        assert_eq!(values(house, &one.id).await, ["192.0.2.9"]);
        let said = ("hxxp://drop[.]evil.example.com/x and 198.51.100.4", "from the log");
        for _ in 0..2 {
            name_observables(&house.db, &duty(), &one.id, said, later(2)).await.expect("named");
        }
        let all = all_observables(&house.db, &one.id, 100).await.expect("read");
        let ours: Vec<_> = all.iter().filter(|one| one.who == "duty" && one.note == "from the log").collect();
        assert!(ours.len() >= 2 && ours.iter().any(|one| one.kind == "ip"), "{all:?}");
        let none = name_observables(&house.db, &duty(), &one.id, ("nothing", ""), later(2)).await;
        assert!(matches!(none, Err(ResponseError::Refused(Refusal::Observable))), "{none:?}");
        // What mail names later reaches the incident; what a person removed does not come back by it.
        let scanner = Seen { kind: "ip".into(), value: "192.0.2.9".into() };
        list_observable(&house.db, &duty(), (&one.id, &scanner), false, later(3)).await.expect("removed");
        let tagged = format!("Re: [CIRT #{number}] scan");
        let more = mail(
            "Ana <ana@h.example>",
            &tagged,
            "2@h.example",
            "",
            "again 192.0.2.9, now 203.0.113.8\n\n-- \nAna\nwww.theirs.example",
        );
        bring(house, &office, &more, later(4)).await;
        let now = values(house, &one.id).await;
        assert!(now.contains(&"203.0.113.8".to_string()) && !now.contains(&"192.0.2.9".to_string()), "{now:?}");
        assert!(!now.iter().any(|value| value.contains("theirs")), "a signature names nothing: {now:?}");
        comment(&house.db, &duty(), &office, &number, "They also saw 203.0.113.99", later(5)).await.expect("noted");
        assert!(values(house, &one.id).await.contains(&"203.0.113.99".to_string()));
        list_observable(&house.db, &duty(), (&one.id, &scanner), true, later(6)).await.expect("restored");
        note_observable(&house.db, &duty(), (&one.id, &scanner), "the scanner", later(6)).await.expect("noted");
        let all = all_observables(&house.db, &one.id, 100).await.expect("read");
        assert!(all.iter().any(|one| one.value == "192.0.2.9" && one.note == "the scanner" && one.removed.is_none()));
        let verbs = house.verbs(&one.id).await;
        for verb in ["observables_named", "observable_removed", "observable_restored", "observable_noted"] {
            assert_eq!(verbs.iter().filter(|there| *there == verb).count(), 1, "{verb}: {verbs:?}");
        }
    });
}

/// What a page says to why another incident may have to do with this one; empty when it does not name it.
fn reasons(page: &str, number: &str) -> String {
    let begin = format!(r#"<li><a href="/incidents/{number}">"#);
    let rest = page.split_once(&begin).map_or("", |(_, rest)| rest);
    rest.split("</li>").next().unwrap_or_default().to_string()
}

#[test]
fn incidents_of_the_same_asset_or_indicator_are_suggested_with_the_reason() {
    on_both(|house| async move {
        let house = &house;
        let one = house.open("One", &[finding("f1", "a", "192.0.2.1")], later(1)).await;
        // Of another constituent and another kind of malware: the machine alone is the same.
        let mut same = finding("f2", "b", "192.0.2.1");
        same.subject = "mirai".into();
        let machine = house.open("The same machine", &[same], later(2)).await;
        let indicator = house.open("The same indicator", &[], later(3)).await;
        let mut far = finding("f3", "c", "198.51.100.9");
        far.subject = "qbot".into();
        let stranger = house.open("Nothing in common", &[far], later(4)).await;
        let said =
            [(&one, "evil[.]example.com"), (&indicator, "evil[.]example.com"), (&stranger, "other[.]example.com")];
        for (incident, text) in said {
            name_observables(&house.db, &duty(), &incident.id, (text, ""), later(5)).await.expect("named");
        }
        let sign_in = door(house).await;
        let mut reader = sign_in(Role::Duty).await;
        let page = reader.page(&format!("/incidents/{}", one.number)).await.body;
        let (by_machine, by_indicator) = (reasons(&page, &machine.number), reasons(&page, &indicator.number));
        let asset = r#"same asset <bdi dir="ltr" class="mono">192.0.2.1</bdi>"#;
        assert!(by_machine.contains(asset) && !by_machine.contains("same observable"), "{by_machine}");
        let observable = r#"same observable <bdi dir="ltr" class="mono">evil.example.com</bdi>"#;
        assert!(by_indicator.contains(observable) && !by_indicator.contains("same asset"), "{by_indicator}");
        assert_eq!(reasons(&page, &stranger.number), "", "what shares nothing is not suggested");
    });
}

#[test]
fn what_was_seen_before_is_found_in_all_records_that_may_be_seen() {
    on_both(|house| async move {
        let house = &house;
        let office = office(house).await;
        let first =
            bring(house, &office, &mail("Ana <ana@h.example>", "one", "1@h.example", "", "192.0.2.1"), NOON).await;
        let number = first.ticket.expect("a number");
        let one = launched(house, &number, "One", later(1)).await;
        let hidden = house.open("Hidden", &[finding("f1", "a", "192.0.2.1")], later(2)).await;
        let other = house.open("Other", &[], later(3)).await;
        name_observables(&house.db, &duty(), &other.id, ("192.0.2.1", ""), later(3)).await.expect("named");
        let second =
            bring(house, &office, &mail("Bob <bob@h.example>", "two", "2@h.example", "", "192.0.2.1"), later(4)).await;
        let found = seen_elsewhere(&house.db, &duty(), &one.id).await.expect("read");
        let mut kinds: Vec<(&str, &str)> = found.iter().map(|one| (one.kind.as_str(), one.number.as_str())).collect();
        kinds.sort_unstable();
        let second = second.ticket.expect("a number");
        let mut want =
            vec![("finding", hidden.number.as_str()), ("incident", other.number.as_str()), ("report", second.as_str())];
        want.sort_unstable();
        assert_eq!(kinds, want, "its own report is no other record");
        let blind = person("blind", Tlp::Clear);
        assert!(seen_elsewhere(&house.db, &blind, &one.id).await.expect("read").is_empty());
        let sign_in = door(house).await;
        let mut reader = sign_in(Role::Duty).await;
        let page = reader.page(&format!("/incidents/{}", one.number)).await.body;
        assert!(page.contains(&second) && page.contains("same observable"), "{page}");
        let path = format!("/incidents/{}/observables", one.number);
        let added = reader.post(&path, &path, &[("text", "evil[.]example.com"), ("note", "by <hand>")]).await;
        assert_eq!(added.header("location"), path, "{}", added.body);
        let page = reader.page(&path).await.body;
        assert!(page.contains("by &#60;hand&#62;") && page.contains("Domain"), "{page}");
        let step = |step: &str| format!("{path}/{step}?kind=domain&value=evil.example.com");
        reader.post(&step("remove"), &path, &[]).await;
        assert!(!values(house, &one.id).await.contains(&"evil.example.com".to_string()));
        reader.post(&step("restore"), &path, &[]).await;
        reader.post(&step("note"), &path, &[("note", "again")]).await;
        assert!(reader.page(&path).await.body.contains("again"));
        let mut looker = sign_in(Role::Viewer).await;
        assert_eq!(
            looker.post(&path, &format!("/incidents/{}", one.number), &[("text", "x.example")]).await.status,
            StatusCode::FORBIDDEN
        );
    });
}

#[test]
fn a_mail_sent_on_as_a_file_is_shown_and_read() {
    on_both(|house| async move {
        let house = &house;
        let office = office(house).await;
        let bytes = b"From: Ana <ana@h.example>\r\nTo: cirt@cirt.example\r\nSubject: look\r\nMessage-ID: <1@h.example>\r\n\
            MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=e\r\n\r\n--e\r\nContent-Type: text/plain\r\n\r\nSee the file.\r\n\
            --e\r\nContent-Type: message/rfc822; name=\"bad.eml\"\r\nContent-Disposition: attachment; filename=\"bad.eml\"\r\n\r\n\
            Received: from mx.evil.example ([198.51.100.7]) by mx.h.example\r\nFrom: Bank <alert@evil.example.com>\r\n\
            To: ana@h.example\r\nSubject: Pay now\r\n\r\nhxxp://login[.]evil.example.com/a\r\n\r\n--e--\r\n";
        let report = bring(house, &office, bytes, NOON).await;
        let one = ticket(house, &report.ticket.expect("a number")).await;
        let seen = values(house, &one.id).await;
        for there in ["198.51.100.7", "alert@evil.example.com", "login.evil.example.com"] {
            assert!(seen.iter().any(|value| value.contains(there)), "{there}: {seen:?}");
        }
        assert!(!seen.iter().any(|value| value.contains("ana@h.example")), "{seen:?}");
        let sign_in = door(house).await;
        let mut reader = sign_in(Role::Duty).await;
        let page = reader.page(&format!("/tickets/{}", one.number)).await.body;
        assert!(page.contains("What bad.eml says") && page.contains("Subject: Pay now"), "{page}");
    });
}

#[test]
fn an_answer_nobody_owns_calls_those_who_own_and_watch_its_incident() {
    on_both(|house| async move {
        let house = &house;
        let office = office(house).await;
        let asks = mail("Ana <ana@h.example>", "help", "1@h.example", "", "x");
        let number = bring(house, &office, &asks, NOON).await.ticket.expect("a number");
        let one = launched(house, &number, "Help", later(1)).await;
        manara_response::assign(&house.db, &duty(), &one.id, "omar", later(2)).await.expect("given");
        let lea = person("lea", Tlp::Red);
        manara_response::watch(&house.db, &lea, &one.id, true, later(2)).await.expect("watched");
        assign_ticket(&house.db, &duty(), &number, "", later(3)).await.expect("nobody's");
        let again = mail("Ana <ana@h.example>", &format!("Re: [CIRT #{number}] help"), "2@h.example", "", "That one.");
        bring(house, &office, &again, later(4)).await;
        for name in ["omar", "lea"] {
            let called = mentions(&house.db, &person(name, Tlp::Red), 10).await.expect("read");
            assert!(called.iter().any(|one| one.kind == "mail" && one.number == number), "{name}: {called:?}");
        }
    });
}

#[test]
fn answers_go_where_they_are_asked_to_and_lists_know_who_wrote_last() {
    on_both(|house| async move {
        let house = &house;
        let office = office(house).await;
        let asks = mail("Ana <ana@h.example>", "help", "1@h.example", "Reply-To: desk@h.example\r\n", "x");
        let number = bring(house, &office, &asks, NOON).await.ticket.expect("a number");
        assert_eq!(ticket(house, &number).await.correspondent, "desk@h.example");
        for (id, reply_to) in [("2", "cirt@cirt.example"), ("3", "noreply@h.example"), ("4", "not an address")] {
            let one = mail(
                "Ana <ana@h.example>",
                &format!("s{id}"),
                &format!("{id}@h.example"),
                &format!("Reply-To: {reply_to}\r\n"),
                id,
            );
            let number = bring(house, &office, &one, NOON).await.ticket.expect("a number");
            assert_eq!(ticket(house, &number).await.correspondent, "ana@h.example", "{reply_to}");
        }
        let sign_in = door(house).await;
        let mut reader = sign_in(Role::Duty).await;
        let path = format!("/tickets/{number}");
        let came = messages_of(&house.db, &ticket(house, &number).await.id, ("", ""), 10).await.expect("read");
        let came = came.into_iter().find(|one| one.kind == MessageKind::Report).expect("the report");
        let answer = reader.page(&format!("{path}/write?answer={}", came.id)).await.body;
        assert!(answer.contains(">desk@h.example</textarea>"), "{answer}");
        let all = reader.page(&format!("{path}/write?answer={}&all=1", came.id)).await.body;
        assert!(all.contains("desk@h.example") && !all.contains(">ana@h.example"), "{all}");
        // They wrote last, then we, then they: the owner is called and counts it.
        let lists = async |reader: &mut crate::pages::Reader, show: &str| {
            reader.page(&format!("/tickets?show={show}")).await.body.contains(&format!("href=\"{path}\""))
        };
        assert!(lists(&mut reader, "waits-us").await && !lists(&mut reader, "waits-them").await);
        assign_ticket(&house.db, &duty(), &number, "duty", later(1)).await.expect("given");
        let draft = Draft { id: String::new(), to: Vec::new(), subject: String::new(), body: "Which?".into() };
        write_message(&house.db, &duty(), &office, &number, &draft, later(2)).await.expect("written");
        assert!(!lists(&mut reader, "waits-us").await && lists(&mut reader, "waits-them").await);
        let count = async || ticket_counts(&house.db, &duty(), later(3)).await.expect("counted").answers;
        assert_eq!((count().await, mentions(&house.db, &duty(), 10).await.expect("read").len()), (0, 0));
        let again = mail("Ana <desk@h.example>", &format!("Re: [CIRT #{number}] help"), "9@h.example", "", "That one.");
        bring(house, &office, &again, later(3)).await;
        assert_eq!(count().await, 1);
        let called = mentions(&house.db, &duty(), 10).await.expect("read");
        assert_eq!((called.len(), called[0].kind.as_str(), called[0].number.as_str()), (1, "mail", number.as_str()));
        assert!(reader.page("/tasks").await.body.contains(&format!("{path}#message-")));
        let one = launched(house, &number, "Help", later(4)).await;
        let listed = reader.page("/incidents?show=waits-us").await.body;
        assert!(listed.contains(&one.number), "{listed}");
        assert!(
            !reader.page("/incidents?show=waits-them").await.body.contains(&format!("/incidents/{}\"", one.number))
        );
    });
}

#[test]
fn all_who_reported_are_written_to_each_in_their_thread_and_language() {
    on_both(|house| async move {
        let house = &house;
        let office = office(house).await;
        let first = bring(
            house,
            &office,
            &mail("Ana <ana@h.example>", "down", "1@h.example", "", "the site is down for us"),
            NOON,
        )
        .await;
        let french = mail(
            "Luc <luc@fr.example>",
            "panne",
            "2@fr.example",
            "",
            "le site est en panne pour nous dans les bureaux",
        );
        let second = bring(house, &office, &french, NOON).await;
        let (first, second) = (first.ticket.expect("a number"), second.ticket.expect("a number"));
        let one = launched(house, &first, "Outage", later(1)).await;
        link_ticket(&house.db, &duty(), &second, &one.number, later(1)).await.expect("linked");
        let machine = [finding("f1", "a", "192.0.2.1")];
        manara_response::link(&house.db, &duty(), &one.id, &machine, later(1)).await.expect("linked");
        name_observables(&house.db, &duty(), &one.id, ("192.0.2.9", ""), later(1)).await.expect("named");
        let (words, printer) = (Words::built_in().expect("words"), manara_document::Printer::new(None));
        let locale = Locale::from(Lang::En);
        let exports = ExportDesk { policy: &house.policy, words: &words, locale, printer: &printer };
        let desk = ReachDesk { house: &office, blobs: &house.blobs, exports };
        let help = NewFile { name: "help.txt".into(), media_type: "text/plain".into(), bytes: b"Restart it.".to_vec() };
        let what = ToReporters {
            id: "0190d7f0-0000-7000-8000-000000000001".into(),
            letter: "question".into(),
            files: keep_files(&house.blobs, Vec::new(), vec![help]).await.expect("kept"),
            exports: Export::ALL.to_vec(),
            ..ToReporters::default()
        };
        for _ in 0..2 {
            let all = write_to_reporters(&house.db, &duty(), &desk, &one, &what, later(2)).await.expect("written");
            assert!(all.len() == 2 && all.iter().all(|one| one.did.is_ok() && one.left_out.is_empty()), "{all:?}");
        }
        // What is marked more strictly than a report does not leave with its mail.
        let strict = Incident { tlp: Tlp::Red, ..one.clone() };
        let other = ToReporters { id: "0190d7f0-0000-7000-8000-000000000002".into(), ..what.clone() };
        let all = write_to_reporters(&house.db, &duty(), &desk, &strict, &other, later(2)).await.expect("asked");
        let refused = |did: &Result<_, Refusal>| did.as_ref().err() == Some(&Refusal::NothingToAttach);
        assert!(all.len() == 2 && all.iter().all(|one| refused(&one.did)), "{all:?}");
        let sent = async |number: &str| {
            let all = messages_of(&house.db, &ticket(house, number).await.id, ("", ""), 20).await.expect("read");
            all.into_iter().filter(|one| one.kind == MessageKind::Sent).collect::<Vec<_>>()
        };
        let (to_ana, to_luc) = (sent(&first).await, sent(&second).await);
        assert_eq!((to_ana.len(), to_luc.len()), (1, 1), "sent twice is one for each");
        assert_eq!((to_ana[0].recipients.as_str(), to_luc[0].recipients.as_str()), ("ana@h.example", "luc@fr.example"));
        assert!(to_ana[0].subject.contains(&first) && to_luc[0].subject.contains(&second));
        assert_ne!(to_ana[0].body, to_luc[0].body, "each in their language");
        let names = async |id: &str| {
            let all = files_of(&house.db, id).await.expect("read");
            all.into_iter().map(|file| file.name).collect::<Vec<_>>()
        };
        for (number, sent) in [(&first, &to_ana[0]), (&second, &to_luc[0])] {
            let of_report = ["csv", "json"].map(|ending| format!("{number}-observables.{ending}"));
            let of_incident =
                ["findings.csv", "findings.json", "report.pdf"].map(|ending| format!("{}-{ending}", one.number));
            let want = [vec!["help.txt".to_string()], of_report.to_vec(), of_incident.to_vec()].concat();
            assert_eq!(names(&sent.id).await, want);
        }
        // What they hold: the asset of the incident in all of them, and a report that can be printed.
        let files = files_of(&house.db, &to_ana[0].id).await.expect("read");
        let held = |ending: &str| {
            let file = files.iter().find(|file| file.name.ends_with(ending)).expect("the file");
            house.blobs.read(&file.sha256, 1 << 20).expect("its bytes")
        };
        let told = |ending: &str| String::from_utf8(held(ending)).expect("text");
        let objects = |ending: &str| {
            let all: Vec<serde_json::Value> = serde_json::from_str(&told(ending)).expect("JSON");
            all
        };
        let observable = serde_json::json!({ "kind": "ip", "value": "192.0.2.9" });
        assert!(objects("-observables.json").contains(&observable), "{}", told("-observables.json"));
        assert!(told("-observables.csv").contains("ip,192.0.2.9"), "{}", told("-observables.csv"));
        let linked = objects("-findings.json");
        let (asset, severity) = (&linked[0]["asset"], &linked[0]["severity"]);
        assert_eq!((linked.len(), asset, severity), (1, &"192.0.2.1".into(), &"high".into()));
        let table = told("-findings.csv");
        assert!(table.lines().any(|line| line.starts_with("192.0.2.1,malicious-code,infected-system,")), "{table}");
        assert!(held("-report.pdf").starts_with(b"%PDF-"));
        // By the form: who is not ticked gets nothing, and without a text nothing is written.
        let sign_in = door(house).await;
        let mut reader = sign_in(Role::Duty).await;
        let path = format!("/incidents/{}/write", one.number);
        let page = reader.page(&path).await.body;
        assert!(page.contains("ana@h.example") && page.contains("luc@fr.example"), "{page}");
        let none = reader.post(&path, &path, &[("body", "Text"), ("do", "preview")]).await;
        assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", none.body);
        let form = [("report", first.as_str()), ("body", "It is mended."), ("do", "preview")];
        let seen = reader.post(&path, &path, &form).await;
        assert!(seen.status == StatusCode::OK && seen.body.contains("Preview for"), "{}", seen.body);
        let id = seen.value("id");
        let form = [
            ("id", id.as_str()),
            ("report", first.as_str()),
            ("body", "It is mended."),
            ("export", "observables-csv"),
            ("do", "send"),
        ];
        for _ in 0..2 {
            let did = reader.post(&path, &path, &form).await;
            assert_eq!(did.header("location"), format!("/incidents/{}", one.number), "{}", did.body);
        }
        let to_ana = sent(&first).await;
        assert_eq!((to_ana.len(), sent(&second).await.len()), (2, 1));
        let mended = to_ana.iter().find(|one| one.body.contains("It is mended.")).expect("there");
        assert_eq!(names(&mended.id).await, [format!("{first}-observables.csv")]);
    });
}

#[test]
fn whose_report_was_merged_is_written_to_as_well() {
    on_both(|house| async move {
        let house = &house;
        let office = office(house).await;
        let mut numbers = Vec::new();
        for name in ["ana", "bob", "eve"] {
            let bytes = mail(&format!("{name}@h.example"), name, &format!("{name}@h.example"), "", name);
            numbers.push(bring(house, &office, &bytes, NOON).await.ticket.expect("a number"));
        }
        let [ana, bob, eve] = numbers.as_slice() else { panic!("{numbers:?}") };
        let one = launched(house, ana, "Outage", later(1)).await;
        for (from, into) in [(eve, bob), (bob, ana)] {
            merge_ticket(&house.db, &duty(), from, into, later(2)).await.expect("merged");
        }
        let mut reader = door(house).await(Role::Duty).await;
        let path = format!("/incidents/{}/write", one.number);
        let page = reader.page(&path).await.body;
        for there in ["ana@h.example", "bob@h.example", "eve@h.example"] {
            assert!(page.contains(there), "{there}: {page}");
        }
        let form = [("report", ana.as_str()), ("body", "It is mended."), ("do", "send")];
        reader.post(&path, &path, &form).await;
        let all = messages_of(&house.db, &ticket(house, ana).await.id, ("", ""), 20).await.expect("read");
        let sent: Vec<_> = all.iter().filter(|one| one.kind == MessageKind::Sent).collect();
        assert_eq!(sent.len(), 1);
        let mut mails: Vec<String> = manara_response::deliveries_of(&house.db, std::slice::from_ref(&sent[0].id))
            .await
            .expect("read")
            .into_iter()
            .map(|one| one.mail)
            .collect();
        mails.sort();
        assert_eq!(mails, ["ana@h.example", "bob@h.example", "eve@h.example"], "each a mail of their own");
        // Whose report was merged and who has no key keeps nobody from their mail; who made the report is never left out.
        let mut office = office;
        office.plain_up_to = Tlp::Green;
        let what = ToReporters { body: "It is mended.".into(), ..ToReporters::default() };
        let drafts = drafts_to_reporters(&house.db, &duty(), &office, &one, &what, later(4)).await.expect("asked");
        assert_eq!((drafts.len(), drafts[0].draft.to.join(" ").as_str()), (1, "ana@h.example"));
        assert_eq!(drafts[0].left_out.len(), 2, "{drafts:?}");
    });
}

#[test]
fn nothing_leaves_that_is_marked_more_strictly_than_what_it_leaves_with() {
    on_both(|house| async move {
        let house = &house;
        let office = office(house).await;
        let asked = mail("Ana <ana@h.example>", "plain words", "1@h.example", "", "x");
        let number = bring(house, &office, &asked, NOON).await.ticket.expect("a number");
        let one = launched(house, &number, "Outage at the port", later(1)).await;
        let hidden = mail("Bob <bob@h.example>", "TLP:RED hidden words", "2@h.example", "", "y");
        let hidden = bring(house, &office, &hidden, NOON).await.ticket.expect("a number");
        link_ticket(&house.db, &duty(), &hidden, &one.number, later(1)).await.expect("linked");
        let strict = house.get(&one.id).await;
        assert_eq!(strict.tlp, Tlp::Red);
        let sign_in = door(house).await;
        let mut reader = sign_in(Role::Duty).await;
        // The letter of an AMBER report names no RED incident, neither alone nor to all.
        let letter = format!("/tickets/{number}/write?letter=closing");
        assert!(!reader.page(&letter).await.body.contains("Outage at the port"));
        let path = format!("/incidents/{}/write", one.number);
        let by_letter = [("report", number.as_str()), ("letter", "closing"), ("do", "preview")];
        let shown = reader.post(&path, &path, &by_letter).await;
        assert_eq!(shown.status, StatusCode::OK, "{}", shown.body);
        let text = shown.body.split_once("<div class=\"letter\">").expect("a preview").1;
        let text = text.split_once("</section>").expect("its end").0;
        assert!(!text.contains("Outage at the port") && !text.contains(&one.number), "{text}");
        let with_export = [by_letter[0], by_letter[1], ("export", "observables-csv"), by_letter[2]];
        let refused = reader.post(&path, &path, &with_export).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
        let typed = [("report", number.as_str()), ("letter", "closing"), ("body", "It is over."), ("do", "preview")];
        assert_eq!(reader.post(&path, &path, &typed).await.status, StatusCode::OK, "what a person wrote is theirs");
        // The report of an AMBER incident names no RED report.
        let report = format!("/incidents/{}/report", one.number);
        assert!(reader.page(&report).await.body.contains("hidden words"));
        let lower = Change { tlp: Tlp::Amber, ..Change::of(&strict) };
        change(&house.db, &duty(), &house.policy, &one.id, strict.version, &lower, later(2)).await.expect("lowered");
        let page = reader.page(&report).await.body;
        assert!(page.contains("plain words") && !page.contains("hidden words"), "{page}");
        assert!(reader.page(&letter).await.body.contains("Outage at the port"));
    });
}

#[test]
fn letters_keep_what_was_typed_and_tasks_lead_to_them() {
    on_both(|house| async move {
        let house = &house;
        let office = office(house).await;
        let number = bring(house, &office, &mail("Ana <ana@h.example>", "x", "1@h.example", "", "x"), NOON).await;
        let number = number.ticket.expect("a number");
        let one = launched(house, &number, "X", later(1)).await;
        let sign_in = door(house).await;
        let mut reader = sign_in(Role::Duty).await;
        let write = format!("/tickets/{number}/write");
        let form = [("body", "My own words."), ("letter", "question"), ("language", "fr"), ("do", "letter")];
        let taken = reader.post(&write, &write, &form).await;
        assert_eq!(taken.status, StatusCode::OK);
        assert!(taken.body.contains("My own words.") && taken.body.contains("question"), "{}", taken.body);
        let letter = reader.page(&format!("/incidents/{}/letters/takedown-request", one.number)).await.body;
        let open = format!("/tickets/new?kind=investigation&amp;incident={}&amp;letter=takedown-request", one.number);
        assert!(letter.contains(&open), "{letter}");
        let from = open.replace("&amp;", "&");
        let form = reader.page(&from).await;
        let id = form.value("id");
        let fields = [
            ("id", id.as_str()),
            ("letter", "takedown-request"),
            ("kind", "investigation"),
            ("source", "person"),
            ("subject", "Take it down"),
            ("class", "fraud/phishing"),
            ("tlp", "TLP:AMBER"),
            ("owner", "duty"),
            ("due", ""),
            ("correspondent", "abuse@isp.example"),
            ("language", "en"),
            ("incident", one.number.as_str()),
        ];
        let opened = reader.post("/tickets/new", &from, &fields).await;
        assert!(opened.header("location").ends_with("/write?letter=takedown-request"), "{}", opened.body);
        let none = reader.get(&format!("/incidents/{}/letters/acknowledgement", one.number)).await;
        assert_eq!(none.status, StatusCode::NOT_FOUND, "what leaves by itself is written by nobody");
    });
}

#[test]
fn a_line_of_the_attack_stands_at_its_own_time() {
    on_both(|house| async move {
        let house = &house;
        let one = house.open("Attack", &[], NOON).await;
        let of = TellsOf { happened: Some(NOON.plus_days(-2)), technique: "t1566.002".into() };
        let id = add_event(&house.db, &duty(), &one.id, ("The mail was opened.", &of), later(1)).await.expect("noted");
        let all = notes(&house.db, &one.id, 10).await.expect("read");
        assert_eq!((all[0].happened, all[0].technique.as_str()), (Some(NOON.plus_days(-2)), "T1566.002"));
        let seen = techniques(&house.db, &one.id).await.expect("read");
        assert_eq!((seen[0].id.as_str(), seen[0].record.as_str()), ("T1566.002", id.as_str()));
        for (of, want) in [
            (TellsOf { happened: Some(later(9)), technique: String::new() }, Refusal::Future),
            (TellsOf { happened: None, technique: "phishing".into() }, Refusal::Technique),
        ] {
            let did = add_event(&house.db, &duty(), &one.id, ("x", &of), later(1)).await;
            assert!(matches!(did, Err(ResponseError::Refused(why)) if why == want), "{did:?}");
        }
        let sign_in = door(house).await;
        let mut reader = sign_in(Role::Duty).await;
        let page = reader.page(&format!("/incidents/{}", one.number)).await.body;
        let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text} is not in {page}"));
        assert!(at("The mail was opened.") < at("opened the incident"), "it happened before");
        assert!(page.contains("T1566.002") && page.contains("Phishing"), "{page}");
        let rules = reader.page("/clocks/rules").await.body;
        assert!(rules.contains("NIS2") && rules.contains("started by hand"), "{rules}");
    });
}

#[test]
fn an_incident_is_divided_and_a_merger_takes_it_back() {
    on_both(|house| async move {
        let house = &house;
        let office = office(house).await;
        let one = house.open("Both", &[finding("f1", "a", "192.0.2.1"), finding("f2", "b", "192.0.2.2")], NOON).await;
        let number =
            bring(house, &office, &mail("Ana <ana@h.example>", "x", "1@h.example", "", "203.0.113.5"), NOON).await;
        let number = number.ticket.expect("a number");
        link_ticket(&house.db, &duty(), &number, &one.number, later(1)).await.expect("linked");
        let what = Parting {
            id: "0190d7f0-0000-7000-8000-000000000002".into(),
            title: "The second".into(),
            findings: vec!["f2".into()],
            tickets: vec![number.clone()],
            observables: vec![Seen { kind: "ip".into(), value: "203.0.113.5".into() }],
        };
        let nothing = Parting { title: "x".into(), ..Parting::default() };
        let none = part_incident(&house.db, &duty(), &house.policy, &one.id, &nothing, later(2)).await;
        assert!(matches!(none, Err(ResponseError::Refused(Refusal::NothingToPart))), "{none:?}");
        let mut other = None;
        for _ in 0..2 {
            other = Some(
                part_incident(&house.db, &duty(), &house.policy, &one.id, &what, later(2)).await.expect("divided"),
            );
        }
        let other = house.get(&other.expect("one").id).await;
        let ids = async |id: &str| -> Vec<String> {
            findings(&house.db, id, "", 10).await.expect("read").into_iter().map(|one| one.finding_id).collect()
        };
        assert_eq!((ids(&one.id).await, ids(&other.id).await), (vec!["f1".to_string()], vec!["f2".to_string()]));
        assert_eq!(
            (house.get(&one.id).await.findings, other.findings, other.constituents.as_str()),
            (1, 1, "Constituent b")
        );
        let tickets = tickets_of_incident(&house.db, &duty(), &other.id, 10).await.expect("read");
        assert_eq!(tickets.iter().map(|one| one.number.as_str()).collect::<Vec<_>>(), [number.as_str()]);
        assert!(tickets_of_incident(&house.db, &duty(), &one.id, 10).await.expect("read").is_empty());
        assert_eq!(
            (values(house, &other.id).await, values(house, &one.id).await.len()),
            (vec!["203.0.113.5".to_string()], 0)
        );
        merge(&house.db, &duty(), &house.policy, &other.id, &one.id, later(3)).await.expect("merged");
        let mut both = ids(&one.id).await;
        both.sort();
        assert_eq!(both, ["f1", "f2"]);
        // By the form, with the undo beside what it says.
        let sign_in = door(house).await;
        let mut reader = sign_in(Role::Duty).await;
        let path = format!("/incidents/{}/part", one.number);
        let form = reader.page(&path).await;
        let id = form.value("id");
        let refused = reader.post(&path, &path, &[("id", id.as_str()), ("title", "Third")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let done = reader.post(&path, &path, &[("id", id.as_str()), ("title", "Third"), ("finding", "f1")]).await;
        let there = done.header("location").to_string();
        assert!(there.starts_with("/incidents/INC-"), "{}", done.body);
        assert!(reader.page(&there).await.body.contains(&format!("{there}/merge")), "the undo merges it back");
    });
}

#[test]
fn what_is_divided_off_takes_its_urgency_along() {
    on_both(|house| async move {
        let house = &house;
        let one = house.open("Both", &[], NOON).await;
        let own = one.due.expect("by policy");
        let new = NewTicket { due: Some(later(30)), ..ask(Kind::Investigation, &one.number) };
        let urgent = open_ticket(&house.db, &duty(), &new, &[], later(1)).await.expect("opened");
        assert_eq!(house.get(&one.id).await.due, Some(later(30)));
        let tickets = vec![urgent.number.clone()];
        let what = Parting { title: "The urgent one".into(), tickets, ..Parting::default() };
        let other = part_incident(&house.db, &duty(), &house.policy, &one.id, &what, later(2)).await.expect("divided");
        assert_eq!(house.get(&one.id).await.due, Some(own), "what was urgent left it");
        assert_eq!(house.get(&other.id).await.due, Some(later(30)));
        let done = move_ticket(&house.db, &duty(), &urgent.number, None, TicketState::Resolved, later(3)).await;
        done.expect("resolved");
        assert_eq!(house.get(&other.id).await.due, Some(own), "and is not its own");
    });
}

#[test]
fn an_incident_is_opened_together_with_an_investigation() {
    on_both(|house| async move {
        let house = &house;
        let sign_in = door(house).await;
        let mut reader = sign_in(Role::Duty).await;
        let id = reader.page("/incidents/new").await.value("id");
        let form = |to: &'static str| {
            [
                ("title", "Phishing"),
                ("class", "fraud/phishing"),
                ("impact", ""),
                ("urgency", ""),
                ("tlp", "TLP:AMBER"),
                ("owner", "duty"),
                ("due", ""),
                ("also", "1"),
                ("also_to", to),
            ]
        };
        let mut bad: Vec<(&str, &str)> = form("no address").to_vec();
        bad.push(("id", &id));
        assert_eq!(
            reader.post("/incidents/new", "/incidents/new", &bad).await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        let mut good: Vec<(&str, &str)> = form("abuse@isp.example").to_vec();
        good.push(("id", &id));
        let opened = reader.post("/incidents/new", "/incidents/new", &good).await;
        assert!(opened.header("location").ends_with("/write"), "{}", opened.body);
        reader.post("/incidents/new", "/incidents/new", &good).await;
        let all = list_tickets(&house.db, &duty(), Some(Kind::Investigation), None, 10).await.expect("listed");
        assert_eq!(all.len(), 1, "sent twice is one");
        assert_eq!((all[0].correspondent.as_str(), all[0].state), ("abuse@isp.example", TicketState::Open));
    });
}

#[test]
fn conversations_of_rt_go_on_for_those_who_took_part() {
    on_both(|house| async move {
        let house = &house;
        let office = office(house).await;
        let text = Text {
            at: NOON.plus_days(-30),
            who: "ana@h.example".into(),
            voice: Voice::Theirs,
            body: "le site est en panne pour nous dans les bureaux".into(),
            message_id: "rt-1@h.example".into(),
            files: Vec::new(),
        };
        let one = Foreign {
            key: "1234".into(),
            place: String::new(),
            label: "RT #1234".into(),
            becomes: Becomes::Ticket(Kind::Report, TicketState::Open),
            title: "Panne".into(),
            class: ("other", "undetermined"),
            severity: manara_model::Severity::Low,
            tlp: Tlp::Amber,
            owner: String::new(),
            created: NOON.plus_days(-30),
            changed: NOON.plus_days(-30),
            closed: None,
            due: None,
            others: vec!["ana@h.example".into()],
            target: Default::default(),
            facts: Vec::new(),
            texts: vec![text],
            seen: Vec::new(),
            tasks: Vec::new(),
            techniques: Vec::new(),
            links: Vec::new(),
            bytes: 0,
        };
        let (rooms, judged) = ((&house.db, &house.blobs), (&house.policy, "en"));
        let takeover = Takeover::new(rooms, judged, ("rt.h.example", "cli"), Default::default(), NOON);
        takeover.take(std::slice::from_ref(&one)).await.expect("taken");
        let all = list_tickets(&house.db, &Viewer::system(), Some(Kind::Report), None, 10).await.expect("listed");
        assert_eq!((all.len(), all[0].language.as_str()), (1, "fr"));
        let (number, id) = (all[0].number.clone(), all[0].id.clone());
        // By the Message-ID it answers, and by the tag of RT.
        let by_id =
            mail("Ana <ana@h.example>", "Re: Panne", "n1@h.example", "In-Reply-To: <rt-1@h.example>\r\n", "encore");
        assert_eq!(bring(house, &office, &by_id, later(1)).await.ticket.as_ref(), Some(&number));
        let by_tag = mail("Ana <ana@h.example>", "Re: [rt.h.example #1234] Panne", "n2@h.example", "", "toujours");
        assert_eq!(bring(house, &office, &by_tag, later(2)).await.ticket.as_ref(), Some(&number));
        let stranger = mail("Eve <eve@x.example>", "Re: [rt.h.example #1234] Panne", "n3@x.example", "", "moi");
        assert_eq!(bring(house, &office, &stranger, later(3)).await.ticket, None);
        let held = loose_messages(&house.db, true, 10).await.expect("read");
        assert_eq!((held.len(), held[0].held_for.as_str()), (1, id.as_str()), "a stranger is held");
        // Anybody can write a tag, in the name of whoever was asked: it confirms nothing.
        let block = Foreign {
            key: "1235".into(),
            label: "RT #1235".into(),
            becomes: Becomes::Ticket(Kind::Countermeasure, TicketState::PendingActivation),
            others: vec!["noc@isp.example".into()],
            texts: Vec::new(),
            ..one
        };
        takeover.take(&[block]).await.expect("taken");
        let said = mail("noc@isp.example", "Re: [rt.h.example #1235] Panne", "n4@isp.example", "", "DONE");
        let number = bring(house, &office, &said, later(4)).await.ticket.expect("it goes there");
        let block = get_ticket(&house.db, &Viewer::system(), &number).await.expect("asked").expect("there");
        assert_eq!((block.kind, block.state), (Kind::Countermeasure, TicketState::PendingActivation));
    });
}

/// A mail with a message attached to it.
fn sent_on(from: &str, subject: &str, id: &str) -> Vec<u8> {
    format!(
        "From: {from}\r\nTo: cirt@cirt.example\r\nSubject: {subject}\r\nMessage-ID: <{id}>\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=e\r\n\r\n--e\r\nContent-Type: text/plain\r\n\r\nSee the file.\r\n\
         --e\r\nContent-Type: message/rfc822; name=\"bad.eml\"\r\nContent-Disposition: attachment; filename=\"bad.eml\"\r\n\r\n\
         Received: from mx.evil.example.com ([198.51.100.7]) by mx.h.example\r\nFrom: Bank <alert@evil.example.com>\r\n\
         To: ana@h.example\r\nSubject: Pay now\r\n\r\nhxxp://login[.]evil.example.com/a\r\n\r\n--e--\r\n"
    )
    .into_bytes()
}

#[test]
fn what_hangs_on_a_mail_is_known_wherever_the_mail_goes() {
    on_both(|house| async move {
        let house = &house;
        let office = office(house).await;
        let mails = (&office, &house.blobs);
        let number = bring(house, &office, &mail("Ana <ana@h.example>", "help", "1@h.example", "", "x"), NOON).await;
        let number = number.ticket.expect("a number");
        let tag = format!("Re: [CIRT #{number}] help");
        let held = bring(house, &office, &sent_on("Eve <eve@else.example>", &tag, "2@else.example"), later(1)).await;
        let one = ticket(house, &number).await;
        assert!(!values(house, &one.id).await.contains(&"198.51.100.7".to_string()), "nobody has let it in");
        decide_held(&house.db, &duty(), mails, &held.message, Decision::Join, later(2)).await.expect("let in");
        let there = async |id: &str| {
            let all = values(house, id).await;
            all.contains(&"198.51.100.7".to_string()) && all.contains(&"alert@evil.example.com".to_string())
        };
        assert!(there(&one.id).await, "{:?}", values(house, &one.id).await);
        // It becomes a report of its own, and goes on from there to a closed one.
        let names = (number.as_str(), held.message.as_str());
        let (from, made) = move_message(&house.db, &duty(), mails, names, None, later(3)).await.expect("moved");
        assert!(there(&made.id).await);
        assert_eq!((from.messages, made.due), (2, office.policy.report_due(later(3))));
        let other = bring(house, &office, &mail("Bob <bob@h.example>", "two", "3@h.example", "", "y"), later(4)).await;
        let other = other.ticket.expect("a number");
        move_ticket(&house.db, &duty(), &other, None, TicketState::Resolved, later(5)).await.expect("closed");
        let names = (made.number.as_str(), held.message.as_str());
        let (_, whither) =
            move_message(&house.db, &duty(), mails, names, Some(&other), later(6)).await.expect("moved on");
        assert_eq!(whither.state, TicketState::Open, "as mail opens it");
        assert!(there(&whither.id).await);
    });
}

#[test]
fn who_is_to_write_is_counted_anew_when_messages_move() {
    on_both(|house| async move {
        let house = &house;
        let office = office(house).await;
        let waits = async |number: &str| {
            let sql = "SELECT waits_for FROM response_ticket WHERE number = $1";
            let row = house.db.read_one(sql, &[number.into()]).await.expect("asked").expect("there");
            row.text(0).expect("text")
        };
        let mut numbers = Vec::new();
        for (at, name) in [(0, "one"), (1, "two")] {
            let bytes = mail("Ana <ana@h.example>", name, &format!("{name}@h.example"), "", "x");
            numbers.push(bring(house, &office, &bytes, later(at)).await.ticket.expect("a number"));
        }
        let [first, second] = numbers.as_slice() else { panic!("{numbers:?}") };
        let draft = Draft { id: String::new(), to: Vec::new(), subject: String::new(), body: "Which?".into() };
        write_message(&house.db, &duty(), &office, first, &draft, later(2)).await.expect("written");
        assert_eq!((waits(first).await, waits(second).await), ("them".into(), "us".into()));
        let answer = mail("Ana <ana@h.example>", &format!("Re: [CIRT #{first}] one"), "3@h.example", "", "that");
        let answer = bring(house, &office, &answer, later(3)).await;
        assert_eq!(waits(first).await, "us");
        // It was meant for the other, where we wrote later.
        write_message(&house.db, &duty(), &office, second, &draft, later(4)).await.expect("written");
        let names = (first.as_str(), answer.message.as_str());
        let mails = (&office, &house.blobs);
        move_message(&house.db, &duty(), mails, names, Some(second), later(5)).await.expect("moved");
        assert_eq!((waits(first).await, waits(second).await), ("them".into(), "them".into()));
        // A ticket that takes another waits for whoever wrote last in either.
        let more = mail("Ana <ana@h.example>", &format!("Re: [CIRT #{second}] two"), "4@h.example", "", "and this");
        bring(house, &office, &more, later(6)).await;
        merge_ticket(&house.db, &duty(), second, first, later(7)).await.expect("merged");
        assert_eq!(waits(first).await, "us");
        split_ticket(&house.db, &duty(), second, later(8)).await.expect("split");
        assert_eq!((waits(first).await, waits(second).await), ("them".into(), "us".into()));
    });
}

#[test]
fn what_somebody_typed_comes_back_when_it_is_refused() {
    on_both(|house| async move {
        let house = &house;
        let office = office(house).await;
        let one = house.open("Attack", &[], NOON).await;
        let mut reader = door(house).await(Role::Duty).await;
        let path = format!("/incidents/{}", one.number);
        for (happened, technique) in
            [("2199-01-01T10:00", "T1566"), ("2026-01-14T10:00", "phishing"), ("yesterday", "T1566.002")]
        {
            let fields = [("body", "They called."), ("happened", happened), ("technique", technique)];
            let reply = reader.post(&format!("{path}/notes"), &path, &fields).await;
            assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{happened} {technique}");
            for there in ["They called.", happened, technique] {
                assert!(reply.body.contains(there), "{there}: {}", reply.body);
            }
        }
        assert!(notes(&house.db, &one.id, 10).await.expect("read").is_empty());
        // A preview keeps the letter and the language.
        let number = bring(house, &office, &mail("Ana <ana@h.example>", "help", "1@h.example", "", "x"), NOON).await;
        let write = format!("/tickets/{}/write", number.ticket.expect("a number"));
        let fields = [
            ("do", "preview"),
            ("to", "ana@h.example"),
            ("subject", "s"),
            ("body", "b"),
            ("letter", ""),
            ("language", "fr"),
        ];
        let shown = reader.upload(&write, &write, &fields, &[]).await.body;
        assert!(shown.contains(r#"<option value="fr" selected>"#), "{shown}");
    });
}
