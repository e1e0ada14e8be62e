//! Bringing together what was told twice, and taking apart what was told at once: a ticket is merged into another and split off
//! again, a message goes to another ticket.

use manara_model::{Micros, Tlp, Viewer};
use manara_store::{Blobs, Db, Journal, StoreError, Tx};
use serde_json::{Value, json};

use super::follow::{after_tickets, answered_state, mark_as, observe_mail};
use super::mailed_report::{ReportAbout, join_takers, report_from};
use super::tickets::{OBSERVABLES, standing_ticket, ticket_journal, tie};
use super::{Refusal, ResponseError, begin};
use crate::automation::{FollowRule, Switches, is_on};
use crate::mail::MailHouse;
use crate::message::{Message, MessageKind};
use crate::ticket::{Kind, Source, Ticket, TicketState};
use crate::{PLANE, sql, sql_message, sql_tag, sql_ticket};

/// Merges a ticket into another of its kind. Its messages are shown with those of the other from then on, what still comes for it
/// goes there, and the other belongs to its incidents as well. [`split_ticket`] takes it back.
pub async fn merge_ticket(
    db: &Db,
    viewer: &Viewer,
    name: &str,
    into: &str,
    now: Micros,
) -> Result<Ticket, ResponseError> {
    let mut tx = begin(db, now).await?;
    let mut gone = sql_ticket::get_in(&mut tx, viewer, name).await?.ok_or(Refusal::NoTicket)?;
    let mut whole = sql_ticket::get_in(&mut tx, viewer, into).await?.ok_or(Refusal::NoTicket)?;
    if gone.id == whole.id {
        return Err(Refusal::ItselfTicket.into());
    }
    if gone.merged_into == whole.id {
        return Ok(whole); // The form may be sent twice.
    }
    if !gone.merged_into.is_empty() || !whole.merged_into.is_empty() {
        return Err(Refusal::Merged.into());
    }
    if gone.kind != whole.kind {
        return Err(Refusal::OtherKind.into());
    }
    let (gone_before, whole_before) = (gone.clone(), whole.clone());
    let (ours, theirs) =
        (sql_ticket::incidents_of(&mut tx, &gone.id).await?, sql_ticket::incidents_of(&mut tx, &whole.id).await?);
    if whole.kind != Kind::Report && !ours.is_empty() && !theirs.is_empty() && ours != theirs {
        return Err(Refusal::HasIncident.into());
    }
    let mut tied = Vec::new();
    for id in ours.iter().filter(|id| !theirs.contains(id)) {
        if let Some(mut incident) = sql::get_in(&mut tx, &Viewer::system(), id).await?
            && tie(&mut tx, &viewer.name, &mut whole, &mut incident, now).await?
        {
            tied.push(incident.id);
        }
    }
    let known = sql_ticket::participants_in(&mut tx, &whole.id).await?;
    let mut joined = sql_ticket::participants_in(&mut tx, &gone.id).await?;
    joined.retain(|mail| !known.contains(mail));
    for mail in &joined {
        sql_ticket::join(&mut tx, &whole.id, mail).await?;
    }
    let (from, tlp) = (gone.state, whole.tlp);
    if gone.state.is_live() {
        gone.set_state(gone.kind.ended(false), now);
    }
    gone.merged_into.clone_from(&whole.id);
    // What was marked more strictly stays so where it goes; the more urgent says until when.
    whole.tlp = whole.tlp.max(gone.tlp);
    let due = whole.due;
    join_due(&mut tx, &mut whole, &gone, !ours.is_empty() || !theirs.is_empty()).await?;
    // Whether there is anything that an incident learns of it; the merger moves it away.
    let teaches = !sql_ticket::observables_in(&mut tx, &gone.id, 1).await?.is_empty();
    sql::move_of_ticket(&mut tx, &gone.id, &whole.id).await?;
    if is_on(&mut tx, FollowRule::MergeObservables).await? {
        let seen = sql_ticket::observables_in(&mut tx, &whole.id, OBSERVABLES).await?;
        for id in sql_ticket::incidents_of(&mut tx, &whole.id).await? {
            sql_ticket::observe(&mut tx, ("incident", &id), &seen, whole.kind.as_str(), now).await?;
            if teaches {
                mark_as(&mut tx, &viewer.name, &id, &gone, now).await?;
            }
        }
    }
    for one in [&mut gone, &mut whole] {
        one.tags = sql_tag::column_in(&mut tx, &one.id).await?;
        one.version += 1;
        one.changed = now;
    }
    sql_ticket::put(&mut tx, &[gone.clone(), whole.clone()]).await?;
    for one in [&gone, &whole] {
        sql_ticket::recount_waits(&mut tx, &one.id).await?;
    }
    after_tickets(&mut tx, &[(&gone_before, &gone), (&whole_before, &whole)], now).await?;
    let more = json!({ "into": whole.number, "from": from.as_str(), "to": gone.state.as_str(), "tlp": tlp.label(),
        "tlp_made": whole.tlp.label(),
        "due": [due.map(Micros::rfc3339), whole.due.map(Micros::rfc3339)], "incidents": tied, "participants": joined });
    ticket_journal(&mut tx, &viewer.name, "ticket_merged", &gone, more, now).await?;
    ticket_journal(&mut tx, &viewer.name, "ticket_absorbed", &whole, json!({ "other": gone.number }), now).await?;
    tx.commit().await?;
    Ok(whole)
}

