//! Mail that is signed or encrypted: opened when it is read, checked when it is taken.

use manara_crypt::{
    Certificate, Key, KeyLimits, OpenError, OpenLimits, SignatureState, Unlocked, autocrypt, read_keys,
};
use manara_formats::mail::{Mail, MailLimits, Security};
use manara_model::Micros;
use manara_store::{StoreError, Tx};

use super::read::{Incoming, Proof};
use super::{MailHouse, mail_key};
use crate::jobs::MACHINE;
use crate::mail_key::{KeySource, KeyStanding, MailKey};
use crate::sql_key;

/// Keys of one address that may wait for somebody to look at them: a stranger does not fill the list.
const WAITING: i64 = 5;
/// How much of a mail is looked at for keys.
const OFFERED: KeyLimits = KeyLimits { bytes: 64 << 10, keys: 3, parts: 20, signatures: 100 };

/// A mail as its payload says it, and what is still to be checked. One that cannot be opened stays as it is, and says why.
pub(super) fn opened(house: &MailHouse, mail: Mail, bytes: &[u8]) -> (Mail, Option<Unlocked>, &'static str) {
    let is_ours = matches!(mail.security, Security::PgpMimeSigned | Security::PgpMimeEncrypted | Security::PgpInline);
    if !house.pgp.on || !is_ours {
        return (mail, None, "");
    }
    match manara_crypt::unlock(bytes, &house.keyring.own(), &OpenLimits::default()) {
        Ok(Some(unlocked)) => {
            let inner = unlocked.payload.as_deref().and_then(payload);
            let mail = match inner {
                Some(inner) => mail.opened(inner),
                None => mail,
            };
            (mail, Some(unlocked), "")
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
    let Some(unlocked) = &one.sealed else { return Ok(Proof::default()) };
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
pub(crate) const SIGNATURES: [&str; 9] = [
    "good",
    "other-sender",
    "unverified-key",
    "part",
    "expired-key",
    "revoked-key",
    "rejected-key",
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
    use manara_crypt::SignatureState;

    use super::{SIGNATURES, is_proven, word_of};
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
        assert!(is_proven("good") && !is_proven("bad") && !is_proven("revoked-key") && !is_proven(""));
    }
}
