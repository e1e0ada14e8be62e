//! Imports, exports and sheets for programs.

use axum::body::Bytes;
use axum::extract::{Path, State as Stated};
use manara_web::api::{ApiAnswer, Given, Gives, Op, Param, Problem, json as answer, limit_of, page_of, record, schema};
use manara_web::{Lang, Right, Site, Visit};
use serde::Deserialize;
use serde_json::{Value, json};

use super::exchange::{catalogue_exported, exported, sheet_for, take};
use super::operations::not_done;
use super::{OpenDesk, Room};
use crate::assessment::NAME_CHARS;
use crate::check::FILE_BYTES;
use crate::exchange::{GRID_BYTES, SheetForm, read_library};
use crate::jobs::{self, Conflict, NewVoice};
use crate::sql;

const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The operations.
pub(super) fn site() -> Site<OpenDesk> {
    let (read, moderate) = (Right::ReadFramework, Right::ModerateAssessments);
    let format = |words: &[&'static str]| Param {
        required: true,
        ..Param::new("format", schema::one_of(words.iter().copied()), "in which form")
    };
    let language = || Param::new("in", schema::one_of(["en", "ar", "fr"]), "the language of the texts");
    Site::new()
        .api(
            Op::file(
                "/api/v1/frameworks/{id}/export",
                "exportFramework",
                read,
                "A catalogue as a library of CISO Assistant, as OSCAL, as its file or as a workbook",
                &["application/yaml", "application/json", WORKBOOK],
            )
            .with(format(&["ciso", "oscal", "yaml", "xlsx"]))
            .with(language()),
            framework,
        )
        .api(
            Op::post(
                "/api/v1/frameworks/convert",
                "convertLibrary",
                moderate,
                "Makes the file of a catalogue of a library of CISO Assistant; it is not kept here",
                "Converted",
            )
            .takes_file(FILE_BYTES),
            convert,
        )
        .api(
            Op::file(
                "/api/v1/assessments/{id}/export",
                "exportAssessment",
                read,
                "All answers as a table, or what was found as OSCAL",
                &["text/csv", WORKBOOK, "application/json"],
            )
            .with(format(&["csv", "xlsx", "oscal-ar", "oscal-poam"]))
            .with(Param::new("profile", schema::words(0, 64), "a profile of the catalogue to compare with"))
            .with(Param::new("snapshot", schema::words(0, 64), "a snapshot of the assessment"))
            .with(language()),
            assessment,
        )
        .api(
            Op {
                gives: Gives::File(&["text/csv", WORKBOOK]),
                ..Op::post(
                    "/api/v1/assessments/{id}/sheets",
                    "issueSheet",
                    moderate,
                    "Issues a sealed sheet that a respondent fills in without this server",
                    "Anything",
                )
                .takes("SheetGiven")
            },
            issue,
        )
        .api(
            Op::get(
                "/api/v1/assessments/{id}/sheets",
                "listSheets",
                moderate,
                "The sheets that came back, the newest first, and what binds their answers",
                "SheetsBack",
            ),
            sheets,
        )
        .api(
            Op::post(
                "/api/v1/assessments/{id}/sheets/back",
                "takeSheet",
                moderate,
                "Takes a sheet that came back; nothing that was said since it was issued is overwritten",
                "SheetTaken",
            )
            .takes_file(GRID_BYTES),
            back,
        )
        .api(
            Op::pages(
                "/api/v1/assessments/{id}/conflicts",
                "listConflicts",
                moderate,
                "Answers of sheets that differ from what was said since, waiting for a decision",
                "Conflict",
            ),
            conflicts,
        )
        .api(
            Op::post(
                "/api/v1/assessments/{id}/conflicts/{conflict}",
                "settleConflict",
                moderate,
                "Decides about a conflict",
                "Settled",
            )
            .takes("Decision"),
            settle,
        )
        .schemas(schemas())
}

