//! Every statement of the plane, and the rows they give.

use std::collections::{HashMap, HashSet};

use manara_model::{Micros, Tlp, Viewer};
use manara_store::{Arg, Db, Row, StoreError, Tx};

use crate::incident::{Impact, Incident, Linked, Note, State, Verdict, Wording};
use crate::pap::Pap;
use crate::related::Reason;
use crate::words::{self, Said};

/// The columns of [`incident`], in its order.
pub(crate) const COLUMNS: &str = "id, number, title, taxonomy, type, impact, urgency, severity, tlp, owner, state, resolution, \
     verdict, merged_into, rule, opened_by, version, findings, constituents, created, changed, closed, due, mailbox, pap, tags, fields";

const TURN: &str = "
    INSERT INTO response_turn (name, at) VALUES ('incidents', $1) ON CONFLICT (name) DO UPDATE SET at = excluded.at";
const TAKE_NUMBER: &str = "
    INSERT INTO response_number (year, last) VALUES ($1, 1)
    ON CONFLICT (year) DO UPDATE SET last = response_number.last + 1 RETURNING last";
const PUT_HEAD: &str = "INSERT INTO response_incident (id, number, title, taxonomy, type, impact, urgency, severity, tlp, owner, \
state, resolution, verdict, merged_into, rule, opened_by, version, findings, constituents, created, changed, closed, due, mailbox, pap, tags, \
fields) VALUES";
const PUT_TAIL: &str = "ON CONFLICT (id) DO UPDATE SET title = excluded.title, taxonomy = excluded.taxonomy, type = excluded.type, \
     impact = excluded.impact, urgency = excluded.urgency, severity = excluded.severity, tlp = excluded.tlp, \
     owner = excluded.owner, state = excluded.state, resolution = excluded.resolution, verdict = excluded.verdict, \
     merged_into = excluded.merged_into, version = excluded.version, findings = excluded.findings, \
     constituents = excluded.constituents, changed = excluded.changed, closed = excluded.closed, due = excluded.due, \
     mailbox = excluded.mailbox, pap = excluded.pap, tags = excluded.tags, fields = excluded.fields";
const LINKED_FINDINGS: &str = "
    SELECT COUNT(*) FROM response_incident_finding WHERE incident_id = $1 AND removed = ''";
const NAMES: &str = "
    SELECT name FROM response_incident_constituent WHERE incident_id = $1 ORDER BY name, constituent_id LIMIT 20";
const PUT_CONSTITUENT_HEAD: &str =
    "INSERT INTO response_incident_constituent (incident_id, constituent_id, name) VALUES";
const PUT_CONSTITUENT_TAIL: &str = "ON CONFLICT (incident_id, constituent_id) DO UPDATE SET name = excluded.name";
const PUT_FINDING_HEAD: &str = "INSERT INTO response_incident_finding (incident_id, finding_id, constituent_id, constituent, type, \
     subject, asset, net, severity, linked_at, removed) VALUES";
const PUT_FINDING_TAIL: &str = "ON CONFLICT (incident_id, finding_id) DO UPDATE SET constituent = excluded.constituent, \
     severity = excluded.severity, linked_at = excluded.linked_at, removed = ''";
const LINKED_ALREADY: &str = "
    SELECT finding_id FROM response_incident_finding WHERE removed = '' AND incident_id = $1 AND finding_id IN (…)";
const REMOVE_FINDINGS: &str = "
    UPDATE response_incident_finding SET removed = $1 WHERE removed = '' AND incident_id = $2 AND finding_id IN (…)";
/// What keeps a finding out of the rules' hands, one row for each incident that has or had it.
const TIES: &str = "
    SELECT f.finding_id, f.incident_id, f.removed, (i.state || ''), i.closed
      FROM response_incident_finding f JOIN response_incident i ON i.id = f.incident_id WHERE f.finding_id IN (…)";
const KEYS: &str = "
    SELECT k.name, k.incident_id FROM response_key k JOIN response_incident i ON i.id = k.incident_id
     WHERE (i.state || '') IN ('new', 'open') AND k.name IN (…)";
const PUT_KEY: &str = "
    INSERT INTO response_key (name, incident_id) VALUES ($1, $2)
    ON CONFLICT (name) DO UPDATE SET incident_id = excluded.incident_id";
const LIVE_OF_GROUP: &str = "
    SELECT i.id FROM response_incident_finding f JOIN response_incident i ON i.id = f.incident_id
     WHERE f.subject = $1 AND f.type = $2 AND f.constituent_id = $3 AND f.removed = '' AND (i.state || '') IN ('new', 'open')
     ORDER BY i.id LIMIT 1";
const FINDINGS_OF: &str = "
    SELECT finding_id, constituent_id, constituent, type, subject, asset, severity, linked_at FROM response_incident_finding
     WHERE incident_id = $1 AND removed = '' AND finding_id > $2 ORDER BY finding_id LIMIT $3";
const FINDINGS_SHOWN: &str = "
    SELECT finding_id, constituent_id, constituent, type, subject, asset, severity, linked_at FROM response_incident_finding
     WHERE incident_id = $1 AND removed = '' ORDER BY severity DESC, linked_at DESC, finding_id LIMIT $2";
const CONSTITUENTS_OF: &str = "
    SELECT constituent_id, name FROM response_incident_constituent WHERE incident_id = $1 ORDER BY name, constituent_id LIMIT $2";
const OF_FINDING: &str = "
    SELECT {} FROM response_incident WHERE tlp <= $1 AND id IN
        (SELECT incident_id FROM response_incident_finding WHERE finding_id = $2 AND removed = '')
     ORDER BY id DESC LIMIT 20";
const OF_CONSTITUENT: &str = "
    SELECT {} FROM response_incident WHERE tlp <= $1 AND state IN ('new', 'open') AND id IN
        (SELECT incident_id FROM response_incident_constituent WHERE constituent_id = $2)
     ORDER BY id DESC LIMIT 10";
const SHARED_ASSET: &str = "
    SELECT o.incident_id, MIN(o.asset) FROM response_incident_finding o JOIN response_incident i ON i.id = o.incident_id
     WHERE o.removed = '' AND o.incident_id <> $1 AND i.tlp <= $2 AND i.merged_into <> $1 AND o.asset IN
        (SELECT m.asset FROM response_incident_finding m WHERE m.incident_id = $1 AND m.removed = '' ORDER BY m.finding_id LIMIT 1000)
     GROUP BY o.incident_id ORDER BY o.incident_id DESC LIMIT 20";
/// An observable that more than twenty others speak of, among those the reader may see, relates none of them.
const SHARED_OBSERVABLE: &str = "
    SELECT i.id, MIN(m.value) FROM
        (SELECT s.kind, s.value FROM response_observable s WHERE s.record_id = $1 AND s.removed = '' AND 20 >=
            (SELECT COUNT(*) FROM (SELECT 1 FROM response_observable k JOIN response_incident j ON j.id = k.record_id
              WHERE k.value = s.value AND k.kind = s.kind AND k.removed = '' AND k.record_kind = 'incident'
                AND k.record_id <> $1 AND j.tlp <= $2 LIMIT 21) AS few)
          ORDER BY s.kind, s.value LIMIT 300) m
      JOIN response_observable o ON o.value = m.value AND o.kind = m.kind AND o.removed = ''
                                AND o.record_kind = 'incident' AND o.record_id <> $1
      JOIN response_incident i ON i.id = o.record_id
     WHERE i.tlp <= $2 AND i.merged_into <> $1 GROUP BY i.id ORDER BY i.id DESC LIMIT 20";
