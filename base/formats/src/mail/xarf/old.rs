//! The forms before XARF 4.

use serde_json::Value;

use super::value::{At, XarfError};
use super::{Xarf, XarfContact, XarfVersion, evidence, fields};
use crate::mail::{Mail, one_line};
use crate::{SourceZone, parse_ip, parse_time};

/// Most lines of a report of form 0.2, and its most bytes.
const LINES: usize = 200;
const BYTES: usize = 64 << 10;

/// What older types are now: name without dashes and in small letters, category, type, and the taxonomy.
const KINDS: &[(&str, &str, &str, (&str, &str))] = &[
    ("spam", "messaging", "spam", ("abusive-content", "spam")),
    ("spamtrap", "messaging", "spam", ("abusive-content", "spam")),
    ("loginattack", "connection", "login_attack", ("intrusion-attempts", "brute-force")),
    ("bruteforce", "connection", "login_attack", ("intrusion-attempts", "brute-force")),
    ("portscan", "connection", "port_scan", ("information-gathering", "scanner")),
    ("scan", "connection", "port_scan", ("information-gathering", "scanner")),
    ("harvesting", "connection", "scraping", ("information-gathering", "scanner")),
    ("ddos", "connection", "ddos", ("availability", "ddos")),
    ("dos", "connection", "ddos", ("availability", "dos")),
    ("webhack", "connection", "sql_injection", ("intrusion-attempts", "exploit")),
    ("exploitattack", "connection", "sql_injection", ("intrusion-attempts", "exploit")),
    ("phishing", "content", "phishing", ("fraud", "phishing")),
    ("fraud", "content", "fraud", ("fraud", "masquerade")),
    ("malware", "content", "malware", ("malicious-code", "malware-distribution")),
    ("malwareattack", "content", "malware", ("malicious-code", "malware-distribution")),
    ("botnet", "infrastructure", "botnet", ("malicious-code", "infected-system")),
    ("bot", "infrastructure", "botnet", ("malicious-code", "infected-system")),
    ("botinfection", "infrastructure", "botnet", ("malicious-code", "infected-system")),
    ("infection", "infrastructure", "botnet", ("malicious-code", "infected-system")),
    ("openresolver", "vulnerability", "open_service", ("vulnerable", "ddos-amplifier")),
    ("openservice", "vulnerability", "open_service", ("vulnerable", "potentially-unwanted-accessible")),
    ("copyright", "copyright", "copyright", ("fraud", "copyright")),
    ("trademark", "content", "brand_infringement", ("fraud", "masquerade")),
    ("blacklist", "reputation", "blocklist", ("other", "other")),
    ("blocklist", "reputation", "blocklist", ("other", "other")),
];

struct Kind {
    category: String,
    kind: String,
    rsit: (&'static str, &'static str),
}

fn kind(name: &str) -> Option<Kind> {
    let plain: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let (_, category, kind, rsit) = KINDS.iter().find(|(known, ..)| *known == plain)?;
    Some(Kind { category: (*category).to_owned(), kind: (*kind).to_owned(), rsit: *rsit })
}

/// Reads JSON with `Version` 3.
pub(super) fn read_v3(root: &At<'_>) -> Result<Xarf, XarfError> {
    let version = root.member("Version")?;
    let is_three = match version.value {
        Value::String(text) => matches!(text.as_str(), "3" | "3.0"),
        Value::Number(number) => number.as_f64() == Some(3.0),
        _ => false,
    };
    if !is_three {
        return Err(version.wrong("3, or xarf_version with 4.2.0"));
    }
    let info = root.member("ReporterInfo")?;
    let contact = info.member("ReporterOrgEmail")?;
    if !contact.word(320)?.contains('@') {
        return Err(contact.wrong("a mail address"));
    }
    let text = |at: &At<'_>, name: &str, most: usize| {
        at.maybe(name).map(|found| found.text(most).map(str::to_owned)).transpose()
    };
    let reporter = XarfContact {
        org: info.member("ReporterOrg")?.text(1_000)?.to_owned(),
        contact: contact.word(320)?.to_owned(),
        domain: text(&info, "ReporterOrgDomain", 253)?.unwrap_or_default(),
    };
    let report = root.member("Report")?;
    let name = report.member("ReportType")?;
    let known = kind(name.text(60)?).ok_or_else(|| name.wrong("a type such as Login-Attack"))?;
    let url = text(&report, "Url", 8_000)?.or(text(&report, "SourceUrl", 8_000)?);
    let (source, source_ip) = match report.maybe("SourceIp") {
        Some(found) => {
            let ip = parse_ip(found.text(60)?).ok_or_else(|| found.wrong("an IP address"))?;
            (ip.to_string(), Some(ip))
        }
        None => match &url {
            Some(url) => (url.clone(), None),
            None => return Err(report.wrong("an object with SourceIp or Url")),
        },
    };
    let destination_ip = match report.maybe("DestinationIp") {
        None => None,
        Some(found) => Some(parse_ip(found.text(60)?).ok_or_else(|| found.wrong("an IP address"))?),
    };
    Ok(Xarf {
        version: XarfVersion::V3,
        report_id: text(&report, "ReportId", 200)?.or(text(&report, "ReportID", 200)?),
        timestamp: report.member("Date")?.time()?,
        sender: reporter.clone(),
        reporter,
        source,
        source_ip,
        source_port: report.maybe("SourcePort").map(|port| port.port()).transpose()?,
        category: known.category,
        kind: known.kind,
        rsit: known.rsit,
        destination_ip,
        destination_port: report.maybe("DestinationPort").map(|port| port.port()).transpose()?,
        url,
        description: text(&report, "AttackDescription", 8_000)?,
        confidence: None,
        tags: Vec::new(),
        evidence: evidence(&report, "Samples", ("ContentType", "Payload", "Description"))?,
        fields: fields(report.value),
    })
}

