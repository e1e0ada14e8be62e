//! What can be done to many actions of the strategy at once.

use std::sync::Arc;

use axum::extract::RawForm;
use manara_store::{Arg, Tx};
use manara_web::api::{ApiAnswer, Given, Wrong, schema};
use manara_web::bulk::{self, BulkRow, Fields, Found, Many, Order, Work, no_change};
use manara_web::{Answer, ListSpec, Right, Site, Visit};
use serde_json::{Value, json};

use super::super::works::OpenWorks;
use super::ACTIONS;
use crate::jobs::{ActionStep, restore_states, set_states};
use crate::strategy::Progress;

/// The actions of the list.
#[derive(Debug)]
pub(super) struct Actions;

/// What can be done to many actions of the strategy at once.
pub fn many_actions() -> Arc<dyn Many> {
    Arc::new(Actions)
}

/// The form of the list, and the operation.
pub(in super::super) fn site() -> Site<OpenWorks> {
    let moderate = Right::ModerateAssessments;
    let change = schema::given(
        2,
        &[("do", schema::one_of(["state"])), ("state", schema::one_of(Progress::ALL.map(Progress::as_str)))],
    );
    Site::new()
        .many(many_actions())
        .post("/framework/strategy/actions/bulk", moderate, change_many)
        .api(
            bulk::op(
                "/api/v1/strategy/actions/bulk",
                "changeStrategyActions",
                moderate,
                "Sets the state of many actions: those of some ids, or all that match a filter; 10,000 at most",
                "StrategyActionBulk",
            ),
            program,
        )
        .schemas(vec![("StrategyActionBulk", bulk::schema(&ACTIONS, &[change]))])
}

/// `POST /framework/strategy/actions/bulk`: to those that are ticked, or to all that match the filters of the list.
async fn change_many(visit: Visit, RawForm(form): RawForm) -> Answer {
    bulk::choose(visit, &Actions, &form).await
}

async fn program(visit: Visit, Given(given): Given<Value>) -> ApiAnswer {
    bulk::program(visit, &Actions, given).await
}

/// How far the actions are from then on.
fn progress(change: &Value) -> Option<Progress> {
    serde_json::from_value::<ActionStep>(change.clone()).ok()?.progress()
}

impl Many for Actions {
    fn plane(&self) -> &'static str {
        crate::PLANE
    }

    fn name(&self) -> &'static str {
        "strategy-actions"
    }

    fn list(&self) -> (&'static str, &'static str) {
        ("/framework/strategy/actions", "strategy-actions")
    }

    fn spec(&self) -> &'static ListSpec {
        &ACTIONS
    }

    fn right(&self, _: &Value) -> Right {
        Right::ModerateAssessments
    }

    fn form(&self, _: &Visit, fields: &Fields) -> Option<Value> {
        (fields.text("do") == "state").then(|| json!({ "do": "state", "state": fields.text("to") }))
    }

    fn read(&self, change: &Value) -> Result<Value, Wrong> {
        let progress = progress(change).ok_or_else(|| no_change(change))?;
        Ok(json!({ "do": "state", "state": progress.as_str() }))
    }

    fn matching<'a>(&'a self, visit: &'a Visit, pairs: Vec<(String, String)>, most: usize) -> Found<'a> {
        Box::pin(async move {
            let today = visit.now.day();
            let fixed: [Arg<'_>; 2] = [visit.viewer.clearance.rank().into(), (&today).into()];
            let ask = ACTIONS.read_pairs(&pairs)?.for_reader(visit);
            Ok(ask.fetch_all(&visit.db, &fixed, most, |row| row.text(0)).await?)
        })
    }

    fn says(&self, visit: &Visit, change: &Value) -> String {
        let Some(progress) = progress(change) else { return String::new() };
        let state = visit.t(&format!("strategy-state-{}", progress.as_str()));
        visit.t_args("strategy-many-state", &[("state", state.into())])
    }

    fn warns(&self, _: &Visit, _: &Value) -> String {
        String::new()
    }

    fn own_reason(&self, _: &str) -> String {
        "bulk-left-not-found".into()
    }

    fn act<'a>(&'a self, tx: &'a mut Tx, order: &'a Order, records: &'a [String]) -> Work<'a> {
        Box::pin(async move {
            let Some(progress) = progress(&order.change) else { return Ok(Vec::new()) };
            set_states(tx, progress, order, records).await
        })
    }

    fn undo<'a>(&'a self, tx: &'a mut Tx, order: &'a Order, rows: &'a [BulkRow]) -> Work<'a> {
        Box::pin(async move { restore_states(tx, order, rows).await })
    }
}
