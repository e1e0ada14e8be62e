//! What every operation of the API has in common, through the real router: tokens, problems, states, orders carried out once.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on stops")]

mod postgres;

use axum::Router;
use axum::body::Body;
use axum::extract::Path;
use axum::http::{HeaderMap, Request, StatusCode, header};
use manara_model::{Entry, Mailboxes, Micros};
use manara_store::{Db, Journal, migrate};
use manara_web::api::{ApiAnswer, Given, Match, Op, Problem, json as answer, made, schema, with_etag};
use manara_web::{
    HookRules, Lang, NewPerson, NewToken, Right, Role, Shell, Site, Visit, WebConfig, Words, ensure_first_users,
    make_token, reset_password, revoke_token, tokens,
};
use serde_json::{Value, json};
use tower::ServiceExt as _;

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Boat {
    name: String,
}

/// Launches a boat: one line of the journal for each.
async fn launch(visit: Visit, Given(boat): Given<Boat>) -> ApiAnswer {
    if boat.name == "sunk" {
        return Err(Problem::refused("sunk", "a boat that sank is not launched"));
    }
    let mut tx = visit.db.begin().await?;
    Journal::write(&mut tx, &visit.viewer.name, "web", "launched", &boat.name, "{}", visit.now).await?;
    tx.commit().await?;
    if boat.name == "broken" {
        return Err(Problem::internal("the mast broke after the launch"));
    }
    Ok(made(&format!("/api/v1/boats/{}", boat.name), &json!({ "name": boat.name })))
}

async fn one(Path(name): Path<String>) -> ApiAnswer {
    Ok(with_etag("7", answer(&json!({ "name": name }))))
}

async fn rename(Path(name): Path<String>, is: Match, Given(boat): Given<Boat>) -> ApiAnswer {
    is.check("7")?;
    Ok(with_etag("8", answer(&json!({ "name": format!("{name} now {}", boat.name) }))))
}

struct World {
    router: Router,
    db: Db,
    _folder: tempfile::TempDir,
}

struct Reply {
    status: StatusCode,
    headers: HeaderMap,
    body: Value,
}

