//! Words in the reader's language, by Fluent.
//!
//! The files of `content/lang` are built into the program; a folder of the same shape may override any message.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, Mutex};

use chrono::Datelike as _;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use include_dir::{Dir, include_dir};
use manara_model::Micros;
use unic_langid::LanguageIdentifier;

use crate::locale::{Locale, Numbers};

static BUILT_IN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../content/lang");

/// At most so many missing messages are remembered.
const MISSING_KEPT: usize = 1000;

/// A value inside a message: a number, or a text.
pub type Word = FluentValue<'static>;

/// A language Manara speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lang {
    /// English, the source of all messages.
    En,
    /// Arabic.
    Ar,
    /// French.
    Fr,
}

impl Lang {
    /// All, in the order of the switch.
    pub const ALL: [Lang; 3] = [Self::En, Self::Ar, Self::Fr];

    /// The language tag, as in `lang="…"`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ar => "ar",
            Self::Fr => "fr",
        }
    }

    /// The direction of writing, as in `dir="…"`.
    pub fn dir(self) -> &'static str {
        match self {
            Self::Ar => "rtl",
            Self::En | Self::Fr => "ltr",
        }
    }

    /// The name of the language in itself.
    pub fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Ar => "العربية",
            Self::Fr => "Français",
        }
    }

    /// Reads a tag such as `ar`, `ar-EG` or `FR_ca`.
    pub fn parse(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|lang| lang.tag().eq_ignore_ascii_case(primary))
    }

    /// The first language of an `Accept-Language` header that Manara speaks, by weight.
    pub fn accepted(header: &str) -> Option<Self> {
        let mut wanted: Vec<(f32, Lang)> = header
            .split(',')
            .take(20)
            .filter_map(|part| {
                let mut pieces = part.split(';');
                let lang = Self::parse(pieces.next()?)?;
                let weight = pieces.find_map(|p| p.trim().strip_prefix("q=")).map_or(Some(1.0), |q| q.parse().ok())?;
                (weight > 0.0).then_some((weight, lang))
            })
            .collect();
        wanted.sort_by(|a, b| b.0.total_cmp(&a.0));
        wanted.first().map(|(_, lang)| *lang)
    }

    /// A whole number as the language usually writes it.
    pub fn number(self, number: i64) -> String {
        Locale::from(self).numbers.whole(number)
    }

    /// A number with so many decimals, as the language usually writes it.
    pub fn decimal(self, number: f64, decimals: usize) -> String {
        Locale::from(self).numbers.decimal(number, decimals)
    }

    /// A part of a whole, 0 to 1, in hundredths, as the language usually writes it.
    pub fn percent(self, part: f64) -> String {
        Locale::from(self).numbers.percent(part)
    }
}

/// Why language files could not be taken.
#[derive(Debug, thiserror::Error)]
pub enum WordsError {
    /// A file is there and cannot be read.
    #[error("{path}: {error}")]
    File {
        /// Which.
        path: String,
        /// Why.
        error: std::io::Error,
    },
    /// A file is not Fluent.
    #[error("{path}: {detail}")]
    Syntax {
        /// Which.
        path: String,
        /// What is wrong with it.
        detail: String,
    },
}

/// Each language with every way its readers may write numbers in it; the usual one first.
const MANNERS: [(Lang, &[Numbers]); 3] = [
    (Lang::En, &[Numbers::Comma]),
    (Lang::Ar, &[Numbers::Comma, Numbers::Point, Numbers::Arabic]),
    (Lang::Fr, &[Numbers::Space]),
];

type Bundle = FluentBundle<Arc<FluentResource>>;

/// All messages of all languages.
pub struct Words {
    bundles: Vec<(Lang, Numbers, Bundle)>,
    missing: Mutex<BTreeSet<(Lang, String)>>,
}

impl Words {
    /// The words built into the program.
    pub fn built_in() -> Result<Words, WordsError> {
        Self::load(None)
    }

    /// The words built into the program, with the messages of `folder/{en,ar,fr}/*.ftl` in their place where there are any.
    pub fn load(folder: Option<&Path>) -> Result<Words, WordsError> {
        let mut bundles = Vec::new();
        for (lang, manners) in MANNERS {
            let texts = load_lang(lang, folder)?;
            bundles.extend(manners.iter().map(|numbers| (lang, *numbers, bundle(lang, *numbers, &texts))));
        }
        Ok(Words { bundles, missing: Mutex::new(BTreeSet::new()) })
    }

    /// A message without values.
    pub fn t(&self, locale: impl Into<Locale>, key: &str) -> String {
        self.t_args(locale, key, &[])
    }

