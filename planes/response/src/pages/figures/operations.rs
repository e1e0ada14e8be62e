//! The figures for programs.

use axum::extract::State as Stated;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse as _;
use manara_document::{Form, PrintError};
use manara_web::api::{ApiAnswer, Code, Op, Param, Problem, limit_of, page_of, record, schema};
use manara_web::{Right, Site, Visit};
use serde_json::{Value, json};

use super::{Asked, Room, document, language, listed, measure_asked, printed};
use crate::figures::{By, Counts, MEASURES};
use crate::jobs::{noted_contacts, noted_notices};

/// The types of a report.
const KINDS: [&str; 4] = [
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "text/html; charset=utf-8",
    "text/markdown; charset=utf-8",
];

fn with_asked(op: Op) -> Op {
    op.with(Param::new("period", schema::words(0, 7), "2026-10, 2026-Q4 or 2026; this month without it"))
        .with(Param::new("by", schema::one_of(By::ALL.map(By::as_str)), "by what cases are chosen"))
        .with(Param::new("value", schema::words(0, 200), "which: by=severity with value=high"))
        .with(Param::new("tlp", schema::words(0, 20), "up to which marking records are counted"))
}

/// The operations.
pub(super) fn site() -> Site<Room> {
    let read = Right::ReadIncidents;
    let path = "/api/v1/figures/response";
    let says = "The figures of the work on reports and incidents, beside those of the period before";
    let cases = "/api/v1/figures/response/cases";
    let paper = "/api/v1/figures/response/report";
    Site::new()
        .api(with_asked(Op::get(path, "getResponseFigures", read, says, "ResponseFigures")), figures)
        .api(
            with_asked(
                Op::pages(
                    cases,
                    "listFigureCases",
                    read,
                    "The records behind a figure, the oldest first",
                    "FigureCase",
                )
                .needs(Param::new(
                    "measure",
                    schema::one_of(MEASURES.iter().map(|one| one.id)),
                    "which figure",
                )),
            ),
            behind,
        )
        .api(
            with_asked(
                Op::file(paper, "printResponseFigures", read, "The report of the figures as a document", &KINDS)
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
            ),
            report,
        )
        .schemas(schemas())
}

fn asked(visit: &Visit, room: &Room) -> Result<Asked, Problem> {
    Asked::read(visit, &room.hours).map_err(|why| Problem::new(Code::Unreadable, why))
}

async fn figures(visit: Visit, Stated(room): Stated<Room>) -> ApiAnswer {
    let asked = asked(&visit, &room)?;
    let table = asked.table(&visit, &room.hours).await?;
    let mut answer = table.json();
    let contacts = noted_contacts(&visit.db).await?;
    if let (Value::Object(answer), Some((at, quality))) = (&mut answer, contacts) {
        answer.insert("contacts".into(), quality.json(at));
    }
    let notices = noted_notices(&visit.db).await?;
    if let (Value::Object(answer), Some((at, quality))) = (&mut answer, notices) {
        answer.insert("notices".into(), quality.json(asked.tlp, at));
    }
    Ok(record(&answer))
}

async fn behind(visit: Visit, Stated(room): Stated<Room>) -> ApiAnswer {
    let asked = asked(&visit, &room)?;
    let measure =
        measure_asked(&visit).ok_or_else(|| Problem::new(Code::Unreadable, "measure is none that is known"))?;
    let limit = i64::from(limit_of(&visit)?);
    let after = visit.query("cursor").unwrap_or_default();
    let mut all = listed(&visit, &room, &asked, measure, (&after, limit + 1)).await?;
    let has_more = i64::try_from(all.len()).unwrap_or(i64::MAX) > limit;
    all.truncate(usize::try_from(limit).unwrap_or_default());
    let next = all.last().filter(|_| has_more).map(|one| one.key.clone());
    let item = |one: &crate::sql_figures::ListedCase| {
        let business = (measure.counts == Counts::Time).then_some(one.business);
        json!({ "kind": one.kind, "number": one.number, "title": one.title, "tlp": one.tlp.label(),
            "at": one.at.rfc3339(), "value": one.value, "business": business })
    };
    Ok(page_of(all.iter().map(item).collect(), next))
}

