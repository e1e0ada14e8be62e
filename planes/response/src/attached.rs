//! What goes with a message of ours: files that somebody brought, and exports that are made for it.

/// Files of one message.
pub const FILES: usize = 20;
/// Bytes of the files of one message together: written as mail they are a third more, and mail servers take 10 MB.
pub const FILES_BYTES: i64 = 7_000_000;
/// Characters of the name of a file.
const NAME_CHARS: usize = 120;
/// What a file is said to be of which nothing better is known.
const BYTES: &str = "application/octet-stream";

/// An export that can go with a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Export {
    /// What the ticket and its incident speak of, as a table.
    ObservablesCsv,
    /// The same for programs.
    ObservablesJson,
    /// The findings of its incident, as a table.
    FindingsCsv,
    /// The same for programs.
    FindingsJson,
    /// The report of its incident, to print.
    ReportPdf,
}

impl Export {
    /// All.
    pub const ALL: [Export; 5] =
        [Self::ObservablesCsv, Self::ObservablesJson, Self::FindingsCsv, Self::FindingsJson, Self::ReportPdf];

    /// The word used in forms, by programs and in message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ObservablesCsv => "observables-csv",
            Self::ObservablesJson => "observables-json",
            Self::FindingsCsv => "findings-csv",
            Self::FindingsJson => "findings-json",
            Self::ReportPdf => "report-pdf",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|export| export.as_str() == text)
    }

    /// Whether it tells of the incident and not of the ticket alone.
    pub fn is_of_incident(self) -> bool {
        !matches!(self, Self::ObservablesCsv | Self::ObservablesJson)
    }

    /// What its file is said to be.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::ObservablesCsv | Self::FindingsCsv => "text/csv; charset=utf-8",
            Self::ObservablesJson | Self::FindingsJson => "application/json",
            Self::ReportPdf => "application/pdf",
        }
    }

    /// What its file is called, of a record.
    pub fn file_name(self, number: &str) -> String {
        let (what, ending) = self.as_str().rsplit_once('-').unwrap_or((self.as_str(), "txt"));
        format!("{number}-{what}.{ending}")
    }
}

/// The name of a file as it goes with a message: no folders, nothing that hides, no two of one message alike.
pub(crate) fn file_name(given: &str, taken: &[String]) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let hidden = |c: &char| c.is_control() || matches!(c, '"' | '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}');
    let name: String = last.chars().filter(|c| !hidden(c)).collect();
    let name = name.trim();
    // What is cut keeps its ending.
    let name: String = match name.chars().count() {
        0 => "file".into(),
        chars => name.chars().skip(chars.saturating_sub(NAME_CHARS)).collect(),
    };
    let mut count = 1;
    let mut free = name.clone();
    while taken.contains(&free) {
        count += 1;
        free = format!("{count}-{name}");
    }
    free
}

/// What a file is said to be: what its sender says, where that is a media type and no message of its own.
pub(crate) fn media_type(given: &str) -> &str {
    let token = |text: &str| {
        let known = |c: char| c.is_ascii_alphanumeric() || "!#$&-^_.+".contains(c);
        !text.is_empty() && text.len() <= 60 && text.chars().all(known)
    };
    if Export::ALL.iter().any(|export| export.media_type() == given) {
        return given;
    }
    let bare = given.split(';').next().unwrap_or_default().trim();
    match bare.split_once('/') {
        // Mail inside of mail may not be packed as a file is.
        Some(("message" | "multipart", _)) => BYTES,
        Some((kind, sort)) if token(kind) && token(sort) => bare,
        _ => BYTES,
    }
}

#[cfg(test)]
mod tests {
    use super::{Export, file_name, media_type};

    #[test]
    fn names_of_files_have_no_folders_and_are_not_taken_twice() {
        for (given, want) in [
            ("../../etc/passwd", "passwd"),
            ("C:\\temp\\log.txt", "log.txt"),
            ("a\r\nBcc: x\"", "aBcc: x"),
            ("  ", "file"),
            ("/", "file"),
        ] {
            assert_eq!(file_name(given, &[]), want);
        }
        let taken = ["log.txt".to_string(), "2-log.txt".to_string()];
        assert_eq!(file_name("log.txt", &taken), "3-log.txt");
        let long = format!("{}.txt", "x".repeat(500));
        assert!(file_name(&long, &[]).ends_with("xx.txt") && file_name(&long, &[]).len() == 120);
    }

    #[test]
    fn a_media_type_is_believed_when_it_is_one() {
        for (given, want) in [
            ("text/plain; charset=utf-8", "text/plain"),
            ("message/rfc822", "application/octet-stream"),
            ("multipart/mixed", "application/octet-stream"),
            ("text/plain\r\nX: y", "application/octet-stream"),
            ("", "application/octet-stream"),
        ] {
            assert_eq!(media_type(given), want);
        }
    }

    #[test]
    fn exports_are_named_by_what_they_hold() {
        for export in Export::ALL {
            assert_eq!(Export::parse(export.as_str()), Some(export));
        }
        assert_eq!(Export::ObservablesCsv.file_name("2026-0000001"), "2026-0000001-observables.csv");
        assert!(Export::parse("all").is_none());
    }
}
