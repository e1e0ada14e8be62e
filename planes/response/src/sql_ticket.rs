//! Statements about tickets, and who takes part in them.

use std::collections::{HashMap, HashSet};

use manara_model::{Micros, Tlp, Viewer};
use manara_store::{Arg, Db, Row, StoreError, Tx};

use crate::message::Seen;
use crate::ticket::{Kind, Source, Ticket, TicketState};
use crate::words::{self, Said};

/// The columns of [`ticket`], in its order.
pub(crate) const COLUMNS: &str = "id, number, kind, state, subject, taxonomy, type, tlp, owner, mailbox, source, correspondent, \
     correspondent_name, constituent_id, constituent, language, target, place, merged_into, opened_by, version, messages, \
     created, changed, acknowledged, answered, closed, due, tags";
const WIDTH: usize = 29;
/// Tickets that are shown as merged into one.
const MERGED_HERE: usize = 50;
const PUT_TAIL: &str = "ON CONFLICT (id) DO UPDATE SET state = excluded.state, subject = excluded.subject, \
     taxonomy = excluded.taxonomy, type = excluded.type, tlp = excluded.tlp, owner = excluded.owner, mailbox = excluded.mailbox, \
     correspondent = excluded.correspondent, correspondent_name = excluded.correspondent_name, \
     constituent_id = excluded.constituent_id, constituent = excluded.constituent, language = excluded.language, \
     target = excluded.target, place = excluded.place, merged_into = excluded.merged_into, version = excluded.version, \
     messages = excluded.messages, changed = excluded.changed, acknowledged = excluded.acknowledged, \
     answered = excluded.answered, closed = excluded.closed, due = excluded.due, tags = excluded.tags";
const TAKE_NUMBER: &str = "
    INSERT INTO response_number (year, last) VALUES ($1, 1)
    ON CONFLICT (year) DO UPDATE SET last = response_number.last + 1 RETURNING last";
const JOIN: &str = "
    INSERT INTO response_participant (ticket_id, mail) VALUES ($1, $2) ON CONFLICT (ticket_id, mail) DO NOTHING";
const TAKES_PART: &str = "SELECT COUNT(*) FROM response_participant WHERE ticket_id = $1 AND mail = $2";
const PARTICIPANTS: &str = "SELECT mail FROM response_participant WHERE ticket_id = $1 ORDER BY mail LIMIT 500";
const BELONGS: &str = "
    INSERT INTO response_ticket_incident (ticket_id, incident_id, who, at) VALUES ($1, $2, $3, $4)
    ON CONFLICT (ticket_id, incident_id) DO NOTHING";
const BELONGS_NO_MORE: &str = "DELETE FROM response_ticket_incident WHERE ticket_id = $1 AND incident_id = $2";
const INCIDENTS_OF: &str = "
    SELECT incident_id FROM response_ticket_incident WHERE ticket_id = $1 ORDER BY at, incident_id LIMIT 1000";
const LIVE_INCIDENTS: &str = "
    SELECT l.ticket_id, l.incident_id FROM response_ticket_incident l JOIN response_incident i ON i.id = l.incident_id
     WHERE i.state IN ('new', 'open') AND l.ticket_id IN (…)";
/// A kind that all but a few tickets have is no way to those of one incident, nor is that of messages.
pub(crate) const FIRST_REPORT: &str = "
    SELECT t.created FROM response_ticket_incident l JOIN response_ticket t ON t.id = l.ticket_id
     WHERE l.incident_id = $1 AND t.kind || '' = 'report' ORDER BY t.created LIMIT 1";
pub(crate) const FIRST_ANSWER: &str = "
    SELECT m.at, m.who FROM response_ticket_incident l
      JOIN response_ticket t ON t.id = l.ticket_id
      JOIN response_message m ON m.ticket_id = t.id
     WHERE l.incident_id = $1 AND t.kind || '' = 'report' AND t.answered <> '' AND m.kind || '' = 'sent'
     ORDER BY m.at, m.id LIMIT 1";
const OBSERVE: &str = "INSERT INTO response_observable (record_kind, record_id, kind, value, source, at) VALUES";
const OBSERVE_TAIL: &str = "ON CONFLICT (record_id, kind, value) DO NOTHING";
const OBSERVABLES: &str = "
    SELECT kind, value FROM response_observable WHERE record_id = $1 AND removed = '' ORDER BY kind, value LIMIT $2";
