//! A Shadowserver row reaches its owner: from the file to the constituent's mail, through the real program, on both databases.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// Runs the program and gives what it printed as JSON.
fn manara(data: &Path, database: Option<&str>, args: &[&str]) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_manara"));
    command.args(args).arg("--data").arg(data);
    if let Some(url) = database {
        command.env("MANARA_DATABASE", url);
    }
    let output = command.output().expect("the program starts");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{args:?}: {errors}");
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{args:?} printed no JSON: {error}: {errors}"))
}

const CONSTITUENCY: &str = "\
name,sector,kind,criticality,networks,as_numbers,contact_role,contact_mail,contact_language,contact_format
Mangrove ISP,telecom,isp,high,192.0.2.0/24,64500,abuse,abuse@isp.example,fr,csv
Harbour School,education,school,low,192.0.2.128/28,,security,it@school.example,ar,both
";

/// The day before is filled in: findings of long ago would have expired.
const REPORT: &str = "\
timestamp,severity,ip,protocol,port,hostname,tag,asn,geo
DAY 01:00:00,high,192.0.2.5,tcp,23,,telnet,,XS
DAY 02:00:00,high,192.0.2.130,tcp,23,,telnet,,XS
DAY 02:00:00,high,192.0.2.130,tcp,23,,telnet,,XS
DAY 03:00:00,high,203.0.113.9,tcp,23,,telnet,,ZZ
DAY 04:00:00,high,999.1.2.3,tcp,23,,telnet,,XS
";

fn walk(database: Option<&str>) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let data = folder.path().join("data");
    manara(&data, database, &["init", "--json"]);
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("a writable folder");
        path.display().to_string()
    };
    let report = manara(&data, database, &["constituency", "import", &write("c.csv", CONSTITUENCY), "--json"]);
    assert_eq!((&report["added"], &report["refused"]), (&Value::from(2), &serde_json::json!([])));
    manara(
        &data,
        database,
        &[
            "enrich",
            "load",
            "--prefix-to-as",
            &write("p.tsv", "203.0.113.0/24\t64511\n192.0.2.0/24\t64500\n"),
            "--json",
        ],
    );

    let day = manara_model::Micros::now().plus_days(-1).day();
    let file = write(&format!("{day}-scan_telnet-xs.csv"), &REPORT.replace("DAY", &day));
    let ingested = manara(&data, database, &["ingest", "--json", &file]);
    for (key, want) in
        [("rows", 5), ("events", 3), ("duplicates", 1), ("rejects", 1), ("findings_opened", 2), ("findings_updated", 0)]
    {
        assert_eq!(ingested[key], want, "{key} of {ingested}");
    }
    let events = manara(
        &data,
        database,
        &["query", "--json", "SELECT source_ip, source_asn, constituent FROM events ORDER BY time"],
    );
    let want = serde_json::json!([
        { "source_ip": "192.0.2.5", "source_asn": 64500, "constituent": "Mangrove ISP" },
        { "source_ip": "192.0.2.130", "source_asn": 64500, "constituent": "Harbour School" },
        { "source_ip": "203.0.113.9", "source_asn": 64511, "constituent": null },
    ]);
    assert_eq!(events, want);
    let rejects = manara(&data, database, &["query", "--json", "SELECT line, code, found FROM rejects"]);
    assert_eq!(rejects, serde_json::json!([{ "line": 6, "code": "bad-address", "found": "999.1.2.3" }]));

    manara(&data, database, &["work", "--json"]);
    let notices = manara(&data, database, &["notices", "list", "--json"]);
    let mut drafted: Vec<(&str, &str, &str)> = notices
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| {
            (
                one["constituent"].as_str().expect("a name"),
                one["language"].as_str().expect("a language"),
                one["state"].as_str().expect("a state"),
            )
        })
        .collect();
    drafted.sort_unstable();
    assert_eq!(drafted, [("Harbour School", "ar", "draft"), ("Mangrove ISP", "fr", "draft")]);

    manara(&data, database, &["notices", "approve", "--all", "--json"]);
    let round = manara(&data, database, &["work", "--json"]);
    assert_eq!((&round["sent"], &round["failed"]), (&Value::from(2), &Value::from(0)));
    let told =
        manara(&data, database, &["query", "--json", "SELECT state, count(*) AS n FROM findings GROUP BY state"]);
    assert_eq!(told, serde_json::json!([{ "state": "notified", "n": 2 }]));
    let sent = manara(
        &data,
        database,
        &["query", "--json", "SELECT constituent, state, events FROM notices ORDER BY constituent"],
    );
    let want = serde_json::json!([
        { "constituent": "Harbour School", "state": "sent", "events": 1 },
        { "constituent": "Mangrove ISP", "state": "sent", "events": 1 },
    ]);
    assert_eq!(sent, want);

    let again = manara(&data, database, &["ingest", "--json", &file]);
    for (key, want) in [("rows", 5), ("events", 0), ("duplicates", 5), ("rejects", 0), ("findings_opened", 0)] {
        assert_eq!(again[key], want, "{key} of {again}");
    }
    manara(&data, database, &["work", "--json"]);
    assert_eq!(
        manara(&data, database, &["notices", "list", "--json"]).as_array().map(Vec::len),
        Some(2),
        "nobody is told twice"
    );
    let verified = manara(&data, database, &["verify", "--json"]);
    assert_eq!(verified["problems"], serde_json::json!([]));
}

#[test]
fn a_shadowserver_row_reaches_its_owner_on_sqlite() {
    walk(None);
}

#[test]
fn a_shadowserver_row_reaches_its_owner_on_postgresql() {
    let Some(schema) = crate::house::Schema::make() else { return };
    walk(Some(&schema.url));
}
