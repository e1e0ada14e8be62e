//! Mail that is signed or encrypted: opened when it is read, checked when it is taken.

use manara_crypt::{
    Certificate, Key, KeyLimits, OpenError, OpenLimits, SignatureState, SmimeState, SmimeUnlocked, Unlocked, autocrypt,
    read_keys,
};
use manara_formats::mail::{Mail, MailLimits, Security};
use manara_model::Micros;
use manara_store::{StoreError, Tx};

use super::read::{Incoming, Proof};
use super::{MailHouse, mail_key};
use crate::jobs::MACHINE;
use crate::mail_key::{KeySource, KeyStanding, MailKey};
use crate::{sql_certificate, sql_key};

/// A mail that was opened, whose signatures are checked when it is taken.
#[derive(Debug)]
pub enum Unsealed {
    /// By OpenPGP.
    Pgp(Unlocked),
    /// By S/MIME.
    Smime(SmimeUnlocked),
}

/// Keys of one address that may wait for somebody to look at them: a stranger does not fill the list.
const WAITING: i64 = 5;
/// How much of a mail is looked at for keys.
const OFFERED: KeyLimits = KeyLimits { bytes: 64 << 10, keys: 3, parts: 20, signatures: 100 };

/// A mail as its payload says it, and what is still to be checked. One that cannot be opened stays as it is, and says why.
pub(super) fn opened(house: &MailHouse, mail: Mail, bytes: &[u8]) -> (Mail, Option<Unsealed>, &'static str) {
    let limits = OpenLimits::default();
    let unsealed = match mail.security {
        Security::PgpMimeSigned | Security::PgpMimeEncrypted | Security::PgpInline if house.pgp.on => {
            manara_crypt::unlock(bytes, &house.keyring.own(), &limits).map(|found| found.map(Unsealed::Pgp))
        }
        Security::SmimeSigned | Security::SmimeEncrypted if house.smime.on => {
            let own = house.keyring.identities();
            manara_crypt::smime_unlock(bytes, &own, &limits).map(|found| found.map(Unsealed::Smime))
        }
        _ => return (mail, None, ""),
    };
    match unsealed {
        Ok(Some(unsealed)) => {
            let inner = match &unsealed {
                Unsealed::Pgp(unlocked) => unlocked.payload.as_deref(),
                Unsealed::Smime(unlocked) => unlocked.payload.as_deref(),
            };
            let mail = match inner.and_then(payload) {
                Some(inner) => mail.opened(inner),
                None => mail,
            };
            (mail, Some(unsealed), "")
        }
        Ok(None) => (mail, None, ""),
        Err(OpenError::NoKey(_)) => (mail, None, "sealed-no-key"),
        Err(OpenError::Broken(_)) => (mail, None, "sealed-broken"),
        Err(OpenError::TooMuch(_)) => (mail, None, "sealed-too-much"),
    }
}

/// The mail inside. Where it has no head, all of it is text.
fn payload(bytes: &[u8]) -> Option<Mail> {
    let limits = MailLimits { bytes: OpenLimits::default().opened_bytes + 1_000, ..MailLimits::default() };
    Mail::read(bytes, &limits).ok().or_else(|| {
        let text = [b"Content-Type: text/plain; charset=utf-8\r\n\r\n", bytes].concat();
        Mail::read(&text, &limits).ok()
    })
}

/// The keys of its sender that a mail brings: in its head, and among its files.
pub(super) fn offered(house: &MailHouse, mail: &Mail) -> Vec<(Certificate, KeySource)> {
    let Some(from) = mail.from.as_ref().map(|from| mail_key(&from.address)).filter(|_| house.pgp.on) else {
        return Vec::new();
    };
    let field = mail.header("Autocrypt").and_then(autocrypt).filter(|found| found.mail == from);
    let field = field.map(|found| (found.key, KeySource::Autocrypt));
    let is_key = |mime: &str, name: &str, bytes: &[u8]| {
        mime == "application/pgp-keys" || (name.ends_with(".asc") && bytes.starts_with(b"-----BEGIN PGP PUBLIC KEY"))
    };
    let files = mail.parts.iter().filter(|part| is_key(&part.mime, &part.name, &part.bytes)).take(OFFERED.keys);
    let files = files.map(|part| (part.bytes.clone(), KeySource::Attached));
    let mut offered: Vec<(Certificate, KeySource)> = Vec::new();
    for (bytes, source) in field.into_iter().chain(files) {
        for key in read_keys(&bytes, &OFFERED).map(|(keys, _)| keys).unwrap_or_default() {
            // A secret that somebody sends by mistake is none any more, and not ours.
            let Key::Certificate(certificate) = key else { continue };
            let is_of_sender = certificate.facts(Micros::FAR).mails.contains(&from);
            if is_of_sender && !offered.iter().any(|(one, _)| *one == certificate) {
                offered.push((certificate, source));
            }
        }
    }
    offered.truncate(OFFERED.keys);
    offered
}

