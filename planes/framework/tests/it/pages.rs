//! The pages, through the shell, as a reader meets them.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use manara_framework::assessments::sheet;
use manara_framework::catalogues::OpenShelf;
use manara_framework::{Papers, site, works_site};
use manara_model::{Micros, Tlp};
use manara_store::Blobs;
use manara_web::{Lang, NewPerson, Role, Shell, WebConfig, Words, ensure_first_users};
use tower::ServiceExt as _;

use crate::house::{House, boats, catalogue, on_both};

pub const PASSWORD: &str = "a short sentence";

pub struct Reader {
    pub router: Router,
    cookies: Vec<(String, String)>,
}

pub struct Reply {
    pub status: StatusCode,
    headers: HeaderMap,
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
    /// Somebody who signed in.
    pub async fn signed_in(router: Router, name: &str) -> Reader {
        let mut reader = Reader { router, cookies: Vec::new() };
        let reply = reader.post("/login", "/login", &[("name", name), ("password", PASSWORD)]).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.body);
        reader
    }

    async fn send(&mut self, method: &str, path: &str, fields: Option<&[(&str, &str)]>) -> Reply {
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
        let body = String::from_utf8_lossy(&bytes).replace(['\u{2068}', '\u{2069}'], "");
        Reply { status: parts.status, headers: parts.headers, body }
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

    /// Posts a form with a file, the last of its fields.
    pub async fn upload_text(&mut self, path: &str, fields: &[(&str, &str)]) -> Reply {
        self.upload_from(path, path, fields).await
    }

    /// The same from another page than the one it posts to.
    pub async fn upload_from(&mut self, path: &str, from: &str, fields: &[(&str, &str)]) -> Reply {
        let token = self.get(from).await.token();
        let mut body = String::new();
        for (name, value) in [("csrf", token.as_str())].iter().chain(fields) {
            let file = if *name == "file" { "; filename=\"file.json\"" } else { "" };
            body.push_str(&format!(
                "--limit\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{value}\r\n"
            ));
        }
        body.push_str("--limit--\r\n");
        self.send_body("POST", path, "multipart/form-data; boundary=limit", body).await
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

impl Reader {
    /// Sends a form with texts and one file, which holds "the file".
    pub async fn upload(&mut self, path: &str, from: &str, fields: &[(&str, &str)], file: &str) -> Reply {
        let token = self.get(from).await.token();
        let text = |(name, value): &(&str, &str)| {
            format!("--edge\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let mut body = text(&("csrf", &token));
        fields.iter().for_each(|field| body.push_str(&text(field)));
        body.push_str(&format!(
            "--edge\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{file}\"\r\n\r\nthe file\r\n--edge--\r\n"
        ));
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = Request::builder()
            .method("POST")
            .uri(path)
            .header("host", "127.0.0.1:8080")
            .header("cookie", cookies.join("; "))
            .header("content-type", "multipart/form-data; boundary=edge")
            .body(Body::from(body))
            .expect("a request");
        let (parts, body) = self.router.clone().oneshot(request).await.expect("an answer").into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.expect("a body");
        Reply { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&bytes).into_owned() }
    }
}

fn no_raw_key(path: &str, body: &str) {
    let text: String = body.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
    assert!(
        [
            "framework-",
            "programme-",
            "web-",
            "establish-",
            "manual-",
            "training-",
            "service-",
            "quality-",
            "law-",
            "strategy-",
            "office-",
            "exchange-",
            "workshop-",
            "voices-",
            "document-",
        ]
        .iter()
        .all(|key| !text.contains(key)),
        "a raw key on {path}:\n{text}"
    );
    let inline = body.replace(r#"<script src="/assets/"#, "");
    assert!(!inline.contains("<script") && !inline.contains(" style="), "the policy of the page forbids it: {path}");
}

/// The shell over the plane, and a token of somebody who moderates.
pub async fn program(house: &House) -> (Router, String) {
    let reader = reader(house, "duty", Lang::En).await;
    let mut tx = house.db.begin().await.expect("begun");
    let scopes = vec![manara_web::Right::ReadFramework, manara_web::Right::ModerateAssessments];
    let new = manara_web::NewToken { name: "tests".into(), scopes, days: 1, mailboxes: Default::default() };
    let secret = manara_web::make_token(&mut tx, "duty", "duty", &new, Micros::now()).await.expect("a token");
    tx.commit().await.expect("committed");
    (reader.router, secret)
}

/// The shell over the plane, with somebody signed in.
pub async fn reader(house: &House, name: &str, lang: Lang) -> Reader {
    reader_and_shelf(house, name, lang).await.0
}

/// The same with the shelf, which takes over what lies in the folder when it is looked at.
pub async fn reader_and_shelf(house: &House, name: &str, lang: Lang) -> (Reader, OpenShelf) {
    let roles = [("duty", Role::Duty), ("handler", Role::Handler), ("viewer", Role::Viewer)];
    let people: Vec<NewPerson> = roles
        .iter()
        .map(|(name, role)| NewPerson { name: (*name).into(), role: *role, lang, password: PASSWORD.into() })
        .collect();
    ensure_first_users(&house.db, &people, Micros::now()).await.expect("people");
    std::fs::create_dir_all(house.folder.path().join("frameworks")).expect("a folder");
    std::fs::write(house.folder.path().join("frameworks/boats.yaml"), boats("minima", 5)).expect("written");
    let shelf = OpenShelf::of(Some(house.folder.path()));
    let shell = Shell::new(house.db.clone(), Words::built_in().expect("words"), WebConfig::default());
    let blobs = Blobs::new(house.folder.path().join("blobs"));
    let works = works_site(shelf.clone(), blobs.clone(), std::sync::Arc::new(crate::beside::Quiet));
    let pages = Shell::own_site().merge(site(shelf.clone(), blobs, Papers::default())).merge(works);
    (Reader::signed_in(shell.router(pages), name).await, shelf)
}

#[test]
fn a_person_begins_answers_moderates_and_takes_the_report() {
    on_both(|house| async move {
        let mut duty = reader(&house, "duty", Lang::En).await;
        let home = duty.page("/framework").await;
        assert!(home.body.contains("Boats") && home.body.contains("No assessment yet"), "{}", home.body);
        duty.page("/framework/catalogues/boats").await;
        let begun = duty
            .post(
                "/framework/assessments",
                "/framework",
                &[("catalogue", "boats"), ("subject", "The <fleet>"), ("tlp", "AMBER")],
            )
            .await;
        let path = begun.header("location").to_string();
        assert!(path.starts_with("/framework/assessments/"), "{path}");
        let id = path.rsplit('/').next().unwrap().to_string();
        let page = duty.page(&path).await;
        assert!(page.body.contains("The &#60;fleet&#62;"), "{}", page.body);
        let answer = format!("{path}/answer");
        duty.post(&format!("{path}/join"), &answer, &[("organisation", "Port"), ("role", "captain")]).await;
        let form = duty.page(&format!("{answer}?section=C")).await;
        assert!(form.body.contains(r#"name="level-C-1""#) && !form.body.contains(r#"name="level-H-1""#));
        let fields = [
            ("section", "C"),
            ("level-C-1", "3"),
            ("state-C-1", "in-place"),
            ("comment-C-1", "yes"),
            ("level-C-2", ""),
            ("level-H-1", "4"),
        ];
        let saved = duty.post(&answer, &answer, &fields).await;
        assert_eq!(saved.header("location"), format!("{answer}?section=C"));
        let said = sheet(&house.db, &id, "2026-01-15").await.unwrap();
        assert_eq!((said.answers.len(), said.answers[0].level), (1, Some(3)), "only what the section asks");
        let moderate = format!("{path}/moderate");
        duty.page(&format!("{moderate}?section=C")).await;
        duty.post(&moderate, &moderate, &[("section", "C"), ("item", "C-1"), ("level", "2"), ("reason", "seen")]).await;
        let scores = duty.page(&format!("{path}?profile=harbour")).await;
        assert!(scores.body.contains("Agreed"), "{}", scores.body);
        duty.post(&format!("{path}/snapshot"), &path, &[("name", "Workshop")]).await;
        let page = duty.page(&path).await;
        let (_, rest) = page.body.split_once("?snapshot=").expect("a snapshot");
        let taken = rest.split('"').next().unwrap().to_string();
        duty.page(&format!("{path}?snapshot={taken}")).await;
        let compared = duty.page(&format!("/framework/compare?before={taken}&after={id}")).await;
        assert!(compared.body.contains("Worse"), "{}", compared.body);
        // Opened by its address alone the page is read by the usual profile; an empty choice is none.
        let usual = "<option value=\"harbour\" selected>";
        assert!(duty.page(&format!("{path}/design")).await.body.contains(usual));
        assert!(!duty.page(&format!("{path}/design?profile=")).await.body.contains(usual));
        duty.page(&format!("{path}/design?profile=harbour&services=6.1&budget=1000&months=12")).await;
        for (lang, form) in [("ar", "html"), ("fr", "md"), ("ar", "pdf"), ("en", "docx")] {
            let report = duty.get(&format!("{path}/report?format={form}&in={lang}&profile=harbour")).await;
            assert_eq!(report.status, StatusCode::OK);
            assert!(report.header("content-disposition").contains(&format!("-{lang}.{form}")));
        }
        let design = "design/document?format=docx&in=fr&profile=harbour&services=6.1&budget=1000&months=12";
        let design = duty.get(&format!("{path}/{design}")).await;
        assert_eq!(design.status, StatusCode::OK);
        assert!(design.body.starts_with("PK") && design.header("content-type").contains("wordprocessingml"));
        assert_eq!(duty.get(&format!("{path}/report?format=exe")).await.status, StatusCode::BAD_REQUEST);
        duty.post(&format!("{path}/close"), &path, &[]).await;
        let closed = duty.page(&answer).await;
        assert!(closed.body.contains("is closed"), "{}", closed.body);
    });
}

#[test]
fn what_may_not_be_seen_or_done_is_not_there() {
    on_both(|house| async move {
        let one = house.begin(&catalogue("minima", 5), Tlp::Red).await;
        let path = format!("/framework/assessments/{}", one.id);
        let mut viewer = reader(&house, "viewer", Lang::En).await;
        assert!(!viewer.page("/framework").await.body.contains(&one.id));
        assert_eq!(viewer.get(&path).await.status, StatusCode::NOT_FOUND);
        assert_eq!(viewer.get(&format!("{path}/report")).await.status, StatusCode::NOT_FOUND);
        assert_eq!(viewer.get(&format!("{path}/answer")).await.status, StatusCode::FORBIDDEN);
        let mut handler = reader(&house, "handler", Lang::En).await;
        assert_eq!(handler.get(&format!("{path}/moderate")).await.status, StatusCode::FORBIDDEN);
        assert_eq!(handler.get(&path).await.status, StatusCode::OK);
        assert_eq!(handler.get(&format!("{path}?profile=none")).await.status, StatusCode::BAD_REQUEST);
        assert_eq!(handler.get(&format!("{path}/design?budget=-1")).await.status, StatusCode::BAD_REQUEST);
        assert_eq!(handler.get("/framework/catalogues/none").await.status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn the_pages_speak_arabic_and_french() {
    on_both(|house| async move {
        let one = house.begin(&catalogue("minima", 5), Tlp::Amber).await;
        let path = format!("/framework/assessments/{}", one.id);
        for lang in ["ar", "fr"] {
            let mut duty = reader(&house, "duty", Lang::En).await;
            for page in [
                "/framework",
                "/framework/catalogues/sim3",
                "/framework/compare",
                &path,
                &format!("{path}/answer"),
                &format!("{path}/moderate"),
                &format!("{path}/design"),
            ] {
                let reply = duty.page(&format!("{page}?lang={lang}")).await;
                assert!(reply.body.contains(&format!(r#"lang="{lang}""#)), "{page}");
            }
        }
    });
}

#[test]
fn a_room_answers_by_its_code_and_sees_nothing_else() {
    on_both(|house| async move {
        let one = house.begin(&catalogue("minima", 5), Tlp::Amber).await;
        let mut duty = reader(&house, "duty", Lang::En).await;
        let wall = format!("/framework/workshop/{}", one.id);
        assert!(duty.page("/framework/workshop").await.body.contains("No workshop goes on"));
        duty.post(&format!("{wall}/open"), &wall, &[]).await;
        let page = duty.page(&wall).await;
        let code = page.body.split(r#"dir="ltr">"#).find_map(|part| {
            let code = part.split('<').next()?;
            (code.len() == 7 && code.contains(' ')).then(|| code.to_string())
        });
        let code = code.expect("a code on the wall");
        assert!(
            page.body.contains("http://127.0.0.1:8080/w/join") && page.body.contains("data-fresh"),
            "{}",
            page.body
        );
        assert!(duty.page("/framework/workshop").await.body.contains(&code));
        // Somebody with a telephone and no account.
        let mut guest = Reader { router: duty.router.clone(), cookies: Vec::new() };
        assert!(guest.page("/w/join").await.body.contains(r#"name="code""#));
        let who = [("name", "Ana"), ("organisation", "Port <1>"), ("role", "")];
        let wrong = guest.send("POST", "/w/join", Some(&[("code", "ABC 234"), who[0], who[1], who[2]])).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            wrong.body.contains("Port &#60;1&#62;") && wrong.body.contains("no workshop with this code"),
            "{}",
            wrong.body
        );
        let joined =
            guest.send("POST", "/w/join", Some(&[("code", &code.to_lowercase()), who[0], who[1], who[2]])).await;
        let seat = joined.header("location").to_string();
        assert!(
            joined.status == StatusCode::SEE_OTHER && seat.starts_with("/w/") && guest.cookies.is_empty(),
            "{seat}"
        );
        let asked = guest.page(&seat).await;
        assert!(
            asked.body.contains("Planks") && !asked.body.contains("The fleet") && !asked.body.contains("Keel"),
            "{}",
            asked.body
        );
        assert!(asked.header("content-security-policy").starts_with("default-src 'none'"));
        let bad = guest.send("POST", &seat, Some(&[("item", "H-1"), ("level", "77"), ("comment", "kept")])).await;
        assert!(
            bad.status == StatusCode::UNPROCESSABLE_ENTITY && bad.body.contains(">kept</textarea>"),
            "{}",
            bad.body
        );
        let fields = [("item", "H-1"), ("level", "3"), ("state", "planned"), ("comment", "wet wood")];
        let saved = guest.send("POST", &seat, Some(&fields)).await;
        assert_eq!(saved.header("location"), format!("{seat}?saved=H-1"));
        let waits = guest.page(&format!("{seat}?saved=H-1")).await;
        assert!(waits.body.contains("Saved.") && !waits.body.contains("<textarea"), "{}", waits.body);
        assert_eq!(waits.header("refresh"), "4", "the next question comes by itself, without a script");
        assert!(guest.page(&seat).await.body.contains(">wet wood</textarea>"), "it can be changed meanwhile");
        for closed in ["/framework", &wall, &format!("/framework/assessments/{}", one.id)] {
            assert_ne!(guest.get(closed).await.status, StatusCode::OK, "{closed}");
        }
        let covered = duty.page(&wall).await;
        assert!(
            covered.body.contains("The answers are covered") && !covered.body.contains("wet wood"),
            "{}",
            covered.body
        );
        duty.post(&format!("{wall}/step"), &wall, &[("do", "reveal")]).await;
        let shown = duty.page(&wall).await;
        assert!(shown.body.contains("wet wood") && shown.body.contains("class=\"bars\""), "{}", shown.body);
        duty.post(&format!("{wall}/agree"), &wall, &[("item", "H-1"), ("level", "2"), ("reason", "all agree")]).await;
        assert!(duty.page(&wall).await.body.contains("all agree"));
        duty.post(&format!("{wall}/step"), &wall, &[("to", "H-2")]).await;
        let next = guest.page(&format!("{seat}?saved=H-1")).await;
        assert!(next.body.contains("Keel") && next.body.contains("<textarea"), "{}", next.body);
        assert_eq!(next.header("refresh"), "", "what is typed now stays");
        let said = sheet(&house.db, &one.id, "2026-01-15").await.unwrap();
        duty.post(&format!("{wall}/release"), &wall, &[("respondent", &said.voices[0].id)]).await;
        assert_eq!(guest.get(&seat).await.status, StatusCode::NOT_FOUND);
        duty.post(&format!("{wall}/close"), &wall, &[]).await;
        let over = guest.send("POST", "/w/join", Some(&[("code", &code), who[0], who[1], who[2]])).await;
        assert_eq!(over.status, StatusCode::UNPROCESSABLE_ENTITY);
        let mut last = StatusCode::OK;
        for _ in 0..30 {
            last = guest.get("/w/AAAAAAAAAAAAAAAAAAAAAAAA").await.status;
        }
        assert_eq!(last, StatusCode::TOO_MANY_REQUESTS, "who guesses is slowed down");
    });
}

#[test]
fn sheets_and_exports_are_taken_from_the_page() {
    on_both(|house| async move {
        let one = house.begin(&catalogue("minima", 5), Tlp::Amber).await;
        let mut duty = reader(&house, "duty", Lang::En).await;
        let path = format!("/framework/assessments/{}", one.id);
        let page = format!("{path}/exchange");
        assert!(duty.page(&page).await.body.contains("No sheet is at odds"));
        let fields = [("name", "Ana"), ("organisation", "Port"), ("role", ""), ("in", "fr"), ("format", "csv")];
        let sheet = duty.post(&format!("{path}/sheets"), &page, &fields).await;
        assert!(sheet.status == StatusCode::OK && sheet.body.contains("#seal,"), "{}", sheet.body);
        assert!(sheet.header("content-disposition").contains(".csv"));
        for format in ["csv", "xlsx", "oscal-ar", "oscal-poam"] {
            let out = duty.get(&format!("{path}/export?format={format}&profile=harbour")).await;
            assert_eq!(out.status, StatusCode::OK, "{format}: {}", out.body);
        }
        for format in ["ciso", "oscal", "yaml", "xlsx"] {
            let out = duty.get(&format!("/framework/catalogues/boats/export?format={format}&in=ar")).await;
            assert_eq!(out.status, StatusCode::OK, "{format}: {}", out.body);
        }
        for bad in [format!("{path}/export?format=doc"), "/framework/catalogues/boats/export".into()] {
            assert_eq!(duty.get(&bad).await.status, StatusCode::BAD_REQUEST, "{bad}");
        }
        let mut viewer = reader(&house, "viewer", Lang::En).await;
        let seen = viewer.page(&page).await;
        assert!(!seen.body.contains("/sheets/back") && seen.body.contains("export?format=csv"), "{}", seen.body);
        assert_eq!(viewer.send("POST", &format!("{path}/sheets"), Some(&fields)).await.status, StatusCode::FORBIDDEN);
        let hidden = house.begin(&catalogue("minima", 5), Tlp::Red).await;
        let hidden = format!("/framework/assessments/{}/export?format=csv", hidden.id);
        assert_eq!(viewer.get(&hidden).await.status, StatusCode::NOT_FOUND);
        for lang in ["ar", "fr"] {
            for page in [&page, "/framework/workshop", &format!("/framework/workshop/{}", one.id), "/w/join"] {
                let reply = duty.page(&format!("{page}?lang={lang}")).await;
                assert!(reply.body.contains(&format!(r#"lang="{lang}""#)), "{page}");
            }
        }
    });
}
