//! Pictures as SVG that needs nothing beside itself. Their words are ids and digits; names stand in the table beside them.

use manara_model::escaped;
use std::f64::consts::PI;
use std::fmt::Write as _;

use crate::document::{Bars, HeatMap};
use crate::text::line;

/// Axes a radar has at least and at most; otherwise the table says it better.
pub const SPOKES: std::ops::RangeInclusive<usize> = 3..=16;
const MIDDLE: f64 = 120.0;
const REACH: f64 = 86.0;

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
pub fn radar(bars: &Bars) -> Option<String> {
    let count = bars.rows.len();
    if !SPOKES.contains(&count) {
        return None;
    }
    let place = |at: usize, far: f64| {
        let angle = at as f64 / count as f64 * 2.0 * PI - PI / 2.0;
        (MIDDLE + far * REACH * angle.cos(), MIDDLE + far * REACH * angle.sin())
    };
    let shape = |far: &dyn Fn(usize) -> f64| {
        (0..count).fold(String::new(), |mut points, at| {
            let (x, y) = place(at, bounded(far(at)));
            let _ = write!(points, "{x:.1},{y:.1} ");
            points
        })
    };
    let mut svg = String::from(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 240 240\" width=\"240\" height=\"240\" \
         font-family=\"Noto Sans, DejaVu Sans, sans-serif\" font-size=\"8\" text-anchor=\"middle\">",
    );
    for ring in [0.25, 0.5, 0.75, 1.0] {
        let _ = write!(svg, r##"<polygon fill="none" stroke="#c3ccd5" points="{}"/>"##, shape(&|_| ring));
    }
    for (at, bar) in bars.rows.iter().enumerate() {
        let ((x, y), (text_x, text_y)) = (place(at, 1.0), place(at, 1.2));
        let _ = write!(
            svg,
            r##"<line stroke="#c3ccd5" x1="{MIDDLE}" y1="{MIDDLE}" x2="{x:.1}" y2="{y:.1}"/><text fill="#17222d" x="{text_x:.1}" y="{:.1}">{}</text>"##,
            text_y + 3.0,
            escaped(&short(&bar.id))
        );
    }
    let values = |which: usize| move |at: usize| bars.rows.get(at).and_then(|bar| bar.parts.get(which)).copied();
    let claimed = shape(&|at| values(0)(at).unwrap_or(0.0));
    let supported = shape(&|at| values(1)(at).unwrap_or(0.0));
    let _ = write!(
        svg,
        r##"<polygon fill="none" stroke="#0b6484" stroke-width="1.5" stroke-dasharray="4 3" points="{claimed}"/><polygon fill="#0b6484" fill-opacity="0.35" stroke="#0b6484" stroke-width="1.5" points="{supported}"/></svg>"##
    );
    Some(svg)
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
pub fn heat_map(map: &HeatMap) -> Option<String> {
    let lines: usize = map.rows.iter().map(|row| row.items.len().div_ceil(ACROSS)).sum();
    if lines == 0 || lines > 60 {
        return None;
    }
    let widest = map.rows.iter().map(|row| row.items.len().min(ACROSS)).max().unwrap_or(1);
    let (width, height) = (MARGIN + widest as f64 * SIDE, lines as f64 * SIDE);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         font-family=\"Noto Sans, DejaVu Sans, sans-serif\" text-anchor=\"middle\">"
    );
    let mut at = 0;
    for row in &map.rows {
        for (part, items) in row.items.chunks(ACROSS).enumerate() {
            let y = at as f64 * SIDE;
            if part == 0 {
                let _ = write!(
                    svg,
                    r##"<text fill="#17222d" font-size="9" font-weight="bold" x="{:.1}" y="{:.1}">{}</text>"##,
                    MARGIN / 2.0,
                    y + SIDE / 2.0 + 3.0,
                    escaped(&short(&row.id))
                );
            }
            for (column, (id, step)) in items.iter().enumerate() {
                square(&mut svg, MARGIN + column as f64 * SIDE, y, id, *step, map.steps.len());
            }
            at += 1;
        }
    }
    svg.push_str("</svg>");
    Some(svg)
}

fn square(svg: &mut String, x: f64, y: f64, id: &str, step: Option<usize>, steps: usize) {
    let (fill, is_dark) = step.map_or((NONE, false), |step| shade(step, steps));
    let ink = if is_dark { "#ffffff" } else { "#17222d" };
    let digit = step.map_or("–".to_string(), |step| step.to_string());
    let _ = write!(
        svg,
        r##"<rect fill="{fill}" stroke="#8a97a3" stroke-width="0.5" x="{:.1}" y="{:.1}" width="{:.1}" height="{:.1}"/><text fill="{ink}" font-size="10" x="{:.1}" y="{:.1}">{digit}</text><text fill="{ink}" font-size="5" x="{:.1}" y="{:.1}">{}</text>"##,
        x + 1.0,
        y + 1.0,
        SIDE - 2.0,
        SIDE - 2.0,
        x + SIDE / 2.0,
        y + SIDE / 2.0 + 1.5,
        x + SIDE / 2.0,
        y + SIDE - 4.0,
        escaped(&short(id))
    );
}

/// An id that fits beside a picture.
fn short(id: &str) -> String {
    let id = line(id);
    match id.chars().count() {
        0..=12 => id,
        _ => id.chars().take(11).chain(['…']).collect(),
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
        let svg = radar(&of(4)).expect("a radar");
        assert!(!svg.contains("<script") && svg.contains("&lt;script&gt;"), "{svg}");
        let row = HeatRow { id: "O".into(), items: vec![("O-1<".into(), Some(3)), ("O-2".into(), None)] };
        let map = HeatMap { steps: vec![String::new(); 5], rows: vec![row], ..HeatMap::default() };
        let svg = heat_map(&map).expect("a map");
        assert!(svg.contains("O-1&lt;") && svg.contains("#2f7c9f") && svg.contains(">–</text>"), "{svg}");
        assert!(heat_map(&HeatMap::default()).is_none());
    }
}
