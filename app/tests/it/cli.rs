//! The fixed contract of the command line: every command, its JSON keys, its exit codes.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::given::{RECEIVED, sinkhole, telnet, write};
use crate::house::{House, Ran};

const COMMANDS: [&str; 32] = [
    "demo",
    "init",
    "serve",
    "setup",
    "ingest",
    "query",
    "feeds",
    "digest",
    "establish",
    "training",
    "constituency",
    "tokens",
    "webhooks",
    "enrich",
    "replay",
    "backup",
    "restore",
    "verify",
    "doctor",
    "completions",
    "man",
    "work",
    "bench",
    "rfc2350",
    "framework",
    "assess",
    "design",
    "programme",
    "quality",
    "law",
    "strategy",
    "office",
];
/// Columns that scripts of others rely on.
const EVENT_COLUMNS: [&str; 15] = [
    "time",
    "source_ip",
    "source_port",
    "source_asn",
    "source_country",
    "destination_ip",
    "destination_port",
    "taxonomy",
    "type",
    "identifier",
    "severity",
    "feed",
    "constituent",
    "batch",
    "extra",
];
const INGEST_KEYS: [&str; 8] =
    ["rows", "events", "rejects", "duplicates", "findings_opened", "findings_updated", "seconds", "rows_per_second"];

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn furnished(folder: &Path) -> House {
    let house = House::new(folder.join("data"));
    house.furnish(folder);
    house
}

#[test]
fn every_command_says_what_it_takes() {
    let house = House::new("/no/such/folder");
    let all = house.done(&["--help"]);
    for command in COMMANDS {
        assert!(all.contains(&format!("\n  {command}")), "{command}: {all}");
        let help = house.done(&[command, "--help"]);
        assert!(help.contains("Usage: manara"), "{command}");
        // Where a command has commands of its own, these take the folder.
        let is_group = help.contains("<COMMAND>");
        if !is_group && !["setup", "completions", "man", "bench"].contains(&command) {
            assert!(help.contains("--data <DIR>") && help.contains("--database"), "{command}: {help}");
        }
    }
    for command in ["serve", "demo"] {
        assert!(house.done(&[command, "--help"]).contains("--listen <ADDR>"), "{command}");
    }
    for command in ["ingest", "query", "feeds", "backup", "restore", "verify", "doctor", "init", "replay"] {
        assert!(house.done(&[command, "--help"]).contains("--json"), "{command}");
    }
    assert!(all.contains("Exit codes"), "{all}");
    assert_eq!(house.done(&["--version"]).trim(), format!("manara {}", env!("CARGO_PKG_VERSION")));
}

#[test]
fn wrong_usage_is_two_and_a_missing_folder_is_one() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::new(folder.path().join("nowhere"));
    for args in [
        &["nonsense"][..],
        &["ingest"],
        &["query"],
        &["ingest", "--nonsense", "x"],
        &["serve", "--listen", "nowhere"],
        &["backup"],
    ] {
        assert_eq!(house.run(args).code, 2, "{args:?}");
    }
    for args in [
        &["query", "SELECT 1"][..],
        &["feeds"],
        &["verify"],
        &["backup", "/tmp/x"],
        &["constituency", "list"],
        &["enrich", "list"],
    ] {
        let ran = house.run(args);
        assert!(ran.code == 1 && ran.err.contains("there is no data folder"), "{args:?}: {ran:?}");
    }
    assert!(!house.data.exists(), "looking makes nothing");
}

#[test]
fn init_makes_a_house_once() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let house = House::new("/no/such/folder");
    let answer = house.json(&["init", "--json", "--data", text(&data), "--admin", "amina"]);
    assert_eq!(answer["admin"], "amina");
    assert!(answer["password"].as_str().unwrap().len() >= 12);
    assert!(data.join("cirt.toml").is_file() && data.join("manara.sqlite").is_file());
    let again = house.run(&["init", "--data", text(&data)]);
    assert!(again.code == 1 && again.err.contains("already"), "{again:?}");
    let other = folder.path().join("letters");
    std::fs::create_dir(&other).unwrap();
    write(&other.join("letter.txt"), "not a data folder");
    let ran = house.run(&["serve", "--listen", "127.0.0.1:0", "--data", text(&other)]);
    assert!(ran.code == 1 && ran.err.contains("no data folder"), "{ran:?}");
    assert_eq!(std::fs::read_dir(&other).unwrap().count(), 1, "nothing was put beside what is there");
}

