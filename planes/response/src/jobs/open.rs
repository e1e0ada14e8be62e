//! Opening an incident by hand.

use manara_model::{Micros, Severity, Tlp, Viewer};
use manara_store::{Db, StoreError, Tx};
use serde_json::json;

use super::notes::{TellsOf, note_in};
use super::tickets::{Whom, ask};
use super::{Refusal, ResponseError, begin, id_of, journal, made_before};
use crate::incident::{FindingInput, Impact, Incident, State, number, title};
use crate::pap::Pap;
use crate::policy::Policy;
use crate::sql;
use crate::ticket::Ticket;

/// An incident to be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewIncident {
    /// The id the form was given, so that it may be sent twice; empty for a new one.
    pub id: String,
    /// One line.
    pub title: String,
    /// RSIT class.
    pub taxonomy: String,
    /// RSIT type.
    pub kind: String,
    /// How much depends on what is hit.
    pub impact: Impact,
    /// How bad what happens there is.
    pub urgency: Severity,
    /// How far it may travel.
    pub tlp: Tlp,
    /// What may be done with what it knows.
    pub pap: Pap,
    /// Login name of whoever handles it; empty for nobody.
    pub owner: String,
    /// Until when something is to be done; by the policy when nothing is said.
    pub due: Option<Micros>,
    /// Ids and names of constituents, besides those of the findings.
    pub constituents: Vec<(String, String)>,
}

/// Opens an incident with findings or without.
pub async fn open(
    db: &Db,
    viewer: &Viewer,
    policy: &Policy,
    new: &NewIncident,
    findings: &[FindingInput],
    now: Micros,
) -> Result<Incident, ResponseError> {
    Ok(open_with(db, viewer, policy, (new, &FirstSteps::default()), findings, now).await?.0)
}

/// What is done in one go with the opening of an incident.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FirstSteps<'a> {
    /// A first note; empty for none.
    pub note: &'a str,
    /// Who is asked about it by an investigation.
    pub whom: Option<Whom<'a>>,
}

/// Opens an incident with its first note and its investigation: all of it, or nothing. Gives the investigation, too.
pub async fn open_with(
    db: &Db,
    viewer: &Viewer,
    policy: &Policy,
    (new, first): (&NewIncident, &FirstSteps<'_>),
    findings: &[FindingInput],
    now: Micros,
) -> Result<(Incident, Option<Ticket>), ResponseError> {
    let title = title(&new.title).ok_or(Refusal::Title)?;
    if !manara_model::is_known(&new.taxonomy, &new.kind) {
        return Err(Refusal::Class.into());
    }
    if new.tlp > viewer.clearance {
        return Err(Refusal::Clearance.into());
    }
    let id = id_of(&new.id, now);
    let mut tx = begin(db, now).await?;
    if let Some(there) = made_before(&mut tx, viewer, &id).await? {
        return Ok((there, None));
    }
    let fresh = Fresh {
        id,
        title,
        taxonomy: &new.taxonomy,
        kind: &new.kind,
        impact: new.impact,
        urgency: new.urgency,
        tlp: new.tlp,
        owner: &new.owner,
        due: new.due,
        rule: "",
        who: &viewer.name,
    };
    let mut one = make(&mut tx, policy, fresh, now).await?;
    one.mailbox = viewer.mailboxes.of_new().into();
    one.pap = new.pap;
    sql::put_constituents(&mut tx, &one.id, &new.constituents).await?;
    attach(&mut tx, &mut one, &findings.iter().collect::<Vec<_>>(), now).await?;
    sql::put(&mut tx, std::slice::from_ref(&one)).await?;
    journal(&mut tx, &viewer.name, "incident_opened", &one, opened(&one), now).await?;
    if !first.note.trim().is_empty() {
        note_in(&mut tx, viewer, &one, (first.note, &TellsOf::default()), now).await?;
    }
    let asked = match first.whom {
        Some(whom) => Some(ask(&mut tx, viewer, &mut one, whom, now).await?),
        None => None,
    };
    tx.commit().await?;
    Ok((one, asked))
}

/// What an incident begins with.
pub(super) struct Fresh<'a> {
    pub id: String,
    pub title: String,
    pub taxonomy: &'a str,
    pub kind: &'a str,
    pub impact: Impact,
    pub urgency: Severity,
    pub tlp: Tlp,
    pub owner: &'a str,
    pub due: Option<Micros>,
    pub rule: &'a str,
    pub who: &'a str,
}

/// A new incident with the next number of the year; it is not written yet.
pub(super) async fn make(tx: &mut Tx, policy: &Policy, fresh: Fresh<'_>, now: Micros) -> Result<Incident, StoreError> {
    let year = now.year();
    let severity = policy.severity(fresh.impact, fresh.urgency);
    Ok(Incident {
        id: fresh.id,
        number: number(&year, sql::take_number(tx, &year).await?),
        title: fresh.title,
        taxonomy: fresh.taxonomy.into(),
        kind: fresh.kind.into(),
        impact: fresh.impact,
        urgency: fresh.urgency,
        severity,
        tlp: fresh.tlp,
        pap: Pap::USUAL,
        owner: fresh.owner.into(),
        state: if fresh.owner.is_empty() { State::New } else { State::Open },
        resolution: String::new(),
        verdict: None,
        merged_into: String::new(),
        rule: fresh.rule.into(),
        opened_by: fresh.who.into(),
        version: 1,
        findings: 0,
        constituents: String::new(),
        tags: String::new(),
        fields: String::new(),
        created: now,
        changed: now,
        closed: None,
        due: Some(fresh.due.unwrap_or_else(|| policy.due(severity, now))),
        mailbox: String::new(),
    })
}

/// Links findings, and names their constituents; the incident is not written.
pub(super) async fn attach(
    tx: &mut Tx,
    one: &mut Incident,
    findings: &[&FindingInput],
    now: Micros,
) -> Result<(), StoreError> {
    let mut named: Vec<(String, String)> = findings
        .iter()
        .filter(|finding| !finding.constituent_id.is_empty())
        .map(|finding| (finding.constituent_id.clone(), finding.constituent.clone()))
        .collect();
    named.sort();
    named.dedup_by(|a, b| a.0 == b.0);
    sql::put_constituents(tx, &one.id, &named).await?;
    sql::put_findings(tx, &one.id, findings, now).await?;
    sql::recount(tx, one).await
}

/// What the line of the opening says.
pub(super) fn opened(one: &Incident) -> serde_json::Value {
    json!({ "severity": one.severity.as_str(), "findings": one.findings, "rule": one.rule, "owner": one.owner })
}
