//! Mail as it really comes: bytes in, values out. Nothing here asks the network, the disk or the clock, nothing can make it panic,
//! and every list has an end.
//!
//! A message is taken apart by us ([`tree`]): how deep and how many its parts may be is decided before they are read. The fields of
//! its head (addresses, dates, parameters) are read by the crate `mail-parser`, one short value at a time. What could not be
//! read as the standards say is read as well as it can be and told as a [`MailFault`]; only what is no mail at all is refused.

mod address;
mod automatic;
mod bounce;
mod charset;
mod encoded;
mod fault;
mod feedback;
mod fold;
mod head;
mod html;
mod limits;
mod observe;
mod opened;
mod part;
mod security;
mod transfer;
mod tree;
mod xarf;

use std::borrow::Cow;

use manara_model::Micros;

pub use address::Address;
pub use automatic::Automatic;
pub use bounce::{Bounce, BounceKind, Failed};
pub use fault::{MailError, MailFault};
pub use feedback::{FeedbackError, FeedbackReport};
pub use fold::{Passage, PassageKind, fold};
pub use html::html_to_text;
pub use limits::MailLimits;
pub use observe::{Observable, ObservableKind, Tlds, observables};
pub use opened::HeaderProtection;
pub use part::Part;
pub use security::Security;
pub use xarf::{XARF_KINDS, Xarf, XarfContact, XarfError, XarfEvidence, XarfKind, XarfVersion};

use fault::Faults;
use head::Head;

/// A message, read.
#[derive(Debug, Clone, PartialEq)]
pub struct Mail {
    /// What is in `Message-ID`, without the angle brackets.
    pub message_id: Option<String>,
    /// The ids in `In-Reply-To`, without the angle brackets: mostly one.
    pub in_reply_to: Vec<String>,
    /// The ids in `References`, oldest first, without the angle brackets.
    pub references: Vec<String>,
    /// Who wrote it: the first address of the first `From`.
    pub from: Option<Address>,
    /// Where answers should go, if not to `from`.
    pub reply_to: Vec<Address>,
    /// To whom it was written.
    pub to: Vec<Address>,
    /// Who got a copy.
    pub cc: Vec<Address>,
    /// Where bounces go: an empty text for `<>`, which no answer may be sent to; `None` where nobody noted it.
    pub return_path: Option<String>,
    /// The subject, decoded, on one line; empty where there is none.
    pub subject: String,
    /// When it says it was written.
    pub date: Option<Micros>,
    /// What it says, as text: the plain text, else its HTML made into safe text.
    pub text: String,
    /// The HTML as it came. It is kept, and never shown.
    pub html: Option<String>,
    /// Attachments and messages inside, in their order.
    pub parts: Vec<Part>,
    /// The fields of the head in their order, each on one line, not decoded further.
    pub headers: Vec<(String, String)>,
    /// Why it must never be answered by a machine; see also [`Mail::unanswerable`].
    pub automatic: Option<Automatic>,
    /// How it is signed or encrypted. This is what it looks like: nothing was verified.
    pub security: Security,
    /// Whether the head of this message says that its fields are the protected ones (RFC 9788).
    pub protection: Option<HeaderProtection>,
    /// What could not be read as the standards say, each once.
    pub faults: Vec<MailFault>,
}

impl Mail {
    /// Reads a message with LF or CRLF lines.
    ///
    /// # Errors
    ///
    /// When there is nothing, when it is larger than the limit, or when it does not begin with a single field of a head.
    pub fn read(bytes: &[u8], limits: &MailLimits) -> Result<Mail, MailError> {
        if bytes.len() > limits.bytes {
            return Err(MailError::TooLarge { bytes: bytes.len(), most: limits.bytes });
        }
        if bytes.trim_ascii().is_empty() {
            return Err(MailError::Empty);
        }
        let mut faults = Faults::default();
        let head = Head::read(bytes, limits, &mut faults);
        if head.fields.is_empty() {
            return Err(MailError::NoHead);
        }
        for name in ["from", "subject", "date", "message-id", "content-type"] {
            if head.all(name).count() > 1 {
                faults.add(MailFault::DoubledField);
            }
        }
        let body = tree::read(&head, limits, &mut faults);
        let from = head.addresses("from", limits.recipients, &mut faults).into_iter().next();
        if from.is_none() {
            faults.add(MailFault::NoSender);
        }
        let (text, is_cut) = match (body.plain, body.html.as_deref()) {
            (Some(plain), _) => cut(plain, limits.text_bytes),
            (None, Some(html)) => cut(html_to_text(html), limits.text_bytes),
            (None, None) => (String::new(), false),
        };
        if is_cut {
            faults.add(MailFault::TextCut);
        }
        let mut mail = Mail {
            message_id: head.ids("message-id").pop(),
            in_reply_to: head.ids("in-reply-to"),
            references: head.ids("references"),
            from,
            reply_to: head.addresses("reply-to", limits.recipients, &mut faults),
            to: head.addresses("to", limits.recipients, &mut faults),
            cc: head.addresses("cc", limits.recipients, &mut faults),
            return_path: head.return_path(),
            subject: head.text("subject").unwrap_or_default(),
            date: head.date(),
            security: Security::of(&head, &text, body.signed_by),
            protection: HeaderProtection::of(&head),
            text,
            html: body.html,
            parts: body.parts,
            headers: head.fields.iter().map(|field| (field.name.clone(), field.line())).collect(),
            automatic: None,
            faults: Vec::new(),
        };
        mail.automatic = Automatic::of(&mail);
        mail.faults = faults.into_vec();
        Ok(mail)
    }

    /// The first field of that name, on one line, whatever the case of its name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// All fields of that name, in their order.
    pub fn headers_of<'a, 'n>(&'a self, name: &'n str) -> impl Iterator<Item = &'a str> + use<'a, 'n> {
        self.headers.iter().filter(move |(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The first part of that type, such as `message/feedback-report`.
    #[must_use]
    pub fn part(&self, mime: &str) -> Option<&Part> {
        self.parts.iter().find(|part| part.mime == mime)
    }

    /// Why this must not be answered by a machine, knowing our own addresses: what [`Mail::automatic`] says, or that we wrote it.
    #[must_use]
    pub fn unanswerable(&self, own: &[String]) -> Option<Automatic> {
        self.automatic.or_else(|| {
            let senders = self.from.iter().map(|from| from.address.as_str()).chain(self.return_path.as_deref());
            let is_own = |sender: &str| own.iter().any(|own| own.eq_ignore_ascii_case(sender.trim()));
            senders.into_iter().any(is_own).then_some(Automatic::OwnAddress)
        })
    }
}

/// A text cut to a number of bytes at a border of characters, and whether anything was cut.
fn cut(mut text: String, most: usize) -> (String, bool) {
    if text.len() <= most {
        return (text, false);
    }
    text.truncate(text.floor_char_boundary(most));
    (text, true)
}

/// A text on one line: runs of blanks, line ends and control characters become one space.
fn one_line(text: &str) -> Cow<'_, str> {
    let is_plain = |c: char| !c.is_control() && c != '\u{2028}' && c != '\u{2029}';
    if text.chars().all(is_plain) && text.trim() == text && !text.contains("  ") {
        return Cow::Borrowed(text);
    }
    let words = text.split(|c: char| c.is_whitespace() || !is_plain(c)).filter(|word| !word.is_empty());
    Cow::Owned(words.collect::<Vec<_>>().join(" "))
}
