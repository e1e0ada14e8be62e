//! The evidence of an incident: the list, one piece with its custody, its file, and the sheet that is printed.

use askama::Template;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{Multipart, Path, RawForm, State as Given};
use axum::http::StatusCode;
use manara_document::{Form, html_parts};
use manara_model::Micros;
use manara_store::Blobs;
use manara_web::{Answer, Fault, Lang, Page, PageError, Tone, Undo, Visit, Word};

use super::super::fields::{Fields, local_moment, local_text};
use super::paper::{FORMS, language, locale, printed};
use super::{Room, found, href, may_work, page_of, say, seen_version, why};
use crate::evidence::{Custody, EVIDENCE_BYTES, Evidence, EvidenceKind};
use crate::incident::{Incident, NOTE_CHARS, REASON_CHARS, TITLE_CHARS};
use crate::jobs::{self, KeptFile, NewCustody, NewEvidence};
use crate::report::custody_sheet;
use crate::sql_evidence;

/// Parts of a form that are read.
const PARTS: usize = 20;
/// What files are said to be, whatever they are: nothing opens them by itself.
const BYTES: &str = "application/octet-stream";

#[derive(Template)]
#[template(path = "response/work/evidence.html")]
struct EvidencePage {
    page: Page,
    one: Incident,
    items: Vec<Evidence>,
    removed: Vec<Evidence>,
    kinds: [&'static str; 9],
    can_work: bool,
    /// Who writes, and when, for the fields that are filled in.
    writer: (String, String),
    limits: [usize; 2],
    most_mib: usize,
}

impl EvidencePage {
    fn href(&self) -> String {
        href(&self.one)
    }

    fn kind_key(&self, item: &Evidence) -> String {
        format!("evidence-kind-{}", item.kind.as_str())
    }

    fn action(&self, item: &Evidence, step: &str) -> String {
        format!("{}/evidence/{}/{step}?version={}", self.href(), item.number, item.version)
    }
}

/// `GET /incidents/{id}/evidence`
pub(super) async fn list(visit: Visit, Path(name): Path<String>) -> Answer {
    let one = found(&visit, &name).await?;
    let all = sql_evidence::evidence_of(&visit.db, &one.id).await?;
    let (removed, items) = all.into_iter().partition(|item| item.removed.is_some());
    visit.html(&EvidencePage {
        page: page_of(&visit, &one, "evidence-title"),
        items,
        removed,
        kinds: EvidenceKind::ALL.map(EvidenceKind::as_str),
        can_work: may_work(&visit, &one),
        writer: (visit.viewer.name.clone(), local_text(Some(visit.now))),
        limits: [TITLE_CHARS, NOTE_CHARS],
        most_mib: EVIDENCE_BYTES >> 20,
        one,
    })
}

fn back(one: &Incident) -> String {
    format!("{}/evidence", href(one))
}

fn item_href(one: &Incident, number: &str) -> String {
    format!("{}/evidence/{number}", href(one))
}

/// What a form with a file sent.
struct Uploaded {
    fields: Fields,
    bytes: Vec<u8>,
    /// What the file is called where it came from; empty when none was chosen.
    file: String,
}

async fn read(mut parts: Multipart) -> Result<Uploaded, PageError> {
    let (mut texts, mut bytes, mut file) = (Vec::new(), Vec::new(), String::new());
    for _ in 0..PARTS {
        let Some(part) = parts.next_field().await.map_err(unreadable)? else { break };
        let name = part.name().unwrap_or_default().to_string();
        if name == "file" {
            file = part.file_name().unwrap_or_default().to_string();
            bytes = at_most(part, EVIDENCE_BYTES).await?;
        } else {
            // A character has at most four bytes.
            let text = at_most(part, 4 * NOTE_CHARS).await?;
            texts.push((name, String::from_utf8_lossy(&text).into_owned()));
        }
    }
    Ok(Uploaded { fields: Fields::of(texts), bytes, file })
}

async fn at_most(mut part: Field<'_>, most: usize) -> Result<Vec<u8>, PageError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(unreadable)? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > most {
            return Err(Fault::TooLarge.into());
        }
    }
    Ok(bytes)
}

fn unreadable(error: MultipartError) -> PageError {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Fault::TooLarge.into(),
        _ => PageError::unreadable(error),
    }
}

/// Puts a file among the blobs; nothing when none came.
pub(super) async fn keep(blobs: &Blobs, name: String, bytes: Vec<u8>) -> Result<Option<KeptFile>, PageError> {
    if name.is_empty() && bytes.is_empty() {
        return Ok(None);
    }
    let blobs = blobs.clone();
    let kept = tokio::task::spawn_blocking(move || blobs.keep(&mut bytes.as_slice()));
    let blob = kept.await.map_err(PageError::internal)?.map_err(PageError::internal)?;
    Ok(Some(KeptFile { name, blob }))
}

fn moment_of(fields: &Fields, name: &'static str) -> Result<Option<Micros>, PageError> {
    local_moment(fields.text(name)).map_err(|()| PageError::unreadable(name))
}

