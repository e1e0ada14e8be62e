//! `exercise`: what the nation tries, from the terminal.

use anyhow::{Context as _, bail};
use manara_framework::enhancement::Neighbours as _;
use manara_framework::exercises::{
    Attained, Exercise, ExerciseKind, ExerciseState, Lesson, Objective, SCENARIO_CHARS, TakingPart,
    coming as coming_exercises, exercise, exercise_calendar, exercise_json, exercises, note_results, restore_exercise,
    save_exercise, save_lessons, withdraw_exercise, withdrawn as withdrawn_exercises,
};
use manara_model::{Micros, Tlp, Viewer};
use manara_web::{Lang, Words};

use super::{DONE, FOUND};
use crate::cli::{ExerciseAction, ExerciseEdit, ExerciseLesson, ExerciseSaid, Exercises, Place};
use crate::house::House;
use crate::neighbours::Beside;
use crate::print;

/// Exercises that are read at once.
const STEP: i64 = 200;
/// Exercises of a calendar.
const COMING: i64 = 500;
/// Bytes of a scenario that are read: as many letters as it may have, and enough more to be refused by the plane.
const SCENARIO_BYTES: u64 = SCENARIO_CHARS as u64 * 4 + 4;

/// Who the journal names for what is typed here; it sees all.
fn typist() -> Viewer {
    Viewer { name: "cli".into(), ..Viewer::system() }
}

/// Lists, plans, shows, changes, notes.
pub async fn run(args: Exercises) -> anyhow::Result<u8> {
    let now = Micros::now();
    match args.action {
        ExerciseAction::List { place, state, withdrawn, json } => {
            list(&place, state.as_deref(), withdrawn, json, now).await
        }
        ExerciseAction::New { place, title, day, kind, said, json } => {
            let house = House::open(&place).await?;
            let blank = Exercise { title, kind: kind_of(&kind)?, ..Exercise::blank(&day, Tlp::Amber) };
            let new = told(&house, blank, *said).await?;
            let one = save_exercise(&house.db, &typist(), (&new, None), now).await?;
            match json {
                true => print::json(&exercise_json(&one))?,
                false => println!("{}", one.id),
            }
            Ok(DONE)
        }
        ExerciseAction::Show { place, id, json } => {
            let house = House::open(&place).await?;
            show(&known(&house, &id).await?, json, now)
        }
        ExerciseAction::Edit(args) => edit(args, now).await,
        ExerciseAction::Result { place, id, objective, result, remark, json } => {
            let house = House::open(&place).await?;
            let one = known(&house, &id).await?;
            let expected = "expected met, partly, not-met or not-tried";
            let result = Attained::parse(&result).with_context(|| format!("{result} is no result; {expected}"))?;
            let stands = objective.checked_sub(1).and_then(|at| one.objectives.get(at));
            let remark = remark.or_else(|| stands.map(|stands| stands.remark.clone())).unwrap_or_default();
            let said = [(objective, Some(result), remark)];
            let which = (one.id.as_str(), Some(one.version));
            show(&note_results(&house.db, &typist(), which, &said, now).await?, json, now)
        }
        ExerciseAction::Lesson(args) => lesson(args, now).await,
        ExerciseAction::Withdraw { place, id, json } => {
            let house = House::open(&place).await?;
            show(&withdraw_exercise(&house.db, &typist(), (&id, None), now).await?, json, now)
        }
        ExerciseAction::Restore { place, id, json } => {
            let house = House::open(&place).await?;
            show(&restore_exercise(&house.db, &typist(), (&id, None), now).await?, json, now)
        }
        ExerciseAction::Calendar { place, lang, out } => {
            let house = House::open(&place).await?;
            let lang = Lang::parse(&lang).with_context(|| format!("{lang} is no language; expected en, ar or fr"))?;
            let folder = house.content_folder().join("lang");
            let words = Words::load(folder.is_dir().then_some(folder.as_path()))?;
            let all = coming_exercises(&house.db, &typist(), &now.day(), COMING).await?;
            let kind = |one: &Exercise| words.t(lang, &format!("exercise-kind-{}", one.kind.as_str()));
            let text = exercise_calendar(&all, |one| format!("{}: {}", kind(one), one.title), now);
            match out {
                Some(path) => {
                    manara_store::write_durably(&std::path::absolute(path)?, |file| file.write_all(text.as_bytes()))?;
                }
                None => print!("{text}"),
            }
            Ok(DONE)
        }
    }
}

