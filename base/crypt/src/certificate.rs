//! Certificates: public keys with what their owners say of them, and nothing else.

use manara_model::Micros;
use pgp::composed::{ArmorOptions, Deserializable as _, SignedKeyDetails, SignedPublicKey, SignedPublicSubKey};
use pgp::crypto::hash::HashAlgorithm;
use pgp::packet::{PublicKey, Signature, SignatureType, SubpacketData};
use pgp::ser::Serialize as _;
use pgp::types::{KeyDetails as _, KeyVersion, PublicParams, SignedUser, Tag};

use crate::read::{KeyError, KeyLimits};
use crate::{guarded, micros};

/// Signatures of one statement that are kept, the newest.
const KEPT: usize = 8;
/// Characters of a user id that is told.
const USER_ID_CHARS: usize = 300;
/// A signature may be as much ahead of our clock, in seconds.
const AHEAD: u64 = 86_400;
/// Fewer bits of a modulus protect nothing any more.
const MODULUS_BITS: usize = 2_000;

/// A public key of somebody, with what its own primary key signed.
#[derive(Clone, PartialEq, Eq)]
pub struct Certificate {
    key: Box<SignedPublicKey>,
}

/// What can be done with a key at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyState {
    /// It can be used.
    Good,
    /// Its time has passed.
    Expired,
    /// Its owner took it back.
    Revoked,
}

impl KeyState {
    /// The word in answers to programs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Expired => "expired",
            Self::Revoked => "revoked",
        }
    }
}

/// What a key says of itself, at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyFacts {
    /// Fingerprint of the primary key: hexadecimal, capital letters.
    pub fingerprint: String,
    /// User ids that are valid, the primary one first.
    pub user_ids: Vec<String>,
    /// The mail addresses in them, in lower case.
    pub mails: Vec<String>,
    /// When it was made.
    pub created: Micros,
    /// When it ends, if it does.
    pub expires: Option<Micros>,
    /// Algorithms of the primary key and the subkeys, such as `ed25519, cv25519`.
    pub algorithms: String,
    /// What can be done with it.
    pub state: KeyState,
    /// Whether mail can be encrypted to it.
    pub can_encrypt: bool,
    /// Whether it can sign mail.
    pub can_sign: bool,
}

impl Certificate {
    /// Keeps of a key what its own primary key signed: no words of others, no pictures, nothing without a valid signature.
    pub(crate) fn sifted(key: SignedPublicKey, limits: &KeyLimits) -> Result<Self, KeyError> {
        let primary = key.primary_key;
        if !matches!(primary.version(), KeyVersion::V4 | KeyVersion::V6) {
            return Err(KeyError::NoKey);
        }
        let mut left = limits.signatures;
        let revocations = sift(key.details.revocation_signatures, &mut left, |one| {
            one.typ() == Some(SignatureType::KeyRevocation) && one.verify_key(&primary).is_ok()
        });
        let direct = sift(key.details.direct_signatures, &mut left, |one| {
            one.typ() == Some(SignatureType::Key) && one.verify_key(&primary).is_ok()
        });
        let mut users = Vec::new();
        for user in key.details.users.into_iter().take(limits.parts) {
            let is_own = |one: &Signature| {
                is_issued_by(one, &primary) && one.verify_certification(&primary, Tag::UserId, &user.id).is_ok()
            };
            let signatures = sift(user.signatures, &mut left, is_own);
            if signatures.iter().any(Signature::is_certification) {
                users.push(SignedUser::new(user.id, signatures));
            }
        }
        let mut subkeys = Vec::new();
        for subkey in key.public_subkeys.into_iter().take(limits.parts) {
            let signatures = sift(subkey.signatures, &mut left, |one| is_binding(one, &primary, &subkey.key));
            if signatures.iter().any(|one| one.typ() == Some(SignatureType::SubkeyBinding)) {
                subkeys.push(SignedPublicSubKey::new(subkey.key, signatures));
            }
        }
        if users.is_empty() && direct.is_empty() {
            return Err(KeyError::NoKey);
        }
        let details = SignedKeyDetails::new(revocations, direct, users, Vec::new());
        Ok(Certificate { key: Box::new(SignedPublicKey::new(primary, details, subkeys)) })
    }

