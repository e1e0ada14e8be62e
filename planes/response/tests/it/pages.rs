//! The pages, through the shell, as a reader meets them.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use manara_model::{Micros, Tlp};
use manara_response::mail::{self, MailHouse};
use manara_response::{
    Bench, Config, Contacts, FigureDesk, FindingInput, First, Guests, Happened, Hours, Impact, ImportDesk, MailContact,
    MailDesk, Note, State, Take, Verdict, WorkContent, clocks_of, figures_site, import_site, notes, site, tasks_of,
    tickets_site, work_site,
};
use manara_web::{Lang, NewPerson, Role, Shell, WebConfig, Words, ensure_first_users};
use tower::ServiceExt as _;

use crate::house::{House, NOON, duty, finding, new, on_both};

const PASSWORD: &str = "a short sentence";

impl Reader {
    /// Somebody at the same door who is not signed in.
    pub fn stranger(&self) -> Reader {
        Reader {
            router: self.router.clone(),
            cookies: Vec::new(),
            routes: Arc::clone(&self.routes),
            bearer: String::new(),
        }
    }

    /// Hands a file in, with fields before it.
    pub async fn upload(&mut self, path: &str, from: &str, fields: &[(&str, &str)], file: &[u8]) -> Reply {
        let token = self.get(from).await.token();
        let mut body = Vec::new();
        for (name, value) in [("csrf", token.as_str())].iter().chain(fields) {
            body.extend(format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
        }
        body.extend(b"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n");
        body.extend(file);
        body.extend(b"\r\n--x--\r\n");
        self.ask("POST", path, "multipart/form-data; boundary=x", Body::from(body)).await
    }
}

pub struct Reader {
    router: Router,
    cookies: Vec<(String, String)>,
    /// The address of every route behind the door, with its method.
    pub routes: Arc<Vec<(String, &'static str)>>,
    /// The token of a program; empty for a person.
    pub bearer: String,
}

pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
    pub bytes: Vec<u8>,
}

impl Reply {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    pub fn token(&self) -> String {
        let (_, rest) = self.body.rsplit_once(r#"name="csrf" value=""#).expect("a form");
        rest.split('"').next().expect("a token").to_string()
    }

