//! Tickets and mail for programs.

mod drafts;
mod held;
mod own_keys;
mod shapes;

use axum::body::Bytes;
use axum::extract::{Path, State as Stated};
use manara_model::{Micros, Severity, Tlp};
use manara_net::MboxKind;
use manara_web::api::{
    ApiAnswer, Code, Given, Match, Op, Param, Problem, json as answer, limit_of, made, page_number, page_of, read_list,
    with_etag,
};
use manara_web::{Answer, Right, Site, Visit};
use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};

use super::super::best;
use super::super::fields::team;
use super::super::operations::keys::refused as key_refused;
use super::super::operations::{incident_shown, moment, word};
use super::list::{TICKETS, listed, tickets_of};
use super::mail_list::{self, ADDRESSES, HELD, QUEUE};
use super::{MAIL_BYTES, Room, attach, files, keys, letter, mailbox, many, post, reach};
use crate::attached::{Export, FILES};
use crate::incident::Impact;
use crate::jobs::{
    self, Decision, Draft, FileError, NewFile, NewIncident, NewTicket, RECIPIENTS, Refusal, ResponseError, TicketChange,
};
use crate::mail::{Fact, facts_of, happened};
use crate::message::{MailDelivery, Message, MessageFile, Seen};
use crate::pap::Pap;
use crate::sql_message::{dead_address, held_mail, queued_mail};
use crate::ticket::{Kind, Source, Ticket, TicketState};
use crate::{mail, sql_certificate, sql_message, sql_ticket};

/// Messages and certificates that are given at once.
const LINES: i64 = 1_000;
/// Observables of a ticket that are given.
const OBSERVABLES: i64 = 1_000;

