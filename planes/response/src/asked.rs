//! What registries outside say of an address or a name, when a person has them asked: which one to ask (RFC 9224), and what its
//! answer says (RFC 9083, and the free words of whois).

use std::collections::BTreeSet;
use std::net::IpAddr;

use manara_model::Micros;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How deep people and organisations of an answer stand in each other.
const DEPTH: usize = 5;
/// Entries of a list that are read.
const MANY: usize = 50;
/// Characters of a value that is read out.
const CHARS: usize = 300;
/// Characters of an answer that are kept.
pub const ANSWER_CHARS: usize = 64 << 10;

/// How it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// By RDAP.
    Rdap,
    /// By whois.
    Whois,
}

impl Way {
    /// Both, the better first.
    pub const ALL: [Way; 2] = [Self::Rdap, Self::Whois];

    /// The word used in SQL, forms and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rdap => "rdap",
            Self::Whois => "whois",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.as_str() == text)
    }
}

/// What can be asked about: an address or network, a domain, an AS number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// An address, or a network with its length.
    Address(IpAddr, Option<u8>),
    /// A domain, in small letters.
    Domain(String),
    /// A number of an autonomous system.
    Number(u32),
}

impl About {
    /// Of what somebody looks up, by its kind; of an address of the web or of mail it is the domain. Nothing where no
    /// registry can be asked.
    pub fn read(kind: &str, value: &str) -> Option<About> {
        let host = |text: &str| text.trim_matches(['[', ']']).parse().ok().map(|address| About::Address(address, None));
        match kind {
            "ip" => value.parse().ok().map(|address| About::Address(address, None)),
            "cidr" => {
                let (network, length) = value.split_once('/')?;
                let network: IpAddr = network.parse().ok()?;
                let most = if network.is_ipv4() { 32 } else { 128 };
                Some(About::Address(network, Some(length.parse().ok().filter(|length| *length <= most)?)))
            }
            "asn" => value.trim_start_matches(|c: char| c.is_ascii_alphabetic()).parse().ok().map(About::Number),
            "domain" => domain(value),
            "mail" => domain(value.rsplit_once('@')?.1),
            "url" => {
                let rest = value.split_once("://").map_or(value, |(_, rest)| rest);
                let authority = rest.split(['/', '?', '#']).next()?;
                let authority = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
                if authority.starts_with('[') {
                    return host(authority.split_inclusive(']').next()?);
                }
                let name = authority.split(':').next()?;
                host(name).or_else(|| domain(name))
            }
            _ => None,
        }
    }

    /// Which list of registries names the one to ask.
    pub fn list(&self) -> &'static str {
        match self {
            Self::Address(IpAddr::V4(_), _) => "ipv4.json",
            Self::Address(IpAddr::V6(_), _) => "ipv6.json",
            Self::Domain(_) => "dns.json",
            Self::Number(_) => "asn.json",
        }
    }

    /// What is asked, after the address of the registry (RFC 9082).
    pub fn path(&self) -> String {
        match self {
            Self::Address(address, None) => format!("ip/{address}"),
            Self::Address(address, Some(length)) => format!("ip/{address}/{length}"),
            Self::Domain(name) => format!("domain/{name}"),
            Self::Number(number) => format!("autnum/{number}"),
        }
    }

    /// The same for whois.
    pub fn line(&self) -> String {
        match self {
            Self::Address(address, None) => address.to_string(),
            Self::Address(address, Some(length)) => format!("{address}/{length}"),
            Self::Domain(name) => name.clone(),
            Self::Number(number) => format!("AS{number}"),
        }
    }
}

/// A domain that can be asked about: letters, digits and hyphens of ASCII, as registries have it.
fn domain(text: &str) -> Option<About> {
    let name = text.trim_end_matches('.').to_ascii_lowercase();
    let is_label =
        |label: &str| (1..=63).contains(&label.len()) && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    (name.len() <= 253 && name.contains('.') && name.split('.').all(is_label)).then_some(About::Domain(name))
}

/// The registry that is to be asked, out of a list of IANA (RFC 9224): its address, with a slash at its end.
pub fn registry(list: &[u8], about: &About) -> Result<Option<String>, String> {
    let list: Value = serde_json::from_slice(list).map_err(|error| format!("the list is not JSON: {error}"))?;
    let services = list.get("services").and_then(Value::as_array).ok_or("the list has no services (RFC 9224)")?;
    let mut best: Option<(usize, &Value)> = None;
    for service in services {
        let (Some(names), Some(urls)) = (service.get(0).and_then(Value::as_array), service.get(1)) else { continue };
        let fit = names.iter().filter_map(Value::as_str).filter_map(|name| fits(name, about)).max();
        if let Some(fit) = fit
            && best.is_none_or(|(most, _)| fit > most)
        {
            best = Some((fit, urls));
        }
    }
    let urls = best.and_then(|(_, urls)| urls.as_array()).map(Vec::as_slice).unwrap_or_default();
    let urls: Vec<&str> = urls.iter().filter_map(Value::as_str).collect();
    let url = urls.iter().find(|url| url.starts_with("https://")).or(urls.first());
    Ok(url.map(|url| if url.ends_with('/') { (*url).to_string() } else { format!("{url}/") }))
}

