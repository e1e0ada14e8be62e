//! From a letter to the bytes of a message. The same letter always gives the same bytes.

use std::time::{Duration, UNIX_EPOCH};

use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Body, Mailbox, MultiPart, SinglePart};
use lettre::{Address, Message};
use manara_model::{Micros, Tlp};

use crate::conversation::{Automatic, Conversation, message_id};

/// Somebody a letter goes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addressee {
    /// The name; may be empty.
    pub name: String,
    /// The mail address.
    pub mail: String,
}

/// A file that goes with a letter.
#[derive(Debug, Clone)]
pub struct Attached {
    /// The file name.
    pub name: String,
    /// Such as `text/csv; charset=utf-8`.
    pub media_type: String,
    /// The content.
    pub bytes: Vec<u8>,
}

/// A letter, before it is a message.
#[derive(Debug, Clone)]
pub struct Letter {
    /// What the Message-ID is made of: the same for every try of the same letter.
    pub id: String,
    /// The number people use for it; shown in a header for mail filters.
    pub reference: String,
    /// The date in the header.
    pub date: Micros,
    /// Who gets it.
    pub to: Vec<Addressee>,
    /// One line.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// Language of the text: `en`, `ar`, `fr`.
    pub language: String,
    /// How far it may travel.
    pub tlp: Tlp,
    /// Files.
    pub attachments: Vec<Attached>,
}

/// Why a letter cannot become a message.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum LetterError {
    /// Nobody to send it to.
    #[error("there is no address to send it to")]
    NoRecipient,
    /// An address cannot be one.
    #[error("{0:?} is not a mail address")]
    Address(String),
    /// A Message-ID cannot be one.
    #[error("{0:?} is not the Message-ID of a mail, such as 17@cirt.example.org")]
    MessageId(String),
    /// A media type cannot be one.
    #[error("{0:?} is not a media type")]
    MediaType(String),
    /// It is larger than the server would take.
    #[error("the message has {bytes} bytes; at most {limit} are sent")]
    TooLarge {
        /// Its size.
        bytes: u64,
        /// The limit.
        limit: u64,
    },
    /// It cannot be put together.
    #[error("the message cannot be built: {0}")]
    Build(String),
}

/// A message, ready to travel.
#[derive(Debug, Clone)]
pub struct Mail {
    /// `<id@domain>`.
    pub message_id: String,
    /// The sender of the envelope; `None` for what nobody, nor any machine, should answer.
    pub from: Option<Address>,
    /// The recipients of the envelope.
    pub to: Vec<Address>,
    /// Header, empty line, body.
    pub bytes: Vec<u8>,
}