/// The operations.
pub(super) fn site() -> Site<Room> {
    let (read, handle) = (Right::ReadIncidents, Right::HandleIncidents);
    let step = |path, id, says| Op::post(path, id, handle, says, "Ticket").etag();
    let one = "/api/v1/tickets/{id}";
    Site::new()
        .api(
            Op::list(
                "/api/v1/tickets",
                "listTickets",
                read,
                "Reports, investigations and countermeasures",
                &TICKETS,
                "Ticket",
            ),
            list,
        )
        .api(
            Op::make(
                "/api/v1/tickets",
                "openTicket",
                handle,
                "Opens a report, an investigation or a countermeasure",
                "Ticket",
            )
            .takes("TicketGiven")
            .etag(),
            open,
        )
        .api(Op::get(one, "getTicket", read, "One of them, by its id or its number", "TicketWhole"), get)
        .api(
            Op::patch(one, "changeTicket", handle, "Changes what is said of it", "Ticket").takes("TicketChange"),
            change,
        )
        .api(
            step("/api/v1/tickets/{id}/assign", "assignTicket", "Gives it to somebody, or to nobody")
                .takes("TicketOwner"),
            assign,
        )
        .api(step("/api/v1/tickets/{id}/move", "moveTicket", "Puts it into another state").takes("TicketMove"), move_on)
        .api(
            step("/api/v1/tickets/{id}/link", "linkTicket", "Lets it belong to an incident").takes("TicketIncident"),
            link,
        )
        .api(
            step("/api/v1/tickets/{id}/unlink", "unlinkTicket", "Takes it off an incident").takes("TicketIncident"),
            unlink,
        )
        .api(
            step("/api/v1/tickets/{id}/merge", "mergeTicket", "Merges it into another of its kind, and gives that one")
                .takes("OtherTicket"),
            merge,
        )
        .api(step("/api/v1/tickets/{id}/split", "splitTicket", "Takes a merger back"), split)
        .api(
            Op::make(
                "/api/v1/tickets/{id}/incident",
                "launchIncident",
                handle,
                "Opens an incident from a report, which belongs to it from then on",
                "Incident",
            )
            .takes("LaunchGiven"),
            launch,
        )
        .api(
            Op::pages(
                "/api/v1/tickets/{id}/messages",
                "listMessages",
                read,
                "Its messages, the oldest first",
                "Message",
            ),
            messages,
        )
        .api(
            Op {
                limit_bytes: attach::API_BYTES,
                ..Op::make(
                    "/api/v1/tickets/{id}/messages",
                    "writeMessage",
                    handle,
                    "Writes to the other side, or to whom is named; each recipient is a delivery of its own",
                    "Message",
                )
                .takes("MessageGiven")
            },
            write,
        )
        .api(
            Op::make(
                "/api/v1/tickets/{id}/comments",
                "addComment",
                handle,
                "Notes something for the others of the team; it never leaves",
                "Message",
            )
            .takes("CommentGiven"),
            comment,
        )
        .api(
            Op::post(
                "/api/v1/tickets/{id}/messages/{message}/move",
                "moveMessage",
                handle,
                "Gives a message that came in to another ticket, or to a new report; gives that one",
                "Ticket",
            )
            .takes("MessageMove"),
            move_message,
        )
        .api(
            Op::file(
                "/api/v1/tickets/{id}/messages/{message}/raw",
                "getRawMessage",
                read,
                "A message as it came, or as it left",
                &["application/octet-stream"],
            ),
            raw,
        )
        .api(
            Op::file(
                "/api/v1/tickets/{id}/messages/{message}/files/{position}",
                "getMessageFile",
                read,
                "A file of a message",
                &["application/octet-stream"],
            ),
            file,
        )
        .api(
            manara_web::bulk::op(
                "/api/v1/tickets/bulk",
                "changeTickets",
                handle,
                "Changes many tickets the same way: those of some ids, or all that match a filter; 10,000 at most",
                "TicketBulk",
            ),
            bulk,
        )
        .api(
            Op::post("/api/v1/mail", "takeMail", handle, "Takes a mail, or an mbox of mails, as a file", "MailTaken")
                .takes_file(MAIL_BYTES)
                .with(Param::new(
                    "kind",
                    json!({ "type": "string", "enum": MboxKind::ALL.map(MboxKind::as_str) }),
                    "the kind of the mbox; mboxrd unless it is said",
                )),
            take,
        )
        .api(
            Op::list(
                "/api/v1/mail/held",
                "listHeldMail",
                handle,
                "Mail of strangers that names a ticket, the newest first",
                &HELD,
                "Message",
            ),
            held,
        )
        .api(
            Op::post(
                "/api/v1/mail/held/{id}/decide",
                "decideHeldMail",
                handle,
                "Lets such a mail join, makes it a report, or discards it",
                "Decided",
            )
            .takes("DecisionGiven"),
            decide,
        )
        .api(
            Op::list(
                "/api/v1/mail/queue",
                "listMailQueue",
                handle,
                "Mail of ours that has not left, did not arrive, or was stopped",
                &QUEUE,
                "MailDelivery",
            ),
            queue,
        )
        .api(
            Op::post(
                "/api/v1/mail/deliveries/{id}/retry",
                "retryDelivery",
                handle,
                "Sends again what failed, was stopped or came back",
                "MailDelivery",
            ),
            retry,
        )
        .api(
            Op::post(
                "/api/v1/mail/deliveries/{id}/stop",
                "stopDelivery",
                handle,
                "Stops what has not left yet",
                "MailDelivery",
            ),
            stop,
        )
        .api(
            Op::list(
                "/api/v1/mail/addresses",
                "listDeadAddresses",
                handle,
                "Addresses that do not work",
                &ADDRESSES,
                "DeadAddress",
            ),
            addresses,
        )
        .api(
            Op::post(
                "/api/v1/mail/addresses/lift",
                "liftAddress",
                handle,
                "Believes from now on that an address works",
                "AddressLifted",
            )
            .takes("AddressGiven"),
            lift,
        )
        .api(
            Op::post(
                "/api/v1/mail/addresses/suspend",
                "suspendAddress",
                handle,
                "Sends nothing more to an address until somebody lifts that",
                "AddressSuspended",
            )
            .takes("SuspensionGiven"),
            suspend,
        )
        .api(
            Op::post(
                "/api/v1/incidents/{id}/mailbox",
                "giveToMailbox",
                handle,
                "Says which address of ours an incident is of; its tickets go along",
                "Incident",
            )
            .takes("MailboxGiven"),
            mailbox::give_by_program,
        )
        .api(
            Op::pages(
                "/api/v1/letters",
                "listLetters",
                read,
                "The letters that are written from tickets",
                "MailLetter",
            ),
            letter::list,
        )
        .api(
            Op::get(
                "/api/v1/tickets/{id}/letters/{letter}",
                "getLetter",
                read,
                "A letter as it begins for a ticket",
                "LetterText",
            )
            .with(Param::new(
                "language",
                json!({ "type": "string" }),
                "en, ar or fr; that of the ticket unless it is said",
            )),
            letter::of_ticket,
        )
        .api(
            Op {
                limit_bytes: attach::API_BYTES,
                ..Op::post(
                    "/api/v1/incidents/{id}/write",
                    "writeToReporters",
                    handle,
                    "Writes to all who reported an incident, each by a mail of their own in the thread of their report",
                    "ReportersWritten",
                )
                .takes("ReportersGiven")
            },
            reach::by_program,
        )
        .api(
            Op::post(
                "/api/v1/mail-keys",
                "bringMailKeys",
                handle,
                "Takes the OpenPGP keys of a file, armored or binary; they wait for a decision. No secret ones",
                "KeysBrought",
            )
            .takes_file(keys::FILE_BYTES),
            bring_keys,
        )
        .api(
            Op::post(
                "/api/v1/mail-keys/find",
                "findMailKey",
                handle,
                "Asks the domain of an address for its keys, where the configuration allows that",
                "KeysBrought",
            )
            .takes("AddressGiven"),
            find_keys,
        )
        .api(
            Op::pages(
                "/api/v1/mail-certificates",
                "listMailCertificates",
                read,
                "Certificates of S/MIME: ours, and those that vouch for others",
                "MailCertificate",
            ),
            certificates,
        )
        .merge(drafts::site())
        .merge(held::site())
        .merge(own_keys::site())
        .schemas(shapes::schemas())
        .schemas(vec![("TicketBulk", manara_web::bulk::schema(&TICKETS, &many::changes()))])
}

