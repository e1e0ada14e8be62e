//! All content of the plane: what is built in, and what lies in the operator's folder.

mod open;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use include_dir::{Dir, include_dir};
use serde::Deserialize;

pub use open::OpenShelf;

use crate::blocks::Blocks;
use crate::catalogue::Catalogue;
use crate::check::{FILE_BYTES, Trouble, Troubles, read, read_catalogue};
use crate::quality::Targets;

static FRAMEWORKS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../content/frameworks");
static BLOCKS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../content/blocks");
static CROSSWALKS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../content/crosswalks");

/// Files of a folder that are read.
const FILES: usize = 200;
/// The folders of the operator's content of which the shelf is made.
const FOLDERS: [&str; 4] = ["frameworks", "blocks", "crosswalks", "enhancement"];

/// The published schemas of the files: of catalogues, of blocks, of crosswalks, of targets.
pub const SCHEMAS: [(&str, &str); 4] = [
    ("frameworks", include_str!("../../../content/frameworks/schema.json")),
    ("blocks", include_str!("../../../content/blocks/schema.json")),
    ("crosswalks", include_str!("../../../content/crosswalks/schema.json")),
    ("enhancement", include_str!("../../../content/enhancement/schema.json")),
];

/// How an item of one catalogue relates to one of another, in the words of OSCAL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// They say the same in other words.
    EquivalentTo,
    /// They say the same.
    EqualTo,
    /// The first is part of the second.
    SubsetOf,
    /// The second is part of the first.
    SupersetOf,
    /// They share something.
    IntersectsWith,
    /// They share nothing.
    NoRelationship,
}

/// One line of a crosswalk.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Map {
    /// The item of the first catalogue.
    pub from: String,
    /// The item of the second.
    pub to: String,
    /// How they relate.
    pub relation: Relation,
}

/// How the items of two catalogues relate.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Crosswalk {
    format: i64,
    /// The first catalogue.
    pub from: String,
    /// The second.
    pub to: String,
    /// Every pair.
    pub maps: Vec<Map>,
}

/// Everything that is on the shelf.
#[derive(Debug, Clone, Default)]
pub struct Shelf {
    catalogues: BTreeMap<String, Arc<Catalogue>>,
    /// The building blocks.
    pub blocks: Blocks,
    /// What the figures of quality are to reach.
    pub targets: Targets,
    crosswalks: Vec<Crosswalk>,
    /// Files that were left out, and why.
    pub left_out: Vec<Trouble>,
}

impl Shelf {
    /// What is built in, then what lies in `frameworks`, `blocks` and `crosswalks` of the operator's folder, which wins by id. A
    /// file that cannot be read is left out and told of.
    pub fn load(folder: Option<&Path>) -> Shelf {
        let mut shelf = Shelf::default();
        for (name, dir) in [("frameworks", &FRAMEWORKS), ("blocks", &BLOCKS), ("crosswalks", &CROSSWALKS)] {
            let mut files: Vec<_> = dir.files().collect();
            files.sort_by_key(|file| file.path());
            for file in files {
                let path = format!("content/{name}/{}", file.path().display());
                shelf.take(name, &path, file.contents());
            }
            if let Some(folder) = folder {
                shelf.take_folder(name, &folder.join(name));
            }
        }
        let circles = shelf.blocks.break_circles();
        shelf.left_out.extend(circles);
        shelf.targets = Targets::load(folder, &mut shelf.left_out);
        for trouble in &shelf.left_out {
            tracing::error!(%trouble, "left out of the frameworks");
        }
        shelf
    }

    fn take_folder(&mut self, name: &str, folder: &Path) {
        let mut paths = match open::paths(folder) {
            Ok(paths) => paths.unwrap_or_default(),
            Err(error) => return self.left_out.push(unread(folder, &error)),
        };
        if paths.len() > FILES {
            let what = format!("it holds {} files; only the first {FILES} are read", paths.len());
            self.left_out.push(unread(folder, &what));
            paths.truncate(FILES);
        }
        for path in paths.iter().filter(|path| is_read(path)) {
            match read_file(path) {
                Ok(bytes) => self.take(name, &path.display().to_string(), &bytes),
                Err(error) => self.left_out.push(unread(path, &error)),
            }
        }
    }

