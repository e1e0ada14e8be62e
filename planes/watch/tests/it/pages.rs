//! The pages, as a person with a browser without scripts meets them.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use manara_lake::Lake;
use manara_model::{Micros, Owner, Owners};
use manara_store::{Db, migrate};
use manara_watch::{Ingest, Watch, WatchPages, site};
use manara_web::{Lang, NewPerson, Role, Shell, WebConfig, Words, ensure_first_users};
use tower::ServiceExt as _;

const PASSWORD: &str = "a short sentence";
const REPORT: &str = "\
\"timestamp\",\"severity\",\"ip\",\"protocol\",\"port\",\"hostname\",\"tag\",\"asn\",\"geo\",\"brand_new\"\r
\"2026-11-20 10:00:00\",\"medium\",\"192.0.2.7\",\"tcp\",\"23\",\"\",\"telnet\",\"64500\",\"ZZ\",\"=1+1\"\r
\"2026-11-20 10:05:00\",\"medium\",\"192.0.2.7\",\"tcp\",\"23\",\"\",\"telnet\",\"64500\",\"ZZ\",\"\"\r
\"2026-11-20 10:06:00\",\"medium\",\"<b>none</b>\",\"tcp\",\"23\",\"\",\"telnet\",\"64500\",\"ZZ\",\"\"\r
";

struct World {
    router: Router,
    cookies: Vec<(String, String)>,
    _folder: tempfile::TempDir,
}

struct Reply {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Reply {
    fn header(&self, name: &str) -> String {
        self.headers.get(name).map_or(String::new(), |value| value.to_str().unwrap().to_string())
    }

