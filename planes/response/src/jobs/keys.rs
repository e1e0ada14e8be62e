//! What people do with OpenPGP keys: bringing, making, renewing them, and saying whose they are.

use manara_crypt::{Certificate, Key, KeyError, KeyLimits, OwnKey, key_places, read_keys};
use manara_model::Micros;
use manara_net::{FetchError, Fetcher, HookError};
use manara_store::{Db, Journal, StoreError, Tx};
use serde_json::json;

use super::{MACHINE, begin};
use crate::mail::{Keyring, MailHouse, mail_key};
use crate::mail_key::{KeySource, KeyStanding, MailKey, fingerprint_key};
use crate::{PLANE, sql_key};

/// Largest file of keys, in bytes.
const FILE_BYTES: usize = 32 << 20;
/// Most keys of one file.
const KEYS: usize = 5_000;
/// Digits of a fingerprint that name a key: fewer can be another's.
const DIGITS: usize = 16;
/// What a domain may give out for one address.
const FETCHED: KeyLimits = KeyLimits { bytes: 256 << 10, keys: 5, parts: 50, signatures: 500 };

/// Why nothing was done with a key.
#[derive(Debug, thiserror::Error)]
pub enum KeyProblem {
    /// Nobody has it.
    #[error("there is no key {0}; `manara mail keys` shows them with their fingerprints")]
    NotFound(String),
    /// Ours needs nobody's word, and stays: it opens what was encrypted to it.
    #[error("{0} is a key of ours: nobody decides about it, and it stays")]
    Own(String),
    /// It was put away.
    #[error("the key {0} was removed; restore it first")]
    Removed(String),
    /// Somebody else decided in the meantime.
    #[error("somebody else changed the key {0} in the meantime")]
    Stale(String),
    /// There is none to take the place of.
    #[error("there is no key of ours yet; `manara mail keys generate` makes one")]
    NoOwn,
    /// Nobody allowed asking domains.
    #[error("keys are not looked up here; [response.mail.pgp.directory] on = true in cirt.toml allows it")]
    DirectoryOff,
    /// Nobody can be asked for it.
    #[error("{0:?} is not an address of a domain, such as cirt@cirt.example")]
    Address(String),
    /// The domain gives no key of the address out.
    #[error("the domain of {0} gives no key of it out: {1}")]
    NotGivenOut(String, FetchError),
    /// What it gives out is not a key of the address.
    #[error("what the domain of {0} gives out is no key with that address in it")]
    NotOfAddress(String),
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
                decided,
                decided_by: if decided.is_some() { who.into() } else { String::new() },
                ..MailKey::new(certificate.clone(), standing, KeySource::Imported, now)
            },
            Some(before) => {
                let certificate = before.certificate.merged(certificate);
                // Whoever brings what was put away wants it back.
                let mut next = MailKey { certificate, removed: None, ..before.clone() };
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

/// Asks the domain of an address for its keys, and keeps what they say of that address alone. They wait for a person, unless
/// the configuration says that a domain's word is enough.
pub async fn find_keys(db: &Db, who: &str, house: &MailHouse, mail: &str, now: Micros) -> Result<Brought, KeyProblem> {
    let fetcher = house.directory.clone().ok_or(KeyProblem::DirectoryOff)?;
    let mail = mail_key(mail);
    let asked = mail.clone();
    let fetching = tokio::task::spawn_blocking(move || fetched(&fetcher, &asked));
    let broken = |why: tokio::task::JoinError| {
        KeyProblem::NotGivenOut(mail.clone(), FetchError::Line(HookError::Line(why.to_string())))
    };
    let found = fetching.await.map_err(broken)??;
    let mut brought = Brought::default();
    let mut tx = begin(db, now).await?;
    for certificate in found {
        let fingerprint = certificate.fingerprint();
        let before = sql_key::get_in(&mut tx, &fingerprint).await?;
        let mut next = match &before {
            Some(before) => MailKey { certificate: before.certificate.merged(&certificate), ..before.clone() },
            None => MailKey::new(certificate, KeyStanding::Unverified, KeySource::Directory, now),
        };
        let is_enough = house.pgp.directory.accept && next.mark() == KeyStanding::Unverified.as_str();
        if is_enough {
            (next.standing, next.decided, next.decided_by) = (KeyStanding::Accepted, Some(now), MACHINE.into());
        }
        if before.as_ref() == Some(&next) {
            brought.same.push(fingerprint);
            continue;
        }
        sql_key::put(&mut tx, &next, now).await?;
        journal(&mut tx, who, if before.is_some() { "key_renewed" } else { "key_found" }, &next, now).await?;
        if is_enough {
            journal(&mut tx, MACHINE, "key_accepted", &next, now).await?;
        }
        let list = if before.is_some() { &mut brought.renewed } else { &mut brought.new };
        list.push(fingerprint);
    }
    tx.commit().await?;
    Ok(brought)
}

/// The keys that the domain of an address gives out for it.
fn fetched(fetcher: &Fetcher, mail: &str) -> Result<Vec<Certificate>, KeyProblem> {
    let places = key_places(mail).ok_or_else(|| KeyProblem::Address(mail.into()))?;
    // Many domains have a host for everything that is not there: the second place is asked whatever the first said.
    let bytes = match fetcher.get(&places.advanced, FETCHED.bytes) {
        Ok(bytes) => bytes,
        Err(_) => {
            fetcher.get(&places.direct, FETCHED.bytes).map_err(|error| KeyProblem::NotGivenOut(mail.into(), error))?
        }
    };
    let (keys, _) = read_keys(&bytes, &FETCHED).map_err(|_| KeyProblem::NotOfAddress(mail.into()))?;
    let of_mail = keys.iter().filter_map(|key| match key {
        // A secret that lies open is none, and not ours.
        Key::Own(_) => None,
        Key::Certificate(certificate) => certificate.only(mail),
    });
    let found: Vec<Certificate> = of_mail.collect();
    if found.is_empty() { Err(KeyProblem::NotOfAddress(mail.into())) } else { Ok(found) }
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
    let key = MailKey::new(own.certificate().clone(), KeyStanding::Own, KeySource::Generated, now);
    let mut tx = begin(db, now).await?;
    sql_key::put(&mut tx, &key, now).await?;
    journal(&mut tx, who, verb, &key, now).await?;
    tx.commit().await?;
    Ok(key)
}

/// What a person wants of a key of somebody else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeyStep {
    Accept,
    Reject,
    Remove,
    Restore,
}

