//! Shadowserver daily reports: every type, every year, by header name and never by position.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::io::Read;
use std::net::IpAddr;
use std::sync::OnceLock;

use manara_model::{Field, Severity};
use serde::Deserialize;

use crate::{
    CsvRows, Drift, DriftKind, ExtraJson, Limits, Outcome, ReadError, Record, Reject, Row, Sink, SourceZone, Value,
    decode, parse_time,
};

/// What is known of one report type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportType {
    /// The word in the file name: `event4_sinkhole_http`.
    pub id: String,
    /// The display name.
    pub name: String,
    /// Used for rows that have no severity of their own.
    pub severity: Option<Severity>,
    /// RSIT class.
    pub taxonomy: String,
    /// RSIT type.
    pub kind: String,
    /// Short word for what exactly: `open-telnet`.
    pub identifier: String,
    /// The columns it usually has; empty for a type that is not in the table.
    pub columns: Vec<String>,
}

#[derive(Deserialize)]
struct Entry {
    name: String,
    severity: Option<String>,
    taxonomy: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
    identifier: Option<String>,
    fields: Vec<String>,
}

/// The table of report types, read once.
fn table() -> &'static BTreeMap<String, ReportType> {
    static TABLE: OnceLock<BTreeMap<String, ReportType>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let text = include_str!("../../../content/feeds/shadowserver-reports.json");
        let raw: BTreeMap<String, serde_json::Value> = serde_json::from_str(text).unwrap_or_default();
        raw.into_iter()
            .filter_map(|(id, value)| {
                let entry: Entry = serde_json::from_value(value).ok()?;
                let kind = entry.kind.unwrap_or_else(|| "vulnerable-system".into());
                let report = ReportType {
                    name: entry.name,
                    severity: entry.severity.as_deref().and_then(Severity::parse),
                    taxonomy: entry.taxonomy.unwrap_or_else(|| "vulnerable".into()),
                    kind,
                    identifier: entry.identifier.unwrap_or_else(|| short_word(&id)),
                    columns: entry.fields,
                    id: id.clone(),
                };
                Some((id, report))
            })
            .collect()
    })
}

/// The identifier of a type that has none: its word without the address family, `event4_sinkhole_http` to `sinkhole-http`.
fn short_word(id: &str) -> String {
    let bare = ["event4_", "event6_", "event_"].iter().find_map(|prefix| id.strip_prefix(prefix)).unwrap_or(id);
    bare.replace('_', "-")
}

impl ReportType {
    /// All known types, by id.
    pub fn all() -> impl Iterator<Item = &'static ReportType> {
        table().values()
    }

    /// A known type by its id, with or without `shadowserver-` before it.
    pub fn by_id(id: &str) -> Option<&'static ReportType> {
        table().get(id.strip_prefix("shadowserver-").unwrap_or(id))
    }

    /// The type word in a file name such as `2026-01-15-event4_sinkhole_http-zz-geo.csv.gz`; known or not.
    pub fn id_in_file_name(file_name: &str) -> Option<&str> {
        let base = file_name.rsplit(['/', '\\']).next()?;
        let rest = match base.as_bytes() {
            [y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1, b'-', ..]
                if [y0, y1, y2, y3, m0, m1, d0, d1].iter().all(|byte| byte.is_ascii_digit()) =>
            {
                base.get(11..)?
            }
            _ => {
                // Without a date only a known type is believed.
                let word = base.split(['-', '.']).next()?;
                return table().contains_key(word).then_some(word);
            }
        };
        let word = rest.split(['-', '.']).next()?;
        let plain = !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        plain.then_some(word)
    }

    /// The type a header (and the tag of the first row, where there is one) belongs to, when the name is lost.
    /// `None` when no type is like it, or when the likeliest ones would be classed differently.
    pub fn guess(header: &[String], tag: &str) -> Option<&'static ReportType> {
        let have: HashSet<&str> = header.iter().map(String::as_str).collect();
        let mut best: Vec<&ReportType> = Vec::new();
        let mut best_score = 0.8; // Less alike than this is another kind of file.
        for report in table().values() {
            let common = report.columns.iter().filter(|column| have.contains(column.as_str())).count();
            let union = have.len() + report.columns.len() - common;
            let score = common as f64 / union.max(1) as f64;
            if score > best_score + 1e-9 {
                best = vec![report];
                best_score = score;
            } else if (score - best_score).abs() < 1e-9 && score > 0.8 {
                best.push(report);
            }
        }
        if best.len() > 1 && !tag.is_empty() {
            let tags: Vec<String> =
                tag.split([',', ';']).map(|t| t.trim().replace('-', "_").to_ascii_lowercase()).collect();
            let by_tag = |report: &&&ReportType| {
                let word = report.id.trim_start_matches("scan_").trim_start_matches("scan6_");
                tags.iter()
                    .any(|tag| !tag.is_empty() && (tag == word || report.identifier.replace('-', "_").ends_with(tag)))
            };
            if let Some(report) = best.iter().find(by_tag) {
                return Some(report);
            }
        }
        let first = best.first()?;
        let same = |report: &&ReportType| report.taxonomy == first.taxonomy && report.kind == first.kind;
        best.iter().all(same).then_some(first)
    }

    /// A type that is not in the table: what can be said from its name alone.
    pub fn unknown(id: &str) -> ReportType {
        let (taxonomy, kind) = if id.contains("sinkhole") || id.contains("drone") || id.contains("infected") {
            ("malicious-code", "infected-system")
        } else if id.starts_with("scan") || id.contains("vulnerable") {
            ("vulnerable", "vulnerable-system")
        } else if id.contains("brute") {
            ("intrusion-attempts", "brute-force")
        } else if id.contains("ddos") {
            ("availability", "ddos")
        } else if id.contains("compromised") {
            ("intrusions", "system-compromise")
        } else if id.contains("spam") {
            ("abusive-content", "spam")
        } else {
            ("other", "undetermined")
        };
        ReportType {
            id: id.to_string(),
            name: id.to_string(),
            severity: None,
            taxonomy: taxonomy.into(),
            kind: kind.into(),
            identifier: short_word(id),
            columns: Vec::new(),
        }
    }
}

