//! Evidence of people, and the end of an assessment, for programs.

use axum::body::Bytes;
use axum::extract::{Path, State as Stated};
use manara_web::api::{ApiAnswer, Given, Op, Param, Problem, json as answer, record, schema};
use manara_web::{Right, Site, Visit};
use serde::Deserialize;
use serde_json::{Value, json};

use super::operations::{not_done, shown};
use super::uploaded::Uploaded;
use super::voices_api::moved_on;
use super::{OpenDesk, Room};
use crate::assessment::{EVIDENCE_BYTES, LABEL_CHARS, State};
use crate::jobs::{self, FrameworkError, Refusal, Shown};
use crate::sheet::Evidence;
use crate::sql;

const EVIDENCE: &str = "/api/v1/assessments/{id}/evidence";
const ONE: &str = "/api/v1/assessments/{id}/evidence/{evidence}";

/// The operations.
pub(super) fn site() -> Site<OpenDesk> {
    let (say, moderate) = (Right::AnswerAssessments, Right::ModerateAssessments);
    let lists = "What was shown as evidence: all of it for who moderates, else what the person of the token showed";
    let shows = "Shows a document by its name or address, as the respondent the person of the token is";
    let shows_file = "Shows a file; it is kept with its hash";
    let words = |name, most, says| Param::new(name, schema::words(0, most), says);
    Site::new()
        .api(Op::get(EVIDENCE, "listAssessmentEvidence", say, lists, "AssessmentEvidences"), all)
        .api(
            Op::post(EVIDENCE, "addAssessmentEvidence", say, shows, "AssessmentEvidence")
                .takes("AssessmentEvidenceGiven"),
            add,
        )
        .api(
            Op::post(
                "/api/v1/assessments/{id}/evidence-file",
                "addAssessmentEvidenceFile",
                say,
                shows_file,
                "AssessmentEvidence",
            )
            .takes_file(EVIDENCE_BYTES)
            .needs(Param::new("item", schema::words(1, 64), "the item it proves"))
            .needs(Param::new("name", schema::words(1, LABEL_CHARS), "what the file is called"))
            .with(words("expires", 10, "the last day it counts, as 2026-11-22"))
            .with(words(
                "replaces",
                64,
                "the id of evidence for the item of which this is a newer writing",
            )),
            add_file,
        )
        .api(
            Op::post(
                "/api/v1/assessments/{id}/evidence/{evidence}/withdraw",
                "withdrawAssessmentEvidence",
                say,
                "Withdraws what the person of the token showed: it proves nothing any more, and is kept",
                "AssessmentEvidence",
            ),
            withdraw,
        )
        .api(
            Op::post(
                "/api/v1/assessments/{id}/evidence/{evidence}/judge",
                "judgeAssessmentEvidence",
                moderate,
                "Records up to which level evidence proves its item; without a level, that it proves nothing",
                "AssessmentEvidence",
            )
            .takes("AssessmentEvidenceJudged"),
            judge,
        )
        .api(Op::get(ONE, "getAssessmentEvidence", say, "One piece of evidence", "AssessmentEvidence"), one)
        .api(
            Op::post(
                "/api/v1/assessments/{id}/close",
                "closeAssessment",
                moderate,
                "Closes an assessment: nobody answers any more",
                "Assessment",
            ),
            close,
        )
        .api(
            Op::post(
                "/api/v1/assessments/{id}/reopen",
                "reopenAssessment",
                moderate,
                "Opens an assessment that was closed",
                "Assessment",
            ),
            reopen,
        )
        .schemas(schemas())
}

fn schemas() -> Vec<(&'static str, Value)> {
    let text = schema::text;
    let level = || json!({ "type": ["integer", "null"], "minimum": 0, "maximum": 1000 });
    vec![
        (
            "AssessmentEvidence",
            schema::object(&[
                ("id", text()),
                ("item", text()),
                ("respondent", text()),
                ("label", text()),
                ("sha256", text()),
                ("expires", text()),
                ("supports", json!({ "type": ["integer", "null"] })),
                ("revision", schema::count()),
            ]),
        ),
        ("AssessmentEvidences", schema::object(&[("items", schema::many(schema::of("AssessmentEvidence")))])),
        (
            "AssessmentEvidenceGiven",
            schema::given(
                2,
                &[
                    ("item", schema::words(1, 64)),
                    ("label", schema::words(1, LABEL_CHARS)),
                    ("expires", schema::words(0, 10)),
                    ("replaces", schema::words(0, 64)),
                ],
            ),
        ),
        (
            "AssessmentEvidenceJudged",
            schema::given(
                0,
                &[("supports", level()), ("version", json!({ "type": ["integer", "null"], "minimum": 0 }))],
            ),
        ),
    ]
}

/// Evidence as programs read it.
pub fn evidence_json(one: &Evidence) -> Value {
    json!({ "id": one.id, "item": one.item, "respondent": one.voice, "label": one.label, "sha256": one.sha256,
        "expires": one.expires, "supports": one.supports, "revision": one.revision })
}

