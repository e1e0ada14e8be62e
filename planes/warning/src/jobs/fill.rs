//! Filling: the events of a notice become its attachments, and its letter is written for good.

use std::collections::HashMap;

use manara_document::PrintError;
use manara_model::Micros;
use manara_store::{Blobs, Db};

use super::decide::queue;
use super::draft::write_letter;
use super::{MACHINE, WarningError};
use crate::attachment::{ATTACHMENT_ROWS, EventFile, event_files};
use crate::event_sheet::{Events, NoSheet, Press, event_sheet};
use crate::letters::{Letters, More};
use crate::notice::{Notice, NoticeFile, NoticeState, class_parts};
use crate::sql;

/// How many notices one transaction fills.
const AT_ONCE: usize = 200;
/// How many threads write files: they mostly wait for the disk.
const WRITERS: usize = 4;

/// A notice that wants the events of its findings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanting {
    /// The notice.
    pub notice_id: String,
    /// Its number.
    pub number: String,
    /// Whose findings they are.
    pub constituent_id: String,
    /// RSIT class.
    pub taxonomy: String,
    /// RSIT type.
    pub kind: String,
    /// Whether it wants pages to read, which are printed one notice after the other.
    pub has_pages: bool,
    /// The findings.
    pub findings: Vec<WantingFinding>,
}

/// A finding whose events are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WantingFinding {
    /// Its id in the watch plane.
    pub id: String,
    /// The asset.
    pub asset: String,
    /// What it is.
    pub subject: String,
    /// Its first event.
    pub first_seen: Micros,
    /// Its last event.
    pub last_seen: Micros,
    /// How many events it had when it was put into the notice.
    pub count: i64,
}

/// The events of one notice.
#[derive(Debug, Clone, Default)]
pub struct Filling {
    /// The notice.
    pub notice_id: String,
    /// How many findings [`Wanting`] listed: if the draft has grown since, the filling is dropped and asked for again.
    pub findings: usize,
    /// IntelMQ keys, one for each cell of a row.
    pub columns: Vec<String>,
    /// Cells as text; empty for absent; times in RFC 3339.
    pub rows: Vec<Vec<String>>,
    /// How many events there are, when `rows` holds only the first of them; at least the number of rows.
    pub total: i64,
}

/// Notices that want their events, oldest first: at most `limit` without pages to read, then at most `pages` with.
pub async fn wanting_events(db: &Db, limit: i64, pages: i64) -> Result<Vec<Wanting>, WarningError> {
    let mut tx = db.begin_snapshot().await?;
    let mut ids = sql::wanting(&mut tx, false, limit).await?;
    ids.extend(sql::wanting(&mut tx, true, pages).await?);
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let mut heads = sql::notices(&mut tx, &ids).await?;
    let mut findings = sql::findings(&mut tx, &ids).await?;
    let wanting = ids.iter().filter_map(|id| {
        let notice = heads.remove(*id)?;
        let (taxonomy, kind) = class_parts(&notice.class);
        let listed = findings.remove(*id).unwrap_or_default();
        Some(Wanting {
            taxonomy: taxonomy.into(),
            kind: kind.into(),
            has_pages: notice.format.has_pdf(),
            findings: listed
                .into_iter()
                .map(|finding| WantingFinding {
                    id: finding.finding_id,
                    asset: finding.asset,
                    subject: finding.subject,
                    first_seen: finding.first_seen,
                    last_seen: finding.last_seen,
                    count: finding.count,
                })
                .collect(),
            notice_id: notice.id,
            number: notice.number,
            constituent_id: notice.constituent_id,
        })
    });
    Ok(wanting.collect())
}

/// Attaches events to notices; those that are approved are queued. Says how many were filled: one whose pages found the printer
/// busy is not, and wants its events still.
pub async fn attach_events(
    db: &Db,
    blobs: &Blobs,
    (letters, press): (&Letters, &Press),
    fillings: Vec<Filling>,
    now: Micros,
) -> Result<usize, WarningError> {
    let mut filled = 0;
    let mut fillings = fillings.into_iter();
    loop {
        let part: Vec<Filling> = fillings.by_ref().take(AT_ONCE).collect();
        if part.is_empty() {
            return Ok(filled);
        }
        filled += fill_part(db, blobs, (letters, press), part, now).await?;
    }
}

fn may_fill(notice: &Notice, findings: usize) -> bool {
    matches!(notice.state, NoticeState::Draft | NoticeState::Waiting | NoticeState::Approved)
        && !notice.filled
        && usize::try_from(notice.findings).is_ok_and(|now| now == findings)
}

