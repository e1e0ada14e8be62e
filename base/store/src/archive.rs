//! One file of many: a tar stream under zstd, with the SHA-256 of every entry in an index at its end.
//!
//! `zstd -d < FILE | tar x` opens it on any system. What is read is trusted only as far as the index and the rules for
//! names allow.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Read};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::files::sync_folder;

/// The entry that comes last.
const INDEX: &str = "index.json";
/// No index is larger than this: about five million entries.
const INDEX_BYTES: u64 = 1 << 30;
/// A name is no longer than this.
const NAME_BYTES: usize = 1024;

/// Why an archive could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// The disk said no; `ErrorKind::StorageFull` means it is full.
    #[error("{path}: {error}")]
    Disk {
        /// The file.
        path: String,
        /// Why.
        error: std::io::Error,
    },
    /// The bytes are no archive, or it breaks off.
    #[error("{path} is damaged or no backup: {error}")]
    Unreadable {
        /// The archive.
        path: String,
        /// What was found.
        error: std::io::Error,
    },
    /// An entry is not what was written.
    #[error("{0} is damaged: its bytes have another SHA-256 than the index says")]
    Damaged(String),
    /// The entries and the index do not go together.
    #[error("{0} is in the archive or in its index, but not in both")]
    Unmatched(String),
    /// A name that would lead out of its folder, or is not a plain file.
    #[error("{0:?} is not a file that may be in a backup")]
    Name(String),
    /// The one who reads said no.
    #[error("{entry}: {reason}")]
    Refused {
        /// The entry.
        entry: String,
        /// Why.
        reason: String,
    },
}

/// An entry as the index knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArchiveEntry {
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256, hex.
    pub sha256: String,
}

/// The index: every entry by its name, and what the writer added.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArchiveIndex {
    /// Entries by name.
    pub entries: BTreeMap<String, ArchiveEntry>,
    /// What only the end of the writing knew.
    pub closing: serde_json::Value,
}

/// An archive being written beside its final name.
pub struct ArchiveWriter {
    tar: Option<tar::Builder<zstd::Encoder<'static, BufWriter<File>>>>,
    part: PathBuf,
    path: PathBuf,
    entries: BTreeMap<String, ArchiveEntry>,
}

impl ArchiveWriter {
    /// Starts an archive. An old file of that name stays until [`ArchiveWriter::finish`].
    pub fn create(path: &Path) -> Result<Self, ArchiveError> {
        let mut name = path.file_name().unwrap_or_default().to_os_string();
        name.push(".part");
        let part = path.with_file_name(name);
        let disk = |error| ArchiveError::Disk { path: part.display().to_string(), error };
        let mut options = File::options();
        options.create(true).truncate(true).write(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600); // It holds hashes of passwords.
        let file = options.open(&part).map_err(disk)?;
        let mut encoder = zstd::Encoder::new(BufWriter::with_capacity(1 << 20, file), 1).map_err(disk)?;
        encoder.include_checksum(true).map_err(disk)?;
        let tar = Some(tar::Builder::new(encoder));
        Ok(ArchiveWriter { tar, part, path: path.to_path_buf(), entries: BTreeMap::new() })
    }

    fn disk(&self) -> impl Fn(std::io::Error) -> ArchiveError + use<> {
        let path = self.part.display().to_string();
        move |error| ArchiveError::Disk { path: path.clone(), error }
    }

    /// Adds bytes under a name.
    pub fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), ArchiveError> {
        self.append(name, bytes.len() as u64, bytes)
    }

    /// Adds a file under a name; `false` when it is not there. It must not grow or shrink meanwhile.
    pub fn add_file(&mut self, name: &str, path: &Path) -> Result<bool, ArchiveError> {
        let disk = |error| ArchiveError::Disk { path: path.display().to_string(), error };
        let file = match File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(disk(error)),
        };
        let bytes = file.metadata().map_err(disk)?.len();
        self.append(name, bytes, file.take(bytes))?;
        Ok(true)
    }

    fn append(&mut self, name: &str, bytes: u64, source: impl Read) -> Result<(), ArchiveError> {
        if !is_plain(name) || self.entries.contains_key(name) {
            return Err(ArchiveError::Name(name.into()));
        }
        let disk = self.disk();
        let Some(tar) = &mut self.tar else { return Ok(()) };
        let mut source = Hashing { inner: source, hash: Sha256::new(), bytes: 0 };
        let mut header = tar::Header::new_gnu();
        header.set_entry_type(tar::EntryType::Regular);
        header.set_mode(0o600);
        header.set_size(bytes);
        tar.append_data(&mut header, name, &mut source).map_err(&disk)?;
        if source.bytes != bytes {
            return Err(disk(std::io::Error::other(format!("{name} became shorter while it was read"))));
        }
        self.entries.insert(name.into(), ArchiveEntry { bytes, sha256: hex(source.hash) });
        Ok(())
    }

    /// Ends the archive: from here it survives a power cut under its name. Says how large it is.
    pub fn finish(mut self, closing: serde_json::Value) -> Result<u64, ArchiveError> {
        let disk = self.disk();
        let index = ArchiveIndex { entries: std::mem::take(&mut self.entries), closing };
        let text = serde_json::to_vec(&index).map_err(|error| disk(error.into()))?;
        self.append(INDEX, text.len() as u64, text.as_slice())?;
        let Some(tar) = self.tar.take() else { return Ok(0) };
        let end = || -> std::io::Result<u64> {
            let file = tar.into_inner()?.finish()?.into_inner().map_err(|error| error.into_error())?;
            file.sync_all()?;
            let bytes = file.metadata()?.len();
            std::fs::rename(&self.part, &self.path)?;
            let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            sync_folder(folder)?;
            Ok(bytes)
        };
        let ended = end().map_err(&disk);
        if ended.is_err() {
            let _ = std::fs::remove_file(&self.part);
        }
        ended
    }
}

