//! Pictures, drawn from their shapes.

use krilla::tagging::Tag;

use super::faces::Cut;
use super::lines::Style;
use super::sheet::{APART, SMALL, Sheet};
use super::strip::{ACROSS, Item, Mark, PAGE, ROOM, SIDE, Strip, Thing};
use crate::figure::{Picture, Shape, Stroke};
use crate::text::{line, without_marks};

/// How high a picture is at most, so that its name stands below it on the same page.
const HIGHEST: f32 = ROOM * 0.8;
/// How much a picture is made larger at most.
const LARGEST: f32 = 1.3;

impl Sheet<'_> {
    /// A picture as wide as a part of the line, with its name below it.
    pub fn picture(&mut self, picture: Option<Picture>, caption: &str, part: f32) {
        let Some(picture) = picture else { return };
        let words = line(caption);
        let element = self.tags.add(Tag::Figure(Some(without_marks(&words))));
        let (width, height) = (picture.width as f32, picture.height as f32);
        let scale = (part * ACROSS / width).min(HIGHEST / height).min(LARGEST);
        let left = (PAGE[0] - width * scale) / 2.0;
        let mut drawn = Strip { height: height * scale, keeps_next: !words.is_empty(), ..Strip::default() };
        for shape in &picture.shapes {
            let thing = self.shape(shape, left, scale);
            drawn.items.push(Item { mark: Mark::Of(element), thing });
        }
        self.put(vec![drawn], APART, APART);
        if !words.is_empty() {
            let name = self.tags.within(element, Tag::Caption);
            let mut strips = self.words(&words, &SMALL, (0.0, ACROSS), name);
            if let [only] = strips.as_mut_slice() {
                only.items = std::mem::take(&mut only.items).into_iter().map(in_the_middle).collect();
            }
            self.put(strips, APART, APART);
        }
    }

    fn shape(&mut self, shape: &Shape, left: f32, scale: f32) -> Thing {
        let place = |(x, y): (f64, f64)| (left + x as f32 * scale, y as f32 * scale);
        let drawn = |stroke: &Stroke| Some(Stroke { width: stroke.width * f64::from(scale), ..*stroke });
        match shape {
            Shape::Polygon { points, fill, stroke } => {
                let outlines = vec![points.iter().copied().map(place).collect()];
                let fill = fill.map(|(ink, cover)| (ink, cover as f32));
                Thing::Path { outlines, fill, stroke: drawn(stroke) }
            }
            Shape::Line { ends, stroke } => {
                Thing::Path { outlines: vec![ends.map(place).to_vec()], fill: None, stroke: drawn(stroke) }
            }
            Shape::Text { at, size, is_bold, ink, words } => {
                let cut = if *is_bold { Cut::Bold } else { Cut::Usual };
                let style = Style { size: *size as f32 * scale, cut, ink };
                let (middle, y) = place(*at);
                let line = self.setter.line(words, &style);
                Thing::Words(middle - line.width / 2.0 - line.before, y, line, style)
            }
        }
    }
}

/// A short name stands below the middle of its picture.
fn in_the_middle(mut item: Item) -> Item {
    if let Thing::Words(x, _, line, _) = &mut item.thing {
        *x = SIDE + (ACROSS - line.width) / 2.0 - line.before;
    }
    item
}
