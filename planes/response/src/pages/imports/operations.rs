//! Files of other tools, for programs.

use axum::body::Bytes;
use axum::extract::{Path, State as Given};
use manara_model::Micros;
use manara_web::api::{ApiAnswer, Code, Op, Param, Problem, json as answer, limit_of, made, page_of, schema};
use manara_web::{Right, Site, Visit};
use serde_json::{Value, json};

use super::{BringError, Desk, FORMATS, Import, ImportState, NewImport, begin, import_of, imports, refused_of, start};
use crate::import::{self, FOLDERS};

/// The largest file a program brings.
const FILE_BYTES: usize = 64 << 20;
/// Files that are listed.
const LISTED: i64 = 200;

/// The operations.
pub(super) fn site() -> Site<Desk> {
    let handle = Right::HandleIncidents;
    Site::new()
        .api(
            Op::pages("/api/v1/imports", "listImports", handle, "Files of other tools that were brought", "Import"),
            list,
        )
        .api(
            Op::make(
                "/api/v1/imports",
                "bringImport",
                handle,
                "Brings a file of another tool, and begins to try it out: nothing is made yet",
                "Import",
            )
            .takes_file(FILE_BYTES)
            .needs(Param::new("format", schema::one_of(FORMATS), "what form the file has"))
            .with(Param::new(
                "tool",
                schema::words(0, import::TOOL_CHARS),
                "a name for the tool; that of the format when left out",
            ))
            .with(Param::new("tlp", schema::tlp(), "the marking of what says nothing of it"))
            .with(Param::new("queues", schema::words(0, import::QUEUES_CHARS), "queues of RT, one a line: 3=incidents"))
            .with(Param::new("mbox_kind", schema::one_of(["mboxrd", "mboxo", "mboxcl2"]), "the kind of an mbox"))
            .with(Param::new("file_name", schema::words(0, 200), "what the file is called")),
            bring,
        )
        .api(Op::get("/api/v1/imports/{id}", "getImport", handle, "One file, with how far it is", "Import"), one)
        .api(
            Op::post(
                "/api/v1/imports/{id}/go",
                "goOnWithImport",
                handle,
                "Begins the next step of a file: taking over what was tried out, or what was interrupted",
                "Import",
            ),
            go,
        )
        .api(
            Op::pages(
                "/api/v1/imports/{id}/refused",
                "listRefused",
                handle,
                "The records of a file that are refused, with their places",
                "RefusedRecord",
            ),
            refused,
        )
        .schemas(schemas())
}

fn schemas() -> Vec<(&'static str, Value)> {
    let (text, count, moment) = (schema::text, schema::count, schema::moment);
    let made: Vec<(&str, Value)> = import::Made::default().all().into_iter().map(|(name, _)| (name, count())).collect();
    vec![
        (
            "Import",
            schema::object(&[
                ("id", text()),
                ("format", schema::one_of(FORMATS.into_iter().chain(FOLDERS))),
                ("tool", text()),
                ("tlp", schema::tlp()),
                ("queues", text()),
                ("mbox_kind", text()),
                ("file_name", text()),
                ("sha256", text()),
                ("bytes", count()),
                ("state", schema::one_of(ImportState::ALL.map(ImportState::as_str))),
                ("next", schema::maybe_text()),
                ("who", text()),
                ("at", moment()),
                ("changed", moment()),
                ("records", count()),
                ("already", count()),
                ("refused", count()),
                ("made", schema::object(&made)),
                ("fault", schema::maybe_text()),
            ]),
        ),
        ("RefusedRecord", schema::object(&[("where", text()), ("id", text()), ("why", text())])),
    ]
}

fn shown(one: &Import, now: Micros) -> Value {
    let made: serde_json::Map<String, Value> = import::Made::default()
        .all()
        .into_iter()
        .map(|(name, _)| (name.to_string(), one.made.get(name).copied().unwrap_or_default().into()))
        .collect();
    json!({
        "id": one.id, "format": one.format, "tool": one.tool, "tlp": one.tlp.label(), "queues": one.queues,
        "mbox_kind": one.mbox_kind, "file_name": one.file_name, "sha256": one.sha256, "bytes": one.bytes,
        "state": one.state.as_str(), "next": one.next(now).map(ImportState::as_str), "who": one.who,
        "at": one.at.rfc3339(), "changed": one.changed.rfc3339(), "records": one.records, "already": one.already,
        "refused": one.refused, "made": made, "fault": (!one.fault.is_empty()).then_some(&one.fault),
    })
}

