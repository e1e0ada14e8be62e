//! Zeek's logs, as tab-separated text with its own header or as JSON lines.

use std::borrow::Cow;
use std::io::Read;

use manara_model::{Field, Micros};

use crate::draft::{Draft, Place};
use crate::json::{Json, Kind, Tape, check_object};
use crate::{ExtraJson, Limits, Lines, Outcome, ReadError, Reject, Sink, SourceZone, Stop, decode, parse_time};

/// The logs that are told apart; any other is `other`.
const LOGS: &[&str] = &[
    "analyzer",
    "capture_loss",
    "conn",
    "dce_rpc",
    "dhcp",
    "dnp3",
    "dns",
    "dpd",
    "files",
    "ftp",
    "http",
    "intel",
    "irc",
    "kerberos",
    "known_certs",
    "known_hosts",
    "known_services",
    "ldap",
    "modbus",
    "mqtt",
    "mysql",
    "notice",
    "ntlm",
    "ntp",
    "ocsp",
    "pe",
    "quic",
    "radius",
    "rdp",
    "reporter",
    "rfb",
    "sip",
    "smb_files",
    "smb_mapping",
    "smtp",
    "snmp",
    "socks",
    "software",
    "ssh",
    "ssl",
    "stats",
    "syslog",
    "traceroute",
    "tunnel",
    "weird",
    "x509",
];

/// The columns that have a field, by log (`""` for every log), best first: an earlier one wins.
const COLUMNS: &[(&str, &str, Field)] = &[
    ("notice", "src", Field::SourceIp),
    ("notice", "dst", Field::DestinationIp),
    ("notice", "p", Field::DestinationPort),
    ("notice", "msg", Field::EventDescriptionText),
    ("", "id.orig_h", Field::SourceIp),
    ("", "id.orig_p", Field::SourcePort),
    ("", "id.resp_h", Field::DestinationIp),
    ("", "id.resp_p", Field::DestinationPort),
    ("", "proto", Field::ProtocolTransport),
    ("", "service", Field::ProtocolApplication),
    ("dns", "query", Field::DestinationFqdn),
    ("http", "host", Field::DestinationFqdn),
    ("ssl", "server_name", Field::DestinationFqdn),
    ("quic", "server_name", Field::DestinationFqdn),
    ("weird", "name", Field::EventDescriptionText),
    ("files", "md5", Field::MalwareHashMd5),
    ("files", "sha1", Field::MalwareHashSha1),
    ("files", "sha256", Field::MalwareHashSha256),
    ("known_hosts", "host", Field::SourceIp),
    ("known_services", "host", Field::SourceIp),
    ("known_services", "port_num", Field::SourcePort),
    ("software", "host", Field::SourceIp),
    ("traceroute", "src", Field::SourceIp),
    ("traceroute", "dst", Field::DestinationIp),
];

/// The class of a notice by its name; one that ends in `::` stands for a whole module.
const NOTES: &[(&str, &str, &str)] = &[
    ("Scan::", "information-gathering", "scanner"),
    ("Traceroute::Detected", "information-gathering", "scanner"),
    ("SSH::Password_Guessing", "intrusion-attempts", "brute-force"),
    ("FTP::Bruteforcing", "intrusion-attempts", "brute-force"),
    ("SSH::Login_By_Password_Guesser", "intrusions", "unprivileged-account-compromise"),
    ("HTTP::SQL_Injection_Attacker", "intrusion-attempts", "ids-alert"),
    ("HTTP::SQL_Injection_Victim", "intrusion-attempts", "ids-alert"),
    ("Heartbleed::SSL_Heartbeat_Attack_Success", "information-content-security", "data-leak"),
    ("Heartbleed::", "intrusion-attempts", "ids-alert"),
    ("TeamCymruMalwareHashRegistry::Match", "malicious-code", "malware-distribution"),
    ("SMTP::Blocklist_Blocked_Host", "abusive-content", "spam"),
    ("SMTP::Blocklist_Error_Message", "abusive-content", "spam"),
    ("Software::Vulnerable_Version", "vulnerable", "vulnerable-system"),
    ("SSL::Weak_Key", "vulnerable", "weak-crypto"),
    ("SSL::Weak_Cipher", "vulnerable", "weak-crypto"),
    ("SSL::Old_Version", "vulnerable", "weak-crypto"),
    ("SSL::Invalid_Server_Cert", "vulnerable", "weak-crypto"),
    ("SSL::Certificate_Expired", "vulnerable", "weak-crypto"),
    ("SSL::Certificate_Expires_Soon", "vulnerable", "weak-crypto"),
    ("SSL::Certificate_Not_Valid_Yet", "vulnerable", "weak-crypto"),
];