fn known<T>(found: Option<T>, column: &'static str, text: impl ToString) -> Result<T, StoreError> {
    found.ok_or_else(|| StoreError::unknown(column, text))
}

/// Reads a row of [`COLUMNS`].
pub(crate) fn ticket(row: &Row) -> Result<Ticket, StoreError> {
    let (kind, state, tlp, source) = (row.text(2)?, row.text(3)?, row.int(7)?, row.text(10)?);
    Ok(Ticket {
        id: row.text(0)?,
        number: row.text(1)?,
        kind: known(Kind::parse(&kind), "kind", kind)?,
        state: known(TicketState::parse(&state), "state", state)?,
        subject: row.text(4)?,
        taxonomy: row.text(5)?,
        rsit: row.text(6)?,
        tlp: known(Tlp::from_rank(tlp), "tlp", tlp)?,
        owner: row.text(8)?,
        mailbox: row.text(9)?,
        source: known(Source::parse(&source), "source", source)?,
        correspondent: row.text(11)?,
        correspondent_name: row.text(12)?,
        constituent_id: row.text(13)?,
        constituent: row.text(14)?,
        language: row.text(15)?,
        target: row.text(16)?,
        place: row.text(17)?,
        merged_into: row.text(18)?,
        opened_by: row.text(19)?,
        version: row.int(20)?,
        messages: row.int(21)?,
        created: row.moment(22)?,
        changed: row.moment(23)?,
        acknowledged: row.opt_moment(24)?,
        answered: row.opt_moment(25)?,
        closed: row.opt_moment(26)?,
        due: row.opt_moment(27)?,
        tags: row.text(28)?,
    })
}

/// Writes tickets, new or changed, with their words.
pub(crate) async fn put(tx: &mut Tx, tickets: &[Ticket]) -> Result<(), StoreError> {
    put_rows(tx, tickets).await?;
    words::note(tx, &tickets.iter().map(said).collect::<Vec<_>>()).await
}

/// What a ticket says of itself.
pub(crate) fn said(one: &Ticket) -> Said<'_> {
    let who = format!("{} {}", one.correspondent, one.correspondent_name);
    let text = format!("{} {} {who} {} {}", one.number, one.subject, one.target, one.tags);
    Said { name: &one.id, record_kind: "ticket", record_id: &one.id, text }
}

/// Writes their rows alone.
pub(crate) async fn put_rows(tx: &mut Tx, tickets: &[Ticket]) -> Result<(), StoreError> {
    let mut args: Vec<Arg<'_>> = Vec::with_capacity(tickets.len() * WIDTH);
    for one in tickets {
        args.extend([
            (&one.id).into(),
            (&one.number).into(),
            one.kind.as_str().into(),
            one.state.as_str().into(),
            (&one.subject).into(),
            (&one.taxonomy).into(),
            (&one.rsit).into(),
            one.tlp.rank().into(),
            (&one.owner).into(),
            (&one.mailbox).into(),
            one.source.as_str().into(),
            (&one.correspondent).into(),
            (&one.correspondent_name).into(),
            (&one.constituent_id).into(),
            (&one.constituent).into(),
            (&one.language).into(),
            (&one.target).into(),
            (&one.place).into(),
            (&one.merged_into).into(),
            (&one.opened_by).into(),
            one.version.into(),
            one.messages.into(),
            one.created.into(),
            one.changed.into(),
            one.acknowledged.into(),
            one.answered.into(),
            one.closed.into(),
            one.due.into(),
            (&one.tags).into(),
        ] as [Arg<'_>; WIDTH]);
    }
    tx.run_many(&format!("INSERT INTO response_ticket ({COLUMNS}) VALUES"), WIDTH, args, PUT_TAIL).await
}

/// Takes the next number of a year for a ticket. It is given back when the transaction ends without a commit.
pub(crate) async fn take_number(tx: &mut Tx, year: &str) -> Result<i64, StoreError> {
    // Incidents count for themselves, under the year alone.
    let row = tx.read_one(TAKE_NUMBER, &[format!("ticket-{year}").as_str().into()]).await?;
    row.ok_or_else(|| StoreError::NotFound("number".into()))?.int(0)
}

fn by_name(name: &str) -> String {
    let column = if crate::mail::is_number(name) { "number" } else { "id" };
    format!("SELECT {COLUMNS} FROM response_ticket WHERE {column} = $1 AND tlp <= $2")
}

/// One ticket by its id or its number, if the viewer may see it.
pub async fn get_ticket(db: &Db, viewer: &Viewer, name: &str) -> Result<Option<Ticket>, StoreError> {
    let args = [name.into(), viewer.into()];
    db.read_one(&by_name(name), &args).await?.as_ref().map(ticket).transpose()
}

/// Tickets, the newest first, as far as the viewer may see them.
pub async fn list_tickets(
    db: &Db,
    viewer: &Viewer,
    kind: Option<Kind>,
    state: Option<TicketState>,
    limit: i64,
) -> Result<Vec<Ticket>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM response_ticket WHERE tlp <= $1 AND merged_into = '' AND ($2 = '' OR (kind || '') = $2) \
         AND ($3 = '' OR state = $3) ORDER BY created DESC, id DESC LIMIT $4"
    );
    let (kind, state) = (kind.map_or("", Kind::as_str), state.map_or("", TicketState::as_str));
    let args = [viewer.into(), kind.into(), state.into(), limit.into()];
    db.read(&sql, &args).await?.iter().map(ticket).collect()
}

