//! One conversation with somebody who brings mail.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{Instant, timeout_at};
use tokio_rustls::TlsAcceptor;

use super::Intake;
use super::command::{Command, LINE_BYTES, MailFrom, parse};
use super::config::{Limits, Protocol};
use super::reply::{
    GOODBYE, GREET_FIRST, HELLO, HELP, NEEDS_UTF8, NO_SUCH_RECIPIENT, NOT_NOW, NOT_OFFERED, OFFERED, OK, RECIPIENT_OK,
    Reply, SAY_EHLO, SAY_LHLO, SENDER_OK, SLOW, SPOKE_AHEAD, START_TLS, STOPPING, TOO_LARGE, TOO_LONG,
    TOO_MANY_COMMANDS, TOO_MANY_MISTAKES, TOO_MANY_RECIPIENTS, UNVERIFIED, line,
};
use super::room::Room;
use crate::wire::{Stream, Wire, WireError};

/// How long the last words may take.
const LAST_WORDS: Duration = Duration::from_secs(5);

/// What all sessions of a listener share.
pub(super) struct House {
    pub(super) protocol: Protocol,
    pub(super) name: String,
    pub(super) limits: Limits,
    pub(super) room: Room,
    pub(super) tls: Option<TlsAcceptor>,
}

impl std::fmt::Debug for House {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("House").field("protocol", &self.protocol).field("limits", &self.limits).finish_non_exhaustive()
    }
}

/// A conversation.
pub(super) struct Session<I> {
    /// `None` for a moment, while it becomes encrypted.
    pub(super) wire: Option<Wire>,
    pub(super) peer: Option<IpAddr>,
    pub(super) house: Arc<House>,
    pub(super) intake: Arc<I>,
    stopping: watch::Receiver<bool>,
    pub(super) ends: Instant,
    /// The name of the other side, once it greeted.
    pub(super) helo: Option<String>,
    pub(super) is_encrypted: bool,
    pub(super) mail: Option<Mail>,
    commands: u32,
    mistakes: u32,
}

/// A message that was announced.
pub(super) struct Mail {
    pub(super) from: Option<String>,
    pub(super) to: Vec<String>,
    is_utf8: bool,
}

/// What a command led to: what is answered, if that was not done on the way, or what was wrong with it.
pub(super) type Done = Result<Option<Reply>, Reply>;

/// Why a conversation ends.
pub(super) enum End {
    /// With these words.
    Said(Reply),
    /// Without: nobody hears them.
    Silent,
}

impl From<WireError> for End {
    fn from(error: WireError) -> Self {
        match error {
            WireError::Slow => End::Said(SLOW),
            WireError::TooLong(_) => End::Said(TOO_LONG),
            WireError::Closed | WireError::Broken(_) => End::Silent,
        }
    }
}

impl<I: Intake> Session<I> {
    pub(super) fn new(
        stream: Box<dyn Stream>,
        peer: Option<IpAddr>,
        house: Arc<House>,
        intake: Arc<I>,
        stopping: watch::Receiver<bool>,
    ) -> Self {
        Session {
            wire: Some(Wire::new(stream)),
            peer,
            ends: Instant::now() + house.limits.session,
            house,
            intake,
            stopping,
            helo: None,
            is_encrypted: false,
            mail: None,
            commands: 0,
            mistakes: 0,
        }
    }

    pub(super) async fn run(mut self) {
        let kind = if self.house.protocol == Protocol::Lmtp { "LMTP" } else { "ESMTP" };
        let greeting = format!("{} {kind} Manara", self.house.name);
        self.say(&line(220, "", &greeting));
        let end = loop {
            if let Err(end) = self.turn().await {
                break end;
            }
        };
        match end {
            End::Said(words) => self.answer(words),
            End::Silent => return,
        }
        if let Some(wire) = self.wire {
            wire.close(Instant::now() + LAST_WORDS).await;
        }
    }

    /// One command and its answer.
    async fn turn(&mut self) -> Result<(), End> {
        let line = self.line().await?;
        self.commands += 1;
        if self.commands > self.house.limits.commands {
            return Err(End::Said(TOO_MANY_COMMANDS));
        }
        let done = match parse(&line) {
            Ok(command) => self.obey(command).await?,
            Err(mistake) => Err(mistake),
        };
        match done {
            Ok(None) => {}
            Ok(Some(words)) => self.answer(words),
            Err(words) if words.code == 421 => return Err(End::Said(words)),
            Err(words) => {
                self.answer(words);
                self.mistakes += 1;
                if self.mistakes >= self.house.limits.mistakes {
                    return Err(End::Said(TOO_MANY_MISTAKES));
                }
            }
        }
        Ok(())
    }

    pub(super) fn say(&mut self, text: &str) {
        if let Some(wire) = &mut self.wire {
            wire.say(text.as_bytes());
        }
    }

    pub(super) fn answer(&mut self, words: Reply) {
        self.say(&line(words.code, words.status, words.text));
    }