async fn found(visit: &Visit, id: &str) -> Result<Import, Problem> {
    import_of(&visit.db, &visit.viewer, id).await?.ok_or_else(Problem::not_found)
}

/// The place in a list that a cursor names.
fn place_of(visit: &Visit) -> Result<i64, Problem> {
    let cursor = visit.query("cursor").filter(|cursor| !cursor.is_empty());
    let place = cursor.map_or(Ok(0), |text| text.parse()).unwrap_or(-1);
    if place < 0 {
        return Err(Problem::new(Code::Unreadable, "cursor is next of the page before"));
    }
    Ok(place)
}

fn next_of(place: i64, rows: u16, is_more: bool) -> Option<String> {
    is_more.then(|| place.saturating_add(rows.into()).to_string())
}

async fn list(visit: Visit) -> ApiAnswer {
    let (rows, place) = (limit_of(&visit)?, place_of(&visit)?);
    let all = imports(&visit.db, &visit.viewer, LISTED).await?;
    let (from, most) = (usize::try_from(place).unwrap_or(usize::MAX), usize::from(rows));
    let items = all.iter().skip(from).take(most).map(|one| shown(one, visit.now)).collect();
    Ok(page_of(items, next_of(place, rows, all.len() > from.saturating_add(most))))
}

async fn bring(visit: Visit, Given(desk): Given<Desk>, bytes: Bytes) -> ApiAnswer {
    let word = |name: &str| visit.query(name).unwrap_or_default();
    let new = NewImport {
        format: word("format"),
        tool: word("tool"),
        tlp: word("tlp"),
        queues: word("queues"),
        mbox_kind: word("mbox_kind"),
        file_name: word("file_name"),
    };
    let whole = (&visit.db, &desk.room.mails.blobs);
    match import::bring(whole, &new, std::io::Cursor::new(bytes), &visit.viewer.name, visit.now).await {
        Ok(one) => {
            let answer = made(&format!("/api/v1/imports/{}", one.id), &shown(&one, visit.now));
            start(&desk, one, &visit.viewer.name, visit.now);
            Ok(answer)
        }
        Err(BringError::Store(error)) => Err(error.into()),
        Err(BringError::Field(field)) => Err(Problem::new(Code::Unreadable, format!("{field} makes no sense here"))),
        Err(error @ (BringError::Empty | BringError::Packed(_))) => Err(Problem::new(Code::Invalid, error)),
        Err(BringError::Blob(error @ manara_store::BlobError::Input(_))) => Err(Problem::new(Code::Invalid, error)),
        Err(BringError::Blob(error)) => Err(Problem::internal(error)),
    }
}

async fn one(visit: Visit, Path(id): Path<String>) -> ApiAnswer {
    let one = found(&visit, &id).await?;
    let stamp = format!("{}.{}", one.state.as_str(), one.changed.0);
    Ok(manara_web::api::with_etag(&stamp, answer(&shown(&one, visit.now))))
}

async fn go(visit: Visit, Given(desk): Given<Desk>, Path(id): Path<String>) -> ApiAnswer {
    let one = found(&visit, &id).await?;
    if !begin(&desk, &visit.db, one, &visit.viewer.name, visit.now).await? {
        return Err(Problem::refused("under-way", "the file is under way, or has no next step"));
    }
    Ok(answer(&shown(&found(&visit, &id).await?, visit.now)))
}

async fn refused(visit: Visit, Path(id): Path<String>) -> ApiAnswer {
    let (rows, place) = (limit_of(&visit)?, place_of(&visit)?);
    let one = found(&visit, &id).await?;
    let mut all = refused_of(&visit.db, &one.id, place, i64::from(rows) + 1).await?;
    let most = usize::from(rows);
    let is_more = all.len() > most;
    all.truncate(most);
    let items = all.iter().map(|one| json!({ "where": one.place, "id": one.id, "why": one.why })).collect();
    Ok(page_of(items, next_of(place, rows, is_more)))
}
