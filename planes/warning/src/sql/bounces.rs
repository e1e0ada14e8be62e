//! Statements about mail addresses that were refused for good.

use manara_model::Micros;
use manara_store::{Db, Row, StoreError, Tx};

const BOUNCED: &str = "
    INSERT INTO warning_bounce (mail, since, last, times, said, notice_id) VALUES ($1, $2, $2, 1, $3, $4)
    ON CONFLICT (mail) DO UPDATE SET last = excluded.last, times = warning_bounce.times + 1, said = excluded.said,
        notice_id = excluded.notice_id";
const RECOVERED: &str = "DELETE FROM warning_bounce WHERE mail IN (…)";
const ALL: &str = "SELECT mail, since, last, times, said FROM warning_bounce ORDER BY last DESC, mail LIMIT $1";
const OF_MAILS: &str = "SELECT mail, since, last, times, said FROM warning_bounce WHERE mail IN (…)";

/// A mail address that was refused for good, and not taken since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounce {
    /// The address, in lower case.
    pub mail: String,
    /// When it was refused first.
    pub since: Micros,
    /// When it was refused last.
    pub last: Micros,
    /// How often.
    pub times: i64,
    /// What the mail server said last.
    pub said: String,
}

fn bounce(row: &Row) -> Result<Bounce, StoreError> {
    Ok(Bounce {
        mail: row.text(0)?,
        since: row.moment(1)?,
        last: row.moment(2)?,
        times: row.int(3)?,
        said: row.text(4)?,
    })
}

/// An address as bounces are kept by.
pub(crate) fn mail_key(mail: &str) -> String {
    mail.trim().to_lowercase()
}

pub(crate) async fn set_bounced(
    tx: &mut Tx,
    mail: &str,
    said: &str,
    notice: &str,
    now: Micros,
) -> Result<(), StoreError> {
    tx.run(BOUNCED, &[mail_key(mail).into(), now.into(), said.into(), notice.into()]).await?;
    Ok(())
}

/// Forgets the bounces of addresses that were taken; says how many there were.
pub(crate) async fn set_recovered(tx: &mut Tx, mails: &[String]) -> Result<u64, StoreError> {
    let keys: Vec<String> = mails.iter().map(|mail| mail_key(mail)).collect();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    tx.run_in(RECOVERED, &[], &keys).await
}

/// The addresses among some that bounce.
pub(crate) async fn bounces_in(tx: &mut Tx, mails: &[&str]) -> Result<Vec<Bounce>, StoreError> {
    let keys: Vec<String> = mails.iter().map(|mail| mail_key(mail)).collect();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    tx.read_in(OF_MAILS, &[], &keys).await?.iter().map(bounce).collect()
}

/// All addresses that bounce, those heard of last first.
pub async fn all_bounces(db: &Db, limit: i64) -> Result<Vec<Bounce>, StoreError> {
    db.read(ALL, &[limit.into()]).await?.iter().map(bounce).collect()
}

/// The addresses among at most five hundred that bounce.
pub async fn bounces(db: &Db, mails: &[String]) -> Result<Vec<Bounce>, StoreError> {
    let keys: Vec<String> = mails.iter().take(500).map(|mail| mail_key(mail)).collect();
    db.read_in(OF_MAILS, &[], &keys).await?.iter().map(bounce).collect()
}
