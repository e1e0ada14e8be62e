//! What can be typed about proofs of building blocks, courses and certificates.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::Place;

/// `establish proof`.
#[derive(Debug, Args)]
pub struct ProofArgs {
    #[command(subcommand)]
    pub action: ProofAction,
}

/// What to do with what proves a building block.
#[derive(Debug, Subcommand)]
pub enum ProofAction {
    /// Show what proves an applied block, and who accepted it.
    Show {
        #[command(flatten)]
        place: Place,
        /// The block.
        block: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Bring what proves a block: a text, a link or a file.
    Bring {
        #[command(flatten)]
        place: Place,
        /// The block.
        block: String,
        /// Who brings it: somebody who may sign in and answer assessments.
        #[arg(long, value_name = "NAME")]
        by: String,
        /// What it is, in words.
        #[arg(long, default_value = "")]
        text: String,
        /// Where it is.
        #[arg(long, value_name = "ADDRESS", default_value = "")]
        link: String,
        /// A file; it is kept with its hash.
        #[arg(long, value_name = "FILE")]
        file: Option<PathBuf>,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Say who brings the proof of a block, and until when.
    Assign {
        #[command(flatten)]
        place: Place,
        /// The block.
        block: String,
        /// Who brings it.
        #[arg(long, value_name = "NAME", default_value = "")]
        person: String,
        /// Until which day, such as 2026-12-31.
        #[arg(long, value_name = "DAY", default_value = "")]
        due: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Accept what was brought; one's own only where nobody else may accept.
    Accept {
        #[command(flatten)]
        place: Place,
        /// The block.
        block: String,
        /// Who accepts it: somebody who may sign in and change rules.
        #[arg(long, value_name = "NAME")]
        by: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Say that what was brought is not enough.
    Refuse {
        #[command(flatten)]
        place: Place,
        /// The block.
        block: String,
        /// Who says so: somebody who may sign in and change rules.
        #[arg(long, value_name = "NAME")]
        by: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
}

/// `training`.
#[derive(Debug, Args)]
pub struct Training {
    #[command(subcommand)]
    pub action: TrainingAction,
}

/// What to do about courses.
#[derive(Debug, Subcommand)]
pub enum TrainingAction {
    /// List the courses of the services that are on.
    List {
        #[command(flatten)]
        place: Place,
        /// The language: en, ar or fr.
        #[arg(long, value_name = "TAG", default_value = "en")]
        lang: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Print the questions of a course, with the number of each answer.
    Ask {
        #[command(flatten)]
        place: Place,
        /// The course; `manara training list` shows them.
        course: String,
        /// The language: en, ar or fr.
        #[arg(long, value_name = "TAG", default_value = "en")]
        lang: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Answer the questions of a course; exit code 3 when it was not enough.
    Answer {
        #[command(flatten)]
        place: Place,
        /// The course.
        course: String,
        /// Who answers: somebody who may sign in.
        #[arg(long, value_name = "NAME")]
        by: String,
        /// The language the questions were asked in.
        #[arg(long, value_name = "TAG", default_value = "en")]
        lang: String,
        /// The version that `training ask` printed: other questions are not answered by mistake.
        #[arg(long, value_name = "HASH")]
        version: String,
        /// For each question the numbers of the answers with commas, as `training ask` prints them: 2 1,3 1
        #[arg(required = true, value_name = "ANSWERS")]
        answers: Vec<String>,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// List what somebody answered, the newest first.
    Attempts {
        #[command(flatten)]
        place: Place,
        /// Who.
        person: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Check the number of a certificate; exit code 3 when there is none.
    Certificate {
        #[command(flatten)]
        place: Place,
        /// The number.
        number: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// List who has read which document of the manual as it is, and who passed which course; exit code 3 when somebody has to
    /// read one.
    Readers {
        #[command(flatten)]
        place: Place,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
}