/// The more urgent of two that are merged says until when. What the policy alone made the one due to counts as long as it would for
/// the other: unanswered, of no incident, and nobody said otherwise.
async fn join_due(tx: &mut Tx, whole: &mut Ticket, gone: &Ticket, has_incident: bool) -> Result<(), StoreError> {
    let Some(due) = gone.due.filter(|due| whole.due.is_none_or(|ours| *due < ours)) else { return Ok(()) };
    let (mut said, mut ours) = (gone.clone(), whole.clone());
    sql_ticket::drop_policy_due(tx, &mut said).await?;
    if said.due.is_none() {
        sql_ticket::drop_policy_due(tx, &mut ours).await?;
        if has_incident || whole.answered.is_some() || ours.due.is_some() {
            return Ok(());
        }
        sql_ticket::keep_due(tx, &whole.id, None, Some(due)).await?;
    }
    whole.due = Some(due);
    Ok(())
}

/// Takes a merger back: both stand as before it, but for what happened since. What went on from there comes back as well.
pub async fn split_ticket(db: &Db, viewer: &Viewer, name: &str, now: Micros) -> Result<Ticket, ResponseError> {
    let mut tx = begin(db, now).await?;
    let mut gone = sql_ticket::get_in(&mut tx, viewer, name).await?.ok_or(Refusal::NoTicket)?;
    if gone.merged_into.is_empty() {
        return Err(Refusal::NotMerged.into());
    }
    // What it was merged into, and what that was merged into since.
    let mut chain: Vec<Ticket> = Vec::new();
    let mut next = gone.merged_into.clone();
    while !next.is_empty() && chain.len() < sql::MERGERS {
        let whole = sql_ticket::get_in(&mut tx, viewer, &next).await?.ok_or(Refusal::NoTicket)?;
        next.clone_from(&whole.merged_into);
        chain.push(whole);
    }
    let before: Vec<Ticket> = chain.iter().chain([&gone]).cloned().collect();
    let merger = merger_of(&mut tx, ("ticket_merged", &gone.id)).await?;
    // What came with it from one to the next goes from all of them.
    let (mut incidents, mut participants) = (all(&merger, "incidents"), all(&merger, "participants"));
    for whole in &chain {
        for incident in &incidents {
            sql_ticket::part(&mut tx, &whole.id, incident).await?;
        }
        for mail in &participants {
            sql_ticket::leave(&mut tx, &whole.id, mail).await?;
        }
        if !whole.merged_into.is_empty() {
            let on = merger_of(&mut tx, ("ticket_merged", &whole.id)).await?;
            let (more_incidents, more_participants) = (all(&on, "incidents"), all(&on, "participants"));
            incidents.retain(|one| more_incidents.contains(one));
            participants.retain(|one| more_participants.contains(one));
        }
    }
    gone.merged_into.clear();
    let (from, state) = (gone.state, merger.get("from").and_then(Value::as_str).and_then(TicketState::parse));
    let state = state.filter(|state| gone.kind.states().contains(state)).unwrap_or(gone.kind.taken_up());
    // What was closed by itself stays so, since when it was.
    if state.is_live() {
        gone.set_state(state, now);
    }
    sql_ticket::put(&mut tx, std::slice::from_ref(&gone)).await?;
    if let Some(whole) = chain.first_mut() {
        loosen(&mut tx, whole, &gone, &merger).await?;
    }
    let through: Vec<&str> = chain.iter().map(|whole| whole.id.as_str()).collect();
    sql::move_of_ticket_back(&mut tx, &gone.id, &through).await?;
    for one in chain.iter_mut().chain([&mut gone]) {
        one.tags = sql_tag::column_in(&mut tx, &one.id).await?;
        one.version += 1;
        one.changed = now;
    }
    let after: Vec<Ticket> = chain.iter().chain([&gone]).cloned().collect();
    sql_ticket::put(&mut tx, &after).await?;
    for one in &after {
        sql_ticket::recount_waits(&mut tx, &one.id).await?;
    }
    let pairs: Vec<(&Ticket, &Ticket)> = before.iter().zip(&after).collect();
    after_tickets(&mut tx, &pairs, now).await?;
    let whole = chain.first().map(|whole| whole.number.as_str()).unwrap_or_default();
    let more = json!({ "other": whole, "from": from.as_str(), "to": gone.state.as_str() });
    ticket_journal(&mut tx, &viewer.name, "ticket_split", &gone, more, now).await?;
    for whole in &chain {
        ticket_journal(&mut tx, &viewer.name, "ticket_parted", whole, json!({ "other": gone.number }), now).await?;
    }
    tx.commit().await?;
    Ok(gone)
}

