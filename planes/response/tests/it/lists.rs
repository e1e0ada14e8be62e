//! The lists of tasks, of stages of clocks and of mail: filters, pages, exports, and the same for programs.

use axum::http::StatusCode;
use manara_model::{Mailboxes, Micros};
use manara_response::mail::{MailHouse, OutcomeKind, read, take};
use manara_response::{
    Config, Draft, MailConfig, Moments, NewTask, StageMet, TaskStep, WorkContent, add_task, meet_stage, start_clock,
    step_task, write_message,
};
use manara_web::{NewToken, Right, Role, make_token};
use serde_json::Value;

use crate::house::{House, NOON, duty, on_both};
use crate::pages::{Reader, Reply, door};

const HOUR: i64 = 3_600_000_000;

fn at(hours: i64) -> Micros {
    Micros(NOON.0 + hours * HOUR)
}

/// A program of the duty officer's.
async fn program(house: &House, reader: &Reader) -> Reader {
    let mut tx = house.db.begin().await.expect("begun");
    let new = NewToken {
        name: "lists".into(),
        scopes: vec![Right::ReadIncidents, Right::HandleIncidents],
        days: 1,
        mailboxes: Mailboxes::all(),
    };
    let token = make_token(&mut tx, "duty", "duty", &new, Micros::now()).await.expect("made");
    tx.commit().await.expect("committed");
    let mut program = reader.stranger();
    program.bearer = token;
    program
}

/// How many lines a list shows.
fn lines(reply: &Reply) -> usize {
    reply.body.matches("<th scope=\"row\"").count()
}

/// A list by its words: how many lines it has, each of them with a word.
async fn of(reader: &mut Reader, path: &str, word: &str) -> usize {
    let reply = reader.page(path).await;
    assert!(!reply.body.contains(">work-"), "a raw key on {path}: {}", reply.body);
    let rows = reply.body.split("<th scope=\"row\"").skip(1);
    assert!(rows.clone().all(|row| row.contains(word)), "{path} without {word}: {}", reply.body);
    rows.count()
}

/// The address of the next page.
fn next_of(reply: &Reply) -> String {
    let (_, rest) = reply.body.split_once("rel=\"next\" href=\"").expect("a next page");
    rest.split('"').next().expect("an address").replace("&amp;", "&").replace("&#38;", "&")
}

async fn items(program: &mut Reader, path: &str) -> (Vec<Value>, Option<String>) {
    let reply = program.get(path).await;
    assert_eq!(reply.status, StatusCode::OK, "{path}: {}", reply.body);
    let page: Value = serde_json::from_str(&reply.body).expect("JSON");
    let items = page["items"].as_array().expect("items").clone();
    (items, page["next"].as_str().map(str::to_string))
}