/// What is done with the values of a column.
#[derive(Debug, Clone)]
enum Action {
    Time,
    SourceIp,
    Ip(Field),
    Number(Field),
    Text(Field),
    Lower(Field),
    Severity,
    Domain(Field),
    UrlOrPath,
    Url(Field),
    Naics(&'static str),
    Named(&'static str),
    Extra,
}

/// Columns that mean the same in every report type. What is not here is kept in `extra` under its own name.
const COLUMNS: &[(&str, Action)] = &[
    ("timestamp", Action::Time),
    ("ip", Action::SourceIp),
    ("src_ip", Action::SourceIp),
    ("http_referer_ip", Action::SourceIp),
    ("port", Action::Number(Field::SourcePort)),
    ("src_port", Action::Number(Field::SourcePort)),
    ("http_referer_port", Action::Number(Field::SourcePort)),
    ("asn", Action::Number(Field::SourceAsn)),
    ("src_asn", Action::Number(Field::SourceAsn)),
    ("http_referer_asn", Action::Number(Field::SourceAsn)),
    ("geo", Action::Text(Field::SourceCountry)),
    ("src_geo", Action::Text(Field::SourceCountry)),
    ("http_referer_geo", Action::Text(Field::SourceCountry)),
    ("region", Action::Text(Field::SourceRegion)),
    ("src_region", Action::Text(Field::SourceRegion)),
    ("http_referer_region", Action::Text(Field::SourceRegion)),
    ("city", Action::Text(Field::SourceCity)),
    ("src_city", Action::Text(Field::SourceCity)),
    ("http_referer_city", Action::Text(Field::SourceCity)),
    ("hostname", Action::Text(Field::SourceReverseDns)),
    ("src_hostname", Action::Text(Field::SourceReverseDns)),
    ("http_referer_hostname", Action::Text(Field::SourceReverseDns)),
    ("naics", Action::Naics("source.naics")),
    ("src_naics", Action::Naics("source.naics")),
    ("http_referer_naics", Action::Naics("source.naics")),
    ("sector", Action::Named("source.sector")),
    ("src_sector", Action::Named("source.sector")),
    ("http_referer_sector", Action::Named("source.sector")),
    ("dst_ip", Action::Ip(Field::DestinationIp)),
    ("dst_port", Action::Number(Field::DestinationPort)),
    ("dst_asn", Action::Number(Field::DestinationAsn)),
    ("dst_geo", Action::Text(Field::DestinationCountry)),
    ("dst_region", Action::Text(Field::DestinationRegion)),
    ("dst_city", Action::Text(Field::DestinationCity)),
    ("dst_hostname", Action::Text(Field::DestinationReverseDns)),
    ("dst_naics", Action::Naics("destination.naics")),
    ("dst_sector", Action::Named("destination.sector")),
    ("protocol", Action::Lower(Field::ProtocolTransport)),
    ("application", Action::Text(Field::ProtocolApplication)),
    ("severity", Action::Severity),
    ("infection", Action::Text(Field::MalwareName)),
    ("md5", Action::Lower(Field::MalwareHashMd5)),
    ("sha1", Action::Lower(Field::MalwareHashSha1)),
    ("sha256", Action::Lower(Field::MalwareHashSha256)),
    ("machine_name", Action::Text(Field::SourceLocalHostname)),
    ("http_host", Action::Domain(Field::DestinationFqdn)),
    ("http_url", Action::UrlOrPath),
    ("url", Action::Url(Field::SourceUrl)),
    ("website", Action::Url(Field::SourceUrl)),
    ("domain", Action::Domain(Field::SourceFqdn)),
    ("request", Action::Domain(Field::DestinationFqdn)),
    ("email", Action::Text(Field::SourceAccount)),
    ("account", Action::Text(Field::SourceAccount)),
    ("status", Action::Text(Field::Status)),
];

/// Older and newer names of a column: what the reports of other years call it.
const ALIASES: &[(&str, &[&str])] = &[
    ("timestamp", &["time", "date", "datetime", "date_time", "first_seen", "time_stamp"]),
    ("ip", &["src_ip", "source_ip", "address", "ip_address", "host"]),
    ("src_ip", &["ip", "source_ip", "src", "attacker_ip"]),
    ("http_referer_ip", &["src_ip", "ip"]),
    ("port", &["src_port", "source_port"]),
    ("src_port", &["port", "source_port"]),
    ("asn", &["src_asn", "source_asn", "as"]),
    ("src_asn", &["asn", "source_asn"]),
    ("geo", &["src_geo", "country", "cc_geo", "source_geo"]),
    ("src_geo", &["geo", "country"]),
    ("region", &["src_region"]),
    ("src_region", &["region"]),
    ("city", &["src_city"]),
    ("src_city", &["city"]),
    ("hostname", &["src_hostname", "dns", "reverse_dns", "ptr"]),
    ("src_hostname", &["hostname", "reverse_dns"]),
    ("naics", &["src_naics"]),
    ("src_naics", &["naics"]),
    ("sector", &["src_sector", "sic"]),
    ("src_sector", &["sector", "sic"]),
    ("dst_ip", &["cc_ip", "cc", "dst", "destination_ip", "target_ip"]),
    ("dst_port", &["cc_port", "destination_port", "target_port"]),
    ("dst_asn", &["cc_asn", "destination_asn"]),
    ("dst_geo", &["cc_geo", "destination_geo"]),
    ("dst_hostname", &["cc_dns", "destination_hostname"]),
    ("protocol", &["proto", "ip_protocol"]),
    ("infection", &["malware", "malware_name", "drone"]),
    ("http_agent", &["agent", "user_agent"]),
    ("http_url", &["uri", "request_url"]),
];

/// A report being read.
pub struct Shadowserver<'t> {
    report: Cow<'t, ReportType>,
    known: bool,
}

impl<'t> Shadowserver<'t> {
    /// A report of a type from the table.
    pub fn known(report: &'t ReportType) -> Self {
        Shadowserver { report: Cow::Borrowed(report), known: true }
    }

