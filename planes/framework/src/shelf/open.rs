//! The shelf of a running house: what lies in the operator's folder is taken over without a restart.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use super::{FILES, FOLDERS, Shelf};

/// What tells that a file is another one than before: where it lies, when it was written, how long it is.
type Mark = (PathBuf, Option<SystemTime>, u64);

/// A shelf that stays as its files are: whoever asks gets it as they are now.
#[derive(Debug, Clone)]
pub struct OpenShelf(Arc<Opened>);

#[derive(Debug)]
struct Opened {
    folder: Option<PathBuf>,
    known: Mutex<(Vec<Mark>, Arc<Shelf>)>,
}

impl OpenShelf {
    /// The shelf of a house, whose own content lies in a folder.
    pub fn of(folder: Option<&Path>) -> OpenShelf {
        // The marks first: what changes while the files are read is another mark next time.
        let marks = marks(folder);
        let shelf = Arc::new(Shelf::load(folder));
        OpenShelf(Arc::new(Opened { folder: folder.map(Path::to_path_buf), known: Mutex::new((marks, shelf)) }))
    }

    /// The shelf as it is now. The files are looked at, and read again only when one came, went or changed.
    pub fn now(&self) -> Arc<Shelf> {
        let folder = self.0.folder.as_deref();
        let marks = marks(folder);
        let mut known = self.0.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.0 != marks {
            *known = (marks, Arc::new(Shelf::load(folder)));
        }
        Arc::clone(&known.1)
    }
}

/// The marks of all files the shelf may be made of.
fn marks(folder: Option<&Path>) -> Vec<Mark> {
    let Some(folder) = folder else { return Vec::new() };
    let mut marks = Vec::new();
    for name in FOLDERS {
        let Ok(entries) = std::fs::read_dir(folder.join(name)) else { continue };
        let mut paths: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
        paths.sort();
        // One more than is read: that there are too many is told, too.
        marks.extend(paths.into_iter().take(FILES + 1).filter_map(mark));
    }
    marks
}

fn mark(path: PathBuf) -> Option<Mark> {
    let facts = std::fs::metadata(&path).ok()?;
    Some((path, facts.modified().ok(), facts.len()))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::OpenShelf;

    #[test]
    fn files_that_come_change_and_go_are_seen_and_nothing_is_read_twice() {
        let folder = tempfile::tempdir().unwrap();
        let open = OpenShelf::of(Some(folder.path()));
        let first = open.now();
        assert!(Arc::ptr_eq(&first, &open.now()), "nothing changed, nothing is read");
        let walks = folder.path().join("crosswalks");
        std::fs::create_dir_all(&walks).unwrap();
        let file = walks.join("boats--ships.yaml");
        let walk = "format: 1\nfrom: boats\nto: ships\nmaps: [{from: keel, to: K-1, relation: equal-to}]\n";
        std::fs::write(&file, walk).unwrap();
        assert_eq!(open.now().name_before("boats", "ships", "K-1").as_deref(), Some("keel"));
        std::fs::write(&file, format!("{walk}more: [\n")).unwrap();
        let broken = open.now();
        assert_eq!(broken.name_before("boats", "ships", "K-1"), None);
        let told = broken.left_out.first().expect("told of");
        assert!(told.file.ends_with("boats--ships.yaml") && told.line > 0, "{told}");
        std::fs::remove_file(&file).unwrap();
        assert!(open.now().left_out.is_empty());
        let none = OpenShelf::of(None);
        assert!(Arc::ptr_eq(&none.now(), &none.now()));
    }
}
