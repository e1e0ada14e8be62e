//! Where and for whom mail is taken, and how much of it.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use serde::Deserialize;

/// How mail is brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Protocol {
    /// By a mail server on this machine or beside it, with an answer for each recipient.
    #[default]
    Lmtp,
    /// By a mail server that can do nothing else.
    Smtp,
}

/// A place where mail is taken.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct InboundConfig {
    /// `lmtp` or `smtp`.
    pub protocol: Protocol,
    /// An address and a port, or the path of a socket in the file system, which begins with `/`.
    pub listen: String,
    /// The networks that may bring mail, such as `192.0.2.0/24`; empty for this machine and private networks.
    pub allow: Vec<String>,
    /// The name we answer with.
    pub host_name: String,
    /// A PEM file with our chain of certificates; with it STARTTLS is offered.
    pub certificate_file: Option<PathBuf>,
    /// A PEM file with the key of the certificate.
    pub key_file: Option<PathBuf>,
    /// The largest message that is taken.
    pub max_message_bytes: usize,
    /// How much memory the messages of all sessions together may take; beyond it they are asked for again later.
    pub max_memory_bytes: usize,
    /// How many recipients a message may have.
    pub max_recipients: usize,
    /// How many may bring mail at once.
    pub max_sessions: usize,
    /// How long the other side may say nothing.
    pub idle_seconds: u64,
    /// How long one message may take to arrive.
    pub message_seconds: u64,
    /// How long one session may last.
    pub session_seconds: u64,
}

impl Default for InboundConfig {
    fn default() -> Self {
        InboundConfig {
            protocol: Protocol::Lmtp,
            listen: "127.0.0.1:2424".into(),
            allow: Vec::new(),
            host_name: "localhost".into(),
            certificate_file: None,
            key_file: None,
            max_message_bytes: 30_000_000,
            max_memory_bytes: 256_000_000,
            max_recipients: 100,
            max_sessions: 50,
            idle_seconds: 300,
            message_seconds: 600,
            session_seconds: 3_600,
        }
    }
}

/// Why mail cannot be taken there.
#[derive(Debug, thiserror::Error)]
pub enum InboundError {
    /// The place is none.
    #[error("listen: {0:?} is neither an address with a port, such as 127.0.0.1:2424, nor a path that begins with /")]
    Listen(String),
    /// The place is taken, or not ours.
    #[error("listen: {listen}: {error}")]
    Bind {
        /// The place.
        listen: String,
        /// What the system says.
        error: std::io::Error,
    },
    /// A network cannot be read.
    #[error("allow: {0:?} is not a network such as 192.0.2.0/24 or 2001:db8::/32, with no bit set beyond its length")]
    Network(String),
    /// A number cannot be nothing.
    #[error("{0} must be at least 1")]
    Zero(&'static str),
    /// A name cannot stand in an answer.
    #[error("host_name: {0:?} is not a name such as cirt.example.org")]
    HostName(String),
    /// Only one of the two files is named.
    #[error("certificate_file and key_file are needed together")]
    HalfCertificate,
    /// The certificate cannot be used.
    #[error("certificate_file, key_file: {0}")]
    Certificate(String),
}

/// A network of peers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Network {
    address: IpAddr,
    length: u32,
}

impl Network {
    pub(super) fn parse(text: &str) -> Option<Network> {
        let (address, length) = match text.trim().split_once('/') {
            Some((address, length)) => (address.parse().ok()?, Some(length.parse().ok()?)),
            None => (text.trim().parse().ok()?, None),
        };
        let width = if matches!(address, IpAddr::V4(_)) { 32 } else { 128 };
        let network = Network { address, length: length.unwrap_or(width) };
        (network.length <= width && network.beginning(address) == bits(address)).then_some(network)
    }

    pub(super) fn contains(&self, address: IpAddr) -> bool {
        self.address.is_ipv4() == address.is_ipv4() && self.beginning(address) == bits(self.address)
    }

    /// The address with nothing beyond the length of the network.
    fn beginning(&self, address: IpAddr) -> u128 {
        let width = if address.is_ipv4() { 32 } else { 128 };
        let mask = u128::MAX.checked_shl(width - self.length.min(width)).unwrap_or(0);
        bits(address) & mask
    }
}

fn bits(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(v4) => u128::from(v4.to_bits()),
        IpAddr::V6(v6) => v6.to_bits(),
    }
}

/// Whether an address is of this machine or of a private network.
fn is_near(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => v4.is_loopback() || v4.is_private(),
        IpAddr::V6(v6) => v6.is_loopback() || v6.is_unique_local(),
    }
}

/// How much is taken of whom.
#[derive(Debug, Clone)]
pub(super) struct Limits {
    pub(super) message_bytes: usize,
    pub(super) memory_bytes: usize,
    pub(super) recipients: usize,
    pub(super) sessions: usize,
    /// Commands in a session.
    pub(super) commands: u32,
    /// Wrong commands in a session.
    pub(super) mistakes: u32,
    pub(super) idle: Duration,
    pub(super) message: Duration,
    pub(super) session: Duration,
    /// How long the intake may think; the other side waits ten minutes for its answer.
    pub(super) intake: Duration,
    /// How long sessions have to end when the listener is stopped.
    pub(super) goodbye: Duration,
    /// Who may bring mail; empty for who is near.
    pub(super) allow: Vec<Network>,
}

