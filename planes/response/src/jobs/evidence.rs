//! Evidence: written down, handed over, compared with its hash, taken off the list and brought back.

use manara_model::{Micros, Viewer};
use manara_store::{BlobError, Blobs, Db, StoredBlob, Tx};
use serde_json::json;

use super::{Refusal, ResponseError, begin, journal, new_id, workable};
use crate::evidence::{CUSTODY, Check, Custody, EVIDENCE, Evidence, EvidenceKind, Outcome, evidence_number, hash};
use crate::incident::{Incident, NOTE_CHARS, REASON_CHARS, plain, title};
use crate::sql_evidence;

/// What a form says of a new piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvidence {
    /// One line.
    pub name: String,
    /// What it is.
    pub kind: EvidenceKind,
    /// What else is to be said; may be empty.
    pub note: String,
    /// SHA-256 in hexadecimal, of what is kept elsewhere or was hashed before it came; may be empty.
    pub sha256: String,
    /// How many bytes; 0 when that is not known.
    pub bytes: i64,
    /// When it was secured.
    pub acquired: Micros,
    /// By whom.
    pub acquired_by: String,
    /// Where from.
    pub source: String,
    /// Where it is kept.
    pub place: String,
}

/// A file that came with a piece of evidence, already among the blobs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptFile {
    /// What it is called where it came from.
    pub name: String,
    /// What was kept.
    pub blob: StoredBlob,
}

/// A piece of evidence changes hands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCustody {
    /// When it happened.
    pub at: Micros,
    /// Who gave it; empty for whoever had it.
    pub given_by: String,
    /// Who has it since.
    pub taken_by: String,
    /// Where it is kept since; empty for where it was.
    pub place: String,
    /// Why.
    pub reason: String,
}

/// Writes a piece of evidence down, with the first line of its custody.
pub async fn add_evidence(
    db: &Db,
    viewer: &Viewer,
    name: &str,
    new: &NewEvidence,
    file: Option<&KeptFile>,
    now: Micros,
) -> Result<Evidence, ResponseError> {
    let called = title(&new.name).ok_or(Refusal::Title)?;
    let note = if new.note.trim().is_empty() { String::new() } else { text(&new.note, NOTE_CHARS)? };
    let noted = if new.sha256.trim().is_empty() { String::new() } else { hash(&new.sha256).ok_or(Refusal::Hash)? };
    if new.acquired > now {
        return Err(Refusal::Future.into());
    }
    let mut tx = begin(db, now).await?;
    let one = workable(&mut tx, viewer, name.into()).await?;
    let count = sql_evidence::numbered(&mut tx, &one.number).await?;
    if count >= EVIDENCE {
        return Err(Refusal::TooManyItems.into());
    }
    let mut evidence = Evidence {
        id: new_id(now),
        incident_id: one.id.clone(),
        number: evidence_number(&one.number, count + 1),
        name: called,
        kind: new.kind,
        note,
        sha256: noted,
        bytes: new.bytes.max(0),
        file: String::new(),
        acquired: new.acquired,
        acquired_by: line(&new.acquired_by)?,
        source: line(&new.source)?,
        place: line(&new.place)?,
        check: None,
        added: (viewer.name.clone(), now),
        version: 1,
        removed: None,
    };
    if let Some(file) = file {
        take_file(&mut evidence, file)?;
    }
    let first = Custody {
        position: 1,
        at: evidence.acquired,
        given_by: evidence.source.clone(),
        taken_by: evidence.acquired_by.clone(),
        place: evidence.place.clone(),
        reason: String::new(),
        who: viewer.name.clone(),
        recorded: now,
    };
    sql_evidence::put_evidence(&mut tx, &evidence).await?;
    sql_evidence::put_custody(&mut tx, &evidence.id, &first).await?;
    write(&mut tx, viewer, "evidence_added", &one, &evidence, now).await?;
    tx.commit().await?;
    Ok(evidence)
}

