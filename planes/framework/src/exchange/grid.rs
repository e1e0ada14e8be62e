//! Tables as they come: the sheets of a workbook (Office Open XML, ECMA-376), or CSV. Nothing is run; of a formula its last value is
//! read.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use super::xml::{Token, Xml, attribute};
use crate::table::one_line_end;

/// Bytes a file may have.
pub const GRID_BYTES: usize = 8 << 20;
/// Bytes a part of a workbook may unpack to.
const PART_BYTES: u64 = 64 << 20;
/// Sheets that are read.
const SHEETS: usize = 10;
/// Rows of all sheets together.
const ROWS: usize = 100_000;
/// Columns that are read; more of them are passed over.
const COLUMNS: usize = 64;
/// Characters of a cell.
const CELL_CHARS: usize = 32_767;
/// Texts that the cells of a workbook share.
const TEXTS: usize = 1_000_000;

/// Bytes of all cells together: one long text may be shared by millions of them.
const CELL_BYTES: usize = 64 << 20;

/// The rows of a file in their order, each with its line from 1. Sheets follow each other.
pub(super) type Grid = Vec<(u64, Vec<String>)>;

/// Why a file is no table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GridError {
    /// It is too large, packed or unpacked.
    #[error("the file is too large; expected at most {GRID_BYTES} bytes, {ROWS} rows")]
    TooLarge,
    /// A part of the workbook is missing or broken.
    #[error("the workbook is damaged at {0}; open it in a spreadsheet program and save it as .xlsx again")]
    Damaged(String),
    /// It is text, but not UTF-8.
    #[error("the file is neither a workbook (.xlsx) nor CSV in UTF-8; save it as one of them")]
    Unknown,
}

/// Reads a workbook or CSV, whichever the bytes are.
pub(super) fn read_grid(bytes: &[u8]) -> Result<Grid, GridError> {
    if bytes.len() > GRID_BYTES {
        return Err(GridError::TooLarge);
    }
    if bytes.starts_with(b"PK\x03\x04") { workbook(bytes) } else { comma_separated(bytes) }
}

fn comma_separated(bytes: &[u8]) -> Result<Grid, GridError> {
    let text =
        std::str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)).map_err(|_| GridError::Unknown)?;
    if text.contains('\0') {
        return Err(GridError::Unknown);
    }
    let first = text.lines().next().unwrap_or_default();
    let count = |delimiter: char| first.matches(delimiter).count();
    let delimiter = [',', ';', '\t'].into_iter().max_by_key(|one| (count(*one), *one == ',')).unwrap_or(',');
    let lines = one_line_end(text.as_bytes());
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .delimiter(u8::try_from(delimiter).unwrap_or(b','))
        .from_reader(lines.as_slice());
    let mut grid = Grid::new();
    for record in reader.records() {
        let record = record.map_err(|_| GridError::Unknown)?;
        if grid.len() >= ROWS {
            return Err(GridError::TooLarge);
        }
        let line = record.position().map_or(0, csv::Position::line);
        grid.push((line, record.iter().take(COLUMNS).map(str::to_string).collect()));
    }
    Ok(grid)
}

fn workbook(bytes: &[u8]) -> Result<Grid, GridError> {
    let damaged = |part: &str| GridError::Damaged(part.into());
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged("its packing"))?;
    let book = part(&mut archive, "xl/workbook.xml")?.ok_or_else(|| damaged("xl/workbook.xml"))?;
    let links =
        part(&mut archive, "xl/_rels/workbook.xml.rels")?.ok_or_else(|| damaged("xl/_rels/workbook.xml.rels"))?;
    let texts = match part(&mut archive, "xl/sharedStrings.xml")? {
        Some(xml) => shared(&xml)?,
        None => Vec::new(),
    };
    let mut targets = Vec::new();
    for token in Xml::new(&links) {
        if let Token::Open { name: "Relationship", tag, .. } = token.ok_or_else(|| damaged("xl/_rels"))? {
            targets.extend(attribute(tag, "Id").zip(attribute(tag, "Target")));
        }
    }
    let (mut grid, mut left) = (Grid::new(), CELL_BYTES);
    let mut sheets = 0;
    for token in Xml::new(&book) {
        let Token::Open { name: "sheet", tag, .. } = token.ok_or_else(|| damaged("xl/workbook.xml"))? else { continue };
        sheets += 1;
        if sheets > SHEETS {
            break;
        }
        let id = attribute(tag, "id").unwrap_or_default();
        let target =
            targets.iter().find(|(known, _)| *known == id).map(|(_, target)| target.as_str()).unwrap_or_default();
        let path = match target.strip_prefix('/') {
            Some(whole) => whole.to_string(),
            None => format!("xl/{target}"),
        };
        // A chart on a sheet of its own is no table.
        if !path.contains("chartsheet") {
            let xml = part(&mut archive, &path)?.ok_or_else(|| damaged(&path))?;
            sheet(&xml, &path, &texts, (&mut grid, &mut left))?;
        }
    }
    Ok(grid)
}

fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, path: &str) -> Result<Option<String>, GridError> {
    let damaged = |_| GridError::Damaged(path.chars().take(100).collect());
    let file = match archive.by_name(path) {
        Ok(file) => file,
        Err(zip::result::ZipError::FileNotFound) => return Ok(None),
        Err(_) => return Err(damaged(())),
    };
    let mut bytes = Vec::new();
    // One byte more shows that it is too long, whatever the archive says of its size.
    file.take(PART_BYTES + 1).read_to_end(&mut bytes).map_err(|_| damaged(()))?;
    if bytes.len() as u64 > PART_BYTES {
        return Err(GridError::TooLarge);
    }
    let text = String::from_utf8(bytes).map_err(|_| damaged(()))?;
    Ok(Some(text.strip_prefix('\u{feff}').map(str::to_string).unwrap_or(text)))
}

/// The texts that cells share.
fn shared(xml: &str) -> Result<Vec<String>, GridError> {
    let mut texts = Vec::new();
    let (mut current, mut in_text, mut aside) = (String::new(), false, 0);
    for token in Xml::new(xml) {
        match token.ok_or_else(|| GridError::Damaged("xl/sharedStrings.xml".into()))? {
            Token::Open { name: "si", empty, .. } => {
                current.clear();
                if empty {
                    texts.push(String::new());
                }
            }
            Token::Close("si") => texts.push(std::mem::take(&mut current)),
            // How a word sounds is no part of it.
            Token::Open { name: "rPh", empty: false, .. } => aside += 1,
            Token::Close("rPh") => aside -= 1,
            Token::Open { name: "t", empty, .. } => in_text = !empty,
            Token::Close("t") => in_text = false,
            Token::Text(text) if in_text && aside == 0 => current.push_str(&decoded(&text)),
            _ => {}
        }
        if texts.len() > TEXTS {
            return Err(GridError::TooLarge);
        }
    }
    Ok(texts)
}

/// A cell while it is read.
#[derive(Default)]
struct Cell {
    column: usize,
    kind: String,
    words: String,
}

