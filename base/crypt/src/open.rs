//! Mail that was signed or encrypted: opened with our keys, then checked with the certificates of others.
//!
//! In two steps, because who signed is known only after opening: [`unlock`] needs our keys and says whose certificates are
//! wanted, [`Unlocked::checked`] is given them.

use std::borrow::Cow;
use std::io::Read as _;
use std::sync::Arc;

use manara_model::Micros;
use pgp::armor::Dearmor;
use pgp::composed::{
    CleartextSignedMessage, DecryptionOptions, Deserializable as _, DetachedSignature, Esk, Message, PlainSessionKey,
};
use pgp::packet::{PacketParser, Signature};
use pgp::types::{DecryptionKey, EskType, KeyId, Password, PkeskVersion, Tag};

use crate::certificate::{Certificate, KeyState, has_ended, hex, is_strong, made};
use crate::mime::{Entity, canonical};
use crate::own::OwnKey;
use crate::read::find;
use crate::{guarded, micros};

const BEGIN_MESSAGE: &str = "-----BEGIN PGP MESSAGE-----";
const END_MESSAGE: &str = "-----END PGP MESSAGE-----";
const BEGIN_SIGNED: &str = "-----BEGIN PGP SIGNED MESSAGE-----";
const END_SIGNED: &str = "-----END PGP SIGNATURE-----";
/// A signature that was made so much later than now was not made when it says, in seconds.
const AHEAD: i64 = 86_400;
/// What may stand around a content in the packet it came in, in bytes.
const AROUND_BYTES: usize = 1 << 20;

/// How much of a mail is opened. All input is hostile.
#[derive(Debug, Clone)]
pub struct OpenLimits {
    /// Largest mail, in bytes.
    pub bytes: usize,
    /// Largest content, in bytes: what was compressed grows no further.
    pub opened_bytes: usize,
    /// How often one may be inside another: a signed mail in an encrypted one.
    pub layers: usize,
    /// How many packets may be inside each other.
    pub packets: usize,
    /// Most keys that one was encrypted to.
    pub recipients: usize,
    /// Most signatures.
    pub signatures: usize,
}

impl Default for OpenLimits {
    fn default() -> Self {
        OpenLimits { bytes: 32 << 20, opened_bytes: 50 << 20, layers: 4, packets: 8, recipients: 200, signatures: 16 }
    }
}

/// Why a mail was not opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// None of our keys fits.
    #[error("it is encrypted to other keys than ours: {}", .0.join(", "))]
    NoKey(Vec<String>),
    /// It is not what it says it is, or was changed on its way.
    #[error("it cannot be opened: {0}")]
    Broken(String),
    /// More than is opened.
    #[error("it has more {0} than are opened")]
    TooMuch(&'static str),
}

/// A mail that was opened, whose signatures wait to be checked.
#[derive(Debug, Default)]
pub struct Unlocked {
    /// Fingerprint of the key of ours that opened it; none when it was not encrypted.
    pub decrypted_by: Option<String>,
    /// The message inside, as a mail without its outer fields; none when what is outside says the same.
    pub payload: Option<Vec<u8>>,
    signatures: Vec<Pending>,
}

#[derive(Debug)]
struct Pending {
    signature: Signature,
    data: Arc<[u8]>,
    is_whole: bool,
}

/// What came of one signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignatureState {
    /// It is right.
    Good,
    /// It is right, but does not cover all that is shown.
    Part,
    /// It is right, by a key whose time has passed.
    ExpiredKey,
    /// It is right, by a key that its owner took back.
    RevokedKey,
    /// Nobody here knows the key.
    UnknownKey,
    /// What was signed is something else, or in a way that proves nothing.
    Bad,
}

/// A signature that was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// Fingerprint of the certificate; for an unknown key what the signature says of it.
    pub key: String,
    /// What came of it.
    pub state: SignatureState,
    /// When it says it was made.
    pub made: Option<Micros>,
}