/// How well an entry of a list fits: the longer, the better; nothing when it does not.
fn fits(name: &str, about: &About) -> Option<usize> {
    match about {
        About::Address(address, _) => {
            let (network, length) = name.split_once('/')?;
            let (network, length): (IpAddr, u32) = (network.parse().ok()?, length.parse().ok()?);
            let (a, b, bits) = match (network, address) {
                (IpAddr::V4(a), IpAddr::V4(b)) => (u128::from(a.to_bits()), u128::from(b.to_bits()), 32),
                (IpAddr::V6(a), IpAddr::V6(b)) => (a.to_bits(), b.to_bits(), 128),
                _ => return None,
            };
            let rest = bits - u32::min(length, bits);
            let is_same = a.checked_shr(rest).unwrap_or(0) == b.checked_shr(rest).unwrap_or(0);
            is_same.then(|| usize::try_from(length).unwrap_or(0) + 1)
        }
        About::Domain(domain) => {
            let name = name.to_ascii_lowercase();
            (*domain == name || domain.ends_with(&format!(".{name}"))).then(|| name.len() + 1)
        }
        About::Number(number) => {
            let (from, until) = name.split_once('-').unwrap_or((name, name));
            let (from, until): (u32, u32) = (from.parse().ok()?, until.parse().ok()?);
            (from..=until).contains(number).then_some(1)
        }
    }
}

/// What was read out of an answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Said {
    /// The registry's own name of the record.
    pub handle: String,
    /// What it is called.
    pub name: String,
    /// Of a network: from where to where.
    pub range: String,
    /// Two letters.
    pub country: String,
    /// Whose it is.
    pub holders: Vec<String>,
    /// Who sold it.
    pub registrar: String,
    /// Whom to write to about abuse.
    pub abuse: Vec<String>,
    /// Its states, as the registry says them.
    pub status: Vec<String>,
    /// Its name servers.
    pub servers: Vec<String>,
    /// When it was registered, changed, and until when it is.
    pub registered: String,
    /// When it changed last.
    pub changed: String,
    /// Until when it is registered.
    pub expires: String,
}

fn clean(text: &str) -> String {
    let one_line: String = text.chars().take(4 * CHARS).map(|c| if c.is_control() { ' ' } else { c }).collect();
    one_line.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(CHARS).collect()
}

fn text(value: &Value, name: &str) -> String {
    match value.get(name) {
        Some(Value::String(text)) => clean(text),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

fn list<'v>(value: &'v Value, name: &str) -> impl Iterator<Item = &'v Value> {
    value.get(name).and_then(Value::as_array).into_iter().flatten().take(MANY)
}

fn add(all: &mut Vec<String>, one: String) {
    if !one.is_empty() && all.len() < MANY && !all.contains(&one) {
        all.push(one);
    }
}

/// Reads an answer of RDAP.
pub fn read_rdap(bytes: &[u8]) -> Result<Said, String> {
    let value: Value = serde_json::from_slice(bytes).map_err(|error| format!("the answer is not JSON: {error}"))?;
    if value.get("objectClassName").and_then(Value::as_str).is_none() {
        return Err("the answer names no class of object (RFC 9083)".into());
    }
    let (from, until) = match value.get("startAddress") {
        Some(_) => (text(&value, "startAddress"), text(&value, "endAddress")),
        None => (text(&value, "startAutnum"), text(&value, "endAutnum")),
    };
    let name = ["name", "unicodeName", "ldhName"].map(|name| text(&value, name));
    let mut said = Said {
        handle: text(&value, "handle"),
        name: name.into_iter().find(|name| !name.is_empty()).unwrap_or_default(),
        range: if from.is_empty() { String::new() } else { format!("{from} – {until}") },
        country: text(&value, "country"),
        ..Said::default()
    };
    for status in list(&value, "status").filter_map(Value::as_str) {
        add(&mut said.status, clean(status));
    }
    for server in list(&value, "nameservers") {
        add(&mut said.servers, text(server, "ldhName"));
    }
    for event in list(&value, "events") {
        let date = text(event, "eventDate");
        match event.get("eventAction").and_then(Value::as_str) {
            Some("registration") => said.registered = date,
            Some("last changed") => said.changed = date,
            Some("expiration") => said.expires = date,
            _ => {}
        }
    }
    entities(&value, &mut said, 0);
    Ok(said)
}

