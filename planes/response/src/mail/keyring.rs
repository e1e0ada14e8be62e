//! Our own keys with their secrets: files for the owner's eyes, beside the database and never in it.

use std::path::{Path, PathBuf};

use manara_crypt::{Key, KeyLimits, MailIdentity, OwnKey, read_keys};
use manara_model::Micros;

/// How a file of a secret key ends.
const END: &str = "secret.pgp";
/// How a file of a certificate with its secret ends.
const IDENTITY_END: &str = "secret.pem";
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
        let written = |path: &Path| std::fs::metadata(path).and_then(|facts| facts.modified()).ok();
        let files = self.files(END);
        let mut own: Vec<_> = files.iter().filter_map(|path| read(path).map(|key| (key, written(path)))).collect();
        // A key says when it was made to the second only: of two of one second the one that was kept last is the newer.
        own.sort_by_key(|(key, written)| {
            let facts = key.facts(Micros(0));
            (std::cmp::Reverse((facts.created, *written)), facts.fingerprint)
        });
        own.into_iter().map(|(key, _)| key).collect()
    }

    /// The key that signs at a moment: the newest that may.
    pub fn current(&self, now: Micros) -> Option<OwnKey> {
        self.own().into_iter().find(|key| key.facts(now).can_sign)
    }

    /// The files that end so.
    fn files(&self, end: &str) -> Vec<PathBuf> {
        let entries = self.folder.as_ref().and_then(|folder| std::fs::read_dir(folder).ok());
        let paths = entries.into_iter().flatten().filter_map(Result::ok).map(|entry| entry.path());
        paths.filter(|path| path.to_string_lossy().ends_with(end)).take(KEYS).collect()
    }

    /// Our certificates with their secrets, the newest first.
    pub fn identities(&self) -> Vec<MailIdentity> {
        let files = self.files(IDENTITY_END);
        let mut found: Vec<MailIdentity> = files.iter().filter_map(|path| read_identity(path)).collect();
        found.sort_by_key(|one| std::cmp::Reverse(one.certificate().facts().from));
        found
    }

    /// The certificate that signs at a moment: the newest that may.
    pub fn identity(&self, now: Micros) -> Option<MailIdentity> {
        self.identities().into_iter().find(|one| one.may_sign(now))
    }

    /// Keeps a certificate of ours with its secret.
    pub fn keep_identity(&self, one: &MailIdentity) -> std::io::Result<()> {
        let folder = self.folder.as_ref().ok_or_else(|| std::io::Error::other("there is no folder for keys"))?;
        let path = folder.join(format!("{}.{IDENTITY_END}", one.certificate().fingerprint()));
        manara_store::write_secret(&path, |file| file.write_all(one.pem().as_bytes()))
    }

    /// Keeps a key of ours.
    pub fn keep(&self, key: &OwnKey) -> std::io::Result<()> {
        let folder = self.folder.as_ref().ok_or_else(|| std::io::Error::other("there is no folder for keys"))?;
        let path = folder.join(format!("{}.{END}", key.fingerprint()));
        manara_store::write_secret(&path, |file| file.write_all(&key.bytes()))
    }
}

/// The bytes of a file.
fn bytes_of(path: &Path) -> Result<Vec<u8>, String> {
    use std::io::Read as _;
    let mut bytes = Vec::new();
    let opened = std::fs::File::open(path).and_then(|file| file.take(FILE_BYTES).read_to_end(&mut bytes));
    opened.map(|_| bytes).map_err(|error| error.to_string())
}

fn read_identity(path: &Path) -> Option<MailIdentity> {
    let found = bytes_of(path).and_then(|bytes| MailIdentity::read(&bytes).map_err(|error| error.to_string()));
    if let Err(error) = &found {
        tracing::warn!(file = %path.display(), error, "a certificate of ours can't be read");
    }
    found.ok()
}

fn read(path: &Path) -> Option<OwnKey> {
    let found = bytes_of(path).and_then(|bytes| {
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