/// A mail that was opened and checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// Fingerprint of the key of ours that opened it; none when it was not encrypted.
    pub decrypted_by: Option<String>,
    /// The message inside, as a mail without its outer fields; none when what is outside says the same.
    pub payload: Option<Vec<u8>>,
    /// Its signatures.
    pub signatures: Vec<Checked>,
}

/// Opens and checks a mail in one step; `None` when it is neither signed nor encrypted with OpenPGP.
pub fn open(
    mail: &[u8],
    own: &[OwnKey],
    certificates: &[Certificate],
    limits: &OpenLimits,
    now: Micros,
) -> Result<Option<Opened>, OpenError> {
    Ok(unlock(mail, own, limits)?.map(|unlocked| {
        let signatures = unlocked.checked(certificates, now);
        Opened { decrypted_by: unlocked.decrypted_by, payload: unlocked.payload, signatures }
    }))
}

/// Opens a mail with our keys; `None` when it is neither signed nor encrypted with OpenPGP.
pub fn unlock(mail: &[u8], own: &[OwnKey], limits: &OpenLimits) -> Result<Option<Unlocked>, OpenError> {
    if mail.len() > limits.bytes {
        return Err(OpenError::TooMuch("bytes"));
    }
    let mut unlocked = Unlocked::default();
    let mut is_found = false;
    let mut at: Cow<'_, [u8]> = Cow::Borrowed(mail);
    for _ in 0..limits.layers {
        match layer(&at, own, limits)? {
            Layer::Plain => break,
            Layer::Opened { found, whole } => {
                is_found = true;
                if found.key.is_some() {
                    // What was signed around the encrypted message says nothing about who wrote it.
                    unlocked.signatures.clear();
                    unlocked.decrypted_by = found.key;
                }
                let data: Arc<[u8]> = found.data.clone().into();
                for signature in found.signatures {
                    unlocked.signatures.push(Pending { signature, data: Arc::clone(&data), is_whole: whole });
                }
                if unlocked.signatures.len() > limits.signatures {
                    return Err(OpenError::TooMuch("signatures"));
                }
                let Some(payload) = found.payload else { break };
                unlocked.payload = Some(payload.clone());
                at = Cow::Owned(payload);
            }
        }
    }
    Ok(is_found.then_some(unlocked))
}

impl Unlocked {
    /// The ids of the keys whose certificates are wanted: sixteen hexadecimal digits, capital letters.
    pub fn issuers(&self) -> Vec<String> {
        let mut ids: Vec<String> = self.signatures.iter().flat_map(|one| issuers(&one.signature)).collect();
        ids.sort();
        ids.dedup();
        ids
    }

    /// Checks the signatures with what certificates there are, at a moment.
    pub fn checked(&self, certificates: &[Certificate], now: Micros) -> Vec<Checked> {
        self.signatures.iter().map(|one| one.checked(certificates, now)).collect()
    }
}

impl Pending {
    fn checked(&self, certificates: &[Certificate], now: Micros) -> Checked {
        let signature = &self.signature;
        let issuers = issuers(signature);
        let made = signature.created().map(|_| micros(made(signature)));
        let claimed = signature.issuer_fingerprint().first().map(|print| hex(print.as_bytes()));
        let claimed = claimed.or_else(|| issuers.first().cloned()).unwrap_or_default();
        let known = |one: &&Certificate| one.key_ids().iter().any(|id| issuers.contains(id));
        let mut candidates = certificates.iter().filter(known).peekable();
        if candidates.peek().is_none() {
            return Checked { key: claimed, state: SignatureState::UnknownKey, made };
        }
        let is_believable = is_strong(signature)
            && !has_ended(signature, now)
            && made.is_some_and(|at| at.0 <= now.0.saturating_add(AHEAD * 1_000_000));
        let right = candidates.find_map(|one| Some((one, one.signed(signature, &self.data, now)?)));
        match right {
            Some((one, state)) if is_believable => {
                let state = match state {
                    KeyState::Revoked => SignatureState::RevokedKey,
                    KeyState::Expired => SignatureState::ExpiredKey,
                    KeyState::Good if self.is_whole => SignatureState::Good,
                    KeyState::Good => SignatureState::Part,
                };
                Checked { key: one.fingerprint(), state, made }
            }
            _ => Checked { key: claimed, state: SignatureState::Bad, made },
        }
    }
}