impl Limits {
    pub(super) fn of(config: &InboundConfig) -> Result<Limits, InboundError> {
        for (value, key) in [
            (config.max_message_bytes as u64, "max_message_bytes"),
            (config.max_memory_bytes as u64, "max_memory_bytes"),
            (config.max_recipients as u64, "max_recipients"),
            (config.max_sessions as u64, "max_sessions"),
            (config.idle_seconds, "idle_seconds"),
            (config.message_seconds, "message_seconds"),
            (config.session_seconds, "session_seconds"),
        ] {
            if value == 0 {
                return Err(InboundError::Zero(key));
            }
        }
        let network = |text: &String| Network::parse(text).ok_or_else(|| InboundError::Network(text.clone()));
        // A day is longer than any of it, and an hour beyond any year would overflow the clock.
        let seconds = |seconds: u64| Duration::from_secs(seconds.min(86_400));
        Ok(Limits {
            message_bytes: config.max_message_bytes,
            memory_bytes: config.max_memory_bytes,
            recipients: config.max_recipients,
            sessions: config.max_sessions,
            // Who names ten thousand recipients at once hears of each, and brings the message for those that were taken.
            commands: 20_000,
            mistakes: 10,
            idle: seconds(config.idle_seconds),
            message: seconds(config.message_seconds),
            session: seconds(config.session_seconds),
            intake: Duration::from_secs(300),
            goodbye: Duration::from_secs(30),
            allow: config.allow.iter().map(network).collect::<Result<_, _>>()?,
        })
    }

    /// Whether somebody may bring mail. An IPv4 address inside an IPv6 one counts as what it is.
    pub(super) fn allows(&self, peer: IpAddr) -> bool {
        let peer = peer.to_canonical();
        if self.allow.is_empty() { is_near(peer) } else { self.allow.iter().any(|network| network.contains(peer)) }
    }
}

/// Where a listener listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    Address(SocketAddr),
    Path(PathBuf),
}

impl Place {
    pub(super) fn parse(text: &str) -> Result<Place, InboundError> {
        if text.starts_with('/') {
            return Ok(Place::Path(text.into()));
        }
        text.parse().map(Place::Address).map_err(|_| InboundError::Listen(text.into()))
    }
}

/// The name we answer with, when it can be one.
pub(super) fn host_name(text: &str) -> Result<String, InboundError> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
    let is_name = !text.is_empty() && text.len() <= 255 && text.chars().all(fits);
    if is_name { Ok(text.to_string()) } else { Err(InboundError::HostName(text.into())) }
}

#[cfg(test)]
mod tests {
    use super::{InboundConfig, InboundError, Limits, Network, Place};

    #[test]
    fn who_is_not_near_is_refused_unless_allowed() {
        let near = Limits::of(&InboundConfig::default()).expect("limits");
        let allow = ["203.0.113.0/24", "2001:db8::/32", "198.51.100.7"].map(String::from).to_vec();
        let named = Limits::of(&InboundConfig { allow, ..InboundConfig::default() }).expect("limits");
        for (peer, is_near, is_named) in [
            ("127.0.0.1", true, false),
            ("127.8.9.1", true, false),
            ("::1", true, false),
            ("::ffff:127.0.0.1", true, false),
            ("10.1.2.3", true, false),
            ("172.16.0.1", true, false),
            ("192.168.1.1", true, false),
            ("fd00::1", true, false),
            ("169.254.1.1", false, false),
            ("fe80::1", false, false),
            ("8.8.8.8", false, false),
            ("2a00:1450::1", false, false),
            ("203.0.113.255", false, true),
            ("203.0.114.0", false, false),
            ("::ffff:203.0.113.1", false, true),
            ("2001:db8:ffff::1", false, true),
            ("198.51.100.7", false, true),
            ("198.51.100.8", false, false),
        ] {
            let address = peer.parse().expect("an address");
            assert_eq!((near.allows(address), named.allows(address)), (is_near, is_named), "{peer}");
        }
    }

    #[test]
    fn what_is_no_network_is_refused() {
        for good in ["0.0.0.0/0", "::/0", "10.0.0.0/8", "192.0.2.1/32", "192.0.2.1", "2001:db8::/128"] {
            assert!(Network::parse(good).is_some(), "{good}");
        }
        for bad in
            ["", "x", "10.0.0.0/33", "10.0.0.1/8", "2001:db8::/129", "2001:db8::1/64", "10.0.0.0/", "10.0.0.0/-1"]
        {
            assert!(Network::parse(bad).is_none(), "{bad}");
            let config = InboundConfig { allow: vec![bad.into()], ..InboundConfig::default() };
            assert!(matches!(Limits::of(&config), Err(InboundError::Network(text)) if text == bad), "{bad}");
        }
        assert!(Network::parse("0.0.0.0/0").is_some_and(|all| all.contains("8.8.8.8".parse().expect("an address"))));
    }

    #[test]
    fn a_place_is_an_address_or_a_path() {
        assert!(matches!(Place::parse("127.0.0.1:24"), Ok(Place::Address(_))));
        assert!(matches!(Place::parse("[::1]:24"), Ok(Place::Address(_))));
        assert!(matches!(Place::parse("/run/manara/lmtp"), Ok(Place::Path(_))));
        for bad in ["", "24", "localhost:24", "run/lmtp", "127.0.0.1"] {
            assert!(matches!(Place::parse(bad), Err(InboundError::Listen(_))), "{bad}");
        }
        let zero = InboundConfig { idle_seconds: 0, ..InboundConfig::default() };
        assert!(matches!(Limits::of(&zero), Err(InboundError::Zero("idle_seconds"))));
    }
}