/// `POST /incidents/{id}/evidence`
pub(super) async fn add(visit: Visit, Given(room): Given<Room>, Path(name): Path<String>, parts: Multipart) -> Answer {
    let one = found(&visit, &name).await?;
    let sent = read(parts).await?;
    let fields = &sent.fields;
    let new = NewEvidence {
        name: fields.text("name").to_string(),
        kind: EvidenceKind::parse(fields.text("kind")).ok_or_else(|| PageError::unreadable("kind"))?,
        note: fields.text("note").to_string(),
        sha256: fields.text("sha256").to_string(),
        bytes: fields.int("bytes"),
        acquired: moment_of(fields, "acquired")?.unwrap_or(visit.now),
        acquired_by: fields.text("acquired_by").to_string(),
        source: fields.text("source").to_string(),
        place: fields.text("place").to_string(),
    };
    let file = keep(&room.blobs, sent.file, sent.bytes).await?;
    match jobs::add_evidence(&visit.db, &visit.viewer, &one.id, &new, file.as_ref(), visit.now).await {
        Ok(item) => {
            let undo = Undo::at(format!("{}/remove", item_href(&one, &item.number)));
            Ok(visit.go_undoable(&item_href(&one, &item.number), "evidence-did-add", &[], undo))
        }
        Err(error) => why(&visit, &back(&one), error),
    }
}

#[derive(Template)]
#[template(path = "response/work/evidence_one.html")]
struct ItemPage {
    page: Page,
    one: Incident,
    item: Evidence,
    custody: Vec<Custody>,
    /// Who has it now.
    holder: String,
    now: String,
    can_work: bool,
    limits: [usize; 2],
    most_mib: usize,
}

impl ItemPage {
    fn href(&self) -> String {
        item_href(&self.one, &self.item.number)
    }

    fn action(&self, step: &str) -> String {
        format!("{}/{step}?version={}", self.href(), self.item.version)
    }

    fn kind_key(&self) -> String {
        format!("evidence-kind-{}", self.item.kind.as_str())
    }

    fn is_small(&self) -> bool {
        is_small(&self.item)
    }
}

/// Whether a page can give the file away whole.
pub(super) fn is_small(item: &Evidence) -> bool {
    usize::try_from(item.bytes).is_ok_and(|bytes| bytes <= EVIDENCE_BYTES)
}

async fn item_of(visit: &Visit, one: &Incident, item: &str) -> Result<Evidence, PageError> {
    sql_evidence::get_evidence(&visit.db, &one.id, item).await?.ok_or_else(PageError::not_found)
}

/// `GET /incidents/{id}/evidence/{item}`
pub(super) async fn one(visit: Visit, Path((name, item)): Path<(String, String)>) -> Answer {
    let one = found(&visit, &name).await?;
    let item = item_of(&visit, &one, &item).await?;
    let custody = sql_evidence::custody_of(&visit.db, &item.id).await?;
    let title = visit.t("evidence-title-short");
    visit.html(&ItemPage {
        page: page_of(&visit, &one, "evidence-one-title").under_named(&back(&one), &title),
        holder: custody.last().map(|line| line.taken_by.clone()).unwrap_or_default(),
        custody,
        now: local_text(Some(visit.now)),
        can_work: may_work(&visit, &one) && item.removed.is_none(),
        limits: [TITLE_CHARS, REASON_CHARS],
        most_mib: EVIDENCE_BYTES >> 20,
        item,
        one,
    })
}

/// `GET /incidents/{id}/evidence/{item}/file`
pub(super) async fn file(visit: Visit, Given(room): Given<Room>, Path((name, item)): Path<(String, String)>) -> Answer {
    let one = found(&visit, &name).await?;
    let item = item_of(&visit, &one, &item).await?;
    if !item.is_kept() {
        return Err(PageError::not_found());
    }
    if !is_small(&item) {
        let args = [("number", Word::from(item.number.clone()))];
        return Ok(visit.go_saying(&item_href(&one, &item.number), Tone::Bad, "evidence-too-large", &args));
    }
    let bytes = kept(&room.blobs, &item).await?;
    Ok(visit.download(&format!("{}-{}", item.number, item.file), BYTES, bytes))
}

/// The bytes of a file that is kept.
pub(super) async fn kept(blobs: &Blobs, item: &Evidence) -> Result<Vec<u8>, PageError> {
    let (blobs, sha256) = (blobs.clone(), item.sha256.clone());
    let read = tokio::task::spawn_blocking(move || blobs.read(&sha256, EVIDENCE_BYTES as u64));
    read.await.map_err(PageError::internal)?.map_err(PageError::internal)
}

