//! Small files of others, fetched over https: from the public Internet, bounded in size and time, without redirects.

use std::io::{Read, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, StreamOwned};

use crate::hook::{HookError, Target, WHOLE, broken, connected, host_header};

/// How much the head of an answer may have.
const HEAD_BYTES: usize = 16 << 10;

/// How files are fetched.
#[derive(Debug, Clone, Default)]
pub struct FetchConfig {
    /// A PEM file of certificate authorities to trust beside the system's.
    pub extra_root_file: Option<PathBuf>,
    /// Host and port on this machine that are asked without https in place of whatever is named. For tests.
    pub instead: String,
}

/// Why a file was not fetched.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// Nobody to ask, or the line broke.
    #[error(transparent)]
    Line(#[from] HookError),
    /// The other side has none, or sends elsewhere.
    #[error("the other side answered {0}")]
    Status(u16),
    /// It is larger than it may be.
    #[error("the answer has more than {0} bytes")]
    TooLarge(usize),
    /// What comes instead of everybody is not on this machine.
    #[error("instead = {0:?}; expected an address and port of this machine, such as 127.0.0.1:8081")]
    Instead(String),
}

/// Fetches files.
#[derive(Debug, Clone)]
pub struct Fetcher {
    tls: Arc<ClientConfig>,
    instead: Option<Target>,
}

impl Fetcher {
    /// With the authorities of the system and those of the configuration.
    pub fn new(config: &FetchConfig) -> Result<Fetcher, FetchError> {
        let tls = crate::tls::client(config.extra_root_file.as_deref());
        let tls = tls.map_err(|error| HookError::Line(error.to_string()))?;
        let instead = match config.instead.trim() {
            "" => None,
            // What is not this machine is refused: nothing else may be asked without https.
            place => Some(
                Target::parse(&format!("http://{place}/"), true).map_err(|_| FetchError::Instead(place.to_string()))?,
            ),
        };
        Ok(Fetcher { tls, instead })
    }

