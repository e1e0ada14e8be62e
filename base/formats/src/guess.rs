//! Which reader a file is for, by its name and its beginning.

use crate::draft::Draft;
use crate::json::Tape;
use crate::list::read_entry;
use crate::{ExtraJson, Limits, ReportType, decode};

/// What a file seems to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormatGuess {
    /// A Shadowserver report of this type; an unknown type is read generically.
    Shadowserver(String),
    /// Suricata's EVE JSON lines.
    Suricata,
    /// A Zeek log; its name where it is known.
    Zeek(Option<String>),
    /// IDEA messages.
    Idea,
    /// IntelMQ events.
    IntelMq,
    /// A list of addresses, networks, domains or URLs.
    List,
}

/// Says which reader fits, or nothing rather than something unlikely. `head` is the beginning of the content, not
/// compressed; 64 KiB are plenty.
pub fn guess(file_name: Option<&str>, head: &[u8]) -> Option<FormatGuess> {
    let head = head.get(..head.len().min(256 << 10)).unwrap_or_default();
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    let text = decode(head);
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().trim();
    let name = file_name.and_then(|name| name.rsplit(['/', '\\']).next());
    if first.starts_with('{') || first.starts_with('[') {
        return guess_json(name, &text);
    }
    if let Some(id) = name.filter(|name| is_csv_name(name)).and_then(ReportType::id_in_file_name) {
        return Some(FormatGuess::Shadowserver(id.to_string()));
    }
    if first.starts_with("#separator ") || first.starts_with("#fields\t") {
        let path = text.lines().find_map(|line| line.strip_prefix("#path\t")).map(str::to_string);
        return Some(FormatGuess::Zeek(path.or_else(|| zeek_log(name))));
    }
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let header = columns(lines.next().unwrap_or_default());
    if header.len() > 3 {
        let row = columns(lines.next().unwrap_or_default());
        let tag =
            header.iter().position(|column| column == "tag").and_then(|at| row.get(at).cloned()).unwrap_or_default();
        if let Some(report) = ReportType::guess(&header, &tag) {
            return Some(FormatGuess::Shadowserver(report.id.clone()));
        }
    }
    is_list(&text).then_some(FormatGuess::List)
}

fn is_csv_name(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    [".csv", ".csv.gz", ".csv.zip", ".zip", ".gz"].iter().any(|end| lower.ends_with(end))
}

/// A header split at its commas; report headers have no commas inside quotes.
fn columns(line: &str) -> Vec<String> {
    line.split(',').map(|column| column.trim().trim_matches('"').to_ascii_lowercase()).collect()
}

/// `conn.2026-01-15.log` to `conn`.
fn zeek_log(name: Option<&str>) -> Option<String> {
    let name = name.filter(|name| name.contains(".log") || name.contains(".json"))?;
    name.split('.').next().filter(|word| !word.is_empty()).map(str::to_string)
}

fn guess_json(name: Option<&str>, text: &str) -> Option<FormatGuess> {
    let keys = first_object_keys(text);
    let has = |wanted: &str| keys.iter().any(|key| key == wanted);
    let dotted = |wanted: &str| {
        let first = wanted.split('.').next().unwrap_or(wanted);
        has(wanted) || (has(first) && text.contains("\"classification\""))
    };
    if has("event_type") && has("timestamp") {
        Some(FormatGuess::Suricata)
    } else if text.contains("\"IDEA0\"") && (has("Format") || has("Category") || has("DetectTime")) {
        Some(FormatGuess::Idea)
    } else if has("_path") || (has("ts") && (has("uid") || has("id.orig_h") || has("note"))) {
        Some(FormatGuess::Zeek(if has("_path") { None } else { zeek_log(name) }))
    } else if dotted("classification.type") || has("feed.name") || has("time.observation") {
        Some(FormatGuess::IntelMq)
    } else {
        None
    }
}

/// The names of the first object's members, also when the head ends inside it.
fn first_object_keys(text: &str) -> Vec<String> {
    let limits = Limits { json_depth: 64, ..Limits::default() };
    let mut tape = Tape::default();
    let start = text.find('{').unwrap_or(0);
    let body = text.get(start..).unwrap_or_default();
    let line = body.lines().next().unwrap_or_default().trim_end_matches([',', ']']);
    if let Ok(json) = tape.parse(line, &limits) {
        return json.members().map(|(key, _)| key.into_owned()).collect();
    }
    // Laid out over lines, or cut: a name is a string with a colon behind it.
    let mut keys = Vec::new();
    let mut rest = body;
    while let Some((_, after)) = rest.split_once('"') {
        let Some((word, after)) = after.split_once('"') else { break };
        if after.trim_start().starts_with(':') {
            keys.push(word.to_string());
        }
        if keys.len() >= 500 {
            break;
        }
        rest = after;
    }
    keys
}

