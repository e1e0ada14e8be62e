//! What can be typed about the workshop of an assessment.

use clap::{Args, Subcommand};

use super::Place;

/// `assess workshop`.
#[derive(Debug, Args)]
pub struct AssessWorkshop {
    #[command(subcommand)]
    pub action: WorkshopAction,
}

/// What to do with the workshop of an assessment.
#[derive(Debug, Subcommand)]
pub enum WorkshopAction {
    /// Show the workshop: its code, the item that is asked, who sits there.
    Show(WorkshopOf),
    /// Open a workshop at the first item; one that was open is closed. People join it on the pages of `manara serve`.
    Open(WorkshopOf),
    /// Go to an item, its answers covered.
    To {
        #[command(flatten)]
        of: WorkshopOf,
        /// The item.
        item: String,
    },
    /// Show the answers to the item that is asked.
    Reveal(WorkshopOf),
    /// Cover them again.
    Cover(WorkshopOf),
    /// Give a seat up: whoever sat there may sit down again.
    Release {
        #[command(flatten)]
        of: WorkshopOf,
        /// The respondent; `manara assess workshop show` lists who sits there.
        respondent: String,
    },
    /// End the workshop: its code lets nobody in any more.
    Close(WorkshopOf),
}

/// Whose workshop.
#[derive(Debug, Args)]
pub struct WorkshopOf {
    #[command(flatten)]
    pub place: Place,
    /// The assessment.
    pub id: String,
    /// Answer in JSON.
    #[arg(long)]
    pub json: bool,
}
