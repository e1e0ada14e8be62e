//! One step with many notices, and its undo: each a part of it, in the transaction it is given.

use std::collections::{HashMap, HashSet};

use manara_model::{Micros, Tlp, Viewer};
use manara_store::{Jobs, Journal, StoreError, Tx};
use manara_web::bulk::{BulkRow, Did, Order};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::decide::{Decider, decide_in, queue};
use super::send::job_id;
use super::{Changed, PLANE, detail, write_lines};
use crate::notice::{Notice, NoticeState, Step};
use crate::sql;

/// What is done to many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) enum ManyStep {
    /// They may go.
    Approve {},
    /// They shall not go.
    Cancel {},
    /// They are drafts again.
    Redraft {},
    /// They are queued once more after they failed.
    Retry {},
    /// The help that was wanted was given.
    HelpGiven {},
}

impl ManyStep {
    pub(crate) const ALL: [ManyStep; 5] =
        [Self::Approve {}, Self::Cancel {}, Self::Redraft {}, Self::Retry {}, Self::HelpGiven {}];

    /// The word in forms, for programs and in message keys.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Approve {} => "approve",
            Self::Cancel {} => "cancel",
            Self::Redraft {} => "redraft",
            Self::Retry {} => "retry",
            Self::HelpGiven {} => "help-given",
        }
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.as_str() == text)
    }

    /// The step of one notice; none for help, which moves no state.
    fn step(self) -> Option<Step> {
        match self {
            Self::Approve {} => Some(Step::Approve),
            Self::Cancel {} => Some(Step::Cancel),
            Self::Redraft {} => Some(Step::Redraft),
            Self::Retry {} => Some(Step::Retry),
            Self::HelpGiven {} => None,
        }
    }
}

/// How a notice stood before.
#[derive(Debug, Serialize, Deserialize)]
struct Before {
    state: String,
    approved_by: String,
    #[serde(default)]
    approved: String,
    #[serde(default)]
    seconded_by: String,
    #[serde(default)]
    seconded: String,
    error: String,
    helps: i64,
    findings: i64,
}

impl Before {
    fn of(notice: &Notice) -> String {
        let text = |at: Option<Micros>| at.map(Micros::rfc3339).unwrap_or_default();
        let before = Before {
            state: notice.state.as_str().into(),
            approved_by: notice.approved_by.clone(),
            approved: text(notice.approved),
            seconded_by: notice.seconded_by.clone(),
            seconded: text(notice.seconded),
            error: notice.error.clone(),
            helps: notice.helps,
            findings: notice.findings,
        };
        json!(before).to_string()
    }
}

/// The notices of some ids that the viewer may see.
async fn seen(tx: &mut Tx, viewer: &Viewer, ids: &[String]) -> Result<HashMap<String, Notice>, StoreError> {
    let asked: Vec<&str> = ids.iter().map(String::as_str).collect();
    let mut heads = sql::notices(tx, &asked).await?;
    heads.retain(|_, notice| notice.tlp <= viewer.clearance);
    Ok(heads)
}

/// Takes the step. `above` is the strictest marking for which the approval of one person is enough.
pub(crate) async fn act(
    tx: &mut Tx,
    (many, above): (ManyStep, Option<Tlp>),
    order: &Order,
    ids: &[String],
) -> Result<Vec<Did>, StoreError> {
    sql::turn(tx, order.now).await?;
    let heads = seen(tx, &order.viewer, ids).await?;
    let names: HashMap<String, String> =
        heads.values().map(|notice| (notice.id.clone(), notice.number.clone())).collect();
    let name = |id: &str| names.get(id).map_or("", String::as_str);
    let after = order.now.rfc3339();
    let Some(step) = many.step() else {
        let mut did = Vec::with_capacity(ids.len());
        let mut lines = Vec::new();
        for id in ids {
            let Some(notice) = heads.get(id) else {
                did.push(Did::refused(id, "", "not-found"));
                continue;
            };
            if !sql::set_help_given(tx, id, order.now).await? {
                did.push(Did::same(id, &notice.number));
                continue;
            }
            let more = [("helps", Value::from(notice.helps)), ("bulk", Value::from(order.id.as_str()))];
            lines.push((id.clone(), detail(notice, &more)));
            did.push(Did::changed(id, &notice.number, Before::of(notice), after.clone()));
        }
        write_lines(tx, &order.viewer.name, "help_given", lines, order.now).await?;
        return Ok(did);
    };
    let mut changed = Changed::default();
    let by = Decider { who: &order.viewer.name, bulk: &order.id, above };
    let moved = decide_in(tx, heads, ids, by, step, order.now, &mut changed).await?;
    let moved: HashMap<&str, &Notice> = moved.iter().map(|notice| (notice.id.as_str(), notice)).collect();
    let mut did: Vec<Did> = changed.refused.iter().map(|(id, why)| Did::refused(id, name(id), why.code())).collect();
    did.extend(changed.done.iter().map(|id| match moved.get(id.as_str()) {
        Some(notice) => Did::changed(id, name(id), Before::of(notice), after.clone()),
        None => Did::same(id, name(id)),
    }));
    Ok(did)
}