fn entities(value: &Value, said: &mut Said, depth: usize) {
    if depth >= DEPTH {
        return;
    }
    for entity in list(value, "entities") {
        let roles: BTreeSet<&str> = list(entity, "roles").filter_map(Value::as_str).collect();
        let card = |wanted: &str| -> Vec<String> {
            let lines = entity.get("vcardArray").and_then(|card| card.get(1)).and_then(Value::as_array);
            let lines = lines.into_iter().flatten().take(MANY);
            let is_wanted = |line: &&Value| line.get(0).and_then(Value::as_str) == Some(wanted);
            lines.filter(is_wanted).filter_map(|line| line.get(3).and_then(Value::as_str)).map(clean).collect()
        };
        if roles.contains("abuse") {
            for mail in card("email") {
                add(&mut said.abuse, mail);
            }
        }
        let name = card("fn").into_iter().next().unwrap_or_default();
        if roles.contains("registrar") && said.registrar.is_empty() {
            said.registrar.clone_from(&name);
        }
        if roles.contains("registrant") {
            add(&mut said.holders, name);
        }
        entities(entity, said, depth + 1);
    }
}

/// Reads what is to be read of the free words of whois.
pub fn read_whois(answer: &str) -> Said {
    let mut said = Said::default();
    let set = |into: &mut String, value: &str| {
        if into.is_empty() {
            *into = clean(value);
        }
    };
    for line in answer.lines().take(5_000) {
        // RIPE writes the contact into a remark: % Abuse contact for '192.0.2.0 - …' is 'abuse@isp.example'
        if line.starts_with('%') && line.contains("Abuse contact for") {
            if let Some((_, mail)) = line.rsplit_once(" is '") {
                add(&mut said.abuse, clean(mail.trim_end_matches('\'')));
            }
            continue;
        }
        let Some((name, value)) = line.split_once(':').filter(|_| !line.starts_with(['%', '#'])) else { continue };
        let value = value.trim();
        if value.is_empty() {
            continue;
        }
        match name.trim().to_ascii_lowercase().as_str() {
            "abuse-mailbox" | "orgabuseemail" | "registrar abuse contact email" => add(&mut said.abuse, clean(value)),
            "netname" | "domain name" | "domain" | "as-name" | "asname" => set(&mut said.name, value),
            "inetnum" | "inet6num" | "netrange" => set(&mut said.range, value),
            "nethandle" | "registry domain id" | "aut-num" => set(&mut said.handle, value),
            "country" => set(&mut said.country, value),
            "registrar" => set(&mut said.registrar, value),
            "orgname" | "org-name" | "registrant organization" | "descr" => add(&mut said.holders, clean(value)),
            "name server" | "nserver" => add(&mut said.servers, clean(&value.to_ascii_lowercase())),
            "domain status" | "status" => add(&mut said.status, clean(value)),
            "creation date" | "created" => set(&mut said.registered, value),
            "updated date" | "last-modified" => set(&mut said.changed, value),
            "registry expiry date" | "expires" => set(&mut said.expires, value),
            _ => {}
        }
    }
    said
}

/// The server that a server of whois sends on to, such as IANA's to that of a region.
pub fn refers_to(answer: &str) -> Option<String> {
    let named = |line: &str| {
        let (name, value) = line.split_once(':')?;
        let is_one = matches!(
            name.trim().to_ascii_lowercase().as_str(),
            "refer" | "whois" | "registrar whois server" | "referralserver"
        );
        let value = value.trim().trim_start_matches("whois://").trim_end_matches('/');
        (is_one && !value.is_empty() && !value.contains(['/', ' '])).then(|| value.to_ascii_lowercase())
    };
    answer.lines().take(1_000).find_map(named)
}

/// An answer as it is kept: its bytes as text, without what commands a screen.
pub fn kept(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n");
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).take(ANSWER_CHARS).collect()
}

