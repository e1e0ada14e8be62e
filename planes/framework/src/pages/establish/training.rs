//! Courses: lessons, questions, what was right, certificates.

use std::collections::{BTreeSet, HashMap};

use askama::Template;
use axum::extract::{Path, RawForm, State as Given};
use manara_web::{Answer, Page, PageError, Right, Visit};

use super::{Founding, Ground, mendable, not_written};
use crate::check::Trouble;
use crate::manual::said;
use crate::training::{
    Asked, AskedQuestion, Attempt, Course, Marked, QUESTIONS, attempt as attempt_of, attempts_of,
    certificate as certificate_of, keep_attempt, mark,
};

/// A course on the list.
struct Line {
    id: String,
    name: String,
    questions: usize,
    /// The part of the answers that must be right.
    pass: f64,
    last: Option<Attempt>,
    passed: Option<Attempt>,
}

#[derive(Template)]
#[template(path = "framework/training.html")]
struct CoursesPage {
    page: Page,
    lines: Vec<Line>,
    /// Own files that were left out, for who may mend them.
    left_out: Vec<Trouble>,
    asked: String,
    unknown: bool,
}

/// `GET /framework/training`; `?number=` checks a certificate.
pub(super) async fn courses(visit: Visit, Given(ground): Given<Ground>) -> Answer {
    let asked: String = visit.query("number").unwrap_or_default().trim().chars().take(40).collect();
    if !asked.is_empty() && certificate_of(&visit.db, &asked.to_uppercase()).await?.is_some() {
        return Ok(visit.go(&format!("/framework/certificates/{}", asked.to_uppercase())));
    }
    let mine = attempts_of(&visit.db, &visit.viewer.name).await?;
    let line = |course: &Course| {
        let own = || mine.iter().filter(|attempt| attempt.course == course.ref_id);
        Line {
            id: course.ref_id.clone(),
            name: course.name.of(visit.lang.tag()).to_string(),
            questions: course.count(),
            pass: course.pass_percent as f64 / 100.0,
            last: own().next().cloned(),
            passed: own().find(|attempt| attempt.passed).cloned(),
        }
    };
    let lines = ground.courses.all(visit.services).map(line).collect();
    let page = visit.page("training-title").under("/framework", "framework-title");
    let left_out = mendable(&visit, &ground.courses.left_out);
    visit.html(&CoursesPage { page, lines, left_out, unknown: !asked.is_empty(), asked })
}

#[derive(Template)]
#[template(path = "framework/training_course.html")]
struct CoursePage {
    page: Page,
    course: Course,
    lessons: Vec<(String, String)>,
    asked: Asked,
}

pub(super) fn course_of<'g>(ground: &'g Founding, visit: &Visit, id: &str) -> Result<&'g Course, PageError> {
    let found = ground.courses.get(id).filter(|course| course.is_there(visit.services));
    found.ok_or_else(PageError::not_found)
}

pub(super) async fn asked_of(ground: &Founding, visit: &Visit, course: &Course) -> Result<Asked, PageError> {
    let facts = ground.house.facts(visit.lang).await?;
    let said = said(&visit.db).await?;
    course.ask(visit.words(), visit.lang, &facts, &said).map_err(not_written)
}

/// `GET /framework/training/{course}`
pub(super) async fn course(visit: Visit, Given(ground): Given<Ground>, Path(id): Path<String>) -> Answer {
    let course = course_of(&ground, &visit, &id)?.clone();
    let asked = asked_of(&ground, &visit, &course).await?;
    let titles: HashMap<&str, String> =
        ground.documents(&visit).await?.into_iter().map(|one| (one.id, one.title)).collect();
    // A lesson about a service that is off is not there.
    let lessons = course
        .lessons
        .iter()
        .filter_map(|id| Some((format!("/framework/manual/{id}"), titles.get(id.as_str())?.clone())));
    let lessons = lessons.collect();
    let page =
        visit.page_titled(course.name.of(visit.lang.tag()).to_string()).under("/framework/training", "training-title");
    visit.html(&CoursePage { page, course, lessons, asked })
}

