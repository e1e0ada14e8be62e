//! Registries outside: a small RDAP server and a small whois server on this machine, asked by the real program; and what a case
//! carries, from the terminal.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;

use serde_json::json;

use crate::house::House;

const ANSWER: &str = r#"{ "objectClassName": "ip network", "handle": "NET-1", "startAddress": "192.0.2.0", "endAddress": "192.0.2.255",
    "name": "HARBOUR", "country": "XX", "entities": [{ "objectClassName": "entity", "roles": ["registrant"],
        "vcardArray": ["vcard", [["fn", {}, "text", "Harbour Telecom"]]],
        "entities": [{ "roles": ["abuse"], "vcardArray": ["vcard", [["email", {}, "text", "abuse@isp.example"]]] }] }] }"#;

/// Answers every connection by what `answer` makes of the question, for as long as the test runs.
fn server(answer: impl Fn(&str) -> String + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    std::thread::spawn(move || {
        for line in listener.incoming() {
            let Ok(mut line) = line else { continue };
            let mut question = Vec::new();
            let mut step = [0; 1024];
            while !question.ends_with(b"\r\n") {
                match line.read(&mut step) {
                    Ok(read) if read > 0 => question.extend_from_slice(&step[..read]),
                    _ => break,
                }
            }
            let _ = line.write_all(answer(&String::from_utf8_lossy(&question)).as_bytes());
        }
    });
    address
}

/// A house whose registries are here, and an incident of it.
fn house(folder: &std::path::Path) -> (House, String) {
    let rdap = server(|question| {
        let is_known = question.starts_with("GET /rdap/ip/192.0.2.7 ");
        let (status, body) = if is_known { ("200 OK", ANSWER) } else { ("404 Not Found", "") };
        format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len())
    });
    let whois =
        server(|question| format!("% about {question}netname: HARBOUR\r\nabuse-mailbox: abuse@isp.example\r\n"));
    let house = House::new(folder.join("data"));
    house.done(&["init", "--json"]);
    std::fs::create_dir(house.data.join("rdap")).unwrap();
    let list = json!({ "services": [[["192.0.2.0/24"], [format!("http://{rdap}/rdap/")]]] });
    std::fs::write(house.data.join("rdap/ipv4.json"), list.to_string()).unwrap();
    let config = house.data.join("cirt.toml");
    let text = std::fs::read_to_string(&config).unwrap();
    let text = text
        .replace("ask = false", "ask = true\nallow_loopback = true")
        .replace("https://data.iana.org/rdap/", "")
        .replace("whois.iana.org", &whois);
    std::fs::write(&config, text).unwrap();
    let one = house.json(&["incidents", "open", "--title", "By hand", "--class", "fraud/phishing", "--json"]);
    let number = one["number"].as_str().unwrap().to_string();
    (house, number)
}

#[test]
fn a_registry_is_asked_when_a_person_says_so_and_the_pap_allows_it() {
    let folder = tempfile::tempdir().unwrap();
    let (house, incident) = house(folder.path());
    let ask = ["research", "192.0.2.7", "--ask", "rdap", "--incident", &incident, "--json"];
    let said = house.json(&ask);
    assert_eq!(said["said"]["abuse"], json!(["abuse@isp.example"]), "{said}");
    assert_eq!((said["server"].as_str(), said["who"].as_str()), (Some("127.0.0.1"), Some("cli")));
    let again = house.json(&ask);
    assert_eq!(again["at"], said["at"], "within the hours it is not asked anew");
    let whois = house.json(&["research", "192.0.2.7", "--ask", "whois", "--json"]);
    assert_eq!(whois["said"]["abuse"], json!(["abuse@isp.example"]), "{whois}");
    let unknown = house.run(&["research", "192.0.2.8", "--ask", "rdap"]);
    assert!(unknown.code == 1 && unknown.err.contains("knows nothing of it"), "{}", unknown.err);
    let nothing = house.run(&["research", "d41d8cd98f00b204e9800998ecf8427e", "--ask", "rdap"]);
    assert!(nothing.code == 1 && nothing.err.contains("no registry can be asked"), "{}", nothing.err);
    let far = house.run(&["research", "198.51.100.7", "--ask", "rdap"]);
    assert!(far.code == 1 && far.err.contains("no list of registries"), "{}", far.err);

    house.done(&["incidents", "mark", &incident, "--pap", "AMBER"]);
    let refused = house.run(&ask);
    assert!(refused.code == 1 && refused.err.contains("stricter than GREEN"), "{}", refused.err);
    let off = house.data.join("cirt.toml");
    let text = std::fs::read_to_string(&off).unwrap();
    std::fs::write(&off, text.replace("ask = true", "ask = false")).unwrap();
    let off = house.run(&["research", "192.0.2.7", "--ask", "whois"]);
    assert!(off.code == 1 && off.err.contains("asking outside is off"), "{}", off.err);
}

