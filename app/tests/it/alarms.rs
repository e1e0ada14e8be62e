//! Mail about the clocks of incidents: what is due soon goes to whoever handles the incident, what is late also to those who are
//! named for the digest; each once, in their language, never to somebody below the marking, and never with the matter itself.

use manara_model::{Micros, Tlp, Viewer};
use manara_store::Db;

use crate::answers::PASSWORD;
use crate::house::House;
use crate::post::Post;

const DIGEST: &str = r#"
[digest]
at = "23:59"
[[digest.to]]
mail = "head@cirt.example"
language = "fr"
marking = "AMBER"
[[digest.to]]
mail = "guest@cirt.example"
language = "en"
marking = "GREEN"
"#;
const MATTER: &str = "Ransom at the harbour";

/// An incident that the administrator handles, with a clock of NIS2 (24 hours to the first word) that began some hours ago.
fn case(house: &House, tlp: &str, hours: i64) -> String {
    let opened = house.json(&["incidents", "open", "--title", MATTER, "--tlp", tlp, "--json"]);
    let text = |key: &str| opened[key].as_str().expect("a text").to_string();
    let (id, number) = (text("id"), text("number"));
    tokio::runtime::Runtime::new().expect("a runtime").block_on(async {
        let db = Db::open_sqlite(&house.data.join("manara.sqlite")).await.expect("the database");
        let viewer = Viewer::cleared("admin", Tlp::Red);
        manara_response::assign(&db, &viewer, &id, "admin", Micros::now()).await.expect("given");
        db.close().await;
    });
    let aware = Micros(Micros::now().0 - hours * 3_600_000_000).rfc3339();
    house.done(&["clocks", "start", &number, "nis2", "--aware", &aware, "--json"]);
    number
}

/// Who got a letter about a clock, in which language, and about which incident; and all of it as one text.
fn told(post: &Post) -> (Vec<(String, String, String)>, String) {
    let letters = post.letters().into_iter().map(|letter| {
        // Only the text is folded that way.
        let (header, text) = letter.split_once("\n\n").expect("a letter");
        format!("{header}\n\n{}", text.replace("=\n", ""))
    });
    let letters: Vec<String> = letters.filter(|letter| letter.contains("Message-ID: <app.clock-")).collect();
    let line = |letter: &str, begin: &str| {
        let found = letter.lines().find_map(|line| line.strip_prefix(begin));
        found.unwrap_or_else(|| panic!("{begin} is missing in\n{letter}")).to_string()
    };
    let of =
        |letter: &String| (line(letter, "X-Manara-Notice: "), line(letter, "To: "), line(letter, "Content-Language: "));
    let mut all: Vec<_> = letters.iter().map(of).collect();
    all.sort();
    (all, letters.concat())
}

#[test]
fn clocks_write_to_those_who_may_know_once_and_never_what_it_is_about() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let house = House::new(folder.path().join("data"));
    let post = Post::open();
    let password = folder.path().join("password");
    std::fs::write(&password, PASSWORD).expect("a writable folder");
    house.done(&["init", "--json", "--password-file", password.to_str().expect("a path")]);
    let port = post.port().to_string();
    let server = ["--from", "cirt@cirt.example", "--host", "127.0.0.1", "--tls", "none", "--port", &port];
    house.done(&[&["setup", "mail"], server.as_slice()].concat());
    let config = house.data.join("cirt.toml");
    let text = std::fs::read_to_string(&config).expect("a configuration");
    std::fs::write(&config, text + DIGEST).expect("written");
    house.done(&["digest", "--wanted-by", "admin", "--mail", "owner@cirt.example", "--hour", "23"]);
    let (soon, late, strict) = (case(&house, "AMBER", 20), case(&house, "AMBER", 30), case(&house, "RED", 30));
    let at_ease = case(&house, "AMBER", 1);
    assert_eq!(house.json(&["work", "--json"])["alarms"], 4);
    let (got, all) = told(&post);
    let of = |number: &str, mail: &str, language: &str| (number.to_string(), mail.to_string(), language.to_string());
    // What is late comes to the head as well, who may not know of the strict one; the guest may know of none.
    let mut want = [
        of(&soon, "owner@cirt.example", "en"),
        of(&late, "owner@cirt.example", "en"),
        of(&late, "head@cirt.example", "fr"),
        of(&strict, "owner@cirt.example", "en"),
    ];
    want.sort();
    assert_eq!(got, want);
    for words in ["is due soon", "is late", "est en retard"] {
        assert!(all.contains(words), "{words} is missing in\n{all}");
    }
    assert!(!all.contains(MATTER) && !all.contains(&at_ease), "{all}");
    // Each stage is told once.
    assert_eq!(house.json(&["work", "--json"])["alarms"], 0);
    assert_eq!(told(&post).0.len(), 4);
    let incident = house.json(&["incidents", "show", &late, "--json"]);
    assert_eq!(incident["title"], MATTER);
    house.verified();
}
