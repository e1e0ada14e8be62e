//! The list of reports, investigations and countermeasures.

use askama::Template;
use axum::extract::RawForm;
use manara_model::{CLASSES, Micros, Viewer};
use manara_store::{Arg, Db, Engine};
use manara_web::{
    Answer, Ask, Cell, Choice, EXPORT_MOST, Filter, Found, Key, Kind as Is, ListSpec, ListView, Markup, Page,
    PageError, Right, Sort, Visit,
};

use super::super::best;
use super::super::fields::team;
use super::{kind_key, many, state_key, tone};
use crate::mail::mail_key;
use crate::sql_ticket;
use crate::ticket::{Kind, Ticket, TicketState};
use crate::words::{self, newest_in_postgres, newest_in_sqlite};

/// Days without an answer after which the other side may be asked again.
const WAITS_DAYS: i64 = 7;

/// What is said newest is looked through so far.
const SAID_IN_SQLITE: &str = concat!(
    "t.id IN (SELECT s.record_id FROM response_said s WHERE s.record_kind = 'ticket' AND s.doc IN (",
    newest_in_sqlite!("?"),
    "))"
);
const SAID_IN_POSTGRES: &str = concat!(
    "t.id IN (SELECT s.record_id FROM response_said s WHERE s.record_kind = 'ticket' AND s.doc IN (",
    newest_in_postgres!("?"),
    "))"
);

const LIVE: &str = "t.closed = ''";

const fn filters(said: &'static str, written: fn(&str) -> String) -> [Filter; 15] {
    [
        Filter { name: "q", label: "tickets-list-search", kind: Is::Written(written), sql: said },
        best::ORDER,
        Filter {
            name: "kind",
            label: "tickets-field-kind",
            // Nearly all are reports: their list is read in its order, those of the others are gathered.
            kind: Is::Case {
                words: "tickets-kind-",
                cases: &[
                    ("report", "(t.kind || '') = 'report'"),
                    ("investigation", "t.kind = 'investigation'"),
                    ("countermeasure", "t.kind = 'countermeasure'"),
                ],
            },
            sql: "",
        },
        Filter {
            name: "state",
            label: "response-field-state",
            kind: Is::Case {
                words: "tickets-list-state-",
                cases: &[
                    ("live", LIVE),
                    ("new", "t.state = 'new'"),
                    ("open", "t.state = 'open'"),
                    ("pending-activation", "t.state = 'pending-activation'"),
                    ("active", "t.state = 'active'"),
                    ("pending-removal", "t.state = 'pending-removal'"),
                    ("closed", "t.closed <> ''"),
                    ("resolved", "t.state = 'resolved'"),
                    ("rejected", "t.state = 'rejected'"),
                    ("removed", "t.state = 'removed'"),
                    ("all", "1 = 1"),
                ],
            },
            sql: "",
        },
        Filter {
            name: "show",
            label: "response-list-show",
            kind: Is::Case {
                words: "tickets-list-show-",
                cases: &[
                    ("mine", "t.owner = $2"),
                    ("unowned", "t.owner = ''"),
                    (
                        "unanswered",
                        "(t.kind || '') = 'report' AND t.closed = '' AND t.answered = '' AND t.correspondent <> ''
                         AND t.source IN ('mail', 'web', 'telephone', 'person')",
                    ),
                    ("unlinked", "NOT EXISTS (SELECT 1 FROM response_ticket_incident l WHERE l.ticket_id = t.id)"),
                    ("due", "t.due <> '' AND t.due < $3 AND t.closed = ''"),
                    ("answers", "t.owner = $2 AND t.closed = '' AND t.waits_for = 'us'"),
                    ("waits-us", "t.closed = '' AND t.waits_for = 'us'"),
                    ("waits-them", "t.closed = '' AND t.waits_for = 'them'"),
                    (
                        "waits-long",
                        "t.closed = '' AND t.waits_for = 'them' AND NOT EXISTS (SELECT 1 FROM response_message m
                          WHERE m.ticket_id = t.id AND m.at > $4 AND m.kind = 'sent')",
                    ),
                ],
            },
            sql: "",
        },
        Filter { name: "owner", label: "response-field-owner", kind: Is::Pick, sql: "t.owner = ?" },
        Filter { name: "class", label: "response-list-class", kind: Is::Pick, sql: "t.taxonomy = ?" },
        Filter {
            name: "tlp",
            label: "response-field-tlp",
            kind: Is::Case {
                words: "tickets-tlp-",
                cases: &[
                    ("clear", "t.tlp = 0"),
                    ("green", "t.tlp = 1"),
                    ("amber", "t.tlp = 2"),
                    ("amber-strict", "t.tlp = 3"),
                    ("red", "t.tlp = 4"),
                ],
            },
            sql: "",
        },
        Filter {
            name: "source",
            label: "tickets-field-source",
            kind: Is::Choice {
                values: &["mail", "arf", "xarf", "web", "telephone", "api", "import", "person"],
                words: "tickets-source-",
            },
            sql: "t.source = ?",
        },
        Filter {
            name: "correspondent",
            label: "tickets-field-correspondent",
            kind: Is::Written(mail_key),
            sql: "t.correspondent = ?",
        },
        Filter {
            name: "constituent",
            label: "response-field-constituent",
            kind: Is::Pick,
            sql: "t.constituent_id = ?",
        },
        Filter {
            name: "tag",
            label: "response-field-tags",
            kind: Is::Pick,
            sql: "EXISTS (SELECT 1 FROM response_tag g WHERE g.record_id = t.id AND g.tag = ?)",
        },
        Filter { name: "mailbox", label: "tickets-field-mailbox", kind: Is::Pick, sql: "(t.mailbox || '') = ?" },
        Filter { name: "from", label: "web-list-from", kind: Is::FromDay, sql: "t.created >= ?" },
        Filter { name: "until", label: "web-list-until", kind: Is::UntilDay, sql: "t.created < ?" },
    ]
}

