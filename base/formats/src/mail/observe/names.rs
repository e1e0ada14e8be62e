//! Names of domains: which end there is, which script, and what only looks like one.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::words::{FILE_ENDS, FILE_OR_COUNTRY, FILE_STEMS};

/// IANA's list, with its date in the file.
const LIST: &str = include_str!("../../../data/tlds.txt");

/// The ends of domain names that exist.
#[derive(Debug, Clone)]
pub struct Tlds(HashSet<String>);

impl Tlds {
    /// The list that comes with the program.
    #[must_use]
    pub fn built_in() -> &'static Tlds {
        static BUILT_IN: LazyLock<Tlds> = LazyLock::new(|| Tlds::parse(LIST));
        &BUILT_IN
    }

    /// Reads a list as IANA publishes it: one name a line, `#` begins a comment.
    #[must_use]
    pub fn parse(list: &str) -> Tlds {
        let names = list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        // Names of hidden services are in no list and are reported every day.
        Tlds(names.take(20_000).map(str::to_ascii_lowercase).chain(["onion".to_owned()]).collect())
    }

    /// Whether there is such an end, in small letters and ASCII.
    #[must_use]
    pub fn contains(&self, tld: &str) -> bool {
        self.0.contains(tld)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A name.
pub(super) struct Name {
    /// In ASCII and small letters.
    pub value: String,
    /// In its own script, where that differs.
    pub shown: Option<String>,
}

/// A name that ends as names do.
pub(super) fn domain(text: &str, tlds: &Tlds) -> Option<Name> {
    let text = text.strip_suffix('.').unwrap_or(text);
    if text.len() > 500 || !text.contains('.') {
        return None;
    }
    let value = if text.is_ascii() { text.to_ascii_lowercase() } else { idna::domain_to_ascii(text).ok()? };
    if value.len() > 253 {
        return None;
    }
    let labels: Vec<&str> = value.split('.').collect();
    let count = labels.len();
    let is_label = |(at, label): (usize, &&str)| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            // An underscore stands before names, not in what is registered.
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || (b == b'_' && at + 2 < count))
    };
    if !labels.iter().enumerate().all(is_label) || !tlds.contains(labels.last()?) {
        return None;
    }
    // Nine in the morning is no name in Armenia.
    if labels.iter().take(count - 1).all(|label| label.len() <= 2 && label.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    let shown = if value.contains("xn--") {
        let (shown, result) = idna::domain_to_unicode(&value);
        (result.is_ok() && shown != value).then_some(shown)
    } else {
        None
    };
    Some(Name { value, shown })
}

/// What stands before the `@`.
pub(super) fn is_local(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 64
        && !text.starts_with('.')
        && !text.ends_with('.')
        && !text.contains("..")
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+'))
}

/// Whether a name is probably a file, a piece of a program, or the border of two sentences.
pub(super) fn is_no_name(word: &str) -> bool {
    let word = word.strip_suffix('.').unwrap_or(word);
    let Some((stem, end)) = word.rsplit_once('.') else { return true };
    let lower = end.to_ascii_lowercase();
    let has = |text: &str, rule: fn(char) -> bool| text.chars().any(rule);
    // “It is done.In the end”, `System.Net`: a name is not written so.
    let is_capital = has(end, |c| c.is_ascii_uppercase()) && has(stem, |c| c.is_ascii_lowercase());
    if is_capital && !matches!(lower.as_str(), "com" | "org") {
        return true;
    }
    let labels = word.split('.').count();
    // `com.example.app` is a package.
    let first = word.split('.').next().unwrap_or_default();
    if labels >= 3 && matches!(first, "com" | "org") {
        return true;
    }
    if labels > 2 {
        return false;
    }
    if FILE_ENDS.contains(&lower.as_str()) {
        return true;
    }
    if FILE_OR_COUNTRY.contains(&lower.as_str()) {
        let plain = stem.to_ascii_lowercase();
        let is_shouted = stem.len() > 2 && stem.chars().all(|c| c.is_ascii_uppercase() || c == '-') && end == lower;
        return is_shouted || plain.starts_with("lib") || FILE_STEMS.contains(&plain.as_str());
    }
    false
}