#[test]
fn what_a_case_carries_is_written_from_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let (house, incident) = house(folder.path());
    let image = folder.path().join("disk.img");
    std::fs::write(&image, b"bytes of a disk").unwrap();
    let item = house.json(&[
        "evidence",
        "add",
        &incident,
        "Disk",
        "--kind",
        "disk",
        "--file",
        image.to_str().unwrap(),
        "--by",
        "Layla",
        "--source",
        "rack 4",
        "--json",
    ]);
    let number = item["number"].as_str().unwrap();
    assert_eq!((number, item["bytes"].as_i64()), (format!("{incident}-E1").as_str(), Some(15)));
    house.misses(b"bytes of a disk", "evidence of an incident");
    house.done(&["evidence", "hand", number, "Omar", "analysis", "--kept", "laboratory"]);
    house.done(&["evidence", "check", number]);
    let out = folder.path().join("back.img");
    house.done(&["evidence", "get", number, out.to_str().unwrap()]);
    assert_eq!(std::fs::read(&out).unwrap(), b"bytes of a disk");
    let sheet = house.done(&["evidence", "sheet", &incident, "--format", "md"]);
    assert!(sheet.contains("Layla") && sheet.contains("Omar") && sheet.contains("laboratory"), "{sheet}");

    let tagged = house.json(&["tags", "add", &incident, "workflow:state=watch", "Port  Authority", "--json"]);
    assert_eq!(tagged["tags"], json!(["port-authority", "workflow:state=\"watch\""]));
    let fields = house.json(&["fields", "set", &incident, "affected-people=1 200", "personal-data=yes", "--json"]);
    assert_eq!(fields["fields"], json!({ "affected-people": "1200", "personal-data": "yes" }));
    let wrong = house.run(&["fields", "set", &incident, "affected-people=many"]);
    assert!(wrong.code == 1 && wrong.err.contains("it is no number"), "{}", wrong.err);
    let shown = house.json(&["incidents", "show", &incident, "--json"]);
    assert_eq!((shown["pap"].as_str(), shown["fields"]["affected-people"].as_str()), (Some("PAP:GREEN"), Some("1200")));
    house.verified();
}

const CONSTITUENT: &str = "\
name,sector,kind,criticality,networks,as_numbers,contact_role,contact_mail,contact_language,contact_format
Mangrove ISP,telecom,isp,high,192.0.2.0/24,64500,abuse,abuse@isp.example,en,csv
";

#[test]
fn what_is_known_of_an_indicator_is_gathered_from_all_planes() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::new(folder.path().join("data"));
    house.done(&["init", "--json"]);
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    house.done(&["constituency", "import", &write("c.csv", CONSTITUENT)]);
    let day = manara_model::Micros::now().plus_days(-1).day();
    let rows = format!(
        "timestamp,severity,ip,protocol,port,hostname,tag,asn,geo\n{day} 01:00:00,high,192.0.2.5,tcp,23,,telnet,,XS\n"
    );
    house.done(&["ingest", &write(&format!("{day}-scan_telnet-xs.csv"), &rows)]);
    house.done(&["work"]);
    // A report, and an incident that has nothing to do with it, speak of the same five things.
    let all =
        ["192.0.2.5", "evil.example.com", "spam@evil.example.com", "CVE-2026-1234", "d41d8cd98f00b204e9800998ecf8427e"];
    let said = all.join(" and ");
    let open = |args: &[&str]| house.json(args)["number"].as_str().unwrap().to_string();
    let report = open(&["tickets", "open", "--subject", "A call", "--correspondent", "noc@isp.example", "--json"]);
    house.done(&["tickets", "comment", &report, &said]);
    let incident = open(&["incidents", "open", "--title", "By hand", "--json"]);
    house.done(&["incidents", "observables", &incident, "--add", &said]);
    let known = |subject: &str, code: i32| {
        let ran = house.run(&["research", subject, "--json"]);
        assert_eq!(ran.code, code, "{subject}: {}{}", ran.out, ran.err);
        let found: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        found
    };
    let places = |found: &serde_json::Value| -> Vec<(String, String)> {
        let text = |one: &serde_json::Value, key: &str| one[key].as_str().unwrap().to_string();
        found["records"].as_array().unwrap().iter().map(|one| (text(one, "in"), text(one, "name"))).collect()
    };
    for (subject, kind) in all.into_iter().zip(["ip", "domain", "mail", "cve", "hash_md5"]) {
        let found = known(subject, 3);
        assert_eq!(found["kind"], kind, "{found}");
        for number in [&report, &incident] {
            let there = places(&found).iter().any(|(place, name)| place == "research-speaking" && name == number);
            assert!(there, "{subject} {number}: {found}");
        }
        // Whose address it is, what was found there, and the rows that say so.
        let of_address = [("constituents", "Mangrove ISP"), ("findings", "192.0.2.5")];
        for (place, name) in of_address {
            let there = places(&found).contains(&(place.to_string(), name.to_string()));
            assert_eq!(there, kind == "ip", "{subject} {place}: {found}");
        }
        let rows: i64 = found["events"].as_array().unwrap().iter().filter_map(|one| one["events"].as_i64()).sum();
        assert_eq!(rows, i64::from(kind == "ip"), "{found}");
    }
    for nothing in ["203.0.113.9", "other.example.com", "CVE-2026-1235"] {
        let found = known(nothing, 0);
        assert!(places(&found).is_empty() && found["events"] == json!([]), "{found}");
    }
    // What was taken off is not found by it any more.
    house.done(&["incidents", "observables", &incident, "--remove", "CVE-2026-1234"]);
    let found = known("CVE-2026-1234", 3);
    assert!(!places(&found).iter().any(|(_, name)| *name == incident), "{found}");
    house.verified();
}
