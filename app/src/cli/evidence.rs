//! What can be typed about the evidence of incidents.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{Place, Print};

/// `evidence`.
#[derive(Debug, Args)]
pub struct EvidenceArgs {
    #[command(subcommand)]
    pub action: EvidenceAction,
}

/// What to do with evidence.
#[derive(Debug, Subcommand)]
pub enum EvidenceAction {
    /// List the evidence of an incident.
    List {
        #[command(flatten)]
        place: Place,
        /// Number of the incident.
        incident: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Write a piece of evidence down, with its file when it has one.
    Add {
        #[command(flatten)]
        place: Place,
        /// Number of the incident.
        incident: String,
        /// One line that says what it is.
        name: String,
        /// file, disk, memory, log, traffic, message, device, document or other.
        #[arg(long, value_name = "KIND", default_value = "file")]
        kind: String,
        /// The file, of any size; it is kept among the raw files of the house.
        #[arg(long, value_name = "FILE")]
        file: Option<PathBuf>,
        /// Its SHA-256, when it was hashed before; a file has to have it.
        #[arg(long, value_name = "HEX", default_value = "")]
        sha256: String,
        /// Who secured it.
        #[arg(long, value_name = "NAME")]
        by: String,
        /// Where it was taken from.
        #[arg(long, value_name = "WORDS")]
        source: String,
        /// Where it is kept.
        #[arg(long, value_name = "WORDS", default_value = "manara")]
        kept: String,
        /// When it was secured, such as 2026-01-15T12:00:00Z; now without it.
        #[arg(long, value_name = "MOMENT")]
        at: Option<String>,
        /// What else is to be said of it.
        #[arg(long, default_value = "")]
        note: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Write down that a piece changed hands; no such line is ever taken back.
    Hand {
        #[command(flatten)]
        place: Place,
        /// Number of the piece, such as INC-2026-0001-E1.
        item: String,
        /// Who has it since.
        to: String,
        /// Why.
        reason: String,
        /// Who gave it; whoever had it without this.
        #[arg(long, value_name = "NAME", default_value = "")]
        from: String,
        /// Where it is kept since; where it was without this.
        #[arg(long, value_name = "WORDS", default_value = "")]
        kept: String,
        /// When, such as 2026-01-15T12:00:00Z; now without it.
        #[arg(long, value_name = "MOMENT")]
        at: Option<String>,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Compare the file of a piece with its hash; exit code 3 when it is not what was kept.
    Check {
        #[command(flatten)]
        place: Place,
        /// Number of the piece, such as INC-2026-0001-E1.
        item: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Write the file of a piece into a file.
    Get {
        #[command(flatten)]
        place: Place,
        /// Number of the piece, such as INC-2026-0001-E1.
        item: String,
        /// The file to write; it must not be there.
        out: PathBuf,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Print the evidence of an incident with its custody, to sign.
    Sheet {
        #[command(flatten)]
        place: Place,
        /// Number of the incident.
        incident: String,
        #[command(flatten)]
        print: Print,
    },
}
