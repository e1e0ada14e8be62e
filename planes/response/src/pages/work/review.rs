//! The review of an incident: its questions, and the lessons that come of it.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::extract::{Path, RawForm, State as Given};
use axum::http::StatusCode;
use manara_web::{Answer, Choice, Mistake, Page, Tone, Visit};

use super::super::fields::Fields;
use super::tasks::Typed;
use super::{Room, found, href, may_work, mistake, page_of, team, why};
use crate::incident::{Incident, NOTE_CHARS, TITLE_CHARS};
use crate::jobs::{self, Refusal, ResponseError};
use crate::questions::{Question, QuestionKind, Questions, SCALE};
use crate::sql_clock::{self, Review, ReviewAnswer};
use crate::sql_task;
use crate::task::{Task, TaskKind};
use crate::texts::Texts;

/// Answers that were sent and not taken.
struct Sent {
    /// What stands in the form, by question.
    answers: BTreeMap<String, String>,
    is_finished: bool,
    /// Questions that somebody answered otherwise since the form was shown.
    changed: BTreeSet<String>,
    is_stale: bool,
}

impl Sent {
    /// What was sent, beside the review as it is now.
    fn of(review: Option<&Review>, fields: &Fields, given: Vec<(String, String)>) -> Sent {
        let mut sent = Sent {
            answers: BTreeMap::new(),
            is_finished: fields.text("finish") == "yes",
            changed: BTreeSet::new(),
            is_stale: fields.int("version") != review.map_or(0, |review| review.version),
        };
        for (id, mine) in given {
            let now = answer_of(review, &id).map_or("", |answer| &answer.answer);
            let (text, is_theirs) = merged(fields.text(&format!("was-q-{id}")), &mine, now);
            let text = text.to_string();
            if is_theirs {
                sent.changed.insert(id.clone());
            }
            sent.answers.insert(id, text);
        }
        sent
    }
}

#[derive(Template)]
#[template(path = "response/work/review.html")]
struct ReviewPage {
    page: Page,
    one: Incident,
    questions: Questions,
    review: Option<Review>,
    lessons: Vec<Task>,
    /// What stands in the form instead of the review.
    sent: Option<Sent>,
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
        let is_kept = self.review.as_ref().is_some_and(|review| review.finished.is_some());
        self.sent.as_ref().map_or(is_kept, |sent| sent.is_finished)
    }

    fn is_stale(&self) -> bool {
        self.sent.as_ref().is_some_and(|sent| sent.is_stale)
    }

    /// The answer that is kept.
    fn kept(&self, question: &Question) -> Option<&ReviewAnswer> {
        answer_of(self.review.as_ref(), &question.id)
    }

    fn was(&self, question: &Question) -> &str {
        self.kept(question).map_or("", |answer| &answer.answer)
    }

    /// What stands in the form.
    fn said(&self, question: &Question) -> String {
        let sent = self.sent.as_ref().and_then(|sent| sent.answers.get(&question.id));
        sent.map_or(self.was(question), String::as_str).to_string()
    }

    /// The answer somebody gave since the form was shown.
    fn theirs(&self, question: &Question) -> Option<&ReviewAnswer> {
        let is_theirs = self.sent.as_ref().is_some_and(|sent| sent.changed.contains(&question.id));
        self.kept(question).filter(|_| is_theirs)
    }

    /// An answer in the reader's words.
    fn answered(&self, question: &Question, answer: &ReviewAnswer) -> String {
        if answer.answer.is_empty() {
            return self.page.t("work-review-open-question");
        }
        let mut choices = self.choices(question).into_iter();
        choices.find(|(value, _, _)| *value == answer.answer).map_or(answer.answer.clone(), |(_, words, _)| words)
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
    let review = sql_clock::review_of(&visit.db, &one.id).await?;
    show(visit, room, one, (review, None), typed, mistake).await
}

