//! Opening an incident by hand, from findings or from nothing; and linking findings to one that is there.

use askama::Template;
use axum::extract::{RawForm, State as Given};
use axum::http::StatusCode;
use manara_model::{Severity, Tlp};
use manara_web::{Answer, Choice, Page, PageError, Tone, Visit, Word};
use uuid::Uuid;

use super::fields::{Fields, classes, impacts, local_moment, paps, team, tlps, urgencies};
use super::{MatrixLine, Room, href, matrix, refused, why_words};
use crate::incident::{FindingInput, Impact, LINKED_AT_ONCE, NOTE_CHARS, TITLE_CHARS};
use crate::jobs::{self, NewIncident, ResponseError};
use crate::pap::Pap;
use crate::sql;

/// Findings the form shows; all are linked.
const SHOWN: usize = 50;
/// Constituents that are named by hand.
const NAMED_MOST: usize = 50;

#[derive(Template)]
#[template(path = "response/new.html")]
struct NewPage {
    page: Page,
    draft: Draft,
    findings: Vec<FindingInput>,
    more: usize,
    ids: Vec<String>,
    troubles: Vec<String>,
    classes: Vec<(String, Vec<Choice>)>,
    impacts: Vec<Choice>,
    urgencies: Vec<Choice>,
    tlps: Vec<Choice>,
    paps: Vec<Choice>,
    team: Vec<Choice>,
    matrix: Vec<MatrixLine>,
    title_chars: usize,
    note_chars: usize,
}

impl NewPage {
    fn value(&self, name: &str) -> &str {
        match name {
            "class" => &self.draft.class,
            "impact" => &self.draft.impact,
            "urgency" => &self.draft.urgency,
            "tlp" => &self.draft.tlp,
            "pap" => &self.draft.pap,
            "owner" => &self.draft.owner,
            "due" => &self.draft.due,
            _ => "",
        }
    }

    /// Whether an investigation is launched with it, and who is asked.
    fn also(&self, name: &str) -> &str {
        if name == "also" { &self.draft.also.0 } else { &self.draft.also.1 }
    }

    /// Nobody else has it yet.
    fn is_clash(&self, _: &str) -> bool {
        false
    }
}

/// What the form holds.
struct Draft {
    id: String,
    title: String,
    class: String,
    impact: String,
    urgency: String,
    tlp: String,
    pap: String,
    owner: String,
    due: String,
    constituents: String,
    note: String,
    /// Whether an investigation is launched with it, and who is asked.
    also: (String, String),
}

impl Draft {
    /// What findings suggest: named after the worst of them.
    fn of(findings: &[FindingInput]) -> Draft {
        let worst = findings.iter().max_by_key(|finding| finding.severity);
        let title = worst.map(|worst| {
            let what = if worst.subject.is_empty() { &worst.kind } else { &worst.subject };
            format!("{what}: {}", worst.constituent).chars().take(TITLE_CHARS).collect()
        });
        Draft {
            id: Uuid::now_v7().to_string(),
            title: title.unwrap_or_default(),
            class: worst.map_or("other/undetermined".into(), |worst| format!("{}/{}", worst.taxonomy, worst.kind)),
            impact: String::new(),
            urgency: String::new(),
            tlp: Tlp::Amber.label().into(),
            pap: Pap::USUAL.label().into(),
            owner: String::new(),
            due: String::new(),
            constituents: String::new(),
            note: String::new(),
            also: (String::new(), String::new()),
        }
    }

    fn read(fields: &Fields) -> Draft {
        let text = |name: &str| fields.text(name).to_string();
        Draft {
            id: text("id"),
            title: text("title"),
            class: text("class"),
            impact: text("impact"),
            urgency: text("urgency"),
            tlp: text("tlp"),
            pap: text("pap"),
            owner: text("owner"),
            due: text("due"),
            constituents: text("constituents"),
            note: text("note"),
            also: (text("also"), text("also_to").trim().to_string()),
        }
    }
}

