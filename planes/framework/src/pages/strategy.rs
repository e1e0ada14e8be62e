//! The national strategy at work: overview, roles, actions, critical functions, reviews.

pub(super) mod form;
mod functions;
pub(super) mod many;
pub(crate) mod operations;
mod reviews;
mod roles;
pub(super) mod writes;

use std::sync::Arc;

use askama::Template;
use axum::extract::State as Given;
use manara_web::{Answer, Ask, Cell, Filter, Key, Kind, ListSpec, ListView, Markup, Page, Right, Sort, Visit};

pub(super) use functions::functions;
pub(super) use reviews::{ics, reviews};
pub(super) use roles::roles;

use super::Room;
use super::works::Works;
use crate::sql_strategy as sql;
use crate::sql_strategy::Numbers;
use crate::strategy::{ELEMENTS, Progress, Record, Review, Undertaking};
use roles::{Goal, matrix};

/// Rows of an export: all there can be.
const EXPORT: usize = 10_000;
/// Late actions and next reviews on the overview.
const SHOWN: i64 = 10;

pub(super) static ACTIONS: ListSpec = ListSpec {
    // The order of `sql_strategy::undertaking`.
    columns: &["a.id", "a.item", "a.title", "a.owner", "a.due", "a.state", "a.note", "a.tlp", "a.version"],
    from: "framework_action a",
    only: "a.tlp <= $1 AND a.removed = '' AND $2 <> ''",
    filters: &[
        Filter {
            name: "q",
            label: "strategy-field-title",
            kind: Kind::Contains,
            sql: r"LOWER(a.title || ' ' || a.owner) LIKE ? ESCAPE '\'",
        },
        Filter {
            name: "state",
            label: "strategy-field-state",
            kind: Kind::Choice { values: &["planned", "doing", "done", "dropped"], words: "strategy-state-" },
            sql: "a.state = ?",
        },
        Filter {
            name: "show",
            label: "strategy-show",
            kind: Kind::Case {
                words: "strategy-show-",
                cases: &[
                    ("late", "a.due <> '' AND a.due < $2 AND a.state IN ('planned', 'doing')"),
                    ("live", "a.state IN ('planned', 'doing')"),
                ],
            },
            sql: "",
        },
    ],
    sorts: &[
        Sort { name: "due", label: "strategy-field-due", column: "a.due", key: Key::Text, descending: false },
        Sort { name: "title", label: "strategy-field-title", column: "a.title", key: Key::Text, descending: false },
        Sort { name: "owner", label: "strategy-field-owner", column: "a.owner", key: Key::Text, descending: false },
    ],
    key: "a.id",
    key_kind: Key::Text,
};

/// The address of a record's form.
fn href(record: Record, id: &str) -> String {
    format!("/framework/strategy/{}s/{id}", record.as_str())
}

fn item_name(room: &Room, lang: &str, id: &str) -> String {
    let found = room.shelf.get(ELEMENTS).and_then(|catalogue| catalogue.item(id));
    found.map_or(id, |item| item.name.of(lang)).to_string()
}

fn progress_badge(page: &Page, one: &Undertaking) -> Markup {
    let tone = match one.progress {
        Progress::Planned => "mute",
        Progress::Doing => "info",
        Progress::Done => "good",
        Progress::Dropped => "mute",
    };
    page.badge(tone, &format!("strategy-state-{}", one.progress.as_str()))
}

fn frame(visit: &Visit, key: &str) -> Page {
    visit.page(key).under("/framework", "framework-title").under("/framework/strategy", "strategy-title")
}

#[derive(Template)]
#[template(path = "framework/strategy.html")]
struct HomePage {
    page: Page,
    today: String,
    unanswered: Vec<Goal>,
    numbers: Numbers,
    late: Vec<Undertaking>,
    reviews: Vec<Review>,
}

impl HomePage {
    fn action(&self, one: &Undertaking) -> String {
        href(Record::Undertaking, &one.id)
    }