fn issuers(signature: &Signature) -> Vec<String> {
    let mut ids: Vec<String> = signature.issuer_key_id().into_iter().map(|id| hex(id.as_ref())).collect();
    for print in signature.issuer_fingerprint() {
        let bytes = print.as_bytes();
        // The id of a key is the end of a fingerprint of version 4, and the beginning of one of version 6.
        let id = if bytes.len() == 20 { bytes.get(12..) } else { bytes.get(..8) };
        let id = hex(id.unwrap_or_default());
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids.truncate(8);
    ids
}

/// What was found in one layer of a mail.
enum Layer {
    Plain,
    Opened { found: Found, whole: bool },
}

#[derive(Default)]
struct Found {
    /// What the signatures are about.
    data: Vec<u8>,
    /// The mail inside.
    payload: Option<Vec<u8>>,
    key: Option<String>,
    signatures: Vec<Signature>,
}

fn layer(mail: &[u8], own: &[OwnKey], limits: &OpenLimits) -> Result<Layer, OpenError> {
    let entity = Entity::of(mail);
    let content_type = entity.content_type();
    let parts = entity.parts(content_type.get("boundary"));
    match (content_type.mime.as_str(), parts.as_slice()) {
        ("multipart/encrypted", [_, sealed, ..]) if is_pgp(&content_type.get("protocol").to_ascii_lowercase()) => {
            encrypted(&Entity::of(sealed).decoded(), own, limits)
        }
        ("multipart/signed", [signed, signature, ..]) if is_pgp(&content_type.get("protocol").to_ascii_lowercase()) => {
            let data = canonical(signed);
            let signatures = detached(&Entity::of(signature).decoded(), limits)?;
            let found = Found { payload: Some(data.clone()), data, key: None, signatures };
            Ok(Layer::Opened { found, whole: true })
        }
        ("multipart/mixed", [first, ..]) => mixed(&entity, (&content_type, first, &parts), own, limits),
        ("multipart/alternative", [first, ..]) => inline(&Entity::of(first), own, limits),
        ("text/plain" | "", _) => inline(&entity, own, limits),
        _ => Ok(Layer::Plain),
    }
}

fn is_pgp(protocol: &str) -> bool {
    protocol.is_empty() || protocol.starts_with("application/pgp")
}

/// A mail with several parts: an encrypted one that a server made something else of, a signed one that a mailing list wrote
/// something below, or text with files.
fn mixed(
    entity: &Entity<'_>,
    (content_type, first, parts): (&crate::mime::ContentType, &[u8], &[&[u8]]),
    own: &[OwnKey],
    limits: &OpenLimits,
) -> Result<Layer, OpenError> {
    let kinds: Vec<String> = parts.iter().take(4).map(|part| Entity::of(part).content_type().mime).collect();
    if let Some(at) = kinds.iter().position(|kind| kind == "application/pgp-encrypted")
        && let Some(sealed) = parts.get(at + 1)
    {
        return encrypted(&Entity::of(sealed).decoded(), own, limits);
    }
    if kinds.first().is_some_and(|kind| kind == "multipart/signed") {
        return Ok(match layer(first, own, limits)? {
            Layer::Opened { found, .. } => Layer::Opened { found: Found { payload: None, ..found }, whole: false },
            Layer::Plain => Layer::Plain,
        });
    }
    let Layer::Opened { mut found, .. } = inline(&Entity::of(first), own, limits)? else { return Ok(Layer::Plain) };
    // The files beside the text stay; the signature is about the text alone.
    let boundary = content_type.get("boundary");
    if let Some(text) = found.payload.take() {
        let mut payload =
            format!("Content-Type: {}\r\n\r\n--{boundary}\r\n", entity.value("content-type").unwrap_or_default())
                .into_bytes();
        payload.extend(text);
        for part in parts.iter().skip(1) {
            payload.extend(format!("\r\n--{boundary}\r\n").bytes());
            payload.extend_from_slice(part);
        }
        payload.extend(format!("\r\n--{boundary}--\r\n").bytes());
        found.payload = Some(payload);
    }
    Ok(Layer::Opened { found, whole: false })
}

fn encrypted(sealed: &[u8], own: &[OwnKey], limits: &OpenLimits) -> Result<Layer, OpenError> {
    let mut found = opened(sealed, own, limits)?;
    if found.key.is_none() {
        return Err(OpenError::Broken("it says that it is encrypted, and is not".into()));
    }
    found.payload = Some(found.data.clone());
    Ok(Layer::Opened { found, whole: true })
}

/// OpenPGP in the middle of a text.
fn inline(entity: &Entity<'_>, own: &[OwnKey], limits: &OpenLimits) -> Result<Layer, OpenError> {
    if !matches!(entity.content_type().mime.as_str(), "text/plain" | "") {
        return Ok(Layer::Plain);
    }
    let body = entity.decoded();
    let block = |begin: &str, end: &str| {
        let start = at_line(&body, begin.as_bytes())?;
        let length = find(body.get(start..)?, end.as_bytes())? + end.len();
        Some((start, start + length))
    };
    let (start, end, mut found) = if let Some((start, end)) = block(BEGIN_MESSAGE, END_MESSAGE) {
        (start, end, opened(body.get(start..end).unwrap_or_default(), own, limits)?)
    } else if let Some((start, end)) = block(BEGIN_SIGNED, END_SIGNED) {
        (start, end, cleartext(body.get(start..end).unwrap_or_default(), limits)?)
    } else {
        return Ok(Layer::Plain);
    };
    let (before, after) = (body.get(..start).unwrap_or_default(), body.get(end..).unwrap_or_default());
    let is_whole = before.trim_ascii().is_empty() && after.trim_ascii().is_empty();
    let charset = entity.content_type().get("charset").to_string();
    let is_unicode = std::str::from_utf8(&found.data).is_ok();
    let charset = if is_unicode || charset.is_empty() { "utf-8".to_string() } else { charset };
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let charset: String = charset.chars().filter(|c| is_name(*c)).take(40).collect();
    let mut payload =
        format!("Content-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n").into_bytes();
    payload.extend_from_slice(before);
    payload.extend_from_slice(&found.data);
    payload.extend_from_slice(after);
    found.payload = Some(payload);
    Ok(Layer::Opened { found, whole: is_whole })
}

/// Where a line begins with something.
fn at_line(body: &[u8], what: &[u8]) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + find(body.get(from..)?, what)?;
        if at == 0 || body.get(at - 1) == Some(&b'\n') {
            return Some(at);
        }
        from = at + 1;
    }
}

