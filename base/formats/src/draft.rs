//! A row in the making: typed values, checked and brought to one form.

use std::borrow::Cow;
use std::net::IpAddr;

use manara_model::{Field, Kind, Severity, Tlp};

use crate::list::{Network, refang};
use crate::shadowserver::{is_domain, parse_ip};
use crate::{Outcome, Reject, Row, Sink, SourceZone, Stop, Value, parse_time};

/// The fields gathered so far; each at most once, the first stays.
#[derive(Debug, Default, Clone)]
pub(crate) struct Draft<'a> {
    pub(crate) fields: Vec<(Field, Value<'a>)>,
}

/// The fields of which an event needs at least one.
pub(crate) const SUBJECTS: &[Field] = &[
    Field::SourceIp,
    Field::SourceNetwork,
    Field::SourceFqdn,
    Field::SourceUrl,
    Field::SourceAccount,
    Field::SourceReverseDns,
    Field::SourceLocalIp,
    Field::SourceLocalHostname,
    Field::DestinationIp,
    Field::DestinationNetwork,
    Field::DestinationFqdn,
    Field::DestinationUrl,
    Field::DestinationAccount,
    Field::DestinationReverseDns,
    Field::DestinationLocalIp,
    Field::DestinationLocalHostname,
];

impl<'a> Draft<'a> {
    pub(crate) fn new() -> Self {
        Draft { fields: Vec::with_capacity(20) }
    }

    pub(crate) fn has(&self, field: Field) -> bool {
        self.fields.iter().any(|(name, _)| *name == field)
    }

    /// Adds a value as it is, unless the field has one. An empty text is no value.
    pub(crate) fn add(&mut self, field: Field, value: Value<'a>) -> bool {
        if self.has(field) || matches!(&value, Value::Text(text) if text.is_empty()) {
            return false;
        }
        self.fields.push((field, value));
        true
    }

    pub(crate) fn text(&mut self, field: Field, text: impl Into<Cow<'a, str>>) -> bool {
        self.add(field, Value::Text(text.into()))
    }

    /// The three fields of a class.
    pub(crate) fn class(&mut self, taxonomy: &'a str, kind: &'a str, identifier: impl Into<Cow<'a, str>>) {
        self.text(Field::Taxonomy, taxonomy);
        self.text(Field::Type, kind);
        self.text(Field::Identifier, identifier);
    }

    /// Reads a text into a field by what the field holds. The code says why it is no such value; a blank text is passed
    /// over; a second value for a field is refused as `taken`.
    pub(crate) fn read(&mut self, field: Field, text: Cow<'a, str>, zone: SourceZone) -> Result<(), &'static str> {
        let text = match text {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
            Cow::Owned(text) if text.trim().len() == text.len() => Cow::Owned(text),
            Cow::Owned(text) => Cow::Owned(text.trim().to_string()),
        };
        if text.is_empty() {
            return Ok(());
        }
        if self.has(field) {
            return Err("taken");
        }
        let value = match field.spec().kind {
            Kind::Ip => return self.read_address(field, &text),
            Kind::Time => Value::Time(parse_time(&text, zone).ok_or("bad-time")?),
            Kind::Number => Value::Number(read_number(field, &text).ok_or("bad-number")?),
            Kind::Real => Value::Real(text.parse().ok().filter(|number: &f64| number.is_finite()).ok_or("bad-number")?),
            Kind::Bool => Value::Bool(read_bool(&text).ok_or("bad-value")?),
            Kind::Json => return Err("bad-value"),
            Kind::Text => Value::Text(read_text(field, text)?),
        };
        self.fields.push((field, value));
        Ok(())
    }

    /// An address; also `address:port` and a network, whose first address it is then.
    fn read_address(&mut self, field: Field, text: &str) -> Result<(), &'static str> {
        let (network, port) = match field {
            Field::SourceIp => (Field::SourceNetwork, Field::SourcePort),
            Field::DestinationIp => (Field::DestinationNetwork, Field::DestinationPort),
            _ => {
                self.fields.push((field, Value::Ip(parse_ip(text).ok_or("bad-address")?)));
                return Ok(());
            }
        };
        if let Some(address) = parse_ip(text) {
            self.fields.push((field, Value::Ip(address)));
        } else if let Some((address, number)) = address_and_port(text) {
            self.fields.push((field, Value::Ip(address)));
            self.add(port, Value::Number(u64::from(number)));
        } else {
            let block = Network::parse(text).ok_or("bad-address")?;
            self.fields.push((field, Value::Ip(block.first())));
            self.text(network, block.to_string());
        }
        Ok(())
    }

