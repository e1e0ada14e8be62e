//! Every printer, with everything a document can hold, in languages of both directions, with hostile texts.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::io::{Cursor, Read as _};
use std::process::Command;

use manara_document::{Bar, Bars, Cell, Direction, Document, Form, HeatMap, HeatRow, Part, PrintError, Printer, Table};
use manara_model::Tlp;
use proptest::prelude::*;

/// Texts that would be code, markup or a turned line if they were not data.
const HOSTILE: [&str; 10] = [
    "#set page(fill: red)\n#panic(\"no\") $x^2$ *b* _i_ `c` @ref <label> = h",
    "#import \"@preview/x:1.0.0\": * #read(\"/etc/passwd\")",
    "<script>alert(1)</script><w:t>&amp;]]>",
    "\u{202e}cod.exe\u{2066}\u{2069}\u{2069} \0 \u{fffe} \u{7} \r\n",
    "=cmd|' /C calc'!A0",
    "],[(\\\"{}//",
    "| a | b |\n|---|---|\n# h\n- l\n1. n",
    "مُحَمَّدٌ لا إله ١٢٣ H-2 (قوس)",
    "e\u{301}\u{301}\u{301}\u{301} 👩‍👩‍👧‍👦 \u{1f1f8}\u{1f1ea} 漢字 ไทย",
    "",
];

fn document(lang: &str, texts: &[&str]) -> Document {
    let text = |at: usize| texts.get(at % texts.len().max(1)).copied().unwrap_or_default().to_string();
    let bar = |at: usize| Bar {
        id: text(at),
        label: text(at + 1),
        parts: [0.25 * at as f64, f64::NAN],
        words: [text(at), "50 %".into()],
    };
    let bars = Bars { caption: text(1), heads: [text(2), text(3)], rows: (0..4).map(bar).collect() };
    let row = |at: usize| vec![Cell::Id(text(at)), Cell::Text(text(at + 1)), Cell::Number(text(at + 2)), Cell::Absent];
    let map = HeatMap {
        caption: text(4),
        steps: (0..5).map(text).collect(),
        without: text(5),
        rows: vec![HeatRow {
            id: text(6),
            items: (0..25).map(|at| (text(at), (at % 6 < 5).then_some(at % 6))).collect(),
        }],
    };
    Document {
        title: text(0),
        lang: lang.into(),
        direction: if lang == "ar" { Direction::RightToLeft } else { Direction::LeftToRight },
        tlp: Some(Tlp::AmberStrict),
        day: "2026-11-22".into(),
        day_words: text(7),
        page_words: "{n} / {m}".into(),
        parts: vec![
            Part::Heading(1, text(0)),
            Part::Words(text(1)),
            Part::Heading(9, text(2)),
            Part::Note(text(3)),
            Part::List { numbered: false, items: (0..3).map(text).collect() },
            Part::List { numbered: true, items: (3..6).map(text).collect() },
            Part::Pairs((0..3).map(|at| (text(at), Cell::Id(text(at + 1)))).collect()),
            Part::Table(Table { caption: text(4), head: (0..4).map(text).collect(), rows: (0..30).map(row).collect() }),
            Part::NewPage,
            Part::Bars(bars.clone()),
            Part::Radar(bars),
            Part::HeatMap(map),
        ],
    }
}

fn unzipped(bytes: Vec<u8>) -> Vec<(String, String)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let names: Vec<String> = zip.file_names().map(|name| name.expect("a name").into_owned()).collect();
    let mut parts = Vec::new();
    for name in names {
        if name.ends_with(".png") {
            let mut bytes = Vec::new();
            zip.by_name(&name).expect("a picture").read_to_end(&mut bytes).expect("bytes");
            assert!(bytes.starts_with(b"\x89PNG\r\n\x1a\n"), "{name}");
            continue;
        }
        let mut text = String::new();
        zip.by_name(&name).expect("a part").read_to_string(&mut text).expect("text");
        parts.push((name, text));
    }
    parts
}

