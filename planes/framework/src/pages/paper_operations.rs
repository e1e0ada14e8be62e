//! Documents for programs.

use axum::extract::{Path, State as Stated};
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse as _;
use manara_document::{Document, Form, PrintError};
use manara_web::api::{ApiAnswer, Code, Op, Param, Problem, schema};
use manara_web::{Right, Site, Visit};
use serde_json::json;

use super::papers::{Scored, kept_paper, paper, printed, wanted};
use super::{OpenDesk, Room};
use crate::staffing::{CONSTITUENTS, Hours};

/// The types of what is given.
const KINDS: [&str; 4] = [
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "text/html; charset=utf-8",
    "text/markdown; charset=utf-8",
];

/// The operations.
pub(super) fn site() -> Site<OpenDesk> {
    let read = Right::ReadFramework;
    let document = |path, id, says| {
        Op::file(path, id, read, says, &KINDS)
            .with(Param::new(
                "format",
                schema::one_of(["pdf", "docx", "html", "md"]),
                "as what it is printed; pdf when it is left out",
            ))
            .with(Param::new(
                "in",
                schema::one_of(["en", "ar", "fr"]),
                "the language; that of the token's person when it is left out",
            ))
    };
    let op = |path, id, says| {
        document(path, id, says)
            .with(Param::new(
                "profile",
                schema::words(0, 64),
                "a profile of the catalogue to compare with; the usual one when it is left out, none when it is empty",
            ))
            .with(Param::new("snapshot", schema::words(0, 64), "a snapshot instead of how things stand"))
    };
    let number =
        |name, most: i64, says| Param::new(name, json!({ "type": "integer", "minimum": 0, "maximum": most }), says);
    Site::new()
        .api(op("/api/v1/assessments/{id}/report", "printReport", "The report of an assessment as a document"), report)
        .api(
            op(
                "/api/v1/assessments/{id}/design/document",
                "printDesign",
                "The design that closes the gaps as a document",
            )
            .with(Param::new("services", schema::words(0, 2_000), "services that are wished besides, with commas"))
            .with(number("budget", 1_000_000_000_000, "what the first year may cost at most"))
            .with(number("months", 1_200, "in how many months all must be there"))
            .with(Param::new("hours", schema::one_of(Hours::ALL.map(Hours::as_str)), "when the team is to be on duty"))
            .with(number("constituents", CONSTITUENTS, "how many organisations it is to serve"))
            .with(Param::new(
                "payer",
                schema::words(0, 4_000),
                "who pays for which block: block=payer, with commas",
            )),
            design,
        )
        .api(document("/api/v1/designs/{id}/document", "printKeptDesign", "A kept design as a document"), kept)
}

async fn kept(visit: Visit, Stated(room): Stated<Room>, Path(id): Path<String>) -> ApiAnswer {
    let (form, lang) = wanted(&visit)?;
    let (document, _) = kept_paper(&visit, &room, &id, lang).await?;
    file(&room, document, form).await
}

async fn report(visit: Visit, Stated(room): Stated<Room>, Path(id): Path<String>) -> ApiAnswer {
    let scored = Scored::of(&visit, &room, &id).await?;
    let (form, lang) = wanted(&visit)?;
    let document = scored.report(&visit, &room, lang);
    file(&room, document, form).await
}

async fn design(visit: Visit, Stated(room): Stated<Room>, Path(id): Path<String>) -> ApiAnswer {
    let scored = Scored::of(&visit, &room, &id).await?;
    let (form, lang) = wanted(&visit)?;
    let made = paper(&visit, &room, scored, lang).await?;
    file(&room, made.ok_or_else(Problem::not_found)?, form).await
}

async fn file(room: &Room, document: Document, form: Form) -> ApiAnswer {
    match printed(room, document, form).await? {
        Ok(bytes) => Ok(([(CONTENT_TYPE, form.content_type())], bytes).into_response()),
        Err(why @ PrintError::Layout(_)) => Err(Problem::internal(why)),
        Err(why @ (PrintError::Busy | PrintError::TooSlow(_))) => Err(Problem::new(Code::Unavailable, why)),
        Err(why) => Err(Problem::refused("not-printed", why)),
    }
}
