//! One exercise: its facts, what came of it, what was learnt.

use askama::Template;
use axum::extract::{Path, RawForm};
use axum::http::StatusCode;
use manara_web::{Answer, Markup, Page, PageError, Right, Tone, Undo, Visit};

use super::super::fields::Fields;
use super::typed::{Came, came_of, lessons_of, read_came, read_lessons, said_came, said_lessons};
use super::{frame, href, length, refusal, say, state_badge, why};
use crate::assessment::NAME_CHARS;
use crate::exercise::{
    Attained, EXERCISE_CHARS, Exercise, ExerciseState, Lesson, REMARK_CHARS, exercise, is_ahead, lesson_done,
    note_results, restore_exercise, save_lessons, withdraw_exercise,
};

/// What was typed into a form of the page and not taken, and why not.
#[derive(Default)]
struct Refused {
    why: String,
    came: Option<Vec<Came>>,
    lessons: Option<Vec<Lesson>>,
}

#[derive(Template)]
#[template(path = "framework/exercise.html")]
struct OnePage {
    page: Page,
    one: Exercise,
    today: String,
    refused: Refused,
    came: Vec<Came>,
    lessons: Vec<Lesson>,
    /// Whether results can be noted: not of what lies ahead, was called off or withdrawn.
    may_note: bool,
    may_write: bool,
    may_change: bool,
    results: [Attained; 4],
    limits: [usize; 3],
}

impl OnePage {
    fn href(&self) -> String {
        href(&self.one.id)
    }

    fn state(&self) -> Markup {
        state_badge(&self.page, self.one.state, self.one.is_unsaid(&self.today))
    }

    fn length(&self) -> String {
        length(&self.page, self.one.minutes)
    }

    fn result(&self, result: &Option<Attained>) -> Markup {
        let (tone, key) = match result {
            None => ("mute", "exercise-result-none"),
            Some(Attained::Met) => ("good", "exercise-result-met"),
            Some(Attained::Partly) => ("warn", "exercise-result-partly"),
            Some(Attained::NotMet) => ("bad", "exercise-result-not-met"),
            Some(Attained::NotTried) => ("mute", "exercise-result-not-tried"),
        };
        self.page.badge(tone, key)
    }

    fn met(&self) -> String {
        let count = self.one.objectives.len();
        self.page.t2("exercise-met-of", "met", self.one.count(Attained::Met), "count", count)
    }

    fn is_late(&self, lesson: &Lesson) -> bool {
        lesson.is_late(&self.today)
    }

    fn is_unsaid(&self) -> bool {
        self.one.is_unsaid(&self.today)
    }
}

async fn found(visit: &Visit, id: &str) -> Result<Exercise, PageError> {
    exercise(&visit.db, &visit.viewer, id).await?.ok_or_else(PageError::not_found)
}

fn shown(visit: &Visit, one: Exercise, refused: Refused) -> Answer {
    let status = if refused.why.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let may_write = visit.may(Right::AnswerAssessments) && !one.is_withdrawn;
    let is_over = !is_ahead(&one.day, visit.now) && one.state != ExerciseState::CalledOff;
    let page = OnePage {
        page: frame(visit, visit.t_args("exercise-heading", &[("title", one.title.clone().into())])),
        today: visit.now.day(),
        came: refused.came.clone().unwrap_or_else(|| came_of(&one)),
        lessons: refused.lessons.clone().unwrap_or_else(|| lessons_of(&one)),
        may_note: may_write && is_over,
        may_write,
        may_change: visit.may(Right::ModerateAssessments),
        results: Attained::ALL,
        limits: [REMARK_CHARS, EXERCISE_CHARS, NAME_CHARS],
        one,
        refused,
    };
    visit.html_status(status, &page)
}

/// `GET /framework/exercises/{id}`
pub(super) async fn one(visit: Visit, Path(id): Path<String>) -> Answer {
    let one = found(&visit, &id).await?;
    shown(&visit, one, Refused::default())
}

