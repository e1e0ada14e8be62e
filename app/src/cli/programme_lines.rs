//! What can be typed about the lines beside the tasks of a programme.

use clap::{Args, Subcommand};

use super::Place;

/// `programme line`.
#[derive(Debug, Args)]
pub struct LineArgs {
    #[command(subcommand)]
    pub action: LineAction,
}

/// What to do with risks, and with lines of handover and closure.
#[derive(Debug, Subcommand)]
pub enum LineAction {
    /// List the lines of a programme, and those that were removed.
    List {
        #[command(flatten)]
        place: Place,
        /// The programme.
        id: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Show a line, and what it said before.
    Show {
        #[command(flatten)]
        place: Place,
        /// The programme.
        id: String,
        /// The line; `manara programme line list` shows them.
        line: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Add a line, and print its id.
    Add {
        #[command(flatten)]
        place: Place,
        /// The programme.
        id: String,
        /// risk, handover or closure.
        #[arg(long, default_value = "risk")]
        kind: String,
        #[command(flatten)]
        said: LineSaid,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Correct a line; what is not named stays.
    Change {
        #[command(flatten)]
        place: Place,
        /// The programme.
        id: String,
        /// The line.
        line: String,
        #[command(flatten)]
        said: LineSaid,
        /// The version that was seen; another one is refused.
        #[arg(long, value_name = "N")]
        version: Option<i64>,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Tick a line off, or put it back.
    Tick {
        #[command(flatten)]
        place: Place,
        /// The programme.
        id: String,
        /// The line.
        line: String,
        /// Put it back.
        #[arg(long)]
        back: bool,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Remove a line; it is kept.
    Remove {
        #[command(flatten)]
        place: Place,
        /// The programme.
        id: String,
        /// The line.
        line: String,
        /// The version that was seen; another one is refused.
        #[arg(long, value_name = "N")]
        version: Option<i64>,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Bring a removed line back.
    Restore {
        #[command(flatten)]
        place: Place,
        /// The programme.
        id: String,
        /// The line.
        line: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
}

/// What a line says.
#[derive(Debug, Args)]
pub struct LineSaid {
    /// What it says; empty gives a usual line its usual words.
    #[arg(long)]
    pub text: Option<String>,
    /// How likely a risk is: 1, 2 or 3.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(i64).range(1..=3))]
    pub likelihood: Option<i64>,
    /// How much it would cost: 1, 2 or 3.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(i64).range(1..=3))]
    pub impact: Option<i64>,
    /// What is done about it.
    #[arg(long)]
    pub answer: Option<String>,
    /// Who sees to it.
    #[arg(long)]
    pub owner: Option<String>,
}
