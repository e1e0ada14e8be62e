//! One answer to many findings, and its undo.

use std::sync::Arc;

use manara_model::Answer as Said;
use manara_store::Tx;
use manara_web::api::{Wrong, schema};
use manara_web::bulk::{BulkRow, Did, Fields, Found, Many, Order, Work, no_change};
use manara_web::{ListSpec, Right, Visit};
use serde_json::{Value, json};

use super::findings::{ANSWERS, FINDINGS, asked};
use crate::answers::{Because, Before, give, restore};

/// The findings of the list.
#[derive(Debug)]
pub(super) struct Findings;

/// What can be done to many findings at once.
pub fn many_findings() -> Arc<dyn Many> {
    Arc::new(Findings)
}

/// What can be done to many of them, as programs say it.
pub(super) fn changes() -> Vec<Value> {
    vec![schema::object(&[("do", schema::one_of(ANSWERS.map(|(word, _)| word)))])]
}

/// The answer of a change.
fn said(change: &Value) -> Option<(&'static str, Said)> {
    let word = change.get("do").and_then(Value::as_str)?;
    ANSWERS.iter().find(|(known, _)| *known == word).copied()
}

impl Many for Findings {
    fn plane(&self) -> &'static str {
        "watch"
    }

    fn list(&self) -> (&'static str, &'static str) {
        ("/findings", "watch-findings-title")
    }

    fn spec(&self) -> &'static ListSpec {
        &FINDINGS
    }

    fn right(&self, _: &Value) -> Right {
        Right::AnswerFindings
    }

    fn form(&self, _: &Visit, fields: &Fields) -> Option<Value> {
        Some(json!({ "do": fields.text("do") }))
    }

    fn read(&self, change: &Value) -> Result<Value, Wrong> {
        let (word, _) = said(change).ok_or_else(|| no_change(change))?;
        let read = json!({ "do": word });
        if *change == read { Ok(read) } else { Err(no_change(change)) }
    }

    fn matching<'a>(&'a self, visit: &'a Visit, pairs: Vec<(String, String)>, most: usize) -> Found<'a> {
        Box::pin(async move {
            let ask = FINDINGS.read_pairs(&asked(pairs))?.for_reader(visit);
            Ok(ask.fetch_all(&visit.db, &[], most, |row| row.text(0)).await?)
        })
    }

    fn says(&self, visit: &Visit, change: &Value) -> String {
        said(change).map_or_else(String::new, |(word, _)| visit.t(&format!("bulk-watch-{word}")))
    }

    fn warns(&self, _: &Visit, _: &Value) -> String {
        String::new()
    }

    fn own_reason(&self, reason: &str) -> String {
        format!("bulk-left-{reason}")
    }

    fn act<'a>(&'a self, tx: &'a mut Tx, order: &'a Order, records: &'a [String]) -> Work<'a> {
        Box::pin(async move {
            let Some((_, said)) = said(&order.change) else { return Ok(Vec::new()) };
            let because = Some(Because(&order.id));
            let given = give(tx, records, said, because, &order.viewer.name, order.now).await?;
            let moved = given.moved.into_iter().map(|moved| {
                let before = json!(moved.before).to_string();
                Did::changed(&moved.id, &moved.asset, before, moved.after)
            });
            Ok(moved.chain(given.same.iter().map(|(id, asset)| Did::same(id, asset))).collect())
        })
    }

    fn undo<'a>(&'a self, tx: &'a mut Tx, order: &'a Order, rows: &'a [BulkRow]) -> Work<'a> {
        Box::pin(async move {
            let kept: Vec<(String, Before, String)> = rows
                .iter()
                .filter_map(|row| {
                    Some((row.record.clone(), serde_json::from_str(&row.before).ok()?, row.after.clone()))
                })
                .collect();
            let back = restore(tx, &kept, Because(&order.id), &order.viewer.name, order.now).await?;
            let back: std::collections::HashSet<&str> = back.iter().map(String::as_str).collect();
            let told = |row: &BulkRow| match back.contains(row.record.as_str()) {
                true => Did::restored(row),
                false => Did::left(row, "changed"),
            };
            Ok(rows.iter().map(told).collect())
        })
    }
}
