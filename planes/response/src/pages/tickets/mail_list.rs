//! The lists of mail: what is held for a decision, what of ours waits for a second person, what has not left, did not arrive, or
//! was stopped, and addresses that do not work.

use askama::Template;
use axum::extract::State as Given;
use manara_store::Arg;
use manara_web::{
    Answer, Cell, EXPORT_MOST, Filter, Found, Key, Kind as Is, ListSpec, ListView, Markup, Page, PageError, Sort, Visit,
};

use super::Room;
use super::held_many::HeldMails;
use crate::sql_message::{ADDRESS_SEEN, DeadAddress, HeldMail, QueuedMail, dead_address, held_mail, queued_mail};
use crate::sql_release::{WaitingMail, waiting_mail};
use crate::sql_ticket::UNDELIVERED_DAYS;

/// Mails of strangers, as far as the reader may see the tickets they name. `$1` is the viewer.
pub(in crate::pages) static HELD: ListSpec = ListSpec {
    // The order of `sql_message::held_mail`.
    columns: &["m.id", "m.at", "m.from_name", "m.from_mail", "m.subject", "t.number", "t.tlp"],
    // CROSS keeps SQLite from going through the tickets first: mails are read in their order.
    from: "response_message m CROSS JOIN response_ticket t",
    only: "m.kind = 'quarantined' AND t.id = m.held_for AND t.tlp <= $1",
    filters: &[
        Filter {
            name: "q",
            label: "tickets-held-search",
            kind: Is::Contains,
            sql: r"LOWER(m.subject) LIKE ? ESCAPE '\' OR LOWER(m.from_mail) LIKE ? ESCAPE '\'
                OR LOWER(m.from_name) LIKE ? ESCAPE '\' OR LOWER(t.number) LIKE ? ESCAPE '\'",
        },
        Filter { name: "from", label: "web-list-from", kind: Is::FromDay, sql: "m.at >= ?" },
        Filter { name: "until", label: "web-list-until", kind: Is::UntilDay, sql: "m.at < ?" },
    ],
    sorts: &[Sort { name: "at", label: "response-line-when", column: "m.at", key: Key::Text, descending: true }],
    key: "m.id",
    key_kind: Key::Text,
};

/// Mail that waits for a second person, as far as the reader may see its ticket. `$1` is the viewer, `$2` their name.
pub(in crate::pages) static DRAFTS: ListSpec = ListSpec {
    // The order of `sql_release::waiting_mail`.
    columns: &[
        "r.message_id",
        "r.ticket_id",
        "r.state",
        "r.written_by",
        "r.asked",
        "r.decided_by",
        "r.decided",
        "r.reason",
        "r.is_own",
        "m.subject",
        "m.recipients",
        "t.number",
        "t.tlp",
    ],
    from: "response_release r CROSS JOIN response_ticket t CROSS JOIN response_message m",
    only: "r.state = 'waiting' AND t.id = r.ticket_id AND m.id = r.message_id AND t.tlp <= $1",
    filters: &[
        Filter {
            name: "q",
            label: "tickets-second-search",
            kind: Is::Contains,
            sql: r"LOWER(m.subject) LIKE ? ESCAPE '\' OR LOWER(m.recipients) LIKE ? ESCAPE '\'
                OR LOWER(r.written_by) LIKE ? ESCAPE '\' OR LOWER(t.number) LIKE ? ESCAPE '\'",
        },
        // What the home page counts, and the rest.
        Filter {
            name: "show",
            label: "response-list-show",
            kind: Is::Case {
                words: "tickets-second-show-",
                cases: &[("others", "r.written_by <> $2"), ("mine", "r.written_by = $2")],
            },
            sql: "",
        },
        Filter { name: "from", label: "web-list-from", kind: Is::FromDay, sql: "r.asked >= ?" },
        Filter { name: "until", label: "web-list-until", kind: Is::UntilDay, sql: "r.asked < ?" },
    ],
    sorts: &[Sort {
        name: "asked",
        label: "tickets-field-since",
        column: "r.asked",
        key: Key::Text,
        descending: false,
    }],
    key: "r.message_id",
    key_kind: Key::Text,
};

