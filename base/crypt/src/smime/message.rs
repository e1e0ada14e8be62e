//! What comes in: signatures beside a text and around it, and what was encrypted to us (CMS, RFC 5652 and 5083).

use std::borrow::Cow;
use std::sync::Arc;

use aes::cipher::{BlockDecrypt, KeyInit};
use aes_gcm::AesGcm;
use aes_gcm::aead::Payload;
use aes_gcm::aead::consts::{U12, U16};
use manara_model::Micros;
use rand_core::{OsRng, RngCore as _};
use rsa::{Oaep, Pkcs1v15Encrypt};
use sha1::Sha1;
use sha2::digest::DynDigest;
use sha2::{Sha256, Sha384, Sha512};

use super::ber::{INTEGER, List, OCTETS, OID, SEQUENCE, SET, Value, value};
use super::certificate::{Hash, MailCertificate, Scheme, is_vouched, moment_of};
use super::identity::{MailIdentity, Secret};
use crate::certificate::hex;
use crate::guarded;
use crate::mime::{ContentType, Entity, canonical};
use crate::open::{OpenError, OpenLimits};

const SIGNED: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 2];
const ENVELOPED: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 3];
const AUTHENTICATED: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 16, 1, 23];
const CONTENT_TYPE: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 3];
const DIGEST: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 4];
const SIGNED_AT: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 5];
const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1];
const RSA_OAEP: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 7];
const SHA1: &[u8] = &[0x2b, 0x0e, 3, 2, 0x1a];
const TRIPLE_DES: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 3, 7];
/// The names of AES begin so; the last byte says length and mode.
const AES: &[u8] = &[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 1];
/// Certificates that one message may bring.
const CERTIFICATES: usize = 20;
/// A signature that was made so much later than now was not made when it says.
const AHEAD_DAYS: i64 = 1;

/// A mail that was opened, whose signatures wait to be checked.
#[derive(Debug, Default)]
pub struct SmimeUnlocked {
    /// Fingerprint of the certificate of ours that opened it; none when it was not encrypted.
    pub decrypted_by: Option<String>,
    /// The message inside.
    pub payload: Option<Vec<u8>>,
    signatures: Vec<Pending>,
    certificates: Vec<MailCertificate>,
}

/// What came of one signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SmimeState {
    /// It is right, by a certificate that somebody trusted vouches for.
    Good,
    /// It is right, but nobody trusted vouches for the certificate, or not for mail.
    Unvouched,
    /// It is right, by a certificate that does not hold now.
    Expired,
    /// The certificate that made it did not come with it.
    NoCertificate,
    /// What was signed is something else, or in a way that proves nothing.
    Bad,
}

/// A signature that was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SmimeChecked {
    /// Fingerprint of the certificate; empty when it is not there.
    pub certificate: String,
    /// The addresses in it.
    pub mails: Vec<String>,
    /// What came of it.
    pub state: SmimeState,
    /// When it says it was made.
    pub made: Option<Micros>,
}

#[derive(Debug)]
struct Pending {
    signer: Signer,
    scheme: Option<Scheme>,
    /// What the key signed: the attributes, or the text itself.
    signed: Arc<[u8]>,
    signature: Vec<u8>,
    /// Whether the attributes are about the text that is there.
    is_of_text: bool,
    made: Option<Micros>,
}

/// How a certificate is named.
#[derive(Debug, PartialEq, Eq)]
enum Signer {
    Issued { issuer: Vec<u8>, serial: Vec<u8> },
    Key(Vec<u8>),
}

impl Signer {
    fn of(named: Value<'_>) -> Option<Signer> {
        if named.tag == 0x80 {
            return Some(Signer::Key(named.content.to_vec()));
        }
        let mut parts = named.inside()?;
        let (issuer, serial) = (parts.take(SEQUENCE)?, parts.take(INTEGER)?);
        Some(Signer::Issued { issuer: issuer.raw.to_vec(), serial: serial.content.to_vec() })
    }

    fn names(&self, one: &MailCertificate) -> bool {
        match self {
            Signer::Issued { issuer, serial } => one.issuer == *issuer && one.serial == *serial,
            Signer::Key(name) => !name.is_empty() && one.key_name == *name,
        }
    }
}

