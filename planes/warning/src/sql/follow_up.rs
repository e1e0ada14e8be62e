//! Statements about notices nobody answers, or not all of them.

use manara_model::{Micros, Viewer};
use manara_store::{Db, StoreError, Tx};

use super::{NOTICE_COLUMNS, notice};
use crate::notice::Notice;

const PENDING_ABOUT: &str = "
    SELECT id FROM warning_notice WHERE about = $1 AND state IN ('draft', 'waiting', 'approved', 'queued', 'failed') ORDER BY id LIMIT 100";
const REMINDED: &str = "
    UPDATE warning_notice SET reminders = reminders + 1, followed = $2
     WHERE id = $1 AND state = 'sent' AND answered < findings AND escalated = '' AND reminders = $3";
const ESCALATED: &str = "
    UPDATE warning_notice SET escalated = $2 WHERE id = $1 AND state = 'sent' AND answered < findings AND escalated = ''";
const HEARD: &str = "
    UPDATE warning_notice SET followed = CASE WHEN followed < $2 THEN $2 ELSE followed END,
        reminders = CASE WHEN reminders > $3 THEN reminders - $3 ELSE 0 END, escalated = CASE WHEN $4 THEN '' ELSE escalated END
     WHERE id = $1 AND answered < findings";
const FOLLOWED: &str = "UPDATE warning_notice SET followed = $2 WHERE id = $1";

/// Sent notices of which not every finding has an answer, that left before a moment, oldest first, after one of them.
pub(crate) async fn unanswered(db: &Db, before: Micros, after: &str, limit: i64) -> Result<Vec<Notice>, StoreError> {
    let sql = format!(
        "SELECT {NOTICE_COLUMNS} FROM warning_notice
          WHERE state = 'sent' AND about = '' AND answered < findings AND escalated = '' AND sent <= $1 AND id > $2
          ORDER BY id LIMIT $3"
    );
    db.read(&sql, &[before.into(), after.into(), limit.into()]).await?.iter().map(notice).collect()
}

/// Notes that a part of a notice was answered: the days until the next reminder begin anew, and what was made and had not left
/// does not count.
pub(crate) async fn set_heard(
    tx: &mut Tx,
    id: &str,
    reminders: i64,
    is_escalated: bool,
    now: Micros,
) -> Result<(), StoreError> {
    tx.run(HEARD, &[id.into(), now.into(), reminders.into(), is_escalated.into()]).await.map(|_| ())
}

/// What is about a notice and has not left.
pub(crate) async fn pending_about(tx: &mut Tx, id: &str) -> Result<Vec<String>, StoreError> {
    tx.read(PENDING_ABOUT, &[id.into()]).await?.iter().map(|row| row.text(0)).collect()
}

/// Counts a reminder; false when it was counted before, or an answer came.
pub(crate) async fn set_reminded(tx: &mut Tx, id: &str, reminders: i64, now: Micros) -> Result<bool, StoreError> {
    Ok(tx.run(REMINDED, &[id.into(), now.into(), reminders.into()]).await? == 1)
}

/// Notes that those above know; false when it was noted before, or an answer came.
pub(crate) async fn set_escalated(tx: &mut Tx, id: &str, now: Micros) -> Result<bool, StoreError> {
    Ok(tx.run(ESCALATED, &[id.into(), now.into()]).await? == 1)
}

/// Notes that a reminder of a notice left.
pub(crate) async fn set_followed(tx: &mut Tx, id: &str, now: Micros) -> Result<(), StoreError> {
    tx.run(FOLLOWED, &[id.into(), now.into()]).await?;
    Ok(())
}

/// The notice that one is about, and the notices that are about it, oldest first, as far as the viewer may see them.
pub(crate) async fn related(db: &Db, viewer: &Viewer, one: &Notice) -> Result<Vec<Notice>, StoreError> {
    let sql = format!(
        "SELECT {NOTICE_COLUMNS} FROM warning_notice WHERE (id = $1 OR about = $2) AND tlp <= $3 ORDER BY id LIMIT 50"
    );
    let rank = viewer.clearance.rank();
    db.read(&sql, &[(&one.about).into(), (&one.id).into(), rank.into()]).await?.iter().map(notice).collect()
}