/// Mail of ours, as far as the reader may see its ticket. `$1` is the viewer, `$3` since when what did not arrive is new.
pub(in crate::pages) static QUEUE: ListSpec = ListSpec {
    // The order of `sql_message::queued_mail`.
    columns: &[
        "d.id",
        "d.message_id",
        "d.ticket_id",
        "d.mail",
        "d.name",
        "d.state",
        "d.attempts",
        "d.queued",
        "d.sent",
        "d.remark",
        "t.number",
        "t.tlp",
    ],
    from: "response_delivery d CROSS JOIN response_ticket t",
    only: "d.state <> 'sent' AND d.state <> 'waiting' AND t.id = d.ticket_id AND t.tlp <= $1",
    filters: &[
        Filter {
            name: "q",
            label: "tickets-queue-search",
            kind: Is::Contains,
            sql: r"LOWER(d.mail) LIKE ? ESCAPE '\' OR LOWER(d.name) LIKE ? ESCAPE '\' OR LOWER(d.remark) LIKE ? ESCAPE '\'
                OR LOWER(t.number) LIKE ? ESCAPE '\'",
        },
        Filter {
            name: "state",
            label: "response-field-state",
            kind: Is::Choice {
                values: &["queued", "sending", "failed", "bounced", "stopped"],
                words: "tickets-delivery-",
            },
            sql: "(d.state || '') = ?",
        },
        // What the home page counts.
        Filter {
            name: "show",
            label: "response-list-show",
            kind: Is::Case {
                words: "tickets-queue-show-",
                cases: &[("undelivered", "(d.state || '') IN ('failed', 'bounced') AND d.queued >= $3")],
            },
            sql: "",
        },
        Filter { name: "from", label: "web-list-from", kind: Is::FromDay, sql: "d.queued >= ?" },
        Filter { name: "until", label: "web-list-until", kind: Is::UntilDay, sql: "d.queued < ?" },
    ],
    sorts: &[Sort {
        name: "queued",
        label: "tickets-field-since",
        column: "d.queued",
        key: Key::Text,
        descending: false,
    }],
    key: "d.id",
    key_kind: Key::Text,
};

/// Addresses that do not work, as far as the reader meets them. `$1` is the viewer.
pub(in crate::pages) static ADDRESSES: ListSpec = ListSpec {
    // The order of `sql_message::dead_address`.
    columns: &["a.mail", "a.state", "a.reason", "a.count", "a.since", "a.at"],
    from: "response_address a",
    only: ADDRESS_SEEN,
    filters: &[
        Filter {
            name: "q",
            label: "tickets-dead-search",
            kind: Is::Contains,
            sql: r"LOWER(a.mail) LIKE ? ESCAPE '\' OR LOWER(a.reason) LIKE ? ESCAPE '\'",
        },
        Filter {
            name: "state",
            label: "response-field-state",
            kind: Is::Choice { values: &["soft", "hard", "suspended"], words: "tickets-address-" },
            sql: "a.state = ?",
        },
        Filter { name: "from", label: "web-list-from", kind: Is::FromDay, sql: "a.at >= ?" },
        Filter { name: "until", label: "web-list-until", kind: Is::UntilDay, sql: "a.at < ?" },
    ],
    sorts: &[Sort { name: "at", label: "tickets-field-last", column: "a.at", key: Key::Text, descending: true }],
    key: "a.mail",
    key_kind: Key::Text,
};

/// What every list of mail is read with: the reader, their name, and since when what did not arrive is new.
pub(super) fn fixed(visit: &Visit) -> [Arg<'static>; 3] {
    let since = visit.now.plus_days(-UNDELIVERED_DAYS);
    [(&visit.viewer).into(), visit.viewer.name.clone().into(), since.into()]
}

/// The first page of the held mails, as the page of all mail shows them.
pub(super) async fn first_held(visit: &Visit) -> Result<Found<HeldMail>, PageError> {
    Ok(HELD.read_pairs(&[])?.fetch(&visit.db, &fixed(visit), held_mail).await?)
}

/// The first page of what waits for a second person.
pub(super) async fn first_drafts(visit: &Visit) -> Result<Found<WaitingMail>, PageError> {
    Ok(DRAFTS.read_pairs(&[])?.fetch(&visit.db, &fixed(visit), waiting_mail).await?)
}

/// The first page of what has not arrived.
pub(super) async fn first_queued(visit: &Visit) -> Result<Found<QueuedMail>, PageError> {
    Ok(QUEUE.read_pairs(&[])?.fetch(&visit.db, &fixed(visit), queued_mail).await?)
}

