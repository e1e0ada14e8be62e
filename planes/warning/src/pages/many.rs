//! What can be done to many notices at once.

use std::sync::Arc;

use manara_model::Tlp;
use manara_store::{Arg, Tx};
use manara_web::api::{Wrong, schema};
use manara_web::bulk::{BulkRow, Fields, Found, Many, Order, Work, no_change};
use manara_web::{ListSpec, Right, Visit};
use serde_json::{Value, json};

use super::list::NOTICES;
use crate::jobs::{ManyStep, act, undo};

/// The notices of the list.
#[derive(Debug)]
pub(super) struct Notices {
    /// The strictest marking for which the approval of one person is enough.
    four_eyes_above: Option<Tlp>,
}

/// What can be done to many notices at once, in a house where what is marked more strictly needs two people.
pub fn many_notices(four_eyes_above: Option<Tlp>) -> Arc<dyn Many> {
    Arc::new(Notices { four_eyes_above })
}

/// What can be done to many of them, as programs say it.
pub(super) fn changes() -> Vec<Value> {
    vec![schema::object(&[("do", schema::one_of(ManyStep::ALL.map(ManyStep::as_str)))])]
}

fn step(change: &Value) -> Option<ManyStep> {
    serde_json::from_value(change.clone()).ok()
}

impl Many for Notices {
    fn plane(&self) -> &'static str {
        "warning"
    }

    fn list(&self) -> (&'static str, &'static str) {
        ("/notices", "warning-list-title")
    }

    fn spec(&self) -> &'static ListSpec {
        &NOTICES
    }

    fn right(&self, change: &Value) -> Right {
        match step(change) {
            Some(ManyStep::HelpGiven {}) => Right::AnswerFindings,
            _ => Right::SendNotices,
        }
    }

    fn form(&self, _: &Visit, fields: &Fields) -> Option<Value> {
        Some(json!({ "do": ManyStep::parse(fields.text("do"))?.as_str() }))
    }

    fn read(&self, change: &Value) -> Result<Value, Wrong> {
        let step = step(change).ok_or_else(|| no_change(change))?;
        Ok(json!({ "do": step.as_str() }))
    }

    fn matching<'a>(&'a self, visit: &'a Visit, pairs: Vec<(String, String)>, most: usize) -> Found<'a> {
        Box::pin(async move {
            let fixed: [Arg<'_>; 1] = [visit.viewer.clearance.rank().into()];
            let ask = NOTICES.read_pairs(&pairs)?.for_reader(visit);
            Ok(ask.fetch_all(&visit.db, &fixed, most, |row| row.text(0)).await?)
        })
    }

    fn says(&self, visit: &Visit, change: &Value) -> String {
        step(change).map_or_else(String::new, |step| visit.t(&format!("bulk-warning-{}", step.as_str())))
    }

    fn warns(&self, visit: &Visit, change: &Value) -> String {
        match step(change) {
            Some(ManyStep::Approve {} | ManyStep::Retry {}) => visit.t("bulk-warning-approve-warns"),
            _ => String::new(),
        }
    }

    fn own_reason(&self, reason: &str) -> String {
        format!("warning-refused-{reason}")
    }

    fn act<'a>(&'a self, tx: &'a mut Tx, order: &'a Order, records: &'a [String]) -> Work<'a> {
        Box::pin(async move {
            let Some(step) = step(&order.change) else { return Ok(Vec::new()) };
            act(tx, (step, self.four_eyes_above), order, records).await
        })
    }

    fn undo<'a>(&'a self, tx: &'a mut Tx, order: &'a Order, rows: &'a [BulkRow]) -> Work<'a> {
        Box::pin(async move {
            let Some(step) = step(&order.change) else { return Ok(Vec::new()) };
            undo(tx, step, order, rows).await
        })
    }
}
