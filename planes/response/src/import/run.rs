//! A whole file, tried out or taken over. It is read on a thread of its own, a little ahead of what is being stored.

use std::io::Read;
use std::sync::Arc;

use manara_formats::mail::MailLimits;
use manara_model::Micros;
use manara_net::{Maildir, Mbox, MboxKind, StoredMail, StoredMailError};
use manara_store::{Blobs, Db, StoreError};
use tokio::sync::mpsc;

use super::{Foreign, Kept, Made, Outcome, Reading, Refused, Takeover, records};
use crate::mail::{Incoming, Known, MailHouse, OutcomeKind, ReadError, look_at, read, take_past, taken_already};

/// Records of one transaction, and about how many bytes they may have together: records of one time change the same pages of
/// the indexes, so many together write fewer; everybody else who writes waits for them, for a second at the most.
const CHUNK: usize = 4_000;
const CHUNK_BYTES: usize = 16 << 20;
/// Mails of one transaction.
const MAILS: usize = 100;
/// Chunks that are read ahead.
const AHEAD: usize = 2;
/// Records that a trial shows.
const SHOWN: usize = 10;
/// Refused records after which a file is taken for another kind of file.
const REFUSED: usize = 100_000;

/// A record as a trial shows it: its name there, what it becomes, where it stands, its day, its title.
pub type Line = [String; 5];

/// How far a file is, and what came of it until there.
#[derive(Debug, Clone, Default)]
pub struct Pass {
    /// Records that were read, with those that were refused.
    pub records: u64,
    /// What came of them.
    pub outcome: Outcome,
    /// What was refused, in the order of the file.
    pub refused: Vec<Refused>,
    /// The first records, in a trial.
    pub first: Vec<Line>,
    /// Why the file could not be read on.
    pub broken: Option<String>,
}

impl Pass {
    fn refuse(&mut self, refused: Vec<Refused>) -> Result<(), RunError> {
        self.records += refused.len() as u64;
        self.refused.extend(refused);
        match self.refused.last() {
            Some(last) if self.refused.len() > REFUSED => Err(RunError::Refused(last.why.clone())),
            _ => Ok(()),
        }
    }

    fn add(&mut self, outcome: &Outcome) {
        self.outcome.made.add(&outcome.made);
        self.outcome.already += outcome.already;
    }

    fn show(&mut self, one: impl FnOnce() -> Line) {
        if self.first.len() < SHOWN {
            self.first.push(one());
        }
    }
}

/// Why a file was not gone through to its end. What was taken over before stays, and the same again goes on there.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The state database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// So much was refused that it is likely another kind of file.
    #[error("more than {REFUSED} records were refused, so this is likely no file of this format; the last: {0}")]
    Refused(String),
    /// The bytes of a mail could not be kept.
    #[error("{place}: {error}")]
    Keep {
        /// Which.
        place: String,
        /// Why.
        error: ReadError,
    },
    /// The file could not be opened.
    #[error("{0}")]
    File(String),
    /// The thread that reads the file ended before the file.
    #[error("the reading of the file broke off")]
    Reader,
}

/// Some of what a file holds.
struct Chunk<T> {
    all: Vec<T>,
    refused: Vec<Refused>,
    /// Why it is the last: the end of the file, or what is wrong with it.
    end: Option<Result<(), String>>,
}

impl<T> Default for Chunk<T> {
    fn default() -> Self {
        Chunk { all: Vec::new(), refused: Vec::new(), end: None }
    }
}

/// Reads a file on a thread of its own. `open` gives its records, `weigh` says how many bytes one has.
fn read_ahead<T, I>(
    open: impl FnOnce() -> I + Send + 'static,
    weigh: impl Fn(&T) -> usize + Send + 'static,
    most: usize,
) -> mpsc::Receiver<Chunk<T>>
where
    T: Send + 'static,
    I: Iterator<Item = std::io::Result<Result<T, Refused>>>,
{
    let (send, chunks) = mpsc::channel(AHEAD);
    tokio::task::spawn_blocking(move || {
        let (mut chunk, mut bytes) = (Chunk::default(), 0);
        let mut end = Ok(());
        for record in open() {
            match record {
                Ok(Ok(one)) => {
                    bytes += weigh(&one);
                    chunk.all.push(one);
                }
                Ok(Err(refused)) => chunk.refused.push(refused),
                Err(error) => {
                    end = Err(error.to_string());
                    break;
                }
            }
            if chunk.all.len() >= most || chunk.refused.len() >= most || bytes >= CHUNK_BYTES {
                bytes = 0;
                if send.blocking_send(std::mem::take(&mut chunk)).is_err() {
                    return;
                }
            }
        }
        chunk.end = Some(end);
        let _ = send.blocking_send(chunk);
    });
    chunks
}