/// The same inside a transaction.
pub(crate) async fn get_in(tx: &mut Tx, viewer: &Viewer, name: &str) -> Result<Option<Ticket>, StoreError> {
    let args = [name.into(), viewer.into()];
    tx.read_one(&by_name(name), &args).await?.as_ref().map(ticket).transpose()
}

fn some_sql() -> String {
    format!("SELECT {COLUMNS} FROM response_ticket WHERE tlp <= $1 AND id IN (…)")
}

/// Those of some tickets that are there and that the viewer may see, by id.
pub(crate) async fn some(tx: &mut Tx, viewer: &Viewer, ids: &[&str]) -> Result<HashMap<String, Ticket>, StoreError> {
    let rows = tx.read_in(&some_sql(), &[viewer.into()], ids).await?;
    rows.iter().map(|row| ticket(row).map(|one| (one.id.clone(), one))).collect()
}

/// The same outside a transaction.
pub(crate) async fn some_of(db: &Db, viewer: &Viewer, ids: &[String]) -> Result<HashMap<String, Ticket>, StoreError> {
    let rows = db.read_in(&some_sql(), &[viewer.into()], ids).await?;
    rows.iter().map(|row| ticket(row).map(|one| (one.id.clone(), one))).collect()
}

/// Which of some tickets a viewer may see.
pub(crate) async fn visible(db: &Db, viewer: &Viewer, ids: &[String]) -> Result<Vec<String>, StoreError> {
    const VISIBLE: &str = "SELECT id FROM response_ticket WHERE tlp <= $1 AND id IN (…)";
    db.read_in(VISIBLE, &[viewer.into()], ids).await?.iter().map(|row| row.text(0)).collect()
}

/// Whether there is any ticket the viewer may see.
pub(crate) async fn any(db: &Db, viewer: &Viewer) -> Result<bool, StoreError> {
    const ANY: &str = "SELECT id FROM response_ticket WHERE tlp <= $1 LIMIT 1";
    Ok(db.read_one(ANY, &[viewer.into()]).await?.is_some())
}

/// The values a column of the newest tickets has, for the choices of a list: value and words of it.
pub(crate) async fn values(
    db: &Db,
    viewer: &Viewer,
    (value, words): (&'static str, &'static str),
) -> Result<Vec<(String, String)>, StoreError> {
    let sql = format!(
        "SELECT v, MAX(w) FROM (SELECT {value} AS v, {words} AS w FROM response_ticket WHERE tlp <= $1 \
         ORDER BY created DESC, id DESC LIMIT 2000) newest WHERE v <> '' GROUP BY v ORDER BY 2, 1 LIMIT 200"
    );
    let rows = db.read(&sql, &[viewer.into()]).await?;
    rows.iter().map(|row| Ok((row.text(0)?, row.text(1)?))).collect()
}

