//! What work on incidents is made of, out of content: playbooks, rules of clocks, hours of work, the review, tags,
//! own fields.

use std::collections::BTreeMap;
use std::path::Path;

use chrono_tz::Tz;
use include_dir::{Dir, include_dir};
use serde::de::DeserializeOwned;

use crate::clock_rule::ClockRule;
use crate::hours::Hours;
use crate::incident::Incident;
use crate::own_field::{OwnFieldGroup, OwnFields};
use crate::playbook::Playbook;
use crate::questions::Questions;
use crate::tag::{Taxonomies, Taxonomy};

static PLAYBOOKS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../content/playbooks");
static CLOCKS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../content/clocks");
static FIELDS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../content/fields");
static TAGS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../content/tags");
static REVIEW: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../content/review");

/// Files of a folder that are read.
const FILES: usize = 200;
/// Bytes of a file.
const FILE_BYTES: u64 = 1 << 20;
/// The file of the clocks' folder that is no rule.
const HOURS: &str = "_hours.yaml";

/// A file that was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The file.
    pub file: String,
    /// The line, from 1; 0 where none can be named.
    pub line: usize,
    /// What is wrong, and what was expected.
    pub what: String,
}

impl std::fmt::Display for LeftOut {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file, self.what),
            line => write!(f, "{}:{line}: {}", self.file, self.what),
        }
    }
}

/// All of it.
#[derive(Debug, Clone, Default)]
pub struct WorkContent {
    /// The playbooks, by id.
    pub playbooks: BTreeMap<String, Playbook>,
    /// The rules of clocks, by id.
    pub rules: BTreeMap<String, ClockRule>,
    /// When the team works.
    pub hours: Hours,
    /// What it asks itself after an incident.
    pub questions: Option<Questions>,
    /// The own fields of the house.
    pub fields: OwnFields,
    /// The taxonomies of tags, by namespace.
    pub tags: Taxonomies,
    /// Files that were left out, and why.
    pub left_out: Vec<LeftOut>,
}

impl WorkContent {
    /// What a stage of a clock, as `rule/stage`, is called in a language: its rule's title and its own. What is no longer in the content
    /// keeps its ids.
    pub fn stage_title(&self, name: &str, lang: &str) -> String {
        let known = name.split_once('/').and_then(|(rule, stage)| {
            let rule = self.rules.get(rule)?;
            Some((rule, rule.stages.iter().find(|one| one.id == stage)?))
        });
        known.map_or_else(
            || name.to_string(),
            |(rule, stage)| format!("{} · {}", rule.title.of(lang), stage.title.of(lang)),
        )
    }

    /// What is built in, then what lies in `playbooks`, `clocks`, `review`, `tags` and `fields` of the operator's folder, which
    /// wins by id. A file that cannot be read is left out and told of. `usual` is the time zone of the house.
    pub fn load(folder: Option<&Path>, usual: Tz) -> WorkContent {
        let mut content = WorkContent { hours: Hours::usual(usual), ..WorkContent::default() };
        for (name, dir) in
            [("playbooks", &PLAYBOOKS), ("clocks", &CLOCKS), ("review", &REVIEW), ("tags", &TAGS), ("fields", &FIELDS)]
        {
            let mut files: Vec<_> = dir.files().collect();
            files.sort_by_key(|file| file.path());
            for file in files {
                let path = format!("content/{name}/{}", file.path().display());
                content.take(name, &path, file.contents(), usual);
            }
            if let Some(folder) = folder {
                content.take_folder(name, &folder.join(name), usual);
            }
        }
        for left_out in &content.left_out {
            tracing::error!(%left_out, "left out of the work on incidents");
        }
        content
    }

    /// The playbooks that are for an incident first, then the others.
    pub fn offered(&self, one: &Incident) -> (Vec<&Playbook>, Vec<&Playbook>) {
        self.playbooks.values().partition(|playbook| playbook.fits(&one.taxonomy, &one.kind))
    }

