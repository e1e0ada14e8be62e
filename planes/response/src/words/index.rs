//! What is said goes into the index in the transaction in which it is said.

use std::collections::HashMap;

use manara_store::{Arg, Db, Engine, Settings, StoreError, Tx};
use sha2::{Digest as _, Sha256};
use tokio::task::JoinHandle;

use super::form;

/// Rows read at once when the index is made anew.
const AT_ONCE: i64 = 500;

/// Where it is noted that nothing is missing in the index.
const WHOLE: &str = "response.words_whole";
const YES: &str = "yes";
const ANY: &str = "SELECT 1 FROM response_said LIMIT 1";
/// How often the pieces of what was written at once are lifted, by two levels each time.
const LIFTS: usize = 5;

const KNOWN: &str = "SELECT name, doc, hash FROM response_said WHERE name IN (…)";
const TAKE_DOCS: &str = "
    INSERT INTO response_number (year, last) VALUES ('said', $1)
    ON CONFLICT (year) DO UPDATE SET last = response_number.last + $1 RETURNING last";
const FORGET_WORDS: &str = "DELETE FROM response_word WHERE rowid = $1";
const FORGET_PART: &str = "DELETE FROM response_said WHERE doc = $1";
const MOVE: &str = "UPDATE response_said SET record_kind = 'ticket', record_id = $2 WHERE name = $1";
const ALONE: &str = "UPDATE response_said SET record_kind = 'message', record_id = name WHERE name = $1";
const MOVE_NOTES: &str = "
    UPDATE response_said SET record_id = $1 WHERE record_kind = 'incident' AND record_id = $2 AND name IN (…)";

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

/// Something that is said and is in its form already; nothing of the same name is in the index.
#[derive(Debug, Clone)]
pub(crate) struct Formed {
    name: String,
    record_kind: &'static str,
    record_id: String,
    body: String,
}

impl Formed {
    /// What a record, or a message of it, says.
    pub(crate) fn of(name: &str, record_kind: &'static str, record_id: &str, body: String) -> Formed {
        Formed { name: name.into(), record_kind, record_id: record_id.into(), body }
    }
}