/// A ticket as programs get it.
pub(in crate::pages) fn shown(one: &Ticket) -> Value {
    json!({
        "id": one.id, "number": one.number, "kind": one.kind.as_str(), "state": one.state.as_str(),
        "subject": one.subject, "class": one.taxonomy, "type": one.rsit, "tlp": one.tlp.label(), "owner": one.owner,
        "mailbox": one.mailbox, "source": one.source.as_str(), "correspondent": one.correspondent,
        "correspondent_name": one.correspondent_name, "constituent_id": one.constituent_id,
        "constituent": one.constituent, "language": one.language, "target": one.target, "place": one.place,
        "merged_into": one.merged_into, "opened_by": one.opened_by, "version": one.version, "messages": one.messages,
        "created": one.created.rfc3339(), "changed": one.changed.rfc3339(),
        "acknowledged": one.acknowledged.map(Micros::rfc3339), "answered": one.answered.map(Micros::rfc3339),
        "closed": one.closed.map(Micros::rfc3339), "due": one.due.map(Micros::rfc3339), "tags": crate::tag::tags_in(&one.tags).collect::<Vec<_>>(),
    })
}

fn file_shown(file: &MessageFile) -> Value {
    json!({ "position": file.position, "name": file.name, "media_type": file.media_type, "sha256": file.sha256,
        "bytes": file.bytes, "text": file.text })
}

fn fact_shown(fact: &Fact) -> Value {
    json!({ "name": fact.code(), "value": fact.value, "moment": fact.moment().map(Micros::rfc3339) })
}

fn delivery_shown(one: &MailDelivery) -> Value {
    json!({ "id": one.id, "message_id": one.message_id, "mail": one.mail, "state": one.state.as_str(),
        "attempts": one.attempts, "queued": one.queued.rfc3339(), "sent": one.sent.map(Micros::rfc3339),
        "remark": one.remark })
}

/// Messages with their files and deliveries.
async fn messages_shown(visit: &Visit, messages: &[Message]) -> Result<Vec<Value>, Problem> {
    let ids: Vec<String> = messages.iter().map(|one| one.id.clone()).collect();
    let files = sql_message::files_of_many(&visit.db, &ids).await?;
    let deliveries = sql_message::deliveries_of(&visit.db, &ids).await?;
    let signed = sql_message::signed_at(&visit.db, &ids).await?;
    let of = |one: &Message| {
        let words = |text: &str| -> Vec<String> { text.split_whitespace().map(str::to_string).collect() };
        json!({
            "id": one.id, "kind": one.kind.as_str(), "at": one.at.rfc3339(), "written": one.written.map(Micros::rfc3339),
            "message_id": one.message_id, "from_name": one.from_name, "from_mail": one.from_mail,
            "recipients": one.recipients, "subject": one.subject, "text": one.body, "automatic": one.automatic,
            "faults": words(&one.faults), "security": one.security, "signed_by": one.signed_by,
            "signature": one.signature, "signed": signed.get(&one.id).copied().map(Micros::rfc3339),
            "decrypted": one.decrypted, "who": one.who, "bytes": one.bytes,
            "facts": facts_of(one).1.iter().map(fact_shown).collect::<Vec<_>>(),
            "files": files.iter().filter(|(id, _)| *id == one.id).map(|(_, file)| file_shown(file)).collect::<Vec<_>>(),
            "deliveries": deliveries.iter().filter(|sent| sent.message_id == one.id).map(delivery_shown).collect::<Vec<_>>(),
        })
    };
    Ok(messages.iter().map(of).collect())
}

async fn message_shown(visit: &Visit, one: Message) -> Result<Value, Problem> {
    let mut all = messages_shown(visit, &[one]).await?;
    all.pop().ok_or_else(|| Problem::internal("a message that is not there"))
}

/// A ticket with its version as its state.
fn whole(one: &Ticket) -> ApiAnswer {
    Ok(with_etag(&one.version.to_string(), answer(&shown(one))))
}

async fn found(visit: &Visit, name: &str) -> Result<Ticket, Problem> {
    sql_ticket::get_ticket(&visit.db, &visit.viewer, name).await?.ok_or_else(Problem::not_found)
}

/// The same, in the state the program has.
async fn matched(visit: &Visit, name: &str, is: &Match) -> Result<Ticket, Problem> {
    let one = found(visit, name).await?;
    is.check(&one.version.to_string())?;
    Ok(one)
}

pub(super) fn not_done(error: ResponseError) -> Problem {
    let why = match error {
        ResponseError::Refused(why) => why,
        ResponseError::Stale => return Match::stale(),
        ResponseError::Store(error) => return error.into(),
    };
    let field = match why {
        Refusal::NoTicket => return Problem::not_found(),
        Refusal::NotFound => "incident",
        Refusal::Title => "subject",
        Refusal::Text => "text",
        Refusal::Class => "class",
        Refusal::Clearance => "tlp",
        Refusal::Mail | Refusal::NoRecipient => "to",
        _ => return Problem::refused(why.code(), why),
    };
    Problem { detail: why.to_string(), ..Problem::invalid(field, why.code(), "") }
}

