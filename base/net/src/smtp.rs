//! One conversation with a mail server, step by step, so that we know who said no to what.

use std::net::SocketAddr;
use std::time::Duration;

use lettre::Address;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail as MailFrom, Noop, Rcpt, Rset};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::Response;

use crate::config::{MailConfigError, SmtpConfig, Tls};
use crate::letter::Mail;

/// What a failure is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blame {
    /// The server or the way to it: the next message would fare the same.
    Server,
    /// This message.
    Message,
}

/// Why a message was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// It may be taken later.
    #[error("{reason}")]
    Later {
        /// What it is about.
        blame: Blame,
        /// In words of the reader.
        reason: String,
        /// The recipients the server had something against.
        refused: Vec<Refused>,
    },
    /// It will never be taken.
    #[error("{reason}")]
    Never {
        /// In words of the reader.
        reason: String,
        /// The recipients the server had something against.
        refused: Vec<Refused>,
    },
}

impl SendError {
    /// It will never be taken, and no recipient is to blame.
    pub fn never(reason: impl Into<String>) -> Self {
        SendError::Never { reason: reason.into(), refused: Vec::new() }
    }

    /// It may be taken later, and no recipient is to blame.
    pub fn later(blame: Blame, reason: impl Into<String>) -> Self {
        SendError::Later { blame, reason: reason.into(), refused: Vec::new() }
    }
}

/// A recipient the server did not take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The address.
    pub mail: String,
    /// What the server said.
    pub reason: String,
    /// Whether it will never be taken (5xx), not only now.
    pub for_good: bool,
}

/// The way to a mail server, ready to be walked.
pub(crate) struct Smtp {
    config: SmtpConfig,
    credentials: Option<Credentials>,
    tls: Option<TlsParameters>,
    hello: ClientId,
}

impl std::fmt::Debug for Smtp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Smtp").field("server", &self.shown()).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Session")
    }
}

/// An open conversation.
pub(crate) struct Session {
    connection: AsyncSmtpConnection,
}

impl Smtp {
    pub(crate) fn new(config: SmtpConfig) -> Result<Self, MailConfigError> {
        config.check()?;
        let credentials = config.credentials()?;
        let tls = if config.tls == Tls::None { None } else { Some(config.tls_parameters()?) };
        let hello = if config.hello_name.is_empty() {
            ClientId::default()
        } else {
            ClientId::Domain(crate::one_line(&config.hello_name).replace(' ', ""))
        };
        Ok(Smtp { config, credentials, tls, hello })
    }

    fn timeout(&self) -> Duration {
        Duration::from_secs(self.config.timeout_seconds)
    }

    fn shown(&self) -> String {
        format!("{}:{}", self.config.host, self.config.port)
    }

    /// Connects, encrypts, logs in.
    pub(crate) async fn open(&self) -> Result<Session, SendError> {
        let server =
            |what: &str, why: String| SendError::later(Blame::Server, format!("{what} {}: {why}", self.shown()));
        let found = tokio::time::timeout(
            self.timeout(),
            tokio::net::lookup_host((self.config.host.as_str(), self.config.port)),
        )
        .await
        .map_err(|_| server("cannot find", "the name was not answered in time".into()))?
        .map_err(|error| server("cannot find", error.to_string()))?;
        let plain_ok = self.config.tls != Tls::None || self.config.allow_plain_text;
        // "localhost" may be told to be elsewhere; without encryption only this machine counts.
        let addresses: Vec<SocketAddr> = found.filter(|at| plain_ok || at.ip().is_loopback()).collect();
        if addresses.is_empty() {
            return Err(server("cannot reach", "it has no address that may be used".into()));
        }
        let wrapper = if self.config.tls == Tls::Wrapper { self.tls.clone() } else { None };
        let connecting =
            AsyncSmtpConnection::connect_tokio1(addresses.as_slice(), Some(self.timeout()), &self.hello, wrapper, None);
        let connection = tokio::time::timeout(self.timeout(), connecting)
            .await
            .map_err(|_| server("no answer from", "it took too long".into()))?
            .map_err(|error| server("cannot reach", said(&error)))?;
        let mut session = Session { connection };
        let result = tokio::time::timeout(self.timeout(), self.greet(&mut session)).await;
        // After a failed handshake there is no stream left to say goodbye on, so the connection is just dropped.
        result.unwrap_or_else(|_| Err(server("no answer from", "it took too long".into())))?;
        Ok(session)
    }

    async fn greet(&self, session: &mut Session) -> Result<(), SendError> {
        let server =
            |what: &str, why: String| SendError::later(Blame::Server, format!("{what} {}: {why}", self.shown()));
        let starttls = match self.config.tls {
            Tls::None | Tls::Wrapper => false,
            Tls::Opportunistic => session.connection.can_starttls(),
            Tls::Required if !session.connection.can_starttls() => {
                return Err(server("no encryption with", "the server does not offer STARTTLS".into()));
            }
            Tls::Required => true,
        };
        if let (true, Some(tls)) = (starttls, self.tls.clone()) {
            let upgraded = session.connection.starttls(tls, &self.hello).await;
            upgraded.map_err(|error| server("no encryption with", said(&error)))?;
        }
        if let Some(credentials) = &self.credentials {
            if !session.connection.is_encrypted() && !self.config.is_loopback() && !self.config.allow_plain_text {
                return Err(server("no login at", "the connection is not encrypted".into()));
            }
            let login = session.connection.auth(DEFAULT_MECHANISMS, credentials).await;
            login.map_err(|error| server("login refused by", said(&error)))?;
        }
        Ok(())
    }

