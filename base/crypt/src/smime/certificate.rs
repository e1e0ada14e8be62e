//! Certificates of X.509, as far as mail needs them: whose they are, what for, until when, and who vouches.

use manara_model::Micros;
use p256::ecdsa::signature::hazmat::PrehashVerifier as _;
use rsa::{BigUint, Pkcs1v15Sign, Pss, RsaPublicKey};
use sha2::{Digest as _, Sha256, Sha384, Sha512};

use super::ber::{BITS, BOOLEAN, GENERALIZED_TIME, INTEGER, List, OCTETS, OID, SEQUENCE, SET, UTC_TIME, Value};
use crate::certificate::hex;

/// Largest certificate, in bytes.
const BYTES: usize = 64 << 10;
/// Addresses of one certificate.
const MAILS: usize = 50;
/// Characters of a name that is told.
const NAME_CHARS: usize = 300;
/// Bits of a modulus: fewer protect nothing any more, more only cost time.
const MODULUS_BITS: std::ops::RangeInclusive<usize> = 2_000..=8_192;

// Names of things, as ASN.1 writes them.
const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1];
const RSA_PSS: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 10];
const RSA_SHA256: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 11];
const RSA_SHA384: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 12];
const RSA_SHA512: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 13];
const EC: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1];
const P256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7];
const P384: &[u8] = &[0x2b, 0x81, 0x04, 0, 0x22];
const ECDSA_SHA256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2];
const ECDSA_SHA384: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 3];
const ECDSA_SHA512: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 4];
pub(crate) const SHA256: &[u8] = &[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1];
const SHA384: &[u8] = &[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 2];
const SHA512: &[u8] = &[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 3];
const COMMON_NAME: &[u8] = &[0x55, 4, 3];
const ORGANISATION: &[u8] = &[0x55, 4, 10];
const EMAIL_ADDRESS: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 1];
const SUBJECT_KEY: &[u8] = &[0x55, 0x1d, 14];
const KEY_USAGE: &[u8] = &[0x55, 0x1d, 15];
const OTHER_NAMES: &[u8] = &[0x55, 0x1d, 17];
const BASIC: &[u8] = &[0x55, 0x1d, 19];
const POLICIES: &[u8] = &[0x55, 0x1d, 32];
const PURPOSES: &[u8] = &[0x55, 0x1d, 37];
const FOR_MAIL: &[u8] = &[0x2b, 6, 1, 5, 5, 7, 3, 4];
const FOR_ANYTHING: &[u8] = &[0x55, 0x1d, 37, 0];

/// A certificate.
#[derive(Clone, PartialEq, Eq)]
pub struct MailCertificate {
    der: Vec<u8>,
    signed: Vec<u8>,
    scheme: Option<Scheme>,
    signature: Vec<u8>,
    pub(crate) serial: Vec<u8>,
    pub(crate) issuer: Vec<u8>,
    pub(crate) subject: Vec<u8>,
    pub(crate) key_name: Vec<u8>,
    name: String,
    issuer_name: String,
    mails: Vec<String>,
    from: Micros,
    until: Micros,
    pub(crate) key: PublicKey,
    /// How many authorities may follow, when it is one.
    authority: Option<u32>,
    usage: Option<u8>,
    is_for_mail: bool,
    /// Whether it says something that has to be understood and is not.
    is_strange: bool,
}

/// What a certificate says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateFacts {
    /// SHA-256 of its bytes: hexadecimal, capital letters.
    pub fingerprint: String,
    /// Whose it is.
    pub name: String,
    /// Who made it.
    pub issuer: String,
    /// The mail addresses in it, in lower case.
    pub mails: Vec<String>,
    /// From when on it holds.
    pub from: Micros,
    /// Until when.
    pub until: Micros,
    /// Whether it makes others.
    pub is_authority: bool,
}

/// How something was signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scheme {
    Rsa(Hash),
    Pss(Hash, usize),
    Ec(Hash),
}