/// `GET /incidents/new`, with `?finding=…` from the page of a finding.
pub(super) async fn form(visit: Visit, Given(room): Given<Room>) -> Answer {
    let ids = Fields::read(visit.uri.query().unwrap_or_default().as_bytes()).all("finding", LINKED_AT_ONCE);
    let findings = room.facts(ids).await?;
    let draft = Draft::of(&findings);
    show(&visit, &room, draft, findings, Vec::new()).await
}

/// `POST /incidents/gather`: the form for the findings that were ticked on a list, or all that were shown.
pub(super) async fn gather(visit: Visit, Given(room): Given<Room>, RawForm(form): RawForm) -> Answer {
    let fields = Fields::read(&form);
    let name = if fields.text("page").is_empty() { "id" } else { "shown" };
    let ids = fields.all(name, LINKED_AT_ONCE);
    if ids.is_empty() {
        return Ok(visit.go_saying(&fields.back("/findings"), Tone::Warn, "response-chosen-no-finding", &[]));
    }
    let findings = room.facts(ids).await?;
    let draft = Draft::of(&findings);
    show(&visit, &room, draft, findings, Vec::new()).await
}

async fn show(
    visit: &Visit,
    room: &Room,
    draft: Draft,
    mut findings: Vec<FindingInput>,
    troubles: Vec<String>,
) -> Answer {
    let status = if troubles.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let ids = findings.iter().map(|finding| finding.id.clone()).collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let more = findings.len().saturating_sub(SHOWN);
    findings.truncate(SHOWN);
    let page = NewPage {
        page: visit.page("response-new-title").under("/incidents", "response-list-title"),
        draft,
        findings,
        more,
        ids,
        troubles,
        classes: classes(visit),
        impacts: impacts(visit),
        urgencies: urgencies(visit),
        tlps: tlps(visit),
        paps: paps(visit),
        team: team(visit, "").await?,
        matrix: matrix(&room.policy, None),
        title_chars: TITLE_CHARS,
        note_chars: NOTE_CHARS,
    };
    visit.html_status(status, &page)
}

/// `POST /incidents/new`
pub(super) async fn open(visit: Visit, Given(room): Given<Room>, RawForm(form): RawForm) -> Answer {
    let fields = Fields::read(&form);
    let draft = Draft::read(&fields);
    let findings = room.facts(fields.all("finding", LINKED_AT_ONCE)).await?;
    let new = match read(&visit, &room, &draft, &findings).await? {
        Ok(new) => new,
        Err(troubles) => return show(&visit, &room, draft, findings, troubles).await,
    };
    let first = jobs::FirstSteps {
        note: &draft.note,
        whom: (draft.also.0 == "1").then_some((draft.also.1.as_str(), visit.lang.tag())),
    };
    let what = (&new, &first);
    match jobs::open_with(&visit.db, &visit.viewer, &room.policy, what, &findings, visit.now).await {
        Ok((one, asked)) => {
            let number = Word::from(one.number.clone());
            let next = asked.map_or_else(|| href(&one), |asked| format!("/tickets/{}/write", asked.number));
            Ok(visit.go_saying(&next, Tone::Good, "response-did-open", &[("number", number)]))
        }
        Err(ResponseError::Refused(why)) => {
            let troubles = vec![why_words(&visit, why)];
            show(&visit, &room, draft, findings, troubles).await
        }
        Err(ResponseError::Stale) => Err(manara_web::Fault::Conflict.into()),
        Err(ResponseError::Store(error)) => Err(error.into()),
    }
}