static ASKED_OF_SQLITE: [Filter; 15] = filters(SAID_IN_SQLITE, words::asked_of_sqlite);
static ASKED_OF_POSTGRES: [Filter; 15] = filters(SAID_IN_POSTGRES, words::asked_of_postgres);

/// What is read of one, in the order of `sql_ticket::COLUMNS`.
const READ: [&str; 29] = [
    "t.id",
    "t.number",
    "t.kind",
    "t.state",
    "t.subject",
    "t.taxonomy",
    "t.type",
    "t.tlp",
    "t.owner",
    "t.mailbox",
    "t.source",
    "t.correspondent",
    "t.correspondent_name",
    "t.constituent_id",
    "t.constituent",
    "t.language",
    "t.target",
    "t.place",
    "t.merged_into",
    "t.opened_by",
    "t.version",
    "t.messages",
    "t.created",
    "t.changed",
    "t.acknowledged",
    "t.answered",
    "t.closed",
    "t.due",
    "t.tags",
];
/// What it is weighed by.
const WEIGHED: [&str; 3] = ["t.id", "t.subject", "t.created"];

const fn spec(filters: &'static [Filter]) -> ListSpec {
    ListSpec {
        columns: &READ,
        from: "response_ticket t",
        // Clearance; then who asks, now, and a week ago, for the filters that need them. What was merged is part of another.
        only: "t.tlp <= $1 AND t.merged_into = '' AND $2 <> ' ' AND $3 <> ' ' AND $4 <> ' '",
        filters,
        sorts: &[
            Sort {
                name: "created",
                label: "response-field-created",
                column: "t.created",
                key: Key::Text,
                descending: true,
            },
            Sort {
                name: "changed",
                label: "response-field-changed",
                column: "t.changed",
                key: Key::Text,
                descending: true,
            },
            Sort {
                name: "due",
                label: "response-field-due",
                column: "CASE WHEN t.due = '' THEN '9' ELSE t.due END",
                key: Key::Text,
                descending: false,
            },
            Sort { name: "owner", label: "response-field-owner", column: "t.owner", key: Key::Text, descending: false },
        ],
        key: "t.id",
        key_kind: Key::Text,
    }
}

/// How the list may be asked; the words of a text are looked for as each engine wants it.
pub(in crate::pages) static TICKETS: ListSpec = spec(&ASKED_OF_SQLITE);
static TICKETS_OF_POSTGRES: ListSpec = spec(&ASKED_OF_POSTGRES);

/// The list as the database of the house is asked for it.
pub(super) fn tickets_of(db: &Db) -> &'static ListSpec {
    match db.engine() {
        Engine::Sqlite => &TICKETS,
        Engine::Postgres => &TICKETS_OF_POSTGRES,
    }
}

