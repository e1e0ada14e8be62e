//! Pages as the bytes of a PDF.

use std::collections::HashMap;

use krilla::color::rgb;
use krilla::destination::XyzDestination;
use krilla::geom::{Path, PathBuilder, Point};
use krilla::metadata::{DateTime, Metadata, TextDirection};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke, StrokeDash};
use krilla::surface::{Location, Surface};
use krilla::tagging::{Artifact, ArtifactType, ContentTag, SpanTag};
use krilla::text::{Font, Glyph as Drawn, GlyphId};

use super::faces::{Faces, Glyph};
use super::lines::{Line, Style};
use super::pages::Placed;
use super::strip::{Item, Mark, PAGE, TOP, Thing};
use super::tags::Tags;
use crate::PrintError;
use crate::document::{Direction, Document};
use crate::figure::{self, DASH};
use crate::text::{line, without_marks};

/// A page: what stands on it, and its header and footer, whose lengths from above are those of the page.
pub struct Page {
    /// What the document puts on it.
    pub body: Vec<Placed>,
    /// What every page bears.
    pub frame: Vec<Item>,
}

/// The file.
pub fn write(document: &Document, pages: Vec<Page>, faces: &Faces<'_>, mut tags: Tags) -> Result<Vec<u8>, PrintError> {
    let mut file = krilla::Document::new();
    let mut fonts = Inks { faces, fonts: HashMap::new() };
    let mut headings = Vec::new();
    for (at, page) in pages.into_iter().enumerate() {
        let [width, height] = PAGE;
        let settings =
            PageSettings::from_wh(width, height).ok_or_else(|| PrintError::Layout("the page has no size".into()))?;
        let mut sheet = file.start_page_with(settings);
        let pen = Pen { surface: sheet.surface(), mark: None, fonts: &mut fonts, tags: &mut tags };
        pen.page(&page)?;
        sheet.finish();
        let begun = page.body.iter().filter_map(|Placed { strip, y }| Some((strip.heading.clone()?, *y)));
        headings
            .extend(begun.map(|((level, words), y)| {
                (level, words, XyzDestination::new(at, Point::from_xy(0.0, TOP + y - 8.0)))
            }));
    }
    file.set_outline(outline(headings));
    file.set_metadata(metadata(document));
    file.set_tag_tree(tags.tree(&document.lang));
    file.finish().map_err(|error| PrintError::Layout(format!("{error:?}")))
}

fn metadata(document: &Document) -> Metadata {
    let direction = match document.direction {
        Direction::LeftToRight => TextDirection::LeftToRight,
        Direction::RightToLeft => TextDirection::RightToLeft,
    };
    let metadata = Metadata::new()
        .title(without_marks(&line(&document.title)))
        .language(document.lang.clone())
        .text_direction(direction)
        .creator("Manara".into());
    let day: Vec<u16> = document.day.split('-').filter_map(|part| part.parse().ok()).collect();
    match day.as_slice() {
        [year, month @ 1..=12, day @ 1..=31] => {
            metadata.creation_date(DateTime::new(*year).month(*month as u8).day(*day as u8))
        }
        _ => metadata,
    }
}

/// The outline: each heading within the nearest before it that is higher.
fn outline(headings: Vec<(u8, String, XyzDestination)>) -> Outline {
    let mut outline = Outline::new();
    let mut open: Vec<(u8, OutlineNode)> = Vec::new();
    let mut close = |open: &mut Vec<(u8, OutlineNode)>, level: u8| {
        while let Some((_, node)) = open.pop_if(|(last, _)| *last >= level) {
            match open.last_mut() {
                Some((_, outer)) => outer.push_child(node),
                None => outline.push_child(node),
            }
        }
    };
    for (level, words, place) in headings {
        close(&mut open, level);
        open.push((level, OutlineNode::new(words, place)));
    }
    close(&mut open, 0);
    outline
}

/// Fonts as they are put into the file, by place.
struct Inks<'a> {
    faces: &'a Faces<'a>,
    fonts: HashMap<usize, Font>,
}

impl Inks<'_> {
    fn font(&mut self, place: usize) -> Result<Font, PrintError> {
        if let Some(font) = self.fonts.get(&place) {
            return Ok(font.clone());
        }
        let face = self.faces.face(place).ok_or_else(|| PrintError::Layout(format!("there is no font {place}")))?;
        let font = Font::new(face.bytes.clone().into(), face.index)
            .ok_or_else(|| PrintError::Layout(format!("the font {} can't be put into a file", face.family)))?;
        self.fonts.insert(place, font.clone());
        Ok(font)
    }
}

