//! Courses, certificates, and who has read what of the manual, for programs.

use std::collections::BTreeSet;

use axum::extract::{Path, State as Stated};
use manara_web::api::{
    ApiAnswer, Code, Given, Match, Op, Param, Problem, json as answer, limit_of, made, page_of, record, schema,
};
use manara_web::{Right, Role, Site, Visit};
use serde::Deserialize;
use serde_json::{Value, json};

use super::training::{asked_of, course_name, course_of};
use super::{Founding, Ground, OpenFounding};
use crate::manual::{SAID_CHARS, SaidOfHouse, keep_said, mark_read, said};
use crate::training::{
    ANSWERS, Asked, Attempt, Course, Known, QUESTIONS, attempt as attempt_of, attempts_before, attempts_of,
    certificate as certificate_of, keep_attempt, mark, readers as all_readers,
};

/// The operations.
pub(super) fn site() -> Site<OpenFounding> {
    let (read, change) = (Right::ReadFramework, Right::ChangeRules);
    let facts = "/api/v1/manual/facts";
    Site::new()
        .api(Op::get("/api/v1/courses", "listCourses", read, "The courses of what is on", "Courses"), courses)
        .api(
            Op::get(
                "/api/v1/courses/{id}",
                "getCourse",
                read,
                "A course with its questions, without what is right",
                "CourseAsked",
            ),
            course,
        )
        .api(
            Op::make(
                "/api/v1/courses/{id}/attempts",
                "takeQuiz",
                read,
                "Takes the answers of the person of the token; enough of them right give a certificate",
                "Attempt",
            )
            .takes("AttemptGiven"),
            take,
        )
        .api(
            Op::pages("/api/v1/attempts", "listAttempts", read, "What a person answered, the newest first", "Attempt")
                .with(Param::new(
                    "person",
                    schema::words(1, 200),
                    "whose; without it one's own, and others' with the scope rules:change",
                )),
            attempts,
        )
        .api(
            Op::get("/api/v1/attempts/{id}", "getAttempt", read, "What was answered, and what was right", "Attempt"),
            attempt,
        )
        .api(
            Op::get("/api/v1/certificates/{number}", "getCertificate", read, "Checks a certificate", "Certificate"),
            certificate,
        )
        .api(
            Op::get(
                "/api/v1/manual/readers",
                "listManualReaders",
                change,
                "Who has read which document as it is, and who passed which course",
                "ManualReaders",
            ),
            readers,
        )
        .api(
            Op::post(
                "/api/v1/manual/{document}/read",
                "markRead",
                read,
                "Notes that the person of the token read a document as it is now",
                "DocumentRead",
            )
            .takes("ReadGiven"),
            mark_as_read,
        )
        .api(Op::get(facts, "getManualFacts", change, "What people say for the manual", "ManualFacts"), facts_said)
        .api(
            Op::put(facts, "putManualFacts", change, "Says it for the manual", "ManualFacts").takes("ManualFactsGiven"),
            put_facts,
        )
        .schemas(schemas())
}

fn schemas() -> Vec<(&'static str, Value)> {
    let (text, count, flag) = (schema::text, schema::count, schema::flag);
    let place = || json!({ "type": "integer", "minimum": 0, "maximum": ANSWERS - 1 });
    let chosen = || json!({ "type": "array", "maxItems": ANSWERS, "items": place() });
    let question = schema::object(&[("text", text()), ("answers", schema::many(text())), ("several", flag())]);
    let said = |name| (name, schema::words(0, SAID_CHARS));
    let read = schema::object(&[
        ("id", text()),
        ("stand", schema::one_of(Known::ALL.map(Known::as_str))),
        ("read", schema::maybe_moment()),
    ]);
    let passed = schema::object(&[("id", text()), ("passed", schema::maybe_moment())]);
    let reader = schema::object(&[
        ("name", text()),
        ("role", schema::one_of(Role::ALL.map(Role::as_str))),
        ("documents", schema::many(read)),
        ("courses", schema::many(passed)),
    ]);
    let line = schema::object(&[
        ("id", text()),
        ("name", text()),
        ("service", text()),
        ("questions", count()),
        ("pass_percent", count()),
        ("lessons", schema::many(text())),
        ("passed", schema::maybe_moment()),
        ("certificate", schema::maybe_text()),
    ]);
    vec![
        ("Courses", schema::object(&[("items", schema::many(line))])),
        (
            "CourseAsked",
            schema::object(&[
                ("id", text()),
                ("name", text()),
                ("service", text()),
                ("pass_percent", count()),
                ("lessons", schema::many(text())),
                ("version", text()),
                ("questions", schema::many(question)),
            ]),
        ),
        (
            "AttemptGiven",
            schema::given(
                2,
                &[
                    ("version", schema::words(1, 64)),
                    ("answers", json!({ "type": "array", "maxItems": QUESTIONS, "items": chosen() })),
                ],
            ),
        ),
        (
            "Attempt",
            schema::object(&[
                ("id", text()),
                ("person", text()),
                ("course", text()),
                ("version", text()),
                ("lang", text()),
                ("answers", schema::many(chosen())),
                ("points", count()),
                ("questions", count()),
                ("passed", flag()),
                ("certificate", schema::maybe_text()),
                ("at", schema::moment()),
                ("right", json!({ "type": ["array", "null"], "items": { "type": "boolean" } })),
            ]),
        ),
        (
            "Certificate",
            schema::object(&[
                ("number", text()),
                ("person", text()),
                ("course", text()),
                ("name", text()),
                ("points", count()),
                ("questions", count()),
                ("at", schema::moment()),
                ("team", text()),
            ]),
        ),
        ("ManualReaders", schema::object(&[("items", schema::many(reader))])),
        ("ReadGiven", schema::given(1, &[("version", schema::words(1, 64))])),
        ("DocumentRead", schema::object(&[("document", text()), ("version", text()), ("read", schema::moment())])),
        (
            "ManualFacts",
            schema::object(&["hours", "handover", "head", "police", "backup_place"].map(|name| (name, text()))),
        ),
        ("ManualFactsGiven", schema::given(5, &["hours", "handover", "head", "police", "backup_place"].map(said))),
    ]
}

