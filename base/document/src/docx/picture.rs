//! A radar as PNG, for programs that show no SVG: lines and surfaces with smooth edges, spokes by their numbers. What the numbers mean
//! stands below the picture as text, which is read aloud, searched and turned like the rest.

use std::f64::consts::PI;

use crate::document::Bars;
use crate::figure::{SPOKES, bounded};

/// Pixels of a side.
pub const SIDE: usize = 640;
const MIDDLE: f64 = SIDE as f64 / 2.0;
const REACH: f64 = MIDDLE * 0.78;
/// Lines of a pixel that are looked at one by one.
const PARTS: usize = 4;

const PAPER: [u8; 3] = [255, 255, 255];
const GRID: [u8; 3] = [0xc3, 0xcc, 0xd5];
const INK: [u8; 3] = [0x17, 0x22, 0x2d];
const MAIN: [u8; 3] = [0x0b, 0x64, 0x84];

type Point = (f64, f64);

/// The bytes of the picture; nothing where the radar would have too few spokes or too many.
pub fn radar(bars: &Bars) -> Option<Vec<u8>> {
    let count = bars.rows.len();
    if !SPOKES.contains(&count) {
        return None;
    }
    let place = |at: usize, far: f64| {
        let angle = at as f64 / count as f64 * 2.0 * PI - PI / 2.0;
        (MIDDLE + far * REACH * angle.cos(), MIDDLE + far * REACH * angle.sin())
    };
    let shape =
        |far: &dyn Fn(usize) -> f64| -> Vec<Point> { (0..count).map(|at| place(at, bounded(far(at)))).collect() };
    let part = |at: usize, which: usize| bars.rows.get(at).and_then(|bar| bar.parts.get(which)).copied().unwrap_or(0.0);
    let mut canvas = Canvas { pixels: PAPER.repeat(SIDE * SIDE) };
    for ring in [0.25, 0.5, 0.75, 1.0] {
        canvas.outline(&shape(&|_| ring), 1.0, GRID);
    }
    for at in 0..count {
        canvas.stroke((MIDDLE, MIDDLE), place(at, 1.0), 1.0, GRID);
        canvas.number(at + 1, place(at, 1.14));
    }
    let supported = shape(&|at| part(at, 1));
    canvas.fill(&supported, 0.35, MAIN);
    canvas.outline(&supported, 2.0, MAIN);
    canvas.dashes(&shape(&|at| part(at, 0)), 2.0, MAIN);
    Some(png(&canvas.pixels))
}

struct Canvas {
    /// Red, green and blue of each pixel, line by line.
    pixels: Vec<u8>,
}

impl Canvas {
    /// Lays a colour over a pixel, as far as it covers it.
    fn blend(&mut self, x: usize, y: usize, cover: f64, colour: [u8; 3]) {
        let at = (y * SIDE + x) * 3;
        let Some(pixel) = self.pixels.get_mut(at..at + 3).filter(|_| x < SIDE && y < SIDE) else { return };
        for (old, new) in pixel.iter_mut().zip(colour) {
            let mixed = (f64::from(*old) * (1.0 - cover) + f64::from(new) * cover).round() as u8;
            *old = mixed;
        }
    }

    /// A line of a width.
    fn stroke(&mut self, from: Point, to: Point, half: f64, colour: [u8; 3]) {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let length = (dx * dx + dy * dy).max(f64::EPSILON);
        let pixels = |a: f64, b: f64| within(a.min(b) - half - 1.0, a.max(b) + half + 1.0);
        for y in pixels(from.1, to.1) {
            for x in pixels(from.0, to.0) {
                let (px, py) = (x as f64 + 0.5 - from.0, y as f64 + 0.5 - from.1);
                let along = ((px * dx + py * dy) / length).clamp(0.0, 1.0);
                let far = (px - along * dx).hypot(py - along * dy);
                let cover = (half + 0.5 - far).clamp(0.0, 1.0);
                if cover > 0.0 {
                    self.blend(x, y, cover, colour);
                }
            }
        }
    }

    fn outline(&mut self, points: &[Point], half: f64, colour: [u8; 3]) {
        for (from, to) in around(points) {
            self.stroke(from, to, half / 2.0, colour);
        }
    }

