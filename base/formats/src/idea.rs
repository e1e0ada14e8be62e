//! IDEA, the JSON of CESNET's Warden and its neighbours: one message may tell of many sources.

use std::borrow::Cow;
use std::io::Read;

use manara_model::{Field, Micros};

use crate::draft::{Draft, Place, domain, url};
use crate::json::Json;
use crate::json_rows::each_item;
use crate::list::{Network, range};
use crate::shadowserver::parse_ip;
use crate::{ExtraJson, Limits, Outcome, ReadError, Reject, Sink, SourceZone, Stop, Value, parse_time};

/// The class of a category; a category that is not here takes the class of the one it is under.
const CATEGORIES: &[(&str, &str, &str)] = &[
    ("Abusive", "abusive-content", "spam"),
    ("Abusive.Spam", "abusive-content", "spam"),
    ("Abusive.Harassment", "abusive-content", "harmful-speech"),
    ("Abusive.Child", "abusive-content", "violence"),
    ("Abusive.Sexual", "abusive-content", "violence"),
    ("Abusive.Violence", "abusive-content", "violence"),
    ("Malware", "malicious-code", "infected-system"),
    ("Recon", "information-gathering", "scanner"),
    ("Recon.Scanning", "information-gathering", "scanner"),
    ("Recon.Searching", "information-gathering", "scanner"),
    ("Recon.Sniffing", "information-gathering", "sniffing"),
    ("Recon.SocialEngineering", "information-gathering", "social-engineering"),
    ("Attempt", "intrusion-attempts", "ids-alert"),
    ("Attempt.Exploit", "intrusion-attempts", "ids-alert"),
    ("Attempt.Login", "intrusion-attempts", "brute-force"),
    ("Attempt.NewSignature", "intrusion-attempts", "exploit"),
    ("Intrusion", "intrusions", "system-compromise"),
    ("Intrusion.AdminCompromise", "intrusions", "privileged-account-compromise"),
    ("Intrusion.UserCompromise", "intrusions", "unprivileged-account-compromise"),
    ("Intrusion.AppCompromise", "intrusions", "application-compromise"),
    ("Intrusion.Botnet", "malicious-code", "infected-system"),
    ("Availability", "availability", "dos"),
    ("Availability.DoS", "availability", "dos"),
    ("Availability.DDoS", "availability", "ddos"),
    ("Availability.Sabotage", "availability", "sabotage"),
    ("Availability.Outage", "availability", "outage"),
    ("Information", "information-content-security", "unauthorised-information-access"),
    ("Information.UnauthorizedAccess", "information-content-security", "unauthorised-information-access"),
    ("Information.UnauthorizedModification", "information-content-security", "unauthorised-information-modification"),
    ("Fraud", "fraud", "masquerade"),
    ("Fraud.UnauthorizedUsage", "fraud", "unauthorised-use-of-resources"),
    ("Fraud.Copyright", "fraud", "copyright"),
    ("Fraud.Masquerade", "fraud", "masquerade"),
    ("Fraud.Phishing", "fraud", "phishing"),
    ("Fraud.Scam", "fraud", "masquerade"),
    ("Vulnerable", "vulnerable", "vulnerable-system"),
    ("Vulnerable.Open", "vulnerable", "potentially-unwanted-accessible"),
    ("Vulnerable.Config", "vulnerable", "vulnerable-system"),
    ("Anomaly", "other", "undetermined"),
    ("Other", "other", "other"),
    ("Test", "test", "test"),
];

/// A C2 server, whatever the category of what it does to others.
const C2: (&str, &str) = ("malicious-code", "c2-server");

/// A member of a message longer than this is given with the first row of the message only.
const SMALL: usize = 1_000;

/// Reads IDEA messages: one object, an array, or one a line.
///
/// A message gives one row for each address of its sources (a network or range counts as one, by its first address); a
/// source without address gives one row for its name or URL. Without any source, each address of the targets gives a
/// row with a destination only. The links to other messages (`CorrelID`, `AggrID`, `PredID`, `RelID`) are in `extra` like
/// everything else that has no field. All rows of a message have its line. The first row has everything of the message in
/// `extra` under `idea.…`; the others leave out members longer than 1,000 bytes, so that a message of many sources does
/// not grow by its square. The time is `EventTime`, else `DetectTime`, else `CreateTime`.
pub fn read_idea(input: impl Read, limits: &Limits, sink: &mut dyn Sink) -> Result<(), ReadError> {
    each_item(input, "DetectTime", limits, sink, read_message)
}

