//! Statements about attempts and certificates.

use manara_model::Micros;
use manara_store::{Arg, Db, Journal, Row, StoreError};
use manara_web::Lang;
use serde_json::json;

use super::course::{Asked, Course, Marked};
use crate::PLANE;
use crate::jobs::new_id;
use crate::manual::hash;

const COLUMNS: &str = "id, person, course, version, lang, answers, points, questions, passed, certificate, at";

const PUT: &str = "
    INSERT INTO framework_attempt (id, person, course, version, lang, answers, points, questions, passed, certificate, at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
const ONE: &str = "SELECT {} FROM framework_attempt WHERE id = $1";
const BY_NUMBER: &str = "SELECT {} FROM framework_attempt WHERE certificate = $1 AND passed = $2 ORDER BY id LIMIT 1";
const OF_PERSON: &str = "SELECT {} FROM framework_attempt WHERE person = $1 ORDER BY at DESC, id DESC LIMIT 500";
const BEFORE: &str = "
    SELECT {} FROM framework_attempt WHERE person = $1 AND (id < $2 OR $2 = '') ORDER BY id DESC LIMIT $3";
const PASSED: &str = "
    SELECT person, course, MAX(at) FROM framework_attempt WHERE passed = $1 GROUP BY person, course
     ORDER BY person, course LIMIT 20000";

/// Answers somebody gave at the end of a course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// Its id.
    pub id: String,
    /// Who.
    pub person: String,
    /// Which course.
    pub course: String,
    /// The version of its questions.
    pub version: String,
    /// In which language.
    pub lang: String,
    /// What was chosen of each question.
    pub answers: Vec<Vec<usize>>,
    /// How many were right.
    pub points: i64,
    /// Of how many.
    pub questions: i64,
    /// Whether that was enough.
    pub passed: bool,
    /// The number of the certificate; empty when it was not.
    pub certificate: String,
    /// When.
    pub at: Micros,
}

fn attempt_of(row: &Row) -> Result<Attempt, StoreError> {
    let answers = row.text(5)?;
    Ok(Attempt {
        id: row.text(0)?,
        person: row.text(1)?,
        course: row.text(2)?,
        version: row.text(3)?,
        lang: row.text(4)?,
        answers: serde_json::from_str(&answers).map_err(|error| StoreError::unknown("answers", error))?,
        points: row.int(6)?,
        questions: row.int(7)?,
        passed: row.bool(8)?,
        certificate: row.text(9)?,
        at: row.moment(10)?,
    })
}

fn with_columns(sql: &str) -> String {
    sql.replace("{}", COLUMNS)
}

/// Keeps what somebody answered, and gives a certificate its number when it was enough.
pub async fn keep_attempt(
    db: &Db,
    person: &str,
    (course, asked, lang): (&Course, &Asked, Lang),
    answers: &[Vec<usize>],
    marked: &Marked,
    now: Micros,
) -> Result<Attempt, StoreError> {
    let id = new_id(now);
    let day = now.day();
    let code: String = hash(&id).chars().take(10).collect::<String>().to_uppercase();
    let certificate = match marked.passed {
        true => format!("C-{}-{code}", day.get(..4).unwrap_or_default()),
        false => String::new(),
    };
    let one = Attempt {
        id,
        person: person.into(),
        course: course.ref_id.clone(),
        version: asked.version.clone(),
        lang: lang.tag().into(),
        answers: answers.to_vec(),
        points: i64::try_from(marked.points).unwrap_or(0),
        questions: i64::try_from(marked.right.len()).unwrap_or(0),
        passed: marked.passed,
        certificate,
        at: now,
    };
    let given = serde_json::to_string(&one.answers).map_err(|error| StoreError::unknown("answers", error))?;
    let args: [Arg<'_>; 11] = [
        (&one.id).into(),
        (&one.person).into(),
        (&one.course).into(),
        (&one.version).into(),
        (&one.lang).into(),
        (&given).into(),
        one.points.into(),
        one.questions.into(),
        one.passed.into(),
        (&one.certificate).into(),
        one.at.into(),
    ];
    let mut tx = db.begin().await?;
    tx.run(PUT, &args).await?;
    let verb = if one.passed { "course_passed" } else { "course_tried" };
    let detail = json!({ "course": one.course, "points": one.points, "questions": one.questions }).to_string();
    Journal::write(&mut tx, person, PLANE, verb, &one.id, &detail, now).await?;
    tx.commit().await?;
    Ok(one)
}

/// One attempt.
pub async fn attempt(db: &Db, id: &str) -> Result<Option<Attempt>, StoreError> {
    db.read_one(&with_columns(ONE), &[id.into()]).await?.as_ref().map(attempt_of).transpose()
}

/// The attempt a certificate is of.
pub async fn certificate(db: &Db, number: &str) -> Result<Option<Attempt>, StoreError> {
    let row = db.read_one(&with_columns(BY_NUMBER), &[number.into(), true.into()]).await?;
    row.as_ref().map(attempt_of).transpose()
}

/// What somebody tried, newest first.
pub async fn attempts_of(db: &Db, person: &str) -> Result<Vec<Attempt>, StoreError> {
    db.read(&with_columns(OF_PERSON), &[person.into()]).await?.iter().map(attempt_of).collect()
}

/// What somebody tried before an attempt, newest first; from the newest on without one.
pub async fn attempts_before(db: &Db, person: &str, id: &str, limit: i64) -> Result<Vec<Attempt>, StoreError> {
    db.read(&with_columns(BEFORE), &[person.into(), id.into(), limit.into()]).await?.iter().map(attempt_of).collect()
}

/// Who passed which course, and when last.
pub async fn best_of_all(db: &Db) -> Result<Vec<(String, String, Micros)>, StoreError> {
    let rows = db.read(PASSED, &[true.into()]).await?;
    rows.iter().map(|row| Ok((row.text(0)?, row.text(1)?, row.moment(2)?))).collect()
}
