//! Mail under four eyes, for programs.

use axum::extract::Path;
use manara_model::Micros;
use manara_web::api::{ApiAnswer, Given, Op, Problem, page_of, read_list, schema};
use manara_web::{Right, Site, Visit};
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::Room;
use super::super::mail_list::{self, DRAFTS};
use super::{found, messages_shown, not_done, whole};
use crate::incident::REASON_CHARS;
use crate::jobs::{self, Refusal, ResponseError};
use crate::release::{Release, ReleaseState};
use crate::sql_message;
use crate::sql_release::waiting_mail;

/// The operations.
pub(super) fn site() -> Site<Room> {
    let handle = Right::HandleIncidents;
    let step = |path, id, says| Op::post(path, id, handle, says, "Ticket").etag();
    Site::new()
        .api(
            Op::list(
                "/api/v1/mail/drafts",
                "listDrafts",
                handle,
                "Mail that waits for a second person",
                &DRAFTS,
                "Draft",
            ),
            list,
        )
        .api(
            step(
                "/api/v1/mail/drafts/{id}/release",
                "releaseDraft",
                "Lets mail go that somebody else wrote; gives its ticket",
            ),
            release,
        )
        .api(
            step(
                "/api/v1/mail/drafts/{id}/return",
                "returnDraft",
                "Sends mail back to its writer, with the reason; gives its ticket",
            )
            .takes("DraftReturned"),
            send_back,
        )
        .api(
            step(
                "/api/v1/mail/drafts/{id}/withdraw",
                "withdrawDraft",
                "Takes mail of one's own back before it has left; gives its ticket",
            ),
            withdraw,
        )
        .schemas(schemas())
}

fn schemas() -> Vec<(&'static str, Value)> {
    let (text, moment) = (schema::text, schema::moment);
    vec![
        (
            "Draft",
            schema::object(&[
                ("ticket", text()),
                ("state", schema::one_of(ReleaseState::ALL.map(ReleaseState::as_str))),
                ("written_by", text()),
                ("asked", moment()),
                ("decided_by", text()),
                ("decided", schema::maybe_moment()),
                ("reason", text()),
                ("own", schema::flag()),
                ("message", schema::of("Message")),
            ]),
        ),
        ("DraftReturned", schema::given(1, &[("reason", schema::words(1, REASON_CHARS))])),
    ]
}

fn shown(one: &Release, number: &str, message: Value) -> Value {
    json!({ "ticket": number, "state": one.state.as_str(), "written_by": one.written_by, "asked": one.asked.rfc3339(),
        "decided_by": one.decided_by, "decided": one.decided.map(Micros::rfc3339), "reason": one.reason,
        "own": one.is_own, "message": message })
}

async fn list(visit: Visit) -> ApiAnswer {
    let found = read_list(&DRAFTS, &visit)?.fetch(&visit.db, &mail_list::fixed(&visit), waiting_mail).await?;
    let ids: Vec<String> = found.rows.iter().map(|one| one.release.message_id.clone()).collect();
    let mut there = sql_message::some_of(&visit.db, &ids).await?;
    let (mut waiting, mut messages) = (Vec::new(), Vec::new());
    for one in &found.rows {
        if let Some(message) = there.remove(&one.release.message_id) {
            waiting.push(one);
            messages.push(message);
        }
    }
    let messages = messages_shown(&visit, &messages).await?;
    let all = waiting.iter().zip(messages).map(|(one, message)| shown(&one.release, &one.number, message));
    Ok(page_of(all.collect(), found.next()))
}

/// The id of a message of a ticket that the person of the token may see.
async fn message(visit: &Visit, id: &str) -> Result<String, Problem> {
    let one = sql_message::get_message(&visit.db, id).await?.ok_or_else(Problem::not_found)?;
    if one.ticket_id.is_empty() {
        return Err(Problem::not_found());
    }
    found(visit, &one.ticket_id).await?;
    Ok(one.id)
}

async fn release(visit: Visit, Path(id): Path<String>) -> ApiAnswer {
    let id = message(&visit, &id).await?;
    let did = jobs::release_message(&visit.db, &visit.viewer, &id, visit.now).await;
    whole(&did.map_err(not_done)?.0)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DraftReturned {
    reason: String,
}

async fn send_back(visit: Visit, Path(id): Path<String>, Given(given): Given<DraftReturned>) -> ApiAnswer {
    let id = message(&visit, &id).await?;
    let did = jobs::return_message(&visit.db, &visit.viewer, &id, &given.reason, visit.now).await;
    let ticket = did.map_err(|error| match error {
        ResponseError::Refused(why @ Refusal::Text) => {
            Problem { detail: why.to_string(), ..Problem::invalid("reason", why.code(), "") }
        }
        error => not_done(error),
    })?;
    whole(&ticket)
}

async fn withdraw(visit: Visit, Path(id): Path<String>) -> ApiAnswer {
    let id = message(&visit, &id).await?;
    let did = jobs::withdraw_message(&visit.db, &visit.viewer, &id, visit.now).await;
    whole(&did.map_err(not_done)?)
}
