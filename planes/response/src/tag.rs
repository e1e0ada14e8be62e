//! Tags: machine tags of taxonomies, such as `workflow:state="needs-review"`, and free words.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization as _;

use crate::playbook::is_id;
use crate::texts::Texts;

/// Characters of a tag.
pub const TAG_CHARS: usize = 160;
/// Tags of one record.
pub const TAGS: usize = 50;
/// Characters of a namespace, a predicate and a value.
const WORD_CHARS: usize = 60;
const VALUE_CHARS: usize = 80;
/// Predicates of a taxonomy; values of a predicate.
const MANY: usize = 200;
/// Characters of words.
const CHARS: usize = 500;

/// A taxonomy: content, `content/tags/`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Taxonomy {
    /// What stands before the colon.
    pub namespace: String,
    /// What it is called.
    pub title: Texts,
    /// What it is for.
    pub purpose: Texts,
    /// What can be said by it.
    pub predicates: Vec<Predicate>,
}

/// One thing a taxonomy speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Predicate {
    /// What stands between the colon and the equals sign.
    pub id: String,
    /// In words.
    pub title: Texts,
    /// Whether a record has one value of it at most.
    #[serde(default)]
    pub only_one: bool,
    /// What stands in quotes.
    pub values: Vec<TagValue>,
}

/// One value of a predicate.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TagValue {
    /// What stands in quotes.
    pub id: String,
    /// In words.
    pub title: Texts,
}

/// The taxonomies of the house, by namespace.
pub type Taxonomies = BTreeMap<String, Taxonomy>;

impl Taxonomy {
    /// Whether it can be used.
    pub(crate) fn check(&self) -> Result<(), String> {
        is_id("namespace", &self.namespace)?;
        self.title.check("title", CHARS)?;
        self.purpose.check("purpose", CHARS)?;
        if self.predicates.is_empty() || self.predicates.len() > MANY {
            return Err(format!("there are 1 to {MANY} predicates"));
        }
        let mut seen = BTreeSet::new();
        for predicate in &self.predicates {
            is_id("predicate", &predicate.id)?;
            if !seen.insert(&predicate.id) {
                return Err(format!("predicate {:?} stands there twice", predicate.id));
            }
            predicate.title.check(&predicate.id, CHARS)?;
            if predicate.values.is_empty() || predicate.values.len() > MANY {
                return Err(format!("{}: there are 1 to {MANY} values", predicate.id));
            }
            let mut seen = BTreeSet::new();
            for value in &predicate.values {
                is_id(&predicate.id, &value.id)?;
                if !seen.insert(&value.id) {
                    return Err(format!("{}: value {:?} stands there twice", predicate.id, value.id));
                }
                value.title.check(&value.id, CHARS)?;
            }
        }
        Ok(())
    }
}

/// A machine tag.
pub(crate) fn machine_tag(namespace: &str, predicate: &str, value: &str) -> String {
    format!("{namespace}:{predicate}=\"{value}\"")
}

/// A machine tag in its parts; nothing for a free word. The value is empty where there is none.
fn parts(tag: &str) -> Option<(&str, &str, &str)> {
    let (namespace, rest) = tag.split_once(':')?;
    let (predicate, value) = rest.split_once('=').unwrap_or((rest, ""));
    let is_word = |word: &str| {
        (1..=WORD_CHARS).contains(&word.len())
            && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_' | b'.'))
    };
    (is_word(namespace) && is_word(predicate)).then(|| (namespace, predicate, value.trim_matches('"')))
}

/// A tag as it is kept, of what was typed or chosen; `None` for what is none.
pub fn tag(text: &str) -> Option<String> {
    let hidden = |c: &char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    // Whoever sends more than four times as much means no tag.
    let spaced = text.chars().take(4 * TAG_CHARS).map(|c| if c.is_whitespace() { ' ' } else { c });
    let text: String = spaced.filter(|c| !hidden(c)).nfc().collect();
    let text = text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let (head, value) = text.split_once('=').map_or((text.as_str(), None), |(head, value)| (head, Some(value)));
    let low = |text: &str| text.trim().to_lowercase().replace(' ', "-").nfc().collect::<String>();
    let head = low(head);
    if let Some((namespace, predicate, _)) = parts(&head) {
        let Some(value) = value else { return Some(format!("{namespace}:{predicate}")) };
        let value = value.trim().trim_matches('"').trim();
        let fits = (1..=VALUE_CHARS).contains(&value.chars().count()) && !value.contains('"');
        return fits.then(|| machine_tag(namespace, predicate, value));
    }
    // Made of the same head, so that a free word is read as one again.
    let free: String = match value {
        Some(value) => format!("{head}={}", low(value)).nfc().collect(),
        None => head,
    };
    let fits = (1..=VALUE_CHARS).contains(&free.chars().count()) && !free.contains(['"', ',']);
    fits.then_some(free)
}

