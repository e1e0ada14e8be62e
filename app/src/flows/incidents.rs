//! A finished batch opens incidents by rule; the end of an incident answers its findings, which teaches the sources.

use std::collections::HashMap;

use manara_model::Entry;
use manara_response::{FindingInput, Groups, Impact, Policy, Verdict};
use manara_store::{Db, StoreError};
use manara_watch::Watch;

use crate::house::House;

/// Findings read at once.
const PAGE: usize = 10_000;
/// Findings asked for by id with one query.
const IDS: usize = 500;

/// Opens incidents for the live findings of a batch, or joins them to those that are there. First the findings are counted,
/// then each goes where its group goes.
pub async fn open_by_rules(house: &House, entry: &Entry) -> anyhow::Result<()> {
    let policy = Policy::load(house.config.response.policy_file.as_deref())?;
    let impacts = impacts(&house.db).await?;
    let mut groups = Groups::default();
    for counting in [true, false] {
        let mut after = String::new();
        loop {
            let condition = "last_batch = $1 AND id > $2 AND state IN ('open', 'reopened', 'notified', 'acknowledged')";
            let args = [(&entry.record).into(), (&after).into()];
            let findings = house.watch.findings(condition, &args, "id", PAGE).await?;
            let Some(last) = findings.last() else { break };
            after = last.id.clone();
            let whole_page = findings.len() == PAGE;
            let findings: Vec<FindingInput> = findings.into_iter().map(|finding| input(finding, &impacts)).collect();
            if counting {
                manara_response::count_in(&house.db, &mut groups, &findings).await?;
            } else {
                manara_response::open_by_rules(&house.db, &policy, &groups, &findings, entry.at).await?;
            }
            if !whole_page {
                break;
            }
        }
        if groups.is_empty() {
            break;
        }
    }
    Ok(())
}

/// Answers the findings of a closed incident as its verdict says. A finding that is answered so already stays as it is.
pub async fn teach(house: &House, entry: &Entry) -> anyhow::Result<()> {
    let detail: serde_json::Value = serde_json::from_str(&entry.detail)?;
    let verdict = detail.get("verdict").and_then(serde_json::Value::as_str).and_then(Verdict::parse);
    let Some(answer) = verdict.and_then(Verdict::answer) else { return Ok(()) };
    let because = because(&detail, &entry.record);
    let mut after = String::new();
    while let Some(ids) = findings_after(house, &entry.record, &mut after).await? {
        manara_watch::answer_because(&house.db, &ids, answer, &because, &entry.who, entry.at).await?;
    }
    Ok(())
}

/// A change of many was taken back: so is what the verdict had answered, where nobody said anything since.
pub async fn unteach(house: &House, entry: &Entry) -> anyhow::Result<()> {
    let detail: serde_json::Value = serde_json::from_str(&entry.detail)?;
    let verdict = detail.get("verdict").and_then(serde_json::Value::as_str).and_then(Verdict::parse);
    if verdict.and_then(Verdict::answer).is_none() {
        return Ok(());
    }
    let because = because(&detail, &entry.record);
    let mut after = String::new();
    while let Some(ids) = findings_after(house, &entry.record, &mut after).await? {
        manara_watch::take_back(&house.db, &ids, &because, &entry.who, entry.at).await?;
    }
    Ok(())
}

/// What an answer is given for: one incident, and the change of many that closed it, if one did.
fn because(detail: &serde_json::Value, incident: &str) -> String {
    match detail.get("bulk").and_then(serde_json::Value::as_str) {
        Some(bulk) => format!("{bulk}/{incident}"),
        None => incident.to_string(),
    }
}

/// The next findings of an incident, after one of them; nothing when there are no more.
async fn findings_after(house: &House, incident: &str, after: &mut String) -> anyhow::Result<Option<Vec<String>>> {
    let findings = manara_response::findings(&house.db, incident, after, PAGE as i64).await?;
    let Some(last) = findings.last() else { return Ok(None) };
    last.finding_id.clone_into(after);
    Ok(Some(findings.into_iter().map(|finding| finding.finding_id).collect()))
}

/// How much depends on each constituent, by its id.
pub async fn impacts(db: &Db) -> Result<HashMap<String, Impact>, StoreError> {
    let all = manara_constituency::all(db).await?;
    Ok(all.into_iter().map(|one| (one.id, impact(one.criticality))).collect())
}

/// The criticality of a constituent is the impact of what hits it.
pub fn impact(criticality: manara_constituency::Criticality) -> Impact {
    Impact::parse(criticality.as_str()).unwrap_or(Impact::Low)
}

/// What incidents need of findings, by their ids; those that are not there are left out.
pub async fn facts(db: &Db, watch: &Watch, ids: &[String]) -> Result<Vec<FindingInput>, StoreError> {
    let impacts = impacts(db).await?;
    let mut all = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(IDS) {
        let places: Vec<String> = (1..=chunk.len()).map(|at| format!("${at}")).collect();
        let args: Vec<manara_store::Arg<'_>> = chunk.iter().map(Into::into).collect();
        let found = watch.findings(&format!("id IN ({})", places.join(", ")), &args, "id", IDS).await?;
        all.extend(found.into_iter().map(|finding| input(finding, &impacts)));
    }
    Ok(all)
}

fn input(finding: manara_watch::Finding, impacts: &HashMap<String, Impact>) -> FindingInput {
    FindingInput {
        impact: impacts.get(&finding.constituent_id).copied().unwrap_or(Impact::Low),
        id: finding.id,
        constituent_id: finding.constituent_id,
        constituent: finding.constituent,
        taxonomy: finding.taxonomy,
        kind: finding.kind,
        subject: finding.subject,
        asset: finding.asset,
        severity: finding.severity,
        confidence: finding.confidence,
        state: finding.state,
        state_since: finding.changed_at,
        last_seen: finding.last_seen,
        feeds: finding.sources.into_iter().map(|source| source.feed).collect(),
    }
}
