//! What the values are called by which cases are told apart.

use manara_web::{Lang, Words};

use super::measure::By;
use crate::task::technique_key;

/// What something is called, by its id and the tag of a language.
type Title<'t> = &'t dyn Fn(&str, &str) -> String;

/// What a value is called: of sectors and of stages of clocks, as `rule/stage`, others know. What has no words is itself, such as
/// an address or a name.
pub fn value_words(words: &Words, lang: Lang, (by, value): (By, &str), sector: Title<'_>, stage: Title<'_>) -> String {
    let known = |key: String| if words.has(Lang::En, &key) { words.t(lang, &key) } else { value.to_string() };
    match by {
        By::All => String::new(),
        By::Class => known(format!("web-class-{value}")),
        By::Type => known(format!("web-type-{value}")),
        By::Severity => known(format!("web-severity-{value}")),
        By::Source => known(format!("figures-source-{value}")),
        By::Sector => sector(value, lang.tag()),
        By::Mailbox if value == "usual" => known("figures-mailbox-usual".into()),
        By::Stage => stage(value, lang.tag()),
        By::StageSeverity => match value.rsplit_once(':') {
            Some((name, severity)) => {
                format!("{} · {}", stage(name, lang.tag()), known(format!("web-severity-{severity}")))
            }
            None => value.to_string(),
        },
        By::Country => known(format!("country-{}", value.to_lowercase())),
        By::Technique => match technique_key(value) {
            Some(key) => format!("{value} · {}", words.t(lang, &key)),
            None => value.to_string(),
        },
        By::Mailbox | By::Hoster | By::Tld | By::Asn | By::Constituent | By::Owner => value.to_string(),
    }
}
