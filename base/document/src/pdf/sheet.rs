//! The sheet a document is set on: strip by strip, as long as it takes. Pages are cut from it later.

use std::num::NonZeroU16;

use krilla::tagging::{ListNumbering, Tag};

use super::faces::Cut;
use super::lines::{Line, Setter, Style};
use super::strip::{ACROSS, Item, Mark, PAGE, SIDE, Strip, Thing, grounded, kept};
use super::tags::Tags;
use crate::document::{Direction, Document, Part};
use crate::figure;
use crate::fonts::Fonts;
use crate::html::caption_of;
use crate::text::{line, shown, without_marks};

/// Colours, as in style sheets.
pub const INK: &str = "#17222d";
pub const DEEP: &str = "#0b4f6c";
pub const MUTE: &str = "#536170";
pub const HAIR: &str = "#c3ccd5";
pub const PALE: &str = "#eaeef2";
const WARM: &str = "#fdf6e7";
const AMBER: &str = "#b7791f";

/// Words as usual.
pub const BODY: Style = Style { size: 9.5, cut: Cut::Usual, ink: INK };
/// Words below and beside others.
pub const SMALL: Style = Style { size: 8.0, cut: Cut::Usual, ink: MUTE };
/// The title.
const TITLE: Style = Style { size: 20.0, cut: Cut::Bold, ink: DEEP };
/// The sizes of headings, the highest first.
const HEADINGS: [f32; 4] = [14.0, 11.5, 10.0, 9.5];
/// What stands between two paragraphs.
pub const APART: f32 = 7.6;
/// Room between the sign of a point and its words.
const BESIDE: f32 = 5.0;
/// Room around the words of a note.
const PADDING: f32 = 8.0;

/// Where words stand between two edges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Where lines of the language begin.
    Start,
    /// In the middle.
    Middle,
    /// Where lines of the language end.
    End,
}

/// How high lines are, in parts of the font size, whatever letters stand in them: Arabic ones reach further up and down than Latin ones.
#[derive(Clone, Copy)]
pub struct Heights {
    /// Above the base line.
    pub up: f32,
    /// Below it.
    pub down: f32,
    /// Between lines of a paragraph.
    pub between: f32,
    /// Between lines of a cell.
    pub in_cells: f32,
    /// Above and below the words of a cell, in points.
    pub around_cells: f32,
}

const LATIN: Heights = Heights { up: 0.76, down: 0.22, between: 0.38, in_cells: 0.24, around_cells: 3.0 };
const ARABIC: Heights = Heights { up: 0.95, down: 0.35, between: 0.2, in_cells: 0.1, around_cells: 1.5 };

/// The sheet. Between two strips where a page has to begin stands nothing: `None`.
pub struct Sheet<'f> {
    /// Sets its texts.
    pub setter: Setter<'f>,
    /// Its elements.
    pub tags: Tags,
    /// Its strips.
    pub strips: Vec<Option<Strip>>,
    /// How high its lines are.
    pub heights: Heights,
    /// Whether its lines go from right to left.
    pub is_rtl: bool,
    /// What the last strip wants below it.
    below: f32,
}

