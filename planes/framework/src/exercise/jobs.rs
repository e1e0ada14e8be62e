//! What is done to exercises. Every function is one transaction with its line of the journal.

use manara_model::{Micros, Viewer};
use manara_store::{Db, Journal, StoreError, Tx};
use serde_json::{Value, json};

use super::{Attained, EXERCISES, Exercise, ExerciseError, ExerciseRefusal, ExerciseState, Lesson, Objective};
use super::{REMARK_CHARS, checked_lessons, is_ahead, sql};
use crate::PLANE;
use crate::assessment::{day, words};
use crate::jobs::new_id;

/// Which exercise, and the version it had when it was looked at; without one whatever is there.
type Which<'w> = (&'w str, Option<i64>);

/// Writes one line of the journal. Never what the record says: who reads the journal may not see it.
async fn journal(
    tx: &mut Tx,
    viewer: &Viewer,
    verb: &str,
    id: &str,
    detail: Value,
    now: Micros,
) -> Result<(), StoreError> {
    Journal::write(tx, &viewer.name, PLANE, verb, id, &detail.to_string(), now).await
}

/// An exercise that nobody else changes until the transaction ends, as it was before this change.
async fn held(tx: &mut Tx, viewer: &Viewer, (id, seen): Which<'_>, now: Micros) -> Result<Exercise, ExerciseError> {
    if !sql::touch(tx, viewer, id, now).await? {
        return Err(ExerciseRefusal::NotFound.into());
    }
    let one = sql::exercise_in(tx, viewer, id).await?.ok_or(ExerciseRefusal::NotFound)?;
    // The row counts this change already.
    if seen.is_some_and(|seen| seen != one.version - 1) {
        return Err(ExerciseRefusal::Stale.into());
    }
    Ok(one)
}

/// The same of one that was not withdrawn.
async fn live(tx: &mut Tx, viewer: &Viewer, which: Which<'_>, now: Micros) -> Result<Exercise, ExerciseError> {
    let one = held(tx, viewer, which, now).await?;
    if one.is_withdrawn { Err(ExerciseRefusal::Withdrawn.into()) } else { Ok(one) }
}

/// The exercise as it stands after the change, and the end of the transaction.
async fn ended(mut tx: Tx, viewer: &Viewer, id: &str) -> Result<Exercise, ExerciseError> {
    let one = sql::exercise_in(&mut tx, viewer, id).await?.ok_or(ExerciseRefusal::NotFound)?;
    tx.commit().await?;
    Ok(one)
}

/// Adds an exercise, or changes its facts, who takes part and its objectives. An objective that is named by its id keeps the
/// result it has; lessons stay as they are. `seen` is the version the writer saw.
pub async fn save_exercise(
    db: &Db,
    viewer: &Viewer,
    (one, seen): (&Exercise, Option<i64>),
    now: Micros,
) -> Result<Exercise, ExerciseError> {
    let mut one = one.checked(viewer, now)?;
    let mut tx = db.begin().await?;
    let is_new = one.id.is_empty();
    let before = match is_new {
        true if sql::count(&mut tx).await? >= EXERCISES => return Err(ExerciseRefusal::Full.into()),
        true => Vec::new(),
        false => live(&mut tx, viewer, (&one.id, seen), now).await?.objectives,
    };
    if is_new {
        one.id = new_id(now);
        one.made_by.clone_from(&viewer.name);
    }
    one.objectives = one.objectives.iter().map(|said| joined(said, &before, now)).collect();
    sql::put(&mut tx, &one, is_new, now).await?;
    let verb = if is_new { "exercise_added" } else { "exercise_changed" };
    let detail = json!({ "kind": one.kind.as_str(), "state": one.state.as_str() });
    journal(&mut tx, viewer, verb, &one.id, detail, now).await?;
    ended(tx, viewer, &one.id).await
}

/// An objective as it is kept: with the result of the one it was, or as a new one.
fn joined(said: &Objective, before: &[Objective], now: Micros) -> Objective {
    match before.iter().find(|known| !said.id.is_empty() && known.id == said.id) {
        Some(known) => Objective { text: said.text.clone(), ..known.clone() },
        None => Objective { id: new_id(now), text: said.text.clone(), ..Objective::default() },
    }
}

