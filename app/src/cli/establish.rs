//! What can be typed about establishing services.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::Place;

/// `establish`.
#[derive(Debug, Args)]
pub struct Establish {
    #[command(subcommand)]
    pub action: EstablishAction,
}

/// On or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OnOff {
    /// Switch it on.
    On,
    /// Switch it off; its data stays.
    Off,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum EstablishAction {
    /// List the building blocks, what is missing first.
    List {
        #[command(flatten)]
        place: Place,
        /// Only those that switch this service on.
        #[arg(long, value_name = "ID")]
        service: Option<String>,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Apply building blocks: their services are switched on; exit code 3 when something is left for a person.
    Apply {
        #[command(flatten)]
        place: Place,
        /// The blocks; `manara establish list` shows them.
        #[arg(required = true, value_name = "BLOCK")]
        blocks: Vec<String>,
        /// Only say what would be done.
        #[arg(long)]
        preview: bool,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Take the application of a building block back, as far as nothing changed since.
    Undo {
        #[command(flatten)]
        place: Place,
        /// The block.
        block: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// List the services, or switch one by hand.
    Service {
        #[command(flatten)]
        place: Place,
        /// The service; all are listed without it.
        id: Option<String>,
        /// What to do with it.
        #[arg(requires = "id")]
        switch: Option<OnOff>,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Show what is in force: the posts of the team and who fills them, addresses, clocks, playbooks, letters.
    InForce {
        #[command(flatten)]
        place: Place,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Say who fills a post of the team, or that somebody no longer does.
    Post {
        #[command(flatten)]
        place: Place,
        /// The post: a role that an applied building block brought.
        post: String,
        /// Who fills it: somebody who may sign in.
        #[arg(long, value_name = "NAME", required_unless_present = "leave")]
        person: Option<String>,
        /// Give their account the rights that the post takes; none is taken away.
        #[arg(long, requires = "person")]
        rights: bool,
        /// Who no longer fills it.
        #[arg(long, value_name = "NAME", conflicts_with = "person")]
        leave: Option<String>,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Show, bring, assign, accept or refuse what proves a building block.
    Proof(super::ProofArgs),
    /// Write the operating manual as it is now, one Markdown file a document.
    Manual {
        #[command(flatten)]
        place: Place,
        /// The language: en, ar or fr.
        #[arg(long, value_name = "TAG", default_value = "en")]
        lang: String,
        /// The folder; it is made.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
}
