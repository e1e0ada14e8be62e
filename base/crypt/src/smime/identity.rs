//! A certificate of ours with its secret, and files of certificates.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use manara_model::Micros;
use p256::ecdsa::signature::hazmat::PrehashSigner as _;
use rand_core::OsRng;
use rsa::pkcs1::DecodeRsaPrivateKey as _;
use rsa::pkcs8::DecodePrivateKey as _;
use rsa::traits::PublicKeyParts as _;
use rsa::{Pkcs1v15Sign, RsaPrivateKey};
use sha2::{Digest as _, Sha256};

use super::ber::{self, SEQUENCE};
use super::certificate::{MailCertificate, PublicKey};
use crate::guarded;

/// Largest file, in bytes.
const FILE_BYTES: usize = 1 << 20;
/// Most certificates of a file.
const CERTIFICATES: usize = 200;

/// Why a file was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdentityError {
    /// More than is read.
    #[error("{0} bytes are too many for certificates; at most 1 MiB is read")]
    TooLarge(usize),
    /// Nothing that could be used.
    #[error("there is no certificate in it; expected X.509 in PEM, or one in DER")]
    NoCertificate,
    /// No secret beside the certificate.
    #[error("there is no secret key in it; expected PEM with PRIVATE KEY (PKCS #8) beside the certificate")]
    NoSecret,
    /// The secret is behind a passphrase.
    #[error(
        "the secret key is protected by a passphrase; take it away (openssl pkey -in FILE -out FILE) and bring it again"
    )]
    Locked,
    /// The secret is of another certificate.
    #[error("the secret key belongs to none of the certificates in it")]
    NotTogether,
    /// The secret is of a kind that is not known.
    #[error("the secret key is of a kind that is not known here; expected RSA from 2048 to 8192 bits, or P-256")]
    Kind,
}

/// A certificate of ours with its secret, and those that lead from it to one that others trust.
#[derive(Clone)]
pub struct MailIdentity {
    certificate: MailCertificate,
    chain: Vec<MailCertificate>,
    pub(crate) secret: Secret,
    pem: String,
}

#[derive(Clone)]
pub(crate) enum Secret {
    Rsa(Box<RsaPrivateKey>),
    P256(Box<p256::ecdsa::SigningKey>),
}

impl MailIdentity {
    /// Reads an identity from PEM: certificates, and the secret key of one of them.
    pub fn read(bytes: &[u8]) -> Result<MailIdentity, IdentityError> {
        let mut certificates = read_certificates(bytes)?;
        let blocks = blocks(bytes);
        if blocks.iter().any(|(label, _)| label == "ENCRYPTED PRIVATE KEY") {
            return Err(IdentityError::Locked);
        }
        let (label, der) =
            blocks.iter().find(|(label, _)| label.ends_with("PRIVATE KEY")).ok_or(IdentityError::NoSecret)?;
        let secret = guarded(|| Secret::read(label, der)).flatten().ok_or(IdentityError::Kind)?;
        let at = certificates.iter().position(|one| secret.is_of(one)).ok_or(IdentityError::NotTogether)?;
        let certificate = certificates.remove(at);
        let mut pem = block("CERTIFICATE", certificate.bytes());
        for one in &certificates {
            pem.push_str(&block("CERTIFICATE", one.bytes()));
        }
        pem.push_str(&block(label, der));
        Ok(MailIdentity { certificate, chain: certificates, secret, pem })
    }

    /// The identity with its secret, as it is kept.
    pub fn pem(&self) -> &str {
        &self.pem
    }

    /// What others get.
    pub fn certificate(&self) -> &MailCertificate {
        &self.certificate
    }

    /// Whether mail may be signed with it at a moment.
    pub fn may_sign(&self, now: Micros) -> bool {
        self.certificate.holds(now) && self.certificate.may_sign_mail()
    }

    /// The certificates that go with it.
    pub(crate) fn chain(&self) -> &[MailCertificate] {
        &self.chain
    }
}

/// Secrets are in no log.
impl std::fmt::Debug for MailIdentity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("MailIdentity").field(&self.certificate).finish()
    }
}

impl Secret {
    fn read(label: &str, der: &[u8]) -> Option<Secret> {
        let rsa = match label {
            "RSA PRIVATE KEY" => RsaPrivateKey::from_pkcs1_der(der).ok(),
            _ => RsaPrivateKey::from_pkcs8_der(der).ok(),
        };
        if let Some(rsa) = rsa {
            return (2_000..=8_192).contains(&rsa.n().bits()).then(|| Secret::Rsa(Box::new(rsa)));
        }
        let secret = p256::SecretKey::from_pkcs8_der(der).ok()?;
        Some(Secret::P256(Box::new(secret.into())))
    }

    fn is_of(&self, certificate: &MailCertificate) -> bool {
        match (self, &certificate.key) {
            (Secret::Rsa(secret), PublicKey::Rsa(public)) => secret.to_public_key() == **public,
            (Secret::P256(secret), PublicKey::P256(public)) => secret.verifying_key() == public,
            _ => false,
        }
    }

    /// Signs the SHA-256 of data.
    pub(crate) fn sign(&self, data: &[u8]) -> Option<Vec<u8>> {
        let digest = Sha256::digest(data);
        match self {
            Secret::Rsa(key) => key.sign_with_rng(&mut OsRng, Pkcs1v15Sign::new::<Sha256>(), &digest).ok(),
            Secret::P256(key) => {
                let signature: p256::ecdsa::Signature = key.sign_prehash(&digest).ok()?;
                let bytes = signature.to_bytes();
                let (r, s) = bytes.split_at_checked(32)?;
                Some(ber::around(SEQUENCE, &[&ber::number(r), &ber::number(s)]))
            }
        }
    }
}

/// The certificates of a file: PEM, or one in DER.
pub fn read_certificates(bytes: &[u8]) -> Result<Vec<MailCertificate>, IdentityError> {
    if bytes.len() > FILE_BYTES {
        return Err(IdentityError::TooLarge(bytes.len()));
    }
    let read = |der: &[u8]| guarded(|| MailCertificate::read(der)).flatten();
    let mut found: Vec<MailCertificate> = match bytes.first() {
        Some(&SEQUENCE) => read(bytes).into_iter().collect(),
        _ => blocks(bytes)
            .iter()
            .filter(|(label, _)| label == "CERTIFICATE" || label == "TRUSTED CERTIFICATE")
            .filter_map(|(_, der)| read(der))
            .collect(),
    };
    found.truncate(CERTIFICATES);
    if found.is_empty() { Err(IdentityError::NoCertificate) } else { Ok(found) }
}

/// The blocks of PEM in a text: label and bytes. What stands around them is nobody's.
fn blocks(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let text = String::from_utf8_lossy(bytes);
    let mut found = Vec::new();
    let mut open: Option<(String, String)> = None;
    for line in text.lines().map(str::trim) {
        if let Some(label) = line.strip_prefix("-----BEGIN ").and_then(|rest| rest.strip_suffix("-----")) {
            open = Some((label.to_string(), String::new()));
        } else if line.starts_with("-----END ") {
            if let Some((label, body)) = open.take()
                && let Ok(der) = STANDARD.decode(body)
            {
                found.push((label, der));
            }
        } else if let Some((_, body)) = &mut open {
            body.push_str(line);
        }
        if found.len() > CERTIFICATES {
            break;
        }
    }
    found
}

fn block(label: &str, der: &[u8]) -> String {
    let body = STANDARD.encode(der);
    let lines: Vec<String> =
        body.as_bytes().chunks(64).map(|line| String::from_utf8_lossy(line).into_owned()).collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}
