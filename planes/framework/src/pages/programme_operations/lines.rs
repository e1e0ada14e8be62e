//! Lines beside the tasks for programs: read with what they said before, corrected, removed, brought back.

use axum::extract::{Path, State as Stated};
use manara_web::api::{ApiAnswer, Given, Op, Problem, json as answer, record, schema};
use manara_web::{Right, Site, Visit};
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::programmes::names;
use super::super::{OpenDesk, Room};
use super::not_done;
use crate::assessment::{COMMENT_CHARS, LABEL_CHARS, NAME_CHARS};
use crate::programme::{
    LineChange, change_line, line_json, lines_of, past_line_json, past_lines, programme, remove_line,
    removed_line_json, removed_lines, restore_line,
};

/// The operations.
pub(super) fn site() -> Site<OpenDesk> {
    let (read, work) = (Right::ReadFramework, Right::AnswerAssessments);
    Site::new()
        .api(
            Op::get(
                "/api/v1/programmes/{id}/lines",
                "listLines",
                read,
                "Risks, and lines of handover and closure; also those that were removed",
                "ProgrammeLines",
            ),
            list,
        )
        .api(
            Op::get(
                "/api/v1/programmes/{id}/lines/{line}",
                "getLine",
                read,
                "One line, with what it said before",
                "ProgrammeLineWhole",
            ),
            get,
        )
        .api(
            Op::post(
                "/api/v1/programmes/{id}/lines/{line}/change",
                "changeLine",
                work,
                "Corrects a line; what is not named stays, an empty text gives a usual line its usual words",
                "ProgrammeLine",
            )
            .takes("LineChanged"),
            change,
        )
        .api(
            Op::post(
                "/api/v1/programmes/{id}/lines/{line}/removal",
                "removeLine",
                work,
                "Removes a line; it is kept",
                "ProgrammeLine",
            )
            .takes("LineSeen"),
            remove,
        )
        .api(
            Op::post(
                "/api/v1/programmes/{id}/lines/{line}/restoration",
                "restoreLine",
                work,
                "Brings a removed line back",
                "ProgrammeLine",
            ),
            restore,
        )
        .schemas(schemas())
}

fn schemas() -> Vec<(&'static str, Value)> {
    let (text, count) = (schema::text, schema::count);
    let degree = || json!({ "type": "integer", "minimum": 1, "maximum": 3 });
    let version = || json!({ "type": ["integer", "null"], "minimum": 1 });
    let said = [
        ("text", text()),
        ("likelihood", degree()),
        ("impact", degree()),
        ("answer", text()),
        ("owner", text()),
        ("version", count()),
    ];
    let with = |more: &[(&'static str, Value)]| {
        let members: Vec<(&str, Value)> = said.iter().chain(more).cloned().collect();
        schema::object(&members)
    };
    let before = with(&[("changed_by", text()), ("changed", schema::moment())]);
    let line = [("id", text()), ("kind", text()), ("done_by", text()), ("done", schema::maybe_moment())];
    let of_line = |more: &[(&'static str, Value)]| with(&line.iter().chain(more).cloned().collect::<Vec<_>>());
    let gone = of_line(&[("removed_by", text()), ("removed", schema::moment())]);
    let whole = of_line(&[("before", schema::many(before))]);
    vec![
        (
            "ProgrammeLines",
            schema::object(&[("items", schema::many(schema::of("ProgrammeLine"))), ("removed", schema::many(gone))]),
        ),
        ("ProgrammeLineWhole", whole),
        (
            "LineChanged",
            schema::given(
                0,
                &[
                    ("text", schema::words(0, LABEL_CHARS)),
                    ("likelihood", degree()),
                    ("impact", degree()),
                    ("answer", schema::words(0, COMMENT_CHARS)),
                    ("owner", schema::words(0, NAME_CHARS)),
                    ("version", version()),
                ],
            ),
        ),
        ("LineSeen", schema::given(0, &[("version", version())])),
    ]
}

async fn seen(visit: &Visit, id: &str) -> Result<(), Problem> {
    programme(&visit.db, &visit.viewer, id).await?.map(|_| ()).ok_or_else(Problem::not_found)
}

async fn list(visit: Visit, Stated(room): Stated<Room>, Path(id): Path<String>) -> ApiAnswer {
    seen(&visit, &id).await?;
    let names = names(&visit, &room);
    let (lines, gone) = (lines_of(&visit.db, &id).await?, removed_lines(&visit.db, &id).await?);
    let items: Vec<Value> = lines.iter().map(|line| line_json(line, &names)).collect();
    let removed: Vec<Value> = gone.iter().map(|gone| removed_line_json(gone, &names)).collect();
    Ok(record(&json!({ "items": items, "removed": removed })))
}

async fn get(visit: Visit, Stated(room): Stated<Room>, Path((id, line)): Path<(String, String)>) -> ApiAnswer {
    seen(&visit, &id).await?;
    let names = names(&visit, &room);
    let line = lines_of(&visit.db, &id).await?.into_iter().find(|known| known.id == line);
    let line = line.ok_or_else(Problem::not_found)?;
    let past = past_lines(&visit.db, &id, &line.id).await?;
    let mut value = line_json(&line, &names);
    if let Some(members) = value.as_object_mut() {
        members.insert("before".into(), past.iter().map(|past| past_line_json(past, &line, &names)).collect());
    }
    Ok(record(&value))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LineChanged {
    text: Option<String>,
    likelihood: Option<i64>,
    impact: Option<i64>,
    answer: Option<String>,
    owner: Option<String>,
    version: Option<i64>,
}

async fn change(
    visit: Visit,
    Stated(room): Stated<Room>,
    Path((id, line)): Path<(String, String)>,
    Given(given): Given<LineChanged>,
) -> ApiAnswer {
    let LineChanged { text, likelihood, impact, answer: against, owner, version } = given;
    let change = LineChange { text, likelihood, impact, answer: against, owner, version };
    let done = change_line(&visit.db, &visit.viewer, (&id, &line), &change, visit.now).await.map_err(not_done)?;
    Ok(answer(&line_json(&done, &names(&visit, &room))))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LineSeen {
    version: Option<i64>,
}

async fn remove(
    visit: Visit,
    Stated(room): Stated<Room>,
    Path((id, line)): Path<(String, String)>,
    Given(given): Given<LineSeen>,
) -> ApiAnswer {
    let done = remove_line(&visit.db, &visit.viewer, (&id, &line), given.version, visit.now).await.map_err(not_done)?;
    Ok(answer(&line_json(&done, &names(&visit, &room))))
}

async fn restore(visit: Visit, Stated(room): Stated<Room>, Path((id, line)): Path<(String, String)>) -> ApiAnswer {
    let done = restore_line(&visit.db, &visit.viewer, (&id, &line), visit.now).await.map_err(not_done)?;
    Ok(answer(&line_json(&done, &names(&visit, &room))))
}
