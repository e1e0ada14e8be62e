//! Mail that leaves: signed, encrypted, or both, with its fields protected (RFC 3156, RFC 9788).

use manara_model::Micros;
use pgp::composed::{ArmorOptions, DetachedSignature, MessageBuilder, SubpacketConfig};
use pgp::crypto::hash::HashAlgorithm;
use pgp::crypto::sym::SymmetricKeyAlgorithm;
use pgp::packet::{SignatureConfig, SignatureType};
use pgp::types::Password;
use rand_core::{OsRng, RngCore as _};

use crate::certificate::{Certificate, Part, hex};
use crate::guarded;
use crate::mime::{Entity, canonical};
use crate::own::{OwnKey, Signer};

/// What stands in place of a subject that only the recipients read.
const HIDDEN: &str = "[...]";
/// Most keys that a mail is encrypted to.
const RECIPIENTS: usize = 200;

/// Why a mail cannot leave signed or encrypted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProtectError {
    /// Our own key cannot sign now.
    #[error("our key {0} cannot sign: it has expired or was revoked")]
    Sign(String),
    /// A key of a recipient cannot be used now.
    #[error("the key {0} cannot be encrypted to: it has expired, was revoked or is only for signing")]
    Encrypt(String),
    /// More keys than there may be.
    #[error("{0} keys are too many to encrypt to; at most 200")]
    TooMany(usize),
    /// Neither is asked for, or the packets cannot be made.
    #[error("the mail cannot be protected: {0}")]
    Make(String),
}

/// Signs a mail with a key of ours, encrypts it to certificates, or both. The fields of its head are repeated inside, and say
/// so; where it is encrypted its subject stands inside alone.
pub fn protect(mail: &[u8], sign: Option<&OwnKey>, to: &[&Certificate], now: Micros) -> Result<Vec<u8>, ProtectError> {
    if to.len() > RECIPIENTS {
        return Err(ProtectError::TooMany(to.len()));
    }
    let signer = match sign {
        Some(key) => Some(key.signer(now).ok_or_else(|| ProtectError::Sign(key.fingerprint()))?),
        None => None,
    };
    let keys = to
        .iter()
        .map(|one| one.encryption_key(now).ok_or_else(|| ProtectError::Encrypt(one.fingerprint())))
        .collect::<Result<Vec<_>, _>>()?;
    let mail = canonical(mail);
    let entity = Entity::of(&mail);
    let made = guarded(|| match (signer, keys.as_slice()) {
        (None, []) => Err(ProtectError::Make("neither a key to sign with nor one to encrypt to is named".into())),
        (Some(signer), []) => signed(&entity, signer, now),
        (signer, keys) => encrypted(&entity, signer, keys, now),
    });
    made.unwrap_or_else(|| Err(ProtectError::Make("unexpected state".into())))
}

fn make(error: pgp::errors::Error) -> ProtectError {
    ProtectError::Make(error.to_string())
}

fn signed(entity: &Entity<'_>, signer: Signer<'_>, now: Micros) -> Result<Vec<u8>, ProtectError> {
    let payload = payload(entity, "clear");
    let key = signer.key();
    let mut config = SignatureConfig::v4(SignatureType::Binary, key.algorithm(), HashAlgorithm::Sha512);
    if key.version() == pgp::types::KeyVersion::V6 {
        config =
            SignatureConfig::v6(OsRng, SignatureType::Binary, key.algorithm(), HashAlgorithm::Sha512).map_err(make)?;
    }
    (config.hashed_subpackets, config.unhashed_subpackets) = signer.statements(now).map_err(make)?;
    let signature = match signer {
        Signer::Primary(key) => config.sign(&key.primary_key, &Password::empty(), payload.as_slice()),
        Signer::Subkey(key) => config.sign(&key.key, &Password::empty(), payload.as_slice()),
    };
    let armored =
        DetachedSignature::new(signature.map_err(make)?).to_armored_string(ArmorOptions::default()).map_err(make)?;
    let boundary = boundary();
    let mut out = outer(entity, false);
    out.extend(
        format!(
            "Content-Type: multipart/signed; micalg=pgp-sha512;\r\n protocol=\"application/pgp-signature\";\r\n \
             boundary=\"{boundary}\"\r\n\r\n--{boundary}\r\n"
        )
        .bytes(),
    );
    out.extend_from_slice(&payload);
    out.extend(
        format!(
            "\r\n--{boundary}\r\nContent-Type: application/pgp-signature; name=\"signature.asc\"\r\n\
             Content-Disposition: attachment; filename=\"signature.asc\"\r\n\r\n"
        )
        .bytes(),
    );
    out.extend(canonical(armored.as_bytes()));
    out.extend(format!("\r\n--{boundary}--\r\n").bytes());
    Ok(out)
}

