//! Texts as lines of glyphs: where a line breaks, and in which order its pieces stand.

use std::ops::Range;
use std::rc::Rc;

use icu_properties::props::Script;
use icu_properties::{CodePointMapData, CodePointMapDataBorrowed};
use icu_segmenter::options::LineBreakOptions;
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};
use unicode_bidi::{Level, ParagraphBidiInfo};

use super::faces::{Cut, Faces, Glyph};
use crate::document::{Direction, Document};
use crate::fonts::Fonts;
use crate::text::{is_mark, is_right_to_left};

/// How words look.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// How large they are, in points.
    pub size: f32,
    /// The shape of their letters.
    pub cut: Cut,
    /// Their colour, as in style sheets.
    pub ink: &'static str,
}

/// A line.
#[derive(Clone)]
pub struct Line {
    /// The text its glyphs stand for.
    pub text: Rc<str>,
    /// Stretches of glyphs of one font, in the order they are read.
    pub pieces: Vec<Piece>,
    /// How wide it is without the spaces it ends with.
    pub width: f32,
    /// How wide those spaces are where they stand before its left end: at the end of a line that goes from right to left.
    pub before: f32,
}

/// Glyphs of one font, from left to right.
#[derive(Clone)]
pub struct Piece {
    /// The place of the font.
    pub face: usize,
    /// The glyphs.
    pub glyphs: Vec<Glyph>,
    /// How far they are from the left end of the line, in points.
    pub x: f32,
}

/// Sets texts in the fonts of one print.
pub struct Setter<'f> {
    /// The fonts.
    pub faces: Faces<'f>,
    direction: Direction,
    scripts: CodePointMapDataBorrowed<'static, Script>,
    breaks: LineSegmenterBorrowed<'static>,
}

/// Letters one font joins at once: words of a long text never depend on each other.
const STRETCH: usize = 1_000;

/// A stretch of one font, direction and script.
struct Run {
    range: Range<usize>,
    face: usize,
    level: Level,
    script: Option<Script>,
}

/// Glyphs that stay together, with the letters they stand for.
struct Cluster {
    /// Where its letters end.
    end: usize,
    run: usize,
    level: Level,
    glyphs: Range<usize>,
    /// In parts of the font size.
    advance: f32,
    is_space: bool,
    may_break: bool,
}

/// A text whose glyphs are known, in the order it is read.
struct Shaped {
    text: Rc<str>,
    base: Level,
    runs: Vec<Run>,
    glyphs: Vec<Glyph>,
    clusters: Vec<Cluster>,
}

impl<'f> Setter<'f> {
    /// A setter for a document.
    pub fn new(fonts: &'f Fonts, document: &Document) -> Setter<'f> {
        Setter {
            faces: Faces::new(fonts, document),
            direction: document.direction,
            scripts: CodePointMapData::<Script>::new(),
            breaks: LineSegmenter::new_for_non_complex_scripts(LineBreakOptions::default()),
        }
    }

    /// The lines of a text, none wider than so many points if a letter is not; at least one.
    pub fn lines(&mut self, text: &str, style: &Style, width: f32) -> Vec<Line> {
        let shaped = self.shaped(text, style.cut);
        let mut lines = Vec::new();
        let mut at = 0;
        while at < shaped.clusters.len() {
            let end = shaped.end_of_line(at, width / style.size);
            lines.push(shaped.line(at..end, style.size));
            at = end;
        }
        if lines.is_empty() {
            lines.push(shaped.line(0..0, style.size));
        }
        lines
    }

    /// A text on one line, however long it is.
    pub fn line(&mut self, text: &str, style: &Style) -> Line {
        let shaped = self.shaped(text, style.cut);
        shaped.line(0..shaped.clusters.len(), style.size)
    }

    fn shaped(&mut self, text: &str, cut: Cut) -> Shaped {
        let base = self.base(text, cut);
        let bidi = ParagraphBidiInfo::new(text, Some(base));
        // What sets pieces apart has done its work with the levels; it has no glyph.
        let (mut plain, mut levels) = (String::with_capacity(text.len()), Vec::with_capacity(text.len()));
        for (at, c) in text.char_indices().filter(|(_, c)| !is_mark(*c)) {
            plain.push(c);
            let level = bidi.levels.get(at).copied().unwrap_or(base);
            levels.extend(std::iter::repeat_n(level, c.len_utf8()));
        }
        let runs = self.runs(&plain, &levels, cut);
        let mut shaped =
            Shaped { text: plain.into(), base, runs: Vec::new(), glyphs: Vec::new(), clusters: Vec::new() };
        for run in runs {
            let glyphs = self.faces.shape(run.face, &shaped.text, run.range.clone(), run.level.is_rtl());
            shaped.add(run, glyphs);
        }
        let mut breaks = self.breaks.segment_str(&shaped.text).peekable();
        for cluster in &mut shaped.clusters {
            while breaks.next_if(|place| *place < cluster.end).is_some() {}
            cluster.may_break = breaks.peek() == Some(&cluster.end);
        }
        shaped
    }

    /// The direction of a text: that of the document, unless it has letters of the other one alone.
    fn base(&self, text: &str, cut: Cut) -> Level {
        let has_rtl = || text.chars().any(is_right_to_left);
        let has_ltr = || text.chars().any(|c| c.is_alphabetic() && !is_right_to_left(c));
        let is_rtl = match (cut, self.direction) {
            (Cut::Id, _) => false,
            (_, Direction::RightToLeft) => has_rtl() || !has_ltr(),
            (_, Direction::LeftToRight) => has_rtl() && !has_ltr(),
        };
        if is_rtl { Level::rtl() } else { Level::ltr() }
    }

    fn runs(&self, text: &str, levels: &[Level], cut: Cut) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for (at, c) in text.char_indices() {
            let level = levels.get(at).copied().unwrap_or(Level::ltr());
            let script = self.scripts.get(c);
            let script = (!matches!(script, Script::Common | Script::Inherited | Script::Unknown)).then_some(script);
            let last = runs.last_mut();
            // Signs, digits and marks look like the letters before them.
            let near = last.as_ref().map(|run| run.face).filter(|_| script.is_none());
            let face =
                near.filter(|face| self.faces.has(*face, c) || joins(c)).unwrap_or_else(|| self.faces.with(c, cut));
            let end = at + c.len_utf8();
            match last {
                Some(run)
                    if run.level == level
                        && run.face == face
                        && (script.is_none() || run.script.is_none() || run.script == script)
                        && (c != ' ' || end - run.range.start < STRETCH) =>
                {
                    run.range.end = end;
                    run.script = run.script.or(script);
                }
                _ => runs.push(Run { range: at..end, face, level, script }),
            }
        }
        runs
    }
}

