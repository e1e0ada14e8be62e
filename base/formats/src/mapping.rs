//! Feeds described by a mapping file, without a line of Rust: which column of theirs is which field of ours.

use std::borrow::Cow;
use std::collections::BTreeMap;

use manara_model::{Field, Kind, Severity, class_of_type};
use serde::Deserialize;
use serde_yaml_ng::{Mapping, Value as Yaml};

use crate::draft::Draft;
use crate::{SourceZone, Value};

/// One feed, as its file in `content/feeds/` describes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Feed {
    /// The word by which it is called everywhere: lower-case letters, digits and hyphens.
    pub name: String,
    /// What people read.
    pub title: String,
    /// Who publishes it.
    pub provider: String,
    /// Where it is fetched from; empty when it is delivered.
    pub url: String,
    /// Where it is described.
    pub documentation: String,
    /// How far it is believed before any answer came, in percent.
    pub accuracy: Option<f64>,
    /// Which reader it is for.
    pub format: FeedFormat,
    /// The zone of its times that do not say theirs.
    pub zone: SourceZone,
    /// It is a list: an entry that is no longer on it is delisted.
    pub state: Option<ListState>,
    /// Days after which a finding of this feed that is not seen again expires.
    pub expire_days: Option<u32>,
    /// Days within which the same row again is a duplicate.
    pub dedup_days: Option<u32>,
    /// Hours without a file after which it counts as silent.
    pub silent_hours: Option<u32>,
    /// The severity of rows that have none.
    pub severity: Option<Severity>,
    /// The report type of a Shadowserver feed, or the name of a Zeek log, where the file name does not say it.
    pub kind: String,
    /// Fields that every event of it has, unless the row says otherwise: the class among them.
    pub constants: Vec<(Field, Value<'static>)>,
    pub(crate) table: Table,
}

/// How a list is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListState {
    /// Days without a new copy of the list after which its entries expire.
    pub expire_days: u32,
}

/// The readers a mapping file can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedFormat {
    /// Comma-separated values, or with another delimiter.
    Csv,
    /// Tab-separated values.
    Tsv,
    /// JSON objects, one a line or in an array.
    Json,
    /// A plain list.
    List,
    /// A Shadowserver report.
    Shadowserver,
    /// Suricata's EVE.
    Suricata,
    /// A Zeek log.
    Zeek,
    /// IDEA messages.
    Idea,
    /// IntelMQ events.
    IntelMq,
}

const FORMATS: &[(&str, FeedFormat)] = &[
    ("csv", FeedFormat::Csv),
    ("tsv", FeedFormat::Tsv),
    ("json", FeedFormat::Json),
    ("list", FeedFormat::List),
    ("shadowserver", FeedFormat::Shadowserver),
    ("suricata", FeedFormat::Suricata),
    ("zeek", FeedFormat::Zeek),
    ("idea", FeedFormat::Idea),
    ("intelmq", FeedFormat::IntelMq),
];

impl FeedFormat {
    /// The word used in mapping files.
    pub fn as_str(self) -> &'static str {
        FORMATS.iter().find(|(_, format)| *format == self).map_or("", |(word, _)| word)
    }

    fn has_columns(self) -> bool {
        matches!(self, Self::Csv | Self::Tsv | Self::Json)
    }
}

/// What only the mapping reader needs.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Table {
    pub(crate) delimiter: u8,
    pub(crate) comment: String,
    /// The names of the columns, where the file itself does not have them.
    pub(crate) header: Vec<String>,
    pub(crate) columns: Vec<Column>,
    /// Rows with one of these values in this column tell about the feed and are context.
    pub(crate) context: Vec<(String, Vec<String>)>,
}

/// One column of the input.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) aliases: Vec<String>,
    /// Two columns may have one target: the first that has a value gives it.
    pub(crate) target: Target,
    pub(crate) required: bool,
    /// Their word to ours; `*` for any other.
    pub(crate) values: BTreeMap<String, String>,
}

