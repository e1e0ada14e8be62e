//! One Parquet file: written whole or not at all, checked by its hash.

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use arrow::array::{Array as _, ArrayRef, AsArray as _, FixedSizeBinaryArray, RecordBatch};
use arrow::datatypes::{DataType, Int64Type};
use arrow::error::ArrowError;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::arrow::{ArrowWriter, ProjectionMask};
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::schema::types::ColumnPath;
use xxhash_rust::xxh3::Xxh3;

/// Why a file of the lake could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The disk said no; a full disk is `ErrorKind::StorageFull`.
    #[error("{path}: {error}")]
    Disk {
        /// The file.
        path: String,
        /// Why.
        error: std::io::Error,
    },
    /// The bytes are not a Parquet file of ours.
    #[error("{path}: {error}")]
    Parquet {
        /// The file.
        path: String,
        /// Why.
        error: ParquetError,
    },
    /// The columns do not fit together.
    #[error(transparent)]
    Arrow(#[from] ArrowError),
}

impl FileError {
    /// Whether the disk is full.
    pub fn is_disk_full(&self) -> bool {
        match self {
            Self::Disk { error, .. } => error.kind() == std::io::ErrorKind::StorageFull,
            Self::Parquet { error, .. } => {
                error.to_string().contains("No space left") || error.to_string().contains("os error 28")
            }
            Self::Arrow(_) => false,
        }
    }
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenFile {
    /// Rows in it.
    pub rows: u64,
    /// Its size in bytes.
    pub bytes: u64,
    /// XXH3-128 of its bytes, hex: `verify` compares it.
    pub hash: String,
}

/// Counts and hashes what goes through.
struct Hashing<W> {
    inner: W,
    hash: Box<Xxh3>,
    bytes: u64,
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.hash.update(bytes.get(..written).unwrap_or_default());
        self.bytes += written as u64;
        Ok(written)
    }
    fn flush(&mut self) -> std::io::Result<()> {
        self.inner.flush()
    }
}

/// A Parquet file being written beside its final name.
pub struct FileWriter {
    writer: ArrowWriter<Hashing<BufWriter<File>>>,
    part: PathBuf,
    path: PathBuf,
    rows: u64,
}

/// Rows per row group: what one group holds in memory while it is written.
const ROW_GROUP_ROWS: usize = 128 * 1024;

impl FileWriter {
    /// Starts a file for rows like those of `sample`, which is not written. Its folder is made; an old file of that name
    /// stays until [`FileWriter::finish`].
    pub fn create(path: &Path, sample: &RecordBatch) -> Result<Self, FileError> {
        let disk = |error| FileError::Disk { path: path.display().to_string(), error };
        let folder = path.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder).map_err(disk)?;
        let mut name = path.file_name().unwrap_or_default().to_os_string();
        name.push(".part");
        let part = folder.join(name);
        let file = File::create(&part).map_err(disk)?;
        let sink = Hashing { inner: BufWriter::with_capacity(1 << 20, file), hash: Box::new(Xxh3::new()), bytes: 0 };
        let plain = |name: &str| ColumnPath::from(name);
        let mut properties = WriterProperties::builder()
            // What the reader waits for is the processor, not the disk.
            .set_compression(Compression::LZ4_RAW)
            .set_max_row_group_row_count(Some(ROW_GROUP_ROWS))
            .set_statistics_enabled(EnabledStatistics::None)
            // Pages small enough that what one is made of stays in the cache of a core.
            .set_write_batch_size(2048)
            .set_data_page_size_limit(128 * 1024)
            .set_column_compression(plain("event_hash"), Compression::UNCOMPRESSED);
        // Values that hardly repeat: a dictionary would be built only to be thrown away.
        for (field, column) in sample.schema_ref().fields().iter().zip(sample.columns()) {
            if !repeats(column) {
                properties = properties.set_column_dictionary_enabled(plain(field.name()), false);
            }
        }
        // What is searched by: their least and greatest values let a query pass over whole row groups.
        for column in ["time", "source_ip", "destination_ip", "asset", "constituent_id", "type", "severity", "line"] {
            properties = properties.set_column_statistics_enabled(plain(column), EnabledStatistics::Chunk);
        }
        let writer = ArrowWriter::try_new(sink, sample.schema(), Some(properties.build()))
            .map_err(|error| FileError::Parquet { path: path.display().to_string(), error })?;
        Ok(FileWriter { writer, part, path: path.to_path_buf(), rows: 0 })
    }

    fn parquet(&self) -> impl FnOnce(ParquetError) -> FileError + use<> {
        let path = self.path.display().to_string();
        move |error| FileError::Parquet { path, error }
    }

    /// Appends rows.
    pub fn write(&mut self, batch: &RecordBatch) -> Result<(), FileError> {
        self.rows += batch.num_rows() as u64;
        let to_error = self.parquet();
        self.writer.write(batch).map_err(to_error)
    }

    /// Ends the row group at hand: what was appended leaves the memory for the file.
    pub fn flush(&mut self) -> Result<(), FileError> {
        let to_error = self.parquet();
        self.writer.flush().map_err(to_error)
    }

    /// How many rows were appended.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Ends the file: from here it survives a power cut under its name.
    pub fn finish(self) -> Result<WrittenFile, FileError> {
        let to_error = self.parquet();
        let disk = |error| FileError::Disk { path: self.path.display().to_string(), error };
        let sink = self.writer.into_inner().map_err(to_error)?;
        let written =
            WrittenFile { rows: self.rows, bytes: sink.bytes, hash: format!("{:032x}", sink.hash.digest128()) };
        let file = sink.inner.into_inner().map_err(|error| disk(error.into_error()))?;
        file.sync_all().map_err(disk)?;
        std::fs::rename(&self.part, &self.path).map_err(disk)?;
        let folder = self.path.parent().unwrap_or(Path::new("."));
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(disk)?;
        Ok(written)
    }

    /// Throws away what was written so far.
    pub fn abandon(self) {
        let _ = std::fs::remove_file(&self.part);
    }
}

