//! One incident: what it is, what belongs to it, what happened.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, State as Given};
use manara_model::{FindingState, Micros};
use manara_store::Journal;
use manara_web::{Answer, Markup, Page, PageError, Right, Visit, json_text};

use super::list::{EXPORT_COLUMNS, cells};
use super::{MatrixLine, Room, found, matrix, pap_tone, tone};
use crate::PLANE;
use crate::incident::{FindingInput, Incident, Linked, Note};
use crate::message::Seen;
use crate::observable::SeenElsewhere;
use crate::own_field::OwnValue;
use crate::related::{Reason, suggest};
use crate::sql;
use crate::ticket::{Kind, Ticket};
use crate::timeline::{Line, Own, timeline};

/// Findings shown.
const FINDINGS_SHOWN: i64 = 200;
/// Lines of the timeline shown.
const LINES_SHOWN: usize = 400;
/// Findings whose history is asked for.
const HISTORY_OF: i64 = 1_000;
/// Observables shown.
const OBSERVABLES_SHOWN: i64 = 50;
/// Constituents shown.
const CONSTITUENTS_SHOWN: i64 = 100;

/// A finding with where it stands now, when it is still there.
struct FindingLine {
    linked: Linked,
    now: Option<FindingState>,
}

/// An incident that may have to do with this one.
struct SuggestionLine {
    incident: Incident,
    reasons: Vec<(Reason, String)>,
}

#[derive(Template)]
#[template(path = "response/incident.html")]
struct IncidentPage {
    page: Page,
    one: Incident,
    into: Option<Incident>,
    merged_here: Vec<Incident>,
    resolution: String,
    constituents: Vec<(String, String)>,
    findings: Vec<FindingLine>,
    more_findings: i64,
    lines: Vec<Line>,
    more_lines: bool,
    related: Vec<Incident>,
    suggestions: Vec<SuggestionLine>,
    tickets: Vec<Ticket>,
    watchers: Vec<String>,
    is_watching: bool,
    may_handle: bool,
    matrix: Vec<MatrixLine>,
    resolutions: HashMap<String, String>,
    /// The name of the rule that opened it, in the reader's language.
    rule: String,
    /// The work on it: tasks and clocks.
    work: Markup,
    /// What is spoken of in it.
    observables: Vec<Seen>,
    /// Other records that know them.
    before: Vec<SeenElsewhere>,
    /// The values of own fields: what they are called, and what they say.
    own_values: Vec<(String, String)>,
    /// The titles of tasks and clocks, by id.
    named: HashMap<String, String>,
    now: Micros,
}

/// `GET /incidents/{id}`
pub(super) async fn incident(visit: Visit, Given(room): Given<Room>, Path(name): Path<String>) -> Answer {
    let one = found(&visit, &name).await?;
    if visit.query("format").as_deref() == Some("json") || visit.wants_json() {
        return json(&visit, one).await;
    }
    let db = &visit.db;
    let into = match one.merged_into.as_str() {
        "" => None,
        id => sql::get(db, &visit.viewer, id).await?,
    };
    let linked = sql::worst_findings(db, &one.id, FINDINGS_SHOWN).await?;
    let facts = room.facts(linked.iter().map(|finding| finding.finding_id.clone()).collect()).await?;
    let (lines, more_lines) = history(&visit, &room, &one).await?;
    let suggestions = suggestions(&visit, &one).await?;
    let watchers = sql::watchers(db, &one.id).await?;
    let language = visit.lang.tag();
    let title = one.number.clone();
    let (tasks, clocks) = super::work::work_of(&visit, &one).await?;
    visit.html(&IncidentPage {
        page: visit.page_titled(title).under("/incidents", "response-list-title"),
        into,
        merged_here: sql::merged_here(db, &visit.viewer, &one.id).await?,
        resolution: room.resolution(&visit, &one.resolution),
        constituents: sql::constituents(db, &one.id, CONSTITUENTS_SHOWN).await?,
        more_findings: one.findings - i64::try_from(linked.len()).unwrap_or(i64::MAX),
        findings: standing(linked, &facts),
        lines,
        more_lines,
        related: sql::related(db, &visit.viewer, &one.id).await?,
        tickets: super::tickets::of_incident(&visit, &one.id).await?,
        suggestions,
        is_watching: watchers.contains(&visit.viewer.name),
        watchers,
        may_handle: visit.may(Right::HandleIncidents),
        matrix: matrix(&room.policy, Some((one.impact, one.urgency))),
        resolutions: room.policy.resolutions.iter().map(|end| (end.id.clone(), end.title(language).into())).collect(),
        rule: room.policy.rule_name(&one.rule, language).to_string(),
        work: super::work::panel(&visit, &one, &tasks, &clocks).await?,
        observables: crate::sql_ticket::observables_of(db, &one.id, OBSERVABLES_SHOWN).await?,
        before: crate::sql_observable::seen_elsewhere(db, &visit.viewer, &one.id).await?,
        own_values: own_values(&visit, &one.id).await?,
        named: crate::report::named(&tasks, &clocks, language),
        now: visit.now,
        one,
    })
}

