//! The buttons of one ticket: taking, moving on, linking, merging, giving a message away.

use axum::extract::{Path, RawForm, State as Given};
use manara_web::{Answer, PageError, Tone, Undo, Visit, Word};

use super::super::fields::Fields;
use super::{Room, found, href, not_done, say};
use crate::jobs::{self, Refusal};
use crate::ticket::{Ticket, TicketState};
use crate::{sql, sql_message, sql_ticket};

/// `POST /tickets/{id}/take`
pub(super) async fn take(visit: Visit, Path(name): Path<String>) -> Answer {
    let one = found(&visit, &name).await?;
    let did = jobs::assign_ticket(&visit.db, &visit.viewer, &one.id, &visit.viewer.name, visit.now).await;
    say(&visit, &href(&one), did, "tickets-did-take")
}

/// `POST /tickets/{id}/state?to=…&version=…`
pub(super) async fn state(visit: Visit, Path(name): Path<String>) -> Answer {
    let one = found(&visit, &name).await?;
    let to = visit.query("to").unwrap_or_default();
    let to = TicketState::parse(&to).ok_or_else(|| PageError::unreadable("to"))?;
    let version = visit.query("version").and_then(|version| version.parse().ok());
    let did = jobs::move_ticket(&visit.db, &visit.viewer, &one.id, version, to, visit.now).await;
    match did {
        // Back again is offered where the states allow it.
        Ok(after) if after.may_become(one.state) && after.state != one.state => {
            let (back, version) = (one.state.as_str(), after.version);
            let undo = Undo::at(format!("{}/state?to={back}&version={version}", href(&one)));
            Ok(visit.go_undoable(&href(&one), "tickets-did-move", &[], undo))
        }
        did => say(&visit, &href(&one), did, "tickets-did-move"),
    }
}

/// The number of an incident as people type it.
fn incident_of(fields: &Fields) -> String {
    fields.text("incident").trim().to_uppercase()
}

/// `POST /tickets/{id}/link`
pub(super) async fn link(visit: Visit, Path(name): Path<String>, RawForm(form): RawForm) -> Answer {
    let one = found(&visit, &name).await?;
    let fields = Fields::read(&form);
    let Some(incident) = sql::get(&visit.db, &visit.viewer, &incident_of(&fields)).await? else {
        return Ok(visit.go_saying(&href(&one), Tone::Bad, "response-no-other", &[]));
    };
    let back = if fields.text("back") == "incident" { super::super::href(&incident) } else { href(&one) };
    let did = jobs::link_ticket(&visit.db, &visit.viewer, &one.id, &incident.id, visit.now).await;
    say(&visit, &back, did, "tickets-did-link")
}

/// `POST /tickets/{id}/unlink`
pub(super) async fn unlink(visit: Visit, Path(name): Path<String>, RawForm(form): RawForm) -> Answer {
    let one = found(&visit, &name).await?;
    let incident = incident_of(&Fields::read(&form));
    match jobs::unlink_ticket(&visit.db, &visit.viewer, &one.id, &incident, visit.now).await {
        Ok(_) => {
            let undo = Undo::at(format!("{}/link", href(&one))).with("incident", incident);
            Ok(visit.go_undoable(&href(&one), "tickets-did-unlink", &[], undo))
        }
        Err(error) => not_done(&visit, &href(&one), error),
    }
}

/// The other ticket that a form names by its number.
async fn other(visit: &Visit, fields: &Fields, name: &str) -> Result<Option<Ticket>, PageError> {
    Ok(sql_ticket::get_ticket(&visit.db, &visit.viewer, fields.text(name).trim()).await?)
}

fn no_other(visit: &Visit, one: &Ticket) -> Answer {
    Ok(visit.go_saying(&href(one), Tone::Bad, "tickets-no-other", &[]))
}