    /// A report of a type by its word; one that is not in the table is read generically.
    pub fn of_type(id: &str) -> Shadowserver<'static> {
        match ReportType::by_id(id) {
            Some(report) => Shadowserver::known(report),
            None => Shadowserver { report: Cow::Owned(ReportType::unknown(id)), known: false },
        }
    }

    /// Which type it is read as.
    pub fn report(&self) -> &ReportType {
        &self.report
    }

    /// Reads the whole report. Times without zone are UTC, as Shadowserver writes them.
    pub fn read(&self, input: impl Read, limits: &Limits, sink: &mut dyn Sink) -> Result<(), ReadError> {
        let mut rows = CsvRows::new(input, b',', limits);
        let mut record = Record::default();
        let header = {
            let Some(row) = rows.next(&mut record, 0)? else { return Err(ReadError::Empty) };
            let raw = decode(row.raw);
            record.split(raw.as_bytes(), b',');
            if record.len() > limits.columns {
                return Err(ReadError::NotThisFormat {
                    line: row.line,
                    found: format!("a header of {} columns", record.len()),
                    expected: format!("at most {}", limits.columns),
                });
            }
            (0..record.len())
                .map(|at| record.text(&raw, at).unwrap_or_default().trim().to_ascii_lowercase())
                .collect::<Vec<String>>()
        };
        let plan = Plan::new(&self.report, self.known, &header, sink)?;
        let mut extra = ExtraJson::default();
        while let Some(row) = rows.next(&mut record, header.len())? {
            if let Some(code) = row.broken {
                sink.reject(Reject::new(row.line, "", code, "", row.raw))?;
                continue;
            }
            if record.len() != header.len() {
                let found = format!("{} fields; the header has {}", record.len(), header.len());
                sink.reject(Reject::new(row.line, "", "field-count", &found, row.raw))?;
                continue;
            }
            let text = decode(row.raw);
            if let Cow::Owned(text) = &text {
                record.split(text.as_bytes(), b',');
            }
            extra.clear();
            match plan.row(&self.report, &text, &record, &mut extra) {
                Ok(fields) => {
                    let outcome = Outcome::Event;
                    sink.row(Row { line: row.line, raw: row.raw, nth: 0, outcome, fields, extra: extra.finish() })?;
                }
                Err(bad) => sink.reject(Reject::new(row.line, bad.column, bad.code, &bad.found, row.raw))?,
            }
        }
        Ok(())
    }
}

