//! The mailbox of an incident: which address of ours its mail leaves from.

use askama::Template;
use axum::extract::{Path, RawForm, State as Given};
use manara_web::api::{ApiAnswer, Given as Body, Problem, json as answer};
use manara_web::{Answer, Choice, Page, Undo, Visit};
use serde::Deserialize;

use super::super::fields::Fields;
use super::super::operations::incident_shown;
use super::{Room, not_done};
use crate::incident::Incident;
use crate::jobs::{self, ResponseError};

#[derive(Template)]
#[template(path = "response/tickets/mailbox.html")]
struct MailboxPage {
    page: Page,
    one: Incident,
    choices: Vec<Choice>,
    /// Whether the reader sees what has no mailbox.
    has_none: bool,
}

/// `GET /incidents/{id}/mailbox`
pub(super) async fn form(visit: Visit, Given(room): Given<Room>, Path(name): Path<String>) -> Answer {
    let one = super::super::found(&visit, &name).await?;
    let label = |address: &String| match room.office.mailbox(address) {
        Some(own) => format!("{} <{address}>", own.name),
        None => address.clone(),
    };
    let seen = room.office.addresses.iter().filter(|address| visit.viewer.mailboxes.has(address));
    let choices = seen.map(|address| Choice { value: address.clone(), label: label(address) });
    let page = visit
        .page("tickets-mailbox-title")
        .under("/incidents", "response-list-title")
        .under_named(&super::super::href(&one), &one.number);
    visit.html(&MailboxPage { page, choices: choices.collect(), has_none: visit.viewer.mailboxes.has(""), one })
}

/// `POST /incidents/{id}/mailbox`
pub(super) async fn give(
    visit: Visit,
    Given(room): Given<Room>,
    Path(name): Path<String>,
    RawForm(form): RawForm,
) -> Answer {
    let one = super::super::found(&visit, &name).await?;
    let mailbox = Fields::read(&form).text("mailbox").to_string();
    let (path, before) = (super::super::href(&one), one.mailbox);
    match jobs::give_to_mailbox(&visit.db, &visit.viewer, &room.office, &one.id, &mailbox, visit.now).await {
        Ok(_) => {
            let undo = Undo::at(format!("{path}/mailbox")).with("mailbox", before);
            Ok(visit.go_undoable(&path, "tickets-did-mailbox", &[], undo))
        }
        Err(error) => not_done(&visit, &path, error),
    }
}

/// What a program says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MailboxGiven {
    mailbox: String,
}

/// `POST /api/v1/incidents/{id}/mailbox`
pub(super) async fn give_by_program(
    visit: Visit,
    Given(room): Given<Room>,
    Path(name): Path<String>,
    Body(given): Body<MailboxGiven>,
) -> ApiAnswer {
    let one = crate::sql::get(&visit.db, &visit.viewer, &name).await?.ok_or_else(Problem::not_found)?;
    let did = jobs::give_to_mailbox(&visit.db, &visit.viewer, &room.office, &one.id, &given.mailbox, visit.now).await;
    let one = did.map_err(|error| match error {
        ResponseError::Refused(why) => Problem::refused(why.code(), why),
        error => super::operations::not_done(error),
    })?;
    Ok(answer(&incident_shown(&one)))
}
