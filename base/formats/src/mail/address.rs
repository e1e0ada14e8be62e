//! Who: a name and an address.

use mail_parser::parsers::MessageStream;
use mail_parser::{Addr, HeaderValue};

use super::encoded::joined;
use super::fault::{Faults, MailFault};
use super::head::ended;
use super::one_line;

/// Longest address and name, in bytes.
const ADDRESS_BYTES: usize = 320;
const NAME_BYTES: usize = 1_000;

/// A name and an address, as a field of a message has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// The name beside the address, decoded. Anybody can write any name.
    pub name: Option<String>,
    /// The address as written: `local@domain`, mostly.
    pub address: String,
}

impl Address {
    /// What stands before the last `@`, in small letters.
    #[must_use]
    pub fn local(&self) -> String {
        self.address.rsplit_once('@').map_or(self.address.as_str(), |(local, _)| local).to_ascii_lowercase()
    }

    /// What stands after the last `@`, in small letters.
    #[must_use]
    pub fn domain(&self) -> Option<String> {
        self.address.rsplit_once('@').map(|(_, domain)| domain.to_ascii_lowercase())
    }
}

/// The addresses of a field, those of groups among them.
pub(super) fn read(value: &str, most: usize, faults: &mut Faults) -> Vec<Address> {
    let value = joined(value);
    let line = ended(&value);
    let HeaderValue::Address(list) = MessageStream::new(line.as_bytes()).parse_address() else { return Vec::new() };
    let mut found = Vec::new();
    let mut take = |one: &Addr<'_>| {
        if let Some(address) = address(one) {
            if found.len() < most {
                found.push(address);
            } else {
                faults.add(MailFault::RecipientsCut);
            }
        }
    };
    match &list {
        mail_parser::Address::List(all) => all.iter().for_each(&mut take),
        mail_parser::Address::Group(groups) => groups.iter().flat_map(|group| &group.addresses).for_each(&mut take),
    }
    found
}

fn address(one: &Addr<'_>) -> Option<Address> {
    let address: String = one.address.as_deref()?.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    if address.is_empty() || address.len() > ADDRESS_BYTES {
        return None;
    }
    let name = one.name.as_deref().map(one_line).filter(|name| !name.is_empty() && name.len() <= NAME_BYTES);
    Some(Address { name: name.map(std::borrow::Cow::into_owned), address })
}

#[cfg(test)]
mod tests {
    use super::{Address, read};
    use crate::mail::fault::Faults;

    fn all(value: &str) -> Vec<(String, String)> {
        let found = read(value, 10, &mut Faults::default());
        found.into_iter().map(|one| (one.name.unwrap_or_default(), one.address)).collect()
    }

    #[test]
    fn addresses_are_read_as_people_write_them() {
        let pair = |name: &str, address: &str| vec![(name.to_owned(), address.to_owned())];
        for (value, expected) in [
            ("ana@example.org", pair("", "ana@example.org")),
            ("<ana@example.org>", pair("", "ana@example.org")),
            ("\"Ana, of the bank\" <ana@example.org>", pair("Ana, of the bank", "ana@example.org")),
            ("=?UTF-8?B?2YXYsdmD2LI=?= <noc@example.org>", pair("مركز", "noc@example.org")),
            // A letter that was cut in two words.
            ("=?UTF-8?B?2Q==?=\r\n =?UTF-8?B?hdix2YPYsg==?= <noc@example.org>", pair("مركز", "noc@example.org")),
            ("team: ana@example.org, bo@example.org;", {
                vec![(String::new(), "ana@example.org".into()), (String::new(), "bo@example.org".into())]
            }),
            ("undisclosed-recipients:;", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(all(value), expected, "{value}");
        }
    }

    #[test]
    fn no_more_than_the_limit_are_taken() {
        let mut faults = Faults::default();
        let value = ["a@example.org"; 12].join(", ");
        assert_eq!(read(&value, 10, &mut faults).len(), 10);
        assert_eq!(faults.into_vec(), [crate::mail::MailFault::RecipientsCut]);
    }

    #[test]
    fn the_domain_is_what_stands_after_the_last_at() {
        let address = Address { name: None, address: "\"a@b\"@Example.ORG".into() };
        assert_eq!((address.local().as_str(), address.domain().as_deref()), ("\"a@b\"", Some("example.org")));
    }
}
