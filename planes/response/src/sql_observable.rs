//! Statements about the observables of a record, and the other records that know them.

use manara_model::{Micros, Viewer};
use manara_store::{Db, Engine, Row, StoreError, Tx};

use crate::message::Seen;
use crate::observable::{Observable, SeenElsewhere};
use crate::sql_ticket;

const COLUMNS: &str = "kind, value, source, who, at, note, removed";
const OF: &str = "SELECT {} FROM response_observable WHERE record_id = $1 ORDER BY removed, kind, value LIMIT $2";
const ONE: &str = "SELECT {} FROM response_observable WHERE record_id = $1 AND kind = $2 AND value = $3";
const NAME: &str = "
    INSERT INTO response_observable (record_kind, record_id, kind, value, source, at, note, who)
    VALUES ('incident', $1, $2, $3, 'person', $4, $5, $6)
    ON CONFLICT (record_id, kind, value) DO UPDATE SET removed = '',
        note = CASE WHEN excluded.note = '' THEN response_observable.note ELSE excluded.note END";
const SET_NOTE: &str = "UPDATE response_observable SET note = $4 WHERE record_id = $1 AND kind = $2 AND value = $3";
const SET_REMOVED: &str =
    "UPDATE response_observable SET removed = $4 WHERE record_id = $1 AND kind = $2 AND value = $3";

/// Observables of a record that are looked for elsewhere.
const LOOKED_FOR: i64 = 300;
/// Of each observable the newest records that know it too: some are known to a great part of all. `{kind}` says of which kind
/// of record, `{table}` where those are, `{what}` and `{title}` what they are called.
const ELSEWHERE_IN_SQLITE: &str = "
    SELECT DISTINCT m.value, {what}, t.number, {title} FROM
        (SELECT kind, value FROM response_observable WHERE record_id = $1 AND removed = '' ORDER BY kind, value LIMIT 300) m
      JOIN {table} t ON t.id IN
        (SELECT o.record_id FROM response_observable o WHERE o.value = m.value AND o.kind = m.kind AND o.removed = ''
            AND o.record_kind = '{kind}' AND o.record_id <> $1 AND o.record_id NOT IN ({family})
          ORDER BY o.record_id DESC LIMIT 20)
     WHERE t.tlp <= $2 AND t.merged_into = '' ORDER BY t.number DESC, m.value LIMIT 50";
const ELSEWHERE_IN_POSTGRES: &str = "
    SELECT DISTINCT m.value, {what}, t.number, {title} FROM
        (SELECT kind, value FROM response_observable WHERE record_id = $1 AND removed = '' ORDER BY kind, value LIMIT 300) m
      CROSS JOIN LATERAL
        (SELECT o.record_id FROM response_observable o WHERE o.value = m.value AND o.kind = m.kind AND o.removed = ''
            AND o.record_kind = '{kind}' AND o.record_id <> $1 AND o.record_id NOT IN ({family})
          ORDER BY o.record_id DESC LIMIT 20) e
      JOIN {table} t ON t.id = e.record_id
     WHERE t.tlp <= $2 AND t.merged_into = '' ORDER BY t.number DESC, m.value LIMIT 50";
const FINDINGS: &str = "
    SELECT DISTINCT f.asset, i.number, i.title FROM response_incident_finding f JOIN response_incident i ON i.id = f.incident_id
     WHERE f.removed = '' AND f.incident_id <> $1 AND f.incident_id NOT IN ({family}) AND i.tlp <= $2 AND i.merged_into = ''
       AND f.asset IN (…) ORDER BY i.number DESC, f.asset LIMIT 50";
const EVIDENCE: &str = "
    SELECT DISTINCT e.sha256, i.number, i.title FROM response_evidence e JOIN response_incident i ON i.id = e.incident_id
     WHERE e.removed = '' AND e.incident_id <> $1 AND e.incident_id NOT IN ({family}) AND i.tlp <= $2 AND i.merged_into = ''
       AND e.sha256 IN (…) ORDER BY i.number DESC, e.sha256 LIMIT 50";
/// The records that are shown together with one: the tickets of an incident, the incidents of a ticket.
const FAMILY: &str = "SELECT ticket_id FROM response_ticket_incident WHERE incident_id = $1
     UNION SELECT incident_id FROM response_ticket_incident WHERE ticket_id = $1";
/// Records shown of each kind, as the statements have it.
const SHOWN: usize = 50;

fn observable(row: &Row) -> Result<Observable, StoreError> {
    Ok(Observable {
        kind: row.text(0)?,
        value: row.text(1)?,
        source: row.text(2)?,
        who: row.text(3)?,
        at: row.moment(4)?,
        note: row.text(5)?,
        removed: row.opt_moment(6)?,
    })
}

/// The observables of a record, those that count first.
pub async fn all_observables(db: &Db, record_id: &str, limit: i64) -> Result<Vec<Observable>, StoreError> {
    let rows = db.read(&OF.replace("{}", COLUMNS), &[record_id.into(), limit.into()]).await?;
    rows.iter().map(observable).collect()
}