/// A ticket with its incidents and what it speaks of.
async fn with_all(visit: &Visit, one: &Ticket) -> Result<Value, Problem> {
    let incidents = sql_ticket::incidents_of_ticket(&visit.db, &visit.viewer, &one.id).await?;
    let seen = sql_ticket::observables_of(&visit.db, &one.id, OBSERVABLES).await?;
    let participants = sql_ticket::participants(&visit.db, &one.id).await?;
    let complaint = sql_message::complaint_of(&visit.db, &one.id).await?;
    let mut object = shown(one);
    if let Some(map) = object.as_object_mut() {
        map.insert("happened".into(), complaint.as_ref().and_then(happened).map(Micros::rfc3339).into());
        map.insert("incidents".into(), incidents.iter().map(|one| Value::from(one.number.as_str())).collect());
        let seen = seen.iter().map(|one| json!({ "kind": one.kind, "value": one.value }));
        map.insert("observables".into(), seen.collect());
        map.insert("participants".into(), participants.into());
    }
    Ok(object)
}

/// The JSON of the page of a ticket: with its messages.
pub(super) async fn whole_json(visit: &Visit, one: &Ticket) -> Answer {
    let unread = |problem: Problem| manara_web::PageError::internal(problem.detail);
    let mut object = with_all(visit, one).await.map_err(unread)?;
    let messages = sql_message::messages_of(&visit.db, &one.id, ("", ""), LINES).await?;
    let messages = messages_shown(visit, &messages).await.map_err(unread)?;
    if let Some(map) = object.as_object_mut() {
        map.insert("thread".into(), messages.into());
    }
    Ok(visit.json(object.to_string()))
}

async fn list(visit: Visit) -> ApiAnswer {
    let (ask, place) = best::read_for_programs(tickets_of(&visit.db), &visit)?;
    let (found, _) = listed(&visit.db, &visit.viewer, (&ask, place.as_deref()), visit.now).await?;
    let next = found.next();
    Ok(page_of(found.rows.iter().map(shown).collect(), next))
}

async fn get(visit: Visit, Path(name): Path<String>) -> ApiAnswer {
    let one = found(&visit, &name).await?;
    Ok(with_etag(&one.version.to_string(), answer(&with_all(&visit, &one).await?)))
}

/// A ticket to be opened, as a program gives it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TicketGiven {
    kind: String,
    subject: String,
    class: Option<String>,
    r#type: Option<String>,
    tlp: Option<String>,
    #[serde(default)]
    owner: String,
    #[serde(default)]
    correspondent: String,
    #[serde(default)]
    correspondent_name: String,
    language: Option<String>,
    #[serde(default)]
    incident: String,
    #[serde(default)]
    target: String,
    #[serde(default)]
    place: String,
    due: Option<String>,
}

/// Whether somebody may be given tickets.
async fn knows_owner(visit: &Visit, owner: &str, before: &str) -> Result<(), Problem> {
    let is_known =
        owner.is_empty() || owner == before || team(visit, "").await?.iter().any(|person| person.value == owner);
    if is_known { Ok(()) } else { Err(Problem::invalid("owner", "not-found", owner)) }
}

async fn open(visit: Visit, Stated(room): Stated<Room>, Given(given): Given<TicketGiven>) -> ApiAnswer {
    knows_owner(&visit, &given.owner, "").await?;
    let language = given.language.unwrap_or_else(|| room.office.language.clone());
    if !mail::LANGUAGES.contains(&language.as_str()) {
        return Err(Problem::invalid("language", "word", language));
    }
    let new = NewTicket {
        id: String::new(),
        kind: word("kind", &given.kind, Kind::parse)?,
        source: Source::Api,
        subject: given.subject,
        class: (given.class.unwrap_or_else(|| "other".into()), given.r#type.unwrap_or_else(|| "undetermined".into())),
        tlp: given.tlp.map_or(Ok(Tlp::Amber), |text| word("tlp", &text, Tlp::parse))?,
        owner: given.owner,
        correspondent: given.correspondent,
        correspondent_name: given.correspondent_name,
        language,
        incident: given.incident,
        target: (given.target, given.place),
        due: given.due.map(|text| word("due", &text, moment)).transpose()?,
    };
    let seen = mail::seen_in(&room.office, &format!("{}\n{}", new.subject, new.target.0));
    let did = jobs::open_ticket(&visit.db, &visit.viewer, &new, &seen, visit.now).await;
    let one = did.map_err(|error| match error {
        ResponseError::Refused(Refusal::Mail) => Problem::invalid("correspondent", "mail", &new.correspondent),
        error => not_done(error),
    })?;
    Ok(with_etag(&one.version.to_string(), made(&format!("/api/v1/tickets/{}", one.number), &shown(&one))))
}

/// What a program changes: only what it names.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TicketChanged {
    subject: Option<String>,
    class: Option<String>,
    r#type: Option<String>,
    tlp: Option<String>,
    owner: Option<String>,
    target: Option<String>,
    place: Option<String>,
    /// Not named is left; null is none.
    #[serde(default, deserialize_with = "named")]
    due: Option<Option<String>>,
}

