//! What people do with tickets: opening, changing, ending, and letting them belong to incidents.

use std::collections::{HashMap, HashSet};

use manara_model::{Micros, Tlp, Viewer};
use manara_store::{Db, Journal, StoreError, Tx};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::follow::{after_tickets, call_handler, due_by_rule, due_of, mark_as};
use super::open::{Fresh, make};
use super::{MACHINE, NewIncident, Refusal, ResponseError, begin, id_of, made_before, touch, write_lines};
use crate::automation::{FollowRule, Switches, end_of, is_on};
use crate::incident::{Incident, title};
use crate::message::Seen;
use crate::policy::Policy;
use crate::ticket::{Kind, Source, Ticket, TicketState, ticket_number};
use crate::{PLANE, sql, sql_figures, sql_message, sql_ticket};

/// Characters of a mail address.
const MAIL_CHARS: usize = 320;
/// Observables that go from a ticket to its incident.
pub(super) const OBSERVABLES: i64 = 2_000;

/// A ticket to be opened by a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTicket {
    /// Its id, chosen before it is opened, so that the form may be sent twice; empty for none.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// How it came.
    pub source: Source,
    /// One line.
    pub subject: String,
    /// RSIT class and type.
    pub class: (String, String),
    /// How far it may travel.
    pub tlp: Tlp,
    /// Login name of whoever handles it; empty for nobody.
    pub owner: String,
    /// Mail address of the other side; may be empty.
    pub correspondent: String,
    /// Their name; may be empty.
    pub correspondent_name: String,
    /// The language they are written to.
    pub language: String,
    /// Id or number of the incident it belongs to; a countermeasure has one, the others may have none.
    pub incident: String,
    /// Of a countermeasure: what is to be blocked, and where.
    pub target: (String, String),
    /// Until when something is to be done.
    pub due: Option<Micros>,
}

/// Opens a ticket.
pub async fn open_ticket(
    db: &Db,
    viewer: &Viewer,
    new: &NewTicket,
    seen: &[Seen],
    now: Micros,
) -> Result<Ticket, ResponseError> {
    check(viewer, new)?;
    let id = id_of(&new.id, now);
    let mut tx = begin(db, now).await?;
    if let Some(there) = sql_ticket::get_in(&mut tx, &Viewer::system(), &id).await? {
        // The form was sent twice; an id of somebody else's is no way to see theirs.
        let is_ours = there.opened_by == viewer.name && viewer.may_see_of(there.tlp, &there.mailbox);
        return if is_ours { Ok(there) } else { Err(ResponseError::Stale) };
    }
    let mut incident = match new.incident.as_str() {
        "" if new.kind == Kind::Countermeasure => return Err(Refusal::NoIncident.into()),
        "" => None,
        name => Some(live_incident(&mut tx, viewer, name).await?),
    };
    let ticket = open_in(&mut tx, viewer, (id, new), seen, incident.as_mut(), now).await?;
    tx.commit().await?;
    Ok(ticket)
}

/// What is asked of every ticket that a person opens: its subject and its correspondent as they are kept.
fn check(viewer: &Viewer, new: &NewTicket) -> Result<(String, String), Refusal> {
    let subject = title(&new.subject).ok_or(Refusal::Title)?;
    if !manara_model::is_known(&new.class.0, &new.class.1) {
        return Err(Refusal::Class);
    }
    if new.tlp > viewer.clearance {
        return Err(Refusal::Clearance);
    }
    Ok((subject, mail(&new.correspondent)?))
}

