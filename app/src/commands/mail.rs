//! `mail` and `tickets`: what waits, what is held, and reports, investigations and countermeasures from the terminal.

use std::path::PathBuf;

use anyhow::{Context as _, bail};
use manara_model::{Micros, Tlp, Viewer};
use manara_response::mail::{
    LANGUAGES, LetterAbout, LetterKind, MailHouse, facts_of, happened, mail_key, retry, seen_in,
};
use manara_response::{
    Decision, DeliveryState, Draft, Export, ExportDesk, FILES_BYTES, Kind, MailDelivery, Message, MessageFile,
    MessageKind, NewFile, NewTicket, Policy, Refusal, Release, ResponseError, Source, Ticket, TicketState,
    assign_ticket, comment, decide_held, deliveries_of, export, find_tickets, get_message, get_ticket,
    incidents_of_ticket, keep_files, keyless, link_ticket, list_tickets, loose_messages, merge_ticket, messages_of,
    move_ticket, observables_of, open_ticket, queue, release_message, return_message, split_ticket, unlink_ticket,
    waiting_releases, withdraw_message, write_with_files,
};
use manara_store::Journal;
use manara_web::{Lang, Locale, Right};
use serde_json::{Value, json};

use super::DONE;
use super::proof::{may, typed};
use crate::cli::{KeysAction, MailAction, MailArgs, Tickets, TicketsAction};
use crate::house::House;
use crate::mailroom::mail_house;
use crate::{papers, print};

