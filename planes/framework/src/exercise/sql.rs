//! The records of exercises.

use std::collections::HashMap;

use manara_model::{Micros, Tlp, Viewer};
use manara_store::{Arg, Db, Row, StoreError, Tx};

use super::{Attained, Exercise, ExerciseKind, ExerciseState, Lesson, Objective, TakingPart};

const ONE: &str = "
    SELECT id, title, kind, state, day, last, minutes, scenario, tlp, people, made_by, changed, version, removed
      FROM framework_exercise WHERE id = $1 AND tlp <= $2";
const AFTER: &str = "
    SELECT id FROM framework_exercise WHERE removed = '' AND tlp <= $1 AND id > $2 ORDER BY id LIMIT $3";
const COMING: &str = "
    SELECT id, title, kind, state, day, last, minutes, scenario, tlp, people, made_by, changed, version, removed
      FROM framework_exercise WHERE removed = '' AND tlp <= $1 AND state = 'planned' AND last >= $2
     ORDER BY day, id LIMIT $3";
const WITHDRAWN: &str = "
    SELECT id, title, kind, state, day, last, minutes, scenario, tlp, people, made_by, changed, version, removed
      FROM framework_exercise WHERE removed <> '' AND tlp <= $1 ORDER BY removed DESC, id LIMIT 50";
const COUNT: &str = "SELECT COUNT(*) FROM framework_exercise";
const ORGANISATIONS: &str = "
    SELECT exercise_id, constituent_id, name FROM framework_exercise_organisation
     WHERE exercise_id IN (…) ORDER BY exercise_id, place LIMIT 100000";
const OBJECTIVES: &str = "
    SELECT id, body, result, remark FROM framework_objective WHERE exercise_id = $1 ORDER BY place, id LIMIT 1000";
const LESSONS: &str = "
    SELECT id, body, owner, due, done FROM framework_lesson WHERE exercise_id = $1 ORDER BY place, id LIMIT 1000";

const ADD: &str = "
    INSERT INTO framework_exercise
        (id, title, kind, state, day, last, minutes, scenario, tlp, people, made_by, made, changed, version, removed)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12, 1, '')";
const CHANGE: &str = "
    UPDATE framework_exercise SET title = $2, kind = $3, state = $4, day = $5, last = $6, minutes = $7, scenario = $8,
        tlp = $9, people = $10 WHERE id = $1";
/// Who gets here first is alone with the row until the transaction ends.
const TOUCH: &str = "UPDATE framework_exercise SET changed = $2, version = version + 1 WHERE id = $1 AND tlp <= $3";
const HOLD: &str = "UPDATE framework_exercise SET state = 'held' WHERE id = $1";
const REMOVE: &str = "UPDATE framework_exercise SET removed = $2 WHERE id = $1";
const DROP_ORGANISATIONS: &str = "DELETE FROM framework_exercise_organisation WHERE exercise_id = $1";
const ADD_ORGANISATION: &str = "
    INSERT INTO framework_exercise_organisation (exercise_id, place, constituent_id, name) VALUES ($1, $2, $3, $4)";
const DROP_OBJECTIVES: &str = "DELETE FROM framework_objective WHERE exercise_id = $1";
const ADD_OBJECTIVE: &str = "
    INSERT INTO framework_objective (id, exercise_id, place, body, result, remark) VALUES ($1, $2, $3, $4, $5, $6)";
const SAY: &str = "UPDATE framework_objective SET result = $2, remark = $3 WHERE id = $1";
const DROP_LESSONS: &str = "DELETE FROM framework_lesson WHERE exercise_id = $1";
const ADD_LESSON: &str = "
    INSERT INTO framework_lesson (id, exercise_id, place, body, owner, due, done) VALUES ($1, $2, $3, $4, $5, $6, $7)";
const DONE: &str = "UPDATE framework_lesson SET done = $2 WHERE id = $1";

const EXERCISE_DAYS: &str = "
    SELECT last, state, COUNT(*) FROM framework_exercise
     WHERE removed = '' AND tlp <= $1 AND state <> 'called-off' AND last >= $2 AND last < $3
     GROUP BY last, state ORDER BY last DESC, state LIMIT $4";
const RESULT_DAYS: &str = "
    SELECT e.last, o.result, COUNT(*) FROM framework_objective o JOIN framework_exercise e ON e.id = o.exercise_id
     WHERE e.removed = '' AND e.tlp <= $1 AND e.state = 'held' AND e.last >= $2 AND e.last < $3
     GROUP BY e.last, o.result ORDER BY e.last DESC, o.result LIMIT $4";