async fn courses(visit: Visit, Stated(ground): Stated<Ground>) -> ApiAnswer {
    let mine = attempts_of(&visit.db, &visit.viewer.name).await?;
    let line = |course: &Course| {
        let passed = mine.iter().find(|one| one.passed && one.course == course.ref_id);
        json!({ "id": course.ref_id, "name": course.name.of(visit.lang.tag()), "service": course.service,
            "questions": course.count(), "pass_percent": course.pass_percent, "lessons": course.lessons,
            "passed": passed.map(|one| one.at.rfc3339()), "certificate": passed.map(|one| one.certificate.as_str()) })
    };
    Ok(record(&json!({ "items": ground.courses.all(visit.services).map(line).collect::<Vec<_>>() })))
}

/// A course as it is asked; nothing in it says what is right.
pub fn asked_json(course: &Course, asked: &Asked, lang: &str) -> Value {
    let question = |one: &crate::training::AskedQuestion| {
        let answers: Vec<&str> = one.answers.iter().map(|(text, _)| text.as_str()).collect();
        json!({ "text": one.text, "answers": answers, "several": one.has_several() })
    };
    json!({ "id": course.ref_id, "name": course.name.of(lang), "service": course.service,
        "pass_percent": course.pass_percent, "lessons": course.lessons, "version": asked.version,
        "questions": asked.questions.iter().map(question).collect::<Vec<_>>() })
}

