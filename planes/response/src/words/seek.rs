//! Looking for words.

use manara_model::Viewer;
use manara_store::{Arg, Db, Engine, Row, StoreError};

use super::form::may_go_on;
use super::terms;
use crate::incident::Incident;
use crate::ticket::Ticket;
use crate::{sql, sql_ticket};

/// Parts that are looked at for one page of records: several may lead to one record, and some may not be seen.
const PARTS: i64 = 500;

const SQLITE: &str = "
    SELECT s.record_kind, s.record_id FROM response_word w JOIN response_said s ON s.doc = w.rowid
     WHERE w.response_word MATCH $1 ORDER BY w.rowid DESC LIMIT $2";
const POSTGRES: &str = "
    SELECT s.record_kind, s.record_id FROM response_word w JOIN response_said s ON s.doc = w.rowid
     WHERE w.words @@ to_tsquery('simple', $1) ORDER BY w.rowid DESC LIMIT $2";

/// `doc` of the newest parts of the index that say all the words, 5,000 at most, as SQLite finds what stands at a place. As in
/// [`seek`], the last word is looked for as a beginning only where whole words do not fill the answer.
macro_rules! newest_in_sqlite {
    ($asked:literal) => {
        concat!(
            "SELECT doc FROM (SELECT rowid AS doc FROM response_word WHERE response_word MATCH replace(",
            $asked,
            ", '*', '') ORDER BY rowid DESC LIMIT 5000) AS whole
              UNION
             SELECT doc FROM (SELECT rowid AS doc FROM response_word WHERE response_word MATCH ",
            $asked,
            " AND 1000 > (SELECT COUNT(*) FROM (SELECT 1 FROM response_word WHERE response_word MATCH replace(",
            $asked,
            ", '*', '') LIMIT 1000) AS probe) ORDER BY rowid DESC LIMIT 5000) AS begun"
        )
    };
}
/// The same as PostgreSQL finds it.
macro_rules! newest_in_postgres {
    ($asked:literal) => {
        concat!(
            "SELECT doc FROM (SELECT rowid AS doc FROM response_word WHERE words @@ to_tsquery('simple', replace(",
            $asked,
            ", ':*', '')) ORDER BY rowid DESC LIMIT 5000) AS whole
              UNION
             SELECT doc FROM (SELECT rowid AS doc FROM response_word WHERE words @@ to_tsquery('simple', ",
            $asked,
            ") AND 1000 > (SELECT COUNT(*) FROM (SELECT 1 FROM response_word WHERE words @@ to_tsquery('simple', replace(",
            $asked,
            ", ':*', '')) LIMIT 1000) AS probe) ORDER BY rowid DESC LIMIT 5000) AS begun"
        )
    };
}
pub(crate) use {newest_in_postgres, newest_in_sqlite};

/// They stand where `{said}` is; `$1` is what is looked for.
const SAID_IN_SQLITE: &str = concat!("(", newest_in_sqlite!("$1"), ")");
const SAID_IN_POSTGRES: &str = concat!("(", newest_in_postgres!("$1"), ")");

/// The rows of a statement about what says all the words; none when there is no word in the text.
pub(crate) async fn rows_saying(db: &Db, sql: &str, text: &str, more: &[Arg<'_>]) -> Result<Vec<Row>, StoreError> {
    let terms = terms(text);
    if terms.is_empty() {
        return Ok(Vec::new());
    }
    let (said, query) = match db.engine() {
        Engine::Sqlite => (SAID_IN_SQLITE, for_sqlite(&terms, true)),
        Engine::Postgres => (SAID_IN_POSTGRES, for_postgres(&terms, true)),
    };
    let args: Vec<Arg<'_>> = std::iter::once(query.into()).chain(more.iter().cloned()).collect();
    db.read(&sql.replace("{said}", said), &args).await
}

/// A record that says what was looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A report, an investigation or a countermeasure.
    Ticket(Box<Ticket>),
    /// An incident.
    Incident(Box<Incident>),
}

/// The records that say all the words, what was said last first, as far as the viewer may see them.
pub async fn seek(db: &Db, viewer: &Viewer, text: &str, limit: usize) -> Result<Vec<Found>, StoreError> {
    let terms = terms(text);
    if terms.is_empty() {
        return Ok(Vec::new());
    }
    // Whole words come first: the index reads them from the newest on, while all words that begin so are gathered before the
    // newest is known. Only where they do not fill the answer, beginnings are looked for too.
    let mut order = parts(db, &terms, false).await?;
    if order.len() < limit {
        order = parts(db, &terms, true).await?;
    }
    let mut found = Vec::new();
    for (kind, id) in order {
        if found.len() >= limit {
            break;
        }
        match kind.as_str() {
            "ticket" => {
                let one = sql_ticket::get_ticket(db, viewer, &id).await?;
                found.extend(one.map(|one| Found::Ticket(Box::new(one))));
            }
            "incident" => found.extend(sql::get(db, viewer, &id).await?.map(|one| Found::Incident(Box::new(one)))),
            _ => {}
        }
    }
    Ok(found)
}

/// Kind and id of the records that say the words, what was said last first. `begins`: the last word may go on.
async fn parts(db: &Db, terms: &[Vec<String>], begins: bool) -> Result<Vec<(String, String)>, StoreError> {
    let (sql, query) = match db.engine() {
        Engine::Sqlite => (SQLITE, for_sqlite(terms, begins)),
        Engine::Postgres => (POSTGRES, for_postgres(terms, begins)),
    };
    let mut order: Vec<(String, String)> = Vec::new();
    for row in db.read(sql, &[query.into(), PARTS.into()]).await? {
        let record = (row.text(0)?, row.text(1)?);
        if !order.contains(&record) {
            order.push(record);
        }
    }
    Ok(order)
}

/// What somebody looks for, as SQLite's index is asked for it. Where there is no word in it, it finds nothing.
pub(crate) fn asked_of_sqlite(text: &str) -> String {
    let terms = terms(text);
    if terms.is_empty() { "\"\"".into() } else { for_sqlite(&terms, true) }
}

/// The same for PostgreSQL, to whom no word is no query.
pub(crate) fn asked_of_postgres(text: &str) -> String {
    let terms = terms(text);
    if terms.is_empty() { String::new() } else { for_postgres(&terms, true) }
}

/// `"192 0 2 1" "phi"*`: every term, its words in their order; words hold letters and digits only.
fn for_sqlite(terms: &[Vec<String>], begins: bool) -> String {
    let last = terms.len().saturating_sub(1);
    let quoted = terms.iter().enumerate().map(|(at, term)| {
        let goes_on = if (begins && at == last) || goes_on(term) { "*" } else { "" };
        format!("\"{}\"{goes_on}", term.join(" "))
    });
    quoted.collect::<Vec<_>>().join(" ")
}

/// `(192 <-> 0 <-> 2 <-> 1) & (phi:*)`.
fn for_postgres(terms: &[Vec<String>], begins: bool) -> String {
    let last = terms.len().saturating_sub(1);
    let all = terms.iter().enumerate().map(|(at, term)| {
        let goes_on = if (begins && at == last) || goes_on(term) { ":*" } else { "" };
        format!("({}{goes_on})", term.join(" <-> "))
    });
    all.collect::<Vec<_>>().join(" & ")
}

fn goes_on(term: &[String]) -> bool {
    term.last().is_some_and(|last| may_go_on(last))
}