/// What the journal says of the last merger of a record, which has its verb.
pub(super) async fn merger_of(tx: &mut Tx, (verb, id): (&str, &str)) -> Result<Value, StoreError> {
    let lines = Journal::of_records_by(tx, PLANE, &[verb], &[id]).await?;
    Ok(lines.last().and_then(|line| serde_json::from_str(&line.detail).ok()).unwrap_or_default())
}

/// The words of a list in a line of the journal.
fn all(merger: &Value, member: &str) -> Vec<String> {
    let found = merger.get(member).and_then(Value::as_array);
    found.into_iter().flatten().filter_map(Value::as_str).map(str::to_string).collect()
}

/// Takes back what a merger made stricter or more urgent: only where nobody said otherwise since, and never below what is still
/// merged into it.
async fn loosen(tx: &mut Tx, whole: &mut Ticket, gone: &Ticket, merger: &Value) -> Result<(), StoreError> {
    let tlp = |member: &str| merger.get(member).and_then(Value::as_str).and_then(Tlp::parse);
    let held = sql_ticket::strictest_merged(tx, &whole.id).await?;
    if let Some(before) = tlp("tlp").filter(|_| tlp("tlp_made").unwrap_or(gone.tlp) == whole.tlp) {
        whole.tlp = whole.tlp.min(before.max(held));
    }
    let due = |at: usize| -> Option<Micros> {
        merger.get("due").and_then(|due| due.get(at)).and_then(Value::as_str).and_then(Micros::parse_rfc3339)
    };
    if merger.get("due").is_some() && whole.due == due(1) {
        if due(0) != due(1) && sql_ticket::kept_due(tx, &whole.id).await? == Some((None, due(1))) {
            // The policy made both due.
            sql_ticket::keep_due(tx, &whole.id, None, due(0)).await?;
        }
        whole.due = due(0);
    }
    if !all(merger, "incidents").is_empty() {
        sql_ticket::restore_policy_due(tx, whole).await?;
    }
    Ok(())
}

