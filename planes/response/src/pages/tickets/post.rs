//! Mail as a whole: what waits for a decision, what waits to leave or did not arrive, addresses that do not work, and mail that
//! somebody has as a file.

use askama::Template;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{Multipart, Path, RawForm, State as Given};
use axum::http::StatusCode;
use manara_formats::mail::MailLimits;
use manara_net::{Mbox, MboxKind, StoredMailError};
use manara_store::StoreError;
use manara_web::{Answer, Fault, Mistake, Page, PageError, Tone, Visit, Word};

use super::super::fields::Fields;
use super::{MAIL_BYTES, Room, mail_list};
use crate::mail::{Outcome, OutcomeKind};
use crate::sql_message::{DeadAddress, HeldMail, QueuedMail};
use crate::sql_release::WaitingMail;
use crate::{mail, sql_message, sql_ticket};

/// Mails of one file.
pub(super) const MAILS: usize = 1_000;
#[derive(Template)]
#[template(path = "response/tickets/mail.html")]
struct MailPage {
    page: Page,
    held: Vec<HeldMail>,
    more_held: bool,
    /// What waits for a second person.
    waiting: Vec<WaitingMail>,
    more_waiting: bool,
    queue: Vec<QueuedMail>,
    more_queue: bool,
    dead: Vec<DeadAddress>,
    more_dead: bool,
    addresses: Vec<String>,
    /// The address and the reason as they were typed, when mail to it was not stopped.
    typed: [String; 2],
    mistake: Mistake,
}

/// `GET /mail`
pub(super) async fn mail(visit: Visit, Given(room): Given<Room>) -> Answer {
    shown(&visit, &room, Default::default(), Mistake::default()).await
}

async fn shown(visit: &Visit, room: &Room, typed: [String; 2], mistake: Mistake) -> Answer {
    let status = if mistake.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (held, queue) = (mail_list::first_held(visit).await?, mail_list::first_queued(visit).await?);
    let (waiting, dead) = (mail_list::first_drafts(visit).await?, mail_list::first_addresses(visit).await?);
    let page = MailPage {
        page: visit.page("tickets-mail-title").under("/tickets", "tickets-list-title"),
        more_held: held.next().is_some(),
        held: held.rows,
        more_waiting: waiting.next().is_some(),
        waiting: waiting.rows,
        more_queue: queue.next().is_some(),
        queue: queue.rows,
        more_dead: dead.next().is_some(),
        dead: dead.rows,
        addresses: room.office.addresses.clone(),
        typed,
        mistake,
    };
    visit.html_status(status, &page)
}

/// The page a form came from: that of a ticket, a list of mail, or the page of all mail.
fn back_or_mail(form: &[u8]) -> String {
    let back = Fields::read(form).text("back").to_string();
    let path = back.split('?').next().unwrap_or_default();
    let is_known = back.starts_with("/tickets/") || ["/mail/queue", "/mail/addresses"].contains(&path);
    if is_known { back } else { "/mail".into() }
}

/// Whether a delivery is of a ticket that the reader may see.
async fn seen(visit: &Visit, id: &str) -> Result<(), PageError> {
    let one = sql_message::delivery_of(&visit.db, id).await?.ok_or_else(PageError::not_found)?;
    let ticket = sql_ticket::get_ticket(&visit.db, &visit.viewer, &one.ticket_id).await?;
    ticket.map(|_| ()).ok_or_else(PageError::not_found)
}

/// `POST /mail/deliveries/{id}/retry`
pub(super) async fn retry(visit: Visit, Path(id): Path<String>, RawForm(form): RawForm) -> Answer {
    seen(&visit, &id).await?;
    let did = mail::retry(&visit.db, &visit.viewer.name, &id, visit.now).await?;
    let (tone, key) = if did { (Tone::Good, "tickets-did-retry") } else { (Tone::Warn, "tickets-did-retry-not") };
    Ok(visit.go_saying(&back_or_mail(&form), tone, key, &[]))
}

/// `POST /mail/deliveries/{id}/stop`
pub(super) async fn stop(visit: Visit, Path(id): Path<String>, RawForm(form): RawForm) -> Answer {
    seen(&visit, &id).await?;
    let did = mail::stop(&visit.db, &visit.viewer.name, &id, visit.now).await?;
    let (tone, key) = if did { (Tone::Good, "tickets-did-stop") } else { (Tone::Warn, "tickets-did-stop-not") };
    Ok(visit.go_saying(&back_or_mail(&form), tone, key, &[]))
}

/// `POST /mail/addresses/lift`
pub(super) async fn lift(visit: Visit, RawForm(form): RawForm) -> Answer {
    let address = mail::mail_key(Fields::read(&form).text("mail"));
    let did = lift_seen(&visit, &address).await?;
    let (tone, key) = if did { (Tone::Good, "tickets-did-lift") } else { (Tone::Warn, "tickets-did-lift-not") };
    Ok(visit.go_saying(&back_or_mail(&form), tone, key, &[("mail", Word::from(address))]))
}

/// Believes that an address works, as far as the reader meets it; false when nothing else was believed.
pub(super) async fn lift_seen(visit: &Visit, address: &str) -> Result<bool, StoreError> {
    Ok(sql_message::is_dead_seen(&visit.db, &visit.viewer, address).await?
        && mail::lift(&visit.db, &visit.viewer.name, address, visit.now).await?)
}

