//! The hashes of rows that were seen: exact, and bounded in memory.
//!
//! The newest hashes are a set in memory. When it is full it becomes a sorted run in a temporary file with a small filter
//! before it, so that a file of any size takes the memory of one set and twelve bits a row.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use hashbrown::HashSet;

/// The hashes are uniform already: their low half is their hash.
#[derive(Default, Clone)]
pub(crate) struct Uniform(u64);

impl std::hash::Hasher for Uniform {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let word = chunk.iter().rev().fold(0u64, |word, byte| word << 8 | u64::from(*byte));
            self.0 = self.0.rotate_left(32) ^ word;
        }
    }
    fn write_u128(&mut self, value: u128) {
        self.0 = value as u64;
    }
    fn finish(&self) -> u64 {
        self.0
    }
}

pub(crate) type UniformState = std::hash::BuildHasherDefault<Uniform>;

/// Most hashes of the set in memory: as many as a table of 1 Mi places takes before it grows, 18 MB.
const IN_MEMORY: usize = (1 << 20) / 8 * 7;

/// What was seen.
pub(crate) struct Seen {
    recent: HashSet<u128, UniformState>,
    runs: Vec<Run>,
    folder: PathBuf,
    most: usize,
}

struct Run {
    file: File,
    path: PathBuf,
    len: u64,
    /// Bloom filter: twelve bits a key, four probes.
    filter: Vec<u64>,
}

impl Seen {
    /// Nothing seen yet; runs are written to `folder`.
    pub(crate) fn new(folder: &Path) -> Self {
        Seen { recent: HashSet::default(), runs: Vec::new(), folder: folder.to_path_buf(), most: IN_MEMORY }
    }

    /// Notes a hash; false when it was there.
    pub(crate) fn insert(&mut self, key: u128) -> std::io::Result<bool> {
        if !self.recent.insert(key) {
            return Ok(false);
        }
        for run in &self.runs {
            if run.has(key)? {
                return Ok(false);
            }
        }
        if self.recent.len() >= self.most {
            self.spill()?;
        }
        Ok(true)
    }

    fn spill(&mut self) -> std::io::Result<()> {
        let mut keys: Vec<u128> = self.recent.drain().collect();
        keys.sort_unstable();
        std::fs::create_dir_all(&self.folder)?;
        let path = self.folder.join(format!("seen-{}-{}.run", std::process::id(), self.runs.len()));
        let mut out = BufWriter::with_capacity(1 << 18, File::create(&path)?);
        let mut filter = vec![0u64; (keys.len() * 12).div_ceil(64).max(1)];
        for key in &keys {
            out.write_all(&key.to_be_bytes())?;
            for bit in probes(*key, filter.len()) {
                if let Some(word) = filter.get_mut(bit / 64) {
                    *word |= 1 << (bit % 64);
                }
            }
        }
        out.into_inner().map_err(|error| error.into_error())?;
        let file = File::open(&path)?;
        self.runs.push(Run { file, path, len: keys.len() as u64, filter });
        Ok(())
    }
}

fn probes(key: u128, words: usize) -> impl Iterator<Item = usize> {
    let (a, b) = (key as u64, (key >> 64) as u64 | 1);
    let bits = words as u64 * 64;
    (0..4u64).map(move |i| (a.wrapping_add(b.wrapping_mul(i)) % bits) as usize)
}

impl Run {
    fn has(&self, key: u128) -> std::io::Result<bool> {
        let set = |bit: usize| self.filter.get(bit / 64).is_some_and(|word| word >> (bit % 64) & 1 == 1);
        if !probes(key, self.filter.len()).all(set) {
            return Ok(false);
        }
        let (mut low, mut high) = (0u64, self.len);
        let mut bytes = [0u8; 16];
        while low < high {
            let middle = low + (high - low) / 2;
            self.file.read_exact_at(&mut bytes, middle * 16)?;
            match u128::from_be_bytes(bytes).cmp(&key) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Ok(true),
            }
        }
        Ok(false)
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::Seen;

    proptest! {
        #[test]
        fn what_spills_to_disk_is_remembered_like_what_does_not(keys in prop::collection::vec(0u64..400, 0..600)) {
            let folder = tempfile::tempdir().expect("a temporary folder");
            let mut seen = Seen::new(folder.path());
            seen.most = 16;
            let mut truth = HashSet::new();
            for key in keys {
                let key = xxhash_rust::xxh3::xxh3_128(&key.to_be_bytes());
                prop_assert_eq!(seen.insert(key).expect("a writable folder"), truth.insert(key));
            }
            drop(seen);
            prop_assert_eq!(std::fs::read_dir(folder.path()).expect("readable").count(), 0);
        }
    }
}
