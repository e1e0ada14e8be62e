//! Suricata's EVE JSON lines: alerts are events, everything else is context.

use std::borrow::Cow;
use std::io::Read;

use manara_model::{Field, Micros};

use crate::draft::{Draft, Place, domain, lower};
use crate::json::{Json, Kind};
use crate::json_rows::each_line;
use crate::shadowserver::parse_ip;
use crate::{ExtraJson, Limits, Outcome, ReadError, Reject, Sink, SourceZone, Stop, Value, parse_time};

/// The record types that are told apart; any other well-formed record is `other`.
const CONTEXTS: &[&str] = &[
    "anomaly",
    "arp",
    "bittorrent_dht",
    "dcerpc",
    "dhcp",
    "dnp3",
    "dns",
    "drop",
    "enip",
    "fileinfo",
    "flow",
    "ftp",
    "ftp_data",
    "http",
    "http2",
    "ike",
    "krb5",
    "ldap",
    "mdns",
    "modbus",
    "mqtt",
    "netflow",
    "nfs",
    "pgsql",
    "pop3",
    "quic",
    "rdp",
    "rfb",
    "sip",
    "smb",
    "smtp",
    "snmp",
    "ssh",
    "stats",
    "telnet",
    "tftp",
    "tls",
    "websocket",
];

/// The class of an alert by the title of its rule class. A source that attacks and a source that is infected look the
/// same to the sensor: where the title says that the rule saw malware at home, the source is the infected one.
const CLASSES: &[(&str, &str, &str)] = &[
    ("A Network Trojan was detected", "malicious-code", "infected-system"),
    ("Malware Command and Control Activity Detected", "malicious-code", "infected-system"),
    ("Domain Observed Used for C2 Detected", "malicious-code", "infected-system"),
    ("Crypto Currency Mining Activity Detected", "malicious-code", "infected-system"),
    ("Targeted Malicious Activity was Detected", "malicious-code", "infected-system"),
    ("Exploit Kit Activity Detected", "malicious-code", "malware-distribution"),
    ("Possibly Unwanted Program Detected", "malicious-code", "infected-system"),
    ("Detection of a Network Scan", "information-gathering", "scanner"),
    ("Attempted Information Leak", "information-gathering", "scanner"),
    ("Device Retrieving External IP Address Detected", "information-gathering", "scanner"),
    ("Decode of an RPC Query", "information-gathering", "scanner"),
    ("Information Leak", "information-content-security", "data-leak"),
    ("Large Scale Information Leak", "information-content-security", "data-leak"),
    ("Potential Corporate Privacy Violation", "information-content-security", "data-leak"),
    ("Successful Credential Theft Detected", "information-content-security", "data-leak"),
    ("Possible Social Engineering Attempted", "information-gathering", "social-engineering"),
    ("Attempted Denial of Service", "availability", "dos"),
    ("Denial of Service", "availability", "dos"),
    ("Detection of a Denial of Service Attack", "availability", "dos"),
    ("An attempted login using a suspicious username was detected", "intrusion-attempts", "brute-force"),
    ("Attempt to login by a default username and password", "intrusion-attempts", "brute-force"),
    ("Attempted User Privilege Gain", "intrusion-attempts", "ids-alert"),
    ("Unsuccessful User Privilege Gain", "intrusion-attempts", "ids-alert"),
    ("Attempted Administrator Privilege Gain", "intrusion-attempts", "ids-alert"),
    ("Web Application Attack", "intrusion-attempts", "ids-alert"),
    ("access to a potentially vulnerable web application", "intrusion-attempts", "ids-alert"),
    ("Executable code was detected", "intrusion-attempts", "exploit"),
    ("Successful User Privilege Gain", "intrusions", "unprivileged-account-compromise"),
    ("Successful Administrator Privilege Gain", "intrusions", "privileged-account-compromise"),
    ("Inappropriate Content was Detected", "other", "undetermined"),
    ("Not Suspicious Traffic", "other", "undetermined"),
    ("Unknown Traffic", "other", "undetermined"),
    ("Generic ICMP event", "other", "undetermined"),
    ("Generic Protocol Command Decode", "other", "undetermined"),
    ("A TCP connection was detected", "other", "undetermined"),
];

/// The class of an alert whose rule class says nothing more.
const DEFAULT_CLASS: (&str, &str) = ("intrusion-attempts", "ids-alert");

/// Reads EVE JSON lines. Times without zone are UTC.
pub fn read_suricata(input: impl Read, limits: &Limits, sink: &mut dyn Sink) -> Result<(), ReadError> {
    each_line(input, "timestamp", limits, sink, read_record)
}

