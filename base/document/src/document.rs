//! What a document is made of, whatever it is printed as.

use manara_model::Tlp;

/// Whither a language is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From left to right.
    LeftToRight,
    /// From right to left.
    RightToLeft,
}

impl Direction {
    /// The word of HTML.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }
}

/// A document. It says everything a printer needs: nothing is asked of a clock, a disk or a language file.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Its title.
    pub title: String,
    /// The language tag, such as `ar`.
    pub lang: String,
    /// Whither the language is written.
    pub direction: Direction,
    /// Who may read it; nothing for what is published without a marking.
    pub tlp: Option<Tlp>,
    /// The day it speaks of, as 2026-11-22: of the record, so that the same record gives the same bytes.
    pub day: String,
    /// The same day in the reader's words.
    pub day_words: String,
    /// How a page is counted, with `{n}` and `{m}` in it: `Page {n} of {m}`.
    pub page_words: String,
    /// Its parts, in order.
    pub parts: Vec<Part>,
}

/// A part of a document.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// A heading; 1 is the highest below the title, 4 the lowest.
    Heading(u8, String),
    /// A paragraph.
    Words(String),
    /// Points, in no order or numbered.
    List {
        /// Whether they are numbered.
        numbered: bool,
        /// The points.
        items: Vec<String>,
    },
    /// Label and value.
    Pairs(Vec<(String, Cell)>),
    /// A table.
    Table(Table),
    /// How far things are, as claimed and as supported.
    Bars(Bars),
    /// The same as a web with one thread for each. It never stands without a table of its numbers.
    Radar(Bars),
    /// Levels by group.
    HeatMap(HeatMap),
    /// Something the reader has to know before they trust what follows.
    Note(String),
    /// What follows begins on a new page.
    NewPage,
}

/// A table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// What it shows, for who does not see it; empty when the heading before it says that.
    pub caption: String,
    /// The heads of its columns.
    pub head: Vec<String>,
    /// Its rows, each with as many cells as there are heads.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell of a table, or a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Words; whoever wrote them, they are never markup.
    Text(String),
    /// An id, an address, a hash: from left to right in every language.
    Id(String),
    /// A number as the reader writes it.
    Number(String),
    /// Nothing is known.
    Absent,
}

impl Cell {
    /// What stands in it.
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) | Self::Id(text) | Self::Number(text) => text,
            Self::Absent => "–",
        }
    }
}

/// How far things are.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Bars {
    /// What is shown, in words.
    pub caption: String,
    /// The names of the two values, the first as claimed, the second as supported.
    pub heads: [String; 2],
    /// The things.
    pub rows: Vec<Bar>,
}

/// One of them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Bar {
    /// Its id, as a radar shows it; may be empty.
    pub id: String,
    /// Its name.
    pub label: String,
    /// How much of the whole, 0 to 1.
    pub parts: [f64; 2],
    /// The same two as the reader writes them.
    pub words: [String; 2],
}

/// Levels of many items, by group.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct HeatMap {
    /// What is shown, in words.
    pub caption: String,
    /// The names of the levels, lowest first.
    pub steps: Vec<String>,
    /// What an item without a level is called.
    pub without: String,
    /// The groups.
    pub rows: Vec<HeatRow>,
}

/// A group of a heat map.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct HeatRow {
    /// Its id.
    pub id: String,
    /// Its items: id and step, 0 for the lowest; nothing where none is known.
    pub items: Vec<(String, Option<usize>)>,
}

/// Characters all texts of a document may have together.
pub const CHARS: usize = 4_000_000;
/// Parts, points, rows and cells a document may have together.
pub const PIECES: usize = 200_000;

impl Document {
    /// How many characters and pieces it has.
    pub fn size(&self) -> (usize, usize) {
        let mut size = Size::default();
        size.text(&self.title);
        for part in &self.parts {
            size.part(part);
        }
        (size.chars, size.pieces)
    }
}

#[derive(Default)]
struct Size {
    chars: usize,
    pieces: usize,
}

impl Size {
    fn text(&mut self, text: &str) {
        self.chars += text.len();
        self.pieces += 1;
    }

    fn part(&mut self, part: &Part) {
        match part {
            Part::Heading(_, text) | Part::Words(text) | Part::Note(text) => self.text(text),
            Part::List { items, .. } => items.iter().for_each(|item| self.text(item)),
            Part::Pairs(pairs) => pairs.iter().for_each(|(label, value)| {
                self.text(label);
                self.text(value.text());
            }),
            Part::Table(table) => {
                table.head.iter().for_each(|head| self.text(head));
                table.rows.iter().flatten().for_each(|cell| self.text(cell.text()));
            }
            Part::Bars(bars) | Part::Radar(bars) => bars.rows.iter().for_each(|bar| self.text(&bar.label)),
            Part::HeatMap(map) => map.rows.iter().flat_map(|row| &row.items).for_each(|(id, _)| self.text(id)),
            Part::NewPage => self.pieces += 1,
        }
    }
}
