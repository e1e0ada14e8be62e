//! How mail leaves the house: the section `[mail]` of the configuration.

use std::net::IpAddr;
use std::path::{Path, PathBuf};

use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, TlsParameters};
use serde::Deserialize;

use crate::dkim::{DkimConfig, DkimError};

/// Where messages go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TransportKind {
    /// Into the built-in box, seen by nobody but the team.
    #[default]
    Capture,
    /// To a mail server.
    Smtp,
}

/// How the connection to the mail server is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tls {
    /// Not at all: only to this machine, unless `allow_plain_text` says otherwise.
    None,
    /// By STARTTLS when the server offers it. Whoever sits between can take the offer away.
    Opportunistic,
    /// By STARTTLS, or nothing is sent.
    #[default]
    Required,
    /// From the first byte (port 465).
    Wrapper,
}

/// The section `[mail]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MailConfig {
    /// `capture` (the built-in box) or `smtp`.
    pub transport: TransportKind,
    /// The sender, `Name <address>`.
    pub from: String,
    /// Where answers go; empty for the sender.
    pub reply_to: String,
    /// The mail server.
    pub smtp: SmtpConfig,
    /// The signature of our domain; none without it.
    pub dkim: Option<DkimConfig>,
}

impl Default for MailConfig {
    fn default() -> Self {
        MailConfig {
            transport: TransportKind::Capture,
            from: "Manara <cirt@localhost.localdomain>".into(),
            reply_to: String::new(),
            smtp: SmtpConfig::default(),
            dkim: None,
        }
    }
}

/// The section `[mail.smtp]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SmtpConfig {
    /// Name or address of the mail server.
    pub host: String,
    /// Its port: 587 with STARTTLS, 465 with TLS from the first byte, 25 for a relay on this machine.
    pub port: u16,
    /// How the connection is encrypted.
    pub tls: Tls,
    /// Whether mail and password may go unencrypted to another machine.
    pub allow_plain_text: bool,
    /// A file of two lines, login and password, readable by its owner alone.
    pub credentials_file: Option<PathBuf>,
    /// A PEM file of certificate authorities to trust beside the system's.
    pub extra_root_file: Option<PathBuf>,
    /// The name we greet with; empty for an address literal.
    pub hello_name: String,
    /// How long one step of the conversation may take.
    pub timeout_seconds: u64,
    /// How many messages may leave in a minute.
    pub messages_per_minute: u32,
    /// The largest message that is offered to the server.
    pub max_message_bytes: u64,
}

impl Default for SmtpConfig {
    fn default() -> Self {
        SmtpConfig {
            host: "localhost".into(),
            port: 587,
            tls: Tls::Required,
            allow_plain_text: false,
            credentials_file: None,
            extra_root_file: None,
            hello_name: String::new(),
            timeout_seconds: 30,
            messages_per_minute: 120,
            max_message_bytes: 10_000_000,
        }
    }
}

