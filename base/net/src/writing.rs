//! From a template to the words of a letter: few variables, bounded work, lines that fit.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Write;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Value};
use minijinja::{Environment, Error, ErrorKind, State, UndefinedBehavior};

use crate::letter::one_line;

const FUEL: u64 = 100_000;
const LETTER_BYTES: usize = 64 * 1024;
const LINE_CHARS: usize = 76;

/// Why a letter could not be read or written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("letter {letter}: {reason}")]
pub struct LetterFailed {
    /// Language and name.
    pub letter: String,
    /// Why, with the line.
    pub reason: String,
}

/// A letter, written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Its first line, without `Subject: `.
    pub subject: String,
    /// The rest.
    pub body: String,
}

/// Templates of letters by their names: `<language>/<name>.txt`. The first line of each is `Subject: …`.
#[derive(Debug)]
pub struct Templates {
    environment: Environment<'static>,
}

impl Templates {
    /// Reads templates; those whose names end otherwise than in `.txt` are left out. An included name is of the same language.
    pub fn read(sources: &BTreeMap<String, String>) -> Result<Self, LetterFailed> {
        let failed = |letter: &str, reason: String| LetterFailed { letter: letter.into(), reason };
        let mut environment = Environment::new();
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
        environment.set_syntax(syntax.map_err(|error| failed("", error.to_string()))?);
        environment.set_fuel(Some(FUEL));
        environment.set_recursion_limit(60);
        environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
        environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
        environment.set_path_join_callback(|name, parent| match parent.split_once('/') {
            Some((language, _)) => Cow::Owned(format!("{language}/{name}")),
            None => Cow::Borrowed(name),
        });
        environment.add_filter("plural", plural);
        environment.add_filter("pad", |text: String, width: usize| format!("{text:<width$}", width = width.min(200)));
        environment.add_filter("ltr", |text: String| format!("\u{2066}{text}\u{2069}"));
        environment.add_filter("isolate", |text: String| format!("\u{2068}{text}\u{2069}"));
        for (path, text) in sources.iter().filter(|(path, _)| path.ends_with(".txt")) {
            environment
                .add_template_owned(path.clone(), text.clone())
                .map_err(|error| failed(path.trim_end_matches(".txt"), told(&error)))?;
        }
        Ok(Templates { environment })
    }

    /// Writes the letter of a name, without `.txt`.
    pub fn write(&self, name: &str, context: Value) -> Result<Written, LetterFailed> {
        let failed = |reason: String| LetterFailed { letter: name.into(), reason };
        let template = self.environment.get_template(&format!("{name}.txt")).map_err(|error| failed(told(&error)))?;
        let mut out = Capped { bytes: Vec::with_capacity(4096) };
        template.render_captured_to(context, &mut out).map_err(|error| failed(told(&error)))?;
        let text = String::from_utf8(out.bytes).map_err(|error| failed(error.to_string()))?;
        let (first, body) = text.split_once('\n').ok_or_else(|| failed("it has one line only".into()))?;
        let subject =
            first.strip_prefix("Subject: ").ok_or_else(|| failed("the first line must be \"Subject: …\"".into()))?;
        Ok(Written { subject: one_line(subject), body: wrap(&squeeze(body)) })
    }
}

/// Text of strangers on one line: no control characters, nothing that turns the direction of writing or stands for a link,
/// not endless.
pub fn guest_text(text: &str, limit: usize) -> String {
    let turns =
        |c: char| matches!(c, '⟦' | '⟧' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let line = one_line(text);
    let kept: String = line.chars().filter(|c| !turns(*c)).collect();
    if kept.chars().count() <= limit {
        return kept;
    }
    let mut short: String = kept.chars().take(limit.saturating_sub(1)).collect();
    short.push('…');
    short
}

/// `{{ n|plural(one="…", two="…", few="…", many="…", other="…") }}`: the sentence that goes with the number; `{n}` is the number.
fn plural(state: &State<'_, '_>, count: i64, forms: Kwargs) -> Result<String, Error> {
    let language = state.lookup("language").map(|value| value.to_string()).unwrap_or_default();
    let category = plural_category(&language, count);
    let other: Option<String> = forms.get("other")?;
    let mut text = other.ok_or_else(|| Error::new(ErrorKind::MissingArgument, "plural needs the form \"other\""))?;
    for form in ["zero", "one", "two", "few", "many"] {
        let special: Option<String> = forms.get(form)?;
        if let (true, Some(special)) = (form == category, special) {
            text = special;
        }
    }
    forms.assert_all_used()?;
    Ok(text.replace("{n}", &count.to_string()))
}

/// The plural category of a whole number, by Unicode's rules for the languages of the letters.
pub fn plural_category(language: &str, count: i64) -> &'static str {
    let n = count.unsigned_abs();
    match language {
        "ar" => match (n, n % 100) {
            (0, _) => "zero",
            (1, _) => "one",
            (2, _) => "two",
            (_, 3..=10) => "few",
            (_, 11..=99) => "many",
            _ => "other",
        },
        "fr" if n <= 1 => "one",
        "fr" if n.is_multiple_of(1_000_000) => "many",
        "fr" => "other",
        _ if n == 1 => "one",
        _ => "other",
    }
}

/// At most one empty line in a row, none at the start, no blanks at the ends of lines.
fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut empty = true;
    for line in text.lines().map(str::trim_end) {
        if line.is_empty() && empty {
            continue;
        }
        empty = line.is_empty();
        out.push_str(line);
        out.push('\n');
    }
    while out.ends_with("\n\n") {
        out.pop();
    }
    out
}

/// Breaks long lines between words; lines that begin with two blanks (tables) stay as they are.
pub fn wrap(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 40);
    for line in text.lines() {
        if line.starts_with("  ") || line.chars().count() <= LINE_CHARS {
            out.push_str(line);
            out.push('\n');
            continue;
        }
        // What follows the letter of a step stands under its text.
        let indent = if line.split(' ').next().is_some_and(|first| first.ends_with(')') && first.chars().count() <= 3) {
            line.chars().take_while(|c| *c != ' ').count() + 1
        } else {
            0
        };
        let mut width = 0;
        let mut isolated = false;
        // A line ends every isolate, so none is broken.
        for word in line.split(|c: char| {
            isolated = matches!(c, '\u{2066}' | '\u{2068}') || (isolated && c != '\u{2069}');
            c == ' ' && !isolated
        }) {
            let chars = word.chars().count();
            if width > indent && width + 1 + chars > LINE_CHARS {
                out.push('\n');
                out.extend(std::iter::repeat_n(' ', indent));
                width = indent;
            } else if width > 0 {
                out.push(' ');
                width += 1;
            }
            out.push_str(word);
            width += chars;
        }
        out.push('\n');
    }
    out
}

fn told(error: &Error) -> String {
    let at = match (error.name(), error.line()) {
        (Some(name), Some(line)) => format!("{name} line {line}: "),
        _ => String::new(),
    };
    let why = std::error::Error::source(error).map(|source| format!(": {source}")).unwrap_or_default();
    match error.detail() {
        Some(detail) => format!("{at}{detail}{why}"),
        None => format!("{at}{}{why}", error.kind()),
    }
}

struct Capped {
    bytes: Vec<u8>,
}

impl Write for Capped {
    fn write(&mut self, buffer: &[u8]) -> std::io::Result<usize> {
        if self.bytes.len() + buffer.len() > LETTER_BYTES {
            return Err(std::io::Error::other("the letter is longer than 64 kB"));
        }
        self.bytes.extend_from_slice(buffer);
        Ok(buffer.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