fn read_record(place: Place<'_>, json: Json<'_>, extra: &mut ExtraJson, sink: &mut dyn Sink) -> Result<(), Stop> {
    let Some(event_type) = json.get("event_type").and_then(|value| value.text()) else {
        return sink.reject(Reject::new(place.line, "event_type", "missing", "", place.raw));
    };
    let is_alert = event_type == "alert";
    let mut draft = Draft::new();
    let mut parts = Parts::default();
    for (name, value) in json.members() {
        let taken = match name.as_ref() {
            "timestamp" => {
                let text = value.scalar().unwrap_or_default();
                match read_time(&text) {
                    Some(time) => draft.add(Field::Time, Value::Time(time)),
                    None => return sink.reject(Reject::new(place.line, "timestamp", "bad-time", &text, place.raw)),
                }
            }
            "event_type" => true,
            "src_ip" => add_ip(&mut draft, Field::SourceIp, value),
            "dest_ip" => add_ip(&mut draft, Field::DestinationIp, value),
            "src_port" => add_port(&mut draft, Field::SourcePort, value),
            "dest_port" => add_port(&mut draft, Field::DestinationPort, value),
            "proto" => match value.text() {
                Some(text) => draft.text(Field::ProtocolTransport, transport(text)),
                None => false,
            },
            "app_proto" => match value.text() {
                Some(text) if text != "failed" && text != "unknown" => draft.text(Field::ProtocolApplication, text),
                _ => false,
            },
            "direction" => {
                parts.to_client = value.raw() == "\"to_client\"";
                false
            }
            "alert" if is_alert => {
                read_alert(&mut draft, value, extra);
                true
            }
            "http" => {
                parts.http = Some(value);
                false
            }
            "tls" => {
                parts.tls = Some(value);
                false
            }
            "dns" => {
                parts.dns = Some(value);
                false
            }
            "fileinfo" => {
                parts.fileinfo = Some(value);
                false
            }
            "anomaly" => {
                if let Some(text) = value.get("event").and_then(|event| event.text()) {
                    draft.text(Field::EventDescriptionText, text);
                }
                false
            }
            _ => false,
        };
        if !taken {
            extra.json(&name, value.raw());
        }
    }
    parts.read(&mut draft, is_alert);
    if is_alert && !draft.has(Field::Type) {
        draft.class(DEFAULT_CLASS.0, DEFAULT_CLASS.1, "suricata");
    }
    let outcome = match is_alert {
        true => Outcome::Event,
        false => Outcome::Context(CONTEXTS.iter().find(|known| **known == event_type).unwrap_or(&"other")),
    };
    draft.give(place, outcome, extra.finish(), sink)
}

/// EVE writes `2026-01-15T10:00:00.521730+0000`: read here without trying every form there is.
fn read_time(text: &str) -> Option<Micros> {
    fast_time(text).or_else(|| parse_time(text, SourceZone::Utc))
}

fn fast_time(text: &str) -> Option<Micros> {
    let seconds = parse_time(text.get(..19)?, SourceZone::Utc)?;
    let (fraction, offset) = text.get(19..)?.strip_prefix('.')?.split_at_checked(6)?;
    let number = |digits: &str| {
        digits.bytes().try_fold(0i64, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + i64::from(byte - b'0')))
    };
    let minutes = match (offset.split_at_checked(1)?, offset.len()) {
        (("Z", ""), _) => 0,
        ((sign @ ("+" | "-"), digits), 5) => {
            let size = number(digits.get(..2)?)? * 60 + number(digits.get(2..)?)?;
            if size > 24 * 60 {
                return None;
            }
            if sign == "-" { -size } else { size }
        }
        _ => return None,
    };
    Some(Micros(seconds.0 + number(fraction)? - minutes * 60_000_000))
}

fn add_ip<'a>(draft: &mut Draft<'a>, field: Field, value: Json<'a>) -> bool {
    match value.text().as_deref().and_then(parse_ip) {
        Some(address) => draft.add(field, Value::Ip(address)),
        None => false,
    }
}

fn add_port<'a>(draft: &mut Draft<'a>, field: Field, value: Json<'a>) -> bool {
    match value.whole().filter(|port| *port <= u64::from(u16::MAX)) {
        Some(port) => draft.add(field, Value::Number(port)),
        None => false,
    }
}

fn transport(text: Cow<'_, str>) -> Cow<'_, str> {
    match text.as_ref() {
        "TCP" => Cow::Borrowed("tcp"),
        "UDP" => Cow::Borrowed("udp"),
        "ICMP" => Cow::Borrowed("icmp"),
        _ => lower(text),
    }
}

/// The parts of a record that say something about the server's side.
#[derive(Default)]
struct Parts<'a> {
    to_client: bool,
    http: Option<Json<'a>>,
    tls: Option<Json<'a>>,
    dns: Option<Json<'a>>,
    fileinfo: Option<Json<'a>>,
}

