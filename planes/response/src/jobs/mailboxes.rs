//! Giving an incident to another mailbox: its reports, investigations and countermeasures go with it.

use manara_model::{Micros, Viewer};
use manara_store::Db;
use serde_json::json;

use super::tickets::ticket_detail;
use super::{Refusal, ResponseError, begin, finish, workable, write_lines};
use crate::automation::{FollowRule, is_on};
use crate::incident::Incident;
use crate::mail::{MailHouse, mail_key};
use crate::sql_ticket;

/// Says which address of ours an incident is of; empty for none. What belongs to it goes along: mail leaves from that address
/// from then on.
pub async fn give_to_mailbox(
    db: &Db,
    viewer: &Viewer,
    house: &MailHouse,
    name: &str,
    mailbox: &str,
    now: Micros,
) -> Result<Incident, ResponseError> {
    let mailbox = mail_key(mailbox);
    if !mailbox.is_empty() && !house.addresses.contains(&mailbox) {
        return Err(Refusal::Mailbox.into());
    }
    if !viewer.mailboxes.has(&mailbox) {
        return Err(Refusal::UnseenMailbox.into());
    }
    let mut tx = begin(db, now).await?;
    let mut one = workable(&mut tx, viewer, name.into()).await?;
    if one.mailbox == mailbox {
        return Ok(one); // The form may be sent twice.
    }
    let mut tickets = match is_on(&mut tx, FollowRule::MoveTickets).await? {
        true => sql_ticket::all_of_incident(&mut tx, &one.id).await?,
        false => Vec::new(),
    };
    tickets.retain(|ticket| ticket.mailbox != mailbox);
    // What another live incident holds as well stays with that.
    let ids: Vec<&str> = tickets.iter().map(|ticket| ticket.id.as_str()).collect();
    let mut held = sql_ticket::live_incidents_of(&mut tx, &ids).await?;
    held.retain(|(_, incident)| *incident != one.id);
    tickets.retain(|ticket| !held.iter().any(|(id, _)| *id == ticket.id));
    let mut lines = Vec::with_capacity(tickets.len());
    for ticket in &mut tickets {
        ticket.mailbox.clone_from(&mailbox);
        ticket.version += 1;
        ticket.changed = now;
        let more = json!({ "fields": ["mailbox"], "incident": one.number });
        lines.push((ticket.id.clone(), ticket_detail(ticket, more)));
    }
    sql_ticket::put(&mut tx, &tickets).await?;
    write_lines(&mut tx, &viewer.name, "ticket_changed", &lines, now).await?;
    let more = json!({ "changes": [["mailbox", one.mailbox, mailbox]], "tickets": tickets.len() });
    one.mailbox = mailbox;
    finish(tx, one, &viewer.name, "incident_changed", more, now).await
}
