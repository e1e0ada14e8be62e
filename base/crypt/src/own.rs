//! Keys of ours, with their secrets.

use manara_model::Micros;
use pgp::composed::{
    ArmorOptions, Deserializable as _, EncryptionCaps, KeyType, SecretKeyParamsBuilder, SignedKeyDetails,
    SignedSecretKey, SignedSecretSubKey, SubkeyParamsBuilder,
};
use pgp::crypto::ecc_curve::ECCCurve;
use pgp::crypto::hash::HashAlgorithm;
use pgp::crypto::sym::SymmetricKeyAlgorithm;
use pgp::packet::{Features, KeyFlags, SignatureConfig, SignatureType, Subpacket, SubpacketData};
use pgp::ser::Serialize as _;
use pgp::types::{Duration, KeyDetails as _, Password, SignedUser, SigningKey, Tag};
use rand_core::OsRng;

use crate::certificate::{Certificate, KeyFacts, key_id};
use crate::read::{KeyError, KeyLimits};
use crate::{guarded, timestamp};

/// A key of ours. Its secret is in memory as long as this is.
#[derive(Clone)]
pub struct OwnKey {
    pub(crate) secret: Box<SignedSecretKey>,
    certificate: Certificate,
}

impl OwnKey {
    /// Takes a secret key, if its secrets are open and its certificate stands.
    pub(crate) fn sifted(secret: SignedSecretKey, limits: &KeyLimits) -> Result<Self, KeyError> {
        let certificate = Certificate::sifted(secret.to_public_key(), limits)?;
        let is_locked = secret.primary_key.secret_params().is_encrypted()
            || secret.secret_subkeys.iter().any(|subkey| subkey.key.secret_params().is_encrypted());
        if is_locked {
            return Err(KeyError::Locked(certificate.fingerprint()));
        }
        Ok(OwnKey { secret: Box::new(secret), certificate })
    }

    /// Makes a key that certifies and signs (Ed25519) with a subkey for encryption (X25519), in the form of version 4 that every
    /// program of today reads. `days` is how long it is valid, from now on.
    pub fn generate(user_id: &str, days: u32, now: Micros) -> Result<Self, KeyError> {
        guarded(|| generate(user_id, days, now)).unwrap_or_else(|| Err(KeyError::Make("unexpected state".into())))
    }

    /// A key as [`OwnKey::bytes`] wrote it.
    pub fn stored(bytes: &[u8]) -> Result<Self, KeyError> {
        match guarded(|| SignedSecretKey::from_bytes(bytes)) {
            Some(Ok(secret)) => Self::sifted(secret, &KeyLimits::default()),
            _ => Err(KeyError::NoKey),
        }
    }

    /// The key with its secret, as it is kept.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        // Writing into memory does not fail.
        let _ = self.secret.to_writer(&mut bytes);
        bytes
    }

    /// The key with its secret, for another program.
    pub fn armored(&self) -> String {
        self.secret.to_armored_string(ArmorOptions::default()).unwrap_or_default()
    }

    /// What others get.
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// Its fingerprint.
    pub fn fingerprint(&self) -> String {
        self.certificate.fingerprint()
    }

    /// What it says of itself.
    pub fn facts(&self, now: Micros) -> KeyFacts {
        self.certificate.facts(now)
    }

    /// The secret that signs at a moment.
    pub(crate) fn signer(&self, now: Micros) -> Option<Signer<'_>> {
        let id = self.certificate.signing_key(now)?;
        if key_id(self.secret.primary_key.public_key()) == id {
            return Some(Signer::Primary(&self.secret));
        }
        let subkey = self.secret.secret_subkeys.iter().find(|subkey| key_id(subkey.key.public_key()) == id);
        subkey.map(Signer::Subkey)
    }
}

/// Secrets are in no log.
impl std::fmt::Debug for OwnKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("OwnKey").field(&self.fingerprint()).finish()
    }
}

/// The secret that signs.
#[derive(Clone, Copy)]
pub(crate) enum Signer<'a> {
    Primary(&'a SignedSecretKey),
    Subkey(&'a SignedSecretSubKey),
}

impl<'a> Signer<'a> {
    pub(crate) fn key(&self) -> &'a dyn SigningKey {
        match self {
            Self::Primary(key) => &key.primary_key,
            Self::Subkey(key) => &key.key,
        }
    }

    /// What stands in a signature: whose it is, and when it was made.
    pub(crate) fn statements(&self, now: Micros) -> Result<(Vec<Subpacket>, Vec<Subpacket>), pgp::errors::Error> {
        let key = self.key();
        Ok((
            vec![
                Subpacket::regular(SubpacketData::IssuerFingerprint(key.fingerprint()))?,
                Subpacket::regular(SubpacketData::SignatureCreationTime(timestamp(now)))?,
            ],
            vec![Subpacket::regular(SubpacketData::IssuerKeyId(key.legacy_key_id()))?],
        ))
    }
}

