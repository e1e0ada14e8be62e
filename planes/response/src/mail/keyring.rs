//! Our own keys with their secrets: files for the owner's eyes, beside the database and never in it.

use std::path::{Path, PathBuf};

use manara_crypt::{Key, KeyLimits, OwnKey, read_keys};
use manara_model::Micros;

/// How a file of a secret key ends.
const END: &str = "secret.pgp";
/// Most keys of ours: one a year for a hundred years.
const KEYS: usize = 100;
/// Largest file of a key, in bytes.
const FILE_BYTES: u64 = 1 << 20;

/// The folder of our secret keys.
#[derive(Debug, Clone, Default)]
pub struct Keyring {
    folder: Option<PathBuf>,
}

impl Keyring {
    /// The keys in a folder, which need not be there.
    pub fn of(folder: PathBuf) -> Self {
        Keyring { folder: Some(folder) }
    }

    /// Our keys, the newest first. A file that cannot be read is told in the log and left out.
    pub fn own(&self) -> Vec<OwnKey> {
        let Some(entries) = self.folder.as_ref().and_then(|folder| std::fs::read_dir(folder).ok()) else {
            return Vec::new();
        };
        let paths = entries.filter_map(Result::ok).map(|entry| entry.path());
        let is_key = |path: &PathBuf| path.to_string_lossy().ends_with(END);
        let mut own: Vec<OwnKey> = paths.filter(is_key).take(KEYS).filter_map(|path| read(&path)).collect();
        own.sort_by_key(|key| {
            let facts = key.facts(Micros(0));
            (std::cmp::Reverse(facts.created), facts.fingerprint)
        });
        own
    }

    /// The key that signs at a moment: the newest that may.
    pub fn current(&self, now: Micros) -> Option<OwnKey> {
        self.own().into_iter().find(|key| key.facts(now).can_sign)
    }

    /// Keeps a key of ours.
    pub fn keep(&self, key: &OwnKey) -> std::io::Result<()> {
        let folder = self.folder.as_ref().ok_or_else(|| std::io::Error::other("there is no folder for keys"))?;
        let path = folder.join(format!("{}.{END}", key.fingerprint()));
        manara_store::write_secret(&path, |file| file.write_all(&key.bytes()))
    }
}

fn read(path: &Path) -> Option<OwnKey> {
    use std::io::Read as _;
    let mut bytes = Vec::new();
    let opened = std::fs::File::open(path).and_then(|file| file.take(FILE_BYTES).read_to_end(&mut bytes));
    let found = opened.map_err(|error| error.to_string()).and_then(|_| {
        let keys = read_keys(&bytes, &KeyLimits::default()).map_err(|error| error.to_string())?;
        let own = keys.0.into_iter().find_map(|key| match key {
            Key::Own(own) => Some(own),
            Key::Certificate(_) => None,
        });
        own.ok_or_else(|| "there is no secret in it".to_string())
    });
    match found {
        Ok(own) => Some(own),
        Err(error) => {
            tracing::warn!(file = %path.display(), error, "a key of ours can't be read");
            None
        }
    }
}
