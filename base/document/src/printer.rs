//! The door to the printers.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use crate::document::{CHARS, Document, PIECES};
use crate::fonts::Fonts;
use crate::{docx, html, markdown, pdf};

/// As what a document is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// PDF, for paper and for who signs.
    Pdf,
    /// DOCX, for who works on in it.
    Docx,
    /// HTML with its own styles, for a browser.
    Html,
    /// Markdown.
    Md,
}

impl Form {
    /// All.
    pub const ALL: [Form; 4] = [Self::Pdf, Self::Docx, Self::Html, Self::Md];

    /// The word in addresses and commands, and the end of the file's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Html => "html",
            Self::Md => "md",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.as_str() == text)
    }

    /// The name people know it by; the same in every language.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Docx => "DOCX",
            Self::Html => "HTML",
            Self::Md => "Markdown",
        }
    }

    /// The type of its bytes.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Html => "text/html; charset=utf-8",
            Self::Md => "text/markdown; charset=utf-8",
        }
    }
}

/// Why a document was not printed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PrintError {
    /// No font has the letters. Words, DOCX and HTML need none.
    #[error(
        "no font with {0} letters was found; install one (Debian: apt install fonts-noto-core) or put it into content/fonts of the data folder"
    )]
    NoFonts(String),
    /// It is larger than a reader can use.
    #[error(
        "the document is too large to print: {pieces} pieces with {chars} characters; at most {PIECES} with {CHARS}"
    )]
    TooLarge {
        /// Parts, points, rows and cells.
        pieces: usize,
        /// Bytes of its texts.
        chars: usize,
    },
    /// It took too long.
    #[error("printing took longer than {0} seconds and was given up")]
    TooSlow(u64),
    /// Too many print at once.
    #[error("other documents are being printed; try again in a minute")]
    Busy,
    /// The printer itself said no.
    #[error("the document can't be set: {0}")]
    Layout(String),
}

/// Prints documents. A copy of it shares its fonts, which are looked for at the first PDF.
#[derive(Debug, Clone, Default)]
pub struct Printer {
    folder: Option<PathBuf>,
    fonts: Arc<OnceLock<Fonts>>,
}

impl Printer {
    /// A printer with the fonts of the system, and those of a folder before them.
    pub fn new(folder: Option<PathBuf>) -> Printer {
        Printer { folder, fonts: Arc::default() }
    }

    /// Its fonts.
    pub fn fonts(&self) -> &Fonts {
        self.fonts.get_or_init(|| Fonts::find(self.folder.as_deref()))
    }

    /// The bytes of a document. A PDF of many pages takes seconds: not for a thread that others wait for.
    pub fn print(&self, document: &Document, form: Form) -> Result<Vec<u8>, PrintError> {
        let (chars, pieces) = document.size();
        if chars > CHARS || pieces > PIECES {
            return Err(PrintError::TooLarge { pieces, chars });
        }
        match form {
            Form::Pdf => pdf::pdf(document, self.fonts()),
            Form::Docx => docx::docx(document),
            Form::Html => Ok(html::html(document).into_bytes()),
            Form::Md => Ok(markdown::markdown(document).into_bytes()),
        }
    }
}
