//! Signing a file of progress, and opening one: Ed25519 over the canonical text.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use manara_model::Micros;
use manara_store::{Db, Settings, StoreError};
use ring::rand::SystemRandom;
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{CountryProgress, OfficeRefusal, PROGRESS_BYTES};
use crate::canonical::{canonical, hash};

/// Where the key is kept: with the state, and so in every backup.
const KEY_SETTING: &str = "framework.office_key";
/// Says what is signed, so that a signature of one use is none of another.
const USE: &[u8] = b"manara progress 1\0";

/// The file: the canonical text as it was signed, by whom, and the signature.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Envelope {
    manara: String,
    content: String,
    key: String,
    signature: String,
}

/// Signs for this house.
pub struct Signer(Ed25519KeyPair);

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Signer")
    }
}

fn signed(content: &str) -> Vec<u8> {
    [USE, content.as_bytes()].concat()
}

impl Signer {
    /// The signer of a house: its key is made at the first use and kept with the state.
    pub async fn open(db: &Db) -> Result<Signer, StoreError> {
        let unknown = || StoreError::Unknown { column: KEY_SETTING, found: "something that is no key".into() };
        let known = match Settings::get(db, KEY_SETTING).await? {
            Some(known) => known,
            None => {
                let fresh = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).map_err(|_| unknown())?;
                let mut tx = db.begin().await?;
                let kept = Settings::set_once(&mut tx, KEY_SETTING, &URL_SAFE_NO_PAD.encode(fresh.as_ref())).await?;
                tx.commit().await?;
                kept
            }
        };
        let bytes = URL_SAFE_NO_PAD.decode(&known).map_err(|_| unknown())?;
        Ed25519KeyPair::from_pkcs8(&bytes).map(Signer).map_err(|_| unknown())
    }

    /// The public key, as it stands in the file.
    pub fn key(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0.public_key())
    }

    /// The file of a progress.
    pub fn seal(&self, progress: &CountryProgress) -> String {
        let content = canonical(&serde_json::to_value(progress).unwrap_or_default());
        let signature = URL_SAFE_NO_PAD.encode(self.0.sign(&signed(&content)));
        let envelope = Envelope { manara: "progress".into(), content, key: self.key(), signature };
        canonical(&serde_json::to_value(envelope).unwrap_or_default())
    }
}