/// Opens a mail with our identities; `None` when it is neither signed nor encrypted with S/MIME.
pub fn smime_unlock(
    mail: &[u8],
    own: &[MailIdentity],
    limits: &OpenLimits,
) -> Result<Option<SmimeUnlocked>, OpenError> {
    if mail.len() > limits.bytes {
        return Err(OpenError::TooMuch("bytes"));
    }
    let mut unlocked = SmimeUnlocked::default();
    let mut is_found = false;
    let mut at: Cow<'_, [u8]> = Cow::Borrowed(mail);
    for _ in 0..limits.layers {
        let layer = guarded(|| layer(&at, own, limits)).unwrap_or_else(|| Err(broken()));
        let Some(layer) = layer? else { break };
        is_found = true;
        if layer.decrypted_by.is_some() {
            // What was signed around the encrypted message says nothing about who wrote it.
            unlocked.signatures.clear();
            unlocked.certificates.clear();
            unlocked.decrypted_by = layer.decrypted_by;
        }
        unlocked.signatures.extend(layer.signatures);
        unlocked.certificates.extend(layer.certificates);
        if unlocked.signatures.len() > limits.signatures {
            return Err(OpenError::TooMuch("signatures"));
        }
        unlocked.payload = Some(layer.payload.clone());
        at = Cow::Owned(layer.payload);
    }
    Ok(is_found.then_some(unlocked))
}

impl SmimeUnlocked {
    /// Checks the signatures at a moment. Who is trusted vouches for the certificates; those that came along may stand between.
    pub fn checked(&self, trusted: &[MailCertificate], now: Micros) -> Vec<SmimeChecked> {
        self.signatures.iter().map(|one| self.one(one, trusted, now)).collect()
    }

    fn one(&self, one: &Pending, trusted: &[MailCertificate], now: Micros) -> SmimeChecked {
        let mut candidates = self.certificates.iter().chain(trusted).filter(|known| one.signer.names(known)).peekable();
        let nobody = |state| SmimeChecked { certificate: String::new(), mails: Vec::new(), state, made: one.made };
        let Some(first) = candidates.peek().copied() else { return nobody(SmimeState::NoCertificate) };
        let told = |known: &MailCertificate, state| {
            let facts = known.facts();
            SmimeChecked { certificate: facts.fingerprint, mails: facts.mails, state, made: one.made }
        };
        let is_believable = one.is_of_text && one.made.is_none_or(|at| at <= now.plus_days(AHEAD_DAYS));
        let Some(scheme) = one.scheme.filter(|_| is_believable) else { return told(first, SmimeState::Bad) };
        let made =
            |known: &&MailCertificate| guarded(|| known.key.made(scheme, &one.signed, &one.signature)).unwrap_or(false);
        // Two certificates may have the same name: one of them is enough.
        let Some(known) = candidates.take(4).find(made) else { return told(first, SmimeState::Bad) };
        let is_vouched = guarded(|| is_vouched(known, &self.certificates, trusted, now)).unwrap_or(false);
        let state = match (known.may_sign_mail() && is_vouched, known.holds(now)) {
            (false, _) => SmimeState::Unvouched,
            (true, false) => SmimeState::Expired,
            (true, true) => SmimeState::Good,
        };
        told(known, state)
    }
}

/// What was found in one layer of a mail.
struct Layer {
    decrypted_by: Option<String>,
    payload: Vec<u8>,
    signatures: Vec<Pending>,
    certificates: Vec<MailCertificate>,
}

fn broken() -> OpenError {
    OpenError::Broken("it is not what S/MIME says it is".into())
}

fn layer(mail: &[u8], own: &[MailIdentity], limits: &OpenLimits) -> Result<Option<Layer>, OpenError> {
    let entity = Entity::of(mail);
    let content_type = entity.content_type();
    let parts = entity.parts(content_type.get("boundary"));
    match (content_type.mime.as_str(), parts.as_slice()) {
        ("multipart/signed", [text, signature, ..]) if is_signature(&content_type) => {
            let text = canonical(text);
            let der = Entity::of(signature).decoded();
            signed(&der, Some(text), limits).map(Some)
        }
        ("application/pkcs7-mime" | "application/x-pkcs7-mime", _) => {
            let der = entity.decoded();
            let (kind, content) = content(&der).ok_or_else(broken)?;
            match kind {
                SIGNED => signed(&der, None, limits).map(Some),
                ENVELOPED => enveloped(content, own, limits).map(Some),
                AUTHENTICATED => authenticated(content, own, limits).map(Some),
                // Certificates alone, or something compressed.
                _ => Ok(None),
            }
        }
        _ => Ok(None),
    }
}

fn is_signature(content_type: &ContentType) -> bool {
    let protocol = content_type.get("protocol").to_ascii_lowercase();
    protocol == "application/pkcs7-signature" || protocol == "application/x-pkcs7-signature"
}

