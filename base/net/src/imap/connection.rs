//! One conversation with a mailbox server: connected, encrypted, logged in, one command at a time.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout, timeout_at};
use tokio_rustls::TlsConnector;

use super::config::{ImapConfig, ImapTls, folder_name};
use super::response::{Body, Fetched, Piece, Response, Status, announced};
use crate::wire::{Stream, Wire, WireError};

/// The longest line: a search that finds half a million messages.
const LINE_BYTES: usize = 4_000_000;
/// The most lines and counted pieces of one answer, and answers to one command.
const PIECES: usize = 100;
const RESPONSES: usize = 10_000;
/// How much of what a server says is shown.
const TEXT_CHARS: usize = 200;

/// Why a mailbox cannot be read now.
#[derive(Debug, thiserror::Error)]
pub enum ImapError {
    /// The server cannot be found or reached, or the way to it broke.
    #[error("{server}: {why}")]
    Way {
        /// Its name and port.
        server: String,
        /// What happened.
        why: String,
    },
    /// No encryption with the server.
    #[error("no encryption with {server}: {why}")]
    Encryption {
        /// Its name and port.
        server: String,
        /// What is wrong.
        why: String,
    },
    /// The server did not want something.
    #[error("the mailbox server refused {what}: {said}")]
    Refused {
        /// What we wanted.
        what: String,
        /// What it said.
        said: String,
    },
    /// The server said something else than its protocol demands.
    #[error("what the mailbox server answered to {0} is not IMAP")]
    Garbled(&'static str),
}

/// What a server can that matters to us.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Can {
    pub(super) idle: bool,
    pub(super) move_: bool,
    pub(super) expunge_one: bool,
    starttls: bool,
    plain: bool,
    plain_at_once: bool,
    login: bool,
}

/// What a way to a server needs.
pub(super) struct Way<'a> {
    pub(super) config: &'a ImapConfig,
    pub(super) tls: &'a Arc<ClientConfig>,
    pub(super) credentials: &'a (String, String),
}

/// A conversation.
pub(super) struct Connection {
    wire: Wire,
    server: String,
    commands: u64,
    step: Duration,
    message_bytes: usize,
    pub(super) can: Can,
    /// How many bytes more of answers to the present command are held.
    room: u64,
    /// Whether messages came since it was last asked.
    has_news: bool,
    is_leaving: bool,
}

/// How a wait for news ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Woken {
    News,
    Time,
    Stop,
}

impl Connection {
    /// Connects, encrypts and logs in.
    pub(super) async fn open(way: &Way<'_>) -> Result<Connection, ImapError> {
        let config = way.config;
        let server = format!("{}:{}", config.host, config.port);
        let step = Duration::from_secs(config.timeout_seconds.min(3_600));
        let lost = |why: String| ImapError::Way { server: server.clone(), why };
        let stream = timeout(step, connect(config)).await.map_err(|_| lost("no answer in time".into()))?;
        let mut stream: Box<dyn Stream> = Box::new(stream.map_err(lost)?);
        if config.tls == ImapTls::Implicit {
            stream = encrypted(way, stream, &server, step).await?;
        }
        let mut connection = Connection {
            wire: Wire::new(stream),
            server: server.clone(),
            commands: 0,
            step,
            message_bytes: config.max_message_bytes,
            can: Can::default(),
            room: LINE_BYTES as u64,
            has_news: false,
            is_leaving: false,
        };
        let is_known = connection.greeted().await?;
        connection.learn().await?;
        if config.tls == ImapTls::StartTls {
            // Who greets us as somebody before encryption cannot be asked for it any more.
            if is_known || !connection.can.starttls {
                return Err(ImapError::Encryption { server, why: "it offers no STARTTLS".into() });
            }
            connection.command("STARTTLS", "encryption").await?;
            let plain = connection.wire.into_stream();
            let plain = plain.ok_or(ImapError::Encryption { server: server.clone(), why: "it spoke ahead".into() })?;
            connection.wire = Wire::new(encrypted(way, plain, &server, step).await?);
            // What was offered without encryption may have been offered by somebody else.
            connection.learn().await?;
        }
        if !is_known {
            connection.log_in(way.credentials).await?;
            connection.learn().await?;
        }
        Ok(connection)
    }