/// What the form says, or everything that is wrong with it, in words.
async fn read(
    visit: &Visit,
    room: &Room,
    draft: &Draft,
    findings: &[FindingInput],
) -> Result<Result<NewIncident, Vec<String>>, PageError> {
    let mut troubles = Vec::new();
    let unreadable = |field: &str| {
        let label = visit.t(&format!("response-field-{field}"));
        visit.t_args("response-edit-unreadable", &[("field", label.into())])
    };
    let (constituents, mut impact) = named(visit, room, &draft.constituents, &mut troubles).await?;
    impact = impact.max(findings.iter().map(|finding| finding.impact).max());
    let urgency = findings.iter().map(|finding| finding.severity).max().unwrap_or(Severity::Medium);
    let mut or_trouble = |found: bool, field: &str| {
        if !found {
            troubles.push(unreadable(field));
        }
    };
    let given_impact = Impact::parse(&draft.impact);
    or_trouble(draft.impact.is_empty() || given_impact.is_some(), "impact");
    let given_urgency = Severity::parse(&draft.urgency);
    or_trouble(draft.urgency.is_empty() || given_urgency.is_some(), "urgency");
    let tlp = Tlp::parse(&draft.tlp);
    or_trouble(tlp.is_some(), "tlp");
    let pap = if draft.pap.is_empty() { Some(Pap::USUAL) } else { Pap::parse(&draft.pap) };
    or_trouble(pap.is_some(), "pap");
    let due = local_moment(&draft.due);
    or_trouble(due.is_ok(), "due");
    let is_known = draft.owner.is_empty() || team(visit, "").await?.iter().any(|person| person.value == draft.owner);
    or_trouble(is_known, "owner");
    let class = draft.class.split_once('/');
    or_trouble(class.is_some(), "class");
    or_trouble(crate::incident::title(&draft.title).is_some(), "title");
    or_trouble(draft.also.0.is_empty() || jobs::mail_address(&draft.also.1).is_ok(), "also");
    or_trouble(draft.note.trim().is_empty() || crate::incident::plain(&draft.note, NOTE_CHARS).is_some(), "note");
    let (Some(tlp), Ok(due), Some((taxonomy, kind)), true) = (tlp, due, class, troubles.is_empty()) else {
        return Ok(Err(troubles));
    };
    Ok(Ok(NewIncident {
        id: draft.id.clone(),
        title: draft.title.clone(),
        taxonomy: taxonomy.into(),
        kind: kind.into(),
        impact: given_impact.or(impact).unwrap_or(Impact::Low),
        urgency: given_urgency.unwrap_or(urgency),
        tlp,
        pap: pap.unwrap_or(Pap::USUAL),
        owner: draft.owner.clone(),
        due,
        constituents,
    }))
}

/// The constituents that are named, one a line, and the most that depends on one of them.
async fn named(
    visit: &Visit,
    room: &Room,
    text: &str,
    troubles: &mut Vec<String>,
) -> Result<(Vec<(String, String)>, Option<Impact>), PageError> {
    let (mut all, mut most) = (Vec::new(), None);
    for name in text.lines().map(str::trim).filter(|line| !line.is_empty()).take(NAMED_MOST) {
        match (room.guests.named)(name.to_string()).await? {
            Some((id, name, impact)) => {
                most = most.max(Some(impact));
                all.push((id, name));
            }
            None => troubles.push(visit.t_args("response-new-no-constituent", &[("name", name.to_string().into())])),
        }
    }
    all.sort();
    all.dedup_by(|a, b| a.0 == b.0);
    Ok((all, most))
}

/// `POST /incidents/link`: findings to an incident that is there.
pub(super) async fn link(visit: Visit, Given(room): Given<Room>, RawForm(form): RawForm) -> Answer {
    let fields = Fields::read(&form);
    let findings = room.facts(fields.all("finding", LINKED_AT_ONCE)).await?;
    let number = fields.text("into").trim().to_uppercase();
    let Some(one) = sql::get(&visit.db, &visit.viewer, &number).await? else {
        let draft = if fields.text("title").is_empty() { Draft::of(&findings) } else { Draft::read(&fields) };
        return show(&visit, &room, draft, findings, vec![visit.t("response-no-other")]).await;
    };
    match jobs::link(&visit.db, &visit.viewer, &one.id, &findings, visit.now).await {
        Ok((one, count)) => {
            Ok(visit.go_saying(&href(&one), Tone::Good, "response-did-link", &[("count", count.into())]))
        }
        Err(ResponseError::Refused(why)) => refused(&visit, &href(&one), why),
        Err(ResponseError::Stale) => Err(manara_web::Fault::Conflict.into()),
        Err(ResponseError::Store(error)) => Err(error.into()),
    }
}
