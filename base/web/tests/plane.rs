//! A plane as small as can be, in the shell: what a reader and an intruder meet.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on stops")]

mod postgres;

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::body::Body;
use axum::extract::{Form, Multipart, Path, State};
use axum::http::{HeaderMap, Request, StatusCode, header};
use manara_model::{Micros, Severity};
use manara_store::{Arg, Db, Row, StoreError, migrate};
use manara_web::{
    Answer, Cell, Choice, Filter, Key, Kind, Lang, ListSpec, ListView, NewPerson, Page, PageError, Right, Role, Shell,
    Site, Sort, Tone, Visit, WebConfig, Words, ensure_first_users, reset_password,
};
use tower::ServiceExt as _;

#[path = "plane/desk.rs"]
mod desk;
#[path = "plane/first.rs"]
mod first;
#[path = "plane/live.rs"]
mod live;
#[path = "plane/people.rs"]
mod people;

struct Boats;

static BOATS: ListSpec = ListSpec {
    columns: &["b.id", "b.name", "b.severity"],
    from: "boat b",
    only: "b.tlp <= $1",
    filters: &[
        Filter { name: "q", label: "web-users-name", kind: Kind::Contains, sql: r"LOWER(b.name) LIKE ? ESCAPE '\'" },
        Filter {
            name: "severity",
            label: "web-list-show",
            kind: Kind::Choice { values: &["low", "high"], words: "web-severity-" },
            sql: "b.word = ?",
        },
        Filter {
            name: "size",
            label: "web-list-show",
            kind: Kind::Case {
                cases: &[("low", "b.severity < 2"), ("high", "b.severity >= 2")],
                words: "web-severity-",
            },
            sql: "",
        },
        Filter { name: "owner", label: "web-users-name", kind: Kind::Pick, sql: "b.owner = ?" },
        Filter { name: "from", label: "web-list-from", kind: Kind::FromDay, sql: "b.seen >= ?" },
        Filter { name: "until", label: "web-list-until", kind: Kind::UntilDay, sql: "b.seen < ?" },
    ],
    sorts: &[
        Sort { name: "seen", label: "web-users-seen", column: "b.seen", key: Key::Text, descending: true },
        Sort {
            name: "severity",
            label: "web-users-state",
            column: "b.severity",
            key: Key::IntThen("b.owner"),
            descending: true,
        },
    ],
    key: "b.id",
    key_kind: Key::Text,
};

struct Boat {
    id: String,
    name: String,
    severity: Severity,
}

fn boat(row: &Row) -> Result<Boat, StoreError> {
    let severity = Severity::from_rank(row.int(2)?).unwrap_or(Severity::Info);
    Ok(Boat { id: row.text(0)?, name: row.text(1)?, severity })
}

#[derive(Template)]
#[template(
    ext = "html",
    source = r#"{% extends "layout.html" %}{% import "parts.html" as parts %}{% block content %}{{ list.filters(page) }}{% if rows.is_empty() %}{% call parts::empty_list(page, list, "web-users-none", "web-users-none-how") %}{% endcall %}{% else %}<table class="list"><thead><tr>{{ list.head("seen") }}</tr></thead>{% for row in rows %}<tr id="{{ row.id }}">{% if list.shows("name") %}<td>{{ page.foreign(row.name) }}</td>{% endif %}{% if list.shows("severity") %}<td>{{ page.severity(row.severity) }}</td>{% endif %}</tr>{% endfor %}</table>{% endif %}{{ list.pager(page) }}{% call parts::tile(page, "/boats", "web-nav-findings", rows.len(), "good") %}{% endcall %}{% endblock %}"#
)]
struct BoatsPage {
    page: Page,
    list: ListView,
    rows: Vec<Boat>,
}