/// Keeps what keys a mail brings. A new one waits until a person says whose it is; one that is here learns what is new.
pub(super) async fn keep_offered(tx: &mut Tx, one: &Incoming, now: Micros) -> Result<(), StoreError> {
    let from = one.mail.from.as_ref().map(|from| mail_key(&from.address)).unwrap_or_default();
    for (certificate, source) in &one.offered {
        let before = sql_key::get_in(tx, &certificate.fingerprint()).await?;
        let (next, verb) = match before {
            Some(before) => {
                let merged = before.certificate.merged(certificate);
                if merged == before.certificate {
                    continue;
                }
                (MailKey { certificate: merged, ..before }, "key_renewed")
            }
            None if sql_key::unverified_of(tx, &from).await? >= WAITING => continue,
            None => {
                let next = MailKey::new(certificate.clone(), KeyStanding::Unverified, *source, now);
                (next, "key_offered")
            }
        };
        sql_key::put(tx, &next, now).await?;
        crate::jobs::key_journal(tx, MACHINE, verb, &next, now).await?;
    }
    Ok(())
}

/// What the keys prove of a mail. Of several signatures the best counts.
pub(super) async fn proof(tx: &mut Tx, one: &Incoming, now: Micros) -> Result<Proof, StoreError> {
    match &one.sealed {
        None => Ok(Proof::default()),
        Some(Unsealed::Pgp(unlocked)) => proof_of_keys(tx, one, unlocked, now).await,
        Some(Unsealed::Smime(unlocked)) => proof_of_certificates(tx, one, unlocked, now).await,
    }
}

async fn proof_of_certificates(
    tx: &mut Tx,
    one: &Incoming,
    unlocked: &SmimeUnlocked,
    now: Micros,
) -> Result<Proof, StoreError> {
    let from = one.mail.from.as_ref().map(|from| mail_key(&from.address)).unwrap_or_default();
    let decrypted = unlocked.decrypted_by.is_some();
    let trusted = sql_certificate::trusted(tx).await?;
    let found = unlocked.checked(&trusted, now).into_iter().map(|checked| {
        let signature = word_of_certificate(checked.state, checked.mails.contains(&from)).into();
        Proof { signed_by: checked.certificate, signature, decrypted, made: checked.made }
    });
    let best = found.min_by_key(|proof| SIGNATURES.iter().position(|word| *word == proof.signature));
    if let Some(own) = &unlocked.decrypted_by {
        sql_certificate::used(tx, own, now).await?;
    }
    Ok(best.unwrap_or(Proof { decrypted, ..Proof::default() }))
}

/// What a signature with a certificate is worth: right, by one that somebody we trust vouches for, with the sender's address.
fn word_of_certificate(state: SmimeState, is_of_sender: bool) -> &'static str {
    match state {
        SmimeState::Bad => "bad",
        SmimeState::NoCertificate => "unknown-key",
        SmimeState::Unvouched => "unknown-issuer",
        SmimeState::Expired => "expired-key",
        SmimeState::Good if !is_of_sender => "other-sender",
        SmimeState::Good => "good",
    }
}

