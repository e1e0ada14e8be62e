//! From bytes to a batch that a crash cannot lose: keep, tell what it is, note it.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use arc_swap::ArcSwap;
use manara_events::FileError;
use manara_formats::{Feed, FormatGuess, Limits, ReadError, ReportType, guess, open};
use manara_model::{Micros, Reliability};
use manara_store::{Arg, BlobError, Blobs, Db, Journal, StoreError, StoredBlob, Tx};
use uuid::Uuid;

use crate::batch::{Batch, BatchState};
use crate::process::{Progress, Summary, sweep};
use crate::sql::{self, Watch};
use crate::tables::Tables;
use crate::twice::{self, ReadTwice};
use crate::unlisted;
use manara_model::Owners;

/// Rows a part takes when nothing else is said. A finding that many parts touch is written as many times.
const PART_ROWS: u64 = 1 << 20;
/// Hours without a file after which a feed counts as silent, when it does not say: a daily report that is half a day late.
const SILENT_HOURS: i64 = 36;

/// How a zip begins.
const ZIP: &[u8] = b"PK\x03\x04";

/// Bytes as they are read.
type Plain = Box<dyn Read + Send>;

/// Why nothing, or not everything, of a file could be taken.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// The input could not be read.
    #[error("{name}: {error}")]
    Input {
        /// Name of the file.
        name: String,
        /// Why.
        error: std::io::Error,
    },
    /// Nothing tells what the file is.
    #[error(
        "{name}: can't tell what this is; expected a Shadowserver report, Suricata EVE, Zeek, IDEA, IntelMQ JSON or a list; say it with --feed or --type"
    )]
    Unknown {
        /// Name of the file.
        name: String,
    },
    /// The feed or type that was said is not known.
    #[error("there is no feed or type {0}; `manara feeds` lists them")]
    NoSuchFeed(String),
    /// A table file without a single good line.
    #[error("{name}, line {line}: {found:?} is no entry; expected {expected}")]
    NotATable {
        /// Name of the file.
        name: String,
        /// What a line looks like.
        expected: &'static str,
        /// First line that could not be read; 0 for an empty file.
        line: u64,
        /// What stands there.
        found: String,
    },
    /// The file is not what it was said to be.
    #[error("{name}: {error}")]
    Read {
        /// Name of the file.
        name: String,
        /// Why.
        error: ReadError,
    },
    /// The disk is full. What was stored before stays; the batch goes on from there.
    #[error("the disk is full ({path}); free some space, then run the same command again: it goes on where it stopped")]
    DiskFull {
        /// Where.
        path: String,
    },
    /// The disk said no.
    #[error("{path}: {error}")]
    Disk {
        /// The file.
        path: String,
        /// Why.
        error: std::io::Error,
    },
    /// A file of the lake.
    #[error(transparent)]
    Lake(FileError),
    /// The blobs.
    #[error(transparent)]
    Blob(BlobError),
    /// The state database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Columns that do not fit: a fault of this program.
    #[error("columns do not fit together: {0}")]
    Columns(#[from] manara_events::arrow::error::ArrowError),
    /// SQL over the lake failed.
    #[error(transparent)]
    Query(#[from] manara_lake::QueryError),
    /// Someone else stored the same part meanwhile.
    #[error("batch {0} is being stored by another program")]
    Busy(String),
    /// The work was cancelled.
    #[error("stopped")]
    Stopped,
}

impl IngestError {
    /// What went wrong while a file was kept.
    fn keeping(name: &str, error: BlobError) -> Self {
        match error {
            BlobError::Input(error) => Self::Input { name: name.into(), error },
            other => other.into(),
        }
    }

    /// What went wrong while a file was read. That the file changed is no fault of its format.
    pub(crate) fn reading(name: &str, error: ReadError) -> Self {
        match error {
            ReadError::Io(error) if error.get_ref().is_some_and(|inner| inner.is::<twice::Changed>()) => {
                Self::Input { name: name.into(), error }
            }
            error => Self::Read { name: name.into(), error },
        }
    }
}

impl From<BlobError> for IngestError {
    fn from(error: BlobError) -> Self {
        match error {
            BlobError::Disk { path, error } if error.kind() == std::io::ErrorKind::StorageFull => {
                Self::DiskFull { path }
            }
            other => Self::Blob(other),
        }
    }
}

impl From<FileError> for IngestError {
    fn from(error: FileError) -> Self {
        match &error {
            FileError::Disk { path, .. } | FileError::Parquet { path, .. } if error.is_disk_full() => {
                Self::DiskFull { path: path.clone() }
            }
            _ => Self::Lake(error),
        }
    }
}

/// What is known of a file before it is opened.
#[derive(Debug, Clone, Default)]
pub struct FileHint {
    /// Name of the feed, when it was said.
    pub feed: Option<String>,
    /// Report type or format, when it was said: `scan_telnet`, `suricata`, `zeek:conn`, …
    pub kind: Option<String>,
    /// Name of the file, when it has one.
    pub file_name: Option<String>,
}

impl FileHint {
    /// What the file is called in messages.
    fn name(&self) -> String {
        self.file_name.clone().unwrap_or_else(|| "-".into())
    }
}

/// How a batch is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Format {
    /// A Shadowserver report of a type, known or not.
    Shadowserver(String),
    /// Suricata EVE JSON.
    Suricata,
    /// Zeek TSV or JSON; with the path when it was said.
    Zeek(Option<String>),
    /// IDEA JSON.
    Idea,
    /// IntelMQ JSON lines.
    IntelMq,
    /// A plain list.
    List,
    /// By a mapping file.
    Feed(String),
}