/// The columns a reader may leave out, in the order of the table.
const COLUMNS: [(&str, &str); 11] = [
    ("subject", "tickets-field-subject"),
    ("state", "response-field-state"),
    ("correspondent", "tickets-field-correspondent"),
    ("owner", "response-field-owner"),
    ("constituent", "response-field-constituent"),
    ("messages", "tickets-field-messages"),
    ("due", "response-field-due"),
    ("created", "response-field-created"),
    ("changed", "response-field-changed"),
    ("tlp", "response-field-tlp"),
    ("mailbox", "tickets-field-mailbox"),
];

/// The states of the filter but `all`, which is the empty choice.
const STATES: [&str; 10] = [
    "live",
    "new",
    "open",
    "pending-activation",
    "active",
    "pending-removal",
    "closed",
    "resolved",
    "rejected",
    "removed",
];

const EXPORT_COLUMNS: [&str; 22] = [
    "id",
    "number",
    "kind",
    "state",
    "subject",
    "class",
    "type",
    "tlp",
    "owner",
    "mailbox",
    "source",
    "correspondent",
    "correspondent_name",
    "constituent",
    "target",
    "place",
    "messages",
    "created",
    "changed",
    "closed",
    "due",
    "tags",
];

fn cells(one: Ticket) -> Vec<Cell> {
    vec![
        one.id.into(),
        one.number.into(),
        one.kind.as_str().into(),
        one.state.as_str().into(),
        one.subject.into(),
        one.taxonomy.into(),
        one.rsit.into(),
        one.tlp.label().into(),
        one.owner.into(),
        one.mailbox.into(),
        one.source.as_str().into(),
        one.correspondent.into(),
        one.correspondent_name.into(),
        one.constituent.into(),
        one.target.into(),
        one.place.into(),
        one.messages.into(),
        one.created.into(),
        one.changed.into(),
        one.closed.into(),
        one.due.into(),
        one.tags.replace('\n', " ").into(),
    ]
}

pub(super) fn fixed(visit: &Visit) -> [Arg<'static>; 4] {
    fixed_for(&visit.viewer, visit.now)
}

fn fixed_for(viewer: &Viewer, now: Micros) -> [Arg<'static>; 4] {
    [viewer.into(), viewer.name.clone().into(), now.into(), now.plus_days(-WAITS_DAYS).into()]
}

/// A page of the list, or of the best of it; how many were weighed, where older ones that say the words were not.
pub(super) async fn listed(
    db: &Db,
    viewer: &Viewer,
    (ask, place): (&Ask, Option<&str>),
    now: Micros,
) -> Result<(Found<Ticket>, Option<usize>), PageError> {
    let fixed = fixed_for(viewer, now);
    if !best::is_wanted(ask) {
        return Ok((ask.fetch(db, &fixed, sql_ticket::ticket).await?, None));
    }
    let best = best::best(db, (ask, "ticket", &WEIGHED), place, &fixed).await?;
    let rows = sql_ticket::some_of(db, viewer, &best.ids).await?;
    Ok(best.page(rows))
}

/// Tickets that say all the words, as far as the viewer may see them: the newest first, or the best; 200 at most.
pub async fn find_tickets(
    db: &Db,
    viewer: &Viewer,
    (text, is_best_first): (&str, bool),
    most: usize,
    now: Micros,
) -> Result<Vec<Ticket>, PageError> {
    let ask = tickets_of(db).read_pairs(&best::looking_for(text, is_best_first, most))?;
    Ok(listed(db, viewer, (&ask, None), now).await?.0.rows)
}

/// What is asked for; live ones unless the reader says otherwise. The empty choice says: all.
pub(super) fn asked(pairs: Vec<(String, String)>) -> Vec<(String, String)> {
    super::super::list::asked(pairs)
}

#[derive(Template)]
#[template(path = "response/tickets/list.html")]
struct TicketsPage {
    page: Page,
    list: ListView,
    rows: Vec<Ticket>,
    none_yet: bool,
    /// How many were weighed, where not all that say the words were.
    cut: Option<usize>,
    may_handle: bool,
    team: Vec<Choice>,
    /// The kind that is shown; empty for all.
    kind: String,
    offer: Markup,
    back: String,
    now: Micros,
}