impl Reply {
    fn code(&self) -> (u16, &str) {
        (self.status.as_u16(), self.body["code"].as_str().unwrap_or_default())
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl World {
    async fn new(config: WebConfig) -> World {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open_sqlite(&folder.path().join("state.db")).await.unwrap();
        Self::over(db, folder, config).await
    }

    /// One world on SQLite, and one on PostgreSQL when `MANARA_TEST_POSTGRES` is its address.
    async fn all() -> Vec<World> {
        let mut worlds = vec![Self::new(WebConfig::default()).await];
        if let Some(db) = postgres::own_schema("api").await {
            worlds.push(Self::over(db, tempfile::tempdir().unwrap(), WebConfig::default()).await);
        }
        worlds
    }

    async fn over(db: Db, folder: tempfile::TempDir, config: WebConfig) -> World {
        migrate(&db, &[manara_store::SCHEMA, manara_web::SCHEMA]).await.unwrap();
        let person = |role: Role| NewPerson {
            name: role.as_str().into(),
            role,
            lang: Lang::En,
            password: "a short sentence".into(),
        };
        ensure_first_users(&db, &Role::ALL.map(person), Micros::now()).await.unwrap();
        let shell = Shell::new(db.clone(), Words::built_in().unwrap(), config);
        // Whoever sees some mailboxes alone sees of the journal what is about a raft.
        shell.set_eyes(std::sync::Arc::new(|_, mut entries: Vec<Entry>| {
            entries.retain(|entry| entry.record.starts_with("raft"));
            Box::pin(async move { Ok(entries) })
        }));
        let site = Site::new()
            .api(
                Op::make("/api/v1/boats", "launch", Right::HandleIncidents, "Launches a boat", "Boat").takes("Boat"),
                launch,
            )
            .api(Op::get("/api/v1/boats/{name}", "getBoat", Right::ReadIncidents, "One boat", "Boat"), one)
            .api(
                Op::patch("/api/v1/boats/{name}", "rename", Right::HandleIncidents, "Renames", "Boat").takes("Boat"),
                rename,
            )
            .schemas(vec![("Boat", schema::object(&[("name", schema::text())]))]);
        let hooks = Shell::hooks_site(HookRules { kinds: &[], check: |_| Ok(()) });
        World { router: shell.router(Shell::own_site().merge(hooks).merge(site)), db, _folder: folder }
    }

    async fn token(&self, person: &str, name: &str, scopes: &[Right]) -> String {
        self.token_of(person, name, scopes, Mailboxes::default()).await
    }

    async fn token_of(&self, person: &str, name: &str, scopes: &[Right], mailboxes: Mailboxes) -> String {
        let mut tx = self.db.begin().await.unwrap();
        let new = NewToken { name: name.into(), scopes: scopes.to_vec(), days: 1, mailboxes };
        let secret = make_token(&mut tx, person, person, &new, Micros::now()).await.unwrap();
        tx.commit().await.unwrap();
        secret
    }

    async fn ask(&self, method: &str, path: &str, token: &str, headers: &[(&str, &str)], body: &str) -> Reply {
        let mut request = Request::builder().method(method).uri(path).header("host", "127.0.0.1:8080");
        if !body.is_empty() {
            request = request.header("content-type", "application/json");
        }
        if !token.is_empty() {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body.to_string())).unwrap();
        let (parts, body) = self.router.clone().oneshot(request).await.unwrap().into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        Reply { status: parts.status, headers: parts.headers, body }
    }

    async fn launched(&self) -> i64 {
        self.db.read_int("SELECT COUNT(*) FROM store_journal WHERE verb = 'launched'", &[]).await.unwrap()
    }
}

const BOTH: [Right; 2] = [Right::ReadIncidents, Right::HandleIncidents];

#[tokio::test]
async fn a_token_opens_what_its_scopes_and_its_person_allow_and_nothing_else() {
    for world in World::all().await {
        let reads = world.token("handler", "reads", &[Right::ReadIncidents]).await;
        assert!(reads.starts_with("mnr_") && reads.len() > 40, "{reads}");
        let me = world.ask("GET", "/api/v1/me", &reads, &[], "").await;
        assert_eq!(
            (me.status, &me.body["person"], &me.body["token"]),
            (StatusCode::OK, &json!("handler"), &json!("reads"))
        );
        assert_eq!(me.body["scopes"], json!(["incidents:read"]));
        assert_eq!(world.ask("GET", "/api/v1/boats/a", &reads, &[], "").await.status, StatusCode::OK);
        let refused = world.ask("POST", "/api/v1/boats", &reads, &[], r#"{"name":"a"}"#).await;
        assert_eq!(refused.code(), (403, "scope"));
        assert_eq!(refused.header("content-type"), "application/problem+json");
        assert!(refused.body["detail"].as_str().unwrap().contains("incidents:handle"), "{}", refused.body);
        assert_eq!(world.ask("GET", "/api/v1/journal", &reads, &[], "").await.code(), (403, "scope"));
        for wrong in ["", "mnr_", "x", &reads[..reads.len() - 1]] {
            let reply = world.ask("GET", "/api/v1/me", wrong, &[], "").await;
            assert_eq!(reply.code(), (401, "token"), "{wrong}");
            assert!(reply.header("www-authenticate").starts_with("Bearer"));
        }
        // The person loses the right, then everything.
        let both = world.token("handler", "both", &BOTH).await;
        let set = |sql: &'static str| {
            let db = world.db.clone();
            async move {
                let mut tx = db.begin().await.unwrap();
                tx.run(sql, &[]).await.unwrap();
                tx.commit().await.unwrap();
            }
        };
        assert_eq!(world.ask("POST", "/api/v1/boats", &both, &[], r#"{"name":"a"}"#).await.status, StatusCode::CREATED);
        set("UPDATE web_user SET role = 'viewer' WHERE name = 'handler'").await;
        assert_eq!(world.ask("POST", "/api/v1/boats", &both, &[], r#"{"name":"a"}"#).await.code(), (403, "scope"));
        set("UPDATE web_user SET disabled = TRUE WHERE name = 'handler'").await;
        assert_eq!(world.ask("GET", "/api/v1/me", &both, &[], "").await.code(), (401, "token"));
        set("UPDATE web_user SET disabled = FALSE WHERE name = 'handler'").await;
        let known = tokens(&world.db, "handler").await.unwrap();
        assert!(known.iter().all(|token| token.used.is_some() && !token.prefix.is_empty() && token.prefix.len() < 12));
        let mut tx = world.db.begin().await.unwrap();
        assert!(
            !revoke_token(&mut tx, "viewer", "viewer", &known[0].id, Micros::now()).await.unwrap(),
            "not of others"
        );
        assert!(revoke_token(&mut tx, "handler", "handler", &known[0].id, Micros::now()).await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(world.ask("GET", "/api/v1/me", &both, &[], "").await.code(), (401, "token"));
        // A new password by the administrator ends what the old one made.
        let last = world.token("viewer", "last", &[Right::ReadIncidents]).await;
        let mut tx = world.db.begin().await.unwrap();
        reset_password(&mut tx, "admin", "viewer", "another short sentence", Micros::now()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(world.ask("GET", "/api/v1/me", &last, &[], "").await.code(), (401, "token"));
        let all = world.db.read("SELECT hash FROM web_token", &[]).await.unwrap();
        assert!(all.iter().all(|row| row.text(0).unwrap() != both), "the token itself is nowhere");
    }
}

#[tokio::test]
async fn a_token_has_no_more_than_its_person_and_ends() {
    let world = World::new(WebConfig::default()).await;
    let make = |person: &'static str, name: &'static str, scopes: Vec<Right>, days: i64| {
        let db = world.db.clone();
        async move {
            let mut tx = db.begin().await.unwrap();
            let made = make_token(
                &mut tx,
                person,
                person,
                &NewToken { name: name.into(), scopes, days, mailboxes: Default::default() },
                Micros::now(),
            )
            .await;
            tx.commit().await.unwrap();
            made.map_err(|error| error.code())
        }
    };
    assert!(make("viewer", "ok", vec![Right::ReadFindings], 365).await.is_ok());
    assert_eq!(make("viewer", "ok", vec![Right::ReadFindings], 1).await, Err("taken"));
    assert_eq!(make("viewer", "more", vec![Right::HandleIncidents], 1).await, Err("bad-scopes"));
    assert_eq!(make("admin", "people", vec![Right::Enter], 1).await, Err("bad-scopes"));
    assert_eq!(make("viewer", "none", vec![], 1).await, Err("bad-scopes"));
    assert_eq!(make("viewer", "long", vec![Right::ReadFindings], 366).await, Err("bad-days"));
    assert_eq!(make("viewer", "a/b", vec![Right::ReadFindings], 1).await, Err("bad-name"));
    assert_eq!(make("nobody", "ok", vec![Right::ReadFindings], 1).await, Err("nobody"));
    let secret = world.token("viewer", "brief", &[Right::ReadIncidents]).await;
    let mut tx = world.db.begin().await.unwrap();
    tx.run("UPDATE web_token SET expires_at = $1", &[Micros(Micros::now().0 - 1).into()]).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(world.ask("GET", "/api/v1/me", &secret, &[], "").await.code(), (401, "token"));
}

#[tokio::test]
async fn a_cookie_opens_nothing_and_a_token_opens_no_page() {
    let world = World::new(WebConfig::default()).await;
    let token = world.token("admin", "t1", &[Right::ReadJournal]).await;
    let page = world.ask("GET", "/journal", &token, &[], "").await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "the pages want a person");
    // A session as the browser has it.
    let secret = "0123456789012345678901234567890123456789012";
    let hash = {
        use sha2::Digest as _;
        sha2::Sha256::digest(secret).iter().map(|byte| format!("{byte:02x}")).collect::<String>()
    };
    let mut tx = world.db.begin().await.unwrap();
    let now = Micros::now();
    tx.run(
        "INSERT INTO web_session (id, user_id, made_at, seen_at, address, agent)
         SELECT $1, id, $2, $2, '', '' FROM web_user WHERE name = 'admin'",
        &[hash.into(), now.into()],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let cookie = format!("manara-session={secret}");
    let cookie = [("cookie", cookie.as_str())];
    assert_eq!(world.ask("GET", "/journal", "", &cookie, "").await.status, StatusCode::OK, "the cookie is good");
    assert_eq!(world.ask("GET", "/api/v1/journal", "", &cookie, "").await.code(), (401, "token"));
    assert_eq!(world.ask("POST", "/api/v1/boats", "", &cookie, r#"{"name":"a"}"#).await.code(), (401, "token"));
    let reply = world.ask("GET", "/api/v1/me", &token, &cookie, "").await;
    assert!(reply.header("set-cookie").is_empty() && reply.header("access-control-allow-origin").is_empty());
    // The page where tokens are made shows one once.
    let tokens_page = world.ask("GET", "/account/tokens", "", &cookie, "").await;
    assert_eq!(tokens_page.status, StatusCode::OK);
}

#[tokio::test]
async fn every_refusal_is_a_problem_with_a_code() {
    let world = World::new(WebConfig::default()).await;
    let token = world.token("admin", "t1", &BOTH).await;
    let journal = world.token("admin", "t3", &[Right::ReadJournal]).await;
    for (method, path, body, want) in [
        ("GET", "/api/v1/nowhere", "", (404, "not-found")),
        ("DELETE", "/api/v1/boats/a", "", (405, "method")),
        ("GET", "/api/v1/boats/a?x=1", "", (400, "unreadable")),
        ("GET", "/api/v1/boats/a%00b", "", (400, "unreadable")),
        ("POST", "/api/v1/boats", "{", (400, "unreadable")),
        ("POST", "/api/v1/boats", "{}", (422, "invalid")),
        ("POST", "/api/v1/boats", r#"{"name":"a","more":1}"#, (422, "invalid")),
        ("POST", "/api/v1/boats", r#"{"name":"a\u0000b"}"#, (422, "invalid")),
        ("POST", "/api/v1/boats", r#"{"name":"sunk"}"#, (409, "refused")),
        ("PATCH", "/api/v1/boats/a", r#"{"name":"b"}"#, (428, "match-wanted")),
    ] {
        let reply = world.ask(method, path, &token, &[], body).await;
        assert_eq!(reply.code(), want, "{method} {path} {body}: {}", reply.body);
        assert_eq!(reply.header("content-type"), "application/problem+json", "{path}");
        assert_eq!((&reply.body["status"], reply.body["id"].as_str().unwrap().len()), (&json!(want.0), 10), "{path}");
        assert!(!reply.body["title"].as_str().unwrap().starts_with("api-"), "{}", reply.body);
    }
    let kind = [("content-type", "text/plain")];
    assert_eq!(world.ask("POST", "/api/v1/boats", &token, &kind, "").await.code(), (415, "media-type"));
    for query in
        ["limit=0", "limit=201", "limit=x", "cursor=x", "sort=x", "from=yesterday", "plane=x", "after=x", "format=csv"]
    {
        let reply = world.ask("GET", &format!("/api/v1/journal?{query}"), &journal, &[], "").await;
        assert_eq!(reply.code(), (400, "unreadable"), "{query}");
    }
    let broken = world.ask("POST", "/api/v1/boats", &token, &[], r#"{"name":"broken"}"#).await;
    assert_eq!(broken.code(), (500, "internal"));
    assert!(!broken.body.to_string().contains("mast"), "causes are for the log");
    let french = world.ask("GET", "/api/v1/nowhere", &token, &[("accept-language", "fr")], "").await;
    assert_eq!(french.body["title"], "Cet enregistrement n’existe pas");
}

#[tokio::test]
async fn whoever_sees_a_part_of_the_journal_gets_whole_pages_of_it() {
    for world in World::all().await {
        let mut tx = world.db.begin().await.unwrap();
        for n in 0..1_300 {
            let name = if n % 100 == 50 { format!("raft{n}") } else { format!("boat{n}") };
            Journal::write(&mut tx, "admin", "web", "launched", &name, "{}", Micros::now()).await.unwrap();
        }
        tx.commit().await.unwrap();
        let some = Mailboxes::parse("gov@cirt.example").unwrap();
        let token = world.token_of("admin", "t1", &[Right::ReadJournal], some).await;
        let (mut pages, mut seen, mut cursor) = (Vec::new(), Vec::new(), String::new());
        loop {
            let path = format!("/api/v1/journal?verb=launched&limit=5&cursor={cursor}");
            let page = world.ask("GET", &path, &token, &[], "").await;
            assert_eq!(page.status, StatusCode::OK, "{}", page.body);
            let items = page.body["items"].as_array().unwrap().clone();
            pages.push(items.len());
            seen.extend(items.iter().map(|entry| entry["record"].as_str().unwrap().to_string()));
            match page.body["next"].as_str() {
                Some(next) => cursor = next.into(),
                None => break,
            }
        }
        assert_eq!(pages, [5, 5, 3]);
        assert_eq!((seen.len(), seen[0].as_str(), seen[12].as_str()), (13, "raft1250", "raft50"));
    }
}

#[tokio::test]
async fn a_list_goes_on_by_its_cursor_to_the_end() {
    for world in World::all().await {
        let token = world.token("admin", "t1", &[Right::ReadJournal, Right::HandleIncidents]).await;
        for n in 0..12 {
            world.ask("POST", "/api/v1/boats", &token, &[], &format!(r#"{{"name":"b{n}"}}"#)).await;
        }
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let path = format!("/api/v1/journal?verb=launched&limit=5&cursor={cursor}");
            let page = world.ask("GET", &path, &token, &[], "").await;
            assert_eq!(page.status, StatusCode::OK, "{}", page.body);
            let items = page.body["items"].as_array().unwrap().clone();
            seen.extend(items.iter().map(|entry| entry["record"].as_str().unwrap().to_string()));
            assert!(items.iter().all(|entry| entry["who"] == "admin/t1"), "the person and the token: {items:?}");
            match page.body["next"].as_str() {
                Some(next) => cursor = next.into(),
                None => break,
            }
        }
        assert_eq!(seen.len(), 12);
        assert_eq!((seen[0].as_str(), seen[11].as_str()), ("b11", "b0"));
        let mine = world.ask("GET", "/api/v1/journal?who=admin&verb=launched&limit=200", &token, &[], "").await;
        assert_eq!(mine.body["items"].as_array().unwrap().len(), 12, "what a token does is its person's doing");
    }
}

#[tokio::test]
async fn a_state_that_is_known_is_not_sent_and_one_that_is_gone_is_not_changed() {
    let world = World::new(WebConfig::default()).await;
    let token = world.token("admin", "t1", &BOTH).await;
    let one = world.ask("GET", "/api/v1/boats/a", &token, &[], "").await;
    assert_eq!((one.header("etag"), one.header("cache-control")), ("\"7\"", "private, no-cache"));
    let again = world.ask("GET", "/api/v1/boats/a", &token, &[("if-none-match", "\"7\"")], "").await;
    assert_eq!((again.status, again.header("etag"), &again.body), (StatusCode::NOT_MODIFIED, "\"7\"", &Value::Null));
    let body = r#"{"name":"b"}"#;
    let stale = world.ask("PATCH", "/api/v1/boats/a", &token, &[("if-match", "\"6\"")], body).await;
    assert_eq!(stale.code(), (412, "stale"));
    let fresh = world.ask("PATCH", "/api/v1/boats/a", &token, &[("if-match", "\"7\"")], body).await;
    assert_eq!((fresh.status, fresh.header("etag")), (StatusCode::OK, "\"8\""));
    assert_eq!(world.ask("PATCH", "/api/v1/boats/a", &token, &[("if-match", "*")], body).await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_same_order_twice_is_carried_out_once() {
    for world in World::all().await {
        let (token, other) = (world.token("admin", "t1", &BOTH).await, world.token("admin", "t2", &BOTH).await);
        let key = [("idempotency-key", "k1")];
        let first = world.ask("POST", "/api/v1/boats", &token, &key, r#"{"name":"a"}"#).await;
        let again = world.ask("POST", "/api/v1/boats", &token, &key, r#"{"name":"a"}"#).await;
        assert_eq!((first.status, again.status, world.launched().await), (StatusCode::CREATED, StatusCode::CREATED, 1));
        assert_eq!(
            (again.header("location"), again.header("content-type")),
            (first.header("location"), "application/json")
        );
        assert_eq!((&again.body, again.header("idempotency-replayed")), (&first.body, "true"));
        let changed = world.ask("POST", "/api/v1/boats", &token, &key, r#"{"name":"b"}"#).await;
        assert_eq!(changed.code(), (422, "key-reused"));
        world.ask("POST", "/api/v1/boats", &other, &key, r#"{"name":"b"}"#).await;
        assert_eq!(world.launched().await, 2, "keys are of one token");
        // A refusal is an answer too.
        let key = [("idempotency-key", "k2")];
        let refused = world.ask("POST", "/api/v1/boats", &token, &key, r#"{"name":"sunk"}"#).await;
        let again = world.ask("POST", "/api/v1/boats", &token, &key, r#"{"name":"sunk"}"#).await;
        assert_eq!((refused.code(), again.code()), ((409, "refused"), (409, "refused")));
        assert_eq!(refused.body["id"], again.body["id"]);
        // The fact is there, the answer is not: it is not done again.
        let key = [("idempotency-key", "k3")];
        assert_eq!(
            world.ask("POST", "/api/v1/boats", &token, &key, r#"{"name":"broken"}"#).await.code(),
            (500, "internal")
        );
        assert_eq!(world.launched().await, 3);
        let soon = world.ask("POST", "/api/v1/boats", &token, &key, r#"{"name":"broken"}"#).await;
        assert_eq!((soon.code(), soon.header("retry-after")), ((409, "running"), "5"));
        let mut tx = world.db.begin().await.unwrap();
        let before = Micros(Micros::now().0 - 3_600_000_000);
        tx.run("UPDATE store_once SET at = $1 WHERE answer = ''", &[before.into()]).await.unwrap();
        tx.commit().await.unwrap();
        let later = world.ask("POST", "/api/v1/boats", &token, &key, r#"{"name":"broken"}"#).await;
        assert_eq!((later.code(), &later.body["record"]), ((409, "done"), &json!("web/broken")));
        assert_eq!(world.launched().await, 3);
        for bad in ["", "with space", &"x".repeat(101)] {
            let reply =
                world.ask("POST", "/api/v1/boats", &token, &[("idempotency-key", bad)], r#"{"name":"a"}"#).await;
            assert_eq!(reply.code(), (400, "unreadable"), "{bad:?}");
        }
    }
}

#[tokio::test]
async fn a_token_that_asks_too_often_waits() {
    let world = World::new(WebConfig { api_per_minute: 5, ..WebConfig::default() }).await;
    let token = world.token("admin", "t1", &BOTH).await;
    for _ in 0..5 {
        assert_eq!(world.ask("GET", "/api/v1/me", &token, &[], "").await.status, StatusCode::OK);
    }
    let late = world.ask("GET", "/api/v1/me", &token, &[], "").await;
    assert_eq!(late.code(), (429, "too-many"));
    assert!(late.header("retry-after").parse::<i64>().unwrap() > 0);
    let other = world.token("admin", "t2", &BOTH).await;
    assert_eq!(world.ask("GET", "/api/v1/me", &other, &[], "").await.status, StatusCode::OK);
    // Whoever tries tokens out is slowed down by their address.
    let tries = 60;
    let mut slowed = 0;
    for n in 0..tries {
        slowed += i32::from(world.ask("GET", "/api/v1/me", &format!("mnr_{n}"), &[], "").await.status.as_u16() == 429);
    }
    assert!(slowed > 0 && slowed < tries, "{slowed}");
}

#[tokio::test]
async fn the_document_names_every_operation_and_every_schema_it_uses() {
    let world = World::new(WebConfig::default()).await;
    let document = world.ask("GET", "/api/openapi.json", "", &[], "").await;
    assert_eq!((document.status, &document.body["openapi"]), (StatusCode::OK, &json!("3.1.0")));
    let paths = document.body["paths"].as_object().unwrap();
    for (path, method) in [("/api/v1/me", "get"), ("/api/v1/boats", "post"), ("/api/v1/boats/{name}", "patch")] {
        let operation = &paths[path][method];
        assert!(operation["operationId"].is_string() && operation["responses"]["401"].is_object(), "{path}");
    }
    assert_eq!(
        paths["/api/v1/boats"]["post"]["responses"]["201"]["content"]["application/json"]["schema"]["$ref"],
        "#/components/schemas/Boat"
    );
    let text = document.body.to_string();
    let known = document.body["components"]["schemas"].as_object().unwrap();
    for part in text.split("#/components/schemas/").skip(1) {
        let name = part.split('"').next().unwrap();
        assert!(known.contains_key(name), "{name} is not there");
    }
    let page = world.ask("GET", "/api", "", &[], "").await;
    assert_eq!((page.status, page.headers.contains_key(header::CONTENT_SECURITY_POLICY)), (StatusCode::OK, true));
}

#[tokio::test]
async fn people_are_looked_after_by_a_token_that_may_and_never_its_own_person() {
    for world in World::all().await {
        let token = world.token("admin", "people", &[Right::ManageUsers]).await;
        let other = world.token("admin", "journal", &[Right::ReadJournal]).await;
        assert_eq!(world.ask("GET", "/api/v1/users", &other, &[], "").await.code(), (403, "scope"));
        let all = world.ask("GET", "/api/v1/users?sort=name", &token, &[], "").await.body;
        let people = all["items"].as_array().unwrap();
        let id =
            |name: &str| people.iter().find(|one| one["name"] == name).unwrap()["id"].as_str().unwrap().to_string();
        let (admin, viewer) = (format!("/api/v1/users/{}", id("admin")), format!("/api/v1/users/{}", id("viewer")));
        let did = world.ask("POST", &format!("{viewer}/role"), &token, &[], r#"{"role": "duty"}"#).await;
        assert_eq!((did.status, did.body["role"].as_str()), (StatusCode::OK, Some("duty")), "{}", did.body);
        let did = world.ask("POST", &format!("{viewer}/password"), &token, &[], r#"{"password": "tiny"}"#).await;
        assert_eq!(did.code(), (422, "invalid"));
        let password = r#"{"password": "another short sentence"}"#;
        assert_eq!(
            world.ask("POST", &format!("{viewer}/password"), &token, &[], password).await.status,
            StatusCode::OK
        );
        let did = world.ask("POST", &format!("{viewer}/disable"), &token, &[], "").await;
        assert_eq!((did.status, did.body["disabled"].as_bool()), (StatusCode::OK, Some(true)), "{}", did.body);
        let did = world.ask("POST", &format!("{viewer}/enable"), &token, &[], "").await;
        assert_eq!(did.body["disabled"], false);
        assert_eq!(world.ask("POST", &format!("{viewer}/sign-out"), &token, &[], "").await.status, StatusCode::OK);
        for (path, body) in [("role", r#"{"role": "viewer"}"#), ("password", password), ("disable", "")] {
            let refused = world.ask("POST", &format!("{admin}/{path}"), &token, &[], body).await;
            assert_eq!(
                (refused.code(), refused.body["reason"].as_str()),
                ((409, "refused"), Some("oneself")),
                "{path}"
            );
        }
        let many = json!({ "ids": [id("admin"), id("viewer")], "change": { "do": "disable" } }).to_string();
        let did = world.ask("POST", "/api/v1/users/bulk", &token, &[], &many).await;
        assert_eq!((did.status, &did.body["changed"]), (StatusCode::OK, &json!(1)), "{}", did.body);
        assert_eq!(did.body["items"][0]["reason"], "oneself");
        let undo = format!("/api/v1/bulk/{}/undo", did.body["id"].as_str().unwrap());
        let did = world.ask("POST", &undo, &token, &[], "").await;
        assert_eq!((did.status, &did.body["restored"]), (StatusCode::OK, &json!(1)), "{}", did.body);
        assert_eq!(world.ask("POST", "/api/v1/users/bulk", &other, &[], &many).await.code(), (403, "scope"));
        let new = r#"{"name": "omar", "role": "analyst", "password": "a sentence of his"}"#;
        let made = world.ask("POST", "/api/v1/users", &token, &[], new).await;
        assert_eq!((made.status, made.body["language"].as_str()), (StatusCode::CREATED, Some("en")), "{}", made.body);
        assert_eq!(world.ask("GET", made.header("location"), &token, &[], "").await.body["name"], "omar");
        assert_eq!(world.ask("POST", "/api/v1/users", &token, &[], new).await.body["reason"], "name-taken");
        assert!(!made.body.to_string().contains("sentence"), "no password is told");
    }
}

#[tokio::test]
async fn what_is_ones_own_is_read_by_any_token_and_changed_by_one_that_may() {
    for world in World::all().await {
        let reads = world.token("handler", "reads", &[Right::ReadIncidents]).await;
        let token = world.token("handler", "own", &[Right::ChangeAccount, Right::ReadIncidents]).await;
        let settings = "/api/v1/me/settings";
        let before = world.ask("GET", settings, &reads, &[], "").await;
        assert_eq!((before.status, &before.body["zone"]), (StatusCode::OK, &json!("UTC")), "{}", before.body);
        let mut wanted = before.body.clone();
        (wanted["zone"], wanted["density"], wanted["language"]) = (json!("Africa/Cairo"), json!("dense"), json!("fr"));
        let tag = [("if-match", before.header("etag"))];
        assert_eq!(world.ask("PUT", settings, &reads, &tag, &wanted.to_string()).await.code(), (403, "scope"));
        assert_eq!(world.ask("PUT", settings, &token, &[], &wanted.to_string()).await.code(), (428, "match-wanted"));
        let did = world.ask("PUT", settings, &token, &tag, &wanted.to_string()).await;
        assert_eq!((did.status, &did.body), (StatusCode::OK, &wanted));
        assert_eq!(world.ask("PUT", settings, &token, &tag, &wanted.to_string()).await.code(), (412, "stale"));
        let after = world.ask("GET", settings, &reads, &[], "").await;
        assert_eq!((&after.body, after.header("etag")), (&wanted, did.header("etag")));
        for (field, value) in [("zone", "Mars/Olympus"), ("theme", "pink"), ("region", "XX"), ("calendar", "mayan")] {
            let mut wrong = wanted.clone();
            wrong[field] = json!(value);
            let refused = world.ask("PUT", settings, &token, &[("if-match", "*")], &wrong.to_string()).await;
            assert_eq!((refused.code(), &refused.body["errors"][0]["field"]), ((422, "invalid"), &json!(field)));
        }
        let sessions = "/api/v1/me/sessions";
        assert_eq!(world.ask("GET", sessions, &reads, &[], "").await.code(), (403, "scope"));
        assert_eq!(world.ask("GET", sessions, &token, &[], "").await.body["sessions"], json!([]));
        assert_eq!(world.ask("POST", "/api/v1/me/sessions/end", &token, &[], "").await.body["ended"], 0);
        assert_eq!(world.ask("POST", "/api/v1/me/sessions/none/end", &token, &[], "").await.code(), (404, "not-found"));
    }
}

#[tokio::test]
async fn a_token_makes_no_token_that_goes_further_than_itself() {
    for world in World::all().await {
        let path = "/api/v1/me/tokens";
        let token = world.token("handler", "maker", &[Right::ChangeAccount, Right::ReadIncidents]).await;
        let ask = |body: Value| {
            let (world, token) = (&world, &token);
            async move { world.ask("POST", path, token, &[("idempotency-key", "k1")], &body.to_string()).await }
        };
        for (scopes, days, field) in [
            (json!(["incidents:handle"]), 1, "scopes"),
            (json!(["people:manage"]), 1, "scopes"),
            (json!(["fly"]), 1, "scopes"),
            (json!(["incidents:read"]), 2, "days"),
            (json!(["incidents:read"]), 366, "days"),
        ] {
            let refused = ask(json!({ "name": "more", "scopes": scopes, "days": days })).await;
            assert_eq!((refused.code(), &refused.body["errors"][0]["field"]), ((422, "invalid"), &json!(field)));
        }
        // The maker lasts a day: nothing it makes lasts a whole one.
        let refused = ask(json!({ "name": "same", "scopes": ["incidents:read"], "days": 1 })).await;
        assert_eq!(refused.body["errors"][0]["code"], "beyond", "{}", refused.body);
        let mut tx = world.db.begin().await.unwrap();
        tx.run("UPDATE web_token SET expires_at = $1", &[Micros::now().plus_days(5).into()]).await.unwrap();
        tx.commit().await.unwrap();
        let none = ask(json!({ "name": "none", "scopes": [], "days": 1 })).await;
        assert_eq!(none.body["errors"][0]["code"], "bad-scopes", "{}", none.body);
        let made = ask(json!({ "name": "Nightly", "scopes": ["incidents:read"], "days": 1 })).await;
        assert_eq!((made.status, &made.body["name"]), (StatusCode::CREATED, &json!("nightly")), "{}", made.body);
        let secret = made.body["secret"].as_str().unwrap().to_string();
        assert_eq!(world.ask("GET", "/api/v1/me", &secret, &[], "").await.body["scopes"], json!(["incidents:read"]));
        assert_eq!(made.header("idempotency-replayed"), "");
        let again = ask(json!({ "name": "Nightly", "scopes": ["incidents:read"], "days": 1 })).await;
        assert_eq!((again.code(), &again.body["reason"]), ((409, "refused"), &json!("taken")), "said once");
        let kept = world.db.read("SELECT answer FROM store_once", &[]).await.unwrap();
        assert!(kept.iter().all(|row| !row.text(0).unwrap().contains("mnr_")), "a secret is kept nowhere");
        let all = world.ask("GET", path, &token, &[], "").await.body;
        assert!(!all.to_string().contains(&secret), "{all}");
        let id = made.body["id"].as_str().unwrap();
        let did = world.ask("POST", &format!("{path}/{id}/revoke"), &token, &[], "").await;
        assert_eq!((did.status, &did.body["live"]), (StatusCode::OK, &json!(false)), "{}", did.body);
        assert_eq!(world.ask("GET", "/api/v1/me", &secret, &[], "").await.code(), (401, "token"));
        let others = world.token("viewer", "theirs", &[Right::ReadIncidents]).await;
        let theirs = &tokens(&world.db, "viewer").await.unwrap()[0].id;
        let not_mine = world.ask("POST", &format!("{path}/{theirs}/revoke"), &token, &[], "").await;
        assert_eq!(not_mine.code(), (404, "not-found"));
        assert_eq!(world.ask("GET", "/api/v1/me", &others, &[], "").await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn views_are_saved_shared_and_deleted_by_whoever_has_them() {
    for world in World::all().await {
        let path = "/api/v1/views";
        let scopes = [Right::ChangeAccount, Right::ShareViews, Right::ReadJournal];
        let token = world.token("handler", "views", &scopes).await;
        let quiet = world.token("duty", "quiet", &[Right::ChangeAccount, Right::ReadJournal]).await;
        let view = |shared: bool| {
            json!({ "list": "/journal", "name": "Signed in", "query": "verb=logged_in&after=x", "shared": shared })
                .to_string()
        };
        assert_eq!(world.ask("POST", path, &quiet, &[], &view(true)).await.code(), (403, "scope"));
        let made = world.ask("POST", path, &token, &[], &view(true)).await;
        assert_eq!(
            (made.status, &made.body["query"]),
            (StatusCode::CREATED, &json!("verb=logged_in")),
            "{}",
            made.body
        );
        let one = made.header("location").to_string();
        let seen = world.ask("GET", &one, &quiet, &[], "").await;
        assert_eq!((&seen.body["owner"], &seen.body["shared"]), (&json!("handler"), &json!(true)), "{}", seen.body);
        let theirs = world.ask("PATCH", &one, &quiet, &[("if-match", "*")], r#"{"name": "Mine"}"#).await;
        assert_eq!(theirs.code(), (403, "scope"), "somebody else's");
        assert_eq!(world.ask("POST", &format!("{one}/first"), &quiet, &[], "").await.body["first"], true);
        let tag = [("if-match", seen.header("etag"))];
        let did = world.ask("PATCH", &one, &token, &tag, r#"{"name": "Doors", "shared": false}"#).await;
        assert_eq!((&did.body["name"], &did.body["shared"]), (&json!("Doors"), &json!(false)), "{}", did.body);
        assert_eq!(world.ask("PATCH", &one, &token, &tag, r#"{"name": "X"}"#).await.code(), (412, "stale"));
        assert_eq!(world.ask("GET", &one, &quiet, &[], "").await.code(), (404, "not-found"), "no longer the team's");
        assert_eq!(world.ask("POST", &format!("{one}/delete"), &token, &[], "").await.body["deleted"], true);
        assert_eq!(world.ask("GET", path, &token, &[], "").await.body["views"], json!([]));
        let all = world.ask("GET", &format!("{path}?deleted=true"), &token, &[], "").await;
        assert_eq!(all.body["views"].as_array().unwrap().len(), 1, "{}", all.body);
        assert_eq!(world.ask("POST", &format!("{one}/restore"), &token, &[], "").await.body["deleted"], false);
        for (list, name, field) in [("/nowhere", "x", "list"), ("/users", "x", "list"), ("/journal", " ", "name")] {
            let body = json!({ "list": list, "name": name }).to_string();
            let refused = world.ask("POST", path, &token, &[], &body).await;
            assert_eq!(
                (refused.code(), &refused.body["errors"][0]["field"]),
                ((422, "invalid"), &json!(field)),
                "{list}"
            );
        }
    }
}

#[tokio::test]
async fn an_account_is_limited_to_mailboxes_by_a_token_that_looks_after_people() {
    for world in World::all().await {
        let token = world.token("admin", "people", &[Right::ManageUsers]).await;
        let all = world.ask("GET", "/api/v1/users?role=viewer", &token, &[], "").await.body;
        let one = format!("/api/v1/users/{}", all["items"][0]["id"].as_str().unwrap());
        let path = format!("{one}/mailboxes");
        let did = world.ask("POST", &path, &token, &[], r#"{"mailboxes": ["Gov@cirt.example"]}"#).await;
        assert_eq!(
            (did.status, &did.body["mailboxes"]),
            (StatusCode::OK, &json!(["gov@cirt.example"])),
            "{}",
            did.body
        );
        let wrong = world.ask("POST", &path, &token, &[], r#"{"mailboxes": ["no address"]}"#).await;
        assert_eq!(wrong.code(), (422, "invalid"));
        assert_eq!(world.ask("POST", &path, &token, &[], r#"{"mailboxes": []}"#).await.body["mailboxes"], json!([]));
        assert_eq!(world.ask("GET", &one, &token, &[], "").await.body["mailboxes"], json!([]));
    }
}

#[tokio::test]
async fn a_token_limited_to_mailboxes_changes_no_accounts_one_or_many() {
    for world in World::all().await {
        let token = world.token("admin", "people", &[Right::ManageUsers]).await;
        let gov = Mailboxes::parse("gov@cirt.example").unwrap();
        let limited = world.token_of("admin", "gov", &[Right::ManageUsers], gov).await;
        let all = world.ask("GET", "/api/v1/users?role=viewer", &limited, &[], "").await.body;
        let id = all["items"][0]["id"].as_str().unwrap();
        let many = json!({ "ids": [id], "change": { "do": "disable" } }).to_string();
        let done = world.ask("POST", "/api/v1/users/bulk", &token, &[], &many).await;
        assert_eq!((done.status, &done.body["changed"]), (StatusCode::OK, &json!(1)), "{}", done.body);
        let bulk = format!("/api/v1/bulk/{}", done.body["id"].as_str().unwrap());
        let one = format!("/api/v1/users/{id}");
        for (path, body) in [
            ("/api/v1/users/bulk".to_string(), many.as_str()),
            (format!("{bulk}/undo"), ""),
            (format!("{bulk}/resume"), ""),
            (format!("{one}/enable"), ""),
            (format!("{one}/sign-out"), ""),
        ] {
            assert_eq!(world.ask("POST", &path, &limited, &[], body).await.code(), (403, "scope"), "{path}");
        }
        assert_eq!(world.ask("GET", &bulk, &limited, &[], "").await.code(), (403, "scope"));
        assert_eq!(world.ask("GET", &bulk, &token, &[], "").await.body["changed"], 1, "nothing was taken back");
        assert_eq!(world.ask("POST", &format!("{bulk}/undo"), &token, &[], "").await.body["restored"], 1);
    }
}

#[tokio::test]
async fn a_token_limited_to_mailboxes_starts_no_webhook() {
    for world in World::all().await {
        let gov = Mailboxes::parse("gov@cirt.example").unwrap();
        let limited = world.token_of("admin", "gov", &[Right::ManageWebhooks], gov).await;
        let body = r#"{"url": "https://hooks.example/in", "kinds": ["finding.opened"], "tlp": "RED"}"#;
        for path in ["", "/x/restore", "/x/enable", "/x/deliveries/y/again"] {
            let did = world.ask("POST", &format!("/api/v1/webhooks{path}"), &limited, &[("if-match", "*")], body).await;
            assert_eq!(did.code(), (403, "scope"), "{path}");
        }
    }
}
