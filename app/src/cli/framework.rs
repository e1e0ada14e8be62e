//! What can be typed about frameworks, assessments and designs.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use manara_framework::designs::{Ask, CONSTITUENTS, Hours, read_payers};

use super::Place;
use super::exchange::{
    AssessConflicts, AssessExport, AssessKey, AssessMerge, AssessSeal, AssessSettle, AssessSheet, FrameworkExport,
    FrameworkImport,
};
use super::figures::{AssessAccept, AssessFigures, AssessSnapshots};
use super::shown::AssessEvidence;
use super::voices::{AssessEdit, AssessHistory, AssessRespondent};
use super::workshop::AssessWorkshop;

/// `framework`.
#[derive(Debug, Args)]
pub struct Framework {
    #[command(subcommand)]
    pub action: FrameworkAction,
}

/// What to do with frameworks.
#[derive(Debug, Subcommand)]
pub enum FrameworkAction {
    /// List the catalogues: id, version, title, counts of items.
    List {
        #[command(flatten)]
        place: Place,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Check the file of a catalogue; exit code 3 when something is wrong with it.
    Check {
        #[command(flatten)]
        place: Place,
        /// The file.
        file: PathBuf,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Make a catalogue of a library of CISO Assistant; exit code 3 when something is wrong with it.
    Import(FrameworkImport),
    /// Write a catalogue as a library of CISO Assistant, as OSCAL, as its file or as a workbook.
    Export(FrameworkExport),
}

/// `assess`.
#[derive(Debug, Args)]
pub struct Assess {
    #[command(subcommand)]
    pub action: AssessAction,
}

/// What to do with assessments.
#[derive(Debug, Subcommand)]
pub enum AssessAction {
    /// List assessments, oldest first.
    List {
        #[command(flatten)]
        place: Place,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Begin an assessment, and print its id.
    New {
        #[command(flatten)]
        place: Place,
        /// The catalogue; `manara framework list` shows them.
        #[arg(long, value_name = "ID")]
        catalogue: String,
        /// What is assessed: a nation, a team, an organisation.
        #[arg(long, value_name = "NAME")]
        subject: String,
        /// What kind of thing that is: nation, team or organisation.
        #[arg(long, value_name = "WORD")]
        kind: Option<String>,
        /// CLEAR, GREEN, AMBER, AMBER+STRICT or RED.
        #[arg(long, default_value = "AMBER")]
        tlp: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Take answers from a table; good rows are kept, refused rows are listed, exit code 3 when there are any.
    Answer {
        #[command(flatten)]
        place: Place,
        /// The assessment.
        id: String,
        /// CSV or XLSX with the header item,respondent,organisation,role,level,state,comment,evidence.
        file: PathBuf,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Record what was agreed about items, and what their evidence proves.
    Moderate {
        #[command(flatten)]
        place: Place,
        /// The assessment.
        id: String,
        /// CSV with the header item,level,reason,proves and, if wished, version; an empty level records nothing, proves judges all
        /// evidence of the item, version is that of what is agreed (0: nothing) and refuses the line when something else stands.
        file: PathBuf,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Print the figures of an assessment or of a snapshot.
    Score {
        #[command(flatten)]
        place: Place,
        /// The assessment or the snapshot.
        id: String,
        /// A profile of the catalogue to compare with.
        #[arg(long, value_name = "NAME")]
        profile: Option<String>,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Write the report of an assessment or of a snapshot.
    Report {
        #[command(flatten)]
        place: Place,
        /// The assessment or the snapshot.
        id: String,
        /// A profile of the catalogue to compare with; the usual one without it, none when it is empty.
        #[arg(long, value_name = "NAME")]
        profile: Option<String>,
        #[command(flatten)]
        print: Print,
    },
    /// Close an assessment: nobody answers any more.
    Close {
        #[command(flatten)]
        place: Place,
        /// The assessment.
        id: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Open an assessment that was closed.
    Reopen {
        #[command(flatten)]
        place: Place,
        /// The assessment.
        id: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Keep how an assessment stands, for ever.
    Snapshot {
        #[command(flatten)]
        place: Place,
        /// The assessment.
        id: String,
        /// How it is called.
        #[arg(long)]
        name: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// List the snapshots of an assessment, newest first; `assess score` and `assess compare` read them.
    Snapshots(AssessSnapshots),
    /// List the figures of quality that bear on items of an assessment.
    Figures(AssessFigures),
    /// Accept a figure of quality as evidence for an item.
    Accept(AssessAccept),
    /// Write all answers, or what was found as OSCAL.
    Export(AssessExport),
    /// Issue a sealed sheet that a respondent fills in without this server.
    Sheet(AssessSheet),
    /// Take a sheet that came back; exit code 3 when rows were refused or wait for a decision.
    Merge(AssessMerge),
    /// Seal the answers of a sheet that was filled in, without a data folder or a server, so that a change is noticed at the merge.
    Seal(AssessSeal),
    /// Make a key that a respondent signs their answers with.
    Key(AssessKey),
    /// List answers of sheets that differ from what was said since; exit code 3 when there are any.
    Conflicts(AssessConflicts),
    /// Decide about one of them.
    Settle(AssessSettle),
    /// Change what an assessment is called, or its marking.
    Edit(AssessEdit),
    /// List respondents, withdraw one, or let one count again.
    Respondent(AssessRespondent),
    /// List, show or take back evidence.
    Evidence(AssessEvidence),
    /// Lead the workshop of an assessment.
    Workshop(AssessWorkshop),
    /// Show what was said and agreed about an item, and what it was before.
    History(AssessHistory),
    /// Compare two assessments or snapshots item by item, the earlier first.
    Compare {
        #[command(flatten)]
        place: Place,
        /// The earlier.
        before: String,
        /// The later.
        after: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
}

/// `design`.
#[derive(Debug, Args)]
pub struct Design {
    #[command(subcommand)]
    pub action: DesignAction,
}

/// What to do with designs.
#[derive(Debug, Subcommand)]
pub enum DesignAction {
    /// Find the cheapest complete set of building blocks; exit code 3 when a wish is not met.
    Solve {
        #[command(flatten)]
        place: Place,
        /// The assessment or the snapshot whose gaps are to be closed.
        #[arg(long, value_name = "ID")]
        assessment: String,
        #[command(flatten)]
        wishes: Wishes,
        /// Keep the answer under a name; its id is printed with it.
        #[arg(long, value_name = "NAME", num_args = 0..=1, default_missing_value = "")]
        keep: Option<String>,
        /// Which of the answers is kept: first-year, yearly or effort.
        #[arg(long, default_value = "first-year")]
        aim: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// List the designs that were kept, oldest first.
    List {
        #[command(flatten)]
        place: Place,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Show a kept design with the whole answer of the solver.
    Show {
        #[command(flatten)]
        place: Place,
        /// The design.
        id: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Accept a kept design, withdraw it, or put it back among the drafts.
    Decide {
        #[command(flatten)]
        place: Place,
        /// The design.
        id: String,
        /// accepted, withdrawn or draft.
        state: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Write the design document: the eight chapters, costs, and the plan by week.
    Document {
        #[command(flatten)]
        place: Place,
        /// A kept design, or the assessment or the snapshot whose gaps are to be closed.
        #[arg(required_unless_present = "assessment", conflicts_with = "assessment")]
        id: Option<String>,
        /// The assessment or the snapshot, as for `design solve`.
        #[arg(long, value_name = "ID")]
        assessment: Option<String>,
        #[command(flatten)]
        wishes: Wishes,
        #[command(flatten)]
        print: Print,
    },
}

/// What a design has to reach, and within what.
#[derive(Debug, Args)]
pub struct Wishes {
    /// A profile of the catalogue to compare with; the usual one without it, none when it is empty.
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
    /// Services that are wished besides, such as 6.1,6.2.
    #[arg(long, value_delimiter = ',', value_name = "ID")]
    pub services: Vec<String>,
    /// What the first year may cost at most.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(i64).range(0..))]
    pub budget: Option<i64>,
    /// In how many months all must be there.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(i64).range(1..=1200))]
    pub months: Option<i64>,
    /// When the team is to be on duty: office, on-call, two-shifts or always.
    #[arg(long, value_name = "WORD", value_parser = hours)]
    pub hours: Option<Hours>,
    /// How many organisations the team is to serve.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(i64).range(0..=CONSTITUENTS))]
    pub constituents: Option<i64>,
    /// Who pays for a block where it is not who usually does: BLOCK=member-state, donor or itu; several with commas.
    #[arg(long, value_name = "BLOCK=PAYER", value_parser = payers)]
    pub payer: Vec<BTreeMap<String, String>>,
}

fn payers(text: &str) -> Result<BTreeMap<String, String>, String> {
    read_payers([text])
}

fn hours(text: &str) -> Result<Hours, String> {
    Hours::parse(text).ok_or_else(|| format!("expected {}", Hours::ALL.map(Hours::as_str).join(", ")))
}

impl Wishes {
    /// Whether anything was said.
    pub fn is_any(&self) -> bool {
        self.profile.is_some() || self.ask() != Ask::default()
    }

    /// What the solver is asked.
    pub fn ask(&self) -> Ask {
        let Wishes { budget, months, hours, constituents, .. } = *self;
        let payers = self.payer.iter().flatten().map(|(block, payer)| (block.clone(), payer.clone())).collect();
        Ask { services: self.services.clone(), budget, months, hours, constituents, payers }
    }
}

/// As what a document is printed, and where to.
#[derive(Debug, Args)]
pub struct Print {
    /// The language: en, ar or fr.
    #[arg(long, value_name = "TAG", default_value = "en")]
    pub lang: String,
    /// pdf, docx, html or md.
    #[arg(long, default_value = "html")]
    pub format: String,
    /// The file; standard output without it.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}
