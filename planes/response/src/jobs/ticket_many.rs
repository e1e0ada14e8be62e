//! One change of many tickets, and its undo: each a part of it, in the transaction it is given.

use manara_model::Micros;
use manara_store::{StoreError, Tx};
use manara_web::bulk::{BulkRow, Did, Order};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::follow::{after_tickets, due_of};
use super::tickets::{give, ticket_detail, tie};
use super::{Refusal, write_lines};
use crate::incident::Incident;
use crate::ticket::{Kind, Ticket, TicketState};
use crate::{sql, sql_ticket};

/// What is done to many tickets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "lowercase", deny_unknown_fields)]
pub(crate) enum TicketStep {
    /// Given to somebody; to nobody when empty.
    Assign {
        /// A login name.
        person: String,
    },
    /// Put into another state; what may not go there is refused.
    Move {
        /// The word of a state.
        state: String,
    },
    /// Let belong to an incident.
    Link {
        /// Its number.
        incident: String,
    },
}

/// How a ticket stood before.
#[derive(Debug, Serialize, Deserialize)]
struct Before {
    owner: String,
    state: String,
    closed: String,
    /// Id of the incident it belongs to since; empty for none.
    #[serde(default)]
    tied: String,
    /// The address it was of, which its incident may have given it.
    #[serde(default)]
    mailbox: Option<String>,
}

/// Changes tickets.
pub(crate) async fn change_many_tickets(
    tx: &mut Tx,
    step: &TicketStep,
    order: &Order,
    ids: &[String],
) -> Result<Vec<Did>, StoreError> {
    sql::turn(tx, order.now).await?;
    let asked: Vec<&str> = ids.iter().map(String::as_str).collect();
    let mut there = sql_ticket::some(tx, &order.viewer, &asked).await?;
    let mut incident = match step {
        TicketStep::Link { incident } => {
            let found = sql::get_in(tx, &order.viewer, incident).await?;
            found.filter(|one| one.state.is_live() && one.merged_into.is_empty())
        }
        _ => None,
    };
    let (mut did, mut changed, mut lines) = (Vec::with_capacity(ids.len()), Vec::new(), Vec::new());
    let mut stood: Vec<Ticket> = Vec::new();
    for id in ids {
        let Some(mut one) = there.remove(id) else {
            did.push(Did::refused(id, "", "not-found"));
            continue;
        };
        let was = one.clone();
        let (tied, more) = match take_step(tx, &mut one, incident.as_mut(), step, order).await? {
            Ok(more) => more,
            Err(why) => {
                did.push(Did::refused(&was.id, &was.number, why.code()));
                continue;
            }
        };
        if one == was && tied.is_empty() {
            did.push(Did::same(&was.id, &was.number));
            continue;
        }
        one.version += 1;
        one.changed = order.now;
        lines.push((one.id.clone(), detail(&one, more, order)));
        let before = Before {
            owner: was.owner.clone(),
            state: was.state.as_str().into(),
            closed: was.closed.map(Micros::rfc3339).unwrap_or_default(),
            tied,
            mailbox: Some(was.mailbox.clone()),
        };
        did.push(Did::changed(&one.id, &one.number, json!(before).to_string(), one.version.to_string()));
        stood.push(was);
        changed.push(one);
    }
    let verb = match step {
        TicketStep::Assign { .. } => "ticket_assigned",
        TicketStep::Move { .. } => "ticket_moved",
        TicketStep::Link { .. } => "ticket_linked",
    };
    sql_ticket::put(tx, &changed).await?;
    write_lines(tx, &order.viewer.name, verb, &lines, order.now).await?;
    let pairs: Vec<(&Ticket, &Ticket)> = stood.iter().zip(&changed).collect();
    after_tickets(tx, &pairs, order.now).await?;
    Ok(did)
}