    fn take_folder(&mut self, name: &str, folder: &Path, usual: Tz) {
        if !folder.is_dir() {
            return;
        }
        let mut tell =
            |path: &Path, what: String| self.left_out.push(LeftOut { file: path.display().to_string(), line: 0, what });
        let entries = match std::fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => return tell(folder, error.to_string()),
        };
        let mut paths: Vec<_> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
        paths.retain(|path| path.is_file());
        paths.sort();
        if paths.len() > FILES {
            tell(folder, format!("it holds {} files; only the first {FILES} are read", paths.len()));
            paths.truncate(FILES);
        }
        for path in paths {
            let file = path.display().to_string();
            match read_file(&path) {
                Ok(bytes) => self.take(name, &file, &bytes, usual),
                Err(error) => self.left_out.push(LeftOut { file, line: 0, what: error.to_string() }),
            }
        }
    }

    fn take(&mut self, name: &str, file: &str, bytes: &[u8], usual: Tz) {
        let short = file.rsplit(['/', '\\']).next().unwrap_or_default();
        if !short.ends_with(".yaml") || (short.starts_with('_') && short != HOURS) {
            return;
        }
        let taken = match (name, short) {
            ("clocks", HOURS) => text_of(bytes).and_then(|text| Hours::read(text, usual).map_err(told)).map(|hours| {
                self.hours = hours;
            }),
            ("clocks", _) => read(bytes, ClockRule::check).map(|rule| {
                self.rules.insert(rule.id.clone(), rule);
            }),
            ("playbooks", _) => read(bytes, Playbook::check).map(|playbook| {
                self.playbooks.insert(playbook.id.clone(), playbook);
            }),
            ("fields", _) => {
                read(bytes, OwnFieldGroup::check).and_then(|group| self.fields.take(group).map_err(|why| (0, why)))
            }
            ("tags", _) => read(bytes, Taxonomy::check).map(|taxonomy| {
                self.tags.insert(taxonomy.namespace.clone(), taxonomy);
            }),
            _ => read(bytes, Questions::check).map(|questions| self.questions = Some(questions)),
        };
        if let Err((line, what)) = taken {
            self.left_out.push(LeftOut { file: file.into(), line, what });
        }
    }
}

