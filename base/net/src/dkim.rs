//! The signature of our domain under what we send (DKIM, RFC 6376 and RFC 8463), so that others can tell our mail from forged.
//!
//! Header and body are signed "relaxed": spaces may change on the way, words may not. What people see is signed together with
//! the promise that it is there once only.

use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use manara_model::Micros;
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, KeyPair as _, RSA_PKCS1_SHA256, RsaKeyPair};
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::pem::PemObject as _;
use serde::Deserialize;

use crate::config::is_open_to_others;

/// Headers that are signed when they are there.
const SIGNED: [&str; 16] = [
    "From",
    "Reply-To",
    "To",
    "Cc",
    "Subject",
    "Date",
    "Message-ID",
    "In-Reply-To",
    "References",
    "Auto-Submitted",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
    "Content-Language",
    "X-TLP",
    "X-Manara-Loop",
];
/// Headers of which another one would deceive people: they are signed once more than they are there.
const ONCE: [&str; 7] = ["From", "Reply-To", "To", "Cc", "Subject", "Date", "Content-Type"];
/// Where a line of the signature is broken.
const LINE_CHARS: usize = 70;

/// The section `[mail.dkim]`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DkimConfig {
    /// The domain that signs: that of the sender, or one above it.
    pub domain: String,
    /// The name of the key in the domain.
    pub selector: String,
    /// A PEM file with the private key, RSA of 2048 bits or more, or Ed25519; readable by its owner alone.
    pub key_file: PathBuf,
}

/// Why a signature cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum DkimError {
    /// A name cannot stand in the domain name system.
    #[error("{key}: {value:?} is not a name such as {example}")]
    Name {
        /// `domain` or `selector`.
        key: &'static str,
        /// What is written there.
        value: String,
        /// What could be.
        example: &'static str,
    },
    /// Others can read the key.
    #[error("key_file: {0} can be read by other users; run chmod 600 on it")]
    OpenKey(PathBuf),
    /// The file holds no key we can sign with.
    #[error("key_file: {0}: {1}")]
    Key(PathBuf, String),
    /// The key does not sign.
    #[error("key_file: the key does not sign")]
    Sign,
}

/// A key, ready to sign.
pub(crate) struct Dkim {
    domain: String,
    selector: String,
    key: Key,
}

enum Key {
    Rsa(RsaKeyPair),
    Ed25519(Ed25519KeyPair),
}

impl std::fmt::Debug for Dkim {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Dkim").field("domain", &self.domain).field("selector", &self.selector).finish_non_exhaustive()
    }
}

impl Dkim {
    /// The key of a configuration; reads its file.
    pub(crate) fn new(config: &DkimConfig) -> Result<Dkim, DkimError> {
        for (key, value, example) in
            [("domain", &config.domain, "example.org"), ("selector", &config.selector, "manara2026")]
        {
            let fits = |label: &str| {
                let is_plain = label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
                !label.is_empty() && label.len() <= 63 && is_plain
            };
            if value.len() > 200 || !value.split('.').all(fits) {
                return Err(DkimError::Name { key, value: value.clone(), example });
            }
        }
        Ok(Dkim { domain: config.domain.clone(), selector: config.selector.clone(), key: read_key(&config.key_file)? })
    }

    /// What has to stand in the domain name system: a name and a text.
    pub(crate) fn record(&self) -> (String, String) {
        let (kind, key) = match &self.key {
            Key::Rsa(key) => ("rsa", subject_public_key(key.public().as_ref())),
            Key::Ed25519(key) => ("ed25519", key.public_key().as_ref().to_vec()),
        };
        let name = format!("{}._domainkey.{}", self.selector, self.domain);
        (name, format!("v=DKIM1; k={kind}; p={}", STANDARD.encode(key)))
    }