/// The evidence of an assessment that the person of the token may look through.
async fn visible(visit: &Visit, id: &str) -> Result<Vec<Evidence>, Problem> {
    let one = sql::get(&visit.db, &visit.viewer, id).await?.ok_or_else(Problem::not_found)?;
    let mut found = sql::all_evidence(&visit.db, &one.id).await?;
    if !visit.may(Right::ModerateAssessments) {
        let own = sql::voice_of(&visit.db, &one.id, &visit.viewer.name).await?;
        found.retain(|evidence| own.as_ref().is_some_and(|own| own.id == evidence.voice));
    }
    Ok(found)
}

async fn of_id(visit: &Visit, id: &str, evidence: &str) -> Result<Evidence, Problem> {
    let found = visible(visit, id).await?;
    found.into_iter().find(|one| one.id == evidence).ok_or_else(Problem::not_found)
}

async fn all(visit: Visit, Path(id): Path<String>) -> ApiAnswer {
    let found = visible(&visit, &id).await?;
    Ok(record(&json!({ "items": found.iter().map(evidence_json).collect::<Vec<_>>() })))
}

async fn one(visit: Visit, Path((id, evidence)): Path<(String, String)>) -> ApiAnswer {
    Ok(record(&evidence_json(&of_id(&visit, &id, &evidence).await?)))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct EvidenceGiven {
    item: String,
    label: String,
    #[serde(default)]
    expires: String,
    #[serde(default)]
    replaces: String,
}

async fn add(
    visit: Visit,
    Stated(room): Stated<Room>,
    Path(id): Path<String>,
    Given(given): Given<EvidenceGiven>,
) -> ApiAnswer {
    let EvidenceGiven { item, label, expires, replaces } = given;
    show(&visit, &room, &id, &Shown { item, label, expires, replaces, ..Shown::default() }).await
}

async fn add_file(visit: Visit, Stated(room): Stated<Room>, Path(id): Path<String>, bytes: Bytes) -> ApiAnswer {
    let asked = |name: &str| visit.query(name).unwrap_or_default().trim().to_string();
    let label = asked("name");
    if label.is_empty() {
        return Err(Problem::invalid("name", "words", &label));
    }
    if bytes.is_empty() {
        return Err(Problem::invalid("file", "empty", ""));
    }
    // Whoever may not show anything leaves no file behind.
    seat(&visit, &id).await?;
    let file = Uploaded::of(&label, bytes);
    let sha256 = file.keep(&room.blobs).await?;
    let (item, expires, replaces) = (asked("item"), asked("expires"), asked("replaces"));
    show(&visit, &room, &id, &Shown { item, label, sha256, expires, replaces }).await
}

/// The respondent the person of the token is.
async fn seat(visit: &Visit, id: &str) -> Result<String, Problem> {
    let one = sql::get(&visit.db, &visit.viewer, id).await?.ok_or_else(Problem::not_found)?;
    let own = sql::voice_of(&visit.db, &one.id, &visit.viewer.name).await?;
    Ok(own.ok_or_else(|| not_done(FrameworkError::Refused(Refusal::NoRespondent)))?.id)
}

async fn show(visit: &Visit, room: &Room, id: &str, new: &Shown) -> ApiAnswer {
    let (_, catalogue) = room.found(visit, id).await?;
    let voice = seat(visit, id).await?;
    let did = jobs::add_evidence(&visit.db, &visit.viewer, (id, &voice), &catalogue, new, visit.now).await;
    Ok(answer(&evidence_json(&did.map_err(no_evidence)?)))
}

async fn withdraw(visit: Visit, Path((id, evidence)): Path<(String, String)>) -> ApiAnswer {
    let voice = seat(&visit, &id).await?;
    let was = of_id(&visit, &id, &evidence).await?;
    let did = jobs::take_evidence_back(&visit.db, &visit.viewer, (&id, &voice), &evidence, visit.now).await;
    did.map_err(no_evidence)?;
    Ok(answer(&evidence_json(&was)))
}

fn no_evidence(error: FrameworkError) -> Problem {
    match error {
        FrameworkError::Refused(Refusal::NoEvidence) => Problem::not_found(),
        FrameworkError::Refused(Refusal::Stale) => moved_on(error),
        error => not_done(error),
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct EvidenceJudged {
    supports: Option<i64>,
    /// The version of the judgement that was read; without it whatever stands is replaced.
    version: Option<i64>,
}

async fn judge(
    visit: Visit,
    Stated(room): Stated<Room>,
    Path((id, evidence)): Path<(String, String)>,
    Given(given): Given<EvidenceJudged>,
) -> ApiAnswer {
    let (one, catalogue) = room.found(&visit, &id).await?;
    let said = (evidence.as_str(), given.supports, given.version);
    let did = jobs::judge(&visit.db, &visit.viewer, &one.id, &catalogue, said, visit.now).await;
    did.map_err(no_evidence)?;
    Ok(answer(&evidence_json(&of_id(&visit, &id, &evidence).await?)))
}

async fn close(visit: Visit, Path(id): Path<String>) -> ApiAnswer {
    set(&visit, &id, State::Closed).await
}

async fn reopen(visit: Visit, Path(id): Path<String>) -> ApiAnswer {
    set(&visit, &id, State::Open).await
}

async fn set(visit: &Visit, id: &str, to: State) -> ApiAnswer {
    let now = jobs::set_state(&visit.db, &visit.viewer, id, to, visit.now).await.map_err(not_done)?;
    Ok(answer(&shown(&now)))
}
