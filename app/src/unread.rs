//! What of this house's own content could not be read, and was left out: file, line, what was expected. Home says it to those who may
//! mend it, `doctor` to whoever asks.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use manara_formats::Feed;
use manara_framework::catalogues::{OpenShelf, Trouble};
use manara_framework::courses::Courses;
use manara_framework::manuals::Manual;
use manara_model::Micros;
use manara_response::{LeftOut, WorkContent};
use manara_warning::{LoadError, Rules};

use crate::house::House;

/// For how long what was found of letters is not looked for again.
const LETTER_SECONDS: i64 = 60;

/// What could not be read when the pages were made: procedures, courses, feeds, playbooks, clocks.
pub fn of_content(folder: &Path, work: &WorkContent) -> Vec<Trouble> {
    let mut all = Manual::load(Some(folder)).left_out;
    all.extend(Courses::load(Some(folder)).left_out);
    all.extend(feeds(&folder.join("feeds")));
    all.extend(of_work(work));
    all
}

/// Playbooks, clocks and reviews that cannot be read.
pub fn of_work(work: &WorkContent) -> Vec<Trouble> {
    let told =
        |one: &LeftOut| Trouble { file: one.file.clone(), line: one.line, path: String::new(), what: one.what.clone() };
    work.left_out.iter().map(told).collect()
}

/// Mapping files of a folder that cannot be read.
pub fn feeds(folder: &Path) -> Vec<Trouble> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let is_mapping = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        name.ends_with(".yaml") && !name.starts_with('_')
    };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(is_mapping).collect();
    paths.sort();
    let read = |path: &PathBuf| {
        let file = path.display().to_string();
        let why = match std::fs::read_to_string(path) {
            Err(error) => Some(error.to_string()),
            Ok(text) => Feed::from_yaml(&file, &text).err().map(|error| error.to_string()),
        };
        why.map(|why| whole(file, why))
    };
    paths.iter().filter_map(read).collect()
}

/// What is wrong with the letters and the rules of notices: they are read anew with every round of work.
pub fn of_letters(house: &House) -> Vec<Trouble> {
    let config = &house.config.warning;
    let letters = house.letters().err().map(|error| match error.downcast::<LoadError>() {
        Ok(error) => of_load(error, config.letters_folder.as_deref()),
        Err(other) => whole("letters".into(), other.to_string()),
    });
    let rules = Rules::load(config.policy_file.as_deref()).err().map(|error| of_load(error, None));
    letters.into_iter().chain(rules).collect()
}

fn of_load(error: LoadError, folder: Option<&Path>) -> Trouble {
    let (path, why) = match error {
        LoadError::File { path, error } => (path, error.to_string()),
        LoadError::Content { path, reason } => (path, reason),
    };
    let file = match folder {
        Some(folder) if !Path::new(&path).is_absolute() => {
            folder.join(path.strip_prefix("letters/").unwrap_or(&path)).display().to_string()
        }
        _ => path,
    };
    whole(file, why)
}

/// A mistake as its reader words it: `own.yaml line 2: …`, `own.yaml: …` or without the file, which is not said twice.
fn whole(file: String, why: String) -> Trouble {
    let why = why.lines().next().unwrap_or_default();
    let named = why.split_once(" line ").filter(|(name, _)| file.ends_with(name)).and_then(|(_, rest)| {
        let (line, what) = rest.split_once(": ")?;
        Some((line.parse::<usize>().ok()?, what))
    });
    let (line, what) = named.unwrap_or((0, why.strip_prefix(&format!("{file}: ")).unwrap_or(why)));
    let what = what.to_string();
    Trouble { line, path: String::new(), what, file }
}

/// What the pages know of it.
pub struct Unread {
    content: Vec<Trouble>,
    /// Catalogues and blocks: read again when their files change.
    shelf: OpenShelf,
    letters: Mutex<Option<(Micros, Vec<Trouble>)>>,
}

impl Unread {
    /// What could not be read when the pages were made, and the shelf.
    pub fn new(content: Vec<Trouble>, shelf: OpenShelf) -> Unread {
        Unread { content, shelf, letters: Mutex::new(None) }
    }

    /// All of it now; letters are looked at once a minute.
    pub fn all(&self, house: &House, now: Micros) -> Vec<Trouble> {
        let mut known = self.letters.lock().unwrap_or_else(PoisonError::into_inner);
        let is_new = |at: &Micros| (0..LETTER_SECONDS * 1_000_000).contains(&(now.0 - at.0));
        let letters = match &*known {
            Some((at, letters)) if is_new(at) => letters.clone(),
            _ => {
                let letters = of_letters(house);
                *known = Some((now, letters.clone()));
                letters
            }
        };
        self.shelf.now().left_out.iter().chain(&self.content).cloned().chain(letters).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{feeds, whole};

    #[test]
    fn a_feed_that_cannot_be_read_is_named_once_and_examples_are_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("lighthouse.yaml"), "format: 1\nname: [\n").unwrap();
        std::fs::write(folder.path().join("_example.yaml"), "?").unwrap();
        let told = feeds(folder.path());
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].line == 2 && told[0].to_string().matches("lighthouse.yaml").count() == 1, "{}", told[0]);
        assert!(feeds(&folder.path().join("none")).is_empty());
        let told = |why: &str| {
            let trouble = whole("letters/fr/a.txt".into(), why.into());
            (trouble.line, trouble.what)
        };
        assert_eq!(told("letters/fr/a.txt: bad\n  here"), (0, "bad".into()));
        assert_eq!(told("fr/a.txt line 7: bad"), (7, "bad".into()));
        assert_eq!(told("on line x: bad"), (0, "on line x: bad".into()));
    }
}