/// Takes the step back where nobody did anything with the notice since. What has left stays sent.
pub(crate) async fn undo(tx: &mut Tx, many: ManyStep, order: &Order, rows: &[BulkRow]) -> Result<Vec<Did>, StoreError> {
    sql::turn(tx, order.now).await?;
    let ids: Vec<String> = rows.iter().map(|row| row.record.clone()).collect();
    let mut heads = seen(tx, &order.viewer, &ids).await?;
    let touched = touched(tx, rows).await?;
    let mut did = Vec::with_capacity(rows.len());
    let mut lines = Vec::new();
    for row in rows {
        let notice = heads.remove(&row.record);
        let before: Option<Before> = serde_json::from_str(&row.before).ok();
        let (Some(notice), Some(before)) = (notice, before) else {
            did.push(Did::left(row, "not-found"));
            continue;
        };
        match back(tx, many, &notice, &before, &touched, order).await? {
            Ok(()) => {
                let more = [("from", Value::from(notice.state.as_str())), ("bulk", Value::from(order.id.as_str()))];
                lines.push((notice.id.clone(), detail(&notice, &more)));
                did.push(Did::restored(row));
            }
            Err(why) => did.push(Did::left(row, why)),
        }
    }
    write_lines(tx, &order.viewer.name, "notice_restored", lines, order.now).await?;
    Ok(did)
}

/// Those that somebody did something with after the step was taken, or whose letter was written anew: what was decided of the one
/// before is not decided of this one. An interrupted change was made at several moments.
async fn touched(tx: &mut Tx, rows: &[BulkRow]) -> Result<HashSet<String>, StoreError> {
    let mut made: HashMap<&str, Vec<String>> = HashMap::new();
    for row in rows {
        made.entry(row.after.as_str()).or_default().push(row.record.clone());
    }
    let ids: Vec<&str> = rows.iter().map(|row| row.record.as_str()).collect();
    // Oldest first, so that the newest stays.
    let written: HashMap<String, Micros> = Journal::of_records_by(tx, PLANE, &["notice_drafted"], &ids)
        .await?
        .into_iter()
        .map(|entry| (entry.record, entry.at))
        .collect();
    let mut touched = HashSet::new();
    for (at, ids) in made {
        let at = Micros::parse_rfc3339(at).ok_or_else(|| StoreError::unknown("web_bulk_row.after", at))?;
        touched.extend(Journal::touched_since(tx, PLANE, &ids, at).await?);
        touched.extend(ids.into_iter().filter(|id| written.get(id).is_some_and(|written| *written > at)));
    }
    Ok(touched)
}

/// Brings one notice back, or says what is in the way.
async fn back(
    tx: &mut Tx,
    many: ManyStep,
    notice: &Notice,
    before: &Before,
    touched: &HashSet<String>,
    order: &Order,
) -> Result<Result<(), &'static str>, StoreError> {
    if notice.state == NoticeState::Sent && many != (ManyStep::HelpGiven {}) {
        return Ok(Err("already-sent"));
    }
    if notice.sending {
        return Ok(Err("being-sent"));
    }
    if touched.contains(&notice.id) {
        return Ok(Err("changed"));
    }
    let was = NoticeState::parse(&before.state).ok_or_else(|| StoreError::unknown("state", &before.state))?;
    if many == (ManyStep::HelpGiven {}) {
        return Ok(if sql::take_help_back(tx, &notice.id, before.helps).await? { Ok(()) } else { Err("changed") });
    }
    // What was approved as it was then is not approved with what joined it since.
    if notice.findings != before.findings && was != NoticeState::Draft {
        return Ok(Err("changed"));
    }
    if notice.state == NoticeState::Queued {
        Jobs::done(tx, &job_id(&notice.id, notice.rounds)).await?;
    }
    match was {
        NoticeState::Draft => {
            if notice.about.is_empty() && sql::has_other_draft(tx, notice).await? {
                return Ok(Err("other-draft"));
            }
            sql::set_redrafted(tx, &notice.id).await?;
        }
        NoticeState::Cancelled => sql::set_cancelled(tx, &[&notice.id], order.now).await?,
        NoticeState::Failed => sql::set_failed_again(tx, &notice.id, &before.error).await?,
        NoticeState::Waiting => {
            let approved = Micros::parse_rfc3339(&before.approved).unwrap_or(order.now);
            sql::set_waiting(tx, &[&notice.id], &before.approved_by, approved).await?;
        }
        NoticeState::Approved | NoticeState::Queued => {
            let at = |text: &str| Micros::parse_rfc3339(text).unwrap_or(order.now);
            let first = (before.approved_by.as_str(), at(&before.approved));
            let second = (before.seconded_by.as_str(), at(&before.seconded));
            sql::set_approved(tx, &[&notice.id], first, second).await?;
            if notice.filled {
                queue(tx, std::slice::from_ref(notice), &order.viewer.name, order.now).await?;
            }
        }
        // Nothing leads from there to what a change of many does.
        NoticeState::Sent => return Ok(Err("already-sent")),
    }
    Ok(Ok(()))
}
