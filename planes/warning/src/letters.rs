//! Letters: content with few variables, rendered within limits.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use include_dir::{Dir, include_dir};
use manara_model::{Micros, Severity, Tlp};
use manara_net::{Templates, guest_text};
use minijinja::value::{Serde, Value};
use serde::{Deserialize, Serialize};

use crate::config::Office;
use crate::link::{LINK_PLACE, UNTIL_PLACE};
use crate::notice::class_parts;
use crate::policy::LoadError;

static BUILT_IN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../content/letters");

/// The languages letters are written in; English stands in for all others.
pub const LANGUAGES: &[&str] = &["en", "ar", "fr"];
/// How many findings the letter itself shows.
pub const ROWS_SHOWN: usize = 20;

pub use manara_net::{LetterFailed, Written};

/// What the attachments of a letter hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Files {
    /// Their names; none while they are not made.
    pub names: Vec<String>,
    /// How many events they hold.
    pub attached: i64,
    /// How many events there are.
    pub events: i64,
}

/// What a letter says of one finding.
#[derive(Debug, Clone)]
pub struct LetterRow<'a> {
    /// The address, name or URL.
    pub asset: &'a str,
    /// What it is.
    pub subject: &'a str,
    /// How bad.
    pub severity: Severity,
    /// First seen.
    pub first_seen: Micros,
    /// Last seen.
    pub last_seen: Micros,
    /// How many events.
    pub count: i64,
}

/// What letters say beyond the findings.
#[derive(Debug, Clone, Copy, Default)]
pub struct More<'a> {
    /// A letter of this name instead of the one of the class: `reminder`, `escalation`.
    pub letter: &'a str,
    /// Whether an answer is asked for by a link.
    pub asks: bool,
    /// The number of the notice that a reminder or an escalation is about.
    pub first_number: &'a str,
    /// The day that notice was sent.
    pub first_day: &'a str,
    /// The organisation that an escalation goes to.
    pub above: &'a str,
    /// How many reminders there were, this one included.
    pub reminders: i64,
    /// Whether a part of the notice was answered; the letter is about the rest.
    pub partly: bool,
}

impl More<'_> {
    /// Of a first letter: it asks for an answer.
    pub fn asking() -> Self {
        More { asks: true, ..More::default() }
    }
}

/// Everything a letter says.
#[derive(Debug, Clone)]
pub struct LetterFacts<'a> {
    /// The number of the notice.
    pub number: &'a str,
    /// The day of the notice.
    pub day: &'a str,
    /// The language.
    pub language: &'a str,
    /// Taxonomy and type.
    pub class: &'a str,
    /// How far it may travel.
    pub tlp: Tlp,
    /// Who is told.
    pub constituent: &'a str,
    /// The name of the contact; may be empty.
    pub contact: &'a str,
    /// Days to answer.
    pub answer_days: i64,
    /// What else there is to say.
    pub more: More<'a>,
    /// All findings.
    pub rows: Vec<LetterRow<'a>>,
    /// The attachments.
    pub files: Files,
}

/// All letters in all languages, and who writes them.
#[derive(Debug)]
pub struct Letters {
    office: Office,
    links: bool,
    ours: Templates,
    built_in: Templates,
    words: BTreeMap<String, (Words, Value)>,
    names: BTreeSet<String>,
}

#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Words {
    direction: String,
    severity: BTreeMap<String, String>,
    tlp: BTreeMap<String, String>,
    kinds: BTreeMap<String, String>,
}

#[derive(Serialize)]
struct Row {
    asset: String,
    subject: String,
    severity: String,
    first: String,
    last: String,
    count: i64,
}

#[derive(Serialize)]
struct Widths {
    asset: usize,
    subject: usize,
    severity: usize,
}

#[derive(Serialize)]
struct Shown<'a> {
    office: ShownOffice<'a>,
    language: &'a str,
    number: &'a str,
    day: &'a str,
    tlp: &'a str,
    tlp_key: &'a str,
    taxonomy: &'a str,
    kind: &'a str,
    kind_title: &'a str,
    constituent: String,
    contact: String,
    days: i64,
    findings: usize,
    assets: usize,
    events: i64,
    attached: i64,
    cut: bool,
    files: &'a [String],
    last_seen: String,
    link: &'a str,
    until: &'a str,
    first_number: &'a str,
    first_day: &'a str,
    above: String,
    reminders: i64,
    partly: bool,
    rows: Vec<Row>,
    more: usize,
    widths: Widths,
}

#[derive(Serialize)]
struct ShownOffice<'a> {
    name: String,
    mail: &'a str,
    phone: &'a str,
    url: &'a str,
}