    /// A message with values. A key that the language lacks is given in English and remembered; one that English lacks
    /// too is shown as it is.
    pub fn t_args(&self, locale: impl Into<Locale>, key: &str, args: &[(&str, Word)]) -> String {
        let locale = locale.into();
        if let Some(text) = self.found(locale, key, args) {
            return text;
        }
        if let Ok(mut missing) = self.missing.lock()
            && missing.len() < MISSING_KEPT
        {
            missing.insert((locale.lang, key.to_string()));
        }
        self.found(Lang::En.into(), key, args).unwrap_or_else(|| key.to_string())
    }

    /// Whether the language has the message.
    pub fn has(&self, lang: Lang, key: &str) -> bool {
        self.of(lang.into()).is_some_and(|bundle| bundle.has_message(key))
    }

    /// The messages that were asked for and not there.
    pub fn missing(&self) -> Vec<(Lang, String)> {
        self.missing.lock().map(|missing| missing.iter().cloned().collect()).unwrap_or_default()
    }

    /// The reader's day of a moment in words: `21 November 2026`.
    pub fn day(&self, locale: impl Into<Locale>, moment: Micros) -> String {
        let locale = locale.into();
        let local = locale.local(moment);
        let args = [
            // Numbers, so that a language may choose by them; the year is a text, so that it stays together.
            ("day", local.day().into()),
            ("month", local.month().into()),
            ("year", locale.numbers.digits(&local.format("%Y").to_string()).into()),
            ("months", locale.months.into()),
        ];
        self.t_args(locale, "web-date-day", &args)
    }

    /// The same day in the tabular Islamic calendar: `10 Jumada II 1448 AH`.
    pub fn islamic_day(&self, locale: impl Into<Locale>, moment: Micros) -> String {
        let locale = locale.into();
        let (year, month, day) = locale.islamic_day(moment);
        let year = locale.numbers.digits(&year.to_string());
        let args = [("day", day.into()), ("month", month.into()), ("year", year.into())];
        self.t_args(locale, "desk-islamic-day", &args)
    }

    /// How long ago it was, in one unit: `3 hours ago`.
    pub fn ago(&self, locale: impl Into<Locale>, moment: Micros, now: Micros) -> String {
        let seconds = (now.0 - moment.0) / 1_000_000;
        let (key, count) = match seconds {
            i64::MIN..60 => ("web-ago-now", 0),
            60..3_600 => ("web-ago-minutes", seconds / 60),
            3_600..86_400 => ("web-ago-hours", seconds / 3_600),
            _ => ("web-ago-days", seconds / 86_400),
        };
        self.t_args(locale, key, &[("count", count.into())])
    }

    /// The messages of a language in a way of writing numbers; in its usual one when it has no such way.
    fn of(&self, locale: Locale) -> Option<&Bundle> {
        let mut of_lang = self.bundles.iter().filter(|(lang, _, _)| *lang == locale.lang);
        let usual = of_lang.clone().next();
        of_lang.find(|(_, numbers, _)| *numbers == locale.numbers).or(usual).map(|(_, _, bundle)| bundle)
    }

    fn found(&self, locale: Locale, key: &str, args: &[(&str, Word)]) -> Option<String> {
        let bundle = self.of(locale)?;
        let pattern = bundle.get_message(key)?.value()?;
        let mut values = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            values.set(*name, value.clone());
        }
        let mut errors = Vec::new();
        Some(bundle.format_pattern(pattern, Some(&values), &mut errors).into_owned())
    }
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Words")
    }
}

/// The messages of a language as parsed, later ones in the place of earlier ones.
fn load_lang(lang: Lang, folder: Option<&Path>) -> Result<Vec<Arc<FluentResource>>, WordsError> {
    let mut texts = Vec::new();
    for file in BUILT_IN.get_dir(lang.tag()).into_iter().flat_map(Dir::files) {
        let path = file.path().display().to_string();
        texts.push(parse(&path, file.contents_utf8().unwrap_or_default())?);
    }
    let Some(folder) = folder.map(|folder| folder.join(lang.tag())).filter(|folder| folder.is_dir()) else {
        return Ok(texts);
    };
    let failed = |path: &Path, error| WordsError::File { path: path.display().to_string(), error };
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(&folder).map_err(|error| failed(&folder, error))? {
        paths.push(entry.map_err(|error| failed(&folder, error))?.path());
    }
    paths.sort();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|end| end == "ftl")) {
        let text = std::fs::read_to_string(path).map_err(|error| failed(path, error))?;
        texts.push(parse(&path.display().to_string(), &text)?);
    }
    Ok(texts)
}

fn bundle(lang: Lang, numbers: Numbers, texts: &[Arc<FluentResource>]) -> Bundle {
    let tag: LanguageIdentifier = lang.tag().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    bundle.set_formatter(Some(numbers.in_messages()));
    for text in texts {
        bundle.add_resource_overriding(Arc::clone(text));
    }
    bundle
}