const LESSON_DAYS: &str = "
    SELECT l.due, l.done, COUNT(*) FROM framework_lesson l JOIN framework_exercise e ON e.id = l.exercise_id
     WHERE e.removed = '' AND e.tlp <= $1 AND l.due <> ''
       AND ((l.due >= $2 AND l.due < $3) OR (l.done >= $2 AND l.done < $3))
     GROUP BY l.due, l.done ORDER BY l.due DESC, l.done LIMIT $4";

/// The columns of [`line`], of an exercise `e`.
pub(crate) const LINE_COLUMNS: &[&str] = &[
    "e.id",
    "e.title",
    "e.kind",
    "e.state",
    "e.day",
    "e.last",
    "e.minutes",
    "e.tlp",
    "e.people",
    "e.version",
    "(SELECT COUNT(*) FROM framework_exercise_organisation t WHERE t.exercise_id = e.id)",
    "(SELECT COUNT(*) FROM framework_objective o WHERE o.exercise_id = e.id)",
    "(SELECT COUNT(*) FROM framework_objective o WHERE o.exercise_id = e.id AND o.result = 'met')",
    "(SELECT COUNT(*) FROM framework_lesson l WHERE l.exercise_id = e.id)",
    "(SELECT COUNT(*) FROM framework_lesson l WHERE l.exercise_id = e.id AND l.done = '')",
];

/// An exercise as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExerciseLine {
    /// Its id.
    pub id: String,
    /// How it is called.
    pub title: String,
    /// What sort.
    pub kind: ExerciseKind,
    /// How far it is.
    pub state: ExerciseState,
    /// The first day.
    pub day: String,
    /// The last day.
    pub last: String,
    /// How long it takes, in minutes.
    pub minutes: i64,
    /// Who may see it.
    pub tlp: Tlp,
    /// How many people take part.
    pub people: i64,
    /// How often it was changed.
    pub version: i64,
    /// How many organisations take part.
    pub organisations: i64,
    /// How many objectives it has.
    pub objectives: i64,
    /// How many of them were met.
    pub met: i64,
    /// How many lessons it has.
    pub lessons: i64,
    /// How many of them are not done.
    pub open_lessons: i64,
}

impl ExerciseLine {
    /// Whether its last day is over and nobody said that it was held or called off.
    pub fn is_unsaid(&self, today: &str) -> bool {
        self.state == ExerciseState::Planned && self.last.as_str() < today
    }
}

pub(crate) fn line(row: &Row) -> Result<ExerciseLine, StoreError> {
    Ok(ExerciseLine {
        id: row.text(0)?,
        title: row.text(1)?,
        kind: kind(&row.text(2)?)?,
        state: state(&row.text(3)?)?,
        day: row.text(4)?,
        last: row.text(5)?,
        minutes: row.int(6)?,
        tlp: tlp(row.int(7)?)?,
        people: row.int(8)?,
        version: row.int(9)?,
        organisations: row.int(10)?,
        objectives: row.int(11)?,
        met: row.int(12)?,
        lessons: row.int(13)?,
        open_lessons: row.int(14)?,
    })
}

/// The columns of [`lesson_line`], of a lesson `l` and its exercise `e`.
pub(crate) const LESSON_COLUMNS: &[&str] = &["l.id", "l.body", "l.owner", "l.due", "l.done", "e.id", "e.title"];

/// A lesson in the list over all exercises.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LessonLine {
    pub lesson: Lesson,
    pub exercise: String,
    pub title: String,
}

pub(crate) fn lesson_line(row: &Row) -> Result<LessonLine, StoreError> {
    Ok(LessonLine { lesson: lesson(row)?, exercise: row.text(5)?, title: row.text(6)? })
}

fn kind(text: &str) -> Result<ExerciseKind, StoreError> {
    ExerciseKind::parse(text).ok_or_else(|| StoreError::unknown("framework_exercise.kind", text))
}

fn state(text: &str) -> Result<ExerciseState, StoreError> {
    ExerciseState::parse(text).ok_or_else(|| StoreError::unknown("framework_exercise.state", text))
}

fn tlp(rank: i64) -> Result<Tlp, StoreError> {
    Tlp::from_rank(rank).ok_or_else(|| StoreError::unknown("framework_exercise.tlp", rank))
}

/// The facts of an exercise; the lists beside them are still empty.
fn facts(row: &Row) -> Result<Exercise, StoreError> {
    Ok(Exercise {
        id: row.text(0)?,
        title: row.text(1)?,
        kind: kind(&row.text(2)?)?,
        state: state(&row.text(3)?)?,
        day: row.text(4)?,
        last: row.text(5)?,
        minutes: row.int(6)?,
        scenario: row.text(7)?,
        tlp: tlp(row.int(8)?)?,
        people: row.int(9)?,
        organisations: Vec::new(),
        objectives: Vec::new(),
        lessons: Vec::new(),
        made_by: row.text(10)?,
        changed: row.moment(11)?,
        version: row.int(12)?,
        is_withdrawn: !row.text(13)?.is_empty(),
    })
}