impl<'f> Sheet<'f> {
    /// A document, set.
    pub fn new(document: &Document, fonts: &'f Fonts) -> Sheet<'f> {
        let is_rtl = document.direction == Direction::RightToLeft;
        let mut sheet = Sheet {
            setter: Setter::new(fonts, document),
            tags: Tags::default(),
            strips: Vec::new(),
            heights: if is_rtl { ARABIC } else { LATIN },
            is_rtl,
            below: 0.0,
        };
        let element = sheet.tags.add(Tag::Title);
        let strips = sheet.words(&line(&document.title), &TITLE, (0.0, ACROSS), element);
        sheet.put(strips, 0.0, 24.0);
        document.parts.iter().for_each(|part| sheet.part(part));
        sheet
    }

    fn part(&mut self, part: &Part) {
        match part {
            Part::Heading(level, text) => self.heading(*level, text),
            Part::Words(text) => self.paragraph(text),
            Part::Note(text) => self.note(text),
            Part::List { numbered, items } => self.list(*numbered, items),
            Part::Pairs(pairs) => self.pairs(pairs),
            Part::Table(table) => self.table(table),
            Part::Bars(bars) => self.bars(bars),
            Part::Radar(bars) => self.picture(figure::radar(bars), &bars.caption, 0.46),
            Part::HeatMap(map) => self.picture(figure::heat_map(map), &caption_of(map), 1.0),
            Part::NewPage => self.strips.push(None),
        }
    }

    /// Where something so wide stands that begins so far from where lines begin.
    pub fn left(&self, start: f32, width: f32) -> f32 {
        if self.is_rtl { PAGE[0] - SIDE - start - width } else { SIDE + start }
    }

    /// How high a line is.
    pub fn line_height(&self, style: &Style) -> f32 {
        (self.heights.up + self.heights.down) * style.size
    }

    /// A line between two edges (from where lines begin, how wide), so far from above.
    pub fn item(&self, line: Line, style: &Style, edges: (f32, f32), y: f32, align: Align, mark: Mark) -> Item {
        let (start, width) = edges;
        let left = self.left(start, width);
        let room = width - line.width;
        let aside = match (align, self.is_rtl) {
            (Align::Start, false) | (Align::End, true) => 0.0,
            (Align::Start, true) | (Align::End, false) => room,
            (Align::Middle, _) => room / 2.0,
        };
        let (x, y) = (left + aside - line.before, y + self.heights.up * style.size);
        Item { mark, thing: Thing::Words(x, y, line, *style) }
    }

    /// The lines of a text between two edges, a strip for each.
    pub fn words(&mut self, text: &str, style: &Style, edges: (f32, f32), element: usize) -> Vec<Strip> {
        let (height, between) = (self.line_height(style), self.heights.between * style.size);
        let lines = self.setter.lines(text, style, edges.1);
        let strip = |(at, line)| Strip {
            gap: if at == 0 { 0.0 } else { between },
            height,
            items: vec![self.item(line, style, edges, 0.0, Align::Start, Mark::Of(element))],
            ..Strip::default()
        };
        lines.into_iter().enumerate().map(strip).collect()
    }

    /// Puts strips below what is there.
    pub fn put(&mut self, mut strips: Vec<Strip>, above: f32, below: f32) {
        let gap = self.below.max(above);
        if let Some(first) = strips.first_mut() {
            first.gap = gap;
            self.below = below;
        }
        self.strips.extend(strips.into_iter().map(Some));
    }

    fn heading(&mut self, level: u8, text: &str) {
        let level = level.clamp(1, 4);
        let size = HEADINGS.get(usize::from(level) - 1).copied().unwrap_or(BODY.size);
        let style = Style { size, ..TITLE };
        let words = line(text);
        let plain = without_marks(&words);
        let depth = NonZeroU16::new(level.into()).unwrap_or(NonZeroU16::MIN);
        let element = self.tags.add(Tag::Hn(depth, Some(plain.clone())));
        let mut strips = self.words(&words, &style, (0.0, ACROSS), element);
        strips.iter_mut().for_each(|strip| strip.keeps_next = true);
        if let Some(first) = strips.first_mut() {
            first.heading = Some((level, plain));
        }
        self.put(strips, 1.5 * size, 0.7 * size);
    }

    fn paragraph(&mut self, text: &str) {
        let element = self.tags.add(Tag::P);
        let mut strips: Vec<Strip> = Vec::new();
        for words in shown(text).split('\n') {
            let mut lines = self.words(&line(words), &BODY, (0.0, ACROSS), element);
            if let (false, Some(first)) = (strips.is_empty(), lines.first_mut()) {
                first.gap = self.heights.between * BODY.size;
            }
            strips.append(&mut lines);
        }
        kept(&mut strips);
        self.put(strips, APART, APART);
    }

    fn note(&mut self, text: &str) {
        let element = self.tags.add(Tag::P);
        let words = self.words(&line(text), &BODY, (PADDING, ACROSS - 2.0 * PADDING), element);
        let mut strips = grounded(words, PADDING);
        let edge = self.left(0.0, 3.0);
        for strip in &mut strips {
            let ground = Item::area(SIDE, 0.0, ACROSS, strip.height, WARM);
            let edge = Item::area(edge, 0.0, 3.0, strip.height, AMBER);
            strip.items.splice(0..0, [ground, edge]);
        }
        self.put(strips, APART + 2.0, APART + 2.0);
    }

    fn list(&mut self, is_numbered: bool, items: &[String]) {
        let numbering = if is_numbered { ListNumbering::Decimal } else { ListNumbering::Disc };
        let list = self.tags.add(Tag::L(numbering));
        let sign = |number: usize| if is_numbered { format!("{number}.") } else { "•".to_string() };
        let wide = self.setter.line(&sign(items.len()), &BODY).width;
        let indent = wide + BESIDE;
        for (number, item) in (1..).zip(items) {
            let point = self.tags.within(list, Tag::LI);
            let (label, body) = (self.tags.within(point, Tag::Lbl), self.tags.within(point, Tag::LBody));
            let mut strips = self.words(&line(item), &BODY, (indent, ACROSS - indent), body);
            let sign = self.setter.line(&sign(number), &BODY);
            let sign = self.item(sign, &BODY, (0.0, wide), 0.0, Align::End, Mark::Of(label));
            if let Some(first) = strips.first_mut() {
                first.items.insert(0, sign);
            }
            kept(&mut strips);
            let above = if number == 1 { APART } else { self.heights.between * BODY.size };
            let below = if number == items.len() { APART } else { 0.0 };
            self.put(strips, above, below);
        }
    }

    /// What stands above a table; nothing when it has no name.
    pub fn caption(&mut self, text: &str, whole: usize) {
        if text.is_empty() {
            return;
        }
        let element = self.tags.within(whole, Tag::Caption);
        let mut strips = self.words(&line(text), &SMALL, (0.0, ACROSS), element);
        strips.iter_mut().for_each(|strip| strip.keeps_next = true);
        self.put(strips, APART, 4.8);
    }
}