async fn proof_of_keys(tx: &mut Tx, one: &Incoming, unlocked: &Unlocked, now: Micros) -> Result<Proof, StoreError> {
    let known = sql_key::by_ids(tx, &unlocked.issuers()).await?;
    let certificates: Vec<Certificate> = known.iter().map(|key| key.certificate.clone()).collect();
    let from = one.mail.from.as_ref().map(|from| mail_key(&from.address)).unwrap_or_default();
    let decrypted = unlocked.decrypted_by.is_some();
    let found = unlocked.checked(&certificates, now).into_iter().map(|checked| {
        let key = known.iter().find(|key| key.certificate.fingerprint() == checked.key);
        let is_of_sender = key.is_some_and(|key| key.certificate.facts(now).mails.contains(&from));
        let word = word_of(checked.state, key.map(|key| key.standing), is_of_sender);
        Proof { signed_by: checked.key, signature: word.into(), decrypted, made: checked.made }
    });
    let best = found.min_by_key(|proof| SIGNATURES.iter().position(|word| *word == proof.signature));
    if let Some(best) = best.as_ref().filter(|best| is_proven(&best.signature)) {
        sql_key::used(tx, &best.signed_by, now).await?;
    }
    if let Some(own) = &unlocked.decrypted_by {
        sql_key::used(tx, own, now).await?;
    }
    Ok(best.unwrap_or(Proof { decrypted, ..Proof::default() }))
}

/// What may come of a signature, the best first.
pub(crate) const SIGNATURES: [&str; 10] = [
    "good",
    "other-sender",
    "unverified-key",
    "part",
    "expired-key",
    "revoked-key",
    "rejected-key",
    "unknown-issuer",
    "unknown-key",
    "bad",
];

/// What a signature is worth: right, by a key that a person believes, whose user ids have the sender's address.
fn word_of(state: SignatureState, standing: Option<KeyStanding>, is_of_sender: bool) -> &'static str {
    match (state, standing) {
        (SignatureState::Bad, _) => "bad",
        (SignatureState::UnknownKey, _) | (_, None) => "unknown-key",
        (_, Some(KeyStanding::Rejected)) => "rejected-key",
        (SignatureState::RevokedKey, _) => "revoked-key",
        (SignatureState::ExpiredKey, _) => "expired-key",
        (SignatureState::Part, _) => "part",
        (SignatureState::Good, Some(KeyStanding::Unverified)) => "unverified-key",
        (SignatureState::Good, _) if !is_of_sender => "other-sender",
        (SignatureState::Good, _) => "good",
    }
}

/// Whether the key of a signature really made it, and may still be used: then it is named to programs.
pub(crate) fn is_proven(word: &str) -> bool {
    matches!(word, "good" | "other-sender" | "unverified-key" | "part")
}

#[cfg(test)]
mod tests {
    use manara_crypt::{SignatureState, SmimeState};

    use super::{SIGNATURES, is_proven, word_of, word_of_certificate};
    use crate::mail_key::KeyStanding;

    #[test]
    fn a_signature_is_worth_what_its_key_is() {
        for (state, standing, is_of_sender, want) in [
            (SignatureState::Good, Some(KeyStanding::Accepted), true, "good"),
            (SignatureState::Good, Some(KeyStanding::Own), true, "good"),
            (SignatureState::Good, Some(KeyStanding::Accepted), false, "other-sender"),
            (SignatureState::Good, Some(KeyStanding::Unverified), true, "unverified-key"),
            (SignatureState::Good, Some(KeyStanding::Rejected), true, "rejected-key"),
            (SignatureState::Part, Some(KeyStanding::Accepted), true, "part"),
            (SignatureState::ExpiredKey, Some(KeyStanding::Accepted), true, "expired-key"),
            (SignatureState::RevokedKey, Some(KeyStanding::Unverified), true, "revoked-key"),
            (SignatureState::UnknownKey, None, false, "unknown-key"),
            (SignatureState::Bad, Some(KeyStanding::Accepted), true, "bad"),
        ] {
            assert_eq!(word_of(state, standing, is_of_sender), want, "{state:?} {standing:?}");
            assert!(SIGNATURES.contains(&want));
        }
        for (state, is_of_sender, want) in [
            (SmimeState::Good, true, "good"),
            (SmimeState::Good, false, "other-sender"),
            (SmimeState::Unvouched, true, "unknown-issuer"),
            (SmimeState::Expired, true, "expired-key"),
            (SmimeState::NoCertificate, true, "unknown-key"),
            (SmimeState::Bad, true, "bad"),
        ] {
            assert_eq!(word_of_certificate(state, is_of_sender), want, "{state:?}");
            assert!(SIGNATURES.contains(&want));
        }
        assert!(!is_proven("unknown-issuer"), "anybody can make a certificate with any name in it");
        assert!(is_proven("good") && !is_proven("bad") && !is_proven("revoked-key") && !is_proven(""));
    }
}
