//! What can be typed about law and the national strategy.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::Place;

/// `law`.
#[derive(Debug, Args)]
pub struct Law {
    #[command(subcommand)]
    pub action: LawAction,
}

/// What to do with a workspace of law.
#[derive(Debug, Subcommand)]
pub enum LawAction {
    /// Print the gap table of an assessment of law.
    Show {
        #[command(flatten)]
        place: Place,
        /// The assessment; `manara assess list` shows them.
        id: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Write what domestic law says to an article, and how far it covers it.
    Write {
        #[command(flatten)]
        place: Place,
        /// The assessment.
        id: String,
        /// The article, such as BC-02.
        #[arg(long, value_name = "ID")]
        item: String,
        /// covered, partly, no or n/a; without it what was said stays.
        #[arg(long, value_name = "WORD")]
        standing: Option<String>,
        /// Law and article.
        #[arg(long, default_value = "")]
        citation: String,
        /// Where it can be read.
        #[arg(long, value_name = "ADDRESS", default_value = "")]
        link: String,
        /// The language of the text, such as ar.
        #[arg(long, value_name = "TAG", default_value = "")]
        language: String,
        /// A file with the text of the provision.
        #[arg(long, value_name = "FILE")]
        text: Option<PathBuf>,
        /// What is still to be drafted.
        #[arg(long, default_value = "")]
        note: String,
        /// For whom you speak.
        #[arg(long, value_name = "NAME", default_value = "Manara")]
        organisation: String,
    },
}

/// `strategy`.
#[derive(Debug, Args)]
pub struct Strategy {
    #[command(subcommand)]
    pub action: StrategyAction,
}

/// What to do with the national strategy.
#[derive(Debug, Subcommand)]
pub enum StrategyAction {
    /// Print stakeholders, actions, critical functions and reviews; exit code 3 when an action is late.
    Show {
        #[command(flatten)]
        place: Place,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Add an action, and print its id.
    Add {
        #[command(flatten)]
        place: Place,
        /// What is to be done.
        #[arg(long)]
        title: String,
        /// The goal or step of the five elements it serves, such as NS-S2.
        #[arg(long, value_name = "ID", default_value = "")]
        item: String,
        /// Who sees to it.
        #[arg(long, default_value = "")]
        owner: String,
        /// The last day, such as 2026-11-22.
        #[arg(long, value_name = "DAY", default_value = "")]
        due: String,
        /// CLEAR, GREEN, AMBER, AMBER+STRICT or RED.
        #[arg(long, default_value = "AMBER")]
        tlp: String,
    },
    /// Write the reviews as a calendar (iCalendar).
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
