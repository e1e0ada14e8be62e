//! Settings on their way into `cirt.toml`, and the one secret into a file of its own.

use std::path::{Path, PathBuf};

use manara_model::Micros;
use manara_store::{Db, Journal, StoreError, Tx};
use serde_json::json;

use crate::config::{Change, Config, FILE, TEMPLATE, changed};

/// The file of the mail account, in the data folder: two lines, login and password.
pub const SECRET: &str = "mail.secret";

/// Why settings were not stored.
#[derive(Debug, thiserror::Error)]
pub enum SetError {
    /// The file can't be changed by a program, or would not be valid.
    #[error("{FILE}: {0}")]
    File(String),
    /// The disk said no.
    #[error("{path}: {error}")]
    Disk {
        /// Which file.
        path: String,
        /// Why.
        error: std::io::Error,
    },
    /// The state database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// `cirt.toml` in the hands of one who changes it: whoever comes meanwhile waits, and then reads what this one wrote.
pub struct Held {
    tx: Tx,
    data: PathBuf,
    /// What the file says.
    pub config: Config,
}

impl Held {
    /// Puts changes into the file and a line into the journal, which holds when the file is written.
    pub async fn store(mut self, who: &str, verb: &str, changes: &[Change], now: Micros) -> Result<Config, SetError> {
        let keys: Vec<String> = changes.iter().map(|one| [one.section, one.key].join(".")).collect();
        let keys: Vec<&str> = keys.iter().map(|key| key.trim_start_matches('.')).collect();
        let detail = json!({ "keys": keys.join(", ") }).to_string();
        Journal::write(&mut self.tx, who, "app", verb, FILE, &detail, now).await?;
        let config = tokio::task::block_in_place(|| put(&self.data, changes))?;
        self.tx.commit().await?;
        Ok(config)
    }
}

/// What `cirt.toml` says at this moment, which a running server may not have read yet.
pub fn written(data: &Path) -> Result<Config, SetError> {
    tokio::task::block_in_place(|| Config::read(data)).map_err(|error| SetError::File(format!("{error:#}")))
}

/// Takes `cirt.toml` in hand, when it is this one's turn.
pub async fn hold(db: &Db, data: &Path) -> Result<Held, SetError> {
    let tx = db.begin().await?;
    Ok(Held { tx, data: data.to_path_buf(), config: written(data)? })
}

/// Puts changes into `cirt.toml` that hold whatever it says, when it is this one's turn.
pub async fn store(
    db: &Db,
    data: &Path,
    who: &str,
    verb: &str,
    changes: &[Change],
    now: Micros,
) -> Result<Config, SetError> {
    hold(db, data).await?.store(who, verb, changes, now).await
}

fn put(data: &Path, changes: &[Change]) -> Result<Config, SetError> {
    let path = data.join(FILE);
    let disk = |error| SetError::Disk { path: path.display().to_string(), error };
    let (text, mode) = match std::fs::read_to_string(&path) {
        Ok(text) => (text, std::fs::metadata(&path).map_err(disk)?.permissions()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            (TEMPLATE.to_string(), std::fs::metadata(data).map_err(disk)?.permissions())
        }
        Err(error) => return Err(disk(error)),
    };
    let is_new = !path.exists();
    let text = changed(&text, changes).map_err(|error| SetError::File(error.to_string()))?;
    let config = Config::of(&text, data).map_err(|error| SetError::File(format!("{error:#}")))?;
    manara_store::write_secret(&path, |file| file.write_all(text.as_bytes())).map_err(disk)?;
    if !is_new {
        // Whoever could read the old file can read the new one.
        std::fs::set_permissions(&path, mode).map_err(disk)?;
    }
    Ok(config)
}

/// Keeps the mail account where only the owner of the data folder reads it.
pub fn keep_secret(data: &Path, login: &str, password: &str) -> Result<(), SetError> {
    let path = data.join(SECRET);
    let text = format!("{login}\n{password}\n");
    let written =
        tokio::task::block_in_place(|| manara_store::write_secret(&path, |file| file.write_all(text.as_bytes())));
    written.map_err(|error| SetError::Disk { path: path.display().to_string(), error })
}

/// Takes the kept mail account away, if there is one.
pub fn forget_secret(data: &Path) -> Result<(), SetError> {
    let path = data.join(SECRET);
    match std::fs::remove_file(&path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(SetError::Disk { path: path.display().to_string(), error })
        }
        _ => Ok(()),
    }
}

/// The login of the mail account of a configuration; nothing when there is none or its file can't be read.
pub fn secret_login(config: &Config) -> Option<String> {
    let text = std::fs::read_to_string(config.mail.smtp.credentials_file.as_ref()?).ok()?;
    let mut lines = text.lines();
    let login = lines.next()?.trim_end();
    (!login.is_empty() && lines.next().is_some()).then(|| login.to_string())
}