    /// Puts the signature before the message. The same message and time give the same signature.
    pub(crate) fn sign(&self, message: &mut Vec<u8>, date: Micros) -> Result<(), DkimError> {
        let end = message.windows(4).position(|four| four == b"\r\n\r\n").map_or(message.len(), |at| at + 2);
        let (header, body) = message.split_at_checked(end).unwrap_or((message, &[]));
        let body = body.strip_prefix(b"\r\n").unwrap_or(body);
        let headers = fields(header);
        let mut names = Vec::new();
        let mut signed = Vec::new();
        for name in SIGNED {
            // Of several of one name the last is taken first.
            for (_, field) in headers.iter().rev().filter(|(known, _)| known.eq_ignore_ascii_case(name)) {
                names.push(name);
                signed.extend(relaxed_field(field));
            }
            if ONCE.contains(&name) {
                names.push(name);
            }
        }
        let algorithm = match self.key {
            Key::Rsa(_) => "rsa-sha256",
            Key::Ed25519(_) => "ed25519-sha256",
        };
        let mut signature = format!(
            "DKIM-Signature: v=1; a={algorithm}; c=relaxed/relaxed; d={};\r\n s={}; t={};\r\n{};\r\n bh={};\r\n b=",
            self.domain,
            self.selector,
            date.0.max(0) / 1_000_000,
            folded(" h=", &names),
            STANDARD.encode(digest(&SHA256, &relaxed_body(body))),
        );
        let own = relaxed_field(signature.as_bytes());
        signed.extend_from_slice(own.strip_suffix(b"\r\n").unwrap_or(&own));
        for (at, c) in STANDARD.encode(self.seal(&signed)?).chars().enumerate() {
            if at > 0 && at % LINE_CHARS == 0 {
                signature.push_str("\r\n ");
            }
            signature.push(c);
        }
        signature.push_str("\r\n");
        message.splice(..0, signature.into_bytes());
        Ok(())
    }

    fn seal(&self, bytes: &[u8]) -> Result<Vec<u8>, DkimError> {
        match &self.key {
            Key::Rsa(key) => {
                let mut seal = vec![0; key.public().modulus_len()];
                key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), bytes, &mut seal).map_err(|_| DkimError::Sign)?;
                Ok(seal)
            }
            // RFC 8463 signs the hash, not the bytes.
            Key::Ed25519(key) => Ok(key.sign(digest(&SHA256, bytes).as_ref()).as_ref().to_vec()),
        }
    }
}

fn read_key(path: &Path) -> Result<Key, DkimError> {
    let wrong = |why: String| DkimError::Key(path.to_path_buf(), why);
    let pem = std::fs::read(path).map_err(|error| wrong(error.to_string()))?;
    if is_open_to_others(path) {
        return Err(DkimError::OpenKey(path.to_path_buf()));
    }
    let no_key = || wrong("holds no private key of RSA (2048 bits or more) or Ed25519 in PEM form".into());
    match PrivateKeyDer::from_pem_slice(&pem).map_err(|_| no_key())? {
        PrivateKeyDer::Pkcs1(key) => RsaKeyPair::from_der(key.secret_pkcs1_der()).map(Key::Rsa).map_err(|_| no_key()),
        PrivateKeyDer::Pkcs8(key) => {
            let key = key.secret_pkcs8_der();
            // OpenSSL writes Ed25519 keys without their public half.
            let ed25519 = || Ed25519KeyPair::from_pkcs8_maybe_unchecked(key).map(Key::Ed25519);
            RsaKeyPair::from_pkcs8(key).map(Key::Rsa).or_else(|_| ed25519()).map_err(|_| no_key())
        }
        _ => Err(no_key()),
    }
}

/// The fields of a header with their names; a field goes on where a line begins with a space.
fn fields(header: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut fields: Vec<(String, Vec<u8>)> = Vec::new();
    for line in header.split_inclusive(|&b| b == b'\n') {
        if let (Some(b' ' | b'\t'), Some((_, field))) = (line.first(), fields.last_mut()) {
            field.extend_from_slice(line);
        } else if let Some(colon) = line.iter().position(|&b| b == b':') {
            let name = String::from_utf8_lossy(line.get(..colon).unwrap_or_default()).trim_end().to_string();
            fields.push((name, line.to_vec()));
        }
    }
    fields
}

/// A field as RFC 6376 §3.4.2 relaxes it, with its CR LF.
fn relaxed_field(field: &[u8]) -> Vec<u8> {
    let colon = field.iter().position(|&b| b == b':').unwrap_or(field.len());
    let (name, value) = field.split_at_checked(colon).unwrap_or((field, &[]));
    let unfolded: Vec<u8> = value.iter().skip(1).copied().filter(|b| !matches!(b, b'\r' | b'\n')).collect();
    let mut relaxed = name.trim_ascii_end().to_ascii_lowercase();
    relaxed.push(b':');
    relaxed.extend(one_space(&unfolded).trim_ascii());
    relaxed.extend_from_slice(b"\r\n");
    relaxed
}

