//! Documents from templates and facts.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use include_dir::{Dir, include_dir};
use manara_model::Severity;
use manara_store::StoreError;
use manara_web::{Lang, Role, Service, Services, Words};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use serde::Serialize;

use super::{DOCUMENTS, SaidOfHouse, hash};
use crate::check::Trouble;
use crate::establish::{Clock, Facts};

static BUILT_IN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../content/sops");

/// Bytes a template or a document may have.
const DOCUMENT_BYTES: usize = 256 << 10;
/// Steps a template may take.
const FUEL: u64 = 500_000;

/// Why a document could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ManualError {
    /// A template or its text.
    #[error("{0}")]
    Text(String),
    /// The state database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A document as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Its id.
    pub id: &'static str,
    /// Its title.
    pub title: String,
    /// The text under the title, in Markdown.
    pub text: String,
    /// Its version: the hash of title and text.
    pub hash: String,
}

/// The templates of documents and courses.
#[derive(Debug, Clone)]
pub struct Manual {
    sources: BTreeMap<String, String>,
    /// Own texts that were left out, and why.
    pub left_out: Vec<Trouble>,
}

/// The words own texts are tried with before a house is there to write them for.
static WORDS: LazyLock<Option<Words>> = LazyLock::new(|| Words::built_in().ok());

#[derive(Serialize)]
struct Context<'a> {
    #[serde(flatten)]
    facts: &'a Facts,
    said: &'a SaidOfHouse,
    /// The clocks by severity: hours of incidents, days of answers.
    due: BTreeMap<&'static str, i64>,
    answer: BTreeMap<&'static str, i64>,
    /// Words of the pages, by key.
    w: BTreeMap<String, String>,
    /// Names of severities, roles and services, by id.
    severity: BTreeMap<&'static str, String>,
    role: BTreeMap<&'static str, String>,
    service: BTreeMap<&'static str, String>,
}

impl Manual {
    /// The built-in texts, with those of `sops/<lang>/<id>.md` of the operator's folder in their place. One that cannot be read, or
    /// cannot be written from the facts of any house, is left out and told of; the built-in text stands in for it.
    pub fn load(folder: Option<&Path>) -> Manual {
        let (mut sources, mut left_out) = (BTreeMap::new(), Vec::new());
        for lang in Lang::ALL {
            for document in &DOCUMENTS {
                let name = format!("{}/{}.md", lang.tag(), document.id);
                let built_in = BUILT_IN.get_file(&name).and_then(|file| file.contents_utf8());
                let own = folder.map(|folder| folder.join("sops").join(&name)).filter(|path| path.is_file());
                let own = match own.map(|path| own_text(&path, lang)).transpose() {
                    Ok(own) => own,
                    Err(trouble) => {
                        left_out.push(trouble);
                        None
                    }
                };
                if let Some(text) = own.or_else(|| built_in.map(one_line_end)) {
                    sources.insert(name, text);
                }
            }
            left_out.extend(folder.into_iter().flat_map(|folder| strangers(&folder.join("sops").join(lang.tag()))));
        }
        for trouble in &left_out {
            tracing::error!(%trouble, "left out of the manual");
        }
        Manual { sources, left_out }
    }

    /// What the texts are: another one is another version.
    pub(super) fn version(&self) -> String {
        let all: String = self.sources.values().map(String::as_str).collect();
        hash(&format!("{}{all}", env!("CARGO_PKG_VERSION")))
    }

    /// Writes the documents of the services that are on. An own text that cannot be written is replaced by the built-in one.
    pub fn write(
        &self,
        words: &Words,
        lang: Lang,
        facts: &Facts,
        said: &SaidOfHouse,
        services: Services,
    ) -> Result<Vec<Written>, ManualError> {
        let mut all = Vec::new();
        for document in DOCUMENTS.iter().filter(|document| document.is_there(services)) {
            let name = format!("{}/{}.md", lang.tag(), document.id);
            let built_in = || BUILT_IN.get_file(&name).and_then(|file| file.contents_utf8()).unwrap_or_default();
            let source = self.sources.get(&name).map_or_else(built_in, String::as_str);
            let text = match fill(source, words, lang, facts, said) {
                Ok(text) => text,
                Err(error) if source != built_in() => {
                    tracing::error!(document = name, %error, "an own text fails, the built-in one is written");
                    fill(built_in(), words, lang, facts, said)?
                }
                Err(error) => return Err(error),
            };
            let (title, text) = text.split_once('\n').unwrap_or((&text, ""));
            let (title, text) = (title.trim_start_matches('#').trim().to_string(), tidy(text));
            let hash = hash(&format!("{title}\n{text}"));
            all.push(Written { id: document.id, title, text, hash });
        }
        Ok(all)
    }
}

fn one_line_end(text: &str) -> String {
    text.trim_start_matches('\u{feff}').replace("\r\n", "\n")
}

