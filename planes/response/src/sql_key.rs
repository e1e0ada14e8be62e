//! Statements about OpenPGP keys.

use std::collections::HashSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use manara_crypt::{Certificate, KeyState};
use manara_model::Micros;
use manara_store::{Arg, Db, Row, StoreError, Tx};

use crate::mail_key::{KeySource, KeyStanding, MailKey};

const COLUMNS: &str = "standing, source, certificate, added, decided, decided_by, used, removed";
const PUT: &str = "
    INSERT INTO response_mail_key
        (fingerprint, standing, source, certificate, added, decided, decided_by, used, removed, ends)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    ON CONFLICT (fingerprint) DO UPDATE SET standing = excluded.standing, source = excluded.source,
        certificate = excluded.certificate, decided = excluded.decided, decided_by = excluded.decided_by,
        removed = excluded.removed, ends = excluded.ends";
/// A key that is used all the time is written once an hour.
const USED: &str = "UPDATE response_mail_key SET used = $2 WHERE fingerprint = $1 AND used < $3";
const OWN: &str = "standing = 'own' AND removed = '' ORDER BY added DESC, fingerprint LIMIT 100";
const BELIEVED: &str = "standing IN ('own', 'accepted') AND removed = '' ORDER BY added DESC, fingerprint LIMIT 20000";
const HOUR: i64 = 3_600_000_000;
const FORGET_ADDRESSES: &str = "DELETE FROM response_mail_key_address WHERE fingerprint = $1";
const FORGET_IDS: &str = "DELETE FROM response_mail_key_id WHERE fingerprint = $1";
const UNVERIFIED_OF: &str = "
    SELECT COUNT(*) FROM response_mail_key
     WHERE standing = 'unverified' AND removed = '' AND fingerprint IN (SELECT fingerprint FROM response_mail_key_address WHERE mail = $1)";

/// Reads a row with the columns of a key.
pub(crate) fn key(row: &Row) -> Result<MailKey, StoreError> {
    let (standing, source, certificate) = (row.text(0)?, row.text(1)?, row.text(2)?);
    let bytes = STANDARD.decode(&certificate).unwrap_or_default();
    let certificate = Certificate::stored(&bytes).map_err(|_| StoreError::unknown("certificate", certificate))?;
    Ok(MailKey {
        certificate,
        standing: KeyStanding::parse(&standing).ok_or_else(|| StoreError::unknown("standing", standing))?,
        source: KeySource::parse(&source).ok_or_else(|| StoreError::unknown("source", source))?,
        added: row.moment(3)?,
        decided: row.opt_moment(4)?,
        decided_by: row.text(5)?,
        used: row.opt_moment(6)?,
        removed: row.opt_moment(7)?,
    })
}

/// Writes a key, new or changed, with all that finds it.
pub(crate) async fn put(tx: &mut Tx, one: &MailKey, now: Micros) -> Result<(), StoreError> {
    let fingerprint = one.certificate.fingerprint();
    let certificate = STANDARD.encode(one.certificate.bytes());
    let facts = one.certificate.facts(now);
    let ends = if facts.state == KeyState::Revoked { Some(now) } else { facts.expires };
    let args = [
        (&fingerprint).into(),
        one.standing.as_str().into(),
        one.source.as_str().into(),
        (&certificate).into(),
        one.added.into(),
        one.decided.into(),
        (&one.decided_by).into(),
        one.used.into(),
        one.removed.into(),
        ends.into(),
    ] as [Arg<'_>; 10];
    tx.run(PUT, &args).await?;
    tx.run(FORGET_ADDRESSES, &[(&fingerprint).into()]).await?;
    tx.run(FORGET_IDS, &[(&fingerprint).into()]).await?;
    let mails = facts.mails.iter().flat_map(|mail| [mail.into(), (&fingerprint).into()]).collect::<Vec<Arg<'_>>>();
    tx.run_many("INSERT INTO response_mail_key_address (mail, fingerprint) VALUES", 2, mails, "").await?;
    let mut ids = one.certificate.key_ids();
    ids.sort();
    ids.dedup();
    let ids = ids.iter().flat_map(|id| [id.into(), (&fingerprint).into()]).collect::<Vec<Arg<'_>>>();
    tx.run_many("INSERT INTO response_mail_key_id (key_id, fingerprint) VALUES", 2, ids, "").await
}

/// The key of a fingerprint.
pub(crate) async fn get_in(tx: &mut Tx, fingerprint: &str) -> Result<Option<MailKey>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM response_mail_key WHERE fingerprint = $1");
    tx.read_one(&sql, &[fingerprint.into()]).await?.as_ref().map(key).transpose()
}