const SHARED_NET: &str = "
    SELECT o.incident_id, MIN(o.net) FROM response_incident_finding o JOIN response_incident i ON i.id = o.incident_id
     WHERE o.removed = '' AND o.incident_id <> $1 AND i.tlp <= $2 AND i.merged_into <> $1 AND o.net IN
        (SELECT m.net FROM response_incident_finding m WHERE m.incident_id = $1 AND m.removed = '' AND m.net <> '' ORDER BY m.finding_id LIMIT 1000)
     GROUP BY o.incident_id ORDER BY o.incident_id DESC LIMIT 20";
const SHARED_SUBJECT: &str = "
    SELECT o.incident_id, MIN(o.subject) FROM response_incident_finding o JOIN response_incident i ON i.id = o.incident_id
     WHERE o.removed = '' AND o.incident_id <> $1 AND i.tlp <= $2 AND i.merged_into <> $1 AND o.subject IN
        (SELECT m.subject FROM response_incident_finding m
          WHERE m.incident_id = $1 AND m.removed = '' AND m.subject <> '' ORDER BY m.finding_id LIMIT 1000)
     GROUP BY o.incident_id ORDER BY o.incident_id DESC LIMIT 20";
/// Of the newest: a large constituent has a great part of all incidents.
const SHARED_CONSTITUENT: &str = "
    SELECT o.incident_id, MIN(o.name) FROM
        (SELECT c.incident_id, c.name FROM response_incident_constituent c
          WHERE c.incident_id <> $1 AND c.constituent_id IN
             (SELECT m.constituent_id FROM response_incident_constituent m WHERE m.incident_id = $1
               ORDER BY m.constituent_id LIMIT 1000)
          ORDER BY c.incident_id DESC LIMIT 200) o
      JOIN response_incident i ON i.id = o.incident_id
     WHERE i.tlp <= $2 AND i.merged_into <> $1
     GROUP BY o.incident_id ORDER BY o.incident_id DESC LIMIT 20";

const PUT_TITLE: &str = "
    INSERT INTO response_title (incident_id, version, before, after) VALUES ($1, $2, $3, $4)";
const TITLES: &str = "
    SELECT version, before, after FROM response_title WHERE incident_id = $1 ORDER BY version DESC LIMIT 500";

const ADD_NOTE: &str = "
    INSERT INTO response_note (id, incident_id, body, who, at, version, edited_by, edited_at, struck_by, struck_at)
    VALUES ($1, $2, $3, $4, $5, 1, '', '', '', '')";
const TELLS_OF: &str = "UPDATE response_note SET happened = $2, technique = $3 WHERE id = $1";
const NOTE_COLUMNS: &str =
    "id, incident_id, body, who, at, version, edited_by, edited_at, struck_by, struck_at, happened, technique";
const NOTE: &str = "SELECT {} FROM response_note WHERE id = $1 AND incident_id = $2";
const NOTES: &str = "SELECT {} FROM response_note WHERE incident_id = $1 ORDER BY at DESC, id DESC LIMIT $2";
const KEEP_WORDING: &str = "
    INSERT INTO response_note_before (note_id, version, body, who, at) VALUES ($1, $2, $3, $4, $5)";
const EDIT_NOTE: &str = "
    UPDATE response_note SET body = $2, version = version + 1, edited_by = $3, edited_at = $4 WHERE id = $1 AND version = $5";
const STRIKE_NOTE: &str = "UPDATE response_note SET struck_by = $2, struck_at = $3 WHERE id = $1 AND struck_at = ''";
const RESTORE_NOTE: &str = "UPDATE response_note SET struck_by = '', struck_at = '' WHERE id = $1 AND struck_at <> ''";
const WORDINGS: &str = "
    SELECT version, body, who, at FROM response_note_before WHERE note_id = $1 ORDER BY version DESC LIMIT 200";

const WATCH: &str = "
    INSERT INTO response_watcher (incident_id, person) VALUES ($1, $2) ON CONFLICT (incident_id, person) DO NOTHING";
const UNWATCH: &str = "DELETE FROM response_watcher WHERE incident_id = $1 AND person = $2";
const WATCHERS: &str = "SELECT person FROM response_watcher WHERE incident_id = $1 ORDER BY person LIMIT 1000";

const RELATE: &str = "
    INSERT INTO response_related (incident_id, other_id, who, at) VALUES ($1, $2, $3, $4)
    ON CONFLICT (incident_id, other_id) DO NOTHING";
const UNRELATE: &str = "DELETE FROM response_related WHERE incident_id = $1 AND other_id = $2";
const RELATED: &str = "
    SELECT {} FROM response_incident WHERE tlp <= $2 AND id IN
        (SELECT other_id FROM response_related WHERE incident_id = $1
          UNION SELECT incident_id FROM response_related WHERE other_id = $1)
     ORDER BY id DESC LIMIT 100";
const MERGED_HERE: &str = "
    SELECT {} FROM response_incident WHERE merged_into = $1 AND merged_into <> '' AND tlp <= $2 ORDER BY id DESC LIMIT 100";

const MOVABLE_FINDINGS: &str = "
    SELECT finding_id FROM response_incident_finding f WHERE f.incident_id = $1 AND f.removed = '' AND NOT EXISTS
        (SELECT 1 FROM response_incident_finding t WHERE t.incident_id = $2 AND t.finding_id = f.finding_id)
     ORDER BY finding_id LIMIT 1000000";
const MOVABLE_NOTES: &str = "SELECT id FROM response_note WHERE incident_id = $1 ORDER BY id LIMIT 1000000";
const MOVABLE_WATCHERS: &str = "
    SELECT person FROM response_watcher w WHERE w.incident_id = $1 AND NOT EXISTS
        (SELECT 1 FROM response_watcher t WHERE t.incident_id = $2 AND t.person = w.person)
     ORDER BY person LIMIT 100000";
const MOVABLE_KEYS: &str = "SELECT name FROM response_key WHERE incident_id = $1 ORDER BY name LIMIT 1000000";
const MOVABLE_CONSTITUENTS: &str = "
    SELECT constituent_id FROM response_incident_constituent c WHERE c.incident_id = $1 AND NOT EXISTS
        (SELECT 1 FROM response_incident_constituent t WHERE t.incident_id = $2 AND t.constituent_id = c.constituent_id)
     ORDER BY constituent_id LIMIT 100000";
const MOVABLE_TASKS: &str = "SELECT id FROM response_task WHERE incident_id = $1 ORDER BY id LIMIT 1000000";
const MOVABLE_CLOCKS: &str = "
    SELECT id FROM response_clock c WHERE c.incident_id = $1 AND NOT EXISTS
        (SELECT 1 FROM response_clock t WHERE t.incident_id = $2 AND t.rule = c.rule)
     ORDER BY id LIMIT 1000000";
/// Asked when the clocks have gone over.
const MOVABLE_STAGES: &str = "
    SELECT DISTINCT s.clock_id FROM response_clock_stage s WHERE s.incident_id = $1 AND EXISTS
        (SELECT 1 FROM response_clock c WHERE c.id = s.clock_id AND c.incident_id = $2)
     ORDER BY s.clock_id LIMIT 1000000";
const MOVABLE_PLAYBOOKS: &str = "
    SELECT playbook FROM response_playbook p WHERE p.incident_id = $1 AND NOT EXISTS
        (SELECT 1 FROM response_playbook t WHERE t.incident_id = $2 AND t.playbook = p.playbook)
     ORDER BY playbook LIMIT 100000";
