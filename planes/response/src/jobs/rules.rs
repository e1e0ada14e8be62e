//! Opening incidents by rule, and joining findings to them. The same findings again change nothing.

use std::collections::{BTreeMap, HashMap};

use manara_model::{FindingState, Micros, Viewer};
use manara_store::{Db, StoreError, Tx};
use serde_json::json;

use super::open::{Fresh, attach, make, opened};
use super::{MACHINE, begin, journal, new_id, touch};
use crate::group::{Group, Groups, key};
use crate::incident::{FindingInput, Incident};
use crate::policy::{Policy, Rule};
use crate::sql::{self, Tie};

/// What the rules did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RuleReport {
    /// Ids of incidents that were opened.
    pub opened: Vec<String>,
    /// Findings that joined an incident which was there.
    pub joined: usize,
}

/// Counts findings into their groups: those that no incident has, and that no person has settled.
pub async fn count_in(db: &Db, groups: &mut Groups, findings: &[FindingInput]) -> Result<(), StoreError> {
    let mut tx = db.begin_snapshot().await?;
    for (_, findings) in free(&mut tx, findings).await?.1 {
        findings.into_iter().for_each(|finding| groups.add(finding));
    }
    Ok(())
}

/// Puts findings where the rules say: into the live incident of their group, or into a new one when a rule matches the group
/// as a whole. `groups` was counted from all findings of the batch, `findings` may be a part of them.
pub async fn open_by_rules(
    db: &Db,
    policy: &Policy,
    groups: &Groups,
    findings: &[FindingInput],
    now: Micros,
) -> Result<RuleReport, StoreError> {
    let mut report = RuleReport::default();
    let mut tx = begin(db, now).await?;
    let (takers, free) = free(&mut tx, findings).await?;
    for (key, findings) in free {
        let taker = match takers.get(&key) {
            Some(id) => Some(id.clone()),
            None => {
                let Some(group) = groups.get(&key) else { continue };
                let Some(rule) = policy.decide(group) else { continue };
                let there = sql::live_of_group(&mut tx, group).await?;
                if there.is_none() {
                    let one = by_rule(&mut tx, policy, rule, group, &findings, now).await?;
                    sql::put_key(&mut tx, &key, &one.id).await?;
                    report.opened.push(one.id);
                    continue;
                }
                there
            }
        };
        let Some(mut one) = taken(&mut tx, taker).await? else { continue };
        attach(&mut tx, &mut one, &findings, now).await?;
        touch(&mut one, now);
        sql::put(&mut tx, std::slice::from_ref(&one)).await?;
        sql::put_key(&mut tx, &key, &one.id).await?;
        journal(&mut tx, MACHINE, "findings_joined", &one, json!({ "findings": findings.len() }), now).await?;
        report.joined += findings.len();
    }
    tx.commit().await?;
    Ok(report)
}

async fn taken(tx: &mut Tx, id: Option<String>) -> Result<Option<Incident>, StoreError> {
    match id {
        Some(id) => sql::get_in(tx, &Viewer::system(), &id).await,
        None => Ok(None),
    }
}

async fn by_rule(
    tx: &mut Tx,
    policy: &Policy,
    rule: &Rule,
    group: &Group,
    findings: &[&FindingInput],
    now: Micros,
) -> Result<Incident, StoreError> {
    let fresh = Fresh {
        id: new_id(now),
        title: rule.title(group),
        taxonomy: &group.taxonomy,
        kind: &group.kind,
        impact: group.impact,
        urgency: group.severity,
        tlp: rule.tlp,
        owner: "",
        due: None,
        rule: &rule.name,
        who: MACHINE,
    };
    let mut one = make(tx, policy, fresh, now).await?;
    attach(tx, &mut one, findings, now).await?;
    sql::put(tx, std::slice::from_ref(&one)).await?;
    journal(tx, MACHINE, "incident_opened", &one, opened(&one), now).await?;
    Ok(one)
}

type Free<'a> = BTreeMap<String, Vec<&'a FindingInput>>;

/// The live incidents that take groups, and the findings that are free to go somewhere, by group.
async fn free<'a>(
    tx: &mut Tx,
    findings: &'a [FindingInput],
) -> Result<(HashMap<String, String>, Free<'a>), StoreError> {
    let mut by_key: Free<'a> = BTreeMap::new();
    for finding in findings {
        by_key.entry(key(finding)).or_default().push(finding);
    }
    let keys: Vec<&str> = by_key.keys().map(String::as_str).collect();
    let takers = sql::takers(tx, &keys).await?;
    let ids: Vec<&str> = findings.iter().map(|finding| finding.id.as_str()).collect();
    let ties = sql::ties(tx, &ids).await?;
    for (key, findings) in &mut by_key {
        let taker = takers.get(key).map_or("", String::as_str);
        findings.retain(|finding| is_free(finding, ties.get(&finding.id).map_or(&[], Vec::as_slice), taker));
    }
    by_key.retain(|_, findings| !findings.is_empty());
    Ok((takers, by_key))
}

/// Whether a rule may put a finding into an incident: it is live, no live incident has it, nobody took it off the one that
/// takes its group, and no incident was closed with it, unless it came back since.
fn is_free(finding: &FindingInput, ties: &[Tie], taker: &str) -> bool {
    let came_back = |closed: Option<Micros>| {
        finding.state == FindingState::Reopened && closed.is_none_or(|closed| finding.state_since > closed)
    };
    let is_held = |tie: &Tie| match tie.removed {
        true => tie.incident_id == taker,
        false => tie.state.is_live() || !came_back(tie.closed),
    };
    finding.state.is_live() && !ties.iter().any(is_held)
}