async fn own_values(visit: &Visit, id: &str) -> Result<Vec<(String, String)>, PageError> {
    let values = crate::sql_field::own_values(&visit.db, id).await?;
    let of =
        |value: &OwnValue| (value.title.of(visit.lang.tag()).to_string(), super::work::own_value_shown(visit, value));
    Ok(values.iter().map(of).collect())
}

fn standing(linked: Vec<Linked>, facts: &[FindingInput]) -> Vec<FindingLine> {
    let states: HashMap<&str, FindingState> = facts.iter().map(|fact| (fact.id.as_str(), fact.state)).collect();
    let now = |linked: &Linked| states.get(linked.finding_id.as_str()).copied();
    linked.into_iter().map(|linked| FindingLine { now: now(&linked), linked }).collect()
}

async fn history(visit: &Visit, room: &Room, one: &Incident) -> Result<(Vec<Line>, bool), PageError> {
    let most = i64::try_from(LINES_SHOWN + 1).unwrap_or(i64::MAX);
    let journal = Journal::of_record(&visit.db, PLANE, &one.id, most).await?;
    let notes = sql::notes(&visit.db, &one.id, most).await?;
    let findings = sql::worst_findings(&visit.db, &one.id, HISTORY_OF).await?;
    let ids: Vec<String> = findings.into_iter().map(|finding| finding.finding_id).collect();
    let elsewhere = if ids.is_empty() { Vec::new() } else { (room.guests.history)(visit.clone(), ids).await? };
    let titles = sql::titles(&visit.db, &one.id).await?;
    Ok(timeline(journal, &titles, notes, elsewhere, LINES_SHOWN))
}

async fn suggestions(visit: &Visit, one: &Incident) -> Result<Vec<SuggestionLine>, PageError> {
    let related: Vec<String> =
        sql::related(&visit.db, &visit.viewer, &one.id).await?.into_iter().map(|other| other.id).collect();
    let mut shared = sql::shared(&visit.db, &visit.viewer, &one.id).await?;
    shared.retain(|(_, id, _)| *id != one.merged_into && !related.contains(id));
    let mut lines = Vec::new();
    for suggestion in suggest(shared) {
        let incident = sql::get(&visit.db, &visit.viewer, &suggestion.incident_id).await?;
        // What was merged speaks through the other.
        if let Some(incident) = incident.filter(|other| other.merged_into.is_empty()) {
            lines.push(SuggestionLine { incident, reasons: suggestion.reasons });
        }
    }
    Ok(lines)
}

/// The incident as one JSON object, with its notes and findings.
async fn json(visit: &Visit, one: Incident) -> Answer {
    let findings = sql::worst_findings(&visit.db, &one.id, HISTORY_OF).await?;
    let notes = sql::notes(&visit.db, &one.id, HISTORY_OF).await?;
    let watchers = sql::watchers(&visit.db, &one.id).await?;
    let rows = json_text(&EXPORT_COLUMNS, &[cells(one)]);
    let rows: Vec<serde_json::Value> = serde_json::from_str(&rows).map_err(PageError::internal)?;
    let mut object = rows.into_iter().next().unwrap_or_default();
    if let Some(map) = object.as_object_mut() {
        let finding = |one: &Linked| {
            serde_json::json!({ "id": one.finding_id, "asset": one.asset, "subject": one.subject, "type": one.kind,
                "constituent": one.constituent, "severity": one.severity.as_str() })
        };
        map.insert("linked".into(), findings.iter().map(finding).collect());
        map.insert("notes".into(), notes.iter().rev().map(note_json).collect());
        map.insert("watchers".into(), watchers.into());
    }
    Ok(visit.json(object.to_string()))
}