/// Notices about the server of a connection: it is the source then, since a finding is about the source.
const ABOUT_SERVER: &[&str] = &[
    "Heartbleed::SSL_Heartbeat_Attack_Success",
    "SSL::Weak_Key",
    "SSL::Weak_Cipher",
    "SSL::Old_Version",
    "SSL::Invalid_Server_Cert",
    "SSL::Certificate_Expired",
    "SSL::Certificate_Expires_Soon",
    "SSL::Certificate_Not_Valid_Yet",
];

const DEFAULT_CLASS: (&str, &str) = ("intrusion-attempts", "ids-alert");

/// Reads a Zeek log. `path` is the log's name (`conn`), used where neither `#path` nor `_path` says it. Notices that name
/// an address or a host are events; all else is context, also notices of the sensor about itself.
pub fn read_zeek(input: impl Read, path: Option<&str>, limits: &Limits, sink: &mut dyn Sink) -> Result<(), ReadError> {
    let mut lines = Lines::new(input, limits);
    let mut header = Header { path: path.map(str::to_string), ..Header::default() };
    let mut tape = Tape::default();
    let mut extra = ExtraJson::default();
    let mut empty = true;
    while let Some(line) = lines.next()? {
        if line.bytes.trim_ascii().is_empty() && !line.cut {
            continue;
        }
        empty = false;
        let place = Place { line: line.number, raw: line.bytes, time_column: "ts", nth: 0 };
        if line.cut {
            sink.reject(Reject::new(line.number, "", "too-long", "", line.bytes))?;
            continue;
        }
        let text = decode(line.bytes);
        extra.clear();
        if text.starts_with('#') {
            header.read(&text, line.number, limits)?;
        } else if text.trim_start().starts_with('{') {
            match check_object(&mut tape, text, limits) {
                Ok(text) => read_json(place, tape.again(&text), path, &mut extra, sink)?,
                Err(code) => sink.reject(Reject::new(line.number, "", code, "", line.bytes))?,
            }
        } else if header.columns.is_empty() {
            return Err(ReadError::NotThisFormat {
                line: line.number,
                found: text.chars().take(60).collect(),
                expected: "a #fields line before the first row, or a JSON object".to_string(),
            });
        } else {
            header.read_row(place, &text, &mut extra, sink)?;
        }
    }
    if empty { Err(ReadError::Empty) } else { Ok(()) }
}

/// What the lines that begin with `#` said. They may come again in the middle of a file.
#[derive(Debug)]
struct Header {
    separator: String,
    set_separator: String,
    empty_field: String,
    unset_field: String,
    path: Option<String>,
    columns: Vec<String>,
    types: Vec<String>,
}

impl Default for Header {
    fn default() -> Self {
        Header {
            separator: "\t".to_string(),
            set_separator: ",".to_string(),
            empty_field: "(empty)".to_string(),
            unset_field: "-".to_string(),
            path: None,
            columns: Vec::new(),
            types: Vec::new(),
        }
    }
}

