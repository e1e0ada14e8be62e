//! Small named values that outlive the program.

use crate::{Db, StoreError, Tx};

const GET: &str = "SELECT value FROM store_setting WHERE name = $1";
const SET: &str = "
    INSERT INTO store_setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";

const SET_ONCE: &str = "INSERT INTO store_setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";

const TAKE: &str = "DELETE FROM store_setting WHERE name = $1 AND value = $2";

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

    /// The same inside a transaction.
    pub async fn get_in(tx: &mut Tx, name: &str) -> Result<Option<String>, StoreError> {
        tx.read_one(GET, &[name.into()]).await?.map(|row| row.text(0)).transpose()
    }

    /// Sets a value.
    pub async fn set(tx: &mut Tx, name: &str, value: &str) -> Result<(), StoreError> {
        tx.run(SET, &[name.into(), value.into()]).await?;
        Ok(())
    }

    /// Takes a value away if it still is this one; of two who ask at once only one gets `true`.
    pub async fn take(tx: &mut Tx, name: &str, value: &str) -> Result<bool, StoreError> {
        Ok(tx.run(TAKE, &[name.into(), value.into()]).await? == 1)
    }

    /// Sets a value that is set for good: gives the one that was there before, or the new one. Two programs at once get the
    /// same.
    pub async fn set_once(tx: &mut Tx, name: &str, value: &str) -> Result<String, StoreError> {
        tx.run(SET_ONCE, &[name.into(), value.into()]).await?;
        tx.read_one(GET, &[name.into()]).await?.ok_or_else(|| StoreError::NotFound(name.into()))?.text(0)
    }
}
