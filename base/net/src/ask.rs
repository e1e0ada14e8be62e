//! Questions to registries leave here: RDAP by a GET, whois by a line (RFC 3912), to checked addresses, with an end to their
//! time and their size.
//!
//! As with webhooks, a name is looked up once, every address it has is checked, and the connection goes to one of those. RDAP
//! servers send on to each other (RFC 7480 section 5.2): some steps are followed, each checked as the first.

use std::io::{ErrorKind, Read, Write};
use std::net::{IpAddr, SocketAddr, TcpStream, ToSocketAddrs as _};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, StreamOwned};
use serde::Deserialize;

use crate::guard::is_public;
use crate::hook::{HookError, Target};

/// How long one step may take, and the whole.
const STEP: Duration = Duration::from_secs(5);
const WHOLE: Duration = Duration::from_secs(20);
/// What is read of an answer of RDAP, and of whois.
const RDAP_BYTES: usize = 2 << 20;
const WHOIS_BYTES: usize = 256 << 10;
/// Bytes of the head of an answer.
const HEAD_BYTES: usize = 32 << 10;
/// How often a server may send on.
const STEPS: usize = 4;
/// Where whois answers.
const WHOIS_PORT: u16 = 43;
/// Characters of a question of whois.
const QUESTION_CHARS: usize = 255;

/// The section `[research]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AskConfig {
    /// Whether a person may have registries asked (RDAP and whois). Whoever it is about may notice the question.
    pub ask: bool,
    /// Where the lists of registries are fetched from when the data folder has none (RFC 9224); empty to fetch none.
    pub bootstrap_address: String,
    /// The server of whois that is asked first; it may name another.
    pub whois_server: String,
    /// Questions a minute of the whole house.
    pub questions_per_minute: i64,
    /// Hours in which an answer is shown again instead of asking anew.
    pub keep_hours: i64,
    /// Whether this machine itself may be asked, and there without https. For tests.
    pub allow_loopback: bool,
    /// A PEM file of certificate authorities to trust beside the system's.
    pub extra_root_file: Option<PathBuf>,
}

impl Default for AskConfig {
    fn default() -> Self {
        AskConfig {
            ask: false,
            bootstrap_address: "https://data.iana.org/rdap/".into(),
            whois_server: "whois.iana.org".into(),
            questions_per_minute: 10,
            keep_hours: 24,
            allow_loopback: false,
            extra_root_file: None,
        }
    }
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// The way there failed.
    #[error(transparent)]
    Line(#[from] HookError),
    /// The registry knows nothing of it.
    #[error("the registry knows nothing of it")]
    Unknown,
    /// There is more than is read.
    #[error("the answer is larger than {0} bytes")]
    Large(usize),
    /// Servers send on in circles, or to nowhere.
    #[error("the server sent on more than {} times, or to no address", STEPS)]
    SentOn,
    /// The name of a server of whois is none.
    #[error("{0:?} is no name of a whois server; expected such as whois.iana.org")]
    Server(String),
    /// Such a question cannot be asked.
    #[error("the question is empty, too long, or has signs that no question has")]
    Question,
}

/// An answer, and who gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The host that answered last.
    pub server: String,
    /// What it said.
    pub bytes: Vec<u8>,
}

/// Asks registries.
#[derive(Debug, Clone)]
pub struct Asker {
    tls: Arc<ClientConfig>,
    allow_loopback: bool,
}

impl Asker {
    /// With the authorities of the system and those of the configuration.
    pub fn new(config: &AskConfig) -> Result<Asker, AskError> {
        let tls = crate::tls::client(config.extra_root_file.as_deref());
        let tls = tls.map_err(|error| HookError::Line(error.to_string()))?;
        Ok(Asker { tls, allow_loopback: config.allow_loopback })
    }