impl Format {
    /// The word kept with the batch.
    pub fn as_text(&self) -> String {
        match self {
            Self::Shadowserver(kind) => format!("shadowserver:{kind}"),
            Self::Suricata => "suricata".into(),
            Self::Zeek(None) => "zeek".into(),
            Self::Zeek(Some(path)) => format!("zeek:{path}"),
            Self::Idea => "idea".into(),
            Self::IntelMq => "intelmq".into(),
            Self::List => "list".into(),
            Self::Feed(name) => format!("feed:{name}"),
        }
    }

    /// Reads what [`Format::as_text`] wrote, or what a person says: a format, a format with its kind, or a report type.
    pub fn parse(text: &str) -> Option<Self> {
        let (word, rest) = text.split_once(':').unwrap_or((text, ""));
        Some(match word {
            "shadowserver" if !rest.is_empty() => Self::Shadowserver(rest.into()),
            "suricata" | "eve" => Self::Suricata,
            "zeek" => Self::Zeek((!rest.is_empty()).then(|| rest.to_string())),
            "idea" => Self::Idea,
            "intelmq" => Self::IntelMq,
            "list" => Self::List,
            "feed" if !rest.is_empty() => Self::Feed(rest.into()),
            other => Self::Shadowserver(ReportType::by_id(other)?.id.clone()),
        })
    }
}

/// A batch that was noted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// Id of the batch.
    pub batch: String,
    /// The same bytes came from this feed before.
    pub known: bool,
}

/// A file that was received and read.
#[derive(Debug, Clone, PartialEq)]
pub struct Ingested {
    /// Its batch.
    pub batch: Batch,
    /// The same bytes came from this feed before: nothing was read.
    pub known: bool,
    /// What became of its rows.
    pub summary: Summary,
}

/// The bytes of a batch that is read while they are kept.
pub(crate) struct Unkept {
    pub file: Arc<ReadTwice>,
    pub format: Format,
    /// Who handed it in.
    pub who: String,
}

/// Everything the pipeline needs. Cheap to clone.
#[derive(Clone)]
pub struct Ingest {
    /// The state database.
    pub db: Db,
    /// The data folder.
    pub data: PathBuf,
    /// Raw bytes.
    pub blobs: Blobs,
    /// The operator's tables.
    pub tables: Arc<ArcSwap<Tables>>,
    /// Who owns what.
    pub owners: Arc<ArcSwap<Owners>>,
    /// Feeds by mapping files.
    pub feeds: Arc<Vec<Feed>>,
    /// Limits of the readers.
    pub limits: Limits,
    /// Rows a part takes: what one transaction stores, and what is read again after a crash.
    pub part_rows: u64,
}