    /// A certificate as [`Certificate::bytes`] wrote it. Its signatures are not checked again.
    pub fn stored(bytes: &[u8]) -> Result<Self, KeyError> {
        let read = guarded(|| SignedPublicKey::from_bytes(bytes));
        match read {
            Some(Ok(key)) => Ok(Certificate { key: Box::new(key) }),
            _ => Err(KeyError::NoKey),
        }
    }

    /// The certificate as it is kept.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        // Writing into memory does not fail.
        let _ = self.key.to_writer(&mut bytes);
        bytes
    }

    /// The certificate as it is given to others.
    pub fn armored(&self) -> String {
        self.key.to_armored_string(ArmorOptions::default()).unwrap_or_default()
    }

    /// The fingerprint of its primary key: hexadecimal, capital letters.
    pub fn fingerprint(&self) -> String {
        fingerprint(&self.key.primary_key)
    }

    /// Key ids of all its keys: sixteen hexadecimal digits, capital letters.
    pub fn key_ids(&self) -> Vec<String> {
        let subkeys = self.key.public_subkeys.iter().map(|subkey| key_id(&subkey.key));
        std::iter::once(key_id(&self.key.primary_key)).chain(subkeys).collect()
    }

    /// The same key with what both say: neither a new user id nor a revocation gets lost. A certificate of another key changes
    /// nothing.
    #[must_use]
    pub fn merged(&self, other: &Certificate) -> Certificate {
        let (mut key, other) = (self.key.clone(), &other.key);
        if key.primary_key != other.primary_key {
            return Certificate { key };
        }
        join(&mut key.details.revocation_signatures, &other.details.revocation_signatures);
        join(&mut key.details.direct_signatures, &other.details.direct_signatures);
        for user in &other.details.users {
            match key.details.users.iter_mut().find(|one| one.id == user.id) {
                Some(one) => join(&mut one.signatures, &user.signatures),
                None => key.details.users.push(user.clone()),
            }
        }
        for subkey in &other.public_subkeys {
            match key.public_subkeys.iter_mut().find(|one| one.key == subkey.key) {
                Some(one) => join(&mut one.signatures, &subkey.signatures),
                None => key.public_subkeys.push(subkey.clone()),
            }
        }
        Certificate { key }
    }

    /// The same key with the user ids of one address alone; none when it has no such.
    pub fn only(&self, mail: &str) -> Option<Certificate> {
        let mut key = self.key.clone();
        let mail = mail.trim().to_lowercase();
        key.details.users.retain(|user| mail_of(&String::from_utf8_lossy(user.id.id())).is_some_and(|one| one == mail));
        (!key.details.users.is_empty()).then_some(Certificate { key })
    }

    /// What it says of itself at a moment.
    pub fn facts(&self, now: Micros) -> KeyFacts {
        let users = self.users(now);
        let mut mails: Vec<String> = Vec::new();
        for mail in users.iter().filter_map(|id| mail_of(id)) {
            if !mails.contains(&mail) {
                mails.push(mail);
            }
        }
        let mut algorithms = vec![algorithm(self.key.primary_key.public_params())];
        for subkey in &self.key.public_subkeys {
            let name = algorithm(subkey.key.public_params());
            if !algorithms.contains(&name) {
                algorithms.push(name);
            }
        }
        KeyFacts {
            fingerprint: self.fingerprint(),
            user_ids: users,
            mails,
            created: micros(u64::from(self.key.primary_key.created_at().as_secs())),
            expires: self.expires(now).map(micros),
            algorithms: algorithms.join(", "),
            state: self.state(now),
            can_encrypt: self.encryption_key(now).is_some(),
            can_sign: self.components(now).any(|one| one.may_sign && one.state == KeyState::Good),
        }
    }

    /// What can be done with its primary key at a moment.
    pub(crate) fn state(&self, now: Micros) -> KeyState {
        if !self.key.details.revocation_signatures.is_empty() {
            return KeyState::Revoked;
        }
        match self.expires(now) {
            Some(end) if seconds(now) >= end => KeyState::Expired,
            _ if self.binding(now).is_none() => KeyState::Expired,
            _ => KeyState::Good,
        }
    }

    /// The statement that says what the primary key is for: the newest direct one, or that of the primary user id.
    fn binding(&self, now: Micros) -> Option<&Signature> {
        let direct = newest(&self.key.details.direct_signatures, now);
        let user = self.key.details.users.iter().filter_map(|user| standing(user, now));
        let user = user.max_by_key(|one| (one.is_primary(), made(one)));
        match (direct, user) {
            (Some(direct), Some(user)) if made(direct) > made(user) => Some(direct),
            (direct, None) => direct,
            (_, user) => user,
        }
    }

    fn expires(&self, now: Micros) -> Option<u64> {
        end_of(self.key.primary_key.created_at().as_secs(), self.binding(now)?)
    }

    /// The user ids that stand at a moment, the primary one first.
    fn users(&self, now: Micros) -> Vec<String> {
        let mut users: Vec<(bool, u64, String)> = Vec::new();
        for user in &self.key.details.users {
            let Some(statement) = standing(user, now) else { continue };
            let text = String::from_utf8_lossy(user.id.id());
            let text: String = text.chars().filter(|c| !c.is_control()).take(USER_ID_CHARS).collect();
            users.push((statement.is_primary(), made(statement), text));
        }
        users.sort_by_key(|(is_primary, made, _)| std::cmp::Reverse((*is_primary, *made)));
        users.into_iter().map(|(_, _, text)| text).collect()
    }

    /// Its keys, with what each may do at a moment.
    fn components(&self, now: Micros) -> impl Iterator<Item = Component<'_>> {
        let whole = self.state(now);
        let primary = self.binding(now).map(|binding| {
            let (may_sign, may_encrypt) = uses(binding, self.key.primary_key.public_params());
            let key = Part::Primary(&self.key.primary_key);
            Component { key, may_sign, may_encrypt, state: whole, made: 0 }
        });
        let subkeys = self.key.public_subkeys.iter().filter_map(move |subkey| {
            let bindings = subkey.signatures.iter().filter(|one| one.typ() == Some(SignatureType::SubkeyBinding));
            let binding = bindings.filter(|one| made(one) <= seconds(now) + AHEAD).max_by_key(|one| made(one))?;
            let is_revoked = subkey.signatures.iter().any(|one| one.typ() == Some(SignatureType::SubkeyRevocation));
            let created = subkey.key.created_at().as_secs();
            let state = match (whole, is_revoked, end_of(created, binding)) {
                (KeyState::Good, true, _) => KeyState::Revoked,
                (KeyState::Good, false, Some(end)) if seconds(now) >= end => KeyState::Expired,
                (whole, ..) => whole,
            };
            let (may_sign, may_encrypt) = uses(binding, subkey.key.public_params());
            let key = Part::Subkey(subkey);
            Some(Component { key, may_sign, may_encrypt, state, made: u64::from(created) })
        });
        primary.into_iter().chain(subkeys)
    }

    /// The key that mail is encrypted to: the newest that may be used.
    pub(crate) fn encryption_key(&self, now: Micros) -> Option<Part<'_>> {
        let usable = self.components(now).filter(|one| one.may_encrypt && one.state == KeyState::Good);
        usable.max_by_key(|one| one.made).map(|one| one.key)
    }

    /// Id of the key that signs mail: the newest that may be used.
    pub(crate) fn signing_key(&self, now: Micros) -> Option<String> {
        let usable = self.components(now).filter(|one| one.may_sign && one.state == KeyState::Good);
        usable.max_by_key(|one| one.made).map(|one| one.key.key_id())
    }

    /// Whether one of its keys made a signature over data, and what can be done with that key at a moment. `None` when none did.
    pub(crate) fn signed(&self, signature: &Signature, data: &[u8], now: Micros) -> Option<KeyState> {
        self.components(now).filter(|one| one.may_sign).find_map(|one| {
            let right = guarded(|| match one.key {
                Part::Primary(key) => signature.verify(key, data).is_ok(),
                Part::Subkey(key) => signature.verify(key, data).is_ok(),
            });
            right.unwrap_or(false).then_some(one.state)
        })
    }
}