const MOVABLE_EVIDENCE: &str = "SELECT id FROM response_evidence WHERE incident_id = $1 ORDER BY id LIMIT 1000000";
const MOVE_EVIDENCE: &str = "UPDATE response_evidence SET incident_id = $1 WHERE incident_id = $2 AND id IN (…)";
const MOVABLE_TAGS: &str = "
    SELECT tag FROM response_tag m WHERE m.record_id = $1 AND NOT EXISTS
        (SELECT 1 FROM response_tag t WHERE t.record_id = $2 AND t.tag = m.tag)
     ORDER BY tag LIMIT 100000";
const MOVE_TAGS: &str = "UPDATE response_tag SET record_id = $1 WHERE record_id = $2 AND tag IN (…)";
const MOVABLE_FIELDS: &str = "
    SELECT field FROM response_field_value m WHERE m.incident_id = $1 AND NOT EXISTS
        (SELECT 1 FROM response_field_value t WHERE t.incident_id = $2 AND t.field = m.field)
     ORDER BY field LIMIT 100000";
const MOVE_FIELDS: &str = "UPDATE response_field_value SET incident_id = $1 WHERE incident_id = $2 AND field IN (…)";
const MOVE_TASKS: &str = "UPDATE response_task SET incident_id = $1 WHERE incident_id = $2 AND id IN (…)";
const MOVE_CLOCKS: &str = "UPDATE response_clock SET incident_id = $1 WHERE incident_id = $2 AND id IN (…)";
const MOVE_STAGES: &str = "UPDATE response_clock_stage SET incident_id = $1 WHERE incident_id = $2 AND clock_id IN (…)";
const MOVE_PLAYBOOKS: &str = "UPDATE response_playbook SET incident_id = $1 WHERE incident_id = $2 AND playbook IN (…)";
const MOVE_FINDINGS: &str =
    "UPDATE response_incident_finding SET incident_id = $1 WHERE incident_id = $2 AND finding_id IN (…)";
const MOVE_NOTES: &str = "UPDATE response_note SET incident_id = $1 WHERE incident_id = $2 AND id IN (…)";
const MOVE_WATCHERS: &str = "UPDATE response_watcher SET incident_id = $1 WHERE incident_id = $2 AND person IN (…)";
const MOVE_KEYS: &str = "UPDATE response_key SET incident_id = $1 WHERE incident_id = $2 AND name IN (…)";
const MOVE_CONSTITUENTS: &str = "
    UPDATE response_incident_constituent SET incident_id = $1 WHERE incident_id = $2 AND constituent_id IN (…)";
const MOVABLE_TICKETS: &str = "
    SELECT ticket_id FROM response_ticket_incident l WHERE l.incident_id = $1 AND NOT EXISTS
        (SELECT 1 FROM response_ticket_incident t WHERE t.incident_id = $2 AND t.ticket_id = l.ticket_id)
     ORDER BY ticket_id LIMIT 1000000";
const MOVE_TICKETS: &str =
    "UPDATE response_ticket_incident SET incident_id = $1 WHERE incident_id = $2 AND ticket_id IN (…)";
const MOVABLE_OBSERVABLES: &str = "
    SELECT kind || ' ' || value FROM response_observable o WHERE o.record_id = $1 AND NOT EXISTS
        (SELECT 1 FROM response_observable t WHERE t.record_id = $2 AND t.kind = o.kind AND t.value = o.value)
     ORDER BY kind, value LIMIT 1000000";
const MOVE_OBSERVABLES: &str =
    "UPDATE response_observable SET record_id = $1 WHERE record_id = $2 AND kind || ' ' || value IN (…)";
const MOVABLE_TECHNIQUES: &str = "
    SELECT technique || ' ' || record_id FROM response_technique o WHERE o.incident_id = $1 AND NOT EXISTS
        (SELECT 1 FROM response_technique t
          WHERE t.incident_id = $2 AND t.technique = o.technique AND t.record_id = o.record_id)
     ORDER BY technique, record_id LIMIT 1000000";
const MOVE_TECHNIQUES: &str =
    "UPDATE response_technique SET incident_id = $1 WHERE incident_id = $2 AND technique || ' ' || record_id IN (…)";
const MOVABLE_MENTIONS: &str =
    "SELECT DISTINCT record_id FROM response_mention WHERE incident_id = $1 ORDER BY record_id LIMIT 1000000";
const MOVE_MENTIONS: &str = "UPDATE response_mention SET incident_id = $1 WHERE incident_id = $2 AND record_id IN (…)";
const MOVABLE_MOMENTS: &str = "
    SELECT name FROM response_moment o WHERE o.incident_id = $1 AND NOT EXISTS
        (SELECT 1 FROM response_moment t WHERE t.incident_id = $2 AND t.name = o.name)
     ORDER BY name LIMIT 1000";
const MOVE_MOMENTS: &str = "UPDATE response_moment SET incident_id = $1 WHERE incident_id = $2 AND name IN (…)";
/// The incidents the one is related to and the other is neither nor is related to.
const MOVABLE_RELATED: &str = "
    SELECT o.id FROM
        (SELECT other_id AS id FROM response_related WHERE incident_id = $1
          UNION SELECT incident_id FROM response_related WHERE other_id = $1) o
     WHERE o.id <> $2 AND NOT EXISTS
        (SELECT 1 FROM response_related t
          WHERE (t.incident_id = $2 AND t.other_id = o.id) OR (t.other_id = $2 AND t.incident_id = o.id))
     ORDER BY o.id LIMIT 1000000";
/// The smaller id stays the first.
const MOVE_RELATED: &str = "
    UPDATE response_related SET
        incident_id = CASE WHEN incident_id = $2 AND other_id < $1 THEN other_id
                           WHEN other_id = $2 AND incident_id < $1 THEN incident_id ELSE $1 END,
        other_id = CASE WHEN incident_id = $2 AND other_id > $1 THEN other_id
                        WHEN other_id = $2 AND incident_id > $1 THEN incident_id ELSE $1 END
     WHERE (incident_id = $2 OR other_id = $2)
       AND (CASE WHEN incident_id = $2 THEN other_id ELSE incident_id END) IN (…)";
const PUT_MOVED_HEAD: &str = "INSERT INTO response_moved (from_id, kind, record) VALUES";
const MOVED: &str = "SELECT record FROM response_moved WHERE from_id = $1 AND kind = $2 ORDER BY record LIMIT 1000000";
const DROP_MOVED: &str = "DELETE FROM response_moved WHERE from_id = $1";
const FORGET_MOVED: &str = "DELETE FROM response_moved WHERE from_id = $1 AND kind = $2 AND record IN (…)";

/// One pass over the index `response_incident_counts`, in its order: ages are sums, since a group for each would be sorted.
const COUNTS: &str = "
    SELECT state, COUNT(*), CAST(SUM(CASE WHEN created >= $2 THEN 1 ELSE 0 END) AS BIGINT),
        CAST(SUM(CASE WHEN created >= $3 THEN 1 ELSE 0 END) AS BIGINT),
        CAST(SUM(CASE WHEN created >= $4 THEN 1 ELSE 0 END) AS BIGINT),
        CAST(SUM(CASE WHEN owner = '' THEN 1 ELSE 0 END) AS BIGINT),
        CAST(SUM(CASE WHEN owner = $5 THEN 1 ELSE 0 END) AS BIGINT),
        CAST(SUM(CASE WHEN due <> '' AND due < $6 THEN 1 ELSE 0 END) AS BIGINT)
      FROM response_incident WHERE state IN ('new', 'open') AND tlp <= $1 GROUP BY state ORDER BY state LIMIT 2";