/// `POST /tickets/{id}/merge`
pub(super) async fn merge(visit: Visit, Path(name): Path<String>, RawForm(form): RawForm) -> Answer {
    let one = found(&visit, &name).await?;
    let Some(other) = other(&visit, &Fields::read(&form), "other").await? else { return no_other(&visit, &one) };
    match jobs::merge_ticket(&visit.db, &visit.viewer, &one.id, &other.id, visit.now).await {
        Ok(whole) => {
            let undo = Undo::at(format!("{}/split", href(&one)));
            let number = Word::from(one.number.clone());
            Ok(visit.go_undoable(&href(&whole), "tickets-did-merge", &[("number", number)], undo))
        }
        Err(error) => not_done(&visit, &href(&one), error),
    }
}

/// `POST /tickets/{id}/split`
pub(super) async fn split(visit: Visit, Path(name): Path<String>) -> Answer {
    let one = found(&visit, &name).await?;
    let did = jobs::split_ticket(&visit.db, &visit.viewer, &one.id, visit.now).await;
    say(&visit, &href(&one), did, "tickets-did-split")
}

/// The message of a ticket that an address names, if the reader may see it.
async fn message_of(visit: &Visit, (name, message): &(String, String)) -> Result<(Ticket, String), PageError> {
    let one = found(visit, name).await?;
    let there = sql_message::get_message(&visit.db, message).await?.filter(|there| there.ticket_id == one.id);
    Ok((one, there.ok_or_else(PageError::not_found)?.id))
}

/// `POST /tickets/{id}/messages/{message}/release`
pub(super) async fn release(visit: Visit, Path(names): Path<(String, String)>) -> Answer {
    let (one, message) = message_of(&visit, &names).await?;
    match jobs::release_message(&visit.db, &visit.viewer, &message, visit.now).await {
        Ok((_, true)) => Ok(visit.go_saying(&href(&one), Tone::Warn, "tickets-did-release-own", &[])),
        did => say(&visit, &href(&one), did, "tickets-did-release"),
    }
}

/// `POST /tickets/{id}/messages/{message}/return`
pub(super) async fn send_back(visit: Visit, Path(names): Path<(String, String)>, RawForm(form): RawForm) -> Answer {
    let (one, message) = message_of(&visit, &names).await?;
    let reason = Fields::read(&form).text("reason").to_string();
    let did = jobs::return_message(&visit.db, &visit.viewer, &message, &reason, visit.now).await;
    say(&visit, &href(&one), did, "tickets-did-return")
}

/// `POST /tickets/{id}/messages/{message}/withdraw`: back into the form it was written in.
pub(super) async fn withdraw(visit: Visit, Path(names): Path<(String, String)>) -> Answer {
    let (one, message) = message_of(&visit, &names).await?;
    match jobs::withdraw_message(&visit.db, &visit.viewer, &message, visit.now).await {
        Ok(_) => {
            let again = format!("{}/write?again={message}", href(&one));
            Ok(visit.go_saying(&again, Tone::Good, "tickets-did-withdraw", &[]))
        }
        Err(error) => not_done(&visit, &href(&one), error),
    }
}

/// `POST /tickets/{id}/messages/{message}/move`: to the ticket that is named, or to a new report when none is.
pub(super) async fn move_message(
    visit: Visit,
    Given(room): Given<Room>,
    Path((name, message)): Path<(String, String)>,
    RawForm(form): RawForm,
) -> Answer {
    let one = found(&visit, &name).await?;
    let fields = Fields::read(&form);
    let to = match fields.text("to").trim() {
        "" => None,
        _ => match other(&visit, &fields, "to").await? {
            Some(other) => Some(other.id),
            None => return no_other(&visit, &one),
        },
    };
    let names = (one.id.as_str(), message.as_str());
    let did =
        jobs::move_message(&visit.db, &visit.viewer, (&room.office, &room.blobs), names, to.as_deref(), visit.now)
            .await;
    match did {
        Ok((_, whither)) => {
            let undo = Undo::at(format!("{}/messages/{message}/move", href(&whither))).with("to", one.number.as_str());
            let number = Word::from(whither.number.clone());
            Ok(visit.go_undoable(&href(&one), "tickets-did-move-message", &[("number", number)], undo))
        }
        Err(jobs::ResponseError::Refused(Refusal::NoTicket)) => no_other(&visit, &one),
        Err(error) => not_done(&visit, &href(&one), error),
    }
}