impl Drop for ArchiveWriter {
    fn drop(&mut self) {
        if self.tar.is_some() {
            let _ = std::fs::remove_file(&self.part);
        }
    }
}

/// Reads an archive from its first byte to its last, hands every entry to `take` with its name and size, and compares
/// what was read with the index. `take` may leave bytes unread; only after the whole is `Ok` is anything of it sure.
pub fn read_archive(
    path: &Path,
    mut take: impl FnMut(&str, u64, &mut dyn Read) -> Result<(), ArchiveError>,
) -> Result<ArchiveIndex, ArchiveError> {
    let shown = path.display().to_string();
    let unreadable = |error| ArchiveError::Unreadable { path: shown.clone(), error };
    let file = File::open(path).map_err(|error| ArchiveError::Disk { path: shown.clone(), error })?;
    let mut tar = tar::Archive::new(zstd::Decoder::new(file).map_err(unreadable)?);
    let mut found: BTreeMap<String, ArchiveEntry> = BTreeMap::new();
    let mut index: Option<ArchiveIndex> = None;
    for entry in tar.entries().map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let bytes = entry.path_bytes();
        let name = String::from_utf8(bytes.into_owned())
            .map_err(|error| ArchiveError::Name(String::from_utf8_lossy(error.as_bytes()).into_owned()))?;
        let is_file = entry.header().entry_type() == tar::EntryType::Regular;
        if !is_file || !is_plain(&name) || found.contains_key(&name) || index.is_some() {
            return Err(ArchiveError::Name(name));
        }
        let size = entry.size();
        let mut source = Hashing { inner: entry, hash: Sha256::new(), bytes: 0 };
        if name == INDEX {
            let mut text = Vec::new();
            source.by_ref().take(INDEX_BYTES).read_to_end(&mut text).map_err(unreadable)?;
            index = Some(serde_json::from_slice(&text).map_err(|error| unreadable(error.into()))?);
            continue;
        }
        take(&name, size, &mut source)?;
        std::io::copy(&mut source, &mut std::io::sink()).map_err(unreadable)?;
        if source.bytes != size {
            return Err(unreadable(std::io::Error::other(format!("{name} breaks off"))));
        }
        found.insert(name, ArchiveEntry { bytes: size, sha256: hex(source.hash) });
    }
    // The checksum of the stream stands behind the last entry.
    std::io::copy(&mut tar.into_inner(), &mut std::io::sink()).map_err(unreadable)?;
    let index =
        index.ok_or_else(|| unreadable(std::io::Error::other("it has no index: it was not written to its end")))?;
    for (name, entry) in &found {
        match index.entries.get(name) {
            Some(known) if known == entry => {}
            Some(_) => return Err(ArchiveError::Damaged(name.clone())),
            None => return Err(ArchiveError::Unmatched(name.clone())),
        }
    }
    match index.entries.keys().find(|name| !found.contains_key(*name)) {
        Some(name) => Err(ArchiveError::Unmatched(name.clone())),
        None => Ok(index),
    }
}

/// Whether a name leads to a file below its folder and nowhere else: parts of printable characters between single slashes.
fn is_plain(name: &str) -> bool {
    name.len() <= NAME_BYTES
        && !name.chars().any(|c| c.is_control() || c == '\\')
        && name.split('/').all(|part| !part.is_empty() && part != "." && part != "..")
}