/// One of them.
pub(crate) async fn one(db: &Db, record_id: &str, seen: &Seen) -> Result<Option<Observable>, StoreError> {
    let args = [record_id.into(), (&seen.kind).into(), (&seen.value).into()];
    db.read_one(&ONE.replace("{}", COLUMNS), &args).await?.as_ref().map(observable).transpose()
}

/// The same inside a transaction.
pub(crate) async fn one_in(tx: &mut Tx, record_id: &str, seen: &Seen) -> Result<Option<Observable>, StoreError> {
    let args = [record_id.into(), (&seen.kind).into(), (&seen.value).into()];
    tx.read_one(&ONE.replace("{}", COLUMNS), &args).await?.as_ref().map(observable).transpose()
}

/// Names an observable of an incident; what was taken off comes back.
pub(crate) async fn name(
    tx: &mut Tx,
    incident: &str,
    seen: &Seen,
    (note, who): (&str, &str),
    now: Micros,
) -> Result<(), StoreError> {
    let (kind, value) = ((&seen.kind).into(), (&seen.value).into());
    tx.run(NAME, &[incident.into(), kind, value, now.into(), note.into(), who.into()]).await.map(|_| ())
}

/// Says something of an observable.
pub(crate) async fn set_note(tx: &mut Tx, record_id: &str, seen: &Seen, note: &str) -> Result<(), StoreError> {
    let args = [record_id.into(), (&seen.kind).into(), (&seen.value).into(), note.into()];
    tx.run(SET_NOTE, &args).await.map(|_| ())
}

/// Takes an observable off, or brings it back.
pub(crate) async fn set_removed(
    tx: &mut Tx,
    record_id: &str,
    seen: &Seen,
    removed: Option<Micros>,
) -> Result<(), StoreError> {
    let args = [record_id.into(), (&seen.kind).into(), (&seen.value).into(), removed.into()];
    tx.run(SET_REMOVED, &args).await.map(|_| ())
}

/// Gives an observable of one incident to another, with what was said of it.
pub(crate) async fn give(tx: &mut Tx, (from, into): (&str, &str), seen: &Seen) -> Result<(), StoreError> {
    const GONE: &str = "
        DELETE FROM response_observable WHERE record_id = $1 AND kind = $2 AND value = $3 AND EXISTS
            (SELECT 1 FROM response_observable o WHERE o.record_id = $4 AND o.kind = $2 AND o.value = $3)";
    const GIVE: &str = "
        UPDATE response_observable SET record_id = $4 WHERE record_id = $1 AND kind = $2 AND value = $3";
    let args: [manara_store::Arg<'_>; 4] = [from.into(), (&seen.kind).into(), (&seen.value).into(), into.into()];
    tx.run(GONE, &args).await?;
    tx.run(GIVE, &args).await.map(|_| ())
}

/// Other records that know what one speaks of, as far as the viewer may see them: tickets, incidents, incidents with such a
/// finding, and incidents with such a piece of evidence; the newest of each first. Those that belong to it are left out.
pub async fn seen_elsewhere(db: &Db, viewer: &Viewer, record_id: &str) -> Result<Vec<SeenElsewhere>, StoreError> {
    let args = [record_id.into(), viewer.into()];
    let elsewhere = match db.engine() {
        Engine::Sqlite => ELSEWHERE_IN_SQLITE,
        Engine::Postgres => ELSEWHERE_IN_POSTGRES,
    };
    let mut all = Vec::new();
    for (kind, table, what, title) in [
        ("ticket", "response_ticket", "(t.kind || '')", "t.subject"),
        ("incident", "response_incident", "'incident'", "t.title"),
    ] {
        let sql = elsewhere.replace("{kind}", kind).replace("{table}", table);
        let sql = sql.replace("{what}", what).replace("{title}", title).replace("{family}", FAMILY);
        for row in db.read(&sql, &args).await? {
            let (value, kind, number, title) = (row.text(0)?, row.text(1)?, row.text(2)?, row.text(3)?);
            all.push(SeenElsewhere { value, kind, number, title });
        }
    }
    let seen = sql_ticket::observables_of(db, record_id, LOOKED_FOR).await?;
    let values = |is_hash: bool| -> Vec<&str> {
        let of = seen.iter().filter(|one| (one.kind == "hash_sha256") == is_hash);
        of.map(|one| one.value.as_str()).collect()
    };
    for (kind, sql, values) in [("finding", FINDINGS, values(false)), ("evidence", EVIDENCE, values(true))] {
        let mut found = Vec::new();
        for row in db.read_in(&sql.replace("{family}", FAMILY), &args, &values).await? {
            let (value, number, title) = (row.text(0)?, row.text(1)?, row.text(2)?);
            found.push(SeenElsewhere { value, kind: kind.into(), number, title });
        }
        found.sort_by(|a, b| (&b.number, &a.value).cmp(&(&a.number, &b.value)));
        found.truncate(SHOWN);
        all.extend(found);
    }
    Ok(all)
}
