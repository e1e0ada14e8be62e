//! Statements about documents, who read them, and what people say for them.

use manara_model::Micros;
use manara_store::{Arg, Db, Journal, Row, Settings, StoreError};
use manara_web::Lang;
use serde_json::json;

use super::{SaidOfHouse, Written};
use crate::PLANE;

const SAID: &str = "framework.manual_said";

const CURRENT: &str = "
    SELECT document, hash FROM framework_document WHERE lang = $1 AND is_current = $2 ORDER BY document LIMIT 1000";
const RETIRE: &str = "
    UPDATE framework_document SET is_current = $4 WHERE document = $1 AND lang = $2 AND hash <> $3";
/// What nobody read is not needed to say what changed since.
const FORGET: &str = "
    DELETE FROM framework_document
     WHERE document = $1 AND lang = $2 AND is_current = $3
       AND NOT EXISTS (SELECT 1 FROM framework_reading r WHERE r.document = framework_document.document
                          AND r.lang = framework_document.lang AND r.hash = framework_document.hash)";
const PUT: &str = "
    INSERT INTO framework_document (document, lang, hash, text, is_current, at) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (document, lang, hash) DO UPDATE SET is_current = excluded.is_current";
const KEEP: &str = "
    INSERT INTO framework_document (document, lang, hash, text, is_current, at) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (document, lang, hash) DO NOTHING";
const TEXT: &str = "SELECT text FROM framework_document WHERE document = $1 AND lang = $2 AND hash = $3";
const READ: &str = "
    INSERT INTO framework_reading (person, document, lang, hash, at) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (person, document) DO UPDATE SET lang = excluded.lang, hash = excluded.hash, at = excluded.at";
const READINGS_OF: &str = "
    SELECT person, document, lang, hash, at FROM framework_reading WHERE person = $1 ORDER BY document LIMIT 1000";
const READINGS: &str = "
    SELECT person, document, lang, hash, at FROM framework_reading ORDER BY person, document LIMIT 20000";
const CHANGED: &str = "
    SELECT COUNT(*) FROM framework_reading r
      JOIN framework_document d ON d.document = r.document AND d.lang = r.lang AND d.is_current = $2
     WHERE r.person = $1 AND r.hash <> d.hash";

/// Who read which version of a document last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Who.
    pub person: String,
    /// Which document.
    pub document: String,
    /// In which language.
    pub lang: String,
    /// Which version.
    pub hash: String,
    /// When.
    pub at: Micros,
}

fn reading(row: &Row) -> Result<Reading, StoreError> {
    Ok(Reading {
        person: row.text(0)?,
        document: row.text(1)?,
        lang: row.text(2)?,
        hash: row.text(3)?,
        at: row.moment(4)?,
    })
}

/// What people say for the manual.
pub async fn said(db: &Db) -> Result<SaidOfHouse, StoreError> {
    read_said(Settings::get(db, SAID).await?)
}

fn read_said(value: Option<String>) -> Result<SaidOfHouse, StoreError> {
    match value {
        Some(value) => serde_json::from_str(&value).map_err(|error| StoreError::unknown(SAID, error)),
        None => Ok(SaidOfHouse::default()),
    }
}

/// Keeps what people say for the manual; from what was said before, when that is given. False when it is another by now.
pub async fn keep_said(
    db: &Db,
    said: &SaidOfHouse,
    before: Option<&SaidOfHouse>,
    who: &str,
    now: Micros,
) -> Result<bool, StoreError> {
    let value = serde_json::to_string(said).map_err(|error| StoreError::unknown(SAID, error))?;
    let mut tx = db.begin().await?;
    let stands = read_said(Settings::get_in(&mut tx, SAID).await?)?;
    if before.is_some_and(|before| *before != stands) {
        return Ok(false);
    }
    Settings::set(&mut tx, SAID, &value).await?;
    Journal::write(&mut tx, who, PLANE, "manual_said", "manual", "{}", now).await?;
    tx.commit().await?;
    Ok(true)
}

