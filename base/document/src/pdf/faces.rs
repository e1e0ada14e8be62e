//! The fonts of one print: which of them has a letter, and how it joins letters to glyphs.

use std::ops::Range;

use harfrust::{Direction as Way, Language, ShapeOptions, ShapePlan, ShapePlanKey, ShaperData, UnicodeBuffer};
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider as _};

use crate::document::{Direction, Document};
use crate::fonts::{BOLD, Face, Fonts};

/// A glyph with its measures in parts of the font size, and the bytes of the text it stands for.
#[derive(Clone)]
pub struct Glyph {
    pub id: u32,
    pub advance: f32,
    pub aside: f32,
    pub above: f32,
    pub range: Range<u32>,
}

/// How letters look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// As usual.
    Usual,
    /// Bold.
    Bold,
    /// As wide as each other, from left to right in every language.
    Id,
}

impl Cut {
    const ALL: [Cut; 3] = [Self::Usual, Self::Bold, Self::Id];
}

/// The fonts of one print.
pub struct Faces<'f> {
    faces: Vec<Shaper<'f>>,
    /// Places in `faces`, the wanted first, for each cut.
    wanted: [Vec<usize>; 3],
    language: Option<Language>,
}

struct Shaper<'f> {
    face: &'f Face,
    font: FontRef<'f>,
    letters: Charmap<'f>,
    per_em: f32,
    /// Read when the font is first used.
    shaping: Option<ShaperData>,
    plans: Vec<ShapePlan>,
}

impl<'f> Faces<'f> {
    /// All fonts, in the order the document wants them.
    pub fn new(fonts: &'f Fonts, document: &Document) -> Faces<'f> {
        let open = |face: &'f Face| {
            let font = face.font()?;
            let per_em = f32::from(font.metrics(Size::unscaled(), LocationRef::default()).units_per_em.max(1));
            let letters = font.charmap();
            Some(Shaper { face, font, letters, per_em, shaping: None, plans: Vec::new() })
        };
        let faces: Vec<Shaper> = fonts.faces().iter().filter_map(open).collect();
        let is_rtl = document.direction == Direction::RightToLeft;
        let wanted = Cut::ALL.map(|cut| {
            let mut places: Vec<usize> = (0..faces.len()).collect();
            places.sort_by_key(|at| faces.get(*at).map(|shaper| rank(shaper.face, fonts, cut, is_rtl)));
            places
        });
        Faces { faces, wanted, language: Language::new(&document.lang) }
    }

    /// The font at a place.
    pub fn face(&self, place: usize) -> Option<&'f Face> {
        self.faces.get(place).map(|shaper| shaper.face)
    }

    /// Whether the font at a place has a letter.
    pub fn has(&self, place: usize, c: char) -> bool {
        self.faces.get(place).is_some_and(|shaper| shaper.letters.map(c).is_some())
    }

    /// The first font that has a letter; the first at all when none has it, which shows that it is missing.
    pub fn with(&self, c: char, cut: Cut) -> usize {
        let [usual, bold, id] = &self.wanted;
        let places = match cut {
            Cut::Usual => usual,
            Cut::Bold => bold,
            Cut::Id => id,
        };
        places.iter().copied().find(|place| self.has(*place, c)).or(places.first().copied()).unwrap_or(0)
    }

    /// The glyphs of a stretch of text in one font and one direction, from left to right.
    pub fn shape(&mut self, place: usize, text: &str, range: Range<usize>, is_rtl: bool) -> Vec<Glyph> {
        let Some(shaper) = self.faces.get_mut(place) else { return Vec::new() };
        let mut buffer = UnicodeBuffer::new();
        for (at, c) in text.get(range.clone()).unwrap_or_default().char_indices() {
            buffer.add(c, (range.start + at) as u32);
        }
        let way = if is_rtl { Way::RightToLeft } else { Way::LeftToRight };
        buffer.set_direction(way);
        if let Some(language) = &self.language {
            buffer.set_language(language.clone());
        }
        buffer.guess_segment_properties();
        let data = shaper.shaping.get_or_insert_with(|| ShaperData::new(&shaper.font));
        let built = data.shaper(&shaper.font).build();
        let (script, language) = (Some(buffer.script()), buffer.language());
        let key = ShapePlanKey::new(script, way).language(language.as_ref());
        if !shaper.plans.iter().any(|plan| key.matches(plan)) {
            shaper.plans.push(ShapePlan::new(&built, way, script, language.as_ref(), &[]));
        }
        let plan = shaper.plans.iter().find(|plan| key.matches(plan));
        let shaped = built.shape(buffer, ShapeOptions::new().plan(plan));
        let part = |units: i32| units as f32 / shaper.per_em;
        let glyphs = shaped.glyph_infos().iter().zip(shaped.glyph_positions()).map(|(glyph, place)| Glyph {
            id: glyph.glyph_id,
            advance: part(place.x_advance),
            aside: part(place.x_offset),
            above: part(place.y_offset),
            range: glyph.cluster..glyph.cluster,
        });
        glyphs.collect()
    }
}

/// Where a font stands among the wanted ones; the least first.
fn rank(face: &Face, fonts: &Fonts, cut: Cut, is_rtl: bool) -> [usize; 5] {
    let is_arabic = face.family.contains("Arabic") || face.family.contains("Amiri");
    let family = fonts.families().iter().position(|family| *family == face.family).unwrap_or(usize::MAX);
    let weight = if cut == Cut::Bold { BOLD + 100.0 } else { 400.0 };
    [
        usize::from(cut == Cut::Id && !face.family.contains("Mono")),
        // The digits and signs of a line come from the font of its letters.
        usize::from(is_rtl && !is_arabic),
        family,
        usize::from(!face.is_upright),
        (face.weight - weight).abs() as usize,
    ]
}