#[test]
fn tasks_are_narrowed_paged_and_taken_away() {
    on_both(|house: House| async move {
        let sign_in = door(&house).await;
        let mut reader = sign_in(Role::Duty).await;
        let one = house.open("Harbour <cranes>", &[], NOON).await;
        let add = async |title: &str, owner: &str, due: Option<Micros>, is_lesson: bool| {
            let new = NewTask { title: title.into(), owner: owner.into(), due, is_lesson, ..NewTask::default() };
            add_task(&house.db, &duty(), &one.id, &new, NOON).await.expect("added")
        };
        assert!(reader.page("/tasks").await.body.contains("No open task"), "nothing yet");
        for hour in 1..=60 {
            add(&format!("Call {hour}."), "duty", Some(at(hour)), false).await;
        }
        add("Whose <is> it", "", None, false).await;
        add("Of somebody else", "handler", None, true).await;
        let done = add("Was done", "duty", None, false).await;
        let hours = WorkContent::load(None, chrono_tz::Tz::UTC).hours;
        let with = (&TaskStep::Done(String::new()), &hours);
        step_task(&house.db, &duty(), (&one.id, &done.id), None, with, at(1)).await.expect("done");

        // One's own that are open, in the order in which they are due; the others on the next page.
        let first = reader.page("/tasks").await;
        assert_eq!(lines(&first), 50);
        let place = |text: &str| first.body.find(text).expect("there");
        assert!(place("Call 1.") < place("Call 2.") && place("Call 2.") < place("Call 50."), "{}", first.body);
        assert!(!first.body.contains("Call 51.") && !first.body.contains("somebody else"), "{}", first.body);
        let next = next_of(&first);
        let second = reader.page(&next).await;
        assert!(lines(&second) == 10 && second.body.contains("Call 60."), "{next}: {}", second.body);

        assert_eq!(of(&mut reader, "/tasks?q=call+7.", "Call 7.").await, 1);
        assert_eq!(of(&mut reader, "/tasks?show=&q=HARBOUR&rows=200", "Harbour &lt;cranes&gt;").await, 62);
        // Words are looked for among open ones alone, and the page says so where more is asked for.
        assert_eq!(of(&mut reader, "/tasks?show=&state=&q=harbour&rows=200", "Harbour &lt;cranes&gt;").await, 62);
        let asked = reader.page("/tasks?show=&state=done&q=was+done").await;
        assert_eq!(lines(&asked), 0);
        assert!(
            asked.body.contains("/incidents?state=all&amp;q=was+done")
                || asked.body.contains("/incidents?state=all&#38;q=was+done"),
            "{}",
            asked.body
        );
        assert_eq!(of(&mut reader, "/tasks?show=unowned", "Whose &lt;is&gt; it").await, 1);
        assert_eq!(of(&mut reader, "/tasks?show=late&rows=200", "Call ").await, 60);
        assert_eq!(of(&mut reader, "/tasks?owner=handler", "Of somebody else").await, 1);
        assert_eq!(of(&mut reader, "/tasks?show=mine&owner=handler", "Of somebody else").await, 1);
        assert_eq!(of(&mut reader, "/tasks?show=all&kind=lesson", "Of somebody else").await, 1);
        assert_eq!(of(&mut reader, "/tasks?state=done", "Was done").await, 1);
        assert_eq!(of(&mut reader, "/tasks?show=&state=&rows=200", "Harbour").await, 63);
        // The calls until midnight: noon is the first, and one an hour.
        assert_eq!(of(&mut reader, "/tasks?due=2026-01-15", "Call ").await, 11);
        let turned = reader.page("/tasks?sort=-due").await;
        assert!(turned.body.contains("Call 60.") && !turned.body.contains("Call 1."), "{}", turned.body);
        let few = reader.page("/tasks?col=due").await;
        assert!(!few.body.contains("Harbour") && few.body.contains("Call 1."), "{}", few.body);
        assert_eq!(reader.get("/tasks?state=nowhere").await.status, StatusCode::BAD_REQUEST);
        assert_eq!(reader.get("/tasks?due=soon").await.status, StatusCode::BAD_REQUEST);

        let csv = reader.get("/tasks?show=all&format=csv").await;
        assert!(csv.header("content-type").starts_with("text/csv"), "{:?}", csv.headers);
        assert!(csv.body.lines().count() == 63 && csv.body.contains("TLP:AMBER"), "{}", csv.body);
        let json = reader.get("/tasks?state=done&format=json").await;
        let rows: Value = serde_json::from_str(&json.body).expect("JSON");
        assert!(rows[0]["title"] == "Was done" && rows[0]["done_by"] == "duty", "{rows}");
        assert!(reader.get("/tasks?format=xlsx").await.bytes.starts_with(b"PK"));

        let mut program = program(&house, &reader).await;
        let (all, none) = items(&mut program, "/api/v1/tasks?limit=200").await;
        assert!(all.len() == 62 && none.is_none(), "open ones of everybody: {}", all.len());
        assert_eq!(all[0]["task"]["title"][""], "Call 1.");
        let (half, next) = items(&mut program, "/api/v1/tasks?owner=duty&limit=40").await;
        let path = format!("/api/v1/tasks?owner=duty&limit=40&cursor={}", next.expect("more"));
        assert_eq!(half.len() + items(&mut program, &path).await.0.len(), 60);
        assert_eq!(items(&mut program, "/api/v1/tasks?state=done").await.0[0]["task"]["title"][""], "Was done");
        assert_eq!(items(&mut program, "/api/v1/tasks?show=unowned&kind=own").await.0.len(), 1);
        assert_eq!(program.get("/api/v1/tasks?cursor=x").await.status, StatusCode::BAD_REQUEST);
    });
}