#[test]
fn an_init_that_was_killed_is_finished_by_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::new(folder.path().join("data"));
    // Killed after each of its steps: the folder, half a file, the file.
    std::fs::create_dir(&house.data).unwrap();
    write(&house.data.join("cirt.toml.part"), "team = ");
    write(&house.data.join("cirt.toml"), "team = \"Ours\"\n");
    let answer = house.json(&["init", "--json"]);
    assert!(answer["password"].as_str().unwrap().len() >= 12, "{answer}");
    assert_eq!(std::fs::read_to_string(house.data.join("cirt.toml")).unwrap(), "team = \"Ours\"\n");
    assert_eq!(house.run(&["init"]).code, 1);
}

#[test]
fn nation_and_mail_are_set_and_a_letter_tries_it() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::new(folder.path().join("data"));
    house.done(&["init", "--json"]);
    let steps = |house: &House| -> Vec<(String, bool)> {
        let steps = house.json(&["setup", "list", "--json"]);
        let steps = steps.as_array().unwrap().iter();
        steps.map(|one| (one["step"].as_str().unwrap().to_string(), one["done"].as_bool().unwrap())).collect()
    };
    assert!(steps(&house).iter().all(|(_, done)| !done), "{:?}", steps(&house));
    for (args, said) in [
        (&["setup", "nation"][..], "country"),
        (&["setup", "nation", "--country", "EG", "--zone", "Cairo"], "zone"),
        (&["setup", "nation", "--country", "EG", "--language", "ar", "--offer", "en"], "language"),
        (&["setup", "mail", "--from", "nobody"], "sender"),
        (&["setup", "mail", "--from", "a@b.example", "--host", "mail.example", "--tls", "none"], "without encryption"),
        (&["setup", "test-letter", "nobody"], "no mail address"),
    ] {
        let ran = house.run(args);
        assert!(ran.code == 1 && ran.err.contains(said), "{args:?}: {ran:?}");
    }
    house.done(&[
        "setup",
        "nation",
        "--country",
        "EG",
        "--zone",
        "Africa/Cairo",
        "--name-en",
        "EG-CERT",
        "--offer",
        "en",
    ]);
    assert_eq!(house.run(&["setup", "test-letter", "duty@cirt.example"]).code, 1, "mail stays in the box");
    let post = crate::post::Post::open();
    let port = post.port().to_string();
    let secret = write(&folder.path().join("secret"), "open sesame\n");
    let mail =
        ["setup", "mail", "--from", "cirt@cirt.example", "--host", "127.0.0.1", "--tls", "none", "--port", &port];
    house.done(&[&mail[..], &["--login", "cirt", "--password-file", text(&secret)]].concat());
    let said = house.done(&["setup", "test-letter", "duty@cirt.example"]);
    assert!(said.contains("queued as T"), "{said}");
    let letters = post.letters();
    assert!(letters[0].contains("EG-CERT: test letter") && letters[0].contains("To: duty@cirt.example"), "{letters:?}");
    assert_eq!(post.logins(), ["cirt/open sesame"]);
    let ran = house.run(&["setup", "test-letter", "nobody@cirt.example"]);
    assert!(ran.code == 1 && ran.err.contains("550 5.1.1 no such desk"), "{ran:?}");
    let toml = std::fs::read_to_string(house.data.join("cirt.toml")).unwrap();
    assert!(!toml.contains("sesame") && toml.contains("# Name of the team"), "{toml}");
    let done: Vec<String> = steps(&house).into_iter().filter(|(_, done)| *done).map(|(name, _)| name).collect();
    assert_eq!(done, ["nation", "mail"]);
}

#[test]
fn ingest_counts_every_row_and_the_same_file_adds_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let house = furnished(folder.path());
    let (report, truth) = sinkhole(9, 2_000);
    let path = write(&folder.path().join("2026-01-15-event4_sinkhole_http-xs-geo.csv"), &report);
    let args = ["ingest", "--json", "--received", RECEIVED, text(&path)];
    let answer = house.json(&args);
    for key in INGEST_KEYS {
        assert!(answer[key].is_number(), "{key}: {answer}");
    }
    assert_eq!(answer["rows"], truth.rows);
    assert_eq!(answer["rejects"], truth.bad);
    assert_eq!(answer["duplicates"], truth.repeated);
    assert_eq!(answer["events"], truth.rows - truth.bad - truth.repeated);
    assert!(answer["findings_opened"].as_i64().unwrap() > 100);
    let events = house.number("SELECT count(*) FROM events");
    assert_eq!(events, truth.rows - truth.bad - truth.repeated);
    assert_eq!(house.number("SELECT count(*) FROM rejects"), truth.bad);
    let again = house.json(&args);
    assert_eq!(
        (&again["events"], &again["findings_opened"], &again["findings_updated"]),
        (&json!(0), &json!(0), &json!(0))
    );
    // The same rows under another name are duplicates of the feed's.
    let other = write(&folder.path().join("2026-01-16-event4_sinkhole_http-xs-geo.csv"), &format!("{report}\n"));
    let third = house.json(&["ingest", "--json", "--received", RECEIVED, text(&other)]);
    assert_eq!(third["events"], 0, "{third}");
    assert_eq!(house.number("SELECT count(*) FROM events"), events);
    house.verified();
}