/// The tags of a record, out of its column.
pub(crate) fn tags_in(column: &str) -> impl Iterator<Item = &str> {
    column.lines().filter(|line| !line.is_empty())
}

/// Those that may stand in the journal, which is read by people who may not see the record: not the free words.
pub(crate) fn told(column: &str) -> String {
    tags_in(column).filter(|tag| parts(tag).is_some()).collect::<Vec<_>>().join(" ")
}

/// A tag in words; nothing when no taxonomy knows it.
pub(crate) fn words<'t>(taxonomies: &'t Taxonomies, tag: &str, language: &str) -> Option<(&'t str, &'t str)> {
    let (namespace, predicate, value) = parts(tag)?;
    let predicate = taxonomies.get(namespace)?.predicates.iter().find(|one| one.id == predicate)?;
    let value = predicate.values.iter().find(|one| one.id == value)?;
    Some((predicate.title.of(language), value.title.of(language)))
}

/// The tags after some were added: of what there is one at most, the newest stays. `None` when there are too many.
pub(crate) fn with(taxonomies: &Taxonomies, column: &str, more: &[String]) -> Option<String> {
    let mut all: BTreeSet<String> = tags_in(column).map(str::to_string).collect();
    for new in more {
        if let Some((namespace, predicate, _)) = parts(new)
            && let Some(known) = taxonomies.get(namespace)
            && known.predicates.iter().any(|one| one.id == predicate && one.only_one)
        {
            let begins = format!("{namespace}:{predicate}=");
            all.retain(|tag| !tag.starts_with(&begins));
        }
        all.insert(new.clone());
    }
    (all.len() <= TAGS).then(|| column_of(all.iter().map(String::as_str)))
}

/// The tags after some were taken off.
pub(crate) fn without(column: &str, gone: &[String]) -> String {
    column_of(tags_in(column).filter(|tag| !gone.iter().any(|one| one == tag)))
}

fn column_of<'t>(tags: impl Iterator<Item = &'t str>) -> String {
    tags.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{TAG_CHARS, Taxonomies, Taxonomy, tag, told, with, without};

    #[test]
    fn what_is_typed_becomes_one_form_or_is_refused() {
        for (typed, want) in [
            ("Workflow:State=\"needs-review\"", "workflow:state=\"needs-review\""),
            (" workflow:state = needs-review ", "workflow:state=\"needs-review\""),
            ("misp-galaxy:threat-actor=\"Sofacy Group\"", "misp-galaxy:threat-actor=\"Sofacy Group\""),
            ("type:OSINT", "type:osint"),
            ("Port  Authority", "port-authority"),
            ("https://bad.example", "https://bad.example"),
            ("ميناء الشرق", "ميناء-الشرق"),
            ("ti\u{202e}me", "time"),
            ("a: =", "a:="),
            ("port = Aden", "port=aden"),
            ("a= \u{338}b", "a\u{2260}b"),
        ] {
            assert_eq!(tag(typed).as_deref(), Some(want), "{typed}");
        }
        for bad in ["", "  ", "a\"b", "workflow:state=\"\"", "a,b", &"x".repeat(81), &format!("a:b={}", "x".repeat(81))]
        {
            assert_eq!(tag(bad), None, "{bad}");
        }
    }

    fn taxonomies() -> Taxonomies {
        let text = "{ namespace: w, title: { en: W }, purpose: { en: P }, predicates: [
            { id: state, title: { en: State }, only_one: true, values: [{ id: a, title: { en: A } }, { id: b, title: { en: B } }] }] }";
        let one: Taxonomy = serde_yaml_ng::from_str(text).unwrap();
        one.check().unwrap();
        Taxonomies::from([("w".to_string(), one)])
    }

    #[test]
    fn of_what_there_is_one_the_newest_stays() {
        let all = taxonomies();
        let more = |column: &str, tag: &str| with(&all, column, &[tag.to_string()]).unwrap();
        let one = more("", "w:state=\"a\"");
        let two = more(&one, "port");
        assert_eq!(more(&two, "w:state=\"b\""), "port\nw:state=\"b\"");
        assert_eq!(without(&two, &["port".into()]), "w:state=\"a\"");
        assert_eq!(told(&two), "w:state=\"a\"", "free words are not told");
        let many: Vec<String> = (0..51).map(|i| i.to_string()).collect();
        assert_eq!(with(&all, "", &many), None);
    }

    proptest! {
        #[test]
        fn a_tag_is_one_clean_line_and_stays_what_it_is(text in "\\PC*|[a-z:=\" \u{202e}\\n,]{0,40}") {
            if let Some(kept) = tag(&text) {
                prop_assert!(!kept.is_empty() && kept.chars().count() <= 2 * TAG_CHARS);
                prop_assert!(!kept.chars().any(char::is_control));
                prop_assert_eq!(tag(&kept), Some(kept.clone()));
            }
        }
    }
}