/// Keys are long, and their parts mean nothing to a reader.
impl std::fmt::Debug for Certificate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Certificate").field(&self.fingerprint()).finish()
    }
}

/// One key of a certificate.
#[derive(Clone, Copy)]
pub(crate) enum Part<'a> {
    Primary(&'a PublicKey),
    Subkey(&'a SignedPublicSubKey),
}

impl Part<'_> {
    fn key_id(&self) -> String {
        match self {
            Self::Primary(key) => key_id(key),
            Self::Subkey(key) => key_id(&key.key),
        }
    }
}

struct Component<'a> {
    key: Part<'a>,
    may_sign: bool,
    may_encrypt: bool,
    state: KeyState,
    made: u64,
}

/// The fingerprint of a key as people write it.
pub(crate) fn fingerprint(key: &impl pgp::types::KeyDetails) -> String {
    hex(key.fingerprint().as_bytes())
}

/// The id of a key: sixteen hexadecimal digits.
pub(crate) fn key_id(key: &impl pgp::types::KeyDetails) -> String {
    hex(key.legacy_key_id().as_ref())
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

/// When a signature says it was made, in seconds.
pub(crate) fn made(signature: &Signature) -> u64 {
    signature.created().map_or(0, |at| u64::from(at.as_secs()))
}

/// Whether what a signature is computed with can still be believed.
pub(crate) fn is_strong(signature: &Signature) -> bool {
    !matches!(
        signature.hash_alg(),
        None | Some(HashAlgorithm::None | HashAlgorithm::Md5 | HashAlgorithm::Sha1 | HashAlgorithm::Ripemd160)
    )
}

fn seconds(now: Micros) -> u64 {
    u64::try_from(now.0 / 1_000_000).unwrap_or(0)
}

/// Whether a signature can be of a key, before the costly question whether it is.
fn is_issued_by(signature: &Signature, key: &PublicKey) -> bool {
    let (ids, prints) = (signature.issuer_key_id(), signature.issuer_fingerprint());
    (ids.is_empty() && prints.is_empty())
        || ids.iter().any(|id| **id == key.legacy_key_id())
        || prints.iter().any(|print| **print == key.fingerprint())
}

/// Whether the primary key took a subkey in or took it back; one that signs has to say itself that it belongs to the primary.
fn is_binding(one: &Signature, primary: &PublicKey, subkey: &pgp::packet::PublicSubkey) -> bool {
    if one.verify_subkey_binding(primary, subkey).is_err() {
        return false;
    }
    if one.typ() == Some(SignatureType::SubkeyRevocation) || !uses(one, subkey.public_params()).0 {
        return true;
    }
    one.embedded_signature().is_some_and(|back| back.verify_primary_key_binding(subkey, primary).is_ok())
}

/// The newest signatures that pass, each once.
fn sift(signatures: Vec<Signature>, left: &mut usize, mut passes: impl FnMut(&Signature) -> bool) -> Vec<Signature> {
    let mut kept: Vec<Signature> = Vec::new();
    for one in signatures {
        // MD5 was broken when most keys of today were made.
        if *left == 0 || matches!(one.hash_alg(), None | Some(HashAlgorithm::Md5)) {
            continue;
        }
        *left -= 1;
        if passes(&one) && !kept.contains(&one) {
            kept.push(one);
        }
    }
    newest_few(kept)
}

/// What is kept when there are many: every revocation before anything else.
fn newest_few(mut kept: Vec<Signature>) -> Vec<Signature> {
    let is_revocation = |one: &Signature| {
        matches!(
            one.typ(),
            Some(SignatureType::KeyRevocation | SignatureType::SubkeyRevocation | SignatureType::CertRevocation)
        )
    };
    kept.sort_by_key(|one| std::cmp::Reverse(made(one)));
    let (mut revocations, mut others): (Vec<_>, Vec<_>) = kept.into_iter().partition(is_revocation);
    revocations.truncate(KEPT);
    others.truncate(KEPT);
    revocations.append(&mut others);
    revocations
}

fn join(into: &mut Vec<Signature>, other: &[Signature]) {
    for one in other {
        if !into.contains(one) {
            into.push(one.clone());
        }
    }
    *into = newest_few(std::mem::take(into));
}

fn newest(signatures: &[Signature], now: Micros) -> Option<&Signature> {
    signatures.iter().filter(|one| made(one) <= seconds(now) + AHEAD).max_by_key(|one| made(one))
}

/// The statement that a user id stands by at a moment; none when it was taken back.
fn standing(user: &SignedUser, now: Micros) -> Option<&Signature> {
    let known = || user.signatures.iter().filter(|one| made(one) <= seconds(now) + AHEAD);
    let statement = known().filter(|one| one.is_certification() && !has_ended(one, now)).max_by_key(|one| made(one))?;
    let is_revocation = |one: &&Signature| one.typ() == Some(SignatureType::CertRevocation);
    let is_revoked = known().filter(is_revocation).any(|one| made(one) >= made(statement));
    (!is_revoked).then_some(statement)
}

/// Whether a signature says that it holds no longer.
pub(crate) fn has_ended(signature: &Signature, now: Micros) -> bool {
    let length = signature.signature_expiration_time().map_or(0, |length| u64::from(length.as_secs()));
    length != 0 && made(signature) + length <= seconds(now)
}

fn end_of(created: u32, binding: &Signature) -> Option<u64> {
    let length = binding.key_expiration_time()?.as_secs();
    (length != 0).then(|| u64::from(created) + u64::from(length))
}

/// Whether a key may sign and whether it may encrypt: what its statement says, else what its algorithm can; never more than that.
fn uses(binding: &Signature, params: &PublicParams) -> (bool, bool) {
    let (can_sign, can_encrypt) = abilities(params);
    let says = binding
        .config()
        .is_some_and(|config| config.hashed_subpackets().any(|one| matches!(one.data, SubpacketData::KeyFlags(_))));
    if !says {
        return (can_sign, can_encrypt);
    }
    let flags = binding.key_flags();
    (can_sign && flags.sign(), can_encrypt && (flags.encrypt_comms() || flags.encrypt_storage()))
}

/// Whether an algorithm can sign, and encrypt.
fn abilities(params: &PublicParams) -> (bool, bool) {
    match params {
        PublicParams::RSA(rsa) => {
            let is_long = bits_of(rsa) >= MODULUS_BITS;
            (is_long, is_long)
        }
        PublicParams::DSA(_)
        | PublicParams::ECDSA(_)
        | PublicParams::EdDSALegacy(_)
        | PublicParams::Ed25519(_)
        | PublicParams::Ed448(_) => (true, false),
        PublicParams::ECDH(_) | PublicParams::X25519(_) | PublicParams::X448(_) => (false, true),
        _ => (false, false),
    }
}

fn bits_of(rsa: &pgp::types::RsaPublicParams) -> usize {
    // The modulus comes first, with its length in bits before it.
    let mut bytes = Vec::new();
    let _ = rsa.to_writer(&mut bytes);
    match bytes.as_slice() {
        [high, low, ..] => usize::from(u16::from_be_bytes([*high, *low])),
        _ => 0,
    }
}

/// An algorithm as other programs call it.
fn algorithm(params: &PublicParams) -> String {
    match params {
        PublicParams::RSA(rsa) => format!("rsa{}", bits_of(rsa)),
        PublicParams::DSA(_) => "dsa".into(),
        PublicParams::ECDSA(ecdsa) => curve(ecdsa.curve().name()),
        PublicParams::ECDH(ecdh) => match ecdh.curve().name() {
            "Curve25519Legacy" => "cv25519".into(),
            name => curve(name),
        },
        PublicParams::EdDSALegacy(_) | PublicParams::Ed25519(_) => "ed25519".into(),
        PublicParams::X25519(_) => "x25519".into(),
        PublicParams::X448(_) => "x448".into(),
        PublicParams::Ed448(_) => "ed448".into(),
        PublicParams::Elgamal(_) => "elgamal".into(),
        _ => "unknown".into(),
    }
}

/// A curve as other programs call it.
fn curve(name: &str) -> String {
    name.to_ascii_lowercase().replace([' ', '-'], "")
}

/// The mail address of a user id: within angle brackets, or the whole.
pub(crate) fn mail_of(user_id: &str) -> Option<String> {
    let inner = user_id.rsplit_once('<').and_then(|(_, rest)| rest.split_once('>')).map(|(inner, _)| inner);
    let mail = inner.unwrap_or(user_id).trim().to_lowercase();
    let (local, domain) = mail.rsplit_once('@')?;
    let is_plain = |c: char| !c.is_whitespace() && !matches!(c, '<' | '>' | ',' | ';' | '"');
    (!local.is_empty() && domain.contains('.') && mail.chars().all(is_plain)).then_some(mail)
}

#[cfg(test)]
mod tests {
    use super::mail_of;

    #[test]
    fn the_address_of_a_user_id_is_found() {
        for (user_id, want) in [
            ("Ana Ruiz <Ana@Harbour.Example>", Some("ana@harbour.example")),
            ("ana@harbour.example", Some("ana@harbour.example")),
            ("Ana (work) <ana@harbour.example>", Some("ana@harbour.example")),
            ("Ana", None),
            ("a b@c.example", None),
            ("<@c.example>", None),
            ("", None),
        ] {
            assert_eq!(mail_of(user_id).as_deref(), want, "{user_id}");
        }
    }
}