    /// Hands one message over. The recipients the server did not take, when it took others.
    pub(crate) async fn send(&self, session: &mut Session, mail: &Mail) -> Result<(String, Vec<Refused>), SendError> {
        // The body is one step as well, but a long one: a slow line moves at least 20 kB/s.
        let body = Duration::from_secs(mail.bytes.len() as u64 / 20_000);
        let steps = self.timeout() * (3 + u32::try_from(mail.to.len()).unwrap_or(100).min(100)) + body;
        match tokio::time::timeout(steps, hand_over(session, mail)).await {
            Ok(result) => result,
            Err(_) => {
                Err(SendError::later(Blame::Server, format!("no answer from {}: it took too long", self.shown())))
            }
        }
    }

    /// Whether the conversation still stands.
    pub(crate) async fn is_alive(&self, session: &mut Session) -> bool {
        if session.connection.has_broken() {
            return false;
        }
        let limit = self.timeout().min(Duration::from_secs(5));
        matches!(tokio::time::timeout(limit, session.connection.command(Noop)).await, Ok(Ok(_)))
    }
}

impl Session {
    /// Ends the conversation politely, but not for long.
    pub(crate) async fn close(mut self) {
        let _ = tokio::time::timeout(Duration::from_secs(2), self.connection.abort()).await;
    }
}

async fn hand_over(session: &mut Session, mail: &Mail) -> Result<(String, Vec<Refused>), SendError> {
    let connection = &mut session.connection;
    let from = connection.command(MailFrom::new(mail.from.clone(), Vec::new())).await;
    if let Err(error) = from {
        let too_large = code(&error) == Some(552);
        let _ = connection.command(Rset).await;
        // What is said of the sender is said of all our mail, so it is for us to mend and not the end of the message.
        return Err(match too_large {
            true => SendError::never(format!("the mail server finds the message too large: {}", said(&error))),
            false => {
                let from = mail.from.as_ref().map_or_else(|| "nobody (<>)".into(), ToString::to_string);
                SendError::later(
                    Blame::Server,
                    format!("the mail server does not take mail from {from}: {}", said(&error)),
                )
            }
        });
    }
    let mut taken = 0;
    let mut refused = Vec::new();
    let mut worst_is_later = false;
    for to in &mail.to {
        match connection.command(Rcpt::new(to.clone(), Vec::new())).await {
            Ok(_) => taken += 1,
            Err(error) => {
                let Some(code) = code(&error) else { return Err(broken(&error)) };
                if code == 421 {
                    return Err(broken(&error));
                }
                worst_is_later |= code < 500;
                refused.push(Refused { mail: to.to_string(), reason: said(&error), for_good: code >= 500 });
            }
        }
    }
    if taken == 0 {
        let _ = connection.command(Rset).await;
        let reason = refused.iter().map(|r| format!("{} was not taken: {}", r.mail, r.reason)).collect::<Vec<_>>();
        let reason = reason.join("; ");
        return Err(match worst_is_later {
            true => SendError::Later { blame: Blame::Message, reason, refused },
            false => SendError::Never { reason, refused },
        });
    }
    if let Err(error) = connection.command(Data).await {
        return Err(of_message(&error));
    }
    match connection.message(&mail.bytes).await {
        Ok(response) => Ok((first_line(&response), refused)),
        Err(error) => Err(of_message(&error)),
    }
}

fn of_message(error: &lettre::transport::smtp::Error) -> SendError {
    match code(error) {
        None | Some(421) => broken(error),
        Some(code) if code >= 500 => SendError::never(format!("the mail server refused the message: {}", said(error))),
        Some(_) => SendError::later(Blame::Message, format!("the mail server puts the message off: {}", said(error))),
    }
}

fn broken(error: &lettre::transport::smtp::Error) -> SendError {
    SendError::later(Blame::Server, format!("the conversation with the mail server broke off: {}", said(error)))
}

fn code(error: &lettre::transport::smtp::Error) -> Option<u16> {
    error.status().map(u16::from)
}

/// What the server said, or what went wrong, in one line of bounded length.
fn said(error: &lettre::transport::smtp::Error) -> String {
    use std::error::Error as _;
    let mut text = code(error).map(|code| code.to_string()).unwrap_or_default();
    match error.source() {
        Some(source) => {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(&source.to_string());
        }
        None if text.is_empty() => text = error.to_string(),
        None => {}
    }
    crate::one_line(&text).chars().take(300).collect()
}

fn first_line(response: &Response) -> String {
    crate::one_line(response.first_line().unwrap_or_default()).chars().take(300).collect()
}

/// The addresses of an envelope as text, for the journal.
pub(crate) fn addresses(to: &[Address]) -> Vec<String> {
    to.iter().map(ToString::to_string).collect()
}
