//! Letters of incidents: what is said of itself, and what a handler begins with.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use include_dir::{Dir, include_dir};
use manara_model::Tlp;
use manara_net::{LetterFailed, Templates, Written, guest_text};
use minijinja::context;
use serde::Deserialize;

use crate::message::Seen;

static BUILT_IN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../content/letters");
const INDEX: &str = include_str!("../../../../content/letters/incident.yaml");

/// The built-in index, for titles where no letters are at hand; a test of the letters reads it.
static TITLES: LazyLock<Vec<LetterKind>> =
    LazyLock::new(|| serde_yaml_ng::from_str::<Index>(INDEX).map(|index| index.letters).unwrap_or_default());

/// The largest file of a house's own letter.
const LETTER_BYTES: u64 = 64 << 10;
/// Letters of a house's own.
const OWN_LETTERS: usize = 200;

/// What a built-in letter is called in a language.
pub(crate) fn built_in_title(id: &str, language: &str) -> Option<String> {
    TITLES.iter().find(|kind| kind.id == id).map(|kind| kind.title(language).to_string())
}

/// The languages letters are written in; English stands in for all others.
pub const LANGUAGES: [&str; 3] = ["en", "ar", "fr"];
/// Observables that a letter shows.
const SHOWN: usize = 50;
/// Characters of what strangers wrote.
const GUEST_CHARS: usize = 200;

/// A letter, as the index has it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LetterKind {
    /// Its name.
    pub id: String,
    /// To what kind of receiver: `reporter`, `investigation`, …
    pub kind: String,
    /// What it belongs to: `report`, `investigation`, `countermeasure`.
    pub to: String,
    /// Whether it goes without a person.
    pub automatic: bool,
    /// What it is called, by language.
    pub title: BTreeMap<String, String>,
    /// What it is for, by language.
    #[serde(rename = "use")]
    pub purpose: BTreeMap<String, String>,
}

impl LetterKind {
    /// What it is called in a language; in English where it has no words of that, else its name.
    pub fn title(&self, language: &str) -> &str {
        self.title.get(language).or_else(|| self.title.get("en")).map_or(self.id.as_str(), String::as_str)
    }

    /// What it is for, in a language.
    pub fn purpose(&self, language: &str) -> &str {
        self.purpose.get(language).or_else(|| self.purpose.get("en")).map_or("", String::as_str)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Index {
    letters: Vec<LetterKind>,
}

/// What a letter speaks of.
#[derive(Debug, Clone, Copy, Default)]
pub struct LetterAbout<'a> {
    /// Number of the report; empty for none.
    pub report: &'a str,
    /// Number and title of the incident; empty for none.
    pub incident: (&'a str, &'a str),
    /// Name of whoever is written to; may be empty.
    pub person: &'a str,
    /// What it is about.
    pub observables: &'a [Seen],
    /// The marking.
    pub tlp: Option<Tlp>,
    /// Name and address of who writes; empty for the team.
    pub team: (&'a str, &'a str),
}

/// The letters in all languages, and who writes them.
#[derive(Debug)]
pub struct IncidentLetters {
    /// What there is, in the order of the index.
    pub kinds: Vec<LetterKind>,
    templates: Templates,
    /// The names of those that are written, with their language.
    names: std::collections::BTreeSet<String>,
    team: (String, String),
}

impl IncidentLetters {
    /// The built-in letters, with those of a folder in place of them, each written once to see that it can be. `team` is name
    /// and address of who writes.
    pub fn load(folder: Option<&Path>, team: (String, String)) -> Result<Self, LetterFailed> {
        let failed = |letter: &str, reason: String| LetterFailed { letter: letter.into(), reason };
        let index: Index =
            serde_yaml_ng::from_str(INDEX).map_err(|error| failed("incident.yaml", error.to_string()))?;
        let mut sources = BTreeMap::new();
        for language in LANGUAGES {
            let built_in = format!("{language}/incident");
            for file in BUILT_IN.get_dir(&built_in).into_iter().flat_map(Dir::files) {
                if let (Some(path), Some(text)) = (file.path().to_str(), file.contents_utf8()) {
                    sources.insert(path.replace('\\', "/"), text.to_string());
                }
            }
        }
        if let Some(folder) = folder {
            for (path, text) in &mut sources {
                if let Some(own) = own_text(folder, path)? {
                    *text = own;
                }
            }
        }
        let mut kinds = index.letters;
        if let Some(folder) = folder {
            for own in own_kinds(folder)? {
                let paths = LANGUAGES.map(|language| format!("{language}/incident/{}.txt", own.id));
                for path in &paths {
                    if let Some(text) = own_text(folder, path)? {
                        sources.insert(path.clone(), text);
                    }
                }
                if !paths.iter().any(|path| sources.contains_key(path)) {
                    let [first, ..] = &paths;
                    return Err(failed(&own.id, format!("the index names it; expected {first} or another language")));
                }
                match kinds.iter_mut().find(|kind| kind.id == own.id) {
                    Some(kind) => *kind = own,
                    None => kinds.push(own),
                }
            }
        }
        let names = sources.keys().map(|path| path.trim_end_matches(".txt").to_string()).collect();
        let letters = IncidentLetters { kinds, templates: Templates::read(&sources)?, names, team };
        let sample = [Seen { kind: "ip".into(), value: "192.0.2.1".into() }];
        let about = LetterAbout {
            report: "2026-0000001",
            incident: ("INC-2026-0001", "Sample"),
            person: "Sample",
            observables: &sample,
            tlp: Some(Tlp::Amber),
            team: ("", ""),
        };
        for language in LANGUAGES {
            for kind in &letters.kinds {
                letters.write(language, &kind.id, &about)?;
            }
        }
        Ok(letters)
    }