    fn token(&self) -> String {
        let (_, rest) = self.body.rsplit_once(r#"name="csrf" value=""#).unwrap();
        rest.split('"').next().unwrap().to_string()
    }

    /// What follows the first `href="` that begins so.
    fn link(&self, begins: &str) -> String {
        let (_, rest) = self.body.split_once(&format!(r#"href="{begins}"#)).unwrap();
        format!("{begins}{}", rest.split('"').next().unwrap())
    }
}

impl World {
    async fn of(role: Role) -> World {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path();
        let db = Db::open_sqlite(&data.join("manara.sqlite")).await.unwrap();
        migrate(&db, &[manara_store::SCHEMA, manara_web::SCHEMA, manara_watch::SCHEMA]).await.unwrap();
        let person = NewPerson { name: "somebody".into(), role, lang: Lang::En, password: PASSWORD.into() };
        ensure_first_users(&db, &[person], Micros::now()).await.unwrap();
        let ingest = Ingest::new(db.clone(), data, Vec::new());
        std::fs::create_dir_all(ingest.scratch_folder()).unwrap();
        let ministry = Owner { id: "01900000-0000-7000-8000-000000000001".into(), name: "Ministry <of> Light".into() };
        let by_asn = HashMap::from([(64500, 0)]);
        ingest.owners.store(Arc::new(Owners { list: vec![ministry], by_asn, ..Owners::default() }));
        let lake = Lake::new(64 << 20, &ingest.scratch_folder()).unwrap();
        let pages = WatchPages { watch: Watch::new(db.clone(), data), ingest, lake };
        let shell = Shell::new(db, Words::built_in().unwrap(), WebConfig::default());
        let router = shell.router(Shell::own_site().merge(site(Arc::new(pages))));
        let mut world = World { router, cookies: Vec::new(), _folder: folder };
        let door = world.get("/login").await;
        let fields = [("csrf", &*door.token()), ("name", "somebody"), ("password", PASSWORD)];
        assert_eq!(world.post("/login", &fields).await.status, StatusCode::SEE_OTHER);
        world
    }

    async fn send(&mut self, method: &str, path: &str, kind: &str, body: Vec<u8>) -> Reply {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", "127.0.0.1:8080")
            .header("content-type", kind)
            .header("cookie", cookies.join("; "))
            .body(Body::from(body))
            .unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for value in parts.headers.get_all(header::SET_COOKIE) {
            let (name, value) = value.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.retain(|(found, _)| found != name);
            self.cookies.push((name.into(), value.into()));
        }
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        let body = String::from_utf8_lossy(&bytes).replace(['\u{2068}', '\u{2069}'], "");
        Reply { status: parts.status, headers: parts.headers, body }
    }

    /// A page; a language that was chosen is followed to the page itself.
    async fn get(&mut self, path: &str) -> Reply {
        let reply = self.send("GET", path, "", Vec::new()).await;
        if reply.status == StatusCode::SEE_OTHER && path.contains("lang=") {
            let to = reply.header("location");
            return self.send("GET", &to, "", Vec::new()).await;
        }
        reply
    }

    async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.send("POST", path, "application/x-www-form-urlencoded", body.into_bytes()).await
    }

    /// Hands a report in and gives the address of its batch.
    async fn hand_in(&mut self, name: &str, report: &str) -> Reply {
        let token = self.get("/batches").await.token();
        let part = |name: &str, text: &str| {
            format!("--edge\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n")
        };
        let file = format!(
            "--edge\r\ncontent-disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\r\n{report}\r\n--edge--\r\n"
        );
        let body = part("csrf", &token) + &part("feed", "") + &part("type", "") + &file;
        self.send("POST", "/batches", "multipart/form-data; boundary=edge", body.into_bytes()).await
    }

    /// The page of a batch once it is processed.
    async fn finished(&mut self, path: &str) -> Reply {
        let until = Instant::now() + Duration::from_secs(60);
        while Instant::now() < until {
            let page = self.get(path).await;
            if page.body.contains("Finished</span>") {
                return page;
            }
            assert_eq!(page.status, StatusCode::OK, "{}", page.body);
            tokio::task::yield_now().await;
        }
        panic!("the batch was not processed in a minute");
    }
}

fn is_whole(path: &str, reply: &Reply) {
    assert_eq!(reply.status, StatusCode::OK, "{path}: {}", reply.body);
    for bad in ["watch-", "web-list-", " style=", "<script"] {
        let inline = reply.body.replace(r#"<script src="/assets/"#, "");
        assert!(!inline.contains(bad), "{path} shows {bad}: {}", reply.body);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_file_handed_in_becomes_a_finding_that_is_answered() {
    let mut world = World::of(Role::Duty).await;
    let lists = ["/findings", "/events", "/events/sql", "/batches", "/feeds"];
    for path in lists {
        for lang in ["en", "ar", "fr"] {
            let path = format!("{path}?lang={lang}");
            is_whole(&path, &world.get(&path).await);
        }
    }
    world.get("/findings?lang=en").await;

    let sent = world.hand_in("2026-11-20-scan_telnet-zz-geo.csv", REPORT).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let batch = sent.header("location");
    assert!(batch.starts_with("/batches/"), "{batch}");
    let page = world.finished(&batch).await;
    is_whole(&batch, &page);
    for text in ["It adds up", "Not an address", "&#60;b&#62;none&#60;/b&#62;", "brand_new", "New, kept in extra"] {
        assert!(
            page.body.contains(text) || page.body.contains(&text.replace("&#60;", "&lt;").replace("&#62;", "&gt;")),
            "{text}: {}",
            page.body
        );
    }
    let feed = world.get("/feeds/shadowserver-scan_telnet").await;
    assert!(feed.body.contains(r#"<bdi class="num">33"#), "one of three rows could not be read: {}", feed.body);
    let (_, drift) = feed.body.split_once(r#"id="drift""#).unwrap();
    let drift = drift.split("</section>").next().unwrap();
    for (column, words) in [("brand_new", "New, kept in extra"), ("hostname_source", "Missing")] {
        assert!(drift.split("<tr>").any(|row| row.contains(column) && row.contains(words)), "{column}: {drift}");
    }
    let again = world.hand_in("2026-11-20-scan_telnet-zz-geo.csv", REPORT).await;
    assert_eq!(again.header("location"), batch);
    assert!(world.get(&batch).await.body.contains("Nothing was added"));

    let findings = world.get("/findings").await;
    is_whole("/findings", &findings);
    assert!(
        findings.body.contains("192.0.2.7") && findings.body.contains("Ministry &lt;of&gt; Light"),
        "{}",
        findings.body
    );
    let finding = findings.link("/findings/");
    let page = world.get(&finding).await;
    is_whole(&finding, &page);
    assert!(page.body.contains("no answer has tested that yet"), "{}", page.body);
    assert_eq!(page.body.matches("Line ").count(), 2, "both of its events: {}", page.body);
    let (csrf, answer) = (page.token(), format!("{finding}/answer"));
    let answered = world.post(&answer, &[("csrf", &csrf), ("answer", "fixed")]).await;
    assert_eq!(answered.header("location"), finding, "{}", answered.body);
    let page = world.get(&finding).await;
    assert!(
        page.body.contains("The finding is now: Fixed") && page.body.contains("one answer has tested that"),
        "{}",
        page.body
    );
    assert!(!world.get("/findings").await.body.contains("192.0.2.7"), "only live ones are shown first");
    assert!(world.get("/findings?state=").await.body.contains("192.0.2.7"), "and all when asked");

    let id = finding.trim_start_matches("/findings/");
    for path in [
        "/events".to_string(),
        format!("/events?finding={id}"),
        "/events?source_ip=192.0.2.&port=23&asn=AS64500&country=zz&severity=medium".into(),
        "/events?q=telnet&from=2026-11-20&until=2026-11-20".into(),
        "/events/sql?sql=SELECT+asset+FROM+events+WHERE+%22time%22+%3E+%272026-01-01%27".into(),
    ] {
        let page = world.get(&path).await;
        is_whole(&path, &page);
        assert!(page.body.contains("192.0.2.7"), "{path}: {}", page.body);
    }
    let first = world.get("/events?rows=1").await;
    let next = first.link("/events?rows=1&#38;page=").replace("&#38;", "&");
    let second = world.get(&next).await;
    assert!(
        first.body.contains("Line 3") && second.body.contains("Line 2") && !second.body.contains("Line 3"),
        "{}",
        second.body
    );
    assert_eq!(world.get("/events?source_ip=%27").await.status, StatusCode::BAD_REQUEST);
    let wrong = world.get("/events/sql?sql=DROP+TABLE+events").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", wrong.body);

    let raw = world.get(&format!("{batch}/raw")).await;
    assert!(raw.header("content-disposition").starts_with("attachment"), "{}", raw.header("content-disposition"));
    assert_eq!((raw.body.as_str(), raw.header("x-content-type-options").as_str()), (REPORT, "nosniff"));
    for path in ["/findings?state=&", "/events?", "/batches?", "/feeds?", &format!("{batch}?")] {
        for format in ["csv", "json"] {
            let file = world.get(&format!("{path}format={format}")).await;
            assert_eq!(file.status, StatusCode::OK, "{path} {format}: {}", file.body);
            assert!(file.header("content-disposition").contains(format), "{path} {format}");
        }
    }
    let undone = world.post(&answer, &[("csrf", &csrf), ("answer", "undo")]).await;
    assert_eq!(undone.header("location"), finding, "{}", undone.body);
    let page = world.get(&finding).await;
    assert!(page.body.contains("no answer has tested that yet"), "the lesson is taken back: {}", page.body);
    for lang in ["ar", "fr", "en"] {
        for path in [&finding, &batch, "/feeds/shadowserver-scan_telnet", "/feeds", "/batches"] {
            let path = format!("{path}?lang={lang}");
            is_whole(&path, &world.get(&path).await);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_told_is_refused_in_words_and_nothing_is_kept_of_it() {
    let mut world = World::of(Role::Duty).await;
    let sent = world.hand_in("holiday.bin", "\u{1}\u{2}\u{3}").await;
    assert_eq!((sent.status, sent.header("location").as_str()), (StatusCode::SEE_OTHER, "/batches"), "{}", sent.body);
    let page = world.get("/batches").await;
    assert!(page.body.contains("the type of this file cannot be recognised"), "{}", page.body);
    assert!(page.body.contains("Nothing has arrived yet"), "{}", page.body);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_only_looks_on_sees_no_single_events() {
    let mut world = World::of(Role::Viewer).await;
    for path in ["/events", "/events/sql", "/batches/01900000-0000-7000-8000-000000000001/raw"] {
        assert_eq!(world.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    let batches = world.get("/batches").await;
    assert!(batches.status == StatusCode::OK && !batches.body.contains("multipart"), "{}", batches.body);
}
