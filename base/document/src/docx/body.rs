//! What is read: the parts of the document, the header and the footer.

use manara_model::escaped;
use std::fmt::Write as _;

use super::picture::radar;
use crate::document::{Bar, Bars, Cell, Direction, Document, HeatMap, Part, Table};
use crate::figure::{bounded, shade};
use crate::html::caption_of;
use crate::text::{is_right_to_left, line, shown, without_marks};

const OPEN: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const SPACE: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
    xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
    xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
    xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"";
/// The side of a picture: 8.5 cm, in English metric units.
const PICTURE: u32 = 3_060_000;
/// Steps of a bar in a table.
const STEPS: usize = 10;
/// The width between the margins of A4, in twentieths of a point.
const WIDTH: usize = 9_638;

/// How a paragraph stands.
#[derive(Clone, Copy, Default)]
struct Stand<'s> {
    style: &'s str,
    /// From left to right, whatever the document.
    is_id: bool,
    is_number: bool,
    is_bold: bool,
    is_point: bool,
}

struct Body {
    is_rtl: bool,
    out: String,
    /// The pictures, as PNG.
    pictures: Vec<Vec<u8>>,
}

/// `word/document.xml`, and the pictures it shows.
pub fn document(document: &Document) -> (String, Vec<Vec<u8>>) {
    let mut body = Body::of(document);
    body.paragraph(&document.title, Stand { style: "Title", ..Stand::default() });
    for part in &document.parts {
        body.part(part);
    }
    let bidi = if body.is_rtl { "<w:bidi/>" } else { "" };
    let text = format!(
        "{OPEN}<w:document {SPACE}><w:body>{}<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId4\"/>\
         <w:footerReference w:type=\"default\" r:id=\"rId5\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
         <w:pgMar w:top=\"1304\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1134\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/>{bidi}</w:sectPr>\
         </w:body></w:document>",
        body.out
    );
    (text, body.pictures)
}

/// `word/header1.xml`: marking and title.
pub fn header(document: &Document) -> String {
    let mut body = Body::of(document);
    let marking = document.tlp.map_or("", |tlp| tlp.label());
    let words =
        [marking, document.title.as_str()].iter().filter(|words| !words.is_empty()).copied().collect::<Vec<_>>();
    body.paragraph(&words.join("   ·   "), Stand { style: "Cell", is_bold: true, ..Stand::default() });
    format!("{OPEN}<w:hdr {SPACE}>{}</w:hdr>", body.out)
}

/// `word/footer1.xml`: day, page, marking.
pub fn footer(document: &Document) -> String {
    let mut body = Body::of(document);
    body.open(Stand { style: "Cell", ..Stand::default() });
    if !document.day_words.is_empty() {
        body.runs(&format!("{}   ·   ", document.day_words), false);
    }
    let mut rest = without_marks(&document.page_words);
    for (mark, field) in [("{n}", "PAGE"), ("{m}", "NUMPAGES")] {
        if let Some((before, after)) = rest.clone().split_once(mark) {
            body.runs(before, false);
            let _ = write!(body.out, "<w:fldSimple w:instr=\" {field} \"><w:r><w:t>1</w:t></w:r></w:fldSimple>");
            rest = after.to_string();
        }
    }
    body.runs(&rest, false);
    if let Some(tlp) = document.tlp {
        body.runs(&format!("   ·   {}", tlp.label()), true);
    }
    body.out.push_str("</w:p>");
    format!("{OPEN}<w:ftr {SPACE}>{}</w:ftr>", body.out)
}

/// How much of a whole, in steps that every font has.
fn steps(part: f64) -> String {
    let full = (bounded(part) * STEPS as f64).round() as usize;
    ["█".repeat(full), "░".repeat(STEPS - full.min(STEPS))].concat()
}

impl Body {
    fn of(document: &Document) -> Body {
        Body { is_rtl: document.direction == Direction::RightToLeft, out: String::new(), pictures: Vec::new() }
    }

