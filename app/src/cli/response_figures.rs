//! What can be typed about figures of the team's work.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::Place;

/// `figures`.
#[derive(Debug, Args)]
pub struct Figures {
    /// Of what.
    #[command(subcommand)]
    pub action: FiguresAction,
}

/// Of what.
#[derive(Debug, Subcommand)]
pub enum FiguresAction {
    /// Of the work on reports and incidents: how long, how often, how much; beside the period before.
    Response(ResponseFigures),
}

/// `figures response`.
#[derive(Debug, Args)]
pub struct ResponseFigures {
    #[command(flatten)]
    pub place: Place,
    /// A month (2026-10), a quarter (2026-Q4) or a year (2026); this month without it.
    #[arg(long, visible_alias = "month", value_name = "PERIOD", default_value = "")]
    pub period: String,
    /// Only cases with one value: class, type, severity, sector, mailbox, source, stage, stage-severity, hoster, tld, constituent
    /// (its id or its name), country, asn or technique, such as severity:high.
    #[arg(long, value_name = "WHAT:WHICH", default_value = "")]
    pub of: String,
    /// Up to which marking records are counted; it is the marking of the report too.
    #[arg(long, value_name = "TLP", default_value = "amber")]
    pub tlp: String,
    /// table, csv, json, pdf, docx, html or md.
    #[arg(long, default_value = "table")]
    pub format: String,
    /// The language of a report: en, ar or fr.
    #[arg(long, value_name = "TAG", default_value = "en")]
    pub lang: String,
    /// The file; standard output without it.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Measure every record again before.
    #[arg(long)]
    pub recount: bool,
}
