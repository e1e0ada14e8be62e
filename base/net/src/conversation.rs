//! What makes a letter part of a conversation: what it answers, who reads along, and whether a person wrote it.

use crate::letter::{Addressee, Letter, one_line};

/// The longest Message-ID that is repeated; with its brackets it fits on a line of a header.
const ID_CHARS: usize = 250;
/// How many messages a letter refers to: the first, which began it all, and the last.
const REFERENCES: usize = 20;

/// Whether a machine speaks (RFC 3834).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Automatic {
    /// A person wrote it.
    #[default]
    No,
    /// A machine wrote it by itself.
    Generated,
    /// A machine answered. Nobody is told when it cannot be delivered.
    Replied,
}

/// The place of a letter in a conversation.
#[derive(Debug, Clone, Default)]
pub struct Conversation {
    /// Its Message-ID, without angle brackets; empty to make one of the letter's id.
    pub message_id: String,
    /// The Message-ID of what it answers, as it was; what cannot be one is left out.
    pub in_reply_to: String,
    /// The Message-IDs of what was said before, oldest first, as they were; what cannot be one is left out.
    pub references: Vec<String>,
    /// Who reads along.
    pub cc: Vec<Addressee>,
    /// Who writes it, instead of the sender of the configuration.
    pub from: Option<Addressee>,
    /// Where answers to this letter go, instead of where they usually go.
    pub reply_to: Option<Addressee>,
    /// Whether a machine speaks.
    pub automatic: Automatic,
    /// The name of this house, by which it knows its own mail when that comes back.
    pub house: String,
}

impl Conversation {
    /// What stands in the header beside sender, recipients, date and subject.
    pub(crate) fn headers(&self, letter: &Letter) -> Vec<(&'static str, String)> {
        let mut headers = Vec::new();
        headers.extend(message_id(&self.in_reply_to).map(|id| ("In-Reply-To", id)));
        let references = self.references();
        if !references.is_empty() {
            headers.push(("References", references));
        }
        let automatic = match self.automatic {
            Automatic::No => None,
            Automatic::Generated => Some("auto-generated"),
            Automatic::Replied => Some("auto-replied"),
        };
        if let Some(automatic) = automatic {
            headers.push(("Auto-Submitted", automatic.to_string()));
            headers.push(("Precedence", "bulk".to_string()));
        }
        headers.push(("X-Manara-Loop", token(&self.house)));
        headers.push(("X-TLP", letter.tlp.label().to_string()));
        headers.push(("Content-Language", one_line(&letter.language)));
        headers
    }

    /// The first message and the last ones, each once, and what it answers at the end.
    fn references(&self) -> String {
        let mut ids: Vec<String> = Vec::new();
        for id in self.references.iter().chain([&self.in_reply_to]).filter_map(|id| message_id(id)) {
            ids.retain(|known| *known != id);
            ids.push(id);
        }
        if ids.len() > REFERENCES {
            ids.drain(1..=ids.len() - REFERENCES);
        }
        ids.join(" ")
    }
}

/// A Message-ID with its brackets, when it can be one: nothing that could end it, a line, or a header.
pub(crate) fn message_id(id: &str) -> Option<String> {
    let id = id.trim();
    let id = id.strip_prefix('<').and_then(|id| id.strip_suffix('>')).unwrap_or(id);
    let is_plain = id.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>'));
    (!id.is_empty() && id.len() <= ID_CHARS && is_plain).then(|| format!("<{id}>"))
}

/// The name of the house as one word that every filter can compare.
fn token(house: &str) -> String {
    let token: String =
        house.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_')).take(100).collect();
    if token.is_empty() { "manara".into() } else { token }
}

#[cfg(test)]
mod tests {
    use lettre::message::Mailbox;
    use manara_model::{Micros, Tlp};

    use super::{Automatic, Conversation};
    use crate::letter::{Addressee, Letter, LetterError, Mail, build};

    fn letter() -> Letter {
        Letter {
            id: "0190a8c2".into(),
            reference: "R-7".into(),
            date: Micros(1_768_435_200_000_000),
            to: vec![Addressee { name: "Reporter".into(), mail: "reporter@example.net".into() }],
            subject: "Re: [R-7] phishing".into(),
            text: "Thank you.\n".into(),
            language: "en".into(),
            tlp: Tlp::Amber,
            attachments: Vec::new(),
        }
    }

    fn built(conversation: &Conversation) -> Result<Mail, LetterError> {
        let from: Mailbox = "CIRT <cirt@example.org>".parse().expect("an address");
        build(&letter(), &from, Some(&from), Some(conversation))
    }

    /// The header, unfolded.
    fn header(conversation: &Conversation) -> Vec<String> {
        let mail = built(conversation).expect("built");
        mail.header().replace("\r\n ", " ").lines().map(str::to_string).collect()
    }

