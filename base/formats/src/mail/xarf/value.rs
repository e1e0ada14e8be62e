//! A value of a report with its path.

use manara_model::Micros;
use serde_json::Value;

use crate::{SourceZone, parse_time};

/// What is wrong with a report, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {expected} is expected, not {found}")]
pub struct XarfError {
    /// Where: `$.reporter.contact`.
    pub path: String,
    /// What should stand there.
    pub expected: String,
    /// What does, cut.
    pub found: String,
}

impl XarfError {
    pub(super) fn new(path: &str, expected: impl Into<String>, found: impl Into<String>) -> Self {
        let found: String = found.into();
        XarfError { path: path.to_owned(), expected: expected.into(), found: found.chars().take(120).collect() }
    }
}

/// A value and where it stands.
#[derive(Debug, Clone)]
pub(super) struct At<'x> {
    pub value: &'x Value,
    path: String,
}

impl<'x> At<'x> {
    pub(super) fn root(value: &'x Value) -> Self {
        At { value, path: "$".to_owned() }
    }

    /// A member that must be there.
    pub(super) fn member(&self, name: &str) -> Result<At<'x>, XarfError> {
        let path = format!("{}.{name}", self.path);
        match self.value.get(name) {
            Some(value) => Ok(At { value, path }),
            None => Err(XarfError::new(&path, "a value", "nothing")),
        }
    }

    /// A member that may be there.
    pub(super) fn maybe(&self, name: &str) -> Option<At<'x>> {
        self.member(name).ok().filter(|found| !found.value.is_null())
    }

    /// The items of a list.
    pub(super) fn items(&self, most: usize) -> Result<Vec<At<'x>>, XarfError> {
        let items = self.value.as_array().ok_or_else(|| self.wrong("a list"))?;
        if items.len() > most {
            return Err(XarfError::new(&self.path, format!("at most {most} entries"), items.len().to_string()));
        }
        Ok(items.iter().enumerate().map(|(at, value)| At { value, path: format!("{}[{at}]", self.path) }).collect())
    }

    /// A text of at most so many bytes.
    pub(super) fn text(&self, most: usize) -> Result<&'x str, XarfError> {
        let text = self.value.as_str().ok_or_else(|| self.wrong("a text"))?;
        if text.len() > most {
            return Err(XarfError::new(
                &self.path,
                format!("a text of at most {most} bytes"),
                format!("{} bytes", text.len()),
            ));
        }
        Ok(text)
    }

    /// A text without blanks and control characters, not empty.
    pub(super) fn word(&self, most: usize) -> Result<&'x str, XarfError> {
        let text = self.text(most)?;
        if text.is_empty() || text.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(self.wrong("a word"));
        }
        Ok(text)
    }

    /// Anything that says something.
    pub(super) fn present(&self) -> Result<(), XarfError> {
        let is_empty = match self.value {
            Value::Null => true,
            Value::String(text) => text.trim().is_empty(),
            Value::Array(items) => items.is_empty(),
            _ => false,
        };
        if is_empty { Err(self.wrong("a value")) } else { Ok(()) }
    }

    /// A moment with its zone.
    pub(super) fn time(&self) -> Result<Micros, XarfError> {
        let text = self.text(64)?;
        let found =
            Micros::parse_rfc3339(text).or_else(|| parse_time(text, SourceZone::Utc).filter(|_| text.contains('-')));
        found.ok_or_else(|| self.wrong("a time such as 2026-01-15T10:00:00Z"))
    }

    /// A port.
    pub(super) fn port(&self) -> Result<u16, XarfError> {
        let port = self.value.as_u64().and_then(|port| u16::try_from(port).ok()).filter(|port| *port > 0);
        port.ok_or_else(|| self.wrong("a number from 1 to 65535"))
    }

    pub(super) fn wrong(&self, expected: &str) -> XarfError {
        let found = match self.value {
            Value::String(text) => format!("“{text}”"),
            Value::Object(_) => "an object".to_owned(),
            Value::Array(_) => "a list".to_owned(),
            Value::Null => "nothing".to_owned(),
            value => value.to_string(),
        };
        XarfError::new(&self.path, expected, found)
    }
}