#[test]
fn an_event_is_enriched_owned_and_leads_to_its_finding() {
    let folder = tempfile::tempdir().unwrap();
    let house = furnished(folder.path());
    let header =
        "timestamp,severity,ip,protocol,port,hostname,tag,asn,geo,region,city,naics,hostname_source,sector,banner";
    let row = |ip: &str, country: &str| {
        format!("\"2026-01-15 10:00:00\",high,{ip},tcp,23,,telnet,,{country},,,,,,\"login:\"")
    };
    let rows = [row("198.18.0.70", "XS"), row("198.18.0.7", "XS"), row("192.0.2.1", "")].join("\n");
    let report = format!("{header}\n{rows}\n");
    let path = write(&folder.path().join("2026-01-15-scan_telnet-xs-geo.csv"), &report);
    let registry =
        "ripencc|ZZ|ipv4|192.0.2.0|256|20260101|assigned\nripencc|ZZ|ipv4|198.18.0.0|256|20260101|assigned\n";
    let registry = write(&folder.path().join("delegated.txt"), registry);
    let names = write(&folder.path().join("names.tsv"), "64500\tHARBOUR\n");
    house.done(&["enrich", "load", "--delegated", text(&registry), "--as-names", text(&names)]);
    house.done(&["ingest", text(&path)]);
    let sql = "SELECT source_ip, source_asn, source_as_name, source_country, constituent, taxonomy, type, feed, finding \
               FROM events ORDER BY source_ip";
    let rows = house.json(&["query", sql, "--format", "json"]);
    let of = |at: usize, key: &str| rows[at][key].clone();
    assert_eq!((of(0, "constituent"), of(0, "finding")), (Value::Null, Value::Null), "nobody's address");
    assert_eq!(
        (of(1, "source_ip"), of(1, "constituent"), of(1, "source_asn")),
        (json!("198.18.0.7"), json!("Operator 00"), json!(64500))
    );
    assert_eq!(
        (of(2, "source_ip"), of(2, "constituent")),
        (json!("198.18.0.70"), json!("Ministry of Light")),
        "the longest prefix wins"
    );
    assert_eq!(of(2, "taxonomy"), "vulnerable");
    assert_eq!((of(0, "source_country"), of(0, "source_as_name")), (json!("ZZ"), Value::Null), "as the registry says");
    assert_eq!((of(1, "source_country"), of(1, "source_as_name")), (json!("XS"), json!("HARBOUR")), "the feed said XS");
    let sql =
        "SELECT f.count, f.state, e.source_ip FROM findings f JOIN events e ON e.finding = f.id ORDER BY e.source_ip";
    let rows = house.json(&["query", sql, "--format", "json"]);
    assert_eq!(
        rows,
        json!([
            { "count": 1, "state": "open", "source_ip": "198.18.0.7" },
            { "count": 1, "state": "open", "source_ip": "198.18.0.70" },
        ])
    );
}

