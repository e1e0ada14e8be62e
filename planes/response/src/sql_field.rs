//! Statements about own fields.

use manara_model::{Micros, Viewer};
use manara_store::{Arg, Db, Row, StoreError, Tx};
use serde_json::{Map, Value};

use crate::own_field::{Belongs, OwnField, OwnFieldKind, OwnValue};
use crate::texts::Texts;

const PUT_HEAD: &str =
    "INSERT INTO response_field_value (incident_id, field, kind, title, value, value_words, who, at) VALUES";
const PUT_TAIL: &str = "
    ON CONFLICT (incident_id, field) DO UPDATE SET kind = excluded.kind, title = excluded.title, value = excluded.value,
        value_words = excluded.value_words, who = excluded.who, at = excluded.at";
const DROP: &str = "DELETE FROM response_field_value WHERE incident_id = $1 AND field = $2";
const OF: &str = "
    SELECT field, kind, title, value, value_words, who, at FROM response_field_value
     WHERE incident_id = $1 ORDER BY field LIMIT 500";
const MAILBOXES: &str = "
    SELECT DISTINCT t.mailbox FROM response_ticket t JOIN response_ticket_incident l ON l.ticket_id = t.id
     WHERE l.incident_id = $1 AND t.mailbox <> '' ORDER BY t.mailbox LIMIT 100";
const CONSTITUENTS: &str = "
    SELECT name FROM response_incident_constituent WHERE incident_id = $1 ORDER BY name LIMIT 200";
/// The values in use that people choose by: not long texts.
const USED: &str = "
    SELECT v.field, v.value, MAX(v.title), MAX(v.value_words), COUNT(*) FROM response_field_value v
      JOIN response_incident i ON i.id = v.incident_id
     WHERE i.tlp <= $1 AND LENGTH(v.value) <= 80 GROUP BY v.field, v.value ORDER BY 1, 5 DESC, 2 LIMIT 300";

fn value(row: &Row) -> Result<OwnValue, StoreError> {
    let kind = row.text(1)?;
    Ok(OwnValue {
        field: row.text(0)?,
        kind: OwnFieldKind::parse(&kind).ok_or_else(|| StoreError::unknown("kind", kind))?,
        title: Texts::read(&row.text(2)?),
        value: row.text(3)?,
        words: Texts::read(&row.text(4)?),
        written: (row.text(5)?, row.moment(6)?),
    })
}

/// The values of an incident, those of fields that are no longer defined too.
pub async fn own_values(db: &Db, incident: &str) -> Result<Vec<OwnValue>, StoreError> {
    db.read(OF, &[incident.into()]).await?.iter().map(value).collect()
}

/// The same as the column of the incident: a JSON object, or nothing.
pub(crate) async fn column_in(tx: &mut Tx, incident: &str) -> Result<String, StoreError> {
    let rows = tx.read(OF, &[incident.into()]).await?;
    let mut all = Map::new();
    for row in &rows {
        let one = value(row)?;
        all.insert(one.field, Value::from(one.value));
    }
    Ok(if all.is_empty() { String::new() } else { Value::Object(all).to_string() })
}

/// Writes a value with the words of its field; an empty one takes it away.
pub(crate) async fn put_value(
    tx: &mut Tx,
    incident: &str,
    (field, value): (&OwnField, &str),
    who: &str,
    now: Micros,
) -> Result<(), StoreError> {
    if value.is_empty() {
        return tx.run(DROP, &[incident.into(), (&field.id).into()]).await.map(|_| ());
    }
    put_values(tx, &[(incident, field, value)], who, now).await
}

/// Writes values with the words of their fields, each for an incident and a field of its own; none is empty.
pub(crate) async fn put_values(
    tx: &mut Tx,
    all: &[(&str, &OwnField, &str)],
    who: &str,
    now: Micros,
) -> Result<(), StoreError> {
    let mut args: Vec<Arg<'_>> = Vec::with_capacity(all.len() * 8);
    for (incident, field, value) in all {
        args.extend([
            Arg::Text(incident),
            (&field.id).into(),
            field.kind.as_str().into(),
            field.title.stored().into(),
            Arg::Text(value),
            field.words_of(value).stored().into(),
            who.into(),
            now.into(),
        ] as [Arg<'_>; 8]);
    }
    tx.run_many(PUT_HEAD, 8, args, PUT_TAIL).await
}

/// Takes a value of a field away that is no longer defined.
pub(crate) async fn drop_value(tx: &mut Tx, incident: &str, field: &str) -> Result<bool, StoreError> {
    Ok(tx.run(DROP, &[incident.into(), field.into()]).await? == 1)
}

fn texts(rows: &[Row]) -> Result<Vec<String>, StoreError> {
    rows.iter().map(|row| row.text(0)).collect()
}

/// Whose incident it is.
pub async fn belongs(db: &Db, incident: &str) -> Result<Belongs, StoreError> {
    Ok(Belongs {
        mailboxes: texts(&db.read(MAILBOXES, &[incident.into()]).await?)?,
        constituents: texts(&db.read(CONSTITUENTS, &[incident.into()]).await?)?,
    })
}

pub(crate) async fn belongs_in(tx: &mut Tx, incident: &str) -> Result<Belongs, StoreError> {
    Ok(Belongs {
        mailboxes: texts(&tx.read(MAILBOXES, &[incident.into()]).await?)?,
        constituents: texts(&tx.read(CONSTITUENTS, &[incident.into()]).await?)?,
    })
}

/// A value that is in use: the field, the value, and the words of both.
pub(crate) type Used = (String, String, Texts, Texts);

/// The values in use, as far as the viewer may see the incidents.
pub(crate) async fn used(db: &Db, viewer: &Viewer) -> Result<Vec<Used>, StoreError> {
    let rows = db.read(USED, &[viewer.into()]).await?;
    rows.iter()
        .map(|row| Ok((row.text(0)?, row.text(1)?, Texts::read(&row.text(2)?), Texts::read(&row.text(3)?))))
        .collect()
}