/// The same outside of one.
pub(crate) async fn get_key(db: &Db, fingerprint: &str) -> Result<Option<MailKey>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM response_mail_key WHERE fingerprint = $1");
    db.read_one(&sql, &[fingerprint.into()]).await?.as_ref().map(key).transpose()
}

/// Notes that a key was used.
pub(crate) async fn used(tx: &mut Tx, fingerprint: &str, now: Micros) -> Result<(), StoreError> {
    tx.run(USED, &[fingerprint.into(), now.into(), Micros(now.0 - HOUR).into()]).await.map(|_| ())
}

/// The keys that signatures name, without those that were put away.
pub(crate) async fn by_ids(tx: &mut Tx, key_ids: &[String]) -> Result<Vec<MailKey>, StoreError> {
    let mut keys = with_ids(tx, key_ids).await?;
    keys.retain(|key| key.removed.is_none());
    Ok(keys)
}

/// All keys of some ids.
pub(crate) async fn with_ids(tx: &mut Tx, key_ids: &[String]) -> Result<Vec<MailKey>, StoreError> {
    if key_ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT {COLUMNS} FROM response_mail_key WHERE fingerprint IN \
             (SELECT fingerprint FROM response_mail_key_id WHERE key_id IN (…))"
    );
    tx.read_in(&sql, &[], key_ids).await?.iter().map(key).collect()
}

/// The keys of an address, the newest first.
pub(crate) async fn of_mail(tx: &mut Tx, mail: &str) -> Result<Vec<MailKey>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM response_mail_key WHERE fingerprint IN \
             (SELECT fingerprint FROM response_mail_key_address WHERE mail = $1) AND removed = '' \
         ORDER BY added DESC, fingerprint LIMIT 100"
    );
    tx.read(&sql, &[mail.into()]).await?.iter().map(key).collect()
}

/// How many keys of an address wait for somebody to look at them.
pub(crate) async fn unverified_of(tx: &mut Tx, mail: &str) -> Result<i64, StoreError> {
    tx.read_one(UNVERIFIED_OF, &[mail.into()]).await?.map_or(Ok(0), |row| row.int(0))
}

/// Our keys, the newest first.
pub(crate) async fn own(db: &Db) -> Result<Vec<MailKey>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM response_mail_key WHERE {OWN}");
    db.read(&sql, &[]).await?.iter().map(key).collect()
}

/// Whether there is a key of somebody else.
pub(crate) async fn has_others(db: &Db) -> Result<bool, StoreError> {
    Ok(db.read_one("SELECT standing FROM response_mail_key WHERE standing <> 'own' LIMIT 1", &[]).await?.is_some())
}

/// The addresses that mail may be encrypted to at a moment.
pub(crate) async fn reachable(db: &Db, now: Micros) -> Result<HashSet<String>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM response_mail_key WHERE {BELIEVED}");
    let mut mails = HashSet::new();
    for row in db.read(&sql, &[]).await? {
        let one = key(&row)?;
        if one.may_encrypt(now) {
            mails.extend(one.certificate.facts(now).mails);
        }
    }
    Ok(mails)
}

/// All keys, the newest first; those that were put away, too.
pub async fn list_keys(db: &Db, limit: i64) -> Result<Vec<MailKey>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM response_mail_key ORDER BY added DESC, fingerprint LIMIT $1");
    db.read(&sql, &[limit.into()]).await?.iter().map(key).collect()
}
