//! Every figure of home and picture is the length of the list it leads to; the digest leaves once. Through the real program, on
//! both databases.

use std::path::Path;

use manara_model::Micros;
use serde_json::{Value, json};

use crate::answers::{PASSWORD, Server, between};
use crate::house::{House, Schema};

const CONSTITUENTS: &str = "\
name,sector,kind,criticality,networks,contact_role,contact_mail,contact_language,contact_format
Ministry of Light,government,ministry,vital,192.0.2.0/25,security,security@light.example,en,csv
Harbour School,education,school,low,192.0.2.128/28,security,it@school.example,ar,csv
Mangrove ISP,telecom,isp,high,192.0.2.0/24;198.51.100.0/24,abuse,abuse@isp.example,fr,csv
";
const TELNET: &str = "timestamp,severity,ip,protocol,port,hostname,tag,asn,geo\n";
const DIGEST: &str = "
[digest]
at = \"00:00\"
[[digest.to]]
mail = \"head@cirt.example\"
language = \"ar\"
[[digest.to]]
mail = \"minister@cirt.example\"
language = \"fr\"
marking = \"GREEN\"
";

fn report(day: &str, rows: &[(&str, &str, &str)]) -> String {
    let row = |(host, severity, country): &(&str, &str, &str)| {
        format!("{day} 01:00:00,{severity},{host},tcp,23,,telnet,64500,{country}\n")
    };
    TELNET.to_string() + &rows.iter().map(row).collect::<String>()
}

fn day(back: i64) -> String {
    Micros::now().plus_days(-back).day()
}