    fn take(&mut self, name: &str, file: &str, bytes: &[u8]) {
        if !file.ends_with(".yaml") {
            return;
        }
        let taken = match std::str::from_utf8(bytes) {
            Err(_) => Err(vec![Trouble {
                file: file.into(),
                line: 0,
                path: String::new(),
                what: "it is not UTF-8; save it as UTF-8".into(),
            }]),
            Ok(text) if name == "frameworks" => read_catalogue(file, text).map(|catalogue| {
                self.catalogues.insert(catalogue.id().to_string(), Arc::new(catalogue));
            }),
            Ok(text) if name == "blocks" => self.blocks.add(file, text),
            Ok(text) => read_crosswalk(file, text).map(|crosswalk| {
                self.crosswalks.retain(|known| (&known.from, &known.to) != (&crosswalk.from, &crosswalk.to));
                self.crosswalks.push(crosswalk);
            }),
        };
        if let Err(troubles) = taken {
            self.left_out.extend(troubles);
        }
    }

    /// Puts a catalogue on the shelf.
    pub fn put(&mut self, catalogue: Catalogue) {
        self.catalogues.insert(catalogue.id().to_string(), Arc::new(catalogue));
    }

    /// All catalogues in the order of their ids.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Catalogue>> {
        self.catalogues.values()
    }

    /// The catalogue of an id.
    pub fn get(&self, id: &str) -> Option<&Arc<Catalogue>> {
        self.catalogues.get(id)
    }

    /// How an item of the catalogue `later` is called in `earlier`: the same within one catalogue, else by a crosswalk that says
    /// that they are equal.
    pub fn name_before(&self, earlier: &str, later: &str, item: &str) -> Option<String> {
        if earlier == later {
            return Some(item.to_string());
        }
        let same = |map: &&Map| matches!(map.relation, Relation::EqualTo | Relation::EquivalentTo);
        self.crosswalks.iter().find_map(|walk| {
            let mut maps = walk.maps.iter().filter(same);
            if walk.from == earlier && walk.to == later {
                maps.find(|map| map.to == item).map(|map| map.from.clone())
            } else if walk.from == later && walk.to == earlier {
                maps.find(|map| map.from == item).map(|map| map.to.clone())
            } else {
                None
            }
        })
    }
}

/// Whether something in a folder is to be read: a file, or what cannot be looked at, which is told of.
fn is_read(path: &Path) -> bool {
    match std::fs::metadata(path) {
        Ok(facts) => facts.is_file(),
        Err(error) => error.kind() != std::io::ErrorKind::NotFound,
    }
}

/// That a file or a folder was left out as a whole, and why.
fn unread(path: &Path, what: &dyn std::fmt::Display) -> Trouble {
    Trouble { file: path.display().to_string(), line: 0, path: String::new(), what: what.to_string() }
}

/// The bytes of a file, and one byte more than a file may have where it has more.
pub(crate) fn read_file(path: &Path) -> std::io::Result<Vec<u8>> {
    use std::io::Read as _;
    let mut bytes = Vec::new();
    // One byte more shows that it is too long.
    std::fs::File::open(path)?.take(FILE_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn read_crosswalk(file: &str, text: &str) -> Result<Crosswalk, Vec<Trouble>> {
    let (told, _): (Crosswalk, _) = read(file, text)?;
    let mut troubles = Troubles::of(file, text);
    troubles.within("format", told.format, (1, 1), "");
    troubles.count("maps", told.maps.len(), 5_000);
    troubles.id("from", &told.from);
    troubles.id("to", &told.to);
    for (at, map) in told.maps.iter().enumerate() {
        troubles.id(&format!("maps[{at}].from"), &map.from);
        troubles.id(&format!("maps[{at}].to"), &map.to);
    }
    if troubles.is_empty() { Ok(told) } else { Err(troubles.end()) }
}
