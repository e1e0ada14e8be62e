//! Raw bytes, kept by their SHA-256 before anything is done with them.

use std::fs::File;
use std::io::{BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::sync_channel;

use sha2::{Digest, Sha256};

use crate::files::sync_folder;

/// How hard zstd tries: what is kept is read again rarely, and arrives faster than it can be packed well.
const LEVEL: i32 = -3;
/// Bytes that are compressed at once.
const PIECE: usize = 1 << 20;
/// What has no more bytes than this, as most mail, is not worth threads of its own.
const SMALL: usize = 1 << 18;

/// Why bytes could not be kept or given back.
#[derive(Debug, thiserror::Error)]
pub enum BlobError {
    /// The source could not be read.
    #[error("reading the input: {0}")]
    Input(std::io::Error),
    /// The folder of blobs could not be written or read; `ENOSPC` means the disk is full.
    #[error("{path}: {error}")]
    Disk {
        /// The file.
        path: String,
        /// Why.
        error: std::io::Error,
    },
    /// The bytes on disk are not the ones that were kept.
    #[error("blob {0} is damaged: its bytes have another SHA-256")]
    Damaged(String),
}

/// What was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredBlob {
    /// Lower-case hex SHA-256 of the bytes.
    pub sha256: String,
    /// How many bytes.
    pub bytes: u64,
    /// Whether it was there before.
    pub known: bool,
}

/// A folder of blobs, each compressed with zstd, named by the SHA-256 of its plain bytes.
#[derive(Debug, Clone)]
pub struct Blobs {
    folder: PathBuf,
}

impl Blobs {
    /// The blobs in a folder, which is made with the first blob.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Blobs { folder: folder.into() }
    }

    /// Where a blob lies.
    pub fn path(&self, sha256: &str) -> PathBuf {
        self.folder.join(sha256.get(..2).unwrap_or("xx")).join(format!("{sha256}.zst"))
    }

    /// Whether a blob is there.
    pub fn has(&self, sha256: &str) -> bool {
        self.path(sha256).is_file()
    }

    /// Keeps all bytes of a source; when it returns they survive a power cut. Hashing, compressing and writing run side by side.
    pub fn keep(&self, source: &mut dyn Read) -> Result<StoredBlob, BlobError> {
        self.keep_by(source, pack_on_all_cores)
    }

    /// The same on this thread alone, for who has other work for the other cores.
    pub fn keep_beside(&self, source: &mut dyn Read) -> Result<StoredBlob, BlobError> {
        self.keep_by(source, pack_here)
    }

    fn keep_by(&self, source: &mut dyn Read, pack: Pack) -> Result<StoredBlob, BlobError> {
        let disk = |path: &Path| {
            let path = path.display().to_string();
            move |error| BlobError::Disk { path, error }
        };
        std::fs::create_dir_all(&self.folder).map_err(disk(&self.folder))?;
        let part = self.folder.join(format!("{}.part", uuid::Uuid::now_v7()));
        let mut first = Vec::new();
        (&mut *source).take(SMALL as u64 + 1).read_to_end(&mut first).map_err(BlobError::Input)?;
        let pack = if first.len() <= SMALL { pack_here } else { pack };
        let kept = pack(&part, &mut first.as_slice().chain(source));
        if kept.is_err() {
            let _ = std::fs::remove_file(&part);
        }
        let (sha256, bytes) = kept?;
        let path = self.path(&sha256);
        if path.is_file() {
            let _ = std::fs::remove_file(&part);
            return Ok(StoredBlob { sha256, bytes, known: true });
        }
        let folder = path.parent().unwrap_or(&self.folder).to_path_buf();
        std::fs::create_dir_all(&folder).map_err(disk(&folder))?;
        std::fs::rename(&part, &path).map_err(disk(&path))?;
        sync_folder(&folder).map_err(disk(&folder))?;
        sync_folder(&self.folder).map_err(disk(&self.folder))?;
        Ok(StoredBlob { sha256, bytes, known: false })
    }

    /// Opens a blob for reading its plain bytes.
    pub fn open(&self, sha256: &str) -> Result<Box<dyn Read + Send>, BlobError> {
        let path = self.path(sha256);
        let disk = |error| BlobError::Disk { path: path.display().to_string(), error };
        let file = File::open(&path).map_err(disk)?;
        // Room for whole frames: those are unpacked straight to where they are read.
        let packed = BufReader::with_capacity(2 * PIECE, file);
        Ok(Box::new(zstd::Decoder::with_buffer(packed).map_err(disk)?))
    }

    /// Reads a small blob whole, at most `limit` bytes.
    pub fn read(&self, sha256: &str, limit: u64) -> Result<Vec<u8>, BlobError> {
        let mut bytes = Vec::new();
        self.open(sha256)?.take(limit).read_to_end(&mut bytes).map_err(BlobError::Input)?;
        Ok(bytes)
    }

    /// Reads a blob again and compares its hash with its name.
    pub fn verify(&self, sha256: &str) -> Result<u64, BlobError> {
        let mut source = self.open(sha256)?;
        let mut hash = Sha256::new();
        let mut bytes = 0u64;
        let mut chunk = vec![0; 1 << 18];
        loop {
            match read_full(&mut source, &mut chunk) {
                Ok(0) => break,
                Ok(got) => {
                    hash.update(chunk.get(..got).unwrap_or_default());
                    bytes += got as u64;
                }
                Err(_) => return Err(BlobError::Damaged(sha256.into())),
            }
        }
        if hex(&hash.finalize()) == sha256 { Ok(bytes) } else { Err(BlobError::Damaged(sha256.into())) }
    }

    /// The SHA-256 of every blob that is there, sorted.
    pub fn list(&self) -> std::io::Result<Vec<String>> {
        let mut names = Vec::new();
        self.each(&mut |sha256| names.push(sha256.to_string()))?;
        names.sort();
        Ok(names)
    }

    /// Gives the SHA-256 of every blob that is there; in memory at once are the names of one folder.
    pub fn each(&self, take: &mut dyn FnMut(&str)) -> std::io::Result<()> {
        if !self.folder.is_dir() {
            return Ok(());
        }
        for folder in std::fs::read_dir(&self.folder)? {
            let folder = folder?;
            if !folder.file_type()?.is_dir() {
                continue;
            }
            let files = std::fs::read_dir(folder.path())?.collect::<std::io::Result<Vec<_>>>()?;
            for file in files {
                if let Some(sha256) = file.file_name().to_str().and_then(|name| name.strip_suffix(".zst")) {
                    take(sha256);
                }
            }
        }
        Ok(())
    }
}

