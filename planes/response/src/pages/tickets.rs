//! The pages of reports, investigations and countermeasures, and of the mail that comes and goes.

mod attach;
mod certificates;
mod files;
mod held;
mod held_many;
mod keys;
mod letter;
mod list;
mod mail_list;
mod mailbox;
mod many;
mod one;
mod open;
mod operations;
mod post;
mod reach;
mod steps;
mod write;

use std::sync::Arc;

use manara_document::Printer;
use manara_store::Blobs;
use manara_web::{Answer, PageError, Right, Site, Tone, Visit, Word};

pub use held_many::many_held;
#[cfg(test)]
pub(super) use list::TICKETS;
pub use list::find_tickets;
#[cfg(test)]
pub(super) use mail_list::{ADDRESSES, DRAFTS, HELD, QUEUE};
pub use many::many_tickets;
pub(super) use open::of_incident;
pub(super) use operations::shown as ticket_shown;

use super::{First, Later};
use crate::jobs::{Refusal, ResponseError};
use crate::mail::{MailHouse, Outcome};
use crate::policy::Policy;
use crate::sql_ticket;
use crate::ticket::{Kind, Ticket, TicketState};

/// The largest file with mail that a person or a program hands in.
const MAIL_BYTES: usize = 32 << 20;

/// What became of a mail that was handed in, or why it will never be taken.
pub type Taken = Result<Outcome, String>;
/// Takes a mail that a person or a program has as a file, as if it had come by itself.
pub type Take = Arc<dyn Fn(Vec<u8>) -> Later<Taken> + Send + Sync>;

/// A contact of a constituent that mail may go to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailContact {
    /// Name of the constituent.
    pub constituent: String,
    /// Its page.
    pub href: String,
    /// Name of the contact; empty when it has none.
    pub name: String,
    /// The address, in lower case.
    pub mail: String,
}

/// The contacts of all constituents that are served.
pub type Contacts = Arc<dyn Fn() -> Later<Vec<MailContact>> + Send + Sync>;

/// What the pages of tickets and mail work with.
#[derive(Clone)]
pub struct MailDesk {
    /// How incidents are opened from a report.
    pub policy: Policy,
    /// The mail of the house.
    pub office: Arc<MailHouse>,
    /// Where the bytes of mails are.
    pub blobs: Blobs,
    /// Takes a mail in.
    pub take: Take,
    /// The letters that stand first.
    pub first: First,
    /// Whom mail may go to.
    pub contacts: Contacts,
    /// What reports are printed with that go with a message.
    pub printer: Printer,
}

type Room = Arc<MailDesk>;