#[test]
fn ingest_reads_standard_input_and_says_what_it_cannot_read() {
    let folder = tempfile::tempdir().unwrap();
    let house = furnished(folder.path());
    let piped = |args: &[&str], input: &[u8]| {
        let mut child =
            house.command(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        Ran::of(child.wait_with_output().unwrap())
    };
    let ran = piped(&["ingest", "--json", "--feed", "neighbour", "-"], telnet(3, 30).as_bytes());
    assert_eq!(ran.code, 0, "{ran:?}");
    let answer: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(answer["rows"], 30);
    assert_eq!(
        house.number("SELECT count(*) FROM events WHERE feed = 'neighbour'"),
        answer["events"].as_i64().unwrap()
    );
    let ran = piped(&["ingest", "--json", "--type", "scan_telnet", "-"], b"\x1f\x8bno gzip at all");
    assert_eq!(ran.code, 1, "{ran:?}");
    let ran = piped(&["ingest", "-"], b"");
    assert!(ran.code == 1 && !ran.err.is_empty() && !ran.err.contains("panicked"), "{ran:?}");
    let ran = house.run(&["ingest", "/no/such/file.csv"]);
    assert!(ran.code == 1 && ran.err.contains("/no/such/file.csv"), "{ran:?}");
    let ran = piped(&["ingest", "--type", "no_such_thing!", "-"], b"a,b\n1,2\n");
    assert!(ran.code == 1 && ran.err.contains("no_such_thing"), "{ran:?}");
    let bad = format!("{}\nrubbish\n", telnet(1, 0).trim());
    let ran = piped(&["ingest", "--json", "--type", "scan_telnet", "-"], bad.as_bytes());
    assert_eq!(ran.code, 0, "rejects alone are no failure: {ran:?}");
    let answer: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((&answer["rows"], &answer["rejects"]), (&json!(1), &json!(1)));
}

#[test]
fn query_gives_tables_csv_and_json_and_only_reads() {
    let folder = tempfile::tempdir().unwrap();
    let house = furnished(folder.path());
    let path = write(&folder.path().join("2026-01-15-scan_telnet-xs-geo.csv"), &telnet(3, 30));
    house.done(&["ingest", text(&path)]);
    let sql = "SELECT type, count(*) AS n FROM events GROUP BY type";
    let events = house.number("SELECT count(*) FROM events");
    assert_eq!(house.json(&["query", sql, "--format", "json"]), json!([{ "type": "vulnerable-system", "n": events }]));
    assert_eq!(house.json(&["query", sql, "--json"])[0]["n"], events);
    assert_eq!(house.done(&["query", sql, "--format", "csv"]), format!("type,n\nvulnerable-system,{events}\n"));
    assert!(house.done(&["query", sql]).starts_with("type"));
    for table in ["events", "context", "rejects", "findings", "constituents", "notices", "batches", "feeds"] {
        house.done(&["query", &format!("SELECT * FROM {table} LIMIT 1")]);
    }
    for sql in [
        "SELECT nonsense FROM events",
        "DROP TABLE events",
        "CREATE TABLE x AS SELECT 1",
        "SELECT",
        "INSERT INTO events SELECT * FROM events",
    ] {
        let ran = house.run(&["query", sql]);
        assert!(ran.code == 1 && ran.out.is_empty() && !ran.err.is_empty(), "{sql}: {ran:?}");
    }
    let ran = house.run(&["query", "SELECT source_ip FROM events", "--limit", "2", "--format", "csv"]);
    assert!(ran.code == 0 && ran.out.lines().count() == 3 && ran.err.contains("more rows"), "{ran:?}");
}

#[test]
fn the_schema_names_every_column_of_every_table() {
    let house = House::new("/no/such/folder");
    let schema = house.json(&["query", "--schema", "--json"]);
    let has = |table: &str, column: &str| {
        schema
            .as_array()
            .unwrap()
            .iter()
            .any(|row| row["table"] == table && row["column"] == column && row["holds"] != "")
    };
    for column in EVENT_COLUMNS {
        assert!(has("events", column), "events.{column}");
    }
    for (table, column) in [("findings", "count"), ("constituents", "name"), ("notices", "number"), ("rejects", "line")]
    {
        assert!(has(table, column), "{table}.{column}");
    }
    assert!(house.done(&["query", "--schema"]).contains("source_ip"));
    // What is promised is there.
    let folder = tempfile::tempdir().unwrap();
    let house = furnished(folder.path());
    for row in schema.as_array().unwrap().iter().filter(|row| row["table"] != "function") {
        let (table, column) = (row["table"].as_str().unwrap(), row["column"].as_str().unwrap());
        if table != "events" && table != "context" {
            house.done(&["query", &format!("SELECT \"{column}\" FROM {table} LIMIT 1")]);
        }
    }
    let all: Vec<&str> = schema
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["table"] == "events")
        .map(|row| row["column"].as_str().unwrap())
        .collect();
    let columns: Vec<String> = all.iter().map(|column| format!("\"{column}\"")).collect();
    house.done(&["query", &format!("SELECT {} FROM events LIMIT 1", columns.join(", "))]);
}

