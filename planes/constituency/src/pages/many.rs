//! What can be done to many constituents at once.

use std::sync::Arc;

use manara_store::Tx;
use manara_web::api::{Wrong, schema};
use manara_web::bulk::{BulkRow, Fields, Found, Many, Order, Work, no_change};
use manara_web::{ListSpec, Right, Visit};
use serde_json::Value;

use crate::constituent::{Criticality, NAME_CHARS};
use crate::list::{LIST, fixed};
use crate::many::{ManyStep, act, undo};
use crate::taxonomy::sectors;

/// The constituents of the list.
#[derive(Debug)]
pub(crate) struct Constituents;

/// What can be done to many constituents at once.
pub fn many_constituents() -> Arc<dyn Many> {
    Arc::new(Constituents)
}

/// What can be done to many of them, as programs say it.
pub(crate) fn changes() -> Vec<Value> {
    let named = |word: &str, value: Value| schema::object(&[("do", schema::one_of([word])), ("value", value)]);
    let bare = |word: &str| schema::object(&[("do", schema::one_of([word]))]);
    vec![
        named("criticality", schema::one_of(Criticality::ALL.map(Criticality::as_str))),
        named("sector", schema::one_of(sectors().entries().iter().map(|entry| entry.id.as_str()))),
        named("association", schema::words(0, NAME_CHARS)),
        bare("remove"),
        bare("restore"),
    ]
}

fn step(change: &Value) -> Option<ManyStep> {
    serde_json::from_value(change.clone()).ok()
}

impl Many for Constituents {
    fn plane(&self) -> &'static str {
        crate::PLANE
    }

    fn list(&self) -> (&'static str, &'static str) {
        ("/constituents", "constituency-list-title")
    }

    fn spec(&self) -> &'static ListSpec {
        &LIST
    }

    fn right(&self, _: &Value) -> Right {
        Right::ChangeConstituents
    }

    fn form(&self, _: &Visit, fields: &Fields) -> Option<Value> {
        let value = |name: &str| fields.text(name).to_string();
        let step = match fields.text("do") {
            "criticality" => ManyStep::Criticality { value: value("criticality") },
            "sector" => ManyStep::Sector { value: value("sector") },
            "association" => ManyStep::Association { value: value("association") },
            "remove" => ManyStep::Remove {},
            "restore" => ManyStep::Restore {},
            _ => return None,
        };
        serde_json::to_value(step).ok()
    }

    fn read(&self, change: &Value) -> Result<Value, Wrong> {
        let step = step(change).and_then(ManyStep::checked).ok_or_else(|| no_change(change))?;
        serde_json::to_value(step).map_err(|_| no_change(change))
    }

    fn matching<'a>(&'a self, visit: &'a Visit, pairs: Vec<(String, String)>, most: usize) -> Found<'a> {
        Box::pin(async move {
            let ask = LIST.read_pairs(&pairs)?.for_reader(visit);
            Ok(ask.fetch_all(&visit.db, &fixed(&ask), most, |row| row.text(0)).await?)
        })
    }

    fn says(&self, visit: &Visit, change: &Value) -> String {
        let said = |key: &str, value: String| visit.t_args(key, &[("value", value.into())]);
        match step(change) {
            Some(ManyStep::Criticality { value }) => {
                said("bulk-constituency-criticality", visit.t(&format!("constituency-criticality-{value}")))
            }
            Some(ManyStep::Sector { value }) => {
                said("bulk-constituency-sector", sectors().title(&value, visit.lang.tag()).to_string())
            }
            Some(ManyStep::Association { value }) if value.is_empty() => visit.t("bulk-constituency-association-none"),
            Some(ManyStep::Association { value }) => said("bulk-constituency-association", value),
            Some(ManyStep::Remove {}) => visit.t("bulk-constituency-remove"),
            Some(ManyStep::Restore {}) => visit.t("bulk-constituency-restore"),
            None => String::new(),
        }
    }

    fn warns(&self, _: &Visit, _: &Value) -> String {
        String::new()
    }

    fn own_reason(&self, reason: &str) -> String {
        format!("bulk-constituency-why-{reason}")
    }

    fn act<'a>(&'a self, tx: &'a mut Tx, order: &'a Order, records: &'a [String]) -> Work<'a> {
        Box::pin(async move {
            let Some(step) = step(&order.change) else { return Ok(Vec::new()) };
            act(tx, &step, order, records).await
        })
    }

    fn undo<'a>(&'a self, tx: &'a mut Tx, order: &'a Order, rows: &'a [BulkRow]) -> Work<'a> {
        Box::pin(async move {
            let Some(step) = step(&order.change) else { return Ok(Vec::new()) };
            undo(tx, &step, order, rows).await
        })
    }
}
