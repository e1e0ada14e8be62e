//! The reviews as a list and as a calendar.

use askama::Template;
use manara_web::{Answer, Cell, Filter, Key, Kind, ListSpec, ListView, Page, Right, Sort, Visit};

use super::{EXPORT, frame, href};
use crate::sql_strategy as sql;
use crate::strategy::{Record, Review, calendar};

pub(super) static REVIEWS: ListSpec = ListSpec {
    // The order of `sql_strategy::review`.
    columns: &["r.id", "r.kind", "r.title", "r.owner", "r.next", "r.every_months", "r.last", "r.version"],
    from: "framework_review r",
    only: "r.removed = '' AND $1 <> ''",
    filters: &[
        Filter {
            name: "q",
            label: "strategy-field-title",
            kind: Kind::Contains,
            sql: r"LOWER(r.title || ' ' || r.owner) LIKE ? ESCAPE '\'",
        },
        Filter {
            name: "kind",
            label: "strategy-field-kind",
            kind: Kind::Choice { values: &crate::strategy::REVIEWS, words: "strategy-review-" },
            sql: "r.kind = ?",
        },
        Filter {
            name: "show",
            label: "strategy-show",
            kind: Kind::Case { words: "strategy-show-", cases: &[("over", "r.next < $1")] },
            sql: "",
        },
    ],
    sorts: &[
        Sort { name: "next", label: "strategy-field-next", column: "r.next", key: Key::Text, descending: false },
        Sort { name: "title", label: "strategy-field-title", column: "r.title", key: Key::Text, descending: false },
        Sort { name: "owner", label: "strategy-field-owner", column: "r.owner", key: Key::Text, descending: false },
        Sort { name: "last", label: "strategy-field-last", column: "r.last", key: Key::Text, descending: true },
    ],
    key: "r.id",
    key_kind: Key::Text,
};

const COLUMNS: [&str; 7] = ["id", "kind", "title", "owner", "next", "every_months", "last"];

#[derive(Template)]
#[template(path = "framework/strategy_reviews.html")]
struct ReviewsPage {
    page: Page,
    list: ListView,
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

fn cells(one: Review) -> Vec<Cell> {
    vec![
        one.id.into(),
        one.kind.into(),
        one.title.into(),
        one.owner.into(),
        one.next.into(),
        one.every_months.into(),
        one.last.into(),
    ]
}

/// `GET /framework/strategy/reviews`
pub(in super::super) async fn reviews(visit: Visit) -> Answer {
    let ask = REVIEWS.read(&visit)?;
    let today = visit.now.day();
    let fixed = [(&today).into()];
    if let Some(format) = ask.format() {
        let rows = ask.fetch_all(&visit.db, &fixed, EXPORT, sql::review).await?;
        let cells: Vec<Vec<Cell>> = rows.into_iter().map(cells).collect();
        return Ok(visit.export(format, "reviews", &COLUMNS, &cells));
    }
    let found = ask.fetch(&visit.db, &fixed, sql::review).await?;
    let columns = [("kind", "strategy-field-kind"), ("owner", "strategy-field-owner"), ("last", "strategy-field-last")];
    let list = ask.view(&visit, &found).with_columns(&visit, &columns);
    let may_change = visit.may(Right::ModerateAssessments);
    let page = frame(&visit, "strategy-reviews");
    visit.html(&ReviewsPage { page, list, rows: found.rows, today: today.clone(), may_change })
}

/// `GET /framework/strategy/reviews.ics`
pub(in super::super) async fn ics(visit: Visit) -> Answer {
    let rows = sql::reviews(&visit.db).await?;
    let title = |one: &Review| format!("{}: {}", visit.t(&format!("strategy-review-{}", one.kind)), one.title);
    let text = calendar(&rows, title, visit.now);
    Ok(visit.download("reviews.ics", "text/calendar; charset=utf-8", text))
}