/// A body as RFC 6376 §3.4.4 relaxes it.
fn relaxed_body(body: &[u8]) -> Vec<u8> {
    let mut relaxed = Vec::with_capacity(body.len());
    for line in body.split_inclusive(|&b| b == b'\n') {
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        let line = one_space(line.strip_suffix(b"\r").unwrap_or(line));
        relaxed.extend_from_slice(line.strip_suffix(b" ").unwrap_or(&line));
        relaxed.extend_from_slice(b"\r\n");
    }
    while relaxed.ends_with(b"\r\n\r\n") {
        relaxed.truncate(relaxed.len() - 2);
    }
    if relaxed == b"\r\n" {
        relaxed.clear();
    }
    relaxed
}

/// With one space for any row of spaces and tabs.
fn one_space(bytes: &[u8]) -> Vec<u8> {
    let mut out: Vec<u8> = Vec::with_capacity(bytes.len());
    for &byte in bytes {
        let is_space = matches!(byte, b' ' | b'\t');
        if !is_space {
            out.push(byte);
        } else if out.last() != Some(&b' ') {
            out.push(b' ');
        }
    }
    out
}

/// Names with colons between them, on lines that are not too long.
fn folded(begin: &str, names: &[&str]) -> String {
    let mut text = begin.to_string();
    let mut length = begin.len();
    for (at, name) in names.iter().enumerate() {
        if at > 0 {
            text.push(':');
            length += 1;
        }
        if length + name.len() > LINE_CHARS {
            text.push_str("\r\n  ");
            length = 2;
        }
        text.push_str(name);
        length += name.len();
    }
    text
}

/// An RSA key in the form that the domain name system is given: with the name of its kind around it.
fn subject_public_key(key: &[u8]) -> Vec<u8> {
    const RSA_ENCRYPTION: [u8; 13] = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00];
    let mut bits = vec![0];
    bits.extend_from_slice(key);
    der(0x30, &[der(0x30, &RSA_ENCRYPTION), der(0x03, &bits)].concat())
}

