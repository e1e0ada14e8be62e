//! What programs set by the API about the house and themselves: what a token may order, what it never learns, and who wins
//! when two do it at once.

use serde_json::{Value, json};

use crate::answers::Server;
use crate::house::House;
use crate::post::Post;

/// A program with its token.
struct Program<'s> {
    server: &'s Server,
    token: String,
}

struct Told {
    status: u16,
    etag: String,
    body: Value,
}

impl Program<'_> {
    fn ask(&self, method: &str, path: &str, etag: &str, body: &Value) -> Told {
        let bearer = format!("Bearer {}", self.token);
        let mut headers = vec![("authorization", bearer.as_str()), ("content-type", "application/json")];
        if !etag.is_empty() {
            headers.push(("if-match", etag));
        }
        let body = if method == "GET" { String::new() } else { body.to_string() };
        let (status, head, text) = self.server.send(method, &format!("/api/v1{path}"), &headers, &body);
        let etag = head.lines().find_map(|line| line.strip_prefix("etag: ")).unwrap_or_default().to_string();
        Told { status, etag, body: serde_json::from_str(&text).unwrap_or_else(|_| panic!("{head}\n{text}")) }
    }

    fn get(&self, path: &str) -> Told {
        self.ask("GET", path, "", &Value::Null)
    }
}

/// A house with an administrator, and a token for each list of scopes.
fn house(folder: &std::path::Path, scopes: &[&[&str]]) -> (House, Vec<String>) {
    let house = House::new(folder.join("data"));
    house.done(&["init", "--json"]);
    let token = |(at, scopes): (usize, &&[&str])| {
        let name = format!("program-{at}");
        let mut args = vec!["tokens", "make", "admin", &name, "--days", "1"];
        args.extend(scopes.iter().flat_map(|scope| ["--scope", scope]));
        house.done(&args).trim().to_string()
    };
    let tokens = scopes.iter().enumerate().map(token).collect();
    (house, tokens)
}

#[test]
fn the_password_of_mail_is_never_shown_and_goes_to_no_server_it_was_not_given_for() {
    let folder = tempfile::tempdir().unwrap();
    let (house, tokens) = house(folder.path(), &[&["setup:change"]]);
    let server = Server::start(&house);
    let program = Program { server: &server, token: tokens[0].clone() };
    let (ours, theirs) = (Post::open(), Post::open());
    let way = |port: u16| json!({ "leaves": true, "from_mail": "cirt@example.org", "host": "127.0.0.1", "port": port, "tls": "none" });
    let mut wanted = way(ours.port());
    wanted["login"] = "cirt".into();
    wanted["password"] = "open sesame".into();
    let first = program.get("/setup/mail");
    let set = program.ask("PUT", "/setup/mail", &first.etag, &wanted);
    assert_eq!((set.status, &set.body["has_password"]), (200, &json!(true)), "{}", set.body);
    assert!(!set.body.to_string().contains("sesame"), "{}", set.body);
    let tried = program.ask("POST", "/setup/mail/test", "", &json!({ "to": "amina@example.org" }));
    assert_eq!((tried.status, ours.logins()), (200, vec!["cirt/open sesame".to_string()]), "{}", tried.body);

    // Another server, without the password: refused, and nobody logs in there.
    let moved = program.ask("PUT", "/setup/mail", "*", &way(theirs.port()));
    assert_eq!((moved.status, &moved.body["code"]), (422, &json!("invalid")), "{}", moved.body);
    assert!(moved.body["detail"].as_str().unwrap().contains("give it again"), "{}", moved.body);
    assert_eq!(moved.body["errors"][0]["field"], "password", "{}", moved.body);
    for (field, given) in [("from_mail", json!("nobody")), ("host", json!("a b")), ("tls", json!("perhaps"))] {
        let mut wrong = wanted.clone();
        wrong[field] = given;
        let refused = program.ask("PUT", "/setup/mail", "*", &wrong);
        assert_eq!((refused.status, &refused.body["errors"][0]["field"]), (422, &json!(field)), "{}", refused.body);
    }
    program.ask("POST", "/setup/mail/test", "", &json!({ "to": "amina@example.org" }));
    assert_eq!((theirs.logins().len(), ours.logins().len()), (0, 2));

    // Two who read the same state: the second learns of it, and what it did not name is what the first one wrote.
    let read = program.get("/setup/mail");
    let name = |name: &str| json!({ "leaves": true, "from_mail": "cirt@example.org", "from_name": name });
    assert_eq!(program.ask("PUT", "/setup/mail", &read.etag, &name("National team")).status, 200);
    let late = program.ask("PUT", "/setup/mail", &read.etag, &name("Somebody else"));
    assert_eq!(late.status, 412, "{}", late.body);
    let now = program.get("/setup/mail").body;
    assert_eq!((&now["from_name"], &now["port"]), (&json!("National team"), &json!(ours.port())));
}