/// The same inside a transaction, for an incident of it.
async fn open_in(
    tx: &mut Tx,
    viewer: &Viewer,
    (id, new): (String, &NewTicket),
    seen: &[Seen],
    mut incident: Option<&mut Incident>,
    now: Micros,
) -> Result<Ticket, ResponseError> {
    let (subject, correspondent) = check(viewer, new)?;
    let year = now.year();
    let mut ticket = Ticket {
        id,
        number: ticket_number(&year, sql_ticket::take_number(tx, &year).await?),
        kind: new.kind,
        state: new.kind.first(),
        subject,
        taxonomy: new.class.0.clone(),
        rsit: new.class.1.clone(),
        tlp: new.tlp,
        owner: new.owner.clone(),
        // That of its incident, where it has one.
        mailbox: if incident.is_none() { viewer.mailboxes.of_new().into() } else { String::new() },
        source: new.source,
        correspondent: correspondent.clone(),
        correspondent_name: title(&new.correspondent_name).unwrap_or_default(),
        constituent_id: String::new(),
        constituent: String::new(),
        language: new.language.clone(),
        target: title(&new.target.0).unwrap_or_default(),
        place: title(&new.target.1).unwrap_or_default(),
        merged_into: String::new(),
        opened_by: viewer.name.clone(),
        version: 1,
        messages: 0,
        created: now,
        changed: now,
        acknowledged: None,
        answered: None,
        closed: None,
        due: new.due,
        tags: String::new(),
    };
    if ticket.state == TicketState::New && !ticket.owner.is_empty() {
        ticket.state = TicketState::Open;
    }
    if !correspondent.is_empty() {
        sql_ticket::join(tx, &ticket.id, &correspondent).await?;
    }
    sql_ticket::observe(tx, ("ticket", &ticket.id), seen, new.source.as_str(), now).await?;
    if let Some(incident) = incident.as_deref_mut() {
        tie(tx, &viewer.name, &mut ticket, incident, now).await?;
    }
    sql_ticket::put(tx, std::slice::from_ref(&ticket)).await?;
    let verb = match ticket.kind {
        Kind::Report => "report_opened",
        Kind::Investigation => "investigation_opened",
        Kind::Countermeasure => "countermeasure_opened",
    };
    let more = json!({ "source": ticket.source.as_str(), "incident": incident.map(|incident| &incident.number) });
    ticket_journal(tx, &viewer.name, verb, &ticket, more, now).await?;
    Ok(ticket)
}

/// A mail address as it is kept; empty for none.
pub(crate) fn mail(text: &str) -> Result<String, Refusal> {
    let text = crate::mail::mail_key(text);
    let (local, domain) = match text.rsplit_once('@') {
        Some(parts) => parts,
        None if text.is_empty() => return Ok(text),
        None => return Err(Refusal::Mail),
    };
    let hostile = |c: char| c.is_control() || c.is_whitespace() || matches!(c, '<' | '>' | ',' | ';' | '"' | '(' | ')');
    if local.is_empty() || domain.is_empty() || text.chars().any(hostile) || text.len() > MAIL_CHARS {
        return Err(Refusal::Mail);
    }
    Ok(text)
}

/// What a form says of a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketChange {
    /// One line.
    pub subject: String,
    /// RSIT class and type.
    pub class: (String, String),
    /// How far it may travel.
    pub tlp: Tlp,
    /// Login name of whoever handles it; empty for nobody.
    pub owner: String,
    /// Of a countermeasure: what is to be blocked, and where.
    pub target: (String, String),
    /// Until when something is to be done.
    pub due: Option<Micros>,
}

impl TicketChange {
    /// What a ticket says now.
    pub fn of(one: &Ticket) -> TicketChange {
        TicketChange {
            subject: one.subject.clone(),
            class: (one.taxonomy.clone(), one.rsit.clone()),
            tlp: one.tlp,
            owner: one.owner.clone(),
            target: (one.target.clone(), one.place.clone()),
            due: one.due,
        }
    }
}

