//! What can be typed about a team's own tasks and about days off.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::Place;

/// `programme task`.
#[derive(Debug, Args)]
pub struct OwnTaskArgs {
    #[command(subcommand)]
    pub action: OwnTaskAction,
}

/// What to do with a task, or with tasks of the team's own.
#[derive(Debug, Subcommand)]
pub enum OwnTaskAction {
    /// Show any task of a programme: how it stands, what proves it, and what proved it before it was opened again.
    Show {
        #[command(flatten)]
        place: Place,
        /// The programme.
        id: String,
        /// The number of the task.
        number: i64,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Say that a task is begun.
    Begin(Step),
    /// Say that a task is done; it waits for whoever accepts it.
    Done(Step),
    /// Put a task back that is begun, done or accepted: what proved it is kept.
    Reopen {
        #[command(flatten)]
        step: Step,
        /// Not begun at all; without it it goes on.
        #[arg(long)]
        open: bool,
    },
    /// Accept what a task gives, with what proves it: words, a document or address, a file.
    Accept {
        #[command(flatten)]
        place: Place,
        /// The programme.
        id: String,
        /// The number of the task.
        number: i64,
        /// What proves it, in words.
        #[arg(long, value_name = "TEXT", default_value = "")]
        proof: String,
        /// A document by its name, or an address.
        #[arg(long, value_name = "TEXT", conflicts_with = "file", default_value = "")]
        link: String,
        /// A file that is kept with it.
        #[arg(long, value_name = "FILE")]
        file: Option<PathBuf>,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Add a task to a programme, and print its number.
    Add {
        #[command(flatten)]
        place: Place,
        /// The programme.
        id: String,
        #[command(flatten)]
        said: Said,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Change a task that the team added; what is not named stays.
    Change {
        #[command(flatten)]
        place: Place,
        /// The programme.
        id: String,
        /// The number of the task.
        number: i64,
        #[command(flatten)]
        said: Said,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Remove a task that the team added.
    Remove {
        #[command(flatten)]
        place: Place,
        /// The programme.
        id: String,
        /// The number of the task.
        number: i64,
        /// Why; needed when work was done on it.
        #[arg(long, default_value = "")]
        why: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Bring a removed task back.
    Restore {
        #[command(flatten)]
        place: Place,
        /// The programme.
        id: String,
        /// The number of the task.
        number: i64,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
}

/// A step of a task.
#[derive(Debug, Args)]
pub struct Step {
    #[command(flatten)]
    pub place: Place,
    /// The programme.
    pub id: String,
    /// The number of the task.
    pub number: i64,
    /// When it happened, such as 2027-01-04; today without it.
    #[arg(long, value_name = "DAY")]
    pub day: Option<String>,
    /// Answer in JSON.
    #[arg(long)]
    pub json: bool,
}

/// What is said of a task.
#[derive(Debug, Args)]
pub struct Said {
    /// How it is called.
    #[arg(long)]
    pub name: Option<String>,
    /// What is there when it is done.
    #[arg(long)]
    pub deliverable: Option<String>,
    /// Who sees to it.
    #[arg(long)]
    pub owner: Option<String>,
    /// The roles it takes, several with commas.
    #[arg(long, value_delimiter = ',', value_name = "ROLE")]
    pub roles: Option<Vec<String>>,
    /// Days of work: a number, or FROM-TO.
    #[arg(long, value_name = "DAYS")]
    pub effort: Option<String>,
    /// Working days it lasts; without it as long as its work takes.
    #[arg(long, value_name = "N")]
    pub days: Option<i64>,
    /// What it costs: a number, or FROM-TO.
    #[arg(long, value_name = "MONEY")]
    pub money: Option<String>,
    /// Who pays: member-state, donor or itu.
    #[arg(long)]
    pub payer: Option<String>,
    /// The numbers of the tasks that must be done before, with commas.
    #[arg(long, value_delimiter = ',', value_name = "NUMBER")]
    pub needs: Option<Vec<i64>>,
    /// The numbers of the tasks that wait for it, with commas; a new task comes before the closure without it.
    #[arg(long, value_delimiter = ',', value_name = "NUMBER")]
    pub needed_by: Option<Vec<i64>>,
}

/// `programme days-off`.
#[derive(Debug, Args)]
pub struct DaysOffArgs {
    #[command(subcommand)]
    pub action: DaysOffAction,
}

/// What to do with days off.
#[derive(Debug, Subcommand)]
pub enum DaysOffAction {
    /// Print the days off of a programme; without one those of the nation, which new programmes begin with.
    List {
        #[command(flatten)]
        place: Place,
        /// The programme.
        id: Option<String>,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Set the days off of a programme, or of the nation, to those of a list: on each line a day, a comma and a name.
    Set {
        #[command(flatten)]
        place: Place,
        /// The programme.
        id: Option<String>,
        /// The list; - for standard input.
        #[arg(long, value_name = "FILE")]
        file: PathBuf,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
}
