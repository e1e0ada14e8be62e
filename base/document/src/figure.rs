//! Pictures that need nothing beside themselves. Their words are ids and digits; names stand in the table beside them.

use manara_model::escaped;
use std::f64::consts::PI;
use std::fmt::Write as _;

use crate::document::{Bars, HeatMap};
use crate::text::line;

/// A picture: shapes one above the other, the first lowest. Its corner above on the left is 0, 0, in every language.
pub struct Picture {
    /// How wide it is, in points when it is not made larger or smaller.
    pub width: f64,
    /// How high.
    pub height: f64,
    /// What it is made of.
    pub shapes: Vec<Shape>,
}

/// A shape of a picture. Colours are written as in style sheets: `#0b6484`.
pub enum Shape {
    /// A closed line through points, in order.
    Polygon {
        /// The points.
        points: Vec<(f64, f64)>,
        /// The colour inside and how much it covers, 0 to 1; nothing when what lies below is seen.
        fill: Option<(&'static str, f64)>,
        /// Its line.
        stroke: Stroke,
    },
    /// A line from one point to another.
    Line {
        /// The points.
        ends: [(f64, f64); 2],
        /// How it is drawn.
        stroke: Stroke,
    },
    /// Words around a point.
    Text {
        /// The middle of their base line.
        at: (f64, f64),
        /// How large they are.
        size: f64,
        /// Whether they are bold.
        is_bold: bool,
        /// Their colour.
        ink: &'static str,
        /// The words.
        words: String,
    },
}

/// How a line is drawn.
#[derive(Clone, Copy)]
pub struct Stroke {
    /// Its colour.
    pub ink: &'static str,
    /// How wide it is.
    pub width: f64,
    /// Whether it has gaps.
    pub is_dashed: bool,
}

/// How long a dash is, and the gap after it.
pub const DASH: [f64; 2] = [4.0, 3.0];

/// Axes a radar has at least and at most; otherwise the table says it better.
pub const SPOKES: std::ops::RangeInclusive<usize> = 3..=16;
const MIDDLE: f64 = 120.0;
const REACH: f64 = 86.0;
const WEB: Stroke = Stroke { ink: "#c3ccd5", width: 1.0, is_dashed: false };
const THREAD: Stroke = Stroke { ink: "#0b6484", width: 1.5, is_dashed: false };
const INK: &str = "#17222d";

/// Light to dark, so that steps differ without colour, too; the last two carry white digits.
const SHADES: [&str; 6] = ["#f1f4f7", "#d3e3ec", "#a9cbdc", "#6ea7c2", "#2f7c9f", "#0b4f6c"];
/// What has no level.
const NONE: &str = "#ffffff";

/// The colour of a step of so many, and whether it is dark.
pub fn shade(step: usize, steps: usize) -> (&'static str, bool) {
    let last = SHADES.len() - 1;
    let at = match steps {
        0 | 1 => last,
        _ => (step.min(steps - 1) * last + (steps - 1) / 2) / (steps - 1),
    };
    (SHADES.get(at).copied().unwrap_or(NONE), at >= 4)
}

/// A radar; nothing when there are too few or too many axes.
pub fn radar(bars: &Bars) -> Option<Picture> {
    let count = bars.rows.len();
    if !SPOKES.contains(&count) {
        return None;
    }
    let place = |at: usize, far: f64| {
        let angle = at as f64 / count as f64 * 2.0 * PI - PI / 2.0;
        (MIDDLE + far * REACH * angle.cos(), MIDDLE + far * REACH * angle.sin())
    };
    let round = |far: &dyn Fn(usize) -> f64| (0..count).map(|at| place(at, bounded(far(at)))).collect::<Vec<_>>();
    let mut shapes: Vec<Shape> = [0.25, 0.5, 0.75, 1.0]
        .into_iter()
        .map(|ring| Shape::Polygon { points: round(&|_| ring), fill: None, stroke: WEB })
        .collect();
    for (at, bar) in bars.rows.iter().enumerate() {
        let (x, y) = place(at, 1.2);
        shapes.push(Shape::Line { ends: [(MIDDLE, MIDDLE), place(at, 1.0)], stroke: WEB });
        let words = short(&bar.id);
        shapes.push(Shape::Text { at: (x, y + 3.0), size: 8.0, is_bold: false, ink: INK, words });
    }
    let value = |at: usize, which: usize| bars.rows.get(at).and_then(|bar| bar.parts.get(which)).copied();
    let thread = |which: usize| round(&|at| value(at, which).unwrap_or(0.0));
    shapes.push(Shape::Polygon { points: thread(0), fill: None, stroke: Stroke { is_dashed: true, ..THREAD } });
    shapes.push(Shape::Polygon { points: thread(1), fill: Some((THREAD.ink, 0.35)), stroke: THREAD });
    Some(Picture { width: 2.0 * MIDDLE, height: 2.0 * MIDDLE, shapes })
}

/// A part of a whole, whatever was computed.
pub fn bounded(part: f64) -> f64 {
    if part.is_finite() { part.clamp(0.0, 1.0) } else { 0.0 }
}

/// Squares in a row of a heat map before it goes on below.
const ACROSS: usize = 18;
const SIDE: f64 = 26.0;
const MARGIN: f64 = 64.0;

/// A heat map: a square for each item with its id, the darker the higher; the number in it is the step.
pub fn heat_map(map: &HeatMap) -> Option<Picture> {
    let lines: usize = map.rows.iter().map(|row| row.items.len().div_ceil(ACROSS)).sum();
    if lines == 0 || lines > 60 {
        return None;
    }
    let widest = map.rows.iter().map(|row| row.items.len().min(ACROSS)).max().unwrap_or(1);
    let mut shapes = Vec::new();
    let mut y = 0.0;
    for row in &map.rows {
        for (part, items) in row.items.chunks(ACROSS).enumerate() {
            if part == 0 {
                let at = (MARGIN / 2.0, y + SIDE / 2.0 + 3.0);
                shapes.push(Shape::Text { at, size: 9.0, is_bold: true, ink: INK, words: short(&row.id) });
            }
            for (column, (id, step)) in items.iter().enumerate() {
                square(&mut shapes, MARGIN + column as f64 * SIDE, y, id, *step, map.steps.len());
            }
            y += SIDE;
        }
    }
    Some(Picture { width: MARGIN + widest as f64 * SIDE, height: y, shapes })
}

fn square(shapes: &mut Vec<Shape>, x: f64, y: f64, id: &str, step: Option<usize>, steps: usize) {
    let (fill, is_dark) = step.map_or((NONE, false), |step| shade(step, steps));
    let ink = if is_dark { "#ffffff" } else { INK };
    let digit = step.map_or("–".to_string(), |step| step.to_string());
    let (left, right, top, bottom) = (x + 1.0, x + SIDE - 1.0, y + 1.0, y + SIDE - 1.0);
    shapes.push(Shape::Polygon {
        points: vec![(left, top), (right, top), (right, bottom), (left, bottom)],
        fill: Some((fill, 1.0)),
        stroke: Stroke { ink: "#8a97a3", width: 0.5, is_dashed: false },
    });
    let middle = x + SIDE / 2.0;
    let mut text = |y: f64, size: f64, words: String| {
        shapes.push(Shape::Text { at: (middle, y), size, is_bold: false, ink, words });
    };
    text(y + SIDE / 2.0 + 1.5, 10.0, digit);
    text(y + SIDE - 4.0, 5.0, short(id));
}

/// An id that fits beside a picture.
fn short(id: &str) -> String {
    let id = line(id);
    match id.chars().count() {
        0..=12 => id,
        _ => id.chars().take(11).chain(['…']).collect(),
    }
}

impl Picture {
    /// The picture as SVG.
    pub fn svg(&self) -> String {
        let (width, height) = (self.width, self.height);
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
             font-family=\"Noto Sans, DejaVu Sans, sans-serif\" text-anchor=\"middle\">"
        );
        self.shapes.iter().for_each(|shape| shape.write(&mut svg));
        svg.push_str("</svg>");
        svg
    }
}