fn read_file(path: &Path) -> std::io::Result<Vec<u8>> {
    use std::io::Read as _;
    let mut bytes = Vec::new();
    // One byte more shows that it is too long.
    std::fs::File::open(path)?.take(FILE_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The line of a mistake, and what it is.
type Mistake = (usize, String);

fn text_of(bytes: &[u8]) -> Result<&str, Mistake> {
    if bytes.len() as u64 > FILE_BYTES {
        return Err((0, format!("it is longer than {FILE_BYTES} bytes")));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| (0, "it is not UTF-8; save it as UTF-8".to_string()))?;
    Ok(text.trim_start_matches('\u{feff}'))
}

fn told(error: serde_yaml_ng::Error) -> Mistake {
    (error.location().map_or(0, |at| at.line()), error.to_string())
}

fn read<T: DeserializeOwned>(bytes: &[u8], check: fn(&T) -> Result<(), String>) -> Result<T, Mistake> {
    let value: T = serde_yaml_ng::from_str(text_of(bytes)?).map_err(told)?;
    check(&value).map_err(|why| (0, why))?;
    Ok(value)
}

#[cfg(test)]
mod tests {
    use chrono_tz::Tz;

    use super::WorkContent;
    use crate::mail::IncidentLetters;

    #[test]
    fn what_is_built_in_can_be_read_and_names_only_what_there_is() {
        let content = WorkContent::load(None, Tz::UTC);
        assert_eq!(content.left_out, []);
        assert!(content.playbooks.len() >= 11 && content.rules.len() >= 15, "{:?}", content.rules.keys());
        let letters = IncidentLetters::load(None, (String::new(), String::new())).unwrap();
        for playbook in content.playbooks.values() {
            for step in playbook.steps.iter().filter(|step| !step.letter.is_empty()) {
                assert!(letters.kind(&step.letter).is_some(), "{} {}: {}", playbook.id, step.id, step.letter);
            }
            for words in playbook.steps.iter().map(|step| &step.text).chain([&playbook.title, &playbook.purpose]) {
                assert!(words.of("ar") != words.of("en") && words.of("fr") != words.of("en"), "{}", playbook.id);
            }
        }
        // Each scenario of the procedures has a playbook of its own, and each of those has all that a playbook is for.
        for number in 21..=30 {
            let sop = format!("S{number}");
            let all: Vec<_> = content.playbooks.values().filter(|playbook| playbook.sop == sop).collect();
            assert_eq!(all.len(), 1, "{sop}");
            for playbook in all {
                assert!(playbook.steps.len() >= 5, "{sop}");
                assert!(playbook.steps.iter().any(|step| step.decision.is_some()), "{sop} decides nothing");
                assert!(!playbook.closing.is_empty(), "{sop} checks nothing at its end");
                // What S29 is about is TLP:RED and goes to the police by the way agreed with them, never by our mail.
                let writes = playbook.steps.iter().any(|step| !step.letter.is_empty());
                assert_eq!(writes, number != 29, "{sop}");
            }
        }
        let enabled: Vec<&str> =
            content.rules.values().filter(|rule| rule.enabled).map(|rule| rule.id.as_str()).collect();
        assert_eq!(enabled, ["internal"], "rules of law begin by hand until the house says otherwise");
        for taxonomy in content.tags.values() {
            let values = taxonomy.predicates.iter().flat_map(|one| &one.values).map(|value| &value.title);
            for words in values.chain([&taxonomy.title, &taxonomy.purpose]) {
                assert!(words.of("ar") != words.of("en") && !words.of("fr").is_empty(), "{}", taxonomy.namespace);
            }
        }
        assert!(content.tags.len() >= 3);
        assert!(content.questions.is_some_and(|questions| questions.all().count() >= 10));
    }

    #[test]
    fn a_file_of_the_house_wins_by_id_and_a_broken_one_is_named_and_left_out() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        let gdpr = include_str!("../../../content/clocks/gdpr.yaml");
        write("clocks/gdpr.yaml", &gdpr.replace("enabled: false", "enabled: true"));
        write("clocks/own.yaml", &gdpr.replace("id: gdpr", "id: own").replace("72h", "72 hours"));
        write("clocks/twice.yaml", &gdpr.replace("trigger: aware", "trigger: stage:none"));
        write("clocks/_example.yaml", "?");
        write("clocks/_hours.yaml", "days: [sun]\nfrom: \"09:00\"\nuntil: \"15:00\"\n");
        write("playbooks/own.yaml", "id: own\ntitle: [\n");
        write("playbooks/readme.txt", "no YAML");
        let phishing = include_str!("../../../content/playbooks/s21-phishing.yaml");
        write("playbooks/circle.yaml", &phishing.replacen("within: 1h\n", "within: 1h\n    needs: [confirm]\n", 1));
        let content = WorkContent::load(Some(folder.path()), Tz::UTC);
        assert!(content.rules.get("gdpr").is_some_and(|rule| rule.enabled) && !content.rules.contains_key("own"));
        let told: Vec<String> = content.left_out.iter().map(ToString::to_string).collect();
        assert_eq!(told.len(), 4, "{told:?}");
        for (file, want) in [
            ("circle.yaml", "waits for itself"),
            ("own.yaml:", "line"),
            ("own.yaml:", "no span"),
            ("twice.yaml", "no stage \"none\""),
        ] {
            assert!(told.iter().any(|line| line.contains(file) && line.contains(want)), "{file} {want}: {told:?}");
        }
        assert!(content.hours.is_working(chrono::NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()));
        assert!(content.playbooks.contains_key("s21-phishing"));
    }
}