    fn review(&self, one: &Review) -> String {
        href(Record::Review, &one.id)
    }

    fn kind_key(&self, one: &Review) -> String {
        format!("strategy-review-{}", one.kind)
    }

    fn is_over(&self, one: &Review) -> bool {
        one.next < self.today
    }
}

/// `GET /framework/strategy`
pub(super) async fn home(visit: Visit, Given(works): Given<Works>) -> Answer {
    let today = visit.now.day();
    // Nobody's parts are asked for: how many answer for a goal is counted over all.
    let goals = matrix(&visit, &works.desk, &[]).await?;
    let page = HomePage {
        page: visit.page("strategy-title").under("/framework", "framework-title"),
        unanswered: goals.into_iter().filter(|goal| goal.accountable != 1).collect(),
        numbers: sql::strategy_numbers(&visit.db, &visit.viewer, &today).await?,
        late: sql::late(&visit.db, &visit.viewer, &today, SHOWN).await?,
        reviews: sql::next_reviews(&visit.db, SHOWN).await?,
        today,
    };
    visit.html(&page)
}

#[derive(Template)]
#[template(path = "framework/strategy_actions.html")]
struct ActionsPage {
    page: Page,
    room: Room,
    list: ListView,
    rows: Vec<Undertaking>,
    today: String,
    may_change: bool,
    /// The last change of many actions, to take back.
    offer: Markup,
    back: String,
}

impl ActionsPage {
    fn href(&self, one: &Undertaking) -> String {
        href(Record::Undertaking, &one.id)
    }

    fn item(&self, one: &Undertaking) -> String {
        item_name(&self.room, self.page.lang.tag(), &one.item)
    }

    fn progress(&self, one: &Undertaking) -> Markup {
        progress_badge(&self.page, one)
    }

    /// The states an action can have, in words.
    fn states(&self) -> Vec<(&'static str, String)> {
        let words = |state: &'static str| (state, self.page.t(format!("strategy-state-{state}")));
        Progress::ALL.map(Progress::as_str).map(words).into()
    }
}

const ACTION_COLUMNS: [&str; 7] = ["id", "item", "title", "owner", "due", "state", "note"];

fn action_cells(one: Undertaking) -> Vec<Cell> {
    vec![
        one.id.into(),
        one.item.into(),
        one.title.into(),
        one.owner.into(),
        one.due.into(),
        one.progress.as_str().into(),
        one.note.into(),
    ]
}

/// `GET /framework/strategy/actions`
pub(super) async fn actions(visit: Visit, Given(works): Given<Works>) -> Answer {
    let ask: Ask = ACTIONS.read(&visit)?;
    let today = visit.now.day();
    let fixed = [visit.viewer.clearance.rank().into(), (&today).into()];
    if let Some(format) = ask.format() {
        let rows = ask.fetch_all(&visit.db, &fixed, EXPORT, sql::undertaking).await?;
        let cells: Vec<Vec<Cell>> = rows.into_iter().map(action_cells).collect();
        return Ok(visit.export(format, "actions", &ACTION_COLUMNS, &cells));
    }
    let found = ask.fetch(&visit.db, &fixed, sql::undertaking).await?;
    let columns = [
        ("owner", "strategy-field-owner"),
        ("due", "strategy-field-due"),
        ("state", "strategy-field-state"),
        ("item", "strategy-field-item"),
        ("tlp", "framework-field-tlp"),
    ];
    let list = ask.view(&visit, &found).with_columns(&visit, &columns);
    let may_change = visit.may(Right::ModerateAssessments);
    let offer = if may_change { manara_web::bulk::offer(&visit, &many::Actions).await? } else { Markup::default() };
    let page = ActionsPage {
        offer,
        back: visit.uri.path_and_query().map_or("", |path| path.as_str()).to_string(),
        page: frame(&visit, "strategy-actions"),
        room: Arc::clone(&works.desk),
        list,
        rows: found.rows,
        today: today.clone(),
        may_change,
    };
    visit.html(&page)
}