    /// Reads the greeting: whether the server knows us without a password.
    async fn greeted(&mut self) -> Result<bool, ImapError> {
        let greeting = self.response(Instant::now() + self.step).await?;
        match greeting.about_itself() {
            Some((kind, _)) if kind == "OK" => Ok(false),
            Some((kind, _)) if kind == "PREAUTH" => Ok(true),
            Some((kind, said)) => Err(refused(&format!("the connection ({kind})"), &said)),
            None => Err(ImapError::Garbled("the connection")),
        }
    }

    async fn learn(&mut self) -> Result<(), ImapError> {
        let told = self.command("CAPABILITY", "the question what it can").await?;
        let words: Vec<String> = told.iter().filter_map(Response::capabilities).flatten().collect();
        let can = |word: &str| words.iter().any(|known| known == word);
        let is_rev2 = can("IMAP4REV2");
        self.can = Can {
            idle: is_rev2 || can("IDLE"),
            move_: is_rev2 || can("MOVE"),
            expunge_one: is_rev2 || can("UIDPLUS"),
            starttls: can("STARTTLS"),
            plain: can("AUTH=PLAIN"),
            plain_at_once: is_rev2 || can("SASL-IR"),
            login: !can("LOGINDISABLED"),
        };
        Ok(())
    }

    async fn log_in(&mut self, (login, password): &(String, String)) -> Result<(), ImapError> {
        let what = "the login";
        if !self.can.plain {
            let quoted = [login, password].map(|word| quoted(word));
            let [Some(login), Some(password)] = quoted else {
                return Err(refused(what, "it takes no login with characters beyond ASCII"));
            };
            if !self.can.login {
                return Err(refused(what, "it offers neither AUTH=PLAIN nor LOGIN"));
            }
            return self.command(&format!("LOGIN {login} {password}"), what).await.map(|_| ());
        }
        let secret = STANDARD.encode(format!("\0{login}\0{password}"));
        if self.can.plain_at_once {
            return self.command(&format!("AUTHENTICATE PLAIN {secret}"), what).await.map(|_| ());
        }
        let tag = self.begin("AUTHENTICATE PLAIN");
        let until = Instant::now() + self.step;
        loop {
            let response = self.response(until).await?;
            if response.wants_more() {
                self.wire.say(format!("{secret}\r\n").as_bytes());
            } else if let Some(ended) = response.ended(&tag) {
                return worked(ended, what);
            }
        }
    }

    /// Opens a folder.
    pub(super) async fn select(&mut self, folder: &str) -> Result<(), ImapError> {
        self.command(&format!("SELECT {}", folder_name(folder)), &format!("to open the folder {folder:?}")).await?;
        Ok(())
    }

    /// Makes a folder that is not there.
    pub(super) async fn make_folder(&mut self, folder: &str) -> Result<(), ImapError> {
        let name = folder_name(folder);
        let told = self.command(&format!("LIST \"\" {name}"), "to list a folder").await?;
        if !told.iter().any(Response::is_folder) {
            self.command(&format!("CREATE {name}"), &format!("to make the folder {folder:?}")).await?;
        }
        Ok(())
    }

