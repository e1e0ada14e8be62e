//! What every page bears: title and marking above, day, number and marking below.

use super::faces::Cut;
use super::lines::Style;
use super::sheet::{Align, SMALL, Sheet};
use super::strip::{ACROSS, BOTTOM, Item, Mark, PAGE, TOP};
use crate::document::Document;
use crate::text::{line, without_marks};

const MARKING: Style = Style { size: 8.0, cut: Cut::Bold, ink: "#ffffff" };
/// Room around the words of the marking.
const BESIDE: f32 = 4.0;
const AROUND: f32 = 1.5;

impl Sheet<'_> {
    /// The header and the footer of a page.
    pub fn frame(&mut self, document: &Document, page: usize, pages: usize) -> Vec<Item> {
        let height = self.line_height(&SMALL);
        let (above, below) = (TOP * 0.7 - height - AROUND, PAGE[1] - BOTTOM * 0.7);
        let mut items = self.marking(document, above, Mark::Header);
        let wide = if items.is_empty() { ACROSS } else { ACROSS * 0.75 };
        // A title that is longer than the line ends where the line ends.
        items.extend(self.said(&document.title, (0.0, wide), above, Align::Start, Mark::Header));
        let third = ACROSS / 3.0;
        let number = without_marks(&line(&document.page_words));
        let number = number.replace("{n}", &page.to_string()).replace("{m}", &pages.to_string());
        items.extend(self.said(&document.day_words, (0.0, third), below, Align::Start, Mark::Footer));
        items.extend(self.said(&number, (third, third), below, Align::Middle, Mark::Footer));
        items.extend(self.marking(document, below, Mark::Footer));
        items
    }

    fn said(&mut self, words: &str, edges: (f32, f32), y: f32, align: Align, mark: Mark) -> Option<Item> {
        let line = self.setter.lines(&line(words), &SMALL, edges.1).into_iter().next()?;
        Some(self.item(line, &SMALL, edges, y, align, mark))
    }

    fn marking(&mut self, document: &Document, y: f32, mark: Mark) -> Vec<Item> {
        let Some(tlp) = document.tlp else { return Vec::new() };
        let line = self.setter.line(tlp.label(), &MARKING);
        let (width, height) = (line.width + 2.0 * BESIDE, self.line_height(&MARKING) + 2.0 * AROUND);
        let start = ACROSS - width;
        let ground = Item::area(self.left(start, width), y - AROUND, width, height, "#000000");
        let words = self.item(line, &MARKING, (start, width), y, Align::Middle, mark);
        vec![Item { mark, ..ground }, words]
    }
}
