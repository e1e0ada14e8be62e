//! Tables as they come: the sheets of a workbook (Office Open XML, ECMA-376), or CSV. Nothing is run; of a formula its last value is
//! read.

#[cfg(test)]
mod tests;

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
                // Empty cells before it have their price, too.
                let grown = (cell.column + 1).saturating_sub(row.len());
                row.resize(row.len() + grown, String::new());
                let words = shown(&cell, texts);
                let bytes = words.len() + grown * size_of::<String>();
                *left = left.checked_sub(bytes).ok_or(GridError::TooLarge)?;
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