/// Tags open and close in order, and nothing stands outside of what XML allows.
fn is_well_formed(name: &str, xml: &str) {
    let mut open: Vec<&str> = Vec::new();
    let body = xml.split_once("?>").map_or(xml, |(_, body)| body);
    for part in body.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap_or_else(|| panic!("{name}: a tag has no end: {part}"));
        assert!(!text.contains('>'), "{name}: {text}");
        assert!(!text.chars().any(|c| c.is_control() && !"\n\t".contains(c)), "{name}: {text:?}");
        for (at, _) in text.match_indices('&') {
            let known = ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"];
            assert!(known.iter().any(|sign| text[at..].starts_with(sign)), "{name}: {text}");
        }
        if let Some(closed) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(closed), "{name}");
        } else if !tag.ends_with('/') {
            open.push(tag.split_whitespace().next().unwrap_or_default());
        }
    }
    assert!(open.is_empty(), "{name}: {open:?}");
}

#[test]
fn hostile_texts_are_only_texts_in_every_form_and_direction() {
    let printer = Printer::new(None);
    assert!(printer.fonts().missing().is_empty(), "scripts/setup installs the fonts: {:?}", printer.fonts());
    for lang in ["en", "fr", "ar"] {
        let document = document(lang, &HOSTILE);
        for form in Form::ALL {
            let bytes = printer.print(&document, form).unwrap_or_else(|why| panic!("{lang} {form:?}: {why}"));
            assert_eq!(printer.print(&document, form).as_ref(), Ok(&bytes), "{lang} {form:?}: the same bytes");
            match form {
                Form::Pdf => assert!(bytes.starts_with(b"%PDF-")),
                Form::Docx => {
                    let parts = unzipped(bytes);
                    parts.iter().for_each(|(name, xml)| is_well_formed(name, xml));
                    let body = &parts.iter().find(|(name, _)| name == "word/document.xml").expect("a body").1;
                    assert_eq!(body.contains("<w:bidiVisual/>"), lang == "ar");
                    assert!(!body.contains("<script"));
                    let relations = parts.iter().find(|(name, _)| name == "word/_rels/document.xml.rels");
                    assert!(relations.expect("relations").1.contains("media/picture1.png"));
                    assert!(body.contains(r#"<a:blip r:embed="picture1"/>"#), "the radar is a picture");
                }
                Form::Html | Form::Md => {
                    let text = String::from_utf8(bytes).expect("text");
                    assert!(!text.contains("<script>") || text.contains("\\<script\\>"), "{text}");
                    assert!(!text.contains('\u{202e}') && text.contains("⟨202E⟩"));
                    assert!(text.contains("TLP:AMBER+STRICT"));
                }
            }
        }
    }
}

/// What `pdftotext` reads, where it is installed.
fn read(pdf: &[u8]) -> Option<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.pdf");
    std::fs::write(&path, pdf).expect("written");
    let read = Command::new("pdftotext").arg("-layout").arg(&path).arg("-").output().ok()?;
    assert!(read.status.success(), "{read:?}");
    Some(String::from_utf8_lossy(&read.stdout).into_owned())
}

#[test]
fn every_page_of_a_pdf_bears_marking_day_and_number() {
    let mut one = document("en", &["Figures of the year"]);
    one.title = "Assessment of Siraj".into();
    one.day_words = "22 November 2026".into();
    one.page_words = "Page {n} of {m}".into();
    one.parts.push(Part::NewPage);
    one.parts.push(Part::Words("The end".into()));
    let pdf = Printer::new(None).print(&one, Form::Pdf).expect("a PDF");
    let raw = String::from_utf8_lossy(&pdf);
    assert!(raw.contains("/Lang"), "the language stands in the catalogue");
    let Some(text) = read(&pdf) else {
        println!("pdftotext is not here: the words of the pages were not read");
        return;
    };
    let pages: Vec<&str> = text.split('\u{c}').filter(|page| !page.trim().is_empty()).collect();
    assert!(pages.len() >= 3, "{}", pages.len());
    for (at, page) in pages.iter().enumerate() {
        assert_eq!(page.matches("TLP:AMBER+STRICT").count(), 2, "header and footer: {page}");
        assert!(page.contains(&format!("Page {} of {}", at + 1, pages.len())), "{page}");
        assert!(page.contains("22 November 2026"), "{page}");
    }
}

#[test]
fn arabic_is_read_in_the_order_it_is_spoken() {
    let mut one = document("ar", &["x"]);
    one.title = "تقييم الفريق".into();
    one.parts = vec![Part::Words("وثيقة \u{2068}RFC 2350\u{2069} من مركز وطني".into())];
    let pdf = Printer::new(None).print(&one, Form::Pdf).expect("a PDF");
    let Some(text) = read(&pdf) else {
        println!("pdftotext is not here: the words of the pages were not read");
        return;
    };
    // Readers put spaces between directions where they like.
    let is_turn = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}');
    let text: String = text.chars().filter(|c| !is_turn(*c) && !c.is_whitespace()).collect();
    for words in ["تقييمالفريق", "وثيقةRFC2350منمركزوطني"] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[test]
fn a_long_table_says_its_heads_on_every_page_and_every_row_once() {
    let mut one = document("en", &["x"]);
    let row = |at: usize| vec![Cell::Id(format!("row-{at}.")), Cell::Text("Words enough for a second line ".repeat(4))];
    let head = ["Which", "What"].map(String::from).to_vec();
    one.parts = vec![Part::Table(Table { caption: "All".into(), head, rows: (0..200).map(row).collect() })];
    let pdf = Printer::new(None).print(&one, Form::Pdf).expect("a PDF");
    assert!(String::from_utf8_lossy(&pdf).contains("/StructTreeRoot"), "the file is tagged");
    let Some(text) = read(&pdf) else {
        println!("pdftotext is not here: the words of the pages were not read");
        return;
    };
    let pages: Vec<&str> = text.split('\u{c}').filter(|page| !page.trim().is_empty()).collect();
    assert!(pages.len() > 3, "{}", pages.len());
    assert!(pages.iter().all(|page| page.matches("Which").count() == 1), "{text}");
    for at in 0..200 {
        assert_eq!(text.matches(&format!("row-{at}.")).count(), 1, "row {at}");
    }
}

#[test]
fn what_no_page_can_hold_is_broken_and_not_lost() {
    let long = "x".repeat(30_000);
    let wide: Vec<String> = (0..150).map(|at| format!("column {at}")).collect();
    let tall = Table {
        head: vec![long.clone(), "b".into()],
        rows: vec![vec![Cell::Id(long.clone()); 2]; 2],
        ..Table::default()
    };
    let wide = Table { rows: vec![wide.iter().cloned().map(Cell::Text).collect()], head: wide, ..Table::default() };
    for lang in ["en", "ar"] {
        let mut one = document(lang, &["x"]);
        one.parts = vec![
            Part::Heading(1, long.clone()),
            Part::Note(long.clone()),
            Part::Table(tall.clone()),
            Part::Table(wide.clone()),
            Part::List { numbered: true, items: vec![long.clone()] },
            Part::NewPage,
            Part::NewPage,
        ];
        let pdf = Printer::new(None).print(&one, Form::Pdf).expect("a PDF");
        let Some(text) = read(&pdf) else {
            println!("pdftotext is not here: the words of the pages were not read");
            return;
        };
        // Heads of a table that are higher than a part of the page are not said again.
        assert!(text.matches('x').count() >= 8 * 30_000, "{}", text.matches('x').count());
    }
}

/// The share of dark points in the left and in the right half of the middle of the first page, where `pdftoppm` is installed.
fn ink(pdf: &[u8]) -> Option<[f64; 2]> {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, out) = (folder.path().join("a.pdf"), folder.path().join("a"));
    std::fs::write(&path, pdf).expect("written");
    let drawn =
        Command::new("pdftoppm").args(["-gray", "-r", "50", "-singlefile"]).arg(&path).arg(&out).output().ok()?;
    assert!(drawn.status.success(), "{drawn:?}");
    let image = std::fs::read(out.with_extension("pgm")).expect("a picture");
    let head: Vec<usize> = image
        .splitn(4, |byte| byte.is_ascii_whitespace())
        .skip(1)
        .take(2)
        .map(|word| String::from_utf8_lossy(word).parse().expect("a size"))
        .collect();
    let (width, height) = (head[0], head[1]);
    let points = &image[image.len() - width * height..];
    let mut dark = [0.0; 2];
    for y in height / 5..height * 4 / 5 {
        for x in 0..width {
            if points[y * width + x] < 128 {
                dark[x * 2 / width] += 1.0;
            }
        }
    }
    Some(dark.map(|count: f64| count / (width * height) as f64))
}

