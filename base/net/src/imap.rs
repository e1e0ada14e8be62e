//! Mail that is fetched: a mailbox on another server is read, and every message handed to an intake.
//!
//! A message is moved to the folder of what is done only after the intake said that it is kept. Whatever breaks before that,
//! the message is where it was and is fetched again, so that the intake may see it twice and never not at all. What is never
//! wanted goes to a folder of its own. Between rounds the server tells by itself when something came (IDLE, RFC 2177); one that
//! cannot is asked. The client knows just these commands; what a server says is bounded and parsed without trust.

mod config;
mod connection;
mod response;
#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::sync::watch;
use tokio::time::timeout;

pub use config::{ImapConfig, ImapConfigError, ImapTls};
pub use connection::ImapError;
use connection::{Connection, Way, Woken};
use response::Body;

use crate::inbound::{Envelope, Intake, Verdict, Way as CameBy, together};

/// How long a wait for news lasts before it begins anew. RFC 2177 wants less than 29 minutes; a line that died unnoticed is found
/// dead by then.
const IDLE: Duration = Duration::from_mins(10);
/// The longest wait before the next try.
const LONGEST_PAUSE: Duration = Duration::from_mins(5);
/// How long an intake may think about one message.
const INTAKE: Duration = Duration::from_mins(5);

/// How it stands with a mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImapState {
    /// Nobody reads it yet, or no more.
    Resting,
    /// It is read.
    Reading,
    /// It cannot be read now, and is tried again. The text is for people.
    Broken(String),
}

/// A mailbox that is read.
pub struct Imap {
    config: ImapConfig,
    tls: Arc<ClientConfig>,
    credentials: (String, String),
    state: watch::Sender<ImapState>,
    first_pause: Duration,
}

impl std::fmt::Debug for Imap {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Imap").field("host", &self.config.host).field("port", &self.config.port).finish_non_exhaustive()
    }
}

/// How a look at the mailbox ended.
enum Round {
    /// All that is wanted was taken.
    Done,
    /// We were told to stop.
    Stopped,
}

/// A stop that can be asked for again and again.
struct Stop<F> {
    told: std::pin::Pin<Box<F>>,
    is_told: bool,
}

impl<F: Future<Output = ()>> Stop<F> {
    async fn wait(&mut self) {
        if !self.is_told {
            self.told.as_mut().await;
            self.is_told = true;
        }
    }

    async fn is_told(&mut self) -> bool {
        tokio::select! {
            biased;
            () = self.wait() => true,
            () = std::future::ready(()) => false,
        }
    }
}

impl Imap {
    /// The mailbox of a configuration; reads the files it names.
    pub fn new(config: &ImapConfig) -> Result<Imap, ImapConfigError> {
        config.check()?;
        ServerName::try_from(config.host.clone()).map_err(|_| ImapConfigError::Host(config.host.clone()))?;
        let tls = crate::tls::client(config.extra_root_file.as_deref());
        Ok(Imap {
            config: config.clone(),
            tls: tls.map_err(|error| ImapConfigError::Tls(error.to_string()))?,
            credentials: config.credentials()?,
            state: watch::Sender::new(ImapState::Resting),
            first_pause: Duration::from_secs(5),
        })
    }

    /// How it stands, now and later.
    pub fn state(&self) -> watch::Receiver<ImapState> {
        self.state.subscribe()
    }

    /// Connects, logs in and opens the folders without fetching anything: for `manara doctor`.
    pub async fn probe(&self) -> Result<(), ImapError> {
        let connection = self.open().await?;
        connection.close().await;
        Ok(())
    }

    /// Reads the mailbox until `stop` is done. What breaks is tried again, after longer and longer pauses.
    pub async fn run<I: Intake>(&self, intake: &I, stop: impl Future<Output = ()>) {
        let mut stop = Stop { told: Box::pin(stop), is_told: false };
        let mut failures = 0;
        loop {
            let Err(error) = self.read(intake, &mut stop, &mut failures).await else { break };
            failures += 1;
            tracing::warn!(%error, failures, "a mailbox cannot be read");
            self.state.send_replace(ImapState::Broken(error.to_string()));
            tokio::select! {
                biased;
                () = stop.wait() => break,
                () = tokio::time::sleep(pause(self.first_pause, failures)) => {}
            }
        }
        self.state.send_replace(ImapState::Resting);
    }