/// Changes one; the incident it belongs to since, and what its line of the journal says.
async fn take_step(
    tx: &mut Tx,
    one: &mut Ticket,
    incident: Option<&mut Incident>,
    step: &TicketStep,
    order: &Order,
) -> Result<Result<(String, Value), Refusal>, StoreError> {
    if !one.merged_into.is_empty() {
        return Ok(Err(Refusal::Merged));
    }
    let from = one.state;
    match step {
        TicketStep::Assign { person } => {
            let before = one.owner.clone();
            give(one, person);
            Ok(Ok((String::new(), json!({ "from": before, "to": person }))))
        }
        TicketStep::Move { state } => {
            let Some(next) = TicketState::parse(state) else { return Ok(Err(Refusal::TicketNotFrom(from, from))) };
            if next != from {
                if !one.may_become(next) {
                    return Ok(Err(Refusal::TicketNotFrom(from, next)));
                }
                one.set_state(next, order.now);
            }
            Ok(Ok((String::new(), json!({ "from": from.as_str(), "to": next.as_str() }))))
        }
        TicketStep::Link { .. } => {
            let Some(incident) = incident else { return Ok(Err(Refusal::IntoClosed)) };
            let ours = sql_ticket::incidents_of(tx, &one.id).await?;
            if one.kind != Kind::Report && !ours.is_empty() && !ours.contains(&incident.id) {
                return Ok(Err(Refusal::HasIncident));
            }
            let is_tied = tie(tx, &order.viewer.name, one, incident, order.now).await?;
            let tied = if is_tied { incident.id.clone() } else { String::new() };
            Ok(Ok((tied, json!({ "incident": incident.number }))))
        }
    }
}

fn detail(one: &Ticket, mut more: Value, order: &Order) -> String {
    if let Value::Object(map) = &mut more {
        map.insert("bulk".into(), order.id.as_str().into());
    }
    ticket_detail(one, more)
}

/// Takes a change back where nobody changed the ticket since. What an incident learnt from its tickets it keeps.
pub(crate) async fn undo_many_tickets(tx: &mut Tx, order: &Order, rows: &[BulkRow]) -> Result<Vec<Did>, StoreError> {
    sql::turn(tx, order.now).await?;
    let ids: Vec<&str> = rows.iter().map(|row| row.record.as_str()).collect();
    let mut there = sql_ticket::some(tx, &order.viewer, &ids).await?;
    let (mut did, mut back, mut lines) = (Vec::with_capacity(rows.len()), Vec::new(), Vec::new());
    let (mut parted, mut stood) = (Vec::new(), Vec::new());
    for row in rows {
        let Some(mut one) = there.remove(&row.record) else {
            did.push(Did::left(row, "not-found"));
            continue;
        };
        let before: Option<Before> = serde_json::from_str(&row.before).ok();
        let Some(before) = before.filter(|_| one.version.to_string() == row.after) else {
            did.push(Did::left(row, "changed"));
            continue;
        };
        let state = TicketState::parse(&before.state).ok_or_else(|| StoreError::unknown("state", &before.state))?;
        let more = json!({ "from": one.state.as_str(), "to": state.as_str() });
        if !before.tied.is_empty() && sql_ticket::part(tx, &one.id, &before.tied).await? {
            parted.push((before.tied.clone(), json!({ "ticket": one.number, "bulk": order.id }).to_string()));
        }
        stood.push(one.clone());
        if !before.tied.is_empty() {
            sql_ticket::restore_policy_due(tx, &mut one).await?;
        }
        (one.owner, one.state, one.closed) = (before.owner, state, Micros::parse_rfc3339(&before.closed));
        // Changes of an earlier version did not note it.
        one.mailbox = before.mailbox.unwrap_or(one.mailbox);
        one.version += 1;
        one.changed = order.now;
        lines.push((one.id.clone(), detail(&one, more, order)));
        did.push(Did::restored(row));
        back.push(one);
    }
    sql_ticket::put(tx, &back).await?;
    write_lines(tx, &order.viewer.name, "ticket_restored", &lines, order.now).await?;
    write_lines(tx, &order.viewer.name, "ticket_unlinked", &parted, order.now).await?;
    let pairs: Vec<(&Ticket, &Ticket)> = stood.iter().zip(&back).collect();
    after_tickets(tx, &pairs, order.now).await?;
    let mut left: Vec<&str> = parted.iter().map(|(incident, _)| incident.as_str()).collect();
    left.sort_unstable();
    left.dedup();
    due_of(tx, &left, order.now).await?;
    Ok(did)
}