fn sheet(xml: &str, path: &str, texts: &[String], (grid, left): (&mut Grid, &mut usize)) -> Result<(), GridError> {
    let (mut line, mut row, mut cell) = (0u64, Vec::<String>::new(), Cell::default());
    let (mut next, mut reads) = (0, false);
    for token in Xml::new(xml) {
        match token.ok_or_else(|| GridError::Damaged(path.into()))? {
            Token::Open { name: "row", tag, .. } => {
                line = attribute(tag, "r").and_then(|at| at.parse().ok()).unwrap_or(line.saturating_add(1));
                next = 0;
                row.clear();
            }
            Token::Close("row") => {
                if grid.len() >= ROWS {
                    return Err(GridError::TooLarge);
                }
                grid.push((line, std::mem::take(&mut row)));
            }
            Token::Open { name: "c", tag, empty } => {
                let column = attribute(tag, "r").and_then(|at| column(&at)).unwrap_or(next);
                next = column.saturating_add(1);
                cell = Cell { column, kind: attribute(tag, "t").unwrap_or_default(), words: String::new() };
                reads = reads && !empty;
            }
            Token::Open { name: "v" | "t", empty, .. } => reads = !empty,
            Token::Close("v" | "t") => reads = false,
            Token::Text(text) if reads => cell.words.push_str(&text),
            Token::Close("c") if cell.column < COLUMNS => {
                if row.len() <= cell.column {
                    row.resize(cell.column + 1, String::new());
                }
                let words = shown(&cell, texts);
                *left = left.checked_sub(words.len()).ok_or(GridError::TooLarge)?;
                if let Some(slot) = row.get_mut(cell.column) {
                    *slot = words;
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn shown(cell: &Cell, texts: &[String]) -> String {
    let words = match cell.kind.as_str() {
        "s" => {
            let shared = cell.words.trim().parse::<usize>().ok().and_then(|at| texts.get(at));
            return shared.map_or_else(String::new, |text| cut(text).to_string());
        }
        "inlineStr" | "str" => decoded(&cell.words),
        "b" => {
            if cell.words.trim() == "1" {
                "TRUE".into()
            } else {
                "FALSE".into()
            }
        }
        "e" => String::new(),
        _ => match cell.words.trim().parse::<f64>() {
            // 3.0 and 3E0 are how some programs write 3.
            Ok(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
            _ => cell.words.trim().to_string(),
        },
    };
    cut(&words).to_string()
}

/// What fits into a cell.
fn cut(text: &str) -> &str {
    let end = text.char_indices().nth(CELL_CHARS).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or(text)
}

/// The number of a column from 0, of an address such as `AB12`.
fn column(address: &str) -> Option<usize> {
    let letters = address.bytes().take_while(u8::is_ascii_uppercase);
    let number = letters.take(4).fold(0usize, |sum, letter| sum * 26 + usize::from(letter - b'A') + 1);
    number.checked_sub(1)
}

/// What a text means: `_x000D_` stands for what XML cannot hold.
fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("_x") {
        out.push_str(before);
        let code = after.split_at_checked(4).filter(|(_, end)| end.starts_with('_'));
        let sign = code.and_then(|(hex, end)| {
            let sign = char::from_u32(u32::from_str_radix(hex, 16).ok()?)?;
            Some((sign, end.strip_prefix('_')?))
        });
        match sign {
            Some((sign, end)) => {
                out.push(sign);
                rest = end;
            }
            None => {
                out.push_str("_x");
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{GRID_BYTES, GridError, column, decoded, read_grid};

    fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
        use std::io::Write as _;
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, text) in parts {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn book(sheet: &str, texts: &str) -> Vec<u8> {
        packed(&[
            (
                "xl/workbook.xml",
                r#"<?xml version="1.0"?><x:workbook xmlns:x="m" xmlns:r="n"><x:sheets><x:sheet name="A" sheetId="1" r:id="rId7"/></x:sheets></x:workbook>"#,
            ),
            (
                "xl/_rels/workbook.xml.rels",
                r#"<Relationships><Relationship Id="rId7" Type="t" Target="worksheets/sheet1.xml"/></Relationships>"#,
            ),
            ("xl/sharedStrings.xml", texts),
            ("xl/worksheets/sheet1.xml", sheet),
        ])
    }

    #[test]
    fn a_workbook_is_read_cell_by_cell() {
        let texts = "<sst><si><t>a &lt; b</t></si><si><r><t xml:space=\"preserve\">two </t></r><rPh><t>no</t></rPh><r><t>runs</t></r></si><si/></sst>";
        let sheet = r#"<worksheet><!-- c --><sheetData><row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c></row>
            <row><c><v>3.0</v></c><c t="inlineStr"><is><t>in _x000A_line</t></is></c><c t="b"><v>1</v></c><c t="str"><f>1+1</f><v>"x"</v></c><c s="1"/><c t="e"><v>#REF!</v></c></row></sheetData></worksheet>"#;
        let grid = read_grid(&book(sheet, texts)).unwrap();
        assert_eq!(grid[0], (2, vec!["a < b".to_string(), String::new(), "two runs".into()]));
        assert_eq!(grid[1].0, 3);
        assert_eq!(grid[1].1, ["3", "in \nline", "TRUE", "\"x\"", "", ""]);
    }

    #[test]
    fn what_is_damaged_or_hostile_is_told_and_nothing_breaks() {
        for (sheet, texts) in [
            ("<worksheet><row><c><v>1", "<sst/>"),
            ("<!DOCTYPE x [<!ENTITY a \"b\">]><worksheet/>", "<sst/>"),
            ("<worksheet><row><c t=\"str\"><v>&nosuch;</v></c></row></worksheet>", "<sst/>"),
            ("<worksheet/>", "<sst><si><t>"),
        ] {
            assert!(matches!(read_grid(&book(sheet, texts)), Err(GridError::Damaged(_))), "{sheet} {texts}");
        }
        assert!(matches!(read_grid(&packed(&[("a", "b")])), Err(GridError::Damaged(_))));
        assert_eq!(read_grid(b"PK\x03\x04 and nothing"), Err(GridError::Damaged("its packing".into())));
        assert_eq!(read_grid(&vec![b'x'; GRID_BYTES + 1]), Err(GridError::TooLarge));
        assert_eq!(read_grid(b"a,b\n\xff\xfe"), Err(GridError::Unknown));
    }

    #[test]
    fn one_long_text_in_many_cells_and_the_last_of_all_lines_break_nothing() {
        let row = format!("<row>{}</row>", r#"<c t="s"><v>0</v></c>"#.repeat(60));
        let many = format!("<worksheet><sheetData>{}</sheetData></worksheet>", row.repeat(60));
        let long = format!("<sst><si><t>{}</t></si></sst>", "x".repeat(40_000));
        assert_eq!(read_grid(&book(&many, &long)), Err(GridError::TooLarge), "3,600 cells of 32,767 characters");
        let short = read_grid(&book(&many, "<sst><si><t>x</t></si></sst>")).unwrap();
        assert_eq!((short.len(), short[59].1.len()), (60, 60));
        let last =
            r#"<worksheet><row r="18446744073709551615"><c><v>1</v></c></row><row><c><v>2</v></c></row></worksheet>"#;
        let lines: Vec<u64> = read_grid(&book(last, "<sst/>")).unwrap().into_iter().map(|(line, _)| line).collect();
        assert_eq!(lines, [u64::MAX, u64::MAX]);
    }

    #[test]
    fn csv_is_read_with_any_of_the_three_separators() {
        for text in ["item,level\nH-1,3\n", "item;level\nH-1;3\n", "\u{feff}item\tlevel\r\nH-1\t3\r\n"] {
            let grid = read_grid(text.as_bytes()).unwrap();
            assert_eq!(grid[1], (2, vec!["H-1".to_string(), "3".into()]), "{text}");
        }
    }

    #[test]
    fn addresses_and_codes_are_read() {
        assert_eq!((column("A1"), column("Z9"), column("AA1"), column("1")), (Some(0), Some(25), Some(26), None));
        assert_eq!(decoded("a_x005F_x000D_b_x00e9__xZZ"), "a_x000D_bé_xZZ");
    }

    /// A text as XML holds it.
    fn escaped(text: &str) -> String {
        text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
    }

    proptest! {
        #[test]
        fn what_stands_in_the_cells_is_read_and_nothing_else(
            rows in prop::collection::vec(prop::collection::vec("[a-zé ا<>&\"']{0,6}", 1..6), 1..6),
            is_shared in any::<bool>(),
        ) {
            let mut texts = String::new();
            let mut sheet = String::new();
            let mut count = 0;
            for row in &rows {
                sheet.push_str("<row>");
                for text in row {
                    let text = escaped(text);
                    if is_shared {
                        texts.push_str(&format!("<si><t xml:space=\"preserve\">{text}</t></si>"));
                        sheet.push_str(&format!("<c t=\"s\"><v>{count}</v></c>"));
                        count += 1;
                    } else {
                        sheet.push_str(&format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>"));
                    }
                }
                sheet.push_str("</row>");
            }
            let read = read_grid(&book(&format!("<worksheet>{sheet}</worksheet>"), &format!("<sst>{texts}</sst>"))).unwrap();
            let read: Vec<Vec<String>> = read.into_iter().map(|(_, row)| row).collect();
            prop_assert_eq!(read, rows);
        }

        #[test]
        fn any_bytes_are_a_table_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..300), xml in "[<>/&;a-z\"' =!?\\[\\]-]{0,120}") {
            let _ = read_grid(&bytes);
            let mut zip = b"PK\x03\x04".to_vec();
            zip.extend(&bytes);
            let _ = read_grid(&zip);
            let _ = read_grid(&book(&xml, "<sst/>"));
            let _ = read_grid(&book("<worksheet/>", &xml));
        }
    }
}