/// Deliveries and messages shown.
const SHOWN: i64 = 10_000;
/// Observables a letter may name.
const LETTER_OBSERVABLES: i64 = 50;
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
        MailAction::Letters { place, json } => {
            let house = House::open(&place).await?;
            let of = mail_house(&house).await?;
            let kinds = of.letters.kinds.iter().filter(|kind| !kind.automatic);
            if json {
                let object = |kind: &LetterKind| json!({ "id": kind.id, "kind": kind.kind, "to": kind.to, "title": kind.title, "use": kind.purpose });
                print::json(&kinds.map(object).collect::<Vec<_>>())?;
            } else {
                let row = |kind: &LetterKind| vec![kind.id.clone(), kind.to.clone(), kind.title("en").to_string()];
                let names = ["id", "from", "title"].map(String::from);
                print::table(&mut std::io::stdout().lock(), &names, &kinds.map(row).collect::<Vec<_>>())?;
            }
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
        MailAction::Drafts { place, json } => {
            let house = House::open(&place).await?;
            show_drafts(&house, json).await?;
        }
        MailAction::Release { place, message, by, json } => {
            let house = House::open(&place).await?;
            let who = person(&house, &by).await?;
            let (ticket, is_own) = typed(release_message(&house.db, &who, &message, now)).await?;
            match (json, is_own) {
                (true, _) => print::json(&json!({ "ticket": ticket.number, "message": message, "own": is_own }))?,
                (false, true) => println!("{}: on its way, by its own writer: nobody else may", ticket.number),
                (false, false) => println!("{}: on its way", ticket.number),
            }
        }
        MailAction::Return { place, message, reason, by, json } => {
            let house = House::open(&place).await?;
            let who = person(&house, &by).await?;
            let ticket = typed(return_message(&house.db, &who, &message, &reason, now)).await?;
            say_ticket(&ticket, "sent back to its writer", json)?;
        }
        MailAction::Withdraw { place, message, by, json } => {
            let house = House::open(&place).await?;
            let who = writer(&house, by.as_deref()).await?;
            let ticket = typed(withdraw_message(&house.db, &who, &message, now)).await?;
            say_ticket(&ticket, "taken back", json)?;
        }
        MailAction::Decide { place, message, decision, json } => {
            let house = House::open(&place).await?;
            let how = Decision::parse(&decision)
                .with_context(|| format!("{decision} is no decision; expected join, report or discard"))?;
            let of = mail_house(&house).await?;
            let ticket = decide_held(&house.db, &typist(), (&of, &house.ingest.blobs), &message, how, now).await?;
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
        TicketsAction::List { place, kind, state, words, best, most, json } => {
            let house = House::open(&place).await?;
            let kind = kind.as_deref().map(kind_of).transpose()?;
            let state = state
                .map(|word| TicketState::parse(&word).with_context(|| format!("{word} is no state of a ticket")))
                .transpose()?;
            let found = match words {
                Some(words) => {
                    let most = usize::try_from(most).unwrap_or_default();
                    let found = find_tickets(&house.db, &typist(), (&words, best), most, now).await;
                    found.map_err(|error| anyhow::anyhow!(error.cause))?
                }
                None => list_tickets(&house.db, &typist(), kind, state, most.clamp(1, 100_000)).await?,
            };
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
        TicketsAction::Reply { place, number, to, subject, letter, language, attach, export, text, by, json } => {
            let house = House::open(&place).await?;
            let who = writer(&house, by.as_deref()).await?;
            let of = mail_house(&house).await?;
            let body = if text == "-" { standard_input()? } else { text };
            let (subject, body) = match letter.as_str() {
                "" => (subject, body),
                id => with_letter(&house, &of, &who, (&number, id, &language), (subject, body)).await?,
            };
            let draft = Draft { id: String::new(), to, subject, body };
            let files = match attach.is_empty() && export.is_empty() {
                true => Vec::new(),
                false => files_of(&house, &who, &number, (&attach, &export), now).await?,
            };
            let what = (&draft, files.as_slice());
            let written = typed(write_with_files(&house.db, &who, &of, &number, what, now)).await;
            let (ticket, message) = match written {
                Err(ResponseError::Refused(why @ Refusal::NoKey)) => {
                    let missing = without_key(&house, &number, &draft, now).await?;
                    bail!("{why}: none of {missing}");
                }
                written => written?,
            };
            let waits = message.kind == MessageKind::Draft;
            match (json, waits) {
                (true, _) => print::json(&json!({ "ticket": ticket.number, "message": message.id,
                    "to": message.recipients, "waits": waits }))?,
                (false, true) => {
                    println!("{}: waits for a second person; `manara mail drafts` shows it", ticket.number)
                }
                (false, false) => println!("{}: queued for {}", ticket.number, message.recipients),
            }
        }
        TicketsAction::Open {
            place,
            kind,
            subject,
            correspondent,
            name,
            incident,
            class,
            tlp,
            owner,
            language,
            target,
            at,
            due,
            json,
        } => {
            let house = House::open(&place).await?;
            let of = mail_house(&house).await?;
            let new = NewTicket {
                id: String::new(),
                kind: kind_of(&kind)?,
                source: Source::Person,
                subject,
                class: class_of(&class)?,
                tlp: Tlp::parse(&tlp).with_context(|| {
                    format!("{tlp} is no marking; expected CLEAR, GREEN, AMBER, AMBER+STRICT or RED")
                })?,
                owner: handler(&house, &owner).await?,
                correspondent,
                correspondent_name: name,
                language: language_of(&language)?,
                incident,
                target: (target, at),
                due: due.as_deref().map(moment).transpose()?,
            };
            let seen = seen_in(&of, &format!("{}\n{}", new.subject, new.target.0));
            let ticket = open_ticket(&house.db, &typist(), &new, &seen, now).await?;
            say_ticket(&ticket, ticket.state.as_str(), json)?;
        }
        TicketsAction::Assign { place, number, person, json } => {
            let house = House::open(&place).await?;
            let owner = handler(&house, &person).await?;
            let ticket = assign_ticket(&house.db, &typist(), &number, &owner, now).await?;
            let whose = if ticket.owner.is_empty() { "nobody's".into() } else { format!("of {}", ticket.owner) };
            say_ticket(&ticket, &whose, json)?;
        }
        TicketsAction::Comment { place, number, text, json } => {
            let house = House::open(&place).await?;
            let of = mail_house(&house).await?;
            let body = if text == "-" { standard_input()? } else { text };
            let (ticket, message) = comment(&house.db, &typist(), &of, &number, &body, now).await?;
            match json {
                true => print::json(&json!({ "ticket": ticket.number, "message": message.id }))?,
                false => println!("{}: noted", ticket.number),
            }
        }
        TicketsAction::Unlink { place, number, incident, json } => {
            let house = House::open(&place).await?;
            let ticket = unlink_ticket(&house.db, &typist(), &number, &incident, now).await?;
            say_ticket(&ticket, &format!("no longer belongs to {incident}"), json)?;
        }
        TicketsAction::Merge { place, number, into, json } => {
            let house = House::open(&place).await?;
            let whole = merge_ticket(&house.db, &typist(), &number, &into, now).await?;
            say_ticket(&whole, &format!("holds {number} as well"), json)?;
        }
        TicketsAction::Split { place, number, json } => {
            let house = House::open(&place).await?;
            let ticket = split_ticket(&house.db, &typist(), &number, now).await?;
            say_ticket(&ticket, "stands on its own again", json)?;
        }
        TicketsAction::Undo { place, number, json } => {
            let house = House::open(&place).await?;
            let ticket = undo_move(&house, &number, now).await?;
            say_ticket(&ticket, ticket.state.as_str(), json)?;
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

fn kind_of(word: &str) -> anyhow::Result<Kind> {
    let expected = "report, investigation or countermeasure";
    Kind::parse(word).with_context(|| format!("{word} is no kind of ticket; expected {expected}"))
}

fn class_of(words: &str) -> anyhow::Result<(String, String)> {
    let known = words.split_once('/').filter(|(class, kind)| manara_model::is_known(class, kind));
    let (class, kind) =
        known.with_context(|| format!("{words} is no class of the taxonomy; expected such as fraud/phishing"))?;
    Ok((class.into(), kind.into()))
}

fn language_of(tag: &str) -> anyhow::Result<String> {
    if !LANGUAGES.contains(&tag) {
        bail!("{tag} is no language of letters; expected {}", LANGUAGES.join(", "));
    }
    Ok(tag.into())
}

fn moment(text: &str) -> anyhow::Result<Micros> {
    Micros::parse_rfc3339(text)
        .with_context(|| format!("{text} is no moment; expected one such as 2026-01-15T12:00:00Z"))
}

/// The login name of somebody who may handle incidents; empty for nobody.
async fn handler(house: &House, name: &str) -> anyhow::Result<String> {
    if !name.is_empty() {
        may(house, name, Right::HandleIncidents).await?;
    }
    Ok(name.into())
}

/// Somebody who may handle incidents, as they see the house.
pub async fn person(house: &House, name: &str) -> anyhow::Result<Viewer> {
    may(house, name, Right::HandleIncidents).await?;
    let people = manara_web::people(&house.db).await?;
    let one = people.into_iter().find(|one| one.name == name);
    let one = one.with_context(|| format!("nobody who may sign in is called {name}"))?;
    Ok(Viewer { name: one.name, clearance: one.clearance, mailboxes: one.mailboxes })
}

/// Who writes: somebody who is named, or the terminal.
pub async fn writer(house: &House, by: Option<&str>) -> anyhow::Result<Viewer> {
    match by {
        Some(name) => person(house, name).await,
        None => Ok(typist()),
    }
}

/// Puts a ticket back into the state that its last move took it out of.
async fn undo_move(house: &House, number: &str, now: Micros) -> anyhow::Result<Ticket> {
    let one = found(house, number).await?;
    let lines = Journal::of_record(&house.db, "response", &one.id, SHOWN).await?;
    let last = lines.iter().find(|line| line.verb == "ticket_moved");
    let last = last.with_context(|| format!("{number} was never put into another state"))?;
    let detail: Value = serde_json::from_str(&last.detail).unwrap_or_default();
    let state = |name: &str| detail.get(name).and_then(Value::as_str).and_then(TicketState::parse);
    let (Some(from), Some(to)) = (state("from"), state("to")) else {
        bail!("the journal does not say out of which state {number} was put");
    };
    if one.state != to {
        bail!("{number} is {} now, and its last move put it into {}", one.state.as_str(), to.as_str());
    }
    Ok(move_ticket(&house.db, &typist(), &one.id, Some(one.version), from, now).await?)
}

async fn show_drafts(house: &House, as_json: bool) -> anyhow::Result<()> {
    let waiting = waiting_releases(&house.db, &typist(), SHOWN).await?;
    let mut rows = Vec::with_capacity(waiting.len());
    for (one, number) in &waiting {
        let message = get_message(&house.db, &one.message_id).await?;
        let (subject, to) = message.map(|message| (message.subject, message.recipients)).unwrap_or_default();
        rows.push((one, number, subject, to));
    }
    if as_json {
        let object = |(one, number, subject, to): &(&Release, &String, String, String)| {
            json!({ "message": one.message_id, "ticket": number, "subject": subject, "to": to,
                "written_by": one.written_by, "asked": one.asked.rfc3339() })
        };
        return print::json(&rows.iter().map(object).collect::<Vec<_>>());
    }
    if rows.is_empty() {
        println!("no mail waits for a second person");
        return Ok(());
    }
    let names = ["message", "ticket", "by", "since", "to", "subject"].map(String::from);
    let row = |(one, number, subject, to): &(&Release, &String, String, String)| {
        let (id, by, since) = (one.message_id.clone(), one.written_by.clone(), one.asked.rfc3339());
        vec![id, (*number).clone(), by, since, to.clone(), clean(subject)]
    };
    print::table(&mut std::io::stdout().lock(), &names, &rows.iter().map(row).collect::<Vec<_>>())?;
    Ok(())
}

fn say_ticket(one: &Ticket, said: &str, as_json: bool) -> anyhow::Result<()> {
    match as_json {
        true => print::json(&ticket_object(one))?,
        false => println!("{}: {said}", one.number),
    }
    Ok(())
}

/// A letter in place of a subject that was not typed, and above what was.
async fn with_letter(
    house: &House,
    of: &MailHouse,
    who: &Viewer,
    (number, id, language): (&str, &str, &str),
    (subject, body): (String, String),
) -> anyhow::Result<(String, String)> {
    let kind = of.letters.kind(id).filter(|kind| !kind.automatic);
    let kind = kind.with_context(|| format!("{id} is no letter; `manara mail letters` lists them"))?;
    let ticket = get_ticket(&house.db, who, number).await?;
    let ticket = ticket.with_context(|| format!("there is no ticket {number}; `manara tickets list` shows them"))?;
    let incidents = incidents_of_ticket(&house.db, who, &ticket.id).await?;
    let observables = observables_of(&house.db, &ticket.id, LETTER_OBSERVABLES).await?;
    let about = LetterAbout {
        report: &ticket.number,
        incident: incidents.first().map_or(("", ""), |one| (one.number.as_str(), one.title.as_str())),
        person: &ticket.correspondent_name,
        observables: &observables,
        tlp: Some(ticket.tlp),
        team: of.mailbox(&ticket.mailbox).map_or(("", ""), |own| (own.name.as_str(), own.address.as_str())),
    };
    let language = if language.is_empty() { ticket.language.clone() } else { language_of(language)? };
    let written = of.letters.write(&language, &kind.id, &about)?;
    let subject = if subject.is_empty() { written.subject } else { subject };
    let body = if body.trim().is_empty() { written.body } else { format!("{}\n\n{body}", written.body.trim_end()) };
    Ok((subject, body))
}

/// The files that were named and the exports that were asked for, kept for a message of a ticket.
async fn files_of(
    house: &House,
    who: &Viewer,
    number: &str,
    (paths, exports): (&[PathBuf], &[String]),
    now: Micros,
) -> anyhow::Result<Vec<MessageFile>> {
    let mut new = new_files(paths)?;
    if !exports.is_empty() {
        let ticket = get_ticket(&house.db, who, number).await?;
        let ticket =
            ticket.with_context(|| format!("there is no ticket {number}; `manara tickets list` shows them"))?;
        let mut policy = Policy::load(house.config.response.policy_file.as_deref())?;
        policy.own_fields = house.work_content().fields.clone();
        let words = papers::words(&house.content_folder())?;
        let mut locale = Locale::from(Lang::parse(&ticket.language).unwrap_or(Lang::En));
        locale.zone = house.config.nation.usual()?.zone;
        let printer = papers::printer(house);
        let desk = ExportDesk { policy: &policy, words: &words, locale, printer: &printer };
        for what in self::exports(exports)? {
            new.push(export(&house.db, who, &desk, &ticket, what, now).await?);
        }
    }
    Ok(keep_files(&house.ingest.blobs, Vec::new(), new).await?)
}

/// The exports that were named.
pub fn exports(words: &[String]) -> anyhow::Result<Vec<Export>> {
    let read = |word: &String| {
        Export::parse(word).with_context(|| {
            let known = Export::ALL.map(Export::as_str).join(", ");
            format!("{word} is no export; expected one of {known}")
        })
    };
    words.iter().map(read).collect()
}

/// The files that were named.
pub fn new_files(paths: &[PathBuf]) -> anyhow::Result<Vec<NewFile>> {
    let mut new = Vec::new();
    for path in paths {
        let size = std::fs::metadata(path).with_context(|| path.display().to_string())?.len();
        if size > FILES_BYTES.unsigned_abs() {
            bail!("{} has {size} bytes; the files of a message have {FILES_BYTES} together at most", path.display());
        }
        let bytes = std::fs::read(path).with_context(|| path.display().to_string())?;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        new.push(NewFile { name, media_type: String::new(), bytes });
    }
    Ok(new)
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

pub fn standard_input() -> anyhow::Result<String> {
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
            map.insert("happened".into(), messages.iter().find_map(happened).map(Micros::rfc3339).into());
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
    if let Some(at) = messages.iter().find_map(happened) {
        println!("happened {}", at.rfc3339());
    }
    println!("other side: {}", if one.correspondent.is_empty() { "nobody" } else { &one.correspondent });
    for incident in &incidents {
        println!("incident {}  {}", incident.number, clean(&incident.title));
    }
    for one in &seen {
        println!("  {}  {}", one.kind, clean(&one.value));
    }
    for message in &messages {
        println!("\n{}  {}  {}", message.at.rfc3339(), message.kind.as_str(), clean(&message.from_mail));
        if !message.faults.is_empty() {
            println!("  faults: {}", message.faults);
        }
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
    let facts: Vec<Value> =
        facts_of(one).1.iter().map(|fact| json!({ "name": fact.code(), "value": fact.value })).collect();
    json!({ "id": one.id, "kind": one.kind.as_str(), "at": one.at.rfc3339(), "message_id": one.message_id,
        "from": one.from_mail, "from_name": one.from_name, "to": one.recipients, "subject": one.subject,
        "text": one.body, "automatic": one.automatic, "security": one.security, "signed_by": one.signed_by,
        "signature": one.signature, "decrypted": one.decrypted, "held_for": one.held_for, "sha256": one.sha256,
        "faults": one.faults.split_whitespace().collect::<Vec<_>>(), "facts": facts })
}

fn delivery_object(one: &MailDelivery) -> Value {
    json!({ "id": one.id, "message": one.message_id, "to": one.mail, "state": one.state.as_str(),
        "attempts": one.attempts, "queued": one.queued.rfc3339(), "sent": one.sent.map(Micros::rfc3339),
        "remark": one.remark })
}
