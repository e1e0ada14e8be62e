//! What can be typed about figures as evidence, and about snapshots.

use clap::Args;

use super::Place;

/// `assess figures`.
#[derive(Debug, Args)]
pub struct AssessFigures {
    #[command(flatten)]
    pub place: Place,
    /// The assessment.
    pub id: String,
    /// Answer in JSON.
    #[arg(long)]
    pub json: bool,
}

/// `assess accept`.
#[derive(Debug, Args)]
pub struct AssessAccept {
    #[command(flatten)]
    pub place: Place,
    /// The assessment.
    pub id: String,
    /// The figure, such as answered; `manara assess figures` shows those on offer.
    #[arg(long, value_name = "NAME")]
    pub figure: String,
    /// The item it is shown for.
    #[arg(long, value_name = "ID")]
    pub item: String,
    /// The SHA-256 of the figure that was looked at, or how it begins; refused when the figure is another one by now.
    #[arg(long, value_name = "HASH")]
    pub sha256: Option<String>,
    /// For whom you speak.
    #[arg(long, value_name = "NAME", default_value = "Manara")]
    pub organisation: String,
    /// Answer in JSON.
    #[arg(long)]
    pub json: bool,
}

/// `assess snapshots`.
#[derive(Debug, Args)]
pub struct AssessSnapshots {
    #[command(flatten)]
    pub place: Place,
    /// The assessment.
    pub id: String,
    /// Answer in JSON.
    #[arg(long)]
    pub json: bool,
}
