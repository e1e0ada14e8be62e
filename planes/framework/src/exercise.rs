//! Exercises the nation holds: what is tried, by whom, what came of it, and what was learnt.

mod calendar;
mod cases;
mod check;
mod jobs;
mod json;
mod refusal;
mod sql;

use manara_model::{Micros, Tlp};

pub use calendar::exercise_calendar;
pub use cases::exercise_cases;
pub(crate) use check::{checked_lessons, is_ahead};
pub use jobs::{lesson_done, note_results, restore_exercise, save_exercise, save_lessons, withdraw_exercise};
pub use json::{exercise_json, exercise_line_json};
pub use refusal::{ExerciseError, ExerciseRefusal};
pub use sql::{ExerciseLine, coming, exercise, exercises, withdrawn};
pub(crate) use sql::{LESSON_COLUMNS, LINE_COLUMNS, LessonLine, lesson_line, line, organisations_of};

/// Characters of a title, an objective or a lesson.
pub const EXERCISE_CHARS: usize = 300;
/// Characters of a scenario.
pub const SCENARIO_CHARS: usize = 20_000;
/// Characters of a remark about an objective.
pub const REMARK_CHARS: usize = 2_000;
/// Objectives of one exercise.
pub const OBJECTIVES: usize = 50;
/// Lessons of one exercise.
pub const LESSONS: usize = 100;
/// Organisations that take part in one exercise.
pub const ORGANISATIONS: usize = 200;
/// People who take part in one exercise.
pub const TAKING_PART: i64 = 100_000;
/// Days from the first to the last.
pub const SPAN_DAYS: i64 = 60;
/// Minutes an exercise may take: as long as all its days.
pub const MINUTES: i64 = SPAN_DAYS * 24 * 60;
/// Exercises a house keeps.
pub(crate) const EXERCISES: i64 = 10_000;

/// What sort of exercise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ExerciseKind {
    /// People talk a story through at a table.
    #[default]
    Tabletop,
    /// Whether everybody can be reached.
    Communication,
    /// Hands on: systems, artefacts, tools.
    Drill,
    /// Everybody does what they would do.
    FullScale,
}

impl ExerciseKind {
    /// All of them, in the order of lists.
    pub const ALL: [ExerciseKind; 4] = [Self::Tabletop, Self::Communication, Self::Drill, Self::FullScale];

    /// The word in SQL, files and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Tabletop => "tabletop",
            Self::Communication => "communication",
            Self::Drill => "drill",
            Self::FullScale => "full-scale",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// How far an exercise is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ExerciseState {
    /// It lies ahead, or nobody said yet that it was held.
    #[default]
    Planned,
    /// It took place.
    Held,
    /// It will not take place.
    CalledOff,
}

impl ExerciseState {
    /// All of them.
    pub const ALL: [ExerciseState; 3] = [Self::Planned, Self::Held, Self::CalledOff];

    /// The word in SQL, files and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Held => "held",
            Self::CalledOff => "called-off",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

/// What came of an objective.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attained {
    /// It was met.
    Met,
    /// In part.
    Partly,
    /// It was not.
    NotMet,
    /// There was no time or occasion to try it.
    NotTried,
}

impl Attained {
    /// All of them, from the best.
    pub const ALL: [Attained; 4] = [Self::Met, Self::Partly, Self::NotMet, Self::NotTried];

    /// The word in SQL, files and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Partly => "partly",
            Self::NotMet => "not-met",
            Self::NotTried => "not-tried",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|found| found.as_str() == text)
    }
}

/// Somebody who takes part.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TakingPart {
    /// The constituent; empty for somebody else.
    pub constituent: String,
    /// How it is called.
    pub name: String,
}

/// What an exercise is to show.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Objective {
    /// Its id; empty for a new one.
    pub id: String,
    /// What is to be shown.
    pub text: String,
    /// What came of it; nothing until somebody says it.
    pub result: Option<Attained>,
    /// More about the result.
    pub remark: String,
}

/// What was learnt and is to be carried out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lesson {
    /// Its id; empty for a new one.
    pub id: String,
    /// What is to be done.
    pub text: String,
    /// Who sees to it.
    pub owner: String,
    /// The last day for it, as 2026-11-22; empty for none.
    pub due: String,
    /// The day it was done; empty while it is not.
    pub done: String,
}

impl Lesson {
    /// Whether its day is over and it is not done.
    pub fn is_late(&self, today: &str) -> bool {
        self.done.is_empty() && !self.due.is_empty() && self.due.as_str() < today
    }

    /// Whether it was done in time; nothing while that is open, or where no day was set.
    pub fn in_time(&self, today: &str) -> Option<bool> {
        match (self.due.is_empty(), self.done.is_empty()) {
            (true, _) => None,
            (false, false) => Some(self.done <= self.due),
            (false, true) => self.is_late(today).then_some(false),
        }
    }
}

/// An exercise, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exercise {
    /// Its id; empty for a new one.
    pub id: String,
    /// How it is called.
    pub title: String,
    /// What sort.
    pub kind: ExerciseKind,
    /// How far it is.
    pub state: ExerciseState,
    /// The first day, as 2026-11-22.
    pub day: String,
    /// The last day; the first for one of a day.
    pub last: String,
    /// How long it takes altogether, in minutes; 0 while nobody said.
    pub minutes: i64,
    /// The story.
    pub scenario: String,
    /// Who may see it.
    pub tlp: Tlp,
    /// How many people take part; 0 while nobody said.
    pub people: i64,
    /// Who takes part.
    pub organisations: Vec<TakingPart>,
    /// What it is to show.
    pub objectives: Vec<Objective>,
    /// What was learnt.
    pub lessons: Vec<Lesson>,
    /// Who made the record.
    pub made_by: String,
    /// When it was changed last.
    pub changed: Micros,
    /// Grows with every change; 0 for a new one.
    pub version: i64,
    /// Whether it was taken out of sight.
    pub is_withdrawn: bool,
}

impl Exercise {
    /// An empty one to be filled, on a day.
    pub fn blank(day: &str, tlp: Tlp) -> Exercise {
        Exercise {
            id: String::new(),
            title: String::new(),
            kind: ExerciseKind::default(),
            state: ExerciseState::default(),
            day: day.to_string(),
            last: String::new(),
            minutes: 0,
            scenario: String::new(),
            tlp,
            people: 0,
            organisations: Vec::new(),
            objectives: Vec::new(),
            lessons: Vec::new(),
            made_by: String::new(),
            changed: Micros(0),
            version: 0,
            is_withdrawn: false,
        }
    }

    /// How many objectives had a result.
    pub fn count(&self, result: Attained) -> usize {
        self.objectives.iter().filter(|objective| objective.result == Some(result)).count()
    }

    /// Whether its last day is over and nobody said that it was held or called off.
    pub fn is_unsaid(&self, today: &str) -> bool {
        self.state == ExerciseState::Planned && self.last.as_str() < today
    }
}