async fn boats(visit: Visit, State(_): State<Arc<Boats>>) -> Answer {
    let ask = BOATS.read(&visit)?;
    let fixed: [Arg<'_>; 1] = [visit.viewer.clearance.rank().into()];
    if let Some(format) = ask.format() {
        let rows = ask.fetch_all(&visit.db, &fixed, 5000, boat).await?;
        let cells: Vec<Vec<Cell>> = rows.into_iter().map(|b| vec![b.id.into(), b.name.into()]).collect();
        return Ok(visit.export(format, "boats", &["id", "name"], &cells));
    }
    let found = ask.fetch(&visit.db, &fixed, boat).await?;
    let owner = Choice { value: "o1".into(), label: "The <Harbour>".into() };
    let columns = [("name", "web-users-name"), ("severity", "web-users-state")];
    let list = ask.view(&visit, &found).with_choices("owner", vec![owner]).with_columns(&visit, &columns);
    visit.html(&BoatsPage { page: visit.page("web-nav-findings"), list, rows: found.rows })
}

#[derive(serde::Deserialize)]
struct Rename {
    name: String,
}

async fn rename(visit: Visit, Path(id): Path<String>, Form(form): Form<Rename>) -> Answer {
    let mut tx = visit.db.begin().await?;
    tx.run("UPDATE boat SET name = $2 WHERE id = $1", &[(&id).into(), (&form.name).into()]).await?;
    tx.commit().await?;
    Ok(visit.go_saying("/boats", Tone::Good, "web-users-added", &[("name", form.name.into())]))
}

async fn load(visit: Visit, mut parts: Multipart) -> Answer {
    let mut bytes = 0;
    while let Some(part) = parts.next_field().await.map_err(PageError::unreadable)? {
        if part.name() != Some("csrf") {
            bytes += part.bytes().await.map_err(PageError::unreadable)?.len();
        }
    }
    Ok(visit.json(bytes.to_string()))
}

async fn broken(visit: Visit) -> Answer {
    visit.db.read("SELECT secret_column FROM nowhere", &[]).await?;
    Ok(visit.go("/"))
}

#[expect(clippy::panic, reason = "a handler that panics is what is tested")]
async fn panics(_: Visit) -> Answer {
    panic!("the boat has sunk")
}

async fn never(_: Visit) -> Answer {
    std::future::pending().await
}

struct World {
    router: Router,
    db: Db,
    _folder: tempfile::TempDir,
}

const PASSWORD: &str = "a short sentence";

/// One world on SQLite, and one on PostgreSQL when `MANARA_TEST_POSTGRES` is its address.
async fn worlds() -> Vec<World> {
    let config = || WebConfig { hosts: vec!["cirt.example".into()], ..WebConfig::default() };
    let mut worlds = vec![world_with(config()).await];
    if let Some(db) = postgres::own_schema("web").await {
        worlds.push(world_over(db, tempfile::tempdir().unwrap(), config()).await);
    }
    worlds
}

async fn world_with(config: WebConfig) -> World {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open_sqlite(&folder.path().join("state.db")).await.unwrap();
    world_over(db, folder, config).await
}

async fn world_over(db: Db, folder: tempfile::TempDir, config: WebConfig) -> World {
    migrate(&db, &[manara_store::SCHEMA, manara_web::SCHEMA]).await.unwrap();
    let mut tx = db.begin().await.unwrap();
    tx.run_script(
        "CREATE TABLE boat (id TEXT PRIMARY KEY, name TEXT NOT NULL, severity BIGINT NOT NULL, word TEXT NOT NULL,
         owner TEXT NOT NULL, seen TEXT NOT NULL, tlp BIGINT NOT NULL)",
    )
    .await
    .unwrap();
    for n in 0..130_i64 {
        let (severity, word) = if n % 2 == 0 { (1, "low") } else { (3, "high") };
        let seen = Micros(1_790_000_000_000_000 + (n / 3) * 3_600_000_000);
        let args: [Arg<'_>; 7] = [
            format!("b{n:03}").into(),
            format!("Boat {n} 100%_<i>").into(),
            severity.into(),
            word.into(),
            format!("o{}", n % 4).into(),
            seen.into(),
            (n % 5).into(),
        ];
        tx.run("INSERT INTO boat VALUES ($1, $2, $3, $4, $5, $6, $7)", &args).await.unwrap();
    }
    tx.commit().await.unwrap();
    let person = |role: Role, lang| NewPerson { name: role.as_str().into(), role, lang, password: PASSWORD.into() };
    let people = [person(Role::Admin, Lang::En), person(Role::Handler, Lang::Ar), person(Role::Viewer, Lang::Fr)];
    assert!(ensure_first_users(&db, &people, Micros::now()).await.unwrap());
    assert!(!ensure_first_users(&db, &people, Micros::now()).await.unwrap(), "only the first time");
    let shell = Shell::new(db.clone(), Words::built_in().unwrap(), config);
    let site = boats_site().merge(live::site(&db));
    World { router: shell.router(Shell::own_site().merge(site)), db, _folder: folder }
}

