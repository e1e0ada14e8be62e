//! One change of many incidents, and its undo: each a part of it, in the transaction it is given.

use std::collections::HashMap;

use manara_model::Micros;
use manara_store::{StoreError, Tx};
use manara_web::bulk::{BulkRow, Did, Order};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::edit::give;
use super::end::end;
use super::follow::{Given, give_tickets, take_tickets_back};
use super::tags::changed;
use super::tickets::{Ended, end_tickets, revive_tickets};
use super::{Refusal, detail, new_id, touch, write_lines};
use crate::incident::{Incident, State, Verdict};
use crate::policy::Policy;
use crate::tag::{Taxonomies, told};
use crate::{sql, sql_field, sql_tag, sql_task};

/// What is done to many.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "lowercase", deny_unknown_fields)]
pub(crate) enum ManyStep {
    /// Given to somebody; to nobody when empty.
    Assign {
        /// A login name.
        person: String,
    },
    /// Taken up without an owner, or opened again.
    Open {},
    /// Closed; what the verdict teaches follows by a flow. Those with open tasks only for a reason.
    Close {
        /// An id of the policy's resolutions.
        resolution: String,
        /// What it says of the findings: `left`, `fixed` or `false`.
        #[serde(default = "left")]
        verdict: String,
        /// Why those are closed whose tasks are open; without one they are left.
        #[serde(default)]
        reason: String,
    },
    /// A tag is put on.
    Tag {
        /// As it is kept.
        tag: String,
    },
    /// A tag is taken off.
    Untag {
        /// As it is kept.
        tag: String,
    },
}

fn left() -> String {
    Verdict::Left.as_str().into()
}

/// How an incident stood before.
#[derive(Debug, Serialize, Deserialize)]
struct Before {
    owner: String,
    state: String,
    resolution: String,
    verdict: String,
    closed: String,
    /// The tickets that ended with it.
    #[serde(default)]
    tickets: Vec<Ended>,
    /// The tickets that went to its new owner with it.
    #[serde(default)]
    given: Vec<Given>,
    #[serde(default)]
    tags: String,
}

impl Before {
    fn of(one: &Incident) -> Before {
        Before {
            owner: one.owner.clone(),
            state: one.state.as_str().into(),
            resolution: one.resolution.clone(),
            verdict: one.verdict.map_or("", Verdict::as_str).into(),
            closed: one.closed.map(Micros::rfc3339).unwrap_or_default(),
            tickets: Vec::new(),
            given: Vec::new(),
            tags: one.tags.clone(),
        }
    }
}