impl Header {
    fn read(&mut self, text: &str, line: u64, limits: &Limits) -> Result<(), ReadError> {
        if let Some(separator) = text.strip_prefix("#separator ") {
            let separator = unescape(Cow::Borrowed(separator)).into_owned();
            if !separator.is_empty() {
                self.separator = separator;
            }
            return Ok(());
        }
        let (name, rest) = text.split_once(self.separator.as_str()).unwrap_or((text, ""));
        match name {
            "#set_separator" if !rest.is_empty() => self.set_separator = rest.to_string(),
            "#empty_field" => self.empty_field = rest.to_string(),
            "#unset_field" => self.unset_field = rest.to_string(),
            "#path" if !rest.is_empty() => self.path = Some(rest.to_string()),
            "#types" => self.types = rest.split(self.separator.as_str()).map(str::to_string).collect(),
            "#fields" => {
                self.columns = rest.split(self.separator.as_str()).map(str::to_string).collect();
                self.types.clear();
                if self.columns.len() > limits.columns {
                    return Err(ReadError::NotThisFormat {
                        line,
                        found: format!("a header of {} columns", self.columns.len()),
                        expected: format!("at most {}", limits.columns),
                    });
                }
                if !self.columns.iter().any(|column| column == "ts") {
                    return Err(ReadError::NoColumn { wanted: "the time", expected: "ts".to_string() });
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn read_row(&self, place: Place<'_>, text: &str, extra: &mut ExtraJson, sink: &mut dyn Sink) -> Result<(), Stop> {
        let found = text.split(self.separator.as_str()).count();
        if found != self.columns.len() {
            let found = format!("{found} fields; the header has {}", self.columns.len());
            return sink.reject(Reject::new(place.line, "", "field-count", &found, place.raw));
        }
        let mut cells = Vec::with_capacity(found);
        for (at, (name, value)) in self.columns.iter().zip(text.split(self.separator.as_str())).enumerate() {
            if value != self.unset_field {
                cells.push(self.cell(name, value, self.types.get(at).map_or("", String::as_str)));
            }
        }
        read_cells(place, self.path.as_deref(), &cells, extra, sink)
    }

    fn cell<'a>(&self, name: &'a str, value: &'a str, kind: &str) -> Cell<'a> {
        let json = match kind {
            "count" | "int" | "port" | "double" | "interval" | "time" => {
                is_number(value).then_some(Cow::Borrowed(value))
            }
            "bool" if value == "T" => Some(Cow::Borrowed("true")),
            "bool" if value == "F" => Some(Cow::Borrowed("false")),
            kind if kind.starts_with("set[") || kind.starts_with("vector[") => Some(Cow::Owned(self.list(value, kind))),
            _ => None,
        };
        let text = if value == self.empty_field { Cow::Borrowed("") } else { unescape(Cow::Borrowed(value)) };
        Cell { name: Cow::Borrowed(name), text, json }
    }

    /// A set or vector as a JSON array.
    fn list(&self, value: &str, kind: &str) -> String {
        let mut out = String::from("[");
        if value != self.empty_field {
            let numbers = kind.contains("[count]")
                || kind.contains("[int]")
                || kind.contains("[interval]")
                || kind.contains("[double]");
            for item in value.split(self.set_separator.as_str()) {
                if out.len() > 1 {
                    out.push(',');
                }
                match item {
                    "-" => out.push_str("null"),
                    item if numbers && is_number(item) => out.push_str(item),
                    item => out.push_str(&quoted(&unescape(Cow::Borrowed(item)))),
                }
            }
        }
        out.push(']');
        out
    }
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

/// A number as JSON writes them.
fn is_number(text: &str) -> bool {
    let bare = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = bare.split_once('.').unwrap_or((bare, "0"));
    let digits = |text: &str| !text.is_empty() && text.len() < 20 && text.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole) && digits(fraction) && (whole.len() == 1 || !whole.starts_with('0'))
}

/// `\x09` and `\\` as Zeek writes what would break its columns.
fn unescape(text: Cow<'_, str>) -> Cow<'_, str> {
    if !text.contains('\\') {
        return text;
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let hex = |at: usize| bytes.get(at).and_then(|digit| (*digit as char).to_digit(16));
        match (byte, bytes.get(at + 1)) {
            (b'\\', Some(b'x')) if hex(at + 2).is_some() && hex(at + 3).is_some() => {
                out.push((hex(at + 2).unwrap_or(0) * 16 + hex(at + 3).unwrap_or(0)) as u8);
                at += 4;
            }
            (b'\\', Some(b'\\')) => {
                out.push(b'\\');
                at += 2;
            }
            _ => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    Cow::Owned(decode(&out).into_owned())
}

/// One value of a row, in either form of the log.
#[derive(Debug)]
struct Cell<'a> {
    name: Cow<'a, str>,
    text: Cow<'a, str>,
    /// As JSON, when it is anything but text.
    json: Option<Cow<'a, str>>,
}

fn read_json(
    place: Place<'_>,
    json: Json<'_>,
    path: Option<&str>,
    extra: &mut ExtraJson,
    sink: &mut dyn Sink,
) -> Result<(), Stop> {
    let said = json.get("_path").and_then(|value| value.text());
    let mut cells = Vec::with_capacity(24);
    for (name, value) in json.members() {
        if name != "_path" && value.kind() != Kind::Null {
            add_cells(name, value, &mut cells);
        }
    }
    let guessed = path.or_else(|| guess_path(&cells));
    read_cells(place, said.as_deref().or(guessed), &cells, extra, sink)
}

/// A member as cells; `"id": {"orig_h": …}` is the same as `"id.orig_h"`.
fn add_cells<'a>(name: Cow<'a, str>, value: Json<'a>, cells: &mut Vec<Cell<'a>>) {
    if name == "id" && value.kind() == Kind::Object {
        for (inner, value) in value.members() {
            add_cells(Cow::Owned(format!("id.{inner}")), value, cells);
        }
        return;
    }
    let json = (value.kind() != Kind::Text).then(|| Cow::Borrowed(value.raw()));
    let text = value.scalar().unwrap_or_default();
    cells.push(Cell { name, text, json });
}

/// Which log a JSON row is of, by a column that only this log has.
fn guess_path(cells: &[Cell<'_>]) -> Option<&'static str> {
    const MARKS: &[(&str, &str)] = &[
        ("note", "notice"),
        ("conn_state", "conn"),
        ("qtype_name", "dns"),
        ("query", "dns"),
        ("uri", "http"),
        ("status_code", "http"),
        ("server_name", "ssl"),
        ("cipher", "ssl"),
        ("fuid", "files"),
    ];
    MARKS.iter().find(|(mark, _)| cells.iter().any(|cell| cell.name == *mark)).map(|(_, log)| *log)
}

fn read_cells(
    place: Place<'_>,
    path: Option<&str>,
    cells: &[Cell<'_>],
    extra: &mut ExtraJson,
    sink: &mut dyn Sink,
) -> Result<(), Stop> {
    let log = path.and_then(|path| LOGS.iter().find(|log| **log == path)).copied().unwrap_or("other");
    let find = |name: &str| cells.iter().position(|cell| cell.name == name);
    let text = |at: usize| cells.get(at).map_or("", |cell| cell.text.as_ref());
    let mut draft = Draft::new();
    let mut used = vec![false; cells.len()];
    let mut mark = |at: usize| {
        if let Some(used) = used.get_mut(at) {
            *used = true;
        }
    };
    if let Some(at) = find("ts") {
        let Some(time) = read_time(text(at)) else {
            return sink.reject(Reject::new(place.line, "ts", "bad-time", text(at), place.raw));
        };
        draft.add(Field::Time, crate::Value::Time(time));
        mark(at);
    }
    for (of, column, field) in COLUMNS {
        if (of.is_empty() || *of == log)
            && let Some(at) = find(column)
            && draft.read(*field, Cow::Borrowed(text(at)), SourceZone::Utc).is_ok()
        {
            mark(at);
        }
    }
    if log == "http"
        && let Some(url) = http_url(find("host").map(text), find("uri").map(text), find("id.resp_p").map(text))
    {
        draft.text(Field::DestinationUrl, url);
    }
    let mut outcome = Outcome::Context(log);
    if log == "notice" && draft.has_subject() {
        outcome = Outcome::Event;
        let note = find("note").map(text).unwrap_or_default();
        if ABOUT_SERVER.contains(&note) {
            swap_sides(&mut draft);
        }
        let (taxonomy, kind) = class_of(note);
        draft.class(taxonomy, kind, identifier(note));
    }
    for (cell, used) in cells.iter().zip(&used) {
        match &cell.json {
            _ if *used => {}
            Some(json) => extra.json(&cell.name, json),
            None if cell.text.is_empty() => {}
            None => extra.text(&cell.name, &cell.text),
        }
    }
    draft.give(place, outcome, extra.finish(), sink)
}

fn swap_sides(draft: &mut Draft<'_>) {
    for (field, _) in &mut draft.fields {
        *field = match *field {
            Field::SourceIp => Field::DestinationIp,
            Field::SourcePort => Field::DestinationPort,
            Field::DestinationIp => Field::SourceIp,
            Field::DestinationPort => Field::SourcePort,
            other => other,
        };
    }
}

/// Seconds with a fraction, as Zeek writes them, ISO 8601, or milliseconds with a fraction.
fn read_time(text: &str) -> Option<Micros> {
    let moment = parse_time(text, SourceZone::Utc);
    moment.or_else(|| {
        text.split_once('.')
            .filter(|(whole, _)| whole.len() == 13)
            .and_then(|(whole, _)| parse_time(whole, SourceZone::Utc))
    })
}

fn http_url(host: Option<&str>, uri: Option<&str>, port: Option<&str>) -> Option<String> {
    let uri = uri?;
    if uri.starts_with("http://") || uri.starts_with("https://") {
        return Some(uri.to_string());
    }
    let host = host.filter(|host| !host.is_empty() && uri.starts_with('/'))?;
    match port.filter(|port| *port != "80" && !port.is_empty() && !host.contains(':')) {
        Some(port) => Some(format!("http://{host}:{port}{uri}")),
        None => Some(format!("http://{host}{uri}")),
    }
}

fn class_of(note: &str) -> (&'static str, &'static str) {
    let fits = |row: &&(&str, &str, &str)| note == row.0 || (row.0.ends_with("::") && note.starts_with(row.0));
    NOTES.iter().find(fits).map_or(DEFAULT_CLASS, |(_, taxonomy, kind)| (*taxonomy, *kind))
}

/// `Scan::Port_Scan` to `zeek-scan-port-scan`.
fn identifier(note: &str) -> String {
    let mut out = String::from("zeek");
    for word in note.split([':', '_', '-']).filter(|word| !word.is_empty()) {
        out.push('-');
        out.extend(word.chars().filter(char::is_ascii_alphanumeric).take(40).map(|letter| letter.to_ascii_lowercase()));
    }
    out.truncate(80);
    out
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use manara_model::is_known;

    use super::{
        ABOUT_SERVER, COLUMNS, DEFAULT_CLASS, LOGS, NOTES, class_of, http_url, identifier, is_number, read_time,
        unescape,
    };

    #[test]
    fn every_row_of_the_tables_fits_the_others() {
        assert!(is_known(DEFAULT_CLASS.0, DEFAULT_CLASS.1));
        for (note, taxonomy, kind) in NOTES {
            assert!(is_known(taxonomy, kind), "{note}");
        }
        for (log, column, _) in COLUMNS {
            assert!(log.is_empty() || LOGS.contains(log), "{log} {column}");
        }
        for note in ABOUT_SERVER {
            assert!(NOTES.iter().any(|row| row.0 == *note), "{note}");
        }
        assert!(LOGS.is_sorted());
    }

    #[test]
    fn notices_are_classed_by_name_or_module() {
        assert_eq!(class_of("Scan::Address_Scan").1, "scanner");
        assert_eq!(class_of("Heartbleed::SSL_Heartbeat_Attack_Success").1, "data-leak");
        assert_eq!(class_of("Heartbleed::SSL_Heartbeat_Attack").1, "ids-alert");
        assert_eq!(class_of(""), DEFAULT_CLASS);
        assert_eq!(identifier("Scan::Port_Scan"), "zeek-scan-port-scan");
        assert_eq!(identifier(""), "zeek");
        assert!(identifier(&"É::x".repeat(100)).len() <= 80);
    }

    #[test]
    fn escapes_times_numbers_and_urls_are_read() {
        assert_eq!(unescape(Cow::Borrowed("a\\x09b\\\\c\\xzz\\")), "a\tb\\c\\xzz\\");
        assert_eq!(unescape(Cow::Borrowed("\\xc3\\xa9")), "é");
        assert_eq!(read_time("1768435200123.4").map(|time| time.0), Some(1_768_435_200_123_000));
        assert_eq!(read_time("1768435200.123456").map(|time| time.0), Some(1_768_435_200_123_456));
        for (text, want) in
            [("0", true), ("-1.5", true), ("01", false), ("1.", false), ("", false), ("-", false), ("1e5", false)]
        {
            assert_eq!(is_number(text), want, "{text}");
        }
        assert_eq!(http_url(Some("a.example"), Some("/x"), Some("80")).as_deref(), Some("http://a.example/x"));
        assert_eq!(http_url(Some("a.example:81"), Some("/x"), Some("81")).as_deref(), Some("http://a.example:81/x"));
        assert_eq!(http_url(None, Some("/x"), None), None);
    }
}
