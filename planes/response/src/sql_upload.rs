//! Statements about files that wait for the message they were brought for.

use manara_model::Micros;
use manara_store::{Db, StoreError, Tx};

use crate::message::MessageFile;

/// Days that a file waits.
const DAYS: i64 = 7;
const PUT: &str = "
    INSERT INTO response_upload (message_id, name, media_type, sha256, bytes, who, at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (message_id, name) DO UPDATE SET media_type = excluded.media_type, sha256 = excluded.sha256,
        bytes = excluded.bytes, at = excluded.at WHERE response_upload.who = excluded.who";
const OF: &str = "
    SELECT name, media_type, sha256, bytes FROM response_upload WHERE message_id = $1 AND who = $2
     ORDER BY at, name LIMIT 100";
const DROP: &str = "DELETE FROM response_upload WHERE message_id = $1 AND who = $2";
const DROP_OLD: &str = "DELETE FROM response_upload WHERE at < $1";

/// Keeps files for a message that is not written yet, in place of those that wait for it; what waited too long is forgotten.
pub(crate) async fn set(
    db: &Db,
    message: &str,
    who: &str,
    files: &[MessageFile],
    now: Micros,
) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    tx.run(DROP_OLD, &[now.plus_days(-DAYS).into()]).await?;
    tx.run(DROP, &[message.into(), who.into()]).await?;
    for (at, file) in files.iter().enumerate() {
        // They stand in the order they were brought in.
        let place = Micros(now.0.saturating_add(i64::try_from(at).unwrap_or_default()));
        let args = [
            message.into(),
            (&file.name).into(),
            (&file.media_type).into(),
            (&file.sha256).into(),
            file.bytes.into(),
            who.into(),
            place.into(),
        ] as [manara_store::Arg<'_>; 7];
        tx.run(PUT, &args).await?;
    }
    tx.commit().await
}

/// The files that wait for a message of somebody's, in the order they were brought in.
pub(crate) async fn of_message(db: &Db, message: &str, who: &str) -> Result<Vec<MessageFile>, StoreError> {
    let rows = db.read(OF, &[message.into(), who.into()]).await?;
    rows.iter()
        .zip(0..)
        .map(|(row, position)| {
            Ok(MessageFile {
                position,
                name: row.text(0)?,
                media_type: row.text(1)?,
                sha256: row.text(2)?,
                bytes: row.int(3)?,
                text: String::new(),
            })
        })
        .collect()
}

/// Forgets the files that waited for a message, which is written now.
pub(crate) async fn forget(tx: &mut Tx, message: &str, who: &str) -> Result<(), StoreError> {
    tx.run(DROP, &[message.into(), who.into()]).await.map(|_| ())
}