fn read_message(place: Place<'_>, json: Json<'_>, extra: &mut ExtraJson, sink: &mut dyn Sink) -> Result<(), Stop> {
    let format = json.get("Format").and_then(|value| value.text());
    if let Some(format) = format.filter(|format| format != "IDEA0") {
        return sink.reject(Reject::new(place.line, "Format", "unknown-kind", &format, place.raw));
    }
    let (time_column, time) = match read_time(json) {
        Ok(found) => found,
        Err((column, code, found)) => return sink.reject(Reject::new(place.line, column, code, &found, place.raw)),
    };
    let message = Message { json, time, time_column };
    let sources: Vec<Json<'_>> = json.get("Source").map(|value| value.items().collect()).unwrap_or_default();
    let targets: Vec<Json<'_>> = json.get("Target").map(|value| value.items().collect()).unwrap_or_default();
    let target = targets.first().map(|party| (*party, subjects(*party).first().copied()));
    let mut given = 0;
    let nth = |given| Place { nth: given, ..place };
    for source in &sources {
        for subject in subjects(*source) {
            message.give(nth(given), Some((*source, Some(subject))), target, extra, sink)?;
            given += 1;
        }
    }
    if given == 0 {
        for target in &targets {
            for subject in subjects(*target) {
                message.give(nth(given), None, Some((*target, Some(subject))), extra, sink)?;
                given += 1;
            }
        }
    }
    if given == 0 {
        let found = "no address, name or URL in Source or Target";
        return sink.reject(Reject::new(place.line, "Source", "no-subject", found, place.raw));
    }
    Ok(())
}

type BadTime = (&'static str, &'static str, String);

fn read_time(json: Json<'_>) -> Result<(&'static str, Micros), BadTime> {
    let mut bad = ("DetectTime", "missing", String::new());
    for name in ["EventTime", "DetectTime", "CreateTime"] {
        let Some(text) = json.get(name).and_then(|value| value.scalar()) else { continue };
        match parse_time(&text, SourceZone::Utc) {
            Some(time) => return Ok((name, time)),
            None => bad = (name, "bad-time", text.into_owned()),
        }
    }
    Err(bad)
}