/// Whether mail to it can be stopped.
pub(super) fn is_address(address: &str) -> bool {
    let is_out = |c: char| c.is_control() || c.is_whitespace();
    address.contains('@') && address.len() <= 320 && !address.chars().any(is_out)
}

/// `POST /mail/addresses/suspend`
pub(super) async fn suspend(visit: Visit, Given(room): Given<Room>, RawForm(form): RawForm) -> Answer {
    let fields = Fields::read(&form);
    let address = mail::mail_key(fields.text("mail"));
    if !is_address(&address) {
        let why = Word::from(visit.t("response-refused-mail"));
        let mistake = Mistake::at("mail", visit.t_args("response-refused", &[("why", why)]));
        return shown(&visit, &room, ["mail", "reason"].map(|name| fields.text(name).to_string()), mistake).await;
    }
    mail::suspend(&visit.db, &visit.viewer.name, &address, fields.text("reason"), visit.now).await?;
    Ok(visit.go_saying("/mail", Tone::Good, "tickets-did-suspend", &[("mail", Word::from(address))]))
}

/// `POST /mail`: a mail, or an mbox of mails, that somebody has as a file.
pub(super) async fn hand_in(visit: Visit, Given(room): Given<Room>, mut form: Multipart) -> Answer {
    let (mut bytes, mut kind) = (Vec::new(), MboxKind::Mboxrd);
    while let Some(field) = form.next_field().await.map_err(unreadable)? {
        match field.name().unwrap_or_default() {
            "file" => bytes = read_at_most(field, MAIL_BYTES).await?,
            "kind" => {
                let word = read_at_most(field, 40).await?;
                kind = MboxKind::parse(&String::from_utf8_lossy(&word)).ok_or_else(|| PageError::unreadable("kind"))?;
            }
            _ => {}
        }
    }
    if bytes.is_empty() {
        return Ok(visit.go_saying("/mail", Tone::Bad, "tickets-hand-in-none", &[]));
    }
    let Some(handed) = hand_in_all(&room, bytes, kind).await? else {
        let most = Word::from(i64::try_from(MAILS).unwrap_or(i64::MAX));
        return Ok(visit.go_saying("/mail", Tone::Bad, "tickets-hand-in-too-many", &[("count", most)]));
    };
    match handed.outcomes.as_slice() {
        [one] if handed.refused == 0 => {
            let back = match (one.kind, &one.ticket) {
                (OutcomeKind::Quarantined, _) | (_, None) => "/mail".to_string(),
                (_, Some(number)) => format!("/tickets/{number}"),
            };
            let key = if one.kind == OutcomeKind::Duplicate { "tickets-hand-in-known" } else { "tickets-hand-in-one" };
            Ok(visit.go_saying(&back, Tone::Good, key, &[]))
        }
        all => {
            let known = all.iter().filter(|one| one.kind == OutcomeKind::Duplicate).count();
            let count = |number: usize| Word::from(i64::try_from(number).unwrap_or(i64::MAX));
            let tone = if handed.refused > 0 { Tone::Warn } else { Tone::Good };
            let args = [
                ("count", count(all.len() - known)),
                ("known", count(known)),
                ("refused", count(handed.refused)),
                ("why", Word::from(handed.why)),
            ];
            let key = if handed.refused > 0 { "tickets-hand-in-some" } else { "tickets-hand-in-many" };
            Ok(visit.go_saying("/mail", tone, key, &args))
        }
    }
}

/// What became of the mails of a file.
pub(super) struct Handed {
    pub outcomes: Vec<Outcome>,
    /// How many will never be taken, and why the first was not.
    pub refused: usize,
    pub why: String,
}

/// Takes the one mail of a file, or those of an mbox; nothing when it has more than are taken at once.
pub(super) async fn hand_in_all(room: &Room, bytes: Vec<u8>, kind: MboxKind) -> Result<Option<Handed>, PageError> {
    let mut handed = Handed { outcomes: Vec::new(), refused: 0, why: String::new() };
    let refuse = |why: String, handed: &mut Handed| {
        handed.refused += 1;
        if handed.why.is_empty() {
            handed.why = why;
        }
    };
    let mails: Vec<Result<Vec<u8>, StoredMailError>> = match bytes.starts_with(b"From ") {
        false => vec![Ok(bytes)],
        true => {
            let most = MailLimits::default().bytes;
            let read = move || {
                let mbox = Mbox::new(bytes.as_slice(), kind, most);
                mbox.take(MAILS + 1).map(|one| one.map(|one| one.bytes)).collect::<Vec<_>>()
            };
            tokio::task::spawn_blocking(read).await.map_err(PageError::internal)?
        }
    };
    // All or nothing: nobody would know where the rest begins.
    if mails.len() > MAILS {
        return Ok(None);
    }
    for one in mails {
        match one {
            Ok(bytes) => match (room.take)(bytes).await? {
                Ok(outcome) => handed.outcomes.push(outcome),
                Err(why) => refuse(why, &mut handed),
            },
            Err(error) => refuse(error.to_string(), &mut handed),
        }
    }
    Ok(Some(handed))
}

pub(super) fn unreadable(error: MultipartError) -> PageError {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Fault::TooLarge.into(),
        _ => PageError::unreadable(error),
    }
}

pub(super) async fn read_at_most(mut field: Field<'_>, most: usize) -> Result<Vec<u8>, PageError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(unreadable)? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > most {
            return Err(Fault::TooLarge.into());
        }
    }
    Ok(bytes)
}
