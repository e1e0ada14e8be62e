//! The exercises of the example: two that were held, with what was learnt, and one to come.

use anyhow::{Context as _, anyhow};
use manara_framework::exercises::{
    Attained, Exercise, ExerciseKind, Lesson, Objective, TakingPart, exercises, lesson_done, note_results,
    save_exercise, save_lessons,
};
use manara_model::{Micros, Tlp, Viewer};
use serde::Deserialize;

use super::{NATION, at};
use crate::house::House;

const FILE: &str = "exercises/exercises.json";

#[derive(Deserialize)]
struct Tried {
    title: String,
    kind: String,
    /// The day the record was made.
    planned: String,
    day: String,
    #[serde(default)]
    last: String,
    minutes: i64,
    people: i64,
    tlp: String,
    scenario: String,
    organisations: Vec<String>,
    objectives: Vec<Came>,
    lessons: Vec<Learnt>,
}

#[derive(Deserialize)]
struct Came {
    text: String,
    /// Empty where it is still to come.
    result: String,
    remark: String,
}

#[derive(Deserialize)]
struct Learnt {
    text: String,
    owner: String,
    due: String,
    done: String,
}

/// Plans the exercises, and notes what came of those that were held, each on its day; what is there already stays.
pub(super) async fn load(house: &House) -> anyhow::Result<()> {
    let text = NATION.get_file(FILE).with_context(|| format!("the example has no {FILE}"))?.contents();
    let all: Vec<Tried> = serde_json::from_slice(text).context(FILE)?;
    let duty = Viewer { name: "duty".into(), ..Viewer::system() };
    let known = exercises(&house.db, &duty, "", 100).await?;
    for tried in &all {
        let planned = match known.iter().find(|one| one.title == tried.title) {
            Some(planned) => planned.clone(),
            None => plan(house, &duty, tried).await?,
        };
        if tried.objectives.iter().any(|came| !came.result.is_empty()) {
            note(house, planned, tried).await?;
        }
    }
    Ok(())
}

async fn plan(house: &House, duty: &Viewer, tried: &Tried) -> anyhow::Result<Exercise> {
    let mut one = Exercise {
        title: tried.title.clone(),
        kind: ExerciseKind::parse(&tried.kind).with_context(|| format!("{FILE}: no kind {}", tried.kind))?,
        last: tried.last.clone(),
        minutes: tried.minutes,
        people: tried.people,
        scenario: tried.scenario.clone(),
        ..Exercise::blank(&tried.day, Tlp::parse(&tried.tlp).context("a marking")?)
    };
    for name in &tried.organisations {
        one.organisations.push(named(house, name).await?);
    }
    let objective = |came: &Came| Objective { text: came.text.clone(), ..Objective::default() };
    one.objectives = tried.objectives.iter().map(objective).collect();
    Ok(save_exercise(&house.db, duty, (&one, None), at(&tried.planned, 10)?).await?)
}

async fn named(house: &House, name: &str) -> anyhow::Result<TakingPart> {
    let known = manara_constituency::get(&house.db, name).await?;
    Ok(match known {
        Some((constituent, _)) => TakingPart { constituent: constituent.id, name: constituent.name },
        None => TakingPart { constituent: String::new(), name: name.into() },
    })
}

/// What came of an exercise, the evening after it; lessons are carried out on their own days.
async fn note(house: &House, mut one: Exercise, tried: &Tried) -> anyhow::Result<()> {
    let handler = Viewer { name: "handler".into(), ..Viewer::system() };
    let evening: Micros = at(&tried.day, 17)?;
    let id = one.id.clone();
    let mut results = Vec::with_capacity(tried.objectives.len());
    for (came, number) in tried.objectives.iter().zip(1..) {
        let result = Attained::parse(&came.result).ok_or_else(|| anyhow!("{FILE}: no result {}", came.result))?;
        results.push((number, Some(result), came.remark.clone()));
    }
    if one.objectives.iter().any(|objective| objective.result.is_none()) {
        one = note_results(&house.db, &handler, (&id, None), &results, evening).await?;
    }
    let lesson = |learnt: &Learnt| Lesson {
        text: learnt.text.clone(),
        owner: learnt.owner.clone(),
        due: learnt.due.clone(),
        ..Lesson::default()
    };
    let lessons: Vec<Lesson> = tried.lessons.iter().map(lesson).collect();
    if one.lessons.is_empty() {
        one = save_lessons(&house.db, &handler, (&id, None), &lessons, evening).await?;
    }
    for (lesson, learnt) in one.lessons.iter().zip(&tried.lessons) {
        if !learnt.done.is_empty() {
            lesson_done(&house.db, &handler, (&id, &lesson.id), &learnt.done, at(&learnt.done, 15)?).await?;
        }
    }
    Ok(())
}