#[test]
fn a_constituency_is_imported_as_a_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::new(folder.path().join("data"));
    let bad = write(
        &folder.path().join("bad.csv"),
        "cidr,asn,org,sector,abuse_contact\n198.18.0.0/24,64500,Good,telecom,a@good.example\n198.18.999.0/24,64501,Bad,telecom,a@bad.example\n",
    );
    let ran = house.run(&["constituency", "import", "--json", text(&bad)]);
    assert_eq!(ran.code, 1, "{ran:?}");
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(
        (&report["written"], &report["refused"][0]["line"], &report["refused"][0]["column"]),
        (&json!(false), &json!(3), &json!("cidr"))
    );
    assert!(
        !report["refused"][0]["reason"].as_str().unwrap().is_empty()
            && report["refused"][0]["found"] == "198.18.999.0/24"
    );
    assert_eq!(house.json(&["constituency", "list", "--json"]), json!([]));
    let good = write(&folder.path().join("good.csv"), &crate::given::constituents());
    let dry = house.json(&["constituency", "import", "--json", "--dry-run", text(&good)]);
    assert_eq!((&dry["added"], &dry["written"]), (&json!(20), &json!(false)));
    let report = house.json(&["constituency", "import", "--json", text(&good)]);
    assert_eq!((&report["read"], &report["added"], &report["written"]), (&json!(20), &json!(20), &json!(true)));
    let again = house.json(&["constituency", "import", "--json", text(&good)]);
    assert_eq!((&again["added"], &again["changed"], &again["unchanged"]), (&json!(0), &json!(0), &json!(20)));
    assert_eq!(house.json(&["constituency", "list", "--json"]).as_array().unwrap().len(), 20);
    let overlaps = house.json(&["constituency", "overlaps", "--json"]);
    assert_eq!(
        (&overlaps[0]["inner_owner"], &overlaps[0]["outer_owner"]),
        (&json!("Ministry of Light"), &json!("Operator 00"))
    );
    for format in ["csv", "networks", "json"] {
        let out = folder.path().join(format!("out.{format}"));
        house.done(&["constituency", "export", "--format", format, "--out", text(&out)]);
        let other = House::new(folder.path().join(format!("other-{format}")));
        other.done(&["constituency", "import", text(&out)]);
        assert_eq!(other.number("SELECT count(*) FROM constituents"), 20, "{format}");
    }
}

#[test]
fn tables_are_loaded_and_bad_lines_told() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::new(folder.path().join("data"));
    let file = write(&folder.path().join("p.tsv"), "192.0.2.0/24\t64496\nnonsense\n2001:db8::/32\t64497\n");
    let answer = house.json(&["enrich", "load", "--json", "--prefix-to-as", text(&file)]);
    assert_eq!((&answer["entries"], &answer["refused"]), (&json!(2), &json!(1)));
    assert_eq!(answer["refused_lines"][0], json!([2, "nonsense"]));
    let list = house.json(&["enrich", "list", "--json"]);
    assert_eq!(list[0]["table"], "prefix-to-as");
    let none = write(&folder.path().join("none.tsv"), "nonsense\n");
    let ran = house.run(&["enrich", "load", "--prefix-to-as", text(&none)]);
    assert!(ran.code == 1 && ran.err.contains("line 1"), "{ran:?}");
    assert_eq!(house.json(&["enrich", "list", "--json"]), list, "the old table stays");
    assert_eq!(house.run(&["enrich", "load"]).code, 1);
    let registry =
        "ripencc|ZZ|ipv4|192.0.2.0|256|20260101|assigned\nripencc|ZZ|ipv6|2001:db8::|32|20260101|assigned\nbroken\n";
    for (option, table, content, refused) in [
        ("--delegated", "delegated", registry, json!([[3, "broken"]])),
        ("--as-names", "as-names", "64496\tLight House\n64497\tHarbour\nnonsense\n", json!([[3, "nonsense"]])),
    ] {
        let file = write(&folder.path().join(table), content);
        let answer = house.json(&["enrich", "load", "--json", option, text(&file)]);
        assert_eq!(
            (&answer["table"], &answer["entries"], &answer["refused_lines"]),
            (&json!(table), &json!(2), &refused)
        );
    }
    let list = house.json(&["enrich", "list", "--json"]);
    let tables: Vec<&str> = list.as_array().unwrap().iter().map(|one| one["table"].as_str().unwrap()).collect();
    assert_eq!(tables, ["as-names", "delegated", "prefix-to-as"]);
}

/// The files in a folder and those in it.
fn files_in(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files_in(&path) } else { vec![path] }).collect()
}

/// Turns one bit of a file over, of the byte `at` percent of its length, and gives what was in it.
fn damage(path: &Path, at: usize) -> Vec<u8> {
    let bytes = std::fs::read(path).unwrap();
    let mut flipped = bytes.clone();
    flipped[bytes.len() * at / 100] ^= 1;
    std::fs::write(path, flipped).unwrap();
    bytes
}

