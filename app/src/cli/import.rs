//! What can be typed about the records of other tools.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Place;

/// `import`.
#[derive(Debug, Args)]
pub struct Import {
    #[command(flatten)]
    pub place: Place,
    /// The form of the file.
    pub format: ImportFormat,
    /// The file, which may be compressed with gzip; `-` is standard input. Of maildir and eml the folder.
    pub file: PathBuf,
    /// Say what would be made, and make nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// A name for the tool the records come from, when there are two of its kind; the name of the format otherwise.
    #[arg(long, value_name = "NAME")]
    pub tool: Option<String>,
    /// The marking of what says nothing of it.
    #[arg(long, value_name = "LABEL", default_value = "AMBER")]
    pub tlp: String,
    /// A queue of RT by number or name, and what it holds: reports, incidents, investigations or countermeasures; may be given
    /// several times.
    #[arg(long = "queue", value_name = "NUMBER=KIND")]
    pub queues: Vec<String>,
    /// The kind of the mbox: mboxo, mboxrd or mboxcl2.
    #[arg(long, value_name = "KIND", default_value = "mboxrd")]
    pub mbox_kind: String,
    /// Answer in JSON.
    #[arg(long)]
    pub json: bool,
}

/// The forms of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ImportFormat {
    /// Tickets of RTIR: JSON of RT's REST2.
    Rtir,
    /// Cases of TheHive: JSON of its API.
    #[value(name = "thehive")]
    TheHive,
    /// Mails, one after the other.
    Mbox,
    /// A Maildir: a folder with the folders "new" and "cur".
    Maildir,
    /// A folder of .eml files.
    Eml,
    /// A table of incidents.
    Csv,
}

impl ImportFormat {
    /// The word on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rtir => "rtir",
            Self::TheHive => "thehive",
            Self::Mbox => "mbox",
            Self::Maildir => "maildir",
            Self::Eml => "eml",
            Self::Csv => "csv",
        }
    }
}