/// What joins or parts letters and has no glyph of its own.
fn joins(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}')
}

impl Shaped {
    /// Adds a run with its glyphs, which stand from left to right.
    fn add(&mut self, run: Run, glyphs: Vec<Glyph>) {
        let first = self.glyphs.len();
        let mut groups: Vec<(usize, Range<usize>)> = Vec::new();
        for (at, glyph) in (first..).zip(&glyphs) {
            let start = glyph.range.start as usize;
            match groups.last_mut() {
                Some((last, range)) if *last == start => range.end = at + 1,
                _ => groups.push((start, at..at + 1)),
            }
        }
        if run.level.is_rtl() {
            groups.reverse();
        }
        self.glyphs.extend(glyphs);
        let ends: Vec<usize> = groups.iter().skip(1).map(|(start, _)| *start).chain([run.range.end]).collect();
        for ((start, range), end) in groups.into_iter().zip(ends) {
            let mut advance = 0.0;
            for glyph in self.glyphs.get_mut(range.clone()).unwrap_or_default() {
                glyph.range = start as u32..end.max(start) as u32;
                advance += glyph.advance;
            }
            let is_space = self.text.get(start..end) == Some(" ");
            let level = run.level;
            let run = self.runs.len();
            self.clusters.push(Cluster { end, run, level, glyphs: range, advance, is_space, may_break: false });
        }
        self.runs.push(run);
    }

    /// Where the line ends that begins at a cluster. Spaces may hang over; a word that is too long breaks where it must.
    fn end_of_line(&self, from: usize, width: f32) -> usize {
        let mut used = 0.0;
        let mut last_break = None;
        for (at, cluster) in self.clusters.iter().enumerate().skip(from) {
            used += cluster.advance;
            if used > width + 0.001 && !cluster.is_space && at > from {
                return last_break.unwrap_or(at);
            }
            if cluster.may_break {
                last_break = Some(at + 1);
            }
        }
        self.clusters.len()
    }

    fn line(&self, range: Range<usize>, size: f32) -> Line {
        let clusters = self.clusters.get(range).unwrap_or_default();
        let words = clusters.iter().rposition(|cluster| !cluster.is_space).map_or(0, |last| last + 1);
        let (words, spaces) = clusters.split_at_checked(words).unwrap_or((clusters, &[]));
        let mut parts: Vec<(Level, &[Cluster])> =
            words.chunk_by(|a, b| a.run == b.run).filter_map(|part| Some((part.first()?.level, part))).collect();
        // Spaces at the end of a line stand at its end, whatever stands before them.
        parts.extend(spaces.chunk_by(|a, b| a.run == b.run).map(|part| (self.base, part)));
        let levels: Vec<Level> = parts.iter().map(|(level, _)| *level).collect();
        let width = |clusters: &[Cluster]| clusters.iter().map(|cluster| cluster.advance).sum::<f32>() * size;
        let mut pieces: Vec<(usize, Piece)> = Vec::new();
        let mut x = 0.0;
        for at in ParagraphBidiInfo::reorder_visual(&levels) {
            let Some((_, clusters)) = parts.get(at) else { continue };
            pieces.extend(self.piece(clusters, x).map(|piece| (at, piece)));
            x += width(clusters);
        }
        pieces.sort_by_key(|(at, _)| *at);
        let before = if self.base.is_rtl() { width(spaces) } else { 0.0 };
        let pieces = pieces.into_iter().map(|(_, piece)| piece).collect();
        Line { text: Rc::clone(&self.text), pieces, width: width(words), before }
    }

    fn piece(&self, clusters: &[Cluster], x: f32) -> Option<Piece> {
        let run = self.runs.get(clusters.first()?.run)?;
        let start = clusters.iter().map(|cluster| cluster.glyphs.start).min()?;
        let end = clusters.iter().map(|cluster| cluster.glyphs.end).max()?;
        Some(Piece { face: run.face, glyphs: self.glyphs.get(start..end)?.to_vec(), x })
    }
}
