//! Mail that lies in files: an mbox holds many messages in one, a Maildir or a folder of `.eml` has a file for each. All are read as a stream, one
//! message in memory at a time, and nothing in them is changed.

mod maildir;
mod mbox;

pub use maildir::Maildir;
pub use mbox::{Mbox, MboxKind};

/// A message as it was stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredMail {
    /// Where it lay: the number of the message in its file, from one, or the name of its own file.
    pub place: String,
    /// The sender of the envelope, where it was stored; empty otherwise.
    pub sender: String,
    /// The message, with the line ends it was stored with.
    pub bytes: Vec<u8>,
}

/// Why a message cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum StoredMailError {
    /// It has more bytes than are taken; the next can be had.
    #[error("message {place} has more than {limit} bytes")]
    TooLarge {
        /// Where it lies.
        place: String,
        /// The limit.
        limit: usize,
    },
    /// The file does not begin as an mbox does.
    #[error("line 1 does not begin with \"From \", so this is no mbox; a single message is a file of its own")]
    NoMbox,
    /// The folder is none.
    #[error("{0} is no Maildir: it has neither a folder \"new\" nor \"cur\"")]
    NoMaildir(String),
    /// There is no mail in the folder.
    #[error("{0} has no file whose name ends with .eml; a Maildir has its mail in the folders \"new\" and \"cur\"")]
    NoFiles(String),
    /// The folder has more messages than are listed.
    #[error("{place} has more than {limit} messages; move some of them to another folder")]
    TooMany {
        /// The folder.
        place: String,
        /// The limit.
        limit: usize,
    },
    /// It cannot be read.
    #[error("{place}: {error}")]
    Broken {
        /// Where it lies.
        place: String,
        /// What the system says.
        error: std::io::Error,
    },
}
