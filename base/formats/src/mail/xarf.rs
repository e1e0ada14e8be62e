//! Abuse reports as JSON: XARF 4 (4.2.0), and the older forms 3 and 0.2.

mod kinds;
mod old;
mod value;

use std::net::IpAddr;

use manara_model::Micros;
use serde_json::Value;

use super::Mail;
use super::transfer::base64;
use value::At;

pub use kinds::{XARF_KINDS, XarfKind};
pub use value::XarfError;

/// Largest report, in bytes.
const BYTES: usize = 24 << 20;
/// Most values in it: each takes many times the memory of its text.
const VALUES: usize = 100_000;
/// Most pieces of evidence, as the format says.
const EVIDENCE: usize = 50;

/// Which form a report has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum XarfVersion {
    /// JSON with `xarf_version`.
    V4,
    /// JSON with `ReporterInfo`.
    V3,
    /// Lines of `Name: value` in a mail with the field `X-XARF`.
    V02,
}

/// Who stands behind a report.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct XarfContact {
    /// The organisation.
    pub org: String,
    /// Its address.
    pub contact: String,
    /// Its domain; empty in older forms that do not say it.
    pub domain: String,
}

/// A piece of evidence.
#[derive(Clone, PartialEq, Eq)]
pub struct XarfEvidence {
    /// What it says it is.
    pub mime: String,
    /// What it shows.
    pub description: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The hash as written: `sha256:…`.
    pub hash: Option<String>,
}

/// Evidence may be large and personal: it is in no log.
impl std::fmt::Debug for XarfEvidence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("XarfEvidence")
            .field("mime", &self.mime)
            .field("bytes", &self.bytes.len())
            .finish_non_exhaustive()
    }
}

/// An abuse report.
#[derive(Debug, Clone, PartialEq)]
pub struct Xarf {
    /// The form it came in.
    pub version: XarfVersion,
    /// Its own number, where it has one.
    pub report_id: Option<String>,
    /// When it happened.
    pub timestamp: Micros,
    /// Who complains.
    pub reporter: XarfContact,
    /// Who filed it for them; the same in older forms.
    pub sender: XarfContact,
    /// What did it: an address, a domain, a URL or another name.
    pub source: String,
    /// The same, where it is an address.
    pub source_ip: Option<IpAddr>,
    /// The port it came from.
    pub source_port: Option<u16>,
    /// The category of XARF 4: `connection`.
    pub category: String,
    /// The type of XARF 4 within the category: `login_attack`.
    pub kind: String,
    /// Class and type of our taxonomy.
    pub rsit: (&'static str, &'static str),
    /// Whom it hit.
    pub destination_ip: Option<IpAddr>,
    /// At which port.
    pub destination_port: Option<u16>,
    /// What it is about on the web.
    pub url: Option<String>,
    /// What is said about it.
    pub description: Option<String>,
    /// How sure the reporter is, from 0 to 1.
    pub confidence: Option<f64>,
    /// Tags, `namespace:value`.
    pub tags: Vec<String>,
    /// What was sent along.
    pub evidence: Vec<XarfEvidence>,
    /// All texts and numbers of the report but evidence and contacts, by the names of the form it came in.
    pub fields: Vec<(String, String)>,
}

impl Xarf {
    /// Reads a report of form 4 or 3.
    ///
    /// # Errors
    ///
    /// With the path of the value that is missing or wrong, and what is expected there.
    pub fn read(json: &[u8]) -> Result<Xarf, XarfError> {
        if json.len() > BYTES {
            return Err(XarfError::new("$", format!("at most {BYTES} bytes"), format!("{} bytes", json.len())));
        }
        let json = json.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(json);
        let values = values_in(json);
        if values > VALUES {
            return Err(XarfError::new("$", format!("at most {VALUES} values"), format!("{values} values")));
        }
        let value: Value = serde_json::from_slice(json).map_err(|why| XarfError::new("$", "JSON", why.to_string()))?;
        let root = At::root(&value);
        if !value.is_object() {
            return Err(root.wrong("an object"));
        }
        if value.get("Version").is_some() && value.get("xarf_version").is_none() {
            return old::read_v3(&root);
        }
        read_v4(&root)
    }