    fn part(&mut self, part: &Part) {
        let plain = Stand { style: "Normal", ..Stand::default() };
        match part {
            Part::Heading(level, words) => {
                let style = ["Heading1", "Heading2", "Heading3", "Heading4"];
                let at = usize::from(level.clamp(&1, &4) - 1);
                self.paragraph(words, Stand { style: style.get(at).copied().unwrap_or("Heading4"), ..plain });
            }
            Part::Words(words) => self.paragraph(words, plain),
            Part::Note(words) => self.paragraph(words, Stand { style: "Note", ..plain }),
            Part::NewPage => self.out.push_str("<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>"),
            // Numbers are written out, so that every list begins with one and Arabic keeps its order.
            Part::List { numbered: true, items } => {
                for (at, item) in items.iter().enumerate() {
                    self.paragraph(&format!("{}. {item}", at + 1), plain);
                }
            }
            Part::List { numbered: false, items } => {
                items.iter().for_each(|item| self.paragraph(item, Stand { is_point: true, ..plain }));
            }
            Part::Pairs(pairs) => {
                self.table_open("", &[WIDTH * 3 / 10, WIDTH * 7 / 10]);
                for (label, value) in pairs {
                    self.row(false, &[(&Cell::Text(label.clone()), None, true), (value, None, false)]);
                }
                self.table_end();
            }
            Part::Table(table) => self.table(table),
            Part::Bars(bars) => self.bars(bars),
            Part::Radar(bars) => self.radar(bars),
            Part::HeatMap(map) => self.heat_map(map),
        }
    }

    fn table(&mut self, table: &Table) {
        let widths = crate::widths::shares(table);
        let sum: usize = widths.iter().sum::<usize>().max(1);
        let widths: Vec<usize> = widths.iter().map(|share| share * WIDTH / sum).collect();
        self.table_open(&table.caption, &widths);
        let heads: Vec<Cell> = table.head.iter().map(|head| Cell::Text(head.clone())).collect();
        self.row(true, &heads.iter().map(|head| (head, None, true)).collect::<Vec<_>>());
        for row in &table.rows {
            self.row(false, &row.iter().map(|cell| (cell, None, false)).collect::<Vec<_>>());
        }
        self.table_end();
    }

    fn bars(&mut self, bars: &Bars) {
        let [claimed, supported] = &bars.heads;
        let head = vec![String::new(), claimed.clone(), supported.clone()];
        let rows = bars.rows.iter().map(|bar| {
            let [claimed, supported] = &bar.words;
            let [claimed_part, supported_part] = bar.parts;
            let drawn = |part: f64, words: &str| Cell::Number(format!("{} {words}", steps(part)));
            vec![Cell::Text(bar.label.clone()), drawn(claimed_part, claimed), drawn(supported_part, supported)]
        });
        self.table(&Table { caption: bars.caption.clone(), head, rows: rows.collect() });
    }

    /// The radar as a picture, and below it what its numbers mean.
    fn radar(&mut self, bars: &Bars) {
        let Some(picture) = radar(bars) else { return };
        self.pictures.push(picture);
        let number = self.pictures.len();
        let words = escaped(&without_marks(&line(&bars.caption)));
        let _ = write!(
            self.out,
            "<w:p><w:pPr><w:keepNext/><w:jc w:val=\"center\"/></w:pPr><w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">\
             <wp:extent cx=\"{PICTURE}\" cy=\"{PICTURE}\"/><wp:docPr id=\"{number}\" name=\"picture{number}\" descr=\"{words}\"/>\
             <a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:nvPicPr>\
             <pic:cNvPr id=\"{number}\" name=\"picture{number}.png\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>\
             <a:blip r:embed=\"picture{number}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/>\
             <a:ext cx=\"{PICTURE}\" cy=\"{PICTURE}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>\
             </a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
        );
        let named =
            |(at, bar): (usize, &Bar)| format!("{} {}", at + 1, if bar.id.is_empty() { &bar.label } else { &bar.id });
        let names: Vec<String> = bars.rows.iter().enumerate().map(named).collect();
        let caption = format!("{}   {}", bars.caption, names.join(" · "));
        self.paragraph(caption.trim(), Stand { style: "Caption", ..Stand::default() });
    }

    /// A line for each group, its squares as shaded cells.
    fn heat_map(&mut self, map: &HeatMap) {
        const ACROSS: usize = 10;
        self.paragraph(&caption_of(map), Stand { style: "Caption", ..Stand::default() });
        self.table_open("", &[WIDTH / (ACROSS + 1); ACROSS + 1]);
        for group in &map.rows {
            for (at, items) in group.items.chunks(ACROSS).enumerate() {
                let name = if at == 0 { Cell::Id(group.id.clone()) } else { Cell::Text(String::new()) };
                let squares: Vec<(Cell, Option<&str>)> = items
                    .iter()
                    .map(|(id, step)| {
                        let words = step.map_or("–".to_string(), |step| step.to_string());
                        (Cell::Id(format!("{id}: {words}")), step.map(|step| shade(step, map.steps.len()).0))
                    })
                    .chain(std::iter::repeat_n((Cell::Text(String::new()), None), ACROSS - items.len()))
                    .collect();
                let mut cells = vec![(&name, None, true)];
                cells.extend(squares.iter().map(|(cell, fill)| (cell, *fill, false)));
                self.row(false, &cells);
            }
        }
        self.table_end();
    }