/// `POST /incidents/{id}/evidence/{item}/file`
pub(super) async fn bring(
    visit: Visit,
    Given(room): Given<Room>,
    Path((name, item)): Path<(String, String)>,
    parts: Multipart,
) -> Answer {
    let one = found(&visit, &name).await?;
    let item = item_of(&visit, &one, &item).await?;
    let sent = read(parts).await?;
    let back = item_href(&one, &item.number);
    let Some(file) = keep(&room.blobs, sent.file, sent.bytes).await? else {
        return Ok(visit.go_saying(&back, Tone::Bad, "evidence-no-file-chosen", &[]));
    };
    let ids = (one.id.as_str(), item.id.as_str());
    let did = jobs::bring_evidence_file(&visit.db, &visit.viewer, ids, &file, visit.now).await;
    say(&visit, &back, did, "evidence-did-keep")
}

/// `POST /incidents/{id}/evidence/{item}/hand`
pub(super) async fn hand(visit: Visit, Path((name, item)): Path<(String, String)>, RawForm(form): RawForm) -> Answer {
    let one = found(&visit, &name).await?;
    let item = item_of(&visit, &one, &item).await?;
    let fields = Fields::read(&form);
    let new = NewCustody {
        at: moment_of(&fields, "at")?.unwrap_or(visit.now),
        given_by: fields.text("given_by").to_string(),
        taken_by: fields.text("taken_by").to_string(),
        place: fields.text("place").to_string(),
        reason: fields.text("reason").to_string(),
    };
    let (ids, version) = ((one.id.as_str(), item.id.as_str()), seen_version(&visit));
    let did = jobs::hand_evidence(&visit.db, &visit.viewer, ids, version, &new, visit.now).await;
    say(&visit, &item_href(&one, &item.number), did, "evidence-did-hand")
}

/// `POST /incidents/{id}/evidence/{item}/check`
pub(super) async fn check(
    visit: Visit,
    Given(room): Given<Room>,
    Path((name, item)): Path<(String, String)>,
) -> Answer {
    let one = found(&visit, &name).await?;
    let back = item_href(&one, &item);
    match jobs::check_evidence(&visit.db, &visit.viewer, (&one.id, &item), &room.blobs, visit.now).await {
        Ok(item) => {
            let (tone, key) = match item.check.map(|check| check.outcome) {
                Some(crate::evidence::Outcome::Intact) => (Tone::Good, "evidence-did-check"),
                _ => (Tone::Bad, "evidence-did-check-bad"),
            };
            Ok(visit.go_saying(&back, tone, key, &[]))
        }
        Err(error) => why(&visit, &back, error),
    }
}

/// `POST /incidents/{id}/evidence/{item}/remove`
pub(super) async fn remove(visit: Visit, Path((name, item)): Path<(String, String)>) -> Answer {
    listed(&visit, (&name, &item), false).await
}

/// `POST /incidents/{id}/evidence/{item}/restore`
pub(super) async fn restore(visit: Visit, Path((name, item)): Path<(String, String)>) -> Answer {
    listed(&visit, (&name, &item), true).await
}

async fn listed(visit: &Visit, (name, item): (&str, &str), is_listed: bool) -> Answer {
    let one = found(visit, name).await?;
    let version = seen_version(visit);
    let did = jobs::list_evidence(&visit.db, &visit.viewer, (&one.id, item), version, is_listed, visit.now).await;
    match did {
        Ok(item) if !is_listed => {
            let undo = Undo::at(format!("{}/restore", item_href(&one, &item.number)));
            Ok(visit.go_undoable(&back(&one), "evidence-did-remove", &[], undo))
        }
        did => say(visit, &back(&one), did, "evidence-did-restore"),
    }
}

#[derive(Template)]
#[template(path = "response/work/custody.html")]
struct SheetPage {
    page: Page,
    one: Incident,
    /// Escaped by its printer.
    body: String,
    lang: Lang,
    langs: [Lang; 3],
    forms: [&'static str; 4],
}

impl SheetPage {
    fn href(&self) -> String {
        href(&self.one)
    }
}

/// `GET /incidents/{id}/custody?format=…&in=…`; without a format as a page.
pub(super) async fn sheet(visit: Visit, Given(room): Given<Room>, Path(name): Path<String>) -> Answer {
    let one = found(&visit, &name).await?;
    let lang = language(&visit);
    let evidence = crate::report::evidence_with_custody(&visit.db, &one.id).await?;
    let document = custody_sheet(&one, &evidence, visit.words(), locale(&visit, lang), visit.now);
    let Some(format) = visit.query("format") else {
        return visit.html(&SheetPage {
            page: page_of(&visit, &one, "evidence-sheet-title"),
            body: html_parts(&document),
            lang,
            langs: Lang::ALL,
            forms: FORMS,
            one,
        });
    };
    let form = Form::parse(&format).ok_or_else(|| PageError::unreadable("format is one of pdf, docx, html and md"))?;
    match printed(&room, document, form).await? {
        Ok(bytes) => {
            let file = format!("{}-custody-{}.{}", one.number, lang.tag(), form.as_str());
            Ok(visit.download(&file, form.content_type(), bytes))
        }
        Err(why) => {
            tracing::warn!(%why, "a sheet of custody was not printed");
            let back = format!("{}/custody", href(&one));
            Ok(visit.go_saying(&back, Tone::Bad, "document-not-printed", &[("why", Word::from(why.to_string()))]))
        }
    }
}
