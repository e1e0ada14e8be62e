//! What can be typed about tags.

use clap::{Args, Subcommand};

use super::Place;

/// `tags`.
#[derive(Debug, Args)]
pub struct TagsArgs {
    #[command(subcommand)]
    pub action: TagsAction,
}

/// What to do with tags.
#[derive(Debug, Subcommand)]
pub enum TagsAction {
    /// List the tags in use with how often, or all that the taxonomies of the house offer.
    List {
        #[command(flatten)]
        place: Place,
        /// What the taxonomies offer, instead.
        #[arg(long)]
        known: bool,
        /// The language of their words: en, ar or fr.
        #[arg(long, value_name = "TAG", default_value = "en")]
        language: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Put tags on an incident, a report, an investigation or a countermeasure.
    Add {
        #[command(flatten)]
        place: Place,
        /// Its number.
        record: String,
        /// Words, or machine tags such as workflow:state=needs-review.
        #[arg(required = true)]
        tags: Vec<String>,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Take tags off.
    Remove {
        #[command(flatten)]
        place: Place,
        /// Its number.
        record: String,
        /// Words, or machine tags such as workflow:state=needs-review.
        #[arg(required = true)]
        tags: Vec<String>,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
}