/// Changes a ticket, if it is still in the version the form was filled in from.
pub async fn change_ticket(
    db: &Db,
    viewer: &Viewer,
    name: &str,
    version: i64,
    change: &TicketChange,
    now: Micros,
) -> Result<Ticket, ResponseError> {
    let subject = title(&change.subject).ok_or(Refusal::Title)?;
    if !manara_model::is_known(&change.class.0, &change.class.1) {
        return Err(Refusal::Class.into());
    }
    if change.tlp > viewer.clearance {
        return Err(Refusal::Clearance.into());
    }
    let mut tx = begin(db, now).await?;
    let mut one = standing_ticket(&mut tx, viewer, name, None).await?;
    let change = TicketChange { subject, ..change.clone() };
    let before = TicketChange::of(&one);
    if before == change {
        return Ok(one); // The form may be sent twice.
    }
    if one.version != version {
        return Err(ResponseError::Stale);
    }
    let mut changed: Vec<&str> = Vec::new();
    for (name, is_other) in [
        ("subject", before.subject != change.subject),
        ("class", before.class != change.class),
        ("tlp", before.tlp != change.tlp),
        ("owner", before.owner != change.owner),
        ("target", before.target != change.target),
        ("due", before.due != change.due),
    ] {
        if is_other {
            changed.push(name);
        }
    }
    one.subject = change.subject;
    (one.taxonomy, one.rsit) = change.class;
    (one.target, one.place) = change.target;
    (one.tlp, one.due) = (change.tlp, change.due);
    give(&mut one, &change.owner);
    // What its incidents learnt of it is marked so as well.
    if one.tlp > before.tlp && !sql_ticket::observables_in(&mut tx, &one.id, 1).await?.is_empty() {
        for id in sql_ticket::incidents_of(&mut tx, &one.id).await? {
            mark_as(&mut tx, &viewer.name, &id, &one, now).await?;
        }
    }
    finish_ticket(tx, one, &viewer.name, "ticket_changed", json!({ "fields": changed }), now).await
}

/// Gives a ticket to somebody, or to nobody. Who takes a new report opens it.
pub async fn assign_ticket(
    db: &Db,
    viewer: &Viewer,
    name: &str,
    owner: &str,
    now: Micros,
) -> Result<Ticket, ResponseError> {
    let mut tx = begin(db, now).await?;
    let mut one = standing_ticket(&mut tx, viewer, name, None).await?;
    if one.owner == owner {
        return Ok(one); // The button may be pressed twice.
    }
    let before = one.owner.clone();
    give(&mut one, owner);
    finish_ticket(tx, one, &viewer.name, "ticket_assigned", json!({ "from": before, "to": owner }), now).await
}

/// Gives a ticket to somebody in memory.
pub(super) fn give(one: &mut Ticket, owner: &str) {
    one.owner = owner.to_string();
    if !owner.is_empty() && one.state == TicketState::New {
        one.state = TicketState::Open;
    }
}

/// Puts a ticket into another state.
pub async fn move_ticket(
    db: &Db,
    viewer: &Viewer,
    name: &str,
    version: Option<i64>,
    to: TicketState,
    now: Micros,
) -> Result<Ticket, ResponseError> {
    let mut tx = begin(db, now).await?;
    let mut one = standing_ticket(&mut tx, viewer, name, None).await?;
    if one.state == to {
        return Ok(one); // The button may be pressed twice.
    }
    if version.is_some_and(|version| version != one.version) {
        return Err(ResponseError::Stale);
    }
    if !one.may_become(to) {
        return Err(Refusal::TicketNotFrom(one.state, to).into());
    }
    let from = one.state;
    one.set_state(to, now);
    let more = json!({ "from": from.as_str(), "to": to.as_str() });
    finish_ticket(tx, one, &viewer.name, "ticket_moved", more, now).await
}

