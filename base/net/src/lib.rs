//! The only door outwards: mail, by SMTP or into the built-in box; and webhooks, to the public Internet.

mod config;
mod guard;
mod hook;
mod letter;
mod mailer;
mod smtp;
mod throttle;

pub use config::{MailConfig, MailConfigError, SmtpConfig, Tls, TransportKind};
pub use guard::is_public;
pub use hook::{HookConfig, HookError, Hooks, Message, SECRET_BEGINS, Target, URL_CHARS, signature};
pub use letter::{Addressee, Attached, Letter, LetterError, Mail, one_line};
pub use mailer::{Delivery, Mailer, Transport};
pub use smtp::{Blame, Refused, SendError};