struct Hashing<R> {
    inner: R,
    hash: Sha256,
    bytes: u64,
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, space: &mut [u8]) -> std::io::Result<usize> {
        let got = self.inner.read(space)?;
        self.hash.update(space.get(..got).unwrap_or_default());
        self.bytes += got as u64;
        Ok(got)
    }
}

fn hex(hash: Sha256) -> String {
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::Path;

    use super::{ArchiveError, ArchiveIndex, ArchiveWriter, is_plain, read_archive};

    fn written(path: &Path) {
        let mut writer = ArchiveWriter::create(path).unwrap();
        writer.add("manifest.json", b"{}").unwrap();
        let long = format!("lake/{}/{}.parquet", "x".repeat(90), "y".repeat(90));
        writer.add(&long, &vec![7; 300_000]).unwrap();
        assert!(!writer.add_file("lake/gone", Path::new("/no/such/file")).unwrap());
        assert!(matches!(writer.add("../out", b""), Err(ArchiveError::Name(_))));
        assert!(matches!(writer.add("manifest.json", b""), Err(ArchiveError::Name(_))));
        writer.finish(serde_json::json!({ "rows": 3 })).unwrap();
    }

    fn names(path: &Path) -> Result<(Vec<(String, u64)>, ArchiveIndex), ArchiveError> {
        let mut names = Vec::new();
        let index = read_archive(path, |name, size, _| {
            names.push((name.to_string(), size));
            Ok(())
        })?;
        Ok((names, index))
    }

    #[test]
    fn what_was_written_is_read_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("b.tar.zst");
        written(&path);
        let (entries, index) = names(&path).unwrap();
        assert_eq!(entries.len(), 2);
        assert_eq!(entries[1].1, 300_000);
        assert_eq!(index.closing["rows"], 3);
        drop(ArchiveWriter::create(&folder.path().join("given up")).unwrap());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        let mut bytes = Vec::new();
        read_archive(&path, |name, _, source| {
            if name.starts_with("lake/") {
                source.read_to_end(&mut bytes).unwrap();
            }
            Ok(())
        })
        .unwrap();
        assert_eq!(bytes, vec![7; 300_000]);
    }

    #[test]
    fn no_damaged_byte_and_no_cut_passes_for_the_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("b.tar.zst");
        written(&path);
        let (whole, known) = (std::fs::read(&path).unwrap(), names(&path).unwrap());
        let mut passed = 0;
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x10;
            std::fs::write(&path, &bytes).unwrap();
            // Few bits of the frame mean nothing (its window, an unused flag): then what is read is what was written.
            if let Ok(read) = names(&path) {
                assert_eq!(read, known, "byte {at} of {}", whole.len());
                passed += 1;
            }
        }
        assert!(passed < whole.len() / 50, "{passed} of {} bytes mean nothing", whole.len());
        for len in (0..whole.len()).step_by(5) {
            std::fs::write(&path, &whole[..len]).unwrap();
            assert!(names(&path).is_err(), "the first {len} bytes of {}", whole.len());
        }
    }

    #[test]
    fn an_archive_of_a_stranger_cannot_leave_its_folder() {
        for (name, plain) in [
            ("lake/day=2026-01-15/feed=x/a.parquet", true),
            ("content/lang/ar/web.ftl", true),
            ("/etc/passwd", false),
            ("lake/../../etc/passwd", false),
            ("lake/./a", false),
            ("lake//a", false),
            ("lake/", false),
            ("", false),
            ("a\\b", false),
            ("a\nb", false),
        ] {
            assert_eq!(is_plain(name), plain, "{name:?}");
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("evil.tar.zst");
        for (name, kind) in [
            ("../out", tar::EntryType::Regular),
            ("lake/link", tar::EntryType::Symlink),
            ("dir", tar::EntryType::Directory),
        ] {
            let mut tar = tar::Builder::new(zstd::Encoder::new(std::fs::File::create(&path).unwrap(), 1).unwrap());
            let mut header = tar::Header::new_gnu();
            header.set_entry_type(kind);
            header.set_size(0);
            let bytes = header.as_gnu_mut().unwrap();
            bytes.name[..name.len()].copy_from_slice(name.as_bytes());
            header.set_cksum();
            tar.append(&header, std::io::empty()).unwrap();
            let index = ArchiveIndex { entries: BTreeMap::new(), closing: serde_json::Value::Null };
            let text = serde_json::to_vec(&index).unwrap();
            let mut header = tar::Header::new_gnu();
            header.set_size(text.len() as u64);
            tar.append_data(&mut header, "index.json", text.as_slice()).unwrap();
            tar.into_inner().unwrap().finish().unwrap();
            assert!(matches!(names(&path), Err(ArchiveError::Name(_))), "{name}");
        }
    }
}