/// Held while batches are processed: one program at a time for a data folder.
pub struct IngestLock {
    _file: File,
}

impl Ingest {
    /// The pipeline over a data folder, without tables and owners yet.
    pub fn new(db: Db, data: &Path, feeds: Vec<Feed>) -> Self {
        Ingest {
            db,
            data: data.to_path_buf(),
            blobs: Blobs::new(data.join("blobs")),
            tables: Arc::default(),
            owners: Arc::default(),
            feeds: Arc::new(feeds),
            limits: Limits::default(),
            part_rows: PART_ROWS,
        }
    }

    /// Folder of the loaded tables.
    pub fn table_folder(&self) -> PathBuf {
        self.data.join("tables")
    }

    /// Folder of what is needed while a batch is read, and of notes of what a crash left in the lake.
    pub fn scratch_folder(&self) -> PathBuf {
        self.data.join("scratch")
    }

    /// Waits for its turn to process batches in this data folder.
    pub async fn lock(&self) -> Result<IngestLock, IngestError> {
        let path = self.data.join("ingest.lock");
        let disk = |error| IngestError::Disk { path: path.display().to_string(), error };
        let file = tokio::task::block_in_place(|| {
            let file = File::options().create(true).truncate(false).write(true).open(&path).map_err(disk)?;
            file.lock().map_err(disk)?;
            // Nobody else is at work now: what lies half-written is what a crash left.
            sweep(&self.data.join("lake"));
            sweep(&self.scratch_folder());
            Ok::<_, IngestError>(file)
        })?;
        unlisted::remove_left(self).await?;
        Ok(IngestLock { _file: file })
    }

    /// Opens the plain bytes of a batch: out of the blob, and out of gzip or zip.
    pub(crate) fn open_blob(&self, sha256: &str) -> Result<Plain, IngestError> {
        self.open_plain(self.blobs.open(sha256)?, sha256)
    }

    /// The plain bytes of what may be packed; `name` is for messages.
    pub(crate) fn open_plain(&self, mut packed: Plain, name: &str) -> Result<Plain, IngestError> {
        let mut head = Vec::with_capacity(ZIP.len());
        packed
            .by_ref()
            .take(ZIP.len() as u64)
            .read_to_end(&mut head)
            .map_err(|error| IngestError::Input { name: name.into(), error })?;
        let read = |error| IngestError::Read { name: name.into(), error };
        if head != ZIP {
            return open(Rewound { head, at: 0, rest: packed }, &self.limits).map_err(read);
        }
        // The index of a zip is at its end: it needs a file.
        let path = self.scratch_folder().join(format!("{}.zip", Uuid::now_v7()));
        let disk = |error: std::io::Error| match error.kind() {
            std::io::ErrorKind::StorageFull => IngestError::DiskFull { path: path.display().to_string() },
            _ => IngestError::Disk { path: path.display().to_string(), error },
        };
        std::fs::create_dir_all(self.scratch_folder()).map_err(disk)?;
        let mut file = File::options().create(true).truncate(true).read(true).write(true).open(&path).map_err(disk)?;
        std::fs::remove_file(&path).map_err(disk)?;
        std::io::copy(&mut head.as_slice().chain(packed), &mut file).map_err(disk)?;
        file.seek(SeekFrom::Start(0)).map_err(disk)?;
        open(file, &self.limits).map_err(read)
    }

    fn feed(&self, name: &str) -> Option<&Feed> {
        self.feeds.iter().find(|feed| feed.name == name)
    }

