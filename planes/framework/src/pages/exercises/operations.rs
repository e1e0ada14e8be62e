//! Exercises for programs.

use axum::extract::{Path, State as Stated};
use manara_model::Tlp;
use manara_web::api::{
    ApiAnswer, Given, Match, Op, Problem, etag_of, json as answer, made, page_of, read_list, record, schema, with_etag,
};
use manara_web::{Right, Site, Visit};
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::works::{OpenWorks, Works};
use super::LIST;
use super::form::named;
use crate::assessment::NAME_CHARS;
use crate::exercise::{
    Attained, EXERCISE_CHARS, Exercise, ExerciseError, ExerciseKind, ExerciseRefusal, ExerciseState, LESSONS, Lesson,
    MINUTES, OBJECTIVES, ORGANISATIONS, Objective, REMARK_CHARS, SCENARIO_CHARS, TAKING_PART, exercise, exercise_json,
    exercise_line_json, lesson_done, line, note_results, restore_exercise, save_exercise, save_lessons,
    withdraw_exercise,
};

const ONE: &str = "/api/v1/exercises/{id}";
const RESULTS: &str = "/api/v1/exercises/{id}/results";
const LESSONS_OF: &str = "/api/v1/exercises/{id}/lessons";
const DONE: &str = "/api/v1/exercises/{id}/lessons/{lesson}/done";
const WITHDRAW: &str = "/api/v1/exercises/{id}/withdraw";
const RESTORE: &str = "/api/v1/exercises/{id}/restore";

/// The operations.
pub(super) fn site() -> Site<OpenWorks> {
    let (read, work, decide) = (Right::ReadFramework, Right::AnswerAssessments, Right::ModerateAssessments);
    let changes = "Changes an exercise; an objective named by its id keeps its result, one left out is gone";
    let notes =
        "Notes what came of objectives, by their numbers, and that the exercise was held; what is not named stays";
    Site::new()
        .api(Op::list("/api/v1/exercises", "listExercises", read, "The exercises", &LIST, "ExerciseLine"), list)
        .api(
            Op::make("/api/v1/exercises", "planExercise", decide, "Plans an exercise", "Exercise")
                .takes("ExerciseGiven")
                .etag(),
            plan,
        )
        .api(Op::get(ONE, "getExercise", read, "One exercise, whole; one that was withdrawn too", "Exercise"), one)
        .api(Op::patch(ONE, "changeExercise", decide, changes, "Exercise").takes("ExerciseChanged"), change)
        .api(Op::post(RESULTS, "noteExerciseResults", work, notes, "Exercise").takes("ExerciseResults"), results)
        .api(
            Op::put(LESSONS_OF, "putExerciseLessons", work, "Writes all lessons of an exercise", "Exercise")
                .takes("ExerciseLessons"),
            lessons,
        )
        .api(
            Op::post(
                DONE,
                "markLessonDone",
                work,
                "Notes the day a lesson was done; an empty one takes it back",
                "Exercise",
            )
            .takes("LessonDone"),
            done,
        )
        .api(
            Op::post(
                WITHDRAW,
                "withdrawExercise",
                decide,
                "Takes an exercise out of sight: it counts nowhere",
                "Exercise",
            ),
            withdraw,
        )
        .api(Op::post(RESTORE, "restoreExercise", decide, "Brings a withdrawn exercise back", "Exercise"), restore)
        .schemas(schemas())
}

