//! Plain lists: an address, network, domain or URL on each line, with comments.

use std::borrow::Cow;
use std::fmt;
use std::io::Read;
use std::net::IpAddr;

use manara_model::{Field, Micros};

use crate::draft::{Draft, Place, address_and_port, domain, url};
use crate::shadowserver::{is_domain, parse_ip};
use crate::{ExtraJson, Limits, Lines, Outcome, ReadError, Reject, Sink, Stop, Value, decode};

/// The class of an entry when the feed gives none.
const CLASS: (&str, &str, &str) = ("other", "blocklist", "blocklist");

/// Reads a list. Each entry is a row of the moment `observed`, since a list does not say since when; `constants` are
/// the feed's own fields (its class above all). Comments begin with `#`, `;` or `//`, alone or behind an entry; one
/// behind an entry is kept as `comment`. Lines of a hosts file (`0.0.0.0 name name`) give a row for each name. Defanged
/// forms (`hxxp`, `[.]`) are understood.
pub fn read_list(
    input: impl Read,
    observed: Micros,
    constants: &[(Field, Value<'static>)],
    limits: &Limits,
    sink: &mut dyn Sink,
) -> Result<(), ReadError> {
    let mut lines = Lines::new(input, limits);
    let mut extra = ExtraJson::default();
    let mut empty = true;
    while let Some(line) = lines.next()? {
        empty = false;
        let place = Place { line: line.number, raw: line.bytes, time_column: "", nth: 0 };
        if line.cut {
            sink.reject(Reject::new(line.number, "", "too-long", "", line.bytes))?;
            continue;
        }
        let text = decode(line.bytes);
        let (body, comment) = split_comment(text.trim());
        let names = hosts_names(body);
        if names.is_empty() {
            if !body.is_empty() {
                read_line(place, body, comment, observed, constants, &mut extra, sink)?;
            }
            continue;
        }
        for name in names {
            read_line(place, name, comment, observed, constants, &mut extra, sink)?;
        }
    }
    if empty { Err(ReadError::Empty) } else { Ok(()) }
}

fn read_line(
    place: Place<'_>,
    body: &str,
    comment: &str,
    observed: Micros,
    constants: &[(Field, Value<'static>)],
    extra: &mut ExtraJson,
    sink: &mut dyn Sink,
) -> Result<(), Stop> {
    extra.clear();
    let mut draft = Draft::new();
    let (entry, rest) = split_entry(body);
    if let Err(code) = read_entry(&mut draft, entry, extra) {
        return sink.reject(Reject::new(place.line, "", code, entry, place.raw));
    }
    if !rest.is_empty() {
        extra.text("rest", rest);
    }
    if !comment.is_empty() {
        extra.text("comment", comment);
    }
    draft.add(Field::Time, Value::Time(observed));
    for (field, value) in constants {
        draft.add(*field, value.clone());
    }
    if !draft.has(Field::Type) {
        draft.class(CLASS.0, CLASS.1, CLASS.2);
    }
    draft.give(place, Outcome::Event, extra.finish(), sink)
}

/// An entry line without its comment, and the comment without its sign.
fn split_comment(text: &str) -> (&str, &str) {
    let bytes = text.as_bytes();
    let is_url = |before: &str| before.contains("://") || before.contains("[:]//") || before.starts_with("hxxp");
    for (at, byte) in bytes.iter().enumerate() {
        let after_blank = at == 0 || bytes.get(at - 1).is_some_and(u8::is_ascii_whitespace);
        let len = match byte {
            b'#' | b';' if after_blank || !is_url(text.get(..at).unwrap_or_default()) => 1,
            b'/' if after_blank && bytes.get(at + 1) == Some(&b'/') => 2,
            _ => continue,
        };
        let (body, comment) = (text.get(..at).unwrap_or_default(), text.get(at + len..).unwrap_or_default());
        return (body.trim_end(), comment.trim_start_matches(['#', ';', '/']).trim());
    }
    (text, "")
}

/// The names of a line of a hosts file; none when it is not one.
fn hosts_names(body: &str) -> Vec<&str> {
    let mut words = body.split_whitespace();
    let sink_hole = words.next().and_then(parse_ip).is_some_and(|ip| ip.is_unspecified() || ip.is_loopback());
    if sink_hole { words.collect() } else { Vec::new() }
}

/// The entry of a line and what stands behind it.
fn split_entry(body: &str) -> (&str, &str) {
    let (word, rest) = match body.split_once(|letter: char| letter.is_whitespace()) {
        Some((word, rest)) => (word, rest.trim()),
        None => (body, ""),
    };
    // A range may have blanks around its hyphen.
    if let Some(last) = rest.strip_prefix('-').map(str::trim_start).filter(|_| parse_ip(word).is_some()) {
        let len = last.find(char::is_whitespace).unwrap_or(last.len());
        if last.get(..len).and_then(parse_ip).is_some() {
            let tail = last.get(len..).unwrap_or_default();
            return (body.get(..body.len() - tail.len()).unwrap_or(body), tail.trim());
        }
    }
    let (word, rest) = match word.split_once(',') {
        Some((first, _)) if !word.contains("://") => (first, body.get(first.len() + 1..).unwrap_or_default().trim()),
        _ => (word, rest),
    };
    (word.trim_matches(['"', '\'']), rest)
}

/// Reads whatever an entry is: address, `address:port`, network, range, URL, domain or mail address.
pub(crate) fn read_entry(draft: &mut Draft<'_>, entry: &str, extra: &mut ExtraJson) -> Result<(), &'static str> {
    let text = refang(Cow::Borrowed(entry.trim()));
    if let Some(address) = parse_ip(&text) {
        draft.add(Field::SourceIp, Value::Ip(address));
    } else if let Some((address, port)) = address_and_port(&text) {
        draft.add(Field::SourceIp, Value::Ip(address));
        draft.add(Field::SourcePort, Value::Number(u64::from(port)));
    } else if let Some(network) = Network::parse(&text) {
        draft.add(Field::SourceIp, Value::Ip(network.first()));
        draft.text(Field::SourceNetwork, network.to_string());
    } else if let Some((first, last)) = range(&text) {
        add_range(draft, first, last, extra);
    } else if text.contains("://") {
        let url = url(text).ok_or("bad-url")?.into_owned();
        add_host(draft, &url);
        draft.text(Field::SourceUrl, url);
    } else if let Some((_, host)) = text.rsplit_once('@') {
        if !is_domain(host) || text.contains(char::is_whitespace) {
            return Err("bad-domain");
        }
        draft.text(Field::SourceAccount, text.into_owned());
    } else {
        let bare = text.strip_prefix("*.").or_else(|| text.strip_prefix('.')).unwrap_or(&text);
        let Some(name) = domain(Cow::Borrowed(bare)) else { return Err(bad_entry(&text)) };
        draft.text(Field::SourceFqdn, name.into_owned());
        if bare.len() < text.len() {
            extra.text("pattern", &text);
        }
    }
    Ok(())
}

fn add_range(draft: &mut Draft<'_>, first: IpAddr, last: IpAddr, extra: &mut ExtraJson) {
    draft.add(Field::SourceIp, Value::Ip(first));
    match Network::of_range(first, last) {
        Some(network) => {
            draft.text(Field::SourceNetwork, network.to_string());
        }
        // A range that is no network is not widened to one: that would accuse the neighbours.
        None => extra.text("range", &format!("{first}-{last}")),
    }
}

/// The host of a URL is a subject of its own: the address or the name.
pub(crate) fn add_host(draft: &mut Draft<'_>, url: &str) {
    let Some(host) = host_of(url) else { return };
    match parse_ip(host) {
        Some(address) => draft.add(Field::SourceIp, Value::Ip(address)),
        None => match domain(Cow::Borrowed(host)) {
            Some(name) => draft.text(Field::SourceFqdn, name.into_owned()),
            None => false,
        },
    };
}

/// The host of a URL, without user, port and brackets.
pub(crate) fn host_of(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#', '\\']).next()?;
    let host = authority.rsplit('@').next()?;
    match host.strip_prefix('[') {
        Some(six) => six.split(']').next(),
        None => host.split(':').next(),
    }
}

fn bad_entry(text: &str) -> &'static str {
    let like_address =
        text.contains(':') || text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'/' | b'-'));
    if like_address { "bad-address" } else { "bad-domain" }
}

/// `first-last`, both of one family and in order.
pub(crate) fn range(text: &str) -> Option<(IpAddr, IpAddr)> {
    let (first, last) = text.split_once('-')?;
    let (first, last) = (parse_ip(first)?, parse_ip(last)?);
    (first.is_ipv4() == last.is_ipv4() && first <= last).then_some((first, last))
}

/// A network: the first address and the length of its prefix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Network {
    first: IpAddr,
    len: u8,
}

impl Network {
    /// Reads `address/length` or `address/mask`; bits behind the length are cleared.
    pub(crate) fn parse(text: &str) -> Option<Network> {
        let (address, len) = text.trim().split_once('/')?;
        let address = parse_ip(address)?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let len = match len.trim().parse::<u8>() {
            Ok(len) if !len_has_sign(text) => len,
            _ => match (address, parse_ip(len)?) {
                (IpAddr::V4(_), IpAddr::V4(mask)) => {
                    let ones = mask.to_bits().leading_ones();
                    (mask.to_bits().count_ones() == ones).then_some(ones as u8)?
                }
                _ => return None,
            },
        };
        (len <= most).then(|| Network { first: clear(address, len), len })
    }

    /// The network that is exactly this range, when there is one.
    pub(crate) fn of_range(first: IpAddr, last: IpAddr) -> Option<Network> {
        let (from, to, bits) = match (first, last) {
            (IpAddr::V4(first), IpAddr::V4(last)) => (u128::from(first.to_bits()), u128::from(last.to_bits()), 32),
            (IpAddr::V6(first), IpAddr::V6(last)) => (first.to_bits(), last.to_bits(), 128),
            _ => return None,
        };
        let host = to ^ from;
        let whole = host & host.wrapping_add(1) == 0 && from & host == 0 && from <= to;
        whole.then(|| Network { first, len: bits - (128 - host.leading_zeros()) as u8 })
    }

    pub(crate) fn first(self) -> IpAddr {
        self.first
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.first, self.len)
    }
}

