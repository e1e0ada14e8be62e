//! A radar of sections; beside it always stands the table it is drawn from.

use std::f64::consts::PI;
use std::fmt::Write as _;

use manara_web::{Markup, Page};

/// One axis.
pub(super) struct Spoke {
    /// Its id, as the picture shows it.
    pub id: String,
    /// How far it reaches as claimed, 0 to 1.
    pub claimed: f64,
    /// As supported.
    pub supported: f64,
}

/// Axes a radar has at least and at most; otherwise the table says it better.
const SPOKES: std::ops::RangeInclusive<usize> = 3..=16;
const MIDDLE: f64 = 120.0;
const REACH: f64 = 90.0;

/// The picture; nothing when there are too few or too many axes.
pub(super) fn radar(page: &Page, spokes: &[Spoke]) -> Markup {
    if !SPOKES.contains(&spokes.len()) {
        return Markup::default();
    }
    let count = spokes.len() as f64;
    let place = |at: usize, far: f64| {
        let angle = at as f64 / count * 2.0 * PI - PI / 2.0;
        (MIDDLE + far * REACH * angle.cos(), MIDDLE + far * REACH * angle.sin())
    };
    let shape = |far: &dyn Fn(&Spoke) -> f64| {
        spokes.iter().enumerate().fold(String::new(), |mut points, (at, spoke)| {
            let (x, y) = place(at, far(spoke).clamp(0.0, 1.0));
            let _ = write!(points, "{x:.1},{y:.1} ");
            points
        })
    };
    let mut svg = String::new();
    for ring in [0.25, 0.5, 0.75, 1.0] {
        let _ = write!(svg, r#"<polygon class="ring" points="{}"/>"#, shape(&|_| ring));
    }
    for (at, spoke) in spokes.iter().enumerate() {
        let ((x, y), (text_x, text_y)) = (place(at, 1.0), place(at, 1.17));
        let _ = write!(
            svg,
            r#"<line class="ring" x1="{MIDDLE}" y1="{MIDDLE}" x2="{x:.1}" y2="{y:.1}"/><text class="mono" x="{text_x:.1}" y="{text_y:.1}">{}</text>"#,
            Markup::text(&spoke.id)
        );
    }
    let _ = write!(svg, r#"<polygon class="claimed" points="{}"/>"#, shape(&|spoke| spoke.claimed));
    let _ = write!(svg, r#"<polygon class="supported" points="{}"/>"#, shape(&|spoke| spoke.supported));
    Markup::of(&Figure { svg, caption: page.t("framework-radar") })
}

#[derive(askama::Template)]
#[template(
    source = r#"<figure class="radar"><svg dir="ltr" viewBox="0 0 240 240" aria-hidden="true">{{ svg|safe }}</svg><figcaption>{{ caption }}</figcaption></figure>"#,
    ext = "html"
)]
struct Figure {
    svg: String,
    caption: String,
}
