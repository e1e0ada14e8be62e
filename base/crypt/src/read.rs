//! Keys as they come: armored or binary, one or many, public or secret.

use pgp::composed::PublicOrSecret;

use crate::certificate::Certificate;
use crate::guarded;
use crate::own::OwnKey;

/// What stands before an armored key.
const BEGIN: [&str; 2] = ["-----BEGIN PGP PUBLIC KEY BLOCK-----", "-----BEGIN PGP PRIVATE KEY BLOCK-----"];
/// What stands after it.
const END: [&str; 2] = ["-----END PGP PUBLIC KEY BLOCK-----", "-----END PGP PRIVATE KEY BLOCK-----"];

/// How much is read of what may hold keys.
#[derive(Debug, Clone)]
pub struct KeyLimits {
    /// Largest input, in bytes.
    pub bytes: usize,
    /// Most keys.
    pub keys: usize,
    /// Most user ids and subkeys of a key, each; what comes after is left out.
    pub parts: usize,
    /// Most signatures of a key that are checked; what comes after is left out.
    pub signatures: usize,
}

impl Default for KeyLimits {
    fn default() -> Self {
        KeyLimits { bytes: 1 << 20, keys: 100, parts: 50, signatures: 500 }
    }
}

/// A key that was read.
#[derive(Debug, Clone)]
pub enum Key {
    /// One with its secret.
    Own(OwnKey),
    /// Somebody's certificate.
    Certificate(Certificate),
}

/// Why a key was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// More than is read.
    #[error("{bytes} bytes are too many for keys; at most {most} are read")]
    TooLarge {
        /// How many there are.
        bytes: usize,
        /// How many may be.
        most: usize,
    },
    /// Nothing that could be used.
    #[error(
        "there is no OpenPGP key in it; expected an armored or binary key of version 4 or 6 with a valid self-signature"
    )]
    NoKey,
    /// The secret is behind a passphrase.
    #[error(
        "the secret key {0} is protected by a passphrase; take the passphrase away (gpg --edit-key, passwd) and export it again"
    )]
    Locked(String),
    /// It cannot be made or written.
    #[error("the key cannot be made: {0}")]
    Make(String),
}

/// Reads all keys of an input. What is no key, or has no valid self-signature, is left out and counted.
pub fn read_keys(bytes: &[u8], limits: &KeyLimits) -> Result<(Vec<Key>, usize), KeyError> {
    if bytes.len() > limits.bytes {
        return Err(KeyError::TooLarge { bytes: bytes.len(), most: limits.bytes });
    }
    let mut keys = Vec::new();
    let mut refused = 0;
    let is_binary = bytes.first().is_some_and(|first| first & 0x80 != 0);
    let blocks = if is_binary { vec![bytes] } else { armored(bytes, limits.keys) };
    for block in blocks {
        let found = guarded(|| read_block(block, limits.keys.saturating_sub(keys.len())));
        let (found, bad) = found.unwrap_or((Vec::new(), 1));
        refused += bad;
        for one in found {
            match guarded(|| key(one, limits)) {
                Some(Ok(key)) => keys.push(key),
                Some(Err(locked @ KeyError::Locked(_))) => return Err(locked),
                Some(Err(_)) | None => refused += 1,
            }
        }
    }
    if keys.is_empty() {
        return Err(KeyError::NoKey);
    }
    Ok((keys, refused))
}

/// The armored blocks of a text; what stands around them is nobody's.
fn armored(bytes: &[u8], most: usize) -> Vec<&[u8]> {
    let mut blocks = Vec::new();
    let mut rest = bytes;
    while blocks.len() < most {
        let Some(start) = BEGIN.iter().filter_map(|mark| find(rest, mark.as_bytes())).min() else { break };
        rest = rest.get(start..).unwrap_or_default();
        let ends = END.iter().filter_map(|mark| find(rest, mark.as_bytes()).map(|at| at + mark.len()));
        let Some(end) = ends.min() else { break };
        blocks.push(rest.get(..end).unwrap_or_default());
        rest = rest.get(end..).unwrap_or_default();
    }
    blocks
}

pub(crate) fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len().max(1)).position(|window| window == what)
}

fn read_block(block: &[u8], most: usize) -> (Vec<PublicOrSecret>, usize) {
    let mut found = Vec::new();
    let mut refused = 0;
    match PublicOrSecret::from_reader_many_buf(block) {
        Ok((keys, _)) => {
            for one in keys.take(most.saturating_add(100)) {
                match one {
                    Ok(one) if found.len() < most => found.push(one),
                    _ => refused += 1,
                }
            }
        }
        Err(_) => refused += 1,
    }
    (found, refused)
}

fn key(one: PublicOrSecret, limits: &KeyLimits) -> Result<Key, KeyError> {
    match one {
        PublicOrSecret::Public(key) => Certificate::sifted(key, limits).map(Key::Certificate),
        PublicOrSecret::Secret(key) => OwnKey::sifted(key, limits).map(Key::Own),
    }
}
