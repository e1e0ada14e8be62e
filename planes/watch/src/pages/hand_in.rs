//! Files handed in by a person: kept first, then processed in the background.

use std::fs::File;
use std::io::{Seek as _, SeekFrom, Write as _};
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{Multipart, Path, State};
use axum::http::StatusCode;
use futures::{Stream, TryStreamExt as _};
use manara_model::Micros;
use manara_web::{Answer, Fault, PageError, Tone, Visit, Word};
use uuid::Uuid;

use super::events::is_batch_id;
use super::{Desk, Room};
use crate::batch::BatchState;
use crate::ingest::{FileHint, IngestError};
use crate::process::Progress;

/// Characters a feed's name or a type may have.
pub(super) const WORD: usize = 200;

/// Why a file was not taken: a message with its values.
struct Refused {
    key: &'static str,
    args: Vec<(&'static str, Word)>,
}

pub(super) async fn hand_in(visit: Visit, State(room): State<Room>, mut form: Multipart) -> Answer {
    let mut hint = FileHint::default();
    let mut received = Vec::new();
    let mut known = 0;
    let mut refused = None;
    while let Some(field) = form.next_field().await.map_err(unreadable)? {
        let name = field.name().unwrap_or_default().to_string();
        match name.as_str() {
            "feed" => hint.feed = word(field).await?,
            "type" => hint.kind = word(field).await?,
            "files" => {
                let Some(file_name) = field.file_name().filter(|name| !name.is_empty()).map(str::to_string) else {
                    continue;
                };
                let hint = FileHint { file_name: Some(file_name), ..hint.clone() };
                match take(&visit, &room, field, &hint).await? {
                    Ok((batch, was_known)) => {
                        known += i64::from(was_known);
                        received.push(batch);
                    }
                    Err(why) => refused = Some(why),
                }
            }
            _ => {}
        }
    }
    start(&room, received.clone());
    let count = i64::try_from(received.len()).unwrap_or(i64::MAX);
    match (received.as_slice(), refused) {
        (_, Some(why)) => Ok(visit.go_saying("/batches", Tone::Bad, why.key, &why.args)),
        ([], None) => Ok(visit.go_saying("/batches", Tone::Bad, "watch-hand-in-no-file", &[])),
        ([one], None) => {
            let path = format!("/batches/{one}");
            match known {
                0 => Ok(visit.go_saying(&path, Tone::Good, "watch-hand-in-kept", &[])),
                _ => Ok(visit.go_saying(&path, Tone::Warn, "watch-hand-in-known", &[])),
            }
        }
        _ => Ok(visit.go_saying("/batches", Tone::Good, "watch-hand-in-kept-many", &[("count", count.into())])),
    }
}

/// Takes up a batch that waits, such as one that a stopped server left.
pub(super) async fn process(visit: Visit, State(room): State<Room>, Path(id): Path<String>) -> Answer {
    let found = if is_batch_id(&id) { room.watch.batch(&id).await? } else { None };
    let batch = found.ok_or_else(PageError::not_found)?;
    let path = format!("/batches/{id}");
    if batch.state != BatchState::Received {
        return Ok(visit.go_saying(&path, Tone::Warn, "watch-batch-not-waiting", &[]));
    }
    start(&room, vec![id]);
    Ok(visit.go_saying(&path, Tone::Good, "watch-batch-taken-up", &[]))
}

fn unreadable(error: MultipartError) -> PageError {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Fault::TooLarge.into(),
        _ => PageError::unreadable(error),
    }
}

/// A short text of the form; nothing when it is empty.
async fn word(mut field: Field<'_>) -> Result<Option<String>, PageError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(unreadable)? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > WORD {
            return Err(PageError::unreadable("a word that long"));
        }
    }
    let text = String::from_utf8(bytes).map_err(PageError::unreadable)?;
    let text = text.trim();
    Ok((!text.is_empty()).then(|| text.to_string()))
}

