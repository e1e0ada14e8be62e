//! Small named values that outlive the program.

use crate::{Db, StoreError, Tx};

const GET: &str = "SELECT value FROM store_setting WHERE name = $1";
const SET: &str = "
    INSERT INTO store_setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";

/// The settings of a database.
pub struct Settings;

impl Settings {
    /// The value of a name, if it was ever set.
    pub async fn get(db: &Db, name: &str) -> Result<Option<String>, StoreError> {
        match db.read_one(GET, &[name.into()]).await? {
            Some(row) => Ok(Some(row.text(0)?)),
            None => Ok(None),
        }
    }

    /// Sets a value.
    pub async fn set(tx: &mut Tx, name: &str, value: &str) -> Result<(), StoreError> {
        tx.run(SET, &[name.into(), value.into()]).await?;
        Ok(())
    }
}
