//! `mail` and `tickets`: what waits, what is held, and reports, investigations and countermeasures from the terminal.

use anyhow::{Context as _, bail};
use manara_model::{Micros, Viewer};
use manara_response::mail::{mail_key, retry};
use manara_response::{
    Decision, DeliveryState, Draft, Kind, MailDelivery, Message, Refusal, ResponseError, Ticket, TicketState,
    decide_held, deliveries_of, get_ticket, incidents_of_ticket, keyless, link_ticket, list_tickets, loose_messages,
    messages_of, move_ticket, observables_of, queue, write_message,
};
use serde_json::{Value, json};

use super::DONE;
use crate::cli::{KeysAction, MailAction, MailArgs, Tickets, TicketsAction};
use crate::house::House;
use crate::mailroom::mail_house;
use crate::print;

/// Deliveries and messages shown.
const SHOWN: i64 = 10_000;
/// Bytes of a message that is typed.
const TYPED: u64 = 1 << 20;

/// Who the journal names for what is typed here; it sees all.
fn typist() -> Viewer {
    Viewer { name: "cli".into(), ..Viewer::system() }
}

/// Shows the queue, sends again, decides.
pub async fn mail(args: MailArgs) -> anyhow::Result<u8> {
    let now = Micros::now();
    match args.action {
        MailAction::Queue { place, json } => {
            let house = House::open(&place).await?;
            let waiting = queue(&house.db, &WAITING, SHOWN).await?;
            show_queue(&waiting, json)?;
        }
        MailAction::Retry { place, deliveries, all, json } => {
            let house = House::open(&place).await?;
            let ids = match all {
                true => {
                    let failed = queue(&house.db, &[DeliveryState::Failed], SHOWN).await?;
                    failed.into_iter().map(|one| one.id).collect()
                }
                false => deliveries,
            };
            if ids.is_empty() && !all {
                bail!("name deliveries, or --all; `manara mail queue` shows them");
            }
            let mut again = Vec::new();
            for id in &ids {
                if retry(&house.db, &typist().name, id, now).await? {
                    again.push(id);
                } else if !all {
                    bail!("{id} is no delivery that failed, was stopped or came back");
                }
            }
            match json {
                true => print::json(&json!({ "queued": again }))?,
                false => println!("{} queued again", again.len()),
            }
        }
        MailAction::Keys { place, json, action } => {
            let action = action.unwrap_or(KeysAction::List { place, due: false, json });
            return super::mail_keys::run(action).await;
        }
        MailAction::Held { place, json } => {
            let house = House::open(&place).await?;
            let held = loose_messages(&house.db, true, SHOWN).await?;
            if json {
                print::json(&held.iter().map(message_object).collect::<Vec<_>>())?;
            } else if held.is_empty() {
                println!("no mail waits for a decision");
            } else {
                let names = ["id", "at", "from", "subject"].map(String::from);
                let row =
                    |one: &Message| vec![one.id.clone(), one.at.rfc3339(), one.from_mail.clone(), one.subject.clone()];
                print::table(&mut std::io::stdout().lock(), &names, &held.iter().map(row).collect::<Vec<_>>())?;
            }
        }
        MailAction::Decide { place, message, decision, json } => {
            let house = House::open(&place).await?;
            let how = Decision::parse(&decision)
                .with_context(|| format!("{decision} is no decision; expected join, report or discard"))?;
            let of = mail_house(&house).await?;
            let ticket = decide_held(&house.db, &typist(), &of, &message, how, now).await?;
            let number = ticket.map(|ticket| ticket.number);
            match json {
                true => print::json(&json!({ "ticket": number }))?,
                false => println!("{}", number.unwrap_or_else(|| "discarded".into())),
            }
        }
    }
    Ok(DONE)
}

const WAITING: [DeliveryState; 5] = [
    DeliveryState::Queued,
    DeliveryState::Sending,
    DeliveryState::Failed,
    DeliveryState::Bounced,
    DeliveryState::Stopped,
];