/// Makes these the current documents of a language. Gives how many are other than before.
pub(super) async fn keep_documents(db: &Db, lang: Lang, all: &[Written], now: Micros) -> Result<u64, StoreError> {
    let mut tx = db.begin().await?;
    let before = tx.read(CURRENT, &[lang.tag().into(), true.into()]).await?;
    let mut known = std::collections::BTreeMap::new();
    for row in &before {
        known.insert(row.text(0)?, row.text(1)?);
    }
    let mut changed = 0;
    for one in all {
        let was = known.remove(one.id);
        if was.as_deref() == Some(one.hash.as_str()) {
            continue;
        }
        let key: [Arg<'_>; 3] = [one.id.into(), lang.tag().into(), (&one.hash).into()];
        let [id, tag, hash] = key;
        tx.run(PUT, &[id, tag, hash, (&one.text).into(), true.into(), now.into()]).await?;
        tx.run(RETIRE, &[one.id.into(), lang.tag().into(), (&one.hash).into(), false.into()]).await?;
        tx.run(FORGET, &[one.id.into(), lang.tag().into(), false.into()]).await?;
        if was.is_some() {
            changed += 1;
            let detail = json!({ "lang": lang.tag(), "version": one.hash }).to_string();
            Journal::write(&mut tx, "manara", PLANE, "document_changed", one.id, &detail, now).await?;
        }
    }
    for id in known.keys() {
        // The service it was about is off.
        tx.run(RETIRE, &[id.into(), lang.tag().into(), "".into(), false.into()]).await?;
        tx.run(FORGET, &[id.into(), lang.tag().into(), false.into()]).await?;
    }
    tx.commit().await?;
    Ok(changed)
}

/// Notes that somebody read a document as it is now.
pub async fn mark_read(db: &Db, person: &str, lang: Lang, one: &Written, now: Micros) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    let tag = lang.tag();
    // What was read is kept, so that what changed since can be shown.
    tx.run(KEEP, &[one.id.into(), tag.into(), (&one.hash).into(), (&one.text).into(), false.into(), now.into()])
        .await?;
    tx.run(READ, &[person.into(), one.id.into(), tag.into(), (&one.hash).into(), now.into()]).await?;
    let detail = json!({ "lang": tag, "version": one.hash }).to_string();
    Journal::write(&mut tx, person, PLANE, "document_read", one.id, &detail, now).await?;
    tx.commit().await
}

/// What somebody read.
pub async fn readings_of(db: &Db, person: &str) -> Result<Vec<Reading>, StoreError> {
    db.read(READINGS_OF, &[person.into()]).await?.iter().map(reading).collect()
}

/// What everybody read.
pub async fn readings(db: &Db) -> Result<Vec<Reading>, StoreError> {
    db.read(READINGS, &[]).await?.iter().map(reading).collect()
}

/// How many documents changed since somebody read them.
pub async fn count_changed(db: &Db, person: &str) -> Result<i64, StoreError> {
    db.read_int(CHANGED, &[person.into(), true.into()]).await
}

/// The text of a version.
pub(crate) async fn text(db: &Db, document: &str, lang: &str, hash: &str) -> Result<Option<String>, StoreError> {
    let row = db.read_one(TEXT, &[document.into(), lang.into(), hash.into()]).await?;
    row.map(|row| row.text(0)).transpose()
}

/// The current versions of every language: document, language, hash.
pub(crate) async fn current(db: &Db) -> Result<Vec<(String, String, String)>, StoreError> {
    let mut all = Vec::new();
    for lang in Lang::ALL {
        for row in db.read(CURRENT, &[lang.tag().into(), true.into()]).await? {
            all.push((row.text(0)?, lang.tag().to_string(), row.text(1)?));
        }
    }
    Ok(all)
}