/// Reads the report of form 0.2 in a message that says that it has one.
pub(super) fn of(mail: &Mail) -> Option<Result<Xarf, XarfError>> {
    mail.header("x-xarf").or_else(|| mail.header("x-arf"))?;
    let named =
        mail.parts.iter().find(|part| part.mime == "text/plain" && part.name.eq_ignore_ascii_case("report.txt"));
    let text = named.map_or_else(|| mail.text.clone(), |part| String::from_utf8_lossy(&part.bytes).into_owned());
    Some(read_v02(text.get(..text.floor_char_boundary(BYTES)).unwrap_or_default(), mail))
}

fn read_v02(text: &str, mail: &Mail) -> Result<Xarf, XarfError> {
    // Only `Name: value` is read: the other powers of YAML have no use here.
    let pair = |line: &str| {
        let (name, value) = line.split_once(':')?;
        let value = one_line(value).trim_matches(['"', '\'']).to_owned();
        let is_name =
            name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') && !name.is_empty() && name.len() <= 60;
        is_name.then(|| (name.to_owned(), value))
    };
    let fields: Vec<(String, String)> = text.lines().take(LINES).filter_map(pair).collect();
    let get =
        |name: &str| fields.iter().find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str());
    let need = |name: &str| {
        get(name).filter(|value| !value.is_empty()).ok_or_else(|| XarfError::new(name, "a value", "nothing"))
    };
    let name = need("Report-Type")?;
    let known = kind(name).ok_or_else(|| XarfError::new("Report-Type", "a type such as login-attack", name))?;
    let source = need("Source")?;
    let date = need("Date")?;
    let timestamp = crate::mail::head::date(date).or_else(|| parse_time(date, SourceZone::Utc));
    let timestamp = timestamp.ok_or_else(|| XarfError::new("Date", "a date", date))?;
    let source_ip = parse_ip(source);
    if source_ip.is_none() && matches!(get("Source-Type"), Some("ip-address" | "ipv4" | "ipv6" | "ip")) {
        return Err(XarfError::new("Source", "an IP address", source));
    }
    let contact = need("Reported-From")?.to_owned();
    let domain = contact.rsplit_once('@').map(|(_, domain)| domain.to_owned()).unwrap_or_default();
    let reporter = XarfContact { org: domain.clone(), contact, domain };
    let port = match get("Port") {
        None | Some("") => None,
        Some(text) => Some(text.parse().map_err(|_| XarfError::new("Port", "a number from 1 to 65535", text))?),
    };
    Ok(Xarf {
        version: XarfVersion::V02,
        report_id: get("Report-ID").map(str::to_owned),
        timestamp,
        sender: reporter.clone(),
        reporter,
        source: source.to_owned(),
        source_ip,
        source_port: None,
        category: known.category,
        kind: known.kind,
        rsit: known.rsit,
        destination_ip: get("Destination").and_then(parse_ip),
        destination_port: port,
        url: Some(source).filter(|source| source.contains("://")).map(str::to_owned),
        description: Some(mail.subject.clone()).filter(|subject| !subject.is_empty()),
        confidence: None,
        tags: Vec::new(),
        evidence: Vec::new(),
        fields,
    })
}