/// What is wrong with the section `[mail]`.
#[derive(Debug, thiserror::Error)]
pub enum MailConfigError {
    /// An address cannot be read.
    #[error("mail.{key}: {value:?} is not an address such as \"Name <cirt@example.org>\"")]
    Address {
        /// `from` or `reply_to`.
        key: &'static str,
        /// What is written there.
        value: String,
    },
    /// Mail would travel in plain text.
    #[error("mail.smtp.tls is \"none\", but {0} is another machine: set tls = \"required\" or allow_plain_text = true")]
    PlainText(String),
    /// A number is out of its range.
    #[error("mail.smtp.{0} must be at least 1")]
    Zero(&'static str),
    /// A file cannot be read.
    #[error("mail.smtp.{key}: {path}: {error}")]
    File {
        /// The key that names it.
        key: &'static str,
        /// The file.
        path: String,
        /// Why.
        error: std::io::Error,
    },
    /// The file of the password can be read by others.
    #[error("mail.smtp.credentials_file: {0} can be read by other users; run chmod 600 on it")]
    OpenSecret(String),
    /// The file of the password has not two lines.
    #[error("mail.smtp.credentials_file: {0} needs two lines, the login and the password")]
    Credentials(String),
    /// The file of authorities holds no certificate.
    #[error("mail.smtp.extra_root_file: {0} holds no certificate in PEM form")]
    NoCertificate(String),
    /// The encryption cannot be set up.
    #[error("mail.smtp: encryption: {0}")]
    Tls(String),
    /// The signature cannot be made.
    #[error("mail.dkim.{0}")]
    Dkim(#[from] DkimError),
}

impl SmtpConfig {
    /// Whether the host is this machine by its very name.
    pub(crate) fn is_loopback(&self) -> bool {
        self.host.eq_ignore_ascii_case("localhost") || self.host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
    }

    /// Refuses what cannot work or must not be.
    pub(crate) fn check(&self) -> Result<(), MailConfigError> {
        for (value, key) in [
            (self.timeout_seconds, "timeout_seconds"),
            (u64::from(self.messages_per_minute), "messages_per_minute"),
            (self.max_message_bytes, "max_message_bytes"),
        ] {
            if value == 0 {
                return Err(MailConfigError::Zero(key));
            }
        }
        if self.tls == Tls::None && !self.allow_plain_text && !self.is_loopback() {
            return Err(MailConfigError::PlainText(self.host.clone()));
        }
        Ok(())
    }

    /// Reads the login and the password.
    pub(crate) fn credentials(&self) -> Result<Option<Credentials>, MailConfigError> {
        let Some(path) = &self.credentials_file else { return Ok(None) };
        let (login, password) = read_secret(path).map_err(|error| match error {
            SecretError::File { path, error } => MailConfigError::File { key: "credentials_file", path, error },
            SecretError::Open(path) => MailConfigError::OpenSecret(path),
            SecretError::Lines(path) => MailConfigError::Credentials(path),
        })?;
        Ok(Some(Credentials::new(login, password)))
    }

    /// Whom the encryption trusts.
    pub(crate) fn tls_parameters(&self) -> Result<TlsParameters, MailConfigError> {
        let mut builder = TlsParameters::builder(self.host.clone());
        if let Some(path) = &self.extra_root_file {
            let text = read("extra_root_file", path)?;
            if !text.contains("-----BEGIN CERTIFICATE-----") {
                return Err(MailConfigError::NoCertificate(path.display().to_string()));
            }
            let root =
                Certificate::from_pem(text.as_bytes()).map_err(|error| MailConfigError::Tls(error.to_string()))?;
            builder = builder.add_root_certificate(root);
        }
        builder.build_rustls().map_err(|error| MailConfigError::Tls(error.to_string()))
    }
}

/// Why a file of a login and a password cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// It cannot be read.
    #[error("{path}: {error}")]
    File {
        /// The file.
        path: String,
        /// Why.
        error: std::io::Error,
    },
    /// Others can read it.
    #[error("{0} can be read by other users; run chmod 600 on it")]
    Open(String),
    /// It has not two lines.
    #[error("{0} needs two lines, the login and the password")]
    Lines(String),
}

/// The login and the password of a file that nobody else can read.
pub(crate) fn read_secret(path: &Path) -> Result<(String, String), SecretError> {
    let shown = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|error| SecretError::File { path: shown.clone(), error })?;
    if is_open_to_others(path) {
        return Err(SecretError::Open(shown));
    }
    let mut lines = text.lines().map(str::trim_end);
    match (lines.next(), lines.next()) {
        (Some(login), Some(password)) if !login.is_empty() && !password.is_empty() => {
            Ok((login.into(), password.into()))
        }
        _ => Err(SecretError::Lines(shown)),
    }
}

fn read(key: &'static str, path: &Path) -> Result<String, MailConfigError> {
    std::fs::read_to_string(path).map_err(|error| MailConfigError::File {
        key,
        path: path.display().to_string(),
        error,
    })
}

#[cfg(unix)]
pub(crate) fn is_open_to_others(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(path).is_ok_and(|meta| meta.permissions().mode() & 0o007 != 0)
}

#[cfg(not(unix))]
pub(crate) fn is_open_to_others(_path: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::{MailConfigError, SmtpConfig, Tls};

    #[test]
    fn plain_text_stays_on_this_machine() {
        for (host, allow, good) in [
            ("localhost", false, true),
            ("127.0.0.1", false, true),
            ("::1", false, true),
            ("192.0.2.1", false, false),
            ("mail.example.org", false, false),
            ("mail.example.org", true, true),
        ] {
            let config =
                SmtpConfig { host: host.into(), tls: Tls::None, allow_plain_text: allow, ..SmtpConfig::default() };
            assert_eq!(config.check().is_ok(), good, "{host} {allow}");
        }
        let zero = SmtpConfig { messages_per_minute: 0, ..SmtpConfig::default() };
        assert!(matches!(zero.check(), Err(MailConfigError::Zero("messages_per_minute"))));
    }

    #[test]
    #[cfg(unix)]
    fn a_password_others_can_read_is_refused() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("secret");
        std::fs::write(&path, "cirt\nopen sesame\n").expect("written");
        let config = SmtpConfig { credentials_file: Some(path.clone()), ..SmtpConfig::default() };
        for (mode, good) in [(0o644, false), (0o600, true)] {
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).expect("set");
            assert_eq!(config.credentials().is_ok(), good, "{mode:o}");
        }
        std::fs::write(&path, "only a login\n").expect("written");
        assert!(matches!(config.credentials(), Err(MailConfigError::Credentials(_))));
    }
}
