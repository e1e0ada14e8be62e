//! A file that somebody brought on a page: it is tried out first, then taken over, and what came of it is kept.

use std::collections::BTreeMap;

use manara_formats::Limits;
use manara_model::{Micros, Tlp, Viewer};
use manara_net::{Maildir, MboxKind};
use manara_store::{BlobError, Blobs, Db, Journal, StoreError};
use serde_json::json;

use super::run::{Line, Mails, Pass, RunError, Stored, run, run_mails};
use super::{Format, Queue, Reading, Takeover};
use crate::jobs::new_id;
use crate::policy::Policy;
use crate::{PLANE, sql_import};

/// Refused records that are kept of a file; how many there were is kept of all.
pub const REFUSED_KEPT: usize = 10_000;
/// Characters of the name of a tool.
pub const TOOL_CHARS: usize = 60;
/// Characters of the list of queues.
pub const QUEUES_CHARS: usize = 2_000;
/// Characters of the name of a file, and of a fault.
const NAME_CHARS: usize = 200;
const FAULT_CHARS: usize = 500;
/// Minutes after which work that nothing was heard of counts as interrupted.
const QUIET_MINUTES: i64 = 2;

/// The word for an mbox among the formats.
pub const MBOX: &str = "mbox";
/// The formats of files that can be brought.
pub const FORMATS: [&str; 4] = [Format::Rtir.as_str(), Format::TheHive.as_str(), Format::Csv.as_str(), MBOX];

/// The words for folders of mail: they are gone through where they lie, by the command line alone.
pub const FOLDERS: [&str; 2] = ["maildir", "eml"];

/// Where a file stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportState {
    /// It is being tried out.
    Trying,
    /// It was tried out: somebody may take it over.
    Tried,
    /// It is being taken over.
    Taking,
    /// It was taken over.
    Done,
    /// It could not be tried out.
    Failed,
    /// The taking over could not go on.
    Stopped,
}

impl ImportState {
    /// All states.
    pub const ALL: [ImportState; 6] =
        [Self::Trying, Self::Tried, Self::Taking, Self::Done, Self::Failed, Self::Stopped];

    /// The word in the database and in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Trying => "trying",
            Self::Tried => "tried",
            Self::Taking => "taking",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Stopped => "stopped",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Whether somebody is, or was, at work on it.
    pub fn is_under_way(self) -> bool {
        matches!(self, Self::Trying | Self::Taking)
    }
}

/// A file that was brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// Its id.
    pub id: String,
    /// Its form: one of [`FORMATS`] or [`FOLDERS`].
    pub format: String,
    /// A name for the tool it comes from.
    pub tool: String,
    /// The marking of what says nothing of it.
    pub tlp: Tlp,
    /// Queues of RT, one a line: `3=incidents`.
    pub queues: String,
    /// The kind of an mbox.
    pub mbox_kind: String,
    /// What it was called; may be empty.
    pub file_name: String,
    /// Where its bytes are kept, unpacked.
    pub sha256: String,
    /// How many bytes.
    pub bytes: i64,
    /// Where it stands.
    pub state: ImportState,
    /// Who brought it.
    pub who: String,
    /// When.
    pub at: Micros,
    /// When it changed last.
    pub changed: Micros,
    /// Records that were read.
    pub records: i64,
    /// Those that were here before.
    pub already: i64,
    /// Those that were refused.
    pub refused: i64,
    /// What would be made, or was, by its names.
    pub made: BTreeMap<String, u64>,
    /// The first records.
    pub first: Vec<Line>,
    /// Why the file could not be read on, or the work could not go on; empty when nothing was wrong.
    pub fault: String,
}

impl Import {
    /// Whether the work on it was interrupted, by a restart for example.
    pub fn is_interrupted(&self, now: Micros) -> bool {
        self.state.is_under_way() && self.changed < Micros(now.0 - QUIET_MINUTES * 60_000_000)
    }

    /// One that begins now, of whose records nothing is known yet.
    fn begun(
        (format, tool, file_name): (String, String, String),
        state: ImportState,
        who: &str,
        now: Micros,
    ) -> Import {
        Import {
            id: new_id(now),
            format,
            tool,
            tlp: Tlp::Amber,
            queues: String::new(),
            mbox_kind: String::new(),
            file_name,
            sha256: String::new(),
            bytes: 0,
            state,
            who: who.into(),
            at: now,
            changed: now,
            records: 0,
            already: 0,
            refused: 0,
            made: BTreeMap::new(),
            first: Vec::new(),
            fault: String::new(),
        }
    }

