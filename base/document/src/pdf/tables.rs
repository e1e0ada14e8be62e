//! Tables, pairs and bars: rows of cells, with their heads on every page.

use std::rc::Rc;

use krilla::tagging::{TableHeaderScope, Tag};

use super::faces::Cut;
use super::lines::{Line, Style};
use super::sheet::{APART, Align, BODY, HAIR, MUTE, PALE, Sheet};
use super::strip::{ACROSS, Item, Mark, ROOM, Strip, around, grounded};
use crate::document::{Bars, Cell, Table};
use crate::figure::bounded;
use crate::text::line;
use crate::widths;

/// Words in a cell.
const CELL: Style = Style { size: 8.5, ..BODY };
const HEAD: Style = Style { cut: Cut::Bold, ..CELL };
const LABEL: Style = Style { ink: MUTE, ..CELL };
const ID: Style = Style { size: 8.1, cut: Cut::Id, ..CELL };
/// Room beside the words of a cell.
const BESIDE: f32 = 5.0;
/// How wide the numbers beside bars are, and how high the bars.
const SHARE: f32 = 27.0;
const BAR: f32 = 7.0;
/// The colours of the first and the second bar.
const BARS: [&str; 2] = ["#8fbdd6", "#0b6484"];

/// A column: where it begins, counted from where lines begin, and how wide it is.
type Column = (f32, f32);

/// A cell of a row.
struct Set {
    lines: Vec<Line>,
    style: Style,
    /// Its edges without the room beside its words.
    edges: (f32, f32),
    align: Align,
    element: usize,
    bar: Option<(f32, &'static str)>,
}

/// Lines around cells.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ruled {
    /// Around every cell.
    Grid,
    /// Below every row.
    Below,
}

