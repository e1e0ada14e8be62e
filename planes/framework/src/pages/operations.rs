//! Catalogues, assessments and designs for programs.

use axum::body::Bytes;
use axum::extract::{Path, State as Stated};
use manara_model::{Tlp, Viewer};
use manara_web::api::{
    ApiAnswer, Code, Given, Op, Param, Problem, json as answer, made, page_of, read_list, record, schema, with_etag,
};
use manara_web::{Right, Site, Visit};
use serde::Deserialize;
use serde_json::{Value, json};

use super::design::asked;
use super::home::ASSESSMENTS;
use super::moderate::read_aside;
use super::{OpenDesk, Room};
use crate::assessment::{Assessment, COMMENT_CHARS, NAME_CHARS, SubjectKind};
use crate::catalogue::{Catalogue, Profile};
use crate::compare::compare;
use crate::design::design;
use crate::jobs::{self, FrameworkError, NewAssessment, NewVoice, Refusal};
use crate::score::{Score, score};
use crate::sheet::Action;
use crate::sql;
use crate::staffing::{CONSTITUENTS, Hours};
use crate::table::TABLE_BYTES;

/// Answers that are given at once.
const ANSWERS: usize = 2_000;

/// The operations.
pub(super) fn site() -> Site<OpenDesk> {
    let (read, say, moderate) = (Right::ReadFramework, Right::AnswerAssessments, Right::ModerateAssessments);
    let profile = || Param::new("profile", schema::words(0, 64), "a profile of the catalogue to compare with");
    let number = |name, says| Param::new(name, json!({ "type": "integer", "minimum": 0, "maximum": 1_200 }), says);
    Site::new()
        .api(Op::get("/api/v1/frameworks", "listFrameworks", read, "What can be assessed", "Frameworks"), frameworks)
        .api(Op::get("/api/v1/frameworks/{id}", "getFramework", read, "One catalogue, whole", "Anything"), framework)
        .api(
            Op::list("/api/v1/assessments", "listAssessments", read, "The assessments", &ASSESSMENTS, "Assessment"),
            list,
        )
        .api(
            Op::make("/api/v1/assessments", "beginAssessment", moderate, "Begins an assessment", "Assessment")
                .takes("AssessmentGiven")
                .etag(),
            begin,
        )
        .api(Op::get("/api/v1/assessments/{id}", "getAssessment", read, "One assessment", "Assessment"), one)
        .api(
            Op::post(
                "/api/v1/assessments/{id}/answers",
                "giveAnswers",
                say,
                "Takes the answers of the person of the token, all or none",
                "AnswersTaken",
            )
            .takes("AnswersGiven"),
            answers,
        )
        .api(
            Op::post(
                "/api/v1/assessments/{id}/table",
                "giveAnswersOfMany",
                moderate,
                "Takes a table of answers of any number of respondents, CSV or a workbook; what cannot be taken is told by line",
                "TableTaken",
            )
            .takes_file(TABLE_BYTES),
            table,
        )
        .api(
            Op::get(
                "/api/v1/assessments/{id}/score",
                "scoreAssessment",
                read,
                "The figures of the model, per item claimed, supported, spread and gap",
                "Anything",
            )
            .with(profile()),
            scored,
        )
        .api(
            Op::get(
                "/api/v1/assessments/{id}/since/{before}",
                "compareAssessments",
                read,
                "What changed since an earlier assessment or snapshot, item by item; either may be a snapshot",
                "Anything",
            ),
            since,
        )
        .api(
            Op::get(
                "/api/v1/assessments/{id}/design",
                "designFromAssessment",
                read,
                "The cheapest building blocks that close the gaps, then other designs",
                "Designs",
            )
            .with(profile())
            .with(Param::new("services", schema::words(0, 2_000), "services that are wished besides, with commas"))
            .with(Param::new(
                "budget",
                json!({ "type": "integer", "minimum": 0, "maximum": 1_000_000_000_000_i64 }),
                "what the first year may cost at most",
            ))
            .with(number("months", "in how many months all must be there"))
            .with(Param::new("hours", schema::one_of(Hours::ALL.map(Hours::as_str)), "when the team is to be on duty"))
            .with(Param::new(
                "constituents",
                json!({ "type": "integer", "minimum": 0, "maximum": CONSTITUENTS }),
                "how many organisations it is to serve",
            ))
            .with(Param::new(
                "payer",
                schema::words(0, 4_000),
                "who pays for which block where it is not who usually does: block=member-state, donor or itu, with commas",
            )),
            designs,
        )
        .schemas(schemas())
}