/// Notes what came of objectives, each by its place counted from 1, and with that that the exercise was held. What is not named stays.
pub async fn note_results(
    db: &Db,
    viewer: &Viewer,
    which: Which<'_>,
    results: &[(usize, Option<Attained>, String)],
    now: Micros,
) -> Result<Exercise, ExerciseError> {
    let mut tx = db.begin().await?;
    let mut one = live(&mut tx, viewer, which, now).await?;
    if one.state == ExerciseState::CalledOff {
        return Err(ExerciseRefusal::CalledOff.into());
    }
    if is_ahead(&one.day, now) {
        return Err(ExerciseRefusal::Ahead.into());
    }
    for (number, result, remark) in results {
        let objective = number.checked_sub(1).and_then(|at| one.objectives.get_mut(at));
        let objective = objective.ok_or(ExerciseRefusal::NoObjective(*number))?;
        objective.result = *result;
        objective.remark = words(remark, REMARK_CHARS).ok_or(ExerciseRefusal::Remark(*number))?;
    }
    sql::say(&mut tx, &one).await?;
    let detail = json!({ "objectives": one.objectives.len(), "met": one.count(Attained::Met) });
    journal(&mut tx, viewer, "exercise_results_noted", &one.id, detail, now).await?;
    ended(tx, viewer, &one.id).await
}

/// Writes the lessons of an exercise in the place of those it had. One that is named by its id stays the same lesson.
pub async fn save_lessons(
    db: &Db,
    viewer: &Viewer,
    which: Which<'_>,
    lessons: &[Lesson],
    now: Micros,
) -> Result<Exercise, ExerciseError> {
    let lessons = checked_lessons(lessons, now)?;
    let mut tx = db.begin().await?;
    let one = live(&mut tx, viewer, which, now).await?;
    let mut kept: Vec<Lesson> = Vec::with_capacity(lessons.len());
    for lesson in lessons {
        let is_known = one.lessons.iter().any(|known| known.id == lesson.id);
        let is_twice = kept.iter().any(|other| other.id == lesson.id);
        let id = if is_known && !is_twice { lesson.id.clone() } else { new_id(now) };
        kept.push(Lesson { id, ..lesson });
    }
    sql::put_lessons(&mut tx, &one.id, &kept).await?;
    journal(&mut tx, viewer, "exercise_lessons_written", &one.id, json!({ "lessons": kept.len() }), now).await?;
    ended(tx, viewer, &one.id).await
}

/// Notes the day a lesson was done; an empty day takes that back. The same twice is once.
pub async fn lesson_done(
    db: &Db,
    viewer: &Viewer,
    (id, lesson): (&str, &str),
    done: &str,
    now: Micros,
) -> Result<Exercise, ExerciseError> {
    let mut tx = db.begin().await?;
    let one = live(&mut tx, viewer, (id, None), now).await?;
    let (known, number) =
        one.lessons.iter().zip(1..).find(|(known, _)| known.id == lesson).ok_or(ExerciseRefusal::NoLesson)?;
    let done = day(done).filter(|done| !is_ahead(done, now)).ok_or(ExerciseRefusal::Done(number))?;
    if known.done == done {
        // Nothing is written, so the change is not counted either.
        drop(tx);
        return sql::exercise(db, viewer, id).await?.ok_or(ExerciseRefusal::NotFound.into());
    }
    sql::set_done(&mut tx, lesson, &done).await?;
    let verb = if done.is_empty() { "exercise_lesson_reopened" } else { "exercise_lesson_done" };
    journal(&mut tx, viewer, verb, id, json!({ "lesson": lesson }), now).await?;
    ended(tx, viewer, id).await
}

/// Takes an exercise out of sight: it counts nowhere, and is kept.
pub async fn withdraw_exercise(
    db: &Db,
    viewer: &Viewer,
    which: Which<'_>,
    now: Micros,
) -> Result<Exercise, ExerciseError> {
    set_removed(db, viewer, which, true, now).await
}

/// Brings an exercise back that was withdrawn.
pub async fn restore_exercise(
    db: &Db,
    viewer: &Viewer,
    which: Which<'_>,
    now: Micros,
) -> Result<Exercise, ExerciseError> {
    set_removed(db, viewer, which, false, now).await
}

async fn set_removed(
    db: &Db,
    viewer: &Viewer,
    which: Which<'_>,
    is_removed: bool,
    now: Micros,
) -> Result<Exercise, ExerciseError> {
    let mut tx = db.begin().await?;
    let one = held(&mut tx, viewer, which, now).await?;
    if one.is_withdrawn == is_removed {
        drop(tx);
        return sql::exercise(db, viewer, &one.id).await?.ok_or(ExerciseRefusal::NotFound.into());
    }
    sql::set_removed(&mut tx, &one.id, is_removed.then_some(now)).await?;
    let verb = if is_removed { "exercise_withdrawn" } else { "exercise_restored" };
    journal(&mut tx, viewer, verb, &one.id, json!({}), now).await?;
    ended(tx, viewer, &one.id).await
}
