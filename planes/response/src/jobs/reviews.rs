//! The review of an incident: answered, finished, opened again.

use manara_model::{Micros, Viewer};
use manara_store::Db;
use serde_json::json;

use super::{Refusal, ResponseError, begin, journal, workable};
use crate::incident::{NOTE_CHARS, plain};
use crate::questions::Questions;
use crate::sql_clock::{self, Review, ReviewAnswer};

/// Writes answers of the review of a closed incident: question and answer. An empty answer takes one back. `is_finished` ends it, when
/// everything that is required was answered. A version that is named is that of the review, 0 before it was begun.
pub async fn answer_review(
    db: &Db,
    viewer: &Viewer,
    questions: &Questions,
    (name, version): (&str, Option<i64>),
    (given, is_finished): (&[(String, String)], bool),
    now: Micros,
) -> Result<Review, ResponseError> {
    let mut tx = begin(db, now).await?;
    let one = workable(&mut tx, viewer, name.into()).await?;
    if one.state.is_live() {
        return Err(Refusal::NotClosed.into());
    }
    let before = sql_clock::review_in(&mut tx, &one.id).await?;
    let said = |id: &str| {
        let answers = before.as_ref().map(|review| review.answers.as_slice()).unwrap_or_default();
        answers.iter().find(|answer| answer.question == id).map_or("", |answer| answer.answer.as_str()).to_string()
    };
    let mut answers = Vec::new();
    for (id, answer) in given {
        let found = (0i64..).zip(questions.all()).find(|(_, question)| question.id == *id);
        let (position, question) = found.ok_or(Refusal::Answer)?;
        let answer = match answer.trim() {
            "" => String::new(),
            text => plain(text, NOTE_CHARS).ok_or(Refusal::Text)?,
        };
        if !answer.is_empty() && !question.takes(&answer) {
            return Err(Refusal::Answer.into());
        }
        if answer == said(id) {
            continue;
        }
        let one = ReviewAnswer {
            question: id.clone(),
            kind: question.kind.as_str().into(),
            words: question.text.clone(),
            answer_words: question.words(&answer),
            answer,
            who: viewer.name.clone(),
            at: now,
        };
        answers.push((position, one));
    }
    let was_finished = before.as_ref().is_some_and(|review| review.finished.is_some());
    if answers.is_empty()
        && was_finished == is_finished
        && let Some(before) = before
    {
        return Ok(before); // The form may be sent twice.
    }
    let known = before.as_ref().map_or(0, |review| review.version);
    if version.is_some_and(|version| version != known) {
        return Err(ResponseError::Stale);
    }
    sql_clock::put_answers(&mut tx, &one.id, &answers, &viewer.name, now).await?;
    let review = sql_clock::review_in(&mut tx, &one.id).await?.ok_or(Refusal::NotFound)?;
    if is_finished {
        let has = |id: &str| review.answers.iter().any(|one| one.question == id && !one.answer.is_empty());
        if questions.all().any(|question| question.required && !has(&question.id)) {
            return Err(Refusal::Required.into());
        }
    }
    if is_finished != was_finished {
        let finished = is_finished.then_some((viewer.name.as_str(), now));
        sql_clock::finish_review(&mut tx, &one.id, finished).await?;
    }
    let verb = if is_finished && !was_finished { "review_finished" } else { "review_answered" };
    journal(&mut tx, &viewer.name, verb, &one, json!({ "answers": answers.len() }), now).await?;
    let review = sql_clock::review_in(&mut tx, &one.id).await?.ok_or(Refusal::NotFound)?;
    tx.commit().await?;
    Ok(review)
}
