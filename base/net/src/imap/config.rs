//! Which mailbox is read, and how it is reached.

use std::net::IpAddr;
use std::path::PathBuf;

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{GeneralPurpose, general_purpose::NO_PAD};
use serde::Deserialize;

use crate::config::{SecretError, read_secret};

/// How the connection to a mailbox is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ImapTls {
    /// From the first byte (port 993).
    #[default]
    Implicit,
    /// By STARTTLS, or nothing is fetched (port 143).
    StartTls,
    /// Not at all: only on this machine.
    None,
}

/// A mailbox that is read.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ImapConfig {
    /// Name or address of the server.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// `implicit`, `starttls`, or `none`, which is for this machine only.
    pub tls: ImapTls,
    /// A file of two lines, login and password, readable by its owner alone.
    pub credentials_file: Option<PathBuf>,
    /// A PEM file of certificate authorities to trust beside the system's.
    pub extra_root_file: Option<PathBuf>,
    /// The folder that is read.
    pub folder: String,
    /// Where messages go that were kept; made if it is not there.
    pub done_folder: String,
    /// Where messages go that are never wanted, such as those that are too large; made if it is not there.
    pub failed_folder: String,
    /// The address whose mail comes here: the recipient of the envelope. May be empty.
    pub recipient: String,
    /// The largest message that is fetched.
    pub max_message_bytes: usize,
    /// How long one answer may take.
    pub timeout_seconds: u64,
    /// How often a server is asked that cannot tell by itself, and when a message that was not kept is tried again.
    pub poll_seconds: u64,
}

impl Default for ImapConfig {
    fn default() -> Self {
        ImapConfig {
            host: "localhost".into(),
            port: 993,
            tls: ImapTls::Implicit,
            credentials_file: None,
            extra_root_file: None,
            folder: "INBOX".into(),
            done_folder: "Done".into(),
            failed_folder: "Failed".into(),
            recipient: String::new(),
            max_message_bytes: 30_000_000,
            timeout_seconds: 60,
            poll_seconds: 60,
        }
    }
}