    /// Reads the report in a message; `None` if there is none.
    #[must_use]
    pub fn of(mail: &Mail) -> Option<Result<Xarf, XarfError>> {
        let is_json = |bytes: &[u8]| {
            let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
            let begin = bytes.get(..bytes.len().min(64 << 10)).unwrap_or_default();
            bytes.starts_with(b"{") && NAMES.iter().any(|name| memchr::memmem::find(begin, name.as_bytes()).is_some())
        };
        if let Some(part) = mail.parts.iter().find(|part| !part.nested && is_json(&part.bytes)) {
            return Some(Xarf::read(&part.bytes));
        }
        if is_json(mail.text.as_bytes()) {
            return Some(Xarf::read(mail.text.as_bytes()));
        }
        old::of(mail)
    }
}

/// How many values JSON has at most: one for each comma, colon and bracket outside texts.
fn values_in(json: &[u8]) -> usize {
    let (mut count, mut is_text, mut is_escaped) = (1, false, false);
    for byte in json {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_text => is_escaped = true,
            b'"' => is_text = !is_text,
            b',' | b':' | b'[' | b'{' if !is_text => count += 1,
            _ => {}
        }
    }
    count
}

/// Names by which a report is known among other JSON.
const NAMES: &[&str] = &["\"xarf_version\"", "\"ReporterInfo\""];

fn read_v4(root: &At<'_>) -> Result<Xarf, XarfError> {
    let version = root.member("xarf_version")?;
    let parts: Vec<&str> = version.text(20)?.split('.').collect();
    let is_number = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !matches!(parts.as_slice(), ["4", minor, patch] if is_number(minor) && is_number(patch)) {
        return Err(version.wrong("a version such as 4.2.0"));
    }
    let report_id = root.member("report_id")?;
    let id = report_id.text(36)?;
    if !is_uuid(id) {
        return Err(report_id.wrong("a UUID"));
    }
    let timestamp = root.member("timestamp")?.time()?;
    let reporter = contact(&root.member("reporter")?)?;
    let sender = contact(&root.member("sender")?)?;
    let source = root.member("source_identifier")?.word(2_000)?;
    let category = root.member("category")?;
    let kind = root.member("type")?;
    let Some(known) = XARF_KINDS.iter().find(|known| Some(known.category) == category.value.as_str()) else {
        return Err(category.wrong("one of the seven categories, such as connection"));
    };
    let Some(known) =
        XARF_KINDS.iter().find(|other| other.category == known.category && Some(other.kind) == kind.value.as_str())
    else {
        return Err(kind.wrong(&format!("a type of the category {}", known.category)));
    };
    for name in known.required {
        root.member(name)?.present()?;
    }
    let source_ip = crate::parse_ip(source);
    let source_port = root.maybe("source_port").map(|port| port.port()).transpose()?;
    kinds::check_conditions(root, known, source_ip.is_some())?;
    let ip = |name: &str| match root.maybe(name) {
        None => Ok(None),
        Some(found) => crate::parse_ip(found.text(60)?).map(Some).ok_or_else(|| found.wrong("an IP address")),
    };
    let confidence = match root.maybe("confidence") {
        None => None,
        Some(found) => Some(
            found
                .value
                .as_f64()
                .filter(|value| (0.0..=1.0).contains(value))
                .ok_or_else(|| found.wrong("a number from 0 to 1"))?,
        ),
    };
    let url = ["url", "infringing_url", "target_url"].iter().find_map(|name| root.maybe(name));
    Ok(Xarf {
        version: XarfVersion::V4,
        report_id: Some(id.to_owned()),
        timestamp,
        reporter,
        sender,
        source: source.to_owned(),
        source_ip,
        source_port,
        category: known.category.to_owned(),
        kind: known.kind.to_owned(),
        rsit: known.rsit,
        destination_ip: ip("destination_ip")?,
        destination_port: root.maybe("destination_port").map(|port| port.port()).transpose()?,
        url: url.map(|url| url.word(8_000).map(str::to_owned)).transpose()?,
        description: root.maybe("description").map(|text| text.text(8_000).map(str::to_owned)).transpose()?,
        confidence,
        tags: tags(root)?,
        evidence: evidence(root, "evidence", ("content_type", "payload", "description"))?,
        fields: fields(root.value),
    })
}