#[test]
fn stages_are_narrowed_paged_and_taken_away() {
    on_both(|house: House| async move {
        let sign_in = door(&house).await;
        let mut reader = sign_in(Role::Duty).await;
        assert!(reader.page("/clocks").await.body.contains("No clock runs"), "nothing yet");
        let content = WorkContent::load(None, chrono_tz::Tz::UTC);
        // Long ago, so that all that runs is late on the pages.
        for title in ["Harbour breach", "Ministry breach"] {
            let one = house.open(title, &[], NOON).await;
            let from = Moments { aware: Some(NOON), ..Moments::default() };
            start_clock(&house.db, &duty(), &content, (&one.id, "nis2"), from, NOON).await.expect("started");
            if title.starts_with("Ministry") {
                let said = StageMet { stage: "early-warning".into(), at: Some(at(25)), remark: String::new() };
                let did = (&said, &content.hours);
                meet_stage(&house.db, &duty(), (&one.id, "nis2"), None, did, at(26)).await.expect("met");
                let said = StageMet { stage: "notification".into(), at: Some(at(30)), remark: String::new() };
                let did = (&said, &content.hours);
                meet_stage(&house.db, &duty(), (&one.id, "nis2"), None, did, at(30)).await.expect("met");
            }
        }
        // Two run of the first, the last of the other; what is waited for is not in the list.
        let all = reader.page("/clocks").await;
        assert_eq!(lines(&all), 3, "{}", all.body);
        let place = |text: &str| all.body.find(text).expect("there");
        assert!(place("Early warning") < place("Incident notification"), "{}", all.body);
        assert_eq!(of(&mut reader, "/clocks?state=late", "late").await, 3);
        assert_eq!(of(&mut reader, "/clocks?state=met", "Ministry").await, 2);
        assert_eq!(of(&mut reader, "/clocks?state=met_late", "Early warning").await, 1);
        assert_eq!(of(&mut reader, "/clocks?state=", "breach").await, 5);
        assert_eq!(of(&mut reader, "/clocks?stage=early-warning", "Harbour").await, 1);
        assert_eq!(of(&mut reader, "/clocks?rule=gdpr", "nothing").await, 0);
        assert_eq!(of(&mut reader, "/clocks?q=ministry", "Ministry").await, 1);
        assert_eq!(of(&mut reader, "/clocks?due=2026-01-16", "Early warning").await, 1);
        let first = reader.page("/clocks?rows=2").await;
        assert_eq!(lines(&first), 2);
        assert_eq!(of(&mut reader, &next_of(&first), "Ministry").await, 1);
        assert_eq!(reader.get("/clocks?state=nowhere").await.status, StatusCode::BAD_REQUEST);
        let few = reader.page("/clocks?col=stage").await;
        assert!(!few.body.contains("Harbour") && few.body.contains("Early warning"), "{}", few.body);

        let csv = reader.get("/clocks?state=&format=csv").await;
        assert!(csv.body.lines().count() == 6 && csv.body.contains("met-late"), "{}", csv.body);
        assert!(reader.get("/clocks?format=xlsx").await.bytes.starts_with(b"PK"));
        let mut program = program(&house, &reader).await;
        let (running, next) = items(&mut program, "/api/v1/clocks?limit=2").await;
        assert!(running.len() == 2 && running[0]["stage"]["standing"] == "late", "{running:?}");
        let rest = format!("/api/v1/clocks?limit=2&cursor={}", next.expect("more"));
        assert_eq!(items(&mut program, &rest).await.0.len(), 1);
        assert_eq!(items(&mut program, "/api/v1/clocks?state=met_late").await.0[0]["stage"]["stage"], "early-warning");
        assert_eq!(items(&mut program, "/api/v1/clocks?state=all&rule=nis2").await.0.len(), 5);
    });
}

