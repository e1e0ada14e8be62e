//! Whether a catalogue makes sense, told with file, line, path and what was expected.

use std::collections::{HashMap, HashSet};

use serde::de::DeserializeOwned;

use crate::blocks::Blocks;
use crate::canonical::{canonical, from_yaml};
use crate::catalogue::{Catalogue, Told};
use crate::text::Text;

/// Bytes a file may have.
pub const FILE_BYTES: usize = 2 << 20;
/// Items a catalogue may have.
pub const ITEMS: usize = 2_000;
/// How many items may stand above an item.
pub const ITEM_DEPTH: usize = 8;
/// Characters a text may have.
pub const TEXT_CHARS: usize = 4_000;
/// Characters an id may have.
pub const ID_CHARS: usize = 64;
/// Mistakes that are told of one file.
const TOLD: usize = 50;

/// One mistake in a file.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Trouble {
    /// The file.
    pub file: String,
    /// The line, from 1; 0 where none can be named.
    pub line: usize,
    /// Which value: `items[3].parent`; empty for the whole file.
    pub path: String,
    /// What is wrong, and what was expected.
    pub what: String,
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.file)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        if !self.path.is_empty() {
            write!(f, ": {}", self.path)?;
        }
        write!(f, ": {}", self.what)
    }
}

/// The mistakes of a file, and where in it the ids stand.
pub(crate) struct Troubles<'t> {
    file: &'t str,
    lines: HashMap<&'t str, Vec<usize>>,
    found: Vec<Trouble>,
}