/// Fills in what the index does not hold: after an update, and after a restore, as no backup holds it. To look for what is
/// missing takes long where there is much, so it is noted when nothing is; an index that is empty knows nothing all the same.
pub async fn prepare(db: &Db) -> Result<(), StoreError> {
    let is_empty = db.read_one(ANY, &[]).await?.is_none();
    let is_whole = Settings::get(db, WHOLE).await?.is_some();
    if is_whole && !is_empty {
        return Ok(());
    }
    let mut is_noted = is_whole;
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
            if is_noted {
                // What is broken off here is to be taken up by the next.
                let mut tx = db.begin().await?;
                Settings::take(&mut tx, WHOLE, YES).await?;
                tx.commit().await?;
                is_noted = false;
            }
            fill(db, kind, &format!("SELECT {columns} FROM {table} WHERE {only} AND id > $1 ORDER BY id LIMIT $2"))
                .await?;
        }
    }
    if !is_noted && db.read_one(ANY, &[]).await?.is_some() {
        let mut tx = db.begin().await?;
        whole(&mut tx).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Notes that nothing is missing.
async fn whole(tx: &mut Tx) -> Result<(), StoreError> {
    Settings::set(tx, WHOLE, YES).await
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
        let hash = hash_of(&body);
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
    let first = take_docs(tx, fresh.len()).await?;
    let lines = fresh.iter().map(|(one, body, hash)| {
        ([Arg::from(one.name), one.record_kind.into(), one.record_id.into(), hash.into()], body.as_str())
    });
    write(tx, lines, first).await
}

/// Takes the next numbers; gives the first.
async fn take_docs(tx: &mut Tx, count: usize) -> Result<i64, StoreError> {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    let row = tx.read_one(TAKE_DOCS, &[count.into()]).await?;
    Ok(row.ok_or_else(|| StoreError::NotFound("number".into()))?.int(0)? - count + 1)
}

/// Brings what much says into its form on a thread of its own, while its rows are written.
pub(crate) fn forming(said: Vec<Said<'_>>) -> JoinHandle<Vec<Formed>> {
    let unformed: Vec<Formed> =
        said.into_iter().map(|one| Formed::of(one.name, one.record_kind, one.record_id, one.text)).collect();
    tokio::task::spawn_blocking(move || {
        unformed.into_iter().map(|one| Formed { body: form(&one.body), ..one }).collect()
    })
}

/// Puts what new records say into the index under the next numbers, when it is in its form.
pub(crate) async fn add_next(tx: &mut Tx, said: JoinHandle<Vec<Formed>>) -> Result<(), StoreError> {
    let said = said.await;
    let said = said.map_err(|error| StoreError::File { path: "the index of words".into(), error: error.into() })?;
    if said.is_empty() {
        return Ok(());
    }
    let first = take_docs(tx, said.len()).await?;
    add(tx, &said, first).await
}

/// Puts what is said into the index under the numbers from one on; nothing of it is there yet.
pub(crate) async fn add(tx: &mut Tx, said: &[Formed], first: i64) -> Result<(), StoreError> {
    let hashes: Vec<String> = said.iter().map(|one| hash_of(&one.body)).collect();
    let lines = said.iter().zip(&hashes).map(|(one, hash)| {
        ([Arg::from(&one.name), one.record_kind.into(), (&one.record_id).into(), hash.into()], one.body.as_str())
    });
    write(tx, lines, first).await
}

/// Writes rows: name, kind and id of the record and hash of each, with its words.
async fn write<'a>(
    tx: &mut Tx,
    lines: impl Iterator<Item = ([Arg<'a>; 4], &'a str)>,
    first: i64,
) -> Result<(), StoreError> {
    let (mut parts, mut words): (Vec<Arg<'a>>, Vec<Arg<'a>>) = (Vec::new(), Vec::new());
    for ((line, body), doc) in lines.zip(first..) {
        parts.push(Arg::Int(doc));
        parts.extend(line);
        words.extend([Arg::Int(doc), body.into()]);
    }
    tx.run_many("INSERT INTO response_said (doc, name, record_kind, record_id, hash) VALUES", 5, parts, "").await?;
    tx.run_many("INSERT INTO response_word (rowid, body) VALUES", 2, words, "").await
}

fn hash_of(body: &str) -> String {
    Sha256::digest(body).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// Before very much is written at once: SQLite's index of words keeps what comes in memory until the end of the transaction, and
/// merges nothing on the way. The writing connection gets more memory, as long as it lives.
pub(crate) async fn at_once(tx: &mut Tx) -> Result<(), StoreError> {
    if tx.engine() == Engine::Sqlite {
        tx.run_script("PRAGMA cache_size = -1000000").await?;
        set(tx, &[("automerge", 0), ("crisismerge", 64), ("hashsize", 2_000_000_000)]).await?;
    }
    Ok(())
}

/// After that: as the index is usually. The large pieces go up to where pieces of their size are usually: where they were
/// written, whoever writes next would soon merge all of them at once. A merge that is only begun, of pieces at several levels,
/// lifts them; so each time a small piece is written first.
pub(crate) async fn as_usual(db: &Db) -> Result<(), StoreError> {
    if db.engine() == Engine::Sqlite {
        for _ in 0..LIFTS {
            let mut tx = db.begin().await?;
            tx.run("INSERT INTO response_word (rowid, body) VALUES (0, 'x')", &[]).await?;
            tx.commit().await?;
            let mut tx = db.begin().await?;
            set(&mut tx, &[("merge", -1)]).await?;
            tx.run(FORGET_WORDS, &[0.into()]).await?;
            tx.commit().await?;
        }
    }
    let mut tx = db.begin().await?;
    if db.engine() == Engine::Sqlite {
        set(&mut tx, &[("automerge", 4), ("crisismerge", 16), ("hashsize", 1_048_576)]).await?;
    }
    whole(&mut tx).await?;
    tx.commit().await
}

async fn set(tx: &mut Tx, options: &[(&'static str, i64)]) -> Result<(), StoreError> {
    for (name, value) in options {
        let args = [Arg::Text(name), Arg::Int(*value)];
        tx.run("INSERT INTO response_word (response_word, rank) VALUES ($1, $2)", &args).await?;
    }
    Ok(())
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

/// What notes say leads to another incident from now on.
pub(crate) async fn move_notes(tx: &mut Tx, notes: &[&str], (from, into): (&str, &str)) -> Result<(), StoreError> {
    tx.run_in(MOVE_NOTES, &[into.into(), from.into()], notes).await.map(|_| ())
}

/// What a message says leads to another ticket from now on.
pub(crate) async fn move_part(tx: &mut Tx, name: &str, ticket_id: &str) -> Result<(), StoreError> {
    tx.run(MOVE, &[name.into(), ticket_id.into()]).await.map(|_| ())
}

/// What a message says leads to itself again: it belongs to no ticket any more.
pub(crate) async fn part_alone(tx: &mut Tx, name: &str) -> Result<(), StoreError> {
    tx.run(ALONE, &[name.into()]).await.map(|_| ())
}
