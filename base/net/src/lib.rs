//! The only door: mail outwards, by SMTP or into the built-in box, and inwards, brought or fetched; webhooks to the
//! public Internet, and small files from there.
//! The only door: mail outwards, by SMTP or into the built-in box, and inwards, brought or fetched; and webhooks and questions
//! to registries, to the public Internet.

mod again;
mod ask;
mod config;
mod conversation;
mod dkim;
mod fetch;
mod guard;
mod hook;
mod imap;
mod inbound;
mod letter;
mod mailer;
mod smtp;
mod stored;
mod throttle;
mod tls;
mod wire;
mod writing;

pub use again::next_try;
pub use ask::{Answered, AskConfig, AskError, Asker};
pub use config::{MailConfig, MailConfigError, SecretError, SmtpConfig, Tls, TransportKind};
pub use conversation::{Automatic, Conversation};
pub use dkim::{DkimConfig, DkimError};
pub use fetch::{FetchConfig, FetchError, Fetcher};
pub use guard::is_public;
pub use hook::{HookConfig, HookError, Hooks, Message, SECRET_BEGINS, Target, URL_CHARS, signature};
pub use imap::{Imap, ImapConfig, ImapConfigError, ImapError, ImapState, ImapTls};
pub use inbound::{Envelope, InboundConfig, InboundError, Intake, Listener, Never, Protocol, Verdict, Way};
pub use letter::{Addressee, Attached, Letter, LetterError, Mail, one_line};
pub use mailer::{Delivery, Mailer, Transport};
pub use smtp::{Blame, Refused, SendError};
pub use stored::{Maildir, Mbox, MboxKind, StoredMail, StoredMailError};
pub use writing::{LetterFailed, Templates, Written, guest_text, plural_category, wrap};