const OPENED_BETWEEN: &str =
    "SELECT COUNT(*) FROM response_incident WHERE created >= $1 AND created < $2 AND tlp <= $3";
const CLOSED_BETWEEN: &str = "
    SELECT COUNT(*) FROM response_incident
     WHERE closed >= $1 AND closed < $2 AND closed <> '' AND tlp <= $3";
const ANY: &str = "SELECT 1 FROM response_incident WHERE tlp <= $1 LIMIT 1";
const CONSTITUENT_NAME: &str = "
    SELECT c.name FROM response_incident_constituent c JOIN response_incident i ON i.id = c.incident_id
     WHERE c.constituent_id = $1 AND i.tlp <= $2 ORDER BY c.incident_id DESC LIMIT 1";
/// Of the newest incidents: to count those of all would read all.
const NAMED: &str = "
    SELECT c.constituent_id, MAX(c.name) FROM
        (SELECT id FROM response_incident WHERE tlp <= $1 ORDER BY created DESC, id DESC LIMIT 100) i
      JOIN response_incident_constituent c ON c.incident_id = i.id
     GROUP BY c.constituent_id ORDER BY 2, 1 LIMIT 200";
/// From one name to the next, so that as many rows are read as there are owners, and not as there are incidents.
const OWNERS: &str = "
    WITH RECURSIVE o (owner) AS (
        SELECT MIN(i.owner) FROM response_incident i WHERE i.owner > ''
         UNION ALL
        SELECT (SELECT MIN(i.owner) FROM response_incident i WHERE i.owner > o.owner) FROM o WHERE o.owner IS NOT NULL)
    SELECT o.owner FROM o WHERE o.owner IS NOT NULL
       AND EXISTS (SELECT 1 FROM response_incident i WHERE i.owner = o.owner AND i.tlp <= $1)
     ORDER BY o.owner LIMIT 500";
/// As owners are read.
const MAILBOXES: &str = "
    WITH RECURSIVE m (mailbox) AS (
        SELECT MIN(i.mailbox) FROM response_incident i WHERE i.mailbox > ''
         UNION ALL
        SELECT (SELECT MIN(i.mailbox) FROM response_incident i WHERE i.mailbox > m.mailbox) FROM m WHERE m.mailbox IS NOT NULL)
    SELECT m.mailbox FROM m WHERE m.mailbox IS NOT NULL
       AND EXISTS (SELECT 1 FROM response_incident i WHERE i.mailbox = m.mailbox AND i.tlp <= $1)
     ORDER BY m.mailbox LIMIT 200";

fn with_columns(sql: &str) -> String {
    sql.replace("{}", COLUMNS)
}

fn state(text: String) -> Result<State, StoreError> {
    State::parse(&text).ok_or_else(|| StoreError::unknown("state", text))
}

/// Reads a row of [`COLUMNS`].
pub(crate) fn incident(row: &Row) -> Result<Incident, StoreError> {
    let (impact, tlp, pap) = (row.text(5)?, row.int(8)?, row.int(24)?);
    Ok(Incident {
        id: row.text(0)?,
        number: row.text(1)?,
        title: row.text(2)?,
        taxonomy: row.text(3)?,
        kind: row.text(4)?,
        impact: Impact::parse(&impact).ok_or_else(|| StoreError::unknown("impact", impact))?,
        urgency: row.severity(6)?,
        severity: row.severity(7)?,
        tlp: Tlp::from_rank(tlp).ok_or_else(|| StoreError::unknown("tlp", tlp))?,
        pap: Pap::from_rank(pap).ok_or_else(|| StoreError::unknown("pap", pap))?,
        owner: row.text(9)?,
        state: state(row.text(10)?)?,
        resolution: row.text(11)?,
        verdict: Verdict::parse(&row.text(12)?),
        merged_into: row.text(13)?,
        rule: row.text(14)?,
        opened_by: row.text(15)?,
        version: row.int(16)?,
        findings: row.int(17)?,
        constituents: row.text(18)?,
        tags: row.text(25)?,
        fields: row.text(26)?,
        created: row.moment(19)?,
        changed: row.moment(20)?,
        closed: row.opt_moment(21)?,
        due: row.opt_moment(22)?,
        mailbox: row.text(23)?,
    })
}

fn incidents(rows: &[Row]) -> Result<Vec<Incident>, StoreError> {
    rows.iter().map(incident).collect()
}

fn linked(row: &Row) -> Result<Linked, StoreError> {
    Ok(Linked {
        finding_id: row.text(0)?,
        constituent_id: row.text(1)?,
        constituent: row.text(2)?,
        kind: row.text(3)?,
        subject: row.text(4)?,
        asset: row.text(5)?,
        severity: row.severity(6)?,
        linked_at: row.moment(7)?,
    })
}

fn note(row: &Row) -> Result<Note, StoreError> {
    let signed = |who: usize, at: usize| -> Result<Option<(String, Micros)>, StoreError> {
        let who = row.text(who)?;
        Ok(row.opt_moment(at)?.map(|at| (who, at)))
    };
    Ok(Note {
        id: row.text(0)?,
        incident_id: row.text(1)?,
        body: row.text(2)?,
        who: row.text(3)?,
        at: row.moment(4)?,
        version: row.int(5)?,
        edited: signed(6, 7)?,
        struck: signed(8, 9)?,
        happened: row.opt_moment(10)?,
        technique: row.text(11)?,
    })
}

/// Waits for its turn: whoever changes incidents does it alone.
pub(crate) async fn turn(tx: &mut Tx, now: Micros) -> Result<(), StoreError> {
    tx.run(TURN, &[now.into()]).await.map(|_| ())
}

/// Takes the next number of a year. It is given back when the transaction ends without a commit.
pub(crate) async fn take_number(tx: &mut Tx, year: &str) -> Result<i64, StoreError> {
    let row = tx.read_one(TAKE_NUMBER, &[year.into()]).await?;
    row.ok_or_else(|| StoreError::NotFound("number".into()))?.int(0)
}

/// One incident by its id, or by its number, if the viewer may see it.
pub async fn get(db: &Db, viewer: &Viewer, name: &str) -> Result<Option<Incident>, StoreError> {
    let args = [name.into(), viewer.into()];
    db.read_one(&by_name(name), &args).await?.as_ref().map(incident).transpose()
}

/// The same inside a transaction.
pub(crate) async fn get_in(tx: &mut Tx, viewer: &Viewer, name: &str) -> Result<Option<Incident>, StoreError> {
    let args = [name.into(), viewer.into()];
    tx.read_one(&by_name(name), &args).await?.as_ref().map(incident).transpose()
}

fn by_name(name: &str) -> String {
    let column = if name.starts_with("INC-") { "number" } else { "id" };
    format!("SELECT {COLUMNS} FROM response_incident WHERE {column} = $1 AND tlp <= $2")
}

fn some_sql() -> String {
    format!("SELECT {COLUMNS} FROM response_incident WHERE tlp <= $1 AND id IN (…)")
}

/// Incidents by id, as far as the viewer may see them.
pub(crate) async fn some(tx: &mut Tx, viewer: &Viewer, ids: &[&str]) -> Result<HashMap<String, Incident>, StoreError> {
    let rows = tx.read_in(&some_sql(), &[viewer.into()], ids).await?;
    rows.iter().map(|row| incident(row).map(|one| (one.id.clone(), one))).collect()
}