impl Letters {
    /// The built-in letters, with those of a folder in place of them, written once each to see that they can be.
    pub fn load(folder: Option<&Path>, office: Office) -> Result<Self, LoadError> {
        let mut sources = BTreeMap::new();
        for language in LANGUAGES {
            for file in BUILT_IN.get_dir(language).into_iter().flat_map(Dir::files) {
                if let (Some(path), Some(text)) = (file.path().to_str(), file.contents_utf8()) {
                    sources.insert(path.replace('\\', "/"), text.to_string());
                }
            }
        }
        let built_in = templates(&sources)?;
        if let Some(folder) = folder {
            for language in LANGUAGES {
                read_folder(&folder.join(language), language, &mut sources)?;
            }
        }
        let ours = templates(&sources)?;
        let mut words = BTreeMap::new();
        for language in LANGUAGES {
            let path = format!("{language}/words.yaml");
            let wrong = |reason: String| LoadError::Content { path: path.clone(), reason };
            let text = sources.get(&path).ok_or_else(|| wrong("it is missing".into()))?;
            let read: Words = serde_yaml_ng::from_str(text).map_err(|error| wrong(error.to_string()))?;
            let value = Value::from(Serde(&read));
            words.insert((*language).to_string(), (read, value));
        }
        let names = sources.keys().filter_map(|path| path.strip_suffix(".txt")).map(str::to_string).collect();
        let letters = Letters { office, links: true, ours, built_in, words, names };
        letters.try_all()?;
        Ok(letters)
    }

    /// The built-in letters.
    pub fn built_in(office: Office) -> Result<Self, LoadError> {
        Letters::load(None, office)
    }

    /// The same letters with a link to answer by, or without.
    #[must_use]
    pub fn with_links(mut self, links: bool) -> Self {
        self.links = links;
        self
    }

    /// Which letter is written for a class in a language: that of the type, of the taxonomy, or the default one.
    pub fn choose(&self, language: &str, class: &str) -> String {
        let language = if LANGUAGES.contains(&language) { language } else { "en" };
        let (taxonomy, kind) = class_parts(class);
        let names = [kind, taxonomy, "default"].map(|name| format!("{language}/{name}"));
        let chosen = names.into_iter().find(|name| self.names.contains(name));
        chosen.unwrap_or_else(|| "en/default".into())
    }

    /// Writes a letter. A letter of the folder that fails is replaced by the built-in one.
    pub fn write(&self, facts: &LetterFacts<'_>) -> Result<Written, LetterFailed> {
        let named = format!("{}/{}", facts.language, facts.more.letter);
        let name = match self.names.contains(&named) {
            true => named,
            false => self.choose(facts.language, facts.class),
        };
        match self.write_with(&self.ours, &name, facts) {
            Ok(written) => Ok(written),
            Err(first) => match self.write_with(&self.built_in, &name, facts) {
                Ok(written) => {
                    tracing::warn!(letter = name, reason = first.reason, "letter failed, the built-in one was written");
                    Ok(written)
                }
                Err(_) => Err(first),
            },
        }
    }

    fn write_with(&self, templates: &Templates, name: &str, facts: &LetterFacts<'_>) -> Result<Written, LetterFailed> {
        let failed = |reason: String| LetterFailed { letter: name.into(), reason };
        let language = name.split('/').next().unwrap_or("en");
        let (words, words_value) = self.words.get(language).ok_or_else(|| failed("no words".into()))?;
        let mut shown = show(facts, language, words, &self.office);
        if !self.links {
            (shown.link, shown.until) = ("", "");
        }
        let context = minijinja::context! { words => words_value, ..Value::from(Serde(&shown)) };
        templates.write(name, context)
    }

    /// Writes every letter once with sample facts.
    fn try_all(&self) -> Result<(), LoadError> {
        let rows: Vec<LetterRow<'_>> = (0..25)
            .map(|_| LetterRow {
                asset: "192.0.2.1",
                subject: "sample",
                severity: Severity::High,
                first_seen: Micros(0),
                last_seen: Micros(0),
                count: 1,
            })
            .collect();
        for name in self.names.iter().filter(|name| !name.contains("/_")) {
            let language = name.split('/').next().unwrap_or("en");
            for files in [Vec::new(), vec!["events.csv".to_string()]] {
                let facts = LetterFacts {
                    number: "N-2026-000001",
                    day: "2026-01-15",
                    language,
                    class: "other/undetermined",
                    tlp: Tlp::AmberStrict,
                    constituent: "Sample",
                    contact: "",
                    answer_days: 3,
                    more: More {
                        letter: "",
                        asks: true,
                        first_number: "N-2026-000000",
                        first_day: "2026-01-08",
                        above: "Sample above",
                        reminders: 1,
                        partly: true,
                    },
                    rows: rows.clone(),
                    files: Files { names: files, attached: 30, events: 31 },
                };
                self.write_with(&self.ours, name, &facts).map_err(|error| LoadError::Content {
                    path: format!("letters/{name}.txt"),
                    reason: error.reason,
                })?;
            }
        }
        Ok(())
    }
}