/// Gives a message that came in to another ticket, or to a new report when none is named. Gives both tickets: whence, and whither.
pub async fn move_message(
    db: &Db,
    viewer: &Viewer,
    (house, blobs): (&MailHouse, &Blobs),
    (name, message): (&str, &str),
    to: Option<&str>,
    now: Micros,
) -> Result<(Ticket, Ticket), ResponseError> {
    // Its bytes are read before anything is locked; they never change.
    let seen = match sql_message::get_message(db, message).await? {
        Some(one) => crate::mail::seen_in_kept(house, blobs, &one).await,
        None => Vec::new(),
    };
    let mut tx = begin(db, now).await?;
    let mut from = standing_ticket(&mut tx, viewer, name, None).await?;
    let message = sql_message::get_in(&mut tx, message).await?.filter(|one| one.ticket_id == from.id);
    let message = message.ok_or(Refusal::NotMoved)?;
    if !matches!(message.kind, MessageKind::Report | MessageKind::Reply | MessageKind::Automatic) {
        return Err(Refusal::NotMoved.into());
    }
    let is_new = to.is_none();
    let mut whither = match to {
        Some(name) => standing_ticket(&mut tx, viewer, name, None).await?,
        None => {
            let mut report = report_of_moved(&mut tx, viewer, house, (&from, &message), now).await?;
            report.due = house.policy.report_due(now);
            sql_ticket::keep_policy_due(&mut tx, std::slice::from_ref(&report)).await?;
            report
        }
    };
    if whither.id == from.id {
        return Err(Refusal::ItselfTicket.into());
    }
    let came = came_by(&mut tx, &from, &message).await?;
    let was = came.as_ref().filter(|came| came.other == whither.number).and_then(|came| came.kind);
    let kind = match (is_new, was, message.kind) {
        (true, ..) => MessageKind::Report,
        // Back where it was it is what it was.
        (false, Some(was), _) => was,
        (false, None, MessageKind::Report) => MessageKind::Reply,
        (false, None, kind) => kind,
    };
    sql_message::give(&mut tx, &message.id, &whither.id, (message.kind, kind)).await?;
    if message.from_mail.contains('@') {
        sql_ticket::join(&mut tx, &whither.id, &message.from_mail).await?;
    }
    observe_mail(&mut tx, &whither, &seen, now).await?;
    let rules = Switches::read(&mut tx).await?;
    let is_learnt = rules.is_on(FollowRule::ExtractObservables) && rules.is_on(FollowRule::MergeObservables);
    if is_learnt && !seen.is_empty() {
        for id in sql_ticket::incidents_of(&mut tx, &whither.id).await? {
            mark_as(&mut tx, &viewer.name, &id, &from, now).await?;
        }
    }
    // What was marked more strictly stays so where it goes.
    whither.tlp = whither.tlp.max(from.tlp);
    // What a person wrote opens again what was closed, as it does when it comes by mail.
    let (before, by_person) = (whither.clone(), message.automatic.is_empty());
    if let Some(next) = answered_state(&whither).filter(|_| by_person) {
        whither.set_state(next, now);
    }
    let left = from.clone();
    from.messages -= 1;
    whither.messages += 1;
    // A report that was opened for this message alone is none without it.
    if from.messages == 0 && from.state.is_live() && came.is_some_and(|came| came.has_opened) {
        from.set_state(from.kind.ended(false), now);
    }
    for one in [&mut from, &mut whither] {
        one.version += 1;
        one.changed = now;
    }
    sql_ticket::put(&mut tx, &[from.clone(), whither.clone()]).await?;
    if by_person && before.state != whither.state {
        crate::mail::answered(&mut tx, &whither, &message, now).await?;
    }
    for one in [&from, &whither] {
        sql_ticket::recount_waits(&mut tx, &one.id).await?;
    }
    after_tickets(&mut tx, &[(&left, &from), (&before, &whither)], now).await?;
    let gone = json!({ "message": message.id, "other": whither.number, "from": left.state.as_str(),
        "to": from.state.as_str() });
    ticket_journal(&mut tx, &viewer.name, "message_moved", &from, gone, now).await?;
    let came = json!({ "message": message.id, "other": from.number, "kind": message.kind.as_str(),
        "from": before.state.as_str(), "to": whither.state.as_str() });
    let verb = if is_new { "report_opened" } else { "message_taken" };
    ticket_journal(&mut tx, &viewer.name, verb, &whither, came, now).await?;
    tx.commit().await?;
    Ok((from, whither))
}

/// How a message came to the ticket it is in.
struct Came {
    /// Number of the ticket it was in before.
    other: String,
    /// What it was there.
    kind: Option<MessageKind>,
    /// Whether the ticket was opened for it.
    has_opened: bool,
}

/// What the journal says of the last move of a message to a ticket.
async fn came_by(tx: &mut Tx, ticket: &Ticket, message: &Message) -> Result<Option<Came>, StoreError> {
    let lines = Journal::of_records_by(tx, PLANE, &["report_opened", "message_taken"], &[&ticket.id]).await?;
    Ok(lines.iter().rev().find_map(|line| {
        let detail: Value = serde_json::from_str(&line.detail).ok()?;
        let text = |member: &str| detail.get(member).and_then(Value::as_str);
        (text("message") == Some(message.id.as_str())).then(|| Came {
            other: text("other").unwrap_or_default().into(),
            kind: text("kind").and_then(MessageKind::parse),
            has_opened: line.verb == "report_opened" && text("other").is_some(),
        })
    }))
}

/// The report a message becomes that stood in another ticket, of its class, constituent and address; it is not written yet.
async fn report_of_moved(
    tx: &mut Tx,
    viewer: &Viewer,
    house: &MailHouse,
    (from, message): (&Ticket, &Message),
    now: Micros,
) -> Result<Ticket, StoreError> {
    let asked = sql_message::reply_to_in(tx, &message.id).await?;
    let about = ReportAbout {
        class: (&from.taxonomy, &from.rsit),
        tlp: from.tlp,
        mailbox: from.mailbox.clone(),
        source: Source::Mail,
        correspondent: asked.unwrap_or_else(|| message.from_mail.clone()),
        constituent: (from.constituent_id.clone(), from.constituent.clone()),
        language: crate::mail::language_of(&message.body, &from.language),
        who: &viewer.name,
    };
    let made = report_from(tx, message, about, now).await?;
    join_takers(tx, house, &made, message).await?;
    let subject = if made.subject.is_empty() { from.subject.clone() } else { made.subject };
    // The message is counted when it goes there.
    Ok(Ticket { subject, version: 0, messages: 0, ..made })
}
