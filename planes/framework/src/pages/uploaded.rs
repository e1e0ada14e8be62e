//! Forms that bring a file.

use axum::body::Bytes;
use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartError};
use axum::http::StatusCode;
use manara_store::Blobs;
use manara_web::{Fault, PageError};

use super::fields::Fields;
use crate::assessment::EVIDENCE_BYTES;

/// What a form with a field `file` sent.
pub(super) struct Uploaded {
    /// The other fields.
    pub fields: Fields,
    /// The bytes of the file; empty when none was chosen.
    pub bytes: Vec<u8>,
    /// What the file is called where it came from; empty when none was chosen.
    pub file_name: String,
}

impl Uploaded {
    /// A file that came alone.
    pub fn of(file_name: &str, bytes: Bytes) -> Uploaded {
        Uploaded { fields: Fields::of(Vec::new()), bytes: bytes.into(), file_name: file_name.to_string() }
    }

    /// Reads the form: a file of at most so many bytes, and texts of at most so many characters.
    ///
    /// # Errors
    /// What is larger, and what is no form or no text.
    pub async fn read(mut form: Multipart, file_bytes: usize, text_chars: usize) -> Result<Uploaded, PageError> {
        let (mut texts, mut bytes, mut file_name) = (Vec::new(), Vec::new(), String::new());
        while let Some(field) = form.next_field().await.map_err(unreadable)? {
            let name = field.name().unwrap_or_default().to_string();
            if name == "file" {
                file_name = field.file_name().unwrap_or_default().to_string();
                bytes = read_at_most(field, file_bytes).await?;
            } else {
                // A character has at most four bytes.
                let text = read_at_most(field, 4 * text_chars).await?;
                texts.push((name, String::from_utf8(text).map_err(PageError::unreadable)?));
            }
        }
        Ok(Uploaded { fields: Fields::of(texts), bytes, file_name })
    }

    /// Keeps the file and says its SHA-256; empty when none was chosen.
    ///
    /// # Errors
    /// A disk that refuses.
    pub async fn keep(self, blobs: &Blobs) -> Result<String, PageError> {
        if self.file_name.is_empty() {
            return Ok(String::new());
        }
        let blobs = blobs.clone();
        let kept = tokio::task::spawn_blocking(move || blobs.keep(&mut self.bytes.as_slice()));
        Ok(kept.await.map_err(PageError::internal)?.map_err(PageError::internal)?.sha256)
    }
}

/// The bytes of a file that was kept as evidence.
///
/// # Errors
/// A file that is gone or damaged.
pub(super) async fn kept_evidence(blobs: &Blobs, sha256: &str) -> Result<Vec<u8>, PageError> {
    let (blobs, sha256) = (blobs.clone(), sha256.to_string());
    let read = tokio::task::spawn_blocking(move || blobs.read(&sha256, EVIDENCE_BYTES as u64));
    read.await.map_err(PageError::internal)?.map_err(PageError::internal)
}

async fn read_at_most(mut field: Field<'_>, most: usize) -> Result<Vec<u8>, PageError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(unreadable)? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > most {
            return Err(Fault::TooLarge.into());
        }
    }
    Ok(bytes)
}

fn unreadable(error: MultipartError) -> PageError {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Fault::TooLarge.into(),
        _ => PageError::unreadable(error),
    }
}
