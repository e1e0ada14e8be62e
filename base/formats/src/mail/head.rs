//! The head of a message or part: its fields, as they stand and as values.

use std::borrow::Cow;

use mail_parser::parsers::MessageStream;
use mail_parser::{ContentType, HeaderValue};
use manara_model::Micros;

use super::address::{self, Address};
use super::charset;
use super::encoded::joined;
use super::fault::{Faults, MailFault};
use super::limits::MailLimits;
use super::one_line;

/// Most ids of one field: the newest are kept.
const IDS: usize = 100;
/// Longest id, as long as a line may be.
const ID_BYTES: usize = 998;

/// One field.
#[derive(Debug)]
pub(super) struct Field {
    /// Its name as written.
    pub name: String,
    /// Its value with its line ends, as text.
    pub value: String,
}

impl Field {
    /// The value on one line.
    pub(super) fn line(&self) -> String {
        one_line(&self.value).into_owned()
    }
}

/// The head of a message or of a part, and what stands after it.
#[derive(Debug)]
pub(super) struct Head<'x> {
    pub fields: Vec<Field>,
    pub body: &'x [u8],
}

impl<'x> Head<'x> {
    /// Reads up to the empty line. What is no field ends the head, too.
    pub(super) fn read(bytes: &'x [u8], limits: &MailLimits, faults: &mut Faults) -> Head<'x> {
        let mut rest = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let mut raw: Vec<(&'x [u8], &'x [u8])> = Vec::new();
        let mut taken = 0;
        while !rest.is_empty() {
            let line = line_of(rest);
            if line.trim_ascii().is_empty() && !line.starts_with(b" ") && !line.starts_with(b"\t") {
                rest = rest.get(line.len()..).unwrap_or_default();
                break;
            }
            // The line with which a mailbox file begins a message is no field.
            if raw.is_empty() && (line.starts_with(b"From ") || line.starts_with(b">From ")) {
                rest = rest.get(line.len()..).unwrap_or_default();
                continue;
            }
            let Some((name, start)) = name_of(line) else {
                faults.add(MailFault::HeadBroken);
                break;
            };
            let whole = line.len() + folded(rest.get(line.len()..).unwrap_or_default());
            taken += whole;
            if taken > limits.head_bytes || raw.len() >= limits.fields {
                faults.add(MailFault::HeadCut);
                rest = after_head(rest);
                break;
            }
            let mut value = rest.get(start..whole).unwrap_or_default();
            if value.len() > limits.field_bytes {
                faults.add(MailFault::FieldCut);
                value = value.get(..limits.field_bytes).unwrap_or_default();
            }
            raw.push((name, value));
            rest = rest.get(whole..).unwrap_or_default();
        }
        // Bytes above 127 are UTF-8 or in the character set that the message names for its text.
        let charset = raw.iter().find(|(name, _)| name.eq_ignore_ascii_case(b"content-type")).and_then(|(_, value)| {
            let value = String::from_utf8_lossy(value);
            content_type(&value)?.attribute("charset").map(str::to_owned)
        });
        let mut fields = Vec::with_capacity(raw.len());
        for (name, value) in raw {
            let value = charset::field(value, charset.as_deref(), faults);
            fields.push(Field { name: String::from_utf8_lossy(name).into_owned(), value });
        }
        Head { fields, body: rest }
    }

    /// The values of that name, as they stand.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |field| field.name.eq_ignore_ascii_case(name)).map(|field| field.value.as_str())
    }

    /// The first value of that name, on one line, as it stands.
    pub(super) fn line(&self, name: &str) -> Option<String> {
        self.all(name).next().map(|value| one_line(value).into_owned())
    }