/// Where the values of a column go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    Field(Field),
    /// Address, network, domain, URL or mail address: whichever the value is.
    AnySource,
    /// Kept in `extra`, under this name.
    Extra(String),
}

/// What is wrong with a mapping file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file} line {line}: {key}: {found}; expected {expected}")]
pub struct MappingError {
    /// The file, by the name the caller gave.
    pub file: String,
    /// 1-based line, 0 when it is about the file as a whole.
    pub line: usize,
    /// The key it is about.
    pub key: String,
    /// What is there.
    pub found: String,
    /// What should be there.
    pub expected: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    name: String,
    title: String,
    #[serde(default)]
    provider: String,
    #[serde(default)]
    url: String,
    #[serde(default)]
    documentation: String,
    accuracy: Option<f64>,
    format: String,
    #[serde(default)]
    kind: String,
    delimiter: Option<String>,
    #[serde(default = "default_comment")]
    comment: String,
    #[serde(default)]
    header: Vec<String>,
    zone: Option<String>,
    #[serde(default)]
    columns: Mapping,
    #[serde(default)]
    constants: Mapping,
    #[serde(default)]
    aliases: BTreeMap<String, OneOrMany>,
    #[serde(default)]
    required: Vec<String>,
    #[serde(default)]
    values: BTreeMap<String, Mapping>,
    #[serde(default)]
    context: BTreeMap<String, OneOrMany>,
    state: Option<RawState>,
    expire_days: Option<u32>,
    dedup_days: Option<u32>,
    silent_hours: Option<u32>,
    severity: Option<String>,
}

