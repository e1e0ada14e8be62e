//! A house in which nothing is yet: every page of it opens, an empty list says what to do, and a page below another says where it
//! is. All of it as HTML alone, without scripts.

use std::collections::BTreeSet;

use crate::answers::{PASSWORD, Server, between};
use crate::house::House;

/// Pages where one begins: no other page stands over them.
const TOP: [&str; 26] = [
    "/",
    "/about",
    "/account",
    "/api",
    "/batches",
    "/clocks",
    "/constituents",
    "/events",
    "/feeds",
    "/findings",
    "/framework",
    "/handover",
    "/incidents",
    "/journal",
    "/notices",
    "/picture",
    "/report",
    "/report/follow",
    "/search",
    "/setup/steps",
    "/tasks",
    "/tickets",
    "/users",
    "/w/join",
    "/wall",
    "/webhooks",
];

/// Lists in which a new house has rows: its first person, and what was done until now.
const FILLED: [&str; 2] = ["/journal", "/users"];

/// Addresses under which there is nothing until it is made or asked for.
const NOT_YET: [&str; 3] = ["/.well-known/security.txt", "/figures/response/cases", "/rfc2350"];

/// What a piece of a page says.
fn words(html: &str) -> String {
    let text: String = html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
    text.trim().to_string()
}

#[test]
fn every_page_of_an_empty_house_opens_and_says_what_to_do_and_where_one_is() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::new(folder.path().join("data"));
    let password = folder.path().join("password");
    std::fs::write(&password, PASSWORD).unwrap();
    house.done(&["init", "--password-file", password.to_str().unwrap(), "--json"]);
    let server = Server::start(&house);
    let admin = server.sign_in("admin");

    let routes = include_str!("../routes.txt").lines();
    let paths = routes.filter_map(|line| line.strip_prefix("GET  ")?.split(' ').next());
    // What one listens to never ends.
    let paths = paths.filter(|path| !path.contains('{') && !path.starts_with("/api/") && *path != "/live");
    let (mut top, mut over, mut empty) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for path in paths {
        let (status, head, page) = server.get(path, &admin);
        if NOT_YET.contains(&path) {
            assert!(matches!(status, 400 | 404), "{path}: {head}");
            continue;
        }
        assert!(matches!(status, 200 | 303), "{path}: {head}");
        if status == 303 || !head.to_ascii_lowercase().contains("content-type: text/html") {
            continue;
        }
        if page.contains(r#"<nav class="crumbs""#) {
            let crumbs = between(&page, r#"<nav class="crumbs""#, "</nav>");
            assert!(crumbs.contains(r#"<li aria-current="page">"#), "{path}: {crumbs}");
            let links: Vec<&str> = crumbs.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
            assert!(!links.is_empty(), "{path}: {crumbs}");
            over.extend(links.into_iter().map(String::from));
        } else {
            top.insert(path);
        }
        for part in page.split(r#"<div class="empty">"#).skip(1) {
            let said: Vec<String> = part.split("</div>").next().unwrap_or_default().split("</p>").map(words).collect();
            let said: Vec<&String> = said.iter().filter(|words| !words.is_empty()).collect();
            assert!(
                said.len() == 2 && said[1].ends_with('.'),
                "{path} says what there is not, and what to do: {said:?}"
            );
            empty.insert(path);
        }
        let is_list = page.contains("format=csv\"");
        assert!(!is_list || FILLED.contains(&path) || empty.contains(path), "{path} is empty and says nothing");
    }
    assert_eq!(top, BTreeSet::from(TOP), "what has no crumbs is where one begins");
    assert!(empty.len() > 30, "{empty:?}");
    for path in over {
        assert_eq!(server.get(&path, &admin).0, 200, "crumbs lead to {path}");
    }
}
