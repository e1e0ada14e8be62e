//! What a page weighs over a thin line: HTML, style sheets, scripts and picture as they are sent, for somebody who was never here.

use crate::house::House;
use crate::http::Person;
use crate::pages::told;

/// Bytes a page may weigh the first time.
const MOST: usize = 60_000;
const PAGES: [&str; 43] = [
    "/",
    "/picture",
    "/picture?days=90",
    "/findings",
    "/incidents",
    "/events",
    "/events/sql",
    "/notices",
    "/notices/mailbox",
    "/constituents",
    "/framework",
    "/feeds",
    "/batches",
    "/journal",
    "/users",
    "/tickets",
    "/mail",
    "/tasks",
    "/clocks",
    "/figures/response",
    "/framework/designs",
    "/framework/programmes",
    "/framework/strategy",
    "/framework/strategy/actions",
    "/framework/strategy/functions",
    "/framework/strategy/reviews",
    "/framework/strategy/roles",
    "/framework/exercises",
    "/framework/exercises/lessons",
    "/mail/addresses",
    "/mail/drafts",
    "/mail/held",
    "/mail/keys",
    "/mail/queue",
    "/research?q=198.51.100.7",
    "/setup/steps",
    "/wall",
    "/about/design",
    "/api",
    "/report",
    "/framework/establish",
    "/framework/office",
    "/framework/catalogues/sim3",
];
/// Pages that may weigh more, and how much: the manual as one book, to be printed or kept; each document has a page of its own.
const BOOKS: [(&str, usize); 1] = [("/framework/manual/whole", 200_000)];
/// Lists, and how the page of one of their records begins.
const RECORDS: [(&str, &str); 3] = [
    ("/incidents?state=all", "/incidents/INC-"),
    ("/framework", "/framework/assessments/"),
    ("/tickets?state=all", "/tickets/20"),
];

/// Pages of records by what the house says of them: the finding, the notice, the constituent and the incident with most in them,
/// a programme, and the form that answers an assessment.
fn records(house: &House) -> Vec<String> {
    let id = |record: &serde_json::Value| record["id"].as_str().expect("an id").to_string();
    let most = "SELECT constituent_id FROM findings GROUP BY 1 ORDER BY COUNT(*) DESC, 1 LIMIT 1";
    let assessments = told(house, &["assess", "list", "--json"]);
    let open = assessments.as_array().unwrap().iter().find(|one| one["state"] == "open").expect("an assessment");
    vec![
        format!("/findings/{}", house.text("SELECT id FROM findings ORDER BY count DESC, id LIMIT 1")),
        format!("/notices/{}", house.text("SELECT id FROM notices ORDER BY findings DESC, id LIMIT 1")),
        format!("/constituents/{}", house.text(most)),
        format!("/incidents/{}", house.text("SELECT number FROM incidents ORDER BY findings DESC, number LIMIT 1")),
        format!("/framework/programmes/{}", id(&told(house, &["programme", "list", "--json"])[0])),
        format!("/framework/assessments/{}/answer", id(open)),
    ]
}

/// The addresses of files a page names.
fn files(html: &str) -> Vec<String> {
    let mut found: Vec<String> =
        html.split('"').filter(|part| part.starts_with("/assets/")).map(str::to_string).collect();
    found.sort();
    found.dedup();
    found
}

/// The first address in a page that begins so.
fn first(html: &str, begin: &str) -> String {
    let (_, rest) = html.split_once(begin).unwrap_or_else(|| panic!("{begin} is not in the page"));
    let end = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
    format!("{begin}{}", rest.split(end).next().unwrap_or_default())
}

#[test]
fn home_every_list_and_what_is_behind_them_is_light_the_first_time() {
    let house = House::of_demo(3);
    house.done(&["notices", "approve", "--all"]);
    house.done(&["work"]);
    let records = records(&house);
    let (_server, address) = house.serve();
    for lang in ["en", "ar"] {
        let mut person = Person::sign_in(&address, "admin");
        person.get(&format!("/?lang={lang}"));
        let mut paths = PAGES.map(String::from).to_vec();
        paths.extend_from_slice(&records);
        paths.extend(BOOKS.map(|(path, _)| path.to_string()));
        for (list, begin) in RECORDS {
            paths.push(first(&person.get(list).text(), begin));
        }
        // The page behind the link of a letter is for people without an account: it has no script.
        let letter = first(&person.get("/notices/mailbox").text(), "/notices/mailbox/");
        paths.push(first(&person.get(&letter).text(), "/a/"));
        for path in &paths {
            let html = person.get(path);
            assert_eq!(html.status(), 200, "{path}");
            let names = files(&html.text());
            // What is for people without an account has no script, and a wall is only looked at.
            let least = match path.as_str() {
                "/report" => 2,
                "/wall" => 3,
                path if path.starts_with("/a/") => 2,
                _ => 5,
            };
            assert!(names.len() >= least, "{path} has a sheet, a picture and scripts: {names:?}");
            let sent = person.ask(path, None, "gzip");
            assert!(sent.head.contains("content-encoding: gzip"), "{path}: {}", sent.head);
            let others: usize = names.iter().map(|name| person.ask(name, None, "gzip").body.len()).sum();
            let all = sent.body.len() + others;
            println!("{lang} {path}: {} bytes of HTML, {others} of files, {all} in all", sent.body.len());
            let most = BOOKS.iter().find(|(book, _)| book == path).map_or(MOST, |(_, most)| *most);
            assert!(all < most, "{path} in {lang} weighs {all} bytes");
        }
    }
}