fn objective(row: &Row) -> Result<Objective, StoreError> {
    let said = row.text(2)?;
    let result = match said.as_str() {
        "" => None,
        word => Some(Attained::parse(word).ok_or_else(|| StoreError::unknown("framework_objective.result", word))?),
    };
    Ok(Objective { id: row.text(0)?, text: row.text(1)?, result, remark: row.text(3)? })
}

fn lesson(row: &Row) -> Result<Lesson, StoreError> {
    Ok(Lesson { id: row.text(0)?, text: row.text(1)?, owner: row.text(2)?, due: row.text(3)?, done: row.text(4)? })
}

fn each<T>(rows: &[Row], read: impl Fn(&Row) -> Result<T, StoreError>) -> Result<Vec<T>, StoreError> {
    rows.iter().map(read).collect()
}

fn by_exercise(rows: &[Row]) -> Result<HashMap<String, Vec<TakingPart>>, StoreError> {
    let mut found: HashMap<String, Vec<TakingPart>> = HashMap::new();
    for row in rows {
        let one = TakingPart { constituent: row.text(1)?, name: row.text(2)? };
        found.entry(row.text(0)?).or_default().push(one);
    }
    Ok(found)
}

/// Who takes part in some exercises, by their ids.
pub(crate) async fn organisations_of(db: &Db, ids: &[String]) -> Result<HashMap<String, Vec<TakingPart>>, StoreError> {
    by_exercise(&db.read_in(ORGANISATIONS, &[], ids).await?)
}

/// One exercise, whole, if the viewer may see it; one that was withdrawn too.
pub async fn exercise(db: &Db, viewer: &Viewer, id: &str) -> Result<Option<Exercise>, StoreError> {
    exercise_in(&mut db.begin_snapshot().await?, viewer, id).await
}

pub(super) async fn exercise_in(tx: &mut Tx, viewer: &Viewer, id: &str) -> Result<Option<Exercise>, StoreError> {
    let found = tx.read_one(ONE, &[id.into(), viewer.clearance.rank().into()]).await?;
    let Some(mut one) = found.as_ref().map(facts).transpose()? else { return Ok(None) };
    let named = by_exercise(&tx.read_in(ORGANISATIONS, &[], &[id]).await?)?;
    one.organisations = named.into_values().next().unwrap_or_default();
    one.objectives = each(&tx.read(OBJECTIVES, &[id.into()]).await?, objective)?;
    one.lessons = each(&tx.read(LESSONS, &[id.into()]).await?, lesson)?;
    Ok(Some(one))
}

/// Exercises, whole, oldest record first, after an id.
pub async fn exercises(db: &Db, viewer: &Viewer, after: &str, rows: i64) -> Result<Vec<Exercise>, StoreError> {
    let mut tx = db.begin_snapshot().await?;
    let args = [viewer.clearance.rank().into(), after.into(), rows.into()];
    let ids = each(&tx.read(AFTER, &args).await?, |row| row.text(0))?;
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        found.extend(exercise_in(&mut tx, viewer, &id).await?);
    }
    Ok(found)
}

/// The exercises that are planned and not over, the next first, with who takes part in them.
pub async fn coming(db: &Db, viewer: &Viewer, today: &str, rows: i64) -> Result<Vec<Exercise>, StoreError> {
    let mut all = each(&db.read(COMING, &[viewer.clearance.rank().into(), today.into(), rows.into()]).await?, facts)?;
    let ids: Vec<String> = all.iter().map(|one| one.id.clone()).collect();
    let mut named = organisations_of(db, &ids).await?;
    for one in &mut all {
        one.organisations = named.remove(&one.id).unwrap_or_default();
    }
    Ok(all)
}

/// The exercises that were withdrawn, the last first; without their lists.
pub async fn withdrawn(db: &Db, viewer: &Viewer) -> Result<Vec<Exercise>, StoreError> {
    each(&db.read(WITHDRAWN, &[viewer.clearance.rank().into()]).await?, facts)
}

pub(super) async fn count(tx: &mut Tx) -> Result<i64, StoreError> {
    tx.read_one(COUNT, &[]).await?.map_or(Ok(0), |row| row.int(0))
}

