//! The review of an incident: its questions, and the lessons that come of it.

use askama::Template;
use axum::extract::{Path, RawForm, State as Given};
use axum::http::StatusCode;
use manara_web::{Answer, Choice, Mistake, Page, Tone, Visit};

use super::super::fields::Fields;
use super::tasks::Typed;
use super::{Room, found, href, may_work, page_of, team, why};
use crate::incident::{Incident, NOTE_CHARS, TITLE_CHARS};
use crate::jobs;
use crate::questions::{Question, QuestionKind, Questions, SCALE};
use crate::sql_clock::{self, Review};
use crate::sql_task;
use crate::task::{Task, TaskKind};
use crate::texts::Texts;

#[derive(Template)]
#[template(path = "response/work/review.html")]
struct ReviewPage {
    page: Page,
    one: Incident,
    questions: Questions,
    review: Option<Review>,
    lessons: Vec<Task>,
    /// What stands in the form of a new lesson.
    typed: Typed,
    mistake: Mistake,
    team: Vec<Choice>,
    can_work: bool,
    limits: [usize; 2],
}

impl ReviewPage {
    fn href(&self) -> String {
        href(&self.one)
    }

    fn words<'t>(&self, texts: &'t Texts) -> &'t str {
        texts.of(self.page.lang.tag())
    }

    fn state_key(&self, task: &Task) -> String {
        format!("work-task-{}", task.state.as_str())
    }

    fn version(&self) -> i64 {
        self.review.as_ref().map_or(0, |review| review.version)
    }

    fn is_finished(&self) -> bool {
        self.review.as_ref().is_some_and(|review| review.finished.is_some())
    }

    fn said(&self, question: &Question) -> String {
        let answers = self.review.as_ref().map(|review| review.answers.as_slice()).unwrap_or_default();
        answers.iter().find(|answer| answer.question == question.id).map_or("", |answer| &answer.answer).to_string()
    }

    fn is(&self, question: &Question, kind: &str) -> bool {
        question.kind.as_str() == kind
    }

    /// What can be chosen: value, words, whether it was.
    fn choices(&self, question: &Question) -> Vec<(String, String, bool)> {
        let said = self.said(question);
        let is = |value: &str| said == value;
        match question.kind {
            QuestionKind::Text => Vec::new(),
            QuestionKind::YesNo => ["yes", "no"]
                .map(|value| (value.to_string(), self.page.t(format!("work-review-{value}")), is(value)))
                .to_vec(),
            QuestionKind::Choice => question
                .options
                .iter()
                .map(|option| (option.id.clone(), self.words(&option.title).to_string(), is(&option.id)))
                .collect(),
            QuestionKind::Scale => SCALE
                .map(|step| {
                    let ends = match step {
                        step if step == *SCALE.start() => self.words(&question.low),
                        step if step == *SCALE.end() => self.words(&question.high),
                        _ => "",
                    };
                    let number = self.page.visit.locale.numbers.whole(step);
                    let words = if ends.is_empty() { number } else { format!("{number} · {ends}") };
                    (step.to_string(), words, is(&step.to_string()))
                })
                .collect(),
        }
    }
}

/// `GET /incidents/{id}/review`
pub(super) async fn form(visit: Visit, Given(room): Given<Room>, Path(name): Path<String>) -> Answer {
    let one = found(&visit, &name).await?;
    shown(&visit, &room, one, Typed::default(), Mistake::default()).await
}

/// The review; with the form of a lesson that was not taken.
pub(super) async fn shown(visit: &Visit, room: &Room, one: Incident, typed: Typed, mistake: Mistake) -> Answer {
    let Some(questions) = room.content.questions.clone() else {
        return Ok(visit.go_saying(&href(&one), Tone::Bad, "work-review-no-questions", &[]));
    };
    let mut lessons = sql_task::tasks_of(&visit.db, &one.id).await?;
    lessons.retain(|task| task.kind == TaskKind::Lesson && task.removed.is_none());
    let status = if mistake.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = ReviewPage {
        page: page_of(visit, &one, "work-review-title"),
        review: sql_clock::review_of(&visit.db, &one.id).await?,
        questions,
        lessons,
        typed,
        mistake,
        team: team(visit, "").await?,
        can_work: may_work(visit, &one),
        limits: [NOTE_CHARS, TITLE_CHARS],
        one,
    };
    visit.html_status(status, &page)
}

/// `POST /incidents/{id}/review`
pub(super) async fn answer(
    visit: Visit,
    Given(room): Given<Room>,
    Path(name): Path<String>,
    RawForm(form): RawForm,
) -> Answer {
    let one = found(&visit, &name).await?;
    let back = format!("{}/review", href(&one));
    let Some(questions) = &room.content.questions else {
        return Ok(visit.go_saying(&href(&one), Tone::Bad, "work-review-no-questions", &[]));
    };
    let fields = Fields::read(&form);
    let given: Vec<(String, String)> = questions
        .all()
        .map(|question| (question.id.clone(), fields.text(&format!("q-{}", question.id)).to_string()))
        .collect();
    let is_finished = fields.text("finish") == "yes";
    let version = Some(fields.int("version"));
    let said = (given.as_slice(), is_finished);
    match jobs::answer_review(&visit.db, &visit.viewer, questions, (&one.id, version), said, visit.now).await {
        Ok(_) => {
            let key = if is_finished { "work-did-finish-review" } else { "work-did-review" };
            Ok(visit.go_saying(&back, Tone::Good, key, &[]))
        }
        // What was answered is kept even when the review cannot be finished yet.
        Err(jobs::ResponseError::Refused(jobs::Refusal::Required)) => {
            let said = (given.as_slice(), false);
            let ids = (one.id.as_str(), version);
            match jobs::answer_review(&visit.db, &visit.viewer, questions, ids, said, visit.now).await {
                Ok(_) => why(&visit, &back, jobs::Refusal::Required.into()),
                Err(error) => why(&visit, &back, error),
            }
        }
        Err(error) => why(&visit, &back, error),
    }
}