/// What one row is about.
#[derive(Debug, Clone, Copy)]
enum Subject<'a> {
    Address(Json<'a>),
    Name(Json<'a>),
    Url(Json<'a>),
    Account(Json<'a>),
}

/// The addresses of a source or target; else its names; else its URLs; else its mail addresses.
fn subjects(party: Json<'_>) -> Vec<Subject<'_>> {
    let list = |name: &str| party.get(name).map(|value| value.items().collect::<Vec<_>>()).unwrap_or_default();
    let readable = |value: &Json<'_>| value.text().is_some_and(|text| Block::parse(&text).is_some());
    let mut found: Vec<Subject<'_>> = list("IP4")
        .into_iter()
        .chain(list("IP6"))
        .chain(list("Ip4"))
        .chain(list("Ip6"))
        .filter(readable)
        .map(Subject::Address)
        .collect();
    if found.is_empty() {
        found.extend(list("Hostname").into_iter().filter(|v| v.text().and_then(domain).is_some()).map(Subject::Name));
    }
    if found.is_empty() {
        found.extend(list("URL").into_iter().filter(|v| v.text().and_then(url).is_some()).map(Subject::Url));
    }
    if found.is_empty() {
        found.extend(
            list("Email").into_iter().filter(|v| v.text().is_some_and(|t| t.contains('@'))).map(Subject::Account),
        );
    }
    found
}

/// An address, a network, or a range.
struct Block {
    first: std::net::IpAddr,
    network: Option<Network>,
}

impl Block {
    fn parse(text: &str) -> Option<Block> {
        if let Some(first) = parse_ip(text) {
            return Some(Block { first, network: None });
        }
        if let Some(network) = Network::parse(text) {
            return Some(Block { first: network.first(), network: Some(network) });
        }
        let (first, last) = range(text)?;
        Some(Block { first, network: Network::of_range(first, last) })
    }
}

/// The fields of one side.
struct Side {
    ip: Field,
    network: Field,
    port: Field,
    fqdn: Field,
    url: Field,
    account: Field,
    asn: Field,
    name: &'static str,
}

const SOURCE: Side = Side {
    ip: Field::SourceIp,
    network: Field::SourceNetwork,
    port: Field::SourcePort,
    fqdn: Field::SourceFqdn,
    url: Field::SourceUrl,
    account: Field::SourceAccount,
    asn: Field::SourceAsn,
    name: "idea.Source",
};

const TARGET: Side = Side {
    ip: Field::DestinationIp,
    network: Field::DestinationNetwork,
    port: Field::DestinationPort,
    fqdn: Field::DestinationFqdn,
    url: Field::DestinationUrl,
    account: Field::DestinationAccount,
    asn: Field::DestinationAsn,
    name: "idea.Target",
};

struct Message<'a> {
    json: Json<'a>,
    time: Micros,
    time_column: &'static str,
}

type Party<'a> = (Json<'a>, Option<Subject<'a>>);

impl<'a> Message<'a> {
    fn give(
        &self,
        place: Place<'_>,
        source: Option<Party<'a>>,
        target: Option<Party<'a>>,
        extra: &mut ExtraJson,
        sink: &mut dyn Sink,
    ) -> Result<(), Stop> {
        extra.clear();
        let first = place.nth == 0;
        let mut draft = Draft::new();
        draft.add(Field::Time, Value::Time(self.time));
        if let Some((party, subject)) = source {
            add_party(&mut draft, &SOURCE, party, subject, first, extra);
        }
        if let Some((party, subject)) = target {
            add_party(&mut draft, &TARGET, party, subject, first, extra);
        }
        self.classify(&mut draft, source.or(target).map(|(party, _)| party));
        self.describe(&mut draft, first, extra);
        draft.give(place, Outcome::Event, extra.finish(), sink)
    }

    fn classify(&self, draft: &mut Draft<'a>, party: Option<Json<'a>>) {
        let categories: Vec<Cow<'a, str>> = self
            .json
            .get("Category")
            .map(|value| value.items().filter_map(|item| item.text()).filter(|text| !text.trim().is_empty()).collect())
            .unwrap_or_default();
        // A message marked as a test is one, whatever else it says.
        let test = categories.iter().find(|category| *category == "Test");
        let Some(category) = test.or(categories.first()) else {
            return draft.class("other", "undetermined", "idea");
        };
        let (mut taxonomy, mut kind) = class_of(category);
        let is_c2 =
            |party: Json<'_>| party.get("Type").is_some_and(|kinds| kinds.items().any(|kind| kind.raw() == "\"CC\""));
        if taxonomy == C2.0 && party.is_some_and(is_c2) {
            (taxonomy, kind) = C2;
        }
        draft.class(taxonomy, kind, identifier(category));
    }

    /// Everything that is not about one side.
    fn describe(&self, draft: &mut Draft<'a>, first: bool, extra: &mut ExtraJson) {
        for (name, value) in self.json.members() {
            let taken = match name.as_ref() {
                "Format" | "Source" => true,
                "Target" => value.items().nth(1).is_none(),
                name if name == self.time_column => true,
                "Description" => value.text().is_some_and(|text| draft.text(Field::EventDescriptionText, text)),
                "Note" => value.text().is_some_and(|text| draft.text(Field::Comment, text)),
                "Confidence" => match value.scalar().and_then(|text| text.parse::<f64>().ok()) {
                    Some(part) if (0.0..=1.0).contains(&part) => {
                        draft.add(Field::FeedAccuracy, Value::Real((part * 10_000.0).round() / 100.0))
                    }
                    _ => false,
                },
                "Ref" => {
                    read_refs(draft, value);
                    false
                }
                "Attach" => {
                    read_hashes(draft, value);
                    false
                }
                _ => false,
            };
            if !taken && (first || value.raw().len() <= SMALL) {
                extra.json(&format!("idea.{name}"), value.raw());
            }
        }
    }
}

fn add_party<'a>(
    draft: &mut Draft<'a>,
    side: &Side,
    party: Json<'a>,
    subject: Option<Subject<'a>>,
    first: bool,
    extra: &mut ExtraJson,
) {
    match subject {
        Some(Subject::Address(value)) => {
            let text = value.text().unwrap_or_default();
            if let Some(block) = Block::parse(&text) {
                draft.add(side.ip, Value::Ip(block.first));
                match block.network {
                    Some(network) => {
                        draft.text(side.network, network.to_string());
                    }
                    None if text.contains('-') => extra.text(&format!("{}.range", side.name), &text),
                    None => {}
                }
            }
        }
        Some(Subject::Name(value)) => {
            draft.text(side.fqdn, value.text().and_then(domain).unwrap_or_default());
        }
        Some(Subject::Url(value)) => {
            draft.text(side.url, value.text().and_then(url).unwrap_or_default());
        }
        Some(Subject::Account(value)) => {
            draft.text(side.account, value.text().unwrap_or_default());
        }
        None => {}
    }
    for (name, value) in party.members() {
        let mut items = value.items();
        let only = items.next();
        let alone = items.next().is_none();
        let text = only.and_then(|item| item.scalar());
        let taken = match (name.as_ref(), text) {
            // Each readable address has a row of its own; one that is none is kept with the first.
            ("IP4" | "IP6" | "Ip4" | "Ip6", _) => side.name == SOURCE.name && all_readable(value),
            ("Port", Some(text)) => draft.read(side.port, text, SourceZone::Utc).is_ok() && alone,
            ("Hostname", Some(text)) => match domain(text) {
                Some(name) => {
                    draft.text(side.fqdn, name);
                    alone
                }
                None => false,
            },
            ("URL", Some(text)) => draft.read(side.url, text, SourceZone::Utc).is_ok() && alone,
            ("Email", Some(text)) if text.contains('@') => draft.text(side.account, text) && alone,
            ("ASN", Some(text)) => draft.read(side.asn, text, SourceZone::Utc).is_ok() && alone,
            ("Proto", _) => {
                read_protocols(draft, value);
                false
            }
            _ => false,
        };
        if !taken && (first || value.raw().len() <= SMALL) {
            extra.json(&format!("{}.{name}", side.name), value.raw());
        }
    }
}

fn all_readable(value: Json<'_>) -> bool {
    value.items().all(|item| item.text().is_some_and(|text| Block::parse(&text).is_some()))
}

/// `["tcp", "ssh"]`: the transport and what runs on it.
fn read_protocols<'a>(draft: &mut Draft<'a>, value: Json<'a>) {
    for text in value.items().filter_map(|item| item.text()) {
        let field = match text.to_ascii_lowercase().as_str() {
            "tcp" | "udp" | "icmp" | "icmp6" | "ipv6-icmp" | "sctp" | "dccp" | "gre" => Field::ProtocolTransport,
            _ => Field::ProtocolApplication,
        };
        // What is already there stays; the whole list is in `extra`.
        let _ = draft.read(field, text, SourceZone::Utc);
    }
}

fn read_refs<'a>(draft: &mut Draft<'a>, value: Json<'a>) {
    let mut vulnerabilities = String::new();
    for text in value.items().filter_map(|item| item.text()) {
        let bare = text.get(..4).filter(|head| head.eq_ignore_ascii_case("cve:")).and(text.get(4..)).unwrap_or(&text);
        if bare.get(..4).is_some_and(|head| head.eq_ignore_ascii_case("cve-")) {
            if !vulnerabilities.is_empty() {
                vulnerabilities.push(',');
            }
            vulnerabilities.push_str(&bare.to_ascii_uppercase());
        } else if text.starts_with("https://") || text.starts_with("http://") {
            draft.text(Field::EventDescriptionUrl, text);
        }
    }
    draft.text(Field::ProductVulnerabilities, vulnerabilities);
}

