//! What can be typed about libraries, exports and sheets.

use std::path::PathBuf;

use clap::Args;

use super::Place;

/// `framework import`.
#[derive(Debug, Args)]
pub struct FrameworkImport {
    #[command(flatten)]
    pub place: Place,
    /// A library of CISO Assistant (YAML) with one framework.
    pub file: PathBuf,
    /// The file to write; without it content/frameworks/ID.yaml of the data folder.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Write over a file that is there.
    #[arg(long)]
    pub replace: bool,
    /// Answer in JSON.
    #[arg(long)]
    pub json: bool,
}

/// `framework export`.
#[derive(Debug, Args)]
pub struct FrameworkExport {
    #[command(flatten)]
    pub place: Place,
    /// The catalogue; `manara framework list` shows them.
    pub id: String,
    /// ciso (library of CISO Assistant), oscal (catalog of NIST), yaml (the file of the catalogue) or xlsx.
    #[arg(long)]
    pub format: String,
    /// The language of oscal and xlsx: en, ar or fr.
    #[arg(long, value_name = "TAG", default_value = "en")]
    pub lang: String,
    /// The file; standard output without it.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// `assess export`.
#[derive(Debug, Args)]
pub struct AssessExport {
    #[command(flatten)]
    pub place: Place,
    /// The assessment or the snapshot.
    pub id: String,
    /// csv or xlsx (all answers), oscal-ar (assessment results), oscal-poam (plan of action and milestones).
    #[arg(long)]
    pub format: String,
    /// A profile of the catalogue to compare with.
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
    /// The language of the texts: en, ar or fr.
    #[arg(long, value_name = "TAG", default_value = "en")]
    pub lang: String,
    /// The file; standard output without it.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// `assess sheet`.
#[derive(Debug, Args)]
pub struct AssessSheet {
    #[command(flatten)]
    pub place: Place,
    /// The assessment.
    pub id: String,
    /// The name of the respondent.
    #[arg(long, value_name = "NAME")]
    pub respondent: String,
    /// Whom they speak for.
    #[arg(long, value_name = "NAME")]
    pub organisation: String,
    /// What they are there.
    #[arg(long, value_name = "NAME", default_value = "")]
    pub role: String,
    /// The language of the questions: en, ar or fr.
    #[arg(long, value_name = "TAG", default_value = "en")]
    pub lang: String,
    /// xlsx or csv.
    #[arg(long, default_value = "xlsx")]
    pub format: String,
    /// The file.
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// Answer in JSON.
    #[arg(long)]
    pub json: bool,
}

/// `assess seal`.
#[derive(Debug, Args)]
pub struct AssessSeal {
    /// A sheet that `assess sheet` wrote, filled in: XLSX or CSV.
    pub file: PathBuf,
    /// The sealed sheet, a CSV to be handed in; it is not written over.
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// Sign with the key of this file; without it the answers are bound by a digest alone. `assess key` makes one.
    #[arg(long, value_name = "FILE")]
    pub key: Option<PathBuf>,
    /// Answer in JSON.
    #[arg(long)]
    pub json: bool,
}

/// `assess key`.
#[derive(Debug, Args)]
pub struct AssessKey {
    /// The file of the key; it is not written over.
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// Answer in JSON.
    #[arg(long)]
    pub json: bool,
}

/// `assess merge`.
#[derive(Debug, Args)]
pub struct AssessMerge {
    #[command(flatten)]
    pub place: Place,
    /// The assessment.
    pub id: String,
    /// A sheet that `assess sheet` wrote and a respondent filled in.
    pub file: PathBuf,
    /// Answer in JSON.
    #[arg(long)]
    pub json: bool,
}

/// `assess conflicts`.
#[derive(Debug, Args)]
pub struct AssessConflicts {
    #[command(flatten)]
    pub place: Place,
    /// The assessment.
    pub id: String,
    /// Answer in JSON.
    #[arg(long)]
    pub json: bool,
}

/// `assess settle`.
#[derive(Debug, Args)]
pub struct AssessSettle {
    #[command(flatten)]
    pub place: Place,
    /// The assessment.
    pub id: String,
    /// The conflict; `assess conflicts` shows them.
    pub conflict: String,
    /// take (what came in the sheet) or keep (what is kept).
    pub decision: String,
    /// Answer in JSON.
    #[arg(long)]
    pub json: bool,
}
