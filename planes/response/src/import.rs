//! Records of other tools: each format is read into one shape ([`Foreign`]), which is taken over chunk by chunk.
//!
//! A record that cannot be read costs itself alone and is named with its place; what was taken over once is never taken over
//! again, by the name it has where it comes from.

mod csv;
mod json;
mod kept;
mod rtir;
mod run;
mod take;
mod thehive;
mod value;

use std::io::Read;
use std::sync::Arc;

use manara_model::{Micros, Severity, Tlp};
use serde_json::Value;

use crate::incident::State;
use crate::message::Seen;
use crate::task::TaskState;
use crate::ticket::{Kind, TicketState};

pub use kept::{
    BringError, FOLDERS, FORMATS, Import, ImportRoom, ImportState, Kept, MBOX, NewImport, QUEUES_CHARS, REFUSED_KEPT,
    TOOL_CHARS, WrongField, bring, claim, take_folder, work,
};
pub use run::{KnownBy, Line, Mails, Pass, RunError, Stored, run, run_mails};
pub use take::{Made, Outcome, Takeover};

pub use crate::sql_import::{import_of, imports, refused_of};

/// Bytes of one record, its files with it; what is more is refused.
pub const RECORD_BYTES: usize = 32 << 20;
/// Pieces of text of one record: notes or messages.
const TEXTS: usize = 2_000;
/// Observables, links and facts of one record, each.
const PARTS: usize = 5_000;
/// Tasks of one record.
const TASKS: usize = 2_000;
/// Files of one record.
const FILES: usize = 1_000;

/// The form of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Tickets of RTIR, as RT's REST2 gives them.
    Rtir,
    /// Cases of TheHive, as its API gives them.
    TheHive,
    /// A table with a header.
    Csv,
}

impl Format {
    /// The word on the command line, and the usual name of where records come from.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Rtir => "rtir",
            Self::TheHive => "thehive",
            Self::Csv => "csv",
        }
    }
}

/// What a record becomes, and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Becomes {
    /// An incident; when it is closed, with the resolution it is to have where the policy knows it.
    Incident(State, &'static str),
    /// A report, an investigation or a countermeasure.
    Ticket(Kind, TicketState),
}

impl Becomes {
    /// What it is: `incident`, `report`, `investigation` or `countermeasure`.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Incident(..) => "incident",
            Self::Ticket(kind, _) => kind.as_str(),
        }
    }

    /// Where it stands.
    pub fn state(self) -> &'static str {
        match self {
            Self::Incident(state, _) => state.as_str(),
            Self::Ticket(_, state) => state.as_str(),
        }
    }

    fn is_live(self) -> bool {
        match self {
            Self::Incident(state, _) => state.is_live(),
            Self::Ticket(_, state) => state.is_live(),
        }
    }
}

/// Who says something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voice {
    /// The other side, to us.
    Theirs,
    /// The team, to the other side.
    Ours,
    /// The team, to itself.
    Within,
}

/// Something that was said of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// When.
    pub at: Micros,
    /// Who, as the tool names them; may be empty.
    pub who: String,
    /// To whom.
    pub voice: Voice,
    /// What.
    pub body: String,
    /// Message-ID of the mail it was, without the angle brackets; empty where that is not known.
    pub message_id: String,
    /// Files that came with it.
    pub files: Vec<ForeignFile>,
}

/// A file of another tool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignFile {
    /// What it is called; may be empty.
    pub name: String,
    /// What it is said to be; may be empty.
    pub media_type: String,
    /// What it holds.
    pub bytes: Arc<[u8]>,
    /// SHA-256 of that, in small hexadecimal.
    pub sha256: String,
}

/// Something that was to be done about a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignTask {
    /// One line.
    pub title: String,
    /// What to do; may be empty.
    pub body: String,
    /// Who, as the tool names them; may be empty.
    pub owner: String,
    /// Where it stands.
    pub state: TaskState,
    /// Until when.
    pub due: Option<Micros>,
    /// When it was ended.
    pub ended: Option<Micros>,
}