/// Keeps the file of a piece of evidence that was written down without it. A hash that was noted before has to be its own.
pub async fn bring_evidence_file(
    db: &Db,
    viewer: &Viewer,
    (name, item): (&str, &str),
    file: &KeptFile,
    now: Micros,
) -> Result<Evidence, ResponseError> {
    let mut tx = begin(db, now).await?;
    let (one, mut evidence) = there(&mut tx, viewer, (name, item)).await?;
    if evidence.is_kept() && evidence.sha256 == file.blob.sha256 {
        return Ok(evidence); // The same file may come twice.
    }
    take_file(&mut evidence, file)?;
    evidence.version += 1;
    sql_evidence::put_evidence(&mut tx, &evidence).await?;
    write(&mut tx, viewer, "evidence_file_kept", &one, &evidence, now).await?;
    tx.commit().await?;
    Ok(evidence)
}

fn take_file(evidence: &mut Evidence, file: &KeptFile) -> Result<(), Refusal> {
    if !evidence.sha256.is_empty() && evidence.sha256 != file.blob.sha256 {
        return Err(Refusal::OtherHash);
    }
    evidence.sha256.clone_from(&file.blob.sha256);
    evidence.bytes = i64::try_from(file.blob.bytes).unwrap_or(i64::MAX);
    evidence.file = title(&file.name).unwrap_or_else(|| "file".into());
    Ok(())
}

/// Writes down that a piece of evidence changed hands. Lines follow each other in time, and none is ever taken back.
pub async fn hand_evidence(
    db: &Db,
    viewer: &Viewer,
    (name, item): (&str, &str),
    version: Option<i64>,
    new: &NewCustody,
    now: Micros,
) -> Result<Evidence, ResponseError> {
    let (taken_by, reason) = (line(&new.taken_by)?, text(&new.reason, REASON_CHARS)?);
    if new.at > now {
        return Err(Refusal::Future.into());
    }
    let mut tx = begin(db, now).await?;
    let (one, mut evidence) = there(&mut tx, viewer, (name, item)).await?;
    let lines = sql_evidence::custody_in(&mut tx, &evidence.id).await?;
    let given_by = match (new.given_by.trim(), lines.last()) {
        ("", Some(last)) => last.taken_by.clone(),
        (given_by, _) => line(given_by)?,
    };
    let place = match new.place.trim() {
        "" => evidence.place.clone(),
        place => line(place)?,
    };
    let position = i64::try_from(lines.len()).unwrap_or(i64::MAX).saturating_add(1);
    let new =
        Custody { position, at: new.at, given_by, taken_by, place, reason, who: viewer.name.clone(), recorded: now };
    if lines.last().is_some_and(|last| is_same(last, &new)) {
        return Ok(evidence); // The form may be sent twice.
    }
    if version.is_some_and(|version| version != evidence.version) {
        return Err(ResponseError::Stale);
    }
    if sql_evidence::last_moment(&lines).is_some_and(|last| last > new.at) {
        return Err(Refusal::Earlier.into());
    }
    if position > CUSTODY {
        return Err(Refusal::TooManyItems.into());
    }
    evidence.place.clone_from(&new.place);
    evidence.version += 1;
    sql_evidence::put_custody(&mut tx, &evidence.id, &new).await?;
    sql_evidence::put_evidence(&mut tx, &evidence).await?;
    write(&mut tx, viewer, "evidence_handed", &one, &evidence, now).await?;
    tx.commit().await?;
    Ok(evidence)
}

fn is_same(a: &Custody, b: &Custody) -> bool {
    let said = |line: &Custody| [&line.taken_by, &line.place, &line.reason].map(Clone::clone);
    a.at == b.at && said(a) == said(b)
}