impl<'a> Parts<'a> {
    /// Names and URLs belong to the server, which is the destination unless the alert is about what came back.
    fn read(&self, draft: &mut Draft<'a>, is_alert: bool) {
        let server_is_source = self.to_client || (self.fileinfo.is_some() && !is_alert);
        let (fqdn, url, path) = match server_is_source {
            true => (Field::SourceFqdn, Field::SourceUrl, Field::SourceUrlpath),
            false => (Field::DestinationFqdn, Field::DestinationUrl, Field::DestinationUrlpath),
        };
        if let Some(http) = self.http {
            let (mut host, mut target, mut port) = (None, None, None);
            for (name, value) in http.members() {
                match name.as_ref() {
                    "hostname" => host = value.text(),
                    "url" => target = value.text(),
                    "http_port" => port = value.whole(),
                    _ => {}
                }
            }
            match (&host, target) {
                (_, Some(target)) if target.starts_with("http://") || target.starts_with("https://") => {
                    draft.text(url, target);
                }
                (Some(host), Some(target)) if target.starts_with('/') => {
                    draft.text(url, whole_url(host, port, &target));
                }
                (_, Some(target)) => {
                    draft.text(path, target);
                }
                _ => {}
            }
            if let Some(name) = host.and_then(domain) {
                draft.text(fqdn, name);
            }
        }
        if let Some(name) = self.tls.and_then(|tls| tls.get("sni")).and_then(|sni| sni.text()).and_then(domain) {
            draft.text(fqdn, name);
        }
        if let Some(name) = self.dns.and_then(dns_name).and_then(domain) {
            draft.text(Field::DestinationFqdn, name);
        }
        if let Some(file) = self.fileinfo {
            for (name, field) in HASHES {
                if let Some(hash) = file.get(name).and_then(|value| value.text()) {
                    // What is no hash stays where it is, in `extra`.
                    let _ = draft.read(*field, hash, SourceZone::Utc);
                }
            }
        }
    }
}

const HASHES: &[(&str, Field)] =
    &[("md5", Field::MalwareHashMd5), ("sha1", Field::MalwareHashSha1), ("sha256", Field::MalwareHashSha256)];

fn whole_url(host: &str, port: Option<u64>, target: &str) -> String {
    let mut out = String::with_capacity(host.len() + target.len() + 14);
    out.push_str("http://");
    out.push_str(host);
    if let Some(port) = port.filter(|port| *port != 80) {
        out.push(':');
        out.push_str(itoa::Buffer::new().format(port));
    }
    out.push_str(target);
    out
}

/// The name that was asked for: the place has moved with the versions of the format.
fn dns_name(dns: Json<'_>) -> Option<Cow<'_, str>> {
    let direct = dns.get("rrname").and_then(|name| name.text());
    direct.or_else(|| {
        let query = dns.get("queries").or_else(|| dns.get("query"))?;
        query.items().find_map(|item| item.get("rrname")?.text())
    })
}

fn read_alert<'a>(draft: &mut Draft<'a>, alert: Json<'a>, extra: &mut ExtraJson) {
    let (mut gid, mut sid, mut class) = (None, None, None);
    if alert.kind() != Kind::Object {
        extra.json("alert", alert.raw());
        return;
    }
    for (name, value) in alert.members() {
        let taken = match name.as_ref() {
            "gid" => {
                gid = value.whole();
                gid.is_some()
            }
            "signature_id" => {
                sid = value.whole();
                sid.is_some()
            }
            "signature" => value.text().is_some_and(|text| draft.text(Field::EventDescriptionText, text)),
            "category" => {
                class = value.text();
                false
            }
            "severity" => match value.whole().and_then(severity) {
                Some(word) => draft.text(Field::Severity, word),
                None => false,
            },
            "metadata" => {
                read_metadata(draft, value);
                false
            }
            _ => false,
        };
        if !taken {
            extra.json(alert_name(&name).as_ref(), value.raw());
        }
    }
    let (taxonomy, kind) = class.as_deref().and_then(class_of).unwrap_or(DEFAULT_CLASS);
    let identifier = match sid {
        Some(sid) => {
            let mut word = String::with_capacity(24);
            word.push_str("suricata-");
            word.push_str(itoa::Buffer::new().format(gid.unwrap_or(1)));
            word.push('-');
            word.push_str(itoa::Buffer::new().format(sid));
            Cow::Owned(word)
        }
        None => Cow::Borrowed("suricata"),
    };
    draft.class(taxonomy, kind, identifier);
}