/// Whether nearly every line is an entry of a list. The last line may be cut and does not count against it.
fn is_list(text: &str) -> bool {
    let (mut good, mut bad) = (0, 0);
    let mut lines = text.lines().take(200).peekable();
    while let Some(line) = lines.next() {
        let body = line.trim();
        if body.is_empty() || body.starts_with('#') || body.starts_with(';') || body.starts_with("//") {
            continue;
        }
        let mut words = body.split_whitespace();
        let mut entry = words.next().unwrap_or_default();
        if matches!(entry, "0.0.0.0" | "127.0.0.1" | "::" | "::1") {
            entry = words.next().unwrap_or(entry);
        }
        match read_entry(&mut Draft::new(), entry, &mut ExtraJson::default()) {
            Ok(()) => good += 1,
            Err(_) if lines.peek().is_none() => {}
            Err(_) => bad += 1,
        }
    }
    good > 0 && bad * 10 <= good
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{FormatGuess, guess};
    use crate::ReportType;

    #[test]
    fn each_format_is_known_by_its_name_or_its_beginning() {
        let zeek = |log: &str| Some(FormatGuess::Zeek(Some(log.to_string())));
        let shadowserver = |id: &str| Some(FormatGuess::Shadowserver(id.to_string()));
        for (name, head, want) in [
            (
                Some("2026-01-15-event4_sinkhole_http-zz-geo.csv.gz"),
                "\"timestamp\",\"ip\"\n",
                shadowserver("event4_sinkhole_http"),
            ),
            (Some("in/2026-01-15-scan_brand_new-zz.csv"), "", shadowserver("scan_brand_new")),
            (Some("eve.json"), "{\"timestamp\":\"x\",\"event_type\":\"alert\"", Some(FormatGuess::Suricata)),
            (None, "\n{\"event_type\":\"dns\",\"timestamp\":\"x\"}\n{\"cut", Some(FormatGuess::Suricata)),
            (Some("x.log"), "#separator \\x09\n#path\tconn\n", zeek("conn")),
            (Some("dns.2026.log"), "{\"ts\":1,\"uid\":\"C\",\"query\":\"x\"}\n", zeek("dns")),
            (None, "{\"_path\":\"ssl\",\"ts\":1}\n", Some(FormatGuess::Zeek(None))),
            (None, "[\n {\n  \"Format\": \"IDEA0\",\n  \"ID\": \"x\"", Some(FormatGuess::Idea)),
            (None, "{\"classification.type\":\"scanner\",\"source.ip\":\"192.0.2.1\"}", Some(FormatGuess::IntelMq)),
            (None, "{\"classification\":{\"type\":\"scanner\"}}", Some(FormatGuess::IntelMq)),
            (Some("x.json"), "{\"a\":1}", None),
            (Some("bad.txt"), "# list\n192.0.2.1\nexample.com\nhttp://x.example/a\n192.0", Some(FormatGuess::List)),
            (None, "0.0.0.0 ads.example.com\n", Some(FormatGuess::List)),
            (None, "Dear colleagues,\nplease find attached\n", None),
            (None, "a,b,c\n1,2,3\n", None),
            (None, "", None),
        ] {
            assert_eq!(guess(name, head.as_bytes()), want, "{name:?} {head}");
        }
    }

    #[test]
    fn a_report_that_lost_its_name_is_known_by_its_header() {
        let report = ReportType::by_id("scan_telnet").expect("a known type");
        let head = format!("\"{}\"\n", report.columns.join("\",\""));
        let Some(FormatGuess::Shadowserver(id)) = guess(Some("report.csv"), head.as_bytes()) else {
            panic!("no guess")
        };
        let found = ReportType::by_id(&id).expect("a known type");
        assert_eq!((&found.taxonomy, &found.kind), (&report.taxonomy, &report.kind));
    }

    proptest! {
        #[test]
        fn no_bytes_break_it(name in "\\PC{0,30}", head in prop::collection::vec(any::<u8>(), 0..200), text in "[\\[{\":,}# \\n.a0-9é]{0,80}") {
            guess(Some(&name), &head);
            guess(None, text.as_bytes());
        }
    }
}