/// What people compare over another way, such as the telephone: the first half of the hash of a key, in fours.
pub fn fingerprint(key: &str) -> String {
    let half: Vec<char> = hash(key).chars().take(32).collect();
    half.chunks(4).map(|some| some.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// A file whose signature, version and values were checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Unsealed {
    /// What it says.
    pub progress: CountryProgress,
    /// As it was signed.
    pub content: String,
    /// The key it was signed with.
    pub key: String,
    /// The SHA-256 of what was signed.
    pub sha256: String,
}

/// Opens a file of progress. Whether its key is the country's is asked elsewhere.
pub fn unseal(bytes: &[u8], now: Micros) -> Result<Unsealed, OfficeRefusal> {
    if bytes.len() > PROGRESS_BYTES {
        return Err(OfficeRefusal::TooLong);
    }
    let envelope: Envelope = serde_json::from_slice(bytes).map_err(|_| OfficeRefusal::NoFile)?;
    if envelope.manara != "progress" {
        return Err(OfficeRefusal::NoFile);
    }
    let decode = |text: &str| URL_SAFE_NO_PAD.decode(text).map_err(|_| OfficeRefusal::Signature);
    let (key, signature) = (decode(&envelope.key)?, decode(&envelope.signature)?);
    let public = UnparsedPublicKey::new(&ED25519, key);
    public.verify(&signed(&envelope.content), &signature).map_err(|_| OfficeRefusal::Signature)?;
    let value: Value = serde_json::from_str(&envelope.content).map_err(|_| OfficeRefusal::NoFile)?;
    if value.get("format").and_then(Value::as_i64) != Some(super::FORM) {
        return Err(OfficeRefusal::Version);
    }
    if canonical(&value) != envelope.content {
        return Err(OfficeRefusal::Value);
    }
    let progress: CountryProgress = serde_json::from_value(value).map_err(|_| OfficeRefusal::Value)?;
    progress.checked(now)?;
    let sha256 = hash(&envelope.content);
    Ok(Unsealed { progress, content: envelope.content, key: envelope.key, sha256 })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use manara_model::Micros;
    use proptest::prelude::*;
    use ring::rand::SystemRandom;
    use ring::signature::Ed25519KeyPair;

    use super::{Signer, fingerprint, unseal};
    use crate::office::{CountryProgress, OfficeRefusal, Practice, Released, ReleasedFigures, ReleasedSection};

    const NOON: Micros = Micros(1_768_478_400_000_000);

    fn signer() -> Signer {
        let made = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).expect("a key");
        Signer(Ed25519KeyPair::from_pkcs8(made.as_ref()).expect("the key"))
    }

    fn progress() -> CountryProgress {
        CountryProgress {
            format: 1,
            country: "XA".into(),
            name: "Aldermere".into(),
            made: "2026-01-15".into(),
            stage: "design".into(),
            kpis: BTreeMap::from([("strategies".to_string(), 1)]),
            practices: Vec::new(),
            assessments: vec![Released {
                catalogue: "sim3".into(),
                version: "a".repeat(64),
                rules: 1,
                day: "2026-01-10".into(),
                figures: ReleasedFigures { answered: 40, unanswered: 5, mean_ours: Some(1.7), ..Default::default() },
                sections: Vec::new(),
            }],
        }
    }

    #[test]
    fn what_was_signed_comes_back_and_nothing_else_does() {
        let signer = signer();
        let file = signer.seal(&progress());
        let opened = unseal(file.as_bytes(), NOON).expect("ours");
        assert_eq!((opened.progress, opened.key), (progress(), signer.key()));
        assert_eq!((opened.sha256.len(), fingerprint(&signer.key()).len()), (64, 39));
        let why = |file: &str| unseal(file.as_bytes(), NOON).expect_err("refused");
        assert_eq!(why(&file.replace("Aldermere", "Aldermira")), OfficeRefusal::Signature);
        let other = super::super::seal::tests::signer();
        assert_eq!(why(&file.replace(&signer.key(), &other.key())), OfficeRefusal::Signature);
        assert_eq!(why("{}"), OfficeRefusal::NoFile);
        assert_eq!(why(&" ".repeat(2 << 20)), OfficeRefusal::TooLong);
        for (wrong, expected) in [
            (CountryProgress { format: 2, ..progress() }, OfficeRefusal::Version),
            (CountryProgress { country: "xa".into(), ..progress() }, OfficeRefusal::Value),
            (CountryProgress { stage: "moon".into(), ..progress() }, OfficeRefusal::Value),
            (CountryProgress { made: "2026-02-01".into(), ..progress() }, OfficeRefusal::Early),
            (CountryProgress { kpis: BTreeMap::from([("wealth".into(), 1)]), ..progress() }, OfficeRefusal::Value),
            (CountryProgress { kpis: BTreeMap::from([("teams".into(), -1)]), ..progress() }, OfficeRefusal::Value),
            (CountryProgress { name: "a\nb".into(), ..progress() }, OfficeRefusal::Value),
        ] {
            assert_eq!(why(&signer.seal(&wrong)), expected, "{wrong:?}");
        }
    }

    #[test]
    fn sections_and_texts_are_bounded_and_a_file_without_them_stays_as_it_was() {
        let signer = signer();
        let bare = signer.seal(&progress());
        assert!(!bare.contains("sections") && !bare.contains("practices"), "{bare}");
        let section = ReleasedSection { section: "O".into(), answered: 3, claimed: 60.0, ..Default::default() };
        let text = Practice { catalogue: "sim3".into(), section: "O".into(), text: "Two signed letters.".into() };
        let with = |sections: &[ReleasedSection], practices: &[Practice]| {
            let mut all = progress();
            all.assessments[0].sections = sections.to_vec();
            CountryProgress { practices: practices.to_vec(), ..all }
        };
        let full = with(std::slice::from_ref(&section), std::slice::from_ref(&text));
        assert_eq!(unseal(signer.seal(&full).as_bytes(), NOON).expect("taken").progress, full);
        let other = |change: &dyn Fn(&mut ReleasedSection)| {
            let mut one = section.clone();
            change(&mut one);
            with(&[one], &[])
        };
        let long = "x".repeat(1_001);
        for wrong in [
            other(&|one| one.claimed = 100.1),
            other(&|one| one.supported = -1.0),
            other(&|one| one.answered = 0),
            other(&|one| one.secondary = -1),
            other(&|one| one.section = "a b".into()),
            with(&[section.clone(), section.clone()], &[]),
            with(&vec![section.clone(); 2_001], &[]),
            with(&[], &[text.clone(), text.clone()]),
            with(&[], &vec![text.clone(); 101]),
            with(&[], &[Practice { text: String::new(), ..text.clone() }]),
            with(&[], &[Practice { text: "a\nb".into(), ..text.clone() }]),
            with(&[], &[Practice { text: long, ..text.clone() }]),
            with(&[], &[Practice { catalogue: "../sim3".into(), ..text.clone() }]),
        ] {
            let why = unseal(signer.seal(&wrong).as_bytes(), NOON).expect_err("refused");
            assert_eq!(why, OfficeRefusal::Value, "{wrong:?}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_break_the_reader(bytes in proptest::collection::vec(any::<u8>(), 0..400), at in 0usize..600, to in any::<u8>()) {
            let _ = unseal(&bytes, NOON);
            let mut file = signer().seal(&progress()).into_bytes();
            let at = at % file.len();
            let was = file[at];
            file[at] = to;
            prop_assert!(was == to || unseal(&file, NOON).is_err(), "a changed byte at {at}");
        }
    }
}