/// A technique of MITRE ATT&CK that was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignTechnique {
    /// `T1566` or `T1566.002`.
    pub id: String,
    /// What was seen of it.
    pub said: String,
    /// Who said so, as the tool names them; may be empty.
    pub who: String,
    /// When they said so.
    pub at: Micros,
    /// When it happened, as far as that is said.
    pub happened: Option<Micros>,
}

/// A record of another tool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Foreign {
    /// What its tool knows it by.
    pub key: String,
    /// Where it stands in the file.
    pub place: String,
    /// What people called it: `RT #1234`; may be empty.
    pub label: String,
    /// What it becomes.
    pub becomes: Becomes,
    /// One line.
    pub title: String,
    /// RSIT class and type.
    pub class: (&'static str, &'static str),
    /// How bad it is.
    pub severity: Severity,
    /// How far it may travel.
    pub tlp: Tlp,
    /// Who handled it, as the tool names them; empty for nobody.
    pub owner: String,
    /// When it was opened.
    pub created: Micros,
    /// When it changed last.
    pub changed: Micros,
    /// When it ended.
    pub closed: Option<Micros>,
    /// Until when something was to be done.
    pub due: Option<Micros>,
    /// Mail addresses of the other side, the main one first.
    pub others: Vec<String>,
    /// Of a countermeasure: what is blocked, and where.
    pub target: (String, String),
    /// What has no field here, by the names it has there.
    pub facts: Vec<(String, String)>,
    /// What was said, in its order.
    pub texts: Vec<Text>,
    /// What it speaks of.
    pub seen: Vec<Seen>,
    /// What was to be done, in its order.
    pub tasks: Vec<ForeignTask>,
    /// By which techniques it was done.
    pub techniques: Vec<ForeignTechnique>,
    /// Keys of the records it is linked with.
    pub links: Vec<String>,
    /// About how much memory it takes.
    pub bytes: usize,
}

/// A record that is not taken over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Where it stands in the file.
    pub place: String,
    /// What its tool knows it by, as far as that could be read.
    pub id: String,
    /// Why.
    pub why: String,
}

/// Why a record is not taken over.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Fault {
    /// Its text is none of the format.
    #[error("{0}; expected one whole JSON object")]
    Json(String),
    /// It is too long.
    #[error("it has more than {RECORD_BYTES} bytes; leave out its largest attachments and import it again")]
    TooLong,
    /// Something is not said.
    #[error("{0} is missing; expected {1}")]
    Missing(&'static str, &'static str),
    /// Something is said that is not understood.
    #[error("{field} = {found:?}; expected {expected}")]
    Value { field: &'static str, found: String, expected: &'static str },
    /// It has too much of something.
    #[error("it has more than {most} {what}; expected fewer")]
    Many { what: &'static str, most: usize },
    /// It was deleted there.
    #[error("it was deleted there; expected what is still in use")]
    Deleted,
    /// A row of a table is broken.
    #[error("the row is broken ({0}); expected as many cells as the header has, and quotes in pairs")]
    Row(&'static str),
}

impl Fault {
    /// A value that is not understood, with no more of it than fits a line.
    fn value(field: &'static str, found: &str, expected: &'static str) -> Self {
        Self::Value { field, found: found.chars().take(80).collect(), expected }
    }
}

/// How a file is read.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The form of the file.
    pub format: Format,
    /// How far what says nothing of it may travel.
    pub tlp: Tlp,
    /// Queues of RT by their number, with what their tickets become: an export often names them by number alone.
    pub queues: Vec<(String, Queue)>,
    /// Nothing of the file is later.
    pub now: Micros,
}

/// What the tickets of a queue of RTIR become.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Queue {
    /// Incidents.
    Incidents,
    /// Reports, investigations or countermeasures.
    Tickets(Kind),
}

