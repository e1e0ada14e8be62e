//! Every format through the whole program: what the readers are proven on comes in by the command line, and adds up.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::given::RECEIVED;
use crate::house::House;

/// A file the readers are proven on.
struct Golden {
    path: &'static str,
    /// What says how to read it, where the file does not.
    said: &'static [&'static str],
    feed: &'static str,
    format: &'static str,
    /// Rows, events, context, duplicates, rejects.
    sums: [i64; 5],
}

const KEYS: [&str; 5] = ["rows", "events", "context", "duplicates", "rejects"];
/// The mapping of the zip, put among the house's own.
const OWN: &str = "csv/zip/feed.yaml";
const GOLDEN: [Golden; 13] = [
    Golden {
        path: "suricata/alerts/input.json",
        said: &[],
        feed: "suricata",
        format: "suricata",
        sums: [5, 5, 0, 0, 0],
    },
    Golden {
        path: "suricata/context/input.json",
        said: &[],
        feed: "suricata",
        format: "suricata",
        sums: [11, 0, 11, 0, 0],
    },
    Golden {
        path: "suricata/gzip/input.json.gz",
        said: &[],
        feed: "suricata",
        format: "suricata",
        sums: [1, 1, 0, 0, 0],
    },
    Golden { path: "zeek/notice-tsv/input.log", said: &[], feed: "zeek", format: "zeek:notice", sums: [4, 3, 1, 0, 0] },
    Golden { path: "zeek/json/input.json", said: &[], feed: "zeek", format: "zeek", sums: [8, 1, 6, 0, 1] },
    Golden { path: "idea/hostile/input.json", said: &[], feed: "idea", format: "idea", sums: [8, 2, 0, 0, 6] },
    Golden { path: "idea/many-sources/input.json", said: &[], feed: "idea", format: "idea", sums: [6, 6, 0, 0, 0] },
    Golden { path: "idea/lines/input.json", said: &[], feed: "idea", format: "idea", sums: [8, 8, 0, 0, 0] },
    Golden {
        path: "list/mixed/input.txt",
        said: &["--type", "list", "--feed", "odd-list"],
        feed: "odd-list",
        format: "list",
        sums: [16, 16, 0, 0, 0],
    },
    Golden {
        path: "list/blocklist-de/input.txt",
        said: &["--feed", "blocklist-de"],
        feed: "blocklist-de",
        format: "feed:blocklist-de",
        sums: [2, 2, 0, 0, 0],
    },
    Golden { path: "csv/zip/input.zip", said: &["--feed", "x"], feed: "x", format: "feed:x", sums: [2, 2, 0, 0, 0] },
    Golden {
        path: "csv/phishtank/input.csv",
        said: &["--feed", "phishtank"],
        feed: "phishtank",
        format: "feed:phishtank",
        sums: [1, 1, 0, 0, 0],
    },
    Golden {
        path: "csv/urlhaus/input.csv",
        said: &["--feed", "abusech-urlhaus"],
        feed: "abusech-urlhaus",
        format: "feed:abusech-urlhaus",
        sums: [3, 2, 0, 0, 1],
    },
];

fn golden(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../base/formats/tests/golden").join(path)
}

fn ingest(house: &House, one: &Golden) -> Value {
    let path = golden(one.path).display().to_string();
    let mut args = vec!["ingest", "--json", "--received", RECEIVED];
    args.extend(one.said);
    args.push(&path);
    house.json(&args)
}

#[test]
fn every_format_comes_in_by_the_command_line_and_its_context_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::new(folder.path().join("data"));
    let mappings = house.data.join("content/feeds");
    std::fs::create_dir_all(&mappings).unwrap();
    std::fs::copy(golden(OWN), mappings.join("x.yaml")).unwrap();
    for one in &GOLDEN {
        let answer = ingest(&house, one);
        for (key, sum) in KEYS.iter().zip(one.sums) {
            assert_eq!(answer[*key], sum, "{key} of {}: {answer}", one.path);
            assert_eq!(answer["files"][0][*key], sum, "{key} of {}: {answer}", one.path);
        }
        let file = &answer["files"][0];
        assert_eq!((&file["feed"], &file["format"]), (&json!(one.feed), &json!(one.format)), "{}", one.path);
        assert_eq!(file["known"], false, "{}", one.path);
    }
    // A second time nothing is added.
    for one in &GOLDEN {
        let answer = ingest(&house, one);
        let file = &answer["files"][0];
        let (rows, events) = (&file["rows"], &file["events"]);
        assert_eq!((rows, events, &file["known"]), (&json!(one.sums[0]), &json!(0), &json!(true)), "{}", one.path);
    }
    let total = |at: usize| GOLDEN.iter().map(|one| one.sums[at]).sum::<i64>();
    for (table, at) in [("events", 1), ("context", 2), ("rejects", 4)] {
        assert_eq!(house.number(&format!("SELECT count(*) FROM {table}")), total(at), "{table}");
    }

    // What a sensor saw besides its alerts is not told of, but it can be asked for.
    let sql = "SELECT feed, context, count(*) AS n FROM context GROUP BY feed, context ORDER BY feed, context";
    let kinds = [
        ("suricata", "anomaly", 2),
        ("suricata", "dns", 2),
        ("suricata", "fileinfo", 1),
        ("suricata", "flow", 1),
        ("suricata", "http", 2),
        ("suricata", "other", 1),
        ("suricata", "stats", 1),
        ("suricata", "tls", 1),
        ("zeek", "dns", 1),
        ("zeek", "files", 1),
        ("zeek", "http", 2),
        ("zeek", "notice", 1),
        ("zeek", "other", 1),
        ("zeek", "ssl", 1),
    ];
    let kinds = kinds.map(|(feed, context, n)| json!({ "feed": feed, "context": context, "n": n }));
    assert_eq!(house.json(&["query", sql, "--format", "json"]), json!(kinds));
    let sql = "SELECT feed, source_ip, destination_ip, destination_port, destination_fqdn, finding FROM context
        WHERE context = 'dns' ORDER BY feed, line";
    let asked = |feed: &str, source: &str, server: &str, port: i64, name: &str| {
        json!({
            "feed": feed, "source_ip": source, "destination_ip": server, "destination_port": port,
            "destination_fqdn": name, "finding": null,
        })
    };
    assert_eq!(
        house.json(&["query", sql, "--format", "json"]),
        json!([
            asked("suricata", "192.0.2.10", "198.51.100.7", 80, "example.com"),
            asked("suricata", "192.0.2.10", "198.51.100.7", 80, "new.example.com"),
            asked("zeek", "192.0.2.1", "198.51.100.53", 53, "guessed.example.com"),
        ])
    );
    house.verified();
}