/// The kind of what stands in a message, and what stands there.
fn content(der: &[u8]) -> Option<(&[u8], Value<'_>)> {
    let mut parts = Value::tagged(der, SEQUENCE)?.inside()?;
    let kind = parts.take(OID)?.content;
    Some((kind, parts.take(0xa0)?.inside()?.take(SEQUENCE)?))
}

fn signed(der: &[u8], beside: Option<Vec<u8>>, limits: &OpenLimits) -> Result<Layer, OpenError> {
    let (_, data) = content(der).filter(|(kind, _)| *kind == SIGNED).ok_or_else(broken)?;
    let mut parts = data.inside().ok_or_else(broken)?;
    let mut inner = inside(&mut parts).ok_or_else(broken)?;
    let kind = inner.take(OID).ok_or_else(broken)?.content.to_vec();
    let text = match (beside, inner.maybe(0xa0)) {
        (Some(text), None) => text,
        (None, Some(text)) => {
            text.inside().and_then(|mut text| text.any()).and_then(|text| text.octets(OCTETS)).ok_or_else(broken)?
        }
        // A text inside and another beside: nobody could say which was signed.
        _ => return Err(broken()),
    };
    if text.len() > limits.opened_bytes {
        return Err(OpenError::TooMuch("bytes"));
    }
    let mut certificates = Vec::new();
    if let Some(set) = parts.maybe(0xa0) {
        for one in set.inside().ok_or_else(broken)?.rest().filter(|one| one.tag == SEQUENCE).take(CERTIFICATES) {
            certificates.extend(MailCertificate::read(one.raw));
        }
    }
    parts.maybe(0xa1);
    let signers = parts.take(SET).and_then(|set| set.inside()).ok_or_else(broken)?;
    let text: Arc<[u8]> = text.into();
    let mut signatures = Vec::new();
    for signer in signers.rest() {
        if signatures.len() >= limits.signatures {
            return Err(OpenError::TooMuch("signatures"));
        }
        signatures.push(pending(signer, &kind, &text).ok_or_else(broken)?);
    }
    Ok(Layer { decrypted_by: None, payload: text.to_vec(), signatures, certificates })
}

/// What was signed, behind the version and the hashes.
fn inside<'a>(parts: &mut List<'a>) -> Option<List<'a>> {
    parts.take(INTEGER)?;
    parts.take(SET)?;
    parts.take(SEQUENCE)?.inside()
}

fn pending(signer: Value<'_>, kind: &[u8], text: &Arc<[u8]>) -> Option<Pending> {
    let mut parts = signer.inside()?;
    parts.take(INTEGER)?;
    let named = Signer::of(parts.any()?)?;
    let digest = Hash::of(parts.take(SEQUENCE)?.inside()?.take(OID)?.content);
    let attributes = parts.maybe(0xa0);
    let scheme = Scheme::of(&parts.take(SEQUENCE)?, digest);
    let signature = parts.any()?.octets(OCTETS)?;
    let mut one = Pending {
        signer: named,
        scheme: scheme.filter(|_| digest.is_some()),
        signed: Arc::clone(text),
        signature,
        is_of_text: true,
        made: None,
    };
    if let Some(attributes) = attributes {
        let said = |wanted: &[u8]| {
            let mut found = attributes.inside()?.rest().filter_map(|one| {
                let mut parts = one.inside()?;
                let oid = parts.take(OID)?.content;
                let first = parts.take(SET)?.inside()?.any()?;
                (oid == wanted).then_some(first)
            });
            // What is said twice is said by nobody.
            found.next().filter(|_| found.next().is_none())
        };
        let is_digest = match (said(DIGEST), digest) {
            (Some(found), Some(hash)) => found.tag == OCTETS && found.content == hash.digest(text),
            _ => false,
        };
        let is_kind = said(CONTENT_TYPE).is_some_and(|found| found.content == kind);
        one.is_of_text = is_digest && is_kind;
        one.made = said(SIGNED_AT).and_then(moment_of);
        // They are signed as the set that they are, not under the number they have here.
        one.signed = value(SET, attributes.content).into();
    }
    Some(one)
}

