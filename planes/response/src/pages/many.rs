//! What can be done to many incidents at once.

use std::sync::Arc;

use manara_store::Tx;
use manara_web::api::{Wrong, schema};
use manara_web::bulk::{BulkRow, Fields, Found, Many, Order, Work};
use manara_web::{ListSpec, Right, Visit};
use serde_json::Value;

use super::list::{INCIDENTS, asked, fixed, incidents_of};
use crate::incident::{REASON_CHARS, Verdict, plain};
use crate::jobs::{ManyStep, change_many, undo_many};
use crate::policy::Policy;
use crate::tag::{TAG_CHARS, tag};

/// The incidents of the list, ended as the policy says.
#[derive(Debug)]
pub(super) struct Incidents {
    pub policy: Arc<Policy>,
}

/// What can be done to many incidents at once.
pub fn many_incidents(policy: Policy) -> Arc<dyn Many> {
    Arc::new(Incidents { policy: Arc::new(policy) })
}

/// What can be done to many of them, as programs say it.
pub(super) fn changes() -> Vec<Value> {
    let named = |word: &str, more: &[(&str, Value)], needed: usize| {
        let mut members = vec![("do", schema::one_of([word]))];
        members.extend(more.iter().cloned());
        schema::given(needed, &members)
    };
    let reason = schema::words(0, REASON_CHARS);
    let verdict = schema::one_of(Verdict::ALL.map(Verdict::as_str));
    vec![
        named("assign", &[("person", schema::words(0, 40))], 2),
        named("open", &[], 1),
        named("tag", &[("tag", schema::words(1, TAG_CHARS))], 2),
        named("untag", &[("tag", schema::words(1, TAG_CHARS))], 2),
        named("close", &[("resolution", schema::words(1, 200)), ("verdict", verdict), ("reason", reason)], 2),
    ]
}

fn step(change: &Value) -> Option<ManyStep> {
    serde_json::from_value(change.clone()).ok()
}

impl Many for Incidents {
    fn plane(&self) -> &'static str {
        crate::PLANE
    }

    fn list(&self) -> (&'static str, &'static str) {
        ("/incidents", "response-list-title")
    }

    fn spec(&self) -> &'static ListSpec {
        &INCIDENTS
    }

    fn right(&self, _: &Value) -> Right {
        Right::HandleIncidents
    }

    fn form(&self, visit: &Visit, fields: &Fields) -> Option<Value> {
        let text = |name: &str| fields.text(name).to_string();
        let verdict = if fields.text("verdict").is_empty() { Verdict::Left.as_str().into() } else { text("verdict") };
        let step = match fields.text("do") {
            "take" => ManyStep::Assign { person: visit.viewer.name.clone() },
            "assign" => ManyStep::Assign { person: text("person") },
            "open" => ManyStep::Open {},
            "tag" => ManyStep::Tag { tag: tag(fields.text("tag"))? },
            "untag" => ManyStep::Untag { tag: tag(fields.text("tag"))? },
            "close" => ManyStep::Close { resolution: text("resolution"), verdict, reason: text("reason") },
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
        let mut step = step(change).ok_or_else(|| wrong("", &change.to_string()))?;
        if let ManyStep::Tag { tag: typed } | ManyStep::Untag { tag: typed } = &mut step {
            *typed = tag(typed).ok_or_else(|| wrong(".tag", typed))?;
        }
        match &mut step {
            ManyStep::Assign { person } if person.chars().count() > 40 => return Err(wrong(".person", person)),
            ManyStep::Close { resolution, .. } if self.policy.resolution(resolution).is_none() => {
                return Err(wrong(".resolution", resolution));
            }
            ManyStep::Close { verdict, .. } if Verdict::parse(verdict).is_none() => {
                return Err(wrong(".verdict", verdict));
            }
            ManyStep::Close { reason, .. } if !reason.trim().is_empty() => {
                *reason = plain(reason, REASON_CHARS).ok_or_else(|| wrong(".reason", reason))?;
            }
            ManyStep::Close { reason, .. } => reason.clear(),
            _ => {}
        }
        serde_json::to_value(&step).map_err(|_| wrong("", &change.to_string()))
    }

    fn matching<'a>(&'a self, visit: &'a Visit, pairs: Vec<(String, String)>, most: usize) -> Found<'a> {
        Box::pin(async move {
            let ask = incidents_of(&visit.db).read_pairs(&asked(pairs))?.for_reader(visit);
            Ok(ask.fetch_all(&visit.db, &fixed(visit), most, |row| row.text(0)).await?)
        })
    }

    fn says(&self, visit: &Visit, change: &Value) -> String {
        match step(change) {
            Some(ManyStep::Assign { person }) if person.is_empty() => visit.t("bulk-response-assign-nobody"),
            Some(ManyStep::Assign { person }) => visit.t_args("bulk-response-assign", &[("person", person.into())]),
            Some(ManyStep::Open {}) => visit.t("bulk-response-open"),
            Some(ManyStep::Close { resolution, verdict, .. }) => {
                let title = self.policy.resolution(&resolution).map(|end| end.title(visit.lang.tag()).to_string());
                let args = [("resolution", title.unwrap_or(resolution).into())];
                match verdict.as_str() {
                    "left" => visit.t_args("bulk-response-close", &args),
                    verdict => visit.t_args(&format!("bulk-response-close-{verdict}"), &args),
                }
            }
            Some(ManyStep::Tag { tag }) => visit.t_args("tags-bulk-add", &[("tag", tag.into())]),
            Some(ManyStep::Untag { tag }) => visit.t_args("tags-bulk-remove", &[("tag", tag.into())]),
            None => String::new(),
        }
    }

    fn warns(&self, visit: &Visit, change: &Value) -> String {
        match step(change) {
            Some(ManyStep::Close { reason, .. }) if reason.is_empty() => visit.t("bulk-response-close-left"),
            Some(ManyStep::Close { .. }) => visit.t("bulk-response-close-note"),
            _ => String::new(),
        }
    }

    fn own_reason(&self, reason: &str) -> String {
        format!("response-refused-{reason}")
    }

    fn act<'a>(&'a self, tx: &'a mut Tx, order: &'a Order, records: &'a [String]) -> Work<'a> {
        Box::pin(async move {
            let Some(step) = step(&order.change) else { return Ok(Vec::new()) };
            change_many(tx, &self.policy, &step, order, records).await
        })
    }

    fn undo<'a>(&'a self, tx: &'a mut Tx, order: &'a Order, rows: &'a [BulkRow]) -> Work<'a> {
        Box::pin(async move {
            let Some(step) = step(&order.change) else { return Ok(Vec::new()) };
            undo_many(tx, &step, order, rows).await
        })
    }
}
