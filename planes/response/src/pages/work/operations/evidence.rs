//! Evidence and its custody for programs.

use axum::body::Bytes;
use axum::extract::{Path, State as Stated};
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse as _;
use manara_document::Form;
use manara_model::Micros;
use manara_web::api::{ApiAnswer, Code, Given, Match, Op, Param, Problem, json as answer, made, schema, with_etag};
use manara_web::{Right, Site, Visit};
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::Room;
use super::super::evidence::{is_small, keep, kept};
use super::super::paper::{language, locale, printed};
use super::{found, moment, not_done, paged};
use crate::evidence::{Custody, EVIDENCE_BYTES, Evidence, EvidenceKind, Outcome};
use crate::incident::{Incident, NOTE_CHARS, REASON_CHARS, TITLE_CHARS};
use crate::jobs::{self, KeptFile, NewCustody, NewEvidence, ResponseError};
use crate::report::{custody_sheet, evidence_with_custody};
use crate::sql_evidence;

/// The operations.
pub(super) fn site() -> Site<Room> {
    let (read, handle) = (Right::ReadIncidents, Right::HandleIncidents);
    let step = |path, id, says| Op::post(path, id, handle, says, "Evidence").etag();
    Site::new()
        .api(
            Op::pages(
                "/api/v1/incidents/{id}/evidence",
                "listEvidence",
                read,
                "The evidence of an incident, in the order it was written down",
                "Evidence",
            ),
            list,
        )
        .api(
            Op::make(
                "/api/v1/incidents/{id}/evidence",
                "addEvidence",
                handle,
                "Writes a piece of evidence down, with the first line of its custody",
                "Evidence",
            )
            .takes("EvidenceGiven")
            .etag(),
            add,
        )
        .api(
            Op::get(
                "/api/v1/incidents/{id}/evidence/{item}",
                "getEvidence",
                read,
                "One piece of evidence with its custody",
                "Evidence",
            ),
            one,
        )
        .api(
            Op::file(
                "/api/v1/incidents/{id}/evidence/{item}/file",
                "getEvidenceFile",
                read,
                "The file of a piece of evidence, as it was kept",
                &["application/octet-stream"],
            ),
            file,
        )
        .api(
            step(
                "/api/v1/incidents/{id}/evidence/{item}/file",
                "keepEvidenceFile",
                "Keeps the file of a piece of evidence; a hash that was noted before has to be its own",
            )
            .takes_file(EVIDENCE_BYTES)
            .with(Param::new("name", schema::words(1, TITLE_CHARS), "what the file is called")),
            bring,
        )
        .api(
            step(
                "/api/v1/incidents/{id}/evidence/{item}/hand",
                "handEvidence",
                "Writes down that a piece of evidence changed hands; no such line is ever taken back",
            )
            .takes("CustodyGiven"),
            hand,
        )
        .api(
            step(
                "/api/v1/incidents/{id}/evidence/{item}/check",
                "checkEvidence",
                "Compares the file of a piece of evidence with its hash, and writes down what came of it",
            ),
            check,
        )
        .api(
            step(
                "/api/v1/incidents/{id}/evidence/{item}/remove",
                "removeEvidence",
                "Takes a piece of evidence off the list; its record, custody and file stay",
            ),
            remove,
        )
        .api(
            step("/api/v1/incidents/{id}/evidence/{item}/restore", "restoreEvidence", "Brings it back on the list"),
            restore,
        )
        .api(
            Op::file(
                "/api/v1/incidents/{id}/custody",
                "printCustody",
                read,
                "The evidence of an incident with its custody as a document",
                &super::KINDS,
            )
            .with(Param::new(
                "format",
                schema::one_of(["pdf", "docx", "html", "md"]),
                "as what it is printed; pdf when it is left out",
            ))
            .with(Param::new(
                "in",
                schema::one_of(["en", "ar", "fr"]),
                "the language; that of the token's person when it is left out",
            )),
            sheet,
        )
        .schemas(schemas())
}

fn line_shown(line: &Custody) -> Value {
    json!({ "at": line.at.rfc3339(), "given_by": line.given_by, "taken_by": line.taken_by, "place": line.place,
        "reason": line.reason, "who": line.who, "recorded": line.recorded.rfc3339() })
}

fn shown(one: &Evidence, custody: &[Custody]) -> Value {
    let check = one.check.as_ref();
    json!({
        "id": one.id, "number": one.number, "name": one.name, "kind": one.kind.as_str(), "note": one.note,
        "sha256": one.sha256, "bytes": one.bytes, "file": one.file, "acquired": one.acquired.rfc3339(),
        "acquired_by": one.acquired_by, "source": one.source, "place": one.place,
        "checked": check.map(|check| check.at.rfc3339()), "checked_by": check.map(|check| check.who.clone()),
        "outcome": check.map(|check| check.outcome.as_str()), "added_by": one.added.0,
        "added": one.added.1.rfc3339(), "removed": one.removed.as_ref().map(|(_, at)| at.rfc3339()),
        "version": one.version, "custody": custody.iter().map(line_shown).collect::<Vec<_>>(),
    })
}