fn parse(path: &str, text: &str) -> Result<Arc<FluentResource>, WordsError> {
    FluentResource::try_new(text.to_string()).map(Arc::new).map_err(|(_, errors)| WordsError::Syntax {
        path: path.to_string(),
        detail: errors.first().map(ToString::to_string).unwrap_or_default(),
    })
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey};
    use manara_model::{CLASSES, FindingState, Micros, Severity};

    use super::{BUILT_IN, Lang, Words};
    use crate::error::Fault;
    use crate::rights::Role;

    #[derive(Default)]
    struct Message {
        values: BTreeSet<String>,
        /// For each selected value its variants.
        selects: Vec<(String, BTreeSet<String>)>,
    }

    fn walk(pattern: &Pattern<&str>, message: &mut Message) {
        for element in &pattern.elements {
            let PatternElement::Placeable { expression } = element else { continue };
            match expression {
                Expression::Inline(inline) => value(inline, message),
                Expression::Select { selector, variants } => {
                    value(selector, message);
                    let names = variants.iter().map(|variant| match variant.key {
                        VariantKey::Identifier { name } => name.to_string(),
                        VariantKey::NumberLiteral { value } => value.to_string(),
                    });
                    if let InlineExpression::VariableReference { id } = selector {
                        message.selects.push((id.name.to_string(), names.collect()));
                    }
                    variants.iter().for_each(|variant| walk(&variant.value, message));
                }
            }
        }
    }

    fn value(inline: &InlineExpression<&str>, message: &mut Message) {
        match inline {
            InlineExpression::VariableReference { id } => _ = message.values.insert(id.name.to_string()),
            InlineExpression::Placeable { expression } => {
                if let Expression::Inline(inner) = &**expression {
                    value(inner, message);
                }
            }
            _ => {}
        }
    }

    /// Every message of a language by `file key`.
    fn messages(lang: Lang) -> BTreeMap<String, Message> {
        let mut all = BTreeMap::new();
        for file in BUILT_IN.get_dir(lang.tag()).unwrap().files() {
            let name = file.path().file_name().unwrap().to_str().unwrap();
            let plane = name.strip_suffix(".ftl").unwrap();
            let text = file.contents_utf8().unwrap();
            assert!(!text.contains('\t'), "{name}: a tab is not white space in Fluent");
            for entry in
                fluent_syntax::parser::parse(text).unwrap_or_else(|(_, e)| panic!("{lang:?} {name}: {e:?}")).body
            {
                let Entry::Message(message) = entry else { continue };
                let key = message.id.name;
                assert!(
                    key.starts_with(&format!("{plane}-")),
                    "{lang:?} {name}: {key} begins with the name of its plane"
                );
                let mut found = Message::default();
                walk(message.value.as_ref().unwrap_or_else(|| panic!("{key} has no text")), &mut found);
                assert!(all.insert(format!("{name} {key}"), found).is_none(), "{lang:?} {name}: {key} is there twice");
            }
        }
        all
    }

    /// A line of a file without its values: each is one letter.
    fn without_values(line: &str) -> String {
        let (mut said, mut depth) = (String::new(), 0_usize);
        for c in line.chars() {
            match c {
                '{' => depth += 1,
                '}' => {
                    depth = depth.saturating_sub(1);
                    said.push('x');
                }
                _ if depth == 0 => said.push(c),
                _ => {}
            }
        }
        said
    }

    #[test]
    fn french_breaks_no_line_before_a_mark_and_within_quotation_marks() {
        let mut faults = Vec::new();
        for file in BUILT_IN.get_dir(Lang::Fr.tag()).unwrap().files() {
            let lines = file.contents_utf8().unwrap().lines().enumerate();
            for (at, line) in lines.filter(|(_, line)| !line.starts_with('#')) {
                let said = without_values(line);
                let said = said.trim_start();
                if [" ;", " :", " ?", " !", " %", " »", "« "].iter().any(|broken| said.contains(broken)) {
                    faults.push(format!("{}:{}: {line}", file.path().display(), at + 1));
                }
            }
        }
        assert!(faults.is_empty(), "a space before ; : ? ! % » and after « is U+00A0:\n{}", faults.join("\n"));
    }

    #[test]
    fn the_languages_have_the_same_messages_with_the_same_values() {
        let english = messages(Lang::En);
        for lang in [Lang::Ar, Lang::Fr] {
            let other = messages(lang);
            let missing: Vec<_> = english.keys().filter(|key| !other.contains_key(*key)).collect();
            let surplus: Vec<_> = other.keys().filter(|key| !english.contains_key(*key)).collect();
            assert!(missing.is_empty() && surplus.is_empty(), "{lang:?} misses {missing:?}, has alone {surplus:?}");
            for (key, message) in &english {
                assert_eq!(other.get(key).unwrap().values, message.values, "{lang:?} {key}");
            }
        }
    }

    #[test]
    fn arabic_counts_in_all_six_ways() {
        const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];
        for (key, message) in messages(Lang::Ar) {
            for (value, variants) in message.selects.iter().filter(|(value, _)| value == "count") {
                for category in CATEGORIES {
                    assert!(variants.contains(category), "{key} selects on {value} without {category}");
                }
            }
        }
        // Where English distinguishes, Arabic has to.
        let arabic = messages(Lang::Ar);
        for (key, message) in messages(Lang::En) {
            if message.selects.iter().any(|(value, _)| value == "count") {
                let counted = arabic.get(&key).unwrap().selects.iter().any(|(value, _)| value == "count");
                assert!(counted, "{key} does not count in Arabic");
            }
        }
    }

    #[test]
    fn every_word_the_program_makes_up_is_there() {
        let words = Words::built_in().unwrap();
        let mut keys: Vec<String> = Vec::new();
        keys.extend(Severity::ALL.iter().map(|s| format!("web-severity-{}", s.as_str())));
        keys.extend(FindingState::ALL.iter().map(|s| format!("web-state-{}", s.as_str().replace('_', "-"))));
        keys.extend(Role::ALL.iter().map(|r| format!("web-role-{}", r.as_str())));
        keys.extend(Lang::ALL.iter().map(|l| format!("web-lang-{}", l.tag())));
        keys.extend(crate::nav::NAV.iter().map(|item| item.key.to_string()));
        for fault in Fault::ALL {
            keys.extend(["title", "why", "how"].map(|part| format!("web-error-{}-{part}", fault.code())));
        }
        for class in CLASSES {
            keys.push(format!("web-class-{}", class.value));
            keys.extend(class.types.iter().map(|kind| format!("web-type-{}", kind.value)));
        }
        for key in keys {
            assert!(words.has(Lang::En, &key), "{key}");
        }
        let moment = Micros::parse_rfc3339("2026-03-01T10:00:00Z").unwrap();
        let plain = |lang| words.day(lang, moment).replace(['\u{2068}', '\u{2069}'], "");
        assert_eq!(
            [plain(Lang::En), plain(Lang::Ar), plain(Lang::Fr)],
            ["1 March 2026", "1 مارس 2026", "1er mars 2026"]
        );
    }

    #[test]
    fn a_missing_message_is_shown_in_english_and_remembered() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("en")).unwrap();
        std::fs::write(folder.path().join("en/own.ftl"), "own-hello = Hello { $name }\nweb-name = Beacon\n").unwrap();
        let words = Words::load(Some(folder.path())).unwrap();
        assert_eq!(words.t(Lang::En, "web-name"), "Beacon", "a folder overrides");
        let hello = words.t_args(Lang::Ar, "own-hello", &[("name", "Sara".into())]);
        assert_eq!(hello, "Hello \u{2068}Sara\u{2069}", "the name is set apart from the sentence");
        assert_eq!(words.t(Lang::Fr, "own-nothing"), "own-nothing");
        let missing = [(Lang::Ar, "own-hello".to_string()), (Lang::Fr, "own-nothing".to_string())];
        assert_eq!(words.missing(), missing);
        std::fs::write(folder.path().join("en/own.ftl"), "own-hello = { $\n").unwrap();
        assert!(Words::load(Some(folder.path())).unwrap_err().to_string().contains("own.ftl"));
    }

    #[test]
    fn numbers_are_written_as_the_reader_does() {
        for (lang, number, want) in [
            (Lang::En, 1_234_567, "1,234,567"),
            (Lang::Ar, -1_234, "-1,234"),
            (Lang::Fr, 1_234_567, "1\u{202f}234\u{202f}567"),
            (Lang::En, 999, "999"),
            (Lang::En, 0, "0"),
            (Lang::En, i64::MIN, "-9,223,372,036,854,775,808"),
        ] {
            assert_eq!(lang.number(number), want);
        }
        assert_eq!(Lang::Fr.decimal(1234.56, 1), "1\u{202f}234,6");
        let words = Words::built_in().unwrap();
        let shown = words.t_args(Lang::Fr, "web-list-shown", &[("count", 12_345_i64.into())]);
        assert!(shown.contains("12\u{202f}345"), "{shown}");
    }

    #[test]
    fn a_browser_says_which_language_it_likes() {
        for (header, want) in [
            ("fr-CA,fr;q=0.9,en;q=0.8", Some(Lang::Fr)),
            ("de, ar;q=0.3, en;q=0.9", Some(Lang::En)),
            ("ar-EG", Some(Lang::Ar)),
            ("de", None),
            ("", None),
            ("en;q=0", None),
            (";;;,,q=,fr;q=x", None),
        ] {
            assert_eq!(Lang::accepted(header), want, "{header}");
        }
    }
}