/// Says whether a key of somebody else is believed. The fingerprint may be given from its end, sixteen digits at least.
pub async fn decide_key(
    db: &Db,
    who: &str,
    fingerprint: &str,
    is_believed: bool,
    now: Micros,
) -> Result<MailKey, KeyProblem> {
    let step = if is_believed { KeyStep::Accept } else { KeyStep::Reject };
    step_key(db, who, (fingerprint, None), step, now).await
}

/// Puts a key of somebody else away: it is kept, and neither believed nor asked, and no mail brings it back.
pub async fn remove_key(db: &Db, who: &str, fingerprint: &str, now: Micros) -> Result<MailKey, KeyProblem> {
    step_key(db, who, (fingerprint, None), KeyStep::Remove, now).await
}

/// Brings back a key that was put away, as it stood.
pub async fn restore_key(db: &Db, who: &str, fingerprint: &str, now: Micros) -> Result<MailKey, KeyProblem> {
    step_key(db, who, (fingerprint, None), KeyStep::Restore, now).await
}

/// Does a step to a key. With the mark it had when somebody read of it, what changed since is not overwritten.
pub(crate) async fn step_key(
    db: &Db,
    who: &str,
    (fingerprint, was): (&str, Option<&str>),
    step: KeyStep,
    now: Micros,
) -> Result<MailKey, KeyProblem> {
    let mut tx = begin(db, now).await?;
    let mut key = named(&mut tx, fingerprint).await?;
    let print = key.certificate.fingerprint();
    if key.standing == KeyStanding::Own {
        return Err(KeyProblem::Own(print));
    }
    let is_so = match step {
        KeyStep::Accept => key.mark() == KeyStanding::Accepted.as_str(),
        KeyStep::Reject => key.mark() == KeyStanding::Rejected.as_str(),
        KeyStep::Remove => key.removed.is_some(),
        KeyStep::Restore => key.removed.is_none(),
    };
    if is_so {
        return Ok(key); // The form may be sent twice.
    }
    if was.is_some_and(|was| was != key.mark()) {
        return Err(KeyProblem::Stale(print));
    }
    if key.removed.is_some() && step != KeyStep::Restore {
        return Err(KeyProblem::Removed(print));
    }
    let verb = match step {
        KeyStep::Accept => "key_accepted",
        KeyStep::Reject => "key_rejected",
        KeyStep::Remove => "key_removed",
        KeyStep::Restore => "key_restored",
    };
    match step {
        KeyStep::Accept => key.standing = KeyStanding::Accepted,
        KeyStep::Reject => key.standing = KeyStanding::Rejected,
        KeyStep::Remove => key.removed = Some(now),
        KeyStep::Restore => key.removed = None,
    }
    if matches!(step, KeyStep::Accept | KeyStep::Reject) {
        (key.decided, key.decided_by) = (Some(now), who.into());
    }
    sql_key::put(&mut tx, &key, now).await?;
    journal(&mut tx, who, verb, &key, now).await?;
    tx.commit().await?;
    Ok(key)
}

/// The key of a fingerprint, or of the end of one.
async fn named(tx: &mut Tx, fingerprint: &str) -> Result<MailKey, KeyProblem> {
    let name = fingerprint_key(fingerprint);
    let found = match sql_key::get_in(tx, &name).await? {
        Some(found) => Some(found),
        None if name.len() >= DIGITS => {
            let id = name.get(name.len() - DIGITS..).unwrap_or_default().to_string();
            let all = sql_key::with_ids(tx, &[id]).await?;
            let mut ending = all.into_iter().filter(|key| key.certificate.fingerprint().ends_with(&name));
            ending.next().filter(|_| ending.next().is_none())
        }
        None => None,
    };
    found.ok_or_else(|| KeyProblem::NotFound(fingerprint.trim().into()))
}

/// Whether a file of keys has a secret among them.
pub(crate) fn has_secret(bytes: &[u8]) -> Result<bool, KeyError> {
    let limits = KeyLimits { bytes: FILE_BYTES, keys: KEYS, ..KeyLimits::default() };
    Ok(read_keys(bytes, &limits)?.0.iter().any(|key| own_of(key).is_some()))
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
