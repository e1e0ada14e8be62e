//! A mail of a stranger that names a ticket: a person decides whether it belongs there.

use askama::Template;
use axum::extract::{Path, RawForm, State as Given};
use manara_web::{Answer, Page, PageError, Tone, Visit, Word};

use super::super::fields::Fields;
use super::files::loose;
use super::held_many::HeldMails;
use super::one::{Shown, automatic_key, shown, signature_key};
use super::{Room, href, not_done};
use crate::jobs::{self, Decision};
use crate::message::Message;
use crate::ticket::Ticket;
use crate::{sql_message, sql_ticket};

#[derive(Template)]
#[template(path = "response/tickets/held.html")]
struct HeldPage {
    page: Page,
    shown: Shown,
    /// The ticket it names.
    ticket: Option<Ticket>,
    participants: Vec<String>,
}

impl HeldPage {
    fn signature_key(&self, message: &Message) -> String {
        signature_key(&message.signature)
    }

    fn automatic_key(&self, message: &Message) -> Option<String> {
        automatic_key(message)
    }
}

/// `GET /mail/held/{id}`
pub(super) async fn held(visit: Visit, Path(id): Path<String>) -> Answer {
    if let Some(ticket) = became(&visit, &id).await? {
        return Ok(visit.go(&href(&ticket)));
    }
    let message = loose(&visit, &id).await?;
    let (db, viewer) = (&visit.db, &visit.viewer);
    let ticket = match message.held_for.as_str() {
        "" => None,
        name => sql_ticket::get_ticket(db, viewer, name).await?,
    };
    let participants = match &ticket {
        Some(ticket) => sql_ticket::participants(db, &ticket.id).await?,
        None => Vec::new(),
    };
    let place = |message: &Message| format!("/mail/held/{}", message.id);
    let mut all = shown(&visit, vec![message], place, |_| String::new()).await?;
    let shown = all.pop().ok_or_else(PageError::not_found)?;
    let page =
        visit.page("tickets-held-title").under("/tickets", "tickets-list-title").under("/mail", "tickets-mail-title");
    visit.html(&HeldPage { page, shown, ticket, participants })
}

/// The ticket it belongs to since somebody decided, if the reader may see that.
async fn became(visit: &Visit, id: &str) -> Result<Option<Ticket>, PageError> {
    let message = sql_message::get_message(&visit.db, id).await?.filter(|message| !message.ticket_id.is_empty());
    let Some(message) = message else { return Ok(None) };
    Ok(sql_ticket::get_ticket(&visit.db, &visit.viewer, &message.ticket_id).await?)
}

/// `POST /mail/held/bulk`: to those that are ticked, or to all that wait.
pub(super) async fn change_many(visit: Visit, Given(room): Given<Room>, RawForm(form): RawForm) -> Answer {
    manara_web::bulk::choose(visit, &HeldMails::of(&room), &form).await
}

/// `POST /mail/held/{id}`
pub(super) async fn decide(
    visit: Visit,
    Given(room): Given<Room>,
    Path(id): Path<String>,
    RawForm(form): RawForm,
) -> Answer {
    let message = loose(&visit, &id).await?;
    let how = Decision::parse(Fields::read(&form).text("do")).ok_or_else(|| PageError::unreadable("do"))?;
    match jobs::decide_held(&visit.db, &visit.viewer, (&room.office, &room.blobs), &message.id, how, visit.now).await {
        Ok(Some(ticket)) => {
            let key = if how == Decision::Join { "tickets-did-join" } else { "tickets-did-report" };
            Ok(visit.go_saying(&href(&ticket), Tone::Good, key, &[("number", Word::from(ticket.number.clone()))]))
        }
        Ok(None) => Ok(visit.go_saying("/mail", Tone::Good, "tickets-did-discard", &[])),
        Err(error) => not_done(&visit, "/mail", error),
    }
}
