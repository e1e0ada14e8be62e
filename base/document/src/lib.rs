//! Documents: what a report, a design or a public description is made of, and four printers for it.
//!
//! ```
//! use manara_document::{Direction, Document, Form, Part, Printer};
//!
//! let document = Document {
//!     title: "A <report>".into(),
//!     lang: "en".into(),
//!     direction: Direction::LeftToRight,
//!     tlp: None,
//!     day: "2026-11-22".into(),
//!     day_words: "22 November 2026".into(),
//!     page_words: "Page {n} of {m}".into(),
//!     parts: vec![Part::Heading(1, "Figures".into())],
//! };
//! let html = Printer::new(None).print(&document, Form::Html).unwrap();
//! assert!(String::from_utf8(html).unwrap().contains("A &lt;report&gt;"));
//! ```

mod document;
mod docx;
mod figure;
mod fonts;
mod html;
mod markdown;
mod pdf;
mod printer;
mod text;
mod widths;

pub use document::{Bar, Bars, CHARS, Cell, Direction, Document, HeatMap, HeatRow, PIECES, Part, Table};
pub use fonts::Fonts;
pub use html::html_parts;
pub use printer::{Form, PrintError, Printer};
