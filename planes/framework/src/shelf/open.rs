//! The shelf of a running house: what lies in the operator's folder is taken over without a restart.

use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use arc_swap::ArcSwap;

use super::{FILES, FOLDERS, Shelf, unread};
use crate::check::Trouble;

/// For how long a changed set of files has to stand still before it is taken over: one that is being written is not whole.
const STILL: Duration = Duration::from_secs(2);

/// What tells that a file is another one than before: where it lies, when it was written, how long it is.
type Mark = (PathBuf, Option<SystemTime>, u64);

/// All files the shelf may be made of, or what cannot be looked at.
type Found = Result<Vec<Mark>, Trouble>;

/// A shelf that follows its files. Whoever asks gets it without waiting; one task looks at the files.
#[derive(Debug, Clone)]
pub struct OpenShelf(Arc<Opened>);

#[derive(Debug)]
struct Opened {
    folder: Option<PathBuf>,
    now: ArcSwap<Shelf>,
    looked: Mutex<Looked>,
}

#[derive(Debug)]
struct Looked {
    /// What the shelf is made of.
    taken: Found,
    /// What was found since and stands there otherwise, and when it was seen so first.
    changed: Option<(Found, Instant)>,
}

impl OpenShelf {
    /// The shelf of a house, whose own content lies in a folder. It is read at once.
    pub fn of(folder: Option<&Path>) -> OpenShelf {
        // The marks first: what changes while the files are read is another mark next time.
        let taken = found(folder);
        let now = ArcSwap::from_pointee(Shelf::load(folder));
        let looked = Mutex::new(Looked { taken, changed: None });
        OpenShelf(Arc::new(Opened { folder: folder.map(Path::to_path_buf), now, looked }))
    }

    /// The shelf as it is known.
    pub fn now(&self) -> Arc<Shelf> {
        self.0.now.load_full()
    }

    /// Looks at the files, and reads them again when another set has stood still for two seconds. What cannot be looked at is told of,
    /// and what was known stays. It waits for the disk, so a server calls it on a thread that may wait.
    pub fn look(&self, now: Instant) {
        let folder = self.0.folder.as_deref();
        let mut looked = self.0.looked.lock().unwrap_or_else(PoisonError::into_inner);
        let found = found(folder);
        if found == looked.taken {
            looked.changed = None;
            return;
        }
        match &looked.changed {
            Some((seen, since)) if *seen == found => {
                if now.saturating_duration_since(*since) < STILL {
                    return;
                }
            }
            _ => {
                looked.changed = Some((found, now));
                return;
            }
        }
        let shelf = match &found {
            Ok(_) => Shelf::load(folder),
            Err(trouble) => self.as_known(trouble),
        };
        self.0.now.store(Arc::new(shelf));
        *looked = Looked { taken: found, changed: None };
    }

    /// The shelf that is known, with what cannot be looked at beside what was left out.
    fn as_known(&self, trouble: &Trouble) -> Shelf {
        tracing::error!(%trouble, "the frameworks can't be looked at; those that are known stay");
        let mut shelf = Shelf::clone(&self.now());
        shelf.left_out.insert(0, trouble.clone());
        shelf
    }
}

fn found(folder: Option<&Path>) -> Found {
    let Some(folder) = folder else { return Ok(Vec::new()) };
    let mut marks = Vec::new();
    for name in FOLDERS {
        let folder = folder.join(name);
        let Some(mut paths) = paths(&folder).map_err(|error| unread(&folder, &error))? else { continue };
        // One more than is read: that there are too many is told, too.
        paths.truncate(FILES + 1);
        for path in paths.into_iter().filter(|path| path.extension().is_some_and(|of| of == "yaml")) {
            match mark(&path) {
                Ok(facts) => marks.extend(facts.map(|(written, bytes)| (path, written, bytes))),
                Err(error) => return Err(unread(&path, &error)),
            }
        }
    }
    Ok(marks)
}

/// What lies in a folder, in order; nothing where there is no folder.
pub(super) fn paths(folder: &Path) -> std::io::Result<Option<Vec<PathBuf>>> {
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        entries => entries?,
    };
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<PathBuf>>>()?;
    paths.sort();
    Ok(Some(paths))
}