    /// What a file is, and the name of its feed: by what was said, else by its name, else by its beginning.
    /// `open` opens the file; it is asked only when its beginning has to be looked at.
    fn tell(
        &self,
        hint: &FileHint,
        open: impl FnOnce() -> Result<Plain, IngestError>,
    ) -> Result<(String, Format), IngestError> {
        if let Some(said) = &hint.kind {
            let format = Format::parse(said).or_else(|| {
                let word =
                    !said.is_empty() && said.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
                word.then(|| Format::Shadowserver(said.clone()))
            });
            let format = match self.feed(said) {
                Some(feed) => Format::Feed(feed.name.clone()),
                None => format.ok_or_else(|| IngestError::NoSuchFeed(said.clone()))?,
            };
            return Ok((hint.feed.clone().unwrap_or_else(|| usual_name(&format, hint)), format));
        }
        if let Some(name) = &hint.feed {
            if let Some(feed) = self.feed(name) {
                return Ok((name.clone(), Format::Feed(feed.name.clone())));
            }
            if let Some(report) = ReportType::by_id(name) {
                return Ok((format!("shadowserver-{}", report.id), Format::Shadowserver(report.id.clone())));
            }
        }
        let name = hint.name();
        let mut head = Vec::new();
        let read = open()?.take(64 << 10).read_to_end(&mut head);
        if let Err(error) = read
            && head.is_empty()
        {
            return Err(IngestError::Read { name, error: ReadError::from(error) });
        }
        if head.is_empty() {
            return Err(IngestError::Read { name, error: ReadError::Empty });
        }
        let format = match guess(hint.file_name.as_deref(), &head) {
            Some(FormatGuess::Shadowserver(kind)) => Format::Shadowserver(kind),
            Some(FormatGuess::Suricata) => Format::Suricata,
            Some(FormatGuess::Zeek(path)) => Format::Zeek(path),
            Some(FormatGuess::Idea) => Format::Idea,
            Some(FormatGuess::IntelMq) => Format::IntelMq,
            Some(FormatGuess::List) => Format::List,
            None => return Err(IngestError::Unknown { name }),
        };
        Ok((hint.feed.clone().unwrap_or_else(|| usual_name(&format, hint)), format))
    }

    /// Keeps the bytes, tells what they are and notes the batch. When it returns, a crash only means reading it again.
    pub async fn receive(
        &self,
        source: &mut (dyn Read + Send),
        hint: &FileHint,
        received_at: Micros,
        who: &str,
    ) -> Result<Received, IngestError> {
        let name = hint.name();
        let blob = tokio::task::block_in_place(|| self.blobs.keep(source))
            .map_err(|error| IngestError::keeping(&name, error))?;
        let (feed, format) = tokio::task::block_in_place(|| self.tell(hint, || self.open_blob(&blob.sha256)))?;
        let batch = Batch::arriving(safe_name(&feed), name, format.as_text(), received_at);
        let mut tx = self.db.begin().await?;
        let known =
            tx.read_one(&sql::with_columns(sql::BATCH_BY_HASH), &[(&batch.feed).into(), (&blob.sha256).into()]).await?;
        if let Some(row) = known {
            let batch = sql::batch_of(&row)?;
            if batch.state == BatchState::Failed {
                // Nothing of it could be read then: perhaps now, with another type or mapping.
                tx.run(sql::RESET_BATCH, &[(&batch.id).into(), format.as_text().into()]).await?;
                tx.commit().await?;
                return Ok(Received { batch: batch.id, known: false });
            }
            let known = batch.state == BatchState::Finished;
            if known && self.is_list(&batch.format) {
                crate::lists::came_again(&mut tx, &batch, received_at).await?;
                tx.commit().await?;
            }
            return Ok(Received { batch: batch.id, known });
        }
        self.note_feed(&mut tx, &batch, &format).await?;
        note(&mut tx, &batch, &blob, who).await?;
        tx.commit().await?;
        Ok(Received { batch: batch.id, known: false })
    }

    /// Receives a file and processes it. A file that can be read twice is read first, and kept while what was read is stored:
    /// a crash before its first part is in the database means that it was never handed in.
    pub async fn take(
        &self,
        mut file: File,
        hint: &FileHint,
        received_at: Micros,
        who: &str,
        progress: Arc<Progress>,
    ) -> Result<Ingested, IngestError> {
        let (until, now) = (Micros::FAR, received_at);
        if let Some((batch, unkept)) = self.read_first(&file, hint, received_at, who).await? {
            let summary = self.process_from(&batch, Some(unkept), until, now, progress).await?;
            return Ok(Ingested { batch: self.batch(&batch.id).await?, known: false, summary });
        }
        let start = Instant::now();
        let received = self.receive(&mut file, hint, received_at, who).await?;
        let keep = start.elapsed().as_millis() as u64;
        let batch = self.batch(&received.batch).await?;
        let mut summary = match received.known {
            true => Summary { rows: batch.rows, duplicates: batch.rows, ..Summary::default() },
            false => self.process(&batch, until, now, progress).await?,
        };
        summary.stages.keep = keep;
        Ok(Ingested { batch, known: received.known, summary })
    }

