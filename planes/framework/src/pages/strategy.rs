//! The national strategy at work: overview, roles, actions, critical functions, reviews.

pub(super) mod form;
pub(crate) mod operations;

use std::sync::Arc;

use askama::Template;
use axum::extract::State as Given;
use manara_web::{
    Answer, Ask, Cell, Filter, Key, Kind, ListSpec, ListView, Markup, Page, PageError, Right, Sort, Visit,
};

use super::Room;
use super::works::Works;
use crate::sql_strategy as sql;
use crate::strategy::{ELEMENTS, Function, Part, Progress, Record, Review, Stakeholder, Undertaking, calendar, goals};

/// Rows of an export.
const EXPORT: usize = 1_000;
/// Late actions and next reviews on the overview.
const SHOWN: usize = 10;

static ACTIONS: ListSpec = ListSpec {
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

/// A goal with who is what to it.
struct Goal {
    id: String,
    element: String,
    name: String,
    accountable: usize,
    /// In the order of the stakeholders.
    cells: Vec<Option<Part>>,
}

/// The matrix of goals and stakeholders.
async fn matrix(visit: &Visit, room: &Room, all: &[Stakeholder]) -> Result<Vec<Goal>, PageError> {
    let Some(catalogue) = room.shelf.get(ELEMENTS) else { return Ok(Vec::new()) };
    let parts = sql::parts(&visit.db).await?;
    let lang = visit.lang.tag();
    let of = |item: &crate::catalogue::Item| {
        let part = |one: &Stakeholder| {
            parts.iter().find(|(id, goal, _)| *id == one.id && *goal == item.ref_id).map(|(_, _, part)| *part)
        };
        let cells: Vec<Option<Part>> = all.iter().map(part).collect();
        Goal {
            id: item.ref_id.clone(),
            element: catalogue.section(item).name.of(lang).to_string(),
            name: item.name.of(lang).to_string(),
            accountable: cells.iter().filter(|part| **part == Some(Part::Accountable)).count(),
            cells,
        }
    };
    Ok(goals(catalogue).map(of).collect())
}

#[derive(Template)]
#[template(path = "framework/strategy.html")]
struct HomePage {
    page: Page,
    today: String,
    unanswered: Vec<Goal>,
    live: usize,
    late: Vec<Undertaking>,
    functions: usize,
    unprovided: usize,
    reviews: Vec<Review>,
    stakeholders: usize,
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
    let stakeholders = sql::stakeholders(&visit.db).await?;
    let actions = sql::undertakings(&visit.db, &visit.viewer).await?;
    let functions = sql::functions(&visit.db, &visit.viewer).await?;
    let goals = matrix(&visit, &works.desk, &stakeholders).await?;
    let page = HomePage {
        page: visit.page("strategy-title").under("/framework", "framework-title"),
        unanswered: goals.into_iter().filter(|goal| goal.accountable != 1).collect(),
        live: actions.iter().filter(|one| one.progress.is_live()).count(),
        late: actions.into_iter().filter(|one| one.is_late(&today)).collect(),
        unprovided: functions.iter().filter(|one| one.providers.is_empty()).count(),
        functions: functions.len(),
        reviews: sql::reviews(&visit.db).await?.into_iter().take(SHOWN).collect(),
        stakeholders: stakeholders.len(),
        today,
    };
    visit.html(&page)
}

#[derive(Template)]
#[template(path = "framework/strategy_roles.html")]
struct RolesPage {
    page: Page,
    stakeholders: Vec<Stakeholder>,
    goals: Vec<Goal>,
    may_change: bool,
}

impl RolesPage {
    fn href(&self, one: &Stakeholder) -> String {
        href(Record::Stakeholder, &one.id)
    }

    fn letter_key(&self, part: &Part) -> String {
        format!("strategy-letter-{}", part.as_str())
    }

    fn part_key(&self, part: &Part) -> String {
        format!("strategy-part-{}", part.as_str())
    }

    fn parts(&self) -> [Part; 4] {
        Part::ALL
    }
}

/// `GET /framework/strategy/roles`
pub(super) async fn roles(visit: Visit, Given(works): Given<Works>) -> Answer {
    let stakeholders = sql::stakeholders(&visit.db).await?;
    let goals = matrix(&visit, &works.desk, &stakeholders).await?;
    if visit.query("format").as_deref() == Some("csv") {
        let head: Vec<String> =
            ["item", "goal"].map(String::from).into_iter().chain(stakeholders.iter().map(said)).collect();
        let head: Vec<&str> = head.iter().map(String::as_str).collect();
        let rows: Vec<Vec<Cell>> = goals
            .iter()
            .map(|goal| {
                let parts = goal.cells.iter().map(|part| part.map_or("", Part::as_str).into());
                [Cell::from(&goal.id), Cell::from(&goal.name)].into_iter().chain(parts).collect()
            })
            .collect();
        return Ok(visit.export(manara_web::Format::Csv, "roles", &head, &rows));
    }
    let may_change = visit.may(Right::ModerateAssessments);
    visit.html(&RolesPage { page: frame(&visit, "strategy-roles"), stakeholders, goals, may_change })
}

/// A stakeholder as the head of a column; what would be a formula is no name.
fn said(one: &Stakeholder) -> String {
    manara_model::neutral_cell(&format!("{} ({})", one.name, one.organisation)).into_owned()
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
    let list = ask.view(&visit, &found);
    let page = ActionsPage {
        page: frame(&visit, "strategy-actions"),
        room: Arc::clone(&works.desk),
        list,
        rows: found.rows,
        today: today.clone(),
        may_change: visit.may(Right::ModerateAssessments),
    };
    visit.html(&page)
}

#[derive(Template)]
#[template(path = "framework/strategy_functions.html")]
struct FunctionsPage {
    page: Page,
    rows: Vec<Function>,
    may_change: bool,
}

impl FunctionsPage {
    fn href(&self, one: &Function) -> String {
        href(Record::Function, &one.id)
    }

    fn needs(&self, one: &Function) -> Vec<&Function> {
        self.rows.iter().filter(|other| one.needs.contains(&other.id)).collect()
    }

    /// Functions that cannot work without it.
    fn needed_by(&self, one: &Function) -> Vec<&Function> {
        self.rows.iter().filter(|other| other.needs.contains(&one.id)).collect()
    }
}

/// `GET /framework/strategy/functions`
pub(super) async fn functions(visit: Visit) -> Answer {
    let rows = sql::functions(&visit.db, &visit.viewer).await?;
    let may_change = visit.may(Right::ModerateAssessments);
    visit.html(&FunctionsPage { page: frame(&visit, "strategy-functions"), rows, may_change })
}

#[derive(Template)]
#[template(path = "framework/strategy_reviews.html")]
struct ReviewsPage {
    page: Page,
    rows: Vec<Review>,
    today: String,
    may_change: bool,
}

impl ReviewsPage {
    fn href(&self, one: &Review) -> String {
        href(Record::Review, &one.id)
    }

    fn kind_key(&self, one: &Review) -> String {
        format!("strategy-review-{}", one.kind)
    }

    fn is_over(&self, one: &Review) -> bool {
        one.next < self.today
    }
}

/// `GET /framework/strategy/reviews`
pub(super) async fn reviews(visit: Visit) -> Answer {
    let rows = sql::reviews(&visit.db).await?;
    let may_change = visit.may(Right::ModerateAssessments);
    visit.html(&ReviewsPage { page: frame(&visit, "strategy-reviews"), rows, today: visit.now.day(), may_change })
}

/// `GET /framework/strategy/reviews.ics`
pub(super) async fn ics(visit: Visit) -> Answer {
    let rows = sql::reviews(&visit.db).await?;
    let title = |one: &Review| format!("{}: {}", visit.t(&format!("strategy-review-{}", one.kind)), one.title);
    let text = calendar(&rows, title, visit.now);
    Ok(visit.download("reviews.ics", "text/calendar; charset=utf-8", text))
}