    /// Whether it can be taken over, or gone on with.
    pub fn next(&self, now: Micros) -> Option<ImportState> {
        match self.state {
            // Its bytes are not kept: the same command again goes on.
            _ if FOLDERS.contains(&self.format.as_str()) => None,
            ImportState::Tried => (self.made.values().any(|count| *count > 0)).then_some(ImportState::Taking),
            ImportState::Failed => Some(ImportState::Trying),
            // What was taken over before stays: the same again only adds what is missing.
            ImportState::Stopped => Some(ImportState::Taking),
            ImportState::Trying | ImportState::Taking => self.is_interrupted(now).then_some(self.state),
            ImportState::Done => None,
        }
    }

    /// Whether a viewer may see it: its records may be of any marking.
    pub fn is_for(&self, viewer: &Viewer) -> bool {
        self.who == viewer.name || Import::are_all_for(viewer)
    }

    /// Whether a viewer may see those of everybody.
    pub(crate) fn are_all_for(viewer: &Viewer) -> bool {
        viewer.clearance == Tlp::Red && viewer.mailboxes.is_all()
    }
}

/// A file to be brought, as somebody described it.
#[derive(Debug, Clone, Default)]
pub struct NewImport {
    /// Its form: one of [`FORMATS`].
    pub format: String,
    /// A name for the tool; empty for the name of the format.
    pub tool: String,
    /// The marking of what says nothing of it; empty for TLP:AMBER.
    pub tlp: String,
    /// Queues of RT, one a line: `3=incidents`.
    pub queues: String,
    /// The kind of an mbox; empty for mboxrd.
    pub mbox_kind: String,
    /// What it is called.
    pub file_name: String,
}

/// What is wrong with the description of a file: the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct WrongField(pub &'static str);

impl NewImport {
    /// The description in full, or the first field that makes no sense.
    pub fn checked(&self) -> Result<NewImport, WrongField> {
        let or =
            |text: &str, usual: &str| if text.trim().is_empty() { usual.to_string() } else { text.trim().to_string() };
        let new = NewImport {
            format: self.format.trim().into(),
            tool: or(&self.tool, self.format.trim()),
            tlp: or(&self.tlp, Tlp::Amber.label()),
            queues: self.queues.trim().into(),
            mbox_kind: or(&self.mbox_kind, "mboxrd"),
            file_name: self.file_name.chars().filter(|c| !c.is_control()).take(NAME_CHARS).collect(),
        };
        let is_tool =
            |tool: &str| tool.chars().count() <= TOOL_CHARS && !tool.contains(|c: char| c == '/' || c.is_control());
        let wrong = match () {
            () if !FORMATS.contains(&new.format.as_str()) => Some("format"),
            () if !is_tool(&new.tool) => Some("tool"),
            () if Tlp::parse(&new.tlp).is_none() => Some("tlp"),
            () if new.queues.chars().count() > QUEUES_CHARS || queues(&new.queues).is_none() => Some("queues"),
            () if MboxKind::parse(&new.mbox_kind).is_none() => Some("mbox_kind"),
            () => None,
        };
        wrong.map_or(Ok(new), |field| Err(WrongField(field)))
    }
}

/// Queues by their number or name, one a line; nothing when a line makes no sense.
fn queues(text: &str) -> Option<Vec<(String, Queue)>> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines
        .map(|line| {
            let (name, kind) = line.split_once('=')?;
            Some((name.trim().to_string(), Queue::parse(kind.trim())?))
        })
        .collect()
}