/// Whether most values of a column stand in it more than once, as far as these tell.
fn repeats(column: &ArrayRef) -> bool {
    let rows = column.len();
    if column.null_count() == rows {
        return true;
    }
    match column.data_type() {
        DataType::Utf8 => {
            let texts = column.as_string::<i32>();
            let seen: HashSet<Option<&str>> = texts.iter().collect();
            seen.len() * 2 <= rows.max(2)
        }
        DataType::Int64 => {
            let numbers = column.as_primitive::<Int64Type>();
            let seen: HashSet<Option<i64>> = numbers.iter().collect();
            seen.len() * 2 <= rows.max(2)
        }
        DataType::FixedSizeBinary(_) => false,
        _ => true,
    }
}

/// Reads a file again and compares its hash with the one that was noted when it was written.
pub fn verify_file(path: &Path, hash: &str) -> Result<bool, FileError> {
    let disk = |error| FileError::Disk { path: path.display().to_string(), error };
    let mut file = File::open(path).map_err(disk)?;
    let mut state = Box::new(Xxh3::new());
    let mut chunk = vec![0; 1 << 18];
    loop {
        match file.read(&mut chunk).map_err(disk)? {
            0 => break,
            got => state.update(chunk.get(..got).unwrap_or_default()),
        }
    }
    Ok(format!("{:032x}", state.digest128()) == hash)
}

/// The hashes of the rows of a file, in its order.
pub type Keys = Vec<u128>;

/// Reads the row hashes of a file: what deduplication remembers is the lake itself.
pub fn read_keys(path: &Path) -> Result<Keys, FileError> {
    let disk = |error| FileError::Disk { path: path.display().to_string(), error };
    let parquet = |error| FileError::Parquet { path: path.display().to_string(), error };
    let builder = ParquetRecordBatchReaderBuilder::try_new(File::open(path).map_err(disk)?).map_err(parquet)?;
    let mask = ProjectionMask::columns(builder.parquet_schema(), ["event_hash"]);
    let mut keys = Vec::new();
    for batch in builder.with_projection(mask).with_batch_size(65_536).build().map_err(parquet)? {
        let batch = batch?;
        let Some(hashes) = batch.column(0).as_any().downcast_ref::<FixedSizeBinaryArray>() else { continue };
        for at in 0..hashes.len() {
            if hashes.is_valid(at)
                && let Ok(bytes) = <[u8; 16]>::try_from(hashes.value(at))
            {
                keys.push(u128::from_be_bytes(bytes));
            }
        }
    }
    Ok(keys)
}