    /// Reads one document of the web, such as an answer of RDAP. It blocks for 20 seconds at most, and the time names take
    /// to be looked up.
    pub fn get(&self, url: &str) -> Result<Answered, AskError> {
        let ends = Instant::now() + WHOLE;
        let mut url = url.to_string();
        for _ in 0..STEPS {
            let target = Target::parse(&url, self.allow_loopback)?;
            let (status, location, bytes) = self.get_once(&target, ends)?;
            match status {
                200 => return Ok(Answered { server: target.host().to_string(), bytes }),
                404 => return Err(AskError::Unknown),
                301 | 302 | 303 | 307 | 308 => url = onward(&url, &location).ok_or(AskError::SentOn)?,
                other => return Err(HookError::Status(other).into()),
            }
        }
        Err(AskError::SentOn)
    }

    fn get_once(&self, target: &Target, ends: Instant) -> Result<(u16, String, Vec<u8>), AskError> {
        let line = connected(target.host(), target.port(), |address| target.is_fit(address, self.allow_loopback))?;
        let head = format!(
            "GET {path} HTTP/1.1\r\nhost: {host}\r\nuser-agent: Manara/{version}\r\n\
             accept: application/rdap+json, application/json\r\nconnection: close\r\n\r\n",
            path = target.path(),
            host = target.host_header(),
            version = env!("CARGO_PKG_VERSION"),
        );
        let bytes = if target.is_https() {
            let name = ServerName::try_from(target.host().to_string()).map_err(|_| HookError::Address)?;
            let session = ClientConnection::new(Arc::clone(&self.tls), name);
            let session = session.map_err(|error| HookError::Line(error.to_string()))?;
            exchange(StreamOwned::new(session, line), head.as_bytes(), RDAP_BYTES + HEAD_BYTES, ends)?
        } else {
            exchange(line, head.as_bytes(), RDAP_BYTES + HEAD_BYTES, ends)?
        };
        read_answer(&bytes).ok_or_else(|| HookError::Answer.into())
    }

    /// Asks a server of whois. It blocks as [`Asker::get`] does. A port is only named where this machine may be asked.
    pub fn whois(&self, server: &str, question: &str) -> Result<Answered, AskError> {
        let ends = Instant::now() + WHOLE;
        let (host, port) = match server.rsplit_once(':') {
            Some((host, port)) if self.allow_loopback => (host, port.parse().unwrap_or(WHOIS_PORT)),
            _ => (server, WHOIS_PORT),
        };
        let is_host = (1..=253).contains(&host.len())
            && host.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.');
        if !is_host {
            return Err(AskError::Server(server.chars().take(100).collect()));
        }
        let fits = (1..=QUESTION_CHARS).contains(&question.len()) && !question.chars().any(char::is_control);
        if !fits {
            return Err(AskError::Question);
        }
        let line = connected(host, port, |address| {
            is_public(address) || (self.allow_loopback && address.to_canonical().is_loopback())
        })?;
        let bytes = exchange(line, format!("{question}\r\n").as_bytes(), WHOIS_BYTES, ends)?;
        Ok(Answered { server: host.to_string(), bytes })
    }
}

/// A line to an address that was checked.
fn connected(host: &str, port: u16, is_fit: impl Fn(IpAddr) -> bool) -> Result<TcpStream, HookError> {
    let found = (host, port).to_socket_addrs().map_err(|error| HookError::Name(error.to_string()))?;
    let found: Vec<SocketAddr> = found.take(20).collect();
    // One address inside is enough to refuse the name: an honest one has none.
    if let Some(inside) = found.iter().find(|address| !is_fit(address.ip())) {
        return Err(HookError::Inside(inside.ip()));
    }
    let mut last = HookError::Name("no address".into());
    for address in found.iter().take(3) {
        match TcpStream::connect_timeout(address, STEP) {
            Ok(line) => {
                let both = [line.set_read_timeout(Some(STEP)), line.set_write_timeout(Some(STEP))];
                both.into_iter().collect::<Result<Vec<()>, _>>().map_err(broken)?;
                return Ok(line);
            }
            Err(error) => last = broken(error),
        }
    }
    Err(last)
}

fn broken(error: std::io::Error) -> HookError {
    match error.kind() {
        ErrorKind::TimedOut | ErrorKind::WouldBlock => HookError::Slow,
        _ => HookError::Line(error.to_string()),
    }
}