async fn whole(visit: &Visit, one: &Evidence) -> ApiAnswer {
    let custody = sql_evidence::custody_of(&visit.db, &one.id).await?;
    Ok(with_etag(&one.version.to_string(), answer(&shown(one, &custody))))
}

async fn list(visit: Visit, Path(name): Path<String>) -> ApiAnswer {
    let one = found(&visit, &name).await?;
    let mut all = Vec::new();
    for item in sql_evidence::evidence_of(&visit.db, &one.id).await? {
        let custody = sql_evidence::custody_of(&visit.db, &item.id).await?;
        all.push((item, custody));
    }
    paged(&visit, &all, |(item, custody)| shown(item, custody))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct EvidenceGiven {
    name: String,
    kind: String,
    acquired_by: String,
    source: String,
    place: String,
    acquired: Option<String>,
    #[serde(default)]
    note: String,
    #[serde(default)]
    sha256: String,
    #[serde(default)]
    bytes: i64,
}

async fn add(visit: Visit, Path(name): Path<String>, Given(given): Given<EvidenceGiven>) -> ApiAnswer {
    let one = found(&visit, &name).await?;
    let kind = EvidenceKind::parse(&given.kind).ok_or_else(|| Problem::invalid("kind", "word", &given.kind))?;
    let acquired: Option<Micros> = given.acquired.map(|text| moment("acquired", &text)).transpose()?;
    let new = NewEvidence {
        name: given.name,
        kind,
        note: given.note,
        sha256: given.sha256,
        bytes: given.bytes,
        acquired: acquired.unwrap_or(visit.now),
        acquired_by: given.acquired_by,
        source: given.source,
        place: given.place,
    };
    let item = jobs::add_evidence(&visit.db, &visit.viewer, &one.id, &new, None, visit.now).await.map_err(not_done)?;
    let custody = sql_evidence::custody_of(&visit.db, &item.id).await?;
    let path = format!("/api/v1/incidents/{}/evidence/{}", one.number, item.number);
    Ok(with_etag(&item.version.to_string(), made(&path, &shown(&item, &custody))))
}

type Ids = Path<(String, String)>;

async fn item_of(visit: &Visit, (name, item): (&str, &str)) -> Result<(Incident, Evidence), Problem> {
    let one = found(visit, name).await?;
    let item = sql_evidence::get_evidence(&visit.db, &one.id, item).await?.ok_or_else(Problem::not_found)?;
    Ok((one, item))
}

async fn one(visit: Visit, Path((name, item)): Ids) -> ApiAnswer {
    let (_, item) = item_of(&visit, (&name, &item)).await?;
    whole(&visit, &item).await
}

async fn file(visit: Visit, Stated(room): Stated<Room>, Path((name, item)): Ids) -> ApiAnswer {
    let (_, item) = item_of(&visit, (&name, &item)).await?;
    if !item.is_kept() {
        return Err(Problem::not_found());
    }
    if !is_small(&item) {
        let detail = format!("the file is too large; `manara evidence get {}` writes it to a disk", item.number);
        return Err(Problem::refused("too-large", detail));
    }
    let bytes = kept(&room.blobs, &item).await?;
    Ok(visit.download(&format!("{}-{}", item.number, item.file), "application/octet-stream", bytes))
}

async fn bring(visit: Visit, Stated(room): Stated<Room>, Path((name, item)): Ids, bytes: Bytes) -> ApiAnswer {
    let (one, item) = item_of(&visit, (&name, &item)).await?;
    let file_name = visit.query("name").unwrap_or_else(|| "file".into());
    let file: Option<KeptFile> = keep(&room.blobs, file_name, bytes.to_vec()).await?;
    let file = file.ok_or_else(|| Problem::new(Code::Unreadable, "the body is the file"))?;
    let ids = (one.id.as_str(), item.id.as_str());
    let did = jobs::bring_evidence_file(&visit.db, &visit.viewer, ids, &file, visit.now).await;
    whole(&visit, &did.map_err(not_done)?).await
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CustodyGiven {
    taken_by: String,
    reason: String,
    at: Option<String>,
    #[serde(default)]
    given_by: String,
    #[serde(default)]
    place: String,
}

async fn hand(visit: Visit, Path((name, item)): Ids, is: Match, Given(given): Given<CustodyGiven>) -> ApiAnswer {
    let (one, item) = item_of(&visit, (&name, &item)).await?;
    let at = given.at.map(|text| moment("at", &text)).transpose()?;
    let new = NewCustody {
        at: at.unwrap_or(visit.now),
        given_by: given.given_by,
        taken_by: given.taken_by,
        place: given.place,
        reason: given.reason,
    };
    let version = named_version(&is, &item)?;
    let ids = (one.id.as_str(), item.id.as_str());
    let did = jobs::hand_evidence(&visit.db, &visit.viewer, ids, version, &new, visit.now).await;
    whole(&visit, &did.map_err(not_done)?).await
}

/// The version that `If-Match` names, when it names one.
fn named_version(is: &Match, item: &Evidence) -> Result<Option<i64>, Problem> {
    let state = item.version.to_string();
    let is_named = !is.expected(&state)?.is_empty();
    Ok(is_named.then_some(item.version))
}

async fn check(visit: Visit, Stated(room): Stated<Room>, Path((name, item)): Ids) -> ApiAnswer {
    let (one, item) = item_of(&visit, (&name, &item)).await?;
    let ids = (one.id.as_str(), item.id.as_str());
    let did = jobs::check_evidence(&visit.db, &visit.viewer, ids, &room.blobs, visit.now).await;
    whole(&visit, &did.map_err(not_done)?).await
}

async fn remove(visit: Visit, Path((name, item)): Ids, is: Match) -> ApiAnswer {
    listed(&visit, (&name, &item), &is, false).await
}

async fn restore(visit: Visit, Path((name, item)): Ids, is: Match) -> ApiAnswer {
    listed(&visit, (&name, &item), &is, true).await
}

async fn listed(visit: &Visit, names: (&str, &str), is: &Match, is_listed: bool) -> ApiAnswer {
    let (one, item) = item_of(visit, names).await?;
    let version = named_version(is, &item)?;
    let ids = (one.id.as_str(), item.id.as_str());
    let did: Result<Evidence, ResponseError> =
        jobs::list_evidence(&visit.db, &visit.viewer, ids, version, is_listed, visit.now).await;
    whole(visit, &did.map_err(not_done)?).await
}

async fn sheet(visit: Visit, Stated(room): Stated<Room>, Path(name): Path<String>) -> ApiAnswer {
    let one = found(&visit, &name).await?;
    let form = visit.query("format").map_or(Some(Form::Pdf), |text| Form::parse(&text));
    let form = form.ok_or_else(|| Problem::new(Code::Unreadable, "format is one of pdf, docx, html and md"))?;
    let evidence = evidence_with_custody(&visit.db, &one.id).await?;
    let lang = language(&visit);
    let document = custody_sheet(&one, &evidence, visit.words(), locale(&visit, lang), visit.now);
    let bytes = printed(&room, document, form).await?.map_err(super::not_printed)?;
    Ok(([(CONTENT_TYPE, form.content_type())], bytes).into_response())
}

fn schemas() -> Vec<(&'static str, Value)> {
    let (text, count, moment) = (schema::text, schema::count, schema::moment);
    let kind = || schema::one_of(EvidenceKind::ALL.map(EvidenceKind::as_str));
    let line = || schema::words(1, TITLE_CHARS);
    let outcomes: Vec<Value> = Outcome::ALL.iter().map(|one| Value::from(one.as_str())).chain([Value::Null]).collect();
    let hash = || json!({ "type": "string", "pattern": "^([0-9a-fA-F]{64})?$" });
    vec![
        (
            "Custody",
            schema::object(&[
                ("at", moment()),
                ("given_by", text()),
                ("taken_by", text()),
                ("place", text()),
                ("reason", text()),
                ("who", text()),
                ("recorded", moment()),
            ]),
        ),
        (
            "Evidence",
            schema::object(&[
                ("id", text()),
                ("number", text()),
                ("name", text()),
                ("kind", kind()),
                ("note", text()),
                ("sha256", text()),
                ("bytes", count()),
                ("file", text()),
                ("acquired", moment()),
                ("acquired_by", text()),
                ("source", text()),
                ("place", text()),
                ("checked", schema::maybe_moment()),
                ("checked_by", schema::maybe_text()),
                ("outcome", json!({ "enum": outcomes })),
                ("added_by", text()),
                ("added", moment()),
                ("removed", schema::maybe_moment()),
                ("version", count()),
                ("custody", schema::many(schema::of("Custody"))),
            ]),
        ),
        (
            "EvidenceGiven",
            schema::given(
                5,
                &[
                    ("name", line()),
                    ("kind", kind()),
                    ("acquired_by", line()),
                    ("source", line()),
                    ("place", line()),
                    ("acquired", moment()),
                    ("note", schema::words(0, NOTE_CHARS)),
                    ("sha256", hash()),
                    ("bytes", count()),
                ],
            ),
        ),
        (
            "CustodyGiven",
            schema::given(
                2,
                &[
                    ("taken_by", line()),
                    ("reason", schema::words(1, REASON_CHARS)),
                    ("at", moment()),
                    ("given_by", schema::words(0, TITLE_CHARS)),
                    ("place", schema::words(0, TITLE_CHARS)),
                ],
            ),
        ),
    ]
}