/// A house with files of two days of this week and one of the week before, and with one of each trouble that home counts.
fn make(folder: &Path, house: &House) {
    let write = |name: &str, text: &str| {
        let path = folder.join(name);
        std::fs::write(&path, text).expect("a writable folder");
        path.display().to_string()
    };
    house.done(&["init", "--password-file", &write("password", PASSWORD)]);
    let toml = house.data.join("cirt.toml");
    let text = std::fs::read_to_string(&toml).expect("a configuration") + DIGEST;
    std::fs::write(&toml, text).expect("a writable folder");
    house.done(&["constituency", "import", &write("c.csv", CONSTITUENTS)]);
    for (back, rows) in [
        (9, vec![("192.0.2.5", "high", "XS"), ("192.0.2.131", "low", "XS")]),
        (
            2,
            vec![
                ("192.0.2.6", "critical", "EG"),
                ("192.0.2.7", "high", "EG"),
                ("192.0.2.130", "medium", "FR"),
                ("198.51.100.9", "high", "XS"),
            ],
        ),
        (1, vec![("192.0.2.7", "high", "EG"), ("198.51.100.10", "low", "")]),
    ] {
        let file = write(&format!("{}-scan_telnet-xs.csv", day(back)), &report(&day(back), &rows));
        house.done(&["ingest", "--json", &file]);
    }
    house.done(&["work", "--json"]);
    // A feed that has said nothing for days; its address is nobody's.
    let file = write(&format!("{}-scan_ftp-xs.csv", day(12)), &report(&day(12), &[("203.0.113.9", "low", "XS")]));
    let received = Micros::now().plus_days(-12).rfc3339();
    house.done(&["ingest", "--json", "--received", &received, &file]);
    // Two findings are fixed, and one of them comes back.
    let server = Server::start(house);
    let cookie = server.sign_in("admin");
    for asset in ["192.0.2.5", "192.0.2.7"] {
        let found = house.json(&["query", "--json", &format!("SELECT id FROM findings WHERE asset = '{asset}'")]);
        let path = format!("/findings/{}", found[0]["id"].as_str().expect("an id"));
        let (_, _, page) = server.get(&path, &cookie);
        let csrf = between(&page, r#"name="csrf" value=""#, "\"");
        let fields = [("csrf", csrf.as_str()), ("answer", "fixed")];
        assert_eq!(server.post(&format!("{path}/answer"), &cookie, &fields).0, 303, "{asset}");
    }
    drop(server);
    let file = write(&format!("{}-scan_telnet-xs.csv", day(-1)), &report(&day(-1), &[("192.0.2.5", "high", "XS")]));
    house.done(&["ingest", "--json", &file]);
    // A mail that cannot leave, as its marking wants a key that nobody has; then two that wait for a second person.
    let set = |key: &str, from: &str, to: &str| {
        let text = std::fs::read_to_string(&toml).expect("a configuration");
        let (from, to) = (format!("{key} = \"{from}\""), format!("{key} = \"{to}\""));
        assert!(text.contains(&from), "{text}");
        std::fs::write(&toml, text.replace(&from, &to)).expect("a writable folder");
    };
    let open = ["tickets", "open", "--subject", "A key", "--correspondent", "noc@isp.example", "--json"];
    let ticket = house.json(&open)["number"].as_str().expect("a number").to_string();
    house.done(&["tickets", "reply", &ticket, "Please look."]);
    set("plain_up_to", "AMBER", "CLEAR");
    house.done(&["work", "--json"]);
    set("plain_up_to", "CLEAR", "AMBER");
    set("four_eyes_above", "", "CLEAR");
    house.done(&["tickets", "reply", &ticket, "And again."]);
    house.done(&["tickets", "reply", &ticket, "And once more.", "--by", "admin"]);
}

/// What is there to be counted, so that no figure of these is right for want of anything to count: a list, and its rows at least.
const THERE: [(&str, i64); 6] = [
    ("/findings?state=reopened", 1),
    ("/notices?answered=none", 1),
    ("/feeds?show=silent", 1),
    ("/mail/drafts?show=others", 1),
    ("/mail/queue?show=undelivered", 1),
    ("/findings?state=new", 4),
];

/// The links of a page that enclose a number: address and number.
fn figures(page: &str) -> Vec<(String, i64)> {
    let plain = page.replace(['\u{2068}', '\u{2069}'], "");
    let (_, main) = plain.split_once("<main").expect("a page");
    main.split("<a ")
        .skip(1)
        .filter_map(|rest| {
            let (_, link) = rest.split_once("href=\"")?;
            let (href, link) = link.split_once('"')?;
            let inside = link.split_once('>')?.1.split("</a>").next()?;
            let (_, number) = inside.split_once("class=\"num\">")?;
            let number = number.split('<').next()?.replace([',', '\u{202f}'], "");
            Some((href.replace("&amp;", "&").replace("&#38;", "&"), number.parse().ok()?))
        })
        .collect()
}

/// How many rows the list behind a link has.
fn listed(server: &Server, cookie: &str, href: &str) -> usize {
    let joint = if href.contains('?') { '&' } else { '?' };
    let (status, _, body) = server.get(&format!("{href}{joint}format=json"), cookie);
    assert_eq!(status, 200, "{href}: {body}");
    let rows: Value = serde_json::from_str(&body).unwrap_or_else(|error| panic!("{href}: {error}: {body}"));
    rows.as_array().expect("an array").len()
}

fn walk(folder: &Path, house: &House) {
    make(folder, house);
    house.verified();
    let server = Server::start(house);
    let cookie = server.sign_in("admin");
    let sql = "SELECT id FROM constituents WHERE name = 'Ministry of Light'";
    let ministry = house.json(&["query", "--json", sql])[0]["id"].as_str().expect("an id").to_string();
    let constituent = format!("/constituents/{ministry}");
    let pages = [("/", 18), ("/picture?days=7", 17), ("/picture?days=30", 17), ("/wall", 9), (constituent.as_str(), 4)];
    for (path, least) in pages {
        let (status, _, page) = server.get(path, &cookie);
        assert_eq!(status, 200, "{path}: {page}");
        assert!(!page.contains("<div class=\"tile "), "every figure of {path} leads to its list: {page}");
        let figures = figures(&page);
        assert!(figures.len() >= least, "{path} has figures: {figures:?}");
        for (href, count) in &figures {
            assert_eq!(listed(&server, &cookie, href), usize::try_from(*count).expect("a count"), "{path}: {href}");
        }
        let leads = |to: &str, least: i64| figures.iter().any(|(href, count)| href == to && *count >= least);
        match path {
            "/" => {
                for (href, least) in THERE {
                    assert!(leads(href, least), "{href} has {least}: {figures:?}");
                }
                assert!(figures.iter().any(|(href, count)| href.contains("changed_until=") && *count == 1));
            }
            "/wall" => assert_eq!(figures.len(), page.matches("<strong>").count(), "{page}"),
            path if path == constituent => {
                assert!(leads(&format!("/findings?constituent={ministry}"), 2), "{figures:?}");
                let mended = format!("/findings?state=fixed&constituent={ministry}&changed_from=");
                assert!(figures.iter().any(|(href, count)| href.starts_with(&mended) && *count == 1), "{figures:?}");
            }
            _ => {}
        }
    }
    // What a number of the picture leads to in the picture itself is a list whose numbers lead on.
    for (table, lines) in [("constituents", 3), ("countries", 3)] {
        let path = format!("/picture?days=7&table={table}");
        let (status, _, page) = server.get(&path, &cookie);
        let figures = figures(&page);
        assert!(status == 200 && figures.len() == lines, "{path}: {figures:?}: {page}");
        assert_eq!(listed(&server, &cookie, &path), lines, "{path}");
        for (href, count) in &figures {
            assert_eq!(listed(&server, &cookie, href), usize::try_from(*count).expect("a count"), "{path}: {href}");
        }
    }
    // Five findings this week, two the week before; the address of the school is not the provider's.
    let table = |name: &str| -> Value {
        let (status, _, body) = server.get(&format!("/picture?days=7&table={name}&format=json"), &cookie);
        assert_eq!(status, 200, "{name}: {body}");
        serde_json::from_str(&body).expect("JSON")
    };
    let sum = |name: &str, field: &str| -> i64 {
        table(name).as_array().expect("rows").iter().filter_map(|row| row[field].as_i64()).sum()
    };
    for name in ["sectors", "classes", "operators"] {
        assert_eq!((sum(name, "findings"), sum(name, "findings_before")), (5, 2), "{name}");
    }
    assert_eq!((sum("days", "findings"), sum("sources", "events")), (5, 6));
    let rates = table("rates");
    let of = |name: &str| {
        let rows = rates.as_array().expect("rows").iter();
        rows.filter(|row| row["constituent"] == name).map(|row| row["ipv4_addresses"].as_i64()).next().flatten()
    };
    assert_eq!((of("Ministry of Light"), of("Harbour School"), of("Mangrove ISP")), (Some(128), Some(16), Some(368)));
    let first = &table("sources")[0];
    assert_eq!(
        (&first["country"], &first["country_name"], &first["events"]),
        (&json!("EG"), &json!("Egypt"), &json!(3))
    );
    for bad in
        ["/picture?days=8", "/picture?format=csv&table=passwords", "/picture?format=exe", "/picture/digest?day=soon"]
    {
        assert_eq!(server.get(bad, &cookie).0, 400, "{bad}");
    }
    let (status, _, wall) = server.get("/wall", &cookie);
    assert!(status == 200 && wall.contains("http-equiv=\"refresh\"") && !wall.contains("<nav"), "{wall}");
    assert!(!server.get("/wall?still=yes", &cookie).2.contains("http-equiv"), "a wall can be made to stand still");
    assert_eq!(server.get("/wall", "").0, 303, "a wall is not for strangers");
    drop(server);

    // The digest of yesterday was made once for each reader, by the work above; more rounds make no more.
    house.done(&["work", "--json"]);
    let digests = house.json(&["digest", "--json", "--day", &day(0)]);
    assert_eq!(digests["counts"]["batches"], 4, "all files but that of the silent feed came today: {digests}");
    assert_eq!((&digests["counts"]["opened"], &digests["counts"]["live"]), (&json!(7), &json!(6)), "{digests}");
    let words = house.done(&["digest", "--language", "fr", "--day", &day(0)]);
    assert!(words.contains("Fichiers lus\u{a0}: 4"), "{words}");
    let server = Server::start(house);
    let cookie = server.sign_in("admin");
    let (_, _, page) = server.get("/picture/digest", &cookie);
    for reader in ["head@cirt.example", "minister@cirt.example"] {
        assert_eq!(page.matches(reader).count(), 1, "one digest for {reader}: {page}");
    }
    drop(server);
    let bad = house.run(&["digest", "--day", "yesterday"]);
    assert!(bad.code == 1 && bad.err.contains("is no day"), "{}", bad.err);

    // Reading everything again counts the same.
    house.done(&["replay", "--json"]);
    house.verified();
}

#[test]
fn every_figure_is_the_length_of_its_list_on_sqlite() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    walk(folder.path(), &House::new(folder.path().join("data")));
}

#[test]
fn every_figure_is_the_length_of_its_list_on_postgresql() {
    let Some(schema) = Schema::make() else { return };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let house = House { database: Some(schema.url.clone()), ..House::new(folder.path().join("data")) };
    walk(folder.path(), &house);
}
