//! Batches for programs, and files they hand in.

use axum::body::Bytes;
use axum::extract::{Path, Request, State};
use futures::{Stream, StreamExt as _};
use manara_lake::QueryError;
use manara_model::Micros;
use manara_web::api::{
    ApiAnswer, Code, Match, Problem, etag_of, json as answer, page_number, page_of, read_list, read_placed, record,
};
use manara_web::{Fault, PageError, Right, Visit};
use serde_json::{Value, json};

use super::super::batch::{self, PAGES, REJECTS, batch_of};
use super::super::batches::BATCHES;
use super::super::hand_in::{WORD, spooled, start};
use super::super::{Room, UPLOAD_BYTES};
use crate::batch::{Batch, BatchState};
use crate::ingest::{FileHint, IngestError};
use crate::sql;

fn shown(one: &Batch) -> Value {
    json!({
        "id": one.id, "feed": one.feed, "file_name": one.file_name, "format": one.format, "sha256": one.sha256,
        "bytes": one.bytes, "received_at": one.received_at.rfc3339(), "finished_at": one.finished_at.map(Micros::rfc3339),
        "state": one.state.as_str(), "rows": one.rows, "events": one.events, "contexts": one.contexts,
        "duplicates": one.duplicates, "rejects": one.rejects, "unowned": one.unowned,
        "findings_opened": one.findings_opened, "findings_updated": one.findings_updated,
        "generation": one.generation, "error": one.error,
    })
}

pub(super) async fn list(visit: Visit) -> ApiAnswer {
    let found = read_list(&BATCHES, &visit)?.fetch(&visit.db, &[], sql::batch_of).await?;
    let next = found.next();
    Ok(page_of(found.rows.iter().map(shown).collect(), next))
}

pub(super) async fn one(State(room): State<Room>, Path(id): Path<String>) -> ApiAnswer {
    Ok(record(&shown(&batch_of(&room, &id).await?)))
}

pub(super) async fn rejects(visit: Visit, State(room): State<Room>, Path(id): Path<String>) -> ApiAnswer {
    let batch = batch_of(&room, &id).await?;
    let (ask, cursor) = read_placed(&REJECTS, &visit)?;
    let number = page_number(cursor, PAGES)?;
    if batch.rejects == 0 {
        return Ok(page_of(Vec::new(), None));
    }
    let found = batch::rejects(&room, &batch, &ask, number * ask.rows(), ask.rows() + 1).await?;
    let mut found = found.map_err(|error| match error {
        QueryError::TooSlow(_) => Problem::new(Code::Unavailable, error),
        QueryError::Sql(_) => Problem::internal(error),
    })?;
    let more = found.len() > ask.rows() && number + 1 < PAGES;
    found.truncate(ask.rows());
    let reads_raw = visit.may(Right::ReadEvents);
    let items = found.into_iter().map(|reject| {
        json!({
            "line": reject.line, "column": reject.column, "code": reject.code, "found": reject.found,
            "raw": reads_raw.then_some(reject.raw),
        })
    });
    Ok(page_of(items.collect(), more.then(|| (number + 1).to_string())))
}

pub(super) async fn raw(visit: Visit, state: State<Room>, path: Path<String>) -> ApiAnswer {
    Ok(batch::raw(visit, state, path).await?)
}

pub(super) async fn process(visit: Visit, State(room): State<Room>, Path(id): Path<String>, is: Match) -> ApiAnswer {
    let batch = batch_of(&room, &id).await?;
    is.check(&etag_of(&shown(&batch)))?;
    if batch.state != BatchState::Received {
        return Err(Problem::refused("not-waiting", format!("the batch is {}", batch.state.as_str())));
    }
    // Who asked for it is in the log of requests; the journal tells when the batch is finished, and by whom it was handed in.
    tracing::info!(batch.id = batch.id, who = visit.viewer.name, "a batch is taken up");
    start(&room, vec![id]);
    Ok(record(&shown(&batch)))
}

pub(super) async fn hand_in(visit: Visit, State(room): State<Room>, request: Request) -> ApiAnswer {
    let hint =
        FileHint { feed: word(&visit, "feed")?, kind: word(&visit, "type")?, file_name: word(&visit, "file_name")? };
    let mut file = spooled(&room, limited(request)).await?.map_err(|error| match error.kind() {
        std::io::ErrorKind::StorageFull => disk_full(),
        _ => Problem::internal(error),
    })?;
    let received = match room.ingest.receive(&mut file, &hint, visit.now, &visit.viewer.name).await {
        Ok(received) => received,
        Err(error @ IngestError::Unknown { .. }) => return Err(wrong("file", "unknown", &error)),
        Err(error @ IngestError::NoSuchFeed(_)) => return Err(wrong("feed", "unknown", &error)),
        Err(error @ IngestError::Read { .. }) => return Err(wrong("file", "unreadable", &error)),
        Err(IngestError::DiskFull { .. }) => return Err(disk_full()),
        Err(IngestError::Store(error)) => return Err(error.into()),
        Err(error) => return Err(Problem::internal(error)),
    };
    start(&room, vec![received.batch.clone()]);
    let batch = batch_of(&room, &received.batch).await?;
    Ok(answer(&json!({ "known": received.known, "batch": shown(&batch) })))
}

fn wrong(field: &str, code: &str, error: &IngestError) -> Problem {
    Problem { detail: error.to_string(), ..Problem::invalid(field, code, "") }
}

fn disk_full() -> Problem {
    Problem::new(Code::Unavailable, "the disk of the server is full")
}

/// A short text of the query; nothing when it is empty.
fn word(visit: &Visit, name: &'static str) -> Result<Option<String>, Problem> {
    let text = visit.query(name).unwrap_or_default().trim().to_string();
    if text.chars().count() > WORD {
        return Err(Problem::new(Code::Unreadable, format!("{name} has at most {WORD} characters")));
    }
    Ok(Some(text).filter(|text| !text.is_empty()))
}

/// The bytes of the body, until there are too many.
fn limited(request: Request) -> impl Stream<Item = Result<Bytes, PageError>> {
    let mut taken = 0;
    request.into_body().into_data_stream().map(move |chunk| {
        let chunk = chunk.map_err(PageError::unreadable)?;
        taken += chunk.len();
        if taken > UPLOAD_BYTES { Err(Fault::TooLarge.into()) } else { Ok(chunk) }
    })
}
