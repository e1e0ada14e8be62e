//! Somebody asks for the daily digest on its page, gets it by mail in their language, and ends it there; on both databases.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::answers::{PASSWORD, Server, between};
use crate::house::{House, Schema};
use crate::post::Post;

/// Waits until so many letters have come.
fn letters(post: &Post, count: usize) -> Vec<String> {
    let begun = Instant::now();
    while post.letters().len() < count {
        assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", post.letters());
        std::thread::yield_now();
    }
    post.letters()
}

fn walk(database: Option<String>) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let house = House { data: folder.path().join("data"), database };
    let post = Post::open();
    let password = folder.path().join("password");
    std::fs::write(&password, PASSWORD).expect("a writable folder");
    house.done(&["init", "--json", "--password-file", password.to_str().expect("a path")]);
    let port = post.port().to_string();
    house.done(&[
        "setup",
        "mail",
        "--from",
        "cirt@cirt.example",
        "--host",
        "127.0.0.1",
        "--tls",
        "none",
        "--port",
        &port,
    ]);
    let server = Server::start(&house);
    let session = server.sign_in("admin");
    let ask = |fields: &[(&str, &str)], path: &str| {
        let (_, _, page) = server.get("/picture/digest", &session);
        let csrf = between(&page, r#"name="csrf" value=""#, "\"");
        let fields: Vec<(&str, &str)> = [("csrf", csrf.as_str())].into_iter().chain(fields.iter().copied()).collect();
        server.post(path, &session, &fields)
    };
    for (mail, hour) in [("nobody", "0"), ("a@b.example, c@d.example", "0"), ("a@b.example", "24"), ("a@b.example", "")]
    {
        let (status, _, page) = ask(&[("mail", mail), ("hour", hour)], "/picture/digest");
        assert!(status == 422 && page.contains("cannot be used"), "{mail} {hour}: {page}");
    }
    // French from now on; the digest follows.
    let (_, _, page) = server.get("/account/settings", &session);
    let csrf = between(&page, r#"name="csrf" value=""#, "\"");
    let mut settings = vec![("csrf", csrf.as_str()), ("lang", "fr"), ("digits", "auto"), ("zone", "UTC")];
    settings.extend([("theme", "system"), ("density", "roomy"), ("calendar", "gregorian")]);
    let digits = between(&page, r#"<select name="digits"><option value=""#, "\"");
    settings[2].1 = &digits;
    assert_eq!(server.post("/account/settings", &session, &settings).0, 303);
    // Midnight of UTC has always passed: it comes at once, once.
    assert_eq!(ask(&[("mail", "head@cirt.example"), ("hour", "0")], "/picture/digest").0, 303);
    let came = letters(&post, 1);
    let letter = came[0].replace("=\n", "");
    for line in ["To: head@cirt.example", "Content-Language: fr", "Auto-Submitted: auto-generated"] {
        assert!(letter.lines().any(|found| found == line), "{line} is missing in\n{letter}");
    }
    assert!(letter.contains("/picture/digest"), "the letter says where to end it:\n{letter}");
    let readers = house.json(&["digest", "--readers", "--json"]);
    assert_eq!(readers, json!([{ "name": "admin", "mail": "head@cirt.example", "hour": 0 }]));
    let (_, _, page) = server.get("/picture/digest", &session);
    assert!(page.contains("Vous recevez chaque jour") && page.contains("head@cirt.example"), "{page}");
    assert_eq!(ask(&[], "/picture/digest/stop").0, 303);
    assert_eq!(house.json(&["digest", "--readers", "--json"]), json!([]));
    let (_, _, journal) = server.get("/journal?plane=app&format=json", &session);
    for verb in ["digest_wanted", "digest_made", "digest_sent", "digest_unwanted"] {
        assert!(journal.contains(verb), "{verb}: {journal}");
    }
    drop(server);

    // From the host: two people with one address get one letter, and who is gone gets none.
    for args in [
        &["digest", "--wanted-by", "nobody", "--mail", "a@b.example"][..],
        &["digest", "--wanted-by", "admin", "--mail", "nonsense"],
    ] {
        assert_eq!(house.run(args).code, 1, "{args:?}");
    }
    house.done(&["digest", "--wanted-by", "admin", "--mail", "other@cirt.example", "--hour", "0"]);
    let sent = house.json(&["work", "--json"]);
    assert_eq!(sent["digests"], 1, "{sent}");
    assert_eq!(house.json(&["work", "--json"])["digests"], 0, "once for a day and an address");
    house.done(&["digest", "--unwanted-by", "admin"]);
    assert_eq!(post.letters().len(), 2);
}

#[test]
fn a_reader_asks_for_the_digest_gets_it_and_ends_it_on_sqlite() {
    walk(None);
}

#[test]
fn a_reader_asks_for_the_digest_gets_it_and_ends_it_on_postgresql() {
    let Some(schema) = Schema::make() else { return };
    walk(Some(schema.url.clone()));
}
