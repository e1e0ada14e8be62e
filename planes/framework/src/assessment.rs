//! An assessment as it is kept: a subject, a version of a catalogue, a marking, a state.

use manara_model::{Micros, Tlp};

/// Characters of a subject, of a name, an organisation, a role.
pub const NAME_CHARS: usize = 120;
/// Characters of a comment or a reason.
pub const COMMENT_CHARS: usize = 2_000;
/// Characters of the name of a document, or of an address.
pub const LABEL_CHARS: usize = 500;
/// Respondents of an assessment.
pub const VOICES: usize = 1_000;
/// Pieces of evidence a respondent shows for an item.
pub const EVIDENCE: usize = 20;
/// Bytes of a file that is shown as evidence.
pub const EVIDENCE_BYTES: usize = 20 << 20;

/// Whether answers are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// They are.
    Open,
    /// No more.
    Closed,
}

impl State {
    /// Both.
    pub const ALL: [State; 2] = [Self::Open, Self::Closed];

    /// The word in SQL and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed => "closed",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

/// What kind of thing is assessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubjectKind {
    /// A nation.
    Nation,
    /// A team: a CIRT.
    Team,
    /// An organisation.
    Organisation,
}

impl SubjectKind {
    /// All of them.
    pub const ALL: [SubjectKind; 3] = [Self::Nation, Self::Team, Self::Organisation];

    /// The word in SQL, forms and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Nation => "nation",
            Self::Team => "team",
            Self::Organisation => "organisation",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// The word of one that may not have been said; empty then.
    pub fn word(kind: Option<SubjectKind>) -> &'static str {
        kind.map_or("", Self::as_str)
    }
}

/// An assessment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// Its id.
    pub id: String,
    /// What is assessed: a nation, a team, an organisation.
    pub subject: String,
    /// Which of these it is; nothing where nobody said.
    pub kind: Option<SubjectKind>,
    /// The id of the catalogue.
    pub catalogue: String,
    /// Its version.
    pub hash: String,
    /// Who may see it.
    pub tlp: Tlp,
    /// Whether answers are taken.
    pub state: State,
    /// Who began it.
    pub made_by: String,
    /// When.
    pub made: Micros,
    /// When something was said last.
    pub changed: Micros,
    /// Grows with every change of the assessment itself.
    pub version: i64,
}

/// How an assessment stood at a moment. It never changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// Its id.
    pub id: String,
    /// Of which assessment.
    pub assessment_id: String,
    /// How it is called.
    pub name: String,
    /// The version of the catalogue.
    pub hash: String,
    /// The version of the rules it was scored by.
    pub rules: i64,
    /// The SHA-256 of what was said.
    pub sha256: String,
    /// Who took it.
    pub who: String,
    /// When.
    pub at: Micros,
}

/// A text of one line, trimmed; nothing when it is empty, too long or not plain.
pub fn line(text: &str, most: usize) -> Option<String> {
    let text = text.trim();
    let fits = !text.is_empty() && text.chars().count() <= most && !text.chars().any(char::is_control);
    fits.then(|| text.to_string())
}

/// A text of several lines, which may be empty; nothing when it is too long or not plain.
pub fn words(text: &str, most: usize) -> Option<String> {
    let text = text.replace("\r\n", "\n");
    let text = text.trim();
    let plain = |c: char| !c.is_control() || c == '\n' || c == '\t';
    (text.chars().count() <= most && text.chars().all(plain)).then(|| text.to_string())
}

/// A day as 2026-11-22, or nothing; `None` when it is neither.
pub fn day(text: &str) -> Option<String> {
    let text = text.trim();
    let is_day = text.len() == 10 && Micros::parse_rfc3339(&format!("{text}T00:00:00Z")).is_some();
    (text.is_empty() || is_day).then(|| text.to_string())
}

#[cfg(test)]
mod tests {
    use super::{day, line, words};

    #[test]
    fn only_plain_texts_are_taken() {
        assert_eq!(line("  Siraj \u{627} ", 20).as_deref(), Some("Siraj \u{627}"));
        assert_eq!((line("", 9), line("a\nb", 9), line("0123456789", 9), line("a\0", 9)), (None, None, None, None));
        assert_eq!(words("a\r\nb ", 9).as_deref(), Some("a\nb"));
        assert_eq!((words("\u{1b}[2J", 9), words("", 9).as_deref()), (None, Some("")));
        assert_eq!(
            (day("2026-11-22").as_deref(), day("").as_deref(), day("2026-13-40"), day("soon")),
            (Some("2026-11-22"), Some(""), None, None)
        );
    }
}
