//! Evidence of an incident: what was secured, by which hash it is known, and through whose hands it went.

use manara_model::Micros;

/// Pieces of evidence of one incident at most.
pub const EVIDENCE: i64 = 1_000;
/// Lines of custody of one piece of evidence at most.
pub const CUSTODY: i64 = 1_000;
/// The largest file that a page or a program hands in; the command line takes larger ones.
pub const EVIDENCE_BYTES: usize = 64 << 20;

/// What a piece of evidence is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EvidenceKind {
    /// A file.
    File,
    /// The image of a disk.
    Disk,
    /// The image of a memory.
    Memory,
    /// Logs.
    Log,
    /// Recorded network traffic.
    Traffic,
    /// A mail or another message.
    Message,
    /// A device.
    Device,
    /// A paper.
    Document,
    /// Something else.
    Other,
}

impl EvidenceKind {
    /// All, in the order of the form.
    pub const ALL: [EvidenceKind; 9] = [
        Self::File,
        Self::Disk,
        Self::Memory,
        Self::Log,
        Self::Traffic,
        Self::Message,
        Self::Device,
        Self::Document,
        Self::Other,
    ];

    /// The word used in SQL, files and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Disk => "disk",
            Self::Memory => "memory",
            Self::Log => "log",
            Self::Traffic => "traffic",
            Self::Message => "message",
            Self::Device => "device",
            Self::Document => "document",
            Self::Other => "other",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// What came of comparing a file with its hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The bytes are those that were kept.
    Intact,
    /// They are others.
    Damaged,
    /// The file is not there.
    Missing,
}

impl Outcome {
    /// All of them.
    pub const ALL: [Outcome; 3] = [Self::Intact, Self::Damaged, Self::Missing];

    /// The word used in SQL.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Intact => "intact",
            Self::Damaged => "damaged",
            Self::Missing => "missing",
        }
    }

    /// The message key.
    pub fn key(self) -> &'static str {
        match self {
            Self::Intact => "evidence-outcome-intact",
            Self::Damaged => "evidence-outcome-damaged",
            Self::Missing => "evidence-outcome-missing",
        }
    }

    /// The tone of its badge.
    pub(crate) fn tone(self) -> &'static str {
        if self == Self::Intact { "good" } else { "bad" }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.as_str() == text)
    }
}

/// When a file was compared with its hash, by whom, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// When.
    pub at: Micros,
    /// By whom.
    pub who: String,
    /// What came of it.
    pub outcome: Outcome,
}

/// One piece of evidence. What was written down of it is never changed; what happens to it later is a line of its custody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// UUIDv7.
    pub id: String,
    /// The incident.
    pub incident_id: String,
    /// What people call it: `INC-2026-0001-E1`.
    pub number: String,
    /// One line.
    pub name: String,
    /// What it is.
    pub kind: EvidenceKind,
    /// What else is to be said of it; may be empty.
    pub note: String,
    /// Small hexadecimal; empty when there is none.
    pub sha256: String,
    /// How many bytes; 0 when that is not known.
    pub bytes: i64,
    /// What the file is called that is kept here; empty for none.
    pub file: String,
    /// When it was secured.
    pub acquired: Micros,
    /// By whom.
    pub acquired_by: String,
    /// Where from.
    pub source: String,
    /// Where it is kept now.
    pub place: String,
    /// The last time its file was compared with its hash.
    pub check: Option<Check>,
    /// Who wrote it down, and when.
    pub added: (String, Micros),
    /// Counts its changes.
    pub version: i64,
    /// Who took it off the list, and when.
    pub removed: Option<(String, Micros)>,
}

impl Evidence {
    /// Whether its file is kept here.
    pub fn is_kept(&self) -> bool {
        !self.file.is_empty()
    }
}

/// A line of custody: who gave a piece of evidence to whom, when and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Custody {
    /// 1 is when it was secured.
    pub position: i64,
    /// When it happened.
    pub at: Micros,
    /// Who gave it, or where it was taken from.
    pub given_by: String,
    /// Who has it since.
    pub taken_by: String,
    /// Where it is kept since.
    pub place: String,
    /// Why; of the first line empty.
    pub reason: String,
    /// Who wrote the line.
    pub who: String,
    /// When.
    pub recorded: Micros,
}

/// What a piece of evidence is called.
pub(crate) fn evidence_number(incident: &str, count: i64) -> String {
    format!("{incident}-E{count}")
}

/// A SHA-256 as it is kept; `None` for what is none.
pub fn hash(text: &str) -> Option<String> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let is_one = text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit());
    is_one.then(|| text.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::{EvidenceKind, Outcome, evidence_number, hash};

    #[test]
    fn words_are_read_as_they_are_written() {
        for kind in EvidenceKind::ALL {
            assert_eq!(EvidenceKind::parse(kind.as_str()), Some(kind));
        }
        for outcome in Outcome::ALL {
            assert_eq!(Outcome::parse(outcome.as_str()), Some(outcome));
        }
        assert_eq!(evidence_number("INC-2026-0001", 2), "INC-2026-0001-E2");
    }

    #[test]
    fn a_hash_is_64_hexadecimal_digits_however_they_are_typed() {
        let plain = "a".repeat(64);
        for typed in [plain.clone(), "A".repeat(64), format!(" {} {}\n", "a".repeat(32), "A".repeat(32))] {
            assert_eq!(hash(&typed), Some(plain.clone()), "{typed:?}");
        }
        for bad in ["", "a", &"g".repeat(64), &"a".repeat(65), &"é".repeat(32)] {
            assert_eq!(hash(bad), None, "{bad:?}");
        }
    }
}
