//! The seal of a sheet that leaves: which assessment, which version of which catalogue, who is asked, and that this Manara issued it.
//! Whoever has the public key can check it elsewhere.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use manara_model::Micros;
use manara_store::{Db, Settings, StoreError};
use ring::rand::{SecureRandom as _, SystemRandom};
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};
use serde::{Deserialize, Serialize};

/// Where the key is kept: with the state, and so in every backup.
const KEY_SETTING: &str = "framework.seal_key";
/// Says what the key is used for, so that a signature of one use is none of another.
const USE: &[u8] = b"manara answer sheet 1\0";
/// A longer seal is none of ours.
const SEAL_CHARS: usize = 4_000;
/// The form of sheets that is written.
const FORMAT: i64 = 1;

/// What a seal says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seal {
    /// The form of the sheet.
    pub format: i64,
    /// The assessment.
    pub assessment: String,
    /// The id of the catalogue.
    pub catalogue: String,
    /// Its version.
    pub version: String,
    /// The id of the respondent.
    pub respondent: String,
    /// The language of the questions.
    pub lang: String,
    /// When it was issued, as RFC 3339.
    pub issued: String,
}

impl Seal {
    /// The seal of a sheet.
    pub fn new(assessment: &str, catalogue: (&str, &str), respondent: &str, lang: &str, issued: Micros) -> Seal {
        Seal {
            format: FORMAT,
            assessment: assessment.into(),
            catalogue: catalogue.0.into(),
            version: catalogue.1.into(),
            respondent: respondent.into(),
            lang: lang.into(),
            issued: issued.rfc3339(),
        }
    }

    /// When the sheet was issued.
    pub fn issued(&self) -> Micros {
        Micros::parse_rfc3339(&self.issued).unwrap_or(Micros(0))
    }
}

/// Why a seal counts for nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// It is not whole, or no seal at all.
    #[error("the seal of the sheet is damaged")]
    Damaged,
    /// This Manara did not make it, or somebody changed it.
    #[error("the seal of the sheet is not of this Manara")]
    Foreign,
    /// It is of a form this version does not know.
    #[error("the sheet has a form that this version does not know")]
    Form,
}

/// Makes and checks seals.
pub struct Keys {
    pair: Ed25519KeyPair,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keys").field("public", &self.public()).finish_non_exhaustive()
    }
}

impl Keys {
    /// The keys of a house: made at the first use and kept with the state.
    pub async fn open(db: &Db) -> Result<Keys, StoreError> {
        let known = match Settings::get(db, KEY_SETTING).await? {
            Some(known) => known,
            None => {
                let mut fresh = [0; 32];
                SystemRandom::new().fill(&mut fresh).map_err(|_| unknown("no randomness"))?;
                let mut tx = db.begin().await?;
                let kept = Settings::set_once(&mut tx, KEY_SETTING, &URL_SAFE_NO_PAD.encode(fresh)).await?;
                tx.commit().await?;
                kept
            }
        };
        let seed = URL_SAFE_NO_PAD.decode(&known).map_err(|_| unknown("something that is no key"))?;
        Keys::of(&seed).ok_or_else(|| unknown("something that is no key"))
    }

    /// The keys of a seed of 32 bytes.
    pub fn of(seed: &[u8]) -> Option<Keys> {
        Some(Keys { pair: Ed25519KeyPair::from_seed_unchecked(seed).ok()? })
    }

    /// Fresh keys, and the seed they can be made of again: 32 bytes, Base64 without padding.
    pub fn fresh() -> Result<(Keys, String), StoreError> {
        let mut seed = [0; 32];
        SystemRandom::new().fill(&mut seed).map_err(|_| unknown("no randomness"))?;
        let keys = Keys::of(&seed).ok_or_else(|| unknown("something that is no key"))?;
        Ok((keys, URL_SAFE_NO_PAD.encode(seed)))
    }

    /// The keys of a seed as text, such as [`Keys::fresh`] gives it.
    pub fn parse(text: &str) -> Option<Keys> {
        Keys::of(&URL_SAFE_NO_PAD.decode(text.trim()).ok()?)
    }

