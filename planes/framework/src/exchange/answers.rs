//! What binds the answers of a sheet that comes back. The seal a sheet leaves with says who was asked what; the answers were not there
//! yet. Whoever fills it in seals them without this server: by a digest, which shows that something was changed afterwards by whoever
//! did not make the digest anew, or by a signature, which nobody can make without the key of who answered.

use manara_web::{Cell, Words, csv_text};
use serde_json::json;

use super::form::{COLUMNS, SEAL, guarded};
use super::grid::{Grid, read_grid};
use super::seal::{Keys, is_signed};
use super::sheets::{Heads, Places, SheetError, find_head, value_of};
use crate::canonical::{canonical, hash};

/// The word before the seal of the answers.
pub(super) const ANSWERS: &str = "#answers";
/// Says what the signature is for, so that one of another use is none of this.
const USE: &[u8] = b"manara answers of a sheet 1\0";

/// What binds the answers of a sheet to whoever gave them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Bound {
    /// Nothing: the seal proves who was asked, not what was answered.
    #[default]
    No,
    /// A digest: the answers are those that were sealed, by whomever.
    Digest,
    /// A signature: the answers are those that the holder of this public key (Ed25519, Base64) sealed.
    Signed(String),
}

impl Bound {
    /// The word in JSON and message keys.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::No => "no",
            Self::Digest => "digest",
            Self::Signed(_) => "signed",
        }
    }

    /// The public key; empty without a signature.
    pub fn key(&self) -> &str {
        match self {
            Self::Signed(key) => key,
            Self::No | Self::Digest => "",
        }
    }
}

/// Seals the answers of a sheet that was filled in: as CSV, which `read_form` takes like the sheet itself. Needs no data folder and
/// no server. With keys it is signed.
pub fn seal_answers(bytes: &[u8], keys: Option<&Keys>) -> Result<Vec<u8>, SheetError> {
    let grid = read_grid(bytes)?;
    let is_book = bytes.starts_with(b"PK");
    let words = Words::built_in().map_err(|_| SheetError::NoColumn("item"))?;
    let heads = Heads::of(&words);
    let seal = row_of(&grid, SEAL).ok_or(SheetError::NoSeal)?.to_string();
    let (head, places) = find_head(&grid, &heads)?;
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for (_, row) in grid.iter().skip(head + 1).filter(|(_, row)| is_answer(row, &places, is_book)) {
        let cell = |name: &&str| Cell::Text(guarded(&value_of(row, &places, is_book, name)));
        rows.push(COLUMNS.iter().map(cell).collect());
    }
    rows.push(vec![SEAL.into(), seal.clone().into()]);
    let text = |rows: &[Vec<Cell>]| format!("\u{feff}{}", csv_text(&COLUMNS, rows));
    // What is sealed is what will be read: the bytes as they are written, read again.
    let written = read_grid(text(&rows).as_bytes())?;
    let (head, places) = find_head(&written, &heads)?;
    let digest = digest_of(&seal, (&written, head), &places, false);
    let bound = match keys {
        None => digest,
        Some(keys) => format!("{digest}.{}.{}", keys.public(), keys.sign(&signed(&digest))),
    };
    rows.push(vec![ANSWERS.into(), bound.into()]);
    Ok(text(&rows).into_bytes())
}

/// What binds the answers of a sheet; refused when they are not those that were sealed.
pub(super) fn bound(seal: &str, grid: (&Grid, usize), places: &Places, is_book: bool) -> Result<Bound, SheetError> {
    let Some(text) = row_of(grid.0, ANSWERS) else { return Ok(Bound::No) };
    let mut parts = text.split('.');
    let (digest, public, signature) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    if digest != digest_of(seal, grid, places, is_book) || parts.next().is_some() {
        return Err(SheetError::Changed);
    }
    match (public, signature) {
        (None, _) => Ok(Bound::Digest),
        (Some(public), Some(signature)) if is_signed(public, &signed(digest), signature) => {
            Ok(Bound::Signed(public.to_string()))
        }
        (Some(_), _) => Err(SheetError::NotSigned),
    }
}

/// What stands beside a word in the first column.
pub(super) fn row_of<'g>(grid: &'g Grid, word: &str) -> Option<&'g str> {
    let (_, row) = grid.iter().find(|(_, row)| row.first().is_some_and(|first| first.trim() == word))?;
    Some(row.get(1).map_or("", |text| text.trim()))
}

/// Whether a row is about an item: the lists of a workbook, seals and empty rows are not.
fn is_answer(row: &[String], places: &Places, is_book: bool) -> bool {
    let is_mark = row.first().is_some_and(|first| [SEAL, ANSWERS].contains(&first.trim()));
    let says = |name: &str| !value_of(row, places, is_book, name).is_empty();
    !is_mark && says("item") && ["question", "level", "state", "comment", "evidence"].into_iter().any(says)
}

fn digest_of(seal: &str, (grid, head): (&Grid, usize), places: &Places, is_book: bool) -> String {
    let rows = grid.iter().skip(head + 1).filter(|(_, row)| is_answer(row, places, is_book));
    let said = rows.map(|(_, row)| {
        ["item", "question", "level", "state", "comment", "evidence"].map(|name| value_of(row, places, is_book, name))
    });
    hash(&canonical(&json!([seal, said.collect::<Vec<_>>()])))
}

fn signed(digest: &str) -> Vec<u8> {
    [USE, digest.as_bytes()].concat()
}
