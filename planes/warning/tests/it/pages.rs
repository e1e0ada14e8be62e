//! The pages, through the shell, as a reader meets them.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use manara_model::{Micros, Tlp};
use manara_store::migrate;
use manara_warning::{FindingInput, Leaves, Mailroom, NoticeState, Office, Seals, approve, send_due, site, unsealed};
use manara_web::{Lang, NewPerson, Role, Shell, WebConfig, Words, ensure_first_users};
use tower::ServiceExt as _;

use crate::house::{House, NOON, constituent, finding, input, links, on_both};

const PASSWORD: &str = "a short sentence";

pub struct Reader {
    pub router: Router,
    pub cookies: Vec<(String, String)>,
}

pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Reply {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
    pub fn token(&self) -> String {
        let (_, rest) = self.body.rsplit_once(r#"name="csrf" value=""#).expect("a form");
        rest.split('"').next().expect("a token").to_string()
    }
}

impl Reader {
    pub async fn send(&mut self, method: &str, path: &str, fields: Option<&[(&str, &str)]>) -> Reply {
        let body = fields.map(|fields| form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish());
        self.send_body(method, path, "application/x-www-form-urlencoded", body.unwrap_or_default()).await
    }

    pub async fn send_body(&mut self, method: &str, path: &str, kind: &str, body: String) -> Reply {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", "127.0.0.1:8080")
            .header("cookie", cookies.join("; "))
            .header("content-type", kind)
            .body(Body::from(body))
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
        Reply { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&bytes).into_owned() }
    }

    pub async fn get(&mut self, path: &str) -> Reply {
        self.send("GET", path, None).await
    }

    pub async fn page(&mut self, path: &str) -> String {
        let mut reply = self.get(path).await;
        if reply.status == StatusCode::SEE_OTHER {
            let next = reply.header("location").to_string();
            reply = self.get(&next).await;
        }
        assert_eq!(reply.status, StatusCode::OK, "{path}: {}", reply.body);
        let text: String =
            reply.body.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
        assert!(!text.contains("warning-") && !text.contains("web-"), "a raw key on {path}:\n{text}");
        reply.body
    }

    pub async fn post(&mut self, path: &str, from: &str, fields: &[(&str, &str)]) -> Reply {
        let token = self.get(from).await.token();
        let mut all = vec![("csrf", token.as_str())];
        all.extend_from_slice(fields);
        self.send("POST", path, Some(&all)).await
    }
}

pub async fn door(house: &House) -> impl AsyncFn(Role) -> Reader {
    door_with(house, unsealed()).await
}

async fn door_with(house: &House, seals: Seals) -> impl AsyncFn(Role) -> Reader {
    migrate(&house.db, &[manara_web::SCHEMA]).await.expect("migrated");
    let person = |role: Role, lang| NewPerson { name: role.as_str().into(), role, lang, password: PASSWORD.into() };
    let people = [person(Role::Admin, Lang::En), person(Role::Duty, Lang::Ar), person(Role::Viewer, Lang::Fr)];
    ensure_first_users(&house.db, &people, Micros::now()).await.expect("made");
    let shell = Shell::new(house.db.clone(), Words::built_in().expect("words"), WebConfig::default());
    let mailer = manara_net::Mailer::capture("CIRT <cirt@example.org>").expect("mailer");
    let office = Office { mail: "cirt@example.org".into(), ..Office::default() };
    let mailroom = Mailroom {
        blobs: house.blobs.clone(),
        mailer: Arc::new(mailer),
        links: links(),
        seals,
        office,
        four_eyes_above: None,
    };
    let router = shell.router(Shell::own_site().merge(site(Arc::new(mailroom))));
    async move |role: Role| {
        let mut reader = Reader { router: router.clone(), cookies: Vec::new() };
        let fields = [("name", role.as_str()), ("password", PASSWORD), ("next", "/notices")];
        let reply = reader.post("/login", "/login", &fields).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.body);
        reader
    }
}