/// Writes all bytes of a source to a file, packed and synced; gives their SHA-256 and their number.
type Pack = fn(&Path, &mut dyn Read) -> Result<(String, u64), BlobError>;

/// Reads, hashes, compresses and writes one piece after the other.
fn pack_here(part: &Path, source: &mut dyn Read) -> Result<(String, u64), BlobError> {
    let disk = |error| BlobError::Disk { path: part.display().to_string(), error };
    let mut file = File::create(part).map_err(disk)?;
    let mut packer = zstd::bulk::Compressor::new(LEVEL).map_err(disk)?;
    let (mut hash, mut bytes, mut piece) = (Sha256::new(), 0u64, vec![0; PIECE]);
    loop {
        let got = read_full(source, &mut piece).map_err(BlobError::Input)?;
        // Nothing at all is one empty frame.
        if got == 0 && bytes > 0 {
            break;
        }
        let read = piece.get(..got).unwrap_or_default();
        hash.update(read);
        packer.compress(read).and_then(|frame| file.write_all(&frame)).map_err(disk)?;
        bytes += got as u64;
        if got == 0 {
            break;
        }
    }
    file.sync_all().map_err(disk)?;
    Ok((hex(&hash.finalize()), bytes))
}

/// Reads and hashes on this thread; pieces go round to the threads that compress, each into a frame of its own (RFC 8878
/// section 3: frames may follow each other), and come back in the same order to the one that writes.
fn pack_on_all_cores(part: &Path, source: &mut dyn Read) -> Result<(String, u64), BlobError> {
    let disk = |error| BlobError::Disk { path: part.display().to_string(), error };
    let mut file = File::create(part).map_err(disk)?;
    let threads = std::thread::available_parallelism().map_or(1, |count| count.get().min(4));
    std::thread::scope(|scope| {
        let (empty, to_fill) = sync_channel::<Vec<u8>>(4 * threads);
        let (mut full, mut packed) = (Vec::new(), Vec::new());
        for _ in 0..threads {
            let (send_piece, pieces) = sync_channel::<Vec<u8>>(1);
            let (send_frame, frames) = sync_channel::<std::io::Result<Vec<u8>>>(1);
            let empty = empty.clone();
            scope.spawn(move || {
                for piece in pieces {
                    let frame = zstd::bulk::compress(&piece, LEVEL);
                    let _ = empty.try_send(piece);
                    if send_frame.send(frame).is_err() {
                        return;
                    }
                }
            });
            full.push(send_piece);
            packed.push(frames);
        }
        let writer = scope.spawn(move || -> std::io::Result<()> {
            // The first that has nothing more is the one the next piece would have gone to.
            for frames in packed.iter().cycle() {
                let Ok(frame) = frames.recv() else { break };
                file.write_all(&frame?)?;
            }
            file.sync_all()
        });
        let mut hash = Sha256::new();
        let mut bytes = 0u64;
        let mut input = Ok(());
        for send_piece in full.iter().cycle() {
            let mut piece = to_fill.try_recv().unwrap_or_default();
            piece.resize(PIECE, 0);
            let got = match read_full(source, &mut piece) {
                Ok(got) => got,
                Err(error) => {
                    input = Err(BlobError::Input(error));
                    break;
                }
            };
            piece.truncate(got);
            hash.update(&piece);
            // Nothing at all is one empty frame.
            if (got == 0 && bytes > 0) || send_piece.send(piece).is_err() {
                break; // The end, or a failure that the writer tells below.
            }
            bytes += got as u64;
            if got == 0 {
                break;
            }
        }
        drop(full);
        let written = writer.join().unwrap_or_else(|_| Err(std::io::Error::other("the writing thread ended")));
        input?;
        written.map_err(disk)?;
        Ok((hex(&hash.finalize()), bytes))
    })
}

