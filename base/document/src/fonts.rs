//! The fonts of this machine. None is built in: a font of Arabic is as large as the rest of the program's data together.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook, FontStyle, FontWeight};
use typst::utils::LazyHash;

/// Where systems keep fonts.
const FOLDERS: [&str; 4] =
    ["/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/texmf/fonts/opentype", "/Library/Fonts"];
/// Families that are looked for there, the wanted first. A file is known by its name, so that not every font is read.
const FAMILIES: [&str; 8] = [
    "NotoSans",
    "NotoSansArabic",
    "NotoNaskhArabic",
    "DejaVuSans",
    "NotoSansMono",
    "NotoSansSymbols2",
    "LiberationSans",
    "Amiri",
];
const CUTS: [&str; 4] = ["", "-Regular", "-Bold", "-Italic"];

/// Folders and files that are looked at, how deep, and how large a file may be.
const ENTRIES: usize = 20_000;
const DEPTH: usize = 6;
const FILE_BYTES: u64 = 24 << 20;
/// Fonts that are loaded at most.
const FONTS: usize = 64;

/// What every document needs: letters of the three languages, digits, and the signs of tables.
const NEEDED: [(&str, &str); 2] = [("Latin", "AzéÉç09–…·"), ("Arabic", "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأإؤئىة؟،")];

/// Fonts that were found and read.
#[derive(Clone)]
pub struct Fonts(Arc<Found>);

struct Found {
    fonts: Vec<Font>,
    book: LazyHash<FontBook>,
    families: Vec<String>,
    files: Vec<PathBuf>,
}

impl std::fmt::Debug for Fonts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Fonts").field(&self.0.families).finish()
    }
}

impl Fonts {
    /// Looks for fonts: every font file of the folder, if there is one, then the families Manara prefers in the folders of the system.
    pub fn find(folder: Option<&Path>) -> Fonts {
        let mut files = Vec::new();
        if let Some(folder) = folder {
            let mut left = ENTRIES;
            walk(folder, DEPTH, &mut left, &mut files);
        }
        let mut of_system = Vec::new();
        let mut left = ENTRIES;
        let home = std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".local/share/fonts"));
        for folder in FOLDERS.iter().map(PathBuf::from).chain(home) {
            walk(&folder, DEPTH, &mut left, &mut of_system);
        }
        of_system.retain(|path| place(path).is_some());
        of_system.sort_by_key(|path| (place(path), path.clone()));
        of_system.dedup_by_key(|path| place(path));
        files.extend(of_system);
        files.truncate(FONTS);
        Self::read(files)
    }

    fn read(files: Vec<PathBuf>) -> Fonts {
        let mut fonts: Vec<Font> = Vec::new();
        let mut read = Vec::new();
        for path in files {
            let Ok(bytes) = std::fs::read(&path) else { continue };
            // What is no font is left out.
            let before = fonts.len();
            fonts.extend(Font::iter(Bytes::new(bytes)));
            if fonts.len() > before {
                read.push(path);
            }
        }
        let mut families: Vec<String> = Vec::new();
        for font in &fonts {
            let family = font.info().family.to_string();
            if !families.contains(&family) {
                families.push(family);
            }
        }
        let book = LazyHash::new(FontBook::from_fonts(&fonts));
        Fonts(Arc::new(Found { fonts, book, families, files: read }))
    }

    /// The scripts for which no font is there.
    pub fn missing(&self) -> Vec<&'static str> {
        let has = |c: char| self.0.fonts.iter().any(|font| font.info().coverage.contains(u32::from(c)));
        NEEDED.iter().filter(|(_, letters)| !letters.chars().all(has)).map(|(script, _)| *script).collect()
    }

    /// Whether a bold cut is there for headings.
    pub fn has_bold(&self) -> bool {
        self.0.fonts.iter().any(|font| {
            let variant = font.info().variant;
            variant.weight >= FontWeight::BOLD && variant.style == FontStyle::Normal
        })
    }

    /// The names of the families, the wanted first.
    pub fn families(&self) -> &[String] {
        &self.0.families
    }

    /// The files they were read from.
    pub fn files(&self) -> &[PathBuf] {
        &self.0.files
    }

    pub(crate) fn book(&self) -> &LazyHash<FontBook> {
        &self.0.book
    }

    pub(crate) fn font(&self, index: usize) -> Option<Font> {
        self.0.fonts.get(index).cloned()
    }
}

/// Where a file stands among the wanted ones; nothing when it is not wanted.
fn place(path: &Path) -> Option<(usize, usize)> {
    let stem = path.file_stem()?.to_str()?;
    FAMILIES.iter().enumerate().find_map(|(at, family)| {
        let cut = stem.strip_prefix(family)?;
        // The cut of a family without a name is its regular one.
        let cut = CUTS.iter().position(|known| *known == cut)?;
        Some((at, cut.max(1)))
    })
}

/// Collects font files; links to folders are not followed into circles because the depth ends them.
fn walk(folder: &Path, depth: usize, left: &mut usize, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.flatten().take(*left).map(|entry| entry.path()).collect();
    *left -= paths.len();
    paths.sort();
    for path in paths {
        let Ok(about) = std::fs::metadata(&path) else { continue };
        if about.is_dir() && depth > 0 {
            walk(&path, depth - 1, left, files);
        } else if about.is_file() && about.len() <= FILE_BYTES && is_font(&path) {
            files.push(path);
        }
    }
}

fn is_font(path: &Path) -> bool {
    let end = path.extension().and_then(|end| end.to_str()).unwrap_or_default();
    ["ttf", "otf", "ttc"].iter().any(|known| known.eq_ignore_ascii_case(end))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Fonts, place};

    #[test]
    fn only_wanted_files_are_read_and_the_wanted_first() {
        let of = |name: &str| place(Path::new(name));
        assert_eq!(of("/f/NotoSans-Regular.ttf"), Some((0, 1)));
        assert!(of("NotoSans-Bold.ttf") < of("NotoSansArabic-Regular.ttf"));
        assert_eq!(of("DejaVuSans.ttf"), Some((3, 1)));
        assert_eq!((of("NotoSansThai-Regular.ttf"), of("NotoSans-Black.ttf"), of("x")), (None, None, None));
    }

    #[test]
    fn without_fonts_it_is_said_what_is_missing() {
        let none = Fonts::read(Vec::new());
        assert_eq!(none.missing(), ["Latin", "Arabic"]);
        let folder = tempfile::tempdir().expect("a folder");
        let broken = folder.path().join("broken.ttf");
        std::fs::write(&broken, b"not a font").expect("written");
        assert!(Fonts::read(vec![broken]).families().is_empty(), "what is no font is left out");
    }
}
