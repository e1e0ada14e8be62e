//! The one who sends.

use std::sync::Mutex as StdMutex;

use lettre::message::Mailbox;
use manara_model::Micros;
use tokio::sync::Mutex;

use crate::config::{MailConfig, MailConfigError, SmtpConfig, TransportKind};
use crate::conversation::Conversation;
use crate::dkim::Dkim;
use crate::letter::{Letter, LetterError, Mail, build};
use crate::smtp::{Refused, SendError, Session, Smtp, addresses};
use crate::throttle::Throttle;

/// Where messages go.
#[derive(Debug, Clone)]
pub enum Transport {
    /// To a mail server.
    Smtp(SmtpConfig),
    /// Into the built-in box: the caller keeps the message, nothing leaves the house.
    Capture,
}

/// How a message fared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// The server has it.
    Accepted {
        /// What the server said, such as the number in its queue.
        response: String,
        /// Who was not taken, while others were.
        refused: Vec<Refused>,
    },
    /// It is for the built-in box.
    Captured,
}

/// Builds messages and hands them over, one at a time.
#[derive(Debug)]
pub struct Mailer {
    from: Mailbox,
    reply_to: Option<Mailbox>,
    dkim: Option<Dkim>,
    max_message_bytes: u64,
    throttle: StdMutex<Throttle>,
    smtp: Option<Smtp>,
    session: Mutex<Option<Session>>,
}

impl Mailer {
    /// The mailer of a configuration; reads the files it names.
    pub fn new(config: &MailConfig) -> Result<Self, MailConfigError> {
        let transport = match config.transport {
            TransportKind::Smtp => Transport::Smtp(config.smtp.clone()),
            TransportKind::Capture => Transport::Capture,
        };
        let from = address("from", &config.from)?;
        let reply_to = match config.reply_to.trim() {
            "" => None,
            text => Some(address("reply_to", text)?),
        };
        Ok(Mailer {
            from,
            reply_to,
            dkim: config.dkim.as_ref().map(Dkim::new).transpose()?,
            max_message_bytes: config.smtp.max_message_bytes,
            throttle: StdMutex::new(Throttle::new(config.smtp.messages_per_minute)),
            smtp: match transport {
                Transport::Smtp(smtp) => Some(Smtp::new(smtp)?),
                Transport::Capture => None,
            },
            session: Mutex::new(None),
        })
    }

    /// A mailer whose messages stay in the house.
    pub fn capture(from: &str) -> Result<Self, MailConfigError> {
        Mailer::new(&MailConfig { from: from.into(), ..MailConfig::default() })
    }

    /// Whether messages stay in the house.
    pub fn is_capture(&self) -> bool {
        self.smtp.is_none()
    }

    /// What has to stand in the domain name system so that our signatures are believed: a name and a text. `None` where nothing
    /// is signed.
    pub fn dkim_record(&self) -> Option<(String, String)> {
        self.dkim.as_ref().map(Dkim::record)
    }

    /// The sender, as recipients see it.
    pub fn sender(&self) -> String {
        self.from.to_string()
    }

    /// The message of a letter. The same letter gives the same bytes.
    pub fn build(&self, letter: &Letter) -> Result<Mail, LetterError> {
        self.signed(build(letter, &self.from, self.reply_to.as_ref(), None)?, letter.date)
    }

    /// The message of a letter in a conversation.
    pub fn build_in(&self, letter: &Letter, conversation: &Conversation) -> Result<Mail, LetterError> {
        self.signed(build(letter, &self.from, self.reply_to.as_ref(), Some(conversation))?, letter.date)
    }

    /// The message of a letter, alone or in a conversation, signed or encrypted on its way out: `seal` makes of the whole message
    /// another, or says why it cannot.
    pub fn build_sealed(
        &self,
        letter: &Letter,
        conversation: Option<&Conversation>,
        seal: impl FnOnce(&[u8]) -> Result<Vec<u8>, String>,
    ) -> Result<Mail, LetterError> {
        let mut mail = build(letter, &self.from, self.reply_to.as_ref(), conversation)?;
        mail.bytes = seal(&mail.bytes).map_err(LetterError::Build)?;
        self.signed(mail, letter.date)
    }