async fn course(visit: Visit, Stated(ground): Stated<Ground>, Path(id): Path<String>) -> ApiAnswer {
    let course = course_of(&ground, &visit, &id)?;
    let asked = asked_of(&ground, &visit, course).await?;
    Ok(record(&asked_json(course, &asked, visit.lang.tag())))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AttemptGiven {
    version: String,
    answers: Vec<BTreeSet<usize>>,
}

async fn take(
    visit: Visit,
    Stated(ground): Stated<Ground>,
    Path(id): Path<String>,
    Given(given): Given<AttemptGiven>,
) -> ApiAnswer {
    let course = course_of(&ground, &visit, &id)?;
    let asked = asked_of(&ground, &visit, course).await?;
    if given.version != asked.version {
        let why = "the questions are others by now, or another language was asked for; read the course again";
        return Err(Problem::refused("other-questions", why));
    }
    if given.answers.len() != asked.questions.len() {
        return Err(Problem::invalid("answers", "count", given.answers.len()));
    }
    for (chosen, question) in given.answers.iter().zip(&asked.questions) {
        if let Some(at) = chosen.iter().find(|at| **at >= question.answers.len()) {
            return Err(Problem::invalid("answers", "no-such-answer", at));
        }
    }
    let marked = mark(&asked, &given.answers, course.pass_percent);
    let answers: Vec<Vec<usize>> = given.answers.into_iter().map(|chosen| chosen.into_iter().collect()).collect();
    let of = (course, &asked, visit.lang);
    let kept = keep_attempt(&visit.db, &visit.viewer.name, of, &answers, &marked, visit.now).await?;
    Ok(made(&format!("/api/v1/attempts/{}", kept.id), &attempt_json(&kept, Some(&marked.right))))
}

/// An attempt as programs read it, with what was right where the questions are still those.
pub fn attempt_json(one: &Attempt, right: Option<&[bool]>) -> Value {
    let certificate = Some(one.certificate.as_str()).filter(|number| !number.is_empty());
    json!({ "id": one.id, "person": one.person, "course": one.course, "version": one.version, "lang": one.lang,
        "answers": one.answers, "points": one.points, "questions": one.questions, "passed": one.passed,
        "certificate": certificate, "at": one.at.rfc3339(), "right": right })
}

async fn attempts(visit: Visit) -> ApiAnswer {
    let person = visit.query("person").unwrap_or_else(|| visit.viewer.name.clone());
    if person != visit.viewer.name && !visit.may(Right::ChangeRules) {
        return Err(Problem::new(Code::Scope, "what others answered is read with the scope rules:change"));
    }
    let limit = i64::from(limit_of(&visit)?);
    let after = visit.query("cursor").unwrap_or_default();
    let mut found = attempts_before(&visit.db, &person, &after, limit + 1).await?;
    let most = usize::try_from(limit).unwrap_or_default();
    let is_more = found.len() > most;
    found.truncate(most);
    let next = found.last().filter(|_| is_more).map(|last| last.id.clone());
    Ok(page_of(found.iter().map(|one| attempt_json(one, None)).collect(), next))
}

async fn attempt(visit: Visit, Stated(ground): Stated<Ground>, Path(id): Path<String>) -> ApiAnswer {
    let found = attempt_of(&visit.db, &id).await?;
    let found = found.filter(|one| one.person == visit.viewer.name || visit.may(Right::ChangeRules));
    let one = found.ok_or_else(Problem::not_found)?;
    let right = match ground.courses.get(&one.course) {
        Some(course) => right_of(&ground, &visit, course, &one).await?,
        None => None,
    };
    Ok(record(&attempt_json(&one, right.as_deref())))
}

/// What was right of an attempt, if the questions are still those that were answered.
async fn right_of(
    ground: &Founding,
    visit: &Visit,
    course: &Course,
    one: &Attempt,
) -> Result<Option<Vec<bool>>, Problem> {
    let asked = asked_of(ground, visit, course).await?;
    let chosen: Vec<BTreeSet<usize>> = one.answers.iter().map(|chosen| chosen.iter().copied().collect()).collect();
    Ok((asked.version == one.version).then(|| mark(&asked, &chosen, course.pass_percent).right))
}

async fn certificate(visit: Visit, Stated(ground): Stated<Ground>, Path(number): Path<String>) -> ApiAnswer {
    let one = certificate_of(&visit.db, &number.to_uppercase()).await?.ok_or_else(Problem::not_found)?;
    let team = ground.house.facts(visit.lang).await?.office.name;
    Ok(record(&json!({ "number": one.certificate, "person": one.person, "course": one.course,
        "name": course_name(&ground, &visit, &one), "points": one.points, "questions": one.questions,
        "at": one.at.rfc3339(), "team": team })))
}

async fn readers(visit: Visit, Stated(ground): Stated<Ground>) -> ApiAnswer {
    let documents = ground.documents(&visit).await?;
    let courses: Vec<&Course> = ground.courses.all(visit.services).collect();
    let all = all_readers(&visit.db, &documents, &courses, visit.lang).await?;
    let documents: Vec<&str> = documents.iter().map(|one| one.id).collect();
    Ok(record(&json!({ "items": crate::training::readers_json(&all, &documents, &courses) })))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReadGiven {
    version: String,
}

async fn mark_as_read(
    visit: Visit,
    Stated(ground): Stated<Ground>,
    Path(id): Path<String>,
    Given(given): Given<ReadGiven>,
) -> ApiAnswer {
    let documents = ground.documents(&visit).await?;
    let one = documents.iter().find(|one| one.id == id).ok_or_else(Problem::not_found)?;
    if given.version != one.hash {
        return Err(Problem::refused("other-version", "the document is another by now; read it again"));
    }
    mark_read(&visit.db, &visit.viewer.name, visit.lang, one, visit.now).await?;
    Ok(answer(&json!({ "document": one.id, "version": one.hash, "read": visit.now.rfc3339() })))
}

async fn facts_said(visit: Visit) -> ApiAnswer {
    Ok(record(&serde_json::to_value(said(&visit.db).await?).map_err(Problem::internal)?))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ManualFactsGiven {
    hours: String,
    handover: String,
    head: String,
    police: String,
    backup_place: String,
}

async fn put_facts(visit: Visit, is: Match, Given(given): Given<ManualFactsGiven>) -> ApiAnswer {
    let before = said(&visit.db).await?;
    is.check(&manara_web::api::etag_of(&serde_json::to_value(&before).map_err(Problem::internal)?))?;
    let text = |text: String| text.trim().to_string();
    let new = SaidOfHouse {
        hours: text(given.hours),
        handover: text(given.handover),
        head: text(given.head),
        police: text(given.police),
        backup_place: text(given.backup_place),
    };
    if !new.is_good() {
        let why = format!("a text is on one line and has at most {SAID_CHARS} characters");
        return Err(Problem { detail: why, ..Problem::invalid("facts", "text", "") });
    }
    if !keep_said(&visit.db, &new, Some(&before), &visit.viewer.name, visit.now).await? {
        return Err(Match::stale());
    }
    facts_said(visit).await
}
