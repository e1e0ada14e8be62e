//! Files for messages of ours: kept among the blobs before the message is written, and the exports that are made for one.

use std::collections::HashSet;

use manara_document::{Form, Printer};
use manara_model::{Micros, Viewer};
use manara_store::{Blobs, Db, StoreError};
use manara_web::{Cell, Locale, Words, csv_text, json_text};

use super::Refusal;
use crate::attached::{Export, FILES, FILES_BYTES, file_name, media_type};
use crate::incident::Incident;
use crate::message::{MessageFile, Seen};
use crate::policy::Policy;
use crate::report::{gather, report};
use crate::ticket::Ticket;
use crate::{sql, sql_ticket};

/// Rows of an export.
const ROWS: i64 = 10_000;
/// What the tables of findings tell of each.
const FINDING_COLUMNS: [&str; 7] = ["asset", "class", "type", "subject", "severity", "constituent", "linked"];

/// A file before it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// What it is called.
    pub name: String,
    /// What it is said to be.
    pub media_type: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// Why files cannot go with a message.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// They may not.
    #[error("{0}")]
    Refused(#[from] Refusal),
    /// The state database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// They cannot be kept, or not be printed.
    #[error("{0}")]
    Made(String),
}

/// What exports are made with.
#[derive(Clone, Copy)]
pub struct ExportDesk<'a> {
    /// How incidents end.
    pub policy: &'a Policy,
    /// The words of reports.
    pub words: &'a Words,
    /// The language and the clock of reports.
    pub locale: Locale,
    /// What prints them.
    pub printer: &'a Printer,
}

/// Whether so many files of so many bytes may go with one message.
pub(super) fn fit(bytes_of_each: impl Iterator<Item = i64>) -> Result<(), Refusal> {
    let (count, bytes) = bytes_of_each.fold((0, 0i64), |(count, sum), bytes| (count + 1, sum.saturating_add(bytes)));
    if count > FILES || bytes > FILES_BYTES { Err(Refusal::Files) } else { Ok(()) }
}

/// Keeps files after those that are kept already, by their SHA-256. More than may go with one message are refused, all of them.
pub async fn keep_files(
    blobs: &Blobs,
    mut kept: Vec<MessageFile>,
    new: Vec<NewFile>,
) -> Result<Vec<MessageFile>, FileError> {
    let brought = new.iter().map(|file| i64::try_from(file.bytes.len()).unwrap_or(i64::MAX));
    fit(kept.iter().map(|file| file.bytes).chain(brought))?;
    for file in new {
        let taken: Vec<String> = kept.iter().map(|file| file.name.clone()).collect();
        let (name, said) = (file_name(&file.name, &taken), media_type(&file.media_type).to_string());
        let blobs = blobs.clone();
        let keeping = tokio::task::spawn_blocking(move || blobs.keep(&mut file.bytes.as_slice()));
        let blob = keeping.await.map_err(|error| FileError::Made(error.to_string()))?;
        let blob = blob.map_err(|error| FileError::Made(error.to_string()))?;
        kept.push(MessageFile {
            position: i64::try_from(kept.len()).unwrap_or(i64::MAX),
            name,
            media_type: said,
            sha256: blob.sha256,
            bytes: i64::try_from(blob.bytes).unwrap_or(i64::MAX),
            text: String::new(),
        });
    }
    Ok(kept)
}

/// The incident of a ticket whose exports may go with its mail: the first one, if it is marked no more strictly.
pub async fn incident_to_export(db: &Db, viewer: &Viewer, ticket: &Ticket) -> Result<Option<Incident>, StoreError> {
    let all = sql_ticket::incidents_of_ticket(db, viewer, &ticket.id).await?;
    Ok(all.into_iter().find(|incident| incident.tlp <= ticket.tlp))
}

/// Makes an export of a ticket. What is marked more strictly than the ticket is refused.
pub async fn export(
    db: &Db,
    viewer: &Viewer,
    desk: &ExportDesk<'_>,
    ticket: &Ticket,
    what: Export,
    now: Micros,
) -> Result<NewFile, FileError> {
    let incident = incident_to_export(db, viewer, ticket).await?;
    export_of(db, viewer, desk, (ticket, incident), what, now).await
}

/// Makes an export of a ticket and an incident whose data may go with its mail.
pub(super) async fn export_of(
    db: &Db,
    viewer: &Viewer,
    desk: &ExportDesk<'_>,
    (ticket, incident): (&Ticket, Option<Incident>),
    what: Export,
    now: Micros,
) -> Result<NewFile, FileError> {
    let of = incident.as_ref().filter(|_| what.is_of_incident());
    let name = what.file_name(of.map_or(&ticket.number, |incident| &incident.number));
    let bytes = match (what, incident) {
        (Export::ObservablesCsv | Export::ObservablesJson, incident) => {
            let mut all = sql_ticket::observables_of(db, &ticket.id, ROWS).await?;
            if let Some(incident) = incident {
                all.extend(sql_ticket::observables_of(db, &incident.id, ROWS).await?);
            }
            let mut once = HashSet::new();
            all.retain(|one| once.insert((one.kind.clone(), one.value.clone())));
            let rows: Vec<Vec<Cell>> =
                all.into_iter().map(|Seen { kind, value }| vec![Cell::Text(kind), Cell::Text(value)]).collect();
            table(what, &["kind", "value"], &rows)
        }
        (_, None) => return Err(Refusal::NothingToAttach.into()),
        (Export::FindingsCsv | Export::FindingsJson, Some(incident)) => {
            let of = |one: crate::incident::Linked| -> Vec<Cell> {
                let class = manara_model::class_of_type(&one.kind).unwrap_or_default();
                vec![
                    Cell::Text(one.asset),
                    Cell::Text(class.into()),
                    Cell::Text(one.kind),
                    Cell::Text(one.subject),
                    Cell::Text(one.severity.as_str().into()),
                    Cell::Text(one.constituent),
                    Cell::Text(one.linked_at.rfc3339()),
                ]
            };
            let rows: Vec<Vec<Cell>> = sql::worst_findings(db, &incident.id, ROWS).await?.into_iter().map(of).collect();
            table(what, &FINDING_COLUMNS, &rows)
        }
        (Export::ReportPdf, Some(incident)) => {
            let gathered = gather(db, viewer, incident).await?;
            let document = report(&gathered, desk.policy, desk.words, desk.locale, now);
            let printer = desk.printer.clone();
            let printing = tokio::task::spawn_blocking(move || printer.print(&document, Form::Pdf));
            let printed = printing.await.map_err(|error| FileError::Made(error.to_string()))?;
            printed.map_err(|error| FileError::Made(error.to_string()))?
        }
    };
    Ok(NewFile { name, media_type: what.media_type().into(), bytes })
}

fn table(what: Export, head: &[&str], rows: &[Vec<Cell>]) -> Vec<u8> {
    match what.media_type() {
        "application/json" => json_text(head, rows),
        _ => csv_text(head, rows),
    }
    .into_bytes()
}
