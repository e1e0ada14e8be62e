//! Files of the lake that no batch lists yet: those of the first part of a batch that is read before it is noted. They are named
//! beside the lake before they are ended, so that what a crash left of them is found again and removed.

use std::path::{Path, PathBuf};

use manara_store::write_durably;

use crate::ingest::{Ingest, IngestError};
use crate::sql;

/// How the names of such notes end; they begin with the id of the batch.
const ENDING: &str = "unlisted";

/// The note of the files of one part, a path a line as the batch will list it.
pub(crate) struct Unlisted {
    note: PathBuf,
    paths: String,
}

impl Unlisted {
    /// Of files of a batch; nothing is written yet.
    pub(crate) fn of<'p>(scratch: &Path, batch: &str, paths: impl Iterator<Item = &'p Path>) -> Self {
        let paths = paths.map(|path| format!("{}\n", path.display())).collect();
        Unlisted { note: scratch.join(format!("{batch}.{ENDING}")), paths }
    }

    /// Writes it; when it returns it survives a power cut.
    pub(crate) fn write(&self) -> Result<(), IngestError> {
        let path = self.note.display().to_string();
        write_durably(&self.note, |file| file.write_all(self.paths.as_bytes())).map_err(|error| match error.kind() {
            std::io::ErrorKind::StorageFull => IngestError::DiskFull { path },
            _ => IngestError::Disk { path, error },
        })
    }

    /// The batch lists them now.
    pub(crate) fn forget(&self) {
        let _ = std::fs::remove_file(&self.note);
    }
}

/// Removes the files of batches that were never noted. For whoever has the turn: nobody else is about to list them.
pub(crate) async fn remove_left(ingest: &Ingest) -> Result<(), IngestError> {
    let Ok(entries) = std::fs::read_dir(ingest.scratch_folder()) else { return Ok(()) };
    for note in entries.flatten().map(|entry| entry.path()) {
        let Some(batch) = note.extension().filter(|ending| *ending == ENDING).and(note.file_stem()) else { continue };
        let batch = batch.to_string_lossy().into_owned();
        if ingest.db.read_one(&sql::with_columns(sql::BATCH_BY_ID), &[(&batch).into()]).await?.is_none() {
            for path in std::fs::read_to_string(&note).unwrap_or_default().lines() {
                let _ = std::fs::remove_file(ingest.data.join(path));
            }
        }
        let _ = std::fs::remove_file(&note);
    }
    Ok(())
}