impl Sheet<'_> {
    /// A table.
    pub fn table(&mut self, table: &Table) {
        let mut columns = columns(&widths::shares(table));
        widened(&mut columns, &self.needs(table));
        let whole = self.tags.add(Tag::Table);
        self.caption(&table.caption, whole);
        if columns.is_empty() {
            return;
        }
        let heads: Vec<&str> = table.head.iter().map(String::as_str).collect();
        let (mut strips, head) = self.heads(&heads, &columns, whole, Ruled::Grid);
        let body = self.tags.within(whole, Tag::TBody);
        for row in &table.rows {
            let element = self.tags.within(body, Tag::TR);
            let cells = row.iter().zip(&columns).map(|(cell, column)| {
                let element = self.tags.within(element, Tag::TD);
                self.cell(cell, *column, element)
            });
            let cells = cells.collect();
            strips.extend(self.row(cells, &columns, Ruled::Grid, head.as_ref()));
        }
        self.put(strips, if table.caption.is_empty() { APART } else { 0.0 }, APART + 2.0);
    }

    /// Labels and values.
    pub fn pairs(&mut self, pairs: &[(String, Cell)]) {
        let columns = columns(&[3, 7]);
        let [label, value] = columns.as_slice() else { return };
        let whole = self.tags.add(Tag::Table);
        let mut strips = Vec::new();
        for (words, cell) in pairs {
            let element = self.tags.within(whole, Tag::TR);
            let (name, what) =
                (self.tags.within(element, Tag::TH(TableHeaderScope::Row)), self.tags.within(element, Tag::TD));
            let cells = vec![self.set(words, LABEL, *label, Align::Start, name), self.cell(cell, *value, what)];
            strips.extend(self.row(cells, &columns, Ruled::Below, None));
        }
        self.put(strips, APART, APART);
    }

    /// How far things are.
    pub fn bars(&mut self, bars: &Bars) {
        let columns = columns(&[1, 1, 1]);
        let whole = self.tags.add(Tag::Table);
        self.caption(&bars.caption, whole);
        let [claimed, supported] = &bars.heads;
        let (mut strips, head) = self.heads(&["", claimed, supported], &columns, whole, Ruled::Below);
        let body = self.tags.within(whole, Tag::TBody);
        for bar in &bars.rows {
            let element = self.tags.within(body, Tag::TR);
            let mut columns_left = columns.iter().copied();
            let mut cells = Vec::new();
            if let Some(column) = columns_left.next() {
                let element = self.tags.within(element, Tag::TH(TableHeaderScope::Row));
                cells.push(self.set(&bar.label, CELL, column, Align::Start, element));
            }
            for (((start, width), part), (words, ink)) in columns_left.zip(bar.parts).zip(bar.words.iter().zip(BARS)) {
                let element = self.tags.within(element, Tag::TD);
                let share = (start + width - SHARE - 2.0 * BESIDE, SHARE + 2.0 * BESIDE);
                let cell = self.set(words, CELL, share, Align::End, element);
                let edges = (start + BESIDE, width - 2.0 * BESIDE);
                cells.push(Set { edges, bar: Some((bounded(part) as f32, ink)), ..cell });
            }
            strips.extend(self.row(cells, &columns, Ruled::Below, head.as_ref()));
        }
        self.put(strips, if bars.caption.is_empty() { APART } else { 0.0 }, APART + 2.0);
    }

    /// The heads of columns, and the same to be said again on the next page unless they are too high.
    fn heads(
        &mut self,
        heads: &[&str],
        columns: &[Column],
        whole: usize,
        ruled: Ruled,
    ) -> (Vec<Strip>, Option<Rc<Strip>>) {
        let group = self.tags.within(whole, Tag::THead);
        let row = self.tags.within(group, Tag::TR);
        let cells = heads.iter().zip(columns).map(|(head, column)| {
            let element = self.tags.within(row, Tag::TH(TableHeaderScope::Column));
            self.set(head, HEAD, *column, Align::Start, element)
        });
        let cells = cells.collect();
        let mut strips = self.row(cells, columns, ruled, None);
        for strip in &mut strips {
            strip.keeps_next = true;
            if ruled == Ruled::Grid {
                strip.items.insert(0, Item::area(self.left(0.0, ACROSS), 0.0, ACROSS, strip.height, PALE));
            }
        }
        let head = match strips.as_slice() {
            [head] if head.height < ROOM / 3.0 => {
                let items = head.items.iter().map(|item| Item { mark: Mark::Again, ..item.clone() }).collect();
                Some(Rc::new(Strip { height: head.height, items, ..Strip::default() }))
            }
            _ => None,
        };
        (strips, head)
    }

    /// How wide columns have to be so that short ids and the words of heads stand on one line.
    fn needs(&mut self, table: &Table) -> Vec<f32> {
        let id = |column: usize| {
            let cells = table.rows.iter().filter_map(|row| row.get(column));
            let ids = cells.filter_map(|cell| if let Cell::Id(id) = cell { Some(id.chars().count()) } else { None });
            ids.filter(|letters| *letters <= WHOLE).max().unwrap_or(0) as f32 * LETTER * ID.size
        };
        let mut needs = Vec::new();
        for (column, head) in table.head.iter().enumerate() {
            let words = line(head);
            let words = words.split_whitespace().filter(|word| word.chars().count() <= WHOLE);
            let widest = words.map(|word| self.setter.line(word, &HEAD).width).fold(id(column), f32::max);
            needs.push(widest + 2.0 * BESIDE + 0.1);
        }
        needs
    }

    fn cell(&mut self, cell: &Cell, column: Column, element: usize) -> Set {
        let (style, align) = match cell {
            Cell::Id(_) => (ID, Align::Start),
            Cell::Number(_) => (CELL, Align::End),
            Cell::Text(_) | Cell::Absent => (CELL, Align::Start),
        };
        self.set(cell.text(), style, column, align, element)
    }

    fn set(&mut self, words: &str, style: Style, (start, width): Column, align: Align, element: usize) -> Set {
        let edges = (start + BESIDE, (width - 2.0 * BESIDE).max(1.0));
        let lines = self.setter.lines(&line(words), &style, edges.1);
        Set { lines, style, edges, align, element, bar: None }
    }

    /// The strips of a row: one, unless it is higher than a page can spare.
    fn row(&self, cells: Vec<Set>, columns: &[Column], ruled: Ruled, head: Option<&Rc<Strip>>) -> Vec<Strip> {
        let count = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(0);
        let (height, between) = (self.line_height(&CELL), self.heights.in_cells * CELL.size);
        let mut strips: Vec<Strip> = (0..count.max(1))
            .map(|at| Strip { gap: if at == 0 { 0.0 } else { between }, height, ..Strip::default() })
            .collect();
        for cell in cells {
            if let (Some(first), Some(bar)) = (strips.first_mut(), cell.bar) {
                first.items.extend(self.bar(bar, cell.edges, (height - BAR) / 2.0));
            }
            // Words of every size stand on one base line.
            let lower = self.heights.up * (CELL.size - cell.style.size);
            for (strip, line) in strips.iter_mut().zip(cell.lines) {
                let mark = Mark::Of(cell.element);
                strip.items.push(self.item(line, &cell.style, cell.edges, lower, cell.align, mark));
            }
        }
        let mut strips = grounded(strips, self.heights.around_cells);
        let count = strips.len();
        for (at, strip) in strips.iter_mut().enumerate() {
            strip.head = head.cloned();
            match ruled {
                Ruled::Grid => {
                    let cell = |(start, width): &Column| around(self.left(*start, *width), 0.0, *width, strip.height);
                    strip.items.push(Item::hair(columns.iter().map(cell).collect(), HAIR));
                }
                Ruled::Below if at + 1 == count => {
                    let (left, y) = (self.left(0.0, ACROSS), strip.height);
                    strip.items.push(Item::hair(vec![vec![(left, y), (left + ACROSS, y)]], HAIR));
                }
                Ruled::Below => {}
            }
        }
        strips
    }

    /// A bar on its ground, beside its number.
    fn bar(&self, (part, ink): (f32, &'static str), (start, width): (f32, f32), y: f32) -> [Item; 2] {
        let width = (width - SHARE - BESIDE).max(1.0);
        [
            Item::area(self.left(start, width), y, width, BAR, PALE),
            Item::area(self.left(start, part * width), y, part * width, BAR, ink),
        ]
    }
}