/// The hashes of what was attached, written `sha1:…`.
fn read_hashes<'a>(draft: &mut Draft<'a>, value: Json<'a>) {
    let hashes = value.items().filter_map(|item| item.get("Hash"));
    let texts: Vec<Cow<'a, str>> =
        hashes.flat_map(|list| list.items().filter_map(|item| item.text()).collect::<Vec<_>>()).collect();
    for text in texts {
        let Some((kind, hash)) = text.split_once(':') else { continue };
        let field = match kind.to_ascii_lowercase().as_str() {
            "md5" => Field::MalwareHashMd5,
            "sha1" => Field::MalwareHashSha1,
            "sha256" => Field::MalwareHashSha256,
            _ => continue,
        };
        // What is no hash stays where it is, in `extra`.
        let _ = draft.read(field, Cow::Owned(hash.to_string()), SourceZone::Utc);
    }
}

fn class_of(category: &str) -> (&'static str, &'static str) {
    let mut name = category;
    loop {
        if let Some((_, taxonomy, kind)) = CATEGORIES.iter().find(|(known, _, _)| *known == name) {
            return (taxonomy, kind);
        }
        match name.rsplit_once('.') {
            Some((parent, _)) => name = parent,
            None => return ("other", "undetermined"),
        }
    }
}

/// `Recon.Scanning` to `recon-scanning`.
fn identifier(category: &str) -> String {
    let letter = |letter: char| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '-' };
    category.chars().take(60).map(letter).collect()
}

#[cfg(test)]
mod tests {
    use manara_model::is_known;

    use super::{C2, CATEGORIES, class_of, identifier};

    #[test]
    fn every_category_has_a_class_of_the_taxonomy() {
        assert!(is_known(C2.0, C2.1));
        for (category, taxonomy, kind) in CATEGORIES {
            assert!(is_known(taxonomy, kind), "{category}");
            assert_eq!(CATEGORIES.iter().filter(|row| row.0 == *category).count(), 1, "{category}");
            if let Some((parent, _)) = category.rsplit_once('.') {
                assert!(CATEGORIES.iter().any(|row| row.0 == parent), "{category} has no parent");
            }
        }
    }

    #[test]
    fn a_category_takes_the_class_of_its_nearest_known_parent() {
        for (category, want) in [
            ("Malware.Ransomware", ("malicious-code", "infected-system")),
            ("Recon.Scanning.Slow", ("information-gathering", "scanner")),
            ("Brand.New", ("other", "undetermined")),
            ("", ("other", "undetermined")),
        ] {
            assert_eq!(class_of(category), want, "{category}");
        }
        assert_eq!(identifier("Recon.Scanning"), "recon-scanning");
    }
}
