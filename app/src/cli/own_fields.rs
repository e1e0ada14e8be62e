//! What can be typed about own fields.

use clap::{Args, Subcommand};

use super::Place;

/// `fields`.
#[derive(Debug, Args)]
pub struct OwnFieldsArgs {
    #[command(subcommand)]
    pub action: OwnFieldsAction,
}

/// What to do with own fields.
#[derive(Debug, Subcommand)]
pub enum OwnFieldsAction {
    /// List the own fields of the house, or their values of one incident.
    List {
        #[command(flatten)]
        place: Place,
        /// The values of this incident, by its number, instead.
        #[arg(long, value_name = "NUMBER")]
        incident: Option<String>,
        /// The language: en, ar or fr.
        #[arg(long, value_name = "TAG", default_value = "en")]
        language: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Write values, all or none; an empty one takes a value away.
    Set {
        #[command(flatten)]
        place: Place,
        /// Number of the incident.
        incident: String,
        /// Such as affected-people=1200.
        #[arg(required = true, value_name = "FIELD=VALUE")]
        values: Vec<String>,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
}
