//! What can be typed about how well the services run.

use clap::Args;

use super::Place;

/// `quality`.
#[derive(Debug, Args)]
pub struct Quality {
    #[command(flatten)]
    pub place: Place,
    /// The first day, such as 2026-09-01; ninety days up to today without it.
    #[arg(long, value_name = "DAY", default_value = "")]
    pub from: String,
    /// The last day; today without it.
    #[arg(long, value_name = "DAY", default_value = "")]
    pub to: String,
    /// Answer in JSON.
    #[arg(long)]
    pub json: bool,
}