/// Why a mailbox cannot be read as it is configured.
#[derive(Debug, thiserror::Error)]
pub enum ImapConfigError {
    /// Login and password would travel in plain text.
    #[error("tls is \"none\", but {0} is another machine: set tls = \"implicit\" or \"starttls\"")]
    PlainText(String),
    /// Nobody knows who reads.
    #[error("credentials_file is needed: a file of two lines, the login and the password")]
    NoCredentials,
    /// The file of the password cannot be used.
    #[error("credentials_file: {0}")]
    Secret(#[from] SecretError),
    /// A name of a folder cannot be one.
    #[error("{key}: {name:?} is not the name of a folder: it is not empty and has no *, % or control character in it")]
    Folder {
        /// The key.
        key: &'static str,
        /// What is written there.
        name: String,
    },
    /// Two folders are one.
    #[error("folder, done_folder and failed_folder must be three folders, but {0:?} is named twice")]
    SameFolder(String),
    /// A number cannot be nothing.
    #[error("{0} must be at least 1")]
    Zero(&'static str),
    /// The encryption cannot be set up.
    #[error("extra_root_file: {0}")]
    Tls(String),
    /// The name of the server is none.
    #[error("host: {0:?} is not the name or address of a server")]
    Host(String),
}

impl ImapConfig {
    /// Refuses what cannot work or must not be.
    pub(super) fn check(&self) -> Result<(), ImapConfigError> {
        let is_here = self.host.eq_ignore_ascii_case("localhost")
            || self.host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
        if self.tls == ImapTls::None && !is_here {
            return Err(ImapConfigError::PlainText(self.host.clone()));
        }
        for (value, key) in [
            (self.max_message_bytes as u64, "max_message_bytes"),
            (self.timeout_seconds, "timeout_seconds"),
            (self.poll_seconds, "poll_seconds"),
        ] {
            if value == 0 {
                return Err(ImapConfigError::Zero(key));
            }
        }
        let folders =
            [("folder", &self.folder), ("done_folder", &self.done_folder), ("failed_folder", &self.failed_folder)];
        let mut names: Vec<&String> = Vec::new();
        for (key, name) in folders {
            if name.trim().is_empty() || name.len() > 200 || name.contains(|c: char| c.is_control() || "*%".contains(c))
            {
                return Err(ImapConfigError::Folder { key, name: name.clone() });
            }
            if names.contains(&name) {
                return Err(ImapConfigError::SameFolder(name.clone()));
            }
            names.push(name);
        }
        Ok(())
    }

    /// Reads the login and the password.
    pub(super) fn credentials(&self) -> Result<(String, String), ImapConfigError> {
        Ok(read_secret(self.credentials_file.as_deref().ok_or(ImapConfigError::NoCredentials)?)?)
    }
}

/// The base64 of folder names: without padding, and with a comma for the slash that separates folders.
const FOLDER_BASE64: GeneralPurpose = GeneralPurpose::new(&alphabet::IMAP_MUTF7, NO_PAD);

/// The name of a folder as it travels, quoted: what is not ASCII in the UTF-7 of RFC 3501.
pub(super) fn folder_name(name: &str) -> String {
    let mut out = String::from("\"");
    let mut foreign: Vec<u8> = Vec::new();
    let flush = |foreign: &mut Vec<u8>, out: &mut String| {
        if !foreign.is_empty() {
            out.push_str(&format!("&{}-", FOLDER_BASE64.encode(&*foreign)));
            foreign.clear();
        }
    };
    for c in name.chars() {
        if !(' '..='~').contains(&c) {
            let mut units = [0; 2];
            foreign.extend(c.encode_utf16(&mut units).iter().flat_map(|unit| unit.to_be_bytes()));
            continue;
        }
        flush(&mut foreign, &mut out);
        match c {
            '&' => out.push_str("&-"),
            '"' | '\\' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    flush(&mut foreign, &mut out);
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::{ImapConfig, ImapConfigError, ImapTls, folder_name};

    #[test]
    fn names_of_folders_travel_in_their_utf7() {
        for (name, travels) in [
            ("INBOX", "\"INBOX\""),
            ("a \"b\\", "\"a \\\"b\\\\\""),
            ("R&D", "\"R&-D\""),
            ("Traités", "\"Trait&AOk-s\""),
            ("Entw\u{fc}rfe", "\"Entw&APw-rfe\""),
            ("~peter/mail/台北/日本語", "\"~peter/mail/&U,BTFw-/&ZeVnLIqe-\""),
            ("😀", "\"&2D3eAA-\""),
        ] {
            assert_eq!(folder_name(name), travels, "{name}");
        }
    }

    #[test]
    fn what_cannot_work_is_refused() {
        let usual = || ImapConfig { host: "mail.example.org".into(), ..ImapConfig::default() };
        assert!(usual().check().is_ok());
        for (config, words) in [
            (ImapConfig { tls: ImapTls::None, ..usual() }, "another machine"),
            (ImapConfig { done_folder: "INBOX".into(), ..usual() }, "named twice"),
            (ImapConfig { failed_folder: " ".into(), ..usual() }, "failed_folder"),
            (ImapConfig { folder: "a\r\nb".into(), ..usual() }, "folder"),
            (ImapConfig { done_folder: "*".into(), ..usual() }, "done_folder"),
            (ImapConfig { poll_seconds: 0, ..usual() }, "poll_seconds"),
        ] {
            let error = config.check().expect_err(words).to_string();
            assert!(error.contains(words), "{error}");
        }
        assert!(ImapConfig { tls: ImapTls::None, host: "::1".into(), ..usual() }.check().is_ok());
        assert!(matches!(usual().credentials(), Err(ImapConfigError::NoCredentials)));
    }
}