fn len_has_sign(text: &str) -> bool {
    text.contains('+')
}

fn clear(address: IpAddr, len: u8) -> IpAddr {
    match address {
        IpAddr::V4(four) => {
            let mask = u32::MAX.checked_shl(32 - u32::from(len.min(32))).unwrap_or(0);
            IpAddr::V4((four.to_bits() & mask).into())
        }
        IpAddr::V6(six) => {
            let mask = u128::MAX.checked_shl(128 - u32::from(len.min(128))).unwrap_or(0);
            IpAddr::V6((six.to_bits() & mask).into())
        }
    }
}

/// Undoes what people do to addresses so that nobody clicks them: `hxxps[:]//example[.]com`.
pub(crate) fn refang(text: Cow<'_, str>) -> Cow<'_, str> {
    const FORMS: &[(&str, &str)] = &[
        ("[.]", "."),
        ("(.)", "."),
        ("{.}", "."),
        ("[dot]", "."),
        ("(dot)", "."),
        ("[:]", ":"),
        ("[://]", "://"),
        ("[/]", "/"),
        ("[@]", "@"),
        ("[at]", "@"),
    ];
    let defanged = text.get(..4).is_some_and(|head| head.eq_ignore_ascii_case("hxxp"));
    if !defanged && !text.contains(['[', '(', '{']) {
        return text;
    }
    let mut text = text;
    for (from, to) in FORMS {
        if text.contains(from) {
            text = Cow::Owned(text.replace(from, to));
        }
    }
    match text.get(4..) {
        Some(rest) if defanged => Cow::Owned(format!("http{rest}")),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use manara_model::is_known;
    use proptest::prelude::*;

    use super::{CLASS, Network, host_of, range, refang, split_comment, split_entry};

    #[test]
    fn the_class_of_an_entry_is_of_the_taxonomy() {
        assert!(is_known(CLASS.0, CLASS.1));
    }

    #[test]
    fn networks_are_read_masked_and_written() {
        for (text, want) in [
            ("192.0.2.77/24", Some("192.0.2.0/24")),
            ("192.0.2.77/255.255.255.128", Some("192.0.2.0/25")),
            ("192.0.2.77/255.0.255.0", None),
            ("192.0.2.77/0", Some("0.0.0.0/0")),
            ("192.0.2.77/32", Some("192.0.2.77/32")),
            ("192.0.2.77/33", None),
            ("192.0.2.77/+8", None),
            ("192.0.2.77/-8", None),
            ("2001:db8:ffff::1/32", Some("2001:db8::/32")),
            ("2001:db8::1/128", Some("2001:db8::1/128")),
            ("::/0", Some("::/0")),
            ("2001:db8::1/129", None),
            ("192.0.2.1", None),
            ("/24", None),
            ("", None),
        ] {
            assert_eq!(Network::parse(text).map(|network| network.to_string()).as_deref(), want, "{text}");
        }
    }

    #[test]
    fn a_range_is_a_network_only_when_it_is_exactly_one() {
        for (text, want) in [
            ("192.0.2.0-192.0.2.255", Some("192.0.2.0/24")),
            ("192.0.2.4-192.0.2.4", Some("192.0.2.4/32")),
            ("192.0.2.1-192.0.2.2", None),
            ("192.0.2.0-192.0.2.2", None),
            ("0.0.0.0-255.255.255.255", Some("0.0.0.0/0")),
            ("2001:db8::-2001:db8::ffff", Some("2001:db8::/112")),
            ("::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", Some("::/0")),
        ] {
            let (first, last) = range(text).expect(text);
            assert_eq!(Network::of_range(first, last).map(|network| network.to_string()).as_deref(), want, "{text}");
        }
        for text in ["192.0.2.2-192.0.2.1", "192.0.2.1-2001:db8::", "a-b", "192.0.2.1"] {
            assert!(range(text).is_none(), "{text}");
        }
    }

    #[test]
    fn comments_and_other_columns_are_split_off() {
        for (text, want) in [
            ("# all", ("", "all")),
            ("//  all", ("", "all")),
            ("192.0.2.1 # x", ("192.0.2.1", "x")),
            ("192.0.2.1;x", ("192.0.2.1", "x")),
            ("192.0.2.1 // x", ("192.0.2.1", "x")),
            ("http://a.example/#x ; y", ("http://a.example/#x", "y")),
            ("http://a.example//x", ("http://a.example//x", "")),
        ] {
            assert_eq!(split_comment(text), want, "{text}");
        }
        for (body, want) in [
            ("a.example b c", ("a.example", "b c")),
            ("a.example,b c", ("a.example", "b c")),
            ("http://a.example/x,y z", ("http://a.example/x,y", "z")),
            ("192.0.2.1 - 192.0.2.3 x", ("192.0.2.1 - 192.0.2.3", "x")),
            ("192.0.2.1 - x", ("192.0.2.1", "- x")),
        ] {
            assert_eq!(split_entry(body), want, "{body}");
        }
    }

    #[test]
    fn defanged_forms_are_undone() {
        for (text, want) in [
            ("hxxps[:]//a[.]b(.)c{.}d[dot]e/f[1]", "https://a.b.c.d.e/f[1]"),
            ("HXXP://a.example", "http://a.example"),
            ("me[at]a[.]example", "me@a.example"),
            ("http://[2001:db8::1]/", "http://[2001:db8::1]/"),
            ("é", "é"),
        ] {
            assert_eq!(refang(Cow::Borrowed(text)), want);
        }
    }

    #[test]
    fn the_host_of_a_url_is_found() {
        for (url, want) in [
            ("http://a.example:8080/x@y", Some("a.example")),
            ("ftp://user:pass@a.example?q", Some("a.example")),
            ("http://[2001:db8::1]:80/", Some("2001:db8::1")),
            ("http:///x", Some("")),
            ("a.example", None),
        ] {
            assert_eq!(host_of(url), want, "{url}");
        }
    }

    proptest! {
        #[test]
        fn a_network_survives_its_text(bits in any::<u32>(), len in 0u8..=32, six in any::<u128>(), long in 0u8..=128) {
            for text in [format!("{}/{len}", std::net::Ipv4Addr::from(bits)), format!("{}/{long}", std::net::Ipv6Addr::from(six))] {
                if let Some(network) = Network::parse(&text) {
                    prop_assert_eq!(Network::parse(&network.to_string()), Some(network));
                }
            }
        }

        #[test]
        fn an_aligned_range_is_its_network(bits in any::<u32>(), len in 0u8..=32) {
            let network = Network::parse(&format!("{}/{len}", std::net::Ipv4Addr::from(bits))).expect("a network");
            let std::net::IpAddr::V4(first) = network.first() else { panic!("four") };
            let size = u32::MAX.checked_shr(u32::from(len)).unwrap_or(0);
            let last = std::net::Ipv4Addr::from(first.to_bits() | size);
            prop_assert_eq!(Network::of_range(first.into(), last.into()), Some(network));
        }
    }
}