struct Bad<'a> {
    column: &'a str,
    code: &'static str,
    found: String,
}

/// A column of one file.
struct Column {
    name: String,
    action: Action,
    /// Its name in `extra`, as [`ExtraJson::key`] writes it.
    key: String,
}

/// What to do with each column of one file.
struct Plan {
    columns: Vec<Column>,
    time: usize,
    source_ip: Option<usize>,
    tag: Option<usize>,
    exchange: bool,
}

impl Plan {
    fn new(report: &ReportType, known: bool, header: &[String], sink: &mut dyn Sink) -> Result<Plan, ReadError> {
        let have: HashSet<&str> = header.iter().map(String::as_str).collect();
        // Which of the usual names each column of the file stands for.
        let mut stands_for: Vec<Cow<'_, str>> = header.iter().map(|name| Cow::Borrowed(name.as_str())).collect();
        let mut explained: HashSet<&str> = HashSet::new();
        let wanted: Vec<&str> = match known {
            true => report.columns.iter().map(String::as_str).collect(),
            false => ALIASES.iter().map(|(name, _)| *name).collect(),
        };
        let usual: HashSet<&str> = wanted.iter().copied().collect();
        for name in &wanted {
            if have.contains(name) {
                continue;
            }
            let aliases = ALIASES.iter().find(|(of, _)| of == name).map(|(_, aliases)| *aliases).unwrap_or_default();
            let found = aliases.iter().find(|alias| {
                have.contains(*alias) && !explained.contains(*alias) && (!known || !usual.contains(*alias))
            });
            // A generic report takes an alias only where no column has a meaning of its own under that name.
            let taken = |alias: &&&str| !known && COLUMNS.iter().any(|(name, _)| *name == **alias);
            match found.filter(|alias| !taken(alias)) {
                Some(alias) => {
                    explained.insert(alias);
                    if let Some(place) = header.iter().position(|column| column == alias)
                        && let Some(meaning) = stands_for.get_mut(place)
                    {
                        *meaning = Cow::Borrowed(name);
                    }
                    if known {
                        sink.drift(Drift { kind: DriftKind::Renamed, column: format!("{name} ← {alias}") });
                    }
                }
                None if known => sink.drift(Drift { kind: DriftKind::Missing, column: (*name).to_string() }),
                None => {}
            }
        }
        if known {
            for name in
                header.iter().filter(|name| !usual.contains(name.as_str()) && !explained.contains(name.as_str()))
            {
                sink.drift(Drift { kind: DriftKind::Added, column: name.clone() });
            }
        } else {
            sink.drift(Drift { kind: DriftKind::UnknownType, column: report.id.clone() });
        }
        let has_infection = stands_for.iter().any(|name| name == "infection");
        let mut used: HashSet<String> = HashSet::new();
        let columns: Vec<Column> = header
            .iter()
            .zip(&stands_for)
            .map(|(name, meaning)| {
                let action = match meaning.as_ref() {
                    "family" if !has_infection => Action::Text(Field::MalwareName),
                    meaning => COLUMNS
                        .iter()
                        .find(|(column, _)| *column == meaning)
                        .map_or(Action::Extra, |(_, action)| action.clone()),
                };
                // Two columns for one field: the first has it, the second is kept in `extra`.
                let action = match used.insert(format!("{action:?}")) || matches!(action, Action::Extra) {
                    true => action,
                    false => Action::Extra,
                };
                let key = ExtraJson::key(match action {
                    Action::Naics(key) | Action::Named(key) => key,
                    _ => name.as_str(),
                });
                Column { name: name.clone(), action, key }
            })
            .collect();
        let find = |wanted: fn(&Action) -> bool| columns.iter().position(|column| wanted(&column.action));
        let time = find(|action| matches!(action, Action::Time)).ok_or_else(|| ReadError::NoColumn {
            wanted: "the time",
            expected: "timestamp, time, date, datetime".into(),
        })?;
        let source_ip = find(|action| matches!(action, Action::SourceIp));
        let subject = |action: &Action| {
            matches!(
                action,
                Action::SourceIp
                    | Action::Ip(_)
                    | Action::Url(_)
                    | Action::Domain(_)
                    | Action::Text(Field::SourceAccount)
            )
        };
        if !columns.iter().any(|column| subject(&column.action)) {
            return Err(ReadError::NoColumn {
                wanted: "the address",
                expected: "ip, src_ip, address, url, domain, email".into(),
            });
        }
        let tag = header.iter().position(|name| name == "tag");
        Ok(Plan {
            columns,
            time,
            source_ip,
            tag,
            exchange: report.id.starts_with("scan_exchange") || report.id.starts_with("scan6_exchange"),
        })
    }