impl Mail {
    /// The header block, as it travels.
    pub fn header(&self) -> &str {
        let end = self.bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or(self.bytes.len());
        self.bytes.get(..end).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

/// The text on one line: whatever could end a line or hide text becomes a space. No header can be smuggled through it.
pub fn one_line(text: &str) -> String {
    let hidden = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}');
    let spaced: String = text.chars().map(|c| if hidden(c) { ' ' } else { c }).collect();
    spaced.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Builds the message of a letter that stands alone, or of one in a conversation.
pub(crate) fn build(
    letter: &Letter,
    from: &Mailbox,
    reply_to: Option<&Mailbox>,
    conversation: Option<&Conversation>,
) -> Result<Mail, LetterError> {
    if letter.to.is_empty() {
        return Err(LetterError::NoRecipient);
    }
    let own = conversation.and_then(|conversation| conversation.from.as_ref()).map(mailbox).transpose()?;
    let from = own.as_ref().unwrap_or(from);
    let id: String = letter.id.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_')).collect();
    let message_id = match conversation.map(|conversation| conversation.message_id.as_str()).unwrap_or_default() {
        "" => format!("<{id}@{}>", from.email.domain()),
        own => message_id(own).ok_or_else(|| LetterError::MessageId(own.into()))?,
    };
    let date = UNIX_EPOCH + Duration::from_micros(u64::try_from(letter.date.0).unwrap_or(0));
    let mut builder = Message::builder()
        .from(from.clone())
        .date(date)
        .message_id(Some(message_id.clone()))
        .subject(one_line(&letter.subject));
    let own_reply_to = conversation.and_then(|conversation| conversation.reply_to.as_ref()).map(mailbox).transpose()?;
    if let Some(reply_to) = own_reply_to.as_ref().or(reply_to) {
        builder = builder.reply_to(reply_to.clone());
    }
    let mut to = Vec::new();
    for addressee in &letter.to {
        let mailbox = mailbox(addressee)?;
        to.push(mailbox.email.clone());
        builder = builder.to(mailbox);
    }
    for addressee in conversation.map(|conversation| conversation.cc.as_slice()).unwrap_or_default() {
        let mailbox = mailbox(addressee)?;
        to.push(mailbox.email.clone());
        builder = builder.cc(mailbox);
    }
    let headers = match conversation {
        None => notice_headers(letter),
        Some(conversation) => conversation.headers(letter),
    };
    for (name, value) in headers {
        builder = builder.raw_header(HeaderValue::new(HeaderName::new_from_ascii_str(name), value));
    }
    let text = SinglePart::plain(letter.text.replace("\r\n", "\n").replace('\n', "\r\n"));
    let mut parts =
        MultiPart::builder().kind(lettre::message::MultiPartKind::Mixed).boundary(format!("=_{id}")).singlepart(text);
    for attached in &letter.attachments {
        parts = parts.singlepart(part(attached)?);
    }
    let message = builder.multipart(parts).map_err(|error| LetterError::Build(error.to_string()))?;
    // A report on the delivery of a machine's answer would be answered by a machine.
    let is_answered = conversation.is_none_or(|conversation| conversation.automatic != Automatic::Replied);
    Ok(Mail { message_id, from: is_answered.then(|| from.email.clone()), to, bytes: message.formatted() })
}

/// What stands in the header of a notice.
fn notice_headers(letter: &Letter) -> Vec<(&'static str, String)> {
    vec![
        ("Auto-Submitted", "auto-generated".to_string()),
        ("Precedence", "bulk".to_string()),
        ("X-TLP", letter.tlp.label().to_string()),
        ("X-Manara-Notice", one_line(&letter.reference)),
        ("Content-Language", one_line(&letter.language)),
    ]
}

fn part(attached: &Attached) -> Result<SinglePart, LetterError> {
    let media_type =
        ContentType::parse(&attached.media_type).map_err(|_| LetterError::MediaType(attached.media_type.clone()))?;
    // Base64, so that what arrives has the same SHA-256 as what was kept.
    let body = Body::new_with_encoding(attached.bytes.clone(), ContentTransferEncoding::Base64)
        .map_err(|_| LetterError::Build("base64".into()))?;
    Ok(Attachment::new(one_line(&attached.name).replace(['/', '\\', '"'], "_")).body(body, media_type))
}

fn mailbox(addressee: &Addressee) -> Result<Mailbox, LetterError> {
    let refused = || LetterError::Address(addressee.mail.clone());
    let mail = addressee.mail.trim();
    // Quoted local parts are legal, but nobody has one and they hide spaces and colons.
    if !mail
        .chars()
        .all(|c| !c.is_control() && !c.is_whitespace() && !matches!(c, '"' | '<' | '>' | ',' | ';' | '(' | ')'))
    {
        return Err(refused());
    }
    let email: Address = mail.parse().map_err(|_| refused())?;
    let name = one_line(&addressee.name);
    Ok(Mailbox::new(if name.is_empty() { None } else { Some(name) }, email))
}

#[cfg(test)]
mod tests {
    use lettre::message::Mailbox;
    use manara_model::{Micros, Tlp};

    use super::{Addressee, Attached, Letter, LetterError, build, one_line};

    fn letter() -> Letter {
        Letter {
            id: "0190a8c2-0000-7000-8000-000000000001".into(),
            reference: "N-2026-000123".into(),
            date: Micros(1_768_435_200_000_000),
            to: vec![Addressee { name: "Abuse desk".into(), mail: "abuse@isp.example".into() }],
            subject: "إشعار: 3 أجهزة".into(),
            text: "Hello\nworld\n".into(),
            language: "ar".into(),
            tlp: Tlp::AmberStrict,
            attachments: vec![Attached {
                name: "events.csv".into(),
                media_type: "text/csv; charset=utf-8".into(),
                bytes: b"a,b\r\n1,2\r\n".to_vec(),
            }],
        }
    }

    fn from() -> Mailbox {
        "CIRT <cirt@example.org>".parse().expect("an address")
    }

    #[test]
    fn a_letter_always_gives_the_same_bytes() {
        let one = build(&letter(), &from(), None, None).expect("built");
        let two = build(&letter(), &from(), None, None).expect("built");
        assert_eq!(one.bytes, two.bytes);
        assert_eq!(one.message_id, "<0190a8c2-0000-7000-8000-000000000001@example.org>");
        let text = String::from_utf8(one.bytes.clone()).expect("ASCII");
        assert!(text.is_ascii());
        for line in [
            "Message-ID: <0190a8c2-0000-7000-8000-000000000001@example.org>",
            "Auto-Submitted: auto-generated",
            "Precedence: bulk",
            "X-TLP: TLP:AMBER+STRICT",
            "X-Manara-Notice: N-2026-000123",
            "Content-Language: ar",
            "Date: Thu, 15 Jan 2026 00:00:00 +0000",
            "YSxiDQoxLDINCg==",
        ] {
            assert!(text.lines().any(|l| l == line), "{line} is missing in\n{text}");
        }
        assert!(text.contains("Subject: =?utf-8?b?"));
        assert!(!one.header().contains("Hello"));
    }

    #[test]
    fn the_header_of_a_notice_is_always_in_the_same_order() {
        let mail = build(&letter(), &from(), None, None).expect("built");
        let names: Vec<&str> = mail
            .header()
            .lines()
            .filter(|line| !line.starts_with(' '))
            .map(|line| line.split(':').next().unwrap_or_default())
            .collect();
        let before = ["From", "Date", "Message-ID", "Subject", "To", "Auto-Submitted", "Precedence", "X-TLP"];
        let after = ["X-Manara-Notice", "Content-Language", "MIME-Version", "Content-Type"];
        assert_eq!(names, [&before[..], &after].concat());
        assert_eq!(mail.from.map(|from| from.to_string()).as_deref(), Some("cirt@example.org"));
    }

    #[test]
    fn no_header_can_be_smuggled_in() {
        let evil = "x\r\nBcc: victim@example.org\r\n\r\nbody\n\u{2028}Cc: a@b\u{0}\u{202e}";
        let mut with = letter();
        with.subject = evil.into();
        with.reference = evil.into();
        with.language = evil.into();
        with.id = evil.into();
        with.to[0].name = evil.into();
        with.attachments[0].name = evil.into();
        let mail = build(&with, &from(), None, None).expect("built");
        let text = String::from_utf8(mail.bytes.clone()).expect("ASCII");
        for line in text.lines() {
            let lower = line.to_ascii_lowercase();
            assert!(!lower.starts_with("bcc:") && !lower.starts_with("cc:") && lower != "body", "{line}\nin\n{text}");
        }
        assert_eq!(mail.to.len(), 1);
        for bad in [
            "a@b.example\r\nRCPT TO:<c@d.example>",
            "a@b.example>\r\nDATA",
            "\"a b\"@c.example",
            "a@b.example, c@d.example",
            "nobody",
            "",
            "a@",
        ] {
            let mut with = letter();
            with.to[0].mail = bad.into();
            assert_eq!(build(&with, &from(), None, None).expect_err(bad), LetterError::Address(bad.into()));
        }
        let mut nobody = letter();
        nobody.to.clear();
        assert_eq!(build(&nobody, &from(), None, None).expect_err("nobody"), LetterError::NoRecipient);
        assert_eq!(one_line("  a\r\n b\u{2029}c\t "), "a b c");
    }
}