/// The version a form showed.
fn seen(fields: &Fields) -> Option<i64> {
    Some(fields.text("version").trim().parse().unwrap_or(0))
}

/// `POST /framework/exercises/{id}/results`: what came of the objectives, and that it was held.
pub(super) async fn results(visit: Visit, Path(id): Path<String>, RawForm(form): RawForm) -> Answer {
    let fields = Fields::read(&form);
    let one = found(&visit, &id).await?;
    let came = read_came(&one, &fields);
    let done = match said_came(&came) {
        Ok(said) => note_results(&visit.db, &visit.viewer, (&id, seen(&fields)), &said, visit.now).await,
        Err(why) => Err(why.into()),
    };
    match done {
        Ok(one) => Ok(visit.go_saying(&href(&one.id), Tone::Good, "exercise-did-note", &[])),
        Err(error) => {
            let words = why(&visit, refusal(error)?);
            let one = found(&visit, &id).await?;
            // Those that came since are shown as they stand.
            let came = came_of(&one).into_iter().enumerate().map(|(at, now)| match came.get(at) {
                Some(typed) if typed.text == now.text => typed.clone(),
                _ => now,
            });
            let came = Some(came.collect());
            shown(&visit, one, Refused { why: words, came, lessons: None })
        }
    }
}

/// `POST /framework/exercises/{id}/lessons`: all lessons, as the form has them.
pub(super) async fn lessons(visit: Visit, Path(id): Path<String>, RawForm(form): RawForm) -> Answer {
    let fields = Fields::read(&form);
    let typed = read_lessons(&form);
    let said = said_lessons(&typed);
    match save_lessons(&visit.db, &visit.viewer, (&id, seen(&fields)), &said, visit.now).await {
        Ok(one) => Ok(visit.go_saying(&href(&one.id), Tone::Good, "exercise-did-lessons", &[])),
        Err(error) => {
            let words = why(&visit, refusal(error)?);
            let one = found(&visit, &id).await?;
            shown(&visit, one, Refused { why: words, came: None, lessons: Some(typed) })
        }
    }
}

/// `POST /framework/exercises/{id}/lessons/{lesson}/done`: today; with `?undo=yes` not done after all.
pub(super) async fn done(visit: Visit, Path((id, lesson)): Path<(String, String)>) -> Answer {
    let is_undone = visit.query("undo").as_deref() == Some("yes");
    let is_list = visit.query("back").as_deref() == Some("list");
    let here = if is_list { "/framework/exercises/lessons".to_string() } else { href(&id) };
    let day = if is_undone { String::new() } else { visit.now.day() };
    let did = lesson_done(&visit.db, &visit.viewer, (&id, &lesson), &day, visit.now).await;
    match did {
        Ok(_) if !is_undone => {
            let back = if is_list { "&back=list" } else { "" };
            let undo = Undo::at(format!("{}/lessons/{lesson}/done?undo=yes{back}", href(&id)));
            Ok(visit.go_undoable(&here, "exercise-did-lesson", &[], undo))
        }
        did => say(&visit, &here, did, "exercise-did-lesson-open"),
    }
}

/// `POST /framework/exercises/{id}/withdraw`
pub(super) async fn withdraw(visit: Visit, Path(id): Path<String>) -> Answer {
    match withdraw_exercise(&visit.db, &visit.viewer, (&id, None), visit.now).await {
        Ok(one) => {
            let undo = Undo::at(format!("{}/restore", href(&one.id)));
            Ok(visit.go_undoable("/framework/exercises", "exercise-did-withdraw", &[], undo))
        }
        did => say(&visit, &href(&id), did, "exercise-did-withdraw"),
    }
}

/// `POST /framework/exercises/{id}/restore`
pub(super) async fn restore(visit: Visit, Path(id): Path<String>) -> Answer {
    let did = restore_exercise(&visit.db, &visit.viewer, (&id, None), visit.now).await;
    say(&visit, &href(&id), did, "exercise-did-restore")
}
