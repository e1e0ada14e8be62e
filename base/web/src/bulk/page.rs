//! The page of a change of many: what it would do, what it did, and its undo.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, RawForm};

use super::choose::Fields;
use super::sql::{self, Bulk, BulkRow, BulkState, Outcome, Sum};
use super::{KEPT_DAYS, Many, work};
use crate::error::{Answer, Fault, PageError};
use crate::export::Cell;
use crate::rights::Right;
use crate::site::Site;
use crate::visit::{Page, Tone, Visit};

/// Records shown of each outcome; all are in the export.
const SHOWN: i64 = 50;
/// The outcomes of which records are shown, in this order.
const LISTED: [Outcome; 4] = [Outcome::Refused, Outcome::Left, Outcome::Changed, Outcome::Restored];

/// Whoever made a change sees it; what it asks of them is asked again.
pub(crate) fn site() -> Site {
    Site::new().page("/bulk/{id}", Right::Enter, show).post("/bulk/{id}/do", Right::Enter, go_on).post(
        "/bulk/{id}/undo",
        Right::Enter,
        undo,
    )
}

/// Records that came out one way.
struct Part {
    outcome: Outcome,
    rows: Vec<BulkRow>,
    more: i64,
}

#[derive(Template)]
#[template(path = "web/bulk.html")]
struct BulkPage {
    page: Page,
    many: Arc<dyn Many>,
    bulk: Bulk,
    says: String,
    warns: String,
    sums: Vec<Sum>,
    parts: Vec<Part>,
    kept_days: i64,
}

impl BulkPage {
    fn is_chosen(&self) -> bool {
        self.bulk.state == BulkState::Chosen
    }

    /// Whether something waits to be gone on with.
    fn is_interrupted(&self) -> bool {
        matches!(self.bulk.state, BulkState::Begun | BulkState::Undoing)
    }

    fn can_go_back(&self) -> bool {
        let changed = self.sums.iter().any(|sum| sum.outcome == Outcome::Changed);
        changed && matches!(self.bulk.state, BulkState::Begun | BulkState::Done | BulkState::Undoing)
    }

    fn key(&self, outcome: &Outcome) -> String {
        format!("bulk-outcome-{}", outcome.as_str())
    }

    fn outcome(&self, outcome: &Outcome) -> String {
        self.page.t(self.key(outcome))
    }

    fn tone(&self, outcome: &Outcome) -> &'static str {
        match outcome {
            Outcome::Waiting | Outcome::Left => "warn",
            Outcome::Changed | Outcome::Restored => "good",
            Outcome::Same => "mute",
            Outcome::Refused => "bad",
        }
    }

    fn why(&self, reason: &str) -> String {
        if reason.is_empty() { String::new() } else { self.many.why(&self.page.visit, reason) }
    }

    fn href(&self, row: &BulkRow) -> String {
        self.many.href(&row.record)
    }
}

/// A change of the reader's, with what makes it; whoever lost the right since is refused.
pub(super) async fn found(visit: &Visit, id: &str) -> Result<(Bulk, Arc<dyn Many>), PageError> {
    let bulk = sql::one(&visit.db, id, &visit.viewer.name).await?.ok_or_else(PageError::not_found)?;
    let many = visit.shell.many(&bulk.plane).ok_or_else(PageError::not_found)?;
    if !visit.may(many.right(&bulk.change())) {
        return Err(Fault::Forbidden.into());
    }
    Ok((bulk, many))
}

async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let (bulk, many) = found(&visit, &id).await?;
    if let Some(format) = visit.query("format") {
        let format = crate::export::Format::parse(&format).ok_or_else(|| PageError::unreadable("format"))?;
        let rows = sql::rows(&visit.db, &bulk.id, 0, i64::try_from(super::BULK_MOST).unwrap_or(i64::MAX)).await?;
        let cells: Vec<Vec<Cell>> = rows
            .into_iter()
            .map(|row| vec![row.record.into(), row.name.into(), row.outcome.as_str().into(), row.reason.into()])
            .collect();
        return Ok(visit.export(format, "bulk", &["id", "name", "outcome", "reason"], &cells));
    }
    let sums = sql::sums(&visit.db, &bulk.id).await?;
    let mut parts = Vec::new();
    for outcome in LISTED {
        let rows = sql::rows_of(&visit.db, &bulk.id, outcome, SHOWN).await?;
        let all: i64 = sums.iter().filter(|sum| sum.outcome == outcome).map(|sum| sum.rows).sum();
        let more = all - i64::try_from(rows.len()).unwrap_or(0);
        if !rows.is_empty() {
            parts.push(Part { outcome, rows, more });
        }
    }
    let (list, title) = many.list();
    let says = many.says(&visit, &bulk.change());
    let warns = many.warns(&visit, &bulk.change());
    let page = visit.page_titled(says.clone()).under(list, title);
    visit.html(&BulkPage { page, many, bulk, says, warns, sums, parts, kept_days: KEPT_DAYS })
}

async fn go_on(visit: Visit, Path(id): Path<String>) -> Answer {
    let (bulk, many) = found(&visit, &id).await?;
    work::go_on(&visit.db, &*many, &visit.viewer, &bulk, visit.now).await?;
    Ok(visit.go(&format!("/bulk/{}", bulk.id)))
}

async fn undo(visit: Visit, Path(id): Path<String>, RawForm(form): RawForm) -> Answer {
    let (bulk, many) = found(&visit, &id).await?;
    if bulk.state == BulkState::Chosen {
        return Err(Fault::Conflict.into());
    }
    let bulk = work::take_back(&visit.db, &*many, &visit.viewer, &bulk, visit.now).await?;
    let fields = Fields::read(&form);
    let sums = sql::sums(&visit.db, &bulk.id).await?;
    let count = |outcome| sums.iter().filter(|sum| sum.outcome == outcome).map(|sum| sum.rows).sum::<i64>();
    let (restored, left) = (count(Outcome::Restored), count(Outcome::Left));
    // What was left is told with its reasons; else the list is shown again.
    let here = format!("/bulk/{}", bulk.id);
    let back = if left > 0 || fields.text("back").is_empty() { here } else { fields.back(many.list().0) };
    let args = [("count", restored.into()), ("left", left.into())];
    match left {
        0 => Ok(visit.go_saying(&back, Tone::Good, "bulk-said-undone", &args)),
        _ => Ok(visit.go_saying(&back, Tone::Warn, "bulk-said-undone-some", &args)),
    }
}