    async fn open(&self) -> Result<Connection, ImapError> {
        let way = Way { config: &self.config, tls: &self.tls, credentials: &self.credentials };
        let mut connection = Connection::open(&way).await?;
        for folder in [&self.config.done_folder, &self.config.failed_folder] {
            connection.make_folder(folder).await?;
        }
        connection.select(&self.config.folder).await?;
        Ok(connection)
    }

    /// One conversation, from the login to the stop.
    async fn read<I: Intake, F: Future<Output = ()>>(
        &self,
        intake: &I,
        stop: &mut Stop<F>,
        failures: &mut u32,
    ) -> Result<(), ImapError> {
        let mut connection = tokio::select! {
            biased;
            () = stop.wait() => return Ok(()),
            connection = self.open() => connection?,
        };
        self.state.send_replace(ImapState::Reading);
        let poll = Duration::from_secs(self.config.poll_seconds.min(86_400));
        // Messages that are to be tried later, or are gone.
        let mut later = HashSet::new();
        loop {
            if let Round::Stopped = self.round(&mut connection, intake, &mut later, stop).await? {
                break;
            }
            // Whoever got so far is not failing.
            *failures = 0;
            let time = if later.is_empty() { IDLE } else { poll.min(IDLE) };
            let woken = if connection.can.idle {
                connection.idle(time, stop.wait()).await?
            } else {
                let woken = tokio::select! {
                    biased;
                    () = stop.wait() => Woken::Stop,
                    () = tokio::time::sleep(poll) => Woken::Time,
                };
                connection.nothing().await?;
                woken
            };
            match woken {
                Woken::Stop => break,
                Woken::Time => later.clear(),
                Woken::News => {}
            }
        }
        connection.close().await;
        Ok(())
    }

    /// Takes all messages there are, one after the other.
    async fn round<I: Intake, F: Future<Output = ()>>(
        &self,
        connection: &mut Connection,
        intake: &I,
        later: &mut HashSet<u32>,
        stop: &mut Stop<F>,
    ) -> Result<Round, ImapError> {
        for uid in connection.messages().await? {
            if stop.is_told().await {
                return Ok(Round::Stopped);
            }
            if later.contains(&uid) {
                continue;
            }
            let folder = match self.one(connection, intake, uid).await? {
                Some(Verdict::Kept(_)) => &self.config.done_folder,
                Some(Verdict::Never(..)) => &self.config.failed_folder,
                Some(Verdict::Later(_)) | None => {
                    later.insert(uid);
                    continue;
                }
            };
            connection.move_to(uid, folder).await?;
        }
        Ok(Round::Done)
    }

    /// What becomes of one message; `None` when it is gone.
    async fn one<I: Intake>(
        &self,
        connection: &mut Connection,
        intake: &I,
        uid: u32,
    ) -> Result<Option<Verdict>, ImapError> {
        let too_large = || {
            tracing::warn!(uid, limit = self.config.max_message_bytes, "a message of a mailbox is too large");
            Ok(Some(Verdict::Never("too large".into(), crate::inbound::Never::TooLarge)))
        };
        let Some(size) = connection.size(uid).await? else { return Ok(None) };
        if size > self.config.max_message_bytes as u64 {
            return too_large();
        }
        let message = match connection.body(uid).await? {
            Some(Body::Whole(message)) => message,
            // Some servers guess the size.
            Some(Body::TooLarge) => return too_large(),
            None => return Ok(None),
        };
        let recipient = self.config.recipient.trim();
        let envelope = Envelope {
            way: CameBy::Imap,
            from: None,
            to: if recipient.is_empty() { Vec::new() } else { vec![recipient.to_string()] },
            peer: None,
            helo: String::new(),
            is_encrypted: self.config.tls != ImapTls::None,
        };
        let bytes = message.len();
        let verdict = together(timeout(INTAKE, intake.take(envelope, message)).await.unwrap_or_default());
        tracing::info!(bytes, is_kept = matches!(verdict, Verdict::Kept(_)), "a message was fetched");
        Ok(Some(verdict))
    }
}

/// How long to wait after so many failures.
fn pause(first: Duration, failures: u32) -> Duration {
    let times = 2u32.saturating_pow(failures.saturating_sub(1).min(16));
    first.saturating_mul(times).min(LONGEST_PAUSE)
}
