//! What can be done to many tickets at once.

use std::sync::Arc;

use manara_store::Tx;
use manara_web::api::{Wrong, schema};
use manara_web::bulk::{BulkRow, Fields, Found, Many, Order, Work};
use manara_web::{ListSpec, Right, Visit};
use serde_json::Value;

use super::list::{TICKETS, asked, fixed, tickets_of};
use super::state_key;
use crate::jobs::{TicketStep, change_many_tickets, undo_many_tickets};
use crate::ticket::TicketState;

/// The tickets of the list.
#[derive(Debug)]
pub(super) struct Tickets;

/// What can be done to many reports, investigations and countermeasures at once.
pub fn many_tickets() -> Arc<dyn Many> {
    Arc::new(Tickets)
}

/// What can be done to many of them, as programs say it.
pub(super) fn changes() -> Vec<Value> {
    let named = |word: &str, member: (&str, Value)| schema::given(2, &[("do", schema::one_of([word])), member]);
    vec![
        named("assign", ("person", schema::words(0, 40))),
        named("move", ("state", schema::one_of(TicketState::ALL.map(TicketState::as_str)))),
        named("link", ("incident", schema::words(1, 200))),
    ]
}

fn step(change: &Value) -> Option<TicketStep> {
    serde_json::from_value(change.clone()).ok()
}

impl Many for Tickets {
    fn plane(&self) -> &'static str {
        crate::PLANE
    }

    fn name(&self) -> &'static str {
        "tickets"
    }

    fn list(&self) -> (&'static str, &'static str) {
        ("/tickets", "tickets-list-title")
    }

    fn spec(&self) -> &'static ListSpec {
        &TICKETS
    }

    fn right(&self, _: &Value) -> Right {
        Right::HandleIncidents
    }

    fn form(&self, visit: &Visit, fields: &Fields) -> Option<Value> {
        let text = |name: &str| fields.text(name).trim().to_string();
        let step = match fields.text("do") {
            "take" => TicketStep::Assign { person: visit.viewer.name.clone() },
            "assign" => TicketStep::Assign { person: text("person") },
            "move" => TicketStep::Move { state: text("to") },
            "link" => TicketStep::Link { incident: text("incident").to_uppercase() },
            _ => return None,
        };
        serde_json::to_value(step).ok()
    }

    fn read(&self, change: &Value) -> Result<Value, Wrong> {
        let wrong = |field: &str, found: &str| Wrong {
            field: format!("change{field}"),
            code: "word".into(),
            found: found.to_string(),
        };
        let step = step(change).ok_or_else(|| wrong("", &change.to_string()))?;
        match &step {
            TicketStep::Assign { person } if person.chars().count() > 40 => return Err(wrong(".person", person)),
            TicketStep::Move { state } if TicketState::parse(state).is_none() => return Err(wrong(".state", state)),
            TicketStep::Link { incident } if incident.is_empty() || incident.chars().count() > 200 => {
                return Err(wrong(".incident", incident));
            }
            _ => {}
        }
        serde_json::to_value(&step).map_err(|_| wrong("", &change.to_string()))
    }

    fn matching<'a>(&'a self, visit: &'a Visit, pairs: Vec<(String, String)>, most: usize) -> Found<'a> {
        Box::pin(async move {
            let ask = tickets_of(&visit.db).read_pairs(&asked(pairs))?.for_reader(visit);
            Ok(ask.fetch_all(&visit.db, &fixed(visit), most, |row| row.text(0)).await?)
        })
    }

    fn says(&self, visit: &Visit, change: &Value) -> String {
        match step(change) {
            Some(TicketStep::Assign { person }) if person.is_empty() => visit.t("bulk-response-assign-nobody"),
            Some(TicketStep::Assign { person }) => visit.t_args("bulk-response-assign", &[("person", person.into())]),
            Some(TicketStep::Move { state }) => {
                let words = TicketState::parse(&state).map(|state| visit.t(&state_key(state))).unwrap_or(state);
                visit.t_args("tickets-many-moved", &[("state", words.into())])
            }
            Some(TicketStep::Link { incident }) => visit.t_args("tickets-many-linked", &[("number", incident.into())]),
            None => String::new(),
        }
    }

    fn warns(&self, visit: &Visit, change: &Value) -> String {
        match step(change) {
            Some(TicketStep::Link { .. }) => visit.t("tickets-many-link-warns"),
            _ => String::new(),
        }
    }

    fn own_reason(&self, reason: &str) -> String {
        match reason {
            "into-closed" => "tickets-many-no-incident".into(),
            reason => format!("response-refused-{reason}"),
        }
    }

    fn act<'a>(&'a self, tx: &'a mut Tx, order: &'a Order, records: &'a [String]) -> Work<'a> {
        Box::pin(async move {
            let Some(step) = step(&order.change) else { return Ok(Vec::new()) };
            change_many_tickets(tx, &step, order, records).await
        })
    }

    fn undo<'a>(&'a self, tx: &'a mut Tx, order: &'a Order, rows: &'a [BulkRow]) -> Work<'a> {
        Box::pin(async move { undo_many_tickets(tx, order, rows).await })
    }
}