/// Keeps one file and notes its batch; says whether it was there before.
async fn take(
    visit: &Visit,
    room: &Desk,
    field: Field<'_>,
    hint: &FileHint,
) -> Result<Result<(String, bool), Refused>, PageError> {
    let chunks = field.map_err(unreadable);
    let mut file = match spooled(room, chunks).await? {
        Ok(file) => file,
        Err(error) => return in_words(IngestError::Disk { path: "scratch".into(), error }, hint).map(Err),
    };
    match room.ingest.receive(&mut file, hint, visit.now, &visit.viewer.name).await {
        Ok(received) => Ok(Ok((received.batch, received.known))),
        Err(error) => in_words(error, hint).map(Err),
    }
}

/// The file as it arrives, in a file without a name: however it ends, nothing stays behind.
pub(super) async fn spooled(
    room: &Desk,
    chunks: impl Stream<Item = Result<Bytes, PageError>>,
) -> Result<std::io::Result<File>, PageError> {
    let path = room.ingest.scratch_folder().join(format!("{}.part", Uuid::now_v7()));
    let made = tokio::task::block_in_place(|| {
        let file = File::options().create_new(true).read(true).write(true).open(&path)?;
        // A batch that begins just now sweeps the folder and may be faster; what could not be removed is swept then.
        let _ = std::fs::remove_file(&path);
        Ok::<_, std::io::Error>(file)
    });
    let mut file = match made {
        Ok(file) => file,
        Err(error) => return Ok(Err(error)),
    };
    let mut chunks = std::pin::pin!(chunks);
    while let Some(chunk) = chunks.try_next().await? {
        if let Err(error) = tokio::task::block_in_place(|| file.write_all(&chunk)) {
            return Ok(Err(error));
        }
    }
    Ok(file.seek(SeekFrom::Start(0)).map(|_| file))
}

/// Why a file was not taken, for the reader; what is no reader's business is a fault of ours.
fn in_words(error: IngestError, hint: &FileHint) -> Result<Refused, PageError> {
    let name = || ("name", Word::from(hint.file_name.clone().unwrap_or_default()));
    let full = |error: &std::io::Error| error.kind() == std::io::ErrorKind::StorageFull;
    match error {
        IngestError::Unknown { .. } => Ok(Refused { key: "watch-hand-in-unknown", args: vec![name()] }),
        IngestError::NoSuchFeed(feed) => {
            Ok(Refused { key: "watch-hand-in-no-feed", args: vec![("feed", feed.into())] })
        }
        IngestError::Read { error, .. } => {
            Ok(Refused { key: "watch-hand-in-unreadable", args: vec![name(), ("why", error.to_string().into())] })
        }
        IngestError::DiskFull { .. } => Ok(Refused { key: "watch-hand-in-disk-full", args: Vec::new() }),
        IngestError::Disk { error, .. } if full(&error) => {
            Ok(Refused { key: "watch-hand-in-disk-full", args: Vec::new() })
        }
        IngestError::Store(error) => Err(error.into()),
        other => Err(PageError::internal(other)),
    }
}

/// A batch that is taken, until this goes away, whatever happens.
struct Taken {
    room: Room,
    batch: String,
    progress: Arc<Progress>,
}

impl Drop for Taken {
    fn drop(&mut self) {
        self.room.put_back(&self.batch);
    }
}

/// Processes batches one after another in the background. They are kept: a crash only means processing them again.
pub(super) fn start(room: &Room, batches: Vec<String>) {
    let taken: Vec<Taken> = batches
        .into_iter()
        .filter_map(|batch| room.take(&batch).map(|progress| Taken { room: Arc::clone(room), batch, progress }))
        .collect();
    if taken.is_empty() {
        return;
    }
    tokio::spawn(async move {
        for one in taken {
            if let Err(error) = work(&one).await {
                tracing::error!(batch.id = one.batch, %error, "batch not processed");
            }
        }
    });
}

async fn work(taken: &Taken) -> Result<(), IngestError> {
    let ingest = &taken.room.ingest;
    let _turn = ingest.lock().await?;
    // Another program may have done it while this one waited for its turn.
    let Some(batch) = taken.room.watch.batch(&taken.batch).await? else { return Ok(()) };
    if batch.state != BatchState::Received {
        return Ok(());
    }
    let now = Micros::now();
    ingest.process(&batch, now, now, Arc::clone(&taken.progress)).await?;
    Ok(())
}