    /// A signature, Base64 without padding.
    pub(super) fn sign(&self, bytes: &[u8]) -> String {
        URL_SAFE_NO_PAD.encode(self.pair.sign(bytes).as_ref())
    }

    /// The public key (Ed25519, RFC 8032), Base64 without padding.
    pub fn public(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.pair.public_key().as_ref())
    }

    /// A seal as it stands in a sheet.
    pub fn seal(&self, seal: &Seal) -> String {
        let told = serde_json::to_vec(seal).unwrap_or_default();
        let signature = self.pair.sign(&signed(&told));
        format!("{}.{}", URL_SAFE_NO_PAD.encode(&told), URL_SAFE_NO_PAD.encode(signature.as_ref()))
    }

    /// What a seal says, when it is ours.
    pub fn check(&self, text: &str) -> Result<Seal, Broken> {
        let text = Some(text.trim()).filter(|text| text.len() <= SEAL_CHARS).ok_or(Broken::Damaged)?;
        let (told, signature) = text.split_once('.').ok_or(Broken::Damaged)?;
        let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text).map_err(|_| Broken::Damaged);
        let (told, signature) = (bytes(told)?, bytes(signature)?);
        let public = UnparsedPublicKey::new(&ED25519, self.pair.public_key().as_ref());
        public.verify(&signed(&told), &signature).map_err(|_| Broken::Foreign)?;
        let seal: Seal = serde_json::from_slice(&told).map_err(|_| Broken::Form)?;
        if seal.format == FORMAT { Ok(seal) } else { Err(Broken::Form) }
    }
}

/// Whether a signature is one of these bytes by the holder of a public key.
pub(super) fn is_signed(public: &str, bytes: &[u8], signature: &str) -> bool {
    let decode = |text: &str| URL_SAFE_NO_PAD.decode(text).unwrap_or_default();
    UnparsedPublicKey::new(&ED25519, decode(public)).verify(bytes, &decode(signature)).is_ok()
}

fn unknown(found: &str) -> StoreError {
    StoreError::Unknown { column: KEY_SETTING, found: found.into() }
}

fn signed(told: &[u8]) -> Vec<u8> {
    [USE, told].concat()
}

#[cfg(test)]
mod tests {
    use manara_model::Micros;
    use proptest::prelude::*;

    use super::{Broken, Keys, Seal};

    fn seal() -> Seal {
        Seal::new("a1", ("boats", "hash"), "r1", "ar", Micros(1_768_478_400_000_000))
    }

    #[test]
    fn a_seal_says_what_was_sealed_and_of_whom() {
        let (ours, other) = (Keys::of(&[1; 32]).unwrap(), Keys::of(&[2; 32]).unwrap());
        let text = ours.seal(&seal());
        assert_eq!(ours.check(&text), Ok(seal()));
        assert_eq!(other.check(&text), Err(Broken::Foreign));
        assert_eq!(ours.check("x"), Err(Broken::Damaged));
        assert_eq!(ours.check(&ours.seal(&Seal { format: 2, ..seal() })), Err(Broken::Form));
        assert_eq!((ours.public().len(), seal().issued()), (43, Micros(1_768_478_400_000_000)));
        assert!(!format!("{ours:?}").contains("AQEBAQ"), "the key is never shown");
    }

    #[test]
    fn whoever_changes_a_seal_breaks_it() {
        let keys = Keys::of(&[1; 32]).unwrap();
        let text = keys.seal(&seal());
        for at in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
            assert!(keys.check(&String::from_utf8(bytes).unwrap()).is_err(), "{at}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_refused_and_nothing_breaks(text in "\\PC{0,120}", coded in "[A-Za-z0-9_-]{0,80}\\.[A-Za-z0-9_-]{0,90}") {
            let keys = Keys::of(&[1; 32]).unwrap();
            prop_assert!(keys.check(&text).is_err());
            prop_assert!(keys.check(&coded).is_err());
        }
    }
}