/// Changes an exercise: what is not named stays.
async fn edit(args: ExerciseEdit, now: Micros) -> anyhow::Result<u8> {
    let ExerciseEdit { place, id, title, day, kind, state, dropped, said, json } = args;
    let house = House::open(&place).await?;
    let mut one = known(&house, &id).await?;
    let seen = Some(one.version);
    // One of a day stays one of a day when it is moved.
    if day.is_some() && one.last == one.day {
        one.last = String::new();
    }
    let count = one.objectives.len();
    if let Some(number) = dropped.iter().find(|number| !(1..=count).contains(*number)) {
        bail!("the exercise has no objective {number}; `manara exercise show {id}` has them with their numbers");
    }
    let numbered = one.objectives.into_iter().zip(1..).filter(|(_, number)| !dropped.contains(number));
    one.objectives = numbered.map(|(objective, _)| objective).collect();
    one.title = title.unwrap_or(one.title);
    one.day = day.unwrap_or(one.day);
    one.kind = kind.as_deref().map_or(Ok(one.kind), kind_of)?;
    one.state = state.as_deref().map_or(Ok(one.state), state_of)?;
    let one = told(&house, one, *said).await?;
    show(&save_exercise(&house.db, &typist(), (&one, seen), now).await?, json, now)
}

/// Adds a lesson, changes one or takes it away.
async fn lesson(args: ExerciseLesson, now: Micros) -> anyhow::Result<u8> {
    let ExerciseLesson { place, id, number, text, owner, due, done, remove, json } = args;
    let house = House::open(&place).await?;
    let one = known(&house, &id).await?;
    let mut lessons = one.lessons.clone();
    let at = match number {
        None => {
            lessons.push(Lesson::default());
            lessons.len()
        }
        Some(number) => number,
    };
    if remove && (1..=lessons.len()).contains(&at) {
        lessons.remove(at - 1);
    } else {
        let lesson = at.checked_sub(1).and_then(|at| lessons.get_mut(at));
        let lesson = lesson.with_context(|| {
            format!("the exercise has no lesson {at}; `manara exercise show {id}` has them with their numbers")
        })?;
        lesson.text = text.unwrap_or_else(|| lesson.text.clone());
        lesson.owner = owner.unwrap_or_else(|| lesson.owner.clone());
        lesson.due = due.unwrap_or_else(|| lesson.due.clone());
        lesson.done = done.unwrap_or_else(|| lesson.done.clone());
    }
    let which = (one.id.as_str(), Some(one.version));
    show(&save_lessons(&house.db, &typist(), which, &lessons, now).await?, json, now)
}

fn kind_of(word: &str) -> anyhow::Result<ExerciseKind> {
    let expected = "expected tabletop, communication, drill or full-scale";
    ExerciseKind::parse(word).with_context(|| format!("{word} is no kind of exercise; {expected}"))
}

fn state_of(word: &str) -> anyhow::Result<ExerciseState> {
    let expected = "expected planned, held or called-off";
    ExerciseState::parse(word).with_context(|| format!("{word} is no state of an exercise; {expected}"))
}

async fn known(house: &House, id: &str) -> anyhow::Result<Exercise> {
    let found = exercise(&house.db, &typist(), id).await?;
    found.with_context(|| format!("there is no exercise {id}; `manara exercise list` shows them"))
}