/// A question that was asked, with its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// UUIDv7.
    pub id: String,
    /// How.
    pub way: Way,
    /// The kind of what it was about.
    pub kind: String,
    /// What it was about.
    pub value: String,
    /// Who answered.
    pub server: String,
    /// Who had it asked.
    pub who: String,
    /// When.
    pub at: Micros,
    /// What was read out of the answer.
    pub said: Said,
    /// The answer.
    pub answer: String,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{About, read_rdap, read_whois, refers_to, registry};

    #[test]
    fn what_is_asked_about_is_an_address_a_domain_or_a_number() {
        for (kind, value, path) in [
            ("ip", "192.0.2.7", Some("ip/192.0.2.7")),
            ("ip", "2001:db8::1", Some("ip/2001:db8::1")),
            ("cidr", "192.0.2.0/24", Some("ip/192.0.2.0/24")),
            ("cidr", "192.0.2.0/33", None),
            ("domain", "Bank.Example.", Some("domain/bank.example")),
            ("mail", "ana@mail.bank.example", Some("domain/mail.bank.example")),
            ("url", "http://user@bank.example:8080/a?b", Some("domain/bank.example")),
            ("url", "https://[2001:db8::1]:8443/", Some("ip/2001:db8::1")),
            ("url", "http://192.0.2.7/x", Some("ip/192.0.2.7")),
            ("asn", "AS64500", Some("autnum/64500")),
            ("hash_md5", "d41d8cd98f00b204e9800998ecf8427e", None),
            ("domain", "a b.example", None),
            ("domain", "localhost", None),
        ] {
            assert_eq!(About::read(kind, value).map(|about| about.path()).as_deref(), path, "{kind} {value}");
        }
    }

    #[test]
    fn the_longest_entry_names_the_registry() {
        let list = br#"{ "version": "1.0", "services": [
            [["192.0.0.0/8", "2001:db8::/32"], ["http://a.example/", "https://a.example/rdap"]],
            [["192.0.2.0/24", "example", "bank.example", "64496-64511"], ["https://b.example/"]],
            "broken", [["0.0.0.0/0"]] ] }"#;
        let of = |kind: &str, value: &str| registry(list, &About::read(kind, value).unwrap()).unwrap();
        assert_eq!(of("ip", "192.0.2.7").as_deref(), Some("https://b.example/"));
        assert_eq!(of("ip", "192.1.2.7").as_deref(), Some("https://a.example/rdap/"));
        assert_eq!(of("ip", "2001:db8::7").as_deref(), Some("https://a.example/rdap/"));
        assert_eq!(of("domain", "www.bank.example").as_deref(), Some("https://b.example/"));
        assert_eq!(of("asn", "AS64500").as_deref(), Some("https://b.example/"));
        assert_eq!(of("asn", "AS1"), None);
        assert_eq!(of("domain", "notexample.test"), None);
        assert!(registry(b"{}", &About::Number(1)).is_err() && registry(b"x", &About::Number(1)).is_err());
    }

    #[test]
    fn the_contact_for_abuse_is_found_however_deep_it_stands() {
        let answer = br#"{ "objectClassName": "ip network", "handle": "NET-1", "startAddress": "192.0.2.0", "endAddress": "192.0.2.255",
            "name": "HARBOUR", "country": "XX", "status": ["active"],
            "events": [{ "eventAction": "registration", "eventDate": "2020-01-01T00:00:00Z" }],
            "entities": [{ "objectClassName": "entity", "roles": ["registrant"],
                "vcardArray": ["vcard", [["version", {}, "text", "4.0"], ["fn", {}, "text", "Harbour\nTelecom"]]],
                "entities": [{ "roles": ["abuse"], "vcardArray": ["vcard", [["email", {}, "text", "abuse@isp.example"]]] }] }] }"#;
        let said = read_rdap(answer).unwrap();
        assert_eq!(
            (said.abuse.as_slice(), said.name.as_str()),
            (["abuse@isp.example".to_string()].as_slice(), "HARBOUR")
        );
        assert_eq!(
            (said.range.as_str(), said.holders.join(",")),
            ("192.0.2.0 – 192.0.2.255", "Harbour Telecom".into())
        );
        assert_eq!(said.registered, "2020-01-01T00:00:00Z");
        assert!(read_rdap(b"{}").is_err() && read_rdap(b"<html>").is_err());
    }

    #[test]
    fn whois_is_read_as_far_as_it_can_be() {
        let said = read_whois(
            "% Abuse contact for '192.0.2.0 - 192.0.2.255' is 'abuse@isp.example'\n\ninetnum: 192.0.2.0 - 192.0.2.255\n\
             netname:  HARBOUR\ncountry: XX\nabuse-mailbox: abuse@isp.example\nRegistrar Abuse Contact Email: abuse@registrar.example\n",
        );
        assert_eq!(said.abuse, ["abuse@isp.example", "abuse@registrar.example"]);
        assert_eq!((said.name.as_str(), said.country.as_str()), ("HARBOUR", "XX"));
        assert_eq!(refers_to("% IANA\nrefer:        whois.ripe.net\n").as_deref(), Some("whois.ripe.net"));
        assert_eq!(refers_to("ReferralServer:  whois://whois.example.net\n").as_deref(), Some("whois.example.net"));
        assert_eq!(refers_to("whois: \nremarks: x\n"), None);
    }

    proptest! {
        #[test]
        fn no_answer_makes_it_panic(text in "\\PC{0,300}", json in "[\\[\\]{}\",:a-z0-9]{0,100}") {
            let _ = read_whois(&text);
            let _ = refers_to(&text);
            let _ = read_rdap(json.as_bytes());
            let _ = registry(json.as_bytes(), &About::Number(1));
            let _ = About::read("url", &text);
        }
    }
}