/// The routes of tickets and mail.
pub fn tickets_site(desk: MailDesk) -> Site {
    let (read, handle) = (Right::ReadIncidents, Right::HandleIncidents);
    Site::<Room>::new()
        .many(many_tickets())
        .many(many_held(Arc::clone(&desk.office), desk.blobs.clone()))
        .page("/tickets", read, list::tickets)
        .post("/tickets/bulk", handle, list::change_many)
        .page("/tickets/new", handle, open::form)
        .post("/tickets/new", handle, open::open)
        .page("/tickets/{id}", read, one::ticket)
        .post("/tickets/{id}/take", handle, steps::take)
        .post("/tickets/{id}/state", handle, steps::state)
        .page("/tickets/{id}/edit", handle, open::edit_form)
        .post("/tickets/{id}/edit", handle, open::edit)
        .post("/tickets/{id}/link", handle, steps::link)
        .post("/tickets/{id}/unlink", handle, steps::unlink)
        .post("/tickets/{id}/merge", handle, steps::merge)
        .post("/tickets/{id}/split", handle, steps::split)
        .page("/tickets/{id}/incident", handle, open::incident_form)
        .post("/tickets/{id}/incident", handle, open::incident)
        .page("/tickets/{id}/write", handle, write::form)
        .upload("/tickets/{id}/write", handle, attach::FORM_BYTES, write::write)
        .post("/tickets/{id}/comment", handle, write::comment)
        .post("/tickets/{id}/messages/{message}/move", handle, steps::move_message)
        .post("/tickets/{id}/messages/{message}/release", handle, steps::release)
        .post("/tickets/{id}/messages/{message}/return", handle, steps::send_back)
        .post("/tickets/{id}/messages/{message}/withdraw", handle, steps::withdraw)
        .page("/tickets/{id}/messages/{message}/raw", read, files::raw)
        .page("/tickets/{id}/messages/{message}/files/{position}", read, files::file)
        .page("/incidents/{id}/mailbox", handle, mailbox::form)
        .post("/incidents/{id}/mailbox", handle, mailbox::give)
        .page("/incidents/{id}/letters/{letter}", read, letter::letter)
        .page("/incidents/{id}/write", handle, reach::form)
        .upload("/incidents/{id}/write", handle, attach::FORM_BYTES, reach::write)
        .page("/mail", handle, post::mail)
        .upload("/mail", handle, MAIL_BYTES, post::hand_in)
        .page("/mail/held", handle, mail_list::held)
        .page("/mail/drafts", handle, mail_list::drafts)
        .page("/mail/queue", handle, mail_list::queue)
        .page("/mail/addresses", handle, mail_list::addresses)
        .post("/mail/held/bulk", handle, held::change_many)
        .page("/mail/held/{id}", handle, held::held)
        .post("/mail/held/{id}", handle, held::decide)
        .page("/mail/held/{id}/raw", handle, files::held_raw)
        .page("/mail/held/{id}/files/{position}", handle, files::held_file)
        .post("/mail/deliveries/{id}/retry", handle, post::retry)
        .post("/mail/deliveries/{id}/stop", handle, post::stop)
        .post("/mail/addresses/lift", handle, post::lift)
        .post("/mail/addresses/suspend", handle, post::suspend)
        .page("/mail/keys", handle, keys::list)
        .upload("/mail/keys", handle, keys::FILE_BYTES, keys::bring)
        .post("/mail/keys/find", handle, keys::find)
        .page("/mail/keys/missing", handle, keys::missing)
        .upload("/mail/certificates", Right::SetUp, certificates::FILE_BYTES, certificates::bring)
        .page("/mail/certificates/{fingerprint}", handle, certificates::file)
        .post("/mail/certificates/{fingerprint}/remove", Right::SetUp, certificates::remove)
        .post("/mail/certificates/{fingerprint}/restore", Right::SetUp, certificates::restore)
        .post("/mail/keys/generate", Right::SetUp, keys::generate)
        .post("/mail/keys/rotate", Right::SetUp, keys::rotate)
        .page("/mail/keys/{fingerprint}", handle, keys::one)
        .page("/mail/keys/{fingerprint}/certificate", handle, keys::certificate)
        .post("/mail/keys/{fingerprint}/accept", handle, keys::accept)
        .post("/mail/keys/{fingerprint}/reject", handle, keys::reject)
        .post("/mail/keys/{fingerprint}/remove", handle, keys::remove)
        .post("/mail/keys/{fingerprint}/restore", handle, keys::restore)
        .public("/.well-known/openpgpkey/policy", keys::policy)
        .public("/.well-known/openpgpkey/hu/{name}", keys::given_out)
        .public("/.well-known/openpgpkey/{domain}/policy", keys::policy)
        .public("/.well-known/openpgpkey/{domain}/hu/{name}", keys::given_out_of_domain)
        .merge(operations::site())
        .with_state(Arc::new(desk))
}

/// The ticket of an address, if the reader may see it.
async fn found(visit: &Visit, name: &str) -> Result<Ticket, PageError> {
    sql_ticket::get_ticket(&visit.db, &visit.viewer, name).await?.ok_or_else(PageError::not_found)
}

fn href(one: &Ticket) -> String {
    format!("/tickets/{}", one.number)
}

/// What a button did, or why not, on the page it came from.
fn say<T>(visit: &Visit, back: &str, did: Result<T, ResponseError>, key: &'static str) -> Answer {
    match did {
        Ok(_) => Ok(visit.go_saying(back, Tone::Good, key, &[])),
        Err(error) => not_done(visit, back, error),
    }
}

fn not_done(visit: &Visit, back: &str, error: ResponseError) -> Answer {
    match error {
        ResponseError::Refused(Refusal::NoTicket) => Err(PageError::not_found()),
        ResponseError::Refused(why) => {
            let why = Word::from(super::why_words(visit, why));
            Ok(visit.go_saying(back, Tone::Bad, "response-refused", &[("why", why)]))
        }
        ResponseError::Stale => Ok(visit.go_saying(back, Tone::Bad, "response-stale", &[])),
        ResponseError::Store(error) => Err(error.into()),
    }
}

/// The tone of a state's badge.
pub(super) fn tone(state: TicketState) -> &'static str {
    match state {
        TicketState::New => "bad",
        TicketState::Open | TicketState::PendingActivation | TicketState::PendingRemoval => "warn",
        TicketState::Active => "info",
        TicketState::Resolved => "good",
        TicketState::Rejected | TicketState::Removed => "mute",
    }
}

/// The words of a state.
pub(super) fn state_key(state: TicketState) -> String {
    format!("tickets-state-{}", state.as_str())
}

/// The words of a kind.
pub(super) fn kind_key(kind: Kind) -> String {
    format!("tickets-kind-{}", kind.as_str())
}