/// Lets a ticket belong to an incident. A new report is taken up; what has no owner gets that of the other; the incident learns
/// what the ticket speaks of.
pub async fn link_ticket(
    db: &Db,
    viewer: &Viewer,
    name: &str,
    incident: &str,
    now: Micros,
) -> Result<(Ticket, Incident), ResponseError> {
    let mut tx = begin(db, now).await?;
    let mut one = standing_ticket(&mut tx, viewer, name, None).await?;
    let mut whole = live_incident(&mut tx, viewer, incident).await?;
    if one.kind != Kind::Report
        && let [other, ..] = sql_ticket::incidents_of(&mut tx, &one.id).await?.as_slice()
        && *other != whole.id
    {
        return Err(Refusal::HasIncident.into());
    }
    if tie(&mut tx, &viewer.name, &mut one, &mut whole, now).await? {
        one.version += 1;
        one.changed = now;
        sql_ticket::put(&mut tx, std::slice::from_ref(&one)).await?;
        let more = json!({ "incident": whole.number });
        ticket_journal(&mut tx, &viewer.name, "ticket_linked", &one, more, now).await?;
        tx.commit().await?;
    }
    Ok((one, whole))
}

/// Takes a report or an investigation off an incident.
pub async fn unlink_ticket(
    db: &Db,
    viewer: &Viewer,
    name: &str,
    incident: &str,
    now: Micros,
) -> Result<Ticket, ResponseError> {
    let mut tx = begin(db, now).await?;
    let mut one = standing_ticket(&mut tx, viewer, name, None).await?;
    if one.kind == Kind::Countermeasure {
        return Err(Refusal::NoIncident.into());
    }
    let whole = sql::get_in(&mut tx, viewer, incident).await?.ok_or(Refusal::NotFound)?;
    if !sql_ticket::part(&mut tx, &one.id, &whole.id).await? {
        return Ok(one); // The button may be pressed twice.
    }
    super::journal(&mut tx, &viewer.name, "ticket_unlinked", &whole, json!({ "ticket": one.number }), now).await?;
    sql_ticket::restore_policy_due(&mut tx, &mut one).await?;
    due_of(&mut tx, &[whole.id.as_str()], now).await?;
    finish_ticket(tx, one, &viewer.name, "ticket_unlinked", json!({ "incident": whole.number }), now).await
}

/// Opens an incident from a report, which belongs to it from then on.
pub async fn launch(
    db: &Db,
    viewer: &Viewer,
    policy: &Policy,
    report: &str,
    new: &NewIncident,
    now: Micros,
) -> Result<(Ticket, Incident), ResponseError> {
    let (ticket, whole, _) = launch_asking(db, viewer, policy, report, (new, None), now).await?;
    Ok((ticket, whole))
}

