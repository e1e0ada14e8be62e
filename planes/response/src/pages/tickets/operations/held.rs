//! Mail of strangers that waits for a decision, for programs.

use axum::extract::{Path, State as Stated};
use manara_web::api::{ApiAnswer, Given, Op, Problem, record};
use manara_web::{Right, Site, Visit};
use serde_json::Value;

use super::super::held_many::{HeldMails, changes};
use super::super::mail_list::HELD;
use super::super::{Room, files};
use super::message_shown;

/// The operations.
pub(super) fn site() -> Site<Room> {
    let handle = Right::HandleIncidents;
    let bytes = &["application/octet-stream"];
    Site::new()
        .api(
            manara_web::bulk::op(
                "/api/v1/mail/held/bulk",
                "decideHeldMails",
                handle,
                "Discards many such mails, or makes each a report: those of some ids, or all that match a filter; 10,000 at most",
                "HeldMailBulk",
            ),
            bulk,
        )
        .schemas(vec![("HeldMailBulk", manara_web::bulk::schema(&HELD, &changes()))])
        .api(Op::get("/api/v1/mail/held/{id}", "getHeldMail", handle, "One of these mails", "Message"), get)
        .api(Op::file("/api/v1/mail/held/{id}/raw", "getRawHeldMail", handle, "Such a mail as it came", bytes), raw)
        .api(
            Op::file("/api/v1/mail/held/{id}/files/{position}", "getHeldFile", handle, "A file of such a mail", bytes),
            file,
        )
}

async fn bulk(visit: Visit, Stated(room): Stated<Room>, Given(given): Given<Value>) -> ApiAnswer {
    manara_web::bulk::program(visit, &HeldMails::of(&room), given).await
}

async fn get(visit: Visit, Path(id): Path<String>) -> ApiAnswer {
    let message = files::loose(&visit, &id).await?;
    Ok(record(&message_shown(&visit, message).await?))
}

async fn raw(visit: Visit, Stated(room): Stated<Room>, Path(id): Path<String>) -> ApiAnswer {
    files::held_for_programs(&visit, &room, &id, None).await
}

async fn file(visit: Visit, Stated(room): Stated<Room>, Path((id, position)): Path<(String, String)>) -> ApiAnswer {
    let position = position.parse().map_err(|_| Problem::not_found())?;
    files::held_for_programs(&visit, &room, &id, Some(position)).await
}