fn der(tag: u8, content: &[u8]) -> Vec<u8> {
    let length: Vec<u8> = content.len().to_be_bytes().into_iter().skip_while(|&b| b == 0).collect();
    let mut out = vec![tag];
    if content.len() >= 0x80 {
        // A length has at most eight bytes, so their number always fits.
        out.push(0x80 | u8::try_from(length.len()).unwrap_or_default());
    }
    out.extend_from_slice(if content.is_empty() { &[0] } else { &length });
    out.extend_from_slice(content);
    out
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use manara_model::Micros;
    use ring::digest::{SHA256, digest};

    use super::{Dkim, DkimConfig, DkimError, der, fields, relaxed_body, relaxed_field};

    /// The key of RFC 8463, appendix A.2.
    const ED25519: &str = "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=";
    /// The message of RFC 8463, appendix A.3.
    const MESSAGE: &str = "From: Joe SixPack <joe@football.example.com>\r\n\
        To: Suzie Q <suzie@shopping.example.net>\r\n\
        Subject: Is dinner ready?\r\n\
        Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)\r\n\
        Message-ID: <20030712040037.46341.5F8J@football.example.com>\r\n\
        \r\n\
        Hi.\r\n\r\nWe lost the game.  Are you hungry yet?\r\n\r\nJoe.\r\n";

    fn written(pem: &str, mode: u32) -> (tempfile::TempDir, DkimConfig) {
        let folder = tempfile::tempdir().expect("a folder");
        let key_file = folder.path().join("key.pem");
        std::fs::write(&key_file, pem).expect("written");
        std::fs::set_permissions(&key_file, std::fs::Permissions::from_mode(mode)).expect("set");
        (folder, DkimConfig { domain: "football.example.com".into(), selector: "brisbane".into(), key_file })
    }

    fn ed25519() -> String {
        let seed = STANDARD.decode(ED25519).expect("base64");
        let pkcs8 = [&[0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20][..], &seed].concat();
        format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", STANDARD.encode(pkcs8))
    }

    #[test]
    fn spaces_are_relaxed_as_the_examples_of_the_standard_are() {
        assert_eq!(relaxed_field(b"A: X\r\n"), b"a:X\r\n");
        assert_eq!(relaxed_field(b"B : Y\t\r\n\tZ  \r\n"), b"b:Y Z\r\n");
        assert_eq!(relaxed_body(b" C \r\nD \t E\r\n\r\n\r\n"), b" C\r\nD E\r\n");
        for (body, relaxed) in [("", ""), ("\r\n", ""), (" \r\n\r\n", ""), ("a", "a\r\n"), ("\r\na\r\n", "\r\na\r\n")] {
            assert_eq!(relaxed_body(body.as_bytes()), relaxed.as_bytes(), "{body:?}");
        }
        let body = MESSAGE.split_once("\r\n\r\n").expect("a body").1;
        let hash = STANDARD.encode(digest(&SHA256, &relaxed_body(body.as_bytes())));
        assert_eq!(hash, "2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=");
    }

    #[test]
    fn the_record_of_the_standards_key_is_the_standards() {
        let (_folder, config) = written(&ed25519(), 0o600);
        let (name, text) = Dkim::new(&config).expect("a key").record();
        assert_eq!(name, "brisbane._domainkey.football.example.com");
        assert_eq!(text, "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");
    }

    #[test]
    fn the_same_message_has_the_same_signature_and_every_word_counts() {
        let (_folder, config) = written(&ed25519(), 0o600);
        let dkim = Dkim::new(&config).expect("a key");
        let signed = |message: &str, seconds: i64| {
            let mut bytes = message.as_bytes().to_vec();
            dkim.sign(&mut bytes, Micros(seconds * 1_000_000)).expect("signed");
            String::from_utf8(bytes).expect("text")
        };
        let one = signed(MESSAGE, 1_528_637_909);
        assert_eq!(one, signed(MESSAGE, 1_528_637_909));
        assert!(one.starts_with("DKIM-Signature: v=1; a=ed25519-sha256;") && one.ends_with(MESSAGE));
        assert!(one.lines().all(|line| line.len() <= 100), "{one}");
        let names: String = one.split(" h=").nth(1).and_then(|rest| rest.split(';').next()).expect("names").into();
        assert_eq!(names.matches("From").count(), 2, "another sender breaks it");
        assert_eq!(names.matches("Cc").count(), 1, "a reader who is not there is signed as missing");
        assert_eq!((names.matches("Message-ID").count(), names.matches("References").count()), (1, 0));
        let seal = |text: &str| text.split("\r\n b=").nth(1).map(|rest| rest[..60].to_string()).expect("a signature");
        for (from, to) in [("Suzie", "Susan"), ("dinner", "supper"), ("game", "match"), ("Joe.\r\n", "Joe!\r\n")] {
            assert_ne!(seal(&one), seal(&signed(&MESSAGE.replacen(from, to, 1), 1_528_637_909)), "{from}");
        }
        assert_ne!(seal(&one), seal(&signed(MESSAGE, 1_528_637_910)));
    }

    #[test]
    fn a_key_that_cannot_sign_is_refused() {
        let name = |domain: &str, selector: &str| DkimConfig {
            domain: domain.into(),
            selector: selector.into(),
            key_file: "/nowhere".into(),
        };
        for config in [name("", "a"), name("a..b", "a"), name("a.example", "x; t=y"), name("a.example", "é")] {
            assert!(matches!(Dkim::new(&config), Err(DkimError::Name { .. })), "{config:?}");
        }
        assert!(matches!(Dkim::new(&name("a.example", "a")), Err(DkimError::Key(..))));
        let (_folder, open) = written(&ed25519(), 0o644);
        assert!(matches!(Dkim::new(&open), Err(DkimError::OpenKey(_))));
        for pem in ["", "no key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"] {
            let (_folder, config) = written(pem, 0o600);
            assert!(matches!(Dkim::new(&config), Err(DkimError::Key(..))), "{pem}");
        }
    }

    #[test]
    fn lengths_and_fields_are_as_they_are_written() {
        assert_eq!(der(4, &[]), [4, 0]);
        assert_eq!(der(4, &[7; 127])[..2], [4, 127]);
        assert_eq!(der(4, &[7; 128])[..3], [4, 0x81, 128]);
        assert_eq!(der(4, &[7; 300])[..4], [4, 0x82, 1, 44]);
        let read = fields(b"A: 1\r\n 2\r\nb:3\r\nno field\r\n");
        let names: Vec<&str> = read.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!((names, read[0].1.as_slice()), (vec!["A", "b"], &b"A: 1\r\n 2\r\n"[..]));
    }
}