    /// The file at an https address. It blocks for 15 seconds at most, and the time a name takes to be looked up.
    pub fn get(&self, url: &str, most_bytes: usize) -> Result<Vec<u8>, FetchError> {
        let target = Target::parse(url, false)?;
        let ends = Instant::now() + WHOLE;
        let head = format!(
            "GET {path} HTTP/1.1\r\nhost: {host}\r\nuser-agent: Manara/{version}\r\naccept: */*\r\n\
             accept-encoding: identity\r\nconnection: close\r\n\r\n",
            path = target.path,
            host = host_header(&target),
            version = env!("CARGO_PKG_VERSION"),
        );
        let limits = Limits { bytes: most_bytes, ends };
        match &self.instead {
            Some(here) => exchange(connected(here, true)?, &head, limits),
            None => {
                let line = connected(&target, false)?;
                let name = ServerName::try_from(target.host.clone()).map_err(|_| HookError::Address)?;
                let session = ClientConnection::new(Arc::clone(&self.tls), name);
                let session = session.map_err(|error| HookError::Line(error.to_string()))?;
                exchange(StreamOwned::new(session, line), &head, limits)
            }
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Limits {
    bytes: usize,
    ends: Instant,
}

/// Writes the request and reads the whole answer.
fn exchange(mut line: impl Read + Write, head: &str, limits: Limits) -> Result<Vec<u8>, FetchError> {
    line.write_all(head.as_bytes()).map_err(broken)?;
    line.flush().map_err(broken)?;
    // Twice what is wanted: a body in pieces has the lengths of the pieces in it.
    let most = HEAD_BYTES + limits.bytes.saturating_mul(2);
    let mut answer = Vec::new();
    let mut step = [0; 4096];
    while !is_whole(&answer) {
        if Instant::now() > limits.ends {
            return Err(HookError::Slow.into());
        }
        let read = match line.read(&mut step) {
            Ok(read) => read,
            // Many end a connection without a word; whether something lacks says the length.
            Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => 0,
            Err(error) => return Err(broken(error).into()),
        };
        answer.extend(step.iter().take(read));
        if read == 0 {
            break;
        }
        if answer.len() > most {
            return Err(FetchError::TooLarge(limits.bytes));
        }
    }
    body_of(&answer, limits.bytes)
}

/// The head of an answer as far as it matters.
struct Head {
    status: u16,
    /// Where the body begins.
    body: usize,
    length: Option<usize>,
    is_in_pieces: bool,
}

fn head_of(answer: &[u8]) -> Option<Head> {
    let end = answer.windows(4).take(HEAD_BYTES).position(|four| four == b"\r\n\r\n")?;
    let text = std::str::from_utf8(answer.get(..end)?).ok()?;
    let mut lines = text.split("\r\n");
    let mut words = lines.next()?.split_ascii_whitespace();
    let (version, status) = (words.next()?, words.next()?);
    let status = (version.starts_with("HTTP/1.") && status.len() == 3).then(|| status.parse().ok()).flatten()?;
    let mut head = Head { status, body: end + 4, length: None, is_in_pieces: false };
    for line in lines {
        let Some((name, value)) = line.split_once(':') else { continue };
        match name.trim().to_ascii_lowercase().as_str() {
            "content-length" => head.length = Some(value.trim().parse().ok()?),
            "transfer-encoding" => head.is_in_pieces = value.trim().eq_ignore_ascii_case("chunked"),
            _ => {}
        }
    }
    Some(head)
}

/// Whether nothing more is to come, so that nobody waits for the other side to hang up.
fn is_whole(answer: &[u8]) -> bool {
    match head_of(answer) {
        Some(Head { is_in_pieces: true, .. }) => answer.ends_with(b"\r\n0\r\n\r\n"),
        Some(Head { length: Some(length), body, .. }) => answer.len().saturating_sub(body) >= length,
        _ => false,
    }
}

fn body_of(answer: &[u8], most: usize) -> Result<Vec<u8>, FetchError> {
    let head = head_of(answer).ok_or(HookError::Answer)?;
    if head.status != 200 {
        return Err(FetchError::Status(head.status));
    }
    let rest = answer.get(head.body..).unwrap_or_default();
    let body = match (head.is_in_pieces, head.length) {
        (true, _) => joined(rest).ok_or(HookError::Answer)?,
        (false, Some(length)) if length > most => return Err(FetchError::TooLarge(most)),
        (false, Some(length)) => rest.get(..length).ok_or(HookError::Answer)?.to_vec(),
        (false, None) => rest.to_vec(),
    };
    if body.len() > most { Err(FetchError::TooLarge(most)) } else { Ok(body) }
}

/// A body that came in pieces.
fn joined(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = rest.windows(2).take(100).position(|two| two == b"\r\n")?;
        let size = std::str::from_utf8(rest.get(..end)?).ok()?;
        let size = usize::from_str_radix(size.split(';').next()?.trim(), 16).ok()?;
        rest = rest.get(end + 2..)?;
        if size == 0 {
            return Some(body);
        }
        body.extend_from_slice(rest.get(..size)?);
        rest = rest.get(size..)?.strip_prefix(b"\r\n")?;
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::TcpListener;

    use proptest::prelude::*;

    use super::{FetchConfig, FetchError, Fetcher, body_of};
    use crate::hook::HookError;

    /// A server that answers once, and what it was asked.
    fn answers(answer: Vec<u8>) -> (Fetcher, std::thread::JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let instead = listener.local_addr().unwrap().to_string();
        let asked = std::thread::spawn(move || {
            let (mut line, _) = listener.accept().unwrap();
            let mut text = Vec::new();
            let mut step = [0; 4096];
            while !text.ends_with(b"\r\n\r\n") {
                let read = line.read(&mut step).unwrap();
                text.extend_from_slice(&step[..read]);
            }
            let _ = line.write_all(&answer);
            String::from_utf8(text).unwrap()
        });
        (Fetcher::new(&FetchConfig { instead, ..FetchConfig::default() }).unwrap(), asked)
    }

    #[test]
    fn a_file_is_fetched_within_its_bounds() {
        let url = "https://keys.example/x?l=a";
        let (fetcher, asked) = answers(b"HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nkey and more".to_vec());
        assert_eq!(fetcher.get(url, 10).unwrap(), b"key");
        let text = asked.join().unwrap();
        assert!(text.starts_with("GET /x?l=a HTTP/1.1\r\nhost: keys.example\r\n"), "{text}");
        let pieces = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nke\r\n1\r\ny\r\n0\r\n\r\n";
        assert_eq!(answers(pieces.to_vec()).0.get(url, 10).unwrap(), b"key");
        assert_eq!(answers(b"HTTP/1.0 200 OK\r\n\r\nkey".to_vec()).0.get(url, 10).unwrap(), b"key");
        let large = [b"HTTP/1.1 200 OK\r\n\r\n".as_slice(), &[b'x'; 100_000]].concat();
        assert!(matches!(answers(large).0.get(url, 10), Err(FetchError::TooLarge(10))));
        let cut = answers(b"HTTP/1.1 200 OK\r\ncontent-length: 30\r\n\r\nkey".to_vec()).0.get(url, 100);
        assert!(matches!(cut, Err(FetchError::Line(HookError::Answer))), "{cut:?}");
        let elsewhere = b"HTTP/1.1 302 Found\r\nlocation: http://169.254.169.254/\r\n\r\n".to_vec();
        assert!(matches!(answers(elsewhere).0.get(url, 10), Err(FetchError::Status(302))));
    }

    #[test]
    fn what_is_inside_is_not_asked() {
        let fetcher = Fetcher::new(&FetchConfig::default()).unwrap();
        for inside in ["https://localhost/x", "https://10.0.0.1/x", "http://keys.example/x", "https://[::1]/"] {
            assert!(matches!(fetcher.get(inside, 10), Err(FetchError::Line(_))), "{inside}");
        }
        let elsewhere = FetchConfig { instead: "10.0.0.1:80".into(), ..FetchConfig::default() };
        assert!(matches!(Fetcher::new(&elsewhere), Err(FetchError::Instead(_))));
    }

    proptest! {
        #[test]
        fn whatever_comes_back_is_a_file_or_none(answer in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = body_of(&answer, 100);
            let pieces = [b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".as_slice(), &answer].concat();
            prop_assert!(body_of(&pieces, 100).map_or(0, |body| body.len()) <= 100);
        }
    }
}