#[test]
fn a_notice_that_left_says_how_it_did_and_not_how_it_would_now() {
    on_both(|house: House| async move {
        let findings = [finding("f1", "a", "192.0.2.1"), finding("f2", "b", "192.0.2.2")];
        let report = house.compose(&input(&[constituent("a", "en"), constituent("b", "en")], &findings), NOON).await;
        house.fill(NOON).await;
        let [gone, waiting] = report.drafted.as_slice() else { panic!("two notices") };
        approve(&house.db, std::slice::from_ref(gone), "amina", None, NOON).await.expect("approved");
        send_due(&house.db, &house.blobs, &house.mailer, house.way(), None, NOON).await.expect("sent");
        // From now on the marking asks for keys that nobody has.
        let seals: Seals = Arc::new(|mails, _| Box::pin(async move { Ok(Leaves::NoKey(mails)) }));
        let sign_in = door_with(&house, seals).await;
        let mut admin = sign_in(Role::Admin).await;
        let page = admin.page(&format!("/notices/{gone}")).await;
        assert!(page.contains("Neither signed nor encrypted") && page.contains("X-TLP: TLP:AMBER"), "{page}");
        assert!(!page.contains("a key is missing"), "{page}");
        let page = admin.page(&format!("/notices/{waiting}")).await;
        assert!(page.contains("a key is missing") && !page.contains("X-TLP: TLP:AMBER"), "{page}");
    });
}