/// What `verify` says of a house where something is wrong.
fn problems(house: &House) -> (Value, Vec<String>) {
    let ran = house.run(&["verify", "--json"]);
    assert_eq!(ran.code, 3, "{ran:?}");
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    let problems = report["problems"].as_array().unwrap().iter().map(|one| one.as_str().unwrap().to_string()).collect();
    (report, problems)
}

#[test]
fn a_feed_tells_its_lag_and_since_when_it_is_silent() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::new(folder.path().join("data"));
    let report = telnet(3, 60).replace("2026-01-15", "2020-01-15");
    let path = write(&folder.path().join("2020-01-15-scan_telnet-xs-geo.csv"), &format!("{report}rubbish\n"));
    house.done(&["ingest", "--received", "2020-01-16T06:00:00Z", text(&path)]);
    let last = report.lines().skip(1).map(|line| line[12..20].to_string()).max().unwrap();
    let parts: Vec<i64> = last.split(':').map(|part| part.parse().unwrap()).collect();
    let lag = 30 * 3600 - (parts[0] * 3600 + parts[1] * 60 + parts[2]);
    let feed = house.json(&["feeds", "--json"])[0].clone();
    assert_eq!(feed["lag_seconds"], lag, "from the newest event to the arrival: {feed}");
    assert_eq!(feed["silent_since"], "2020-01-16T06:00:00.000000Z", "{feed}");
    assert_eq!(feed["last_event"], format!("2020-01-15T{last}.000000Z"), "{feed}");
    assert_eq!((&feed["batches"], &feed["rejects"]), (&json!(1), &json!(1)));
    let sums = [&feed["events"], &feed["duplicates"]].map(|sum| sum.as_i64().unwrap());
    assert_eq!(sums.iter().sum::<i64>(), 60, "{feed}");
    // The next report ends the silence.
    let path = write(&folder.path().join("2026-01-15-scan_telnet-xs-geo.csv"), &telnet(4, 5));
    house.done(&["ingest", text(&path)]);
    let feed = house.json(&["feeds", "--json"])[0].clone();
    assert_eq!((&feed["batches"], &feed["silent_since"]), (&json!(2), &json!("")), "{feed}");
}

#[test]
fn feeds_verify_replay_and_doctor_answer_in_json() {
    let folder = tempfile::tempdir().unwrap();
    let house = furnished(folder.path());
    let path = write(&folder.path().join("2026-01-15-scan_telnet-xs-geo.csv"), &telnet(3, 60));
    house.done(&["ingest", text(&path)]);
    let feeds = house.json(&["feeds", "--json"]);
    assert_eq!((&feeds[0]["name"], &feeds[0]["batches"]), (&json!("shadowserver-scan_telnet"), &json!(1)));
    assert!(house.json(&["feeds", "--known", "--json"]).as_array().unwrap().len() > 170);
    assert!(house.done(&["feeds", "shadowserver-scan_telnet"]).contains("shadowserver-scan_telnet"));
    let report = house.verified();
    assert!(
        report["blobs"] == 1 && report["files"].as_i64() >= Some(1) && report["findings"].as_i64() > Some(0),
        "{report}"
    );
    let before = house.rows("events", &["batch"]);
    let files = files_in(&house.data.join("lake")).len();
    house.json(&["replay", "--json"]);
    assert_eq!(files_in(&house.data.join("lake")).len(), files, "the files of the generation before are gone");
    assert_eq!(house.rows("events", &["batch"]), before, "the same rules over the same bytes give the same events");
    house.verified();
    let doctor = house.json(&["doctor", "--json"]);
    let checks = doctor["checks"].as_array().unwrap();
    assert!(checks.len() >= 20, "{}", checks.len());
    for name in ["configuration", "disk space", "clock", "mail", "Arabic fonts", "PDF fonts", "files of tables"] {
        assert!(checks.iter().any(|check| check["name"] == name), "{name}: {doctor}");
    }
    for check in checks {
        assert!(check["name"] != "" && check["found"] != "", "{check}");
        assert_eq!(check["state"] != "ok", check["mend"] != "", "{check}");
    }
    assert_eq!(doctor["fail"], 0, "{doctor}");
}