    fn dashes(&mut self, points: &[Point], half: f64, colour: [u8; 3]) {
        const DASH: f64 = 12.0;
        for (from, to) in around(points) {
            let length = (to.0 - from.0).hypot(to.1 - from.1);
            let at = |far: f64| {
                let share = (far / length.max(f64::EPSILON)).min(1.0);
                (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share)
            };
            let mut begun = 0.0;
            while begun < length {
                self.stroke(at(begun), at(begun + DASH * 0.6), half / 2.0, colour);
                begun += DASH;
            }
        }
    }

    /// What lies inside of a shape, even and odd.
    fn fill(&mut self, points: &[Point], strength: f64, colour: [u8; 3]) {
        for y in 0..SIDE {
            let mut covers = vec![0.0; SIDE];
            for part in 0..PARTS {
                let height = y as f64 + (part as f64 + 0.5) / PARTS as f64;
                let mut crossings: Vec<f64> = around(points)
                    .filter(|(from, to)| (from.1 <= height) != (to.1 <= height))
                    .map(|(from, to)| from.0 + (height - from.1) / (to.1 - from.1) * (to.0 - from.0))
                    .collect();
                crossings.sort_by(f64::total_cmp);
                for pair in crossings.chunks_exact(2) {
                    let &[begin, end] = pair else { continue };
                    for x in within(begin - 1.0, end + 1.0) {
                        let inside = (end.min(x as f64 + 1.0) - begin.max(x as f64)).clamp(0.0, 1.0);
                        if let Some(cover) = covers.get_mut(x) {
                            *cover += inside / PARTS as f64;
                        }
                    }
                }
            }
            for (x, cover) in covers.into_iter().enumerate().filter(|(_, cover)| *cover > 0.0) {
                self.blend(x, y, cover * strength, colour);
            }
        }
    }

    /// A number around a point.
    fn number(&mut self, number: usize, (x, y): Point) {
        const WIDE: f64 = 9.0;
        const HIGH: f64 = 16.0;
        const STEP: f64 = WIDE + 6.0;
        let digits = number.to_string();
        let mut left = x - (STEP * digits.len() as f64 - 6.0) / 2.0;
        for digit in digits.bytes() {
            let lit = SEGMENTS.get(usize::from(digit.wrapping_sub(b'0'))).copied().unwrap_or_default();
            for (_, (from, to)) in BARS.iter().enumerate().filter(|(at, _)| lit & (1 << at) != 0) {
                let point = |(across, down): Point| (left + across * WIDE, y + (down - 0.5) * HIGH);
                self.stroke(point(*from), point(*to), 1.0, INK);
            }
            left += STEP;
        }
    }
}

/// Where the seven strokes of a digit run: above, right above, right below, below, left below, left above, middle.
const BARS: [(Point, Point); 7] = [
    ((0.0, 0.0), (1.0, 0.0)),
    ((1.0, 0.0), (1.0, 0.5)),
    ((1.0, 0.5), (1.0, 1.0)),
    ((0.0, 1.0), (1.0, 1.0)),
    ((0.0, 0.5), (0.0, 1.0)),
    ((0.0, 0.0), (0.0, 0.5)),
    ((0.0, 0.5), (1.0, 0.5)),
];

/// Which strokes a digit has: the lowest bit is the first of [`BARS`].
const SEGMENTS: [u8; 10] = [
    0b011_1111, 0b000_0110, 0b101_1011, 0b100_1111, 0b110_0110, 0b110_1101, 0b111_1101, 0b000_0111, 0b111_1111,
    0b110_1111,
];

/// The sides of a shape.
fn around(points: &[Point]) -> impl Iterator<Item = (Point, Point)> {
    points.iter().copied().zip(points.iter().copied().cycle().skip(1))
}

/// The pixels between two places, as far as they are on the picture.
fn within(from: f64, to: f64) -> std::ops::Range<usize> {
    let most = SIDE as f64;
    from.floor().clamp(0.0, most) as usize..to.ceil().clamp(0.0, most) as usize
}

