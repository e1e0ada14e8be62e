//! A file that two read at the same time: one makes rows of it, the other keeps its bytes. Both get the same bytes, or an error.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::os::unix::fs::FileExt as _;
use std::sync::{Arc, Mutex, PoisonError};

use xxhash_rust::xxh3::xxh3_64;

/// What is read and compared at once.
const BLOCK: usize = 64 << 10;
/// A longer file is kept before it is read: a transaction waits for its last byte.
const MOST_BYTES: u64 = 1 << 30;

/// A file, and the fingerprints of those of its blocks that somebody has read.
pub(crate) struct ReadTwice {
    file: File,
    bytes: u64,
    prints: Mutex<Vec<Option<u64>>>,
}

impl ReadTwice {
    /// Of a file at its beginning that has a size and is not too long; of nothing else.
    pub(crate) fn of(file: &File) -> std::io::Result<Option<Arc<Self>>> {
        use std::io::Seek as _;
        let (mut file, metadata) = (file.try_clone()?, file.metadata()?);
        // What is appended from now on is not read by either.
        let bytes = metadata.len();
        if !metadata.is_file() || !(1..=MOST_BYTES).contains(&bytes) || file.stream_position()? != 0 {
            return Ok(None);
        }
        let prints = Mutex::new(vec![None; bytes.div_ceil(BLOCK as u64) as usize]);
        Ok(Some(Arc::new(ReadTwice { file, bytes, prints })))
    }

    /// How many bytes there are to read.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Reads from the beginning, whoever else reads.
    pub(crate) fn reader(self: &Arc<Self>) -> Reader {
        Reader { of: Arc::clone(self), next: 0, block: Vec::with_capacity(BLOCK), taken: 0 }
    }
}

/// The file was written into or cut while it was read.
#[derive(Debug, thiserror::Error)]
#[error("it changed while it was read; once it is complete, run the same command again")]
pub(crate) struct Changed;

/// One of those who read.
pub(crate) struct Reader {
    of: Arc<ReadTwice>,
    next: usize,
    block: Vec<u8>,
    taken: usize,
}

impl Reader {
    /// Reads the next block; none at the end. Of two who read it, the second compares.
    fn next_block(&mut self) -> std::io::Result<()> {
        let start = self.next as u64 * BLOCK as u64;
        let len = self.of.bytes.saturating_sub(start).min(BLOCK as u64);
        self.block.resize(len as usize, 0);
        self.taken = self.block.len();
        self.of.file.read_exact_at(&mut self.block, start).map_err(|error| match error.kind() {
            ErrorKind::UnexpectedEof => std::io::Error::other(Changed),
            _ => error,
        })?;
        let print = xxh3_64(&self.block);
        let mut prints = self.of.prints.lock().unwrap_or_else(PoisonError::into_inner);
        let known = prints.get_mut(self.next).map(|known| *known.get_or_insert(print));
        if known.is_some_and(|known| known != print) {
            return Err(std::io::Error::other(Changed));
        }
        (self.next, self.taken) = (self.next + 1, 0);
        Ok(())
    }
}

impl Read for Reader {
    fn read(&mut self, space: &mut [u8]) -> std::io::Result<usize> {
        if self.taken == self.block.len() {
            self.next_block()?;
        }
        let got = self.block.get(self.taken..).unwrap_or_default().read(space)?;
        self.taken += got;
        Ok(got)
    }
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::io::{Read as _, Seek as _, SeekFrom, Write as _};

    use super::{BLOCK, Changed, ReadTwice};

    fn file_of(bytes: &[u8]) -> File {
        let mut file = tempfile::tempfile().expect("a temporary file");
        file.write_all(bytes).expect("written");
        file.seek(SeekFrom::Start(0)).expect("at its beginning");
        file
    }

    #[test]
    fn both_read_what_was_there_at_first() {
        let bytes: Vec<u8> = (0..2 * BLOCK + 5).map(|at| (at / 1000) as u8).collect();
        let mut file = file_of(&bytes);
        let twice = ReadTwice::of(&file).expect("readable").expect("a file with a size");
        file.seek(SeekFrom::End(0)).expect("at its end");
        file.write_all(b"and one line more").expect("appended");
        for _ in 0..2 {
            let mut read = Vec::new();
            twice.reader().read_to_end(&mut read).expect("read");
            assert!(read == bytes);
        }
        assert!(ReadTwice::of(&file).expect("readable").is_none(), "it is not at its beginning");
        assert!(ReadTwice::of(&file_of(b"")).expect("readable").is_none(), "there is nothing to read");
    }

    #[test]
    fn who_reads_second_finds_what_changed() {
        let change = |file: &mut File| {
            file.seek(SeekFrom::Start(BLOCK as u64)).expect("in its middle");
            file.write_all(b"x").expect("written");
        };
        let cut = |file: &mut File| file.set_len(BLOCK as u64 + 1).expect("cut");
        for touch in [&change as &dyn Fn(&mut File), &cut] {
            let mut file = file_of(&vec![b'a'; 2 * BLOCK]);
            let twice = ReadTwice::of(&file).expect("readable").expect("a file with a size");
            let (mut first, mut second) = (twice.reader(), twice.reader());
            first.read_to_end(&mut Vec::new()).expect("read");
            touch(&mut file);
            let error = second.read_to_end(&mut Vec::new()).expect_err("other bytes than the first got");
            assert!(error.get_ref().is_some_and(|inner| inner.is::<Changed>()), "{error}");
        }
    }
}
