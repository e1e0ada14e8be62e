//! Whether an exercise and its lessons can be kept as they are said.

use manara_model::{Micros, Viewer};

use super::{
    EXERCISE_CHARS, Exercise, ExerciseRefusal, ExerciseState, LESSONS, Lesson, MINUTES, OBJECTIVES, ORGANISATIONS,
    Objective, REMARK_CHARS, SCENARIO_CHARS, SPAN_DAYS, TAKING_PART, TakingPart,
};
use crate::assessment::{NAME_CHARS, day, line as one_line, words};

impl Exercise {
    /// The same, tidied; or what is wrong with it. Lessons are looked at by themselves.
    pub(crate) fn checked(&self, viewer: &Viewer, now: Micros) -> Result<Exercise, ExerciseRefusal> {
        if self.tlp > viewer.clearance {
            return Err(ExerciseRefusal::Clearance);
        }
        let day = a_day(&self.day).ok_or(ExerciseRefusal::Day)?;
        let last = if self.last.trim().is_empty() { Some(day.clone()) } else { a_day(&self.last) };
        let last = last.filter(|last| is_span(&day, last)).ok_or(ExerciseRefusal::Last)?;
        if self.state == ExerciseState::Held && is_ahead(&day, now) {
            return Err(ExerciseRefusal::Ahead);
        }
        if !(0..=MINUTES).contains(&self.minutes) {
            return Err(ExerciseRefusal::Length);
        }
        if !(0..=TAKING_PART).contains(&self.people) {
            return Err(ExerciseRefusal::People);
        }
        Ok(Exercise {
            title: one_line(&self.title, EXERCISE_CHARS).ok_or(ExerciseRefusal::Title)?,
            day,
            last,
            scenario: words(&self.scenario, SCENARIO_CHARS).ok_or(ExerciseRefusal::Scenario)?,
            organisations: organisations(&self.organisations)?,
            objectives: objectives(&self.objectives)?,
            ..self.clone()
        })
    }
}

fn organisations(all: &[TakingPart]) -> Result<Vec<TakingPart>, ExerciseRefusal> {
    if all.len() > ORGANISATIONS {
        return Err(ExerciseRefusal::TooManyOrganisations);
    }
    let mut found: Vec<TakingPart> = Vec::with_capacity(all.len());
    for (one, number) in all.iter().zip(1..) {
        let name = one_line(&one.name, NAME_CHARS).ok_or(ExerciseRefusal::Organisation(number))?;
        let one = TakingPart { constituent: one.constituent.clone(), name };
        // Named twice is once.
        if !found.contains(&one) {
            found.push(one);
        }
    }
    Ok(found)
}

fn objectives(all: &[Objective]) -> Result<Vec<Objective>, ExerciseRefusal> {
    if all.len() > OBJECTIVES {
        return Err(ExerciseRefusal::TooManyObjectives);
    }
    let checked = |(one, number): (&Objective, usize)| {
        Ok(Objective {
            id: one.id.clone(),
            text: one_line(&one.text, EXERCISE_CHARS).ok_or(ExerciseRefusal::Objective(number))?,
            result: one.result,
            remark: words(&one.remark, REMARK_CHARS).ok_or(ExerciseRefusal::Remark(number))?,
        })
    };
    all.iter().zip(1..).map(checked).collect()
}

/// Lessons, tidied; or what is wrong with one of them.
pub(crate) fn checked_lessons(all: &[Lesson], now: Micros) -> Result<Vec<Lesson>, ExerciseRefusal> {
    if all.len() > LESSONS {
        return Err(ExerciseRefusal::TooManyLessons);
    }
    let checked = |(one, number): (&Lesson, usize)| {
        let done = day(&one.done).filter(|done| !is_ahead(done, now));
        let owner = match one.owner.trim() {
            "" => Some(String::new()),
            owner => one_line(owner, NAME_CHARS),
        };
        Ok(Lesson {
            id: one.id.clone(),
            text: one_line(&one.text, EXERCISE_CHARS).ok_or(ExerciseRefusal::Lesson(number))?,
            owner: owner.ok_or(ExerciseRefusal::Owner(number))?,
            due: day(&one.due).ok_or(ExerciseRefusal::Due(number))?,
            done: done.ok_or(ExerciseRefusal::Done(number))?,
        })
    };
    all.iter().zip(1..).map(checked).collect()
}

fn a_day(text: &str) -> Option<String> {
    day(text).filter(|day| !day.is_empty())
}

/// Whether a day is yet to come, with a day of grace for who lives east of Greenwich.
pub(crate) fn is_ahead(day: &str, now: Micros) -> bool {
    day > now.plus_days(1).day().as_str()
}

fn is_span(day: &str, last: &str) -> bool {
    let at = |day: &str| Micros::parse_rfc3339(&format!("{day}T00:00:00Z"));
    let days = at(day).zip(at(last)).map(|(from, until)| (until.0 - from.0) / Micros::DAY);
    days.is_some_and(|days| (0..SPAN_DAYS).contains(&days))
}

#[cfg(test)]
mod tests {
    use manara_model::{Micros, Tlp, Viewer};

    use super::checked_lessons;
    use crate::exercise::{
        Attained, Exercise, ExerciseKind, ExerciseRefusal, ExerciseState, Lesson, Objective, TakingPart,
    };

    /// Noon of 2026-01-15.
    const NOON: Micros = Micros(1_768_478_400_000_000);

    fn blank() -> Exercise {
        Exercise { title: "Storm".into(), ..Exercise::blank("2026-01-10", Tlp::Amber) }
    }

    fn why(one: &Exercise) -> Option<ExerciseRefusal> {
        one.checked(&Viewer::system(), NOON).err()
    }

