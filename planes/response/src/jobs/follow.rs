//! What follows by itself between incidents and their tickets, inside the transaction of what happened. What is done here starts
//! nothing a second time.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use manara_model::{Micros, Viewer};
use manara_store::{StoreError, Tx};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::tickets::ticket_detail;
use super::{MACHINE, journal, touch, write_lines};
use crate::automation::{FollowRule, Switches, is_on};
use crate::incident::Incident;
use crate::message::Seen;
use crate::ticket::{Kind, Ticket, TicketState};
use crate::{sql, sql_task, sql_ticket};

/// What came of a change of tickets, incident by incident.
#[derive(Default)]
struct Came {
    changes: Vec<[String; 3]>,
    /// The ticket that opened it again, and the state it was in.
    reopened: Option<(String, &'static str)>,
}

/// Rules: what a change of tickets means for their incidents. The tickets are written already; each is given as it stood before and
/// as it stands now.
pub(crate) async fn after_tickets(tx: &mut Tx, pairs: &[(&Ticket, &Ticket)], now: Micros) -> Result<(), StoreError> {
    let is_other = |before: &Ticket, after: &Ticket| {
        before.state != after.state
            || before.owner != after.owner
            || before.due != after.due
            || before.merged_into != after.merged_into
    };
    let pairs: Vec<(&Ticket, &Ticket)> =
        pairs.iter().copied().filter(|(before, after)| is_other(before, after)).collect();
    let ids: Vec<&str> = pairs.iter().map(|(_, after)| after.id.as_str()).collect();
    let links = sql_ticket::links_of(tx, &ids).await?;
    if links.is_empty() {
        return Ok(());
    }
    let mut of: HashMap<&str, Vec<&str>> = HashMap::new();
    for (ticket, incident) in &links {
        of.entry(ticket).or_default().push(incident);
    }
    let rules = Switches::read(tx).await?;
    let named: BTreeSet<&str> = links.iter().map(|(_, incident)| incident.as_str()).collect();
    let named: Vec<&str> = named.into_iter().collect();
    let mut incidents: BTreeMap<String, Incident> =
        sql::some(tx, &Viewer::system(), &named).await?.into_iter().collect();
    incidents.retain(|_, one| one.merged_into.is_empty());
    let mut came: BTreeMap<String, Came> = BTreeMap::new();
    for (before, after) in &pairs {
        let ours = of.get(after.id.as_str()).map(Vec::as_slice).unwrap_or_default();
        let is_itself = before.merged_into.is_empty() && after.merged_into.is_empty();
        let is_reopened = is_itself && before.closed.is_some() && after.closed.is_none();
        let is_held = ours.iter().any(|id| incidents.get(*id).is_some_and(|one| one.state.is_live()));
        for id in ours {
            let Some(one) = incidents.get_mut(*id) else { continue };
            if is_reopened && !is_held && rules.is_on(FollowRule::Reopen) && !one.state.is_live() {
                let from = one.state.as_str();
                super::end::revive(one);
                came.entry(one.id.clone()).or_default().reopened = Some((after.number.clone(), from));
            }
            let is_given = before.owner != after.owner && !after.owner.is_empty() && one.state.is_live();
            let may_follow = one.owner.is_empty() || one.owner == before.owner;
            if is_given && may_follow && one.owner != after.owner && rules.is_on(FollowRule::OwnerSync) {
                let change = ["owner".to_string(), one.owner.clone(), after.owner.clone()];
                let opened = super::edit::give(one, &after.owner);
                came.entry(one.id.clone()).or_default().changes.extend([Some(change), opened].into_iter().flatten());
            }
        }
        if after.state == TicketState::Removed && before.state != after.state && rules.is_on(FollowRule::TellRemoved) {
            for id in ours {
                tell_followers(tx, id, after, now).await?;
            }
        }
    }
    // What changed its owner alone is due as before.
    let may_be_due = |(before, after): &(&Ticket, &Ticket)| {
        before.due != after.due || before.closed != after.closed || before.merged_into != after.merged_into
    };
    if rules.is_on(FollowRule::Due) && pairs.iter().any(may_be_due) {
        for one in incidents.values_mut() {
            let before = said(one.due);
            if keep_due(tx, one, None).await? {
                came.entry(one.id.clone()).or_default().changes.push(["due".into(), before, said(one.due)]);
            }
        }
    }
    for (id, came) in came {
        let Some(one) = incidents.get_mut(&id) else { continue };
        touch(one, now);
        sql::put(tx, std::slice::from_ref(&*one)).await?;
        if let Some((ticket, from)) = came.reopened {
            let more = json!({ "from": from, "to": one.state.as_str(), "ticket": ticket });
            journal(tx, MACHINE, "incident_reopened", one, more, now).await?;
        }
        if !came.changes.is_empty() {
            let more = json!({ "changes": came.changes });
            journal(tx, MACHINE, "incident_changed", one, more, now).await?;
        }
    }
    Ok(())
}

fn said(due: Option<Micros>) -> String {
    due.map(Micros::rfc3339).unwrap_or_default()
}

/// What is its own of when an incident is due. What was made of it and stands no more was set by a person since: that is its own
/// from then on.
fn own_of(kept: Option<(Option<Micros>, Option<Micros>)>, due: Option<Micros>) -> Option<Micros> {
    kept.filter(|(_, made)| *made == due).map_or(due, |(own, _)| own)
}

/// When an incident is due by itself, whatever its tickets say.
pub(super) async fn own_due(tx: &mut Tx, one: &Incident) -> Result<Option<Micros>, StoreError> {
    Ok(own_of(sql_ticket::kept_due(tx, &one.id).await?, one.due))
}

/// Rule: a live incident is due with the most urgent of its live tickets, and never later than by itself. Says whether that changed
/// it; the incident is not written. `ticket` stands for what the database has of it.
pub(super) async fn keep_due(tx: &mut Tx, one: &mut Incident, ticket: Option<&Ticket>) -> Result<bool, StoreError> {
    if !one.state.is_live() {
        return Ok(false);
    }
    let kept = sql_ticket::kept_due(tx, &one.id).await?;
    let own = own_of(kept, one.due);
    let mut children = sql_ticket::live_of_incidents(tx, &[one.id.as_str()]).await?;
    children.retain(|(child, _)| ticket.is_none_or(|ticket| ticket.id != child.id));
    let given = ticket.filter(|ticket| ticket.closed.is_none() && ticket.merged_into.is_empty());
    let urgent = children.iter().map(|(child, _)| child).chain(given).filter_map(|child| child.due).min();
    let made = own.into_iter().chain(urgent).min();
    if made != one.due || kept.is_some_and(|kept| kept != (own, made)) {
        sql_ticket::keep_due(tx, &one.id, own, made).await?;
    }
    let is_changed = made != one.due;
    one.due = made;
    Ok(is_changed)
}

/// The same of incidents that a ticket was taken off, by rule; they are written.
pub(super) async fn due_of(tx: &mut Tx, ids: &[&str], now: Micros) -> Result<(), StoreError> {
    for id in ids {
        let Some(mut one) = sql::get_in(tx, &Viewer::system(), id).await? else { continue };
        let before = said(one.due);
        if due_by_rule(tx, &mut one, None).await? {
            let more = json!({ "changes": [["due", before, said(one.due)]] });
            super::put_changed(tx, one, MACHINE, "incident_changed", more, now).await?;
        }
    }
    Ok(())
}

/// The same where the rule is on.
pub(super) async fn due_by_rule(tx: &mut Tx, one: &mut Incident, ticket: Option<&Ticket>) -> Result<bool, StoreError> {
    match is_on(tx, FollowRule::Due).await? {
        true => keep_due(tx, one, ticket).await,
        false => Ok(false),
    }
}

/// A ticket that has another owner since, with its incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Given {
    /// Its id.
    pub ticket: String,
    /// Who had it before.
    pub owner: String,
    /// Its state before.
    pub state: String,
    /// Its version since.
    pub version: i64,
}