#[test]
fn damage_is_found_by_verify_and_by_doctor() {
    let folder = tempfile::tempdir().unwrap();
    let house = furnished(folder.path());
    let path = write(&folder.path().join("2026-01-15-scan_telnet-xs-geo.csv"), &telnet(3, 60));
    house.done(&["ingest", text(&path)]);
    let rows = house.json(&["query", "SELECT sha256 FROM batches", "--json"]);
    let sha256 = rows[0]["sha256"].as_str().unwrap();
    let blob = house.data.join("blobs").join(&sha256[..2]).join(format!("{sha256}.zst"));
    let bytes = damage(&blob, 50);
    let (_, told) = problems(&house);
    assert!(told.len() == 1 && told[0].contains(sha256) && told[0].contains("scan_telnet"), "{told:?}");
    std::fs::remove_file(&blob).unwrap();
    assert_eq!(house.run(&["doctor"]).code, 3);
    let (_, told) = problems(&house);
    assert!(told.len() == 1 && told[0].contains(sha256) && told[0].contains("scan_telnet"), "{told:?}");
    std::fs::write(&blob, &bytes).unwrap();
    house.verified();
    let table = files_in(&house.data.join("tables")).remove(0);
    let bytes = damage(&table, 50);
    let ran = house.run(&["doctor"]);
    assert!(ran.code == 3 && ran.out.contains("is damaged"), "{ran:?}");
    std::fs::remove_file(&table).unwrap();
    assert_eq!(house.run(&["doctor"]).code, 3);
    std::fs::write(&table, &bytes).unwrap();
    let config = house.data.join("cirt.toml");
    let good = std::fs::read_to_string(&config).unwrap();
    for (text, found) in [
        ("team = \n", "line 1"),
        ("teem = \"x\"\n", "unknown field"),
        ("[mail]\ntransport = \"smtp\"\n[mail.smtp]\nhost = \"127.0.0.1\"\nport = 1\n", "127.0.0.1:1"),
    ] {
        std::fs::write(&config, text).unwrap();
        let ran = house.run(&["doctor"]);
        assert!(ran.code == 3 && ran.out.contains(found), "{text}: {ran:?}");
    }
    std::fs::write(&config, good).unwrap();
    assert_eq!(house.run(&["doctor"]).code, 0);
    // A machine without fonts, as far as this one can be told so.
    if Command::new("fc-list").output().is_ok() {
        let none = write(&folder.path().join("fonts.conf"), "<fontconfig></fontconfig>");
        let ran = Ran::of(house.command(&["doctor", "--json"]).env("FONTCONFIG_FILE", none).output().unwrap());
        let doctor: Value = serde_json::from_str(&ran.out).unwrap();
        let fonts = doctor["checks"].as_array().unwrap().iter().find(|check| check["name"] == "Arabic fonts").unwrap();
        assert!(ran.code == 0 && fonts["state"] == "warn" && fonts["mend"] != "", "{ran:?}");
    }
}

#[test]
fn a_damaged_lake_file_is_told_and_a_replay_makes_it_whole() {
    let folder = tempfile::tempdir().unwrap();
    let house = furnished(folder.path());
    let path = write(&folder.path().join("2026-01-15-scan_telnet-xs-geo.csv"), &telnet(3, 60));
    house.done(&["ingest", text(&path)]);
    let before = house.rows("events", &["batch"]);
    for is_lost in [false, true] {
        let file = files_in(&house.data.join("lake")).remove(0);
        if is_lost {
            std::fs::remove_file(&file).unwrap();
        } else {
            damage(&file, 50);
        }
        let (_, told) = problems(&house);
        let name = file.file_name().unwrap().to_str().unwrap();
        assert!(told.len() == 1 && told[0].contains(name), "{told:?}");
        house.json(&["replay", "--json"]);
        house.verified();
        assert_eq!(house.rows("events", &["batch"]), before);
    }
}