/// The same, and where somebody is to be asked about it, an investigation with it: all of it, or nothing.
pub async fn launch_asking(
    db: &Db,
    viewer: &Viewer,
    policy: &Policy,
    report: &str,
    (new, whom): (&NewIncident, Option<Whom<'_>>),
    now: Micros,
) -> Result<(Ticket, Incident, Option<Ticket>), ResponseError> {
    let one_line = title(&new.title).ok_or(Refusal::Title)?;
    if !manara_model::is_known(&new.taxonomy, &new.kind) {
        return Err(Refusal::Class.into());
    }
    if new.tlp > viewer.clearance {
        return Err(Refusal::Clearance.into());
    }
    let id = id_of(&new.id, now);
    let mut tx = begin(db, now).await?;
    let mut one = standing_ticket(&mut tx, viewer, report, None).await?;
    if let Some(there) = made_before(&mut tx, viewer, &id).await? {
        return Ok((one, there, None));
    }
    let fresh = Fresh {
        id,
        title: one_line,
        taxonomy: &new.taxonomy,
        kind: &new.kind,
        impact: new.impact,
        urgency: new.urgency,
        tlp: new.tlp.max(one.tlp),
        owner: &new.owner,
        due: new.due,
        rule: "",
        who: &viewer.name,
    };
    let mut whole = make(&mut tx, policy, fresh, now).await?;
    whole.pap = new.pap;
    let mut named = new.constituents.clone();
    if !one.constituent_id.is_empty() && !named.iter().any(|(id, _)| *id == one.constituent_id) {
        named.push((one.constituent_id.clone(), one.constituent.clone()));
    }
    sql::put_constituents(&mut tx, &whole.id, &named).await?;
    sql::recount(&mut tx, &mut whole).await?;
    sql::put(&mut tx, std::slice::from_ref(&whole)).await?;
    super::journal(&mut tx, &viewer.name, "incident_opened", &whole, super::open::opened(&whole), now).await?;
    tie(&mut tx, &viewer.name, &mut one, &mut whole, now).await?;
    let asked = match whom {
        Some(whom) => Some(ask(&mut tx, viewer, &mut whole, whom, now).await?),
        None => None,
    };
    let more = json!({ "incident": whole.number });
    let ticket = finish_ticket(tx, one, &viewer.name, "ticket_linked", more, now).await?;
    Ok((ticket, whole, asked))
}

/// Who is asked about an incident: their mail address, empty for nobody yet, and the language they are written to.
pub type Whom<'a> = (&'a str, &'a str);

/// Opens an investigation of an incident inside the transaction that opens it: somebody is asked about it.
pub(super) async fn ask(
    tx: &mut Tx,
    viewer: &Viewer,
    incident: &mut Incident,
    (correspondent, language): Whom<'_>,
    now: Micros,
) -> Result<Ticket, ResponseError> {
    let new = NewTicket {
        id: String::new(),
        kind: Kind::Investigation,
        source: Source::Person,
        subject: incident.title.clone(),
        class: (incident.taxonomy.clone(), incident.kind.clone()),
        tlp: incident.tlp,
        owner: incident.owner.clone(),
        correspondent: correspondent.into(),
        correspondent_name: String::new(),
        language: language.into(),
        incident: incident.id.clone(),
        target: (String::new(), String::new()),
        due: incident.due,
    };
    open_in(tx, viewer, (super::new_id(now), &new), &[], Some(incident), now).await
}

/// Ties a ticket to an incident; false when it was. Writes the incident when that changes it, and never the ticket.
pub(super) async fn tie(
    tx: &mut Tx,
    who: &str,
    ticket: &mut Ticket,
    incident: &mut Incident,
    now: Micros,
) -> Result<bool, StoreError> {
    if !sql_ticket::belong(tx, (&ticket.id, &incident.id), who, now).await? {
        return Ok(false);
    }
    let rules = Switches::read(tx).await?;
    if ticket.state == TicketState::New && rules.is_on(FollowRule::OpenLinked) {
        ticket.state = TicketState::Open;
    }
    let before = incident.clone();
    match (ticket.owner.is_empty(), incident.owner.is_empty()) {
        _ if !rules.is_on(FollowRule::OwnerSync) => {}
        (true, false) => ticket.owner.clone_from(&incident.owner),
        (false, true) => {
            super::edit::give(incident, &ticket.owner);
        }
        _ => {}
    }
    // Whose mail the one is, the other is, where nobody has said.
    if incident.mailbox.is_empty() {
        incident.mailbox.clone_from(&ticket.mailbox);
    } else if ticket.mailbox.is_empty() {
        ticket.mailbox.clone_from(&incident.mailbox);
    }
    // What was marked more strictly stays so where it goes.
    incident.tlp = incident.tlp.max(ticket.tlp);
    // From now on the incident says until when.
    sql_ticket::drop_policy_due(tx, ticket).await?;
    // What is no more urgent than the incident changes nothing there.
    if ticket.due.is_some_and(|due| incident.due.is_none_or(|ours| due < ours)) {
        due_by_rule(tx, incident, Some(ticket)).await?;
    }
    if rules.is_on(FollowRule::MergeObservables) {
        let seen = sql_ticket::observables_in(tx, &ticket.id, OBSERVABLES).await?;
        sql_ticket::observe(tx, ("incident", &incident.id), &seen, ticket.kind.as_str(), now).await?;
    }
    let mut more = json!({ "ticket": ticket.number });
    if incident.state != before.state
        && let Value::Object(more) = &mut more
    {
        more.insert("changes".into(), json!([["state", before.state.as_str(), incident.state.as_str()]]));
    }
    if *incident != before {
        touch(incident, now);
        sql::put(tx, std::slice::from_ref(incident)).await?;
    }
    super::journal(tx, who, "ticket_linked", incident, more, now).await?;
    began(tx, ticket, incident, now).await?;
    Ok(true)
}

/// Notes when an incident began, as a complaint that belongs to it says: only where nobody has said so, and of no time to come.
async fn began(tx: &mut Tx, ticket: &Ticket, incident: &Incident, now: Micros) -> Result<(), StoreError> {
    if !matches!(ticket.source, Source::Arf | Source::Xarf) {
        return Ok(());
    }
    let said = sql_message::complaint_in(tx, &ticket.id).await?.and_then(|one| crate::mail::happened(&one));
    let Some(at) = said.filter(|at| *at <= now) else { return Ok(()) };
    let mut moments = sql_figures::moments_in(tx, &incident.id).await?;
    if moments.occurred.is_some() {
        return Ok(());
    }
    moments.occurred = Some(at);
    sql_figures::put_moments(tx, &incident.id, moments, MACHINE, now).await?;
    let more = json!({ "occurred": at.rfc3339(), "ticket": ticket.number });
    super::journal(tx, MACHINE, "moments_noted", incident, more, now).await
}

/// A ticket that ended with an incident: how it stood before, and how it stands since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Ended {
    /// Its id.
    pub ticket: String,
    /// The state it was in.
    pub state: String,
    /// Its version since.
    pub version: i64,
}