/// Rule: the live tickets of an incident that nobody has, or that had its former owner, go to its new one. Gives what went, each
/// with its incident. The incidents are given with their former owners.
pub(super) async fn give_tickets(
    tx: &mut Tx,
    incidents: &[(&Incident, &str)],
    now: Micros,
) -> Result<Vec<(String, Given)>, StoreError> {
    let owned: HashMap<&str, (&Incident, &str)> = incidents
        .iter()
        .filter(|(one, former)| !one.owner.is_empty() && one.owner != *former)
        .map(|(one, former)| (one.id.as_str(), (*one, *former)))
        .collect();
    if owned.is_empty() || !is_on(tx, FollowRule::OwnerSync).await? {
        return Ok(Vec::new());
    }
    let mut ids: Vec<&str> = owned.keys().copied().collect();
    ids.sort_unstable();
    let (mut went, mut changed, mut lines) = (Vec::new(), Vec::new(), Vec::new());
    let mut once = BTreeSet::new();
    for (mut ticket, of) in sql_ticket::live_of_incidents(tx, &ids).await? {
        let Some((one, former)) = owned.get(of.as_str()) else { continue };
        let may_go = ticket.owner.is_empty() || ticket.owner == *former;
        if !may_go || ticket.owner == one.owner || !once.insert(ticket.id.clone()) {
            continue;
        }
        let (owner, state) = (ticket.owner.clone(), ticket.state.as_str().to_string());
        super::tickets::give(&mut ticket, &one.owner);
        ticket.version += 1;
        ticket.changed = now;
        let more = json!({ "from": owner, "to": one.owner, "incident": one.number });
        lines.push((ticket.id.clone(), ticket_detail(&ticket, more)));
        went.push((of, Given { ticket: ticket.id.clone(), owner, state, version: ticket.version }));
        changed.push(ticket);
    }
    sql_ticket::put(tx, &changed).await?;
    write_lines(tx, MACHINE, "ticket_assigned", &lines, now).await?;
    Ok(went)
}