/// An own text that can be written from facts.
fn own_text(path: &Path, lang: Lang) -> Result<String, Trouble> {
    let file = path.display().to_string();
    let wrong = |line: usize, what: String| Trouble { file: file.clone(), line, path: String::new(), what };
    let bytes = std::fs::read(path).map_err(|error| wrong(0, error.to_string()))?;
    if bytes.len() > DOCUMENT_BYTES {
        return Err(wrong(0, "it has more than 256 KiB; the built-in text is used".into()));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let good = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
        let line = good.iter().filter(|byte| **byte == b'\n').count() + 1;
        wrong(line, "it is not UTF-8; save it as UTF-8. The built-in text is used".into())
    })?;
    let text = one_line_end(&text);
    tried(&text, lang).map_err(|(line, why)| {
        wrong(line, format!("{why}; expected names of facts between {{{{ and }}}}. The built-in text is used"))
    })?;
    Ok(text)
}

/// Whether a text can be written from the facts of a house, as far as that can be told before there is one.
pub(crate) fn tried(text: &str, lang: Lang) -> Result<(), (usize, String)> {
    let Some(words) = WORDS.as_ref() else { return Ok(()) };
    let done = filled(text, words, lang, &Facts::default(), &SaidOfHouse::default());
    // Where in the text it is, the line says already.
    let short =
        |why: String| why.lines().next().and_then(|why| why.split(" (in <").next()).unwrap_or_default().to_string();
    done.map(|_| ()).map_err(|(line, why)| (line, short(why)))
}

/// Files among own texts that are no document of the manual.
fn strangers(folder: &Path) -> Vec<Trouble> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok).take(1_000);
    let is_strange = |path: &Path| {
        let is_text = path.extension().is_some_and(|end| end == "md");
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        is_text && !DOCUMENTS.iter().any(|document| document.id == stem)
    };
    let mut paths: Vec<_> = entries.map(|entry| entry.path()).filter(|path| is_strange(path)).collect();
    paths.sort();
    let names = DOCUMENTS.map(|document| document.id).join(", ");
    let told = |path: std::path::PathBuf| Trouble {
        file: path.display().to_string(),
        line: 0,
        path: String::new(),
        what: format!("the manual has no such document; expected one of {names}"),
    };
    paths.into_iter().map(told).collect()
}

/// Fills a text with facts. What is between `{{` and `}}` are names of facts; `w["key"]` is a word of the pages.
pub(crate) fn fill(
    source: &str,
    words: &Words,
    lang: Lang,
    facts: &Facts,
    said: &SaidOfHouse,
) -> Result<String, ManualError> {
    filled(source, words, lang, facts, said).map_err(|(_, why)| ManualError::Text(why))
}

/// The same; what is wrong comes with its line, 0 where none can be named.
fn filled(
    source: &str,
    words: &Words,
    lang: Lang,
    facts: &Facts,
    said: &SaidOfHouse,
) -> Result<String, (usize, String)> {
    let wrong = |error: minijinja::Error| (error.line().unwrap_or(0), format!("{error:#}"));
    let mut environment = Environment::new();
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build().map_err(wrong)?;
    environment.set_syntax(syntax);
    environment.set_fuel(Some(FUEL));
    environment.set_recursion_limit(60);
    environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    // What people and feeds are called stands apart from the sentence, from left to right.
    environment.add_filter("code", |text: String| format!("`{}`", plain(&text)));
    environment.add_filter("plain", |text: String| plain(&text));
    // What nobody said stands out, so that somebody says it.
    environment.add_filter("given", |text: String, missing: String| match plain(&text) {
        text if text.trim().is_empty() => format!("**{missing}**"),
        text => text,
    });
    environment.add_filter("code_or", |text: String, missing: String| match plain(&text) {
        text if text.trim().is_empty() => format!("**{missing}**"),
        text => format!("`{text}`"),
    });
    environment.add_filter("codes_or", |names: Vec<String>, missing: String| match names.is_empty() {
        true => format!("**{missing}**"),
        false => names.iter().map(|name| format!("`{}`", plain(name))).collect::<Vec<_>>().join(" "),
    });
    environment.add_filter("codes", |names: Vec<String>| {
        names.iter().map(|name| format!("`{}`", plain(name))).collect::<Vec<_>>().join(" ")
    });
    let w = keys(source).map(|key| (key.to_string(), words.t(lang, key))).collect();
    let named = |begin: &str, id: &'static str| (id, words.t(lang, &format!("{begin}{id}")));
    let mut facts = facts.clone();
    for role in Role::ALL {
        facts.people.entry(role.as_str().to_string()).or_default();
    }
    let clock = |clock: &[Clock]| {
        let none = Severity::ALL.iter().map(|one| (one.as_str(), 0));
        none.chain(clock.iter().map(|one| (one.severity, one.count))).collect()
    };
    let context = Context {
        due: clock(&facts.due_hours),
        answer: clock(&facts.answer_days),
        facts: &facts,
        said,
        w,
        severity: Severity::ALL.iter().map(|one| named("web-severity-", one.as_str())).collect(),
        role: Role::ALL.iter().map(|one| named("web-role-", one.as_str())).collect(),
        service: Service::ALL.iter().map(|one| named("service-", one.as_str())).collect(),
    };
    let template = environment.template_from_str(source).map_err(wrong)?;
    let text = template.render(Value::from(Serde(&context))).map_err(wrong)?;
    if text.len() > DOCUMENT_BYTES {
        return Err((0, "the document has more than 256 KiB".into()));
    }
    Ok(text)
}