    /// With the signature of our domain, where there is a key; refused when it is too large.
    fn signed(&self, mut mail: Mail, date: Micros) -> Result<Mail, LetterError> {
        if let Some(dkim) = &self.dkim {
            dkim.sign(&mut mail.bytes, date).map_err(|error| LetterError::Build(error.to_string()))?;
        }
        let bytes = mail.bytes.len() as u64;
        if bytes > self.max_message_bytes {
            return Err(LetterError::TooLarge { bytes, limit: self.max_message_bytes });
        }
        Ok(mail)
    }

    /// Whether a message may leave now; else when. The built-in box is never full.
    pub fn may_send(&self, now: Micros) -> Result<(), Micros> {
        if self.is_capture() {
            return Ok(());
        }
        match self.throttle.lock() {
            Ok(mut throttle) => throttle.take(now),
            Err(poisoned) => poisoned.into_inner().take(now),
        }
    }

    /// Hands a message over. One conversation is kept open and used again.
    pub async fn send(&self, mail: &Mail) -> Result<Delivery, SendError> {
        let Some(smtp) = &self.smtp else { return Ok(Delivery::Captured) };
        let mut kept = self.session.lock().await;
        // Taken out while in use: a caller who gives up midway leaves no half-spoken conversation behind.
        let mut alive = None;
        if let Some(mut session) = kept.take()
            && smtp.is_alive(&mut session).await
        {
            alive = Some(session);
        }
        let mut session = match alive {
            Some(session) => session,
            None => smtp.open().await?,
        };
        let result = smtp.send(&mut session, mail).await;
        match result {
            Ok((response, refused)) => {
                *kept = Some(session);
                tracing::info!(recipients = addresses(&mail.to).len(), refused = refused.len(), "message handed over");
                Ok(Delivery::Accepted { response, refused })
            }
            Err(error) => {
                session.close().await;
                Err(error)
            }
        }
    }

    /// Connects, encrypts and logs in without sending anything: for `manara doctor`.
    pub async fn probe(&self) -> Result<(), SendError> {
        if let Some(smtp) = &self.smtp {
            smtp.open().await?.close().await;
        }
        Ok(())
    }

    /// Ends the open conversation.
    pub async fn close(&self) {
        if let Some(session) = self.session.lock().await.take() {
            session.close().await;
        }
    }
}

fn address(key: &'static str, text: &str) -> Result<Mailbox, MailConfigError> {
    let refused = || MailConfigError::Address { key, value: text.into() };
    if text.chars().any(char::is_control) {
        return Err(refused());
    }
    text.parse().map_err(|_| refused())
}

#[cfg(test)]
mod tests {
    use super::{Delivery, Mailer};
    use crate::config::{MailConfig, MailConfigError};

    #[tokio::test]
    async fn the_box_takes_everything_and_sends_nothing() {
        let mailer = Mailer::capture("CIRT <cirt@example.org>").expect("made");
        assert!(mailer.is_capture() && mailer.may_send(manara_model::Micros(0)).is_ok());
        let letter = crate::Letter {
            id: "1".into(),
            reference: "N-1".into(),
            date: manara_model::Micros(0),
            to: vec![crate::Addressee { name: String::new(), mail: "a@b.example".into() }],
            subject: "s".into(),
            text: "t".into(),
            language: "en".into(),
            tlp: manara_model::Tlp::Amber,
            attachments: Vec::new(),
        };
        let mail = mailer.build(&letter).expect("built");
        assert_eq!(mailer.send(&mail).await, Ok(Delivery::Captured));
        let small = Mailer::new(&MailConfig {
            smtp: crate::SmtpConfig { max_message_bytes: 10, ..crate::SmtpConfig::default() },
            ..MailConfig::default()
        });
        assert!(matches!(small.expect("made").build(&letter), Err(crate::LetterError::TooLarge { limit: 10, .. })));
    }

    #[test]
    fn a_sender_that_is_no_address_is_refused() {
        for bad in ["", "nobody", "a@b.example\r\nBcc: c@d.example"] {
            let config = MailConfig { from: bad.into(), ..MailConfig::default() };
            assert!(matches!(Mailer::new(&config), Err(MailConfigError::Address { key: "from", .. })), "{bad:?}");
        }
    }
}