    fn row<'a>(
        &'a self,
        report: &'a ReportType,
        text: &'a str,
        record: &Record,
        extra: &mut ExtraJson,
    ) -> Result<Vec<(Field, Value<'a>)>, Bad<'a>> {
        let name = |at: usize| self.columns.get(at).map_or("", |column| column.name.as_str());
        let mut fields: Vec<(Field, Value<'a>)> = Vec::with_capacity(28);
        let stamp = record.text(text, self.time).unwrap_or_default();
        let moment = parse_time(&stamp, SourceZone::Utc).ok_or_else(|| Bad {
            column: name(self.time),
            code: if stamp.is_empty() { "missing" } else { "bad-time" },
            found: stamp.to_string(),
        })?;
        fields.push((Field::Time, Value::Time(moment)));
        let mut has_subject = false;
        if let Some(at) = self.source_ip {
            let cell = record.text(text, at).unwrap_or_default();
            let cell = cell.trim();
            if !cell.is_empty() {
                let address = parse_ip(cell).ok_or_else(|| Bad {
                    column: name(at),
                    code: "bad-address",
                    found: cell.to_string(),
                })?;
                fields.push((Field::SourceIp, Value::Ip(address)));
                has_subject = true;
            }
        }
        let mut severity = report.severity;
        for (at, Column { action, key, .. }) in self.columns.iter().enumerate() {
            if record.is_blank(at) || matches!(action, Action::Time | Action::SourceIp) {
                continue;
            }
            let Some(cell) = record.text(text, at) else { continue };
            match action {
                Action::Time | Action::SourceIp => {}
                Action::Text(field) => {
                    has_subject |= *field == Field::SourceAccount;
                    fields.push((*field, Value::Text(cell)));
                }
                Action::Lower(field) => fields.push((*field, Value::Text(lower(cell)))),
                Action::Number(field) => match cell.parse::<u64>() {
                    Ok(0) if matches!(field, Field::SourceAsn | Field::DestinationAsn) => {}
                    Ok(number) if number <= largest(*field) => fields.push((*field, Value::Number(number))),
                    _ => extra.text_of(key, &cell),
                },
                Action::Ip(field) => match parse_ip(&cell) {
                    Some(address) => {
                        fields.push((*field, Value::Ip(address)));
                        has_subject = true;
                    }
                    None => extra.text_of(key, &cell),
                },
                Action::Severity => match Severity::parse(&cell) {
                    Some(known) => severity = Some(known),
                    None => extra.text_of(key, &cell),
                },
                Action::Domain(field) if is_domain(&cell) => {
                    fields.push((*field, Value::Text(lower(cell))));
                    has_subject = true;
                }
                Action::UrlOrPath if cell.starts_with('/') => {
                    fields.push((Field::DestinationUrlpath, Value::Text(cell)))
                }
                Action::UrlOrPath if cell.contains("://") => {
                    fields.push((Field::DestinationUrl, Value::Text(cell)));
                    has_subject = true;
                }
                Action::Url(field) => {
                    fields.push((*field, Value::Text(cell)));
                    has_subject = true;
                }
                Action::Naics(_) => {
                    if cell != "0" {
                        extra.text_of(key, &cell);
                    }
                }
                Action::Named(_) | Action::Domain(_) | Action::UrlOrPath | Action::Extra => extra.text_of(key, &cell),
            }
        }
        if !has_subject {
            return Err(Bad { column: self.source_ip.map_or("", name), code: "no-subject", found: String::new() });
        }
        if let Some(severity) = severity {
            fields.push((Field::Severity, Value::Text(Cow::Borrowed(severity.as_str()))));
        }
        let webshell = self.exchange
            && self
                .tag
                .and_then(|at| record.text(text, at))
                .is_some_and(|tag| tag.to_ascii_lowercase().contains("webshell"));
        let class = match (self.exchange, webshell) {
            (true, true) => ("intrusions", "system-compromise", "exchange-server-webshell"),
            (true, false) => ("vulnerable", "vulnerable-system", "vulnerable-exchange-server"),
            _ => (report.taxonomy.as_str(), report.kind.as_str(), report.identifier.as_str()),
        };
        fields.push((Field::Taxonomy, Value::Text(Cow::Borrowed(class.0))));
        fields.push((Field::Type, Value::Text(Cow::Borrowed(class.1))));
        fields.push((Field::Identifier, Value::Text(Cow::Borrowed(class.2))));
        Ok(fields)
    }
}

fn largest(field: Field) -> u64 {
    match field {
        Field::SourcePort | Field::DestinationPort => 65_535,
        _ => u64::from(u32::MAX),
    }
}

fn lower(cell: Cow<'_, str>) -> Cow<'_, str> {
    match cell.bytes().any(|byte| byte.is_ascii_uppercase()) {
        true => Cow::Owned(cell.to_ascii_lowercase()),
        false => cell,
    }
}

/// Reads an address in the strict form (no leading zeros, no port); IPv4 in IPv6 becomes IPv4.
pub fn parse_ip(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    if let Some(address) = parse_ipv4(text.as_bytes()) {
        return Some(IpAddr::V4(address.into()));
    }
    text.parse::<IpAddr>().ok().map(|address| address.to_canonical())
}

/// The dotted form without `std`'s generality: this runs twice a row.
fn parse_ipv4(bytes: &[u8]) -> Option<u32> {
    if bytes.len() < 7 || bytes.len() > 15 {
        return None;
    }
    let (mut address, mut part, mut digits, mut dots) = (0u32, 0u32, 0, 0);
    for byte in bytes {
        match byte {
            b'0'..=b'9' => {
                if digits > 0 && part == 0 {
                    return None;
                }
                part = part * 10 + u32::from(byte - b'0');
                digits += 1;
                if part > 255 {
                    return None;
                }
            }
            b'.' if digits > 0 && dots < 3 => {
                address = address << 8 | part;
                (part, digits, dots) = (0, 0, dots + 1);
            }
            _ => return None,
        }
    }
    (dots == 3 && digits > 0).then_some(address << 8 | part)
}

/// Whether a text is a domain name: labels of letters, digits, hyphens and underscores (or non-ASCII letters), at least
/// one dot, at most 253 bytes, not an address.
pub fn is_domain(text: &str) -> bool {
    let name = text.strip_suffix('.').unwrap_or(text);
    if name.is_ascii() {
        return is_ascii_domain(name.as_bytes());
    }
    if name.is_empty() || name.len() > 253 || !name.contains('.') {
        return false;
    }
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_' || (!c.is_ascii() && c.is_alphanumeric()))
    };
    let last_is_number = name.rsplit('.').next().is_some_and(|last| last.bytes().all(|b| b.is_ascii_digit()));
    !last_is_number && name.split('.').all(label)
}

/// The same for the usual name, in one pass.
fn is_ascii_domain(name: &[u8]) -> bool {
    let (mut label, mut dots, mut digits_only, mut before) = (0, 0, true, b'.');
    for &byte in name {
        match byte {
            b'.' if label == 0 || before == b'-' => return false,
            b'.' => (label, dots, digits_only) = (0, dots + 1, true),
            b'-' if label == 0 => return false,
            b'-' | b'_' | b'a'..=b'z' | b'A'..=b'Z' => (label, digits_only) = (label + 1, false),
            b'0'..=b'9' => label += 1,
            _ => return false,
        }
        if label > 63 {
            return false;
        }
        before = byte;
    }
    label > 0 && before != b'-' && dots > 0 && !digits_only && name.len() <= 253
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use manara_model::{Field, is_known};

    use super::{ReportType, Shadowserver, is_domain, parse_ip};
    use crate::{Drift, DriftKind, Limits, ReadError, Reject, Row, Sink, Stop, Value};

    /// Line, fields and extra of a row.
    type KeptRow = (u64, Vec<(Field, String)>, String);

    #[derive(Default)]
    struct Kept {
        rows: Vec<KeptRow>,
        rejects: Vec<Reject>,
        drift: Vec<Drift>,
    }

    impl Sink for Kept {
        fn row(&mut self, row: Row<'_>) -> Result<(), Stop> {
            let text = |value: &Value<'_>| match value {
                Value::Text(text) => text.to_string(),
                Value::Ip(ip) => ip.to_string(),
                Value::Number(number) => number.to_string(),
                Value::Time(time) => time.rfc3339(),
                other => format!("{other:?}"),
            };
            let fields = row.fields.iter().map(|(field, value)| (*field, text(value))).collect();
            self.rows.push((row.line, fields, row.extra.to_string()));
            Ok(())
        }
        fn reject(&mut self, reject: Reject) -> Result<(), Stop> {
            self.rejects.push(reject);
            Ok(())
        }
        fn drift(&mut self, drift: Drift) {
            self.drift.push(drift);
        }
    }

    fn read(id: &str, input: &[u8]) -> Result<Kept, ReadError> {
        let mut kept = Kept::default();
        Shadowserver::of_type(id).read(input, &Limits::default(), &mut kept)?;
        Ok(kept)
    }

    fn value(kept: &Kept, row: usize, field: Field) -> Option<&str> {
        kept.rows[row].1.iter().find(|(name, _)| *name == field).map(|(_, value)| value.as_str())
    }

    #[test]
    fn all_170_types_are_known_classed_and_read_without_drift() {
        assert_eq!(ReportType::all().count(), 170);
        for report in ReportType::all() {
            let own = report.kind == "blocklist";
            assert!(own || is_known(&report.taxonomy, &report.kind), "{} {}", report.id, report.kind);
            let header = report.columns.join(",");
            let cells: Vec<&str> = report
                .columns
                .iter()
                .map(|column| match column.as_str() {
                    "timestamp" => "2026-01-15 00:00:01",
                    "ip" | "src_ip" | "http_referer_ip" => "192.0.2.7",
                    "website" | "url" => "http://host.example/x",
                    "email" => "a@mail.example",
                    "request" => "name.example",
                    _ => "",
                })
                .collect();
            let kept = read(&report.id, format!("{header}\n{}\n", cells.join(",")).as_bytes()).expect(&report.id);
            assert_eq!((kept.rows.len(), kept.rejects.len()), (1, 0), "{}: {:?}", report.id, kept.rejects);
            assert_eq!(kept.drift, [], "{}", report.id);
            assert!(value(&kept, 0, Field::Type).is_some());
        }
    }

    #[test]
    fn the_type_comes_from_the_file_name() {
        for (name, want) in [
            ("2026-01-15-event4_sinkhole_http-zz-geo.csv", Some("event4_sinkhole_http")),
            ("/in/2019-03-25-scan_snmp-asn64512.csv.gz", Some("scan_snmp")),
            ("2026-01-15-brand_new_type-zz.csv", Some("brand_new_type")),
            ("scan_telnet.csv", Some("scan_telnet")),
            ("report.csv", None),
            ("2026-01-15.csv", None),
        ] {
            assert_eq!(ReportType::id_in_file_name(name), want, "{name}");
        }
    }

    #[test]
    fn a_header_alone_gives_the_type_back_or_one_of_the_same_class() {
        let mut lost = BTreeSet::new();
        for report in ReportType::all() {
            match ReportType::guess(&report.columns, "") {
                Some(guess) => {
                    assert_eq!((&guess.taxonomy, &guess.kind), (&report.taxonomy, &report.kind), "{}", report.id)
                }
                None => {
                    lost.insert(report.id.as_str());
                }
            }
        }
        assert!(lost.len() < 40, "{} types can't be guessed: {lost:?}", lost.len());
        assert_eq!(ReportType::guess(&["a".into(), "b".into()], ""), None);
    }

    #[test]
    fn columns_are_found_by_name_and_what_has_none_is_kept() {
        let kept = read(
            "event4_sinkhole_http",
            b"\"src_port\",\"src_ip\",\"timestamp\",\"infection\",\"brand_new\",\"src_asn\",\"http_url\"\n\
              4444,\"192.0.2.1\",\"2026-01-15 10:00:00\",\"mirai\",\"a \"\"b\"\"\",0,\"/x\"\n",
        )
        .expect("read");
        assert_eq!(value(&kept, 0, Field::SourceIp), Some("192.0.2.1"));
        assert_eq!(value(&kept, 0, Field::SourcePort), Some("4444"));
        assert_eq!(value(&kept, 0, Field::SourceAsn), None);
        assert_eq!(value(&kept, 0, Field::MalwareName), Some("mirai"));
        assert_eq!(value(&kept, 0, Field::DestinationUrlpath), Some("/x"));
        assert_eq!(value(&kept, 0, Field::Severity), Some("critical"));
        assert_eq!(kept.rows[0].2, r#"{"brand_new":"a \"b\""}"#);
        assert!(kept.drift.contains(&Drift { kind: DriftKind::Added, column: "brand_new".into() }));
        assert!(kept.drift.contains(&Drift { kind: DriftKind::Missing, column: "dst_ip".into() }));
    }

    #[test]
    fn a_renamed_column_is_drift_and_still_gives_its_events() {
        let kept = read("scan_telnet", b"time,src_ip,protocol\n2016-01-15 10:00:00,192.0.2.1,TCP\n").expect("read");
        assert_eq!(kept.rows.len(), 1);
        assert_eq!(value(&kept, 0, Field::ProtocolTransport), Some("tcp"));
        let renamed: Vec<&str> =
            kept.drift.iter().filter(|d| d.kind == DriftKind::Renamed).map(|d| d.column.as_str()).collect();
        assert_eq!(renamed, ["timestamp ← time", "ip ← src_ip"]);
    }

    #[test]
    fn an_unknown_type_is_read_when_it_has_a_time_and_an_address() {
        let kept =
            read("scan_something_new", b"timestamp,ip,depth\n2026-01-15 10:00:00,2001:db8::1,3\n").expect("read");
        assert_eq!(value(&kept, 0, Field::Type), Some("vulnerable-system"));
        assert_eq!(value(&kept, 0, Field::Identifier), Some("scan-something-new"));
        assert_eq!(kept.rows[0].2, r#"{"depth":"3"}"#);
        assert_eq!(kept.drift[0].kind, DriftKind::UnknownType);
        let error = read("scan_something_new", b"when,what\n1,2\n").err().expect("no time").to_string();
        assert_eq!(error, "line 1: no column for the time; expected one of timestamp, time, date, datetime");
    }

    #[test]
    fn an_exchange_server_with_a_webshell_is_an_intrusion() {
        let kept = read(
            "scan_exchange",
            b"timestamp,ip,tag\n2026-01-15 10:00:00,192.0.2.1,exchange;webshell\n2026-01-15 10:00:00,192.0.2.2,exchange\n",
        )
        .expect("read");
        assert_eq!(value(&kept, 0, Field::Taxonomy), Some("intrusions"));
        assert_eq!(value(&kept, 1, Field::Taxonomy), Some("vulnerable"));
    }

    #[test]
    fn bad_rows_are_rejected_with_line_column_and_reason_and_the_good_ones_stay() {
        let kept = read(
            "scan_telnet",
            b"timestamp,severity,ip,port\n\
              2026-01-15 10:00:00,high,999.1.2.3,23\n\
              not-a-time,high,192.0.2.1,23\n\
              2026-01-15 10:00:00,high\n\
              2026-01-15 10:00:00,high,192.0.2.1,99999\n\
              2026-01-15 10:00:00,high,,23\n\
              2026-01-15 10:00:00,high,192.0.2.9,caf\xe9\n",
        )
        .expect("read");
        let got: Vec<(u64, &str, &str, &str)> =
            kept.rejects.iter().map(|r| (r.line, r.column.as_str(), r.code, r.found.as_str())).collect();
        assert_eq!(
            got,
            [
                (2, "ip", "bad-address", "999.1.2.3"),
                (3, "timestamp", "bad-time", "not-a-time"),
                (4, "", "field-count", "2 fields; the header has 4"),
                (6, "ip", "no-subject", ""),
            ]
        );
        assert_eq!(kept.rows.len(), 2);
        assert_eq!(kept.rows[0].2, r#"{"port":"99999"}"#);
        assert_eq!(kept.rows[1].2, r#"{"port":"café"}"#);
        for reject in &kept.rejects {
            assert!(Reject::CODES.contains(&reject.code));
        }
    }

    #[test]
    fn addresses_and_names_are_told_from_what_only_looks_like_them() {
        for (text, want) in [
            ("192.0.2.1", true),
            ("0.0.0.0", true),
            ("2001:db8::1", true),
            ("::ffff:192.0.2.1", true),
            ("192.0.2.01", false),
            ("192.0.2", false),
            ("192.0.2.256", false),
            ("1.2.3.4.5", false),
            ("", false),
        ] {
            assert_eq!(parse_ip(text).is_some(), want, "{text}");
        }
        for (text, want) in [
            ("a.example", true),
            ("a.example.", true),
            ("xn--mgba.example", true),
            ("منارة.example", true),
            ("example", false),
            ("192.0.2.1", false),
            ("a..b", false),
            ("-a.example", false),
            ("a b.example", false),
        ] {
            assert_eq!(is_domain(text), want, "{text}");
        }
    }
}