#[test]
fn the_nation_and_the_profile_are_set_whole_and_by_whom_the_scope_lets() {
    let folder = tempfile::tempdir().unwrap();
    let (house, tokens) = house(folder.path(), &[&["setup:change"], &["account:change"]]);
    let server = Server::start(&house);
    let program = Program { server: &server, token: tokens[0].clone() };
    let other = Program { server: &server, token: tokens[1].clone() };
    for path in ["/setup", "/setup/nation", "/setup/mail", "/profile"] {
        assert_eq!((program.get(path).status, other.get(path).status), (200, 403), "{path}");
    }
    let before = program.get("/setup/nation");
    let mut nation = before.body.clone();
    (nation["country"], nation["zone"]) = ("EG".into(), "Africa/Cairo".into());
    nation["names"] = json!({ "en": "Harbour CIRT" });
    assert_eq!(program.ask("PUT", "/setup/nation", "", &nation).status, 428, "a change names the state it is of");
    let set = program.ask("PUT", "/setup/nation", &before.etag, &nation);
    assert_eq!((set.status, &set.body["names"]["en"]), (200, &json!("Harbour CIRT")), "{}", set.body);
    assert_eq!(program.ask("PUT", "/setup/nation", &before.etag, &nation).status, 412);
    nation["zone"] = "Nowhere/Town".into();
    let refused = program.ask("PUT", "/setup/nation", "*", &nation);
    assert_eq!((refused.status, &refused.body["errors"][0]["field"]), (422, &json!("zone")), "{}", refused.body);
    (nation["zone"], nation["names"]) = ("Africa/Cairo".into(), json!({ "en": "two\nlines" }));
    let refused = program.ask("PUT", "/setup/nation", "*", &nation);
    assert_eq!((refused.status, &refused.body["errors"][0]["field"]), (422, &json!("names")), "{}", refused.body);

    // What the profile's record leaves out is empty from then on.
    let address = json!({ "published": true, "address": "1 Harbour Street" });
    let set = program.ask("PUT", "/profile", &program.get("/profile").etag, &address);
    assert_eq!((set.status, &set.body["address"]), (200, &json!("1 Harbour Street")), "{}", set.body);
    let set = program.ask("PUT", "/profile", &program.get("/profile").etag, &json!({ "published": false }));
    assert_eq!((set.status, &set.body["address"]), (200, &json!("")), "{}", set.body);
}

#[test]
fn a_token_orders_and_learns_nothing_that_goes_further_than_itself() {
    let folder = tempfile::tempdir().unwrap();
    let (house, tokens) = house(
        folder.path(),
        &[&["account:change"], &["account:change", "findings:read"], &["findings:read"], &["incidents:handle"]],
    );
    let server = Server::start(&house);
    let [account, reading, feeds, handling] = tokens.try_into().unwrap();
    let program = |token: String| Program { server: &server, token };
    let wish = json!({ "mail": "amina@example.org", "hour": 6 });
    let refused = program(account.clone()).ask("POST", "/digest/wish", "", &wish);
    assert_eq!((refused.status, &refused.body["code"]), (403, &json!("scope")), "{}", refused.body);
    assert_eq!(program(reading).ask("POST", "/digest/wish", "", &wish).status, 200);
    assert_eq!(program(account.clone()).ask("POST", "/digest/wish/stop", "", &json!({})).status, 200);
    // Where somebody is signed in, and what else they gave away, is not for the least of their tokens.
    for path in ["/me/sessions", "/me/tokens"] {
        assert_eq!((program(account.clone()).get(path).status, program(feeds.clone()).get(path).status), (200, 403));
    }
    let unknown = program(handling).get("/mail-keys/missing");
    assert_eq!(unknown.body["code"], "scope", "not a list that looks complete: {}", unknown.body);
    drop(server);
    house.verified();
}