/// Hashes that still prove something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hash {
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    pub(crate) fn of(oid: &[u8]) -> Option<Hash> {
        [(SHA256, Hash::Sha256), (SHA384, Hash::Sha384), (SHA512, Hash::Sha512)]
            .into_iter()
            .find_map(|(known, hash)| (known == oid).then_some(hash))
    }

    pub(crate) fn digest(self, data: &[u8]) -> Vec<u8> {
        match self {
            Hash::Sha256 => Sha256::digest(data).to_vec(),
            Hash::Sha384 => Sha384::digest(data).to_vec(),
            Hash::Sha512 => Sha512::digest(data).to_vec(),
        }
    }
}

impl Scheme {
    /// The scheme of an algorithm; `digest` is the hash that stands beside it, where the algorithm does not name one.
    pub(crate) fn of(algorithm: &Value<'_>, digest: Option<Hash>) -> Option<Scheme> {
        let mut parts = algorithm.inside()?;
        let oid = parts.take(OID)?.content;
        match oid {
            RSA => digest.map(Scheme::Rsa),
            RSA_SHA256 => Some(Scheme::Rsa(Hash::Sha256)),
            RSA_SHA384 => Some(Scheme::Rsa(Hash::Sha384)),
            RSA_SHA512 => Some(Scheme::Rsa(Hash::Sha512)),
            ECDSA_SHA256 => Some(Scheme::Ec(Hash::Sha256)),
            ECDSA_SHA384 => Some(Scheme::Ec(Hash::Sha384)),
            ECDSA_SHA512 => Some(Scheme::Ec(Hash::Sha512)),
            EC => digest.map(Scheme::Ec),
            RSA_PSS => pss(parts.take(SEQUENCE)?),
            _ => None,
        }
    }

    pub(crate) fn hash(self) -> Hash {
        match self {
            Scheme::Rsa(hash) | Scheme::Pss(hash, _) | Scheme::Ec(hash) => hash,
        }
    }
}

/// Parameters of PSS. Without a hash it is SHA-1, which proves nothing.
fn pss(parameters: Value<'_>) -> Option<Scheme> {
    let mut parts = parameters.inside()?;
    let hash = parts.maybe(0xa0)?.inside()?.take(SEQUENCE)?.inside()?.take(OID)?.content;
    parts.maybe(0xa1);
    let salt = match parts.maybe(0xa2) {
        Some(salt) => salt.inside()?.take(INTEGER)?.small()?,
        None => 20,
    };
    Some(Scheme::Pss(Hash::of(hash)?, usize::try_from(salt).ok().filter(|salt| *salt <= 512)?))
}

/// A key that signatures are checked with.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum PublicKey {
    Rsa(Box<RsaPublicKey>),
    P256(p256::ecdsa::VerifyingKey),
    P384(Box<p384::ecdsa::VerifyingKey>),
    Other,
}

impl PublicKey {
    fn of(info: Value<'_>) -> Option<PublicKey> {
        let mut parts = info.inside()?;
        let mut algorithm = parts.take(SEQUENCE)?.inside()?;
        let bytes = parts.take(BITS)?.bits()?;
        let oid = algorithm.take(OID)?.content;
        Some(match oid {
            RSA | RSA_PSS => rsa_key(bytes).map_or(PublicKey::Other, PublicKey::Rsa),
            EC => match algorithm.maybe(OID).map(|curve| curve.content) {
                Some(P256) => {
                    p256::ecdsa::VerifyingKey::from_sec1_bytes(bytes).map_or(PublicKey::Other, PublicKey::P256)
                }
                Some(P384) => p384::ecdsa::VerifyingKey::from_sec1_bytes(bytes)
                    .map_or(PublicKey::Other, |key| PublicKey::P384(Box::new(key))),
                _ => PublicKey::Other,
            },
            _ => PublicKey::Other,
        })
    }

