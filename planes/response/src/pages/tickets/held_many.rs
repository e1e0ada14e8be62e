//! What can be decided about many held mails at once: spam comes in hundreds.

use std::sync::Arc;

use manara_store::{Arg, Tx};
use manara_web::api::{Wrong, schema};
use manara_web::bulk::{BulkRow, Fields, Found, Many, Order, Work};
use manara_web::{Filter, Key, Kind, ListSpec, Right, Sort, Visit};
use serde_json::{Value, json};

use crate::jobs::{HeldStep, change_many_held, undo_many_held};
use crate::mail::MailHouse;

/// The mails that wait for a decision, of tickets the reader may see.
pub(super) static HELD: ListSpec = ListSpec {
    columns: &["m.id"],
    from: "response_message m JOIN response_ticket t ON t.id = m.held_for",
    only: "m.kind = 'quarantined' AND t.tlp <= $1",
    filters: &[
        Filter {
            name: "q",
            label: "tickets-list-search",
            kind: Kind::Contains,
            sql: r"LOWER(m.subject || ' ' || m.from_mail) LIKE ? ESCAPE '\'",
        },
        Filter { name: "from", label: "web-list-from", kind: Kind::FromDay, sql: "m.at >= ?" },
        Filter { name: "until", label: "web-list-until", kind: Kind::UntilDay, sql: "m.at < ?" },
    ],
    sorts: &[Sort { name: "at", label: "response-line-when", column: "m.at", key: Key::Text, descending: true }],
    key: "m.id",
    key_kind: Key::Text,
};

/// The mails that are held.
#[derive(Debug)]
pub(super) struct HeldMails {
    /// What a report is opened with.
    pub office: Arc<MailHouse>,
}

/// What can be decided about many held mails at once.
pub fn many_held(office: Arc<MailHouse>) -> Arc<dyn Many> {
    Arc::new(HeldMails { office })
}

/// What can be decided about many of them, as programs say it.
pub(super) fn changes() -> Vec<Value> {
    vec![schema::object(&[("do", schema::one_of(HeldStep::ALL.map(HeldStep::as_str)))])]
}

fn step(change: &Value) -> Option<HeldStep> {
    serde_json::from_value(change.clone()).ok()
}

impl Many for HeldMails {
    fn plane(&self) -> &'static str {
        crate::PLANE
    }

    fn name(&self) -> &'static str {
        "held-mail"
    }

    fn list(&self) -> (&'static str, &'static str) {
        ("/mail", "tickets-mail-title")
    }

    fn spec(&self) -> &'static ListSpec {
        &HELD
    }

    fn right(&self, _: &Value) -> Right {
        Right::HandleIncidents
    }

    fn form(&self, _: &Visit, fields: &Fields) -> Option<Value> {
        Some(json!({ "do": HeldStep::parse(fields.text("do"))?.as_str() }))
    }

    fn read(&self, change: &Value) -> Result<Value, Wrong> {
        let wrong = || Wrong { field: "change".into(), code: "word".into(), found: change.to_string() };
        let step = step(change).ok_or_else(wrong)?;
        Ok(json!({ "do": step.as_str() }))
    }

    fn matching<'a>(&'a self, visit: &'a Visit, pairs: Vec<(String, String)>, most: usize) -> Found<'a> {
        Box::pin(async move {
            let fixed: [Arg<'_>; 1] = [(&visit.viewer).into()];
            let ask = HELD.read_pairs(&pairs)?.for_reader(visit);
            Ok(ask.fetch_all(&visit.db, &fixed, most, |row| row.text(0)).await?)
        })
    }

    fn says(&self, visit: &Visit, change: &Value) -> String {
        match step(change) {
            Some(HeldStep::Report {}) => visit.t("tickets-held-do-reports"),
            Some(HeldStep::Discard {}) => visit.t("tickets-held-do-discard"),
            None => String::new(),
        }
    }

    fn warns(&self, visit: &Visit, change: &Value) -> String {
        match step(change) {
            Some(HeldStep::Report {}) => visit.t("tickets-held-reports-warns"),
            _ => String::new(),
        }
    }

    fn why(&self, visit: &Visit, reason: &str) -> String {
        match reason {
            "changed" => visit.t("bulk-left-changed"),
            "not-found" => visit.t("bulk-left-not-found"),
            reason => visit.t(&format!("response-refused-{reason}")),
        }
    }

    fn href(&self, record: &str) -> String {
        format!("/mail/held/{record}")
    }

    fn act<'a>(&'a self, tx: &'a mut Tx, order: &'a Order, records: &'a [String]) -> Work<'a> {
        Box::pin(async move {
            let Some(step) = step(&order.change) else { return Ok(Vec::new()) };
            change_many_held(tx, &self.office, step, order, records).await
        })
    }

    fn undo<'a>(&'a self, tx: &'a mut Tx, order: &'a Order, rows: &'a [BulkRow]) -> Work<'a> {
        Box::pin(async move { undo_many_held(tx, order, rows).await })
    }
}