/// Writes the question and reads until the other side ends.
fn exchange(mut line: impl Read + Write, question: &[u8], most: usize, ends: Instant) -> Result<Vec<u8>, AskError> {
    line.write_all(question).map_err(broken)?;
    line.flush().map_err(broken)?;
    let mut answer = Vec::new();
    let mut step = vec![0; 16 << 10];
    loop {
        if Instant::now() > ends {
            return Err(HookError::Slow.into());
        }
        let read = match line.read(&mut step) {
            Ok(0) => return Ok(answer),
            Ok(read) => read,
            // Many servers end without the farewell of TLS; what is cut is seen by its length.
            Err(error) if error.kind() == ErrorKind::UnexpectedEof && !answer.is_empty() => return Ok(answer),
            Err(error) => return Err(broken(error).into()),
        };
        answer.extend(step.iter().take(read));
        if answer.len() > most {
            return Err(AskError::Large(most));
        }
    }
}

/// Status, where it is sent on to, and body of an answer of HTTP; nothing when it is none, or cut.
fn read_answer(bytes: &[u8]) -> Option<(u16, String, Vec<u8>)> {
    let end = bytes.windows(4).take(HEAD_BYTES).position(|four| four == b"\r\n\r\n")?;
    let (head, body) = (std::str::from_utf8(bytes.get(..end)?).ok()?, bytes.get(end + 4..)?);
    let mut lines = head.split("\r\n");
    let mut words = lines.next()?.split_ascii_whitespace();
    let is_http = words.next()?.starts_with("HTTP/1.");
    let status: u16 = words.next().filter(|word| is_http && word.len() == 3)?.parse().ok()?;
    let (mut location, mut length, mut chunked) = (String::new(), None, false);
    for line in lines {
        let Some((name, value)) = line.split_once(':') else { continue };
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "location" => location = value.to_string(),
            "content-length" => length = Some(value.parse::<usize>().ok()?),
            "transfer-encoding" => chunked = value.to_ascii_lowercase().contains("chunked"),
            _ => {}
        }
    }
    let body = match (chunked, length) {
        (true, _) => dechunked(body)?,
        (false, Some(length)) => body.get(..length)?.to_vec(),
        (false, None) => body.to_vec(),
    };
    Some((status, location, body))
}

/// A body that came in pieces (RFC 9112 section 7.1).
fn dechunked(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::new();
    loop {
        let end = rest.windows(2).position(|two| two == b"\r\n")?;
        let size = std::str::from_utf8(rest.get(..end)?).ok()?;
        let size = usize::from_str_radix(size.split(';').next()?.trim(), 16).ok().filter(|size| *size <= RDAP_BYTES)?;
        let begin = end + 2;
        if size == 0 {
            return Some(whole);
        }
        whole.extend_from_slice(rest.get(begin..begin + size)?);
        rest = rest.get(begin + size + 2..)?;
    }
}

