//! Respondents, what was said and agreed, and an assessment itself, for programs.

use std::collections::HashMap;

use axum::extract::{Path, State as Stated};
use manara_model::Tlp;
use manara_web::api::{ApiAnswer, Given, Match, Op, Problem, etag_of, json as answer, record, schema, with_etag};
use manara_web::{Right, Site, Visit};
use serde::Deserialize;
use serde_json::{Value, json};

use super::history::History;
use super::operations::{kind_of, not_done, shown};
use super::{OpenDesk, Room};
use crate::assessment::{Assessment, COMMENT_CHARS, NAME_CHARS, SubjectKind};
use crate::jobs::{self, FrameworkError, NewFacts, Refusal, Verdict};
use crate::sheet::{Evidence, Voice};
use crate::sql::{self, Agreed, Judged, Respondent, Told};

const WITHDRAW: &str = "/api/v1/assessments/{id}/respondents/{respondent}/withdraw";
const RESTORE: &str = "/api/v1/assessments/{id}/respondents/{respondent}/restore";
const HISTORY: &str = "/api/v1/assessments/{id}/items/{item}/history";
const CONSENSUS: &str = "/api/v1/assessments/{id}/items/{item}/consensus";

/// The operations.
pub(super) fn site() -> Site<OpenDesk> {
    let moderate = Right::ModerateAssessments;
    let does = |path, id, says| Op::post(path, id, moderate, says, "Respondent");
    Site::new()
        .api(
            Op::patch(
                "/api/v1/assessments/{id}",
                "editAssessment",
                moderate,
                "Changes what is assessed, or who may see it, up to what the person of the token may see",
                "Assessment",
            )
            .takes("AssessmentChanged"),
            edit,
        )
        .api(
            Op::get(
                "/api/v1/assessments/{id}/respondents",
                "listRespondents",
                moderate,
                "All respondents, those who were withdrawn too",
                "Respondents",
            ),
            respondents,
        )
        .api(
            does(
                WITHDRAW,
                "withdrawRespondent",
                "Withdraws a respondent: what they said and showed counts nowhere, and is kept",
            ),
            withdraw,
        )
        .api(
            does(RESTORE, "restoreRespondent", "Lets a respondent who was withdrawn count again"),
            restore,
        )
        .api(
            Op::get(
                HISTORY,
                "itemHistory",
                moderate,
                "What was said and agreed about an item, now and before",
                "ItemHistory",
            ),
            history,
        )
        .api(
            Op::get(CONSENSUS, "getConsensus", moderate, "What is agreed about an item", "ItemAgreed")
                .etag(),
            consensus,
        )
        .api(
            Op::put(
                CONSENSUS,
                "putConsensus",
                moderate,
                "Records what was agreed about an item, or with neither a level nor that it does not apply that nothing is",
                "ItemAgreed",
            )
            .takes("ConsensusGiven"),
            agree,
        )
        .schemas(schemas())
}