    /// The number of subjects is what makes a row a row.
    pub(crate) fn has_subject(&self) -> bool {
        self.fields.iter().any(|(field, _)| SUBJECTS.contains(field))
    }

    /// Hands the row on, or the reject when what every row must have is not there. Context needs a time only: a
    /// sensor also tells about itself.
    pub(crate) fn give(self, place: Place<'_>, outcome: Outcome, extra: &str, sink: &mut dyn Sink) -> Result<(), Stop> {
        if !self.has(Field::Time) {
            return sink.reject(Reject::new(place.line, place.time_column, "missing", "", place.raw));
        }
        if outcome == Outcome::Event && !self.has_subject() {
            return sink.reject(Reject::new(place.line, "", "no-subject", "", place.raw));
        }
        sink.row(Row { line: place.line, raw: place.raw, nth: place.nth, outcome, fields: self.fields, extra })
    }
}

/// Where a row stands in its file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(crate) line: u64,
    pub(crate) raw: &'a [u8],
    /// What the file calls the time.
    pub(crate) time_column: &'a str,
    /// Which row of its record it is.
    pub(crate) nth: u32,
}

/// `192.0.2.1:443` and `[2001:db8::1]:443`.
pub(crate) fn address_and_port(text: &str) -> Option<(IpAddr, u16)> {
    let (address, port) = text.rsplit_once(':')?;
    let bare = match address.strip_prefix('[') {
        Some(rest) => rest.strip_suffix(']')?,
        None if address.contains(':') => return None,
        None => address,
    };
    Some((parse_ip(bare)?, port.parse().ok()?))
}

fn read_number(field: Field, text: &str) -> Option<u64> {
    let most = match field {
        Field::SourcePort | Field::DestinationPort => u64::from(u16::MAX),
        Field::SourceAsn | Field::DestinationAsn => u64::from(u32::MAX),
        _ => u64::MAX,
    };
    let digits = match field {
        Field::SourceAsn | Field::DestinationAsn => {
            let bare = text.get(..2).filter(|head| head.eq_ignore_ascii_case("as")).and(text.get(2..)).unwrap_or(text);
            bare.split_whitespace().next().unwrap_or_default()
        }
        _ => text,
    };
    if digits.starts_with('+') {
        return None;
    }
    digits.parse().ok().filter(|number| *number <= most)
}

fn read_bool(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" | "t" | "y" => Some(true),
        "false" | "0" | "no" | "f" | "n" => Some(false),
        _ => None,
    }
}

pub(crate) fn lower(text: Cow<'_, str>) -> Cow<'_, str> {
    match text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        true => Cow::Owned(text.to_ascii_lowercase()),
        false => text,
    }
}

fn read_text<'a>(field: Field, text: Cow<'a, str>) -> Result<Cow<'a, str>, &'static str> {
    Ok(match field {
        Field::SourceFqdn | Field::DestinationFqdn => domain(text).ok_or("bad-domain")?,
        Field::SourceUrl | Field::DestinationUrl => url(text).ok_or("bad-url")?,
        Field::SourceNetwork | Field::DestinationNetwork => {
            Cow::Owned(Network::parse(&text).ok_or("bad-address")?.to_string())
        }
        Field::SourceCountry | Field::DestinationCountry => {
            if text.len() != 2 || !text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
                return Err("bad-value");
            }
            match text.bytes().all(|byte| byte.is_ascii_uppercase()) {
                true => text,
                false => Cow::Owned(text.to_ascii_uppercase()),
            }
        }
        Field::MalwareHashMd5 => hash(text, 32)?,
        Field::MalwareHashSha1 => hash(text, 40)?,
        Field::MalwareHashSha256 => hash(text, 64)?,
        Field::Severity => Cow::Borrowed(Severity::parse(&text).ok_or("bad-value")?.as_str()),
        Field::Tlp => match Tlp::parse(&text) {
            Some(_) => text,
            None => return Err("bad-value"),
        },
        Field::ProtocolTransport => lower(text),
        _ => text,
    })
}

