//! Who is what to which goal: the stakeholders as a list, and the matrix of those on the page.

use askama::Template;
use axum::extract::State as Given;
use manara_web::{Answer, Cell, Filter, Key, Kind, ListSpec, ListView, Page, PageError, Right, Sort, Visit};

use super::super::Room;
use super::super::works::Works;
use super::{EXPORT, frame, href};
use crate::sql_strategy as sql;
use crate::strategy::{ELEMENTS, Part, Record, Stakeholder, goals};

pub(super) static STAKEHOLDERS: ListSpec = ListSpec {
    // The order of `sql_strategy::stakeholder`.
    columns: &["s.id", "s.name", "s.organisation", "s.contact", "s.version"],
    from: "framework_stakeholder s",
    only: "s.removed = ''",
    filters: &[
        Filter {
            name: "q",
            label: "strategy-field-name",
            kind: Kind::Contains,
            sql: r"LOWER(s.name || ' ' || s.organisation) LIKE ? ESCAPE '\'",
        },
        Filter {
            name: "show",
            label: "strategy-show",
            kind: Kind::Case {
                words: "strategy-show-",
                cases: &[
                    (
                        "accountable",
                        "EXISTS (SELECT 1 FROM framework_part p WHERE p.stakeholder_id = s.id AND p.part = 'accountable')",
                    ),
                    ("idle", "NOT EXISTS (SELECT 1 FROM framework_part p WHERE p.stakeholder_id = s.id)"),
                ],
            },
            sql: "",
        },
    ],
    sorts: &[
        Sort {
            name: "organisation",
            label: "strategy-field-organisation",
            column: "s.organisation",
            key: Key::Text,
            descending: false,
        },
        Sort { name: "name", label: "strategy-field-name", column: "s.name", key: Key::Text, descending: false },
    ],
    key: "s.id",
    key_kind: Key::Text,
};

/// A goal with who is what to it.
pub(super) struct Goal {
    /// Its number.
    pub id: String,
    /// The element it belongs to.
    pub element: String,
    /// Its name.
    pub name: String,
    /// How many answer for it, on whatever page they stand.
    pub accountable: i64,
    /// In the order of the stakeholders.
    pub cells: Vec<Option<Part>>,
}

/// The matrix of goals and some stakeholders.
pub(super) async fn matrix(visit: &Visit, room: &Room, some: &[Stakeholder]) -> Result<Vec<Goal>, PageError> {
    let Some(catalogue) = room.shelf.get(ELEMENTS) else { return Ok(Vec::new()) };
    let ids: Vec<String> = some.iter().map(|one| one.id.clone()).collect();
    let (parts, accountable) = (sql::parts_of(&visit.db, &ids).await?, sql::accountable(&visit.db).await?);
    let lang = visit.lang.tag();
    let of = |item: &crate::catalogue::Item| Goal {
        id: item.ref_id.clone(),
        element: catalogue.section(item).name.of(lang).to_string(),
        name: item.name.of(lang).to_string(),
        accountable: accountable.get(&item.ref_id).copied().unwrap_or(0),
        cells: ids.iter().map(|id| parts.get(&(id.clone(), item.ref_id.clone())).copied()).collect(),
    };
    Ok(goals(catalogue).map(of).collect())
}

#[derive(Template)]
#[template(path = "framework/strategy_roles.html")]
struct RolesPage {
    page: Page,
    list: ListView,
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

/// `GET /framework/strategy/roles`; taken away it is the matrix of all that the filter finds.
pub(in super::super) async fn roles(visit: Visit, Given(works): Given<Works>) -> Answer {
    let ask = STAKEHOLDERS.read(&visit)?;
    if let Some(format) = ask.format() {
        let all = ask.fetch_all(&visit.db, &[], EXPORT, sql::stakeholder).await?;
        let goals = matrix(&visit, &works.desk, &all).await?;
        let head: Vec<String> = ["item", "goal"].map(String::from).into_iter().chain(all.iter().map(said)).collect();
        let head: Vec<&str> = head.iter().map(String::as_str).collect();
        let row = |goal: &Goal| -> Vec<Cell> {
            let parts = goal.cells.iter().map(|part| part.map_or("", Part::as_str).into());
            [Cell::from(&goal.id), Cell::from(&goal.name)].into_iter().chain(parts).collect()
        };
        let rows: Vec<Vec<Cell>> = goals.iter().map(row).collect();
        return Ok(visit.export(format, "roles", &head, &rows));
    }
    let found = ask.fetch(&visit.db, &[], sql::stakeholder).await?;
    let columns = [("organisation", "strategy-field-organisation"), ("contact", "strategy-field-contact")];
    let list = ask.view(&visit, &found).with_columns(&visit, &columns);
    let goals = matrix(&visit, &works.desk, &found.rows).await?;
    let may_change = visit.may(Right::ModerateAssessments);
    let page = frame(&visit, "strategy-roles");
    visit.html(&RolesPage { page, list, stakeholders: found.rows, goals, may_change })
}

/// A stakeholder as the head of a column; what would be a formula is no name.
fn said(one: &Stakeholder) -> String {
    manara_model::neutral_cell(&format!("{} ({})", one.name, one.organisation)).into_owned()
}
