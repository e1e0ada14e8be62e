//! What can be typed about the work on incidents: tasks, playbooks, clocks.

use clap::{Args, Subcommand};

use super::Place;

/// `tasks`.
#[derive(Debug, Args)]
pub struct Tasks {
    #[command(subcommand)]
    pub action: TasksAction,
}

/// What to do with tasks.
#[derive(Debug, Subcommand)]
pub enum TasksAction {
    /// List open tasks, those due first; with an incident all of its tasks.
    List {
        #[command(flatten)]
        place: Place,
        /// Only those of this incident, by its number; also those that are done.
        #[arg(long, value_name = "NUMBER")]
        incident: Option<String>,
        /// Only those of this person.
        #[arg(long, value_name = "NAME", default_value = "")]
        owner: String,
        /// The language: en, ar or fr.
        #[arg(long, value_name = "TAG", default_value = "en")]
        language: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// List what shifts told the next, newest first.
    Handovers {
        #[command(flatten)]
        place: Place,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Tell the next shift something.
    HandOver {
        #[command(flatten)]
        place: Place,
        /// The text; `-` reads standard input.
        text: String,
        /// CLEAR, GREEN, AMBER, AMBER+STRICT or RED.
        #[arg(long, default_value = "AMBER")]
        tlp: String,
        /// Who tells it: somebody who may handle incidents; nobody for the terminal.
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Take a shift over.
    TakeOver {
        #[command(flatten)]
        place: Place,
        /// Id of what was told, as `handovers` shows it.
        handover: String,
        /// Who takes over: somebody who may handle incidents.
        #[arg(long, value_name = "NAME")]
        by: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// List where somebody was called by name and has not looked yet.
    Mentions {
        #[command(flatten)]
        place: Place,
        /// A login name.
        person: String,
        /// They have looked now.
        #[arg(long)]
        seen: bool,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// List the playbooks.
    Playbooks {
        #[command(flatten)]
        place: Place,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Apply a playbook to an incident: its steps become tasks.
    Apply {
        #[command(flatten)]
        place: Place,
        /// Number of the incident.
        incident: String,
        /// Id of the playbook.
        playbook: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Add a task of one's own.
    Add {
        #[command(flatten)]
        place: Place,
        /// Number of the incident.
        incident: String,
        /// One line.
        title: String,
        /// Login name of whoever does it.
        #[arg(long, value_name = "NAME", default_value = "")]
        owner: String,
        /// Until when, such as 2026-01-15T12:00:00Z.
        #[arg(long, value_name = "MOMENT")]
        due: Option<String>,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Say that a task was done.
    Done {
        #[command(flatten)]
        place: Place,
        /// Number of the incident.
        incident: String,
        /// Id of the task, or of its step.
        task: String,
        /// Of a decision: the id of its answer.
        #[arg(long, value_name = "ID", default_value = "")]
        answer: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Pass a task over.
    Skip {
        #[command(flatten)]
        place: Place,
        /// Number of the incident.
        incident: String,
        /// Id of the task, or of its step.
        task: String,
        /// Why.
        reason: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
}

/// `clocks`.
#[derive(Debug, Args)]
pub struct Clocks {
    #[command(subcommand)]
    pub action: ClocksAction,
}

/// What to do with clocks.
#[derive(Debug, Subcommand)]
pub enum ClocksAction {
    /// List stages that run, those due first; with an incident all stages of its clocks.
    List {
        #[command(flatten)]
        place: Place,
        /// Only those of this incident, by its number; also those that were met.
        #[arg(long, value_name = "NUMBER")]
        incident: Option<String>,
        /// The language: en, ar or fr.
        #[arg(long, value_name = "TAG", default_value = "en")]
        language: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// List the rules.
    Rules {
        #[command(flatten)]
        place: Place,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Show when the team works, and the days off of the next twelve months that fall on working days.
    Hours {
        #[command(flatten)]
        place: Place,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Start the clock of a rule for an incident.
    Start {
        #[command(flatten)]
        place: Place,
        /// Number of the incident.
        incident: String,
        /// Id of the rule.
        rule: String,
        /// When whoever has the duty became aware, such as 2026-01-15T12:00:00Z; the opening of the incident without it.
        #[arg(long, value_name = "MOMENT")]
        aware: Option<String>,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Record that a stage was met; late stays late.
    Met {
        #[command(flatten)]
        place: Place,
        /// Number of the incident.
        incident: String,
        /// Id of the rule.
        rule: String,
        /// Id of the stage.
        stage: String,
        /// When, such as 2026-01-15T12:00:00Z; now without it.
        #[arg(long, value_name = "MOMENT")]
        at: Option<String>,
        /// What is to be said about it.
        #[arg(long, default_value = "")]
        remark: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Stop the clock of a rule: it was not needed.
    Stop {
        #[command(flatten)]
        place: Place,
        /// Number of the incident.
        incident: String,
        /// Id of the rule.
        rule: String,
        /// Why.
        reason: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
}