fn show_queue(waiting: &[MailDelivery], as_json: bool) -> anyhow::Result<()> {
    if as_json {
        return print::json(&waiting.iter().map(delivery_object).collect::<Vec<_>>());
    }
    if waiting.is_empty() {
        println!("no mail waits, and none failed");
        return Ok(());
    }
    let names = ["id", "state", "to", "tries", "since", "remark"].map(String::from);
    let row = |one: &MailDelivery| {
        let (state, since) = (one.state.as_str().to_string(), one.queued.rfc3339());
        vec![one.id.clone(), state, one.mail.clone(), one.attempts.to_string(), since, one.remark.clone()]
    };
    print::table(&mut std::io::stdout().lock(), &names, &waiting.iter().map(row).collect::<Vec<_>>())?;
    Ok(())
}

/// Lists, shows, answers, links and moves tickets.
pub async fn tickets(args: Tickets) -> anyhow::Result<u8> {
    let now = Micros::now();
    match args.action {
        TicketsAction::List { place, kind, state, most, json } => {
            let house = House::open(&place).await?;
            let kind = kind
                .map(|word| {
                    let expected = "report, investigation or countermeasure";
                    Kind::parse(&word).with_context(|| format!("{word} is no kind of ticket; expected {expected}"))
                })
                .transpose()?;
            let state = state
                .map(|word| TicketState::parse(&word).with_context(|| format!("{word} is no state of a ticket")))
                .transpose()?;
            let found = list_tickets(&house.db, &typist(), kind, state, most.clamp(1, 100_000)).await?;
            if json {
                print::json(&found.iter().map(ticket_object).collect::<Vec<_>>())?;
            } else if found.is_empty() {
                println!("there is no such ticket; mail opens them, and so does the web");
            } else {
                let names = ["number", "kind", "state", "from", "owner", "subject"].map(String::from);
                let row = |one: &Ticket| {
                    let (kind, state) = (one.kind.as_str().to_string(), one.state.as_str().to_string());
                    let (from, owner) = (one.correspondent.clone(), one.owner.clone());
                    vec![one.number.clone(), kind, state, from, owner, one.subject.clone()]
                };
                print::table(&mut std::io::stdout().lock(), &names, &found.iter().map(row).collect::<Vec<_>>())?;
            }
        }
        TicketsAction::Show { place, number, json } => {
            let house = House::open(&place).await?;
            show(&house, &found(&house, &number).await?, json).await?;
        }
        TicketsAction::Reply { place, number, to, subject, text, json } => {
            let house = House::open(&place).await?;
            let of = mail_house(&house).await?;
            let body = if text == "-" { standard_input()? } else { text };
            let draft = Draft { id: String::new(), to, subject, body };
            let written = write_message(&house.db, &typist(), &of, &number, &draft, now).await;
            let (ticket, message) = match written {
                Err(ResponseError::Refused(why @ Refusal::NoKey)) => {
                    let missing = without_key(&house, &number, &draft, now).await?;
                    bail!("{why}: none of {missing}");
                }
                written => written?,
            };
            match json {
                true => {
                    print::json(&json!({ "ticket": ticket.number, "message": message.id, "to": message.recipients }))?
                }
                false => println!("{}: queued for {}", ticket.number, message.recipients),
            }
        }
        TicketsAction::Link { place, number, incident, json } => {
            let house = House::open(&place).await?;
            let (ticket, incident) = link_ticket(&house.db, &typist(), &number, &incident, now).await?;
            match json {
                true => print::json(&json!({ "ticket": ticket.number, "incident": incident.number }))?,
                false => println!("{} belongs to {}", ticket.number, incident.number),
            }
        }
        TicketsAction::Move { place, number, state, json } => {
            let house = House::open(&place).await?;
            let to = TicketState::parse(&state).with_context(|| format!("{state} is no state of a ticket"))?;
            let ticket = move_ticket(&house.db, &typist(), &number, None, to, now).await?;
            match json {
                true => print::json(&ticket_object(&ticket))?,
                false => println!("{}  {}", ticket.number, ticket.state.as_str()),
            }
        }
    }
    Ok(DONE)
}

/// The recipients that mail cannot be encrypted to.
async fn without_key(house: &House, number: &str, draft: &Draft, now: Micros) -> anyhow::Result<String> {
    let mut to: Vec<String> = draft.to.iter().map(|mail| mail_key(mail)).collect();
    if to.is_empty() {
        to.push(found(house, number).await?.correspondent);
    }
    Ok(keyless(&house.db, &to, now).await?.join(", "))
}

