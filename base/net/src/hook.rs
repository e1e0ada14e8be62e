//! Webhooks leave here: one signed POST to one checked address, with an end to its time and its size.
//!
//! The name is looked up once, every address it has is checked, and the connection goes to one of those: a name that means
//! another address a moment later gains nothing. No redirect is followed, no proxy used, nothing of the answer kept but its
//! status.

use std::io::{ErrorKind, Read, Write};
use std::net::{IpAddr, SocketAddr, TcpStream, ToSocketAddrs as _};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::hmac;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, StreamOwned};
use serde::Deserialize;

use crate::guard::is_public;

/// What a secret begins with.
pub const SECRET_BEGINS: &str = "whsec_";
/// Characters of an address.
pub const URL_CHARS: usize = 500;
/// How long one step may take, and the whole.
const STEP: Duration = Duration::from_secs(5);
pub(crate) const WHOLE: Duration = Duration::from_secs(15);
/// What is read of an answer: its first line.
const ANSWER_BYTES: usize = 4096;

/// The section `[webhooks]`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HookConfig {
    /// Whether webhooks may go to this machine itself, and there without https. For tests.
    pub allow_loopback: bool,
    /// A PEM file of certificate authorities to trust beside the system's.
    pub extra_root_file: Option<PathBuf>,
}

/// Why a webhook did not arrive.
#[derive(Debug, thiserror::Error)]
pub enum HookError {
    /// The address is none a webhook may have.
    #[error("the address is not https://host/path without a login or a fragment")]
    Address,
    /// The name leads to an address inside.
    #[error("{0} is not an address of the public Internet")]
    Inside(IpAddr),
    /// The name leads nowhere.
    #[error("the name cannot be looked up: {0}")]
    Name(String),
    /// Nobody answers there, or the line broke.
    #[error("the connection failed: {0}")]
    Line(String),
    /// It took too long.
    #[error("the other side took longer than {} seconds", WHOLE.as_secs())]
    Slow,
    /// What came back is not HTTP.
    #[error("the answer is not HTTP")]
    Answer,
    /// The other side did not want it.
    #[error("the other side answered {0}")]
    Status(u16),
}

/// Where a webhook goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    pub(crate) https: bool,
    pub(crate) host: String,
    port: u16,
    pub(crate) path: String,
}

impl Target {
    /// Reads an address; plain http only to this machine, and only where that is allowed.
    pub fn parse(url: &str, allow_loopback: bool) -> Result<Target, HookError> {
        let fits = url.len() <= URL_CHARS
            && url.chars().all(|c| c.is_ascii_graphic())
            && !url.contains(['#', '\\', '"', '<', '>']);
        let (scheme, rest) = url.split_once("://").filter(|_| fits).ok_or(HookError::Address)?;
        let https = match scheme {
            "https" => true,
            "http" if allow_loopback => false,
            _ => return Err(HookError::Address),
        };
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at(end);
        let (host, port) = authority_of(authority).ok_or(HookError::Address)?;
        let path = if path.starts_with('/') { path.to_string() } else { format!("/{path}") };
        let port = port.unwrap_or(if https { 443 } else { 80 });
        // An address that is written out is checked at once; a name when it is used.
        if let Ok(address) = host.parse::<IpAddr>() {
            checked(address, https, allow_loopback)?;
        }
        Ok(Target { https, host, port, path })
    }
}

impl Target {
    pub(crate) fn is_https(&self) -> bool {
        self.https
    }

    pub(crate) fn host(&self) -> &str {
        &self.host
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    pub(crate) fn host_header(&self) -> String {
        host_header(self)
    }

    /// Whether a connection may go to an address of its name.
    pub(crate) fn is_fit(&self, address: IpAddr, allow_loopback: bool) -> bool {
        checked(address, self.https, allow_loopback).is_ok()
    }
}

fn authority_of(text: &str) -> Option<(String, Option<u16>)> {
    if let Some(rest) = text.strip_prefix('[') {
        let (host, after) = rest.split_once(']')?;
        host.parse::<std::net::Ipv6Addr>().ok()?;
        let port = match after.strip_prefix(':') {
            Some(port) => Some(port.parse().ok()?),
            None => after.is_empty().then_some(None)?,
        };
        return Some((host.to_string(), port));
    }
    let (host, port) = match text.split_once(':') {
        Some((host, port)) => (host, Some(port.parse().ok()?)),
        None => (text, None),
    };
    let is_host = !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.');
    is_host.then(|| (host.to_ascii_lowercase(), port))
}

fn checked(address: IpAddr, https: bool, allow_loopback: bool) -> Result<(), HookError> {
    let is_here = address.to_canonical().is_loopback();
    if (is_here && allow_loopback) || (https && is_public(address)) { Ok(()) } else { Err(HookError::Inside(address)) }
}

/// What is sent.
#[derive(Debug, Clone, Copy)]
pub struct Message<'a> {
    /// The same for every try, so that the other side can tell.
    pub id: &'a str,
    /// Seconds since 1970.
    pub at: i64,
    /// JSON.
    pub body: &'a str,
}

