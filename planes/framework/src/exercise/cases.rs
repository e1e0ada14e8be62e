//! What the figures of quality are made of: exercises held, objectives met, lessons carried out in time.

use manara_model::{Micros, Viewer};
use manara_store::{Db, Row, StoreError};

use super::{Attained, ExerciseState, Lesson, sql};
use crate::quality::{CASES, Case, Cases, Period};

/// The cases of the measures `exercises`, `exercise-objectives` and `exercise-lessons` in a period, as far as a viewer may see them. A day counts
/// from its beginning in UTC.
pub async fn exercise_cases(db: &Db, viewer: &Viewer, period: Period, now: Micros) -> Result<Vec<Cases>, StoreError> {
    let span = (period.from.day(), period.until.day());
    let today = now.day();
    let exercises = sql::exercise_days(db, viewer, (&span.0, &span.1), CASES).await?;
    let objectives = sql::result_days(db, viewer, (&span.0, &span.1), CASES).await?;
    let lessons = sql::lesson_days(db, viewer, (&span.0, &span.1), CASES).await?;
    Ok(vec![
        cases("exercises", &exercises, |row| Ok(held(&row.text(0)?, &row.text(1)?, &today)))?,
        cases("exercise-objectives", &objectives, |row| Ok(attained(&row.text(0)?, &row.text(1)?)))?,
        cases("exercise-lessons", &lessons, |row| Ok(in_time(row.text(0)?, row.text(1)?, &today)))?,
    ])
}

/// A day and what it was worth: nothing where the day cannot be read.
type Said = (String, Option<f64>);

fn cases(
    measure: &'static str,
    rows: &[Row],
    read: impl Fn(&Row) -> Result<Said, StoreError>,
) -> Result<Cases, StoreError> {
    let mut cases = Vec::with_capacity(rows.len());
    for row in rows {
        let (day, value) = read(row)?;
        if let Some(at) = Micros::parse_rfc3339(&format!("{day}T00:00:00Z")) {
            cases.push(Case { at, value, count: row.int(2)? });
        }
    }
    let is_cut = i64::try_from(rows.len()).unwrap_or(i64::MAX) >= CASES;
    Ok(Cases { measure, cases, is_cut })
}

/// One that was held counts; one whose days are over and that nobody said was held counts as none; one that lies ahead waits.
fn held(last: &str, state: &str, today: &str) -> Said {
    let value = match ExerciseState::parse(state) {
        Some(ExerciseState::Held) => Some(1.0),
        _ if last < today => Some(0.0),
        _ => None,
    };
    (last.to_string(), value)
}

/// An objective that was met in full counts; one nobody tried, or spoke of, waits.
fn attained(last: &str, result: &str) -> Said {
    let value = match Attained::parse(result) {
        Some(Attained::Met) => Some(1.0),
        Some(Attained::Partly | Attained::NotMet) => Some(0.0),
        Some(Attained::NotTried) | None => None,
    };
    (last.to_string(), value)
}

/// A lesson counts on the day it was to be done, or when it was done if that was sooner.
fn in_time(due: String, done: String, today: &str) -> Said {
    let lesson = Lesson { due, done, ..Lesson::default() };
    let value = lesson.in_time(today).map(|in_time| if in_time { 1.0 } else { 0.0 });
    let is_sooner = !lesson.done.is_empty() && lesson.done < lesson.due;
    (if is_sooner { lesson.done } else { lesson.due }, value)
}

#[cfg(test)]
mod tests {
    use super::{attained, held, in_time};

    const TODAY: &str = "2026-01-15";

    #[test]
    fn an_exercise_nobody_spoke_of_counts_as_none_once_its_days_are_over() {
        let of = |last: &str, state: &str| held(last, state, TODAY).1;
        assert_eq!(of("2026-01-15", "held"), Some(1.0));
        assert_eq!(of("2026-01-14", "planned"), Some(0.0));
        assert_eq!(of("2026-01-15", "planned"), None);
    }

    #[test]
    fn only_what_was_met_in_full_is_met() {
        let of = |result: &str| attained(TODAY, result).1;
        assert_eq!([of("met"), of("partly"), of("not-met")], [Some(1.0), Some(0.0), Some(0.0)]);
        assert_eq!([of("not-tried"), of("")], [None, None]);
    }

    #[test]
    fn a_lesson_counts_when_it_was_done_or_should_have_been() {
        let of = |due: &str, done: &str| in_time(due.into(), done.into(), TODAY);
        assert_eq!(of("2026-01-10", "2026-01-02"), ("2026-01-02".into(), Some(1.0)));
        assert_eq!(of("2026-01-10", "2026-01-12"), ("2026-01-10".into(), Some(0.0)));
        assert_eq!(of("2026-01-10", ""), ("2026-01-10".into(), Some(0.0)));
        assert_eq!(of("2026-01-20", ""), ("2026-01-20".into(), None));
    }
}
