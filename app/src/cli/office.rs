//! What can be typed about the programme office.

use std::path::PathBuf;

use clap::{ArgGroup, Args, Subcommand};

use manara_framework::offices::By;

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
        /// Released snapshots whose figures by section are released, too.
        #[arg(long, value_name = "ID")]
        sections: Vec<String>,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Take a snapshot back, its figures by section alone, or a number: what is exported next has it no more.
    #[command(group = ArgGroup::new("what").required(true).multiple(true).args(["number", "snapshot", "sections"]))]
    Withdraw {
        #[command(flatten)]
        place: Place,
        /// strategies, teams or repelled.
        #[arg(long, value_name = "NAME")]
        number: Vec<String>,
        /// Snapshots; their figures by section go with them.
        #[arg(long, value_name = "ID")]
        snapshot: Vec<String>,
        /// Snapshots of which the figures by section alone are taken back.
        #[arg(long, value_name = "ID")]
        sections: Vec<String>,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Write what worked here about a section of a model: a draft, until it is released.
    Practice {
        #[command(flatten)]
        place: Place,
        /// The section, such as sim3/O.
        about: String,
        /// One paragraph.
        #[arg(long, conflicts_with = "remove", required_unless_present = "remove")]
        text: Option<String>,
        /// Release it: it goes into the next file.
        #[arg(long, requires = "text")]
        release: bool,
        /// Take the text away.
        #[arg(long)]
        remove: bool,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Show exactly what would leave if the file was exported now.
    Preview {
        #[command(flatten)]
        place: Place,
        /// Answer in JSON: the content as it would be signed.
        #[arg(long)]
        json: bool,
    },
    /// Compare the countries by section of one model: who stands highest, how the others spread, what worked.
    Compare {
        #[command(flatten)]
        place: Place,
        /// The model, such as sim3.
        #[arg(long, value_name = "ID")]
        catalogue: String,
        /// What orders them: claimed or supported.
        #[arg(long, value_name = "WORD", default_value = "claimed", value_parser = by)]
        by: By,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Write the signed file of what was released, and print the fingerprint of the key.
    Export {
        #[command(flatten)]
        place: Place,
        /// The file.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
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
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
}

fn by(text: &str) -> Result<By, String> {
    By::parse(text).ok_or_else(|| format!("expected one of {}", By::ALL.map(By::as_str).join(", ")))
}