fn schemas() -> Vec<(&'static str, Value)> {
    let text = schema::text;
    let given = schema::given(
        1,
        &[
            ("item", schema::words(1, 64)),
            ("level", json!({ "type": ["integer", "null"], "minimum": 0, "maximum": 1000 })),
            ("not_applicable", schema::flag()),
            (
                "state",
                json!({ "enum": ["none", "considered", "planned", "in-progress", "in-place", "reviewed", null] }),
            ),
            ("comment", schema::words(0, COMMENT_CHARS)),
        ],
    );
    vec![
        ("Anything", json!({ "type": "object" })),
        (
            "TableTaken",
            schema::object(&[
                ("kept", schema::count()),
                ("changed", schema::count()),
                ("conflicts", schema::count()),
                (
                    "refused",
                    schema::many(schema::object(&[("line", schema::count()), ("column", text()), ("reason", text())])),
                ),
            ]),
        ),
        (
            "Framework",
            schema::object(&[
                ("id", text()),
                ("version", text()),
                ("title", text()),
                ("rule", text()),
                ("items", json!({ "type": "object" })),
                ("profiles", schema::many(text())),
            ]),
        ),
        ("Frameworks", schema::object(&[("items", schema::many(schema::of("Framework")))])),
        (
            "Designs",
            schema::object(&[
                ("designs", schema::many(schema::of("Anything"))),
                ("staffing", json!({ "type": ["object", "null"] })),
            ]),
        ),
        (
            "Assessment",
            schema::object(&[
                ("id", text()),
                ("subject", text()),
                ("kind", schema::maybe_text()),
                ("catalogue", text()),
                ("version", text()),
                ("tlp", schema::tlp()),
                ("state", schema::one_of(["open", "closed"])),
                ("made_by", text()),
                ("made", schema::moment()),
                ("changed", schema::moment()),
            ]),
        ),
        (
            "AssessmentGiven",
            schema::given(
                2,
                &[
                    ("catalogue", schema::words(1, 64)),
                    ("subject", schema::words(1, NAME_CHARS)),
                    ("kind", schema::one_of(SubjectKind::ALL.map(SubjectKind::as_str))),
                    ("tlp", schema::tlp()),
                ],
            ),
        ),
        (
            "AnswersGiven",
            schema::given(
                2,
                &[
                    ("organisation", schema::words(1, NAME_CHARS)),
                    ("answers", schema::some(1, ANSWERS, given)),
                    ("role", schema::words(0, NAME_CHARS)),
                ],
            ),
        ),
        ("AnswersTaken", schema::object(&[("changed", schema::count())])),
    ]
}

pub(super) fn shown(one: &Assessment) -> Value {
    json!({
        "id": one.id, "subject": one.subject, "kind": one.kind.map(SubjectKind::as_str), "catalogue": one.catalogue,
        "version": one.hash, "tlp": one.tlp.label(), "state": one.state.as_str(), "made_by": one.made_by,
        "made": one.made.rfc3339(), "changed": one.changed.rfc3339(),
    })
}

pub(super) fn not_done(error: FrameworkError) -> Problem {
    let why = match error {
        FrameworkError::Refused(why) => why,
        FrameworkError::Store(error) => return error.into(),
    };
    let field = match why {
        Refusal::NotFound => return Problem::not_found(),
        Refusal::Name => "subject",
        Refusal::Item => "item",
        Refusal::Level | Refusal::Applies => "level",
        Refusal::Text => "comment",
        Refusal::Clearance => "tlp",
        _ => return Problem::refused(why.code(), why),
    };
    Problem { detail: why.to_string(), ..Problem::invalid(field, why.code(), "") }
}