fn hash(text: Cow<'_, str>, len: usize) -> Result<Cow<'_, str>, &'static str> {
    match text.len() == len && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        true => Ok(lower(text)),
        false => Err("bad-value"),
    }
}

/// A domain name in one form: lower case, no dot at its end, not defanged. Never an address.
pub(crate) fn domain(text: Cow<'_, str>) -> Option<Cow<'_, str>> {
    let text = refang(text);
    let text = match text.strip_suffix('.') {
        Some(bare) => Cow::Owned(bare.to_string()),
        None => text,
    };
    if parse_ip(&text).is_some() || !is_domain(&text) {
        return None;
    }
    Some(lower(text))
}

/// A URL with a scheme and something behind it, not defanged.
pub(crate) fn url(text: Cow<'_, str>) -> Option<Cow<'_, str>> {
    let text = refang(text);
    let (scheme, rest) = text.split_once("://")?;
    let word = scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
    let begins = scheme.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic());
    (word && begins && !rest.is_empty() && !text.chars().any(|letter| letter.is_whitespace())).then_some(text)
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use manara_model::Field;

    use super::Draft;
    use crate::{SourceZone, Value};

    fn read(field: Field, text: &str) -> Result<Vec<(Field, Value<'_>)>, &'static str> {
        let mut draft = Draft::new();
        draft.read(field, Cow::Borrowed(text), SourceZone::Utc).map(|()| draft.fields)
    }

    #[test]
    fn values_come_to_one_form_or_are_refused_with_a_code() {
        let ip = |text: &str| Value::Ip(text.parse().expect("an address"));
        let text = |text: &str| Value::Text(Cow::Owned(text.to_string()));
        for (field, input, want) in [
            (Field::SourceIp, " 192.0.2.1 ", Ok(vec![(Field::SourceIp, ip("192.0.2.1"))])),
            (
                Field::SourceIp,
                "192.0.2.1:443",
                Ok(vec![(Field::SourceIp, ip("192.0.2.1")), (Field::SourcePort, Value::Number(443))]),
            ),
            (
                Field::DestinationIp,
                "2001:db8::/32",
                Ok(vec![(Field::DestinationIp, ip("2001:db8::")), (Field::DestinationNetwork, text("2001:db8::/32"))]),
            ),
            (Field::SourceIp, "192.0.2.256", Err("bad-address")),
            (Field::SourcePort, "65536", Err("bad-number")),
            (Field::SourcePort, "-1", Err("bad-number")),
            (Field::SourcePort, "+1", Err("bad-number")),
            (Field::SourceAsn, "AS64500 Example", Ok(vec![(Field::SourceAsn, Value::Number(64500))])),
            (Field::SourceAsn, "é", Err("bad-number")),
            (Field::SourceTorNode, "Yes", Ok(vec![(Field::SourceTorNode, Value::Bool(true))])),
            (Field::SourceLatitude, "NaN", Err("bad-number")),
            (Field::SourceFqdn, "WWW.Example[.]com.", Ok(vec![(Field::SourceFqdn, text("www.example.com"))])),
            (Field::SourceFqdn, "192.0.2.1", Err("bad-domain")),
            (Field::SourceUrl, "hxxp://example[.]com/a", Ok(vec![(Field::SourceUrl, text("http://example.com/a"))])),
            (Field::SourceUrl, "example.com", Err("bad-url")),
            (Field::SourceCountry, "tn", Ok(vec![(Field::SourceCountry, text("TN"))])),
            (Field::MalwareHashMd5, "xyz", Err("bad-value")),
            (Field::Severity, "HIGH", Ok(vec![(Field::Severity, text("high"))])),
            (Field::Comment, "   ", Ok(vec![])),
        ] {
            assert_eq!(read(field, input), want, "{input}");
        }
    }
}