fn schemas() -> Vec<(&'static str, Value)> {
    let text = schema::text;
    let number = || json!({ "type": ["integer", "null"] });
    let maybe = |value: Value| json!({ "anyOf": [value, { "type": "null" }] });
    let ended = schema::object(&[("who", text()), ("at", schema::moment())]);
    let agreed = schema::object(&[
        ("level", number()),
        ("not_applicable", schema::flag()),
        ("reason", text()),
        ("who", text()),
        ("at", schema::moment()),
        ("version", schema::count()),
        ("ended", maybe(ended.clone())),
    ]);
    let judged = schema::object(&[
        ("supports", number()),
        ("judged_by", text()),
        ("judged", schema::maybe_moment()),
        ("version", schema::count()),
        ("ended", maybe(ended)),
    ]);
    let evidence = schema::object(&[
        ("id", text()),
        ("label", text()),
        ("sha256", text()),
        ("judged", maybe(judged.clone())),
        ("judged_before", schema::many(judged)),
    ]);
    let said = schema::object(&[
        ("respondent", text()),
        ("organisation", text()),
        ("level", number()),
        ("not_applicable", schema::flag()),
        ("state", schema::maybe_text()),
        ("comment", text()),
        ("who", text()),
        ("at", schema::moment()),
        ("version", schema::count()),
    ]);
    vec![
        (
            "AssessmentChanged",
            schema::given(
                0,
                &[
                    ("subject", schema::words(1, NAME_CHARS)),
                    ("kind", schema::one_of(SubjectKind::ALL.map(SubjectKind::as_str))),
                    ("tlp", schema::tlp()),
                ],
            ),
        ),
        (
            "Respondent",
            schema::object(&[
                ("id", text()),
                ("name", text()),
                ("organisation", text()),
                ("role", text()),
                ("person", schema::maybe_text()),
                ("withdrawn", schema::flag()),
            ]),
        ),
        ("Respondents", schema::object(&[("items", schema::many(schema::of("Respondent")))])),
        (
            "ItemHistory",
            schema::object(&[
                ("item", text()),
                ("answers", schema::many(said.clone())),
                ("answers_before", schema::many(said)),
                ("agreed", maybe(agreed.clone())),
                ("agreed_before", schema::many(agreed.clone())),
                ("evidence", schema::many(evidence)),
            ]),
        ),
        ("ItemAgreed", schema::object(&[("item", text()), ("agreed", maybe(agreed))])),
        (
            "ConsensusGiven",
            schema::given(
                0,
                &[
                    ("level", json!({ "type": ["integer", "null"], "minimum": 0, "maximum": 1000 })),
                    ("not_applicable", schema::flag()),
                    ("reason", schema::words(0, COMMENT_CHARS)),
                ],
            ),
        ),
    ]
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AssessmentChanged {
    subject: Option<String>,
    kind: Option<String>,
    tlp: Option<String>,
}

async fn edit(visit: Visit, Path(id): Path<String>, is: Match, Given(given): Given<AssessmentChanged>) -> ApiAnswer {
    let one = sql::get(&visit.db, &visit.viewer, &id).await?.ok_or_else(Problem::not_found)?;
    is.check(&etag_of(&shown(&one)))?;
    let tlp = match &given.tlp {
        None => None,
        Some(text) => Some(Tlp::parse(text).ok_or_else(|| Problem::invalid("tlp", "word", text))?),
    };
    let new = NewFacts { kind: kind_of(given.kind.as_deref())?, subject: given.subject, tlp };
    let seen = (one.id.as_str(), Some(one.version));
    let now = jobs::edit(&visit.db, &visit.viewer, seen, &new, visit.now).await.map_err(moved_on)?;
    Ok(record(&shown(&now)))
}

/// What changed since a program read it is told as every other stale record.
pub(super) fn moved_on(error: FrameworkError) -> Problem {
    match error {
        FrameworkError::Refused(Refusal::Stale) => Match::stale(),
        error => not_done(error),
    }
}

fn respondent(one: &Respondent) -> Value {
    let person = Some(&one.person).filter(|person| !person.is_empty());
    let voice = &one.voice;
    json!({ "id": voice.id, "name": voice.name, "organisation": voice.organisation, "role": voice.role, "person": person,
        "withdrawn": one.is_withdrawn })
}

async fn found(visit: &Visit, id: &str) -> Result<Assessment, Problem> {
    sql::get(&visit.db, &visit.viewer, id).await?.ok_or_else(Problem::not_found)
}

async fn respondents(visit: Visit, Path(id): Path<String>) -> ApiAnswer {
    let one = found(&visit, &id).await?;
    let all = sql::respondents(&visit.db, &one.id).await?;
    Ok(record(&json!({ "items": all.iter().map(respondent).collect::<Vec<_>>() })))
}

async fn withdraw(visit: Visit, Path((id, who)): Path<(String, String)>) -> ApiAnswer {
    jobs::withdraw(&visit.db, &visit.viewer, (&id, &who), visit.now).await.map_err(no_respondent)?;
    one_respondent(&visit, &id, &who).await
}

async fn restore(visit: Visit, Path((id, who)): Path<(String, String)>) -> ApiAnswer {
    jobs::restore(&visit.db, &visit.viewer, (&id, &who), visit.now).await.map_err(no_respondent)?;
    one_respondent(&visit, &id, &who).await
}

fn no_respondent(error: FrameworkError) -> Problem {
    match error {
        FrameworkError::Refused(Refusal::NoRespondent) => Problem::not_found(),
        error => not_done(error),
    }
}

async fn one_respondent(visit: &Visit, id: &str, who: &str) -> ApiAnswer {
    let all = sql::respondents(&visit.db, id).await?;
    let one = all.iter().find(|one| one.voice.id == who).ok_or_else(Problem::not_found)?;
    Ok(answer(&respondent(one)))
}

fn agreed(one: &Agreed) -> Value {
    let agreed = &one.consensus;
    let ended = one.ended.as_ref().map(|(who, at)| json!({ "who": who, "at": at.rfc3339() }));
    json!({ "level": agreed.level, "not_applicable": agreed.not_applicable, "reason": agreed.reason, "who": agreed.who,
        "at": one.at.rfc3339(), "version": one.version, "ended": ended })
}

/// An item of an assessment that is answered.
async fn item_of(visit: &Visit, room: &Room, id: &str, item: &str) -> Result<(Assessment, String), Problem> {
    let (one, catalogue) = room.found(visit, id).await?;
    let item = catalogue.item(item).filter(|item| item.assessable).ok_or_else(Problem::not_found)?;
    Ok((one, item.ref_id.clone()))
}

async fn history(visit: Visit, Stated(room): Stated<Room>, Path((id, item)): Path<(String, String)>) -> ApiAnswer {
    let (one, item) = item_of(&visit, &room, &id, &item).await?;
    let found = History::of(&visit.db, &one.id, std::slice::from_ref(&item)).await?;
    let voices = sql::voices(&visit.db, &one.id).await?;
    let voices: HashMap<&str, &Voice> = voices.iter().map(|voice| (voice.id.as_str(), voice)).collect();
    let said = |told: &Told| {
        let said = &told.answer;
        let voice = voices.get(said.voice.as_str());
        json!({ "respondent": voice.map_or("", |voice| &voice.name),
            "organisation": voice.map_or("", |voice| &voice.organisation), "level": said.level,
            "not_applicable": said.not_applicable, "state": said.state, "comment": said.comment, "who": told.who,
            "at": told.at.rfc3339(), "version": told.version })
    };
    let all = |told: &[Told]| told.iter().map(said).collect::<Vec<_>>();
    Ok(record(&json!({ "item": item, "answers": all(&found.told), "answers_before": all(&found.told_before),
        "agreed": found.agreed.get(&item).map(agreed),
        "agreed_before": found.agreed_before.iter().map(agreed).collect::<Vec<_>>(),
        "evidence": evidence_of(&visit, &found, &one, &item).await? })))
}

/// The evidence of an item, with what was judged of it now and before.
async fn evidence_of(visit: &Visit, found: &History, one: &Assessment, item: &str) -> Result<Vec<Value>, Problem> {
    let sheet = sql::sheet(&visit.db, &one.id, &visit.now.day()).await?;
    let shown = |evidence: &Evidence| {
        let before = found.judged_of(&evidence.id).into_iter().map(judged_json).collect::<Vec<_>>();
        json!({ "id": evidence.id, "label": evidence.label, "sha256": evidence.sha256,
            "judged": found.judgement(&evidence.id).map(judged_json), "judged_before": before })
    };
    Ok(sheet.evidence.iter().filter(|evidence| evidence.item == item).map(shown).collect())
}

/// What was judged of a piece of evidence, as programs read it.
pub fn judged_json(one: &Judged) -> Value {
    let ended = one.ended.as_ref().map(|(who, at)| json!({ "who": who, "at": at.rfc3339() }));
    json!({ "supports": one.supports, "judged_by": one.who, "judged": one.at.map(|at| at.rfc3339()),
        "version": one.version, "ended": ended })
}

/// What is agreed about an item; its state is the version of it, 0 when nothing is.
async fn standing(visit: &Visit, one: &Assessment, item: &str) -> ApiAnswer {
    let stands = sql::agreed(&visit.db, &one.id).await?.remove(item);
    let version = stands.as_ref().map_or(0, |stands| stands.version).to_string();
    Ok(with_etag(&version, answer(&json!({ "item": item, "agreed": stands.as_ref().map(agreed) }))))
}

async fn consensus(visit: Visit, Stated(room): Stated<Room>, Path((id, item)): Path<(String, String)>) -> ApiAnswer {
    let (one, item) = item_of(&visit, &room, &id, &item).await?;
    standing(&visit, &one, &item).await
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ConsensusGiven {
    level: Option<i64>,
    #[serde(default)]
    not_applicable: bool,
    #[serde(default)]
    reason: String,
}

async fn agree(
    visit: Visit,
    Stated(room): Stated<Room>,
    Path((id, item)): Path<(String, String)>,
    is: Match,
    Given(given): Given<ConsensusGiven>,
) -> ApiAnswer {
    let (one, item) = item_of(&visit, &room, &id, &item).await?;
    let catalogue = room.version(&visit, &one.hash).await?;
    let version = sql::agreed(&visit.db, &one.id).await?.get(&item).map_or(0, |stands| stands.version);
    let state = version.to_string();
    // Asked again in the transaction, unless the program takes whatever is there.
    let seen = (!is.expected(&state)?.is_empty()).then_some(version);
    let did = match given.level.is_none() && !given.not_applicable {
        true => jobs::take_back(&visit.db, &visit.viewer, &one.id, (&item, seen), visit.now).await,
        false => {
            let ConsensusGiven { level, not_applicable, reason } = given;
            let verdict = Verdict { item: item.clone(), level, not_applicable, reason };
            jobs::agree(&visit.db, &visit.viewer, &one.id, &catalogue, (&verdict, seen), visit.now).await
        }
    };
    did.map_err(moved_on)?;
    standing(&visit, &one, &item).await
}
