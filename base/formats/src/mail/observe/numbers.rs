//! Observables that are numbers: addresses, networks, hashes, vulnerabilities, AS numbers.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::ObservableKind;

/// An address that can be somebody's.
pub(super) fn ip(text: &str) -> Option<IpAddr> {
    let found = crate::parse_ip(text)?;
    let is_none = found.is_unspecified() || found == IpAddr::V4(Ipv4Addr::BROADCAST);
    (!is_none).then_some(found)
}

/// An address of six, at the end of a sentence too. A time or two words with a double colon are none.
pub(super) fn ipv6(text: &str) -> Option<IpAddr> {
    let text = text.trim_end_matches('.');
    let groups = text.bytes().filter(|byte| *byte == b':').count();
    let is_form = (2..=7).contains(&groups)
        && text.len() <= 45
        && text.bytes().all(|b| b.is_ascii_hexdigit() || matches!(b, b':' | b'.'));
    if !is_form || (groups < 3 && !text.bytes().any(|b| b.is_ascii_digit())) {
        return None;
    }
    let found: Ipv6Addr = text.parse().ok()?;
    // `::` and `::1` are nobody's.
    (found.segments().iter().filter(|group| **group != 0).count() > 1 || groups > 2)
        .then(|| IpAddr::V6(found).to_canonical())
}

/// A network.
pub(super) struct Cidr {
    pub value: String,
    /// How many digits its length has.
    pub len: usize,
    /// Whether it is a single address.
    pub is_host: bool,
}

/// An address with a length behind its slash.
pub(super) fn cidr(address: &str, rest: &str) -> Option<Cidr> {
    let len = rest.bytes().take_while(u8::is_ascii_digit).count();
    let ends = rest.get(len..)?.chars().next().is_none_or(|c| matches!(c, '.' | ':' | '-'));
    let address =
        if address.contains(':') { ipv6(address).or_else(|| address.parse().ok())? } else { crate::parse_ip(address)? };
    let bits: u32 = rest.get(..len).filter(|digits| (1..=3).contains(&digits.len()))?.parse().ok()?;
    let width = if address.is_ipv4() { 32 } else { 128 };
    if !ends || bits == 0 || bits > width {
        return None;
    }
    if bits == width {
        return Some(Cidr { value: address.to_string(), len, is_host: true });
    }
    let network = match address {
        IpAddr::V4(address) => IpAddr::V4((address.to_bits() & (u32::MAX << (32 - bits))).into()),
        IpAddr::V6(address) => IpAddr::V6((address.to_bits() & (u128::MAX << (128 - bits))).into()),
    };
    Some(Cidr { value: format!("{network}/{bits}"), len, is_host: false })
}

/// A hash, by its length. A number of digits alone is none, nor is one sign over and over.
pub(super) fn hash(word: &str) -> Option<ObservableKind> {
    let kind = match word.len() {
        32 => ObservableKind::HashMd5,
        40 => ObservableKind::HashSha1,
        64 => ObservableKind::HashSha256,
        128 => ObservableKind::HashSha512,
        _ => return None,
    };
    let has = |rule: fn(&u8) -> bool| word.as_bytes().iter().any(rule);
    let is_hash =
        word.bytes().all(|b| b.is_ascii_hexdigit()) && has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic);
    is_hash.then_some(kind)
}

/// A vulnerability: `CVE-2026-1234`, `cve_2026_1234`, `CVE2026-1234`, or `2026-1234` after the word CVE.
pub(super) fn cve(word: &str, before: &str) -> Option<String> {
    let begin = word.get(..3).filter(|begin| begin.eq_ignore_ascii_case("cve"));
    let rest = match begin {
        Some(_) => word.get(3..)?.trim_start_matches(['-', '_']),
        None if matches!(before, "cve" | "cves" | "cve-id" | "cve-") => word,
        None => return None,
    };
    let (year, number) = rest.split_once(['-', '_'])?;
    let is_year = year.len() == 4 && (1999..2100).contains(&year.parse::<u32>().ok()?);
    let is_number = (4..=10).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    (is_year && is_number).then(|| format!("CVE-{year}-{number}"))
}

/// An AS number: `AS64500` in capitals with three digits or more, `ASN64500`, or a number after the word ASN.
pub(super) fn asn(word: &str, before: &str) -> Option<String> {
    let digits = match word.get(..3) {
        Some(begin) if begin.eq_ignore_ascii_case("asn") => word.get(3..)?.trim_start_matches(['-', '_', '.']),
        _ => match word.strip_prefix("AS") {
            Some(digits) if digits.len() >= 3 => digits,
            _ if before == "asn" => word,
            _ => return None,
        },
    };
    let is_number =
        (1..=10).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
    let number: u32 = digits.parse().ok().filter(|_| is_number)?;
    Some(format!("AS{number}"))
}