    /// Whether it made a signature over data.
    pub(crate) fn made(&self, scheme: Scheme, data: &[u8], signature: &[u8]) -> bool {
        let digest = scheme.hash().digest(data);
        match (self, scheme) {
            (PublicKey::Rsa(key), Scheme::Rsa(hash)) => {
                let padding = match hash {
                    Hash::Sha256 => Pkcs1v15Sign::new::<Sha256>(),
                    Hash::Sha384 => Pkcs1v15Sign::new::<Sha384>(),
                    Hash::Sha512 => Pkcs1v15Sign::new::<Sha512>(),
                };
                key.verify(padding, &digest, signature).is_ok()
            }
            (PublicKey::Rsa(key), Scheme::Pss(hash, salt)) => {
                let padding = match hash {
                    Hash::Sha256 => Pss::new_with_salt::<Sha256>(salt),
                    Hash::Sha384 => Pss::new_with_salt::<Sha384>(salt),
                    Hash::Sha512 => Pss::new_with_salt::<Sha512>(salt),
                };
                key.verify(padding, &digest, signature).is_ok()
            }
            (PublicKey::P256(key), Scheme::Ec(_)) => pair(signature, 32)
                .and_then(|pair| p256::ecdsa::Signature::from_slice(&pair).ok())
                .is_some_and(|signature| key.verify_prehash(&digest, &signature).is_ok()),
            (PublicKey::P384(key), Scheme::Ec(_)) => pair(signature, 48)
                .and_then(|pair| p384::ecdsa::Signature::from_slice(&pair).ok())
                .is_some_and(|signature| key.verify_prehash(&digest, &signature).is_ok()),
            _ => false,
        }
    }
}

fn rsa_key(bytes: &[u8]) -> Option<Box<RsaPublicKey>> {
    let mut parts = Value::tagged(bytes, SEQUENCE)?.inside()?;
    let (modulus, exponent) = (parts.take(INTEGER)?.content, parts.take(INTEGER)?.content);
    let modulus = BigUint::from_bytes_be(modulus);
    if !MODULUS_BITS.contains(&modulus.bits()) || exponent.len() > 5 {
        return None;
    }
    let most = *MODULUS_BITS.end();
    RsaPublicKey::new_with_max_size(modulus, BigUint::from_bytes_be(exponent), most).ok().map(Box::new)
}

/// The two numbers of an ECDSA signature, one behind the other, each so many bytes long.
fn pair(signature: &[u8], length: usize) -> Option<Vec<u8>> {
    let mut parts = Value::tagged(signature, SEQUENCE)?.inside()?;
    let mut out = Vec::with_capacity(2 * length);
    for _ in 0..2 {
        let number = parts.take(INTEGER)?.content;
        let start = number.iter().position(|byte| *byte != 0).unwrap_or(number.len());
        let number = number.get(start..)?;
        out.extend(std::iter::repeat_n(0, length.checked_sub(number.len())?));
        out.extend_from_slice(number);
    }
    Some(out)
}

impl MailCertificate {
    /// Reads a certificate; `None` when it is none.
    pub fn read(der: &[u8]) -> Option<MailCertificate> {
        if der.len() > BYTES {
            return None;
        }
        let whole = Value::tagged(der, SEQUENCE)?;
        let mut outer = whole.inside()?;
        let signed = outer.take(SEQUENCE)?;
        let algorithm = outer.take(SEQUENCE)?;
        let signature = outer.take(BITS)?.bits()?.to_vec();
        let mut parts = signed.inside()?;
        parts.maybe(0xa0);
        let serial = parts.take(INTEGER)?.content.to_vec();
        // What is signed says by which algorithm; the other place has to say the same.
        if parts.take(SEQUENCE)?.raw != algorithm.raw {
            return None;
        }
        let issuer = parts.take(SEQUENCE)?;
        let mut validity = parts.take(SEQUENCE)?.inside()?;
        let (from, until) = (moment(validity.any()?)?, moment(validity.any()?)?);
        let subject = parts.take(SEQUENCE)?;
        let key = PublicKey::of(parts.take(SEQUENCE)?)?;
        let mut one = MailCertificate {
            der: whole.raw.to_vec(),
            signed: signed.raw.to_vec(),
            scheme: Scheme::of(&algorithm, None),
            signature,
            serial,
            issuer: issuer.raw.to_vec(),
            subject: subject.raw.to_vec(),
            key_name: Vec::new(),
            name: name_of(subject),
            issuer_name: name_of(issuer),
            mails: attributes(subject, EMAIL_ADDRESS).into_iter().filter_map(|mail| address(&mail)).collect(),
            from,
            until,
            key,
            authority: None,
            usage: None,
            is_for_mail: true,
            is_strange: false,
        };
        if let Some(extensions) = parts.rest().find(|part| part.tag == 0xa3) {
            one.extend(extensions.inside()?.take(SEQUENCE)?.inside()?)?;
        }
        one.mails.sort();
        one.mails.dedup();
        one.mails.truncate(MAILS);
        Some(one)
    }