    fn somebody(mail: &str) -> Addressee {
        Addressee { name: String::new(), mail: mail.into() }
    }

    #[test]
    fn an_answer_stands_in_its_conversation() {
        let conversation = Conversation {
            message_id: "R-7.x1@cirt.example.org".into(),
            in_reply_to: "<b@example.net>".into(),
            references: vec!["a@example.net".into(), "<b@example.net>".into()],
            cc: vec![somebody("boss@example.net")],
            from: None,
            reply_to: Some(somebody("cirt+7@example.org")),
            automatic: Automatic::No,
            house: "cirt.example.org".into(),
        };
        let lines = header(&conversation);
        for line in [
            "Message-ID: <R-7.x1@cirt.example.org>",
            "In-Reply-To: <b@example.net>",
            "References: <a@example.net> <b@example.net>",
            "Cc: boss@example.net",
            "Reply-To: cirt+7@example.org",
            "X-Manara-Loop: cirt.example.org",
            "X-TLP: TLP:AMBER",
            "Content-Language: en",
        ] {
            assert_eq!(lines.iter().filter(|l| *l == line).count(), 1, "{line} in {lines:#?}");
        }
        assert!(
            !lines.iter().any(|l| l.starts_with("Auto-Submitted") || l.starts_with("Precedence")),
            "a person wrote it"
        );
        let mail = built(&conversation).expect("built");
        assert_eq!(mail.message_id, "<R-7.x1@cirt.example.org>");
        assert_eq!(
            mail.to.iter().map(ToString::to_string).collect::<Vec<_>>(),
            ["reporter@example.net", "boss@example.net"]
        );
        assert_eq!(mail.from.map(|from| from.to_string()).as_deref(), Some("cirt@example.org"));
    }

    #[test]
    fn what_a_machine_says_is_marked() {
        for (automatic, marked, is_answered) in [
            (Automatic::Generated, "Auto-Submitted: auto-generated", true),
            (Automatic::Replied, "Auto-Submitted: auto-replied", false),
        ] {
            let conversation = Conversation { automatic, ..Conversation::default() };
            let lines = header(&conversation);
            for line in [marked, "Precedence: bulk", "X-Manara-Loop: manara", "Message-ID: <0190a8c2@example.org>"] {
                assert!(lines.iter().any(|l| l == line), "{line} in {lines:#?}");
            }
            assert!(!lines.iter().any(|l| l.starts_with("In-Reply-To") || l.starts_with("References")));
            assert_eq!(built(&conversation).expect("built").from.is_some(), is_answered);
        }
    }

    #[test]
    fn a_long_conversation_keeps_its_beginning_and_its_end() {
        let references = (0..100).map(|at| format!("{at}@example.net")).collect();
        let conversation = Conversation { references, in_reply_to: "99@example.net".into(), ..Conversation::default() };
        let ids = conversation.references();
        let ids: Vec<&str> = ids.split(' ').collect();
        assert_eq!(
            (ids.len(), ids[0], ids[1], ids[19]),
            (20, "<0@example.net>", "<81@example.net>", "<99@example.net>")
        );
        let mail = built(&conversation).expect("built");
        assert!(mail.header().lines().all(|line| line.len() < 200), "{}", mail.header());
    }

    #[test]
    fn nothing_of_strangers_gets_into_the_header() {
        let evil = "x@y>\r\nBcc: victim@example.org\r\n\r\nbody";
        let hostile = ["a b@c", "<>", "", "é@example.net", "a\u{0}@b", evil, &"x".repeat(251)];
        let conversation = Conversation {
            in_reply_to: evil.into(),
            references: hostile.iter().map(ToString::to_string).collect(),
            cc: vec![Addressee { name: evil.into(), mail: "boss@example.net".into() }],
            reply_to: Some(Addressee { name: evil.into(), mail: "cirt@example.org".into() }),
            house: evil.into(),
            ..Conversation::default()
        };
        let lines = header(&conversation);
        for line in &lines {
            let lower = line.to_ascii_lowercase();
            let is_foreign =
                ["bcc:", "body", "in-reply-to:", "references:"].iter().any(|begin| lower.starts_with(begin));
            assert!(!is_foreign, "{line} in {lines:#?}");
        }
        assert!(lines.iter().any(|line| line.starts_with("X-Manara-Loop: xyBccvictimexample.orgbody")), "{lines:#?}");
        let own = Conversation { message_id: evil.into(), ..Conversation::default() };
        assert_eq!(built(&own).expect_err("refused"), LetterError::MessageId(evil.into()));
        let cc = Conversation { cc: vec![somebody("a@b.example>\r\nDATA")], ..Conversation::default() };
        assert!(matches!(built(&cc), Err(LetterError::Address(_))));
    }
}