/// Goes through a file of records; a trial makes nothing. `kept` hears how far it is.
pub async fn run(
    takeover: &mut Takeover<'_>,
    file: Box<dyn Read + Send>,
    reading: Reading,
    is_trial: bool,
    kept: Option<&mut Kept>,
) -> Result<Pass, RunError> {
    let db = takeover.db;
    let pass = go_through(takeover, (file, reading), is_trial, kept).await;
    if !is_trial {
        db.checkpoint_beside();
    }
    pass
}

async fn go_through(
    takeover: &mut Takeover<'_>,
    (file, reading): (Box<dyn Read + Send>, Reading),
    is_trial: bool,
    mut kept: Option<&mut Kept>,
) -> Result<Pass, RunError> {
    let mut pass = Pass::default();
    let mut chunks = read_ahead(move || records(file, reading), |one: &Foreign| one.bytes, CHUNK);
    while let Some(chunk) = chunks.recv().await {
        pass.records += chunk.all.len() as u64;
        if is_trial {
            for one in chunk.all.iter().take(SHOWN) {
                pass.show(|| {
                    let (kind, state) = (one.becomes.kind().to_string(), one.becomes.state().to_string());
                    [one.label.clone(), kind, state, one.created.day(), one.title.clone()]
                });
            }
        }
        let outcome = match (chunk.all.is_empty(), is_trial) {
            (true, _) => Outcome::default(),
            (false, true) => takeover.try_out(&chunk.all).await?,
            (false, false) => takeover.take(&chunk.all).await?,
        };
        pass.add(&outcome);
        if ended(&mut pass, (chunk.refused, chunk.end), kept.as_deref_mut()).await? {
            return Ok(pass);
        }
    }
    Err(RunError::Reader)
}

/// Notes what was refused, how far the file is, and whether that was its end.
async fn ended(
    pass: &mut Pass,
    (refused, end): (Vec<Refused>, Option<Result<(), String>>),
    kept: Option<&mut Kept>,
) -> Result<bool, RunError> {
    let too_many = pass.refuse(refused);
    let is_end = end.is_some();
    pass.broken = end.and_then(Result::err);
    if let Some(kept) = kept {
        kept.save(pass).await?;
    }
    too_many.map(|()| is_end)
}

/// Who the sender of a mail is, by their address.
pub type KnownBy = Arc<
    dyn Fn(String) -> std::pin::Pin<Box<dyn Future<Output = Result<Option<Known>, StoreError>> + Send>> + Send + Sync,
>;

/// What old mail is taken in with. A house for this acknowledges nothing: nobody is answered about mail of years ago.
#[derive(Clone)]
pub struct Mails {
    /// The state database.
    pub db: Db,
    /// The mail of the house.
    pub house: Arc<MailHouse>,
    /// Where the bytes of mails are.
    pub blobs: Blobs,
    /// Who senders are.
    pub known: KnownBy,
}

/// Where old mail lies.
pub enum Stored {
    /// One after the other in a file.
    Mbox(Box<dyn Read + Send>, MboxKind),
    /// A file for each in a folder.
    Folder(Maildir),
}

impl std::fmt::Debug for Stored {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if matches!(self, Stored::Mbox(..)) { "Mbox" } else { "Folder" })
    }
}

type StoredMails = Box<dyn Iterator<Item = std::io::Result<Result<StoredMail, Refused>>>>;

