//! What can be typed about law and the national strategy.

use std::path::PathBuf;

use clap::{ArgGroup, Args, Subcommand};

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
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
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
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Add a stakeholder, and print its id.
    Stakeholder {
        #[command(flatten)]
        place: Place,
        /// A person or an office.
        #[arg(long)]
        name: String,
        /// Whose.
        #[arg(long)]
        organisation: String,
        /// How to reach them.
        #[arg(long, default_value = "")]
        contact: String,
        /// What they are to a goal: NS-G2=accountable; responsible, accountable, consulted or informed.
        #[arg(long = "part", value_name = "GOAL=WORD")]
        parts: Vec<String>,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Add a critical function, and print its id.
    Function {
        #[command(flatten)]
        place: Place,
        /// Its name.
        #[arg(long)]
        name: String,
        /// Who answers for it.
        #[arg(long, default_value = "")]
        owner: String,
        /// More.
        #[arg(long, default_value = "")]
        note: String,
        /// A function without which it cannot work, by its name.
        #[arg(long, value_name = "NAME")]
        needs: Vec<String>,
        /// A constituent that provides it, by its name or id.
        #[arg(long, value_name = "NAME")]
        provider: Vec<String>,
        /// CLEAR, GREEN, AMBER, AMBER+STRICT or RED.
        #[arg(long, default_value = "AMBER")]
        tlp: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Add a review, and print its id.
    Review {
        #[command(flatten)]
        place: Place,
        /// strategy, law, assessment or exercise.
        #[arg(long, value_name = "WORD")]
        kind: String,
        /// Of what.
        #[arg(long)]
        title: String,
        /// The next day, such as 2027-11-22.
        #[arg(long, value_name = "DAY")]
        next: String,
        /// Who sees to it.
        #[arg(long, default_value = "")]
        owner: String,
        /// After how many months again; 0 for once.
        #[arg(long, value_name = "N", default_value_t = 0)]
        every: i64,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Note that a review was done today.
    Done {
        #[command(flatten)]
        place: Place,
        /// The review; `manara strategy show --json` shows them.
        id: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Change an action; what is not named stays.
    #[command(group = ArgGroup::new("what").required(true).multiple(true)
        .args(["title", "item", "owner", "due", "progress", "note", "tlp"]))]
    Change {
        #[command(flatten)]
        place: Place,
        /// The action; `manara strategy show --json` shows them.
        id: String,
        /// What is to be done.
        #[arg(long)]
        title: Option<String>,
        /// The goal or step of the five elements it serves, such as NS-S2.
        #[arg(long, value_name = "ID")]
        item: Option<String>,
        /// Who sees to it.
        #[arg(long)]
        owner: Option<String>,
        /// The last day, such as 2026-11-22.
        #[arg(long, value_name = "DAY")]
        due: Option<String>,
        /// How far it is: planned, doing, done or dropped.
        #[arg(long, value_name = "WORD")]
        progress: Option<String>,
        /// More.
        #[arg(long)]
        note: Option<String>,
        /// CLEAR, GREEN, AMBER, AMBER+STRICT or RED.
        #[arg(long)]
        tlp: Option<String>,
        /// The version you read, as `manara strategy show --json` says it: refused when somebody changed the action since.
        #[arg(long, value_name = "N")]
        version: Option<i64>,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Bring a record back that was taken out of sight.
    Restore {
        #[command(flatten)]
        place: Place,
        /// stakeholder, action, function or review.
        kind: String,
        /// The record.
        id: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Take a record out of sight.
    Remove {
        #[command(flatten)]
        place: Place,
        /// stakeholder, action, function or review.
        kind: String,
        /// The record; `manara strategy show --json` shows them.
        id: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
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