/// Changes incidents.
pub(crate) async fn change_many(
    tx: &mut Tx,
    policy: &Policy,
    step: &ManyStep,
    order: &Order,
    ids: &[String],
) -> Result<Vec<Did>, StoreError> {
    sql::turn(tx, order.now).await?;
    let asked: Vec<&str> = ids.iter().map(String::as_str).collect();
    let mut there = sql::some(tx, &order.viewer, &asked).await?;
    let closes = matches!(step, ManyStep::Close { .. });
    let open = if closes { sql_task::open_of(tx, &asked).await? } else { HashMap::new() };
    let (mut did, mut changed, mut lines) = (Vec::with_capacity(ids.len()), Vec::new(), Vec::new());
    let mut before: HashMap<String, Before> = HashMap::new();
    for id in ids {
        let Some(mut one) = there.remove(id) else {
            did.push(Did::refused(id, "", Refusal::NotFound.code()));
            continue;
        };
        let was = one.clone();
        if let ManyStep::Close { resolution, .. } = step
            && policy.resolution(resolution).is_some_and(|end| end.state == State::Resolved)
            && policy.own_fields.has_required()
            && !policy.own_fields.missing(&one, &sql_field::belongs_in(tx, &one.id).await?).is_empty()
        {
            did.push(Did::refused(&was.id, &was.number, Refusal::FieldsMissing.code()));
            continue;
        }
        let (tasks, checks) = open.get(&one.id).copied().unwrap_or_default();
        let taken = match take_step(&mut one, policy, step, order.now) {
            Ok(()) if one != was && tasks > 0 => may_leave_open(step, checks).map(|()| true),
            Ok(()) => Ok(false),
            Err(why) => Err(why),
        };
        let needs_reason = match taken {
            Ok(needs) => needs,
            Err(why) => {
                did.push(Did::refused(&was.id, &was.number, why.code()));
                continue;
            }
        };
        if one == was {
            did.push(Did::same(&was.id, &was.number));
            continue;
        }
        let mut more = said(&was, &one, step);
        if closes {
            insert(&mut more, "tasks_open", tasks);
            insert(&mut more, "checks_open", checks);
        }
        if let (true, ManyStep::Close { reason, .. }) = (needs_reason, step) {
            let note = new_id(order.now);
            sql::add_note(tx, &note, &one.id, reason, &order.viewer.name, order.now).await?;
            insert(&mut more, "note", note);
        }
        touch(&mut one, order.now);
        insert(&mut more, "bulk", order.id.as_str());
        lines.push((one.id.clone(), detail(&one, more)));
        before.insert(one.id.clone(), Before::of(&was));
        let tags = (was.tags.as_str(), one.tags.as_str());
        sql_tag::set_tags(tx, ("incident", &one.id), tags, &order.viewer.name, order.now).await?;
        did.push(Did::changed(&one.id, &one.number, String::new(), one.version.to_string()));
        changed.push(one);
    }
    let verb = match step {
        ManyStep::Assign { .. } | ManyStep::Open {} => "incident_changed",
        ManyStep::Close { .. } => "incident_closed",
        ManyStep::Tag { .. } | ManyStep::Untag { .. } => "tags_changed",
    };
    sql::put(tx, &changed).await?;
    if closes {
        let all: Vec<&Incident> = changed.iter().collect();
        for (incident, ended) in end_tickets(tx, &order.viewer.name, &all, order.now).await? {
            if let Some(before) = before.get_mut(&incident) {
                before.tickets.push(ended);
            }
        }
    }
    if matches!(step, ManyStep::Assign { .. }) {
        let owned: Vec<(&Incident, &str)> =
            changed.iter().filter_map(|one| Some((one, before.get(&one.id)?.owner.as_str()))).collect();
        for (incident, given) in give_tickets(tx, &owned, order.now).await? {
            if let Some(before) = before.get_mut(&incident) {
                before.given.push(given);
            }
        }
    }
    for one in &mut did {
        if let Some(before) = before.get(&one.record) {
            one.before = json!(before).to_string();
        }
    }
    write_lines(tx, &order.viewer.name, verb, &lines, order.now).await?;
    Ok(did)
}

/// Whether an incident may be closed though tasks of it are open: for a reason.
fn may_leave_open(step: &ManyStep, checks: i64) -> Result<(), Refusal> {
    match step {
        ManyStep::Close { reason, .. } if reason.is_empty() && checks > 0 => Err(Refusal::ChecksOpen),
        ManyStep::Close { reason, .. } if reason.is_empty() => Err(Refusal::TasksOpen),
        _ => Ok(()),
    }
}

/// What the line of the journal says of a change.
fn said(was: &Incident, one: &Incident, step: &ManyStep) -> Value {
    let (from, to) = (was.state.as_str(), one.state.as_str());
    match step {
        ManyStep::Assign { .. } => {
            let mut changes = vec![["owner", was.owner.as_str(), one.owner.as_str()]];
            if from != to {
                changes.push(["state", from, to]);
            }
            json!({ "changes": changes })
        }
        ManyStep::Open {} => json!({ "changes": [["state", from, to]] }),
        ManyStep::Close { verdict, .. } => {
            json!({ "from": from, "to": to, "resolution": one.resolution, "verdict": verdict })
        }
        ManyStep::Tag { .. } | ManyStep::Untag { .. } => {
            json!({ "changes": [["tags", told(&was.tags), told(&one.tags)]] })
        }
    }
}

fn insert(detail: &mut Value, name: &str, value: impl Into<Value>) {
    if let Value::Object(detail) = detail {
        detail.insert(name.into(), value.into());
    }
}

