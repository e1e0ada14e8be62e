//! What can be typed about kept designs and programmes.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{DaysOffArgs, LineArgs, OwnTaskArgs, Place};

/// `programme`.
#[derive(Debug, Args)]
pub struct Programme {
    #[command(subcommand)]
    pub action: ProgrammeAction,
}

/// What to do with programmes.
#[derive(Debug, Subcommand)]
pub enum ProgrammeAction {
    /// List programmes, oldest first.
    List {
        #[command(flatten)]
        place: Place,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Plan a programme from a kept design, and print its id.
    Plan(PlanArgs),
    /// Print how a programme stands: what is earned, late and critical, when it ends.
    Status {
        #[command(flatten)]
        place: Place,
        /// The programme.
        id: String,
        /// Language of the names: en, ar or fr.
        #[arg(long, value_name = "TAG", default_value = "en")]
        lang: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Apply the building blocks of a programme, in its order: switch on what they bring, and say what is left for people;
    /// exit code 3 when something is.
    Apply {
        #[command(flatten)]
        place: Place,
        /// The programme.
        id: String,
        /// Only these blocks.
        #[arg(long = "block", value_delimiter = ',', value_name = "ID")]
        blocks: Vec<String>,
        /// Only say what would be done.
        #[arg(long)]
        preview: bool,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Close a programme: every task is accepted, every line of handover and closure ticked off.
    Close {
        #[command(flatten)]
        place: Place,
        /// The programme.
        id: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Open a closed programme again.
    Reopen {
        #[command(flatten)]
        place: Place,
        /// The programme.
        id: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Show a task, begin, end or accept it; add, change or remove one of the team's own.
    Task(OwnTaskArgs),
    /// List, add, correct, tick off or remove risks, and lines of handover and closure.
    Line(LineArgs),
    /// Print or set the days off that a programme passes over beside its weekends.
    DaysOff(DaysOffArgs),
    /// Write a programme for other planners.
    Export {
        #[command(flatten)]
        place: Place,
        /// The programme.
        id: String,
        /// csv, xml (Microsoft Project) or ics (iCalendar).
        #[arg(long, default_value = "csv")]
        format: String,
        /// Language of the names: en, ar or fr.
        #[arg(long, value_name = "TAG", default_value = "en")]
        lang: String,
        /// The file; standard output without it.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
}

/// `programme plan`.
#[derive(Debug, Args)]
pub struct PlanArgs {
    #[command(flatten)]
    pub place: Place,
    /// The kept design; `manara design list` shows them.
    #[arg(long, value_name = "ID")]
    pub design: String,
    /// The first day, such as 2027-01-04.
    #[arg(long, value_name = "DAY")]
    pub start: String,
    /// People there are: a number for all together, or ROLE=N for a role; several with commas. Nothing sets no limit.
    #[arg(long, value_delimiter = ',', value_name = "N|ROLE=N")]
    pub people: Vec<String>,
    /// The days off: sat,sun fri,sat thu,fri fri or sun; without it those of the country in cirt.toml.
    #[arg(long, value_name = "DAYS")]
    pub weekend: Option<String>,
    /// How it is called; without it as the design.
    #[arg(long, default_value = "")]
    pub name: String,
    /// Answer in JSON.
    #[arg(long)]
    pub json: bool,
}
