//! Mail that lies in a folder, a file for each message: a Maildir, with a folder `new` for what came and a folder `cur` for what was
//! seen, or a folder of `.eml` files.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::{StoredMail, StoredMailError};

/// The most messages of a Maildir that are listed.
const MESSAGES: usize = 1_000_000;

/// What a message's file is called at its end, in a folder of them.
const EML: &str = ".eml";

/// Reads the messages of a folder in the order of their names, which in a Maildir is that of their arrival: those of `new`, then
/// those of `cur`. What is marked as deleted there is passed over, and so is what is not a plain file.
#[derive(Debug)]
pub struct Maildir {
    files: std::vec::IntoIter<PathBuf>,
    limit: usize,
}

impl Maildir {
    /// The messages of a folder of `.eml` files, without the folders in it. One with more bytes than the limit is told and passed
    /// over.
    pub fn of_files(folder: &Path, limit: usize) -> Result<Maildir, StoredMailError> {
        let place = folder.display().to_string();
        let broken = |error| StoredMailError::Broken { place: place.clone(), error };
        let mut files = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(broken)? {
            let entry = entry.map_err(broken)?;
            let name = entry.file_name().to_string_lossy().to_lowercase();
            if name.ends_with(EML) && !name.starts_with('.') {
                files.push(entry.path());
            }
            if files.len() > MESSAGES {
                return Err(StoredMailError::TooMany { place, limit: MESSAGES });
            }
        }
        if files.is_empty() {
            return Err(StoredMailError::NoFiles(place));
        }
        files.sort_unstable();
        Ok(Maildir { files: files.into_iter(), limit })
    }

    /// The messages of a folder. One with more bytes than the limit is told and passed over.
    pub fn open(folder: &Path, limit: usize) -> Result<Maildir, StoredMailError> {
        let place = folder.display().to_string();
        let broken = |error| StoredMailError::Broken { place: place.clone(), error };
        let mut files = Vec::new();
        let mut is_maildir = false;
        for part in ["new", "cur"] {
            let entries = match std::fs::read_dir(folder.join(part)) {
                Ok(entries) => entries,
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
                Err(error) => return Err(broken(error)),
            };
            is_maildir = true;
            let mut found = Vec::new();
            for entry in entries {
                let entry = entry.map_err(broken)?;
                if !is_passed_over(&entry.file_name().to_string_lossy()) {
                    found.push(entry.path());
                }
                if files.len() + found.len() > MESSAGES {
                    return Err(StoredMailError::TooMany { place, limit: MESSAGES });
                }
            }
            found.sort_unstable();
            files.append(&mut found);
        }
        if !is_maildir {
            return Err(StoredMailError::NoMaildir(place));
        }
        Ok(Maildir { files: files.into_iter(), limit })
    }

    /// The bytes of a file; `None` for what is not a plain one. A link could lead out of the folder.
    fn bytes(&self, path: &Path) -> std::io::Result<Option<Vec<u8>>> {
        if !std::fs::symlink_metadata(path)?.is_file() {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        std::fs::File::open(path)?.take((self.limit as u64).saturating_add(1)).read_to_end(&mut bytes)?;
        Ok(Some(bytes))
    }
}

/// Whether a name is none of a message, or says that it is deleted.
fn is_passed_over(name: &str) -> bool {
    let flags = name.rsplit_once(":2,").map_or("", |(_, flags)| flags);
    name.starts_with('.') || flags.contains('T')
}

impl Iterator for Maildir {
    type Item = Result<StoredMail, StoredMailError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let path = self.files.next()?;
            let place = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            return Some(match self.bytes(&path) {
                Ok(None) => continue,
                Ok(Some(bytes)) if bytes.len() > self.limit => {
                    Err(StoredMailError::TooLarge { place, limit: self.limit })
                }
                Ok(Some(bytes)) => Ok(StoredMail { place, sender: String::new(), bytes }),
                Err(error) => Err(StoredMailError::Broken { place, error }),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Maildir;
    use crate::stored::StoredMailError;

    #[test]
    fn a_folder_of_files_gives_those_that_are_mails() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = folder.path();
        assert!(matches!(Maildir::of_files(at, 10), Err(StoredMailError::NoFiles(_))));
        assert!(matches!(Maildir::of_files(&at.join("x"), 10), Err(StoredMailError::Broken { .. })));
        for (name, text) in
            [("b.eml", "two"), ("a.EML", "one"), ("c.txt", "no"), (".d.eml", "no"), ("e.eml", "0123456789x")]
        {
            std::fs::write(at.join(name), text).expect("written");
        }
        std::fs::create_dir(at.join("f.eml")).expect("made");
        let read: Vec<String> = Maildir::of_files(at, 10)
            .expect("opened")
            .map(|mail| {
                mail.map_or_else(|error| error.to_string(), |mail| String::from_utf8(mail.bytes).expect("text"))
            })
            .collect();
        assert_eq!(read, ["one", "two", "message e.eml has more than 10 bytes"]);
    }

    #[test]
    fn messages_come_in_the_order_of_their_arrival() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = folder.path();
        assert!(matches!(Maildir::open(at, 10), Err(StoredMailError::NoMaildir(_))));
        for part in ["new", "cur", "tmp"] {
            std::fs::create_dir(at.join(part)).expect("made");
        }
        for (name, text) in [
            ("new/1700000002.b.host", "two"),
            ("new/1700000001.a.host", "one"),
            ("new/.hidden", "no"),
            ("cur/1600000000.a.host:2,S", "seen"),
            ("cur/1600000001.a.host:2,ST", "deleted"),
            ("cur/1600000002.a.host:2,", "long".repeat(10).as_str()),
            ("tmp/1700000003.c.host", "half"),
        ] {
            std::fs::write(at.join(name), text).expect("written");
        }
        std::fs::create_dir(at.join("cur/folder")).expect("made");
        std::os::unix::fs::symlink("/etc/passwd", at.join("cur/link")).expect("linked");
        let read: Vec<String> = Maildir::open(at, 10)
            .expect("opened")
            .map(|mail| {
                mail.map_or_else(|error| error.to_string(), |mail| String::from_utf8(mail.bytes).expect("text"))
            })
            .collect();
        assert_eq!(read, ["one", "two", "seen", "message 1600000002.a.host:2, has more than 10 bytes"]);
        let mut moved = Maildir::open(at, 10).expect("opened");
        std::fs::remove_file(at.join("new/1700000001.a.host")).expect("removed");
        assert!(matches!(moved.next(), Some(Err(StoredMailError::Broken { .. }))), "somebody was faster");
        assert_eq!(moved.next().expect("the next").expect("read").bytes, b"two");
    }
}