    /// The value of the first hidden or shown input of a name.
    pub fn value(&self, name: &str) -> String {
        let (_, rest) = self.body.split_once(&format!(r#"name="{name}" value=""#)).expect("an input");
        rest.split('"').next().expect("a value").to_string()
    }
}

impl Reader {
    pub async fn send(&mut self, method: &str, path: &str, fields: Option<&[(&str, &str)]>) -> Reply {
        let body = fields.map(|fields| form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish());
        self.ask(method, path, "application/x-www-form-urlencoded", Body::from(body.unwrap_or_default())).await
    }

    async fn ask(&mut self, method: &str, path: &str, kind: &str, body: Body) -> Reply {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", "127.0.0.1:8080")
            .header("cookie", cookies.join("; "))
            .header("content-type", kind)
            .header("authorization", format!("Bearer {}", self.bearer))
            .body(body)
            .expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.expect("a body");
        for value in parts.headers.get_all(header::SET_COOKIE) {
            let pair = value.to_str().expect("text").split(';').next().expect("a pair");
            let (name, value) = pair.split_once('=').expect("a pair");
            self.cookies.retain(|(found, _)| found != name);
            if !value.is_empty() {
                self.cookies.push((name.into(), value.into()));
            }
        }
        let body = String::from_utf8_lossy(&bytes).replace(['\u{2068}', '\u{2069}'], "");
        Reply { status: parts.status, headers: parts.headers, body, bytes: bytes.to_vec() }
    }

    pub async fn get(&mut self, path: &str) -> Reply {
        self.send("GET", path, None).await
    }

    /// A page that must be there, without a key that has no words.
    pub async fn page(&mut self, path: &str) -> Reply {
        let mut reply = self.get(path).await;
        if reply.status == StatusCode::SEE_OTHER {
            let next = reply.header("location").to_string();
            reply = self.get(&next).await;
        }
        assert_eq!(reply.status, StatusCode::OK, "{path}: {}", reply.body);
        no_raw_key(path, &reply.body);
        reply
    }

    pub async fn post(&mut self, path: &str, from: &str, fields: &[(&str, &str)]) -> Reply {
        let token = self.get(from).await.token();
        let mut all = vec![("csrf", token.as_str())];
        all.extend_from_slice(fields);
        let reply = self.send("POST", path, Some(&all)).await;
        no_raw_key(path, &reply.body);
        reply
    }
}

fn no_raw_key(path: &str, body: &str) {
    let text: String = body.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
    assert!(
        !["response-", "web-", "tickets-", "keys-", "import-"].iter().any(|begin| text.contains(begin)),
        "a raw key on {path}:\n{text}"
    );
    let inline = body.replace(r#"<script src="/assets/"#, "");
    assert!(!inline.contains("<script") && !inline.contains(" style="), "the policy of the page forbids it: {path}");
}

/// A neighbour with three findings, one constituent and one thing that happened.
fn guests() -> Guests {
    let known = ["f1", "f2", "f3"].map(|id| finding(id, "a", &format!("192.0.2.{}", &id[1..])));
    Guests {
        facts: Arc::new(move |ids| {
            let found: Vec<FindingInput> = known.iter().filter(|one| ids.contains(&one.id)).cloned().collect();
            Box::pin(async move { Ok(found) })
        }),
        history: Arc::new(|_, ids| {
            Box::pin(async move {
                let one = |id: &String| Happened {
                    at: NOON,
                    who: "constituent".into(),
                    what: "said something".into(),
                    label: id.clone(),
                    href: format!("/findings/{id}"),
                };
                Ok(ids.iter().map(one).collect())
            })
        }),
        named: Arc::new(|name| {
            let found = (name == "Harbour").then(|| ("h".to_string(), name, Impact::Vital));
            Box::pin(async move { Ok(found) })
        }),
    }
}

/// What applied blocks put in force.
fn in_force(ids: &'static [&'static str]) -> First {
    Arc::new(move || Box::pin(async move { Ok(ids.iter().map(ToString::to_string).collect()) }))
}

/// What the pages of tickets and mail work with.
pub async fn desk(house: &House) -> MailDesk {
    let office =
        MailHouse::open(&house.db, &Config::default(), ("CIRT", "cirt@cirt.example"), "en").await.expect("mail");
    let (office, db, blobs) = (Arc::new(office), house.db.clone(), house.blobs.clone());
    let of = Arc::clone(&office);
    let take: Take = Arc::new(move |bytes| {
        let (office, db, blobs) = (Arc::clone(&of), db.clone(), blobs.clone());
        Box::pin(async move {
            match mail::read(&office, &blobs, &bytes, &["cirt@cirt.example".to_string()]) {
                Ok(one) => Ok(Ok(mail::take(&db, &office, &[one], Micros::now()).await?.remove(0))),
                Err(error) => Ok(Err(error.to_string())),
            }
        })
    });
    let contact = |name: &str, mail: &str| MailContact {
        constituent: "Harbour".into(),
        href: "/constituents/h".into(),
        name: name.into(),
        mail: mail.into(),
    };
    let contacts = vec![contact("Ana", "ana@harbour.example"), contact("Bob", "bob@harbour.example")];
    let contacts: Contacts = Arc::new(move || {
        let contacts = contacts.clone();
        Box::pin(async move { Ok(contacts) })
    });
    MailDesk {
        policy: house.policy.clone(),
        office,
        blobs: house.blobs.clone(),
        take,
        first: in_force(&["takedown-request"]),
        contacts,
        printer: manara_document::Printer::new(None),
    }
}

/// The next seven days, of which somebody would work on five.
fn next_days() -> Vec<(String, String)> {
    (0..7).map(|days| (Micros::now().plus_days(days).day(), "Week of <nets>".to_string())).collect()
}

pub async fn door(house: &House) -> impl AsyncFn(Role) -> Reader {
    door_with(house, desk(house).await).await
}

/// The pages over a desk of one's own.
pub async fn door_with(house: &House, desk: MailDesk) -> impl AsyncFn(Role) -> Reader {
    let person = |role: Role, lang| NewPerson { name: role.as_str().into(), role, lang, password: PASSWORD.into() };
    let people = [
        person(Role::Admin, Lang::En),
        person(Role::Duty, Lang::En),
        person(Role::Handler, Lang::Ar),
        person(Role::Analyst, Lang::Fr),
        person(Role::Viewer, Lang::En),
    ];
    ensure_first_users(&house.db, &people, Micros::now()).await.expect("made");
    let shell = Shell::new(house.db.clone(), Words::built_in().expect("words"), WebConfig::default());
    let bench = Bench {
        content: WorkContent::load(None, chrono_tz::Tz::UTC),
        policy: house.policy.clone(),
        printer: manara_document::Printer::new(None),
        blobs: house.blobs.clone(),
        first: Arc::new(|| Box::pin(async { Ok(std::collections::BTreeSet::new()) })),
        days_off: Arc::new(|| Box::pin(async { Ok(next_days()) })),
    };
    let tickets = tickets_site(desk);
    let figures = FigureDesk {
        hours: Hours::default(),
        printer: manara_document::Printer::new(None),
        sector: |id, _| id.to_string(),
        stage: {
            let content = bench.content.clone();
            Arc::new(move |name, lang| content.stage_title(name, lang))
        },
        team: Arc::new(|_| "CIRT".into()),
    };
    let import = ImportDesk { room: crate::imports::room(house).await, scratch: std::env::temp_dir() };
    let site = site(house.policy.clone(), guests()).merge(work_site(bench)).merge(figures_site(figures));
    let whole = Shell::own_site().merge(tickets).merge(site).merge(import_site(import));
    let routes = whole.routes().iter().map(|line| (line.method.to_string(), line.path)).collect();
    let (router, routes) = (shell.router(whole), Arc::new(routes));
    shell.set_eyes(eyes(house));
    async move |role: Role| {
        let (router, routes) = (router.clone(), Arc::clone(&routes));
        let mut reader = Reader { router, cookies: Vec::new(), routes, bearer: String::new() };
        let fields = [("name", role.as_str()), ("password", PASSWORD), ("next", "/incidents")];
        let reply = reader.post("/login", "/login", &fields).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.body);
        reader
    }
}

/// Which lines of the journal a viewer may see, as the app says it of this plane.
fn eyes(house: &House) -> manara_web::Visible {
    let db = house.db.clone();
    Arc::new(move |viewer, entries: Vec<manara_model::Entry>| {
        let db = db.clone();
        Box::pin(async move {
            let records: Vec<String> = entries.iter().map(|entry| entry.record.clone()).collect();
            let seen = manara_response::visible(&db, &viewer, &records).await?;
            Ok(entries.into_iter().filter(|one| one.plane != "response" || seen.contains(&one.record)).collect())
        })
    })
}

#[test]
fn an_incident_goes_from_findings_to_its_end_by_forms_alone() {
    on_both(|house: House| async move {
        let sign_in = door(&house).await;
        let mut duty = sign_in(Role::Duty).await;
        assert!(duty.page("/incidents").await.body.contains("There are no incidents yet"));
        let none = duty.post("/incidents/gather", "/incidents/new", &[("back", "/findings")]).await;
        assert_eq!(none.header("location"), "/findings");
        let gathered =
            duty.post("/incidents/gather", "/incidents/new", &[("id", "f1"), ("id", "f2"), ("id", "x")]).await;
        assert_eq!(gathered.status, StatusCode::OK, "{}", gathered.body);
        assert!(gathered.body.contains("192.0.2.1") && gathered.body.contains("2 findings will be linked"));
        let id = gathered.value("id");
        let form = [
            ("id", id.as_str()),
            ("finding", "f1"),
            ("finding", "f2"),
            ("title", "Citadel <at> the harbour"),
            ("class", "malicious-code/infected-system"),
            ("impact", ""),
            ("urgency", ""),
            ("tlp", "TLP:AMBER"),
            ("owner", ""),
            ("due", ""),
            ("constituents", "Harbour\nNowhere"),
            ("note", "Two machines."),
        ];
        let refused = duty.post("/incidents/new", "/incidents/new", &form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("no constituent named Nowhere") && refused.body.contains("Two machines."));
        let mut form = form;
        form[10].1 = "Harbour";
        for _ in 0..2 {
            let opened = duty.post("/incidents/new", "/incidents/new", &form).await;
            assert_eq!(opened.header("location"), "/incidents/INC-2026-0001".replace("2026", &year()));
        }
        let number = format!("INC-{}-0001", year());
        let path = format!("/incidents/{number}");
        let one = house.get(&number).await;
        assert_eq!((one.findings, one.constituents.as_str()), (2, "Constituent a, Harbour"));
        assert_eq!((one.severity.as_str(), one.state), ("critical", State::New));
        let page = duty.page(&path).await.body;
        for there in
            ["Citadel &lt;at&gt; the harbour", "Two machines.", "said something", "opened the incident", "192.0.2.2"]
        {
            assert!(page.contains(there), "{there} missing in {page}");
        }
        assert_eq!(page.matches("Two machines.").count(), 1, "the second sending made no second note");

        duty.post(&format!("{path}/take"), &path, &[]).await;
        duty.post(&format!("{path}/follow"), &path, &[]).await;
        let noted = duty.post(&format!("{path}/notes"), &path, &[("body", "Called <them>.")]).await;
        assert!(noted.header("location").starts_with(&format!("{path}#note-")), "{}", noted.body);
        let other = house.open("Another", &[finding("f9", "a", "192.0.2.77")], NOON).await;
        let page = duty.page(&path).await.body;
        assert!(page.contains(&other.number) && page.contains("neighbouring addresses"), "{page}");
        duty.post(&format!("{path}/relate"), &path, &[("other", &other.number.to_lowercase())]).await;
        duty.post(&format!("{path}/unlink"), &path, &[("finding", "f2")]).await;
        assert_eq!(house.get(&number).await.findings, 1);

        let close = duty.page(&format!("{path}/close")).await.body;
        assert!(close.contains("sinkhole") && close.contains("is contradicted once"), "{close}");
        let empty = duty.post(&format!("{path}/close"), &path, &[("verdict", "false"), ("resolution", "")]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        let fields = [("verdict", "false"), ("resolution", "false-alarm")];
        duty.post(&format!("{path}/close"), &path, &fields).await;
        let closed = house.get(&number).await;
        assert_eq!((closed.state, closed.verdict), (State::Abandoned, Some(Verdict::False)));
        let page = duty.page(&path).await.body;
        assert!(page.contains("False alarm") && page.contains("Open again"), "{page}");
        assert!(!duty.page("/incidents").await.body.contains(&number), "live ones stand in the list");
        assert!(duty.page("/incidents?state=&show=watched").await.body.contains(&number));
        duty.post(&format!("{path}/reopen"), &path, &[("reason", "They called back.")]).await;
        assert!(duty.page(&path).await.body.contains("They called back."));
        duty.post(&format!("{path}/merge"), &path, &[("other", &other.number)]).await;
        let page = duty.page(&path).await.body;
        assert!(page.contains("This incident was merged into") && page.contains(&other.number), "{page}");
        duty.post(&format!("{path}/split"), &path, &[]).await;
        assert!(!duty.page(&path).await.body.contains("This incident was merged into"));

        let json: serde_json::Value =
            serde_json::from_str(&duty.get(&format!("{path}?format=json")).await.body).expect("JSON");
        assert_eq!((json["number"].as_str(), json["linked"][0]["id"].as_str()), (Some(number.as_str()), Some("f1")));
        assert_eq!(json["notes"][0]["text"], "Two machines.");
    });
}

fn year() -> String {
    Micros::now().day().chars().take(4).collect()
}

#[test]
fn the_second_of_two_editors_chooses_and_loses_nothing() {
    on_both(|house: House| async move {
        let sign_in = door(&house).await;
        let (mut duty_reader, mut handler) = (sign_in(Role::Duty).await, sign_in(Role::Handler).await);
        let one = house.open("First title", &[], NOON).await;
        let path = format!("/incidents/{}", one.number);
        let edit = format!("{path}/edit");
        let (a, b) = (duty_reader.page(&edit).await, handler.page(&edit).await);
        assert!(b.body.contains(r#"dir="rtl""#));
        let due = a.value("due");
        let fields = |title: &'static str, impact: &'static str, version: String| {
            vec![
                ("version", version),
                ("title", title.to_string()),
                ("class", "malicious-code/infected-system".to_string()),
                ("impact", impact.to_string()),
                ("urgency", "high".to_string()),
                ("tlp", "TLP:AMBER".to_string()),
                ("pap", "GREEN".to_string()),
                ("owner", String::new()),
                ("due", due.clone()),
                ("was-title", "First title".to_string()),
                ("was-impact", "low".to_string()),
            ]
        };
        let sent = |all: &[(&'static str, String)]| -> Vec<(&'static str, String)> { all.to_vec() };
        let as_str = |all: &[(&'static str, String)]| -> Vec<(String, String)> {
            all.iter().map(|(name, value)| (name.to_string(), value.clone())).collect()
        };
        let post = async |reader: &mut Reader, all: Vec<(&'static str, String)>| {
            let all = as_str(&all);
            let pairs: Vec<(&str, &str)> = all.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            reader.post(&edit, &edit, &pairs).await
        };
        let first = post(&mut duty_reader, sent(&fields("Second title", "low", a.value("version")))).await;
        assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.body);
        assert_eq!(house.get(&one.id).await.title, "Second title");
        let second = post(&mut handler, sent(&fields("First title", "vital", b.value("version")))).await;
        assert_eq!(second.status, StatusCode::CONFLICT);
        for both in ["First title", "Second title"] {
            assert!(second.body.contains(both), "{both} missing in {}", second.body);
        }
        assert!(
            second.body.contains(r#"name="title" value="Second title" checked"#),
            "what the reader left alone: theirs"
        );
        assert!(second.body.contains(r#"name="impact" value="vital" checked"#), "what the reader changed: theirs own");
        assert_eq!(house.get(&one.id).await.impact, Impact::Low, "nothing was overwritten");
        let mut chosen = fields("Second title", "vital", second.value("version"));
        chosen[9].1 = "Second title".into();
        let saved = post(&mut handler, chosen).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
        let after = house.get(&one.id).await;
        assert_eq!(
            (after.title.as_str(), after.impact, after.severity.as_str()),
            ("Second title", Impact::Vital, "critical")
        );
        let page = duty_reader.page(&path).await.body;
        assert!(page.contains("First title") && page.contains("Second title"), "the timeline has both titles");

        let id = manara_response::add_note(&house.db, &duty(), &one.id, "one", NOON).await.expect("noted");
        let note = format!("{path}/notes/{id}");
        duty_reader.post(&note, &note, &[("version", "1"), ("body", "two")]).await;
        let late = handler.post(&note, &note, &[("version", "1"), ("body", "three")]).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        assert!(late.body.contains("two") && late.body.contains(">three</textarea>"), "{}", late.body);
        let long = "x".repeat(20_001);
        let kept = duty_reader.post(&format!("{path}/notes"), &path, &[("body", &long)]).await;
        assert_eq!(kept.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(kept.body.contains(&long), "what was written is not lost");
        duty_reader.post(&format!("{note}/strike"), &path, &[]).await;
        let all: Vec<Note> = notes(&house.db, &one.id, 10).await.expect("read");
        assert!(all.iter().any(|one| one.id == id && one.struck.is_some()));
        let page = duty_reader.page(&path).await.body;
        assert!(page.contains("Struck out by"), "{page}");
    });
}

#[test]
fn many_are_changed_from_the_list_and_the_undo_is_offered() {
    on_both(|house: House| async move {
        let sign_in = door(&house).await;
        let mut duty_reader = sign_in(Role::Duty).await;
        let mut ids = Vec::new();
        for title in ["Alpha", "Beta", "Gamma"] {
            ids.push(house.open(title, &[], Micros::now()).await.id);
        }
        let found = duty_reader.page("/incidents?q=alPHA&sort=-severity").await.body;
        assert!(found.contains("Alpha") && !found.contains(">Beta<"), "{found}");
        for query in [
            "age=day&show=unowned",
            "age=older",
            "severity=high_up",
            "sort=due",
            "from=2020-01-01",
            "owner=duty",
            "class=fraud",
        ] {
            duty_reader.page(&format!("/incidents?{query}")).await;
        }
        assert_eq!(duty_reader.get("/incidents?show=nonsense").await.status, StatusCode::BAD_REQUEST);
        let export = duty_reader.get("/incidents?format=csv").await.body;
        assert!(export.starts_with("id,number,title") && export.lines().count() == 4, "{export}");

        let take = [("do", "take"), ("back", "/incidents?q=beta"), ("all", "1")];
        let chosen = duty_reader.post("/incidents/bulk", "/incidents", &take).await;
        let bulk = chosen.header("location").to_string();
        let confirm = duty_reader.page(&bulk).await.body;
        assert!(confirm.contains("One record matches") && confirm.contains("Assign to duty"), "{confirm}");
        assert_eq!(house.get(&ids[1]).await.owner, "", "nothing was changed yet");
        let mut other = sign_in(Role::Handler).await;
        assert_eq!(other.get(&bulk).await.status, StatusCode::NOT_FOUND, "it is of whoever chose");
        duty_reader.post(&format!("{bulk}/do"), &bulk, &[]).await;
        assert_eq!((house.get(&ids[1]).await.owner.as_str(), house.get(&ids[0]).await.owner.as_str()), ("duty", ""));
        let list = duty_reader.page("/incidents").await.body;
        assert!(list.contains("Your last change, “Assign to duty”: one record."), "{list}");
        let undo = format!("{bulk}/undo");
        assert!(list.contains(&undo), "{list}");
        duty_reader.post(&undo, "/incidents", &[("back", "/incidents")]).await;
        assert_eq!(house.get(&ids[1]).await.owner, "");
        assert!(!duty_reader.page("/incidents").await.body.contains("Your last change"));
        assert!(duty_reader.page(&bulk).await.body.contains("As before"));
        assert!(duty_reader.get(&format!("{bulk}?format=csv")).await.body.contains(",restored,"));

        let close = [("do", "close"), ("resolution", "no-answer"), ("id", ids[0].as_str()), ("id", "nowhere")];
        duty_reader.post("/incidents/bulk", "/incidents", &close).await;
        assert!(duty_reader.page("/incidents?state=closed").await.body.contains("Alpha"));
        let list = duty_reader.page("/incidents").await.body;
        let (_, report) = list.split_once("href=\"/bulk/").expect("a report");
        let report = duty_reader.page(&format!("/bulk/{}", report.split('"').next().expect("an id"))).await.body;
        assert!(report.contains("it is no longer there") && report.contains("nowhere"), "{report}");
        let wrong =
            duty_reader.post("/incidents/bulk", "/incidents", &[("do", "assign"), ("person", "x"), ("id", "y")]).await;
        assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
        let none = duty_reader.post("/incidents/bulk", "/incidents", &[("do", "take")]).await;
        assert_eq!(none.header("location"), "/incidents");
        let bare = duty_reader.send("POST", "/incidents/bulk", Some(&[("do", "take"), ("id", &ids[2])])).await;
        assert!(bare.status.is_client_error(), "a form without its token changes nothing");
        assert_eq!(house.get(&ids[2]).await.owner, "");
    });
}

#[test]
fn what_is_marked_more_strictly_is_not_there_and_a_viewer_changes_nothing() {
    on_both(|house: House| async move {
        let sign_in = door(&house).await;
        let mut red = new("Only for few");
        red.tlp = Tlp::Red;
        let red = manara_response::open(&house.db, &duty(), &house.policy, &red, &[], NOON).await.expect("opened");
        let amber = house.open("For the team", &[finding("f1", "a", "192.0.2.1")], NOON).await;
        let mut handler = sign_in(Role::Handler).await;
        assert!(handler.page("/incidents").await.body.contains("Only for few"));
        for role in [Role::Analyst, Role::Viewer] {
            let mut reader = sign_in(role).await;
            let list = reader.page("/incidents").await.body;
            assert!(
                list.contains("For the team") && !list.contains("Only for few") && !list.contains("/incidents/bulk")
            );
            assert!(!reader.get("/incidents?format=csv").await.body.contains("Only for few"));
            for path in [format!("/incidents/{}", red.number), format!("/incidents/{}", red.id)] {
                assert_eq!(reader.get(&path).await.status, StatusCode::NOT_FOUND);
                assert_eq!(reader.get(&format!("{path}?format=json")).await.status, StatusCode::NOT_FOUND);
            }
            let path = format!("/incidents/{}", amber.number);
            let page = reader.page(&path).await.body;
            assert!(!page.contains("/edit") && !page.contains("/notes"), "{page}");
            assert_eq!(reader.get(&format!("{path}/edit")).await.status, StatusCode::FORBIDDEN);
            let reply = reader.post(&format!("{path}/take"), &path, &[]).await;
            assert_eq!(reply.status, StatusCode::FORBIDDEN);
            let follow = reader.post(&format!("{path}/follow"), &path, &[]).await;
            assert_eq!(follow.status, StatusCode::SEE_OTHER, "{}", follow.body);
            let hidden = reader.post(&format!("/incidents/{}/follow", red.number), &path, &[]).await;
            assert_eq!(hidden.status, StatusCode::NOT_FOUND);
        }
        for path in ["/incidents/INC-2026-9999", "/incidents/%2e%2e", "/incidents/x'%20OR%201=1"] {
            assert_eq!(handler.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    });
}

#[test]
fn a_refused_form_of_a_task_keeps_what_was_typed() {
    on_both(|house: House| async move {
        let sign_in = door(&house).await;
        let one = house.open("Citadel", &[], Micros::now()).await;
        let mut duty = sign_in(Role::Duty).await;
        let path = format!("/incidents/{}", one.number);
        let (tasks, review) = (format!("{path}/tasks"), format!("{path}/review"));
        let blank = [("title", "  "), ("body", "Ask the harbour."), ("owner", "duty"), ("due", "2026-02-01T10:00")];
        let refused = duty.post(&tasks, &tasks, &blank).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        for part in [
            "Ask the harbour.",
            r#"value="2026-02-01T10:00""#,
            "a title has 1 to 200",
            r#"aria-describedby="title-wrong""#,
        ] {
            assert!(refused.body.contains(part), "{part}: {}", refused.body);
        }
        let soon = [("title", "Kept"), ("due", "soon")];
        let refused = duty.post(&tasks, &tasks, &soon).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains(r#"value="Kept""#) && refused.body.contains(r#"id="due-wrong""#));
        let lesson = [("kind", "lesson"), ("title", "Kept"), ("owner", "nobody we know"), ("due", "2026-02-01T10:00")];
        let refused = duty.post(&tasks, &review, &lesson).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        for part in [r#"value="Kept""#, r#"name="kind" value="lesson""#, r#"id="owner-wrong""#] {
            assert!(refused.body.contains(part), "{part}: {}", refused.body);
        }
        duty.post(&tasks, &tasks, &[("title", "Ask")]).await;
        let task = tasks_of(&house.db, &one.id).await.expect("read").remove(0);
        let here = format!("{tasks}/{}", task.id);
        let change = [("version", "1"), ("title", " "), ("owner", ""), ("due", ""), ("note", "My own note")];
        let refused = duty.post(&here, &here, &change).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        for part in ["My own note", r#"id="title-wrong""#, r#"name="version" value="1""#] {
            assert!(refused.body.contains(part), "{part}: {}", refused.body);
        }
    });
}

#[test]
fn the_work_on_an_incident_is_done_by_forms_alone() {
    on_both(|house: House| async move {
        let sign_in = door(&house).await;
        let one = house.open("Citadel <at> the harbour", &[], Micros::now()).await;
        let mut duty = sign_in(Role::Duty).await;
        let mut handler = sign_in(Role::Handler).await;
        let path = format!("/incidents/{}", one.number);
        let tasks = format!("{path}/tasks");
        assert!(duty.page(&tasks).await.body.contains("No playbook was applied"));
        let applied = duty.post(&format!("{path}/playbooks"), &tasks, &[("playbook", "s22-malware")]).await;
        assert_eq!(applied.header("location"), tasks);
        let page = duty.page(&tasks).await.body;
        assert!(page.contains("Closing checks") && page.contains("The playbook was applied"), "{page}");
        let all = tasks_of(&house.db, &one.id).await.expect("read");
        let plain = all.iter().find(|task| task.decision.is_none() && task.state.as_str() == "open").expect("a step");
        let decision = all.iter().find(|task| task.decision.is_some()).expect("a decision");
        let of = |id: &str| format!("{tasks}/{id}");
        assert!(handler.page(&of(&decision.id)).await.body.contains("radio"), "the question in Arabic");
        duty.post(&format!("{}/done?version=1", of(&plain.id)), &tasks, &[]).await;
        let late = duty.post(&format!("{}/skip?version=1", of(&plain.id)), &tasks, &[("reason", "x")]).await;
        assert_eq!(late.status, StatusCode::SEE_OTHER);
        assert!(duty.page(&of(&plain.id)).await.body.contains("Somebody changed the record"));
        let form =
            [("version", "2"), ("owner", "handler"), ("due", "2026-02-01T10:00"), ("note", "@handler <b>look</b>")];
        duty.post(&of(&plain.id), &of(&plain.id), &form).await;
        let page = duty.page(&of(&plain.id)).await.body;
        assert!(page.contains("&lt;b&gt;look") && page.contains("2026-02-01 10:00"), "{page}");
        let stale = [("version", "2"), ("owner", ""), ("due", ""), ("note", "mine")];
        let refused = duty.post(&of(&plain.id), &of(&plain.id), &stale).await;
        assert!(refused.status == StatusCode::CONFLICT && refused.body.contains("mine"), "nothing is lost");
        assert!(handler.page("/tasks").await.body.contains(&one.number), "called by name");

        duty.post(&format!("{path}/techniques"), &tasks, &[("technique", "t1566.002"), ("record", "")]).await;
        assert!(duty.page(&path).await.body.contains("T1566.002"));
        let clocks = format!("{path}/clocks");
        let started = duty.post(&clocks, &clocks, &[("rule", "nis2"), ("aware", "2026-01-01T00:00")]).await;
        assert_eq!(started.header("location"), clocks);
        let page = duty.page(&clocks).await.body;
        assert!(page.contains("Early warning") && page.contains("late") && page.contains("2026-01-02 00:00"), "{page}");
        let clock = clocks_of(&house.db, &one.id).await.expect("read").remove(0);
        let met = [("stage", "early-warning"), ("at", "2026-01-03T00:00"), ("remark", "By phone.")];
        duty.post(&format!("{clocks}/{}/met?version={}", clock.id, clock.version), &clocks, &met).await;
        let page = duty.page(&clocks).await.body;
        assert!(page.contains("met too late") && page.contains("By phone."), "late stays late: {page}");
        assert!(duty.page("/clocks").await.body.contains("Incident notification"));
        let hours = duty.page("/clocks/hours").await.body;
        assert_eq!(hours.matches("Week of &lt;nets&gt;").count() + hours.matches("Week of &#60;nets&#62;").count(), 5);
        assert!(hours.contains("08:00") && hours.contains("Monday"), "{hours}");

        let closing = duty.page(&format!("{path}/close")).await.body;
        assert!(closing.contains("closing checks are open"), "{closing}");
        let end = [("resolution", "resolved"), ("verdict", "left")];
        duty.post(&format!("{path}/close"), &format!("{path}/close"), &end).await;
        assert!(duty.page(&path).await.body.contains("closing checks are open"), "recorded");
        let review = format!("{path}/review");
        let answers = [("version", "0"), ("q-summary", "A <worm>."), ("q-cause", "setting"), ("finish", "yes")];
        duty.post(&review, &review, &answers).await;
        let page = duty.page(&review).await.body;
        assert!(
            page.contains("a required answer is missing") && page.contains("worm") && !page.contains("<worm>"),
            "{page}"
        );
        let mine = [
            ("version", "0"),
            ("was-q-summary", ""),
            ("q-summary", "My own summary."),
            ("q-cause", ""),
            ("finish", "yes"),
        ];
        let refused = duty.post(&review, &review, &mine).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        for part in [
            "Somebody answered this review",
            ">My own summary.</textarea>",
            "A &lt;worm&gt;.",
            r#"value="setting" selected"#,
            r#"name="finish" value="yes" checked"#,
            r#"name="version" value="1""#,
        ] {
            assert!(refused.body.contains(part), "{part}: {}", refused.body);
        }
        let far = "x".repeat(20_001);
        let long = [("version", "1"), ("q-summary", far.as_str()), ("q-cause", "setting")];
        let refused = duty.post(&review, &review, &long).await;
        assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.body.contains(&far), "kept in the form");
        for language in ["en", "ar", "fr"] {
            let report = duty.page(&format!("{path}/report?in={language}")).await.body;
            assert!(report.contains("T1566.002") && report.contains("worm") && !report.contains("<worm>"), "{report}");
        }
        let file = duty.get(&format!("{path}/report?format=md&in=fr")).await;
        assert!(file.header("content-type").starts_with("text/markdown") && file.body.contains("T1566.002"));
        let written = duty.post("/handover", "/handover", &[("tlp", "TLP:RED"), ("body", "Look at <all>.")]).await;
        assert_eq!(written.header("location"), "/handover");
        assert!(duty.page("/handover").await.body.contains("Look at &lt;all&gt;."));
        let mut viewer = sign_in(Role::Viewer).await;
        let asked = viewer.get(&tasks).await;
        assert!(!asked.body.contains("name=\"playbook\""), "a viewer does no work");
        assert_eq!(viewer.get("/incidents/INC-0000-0001/report").await.status, StatusCode::NOT_FOUND);
    });
}
