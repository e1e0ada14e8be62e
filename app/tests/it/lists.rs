//! Every list is taken away as what its links say: CSV, a workbook, JSON; never as the page.

use std::collections::BTreeSet;

use crate::answers::{PASSWORD, Server};
use crate::given;
use crate::house::House;

/// What a form's answer begins its type with, and its content.
const FORMS: [(&str, &str, &str); 3] = [
    ("csv", "text/csv", ""),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "PK"),
    ("json", "application/json", "["),
];

/// The lists whose pages have no placeholder in their address, and of which there is something to see in any house.
const SURELY: [&str; 26] = [
    "/batches",
    "/clocks",
    "/constituents",
    "/events",
    "/feeds",
    "/findings",
    "/framework",
    "/framework/designs",
    "/framework/exercises",
    "/framework/exercises/lessons",
    "/framework/programmes",
    "/framework/strategy/actions",
    "/framework/strategy/functions",
    "/framework/strategy/reviews",
    "/framework/strategy/roles",
    "/incidents",
    "/journal",
    "/mail/addresses",
    "/mail/drafts",
    "/mail/held",
    "/mail/keys",
    "/mail/queue",
    "/notices",
    "/tasks",
    "/tickets",
    "/users",
];

/// The first link of a page that leads below it: a list of one record of the list.
fn below(page: &str, path: &str) -> Option<String> {
    let begin = format!("href=\"{path}/");
    let links = page.split(&begin).skip(1).filter_map(|rest| rest.split('"').next());
    links.map(|rest| format!("{path}/{rest}")).find(|link| !link.contains('?'))
}

#[test]
fn every_list_leaves_as_what_its_links_say() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::new(folder.path().join("data"));
    house.furnish(folder.path());
    let password = folder.path().join("password");
    std::fs::write(&password, PASSWORD).unwrap();
    house.done(&["password", "admin", "--password-file", password.to_str().unwrap()]);
    let reports = given::reports(&folder.path().join("in"), 60);
    let mut args = vec!["ingest", "--json", "--received", given::RECEIVED];
    args.extend(reports.iter().map(String::as_str));
    house.done(&args);
    house.done(&["work", "--json"]);
    let server = Server::start(&house);
    let admin = server.sign_in("admin");

    let routes = include_str!("../routes.txt");
    let pages = routes.lines().filter_map(|line| line.strip_prefix("GET  ")?.split(' ').next());
    let mut paths: Vec<String> =
        pages.filter(|path| !path.contains('{') && !path.starts_with("/api/")).map(String::from).collect();
    for list in ["/batches", "/feeds"] {
        paths.extend(below(&server.get(list, &admin).2, list));
    }
    // What one listens to never ends; the page of the design shows a pager that leads nowhere.
    paths.retain(|path| path != "/live" && path != "/about/design");
    let mut lists = BTreeSet::new();
    for path in &paths {
        let (_, _, page) = server.get(path, &admin);
        if !(page.contains("format=csv\"") && page.contains("class=\"pager\"")) {
            continue;
        }
        lists.insert(path.as_str());
        for (format, kind, begins) in FORMS {
            let address = format!("{path}?format={format}");
            let (status, head, body) = server.get(&address, &admin);
            let head = head.to_ascii_lowercase();
            assert_eq!(status, 200, "{address}: {head}");
            assert!(head.contains(&format!("\r\ncontent-type: {kind}")), "{address}: {head}");
            assert!(head.contains(&format!(".{format}\"")) && head.contains("attachment"), "{address}: {head}");
            assert!(body.starts_with(begins) && !body.contains("<html"), "{address}: {body:.200}");
        }
        let (_, _, csv) = server.get(&format!("{path}?format=csv"), &admin);
        let names = csv.lines().next().unwrap_or_default();
        assert!(names.split(',').count() > 1, "{path}: the first line names columns: {names}");
    }
    for path in SURELY {
        assert!(lists.contains(path), "{path} is a list that cannot be taken away: {lists:?}");
    }

    // Events leave as IntelMQ reads them, too: the same from the page and from the command line, and they come in again.
    let typed =
        house.done(&["query", "SELECT * FROM events ORDER BY time DESC, batch DESC, line DESC", "--format", "intelmq"]);
    let (status, head, page) = server.get("/events/intelmq", &admin);
    assert!(status == 200 && head.to_ascii_lowercase().contains("application/x-ndjson"), "{head}");
    let read = |text: &str| -> Vec<serde_json::Value> {
        text.lines().map(|line| serde_json::from_str(line).expect("an object a line")).collect()
    };
    assert!(!typed.is_empty() && read(&page) == read(&typed), "{page:.400}\n{typed:.400}");
    for line in typed.lines() {
        let event: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(event["time.source"].is_string() && event["classification.type"].is_string(), "{line}");
        assert!(event.get("constituent").is_none() && event.get("batch").is_none(), "{line}");
    }
    let file = folder.path().join("again.jsonl");
    std::fs::write(&file, &typed).unwrap();
    let took = house.json(&["ingest", "--json", "--type", "intelmq", "--feed", "again", file.to_str().unwrap()]);
    assert!(took.to_string().contains("\"rejects\":0"), "{took}");
}