/// Changes one incident.
fn take_step(one: &mut Incident, policy: &Policy, step: &ManyStep, now: Micros) -> Result<(), Refusal> {
    if !one.merged_into.is_empty() {
        return Err(Refusal::Merged);
    }
    match step {
        ManyStep::Assign { person } => {
            give(one, person);
        }
        ManyStep::Open {} => {
            if one.state != State::Open {
                super::end::revive(one);
            }
        }
        ManyStep::Close { resolution, verdict, .. } => {
            let resolution = policy.resolution(resolution).ok_or(Refusal::Resolution)?;
            let verdict = Verdict::parse(verdict).ok_or(Refusal::Resolution)?;
            if one.resolution != resolution.id || one.verdict != Some(verdict) {
                end(one, resolution.state, &resolution.id, verdict, now)?;
            }
        }
        ManyStep::Tag { tag } | ManyStep::Untag { tag } => {
            let is_there = matches!(step, ManyStep::Tag { .. });
            // Of taxonomies nothing is known here: of what there is one at most, both stay until a person chooses.
            let after = changed(&Taxonomies::new(), &one.tags, std::slice::from_ref(tag), is_there)?;
            one.tags = after;
        }
    }
    Ok(())
}

/// Takes a change back where nobody changed the incident since. What a verdict had answered is taken back by a flow.
pub(crate) async fn undo_many(
    tx: &mut Tx,
    step: &ManyStep,
    order: &Order,
    rows: &[BulkRow],
) -> Result<Vec<Did>, StoreError> {
    sql::turn(tx, order.now).await?;
    let ids: Vec<&str> = rows.iter().map(|row| row.record.as_str()).collect();
    let mut there = sql::some(tx, &order.viewer, &ids).await?;
    let verdict = match step {
        ManyStep::Close { verdict, .. } => verdict.as_str(),
        _ => "",
    };
    let (mut did, mut back, mut lines) = (Vec::with_capacity(rows.len()), Vec::new(), Vec::new());
    let mut ended: Vec<Ended> = Vec::new();
    let mut given: Vec<Given> = Vec::new();
    for row in rows {
        let Some(mut one) = there.remove(&row.record) else {
            did.push(Did::left(row, "not-found"));
            continue;
        };
        let before: Option<Before> = serde_json::from_str(&row.before).ok();
        let Some(before) = before.filter(|_| one.version.to_string() == row.after) else {
            did.push(Did::left(row, "changed"));
            continue;
        };
        let state = State::parse(&before.state).ok_or_else(|| StoreError::unknown("state", &before.state))?;
        let mut changes = Vec::new();
        if one.tags != before.tags && matches!(step, ManyStep::Tag { .. } | ManyStep::Untag { .. }) {
            changes.push(["tags".to_string(), told(&one.tags), told(&before.tags)]);
            let tags = (one.tags.as_str(), before.tags.as_str());
            sql_tag::set_tags(tx, ("incident", &one.id), tags, &order.viewer.name, order.now).await?;
            one.tags = before.tags;
        }
        if one.state != state {
            changes.push(["state", one.state.as_str(), state.as_str()].map(String::from));
        }
        if one.owner != before.owner {
            changes.push(["owner".to_string(), one.owner.clone(), before.owner.clone()]);
        }
        (one.owner, one.resolution, one.state) = (before.owner, before.resolution, state);
        (one.verdict, one.closed) = (Verdict::parse(&before.verdict), Micros::parse_rfc3339(&before.closed));
        touch(&mut one, order.now);
        let more = json!({ "changes": changes, "bulk": order.id, "verdict": verdict });
        lines.push((one.id.clone(), detail(&one, more)));
        did.push(Did::restored(row));
        ended.extend(before.tickets);
        given.extend(before.given);
        back.push(one);
    }
    sql::put(tx, &back).await?;
    revive_tickets(tx, &order.viewer.name, &ended, order.now).await?;
    take_tickets_back(tx, &order.viewer.name, &given, order.now).await?;
    write_lines(tx, &order.viewer.name, "incident_restored", &lines, order.now).await?;
    Ok(did)
}