    fn table_open(&mut self, caption: &str, widths: &[usize]) {
        if !caption.is_empty() {
            self.paragraph(caption, Stand { style: "Caption", ..Stand::default() });
        }
        let bidi = if self.is_rtl { "<w:bidiVisual/>" } else { "" };
        let _ = write!(
            self.out,
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"Grid\"/>{bidi}<w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>"
        );
        widths.iter().for_each(|width| _ = write!(self.out, "<w:gridCol w:w=\"{width}\"/>"));
        self.out.push_str("</w:tblGrid>");
    }

    fn table_end(&mut self) {
        // Between two tables stands a paragraph; else they become one.
        self.out.push_str("</w:tbl><w:p><w:pPr><w:pStyle w:val=\"Cell\"/></w:pPr></w:p>");
    }

    /// Cells with their fill, and whether they are a head.
    fn row(&mut self, is_head: bool, cells: &[(&Cell, Option<&str>, bool)]) {
        self.out.push_str("<w:tr><w:trPr><w:cantSplit/>");
        self.out.push_str(if is_head { "<w:tblHeader/></w:trPr>" } else { "</w:trPr>" });
        for (cell, fill, is_bold) in cells {
            self.out.push_str("<w:tc><w:tcPr>");
            if let Some(fill) = fill.or(is_head.then_some("#eaeef2")) {
                let _ = write!(
                    self.out,
                    "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{}\"/>",
                    fill.trim_start_matches('#')
                );
            }
            self.out.push_str("</w:tcPr>");
            let is_dark = fill.is_some_and(|fill| matches!(fill, "#2f7c9f" | "#0b4f6c"));
            let stand = Stand {
                style: "Cell",
                is_id: matches!(cell, Cell::Id(_)),
                is_number: matches!(cell, Cell::Number(_)),
                is_bold: *is_bold || is_dark,
                is_point: false,
            };
            self.paragraph(cell.text(), stand);
            self.out.push_str("</w:tc>");
        }
        self.out.push_str("</w:tr>");
    }

    fn paragraph(&mut self, text: &str, stand: Stand<'_>) {
        self.open(stand);
        if stand.is_id {
            self.run(&line(text), false, stand.is_bold);
        } else {
            self.runs(text, stand.is_bold);
        }
        self.out.push_str("</w:p>");
    }

    fn open(&mut self, stand: Stand<'_>) {
        let _ = write!(self.out, "<w:p><w:pPr><w:pStyle w:val=\"{}\"/>", stand.style);
        if stand.is_point {
            self.out.push_str("<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>");
        }
        // In a paragraph from right to left "left" is where a line begins.
        match (self.is_rtl, stand.is_id, stand.is_number) {
            (true, true, _) => self.out.push_str("<w:bidi w:val=\"0\"/><w:jc w:val=\"right\"/>"),
            (true, false, number) => {
                self.out.push_str(if number { "<w:bidi/><w:jc w:val=\"right\"/>" } else { "<w:bidi/>" });
            }
            (false, _, true) => self.out.push_str("<w:jc w:val=\"right\"/>"),
            (false, _, false) => {}
        }
        self.out.push_str("</w:pPr>");
    }

    /// A text as pieces of one direction each: Word chooses font and order by the piece.
    fn runs(&mut self, text: &str, is_bold: bool) {
        let text = without_marks(&shown(text));
        let mut piece = String::new();
        let mut is_rtl = self.is_rtl;
        for c in text.chars() {
            let direction = if is_right_to_left(c) {
                Some(true)
            } else if c.is_alphanumeric() {
                Some(false)
            } else {
                None
            };
            if let Some(direction) = direction.filter(|direction| *direction != is_rtl) {
                self.run(&piece, is_rtl, is_bold);
                piece.clear();
                is_rtl = direction;
            }
            piece.push(c);
        }
        self.run(&piece, is_rtl, is_bold);
    }

    fn run(&mut self, text: &str, is_rtl: bool, is_bold: bool) {
        if text.is_empty() {
            return;
        }
        self.out.push_str("<w:r><w:rPr>");
        if is_bold {
            self.out.push_str("<w:b/><w:bCs/>");
        }
        self.out.push_str(if is_rtl { "<w:rtl/></w:rPr>" } else { "</w:rPr>" });
        for (at, text) in text.split('\n').enumerate() {
            if at > 0 {
                self.out.push_str("<w:br/>");
            }
            let _ = write!(self.out, "<w:t xml:space=\"preserve\">{}</w:t>", escaped(&text.replace('\t', " ")));
        }
        self.out.push_str("</w:r>");
    }
}