impl Shape {
    fn write(&self, svg: &mut String) {
        let _ = match self {
            Self::Polygon { points, fill, stroke } => {
                let (fill, opacity) = fill.unwrap_or(("none", 1.0));
                let _ = write!(svg, "<polygon fill=\"{fill}\" fill-opacity=\"{opacity}\"");
                stroke.write(svg);
                svg.push_str(" points=\"");
                for (x, y) in points {
                    let _ = write!(svg, "{x:.1},{y:.1} ");
                }
                write!(svg, "\"/>")
            }
            Self::Line { ends: [(x1, y1), (x2, y2)], stroke } => {
                let _ = write!(svg, "<line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\"");
                stroke.write(svg);
                write!(svg, "/>")
            }
            Self::Text { at: (x, y), size, is_bold, ink, words } => {
                let weight = if *is_bold { " font-weight=\"bold\"" } else { "" };
                let words = escaped(words);
                write!(
                    svg,
                    "<text fill=\"{ink}\" font-size=\"{size}\"{weight} x=\"{x:.1}\" y=\"{y:.1}\">{words}</text>"
                )
            }
        };
    }
}

impl Stroke {
    fn write(&self, svg: &mut String) {
        let _ = write!(svg, " stroke=\"{}\" stroke-width=\"{}\"", self.ink, self.width);
        if self.is_dashed {
            let [dash, gap] = DASH;
            let _ = write!(svg, " stroke-dasharray=\"{dash} {gap}\"");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{heat_map, radar, shade};
    use crate::document::{Bar, Bars, HeatMap, HeatRow};

    #[test]
    fn the_lowest_step_is_light_and_the_highest_dark_on_every_scale() {
        for steps in 2..10 {
            assert_eq!((shade(0, steps), shade(steps - 1, steps)), (("#f1f4f7", false), ("#0b4f6c", true)));
        }
    }

    #[test]
    fn ids_never_become_markup_and_pictures_have_bounds() {
        let bar = Bar { id: "<script>&".into(), parts: [f64::NAN, 7.0], ..Bar::default() };
        let of = |count: usize| Bars { rows: vec![bar.clone(); count], ..Bars::default() };
        assert!(radar(&of(2)).is_none() && radar(&of(17)).is_none());
        let svg = radar(&of(4)).expect("a radar").svg();
        assert!(!svg.contains("<script") && svg.contains("&lt;script&gt;"), "{svg}");
        let row = HeatRow { id: "O".into(), items: vec![("O-1<".into(), Some(3)), ("O-2".into(), None)] };
        let map = HeatMap { steps: vec![String::new(); 5], rows: vec![row], ..HeatMap::default() };
        let svg = heat_map(&map).expect("a map").svg();
        assert!(svg.contains("O-1&lt;") && svg.contains("#2f7c9f") && svg.contains(">–</text>"), "{svg}");
        assert!(heat_map(&HeatMap::default()).is_none());
    }
}
