//! What can be decided about many held mails at once: spam comes in hundreds.

use std::sync::Arc;

use manara_store::{Blobs, Tx};
use manara_web::api::{Wrong, schema};
use manara_web::bulk::{BulkRow, Fields, Found, Many, Order, PART, Work, no_change};
use manara_web::{ListSpec, Right, Visit};
use serde_json::{Value, json};

use super::Room;
use super::mail_list::{HELD, fixed};
use crate::jobs::{HeldStep, change_many_held, undo_many_held};
use crate::mail::MailHouse;

/// Mails that become reports in one transaction: each is read again.
const REPORTS_AT_ONCE: i64 = 20;

/// The mails that are held.
#[derive(Debug)]
pub(super) struct HeldMails {
    /// What a report is opened with.
    pub office: Arc<MailHouse>,
    /// Where the mails are kept.
    pub blobs: Blobs,
}

impl HeldMails {
    /// Those of the room.
    pub fn of(room: &Room) -> HeldMails {
        HeldMails { office: Arc::clone(&room.office), blobs: room.blobs.clone() }
    }
}

/// What can be decided about many held mails at once.
pub fn many_held(office: Arc<MailHouse>, blobs: Blobs) -> Arc<dyn Many> {
    Arc::new(HeldMails { office, blobs })
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
        ("/mail/held", "tickets-held")
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
        let step = step(change).ok_or_else(|| no_change(change))?;
        Ok(json!({ "do": step.as_str() }))
    }

    fn matching<'a>(&'a self, visit: &'a Visit, pairs: Vec<(String, String)>, most: usize) -> Found<'a> {
        Box::pin(async move {
            let ask = HELD.read_pairs(&pairs)?.for_reader(visit);
            Ok(ask.fetch_all(&visit.db, &fixed(visit), most, |row| row.text(0)).await?)
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

    fn own_reason(&self, reason: &str) -> String {
        format!("response-refused-{reason}")
    }

    fn href(&self, record: &str) -> String {
        format!("/mail/held/{record}")
    }

    fn at_once(&self, change: &Value) -> i64 {
        match step(change) {
            Some(HeldStep::Report {}) => REPORTS_AT_ONCE,
            _ => PART,
        }
    }

    fn act<'a>(&'a self, tx: &'a mut Tx, order: &'a Order, records: &'a [String]) -> Work<'a> {
        Box::pin(async move {
            let Some(step) = step(&order.change) else { return Ok(Vec::new()) };
            change_many_held(tx, (&self.office, &self.blobs), step, order, records).await
        })
    }

    fn undo<'a>(&'a self, tx: &'a mut Tx, order: &'a Order, rows: &'a [BulkRow]) -> Work<'a> {
        Box::pin(async move { undo_many_held(tx, order, rows).await })
    }
}