/// Why a file was not kept.
#[derive(Debug, thiserror::Error)]
pub enum BringError {
    /// A field makes no sense.
    #[error(transparent)]
    Field(#[from] WrongField),
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// It cannot be unpacked.
    #[error("{0}")]
    Packed(String),
    /// Its bytes could not be kept.
    #[error(transparent)]
    Blob(#[from] BlobError),
    /// The state database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Keeps a file, unpacked, and notes that it is to be tried out.
pub async fn bring(
    (db, blobs): (&Db, &Blobs),
    new: &NewImport,
    file: impl std::io::Read + std::io::Seek + Send + 'static,
    who: &str,
    now: Micros,
) -> Result<Import, BringError> {
    let new = new.checked()?;
    let blobs = blobs.clone();
    let keeping = tokio::task::spawn_blocking(move || {
        let mut plain =
            manara_formats::open(file, &Limits::default()).map_err(|error| BringError::Packed(error.to_string()))?;
        Ok::<_, BringError>(blobs.keep(&mut plain)?)
    });
    let kept = keeping.await.map_err(|error| BringError::Packed(error.to_string()))??;
    if kept.bytes == 0 {
        return Err(BringError::Empty);
    }
    let one = Import {
        tlp: Tlp::parse(&new.tlp).unwrap_or(Tlp::Amber),
        queues: new.queues,
        mbox_kind: new.mbox_kind,
        sha256: kept.sha256,
        bytes: i64::try_from(kept.bytes).unwrap_or(i64::MAX),
        ..Import::begun((new.format, new.tool, new.file_name), ImportState::Trying, who, now)
    };
    let detail = json!({ "format": one.format, "tool": one.tool, "file": one.file_name, "bytes": one.bytes });
    put_new(db, &one, ("import_brought", detail)).await?;
    Ok(one)
}

/// Notes an import with its line of the journal.
async fn put_new(db: &Db, one: &Import, (verb, detail): (&str, serde_json::Value)) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    sql_import::put_import(&mut tx, one).await?;
    Journal::write(&mut tx, &one.who, PLANE, verb, &one.id, &detail.to_string(), one.at).await?;
    tx.commit().await
}

/// Goes through a folder of mail where it lies, and keeps what came of it as of a file that was brought. A trial keeps nothing.
pub async fn take_folder(
    mails: &Mails,
    (format, folder, name): (&str, Maildir, &str),
    (who, is_trial): (&str, bool),
    now: Micros,
) -> Result<Pass, RunError> {
    if is_trial {
        return run_mails(mails, Stored::Folder(folder), (true, now), None).await;
    }
    let name = name.chars().filter(|c| !c.is_control()).take(NAME_CHARS).collect();
    let one = Import::begun((format.into(), format.into(), name), ImportState::Taking, who, now);
    let db = &mails.db;
    let detail = json!({ "format": one.format, "tool": one.tool, "file": one.file_name });
    put_new(db, &one, ("import_begun", detail)).await?;
    let mut kept = Kept::begin(db, &one, false).await?;
    let done = run_mails(mails, Stored::Folder(folder), (false, now), Some(&mut kept)).await;
    end(db, (&one, who), &kept, done.as_ref(), false).await?;
    done
}

/// Takes the next step of a file for oneself: false when it has none, or somebody else was faster.
pub async fn claim(db: &Db, one: &Import, who: &str, now: Micros) -> Result<bool, StoreError> {
    let Some(next) = one.next(now) else { return Ok(false) };
    let mut tx = db.begin().await?;
    if !sql_import::claim_import(&mut tx, &one.id, (one.state.as_str(), one.changed), next.as_str(), now).await? {
        return Ok(false);
    }
    let verb = if next == ImportState::Taking { "import_begun" } else { "import_tried" };
    Journal::write(&mut tx, who, PLANE, verb, &one.id, "{}", now).await?;
    tx.commit().await?;
    Ok(true)
}

/// Keeps how far a file is, for whoever looks.
#[derive(Debug)]
pub struct Kept {
    db: Db,
    id: String,
    is_trial: bool,
    /// What was made before this pass began, of one that was interrupted.
    before: BTreeMap<String, u64>,
    refused: usize,
}

impl Kept {
    async fn begin(db: &Db, one: &Import, is_trial: bool) -> Result<Kept, StoreError> {
        let mut tx = db.begin().await?;
        sql_import::forget_refused(&mut tx, &one.id).await?;
        tx.commit().await?;
        let is_further = matches!(one.state, ImportState::Taking | ImportState::Stopped);
        let before = if is_further { one.made.clone() } else { BTreeMap::new() };
        let mut kept = Kept { db: db.clone(), id: one.id.clone(), is_trial, before, refused: 0 };
        kept.save(&Pass::default()).await?;
        Ok(kept)
    }

    fn made(&self, pass: &Pass) -> BTreeMap<String, u64> {
        let mut made = self.before.clone();
        for (name, count) in pass.outcome.made.all() {
            *made.entry(name.to_string()).or_default() += count;
        }
        made
    }

    /// Writes down how far it is.
    pub(super) async fn save(&mut self, pass: &Pass) -> Result<(), StoreError> {
        let mut tx = self.db.begin().await?;
        let fresh = pass.refused.get(self.refused..pass.refused.len().min(REFUSED_KEPT)).unwrap_or_default();
        sql_import::add_refused(&mut tx, &self.id, self.refused, fresh).await?;
        self.refused += fresh.len();
        let first = if self.is_trial { pass.first.as_slice() } else { &[] };
        let fault: String = pass.broken.iter().flat_map(|why| why.chars()).take(FAULT_CHARS).collect();
        let counts = [pass.records, pass.outcome.already, pass.refused.len() as u64];
        sql_import::note_import(&mut tx, &self.id, counts, (&self.made(pass), first), &fault, Micros::now()).await?;
        tx.commit().await
    }
}

/// What files are taken over with.
#[derive(Clone)]
pub struct ImportRoom {
    /// What mail is taken in with; its database is that of all.
    pub mails: Mails,
    /// By which severity, end and time are judged.
    pub policy: Policy,
}

/// Does the step of a file that was claimed, and writes down what came of it.
pub async fn work(room: &ImportRoom, before: &Import, who: &str, now: Micros) -> Result<(), StoreError> {
    let db = &room.mails.db;
    let is_trial = before.next(now).is_none_or(|next| next == ImportState::Trying);
    let mut kept = Kept::begin(db, before, is_trial).await?;
    let done = pass(room, before, (who, is_trial), &mut kept, now).await;
    end(db, (before, who), &kept, done.as_ref(), is_trial).await
}

/// Writes down how the going through a file ended.
async fn end(
    db: &Db,
    (before, who): (&Import, &str),
    kept: &Kept,
    done: Result<&Pass, &RunError>,
    is_trial: bool,
) -> Result<(), StoreError> {
    let at = Micros::now();
    let mut tx = db.begin().await?;
    let (state, fault) = match done {
        Ok(_) if is_trial => (ImportState::Tried, None),
        Ok(_) => (ImportState::Done, None),
        Err(error) => {
            let state = if is_trial { ImportState::Failed } else { ImportState::Stopped };
            (state, Some(error.to_string().chars().take(FAULT_CHARS).collect::<String>()))
        }
    };
    sql_import::end_import(&mut tx, &before.id, state.as_str(), fault.as_deref(), at).await?;
    if let Ok(pass) = done
        && !is_trial
    {
        let made: BTreeMap<String, u64> = kept.made(pass).into_iter().filter(|(_, count)| *count > 0).collect();
        let detail = json!({ "tool": before.tool, "file": before.file_name, "made": made,
            "already": pass.outcome.already, "refused": pass.refused.len() });
        Journal::write(&mut tx, who, PLANE, "import_finished", &before.id, &detail.to_string(), at).await?;
    }
    tx.commit().await
}

async fn pass(
    room: &ImportRoom,
    one: &Import,
    (who, is_trial): (&str, bool),
    kept: &mut Kept,
    now: Micros,
) -> Result<Pass, RunError> {
    let unread = |error: BlobError| RunError::File(error.to_string());
    let file = room.mails.blobs.open(&one.sha256).map_err(unread)?;
    if one.format == MBOX {
        let kind = MboxKind::parse(&one.mbox_kind).unwrap_or(MboxKind::Mboxrd);
        return run_mails(&room.mails, Stored::Mbox(file, kind), (is_trial, now), Some(kept)).await;
    }
    let format = [Format::Rtir, Format::TheHive].into_iter().find(|format| format.as_str() == one.format);
    let reading = Reading {
        format: format.unwrap_or(Format::Csv),
        tlp: one.tlp,
        queues: queues(&one.queues).unwrap_or_default(),
        now,
    };
    let people = manara_web::team(&room.mails.db).await?.into_iter().map(|(name, _)| name).collect();
    let judged = (&room.policy, room.mails.house.language.as_str());
    let mut takeover = Takeover::new((&room.mails.db, &room.mails.blobs), judged, (&one.tool, who), people, now);
    run(&mut takeover, file, reading, is_trial, Some(kept)).await
}

#[cfg(test)]
mod tests {
    use super::{NewImport, WrongField};

    #[test]
    fn a_description_is_completed_or_its_first_wrong_field_named() {
        let rtir = NewImport { format: "rtir".into(), ..NewImport::default() };
        let full = rtir.checked().expect("complete");
        assert_eq!((full.tool.as_str(), full.tlp.as_str(), full.mbox_kind.as_str()), ("rtir", "TLP:AMBER", "mboxrd"));
        let with = |change: fn(&mut NewImport)| {
            let mut new = rtir.clone();
            change(&mut new);
            new.checked().map(|_| ()).map_err(|WrongField(field)| field)
        };
        assert_eq!(with(|new| new.queues = "9=incidents\n\n7 = reports".into()), Ok(()));
        assert_eq!(with(|new| new.format = "word".into()), Err("format"));
        assert_eq!(with(|new| new.tool = "a/b".into()), Err("tool"));
        assert_eq!(with(|new| new.tlp = "PINK".into()), Err("tlp"));
        assert_eq!(with(|new| new.queues = "9=tickets".into()), Err("queues"));
        assert_eq!(with(|new| new.mbox_kind = "mbx".into()), Err("mbox_kind"));
    }
}