/// The pixels as PNG. They are not packed: the document they lie in is.
fn png(pixels: &[u8]) -> Vec<u8> {
    let mut lines = Vec::with_capacity(pixels.len() + SIDE);
    for line in pixels.chunks(SIDE * 3) {
        lines.push(0);
        lines.extend(line);
    }
    let mut data = vec![0x78, 0x01];
    let parts = lines.chunks(65_535);
    let last = parts.len().saturating_sub(1);
    for (at, part) in parts.enumerate() {
        let length = u16::try_from(part.len()).unwrap_or(u16::MAX);
        data.push(u8::from(at == last));
        data.extend(length.to_le_bytes());
        data.extend((!length).to_le_bytes());
        data.extend(part);
    }
    data.extend(adler(&lines).to_be_bytes());
    let side = u32::try_from(SIDE).unwrap_or_default().to_be_bytes();
    let head = [side.as_slice(), side.as_slice(), &[8, 2, 0, 0, 0]].concat();
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    for (name, content) in [(b"IHDR", head), (b"IDAT", data), (b"IEND", Vec::new())] {
        let named = [name.as_slice(), &content].concat();
        out.extend(u32::try_from(content.len()).unwrap_or_default().to_be_bytes());
        out.extend(&named);
        out.extend(crc(&named).to_be_bytes());
    }
    out
}

/// The sum of RFC 1950.
fn adler(bytes: &[u8]) -> u32 {
    let (a, b) = bytes.iter().fold((1u32, 0u32), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65_521;
        (a, (b + a) % 65_521)
    });
    (b << 16) | a
}

/// The sum of PNG (ISO 3309).
fn crc(bytes: &[u8]) -> u32 {
    let table: [u32; 256] = std::array::from_fn(|at| {
        (0..8).fold(u32::try_from(at).unwrap_or_default(), |sum, _| {
            if sum & 1 == 1 { 0xedb8_8320 ^ (sum >> 1) } else { sum >> 1 }
        })
    });
    !bytes.iter().fold(!0u32, |sum, byte| {
        let at = usize::from(sum.to_le_bytes()[0] ^ byte);
        table.get(at).copied().unwrap_or_default() ^ (sum >> 8)
    })
}

#[cfg(test)]
mod tests {
    use super::{Canvas, MIDDLE, PAPER, SIDE, adler, crc, radar};
    use crate::document::{Bar, Bars};

    fn of(count: usize, parts: [f64; 2]) -> Bars {
        Bars { rows: vec![Bar { parts, ..Bar::default() }; count], ..Bars::default() }
    }

    #[test]
    fn sums_are_those_of_their_standards() {
        assert_eq!((crc(b"123456789"), adler(b"Wikipedia")), (0xcbf4_3926, 0x11e6_0398));
    }

    #[test]
    fn a_radar_is_a_picture_and_the_same_for_the_same_figures() {
        assert!(radar(&of(2, [0.5, 0.5])).is_none() && radar(&of(17, [0.5, 0.5])).is_none());
        let one = radar(&of(5, [0.9, 0.5])).unwrap();
        assert!(one.starts_with(b"\x89PNG\r\n\x1a\n") && one.ends_with(&[0xae, 0x42, 0x60, 0x82]));
        assert_eq!(one, radar(&of(5, [0.9, 0.5])).unwrap());
        assert_ne!(one, radar(&of(5, [0.9, 0.6])).unwrap());
        assert!(radar(&of(16, [f64::NAN, f64::INFINITY])).is_some());
    }

    #[test]
    fn a_surface_covers_what_lies_inside_and_nothing_else() {
        let mut canvas = Canvas { pixels: PAPER.repeat(SIDE * SIDE) };
        let (near, far) = (MIDDLE - 10.0, MIDDLE + 10.0);
        canvas.fill(&[(near, near), (far, near), (far, far), (near, far)], 1.0, [0, 0, 0]);
        let dark = canvas.pixels.chunks(3).filter(|pixel| *pixel == [0, 0, 0]).count();
        let other = canvas.pixels.chunks(3).filter(|pixel| *pixel != [0, 0, 0] && *pixel != PAPER).count();
        assert_eq!((dark, other), (400, 0));
    }
}