fn show<'a>(facts: &'a LetterFacts<'a>, language: &'a str, words: &'a Words, office: &'a Office) -> Shown<'a> {
    let (taxonomy, kind) = class_parts(facts.class);
    let mut order: Vec<&LetterRow<'_>> = facts.rows.iter().collect();
    // The worst first, then the freshest; the asset makes the order certain.
    order.sort_by(|a, b| {
        b.severity
            .cmp(&a.severity)
            .then(b.last_seen.cmp(&a.last_seen))
            .then(a.asset.cmp(b.asset))
            .then(a.subject.cmp(b.subject))
    });
    let severity_word = |severity: Severity| words.severity.get(severity.as_str()).cloned().unwrap_or_default();
    let rows: Vec<Row> = order
        .iter()
        .take(ROWS_SHOWN)
        .map(|row| Row {
            asset: guest_text(row.asset, 120),
            subject: if row.subject.trim().is_empty() {
                kind_title(words, kind).into()
            } else {
                guest_text(row.subject, 80)
            },
            severity: severity_word(row.severity),
            first: minute(row.first_seen),
            last: minute(row.last_seen),
            count: row.count,
        })
        .collect();
    let width = |cell: fn(&Row) -> &str, least: usize, most: usize| {
        rows.iter().map(|row| cell(row).chars().count()).max().unwrap_or(0).clamp(least, most)
    };
    let assets: BTreeSet<&str> = facts.rows.iter().map(|row| row.asset).collect();
    Shown {
        office: ShownOffice {
            name: guest_text(office.name(language), 200),
            mail: &office.mail,
            phone: &office.phone,
            url: &office.url,
        },
        language,
        number: facts.number,
        day: facts.day,
        tlp: facts.tlp.label(),
        tlp_key: match facts.tlp {
            Tlp::Clear => "clear",
            Tlp::Green => "green",
            Tlp::Amber => "amber",
            Tlp::AmberStrict => "amber_strict",
            Tlp::Red => "red",
        },
        taxonomy,
        kind,
        kind_title: kind_title(words, kind),
        constituent: guest_text(facts.constituent, 200),
        contact: guest_text(facts.contact, 200),
        days: facts.answer_days,
        findings: facts.rows.len(),
        assets: assets.len(),
        events: facts.files.events,
        attached: facts.files.attached,
        cut: facts.files.attached < facts.files.events,
        files: &facts.files.names,
        last_seen: minute(facts.rows.iter().map(|row| row.last_seen).max().unwrap_or_default()),
        link: if facts.more.asks { LINK_PLACE } else { "" },
        until: if facts.more.asks { UNTIL_PLACE } else { "" },
        first_number: facts.more.first_number,
        first_day: facts.more.first_day,
        above: guest_text(facts.more.above, 200),
        reminders: facts.more.reminders,
        partly: facts.more.partly,
        more: facts.rows.len().saturating_sub(rows.len()),
        widths: Widths {
            asset: width(|row| &row.asset, 15, 40),
            subject: width(|row| &row.subject, 8, 40),
            severity: width(|row| &row.severity, 8, 20),
        },
        rows,
    }
}

fn kind_title<'a>(words: &'a Words, kind: &str) -> &'a str {
    words.kinds.get(kind).or(words.kinds.get("undetermined")).map_or("", String::as_str)
}

fn minute(moment: Micros) -> String {
    moment.utc().format("%Y-%m-%d %H:%M").to_string()
}

fn templates(sources: &BTreeMap<String, String>) -> Result<Templates, LoadError> {
    Templates::read(sources)
        .map_err(|error| LoadError::Content { path: format!("letters/{}.txt", error.letter), reason: error.reason })
}

fn read_folder(folder: &Path, language: &str, sources: &mut BTreeMap<String, String>) -> Result<(), LoadError> {
    let failed = |path: &Path, error| LoadError::File { path: path.display().to_string(), error };
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in std::fs::read_dir(folder).map_err(|error| failed(folder, error))? {
        let path = entry.map_err(|error| failed(folder, error))?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_string();
        if name.ends_with(".txt") || name == "words.yaml" {
            let text = std::fs::read_to_string(&path).map_err(|error| failed(&path, error))?;
            sources.insert(format!("{language}/{name}"), text.trim_start_matches('\u{feff}').replace("\r\n", "\n"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