    /// The messages of the open folder that are not marked as deleted, oldest first.
    pub(super) async fn messages(&mut self) -> Result<Vec<u32>, ImapError> {
        self.has_news = false;
        let told = self.command("UID SEARCH UNDELETED", "to look for messages").await?;
        let mut found: Vec<u32> = told.iter().filter_map(Response::found).flatten().collect();
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    /// The size of a message; `None` when it is gone.
    pub(super) async fn size(&mut self, uid: u32) -> Result<Option<u64>, ImapError> {
        Ok(self.fetch(uid, "RFC822.SIZE").await?.and_then(|fetched| fetched.size))
    }

    /// The bytes of a message, which is not marked as read by that; `None` when it is gone.
    pub(super) async fn body(&mut self, uid: u32) -> Result<Option<Body>, ImapError> {
        Ok(self.fetch(uid, "BODY.PEEK[]").await?.and_then(|fetched| fetched.body))
    }

    async fn fetch(&mut self, uid: u32, what: &str) -> Result<Option<Fetched>, ImapError> {
        let told = match self.command(&format!("UID FETCH {uid} (UID {what})"), "to give a message").await {
            // One message the server cannot read must not stand before all others.
            Err(error @ ImapError::Refused { .. }) => {
                tracing::warn!(%error, uid, "a message of a mailbox cannot be fetched");
                return Ok(None);
            }
            told => told?,
        };
        // Others' messages may be told of at the same time.
        Ok(told
            .into_iter()
            .filter_map(Response::fetched)
            .find(|fetched| fetched.uid == Some(uid) && (fetched.size.is_some() || fetched.body.is_some())))
    }

    /// Moves a message. Without MOVE it is copied and marked as deleted; whatever breaks in between, it is there at least once.
    pub(super) async fn move_to(&mut self, uid: u32, folder: &str) -> Result<(), ImapError> {
        let name = folder_name(folder);
        let what = format!("to move a message to {folder:?}");
        if self.can.move_ {
            return self.command(&format!("UID MOVE {uid} {name}"), &what).await.map(|_| ());
        }
        self.command(&format!("UID COPY {uid} {name}"), &what).await?;
        self.command(&format!("UID STORE {uid} +FLAGS.SILENT (\\Deleted)"), "to mark a message as deleted").await?;
        if self.can.expunge_one {
            // Without it, all that somebody marked would go with ours: then it stays, marked, and is not found again.
            self.command(&format!("UID EXPUNGE {uid}"), "to remove a message").await?;
        }
        Ok(())
    }

    /// Waits until the server tells of messages, or the time is over, or `stop` is done.
    pub(super) async fn idle(&mut self, time: Duration, stop: impl Future<Output = ()>) -> Result<Woken, ImapError> {
        if self.has_news {
            return Ok(Woken::News);
        }
        let tag = self.begin("IDLE");
        let mut until = Instant::now() + self.step;
        while !self.response(until).await?.wants_more() {
            if self.has_news {
                break;
            }
        }
        until = Instant::now() + time;
        let mut stop = std::pin::pin!(stop);
        let woken = loop {
            if self.has_news {
                break Woken::News;
            }
            tokio::select! {
                biased;
                () = &mut stop => break Woken::Stop,
                () = tokio::time::sleep_until(until) => break Woken::Time,
                // It is given up a moment after the sleep, so that a silent server is no error.
                response = self.response(until + self.step) => {
                    response?;
                    self.room = LINE_BYTES as u64;
                }
            }
        };
        self.wire.say(b"DONE\r\n");
        self.finish(&tag, "the end of waiting").await?;
        Ok(woken)
    }

    /// Asks whether there is anything new.
    pub(super) async fn nothing(&mut self) -> Result<(), ImapError> {
        self.command("NOOP", "a question").await.map(|_| ())
    }

    /// Says goodbye.
    pub(super) async fn close(mut self) {
        self.is_leaving = true;
        let _ = timeout(Duration::from_secs(2), self.command("LOGOUT", "to say goodbye")).await;
        self.wire.close(Instant::now() + Duration::from_secs(1)).await;
    }

    /// Says a command, and gives its tag.
    fn begin(&mut self, command: &str) -> String {
        self.commands += 1;
        let tag = format!("A{}", self.commands);
        self.wire.say(format!("{tag} {command}\r\n").as_bytes());
        self.room = LINE_BYTES as u64 + self.message_bytes as u64;
        tag
    }

    /// Says a command and hears all that is told until its end.
    async fn command(&mut self, command: &str, what: &str) -> Result<Vec<Response>, ImapError> {
        let tag = self.begin(command);
        self.finish(&tag, what).await
    }

    async fn finish(&mut self, tag: &str, what: &str) -> Result<Vec<Response>, ImapError> {
        let mut told = Vec::new();
        while told.len() < RESPONSES {
            let response = self.response(Instant::now() + self.step).await?;
            if let Some(ended) = response.ended(tag) {
                return worked(ended, what).map(|()| told);
            }
            match response.about_itself() {
                Some((kind, said)) if kind == "BYE" && !self.is_leaving => {
                    let why = format!("it said goodbye: {}", shown(&said));
                    return Err(ImapError::Way { server: self.server.clone(), why });
                }
                _ => told.push(response),
            }
        }
        Err(ImapError::Garbled("a command"))
    }

    /// One answer, with all bytes it counts.
    async fn response(&mut self, until: Instant) -> Result<Response, ImapError> {
        let mut pieces = Vec::new();
        while pieces.len() < PIECES {
            let line = self.wire.line(LINE_BYTES, until).await.map_err(|error| self.lost(&error))?;
            let announced = announced(&line);
            let Some(room) = self.room.checked_sub(line.len() as u64) else { break };
            self.room = room;
            pieces.push(Piece::Line(line));
            let Some(count) = announced else {
                let response = Response(pieces);
                self.has_news |= response.is_news();
                return Ok(response);
            };
            let bytes = self.counted(count).await.map_err(|error| self.lost(&error))?;
            pieces.push(Piece::Counted(bytes));
        }
        Err(ImapError::Garbled("a command"))
    }

    /// So many bytes, or nothing where they are more than are taken. Every step of them has the time of an answer.
    async fn counted(&mut self, count: u64) -> Result<Option<Vec<u8>>, WireError> {
        let fits = count <= self.room.min(self.message_bytes as u64);
        self.room -= if fits { count } else { 0 };
        let mut bytes = Vec::new();
        let mut left = count;
        while left > 0 {
            let chunk = self.wire.chunk(Instant::now() + self.step).await?;
            let length = usize::try_from(left).unwrap_or(usize::MAX).min(chunk.len());
            if fits {
                bytes.extend_from_slice(chunk.get(..length).unwrap_or_default());
            }
            self.wire.consume(length);
            left -= length as u64;
        }
        Ok(fits.then_some(bytes))
    }

    fn lost(&self, error: &WireError) -> ImapError {
        ImapError::Way { server: self.server.clone(), why: error.to_string() }
    }
}

async fn connect(config: &ImapConfig) -> Result<TcpStream, String> {
    let found =
        tokio::net::lookup_host((config.host.as_str(), config.port)).await.map_err(|error| error.to_string())?;
    // "localhost" may be told to be elsewhere; without encryption only this machine counts.
    let addresses: Vec<SocketAddr> = found.filter(|at| config.tls != ImapTls::None || at.ip().is_loopback()).collect();
    if addresses.is_empty() {
        return Err("it has no address that may be used".into());
    }
    TcpStream::connect(addresses.as_slice()).await.map_err(|error| error.to_string())
}

async fn encrypted(
    way: &Way<'_>,
    stream: Box<dyn Stream>,
    server: &str,
    step: Duration,
) -> Result<Box<dyn Stream>, ImapError> {
    let failed = |why: String| ImapError::Encryption { server: server.into(), why };
    let name = ServerName::try_from(way.config.host.clone()).map_err(|error| failed(error.to_string()))?;
    let connecting = TlsConnector::from(Arc::clone(way.tls)).connect(name, stream);
    let stream = timeout_at(Instant::now() + step, connecting).await.map_err(|_| failed("it took too long".into()))?;
    Ok(Box::new(stream.map_err(|error| failed(error.to_string()))?))
}

/// A word as it may stand in a command, between quotes.
fn quoted(word: &str) -> Option<String> {
    let is_plain = word.chars().all(|c| (' '..='~').contains(&c));
    is_plain.then(|| format!("\"{}\"", word.replace('\\', "\\\\").replace('"', "\\\"")))
}

fn worked((status, said): (Status, String), what: &str) -> Result<(), ImapError> {
    if status == Status::Ok { Ok(()) } else { Err(refused(what, &said)) }
}

fn refused(what: &str, said: &str) -> ImapError {
    ImapError::Refused { what: what.into(), said: shown(said) }
}

fn shown(said: &str) -> String {
    crate::one_line(said).chars().take(TEXT_CHARS).collect()
}