#[test]
fn mail_that_waits_for_a_second_person_goes_on_by_pages() {
    on_both(|house: House| async move {
        let sign_in = door(&house).await;
        let mut reader = sign_in(Role::Duty).await;
        let mail = MailConfig { plain_up_to: "RED".into(), four_eyes_above: "amber".into(), ..MailConfig::default() };
        let config = Config { mail, ..Config::default() };
        let office = MailHouse::open(&house.db, &config, ("CIRT", "cirt@cirt.example"), "en").await.expect("mail");
        let bytes = b"From: ana@harbour.example\r\nTo: cirt@cirt.example\r\nSubject: TLP:RED help\r\nMessage-ID: <a@x.example>\r\n\r\nhelp\r\n";
        let one = read(&office, &house.blobs, bytes, &["cirt@cirt.example".to_string()]).expect("read");
        let number = take(&house.db, &office, &[one], NOON).await.expect("taken").remove(0).ticket.expect("a number");
        assert!(reader.page("/mail/drafts").await.body.contains("No mail is waiting for a second person."));
        for hour in 1..=3 {
            let to = vec![format!("r{hour}@isp.example")];
            let draft = Draft { id: String::new(), to, subject: format!("Draft {hour}"), body: "Look.".into() };
            write_message(&house.db, &duty(), &office, &number, &draft, at(hour)).await.expect("written");
        }
        let all = reader.page("/mail").await.body;
        assert!(all.contains("r3@isp.example") && all.contains("href=\"/mail/drafts\""), "{all}");
        assert_eq!(of(&mut reader, "/mail/drafts?q=r2%40", "r2@isp.example").await, 1);
        let first = reader.page("/mail/drafts?rows=2").await;
        assert_eq!(lines(&first), 2, "{}", first.body);
        assert_eq!(of(&mut reader, &next_of(&first), "r3@isp.example").await, 1);
        assert_eq!(reader.get("/mail/drafts?format=csv").await.body.lines().count(), 4);
        let mut program = program(&house, &reader).await;
        let (waiting, next) = items(&mut program, "/api/v1/mail/drafts?limit=2").await;
        assert!(waiting.len() == 2 && waiting[0]["message"]["recipients"] == "r1@isp.example", "{waiting:?}");
        let rest = format!("/api/v1/mail/drafts?limit=2&cursor={}", next.expect("more"));
        assert_eq!(items(&mut program, &rest).await.0.len(), 1);
    });
}