/// Goes through stored mail: every mail goes the way of mail that comes in, at its own date, and nobody is answered.
pub async fn run_mails(
    mails: &Mails,
    lies: Stored,
    (is_trial, now): (bool, Micros),
    mut kept: Option<&mut Kept>,
) -> Result<Pass, RunError> {
    let mut pass = Pass::default();
    let open = move || -> StoredMails {
        match lies {
            Stored::Mbox(file, kind) => Box::new(Mbox::new(file, kind, MailLimits::default().bytes).map(stored)),
            Stored::Folder(folder) => Box::new(folder.map(|mail| Ok(stored_alone(mail)))),
        }
    };
    let mut chunks = read_ahead(open, |mail: &StoredMail| mail.bytes.len(), MAILS);
    while let Some(chunk) = chunks.recv().await {
        pass.records += chunk.all.len() as u64;
        let (read, mut refused) = read_all(mails, chunk.all, is_trial).await?;
        if is_trial {
            for one in read.iter().take(SHOWN) {
                pass.show(|| {
                    let from = one.mail.from.as_ref().map(|from| from.address.clone()).unwrap_or_default();
                    let day = one.mail.date.map(Micros::day).unwrap_or_default();
                    [from, "message".into(), String::new(), day, one.mail.subject.clone()]
                });
            }
        }
        let outcome = match (read.is_empty(), is_trial) {
            (true, _) => Outcome::default(),
            (false, true) => tried(&mails.db, &read).await?,
            (false, false) => taken(mails, &read, now).await?,
        };
        pass.add(&outcome);
        // Those that could be cut out of the file and are no mail were counted as read.
        pass.records -= refused.len() as u64;
        refused.extend(chunk.refused);
        if ended(&mut pass, (refused, chunk.end), kept.as_deref_mut()).await? {
            return Ok(pass);
        }
    }
    Err(RunError::Reader)
}

/// A mail of an mbox; one that is too large costs itself alone, all else ends the file.
fn stored(mail: Result<StoredMail, StoredMailError>) -> std::io::Result<Result<StoredMail, Refused>> {
    match mail {
        Ok(_) | Err(StoredMailError::TooLarge { .. }) => Ok(stored_alone(mail)),
        Err(error) => Err(std::io::Error::other(error.to_string())),
    }
}

/// A mail with a file of its own: whatever is wrong with it costs itself alone.
fn stored_alone(mail: Result<StoredMail, StoredMailError>) -> Result<StoredMail, Refused> {
    mail.map_err(|error| {
        let (place, why) = match error {
            StoredMailError::TooLarge { place, limit } => {
                (format!("message {place}"), format!("it has more than {limit} bytes; expected a mail of fewer"))
            }
            StoredMailError::Broken { place, error } => (format!("message {place}"), error.to_string()),
            other => ("the folder".into(), other.to_string()),
        };
        Refused { place, id: String::new(), why }
    })
}

/// Keeps and reads some mails, and looks up who sent them; a trial keeps nothing.
async fn read_all(
    mails: &Mails,
    all: Vec<StoredMail>,
    is_trial: bool,
) -> Result<(Vec<Incoming>, Vec<Refused>), RunError> {
    let (house, blobs) = (Arc::clone(&mails.house), mails.blobs.clone());
    let reading = tokio::task::spawn_blocking(move || {
        let (mut good, mut refused) = (Vec::with_capacity(all.len()), Vec::new());
        for mail in all {
            let place = format!("message {}", mail.place);
            let read = match is_trial {
                true => look_at(&house, &mail.bytes).map_err(ReadError::Mail),
                false => read(&house, &blobs, &mail.bytes, &[]),
            };
            match read {
                Ok(one) => good.push(one),
                Err(ReadError::Mail(why)) => refused.push(Refused { place, id: String::new(), why: why.to_string() }),
                Err(error @ ReadError::Keep(_)) => return Err(RunError::Keep { place, error }),
            }
        }
        Ok((good, refused))
    });
    let (mut good, refused) = reading.await.map_err(|_| RunError::Reader)??;
    if !is_trial {
        for one in &mut good {
            if let Some(from) = &one.mail.from {
                one.known = (mails.known)(from.address.clone()).await?;
            }
        }
    }
    Ok((good, refused))
}

async fn tried(db: &Db, mails: &[Incoming]) -> Result<Outcome, StoreError> {
    let known = taken_already(db, mails).await?;
    let already = known.iter().filter(|known| **known).count() as u64;
    Ok(Outcome { made: Made { messages: known.len() as u64 - already, ..Made::default() }, already })
}

async fn taken(mails: &Mails, read: &[Incoming], now: Micros) -> Result<Outcome, StoreError> {
    let mut outcome = Outcome::default();
    for one in take_past(&mails.db, &mails.house, read, now).await? {
        let is_report = match one.kind {
            OutcomeKind::Duplicate => {
                outcome.already += 1;
                continue;
            }
            OutcomeKind::Report | OutcomeKind::Arf | OutcomeKind::Xarf => true,
            OutcomeKind::Reply | OutcomeKind::Bounce | OutcomeKind::Automatic | OutcomeKind::Quarantined => false,
        };
        let observables = if one.ticket.is_some() { one.seen.len() as u64 } else { 0 };
        outcome.made.add(&Made { messages: 1, reports: u64::from(is_report), observables, ..Made::default() });
    }
    Ok(outcome)
}