/// Rule: the tickets of an incident end with it, unless they also belong to another that is live; those get a line that says so.
/// A countermeasure that is in force has to be lifted first: whoever handles it is called.
/// `incidents` are ended already, here if not yet in the database. Gives what ended, each with its incident.
pub(super) async fn end_tickets(
    tx: &mut Tx,
    who: &str,
    incidents: &[&Incident],
    now: Micros,
) -> Result<Vec<(String, Ended)>, StoreError> {
    if !is_on(tx, FollowRule::EndTickets).await? {
        return Ok(Vec::new());
    }
    let by_id: HashMap<&str, &Incident> = incidents.iter().map(|one| (one.id.as_str(), *one)).collect();
    let ids: Vec<&str> = incidents.iter().map(|one| one.id.as_str()).collect();
    let live = sql_ticket::live_of_incidents(tx, &ids).await?;
    let tickets: Vec<&str> = live.iter().map(|(ticket, _)| ticket.id.as_str()).collect();
    let mut others = sql_ticket::live_incidents_of(tx, &tickets).await?;
    others.retain(|(_, incident)| !by_id.contains_key(incident.as_str()));
    let stays: HashSet<String> = others.into_iter().map(|(ticket, _)| ticket).collect();
    let (mut ended, mut changed, mut kept, mut moved) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut once: HashMap<String, Ended> = HashMap::new();
    for (mut one, of) in live {
        let Some(incident) = by_id.get(of.as_str()) else { continue };
        if stays.contains(&one.id) {
            kept.push((one.id.clone(), ticket_detail(&one, json!({ "incident": incident.number }))));
            continue;
        }
        if let Some(end) = once.get(&one.id) {
            // It belongs to two that end together; whichever comes back brings it back.
            ended.push((of, end.clone()));
            continue;
        }
        let from = one.state;
        let Some(to) = end_of(one.kind, from, incident.state) else { continue };
        one.set_state(to, now);
        if to == TicketState::PendingRemoval {
            call_handler(tx, &one, "", now).await?;
        }
        one.version += 1;
        one.changed = now;
        let more = json!({ "from": from.as_str(), "to": one.state.as_str(), "incident": incident.number });
        moved.push((one.id.clone(), ticket_detail(&one, more)));
        let end = Ended { ticket: one.id.clone(), state: from.as_str().into(), version: one.version };
        once.insert(one.id.clone(), end.clone());
        ended.push((of, end));
        changed.push(one);
    }
    sql_ticket::put(tx, &changed).await?;
    write_lines(tx, MACHINE, "ticket_kept", &kept, now).await?;
    write_lines(tx, who, "ticket_moved", &moved, now).await?;
    Ok(ended)
}