/// Counts a change, and holds the row until the transaction ends; says whether there is one the viewer may see.
pub(super) async fn touch(tx: &mut Tx, viewer: &Viewer, id: &str, now: Micros) -> Result<bool, StoreError> {
    Ok(tx.run(TOUCH, &[id.into(), now.into(), viewer.clearance.rank().into()]).await? > 0)
}

/// Writes the facts, who takes part and the objectives; never the lessons.
pub(super) async fn put(tx: &mut Tx, one: &Exercise, is_new: bool, now: Micros) -> Result<(), StoreError> {
    let id = || Arg::from(&one.id);
    let mut args: Vec<Arg<'_>> = vec![
        id(),
        (&one.title).into(),
        one.kind.as_str().into(),
        one.state.as_str().into(),
        (&one.day).into(),
        (&one.last).into(),
        one.minutes.into(),
        (&one.scenario).into(),
        one.tlp.rank().into(),
        one.people.into(),
    ];
    if is_new {
        args.extend([Arg::from(&one.made_by), now.into()]);
        tx.run(ADD, &args).await?;
    } else {
        tx.run(CHANGE, &args).await?;
        tx.run(DROP_ORGANISATIONS, &[id()]).await?;
        tx.run(DROP_OBJECTIVES, &[id()]).await?;
    }
    for (organisation, place) in one.organisations.iter().zip(1_i64..) {
        let args = [id(), place.into(), (&organisation.constituent).into(), (&organisation.name).into()];
        tx.run(ADD_ORGANISATION, &args).await?;
    }
    for (objective, place) in one.objectives.iter().zip(1_i64..) {
        let result = objective.result.map_or("", Attained::as_str);
        let args: [Arg<'_>; 6] = [
            (&objective.id).into(),
            id(),
            place.into(),
            (&objective.text).into(),
            result.into(),
            (&objective.remark).into(),
        ];
        tx.run(ADD_OBJECTIVE, &args).await?;
    }
    Ok(())
}

/// Writes what came of the objectives, and that the exercise was held.
pub(super) async fn say(tx: &mut Tx, one: &Exercise) -> Result<(), StoreError> {
    tx.run(HOLD, &[(&one.id).into()]).await?;
    for objective in &one.objectives {
        let result = objective.result.map_or("", Attained::as_str);
        tx.run(SAY, &[(&objective.id).into(), result.into(), (&objective.remark).into()]).await?;
    }
    Ok(())
}

/// Writes the lessons in the place of those there were.
pub(super) async fn put_lessons(tx: &mut Tx, id: &str, lessons: &[Lesson]) -> Result<(), StoreError> {
    tx.run(DROP_LESSONS, &[id.into()]).await?;
    for (lesson, place) in lessons.iter().zip(1_i64..) {
        let args: [Arg<'_>; 7] = [
            (&lesson.id).into(),
            id.into(),
            place.into(),
            (&lesson.text).into(),
            (&lesson.owner).into(),
            (&lesson.due).into(),
            (&lesson.done).into(),
        ];
        tx.run(ADD_LESSON, &args).await?;
    }
    Ok(())
}

pub(super) async fn set_done(tx: &mut Tx, lesson: &str, day: &str) -> Result<(), StoreError> {
    tx.run(DONE, &[lesson.into(), day.into()]).await.map(|_| ())
}

/// Takes an exercise out of sight at a moment, or brings it back with none.
pub(super) async fn set_removed(tx: &mut Tx, id: &str, at: Option<Micros>) -> Result<(), StoreError> {
    tx.run(REMOVE, &[id.into(), at.into()]).await.map(|_| ())
}

type Span<'s> = (&'s str, &'s str);

/// Last day, state and how many exercises: of those whose last day lies from one day to before another.
pub(super) async fn exercise_days(db: &Db, viewer: &Viewer, span: Span<'_>, rows: i64) -> Result<Vec<Row>, StoreError> {
    db.read(EXERCISE_DAYS, &[viewer.clearance.rank().into(), span.0.into(), span.1.into(), rows.into()]).await
}

/// Last day, result and how many objectives of exercises that were held.
pub(super) async fn result_days(db: &Db, viewer: &Viewer, span: Span<'_>, rows: i64) -> Result<Vec<Row>, StoreError> {
    db.read(RESULT_DAYS, &[viewer.clearance.rank().into(), span.0.into(), span.1.into(), rows.into()]).await
}

/// The day until when, the day it was done, and how many lessons.
pub(super) async fn lesson_days(db: &Db, viewer: &Viewer, span: Span<'_>, rows: i64) -> Result<Vec<Row>, StoreError> {
    db.read(LESSON_DAYS, &[viewer.clearance.rank().into(), span.0.into(), span.1.into(), rows.into()]).await
}