    /// The next line. Between messages a stop is heard.
    async fn line(&mut self) -> Result<Vec<u8>, End> {
        if Instant::now() >= self.ends {
            // Who always says something is never silent for too long.
            return Err(End::Said(SLOW));
        }
        let until = self.until();
        let is_between = self.mail.is_none();
        let wire = self.wire.as_mut().ok_or(End::Silent)?;
        tokio::select! {
            biased;
            _ = self.stopping.wait_for(|stopping| *stopping), if is_between => Err(End::Said(STOPPING)),
            line = wire.line(LINE_BYTES, until) => Ok(line?),
        }
    }

    /// Until when the other side may say nothing.
    fn until(&self) -> Instant {
        (Instant::now() + self.house.limits.idle).min(self.ends)
    }

    /// Does what is asked.
    async fn obey(&mut self, command: Command) -> Result<Done, End> {
        Ok(match command {
            Command::Lhlo(_) if self.house.protocol == Protocol::Smtp => Err(SAY_EHLO),
            Command::Ehlo(_) | Command::Helo(_) if self.house.protocol == Protocol::Lmtp => Err(SAY_LHLO),
            Command::Lhlo(name) | Command::Ehlo(name) => {
                self.mail = None;
                self.helo = Some(name);
                self.offer();
                Ok(Some(OFFERED))
            }
            Command::Helo(name) => {
                self.mail = None;
                self.helo = Some(name);
                Ok(Some(HELLO))
            }
            Command::StartTls => self.encrypt().await?,
            Command::Mail(from) => self.announce(from).map(Some),
            Command::Rcpt(to) => self.recipient(to).map(Some),
            Command::Data => self.message().await?,
            Command::Rset => {
                self.mail = None;
                Ok(Some(OK))
            }
            Command::Noop => Ok(Some(OK)),
            Command::Vrfy => Ok(Some(UNVERIFIED)),
            Command::Help => Ok(Some(HELP)),
            Command::Quit => return Err(End::Said(GOODBYE)),
        })
    }

    /// All lines of what is offered, but the last.
    fn offer(&mut self) {
        let House { name, limits, tls, .. } = &*self.house;
        let starttls = if tls.is_some() && !self.is_encrypted { "250-STARTTLS\r\n" } else { "" };
        let size = limits.message_bytes;
        self.say(&format!(
            "250-{name}\r\n250-PIPELINING\r\n250-SIZE {size}\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n{starttls}"
        ));
    }

    /// Encrypts the conversation, which then begins anew: what was said before counts no more.
    async fn encrypt(&mut self) -> Result<Done, End> {
        let Some(tls) = self.house.tls.clone() else { return Ok(Err(NOT_OFFERED)) };
        if self.is_encrypted || self.mail.is_some() {
            return Ok(Err(NOT_NOW));
        }
        if self.wire.as_ref().is_some_and(|wire| !wire.is_drained()) {
            return Err(End::Said(SPOKE_AHEAD));
        }
        let until = self.until();
        self.answer(START_TLS);
        let mut wire = self.wire.take().ok_or(End::Silent)?;
        wire.flush(until).await?;
        let stream = wire.into_stream().ok_or(End::Silent)?;
        // Who cannot shake hands cannot be told so.
        let stream = timeout_at(until, tls.accept(stream)).await.map_err(|_| End::Silent)?.map_err(|error| {
            tracing::info!(%error, "no encryption with somebody who brings mail");
            End::Silent
        })?;
        self.wire = Some(Wire::new(Box::new(stream)));
        self.is_encrypted = true;
        self.helo = None;
        Ok(Ok(None))
    }

    fn announce(&mut self, said: MailFrom) -> Result<Reply, Reply> {
        if self.helo.is_none() {
            return Err(GREET_FIRST);
        }
        if self.mail.is_some() {
            return Err(NOT_NOW);
        }
        if said.size.is_some_and(|size| size > self.house.limits.message_bytes as u64) {
            return Ok(TOO_LARGE);
        }
        if !said.is_utf8 && said.from.as_ref().is_some_and(|from| !from.is_ascii()) {
            return Err(NEEDS_UTF8);
        }
        self.mail = Some(Mail { from: said.from, is_utf8: said.is_utf8, to: Vec::new() });
        Ok(SENDER_OK)
    }

    fn recipient(&mut self, to: String) -> Result<Reply, Reply> {
        let Some(mail) = &mut self.mail else { return Err(NOT_NOW) };
        if !mail.is_utf8 && !to.is_ascii() {
            return Err(NEEDS_UTF8);
        }
        if mail.to.len() >= self.house.limits.recipients {
            // No mistake of the other side: it cannot know how many we take.
            return Ok(TOO_MANY_RECIPIENTS);
        }
        if !self.intake.knows(&to) {
            return Ok(NO_SUCH_RECIPIENT);
        }
        mail.to.push(to);
        Ok(RECIPIENT_OK)
    }
}
