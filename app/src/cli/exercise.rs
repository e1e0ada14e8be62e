//! What can be typed about exercises.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::Place;

/// `exercise`.
#[derive(Debug, Args)]
pub struct Exercises {
    #[command(subcommand)]
    pub action: ExerciseAction,
}

/// What to do with exercises.
#[derive(Debug, Subcommand)]
pub enum ExerciseAction {
    /// List the exercises, by their first day; exit code 3 when the days of one are over and nobody said whether it was held.
    List {
        #[command(flatten)]
        place: Place,
        /// planned, held or called-off alone.
        #[arg(long, value_name = "WORD")]
        state: Option<String>,
        /// Those that were withdrawn instead.
        #[arg(long, conflicts_with = "state")]
        withdrawn: bool,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Plan an exercise, and print its id.
    New {
        #[command(flatten)]
        place: Place,
        /// How it is called.
        #[arg(long, value_name = "TEXT")]
        title: String,
        /// The first day, such as 2026-11-22.
        #[arg(long, value_name = "DAY")]
        day: String,
        /// tabletop, communication, drill or full-scale.
        #[arg(long, value_name = "WORD", default_value = "tabletop")]
        kind: String,
        #[command(flatten)]
        said: Box<ExerciseSaid>,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Print an exercise: facts, objectives with their results, lessons; one that was withdrawn too.
    Show {
        #[command(flatten)]
        place: Place,
        /// The exercise.
        id: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Change an exercise; what is not named stays.
    Edit(ExerciseEdit),
    /// Note what came of an objective, and with that that the exercise was held.
    Result {
        #[command(flatten)]
        place: Place,
        /// The exercise.
        id: String,
        /// The number of the objective; `manara exercise show` has them.
        #[arg(value_name = "NUMBER")]
        objective: usize,
        /// met, partly, not-met or not-tried.
        #[arg(value_name = "WORD")]
        result: String,
        /// More about it; without it the remark stays.
        #[arg(long, value_name = "TEXT")]
        remark: Option<String>,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Add a lesson to an exercise, or change the one of a number.
    Lesson(ExerciseLesson),
    /// Take an exercise out of sight: it counts nowhere, and is kept.
    Withdraw {
        #[command(flatten)]
        place: Place,
        /// The exercise.
        id: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Bring an exercise back that was withdrawn.
    Restore {
        #[command(flatten)]
        place: Place,
        /// The exercise; `manara exercise list --withdrawn` shows them.
        id: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Write the exercises to come as a calendar (iCalendar).
    Calendar {
        #[command(flatten)]
        place: Place,
        /// The language: en, ar or fr.
        #[arg(long, value_name = "TAG", default_value = "en")]
        lang: String,
        /// The file; standard output without it.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
}

/// What else is said of an exercise.
#[derive(Debug, Args)]
pub struct ExerciseSaid {
    /// The last day; without it an exercise is one of a day.
    #[arg(long, value_name = "DAY")]
    pub last: Option<String>,
    /// How long it takes altogether, in minutes.
    #[arg(long, value_name = "N")]
    pub minutes: Option<i64>,
    /// How many people take part.
    #[arg(long, value_name = "N")]
    pub people: Option<i64>,
    /// CLEAR, GREEN, AMBER, AMBER+STRICT or RED.
    #[arg(long)]
    pub tlp: Option<String>,
    /// Who takes part: a constituent by name or id, or anybody else by name; once for each.
    #[arg(long = "organisation", value_name = "NAME")]
    pub organisations: Vec<String>,
    /// What it is to show; once for each. They are added to those there are.
    #[arg(long = "objective", value_name = "TEXT")]
    pub objectives: Vec<String>,
    /// A file with the scenario.
    #[arg(long, value_name = "FILE")]
    pub scenario: Option<PathBuf>,
}

/// `exercise edit`.
#[derive(Debug, Args)]
pub struct ExerciseEdit {
    #[command(flatten)]
    pub place: Place,
    /// The exercise.
    pub id: String,
    /// How it is called.
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// The first day, such as 2026-11-22.
    #[arg(long, value_name = "DAY")]
    pub day: Option<String>,
    /// tabletop, communication, drill or full-scale.
    #[arg(long, value_name = "WORD")]
    pub kind: Option<String>,
    /// planned, held or called-off.
    #[arg(long, value_name = "WORD")]
    pub state: Option<String>,
    /// Takes away the objective of a number; once for each.
    #[arg(long = "drop-objective", value_name = "NUMBER")]
    pub dropped: Vec<usize>,
    #[command(flatten)]
    pub said: Box<ExerciseSaid>,
    /// Answer in JSON.
    #[arg(long)]
    pub json: bool,
}

/// `exercise lesson`.
#[derive(Debug, Args)]
pub struct ExerciseLesson {
    #[command(flatten)]
    pub place: Place,
    /// The exercise.
    pub id: String,
    /// The number of a lesson that is there; without it a new one is added.
    #[arg(long, value_name = "NUMBER")]
    pub number: Option<usize>,
    /// What is to be done.
    #[arg(long, value_name = "TEXT", required_unless_present = "number")]
    pub text: Option<String>,
    /// Who sees to it.
    #[arg(long, value_name = "NAME")]
    pub owner: Option<String>,
    /// The last day for it, such as 2026-11-22.
    #[arg(long, value_name = "DAY")]
    pub due: Option<String>,
    /// The day it was done, such as 2026-11-22; empty takes that back.
    #[arg(long, value_name = "DAY")]
    pub done: Option<String>,
    /// Takes the lesson of the number away.
    #[arg(long, requires = "number", conflicts_with_all = ["text", "owner", "due", "done"])]
    pub remove: bool,
    /// Answer in JSON.
    #[arg(long)]
    pub json: bool,
}