fn boats_site() -> Site {
    Site::<Arc<Boats>>::new()
        .page("/boats", Right::ReadFindings, boats)
        .post("/boats/{id}", Right::AnswerFindings, rename)
        .upload("/boats", Right::ChangeConstituents, 3 * 1024 * 1024, load)
        .page("/broken", Right::Enter, broken)
        .page("/panics", Right::Enter, panics)
        .public("/never", never)
        .with_state(Arc::new(Boats))
}

struct Reply {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Reply {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    fn cookie(&self, name: &str) -> Option<String> {
        let all = self.headers.get_all(header::SET_COOKIE);
        all.iter()
            .filter_map(|value| value.to_str().unwrap().split(';').next().unwrap().split_once('='))
            .find(|(found, value)| *found == name && !value.is_empty())
            .map(|(_, value)| value.to_string())
    }

    /// The token of the page's last form.
    fn token(&self) -> String {
        let (_, rest) = self.body.rsplit_once(r#"name="csrf" value=""#).unwrap();
        rest.split('"').next().unwrap().to_string()
    }
}

#[derive(Clone, Default)]
struct Reader {
    cookies: Vec<(String, String)>,
    headers: Vec<(&'static str, String)>,
}

impl Reader {
    fn with(mut self, name: &'static str, value: &str) -> Reader {
        self.headers.push((name, value.into()));
        self
    }

    async fn send(&mut self, world: &World, method: &str, path: &str, kind: &str, body: Vec<u8>) -> Reply {
        let mut request = Request::builder().method(method).uri(path).header("content-type", kind);
        if !self.headers.iter().any(|(name, _)| *name == "host") {
            request = request.header("host", "127.0.0.1:8080");
        }
        let cookies: Vec<String> = self.cookies.iter().map(|(n, v)| format!("{n}={v}")).collect();
        if !cookies.is_empty() {
            request = request.header("cookie", cookies.join("; "));
        }
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let response = world.router.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        let reply =
            Reply { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&bytes).into_owned() };
        for value in reply.headers.get_all(header::SET_COOKIE) {
            let (name, value) = value.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.retain(|(found, _)| found != name);
            if !value.is_empty() {
                self.cookies.push((name.into(), value.into()));
            }
        }
        reply
    }

    async fn get(&mut self, world: &World, path: &str) -> Reply {
        self.send(world, "GET", path, "", Vec::new()).await
    }

    async fn post(&mut self, world: &World, path: &str, fields: &[(&str, &str)]) -> Reply {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.send(world, "POST", path, "application/x-www-form-urlencoded", body.into_bytes()).await
    }