    async fn batch(&self, id: &str) -> Result<Batch, StoreError> {
        let batch = Watch::new(self.db.clone(), &self.data).batch(id).await?;
        batch.ok_or_else(|| StoreError::NotFound(format!("batch {id}")))
    }

    /// The batch of a file that can be read before it is kept; none for what cannot be read twice, is a zip, or came before.
    async fn read_first(
        &self,
        file: &File,
        hint: &FileHint,
        received_at: Micros,
        who: &str,
    ) -> Result<Option<(Batch, Unkept)>, IngestError> {
        let name = hint.name();
        let input = |error| IngestError::Input { name: name.clone(), error };
        let Some(file) = ReadTwice::of(file).map_err(input)? else { return Ok(None) };
        let mut head = Vec::with_capacity(ZIP.len());
        file.reader().take(ZIP.len() as u64).read_to_end(&mut head).map_err(input)?;
        if head == ZIP {
            return Ok(None);
        }
        let open = || self.open_plain(Box::new(file.reader()), &name);
        let (feed, format) = tokio::task::block_in_place(|| self.tell(hint, open))?;
        let feed = safe_name(&feed);
        let bytes = file.bytes() as i64;
        // The same bytes have the same size.
        if self.db.read_one(sql::BATCH_BY_SIZE, &[(&feed).into(), bytes.into()]).await?.is_some() {
            return Ok(None);
        }
        let batch = Batch::arriving(feed, name, format.as_text(), received_at);
        Ok(Some((batch, Unkept { file, format, who: who.into() })))
    }

    /// Keeps the bytes that a batch is being read of; says how long it took, too.
    pub(crate) async fn keep(&self, batch: &Batch, unkept: &Unkept) -> Result<(StoredBlob, u64), IngestError> {
        let (blobs, mut source) = (self.blobs.clone(), unkept.file.reader());
        let keeping = tokio::task::spawn_blocking(move || {
            let start = Instant::now();
            // One core is the database's.
            blobs.keep_beside(&mut source).map(|blob| (blob, start.elapsed().as_millis() as u64))
        });
        match keeping.await {
            Ok(kept) => kept.map_err(|error| IngestError::keeping(&batch.file_name, error)),
            Err(error) => {
                Err(IngestError::Input { name: batch.file_name.clone(), error: std::io::Error::other(error) })
            }
        }
    }

    /// Notes the feed of a batch, if it is new.
    pub(crate) async fn note_feed(&self, tx: &mut Tx, batch: &Batch, format: &Format) -> Result<(), StoreError> {
        let mapped = match format {
            Format::Feed(name) => self.feed(name),
            _ => None,
        };
        let title = match (format, mapped) {
            (_, Some(mapped)) => mapped.title.clone(),
            (Format::Shadowserver(kind), _) => {
                ReportType::by_id(kind).map_or(kind.clone(), |report| report.name.clone())
            }
            _ => batch.feed.clone(),
        };
        let silent_hours = mapped.and_then(|mapped| mapped.silent_hours).map_or(SILENT_HOURS, i64::from);
        let accuracy = mapped.and_then(|mapped| mapped.accuracy).map_or(0.8, |percent| percent / 100.0);
        let prior = Reliability::prior(accuracy);
        let args: [Arg<'_>; 7] = [
            (&batch.feed).into(),
            (&title).into(),
            (&batch.format).into(),
            accuracy.into(),
            prior.alpha.into(),
            prior.beta.into(),
            silent_hours.into(),
        ];
        tx.run(sql::ADD_FEED, &args).await?;
        Ok(())
    }

    /// The batches that were received and not finished: what a crash left to do, oldest first.
    pub async fn waiting(&self) -> Result<Vec<Batch>, IngestError> {
        let rows = self.db.read(&sql::with_columns(sql::BATCHES_WAITING), &[]).await?;
        Ok(rows.iter().map(sql::batch_of).collect::<Result<_, _>>()?)
    }
}

