//! What can be typed about respondents, and about an assessment itself.

use clap::{Args, Subcommand};

use super::Place;

/// `assess edit`.
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("what").required(true).multiple(true))]
pub struct AssessEdit {
    #[command(flatten)]
    pub place: Place,
    /// The assessment.
    pub id: String,
    /// What is assessed: a nation, a team, an organisation.
    #[arg(long, value_name = "NAME", group = "what")]
    pub subject: Option<String>,
    /// What kind of thing that is: nation, team or organisation.
    #[arg(long, value_name = "WORD", group = "what")]
    pub kind: Option<String>,
    /// CLEAR, GREEN, AMBER, AMBER+STRICT or RED.
    #[arg(long, group = "what")]
    pub tlp: Option<String>,
    /// The version it is to have; refused when somebody changed it since.
    #[arg(long, value_name = "N")]
    pub version: Option<i64>,
    /// Answer in JSON.
    #[arg(long)]
    pub json: bool,
}

/// `assess respondent`.
#[derive(Debug, Args)]
pub struct AssessRespondent {
    #[command(subcommand)]
    pub action: RespondentAction,
}

/// What to do with respondents.
#[derive(Debug, Subcommand)]
pub enum RespondentAction {
    /// List them, those who were withdrawn too.
    List {
        #[command(flatten)]
        place: Place,
        /// The assessment.
        id: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Withdraw one: what they said and showed counts nowhere, and is kept.
    Withdraw {
        #[command(flatten)]
        place: Place,
        /// The assessment.
        id: String,
        /// The respondent; `assess respondent list` shows them.
        respondent: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Let one who was withdrawn count again.
    Restore {
        #[command(flatten)]
        place: Place,
        /// The assessment.
        id: String,
        /// The respondent; `assess respondent list` shows them.
        respondent: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
}

/// `assess history`.
#[derive(Debug, Args)]
pub struct AssessHistory {
    #[command(flatten)]
    pub place: Place,
    /// The assessment.
    pub id: String,
    /// The item.
    pub item: String,
    /// Answer in JSON.
    #[arg(long)]
    pub json: bool,
}
