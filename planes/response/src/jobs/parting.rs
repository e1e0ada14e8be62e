//! An incident that is two is divided: what is chosen goes to a new one. Merging that back takes it back.

use manara_model::{Micros, Viewer};
use manara_store::Db;
use serde_json::json;

use super::follow::{due_of, own_due};
use super::open::{Fresh, make, opened};
use super::tickets::tie;
use super::{Refusal, ResponseError, begin, id_of, journal, made_before, touch, workable};
use crate::incident::{Incident, title};
use crate::message::Seen;
use crate::policy::Policy;
use crate::{sql, sql_observable, sql_ticket};

/// What goes over at once.
pub const PARTED_AT_ONCE: usize = 1_000;

/// What goes to a new incident.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parting {
    /// The id of the new one, chosen before, so that the form may be sent twice; empty for none.
    pub id: String,
    /// One line that says what the new one is.
    pub title: String,
    /// Ids of findings.
    pub findings: Vec<String>,
    /// Ids or numbers of reports, investigations and countermeasures.
    pub tickets: Vec<String>,
    /// What it speaks of.
    pub observables: Vec<Seen>,
}

/// Divides an incident; gives the new one. It has the class, the marking, the owner and the due time of the first,
/// as far as that was its own.
pub async fn part_incident(
    db: &Db,
    viewer: &Viewer,
    policy: &Policy,
    name: &str,
    what: &Parting,
    now: Micros,
) -> Result<Incident, ResponseError> {
    let line = title(&what.title).ok_or(Refusal::Title)?;
    let count = what.findings.len() + what.tickets.len() + what.observables.len();
    if count == 0 || count > PARTED_AT_ONCE {
        return Err(Refusal::NothingToPart.into());
    }
    let id = id_of(&what.id, now);
    let mut tx = begin(db, now).await?;
    let mut one = workable(&mut tx, viewer, name.into()).await?;
    if let Some(there) = made_before(&mut tx, viewer, &id).await? {
        return Ok(there);
    }
    if !one.state.is_live() {
        return Err(Refusal::IntoClosed.into());
    }
    let fresh = Fresh {
        id,
        title: line,
        taxonomy: &one.taxonomy,
        kind: &one.kind,
        impact: one.impact,
        urgency: one.urgency,
        tlp: one.tlp,
        owner: &one.owner,
        due: own_due(&mut tx, &one).await?,
        rule: "",
        who: &viewer.name,
    };
    let mut other = make(&mut tx, policy, fresh, now).await?;
    (other.pap, other.mailbox) = (one.pap, one.mailbox.clone());
    sql::put(&mut tx, std::slice::from_ref(&other)).await?;
    let findings: Vec<&str> = what.findings.iter().map(String::as_str).collect();
    sql::part_findings(&mut tx, (&one.id, &other.id), &findings).await?;
    journal(&mut tx, &viewer.name, "incident_opened", &other, opened(&other), now).await?;
    for name in &what.tickets {
        let mut ticket = sql_ticket::get_in(&mut tx, viewer, name).await?.ok_or(Refusal::NoTicket)?;
        // What does not belong to it does not go; sent twice, it went already.
        if !sql_ticket::part(&mut tx, &ticket.id, &one.id).await? {
            continue;
        }
        journal(&mut tx, &viewer.name, "ticket_unlinked", &one, json!({ "ticket": ticket.number }), now).await?;
        tie(&mut tx, &viewer.name, &mut ticket, &mut other, now).await?;
        if !ticket.constituent_id.is_empty() {
            let named = [(ticket.constituent_id.clone(), ticket.constituent.clone())];
            sql::put_constituents(&mut tx, &other.id, &named).await?;
        }
        touch_ticket(&mut ticket, now);
        sql_ticket::put(&mut tx, std::slice::from_ref(&ticket)).await?;
        let more = json!({ "incident": other.number });
        super::tickets::ticket_journal(&mut tx, &viewer.name, "ticket_linked", &ticket, more, now).await?;
    }
    for seen in &what.observables {
        sql_observable::give(&mut tx, (&one.id, &other.id), seen).await?;
    }
    sql::set_related(&mut tx, (&one.id, &other.id), true, &viewer.name, now).await?;
    for incident in [&mut one, &mut other] {
        sql::recount(&mut tx, incident).await?;
        touch(incident, now);
    }
    sql::put(&mut tx, &[one.clone(), other.clone()]).await?;
    // What went was perhaps the most urgent.
    due_of(&mut tx, &[one.id.as_str()], now).await?;
    let more = |number: &str| json!({ "other": number, "parts": count });
    journal(&mut tx, &viewer.name, "incident_divided", &one, more(&other.number), now).await?;
    journal(&mut tx, &viewer.name, "incident_divided_off", &other, more(&one.number), now).await?;
    tx.commit().await?;
    Ok(other)
}

fn touch_ticket(one: &mut crate::ticket::Ticket, now: Micros) {
    one.version += 1;
    one.changed = now;
}
