//! What people do with OpenPGP keys: bringing, making, renewing them, and saying whose they are.

use manara_crypt::{Key, KeyError, KeyLimits, OwnKey, read_keys};
use manara_model::Micros;
use manara_store::{Db, Journal, StoreError, Tx};
use serde_json::json;

use super::begin;
use crate::mail::Keyring;
use crate::mail_key::{KeySource, KeyStanding, MailKey, fingerprint_key};
use crate::{PLANE, sql_key};

/// Largest file of keys, in bytes.
const FILE_BYTES: usize = 32 << 20;
/// Most keys of one file.
const KEYS: usize = 5_000;
/// Digits of a fingerprint that name a key: fewer can be another's.
const DIGITS: usize = 16;

/// Why nothing was done with a key.
#[derive(Debug, thiserror::Error)]
pub enum KeyProblem {
    /// Nobody has it.
    #[error("there is no key {0}; `manara mail keys` shows them with their fingerprints")]
    NotFound(String),
    /// Ours needs nobody's word.
    #[error("{0} is a key of ours: nobody decides about it")]
    Own(String),
    /// There is none to take the place of.
    #[error("there is no key of ours yet; `manara mail keys generate` makes one")]
    NoOwn,
    /// The file is none, or the key cannot be made.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The secret cannot be kept.
    #[error("the secret key can't be written: {0}")]
    Disk(#[from] std::io::Error),
    /// The state database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What became of a file of keys.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Brought {
    /// Fingerprints of keys that were not here.
    pub new: Vec<String>,
    /// Fingerprints of keys that were here and say more now.
    pub renewed: Vec<String>,
    /// Fingerprints of keys that were here just so.
    pub same: Vec<String>,
    /// Fingerprints of those that are ours, with their secret.
    pub own: Vec<String>,
    /// How many could not be read.
    pub refused: usize,
}

/// Takes the keys of a file. Those of others are believed at once only when whoever brings them says so.
pub async fn bring_keys(
    db: &Db,
    who: &str,
    keyring: &Keyring,
    (bytes, believed): (&[u8], bool),
    now: Micros,
) -> Result<Brought, KeyProblem> {
    let limits = KeyLimits { bytes: FILE_BYTES, keys: KEYS, ..KeyLimits::default() };
    let (keys, refused) = read_keys(bytes, &limits)?;
    let mut brought = Brought { refused, ..Brought::default() };
    // The secrets first: a key that the database calls ours can be used.
    for own in keys.iter().filter_map(own_of) {
        keyring.keep(own)?;
    }
    let mut tx = begin(db, now).await?;
    for one in &keys {
        let (certificate, standing) = match one {
            Key::Own(own) => (own.certificate(), KeyStanding::Own),
            Key::Certificate(one) if believed => (one, KeyStanding::Accepted),
            Key::Certificate(one) => (one, KeyStanding::Unverified),
        };
        let fingerprint = certificate.fingerprint();
        let before = sql_key::get_in(&mut tx, &fingerprint).await?;
        let decided = (standing == KeyStanding::Accepted).then_some(now);
        let next = match &before {
            None => MailKey {
                certificate: certificate.clone(),
                standing,
                source: KeySource::Imported,
                added: now,
                decided,
                decided_by: if decided.is_some() { who.into() } else { String::new() },
            },
            Some(before) => {
                let mut next = MailKey { certificate: before.certificate.merged(certificate), ..before.clone() };
                let is_raised = standing == KeyStanding::Own
                    || (standing == KeyStanding::Accepted && before.standing != KeyStanding::Own);
                if is_raised && before.standing != standing {
                    (next.standing, next.decided, next.decided_by) = (standing, Some(now), who.into());
                }
                next
            }
        };
        if standing == KeyStanding::Own {
            brought.own.push(fingerprint.clone());
        }
        match &before {
            Some(before) if *before == next => brought.same.push(fingerprint),
            _ => {
                sql_key::put(&mut tx, &next, now).await?;
                let verb = if before.is_some() { "key_renewed" } else { "key_brought" };
                journal(&mut tx, who, verb, &next, now).await?;
                let list = if before.is_some() { &mut brought.renewed } else { &mut brought.new };
                list.push(fingerprint);
            }
        }
    }
    tx.commit().await?;
    Ok(brought)
}

fn own_of(key: &Key) -> Option<&OwnKey> {
    match key {
        Key::Own(own) => Some(own),
        Key::Certificate(_) => None,
    }
}

/// Makes a key of ours, which signs from now on; those before still open what was encrypted to them.
pub async fn make_key(
    db: &Db,
    who: &str,
    keyring: &Keyring,
    (user_id, days): (&str, u32),
    now: Micros,
) -> Result<MailKey, KeyProblem> {
    made(db, (who, "key_generated"), keyring, (user_id, days), now).await
}

/// Makes a key that takes the place of the one that signs now, for the same name and address.
pub async fn rotate_key(db: &Db, who: &str, keyring: &Keyring, days: u32, now: Micros) -> Result<MailKey, KeyProblem> {
    let before = keyring.own().into_iter().next().ok_or(KeyProblem::NoOwn)?;
    let user_id = before.facts(now).user_ids.into_iter().next().ok_or(KeyProblem::NoOwn)?;
    made(db, (who, "key_rotated"), keyring, (&user_id, days), now).await
}

async fn made(
    db: &Db,
    (who, verb): (&str, &str),
    keyring: &Keyring,
    (user_id, days): (&str, u32),
    now: Micros,
) -> Result<MailKey, KeyProblem> {
    let own = OwnKey::generate(user_id, days, now)?;
    keyring.keep(&own)?;
    let key = MailKey {
        certificate: own.certificate().clone(),
        standing: KeyStanding::Own,
        source: KeySource::Generated,
        added: now,
        decided: None,
        decided_by: String::new(),
    };
    let mut tx = begin(db, now).await?;
    sql_key::put(&mut tx, &key, now).await?;
    journal(&mut tx, who, verb, &key, now).await?;
    tx.commit().await?;
    Ok(key)
}

/// Says whether a key of somebody else is believed. The fingerprint may be given from its end, sixteen digits at least.
pub async fn decide_key(
    db: &Db,
    who: &str,
    fingerprint: &str,
    is_believed: bool,
    now: Micros,
) -> Result<MailKey, KeyProblem> {
    let name = fingerprint_key(fingerprint);
    let mut tx = begin(db, now).await?;
    let found = match sql_key::get_in(&mut tx, &name).await? {
        Some(found) => Some(found),
        None if name.len() >= DIGITS => {
            let id = name.get(name.len() - DIGITS..).unwrap_or_default().to_string();
            let all = sql_key::by_ids(&mut tx, &[id]).await?;
            let mut ending = all.into_iter().filter(|key| key.certificate.fingerprint().ends_with(&name));
            ending.next().filter(|_| ending.next().is_none())
        }
        None => None,
    };
    let mut key = found.ok_or_else(|| KeyProblem::NotFound(fingerprint.trim().into()))?;
    if key.standing == KeyStanding::Own {
        return Err(KeyProblem::Own(key.certificate.fingerprint()));
    }
    let standing = if is_believed { KeyStanding::Accepted } else { KeyStanding::Rejected };
    if key.standing == standing {
        return Ok(key); // The form may be sent twice.
    }
    (key.standing, key.decided, key.decided_by) = (standing, Some(now), who.into());
    sql_key::put(&mut tx, &key, now).await?;
    journal(&mut tx, who, if is_believed { "key_accepted" } else { "key_rejected" }, &key, now).await?;
    tx.commit().await?;
    Ok(key)
}

/// Writes one line of the journal about a key.
pub(crate) async fn journal(tx: &mut Tx, who: &str, verb: &str, key: &MailKey, now: Micros) -> Result<(), StoreError> {
    let fingerprint = key.certificate.fingerprint();
    let detail = json!({ "standing": key.standing.as_str(), "source": key.source.as_str() }).to_string();
    Journal::write(tx, who, PLANE, verb, &fingerprint, &detail, now).await
}

/// Which of some addresses have no key that mail may be encrypted to.
pub async fn keyless(db: &Db, mails: &[String], now: Micros) -> Result<Vec<String>, StoreError> {
    let mut tx = db.begin().await?;
    let missing = keyless_in(&mut tx, mails, now).await?;
    tx.commit().await?;
    Ok(missing)
}

/// The same inside a transaction.
pub(crate) async fn keyless_in(tx: &mut Tx, mails: &[String], now: Micros) -> Result<Vec<String>, StoreError> {
    let mut missing = Vec::new();
    for mail in mails {
        if !sql_key::of_mail(tx, mail).await?.iter().any(|key| key.may_encrypt(now)) {
            missing.push(mail.clone());
        }
    }
    Ok(missing)
}