fn schemas() -> Vec<(&'static str, Value)> {
    let text = schema::text;
    let number = |most: i64| json!({ "type": "integer", "minimum": 0, "maximum": most });
    let day = || json!({ "type": "string", "pattern": "^([0-9]{4}-[0-9]{2}-[0-9]{2})?$" });
    let kind = || schema::one_of(ExerciseKind::ALL.map(ExerciseKind::as_str));
    let state = || schema::one_of(ExerciseState::ALL.map(ExerciseState::as_str));
    let words = || schema::words(1, EXERCISE_CHARS);
    let results: Vec<Value> = Attained::ALL.iter().map(|one| one.as_str().into()).chain([Value::Null]).collect();
    let result = || json!({ "enum": results.clone() });
    let organisation = schema::object(&[("constituent", schema::maybe_text()), ("name", text())]);
    let objective = schema::object(&[("id", text()), ("text", text()), ("result", result()), ("remark", text())]);
    let lesson =
        schema::object(&[("id", text()), ("text", text()), ("owner", text()), ("due", text()), ("done", text())]);
    let said = schema::given(1, &[("text", words()), ("id", schema::words(0, 64))]);
    let facts = [
        ("title", words()),
        ("kind", kind()),
        ("day", day()),
        ("last", day()),
        ("minutes", number(MINUTES)),
        ("scenario", schema::words(0, SCENARIO_CHARS)),
        ("tlp", schema::tlp()),
        ("people", number(TAKING_PART)),
        ("organisations", schema::some(0, ORGANISATIONS, schema::words(1, NAME_CHARS))),
        ("objectives", schema::some(0, OBJECTIVES, said)),
        ("state", state()),
    ];
    let came = schema::given(
        2,
        &[
            ("objective", json!({ "type": "integer", "minimum": 1, "maximum": OBJECTIVES })),
            ("result", result()),
            ("remark", schema::words(0, REMARK_CHARS)),
        ],
    );
    let learnt = schema::given(
        1,
        &[
            ("text", words()),
            ("id", schema::words(0, 64)),
            ("owner", schema::words(0, NAME_CHARS)),
            ("due", day()),
            ("done", day()),
        ],
    );
    let shared = |more: &[(&'static str, Value)]| {
        let mut all = vec![
            ("id", text()),
            ("title", text()),
            ("kind", kind()),
            ("state", state()),
            ("day", text()),
            ("last", text()),
            ("minutes", schema::count()),
            ("tlp", schema::tlp()),
            ("people", schema::count()),
        ];
        all.extend_from_slice(more);
        schema::object(&all)
    };
    let count = schema::count;
    vec![
        (
            "Exercise",
            shared(&[
                ("scenario", text()),
                ("organisations", schema::many(organisation)),
                ("objectives", schema::many(objective)),
                ("lessons", schema::many(lesson)),
                ("made_by", text()),
                ("changed", schema::moment()),
                ("withdrawn", schema::flag()),
            ]),
        ),
        (
            "ExerciseLine",
            shared(&[
                ("organisations", count()),
                ("objectives", count()),
                ("met", count()),
                ("lessons", count()),
                ("open_lessons", count()),
            ]),
        ),
        ("ExerciseGiven", schema::given(3, &facts)),
        ("ExerciseChanged", schema::given(0, &facts)),
        ("ExerciseResults", schema::given(1, &[("results", schema::some(0, OBJECTIVES, came))])),
        ("ExerciseLessons", schema::given(1, &[("lessons", schema::some(0, LESSONS, learnt))])),
        ("LessonDone", schema::given(1, &[("day", day())])),
    ]
}

fn not_done(error: ExerciseError) -> Problem {
    let why = match error {
        ExerciseError::Refused(why) => why,
        ExerciseError::Store(error) => return error.into(),
    };
    match (why, why.field()) {
        (ExerciseRefusal::NotFound | ExerciseRefusal::NoLesson, _) => Problem::not_found(),
        (ExerciseRefusal::Stale, _) => Match::stale(),
        (_, Some(field)) => Problem { detail: why.to_string(), ..Problem::invalid(field, why.code(), "") },
        (_, None) => Problem::refused(why.code(), why),
    }
}

async fn list(visit: Visit) -> ApiAnswer {
    let today = visit.now.day();
    let fixed = [visit.viewer.clearance.rank().into(), (&today).into()];
    let found = read_list(&LIST, &visit)?.fetch(&visit.db, &fixed, line).await?;
    let next = found.next();
    Ok(page_of(found.rows.iter().map(exercise_line_json).collect(), next))
}

async fn found(visit: &Visit, id: &str) -> Result<Exercise, Problem> {
    exercise(&visit.db, &visit.viewer, id).await?.ok_or_else(Problem::not_found)
}

async fn one(visit: Visit, Path(id): Path<String>) -> ApiAnswer {
    Ok(record(&exercise_json(&found(&visit, &id).await?)))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct FactsGiven {
    title: Option<String>,
    kind: Option<String>,
    day: Option<String>,
    last: Option<String>,
    minutes: Option<i64>,
    scenario: Option<String>,
    tlp: Option<String>,
    people: Option<i64>,
    organisations: Option<Vec<String>>,
    objectives: Option<Vec<ObjectiveGiven>>,
    state: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ObjectiveGiven {
    text: String,
    #[serde(default)]
    id: String,
}

/// An exercise with what a program says of it put over what is there.
async fn said(works: &Works, mut one: Exercise, given: FactsGiven) -> Result<Exercise, Problem> {
    if let Some(text) = &given.kind {
        one.kind = ExerciseKind::parse(text).ok_or_else(|| Problem::invalid("kind", "word", text))?;
    }
    if let Some(text) = &given.state {
        one.state = ExerciseState::parse(text).ok_or_else(|| Problem::invalid("state", "word", text))?;
    }
    if let Some(text) = &given.tlp {
        one.tlp = Tlp::parse(text).ok_or_else(|| Problem::invalid("tlp", "word", text))?;
    }
    // One of a day stays one of a day when it is moved.
    if given.day.is_some() && given.last.is_none() && one.last == one.day {
        one.last = String::new();
    }
    one.title = given.title.unwrap_or(one.title);
    one.day = given.day.unwrap_or(one.day);
    one.last = given.last.unwrap_or(one.last);
    one.minutes = given.minutes.unwrap_or(one.minutes);
    one.scenario = given.scenario.unwrap_or(one.scenario);
    one.people = given.people.unwrap_or(one.people);
    if let Some(names) = &given.organisations {
        one.organisations = named(&*works.beside, names).await?;
    }
    if let Some(objectives) = given.objectives {
        let said = |ObjectiveGiven { text, id }| Objective { id, text, ..Objective::default() };
        one.objectives = objectives.into_iter().map(said).collect();
    }
    Ok(one)
}

async fn plan(visit: Visit, Stated(works): Stated<Works>, Given(given): Given<FactsGiven>) -> ApiAnswer {
    for (name, is_there) in
        [("title", given.title.is_some()), ("kind", given.kind.is_some()), ("day", given.day.is_some())]
    {
        if !is_there {
            return Err(Problem::invalid(name, "missing", ""));
        }
    }
    let blank = Exercise::blank("", Tlp::Amber.min(visit.viewer.clearance));
    let new = said(&works, blank, given).await?;
    let one = save_exercise(&visit.db, &visit.viewer, (&new, None), visit.now).await.map_err(not_done)?;
    let value = exercise_json(&one);
    Ok(with_etag(&etag_of(&value), made(&format!("/api/v1/exercises/{}", one.id), &value)))
}

/// The exercise a program saw, and its version: asked again in the transaction, unless it takes whatever is there.
async fn matched(visit: &Visit, id: &str, is: &Match) -> Result<(Exercise, Option<i64>), Problem> {
    let one = found(visit, id).await?;
    let tag = etag_of(&exercise_json(&one));
    let seen = (!is.expected(&tag)?.is_empty()).then_some(one.version);
    Ok((one, seen))
}

async fn change(
    visit: Visit,
    Stated(works): Stated<Works>,
    Path(id): Path<String>,
    is: Match,
    Given(given): Given<FactsGiven>,
) -> ApiAnswer {
    let (one, seen) = matched(&visit, &id, &is).await?;
    let one = said(&works, one, given).await?;
    let one = save_exercise(&visit.db, &visit.viewer, (&one, seen), visit.now).await.map_err(not_done)?;
    Ok(record(&exercise_json(&one)))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ResultsGiven {
    results: Vec<ResultGiven>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ResultGiven {
    objective: usize,
    result: Option<String>,
    remark: Option<String>,
}

async fn results(visit: Visit, Path(id): Path<String>, is: Match, Given(given): Given<ResultsGiven>) -> ApiAnswer {
    let (one, seen) = matched(&visit, &id, &is).await?;
    let mut said = Vec::with_capacity(given.results.len().min(OBJECTIVES));
    for came in given.results {
        let parse = |text: String| Attained::parse(&text).ok_or_else(|| Problem::invalid("result", "word", text));
        let result = came.result.map(parse).transpose()?;
        let stands = came.objective.checked_sub(1).and_then(|at| one.objectives.get(at));
        let remark = came.remark.or_else(|| stands.map(|stands| stands.remark.clone())).unwrap_or_default();
        said.push((came.objective, result, remark));
    }
    // Remarks that were not sent stay as they were read: of the version they were read in.
    let seen = seen.or(Some(one.version));
    let did = note_results(&visit.db, &visit.viewer, (&id, seen), &said, visit.now).await;
    Ok(answer(&exercise_json(&did.map_err(not_done)?)))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LessonsGiven {
    lessons: Vec<LessonGiven>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LessonGiven {
    text: String,
    #[serde(default)]
    id: String,
    #[serde(default)]
    owner: String,
    #[serde(default)]
    due: String,
    #[serde(default)]
    done: String,
}

async fn lessons(visit: Visit, Path(id): Path<String>, is: Match, Given(given): Given<LessonsGiven>) -> ApiAnswer {
    let (_, seen) = matched(&visit, &id, &is).await?;
    let said = |LessonGiven { text, id, owner, due, done }| Lesson { id, text, owner, due, done };
    let all: Vec<Lesson> = given.lessons.into_iter().map(said).collect();
    let did = save_lessons(&visit.db, &visit.viewer, (&id, seen), &all, visit.now).await;
    Ok(record(&exercise_json(&did.map_err(not_done)?)))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DoneGiven {
    day: String,
}

async fn done(visit: Visit, Path((id, lesson)): Path<(String, String)>, Given(given): Given<DoneGiven>) -> ApiAnswer {
    let did = lesson_done(&visit.db, &visit.viewer, (&id, &lesson), &given.day, visit.now).await;
    Ok(answer(&exercise_json(&did.map_err(not_done)?)))
}

async fn withdraw(visit: Visit, Path(id): Path<String>) -> ApiAnswer {
    let did = withdraw_exercise(&visit.db, &visit.viewer, (&id, None), visit.now).await;
    Ok(answer(&exercise_json(&did.map_err(not_done)?)))
}

async fn restore(visit: Visit, Path(id): Path<String>) -> ApiAnswer {
    let did = restore_exercise(&visit.db, &visit.viewer, (&id, None), visit.now).await;
    Ok(answer(&exercise_json(&did.map_err(not_done)?)))
}