async fn fill_part(
    db: &Db,
    blobs: &Blobs,
    (letters, press): (&Letters, &Press),
    part: Vec<Filling>,
    now: Micros,
) -> Result<usize, WarningError> {
    let heads = {
        let mut tx = db.begin_snapshot().await?;
        let ids: Vec<&str> = part.iter().map(|filling| filling.notice_id.as_str()).collect();
        sql::notices(&mut tx, &ids).await?
    };
    let work: Vec<(Filling, Notice)> = part
        .into_iter()
        .filter_map(|filling| {
            let head = heads.get(&filling.notice_id)?;
            may_fill(head, filling.findings).then(|| (filling, head.clone()))
        })
        .collect();
    // The bytes are safe on disk before any row names them.
    let kept = keep_all(blobs, press, work).await?;
    let ids: Vec<&str> = kept.iter().map(|kept| kept.notice_id.as_str()).collect();
    let mut tx = db.begin().await?;
    sql::turn(&mut tx, now).await?;
    let mut heads = sql::notices(&mut tx, &ids).await?;
    let findings = sql::findings(&mut tx, &ids).await?;
    let mut done: Vec<(Notice, String)> = Vec::new();
    let mut files: Vec<NoticeFile> = Vec::new();
    for kept in &kept {
        let Some(mut notice) = heads.remove(&kept.notice_id).filter(|head| may_fill(head, kept.findings)) else {
            continue;
        };
        notice.attached = kept.rows;
        notice.events = kept.total.max(kept.rows);
        notice.filled = true;
        let names = kept.files.iter().map(|file| file.name.clone()).collect();
        let told = findings.get(&notice.id).map(Vec::as_slice).unwrap_or_default();
        let letter = write_letter(letters, &notice, told.iter(), names, More::asking())?;
        notice.subject = letter.subject;
        files.extend(kept.files.iter().cloned());
        done.push((notice, letter.body));
    }
    let rows: Vec<(&Notice, &str)> = done.iter().map(|(notice, body)| (notice, body.as_str())).collect();
    sql::put_notices(&mut tx, &rows).await?;
    let ids: Vec<&str> = done.iter().map(|(notice, _)| notice.id.as_str()).collect();
    sql::put_files(&mut tx, &ids, &files).await?;
    let approved: Vec<Notice> = done
        .iter()
        .filter(|(notice, _)| notice.state == NoticeState::Approved)
        .map(|(notice, _)| notice.clone())
        .collect();
    queue(&mut tx, &approved, MACHINE, now).await?;
    tx.commit().await?;
    Ok(done.len())
}

struct Kept {
    notice_id: String,
    findings: usize,
    files: Vec<NoticeFile>,
    rows: i64,
    total: i64,
}

async fn keep_all(blobs: &Blobs, press: &Press, work: Vec<(Filling, Notice)>) -> Result<Vec<Kept>, WarningError> {
    let mut shares: HashMap<usize, Vec<(Filling, Notice)>> = HashMap::new();
    for (at, one) in work.into_iter().enumerate() {
        shares.entry(at % WRITERS).or_default().push(one);
    }
    let mut threads = Vec::new();
    for share in shares.into_values() {
        let (blobs, press) = (blobs.clone(), press.clone());
        threads.push(tokio::task::spawn_blocking(move || {
            let kept = share.into_iter().map(|(filling, notice)| keep(&blobs, &press, &filling, &notice));
            kept.filter_map(Result::transpose).collect::<Result<Vec<_>, _>>()
        }));
    }
    let mut kept = Vec::new();
    for thread in threads {
        kept.extend(thread.await.map_err(|error| WarningError::Thread(error.to_string()))??);
    }
    Ok(kept)
}

/// Keeps the files of a notice; `None` when its pages wait for the printer.
fn keep(blobs: &Blobs, press: &Press, filling: &Filling, notice: &Notice) -> Result<Option<Kept>, WarningError> {
    let rows = filling.rows.get(..ATTACHMENT_ROWS).unwrap_or(&filling.rows);
    let (made, held) = event_files(&notice.number, notice.format, &filling.columns, rows);
    let mut made: Vec<(EventFile, usize)> = made.into_iter().map(|file| (file, held)).collect();
    let given = i64::try_from(filling.rows.len()).unwrap_or(i64::MAX);
    let total = filling.total.max(given);
    let events = Events { columns: &filling.columns, rows: rows.get(..held).unwrap_or(rows), total };
    match pages(press, notice, &events, &made) {
        Pages::Made(sheet) => made.push(sheet),
        Pages::None => {}
        Pages::Later => return Ok(None),
    }
    let held = i64::try_from(held).unwrap_or(i64::MAX);
    let mut files = Vec::new();
    for (file, rows) in made {
        let stored = blobs.keep(&mut file.bytes.as_slice())?;
        files.push(NoticeFile {
            notice_id: notice.id.clone(),
            name: file.name,
            media_type: file.media_type.into(),
            sha256: stored.sha256,
            bytes: i64::try_from(stored.bytes).unwrap_or(i64::MAX),
            rows: i64::try_from(rows).unwrap_or(i64::MAX),
        });
    }
    Ok(Some(Kept { notice_id: notice.id.clone(), findings: filling.findings, files, rows: held, total }))
}

/// What became of the pages of a notice.
enum Pages {
    /// They are there, with how many rows they hold.
    Made((EventFile, usize)),
    /// There are none: they are not wanted, or cannot be printed.
    None,
    /// Others print; their turn comes.
    Later,
}

/// The pages of a notice, where they are wanted. What cannot be printed holds no notice back: the table has every row, and the page of
/// the notice says that the pages are missing.
fn pages(press: &Press, notice: &Notice, events: &Events<'_>, beside: &[(EventFile, usize)]) -> Pages {
    if !notice.format.has_pdf() || events.rows.is_empty() {
        return Pages::None;
    }
    let bytes = beside.iter().map(|(file, _)| file.bytes.len()).sum();
    match event_sheet(press, notice, events, bytes) {
        Ok(sheet) => Pages::Made(sheet),
        Err(NoSheet::Print(PrintError::Busy)) => Pages::Later,
        Err(why) => {
            tracing::warn!(notice = notice.number, %why, "a notice has no pages to read");
            Pages::None
        }
    }
}
