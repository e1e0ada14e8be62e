//! What can be typed about the evidence of an assessment.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::Place;

/// `assess evidence`.
#[derive(Debug, Args)]
pub struct AssessEvidence {
    #[command(subcommand)]
    pub action: ShownAction,
}

/// What to do with the evidence of an assessment.
#[derive(Debug, Subcommand)]
pub enum ShownAction {
    /// List it.
    List {
        #[command(flatten)]
        place: Place,
        /// The assessment.
        id: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Show evidence for an item, or a newer writing of it, and print its id. It proves nothing until a moderator looked at it.
    Add(ShowArgs),
    /// Take evidence back; the row stays, out of sight.
    Withdraw {
        #[command(flatten)]
        place: Place,
        /// The assessment.
        id: String,
        /// The evidence; `manara assess evidence list` shows it.
        evidence: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
}

/// `assess evidence add`.
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("what").required(true))]
pub struct ShowArgs {
    #[command(flatten)]
    pub place: Place,
    /// The assessment.
    pub id: String,
    /// The item it is for.
    pub item: String,
    /// The respondent who shows it; `manara assess respondent list` shows them.
    #[arg(long, value_name = "ID")]
    pub respondent: String,
    /// The name of a document, or an address.
    #[arg(long, value_name = "TEXT", group = "what")]
    pub link: Option<String>,
    /// A file that is kept.
    #[arg(long, value_name = "FILE", group = "what")]
    pub file: Option<PathBuf>,
    /// The last day it counts, such as 2027-11-22; without it for ever.
    #[arg(long, value_name = "DAY", default_value = "")]
    pub expires: String,
    /// What the same respondent showed for the item before, and this takes the place of.
    #[arg(long, value_name = "EVIDENCE", default_value = "")]
    pub replaces: String,
    /// Answer in JSON.
    #[arg(long)]
    pub json: bool,
}