/// Takes the end of tickets back where nobody changed them since.
pub(super) async fn revive_tickets(tx: &mut Tx, who: &str, ended: &[Ended], now: Micros) -> Result<(), StoreError> {
    let ids: Vec<&str> = ended.iter().map(|one| one.ticket.as_str()).collect();
    // Who took the incident back may see fewer tickets than ended with it.
    let mut there = sql_ticket::some(tx, &Viewer::system(), &ids).await?;
    let (mut back, mut lines) = (Vec::new(), Vec::new());
    for was in ended {
        let Some(mut one) = there.remove(&was.ticket).filter(|one| one.version == was.version) else { continue };
        let state = TicketState::parse(&was.state).ok_or_else(|| StoreError::unknown("state", &was.state))?;
        let more = json!({ "from": one.state.as_str(), "to": state.as_str() });
        (one.state, one.closed) = (state, None);
        one.version += 1;
        one.changed = now;
        lines.push((one.id.clone(), ticket_detail(&one, more)));
        back.push(one);
    }
    sql_ticket::put(tx, &back).await?;
    write_lines(tx, who, "ticket_restored", &lines, now).await
}

/// An incident that something may be added to.
async fn live_incident(tx: &mut Tx, viewer: &Viewer, name: &str) -> Result<Incident, ResponseError> {
    let one = sql::get_in(tx, viewer, name).await?.ok_or(Refusal::NotFound)?;
    if !one.merged_into.is_empty() {
        return Err(Refusal::Merged.into());
    }
    if !one.state.is_live() {
        return Err(Refusal::IntoClosed.into());
    }
    Ok(one)
}

/// A ticket that is there, visible, not merged into another, and in the version that is named.
pub(super) async fn standing_ticket(
    tx: &mut Tx,
    viewer: &Viewer,
    name: &str,
    version: Option<i64>,
) -> Result<Ticket, ResponseError> {
    let one = sql_ticket::get_in(tx, viewer, name).await?.ok_or(Refusal::NoTicket)?;
    if !one.merged_into.is_empty() {
        return Err(Refusal::Merged.into());
    }
    if version.is_some_and(|version| version != one.version) {
        return Err(ResponseError::Stale);
    }
    Ok(one)
}

/// Writes a changed ticket with its line of the journal, and ends the transaction.
pub(super) async fn finish_ticket(
    mut tx: Tx,
    mut one: Ticket,
    who: &str,
    verb: &str,
    more: Value,
    now: Micros,
) -> Result<Ticket, ResponseError> {
    let before = sql_ticket::get_in(&mut tx, &Viewer::system(), &one.id).await?;
    one.version += 1;
    one.changed = now;
    sql_ticket::put(&mut tx, std::slice::from_ref(&one)).await?;
    ticket_journal(&mut tx, who, verb, &one, more, now).await?;
    if let Some(before) = before {
        after_tickets(&mut tx, &[(&before, &one)], now).await?;
    }
    tx.commit().await?;
    Ok(one)
}

/// Writes one line of the journal about a ticket. Never its subject: it may be stricter than who reads the journal.
pub(super) async fn ticket_journal(
    tx: &mut Tx,
    who: &str,
    verb: &str,
    one: &Ticket,
    more: Value,
    now: Micros,
) -> Result<(), StoreError> {
    Journal::write(tx, who, PLANE, verb, &one.id, &ticket_detail(one, more), now).await
}

/// What a line of the journal says of a ticket.
pub(super) fn ticket_detail(one: &Ticket, mut more: Value) -> String {
    if let Value::Object(map) = &mut more {
        map.insert("number".into(), one.number.as_str().into());
        map.insert("ticket_kind".into(), one.kind.as_str().into());
    }
    more.to_string()
}