    /// The letter of a name, if there is one.
    pub fn kind(&self, id: &str) -> Option<&LetterKind> {
        self.kinds.iter().find(|kind| kind.id == id)
    }

    /// Writes a letter in a language, in English when it is not written in that.
    pub fn write(&self, language: &str, id: &str, about: &LetterAbout<'_>) -> Result<Written, LetterFailed> {
        let has = |language: &&str| self.names.contains(&format!("{language}/incident/{id}"));
        let asked = LANGUAGES.into_iter().find(|known| *known == language);
        let language = asked.filter(has).or_else(|| LANGUAGES.into_iter().find(has)).unwrap_or("en");
        let observables: Vec<_> = about
            .observables
            .iter()
            .take(SHOWN)
            .map(|one| context! { kind => one.kind.clone(), value => defanged(&guest_text(&one.value, GUEST_CHARS)) })
            .collect();
        let team = if about.team.0.is_empty() { (self.team.0.as_str(), self.team.1.as_str()) } else { about.team };
        let tlp = about.tlp.map_or("", Tlp::label);
        let context = context! {
            language,
            tlp,
            tlp_key => tlp.trim_start_matches("TLP:"),
            observables,
            incident => context! { number => about.incident.0, title => guest_text(about.incident.1, GUEST_CHARS) },
            report => context! { number => about.report },
            team => context! { name => team.0, mail => team.1 },
            person => context! { name => guest_text(about.person, GUEST_CHARS) },
        };
        self.templates.write(&format!("{language}/incident/{id}"), context)
    }
}

/// The letters that a house names in an index of its own, beside its letters: `incident.yaml`, in the form of the built-in one.
fn own_kinds(folder: &Path) -> Result<Vec<LetterKind>, LetterFailed> {
    let failed = |reason: String| LetterFailed { letter: "incident.yaml".into(), reason };
    let Some(text) = own_text(folder, "incident.yaml")? else { return Ok(Vec::new()) };
    let index: Index = serde_yaml_ng::from_str(&text).map_err(|error| failed(error.to_string()))?;
    if index.letters.len() > OWN_LETTERS {
        return Err(failed(format!("it names {} letters; expected {OWN_LETTERS} at most", index.letters.len())));
    }
    let is_name = |id: &str| {
        !id.is_empty() && id.len() <= 60 && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    };
    for kind in &index.letters {
        if !is_name(&kind.id) {
            return Err(failed(format!("{:?} is no name of a letter; expected small letters, digits and -", kind.id)));
        }
        if kind.automatic {
            let expected = "only built-in letters leave by themselves; expected automatic: false";
            return Err(failed(format!("{}: {expected}", kind.id)));
        }
    }
    Ok(index.letters)
}

/// A file of a house's own letters; nothing when it is not there.
fn own_text(folder: &Path, path: &str) -> Result<Option<String>, LetterFailed> {
    let failed = |reason: String| LetterFailed { letter: path.trim_end_matches(".txt").into(), reason };
    let own = folder.join(path);
    match std::fs::metadata(&own) {
        Ok(found) if found.len() > LETTER_BYTES => {
            return Err(failed(format!("it has {} bytes; expected {LETTER_BYTES} at most", found.len())));
        }
        _ => {}
    }
    match std::fs::read_to_string(&own) {
        Ok(found) => Ok(Some(found.trim_start_matches('\u{feff}').replace("\r\n", "\n"))),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed(error.to_string())),
    }
}