fn detached(bytes: &[u8], limits: &OpenLimits) -> Result<Vec<Signature>, OpenError> {
    let start = find(bytes, b"-----BEGIN PGP SIGNATURE-----").unwrap_or(0);
    let bytes = bytes.get(start..).unwrap_or_default();
    let read = guarded(|| {
        let (found, _) = DetachedSignature::from_reader_many_buf(bytes)?;
        found.take(limits.signatures + 1).map(|one| one.map(|one| one.signature)).collect::<Result<Vec<_>, _>>()
    });
    let signatures = sure(read, "its signature")?;
    if signatures.len() > limits.signatures {
        return Err(OpenError::TooMuch("signatures"));
    }
    Ok(signatures)
}

fn cleartext(block: &[u8], limits: &OpenLimits) -> Result<Found, OpenError> {
    let text = String::from_utf8_lossy(block);
    let read = guarded(|| CleartextSignedMessage::from_string(&text));
    let (message, _) = sure(read, "its signed text")?;
    if message.signatures().len() > limits.signatures {
        return Err(OpenError::TooMuch("signatures"));
    }
    Ok(Found {
        data: message.signed_text().into_bytes(),
        signatures: message.signatures().to_vec(),
        ..Found::default()
    })
}

fn sure<T>(read: Option<Result<T, pgp::errors::Error>>, what: &str) -> Result<T, OpenError> {
    match read {
        Some(Ok(read)) => Ok(read),
        Some(Err(error)) => Err(OpenError::Broken(format!("{what} is no OpenPGP ({})", short(&error)))),
        None => Err(OpenError::Broken(format!("{what} is no OpenPGP"))),
    }
}