/// The key that something was encrypted with, and whose it is.
fn unwrapped(recipients: Value<'_>, own: &[MailIdentity], limits: &OpenLimits) -> Result<(String, Vec<u8>), OpenError> {
    let mut others = Vec::new();
    let mut count = 0;
    for recipient in recipients.inside().ok_or_else(broken)?.rest() {
        count += 1;
        if count > limits.recipients {
            return Err(OpenError::TooMuch("recipients"));
        }
        if recipient.tag != SEQUENCE {
            others.push("a key that was agreed on".to_string());
            continue;
        }
        let (named, algorithm, wrapped) = wrapping(recipient).ok_or_else(broken)?;
        match own.iter().find(|one| named.names(one.certificate())) {
            Some(one) => {
                let key = decrypted(&one.secret, algorithm, &wrapped).ok_or_else(broken)?;
                return Ok((one.certificate().fingerprint(), key));
            }
            None => others.push(match named {
                Signer::Issued { serial, .. } => format!("serial {}", hex(&serial)),
                Signer::Key(name) => format!("key {}", hex(&name)),
            }),
        }
    }
    others.truncate(10);
    Err(OpenError::NoKey(others))
}

/// For whom a key was wrapped, how, and the wrapped key.
fn wrapping(recipient: Value<'_>) -> Option<(Signer, Value<'_>, Vec<u8>)> {
    let mut parts = recipient.inside()?;
    parts.take(INTEGER)?;
    let named = Signer::of(parts.any()?)?;
    Some((named, parts.take(SEQUENCE)?, parts.any()?.octets(OCTETS)?))
}

fn decrypted(secret: &Secret, algorithm: Value<'_>, wrapped: &[u8]) -> Option<Vec<u8>> {
    let Secret::Rsa(key) = secret else { return None };
    let mut parts = algorithm.inside()?;
    let oid = parts.take(OID)?.content;
    if oid == RSA {
        // A key that is wrong looks like one that was wrapped wrongly: nobody learns which by trying (RFC 3218).
        return Some(key.decrypt_blinded(&mut OsRng, Pkcs1v15Encrypt, wrapped).unwrap_or_else(|_| {
            let mut key = vec![0; 32];
            OsRng.fill_bytes(&mut key);
            key
        }));
    }
    if oid != RSA_OAEP {
        return None;
    }
    let mut parts = parts.maybe(SEQUENCE).and_then(|parameters| parameters.inside());
    let mut hash_in = |tag: u8, is_inner: bool| {
        let algorithm = parts.as_mut().and_then(|parts| parts.maybe(tag));
        let Some(algorithm) = algorithm else { return dynamic(SHA1) };
        let mut algorithm = algorithm.inside()?.take(SEQUENCE)?.inside()?;
        let mut oid = algorithm.take(OID)?.content;
        if is_inner {
            oid = algorithm.take(SEQUENCE)?.inside()?.take(OID)?.content;
        }
        dynamic(oid)
    };
    let (digest, mgf_digest) = (hash_in(0xa0, false)?, hash_in(0xa1, true)?);
    key.decrypt_blinded(&mut OsRng, Oaep { digest, mgf_digest, label: None }, wrapped).ok()
}

fn dynamic(oid: &[u8]) -> Option<Box<dyn DynDigest + Send + Sync>> {
    if oid == SHA1 {
        return Some(Box::new(<Sha1 as sha1::Digest>::new()));
    }
    Some(match Hash::of(oid)? {
        Hash::Sha256 => Box::new(<Sha256 as sha2::Digest>::new()),
        Hash::Sha384 => Box::new(<Sha384 as sha2::Digest>::new()),
        Hash::Sha512 => Box::new(<Sha512 as sha2::Digest>::new()),
    })
}

/// What was encrypted: the algorithm and the bytes.
fn sealed(info: Value<'_>) -> Option<(Value<'_>, Vec<u8>)> {
    let mut parts = info.inside()?;
    parts.take(OID)?;
    Some((parts.take(SEQUENCE)?, parts.any()?.octets(0x80)?))
}

fn enveloped(data: Value<'_>, own: &[MailIdentity], limits: &OpenLimits) -> Result<Layer, OpenError> {
    let mut parts = data.inside().ok_or_else(broken)?;
    parts.take(INTEGER);
    parts.maybe(0xa0);
    let recipients = parts.take(SET).ok_or_else(broken)?;
    let (decrypted_by, key) = unwrapped(recipients, own, limits)?;
    let (algorithm, bytes) = parts.take(SEQUENCE).and_then(sealed).ok_or_else(broken)?;
    let payload = chained(algorithm, &key, bytes).ok_or_else(broken)?;
    opened(decrypted_by, payload, limits)
}