async fn report(visit: Visit, Stated(room): Stated<Room>) -> ApiAnswer {
    let asked = asked(&visit, &room)?;
    let form = visit.query("format").map_or(Some(Form::Pdf), |text| Form::parse(&text));
    let form = form.ok_or_else(|| Problem::new(Code::Unreadable, "format is one of pdf, docx, html and md"))?;
    let document = document(&visit, &room, &asked, language(&visit)).await?;
    match printed(&room, document, form).await? {
        Ok(bytes) => Ok(([(CONTENT_TYPE, form.content_type())], bytes).into_response()),
        Err(why @ PrintError::Layout(_)) => Err(Problem::internal(why)),
        Err(why @ (PrintError::Busy | PrintError::TooSlow(_))) => Err(Problem::new(Code::Unavailable, why)),
        Err(why) => Err(Problem::refused("not-printed", why)),
    }
}

/// The shapes of what programs get.
fn schemas() -> Vec<(&'static str, Value)> {
    let (text, count, moment) = (schema::text, schema::count, schema::moment);
    let seconds = || schema::object(&[("median", count()), ("p90", count()), ("p95", count())]);
    // What a figure holds besides n depends on what it counts.
    let figure = || {
        json!({ "type": "object", "required": ["n"], "properties": {
            "n": count(), "yes": count(), "share": schema::part(), "total": count(), "count": seconds(),
            "calendar_seconds": seconds(), "business_seconds": seconds() } })
    };
    let line = schema::object(&[
        ("measure", schema::one_of(MEASURES.iter().map(|one| one.id))),
        ("counts", schema::one_of(["time", "share", "number"])),
        ("now", figure()),
        ("before", figure()),
        ("change", json!({ "type": ["number", "null"] })),
    ]);
    let met = || {
        schema::object(&[
            ("n", count()),
            ("yes", count()),
            ("share", json!({ "type": ["number", "null"], "minimum": 0, "maximum": 1 })),
        ])
    };
    let severities = manara_model::Severity::ALL.map(|severity| (severity.as_str(), met()));
    let stage = schema::object(&[("stage", text()), ("all", met()), ("severities", schema::object(&severities))]);
    let takedown = schema::object(&[
        ("by", schema::one_of(["hoster", "tld"])),
        ("value", text()),
        ("n", count()),
        ("calendar_seconds", seconds()),
        ("business_seconds", seconds()),
    ]);
    let mut age = seconds();
    if let Some(kind) = age.get_mut("type") {
        *kind = json!(["object", "null"]);
    }
    let day = schema::object(&[("day", text()), ("open", count()), ("unowned", count()), ("age_seconds", age)]);
    // Absent until it was noted the first time.
    let contacts = json!({ "type": "object", "description": "constituents by how well they can be reached",
        "additionalProperties": { "type": ["integer", "string"] } });
    let notices = json!({ "type": "object",
        "description": "notices that left lately and the findings they told of, by what became of them",
        "additionalProperties": { "type": ["integer", "string"] } });
    let mut table = schema::object(&[
        ("period", text()),
        ("by", schema::one_of(By::ALL.map(By::as_str))),
        ("value", text()),
        ("tlp", schema::tlp()),
        ("counted_at", schema::maybe_moment()),
        ("is_behind", schema::flag()),
        ("before", text()),
        ("figures", schema::many(line)),
        ("stages", schema::many(stage)),
        ("takedowns", schema::many(takedown)),
        ("days", schema::many(day)),
    ]);
    if let Some(members) = table.get_mut("properties").and_then(Value::as_object_mut) {
        members.insert("contacts".into(), contacts);
        members.insert("notices".into(), notices);
    }
    let case = schema::object(&[
        ("kind", schema::one_of(["incident", "report", "investigation", "countermeasure"])),
        ("number", text()),
        ("title", text()),
        ("tlp", schema::tlp()),
        ("at", moment()),
        ("value", count()),
        ("business", json!({ "type": ["integer", "null"] })),
    ]);
    vec![("ResponseFigures", table), ("FigureCase", case)]
}