    /// The first value of that name with its encoded words decoded, on one line.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.all(name).next().map(decoded)
    }

    /// The content type, in small letters.
    pub(super) fn content_type(&self) -> Option<ContentType<'_>> {
        self.all("content-type").next().and_then(content_type)
    }

    /// The disposition, in small letters.
    pub(super) fn disposition(&self) -> Option<ContentType<'_>> {
        self.all("content-disposition").next().and_then(content_type)
    }

    /// The addresses of the first field of that name that has any.
    pub(super) fn addresses(&self, name: &str, most: usize, faults: &mut Faults) -> Vec<Address> {
        let mut lists = self.all(name).map(|value| address::read(value, most, faults));
        lists.find(|list| !list.is_empty()).unwrap_or_default()
    }

    /// The ids of all fields of that name.
    pub(super) fn ids(&self, name: &str) -> Vec<String> {
        let mut ids: Vec<String> = self.all(name).flat_map(ids).collect();
        if ids.len() > IDS {
            ids.drain(..ids.len() - IDS);
        }
        ids
    }

    /// The return path without its brackets.
    pub(super) fn return_path(&self) -> Option<String> {
        let line = self.line("return-path")?;
        let inner =
            line.split_once('<').and_then(|(_, rest)| rest.split_once('>')).map_or(line.as_str(), |(inner, _)| inner);
        Some(inner.trim().to_owned())
    }

    /// When it says it was written.
    pub(super) fn date(&self) -> Option<Micros> {
        self.all("date").find_map(date)
    }
}

/// A date as mail writes it.
pub(super) fn date(value: &str) -> Option<Micros> {
    let line = ended(value);
    match MessageStream::new(line.as_bytes()).parse_date() {
        HeaderValue::DateTime(date) if date.is_valid() => Some(Micros(date.to_timestamp().checked_mul(1_000_000)?)),
        _ => None,
    }
}

/// A value with its encoded words decoded, on one line.
pub(super) fn decoded(value: &str) -> String {
    let value = joined(value);
    let line = ended(&value);
    match MessageStream::new(line.as_bytes()).parse_unstructured() {
        HeaderValue::Text(text) => one_line(&text).into_owned(),
        _ => String::new(),
    }
}

/// Type and parameters, the names in small letters.
pub(super) fn content_type(value: &str) -> Option<ContentType<'static>> {
    let line = ended(value);
    match MessageStream::new(line.as_bytes()).parse_content_type() {
        HeaderValue::ContentType(found) => Some(ContentType {
            c_type: Cow::Owned(found.c_type.to_ascii_lowercase()),
            c_subtype: found.c_subtype.map(|sub| Cow::Owned(sub.to_ascii_lowercase())),
            attributes: found.attributes.map(|all| {
                let owned = all.into_iter().map(|one| mail_parser::Attribute {
                    name: Cow::Owned(one.name.into_owned()),
                    value: Cow::Owned(one.value.into_owned()),
                });
                owned.collect()
            }),
        }),
        _ => None,
    }
}

/// A value with the line end that the fields' readers want to see.
pub(super) fn ended(value: &str) -> String {
    format!("{}\n", value.trim_end())
}

/// What stands between angle brackets; where nothing does, the words that look like ids.
fn ids(value: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = value;
    while let Some((_, after)) = rest.split_once('<') {
        let Some((id, after)) = after.split_once('>') else { break };
        // An id that was folded in its middle is put together again.
        found.push(id.split_whitespace().collect::<String>());
        rest = after;
    }
    if found.is_empty() {
        found = value.split_whitespace().filter(|word| word.contains('@')).map(str::to_owned).collect();
    }
    found.retain(|id| !id.is_empty() && id.len() <= ID_BYTES && !id.chars().any(char::is_control));
    found
}

/// The first line with its end.
pub(super) fn line_of(bytes: &[u8]) -> &[u8] {
    let end = memchr::memchr(b'\n', bytes).map_or(bytes.len(), |at| at + 1);
    bytes.get(..end).unwrap_or(bytes)
}

/// The name of a field, and where its value begins.
fn name_of(line: &[u8]) -> Option<(&[u8], usize)> {
    let colon = memchr::memchr(b':', line)?;
    let name = line.get(..colon)?.trim_ascii_end();
    let is_name = !name.is_empty() && name.len() <= 200 && name.iter().all(u8::is_ascii_graphic);
    is_name.then_some((name, colon + 1))
}

/// How many bytes of the lines that follow belong to the field before.
fn folded(rest: &[u8]) -> usize {
    let mut end = 0;
    while let Some(b' ' | b'\t') = rest.get(end) {
        let line = line_of(rest.get(end..).unwrap_or_default());
        end += line.len();
    }
    end
}

/// What stands after the next empty line.
fn after_head(bytes: &[u8]) -> &[u8] {
    let mut rest = bytes;
    while !rest.is_empty() {
        let line = line_of(rest);
        rest = rest.get(line.len()..).unwrap_or_default();
        if matches!(line, b"\n" | b"\r\n") {
            break;
        }
    }
    rest
}