fn authenticated(data: Value<'_>, own: &[MailIdentity], limits: &OpenLimits) -> Result<Layer, OpenError> {
    let mut parts = data.inside().ok_or_else(broken)?;
    parts.take(INTEGER);
    parts.maybe(0xa0);
    let recipients = parts.take(SET).ok_or_else(broken)?;
    let (decrypted_by, key) = unwrapped(recipients, own, limits)?;
    let (algorithm, mut bytes) = parts.take(SEQUENCE).and_then(sealed).ok_or_else(broken)?;
    let attributes = parts.maybe(0xa1).map(|attributes| value(SET, attributes.content)).unwrap_or_default();
    bytes.extend(parts.any().and_then(|tag| tag.octets(OCTETS)).ok_or_else(broken)?);
    let payload = counted(algorithm, &key, (&bytes, &attributes)).ok_or_else(broken)?;
    opened(decrypted_by, payload, limits)
}

fn opened(decrypted_by: String, payload: Vec<u8>, limits: &OpenLimits) -> Result<Layer, OpenError> {
    if payload.len() > limits.opened_bytes {
        return Err(OpenError::TooMuch("bytes"));
    }
    Ok(Layer { decrypted_by: Some(decrypted_by), payload, signatures: Vec::new(), certificates: Vec::new() })
}

/// Blocks that hang on each other (CBC): AES, and Triple DES, which others still write.
fn chained(algorithm: Value<'_>, key: &[u8], bytes: Vec<u8>) -> Option<Vec<u8>> {
    let mut parts = algorithm.inside()?;
    let oid = parts.take(OID)?.content;
    let first = parts.take(OCTETS)?.content;
    if oid == TRIPLE_DES {
        return unchained::<des::TdesEde3>(key, first, bytes, 8);
    }
    match oid.strip_prefix(AES)? {
        [2] => unchained::<aes::Aes128>(key, first, bytes, 16),
        [22] => unchained::<aes::Aes192>(key, first, bytes, 16),
        [42] => unchained::<aes::Aes256>(key, first, bytes, 16),
        _ => None,
    }
}

fn unchained<C: BlockDecrypt + KeyInit>(key: &[u8], first: &[u8], mut bytes: Vec<u8>, size: usize) -> Option<Vec<u8>> {
    let cipher = C::new_from_slice(key).ok()?;
    if first.len() != size || bytes.is_empty() || !bytes.len().is_multiple_of(size) {
        return None;
    }
    let mut before = first.to_vec();
    for block in bytes.chunks_exact_mut(size) {
        let sealed = block.to_vec();
        cipher.decrypt_block(aes::cipher::Block::<C>::from_mut_slice(block));
        for (byte, other) in block.iter_mut().zip(&before) {
            *byte ^= other;
        }
        before = sealed;
    }
    let padding = usize::from(*bytes.last()?);
    let length = bytes.len().checked_sub(padding).filter(|_| (1..=size).contains(&padding))?;
    let is_padding = bytes.get(length..)?.iter().all(|byte| usize::from(*byte) == padding);
    bytes.truncate(length);
    is_padding.then_some(bytes)
}

/// AES with a counter and a seal (GCM).
fn counted(algorithm: Value<'_>, key: &[u8], (bytes, attributes): (&[u8], &[u8])) -> Option<Vec<u8>> {
    let mut parts = algorithm.inside()?;
    let oid = parts.take(OID)?.content;
    let mut parameters = parts.take(SEQUENCE)?.inside()?;
    let nonce = parameters.take(OCTETS)?.content;
    let seal = parameters.maybe(INTEGER).map_or(Some(12), |length| length.small())?;
    let payload = Payload { msg: bytes, aad: attributes };
    match (oid.strip_prefix(AES)?, seal) {
        ([6], 16) => uncounted::<AesGcm<aes::Aes128, U12, U16>>(key, nonce, payload),
        ([26], 16) => uncounted::<AesGcm<aes::Aes192, U12, U16>>(key, nonce, payload),
        ([46], 16) => uncounted::<AesGcm<aes::Aes256, U12, U16>>(key, nonce, payload),
        ([6], 12) => uncounted::<AesGcm<aes::Aes128, U12, U12>>(key, nonce, payload),
        ([26], 12) => uncounted::<AesGcm<aes::Aes192, U12, U12>>(key, nonce, payload),
        ([46], 12) => uncounted::<AesGcm<aes::Aes256, U12, U12>>(key, nonce, payload),
        _ => None,
    }
}

fn uncounted<C: aes_gcm::aead::Aead + KeyInit>(key: &[u8], nonce: &[u8], payload: Payload<'_, '_>) -> Option<Vec<u8>> {
    if nonce.len() != 12 {
        return None;
    }
    let cipher = C::new_from_slice(key).ok()?;
    cipher.decrypt(aes_gcm::aead::Nonce::<C>::from_slice(nonce), payload).ok()
}
