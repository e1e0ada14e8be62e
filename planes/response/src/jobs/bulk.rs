//! One change of many incidents, and its undo.

use std::collections::HashSet;

use manara_model::{Micros, Viewer};
use manara_store::{Db, Journal, StoreError, Tx};
use serde_json::{Value, json};

use super::edit::give;
use super::end::end;
use super::{Refusal, ResponseError, begin, detail, new_id, touch};
use crate::PLANE;
use crate::incident::{BULK_MOST, Incident, State, Verdict};
use crate::policy::Policy;
use crate::sql::{self, Before};

/// What is done to many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ManyStep {
    /// Given to somebody; to nobody when empty.
    Assign(String),
    /// Taken up without an owner, or opened again.
    Open,
    /// Closed; their findings stay as they are.
    Close(String),
}

/// What a change of many did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BulkReport {
    /// What undoes it; empty when nothing changed.
    pub id: String,
    /// How many changed.
    pub changed: usize,
    /// Those that are as they were asked to be already.
    pub unchanged: usize,
    /// Numbers of those that were not changed, and why.
    pub refused: Vec<(String, Refusal)>,
}

/// Changes many incidents, in one transaction. More than [`BULK_MOST`] are not taken.
pub async fn change_many(
    db: &Db,
    viewer: &Viewer,
    policy: &Policy,
    ids: &[String],
    step: &ManyStep,
    now: Micros,
) -> Result<BulkReport, ResponseError> {
    let mut report = BulkReport::default();
    let mut asked: HashSet<&str> = HashSet::new();
    let ids: Vec<&str> = ids.iter().take(BULK_MOST).map(String::as_str).filter(|id| asked.insert(id)).collect();
    let mut tx = begin(db, now).await?;
    let mut there = sql::some(&mut tx, viewer, &ids).await?;
    let (mut changed, mut before, mut lines) = (Vec::new(), Vec::new(), Vec::new());
    for id in ids {
        let Some(mut one) = there.remove(id) else {
            report.refused.push((id.to_string(), Refusal::NotFound));
            continue;
        };
        let was = one.clone();
        match take_step(&mut one, policy, step, now) {
            Ok(more) if one != was => {
                touch(&mut one, now);
                lines.push((one.id.clone(), detail(&one, more)));
                before.push(standing(&was, one.version));
                changed.push(one);
            }
            Ok(_) => report.unchanged += 1,
            Err(why) => report.refused.push((was.number, why)),
        }
    }
    report.changed = changed.len();
    if changed.is_empty() {
        return Ok(report);
    }
    report.id = new_id(now);
    let (what, verb) = match step {
        ManyStep::Assign(_) => ("assign", "incident_changed"),
        ManyStep::Open => ("open", "incident_changed"),
        ManyStep::Close(_) => ("close", "incident_closed"),
    };
    sql::put(&mut tx, &changed).await?;
    write_lines(&mut tx, viewer, verb, &lines, now).await?;
    sql::add_bulk(&mut tx, &report.id, what, &before, &viewer.name, now).await?;
    tx.commit().await?;
    Ok(report)
}

/// One verb for many incidents: id and detail of each.
async fn write_lines(
    tx: &mut Tx,
    viewer: &Viewer,
    verb: &str,
    lines: &[(String, String)],
    now: Micros,
) -> Result<(), StoreError> {
    let lines: Vec<_> = lines.iter().map(|(id, detail)| (verb, id.as_str(), detail.as_str())).collect();
    Journal::write_many(tx, &viewer.name, PLANE, &lines, now).await
}

fn standing(one: &Incident, version: i64) -> Before {
    Before {
        incident_id: one.id.clone(),
        version,
        owner: one.owner.clone(),
        state: one.state,
        resolution: one.resolution.clone(),
        verdict: one.verdict,
        closed: one.closed,
    }
}

/// Changes one incident; what its line of the journal says.
fn take_step(one: &mut Incident, policy: &Policy, step: &ManyStep, now: Micros) -> Result<Value, Refusal> {
    if !one.merged_into.is_empty() {
        return Err(Refusal::Merged);
    }
    let from = one.state;
    match step {
        ManyStep::Assign(owner) => {
            let mut changes = vec![["owner".to_string(), one.owner.clone(), owner.clone()]];
            changes.extend(give(one, owner));
            Ok(json!({ "changes": changes }))
        }
        ManyStep::Open => {
            if from != State::Open {
                super::end::revive(one);
            }
            Ok(json!({ "changes": [["state", from.as_str(), one.state.as_str()]] }))
        }
        ManyStep::Close(resolution) => {
            let resolution = policy.resolution(resolution).ok_or(Refusal::Resolution)?;
            if one.resolution != resolution.id {
                end(one, resolution.state, &resolution.id, Verdict::Left, now)?;
            }
            Ok(json!({ "from": from.as_str(), "to": one.state.as_str(), "resolution": one.resolution,
                "verdict": Verdict::Left.as_str() }))
        }
    }
}

/// Undoes a change of many of the viewer's own. What changed since is left as it is; says how many went back and how many
/// were left.
pub async fn undo_many(db: &Db, viewer: &Viewer, id: &str, now: Micros) -> Result<(usize, usize), ResponseError> {
    let mut tx = begin(db, now).await?;
    if sql::bulk_of(&mut tx, id).await?.as_ref() != Some(&viewer.name) {
        return Err(Refusal::NothingToUndo.into());
    }
    let rows = sql::bulk_rows(&mut tx, id).await?;
    let ids: Vec<&str> = rows.iter().map(|row| row.incident_id.as_str()).collect();
    let mut there = sql::some(&mut tx, viewer, &ids).await?;
    let (mut back, mut lines) = (Vec::new(), Vec::new());
    for row in &rows {
        let Some(mut one) = there.remove(&row.incident_id).filter(|one| one.version == row.version) else { continue };
        let mut changes = Vec::new();
        if one.state != row.state {
            changes.push(["state".to_string(), one.state.as_str().into(), row.state.as_str().into()]);
        }
        if one.owner != row.owner {
            changes.push(["owner".to_string(), one.owner.clone(), row.owner.clone()]);
        }
        one.owner.clone_from(&row.owner);
        one.resolution.clone_from(&row.resolution);
        (one.state, one.verdict, one.closed) = (row.state, row.verdict, row.closed);
        touch(&mut one, now);
        lines.push((one.id.clone(), detail(&one, json!({ "changes": changes }))));
        back.push(one);
    }
    sql::put(&mut tx, &back).await?;
    write_lines(&mut tx, viewer, "incident_restored", &lines, now).await?;
    sql::set_undone(&mut tx, id, now).await?;
    tx.commit().await?;
    Ok((back.len(), rows.len() - back.len()))
}
