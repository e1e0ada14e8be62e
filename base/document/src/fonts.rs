//! The fonts of this machine. None is built in: a font of Arabic is as large as the rest of the program's data together.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use skrifa::attribute::Style;
use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider as _};

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

/// From this weight on letters are bold.
pub(crate) const BOLD: f32 = 600.0;

/// Fonts that were found and read.
#[derive(Clone)]
pub struct Fonts(Arc<Found>);

struct Found {
    faces: Vec<Face>,
    families: Vec<String>,
    files: Vec<PathBuf>,
}

/// One cut of a family.
pub(crate) struct Face {
    /// The file it is in.
    pub bytes: Arc<Vec<u8>>,
    /// Its place in the file, where one holds many.
    pub index: u32,
    /// Its family.
    pub family: String,
    /// How bold it is: 400 is usual.
    pub weight: f32,
    /// Whether it stands upright.
    pub is_upright: bool,
}

impl Face {
    /// Every cut of a file; none where it is no font.
    fn of_file(bytes: Vec<u8>) -> Vec<Face> {
        let bytes = Arc::new(bytes);
        let read = |(font, index): (FontRef, u32)| {
            let attributes = font.attributes();
            let name = |id| font.localized_strings(id).english_or_first().map(|name| name.to_string());
            let family = name(StringId::TYPOGRAPHIC_FAMILY_NAME).or_else(|| name(StringId::FAMILY_NAME))?;
            font.charmap().has_map().then(|| Face {
                bytes: Arc::clone(&bytes),
                index,
                family,
                weight: attributes.weight.value(),
                is_upright: attributes.style == Style::Normal,
            })
        };
        // A broken cut of a collection is left out, the others keep their places.
        let cuts = FontRef::fonts(&bytes).zip(0..).filter_map(|(font, index)| Some((font.ok()?, index)));
        cuts.filter_map(read).collect()
    }

    /// The font as its bytes say it.
    pub fn font(&self) -> Option<FontRef<'_>> {
        FontRef::from_index(&self.bytes, self.index).ok()
    }
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
        let mut faces: Vec<Face> = Vec::new();
        let mut read = Vec::new();
        for path in files {
            let Ok(bytes) = std::fs::read(&path) else { continue };
            // What is no font is left out.
            let before = faces.len();
            faces.extend(Face::of_file(bytes));
            if faces.len() > before {
                read.push(path);
            }
        }
        let mut families: Vec<String> = Vec::new();
        for face in &faces {
            if !families.contains(&face.family) {
                families.push(face.family.clone());
            }
        }
        Fonts(Arc::new(Found { faces, families, files: read }))
    }

    /// The scripts for which no font is there.
    pub fn missing(&self) -> Vec<&'static str> {
        let maps: Vec<_> = self.0.faces.iter().filter_map(Face::font).map(|font| font.charmap()).collect();
        let has = |c: char| maps.iter().any(|map| map.map(c).is_some());
        NEEDED.iter().filter(|(_, letters)| !letters.chars().all(has)).map(|(script, _)| *script).collect()
    }

    /// Whether a bold cut is there for headings.
    pub fn has_bold(&self) -> bool {
        self.0.faces.iter().any(|face| face.weight >= BOLD && face.is_upright)
    }

    /// The names of the families, the wanted first.
    pub fn families(&self) -> &[String] {
        &self.0.families
    }

    /// The files they were read from.
    pub fn files(&self) -> &[PathBuf] {
        &self.0.files
    }

    /// Every cut, those of the wanted families first.
    pub(crate) fn faces(&self) -> &[Face] {
        &self.0.faces
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