fn generate(user_id: &str, days: u32, now: Micros) -> Result<OwnKey, KeyError> {
    if user_id.trim().is_empty() || user_id.chars().any(char::is_control) || user_id.len() > 500 {
        return Err(KeyError::Make(format!(
            "{user_id:?} is no name with an address, such as CIRT <cirt@cirt.example>"
        )));
    }
    let made = |error: &dyn std::fmt::Display| KeyError::Make(error.to_string());
    let subkey = SubkeyParamsBuilder::default()
        .key_type(KeyType::ECDH(ECCCurve::Curve25519Legacy))
        .can_encrypt(EncryptionCaps::All)
        .created_at(timestamp(now))
        .build()
        .map_err(|error| made(&error))?;
    let parameters = SecretKeyParamsBuilder::default()
        .key_type(KeyType::Ed25519Legacy)
        .can_certify(true)
        .can_sign(true)
        .created_at(timestamp(now))
        .primary_user_id(user_id.trim().to_string())
        .subkeys(vec![subkey])
        .build()
        .map_err(|error| made(&error))?;
    let raw = parameters.generate(OsRng).map_err(|error| made(&error))?;
    let secret = bound(raw, days, now).map_err(|error| made(&error))?;
    OwnKey::sifted(secret, &KeyLimits::default())
}

/// The same key with statements that say when it ends; the library makes none that do.
fn bound(raw: SignedSecretKey, days: u32, now: Micros) -> Result<SignedSecretKey, pgp::errors::Error> {
    let primary = raw.primary_key;
    let length = Duration::from_secs(days.saturating_mul(86_400));
    let mut flags = KeyFlags::default();
    flags.set_certify(true);
    flags.set_sign(true);
    let mut features = Features::default();
    features.set_seipd_v1(true);
    let mut users = Vec::new();
    for user in raw.details.users {
        let mut config = SignatureConfig::from_key(OsRng, &primary, SignatureType::CertPositive)?;
        config.hashed_subpackets = vec![
            Subpacket::regular(SubpacketData::SignatureCreationTime(timestamp(now)))?,
            Subpacket::regular(SubpacketData::IssuerFingerprint(primary.fingerprint()))?,
            Subpacket::regular(SubpacketData::KeyFlags(flags.clone()))?,
            Subpacket::regular(SubpacketData::KeyExpirationTime(length))?,
            Subpacket::regular(SubpacketData::Features(features.clone()))?,
            Subpacket::regular(SubpacketData::IsPrimary(true))?,
            Subpacket::regular(SubpacketData::PreferredSymmetricAlgorithms(
                [SymmetricKeyAlgorithm::AES256, SymmetricKeyAlgorithm::AES128].into_iter().collect(),
            ))?,
            Subpacket::regular(SubpacketData::PreferredHashAlgorithms(
                [HashAlgorithm::Sha512, HashAlgorithm::Sha256].into_iter().collect(),
            ))?,
        ];
        config.unhashed_subpackets = vec![Subpacket::regular(SubpacketData::IssuerKeyId(primary.legacy_key_id()))?];
        let statement =
            config.sign_certification(&primary, primary.public_key(), &Password::empty(), Tag::UserId, &user.id)?;
        users.push(SignedUser::new(user.id, vec![statement]));
    }
    let mut flags = KeyFlags::default();
    flags.set_encrypt_comms(true);
    flags.set_encrypt_storage(true);
    let mut subkeys = Vec::new();
    for subkey in raw.secret_subkeys {
        let mut config = SignatureConfig::from_key(OsRng, &primary, SignatureType::SubkeyBinding)?;
        config.hashed_subpackets = vec![
            Subpacket::regular(SubpacketData::SignatureCreationTime(timestamp(now)))?,
            Subpacket::regular(SubpacketData::IssuerFingerprint(primary.fingerprint()))?,
            Subpacket::regular(SubpacketData::KeyFlags(flags.clone()))?,
            Subpacket::regular(SubpacketData::KeyExpirationTime(length))?,
        ];
        config.unhashed_subpackets = vec![Subpacket::regular(SubpacketData::IssuerKeyId(primary.legacy_key_id()))?];
        let binding =
            config.sign_subkey_binding(&primary, primary.public_key(), &Password::empty(), subkey.key.public_key())?;
        subkeys.push(SignedSecretSubKey::new(subkey.key, vec![binding]));
    }
    let details = SignedKeyDetails::new(Vec::new(), Vec::new(), users, Vec::new());
    Ok(SignedSecretKey::new(primary, details, Vec::new(), subkeys))
}