/// Notes a batch whose bytes are kept.
pub(crate) async fn note(tx: &mut Tx, batch: &Batch, blob: &StoredBlob, who: &str) -> Result<(), StoreError> {
    let args: [Arg<'_>; 7] = [
        (&batch.id).into(),
        (&batch.feed).into(),
        (&blob.sha256).into(),
        (&batch.file_name).into(),
        (&batch.format).into(),
        batch.received_at.into(),
        (blob.bytes as i64).into(),
    ];
    tx.run(sql::ADD_BATCH, &args).await?;
    let detail = serde_json::json!({
        "feed": batch.feed, "file": batch.file_name, "sha256": blob.sha256, "bytes": blob.bytes,
    });
    Journal::write(tx, who, "watch", "batch_received", &batch.id, &detail.to_string(), batch.received_at).await
}

/// The name a feed has when nobody gave it one.
fn usual_name(format: &Format, hint: &FileHint) -> String {
    match format {
        Format::Shadowserver(kind) => format!("shadowserver-{kind}"),
        Format::Suricata => "suricata".into(),
        Format::Zeek(_) => "zeek".into(),
        Format::Idea => "idea".into(),
        Format::IntelMq => "intelmq".into(),
        Format::Feed(name) => name.clone(),
        Format::List => {
            let base = hint.file_name.as_deref().and_then(|name| name.rsplit(['/', '\\']).next()).unwrap_or("list");
            format!("list-{}", base.split('.').next().unwrap_or("list"))
        }
    }
}

/// A feed's name as it may stand in a path: lower-case letters, digits, `.`, `_` and `-`, at most 80 bytes.
fn safe_name(name: &str) -> String {
    let plain: String = name
        .chars()
        .take(80)
        .map(|c| c.to_ascii_lowercase())
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-') { c } else { '-' })
        .collect();
    let plain = plain.trim_matches('.').to_string();
    if plain.is_empty() { "feed".into() } else { plain }
}

/// A stream whose first bytes were looked at, and that can go back to its beginning until more is read.
struct Rewound<R> {
    head: Vec<u8>,
    at: usize,
    rest: R,
}

impl<R: Read> Read for Rewound<R> {
    fn read(&mut self, space: &mut [u8]) -> std::io::Result<usize> {
        let left = self.head.get(self.at..).unwrap_or_default();
        if left.is_empty() {
            let got = self.rest.read(space)?;
            if got > 0 {
                self.at = usize::MAX; // Beyond the beginning there is no way back.
            }
            return Ok(got);
        }
        let len = left.len().min(space.len());
        if let (Some(to), Some(from)) = (space.get_mut(..len), left.get(..len)) {
            to.copy_from_slice(from);
        }
        self.at += len;
        Ok(len)
    }
}

impl<R> Seek for Rewound<R> {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        if to == SeekFrom::Start(0) && self.at <= self.head.len() {
            self.at = 0;
            return Ok(0);
        }
        Err(std::io::Error::other("only the first bytes can be read again"))
    }
}

#[cfg(test)]
mod tests {
    use super::{Format, safe_name};

    #[test]
    fn a_format_survives_its_text() {
        for format in [
            Format::Shadowserver("scan_telnet".into()),
            Format::Shadowserver("brand_new".into()),
            Format::Suricata,
            Format::Zeek(None),
            Format::Zeek(Some("conn".into())),
            Format::Idea,
            Format::IntelMq,
            Format::List,
            Format::Feed("feodo".into()),
        ] {
            assert_eq!(Format::parse(&format.as_text()), Some(format));
        }
        assert_eq!(Format::parse("scan_telnet"), Some(Format::Shadowserver("scan_telnet".into())));
        assert_eq!(Format::parse("no_such_thing"), None);
    }

    #[test]
    fn a_feed_name_cannot_leave_its_folder() {
        for (name, want) in
            [("../../etc", "-..-etc"), ("A b/c", "a-b-c"), ("..", "feed"), ("", "feed"), ("ok_1.x-y", "ok_1.x-y")]
        {
            assert_eq!(safe_name(name), want);
        }
    }
}
