//! Statements about what registries outside were asked.

use manara_model::{Micros, Tlp, Viewer};
use manara_store::{Arg, Db, Row, StoreError, Tx};

use crate::asked::{Asked, Way};

const PUT: &str = "
    INSERT INTO response_asked (id, way, kind, value, server, who, at, said, answer, incident_id)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
/// What was asked for an incident is known to those who may see that.
const OF: &str = "
    SELECT a.id, a.way, a.kind, a.value, a.server, a.who, a.at, a.said, a.answer FROM response_asked a
     WHERE a.value = $1 AND a.kind = $2 AND (a.incident_id = '' OR EXISTS
        (SELECT 1 FROM response_incident i WHERE i.id = a.incident_id AND i.tlp <= $3))
     ORDER BY a.at DESC, a.id DESC LIMIT $4";
const SINCE: &str = "SELECT COUNT(*) FROM response_asked WHERE at >= $1";
/// Live incidents of which nobody outside may be asked, and that speak of a value.
const FORBIDS: &str = "
    SELECT i.number, i.tlp, i.mailbox FROM response_incident i
     WHERE i.pap >= 2 AND i.state IN ('new', 'open') AND
           (i.id IN (SELECT f.incident_id FROM response_incident_finding f WHERE f.asset = $1 AND f.removed = '')
            OR i.id IN (SELECT o.record_id FROM response_observable o WHERE o.value = $1)
            OR i.id IN (SELECT l.incident_id FROM response_observable o
                          JOIN response_ticket_incident l ON l.ticket_id = o.record_id WHERE o.value = $1))
     ORDER BY i.tlp, i.id LIMIT 1";

fn asked(row: &Row) -> Result<Asked, StoreError> {
    let way = row.text(1)?;
    Ok(Asked {
        id: row.text(0)?,
        way: Way::parse(&way).ok_or_else(|| StoreError::unknown("way", way))?,
        kind: row.text(2)?,
        value: row.text(3)?,
        server: row.text(4)?,
        who: row.text(5)?,
        at: row.moment(6)?,
        said: serde_json::from_str(&row.text(7)?).unwrap_or_default(),
        answer: row.text(8)?,
    })
}

/// Keeps an answer, with the id of the incident it was asked for; empty for none.
pub(crate) async fn put_asked(tx: &mut Tx, one: &Asked, incident: &str) -> Result<(), StoreError> {
    let said = serde_json::to_string(&one.said).unwrap_or_default();
    let args: [Arg<'_>; 10] = [
        (&one.id).into(),
        one.way.as_str().into(),
        (&one.kind).into(),
        (&one.value).into(),
        (&one.server).into(),
        (&one.who).into(),
        one.at.into(),
        said.into(),
        (&one.answer).into(),
        incident.into(),
    ];
    tx.run(PUT, &args).await.map(|_| ())
}

/// What registries said of a value, the newest first, as far as the viewer may see what it was asked for.
pub async fn asked_of(
    db: &Db,
    viewer: &Viewer,
    (kind, value): (&str, &str),
    limit: i64,
) -> Result<Vec<Asked>, StoreError> {
    db.read(OF, &[value.into(), kind.into(), viewer.into(), limit.into()]).await?.iter().map(asked).collect()
}

/// How many questions were asked since a moment.
pub async fn asked_since(db: &Db, since: Micros) -> Result<i64, StoreError> {
    db.read_int(SINCE, &[since.into()]).await
}

/// Whether a live incident forbids that anybody outside is asked about a value. Its number, as far as the viewer may see it.
pub async fn asking_forbidden(db: &Db, viewer: &Viewer, value: &str) -> Result<Option<String>, StoreError> {
    let Some(row) = db.read_one(FORBIDS, &[value.into()]).await? else { return Ok(None) };
    let rank = row.int(1)?;
    let tlp = Tlp::from_rank(rank).ok_or_else(|| StoreError::unknown("tlp", rank))?;
    let number = if viewer.may_see_of(tlp, &row.text(2)?) { row.text(0)? } else { String::new() };
    Ok(Some(number))
}
