//! Words of documents: messages, numbers and names in the reader's language.

use manara_document::{Cell, Direction, Document, Part};
use manara_model::{Micros, Tlp};
use manara_web::{Lang, Locale, Word, Words};

use crate::catalogue::Catalogue;

/// What a document is written with.
#[derive(Debug, Clone, Copy)]
pub struct Wording<'w> {
    /// All messages.
    pub words: &'w Words,
    /// The reader's language.
    pub lang: Lang,
}

impl Wording<'_> {
    pub(crate) fn locale(&self) -> Locale {
        self.lang.into()
    }

    pub(crate) fn t(&self, key: &str) -> String {
        self.words.t(self.locale(), key)
    }

    pub(crate) fn t_args(&self, key: &str, args: &[(&str, Word)]) -> String {
        self.words.t_args(self.locale(), key, args)
    }

    /// The heads of a table.
    pub(crate) fn heads<const N: usize>(&self, keys: [&str; N]) -> Vec<String> {
        keys.map(|key| self.t(key)).to_vec()
    }

    pub(crate) fn number(&self, number: i64) -> String {
        self.locale().numbers.whole(number)
    }

    pub(crate) fn count(&self, number: usize) -> String {
        self.number(i64::try_from(number).unwrap_or(i64::MAX))
    }

    pub(crate) fn decimal(&self, number: f64) -> String {
        self.locale().numbers.digits(&format!("{number}"))
    }

    pub(crate) fn cell(&self, number: i64) -> Cell {
        Cell::Number(self.number(number))
    }

    /// From and to, or one number where both are the same.
    pub(crate) fn range(&self, [low, high]: [i64; 2]) -> String {
        if low == high {
            return self.number(low);
        }
        let args = [("low", self.number(low).into()), ("high", self.number(high).into())];
        self.t_args("framework-range", &args)
    }

    /// A level in words: number and name.
    pub(crate) fn level(&self, catalogue: &Catalogue, level: Option<i64>) -> Cell {
        match level {
            None => Cell::Absent,
            Some(value) => {
                let name = catalogue.level(value).map_or("", |level| level.name.of(self.lang.tag()));
                Cell::Text(format!("{} · {name}", self.number(value)))
            }
        }
    }

    pub(crate) fn item(&self, catalogue: &Catalogue, id: &str) -> String {
        catalogue.item(id).map_or(id, |item| item.name.of(self.lang.tag())).to_string()
    }

    /// A document with its frame.
    pub fn document(&self, title: String, tlp: Option<Tlp>, day: &str, parts: Vec<Part>) -> Document {
        let moment = Micros::parse_rfc3339(&format!("{day}T00:00:00Z"));
        let marks = [("n", Word::from("{n}")), ("m", Word::from("{m}"))];
        Document {
            title,
            lang: self.lang.tag().into(),
            direction: if self.lang.dir() == "rtl" { Direction::RightToLeft } else { Direction::LeftToRight },
            tlp,
            day: if moment.is_some() { day.into() } else { String::new() },
            day_words: moment.map(|moment| self.words.day(self.locale(), moment)).unwrap_or_default(),
            page_words: self.t_args("document-page", &marks),
            parts,
        }
    }
}
