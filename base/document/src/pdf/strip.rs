//! Strips: what pages are filled with. A strip is never cut in two.

use std::rc::Rc;

use super::lines::{Line, Style};
use crate::figure::Stroke;

/// A4, in points.
pub const PAGE: [f32; 2] = [595.28, 841.89];
/// What is left free on both sides.
pub const SIDE: f32 = 53.86;
/// What is left free above, with the header in it.
pub const TOP: f32 = 65.2;
/// What is left free below, with the footer in it.
pub const BOTTOM: f32 = 59.53;
/// How wide the lines of a page are.
pub const ACROSS: f32 = PAGE[0] - 2.0 * SIDE;
/// How high what stands on a page may be.
pub const ROOM: f32 = PAGE[1] - TOP - BOTTOM;

/// A piece of a document as wide as the page.
#[derive(Default)]
pub struct Strip {
    /// How far it is from what stands before it on the same page.
    pub gap: f32,
    /// How high it is.
    pub height: f32,
    /// What is drawn, the lowest first.
    pub items: Vec<Item>,
    /// Whether it does not stand alone at the end of a page.
    pub keeps_next: bool,
    /// What is said again above it where it is the first of a page.
    pub head: Option<Rc<Strip>>,
    /// The heading it begins with, for the outline.
    pub heading: Option<(u8, String)>,
}

/// Something drawn.
#[derive(Clone)]
pub struct Item {
    /// What it belongs to.
    pub mark: Mark,
    /// What it is.
    pub thing: Thing,
}

/// What something drawn belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// An element of the document.
    Of(usize),
    /// Nothing: it only looks well.
    Decoration,
    /// The top of the page.
    Header,
    /// The foot of the page.
    Footer,
    /// What was said on the page before.
    Again,
}

/// What is drawn. Lengths from the left are those of the page, lengths from above those of its strip.
#[derive(Clone)]
pub enum Thing {
    /// Words: where their base line begins, how they look.
    Words(f32, f32, Line, Style),
    /// Lines and areas.
    Path {
        /// The points of each.
        outlines: Vec<Vec<(f32, f32)>>,
        /// The colour inside of the closed ones and how much it covers.
        fill: Option<(&'static str, f32)>,
        /// The line; nothing when only the area is seen.
        stroke: Option<Stroke>,
    },
}

impl Strip {
    /// Room above and below what stands in it.
    fn padded(&mut self, above: f32, below: f32) {
        self.items.iter_mut().for_each(|item| item.lower(above));
        self.height += above + below;
    }
}

impl Item {
    /// An area.
    pub fn area(x: f32, y: f32, width: f32, height: f32, ink: &'static str) -> Item {
        let outlines = vec![around(x, y, width, height)];
        Item { mark: Mark::Decoration, thing: Thing::Path { outlines, fill: Some((ink, 1.0)), stroke: None } }
    }

    /// Thin lines.
    pub fn hair(outlines: Vec<Vec<(f32, f32)>>, ink: &'static str) -> Item {
        let stroke = Some(Stroke { ink, width: 0.5, is_dashed: false });
        Item { mark: Mark::Decoration, thing: Thing::Path { outlines, fill: None, stroke } }
    }

    fn lower(&mut self, by: f32) {
        match &mut self.thing {
            Thing::Words(_, y, ..) => *y += by,
            Thing::Path { outlines, .. } => outlines.iter_mut().flatten().for_each(|(_, y)| *y += by),
        }
    }
}

/// The points of a rectangle.
pub fn around(x: f32, y: f32, width: f32, height: f32) -> Vec<(f32, f32)> {
    vec![(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
}

/// Strips with room above the first and below the last, and a ground that goes on where they go on: as one, if it is not too high.
pub fn grounded(strips: Vec<Strip>, padding: f32) -> Vec<Strip> {
    let mut strips = joined(strips);
    let count = strips.len();
    for (at, strip) in strips.iter_mut().enumerate() {
        let above = if at == 0 { padding } else { std::mem::take(&mut strip.gap) };
        strip.padded(above, if at + 1 == count { padding } else { 0.0 });
    }
    strips
}

/// The strips as one, if it can be moved to the next page as a whole.
fn joined(strips: Vec<Strip>) -> Vec<Strip> {
    let height: f32 = strips.iter().map(|strip| strip.gap + strip.height).sum();
    if height > ROOM / 2.0 {
        return strips;
    }
    let mut strips = strips.into_iter();
    let Some(mut first) = strips.next() else { return Vec::new() };
    for mut strip in strips {
        strip.padded(first.height + strip.gap, 0.0);
        first.height = strip.height;
        first.items.append(&mut strip.items);
    }
    vec![first]
}

/// Lets lines of a paragraph stay together at its ends: two at the end of a page, two at the beginning of the next.
pub fn kept(strips: &mut [Strip]) {
    let count = strips.len();
    for (at, strip) in strips.iter_mut().enumerate() {
        strip.keeps_next = at + 1 < count && (at == 0 || at + 2 == count);
    }
}