/// The tickets that were merged into one, and those merged into these, as far as the viewer may see them.
pub(crate) async fn merged_here(db: &Db, viewer: &Viewer, id: &str) -> Result<Vec<Ticket>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM response_ticket WHERE merged_into = $1 AND merged_into <> '' AND tlp <= $2 \
         ORDER BY id LIMIT {MERGED_HERE}"
    );
    let (mut all, mut next): (Vec<Ticket>, usize) = (Vec::new(), 0);
    let mut of = id.to_string();
    loop {
        let rows = db.read(&sql, &[(&of).into(), viewer.into()]).await?;
        for row in &rows {
            let one = ticket(row)?;
            // A ring would be a fault of ours; it must not hang a page.
            if all.len() < MERGED_HERE && one.id != id && !all.iter().any(|known| known.id == one.id) {
                all.push(one);
            }
        }
        match all.get(next) {
            Some(one) => of.clone_from(&one.id),
            None => return Ok(all),
        }
        next += 1;
    }
}

/// Those of some tickets that others were merged into.
pub(crate) async fn with_merged(db: &Db, ids: &[&str]) -> Result<HashSet<String>, StoreError> {
    const WHOLE: &str =
        "SELECT DISTINCT merged_into FROM response_ticket WHERE merged_into <> '' AND merged_into IN (…)";
    db.read_in(WHOLE, &[], ids).await?.iter().map(|row| row.text(0)).collect()
}

/// What is counted of the tickets for the home page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TicketCounts {
    /// Live ones that nobody owns.
    pub unowned: i64,
    /// Reports whose writer no person has answered.
    pub unanswered: i64,
    /// Mails of strangers that wait for a decision.
    pub held: i64,
    /// Messages that somebody else wrote and that wait for a second person.
    pub waiting: i64,
    /// Live ones of the viewer in which the other side wrote last.
    pub answers: i64,
    /// Messages of ours that failed or came back in the last 7 days.
    pub undelivered: i64,
}

/// For so many days home tells of mail that did not arrive.
pub(crate) const UNDELIVERED_DAYS: i64 = 7;

/// Counts what waits, as far as the viewer may see it.
pub async fn ticket_counts(db: &Db, viewer: &Viewer, now: Micros) -> Result<TicketCounts, StoreError> {
    const UNOWNED: &str = "
        SELECT COUNT(*) FROM response_ticket WHERE owner = '' AND closed = '' AND merged_into = '' AND tlp <= $1";
    const UNANSWERED: &str = "
        SELECT COUNT(*) FROM response_ticket WHERE (kind || '') = 'report' AND closed = '' AND answered = ''
           AND correspondent <> '' AND source IN ('mail', 'web', 'telephone', 'person') AND merged_into = '' AND tlp <= $1";
    const HELD: &str = "
        SELECT COUNT(*) FROM response_message m JOIN response_ticket t ON t.id = m.held_for
         WHERE m.kind = 'quarantined' AND t.tlp <= $1";
    const UNDELIVERED: &str = "
        SELECT COUNT(*) FROM response_delivery d JOIN response_ticket t ON t.id = d.ticket_id
         WHERE d.state IN ('failed', 'bounced') AND d.queued >= $2 AND t.tlp <= $1";
    const ANSWERS: &str = "
        SELECT COUNT(*) FROM response_ticket WHERE waits_for = 'us' AND closed = '' AND owner = $2 AND merged_into = ''
           AND tlp <= $1";
    let rank = [viewer.into()];
    let own = [viewer.into(), (&viewer.name).into()];
    let since = [viewer.into(), now.plus_days(-UNDELIVERED_DAYS).into()];
    Ok(TicketCounts {
        unowned: db.read_int(UNOWNED, &rank).await?,
        unanswered: db.read_int(UNANSWERED, &rank).await?,
        held: db.read_int(HELD, &rank).await?,
        waiting: crate::sql_release::count_waiting(db, viewer).await?,
        answers: if viewer.name.is_empty() { 0 } else { db.read_int(ANSWERS, &own).await? },
        undelivered: db.read_int(UNDELIVERED, &since).await?,
    })
}

/// Lets an address take part in a ticket.
pub(crate) async fn join(tx: &mut Tx, ticket_id: &str, mail: &str) -> Result<(), StoreError> {
    tx.run(JOIN, &[ticket_id.into(), mail.into()]).await.map(|_| ())
}

/// Notes who is to write next in a ticket: `us` when the other side wrote last, `them` when we did.
pub(crate) async fn set_waits_for(tx: &mut Tx, ticket_id: &str, whom: &str) -> Result<(), StoreError> {
    const SET: &str = "UPDATE response_ticket SET waits_for = $2 WHERE id = $1";
    tx.run(SET, &[ticket_id.into(), whom.into()]).await.map(|_| ())
}

