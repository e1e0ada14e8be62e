//! Statements about mail that needs a second person.

use manara_model::{Micros, Tlp, Viewer};
use manara_store::{Db, Row, StoreError, Tx};

use crate::release::{Release, ReleaseState};

const COLUMNS: &str = "message_id, ticket_id, state, written_by, asked, decided_by, decided, reason, is_own";
const PUT: &str = "
    INSERT INTO response_release
        (message_id, ticket_id, state, written_by, asked, decided_by, decided, reason, is_own)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    ON CONFLICT (message_id) DO UPDATE SET state = excluded.state, asked = excluded.asked,
        decided_by = excluded.decided_by, decided = excluded.decided, reason = excluded.reason,
        is_own = excluded.is_own";
const COUNT: &str = "
    SELECT COUNT(*) FROM response_release r JOIN response_ticket t ON t.id = r.ticket_id
     WHERE r.state = 'waiting' AND r.written_by <> $2 AND t.tlp <= $1";
const LET_GO: &str =
    "UPDATE response_message SET kind = 'sent', direction = 'out', at = $2 WHERE id = $1 AND kind = 'draft'";
const FORGET_WAITING: &str = "DELETE FROM response_delivery WHERE message_id = $1 AND state = 'waiting'";
const STOP_WAITING: &str = "UPDATE response_delivery SET state = 'stopped' WHERE message_id = $1 AND state = 'waiting'";

fn release(row: &Row) -> Result<Release, StoreError> {
    let state = row.text(2)?;
    Ok(Release {
        message_id: row.text(0)?,
        ticket_id: row.text(1)?,
        state: ReleaseState::parse(&state).ok_or_else(|| StoreError::unknown("state", state))?,
        written_by: row.text(3)?,
        asked: row.moment(4)?,
        decided_by: row.text(5)?,
        decided: row.opt_moment(6)?,
        reason: row.text(7)?,
        is_own: row.bool(8)?,
    })
}

/// Writes one, new or changed.
pub(crate) async fn put(tx: &mut Tx, one: &Release) -> Result<(), StoreError> {
    let args = [
        (&one.message_id).into(),
        (&one.ticket_id).into(),
        one.state.as_str().into(),
        (&one.written_by).into(),
        one.asked.into(),
        (&one.decided_by).into(),
        one.decided.into(),
        (&one.reason).into(),
        one.is_own.into(),
    ];
    tx.run(PUT, &args).await.map(|_| ())
}

/// That of a message.
pub(crate) async fn of_message(tx: &mut Tx, message_id: &str) -> Result<Option<Release>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM response_release WHERE message_id = $1");
    tx.read_one(&sql, &[message_id.into()]).await?.as_ref().map(release).transpose()
}

/// Those of some messages.
pub async fn releases_of(db: &Db, messages: &[String]) -> Result<Vec<Release>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM response_release WHERE message_id IN (…)");
    db.read_in(&sql, &[], messages).await?.iter().map(release).collect()
}

/// Those that wait, the oldest first, with the number of their ticket, as far as the viewer may see it.
pub async fn waiting_releases(db: &Db, viewer: &Viewer, limit: i64) -> Result<Vec<(Release, String)>, StoreError> {
    let columns: Vec<String> = COLUMNS.split(", ").map(|column| format!("r.{column}")).collect();
    let sql = format!(
        "SELECT {}, t.number FROM response_release r JOIN response_ticket t ON t.id = r.ticket_id \
         WHERE r.state = 'waiting' AND t.tlp <= $1 ORDER BY r.asked, r.message_id LIMIT $2",
        columns.join(", ")
    );
    let rows = db.read(&sql, &[viewer.into(), limit.into()]).await?;
    rows.iter().map(|row| Ok((release(row)?, row.text(9)?))).collect()
}

/// A mail that waits for a second person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WaitingMail {
    pub release: Release,
    pub subject: String,
    pub recipients: String,
    /// Number of the ticket.
    pub number: String,
    /// Who may know of the ticket.
    pub tlp: Tlp,
}

/// Reads a row of the list of drafts: the columns of a release, and after them subject, recipients, number and TLP.
pub(crate) fn waiting_mail(row: &Row) -> Result<WaitingMail, StoreError> {
    let tlp = row.int(12)?;
    Ok(WaitingMail {
        release: release(row)?,
        subject: row.text(9)?,
        recipients: row.text(10)?,
        number: row.text(11)?,
        tlp: Tlp::from_rank(tlp).ok_or_else(|| StoreError::unknown("tlp", tlp))?,
    })
}

/// How many wait for the viewer: what somebody else wrote.
pub(crate) async fn count_waiting(db: &Db, viewer: &Viewer) -> Result<i64, StoreError> {
    db.read_int(COUNT, &[viewer.into(), (&viewer.name).into()]).await
}

/// Makes of a draft a message that leaves, written at the moment it was let go.
pub(crate) async fn let_go(tx: &mut Tx, message_id: &str, now: Micros) -> Result<(), StoreError> {
    tx.run(LET_GO, &[message_id.into(), now.into()]).await.map(|_| ())
}

/// Forgets the recipients of a draft: nothing has left.
pub(crate) async fn forget_waiting(tx: &mut Tx, message_id: &str) -> Result<(), StoreError> {
    tx.run(FORGET_WAITING, &[message_id.into()]).await.map(|_| ())
}

/// Stops what still waits of a message that has left for others.
pub(crate) async fn stop_waiting(tx: &mut Tx, message_id: &str) -> Result<(), StoreError> {
    tx.run(STOP_WAITING, &[message_id.into()]).await.map(|_| ())
}