async fn found(house: &House, number: &str) -> anyhow::Result<Ticket> {
    let found = get_ticket(&house.db, &typist(), number).await?;
    found.with_context(|| format!("there is no ticket {number}; `manara tickets list` shows them"))
}

fn standard_input() -> anyhow::Result<String> {
    use std::io::Read as _;
    let mut text = String::new();
    std::io::stdin().lock().take(TYPED).read_to_string(&mut text)?;
    Ok(text)
}

async fn show(house: &House, one: &Ticket, as_json: bool) -> anyhow::Result<()> {
    let messages = messages_of(&house.db, &one.id, ("", ""), SHOWN).await?;
    let ids: Vec<String> = messages.iter().map(|message| message.id.clone()).collect();
    let deliveries = deliveries_of(&house.db, &ids).await?;
    let incidents = incidents_of_ticket(&house.db, &typist(), &one.id).await?;
    let seen = observables_of(&house.db, &one.id, SHOWN).await?;
    if as_json {
        let mut object = ticket_object(one);
        if let Some(map) = object.as_object_mut() {
            map.insert("incidents".into(), incidents.iter().map(|one| Value::from(one.number.as_str())).collect());
            let seen = seen.iter().map(|one| json!({ "kind": one.kind, "value": one.value }));
            map.insert("observables".into(), seen.collect());
            map.insert("messages".into(), messages.iter().map(message_object).collect());
            map.insert("deliveries".into(), deliveries.iter().map(delivery_object).collect());
        }
        return print::json(&object);
    }
    println!("{}  {}  {}  {}", one.number, one.kind.as_str(), one.state.as_str(), one.tlp.label());
    println!("{}", clean(&one.subject));
    println!("other side: {}", if one.correspondent.is_empty() { "nobody" } else { &one.correspondent });
    for incident in &incidents {
        println!("incident {}  {}", incident.number, clean(&incident.title));
    }
    for one in &seen {
        println!("  {}  {}", one.kind, clean(&one.value));
    }
    for message in &messages {
        println!("\n{}  {}  {}", message.at.rfc3339(), message.kind.as_str(), clean(&message.from_mail));
        for delivery in deliveries.iter().filter(|delivery| delivery.message_id == message.id) {
            println!("  to {}: {} {}", delivery.mail, delivery.state.as_str(), clean(&delivery.remark));
        }
        println!("{}", clean(&message.body));
    }
    Ok(())
}

/// A text without what could command a terminal.
fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { '·' } else { c }).collect()
}

fn ticket_object(one: &Ticket) -> Value {
    json!({ "id": one.id, "number": one.number, "kind": one.kind.as_str(), "state": one.state.as_str(),
        "subject": one.subject, "class": format!("{}/{}", one.taxonomy, one.rsit), "tlp": one.tlp.label(),
        "owner": one.owner, "source": one.source.as_str(), "correspondent": one.correspondent,
        "correspondent_name": one.correspondent_name, "constituent": one.constituent, "language": one.language,
        "target": one.target, "place": one.place, "messages": one.messages, "created": one.created.rfc3339(),
        "changed": one.changed.rfc3339(), "acknowledged": one.acknowledged.map(Micros::rfc3339),
        "answered": one.answered.map(Micros::rfc3339), "closed": one.closed.map(Micros::rfc3339),
        "due": one.due.map(Micros::rfc3339) })
}

fn message_object(one: &Message) -> Value {
    json!({ "id": one.id, "kind": one.kind.as_str(), "at": one.at.rfc3339(), "message_id": one.message_id,
        "from": one.from_mail, "from_name": one.from_name, "to": one.recipients, "subject": one.subject,
        "text": one.body, "automatic": one.automatic, "security": one.security, "signed_by": one.signed_by,
        "signature": one.signature, "decrypted": one.decrypted, "held_for": one.held_for, "sha256": one.sha256 })
}

fn delivery_object(one: &MailDelivery) -> Value {
    json!({ "id": one.id, "message": one.message_id, "to": one.mail, "state": one.state.as_str(),
        "attempts": one.attempts, "queued": one.queued.rfc3339(), "sent": one.sent.map(Micros::rfc3339),
        "remark": one.remark })
}