/// The first page of the addresses that do not work.
pub(super) async fn first_addresses(visit: &Visit) -> Result<Found<DeadAddress>, PageError> {
    Ok(ADDRESSES.read_pairs(&[])?.fetch(&visit.db, &fixed(visit), dead_address).await?)
}

const HELD_COLUMNS: [(&str, &str); 4] = [
    ("sender", "tickets-field-sender"),
    ("ticket", "tickets-held-for"),
    ("at", "response-line-when"),
    ("tlp", "response-field-tlp"),
];
const HELD_EXPORT: [&str; 7] = ["id", "at", "from_name", "from_mail", "subject", "ticket", "tlp"];

fn held_cells(one: HeldMail) -> Vec<Cell> {
    vec![
        one.id.into(),
        one.at.into(),
        one.from_name.into(),
        one.from_mail.into(),
        one.subject.into(),
        one.number.into(),
        one.tlp.label().into(),
    ]
}

#[derive(Template)]
#[template(path = "response/tickets/held_list.html")]
struct HeldPage {
    page: Page,
    list: ListView,
    rows: Vec<HeldMail>,
    /// The last change of many held mails, to take back.
    offer: Markup,
    /// Where the buttons lead back to.
    back: String,
}

impl HeldPage {
    fn tick(&self, one: &HeldMail) -> Markup {
        let name = if one.subject.is_empty() { &one.from_mail } else { &one.subject };
        super::super::list::tick(&one.id, &self.page.t1("bulk-tick", "name", name.as_str()))
    }
}

/// `GET /mail/held`
pub(super) async fn held(visit: Visit, Given(room): Given<Room>) -> Answer {
    let ask = HELD.read(&visit)?;
    let fixed = fixed(&visit);
    if let Some(format) = ask.format() {
        let rows = ask.fetch_all(&visit.db, &fixed, EXPORT_MOST, held_mail).await?;
        let cells: Vec<Vec<Cell>> = rows.into_iter().map(held_cells).collect();
        return Ok(visit.export(format, "held-mail", &HELD_EXPORT, &cells));
    }
    let found = ask.fetch(&visit.db, &fixed, held_mail).await?;
    visit.html(&HeldPage {
        page: page(&visit, "tickets-held"),
        list: ask.view(&visit, &found).with_columns(&visit, &HELD_COLUMNS),
        rows: found.rows,
        offer: manara_web::bulk::offer(&visit, &HeldMails::of(&room)).await?,
        back: back(&visit, "/mail/held"),
    })
}

fn page(visit: &Visit, title: &str) -> Page {
    visit.page(title).under("/tickets", "tickets-list-title").under("/mail", "tickets-mail-title")
}

const DRAFTS_COLUMNS: [(&str, &str); 5] = [
    ("recipient", "tickets-field-recipient"),
    ("ticket", "response-field-number"),
    ("writer", "tickets-field-writer"),
    ("asked", "tickets-field-since"),
    ("tlp", "response-field-tlp"),
];
const DRAFTS_EXPORT: [&str; 7] = ["id", "ticket", "subject", "recipients", "written_by", "asked", "tlp"];

fn draft_cells(one: WaitingMail) -> Vec<Cell> {
    vec![
        one.release.message_id.into(),
        one.number.into(),
        one.subject.into(),
        one.recipients.into(),
        one.release.written_by.into(),
        one.release.asked.into(),
        one.tlp.label().into(),
    ]
}

#[derive(Template)]
#[template(path = "response/tickets/drafts.html")]
struct DraftsPage {
    page: Page,
    list: ListView,
    rows: Vec<WaitingMail>,
}

/// `GET /mail/drafts`
pub(super) async fn drafts(visit: Visit) -> Answer {
    let ask = DRAFTS.read(&visit)?;
    let fixed = fixed(&visit);
    if let Some(format) = ask.format() {
        let rows = ask.fetch_all(&visit.db, &fixed, EXPORT_MOST, waiting_mail).await?;
        let cells: Vec<Vec<Cell>> = rows.into_iter().map(draft_cells).collect();
        return Ok(visit.export(format, "mail-drafts", &DRAFTS_EXPORT, &cells));
    }
    let found = ask.fetch(&visit.db, &fixed, waiting_mail).await?;
    visit.html(&DraftsPage {
        page: page(&visit, "tickets-second"),
        list: ask.view(&visit, &found).with_columns(&visit, &DRAFTS_COLUMNS),
        rows: found.rows,
    })
}