/// The columns of a table as wide as the page, by their shares.
fn columns(shares: &[usize]) -> Vec<Column> {
    let whole = shares.iter().sum::<usize>().max(1) as f32;
    let mut start = 0.0;
    let mut next = |share: &usize| {
        let column = (start, *share as f32 / whole * ACROSS);
        start += column.1;
        column
    };
    shares.iter().map(&mut next).collect()
}

/// Letters of an id or a word that should not be broken, and how wide one of an id is at most in parts of the font size.
const WHOLE: usize = 20;
const LETTER: f32 = 0.64;

/// Widens columns to what they need, as long as that leaves the others half of the page.
fn widened(columns: &mut [Column], needs: &[f32]) {
    let is_short = |((_, width), need): &(&Column, &f32)| width < need;
    let short: f32 = columns.iter().zip(needs).filter(is_short).map(|(_, need)| need).sum();
    let others: f32 = columns.iter().zip(needs).filter(|pair| !is_short(pair)).map(|((_, width), _)| width).sum();
    if short == 0.0 || short > ACROSS / 2.0 {
        return;
    }
    let mut start = 0.0;
    for (column, need) in columns.iter_mut().zip(needs) {
        let width = if column.1 < *need { *need } else { column.1 / others * (ACROSS - short) };
        *column = (start, width);
        start += width;
    }
}

#[cfg(test)]
mod tests {
    use super::{ACROSS, columns, widened};

    #[test]
    fn columns_fill_the_page_and_get_what_they_need() {
        let mut some = columns(&[1, 8, 1]);
        widened(&mut some, &[80.0, 0.0, 20.0]);
        let widths: Vec<f32> = some.iter().map(|(_, width)| width.round()).collect();
        assert_eq!(widths.first(), Some(&80.0));
        assert!((widths.iter().sum::<f32>() - ACROSS).abs() < 2.0, "{widths:?}");
        let mut none = columns(&[1, 1]);
        widened(&mut none, &[ACROSS, ACROSS]);
        assert_eq!(none, columns(&[1, 1]), "what nothing can help stays");
    }
}