async fn show(
    visit: &Visit,
    room: &Room,
    one: Incident,
    (review, sent): (Option<Review>, Option<Sent>),
    typed: Typed,
    mistake: Mistake,
) -> Answer {
    let Some(questions) = room.content.questions.clone() else {
        return Ok(visit.go_saying(&href(&one), Tone::Bad, "work-review-no-questions", &[]));
    };
    let mut lessons = sql_task::tasks_of(&visit.db, &one.id).await?;
    lessons.retain(|task| task.kind == TaskKind::Lesson && task.removed.is_none());
    let status = match (sent.as_ref().is_some_and(|sent| sent.is_stale), mistake.is_some()) {
        (true, _) => StatusCode::CONFLICT,
        (false, true) => StatusCode::UNPROCESSABLE_ENTITY,
        (false, false) => StatusCode::OK,
    };
    let page = ReviewPage {
        page: page_of(visit, &one, "work-review-title"),
        review,
        questions,
        lessons,
        sent,
        typed,
        mistake,
        team: team(visit, "").await?,
        can_work: may_work(visit, &one),
        limits: [NOTE_CHARS, TITLE_CHARS],
        one,
    };
    visit.html_status(status, &page)
}

fn answer_of<'r>(review: Option<&'r Review>, question: &str) -> Option<&'r ReviewAnswer> {
    review.and_then(|review| review.answers.iter().find(|answer| answer.question == question))
}

/// What stands in the form again of what somebody sent, when another answered meanwhile: their own words where they wrote any,
/// else the other's. And whether the other changed the answer.
fn merged<'t>(was: &'t str, mine: &'t str, now: &'t str) -> (&'t str, bool) {
    let line_ends = |text: &str| text.replace("\r\n", "\n").trim().to_string();
    let is_same = |one: &str, other: &str| line_ends(one) == line_ends(other);
    let is_theirs = !is_same(was, now) && !is_same(mine, now);
    (if is_same(was, mine) { now } else { mine }, is_theirs)
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
    let ids = (one.id.as_str(), Some(fields.int("version")));
    let write = |is_finished: bool| {
        let said = (given.as_slice(), is_finished);
        jobs::answer_review(&visit.db, &visit.viewer, questions, ids, said, visit.now)
    };
    let did = match write(is_finished).await {
        // What was answered is kept even when the review cannot be finished yet.
        Err(ResponseError::Refused(Refusal::Required)) => write(false).await.and(Err(Refusal::Required.into())),
        did => did,
    };
    match did {
        Ok(_) => {
            let key = if is_finished { "work-did-finish-review" } else { "work-did-review" };
            Ok(visit.go_saying(&back, Tone::Good, key, &[]))
        }
        Err(error @ (ResponseError::Stale | ResponseError::Refused(Refusal::Text | Refusal::Answer))) => {
            let mistake = match error {
                ResponseError::Refused(refusal) => mistake(&visit, "", refusal),
                _ => Mistake::default(),
            };
            let review = sql_clock::review_of(&visit.db, &one.id).await?;
            let sent = Sent::of(review.as_ref(), &fields, given);
            show(&visit, &room, one, (review, Some(sent)), Typed::default(), mistake).await
        }
        Err(error) => why(&visit, &back, error),
    }
}

#[cfg(test)]
mod tests {
    use super::merged;

    #[test]
    fn what_one_wrote_stays_and_what_one_left_becomes_what_another_wrote() {
        for (was, mine, now, stands, is_theirs) in [
            ("", "mine", "", "mine", false),
            ("", "", "theirs", "theirs", true),
            ("old", "old", "theirs", "theirs", true),
            ("a\nb", "a\r\nb", "theirs", "theirs", true),
            ("old", "mine", "theirs", "mine", true),
            ("old", "mine", "old", "mine", false),
            ("old", "new", "new", "new", false),
            ("old", "", "theirs", "", true),
        ] {
            assert_eq!(merged(was, mine, now), (stands, is_theirs), "{was} {mine} {now}");
        }
    }
}