fn default_comment() -> String {
    "#".to_string()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawState {
    list: bool,
    #[serde(default = "default_list_days")]
    expire_days: u32,
}

fn default_list_days() -> u32 {
    7
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl OneOrMany {
    fn list(&self) -> Vec<String> {
        match self {
            Self::One(text) => vec![text.clone()],
            Self::Many(list) => list.clone(),
        }
    }
}

impl Feed {
    /// Reads a mapping file. `file` is its name, for messages.
    pub fn from_yaml(file: &str, text: &str) -> Result<Feed, MappingError> {
        let raw: Raw = serde_yaml_ng::from_str(text).map_err(|error| {
            let line = error.location().map_or(0, |place| place.line());
            let (found, expected) = split_expected(&error.to_string());
            let key = if found.ends_with("is missing") { "the file".to_string() } else { key_on(text, line) };
            MappingError { file: file.to_string(), line, key, found, expected }
        })?;
        let check = Check { file, text };
        let format = FORMATS.iter().find(|(word, _)| *word == raw.format).map(|(_, format)| *format);
        let words = FORMATS.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
        let format = format.ok_or_else(|| check.error("format", &raw.format, &words))?;
        check.name(&raw.name)?;
        let columns = check.columns(&raw, format)?;
        let mut constants = check.constants(&raw)?;
        let severity = match raw.severity.as_deref() {
            Some(word) => Some(
                Severity::parse(word)
                    .ok_or_else(|| check.error("severity", word, "info, low, medium, high or critical"))?,
            ),
            None => None,
        };
        if let Some(severity) = severity.filter(|_| !constants.iter().any(|(field, _)| *field == Field::Severity)) {
            constants.push((Field::Severity, Value::Text(Cow::Borrowed(severity.as_str()))));
        }
        check.class(format, &columns, &mut constants, &raw.name)?;
        let accuracy = match raw.accuracy {
            Some(percent) if !(0.0..=100.0).contains(&percent) => {
                return Err(check.error("accuracy", &percent.to_string(), "a number from 0 to 100"));
            }
            accuracy => accuracy,
        };
        let zone = match raw.zone.as_deref() {
            Some(name) => SourceZone::parse(name)
                .ok_or_else(|| check.error("zone", name, "UTC or a zone such as Africa/Tunis"))?,
            None => SourceZone::Utc,
        };
        if raw.state.as_ref().is_some_and(|state| !state.list) {
            return Err(check.error("state", "list: false", "list: true, or no state at all"));
        }
        let table = Table {
            delimiter: check.delimiter(raw.delimiter.as_deref(), format)?,
            comment: raw.comment,
            header: raw.header,
            columns,
            context: raw.context.iter().map(|(column, words)| (column.clone(), words.list())).collect(),
        };
        Ok(Feed {
            name: raw.name,
            title: raw.title,
            provider: raw.provider,
            url: raw.url,
            documentation: raw.documentation,
            accuracy,
            format,
            zone,
            state: raw.state.map(|state| ListState { expire_days: state.expire_days }),
            expire_days: raw.expire_days,
            dedup_days: raw.dedup_days,
            silent_hours: raw.silent_hours,
            severity,
            kind: raw.kind,
            constants,
            table,
        })
    }
}

/// The parser's sentence in our two parts.
fn split_expected(message: &str) -> (String, String) {
    let message = message.split(" at line ").next().unwrap_or(message);
    match message.split_once(", expected ") {
        Some((found, expected)) => (found.to_string(), expected.to_string()),
        None => match message.strip_prefix("missing field ") {
            Some(field) => (format!("{field} is missing"), format!("a line {}: …", field.trim_matches('`'))),
            None => (message.to_string(), "a mapping file as content/feeds/example.yaml explains it".to_string()),
        },
    }
}

fn key_on(text: &str, line: usize) -> String {
    let found =
        text.lines().nth(line.saturating_sub(1)).and_then(|line| line.split_once(':')).map(|(key, _)| key.trim());
    found.filter(|key| line_is_key(key)).unwrap_or("the file").to_string()
}

fn line_is_key(key: &str) -> bool {
    !key.is_empty() && !key.contains(['#', '{', '['])
}

/// Checks one file, and says where in it something is wrong.
struct Check<'a> {
    file: &'a str,
    text: &'a str,
}

impl Check<'_> {
    fn error(&self, key: &str, found: &str, expected: &str) -> MappingError {
        // The innermost key that has a line of its own.
        let line = key.rsplit(": ").find_map(|word| self.line_of(word)).unwrap_or(0);
        MappingError {
            file: self.file.to_string(),
            line,
            key: key.to_string(),
            found: found.chars().take(100).collect(),
            expected: expected.to_string(),
        }
    }

    fn line_of(&self, key: &str) -> Option<usize> {
        let is_key = |line: &str| {
            let bare = line.trim_start().trim_start_matches(['"', '\'', '-', ' ']);
            let rest = bare.strip_prefix(key).map(|rest| rest.trim_start_matches(['"', '\'']).trim_start());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
        };
        self.text.lines().position(is_key).map(|at| at + 1)
    }

    fn name(&self, name: &str) -> Result<(), MappingError> {
        let letters = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        match letters && !name.is_empty() && name.len() <= 60 && !name.starts_with('-') {
            true => Ok(()),
            false => Err(self.error("name", name, "lower-case letters, digits and hyphens, at most 60")),
        }
    }

    fn delimiter(&self, given: Option<&str>, format: FeedFormat) -> Result<u8, MappingError> {
        match given {
            None if format == FeedFormat::Tsv => Ok(b'\t'),
            None => Ok(b','),
            Some(text) => match text.as_bytes() {
                [byte] if byte.is_ascii() && !matches!(byte, b'"' | b'\n' | b'\r') => Ok(*byte),
                _ => Err(self.error("delimiter", text, "one ASCII character, no quote")),
            },
        }
    }

    fn columns(&self, raw: &Raw, format: FeedFormat) -> Result<Vec<Column>, MappingError> {
        if !format.has_columns() {
            return match raw.columns.is_empty() {
                true => Ok(Vec::new()),
                false => Err(self.error("columns", "columns for this format", "columns with csv, tsv or json only")),
            };
        }
        let mut columns = Vec::new();
        for (name, target) in &raw.columns {
            let name = scalar(name).ok_or_else(|| self.error("columns", "a name that is no text", "column: field"))?;
            let key = format!("columns: {name}");
            let word =
                scalar(target).ok_or_else(|| self.error(&key, "no field", "a field such as source.ip, or extra"))?;
            let target = match word.as_str() {
                "source.any" => Target::AnySource,
                "extra" => Target::Extra(name.clone()),
                word => match (word.strip_prefix("extra."), Field::by_name(word)) {
                    (Some(extra), _) if !extra.is_empty() => Target::Extra(extra.to_string()),
                    (_, Some(field)) if field.spec().kind != Kind::Json => Target::Field(field),
                    _ => return Err(self.error(&key, word, &expected_field(word))),
                },
            };
            columns.push(Column {
                aliases: raw.aliases.get(&name).map(OneOrMany::list).unwrap_or_default(),
                required: raw.required.contains(&name),
                values: self.values(raw, &name)?,
                name,
                target,
            });
        }
        let known = |name: &String| columns.iter().any(|column| column.name == *name);
        let names = || columns.iter().map(|column| column.name.as_str()).collect::<Vec<_>>().join(", ");
        for (list, mut words) in [
            ("aliases", raw.aliases.keys().collect::<Vec<_>>()),
            ("required", raw.required.iter().collect()),
            ("values", raw.values.keys().collect()),
            ("context", raw.context.keys().collect()),
        ] {
            words.retain(|name| !known(name));
            if let Some(name) = words.first().filter(|_| list != "context") {
                return Err(self.error(
                    &format!("{list}: {name}"),
                    "no column of this name",
                    &format!("one of {}", names()),
                ));
            }
        }
        let subject = |column: &Column| match &column.target {
            Target::AnySource => true,
            Target::Field(field) => crate::draft::SUBJECTS.contains(field),
            Target::Extra(_) => false,
        };
        if !columns.iter().any(subject) {
            let expected =
                "a column for source.ip, source.network, source.fqdn, source.url, source.account, or source.any";
            return Err(self.error("columns", "no column says whom a row is about", expected));
        }
        Ok(columns)
    }

    fn values(&self, raw: &Raw, name: &str) -> Result<BTreeMap<String, String>, MappingError> {
        let Some(table) = raw.values.get(name) else { return Ok(BTreeMap::new()) };
        let pair = |(from, to): (&Yaml, &Yaml)| Some((scalar(from)?, scalar(to)?));
        let wrong = || self.error(&format!("values: {name}"), "a value that is no text", "their word: our word");
        table.iter().map(|entry| pair(entry).ok_or_else(wrong)).collect()
    }

    fn constants(&self, raw: &Raw) -> Result<Vec<(Field, Value<'static>)>, MappingError> {
        let mut draft = Draft::default();
        for (name, value) in &raw.constants {
            let name = scalar(name).unwrap_or_default();
            let key = format!("constants: {name}");
            let field = Field::by_name(&name).filter(|field| field.spec().kind != Kind::Json);
            let field = field.ok_or_else(|| self.error(&key, &name, &expected_field(&name)))?;
            let text = scalar(value).ok_or_else(|| self.error(&key, "no value", "a text, number or true/false"))?;
            let read = draft.read(field, Cow::Owned(text.clone()), SourceZone::Utc);
            read.map_err(|code| self.error(&key, &text, expected_kind(field, code)))?;
        }
        Ok(draft.fields)
    }

    /// Every event needs a class: from a constant, or from a column.
    fn class(
        &self,
        format: FeedFormat,
        columns: &[Column],
        constants: &mut Vec<(Field, Value<'static>)>,
        name: &str,
    ) -> Result<(), MappingError> {
        let find = |wanted: Field| {
            constants.iter().find_map(|(field, value)| match value {
                Value::Text(text) if *field == wanted => Some(text.to_string()),
                _ => None,
            })
        };
        let by_column = columns.iter().any(|column| column.target == Target::Field(Field::Type));
        let needs = format.has_columns() || format == FeedFormat::List;
        let (taxonomy, kind, identifier) = (find(Field::Taxonomy), find(Field::Type), find(Field::Identifier));
        let Some(kind) = kind else {
            return match needs && !by_column {
                true => {
                    Err(self.error("constants", "no classification.type", "a type of the taxonomy, such as c2-server"))
                }
                false => Ok(()),
            };
        };
        let key = "constants: classification.type";
        let class =
            class_of_type(&kind).ok_or_else(|| self.error(key, &kind, "a type of the taxonomy, such as c2-server"))?;
        match taxonomy {
            Some(said) if said != class => {
                return Err(self.error(
                    "constants: classification.taxonomy",
                    &said,
                    &format!("{class}, which {kind} belongs to"),
                ));
            }
            Some(_) => {}
            None => constants.push((Field::Taxonomy, Value::Text(Cow::Borrowed(class)))),
        }
        if identifier.is_none() && !columns.iter().any(|column| column.target == Target::Field(Field::Identifier)) {
            constants.push((Field::Identifier, Value::Text(Cow::Owned(name.to_string()))));
        }
        Ok(())
    }
}

fn scalar(value: &Yaml) -> Option<String> {
    match value {
        Yaml::String(text) => Some(text.clone()),
        Yaml::Number(number) => Some(number.to_string()),
        Yaml::Bool(truth) => Some(truth.to_string()),
        _ => None,
    }
}

/// The field names nearest to a wrong one.
fn expected_field(word: &str) -> String {
    let side = word.split('.').next().unwrap_or_default();
    let mut near: Vec<&str> = manara_model::FIELDS
        .iter()
        .map(|spec| spec.intelmq)
        .filter(|name| name.split('.').next() == Some(side) || word.rsplit('.').next() == name.rsplit('.').next())
        .collect();
    near.truncate(8);
    match near.is_empty() {
        true => "a field such as source.ip, source.any, or extra".to_string(),
        false => format!("one of {}", near.join(", ")),
    }
}

fn expected_kind(field: Field, code: &'static str) -> &'static str {
    match (code, field) {
        ("taken", _) => "the field once only",
        (_, Field::Severity) => "info, low, medium, high or critical",
        (_, Field::Tlp) => "a TLP mark such as TLP:GREEN",
        _ => match field.spec().kind {
            Kind::Ip => "an address",
            Kind::Number => "a whole number in the range of the field",
            Kind::Real => "a number",
            Kind::Bool => "true or false",
            Kind::Time => "a time such as 2026-01-15T00:00:00Z",
            Kind::Text | Kind::Json => "a value of the kind the field holds",
        },
    }
}

#[cfg(test)]
mod tests {
    use manara_model::Field;
    use proptest::prelude::*;

    use super::{Feed, FeedFormat, ListState};
    use crate::Value;

    const GOOD: &str =
        "name: x\ntitle: X\nformat: csv\ncolumns:\n  ip: source.ip\nconstants:\n  classification.type: scanner\n";

    #[test]
    fn a_good_file_says_what_it_says() {
        let text = format!(
            "{GOOD}accuracy: 75\nzone: Africa/Tunis\nseverity: high\ndelimiter: '|'\nstate: {{list: true, expire_days: 3}}\n"
        );
        let feed = Feed::from_yaml("x", &text).expect("good");
        assert_eq!((feed.format, feed.accuracy, feed.table.delimiter), (FeedFormat::Csv, Some(75.0), b'|'));
        assert_eq!(feed.state, Some(ListState { expire_days: 3 }));
        let constant =
            |wanted: Field| feed.constants.iter().find(|(field, _)| *field == wanted).map(|(_, value)| value.clone());
        for (field, want) in [
            (Field::Taxonomy, "information-gathering"),
            (Field::Type, "scanner"),
            (Field::Identifier, "x"),
            (Field::Severity, "high"),
        ] {
            assert_eq!(constant(field), Some(Value::Text(want.into())), "{field:?}");
        }
    }

    #[test]
    fn a_wrong_file_is_refused_with_line_key_and_what_was_expected() {
        let with = |from: &str, to: &str| GOOD.replace(from, to);
        for (text, line, key, found, expected) in [
            (with("title: X", "titel: X"), 2, "titel", "unknown field `titel`", "`title`"),
            (with("name: x\n", ""), 1, "the file", "`name` is missing", "name: …"),
            (with("name: x", "name: X Y"), 1, "name", "X Y", "lower-case"),
            (with("format: csv", "format: xml"), 3, "format", "xml", "csv, tsv, json"),
            (with("source.ip", "source.addr"), 5, "columns: ip", "source.addr", "source.account"),
            (with("ip: source.ip", "port: source.port"), 4, "columns", "no column says", "source.any"),
            (
                with("classification.type: scanner", "comment: hello"),
                6,
                "constants",
                "no classification.type",
                "c2-server",
            ),
            (with("scanner", "scaner"), 7, "constants: classification.type", "scaner", "taxonomy"),
            (
                with("scanner", "scanner\n  classification.taxonomy: fraud"),
                8,
                "constants: classification.taxonomy",
                "fraud",
                "information-gathering",
            ),
            (with("scanner", "scanner\n  source.port: many"), 8, "constants: source.port", "many", "whole number"),
            (format!("{GOOD}severity: awful\n"), 8, "severity", "awful", "critical"),
            (format!("{GOOD}zone: Mars\n"), 8, "zone", "Mars", "Africa/Tunis"),
            (format!("{GOOD}accuracy: 101\n"), 8, "accuracy", "101", "0 to 100"),
            (format!("{GOOD}delimiter: '::'\n"), 8, "delimiter", "::", "one ASCII character"),
            (format!("{GOOD}required: [nobody]\n"), 8, "required: nobody", "no column of this name", "one of ip"),
            (format!("{GOOD}state: {{list: false}}\n"), 8, "state", "list: false", "list: true"),
            (with("format: csv", "format: zeek"), 4, "columns", "columns for this format", "csv, tsv or json"),
            ("name: [".to_string(), 1, "", "", ""),
        ] {
            let error = Feed::from_yaml("feeds/x.yaml", &text).expect_err(&text);
            let said = error.to_string();
            assert!(said.starts_with("feeds/x.yaml line "), "{said}");
            assert!(error.found.contains(found) && error.expected.contains(expected), "{said}");
            if !key.is_empty() {
                assert_eq!((error.line, error.key.as_str()), (line, key), "{said}");
            }
        }
    }

    #[test]
    fn formats_without_columns_need_no_class() {
        for format in ["suricata", "zeek", "idea", "intelmq", "shadowserver"] {
            let feed = Feed::from_yaml("x", &format!("name: x\ntitle: X\nformat: {format}\n")).expect(format);
            assert_eq!(feed.format.as_str(), format);
        }
        assert!(Feed::from_yaml("x", "name: x\ntitle: X\nformat: list\n").is_err());
    }

    proptest! {
        #[test]
        fn no_text_breaks_it(text in "\\PC{0,60}", at in 0usize..120, with in "\\PC{0,6}") {
            let _ = Feed::from_yaml("x", &text);
            let mut letters: Vec<char> = GOOD.chars().collect();
            let at = at.min(letters.len());
            letters.splice(at..(at + 1).min(letters.len()), with.chars());
            let _ = Feed::from_yaml("x", &letters.into_iter().collect::<String>());
        }
    }
}