fn short(error: &dyn std::fmt::Display) -> String {
    error.to_string().chars().filter(|c| !c.is_control()).take(200).collect()
}

/// Opens one OpenPGP message: what it says, by which key of ours, and its signatures.
fn opened(bytes: &[u8], own: &[OwnKey], limits: &OpenLimits) -> Result<Found, OpenError> {
    match guarded(|| unpacked(bytes, own, limits)) {
        Some(found) => found,
        None => Err(OpenError::Broken("its packets contradict each other".into())),
    }
}

fn unpacked(bytes: &[u8], own: &[OwnKey], limits: &OpenLimits) -> Result<Found, OpenError> {
    let mut data = packets_of(bytes)?;
    let mut key = None;
    for _ in 0..limits.packets {
        count_front(&data, limits)?;
        match step(&data, key, own, limits)? {
            Step::Text(found) => return Ok(found),
            Step::Inside(inside, by) => {
                data = Cow::Owned(inside);
                key = by;
            }
        }
    }
    Err(OpenError::TooMuch("packets inside each other"))
}

fn broken(error: impl std::fmt::Display) -> OpenError {
    OpenError::Broken(short(&error))
}

/// The packets of a message, out of their armor.
fn packets_of(bytes: &[u8]) -> Result<Cow<'_, [u8]>, OpenError> {
    let Some(start) = find(bytes, BEGIN_MESSAGE.as_bytes()) else { return Ok(Cow::Borrowed(bytes)) };
    let mut packets = Vec::new();
    Dearmor::new(bytes.get(start..).unwrap_or_default()).read_to_end(&mut packets).map_err(broken)?;
    Ok(Cow::Owned(packets))
}

/// Signatures and session keys before a content are kept one by one by whoever reads them: they are counted first, because
/// millions of them fit into a small packet that was compressed.
fn count_front(bytes: &[u8], limits: &OpenLimits) -> Result<(), OpenError> {
    let most = limits.recipients + limits.signatures + limits.packets;
    let mut packets = PacketParser::new(bytes);
    for _ in 0..=most {
        let Some(packet) = packets.next_ref() else { return Ok(()) };
        let mut packet = packet.map_err(broken)?;
        if is_content(packet.packet_header().tag()) {
            return Ok(());
        }
        std::io::copy(&mut packet, &mut std::io::sink()).map_err(broken)?;
    }
    Err(OpenError::TooMuch("packets before its content"))
}

fn is_content(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::LiteralData
            | Tag::CompressedData
            | Tag::SymEncryptedData
            | Tag::SymEncryptedProtectedData
            | Tag::GnupgAeadData
    )
}

/// What a message is, with one packet taken away from around it.
enum Step {
    Text(Found),
    /// The packets inside, and the key of ours that was needed so far.
    Inside(Vec<u8>, Option<String>),
}