/// The same by its messages, and those of the tickets that were merged into it: after some of them went elsewhere. What a machine
/// wrote by itself asks for no answer, but for a complaint.
pub(crate) async fn recount_waits(tx: &mut Tx, ticket_id: &str) -> Result<(), StoreError> {
    const MERGED: &str = "
        SELECT id FROM response_ticket WHERE merged_into = $1 AND merged_into <> '' ORDER BY id LIMIT 100";
    const LAST: &str = "
        SELECT at, id, direction FROM response_message
         WHERE ticket_id = $1 AND (kind IN ('arf', 'xarf', 'sent') OR (kind IN ('report', 'reply') AND automatic = ''))
         ORDER BY at DESC, id DESC LIMIT 1";
    let (mut all, mut next) = (vec![ticket_id.to_string()], 0);
    let mut last: Option<(String, String, String)> = None;
    while let Some(id) = all.get(next).cloned() {
        if let Some(row) = tx.read_one(LAST, &[(&id).into()]).await? {
            last = last.max(Some((row.text(0)?, row.text(1)?, row.text(2)?)));
        }
        for row in tx.read(MERGED, &[(&id).into()]).await? {
            let other = row.text(0)?;
            if all.len() < MERGED_HERE && !all.contains(&other) {
                all.push(other);
            }
        }
        next += 1;
    }
    let whom = last.map_or("", |(_, _, direction)| if direction == "in" { "us" } else { "them" });
    set_waits_for(tx, ticket_id, whom).await
}

/// The strictest marking of the tickets that are merged into one.
pub(crate) async fn strictest_merged(tx: &mut Tx, id: &str) -> Result<Tlp, StoreError> {
    const STRICTEST: &str =
        "SELECT COALESCE(MAX(tlp), 0) FROM response_ticket WHERE merged_into = $1 AND merged_into <> ''";
    let row = tx.read_one(STRICTEST, &[id.into()]).await?;
    let tlp = row.map_or(Ok(0), |row| row.int(0))?;
    Tlp::from_rank(tlp).ok_or_else(|| StoreError::unknown("tlp", tlp))
}

/// Whether an address takes part in a ticket.
pub(crate) async fn takes_part(tx: &mut Tx, ticket_id: &str, mail: &str) -> Result<bool, StoreError> {
    let row = tx.read_one(TAKES_PART, &[ticket_id.into(), mail.into()]).await?;
    row.map_or(Ok(false), |row| Ok(row.int(0)? > 0))
}

/// Who takes part in a ticket.
pub async fn participants(db: &Db, ticket_id: &str) -> Result<Vec<String>, StoreError> {
    db.read(PARTICIPANTS, &[ticket_id.into()]).await?.iter().map(|row| row.text(0)).collect()
}

/// Lets a ticket belong to an incident; false when it did.
pub(crate) async fn belong(
    tx: &mut Tx,
    (ticket_id, incident_id): (&str, &str),
    who: &str,
    now: Micros,
) -> Result<bool, StoreError> {
    Ok(tx.run(BELONGS, &[ticket_id.into(), incident_id.into(), who.into(), now.into()]).await? == 1)
}

/// The incidents that some tickets belong to: ticket and incident.
pub(crate) async fn links_of(tx: &mut Tx, tickets: &[&str]) -> Result<Vec<(String, String)>, StoreError> {
    const LINKS: &str = "SELECT ticket_id, incident_id FROM response_ticket_incident WHERE ticket_id IN (…)";
    tx.read_in(LINKS, &[], tickets).await?.iter().map(|row| Ok((row.text(0)?, row.text(1)?))).collect()
}

/// When the first report of an incident came.
pub(crate) async fn first_report(tx: &mut Tx, incident: &str) -> Result<Option<Micros>, StoreError> {
    tx.read_one(FIRST_REPORT, &[incident.into()]).await?.map(|row| row.moment(0)).transpose()
}

/// When a person first answered a report of an incident, and who.
pub(crate) async fn first_answer(tx: &mut Tx, incident: &str) -> Result<Option<(Micros, String)>, StoreError> {
    tx.read_one(FIRST_ANSWER, &[incident.into()]).await?.map(|row| Ok((row.moment(0)?, row.text(1)?))).transpose()
}