#[test]
fn held_mail_and_what_did_not_arrive_go_on_by_pages() {
    on_both(|house: House| async move {
        let sign_in = door(&house).await;
        let mut reader = sign_in(Role::Duty).await;
        let office =
            MailHouse::open(&house.db, &Config::default(), ("CIRT", "cirt@cirt.example"), "en").await.expect("mail");
        let bring = async |from: &str, subject: &str, id: &str| {
            let bytes = format!(
                "From: {from}\r\nTo: cirt@cirt.example\r\nSubject: {subject}\r\nMessage-ID: <{id}@x.example>\r\n\r\nhelp\r\n"
            );
            let to = ["cirt@cirt.example".to_string()];
            let one = read(&office, &house.blobs, bytes.as_bytes(), &to).expect("read");
            take(&house.db, &office, &[one], NOON).await.expect("taken").remove(0)
        };
        let number = bring("ana@harbour.example", "help", "a").await.ticket.expect("a number");
        for at in 1..=3 {
            let subject = format!("Re: [CIRT #{number}] stranger {at}");
            let held = bring(&format!("s{at}@evil.example"), &subject, &format!("s{at}")).await;
            assert_eq!(held.kind, OutcomeKind::Quarantined);
        }
        let first = reader.page("/mail/held?rows=2").await;
        assert_eq!(lines(&first), 2, "{}", first.body);
        assert_eq!(of(&mut reader, &next_of(&first), "stranger").await, 1);
        assert_eq!(of(&mut reader, "/mail/held?q=S2%40evil", "stranger 2").await, 1);
        assert_eq!(of(&mut reader, "/mail/held?until=2026-01-14", "nothing").await, 0);
        assert_eq!(reader.get("/mail/held?format=csv").await.body.lines().count(), 4);

        for hour in 1..=3 {
            let to = vec![format!("r{hour}@isp.example")];
            let draft = Draft { id: String::new(), to, subject: String::new(), body: format!("Look at {hour}.") };
            write_message(&house.db, &duty(), &office, &number, &draft, at(hour)).await.expect("written");
        }
        let all = reader.page("/mail").await.body;
        assert!(all.contains("stranger 3") && all.contains("r3@isp.example"), "{all}");
        assert!(all.contains("href=\"/mail/held\"") && all.contains("href=\"/mail/queue\""), "{all}");
        assert_eq!(of(&mut reader, "/mail/queue?q=r2%40", "r2@isp.example").await, 1);
        assert_eq!(of(&mut reader, "/mail/queue?q=isp.example&rows=2", "isp.example").await, 2);
        let first = reader.page("/mail/queue?q=isp.example&rows=2").await;
        assert_eq!(of(&mut reader, &next_of(&first), "r3@isp.example").await, 1);
        // A button leads back to the list it stands in.
        let list = "/mail/queue?q=r2%40";
        let page = reader.page(list).await.body;
        let (_, rest) = page.split_once("action=\"/mail/deliveries/").expect("a button");
        let id = rest.split('/').next().expect("an id");
        let stopped = reader.post(&format!("/mail/deliveries/{id}/stop"), list, &[("back", list)]).await;
        assert_eq!(stopped.header("location"), list);
        let away = reader.post(&format!("/mail/deliveries/{id}/stop"), list, &[("back", "//evil.example")]).await;
        assert_eq!(away.header("location"), "/mail");
        assert_eq!(of(&mut reader, "/mail/queue?state=stopped", "r2@isp.example").await, 1);
        assert!(reader.get("/mail/queue?state=stopped&format=csv").await.body.contains("r2@isp.example"));

        // What nobody answered for a week; a letter of today is waited for, but not yet for long.
        let waits = async |reader: &mut Reader, show: &str| {
            reader.page(&format!("/tickets?show={show}")).await.body.contains(&number)
        };
        assert!(waits(&mut reader, "waits-them").await && waits(&mut reader, "waits-long").await);
        let to = vec!["r4@isp.example".to_string()];
        let draft = Draft { id: String::new(), to, subject: String::new(), body: "Once more.".into() };
        write_message(&house.db, &duty(), &office, &number, &draft, Micros::now()).await.expect("written");
        assert!(waits(&mut reader, "waits-them").await && !waits(&mut reader, "waits-long").await);

        let mut program = program(&house, &reader).await;
        let (held, next) = items(&mut program, "/api/v1/mail/held?limit=2").await;
        assert!(
            held.len() == 2
                && next.is_some()
                && held[0]["from_mail"].as_str().is_some_and(|from| from.ends_with("evil.example")),
            "{held:?}"
        );
        assert_eq!(items(&mut program, "/api/v1/mail/queue?state=stopped").await.0[0]["mail"], "r2@isp.example");
        assert_eq!(items(&mut program, "/api/v1/mail/queue?q=isp.example").await.0.len(), 4);
        // Who reads alone has no mail.
        let mut viewer = sign_in(Role::Viewer).await;
        assert_eq!(viewer.get("/mail/held").await.status, StatusCode::FORBIDDEN);
    });
}
