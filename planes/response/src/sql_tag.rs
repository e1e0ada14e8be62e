//! Statements about tags.

use manara_model::{Micros, Viewer};
use manara_store::{Arg, Db, StoreError, Tx};

use crate::tag::tags_in;

const PUT_HEAD: &str = "INSERT INTO response_tag (record_kind, record_id, tag, who, at) VALUES";
const PUT_TAIL: &str = "ON CONFLICT (record_id, tag) DO NOTHING";
const DROP: &str = "DELETE FROM response_tag WHERE record_id = $1 AND tag IN (…)";
const OF: &str = "SELECT tag FROM response_tag WHERE record_id = $1 ORDER BY tag LIMIT 500";
const USED_ON_INCIDENTS: &str = "
    SELECT t.tag, COUNT(*) FROM response_tag t JOIN response_incident i ON i.id = t.record_id WHERE i.tlp <= $1
     GROUP BY t.tag ORDER BY 2 DESC, 1 LIMIT 300";
const USED_ON_TICKETS: &str = "
    SELECT t.tag, COUNT(*) FROM response_tag t JOIN response_ticket i ON i.id = t.record_id WHERE i.tlp <= $1
     GROUP BY t.tag ORDER BY 2 DESC, 1 LIMIT 300";

/// Brings the rows of a record from one column of tags to another.
pub(crate) async fn set_tags(
    tx: &mut Tx,
    (kind, id): (&str, &str),
    (before, after): (&str, &str),
    who: &str,
    now: Micros,
) -> Result<(), StoreError> {
    let gone: Vec<&str> = tags_in(before).filter(|tag| !tags_in(after).any(|one| one == *tag)).collect();
    if !gone.is_empty() {
        tx.run_in(DROP, &[id.into()], &gone).await?;
    }
    let new = tags_in(after).filter(|tag| !tags_in(before).any(|one| one == *tag));
    let args: Vec<Arg<'_>> =
        new.flat_map(|tag| [Arg::Text(kind), Arg::Text(id), Arg::Text(tag), Arg::Text(who), now.into()]).collect();
    if args.is_empty() {
        return Ok(());
    }
    tx.run_many(PUT_HEAD, 5, args, PUT_TAIL).await
}

/// Gives new records their tags: the id of each, and its column of tags.
pub(crate) async fn put_tags(
    tx: &mut Tx,
    kind: &str,
    all: &[(String, String)],
    who: &str,
    now: Micros,
) -> Result<(), StoreError> {
    let args = all.iter().flat_map(|(id, column)| {
        tags_in(column).flat_map(move |tag| [kind.into(), id.into(), Arg::Text(tag), who.into(), now.into()])
    });
    let args: Vec<Arg<'_>> = args.collect();
    tx.run_many(PUT_HEAD, 5, args, PUT_TAIL).await
}

/// The tags of a record as a column.
pub(crate) async fn column_in(tx: &mut Tx, id: &str) -> Result<String, StoreError> {
    let rows = tx.read(OF, &[id.into()]).await?;
    let tags: Vec<String> = rows.iter().map(|row| row.text(0)).collect::<Result<_, _>>()?;
    Ok(tags.join("\n"))
}

/// The tags in use, as far as the viewer may see the records, the most used first, with how often.
pub async fn used_tags(db: &Db, viewer: &Viewer, of_tickets: bool) -> Result<Vec<(String, i64)>, StoreError> {
    let sql = if of_tickets { USED_ON_TICKETS } else { USED_ON_INCIDENTS };
    db.read(sql, &[viewer.into()]).await?.iter().map(|row| Ok((row.text(0)?, row.int(1)?))).collect()
}