fn encrypted(
    entity: &Entity<'_>,
    signer: Option<Signer<'_>>,
    keys: &[Part<'_>],
    now: Micros,
) -> Result<Vec<u8>, ProtectError> {
    let payload = payload(entity, "cipher");
    let mut builder = MessageBuilder::from_bytes("", payload).seipd_v1(OsRng, SymmetricKeyAlgorithm::AES256);
    for key in keys {
        match key {
            Part::Primary(key) => builder.encrypt_to_key(OsRng, key).map_err(make)?,
            Part::Subkey(key) => builder.encrypt_to_key(OsRng, *key).map_err(make)?,
        };
    }
    if let Some(signer) = signer {
        let (hashed, unhashed) = signer.statements(now).map_err(make)?;
        let subpackets = SubpacketConfig::UserDefined { hashed, unhashed };
        builder.sign_with_subpackets(signer.key(), Password::empty(), HashAlgorithm::Sha512, subpackets);
    }
    let armored = builder.to_armored_string(OsRng, ArmorOptions::default()).map_err(make)?;
    let boundary = boundary();
    let mut out = outer(entity, true);
    out.extend(
        format!(
            "Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\";\r\n boundary=\"{boundary}\"\r\n\r\n\
             --{boundary}\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n\r\n\
             --{boundary}\r\nContent-Type: application/octet-stream; name=\"encrypted.asc\"\r\n\
             Content-Disposition: inline; filename=\"encrypted.asc\"\r\n\r\n"
        )
        .bytes(),
    );
    out.extend(canonical(armored.as_bytes()));
    out.extend(format!("\r\n--{boundary}--\r\n").bytes());
    Ok(out)
}

/// Whether a field says what the body is, and not what the mail is.
fn is_of_body(name: &str) -> bool {
    [
        "content-type",
        "content-transfer-encoding",
        "content-disposition",
        "content-id",
        "content-description",
        "mime-version",
    ]
    .iter()
    .any(|one| name.eq_ignore_ascii_case(one))
}

/// The head outside, without the fields of the body.
pub(crate) fn outer(entity: &Entity<'_>, is_hidden: bool) -> Vec<u8> {
    let mut head = Vec::new();
    for field in entity.fields.iter().filter(|field| !is_of_body(field.name)) {
        match is_hidden && field.name.eq_ignore_ascii_case("subject") {
            true => head.extend(format!("Subject: {HIDDEN}\r\n").bytes()),
            false => head.extend(format!("{}\r\n", field.raw).bytes()),
        }
    }
    head.extend(b"MIME-Version: 1.0\r\n");
    head
}

/// What is signed or encrypted: the fields of the mail, those of its body, and the body. Inside an encrypted one stands what is
/// outside, too, so that a change on the way is seen.
pub(crate) fn payload(entity: &Entity<'_>, protection: &str) -> Vec<u8> {
    let mut head = String::new();
    for field in entity.fields.iter().filter(|field| !is_of_body(field.name)) {
        head.push_str(&format!("{}\r\n", field.raw));
    }
    if protection == "cipher" {
        for field in entity.fields.iter().filter(|field| !is_of_body(field.name)) {
            let is_subject = field.name.eq_ignore_ascii_case("subject");
            match is_subject {
                true => head.push_str(&format!("HP-Outer: Subject: {HIDDEN}\r\n")),
                false => head.push_str(&format!("HP-Outer: {}\r\n", field.raw)),
            }
        }
    }
    for field in entity.fields.iter().filter(|field| is_of_body(field.name)) {
        match field.name.to_ascii_lowercase().as_str() {
            "content-type" => {
                head.push_str(&format!("{};\r\n hp=\"{protection}\"\r\n", field.raw.trim_end_matches([';', ' '])))
            }
            "mime-version" => {}
            _ => head.push_str(&format!("{}\r\n", field.raw)),
        }
    }
    if !entity.fields.iter().any(|field| field.name.eq_ignore_ascii_case("content-type")) {
        head.push_str(&format!("Content-Type: text/plain; charset=utf-8;\r\n hp=\"{protection}\"\r\n"));
    }
    let mut payload = head.into_bytes();
    payload.extend_from_slice(b"\r\n");
    payload.extend_from_slice(entity.body);
    payload
}

pub(crate) fn boundary() -> String {
    let mut bytes = [0; 16];
    OsRng.fill_bytes(&mut bytes);
    format!("=_{}", hex(&bytes))
}