fn note_json(note: &Note) -> serde_json::Value {
    serde_json::json!({ "id": note.id, "at": note.at.rfc3339(), "who": note.who, "text": note.body, "happened": note.happened.map(Micros::rfc3339), "technique": note.technique,
        "edited": note.edited.as_ref().map(|(_, at)| at.rfc3339()), "struck": note.struck.as_ref().map(|(_, at)| at.rfc3339()) })
}

impl IncidentPage {
    fn tone(&self, one: &Incident) -> &'static str {
        tone(one.state)
    }

    fn state_key(&self, one: &Incident) -> String {
        format!("response-state-{}", one.state.as_str())
    }

    fn ticket_tone(&self, one: &Ticket) -> &'static str {
        super::tickets::tone(one.state)
    }

    fn ticket_state(&self, one: &Ticket) -> String {
        super::tickets::state_key(one.state)
    }

    /// The tickets by kind, in the order of a usual life; kinds without any are left out.
    fn tickets_by_kind(&self) -> Vec<(&'static str, Vec<&Ticket>)> {
        let of = |kind: Kind| {
            let all: Vec<&Ticket> = self.tickets.iter().filter(|one| one.kind == kind).collect();
            (!all.is_empty()).then_some((kind.as_str(), all))
        };
        Kind::ALL.into_iter().filter_map(of).collect()
    }

    fn pap_key(&self) -> String {
        format!("response-pap-label-{}", self.one.pap.as_str())
    }

    fn pap_tone(&self) -> &'static str {
        pap_tone(self.one.pap)
    }

    fn kind(&self, kind: &str) -> String {
        self.page.t(format!("web-type-{kind}"))
    }

    fn verb(&self, own: &Own) -> String {
        self.page.t(format!("response-verb-{}", own.verb.replace('_', "-")))
    }

    fn field(&self, [field, ..]: &[String; 3]) -> String {
        self.page.t(format!("response-field-{field}"))
    }

    fn from(&self, [field, from, _]: &[String; 3]) -> Markup {
        value(&self.page, field, from)
    }

    fn to(&self, [field, _, to]: &[String; 3]) -> Markup {
        value(&self.page, field, to)
    }

    /// How an incident ended, in words.
    fn ending(&self, own: &Own) -> String {
        let (resolution, verdict) = &own.ending;
        let title = self.resolutions.get(resolution).unwrap_or(resolution);
        format!("{title} · {}", self.page.t(format!("response-verdict-{verdict}")))
    }

    /// What a line was about: the title of a task or clock, or a technique.
    fn about<'a>(&'a self, own: &'a Own) -> &'a str {
        self.named.get(&own.about).map_or(own.about.as_str(), String::as_str)
    }

    fn observable_words(&self, kind: &str) -> String {
        super::observables::kind_words(&self.page.visit, kind)
    }

    fn record_words(&self, one: &SeenElsewhere) -> String {
        super::observables::record_words(&self.page.visit, one)
    }

    /// What a technique is called, where we have words for it.
    fn technique(&self, id: &str) -> String {
        crate::task::technique_key(id).map(|key| self.page.t(key)).unwrap_or_default()
    }

    fn note_href(&self, note: &Note) -> String {
        format!("/incidents/{}/notes/{}", self.one.number, note.id)
    }

    fn reason_key(&self, reason: &Reason) -> String {
        format!("response-related-{}", reason.as_str())
    }

    fn can_work(&self) -> bool {
        self.may_handle && self.one.merged_into.is_empty()
    }

    fn is_mine(&self) -> bool {
        self.one.owner == self.page.visit.viewer.name
    }
}

/// A value of a field, in words where it has any.
pub(super) fn value(page: &Page, field: &str, value: &str) -> Markup {
    let words = match field {
        "state" => page.t(format!("response-state-{value}")),
        "severity" | "urgency" => page.t(format!("web-severity-{value}")),
        "impact" => page.t(format!("response-impact-{value}")),
        "class" => page.t(format!("web-type-{}", value.split_once('/').map_or(value, |(_, kind)| kind))),
        "owner" if value.is_empty() => page.t("response-nobody"),
        "due" if value.is_empty() => page.t("response-never"),
        "due" => match Micros::parse_rfc3339(value) {
            Some(moment) => return page.time(&moment),
            None => value.to_string(),
        },
        "tlp" | "pap" => return page.mono(value),
        _ => return page.foreign(value),
    };
    Markup::text(&words)
}
