//! What can be typed about the programme office.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::Place;

/// `office`.
#[derive(Debug, Args)]
pub struct Office {
    #[command(subcommand)]
    pub action: OfficeAction,
}

/// What to do with the progress of countries.
#[derive(Debug, Subcommand)]
pub enum OfficeAction {
    /// Show the countries with the newest progress each released.
    Show {
        #[command(flatten)]
        place: Place,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Release what this country says of itself: its name, its stage, its numbers, snapshots.
    Release {
        #[command(flatten)]
        place: Place,
        /// How the country is called.
        #[arg(long)]
        name: Option<String>,
        /// assessment, design, establishment or enhancement.
        #[arg(long)]
        stage: Option<String>,
        /// How many national strategies are implemented.
        #[arg(long, value_name = "N")]
        strategies: Option<i64>,
        /// How many teams are established.
        #[arg(long, value_name = "N")]
        teams: Option<i64>,
        /// How many attacks were repelled.
        #[arg(long, value_name = "N")]
        repelled: Option<i64>,
        /// Snapshots of assessments whose figures are released.
        #[arg(long, value_name = "ID")]
        snapshot: Vec<String>,
    },
    /// Write the signed file of what was released, and print the fingerprint of the key.
    Export {
        #[command(flatten)]
        place: Place,
        /// The file.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Take in the file of a country.
    Import {
        #[command(flatten)]
        place: Place,
        /// The file.
        file: PathBuf,
        /// africa, americas, arab-states, asia-pacific, cis or europe; of a country that is known it may be left out.
        #[arg(long, default_value = "")]
        region: String,
        /// The fingerprint of its key as the country told it; of a key that is known it may be left out.
        #[arg(long, default_value = "")]
        fingerprint: String,
    },
}