/// What was chosen of each question: `q3=1`.
fn chosen(form: &[u8], questions: &[AskedQuestion]) -> Vec<BTreeSet<usize>> {
    let mut all = vec![BTreeSet::new(); questions.len().min(QUESTIONS)];
    for (name, value) in form_urlencoded::parse(form).take(QUESTIONS * 20) {
        let at = name.strip_prefix('q').and_then(|at| at.parse::<usize>().ok());
        let place = at.and_then(|at| all.get_mut(at).zip(questions.get(at)));
        if let (Some((place, question)), Ok(answer)) = (place, value.parse::<usize>())
            && answer < question.answers.len()
        {
            place.insert(answer);
        }
    }
    all
}

/// `POST /framework/training/{course}`
pub(super) async fn answer(
    visit: Visit,
    Given(ground): Given<Ground>,
    Path(id): Path<String>,
    RawForm(form): RawForm,
) -> Answer {
    let course = course_of(&ground, &visit, &id)?;
    let asked = asked_of(&ground, &visit, course).await?;
    let chosen = chosen(&form, &asked.questions);
    let marked = mark(&asked, &chosen, course.pass_percent);
    let answers: Vec<Vec<usize>> = chosen.into_iter().map(|answers| answers.into_iter().collect()).collect();
    let of = (course, &asked, visit.lang);
    let kept = keep_attempt(&visit.db, &visit.viewer.name, of, &answers, &marked, visit.now).await?;
    Ok(visit.go(&format!("/framework/attempts/{}", kept.id)))
}

#[derive(Template)]
#[template(path = "framework/training_attempt.html")]
struct AttemptPage {
    page: Page,
    attempt: Attempt,
    /// The questions with what was chosen; nothing when they are others than those that were answered.
    asked: Option<(Asked, Marked)>,
}

impl AttemptPage {
    fn was_chosen(&self, question: &usize, answer: &usize) -> bool {
        self.attempt.answers.get(*question).is_some_and(|chosen| chosen.contains(answer))
    }

    fn is_right(&self, marked: &Marked, question: &usize) -> bool {
        marked.right.get(*question).copied().unwrap_or(false)
    }
}

pub(super) fn course_name(ground: &Founding, visit: &Visit, attempt: &Attempt) -> String {
    ground.courses.get(&attempt.course).map_or(attempt.course.clone(), |course| course.name.of(visit.lang.tag()).into())
}

/// `GET /framework/attempts/{id}`: one's own, or that of a person of the team one heads.
pub(super) async fn attempt(visit: Visit, Given(ground): Given<Ground>, Path(id): Path<String>) -> Answer {
    let found = attempt_of(&visit.db, &id).await?;
    let found = found.filter(|one| one.person == visit.viewer.name || visit.may(Right::ChangeRules));
    let attempt = found.ok_or_else(PageError::not_found)?;
    let asked = match ground.courses.get(&attempt.course) {
        Some(course) => {
            let asked = asked_of(&ground, &visit, course).await?;
            let chosen: Vec<BTreeSet<usize>> =
                attempt.answers.iter().map(|one| one.iter().copied().collect()).collect();
            let marked = mark(&asked, &chosen, course.pass_percent);
            (asked.version == attempt.version).then_some((asked, marked))
        }
        None => None,
    };
    let page = visit.page_titled(course_name(&ground, &visit, &attempt)).under("/framework/training", "training-title");
    visit.html(&AttemptPage { page, attempt, asked })
}

#[derive(Template)]
#[template(path = "framework/training_certificate.html")]
struct CertificatePage {
    page: Page,
    attempt: Attempt,
    course: String,
    team: String,
}

/// `GET /framework/certificates/{number}`
pub(super) async fn certificate(visit: Visit, Given(ground): Given<Ground>, Path(number): Path<String>) -> Answer {
    let attempt = certificate_of(&visit.db, &number).await?.ok_or_else(PageError::not_found)?;
    let team = ground.house.facts(visit.lang).await?.office.name;
    let page = visit.page("training-certificate").under("/framework/training", "training-title");
    let course = course_name(&ground, &visit, &attempt);
    visit.html(&CertificatePage { page, attempt, course, team })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::chosen;
    use crate::training::AskedQuestion;

    #[test]
    fn only_answers_there_are_count() {
        let question = AskedQuestion {
            text: "?".into(),
            answers: vec![("a".into(), true), ("b".into(), false)],
            why: String::new(),
        };
        let form = b"csrf=x&q0=1&q0=0&q0=7&q1=a&q9=0&q=1&q18446744073709551616=0";
        assert_eq!(chosen(form, &[question.clone(), question]), [BTreeSet::from([0, 1]), BTreeSet::new()]);
    }
}