impl Queue {
    /// The words on the command line.
    pub const WORDS: [(&'static str, Queue); 4] = [
        ("reports", Queue::Tickets(Kind::Report)),
        ("incidents", Queue::Incidents),
        ("investigations", Queue::Tickets(Kind::Investigation)),
        ("countermeasures", Queue::Tickets(Kind::Countermeasure)),
    ];

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::WORDS.into_iter().find(|(word, _)| *word == text).map(|(_, queue)| queue)
    }
}

/// Reads the records of a file one by one, with no more than one in memory. An error ends the file: it could not be read on.
pub fn records<R: Read + 'static>(
    input: R,
    reading: Reading,
) -> Box<dyn Iterator<Item = std::io::Result<Result<Foreign, Refused>>>> {
    if reading.format == Format::Csv {
        return Box::new(csv::Rows::new(input, reading));
    }
    Box::new(json::Objects::new(input).map(move |object| object.map(|object| one(&object, &reading))))
}

fn one(object: &json::Object, reading: &Reading) -> Result<Foreign, Refused> {
    let refused = |id: String, fault: Fault| Refused { place: object.place.clone(), id, why: fault.to_string() };
    let text = object.text.as_ref().map_err(|fault| refused(String::new(), Fault::Json((*fault).into())));
    let text = match text {
        Ok(text) => text,
        Err(_) if object.is_too_long => return Err(refused(String::new(), Fault::TooLong)),
        Err(refused) => return Err(refused),
    };
    let value: Value =
        serde_json::from_slice(text).map_err(|error| refused(String::new(), Fault::Json(error.to_string())))?;
    let (id, read) = match reading.format {
        Format::Rtir => (rtir::id(&value), rtir::read(&value, reading)),
        Format::TheHive | Format::Csv => (thehive::id(&value), thehive::read(&value, reading)),
    };
    let mut foreign = read.map_err(|fault| refused(id.clone(), fault))?;
    foreign.place.clone_from(&object.place);
    foreign.bytes = text.len();
    sound(foreign, reading.now).map_err(|fault| refused(id, fault))
}

/// The record, if its times and its size are those of a record.
fn sound(mut one: Foreign, now: Micros) -> Result<Foreign, Fault> {
    // Clocks differ a little.
    let latest = now.plus_days(1);
    let expected = "a time that has come";
    for (field, at) in [("created", Some(one.created)), ("changed", Some(one.changed)), ("closed", one.closed)] {
        if let Some(at) = at.filter(|at| *at > latest) {
            return Err(Fault::value(field, &at.rfc3339(), expected));
        }
    }
    if one.created.0 < 0 {
        return Err(Fault::value("created", &one.created.rfc3339(), "a time since 1970"));
    }
    for (what, count, most) in [
        ("notes and messages", one.texts.len(), TEXTS),
        ("observables", one.seen.len(), PARTS),
        ("links", one.links.len(), PARTS),
        ("fields", one.facts.len(), PARTS),
        ("tasks", one.tasks.len(), TASKS),
        ("techniques", one.techniques.len(), TEXTS),
        ("files", one.texts.iter().map(|text| text.files.len()).sum(), FILES),
    ] {
        if count > most {
            return Err(Fault::Many { what, most });
        }
    }
    one.created = one.created.min(now);
    one.changed = one.changed.clamp(one.created, now);
    one.closed = match one.becomes.is_live() {
        true => None,
        false => Some(one.closed.unwrap_or(one.changed).clamp(one.created, now)),
    };
    for text in &mut one.texts {
        text.at = text.at.clamp(one.created, now);
    }
    for technique in &mut one.techniques {
        technique.at = technique.at.clamp(one.created, now);
        // The attack began before anybody opened a record of it, and nothing happened in days to come.
        technique.happened = technique.happened.map(|at| at.min(now));
    }
    Ok(one)
}
