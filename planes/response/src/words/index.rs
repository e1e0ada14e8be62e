//! What is said goes into the index in the transaction in which it is said.

use std::collections::HashMap;

use manara_store::{Arg, Db, StoreError, Tx};
use sha2::{Digest as _, Sha256};

use super::form;

/// Rows read at once when the index is made anew.
const AT_ONCE: i64 = 500;

const KNOWN: &str = "SELECT name, doc, hash FROM response_said WHERE name IN (…)";
const TAKE_DOCS: &str = "
    INSERT INTO response_number (year, last) VALUES ('said', $1)
    ON CONFLICT (year) DO UPDATE SET last = response_number.last + $1 RETURNING last";
const FORGET_WORDS: &str = "DELETE FROM response_word WHERE rowid = $1";
const FORGET_PART: &str = "DELETE FROM response_said WHERE doc = $1";
const MOVE: &str = "UPDATE response_said SET record_kind = 'ticket', record_id = $2 WHERE name = $1";

/// Something that is said.
#[derive(Debug, Clone)]
pub(crate) struct Said<'a> {
    /// What says it: an id that nothing else has.
    pub name: &'a str,
    /// `ticket`, `incident` or `message`: what it leads to.
    pub record_kind: &'static str,
    /// Its id.
    pub record_id: &'a str,
    /// The text.
    pub text: String,
}

/// Fills in what the index does not hold: after an update, and after a restore, as no backup holds it.
pub async fn prepare(db: &Db) -> Result<(), StoreError> {
    for (kind, table, columns, only) in [
        (
            "ticket",
            "response_ticket",
            "id, id, number || ' ' || subject || ' ' || correspondent || ' ' || correspondent_name || ' ' || target || ' ' || tags",
            "1 = 1",
        ),
        (
            "incident",
            "response_incident",
            "id, id, number || ' ' || title || ' ' || constituents || ' ' || tags || ' ' || fields",
            "1 = 1",
        ),
        (
            "message",
            "response_message",
            "id, ticket_id, subject || ' ' || from_mail || ' ' || from_name || ' ' || body",
            "1 = 1",
        ),
        ("note", "response_note", "id, incident_id, body", "struck_at = ''"),
    ] {
        let missing = format!(
            "SELECT COUNT(*) FROM (SELECT 1 AS one FROM {table} t WHERE {only}
                AND NOT EXISTS (SELECT 1 FROM response_said s WHERE s.name = t.id) LIMIT 1) AS found"
        );
        if db.read_int(&missing, &[]).await? > 0 {
            fill(db, kind, &format!("SELECT {columns} FROM {table} WHERE {only} AND id > $1 ORDER BY id LIMIT $2"))
                .await?;
        }
    }
    Ok(())
}

/// Goes through a table, some rows in each transaction.
async fn fill(db: &Db, kind: &'static str, page: &str) -> Result<(), StoreError> {
    let mut after = String::new();
    loop {
        let mut tx = db.begin().await?;
        let rows = tx.read(page, &[(&after).into(), AT_ONCE.into()]).await?;
        let mut read: Vec<(String, String, String)> = Vec::with_capacity(rows.len());
        for row in &rows {
            read.push((row.text(0)?, row.text(1)?, row.text(2)?));
        }
        let Some((last, ..)) = read.last() else { return Ok(()) };
        after.clone_from(last);
        let said: Vec<Said<'_>> = read
            .iter()
            .map(|(id, record, text)| {
                let (record_kind, record_id) = match (kind, record.as_str()) {
                    ("message", "") => ("message", id),
                    ("message", _) => ("ticket", record),
                    ("note", _) => ("incident", record),
                    _ => (kind, record),
                };
                Said { name: id, record_kind, record_id, text: text.clone() }
            })
            .collect();
        note(&mut tx, &said).await?;
        tx.commit().await?;
    }
}

/// Puts what is said into the index, in place of what the same said before.
pub(crate) async fn note(tx: &mut Tx, said: &[Said<'_>]) -> Result<(), StoreError> {
    if said.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = said.iter().map(|one| one.name).collect();
    let mut known: HashMap<String, (i64, String)> = HashMap::new();
    for row in tx.read_in(KNOWN, &[], &names).await? {
        known.insert(row.text(0)?, (row.int(1)?, row.text(2)?));
    }
    let mut fresh: Vec<(&Said<'_>, String, String)> = Vec::new();
    for one in said {
        let body = form(&one.text);
        let hash: String = Sha256::digest(&body).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        match known.get(one.name) {
            Some((_, before)) if *before == hash => continue,
            Some((doc, _)) => {
                tx.run(FORGET_WORDS, &[(*doc).into()]).await?;
                tx.run(FORGET_PART, &[(*doc).into()]).await?;
            }
            None => {}
        }
        fresh.push((one, body, hash));
    }
    if fresh.is_empty() {
        return Ok(());
    }
    let count = i64::try_from(fresh.len()).unwrap_or(i64::MAX);
    let row = tx.read_one(TAKE_DOCS, &[count.into()]).await?;
    let last = row.ok_or_else(|| StoreError::NotFound("number".into()))?.int(0)?;
    let (mut parts, mut words): (Vec<Arg<'_>>, Vec<Arg<'_>>) = (Vec::new(), Vec::new());
    for ((one, body, hash), doc) in fresh.iter().zip(last - count + 1..) {
        parts
            .extend([Arg::Int(doc), one.name.into(), one.record_kind.into(), one.record_id.into(), hash.into()]
                as [Arg<'_>; 5]);
        words.extend([Arg::Int(doc), body.into()]);
    }
    tx.run_many("INSERT INTO response_said (doc, name, record_kind, record_id, hash) VALUES", 5, parts, "").await?;
    tx.run_many("INSERT INTO response_word (rowid, body) VALUES", 2, words, "").await
}

/// Takes what is said no more out of the index.
pub(crate) async fn forget(tx: &mut Tx, name: &str) -> Result<(), StoreError> {
    for row in tx.read_in(KNOWN, &[], &[name]).await? {
        let doc = row.int(1)?;
        tx.run(FORGET_WORDS, &[doc.into()]).await?;
        tx.run(FORGET_PART, &[doc.into()]).await?;
    }
    Ok(())
}

/// What a message says leads to another ticket from now on.
pub(crate) async fn move_part(tx: &mut Tx, name: &str, ticket_id: &str) -> Result<(), StoreError> {
    tx.run(MOVE, &[name.into(), ticket_id.into()]).await.map(|_| ())
}