    fn extend(&mut self, extensions: List<'_>) -> Option<()> {
        for extension in extensions.rest() {
            let mut parts = extension.inside()?;
            let oid = parts.take(OID)?.content;
            let is_critical = parts.maybe(BOOLEAN).is_some_and(|flag| flag.content != [0]);
            let content = parts.take(OCTETS)?.content;
            match oid {
                BASIC => {
                    let mut parts = Value::tagged(content, SEQUENCE)?.inside()?;
                    let is_authority = parts.maybe(BOOLEAN).is_some_and(|flag| flag.content != [0]);
                    let most = parts.maybe(INTEGER).and_then(|most| most.small());
                    self.authority = is_authority.then_some(most.unwrap_or(u32::MAX));
                }
                KEY_USAGE => {
                    let bits = Value::tagged(content, BITS)?.content;
                    self.usage = Some(bits.get(1).copied().unwrap_or(0));
                }
                PURPOSES => {
                    let purposes = Value::tagged(content, SEQUENCE)?.inside()?;
                    self.is_for_mail =
                        purposes.rest().any(|one| one.content == FOR_MAIL || one.content == FOR_ANYTHING);
                }
                OTHER_NAMES => {
                    let names = Value::tagged(content, SEQUENCE)?.inside()?;
                    let mails = names.rest().filter(|name| name.tag == 0x81);
                    self.mails.extend(mails.filter_map(|name| address(&String::from_utf8_lossy(name.content))));
                }
                SUBJECT_KEY => self.key_name = Value::tagged(content, OCTETS)?.content.to_vec(),
                POLICIES => {}
                _ => self.is_strange |= is_critical,
            }
        }
        Some(())
    }

    /// Its bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.der
    }

    /// SHA-256 of its bytes: hexadecimal, capital letters.
    pub fn fingerprint(&self) -> String {
        hex(&Sha256::digest(&self.der))
    }

    /// What it says of itself.
    pub fn facts(&self) -> CertificateFacts {
        CertificateFacts {
            fingerprint: self.fingerprint(),
            name: self.name.clone(),
            issuer: self.issuer_name.clone(),
            mails: self.mails.clone(),
            from: self.from,
            until: self.until,
            is_authority: self.authority.is_some(),
        }
    }

    /// Whether it holds at a moment.
    pub(crate) fn holds(&self, now: Micros) -> bool {
        self.from <= now && now <= self.until
    }

    /// Whether mail may be signed with it: it says so, or says nothing of it.
    pub(crate) fn may_sign_mail(&self) -> bool {
        // The first two bits: signing, and signing that cannot be denied later.
        self.is_for_mail && !self.is_strange && self.usage.is_none_or(|bits| bits & 0xc0 != 0)
    }

    /// Whether it may vouch for others, with so many authorities between it and the last.
    fn may_vouch(&self, between: u32) -> bool {
        let may_sign = self.usage.is_none_or(|bits| bits & 0x04 != 0);
        may_sign && self.is_for_mail && !self.is_strange && self.authority.is_some_and(|most| between <= most)
    }

    fn vouches_for(&self, other: &MailCertificate) -> bool {
        other.scheme.is_some_and(|scheme| self.key.made(scheme, &other.signed, &other.signature))
    }
}

impl std::fmt::Debug for MailCertificate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("MailCertificate").field(&self.name).field(&self.fingerprint()).finish()
    }
}