const QUEUE_COLUMNS: [(&str, &str); 6] = [
    ("state", "response-field-state"),
    ("ticket", "response-field-number"),
    ("attempts", "tickets-field-attempts"),
    ("queued", "tickets-field-since"),
    ("remark", "tickets-field-remark"),
    ("tlp", "response-field-tlp"),
];
const QUEUE_EXPORT: [&str; 9] = ["id", "mail", "name", "state", "ticket", "attempts", "queued", "remark", "tlp"];

fn queue_cells(one: QueuedMail) -> Vec<Cell> {
    vec![
        one.delivery.id.into(),
        one.delivery.mail.into(),
        one.delivery.name.into(),
        one.delivery.state.as_str().into(),
        one.number.into(),
        one.delivery.attempts.into(),
        one.delivery.queued.into(),
        one.delivery.remark.into(),
        one.tlp.label().into(),
    ]
}

#[derive(Template)]
#[template(path = "response/tickets/queue.html")]
struct QueuePage {
    page: Page,
    list: ListView,
    rows: Vec<QueuedMail>,
    /// Where the buttons lead back to.
    back: String,
}

/// `GET /mail/queue`
pub(super) async fn queue(visit: Visit) -> Answer {
    let ask = QUEUE.read(&visit)?;
    let fixed = fixed(&visit);
    if let Some(format) = ask.format() {
        let rows = ask.fetch_all(&visit.db, &fixed, EXPORT_MOST, queued_mail).await?;
        let cells: Vec<Vec<Cell>> = rows.into_iter().map(queue_cells).collect();
        return Ok(visit.export(format, "mail-queue", &QUEUE_EXPORT, &cells));
    }
    let found = ask.fetch(&visit.db, &fixed, queued_mail).await?;
    visit.html(&QueuePage {
        page: page(&visit, "tickets-queue"),
        list: ask.view(&visit, &found).with_columns(&visit, &QUEUE_COLUMNS),
        rows: found.rows,
        back: back(&visit, "/mail/queue"),
    })
}

const ADDRESS_COLUMNS: [(&str, &str); 4] = [
    ("state", "response-field-state"),
    ("times", "tickets-field-times"),
    ("at", "tickets-field-last"),
    ("remark", "tickets-field-remark"),
];
const ADDRESS_EXPORT: [&str; 6] = ["mail", "state", "reason", "count", "since", "at"];

fn address_cells(one: DeadAddress) -> Vec<Cell> {
    vec![one.mail.into(), one.state.into(), one.reason.into(), one.count.into(), one.since.into(), one.at.into()]
}

/// How pages show what is the matter with an address.
impl DeadAddress {
    /// The key of its words.
    pub(super) fn key(&self) -> String {
        format!("tickets-address-{}", self.state)
    }

    /// The tone of its badge.
    pub(super) fn tone(&self) -> &'static str {
        if self.state == "soft" { "warn" } else { "bad" }
    }
}

#[derive(Template)]
#[template(path = "response/tickets/addresses.html")]
struct AddressesPage {
    page: Page,
    list: ListView,
    rows: Vec<DeadAddress>,
    /// Where the buttons lead back to.
    back: String,
}

/// `GET /mail/addresses`
pub(super) async fn addresses(visit: Visit) -> Answer {
    let ask = ADDRESSES.read(&visit)?;
    let fixed = fixed(&visit);
    if let Some(format) = ask.format() {
        let rows = ask.fetch_all(&visit.db, &fixed, EXPORT_MOST, dead_address).await?;
        let cells: Vec<Vec<Cell>> = rows.into_iter().map(address_cells).collect();
        return Ok(visit.export(format, "mail-addresses", &ADDRESS_EXPORT, &cells));
    }
    let found = ask.fetch(&visit.db, &fixed, dead_address).await?;
    visit.html(&AddressesPage {
        page: page(&visit, "tickets-dead"),
        list: ask.view(&visit, &found).with_columns(&visit, &ADDRESS_COLUMNS),
        rows: found.rows,
        back: back(&visit, "/mail/addresses"),
    })
}

/// The list as the reader sees it, for the buttons in it.
fn back(visit: &Visit, usual: &str) -> String {
    visit.uri.path_and_query().map_or(usual, |path| path.as_str()).to_string()
}
