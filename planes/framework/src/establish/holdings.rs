//! What a house has that a block can put in force: its domain of mail, and the clocks, playbooks and letters of its content.

use std::collections::BTreeMap;
use std::path::Path;

use include_dir::{Dir, include_dir};
use serde::Deserialize;

use super::Matter;
use crate::shelf::read_file;
use crate::text::Text;

static CLOCKS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../content/clocks");
static PLAYBOOKS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../content/playbooks");
static LETTERS: &str = include_str!("../../../../content/letters/incident.yaml");

/// Files of a folder that are looked at.
const FILES: usize = 200;
/// Bytes of a file.
const BYTES: usize = 1 << 20;

/// A clock, a playbook or a letter that is there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Holding {
    /// What it is called.
    pub title: Text,
    /// Whether its own content says that it is in force.
    pub is_enabled: bool,
}

/// What a house has that a block can put in force.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Holdings {
    /// What stands behind the @ of the team's mail; empty when no address is set.
    pub domain: String,
    /// The addresses that the configuration names, in small letters.
    pub addresses: Vec<String>,
    content: BTreeMap<Matter, BTreeMap<String, Holding>>,
}

#[derive(Deserialize)]
struct Told {
    id: String,
    title: Text,
    #[serde(default)]
    enabled: bool,
}

#[derive(Deserialize)]
struct ToldLetters {
    letters: Vec<Told>,
}

impl Holdings {
    /// The content that is built in, then that of the operator's folder, which wins by id. A file that cannot be read is nothing
    /// that could be put in force; whoever works with it says what is wrong with it.
    pub fn load(folder: Option<&Path>) -> Holdings {
        let mut holdings = Holdings::default();
        for (matter, dir) in [(Matter::Clock, &CLOCKS), (Matter::Playbook, &PLAYBOOKS)] {
            dir.files().for_each(|file| holdings.take(matter, file.path(), file.contents()));
        }
        for (matter, name) in [(Matter::Clock, "clocks"), (Matter::Playbook, "playbooks")] {
            let entries = folder.and_then(|folder| std::fs::read_dir(folder.join(name)).ok());
            let mut paths: Vec<_> = entries.into_iter().flatten().flatten().map(|entry| entry.path()).collect();
            paths.sort();
            for path in paths.iter().filter(|path| path.is_file()).take(FILES) {
                if let Ok(bytes) = read_file(path) {
                    holdings.take(matter, path, &bytes);
                }
            }
        }
        let letters = serde_yaml_ng::from_str::<ToldLetters>(LETTERS).map(|told| told.letters).unwrap_or_default();
        letters.into_iter().for_each(|told| holdings.put(Matter::Letter, told));
        holdings
    }

    /// The same with the domain of the team's mail, and the addresses that are configured.
    #[must_use]
    pub fn with_mail(self, (domain, addresses): (String, Vec<String>)) -> Holdings {
        Holdings { domain, addresses, ..self }
    }

    fn take(&mut self, matter: Matter, path: &Path, bytes: &[u8]) {
        let is_yaml = path.extension().is_some_and(|ending| ending == "yaml");
        // What begins with _ says something for its neighbours, as the hours of duty do for the clocks.
        let is_shared = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"_"));
        if !is_yaml || is_shared || bytes.len() > BYTES {
            return;
        }
        match serde_yaml_ng::from_slice::<Told>(bytes) {
            Ok(told) => self.put(matter, told),
            Err(error) => tracing::warn!(file = %path.display(), %error, "left out of what can be put in force"),
        }
    }

    fn put(&mut self, matter: Matter, told: Told) {
        let one = Holding { title: told.title, is_enabled: told.enabled };
        self.content.entry(matter).or_default().insert(told.id, one);
    }

    /// A clock, playbook or letter by its id.
    pub fn get(&self, matter: Matter, id: &str) -> Option<&Holding> {
        self.content.get(&matter)?.get(id)
    }

    /// The clocks, playbooks or letters in the order of their ids.
    pub fn of(&self, matter: Matter) -> impl Iterator<Item = (&str, &Holding)> {
        self.content.get(&matter).into_iter().flatten().map(|(id, one)| (id.as_str(), one))
    }

    /// The whole address of what stands before the @; nothing while the house has no domain of mail.
    pub fn address(&self, local: &str) -> Option<String> {
        (!self.domain.is_empty()).then(|| format!("{local}@{}", self.domain).to_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::{Holdings, Matter};

    #[test]
    fn what_lies_in_the_folder_wins_and_what_is_broken_is_not_there() {
        let folder = tempfile::tempdir().unwrap();
        let clocks = folder.path().join("clocks");
        std::fs::create_dir_all(&clocks).unwrap();
        std::fs::write(clocks.join("nis2.yaml"), "id: nis2\ntitle: Ours\nenabled: true\n").unwrap();
        std::fs::write(clocks.join("broken.yaml"), "id: [\n").unwrap();
        let built_in = Holdings::load(None);
        assert!(!built_in.get(Matter::Clock, "nis2").unwrap().is_enabled);
        assert!(built_in.get(Matter::Clock, "internal").unwrap().is_enabled);
        assert!(built_in.get(Matter::Playbook, "s21-phishing").is_some());
        assert!(built_in.get(Matter::Letter, "acknowledgement").is_some());
        let own = Holdings::load(Some(folder.path()));
        let one = own.get(Matter::Clock, "nis2").unwrap();
        assert_eq!((one.title.of("en"), one.is_enabled), ("Ours", true));
        assert_eq!(own.of(Matter::Clock).count(), built_in.of(Matter::Clock).count());
    }

    #[test]
    fn an_address_needs_a_domain() {
        let mut holdings = Holdings::default();
        assert_eq!(holdings.address("cirt"), None);
        holdings.domain = "Siraj.example".into();
        assert_eq!(holdings.address("CIRT").as_deref(), Some("cirt@siraj.example"));
    }
}