fn read_full(source: &mut dyn Read, chunk: &mut [u8]) -> std::io::Result<usize> {
    let mut filled = 0;
    while let Some(space) = chunk.get_mut(filled..).filter(|space| !space.is_empty()) {
        match source.read(space) {
            Ok(0) => break,
            Ok(got) => filled += got,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::{BlobError, Blobs, PIECE, SMALL};

    #[test]
    fn what_takes_many_pieces_or_none_comes_back_whole() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let blobs = Blobs::new(folder.path());
        for len in [0, 1, SMALL, SMALL + 1, PIECE, 7 * PIECE + 5] {
            let bytes: Vec<u8> = (0..len).map(|at| (at / 1000) as u8).collect();
            for keep in [Blobs::keep, Blobs::keep_beside] {
                let kept = keep(&blobs, &mut bytes.as_slice()).expect("kept");
                assert_eq!((kept.bytes, blobs.verify(&kept.sha256).expect("whole")), (len as u64, len as u64));
                assert_eq!(blobs.read(&kept.sha256, u64::MAX).expect("read"), bytes);
                std::fs::remove_file(blobs.path(&kept.sha256)).expect("removed, so that the next keeps it anew");
            }
        }
    }

    #[test]
    fn bytes_are_kept_once_and_damage_is_found() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let blobs = Blobs::new(folder.path());
        let kept = blobs.keep(&mut "a lighthouse".as_bytes()).expect("kept");
        assert_eq!(kept.sha256, "f2e40ed4875e649d794563627aba52f316f5dc191ad30dfda48f643c242d1e48");
        assert!(!kept.known);
        assert!(blobs.keep(&mut "a lighthouse".as_bytes()).expect("kept").known);
        assert_eq!(blobs.list().expect("listed"), std::slice::from_ref(&kept.sha256));
        assert_eq!(blobs.read(&kept.sha256, 100).expect("read"), b"a lighthouse");
        assert_eq!(blobs.verify(&kept.sha256).expect("whole"), 12);
        let other = blobs.keep(&mut "another".as_bytes()).expect("kept");
        std::fs::copy(blobs.path(&other.sha256), blobs.path(&kept.sha256)).expect("damaged on purpose");
        assert!(matches!(blobs.verify(&kept.sha256), Err(BlobError::Damaged(_))));
    }
}