/// The usual members without an allocation.
fn alert_name(name: &str) -> Cow<'static, str> {
    match name {
        "action" => Cow::Borrowed("alert.action"),
        "rev" => Cow::Borrowed("alert.rev"),
        "category" => Cow::Borrowed("alert.category"),
        "metadata" => Cow::Borrowed("alert.metadata"),
        other => Cow::Owned(format!("alert.{other}")),
    }
}

fn class_of(category: &str) -> Option<(&'static str, &'static str)> {
    let same = |row: &&(&str, &str, &str)| row.0.eq_ignore_ascii_case(category);
    CLASSES.iter().find(same).map(|(_, taxonomy, kind)| (*taxonomy, *kind))
}

/// Suricata's priorities run from 1, the worst, to 4.
fn severity(priority: u64) -> Option<&'static str> {
    match priority {
        1 => Some("high"),
        2 => Some("medium"),
        3 => Some("low"),
        4 => Some("info"),
        _ => None,
    }
}

/// What rule writers say beside the rule: the malware's name and the vulnerabilities.
fn read_metadata<'a>(draft: &mut Draft<'a>, metadata: Json<'a>) {
    for (name, value) in metadata.members() {
        match name.as_ref() {
            "malware_family" => {
                if let Some(family) = value.items().find_map(|item| item.text()) {
                    draft.text(Field::MalwareName, family);
                }
            }
            "cve" => {
                let mut all = String::new();
                for cve in value.items().filter_map(|item| item.text()).filter_map(|text| cve_id(&text)) {
                    if !all.is_empty() {
                        all.push(',');
                    }
                    all.push_str(&cve);
                }
                draft.text(Field::ProductVulnerabilities, all);
            }
            _ => {}
        }
    }
}

/// `CVE_2021_44228`, `2021-44228` and `cve-2021-44228` to `CVE-2021-44228`.
fn cve_id(text: &str) -> Option<String> {
    let text = text.trim().replace('_', "-").to_ascii_uppercase();
    let bare = text.strip_prefix("CVE-").unwrap_or(&text);
    let (year, number) = bare.split_once('-')?;
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    (year.len() == 4 && (4..=10).contains(&number.len()) && digits(year) && digits(number))
        .then(|| format!("CVE-{bare}"))
}

#[cfg(test)]
mod tests {
    use manara_model::{Severity, is_known};
    use proptest::prelude::*;

    use super::{CLASSES, CONTEXTS, DEFAULT_CLASS, cve_id, fast_time, read_time, severity};
    use crate::{SourceZone, parse_time};

    #[test]
    fn every_class_and_severity_is_of_its_list() {
        assert!(is_known(DEFAULT_CLASS.0, DEFAULT_CLASS.1));
        for (category, taxonomy, kind) in CLASSES {
            assert!(is_known(taxonomy, kind), "{category}");
            assert_eq!(CLASSES.iter().filter(|row| row.0 == *category).count(), 1, "{category}");
        }
        for priority in 1..=4 {
            assert!(severity(priority).and_then(Severity::parse).is_some());
        }
        assert!(CONTEXTS.is_sorted());
    }

    #[test]
    fn the_fast_time_is_taken_and_says_the_same_as_the_slow_one() {
        for text in [
            "2026-01-15T10:00:00.521730+0000",
            "2026-01-15T10:00:00.521730-0530",
            "2026-01-15T10:00:00.000001+0100",
            "2026-01-15T10:00:00.000001Z",
        ] {
            assert!(fast_time(text).is_some(), "{text}");
            assert_eq!(fast_time(text), parse_time(text, SourceZone::Utc), "{text}");
        }
        assert!(fast_time("2026-01-15T10:00:00.5+0000").is_none());
        assert!(read_time("2026-01-15T10:00:00.5+0000").is_some());
        assert!(read_time("2026-01-15T10:00:00.521730+9999").is_none());
    }

    #[test]
    fn vulnerabilities_come_to_one_form() {
        for (text, want) in [
            ("CVE_2021_44228", Some("CVE-2021-44228")),
            ("2017-0144", Some("CVE-2017-0144")),
            ("cve-2020-1", None),
            ("none", None),
            ("é-éééé", None),
        ] {
            assert_eq!(cve_id(text).as_deref(), want, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_time(text in "\\PC{0,40}", tail in "[-+Z.0-9é]{0,14}") {
            read_time(&text);
            read_time(&format!("2026-01-15T10:00:00{tail}"));
        }
    }
}