fn schemas() -> Vec<(&'static str, Value)> {
    let text = schema::text;
    let number = || json!({ "type": ["integer", "null"] });
    let said = |more: &[(&'static str, Value)]| {
        let mut members = vec![
            ("level", number()),
            ("not_applicable", schema::flag()),
            ("state", schema::maybe_text()),
            ("comment", text()),
        ];
        members.extend(more.iter().cloned());
        schema::object(&members)
    };
    let kept = said(&[("at", schema::moment())]);
    vec![
        (
            "Converted",
            schema::object(&[
                ("id", text()),
                ("version", text()),
                ("items", json!({ "type": "object" })),
                ("kept", schema::count()),
                ("yaml", text()),
            ]),
        ),
        (
            "SheetGiven",
            schema::given(
                4,
                &[
                    ("name", schema::words(1, NAME_CHARS)),
                    ("organisation", schema::words(1, NAME_CHARS)),
                    ("lang", schema::one_of(["en", "ar", "fr"])),
                    ("format", schema::one_of(["xlsx", "csv"])),
                    ("role", schema::words(0, NAME_CHARS)),
                ],
            ),
        ),
        (
            "SheetTaken",
            schema::object(&[
                ("again", schema::flag()),
                ("new", schema::count()),
                ("changed", schema::count()),
                ("same", schema::count()),
                ("conflicts", schema::count()),
                ("evidence", schema::count()),
                ("bound", schema::one_of(["no", "digest", "signed"])),
                ("key", text()),
                ("bad", schema::many(json!({ "type": "object" }))),
            ]),
        ),
        (
            "SheetBack",
            schema::object(&[
                ("respondent", text()),
                ("organisation", text()),
                ("issued", schema::moment()),
                ("brought", schema::moment()),
                ("who", text()),
                ("bound", text()),
                ("key", text()),
            ]),
        ),
        ("SheetsBack", schema::object(&[("items", schema::many(schema::of("SheetBack")))])),
        (
            "Conflict",
            schema::object(&[
                ("id", text()),
                ("item", text()),
                ("respondent", text()),
                ("organisation", text()),
                ("kept", json!({ "anyOf": [kept, { "type": "null" }] })),
                ("came", said(&[])),
                ("issued", schema::moment()),
                ("brought", schema::moment()),
                ("version", schema::count()),
            ]),
        ),
        (
            "Decision",
            schema::given(
                2,
                &[
                    ("decision", schema::one_of(["take", "keep"])),
                    ("version", json!({ "type": "integer", "minimum": 0, "maximum": i64::MAX })),
                ],
            ),
        ),
        ("Settled", schema::object(&[("decision", text())])),
    ]
}

async fn framework(visit: Visit, Stated(room): Stated<Room>, Path(id): Path<String>) -> ApiAnswer {
    Ok(catalogue_exported(&visit, &room, &id)?)
}

async fn convert(bytes: Bytes) -> ApiAnswer {
    let text = std::str::from_utf8(&bytes).map_err(|_| Problem::invalid("file", "utf-8", ""))?;
    let imported = read_library("library.yaml", text).map_err(|troubles| {
        let told: Vec<String> = troubles.iter().take(20).map(ToString::to_string).collect();
        Problem { detail: told.join("; "), ..Problem::invalid("file", "library", "") }
    })?;
    let one = &imported.catalogue;
    Ok(answer(
        &json!({ "id": one.id(), "version": one.hash, "items": one.counts(), "kept": imported.kept, "yaml": imported.yaml }),
    ))
}

async fn assessment(visit: Visit, Stated(room): Stated<Room>, Path(id): Path<String>) -> ApiAnswer {
    Ok(exported(&visit, room, &id).await?)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SheetGiven {
    name: String,
    organisation: String,
    lang: String,
    format: String,
    #[serde(default)]
    role: String,
}

async fn issue(
    visit: Visit,
    Stated(room): Stated<Room>,
    Path(id): Path<String>,
    Given(given): Given<SheetGiven>,
) -> ApiAnswer {
    let (one, catalogue) = room.found(&visit, &id).await?;
    let lang = Lang::ALL.into_iter().find(|lang| lang.tag() == given.lang);
    let lang = lang.ok_or_else(|| Problem::invalid("lang", "word", &given.lang))?;
    let form = SheetForm::parse(&given.format).ok_or_else(|| Problem::invalid("format", "word", &given.format))?;
    let new = NewVoice { name: given.name, organisation: given.organisation, role: given.role, person: String::new() };
    let (name, bytes) = sheet_for(&visit, (&one, &catalogue), &new, (lang, form)).await.map_err(not_done)?;
    Ok(visit.download(&name, form.media_type(), bytes))
}

async fn sheets(visit: Visit, Stated(room): Stated<Room>, Path(id): Path<String>) -> ApiAnswer {
    let (one, _) = room.found(&visit, &id).await?;
    let sheet = |one: &sql::BroughtSheet| {
        json!({ "respondent": one.voice.name, "organisation": one.voice.organisation, "issued": one.issued.rfc3339(),
            "brought": one.brought.rfc3339(), "who": one.who, "bound": one.bound, "key": one.key })
    };
    let all = sql::brought_sheets(&visit.db, &one.id).await?;
    Ok(record(&json!({ "items": all.iter().map(sheet).collect::<Vec<_>>() })))
}

async fn back(visit: Visit, Stated(room): Stated<Room>, Path(id): Path<String>, bytes: Bytes) -> ApiAnswer {
    let (one, catalogue) = room.found(&visit, &id).await?;
    let (merged, bad) = take(&visit, (&one, &catalogue), &bytes)
        .await
        .map_err(not_done)?
        .map_err(|why| Problem { detail: why.to_string(), ..Problem::invalid("file", why.code(), "") })?;
    let mut told = serde_json::to_value(&merged).map_err(Problem::internal)?;
    if let Some(map) = told.as_object_mut() {
        map.insert("bad".into(), serde_json::to_value(&bad).map_err(Problem::internal)?);
    }
    Ok(answer(&told))
}

fn shown(one: &Conflict) -> Value {
    let kept = one.kept.as_ref().map(|(kept, at)| {
        json!({ "level": kept.level, "not_applicable": kept.not_applicable, "state": kept.state, "comment": kept.comment,
            "at": at.rfc3339() })
    });
    let came = &one.came;
    json!({ "id": one.id, "item": came.item, "respondent": one.voice.name, "organisation": one.voice.organisation, "kept": kept,
        "came": { "level": came.level, "not_applicable": came.not_applicable, "state": came.state, "comment": came.comment },
        "issued": one.issued.rfc3339(), "brought": one.brought.rfc3339(), "version": one.version })
}

async fn conflicts(visit: Visit, Stated(room): Stated<Room>, Path(id): Path<String>) -> ApiAnswer {
    let (one, _) = room.found(&visit, &id).await?;
    let limit = i64::from(limit_of(&visit)?);
    let cursor = visit.query("cursor").unwrap_or_default();
    // An item has no slash in its id.
    let after = cursor.split_once('/').unwrap_or((cursor.as_str(), ""));
    let mut found = sql::conflicts(&visit.db, &one.id, after, limit + 1).await?;
    let more = found.len() as i64 > limit;
    found.truncate(usize::try_from(limit).unwrap_or_default());
    let next = found.last().filter(|_| more).map(|last| format!("{}/{}", last.came.item, last.id));
    Ok(page_of(found.iter().map(shown).collect(), next))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Decision {
    decision: String,
    version: i64,
}

async fn settle(
    visit: Visit,
    Path((id, conflict)): Path<(String, String)>,
    Given(given): Given<Decision>,
) -> ApiAnswer {
    let takes = match given.decision.as_str() {
        "take" => true,
        "keep" => false,
        other => return Err(Problem::invalid("decision", "word", other)),
    };
    jobs::settle(&visit.db, &visit.viewer, (&id, &conflict), takes, given.version, visit.now)
        .await
        .map_err(not_done)?;
    Ok(answer(&json!({ "decision": given.decision })))
}