impl TicketsPage {
    fn tone(&self, row: &Ticket) -> &'static str {
        tone(row.state)
    }

    fn state_key(&self, row: &Ticket) -> String {
        state_key(row.state)
    }

    fn kind_key(&self, row: &Ticket) -> String {
        kind_key(row.kind)
    }

    fn class(&self, row: &Ticket) -> String {
        self.page.t(format!("web-type-{}", row.rsit))
    }

    fn is_overdue(&self, row: &Ticket) -> bool {
        row.due.is_some_and(|due| due < self.now) && row.state.is_live()
    }

    /// The kinds, each with its address; the one that is shown is no link to itself.
    fn kinds(&self) -> Vec<(String, String, bool)> {
        let all = ("/tickets".to_string(), self.page.t("tickets-kind-all"), self.kind.is_empty());
        let of = |kind: Kind| {
            let word = kind.as_str();
            (format!("/tickets?kind={word}"), self.page.t(format!("tickets-kinds-{word}")), self.kind == word)
        };
        std::iter::once(all).chain(Kind::ALL.map(of)).collect()
    }

    /// States that the buttons offer: those of the kind that is shown, or of all.
    fn states(&self) -> Vec<TicketState> {
        let of = Kind::parse(&self.kind);
        let may = |state: &TicketState| match of {
            Some(kind) => kind.states().contains(state),
            None => true,
        };
        TicketState::ALL.into_iter().filter(|state| *state != TicketState::New && may(state)).collect()
    }

    fn word_of(&self, state: &TicketState) -> String {
        self.page.t(state_key(*state))
    }

    fn tick(&self, row: &Ticket) -> Markup {
        // The label is for those who cannot see which row the box stands in.
        let label = self.page.t1("tickets-list-tick", "number", row.number.as_str());
        super::super::list::tick(&row.id, &label)
    }
}

/// `GET /tickets`
pub(super) async fn tickets(visit: Visit) -> Answer {
    let (ask, place) = best::read(tickets_of(&visit.db), asked(visit.query_pairs()))?;
    let ask = ask.for_reader(&visit);
    if let Some(format) = ask.format() {
        let rows = ask.fetch_all(&visit.db, &fixed(&visit), EXPORT_MOST, sql_ticket::ticket).await?;
        let cells: Vec<Vec<Cell>> = rows.into_iter().map(cells).collect();
        return Ok(visit.export(format, "tickets", &EXPORT_COLUMNS, &cells));
    }
    let (found, cut) = listed(&visit.db, &visit.viewer, (&ask, place.as_deref()), visit.now).await?;
    let words = |prefix: &str, value: &str| Choice {
        value: value.to_string(),
        label: visit.t(&format!("{prefix}{}", value.replace('_', "-"))),
    };
    let (db, viewer) = (&visit.db, &visit.viewer);
    let choices = |values: Vec<(String, String)>| -> Vec<Choice> {
        values.into_iter().map(|(value, label)| Choice { value, label }).collect()
    };
    let owners = choices(sql_ticket::values(db, viewer, ("owner", "owner")).await?);
    let constituents = choices(sql_ticket::values(db, viewer, ("constituent_id", "constituent")).await?);
    let mailboxes = choices(sql_ticket::values(db, viewer, ("mailbox", "mailbox")).await?);
    let list = best::around(&visit, &ask, &found)
        .with_choices("state", STATES.iter().map(|state| words("tickets-list-state-", state)).collect())
        .with_choices("class", CLASSES.iter().map(|class| words("web-class-", class.value)).collect())
        .with_choices("owner", owners)
        .with_choices("constituent", constituents)
        .with_choices("tag", super::super::list::tag_choices(&visit, true).await?)
        .with_choices("mailbox", mailboxes);
    let list = if ask.value("state") == Some("live") { list.with_chip(&ask, "state", "all") } else { list };
    let may_handle = visit.may(Right::HandleIncidents);
    let list = list.with_columns(&visit, &COLUMNS);
    let offer = if may_handle { manara_web::bulk::offer(&visit, &many::Tickets).await? } else { Markup::default() };
    let back = visit.uri.path_and_query().map_or("/tickets", |path| path.as_str()).to_string();
    visit.html(&TicketsPage {
        none_yet: found.rows.is_empty() && !sql_ticket::any(db, viewer).await?,
        team: if may_handle { team(&visit, "").await? } else { Vec::new() },
        kind: ask.value("kind").unwrap_or_default().to_string(),
        page: visit.page("tickets-list-title"),
        list,
        rows: found.rows,
        cut,
        may_handle,
        offer,
        back,
        now: visit.now,
    })
}

/// `POST /tickets/bulk`: to those that are ticked, or to all that match the filters of the list it came from.
pub(super) async fn change_many(visit: Visit, RawForm(form): RawForm) -> Answer {
    super::super::list::choose(visit, &many::Tickets, &form).await
}