fn named<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(from).map(Some)
}

async fn change(visit: Visit, Path(name): Path<String>, is: Match, Given(given): Given<TicketChanged>) -> ApiAnswer {
    let one = matched(&visit, &name, &is).await?;
    let mut change = TicketChange::of(&one);
    if let Some(owner) = given.owner {
        knows_owner(&visit, &owner, &one.owner).await?;
        change.owner = owner;
    }
    change.subject = given.subject.unwrap_or(change.subject);
    change.class = (given.class.unwrap_or(change.class.0), given.r#type.unwrap_or(change.class.1));
    change.target = (given.target.unwrap_or(change.target.0), given.place.unwrap_or(change.target.1));
    if let Some(tlp) = given.tlp {
        change.tlp = word("tlp", &tlp, Tlp::parse)?;
    }
    if let Some(due) = given.due {
        change.due = due.map(|text| word("due", &text, moment)).transpose()?;
    }
    let did = jobs::change_ticket(&visit.db, &visit.viewer, &one.id, one.version, &change, visit.now).await;
    whole(&did.map_err(not_done)?)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OwnerGiven {
    owner: String,
}

async fn assign(visit: Visit, Path(name): Path<String>, is: Match, Given(given): Given<OwnerGiven>) -> ApiAnswer {
    let one = matched(&visit, &name, &is).await?;
    knows_owner(&visit, &given.owner, &one.owner).await?;
    let did = jobs::assign_ticket(&visit.db, &visit.viewer, &one.id, &given.owner, visit.now).await;
    whole(&did.map_err(not_done)?)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MoveGiven {
    state: String,
}

async fn move_on(visit: Visit, Path(name): Path<String>, is: Match, Given(given): Given<MoveGiven>) -> ApiAnswer {
    let one = matched(&visit, &name, &is).await?;
    let to = word("state", &given.state, TicketState::parse)?;
    let did = jobs::move_ticket(&visit.db, &visit.viewer, &one.id, Some(one.version), to, visit.now).await;
    whole(&did.map_err(not_done)?)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct IncidentNamed {
    incident: String,
}

async fn link(visit: Visit, Path(name): Path<String>, is: Match, Given(given): Given<IncidentNamed>) -> ApiAnswer {
    let one = matched(&visit, &name, &is).await?;
    let did = jobs::link_ticket(&visit.db, &visit.viewer, &one.id, given.incident.trim(), visit.now).await;
    whole(&did.map_err(not_done)?.0)
}

async fn unlink(visit: Visit, Path(name): Path<String>, is: Match, Given(given): Given<IncidentNamed>) -> ApiAnswer {
    let one = matched(&visit, &name, &is).await?;
    let did = jobs::unlink_ticket(&visit.db, &visit.viewer, &one.id, given.incident.trim(), visit.now).await;
    whole(&did.map_err(not_done)?)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OtherNamed {
    other: String,
}

/// The id of the other ticket that a program names by its id or number.
async fn other(visit: &Visit, field: &str, name: &str) -> Result<String, Problem> {
    let found = sql_ticket::get_ticket(&visit.db, &visit.viewer, name.trim()).await?;
    found.map(|other| other.id).ok_or_else(|| Problem::invalid(field, "not-found", name))
}

async fn merge(visit: Visit, Path(name): Path<String>, is: Match, Given(given): Given<OtherNamed>) -> ApiAnswer {
    let one = matched(&visit, &name, &is).await?;
    let into = other(&visit, "other", &given.other).await?;
    let did = jobs::merge_ticket(&visit.db, &visit.viewer, &one.id, &into, visit.now).await;
    whole(&did.map_err(not_done)?)
}

async fn split(visit: Visit, Path(name): Path<String>, is: Match) -> ApiAnswer {
    let one = matched(&visit, &name, &is).await?;
    let did = jobs::split_ticket(&visit.db, &visit.viewer, &one.id, visit.now).await;
    whole(&did.map_err(not_done)?)
}

/// An incident to be opened from a report.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LaunchGiven {
    title: Option<String>,
    class: Option<String>,
    r#type: Option<String>,
    impact: Option<String>,
    urgency: Option<String>,
    tlp: Option<String>,
    pap: Option<String>,
    owner: Option<String>,
    due: Option<String>,
}

async fn launch(
    visit: Visit,
    Stated(room): Stated<Room>,
    Path(name): Path<String>,
    Given(given): Given<LaunchGiven>,
) -> ApiAnswer {
    let one = found(&visit, &name).await?;
    let owner = given.owner.unwrap_or_else(|| one.owner.clone());
    knows_owner(&visit, &owner, &one.owner).await?;
    let new = NewIncident {
        id: String::new(),
        title: given.title.unwrap_or_else(|| one.subject.clone()),
        taxonomy: given.class.unwrap_or_else(|| one.taxonomy.clone()),
        kind: given.r#type.unwrap_or_else(|| one.rsit.clone()),
        impact: given.impact.map_or(Ok(Impact::Low), |text| word("impact", &text, Impact::parse))?,
        urgency: given.urgency.map_or(Ok(Severity::Medium), |text| word("urgency", &text, Severity::parse))?,
        tlp: given.tlp.map_or(Ok(one.tlp), |text| word("tlp", &text, Tlp::parse))?,
        pap: given.pap.map_or(Ok(Pap::USUAL), |text| word("pap", &text, Pap::parse))?,
        owner,
        due: given.due.map(|text| word("due", &text, moment)).transpose()?,
        constituents: Vec::new(),
    };
    let did = jobs::launch(&visit.db, &visit.viewer, &room.policy, &one.id, &new, visit.now).await;
    let (_, incident) = did.map_err(|error| match error {
        ResponseError::Refused(why @ Refusal::Title) => Problem::invalid("title", why.code(), ""),
        error => not_done(error),
    })?;
    Ok(made(&format!("/api/v1/incidents/{}", incident.number), &incident_shown(&incident)))
}

async fn messages(visit: Visit, Path(name): Path<String>) -> ApiAnswer {
    let one = found(&visit, &name).await?;
    let rows = usize::from(limit_of(&visit)?);
    let cursor = visit.query("cursor").filter(|cursor| !cursor.is_empty());
    let after = match &cursor {
        None => None,
        Some(id) => {
            let last = sql_message::get_message(&visit.db, id).await?.filter(|last| last.ticket_id == one.id);
            let why = "cursor is next of the page before";
            Some(last.ok_or_else(|| Problem::new(Code::Unreadable, why))?)
        }
    };
    let place = after.map(|last| (last.at.rfc3339(), last.id)).unwrap_or_default();
    let most = i64::try_from(rows + 1).unwrap_or(i64::MAX);
    let mut found = sql_message::messages_of(&visit.db, &one.id, (&place.0, &place.1), most).await?;
    let more = found.len() > rows;
    found.truncate(rows);
    let next = found.last().filter(|_| more).map(|last| last.id.clone());
    Ok(page_of(messages_shown(&visit, &found).await?, next))
}

/// A message to be written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MessageGiven {
    text: String,
    #[serde(default)]
    subject: String,
    #[serde(default)]
    to: Vec<String>,
    #[serde(default)]
    files: Vec<FileGiven>,
    #[serde(default)]
    exports: Vec<String>,
}

/// A file to go with a message.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileGiven {
    name: String,
    #[serde(default)]
    media_type: String,
    /// In base64.
    content: String,
}

/// The files of a message, kept.
async fn files_kept(
    visit: &Visit,
    room: &Room,
    one: &Ticket,
    (given, exports): (Vec<FileGiven>, &[String]),
) -> Result<Vec<MessageFile>, Problem> {
    let mut new = Vec::with_capacity(exports.len());
    for what in exports_of(exports)? {
        new.push(attach::made(visit, room, one, what).await.map_err(no_files)?);
    }
    jobs::keep_files(&room.blobs, new_files(room, given).await?, new).await.map_err(no_files)
}

/// The files that a program brings, kept.
pub(super) async fn new_files(room: &Room, given: Vec<FileGiven>) -> Result<Vec<MessageFile>, Problem> {
    use base64::Engine as _;
    let mut new = Vec::with_capacity(given.len());
    for file in given {
        let bytes = base64::engine::general_purpose::STANDARD.decode(file.content.trim());
        let bytes = bytes.map_err(|_| Problem::invalid("files", "base64", &file.name))?;
        new.push(NewFile { name: file.name, media_type: file.media_type, bytes });
    }
    jobs::keep_files(&room.blobs, Vec::new(), new).await.map_err(no_files)
}

/// The exports that a program asks for.
pub(super) fn exports_of(words: &[String]) -> Result<Vec<Export>, Problem> {
    words.iter().take(FILES + 1).map(|what| word("exports", what, Export::parse)).collect()
}

/// Why files do not go with a message.
fn no_files(error: FileError) -> Problem {
    match error {
        FileError::Refused(why) => Problem::refused(why.code(), why),
        FileError::Store(error) => error.into(),
        FileError::Made(why) => Problem::internal(why),
    }
}

async fn write(
    visit: Visit,
    Stated(room): Stated<Room>,
    Path(name): Path<String>,
    Given(given): Given<MessageGiven>,
) -> ApiAnswer {
    let one = found(&visit, &name).await?;
    if given.to.len() > RECIPIENTS {
        return Err(Problem::invalid("to", "too-many", given.to.len()));
    }
    let files = files_kept(&visit, &room, &one, (given.files, &given.exports)).await?;
    let draft = Draft { id: String::new(), to: given.to, subject: given.subject, body: given.text };
    let what = (&draft, files.as_slice());
    let did = jobs::write_with_files(&visit.db, &visit.viewer, &room.office, &one.id, what, visit.now).await;
    let (one, message) = did.map_err(not_done)?;
    let path = format!("/api/v1/tickets/{}/messages", one.number);
    Ok(made(&path, &message_shown(&visit, message).await?))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CommentGiven {
    text: String,
}

async fn comment(
    visit: Visit,
    Stated(room): Stated<Room>,
    Path(name): Path<String>,
    Given(given): Given<CommentGiven>,
) -> ApiAnswer {
    let one = found(&visit, &name).await?;
    let did = jobs::comment(&visit.db, &visit.viewer, &room.office, &one.id, &given.text, visit.now).await;
    let (one, message) = did.map_err(not_done)?;
    let path = format!("/api/v1/tickets/{}/messages", one.number);
    Ok(made(&path, &message_shown(&visit, message).await?))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MessageMove {
    to: Option<String>,
}

async fn move_message(
    visit: Visit,
    Stated(room): Stated<Room>,
    Path((name, message)): Path<(String, String)>,
    Given(given): Given<MessageMove>,
) -> ApiAnswer {
    let one = found(&visit, &name).await?;
    let to = match given.to {
        Some(name) => Some(other(&visit, "to", &name).await?),
        None => None,
    };
    if sql_message::get_message(&visit.db, &message).await?.is_none_or(|message| message.ticket_id != one.id) {
        return Err(Problem::not_found());
    }
    let names = (one.id.as_str(), message.as_str());
    let did =
        jobs::move_message(&visit.db, &visit.viewer, (&room.office, &room.blobs), names, to.as_deref(), visit.now)
            .await;
    whole(&did.map_err(not_done)?.1)
}

async fn raw(visit: Visit, Stated(room): Stated<Room>, Path(names): Path<(String, String)>) -> ApiAnswer {
    files::raw_for_programs(&visit, &room, &names).await
}

async fn file(
    visit: Visit,
    Stated(room): Stated<Room>,
    Path((ticket, message, position)): Path<(String, String, String)>,
) -> ApiAnswer {
    let position = position.parse().map_err(|_| Problem::not_found())?;
    files::file_for_programs(&visit, &room, (ticket, message, position)).await
}

async fn bulk(visit: Visit, Given(given): Given<Value>) -> ApiAnswer {
    let change = given.get("change");
    if let (Some("assign"), Some(person)) = (
        change.and_then(|change| change.get("do")).and_then(Value::as_str),
        change.and_then(|change| change.get("person")).and_then(Value::as_str),
    ) {
        knows_owner(&visit, person, "").await?;
    }
    manara_web::bulk::program(visit, &many::Tickets, given).await
}

async fn take(visit: Visit, Stated(room): Stated<Room>, bytes: Bytes) -> ApiAnswer {
    let kind = match visit.query("kind") {
        Some(word) => {
            MboxKind::parse(&word).ok_or_else(|| Problem::new(Code::Unreadable, "kind is mboxrd, mboxo or mboxcl2"))?
        }
        None => MboxKind::Mboxrd,
    };
    let handed = post::hand_in_all(&room, bytes.to_vec(), kind).await?;
    let Some(handed) = handed else {
        let detail = format!("at most {} mails at once; divide the mbox", post::MAILS);
        return Err(Problem::refused("too-many", detail));
    };
    if handed.outcomes.is_empty() {
        return Err(Problem::refused("no-mail", handed.why));
    }
    let seen = |one: &Seen| json!({ "kind": one.kind, "value": one.value });
    let outcome = |one: &mail::Outcome| {
        json!({ "kind": one.kind.as_str(), "message": one.message, "ticket": one.ticket, "incident": one.incident,
            "observables": one.seen.iter().map(seen).collect::<Vec<_>>(), "answered": one.answered,
            "signed_by": one.signed_by, "signature": Some(&one.signature).filter(|word| !word.is_empty()),
            "decrypted": one.decrypted, "failed_recipient": one.failed_recipient, "class": one.class })
    };
    let taken: Vec<Value> = handed.outcomes.iter().map(outcome).collect();
    Ok(answer(&json!({ "taken": taken, "refused": handed.refused, "why": handed.why })))
}

/// The page that is asked for of what was read at once.
fn page_in(visit: &Visit, all: Vec<Value>) -> ApiAnswer {
    let most = usize::try_from(LINES).unwrap_or(usize::MAX);
    let number = page_number(visit.query("cursor").filter(|cursor| !cursor.is_empty()), most)?;
    let rows = usize::from(limit_of(visit)?);
    let more = all.len() > (number + 1).saturating_mul(rows);
    let items = all.into_iter().skip(number.saturating_mul(rows)).take(rows).collect();
    Ok(page_of(items, more.then(|| (number + 1).to_string())))
}

async fn held(visit: Visit) -> ApiAnswer {
    let found = read_list(&HELD, &visit)?.fetch(&visit.db, &mail_list::fixed(&visit), held_mail).await?;
    let ids: Vec<String> = found.rows.iter().map(|one| one.id.clone()).collect();
    let mut there = sql_message::some_of(&visit.db, &ids).await?;
    let messages: Vec<_> = ids.iter().filter_map(|id| there.remove(id)).collect();
    Ok(page_of(messages_shown(&visit, &messages).await?, found.next()))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DecisionGiven {
    decision: String,
}

async fn decide(
    visit: Visit,
    Stated(room): Stated<Room>,
    Path(id): Path<String>,
    Given(given): Given<DecisionGiven>,
) -> ApiAnswer {
    let how = word("decision", &given.decision, Decision::parse)?;
    let message = files::loose(&visit, &id).await?;
    let did =
        jobs::decide_held(&visit.db, &visit.viewer, (&room.office, &room.blobs), &message.id, how, visit.now).await;
    let ticket = did.map_err(not_done)?;
    Ok(answer(&json!({ "ticket": ticket.map(|ticket| ticket.number) })))
}

async fn queue(visit: Visit) -> ApiAnswer {
    let found = read_list(&QUEUE, &visit)?.fetch(&visit.db, &mail_list::fixed(&visit), queued_mail).await?;
    Ok(page_of(found.rows.iter().map(|one| delivery_shown(&one.delivery)).collect(), found.next()))
}

/// A delivery of a ticket that the person of the token may see.
async fn delivery(visit: &Visit, id: &str) -> Result<MailDelivery, Problem> {
    let one = sql_message::delivery_of(&visit.db, id).await?.ok_or_else(Problem::not_found)?;
    found(visit, &one.ticket_id).await?;
    Ok(one)
}

async fn retry(visit: Visit, Path(id): Path<String>) -> ApiAnswer {
    delivery(&visit, &id).await?;
    mail::retry(&visit.db, &visit.viewer.name, &id, visit.now).await?;
    Ok(answer(&delivery_shown(&delivery(&visit, &id).await?)))
}

async fn stop(visit: Visit, Path(id): Path<String>) -> ApiAnswer {
    delivery(&visit, &id).await?;
    mail::stop(&visit.db, &visit.viewer.name, &id, visit.now).await?;
    Ok(answer(&delivery_shown(&delivery(&visit, &id).await?)))
}

async fn addresses(visit: Visit) -> ApiAnswer {
    let found = read_list(&ADDRESSES, &visit)?.fetch(&visit.db, &mail_list::fixed(&visit), dead_address).await?;
    let of = |one: &sql_message::DeadAddress| {
        json!({ "mail": one.mail, "state": one.state, "reason": one.reason, "count": one.count,
            "since": one.since.rfc3339(), "at": one.at.rfc3339() })
    };
    Ok(page_of(found.rows.iter().map(of).collect(), found.next()))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AddressGiven {
    mail: String,
}

async fn bring_keys(visit: Visit, Stated(room): Stated<Room>, bytes: Bytes) -> ApiAnswer {
    let has_secret = jobs::has_secret(&bytes).map_err(|error| key_refused(error.into()))?;
    if has_secret {
        return Err(Problem::refused(
            "secret-key",
            "a secret key is brought on the page or by `manara mail keys import`",
        ));
    }
    let keyring = &room.office.keyring;
    let did = jobs::bring_keys(&visit.db, &visit.viewer.name, keyring, (&bytes, false), visit.now).await;
    Ok(answer(&brought(&did.map_err(key_refused)?)))
}

async fn find_keys(visit: Visit, Stated(room): Stated<Room>, Given(given): Given<AddressGiven>) -> ApiAnswer {
    let did = jobs::find_keys(&visit.db, &visit.viewer.name, &room.office, &given.mail, visit.now).await;
    Ok(answer(&brought(&did.map_err(key_refused)?)))
}

async fn certificates(visit: Visit) -> ApiAnswer {
    let all = sql_certificate::list_certificates(&visit.db, LINES).await?;
    page_in(&visit, all.iter().map(certificate_shown).collect())
}

fn certificate_shown(one: &sql_certificate::KeptCertificate) -> Value {
    let facts = one.certificate.facts();
    json!({ "fingerprint": facts.fingerprint, "standing": one.standing.as_str(), "name": facts.name,
        "issuer": facts.issuer, "mails": facts.mails, "from": facts.from.rfc3339(), "until": facts.until.rfc3339(),
        "added": one.added.rfc3339(), "added_by": one.added_by, "used": one.used.map(Micros::rfc3339),
        "removed": one.removed.map(Micros::rfc3339) })
}

fn brought(one: &jobs::Brought) -> Value {
    json!({ "new": one.new, "renewed": one.renewed, "same": one.same, "refused": one.refused })
}

async fn lift(visit: Visit, Given(given): Given<AddressGiven>) -> ApiAnswer {
    let address = mail::mail_key(&given.mail);
    let lifted = post::lift_seen(&visit, &address).await?;
    Ok(answer(&json!({ "mail": address, "lifted": lifted })))
}

/// An address to be written to no more, and why.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SuspensionGiven {
    mail: String,
    #[serde(default)]
    reason: String,
}

async fn suspend(visit: Visit, Given(given): Given<SuspensionGiven>) -> ApiAnswer {
    let address = mail::mail_key(&given.mail);
    if !post::is_address(&address) {
        return Err(Problem::invalid("mail", Refusal::Mail.code(), given.mail));
    }
    let suspended = mail::suspend(&visit.db, &visit.viewer.name, &address, &given.reason, visit.now).await?;
    Ok(answer(&json!({ "mail": address, "suspended": suspended })))
}
