//! A document as DOCX (Office Open XML, ISO/IEC 29500), for who has to work on in it.
//!
//! Written by hand: paragraphs, tables and lists with their direction from right to left are a few elements, and the bytes are the same
//! for the same document.

mod body;
mod parts;
mod picture;

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::PrintError;
use crate::document::Document;

/// The bytes of the file.
pub fn docx(document: &Document) -> Result<Vec<u8>, PrintError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // The first day the format knows: the same document gives the same bytes.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let (body, pictures) = body::document(document);
    let texts = [
        ("[Content_Types].xml", parts::CONTENT_TYPES.to_string()),
        ("_rels/.rels", parts::RELATIONS.to_string()),
        ("docProps/core.xml", parts::core(document)),
        ("word/_rels/document.xml.rels", parts::document_relations(pictures.len())),
        ("word/styles.xml", parts::styles(document)),
        ("word/numbering.xml", parts::NUMBERING.to_string()),
        ("word/settings.xml", parts::SETTINGS.to_string()),
        ("word/header1.xml", body::header(document)),
        ("word/footer1.xml", body::footer(document)),
        ("word/document.xml", body),
    ];
    let mut files: Vec<(String, Vec<u8>)> =
        texts.into_iter().map(|(name, text)| (name.to_string(), text.into_bytes())).collect();
    files.extend(pictures.into_iter().enumerate().map(|(at, picture)| (parts::picture(at + 1), picture)));
    for (name, bytes) in files {
        zip.start_file(name, options).map_err(|error| PrintError::Layout(error.to_string()))?;
        zip.write_all(&bytes).map_err(|error| PrintError::Layout(error.to_string()))?;
    }
    let done = zip.finish().map_err(|error| PrintError::Layout(error.to_string()))?;
    Ok(done.into_inner())
}
