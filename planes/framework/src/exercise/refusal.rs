//! Why something was not done with an exercise.

use manara_store::StoreError;

use super::{
    EXERCISE_CHARS, EXERCISES, LESSONS, MINUTES, OBJECTIVES, ORGANISATIONS, REMARK_CHARS, SCENARIO_CHARS, SPAN_DAYS,
    TAKING_PART,
};
use crate::assessment::NAME_CHARS;

/// Why something was not done; of lists it says which line is meant, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ExerciseRefusal {
    /// It is not there, or may not be seen.
    #[error("there is no such exercise; `manara exercise list` shows them")]
    NotFound,
    /// Somebody else changed it.
    #[error("somebody else changed the exercise since; look at it and try again")]
    Stale,
    /// It was withdrawn.
    #[error("the exercise was withdrawn; restore it first")]
    Withdrawn,
    /// There are as many as there may be.
    #[error("there are {EXERCISES} exercises already, and no more are kept")]
    Full,
    /// The marking is stricter than what the person may see.
    #[error("the marking is stricter than what you may see")]
    Clearance,
    /// The title.
    #[error("a title has 1 to {EXERCISE_CHARS} characters on one line")]
    Title,
    /// The kind.
    #[error("there is no such kind; expected tabletop, communication, drill or full-scale")]
    Kind,
    /// The state.
    #[error("there is no such state; expected planned, held or called-off")]
    State,
    /// The first day.
    #[error("the first day is written as 2026-11-22")]
    Day,
    /// The last day.
    #[error("the last day is written as 2026-11-22, not before the first, and {SPAN_DAYS} days are the most")]
    Last,
    /// How long it takes.
    #[error("the length is a number of minutes from 0 to {MINUTES}")]
    Length,
    /// How many people.
    #[error("the number of people is from 0 to {TAKING_PART}")]
    People,
    /// The scenario.
    #[error("a scenario has {SCENARIO_CHARS} characters at most")]
    Scenario,
    /// The name of an organisation.
    #[error("organisation {0}: a name has 1 to {NAME_CHARS} characters on one line")]
    Organisation(usize),
    /// Too many organisations.
    #[error("an exercise has {ORGANISATIONS} organisations at most")]
    TooManyOrganisations,
    /// An objective.
    #[error("objective {0}: the text has 1 to {EXERCISE_CHARS} characters on one line")]
    Objective(usize),
    /// Too many objectives.
    #[error("an exercise has {OBJECTIVES} objectives at most")]
    TooManyObjectives,
    /// There is no such objective.
    #[error("there is no objective {0}")]
    NoObjective(usize),
    /// The result of an objective.
    #[error("objective {0}: expected met, partly, not-met or not-tried")]
    Result(usize),
    /// The remark about an objective.
    #[error("objective {0}: a remark has {REMARK_CHARS} characters at most")]
    Remark(usize),
    /// It was not held yet.
    #[error("the exercise lies ahead; it was not held yet: change its day first")]
    Ahead,
    /// It was called off.
    #[error("the exercise was called off; change its state first")]
    CalledOff,
    /// The text of a lesson.
    #[error("lesson {0}: the text has 1 to {EXERCISE_CHARS} characters on one line")]
    Lesson(usize),
    /// Who sees to a lesson.
    #[error("lesson {0}: the owner is a name of {NAME_CHARS} characters at most, on one line")]
    Owner(usize),
    /// The day for a lesson.
    #[error("lesson {0}: the day until when is written as 2026-11-22, or left empty")]
    Due(usize),
    /// The day a lesson was done.
    #[error("lesson {0}: the day it was done is written as 2026-11-22, and does not lie ahead")]
    Done(usize),
    /// Too many lessons.
    #[error("an exercise has {LESSONS} lessons at most")]
    TooManyLessons,
    /// There is no such lesson.
    #[error("there is no such lesson")]
    NoLesson,
}

impl ExerciseRefusal {
    /// The last part of the message key: `exercise-refused-…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotFound => "not-found",
            Self::Stale => "stale",
            Self::Withdrawn => "withdrawn",
            Self::Full => "full",
            Self::Clearance => "clearance",
            Self::Title => "title",
            Self::Kind => "kind",
            Self::State => "state",
            Self::Day => "day",
            Self::Last => "last",
            Self::Length => "length",
            Self::People => "people",
            Self::Scenario => "scenario",
            Self::Organisation(_) => "organisation",
            Self::TooManyOrganisations => "too-many-organisations",
            Self::Objective(_) => "objective",
            Self::TooManyObjectives => "too-many-objectives",
            Self::NoObjective(_) => "no-objective",
            Self::Result(_) => "result",
            Self::Remark(_) => "remark",
            Self::Ahead => "ahead",
            Self::CalledOff => "called-off",
            Self::Lesson(_) => "lesson",
            Self::Owner(_) => "owner",
            Self::Due(_) => "due",
            Self::Done(_) => "done",
            Self::TooManyLessons => "too-many-lessons",
            Self::NoLesson => "no-lesson",
        }
    }

    /// Which line of a list is meant; 0 where none is.
    pub fn number(self) -> usize {
        match self {
            Self::Organisation(number)
            | Self::Objective(number)
            | Self::NoObjective(number)
            | Self::Result(number)
            | Self::Remark(number)
            | Self::Lesson(number)
            | Self::Owner(number)
            | Self::Due(number)
            | Self::Done(number) => number,
            _ => 0,
        }
    }

    /// The member of a program's order that is meant; nothing where it is none.
    pub fn field(self) -> Option<&'static str> {
        Some(match self {
            Self::Clearance => "tlp",
            Self::Title => "title",
            Self::Kind => "kind",
            Self::State => "state",
            Self::Day => "day",
            Self::Last => "last",
            Self::Length => "minutes",
            Self::People => "people",
            Self::Scenario => "scenario",
            Self::Organisation(_) | Self::TooManyOrganisations => "organisations",
            Self::Objective(_) | Self::TooManyObjectives => "objectives",
            Self::NoObjective(_) | Self::Result(_) | Self::Remark(_) => "results",
            Self::Lesson(_) | Self::Owner(_) | Self::Due(_) | Self::Done(_) | Self::TooManyLessons => "lessons",
            _ => return None,
        })
    }
}

/// Why a change was not made.
#[derive(Debug, thiserror::Error)]
pub enum ExerciseError {
    /// It may not be.
    #[error("{0}")]
    Refused(#[from] ExerciseRefusal),
    /// The state database.
    #[error(transparent)]
    Store(#[from] StoreError),
}