/// A value that no mail filter takes for a live link, and no reader opens by mistake.
fn defanged(value: &str) -> String {
    let value = value.replacen("http", "hxxp", usize::from(value.starts_with("http")));
    // The dots of a host are what makes a link of it; those of a path say nothing.
    let (scheme, rest) = value.split_at(value.find("://").map_or(0, |at| at + 3));
    let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    if scheme.is_empty() && host.contains(':') {
        return value; // An address of IPv6, or a hash with its kind.
    }
    format!("{scheme}{}{path}", host.replace('.', "[.]"))
}

#[cfg(test)]
mod tests {
    use super::{IncidentLetters, LetterAbout, defanged};
    use crate::message::Seen;

    #[test]
    fn every_letter_is_written_in_every_language_and_says_its_number() {
        let letters = IncidentLetters::load(None, ("CIRT".into(), "cirt@cirt.example".into())).unwrap();
        assert!(letters.kinds.len() >= 10);
        let seen = [Seen { kind: "url".into(), value: "http://login.harbour.example/a".into() }];
        let about = LetterAbout { report: "2026-0000007", observables: &seen, ..LetterAbout::default() };
        for (language, words) in [("en", "number"), ("ar", "رقم"), ("fr", "numéro"), ("xx", "number")] {
            let written = letters.write(language, "acknowledgement", &about).unwrap();
            assert!(written.body.contains("2026-0000007") && written.body.contains(words), "{}", written.body);
            assert!(!written.body.contains("http://"), "a live link: {}", written.body);
        }
        assert!(letters.kind("acknowledgement").is_some_and(|kind| kind.automatic));
        assert!(letters.kind("none").is_none());
    }

    #[test]
    fn a_folder_replaces_letters_and_a_broken_one_is_named() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("en/incident")).unwrap();
        let path = folder.path().join("en/incident/acknowledgement.txt");
        let team = || ("CIRT".to_string(), String::new());
        std::fs::write(&path, "Subject: ours {{ report.number }}\nText.\n").unwrap();
        let letters = IncidentLetters::load(Some(folder.path()), team()).unwrap();
        let about = LetterAbout { report: "2026-0000001", ..LetterAbout::default() };
        assert_eq!(letters.write("en", "acknowledgement", &about).unwrap().subject, "ours 2026-0000001");
        std::fs::write(&path, "Subject: {{ nobody.name }}\nText.\n").unwrap();
        let error = IncidentLetters::load(Some(folder.path()), team()).unwrap_err();
        assert_eq!(error.letter, "en/incident/acknowledgement");
    }

    #[test]
    fn a_house_names_letters_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("fr/incident")).unwrap();
        let index = "letters:\n  - id: bank-notice\n    kind: investigation\n    to: investigation\n    automatic: false\n\
            \x20   title: { fr: \"Avis à la banque\" }\n    use: { fr: \"Prévient une banque.\" }\n";
        std::fs::write(folder.path().join("incident.yaml"), index).unwrap();
        let load = || IncidentLetters::load(Some(folder.path()), ("CIRT".into(), String::new()));
        let error = load().unwrap_err();
        assert!(error.reason.contains("en/incident/bank-notice.txt"), "{error}");
        std::fs::write(folder.path().join("fr/incident/bank-notice.txt"), "Subject: Avis\nBonjour.\n").unwrap();
        let letters = load().unwrap();
        let kind = letters.kind("bank-notice").unwrap();
        assert_eq!((kind.title("fr"), kind.title("en")), ("Avis à la banque", "bank-notice"));
        // It is written in one language: whoever asks for another gets that one.
        assert_eq!(letters.write("en", "bank-notice", &LetterAbout::default()).unwrap().subject, "Avis");
        assert!(letters.kind("question").is_some(), "the others stay");
        std::fs::write(folder.path().join("incident.yaml"), index.replace("automatic: false", "automatic: true"))
            .unwrap();
        assert!(load().unwrap_err().reason.contains("automatic: false"));
        assert!(super::built_in_title("takedown-request", "fr").is_some());
    }

    #[test]
    fn what_a_letter_shows_is_no_link() {
        for (value, want) in [
            ("http://a.example/x.html", "hxxp://a[.]example/x.html"),
            ("https://a.example", "hxxps://a[.]example"),
            ("http://user@www.a.example:8080?q=b.c", "hxxp://user@www[.]a[.]example:8080?q=b.c"),
            ("192.0.2.0/24", "192[.]0[.]2[.]0/24"),
            ("ana@harbour.example", "ana@harbour[.]example"),
            ("192.0.2.1", "192[.]0[.]2[.]1"),
            ("2001:db8::1", "2001:db8::1"),
            ("login.harbour.example", "login[.]harbour[.]example"),
            ("CVE-2026-0001", "CVE-2026-0001"),
        ] {
            assert_eq!(defanged(value), want);
        }
    }
}