/// Compares the file of a piece of evidence with its hash, and writes down what came of it. Reading takes as long as the file
/// is large: it happens before the transaction.
pub async fn check_evidence(
    db: &Db,
    viewer: &Viewer,
    (name, item): (&str, &str),
    blobs: &Blobs,
    now: Micros,
) -> Result<Evidence, ResponseError> {
    let mut tx = begin(db, now).await?;
    let (_, before) = there(&mut tx, viewer, (name, item)).await?;
    drop(tx);
    if !before.is_kept() {
        return Err(Refusal::NoFile.into());
    }
    let (blobs, sha256) = (blobs.clone(), before.sha256.clone());
    let found = tokio::task::spawn_blocking(move || outcome(&blobs, &sha256)).await;
    let outcome = found.unwrap_or(Outcome::Damaged);
    let mut tx = begin(db, now).await?;
    let (one, mut evidence) = there(&mut tx, viewer, (name, item)).await?;
    evidence.check = Some(Check { at: now, who: viewer.name.clone(), outcome });
    evidence.version += 1;
    sql_evidence::put_evidence(&mut tx, &evidence).await?;
    let more = json!({ "evidence": evidence.number, "outcome": outcome.as_str() });
    journal(&mut tx, &viewer.name, "evidence_checked", &one, more, now).await?;
    tx.commit().await?;
    Ok(evidence)
}

fn outcome(blobs: &Blobs, sha256: &str) -> Outcome {
    if !blobs.has(sha256) {
        return Outcome::Missing;
    }
    match blobs.verify(sha256) {
        Ok(_) => Outcome::Intact,
        Err(BlobError::Disk { .. }) => Outcome::Missing,
        Err(_) => Outcome::Damaged,
    }
}

/// Takes a piece of evidence off the list, or brings it back. Its record, its custody and its file stay.
pub async fn list_evidence(
    db: &Db,
    viewer: &Viewer,
    (name, item): (&str, &str),
    version: Option<i64>,
    is_listed: bool,
    now: Micros,
) -> Result<Evidence, ResponseError> {
    let mut tx = begin(db, now).await?;
    let one = workable(&mut tx, viewer, name.into()).await?;
    let mut evidence = sql_evidence::evidence_in(&mut tx, &one.id, item).await?.ok_or(Refusal::NoEvidence)?;
    if evidence.removed.is_none() == is_listed {
        return Ok(evidence); // The button may be pressed twice.
    }
    if version.is_some_and(|version| version != evidence.version) {
        return Err(ResponseError::Stale);
    }
    evidence.removed = (!is_listed).then(|| (viewer.name.clone(), now));
    evidence.version += 1;
    sql_evidence::put_evidence(&mut tx, &evidence).await?;
    let verb = if is_listed { "evidence_restored" } else { "evidence_removed" };
    write(&mut tx, viewer, verb, &one, &evidence, now).await?;
    tx.commit().await?;
    Ok(evidence)
}

/// A piece of evidence that is on the list of an incident that can be worked on.
async fn there(
    tx: &mut Tx,
    viewer: &Viewer,
    (name, item): (&str, &str),
) -> Result<(Incident, Evidence), ResponseError> {
    let one = workable(tx, viewer, name.into()).await?;
    let evidence = sql_evidence::evidence_in(tx, &one.id, item).await?;
    let evidence = evidence.filter(|evidence| evidence.removed.is_none()).ok_or(Refusal::NoEvidence)?;
    Ok((one, evidence))
}

fn text(text: &str, most: usize) -> Result<String, Refusal> {
    plain(text, most).ok_or(Refusal::Text)
}

/// Who, from where and where to: one line.
fn line(text: &str) -> Result<String, Refusal> {
    title(text).ok_or(Refusal::Text)
}

/// Writes the line of the journal: the number alone, since names may be stricter than who reads the journal.
async fn write(
    tx: &mut Tx,
    viewer: &Viewer,
    verb: &str,
    one: &Incident,
    evidence: &Evidence,
    now: Micros,
) -> Result<(), ResponseError> {
    Ok(journal(tx, &viewer.name, verb, one, json!({ "evidence": evidence.number }), now).await?)
}