/// What an incident would be due at by itself, and what was made of that and its tickets; `None` where nothing was made.
pub(crate) async fn kept_due(
    tx: &mut Tx,
    incident: &str,
) -> Result<Option<(Option<Micros>, Option<Micros>)>, StoreError> {
    const KEPT: &str = "SELECT own, made FROM response_due WHERE incident_id = $1";
    let row = tx.read_one(KEPT, &[incident.into()]).await?;
    row.map(|row| Ok((row.opt_moment(0)?, row.opt_moment(1)?))).transpose()
}

/// Keeps the two; of a report, that the policy made it due.
pub(crate) async fn keep_due(
    tx: &mut Tx,
    incident: &str,
    own: Option<Micros>,
    made: Option<Micros>,
) -> Result<(), StoreError> {
    const KEEP: &str = "
        INSERT INTO response_due (incident_id, own, made) VALUES ($1, $2, $3)
        ON CONFLICT (incident_id) DO UPDATE SET own = excluded.own, made = excluded.made";
    tx.run(KEEP, &[incident.into(), own.into(), made.into()]).await.map(|_| ())
}

/// Keeps of new reports that they are due by the policy, and that nobody said so.
pub(crate) async fn keep_policy_due(tx: &mut Tx, reports: &[Ticket]) -> Result<(), StoreError> {
    const KEEP: &str = "INSERT INTO response_due (incident_id, own, made) VALUES";
    let due = reports.iter().filter(|one| one.due.is_some());
    let args: Vec<Arg<'_>> = due.flat_map(|one| [Arg::Text(&one.id), Arg::Text(""), one.due.into()]).collect();
    tx.run_many(KEEP, 3, args, "").await
}

/// A report is answered, or belongs to an incident: what the policy alone made it due to counts no more. What a person said stays.
pub(crate) async fn drop_policy_due(tx: &mut Tx, ticket: &mut Ticket) -> Result<(), StoreError> {
    if ticket.due.is_some() && kept_due(tx, &ticket.id).await? == Some((None, ticket.due)) {
        ticket.due = None;
    }
    Ok(())
}

/// A report that is taken off its last incident unanswered is due by the policy again, where nobody said otherwise.
pub(crate) async fn restore_policy_due(tx: &mut Tx, ticket: &mut Ticket) -> Result<(), StoreError> {
    let is_open = ticket.kind == Kind::Report && ticket.answered.is_none() && ticket.due.is_none();
    if is_open
        && let Some((None, made)) = kept_due(tx, &ticket.id).await?
        && incidents_of(tx, &ticket.id).await?.is_empty()
    {
        ticket.due = made;
    }
    Ok(())
}

/// Takes an address out of a ticket.
pub(crate) async fn leave(tx: &mut Tx, ticket_id: &str, mail: &str) -> Result<(), StoreError> {
    const LEAVE: &str = "DELETE FROM response_participant WHERE ticket_id = $1 AND mail = $2";
    tx.run(LEAVE, &[ticket_id.into(), mail.into()]).await.map(|_| ())
}

/// Who takes part in a ticket, inside a transaction.
pub(crate) async fn participants_in(tx: &mut Tx, ticket_id: &str) -> Result<Vec<String>, StoreError> {
    tx.read(PARTICIPANTS, &[ticket_id.into()]).await?.iter().map(|row| row.text(0)).collect()
}

/// Takes a ticket off an incident; false when it was not on it.
pub(crate) async fn part(tx: &mut Tx, ticket_id: &str, incident_id: &str) -> Result<bool, StoreError> {
    Ok(tx.run(BELONGS_NO_MORE, &[ticket_id.into(), incident_id.into()]).await? == 1)
}

/// Ids of the incidents a ticket belongs to, the first linked first.
pub(crate) async fn incidents_of(tx: &mut Tx, ticket_id: &str) -> Result<Vec<String>, StoreError> {
    tx.read(INCIDENTS_OF, &[ticket_id.into()]).await?.iter().map(|row| row.text(0)).collect()
}

