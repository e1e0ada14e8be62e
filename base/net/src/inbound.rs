//! Mail that is brought to us: a listener for LMTP (RFC 2033) and SMTP (RFC 5321) behind the site's mail server.
//!
//! It knows envelopes and bytes, not what they are about: whoever takes the messages is an [`Intake`]. The other side hears 250
//! only after the intake said [`Verdict::Kept`]; until then the message is the other side's, and it brings it again. An intake
//! may therefore see the same message twice. Nothing is relayed to anybody.

mod command;
mod config;
mod data;
mod listener;
mod reply;
mod room;
mod session;
#[cfg(test)]
mod tests;
mod transfer;

use std::future::Future;
use std::net::IpAddr;

pub use config::{InboundConfig, InboundError, Protocol};
pub use listener::Listener;

/// The way a message came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Brought by LMTP.
    Lmtp,
    /// Brought by SMTP.
    Smtp,
    /// Fetched from a mailbox. Such a message has no envelope: what is known of its sender stands in its header.
    Imap,
}

/// What the one who brought a message said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// The way it came.
    pub way: Way,
    /// The sender; `None` for the empty one, which reports on delivery have and which is never answered.
    pub from: Option<String>,
    /// The recipients, as they were named.
    pub to: Vec<String>,
    /// The address of the one who brought it; `None` on the same machine without a network.
    pub peer: Option<IpAddr>,
    /// The name it greeted with, which nobody checked.
    pub helo: String,
    /// Whether it came encrypted.
    pub is_encrypted: bool,
}

/// What becomes of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It is stored and will not be lost. The text is told to the other side, such as a number of ours.
    Kept(String),
    /// Not now; it is to be brought again.
    Later(String),
    /// Not now and not later; the other side tells the sender.
    Never(String, Never),
}

/// Why a message is never wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Never {
    /// There is no such recipient here (550).
    NoSuchRecipient,
    /// It is too large (552).
    TooLarge,
    /// It is not wanted (554).
    Refused,
}

/// Who takes messages.
pub trait Intake: Send + Sync {
    /// Stores a message and says what became of it: one verdict for each recipient of LMTP, in their order; one for all else.
    /// A recipient without a verdict is asked for again later. It may be given up half-way, when it takes too long.
    fn take(&self, envelope: Envelope, message: Vec<u8>) -> impl Future<Output = Vec<Verdict>> + Send;

    /// Whether there is such a recipient; asked before the message is sent, so it has to be quick.
    fn knows(&self, _recipient: &str) -> bool {
        true
    }
}

/// One verdict for all recipients: a message somebody may still want is brought again, and one that somebody kept was kept.
pub(crate) fn together(verdicts: Vec<Verdict>) -> Verdict {
    let mut kept = None;
    let mut never = None;
    for verdict in verdicts {
        match verdict {
            Verdict::Later(_) => return verdict,
            Verdict::Kept(_) => kept = kept.or(Some(verdict)),
            Verdict::Never(..) => never = never.or(Some(verdict)),
        }
    }
    kept.or(never).unwrap_or_else(|| Verdict::Later("nobody took it".into()))
}