/// The signature of a message as the Standard Webhooks say: over id, time and body; `None` when the secret is none.
pub fn signature(secret: &str, message: Message<'_>) -> Option<String> {
    let key = STANDARD.decode(secret.strip_prefix(SECRET_BEGINS)?).ok().filter(|key| key.len() >= 24)?;
    let signed = format!("{}.{}.{}", message.id, message.at, message.body);
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &key), signed.as_bytes());
    Some(format!("v1,{}", STANDARD.encode(tag.as_ref())))
}

/// Sends webhooks.
#[derive(Debug, Clone)]
pub struct Hooks {
    tls: Arc<ClientConfig>,
    /// Whether this machine itself may be called.
    pub allow_loopback: bool,
}

impl Hooks {
    /// With the authorities of the system and those of the configuration.
    pub fn new(config: &HookConfig) -> Result<Hooks, HookError> {
        let tls = crate::tls::client(config.extra_root_file.as_deref());
        let tls = tls.map_err(|error| HookError::Line(error.to_string()))?;
        Ok(Hooks { tls, allow_loopback: config.allow_loopback })
    }

    /// Sends one message, and gives the status when it is one of success. It blocks for 15 seconds at most, and the time
    /// a name takes to be looked up.
    pub fn send(&self, url: &str, secret: &str, message: Message<'_>) -> Result<u16, HookError> {
        let target = Target::parse(url, self.allow_loopback)?;
        let signature = signature(secret, message).ok_or(HookError::Address)?;
        let ends = Instant::now() + WHOLE;
        let line = connected(&target, self.allow_loopback)?;
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: {host}\r\nuser-agent: Manara/{version}\r\ncontent-type: application/json\r\n\
             content-length: {length}\r\nwebhook-id: {id}\r\nwebhook-timestamp: {at}\r\nwebhook-signature: {signature}\r\n\
             connection: close\r\n\r\n",
            path = target.path,
            host = host_header(&target),
            version = env!("CARGO_PKG_VERSION"),
            length = message.body.len(),
            id = message.id,
            at = message.at,
        );
        let status = if target.https {
            let name = ServerName::try_from(target.host.clone()).map_err(|_| HookError::Address)?;
            let session = ClientConnection::new(Arc::clone(&self.tls), name);
            let session = session.map_err(|error| HookError::Line(error.to_string()))?;
            exchange(StreamOwned::new(session, line), &head, message.body, ends)?
        } else {
            exchange(line, &head, message.body, ends)?
        };
        if (200..300).contains(&status) { Ok(status) } else { Err(HookError::Status(status)) }
    }
}

/// A line to an address that was checked, with time limits for each step.
pub(crate) fn connected(target: &Target, allow_loopback: bool) -> Result<TcpStream, HookError> {
    let found = (target.host.as_str(), target.port).to_socket_addrs();
    let found: Vec<SocketAddr> = found.map_err(|error| HookError::Name(error.to_string()))?.take(20).collect();
    // One address inside is enough to refuse the name: an honest one has none.
    for address in &found {
        checked(address.ip(), target.https, allow_loopback)?;
    }
    let mut last = HookError::Name("no address".into());
    for address in found.iter().take(3) {
        match TcpStream::connect_timeout(address, STEP) {
            Ok(line) => {
                let limits =
                    [line.set_read_timeout(Some(STEP)), line.set_write_timeout(Some(STEP)), line.set_nodelay(true)];
                for limit in limits {
                    limit.map_err(broken)?;
                }
                return Ok(line);
            }
            Err(error) => last = broken(error),
        }
    }
    Err(last)
}

pub(crate) fn host_header(target: &Target) -> String {
    let host = if target.host.contains(':') { format!("[{}]", target.host) } else { target.host.clone() };
    match (target.https, target.port) {
        (true, 443) | (false, 80) => host,
        (_, port) => format!("{host}:{port}"),
    }
}

pub(crate) fn broken(error: std::io::Error) -> HookError {
    match error.kind() {
        ErrorKind::TimedOut | ErrorKind::WouldBlock => HookError::Slow,
        _ => HookError::Line(error.to_string()),
    }
}

/// Writes the request and reads the first line of the answer.
fn exchange(mut line: impl Read + Write, head: &str, body: &str, ends: Instant) -> Result<u16, HookError> {
    line.write_all(head.as_bytes()).map_err(broken)?;
    line.write_all(body.as_bytes()).map_err(broken)?;
    line.flush().map_err(broken)?;
    let mut answer = Vec::new();
    let mut step = [0; 512];
    while !answer.contains(&b'\n') {
        if Instant::now() > ends {
            return Err(HookError::Slow);
        }
        let read = line.read(&mut step).map_err(broken)?;
        answer.extend(step.iter().take(read));
        if read == 0 || answer.len() > ANSWER_BYTES {
            break;
        }
    }
    status_of(&answer).ok_or(HookError::Answer)
}