#[test]
fn a_duty_officer_previews_approves_and_finds_the_message_in_the_box() {
    on_both(|house: House| async move {
        let sign_in = door(&house).await;
        let red = FindingInput { tlp: Tlp::Red, ..finding("f3", "c", "192.0.2.3") };
        let all = [constituent("a", "ar"), constituent("b", "fr"), constituent("c", "en")];
        let report = house
            .compose(&input(&all, &[finding("f1", "a", "192.0.2.1"), finding("f2", "b", "192.0.2.2"), red]), NOON)
            .await;
        house.fill(NOON).await;
        let [a, b, c] = report.drafted.as_slice() else { panic!("three notices") };

        let mut duty = sign_in(Role::Duty).await;
        let list = duty.page("/notices").await;
        for number in ["N-2026-000001", "N-2026-000002", "N-2026-000003"] {
            assert!(list.contains(number), "{list}");
        }
        assert!(list.contains(r#"dir="rtl""#) && list.contains("مسودة") && list.contains("Constituent a"));
        assert!(!duty.page("/notices?state=sent").await.contains("N-2026-000001"));
        let found =
            duty.page("/notices?q=constituent+B&language=fr&from=2026-01-15&until=2026-01-15&sort=-severity").await;
        assert!(found.contains("N-2026-000002") && !found.contains("N-2026-000001"));
        assert_eq!(duty.get("/notices?state=nonsense").await.status, StatusCode::BAD_REQUEST);
        let export = duty.get("/notices?format=csv").await;
        assert!(export.body.starts_with("id,number,") && export.body.lines().count() == 4, "{}", export.body);

        let one = duty.page(&format!("/notices/{a}")).await;
        let full = house.get(a).await;
        assert!(one.contains(&full.body.replace('"', "&#34;")) || one.contains("192.0.2.1"), "{one}");
        for told in ["/findings/f1", "/events?finding=f1", "abuse@a.example", "X-TLP: TLP:AMBER", "/notices/approve"] {
            assert!(one.contains(told), "{told} missing in {one}");
        }
        assert!(duty.page("/notices/N-2026-000001").await.contains("192.0.2.1"), "by its number");
        let file = duty.get(&format!("/notices/{a}/files/N-2026-000001-events.csv")).await;
        assert_eq!(file.header("content-disposition"), "attachment; filename=\"N-2026-000001-events.csv\"");
        assert_eq!(file.header("x-content-type-options"), "nosniff");
        assert!(file.body.starts_with("time.source,source.ip"));
        assert_eq!(duty.get(&format!("/notices/{a}/files/..%2F..%2Fetc%2Fpasswd")).await.status, StatusCode::NOT_FOUND);

        // A form without its token changes nothing.
        let bare = duty.send("POST", "/notices/approve", Some(&[("id", a)])).await;
        assert!(bare.status.is_client_error());
        assert_eq!(house.get(a).await.notice.state, NoticeState::Draft);
        let none = duty.post("/notices/approve", "/notices", &[("back", "/notices")]).await;
        assert_eq!(none.header("location"), "/notices");
        assert!(duty.page("/notices").await.contains("لم يُختر أي إشعار"));

        let back = "/notices?state=draft";
        let both = [("back", back), ("shown", a), ("id", a.as_str()), ("shown", b), ("id", b), ("shown", c)];
        let reply = duty.post("/notices/approve", "/notices", &both).await;
        assert_eq!((reply.status, reply.header("location")), (StatusCode::SEE_OTHER, back));
        assert!(duty.page("/notices").await.contains("اعتُمد إشعاران"));
        for id in [a, b] {
            assert_eq!(house.get(id).await.notice.approved_by, "duty");
        }
        assert_eq!(house.get(c).await.notice.state, NoticeState::Draft);
        send_due(&house.db, &house.blobs, &house.mailer, house.way(), None, Micros::now()).await.expect("sent");

        let sent = duty.page(&format!("/notices/{a}")).await;
        assert!(sent.contains(&format!("/notices/mailbox/{a}")) && !sent.contains("/notices/cancel"), "{sent}");
        let reply = duty.post("/notices/cancel", "/notices", &[("id", a), ("id", c)]).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER);
        assert!(duty.page("/notices").await.contains("أُرسل من قبل"));
        assert_eq!(house.get(c).await.notice.state, NoticeState::Cancelled);

        let mailbox = duty.page("/notices/mailbox").await;
        assert!(mailbox.contains("N-2026-000001") && mailbox.contains("abuse@b.example"));
        let message = duty.page(&format!("/notices/mailbox/{a}")).await;
        assert!(message.contains(&format!("Message-ID: &#60;{a}@example.org&#62;")), "{message}");
        assert!(message.contains("192.0.2.1") && message.contains("events.json"));
        let whole = duty.get(&format!("/notices/mailbox/{a}/message.eml")).await;
        assert!(
            whole.header("content-disposition").starts_with("attachment") && whole.body.contains("MIME-Version: 1.0")
        );

        // Somebody who only looks on.
        let mut viewer = sign_in(Role::Viewer).await;
        let list = viewer.page("/notices").await;
        assert!(list.contains("N-2026-000001") && !list.contains("N-2026-000003"), "red is not for everybody");
        assert!(!list.contains(r#"name="id""#) && !list.contains("/notices/cancel"));
        assert_eq!(viewer.get(&format!("/notices/{c}")).await.status, StatusCode::NOT_FOUND);
        assert_eq!(
            viewer.get(&format!("/notices/{c}/files/N-2026-000003-events.csv")).await.status,
            StatusCode::NOT_FOUND
        );
        let refused = viewer.post("/notices/redraft", "/notices", &[("id", c)]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        let mut stranger = Reader { router: viewer.router.clone(), cookies: Vec::new() };
        assert_ne!(stranger.get("/notices").await.status, StatusCode::OK);
    });
}

#[test]
fn every_page_is_in_words_in_every_language_when_there_is_nothing_and_when_something_is_wrong() {
    on_both(|house: House| async move {
        let sign_in = door(&house).await;
        let mut admin = sign_in(Role::Admin).await;
        for lang in ["en", "ar", "fr"] {
            for path in ["/notices", "/notices/mailbox", "/notices?q=nothing"] {
                let joint = if path.contains('?') { '&' } else { '?' };
                admin.page(&format!("{path}{joint}lang={lang}")).await;
            }
        }
        let mut nobody = constituent("a", "en");
        nobody.contacts.clear();
        nobody.name = "<script>alert(1)</script>\u{202e}".into();
        let evil =
            FindingInput { subject: "</pre><script>alert(2)</script>".into(), ..finding("f1", "a", "192.0.2.1") };
        let report = house.compose(&input(&[nobody], &[evil]), NOON).await;
        let id = &report.drafted[0];
        for lang in ["en", "ar", "fr"] {
            let one = admin.page(&format!("/notices/{id}?lang={lang}")).await;
            assert!(!one.replace(r#"<script src="/assets/"#, "").contains("<script"), "{one}");
            assert!(one.contains("there is no address to send it to"), "the reason is named");
            admin.page(&format!("/notices?lang={lang}")).await;
        }
    });
}