/// The same outside a transaction.
pub(crate) async fn some_of(db: &Db, viewer: &Viewer, ids: &[String]) -> Result<HashMap<String, Incident>, StoreError> {
    let rows = db.read_in(&some_sql(), &[viewer.into()], ids).await?;
    rows.iter().map(|row| incident(row).map(|one| (one.id.clone(), one))).collect()
}

/// Writes incidents, new or changed, with their words.
pub(crate) async fn put(tx: &mut Tx, incidents: &[Incident]) -> Result<(), StoreError> {
    put_rows(tx, incidents).await?;
    words::note(tx, &incidents.iter().map(said).collect::<Vec<_>>()).await
}

/// What an incident says of itself.
pub(crate) fn said(one: &Incident) -> Said<'_> {
    let text = format!("{} {} {} {} {}", one.number, one.title, one.constituents, one.tags, one.fields);
    Said { name: &one.id, record_kind: "incident", record_id: &one.id, text }
}

/// Writes their rows alone.
pub(crate) async fn put_rows(tx: &mut Tx, incidents: &[Incident]) -> Result<(), StoreError> {
    let mut args: Vec<Arg<'_>> = Vec::with_capacity(incidents.len() * 27);
    for one in incidents {
        args.extend([
            (&one.id).into(),
            (&one.number).into(),
            (&one.title).into(),
            (&one.taxonomy).into(),
            (&one.kind).into(),
            one.impact.as_str().into(),
            one.urgency.rank().into(),
            one.severity.rank().into(),
            one.tlp.rank().into(),
            (&one.owner).into(),
            one.state.as_str().into(),
            (&one.resolution).into(),
            one.verdict.map_or("", Verdict::as_str).into(),
            (&one.merged_into).into(),
            (&one.rule).into(),
            (&one.opened_by).into(),
            one.version.into(),
            one.findings.into(),
            (&one.constituents).into(),
            one.created.into(),
            one.changed.into(),
            one.closed.into(),
            one.due.into(),
            (&one.mailbox).into(),
            one.pap.rank().into(),
            (&one.tags).into(),
            (&one.fields).into(),
        ] as [Arg<'_>; 27]);
    }
    tx.run_many(PUT_HEAD, 27, args, PUT_TAIL).await
}

/// Brings what an incident says of its links in line with them.
pub(crate) async fn recount(tx: &mut Tx, one: &mut Incident) -> Result<(), StoreError> {
    let row = tx.read_one(LINKED_FINDINGS, &[(&one.id).into()]).await?;
    one.findings = row.map_or(Ok(0), |row| row.int(0))?;
    let rows = tx.read(NAMES, &[(&one.id).into()]).await?;
    let names: Vec<String> = rows.iter().map(|row| row.text(0)).collect::<Result<_, _>>()?;
    one.constituents = names.join(", ").chars().take(400).collect();
    one.tags = crate::sql_tag::column_in(tx, &one.id).await?;
    one.fields = crate::sql_field::column_in(tx, &one.id).await?;
    Ok(())
}

/// Keeps how an incident was called until a version, and since.
pub(crate) async fn put_title(
    tx: &mut Tx,
    (id, version): (&str, i64),
    before: &str,
    after: &str,
) -> Result<(), StoreError> {
    tx.run(PUT_TITLE, &[id.into(), version.into(), before.into(), after.into()]).await.map(|_| ())
}

/// How an incident was called, by the version that changed it: before and after.
pub(crate) async fn titles(db: &Db, id: &str) -> Result<HashMap<i64, (String, String)>, StoreError> {
    let rows = db.read(TITLES, &[id.into()]).await?;
    rows.iter().map(|row| Ok((row.int(0)?, (row.text(1)?, row.text(2)?)))).collect()
}

/// Names the constituents of an incident, besides those it has.
pub(crate) async fn put_constituents(tx: &mut Tx, id: &str, named: &[(String, String)]) -> Result<(), StoreError> {
    let args: Vec<Arg<'_>> =
        named.iter().flat_map(|(constituent, name)| [Arg::Text(id), constituent.into(), name.into()]).collect();
    tx.run_many(PUT_CONSTITUENT_HEAD, 3, args, PUT_CONSTITUENT_TAIL).await
}

/// Which of some findings are linked to an incident already.
pub(crate) async fn linked_already(tx: &mut Tx, id: &str, findings: &[&str]) -> Result<HashSet<String>, StoreError> {
    tx.read_in(LINKED_ALREADY, &[id.into()], findings).await?.iter().map(|row| row.text(0)).collect()
}

/// Links findings to an incident.
pub(crate) async fn put_findings(
    tx: &mut Tx,
    id: &str,
    findings: &[&crate::incident::FindingInput],
    now: Micros,
) -> Result<(), StoreError> {
    let mut args: Vec<Arg<'_>> = Vec::with_capacity(findings.len() * 11);
    for finding in findings {
        args.extend([
            Arg::Text(id),
            (&finding.id).into(),
            (&finding.constituent_id).into(),
            (&finding.constituent).into(),
            (&finding.kind).into(),
            (&finding.subject).into(),
            (&finding.asset).into(),
            crate::incident::neighbourhood(&finding.asset).into(),
            finding.severity.rank().into(),
            now.into(),
            "".into(),
        ] as [Arg<'_>; 11]);
    }
    tx.run_many(PUT_FINDING_HEAD, 11, args, PUT_FINDING_TAIL).await
}

/// Takes findings off an incident; says how many were on it.
pub(crate) async fn remove_findings(tx: &mut Tx, id: &str, findings: &[&str], now: Micros) -> Result<u64, StoreError> {
    tx.run_in(REMOVE_FINDINGS, &[now.into(), id.into()], findings).await
}

/// What ties a finding to an incident.
#[derive(Debug, Clone)]
pub(crate) struct Tie {
    pub incident_id: String,
    pub removed: bool,
    pub state: State,
    pub closed: Option<Micros>,
}

/// The ties of some findings, by finding.
pub(crate) async fn ties(tx: &mut Tx, findings: &[&str]) -> Result<HashMap<String, Vec<Tie>>, StoreError> {
    let mut ties: HashMap<String, Vec<Tie>> = HashMap::new();
    for row in tx.read_in(TIES, &[], findings).await? {
        let tie = Tie {
            incident_id: row.text(1)?,
            removed: !row.text(2)?.is_empty(),
            state: state(row.text(3)?)?,
            closed: row.opt_moment(4)?,
        };
        ties.entry(row.text(0)?).or_default().push(tie);
    }
    Ok(ties)
}

/// The live incidents that take the findings of some groups, by the name of the group.
pub(crate) async fn takers(tx: &mut Tx, keys: &[&str]) -> Result<HashMap<String, String>, StoreError> {
    tx.read_in(KEYS, &[], keys).await?.iter().map(|row| Ok((row.text(0)?, row.text(1)?))).collect()
}

/// Says which incident takes the findings of a group from now on.
pub(crate) async fn put_key(tx: &mut Tx, key: &str, id: &str) -> Result<(), StoreError> {
    tx.run(PUT_KEY, &[key.into(), id.into()]).await.map(|_| ())
}

/// A live incident that has a finding of the group, if there is one.
pub(crate) async fn live_of_group(tx: &mut Tx, group: &crate::group::Group) -> Result<Option<String>, StoreError> {
    let args: [Arg<'_>; 3] = [(&group.subject).into(), (&group.kind).into(), (&group.constituent_id).into()];
    tx.read_one(LIVE_OF_GROUP, &args).await?.map(|row| row.text(0)).transpose()
}

/// The findings of an incident by id, after one of them; for flows.
pub async fn findings(db: &Db, id: &str, after: &str, limit: i64) -> Result<Vec<Linked>, StoreError> {
    db.read(FINDINGS_OF, &[id.into(), after.into(), limit.into()]).await?.iter().map(linked).collect()
}

/// The findings of an incident, the worst first.
pub async fn worst_findings(db: &Db, id: &str, limit: i64) -> Result<Vec<Linked>, StoreError> {
    db.read(FINDINGS_SHOWN, &[id.into(), limit.into()]).await?.iter().map(linked).collect()
}

/// Ids and names of the constituents of an incident.
pub async fn constituents(db: &Db, id: &str, limit: i64) -> Result<Vec<(String, String)>, StoreError> {
    let rows = db.read(CONSTITUENTS_OF, &[id.into(), limit.into()]).await?;
    rows.iter().map(|row| Ok((row.text(0)?, row.text(1)?))).collect()
}

/// The ids of the constituents of an incident.
pub(crate) async fn constituents_in(tx: &mut Tx, id: &str) -> Result<Vec<String>, StoreError> {
    let rows = tx.read(CONSTITUENTS_OF, &[id.into(), 1_000_i64.into()]).await?;
    rows.iter().map(|row| row.text(0)).collect()
}

/// The live incidents that some findings belong to.
pub(crate) async fn live_of_findings(tx: &mut Tx, findings: &[String]) -> Result<Vec<String>, StoreError> {
    const LIVE: &str = "
        SELECT DISTINCT i.id FROM response_incident_finding f JOIN response_incident i ON i.id = f.incident_id
         WHERE f.removed = '' AND i.closed = '' AND f.finding_id IN (…)";
    let ids: Vec<&str> = findings.iter().map(String::as_str).collect();
    let rows = tx.read_in(LIVE, &[], &ids).await?;
    let mut found = rows.iter().map(|row| row.text(0)).collect::<Result<Vec<_>, _>>()?;
    found.sort();
    found.dedup();
    Ok(found)
}

/// The incidents of a finding, newest first.
pub(crate) async fn of_finding(db: &Db, viewer: &Viewer, finding: &str) -> Result<Vec<Incident>, StoreError> {
    incidents(&db.read(&with_columns(OF_FINDING), &[viewer.into(), finding.into()]).await?)
}

/// The live incidents of a constituent, newest first.
pub(crate) async fn of_constituent(db: &Db, viewer: &Viewer, id: &str) -> Result<Vec<Incident>, StoreError> {
    incidents(&db.read(&with_columns(OF_CONSTITUENT), &[viewer.into(), id.into()]).await?)
}

/// Everything an incident shares with others: the reason, the other's id, an example.
pub(crate) async fn shared(db: &Db, viewer: &Viewer, id: &str) -> Result<Vec<(Reason, String, String)>, StoreError> {
    let mut all = Vec::new();
    let each = [SHARED_ASSET, SHARED_OBSERVABLE, SHARED_NET, SHARED_SUBJECT, SHARED_CONSTITUENT];
    for (reason, sql) in Reason::ALL.into_iter().zip(each) {
        for row in db.read(sql, &[id.into(), viewer.into()]).await? {
            all.push((reason, row.text(0)?, row.text(1)?));
        }
    }
    Ok(all)
}

pub(crate) async fn add_note(
    tx: &mut Tx,
    id: &str,
    incident: &str,
    body: &str,
    who: &str,
    now: Micros,
) -> Result<(), StoreError> {
    tx.run(ADD_NOTE, &[id.into(), incident.into(), body.into(), who.into(), now.into()]).await?;
    words::note(tx, &[said_by_note(id, incident, body)]).await
}

/// Says when that happened which a note tells of, and by which technique.
pub(crate) async fn tells_of(
    tx: &mut Tx,
    id: &str,
    happened: Option<Micros>,
    technique: &str,
) -> Result<(), StoreError> {
    tx.run(TELLS_OF, &[id.into(), happened.into(), technique.into()]).await.map(|_| ())
}

pub(crate) fn said_by_note<'a>(id: &'a str, incident: &'a str, body: &str) -> Said<'a> {
    Said { name: id, record_kind: "incident", record_id: incident, text: body.into() }
}

pub(crate) async fn note_in(tx: &mut Tx, incident: &str, id: &str) -> Result<Option<Note>, StoreError> {
    let sql = NOTE.replace("{}", NOTE_COLUMNS);
    tx.read_one(&sql, &[id.into(), incident.into()]).await?.as_ref().map(note).transpose()
}

/// A note of an incident the viewer may see; the caller has asked for the incident.
pub(crate) async fn one_note(db: &Db, incident: &str, id: &str) -> Result<Option<Note>, StoreError> {
    let sql = NOTE.replace("{}", NOTE_COLUMNS);
    db.read_one(&sql, &[id.into(), incident.into()]).await?.as_ref().map(note).transpose()
}

/// The newest notes of an incident, newest first.
pub async fn notes(db: &Db, incident: &str, limit: i64) -> Result<Vec<Note>, StoreError> {
    db.read(&NOTES.replace("{}", NOTE_COLUMNS), &[incident.into(), limit.into()]).await?.iter().map(note).collect()
}

/// Keeps the wording and writes another; false when somebody was faster.
pub(crate) async fn edit_note(
    tx: &mut Tx,
    before: &Note,
    body: &str,
    who: &str,
    now: Micros,
) -> Result<bool, StoreError> {
    let (author, since) = before.edited.clone().unwrap_or((before.who.clone(), before.at));
    let id = &before.id;
    if tx.run(EDIT_NOTE, &[id.into(), body.into(), who.into(), now.into(), before.version.into()]).await? == 0 {
        return Ok(false);
    }
    let args: [Arg<'_>; 5] = [id.into(), before.version.into(), (&before.body).into(), (&author).into(), since.into()];
    tx.run(KEEP_WORDING, &args).await?;
    words::note(tx, &[said_by_note(id, &before.incident_id, body)]).await?;
    Ok(true)
}

pub(crate) async fn strike_note(tx: &mut Tx, id: &str, who: &str, now: Micros) -> Result<bool, StoreError> {
    words::forget(tx, id).await?;
    Ok(tx.run(STRIKE_NOTE, &[id.into(), who.into(), now.into()]).await? == 1)
}

pub(crate) async fn restore_note(tx: &mut Tx, id: &str) -> Result<bool, StoreError> {
    const BODY: &str = "SELECT incident_id, body FROM response_note WHERE id = $1";
    if let Some(row) = tx.read_one(BODY, &[id.into()]).await? {
        let (incident, body) = (row.text(0)?, row.text(1)?);
        words::note(tx, &[said_by_note(id, &incident, &body)]).await?;
    }
    Ok(tx.run(RESTORE_NOTE, &[id.into()]).await? == 1)
}

/// What a note said before, newest first.
pub(crate) async fn wordings(db: &Db, note: &str) -> Result<Vec<Wording>, StoreError> {
    let rows = db.read(WORDINGS, &[note.into()]).await?;
    rows.iter()
        .map(|row| Ok(Wording { version: row.int(0)?, body: row.text(1)?, who: row.text(2)?, at: row.moment(3)? }))
        .collect()
}

/// Follows an incident, or no longer; says whether that changed anything.
pub(crate) async fn set_watching(tx: &mut Tx, id: &str, person: &str, watching: bool) -> Result<bool, StoreError> {
    Ok(tx.run(if watching { WATCH } else { UNWATCH }, &[id.into(), person.into()]).await? == 1)
}

/// Who follows an incident.
pub async fn watchers(db: &Db, id: &str) -> Result<Vec<String>, StoreError> {
    db.read(WATCHERS, &[id.into()]).await?.iter().map(|row| row.text(0)).collect()
}

/// The same inside a transaction.
pub(crate) async fn watchers_in(tx: &mut Tx, id: &str) -> Result<Vec<String>, StoreError> {
    tx.read(WATCHERS, &[id.into()]).await?.iter().map(|row| row.text(0)).collect()
}

/// Relates two incidents, or no longer; says whether that changed anything.
pub(crate) async fn set_related(
    tx: &mut Tx,
    (one, other): (&str, &str),
    related: bool,
    who: &str,
    now: Micros,
) -> Result<bool, StoreError> {
    let (first, second) = if one < other { (one, other) } else { (other, one) };
    let touched = match related {
        true => tx.run(RELATE, &[first.into(), second.into(), who.into(), now.into()]).await?,
        false => tx.run(UNRELATE, &[first.into(), second.into()]).await?,
    };
    Ok(touched == 1)
}

/// The incidents related to one by hand.
pub(crate) async fn related(db: &Db, viewer: &Viewer, id: &str) -> Result<Vec<Incident>, StoreError> {
    incidents(&db.read(&with_columns(RELATED), &[id.into(), viewer.into()]).await?)
}

/// The incidents merged into one.
pub(crate) async fn merged_here(db: &Db, viewer: &Viewer, id: &str) -> Result<Vec<Incident>, StoreError> {
    incidents(&db.read(&with_columns(MERGED_HERE), &[id.into(), viewer.into()]).await?)
}

/// What goes over in a merger: kind, what of it can, and how it goes.
const KINDS: [(&str, &str, &str); 18] = [
    ("finding", MOVABLE_FINDINGS, MOVE_FINDINGS),
    ("note", MOVABLE_NOTES, MOVE_NOTES),
    ("watcher", MOVABLE_WATCHERS, MOVE_WATCHERS),
    ("key", MOVABLE_KEYS, MOVE_KEYS),
    ("constituent", MOVABLE_CONSTITUENTS, MOVE_CONSTITUENTS),
    ("playbook", MOVABLE_PLAYBOOKS, MOVE_PLAYBOOKS),
    ("task", MOVABLE_TASKS, MOVE_TASKS),
    ("clock", MOVABLE_CLOCKS, MOVE_CLOCKS),
    ("stage", MOVABLE_STAGES, MOVE_STAGES),
    ("evidence", MOVABLE_EVIDENCE, MOVE_EVIDENCE),
    ("tag", MOVABLE_TAGS, MOVE_TAGS),
    ("field", MOVABLE_FIELDS, MOVE_FIELDS),
    (TICKET, MOVABLE_TICKETS, MOVE_TICKETS),
    ("observable", MOVABLE_OBSERVABLES, MOVE_OBSERVABLES),
    ("technique", MOVABLE_TECHNIQUES, MOVE_TECHNIQUES),
    ("mention", MOVABLE_MENTIONS, MOVE_MENTIONS),
    ("moment", MOVABLE_MOMENTS, MOVE_MOMENTS),
    ("related", MOVABLE_RELATED, MOVE_RELATED),
];
/// The kind of the reports, investigations and countermeasures among them.
const TICKET: &str = "ticket";

/// What of it a ticket has too.
const TICKET_KINDS: [(&str, &str, &str); 2] =
    [("tag", MOVABLE_TAGS, MOVE_TAGS), ("observable", MOVABLE_OBSERVABLES, MOVE_OBSERVABLES)];

/// Moves what one incident has and the other has not, and remembers it.
pub(crate) async fn move_over(tx: &mut Tx, from: &str, into: &str) -> Result<(), StoreError> {
    move_kinds(tx, &KINDS, from, into).await
}

/// Moves what one ticket knows and the other does not, and remembers it.
pub(crate) async fn move_of_ticket(tx: &mut Tx, from: &str, into: &str) -> Result<(), StoreError> {
    move_kinds(tx, &TICKET_KINDS, from, into).await
}

async fn move_kinds(tx: &mut Tx, kinds: &[(&str, &str, &str)], from: &str, into: &str) -> Result<(), StoreError> {
    for (kind, movable, go) in kinds.iter().copied() {
        let args: &[Arg<'_>] = &[from.into(), into.into()];
        let both = movable.contains("$2");
        let rows = tx.read(movable, if both { args } else { args.get(..1).unwrap_or(args) }).await?;
        let records: Vec<String> = rows.iter().map(|row| row.text(0)).collect::<Result<_, _>>()?;
        let names: Vec<&str> = records.iter().map(String::as_str).collect();
        tx.run_in(go, &[into.into(), from.into()], &names).await?;
        if kind == "note" {
            words::move_notes(tx, &names, (from, into)).await?;
        }
        let args: Vec<Arg<'_>> =
            names.iter().flat_map(|name| [Arg::Text(from), Arg::Text(kind), Arg::Text(name)]).collect();
        tx.run_many(PUT_MOVED_HEAD, 3, args, "").await?;
    }
    Ok(())
}

/// Gives some findings of one incident to another, with their constituents. No finding that was taken off goes.
pub(crate) async fn part_findings(tx: &mut Tx, (from, into): (&str, &str), ids: &[&str]) -> Result<(), StoreError> {
    const OF: &str = "
        SELECT DISTINCT constituent_id, constituent FROM response_incident_finding
         WHERE incident_id = $1 AND removed = '' AND constituent_id <> '' AND finding_id IN (…)";
    const GIVE: &str = "
        UPDATE response_incident_finding SET incident_id = $1 WHERE incident_id = $2 AND removed = '' AND finding_id IN (…)";
    if ids.is_empty() {
        return Ok(());
    }
    let rows = tx.read_in(OF, &[from.into()], ids).await?;
    let mut named: Vec<(String, String)> =
        rows.iter().map(|row| Ok((row.text(0)?, row.text(1)?))).collect::<Result<_, StoreError>>()?;
    named.sort();
    named.dedup_by(|a, b| a.0 == b.0);
    put_constituents(tx, into, &named).await?;
    tx.run_in(GIVE, &[into.into(), from.into()], ids).await.map(|_| ())
}

/// Moves back what came over from an incident and is still there. `chain` begins with what it was merged into, and goes on with
/// what that was merged into since.
pub(crate) async fn move_back(tx: &mut Tx, from: &str, chain: &[&str]) -> Result<(), StoreError> {
    move_kinds_back(tx, &KINDS, from, chain).await
}

/// Moves back what came over from a ticket and is still there, along the same kind of chain.
pub(crate) async fn move_of_ticket_back(tx: &mut Tx, from: &str, chain: &[&str]) -> Result<(), StoreError> {
    move_kinds_back(tx, &TICKET_KINDS, from, chain).await
}

async fn move_kinds_back(
    tx: &mut Tx,
    kinds: &[(&str, &str, &str)],
    from: &str,
    chain: &[&str],
) -> Result<(), StoreError> {
    for (kind, _, go) in kinds.iter().copied() {
        let mut left = moved(tx, from, kind).await?;
        for (at, into) in chain.iter().copied().enumerate() {
            let is_last = at + 1 == chain.len();
            // What went on from here is looked for where it went; what the next one had too stayed here.
            let went_on: HashSet<String> =
                if is_last { HashSet::new() } else { moved(tx, into, kind).await?.into_iter().collect() };
            let (mut on, here): (Vec<String>, Vec<String>) = left.into_iter().partition(|one| went_on.contains(one));
            let names: Vec<&str> = here.iter().map(String::as_str).collect();
            let came = tx.run_in(go, &[from.into(), into.into()], &names).await?;
            if kind == "note" {
                words::move_notes(tx, &names, (into, from)).await?;
            }
            // What stood in between forgets that it went through.
            for between in chain.iter().copied().take(at) {
                tx.run_in(FORGET_MOVED, &[between.into(), kind.into()], &names).await?;
            }
            // Mergers of an older version went to the end at once.
            if came == 0 && !is_last {
                on.extend(here);
            }
            left = on;
        }
    }
    tx.run(DROP_MOVED, &[from.into()]).await?;
    Ok(())
}

async fn moved(tx: &mut Tx, from: &str, kind: &str) -> Result<Vec<String>, StoreError> {
    tx.read(MOVED, &[from.into(), kind.into()]).await?.iter().map(|row| row.text(0)).collect()
}

/// Ids of the tickets that went over from an incident.
pub(crate) async fn moved_tickets(tx: &mut Tx, from: &str) -> Result<Vec<String>, StoreError> {
    moved(tx, from, TICKET).await
}

/// The strictest markings of what an incident holds that was marked by itself: incidents that were merged into it, and tickets.
pub(crate) async fn strictest_of_parts(tx: &mut Tx, id: &str) -> Result<(Tlp, Pap), StoreError> {
    const PARTS: &str = "
        SELECT COALESCE(MAX(p.tlp), 0), COALESCE(MAX(p.pap), 0) FROM
            (SELECT tlp, pap FROM response_incident WHERE merged_into = $1 AND merged_into <> ''
             UNION ALL
             SELECT t.tlp, 0 FROM response_ticket t JOIN response_ticket_incident l ON l.ticket_id = t.id
              WHERE l.incident_id = $1) p";
    let row = tx.read_one(PARTS, &[id.into()]).await?;
    let (tlp, pap) = match row {
        Some(row) => (row.int(0)?, row.int(1)?),
        None => (0, 0),
    };
    Ok((
        Tlp::from_rank(tlp).ok_or_else(|| StoreError::unknown("tlp", tlp))?,
        Pap::from_rank(pap).ok_or_else(|| StoreError::unknown("pap", pap))?,
    ))
}

/// How often a merged incident leads to another before we stop following.
pub(crate) const MERGERS: usize = 20;

/// An incident, or the one it was merged into.
pub(crate) async fn whole_in(tx: &mut Tx, id: &str) -> Result<Option<Incident>, StoreError> {
    let mut found = get_in(tx, &Viewer::system(), id).await?;
    for _ in 0..MERGERS {
        match &found {
            Some(one) if !one.merged_into.is_empty() => {
                let into = one.merged_into.clone();
                found = get_in(tx, &Viewer::system(), &into).await?;
            }
            _ => break,
        }
    }
    Ok(found)
}

/// How many live incidents there are, for the home page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// By state and age (`day`, `week`, `month`, `older`).
    pub by_age: Vec<(State, String, i64)>,
    /// That nobody owns.
    pub unowned: i64,
    /// That the viewer owns.
    pub mine: i64,
    /// Whose time is over.
    pub overdue: i64,
}

/// Counts the live incidents a viewer may see.
pub async fn counts(db: &Db, viewer: &Viewer, now: Micros) -> Result<Counts, StoreError> {
    let args: [Arg<'_>; 6] = [
        viewer.into(),
        now.plus_days(-1).into(),
        now.plus_days(-7).into(),
        now.plus_days(-30).into(),
        (&viewer.name).into(),
        now.into(),
    ];
    let mut counts = Counts::default();
    for row in db.read(COUNTS, &args).await? {
        let state = state(row.text(0)?)?;
        let (all, day, week, month) = (row.int(1)?, row.int(2)?, row.int(3)?, row.int(4)?);
        let ages = [("day", day), ("month", month - week), ("older", all - month), ("week", week - day)];
        let of_age = ages.into_iter().filter(|(_, count)| *count > 0);
        counts.by_age.extend(of_age.map(|(age, count)| (state, age.to_string(), count)));
        counts.unowned += row.int(5)?;
        counts.mine += row.int(6)?;
        counts.overdue += row.int(7)?;
    }
    Ok(counts)
}

/// How many incidents a viewer may see were opened, and how many closed, from a moment until before another.
pub async fn moved_between(db: &Db, viewer: &Viewer, from: Micros, until: Micros) -> Result<(i64, i64), StoreError> {
    let args: [Arg<'_>; 3] = [from.into(), until.into(), viewer.into()];
    Ok((db.read_int(OPENED_BETWEEN, &args).await?, db.read_int(CLOSED_BETWEEN, &args).await?))
}

/// Whether there is any incident the viewer may see.
pub(crate) async fn any(db: &Db, viewer: &Viewer) -> Result<bool, StoreError> {
    Ok(db.read_one(ANY, &[viewer.into()]).await?.is_some())
}

/// A constituent's name, as the newest incident has it.
pub(crate) async fn constituent_name(db: &Db, viewer: &Viewer, id: &str) -> Result<Option<String>, StoreError> {
    let row = db.read_one(CONSTITUENT_NAME, &[id.into(), viewer.into()]).await?;
    row.map(|row| row.text(0)).transpose()
}

/// The constituents of the newest incidents, by name: id and name.
pub(crate) async fn named(db: &Db, viewer: &Viewer) -> Result<Vec<(String, String)>, StoreError> {
    let rows = db.read(NAMED, &[viewer.into()]).await?;
    rows.iter().map(|row| Ok((row.text(0)?, row.text(1)?))).collect()
}

/// Everybody who owns an incident.
pub(crate) async fn owners(db: &Db, viewer: &Viewer) -> Result<Vec<String>, StoreError> {
    db.read(OWNERS, &[viewer.into()]).await?.iter().map(|row| row.text(0)).collect()
}

/// The addresses of ours that incidents are of.
pub(crate) async fn mailboxes(db: &Db, viewer: &Viewer) -> Result<Vec<String>, StoreError> {
    db.read(MAILBOXES, &[viewer.into()]).await?.iter().map(|row| row.text(0)).collect()
}

/// Which of some incidents and tickets a viewer may see.
pub async fn visible(db: &Db, viewer: &Viewer, ids: &[String]) -> Result<Vec<String>, StoreError> {
    let sql = "SELECT id FROM response_incident WHERE tlp <= $1 AND id IN (…)";
    let rows = db.read_in(sql, &[viewer.into()], ids).await?;
    let mut seen: Vec<String> = rows.iter().map(|row| row.text(0)).collect::<Result<_, _>>()?;
    seen.extend(crate::sql_ticket::visible(db, viewer, ids).await?);
    Ok(seen)
}

/// Incidents in the order of their ids, after one of them: for SQL tables and the command line.
pub async fn list(
    db: &Db,
    viewer: &Viewer,
    wanted: Option<State>,
    after: &str,
    limit: i64,
) -> Result<Vec<Incident>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM response_incident WHERE tlp <= $1 AND ($2 = '' OR state = $2) AND id > $3 ORDER BY id LIMIT $4"
    );
    let word = wanted.map_or("", State::as_str);
    let args: [Arg<'_>; 4] = [viewer.into(), word.into(), after.into(), limit.clamp(1, 20_000).into()];
    incidents(&db.read(&sql, &args).await?)
}