/// How long a chain may be.
const CHAIN: u32 = 6;
/// How many signatures are checked for one chain: names alone say little, and anybody may send many.
const CHECKS: usize = 40;

/// Whether a chain leads from a certificate over some that came with it to one that is trusted, all of them valid at a moment.
pub(crate) fn is_vouched(
    one: &MailCertificate,
    others: &[MailCertificate],
    trusted: &[MailCertificate],
    now: Micros,
) -> bool {
    let mut left = CHECKS;
    trusted.contains(one) || leads(one, (others, trusted), 0, now, &mut left)
}

fn leads(
    one: &MailCertificate,
    (others, trusted): (&[MailCertificate], &[MailCertificate]),
    between: u32,
    now: Micros,
    left: &mut usize,
) -> bool {
    if between >= CHAIN {
        return false;
    }
    let is_trusted = |issuer: &&MailCertificate| trusted.contains(issuer);
    let issuers = trusted.iter().chain(others.iter().filter(|other| !is_trusted(other) && *other != one));
    let issuers =
        issuers.filter(|issuer| issuer.subject == one.issuer && issuer.may_vouch(between) && issuer.holds(now));
    for issuer in issuers {
        if *left == 0 {
            return false;
        }
        *left -= 1;
        if issuer.vouches_for(one) && (is_trusted(&issuer) || leads(issuer, (others, trusted), between + 1, now, left))
        {
            return true;
        }
    }
    false
}

/// The values of an attribute of a name.
fn attributes(name: Value<'_>, wanted: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    for set in name.inside().into_iter().flat_map(List::rest).filter(|set| set.tag == SET) {
        for pair in set.inside().into_iter().flat_map(List::rest) {
            let Some(mut parts) = pair.inside() else { continue };
            if parts.take(OID).is_some_and(|oid| oid.content == wanted)
                && let Some(text) = parts.any()
            {
                found.push(text_of(text));
            }
        }
    }
    found
}

/// A text: in two bytes a letter, in one byte a letter, or in UTF-8.
fn text_of(value: Value<'_>) -> String {
    let text = match value.tag {
        0x1e => {
            let units: Vec<u16> = value
                .content
                .chunks_exact(2)
                .map(|two| two.iter().fold(0, |sum, byte| (sum << 8) | u16::from(*byte)))
                .collect();
            String::from_utf16_lossy(&units)
        }
        0x14 => value.content.iter().map(|byte| char::from(*byte)).collect(),
        _ => String::from_utf8_lossy(value.content).into_owned(),
    };
    text.chars().filter(|c| !c.is_control()).take(NAME_CHARS).collect()
}

/// What a name says first: its common name, else its organisation, else its address.
fn name_of(name: Value<'_>) -> String {
    let of = |wanted| attributes(name, wanted).into_iter().find(|text| !text.trim().is_empty());
    of(COMMON_NAME).or_else(|| of(ORGANISATION)).or_else(|| of(EMAIL_ADDRESS)).unwrap_or_default()
}

fn address(text: &str) -> Option<String> {
    crate::certificate::mail_of(text).filter(|mail| mail.chars().count() <= 320)
}

/// A moment: two digits of a year, or four.
fn moment(value: Value<'_>) -> Option<Micros> {
    let text = std::str::from_utf8(value.content).ok()?.strip_suffix('Z')?;
    let text = match value.tag {
        UTC_TIME if text.len() == 12 => {
            let century = if text.get(..2)?.parse::<u8>().ok()? >= 50 { "19" } else { "20" };
            format!("{century}{text}")
        }
        GENERALIZED_TIME if text.len() == 14 => text.to_string(),
        _ => return None,
    };
    let part = |from: usize, to: usize| text.get(from..to);
    Micros::parse_rfc3339(&format!(
        "{}-{}-{}T{}:{}:{}Z",
        part(0, 4)?,
        part(4, 6)?,
        part(6, 8)?,
        part(8, 10)?,
        part(10, 12)?,
        part(12, 14)?
    ))
}

/// A moment of an attribute, when it is one.
pub(crate) fn moment_of(value: Value<'_>) -> Option<Micros> {
    moment(value)
}