/// Thirty-two hexadecimal digits with four dashes.
fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text
            .bytes()
            .enumerate()
            .all(|(at, byte)| if matches!(at, 8 | 13 | 18 | 23) { byte == b'-' } else { byte.is_ascii_hexdigit() })
}

fn contact(at: &At<'_>) -> Result<XarfContact, XarfError> {
    if !at.value.is_object() {
        return Err(at.wrong("an object with org, contact and domain"));
    }
    let contact = at.member("contact")?;
    if !contact.word(320)?.contains('@') {
        return Err(contact.wrong("a mail address"));
    }
    let domain = at.member("domain")?;
    if !crate::is_domain(domain.word(253)?) {
        return Err(domain.wrong("a domain"));
    }
    let text = |at: At<'_>| at.value.as_str().unwrap_or_default().to_owned();
    let org = at.member("org")?;
    org.text(1_000)?;
    Ok(XarfContact { org: text(org), contact: text(contact), domain: text(domain) })
}

fn tags(root: &At<'_>) -> Result<Vec<String>, XarfError> {
    let Some(tags) = root.maybe("tags") else { return Ok(Vec::new()) };
    tags.items(20)?.iter().map(|tag| tag.text(200).map(str::to_owned)).collect()
}

/// The pieces of evidence, under the names that a form uses for type, content and description.
fn evidence(root: &At<'_>, name: &str, names: (&str, &str, &str)) -> Result<Vec<XarfEvidence>, XarfError> {
    let Some(list) = root.maybe(name) else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for item in list.items(EVIDENCE)? {
        let payload = item.member(names.1)?;
        let text = payload.value.as_str().ok_or_else(|| payload.wrong("base64"))?;
        let (bytes, is_broken) = base64(text.as_bytes());
        if is_broken {
            return Err(payload.wrong("base64"));
        }
        found.push(XarfEvidence {
            mime: item.member(names.0)?.text(200)?.to_ascii_lowercase(),
            description: item
                .maybe(names.2)
                .map(|text| text.text(2_000).map(str::to_owned))
                .transpose()?
                .unwrap_or_default(),
            bytes,
            hash: item.maybe("hash").map(|hash| hash.word(200).map(str::to_owned)).transpose()?,
        });
    }
    Ok(found)
}

/// What is said in texts, numbers and truths, lists of them joined; not the contacts, the evidence, and what is for the sender alone.
fn fields(value: &Value) -> Vec<(String, String)> {
    const LEFT_OUT: &[&str] = &["reporter", "sender", "evidence", "Samples", "_internal"];
    let plain = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        _ => None,
    };
    let members = value.as_object().into_iter().flatten().filter(|(name, _)| !LEFT_OUT.contains(&name.as_str()));
    let shown = members.filter_map(|(name, value)| {
        let text = match value {
            Value::Array(items) => items.iter().take(100).filter_map(plain).collect::<Vec<_>>().join(", "),
            value => plain(value)?,
        };
        let cut = |text: &str, most: usize| text.get(..text.floor_char_boundary(most)).unwrap_or_default().to_owned();
        Some((cut(name, 100), cut(&text, 4_000)))
    });
    shown.take(200).collect()
}
