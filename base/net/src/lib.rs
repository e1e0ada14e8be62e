//! The only door outwards. For now: mail, by SMTP or into the built-in box.

mod config;
mod letter;
mod mailer;
mod smtp;
mod throttle;

pub use config::{MailConfig, MailConfigError, SmtpConfig, Tls, TransportKind};
pub use letter::{Addressee, Attached, Letter, LetterError, Mail, one_line};
pub use mailer::{Delivery, Mailer, Transport};
pub use smtp::{Blame, Refused, SendError};
