//! The critical functions as a list.

use askama::Template;
use manara_web::{Answer, Cell, Filter, Key, Kind, ListSpec, ListView, Page, Right, Sort, Visit};

use super::{EXPORT, frame, href};
use crate::sql_strategy::{self as sql, Links};
use crate::strategy::{Function, Record};

pub(super) static FUNCTIONS: ListSpec = ListSpec {
    // The order of `sql_strategy::function`.
    columns: &["f.id", "f.name", "f.owner", "f.note", "f.tlp", "f.version"],
    from: "framework_function f",
    only: "f.removed = '' AND f.tlp <= $1",
    filters: &[
        Filter {
            name: "q",
            label: "strategy-field-name",
            kind: Kind::Contains,
            sql: r"LOWER(f.name || ' ' || f.owner) LIKE ? ESCAPE '\'",
        },
        Filter {
            name: "show",
            label: "strategy-show",
            kind: Kind::Case {
                words: "strategy-show-",
                cases: &[("unprovided", "NOT EXISTS (SELECT 1 FROM framework_provider p WHERE p.function_id = f.id)")],
            },
            sql: "",
        },
    ],
    sorts: &[
        Sort { name: "name", label: "strategy-field-name", column: "f.name", key: Key::Text, descending: false },
        Sort { name: "owner", label: "strategy-field-owner", column: "f.owner", key: Key::Text, descending: false },
    ],
    key: "f.id",
    key_kind: Key::Text,
};

const COLUMNS: [&str; 7] = ["id", "name", "owner", "providers", "needs", "tlp", "note"];

#[derive(Template)]
#[template(path = "framework/strategy_functions.html")]
struct FunctionsPage {
    page: Page,
    list: ListView,
    rows: Vec<Function>,
    links: Links,
    may_change: bool,
}

impl FunctionsPage {
    fn href(&self, one: &Function) -> String {
        href(Record::Function, &one.id)
    }

    fn providers(&self, one: &Function) -> &[(String, String)] {
        self.links.providers.get(&one.id).map(Vec::as_slice).unwrap_or_default()
    }

    fn needs(&self, one: &Function) -> &[(String, String)] {
        self.links.needs.get(&one.id).map(Vec::as_slice).unwrap_or_default()
    }

    /// Functions that cannot work without it.
    fn needed_by(&self, one: &Function) -> &[(String, String)] {
        self.links.needed_by.get(&one.id).map(Vec::as_slice).unwrap_or_default()
    }
}

/// `GET /framework/strategy/functions`
pub(in super::super) async fn functions(visit: Visit) -> Answer {
    let ask = FUNCTIONS.read(&visit)?;
    let fixed = [visit.viewer.clearance.rank().into()];
    if let Some(format) = ask.format() {
        let rows = ask.fetch_all(&visit.db, &fixed, EXPORT, sql::function).await?;
        let ids: Vec<String> = rows.iter().map(|one| one.id.clone()).collect();
        let links = sql::links(&visit.db, &visit.viewer, &ids).await?;
        let names = |of: Option<&Vec<(String, String)>>| -> Cell {
            let names = of.into_iter().flatten().map(|(_, name)| name.as_str());
            names.collect::<Vec<_>>().join("; ").into()
        };
        let cells = |one: Function| -> Vec<Cell> {
            let (providers, needs) = (names(links.providers.get(&one.id)), names(links.needs.get(&one.id)));
            vec![
                one.id.into(),
                one.name.into(),
                one.owner.into(),
                providers,
                needs,
                one.tlp.label().into(),
                one.note.into(),
            ]
        };
        let cells: Vec<Vec<Cell>> = rows.into_iter().map(cells).collect();
        return Ok(visit.export(format, "functions", &COLUMNS, &cells));
    }
    let found = ask.fetch(&visit.db, &fixed, sql::function).await?;
    let columns = [
        ("owner", "strategy-field-owner"),
        ("providers", "strategy-field-providers"),
        ("needs", "strategy-field-needs"),
        ("needed", "strategy-needed-by"),
        ("tlp", "framework-field-tlp"),
    ];
    let list = ask.view(&visit, &found).with_columns(&visit, &columns);
    let ids: Vec<String> = found.rows.iter().map(|one| one.id.clone()).collect();
    let links = sql::links(&visit.db, &visit.viewer, &ids).await?;
    let may_change = visit.may(Right::ModerateAssessments);
    let page = frame(&visit, "strategy-functions");
    visit.html(&FunctionsPage { page, list, rows: found.rows, links, may_change })
}