    #[test]
    fn an_exercise_says_what_is_wrong_with_it() {
        let fit = blank().checked(&Viewer::system(), NOON).expect("fit");
        assert_eq!((fit.last.as_str(), fit.version), ("2026-01-10", 0), "one day unless said otherwise");
        let with = |change: &dyn Fn(&mut Exercise)| {
            let mut one = blank();
            change(&mut one);
            why(&one)
        };
        assert_eq!(with(&|one| one.title = " ".into()), Some(ExerciseRefusal::Title));
        assert_eq!(with(&|one| one.title = "a\nb".into()), Some(ExerciseRefusal::Title));
        assert_eq!(with(&|one| one.day = String::new()), Some(ExerciseRefusal::Day));
        assert_eq!(with(&|one| one.day = "10.1.2026".into()), Some(ExerciseRefusal::Day));
        assert_eq!(with(&|one| one.last = "2026-01-09".into()), Some(ExerciseRefusal::Last), "before it began");
        assert_eq!(with(&|one| one.last = "2026-03-11".into()), Some(ExerciseRefusal::Last), "sixty-one days");
        assert_eq!(with(&|one| one.last = "2026-03-10".into()), None, "sixty days");
        assert_eq!(with(&|one| one.minutes = -1), Some(ExerciseRefusal::Length));
        assert_eq!(with(&|one| one.people = 100_001), Some(ExerciseRefusal::People));
        assert_eq!(with(&|one| one.scenario = "x".repeat(20_001)), Some(ExerciseRefusal::Scenario));
        let bad = Objective { text: "x".repeat(301), ..Objective::default() };
        let good = Objective { text: "Reach all".into(), ..Objective::default() };
        assert_eq!(with(&|one| one.objectives = vec![good.clone(), bad.clone()]), Some(ExerciseRefusal::Objective(2)));
        assert_eq!(with(&|one| one.objectives = vec![good.clone(); 51]), Some(ExerciseRefusal::TooManyObjectives));
        let nobody = TakingPart::default();
        assert_eq!(with(&|one| one.organisations = vec![nobody.clone()]), Some(ExerciseRefusal::Organisation(1)));
        let low = Viewer::cleared("viewer", Tlp::Green);
        assert_eq!(blank().checked(&low, NOON).err(), Some(ExerciseRefusal::Clearance));
    }

    #[test]
    fn what_lies_ahead_was_not_held_yet() {
        let mut one = Exercise { state: ExerciseState::Held, ..blank() };
        assert_eq!(why(&one), None);
        one.day = "2026-01-16".into();
        assert_eq!(why(&one), None, "it is tomorrow already east of Greenwich");
        one.day = "2026-01-17".into();
        assert_eq!(why(&one), Some(ExerciseRefusal::Ahead));
        one.state = ExerciseState::Planned;
        one.last.clone_from(&one.day);
        assert_eq!((why(&one), one.is_unsaid("2026-01-18"), one.is_unsaid("2026-01-17")), (None, true, false));
    }

    #[test]
    fn who_is_named_twice_takes_part_once() {
        let grid = TakingPart { constituent: "c1".into(), name: "Grid".into() };
        let one = Exercise { organisations: vec![grid.clone(), grid], ..blank() };
        assert_eq!(one.checked(&Viewer::system(), NOON).expect("fit").organisations.len(), 1);
    }

    #[test]
    fn a_lesson_is_in_time_late_or_still_open() {
        let lesson = |due: &str, done: &str| Lesson { due: due.into(), done: done.into(), ..Lesson::default() };
        let today = "2026-01-15";
        assert_eq!(lesson("2026-01-10", "2026-01-10").in_time(today), Some(true));
        assert_eq!(lesson("2026-01-10", "2026-01-11").in_time(today), Some(false));
        assert_eq!(lesson("2026-01-10", "").in_time(today), Some(false));
        assert_eq!(lesson("2026-01-15", "").in_time(today), None, "the day is not over");
        assert_eq!(lesson("", "2026-01-11").in_time(today), None, "no day was set");
        assert!(lesson("2026-01-14", "").is_late(today) && !lesson("2026-01-14", "2026-01-15").is_late(today));
    }

    #[test]
    fn lessons_say_which_of_them_is_wrong() {
        let good = Lesson { text: "Write it down".into(), ..Lesson::default() };
        let check = |bad: Lesson| checked_lessons(&[good.clone(), bad], NOON).err();
        assert_eq!(check(good.clone()), None);
        assert_eq!(check(Lesson { text: String::new(), ..good.clone() }), Some(ExerciseRefusal::Lesson(2)));
        assert_eq!(check(Lesson { owner: "x".repeat(121), ..good.clone() }), Some(ExerciseRefusal::Owner(2)));
        assert_eq!(check(Lesson { due: "soon".into(), ..good.clone() }), Some(ExerciseRefusal::Due(2)));
        assert_eq!(check(Lesson { done: "2026-02-01".into(), ..good.clone() }), Some(ExerciseRefusal::Done(2)));
        assert_eq!(checked_lessons(&vec![good; 101], NOON).err(), Some(ExerciseRefusal::TooManyLessons));
    }

    #[test]
    fn words_are_read_as_they_are_written() {
        assert!(ExerciseKind::ALL.iter().all(|kind| ExerciseKind::parse(kind.as_str()) == Some(*kind)));
        assert!(ExerciseState::ALL.iter().all(|state| ExerciseState::parse(state.as_str()) == Some(*state)));
        assert!(Attained::ALL.iter().all(|result| Attained::parse(result.as_str()) == Some(*result)));
        assert_eq!((ExerciseKind::parse(""), Attained::parse("maybe")), (None, None));
    }
}
