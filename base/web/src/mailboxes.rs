//! The mailboxes a person or a token is limited to: the page that sets them, and the words that say so.

use askama::Template;
use axum::extract::{Path, RawForm};
use manara_model::Mailboxes;

use crate::error::{Answer, Fault, PageError};
use crate::people;
use crate::undo::Undo;
use crate::visit::{Page, Visit};

/// The pages that show incidents and tickets, or what is counted of them: they say that not all of it is shown.
const OF_MAILBOXES: [&str; 17] = [
    "/",
    "/clocks",
    "/figures/response",
    "/figures/response/cases",
    "/handover",
    "/incidents",
    "/journal",
    "/mail",
    "/mail/drafts",
    "/mail/held",
    "/mail/queue",
    "/picture",
    "/research",
    "/search",
    "/tasks",
    "/tickets",
    "/wall",
];
/// Mailboxes in one form.
const TICKED_AT_ONCE: usize = 200;

/// A mailbox that can be ticked.
pub(crate) struct Ticked {
    pub address: String,
    pub name: String,
    pub is_ticked: bool,
}

/// The mailboxes a form offers: those of the house that the limits allow, and what is ticked already, also when the house has it
/// no more.
pub(crate) fn offered(visit: &Visit, among: &Mailboxes, ticked: &Mailboxes) -> Vec<Ticked> {
    let is_ticked = |address: &str| ticked.addresses().any(|own| own == address);
    let known = &visit.shell.config.mailboxes;
    let ours = known.iter().filter(|(address, _)| among.has(address)).map(|(address, name)| Ticked {
        address: address.clone(),
        name: name.clone(),
        is_ticked: is_ticked(address),
    });
    let gone = ticked.addresses().filter(|own| !known.iter().any(|(address, _)| address == own));
    let gone = gone
        .map(|address| Ticked { address: address.into(), name: String::new(), is_ticked: true })
        .collect::<Vec<_>>();
    ours.chain(gone).collect()
}

/// The mailboxes a form ticks. The main one stands for what came to none, too.
pub(crate) fn ticked(visit: &Visit, form: &[u8]) -> Option<Mailboxes> {
    let pairs = form_urlencoded::parse(form).take(TICKED_AT_ONCE);
    let chosen: Vec<String> =
        pairs.filter(|(name, _)| name == "mailbox").map(|(_, value)| value.into_owned()).collect();
    named(visit, &chosen)
}

/// The mailboxes of some addresses; nothing named is all. `None` when one is no address.
pub(crate) fn named(visit: &Visit, addresses: &[String]) -> Option<Mailboxes> {
    let chosen = Mailboxes::parse(&addresses.join(" "))?;
    Some(match visit.shell.config.mailboxes.first() {
        Some((main, _)) => chosen.with_usual(main),
        None => chosen,
    })
}

/// What is said of a limit, where there is one: its addresses.
pub(crate) fn in_words(mailboxes: &Mailboxes) -> String {
    mailboxes.addresses().collect::<Vec<_>>().join(", ")
}

impl Page {
    /// That whoever sees some mailboxes alone is not shown all of it here; nothing on pages that show no incident and no ticket.
    pub fn limit(&self) -> Option<String> {
        let mailboxes = &self.visit.viewer.mailboxes;
        if mailboxes.is_all() || !OF_MAILBOXES.contains(&self.visit.uri.path()) {
            return None;
        }
        let names = in_words(mailboxes);
        Some(match names.as_str() {
            "" => self.t("mailboxes-limit-none"),
            _ => self.t1("mailboxes-limit", "mailboxes", names),
        })
    }
}

#[derive(Template)]
#[template(path = "web/mailboxes.html")]
struct MailboxesPage {
    page: Page,
    id: String,
    rows: Vec<Ticked>,
    is_all: bool,
}

/// `GET /users/{id}/mailboxes`
pub(crate) async fn form(visit: Visit, Path(id): Path<String>) -> Answer {
    let (name, mailboxes) = people::limit_of(&visit.db, &id).await?.ok_or_else(PageError::not_found)?;
    let title = visit.t_args("mailboxes-of", &[("name", name.into())]);
    visit.html(&MailboxesPage {
        rows: offered(&visit, &Mailboxes::all(), &mailboxes),
        is_all: mailboxes.is_all(),
        id,
        page: visit.page_titled(title).under("/users", "web-users-title"),
    })
}

/// `POST /users/{id}/mailboxes`
pub(crate) async fn limit(visit: Visit, Path(id): Path<String>, RawForm(form): RawForm) -> Answer {
    let (name, before) = people::limit_of(&visit.db, &id).await?.ok_or_else(PageError::not_found)?;
    let chosen = ticked(&visit, &form).ok_or_else(|| PageError::unreadable("mailbox: addresses, 50 at most"))?;
    // Whoever sees some mailboxes opens no others for anybody.
    if !chosen.are_within(&visit.viewer.mailboxes) {
        return Err(Fault::Forbidden.into());
    }
    let mut tx = visit.db.begin().await?;
    let did = people::set_mailboxes(&mut tx, &visit.viewer.name, &name, &chosen, visit.now).await;
    if !did.map_err(crate::login::from_person)? {
        return Ok(visit.go("/users"));
    }
    tx.commit().await?;
    let undo = before
        .addresses()
        .fold(Undo::at(format!("/users/{id}/mailboxes")), |undo, address| undo.with("mailbox", address));
    let key = if chosen.is_all() { "mailboxes-did-all" } else { "mailboxes-did" };
    Ok(visit.go_undoable("/users", key, &[("name", name.into())], undo))
}
