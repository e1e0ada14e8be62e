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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use manara_constituency::{ImportFormat, ImportOptions};
    use manara_model::{FindingState, Micros, Tlp, Viewer};
    use manara_response::{NewIncident, Policy, many_incidents};
    use manara_watch::FileHint;
    use manara_web::bulk;
    use serde_json::json;

    use crate::cli::Place;
    use crate::flows;
    use crate::house::House;

    const CONSTITUENCY: &str = "name,sector,kind,networks\nHarbour,transport,company,192.0.2.0/24\n";
    const REPORT: &str = "\
timestamp,severity,ip,protocol,port,hostname,tag,asn,geo
2026-01-15 01:00:00,high,192.0.2.17,tcp,23,,telnet,,XS
2026-01-15 02:00:00,high,192.0.2.33,tcp,23,,telnet,,XS
";

    /// A house with two findings, each in an incident of its own.
    async fn house(folder: &std::path::Path, now: Micros) -> (House, Vec<String>) {
        let house = House::make(&Place { data: folder.to_path_buf(), database: None }).await.expect("a house");
        let options = ImportOptions::default();
        manara_constituency::import(&house.db, CONSTITUENCY.as_bytes(), ImportFormat::Csv, &options, "test", now)
            .await
            .expect("imported");
        house.load_tables().await.expect("loaded");
        let hint = FileHint { file_name: Some("2026-01-15-scan_telnet-xs.csv".into()), ..FileHint::default() };
        let received = house.ingest.receive(&mut REPORT.as_bytes(), &hint, now, "test").await.expect("received");
        let batch = house.watch.batch(&received.batch).await.expect("asked").expect("there");
        house.ingest.process(&batch, Micros::FAR, now, Arc::default()).await.expect("processed");
        flows::run_due(&house, now).await.expect("followed");
        let policy = Policy::built_in().expect("sound");
        let found = house.watch.findings("1 = 1", &[], "id", 10).await.expect("read");
        let mut incidents = Vec::new();
        for finding in found {
            let new = NewIncident {
                id: String::new(),
                title: "By hand".into(),
                taxonomy: "vulnerable".into(),
                kind: "potentially-unwanted-accessible".into(),
                impact: manara_response::Impact::Low,
                urgency: manara_model::Severity::High,
                tlp: Tlp::Amber,
                pap: manara_response::Pap::USUAL,
                owner: String::new(),
                due: None,
                constituents: Vec::new(),
            };
            let facts = flows::facts(&house.db, &house.watch, &[finding.id]).await.expect("facts");
            let viewer = Viewer::system();
            let one = manara_response::open(&house.db, &viewer, &policy, &new, &facts, now).await.expect("opened");
            incidents.push(one.id);
        }
        (house, incidents)
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn the_verdict_of_many_answers_their_findings_and_the_undo_takes_the_answers_back() {
        let folder = tempfile::tempdir().expect("a folder");
        let now = Micros::parse_rfc3339("2026-01-16T06:00:00Z").expect("a moment");
        let (house, incidents) = house(folder.path(), now).await;
        let all = async || house.watch.findings("1 = 1", &[], "id", 10).await.expect("read");
        let before = all().await;
        assert_eq!((before.len(), incidents.len()), (2, 2));
        let many = many_incidents(Policy::built_in().expect("sound"));
        let viewer = Viewer { name: "duty".into(), ..Viewer::system() };
        let change =
            many.read(&json!({ "do": "close", "resolution": "resolved", "verdict": "fixed" })).expect("a change");
        let later = Micros(now.0 + 60_000_000);
        let chosen = bulk::begin(&house.db, &*many, &viewer, &change, &incidents, "", later).await.expect("chosen");
        bulk::go_on(&house.db, &*many, &viewer, &chosen, later).await.expect("closed");
        flows::run_due(&house, later).await.expect("followed");
        assert!(all().await.iter().all(|finding| finding.state == FindingState::Fixed));
        let said = Micros(later.0 + 60_000_000);
        let ids = [before[0].id.clone()];
        manara_watch::answer(&house.db, &ids, manara_model::Answer::False, "omar", said).await.expect("answered");
        let done = bulk::last(&house.db, "response", "duty", now).await.expect("read").expect("one");
        bulk::take_back(&house.db, &*many, &viewer, &done, Micros(said.0 + 1)).await.expect("undone");
        flows::run_due(&house, Micros(said.0 + 2)).await.expect("followed");
        let after = all().await;
        assert_eq!(after[0].state, FindingState::FalsePositive, "what somebody said since stays");
        assert_eq!((after[1].state, after[1].changed_at), (before[1].state, before[1].changed_at));
        house.db.close().await;
    }
}