/// Puts what is typed over what is there.
async fn told(house: &House, mut one: Exercise, said: ExerciseSaid) -> anyhow::Result<Exercise> {
    one.last = said.last.unwrap_or(one.last);
    one.minutes = said.minutes.unwrap_or(one.minutes);
    one.people = said.people.unwrap_or(one.people);
    if let Some(tlp) = said.tlp {
        let expected = "expected CLEAR, GREEN, AMBER, AMBER+STRICT or RED";
        one.tlp = Tlp::parse(&tlp).with_context(|| format!("{tlp} is no marking; {expected}"))?;
    }
    if !said.organisations.is_empty() {
        let beside = Beside::of(house);
        one.organisations.clear();
        for name in said.organisations {
            let (constituent, name) = beside.constituent(&name).await?.unwrap_or_else(|| (String::new(), name.clone()));
            one.organisations.push(TakingPart { constituent, name });
        }
    }
    let objectives = said.objectives.into_iter().map(|text| Objective { text, ..Objective::default() });
    one.objectives.extend(objectives);
    if let Some(path) = &said.scenario {
        use std::io::Read as _;
        let mut text = String::new();
        let file = std::fs::File::open(path).with_context(|| path.display().to_string())?;
        file.take(SCENARIO_BYTES).read_to_string(&mut text).with_context(|| path.display().to_string())?;
        one.scenario = text;
    }
    Ok(one)
}

async fn list(
    place: &Place,
    state: Option<&str>,
    is_withdrawn: bool,
    as_json: bool,
    now: Micros,
) -> anyhow::Result<u8> {
    let state = state.map(state_of).transpose()?;
    let house = House::open(place).await?;
    let mut all = Vec::new();
    if is_withdrawn {
        all = withdrawn_exercises(&house.db, &typist()).await?;
    } else {
        let mut after = String::new();
        loop {
            let some = exercises(&house.db, &typist(), &after, STEP).await?;
            let Some(last) = some.last() else { break };
            after.clone_from(&last.id);
            all.extend(some.into_iter().filter(|one| state.is_none_or(|state| one.state == state)));
        }
    }
    all.sort_by(|a, b| (&a.day, &a.id).cmp(&(&b.day, &b.id)));
    let today = now.day();
    if as_json {
        print::json(&all.iter().map(exercise_json).collect::<Vec<_>>())?;
    } else {
        let head = ["id", "day", "kind", "state", "met", "open lessons", "title"].map(String::from);
        let row = |one: &Exercise| {
            let open = one.lessons.iter().filter(|lesson| lesson.done.is_empty()).count();
            vec![
                one.id.clone(),
                one.day.clone(),
                one.kind.as_str().into(),
                if one.is_unsaid(&today) { "held?".into() } else { one.state.as_str().into() },
                format!("{} of {}", one.count(Attained::Met), one.objectives.len()),
                open.to_string(),
                one.title.clone(),
            ]
        };
        let rows: Vec<Vec<String>> = all.iter().map(row).collect();
        print::table(&mut std::io::stdout().lock(), &head, &rows)?;
    }
    Ok(if !is_withdrawn && all.iter().any(|one| one.is_unsaid(&today)) { FOUND } else { DONE })
}

fn show(one: &Exercise, as_json: bool, now: Micros) -> anyhow::Result<u8> {
    if as_json {
        print::json(&exercise_json(one))?;
        return Ok(DONE);
    }
    let today = now.day();
    let withdrawn = if one.is_withdrawn { ", withdrawn" } else { "" };
    println!("{} ({}, {}{withdrawn}, {})", one.title, one.kind.as_str(), one.state.as_str(), one.tlp.label());
    println!("{} to {}, {} minutes, {} people", one.day, one.last, one.minutes, one.people);
    one.organisations.iter().for_each(|at| println!("- {}", at.name));
    let head = ["objective", "result", "text", "remark"].map(String::from);
    let numbered = one.objectives.iter().zip(1..);
    let rows = numbered.map(|(objective, number): (&Objective, usize)| {
        let result = objective.result.map_or("", Attained::as_str).to_string();
        vec![number.to_string(), result, objective.text.clone(), objective.remark.replace('\n', " ")]
    });
    print::table(&mut std::io::stdout().lock(), &head, &rows.collect::<Vec<_>>())?;
    let head = ["lesson", "due", "done", "owner", "text"].map(String::from);
    let rows = one.lessons.iter().zip(1..).map(|(lesson, number): (&Lesson, usize)| {
        let done = if lesson.is_late(&today) { "late".into() } else { lesson.done.clone() };
        vec![number.to_string(), lesson.due.clone(), done, lesson.owner.clone(), lesson.text.clone()]
    });
    print::table(&mut std::io::stdout().lock(), &head, &rows.collect::<Vec<_>>())?;
    Ok(DONE)
}