/// Gives tickets back that went with their incident, where nobody changed them since.
pub(super) async fn take_tickets_back(tx: &mut Tx, who: &str, went: &[Given], now: Micros) -> Result<(), StoreError> {
    let ids: Vec<&str> = went.iter().map(|one| one.ticket.as_str()).collect();
    let mut there = sql_ticket::some(tx, &Viewer::system(), &ids).await?;
    let (mut back, mut lines) = (Vec::new(), Vec::new());
    for was in went {
        let Some(mut one) = there.remove(&was.ticket).filter(|one| one.version == was.version) else { continue };
        let state = TicketState::parse(&was.state).ok_or_else(|| StoreError::unknown("state", &was.state))?;
        let more = json!({ "from": one.state.as_str(), "to": state.as_str() });
        one.owner.clone_from(&was.owner);
        one.set_state(state, now);
        one.version += 1;
        one.changed = now;
        lines.push((one.id.clone(), ticket_detail(&one, more)));
        back.push(one);
    }
    sql_ticket::put(tx, &back).await?;
    write_lines(tx, who, "ticket_restored", &lines, now).await
}

/// Keeps what a ticket speaks of. Rule: its incidents know it as well, and are marked no less strictly.
pub(crate) async fn observe(
    tx: &mut Tx,
    ticket: &Ticket,
    seen: &[Seen],
    source: &str,
    now: Micros,
) -> Result<(), StoreError> {
    sql_ticket::observe(tx, ("ticket", &ticket.id), seen, source, now).await?;
    if seen.is_empty() || !is_on(tx, FollowRule::MergeObservables).await? {
        return Ok(());
    }
    for incident in sql_ticket::incidents_of(tx, &ticket.id).await? {
        sql_ticket::observe(tx, ("incident", &incident), seen, source, now).await?;
        mark_as(tx, MACHINE, &incident, ticket, now).await?;
    }
    Ok(())
}

/// What was marked more strictly stays so where it goes: an incident that learns what a ticket speaks of. It keeps both when they
/// part.
pub(super) async fn mark_as(
    tx: &mut Tx,
    who: &str,
    incident: &str,
    ticket: &Ticket,
    now: Micros,
) -> Result<(), StoreError> {
    let Some(mut one) = sql::get_in(tx, &Viewer::system(), incident).await?.filter(|one| one.tlp < ticket.tlp) else {
        return Ok(());
    };
    let more = json!({ "changes": [["tlp", one.tlp.label(), ticket.tlp.label()]], "ticket": ticket.number });
    one.tlp = ticket.tlp;
    // What old mail says is learnt now.
    let now = now.max(one.changed);
    super::put_changed(tx, one, who, "incident_changed", more, now).await
}

/// Rule: what a mail of a ticket speaks of is read out of it.
pub(crate) async fn observe_mail(tx: &mut Tx, ticket: &Ticket, seen: &[Seen], now: Micros) -> Result<(), StoreError> {
    match is_on(tx, FollowRule::ExtractObservables).await? {
        true => observe(tx, ticket, seen, "mail", now).await,
        false => Ok(()),
    }
}

/// Calls whoever owns or follows an incident to one of its tickets.
async fn tell_followers(tx: &mut Tx, incident: &str, ticket: &Ticket, now: Micros) -> Result<(), StoreError> {
    let Some(one) = sql::get_in(tx, &Viewer::system(), incident).await? else { return Ok(()) };
    let mut people = sql::watchers_in(tx, incident).await?;
    people.push(one.owner);
    people.sort();
    people.dedup();
    for person in people.iter().filter(|person| !person.is_empty()) {
        sql_task::call_to_ticket(tx, person, &ticket.id, MACHINE, now).await?;
    }
    Ok(())
}

/// Calls whoever handles a ticket to it, and `also`: its owner, else the owners of its incidents.
pub(crate) async fn call_handler(tx: &mut Tx, ticket: &Ticket, also: &str, now: Micros) -> Result<(), StoreError> {
    let mut people = vec![ticket.owner.clone(), also.to_string()];
    if ticket.owner.is_empty() {
        for id in sql_ticket::incidents_of(tx, &ticket.id).await? {
            people.extend(sql::whole_in(tx, &id).await?.map(|one| one.owner));
        }
    }
    people.sort();
    people.dedup();
    for person in people.iter().filter(|person| !person.is_empty() && *person != MACHINE) {
        sql_task::call_to_ticket(tx, person, &ticket.id, MACHINE, now).await?;
    }
    Ok(())
}

/// Where a ticket goes that was closed and to which an answer came; `None` when it stays.
pub(crate) fn answered_state(one: &Ticket) -> Option<TicketState> {
    let is_closed = matches!(one.state, TicketState::Resolved | TicketState::Rejected);
    (is_closed && one.kind != Kind::Countermeasure).then_some(TicketState::Open)
}
