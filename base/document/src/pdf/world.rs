//! What Typst can see: the template, the data, the fonts; nothing else.

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use crate::PrintError;
use crate::fonts::Fonts;

const TEMPLATE: &str = include_str!("template.typ");

/// The room one document is set in.
pub struct Room {
    library: LazyHash<Library>,
    fonts: Fonts,
    main: Source,
    data_id: FileId,
    data: Bytes,
}

impl Room {
    /// A room with the data of a document.
    pub fn new(data: String, fonts: Fonts) -> Result<Room, PrintError> {
        Ok(Room {
            library: LazyHash::new(Library::default()),
            fonts,
            main: Source::new(id("main.typ")?, TEMPLATE.to_string()),
            data_id: id("data.json")?,
            data: Bytes::from_string(data),
        })
    }
}

fn id(name: &str) -> Result<FileId, PrintError> {
    let path = VirtualPath::new(name).map_err(|error| PrintError::Layout(format!("{error:?}")))?;
    Ok(FileId::new(RootedPath::new(VirtualRoot::Project, path)))
}

impl World for Room {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data_id { Ok(self.data.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