#[test]
fn a_page_is_drawn_and_its_lines_begin_where_the_language_does() {
    for (lang, text, begins) in [("en", "Figures of the year", 0), ("ar", "أرقام السنة", 1)] {
        let mut one = document(lang, &[text]);
        one.parts = (0..40).map(|_| Part::Words(text.into())).collect();
        let pdf = Printer::new(None).print(&one, Form::Pdf).expect("a PDF");
        let Some(dark) = ink(&pdf) else {
            println!("pdftoppm is not here: no page was drawn");
            return;
        };
        assert!(dark[begins] > 0.001, "{lang}: there are letters: {dark:?}");
        assert!(dark[begins] > dark[1 - begins] * 20.0, "{lang}: lines begin on their side: {dark:?}");
    }
}

#[test]
fn what_is_too_large_is_refused_before_it_is_set() {
    let mut large = document("en", &["x"]);
    large.parts = vec![Part::Words("x".repeat(manara_document::CHARS + 1))];
    for form in Form::ALL {
        assert!(matches!(Printer::new(None).print(&large, form), Err(PrintError::TooLarge { .. })), "{form:?}");
    }
}

#[test]
fn a_font_of_the_folder_comes_before_those_of_the_system() {
    let printer = Printer::new(None);
    let of_system = printer.fonts();
    let file = of_system.files().last().expect("scripts/setup installs fonts-noto-core");
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::copy(file, folder.path().join("ours.ttf")).expect("copied");
    let ours = Printer::new(Some(folder.path().to_path_buf()));
    assert_eq!(ours.fonts().files().first(), Some(&folder.path().join("ours.ttf")));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]
    #[test]
    fn no_text_breaks_a_printer(texts in prop::collection::vec("(\\PC|[\\x00-\\x1f<>&#$*_\\\\\\[\\]`@\u{202e}\u{2066}-\u{2069}\u{200b}مـنَ]){0,24}", 1..6), is_rtl: bool) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let document = document(if is_rtl { "ar" } else { "en" }, &texts);
        let printer = Printer::new(None);
        for form in [Form::Docx, Form::Html, Form::Md] {
            prop_assert!(printer.print(&document, form).is_ok());
        }
        for (name, xml) in unzipped(printer.print(&document, Form::Docx).expect("a package")) {
            is_well_formed(&name, &xml);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]
    #[test]
    fn no_text_breaks_the_setter(texts in prop::collection::vec("(\\PC|[<>&#$*_\\\\\u{202e}\u{2066}مـنَ]){0,16}", 1..4), is_rtl: bool) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let document = document(if is_rtl { "ar" } else { "en" }, &texts);
        let made = Printer::new(None).print(&document, Form::Pdf);
        prop_assert!(made.is_ok(), "{:?}", made.err());
    }
}
