//! Documents from templates and facts.

use std::collections::BTreeMap;
use std::path::Path;

use include_dir::{Dir, include_dir};
use manara_model::Severity;
use manara_store::StoreError;
use manara_web::{Lang, Role, Service, Services, Words};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use serde::Serialize;

use super::{DOCUMENTS, SaidOfHouse, hash};
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
}

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
    /// The built-in texts, with those of `sops/<lang>/<id>.md` of the operator's folder in their place. One that is too long or
    /// not UTF-8 is left out, and told in the log.
    pub fn load(folder: Option<&Path>) -> Manual {
        let mut sources = BTreeMap::new();
        for lang in Lang::ALL {
            for document in &DOCUMENTS {
                let name = format!("{}/{}.md", lang.tag(), document.id);
                let built_in = BUILT_IN.get_file(&name).and_then(|file| file.contents_utf8());
                let own = folder.map(|folder| folder.join("sops").join(&name)).filter(|path| path.is_file());
                let own = own.and_then(|path| match std::fs::read_to_string(&path) {
                    Ok(text) if text.len() <= DOCUMENT_BYTES => Some(text),
                    Ok(_) => {
                        tracing::error!(file = %path.display(), "a text of more than 256 KiB is left out");
                        None
                    }
                    Err(error) => {
                        tracing::error!(file = %path.display(), %error, "a text is left out");
                        None
                    }
                });
                if let Some(text) = own.or_else(|| built_in.map(str::to_string)) {
                    sources.insert(name, text.trim_start_matches('\u{feff}').replace("\r\n", "\n"));
                }
            }
        }
        Manual { sources }
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

/// Fills a text with facts. What is between `{{` and `}}` are names of facts; `w["key"]` is a word of the pages.
pub(crate) fn fill(
    source: &str,
    words: &Words,
    lang: Lang,
    facts: &Facts,
    said: &SaidOfHouse,
) -> Result<String, ManualError> {
    let wrong = |error: minijinja::Error| ManualError::Text(format!("{error:#}"));
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
        return Err(ManualError::Text("the document has more than 256 KiB".into()));
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
    fn texts_are_tidied_and_keys_are_found() {
        assert_eq!(tidy("\n\na  \n\n\n\nb\n"), "a\n\nb\n");
        assert_eq!(keys(r#"{{ w["a-b"] }} {{ w["c"] }}"#).collect::<Vec<_>>(), ["a-b", "c"]);
    }
}