    async fn sign_in(mut self, world: &World, name: &str) -> Reader {
        let door = self.get(world, "/login").await;
        let fields = [("csrf", &*door.token()), ("name", name), ("password", PASSWORD), ("next", "/boats")];
        let reply = self.post(world, "/login", &fields).await;
        assert_eq!((reply.status, reply.header("location")), (StatusCode::SEE_OTHER, "/boats"), "{}", reply.body);
        self
    }
}

#[tokio::test]
async fn somebody_signs_in_works_and_leaves() {
    for world in worlds().await {
        let mut reader = Reader::default();
        let closed = reader.get(&world, "/boats?q=a").await;
        assert_eq!((closed.status, closed.header("location")), (StatusCode::SEE_OTHER, "/login?next=%2Fboats%3Fq%3Da"));
        let mut reader = Reader::default().sign_in(&world, "Admin").await;
        let page = reader.get(&world, "/boats").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains(r#"<html lang="en" dir="ltr""#));
        assert!(page.body.contains("Boat 129 100%_&lt;i&gt;"), "escaped");
        assert!(page.body.contains("The &#60;Harbour&#62;"), "choices are escaped");
        assert!(
            page.body.contains(r#"href="/journal""#) && !page.body.contains(r#"href="/events""#),
            "only pages there are"
        );
        let old = reader.clone();
        let token = page.token();
        let out = reader.post(&world, "/logout", &[("csrf", &token)]).await;
        assert_eq!(out.header("location"), "/login");
        assert_eq!(
            old.clone().get(&world, "/boats").await.status,
            StatusCode::SEE_OTHER,
            "the old cookie is worth nothing"
        );
        let rows =
            world.db.read("SELECT verb, detail FROM store_journal WHERE plane = 'web' ORDER BY id", &[]).await.unwrap();
        let verbs: Vec<String> = rows.iter().map(|row| row.text(0).unwrap()).collect();
        assert_eq!(verbs, ["user_added", "user_added", "user_added", "logged_in", "logged_out"]);
    }
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_name_look_the_same_and_many_have_to_wait() {
    for world in worlds().await {
        let mut reader = Reader::default();
        let door = reader.get(&world, "/login").await;
        let wrong =
            reader.post(&world, "/login", &[("csrf", &door.token()), ("name", "admin"), ("password", "x")]).await;
        let nobody =
            reader.post(&world, "/login", &[("csrf", &door.token()), ("name", "nemo"), ("password", "x")]).await;
        assert_eq!((wrong.status, nobody.status), (StatusCode::UNPROCESSABLE_ENTITY, StatusCode::UNPROCESSABLE_ENTITY));
        let plain = |reply: &Reply| {
            let token = reply.token();
            reply.body.replace(&token, "").replace("admin", "").replace("nemo", "")
        };
        assert_eq!(plain(&wrong), plain(&nobody));
        for _ in 0..7 {
            reader.post(&world, "/login", &[("csrf", &door.token()), ("name", "ADMIN "), ("password", "x")]).await;
        }
        let fields = [("csrf", &*door.token()), ("name", "admin"), ("password", PASSWORD)];
        let late = reader.post(&world, "/login", &fields).await;
        assert_eq!(late.status, StatusCode::TOO_MANY_REQUESTS, "even with the right password");
        let text = "SELECT COUNT(*) FROM store_journal WHERE verb = 'login_failed' AND detail LIKE '%nemo%'";
        assert_eq!(world.db.read_int(text, &[]).await.unwrap(), 0, "a name nobody has is not written down");
    }
}

#[tokio::test]
async fn a_form_without_our_token_changes_nothing() {
    for world in worlds().await {
        let mut reader = Reader::default().sign_in(&world, "admin").await;
        let mut other = Reader::default().sign_in(&world, "handler").await;
        let token = reader.get(&world, "/boats").await.token();
        let foreign = other.get(&world, "/boats").await.token();
        for fields in [
            vec![("name", "x")],
            vec![("csrf", ""), ("name", "x")],
            vec![("csrf", "AAAA"), ("name", "x")],
            vec![("csrf", &*foreign), ("name", "x")],
        ] {
            let reply = reader.post(&world, "/boats/b001", &fields).await;
            assert_eq!(reply.status, StatusCode::FORBIDDEN, "{fields:?}");
        }
        let good = [("csrf", &*token), ("name", "<b>Vega</b>")];
        for (name, value) in
            [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site")]
        {
            let reply = reader.clone().with(name, value).post(&world, "/boats/b001", &good).await;
            assert_eq!(reply.status, StatusCode::FORBIDDEN, "{name} {value}");
        }
        let plain = reader.send(&world, "POST", "/boats/b001", "text/plain", b"csrf=x".to_vec()).await;
        assert_eq!(plain.status, StatusCode::BAD_REQUEST);
        let kept = world.db.read_one("SELECT name FROM boat WHERE id = 'b001'", &[]).await.unwrap().unwrap();
        assert_eq!(kept.text(0).unwrap(), "Boat 1 100%_<i>");

        let reply = reader.with("sec-fetch-site", "same-origin").post(&world, "/boats/b001", &good).await;
        assert_eq!(reply.header("location"), "/boats");
    }
}

#[tokio::test]
async fn a_message_is_shown_once_to_whom_it_concerns() {
    for world in worlds().await {
        let mut reader = Reader::default().sign_in(&world, "admin").await;
        let mut other = Reader::default().sign_in(&world, "admin").await;
        let token = reader.get(&world, "/boats").await.token();
        reader.post(&world, "/boats/b001", &[("csrf", &token), ("name", "<b>Vega</b>")]).await;
        assert!(!other.get(&world, "/boats").await.body.contains("was added"));
        let page = reader.get(&world, "/boats").await;
        assert!(page.body.contains("&#60;b&#62;Vega&#60;/b&#62;\u{2069} was added"), "{}", page.body);
        assert!(!reader.get(&world, "/boats").await.body.contains("was added"));
    }
}

fn parts(token: &str, size: usize) -> Vec<u8> {
    let mut body = format!(
        "--xx\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{token}\r\n--xx\r\nContent-Disposition: form-data; \
         name=\"file\"; filename=\"a.csv\"\r\nContent-Type: text/csv\r\n\r\n"
    )
    .into_bytes();
    body.extend(std::iter::repeat_n(b'a', size));
    body.extend(b"\r\n--xx--\r\n");
    body
}

#[tokio::test]
async fn files_come_in_with_a_token_and_up_to_the_limit() {
    for world in worlds().await {
        let mut reader = Reader::default().sign_in(&world, "admin").await;
        let token = reader.get(&world, "/boats").await.token();
        let kind = "multipart/form-data; boundary=xx";
        let reply = reader.send(&world, "POST", "/boats", kind, parts(&token, 2_500_000)).await;
        assert_eq!((reply.status, &*reply.body), (StatusCode::OK, "2500000"));
        let reply = reader.send(&world, "POST", "/boats", kind, parts("wrong", 10)).await;
        assert_eq!(reply.status, StatusCode::FORBIDDEN);
        let reply = reader.send(&world, "POST", "/boats", kind, parts(&token, 4_000_000)).await;
        assert!(matches!(reply.status, StatusCode::PAYLOAD_TOO_LARGE | StatusCode::BAD_REQUEST), "{}", reply.status);
        let long = "x".repeat(2_000_000);
        let reply = reader.post(&world, "/boats/b001", &[("csrf", &token), ("name", &long)]).await;
        assert_eq!(reply.status, StatusCode::PAYLOAD_TOO_LARGE);
    }
}

#[tokio::test]
async fn rights_hold_on_every_route_for_every_role() {
    for world in worlds().await {
        let mut viewer = Reader::default().sign_in(&world, "viewer").await;
        assert_eq!(viewer.get(&world, "/boats").await.status, StatusCode::OK);
        let refused = viewer.get(&world, "/users").await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        assert!(refused.body.contains("Votre rôle ne le permet pas"), "in the reader's language");
        let token = viewer.get(&world, "/boats").await.token();
        let reply = viewer.post(&world, "/boats/b001", &[("csrf", &token), ("name", "x")]).await;
        assert_eq!(reply.status, StatusCode::FORBIDDEN);
        for line in Shell::own_site().routes() {
            assert!(line.open_to(Some(Role::Admin)), "{line:?}");
            let public = line.open_to(None);
            let open = [
                "/login",
                "/setup",
                "/about",
                "/about/design",
                "/about/languages",
                "/api",
                "/api/openapi.json",
                "/health/live",
                "/health/ready",
            ];
            assert_eq!(public, open.contains(&line.path), "{line:?}");
        }
    }
}

#[tokio::test]
async fn errors_say_what_why_and_how_with_an_id_and_give_nothing_away() {
    for world in worlds().await {
        let mut reader = Reader::default().sign_in(&world, "admin").await;
        for (path, status, words) in [
            ("/nowhere", StatusCode::NOT_FOUND, "There is nothing here"),
            ("/broken", StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong on our side"),
            ("/panics", StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong on our side"),
            ("/boats?sort=name;drop", StatusCode::BAD_REQUEST, "This request cannot be read"),
            ("/boats?severity=worst", StatusCode::BAD_REQUEST, "This request cannot be read"),
            ("/boats?from=2026-13-01", StatusCode::BAD_REQUEST, "This request cannot be read"),
            ("/boats?after=AAAA", StatusCode::BAD_REQUEST, "This request cannot be read"),
            ("/boats?format=exe", StatusCode::BAD_REQUEST, "This request cannot be read"),
            ("/logout", StatusCode::METHOD_NOT_ALLOWED, "This page cannot do that"),
        ] {
            let page = reader.get(&world, path).await;
            assert_eq!(page.status, status, "{path}");
            assert!(page.body.contains(words) && page.body.contains("give this number"), "{path}: {}", page.body);
            assert!(!page.body.contains("secret_column") && !page.body.contains("sunk"), "{path}");
            let problem = reader.clone().with("accept", "application/json").get(&world, path).await;
            assert_eq!(
                (problem.status, problem.header("content-type")),
                (status, "application/problem+json; charset=utf-8")
            );
            let value: serde_json::Value = serde_json::from_str(&problem.body).unwrap();
            assert_eq!(value["status"], status.as_u16());
            let id = value["id"].as_str().unwrap();
            assert!(id.len() == 10 && value["code"].is_string());
            let place = path.split('?').next().unwrap();
            assert_eq!(value["instance"], format!("{place}#{id}"));
        }
        let program = Reader::default().with("accept", "application/json").get(&world, "/boats").await;
        assert_eq!(program.status, StatusCode::UNAUTHORIZED, "a program is not sent to a form");
        let lost = reader.get(&world, "/users/nobody/disable").await.body;
        assert!(lost.contains(r#"<a class="go" href="/users">"#), "the list above is one step away: {lost}");
    }
}

#[tokio::test]
async fn a_page_that_takes_too_long_is_given_up_and_says_so() {
    let world = world_with(WebConfig { request_seconds: 1, ..WebConfig::default() }).await;
    let late = Reader::default().get(&world, "/never").await;
    assert_eq!((late.status, late.header("retry-after")), (StatusCode::SERVICE_UNAVAILABLE, "60"));
    assert!(late.body.contains("The page took too long") && late.body.contains("give this number"), "{}", late.body);
}

#[tokio::test]
async fn every_answer_wears_its_headers() {
    for world in worlds().await {
        let mut reader = Reader::default().sign_in(&world, "admin").await;
        let page = reader.get(&world, "/boats").await;
        let asset = page.body.split("href=\"").find(|part| part.starts_with("/assets/")).unwrap();
        let asset = asset.split('"').next().unwrap().to_string();
        for path in ["/boats", "/nowhere", "/login", "/boats?format=csv", "/broken", "/health/live", &asset] {
            let reply = reader.get(&world, path).await;
            let policy = match reply.header("content-type").starts_with("text/html") {
                true => {
                    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; \
                     form-action 'self'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; \
                     trusted-types 'none'"
                }
                false => {
                    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
                }
            };
            assert_eq!(reply.header("content-security-policy"), policy, "{path}");
            for (name, value) in [
                ("x-content-type-options", "nosniff"),
                ("referrer-policy", "no-referrer"),
                ("cross-origin-opener-policy", "same-origin"),
                ("cross-origin-resource-policy", "same-origin"),
            ] {
                assert_eq!(reply.header(name), value, "{path}");
            }
            let cache = if path.starts_with("/assets/") { "public, max-age=31536000, immutable" } else { "no-store" };
            assert_eq!(reply.header("cache-control"), cache, "{path}");
            let inline = reply.body.replace(r#"<script src="/assets/"#, "");
            assert!(!inline.contains(" style=") && !inline.contains("<script"), "{path}");
        }
        let outside = Reader::default().get(&world, "/login").await;
        assert!(!outside.body.contains("<script") && !outside.header("content-security-policy").contains("script"));
        let small = reader.with("accept-encoding", "gzip").get(&world, "/boats").await;
        assert_eq!(small.header("content-encoding"), "gzip");
    }
}

#[tokio::test]
async fn only_known_names_reach_the_server() {
    for world in worlds().await {
        for (host, known) in [
            ("localhost:8080", true),
            ("[::1]:8080", true),
            ("cirt.example", true),
            ("CIRT.example:443", true),
            ("evil.example", false),
            ("127.0.0.1.evil.example", false),
            ("", false),
        ] {
            let reply = Reader::default().with("host", host).get(&world, "/about").await;
            assert_eq!(reply.status == StatusCode::OK, known, "{host}");
            let live = Reader::default().with("host", host).get(&world, "/health/ready").await;
            assert_eq!(live.status, StatusCode::OK, "a probe may ask by address");
        }
    }
}

#[tokio::test]
async fn the_language_is_chosen_before_and_after_signing_in() {
    for world in worlds().await {
        let mut reader = Reader::default().with("accept-language", "fr-FR,fr;q=0.9");
        assert!(reader.get(&world, "/login").await.body.contains("Mot de passe"));
        let chosen = reader.get(&world, "/login?next=%2Fboats&lang=ar").await;
        assert_eq!((chosen.status, chosen.header("location")), (StatusCode::SEE_OTHER, "/login?next=%2Fboats"));
        assert!(reader.get(&world, "/login").await.body.contains(r#"<html lang="ar" dir="rtl""#));
        let mut handler = Reader::default().sign_in(&world, "handler").await;
        let page = handler.get(&world, "/boats?q=1").await;
        assert!(page.body.contains(r#"dir="rtl""#), "the language of the person");
        assert!(page.body.contains("/boats?q=1&#38;lang=fr"), "the switch stays on the page");
        handler.get(&world, "/boats?q=1&lang=fr").await;
        assert!(handler.get(&world, "/boats").await.body.contains(r#"<html lang="fr""#), "the choice wins");
    }
}

#[tokio::test]
async fn behind_https_the_cookie_is_bound_to_the_host() {
    let world = world_with(WebConfig { https: true, ..WebConfig::default() }).await;
    let mut reader = Reader::default();
    let door = reader.get(&world, "/login").await;
    let fields = [("csrf", &*door.token()), ("name", "admin"), ("password", PASSWORD), ("next", "//evil.example")];
    let reply = reader.post(&world, "/login", &fields).await;
    assert_eq!(reply.header("location"), "/", "nobody is led away");
    assert!(reply.cookie("__Host-manara-session").is_some());
    let session = reply.headers.get_all(header::SET_COOKIE).iter().next().unwrap().to_str().unwrap();
    for part in ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(session.contains(part), "{session}");
    }
}

#[tokio::test]
async fn a_new_password_and_a_switched_off_account_end_sessions() {
    for world in worlds().await {
        let mut admin = Reader::default().sign_in(&world, "admin").await;
        let mut viewer = Reader::default().sign_in(&world, "viewer").await;
        let id = world.db.read_one("SELECT id FROM web_user WHERE name = 'viewer'", &[]).await.unwrap().unwrap();
        let path = format!("/users/{}/disable", id.text(0).unwrap());
        assert!(admin.get(&world, "/users").await.body.contains(&format!(r#"href="{path}""#)));
        let question = admin.get(&world, &path).await;
        assert!(
            question.body.contains("viewer") && question.body.contains("This can’t be undone"),
            "{}",
            question.body
        );
        assert_eq!(viewer.get(&world, "/boats").await.status, StatusCode::OK, "asking changes nothing");
        let token = question.token();
        admin.post(&world, &path, &[("csrf", &token)]).await;
        let told = admin.get(&world, "/users").await.body;
        assert!(
            told.contains(&format!(r#"action="/users/{}/enable""#, id.text(0).unwrap())),
            "it can be undone: {told}"
        );
        assert_eq!(viewer.get(&world, "/boats").await.status, StatusCode::SEE_OTHER);
        let door = viewer.get(&world, "/login").await;
        let fields = [("csrf", &*door.token()), ("name", "viewer"), ("password", PASSWORD)];
        assert_eq!(viewer.post(&world, "/login", &fields).await.status, StatusCode::UNPROCESSABLE_ENTITY);

        let mut handler = Reader::default().sign_in(&world, "handler").await;
        let mut tx = world.db.begin().await.unwrap();
        reset_password(&mut tx, "manara", "handler", "another sentence", Micros::now()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(handler.get(&world, "/boats").await.status, StatusCode::SEE_OTHER);

        for (name, password, words) in [
            ("x", "long enough for all", "2 to 40"),
            ("omar", "tiny", "at least"),
            ("admin", "long enough for all", "already"),
        ] {
            let fields = [("csrf", &*token), ("name", name), ("role", "duty"), ("lang", "ar"), ("password", password)];
            let reply = admin.post(&world, "/users", &fields).await;
            assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(reply.body.contains(words) && !reply.body.contains(password), "{name}");
        }
        let fields = [
            ("csrf", &*token),
            ("name", "omar"),
            ("role", "duty"),
            ("lang", "ar"),
            ("password", "long enough for all"),
        ];
        assert_eq!(admin.post(&world, "/users", &fields).await.status, StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn a_reader_chooses_a_new_password_and_ends_other_sessions() {
    for world in worlds().await {
        let mut here = Reader::default().sign_in(&world, "handler").await;
        let mut there = Reader::default().with("user-agent", "Café 2.0").sign_in(&world, "handler").await;
        let page = here.get(&world, "/account").await;
        let token = page.token();
        assert!(
            page.body.contains("/sessions/end-others") && page.body.matches("/end\"").count() == 1,
            "{}",
            page.body
        );
        for (current, new, again) in [
            (PASSWORD, "a second sentence", "another sentence"),
            (PASSWORD, PASSWORD, PASSWORD),
            (PASSWORD, "tiny", "tiny"),
            ("a wrong sentence", "a second sentence", "a second sentence"),
        ] {
            let fields = [("csrf", &*token), ("current", current), ("new", new), ("again", again)];
            let reply = here.post(&world, "/account/password", &fields).await;
            assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{new}");
            assert!(reply.body.contains("note bad") && !reply.body.contains(current), "{new}");
        }
        assert_eq!(there.get(&world, "/boats").await.status, StatusCode::OK, "nothing has changed yet");
        let second = "a second sentence";
        let fields = [("csrf", &*token), ("current", PASSWORD), ("new", second), ("again", second)];
        assert_eq!(here.post(&world, "/account/password", &fields).await.header("location"), "/account");
        assert_eq!(there.get(&world, "/boats").await.status, StatusCode::SEE_OTHER, "signed out elsewhere");
        assert_eq!(here.get(&world, "/boats").await.status, StatusCode::OK, "but not here");

        // Another of the reader's own sessions can be ended, not somebody else's.
        let mut admin = Reader::default().sign_in(&world, "admin").await;
        let sessions = "SELECT s.id FROM web_session s JOIN web_user u ON u.id = s.user_id WHERE u.name = $1";
        let foreign = world.db.read_one(sessions, &["admin".into()]).await.unwrap().unwrap().text(0).unwrap();
        let path = format!("/account/sessions/{foreign}/end");
        assert_eq!(here.post(&world, &path, &[("csrf", &token)]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(admin.get(&world, "/boats").await.status, StatusCode::OK);
        let own = world.db.read_one(sessions, &["handler".into()]).await.unwrap().unwrap().text(0).unwrap();
        let path = format!("/account/sessions/{own}/end");
        assert_eq!(here.post(&world, &path, &[("csrf", &token)]).await.status, StatusCode::CONFLICT, "the one in use");
    }
}

#[tokio::test]
async fn a_list_is_walked_to_its_end_without_a_gap_or_a_double() {
    for world in worlds().await {
        let mut reader = Reader::default().sign_in(&world, "admin").await;
        for (query, want) in [
            ("", 130),
            ("?sort=seen", 130),
            ("?sort=severity", 130),
            ("?sort=-severity&rows=7", 130),
            ("?severity=high", 65),
            ("?size=low&owner=o2", 32),
            ("?q=BOAT+12", 11),
            ("?q=100%25_", 130),
            ("?q=1_0", 0),
            ("?from=2026-09-22&until=2026-09-22", 72),
            ("?q=%27+OR+1%3D1+--", 0),
        ] {
            let mut path = format!("/boats{query}");
            let mut ids = Vec::new();
            loop {
                let page = reader.get(&world, &path).await;
                assert_eq!(page.status, StatusCode::OK, "{path}");
                let found =
                    page.body.split("<tr id=\"").skip(1).map(|part| part.split('"').next().unwrap().to_string());
                ids.extend(found);
                let Some((_, rest)) = page.body.split_once("rel=\"next\" href=\"") else { break };
                path = rest.split('"').next().unwrap().replace("&#38;", "&");
                assert!(ids.len() < 1000, "{query} does not end");
            }
            let different: std::collections::BTreeSet<_> = ids.iter().collect();
            assert_eq!((ids.len(), different.len()), (want, want), "{query}");
            if query.starts_with("?sort=-severity") {
                assert_eq!(
                    (&*ids[0], &*ids[64], &*ids[65]),
                    ("b127", "b001", "b126"),
                    "the equally bad by their owner"
                );
            }
            let csv = reader
                .get(&world, &format!("/boats{}{}format=csv", query, if query.is_empty() { "?" } else { "&" }))
                .await;
            assert_eq!(csv.body.lines().count(), want + 1, "{query} as CSV");
        }
        let mut viewer = Reader::default().sign_in(&world, "viewer").await;
        let csv = viewer.get(&world, "/boats?format=csv").await;
        assert_eq!(csv.body.lines().count(), 78 + 1, "a viewer gets no row above their clearance");
        assert_eq!(csv.header("content-disposition"), "attachment; filename=\"boats.csv\"");
    }
}