impl<'t> Troubles<'t> {
    pub(crate) fn of(file: &'t str, text: &'t str) -> Troubles<'t> {
        let mut lines: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, line) in text.lines().enumerate() {
            let Some((_, rest)) = line.split_once("ref_id:") else { continue };
            let rest = rest.trim_start();
            let id = match rest.chars().next() {
                Some(quote @ ('"' | '\'')) => rest.get(1..).and_then(|rest| rest.split(quote).next()),
                _ => rest.split([',', '}', '#', ' ']).next(),
            };
            lines.entry(id.unwrap_or_default().trim()).or_default().push(at + 1);
        }
        Troubles { file, lines, found: Vec::new() }
    }

    /// Notes a mistake near the line where an id stands for the `nth` time.
    pub(crate) fn add(&mut self, path: impl Into<String>, what: impl Into<String>, id: &str, nth: usize) {
        if self.found.len() < TOLD {
            let line = self.lines.get(id).and_then(|lines| lines.get(nth).or(lines.first())).copied().unwrap_or(0);
            self.found.push(Trouble { file: self.file.into(), line, path: path.into(), what: what.into() });
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    pub(crate) fn end(self) -> Vec<Trouble> {
        self.found
    }

    /// Whether an id can be one.
    pub(crate) fn id(&mut self, path: &str, id: &str) {
        if !is_id(id) {
            let what = format!("{id:.80} is no id; expected 1 to {ID_CHARS} characters of a-z, A-Z, 0-9, dot, dash, _");
            self.add(path, what, id, 0);
        }
    }

    /// Whether a text is neither empty nor too long.
    pub(crate) fn text(&mut self, path: &str, text: &Text, near: &str) {
        for (lang, words) in text.all() {
            let count = words.chars().count();
            if words.trim().is_empty() || count > TEXT_CHARS || words.contains('\0') {
                let what = format!("the text has {count} characters; expected 1 to {TEXT_CHARS}");
                self.add(format!("{path}.{lang}"), what, near, 0);
            }
        }
    }

    pub(crate) fn within(&mut self, path: &str, found: i64, (least, most): (i64, i64), near: &str) {
        if !(least..=most).contains(&found) {
            self.add(path, format!("{found} is out of bounds; expected {least} to {most}"), near, 0);
        }
    }

    pub(crate) fn count(&mut self, path: &str, found: usize, most: usize) {
        if found > most {
            self.add(path, format!("there are {found}; expected at most {most}"), "", 0);
        }
    }
}

/// Whether a text can be an id.
pub(crate) fn is_id(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    (1..=ID_CHARS).contains(&text.len()) && text.chars().all(fits)
}

/// Reads YAML of a shape; gives it with its canonical text.
pub(crate) fn read<T: DeserializeOwned>(file: &str, text: &str) -> Result<(T, String), Vec<Trouble>> {
    let trouble = |line: usize, path: &str, what: String| {
        vec![Trouble { file: file.into(), line, path: path.into(), what: what.chars().take(500).collect() }]
    };
    if text.len() > FILE_BYTES {
        return Err(trouble(0, "", format!("the file has {} bytes; expected at most {FILE_BYTES}", text.len())));
    }
    let broken = |error: serde_yaml_ng::Error| {
        let line = error.location().map_or(0, |place| place.line());
        let words = error.to_string();
        let (path, what) = match words.split_once(": ") {
            Some((path, what)) if !path.contains(' ') => (path, what),
            _ => ("", words.as_str()),
        };
        trouble(line, path, what.to_string())
    };
    // Read by its shape first: only that knows the line of a value of the wrong kind.
    let told: T = serde_yaml_ng::from_str(text).map_err(broken)?;
    let yaml: serde_yaml_ng::Value = serde_yaml_ng::from_str(text).map_err(broken)?;
    let value = from_yaml(&yaml).map_err(|(path, what)| trouble(0, &path, what))?;
    let canonical = canonical(&value);
    // YAML takes 6.1 for a text where one is expected, JSON does not: it would be read back otherwise.
    match serde_json::from_str::<T>(&canonical) {
        Ok(_) => Ok((told, canonical)),
        Err(error) => Err(trouble(0, "", format!("{error}; put numbers that are names in quotes"))),
    }
}

/// Reads a catalogue from YAML. `file` is how it is called; its last part must be the id.
pub fn read_catalogue(file: &str, text: &str) -> Result<Catalogue, Vec<Trouble>> {
    read_named(file, text, true)
}

/// The same for one that is not on the shelf yet: it may be called as one likes, and names blocks that are there alone.
pub fn read_draft(file: &str, text: &str, blocks: &Blocks) -> Result<Catalogue, Vec<Trouble>> {
    let catalogue = read_named(file, text, false)?;
    let mut troubles = Troubles::of(file, text);
    for (at, item) in catalogue.told.items.iter().enumerate() {
        for block in item.blocks.iter().filter(|block| blocks.get(block).is_none()) {
            let what = format!("there is no block {block}; expected one of content/blocks, or of your own");
            troubles.add(format!("items[{at}].blocks"), what, &item.ref_id, 0);
        }
    }
    if troubles.is_empty() { Ok(catalogue) } else { Err(troubles.end()) }
}

fn read_named(file: &str, text: &str, is_called_so: bool) -> Result<Catalogue, Vec<Trouble>> {
    let (_, canonical): (Told, _) = read(file, text)?;
    let told: Told = serde_json::from_str(&canonical)
        .map_err(|error| vec![Trouble { file: file.into(), line: 0, path: String::new(), what: error.to_string() }])?;
    let mut troubles = Troubles::of(file, text);
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    if is_called_so && name.strip_suffix(".yaml").is_some_and(|name| name != told.ref_id) {
        let what = format!("{:.80} is not the file's name; expected ref_id: {name:.80} without .yaml", told.ref_id);
        troubles.add("ref_id", what, &told.ref_id, 0);
    }
    check(&told, &mut troubles);
    if troubles.is_empty() { Ok(Catalogue::new(told, canonical)) } else { Err(troubles.end()) }
}

/// Reads a catalogue from the canonical text that was kept of it.
pub(crate) fn read_kept(text: &str) -> Result<Catalogue, serde_json::Error> {
    Ok(Catalogue::new(serde_json::from_str(text)?, text.to_string()))
}

fn check(told: &Told, troubles: &mut Troubles<'_>) {
    troubles.within("format", told.format, (1, 1), "");
    troubles.id("ref_id", &told.ref_id);
    troubles.text("name", &told.name, &told.ref_id);
    if let Some(text) = &told.description {
        troubles.text("description", text, &told.ref_id);
    }
    troubles.count("items", told.items.len(), ITEMS);
    troubles.count("source", told.source.len(), 100);
    troubles.count("profiles", told.profiles.len(), 50);
    for (path, text) in [("edition", &told.edition), ("publisher", &told.publisher)] {
        if text.chars().count() > 200 {
            troubles.add(path, "it is too long; expected at most 200 characters", "", 0);
        }
    }
    for (at, source) in told.source.iter().enumerate() {
        troubles.id(&format!("source[{at}].id"), &source.id);
        if !(source.url.is_empty() || source.url.starts_with("https://") || source.url.starts_with("http://")) {
            troubles.add(format!("source[{at}].url"), "expected an address that begins with https://", &source.id, 0);
        }
    }
    scale(told, troubles);
    items(told, troubles);
    profiles(told, troubles);
}

fn scale(told: &Told, troubles: &mut Troubles<'_>) {
    if !(2..=20).contains(&told.scale.len()) {
        troubles.add("scale", format!("it has {} levels; expected 2 to 20", told.scale.len()), "", 0);
    }
    let mut before = None;
    for (at, level) in told.scale.iter().enumerate() {
        troubles.within(&format!("scale[{at}].value"), level.value, (0, 1_000), "");
        troubles.text(&format!("scale[{at}].name"), &level.name, "");
        if before.is_some_and(|before| before >= level.value) {
            troubles.add(format!("scale[{at}].value"), "expected a greater number than the level before", "", 0);
        }
        before = Some(level.value);
    }
}

fn items(told: &Told, troubles: &mut Troubles<'_>) {
    let sources: HashSet<&str> = told.source.iter().map(|source| source.id.as_str()).collect();
    let all: HashSet<&str> = told.items.iter().map(|item| item.ref_id.as_str()).collect();
    let mut depths: HashMap<&str, usize> = HashMap::new();
    if !told.items.iter().any(|item| item.assessable) {
        troubles.add("items", "nothing can be answered; expected an item with assessable: true", "", 0);
    }
    for (at, item) in told.items.iter().enumerate() {
        let id = item.ref_id.as_str();
        let path = |part: &str| format!("items[{at}].{part}");
        troubles.id(&path("ref_id"), id);
        if depths.contains_key(id) {
            troubles.add(path("ref_id"), format!("{id} is there twice; expected an id of its own"), id, 1);
        }
        let depth = match item.parent.as_str() {
            "" => 0,
            parent => match depths.get(parent) {
                Some(depth) => depth + 1,
                None => {
                    let what = format!("there is no {parent:.80} before it; expected the ref_id of an item above");
                    troubles.add(path("parent"), what, id, 0);
                    0
                }
            },
        };
        if depth > ITEM_DEPTH {
            troubles.add(path("parent"), format!("it is {depth} deep; expected at most {ITEM_DEPTH}"), id, 0);
        }
        depths.insert(id, depth);
        troubles.text(&path("name"), &item.name, id);
        let texts = [
            ("question", &item.question),
            ("description", &item.description),
            ("typical_evidence", &item.typical_evidence),
            ("recommendation", &item.recommendation),
        ];
        for (part, text) in texts {
            if let Some(text) = text {
                troubles.text(&path(part), text, id);
            }
        }
        troubles.within(&path("priority"), item.priority, (1, 5), id);
        troubles.within(&path("effort"), item.effort, (1, 5), id);
        if !(0.001..=1_000.0).contains(&item.weight) {
            troubles.add(path("weight"), format!("{} is out of bounds; expected 0.001 to 1000", item.weight), id, 0);
        }
        if !item.source.is_empty() && !sources.contains(item.source.as_str()) {
            let what = format!("there is no source {:.80}; expected the id of one under source", item.source);
            troubles.add(path("source"), what, id, 0);
        }
        troubles.count(&path("blocks"), item.blocks.len(), 50);
        for block in &item.blocks {
            troubles.id(&path("blocks"), block);
        }
        for need in item.needs.iter().filter(|need| !all.contains(need.as_str()) || *need == id) {
            troubles.add(path("needs"), format!("{need:.80} is no other item; expected a ref_id"), id, 0);
        }
    }
}

fn profiles(told: &Told, troubles: &mut Troubles<'_>) {
    let answered: HashSet<&str> =
        told.items.iter().filter(|item| item.assessable).map(|item| item.ref_id.as_str()).collect();
    let mut seen = HashSet::new();
    for (at, profile) in told.profiles.iter().enumerate() {
        let id = profile.ref_id.as_str();
        let path = |part: &str| format!("profiles[{at}].{part}");
        troubles.id(&path("ref_id"), id);
        troubles.text(&path("name"), &profile.name, id);
        if !seen.insert(id) {
            troubles.add(path("ref_id"), format!("{id} is there twice; expected an id of its own"), id, 1);
        }
        for (item, minimum) in &profile.minima {
            if !answered.contains(item.as_str()) {
                troubles.add(path("minima"), format!("{item:.80} is no item that is answered"), id, 0);
            }
            if minimum.is_some_and(|value| !told.scale.iter().any(|level| level.value == value)) {
                troubles.add(path("minima"), format!("the minimum of {item:.80} is no level of the scale"), id, 0);
            }
        }
    }
}