/// What draws on a page, and for what.
struct Pen<'a, 'f> {
    surface: Surface<'a>,
    mark: Option<Mark>,
    fonts: &'a mut Inks<'f>,
    tags: &'a mut Tags,
}

impl Pen<'_, '_> {
    fn page(mut self, page: &Page) -> Result<(), PrintError> {
        page.frame.iter().try_for_each(|item| self.draw(item, 0.0))?;
        for Placed { strip, y } in &page.body {
            strip.items.iter().try_for_each(|item| self.draw(item, TOP + y))?;
        }
        self.lift();
        self.surface.finish();
        Ok(())
    }

    fn draw(&mut self, item: &Item, top: f32) -> Result<(), PrintError> {
        self.set_to(item.mark);
        match &item.thing {
            Thing::Words(x, y, line, style) => self.words(*x, top + y, line, style),
            Thing::Path { outlines, fill, stroke } => {
                self.path(outlines, *fill, *stroke, top);
                Ok(())
            }
        }
    }

    /// Says what is drawn from now on.
    fn set_to(&mut self, mark: Mark) {
        if self.mark == Some(mark) {
            return;
        }
        self.lift();
        let artifact = |kind| ContentTag::Artifact(Artifact::with_kind(kind));
        let drawn = self.surface.start_tagged(match mark {
            Mark::Of(_) => ContentTag::Span(SpanTag::empty()),
            Mark::Decoration => artifact(ArtifactType::Layout),
            Mark::Header => artifact(ArtifactType::Header),
            Mark::Footer => artifact(ArtifactType::Footer),
            Mark::Again => artifact(ArtifactType::PaginationOther),
        });
        if let Mark::Of(element) = mark {
            self.tags.drawn(element, drawn);
        }
        self.mark = Some(mark);
    }

    /// Nothing more is drawn for what was drawn.
    fn lift(&mut self) {
        if self.mark.take().is_some() {
            self.surface.end_tagged();
        }
    }

    fn words(&mut self, x: f32, y: f32, line: &Line, style: &Style) -> Result<(), PrintError> {
        self.surface.set_stroke(None);
        self.surface.set_fill(Some(Fill { paint: colour(style.ink).into(), ..Fill::default() }));
        for piece in &line.pieces {
            let font = self.fonts.font(piece.face)?;
            let place = Point::from_xy(x + piece.x, y);
            self.surface.draw_glyphs(place, &piece.glyphs, font, &line.text, style.size, false);
        }
        Ok(())
    }

    fn path(
        &mut self,
        outlines: &[Vec<(f32, f32)>],
        fill: Option<(&'static str, f32)>,
        stroke: Option<figure::Stroke>,
        top: f32,
    ) {
        let Some(path) = path(outlines, top) else { return };
        self.surface.set_fill(fill.map(|(ink, cover)| Fill {
            paint: colour(ink).into(),
            opacity: NormalizedF32::new(cover).unwrap_or(NormalizedF32::ONE),
            ..Fill::default()
        }));
        self.surface.set_stroke(stroke.map(|stroke| Stroke {
            paint: colour(stroke.ink).into(),
            width: stroke.width as f32,
            dash:
                stroke.is_dashed.then(|| StrokeDash { array: DASH.map(|length| length as f32).to_vec(), offset: 0.0 }),
            ..Stroke::default()
        }));
        self.surface.draw_path(&path);
    }
}

/// Lines through points; those of more than two points are closed.
fn path(outlines: &[Vec<(f32, f32)>], top: f32) -> Option<Path> {
    let mut path = PathBuilder::new();
    for outline in outlines {
        let Some(((x, y), rest)) = outline.split_first() else { continue };
        path.move_to(*x, top + y);
        rest.iter().for_each(|(x, y)| path.line_to(*x, top + y));
        if rest.len() > 1 {
            path.close();
        }
    }
    path.finish()
}

/// A colour of a style sheet; black where it is none.
fn colour(ink: &str) -> rgb::Color {
    let part = |at: usize| ink.get(at..at + 2).and_then(|hex| u8::from_str_radix(hex, 16).ok()).unwrap_or(0);
    rgb::Color::new(part(1), part(3), part(5))
}

impl Drawn for Glyph {
    fn glyph_id(&self) -> GlyphId {
        GlyphId::new(self.id)
    }

    fn text_range(&self) -> std::ops::Range<usize> {
        self.range.start as usize..self.range.end as usize
    }

    fn x_advance(&self, size: f32) -> f32 {
        self.advance * size
    }

    fn x_offset(&self, size: f32) -> f32 {
        self.aside * size
    }

    fn y_offset(&self, size: f32) -> f32 {
        self.above * size
    }

    fn y_advance(&self, _: f32) -> f32 {
        0.0
    }

    fn location(&self) -> Option<Location> {
        None
    }
}