async fn frameworks(visit: Visit, Stated(room): Stated<Room>) -> ApiAnswer {
    let about = |one: &std::sync::Arc<Catalogue>| {
        let profiles: Vec<&str> = one.told.profiles.iter().map(|profile| profile.ref_id.as_str()).collect();
        json!({ "id": one.id(), "version": one.hash, "title": one.told.name.of(visit.lang.tag()),
            "rule": one.told.rule.as_str(), "items": one.counts(), "profiles": profiles })
    };
    Ok(record(&json!({ "items": room.shelf.all().map(about).collect::<Vec<_>>() })))
}

async fn framework(Stated(room): Stated<Room>, Path(id): Path<String>) -> ApiAnswer {
    let one = room.shelf.get(&id).ok_or_else(Problem::not_found)?;
    let whole: Value = serde_json::from_str(&one.text).map_err(Problem::internal)?;
    Ok(with_etag(&one.hash, answer(&whole)))
}

async fn list(visit: Visit) -> ApiAnswer {
    let fixed = [visit.viewer.clearance.rank().into()];
    let found = read_list(&ASSESSMENTS, &visit)?.fetch(&visit.db, &fixed, sql::assessment).await?;
    let next = found.next();
    Ok(page_of(found.rows.iter().map(shown).collect(), next))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AssessmentGiven {
    catalogue: String,
    subject: String,
    kind: Option<String>,
    tlp: Option<String>,
}

/// The kind of subject a program names.
pub(super) fn kind_of(given: Option<&str>) -> Result<Option<SubjectKind>, Problem> {
    let read = |text: &str| SubjectKind::parse(text).ok_or_else(|| Problem::invalid("kind", "word", text));
    given.map(read).transpose()
}

async fn begin(visit: Visit, Stated(room): Stated<Room>, Given(given): Given<AssessmentGiven>) -> ApiAnswer {
    let catalogue = room.shelf.get(&given.catalogue);
    let catalogue = catalogue.ok_or_else(|| Problem::invalid("catalogue", "not-found", &given.catalogue))?;
    let tlp = match &given.tlp {
        None => Tlp::Amber.min(visit.viewer.clearance),
        Some(text) => Tlp::parse(text).ok_or_else(|| Problem::invalid("tlp", "word", text))?,
    };
    let new = NewAssessment { kind: kind_of(given.kind.as_deref())?, subject: given.subject, tlp };
    let one = jobs::begin(&visit.db, &visit.viewer, catalogue, &new, visit.now).await.map_err(not_done)?;
    let value = shown(&one);
    let path = format!("/api/v1/assessments/{}", one.id);
    Ok(with_etag(&manara_web::api::etag_of(&value), made(&path, &value)))
}

async fn found(visit: &Visit, viewer: &Viewer, id: &str) -> Result<Assessment, Problem> {
    sql::get(&visit.db, viewer, id).await?.ok_or_else(Problem::not_found)
}

async fn one(visit: Visit, Path(id): Path<String>) -> ApiAnswer {
    Ok(record(&shown(&found(&visit, &visit.viewer, &id).await?)))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AnswersGiven {
    organisation: String,
    answers: Vec<AnswerGiven>,
    #[serde(default)]
    role: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AnswerGiven {
    item: String,
    level: Option<i64>,
    #[serde(default)]
    not_applicable: bool,
    state: Option<String>,
    #[serde(default)]
    comment: String,
}

async fn answers(
    visit: Visit,
    Stated(room): Stated<Room>,
    Path(id): Path<String>,
    Given(given): Given<AnswersGiven>,
) -> ApiAnswer {
    let one = found(&visit, &visit.viewer, &id).await?;
    if given.answers.is_empty() || given.answers.len() > ANSWERS {
        return Err(Problem::invalid("answers", "too-many", given.answers.len()));
    }
    let catalogue = room.version(&visit, &one.hash).await?;
    let mut said = Vec::with_capacity(given.answers.len());
    for answer in given.answers {
        let read = |text: String| Action::parse(&text).ok_or_else(|| Problem::invalid("state", "word", text));
        said.push(jobs::Given {
            item: answer.item,
            level: answer.level,
            not_applicable: answer.not_applicable,
            state: answer.state.map(read).transpose()?,
            comment: answer.comment,
        });
    }
    let person = visit.viewer.name.clone();
    let new = NewVoice { name: person.clone(), organisation: given.organisation, role: given.role, person };
    let voice = jobs::join(&visit.db, &visit.viewer, &one.id, &new, visit.now).await.map_err(not_done)?;
    let ids = (one.id.as_str(), voice.id.as_str());
    let changed = jobs::give(&visit.db, &visit.viewer, ids, &catalogue, &said, visit.now).await.map_err(not_done)?;
    Ok(answer(&json!({ "changed": changed })))
}

async fn table(visit: Visit, Stated(room): Stated<Room>, Path(id): Path<String>, bytes: Bytes) -> ApiAnswer {
    let one = found(&visit, &visit.viewer, &id).await?;
    let catalogue = room.version(&visit, &one.hash).await?;
    let read = read_aside(catalogue, bytes).await.map_err(Problem::internal)?;
    let (rows, refused) =
        read.map_err(|why| Problem { detail: why.reason, ..Problem::invalid("file", "no-table", why.line) })?;
    let did = jobs::give_table(&visit.db, &visit.viewer, &one.id, &rows, visit.now).await;
    let taken = did.map_err(not_done)?;
    let kept = taken.kept_of(rows.len());
    let refused: Vec<_> = refused.into_iter().chain(taken.refused).collect();
    Ok(answer(&json!({ "kept": kept, "changed": taken.changed, "conflicts": taken.conflicts, "refused": refused })))
}

/// The profile a program asks to compare with.
pub(super) fn profile_of<'c>(visit: &Visit, catalogue: &'c Catalogue) -> Result<Option<&'c Profile>, Problem> {
    match visit.query("profile").filter(|profile| !profile.is_empty()) {
        None => Ok(None),
        Some(id) => match catalogue.profile(&id) {
            Some(profile) => Ok(Some(profile)),
            None => Err(Problem::new(Code::Unreadable, "there is no such profile")),
        },
    }
}

/// The figures of an assessment as it stands, or of a snapshot as it was.
async fn figures(visit: &Visit, room: &Room, id: &str) -> Result<(std::sync::Arc<Catalogue>, Score), Problem> {
    let (hash, sheet) = match sql::one_snapshot(&visit.db, &visit.viewer, id).await? {
        Some((snapshot, sheet)) => (snapshot.hash, sheet),
        None => {
            let one = found(visit, &visit.viewer, id).await?;
            let sheet = sql::sheet(&visit.db, &one.id, &visit.now.day()).await?;
            (one.hash, sheet)
        }
    };
    let catalogue = room.version(visit, &hash).await?;
    let score = score(&catalogue, &sheet, profile_of(visit, &catalogue)?);
    Ok((catalogue, score))
}

async fn scored(visit: Visit, Stated(room): Stated<Room>, Path(id): Path<String>) -> ApiAnswer {
    let (_, score) = figures(&visit, &room, &id).await?;
    Ok(record(&serde_json::to_value(score).map_err(Problem::internal)?))
}

async fn since(visit: Visit, Stated(room): Stated<Room>, Path((id, before)): Path<(String, String)>) -> ApiAnswer {
    let (old, earlier) = figures(&visit, &room, &before).await?;
    let (new, later) = figures(&visit, &room, &id).await?;
    let name = |item: &str| room.shelf.name_before(old.id(), new.id(), item);
    let found = compare((&old, &earlier), (&new, &later), name);
    Ok(record(&serde_json::to_value(found).map_err(Problem::internal)?))
}

async fn designs(visit: Visit, Stated(room): Stated<Room>, Path(id): Path<String>) -> ApiAnswer {
    let ask = asked(&visit, &room.shelf).map_err(|error| Problem::new(Code::Unreadable, error.cause))?;
    let (catalogue, score) = figures(&visit, &room, &id).await?;
    let solving = {
        let ask = ask.clone();
        tokio::task::spawn_blocking(move || design(&room.shelf, &catalogue, &score, &ask))
    };
    let found = solving.await.map_err(Problem::internal)?;
    let staffing = found.first().map(|first| first.staffing(&ask));
    Ok(record(&json!({ "designs": found, "staffing": staffing })))
}