#[test]
fn verify_reads_what_notices_and_mails_keep() {
    let folder = tempfile::tempdir().unwrap();
    let house = furnished(folder.path());
    let path = write(&folder.path().join("2026-01-15-scan_telnet-xs-geo.csv"), &telnet(3, 60));
    let kept = || files_in(&house.data.join("blobs")).into_iter().collect::<BTreeSet<PathBuf>>();
    house.done(&["ingest", text(&path)]);
    let raw = kept();
    house.done(&["work"]);
    let with_notices = kept();
    let mail = "From: Ana <ana@harbour.example>\r\nTo: cirt@cirt.example\r\nSubject: phishing\r\n\
                Message-ID: <1@harbour.example>\r\n\r\nWe see 192.0.2.7 again.\r\n";
    let mut deliver = house
        .command(&["deliver", "--to", "cirt@cirt.example"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    deliver.stdin.take().unwrap().write_all(mail.as_bytes()).unwrap();
    assert!(deliver.wait_with_output().unwrap().status.success());
    let all = kept();
    let report = house.verified();
    assert_eq!(report["blobs"], all.len(), "every blob is read again");
    let attachment = with_notices.difference(&raw).next().expect("the events of a notice");
    let letter = all.difference(&with_notices).next().expect("the mail");
    for (blob, by) in [(attachment, "a notice"), (letter, "a mail")] {
        let sha256 = blob.file_stem().unwrap().to_str().unwrap();
        // The first byte: a bit within may say the same in another way, as what is packed repeats itself.
        let bytes = damage(blob, 0);
        let (told, said) = problems(&house);
        assert!(said.len() == 1 && said[0].contains(sha256) && said[0].contains("damaged"), "{said:?}");
        assert_eq!(told["findings"], report["findings"], "all else is read all the same");
        std::fs::remove_file(blob).unwrap();
        let (_, said) = problems(&house);
        assert!(said.len() == 1 && said[0].contains(sha256) && said[0].contains(by), "{said:?}");
        std::fs::write(blob, &bytes).unwrap();
    }
    house.verified();
}

#[test]
fn verify_tells_which_file_of_a_message_is_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let house = furnished(folder.path());
    let file = |name: &str| write(&folder.path().join(name), &format!("bytes of {name}"));
    let opened = ["tickets", "open", "--subject", "phishing", "--correspondent", "noc@isp.example", "--json"];
    let ticket = house.json(&opened);
    let ticket = ticket["number"].as_str().unwrap();
    house.done(&["tickets", "reply", ticket, "Please look.", "--attach", text(&file("sent.log"))]);
    assert_eq!(house.json(&["work", "--json"])["messages"], 1);
    let config = house.data.join("cirt.toml");
    let alone = std::fs::read_to_string(&config).unwrap();
    std::fs::write(&config, alone.replace("four_eyes_above = \"\"", "four_eyes_above = \"CLEAR\"")).unwrap();
    let again = file("draft.log");
    let draft = ["tickets", "reply", ticket, "Please look again.", "--attach", text(&again), "--json"];
    assert_eq!(house.json(&draft)["waits"], true);
    // What another tool held: the file of a report hangs on its message, that of an incident is evidence of it.
    let held = |id: i64, queue: &str, packed: &str| {
        json!({ "id": id, "Queue": queue, "Status": "open", "Subject": "Odd requests",
            "Requestors": ["ana@harbour.example"], "Created": "2024-03-01T08:00:00Z",
            "transactions": [{ "Type": "Create", "Creator": "ana@harbour.example", "Created": "2024-03-01T08:00:00Z",
                "Content": "See the log.", "Attachments": [{ "ContentType": "application/octet-stream",
                    "Filename": "seen.log", "Content": packed }] }] })
    };
    let report = held(71, "Incident Reports", "Ynl0ZXMgb2YgcmVwb3J0LmxvZw==");
    let incident = held(72, "Incidents", "Ynl0ZXMgb2YgaW5jaWRlbnQubG9n");
    let export = write(&folder.path().join("rt.json"), &format!("{report}\n{incident}\n"));
    assert_eq!(house.json(&["import", "rtir", text(&export), "--json"])["made"]["files"], 2);
    // A mail that came in is kept whole: of its files no bytes lie by themselves.
    let mail = "From: Ana <ana@harbour.example>\r\nTo: cirt@cirt.example\r\nSubject: a log\r\n\
                Message-ID: <2@harbour.example>\r\nMIME-Version: 1.0\r\n\
                Content-Type: multipart/mixed; boundary=edge\r\n\r\n--edge\r\nContent-Type: text/plain\r\n\r\n\
                Here.\r\n--edge\r\nContent-Type: application/octet-stream\r\n\
                Content-Disposition: attachment; filename=\"theirs.log\"\r\n\r\nbytes of theirs.log\r\n--edge--\r\n";
    let path = write(&folder.path().join("mail.eml"), mail);
    let deliver = ["deliver", "--to", "cirt@cirt.example", "--json"];
    let ran = house.command(&deliver).stdin(std::fs::File::open(&path).unwrap()).output().unwrap();
    assert!(ran.status.success(), "{ran:?}");
    house.verified();
    for (bytes, by) in [
        ("bytes of sent.log", "a message with a file"),
        ("bytes of draft.log", "a message with a file"),
        ("bytes of report.log", "a message with a file"),
        ("bytes of incident.log", "evidence of an incident"),
        (mail, "a mail"),
    ] {
        house.misses(bytes.as_bytes(), by);
    }
}

#[test]
fn completions_and_manual_pages_are_made() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::new("/no/such/folder");
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(house.done(&["completions", shell]).contains("manara"), "{shell}");
    }
    house.done(&["man", text(folder.path())]);
    for page in ["manara.1", "manara-ingest.1", "manara-backup.1"] {
        assert!(folder.path().join(page).is_file(), "{page}");
    }
}