fn step(bytes: &[u8], key: Option<String>, own: &[OwnKey], limits: &OpenLimits) -> Result<Step, OpenError> {
    // A text, and what belongs to it: nothing grows far beyond the limit before the text itself is measured.
    let most = limits.opened_bytes.saturating_add(AROUND_BYTES);
    match Message::from_bytes(bytes).map_err(broken)? {
        Message::Encrypted { .. } if key.is_some() => Err(OpenError::Broken("it is encrypted twice".into())),
        Message::Encrypted { esk, mut edata, is_nested } => {
            let ids = esk_ids(&esk, limits)?;
            let Some((session, by)) = session_key(&esk, own) else { return Err(OpenError::NoKey(ids)) };
            edata.decrypt_with_options(&session, DecryptionOptions::new().enable_gnupg_aead()).map_err(broken)?;
            let inside = taken(&mut Message::Encrypted { esk, edata, is_nested }, most)?;
            Ok(Step::Inside(inside, Some(by)))
        }
        Message::Compressed { reader, is_nested } => {
            let mut reader = reader.decompress().map_err(broken)?;
            let inside = taken(&mut reader, most)?;
            // What is left of the packet, then what follows it: nothing may.
            std::io::copy(reader.get_mut(), &mut std::io::sink()).map_err(broken)?;
            taken(&mut Message::Compressed { reader, is_nested }, 0)?;
            Ok(Step::Inside(inside, key))
        }
        message => {
            if let Message::Signed { reader, .. } = &message {
                if reader.num_signatures() > limits.signatures {
                    return Err(OpenError::TooMuch("signatures"));
                }
                if !matches!(reader.get_ref(), Message::Literal { .. }) {
                    return Err(OpenError::Broken("something else than a text is signed".into()));
                }
            }
            read(message, key, limits).map(Step::Text)
        }
    }
}

/// The ids of the keys that a message is encrypted to.
fn esk_ids(esk: &[Esk], limits: &OpenLimits) -> Result<Vec<String>, OpenError> {
    if esk.len() > limits.recipients {
        return Err(OpenError::TooMuch("recipients"));
    }
    let mut ids = Vec::new();
    for one in esk {
        let Esk::PublicKeyEncryptedSessionKey(one) = one else { continue };
        match (one.id(), one.fingerprint()) {
            (Ok(id), _) if *id == KeyId::WILDCARD => ids.push("hidden".to_string()),
            (Ok(id), _) => ids.push(hex(id.as_ref())),
            (_, Ok(Some(print))) => ids.push(hex(print.as_bytes())),
            _ => ids.push("hidden".to_string()),
        }
    }
    Ok(ids)
}

/// The session key of a message that one of ours opens, and the fingerprint of ours.
fn session_key(esk: &[Esk], own: &[OwnKey]) -> Option<(PlainSessionKey, String)> {
    let mut pairs = esk.iter().flat_map(|one| own.iter().map(move |key| (one, key)));
    pairs.find_map(|(one, key)| Some((session_by(one, key)?, key.fingerprint())))
}

fn session_by(esk: &Esk, own: &OwnKey) -> Option<PlainSessionKey> {
    let Esk::PublicKeyEncryptedSessionKey(esk) = esk else { return None };
    let kind = match esk.version() {
        PkeskVersion::V3 => EskType::V3_4,
        PkeskVersion::V6 => EskType::V6,
        PkeskVersion::Other(_) => return None,
    };
    let values = esk.values().ok()?;
    let opens = |key: &dyn DecryptionKey| key.decrypt(&Password::empty(), values, kind).ok()?.ok();
    let primary = &own.secret.primary_key;
    let by_primary = if esk.match_identity(primary) { opens(primary) } else { None };
    by_primary.or_else(|| {
        let mut subkeys = own.secret.secret_subkeys.iter().filter(|subkey| esk.match_identity(&subkey.key));
        subkeys.find_map(|subkey| opens(&subkey.key))
    })
}

/// All that stands inside, up to so many bytes.
fn taken(inside: &mut impl std::io::Read, most: usize) -> Result<Vec<u8>, OpenError> {
    let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    let mut data = Vec::new();
    let read = inside.by_ref().take(limit).read_to_end(&mut data);
    if data.len() > most {
        return Err(OpenError::TooMuch("bytes"));
    }
    read.map_err(broken)?;
    Ok(data)
}

fn read(mut message: Message<'_>, key: Option<String>, limits: &OpenLimits) -> Result<Found, OpenError> {
    let data = taken(&mut message, limits.opened_bytes)?;
    let signatures = match &message {
        Message::Signed { reader, .. } => {
            reader.signatures().unwrap_or_default().iter().map(|one| one.signature().clone()).collect()
        }
        _ => Vec::new(),
    };
    Ok(Found { data, payload: None, key, signatures })
}