/// When a file was written, and its bytes; nothing where none lies. What cannot be opened cannot be read later, either.
fn mark(path: &Path) -> std::io::Result<Option<(Option<SystemTime>, u64)>> {
    let facts = match std::fs::metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        facts => facts?,
    };
    if !facts.is_file() {
        return Ok(None);
    }
    match File::open(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        opened => opened.map(|_| Some((facts.modified().ok(), facts.len()))),
    }
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};
    use std::sync::Arc;
    use std::time::{Duration, Instant};

    use super::{OpenShelf, STILL};

    const WALK: &str = "format: 1\nfrom: boats\nto: ships\nmaps: [{from: keel, to: K-1, relation: equal-to}]\n";

    /// The file of a crosswalk in a folder.
    fn walk(folder: &Path) -> PathBuf {
        let walks = folder.join("crosswalks");
        std::fs::create_dir_all(&walks).unwrap();
        walks.join("boats--ships.yaml")
    }

    fn keel(open: &OpenShelf) -> Option<String> {
        open.now().name_before("boats", "ships", "K-1")
    }

    #[test]
    fn files_that_come_change_and_go_are_seen_and_nothing_is_read_twice() {
        let folder = tempfile::tempdir().unwrap();
        let (open, mut now) = (OpenShelf::of(Some(folder.path())), Instant::now());
        let mut stands = || {
            open.look(now);
            now += STILL;
            open.look(now);
        };
        let first = open.now();
        stands();
        assert!(Arc::ptr_eq(&first, &open.now()), "nothing changed, nothing is read");
        let file = walk(folder.path());
        std::fs::write(&file, WALK).unwrap();
        stands();
        assert_eq!(keel(&open).as_deref(), Some("keel"));
        std::fs::write(&file, format!("{WALK}more: [\n")).unwrap();
        stands();
        assert_eq!(keel(&open), None);
        let broken = open.now();
        let told = broken.left_out.first().expect("told of");
        assert!(told.file.ends_with("boats--ships.yaml") && told.line > 0, "{told}");
        std::fs::remove_file(&file).unwrap();
        stands();
        assert!(open.now().left_out.is_empty());
        let none = OpenShelf::of(None);
        let first = none.now();
        none.look(now);
        assert!(Arc::ptr_eq(&first, &none.now()));
    }

    #[test]
    fn a_file_that_is_being_written_is_not_taken_for_a_whole_one() {
        let folder = tempfile::tempdir().unwrap();
        let (open, begun) = (OpenShelf::of(Some(folder.path())), Instant::now());
        let file = walk(folder.path());
        let two = WALK.replace("]\n", ", {from: mast, to: M-1, relation: equal-to}]\n");
        std::fs::write(&file, WALK).unwrap();
        open.look(begun);
        open.look(begun + Duration::from_secs(1));
        assert_eq!(keel(&open), None, "it has stood for a second only");
        std::fs::write(&file, &two).unwrap();
        open.look(begun + STILL);
        assert_eq!(keel(&open), None, "it grew");
        open.look(begun + STILL + Duration::from_secs(1));
        assert_eq!(keel(&open), None);
        open.look(begun + STILL + STILL);
        assert_eq!(open.now().name_before("boats", "ships", "M-1").as_deref(), Some("mast"));
    }

    #[test]
    fn what_cannot_be_looked_at_keeps_the_shelf_that_is_known_and_is_told_of() {
        let folder = tempfile::tempdir().unwrap();
        let file = walk(folder.path());
        std::fs::write(&file, WALK).unwrap();
        let (open, now) = (OpenShelf::of(Some(folder.path())), Instant::now());
        let away = folder.path().join("away");
        std::fs::rename(folder.path().join("crosswalks"), &away).unwrap();
        // No folder, and yet not the absence of one: what every user meets, even one for whom permissions do not count.
        std::fs::write(folder.path().join("crosswalks"), "").unwrap();
        open.look(now);
        open.look(now + STILL);
        assert_eq!(keel(&open).as_deref(), Some("keel"));
        let told: Vec<String> = open.now().left_out.iter().map(ToString::to_string).collect();
        assert!(told.len() == 1 && told[0].contains("crosswalks"), "{told:?}");
        open.look(now + STILL + STILL);
        assert_eq!(open.now().left_out.len(), 1, "told of once");
        std::fs::remove_file(folder.path().join("crosswalks")).unwrap();
        std::fs::rename(&away, folder.path().join("crosswalks")).unwrap();
        open.look(now + STILL * 3);
        open.look(now + STILL * 4);
        assert!(open.now().left_out.is_empty() && keel(&open).is_some());
    }
}
