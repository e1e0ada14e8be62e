//! What a constituent says of a finding, and what it may say with it.

use manara_model::{Answer, Micros};

/// How long a comment may be, in characters.
pub const COMMENT_CHARS: usize = 1_000;

/// What a constituent says of one finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Said {
    /// "We have your message."
    Received,
    /// "It is mended."
    Fixed,
    /// "This is not so."
    False,
    /// "We have your message and cannot do it alone."
    Help,
}

/// Other ways to write an answer, as people who fill a table do.
const ALSO: &[(&str, Said)] = &[
    ("acknowledged", Said::Received),
    ("reçu", Said::Received),
    ("bien reçu", Said::Received),
    ("وصلت", Said::Received),
    ("استلمنا", Said::Received),
    ("mended", Said::Fixed),
    ("corrigé", Said::Fixed),
    ("عولجت", Said::Fixed),
    ("أُصلحت", Said::Fixed),
    ("أصلحت", Said::Fixed),
    ("false positive", Said::False),
    ("not so", Said::False),
    ("inexact", Said::False),
    ("faux", Said::False),
    ("غير صحيح", Said::False),
    ("need help", Said::Help),
    ("aide", Said::Help),
    ("مساعدة", Said::Help),
];

impl Said {
    /// All, in the order of the page.
    pub const ALL: [Said; 4] = [Self::Received, Self::Fixed, Self::False, Self::Help];

    /// The word used in SQL, files and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Fixed => "fixed",
            Self::False => "false",
            Self::Help => "help",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|said| said.as_str() == text)
    }

    /// Reads what a person wrote into a table: the word, in any case, or another way to say it.
    pub fn read(text: &str) -> Option<Self> {
        let word = text.trim().to_lowercase();
        Self::parse(&word).or_else(|| ALSO.iter().find(|(also, _)| *also == word).map(|(_, said)| *said))
    }

    /// What it means for the finding. Who asks for help has the message.
    pub fn answer(self) -> Answer {
        match self {
            Self::Received | Self::Help => Answer::Received,
            Self::Fixed => Answer::Fixed,
            Self::False => Answer::False,
        }
    }

    /// Whether it says that nothing is left to do.
    pub fn closes(self) -> bool {
        matches!(self, Self::Fixed | Self::False)
    }
}

/// An answer about to be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// The finding.
    pub finding_id: String,
    /// What is said of it.
    pub said: Said,
    /// With which words; may be empty.
    pub comment: String,
}

/// By which way an answer came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Via {
    /// The form of the page.
    Form,
    /// A table that was uploaded there.
    Table,
}

impl Via {
    /// The word used in SQL and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Table => "table",
        }
    }
}

/// An answer that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerRow {
    /// Its place among all answers.
    pub id: i64,
    /// The notice.
    pub notice_id: String,
    /// The number of the notice.
    pub number: String,
    /// The name of the constituent.
    pub constituent: String,
    /// The finding.
    pub finding_id: String,
    /// The asset, as the notice told it.
    pub asset: String,
    /// What was said.
    pub said: Said,
    /// What was said of the finding before, if anything.
    pub before: Option<Said>,
    /// The words with it.
    pub comment: String,
    /// The way it came: `form` or `table`.
    pub via: String,
    /// When.
    pub at: Micros,
}

/// A comment as it is kept: without what does not show, its lines ended by `\n`; `None` when it is too long.
pub fn comment(text: &str) -> Option<String> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    let kept = kept.trim();
    (kept.chars().count() <= COMMENT_CHARS).then(|| kept.to_string())
}

#[cfg(test)]
mod tests {
    use super::{COMMENT_CHARS, Said, comment};

    #[test]
    fn an_answer_is_read_in_the_words_of_three_languages() {
        for said in Said::ALL {
            assert_eq!(Said::parse(said.as_str()), Some(said));
        }
        for (text, want) in [
            (" Fixed ", Some(Said::Fixed)),
            ("CORRIGÉ", Some(Said::Fixed)),
            ("عولجت", Some(Said::Fixed)),
            ("False positive", Some(Said::False)),
            ("need help", Some(Said::Help)),
            ("", None),
            ("yes", None),
        ] {
            assert_eq!(Said::read(text), want, "{text}");
        }
    }

    #[test]
    fn a_comment_is_bounded_and_hides_nothing() {
        assert_eq!(comment(" a\r\nb\u{0}\u{7} ").as_deref(), Some("a\nb"));
        assert!(comment(&"é".repeat(COMMENT_CHARS)).is_some());
        assert!(comment(&"é".repeat(COMMENT_CHARS + 1)).is_none());
    }
}