/// A fact as one line without the signs that Markdown gives a meaning.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() && !"`*[]|".contains(*c)).take(500).collect()
}

/// The keys of the words a text asks for: `w["web-nav-findings"]`.
fn keys(source: &str) -> impl Iterator<Item = &str> {
    source.split(r#"w[""#).skip(1).filter_map(|rest| rest.split('"').next())
}

/// Without spaces at the ends of lines, and with one empty line between paragraphs.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.trim().lines() {
        let line = line.trim_end();
        if !line.is_empty() || !out.ends_with("\n\n") {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use manara_web::{Lang, Services, Words};

    use super::{Manual, fill, keys, tidy};
    use crate::establish::Facts;
    use crate::manual::{DOCUMENTS, SaidOfHouse};

    #[test]
    fn every_document_is_written_in_every_language_from_facts_that_are_missing() {
        let (words, manual) = (Words::built_in().unwrap(), Manual::load(None));
        for lang in Lang::ALL {
            let all = manual.write(&words, lang, &Facts::default(), &SaidOfHouse::default(), Services::default());
            let all = all.unwrap();
            assert_eq!(all.len(), DOCUMENTS.len(), "{lang:?}");
            for one in &all {
                assert!(!one.title.is_empty() && one.text.len() > 300, "{lang:?} {}", one.id);
                assert!(!one.text.contains("{{") && !one.text.contains("{%"), "{lang:?} {}", one.id);
            }
        }
        assert!(words.missing().is_empty(), "{:?}", words.missing());
    }

    #[test]
    fn what_a_house_says_changes_the_version_of_what_says_it() {
        let (words, manual) = (Words::built_in().unwrap(), Manual::load(None));
        let mut facts = Facts::default();
        let write = |facts: &Facts| {
            manual.write(&words, Lang::En, facts, &SaidOfHouse::default(), Services::default()).unwrap()
        };
        let before = write(&facts);
        facts.office.phone = "+999 1 23".into();
        let after = write(&facts);
        let changed = before.iter().zip(&after).filter(|(a, b)| a.hash != b.hash).count();
        assert!((1..DOCUMENTS.len()).contains(&changed), "{changed} documents name the telephone");
        assert!(after.iter().any(|one| one.text.contains("+999 1 23")));
    }

    #[test]
    fn foreign_words_are_only_words() {
        let words = Words::built_in().unwrap();
        let facts = Facts { feeds: vec!["a`b".into(), "[x](/y)".into()], ..Facts::default() };
        let text = fill("{{ feeds|codes }}", &words, Lang::En, &facts, &SaidOfHouse::default()).unwrap();
        assert_eq!(text, "`ab` `x(/y)`");
        assert!(
            fill("{% for a in range(100000000) %}x{% endfor %}", &words, Lang::En, &facts, &SaidOfHouse::default())
                .is_err()
        );
    }

    #[test]
    fn an_own_text_that_cannot_be_written_is_told_with_its_line_and_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let own = folder.path().join("sops/en");
        std::fs::create_dir_all(&own).unwrap();
        for (name, text) in [
            ("duty-day.md", &b"# Our day\n\n{{ nothing.here }}\n"[..]),
            ("backup.md", b"# Backup\n\n{% if %}\n"),
            ("incident.md", b"# Incident\n\xff\n"),
            ("sharing.md", b"# How we share\n\nWith care.\n"),
            ("no-such.md", b"# ?\n"),
        ] {
            std::fs::write(own.join(name), text).unwrap();
        }
        let manual = Manual::load(Some(folder.path()));
        let told = |name: &str| {
            let found = manual.left_out.iter().find(|trouble| trouble.file.ends_with(name));
            let trouble = found.unwrap_or_else(|| panic!("{name}: {:?}", manual.left_out));
            (trouble.line, trouble.what.clone())
        };
        assert_eq!(manual.left_out.len(), 4, "{:?}", manual.left_out);
        assert_eq!((told("duty-day.md").0, told("backup.md").0, told("incident.md").0), (3, 3, 2));
        assert!(told("duty-day.md").1.contains("expected names of facts") && told("incident.md").1.contains("UTF-8"));
        assert!(told("no-such.md").1.contains("expected one of operating-manual, duty-day"));
        let words = Words::built_in().unwrap();
        let all = manual.write(&words, Lang::En, &Facts::default(), &SaidOfHouse::default(), Services::default());
        let all = all.unwrap();
        let text = |id: &str| &all.iter().find(|one| one.id == id).unwrap().text;
        assert!(text("sharing").contains("With care.") && text("duty-day").len() > 300, "the built-in text stands in");
    }

    #[test]
    fn texts_are_tidied_and_keys_are_found() {
        assert_eq!(tidy("\n\na  \n\n\n\nb\n"), "a\n\nb\n");
        assert_eq!(keys(r#"{{ w["a-b"] }} {{ w["c"] }}"#).collect::<Vec<_>>(), ["a-b", "c"]);
    }
}
