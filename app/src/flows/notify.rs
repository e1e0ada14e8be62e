//! A finished batch becomes notices; a sent notice marks its findings as told.

use std::collections::{BTreeSet, HashMap};

use manara_model::{Answer, Entry, Tlp};
use manara_store::Journal;
use manara_warning::{ComposeInput, ConstituentInput, ContactInput, FindingInput};

use crate::house::House;
use crate::mailroom::notice_rules;

/// Findings read at once.
const PAGE: usize = 10_000;

/// Drafts notices for the findings that a batch opened, reopened or saw again. What was told within the quiet period is left
/// out by the rules of the warning plane.
pub async fn draft_notices(house: &House, entry: &Entry) -> anyhow::Result<()> {
    let constituents: HashMap<String, manara_constituency::Constituent> =
        manara_constituency::all(&house.db).await?.into_iter().map(|one| (one.id.clone(), one)).collect();
    let rules = notice_rules(house)?;
    let letters = house.letters()?;
    let mut after = String::new();
    loop {
        let condition = "last_batch = $1 AND id > $2 AND state IN ('open', 'reopened', 'notified', 'acknowledged')";
        let findings = house.watch.findings(condition, &[(&entry.record).into(), (&after).into()], "id", PAGE).await?;
        let Some(last) = findings.last() else { break };
        after = last.id.clone();
        let whole_page = findings.len() == PAGE;
        let owners: BTreeSet<&str> = findings.iter().map(|finding| finding.constituent_id.as_str()).collect();
        let input = ComposeInput {
            constituents: owners.into_iter().filter_map(|id| constituents.get(id)).map(constituent_input).collect(),
            findings: findings.into_iter().map(finding_input).collect(),
        };
        manara_warning::compose_drafts(&house.db, &input, &rules, &letters, entry.at).await?;
        if !whole_page {
            break;
        }
    }
    Ok(())
}

/// Drafts the notices of the batch that finished last, without the flow's cursor.
pub async fn draft_last(house: &House) -> anyhow::Result<()> {
    let (mut cursor, mut finished) = (0, None);
    loop {
        let entries = Journal::after(&house.db, cursor, 500).await?;
        let Some(last) = entries.last() else { break };
        cursor = last.id;
        let batch = |entry: &Entry| entry.plane == "watch" && entry.verb == "batch_finished";
        finished = entries.into_iter().rfind(batch).or(finished);
    }
    match finished {
        Some(entry) => draft_notices(house, &entry).await,
        None => Ok(()),
    }
}

/// A constituent as the warning plane knows it, with the contacts that are in use.
pub(super) fn constituent_input(one: &manara_constituency::Constituent) -> ConstituentInput {
    ConstituentInput {
        id: one.id.clone(),
        name: one.name.clone(),
        sector: one.sector.id.clone(),
        criticality: one.criticality.as_str().into(),
        contacts: one
            .contacts
            .iter()
            .filter(|contact| contact.active && !contact.mail.is_empty())
            .map(|contact| ContactInput {
                name: contact.name.clone(),
                mail: contact.mail.clone(),
                role: contact.role.as_str().into(),
                language: contact.language.clone(),
                format: contact.format.as_str().into(),
            })
            .collect(),
    }
}

fn finding_input(finding: manara_watch::Finding) -> FindingInput {
    FindingInput {
        id: finding.id,
        constituent_id: finding.constituent_id,
        taxonomy: finding.taxonomy,
        kind: finding.kind,
        asset: finding.asset,
        subject: finding.subject,
        severity: finding.severity,
        confidence: finding.confidence,
        state: finding.state,
        state_since: Some(finding.changed_at),
        first_seen: finding.first_seen,
        last_seen: finding.last_seen,
        count: finding.count,
        tlp: Tlp::Amber,
    }
}

/// Marks the findings of a sent notice as told.
pub async fn mark_told(house: &House, entry: &Entry) -> anyhow::Result<()> {
    let mut after = String::new();
    loop {
        let ids = manara_warning::finding_ids(&house.db, &entry.record, &after, PAGE as i64).await?;
        let Some(last) = ids.last().cloned() else { break };
        manara_watch::answer(&house.db, &ids, Answer::Told, &entry.who, entry.at).await?;
        after = last;
    }
    Ok(())
}
