//! What a page weighs over a thin line: HTML, style sheets, scripts and picture as they are sent, for somebody who was never here.

use crate::house::House;
use crate::http::Person;

/// Bytes a page may weigh the first time.
const MOST: usize = 60_000;
const PAGES: [&str; 13] = [
    "/",
    "/picture",
    "/findings",
    "/incidents",
    "/events",
    "/notices",
    "/notices/mailbox",
    "/constituents",
    "/framework",
    "/feeds",
    "/batches",
    "/journal",
    "/users",
];

/// The addresses of files a page names.
fn files(html: &str) -> Vec<String> {
    let mut found: Vec<String> =
        html.split('"').filter(|part| part.starts_with("/assets/")).map(str::to_string).collect();
    found.sort();
    found.dedup();
    found
}

#[test]
fn every_list_and_home_is_light_the_first_time() {
    let house = House::of_demo(3);
    let (_server, address) = house.serve();
    for lang in ["en", "ar"] {
        let mut person = Person::sign_in(&address, "admin");
        person.get(&format!("/?lang={lang}"));
        for path in PAGES {
            let html = person.get(path);
            assert_eq!(html.status(), 200, "{path}");
            let names = files(&html.text());
            assert!(names.len() >= 5, "{path} has a sheet, a picture and scripts: {names:?}");
            let sent = person.ask(path, None, "gzip");
            assert!(sent.head.contains("content-encoding: gzip"), "{path}: {}", sent.head);
            let others: usize = names.iter().map(|name| person.ask(name, None, "gzip").body.len()).sum();
            let all = sent.body.len() + others;
            println!("{lang} {path}: {} bytes of HTML, {others} of files, {all} in all", sent.body.len());
            assert!(all < MOST, "{path} in {lang} weighs {all} bytes");
        }
    }
}
