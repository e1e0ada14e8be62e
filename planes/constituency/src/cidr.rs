//! An IPv4 or IPv6 network.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A network in its canonical form: no host bits, never an IPv4-mapped IPv6 network, never the whole address space.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cidr {
    first: IpAddr,
    len: u8,
}

/// Why text is no network.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CidrError {
    /// There is no address before the slash.
    #[error("not an IPv4 or IPv6 network such as 192.0.2.0/24 or 2001:db8::/32")]
    NotANetwork,
    /// The number behind the slash.
    #[error("the prefix length is not a number from 1 to {max}")]
    Length {
        /// The longest length of this family.
        max: u8,
    },
    /// Bits behind the prefix are set.
    #[error("host bits are set; the network is probably {meant}")]
    HostBits {
        /// The network that was probably meant.
        meant: Cidr,
    },
}

impl Cidr {
    /// Reads `192.0.2.0/24`, `192.0.2.0/255.255.255.0`, `2001:db8::/32`, a single address, or an IPv4-mapped network.
    pub fn parse(text: &str) -> Result<Self, CidrError> {
        let text = text.trim();
        let (address, len) = match text.split_once('/') {
            Some((address, len)) => (address.trim_end(), Some(len.trim_start())),
            None => (text, None),
        };
        let address: IpAddr = address.parse().map_err(|_| CidrError::NotANetwork)?;
        let max = if address.is_ipv4() { 32 } else { 128 };
        let len = match len {
            None => max,
            Some(len) => match len.parse::<u8>() {
                Ok(number) if (1..=max).contains(&number) && !len.starts_with('+') => number,
                _ => netmask(len).filter(|_| address.is_ipv4()).ok_or(CidrError::Length { max })?,
            },
        };
        let mapped = match address {
            IpAddr::V6(six) => six.to_ipv4_mapped(),
            IpAddr::V4(_) => None,
        };
        match mapped {
            Some(four) if len > 96 => Cidr::new(IpAddr::V4(four), len - 96),
            Some(_) => Err(CidrError::NotANetwork),
            None => Cidr::new(address, len),
        }
    }

    /// The network of an address and a length.
    pub fn new(first: IpAddr, len: u8) -> Result<Self, CidrError> {
        let max = if first.is_ipv4() { 32 } else { 128 };
        if !(1..=max).contains(&len) {
            return Err(CidrError::Length { max });
        }
        let meant = Cidr { first: cut(first, len), len };
        if meant.first == first { Ok(meant) } else { Err(CidrError::HostBits { meant }) }
    }

    /// The first address.
    pub fn first(self) -> IpAddr {
        self.first
    }

    /// The length of the prefix.
    #[expect(clippy::len_without_is_empty, reason = "the length of a prefix, not of a collection")]
    pub fn len(self) -> u8 {
        self.len
    }

    /// Whether the other network is this one or lies inside it.
    pub fn holds(self, other: Cidr) -> bool {
        self.first.is_ipv4() == other.first.is_ipv4()
            && self.len <= other.len
            && cut(other.first, self.len) == self.first
    }

    /// This network and every larger one around it, from the largest on.
    pub fn around(self) -> impl Iterator<Item = Cidr> {
        (1..=self.len).map(move |len| Cidr { first: cut(self.first, len), len })
    }
}

/// The length of a netmask such as `255.255.255.0`.
fn netmask(text: &str) -> Option<u8> {
    let mask = u32::from(text.parse::<Ipv4Addr>().ok()?);
    let len = mask.leading_ones();
    (len > 0 && mask.checked_shl(len).unwrap_or(0) == 0).then_some(len as u8)
}

/// The first address of the network of that length around an address.
fn cut(address: IpAddr, len: u8) -> IpAddr {
    match address {
        IpAddr::V4(four) => {
            let host = 32u32.saturating_sub(u32::from(len));
            Ipv4Addr::from(u32::from(four) & u32::MAX.checked_shl(host).unwrap_or(0)).into()
        }
        IpAddr::V6(six) => {
            let host = 128u32.saturating_sub(u32::from(len));
            Ipv6Addr::from(u128::from(six) & u128::MAX.checked_shl(host).unwrap_or(0)).into()
        }
    }
}

impl fmt::Display for Cidr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.first, self.len)
    }
}

#[cfg(test)]
mod tests {
    use super::{Cidr, CidrError};

    #[test]
    fn a_network_is_read_in_its_canonical_form_or_refused_with_what_was_meant() {
        for (text, want) in [
            ("192.0.2.0/24", "192.0.2.0/24"),
            (" 192.0.2.0 / 24 ", "192.0.2.0/24"),
            ("192.0.2.7", "192.0.2.7/32"),
            ("192.0.2.0/255.255.255.0", "192.0.2.0/24"),
            ("2001:DB8:0::/32", "2001:db8::/32"),
            ("2001:db8::1", "2001:db8::1/128"),
            ("::ffff:192.0.2.0/120", "192.0.2.0/24"),
            ("::ffff:192.0.2.9", "192.0.2.9/32"),
            ("128.0.0.0/1", "128.0.0.0/1"),
            ("192.0.2.1/24", "host bits are set; the network is probably 192.0.2.0/24"),
            ("2001:db8::1/32", "host bits are set; the network is probably 2001:db8::/32"),
            ("::ffff:192.0.2.1/120", "host bits are set; the network is probably 192.0.2.0/24"),
            ("192.0.2.0/33", "the prefix length is not a number from 1 to 32"),
            ("0.0.0.0/0", "the prefix length is not a number from 1 to 32"),
            ("::/0", "the prefix length is not a number from 1 to 128"),
            ("192.0.2.0/+24", "the prefix length is not a number from 1 to 32"),
            ("192.0.2.0/255.0.255.0", "the prefix length is not a number from 1 to 32"),
            ("2001:db8::/255.255.0.0", "the prefix length is not a number from 1 to 128"),
            ("192.0.2/24", "not an IPv4 or IPv6 network such as 192.0.2.0/24 or 2001:db8::/32"),
            ("192.0.02.0/24", "not an IPv4 or IPv6 network such as 192.0.2.0/24 or 2001:db8::/32"),
            ("::ffff:0.0.0.0/90", "not an IPv4 or IPv6 network such as 192.0.2.0/24 or 2001:db8::/32"),
            ("", "not an IPv4 or IPv6 network such as 192.0.2.0/24 or 2001:db8::/32"),
        ] {
            let got = match Cidr::parse(text) {
                Ok(network) => network.to_string(),
                Err(error) => error.to_string(),
            };
            assert_eq!(got, want, "{text}");
        }
    }

    #[test]
    fn a_network_holds_what_lies_inside_it_and_knows_what_lies_around_it() {
        let network = |text| Cidr::parse(text).expect("a network");
        assert!(network("10.0.0.0/8").holds(network("10.1.0.0/16")));
        assert!(network("10.0.0.0/8").holds(network("10.0.0.0/8")));
        assert!(!network("10.1.0.0/16").holds(network("10.0.0.0/8")));
        assert!(!network("10.0.0.0/8").holds(network("2001:db8::/32")));
        let around: Vec<String> = network("10.0.0.0/8").around().map(|n| n.to_string()).collect();
        assert_eq!(
            around,
            ["0.0.0.0/1", "0.0.0.0/2", "0.0.0.0/3", "0.0.0.0/4", "8.0.0.0/5", "8.0.0.0/6", "10.0.0.0/7", "10.0.0.0/8"]
        );
        assert_eq!(Cidr::parse("10.0.0.1/8"), Err(CidrError::HostBits { meant: network("10.0.0.0/8") }));
    }
}