/// Where a server sends on to: a whole address, or a path of its own.
fn onward(url: &str, location: &str) -> Option<String> {
    if location.contains("://") {
        return Some(location.to_string());
    }
    let path = location.strip_prefix('/').filter(|rest| !rest.starts_with('/'))?;
    let (scheme, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?']).next()?;
    Some(format!("{scheme}://{host}/{path}"))
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::TcpListener;
    use std::thread::JoinHandle;

    use proptest::prelude::*;

    use super::{AskConfig, AskError, Asker, dechunked, onward, read_answer};

    fn asker() -> Asker {
        Asker::new(&AskConfig { allow_loopback: true, ..AskConfig::default() }).unwrap()
    }

    /// Answers some connections one after another, and gives what was asked.
    fn server(answers: Vec<Vec<u8>>) -> (String, JoinHandle<Vec<String>>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let work = std::thread::spawn(move || {
            let mut asked = Vec::new();
            for answer in answers {
                let (mut line, _) = listener.accept().unwrap();
                let mut question = Vec::new();
                let mut step = [0; 1024];
                while !question.ends_with(b"\r\n") {
                    let read = line.read(&mut step).unwrap();
                    question.extend_from_slice(&step[..read]);
                }
                asked.push(String::from_utf8(question).unwrap());
                line.write_all(&answer).unwrap();
            }
            asked
        });
        (address, work)
    }

    #[test]
    fn a_document_is_read_where_the_server_sends_on_to() {
        let moved = b"HTTP/1.1 302 Found\r\nLocation: /ip/192.0.2.7\r\nContent-Length: 0\r\n\r\n".to_vec();
        let pieces =
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n{\"a\"\r\n3;x\r\n:1}\r\n0\r\n\r\n".to_vec();
        let (address, work) = server(vec![moved, pieces]);
        let said = asker().get(&format!("http://{address}/first")).unwrap();
        assert_eq!((said.server.as_str(), said.bytes.as_slice()), ("127.0.0.1", b"{\"a\":1}".as_slice()));
        let asked = work.join().unwrap();
        assert!(asked[0].starts_with("GET /first HTTP/1.1\r\n") && asked[1].starts_with("GET /ip/192.0.2.7 "));
        assert!(asked[0].contains("application/rdap+json"));
    }

    #[test]
    fn what_is_not_known_and_what_is_cut_are_told_apart() {
        let none = b"HTTP/1.1 404 Not Found\r\n\r\n".to_vec();
        let cut = b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{".to_vec();
        let busy = b"HTTP/1.1 429 Too Many\r\n\r\n".to_vec();
        let circle = b"HTTP/1.1 301 Moved\r\nLocation: /again\r\n\r\n".to_vec();
        let (address, work) = server(vec![none, cut, busy, circle.clone(), circle.clone(), circle.clone(), circle]);
        let get = || asker().get(&format!("http://{address}/"));
        assert!(matches!(get(), Err(AskError::Unknown)));
        assert!(matches!(get(), Err(AskError::Line(_))));
        assert!(get().unwrap_err().to_string().contains("429"));
        assert!(matches!(get(), Err(AskError::SentOn)));
        work.join().unwrap();
    }

    #[test]
    fn nothing_inside_is_asked() {
        let strict = Asker::new(&AskConfig::default()).unwrap();
        for url in ["http://rdap.example/", "https://127.0.0.1/", "https://10.0.0.1/ip/1", "https://[::1]/"] {
            assert!(strict.get(url).is_err(), "{url}");
        }
        assert!(strict.whois("127.0.0.1", "192.0.2.7").is_err());
        for bad in ["", "a\r\nb", "a\nb", &"x".repeat(300)] {
            assert!(matches!(asker().whois("127.0.0.1:1", bad), Err(AskError::Question)), "{bad:?}");
        }
        assert!(matches!(asker().whois("a b", "x"), Err(AskError::Server(_))));
    }

    #[test]
    fn whois_is_one_line_and_what_comes_until_the_end() {
        let (address, work) = server(vec![b"% hello\r\nnetname: TEST\r\n".to_vec()]);
        let said = asker().whois(&address, "192.0.2.7").unwrap();
        assert_eq!(
            (said.server.as_str(), said.bytes.as_slice()),
            ("127.0.0.1", b"% hello\r\nnetname: TEST\r\n".as_slice())
        );
        assert_eq!(work.join().unwrap(), ["192.0.2.7\r\n"]);
    }

    #[test]
    fn an_answer_without_end_is_cut() {
        let (address, work) = server(vec![vec![b'x'; 300 << 10]]);
        assert!(matches!(asker().whois(&address, "x"), Err(AskError::Large(_))));
        let _ = work.join();
    }

    #[test]
    fn paths_stay_on_their_host() {
        assert_eq!(onward("https://a.example/x?y", "/b").as_deref(), Some("https://a.example/b"));
        assert_eq!(onward("https://a.example", "https://b.example/").as_deref(), Some("https://b.example/"));
        assert_eq!(onward("https://a.example/", "//b.example/"), None);
        assert_eq!(onward("https://a.example/", "b"), None);
    }

    proptest! {
        #[test]
        fn no_answer_makes_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = read_answer(&bytes);
            let _ = dechunked(&bytes);
            let mut head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec();
            head.extend_from_slice(&bytes);
            let _ = read_answer(&head);
        }
    }
}