/// Keeps what a record speaks of; what is kept already stays as it is.
pub(crate) async fn observe(
    tx: &mut Tx,
    (record_kind, record_id): (&str, &str),
    seen: &[Seen],
    source: &str,
    now: Micros,
) -> Result<(), StoreError> {
    let mut args: Vec<Arg<'_>> = Vec::with_capacity(seen.len() * 6);
    for one in seen {
        args.extend([
            Arg::Text(record_kind),
            record_id.into(),
            (&one.kind).into(),
            (&one.value).into(),
            source.into(),
            now.into(),
        ] as [Arg<'_>; 6]);
    }
    tx.run_many(OBSERVE, 6, args, OBSERVE_TAIL).await
}

/// What a record speaks of.
pub async fn observables_of(db: &Db, record_id: &str, limit: i64) -> Result<Vec<Seen>, StoreError> {
    let rows = db.read(OBSERVABLES, &[record_id.into(), limit.into()]).await?;
    rows.iter().map(|row| Ok(Seen { kind: row.text(0)?, value: row.text(1)? })).collect()
}

/// The same inside a transaction.
pub(crate) async fn observables_in(tx: &mut Tx, record_id: &str, limit: i64) -> Result<Vec<Seen>, StoreError> {
    let rows = tx.read(OBSERVABLES, &[record_id.into(), limit.into()]).await?;
    rows.iter().map(|row| Ok(Seen { kind: row.text(0)?, value: row.text(1)? })).collect()
}

/// Tickets of some incidents that somebody still has something to do with, each with the incident it is of.
pub(crate) async fn live_of_incidents(tx: &mut Tx, incidents: &[&str]) -> Result<Vec<(Ticket, String)>, StoreError> {
    let columns: Vec<String> = COLUMNS.split(", ").map(|column| format!("t.{column}")).collect();
    let sql = format!(
        "SELECT {}, l.incident_id FROM response_ticket_incident l JOIN response_ticket t ON t.id = l.ticket_id \
         WHERE t.closed = '' AND t.merged_into = '' AND l.incident_id IN (…)",
        columns.join(", ")
    );
    let rows = tx.read_in(&sql, &[], incidents).await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in &rows {
        all.push((ticket(row)?, row.text(WIDTH)?));
    }
    all.sort_by(|(a, of_a), (b, of_b)| (&a.id, of_a).cmp(&(&b.id, of_b)));
    Ok(all)
}

/// The live incidents that some tickets belong to: ticket and incident.
pub(crate) async fn live_incidents_of(tx: &mut Tx, tickets: &[&str]) -> Result<Vec<(String, String)>, StoreError> {
    tx.read_in(LIVE_INCIDENTS, &[], tickets).await?.iter().map(|row| Ok((row.text(0)?, row.text(1)?))).collect()
}

/// All tickets of an incident that were not merged into others.
pub(crate) async fn all_of_incident(tx: &mut Tx, incident_id: &str) -> Result<Vec<Ticket>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM response_ticket WHERE merged_into = '' AND id IN \
         (SELECT ticket_id FROM response_ticket_incident WHERE incident_id = $1) ORDER BY id LIMIT 100000"
    );
    tx.read(&sql, &[incident_id.into()]).await?.iter().map(ticket).collect()
}

/// The tickets of an incident, the oldest first, as far as the viewer may see them.
pub async fn tickets_of_incident(
    db: &Db,
    viewer: &Viewer,
    incident_id: &str,
    limit: i64,
) -> Result<Vec<Ticket>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM response_ticket WHERE tlp <= $1 AND merged_into = '' AND id IN \
         (SELECT ticket_id FROM response_ticket_incident WHERE incident_id = $2) ORDER BY created, id LIMIT $3"
    );
    let args = [viewer.into(), incident_id.into(), limit.into()];
    db.read(&sql, &args).await?.iter().map(ticket).collect()
}

/// Ids and numbers of the incidents of a ticket that the viewer may see.
pub async fn incidents_of_ticket(
    db: &Db,
    viewer: &Viewer,
    ticket_id: &str,
) -> Result<Vec<crate::incident::Incident>, StoreError> {
    let sql = format!(
        "SELECT {} FROM response_incident WHERE tlp <= $1 AND id IN \
         (SELECT incident_id FROM response_ticket_incident WHERE ticket_id = $2) ORDER BY id LIMIT 100",
        crate::sql::COLUMNS
    );
    let rows = db.read(&sql, &[viewer.into(), ticket_id.into()]).await?;
    rows.iter().map(crate::sql::incident).collect()
}