/// The status of an answer's first line.
fn status_of(answer: &[u8]) -> Option<u16> {
    let first = answer.split(|byte| *byte == b'\n').next()?;
    let mut words = std::str::from_utf8(first).ok()?.split_ascii_whitespace();
    let version = words.next()?;
    let status = words.next()?;
    (version.starts_with("HTTP/1.") && status.len() == 3).then(|| status.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::TcpListener;

    use proptest::prelude::*;

    use super::{HookConfig, HookError, Hooks, Message, Target, signature, status_of};

    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    #[test]
    fn the_signature_is_that_of_the_standard() {
        // The example of the specification's own libraries.
        let message =
            Message { id: "msg_p5jXN8AQM9LWM0D4loKWxJek", at: 1_614_265_330, body: r#"{"test": 2432232314}"# };
        assert_eq!(signature(SECRET, message).as_deref(), Some("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));
        for bad in ["", "whsec_", "whsec_AAAA", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"] {
            assert_eq!(signature(bad, message), None, "{bad}");
        }
    }

    #[test]
    fn only_https_to_the_outside_is_an_address() {
        for good in ["https://hooks.example.org/x?y=1", "https://hooks.example.org", "https://8.8.8.8:8443/"] {
            assert!(Target::parse(good, false).is_ok(), "{good}");
        }
        for bad in [
            "",
            "http://hooks.example.org/",
            "http://127.0.0.1/",
            "https://127.0.0.1/",
            "https://[::1]/",
            "https://[::ffff:10.0.0.1]/",
            "https://10.0.0.1/",
            "https://169.254.169.254/latest",
            "https://user:secret@hooks.example.org/",
            "https://hooks.example.org/#x",
            "https://hooks.example.org:99999/",
            "https://hooks.example.org/\r\nx: y",
            "https:///x",
            "ftp://hooks.example.org/",
            "file:///etc/passwd",
        ] {
            assert!(Target::parse(bad, false).is_err(), "{bad}");
        }
        assert!(Target::parse("http://127.0.0.1:8080/x", true).is_ok());
        assert!(Target::parse("http://10.0.0.1/x", true).is_err(), "only this machine is allowed, not its network");
    }

    #[test]
    fn a_name_that_leads_inside_is_refused_when_it_is_used() {
        let hooks = Hooks::new(&HookConfig::default()).unwrap();
        let message = Message { id: "m", at: 0, body: "{}" };
        assert!(matches!(hooks.send("https://localhost/x", SECRET, message), Err(HookError::Inside(_))));
    }

    /// A server that answers once, and what it was asked.
    fn answers(answer: &'static str) -> (String, std::thread::JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/in?a=1", listener.local_addr().unwrap());
        let asked = std::thread::spawn(move || {
            let (mut line, _) = listener.accept().unwrap();
            let mut text = Vec::new();
            let mut step = [0; 4096];
            while !text.ends_with(b"}") {
                let read = line.read(&mut step).unwrap();
                text.extend_from_slice(&step[..read]);
            }
            line.write_all(answer.as_bytes()).unwrap();
            String::from_utf8(text).unwrap()
        });
        (url, asked)
    }

    #[test]
    fn a_message_arrives_signed_and_a_redirect_is_an_answer_like_any_other() {
        let hooks = Hooks::new(&HookConfig { allow_loopback: true, ..HookConfig::default() }).unwrap();
        let message = Message { id: "m1", at: 7, body: r#"{"kind":"x"}"# };
        let (url, asked) = answers("HTTP/1.1 204 No Content\r\n\r\n");
        assert_eq!(hooks.send(&url, SECRET, message).unwrap(), 204);
        let text = asked.join().unwrap();
        assert!(text.starts_with("POST /in?a=1 HTTP/1.1\r\n") && text.ends_with("\r\n\r\n{\"kind\":\"x\"}"), "{text}");
        let signed = format!("webhook-signature: {}\r\n", signature(SECRET, message).unwrap());
        assert!(text.contains("webhook-id: m1\r\nwebhook-timestamp: 7\r\n") && text.contains(&signed), "{text}");
        let (url, _) = answers("HTTP/1.1 302 Found\r\nlocation: http://169.254.169.254/\r\n\r\n");
        assert!(matches!(hooks.send(&url, SECRET, message), Err(HookError::Status(302))));
        let (url, _) = answers("SSH-2.0-x\r\n");
        assert!(matches!(hooks.send(&url, SECRET, message), Err(HookError::Answer)));
    }

    proptest! {
        #[test]
        fn whatever_comes_back_is_a_status_or_none(answer in proptest::collection::vec(any::<u8>(), 0..60), url in "\\PC{0,60}") {
            let _ = status_of(&answer);
            if let Ok(target) = Target::parse(&url, false) {
                prop_assert!(target.https && !target.host.is_empty() && target.path.starts_with('/'));
            }
        }
    }
}
